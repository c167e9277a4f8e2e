#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso linux mkimage arm-linux-gnueabi-as
#
# Bad input of every kind: status 1, nothing on stdout, and one line on stderr that begins with
# "tqemu: " and names the option or the file.
import binascii
import struct

from lib import *

MIB = 1 << 20
zimage, xip, rootfs = slurp(ZIMAGE), slurp(XIP), slurp(ROOTFS)
dtb = slurp(GUEST + '/versatile-pb.dtb')
elf = slurp(assemble('b .', 'good').replace('.bin', '.elf'))
uimage_path = temp('uimage')
subprocess.run(['mkimage', '-A', 'arm', '-O', 'linux', '-T', 'kernel', '-C', 'none', '-a', '0x8000',
                '-e', '0x8000', '-d', temp('code', b'\xfe\xff\xff\xea' * 1000), uimage_path],
               check=True, stdout=subprocess.DEVNULL)
uimage = slurp(uimage_path)


def patched(data, offset, fmt, *values):
    data = bytearray(data)
    struct.pack_into(fmt, data, offset, *values)
    return bytes(data)


def refused(name, argv, names, variant='tail', **popen):
    r = run([program(variant), *argv], timeout=20, **popen)
    err = r.err.decode('latin-1')
    good = r.status == 1 and not r.out and re.search(r'\Atqemu: [^\0-\x1f\x7f]+\n\Z', err) and \
        names in err and err.count(': ') >= 2
    ok(good, name, 'arguments: %s' % argv, 'status %s, stdout %.200r, must name %s; stderr:' %
       (r.status, r.out, names), err)


def refused_file(name, content, role='-kernel', argv=(), names=None):
    """A file with this content, in the role of that option."""
    path = temp(re.sub(r'\W+', '-', name))
    with open(path, 'wb') as f:
        f.write(content)
    refused(name, [role, path, *argv], names or path)


# Options and their values.
for argv, names in [
        (['-nonsense'], '-nonsense'),
        (['--nonsense'], '--nonsense'),
        (['-'], '-'),
        (['zImage'], 'zImage'),
        (['-kernel'], '-kernel'),
        (['-smp', '2'], '-smp'),
        (['-hda', 'disk'], '-hda'),
        (['-M', 'nonsense'], 'nonsense'),
        (['-M', 'versatilepb,nonsense=1'], 'nonsense'),
        (['-M', ''], '-M'),
        (['-cpu', 'cortex-a8'], 'cortex-a8'),
        (['-cpu', 'arm926,nonsense=on'], 'nonsense'),
        (['-m', '0'], '-m'),
        (['-m', ''], '-m'),
        (['-m', '-1'], '-m'),
        (['-m', 'lots'], '-m'),
        (['-m', '12x'], '-m'),
        (['-m', '128 M'], '-m'),
        (['-m', '1000001B'], '-m'),
        (['-m', '257'], '-m'),
        (['-m', '4G'], '-m'),
        (['-m', '1T'], '-m'),
        (['-m', '18446744073709551615'], '-m'),
        (['-m', '18446744073709551616'], '-m'),
        (['-m', '16777216T'], '-m'),
        (['-m', 'maxmem=1G'], '-m'),
        (['-serial', 'stdio', '-serial', 'mon:stdio'], '-serial'),
        (['-serial', 'nonsense'], 'nonsense'),
        (['-serial', 'channel'], 'channel'),
        (['-gdb', 'channel'], 'channel'),
        (['-serial', 'file:'], '-serial'),
        (['-serial', 'file:/nowhere/log'], '/nowhere/log'),
        (['-serial', 'udp::1234'], 'udp::1234'),
        (['-serial', 'tcp:nohost.invalid:1'], 'nohost.invalid'),
        (['-serial', 'tcp:localhost:1'], 'localhost:1'),
        (['-serial', 'unix:/nowhere/socket,server=on'], '/nowhere/socket'),
        (['-serial', 'unix:' + 'x' * 200], 'too long'),
        (['-chardev', 'nonsense,id=a'], 'nonsense'),
        (['-serial', 'null'] * 5, '-serial'),
        (['-display', 'nonsense'], '-display'),
        (['-monitor', 'file:x'], '-monitor'),
        (['-vga', 'nonsense'], '-vga'),
        (['-daemonize'], '-daemonize'),
        (['-pidfile', '/nowhere/pid'], '/nowhere/pid'),
        (['-uuid', 'nonsense'], 'nonsense'),
        (['-seed', 'nonsense'], 'nonsense'),
        (['-global', 'nonsense'], 'nonsense'),
        (['-icount', 'shift=11'], '-icount'),
        (['-icount', 'shift='], '-icount'),
        (['-icount', 'shift=-1'], '-icount'),
        (['-icount', 'shift=auto,sleep=off'], '-icount'),
        (['-icount', 'shift=3,nonsense=1'], 'nonsense'),
        (['-icount', ''], '-icount'),
        (['-icount', 'sleep=off'], '-icount'),
        (['-rtc', 'base=yesterday'], 'yesterday'),
        (['-rtc', 'base=2024-02-30'], '2024-02-30'),
        (['-rtc', 'base=2024-02-29T25:00:00'], '2024-02-29T25:00:00'),
        (['-rtc', 'nonsense=1'], 'nonsense'),
        (['-semihosting-config', 'enable=perhaps'], '-semihosting-config'),
        (['-semihosting-config', 'target=gdb'], '-semihosting-config'),
        (['-accel', 'kvm'], 'kvm'),
        (['-accel', 'tcg,nonsense=on'], 'nonsense'),
        (['-d', 'nonsense'], 'nonsense'),
        (['-d', 'in_asm,'], '-d'),
        (['-d', ''], '-d'),
        (['-d', 'digest:0'], 'digest:0'),
        (['-d', 'digest:many'], 'digest:many'),
        (['-D', '/nowhere/log'], '/nowhere/log'),
        (['-D', ''], '-D'),
        (['-device', 'virtio-net'], 'virtio-net'),
        (['-device', 'loader'], '-device'),
        (['-device', 'loader,file=/nowhere,addr=0'], '/nowhere'),
        (['-device', 'loader,addr=nonsense'], 'nonsense'),
        (['-device', 'loader,data=1,addr=0'], '-device'),
        (['-device', 'loader,data=1,data-len=9,addr=0'], '-device'),
        (['-device', 'loader,data=1,data-len=4,addr=0x1ffffffff'], '-device'),
        (['-device', 'loader,addr=0,cpu-num=1'], '-device'),
        (['-device', 'loader,addr=0,nonsense=1'], 'nonsense'),
        (['-M', 'dumpdtb=/nowhere/tree', '-kernel', ZIMAGE], '/nowhere/tree')]:
    refused(' '.join(repr(a) if not a or ' ' in a else a for a in argv), argv, names)

