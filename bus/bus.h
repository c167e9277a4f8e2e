/* SPDX-License-Identifier: MIT */
/* The physical address map: what a CPU and a device both know.
 *
 * A region is RAM, ROM or a device's registers. A TLB entry resolves to one region, so that a
 * region is whole pages (4 KiB); registers may also be a window within a page, and windows in the
 * same page are found through a region that the bus makes for them, a bank. Where nothing is
 * mapped, reads give 0 and writes are lost (as QEMU's versatilepb does), both logged under `-d
 * unimp`. */
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
#define BUS_MAX_MEMORY  (UINT32_C(1) << 29) /* bytes of bus_init_arena() */

typedef struct Bus Bus;

typedef struct BusRegion {
    const char *name;
    hwaddr base;
    hwaddr size; /* bytes: whole pages; or a window of registers, within one page */
    /* Registers: offset is from base, size 1, 2 or 4 bytes; naturally aligned. The value is in the
     * low bits; a read's bits above the size are ignored. NULL for plain RAM. A ROM has only
     * write(). */
    uint32_t (*read)(void *opaque, uint32_t offset, unsigned size);
    void (*write)(void *opaque, uint32_t offset, uint32_t value, unsigned size);
    void *opaque;
    uint8_t *host; /* the bytes of RAM or ROM, from bus_alloc(); NULL for registers */
    bool direct;   /* reads and instruction fetches take host[] directly (RAM, ROM in read mode) */
    bool writable; /* writes, too (RAM) */
    bool unimplemented; /* stands for hardware that is not there: accesses are logged under `-d
                         * unimp`
                         */
    void **code;        /* [size / BUS_PAGE_SIZE] where there is host[]: the listener's note on each
                         * page, NULL at first */
    unsigned code_pages;              /* that the listener has such a note on */
    struct BusRegion *windows, *next; /* a bank's list of windows */
    uint64_t translated; /* guest instructions translated from here, the engine's statistics */
} BusRegion;

struct Bus {
    BusRegion *regions[BUS_MAX_REGIONS]; /* sorted by base, no overlap */
    unsigned count;
    void *allocated;
    uint8_t *memory, *next; /* whole pages; what is not taken yet starts at `next` */
    size_t left;            /* bytes that may still be taken */
    unsigned pieces;        /* that were taken */
    /* The listener (the CPU's engine): bytes that it may hold translations of have changed behind
     * its back (flash programming, an image loaded); the way a region answers, `direct`, has
     * changed (flash left read mode). */
    void (*changed)(void *opaque, BusRegion *r, hwaddr offset, hwaddr size);
    void (*remapped)(void *opaque, BusRegion *r);
    void *listener;
};

/* Allocates the memory of a bus, zeroed: all that bus_alloc() will ever give. It is one piece, so
 * that the engine can tell any byte of it by 32 bits. False: no memory, or more than
 * BUS_MAX_MEMORY. */
bool bus_init_arena(Bus *bus, size_t size);

/* The next `size` bytes, in whole pages, aligned to pages; NULL: less is left, or BUS_MAX_PIECES
 * were taken. */
void *bus_alloc(Bus *bus, size_t size);

/* Frees the memory of a bus and its regions' `code`; nothing may be used that was taken of it. */
void bus_free(Bus *bus);

/* Adds a region; false if it overlaps another, is neither whole pages nor a window, has bytes that
 * are not the bus's, there are too many, or the host has no memory for its `code` or bank. The
 * region stays the caller's and must outlive the bus. */
bool bus_map(Bus *bus, BusRegion *region);

/* The region at a physical address, or NULL; for windows it is their bank. */
BusRegion *bus_find(const Bus *bus, hwaddr addr);

/* An access of 1, 2, 4 or 8 bytes, naturally aligned (8 bytes: to 4), as the CPU's bus interface
 * makes it (little endian). `addr` is absolute; `r` is bus_find()'s, NULL where nothing is mapped.
 * Registers have 32 bits at most: 8 bytes are two accesses of 4, the lower address first, as QEMU
 * makes them. */
uint64_t bus_region_read(BusRegion *r, hwaddr addr, unsigned size);
void bus_region_write(BusRegion *r, hwaddr addr, uint64_t value, unsigned size);

/* Copies bytes into RAM or ROM at power-on or load time, whatever read-only means to the guest.
 * False if [addr, addr + n) is not all in regions with bytes; nothing is written then. */
bool bus_load(Bus *bus, hwaddr addr, const void *bytes, size_t n);

/* The host's pointer to guest RAM/ROM bytes [addr, addr + n), or NULL if they are not in one such
 * region. */
uint8_t *bus_host(const Bus *bus, hwaddr addr, size_t n);

/* For a device whose bytes have changed, or its region's `direct`: tell the listener. */
void bus_changed(Bus *bus, BusRegion *r, hwaddr offset, hwaddr size);
void bus_remapped(Bus *bus, BusRegion *r);

#endif
