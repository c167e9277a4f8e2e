/* SPDX-License-Identifier: MIT */
/* SP804 dual timer (ARM DDI 0271): two down counters of 16 or 32 bits. */
#ifndef MACHINE_DEVICE_SP804_H
#define MACHINE_DEVICE_SP804_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"

/* One of the two. `count` and `ris` are those of a time in the past; each access updates them. */
typedef struct SP804Timer {
    uint32_t load;    /* TimerXLoad, also TimerXBGLoad */
    uint32_t control; /* TimerXControl */
    uint32_t count;   /* TimerXValue at `when` */
    uint32_t ris;     /* TimerXRIS at `when` */
    int64_t when;     /* virtual ns; a tick of this timer while it runs */
} SP804Timer;

typedef struct SP804 {
    Device dev;
    Timer expiry; /* when the output may rise next */

    SP804Timer timer[2];
    uint32_t itcr; /* TimerITCR */
    uint32_t itop; /* TimerITOP, drives the output in test mode */
} SP804;

/* Output 0: TIMINTC, the interrupts of both timers. Device.hz is TIMCLK's and divides 10^9. */
extern const DeviceType sp804_type;

#endif