# Files that are not there, are empty, are a directory, or cannot be read, in each role.
for what, path in [('missing', '/nowhere/file'), ('empty', temp('nothing', b'')),
                   ('a directory', scratch), ('not readable', '/proc/self/mem')]:
    for role, argv in [('-kernel', ['-kernel', path]),
                       ('-initrd', ['-kernel', ZIMAGE, '-initrd', path]),
                       ('-dtb', ['-kernel', ZIMAGE, '-dtb', path]),
                       ('-bios', ['-bios', path]),
                       ('-device loader', ['-device', 'loader,file=%s,addr=0' % path])]:
        refused('%s, %s' % (role, what), argv, path)
refused('no file name', ['-kernel', ''], '-kernel')
refused('-initrd alone', ['-initrd', ROOTFS], '-initrd')
refused('-append alone', ['-append', 'quiet'], '-append')
refused('-D, a directory', ['-D', scratch], scratch)

# Too large, or on top of each other.
large = temp('large')
with open(large, 'wb') as f:
    f.truncate(300 * MIB)
for m in 8, 256:
    refused('a kernel larger than %d MiB of memory' % m, ['-m', str(m), '-kernel', large], large)
    refused('an initrd larger than %d MiB of memory' % m,
            ['-m', str(m), '-kernel', ZIMAGE, '-initrd', large], large)
refused('a device tree larger than memory', ['-m', '8', '-kernel', ZIMAGE, '-dtb', large], large)
refused('flash contents larger than the flash', ['-bios', large], large)
refused('-device loader, larger than memory', ['-device', 'loader,file=%s,addr=0' % large], large)
refused('a kernel in 2 MiB', ['-m', '2', '-kernel', ZIMAGE], ZIMAGE)
refused('kernel and initrd in 6 MiB', ['-m', '6', '-kernel', ZIMAGE, '-initrd', ROOTFS], ROOTFS)
refused('kernel and -device loader in one place',
        ['-kernel', ZIMAGE, '-device', 'loader,file=%s,addr=0x10000' % ROOTFS], ROOTFS)
refused('-device loader where nothing is',
        ['-device', 'loader,file=%s,addr=0x50000000' % ROOTFS], ROOTFS)
