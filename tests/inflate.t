#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso san linux arm-linux-gnueabi-gcc dtc gzip lzop mkimage qemu-system-arm xz
#
# uImages with a gzip kernel, the usual form for U-Boot: memory holds what was packed, at every setting;
# Linux boots; other compression is refused by name.
import gzip
import random
import struct
import zlib

from lib import *

KERNEL, NOLOAD, RAMDISK, MULTI = 2, 14, 3, 4
NONE, GZIP, BZIP2, LZMA, LZO, LZ4, ZSTD = range(7)
LOAD = 0x10000


def uimage(data, kind=KERNEL, compression=GZIP, load=LOAD, entry=LOAD, system=17):
    header = struct.pack('>7I4B32s', 0x27051956, 0, 0, len(data), load, entry, zlib.crc32(data),
                         system, 2, kind, compression, b'test')
    return header[:4] + struct.pack('>I', zlib.crc32(header)) + header[8:] + data


# Prints the CRC of all that was loaded, whose size is in its last word.
SUM = slurp(compile_guest('''
void setup(void) {}
void irq(void) {}
void program(void)
{
    unsigned crc = ~0u, size = REG(0x10000 + 4092);
    for (unsigned i = 0; i < size; i++) {
        crc ^= ((volatile unsigned char *)0x10000)[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }
    }
    for (int i = 28; i >= 0; i -= 4) {
        put("0123456789abcdef"[~crc >> i & 15]);
    }
    semihosting(0x18, (void *)0x20026);
}
''', 'sum'))


def program_with(data):
    """The program in 4 KiB, and the data."""
    return SUM.ljust(4092, b'\0') + struct.pack('<I', 4096 + len(data)) + data


def loads(name, image, payload, *argv, variant='tail'):
    path = temp('uImage', image)
    r = run([program(variant), '-semihosting', *(argv or ['-kernel', path])])
    is_((r.status, r.out, r.err), (0, b'%08x' % zlib.crc32(payload), b''), name)


def deflate(data, level=9, bits=15, memory=8, strategy=zlib.Z_DEFAULT_STRATEGY):
    """In gzip's envelope."""
    c = zlib.compressobj(level, zlib.DEFLATED, bits + 16, memory, strategy)
    return c.compress(data) + c.flush()


fixed = random.Random(1)
everything = slurp(program('tail'))
samples = {
    'nothing': b'',
    'zeros': bytes(100000),
    'noise': fixed.randbytes(100000),
    'few letters': bytes(fixed.choices(b'etaoin', k=100000)),
    'repetitions from far away': fixed.randbytes(32500) * 3,
    'a program': everything[:150000],
}
for what, data in samples.items():
    payload = program_with(data)
    for level in 0, 1, 6, 9:
        loads('%s, gzip -%d' % (what, level), uimage(deflate(payload, level)), payload)
payload = program_with(everything[:60000] + fixed.randbytes(20000))
for strategy in 'HUFFMAN_ONLY', 'RLE', 'FIXED', 'FILTERED':
    packed = deflate(payload, strategy=getattr(zlib, 'Z_' + strategy))
    loads('as zlib packs with %s' % strategy, uimage(packed), payload)
loads('in a window of 512 bytes', uimage(deflate(payload, bits=9, memory=1)), payload)
loads('gzip, the program', uimage(subprocess.run(['gzip', '-9'], input=payload, check=True,
                                                 stdout=subprocess.PIPE).stdout), payload)
packed = deflate(payload)
loads('with bytes after the end', uimage(packed + b'and more'), payload)
loads('sanitised', uimage(packed), payload, variant='san')
loads('HOST=iso', uimage(packed), payload, variant='iso')
path = temp('device', uimage(packed))
loads('-device loader', b'', payload, '-device', 'loader,cpu-num=0,file=' + path)
path = temp('made')
subprocess.run(['mkimage', '-A', 'arm', '-O', 'u-boot', '-T', 'kernel', '-C', 'gzip', '-a', '0x10000', '-e',
                '0x10000', '-d', temp('packed', packed), path], check=True, stdout=subprocess.PIPE)
loads('mkimage -C gzip', slurp(path), payload)
r = run(['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-monitor', 'none', '-serial', 'stdio',
         '-audiodev', 'none,id=none', '-semihosting', '-kernel', path])
