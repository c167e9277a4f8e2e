/* SPDX-License-Identifier: MIT */
/* The Versatile boards' secondary interrupt controller (ARM DUI 0225 section 4.11 and DUI 0224
 * section 3.10): 32 inputs and one combined output. Inputs 21-30 can be passed on to the primary
 * controller directly. */
#ifndef MACHINE_DEVICE_SIC_H
#define MACHINE_DEVICE_SIC_H

#include <stdint.h>

#include "bus/device.h"

#define SIC_PASS   21 /* the first input that can be passed on */
#define SIC_PASSES 10

typedef struct Sic {
    Device dev;

    uint32_t level;      /* the inputs; bit 0 is the software interrupt */
    uint32_t enable;     /* SIC_ENABLE */
    uint32_t pic_enable; /* SIC_PICENABLE */
} Sic;

/* Outputs: the combined one, then inputs 21 to 30. Inputs 1 to 31 are active high levels. */
extern const DeviceType sic_type;

#endif
