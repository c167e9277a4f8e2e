/* SPDX-License-Identifier: MIT */
/* PL031 real-time clock. */
#include "machine/device/pl031.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    DR = 0x00,
    MR = 0x04,
    LR = 0x08,
    CR = 0x0c,
    IMSC = 0x10,
    RIS = 0x14,
    MIS = 0x18,
    ICR = 0x1c,
};

#define BASE INT64_C(1700000000)

static PL031 rtc;
static FakeLine irq;
static FakeClock clk;

static uint32_t rd(uint32_t offset)
{
    return reg_read(&rtc.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&rtc.dev.region, offset, value);
}

static int64_t host_ms;

static int64_t host(void)
{
    return host_ms;
}

/* Virtual time and the host's clock go on together. */
static void both(int64_t ms)
{
    for (; ms; ms--) {
        host_ms++;
        fake_clock_advance(&clk, NS_PER_MS);
    }
}

/* The RTC goes by a clock of the host's, which virtual time does not follow when it jumps. */
static void test_host_clock(void)
{
    fake_clock_init(&clk);
    host_ms = BASE * MS_PER_SEC + 300;
    device_start(&rtc.dev, (Device){ .type = &pl031_type,
                                     .name = "rtc",
                                     .clock = &clk.clock,
                                     .out = { fake_line(&irq) },
                                     .rtc_seconds = 5,
                                     .rtc_clock = host });
    is_u32(rd(DR), BASE + 5, "RTCDR by the host's clock");
    both(700);
    is_u32(rd(DR), BASE + 6, "changes with its seconds");
    wr(MR, rd(DR) + 3);
    wr(IMSC, 1);
    both(2999);
    ok(!irq.level, "no alarm before its second");
    both(2);
    ok(irq.level, "the alarm");
    wr(ICR, 1);

    host_ms += 3600 * MS_PER_SEC;
    is_u32(rd(DR), BASE + 3609, "an hour passes while the machine stands");
    wr(MR, rd(DR) + 1800);
    host_ms += 3600 * MS_PER_SEC;
    both(1000);
    ok(irq.level, "an alarm that was due meanwhile rings within a second");
    wr(ICR, 1);
    wr(MR, rd(DR) + 2);
    host_ms -= 7200 * MS_PER_SEC;
    both(1000);
    is_u32(rd(DR), BASE + 11, "the host's clock is set back");
    ok(!irq.level, "no alarm for that");
    both(7200 * MS_PER_SEC);
    ok(!irq.level, "nor before the new time comes to it");
    both(1001);
    ok(irq.level, "then it rings");
    wr(ICR, 1);
    wr(MR, rd(DR));
    wr(ICR, 1);
    host_ms -= 5 * MS_PER_SEC;
    is_u32(rd(RIS), 0, "set back over no alarm but the last one");

    wr(IMSC, 0);
    wr(MR, rd(DR) + 2);
    both(3000);
    rd(0x20);
    host_ms -= 10 * MS_PER_SEC;
    is_u32(rd(RIS), 1, "an access anywhere sees an alarm before the clock is set back");
    wr(ICR, 1);

    clk.fired = 0;
    wr(MR, rd(DR) + 1000);
    both(10000);
    is_u32(clk.fired, 0, "a masked alarm costs nothing");
    wr(IMSC, 1);
    both(10000);
    ok(clk.fired <= 11, "one that is unmasked a look a second");
    fake_clock_jump(&clk, 1001 * NS_PER_SEC);
    ok(!irq.level, "virtual time alone does not ring it");
}

