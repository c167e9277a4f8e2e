/* SPDX-License-Identifier: MIT */
/* SP804 dual timer.
 *
 * Register offsets and names: DDI 0271D, table 3-1; timer 2 is at +0x20.
 *
 * A counter is a function of time: nothing runs while it counts, and one division accounts for any
 * number of periods. A Timer is armed only for the next rise of the interrupt output, so a period
 * of one tick costs nothing until the guest clears the interrupt, and periods never drift.
 *
 * Unlike QEMU, as in the manual: a write to TimerXControl does not reload the counter, and
 * TimerXValue is 0xffffffff after reset. */
#include "machine/device/sp804.h"

/* TimerXControl */
#define CTRL_ONESHOT  0x01u
#define CTRL_32BIT    0x02u
#define CTRL_PRESCALE 0x0cu /* 1, 16, 256 */
#define CTRL_INTEN    0x20u
#define CTRL_PERIODIC 0x40u
#define CTRL_ENABLE   0x80u
#define CTRL_MASK     0xefu
#define CTRL_RESET    CTRL_INTEN

#define ITCR_ITEN 0x1u

/* ns per count. Prescale 3 is unspecified; 256 here. */
static int64_t count_ns(const SP804 *s, const SP804Timer *t)
{
    static const uint16_t prescale[4] = { 1, 16, 256, 256 };
    return NS_PER_SEC / s->dev.hz * prescale[(t->control & CTRL_PRESCALE) >> 2];
}

/* The counter's width, as a mask. */
static uint32_t count_mask(const SP804Timer *t)
{
    return t->control & CTRL_32BIT ? UINT32_C(0xffffffff) : UINT32_C(0xffff);
}

/* Counts until the next zero; 0: there is none. */
static uint64_t counts_to_zero(const SP804Timer *t)
{
    uint32_t mask = count_mask(t);
    uint32_t low = t->count & mask;
    if (low) {
        return low;
    }
    if (t->control & CTRL_ONESHOT) {
        return 0; /* halted */
    }
    if (!(t->control & CTRL_PERIODIC)) {
        return (uint64_t)mask + 1;
    }
    /* In periodic mode the count is zero only if the reload value is (every count then interrupts),
     * or if the counter was stopped there in another mode. */
    return 1 + (uint64_t)(t->load & mask);
}

/* Counts down n > 0 times; sets ris on reaching zero. */
static void count_down(SP804Timer *t, uint64_t n)
{
    uint32_t mask = count_mask(t);
    uint32_t high = t->count & ~mask; /* in 16-bit mode the upper half does not count */
    uint32_t low = t->count & mask;
    uint64_t zero = counts_to_zero(t);
    if (!zero) {
        return;
    }
    if (n < zero) {
        if (low || !(t->control & CTRL_PERIODIC)) {
            t->count = high | ((low - (uint32_t)n) & mask);
        } else {
            t->count = t->load - (uint32_t)(n - 1);
        }
        return;
    }
    t->ris = 1;
    if (t->control & CTRL_ONESHOT) {
        t->count = high;
    } else if (t->control & CTRL_PERIODIC) {
        uint32_t period = t->load & mask;
        t->count = t->load - (period ? (uint32_t)((n - zero) % period) : 0);
    } else {
        t->count = high | ((low - (uint32_t)n) & mask);
    }
}

/* Brings the count up to `now`. */
static void catch_up(const SP804 *s, SP804Timer *t, int64_t now)
{
    if (!(t->control & CTRL_ENABLE)) {
        t->when = now;
        return;
    }
    int64_t step = count_ns(s, t);
    int64_t n = (now - t->when) / step;
    if (n > 0) {
        count_down(t, (uint64_t)n);
        t->when += n * step;
    }
}

static void catch_up_both(SP804 *s)
{
    int64_t now = clock_now(s->dev.clock);
    catch_up(s, &s->timer[0], now);
    catch_up(s, &s->timer[1], now);
}

static uint32_t masked(const SP804Timer *t)
{
    return t->control & CTRL_INTEN ? t->ris : 0;
}

/* When this timer raises its interrupt, or TIMER_NEVER. */
static int64_t deadline(const SP804 *s, const SP804Timer *t)
{
    uint64_t n = counts_to_zero(t);
    if (!(t->control & CTRL_ENABLE) || !(t->control & CTRL_INTEN) || t->ris || !n) {
        return TIMER_NEVER;
    }
    return deadline_after(t->when, (int64_t)n * count_ns(s, t));
}

/* Drives the output and arms `expiry`. Call catch_up_both() first. */
static void sp804_update_irq(SP804 *s)
{
    bool level = s->itcr & ITCR_ITEN ? s->itop != 0 : masked(&s->timer[0]) | masked(&s->timer[1]);
    irq_set(&s->dev.out[0], level);
    int64_t first = deadline(s, &s->timer[0]);
    int64_t second = deadline(s, &s->timer[1]);
    timer_mod(&s->expiry, first < second ? first : second);
}

