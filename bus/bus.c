/* SPDX-License-Identifier: MIT */
/* The physical address map. */
#include "bus/bus.h"

#include <stdlib.h>
#include <string.h>

#include "bus/pages.h"
#include "util/log.h"

/* AddressSanitizer knows the end of the allocation, but not of each bus_alloc(): a poisoned page
 * follows each of those. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GUARD BUS_PAGE_SIZE
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define GUARD BUS_PAGE_SIZE
#endif
#if defined(GUARD)
void __asan_poison_memory_region(void const volatile *start, size_t size);
#define POISON(start, size) __asan_poison_memory_region(start, size)
#else
#define GUARD               0u
#define POISON(start, size) (void)(start)
#endif

bool bus_init_arena(Bus *bus, size_t size)
{
    size_t guards = (size_t)BUS_MAX_PIECES * GUARD;
    if (size > BUS_MAX_MEMORY - guards) {
        return false;
    }
    bus->allocated = calloc(1, size + guards + BUS_PAGE_SIZE - 1);
    if (!bus->allocated) {
        return false;
    }
    uintptr_t in_page = (uintptr_t)bus->allocated & (BUS_PAGE_SIZE - 1);
    bus->memory = (uint8_t *)bus->allocated + (in_page ? BUS_PAGE_SIZE - in_page : 0);
    bus->next = bus->memory;
    bus->left = size;
    bus->pieces = 0;
    return true;
}

void *bus_alloc(Bus *bus, size_t size)
{
    if (size > bus->left || size % BUS_PAGE_SIZE != 0 || bus->pieces == BUS_MAX_PIECES) {
        return NULL;
    }
    uint8_t *piece = bus->next;
    POISON(piece + size, GUARD);
    bus->next += size + GUARD;
    bus->left -= size;
    bus->pieces++;
    return piece;
}

void bus_free(Bus *bus)
{
    for (unsigned i = 0; i < bus->count; i++) {
        BusRegion *r = bus->regions[i];
        pages_free(r);
        free(r->code);
        r->code = NULL;
        r->code_pages = 0;
        if (r->windows) {
            free(r);
        }
    }
    bus->count = 0;
    free(bus->allocated);
    bus->allocated = bus->memory = bus->next = NULL;
    bus->left = 0;
    bus->pieces = 0;
}

static bool has_memory(const Bus *bus, const BusRegion *r)
{
    uintptr_t offset = (uintptr_t)r->host - (uintptr_t)bus->memory;
    size_t taken = bus->pieces > 0 ? (size_t)(bus->next - bus->memory) - GUARD : 0;
    return offset % BUS_PAGE_SIZE == 0 && offset < taken && r->size <= taken - offset;
}

static BusRegion *find_window(const BusRegion *bank, hwaddr addr)
{
    BusRegion *window = bank->windows;
    while (window && addr - window->base >= window->size) {
        window = window->next;
    }
    return window;
}

static uint32_t bank_read(void *opaque, uint32_t offset, unsigned size)
{
    const BusRegion *bank = opaque;
    hwaddr addr = bank->base + offset;
    return (uint32_t)bus_region_read(find_window(bank, addr), addr, size);
}

static void bank_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    const BusRegion *bank = opaque;
    hwaddr addr = bank->base + offset;
    bus_region_write(find_window(bank, addr), addr, value, size);
}

/* Adds a window of registers to its page's bank; the first window makes the bank. */
static bool map_window(Bus *bus, BusRegion *window)
{
    hwaddr page = window->base & ~(hwaddr)(BUS_PAGE_SIZE - 1);
    BusRegion *bank = bus_find(bus, page);
    if (window->base - page + window->size > BUS_PAGE_SIZE || (bank && !bank->windows)) {
        return false;
    }
    for (const BusRegion *w = bank ? bank->windows : NULL; w; w = w->next) {
        if (w->base < window->base + window->size && window->base < w->base + w->size) {
            return false;
        }
    }
    if (!bank) {
        bank = calloc(1, sizeof *bank);
        if (!bank) {
            return false;
        }
        *bank = (BusRegion){ .name = "bank",
                             .base = page,
                             .size = BUS_PAGE_SIZE,
                             .read = bank_read,
                             .write = bank_write,
                             .opaque = bank };
        if (!bus_map(bus, bank)) {
            free(bank);
            return false;
        }
    }
    window->next = bank->windows;
    bank->windows = window;
    return true;
}

