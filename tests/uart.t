#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
# needs: program iso arm-linux-gnueabi-gcc qemu-system-arm
#
# Input for small programs as tutorials and textbooks for this board write them: they were tried on
# QEMU and leave out what QEMU does not need. Each echoes what comes: typed, one byte after the
# other (on QEMU, too), and all at once.
from lib import *

SOURCE = '''
static volatile unsigned key;
void setup(void) { %s; VICINTENABLE = 1 << 12; }
void irq(void) { %s; }
void program(void) { put('>'); for (;;) { %s; } }
'''
FIFO, ENABLE = 'LCRH = 0x70', 'CR = 0x301'
# What it is, its set-up, its interrupt handler, what it does all the time.
PROGRAMS = {
    'unmasks RXIM, nothing else': ('IMSC = RX', 'DR = DR', 'WFI'),
    'the same, and spins': ('IMSC = RX', 'DR = DR', ''),
    'the same, and waits for a variable': ('IMSC = RX', 'key = DR', 'while (!key); DR = key; key = 0'),
    'unmasks RTIM, nothing else': ('IMSC = RT', 'DR = DR', 'WFI'),
    'unmasks RXIM and TXIM': ('IMSC = RX | TX', 'unsigned m = MIS; if (m & RX) DR = DR; '
                              'if (m & TX) ICR = TX', 'WFI'),
    'FIFO, RXIM only': (FIFO + ';' + ENABLE + '; IMSC = RX', 'DR = DR', 'WFI'),
    'FIFO, enabled last': (FIFO + '; IMSC = RX; ' + ENABLE, 'while (!(FR & RXFE)) DR = DR', 'WFI'),
    'FIFO, RXIM, clears all after unmasking': (
        FIFO + ';' + ENABLE + '; IMSC = RX; ICR = 0x7ff', 'while (!(FR & RXFE)) DR = DR', 'WFI'),
    'FIFO, RXIM, clears the interrupt first': (
        FIFO + ';' + ENABLE + '; IMSC = RX', 'ICR = 0x7ff; while (!(FR & RXFE)) DR = DR', 'WFI'),
    'FIFO, RXIM, one byte, clears the interrupt last': (
        FIFO + ';' + ENABLE + '; IMSC = RX', 'put(DR); ICR = 0x7ff', 'WFI'),
    'no FIFO, RXIM, clears the interrupt last': (
        ENABLE + '; IMSC = RX', 'put(DR); ICR = 0x7ff', 'WFI'),
    'polls UARTFR': ('', '', 'while (FR & RXFE); put(DR)'),
    'polls UARTFR between other output': ('', '', 'if (!(FR & RXFE)) put(DR); put(\'.\')'),
    'polls UARTRIS': ('', '', 'while (!(RIS & RX)); key = DR; ICR = RX; put(key)'),
    'polls UARTMIS': ('IMSC = RX; return', '', 'while (!(MIS & RX)); put(DR)'),
}
QEMU = ['qemu-system-arm', '-M', 'versatilepb', '-display', 'none', '-monitor', 'none', '-serial',
        'stdio', '-audiodev', 'none,id=none']
TEXT = b'abcdefghijklmnopqrs\n'


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
    image = compile_guest(SOURCE % parts, 'uart%d' % n)
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
