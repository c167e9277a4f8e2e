#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso arm-linux-gnueabi-as qemu-system-arm
#
# The monitor: its commands against QEMU's, word by word where they look at the same; control of the
# run; the console's keys; sockets.

from lib import *

# Writes H, counts in r4, and has values to look at.
hello = assemble('''
        ldr     r0, =0x101f1000
        ldr     r1, =0x301
        str     r1, [r0, #0x30]
        mov     r1, #'H'
        strb    r1, [r0]
        mov     r5, #0x11
1:      add     r4, r4, #1
        b       1b
        .word 0xdeadbeef, 0x12345678, 0x80000000, 0x5c270d0a
''')
# The same memory at the same place by the MMU: a megabyte at 0x80000000.
mapped = assemble('''
        ldr     r0, =0x4000
        ldr     r1, =0xc02
        str     r1, [r0]
        add     r2, r0, #0x2000
        str     r1, [r2]
        ldr     r2, =0x101f1000
        mov     r3, #3
        mcr     p15, 0, r0, c2, c0, 0
        mcr     p15, 0, r3, c3, c0, 0
        mrc     p15, 0, r3, c1, c0, 0
        orr     r3, r3, #1
        mcr     p15, 0, r3, c1, c0, 0
1:      b       1b
''', 'mapped')

AT = 0x10020


def replies(text):
    """The answers to the commands, without the echoes and their escape sequences."""
    text = re.sub(rb'\x1b\[[KD]|audio: .*?\n', b'', text).replace(b'\r', b'').decode('latin-1')
    return [part.partition('\n')[2] for part in text.split('(qemu) ')[1:]]


def ask(argv, commands, more=()):
    g = Session([*argv, '-display', 'none', '-serial', 'null', '-monitor', 'stdio', *more],
                terminal=False)
    with g:
        g.expect(rb'\(qemu\) ')
        time.sleep(0.3)
        for c in commands:
            g.send(c.encode() + b'\n')
            g.expect(rb'\n\(qemu\) ')
        g.send(b'quit\n')
        status = g.wait()
        return replies(g.out), status


QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-m', '128', '-audiodev', 'none,id=n']
OURS = [program('tail'), '-m', '128']

COMMANDS = ['x /4xb %d', 'x/4dh %d', 'x /3uw %d', 'x/2dw %d', 'x/9c %d', 'x/2xg %d', 'x/2oh %d', 'x/20xb %d',
            'xp/4xw %d', 'xp /2xg %d', 'xp/3xh %d+2', 'x %d', 'x', 'x/q 0', 'x /2xw (%d+16)/2*2',
            'p/c 65', 'p -1', 'p/u -1', 'p/d -1', 'p/x 255', 'p/o 8', 'p/d 0x10', 'p 010', 'p 1+', 'p (1',
            'p 1/0', 'p 08', 'p 1g', 'p 6^3|8&12', 'p 7%%4', 'p -2*-3', 'p ~5', "p 'A'", 'p 2+3*4-1',
            'p/c 10', 'p/c 39', 'p', 'foo', 'foo bar', 'info foo', 'info status', 'stop', 'info status',
            'help quit', 'help x', 'help stop', 'help foo', '? cont', 'cont', 'c', 's', 'info status', 'cont 1',
            'system_powerdown', 'x/2xw 0x101f1fe0', 'xp/1xb 0x101f1fe4', 'xp/2xw 0x20000000', '',
            '   p/d   3  ', 'info replay', 'replay_break 5', 'replay_delete_break', 'replay_seek 5', 'replay_seek',
            'help replay_break', 'help replay_delete_break', 'help replay_seek']
COMMANDS = [c % AT if '%d' in c else c.replace('%%', '%') for c in COMMANDS]
theirs, _ = ask(QEMU, COMMANDS, ['-kernel', hello])
ours, status = ask(OURS, COMMANDS, ['-kernel', hello])
for c, a, b in zip(COMMANDS, ours, theirs):
    is_(a, b, 'as QEMU: ' + c)
is_(status, 0, 'quit ends the run with status 0')

