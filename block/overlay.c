/* SPDX-License-Identifier: MIT */
/* Clusters by number: a hash table that doubles when it has as many clusters as buckets. */
#include "block/overlay.h"

#include <stdlib.h>

#define FIRST_SIZE 256u

static OverlayCluster **bucket(const Overlay *o, uint64_t number)
{
    uint64_t mixed = number * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 over the golden ratio */
    return &o->buckets[(size_t)(mixed >> 32) & (o->size - 1)];
}

uint8_t *overlay_find(const Overlay *o, uint64_t number)
{
    if (o->count == 0) {
        return NULL;
    }
    for (OverlayCluster *c = *bucket(o, number); c; c = c->next) {
        if (c->number == number) {
            return c->bytes;
        }
    }
    return NULL;
}

/* Without memory for more buckets the chains get longer; only the first ones are a must. */
static void grow(Overlay *o)
{
    Overlay larger = { .size = o->size ? 2 * o->size : FIRST_SIZE, .count = o->count };
    larger.buckets = calloc(larger.size, sizeof *larger.buckets);
    if (!larger.buckets) {
        return;
    }
    for (size_t i = 0; i < o->size; i++) {
        for (OverlayCluster *c = o->buckets[i], *next; c; c = next) {
            OverlayCluster **head = bucket(&larger, c->number);
            next = c->next;
            c->next = *head;
            *head = c;
        }
    }
    free(o->buckets);
    *o = larger;
}

uint8_t *overlay_add(Overlay *o, uint64_t number)
{
    if (o->count == o->size) {
        grow(o);
    }
    OverlayCluster *c = o->size ? malloc(sizeof *c) : NULL;
    if (!c) {
        return NULL;
    }
    OverlayCluster **head = bucket(o, number);
    c->number = number;
    c->next = *head;
    *head = c;
    o->count++;
    return c->bytes;
}

void overlay_free(Overlay *o)
{
    for (size_t i = 0; i < o->size; i++) {
        for (OverlayCluster *c = o->buckets[i], *next; c; c = next) {
            next = c->next;
            free(c);
        }
    }
    free(o->buckets);
    *o = (Overlay){ 0 };
}
