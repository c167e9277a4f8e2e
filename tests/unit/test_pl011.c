/* SPDX-License-Identifier: MIT */
/* PL011: registers, FIFO levels, time-out, loopback, errors, and when input is let in. */
#include "serial/pl011.h"

#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    DR = 0x00,
    RSR = 0x04,
    FR = 0x18,
    ILPR = 0x20,
    IBRD = 0x24,
    FBRD = 0x28,
    LCR_H = 0x2c,
    CR = 0x30,
    IFLS = 0x34,
    IMSC = 0x38,
    RIS = 0x3c,
    MIS = 0x40,
    ICR = 0x44,
    DMACR = 0x48,
};

enum { FR_RXFE = 0x10, FR_RXFF = 0x40 };
enum { RX = 0x10, TX = 0x20, RT = 0x40, BE = 0x200, OE = 0x400 };
enum { ENABLED = 0x301, LOOPBACK = 0x80, RTS = 0x800, RTSEN = 0x4000, FIFOS = 0x70 };

/* An outside that has `left` bytes, 0, 1, 2..., and keeps what it is sent. */
typedef struct Outside {
    Chardev chr;
    unsigned left, given;
    unsigned empty_polls; /* get() with nothing left */
    unsigned sent;
    uint8_t last;
    bool brk;
} Outside;

static bool outside_pending(void *opaque)
{
    return ((Outside *)opaque)->left != 0;
}

static bool outside_get(void *opaque, uint8_t *byte)
{
    Outside *o = opaque;
    if (!o->left) {
        o->empty_polls++;
        return false;
    }
    o->left--;
    *byte = (uint8_t)o->given++;
    return true;
}

static void outside_put(void *opaque, uint8_t byte)
{
    Outside *o = opaque;
    o->sent++;
    o->last = byte;
}

static bool outside_break(void *opaque)
{
    Outside *o = opaque;
    bool brk = o->brk;
    o->brk = false;
    return brk;
}

static FakeClock clk;
static FakeLine line;
static Outside out;
static PL011 uart;

static uint32_t rd(uint32_t reg)
{
    return uart.dev.region.read(uart.dev.region.opaque, reg, 4);
}

static void wr(uint32_t reg, uint32_t value)
{
    uart.dev.region.write(uart.dev.region.opaque, reg, value, 4);
}

/* A fresh port; with `bytes` waiting outside. */
static void start(unsigned bytes)
{
    fake_clock_init(&clk);
    Irq irq = fake_line(&line);
    out = (Outside){ .chr = { .get = outside_get,
                              .pending = outside_pending,
                              .put = outside_put,
                              .opaque = &out,
                              .take_break = outside_break },
                     .left = bytes };
    device_start(&uart.dev, (Device){ .type = &pl011_type,
                                      .name = "uart",
                                      .clock = &clk.clock,
                                      .hz = 24000000,
                                      .out = { irq },
                                      .chr = &out.chr });
}

/* The same with FIFOs, at 115200 baud (a bit takes 8.67 us), enabled. */
static void start_enabled(unsigned bytes)
{
    start(bytes);
    wr(IBRD, 13);
    wr(FBRD, 1);
    wr(LCR_H, FIFOS);
    wr(CR, ENABLED);
}

