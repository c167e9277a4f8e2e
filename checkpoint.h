/* SPDX-License-Identifier: MIT */
/* States of a run that are kept in memory. Each has the CPU, the devices and the pages of memory
 * that were written between it and the next; going back costs as much as has changed since. */
#ifndef CHECKPOINT_H
#define CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>

#include "bus/pages.h"
#include "util/vmstate.h"

typedef struct Run Run;

typedef struct Checkpoint {
    VMWriter state; /* without memory */
    PageLog log;    /* pages from before their first write since then */
} Checkpoint;

/* In the order in which they were taken; all zeros if there is none. A machine has one such list.
 */
typedef struct Checkpoints {
    Checkpoint **list;
    size_t count, size;
} Checkpoints;

/* Between two slices: adds the present state. False: the host has no memory for it; nothing has
 * changed. */
bool checkpoint_take(Run *r, Checkpoints *c);

/* Goes back to the nth, from 0; those after it are gone. False: the host had no memory for a page
 * that was written; they are all gone, and the run is as it was. */
bool checkpoint_restore(Run *r, Checkpoints *c, size_t n);

/* Removes the nth, which is not the first. */
void checkpoint_remove(Run *r, Checkpoints *c, size_t n);

/* Removes all. */
void checkpoint_free(Run *r, Checkpoints *c);

#endif
