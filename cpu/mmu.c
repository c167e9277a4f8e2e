/* SPDX-License-Identifier: MIT */
/* Common to the formats of translation tables, which are in physical memory. */
#include "cpu/mmu.h"

bool arm_read_descriptor(const ARMCPU *cpu, hwaddr addr, unsigned size, uint64_t *descriptor)
{
    BusRegion *r = bus_find(cpu->bus, addr);
    if (!r) {
        return false;
    }
    *descriptor = bus_region_read(r, addr, size);
    return true;
}