refused('-device loader on a device',
        ['-device', 'loader,file=%s,addr=0x101f1000' % ROOTFS], ROOTFS)
refused_file('a zImage for ROM where there is none',
             patched(xip, 0x28, '<II', 0x50000000, 0x50000000 + len(xip)))
refused_file('a zImage that ends before it starts', patched(zimage, 0x28, '<II', 0x1000, 0))
refused_file('an ELF file loaded to where nothing is',
             patched(elf, struct.unpack_from('<I', elf, 28)[0] + 12, '<I', 0x50000000))

# Cut off.
for name, content, role in [('zImage', zimage, '-kernel'), ('zImage-xip', xip, '-kernel'),
                            ('uImage', uimage, '-kernel'), ('ELF', elf, '-kernel')]:
    for cut in 0.5, 0.99:
        refused_file('%s, %d %% of it' % (name, cut * 100), content[:int(len(content) * cut)]
                     if name != 'ELF' else content[:struct.unpack_from('<I', elf, 28)[0] +
                                                   int(32 * cut)], role)
for cut in 4, 40, len(dtb) // 2, len(dtb) - 4:
    refused_file('a device tree, its first %d bytes' % cut, dtb[:cut], '-dtb', ['-kernel', ZIMAGE])

# Not what they should be.
refused_file('ELF for another machine', patched(elf, 18, '<H', 62))
refused_file('ELF of the other byte order', patched(elf, 5, 'B', 2))
refused_file('ELF of 64 bits', patched(elf, 4, 'B', 2))
refused_file('ELF object that is not linked', slurp(temp('good.o')))
refused_file('uImage with a wrong checksum', patched(uimage, 70, 'B', uimage[70] ^ 1))
refused_file('uImage with a wrong header', patched(uimage, 13, 'B', uimage[13] ^ 1))
for offset, what in (29, 'architecture'), (31, 'compression'):
    # The header's checksum is right.
    wrong = patched(patched(uimage, offset, 'B', 3), 4, '>I', 0)
    wrong = patched(wrong, 4, '>I', binascii.crc32(wrong[:64]))
    refused_file('uImage of another ' + what, wrong)
refused_file('a zImage of the other byte order', patched(zimage, 0x30, '<I', 0x01020304))
for name, content in [('no device tree', b'nonsense' * 100),
                      ('a device tree with its strings outside', patched(dtb, 12, '>I', MIB)),
                      ('a device tree with its structure outside', patched(dtb, 8, '>I', MIB)),
                      ('a device tree of a later version', patched(dtb, 24, '>I', 99)),
                      ('a device tree without an end', dtb.replace(b'\0\0\0\x09', b'\0\0\0\x04'))]:
    refused_file(name, content, '-dtb', ['-kernel', ZIMAGE])

# The standard streams and the disk.
for variant in 'tail', 'iso':
    echo = assemble(ECHO, 'echo')
    for shell, names in [('"$@" >&-', 'stdout'), ('"$@" <&-', 'stdin')]:
        if variant == 'iso' and names == 'stdin':
            continue  # ISO C cannot tell it from an empty one
        r = run(['sh', '-c', shell + '; echo status $?>&2', 'sh', program(variant),
                 '-kernel', echo], timeout=20)
        like(r.err, r'\Atqemu: %s: [^\n]+\nstatus 1\n\Z' % names,
             '%s: %s closed' % (variant, names))
    r = run([program(variant), '-semihosting', '-d', 'in_asm', '-D', '/dev/full', '-kernel',
             assemble('mov r0, #0x18; ldr r1, =0x20026; swi 0x123456', 'off')], timeout=20)
    is_((r.status, r.out), (1, b''), variant + ': full disk for -D: status 1')
    like(r.err, r'\Atqemu: -D: /dev/full: [^\n]+\n\Z', variant + ': full disk for -D: the message')
    r = run([program(variant), '-serial', 'file:/dev/full', '-semihosting', '-kernel',
             assemble('''ldr r0, =0x101f1000; strb r0, [r0]
                         mov r0, #0x18; ldr r1, =0x20026; swi 0x123456''', 'print')], timeout=20)
    like(r.err, r'\Atqemu: -serial: file:/dev/full: [^\n]+\n\Z', variant + ': and for -serial')
    is_(r.status, 1, variant + ': status 1')

