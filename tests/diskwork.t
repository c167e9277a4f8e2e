#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux disks arm-linux-gnueabi-gcc
#
# Linux works on a whole disk of each kind (scripts/bench/disk.c): every block that it reads is what it
# wrote last, and the image has the same at the end. CHECK_LONG: 200 MiB of each disk.
import hashlib

from lib import *

DISK_KERNEL = GUEST + '/zImage-disk'
MIB = 1 << 20
LONG = bool(os.environ.get('CHECK_LONG'))
TIME = 1800 if LONG else TIMEOUT
image = temp('image')


def works(interface, device, mib, operations, most):
    with open(image, 'wb') as f:
        if interface == 'pflash':
            f.write(b'\xff' * (64 * MIB))
        else:
            f.truncate(1 << (mib * MIB - 1).bit_length())  # a card has a power of two
    drive = 'format=raw,if=%s,file=%s' % (interface, image)
    with Session([program('tail'), '-kernel', DISK_KERNEL, '-initrd', initrd, '-append', CMDLINE,
                  '-drive', drive, '-no-reboot'], terminal=False) as s:
        s.prompt()
        s.command('until [ -b /dev/%s ]; do sleep 0.1; done' % device)
        said = s.command('/disk /dev/%s %d %d %d' % (device, mib, operations, most), TIME)
        is_([line.split()[1:2] for line in said], [[kind] for kind in DISK_WORK],
            interface + ': all that it reads is right')
        s.command('sync; echo 3 >/proc/sys/vm/drop_caches')
        digest = s.command('head -c %dm /dev/%s | md5sum' % (mib, device), TIME)
        s.send(b'poweroff -f\n')
        is_(s.wait(), 0, interface + ': powers off')
        is_(s.err, b'', interface + ': no word on stderr')
    with open(image, 'rb') as f:
        is_(digest, [hashlib.md5(f.read(mib * MIB)).hexdigest() + '  -'], interface + ': the image has the same')


initrd = initrd_with('disk', 'scripts/bench/disk.c', '-s', '-march=armv5te', '-D_FILE_OFFSET_BITS=64')
for interface, device in ('scsi', 'sda'), ('virtio', 'vda'), ('sd', 'mmcblk0'):
    works(interface, device, 200 if LONG else 8, 5000 if LONG else 100, 64)
works('pflash', 'mtdblock0', 16 if LONG else 2, 500 if LONG else 20, 4)
done()