int main(void)
{
    test_host_clock();
    fake_clock_init(&clk);
    device_start(&rtc.dev, (Device){ .type = &pl031_type,
                                     .name = "rtc",
                                     .clock = &clk.clock,
                                     .out = { fake_line(&irq) },
                                     .rtc_seconds = BASE });

    is_primecell(&rtc.dev.region, 0x00141031);
    is_u32(rd(DR), BASE, "RTCDR starts at the time it was given");
    is_u32(rd(MR) | rd(LR) | rd(IMSC) | rd(RIS) | rd(MIS) | rd(ICR), 0, "the rest is 0");
    is_u32(rd(CR), 1, "and the clock runs");
    fake_clock_advance(&clk, NS_PER_SEC - 1);
    is_u32(rd(DR), BASE, "a second takes");
    fake_clock_advance(&clk, 1);
    is_u32(rd(DR), BASE + 1, "a second");
    wr(CR, 0);
    fake_clock_advance(&clk, 9 * NS_PER_SEC);
    is_u32(rd(DR), BASE + 10, "and it cannot be stopped");
    is_u32(rd(CR), 1, "which RTCCR says");

    /* The alarm. */
    wr(MR, (uint32_t)BASE + 13);
    is_u32(rd(MR), BASE + 13, "RTCMR keeps what is written");
    ok(!device_pending(&rtc.dev), "masked: no timer");
    wr(IMSC, 0xffffffff);
    is_u32(rd(IMSC), 1, "RTCIMSC has one bit");
    ok(device_pending(&rtc.dev), "unmasked: armed");
    fake_clock_advance(&clk, 3 * NS_PER_SEC - 1);
    ok(!irq.level && rd(RIS) == 0, "not a ns before");
    fake_clock_advance(&clk, 1);
    ok(irq.level && rd(RIS) == 1 && rd(MIS) == 1, "the alarm");
    ok(!device_pending(&rtc.dev), "while it is on, nothing is armed");
    fake_clock_advance(&clk, 5 * NS_PER_SEC);
    ok(irq.level, "stays");
    wr(IMSC, 0);
    ok(!irq.level && rd(RIS) == 1 && rd(MIS) == 0, "masked: raw status stays");
    wr(IMSC, 1);
    ok(irq.level, "unmasked: there again");
    wr(ICR, 0xfffffffe);
    ok(irq.level, "RTCICR without bit 0 clears nothing");
    wr(ICR, 1);
    ok(!irq.level && rd(RIS) == 0, "RTCICR clears");
    ok(clock_deadline(&clk.clock) / NS_PER_SEC > (INT64_C(1) << 32),
       "the same match again is 2^32 seconds away");

    wr(IMSC, 0);
    wr(MR, (uint32_t)BASE + 20);
    fake_clock_advance(&clk, 10 * NS_PER_SEC);
    is_u32(rd(RIS), 1, "a match while masked is noticed when one looks");
    wr(ICR, 1);
    wr(IMSC, 1);
    wr(MR, (uint32_t)BASE + 28);
    ok(irq.level, "a match with this very second is immediate");
    wr(ICR, 1);

    /* Setting the time. */
    fake_clock_advance(&clk, NS_PER_SEC / 2);
    wr(LR, 1000);
    is_u32(rd(LR), 1000, "RTCLR keeps what is written");
    is_u32(rd(DR), 1000, "and sets the clock");
    wr(MR, 1002);
    fake_clock_advance(&clk, 2 * NS_PER_SEC);
    ok(irq.level, "the alarm goes by the new time");
    wr(ICR, 1);
    wr(MR, 5000);
    wr(LR, 4998);
    fake_clock_advance(&clk, 2 * NS_PER_SEC);
    ok(irq.level, "also when the time is moved towards it");
    wr(ICR, 1);
    wr(MR, 1);
    wr(LR, 0xffffffff);
    fake_clock_advance(&clk, 2 * NS_PER_SEC);
    ok(irq.level && rd(DR) == 1, "the counter wraps, the alarm is met beyond");

    clk.fired = 0;
    fake_clock_advance(&clk, 1000000 * NS_PER_SEC);
    ok(clk.fired == 0, "an alarm that stays pending costs nothing");

    clk.now = CLOCK_END - 30 * NS_PER_SEC;
    wr(MR, rd(DR));
    wr(ICR, 1); /* the next one is in 2^32 seconds */
    ok(clock_deadline(&clk.clock) > CLOCK_END && device_pending(&rtc.dev),
       "an alarm beyond the end of virtual time is armed, for after it");
    wr(MR, rd(DR) + 1000);
    ok(clock_deadline(&clk.clock) > CLOCK_END && device_pending(&rtc.dev),
       "one soon after the end, too");
    wr(MR, rd(DR) + 20);
    fake_clock_advance(&clk, 20 * NS_PER_SEC);
    ok(irq.level, "one before it comes");

    uint32_t now = rd(DR);
    pl031_type.reset(&rtc);
    ok(!irq.level && !device_pending(&rtc.dev), "a reset silences the alarm");
    is_u32(rd(DR), now, "and leaves the time alone");
    return done_testing();
}
