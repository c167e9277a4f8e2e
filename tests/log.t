#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso arm-linux-gnueabi-as qemu-system-arm
#
# The items of -d on a small program: each logs its own subject and nothing else. -D, -dfilter.
from lib import *

# It counts down, makes flags and values that are never read, reads from nothing, writes where it must
# not, takes exceptions with the MMU off and on, and ends itself.
PROGRAM = '''
        b       start
        movs    pc, lr                  @ undefined instruction: after it
        movs    pc, lr                  @ SWI
        b       .
        subs    pc, lr, #4              @ data abort: after it
        .balign 0x40
start:  mov     r0, #3                  @ 0x40
loop:   subs    r0, r0, #1              @ 0x44
        bne     loop
        adds    r1, r0, #1              @ 0x4c
        adds    r1, r1, #2
        adds    r1, r1, #3
        adds    r1, r1, #4
        mov     r3, #1
        mov     r3, #2
        swi     7                       @ 0x64
        .word   0xe7f000f0              @ 0x68: undefined
        ldr     r1, =0x20000000
        ldr     r1, [r1]                @ nothing is there
        ldr     r1, =0x101f1018
        str     r1, [r1]                @ a register that can only be read
        ldr     r1, =0x2001
        ldr     r1, [r1]                @ turned round, as its address asks for
        ldr     r1, =0x4000             @ a section: 1 MiB at 0, for everybody
        ldr     r2, =0xc02
        str     r2, [r1]
        mcr     p15, 0, r1, c2, c0, 0
        mov     r2, #1
        mcr     p15, 0, r2, c3, c0, 0
        mrc     p15, 0, r2, c1, c0, 0
        orr     r2, r2, #1
        mcr     p15, 0, r2, c1, c0, 0
        nop
        nop
        ldr     r1, =0x800000
fault:  ldr     r1, [r1]
        mrc     p15, 0, r2, c1, c0, 0
        bic     r2, r2, #1
        mcr     p15, 0, r2, c1, c0, 0
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''
image = assemble(PROGRAM, at=0)
ITEMS = ['in_asm', 'op', 'op_opt', 'out_asm', 'exec', 'cpu', 'int', 'mmu', 'guest_errors', 'unimp',
         'stats']


def log(items, *more, image=image):
    r = run([program('tail'), '-semihosting', '-device', 'loader,addr=0,cpu-num=0,file=' + image,
             '-d', items, *more])
    is_((r.status, r.out), (0, b''), '-d %s: the guest ends itself' % ' '.join((items, *more)))
    return r.err.decode()


logs = {item: log(item) for item in ITEMS}

like(logs['in_asm'], r'^----------------\nIN: \n0x00000000:  ea00000e  b\s+0x40\n0x00000040:  ',
     'in_asm: the first block, which goes on after its branch')
like(logs['in_asm'], r'^0x00000040:  e3a00003  mov\s+r0, #3\n0x00000044:  e2500001  subs\s+r0, r0, '
     r'#1\n0x00000048:  1afffffd  bne\s+0x44\n', 'in_asm: the loop')
like(logs['in_asm'], r'^0x00000064:  ef000007  svc\s+0x0*7$', 'in_asm: SWI')
like(logs['op'], r'^ ---- 00000044\n sub\.nzcv r0,r0,\$0x1$', 'op: a subtraction that sets flags')
like(logs['op'], r'^ call helper_swi ', 'op: a call of a helper')
additions = {item: logs[item].count('add.nzcv r1,') for item in ('op', 'op_opt')}
ok(additions['op'] == 4 * additions['op_opt'] > 0, 'op_opt: of four additions one sets flags',
   additions)
ops = {item: len(re.findall(r'^ \w', logs[item], re.M)) for item in ('op', 'op_opt')}
ok(ops['op_opt'] < ops['op'], 'op_opt: fewer ops', ops)
like(logs['out_asm'], r'^OUT: \[\d+ slots for \d+ instructions\]\n +0: \w+ ',
     'out_asm: the slots')
like(logs['out_asm'], r'^ +\d+: \w*sub\w* .* imm=0x1\b', 'out_asm: the subtraction')

pcs = [int(pc, 16) for pc in re.findall(r'^Trace \d+: ([0-9a-f]{8}) mode', logs['exec'], re.M)]
is_(pcs[:5], [0, 0x44, 0x44, 8, 0x68], 'exec: the blocks in their order')
states = re.findall(r'^R00=([0-9a-f]{8}) .*\n.*\n.*\nR12=.* R15=([0-9a-f]{8})\n'
                    r'PSR=([0-9a-f]{8}) ([N-][Z-][C-][V-]) ([AT]) (\w+)32$', logs['cpu'], re.M)
is_([int(s[1], 16) for s in states[:5]], pcs[:5], 'cpu: the same blocks')
is_([(int(s[0], 16), s[3]) for s in states[1:4]], [(2, '--C-'), (1, '--C-'), (0, '----')],
    'cpu: the registers before them')
is_(states[3][5], 'svc', 'cpu: the mode')

taken = re.findall(r'^Taking exception \d+ \[([\w ]+)\] at pc (0x[0-9a-f]{8})', logs['int'], re.M)
is_([pc for _, pc in taken[:2]], ['0x00000064', '0x00000068'], 'int: where exceptions were taken')
is_([len(taken), taken[0][0]], [3, 'SWI'], 'int: the kinds of exceptions')
like(logs['int'], r'^\.\.\.with DFSR 0x5 FAR 0x00800000$', 'int: the fault status and address')
like(logs['int'], r'^Exception return to pc 0x00000068, cpsr 0x\w{8}$', 'int: the return from an exception')
like(logs['mmu'], r'at MVA 00800000 faults: status 5', 'mmu: a fault')
like(logs['mmu'], r'at MVA 00000[0-9a-f]{3} is 00000[0-9a-f]{3} rw', 'mmu: a translation')
like(logs['guest_errors'], r'0x018: no register that can be written$', 'guest_errors: the write to a register to be read')
like(logs['unimp'], r'^nothing mapped: 4-byte read at 0x20000000$', 'unimp: the read of nothing')
n = counters(logs['stats'].encode())
ok(30 < n['instructions executed'] < 200 and n['aborts'] == 1, 'stats: instructions and aborts',
   n)
is_([n[what] for what in ('unaligned accesses', 'device writes', 'slow stores')], [1, 1, 2],
    'stats: slow paths by their causes')

# Guest errors, and accesses to what is not implemented.
MISTAKES = '''
        mov     r0, #0x98
        swi     0x123456                @ 0x04: semihosting has no such operation
        mrs     r0, cpsr
        bic     r0, r0, #0x1f
        orr     r0, r0, #0x15
        msr     cpsr_c, r0              @ there is no such mode
        msr     cpsr_c, #0xdf           @ System, which has no SPSR
        adr     lr, 1f
        movs    pc, lr                  @ 0x20
