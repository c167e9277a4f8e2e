/* SPDX-License-Identifier: MIT */
/* SP804 dual timer, on a clock of 1 MHz. */
#include "machine/device/sp804.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    LOAD = 0x00,
    VALUE = 0x04,
    CONTROL = 0x08,
    INTCLR = 0x0c,
    RIS = 0x10,
    MIS = 0x14,
    BGLOAD = 0x18,
    TIMER2 = 0x20,
    ITCR = 0xf00,
    ITOP = 0xf04,
};
enum {
    ONESHOT = 0x01,
    SIZE32 = 0x02,
    DIV16 = 0x04,
    DIV256 = 0x08,
    INTEN = 0x20,
    PERIODIC = 0x40,
    ENABLE = 0x80,
};

#define US INT64_C(1000)

static SP804 timer;
static FakeLine irq;
static FakeClock clk;

static uint32_t rd(uint32_t offset)
{
    return reg_read(&timer.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&timer.dev.region, offset, value);
}

static void start(void)
{
    fake_clock_init(&clk);
    clk.now = 123456789; /* not on a microsecond */
    device_start(&timer.dev, (Device){ .type = &sp804_type,
                                       .name = "timer",
                                       .clock = &clk.clock,
                                       .hz = 1000000,
                                       .out = { fake_line(&irq) } });
}

static void test_registers(void)
{
    start();
    is_primecell(&timer.dev.region, 0x00141804);
    is_u32(rd(LOAD), 0, "TimerXLoad after reset");
    is_u32(rd(VALUE), 0xffffffff, "TimerXValue after reset");
    is_u32(rd(CONTROL), 0x20, "TimerXControl after reset");
    is_u32(rd(RIS) | rd(MIS) | rd(BGLOAD), 0, "the rest after reset");
    is_u32(rd(TIMER2 + CONTROL), 0x20, "the second timer has its own");
    wr(CONTROL, 0xffffff7f);
    is_u32(rd(CONTROL), 0x6f, "TimerXControl has no bit 4 and none above 7");
    wr(TIMER2 + LOAD, 1000);
    is_u32(rd(TIMER2 + VALUE), 1000, "TimerXLoad shows in the value at once, stopped or not");
    is_u32(rd(LOAD), 0, "and not in the other timer");
    wr(TIMER2 + BGLOAD, 77);
    is_u32(rd(TIMER2 + LOAD), 77, "TimerXBGLoad is the same register");
    is_u32(rd(TIMER2 + VALUE), 1000, "but does not restart the count");
    fake_clock_advance(&clk, 5000 * US);
    is_u32(rd(TIMER2 + VALUE), 1000, "stopped is stopped");
    wr(VALUE, 5);
    wr(RIS, 1);
    is_u32(rd(RIS), 0, "status registers are read only");
}

static void test_periodic(void)
{
    start();
    wr(LOAD, 10);
    wr(CONTROL, ENABLE | PERIODIC | INTEN | SIZE32);
    is_u32(rd(VALUE), 10, "starts at the load value");
    fake_clock_advance(&clk, 3 * US + 999);
    is_u32(rd(VALUE), 7, "counts down once a microsecond");
    wr(CONTROL, ENABLE | PERIODIC | INTEN | SIZE32);
    fake_clock_advance(&clk, 1);
    is_u32(rd(VALUE), 6, "exactly then");
    fake_clock_advance(&clk, 6 * US - 1);
    ok(!irq.level && rd(RIS) == 0, "no interrupt one ns before the end");
    fake_clock_advance(&clk, 1);
    ok(irq.level && rd(RIS) == 1 && rd(MIS) == 1, "interrupt after load microseconds");
    is_u32(rd(VALUE), 10, "and the next period has begun");
    wr(INTCLR, 0);
    ok(!irq.level && rd(RIS) == 0, "TimerXIntClr takes any value");
    fake_clock_advance(&clk, 10 * US - 1);
    ok(!irq.level, "second period: not a ns too early");
    fake_clock_advance(&clk, 1);
    ok(irq.level, "and not late");

    /* No drift: cleared late each time, a thousand periods end where they must. */
    int64_t begin = clk.now;
    unsigned rises = irq.rises;
    bool good = true;
    for (int64_t i = 1; i <= 1000; i++) {
        fake_clock_jump(&clk, 3333);
        wr(INTCLR, 1);
        fake_clock_advance(&clk, begin + i * 10 * US - clk.now);
        good &= irq.level;
    }
    ok(good && irq.rises - rises == 1000, "a thousand periods without drift");

    /* An interrupt that stays pending costs nothing. */
    clk.fired = 0;
    fake_clock_advance(&clk, 1000 * NS_PER_SEC);
    ok(clk.fired == 0 && !device_pending(&timer.dev), "while it pends nothing is armed");
    is_u32(rd(VALUE), 10, "and the count is right for all that");
    wr(INTCLR, 1);
    ok(device_pending(&timer.dev), "cleared: armed again");

    wr(BGLOAD, 4);
    is_u32(rd(VALUE), 10, "background load: this period stays");
    fake_clock_advance(&clk, 10 * US);
    wr(INTCLR, 1);
    is_u32(rd(VALUE), 4, "the next one is the new one");
    fake_clock_advance(&clk, 4 * US);
    ok(irq.level, "as long as that");

    wr(CONTROL, ENABLE | PERIODIC | SIZE32);
    ok(!irq.level && rd(RIS) == 1 && rd(MIS) == 0, "masked: raw status stays");
    wr(INTCLR, 1);
    clk.fired = 0;
    fake_clock_advance(&clk, 100 * US);
    ok(clk.fired == 0, "masked: nothing is armed");
    is_u32(rd(RIS), 1, "but raw status is right when one looks");
    wr(CONTROL, ENABLE | PERIODIC | SIZE32 | INTEN);
    ok(irq.level, "unmasked: the output follows");
    wr(CONTROL, PERIODIC | SIZE32 | INTEN);
    ok(irq.level, "stopping does not clear the interrupt");
    uint32_t value = rd(VALUE);
    fake_clock_advance(&clk, 100 * US);
    is_u32(rd(VALUE), value, "stopped in the middle");
    wr(CONTROL, ENABLE | PERIODIC | SIZE32 | INTEN);
    fake_clock_advance(&clk, US);
    is_u32(rd(VALUE), value - 1, "and goes on from there: the control register does not reload");
}

