/* SPDX-License-Identifier: MIT */
/* The saved form of memory: pages that are not zero, packed in groups, each of which is unpacked
 * when a page of it is used. */
#ifndef BUS_PACKED_H
#define BUS_PACKED_H

#include "bus/bus.h"
#include "util/vmstate.h"

typedef struct Packed Packed;

/* Appends a region's memory: which pages there are to w, the packed pages to w->memory. */
void packed_save(BusRegion *r, VMWriter *w);

/* Reads it for a region. NULL: r->why says why. */
Packed *packed_load(VMReader *r, BusRegion *region);

/* From now on the region has that memory. The bytes that r->memory was must stay where they are
 * until the region gets other memory or its bus is freed. `zeroed`: it has only zeros yet. */
void packed_install(Bus *bus, BusRegion *region, Packed *p, bool zeroed);

/* Frees what packed_load() returned, if it was not installed; NULL is allowed. */
void packed_free(Packed *p);

#endif