# Disassembly in objdump's words, by QEMU's form.
ours, _ = ask(OURS, ['xp/2i 0x10000', 'x/1i 0x10018'], ['-kernel', hello])
like(ours[0], r'\A0x00010000:  e59f00\w\w  ldr      r0, \[pc, #\d+\]\n0x00010004:  e59f1', 'xp/2i')
like(ours[1], r'\A0x00010018:  e2844001  add      r4, r4, #1\n\Z', 'x/1i')

# Registers, of a CPU that stands still.
REGS = ['stop', 'info registers']
ours, _ = ask(OURS, REGS, ['-kernel', mapped])
theirs, _ = ask(QEMU, REGS, ['-kernel', mapped])
# r3 is SCTLR, whose reset value and whose PSR's differ; the form does not.
DIFFERS = r'R03=\w{8}|PSR=\w{8} [-NZCV]{4}'
is_(re.sub(DIFFERS, '', ours[1]), re.sub(DIFFERS, '', theirs[1]), 'info registers, as QEMU')
like(ours[1], r'^PSR=000000d3 ---- A svc32$', 'its PSR')

VIRTUAL = ['x/2xw 0x80010000', 'xp/2xw 0x10000', 'x/2xw 0x90000000', 'x/1xw 0x7ffffffc']
ours, _ = ask(OURS, VIRTUAL, ['-kernel', mapped])
theirs, _ = ask(QEMU, VIRTUAL, ['-kernel', mapped])
for c, a, b in zip(VIRTUAL, ours, theirs):
    is_(a, b, 'with the MMU, as QEMU: ' + c)
ok('Cannot access memory' in ours[2], 'nothing is mapped there', ours[2])

# What is where: QEMU's ranges.
ours, _ = ask(OURS, ['info mtree', 'info qtree', 'info version', 'info chardev', 'info', 'help', 'log nonsense'])
theirs, _ = ask(QEMU, ['info mtree'])
ranges = set(re.findall(r'^    (\w{16}-\w{16}) \(prio 0', theirs[0], re.M))
mine = set(re.findall(r'^    (\w{16}-\w{16}) \(prio 0', ours[0], re.M))
only = mine - ranges
is_(only, {'00000000101e0000-00000000101e0fff', '0000000043000000-0000000043ffffff'},
    'info mtree: QEMU has no SP810, and a longer window of PCI I/O')
like(ours[1], r'\Abus: main-system-bus\n  type System\n', 'info qtree')
like(ours[1], r'  dev: pl011, id ""\n    mmio 00000000101f1000/0000000000001000\n', 'info qtree')
like(ours[2], r'\A7\.2\.0 ', 'info version')
like(ours[3], r'^serial0: filename=null$', 'info chardev')
like(ours[4], r'^info registers  -- ', 'info alone lists its items')
like(ours[5], r'^quit\|q  -- quit', 'help lists the commands')
like(ours[6], r'^in_asm +', 'an unknown item: log lists them')

# Drives.
image = temp('image', bytes(1 << 20))
other = temp('other', bytes(1 << 20))
ours, _ = ask(OURS, ['info block'], ['-hda', image, '-drive', 'if=none,id=x,format=raw,readonly=on,file=' + other])
theirs, _ = ask(QEMU, ['info block'], ['-drive', 'file=%s,format=raw' % image, '-drive',
                                       'if=none,id=x,format=raw,readonly=on,file=' + other])
DRIVE = r'^([\w-]+) \(#block\d+\): (.*)$'
is_(re.findall(DRIVE, ours[0], re.M), re.findall(DRIVE, theirs[0], re.M), 'info block, as QEMU')

