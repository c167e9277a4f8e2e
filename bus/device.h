/* SPDX-License-Identifier: MIT */
/* What every device is to its board: a name, a reset, declared state, and a place in the device
 * tree. */
#ifndef BUS_DEVICE_H
#define BUS_DEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/vmstate.h"

typedef struct Fdt Fdt;

typedef struct DeviceOps {
    const char *name;
    void (*reset)(void *dev);               /* power-on and system reset alike */
    const VMField *state;                   /* the table of util/vmstate.h */
    void (*fdt)(const void *dev, Fdt *fdt); /* appends the device's own node; NULL: not described */
    /* The state has been loaded: makes the rest agree with it (timers that are no field, how the
     * region answers). Lines are not driven: each listener loads its inputs itself. False: the
     * state cannot be. NULL: there is nothing to do. */
    bool (*loaded)(void *dev);
    /* Memory of the device's own; NULL: it has none. */
    void (*save_memory)(const void *dev, VMWriter *w);
    bool (*load_memory)(void *dev, VMReader *r);
} DeviceOps;

/* The phandles that device nodes refer to; each board's tree has a node for each of them. */
enum {
    FDT_INTC = 1, /* the interrupt controller that serves the CPU */
    FDT_INTC2,    /* the one cascaded from it */
    FDT_XTAL24M,  /* 24 MHz crystal */
    FDT_TIMCLK,   /* clock of the timers */
    FDT_PCLK,     /* clock of the APB bus */
};

/* Where a device's interrupt goes, for its node: the board sets it beside the wire itself. */
typedef struct FdtIrq {
    uint32_t intc;  /* phandle: FDT_INTC or FDT_INTC2 */
    uint32_t input; /* which input there */
} FdtIrq;

/* The eight identification registers that every PrimeCell has at 0xfe0-0xffc: the byte at `offset`
 * for a cell whose PeriphID0-3 are the bytes of `periphid` (part number in bits 11:0, designer in
 * 19:12, revision in 23:20, configuration in 31:24). */
#define PRIMECELL_ID_FIRST 0xfe0u
uint32_t primecell_id(uint32_t periphid, uint32_t offset);

/* An access where a device has no register (that can be written): logged under `-d guest_errors`. A
 * read gives 0. */
uint32_t device_bad_read(const char *device, uint32_t offset);
void device_bad_write(const char *device, uint32_t offset, uint32_t value);

#endif