is_(r.out, b'%08x' % zlib.crc32(payload), 'QEMU unpacks the same')

# -- Linux --

# What the zImage holds is the Image that U-Boot's uImages are made of.
zimage = slurp(ZIMAGE)
start = zimage.rindex(b'\x89LZO\0\r\n')
image = subprocess.run(['lzop', '-d'], input=zimage[start:], stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE).stdout
ok(len(image) > len(zimage), 'the zImage is unpacked', len(image))
for name, kernel in [
        ('Image.gz', uimage(deflate(image), load=0x8000, entry=0x8000, system=5)),
        ('zImage.gz', uimage(deflate(zimage), load=0x1000000, entry=0x1000000, system=5)),
        ('kernel_noload', uimage(deflate(zimage), NOLOAD, load=0, entry=0, system=5))]:
    r = run([program('tail'), *linux(temp('Linux', kernel))], stdin=b'uname -m\npoweroff -f\n')
    like('\n'.join(lines(r.out)), r'^armv5tejl$', 'Linux boots from %s' % name)
    is_((r.status, r.err), (0, b''), 'Linux boots from %s without a message' % name)
# A packed initrd is the kernel's to unpack: it comes as it is.
rootfs = gzip.compress(slurp(ROOTFS)[:100000], mtime=0)
for name, initrd in ('a file', rootfs), ('a uImage', uimage(rootfs, RAMDISK, GZIP, 0, 0, 5)):
    r = run([program('tail'), '-kernel', ZIMAGE, '-initrd', temp('initrd', initrd), '-append', CMDLINE, '-m',
             '64', '-M', 'dumpdtb=' + temp('dtb')])
    tree = run(['dtc', '-I', 'dtb', '-O', 'dts', temp('dtb')]).out
    start, end = (int(re.search(rb'linux,initrd-%s = <(\w+)>' % what, tree)[1], 16)
                  for what in (b'start', b'end'))
    is_((end - start, r.err), (len(rootfs), b''), 'an initrd.gz in %s is passed on' % name)

# -- What is wrong --


def refused(name, image, pattern):
    r = run([program('tail'), '-kernel', temp('uImage', image)])
    ok(r.status == 1 and not r.out and r.err.count(b'\n') == 1 and
       re.search(rb'\Atqemu: \S+/uImage: ' + pattern, r.err), name, r.err)


for compression, name in (BZIP2, b'bzip2'), (LZMA, b'lzma'), (LZO, b'lzo'), (LZ4, b'lz4'), (ZSTD, b'zstd'):
    refused(name.decode() + ' is refused', uimage(b'data', compression=compression),
            rb'its kernel is compressed \(%d, %s\)' % (compression, name))
for name, data in (('gzip', packed), ('xz', b'\xfd7zXZ\0'), ('bzip2', b'BZh9'), ('zstd', b'\x28\xb5\x2f\xfd'),
                   ('lzma', b'\x5d\0\0\0\1'), ('lz4', b'\x02\x21\x4c\x18'), ('lzo', b'\x89LZO')):
    refused('a Linux kernel that is said not to be packed, but is with %s' % name,
            uimage(data + bytes(8), compression=NONE, system=5), rb'is compressed with ' + name.encode())
refused('a multi-file image', uimage(packed, MULTI), rb'is a uImage of type 4 \(multi-file\)')
refused('no gzip', uimage(b'this is no gzip file'), rb'its gzip data has no gzip header')
refused('cut off', uimage(packed[:-1]), rb'its gzip data is cut off')
refused('a wrong byte', uimage(packed[:-9] + bytes([packed[-9] ^ 1]) + packed[-8:]),
        rb'its gzip data is (damaged|cut off)')
refused('a wrong sum', uimage(packed[:-8] + bytes(4) + packed[-4:]), rb'its gzip data is damaged')
refused('nothing in it', uimage(deflate(b'')), rb'its gzip data is empty')
refused('more than there is memory', uimage(deflate(bytes(129 << 20))),
        rb'its kernel unpacks to more than the 134217728 bytes of memory')
refused('larger than RAM with its place', uimage(deflate(bytes(128 << 20))), rb'its 134217728 bytes at')
refused('an entry point past it', uimage(packed, entry=LOAD + len(payload)), rb'its entry point 0x')
done()
