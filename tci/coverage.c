/* SPDX-License-Identifier: MIT */
/* Which guest instructions are executed, for -coverage.
 *
 * A block is executed from its first instruction up to where it is left: at an exit, of which it
 * may have several, or in the middle, by a fault or a helper. So an exit that is executed tells
 * that all instructions up to its own were. Each exit record first is a `covered` one: it notes
 * that, and puts the handlers back that the block has without coverage. From then on the block
 * costs nothing.
 *
 * To count, a `count` record stands before what is executed together, up to the next exit. Who
 * leaves in the middle takes back what was counted and not executed.
 *
 * Pieces of code are kept by guest address, apart from blocks: they outlive these. */
#include "tci/select.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK       1024u /* pieces that are allocated at once */
#define BUCKET_BITS 15
#define ARENA_SLOTS (ARENA_SIZE / sizeof(TciSlot) + 1)

typedef struct Chunk Chunk;
struct Chunk {
    Chunk *next;
    TciCovered pieces[CHUNK];
};

/* A piece of a block that an exit ends, by slots. */
typedef struct Place {
    uint16_t first, exit;
} Place;

struct Coverage {
    TciCovered *buckets[1u << BUCKET_BITS];
    Chunk *chunks;
    unsigned free; /* pieces of the first chunk that are not used yet */
    size_t count;  /* pieces */
    TciCovered **sorted;
    TciCovered nobody; /* stands for what there is no memory for */
    bool lost;
    /* For each slot of the arena: the handler to be put back, of an exit or of a superinstruction;
     * tci_op_count, of a record that counts; else NULL. */
    TciFn *handlers[ARENA_SLOTS];
    Place places[ARENA_SLOTS]; /* for an exit not yet executed */
};

Coverage *tci_coverage_new(const Tci *t)
{
    return t->arena ? calloc(1, sizeof(Coverage)) : NULL;
}

void tci_coverage_free(Coverage *c)
{
    if (!c) {
        return;
    }
    while (c->chunks) {
        Chunk *next = c->chunks->next;
        free(c->chunks);
        c->chunks = next;
    }
    free(c->sorted);
    free(c);
}

/* -- Pieces -- */

static TciCovered *new_piece(Coverage *c)
{
    if (c->free == 0) {
        Chunk *chunk = malloc(sizeof *chunk);
        if (!chunk) {
            c->lost = true;
            return NULL;
        }
        chunk->next = c->chunks;
        c->chunks = chunk;
        c->free = CHUNK;
    }
    c->count++;
    return &c->chunks->pieces[--c->free];
}

/* The piece from `addr` on; of that size, or any. */
static TciCovered *find_piece(Coverage *c, uint32_t addr, unsigned size, bool odd, bool any)
{
    uint32_t h = addr * UINT32_C(0x9e3779b1);
    TciCovered **bucket = &c->buckets[h >> (32 - BUCKET_BITS)], *p = *bucket;
    while (p && !(p->addr == addr && (any || p->size == size) && p->odd == odd)) {
        p = p->next;
    }
    if (!p) {
        p = new_piece(c);
        if (!p) {
            return &c->nobody;
        }
        *p = (TciCovered){ .addr = addr, .size = (uint16_t)size, .odd = odd, .next = *bucket };
        *bucket = p;
    }
    return p;
}

static bool is_odd(const TciTB *tb)
{
    return (tb->mode & tb->target->isa_bit) != 0;
}

static unsigned insn_size(const TciTB *tb)
{
    return is_odd(tb) ? 2 : 4;
}

/* The instruction after those that follow `first` in memory, of the first n. A block may follow a
 * branch. */
static unsigned piece_end(const uint16_t *offsets, unsigned first, unsigned n, unsigned size)
{
    unsigned i = first + 1;
    while (i < n && offsets[i] == offsets[i - 1] + size) {
        i++;
    }
    return i;
}

static int compare(const void *a, const void *b)
{
    const TciCovered *x = *(TciCovered *const *)a, *y = *(TciCovered *const *)b;
    if (x->addr != y->addr) {
        return x->addr < y->addr ? -1 : 1;
    }
    return x->odd != y->odd ? (x->odd ? 1 : -1) : x->size < y->size ? -1 : x->size > y->size;
}

size_t tci_coverage(Tci *t, bool *lost)
{
    Coverage *c = t->coverage;
    size_t n = 0;
    free(c->sorted);
    c->sorted = malloc((c->count + 1) * sizeof *c->sorted);
    *lost = c->lost || !c->sorted;
    for (size_t b = 0; c->sorted && b < 1u << BUCKET_BITS; b++) {
        for (TciCovered *p = c->buckets[b]; p; p = p->next) {
            if (p->count) {
                c->sorted[n++] = p;
            }
        }
    }
    if (t->options.counts && n > 0) {
        qsort(c->sorted, n, sizeof *c->sorted, compare);
    }
    return n;
}

const TciCovered *tci_covered(const Tci *t, size_t i)
{
    return t->coverage->sorted[i];
}

/* -- Blocks -- */

static size_t index_of(const Tci *t, const TciSlot *slot)
{
    return (size_t)((const uint8_t *)slot - t->arena) / sizeof *slot;
}

static TciFn **handlers_of(const Tci *t, const TciSlot *code)
{
    return &t->coverage->handlers[index_of(t, code)];
}

TciFn *tci_handler_of(const Tci *t, const TciSlot *slot)
{
    return slot->fn == tci_op_covered ? *handlers_of(t, slot) : slot->fn;
}

