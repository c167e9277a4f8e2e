/* SPDX-License-Identifier: MIT */
/* Selection of floating point: the host's arithmetic where that is IEEE 754's, else the helper. */
#include "tci/select.h"

#include <stddef.h>

/* A comparison and `ld_env t; setflags t`, which take its result to the flags. Returns the last op
 * taken, or 0. */
static unsigned fuse_fp_compare(Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    const TCGOp *op = &s->ops[i];
    unsigned load = i + 1, set = load + 1;
    if (op->cond < TCG_FP_cmp_s || op->cond > TCG_FP_cmpz_d || !is_op(s, load, TCG_ld_env) ||
        s->ops[load].imm != offsetof(TciEnv, fp_flags) || !is_op(s, set, TCG_setflags) ||
        s->ops[set].a != s->ops[load].d || tci_used_after(s, set, s->ops[load].d)) {
        return 0;
    }
    unsigned kind = op->cond - TCG_FP_cmp_s;
    emit(z, op, tci_fp_cmp_flags[kind & 1][kind >> 1], 2);
    return set;
}

unsigned tci_select_fp(Select *z, unsigned i, bool fusion)
{
    const TCGOp *op = &z->s->ops[i];
    const TCGCallee *callee = &z->s->callees[op->n];
    bool fast = z->fast_fp || !callee->helper;
    TciSlot *r = &z->code[z->slots];
    unsigned taken = fast && fusion ? fuse_fp_compare(z, i) : 0;
    if (!taken) {
        emit(z, op, fast ? tci_fp[op->cond] : NUMBER_fp_helper, 2);
    }
    r->imm = op->imm;
    set_callee(r, callee);
    return taken ? taken : i;
}
