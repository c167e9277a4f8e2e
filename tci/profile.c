/* SPDX-License-Identifier: MIT */
/* A profile to choose superinstructions by: the records of each block, how often each is executed,
 * and how often right after the one, two or three before it. Only in a program made with
 * `make PROFILE=1`, which has no superinstructions but the built-in ones; each of these counts as
 * one record. `-d stats` prints the profile.
 *
 * Blocks made of the same records count as one. A record includes a relation between operands:
 * which of its own is the temp that the record before it defines. */
#include <inttypes.h>

#include "tci/block.h"
#include "tci/handlers.h"
#include "util/log.h"

#define MAX_UNITS (1u << 20)
#define BUCKETS   (1u << 17)
#define LONGEST   4u /* records that a superinstruction may have */

typedef struct Unit {
    TciFn *fn; /* NULL after the last one of a block */
    char from; /* 'a' or 'b': the operand that the record before defines; '-': none */
    /* [n]: executions for which at least n records before this one were executed in order. */
    uint64_t count[LONGEST];
} Unit;

static Unit units[MAX_UNITS];
static unsigned used = 2;         /* 0: not counted; 1 is never one */
static unsigned buckets[BUCKETS]; /* a block's first unit, hashed by its records */
static uint64_t executed, lost;   /* records; those without a unit */
static unsigned newest, in_order; /* the unit executed last; records executed in order before it */

static char relation(const TciSlot *prev, const TciSlot *slot)
{
    if (!prev || prev->d == TCG_NONE) {
        return '-';
    }
    if (slot->a == prev->d) {
        return 'a';
    }
    return slot->b == prev->d ? 'b' : '-';
}

static unsigned records_of(TciFn *fn)
{
    TciFn *first, *second;
    return tci_parts(fn, &first, &second) ? records_of(first) + records_of(second) : 1;
}

/* Whether `a` is a block of exactly these `n` units at `b`. */
static bool same(const Unit *a, const Unit *b, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        if (a[i].fn != b[i].fn || a[i].from != b[i].from) {
            return false;
        }
    }
    return !a[n].fn;
}

/* The first unit of the block of `n` units that was written at units[used]: there, or where the
 * same block is already. 0: the table is full. */
static unsigned intern(unsigned n)
{
    uint64_t h = 0;
    for (unsigned i = used; i < used + n; i++) {
        h = (h ^ (uintptr_t)units[i].fn ^ (unsigned char)units[i].from) *
            UINT64_C(0x9e3779b97f4a7c15);
    }
    unsigned at = (unsigned)(h >> 32) % BUCKETS, tries = 0;
    while (buckets[at] && !same(&units[buckets[at]], &units[used], n)) {
        at = (at + 1) % BUCKETS;
        if (++tries == BUCKETS) {
            return 0;
        }
    }
    if (!buckets[at]) {
        buckets[at] = used;
        used += n + 1;
    }
    return buckets[at];
}

void tci_profile_block(TciSlot *code, const uint16_t *records, unsigned count)
{
    unsigned n = 0;
    if (used + count + 1 >= MAX_UNITS) {
        return;
    }
    const TciSlot *prev = NULL;
    for (unsigned i = 0; i < count; i += records_of(code[records[i]].fn)) {
        const TciSlot *slot = &code[records[i]];
        units[used + n++] = (Unit){ .fn = slot->fn, .from = relation(prev, slot) };
        prev = slot;
    }
    units[used + n].fn = NULL;
    unsigned unit = intern(n);
    for (unsigned i = 0; unit && i < count; i += records_of(code[records[i]].fn)) {
        code[records[i]].unit = unit++;
    }
}

void tci_profile_record(const TciSlot *slot)
{
    executed++;
    lost += slot->unit == 0;
    in_order = slot->unit != newest + 1 ? 0 : in_order + 1 < LONGEST ? in_order + 1 : LONGEST - 1;
    newest = slot->unit;
    for (unsigned n = 0; n <= in_order; n++) {
        units[newest].count[n]++;
    }
}

static void print_name(TciFn *fn)
{
    TciFn *first, *second;
    if (tci_parts(fn, &first, &second)) {
        print_name(first);
        log_printf("+");
        print_name(second);
        return;
    }
    log_printf("%s", tci_handler_name(tci_handler(fn)));
}

/* A line for each record: its name, the operand that is defined before it, its counts; an empty
 * line after each block. */
void tci_profile_print(void)
{
    log_printf("records executed: %" PRIu64 ", not counted: %" PRIu64 "\nprofile of blocks:\n",
               executed, lost);
    for (unsigned i = 1; i < used; i++) {
        const Unit *u = &units[i];
        if (!u->fn) {
            log_printf("\n");
            continue;
        }
        print_name(u->fn);
        log_printf(" %c", u->from);
        for (unsigned n = 0; n < LONGEST; n++) {
            log_printf(" %" PRIu64, u->count[n]);
        }
        log_printf("\n");
    }
}