bool bus_map(Bus *bus, BusRegion *region)
{
    if (!region->host && region->size != 0 &&
        ((region->base | region->size) & (BUS_PAGE_SIZE - 1)) != 0) {
        return map_window(bus, region);
    }
    if (bus->count == BUS_MAX_REGIONS || region->size == 0 ||
        ((region->base | region->size) & (BUS_PAGE_SIZE - 1)) != 0 ||
        (region->host && !has_memory(bus, region))) {
        return false;
    }
    unsigned at = 0;
    while (at < bus->count && bus->regions[at]->base < region->base) {
        at++;
    }
    if (at > 0) {
        const BusRegion *before = bus->regions[at - 1];
        if (before->base + before->size > region->base) {
            return false;
        }
    }
    if (at < bus->count && region->base + region->size > bus->regions[at]->base) {
        return false;
    }
    if (region->host) {
        /* Allocated here, so that a running machine never needs memory. */
        region->code = calloc((size_t)(region->size >> BUS_PAGE_BITS), sizeof *region->code);
        if (!region->code) {
            return false;
        }
    }
    memmove(&bus->regions[at + 1], &bus->regions[at], (bus->count - at) * sizeof bus->regions[0]);
    bus->regions[at] = region;
    bus->count++;
    return true;
}

BusRegion *bus_find(const Bus *bus, hwaddr addr)
{
    /* The first region is RAM, and most accesses are to RAM. */
    if (bus->count > 0 && addr - bus->regions[0]->base < bus->regions[0]->size) {
        return bus->regions[0];
    }
    unsigned low = 0, high = bus->count;
    while (low < high) {
        unsigned mid = (low + high) / 2;
        BusRegion *r = bus->regions[mid];
        if (addr < r->base) {
            high = mid;
        } else if (addr - r->base >= r->size) {
            low = mid + 1;
        } else {
            return r;
        }
    }
    return NULL;
}

static void log_stray(const BusRegion *r, const char *what, hwaddr addr, unsigned size)
{
    if (log_on(LOG_UNIMP)) {
        log_printf("%s: %u-byte %s at 0x%08lx\n", r ? r->name : "nothing mapped", size, what,
                   (unsigned long)addr);
    }
}

uint64_t bus_region_read(BusRegion *r, hwaddr addr, unsigned size)
{
    if (size == 8) {
        uint64_t low = bus_region_read(r, addr, 4);
        return low | bus_region_read(r, addr + 4, 4) << 32;
    }
    if (!r || r->unimplemented) {
        log_stray(r, "read", addr, size);
        return 0;
    }
    uint32_t offset = (uint32_t)(addr - r->base);
    if (r->direct) {
        pages_read(r, offset, size);
        return ldn_p(r->host + offset, size);
    }
    return r->read(r->opaque, offset, size);
}

void bus_region_write(BusRegion *r, hwaddr addr, uint64_t value64, unsigned size)
{
    uint32_t value = (uint32_t)value64;
    if (size == 8) {
        bus_region_write(r, addr, value, 4);
        bus_region_write(r, addr + 4, value64 >> 32, 4);
        return;
    }
    if (!r || r->unimplemented) {
        log_stray(r, "write", addr, size);
        return;
    }
    uint32_t offset = (uint32_t)(addr - r->base);
    if (r->writable) {
        pages_write(r, offset, size);
        stn_p(r->host + offset, size, value);
    } else if (r->write) {
        r->write(r->opaque, offset, value, size);
    }
}

uint8_t *bus_host(const Bus *bus, hwaddr addr, size_t n)
{
    BusRegion *r = bus_find(bus, addr);
    if (!r || !r->host || n > r->size - (addr - r->base)) {
        return NULL;
    }
    pages_read(r, addr - r->base, n);
    return r->host + (addr - r->base);
}

bool bus_load(Bus *bus, hwaddr addr, const void *bytes, size_t n)
{
    uint8_t *to = bus_host(bus, addr, n);
    if (!to) {
        return false;
    }
    BusRegion *r = bus_find(bus, addr);
    pages_write(r, addr - r->base, n);
    memcpy(to, bytes, n);
    bus_changed(bus, r, addr - r->base, n);
    return true;
}

void bus_changed(Bus *bus, BusRegion *r, hwaddr offset, hwaddr size)
{
    if (bus->changed) {
        bus->changed(bus->listener, r, offset, size);
    }
}

void bus_remapped(Bus *bus, BusRegion *r)
{
    if (bus->remapped) {
        bus->remapped(bus->listener, r);
    }
}
