/* SPDX-License-Identifier: MIT */
/* PL190 vectored interrupt controller (ARM DDI 0181): 32 inputs, an IRQ and a FIQ output. */
#ifndef MACHINE_DEVICE_PL190_H
#define MACHINE_DEVICE_PL190_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"

#define PL190_VECTORS  16
#define PL190_DEFAULT  PL190_VECTORS       /* priority of inputs without a vector: the lowest */
#define PL190_IDLE     (PL190_DEFAULT + 1) /* no interrupt is being serviced */
#define PL190_MAX_NEST (PL190_DEFAULT + 1) /* one of each priority */

enum { PL190_IRQ, PL190_FIQ }; /* the outputs */

typedef struct PL190 {
    Device dev;

    uint32_t level;                        /* the inputs */
    uint32_t soft;                         /* VICSOFTINT */
    uint32_t enable;                       /* VICINTENABLE */
    uint32_t select;                       /* VICINTSELECT: 1 FIQ, 0 IRQ */
    uint32_t protect;                      /* VICPROTECTION */
    uint32_t itcr;                         /* VICITCR */
    uint32_t vect_addr[PL190_VECTORS + 1]; /* VICVECTADDR0-15, then VICDEFVECTADDR */
    uint32_t vect_cntl[PL190_VECTORS];     /* VICVECTCNTL0-15 */
    /* The priorities being serviced, lowest first. */
    uint8_t nest[PL190_MAX_NEST];
    uint8_t nested;
} PL190;

/* Inputs 0 to 31 are active high, level sensitive. */
extern const DeviceType pl190_type;

#endif
