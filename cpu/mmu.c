/* SPDX-License-Identifier: MIT */
/* What the formats of translation tables share: they lie in physical memory, of up to 64 bits of
 * address. */
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