static void test_registers(void)
{
    static const struct {
        uint32_t reg, reset, kept;
    } regs[] = {
        { ILPR, 0, 0xff },     { IBRD, 0, 0xffff },  { FBRD, 0, 0x3f },  { LCR_H, 0, 0xff },
        { CR, 0x300, 0xff87 }, { IFLS, 0x12, 0x3f }, { IMSC, 0, 0x7ff }, { DMACR, 0, 7 },
    };
    static const uint8_t id[8] = { 0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
    start(0);
    for (unsigned i = 0; i < sizeof regs / sizeof regs[0]; i++) {
        char name[40];
        snprintf(name, sizeof name, "reset value of 0x%03x", (unsigned)regs[i].reg);
        is_u32(rd(regs[i].reg), regs[i].reset, name);
        wr(regs[i].reg, 0xffffffff);
        snprintf(name, sizeof name, "writable bits of 0x%03x", (unsigned)regs[i].reg);
        is_u32(rd(regs[i].reg), regs[i].kept, name);
    }
    start(0);
    is_u32(rd(FR), 0x97, "flags after reset: both FIFOs empty, CTS, DSR, DCD");
    is_u32(rd(RIS) | rd(MIS) | rd(RSR), 0, "no interrupt, no error after reset");
    for (unsigned i = 0; i < 8; i++) {
        is_u32(rd(0xfe0 + 4 * i), id[i], "identification byte");
    }
    is_u32(uart.dev.region.read(uart.dev.region.opaque, CR + 1, 1), 3,
           "a byte access sees its lane");
    uart.dev.region.write(uart.dev.region.opaque, IBRD + 1, 0x12, 1);
    is_u32(rd(IBRD), 0x1200, "a byte write, too");
    device_start(&uart.dev, (Device){ .type = &pl011_type,
                                      .name = "uart",
                                      .clock = &clk.clock,
                                      .hz = 24000000,
                                      .out = { fake_line(&line) } });
    is_u32(rd(FR), 0x90, "nothing attached: modem inputs deasserted");
}

static void test_transmit(void)
{
    start_enabled(0);
    is_u32(rd(RIS), 0, "no TX interrupt before the first character");
    wr(IMSC, TX);
    ok(!line.level, "enabling TXIM alone raises nothing");
    wr(DR, 'a');
    ok(out.sent == 1 && out.last == 'a', "a character goes out");
    ok(line.level, "its departure interrupts");
    wr(ICR, TX);
    ok(!line.level && rd(RIS) == 0, "cleared by UARTICR");
    is_u32(rd(FR) & 0xa8, 0x80, "transmit FIFO empty, never full, never busy");
}

/* Lets the port take what waits outside: the guest has left it alone for long enough. */
static void settle(void)
{
    fake_clock_advance(&clk, 100000);
}

/* As in QEMU: the first byte interrupts, whatever the trigger level. */
static void test_receive_interrupt(void)
{
    for (unsigned i = 0; i < 5; i++) {
        start_enabled(1);
        wr(IFLS, i << 3);
        wr(IMSC, RX);
        settle();
        ok(out.left == 0 && line.level, "the first character interrupts, UARTIFLS %u", i);
        out.left = 2;
        pl011_type.poll(&uart);
        rd(DR);
        rd(DR);
        ok(line.level, "the interrupt stays while characters are left");
        rd(DR);
        ok(!line.level, "and goes with the last one");
    }
    start_enabled(9);
    wr(IMSC, RX);
    settle();
    wr(ICR, RX);
    ok(!line.level, "RXIC clears it with characters left");
    wr(IFLS, 0);
    ok(!line.level, "UARTIFLS does not raise it");
    out.left = 1;
    pl011_type.poll(&uart);
    ok(line.level, "the next character does");
    start(3);
    wr(CR, ENABLED);
    wr(IMSC, RX);
    settle();
    ok(line.level && out.left == 2, "without FIFOs one character interrupts and fills");
    is_u32(rd(FR) & (FR_RXFE | FR_RXFF), FR_RXFF, "and UARTFR says so");
}

/* Handlers that take one character and then clear the interrupt get every character. */
static void test_cleared_last(void)
{
    for (unsigned fifos = 0; fifos < 2; fifos++) {
        start_enabled(0);
        wr(LCR_H, fifos ? FIFOS : 0x60);
        wr(IMSC, RX);
        wr(ICR, 0x7ff);
        out.left = 20;
        unsigned got = 0;
        for (unsigned i = 0; i < 1000 && got < 20; i++) {
            pl011_type.poll(&uart);
            if (line.level) {
                is_u32(rd(DR), got++, "in order");
                pl011_type.poll(&uart);
                rd(FR);
                wr(DR, 'x');
                fake_clock_advance(&clk, 99999);
                wr(ICR, 0x7ff);
                ok(!line.level, "cleared last");
            }
            fake_clock_advance(&clk, 30000);
        }
        is_u32(got, 20, fifos ? "all of 20, with FIFOs" : "all of 20, without FIFOs");
    }
    start_enabled(20);
    wr(IMSC, RX);
    settle();
    wr(ICR, RX);
    unsigned rises = line.rises;
    fake_clock_advance(&clk, NS_PER_SEC);
    is_u32(line.rises, rises, "a handler that reads nothing is left alone");
    start_enabled(20);
    wr(IMSC, RX);
    wr(ICR, 0x7ff);
    settle();
    ok(line.level, "clearing right after unmasking loses nothing");
}

static void test_timeout(void)
{
    start_enabled(0);
    wr(IMSC, RT);
    settle();
    out.left = 1;
    pl011_type.poll(&uart);
    fake_clock_advance(&clk, 277000);
    ok(!line.level, "no time-out before 32 bits of 8.67 us");
    fake_clock_advance(&clk, 1000);
    ok(line.level, "time-out after them");
    rd(DR);
    ok(!line.level && rd(RIS) == 0, "reading the last character clears it");
    out.left = 2;
    pl011_type.poll(&uart);
    fake_clock_advance(&clk, 200000);
    out.left = 1;
    pl011_type.poll(&uart);
    fake_clock_advance(&clk, 200000);
    ok(!line.level, "every character starts it anew");
    fake_clock_advance(&clk, 100000);
    ok(line.level, "until none comes");
    rd(DR);
    ok(line.level, "it stays while characters are left");
    wr(ICR, RT);
    ok(!line.level, "RTIC clears it");
    fake_clock_advance(&clk, 300000);
    ok(line.level, "what is left times out again");
    rd(DR);
    rd(DR);
    fake_clock_advance(&clk, 300000);
    ok(!line.level, "an empty FIFO never does");
    start(0);
    wr(LCR_H, FIFOS);
    wr(CR, ENABLED);
    wr(IMSC, RT);
    settle();
    out.left = 1;
    pl011_type.poll(&uart);
    fake_clock_advance(&clk, 22000);
    ok(line.level, "a divisor of 0 counts as 1");
}

static void test_loopback(void)
{
    start_enabled(5);
    wr(CR, ENABLED | LOOPBACK);
    wr(IMSC, RX);
    is_u32(rd(FR) & 0x107, 0, "loopback: modem inputs are the modem outputs");
    is_u32(rd(RIS) & 0xf, 0xe, "CTS, DSR, DCD have changed");
    wr(ICR, 0xf);
    wr(CR, ENABLED | LOOPBACK | 0x3c00);
    is_u32(rd(FR) & 0x107, 0x107, "all four of them");
    is_u32(rd(RIS) & 0xf, 0xf, "and have changed");
    for (unsigned i = 0; i < 16; i++) {
        wr(DR, 0x80 + i);
    }
    ok(out.left == 5, "the outside waits");
    is_u32(rd(FR) & (FR_RXFE | FR_RXFF), FR_RXFF, "16 characters fill the FIFO");
    is_u32(rd(RIS) & OE, 0, "no overrun yet");
    wr(DR, 0x90);
    is_u32(rd(RIS) & OE, OE, "the 17th overruns");
    is_u32(rd(RSR), 8, "UARTRSR.OE");
    wr(RSR, 0);
    is_u32(rd(RSR), 0, "UARTECR clears it");
    is_u32(rd(DR), 0x80, "the FIFO is intact");
    wr(DR, 0x91);
    for (unsigned i = 1; i < 16; i++) {
        is_u32(rd(DR), 0x80 + i, "in order");
    }
    is_u32(rd(DR), 0x891, "the next character after the overrun carries OE");
    is_u32(rd(DR), 0, "an empty FIFO reads as 0");
    wr(RSR, 0);
    wr(ICR, 0x7ff);
    wr(LCR_H, FIFOS | 1);
    is_u32(rd(RIS) & BE, BE, "a break interrupts");
    is_u32(rd(DR), 0x400, "and is one zero with BE");
    is_u32(rd(RSR), 4, "UARTRSR.BE with it");
    wr(DR, 'x');
    is_u32(rd(DR), 'x', "a good character");
    is_u32(rd(RSR), 0, "takes BE away");
    wr(DR, 'y');
    wr(LCR_H, 0x60);
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "turning the FIFOs off empties them");
}

