/* SPDX-License-Identifier: MIT */
/* Random bytes for the guest: /chosen/rng-seed, hardware random number generators. They come from
 * the host, or, where runs must be equal, from a generator with a known seed. */
#ifndef ENTROPY_H
#define ENTROPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "util/rand.h"
#include "util/vmstate.h"

typedef struct Entropy {
    bool seeded;  /* they come from the generator */
    bool counted; /* under -icount: saved state goes on with the same bytes */
    Rand generator;
} Entropy;

/* Chooses the source: the generator with -seed and with -icount, else the host. */
void entropy_init(Entropy *e, const Options *o);

/* Fills in n random bytes; `opaque` is the Entropy. False: the host has none. */
bool entropy_bytes(void *opaque, uint8_t *bytes, size_t n);

/* Save and load the generator. Only under -icount does a loaded state go on with the same bytes:
 * elsewhere each machine that goes on from it gets bytes of its own. */
void entropy_save(const Entropy *e, VMWriter *w);
bool entropy_load(Entropy *e, VMReader *r);

#endif
