/* SPDX-License-Identifier: MIT */
/* Accesses to guest memory by a device. */
#include "bus/dma.h"

#include <string.h>

/* The region with bytes at `addr`, and how many of n bytes from there are in it; NULL: none. */
static BusRegion *find(const Bus *bus, hwaddr addr, size_t n, size_t *part)
{
    BusRegion *r = bus_find(bus, addr);
    if (!r || !r->host) {
        return NULL;
    }
    hwaddr left = r->size - (addr - r->base);
    *part = n < left ? n : (size_t)left;
    return r;
}

bool dma_read(Bus *bus, hwaddr addr, void *bytes, size_t n)
{
    uint8_t *to = bytes;
    for (size_t part; n > 0; n -= part, addr += part, to += part) {
        const BusRegion *r = find(bus, addr, n, &part);
        if (!r) {
            return false;
        }
        memcpy(to, r->host + (addr - r->base), part);
    }
    return true;
}

bool dma_write(Bus *bus, hwaddr addr, const void *bytes, size_t n)
{
    const uint8_t *from = bytes;
    for (size_t part; n > 0; n -= part, addr += part, from += part) {
        BusRegion *r = find(bus, addr, n, &part);
        if (!r || !r->writable) {
            return false;
        }
        memcpy(r->host + (addr - r->base), from, part);
        bus_changed(bus, r, addr - r->base, part);
    }
    return true;
}
