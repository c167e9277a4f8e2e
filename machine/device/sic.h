/* SPDX-License-Identifier: MIT */
/* The Versatile boards' secondary interrupt controller (ARM DUI 0225 section 4.11 and DUI 0224
 * section 3.10): 32 inputs, one combined output, and inputs 21-30 that can be passed straight on to
 * the primary controller. */
#ifndef MACHINE_DEVICE_SIC_H
#define MACHINE_DEVICE_SIC_H

#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "bus/irq.h"

#define SIC_INPUTS    32
#define SIC_PASS_MASK UINT32_C(0x7fe00000) /* inputs that have a way past the controller */

typedef struct Sic {
    BusRegion region;
    FdtIrq fdt_irq;       /* where the combined output goes */
    Irq irq;              /* the combined output */
    Irq pass[SIC_INPUTS]; /* the direct outputs; used where SIC_PASS_MASK has a bit */

    uint32_t level;      /* the inputs; bit 0 is the software interrupt */
    uint32_t enable;     /* SIC_ENABLE */
    uint32_t pic_enable; /* SIC_PICENABLE */
} Sic;

extern const DeviceOps sic_ops;

/* Prepares a controller at `base` with output `irq`, pass-through outputs not connected (fill in
 * pass[]); to be reset before use. */
void sic_init(Sic *s, hwaddr base, Irq irq);

/* Input n = 1..31, active high, level sensitive. */
Irq sic_input(Sic *s, unsigned n);

#endif
