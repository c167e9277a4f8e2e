/* SPDX-License-Identifier: MIT */
/* What was written to an image with snapshot=on: clusters in memory, found by their number. */
#ifndef BLOCK_OVERLAY_H
#define BLOCK_OVERLAY_H

#include <stddef.h>
#include <stdint.h>

#define OVERLAY_CLUSTER 4096u /* bytes */

typedef struct OverlayCluster {
    struct OverlayCluster *next; /* in its bucket */
    uint64_t number;
    uint8_t bytes[OVERLAY_CLUSTER];
} OverlayCluster;

/* A hash table, empty when zeroed. */
typedef struct Overlay {
    OverlayCluster **buckets;
    size_t size; /* number of buckets: 0 or a power of two */
    size_t count;
} Overlay;

/* The bytes of a cluster; NULL: there is no such cluster. */
uint8_t *overlay_find(const Overlay *o, uint64_t number);

/* Adds a cluster that is not there yet. Returns its bytes, not initialised; NULL: no memory. */
uint8_t *overlay_add(Overlay *o, uint64_t number);

void overlay_free(Overlay *o);

#endif
