/* SPDX-License-Identifier: MIT */
/* PL031 real-time clock (ARM DDI 0224): seconds in 32 bits, and an alarm.
 *
 * It counts virtual time or follows a host clock. A host clock may jump: the process was stopped,
 * the host slept, or its clock was set. RTCDR then jumps with it, and an alarm that was skipped
 * rises within a second of virtual time. */
#ifndef MACHINE_DEVICE_PL031_H
#define MACHINE_DEVICE_PL031_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"

typedef struct PL031 {
    Device dev;
    Timer alarm;

    uint32_t offset; /* RTCDR when the clock is at 0 */
    uint32_t match;  /* RTCMR */
    uint32_t load;   /* RTCLR */
    uint32_t imsc;   /* RTCIMSC */
    uint32_t ris;    /* RTCRIS at second `seen` */
    int64_t seen;    /* the second of the clock up to which ris is right */
} PL031;

/* Output 0: RTCINTR. A reset does not set the time. */
extern const DeviceType pl031_type;

#endif
