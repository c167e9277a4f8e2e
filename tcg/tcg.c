/* SPDX-License-Identifier: MIT */
/* Building op lists, and what an op touches. */
#include "tcg/tcg.h"

#include <assert.h>
#include <stddef.h>

const char *const tcg_op_names[TCG_NB_OPS] = {
#define X(name, info, flags) #name,
    TCG_OP_LIST(X)
#undef X
};

const char *const tcg_cond_names[] = { "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc",
                                       "hi", "ls", "ge", "lt", "gt", "le", "al" };

const char *const tcg_fp_names[TCG_FP_OPS] = {
    "helper",
#define X(name) #name "_s", #name "_d",
    TCG_FP_TYPED_LIST(X)
#undef X
        "mov_d",
    "abs_d",
    "neg_d",
    "pack_d",
};

void tcg_start(TCGContext *s)
{
    s->count = 0;
    s->insns = 0;
    s->temps = TCG_GLOBALS;
    s->labels = 0;
    s->list_count = 0;
    s->callee_count = 0;
    s->blank = (TCGOp){
        .cond = TCG_COND_ALWAYS, .d = TCG_NONE, .a = TCG_NONE, .b = TCG_NONE, .c = TCG_NONE
    };
}

static TCGOp *new_op(TCGContext *s, TCGOpcode opc)
{
    assert(s->count < TCG_MAX_OPS);
    TCGOp *op = &s->ops[s->count++];
    *op = s->blank;
    op->opc = (uint8_t)opc;
    return op;
}

void tcg_insn_start(TCGContext *s, uint32_t pc)
{
    assert(s->insns < TCG_MAX_INSNS);
    s->blank.insn = (uint8_t)s->insns;
    s->insn_pc[s->insns++] = pc;
    s->temps = TCG_GLOBALS;
}

TCGTemp tcg_temp(TCGContext *s)
{
    assert(s->temps < TCG_TEMPS);
    return (TCGTemp)s->temps++;
}

unsigned tcg_new_label(TCGContext *s)
{
    assert(s->labels < TCG_MAX_LABELS);
    return s->labels++;
}

void tcg_label(TCGContext *s, unsigned label)
{
    new_op(s, TCG_label)->imm = label;
}

void tcg_brflags(TCGContext *s, TCGCond cond, unsigned label)
{
    TCGOp *op = new_op(s, TCG_brflags);
    op->cond = (uint8_t)cond;
    op->n = TCG_NZCV;
    op->imm = label;
}

void tcg_movi(TCGContext *s, TCGTemp d, uint32_t imm)
{
    tcg_op2i(s, TCG_mov, 0, d, TCG_NONE, imm);
}

void tcg_mov(TCGContext *s, TCGTemp d, TCGTemp a)
{
    if (d != a) {
        tcg_op1(s, TCG_mov, 0, d, a);
    }
}

void tcg_op1(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a)
{
    tcg_op3(s, opc, fset, d, a, TCG_NONE, TCG_NONE);
}

void tcg_op2(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a, TCGTemp b)
{
    tcg_op3(s, opc, fset, d, a, b, TCG_NONE);
}

void tcg_op2i(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a, uint32_t imm)
{
    TCGOp *op = new_op(s, opc);
    op->fset = fset;
    op->d = d;
    op->a = a;
    op->b_imm = true;
    op->imm = imm;
}

void tcg_op3(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a, TCGTemp b, TCGTemp c)
{
    TCGOp *op = new_op(s, opc);
    op->fset = fset;
    op->d = d;
    op->a = a;
    op->b = b;
    op->c = c;
}

void tcg_setc_bit(TCGContext *s, TCGTemp a, unsigned bit)
{
    assert(bit < 32);
    tcg_op2i(s, TCG_setc_bit, TCG_C, TCG_NONE, a, bit);
}

void tcg_nz64(TCGContext *s, TCGTemp low, TCGTemp high)
{
    tcg_op2(s, TCG_nz64, TCG_NZ, TCG_NONE, low, high);
}

void tcg_setflags(TCGContext *s, TCGTemp a)
{
    tcg_op1(s, TCG_setflags, TCG_NZCV, TCG_NONE, a);
}

void tcg_mul16(TCGContext *s, TCGTemp d, TCGTemp a, bool a_top, TCGTemp b, bool b_top)
{
    tcg_op2(s, TCG_mul16, 0, d, a, b);
    s->ops[s->count - 1].imm = (uint32_t)a_top | (uint32_t)b_top << 1;
}

void tcg_add_sticky(TCGContext *s, TCGTemp d, TCGTemp a, TCGTemp b, uint32_t offset, unsigned bit)
{
    tcg_op2(s, TCG_add_sticky, 0, d, a, b);
    s->ops[s->count - 1].imm = offset;
    s->ops[s->count - 1].n = (uint16_t)bit;
}

void tcg_ld_env(TCGContext *s, TCGTemp d, uint32_t offset)
{
    TCGOp *op = new_op(s, TCG_ld_env);
    op->d = d;
    op->imm = offset;
}

