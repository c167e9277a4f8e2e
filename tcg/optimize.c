/* SPDX-License-Identifier: MIT */
/* Optimisation of one block: forward, constants and copies are propagated and folded; backward,
 * flags nobody reads, temps nobody reads and globals that are overwritten unseen lose their
 * definitions. Branches only go forwards, so one pass each way is exact. */
#include <string.h>

#include "tcg/tcg.h"

/* -- Forward: what is known about a temp's value -- */

enum { UNKNOWN, CONSTANT, COPY };

typedef struct Known {
    uint32_t epoch;   /* the entry is good if this is the pass's epoch */
    uint32_t value;   /* CONSTANT */
    uint32_t version; /* COPY: the source's version then */
    uint8_t kind;
    TCGTemp source;
} Known;

typedef struct Forward {
    Known known[TCG_TEMPS];
    uint32_t version[TCG_TEMPS]; /* steps at each write of the temp */
    uint32_t epoch;              /* steps where all knowledge ends: at a label */
    bool facts;                  /* anything is known in this epoch */
} Forward;

static void new_epoch(Forward *f)
{
    f->epoch++;
    f->facts = false;
}

static bool is_const(const Forward *f, TCGTemp t, uint32_t *value)
{
    if (!f->facts || t == TCG_NONE || f->known[t].epoch != f->epoch ||
        f->known[t].kind != CONSTANT) {
        return false;
    }
    *value = f->known[t].value;
    return true;
}

/* The temp to read instead of t. */
static TCGTemp source_of(const Forward *f, TCGTemp t)
{
    if (t == TCG_NONE) {
        return t;
    }
    const Known *k = &f->known[t];
    if (k->epoch == f->epoch && k->kind == COPY && f->version[k->source] == k->version) {
        return k->source;
    }
    return t;
}

static void written(Forward *f, TCGTemp t)
{
    if (t != TCG_NONE) {
        f->known[t].kind = UNKNOWN;
        f->version[t]++;
    }
}

static void know_const(Forward *f, TCGTemp t, uint32_t value)
{
    f->known[t] = (Known){ .epoch = f->epoch, .kind = CONSTANT, .value = value };
    f->facts = true;
}

static uint32_t shift_const(unsigned opc, uint32_t a, uint32_t count)
{
    count &= 0xff;
    switch (opc) {
    case TCG_shl: return count < 32 ? a << count : 0;
    case TCG_shr: return count < 32 ? a >> count : 0;
    case TCG_sar: {
        uint32_t sign = a & 0x80000000u ? 0xffffffffu : 0;
        return count == 0 ? a : count < 32 ? a >> count | sign << (32 - count) : sign;
    }
    default: count &= 31; return count ? a >> count | a << (32 - count) : a;
    }
}

static uint32_t fold(unsigned opc, uint32_t a, uint32_t b)
{
    switch (opc) {
    case TCG_add: return a + b;
    case TCG_sub: return a - b;
    case TCG_rsb: return b - a;
    case TCG_and: return a & b;
    case TCG_or: return a | b;
    case TCG_xor: return a ^ b;
    case TCG_andc: return a & ~b;
    case TCG_mul: return a * b;
    default: return shift_const(opc, a, b);
    }
}

static void make_movi(TCGOp *op, uint32_t value)
{
    op->opc = TCG_mov;
    op->a = op->b = TCG_NONE;
    op->b_imm = true;
    op->imm = value;
}

/* A shift by a constant count: into the immediate form, which takes 0..31. */
static void shift_immediate(TCGOp *op, uint32_t count)
{
    count &= 0xff;
    op->b = TCG_NONE;
    op->b_imm = true;
    if (op->opc == TCG_rotr) {
        count &= 31;
    }
    if (count >= 32 && op->opc == TCG_sar) {
        count = 31;
    }
    if (count >= 32) {
        make_movi(op, 0);
    } else {
        op->imm = count;
    }
}

