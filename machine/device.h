/* SPDX-License-Identifier: MIT */
/* What every device is to its board: a name, a reset, declared state, and a place in the device
 * tree. */
#ifndef MACHINE_DEVICE_H
#define MACHINE_DEVICE_H

#include "util/vmstate.h"

typedef struct Fdt Fdt;

typedef struct DeviceOps {
    const char *name;
    void (*reset)(void *dev);               /* power-on and system reset alike */
    const VMField *state;                   /* the table of util/vmstate.h */
    void (*fdt)(const void *dev, Fdt *fdt); /* appends the device's own node; NULL: not described */
} DeviceOps;

#endif
