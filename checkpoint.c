/* SPDX-License-Identifier: MIT */
/* States of a run that are kept in memory. */
#include "checkpoint.h"

#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "snapshot.h"

static void free_one(Checkpoint *c)
{
    pages_forget(&c->log);
    free(c->state.bytes);
    free(c);
}

/* Room for one more. */
static bool grow(Checkpoints *c)
{
    if (c->count == c->size) {
        size_t size = 2 * c->size + 8;
        Checkpoint **list = realloc(c->list, size * sizeof *list);
        if (!list) {
            return false;
        }
        c->list = list;
        c->size = size;
    }
    return true;
}

bool checkpoint_take(Run *r, Checkpoints *c)
{
    Checkpoint *new = grow(c) ? calloc(1, sizeof *new) : NULL;
    if (!new) {
        return false;
    }
    snapshot_save_state(r, &new->state);
    if (new->state.failed || !pages_log(&r->machine->bus, &new->log)) {
        free_one(new);
        return false;
    }
    c->list[c->count++] = new;
    return true;
}

bool checkpoint_restore(Run *r, Checkpoints *c, size_t n)
{
    for (size_t i = n; i < c->count; i++) {
        if (c->list[i]->log.failed) {
            checkpoint_free(r, c);
            return false;
        }
    }
    while (c->count > n + 1) {
        Checkpoint *last = c->list[--c->count];
        pages_undo(&r->machine->bus, &last->log);
        free_one(last);
    }
    pages_undo(&r->machine->bus, &c->list[n]->log);
    const VMWriter *state = &c->list[n]->state;
    VMReader reader = { .bytes = state->bytes, .left = state->len, .fresh = true };
    return snapshot_load_state(r, &reader);
}

void checkpoint_remove(Run *r, Checkpoints *c, size_t n)
{
    Checkpoint *gone = c->list[n];
    pages_join(&r->machine->bus, &c->list[n - 1]->log, &gone->log);
    free_one(gone);
    c->count--;
    memmove(c->list + n, c->list + n + 1, (c->count - n) * sizeof *c->list);
}

void checkpoint_free(Run *r, Checkpoints *c)
{
    if (c->count) {
        (void)pages_log(&r->machine->bus, NULL);
    }
    while (c->count) {
        free_one(c->list[--c->count]);
    }
    free(c->list);
    *c = (Checkpoints){ 0 };
}