static void test_short_period(void)
{
    start();
    wr(LOAD, 1);
    wr(CONTROL, ENABLE | PERIODIC | INTEN | SIZE32);
    fake_clock_jump(&clk, 10 * NS_PER_SEC);
    ok(irq.level && irq.rises == 1, "ten million missed periods are one interrupt");
    wr(INTCLR, 1);
    ok(!irq.level, "cleared");
    fake_clock_advance(&clk, US);
    ok(irq.level, "and there again after one microsecond");
    wr(INTCLR, 1);

    wr(LOAD, 0);
    ok(irq.level, "load 0 interrupts immediately");
    wr(INTCLR, 1);
    ok(!irq.level, "even that can be cleared");
    fake_clock_advance(&clk, US);
    ok(irq.level && rd(VALUE) == 0, "and comes back with the next count");
}

static void test_oneshot(void)
{
    start();
    wr(LOAD, 100);
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    fake_clock_advance(&clk, 40 * US);
    is_u32(rd(VALUE), 60, "counts down");
    fake_clock_advance(&clk, 60 * US);
    ok(irq.level && rd(VALUE) == 0, "one-shot: stops at 0");
    wr(INTCLR, 1);
    fake_clock_advance(&clk, 1000 * US);
    ok(!irq.level && rd(VALUE) == 0 && !device_pending(&timer.dev), "and stays there");
    wr(LOAD, 5);
    fake_clock_advance(&clk, 5 * US);
    ok(irq.level, "a new load starts it again");
    wr(INTCLR, 1);
    /* What Linux does for every event. */
    wr(LOAD, 1000);
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    fake_clock_advance(&clk, 500 * US);
    wr(LOAD, 1000);
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    fake_clock_advance(&clk, 999 * US);
    ok(!irq.level, "loaded anew in the middle");
    fake_clock_advance(&clk, US);
    ok(irq.level, "counts from there");
    wr(INTCLR, 1);
    wr(LOAD, 5);
    fake_clock_advance(&clk, 5 * US);
    wr(INTCLR, 1);
    wr(BGLOAD, 50);
    wr(CONTROL, ENABLE | PERIODIC | INTEN | SIZE32);
    fake_clock_advance(&clk, US);
    is_u32(rd(VALUE), 50, "halted, then made periodic: loads with the next count");
    ok(!irq.level, "which is no interrupt");
    fake_clock_advance(&clk, 50 * US);
    ok(irq.level, "and goes on");
    wr(INTCLR, 1);
    wr(LOAD, 5);
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    fake_clock_advance(&clk, 5 * US);
    wr(INTCLR, 1);
    wr(CONTROL, ENABLE | INTEN | SIZE32);
    fake_clock_advance(&clk, 2 * US);
    is_u32(rd(VALUE), 0xfffffffe, "halted, then made free-running: wraps");
}

