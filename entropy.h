/* SPDX-License-Identifier: MIT */
/* Random bytes for the guest: /chosen/rng-seed, hardware random number generators. They come from
 * the host, or, where runs must be equal, from a generator with a known seed. */
#ifndef ENTROPY_H
#define ENTROPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "util/vmstate.h"

/* Chooses the source: the generator with -seed and with -icount, else the host. */
void entropy_init(const Options *o);

/* Fills in n random bytes. False: the host has none. */
bool entropy_bytes(uint8_t *bytes, size_t n);

/* Save and load the generator. Only under -icount does a loaded state go on with the same bytes:
 * elsewhere each machine that goes on from it gets bytes of its own. */
void entropy_save(VMWriter *w);
bool entropy_load(VMReader *r);

#endif
