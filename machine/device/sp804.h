/* SPDX-License-Identifier: MIT */
/* SP804 dual timer (ARM DDI 0271): two down counters of 16 or 32 bits. */
#ifndef MACHINE_DEVICE_SP804_H
#define MACHINE_DEVICE_SP804_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "bus/irq.h"
#include "util/timer.h"

/* One of the two. Its count is kept for a moment in the past and brought up to date when somebody
 * looks. */
typedef struct SP804Timer {
    uint32_t load;    /* TimerXLoad, also TimerXBGLoad */
    uint32_t control; /* TimerXControl */
    uint32_t count;   /* TimerXValue at `when` */
    uint32_t ris;     /* TimerXRIS at `when` */
    int64_t when;     /* virtual ns; on a tick of this timer while it runs */
} SP804Timer;

typedef struct SP804 {
    BusRegion region;
    FdtIrq fdt_irq;
    Irq irq; /* TIMINTC, both timers' interrupts combined */
    Clock *clock;
    Timer expiry;    /* the next moment at which the output may rise */
    int64_t tick_ns; /* period of TIMCLK */

    SP804Timer timer[2];
    uint32_t itcr; /* TimerITCR */
    uint32_t itop; /* TimerITOP, drives the output in test mode */
} SP804;

extern const DeviceOps sp804_ops;

/* Prepares a dual timer at `base` on a TIMCLK of `hz`, which divides 10^9; to be reset before
 * use. */
void sp804_init(SP804 *s, hwaddr base, Clock *clock, uint32_t hz, Irq irq);

/* Whether the output may rise without anybody touching the registers. */
bool sp804_pending(const SP804 *s);

#endif
