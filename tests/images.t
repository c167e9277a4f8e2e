#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program linux arm-linux-gnueabi-as qemu-system-arm strip
#
# The guest's images, and how old kernels are started: the header that scripts/mkxip writes, the
# root file system of scripts/mkcpio, and ATAGs as QEMU lays them out.
import stat
import struct

from lib import *

FLASH, ENTRY = 0x34000000, 0x34001000

# -- zImage-xip --


def check_xip(name, image, kernel_size=None):
    first, *nops = struct.unpack_from('<9I', image)
    magic, start, end, order = struct.unpack_from('<4I', image, 0x24)
    # ldr pc, [pc, #offset]: pc is 8 ahead.
    is_(first & 0xfffff000, 0xe59ff000, name + ': begins with a jump')
    target = struct.unpack_from('<I', image, 8 + (first & 0xfff))[0]
    is_(target, ENTRY, name + ': to the kernel')
    is_(set(nops), {0xe1a00000}, name + ': then nothing')
    is_((magic, order), (0x016f2818, 0x04030201), name + ': magic and byte order')
    is_((start, end), (FLASH, FLASH + len(image)), name + ': start and end are those in flash')
    is_(struct.unpack_from('<2I', image, 0x34), (0x45454545, 0x44), name + ': a table of tags')
    words, tag, ram, end = struct.unpack_from('<4I', image, 0x44)
    is_((words, tag, end), (3, 0x5a584950, 0), name + ': of one tag')
    is_(image[0x54:ENTRY - FLASH].strip(b'\0'), b'', name + ': zeros up to the kernel')
    return ram


image = slurp(XIP)
end = re.search(rb'^([0-9a-f]{8}) . _end$', slurp(XIP.replace('zImage', 'System.map')), re.M)
is_(check_xip('zImage-xip', image), int(end[1], 16) - 0xc0000000, 'zImage-xip: its data in RAM')
like(image, r'Linux version 6\.1\.\d+ \(tqemu@tqemu\) .* Sat Jun 10 00:00:00 UTC 2023',
     'zImage-xip: names no builder and no time')
for what, secret in ('host', os.uname().nodename), ('folder', os.getcwd()):
    ok(len(secret) < 4 or secret.encode() not in image, 'zImage-xip: names no %s of ours' % what)

payload = temp('xipImage', bytes(range(256)) * 8)
r = run(['scripts/mkxip', '%#x' % FLASH, '%#x' % ENTRY, '0x123456', payload])
is_(check_xip('mkxip', r.out), 0x123456, 'mkxip: the size of the data')
is_(r.out[ENTRY - FLASH:], slurp(payload), 'mkxip: the kernel is after the header as it was')
for argv, name in [(['34000000', '34000040', '1000', payload], 'no room for the header'),
                   (['34000000', '34001002', '1000', payload], 'an odd entry'),
                   (['34000000', '34001000', '1000', '/nowhere'], 'no kernel'),
                   (['34000000', '34001000', '1000', temp('nothing', b'')], 'an empty kernel'),
                   (['34000000', '34001000', '0', payload], 'no data'),
                   (['34000000'], 'no arguments')]:
    r = run(['scripts/mkxip', *argv])
    ok(r.status != 0 and not r.out and re.match(rb'(mkxip: [^\n]+|usage: [^\n]+)\n\Z', r.err),
       'mkxip: ' + name, r.err)

# -- The root file system --


def members(archive):
    """Name, fields and content of each member of a newc archive."""
    at = 0
    while True:
        assert archive[at:at + 6] == b'070701', 'no header at %d' % at
        field = [int(archive[at + 6 + 8 * i:at + 14 + 8 * i], 16) for i in range(13)]
        name = archive[at + 110:at + 110 + field[11] - 1].decode()
        at += (110 + field[11] + 3) // 4 * 4
        content = archive[at:at + field[6]]
        at += (field[6] + 3) // 4 * 4
        if name == 'TRAILER!!!':
            return
        yield name, dict(zip('ino mode uid gid nlink mtime size'.split(), field)), field, content