# Names with a line's end, escape sequences and bytes that are no UTF-8, wherever messages show one.
EVIL = 'no\nsuch\x1b[31m\x9b\x7f\udcff'  # the last one is the byte 0xff
SHOWN = r'no\nsuch\x1b[31m\u009b\x7f\xff'
named = [['-' + EVIL], [EVIL]]
for option, values in [
        ('-M', ['%s', '%s=1', 'dumpdtb=/nowhere/%s']),
        ('-cpu', ['%s', 'arm926,%s', 'arm926,vfp=%s']),
        ('-m', ['%s', '%s=1', 'size=%s']), ('-kernel', ['%s']), ('-bios', ['/nowhere/%s']),
        ('-device', ['%s', 'loader,%s', 'loader,%s=1', 'loader,addr=%s', 'loader,force-raw=%s',
                     'loader,addr=0,file=/nowhere/%s']),
        ('-serial', ['%s', 'file:/nowhere/%s']), ('-D', ['/nowhere/%s']), ('-display', ['%s']),
        ('-monitor', ['%s']), ('-chardev', ['%s,id=a', 'null,%s=1', 'null,id=a,mux=%s']), ('-uuid', ['%s']),
        ('-icount', ['%s', '%s=1', 'shift=%s']), ('-rtc', ['%s', '%s=1', 'base=%s']),
        ('-semihosting-config', ['%s', '%s=1', 'target=%s']), ('-d', ['%s', 'digest:%s']),
        ('-accel', ['%s', 'tcg,%s=on', 'tcg,fusion=%s'])]:
    named += [[option, value % EVIL] for value in values]
named += [['-kernel', ZIMAGE, '-initrd', EVIL], ['-kernel', ZIMAGE, '-dtb', EVIL]]
for argv in named:
    refused('names: ' + ' '.join(argv).replace(EVIL, 'NAME'), argv, SHOWN)
evil_name = os.path.join(scratch, EVIL)
for content in (b'', elf[:40], uimage[:100], patched(zimage, 0x30, '<I', 0x01020304),
                b'\x1f\x8b\x08'):
    with open(evil_name, 'wb') as f:
        f.write(content)
    refused('names, a bad kernel of %d bytes' % len(content), ['-kernel', evil_name], SHOWN)
refused('names, an output that is an input',
        ['-kernel', temp('code'), '-serial', 'file:' + evil_name, '-device',
         'loader,addr=0x20000,file=' + evil_name], SHOWN)
# The options that there are, whatever they make of such a value.
help_text = run([program('tail'), '-help']).out.decode()
with_value = re.findall(r'^  (-\w[\w-]*) \S+ ', help_text, re.M)
ok(len(with_value) > 20, 'options with a value are found', help_text)
for option in with_value:
    r = run([os.path.abspath(program('tail')), option, EVIL], timeout=20, cwd=scratch)
    ok(re.fullmatch(rb'(tqemu: [^\0-\x1f\x7f-\xff]+\n)?', r.err), 'names: %s NAME' % option, r.err)

# What asks for text gets it on stdout, with status 0, or 1 if it cannot be written.
for argv, pattern in [(['-help'], r'^  -kernel FILE '), (['-h'], r'^Exit status:$'),
                      (['-version'], r'\Atqemu version \d+\.\d+\n\Z'),
                      (['-M', 'help'], r'^versatilepb '),
                      (['-machine', 'versatilepb,help'], r'^versatilepb '), (['-cpu', 'help'], r'^ *arm926'),
                      (['-d', 'help'], r'^ *op_opt ')]:
    r = run([program('tail'), *argv])
    like(r.out, pattern, ' '.join(argv))
    is_((r.status, r.err), (0, b''), ' '.join(argv) + ': status 0')
    for variant in 'tail', 'iso':
        for shell in '"$@" >/dev/full', '"$@" >&-':
            name = '%s: %s: ' % (variant, shell.replace('"$@"', ' '.join(argv)))
            r = run(['sh', '-c', shell, 'sh', program(variant), *argv])
            is_(r.status, 1, name + 'status 1')
            like(r.err, r'\Atqemu: stdout: [^\n:]+: [^\n]+\n\Z', name + 'one line')
for variant in 'tail', 'iso':
    for path, shell in ('/dev/full', '"$@"'), ('/dev/stdout', '"$@" >/dev/full'), \
            ('/dev/stdout', '"$@" >&-'):
        r = run(['sh', '-c', shell, 'sh', program(variant), '-M', 'dumpdtb=' + path])
        name = '%s: -M dumpdtb=%s, %s: ' % (variant, path, shell)
        is_(r.status, 1, name + 'status 1')
        like(r.err, r'\Atqemu: dumpdtb=%s: [^\n]+: [^\n]+\n\Z' % path, name + 'one line')
done()