1:      mcr     p15, 0, r0, c15, c7, 0  @ 0x24
        ldr     r1, =0x101f1100
        ldr     r0, [r1]
        ldr     r1, =0x34000000
        mov     r0, #0x77
        str     r0, [r1]
        ldr     r1, =0x10140300
        mov     r0, #1
        str     r0, [r1]
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''
mistakes = {item: log(item, image=assemble(MISTAKES, 'mistakes', at=0))
            for item in ('guest_errors', 'unimp')}
UNSERVED = r'tqemu: semihosting: operation 0x98 at 0x00000004 is not supported[^\n]+\n'
like(mistakes['guest_errors'], r'\A' + UNSERVED + r'illegal mode 0x15 for CPSR at pc 0x\w{8}\n'
     r'exception return at 0x00000020 in a mode without SPSR\n'
     r'cp15: unpredictable access at 0x00000024: opcode_1 0, c15, c7, opcode_2 0\n'
     r'uart0: read at 0x100: no register there\n'
     r'flash: unknown command 0x77\n\Z', 'guest_errors: all of them')
like(mistakes['unimp'], r'\A' + UNSERVED + r'semihosting: operation 0x98 at 0x00000004\n'
     r'vic: the integration test mode has no effect\n\Z', 'unimp: both')

# A semihosting operation that is not served is reported without -d, once.
UNSERVED = '''
        ldr     r4, =0x98989721
1:      and     r0, r4, #0xff
        swi     0x123456
        movs    r4, r4, lsr #8
        bne     1b
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
'''
for variant in 'tail', 'iso':
    r = run([program(variant), '-semihosting', '-kernel', assemble(UNSERVED, 'unserved')])
    like(r.err, r'\Atqemu: semihosting: operation 0x21 at 0x00010008 is not supported[^\n]+\n'
         r'tqemu: semihosting: operation 0x97 at 0x00010008 is not supported[^\n]+\n\Z',
         variant + ': unserved semihosting operations')
    is_((r.status, r.out), (0, b''), variant + ': the program continues after a call that is not served')