listed = {name: (f, field, content) for name, f, field, content in members(slurp(ROOTFS))}
is_({(f['uid'], f['gid'], f['mtime']) for f, _, _ in listed.values()}, {(0, 0, 0)},
    'rootfs: all files belong to root and have time 0')
is_(oct(listed['init'][0]['mode']), oct(stat.S_IFREG | 0o755), 'rootfs: /init can be executed')
is_((stat.S_ISCHR(listed['dev/console'][0]['mode']), *listed['dev/console'][1][9:11]),
    (True, 5, 1), 'rootfs: the console')
ok(listed['bin/busybox'][2][:4] == b'\x7fELF' and
   struct.unpack_from('<H', listed['bin/busybox'][2], 18)[0] == 40, 'rootfs: busybox is for ARM')
is_(listed['bin/sh'][0]['ino'], listed['bin/busybox'][0]['ino'], 'rootfs: sh is busybox')
links = [f['ino'] for f, _, _ in listed.values()].count(listed['bin/busybox'][0]['ino'])
is_(links, listed['bin/busybox'][0]['nlink'], 'rootfs: as many names as links')
is_(listed['init'][2], slurp('scripts/rootfs/init'), 'rootfs: /init is the one in scripts/rootfs')

# The same content, made elsewhere, later and with another umask, gives the same archive.
archives = []
for n, umask in (1, 0o022), (2, 0o077):
    folder = temp('root%d' % n)
    old = os.umask(umask)
    os.mkdir(folder)
    for name in ('a', 'b') if n == 1 else ('b', 'a'):
        with open(folder + '/' + name, 'w') as f:
            f.write('content of ' + name)
        os.utime(folder + '/' + name, (n * 1000000, n * 1000000))
    os.umask(old)
    contents = 'dir etc 0755\nfile etc/a 0644 %s/a\nfile etc/b 0600 %s/b\nhard etc/c etc/a\n' \
        'link etc/d a\nnode etc/e 0620 4 64\n' % (folder, folder)
    r = run(['scripts/mkcpio'], stdin=contents.encode())
    is_((r.status, r.err), (0, b''), 'mkcpio')
    archives.append(r.out)
ok(archives[0] == archives[1], 'mkcpio: the same content, the same archive')
is_([(name, oct(f['mode']), f['nlink'], content) for name, f, _, content in members(archives[0])],
    [('etc', '0o40755', 2, b''), ('etc/a', '0o100644', 2, b'content of a'),
     ('etc/b', '0o100600', 1, b'content of b'), ('etc/c', '0o100644', 2, b''),
     ('etc/d', '0o120777', 1, b'a'), ('etc/e', '0o20620', 1, b'')], 'mkcpio: what was asked for')
r = run(['scripts/mkcpio'], stdin=b'hard b a\n')
ok(r.status != 0 and b'mkcpio: line 1' in r.err, 'mkcpio: an error names the line', r.err)

# -- Old kernels --

# Prints r0, r1, r2 and the list of tags that r2 points to, as hexadecimal words; then ends.
WALKER = '''
        b       start
        .space  0x3c, 0                 @ where a zImage's magic would be
start:  mov     r8, r2
        mov     r9, r1
        bl      print
        mov     r0, r9
        bl      print
        mov     r0, r8
        bl      print
next:   ldr     r9, [r8]                @ the size in words, of which an empty tag has none
        ldr     r10, [r8, #4]
        mov     r7, r9
        cmp     r7, #2
        movlo   r7, #2
word:   ldr     r0, [r8], #4
        bl      print
        subs    r7, r7, #1
        bne     word
        cmp     r10, #0
        bne     next
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
print:  ldr     r4, =0x101f1000
        mov     r5, #28
1:      mov     r6, r0, lsr r5
        and     r6, r6, #15
        cmp     r6, #10
        addlo   r6, r6, #'0'
        addhs   r6, r6, #'a' - 10
        strb    r6, [r4]
        subs    r5, r5, #4
        bpl     1b
        mov     r6, #10
        strb    r6, [r4]
        bx      lr
'''
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-monitor', 'none', '-serial',
        'stdio', '-audiodev', 'none,id=none']