static void test_break_from_outside(void)
{
    start_enabled(0);
    out.brk = true;
    pl011_type.poll(&uart);
    is_u32(rd(DR), 0x400, "a break from outside");
    wr(CR, 0x300);
    out.brk = true;
    pl011_type.poll(&uart);
    wr(CR, ENABLED);
    pl011_type.poll(&uart);
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "is lost if the receiver is off");
}

/* When the guest is given its input. */
static void test_listening(void)
{
    start(100);
    wr(LCR_H, FIFOS);
    pl011_type.poll(&uart);
    fake_clock_advance(&clk, NS_PER_SEC);
    ok(out.left == 100, "a port that is disabled and masked takes nothing");
    wr(CR, 0x101);
    fake_clock_advance(&clk, NS_PER_SEC);
    ok(out.left == 100, "nor one without RXE");
    wr(CR, ENABLED);
    for (unsigned i = 0; i < 32; i++) {
        is_u32(rd(FR) & FR_RXFE, FR_RXFE, "a driver that empties the FIFO finds nothing");
        rd(DR);
    }
    pl011_type.poll(&uart);
    ok(out.left == 100, "enabled is not listening");
    wr(IMSC, RT);
    fake_clock_advance(&clk, 99999);
    pl011_type.poll(&uart);
    ok(out.left == 100, "RTIM is, but not before 100 us: it may still clear the interrupt");
    fake_clock_advance(&clk, 1);
    ok(out.left == 84, "then the FIFO fills");
    start_enabled(100);
    fake_clock_advance(&clk, 99999999);
    pl011_type.poll(&uart);
    ok(out.left == 100, "enabled for almost 100 ms");
    fake_clock_advance(&clk, 1);
    ok(out.left == 84, "100 ms without a read: the guest uses interrupts, no poll is needed");
    start_enabled(100);
    fake_clock_advance(&clk, 99999999);
    wr(CR, 0x300);
    wr(CR, ENABLED);
    fake_clock_advance(&clk, 50000000);
    ok(out.left == 100, "an interruption starts the 100 ms anew");
}

