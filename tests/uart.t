#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
#
# Input for small programs as tutorials and textbooks for this board write them: they were tried on
# QEMU and leave out what QEMU does not need. Each echoes what comes: typed, one byte after the
# other (on QEMU, too), and all at once.
from lib import *

RUNTIME = r'''
__asm__(".syntax unified\n"
        ".section .init, \"ax\"\n"
        ".globl _start\n"
        "_start: ldr r0, =vectors\n"
        "        mov r1, #0\n"
        "        ldmia r0!, {r2-r9}\n"
        "        stmia r1!, {r2-r9}\n"
        "        ldmia r0!, {r2-r9}\n"
        "        stmia r1!, {r2-r9}\n"
        "        msr cpsr_c, #0xd2\n"
        "        ldr sp, =0x80000\n"
        "        msr cpsr_c, #0xd3\n"
        "        ldr sp, =0x90000\n"
        "        bl setup\n"
        "        msr cpsr_c, #0x53\n"
        "        b program\n"
        "vectors: .rept 8\n"
        "        ldr pc, [pc, #24]\n"
        "        .endr\n"
        "        .word 0, 0, 0, 0, 0, 0, enter, 0\n"
        "enter:  sub lr, lr, #4\n"
        "        push {r0-r3, r12, lr}\n"
        "        bl irq\n"
        "        ldm sp!, {r0-r3, r12, pc}^\n"
        ".text\n");
#define REG(offset) (*(volatile unsigned *)(0x101f1000 + (offset)))
#define DR   REG(0x00)
#define FR   REG(0x18)
#define LCRH REG(0x2c)
#define CR   REG(0x30)
#define IMSC REG(0x38)
#define RIS  REG(0x3c)
#define MIS  REG(0x40)
#define ICR  REG(0x44)
#define VICINTENABLE (*(volatile unsigned *)0x10140010)
enum { RXFE = 0x10, TXFF = 0x20, RX = 0x10, TX = 0x20, RT = 0x40 };

static volatile unsigned key;

static void put(unsigned c)
{
    while (FR & TXFF) {
    }
    DR = c;
}

void setup(void) { SETUP; VICINTENABLE = 1 << 12; }
void irq(void) { IRQ; }
void program(void) { put('>'); for (;;) { LOOP; } }
'''

WFI = '__asm__ volatile("mcr p15, 0, r0, c7, c0, 4")'
FIFO, ENABLE = 'LCRH = 0x70', 'CR = 0x301'
# What it is, its set-up, its interrupt handler, what it does all the time.
PROGRAMS = {
    'unmasks RXIM, nothing else': ('IMSC = RX', 'DR = DR', WFI),
    'the same, and spins': ('IMSC = RX', 'DR = DR', ''),
    'the same, and waits for a variable': ('IMSC = RX', 'key = DR', 'while (!key); DR = key; key = 0'),
    'unmasks RTIM, nothing else': ('IMSC = RT', 'DR = DR', WFI),
    'unmasks RXIM and TXIM': ('IMSC = RX | TX', 'unsigned m = MIS; if (m & RX) DR = DR; '
                              'if (m & TX) ICR = TX', WFI),
    'FIFO, RXIM only': (FIFO + ';' + ENABLE + '; IMSC = RX', 'DR = DR', WFI),
    'FIFO, enabled last': (FIFO + '; IMSC = RX; ' + ENABLE, 'while (!(FR & RXFE)) DR = DR', WFI),
    'FIFO, RXIM, clears all after unmasking': (
        FIFO + ';' + ENABLE + '; IMSC = RX; ICR = 0x7ff', 'while (!(FR & RXFE)) DR = DR', WFI),
    'FIFO, RXIM, clears the interrupt first': (
        FIFO + ';' + ENABLE + '; IMSC = RX', 'ICR = 0x7ff; while (!(FR & RXFE)) DR = DR', WFI),
    'FIFO, RXIM, one byte, clears the interrupt last': (
        FIFO + ';' + ENABLE + '; IMSC = RX', 'put(DR); ICR = 0x7ff', WFI),
    'no FIFO, RXIM, clears the interrupt last': (
        ENABLE + '; IMSC = RX', 'put(DR); ICR = 0x7ff', WFI),
    'polls UARTFR': ('', '', 'while (FR & RXFE); put(DR)'),
    'polls UARTFR between other output': ('', '', 'if (!(FR & RXFE)) put(DR); put(\'.\')'),
    'polls UARTRIS': ('', '', 'while (!(RIS & RX)); key = DR; ICR = RX; put(key)'),
    'polls UARTMIS': ('IMSC = RX; return', '', 'while (!(MIS & RX)); put(DR)'),
}
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-monitor', 'none', '-serial',
        'stdio', '-audiodev', 'none,id=none']
TEXT = b'abcdefghijklmnopqrs\n'


def build(n, setup, irq, loop):
    c, elf, raw = (temp('uart%d%s' % (n, suffix)) for suffix in ('.c', '.elf', '.bin'))
    with open(c, 'w') as f:
        f.write('#define SETUP %s\n#define IRQ %s\n#define LOOP %s\n%s' % (setup, irq, loop, RUNTIME))
    subprocess.run([ARM_TOOLS + 'gcc', '-marm', '-march=armv5te', '-O1', '-ffreestanding',
                    '-fno-pic', '-static', '-nostdlib', '-Wl,--build-id=none,--section-start=.init=0x10000,-Ttext=0x10200',
                    '-Wl,-z,noexecstack', '-o', elf, c], check=True)
    subprocess.run([ARM_TOOLS + 'objcopy', '-O', 'binary', elf, raw], check=True)
    return raw


def echoed(s):
    return bytes(c for c in s.out if c not in b'.>')


def typed(name, argv):
    """Each byte is sent when the one before has come back."""
    with Session(argv, terminal=False) as s:
        s.expect(b'>')
        for n in range(len(TEXT)):
            s.send(TEXT[n:n + 1])
            if not s.until(lambda: len(echoed(s)) > n, 20):
                break
        is_(echoed(s), TEXT, name)


def at_once(name, argv, early):
    """All bytes are there at a time: before the guest, or once it has come up."""
    with Session(argv, terminal=False) as s:
        if not early:
            s.expect(b'>')
        s.send(TEXT)
        s.until(lambda: len(echoed(s)) >= len(TEXT), 20)
        is_(echoed(s), TEXT, name)


for n, (name, parts) in enumerate(PROGRAMS.items()):
    image = build(n, *parts)
    tqemu = [program('tail'), '-kernel', image]
    typed(name + ': typed', tqemu)
    at_once(name + ': all at once', tqemu, False)
    at_once(name + ': before it runs', tqemu, True)
    at_once(name + ': counted time', [*tqemu, '-icount', 'shift=3'], False)
    at_once(name + ': by lines', [program('iso'), '-kernel', image], False)
    # QEMU has no time-out interrupt, and a byte may come before the interrupt is cleared.
    if 'RTIM' not in name and 'last' not in name:
        typed(name + ': typed, on QEMU', [*QEMU, '-kernel', image])
done()
