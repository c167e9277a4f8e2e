#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso arm-linux-gnueabi-as
#
# Options that change a run and have no test of their own: -pidfile, -no-shutdown, -no-reboot with it,
# and QEMU's hardware that is not there.
from lib import *

hello = assemble(ECHO, 'echo')
halt = assemble('''
        ldr     r0, =0x101f1000
        mov     r1, #'h'
        strb    r1, [r0]
        mrs     r1, cpsr
        orr     r1, #0xc0
        msr     cpsr_c, r1
        mcr     p15, 0, r0, c7, c0, 4
        b       .
''', 'halt')
reset = assemble('''
        ldr     r0, =0x101f1000
        mov     r1, #'r'
        strb    r1, [r0]
        ldr     r0, =0x10000000
        ldr     r1, =0xa05f
        str     r1, [r0, #0x20]
        ldr     r1, =0x105
        str     r1, [r0, #0x40]
        b       .
''', 'reset')

# -pidfile
pid = temp('pid')
with Session([program('tail'), '-kernel', hello, '-pidfile', pid], terminal=False) as g:
    g.expect(b'>')
    is_(slurp(pid), b'%d\n' % g.p.pid, '-pidfile: the number of the process')
    g.p.terminate()
    g.wait()
    ok(not os.path.exists(pid), 'the file goes at the end of the run')
r = run([program('tail'), '-kernel', hello, '-pidfile', hello], timeout=20)
ok(r.status == 1 and b'is the same file as' in r.err and os.path.getsize(hello) > 20,
   'it is no input', r.err)
r = run([program('iso'), '-kernel', hello, '-pidfile', pid], timeout=20)
ok(r.status == 1 and b'-pidfile: this host has no numbers' in r.err, 'HOST=iso: no numbers', r.err)

# -no-shutdown
r = run([program('tail'), '-kernel', halt])
is_((r.status, r.out), (0, b'h'), 'a guest that stops for good ends the run')
for argv in ['-no-shutdown'], ['-action', 'shutdown=pause']:
    with Session([program('tail'), '-kernel', halt, *argv], terminal=False) as g:
        g.expect(b'h')
        g._read(0.5)
        ok(g.p.poll() is None, ' '.join(argv) + ': it does not')
        with open('/proc/%d/stat' % g.p.pid) as f:
            used = sum(map(int, f.read().rpartition(')')[2].split()[11:13])) / os.sysconf('SC_CLK_TCK')
        ok(used < 0.3, 'and takes no time', used)
        g.p.terminate()
        is_(g.wait(), -signal.SIGTERM, 'until a signal comes')
for argv in ['-no-reboot'], ['-action', 'reboot=shutdown']:
    r = run([program('tail'), '-kernel', reset, *argv])
    is_((r.status, r.out), (0, b'r'), ' '.join(argv) + ': a reset ends the run')
with Session([program('tail'), '-kernel', reset, '-no-reboot', '-no-shutdown', '-monitor', 'stdio',
              '-serial', 'null'], terminal=False) as g:
    g.expect(rb'\(qemu\) ')
    g.send(b'info status\n')
    g.expect(rb'VM status: paused \(shutdown\)\r\n')
    g.send(b'q\n')
    is_(g.wait(), 0, 'with both it pauses the CPU, as in QEMU')

# One warning for each kind, and the guest runs.
r = run([program('tail'), '-kernel', halt, '-net', 'nic', '-net', 'user', '-nic', 'user', '-usb', '-device',
         'usb-kbd', '-display', 'gtk', '-audiodev', 'pa,id=a', '-name', 'x', '-nodefaults', '-serial', 'stdio'])
is_((r.status, r.out), (0, b'h'), 'hardware that is not there: the guest runs')
is_(sorted(line.split(b': ')[1] for line in r.err.splitlines()), [b'-audiodev', b'-display', b'-net', b'-usb'],
    'one warning for each kind')
r = run([program('tail'), '-nodefaults', '-kernel', halt])
is_(r.out, b'', '-nodefaults: no serial port')
done()