/* Makes the `count` records for the guest instructions up to, and without, `end`. */
static void select_counts(const Tci *t, Select *z, unsigned end)
{
    const uint32_t *pcs = z->s->insn_pc;
    uint16_t offsets[TCG_MAX_INSNS];
    unsigned size = insn_size(z->tb);
    for (unsigned i = z->next_counted; i < end; i++) {
        offsets[i] = pcs[i] & (BUS_PAGE_SIZE - 1);
    }
    while (z->next_counted < end) {
        unsigned first = z->next_counted;
        const TCGOp op = { .insn = (uint8_t)first };
        z->next_counted = piece_end(offsets, first, end, size);
        emit(z, &op, NUMBER_count, 1)->counted = find_piece(
            t->coverage, pcs[first], (z->next_counted - first) * size, is_odd(z->tb), false);
    }
}

unsigned tci_begin_piece(const Tci *t, Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    assert(z->fixup_count == 0);
    while (!tcg_is_exit(s->ops[i].opc)) {
        i++;
    }
    if (t->options.counts) {
        select_counts(t, z, s->ops[i].insn + 1u);
    }
    while (is_op(s, i + 1, TCG_label)) {
        i++;
    }
    return i;
}

/* Makes the exit that ends a piece of n records a `covered` one. A superinstruction that includes
 * it would go past that: until then the piece has no superinstructions. */
static void cover_exit(Select *z, TciFn **handlers, Place *places, const uint16_t *records,
                       unsigned n, bool fusion)
{
    unsigned exit = records[n - 1];
    for (unsigned i = 0; i < n; i++) {
        handlers[records[i]] = z->code[records[i]].fn;
    }
    if (fusion) {
        tci_combine(z->code, records, n);
    }
    for (unsigned i = 0; i < n; i++) {
        TciFn **at = &handlers[records[i]], *own = *at;
        TciSlot *slot = &z->code[records[i]];
        *at = slot->fn != own ? slot->fn : NULL;
        slot->fn = own;
    }
    handlers[exit] = z->code[exit].fn;
    places[exit] = (Place){ records[0], (uint16_t)exit };
    tci_set_handler(&z->code[exit], tci_op_covered);
}

void tci_cover(const Tci *t, Select *z, bool fusion)
{
    size_t index = index_of(t, z->code);
    TciFn **handlers = &t->coverage->handlers[index];
    memset(handlers, 0, z->slots * sizeof *handlers);
    if (!t->options.counts) {
        for (unsigned e = 0, first = 0; e < z->end_count; first = z->ends[e++]) {
            cover_exit(z, handlers, &t->coverage->places[index], z->records + first,
                       z->ends[e] - first, fusion);
        }
        return;
    }
    for (unsigned i = 0; i < z->record_count; i++) {
        TciFn *fn = z->code[z->records[i]].fn;
        handlers[z->records[i]] = fn == tci_op_count ? fn : NULL;
    }
    if (fusion) {
        tci_combine(z->code, z->records, z->record_count);
    }
}

/* Notes that the first n instructions of a block were executed. */
static void mark(Tci *t, const TciTB *tb, unsigned n)
{
    unsigned size = insn_size(tb);
    bool odd = is_odd(tb);
    for (unsigned first = 0, end; first < n; first = end) {
        end = piece_end(tb->insn_offset, first, n, size);
        uint32_t pc = (tb->pc & ~(uint32_t)(BUS_PAGE_SIZE - 1)) | tb->insn_offset[first];
        unsigned bytes = (end - first) * size;
        TciCovered *p = find_piece(t->coverage, pc, bytes, odd, true);
        p->size = (uint16_t)(bytes > p->size ? bytes : p->size);
        p->count = 1;
    }
}

static void put_back(TciSlot *slot, TciFn *fn)
{
    if (slot->fn == tci_op_stale) {
        return;
    }
#if defined(TCI_DISPATCH_SWITCH)
    tci_set_number(slot, tci_handler(fn));
#else
    tci_set_handler(slot, fn);
#endif
}

TciSlot *tci_exit_covered(TciEnv *env, TciSlot *slot)
{
    Tci *t = env->tci;
    const Place *piece = &t->coverage->places[index_of(t, slot)];
    TciSlot *code = slot - piece->exit;
    TciFn **handlers = handlers_of(t, code);
    mark(t, (const TciTB *)(const void *)((const char *)code - offsetof(TciTB, code)),
         slot->c); /* an exit counts the instructions up to its own */
    for (unsigned i = piece->first; i <= piece->exit; i++) {
        if (handlers[i]) {
            put_back(&code[i], handlers[i]);
        }
    }
    return slot;
}

void tci_left_inside(Tci *t, const TciTB *tb, const TciSlot *slot, unsigned insns)
{
    if (!t->options.counts) {
        mark(t, tb, insns);
        return;
    }
    TciFn **handlers = handlers_of(t, tb->code);
    for (unsigned i = 0; &tb->code[i] < slot; i++) {
        if (handlers[i] != tci_op_count) {
            continue;
        }
        TciCovered *piece = tb->code[i].counted;
        unsigned first = tb->insn_of[i], size = insn_size(tb), n = piece->size / size;
        unsigned done = insns > first ? insns - first : 0;
        if (done < n) {
            piece->count--;
        }
        if (done > 0 && done < n) {
            find_piece(t->coverage, piece->addr, done * size, piece->odd, false)->count++;
        }
    }
}
