#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program arm-linux-gnueabi-gcc qemu-system-arm
#
# A program on bare metal asks for its command line, on QEMU and on tqemu.
from lib import *

# Prints the result, the length and the line; then what becomes of buffers that are too short.
PROGRAM = compile_guest('''
static char line[256];
static unsigned block[2];
static void hex(unsigned x)
{
    for (int i = 28; i >= 0; i -= 4) {
        put("0123456789abcdef"[x >> i & 15]);
    }
    put(10);
}
static void ask(unsigned size)
{
    block[0] = (unsigned)line;
    block[1] = size;
    hex(semihosting(0x15, block));
    hex(block[1]);
}
void setup(void) {}
void irq(void) {}
void program(void)
{
    ask(sizeof line);
    for (const char *c = line; *c; c++) {
        put(*c);
    }
    put(10);
    unsigned len = block[1];
    ask(len + 1);
    ask(len);
    hex(semihosting(0x13, 0));
    ask(0);
    semihosting(0x18, (void *)0x20026);
}
''', 'program')
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-monitor', 'none', '-serial',
        'stdio', '-audiodev', 'none,id=none']

for argv, line in ([], PROGRAM), (['-append', 'one "two" 3'], PROGRAM + ' one "two" 3'), \
        (['-append', ''], PROGRAM), (['-append', 'x' * 100], PROGRAM + ' ' + 'x' * 100):
    ours, theirs = (run([*argv0, '-semihosting', '-kernel', PROGRAM, *argv])
                    for argv0 in ([program('tail')], QEMU))
    name = ' '.join(argv)[:40] or 'no -append'
    is_((ours.status, ours.err), (0, b''), name + ': runs')
    is_(ours.out.split(b'\n')[:3], [b'00000000', b'%08x' % len(line), line.encode()],
        name + ': the command line')
    is_(ours.out, theirs.out, name + ': all as QEMU has it')
done()
