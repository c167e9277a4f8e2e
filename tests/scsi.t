#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux mke2fs e2fsck
#
# Linux on a SCSI disk: its driver for the adapter finds the disk, mounts ext4 as the root, writes and
# flushes; a CD-ROM and a second adapter; what the options refuse.
import struct

from lib import *

KERNEL, MAP, DTB = GUEST + '/zImage-disk', GUEST + '/System.map-disk', GUEST + '/versatile-pb.dtb'
# Linux sets the cache line's size among its PCI quirks, and the driver gives up without it.
DRIVER = b' pci_apply_final_quirks\n' in slurp(MAP)


def busybox():
    """/bin/busybox of the guest's initramfs."""
    archive, at = slurp(ROOTFS), 0
    while True:
        size, name_size = (int(archive[at + 6 + 8 * n:at + 14 + 8 * n], 16) for n in (6, 11))
        data = (at + 110 + name_size + 3) & ~3
        if archive[at + 110:at + 109 + name_size] == b'bin/busybox' and size:
            return archive[data:data + size]
        at = (data + size + 3) & ~3


def make_root(name, script):
    """An ext4 image whose init is that script."""
    root = temp('root-' + name)
    for folder in 'bin', 'dev', 'proc', 'sys', 'cd', 'other':
        os.makedirs(os.path.join(root, folder))
    for path, content in ('bin/busybox', busybox()), ('init', script.encode()):
        with open(os.path.join(root, path), 'wb') as f:
            f.write(content)
        os.chmod(os.path.join(root, path), 0o755)
    os.symlink('busybox', os.path.join(root, 'bin/sh'))
    image = temp(name, b'\0' * (24 << 20))
    r = run(['mke2fs', '-q', '-F', '-t', 'ext4', '-d', root, image],
            env={**os.environ, 'PATH': os.environ['PATH'] + ':/sbin:/usr/sbin'})
    ok(r.status == 0, 'mke2fs made ' + name, r.err)
    return image


def boot(image, *more):
    append = 'console=ttyAMA0 quiet root=/dev/sda rw init=/init lpj=500000'
    return run([program('tail'), '-M', 'versatilepb', '-nographic', '-no-reboot', '-kernel', KERNEL,
                '-dtb', DTB, '-append', append, *image, *more])


def fsck(image, name):
    r = run(['e2fsck', '-fn', image],
            env={**os.environ, 'PATH': os.environ['PATH'] + ':/sbin:/usr/sbin'})
    ok(r.status == 0, name + ': e2fsck finds nothing', r.out)


WORK = '''#!/bin/sh
export PATH=/bin
mount() { busybox mount "$@"; }
mount -t devtmpfs dev /dev; mount -t proc proc /proc; mount -t sysfs sys /sys
busybox seq 1 300000 >/numbers
busybox sync
echo 3 >/proc/sys/vm/drop_caches
busybox md5sum /numbers
busybox cat /sys/block/sd?/device/model
busybox cat /sys/bus/pci/devices/*/vendor
[ ! -e /dev/sr0 ] || { mount -t iso9660 /dev/sr0 /cd; echo "disc: $?"; busybox dd if=/dev/sr0 bs=2048 skip=20 count=1 2>/dev/null | busybox md5sum; }
[ ! -e /dev/sdb ] || { echo "second" | busybox dd of=/dev/sdb bs=512 seek=7 conv=sync,fsync 2>/dev/null; }
mount -o remount,ro /
echo done
busybox poweroff -f
'''
NUMBERS = ''.join('%d\n' % n for n in range(1, 300001)).encode()


def md5(content):
    return run(['md5sum'], stdin=content).out.split()[0].decode()