# PCI: a program has mapped the BARs of the device in slot 12, nobody those of the others. Of QEMU's properties info qtree
# has those that say where a device is and what is attached.
bars = assemble('''
        ldr     r0, =0x42006000
        ldr     r1, =0x1001
        str     r1, [r0, #0x10]
        ldr     r1, =0x50000000
        str     r1, [r0, #0x14]
        add     r1, r1, #0x2000
        str     r1, [r0, #0x18]
        mov     r1, #7
        strh    r1, [r0, #4]
        mov     r1, #59
        strb    r1, [r0, #0x3c]
1:      b       1b
''', 'bars')
third = temp('third', bytes(1 << 20))
PCI = ['-kernel', bars, '-drive', 'file=%s,format=raw' % image, '-drive', 'if=none,id=x,format=raw,file=' + other,
       '-device', 'scsi-hd,drive=x', '-device', 'lsi,id=a', '-device', 'scsi-cd', '-device', 'lsi', '-device',
       'scsi-cd,scsi-id=5', '-device', 'scsi-cd,bus=scsi.0,scsi-id=4', '-device', 'virtio-rng-pci,id=r',
       '-device', 'virtio-serial-pci,disable-modern=on', '-drive', 'if=none,id=y,format=raw,file=' + third,
       '-device', 'virtio-blk-pci,drive=y,disable-legacy=on,addr=1e']
ours, _ = ask(OURS, ['info pci', 'info qtree'], PCI)
theirs, _ = ask(QEMU, ['info pci', 'info qtree'], PCI)
is_(ours[0], theirs[0], 'info pci, as QEMU')
like(ours[0], r'BAR1: 32 bit memory at 0x50000000 \[0x500003ff\]', 'where the program has mapped one')
PART = r'^ {4}bus: pci\n(?:^ {5}.*\n)*'
OF_TREE = r'^ {4}bus: pci|^ {6}\S|^ {8}(?:addr =|class \w|bar |bus: (?!virtio))|^ {10}(?:type SCSI|dev: scsi)|' \
          r'^ {12}(?:drive|scsi-id) ='
tree = [line for line in re.search(PART, theirs[1], re.M)[0].splitlines() if re.match(OF_TREE, line) and line.strip() != 'drive = "y"']
is_(re.search(PART, ours[1], re.M)[0].splitlines(), tree, 'info qtree, as QEMU')

# $reg, which QEMU's ARM does not have; and r4 counts while the CPU runs only.
ours, _ = ask(OURS, ['stop', 'p/x $r5', 'p $r4', 'p $r4', 'cont', 'stop', 'p $r4', 'p $r16', 'p/x $pc&~0xfff'],
              ['-kernel', hello])
is_(ours[1], '0x11\n', 'a register')
ok(ours[2] == ours[3], 'stop: the CPU stands still')
ok(int(ours[6], 16) > int(ours[3], 16), 'cont: it runs')
like(ours[7], r'\Aunknown register\n', 'no register')
is_(ours[8], '0x10000\n', 'pc')

# -S, a reset, and virtual time that stands still.
g = Session([*OURS, '-kernel', hello, '-S', '-monitor', 'stdio', '-serial', 'file:' + temp('serial')],
            terminal=False)
with g:
    g.expect(rb'\(qemu\) ')
    g.send(b'info status\n')
    g.expect(rb'VM status: paused \(prelaunch\)\r\n\(qemu\) ')
    is_(slurp(temp('serial')), b'', '-S: the guest has not started')
    g.send(b'c\n')
    ok(g.until(lambda: slurp(temp('serial')) == b'H'), 'cont starts it')
    g.send(b'system_reset\n')
    ok(g.until(lambda: slurp(temp('serial')) == b'HH'), 'system_reset: it starts again')
    g.send(b'stop\nsystem_reset\np/x $pc\n')
    g.expect(rb'0x10000\r\n')
    is_(slurp(temp('serial')), b'HH', 'a reset while it is stopped')
    g.send(b'q\n')
    is_(g.wait(), 0, 'quit')
r = run([*OURS, '-kernel', hello, '-S', '-monitor', 'none'], timeout=20)
ok(r.status == 1 and b'no monitor can start it' in r.err, '-S without a monitor', r.err)

