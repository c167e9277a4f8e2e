#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program arm-linux-gnueabi-gcc qemu-system-arm
#
# A program without a system works on an SD card (scripts/bench/sd.c): every block that it reads is what
# it wrote last, and qemu-system-arm leaves the same image.
from lib import *

MIB = 1 << 20
USED = 2  # MiB
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-audiodev', 'none,id=snd0', '-nic', 'none']


def works(command, name, mib):
    """Returns what is on the card's used part afterwards."""
    with open(image, 'wb') as f:
        f.truncate(mib * MIB)
    with Session([*command, '-nographic', '-kernel', elf, '-drive', 'if=sd,format=raw,file=' + image],
                 terminal=False) as s:
        s.expect(rb'BENCH DONE\n|WRONG[^\n]*\n', TIMEOUT)
        said = [line.split()[1] for line in lines(s.out) if line.startswith('DISK')]
        is_(said, DISK_WORK, '%s, %d MiB: all that it reads is right' % (name, mib))
    with open(image, 'rb') as f:
        return f.read(USED * MIB)


elf, image = temp('sd.elf'), temp('image')
subprocess.run([ARM_TOOLS + 'gcc', '-O2', '-march=armv5te', '-marm', '-Wall', '-Wextra', '-Werror',
                '-ffreestanding', '-fno-pie', '-nostdlib', '-static', '-no-pie',
                '-Wl,-Ttext=0x10000,--build-id=none,-z,noexecstack,--no-warn-rwx-segments',
                '-DMIB=%d' % USED, '-DOPERATIONS=30', '-DMOST=64', 'scripts/bench/sd.c', '-o', elf], check=True)
for size in 64, 4096:  # a card of standard and one of high capacity
    ours = works([program('tail')], 'tqemu', size)
    theirs = works(QEMU, 'QEMU', size)
    ok(ours == theirs, '%d MiB: the images are the same' % size)
done()