/* A guest that unmasks the interrupt and never enables the UART, as QEMU lets it. */
static void test_only_unmasked(void)
{
    static const uint32_t masks[2] = { RX, RT };
    for (unsigned i = 0; i < 2; i++) {
        start(20);
        wr(IMSC, masks[i]);
        pl011_type.poll(&uart);
        fake_clock_advance(&clk, 99999999);
        ok(out.left == 20, "unmasked for almost 100 ms");
        unsigned got = 0;
        for (unsigned ms = 0; ms < 20; ms++) {
            fake_clock_advance(&clk, 1000000);
            while (line.level) {
                is_u32(rd(DR), got++, "in order");
            }
        }
        is_u32(got, 20, "unmasking alone is listening, too");
    }
    start(20);
    wr(IMSC, RX);
    fake_clock_advance(&clk, 99999999);
    wr(IMSC, 0);
    wr(IMSC, RX);
    fake_clock_advance(&clk, 99999999);
    ok(out.left == 20, "masking it starts the 100 ms anew");
    start(0);
    out.brk = true;
    pl011_type.poll(&uart);
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "a break is lost on a port that does not listen");
    wr(IMSC, RX);
    out.brk = true;
    pl011_type.poll(&uart);
    ok(line.level, "and interrupts one that has only unmasked");
}

