/* SPDX-License-Identifier: MIT */
/* What the files of selection share: select.c, and select_fp.c for floating point. */
#ifndef TCI_SELECT_H
#define TCI_SELECT_H

#include <assert.h>

#include "tci/block.h"
#include "tci/handlers.h"
#include "tci/ops.h"

/* A branch whose label is still ahead. */
typedef struct Fixup {
    uint16_t slot, label;
    bool in_c; /* the distance goes into c, else into imm */
} Fixup;

typedef struct Select {
    const TCGContext *s;
    const TciTB *tb;
    TciSlot *code;
    const uint8_t *page; /* the block's guest page, or NULL */
    uint8_t *insn_of;
    unsigned slots;
    Fixup fixups[TCG_MAX_LABELS];
    unsigned fixup_count;
    uint16_t exits[2 * TCG_MAX_INSNS]; /* slots that need a link record */
    unsigned exit_count;
    /* The slots that records start at. */
    uint16_t records[TCG_MAX_OPS * TCI_SLOTS_PER_OP + TCG_MAX_INSNS];
    unsigned record_count;
    uint16_t ends[TCG_MAX_OPS]; /* coverage: how many records there are up to each exit */
    unsigned end_count;
    unsigned next_counted; /* the guest instruction that the next `count` record is before */
    bool fast_fp;
} Select;

/* Makes a record for the handler of that number, which takes one slot or two. */
static inline TciSlot *emit(Select *z, const TCGOp *op, unsigned number, unsigned slots)
{
    TciSlot *r = &z->code[z->slots];
    z->records[z->record_count++] = (uint16_t)z->slots;
    assert(number != NO_HANDLER);
    assert(slots == 1 || slots == 2);
    z->insn_of[z->slots] = z->insn_of[z->slots + slots - 1] = op->insn;
    z->slots += slots;
    *r = (TciSlot){ { .d = op->d, .a = op->a, .b = op->b } };
    tci_set_number(r, number);
    return r;
}

/* Makes the second slot of `r` that of a helper. */
static inline void set_callee(TciSlot *r, const TCGCallee *callee)
{
    r[1] = (TciSlot){ .helper = callee->helper };
    r[1].helper_name = callee->name;
}

static inline bool is_op(const TCGContext *s, unsigned i, unsigned opc)
{
    return i < s->count && s->ops[i].opc == opc;
}

/* -- select.c -- */

/* Is a local temp read after op i? */
bool tci_used_after(const TCGContext *s, unsigned i, TCGTemp t);

/* -- coverage.c -- */

/* Makes the `count` records, under TciOptions.counts, of what is executed together from op i on: up
 * to the next exit. Returns the last op that belongs to that. */
unsigned tci_begin_piece(const Tci *t, Select *z, unsigned i);
/* After selection, if t->coverage: makes the exits such that their first execution is noticed, and
 * combines records. */
void tci_cover(const Tci *t, Select *z, bool fusion);

/* -- select_fp.c -- */

/* Makes a record of op i, a floating point one, and perhaps of its followers; returns the last op
 * taken. */
unsigned tci_select_fp(Select *z, unsigned i, bool fusion);

#endif
