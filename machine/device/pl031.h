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

#include "bus/device.h"

typedef struct PL031 {
    Device dev;
    Timer alarm;

    uint32_t offset; /* RTCDR when its clock is at 0 */
    uint32_t match;  /* RTCMR */
    uint32_t load;   /* RTCLR */
    uint32_t imsc;   /* RTCIMSC */
    uint32_t ris;    /* RTCRIS at second `seen` */
    int64_t seen;    /* seconds of its clock up to which the comparison is done */
} PL031;

/* Output 0: RTCINTR. It goes by Device.rtc_clock, over resets as well. */
extern const DeviceType pl031_type;

#endif
