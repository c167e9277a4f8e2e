/* SPDX-License-Identifier: MIT */
/* PL031 real-time clock (ARM DDI 0224): seconds in 32 bits, and an alarm.
 *
 * It goes by virtual time or by a clock of the host's, which may jump: the process was stopped, the
 * host slept, or somebody set the host's clock. Then RTCDR jumps with it, and an alarm that was
 * passed over rings within a second of virtual time. */
#ifndef MACHINE_DEVICE_PL031_H
#define MACHINE_DEVICE_PL031_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "bus/irq.h"
#include "util/timer.h"

typedef struct PL031 {
    BusRegion region;
    FdtIrq fdt_irq;
    Irq irq; /* RTCINTR */
    Clock *clock;
    int64_t (*source)(void); /* the host's clock that it goes by, in ms; NULL: virtual time */
    Timer alarm;

    uint32_t offset; /* RTCDR when its clock is at 0 */
    uint32_t match;  /* RTCMR */
    uint32_t load;   /* RTCLR */
    uint32_t imsc;   /* RTCIMSC */
    uint32_t ris;    /* RTCRIS at second `seen` */
    int64_t seen;    /* seconds of its clock up to which the comparison is done */
} PL031;

extern const DeviceOps pl031_ops;

/* Prepares an RTC at `base` that shows `seconds` (since 1970, say) when `source` (ms; NULL: virtual
 * time) is at 0, and keeps going over resets; to be reset before use. */
void pl031_init(PL031 *s, hwaddr base, Clock *clock, Irq irq, int64_t (*source)(void),
                int64_t seconds);

/* Whether the output may rise without anybody touching the registers. */
bool pl031_pending(const PL031 *s);

#endif