# Each item's lines are its own.
MARKS = {'in_asm': r'^IN:', 'op': r'^OP:', 'op_opt': r'^OP after', 'out_asm': r'^OUT:',
         'exec': r'^Trace', 'cpu': r'^R00=', 'int': r'^Taking', 'mmu': r'^mmu:',
         'guest_errors': r'no register', 'unimp': r'^nothing mapped', 'stats': r'^TLB fills'}
for item in ITEMS:
    shown = {mark for mark in MARKS if re.search(MARKS[mark], logs[item], re.M | re.I)}
    is_(shown, {item}, item + ': nothing else')
together = log(','.join(ITEMS))
is_({mark for mark in MARKS if re.search(MARKS[mark], together, re.M | re.I)}, set(ITEMS),
    'all of them together')

once = log('exec', '-singlestep')
steps = [int(pc, 16) for pc in re.findall(r'^Trace \d+: ([0-9a-f]{8})', once, re.M)]
is_(steps[:9], [0, 0x40, 0x44, 0x48, 0x44, 0x48, 0x44, 0x48, 0x4c],
    '-singlestep: a block for each instruction')
plain = log('op_opt', '-accel', 'tcg,optimise=off')
is_(plain.count('add.nzcv r1,'), additions['op'], 'optimise=off: the ops stay as they were')
ok(log('out_asm', '-accel', 'tcg,fusion=off') != logs['out_asm'], 'fusion=off: other slots')

# -D: the log is in the file alone, and a second run writes it anew.
path = temp('log')
for _ in range(2):
    is_(log('in_asm,op', '-D', path), '', '-D: nothing on stderr')
is_(slurp(path).decode(), log('in_asm,op'), '-D: all in the file')
is_(log('digest:10', '-icount', 'shift=0', '-D', path), '', 'a digest every ten instructions')
like(slurp(path), r'\Adigest 10 [0-9a-f]{16}\ndigest 20 [0-9a-f]{16}\ndigest 30 ',
     'at the instruction')

# -dfilter: the blocks that QEMU shows, instruction by instruction.
LOOPS = '''
        mov     r0, #3
1:      subs    r0, r0, #1              @ 0x10004
        bne     1b
        bl      2f                      @ 0x1000c
        mov     r0, #0x18
        ldr     r1, =0x20026
        swi     0x123456
2:      mov     r1, #2                  @ 0x1001c
3:      subs    r1, r1, #1              @ 0x10020
        bne     3b
        bx      lr                      @ 0x10028
'''
elf = assemble(LOOPS, 'loops').replace('.bin', '.elf')
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-cpu', 'arm926', '-display', 'none', '-audiodev', 'none,id=a']
for ranges in (None, '0x10004+8', '0x10008-4', '0x10020..0x10027', '0x10004+4,0x10028+4', '0+1', '65540+8',
               '0x10000..0xffffffffffffffff', '0x1000c+0x10'):
    got = []
    for argv in [program('tail')], QEMU:
        path = temp('log')
        r = run([*argv, '-semihosting', '-kernel', elf, '-singlestep', '-d', 'exec,in_asm,nochain', '-D', path,
                 *(['-dfilter', ranges] if ranges else [])])
        text = slurp(path).decode()
        got.append((r.status, re.findall(r'^Trace [^\n]*?(?:: |/)(000[0-9a-f]{5})[ /]', text, re.M),
                    re.findall(r'^0x([0-9a-f]{8}):', text, re.M)))
    ok(got[0] == got[1] and (ranges == '0+1' or got[0][1] and got[0][2]), "-dfilter %s: QEMU's blocks" % ranges, *got)
r = run([program('tail'), '-semihosting', '-kernel', elf, '-d', 'op,op_opt,out_asm,cpu', '-dfilter', '0x20000+4'])
is_((r.status, r.err), (0, b''), 'the other items are filtered')
for bad in '1', '0x10', 'a+b', '1+', '4..1', '1+0', '1-3', '1.2', '1+2,', '-1', '0+1,' * 16 + '0+1':
    r = run([program('tail'), '-kernel', elf, '-dfilter', bad])
    ok(r.status == 1 and re.match(rb'tqemu: -dfilter: [^\n]+\n\Z', r.err), '-dfilter %s: refused' % bad, r.err)
    if bad not in ('4..1', '1-3', '1+2,', '0+1,' * 16 + '0+1'):
        is_(run([*QEMU, '-semihosting', '-kernel', elf, '-dfilter', bad]).status, 1, 'as in QEMU')
done()