# The console's keys: on a terminal, and without one where QEMU has them.
echo = assemble(ECHO, 'echo')
with Session([*OURS, '-kernel', echo]) as g:
    g.expect(b'>')
    g.send(b'a')
    g.expect(b'a')
    g.send(CTRL_A + b'c')
    g.expect(rb"monitor \(tqemu [^)]*\) - type 'help' for more information\r+\n\(qemu\) ")
    g.send(b'infx\x7fo status\r')
    g.expect(rb'infx\x08 \x08o status\r+\nVM status: running\r+\n\(qemu\) ')
    g.send(CTRL_A + b'cb')
    g.expect(b'b')
    g.send(CTRL_A + b'c')
    g.expect(rb'\(qemu\) ')
    ok(b'monitor' not in g.out[g.seen:], 'it greets once')
    g.send(b'\x1b[A\x1b[B\x1b[A\r')
    g.expect(rb'VM status: running\r+\n\(qemu\) ')
    ok(True, 'the arrow keys bring back the last commands')
    g.send(b'nonsense\x15q\r')
    is_(g.wait(), 0, 'Ctrl-A c: to the monitor and back')
for argv in (['-nographic'], ['-serial', 'mon:stdio'],
             ['-chardev', 'stdio,mux=on,id=c', '-serial', 'chardev:c', '-mon', 'chardev=c']):
    with Session([*OURS, '-kernel', echo, *argv], terminal=False) as g:
        if argv[0] == '-chardev':
            g.send(CTRL_A + b'c')  # an explicit monitor has the focus at first
        g.expect(b'>')
        g.send(b'a' + CTRL_A + CTRL_A + b'b')
        g.expect(b'a\x01b')
        g.send(CTRL_A + b'cinfo status\nquit\n')
        g.expect(rb'VM status: running\r\n')
        is_(g.wait(), 0, '%s: Ctrl-A on a pipe' % ' '.join(argv))
with Session([*OURS, '-kernel', echo], terminal=False) as g:
    g.expect(b'>')
    g.send(CTRL_A + b'x')
    g.expect(b'\x01x')
    ok(g.p.poll() is None, 'without them no byte of a pipe is special')
with Session([*OURS, '-kernel', echo, '-echr', '2']) as g:
    g.expect(b'>')
    g.send(CTRL_A)
    g.expect(CTRL_A)
    g.send(b'\x02x')
    is_(g.wait(), 0, '-echr: another key')
with Session([*OURS, '-kernel', echo, '-monitor', 'none']) as g:
    g.expect(b'>')
    g.send(CTRL_A + b'cd')
    g.expect(b'd')
    ok(b'qemu' not in g.out, '-monitor none: Ctrl-A c does nothing')

# A socket of its own.
path = temp('monitor')
with Session([*OURS, '-kernel', echo, '-monitor', 'unix:%s,server,nowait' % path], terminal=False) as g:
    g.expect(b'>')
    for visit in 'first', 'second':
        with connect(path) as s:
            got = b''
            while b'(qemu) ' not in got:
                got += s.recv(100)
            ok(b"type 'help'" in got, 'a socket: it greets the %s visitor' % visit, got)
            s.sendall(b'p/d 6*7\r\n')
            while b'42' not in got:
                got += s.recv(100)
    s = connect(path)
    s.sendall(b'quit\n')
    is_(g.wait(), 0, 'quit by a socket')

# A guest that has stopped for good can be looked at; a monitor without input ends with it.
halt = assemble('1: mrs r1, cpsr\n orr r1, #0xc0\n msr cpsr_c, r1\n mov r6, #7\n mcr p15, 0, r0, c7, c0, 4\n b .', 'halt')
ours, _ = ask(OURS, ['p/d $r6'], ['-kernel', halt])
is_(ours[0], '7\n', 'the last state of a guest that has stopped')
r = run([*OURS, '-kernel', halt, '-serial', 'null', '-monitor', 'stdio'], timeout=20)
is_(r.status, 0, 'without input the run ends')
r = run([program('iso'), '-kernel', echo, '-monitor', 'stdio'], stdin=pipe_of(b''), timeout=20)
ok(r.status == 1 and b'-monitor: stdio: this host cannot look for input' in r.err,
   'HOST=iso: no monitor on a pipe', r.err)
done()
