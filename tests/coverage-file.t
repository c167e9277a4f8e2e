#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program loop switch linux gcov arm-linux-gnueabi-gcc
#
# -coverage: the file has what was executed, to the instruction, and counts=on how often. The lines of
# three programs are those that gcov sees when they run on the host.
import struct

from lib import *

TQEMU = program('tail')
LCOV = 'scripts/coverage2lcov.py'
EXIT = '''
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''


def parse(path):
    """A drcov file: its modules [(base, end, name)], and its pieces [(address, size, module)]."""
    data = slurp(path)
    head = re.match(rb'DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\nModule Table: version 2, count (\d+)\n'
                    rb'Columns: id, base, end, entry, path\n((?:\d+, .*\n)+)BB Table: (\d+) bbs\n', data)
    if not head:
        raise ValueError('no drcov file: %r' % data[:300])
    rows = [row.split(b', ') for row in head[2].splitlines()]
    if [int(row[0]) for row in rows] != list(range(int(head[1]))):
        raise ValueError('modules are not numbered from 0')
    modules = [(int(base, 16), int(end, 16), name.decode()) for _, base, end, _, name in rows]
    table = data[head.end():]
    if len(table) != 8 * int(head[3]):
        raise ValueError('%d bytes for %s pieces' % (len(table), head[3]))
    return modules, [(modules[m][0] + start, size, m) for start, size, m in struct.iter_unpack('<IHH', table)]


class Covered:
    """What a run covered: `counts` is {address: executions}, `seen` is the set of addresses in drcov's
    file, both of the first byte of instructions."""

    def __init__(self, *arguments, insn=4, variant='tail', counts=True, **more):
        path = temp('coverage')
        self.r = run([program(variant), '-coverage', path + (',counts=on' if counts else ''), *arguments], **more)
        self.modules, pieces = parse(path)
        self.seen = {a for addr, size, _ in pieces for a in range(addr, addr + size, insn)}
        self.pieces = pieces
        self.counts = {}
        for line in slurp(path + '.counts').decode().splitlines() if counts else ():
            addr, size, count = line.split()
            for a in range(int(addr, 16), int(addr, 16) + int(size, 16), insn):
                self.counts[a] = self.counts.get(a, 0) + int(count)


# -- To the instruction --

# Each label's instruction is executed so often; no label: as the one before.
EXACT = '''
        b       start                   @ 0x00
        movs    pc, lr                  @ 0x04 undefined: goes on after it
        movs    pc, lr                  @ 0x08 SWI: likewise
        b       .                       @ 0x0c prefetch abort: never
        subs    pc, lr, #4              @ 0x10 data abort: after the access
        .balign 0x40
start:  mov     r0, #10                 @ 0x40 once
        ldr     r4, =0x20000000
        mcr     p15, 0, r0, c7, c5, 0   @ 0x48
1:      subs    r0, r0, #1              @ 0x4c ten times
        bne     1b
        cmp     r0, #0                  @ 0x54 once
        beq     2f
        mov     r1, #1                  @ 0x5c never
        mov     r1, #2
2:      movne   r1, #3                  @ 0x64 once, though without effect
        swi     7
        b       3f                      @ 0x6c: the block goes on there
        mov     r1, #4                  @ 0x70 never
        mov     r1, #5
3:      mov     r1, #6                  @ 0x78 once
        ldr     r2, =fault
        mov     r3, #3
4:      mov     lr, pc                  @ 0x84 three times
        mov     pc, r2
        subs    r3, r3, #1
        bne     4b
        b       end                     @ 0x94
fault:  mov     r5, #0x4000             @ 0x98 three times
        mov     r6, lr
        .word   0xe7f000f0              @ undefined
        mov     pc, r6                  @ 0xa4
