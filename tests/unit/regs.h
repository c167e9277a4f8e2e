/* SPDX-License-Identifier: MIT */
/* Word accesses to the registers of a device under test, as the bus makes them. */
#ifndef TESTS_UNIT_REGS_H
#define TESTS_UNIT_REGS_H

#include <stdlib.h>
#include <string.h>

#include "bus/device.h"
#include "tests/unit/tap.h"

static inline uint32_t reg_read(BusRegion *r, uint32_t offset)
{
    return bus_region_read(r, r->base + offset, 4);
}

static inline void reg_write(BusRegion *r, uint32_t offset, uint32_t value)
{
    bus_region_write(r, r->base + offset, value, 4);
}

/* A device as its board makes it, with `value` for its Device, reset. */
static inline void device_start(Device *d, Device value)
{
    memset(d, 0, value.type->struct_size);
    *d = value;
    if (!device_realize(d)) {
        printf("Bail out! no memory for %s\n", d->name);
        exit(1);
    }
    d->type->reset(d);
}

/* Whether output 0 may still rise by itself. */
static inline bool device_pending(const Device *d)
{
    return d->type->can_raise(d, 0, false) & 1;
}

/* The PrimeCell identification registers: PeriphID as one number, then the cell ID. */
static inline void is_primecell(BusRegion *r, uint32_t periphid)
{
    uint32_t id = 0, cell = 0;
    for (uint32_t i = 0; i < 4; i++) {
        id |= reg_read(r, 0xfe0 + 4 * i) << 8 * i;
        cell |= reg_read(r, 0xff0 + 4 * i) << 8 * i;
    }
    is_u32(id, periphid, "PeriphID0-3");
    is_u32(cell, 0xb105f00d, "PCellID0-3");
}

#endif