static void expired(void *opaque)
{
    SP804 *s = opaque;
    catch_up_both(s);
    sp804_update_irq(s);
}

static uint32_t sp804_read(void *dev, uint32_t offset)
{
    SP804 *s = dev;
    SP804Timer *t = &s->timer[offset >> 5 & 1];
    if (offset == 0xf00) {
        return s->itcr; /* TimerITCR */
    }
    if (offset == 0xf04) {
        return 0; /* TimerITOP, write only */
    }
    if (offset >= 0x40) {
        return device_default_read(&s->dev, offset);
    }
    catch_up(s, t, clock_now(s->dev.clock));
    switch (offset & 0x1f) {
    case 0x00: return t->load;    /* TimerXLoad */
    case 0x04: return t->count;   /* TimerXValue */
    case 0x08: return t->control; /* TimerXControl */
    case 0x0c: return 0;          /* TimerXIntClr, write only */
    case 0x10: return t->ris;     /* TimerXRIS */
    case 0x14: return masked(t);  /* TimerXMIS */
    case 0x18: return t->load;    /* TimerXBGLoad */
    default: return device_default_read(&s->dev, offset);
    }
}

static void sp804_write(void *dev, uint32_t offset, uint32_t value)
{
    SP804 *s = dev;
    SP804Timer *t = &s->timer[offset >> 5 & 1];
    int64_t now = clock_now(s->dev.clock);
    catch_up_both(s);
    if (offset == 0xf00) {
        s->itcr = value & ITCR_ITEN; /* TimerITCR */
    } else if (offset == 0xf04) {
        s->itop = value & 3; /* TimerITOP: TIMINT2, TIMINT1 */
    } else if (offset >= 0x40) {
        device_default_write(&s->dev, offset, value);
    } else {
        switch (offset & 0x1f) {
        case 0x00: /* TimerXLoad: counts from the new value at once */
            t->load = t->count = value;
            t->when = now;
            if ((t->control & CTRL_ENABLE) && !(value & count_mask(t))) {
                t->ris = 1; /* zero interrupts immediately */
            }
            break;
        case 0x08: /* TimerXControl: the count continues from its value */
            if ((value ^ t->control) & (CTRL_ENABLE | CTRL_PRESCALE)) {
                t->when = now;
            }
            t->control = value & CTRL_MASK;
            break;
        case 0x0c: t->ris = 0; break;      /* TimerXIntClr */
        case 0x18: t->load = value; break; /* TimerXBGLoad: from the next reload on */
        default: device_default_write(&s->dev, offset, value); break;
        }
    }
    sp804_update_irq(s);
}

static uint32_t sp804_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    const SP804 *s = dev;
    (void)inputs;
    (void)more_input;
    return timer_pending(&s->expiry);
}

static bool sp804_realize(void *dev)
{
    SP804 *s = dev;
    timer_init(&s->expiry, s->dev.clock, expired, s);
    return true;
}

static void sp804_reset(void *dev)
{
    SP804 *s = dev;
    for (unsigned i = 0; i < 2; i++) {
        s->timer[i] = (SP804Timer){ .control = CTRL_RESET,
                                    .count = UINT32_C(0xffffffff),
                                    .when = clock_now(s->dev.clock) };
    }
    s->itcr = s->itop = 0;
    sp804_update_irq(s);
}

static const VMField sp804_state[] = {
    VM_FIELD(SP804, timer[0].load),
    VM_FIELD(SP804, timer[0].control),
    VM_FIELD(SP804, timer[0].count),
    VM_FIELD(SP804, timer[0].ris),
    VM_FIELD(SP804, timer[0].when),
    VM_FIELD(SP804, timer[1].load),
    VM_FIELD(SP804, timer[1].control),
    VM_FIELD(SP804, timer[1].count),
    VM_FIELD(SP804, timer[1].ris),
    VM_FIELD(SP804, timer[1].when),
    VM_FIELD(SP804, itcr),
    VM_FIELD(SP804, itop),
    VM_TIMER(SP804, expiry),
    VM_END,
};

static bool sp804_loaded(void *dev)
{
    const SP804 *s = dev;
    return clock_moment_valid(s->timer[0].when) && clock_moment_valid(s->timer[1].when);
}

const DeviceType sp804_type = {
    .struct_size = sizeof(SP804),
    .read = sp804_read,
    .write = sp804_write,
    .periphid = UINT32_C(0x00141804),
    .realize = sp804_realize,
    .reset = sp804_reset,
    .can_raise = sp804_can_raise,
    .state = sp804_state,
    .loaded = sp804_loaded,
    .node = "timer",
    .compatible = DEVICE_LIST("arm,sp804", "arm,primecell"),
    .clock_names = DEVICE_LIST("timer0", "timer1", "apb_pclk"),
};