static void test_polling(void)
{
    static const uint32_t status[] = { FR, RIS, MIS }, full[] = { 0xc7, RX, 0 };
    for (unsigned i = 0; i < 3; i++) {
        start_enabled(100);
        rd(status[i]);
        rd(status[i]);
        rd(status[i]);
        ok(out.left == 100, "three looks at a status are no polling");
        uint32_t fourth = rd(status[i]);
        ok(out.left == 84, "the fourth finds a full FIFO");
        is_u32(fourth, full[i], "and says so");
        start(100);
        wr(IMSC, RX);
        for (unsigned n = 0; n < 4; n++) {
            rd(status[i]);
        }
        ok(out.left == 99, "polling works on a port that was never enabled, as on QEMU");
        is_u32(rd(status[i]) & RX, status[i] == FR ? 0 : RX, "and shows");
    }
    /* A guest that sends something between two looks, and never enables the UART. */
    start(20);
    unsigned got = 0;
    for (unsigned ms = 0; ms < 200; ms++) {
        if (!(rd(FR) & FR_RXFE)) {
            is_u32(rd(DR), got++, "in order");
        }
        rd(FR);
        wr(DR, '.');
        ok(ms < 100 ? out.left == 20 : out.left < 20, "%u ms of looking", ms);
        fake_clock_advance(&clk, 1000000);
    }
    is_u32(got, 20, "looks that alternate with output are polling after 100 ms");
    /* A kernel's early console does the same; what was taken meanwhile is for its driver. */
    start(20);
    for (unsigned ms = 0; ms < 200; ms++) {
        rd(FR);
        wr(DR, '.');
        fake_clock_advance(&clk, 1000000);
    }
    ok(out.left == 19, "an early console's looks take a character");
    wr(LCR_H, FIFOS);
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "switching the FIFOs on empties them");
    wr(CR, ENABLED);
    wr(IMSC, RX);
    settle();
    for (unsigned n = 0; n < 16; n++) {
        is_u32(rd(DR), n, "and the character comes again, first");
    }
    ok(out.left == 4, "what waited outside follows");
}

static void test_given_back(void)
{
    start_enabled(40);
    wr(IMSC, RX);
    settle();
    for (unsigned n = 0; n < 6; n++) {
        rd(DR);
    }
    wr(LCR_H, 0x60);
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "FIFOs off: empty");
    settle();
    wr(LCR_H, FIFOS);
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "FIFOs on: empty");
    unsigned got = 6;
    for (unsigned us = 0; us < 1000; us += 100) {
        settle();
        while (line.level) {
            is_u32(rd(DR), got++, "in order");
        }
    }
    is_u32(got, 40, "nothing is lost, however often the FIFOs are switched");
    wr(CR, ENABLED | LOOPBACK);
    wr(DR, 'x');
    wr(LCR_H, 0x60);
    wr(CR, ENABLED);
    settle();
    is_u32(rd(FR) & FR_RXFE, FR_RXFE, "a character of the loopback is not given back");
}

static void test_pace(void)
{
    start_enabled(65536);
    wr(IMSC, RX | RT);
    settle();
    ok(out.left == 65536 - 16, "a batch fills the FIFO");
    fake_clock_advance(&clk, 1000000);
    ok(out.left == 65536 - 16, "no more without room");
    unsigned got = 0, wrong = 0, most = 0;
    int64_t began = clk.now;
    while (got < 65536 && clk.now < began + NS_PER_SEC) {
        unsigned before = got;
        while (!(rd(FR) & FR_RXFE)) {
            wrong += rd(DR) != (got & 0xff);
            got++;
        }
        if (got - before > most) {
            most = got - before;
        }
        fake_clock_advance(&clk, 100000);
    }
    is_u32(got, 65536, "64 KiB arrive whole");
    is_u32(wrong, 0, "and in order");
    ok(most <= 32, "no more than a full FIFO and 16 more at a time");
    ok(clk.now - began <= 410 * INT64_C(1000000), "at 160 kB/s");
    start_enabled(32);
    wr(IMSC, RX);
    settle();
    rd(DR);
    fake_clock_advance(&clk, 99999);
    ok(out.left == 16, "the next batch waits for 100 us");
    fake_clock_advance(&clk, 1);
    ok(out.left == 15, "and then takes the room there is");
}

