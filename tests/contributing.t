#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program unit diff git patch clang-format arm-linux-gnueabi-as
#
# The example diffs of CONTRIBUTING.md: each is short, applies to the tree as it is, compiles without
# a warning, and does what it is there for. They are built together, in a copy of the tree and of the
# objects, so that only what they change is compiled.
from lib import *

copy = temp('copy')
OUT = copy + '/build'
LONGEST = 39  # lines
compiler = slurp(BUILD + '/obj/.compile').decode().split()[0]

for f in subprocess.run(['git', 'ls-files', '-z'], stdout=subprocess.PIPE,
                        check=True).stdout.decode().split('\0'):
    if os.path.isfile(f):
        os.makedirs(os.path.dirname(os.path.join(copy, f)), exist_ok=True)
        shutil.copy2(f, os.path.join(copy, f))


def command(*argv):
    return run(argv, cwd=copy, timeout=300)


def make(*targets):
    return command('make', '-s', '-j2', 'O=build', 'CC=' + compiler, *targets)


shutil.copytree(BUILD + '/obj', OUT + '/obj')  # with its times
shutil.copytree(BUILD + '/tests', OUT + '/tests', ignore=shutil.ignore_patterns('guest'))

applied = {}
heading = None
for part in re.findall(r'^### ([^\n]*)$|^```diff\n(.*?)^```$', slurp('CONTRIBUTING.md').decode(),
                       re.M | re.S):
    heading = part[0] or heading
    if part[1]:
        applied[heading] = applied.get(heading, 0) + 1
        name = '%s, diff %d' % (heading, applied[heading])
        size = part[1].count('\n')
        ok(size <= LONGEST, '%s: at most %d lines' % (name, LONGEST), size)
        r = command('patch', '-p0', '--batch', '--fuzz=0', '-i', temp('diff', part[1].encode()))
        ok(r.status == 0, name + ' applies', r.out)
is_(sorted(applied), ['A board', 'A coprocessor register', 'A device', 'An instruction'],
    'there are four examples')

units = ['test_versatilepb', 'test_cp15', 'test_decode']
r = make('all', *('build/tests/unit/' + u for u in units), 'build/tests/board/replay',
         'build/tests/diff/gen')
if not ok(r.status == 0, 'the tree compiles with all of them', r.err):
    done()
paths = re.findall(rb'^(?:---|\+\+\+) (\S+)', slurp('CONTRIBUTING.md'), re.M)
r = command('clang-format', '--dry-run', '-Werror', *sorted(set(paths)))
ok(r.status == 0, 'the example diffs are formatted', r.err)


def unit(name):
    return run([OUT + '/tests/unit/' + name]).out.decode()


def failed(name):
    return re.findall(r'^not ok \d+ - (.*)', unit(name), re.M)


def guest(source, *options):
    """Runs a program that ends with a semihosting exit; its output."""
    end = '\nmov r0, #0x18\nldr r1, =0x20026\nswi 0x123456\n.ltorg\n.balign 4\ntext: .space 8\n'
    console = ['-chardev', 'stdio,id=c', '-serial', 'chardev:c', '-semihosting-config', 'chardev=c']
    return run([OUT + '/tqemu', *console, '-kernel', assemble(source + end), *options])


# A device.
accesses = b'writel 0x10002000 0x3\nwritel 0x10002004 0x1\nreadl 0x10002000\n'
r = run([OUT + '/tests/board/replay'], stdin=accesses)
like(r.out, r'^OK 0x0*2\s*\Z', 'the device answers: SCL was raised and lowered, SDA raised')
is_(failed('test_versatilepb'), [], 'the test of the board passes with it')

# A board.
r = guest('''
        ldr r0, =0x10000000
        mov r1, #'h'
        strb r1, [r0]
        ldr r0, =0x10001fe0
        ldr r1, [r0, #4]
        add r1, r1, #'0'
        ldr r0, =0x10000000
        strb r1, [r0]''', '-M', 'mini')
is_((r.out, r.status), (b'hH', 0), 'the board runs a program, which finds its serial port and timer')

# A coprocessor register.
r = guest('''
        mvn r0, #0
        mcr p15, 7, r0, c15, c0, 0
        mov r0, #0
        mrc p15, 7, r0, c15, c0, 0
        add r0, r0, #'0'
        adr r1, text
        strb r0, [r1]
        mov r0, #4
        swi 0x123456''')
is_((r.out, r.status), (b'7', 0), 'a guest reads the register\'s three bits')
is_(failed('test_cp15'), [], 'the test of coprocessor registers passes')

# An instruction: in both states, by its encodings. The exception's handler counts, and
# returns behind it.
r = guest('''
        mov r4, #'0'
        adr r0, 5f
        ldmia r0, {r1, r2, r3}
        mov r0, #4
        str r1, [r0]
        mov r0, #0x80
        stmia r0, {r2, r3}
        b 2f
5:      .inst 0xea00001d      @ at 4: b 0x80
        add r4, r4, #1
        movs pc, lr
2:      .inst 0xe7f123f4
        adr r2, 1f + 1
        bx r2
        .balign 4
        .thumb
1:      .inst.n 0xde07
        .inst.n 0xde00
        bx pc
        nop
        .arm
        adr r1, 3f
        strb r4, [r1]
        mov r0, #4
        swi 0x123456
        b 4f
3:      .space 4
4:''', '-d', 'in_asm')
is_((r.out, r.status), (b'3', 0), 'a guest takes three exceptions')
like(r.err, r'e7f123f4  udf\t#4660', 'it is disassembled in ARM state')
like(r.err, r'de07      udf\t#7', 'it is disassembled in Thumb state')
for group in 'exceptions', 'thumb':
    counts = temp('counts')
    run([OUT + '/tests/diff/gen', '-r', OUT + '/tests/diff/runtime.bin', '-g', group, '-s', '1',
         '-n', '300', '-o', temp('image'), '-c', counts])
    bits = '11011110 iiiiiiii' if group == 'thumb' else '(1110) 01111111 iiiiiiiiiiii 1111 iiii'
    like(slurp(counts), re.escape(bits) + r'\t[1-9]', group + ': random tests have it')
is_(failed('test_decode'), ['UNDEFINED: the media space of ARMv6 (bits 27:25 011, bit 4)',
                            "UNDEFINED: Thumb's unallocated encodings", '.word\t0xe7f000f0',
                            '.short\t0xde00'],
    'test_decode reports what was no instruction before')
done()
