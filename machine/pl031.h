/* SPDX-License-Identifier: MIT */
/* PL031 real-time clock (ARM DDI 0224): seconds in 32 bits, and an alarm. */
#ifndef MACHINE_PL031_H
#define MACHINE_PL031_H

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
    Timer alarm;

    uint32_t offset; /* RTCDR at virtual time 0 */
    uint32_t match;  /* RTCMR */
    uint32_t load;   /* RTCLR */
    uint32_t imsc;   /* RTCIMSC */
    uint32_t ris;    /* RTCRIS at second `seen` */
    int64_t seen;    /* virtual seconds up to which the comparison is done */
} PL031;

extern const DeviceOps pl031_ops;

/* Prepares an RTC at `base` that shows `seconds` (since 1970, say) at virtual time 0 and keeps
 * going over resets; to be reset before use. */
void pl031_init(PL031 *s, hwaddr base, Clock *clock, int64_t seconds, Irq irq);

/* Whether the output may rise without anybody touching the registers. */
bool pl031_pending(const PL031 *s);

#endif
