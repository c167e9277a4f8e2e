/* SPDX-License-Identifier: MIT */
/* Accesses by address, as a CPU without an MMU makes them. */
#ifndef TESTS_UNIT_BUS_ACCESS_H
#define TESTS_UNIT_BUS_ACCESS_H

#include "bus/bus.h"

static inline uint32_t bus_read(Bus *bus, hwaddr addr, unsigned size)
{
    return (uint32_t)bus_region_read(bus_find(bus, addr), addr, size);
}

/* The engine is told when memory changes. */
static inline void bus_write(Bus *bus, hwaddr addr, uint32_t value, unsigned size)
{
    BusRegion *r = bus_find(bus, addr);
    bus_region_write(r, addr, value, size);
    if (r && r->writable) {
        bus_changed(bus, r, addr - r->base, size);
    }
}

#endif