end:    bl      5f                      @ 0xa8
''' + EXIT + '''
5:      mov     r7, #5                  @ 0xb8: the loop that changes itself
6:      ldr     r0, [pc, #20]
7:      add     r8, r8, #1              @ 0xc0 five times, in two versions
        str     r0, 7b
        subs    r7, r7, #1
        bne     6b
        mov     pc, lr
        nop
        add     r8, r8, #2
'''
WANT = {0x00: 1, 0x04: 3, 0x08: 1, **{a: 1 for a in range(0x40, 0x4c, 4)}, 0x4c: 10, 0x50: 10, 0x54: 1, 0x58: 1,
        **{a: 1 for a in range(0x64, 0x70, 4)}, **{a: 1 for a in range(0x78, 0x84, 4)},
        **{a: 3 for a in range(0x84, 0x94, 4)}, 0x94: 1, **{a: 3 for a in range(0x98, 0xa8, 4)},
        **{a: 1 for a in range(0xa8, 0xb8, 4)}, 0xb8: 1, **{a: 5 for a in range(0xbc, 0xd0, 4)}, 0xd0: 1}
exact = assemble(EXACT, at=0)
LOAD = ['-semihosting', '-device', 'loader,addr=0,cpu-num=0,file=' + exact]
for variant, *options in (['tail'], ['loop'], ['switch'], ['tail', '-icount', 'shift=0'], ['tail', '-singlestep'],
                          ['tail', '-accel', 'tcg,fusion=off'], ['tail', '-accel', 'tcg,optimise=off'],
                          ['tail', '-d', 'exec,nochain', '-D', '/dev/null']):
    name = ' '.join([variant, *options])
    c = Covered(*LOAD, *options, variant=variant)
    is_((c.r.status, c.r.err), (0, b''), name + ': the program runs')
    is_({hex(a): n for a, n in sorted(c.counts.items())}, {hex(a): n for a, n in WANT.items()},
        name + ': each instruction is counted')
    is_(c.seen, set(WANT), name + ': the same in drcov')
    is_(Covered(*LOAD, *options, variant=variant, counts=False).seen, set(WANT), name + ': and without counts')
is_(c.modules, [(0, 1 << 32, 'guest')], 'without an ELF file there is one module')

# A block that faults at its third instruction, always, and one that does so at last.
FAULTS = '''
        b       start
        .space  12
        add     pc, r9, #0              @ 0x10 data abort
        .balign 0x40
start:  ldr     r4, =0x20000000
        adr     r9, 1f
        mcr     p15, 0, r9, c7, c10, 4
        ldr     r0, =0x40000000         @ 0x4c
        mrc     p15, 0, r1, c1, c0, 0
        orr     r1, r1, #2              @ alignment faults
        mcr     p15, 0, r1, c1, c0, 0
        b       first
        .balign 0x80
first:  mov     r2, #1                  @ 0x80
        mov     r3, #2
        ldr     r5, [r2]                @ 0x88 faults
        mov     r3, #3                  @ 0x8c never
        mov     r3, #4
        b       .
1:      adr     r9, 2f                  @ 0x98
        mov     r6, #8
3:      mov     r3, #5                  @ 0xa0 three times
        ldr     r5, [r6], #-7           @ 8, then 1: faults
        add     r3, r3, #1              @ 0xa8 once
        b       3b
2:      nop                             @ 0xb0
''' + EXIT
faults = ['-semihosting', '-device', 'loader,addr=0,cpu-num=0,file=' + assemble(FAULTS, 'faults', at=0)]
want = {**{a: 1 for a in range(0x80, 0x8c, 4)}, 0x98: 1, 0x9c: 1, 0xa0: 2, 0xa4: 2, 0xa8: 1, 0xac: 1}
for options in [], ['-icount', 'shift=0'], ['-accel', 'tcg,fusion=off']:
    c = Covered(*faults, *options)
    is_({a: n for a, n in c.counts.items() if 0x80 <= a < 0xb0}, want,
        ' '.join(['a fault in a block', *options]))
    is_({a for a in Covered(*faults, *options, counts=False).seen if 0x80 <= a < 0xb0}, set(want),
        ' '.join(['a fault in a block, without counts', *options]))

# More blocks than the engine keeps: what it has forgotten is in the file.
MANY = '''
        ldr     r0, =0x100000
        ldr     r1, =70000
        ldr     r2, =0xe1a0f00e         @ mov pc, lr
        mov     r3, r0
        mov     r4, r1
1:      str     r2, [r3], #4
        subs    r4, r4, #1
        bne     1b
2:      mov     lr, pc
        add     pc, r0, #0
        add     r0, r0, #4
        subs    r1, r1, #1
        bne     2b
''' + EXIT
many = ['-semihosting', '-kernel', assemble(MANY, 'many')]
for counts in True, False:
    c = Covered(*many, '-d', 'stats', counts=counts)
    wanted = set(range(0x100000, 0x100000 + 4 * 70000, 4))
    ok(counters(c.r.err)['code flushes'] > 0, 'the cache was full', c.r.err)
    is_(len(c.seen & wanted), 70000, 'all blocks are there%s' % (' and counted' if counts else ''))
    if counts:
        is_({c.counts[a] for a in wanted}, {1}, 'once each')
        is_(sum(c.counts.values()), counters(c.r.err)['instructions executed'], 'all instructions are counted')

# -- Lines, as gcov has them --

FLAGS = ['-march=armv5te', '-mfloat-abi=soft', '-O0', '-g', '-ffreestanding', '-fno-pic', '-static', '-nostdlib',
         '-Wl,--build-id=none,-z,noexecstack,--no-warn-rwx-segments',
         '-Wl,--section-start=.init=0x10000,-Ttext=0x10200']


def gcov(name):
    """{line: executions} of a program that runs on the host."""
    where = temp('gcov-' + name)
    os.mkdir(where)
    sources = [os.path.abspath('tests/coverage/%s.c' % f) for f in ('main', name)]
    subprocess.run(['gcc', '-O0', '--coverage', '-o', 'program', *sources], cwd=where, check=True)
    subprocess.run(['./program'], cwd=where, check=True)
    text = subprocess.run(['gcov', '-t', 'program-' + name], cwd=where, check=True, stdout=subprocess.PIPE).stdout
    text = text.decode().split(':Source:')
    text = next(part for part in text if part.split('\n')[0].endswith('/%s.c' % name))
    return {int(n): int(count.rstrip('*')) if count[0] != '#' else 0
            for count, n in re.findall(r'^ *(\d+\*?|#####): *(\d+):', text, re.M)}


def lcov(name, drcov, elf, *options):
    """{line: executions}, {function: executions} by coverage2lcov.py."""
    text = subprocess.run([LCOV, *options, drcov, elf], check=True, stdout=subprocess.PIPE).stdout.decode()
    text = re.search(r'^SF:[^\n]*/%s\.c\n(.*?)^end_of_record$' % name, text, re.M | re.S)[1]
    return ({int(n): int(count) for n, count in re.findall(r'^DA:(\d+),(\d+)$', text, re.M)},
            {f: int(count) for count, f in re.findall(r'^FNDA:(\d+),(\w+)$', text, re.M)})


FUNCTIONS = {'branches': {'sign': 2, 'never': 0, 'gcd': 1, 'unused': 0, 'run': 1},
             'switches': {'twice': 16, 'square': 5, 'lost': 0, 'dense': 4, 'sparse': 3, 'fibonacci': 177, 'run': 1},
             'traps': {'trapped': 5, 'until': 1, 'panic': 0, 'run': 1}}
for name, functions in FUNCTIONS.items():
    host = gcov(name)
    source = [''] + slurp('tests/coverage/%s.c' % name).decode().split('\n')
    # gcov has a function's beginning at its name, the debugging information at the brace in the next
    # line. That has lines for the end of a function and for `break`, too, where gcov has none; and
    # none for labels, which gcov has.
    host = {n + 1 if source[n + 1] == '{' else n: count for n, count in host.items()
            if not re.fullmatch(r'\s*(case \w+|default|\w+):', source[n])}
    for state in 'arm', 'thumb':
        elf, path = temp('%s-%s.elf' % (name, state)), temp('coverage')
        subprocess.run([ARM_TOOLS + 'gcc', '-m' + state, *FLAGS, '-o', elf, 'tests/coverage/main.c',
                        'tests/coverage/%s.c' % name, '-lgcc'], check=True)
        c = Covered('-semihosting', '-kernel', elf, insn=2)
        is_((c.r.status, c.r.err), (0, b''), '%s, %s: the program runs' % (name, state))
        is_([m[2] for m in c.modules], [elf, 'other'], 'modules: the ELF file, all else')
        ok(all(m == (0 if c.modules[0][0] <= a < c.modules[0][1] else 1) for a, _, m in c.pieces),
           'pieces are in their modules')
        lines, called = lcov(name, path, elf, '-c', path + '.counts')
        alone = {n: source[n].strip() for n in set(lines) - set(host)}
        is_({t for t in alone.values()} - {'{', '}', 'break;'}, set(), 'lines that gcov has not')
        is_(set(host) - set(lines), set(), 'gcov has no more lines')
        is_({n: lines[n] for n in host if n in lines}, host, 'each line is executed as often as gcov says')
        is_(called, functions, 'and each function')
        Covered('-semihosting', '-kernel', elf, insn=2, counts=False)
        marked, called = lcov(name, path, elf)
        is_(marked, {n: int(count > 0) for n, count in lines.items()}, 'without counts the same lines')

# -- Linux --

SYMBOLS = {name: int(addr, 16) for addr, name in
           re.findall(r'^(\w+) [Tt] (\S+)$', slurp(GUEST + '/System.map-xip').decode(), re.M)}
for counts in True, False:
    c = Covered(*linux(), '-icount', 'shift=4', '-d', 'stats', counts=counts,
                stdin=b'ls -l /bin | md5sum; echo | gzip | gunzip\npoweroff -f\n')
    if counts:
        n = counters(c.r.err)
        total = sum(c.counts.values())
        # An instruction that cannot be fetched takes time and is not executed.
        ok(0 <= n['instructions executed'] - total <= n['aborts'], 'Linux: instructions are counted', total, n)
        is_(c.counts[SYMBOLS['start_kernel']], 1, 'it starts once')
        counted = c.seen
is_(c.seen ^ counted, set(), 'without counts: the same instructions')
ok(SYMBOLS['start_kernel'] in c.seen and SYMBOLS['panic'] not in c.seen, 'it did not panic')

# -- However the run ends --

echo = assemble(ECHO, 'echo')
for how in 'Ctrl-A x', 'SIGTERM', 'SIGINT', 'SIGHUP', 'quit':
    path = temp('ended')
    with Session([TQEMU, '-kernel', echo, '-coverage', path]) as s:
        s.expect(b'>')
        if how.startswith('SIG'):
            s.p.send_signal(getattr(signal, how))
        else:
            s.send(CTRL_A + (b'x' if how == 'Ctrl-A x' else b'c'))
            if how == 'quit':
                s.expect(rb'\(qemu\) ')
                s.send(b'quit\n')
        status = s.wait()
    is_(status, -getattr(signal, how) if how.startswith('SIG') else 0, how + ': the run ends')
    ok(0x10000 in {addr for addr, _, _ in parse(path)[1]}, how + ': the file is there')
    os.unlink(path)

ends = assemble(EXIT, 'ends')
for path, message in ((temp('none') + '/x', r'-coverage: .*/none/x: No such file'),
                      (ends, r'-coverage: .*ends.bin: is the same file as -kernel'),
                      ('/dev/full', r'-coverage: /dev/full: No space left on device')):
    r = run([TQEMU, '-semihosting', '-kernel', ends, '-coverage', path])
    ok(r.status == 1 and r.err.count(b'\n') == 1, 'one line and status 1', r.status, r.err)
    like(r.err, message, 'which says what is wrong')

done()
