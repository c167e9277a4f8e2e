#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso arm-none-eabi-gcc qemu-system-arm
#
# Programs of the C libraries that know semihosting, newlib and picolibc, on QEMU and on tqemu: output,
# status and files are equal.
import tempfile

from lib import *

QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-audiodev', 'none,id=none']
PICOLIBC = ['--specs=picolibc.specs', '--oslib=semihost', '-Wl,--defsym=__flash=0x10000,--defsym=__flash_size=0x400000',
            '-Wl,--defsym=__ram=0x800000,--defsym=__ram_size=0x400000']
LIBRARIES = {'newlib': ['--specs=rdimon.specs'], 'picolibc': [*PICOLIBC, '--crt0=semihost']}
# Each program with its arguments and its input.
PROGRAMS = [('hello', [], b''), ('hello', ['one', 'two, three'], b''), ('status', ['0'], b''), ('status', ['42'], b''),
            ('status', ['300'], b''), ('exits', ['7'], b''), ('aborts', [], b''), ('asserts', [], b''),
            ('input', [], b''), ('input', [], b'short'), ('input', [], b'a line\nand another one\n' * 2000),
            ('numbers', [], b'4 9 16\n25 x'), ('output', [], b''), ('files', [], b''), ('large', [], b''),
            ('errors', [], b''), ('times', [], b''), ('memory', [], b''), ('shell', [], b''), ('signals', [], b'')]


def build(name, isa, flags):
    elf = temp('%s%s.elf' % (name, isa))
    r = run(['arm-none-eabi-gcc', '-mcpu=arm926ej-s', isa, '-O1', *flags, 'tests/semihosting/programs.c', '-lm',
             '-o', elf])
    ok(r.status == 0, '%s %s: builds' % (name, isa), r.err)
    return elf


def results(emulator, image, args, stdin):
    """The status, stdout, stderr and files of a program."""
    folder = tempfile.mkdtemp(dir=scratch)
    config = ','.join(['enable=on', *('arg=' + a.replace(',', ',,') for a in args)])
    argv0 = [os.path.abspath(emulator[0]) if '/' in emulator[0] else emulator[0], *emulator[1:]]
    r = run([*argv0, '-display', 'none', '-monitor', 'none', '-serial', 'null', '-semihosting-config', config,
             '-kernel', image], stdin=pipe_of(stdin), timeout=20, cwd=folder)
    err = b'\n'.join(line for line in r.err.split(b'\n') if b'audiodev' not in line)
    return r.status, r.out, err, {name: slurp(folder + '/' + name) for name in os.listdir(folder)}


for library, flags in LIBRARIES.items():
    for isa in '-marm', '-mthumb':
        image = build(library, isa, flags)
        for program_name, args, stdin in PROGRAMS:
            name = '%s %s: %s' % (library, isa, ' '.join([program_name, *args]))
            theirs = results(QEMU, image, ['program', program_name, *args], stdin)
            is_(results([program('tail')], image, ['program', program_name, *args], stdin), theirs, name)
            if isa == '-mthumb':
                is_(results([program('iso')], image, ['program', program_name, *args], stdin), theirs,
                    name + ', on the ISO C host')
# picolibc's other start-up files do not ask for a command line.
for crt0 in '', 'hosted':
    image = build('picolibc' + crt0, '-marm', PICOLIBC + (['--crt0=' + crt0] if crt0 else []))
    theirs = results(QEMU, image, [], b'')
    name = 'picolibc, %s start-up file: ' % (crt0 or 'usual')
    is_(theirs[:3], (42, b'', b'hello, 0 arguments\n'), name + 'QEMU')
    is_(results([program('tail')], image, [], b''), theirs, name + 'tqemu')
done()
