/* SPDX-License-Identifier: MIT */
/* SP810 PrimeXsys system controller (ARM DDI 0254): modes, clocks, remap, watchdog gates. */
#ifndef MACHINE_DEVICE_SP810_H
#define MACHINE_DEVICE_SP810_H

#include <stdint.h>

#include "bus/device.h"

typedef struct SP810 {
    Device dev;

    uint32_t ctrl;       /* SCCTRL without its status fields */
    uint32_t imctrl;     /* SCIMCTRL */
    uint32_t imstat;     /* SCIMSTAT */
    uint32_t xtalctrl;   /* SCXTALCTRL */
    uint32_t pllctrl;    /* SCPLLCTRL */
    uint32_t pllfctrl;   /* SCPLLFCTRL */
    uint32_t perctrl[2]; /* SCPERCTRL0-1 */
    uint32_t peren;      /* SCPEREN */
} SP810;

extern const DeviceType sp810_type; /* output 0: a system reset is requested */

#endif
