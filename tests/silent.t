#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux arm-linux-gnueabi-as
#
# A guest that stops for good without output, and kernels that do not fit the RAM: the user gets a
# message.
from lib import *

WFI = '''
        mov     r0, #0
        mcr     p15, 0, r0, c7, c0, 4
'''
SPIN = 'b .'
UART = 'ldr r0, =0x101f%d000; mov r1, #33; strb r1, [r0]\n'
WRITEC = 'mov r0, #3; adr r1, 1f; swi 0x123456; b 2f; 1: .word 33; 2:\n'


def stops(name, source, *more, said, out=b'', err=b''):
    for variant in 'tail', 'iso':
        image = assemble(source)
        r = run([program(variant), '-semihosting', *more, '-kernel', image])
        line = rb'tqemu: %s: has stopped for good and has written nothing: [^\n]*\n' % (
            re.escape(image.encode()))
        is_((r.status, r.out), (0, out), '%s, %s: status 0' % (name, variant))
        ok(re.fullmatch(line if said else err, r.err), '%s' % ('one line' if said else 'no line'),
           r.err)


stops('waits for no interrupt', WFI, said=True)
stops('is in a loop of one instruction', SPIN, said=True)
stops('the same with output nowhere', WFI, '-serial', 'null', said=True)
stops('writes and waits', UART % 1 + WFI, said=False, out=b'!')
stops('writes and is in a loop', UART % 1 + SPIN, said=False, out=b'!')
stops('writes to nowhere', UART % 1 + WFI, '-serial', 'null', said=False)
stops('writes to a port that is not there', UART % 2 + WFI, '-serial', 'stdio', said=False)
stops('writes by semihosting', WRITEC + WFI, '-serial', 'null', said=False, err=b'!')
stops('the same, to a chardev', WRITEC + WFI, '-chardev', 'stdio,id=c', '-semihosting-config', 'chardev=c',
      said=False, out=b'!')
for argv, name in [(['-bios', temp('image.bin')], temp('image.bin')),
                   (['-device', 'loader,cpu-num=0,addr=0x10000,file=' + temp('image.bin')], 'guest')]:
    assemble(WFI)
    r = run([program('tail'), *argv])
    like(r.err, r'\Atqemu: %s: has stopped for good .*\n\Z' % re.escape(name), argv[0] + ': the message says that it stopped')

# Linux in ever less RAM: it starts, or is refused with what it needs and what there is, or has
# stopped in silence, which is said.
for kernel in XIP, ZIMAGE:
    for initrd in [], ['-initrd', ROOTFS]:
        name = os.path.basename(kernel) + (' with an initrd' if initrd else '')
        seen = set()
        for size in '1', '2', '3', '4', '6', '8', '16':
            r = run([program('tail'), '-icount', 'shift=3', '-m', size, '-kernel', kernel, *initrd,
                     '-append', CMDLINE + ' panic=-1', '-no-reboot'], stdin=b'poweroff -f\n')
            numbers = [int(n) for n in re.findall(rb'(?<![\w.-])\d{4,}', r.err)]
            if r.status == 1:
                kind = 'refused'
                good = r.err.count(b'\n') == 1 and len(numbers) > 1
            else:
                kind = 'runs' if r.out else 'silent'
                good = r.status == 0 and (not r.err if r.out else
                                          b'has stopped for good' in r.err and r.err.count(b'\n') == 1)
            seen.add(kind)
            ok(good, '%s, -m %s: %s' % (name, size, kind), r.status, r.out, r.err)
        ok('runs' in seen, name + ': starts with enough')
        ok('refused' in seen, name + ': is refused with too little')
done()