raw = slurp(assemble(WALKER, 'walker'))
zimage = bytearray(raw)
struct.pack_into('<III', zimage, 0x24, 0x016f2818, 0, len(zimage))
old_zimage = temp('old-zImage', bytes(zimage))
initrd = temp('initrd', b'0123456789abcdef' * 1000)
for name, argv, tags in [
        ('plain', [], [0x54410001, 0x54410002, 0]),
        ('-m 64 -append', ['-m', '64', '-append', 'console=ttyAMA0 root=/dev/ram'],
         [0x54410001, 0x54410002, 0x54410009, 0]),
        ('-initrd', ['-initrd', initrd], [0x54410001, 0x54410002, 0x54420005, 0]),
        ('both', ['-m', '128', '-initrd', initrd, '-append', 'x' * 1001],
         [0x54410001, 0x54410002, 0x54420005, 0x54410009, 0])]:
    for kind, image in ('raw', temp('walker.bin')), ('old zImage', old_zimage):
        ours, theirs = (run([*argv0, '-semihosting', '-kernel', image, *argv])
                        for argv0 in ([program('tail')], QEMU))
        words = [int(w, 16) for w in ours.out.split()]
        is_(words[:3], [0, 387, 0x100], '%s kernel, %s: r0, r1, r2' % (kind, name))
        found, at = [], 3
        while at + 1 < len(words):
            found.append(words[at + 1])
            at += max(words[at], 2)
        is_(sorted(found), sorted(tags), '%s kernel, %s: the tags' % (kind, name))
        is_(ours.out, theirs.out, '%s kernel, %s: all as QEMU has it' % (kind, name))

# -- A command line that Linux does not keep --

for n in 1023, 1024, 1500:
    append = (CMDLINE + ' ' + 'x' * 2000)[:n]
    r = run([program('tail'), *linux(append=append)], stdin=b'cat /proc/cmdline\npoweroff -f\n')
    kept = re.findall(r'^(console=\S+ .*x)$', '\n'.join(lines(r.out)), re.M)
    is_((r.status, kept), (0, [append[:1023]]), '-append of %d bytes: what Linux keeps' % n)
    is_(r.err, b'' if n == 1023 else b'tqemu: -append: ARM Linux keeps only the first 1023 of %d '
        b'bytes: make it shorter\n' % n, '-append of %d bytes: and what is said' % n)

# -- A zImage that brings its own device tree --

appended = temp('appended', slurp(ZIMAGE) + slurp(GUEST + '/versatile-pb.dtb'))
for argv, want in [(['-dtb', GUEST + '/versatile-pb.dtb'], rb''),
                   ([], rb'tqemu: \S+: has a device tree appended, .* give that tree to -dtb .*\n')]:
    r = run([program('tail'), '-M', 'versatilepb,dumpdtb=' + temp('tree'), '-kernel', appended, *argv])
    ok(r.status == 0 and re.fullmatch(want, r.err), 'a tree appended, %s' % (argv[:1] or 'no -dtb'),
       r.status, r.err)

# -- A second time --

before = {f: os.stat(f).st_ino for f in (XIP, ZIMAGE, ROOTFS, GUEST + '/zImage-v6', GUEST + '/rootfs-v6.cpio')}
r = run(['scripts/guest.sh', GUEST])
is_((r.status, r.err), (0, b''), 'guest.sh: nothing to do, nothing said')
is_({f: os.stat(f).st_ino for f in before}, before, 'guest.sh: the files stay')
done()
