/* SPDX-License-Identifier: MIT */
/* Random bytes for the guest. */
#include "entropy.h"

#include "host/host.h"

void entropy_init(Entropy *e, const Options *o)
{
    e->counted = o->icount;
    e->seeded = o->seed_given || e->counted;
    rand_init(&e->generator, o->seed);
}

bool entropy_bytes(void *opaque, uint8_t *bytes, size_t n)
{
    Entropy *e = opaque;
    if (!e->seeded) {
        return host_random(bytes, n);
    }
    rand_bytes(&e->generator, bytes, n);
    return true;
}

void entropy_save(const Entropy *e, VMWriter *w)
{
    size_t begin = vmstate_begin(w, "random", NULL);
    vmstate_put(w, e->counted, 1);
    for (unsigned i = 0; i < 4; i++) {
        vmstate_put(w, e->generator.s[i], 8);
    }
    vmstate_end(w, begin);
}

bool entropy_load(Entropy *e, VMReader *r)
{
    size_t outside;
    Rand saved;
    if (!vmstate_enter(r, "random", NULL, &outside)) {
        return false;
    }
    bool go_on = vmstate_get(r, 1) != 0 && e->counted;
    for (unsigned i = 0; i < 4; i++) {
        saved.s[i] = vmstate_get(r, 8);
    }
    e->generator = go_on ? saved : e->generator;
    return vmstate_leave(r, "random", outside);
}