void tcg_st_env(TCGContext *s, TCGTemp a, uint32_t offset)
{
    TCGOp *op = new_op(s, TCG_st_env);
    op->a = a;
    op->imm = offset;
}

static TCGOp *new_memory(TCGContext *s, TCGOpcode opc, TCGTemp base, TCGTemp index, unsigned shift,
                         uint32_t disp, unsigned memop)
{
    assert(shift < 32);
    TCGOp *op = new_op(s, opc);
    op->a = base;
    op->b = index;
    op->n = (uint16_t)shift;
    op->imm = disp;
    op->memop = (uint8_t)memop;
    return op;
}

void tcg_ld(TCGContext *s, TCGTemp d, TCGTemp base, TCGTemp index, unsigned shift, uint32_t disp,
            unsigned memop)
{
    new_memory(s, TCG_ld, base, index, shift, disp, memop)->d = d;
}

void tcg_st(TCGContext *s, TCGTemp value, TCGTemp base, TCGTemp index, unsigned shift,
            uint32_t disp, unsigned memop)
{
    new_memory(s, TCG_st, base, index, shift, disp, memop)->c = value;
}

static void multiple(TCGContext *s, TCGOpcode opc, TCGTemp base, uint32_t disp, const TCGTemp *list,
                     unsigned n, unsigned memop)
{
    assert(n >= 1 && n <= 16 && s->list_count + n <= TCG_MAX_LIST);
    TCGOp *op = new_memory(s, opc, base, TCG_NONE, 0, disp, memop);
    op->n = (uint16_t)n;
    op->list = (uint16_t)s->list_count;
    for (unsigned i = 0; i < n; i++) {
        s->list[s->list_count++] = list[i];
    }
}

void tcg_ldm(TCGContext *s, TCGTemp base, uint32_t disp, const TCGTemp *list, unsigned n,
             unsigned memop)
{
    if (n == 1) {
        tcg_ld(s, list[0], base, TCG_NONE, 0, disp, memop);
    } else {
        multiple(s, TCG_ldm, base, disp, list, n, memop);
    }
}

void tcg_stm(TCGContext *s, TCGTemp base, uint32_t disp, const TCGTemp *list, unsigned n,
             unsigned memop)
{
    if (n == 1) {
        tcg_st(s, list[0], base, TCG_NONE, 0, disp, memop);
    } else {
        multiple(s, TCG_stm, base, disp, list, n, memop);
    }
}

void tcg_call(TCGContext *s, TCGHelper *helper, const char *name, unsigned flags, TCGTemp d,
              TCGTemp a, TCGTemp b, uint32_t imm)
{
    TCGOp *op = new_op(s, TCG_call);
    assert(s->callee_count < TCG_MAX_CALLS);
    op->n = (uint16_t)s->callee_count;
    s->callees[s->callee_count++] = (TCGCallee){ helper, name };
    op->memop = (uint8_t)flags;
    op->d = d;
    op->a = a;
    op->b = b;
    op->imm = imm;
}

void tcg_fp(TCGContext *s, TCGFp kind, TCGTemp d, TCGTemp a, TCGTemp b, TCGHelper *helper,
            const char *name, uint32_t imm)
{
    assert(s->callee_count < TCG_MAX_CALLS);
    TCGOp *op = new_op(s, TCG_fp);
    op->cond = (uint8_t)kind;
    op->d = d;
    op->a = a;
    op->b = b;
    op->imm = imm;
    op->n = (uint16_t)s->callee_count;
    s->callees[s->callee_count++] = (TCGCallee){ helper, name };
}

void tcg_exit_tb(TCGContext *s, uint32_t pc)
{
    new_op(s, TCG_exit_tb)->imm = pc;
}

void tcg_goto_tb(TCGContext *s, uint32_t pc)
{
    new_op(s, TCG_goto_tb)->imm = pc;
}

void tcg_goto_ptr(TCGContext *s, TCGTemp pc)
{
    new_op(s, TCG_goto_ptr)->a = pc;
}

void tcg_goto_ptr_x(TCGContext *s, TCGTemp pc)
{
    new_op(s, TCG_goto_ptr_x)->a = pc;
}

void tcg_lookup(TCGContext *s)
{
    new_op(s, TCG_lookup);
}

uint8_t tcg_cond_flags(TCGCond cond)
{
    static const uint8_t flags[] = {
        TCG_Z, TCG_C, TCG_N, TCG_V, TCG_C | TCG_Z, TCG_N | TCG_V, TCG_Z | TCG_N | TCG_V, 0
    };
    return flags[cond >> 1];
}

const TCGOpInfo tcg_op_info[TCG_NB_OPS] = {
#define X(name, info, flags) { info, flags },
    TCG_OP_LIST(X)
#undef X
};

/* An op of which the list tells nothing would be taken for one without effects. */
#define X(name, info, flags)                                                                       \
    _Static_assert((info) != 0, "what " #name " does stands in TCG_OP_LIST");
TCG_OP_LIST(X)
#undef X
