/* SPDX-License-Identifier: MIT */
/* The physical address map, between CPUs and devices.
 *
 * A region is RAM, ROM or a device's registers. A TLB entry belongs to one region, so a region is
 * whole pages (4 KiB). Registers may also be a window within a page: the bus makes a region, a
 * bank, for all windows of a page. Where nothing is mapped, reads return 0 and writes are lost, as
 * on QEMU's versatilepb; both are logged under `-d unimp`. */
#ifndef BUS_BUS_H
#define BUS_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/bytes.h"

typedef uint64_t hwaddr; /* a physical address; 32 bits on ARMv5, up to 40 with LPAE */

#define BUS_PAGE_BITS   12
#define BUS_PAGE_SIZE   (1u << BUS_PAGE_BITS)
#define BUS_MAX_REGIONS 64
#define BUS_MAX_PIECES  32
#define BUS_MAX_MEMORY  (UINT32_C(1) << BUS_MEMORY_BITS) /* bytes of bus_init_arena() */

/* At most 31, for 1792 MiB of RAM, 128 MiB of flash and the tables of two CPUs. When a CPU starts,
 * the engine writes 1/256 of the bound: 2 MiB with 29, 8 MiB with 31. */
#if !defined(BUS_MEMORY_BITS)
#define BUS_MEMORY_BITS 29
#endif

typedef struct Bus Bus;
typedef struct BusPages BusPages; /* bus/pages.h */

typedef struct BusRegion {
    const char *name;
    hwaddr base;
    hwaddr size; /* bytes: whole pages; or a window of registers, within one page */
    /* Registers: `offset` is from base and aligned to `size`, 1, 2 or 4 bytes. The value is in the
     * low bits; bits of a read above the size are ignored. NULL for RAM; a ROM has only write(). */
    uint32_t (*read)(void *opaque, uint32_t offset, unsigned size);
    void (*write)(void *opaque, uint32_t offset, uint32_t value, unsigned size);
    void *opaque;
    uint8_t *host;   /* the bytes of RAM or ROM, from bus_alloc(); NULL for registers. pages_read()
                      * or pages_write() goes before any use of them */
    BusPages *pages; /* NULL: all of them are there, and may be written */
    bool direct; /* reads and instruction fetches access host[] directly (RAM, ROM in read mode) */
    bool writable;       /* so do writes (RAM) */
    bool unimplemented;  /* accesses are logged under `-d unimp` */
    void **code;         /* with host[], one per page: the listener's data, NULL at first */
    unsigned code_pages; /* pages with such data */
    struct BusRegion *windows, *next; /* a bank's list of windows */
    uint64_t translated; /* guest instructions translated from it: statistics of the engine */
} BusRegion;

struct Bus {
    BusRegion *regions[BUS_MAX_REGIONS]; /* sorted by base, no overlap */
    unsigned count;
    void *allocated;
    uint8_t *memory, *next; /* whole pages; those from `next` on are free */
    size_t left;            /* bytes that are free */
    unsigned pieces;        /* bus_alloc() calls */
    /* The listener is the CPU's engine. changed(): a device or a loader has changed bytes, of which
     * there may be translations (flash programming, a loaded image). remapped(): a region's
     * `direct` has changed (flash enters or leaves read mode). */
    void (*changed)(void *opaque, BusRegion *r, hwaddr offset, hwaddr size);
    void (*remapped)(void *opaque, BusRegion *r);
    void *listener;
};

/* Allocates the memory for all calls of bus_alloc(), zeroed. It is one allocation, so that the
 * engine can address any byte of it by 32 bits. False: no memory, or more than BUS_MAX_MEMORY. */
bool bus_init_arena(Bus *bus, size_t size);

/* The next `size` bytes, in whole pages, page-aligned. NULL: too little is free, or BUS_MAX_PIECES
 * calls were made. */
void *bus_alloc(Bus *bus, size_t size);

/* Frees the memory of a bus, with everything from bus_alloc(), and its regions' `code` and `pages`.
 */
void bus_free(Bus *bus);

/* Adds a region, which the caller owns and which must outlive the bus. False: it overlaps another,
 * is neither whole pages nor a window, or has bytes that are not from bus_alloc(); there are too
 * many regions; or the host has no memory. */
bool bus_map(Bus *bus, BusRegion *region);

/* The region at a physical address, for windows their bank; NULL: nothing is mapped. */
BusRegion *bus_find(const Bus *bus, hwaddr addr);

/* An access of 1, 2, 4 or 8 bytes, naturally aligned (8 bytes: to 4), little-endian. `addr` is
 * absolute; `r` is bus_find(addr), which may be NULL. An access of 8 bytes is two of 4, the lower
 * address first, as in QEMU. */
uint64_t bus_region_read(BusRegion *r, hwaddr addr, unsigned size);
void bus_region_write(BusRegion *r, hwaddr addr, uint64_t value, unsigned size);

/* Copies bytes into RAM or ROM, writable or not. False, with nothing written, if [addr, addr + n)
 * is not within one such region. */
bool bus_load(Bus *bus, hwaddr addr, const void *bytes, size_t n);

/* The host address of guest bytes [addr, addr + n), to be read; NULL if they are not within one
 * region of RAM or ROM.
 */
uint8_t *bus_host(const Bus *bus, hwaddr addr, size_t n);

/* A device tells the listener that its bytes, or its region's `direct`, have changed. */
void bus_changed(Bus *bus, BusRegion *r, hwaddr offset, hwaddr size);
void bus_remapped(Bus *bus, BusRegion *r);

#endif
