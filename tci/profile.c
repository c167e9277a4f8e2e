/* SPDX-License-Identifier: MIT */
/* Which records are executed most, and which follow which: candidates for fusion. Only in a program
 * made with `make PROFILE=1`, where the dispatch loop reports every record; `-d stats` prints it.
 */
#include <stdlib.h>

#include "tci/block.h"
#include "util/log.h"

#define LONGEST 3 /* records in a row */
#define BUCKETS (1u << 14)
#define SHOWN   40

/* Up to LONGEST records that stand in a row in a block; unused ones at the front are NULL. */
typedef struct Row {
    TciFn *fn[LONGEST];
    unsigned slots; /* of the newest */
    uint64_t count;
} Row;

static Row rows[LONGEST][BUCKETS]; /* by length - 1, hashed */
static uint64_t total, lost;

static TciFn *last[LONGEST]; /* the records executed up to now, the newest at the end */
static const TciSlot *next;  /* the record behind the newest */

static unsigned hash(TciFn *const *fn, unsigned n)
{
    uint64_t h = 0;
    for (unsigned i = 0; i < n; i++) {
        h = (h ^ (uintptr_t)fn[i]) * UINT64_C(0x9e3779b97f4a7c15);
    }
    return (unsigned)(h >> 32) & (BUCKETS - 1);
}

static bool same(const Row *row, TciFn *const *fn, unsigned n)
{
    bool equal = true;
    for (unsigned i = 0; i < n; i++) {
        equal = equal && row->fn[i] == fn[i];
    }
    return equal;
}

/* Counts the newest n records; returns their row, or NULL if there is no room for it. */
static const Row *count(unsigned n)
{
    TciFn *const *fn = &last[LONGEST - n];
    unsigned at = hash(fn, n);
    for (unsigned tries = 0; tries < 64; tries++) {
        Row *row = &rows[n - 1][(at + tries) & (BUCKETS - 1)];
        if (row->count == 0) {
            for (unsigned i = 0; i < n; i++) {
                row->fn[i] = fn[i];
            }
            const TciHandler *h = tci_handler(fn[n - 1]);
            row->slots = h ? h->slots : 1;
        }
        if (same(row, fn, n)) {
            row->count++;
            return row;
        }
    }
    lost++;
    return NULL;
}

void tci_profile_record(const TciSlot *slot)
{
    bool follows = slot == next;
    for (unsigned i = 0; i + 1 < LONGEST; i++) {
        last[i] = follows ? last[i + 1] : NULL;
    }
    last[LONGEST - 1] = slot->fn;
    const Row *row = count(1);
    next = slot + (row ? row->slots : 1);
    total++;
    for (unsigned n = 2; n <= LONGEST && last[LONGEST - n]; n++) {
        (void)count(n);
    }
}

static int more_first(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    return (x->count < y->count) - (x->count > y->count);
}

void tci_profile_print(void)
{
    log_printf("records executed: %llu\n", (unsigned long long)total);
    for (unsigned n = 1; n <= LONGEST; n++) {
        log_printf("%u in a row:\n", n);
        qsort(rows[n - 1], BUCKETS, sizeof rows[0][0], more_first);
        for (const Row *row = rows[n - 1]; row < rows[n - 1] + SHOWN && row->count; row++) {
            log_printf("%6.2f %%", 100.0 * (double)row->count / (double)total);
            for (unsigned i = 0; i < n; i++) {
                const TciHandler *h = tci_handler(row->fn[i]);
                log_printf(" %s", h ? h->name : "?");
            }
            log_printf("\n");
        }
    }
    if (lost) {
        log_printf("not counted: %llu\n", (unsigned long long)lost);
    }
}