if DRIVER:
    disk = make_root('disk', WORK)
    r = boot(['-hda', disk])
    ok(r.status == 0, 'boots from -hda and powers off', r.out, r.err)
    like(r.out, md5(NUMBERS), 'what it has written is what it reads')
    like(r.out, '^QEMU HARDDISK', 'the disk says what it is')
    fsck(disk, 'the disk')

    disc = temp('disc', os.urandom(2048) * 64)
    second = temp('second', b'\0' * (1 << 20))
    r = boot(['-hda', disk], '-cdrom', disc, '-drive', 'file=%s,if=scsi,bus=1,format=raw' % second)
    ok(r.status == 0, 'boots with a CD-ROM and a second adapter', r.out, r.err)
    like(r.out, md5(slurp(disc)[:2048]), 'reads the disc')
    is_(r.out.count(b'0x1000'), 2, 'sees two adapters')
    ok(slurp(second)[7 * 512:7 * 512 + 7] == b'second\n', 'writes the second adapter\'s disk')
    fsck(disk, 'the disk again')

    r = boot(['-drive', 'if=none,id=d,format=raw,file=' + disk, '-device', 'lsi53c895a,id=s'],
             '-device', 'scsi-hd,drive=d,bus=s.0,scsi-id=3', '-device', 'scsi-cd')
    ok(r.status == 0 and b'done' in r.out, 'boots from -device scsi-hd', r.out, r.err)
    fsck(disk, 'its disk')

    second = temp('third', b'\0' * (1 << 20))
    r = boot(['-hda', disk], '-drive', 'if=none,id=d,format=raw,file=' + second, '-device', 'scsi-hd,drive=d',
             '-drive', 'if=none,id=c,media=cdrom,file=' + disc, '-device', 'scsi-cd,drive=c,bus=scsi.0')
    ok(r.status == 0, 'boots with -device scsi-hd and scsi-cd on the adapter of -hda', r.out, r.err)
    like(r.out, md5(slurp(disc)[:2048]), 'reads the disc')
    ok(slurp(second)[7 * 512:7 * 512 + 7] == b'second\n', 'writes the disk')

    r = boot(['-hda', disk], '-snapshot')
    ok(r.status == 0 and b'done' in r.out, 'boots with -snapshot', r.out, r.err)
else:
    print('# zImage-disk has no PCI quirks, without which its SCSI driver gives up: not booted')

# -- Options --

image = temp('image', b'\0' * 65536)
drive = ['-drive', 'if=none,id=d,format=raw,file=' + image]
for argv, message in (
        (['-device', 'scsi-hd'], 'no drive: give drive=ID'),
        (drive + ['-device', 'scsi-hd,drive=d'], 'there is no SCSI adapter'),
        (drive + ['-device', 'lsi53c895a,id=s', '-device', 'scsi-hd,drive=d,bus=t.0'],
         'no SCSI adapter with bus t.0'),
        (drive + ['-device', 'lsi53c895a', '-device', 'scsi-hd,drive=d,scsi-id=7'], 'scsi-id'),
        (['-device', 'lsi', '-device', 'scsi-hd,drive=e'], 'drive=e: there is no such drive'),
        (drive + ['-device', 'lsi', '-device', 'scsi-cd,scsi-id=2', '-device',
                  'scsi-hd,drive=d,scsi-id=2'], 'scsi-id=2 is taken'),
        (['-hda', image, '-device', 'scsi-cd,scsi-id=0'], 'scsi-id=0 is taken'),
        (['-hda', image, '-device', 'scsi-cd,bus=scsi.1'], 'no SCSI adapter with bus scsi.1'),
        (['-hda', image, '-device', 'scsi-hd,drive=scsi0-hd0'], 'another device uses that drive'),
        (['-sd', image, '-device', 'virtio-blk-pci,drive=sd0'], 'another device uses that drive'),
        (['-drive', 'if=none,id=e', '-device', 'lsi', '-device', 'scsi-hd,drive=e'], 'drive=e: it has no medium'),
        (['-hda', image] + ['-device', 'scsi-cd'] * 7, 'scsi-id=6 is taken'),
        (['-drive', 'if=scsi'], 'a disk has a medium'),
        (drive + ['-device', 'lsi', '-device', 'scsi-hd,drive=d,serial=' + 'x' * 37], 'longer than')):
    r = run([program('tail'), '-M', 'versatilepb', '-display', 'none', '-kernel', image, *argv])
    ok(r.status == 1 and message.encode() in r.err and r.err.count(b'\n') == 1,
       'refused: %s' % ' '.join(argv).replace(image, 'FILE'), r.err)
done()
