/* SPDX-License-Identifier: MIT */
/* Word accesses to the registers of a device under test, as the bus makes them. */
#ifndef TESTS_UNIT_REGS_H
#define TESTS_UNIT_REGS_H

#include "bus/bus.h"
#include "tests/unit/tap.h"

static inline uint32_t reg_read(BusRegion *r, uint32_t offset)
{
    return bus_region_read(r, r->base + offset, 4);
}

static inline void reg_write(BusRegion *r, uint32_t offset, uint32_t value)
{
    bus_region_write(r, r->base + offset, value, 4);
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
