#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: san arm-linux-gnueabi-as
#
# Hostile guests: random words as code, stack and page tables without memory, writes to every register
# of every device, a program counter outside memory. The program, built with sanitizers, runs on without
# a report, and Ctrl-A x or a signal ends it.
import random

from lib import *

# The windows of the board's devices, of 4 KiB each.
DEVICES = ([0x10000000 + 0x1000 * n for n in range(16)] +
           [0x10100000 + 0x10000 * n for n in range(16)] +
           [0x101e0000 + 0x1000 * n for n in range(16)] +
           [0x101f0000 + 0x1000 * n for n in range(8)])
FLASH = 0x34000000

UNDEFINED = 0xe7f000f0

# Random code goes on after what is UNDEFINED or faults. A guest lost outside memory or in a loop is
# fetched back by a timer's fast interrupt, which goes on somewhere in the code.
KEEP_GOING = '''
        b       start
        movs    pc, lr
        movs    pc, lr
        subs    pc, lr, #0
        subs    pc, lr, #4
        b       .
        subs    pc, lr, #4
fiq:    ldr     r8, =0x101e200c
        str     r8, [r8]
        add     r9, r9, #0x3340
        add     r9, r9, #0x2c
        mov     lr, r9, lsl #15
        mov     lr, lr, lsr #17
        ldr     r10, =code
        add     lr, r10, lr, lsl #2
        msr     spsr_c, #%#x
        movs    pc, lr
start:  ldr     r0, =0x101e2000         @ timer 0: every 2000 microseconds
        ldr     r1, =2000
        str     r1, [r0]
        mov     r1, #0xe2
        str     r1, [r0, #8]
        ldr     r0, =0x10140000         @ as a fast interrupt
        mov     r1, #1 << 4
        str     r1, [r0, #0xc]
        str     r1, [r0, #0x10]
        mov     r0, #0
        ldr     lr, =code
        adr     sp, data
        ldmia   sp, {r0-r12}
        msr     spsr_c, #%#x
        movs    pc, lr
        .ltorg
data:   .word   %s
        .balign 4096
code:   .word   %s
'''


def random_word(r, kind):
    w = r.getrandbits(32)
    if kind != 'likely':
        return w
    w = w & 0x0fffffff | (0xe0000000 if r.random() < 0.7 else r.randrange(15) << 28)
    choice = r.random()
    if w >> 25 & 7 == 5 or w >> 24 & 15 == 15:  # branches and SWI
        return w & 0xf0000000 | 0x0a000000 | r.randrange(1, 64)
    if choice < 0.05:  # mcr, mrc p15; rarely of the control register
        w = 0xee000f10 | w & 0x00fff0ef
        return w if w >> 16 & 15 != 1 or choice < 0.001 else w ^ 0x00070000
    if choice < 0.1:  # msr cpsr_c, not to mask the interrupts or to turn to Thumb
        return 0xe321f010 | w & 0x0f
    if choice < 0.4:  # loads and stores to a base that points somewhere
        return w & 0xf1f0ff0f | 0x04000000 | r.randrange(13) << 16
    return w


def words(seed, kind):
    """Random code: `any` words, or `likely` ones to do something, or Thumb."""
    r = random.Random(seed)
    mode = 0x33 if kind == 'thumb' else 0x13
    data = [r.choice(DEVICES + [FLASH, 0x10000, 0x20000, 0x30000, 0x7fff000]) + r.randrange(0x1000)
            for _ in range(13)]
    code = [random_word(r, kind) for _ in range(0x8000)]
    return KEEP_GOING % (mode, mode, ', '.join(map(hex, data)), ', '.join(map(hex, code)))


def table(name, body):
    return name, assemble(body, re.sub(r'\W+', '-', name), at=0)


# Every write, of each size, to every word of each device; then again with other values.
WRITE_LOOP = '''
        ldr     sp, =0x8000
        mov     r6, #0
again:  ldr     r4, =devices
next:   ldr     r5, [r4], #4
        cmp     r5, #0
        beq     wrap
        mov     r7, #0
1:      mul     r1, r6, r5
        add     r6, r1, r4
        add     r6, r6, r7, lsl #7
        %s
        ldr     r0, [r5, r7]
        add     r7, r7, #4
        cmp     r7, #0x1000
        bne     1b
        b       next
wrap:   b       again
        .ltorg
devices: .word %s, 0
'''
STORES = {'words': 'str r6, [r5, r7]', 'halfwords': 'add r1, r5, r7; strh r6, [r1]',
          'bytes': 'strb r6, [r5, r7]', 'blocks': 'add r1, r5, r7; stmia r1, {r0-r12}',
          'swaps': 'add r1, r5, r7; swp r6, r6, [r1]'}