/* With RTSEn the guest can stop the sender, so the batches are larger. */
static void test_rtsen_pace(void)
{
    start_enabled(65536);
    wr(CR, ENABLED | RTSEN);
    wr(IMSC, RX | RT);
    settle();
    unsigned got = 0, wrong = 0, most = 0;
    int64_t began = clk.now;
    while (got < 65536 && clk.now < began + NS_PER_SEC) {
        unsigned before = got;
        while (!(rd(FR) & FR_RXFE)) {
            wrong += rd(DR) != (got & 0xff);
            got++;
        }
        if (got - before > most) {
            most = got - before;
        }
        fake_clock_advance(&clk, 100000);
    }
    is_u32(got, 65536, "RTSEn: 64 KiB arrive whole");
    is_u32(wrong, 0, "in order");
    is_u32(most, 256, "256 at a time");
    ok(clk.now - began <= 30 * INT64_C(1000000), "at 2 MB/s");

    start_enabled(65536);
    wr(CR, ENABLED | RTSEN);
    wr(IMSC, RX | RT);
    settle();
    for (got = 0; !(rd(FR) & FR_RXFE); got++) {
        rd(DR);
        fake_clock_advance(&clk, 4000);
    }
    is_u32(got, 256, "a guest that takes 4 us for each gets no more at a time");
    fake_clock_advance(&clk, 190000);
    ok(rd(FR) & FR_RXFE, "and is left alone for a quarter of the time that it took");
    fake_clock_advance(&clk, 60000);
    ok(!(rd(FR) & FR_RXFE), "but no longer");
}

static void test_rts(void)
{
    start_enabled(100);
    wr(CR, ENABLED | RTSEN);
    wr(IMSC, RX);
    settle();
    ok(out.left == 92 && line.level, "RTSEn holds at the trigger level");
    fake_clock_advance(&clk, NS_PER_SEC);
    ok(out.left == 92, "for as long as the FIFO stays there");
    rd(DR);
    settle();
    ok(out.left == 91, "and lets in what the guest makes room for");
    start_enabled(100);
    wr(CR, ENABLED | RTS);
    wr(CR, ENABLED);
    wr(IMSC, RX);
    fake_clock_advance(&clk, NS_PER_SEC);
    ok(out.left == 100, "RTS set and cleared again holds");
    wr(CR, ENABLED | RTS);
    settle();
    ok(out.left == 84, "until it is set");
    start_enabled(100);
    wr(IMSC, RX);
    settle();
    ok(out.left == 84, "RTS that was never used does not matter");
}

/* Where reading blocks, a poll that finds nothing says that the guest wants input. */
static void test_empty_polls(void)
{
    start(0);
    wr(LCR_H, FIFOS);
    pl011_type.poll(&uart);
    is_u32(out.empty_polls, 0, "a disabled port does not poll");
    wr(CR, ENABLED);
    out.empty_polls = 0;
    pl011_type.poll(&uart);
    is_u32(out.empty_polls, 1, "one that listens and has nothing to read does");
    wr(IMSC, RX);
    settle();
    out.left = 3;
    out.empty_polls = 0;
    pl011_type.poll(&uart);
    pl011_type.poll(&uart);
    rd(DR);
    rd(DR);
    is_u32(out.empty_polls, 0, "not while there is something in the FIFO");
    rd(DR);
    is_u32(out.empty_polls, 1, "but once the guest has read it");
}

static void test_reset_and_state(void)
{
    start_enabled(100);
    uint64_t fresh, used;
    wr(IMSC, RX);
    settle();
    wr(LCR_H, 0x60);
    wr(DR, 'a');
    used = vmstate_digest(VM_DIGEST_START, pl011_type.state, &uart);
    pl011_type.reset(&uart);
    fresh = vmstate_digest(VM_DIGEST_START, pl011_type.state, &uart);
    ok(used != fresh && !line.level, "reset changes the state and lowers the line");
    start(0);
    is_u64(vmstate_digest(VM_DIGEST_START, pl011_type.state, &uart), fresh,
           "reset and power-on are the same");
    ok(clk.clock.first == NULL, "and no timer runs");
}

int main(void)
{
    test_registers();
    test_transmit();
    test_receive_interrupt();
    test_cleared_last();
    test_timeout();
    test_loopback();
    test_break_from_outside();
    test_listening();
    test_only_unmasked();
    test_polling();
    test_given_back();
    test_pace();
    test_rtsen_pace();
    test_rts();
    test_empty_polls();
    test_reset_and_state();
    return done_testing();
}
