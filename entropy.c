/* SPDX-License-Identifier: MIT */
/* Random bytes for the guest. */
#include "entropy.h"

#include "host/host.h"
#include "util/rand.h"

static bool seeded;
static bool counted; /* under -icount: saved state goes on with the same bytes */
static Rand generator;

void entropy_init(const Options *o)
{
    counted = o->icount;
    seeded = o->seed_given || counted;
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

void entropy_save(VMWriter *w)
{
    size_t begin = vmstate_begin(w, "random", NULL);
    vmstate_put(w, counted, 1);
    for (unsigned i = 0; i < 4; i++) {
        vmstate_put(w, generator.s[i], 8);
    }
    vmstate_end(w, begin);
}

bool entropy_load(VMReader *r)
{
    size_t outside;
    Rand saved;
    if (!vmstate_enter(r, "random", NULL, &outside)) {
        return false;
    }
    bool go_on = vmstate_get(r, 1) != 0 && counted;
    for (unsigned i = 0; i < 4; i++) {
        saved.s[i] = vmstate_get(r, 8);
    }
    generator = go_on ? saved : generator;
    return vmstate_leave(r, "random", outside);
}