# Whole windows again and again would not end the machine by its own reset.
ALL = ', '.join('%#x' % d for d in DEVICES)
FLASH_AND_RAM = ', '.join('%#x' % (FLASH + n) for n in (0, 0x1000, 0x3fff000))

MMU_ON = '''
        ldr     r0, =%s
        mcr     p15, 0, r0, c2, c0, 0
        mvn     r0, #0
        mcr     p15, 0, r0, c3, c0, 0
        mrc     p15, 0, r0, c1, c0, 0
        orr     r0, r0, #1
        mcr     p15, 0, r0, c1, c0, 0
        nop
        b       .
'''

images = [table('random words, %s, seed %d' % (kind, seed), words(seed, kind))
          for kind in ('any', 'likely', 'thumb') for seed in range(1, 11)]
images += [table('stores of %s to every register' % name, WRITE_LOOP % (store, ALL))
           for name, store in STORES.items()]
images += [table('stores of %s to flash' % name, WRITE_LOOP % (store, FLASH_AND_RAM))
           for name, store in STORES.items()]
images += [table('stack in %s' % name, '''
        ldr     sp, =%s
1:      push    {r0-r12, lr}
        pop     {r0-r12, lr}
        sub     sp, sp, #4
        swi     0
        b       1b''' % where)
           for name, where in (('a UART', '0x101f1030'), ('nothing', '0x50000000'),
                               ('flash', '0x34000100'), ('the VIC', '0x10140100'))]
images += [table('page tables in %s' % name, MMU_ON % where)
           for name, where in (('a UART', '0x101f0000'), ('nothing', '0x50000000'),
                               ('flash', '0x34000000'), ('system registers', '0x10000000'),
                               ('the code itself', '0'))]
# A table whose entries all point at devices as second-level tables.
images.append(table('second-level tables in devices', '''
        ldr     r0, =0x100000
        ldr     r1, =0x101f1001
        ldr     r3, =4096
1:      str     r1, [r0], #4
        add     r1, r1, #0x400
        subs    r3, r3, #1
        bne     1b
        ldr     r0, =0x100000
        ldr     r1, =0x00000c1e
        str     r1, [r0]
''' + MMU_ON % '0x100000' + '1: ldr r0, [r4], #4092; b 1b'))
images += [table('the pc runs into %s' % name, 'ldr pc, =%s' % where)
           for name, where in (('nothing', '0x50000000'), ('a UART', '0x101f1000'),
                               ('empty flash', '0x36000000'), ('the end', '0xfffffff8'),
                               ('the end of RAM', '0x07fffff0'))]
images.append(table('exceptions without an end', 'b 2f; .word %#x; b .; b .; b .; b .; b .; b .\n'
                    '2: .word %#x' % (UNDEFINED, UNDEFINED)))
images.append(table('code that rewrites itself', '''
1:      adr     r0, 2f
        ldr     r1, [r0]
        add     r1, r1, #1
        str     r1, [r0]
2:      mov     r2, #0
        b       1b'''))


def tqemu(image, *more):
    return [program('san'), '-m', '128', '-device', 'loader,file=%s,addr=0' % image, '-device',
            'loader,addr=0,cpu-num=0', *more]


def lives(name, image, *more):
    """On a terminal, for a second; then Ctrl-A x. The guest may have ended itself by then."""
    with Session(tqemu(image, *more)) as s:
        s.until(lambda: s.p.poll() is not None, 0.7)
        by_itself = s.p.poll() is not None
        if not by_itself:
            s.send(CTRL_A + b'x')
        ended = s.wait(20)
        # A guest may print what looks like anything, but not this. What tqemu says of a guest that has
        # stopped for good is true; it may say so before it reads the keys.
        said = s.out.replace(b'tqemu: guest: has stopped for good', b'', 1)
        report = re.search(rb'ERROR: \w+Sanitizer|runtime error|tqemu: ', said)
        good = ended == 0 and not report and s.modes() == s.cooked
        ok(good, name + (', which ended itself' if by_itself else ''),
           'status %s' % s.p.returncode, s.out)


for name, image in images:
    lives(name, image)
for name, image in images[8:13] + images[-6:]:
    lives(name + ', -singlestep', image, '-singlestep')
    lives(name + ', -icount', image, '-icount', 'shift=0')
    r = run(['timeout', '-s', 'TERM', '1', *tqemu(image, '-semihosting')], stdin=b'')
    ok(r.status in (124, 0) and b'anitizer' not in r.err and b'runtime error' not in r.err,
       name + ', no terminal, -semihosting', 'status %s' % r.status, r.err)
done()
