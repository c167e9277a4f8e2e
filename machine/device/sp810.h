/* SPDX-License-Identifier: MIT */
/* SP810 PrimeXsys system controller (ARM DDI 0254): modes, clocks, remap, watchdog gates. */
#ifndef MACHINE_DEVICE_SP810_H
#define MACHINE_DEVICE_SP810_H

#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "bus/irq.h"

typedef struct SP810 {
    BusRegion region;
    Irq reset; /* raised when the guest asks for a system reset */

    uint32_t ctrl;       /* SCCTRL without its status fields */
    uint32_t imctrl;     /* SCIMCTRL */
    uint32_t imstat;     /* SCIMSTAT */
    uint32_t xtalctrl;   /* SCXTALCTRL */
    uint32_t pllctrl;    /* SCPLLCTRL */
    uint32_t pllfctrl;   /* SCPLLFCTRL */
    uint32_t perctrl[2]; /* SCPERCTRL0-1 */
    uint32_t peren;      /* SCPEREN */
} SP810;

extern const DeviceOps sp810_ops;

/* Prepares a system controller at `base`; to be reset before use. */
void sp810_init(SP810 *s, hwaddr base, Irq reset);

#endif
