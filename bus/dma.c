/* SPDX-License-Identifier: MIT */
/* Accesses to guest memory by a device. */
#include "bus/dma.h"

#include <string.h>

#include "bus/pages.h"

/* The region at `addr`, and how many of n bytes it has; NULL: they cannot be accessed. */
static BusRegion *find(const Bus *bus, hwaddr addr, uint64_t n, bool write, size_t *part)
{
    BusRegion *r = bus_find(bus, addr);
    if (!r || !r->host || (write && !r->writable)) {
        return NULL;
    }
    hwaddr left = r->size - (addr - r->base);
    *part = (size_t)(n < left ? n : left);
    return r;
}

uint8_t *dma_map(const Bus *bus, hwaddr addr, uint64_t n, bool write, size_t *part)
{
    BusRegion *r = find(bus, addr, n, write, part);
    if (r && r->pages) {
        pages_prepare(r, addr - r->base, *part, write);
    }
    return r ? r->host + (addr - r->base) : NULL;
}

void dma_changed(Bus *bus, hwaddr addr, size_t n)
{
    BusRegion *r = bus_find(bus, addr);
    if (r) {
        bus_changed(bus, r, addr - r->base, n);
    }
}

bool dma_check(const Bus *bus, hwaddr addr, uint64_t n, bool write)
{
    for (size_t part; n > 0; n -= part, addr += part) {
        if (!find(bus, addr, n, write, &part)) {
            return false;
        }
    }
    return true;
}

bool dma_read(Bus *bus, hwaddr addr, void *bytes, size_t n)
{
    uint8_t *to = bytes;
    for (size_t part; n > 0; n -= part, addr += part, to += part) {
        const uint8_t *from = dma_map(bus, addr, n, false, &part);
        if (!from) {
            return false;
        }
        memcpy(to, from, part);
    }
    return true;
}

bool dma_write(Bus *bus, hwaddr addr, const void *bytes, size_t n)
{
    const uint8_t *from = bytes;
    for (size_t part; n > 0; n -= part, addr += part, from += part) {
        uint8_t *to = dma_map(bus, addr, n, true, &part);
        if (!to) {
            return false;
        }
        memcpy(to, from, part);
        dma_changed(bus, addr, part);
    }
    return true;
}