/* ALU ops of two operands: brings constants into the immediate form and folds. */
static void fold_op2(const Forward *f, TCGOp *op)
{
    uint32_t a = 0, b = op->imm;
    bool const_a = is_const(f, op->a, &a);
    bool const_b = op->b_imm || is_const(f, op->b, &b);
    bool shift = tcg_is_shift(op->opc);

    if (const_a && !const_b && !shift) {
        switch (op->opc) {
        case TCG_add:
        case TCG_and:
        case TCG_or:
        case TCG_xor: break;
        case TCG_sub: op->opc = TCG_rsb; break;
        case TCG_rsb: op->opc = TCG_sub; break;
        default: return;
        }
        op->a = op->b;
        op->b = TCG_NONE;
        op->b_imm = true;
        op->imm = a;
        return;
    }
    if (!const_b) {
        return;
    }
    if (const_a && (op->fset & TCG_V) == 0 && (op->fset & TCG_C) == 0) {
        make_movi(op, fold(op->opc, a, b));
        return;
    }
    if (shift) {
        shift_immediate(op, b);
        return;
    }
    op->b = TCG_NONE;
    op->b_imm = true;
    op->imm = b;
}

static void fold_address(const Forward *f, TCGOp *op)
{
    uint32_t v;
    if (is_const(f, op->a, &v)) {
        op->imm += v;
        op->a = TCG_NONE;
    }
    if (op->opc == TCG_ld || op->opc == TCG_st) {
        if (is_const(f, op->b, &v)) {
            op->imm += v << op->n;
            op->b = TCG_NONE;
        }
        if (op->a == TCG_NONE && op->b != TCG_NONE && op->n == 0) {
            op->a = op->b;
            op->b = TCG_NONE;
        }
    }
}

/* What an op writes besides d. */
static void written_more(Forward *f, const TCGContext *s, const TCGOp *op)
{
    if (op->opc == TCG_ldm) {
        for (unsigned i = 0; i < op->n; i++) {
            written(f, s->list[op->list + i]);
        }
    } else if (op->opc == TCG_call && (op->memop & TCG_CALL_WRITES)) {
        for (TCGTemp t = 0; t < TCG_GLOBALS; t++) {
            written(f, t);
        }
    } else if (tcg_op_info[op->opc].info & TCG_INFO_WRITES_C) {
        written(f, op->c);
    }
}

/* Operands of floating point ops may be pairs: they stay where they are. The helper alone may work
 * on vectors. */
static void written_fp(Forward *f, const TCGOp *op)
{
    if (op->cond != TCG_FP_HELPER) {
        written(f, op->d);
        written(f, op->d == TCG_NONE ? TCG_NONE : op->d ^ 1);
        return;
    }
    for (TCGTemp t = TCG_FP; t < TCG_FP + TCG_FP_WORDS; t++) {
        written(f, t);
    }
}

static void constant_operand(const Forward *f, TCGOp *op)
{
    uint32_t v;
    if (!op->b_imm && is_const(f, op->b, &v)) {
        op->b = TCG_NONE;
        op->b_imm = true;
        op->imm = v;
    }
}

static void forward_mov(Forward *f, TCGOp *op)
{
    uint32_t v;
    if (!op->b_imm && op->fset == 0 && op->a == op->d) { /* often a guest's NOP */
        op->d = TCG_NONE;
        return;
    }
    if (!op->b_imm && is_const(f, op->a, &v)) {
        make_movi(op, v);
    }
    written(f, op->d);
    if (op->d == TCG_NONE) {
        return;
    }
    if (op->b_imm) {
        know_const(f, op->d, op->imm);
    } else if (op->a != op->d) {
        f->known[op->d] = (Known){
            .epoch = f->epoch, .kind = COPY, .source = op->a, .version = f->version[op->a]
        };
        f->facts = true;
    }
}

