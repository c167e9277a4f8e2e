/* SPDX-License-Identifier: MIT */
/* SP804 dual timer.
 *
 * Register offsets and names: DDI 0271D, table 3-1; timer 2 is at +0x20.
 * A counter is a pure function of time: nothing runs while it counts, and however many periods have
 * gone by since the last look, they are one division. The host timer is armed only for a moment at
 * which the interrupt output rises, so a period of one tick costs nothing until the guest has
 * cleared the interrupt, and periods never drift.
 *
 * Two things differ from QEMU's model on purpose, since the manual defines them: writing
 * TimerXControl does not reload the counter, and TimerXValue is 0xffffffff after reset. */
#include "machine/device/sp804.h"

#include "bus/fdt.h"

#define SP804_PERIPHID UINT32_C(0x00141804)

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

/* ns from one count to the next. The manual leaves prescale 3 open; as 256 here. */
static int64_t count_ns(const SP804 *s, const SP804Timer *t)
{
    switch ((t->control & CTRL_PRESCALE) >> 2) {
    case 0: return s->tick_ns;
    case 1: return s->tick_ns * 16;
    default: return s->tick_ns * 256;
    }
}

/* The bits of the counter that count. */
static uint32_t count_mask(const SP804Timer *t)
{
    return t->control & CTRL_32BIT ? UINT32_C(0xffffffff) : UINT32_C(0xffff);
}

/* Counts until the next zero, 0 if there will be none. */
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
    /* At zero in periodic mode only if the reload value is zero, which raises the interrupt at each
     * count, or if the counter was stopped there in another mode. */
    return 1 + (uint64_t)(t->load & mask);
}

/* The counter after n > 0 further counts; sets ris if it passed zero. */
static void count_down(SP804Timer *t, uint64_t n)
{
    uint32_t mask = count_mask(t);
    uint32_t high = t->count & ~mask; /* in 16-bit mode the upper half stands still */
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
    int64_t now = clock_now(s->clock);
    catch_up(s, &s->timer[0], now);
    catch_up(s, &s->timer[1], now);
}

static uint32_t masked(const SP804Timer *t)
{
    return t->control & CTRL_INTEN ? t->ris : 0;
}

/* When this timer's interrupt rises by itself, or TIMER_NEVER. */
static int64_t deadline(const SP804 *s, const SP804Timer *t)
{
    uint64_t n = counts_to_zero(t);
    if (!(t->control & CTRL_ENABLE) || !(t->control & CTRL_INTEN) || t->ris || !n) {
        return TIMER_NEVER;
    }
    return deadline_after(t->when, (int64_t)n * count_ns(s, t));
}

/* The output, and the moment to look at it again; both counters are up to date. */
static void sp804_update_irq(SP804 *s)
{
    bool level = s->itcr & ITCR_ITEN ? s->itop != 0 : masked(&s->timer[0]) | masked(&s->timer[1]);
    irq_set(&s->irq, level);
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

static uint32_t sp804_read(void *opaque, uint32_t offset, unsigned size)
{
    SP804 *s = opaque;
    SP804Timer *t = &s->timer[offset >> 5 & 1];
    (void)size;
    if (offset >= PRIMECELL_ID_FIRST && !(offset & 3)) {
        return primecell_id(SP804_PERIPHID, offset);
    }
    if (offset == 0xf00) {
        return s->itcr; /* TimerITCR */
    }
    if (offset == 0xf04) {
        return 0; /* TimerITOP, write only */
    }
    if (offset >= 0x40) {
        return device_bad_read("sp804", offset);
    }
    catch_up(s, t, clock_now(s->clock));
    switch (offset & 0x1f) {
    case 0x00: return t->load;    /* TimerXLoad */
    case 0x04: return t->count;   /* TimerXValue */
    case 0x08: return t->control; /* TimerXControl */
    case 0x0c: return 0;          /* TimerXIntClr, write only */
    case 0x10: return t->ris;     /* TimerXRIS */
    case 0x14: return masked(t);  /* TimerXMIS */
    case 0x18: return t->load;    /* TimerXBGLoad */
    default: return device_bad_read("sp804", offset);
    }
}

static void sp804_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    SP804 *s = opaque;
    SP804Timer *t = &s->timer[offset >> 5 & 1];
    int64_t now = clock_now(s->clock);
    (void)size;
    catch_up_both(s);
    if (offset == 0xf00) {
        s->itcr = value & ITCR_ITEN; /* TimerITCR */
    } else if (offset == 0xf04) {
        s->itop = value & 3; /* TimerITOP: TIMINT2, TIMINT1 */
    } else if (offset >= 0x40) {
        device_bad_write("sp804", offset, value);
    } else {
        switch (offset & 0x1f) {
        case 0x00: /* TimerXLoad: counts from the new value at once */
            t->load = t->count = value;
            t->when = now;
            if ((t->control & CTRL_ENABLE) && !(value & count_mask(t))) {
                t->ris = 1; /* zero interrupts immediately */
            }
            break;
        case 0x08: /* TimerXControl: stops, starts or changes step; the count goes on from where it
                    * is */
            if ((value ^ t->control) & (CTRL_ENABLE | CTRL_PRESCALE)) {
                t->when = now;
            }
            t->control = value & CTRL_MASK;
            break;
        case 0x0c: t->ris = 0; break;      /* TimerXIntClr */
        case 0x18: t->load = value; break; /* TimerXBGLoad: from the next reload on */
        default: device_bad_write("sp804", offset, value); break;
        }
    }
    sp804_update_irq(s);
}

bool sp804_pending(const SP804 *s)
{
    return timer_pending(&s->expiry);
}

static void sp804_reset(void *dev)
{
    SP804 *s = dev;
    for (unsigned i = 0; i < 2; i++) {
        s->timer[i] = (SP804Timer){ .control = CTRL_RESET,
                                    .count = UINT32_C(0xffffffff),
                                    .when = clock_now(s->clock) };
    }
    s->itcr = s->itop = 0;
    sp804_update_irq(s);
}

static void sp804_fdt(const void *dev, Fdt *fdt)
{
    const SP804 *s = dev;
    const uint32_t clocks[] = { FDT_TIMCLK, FDT_TIMCLK, FDT_PCLK };
    const char *const names[] = { "timer0", "timer1", "apb_pclk", NULL };
    const char *const compatible[] = { "arm,sp804", "arm,primecell", NULL };
    fdt_begin_node_at(fdt, "timer", s->region.base);
    fdt_prop_strings(fdt, "compatible", compatible);
    fdt_prop_reg(fdt, s->region.base, s->region.size);
    fdt_prop_irq(fdt, s->fdt_irq);
    fdt_prop_u32s(fdt, "clocks", clocks, 3);
    fdt_prop_strings(fdt, "clock-names", names);
    fdt_end_node(fdt);
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

const DeviceOps sp804_ops = {
    .name = "sp804",
    .reset = sp804_reset,
    .state = sp804_state,
    .fdt = sp804_fdt,
    .loaded = sp804_loaded,
};

void sp804_init(SP804 *s, hwaddr base, Clock *clock, uint32_t hz, Irq irq)
{
    *s = (SP804){ .clock = clock, .tick_ns = NS_PER_SEC / hz, .irq = irq };
    timer_init(&s->expiry, clock, expired, s);
    s->region = (BusRegion){ .name = "sp804",
                             .base = base,
                             .size = BUS_PAGE_SIZE,
                             .read = sp804_read,
                             .write = sp804_write,
                             .opaque = s };
}
