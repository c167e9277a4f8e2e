/* SPDX-License-Identifier: MIT */
/* PL031 real-time clock.
 *
 * Register offsets and names: DDI 0224C, table 3-1. As on QEMU's boards the clock is set before
 * power-on, as by a battery, and is always enabled. */
#include "machine/device/pl031.h"

#define CR_ENABLE 1u

/* The clock, in seconds. */
static int64_t counted(const PL031 *s)
{
    return s->dev.rtc_clock ? s->dev.rtc_clock() / MS_PER_SEC
                            : clock_now(s->dev.clock) / NS_PER_SEC;
}

/* RTCDR at a given second of the clock. */
static uint32_t counter(const PL031 *s, int64_t seconds)
{
    return s->offset + (uint32_t)seconds;
}

/* Seconds from s->seen until counter and match are equal: 1..2^32. */
static int64_t alarm_distance(const PL031 *s)
{
    uint32_t distance = s->match - counter(s, s->seen);
    return distance ? (int64_t)distance : INT64_C(1) << 32;
}

/* Raises the alarm if counter and match have been equal since s->seen. */
static void catch_up(PL031 *s)
{
    int64_t now = counted(s);
    if (now - s->seen >= alarm_distance(s)) {
        s->ris = 1;
    }
    s->seen = now;
}

/* The virtual time at which to check the alarm. */
static int64_t alarm_time(const PL031 *s)
{
    if (!s->dev.rtc_clock) {
        return deadline_after(s->seen * NS_PER_SEC, alarm_distance(s) * NS_PER_SEC);
    }
    /* At least every second, as the host's clock may jump; it is not exact to the ms, either. */
    int64_t ms = (s->seen + alarm_distance(s)) * MS_PER_SEC - s->dev.rtc_clock();
    ms = ms < 1 ? 1 : ms < MS_PER_SEC ? ms : MS_PER_SEC;
    return deadline_after(clock_now(s->dev.clock), ms * NS_PER_MS);
}

/* Call catch_up() first. */
static void pl031_update_irq(PL031 *s)
{
    irq_set(&s->dev.out[0], s->ris & s->imsc);
    if (s->imsc && !s->ris) {
        timer_mod(&s->alarm, alarm_time(s));
    } else {
        timer_del(&s->alarm);
    }
}

static void alarm_due(void *opaque)
{
    PL031 *s = opaque;
    catch_up(s);
    pl031_update_irq(s);
}

static uint32_t pl031_read(void *dev, uint32_t offset)
{
    PL031 *s = dev;
    catch_up(s);
    switch (offset) {
    case 0x00: return counter(s, s->seen); /* RTCDR */
    case 0x04: return s->match;            /* RTCMR */
    case 0x08: return s->load;             /* RTCLR */
    case 0x0c: return CR_ENABLE;           /* RTCCR */
    case 0x10: return s->imsc;             /* RTCIMSC */
    case 0x14: return s->ris;              /* RTCRIS */
    case 0x18: return s->ris & s->imsc;    /* RTCMIS */
    case 0x1c: return 0;                   /* RTCICR, write only */
    default: return device_default_read(&s->dev, offset);
    }
}

static void pl031_write(void *dev, uint32_t offset, uint32_t value)
{
    PL031 *s = dev;
    catch_up(s);
    switch (offset) {
    case 0x04: /* RTCMR */
        s->match = value;
        s->ris |= counter(s, s->seen) == s->match;
        break;
    case 0x08: /* RTCLR */
        s->load = value;
        s->offset = value - (uint32_t)s->seen;
        s->ris |= counter(s, s->seen) == s->match;
        break;
    case 0x0c: break;                      /* RTCCR: cannot be disabled */
    case 0x10: s->imsc = value & 1; break; /* RTCIMSC */
    case 0x1c: s->ris &= ~value; break;    /* RTCICR */
    default: device_default_write(&s->dev, offset, value); return;
    }
    pl031_update_irq(s);
}

static uint32_t pl031_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    const PL031 *s = dev;
    (void)inputs;
    (void)more_input;
    return timer_pending(&s->alarm);
}

static bool pl031_realize(void *dev)
{
    PL031 *s = dev;
    s->offset = (uint32_t)s->dev.rtc_seconds;
    timer_init(&s->alarm, s->dev.clock, alarm_due, s);
    return true;
}

static void pl031_reset(void *dev)
{
    PL031 *s = dev;
    s->match = s->load = s->imsc = s->ris = 0;
    s->seen = counted(s);
    pl031_update_irq(s);
}

static const VMField pl031_state[] = {
    VM_FIELD(PL031, offset), VM_FIELD(PL031, match), VM_FIELD(PL031, load),  VM_FIELD(PL031, imsc),
    VM_FIELD(PL031, ris),    VM_FIELD(PL031, seen),  VM_TIMER(PL031, alarm), VM_END,
};

static bool pl031_loaded(void *dev)
{
    const PL031 *s = dev;
    return s->seen >= 0 && s->seen <= CLOCK_END / NS_PER_SEC;
}

const DeviceType pl031_type = {
    .struct_size = sizeof(PL031),
    .read = pl031_read,
    .write = pl031_write,
    .periphid = UINT32_C(0x00141031),
    .realize = pl031_realize,
    .reset = pl031_reset,
    .can_raise = pl031_can_raise,
    .state = pl031_state,
    .loaded = pl031_loaded,
    .node = "rtc",
    .compatible = DEVICE_LIST("arm,pl031", "arm,primecell"),
    .clock_names = DEVICE_LIST("apb_pclk"),
};