static void test_free_running(void)
{
    start();
    wr(LOAD, 3);
    wr(CONTROL, ENABLE | INTEN | SIZE32);
    fake_clock_advance(&clk, 3 * US);
    ok(irq.level && rd(VALUE) == 0, "free-running: interrupt at 0");
    wr(INTCLR, 1);
    fake_clock_advance(&clk, US);
    is_u32(rd(VALUE), 0xffffffff, "wraps to all ones, not to the load value");
    fake_clock_advance(&clk, INT64_C(0xfffffffe) * US);
    ok(!irq.level && rd(VALUE) == 1, "2^32 - 2 microseconds on");
    fake_clock_advance(&clk, US);
    ok(irq.level && rd(VALUE) == 0, "interrupt after 2^32");

    start();
    wr(LOAD, 3);
    wr(CONTROL, ENABLE | INTEN); /* 16 bits */
    fake_clock_advance(&clk, 4 * US);
    is_u32(rd(VALUE), 0xffff, "16 bits: wraps to 0xffff");
    wr(INTCLR, 1);
    fake_clock_advance(&clk, 0xfffe * US);
    ok(!irq.level, "and interrupts");
    fake_clock_advance(&clk, US);
    ok(irq.level, "every 65536 counts");
    wr(INTCLR, 1);
    fake_clock_jump(&clk, 0xffff * US);
    ok(!irq.level && rd(VALUE) == 1, "from 0 it is 65535 counts to 1");
    fake_clock_jump(&clk, US);
    ok(irq.level && rd(VALUE) == 0, "and one more to 0");
    wr(INTCLR, 1);
    wr(CONTROL, ENABLE | INTEN | PERIODIC);
    wr(LOAD, 0x50002);
    fake_clock_advance(&clk, US);
    is_u32(rd(VALUE), 0x50001, "16 bits: the upper half of the value stands still");
    fake_clock_advance(&clk, US);
    ok(irq.level && rd(VALUE) == 0x50002, "the lower half alone decides");
}

static void test_prescale(void)
{
    start();
    wr(LOAD, 2);
    wr(CONTROL, ENABLE | PERIODIC | INTEN | SIZE32 | DIV16);
    fake_clock_advance(&clk, 32 * US - 1);
    ok(!irq.level && rd(VALUE) == 1, "prescale 16");
    fake_clock_advance(&clk, 1);
    ok(irq.level, "is 16 microseconds a count");
    wr(CONTROL, ENABLE | PERIODIC | INTEN | SIZE32 | DIV256);
    wr(INTCLR, 1);
    wr(LOAD, 3);
    fake_clock_advance(&clk, 768 * US - 1);
    ok(!irq.level, "prescale 256");
    fake_clock_advance(&clk, 1);
    ok(irq.level, "is 256 microseconds a count");
    wr(LOAD, 0xffffffff);
    wr(INTCLR, 1);
    fake_clock_advance(&clk, INT64_C(0xffffffff) * 256 * US - 1);
    ok(!irq.level, "the longest period of all");
    fake_clock_advance(&clk, 1);
    ok(irq.level, "ends on time");
}

static void test_end_of_time(void)
{
    start();
    clk.now = CLOCK_END - 5000 * US;
    wr(LOAD, 6000);
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    ok(clock_deadline(&clk.clock) > CLOCK_END && device_pending(&timer.dev),
       "an interrupt beyond the end of virtual time is armed, for after it");
    wr(LOAD, 4000);
    fake_clock_advance(&clk, 4000 * US);
    ok(irq.level, "one before it comes");
    wr(INTCLR, 1);
    clk.now = CLOCK_END;
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32 | DIV256);
    wr(LOAD, 0xffffffff);
    ok(clock_deadline(&clk.clock) == CLOCK_END + 0xffffffff * INT64_C(256) * US && !irq.level,
       "the longest wait from the end on");
    is_u32(rd(VALUE), 0xffffffff, "where the counter stands still");
}

static void test_both(void)
{
    start();
    wr(LOAD, 10);
    wr(TIMER2 + LOAD, 20);
    wr(CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    wr(TIMER2 + CONTROL, ENABLE | ONESHOT | INTEN | SIZE32);
    fake_clock_advance(&clk, 10 * US);
    ok(irq.level && rd(MIS) == 1 && rd(TIMER2 + MIS) == 0, "the first timer's interrupt");
    wr(INTCLR, 1);
    ok(!irq.level, "cleared");
    fake_clock_advance(&clk, 10 * US);
    ok(irq.level && rd(MIS) == 0 && rd(TIMER2 + MIS) == 1, "the second one's on the same line");
    wr(INTCLR, 1);
    ok(irq.level, "the first one's clear does not touch it");
    wr(TIMER2 + INTCLR, 1);
    ok(!irq.level, "its own does");

    wr(ITOP, 2);
    ok(!irq.level, "TimerITOP alone does nothing");
    wr(ITCR, 0xffffffff);
    is_u32(rd(ITCR), 1, "TimerITCR has one bit");
    ok(irq.level, "test mode: TimerITOP drives the output");
    wr(ITOP, 0);
    ok(!irq.level, "both ways");
    wr(ITCR, 0);

    wr(LOAD, 10);
    fake_clock_advance(&clk, 5 * US);
    sp804_type.reset(&timer);
    ok(!device_pending(&timer.dev), "a reset stops the counters");
    fake_clock_advance(&clk, 100 * US);
    ok(!irq.level && rd(CONTROL) == 0x20 && rd(VALUE) == 0xffffffff, "for good");
}

int main(void)
{
    test_registers();
    test_periodic();
    test_short_period();
    test_oneshot();
    test_free_running();
    test_prescale();
    test_end_of_time();
    test_both();
    return done_testing();
}
