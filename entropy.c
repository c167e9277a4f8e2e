/* SPDX-License-Identifier: MIT */
/* Random bytes for the guest. */
#include "entropy.h"

#include "host/host.h"
#include "util/rand.h"

static bool seeded;
static Rand generator;

void entropy_init(const Options *o)
{
    seeded = o->seed_given || o->icount;
    rand_init(&generator, o->seed);
}

bool entropy_bytes(uint8_t *bytes, size_t n)
{
    if (!seeded) {
        return host_random(bytes, n);
    }
    rand_bytes(&generator, bytes, n);
    return true;
}