static void forward_op(Forward *f, const TCGContext *s, TCGOp *op)
{
    uint32_t v;
    if (op->opc == TCG_fp) {
        written_fp(f, op);
        return;
    }
    if (f->facts) {
        op->a = source_of(f, op->a);
        op->b = source_of(f, op->b);
    }
    switch (op->opc) {
    case TCG_label: new_epoch(f); return;
    case TCG_mov: forward_mov(f, op); return;
    case TCG_add:
    case TCG_sub:
    case TCG_rsb:
    case TCG_and:
    case TCG_or:
    case TCG_xor:
    case TCG_andc:
    case TCG_shl:
    case TCG_shr:
    case TCG_sar:
    case TCG_rotr: fold_op2(f, op); break;
    case TCG_mul: /* has no immediate form */
        if (is_const(f, op->a, &v) && is_const(f, op->b, &v)) {
            fold_op2(f, op);
        }
        break;
    case TCG_adc:
    case TCG_sbc:
    case TCG_rsc: constant_operand(f, op); break;
    case TCG_st:
        op->c = source_of(f, op->c);
        fold_address(f, op);
        return;
    case TCG_ld: fold_address(f, op); break;
    case TCG_ldm:
    case TCG_stm: fold_address(f, op); break;
    default: break;
    }
    written_more(f, s, op);
    written(f, op->d);
    if (op->opc == TCG_mov && op->d != TCG_NONE) { /* was folded */
        know_const(f, op->d, op->imm);
    }
}

/* Sets of opcodes. */
#define ONE(opc)       (UINT64_C(1) << TCG_##opc)
#define IS_IN(opc, of) ((of) >> (opc)&1)
_Static_assert(TCG_NB_OPS <= 64, "a set has a bit for each opcode");

/* Whether an op may change, or tell something, where nothing is known yet. Nothing need be noted of
 * what the others write then. */
static bool matters_alone(const TCGOp *op)
{
    const uint64_t always = ONE(mov) | ONE(shl) | ONE(shr) | ONE(sar) | ONE(rotr);
    return IS_IN(op->opc, always) || (op->a == TCG_NONE && IS_IN(op->opc, ONE(ld) | ONE(st)));
}

static bool adds_immediate(const TCGOp *op)
{
    return IS_IN(op->opc, ONE(add) | ONE(sub) | ONE(or) | ONE(xor)) && op->b_imm && op->fset == 0 &&
           op->d != TCG_NONE;
}

/* Two ops in a row that add immediates become one, as where a constant has too many bits for an
 * instruction. */
static void fold_adjacent(TCGOp *before, TCGOp *op)
{
    const uint64_t sum = ONE(add) | ONE(sub);
    bool sums = IS_IN(before->opc, sum) && IS_IN(op->opc, sum);
    if (op->a != before->d || (!sums && op->opc != before->opc) ||
        (before->a == before->d && op->d != before->d)) {
        return;
    }
    if (sums) {
        uint32_t more = before->opc == TCG_add ? before->imm : 0 - before->imm;
        op->imm += op->opc == TCG_add ? more : 0 - more;
    } else {
        op->imm = op->opc == TCG_or ? op->imm | before->imm : op->imm ^ before->imm;
    }
    op->a = before->a;
    if (op->d == before->d) {
        before->d = TCG_NONE; /* nobody needs it */
    }
}

/* -- Backward: what is read later -- */

/* A byte per temp; the last entry takes TCG_NONE. */
typedef struct Live {
    bool temps[TCG_NONE + 1];
    uint8_t flags;
} Live;

/* What is live at a label. */
typedef struct LabelLive {
    bool temps[TCG_TEMPS];
    uint8_t flags;
} LabelLive;

static void live_globals(Live *l)
{
    memset(l->temps, true, TCG_GLOBALS);
    l->flags = TCG_NZCV;
}

static void live_join(Live *l, const LabelLive *other)
{
    for (unsigned i = 0; i < TCG_TEMPS; i++) {
        l->temps[i] |= other->temps[i];
    }
    l->flags |= other->flags;
}

/* The rarer operands: lists, c, d that is read, and all the floating point registers. */
#define RARER                                                                                      \
    (unsigned)(TCG_INFO_LIST | TCG_INFO_WRITES_C | TCG_INFO_READS_C | TCG_INFO_READS_D |           \
               TCG_INFO_FP)
static void backward_more(Live *live, const TCGContext *s, const TCGOp *op, unsigned info)
{
    if (info & TCG_INFO_LIST) {
        for (unsigned i = 0; i < op->n; i++) {
            if (op->opc == TCG_ldm) {
                live->temps[s->list[op->list + i]] = false;
            } else {
                live->temps[s->list[op->list + i]] = true;
            }
        }
    }
    if (info & TCG_INFO_WRITES_C) {
        live->temps[op->c] = false;
    }
    if (info & TCG_INFO_READS_C) {
        live->temps[op->c] = true;
    }
    if (info & TCG_INFO_READS_D) {
        live->temps[op->d] = true;
    }
    if (info & TCG_INFO_FP) {
        memset(live->temps + TCG_FP, true, TCG_FP_WORDS);
    }
}

/* What a call's flags say about it. */
static unsigned call_info(const TCGOp *op)
{
    return (op->memop <= TCG_CALL_READS ? TCG_INFO_PURE : 0) | (op->memop ? TCG_INFO_FAULTS : 0);
}

/* Takes one op into account; false if nobody needs it. */
static bool backward_op(Live *live, const TCGContext *s, TCGOp *op, LabelLive *labels)
{
    unsigned info = tcg_op_info[op->opc].info;
    if (info & (TCG_INFO_BRANCH | TCG_INFO_CALL)) {
        switch (op->opc) {
        case TCG_label:
            memcpy(labels[op->imm].temps, live->temps, sizeof labels[0].temps);
            labels[op->imm].flags = live->flags;
            return true;
        case TCG_brflags:
            live_join(live, &labels[op->imm]);
            op->n = live->flags;
            live->flags |= tcg_cond_flags((TCGCond)op->cond);
            return true;
        default: info = call_info(op); break;
        }
    }
    if (info & TCG_INFO_PURE) {
        op->fset &= live->flags;
        if (op->fset == 0 && !live->temps[op->d] &&
            !((info & TCG_INFO_WRITES_C) && live->temps[op->c])) {
            return false;
        }
        if (tcg_is_data(op->opc) && !live->temps[op->d]) {
            op->d = TCG_NONE; /* only the flags are wanted */
        }
        live->flags &= (uint8_t)~op->fset;
    }
    /* What is written first, then what is read: an op may read what it writes. */
    live->temps[op->d] = false;
    if (info & RARER) {
        backward_more(live, s, op, info);
    }
    if (info & (TCG_INFO_FAULTS | TCG_INFO_EXIT)) {
        if (info & TCG_INFO_EXIT) {
            memset(live->temps + TCG_GLOBALS, false, TCG_TEMPS - TCG_GLOBALS);
        }
        live_globals(live);
    }
    live->temps[op->a] = true;
    live->temps[op->b] = true;
    live->flags |= tcg_op_info[op->opc].flags_read;
    live->temps[TCG_NONE] = false;
    return true;
}

void tcg_optimize(TCGContext *s)
{
    static Forward f; /* entries of earlier blocks are told by their epoch */
    LabelLive labels[TCG_MAX_LABELS];
    Live live;

    new_epoch(&f);
    TCGOp *const ops = s->ops, *const end = ops + s->count;
    TCGOp *before = NULL; /* the op before, if it adds an immediate */
    for (TCGOp *op = ops; op < end; op++) {
        if (f.facts || matters_alone(op)) {
            forward_op(&f, s, op);
        }
        bool adds = adds_immediate(op);
        if (before && adds) {
            fold_adjacent(before, op);
        }
        before = adds ? op : NULL;
    }
    memset(live.temps, false, sizeof live.temps);
    live_globals(&live);
    TCGOp *to = end;
    for (TCGOp *op = end; op > ops;) {
        op--;
        if (backward_op(&live, s, op, labels) && --to != op) {
            *to = *op;
        }
    }
    s->count = (unsigned)(end - to);
    if (to > ops) {
        memmove(ops, to, s->count * sizeof *ops);
    }
}
