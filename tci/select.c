/* SPDX-License-Identifier: MIT */
/* The interpreter as a backend: selection makes records of ops. Operands are extracted once;
 * frequent pairs become one record. */
#include "tci/select.h"

#include <assert.h>

#define SCRATCH TCG_NONE /* a result that nobody wants has a place in env->r[], too */

static void branch(Select *z, const TciSlot *r, unsigned label, bool in_c)
{
    assert(z->fixup_count < TCG_MAX_LABELS);
    z->fixups[z->fixup_count++] =
        (Fixup){ .slot = (uint16_t)(r - z->code), .label = (uint16_t)label, .in_c = in_c };
}

static void place_label(Select *z, unsigned label)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < z->fixup_count; i++) {
        Fixup f = z->fixups[i];
        if (f.label != label) {
            z->fixups[kept++] = f;
            continue;
        }
        unsigned distance = z->slots - f.slot;
        if (f.in_c) {
            assert(distance < 256);
            z->code[f.slot].c = (uint8_t)distance;
        } else {
            z->code[f.slot].imm = distance;
        }
    }
    z->fixup_count = kept;
}

bool tci_used_after(const TCGContext *s, unsigned i, TCGTemp t)
{
    uint8_t insn = s->ops[i].insn;
    for (i++; i < s->count && s->ops[i].insn == insn; i++) {
        const TCGOp *op = &s->ops[i];
        if (op->a == t || op->b == t || op->c == t) {
            return true;
        }
        if (op->opc == TCG_stm) {
            for (unsigned k = 0; k < op->n; k++) {
                if (s->list[op->list + k] == t) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* -- Exits -- */

static bool same_page(const Select *z, uint32_t pc)
{
    return ((pc ^ z->tb->pc) & ~(uint32_t)(BUS_PAGE_SIZE - 1)) == 0;
}

/* Fills in what an exit to a known pc needs. */
static void exit_to(Select *z, TciSlot *r, const TCGOp *go)
{
    r->c = (uint8_t)(go->insn + 1);
    r[1] = (TciSlot){ .target = NULL };
    r[1].pc = go->imm;
    r[1].generation = 0;
    assert(z->exit_count < sizeof z->exits / sizeof z->exits[0]);
    z->exits[z->exit_count++] = (uint16_t)(r - z->code);
}

/* If ops i.. are `brflags c, L; goto_tb pc; L:` with pc on this page, the index of goto_tb, else 0.
 */
static unsigned conditional_exit(const Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    if (!is_op(s, i, TCG_brflags) || !is_op(s, i + 1, TCG_goto_tb) || !is_op(s, i + 2, TCG_label) ||
        s->ops[i + 2].imm != s->ops[i].imm || !same_page(z, s->ops[i + 1].imm)) {
        return 0;
    }
    return i + 1;
}

/* -- Computing -- */

static void select_alu(Select *z, const TCGOp *op)
{
    unsigned form = op->b_imm ? FORM_RI : FORM_RR;
    const uint16_t *row = tci_alu[op->opc];
    unsigned number = op->fset ? row[form + FORM_RR_F] : row[form];
    TciSlot *r = emit(z, op, number, 1);
    r->c = op->c;
    r->imm = op->imm;
    if (op->opc == TCG_mul16) {
        r->c = op->imm & 1 ? 16 : 0;
        r->imm = op->imm & 2 ? 16 : 0;
    } else if (op->opc == TCG_add_sticky) {
        r->c = (uint8_t)op->n;
    }
}

/* A shift by an immediate and the op that takes its result as second operand. */
static unsigned fuse_shift(Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    const TCGOp *shift = &s->ops[i], *op = &s->ops[i + 1];
    if (!shift->b_imm || shift->fset || shift->d < TCG_GLOBALS || i + 1 >= s->count || op->b_imm ||
        op->opc >= TCG_SHIFT_FIRST || op->b != shift->d || op->a == shift->d ||
        tci_used_after(s, i + 1, shift->d)) {
        return 0;
    }
    unsigned number = tci_alu_shift[op->opc][shift->opc - TCG_SHIFT_FIRST][op->fset != 0];
    if (number == NO_HANDLER) {
        return 0;
    }
    TciSlot *r = emit(z, op, number, 1);
    r->b = shift->a;
    r->c = (uint8_t)shift->imm;
    return i + 1;
}

/* The carry that an immediate shift moves out, and the shift. */
static unsigned fuse_carry(Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    const TCGOp *carry = &s->ops[i], *shift = &s->ops[i + 1];
    if (i + 1 >= s->count || !tcg_is_shift(shift->opc) || !shift->b_imm || shift->imm == 0 ||
        shift->a != carry->a ||
        carry->imm != (shift->opc == TCG_shl ? 32 - shift->imm : shift->imm - 1)) {
        return 0;
    }
    TciSlot *r = emit(z, shift, tci_shift_carry[shift->opc - TCG_SHIFT_FIRST][shift->fset != 0], 1);
    r->imm = shift->imm;
    return i + 1;
}

static bool is_move(const TCGContext *s, unsigned i)
{
    return is_op(s, i, TCG_mov) && !s->ops[i].b_imm && !s->ops[i].fset;
}

/* Two moves: c = b after d = a. */
static unsigned fuse_moves(Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    unsigned n = i + 1;
    if (!is_move(s, i) || !is_move(s, n)) {
        return 0;
    }
    TciSlot *r = emit(z, &s->ops[i], NUMBER_move2, 1);
    r->b = s->ops[n].a;
    r->c = s->ops[n].d;
    return n;
}

/* An op that only computes, with its follower; returns the last op taken, or 0. */
static unsigned fuse_pure(Select *z, unsigned i)
{
    switch (z->s->ops[i].opc) {
    case TCG_mov: return fuse_moves(z, i);
    case TCG_setc_bit: return fuse_carry(z, i);
    case TCG_shl:
    case TCG_shr:
    case TCG_sar:
    case TCG_rotr: return fuse_shift(z, i);
    default: return 0;
    }
}

/* An op that only computes, and perhaps its follower; returns the last op taken. */
static unsigned select_pure(Select *z, unsigned i, bool fusion)
{
    unsigned taken = fusion ? fuse_pure(z, i) : 0;
    if (taken) {
        return taken;
    }
    select_alu(z, &z->s->ops[i]);
    return i;
}

/* -- Comparing -- */

static bool is_operand(const TCGOp *op, TCGTemp t)
{
    return t != TCG_NONE && (op->a == t || op->b == t || op->c == t);
}

/* Whether `op`, which defines flags, may as well come after `between`. */
static bool can_pass(const TCGOp *op, const TCGOp *between)
{
    const TCGOpInfo *info = &tcg_op_info[between->opc];
    return info->info == TCG_INFO_PURE && info->flags_read == 0 && between->fset == 0 &&
           between->d != op->d && !is_operand(op, between->d) && !is_operand(between, op->d);
}

/* The branch on flags that a comparison can be moved down to, or 0. Compilers like to put something
 * in between. */
static unsigned find_branch(const TCGContext *s, unsigned i)
{
    for (unsigned b = i + 1; b < s->count && b <= i + 4; b++) {
        if (s->ops[b].opc == TCG_brflags) {
            return b;
        }
        if (!can_pass(&s->ops[i], &s->ops[b])) {
            return 0;
        }
    }
    return 0;
}

/* Selects what stands between a comparison and its branch. */
static void select_between(Select *z, unsigned i, unsigned b)
{
    for (unsigned k = i + 1; k < b; k++) {
        k = select_pure(z, k, true);
    }
}

/* The form of a comparison that has fused records, or CMP_FORMS. */
static unsigned compare_form(const TCGOp *op)
{
    if (op->opc == TCG_sub && op->d == TCG_NONE) {
        return op->b_imm ? CMP_RI : CMP_RR;
    }
    if (op->opc == TCG_sub && op->b_imm) {
        return CMP_SUB_RI;
    }
    if (op->opc == TCG_and && op->d == TCG_NONE) {
        return op->b_imm ? CMP_TST_RI : CMP_TST_RR;
    }
    return CMP_FORMS;
}

/* A comparison and a branch on it. Returns the last op taken, or 0. */
static unsigned fuse_compare(Select *z, unsigned i)
{
    const TCGContext *s = z->s;
    const TCGOp *op = &s->ops[i];
    unsigned form = compare_form(op);
    unsigned b = op->fset && form != CMP_FORMS ? find_branch(s, i) : 0;
    if (!b) {
        return 0;
    }
    const TCGOp *br = &s->ops[b];
    unsigned go = conditional_exit(z, b);
    unsigned number = go ? tci_exit_cmp[form][br->cond ^ 1] : tci_skip_cmp[form][br->cond];
    if (number == NO_HANDLER) {
        return 0;
    }
    if (!go && !(op->fset & br->n) && tci_skip_cmp_only[form][br->cond]) {
        number = tci_skip_cmp_only[form][br->cond];
    }
    select_between(z, i, b);
    TciSlot *r = emit(z, op, number, go ? 2 : 1);
    r->imm = op->imm;
    if (go) {
        exit_to(z, r, &s->ops[go]);
        return go;
    }
    branch(z, r, br->imm, true);
    return b;
}

/* -- Memory -- */

/* If op i is `base += delta` without flags: true. */
static bool is_step(const TCGContext *s, unsigned i, TCGTemp base, uint32_t *delta)
{
    if (!is_op(s, i, TCG_add) && !is_op(s, i, TCG_sub)) {
        return false;
    }
    const TCGOp *op = &s->ops[i];
    if (!op->b_imm || op->fset || op->d != base || op->a != base) {
        return false;
    }
    *delta = op->opc == TCG_add ? op->imm : -op->imm;
    return true;
}

static unsigned mem_kind(const TCGOp *op)
{
    unsigned size = op->memop & MO_SIZE;
    if (op->opc == TCG_st) {
        return MEM_ST8 + size;
    }
    return size == MO_32 ? MEM_LD32 : MEM_LD8U + 2 * size + ((op->memop & MO_SIGN) != 0);
}

/* A word in the block's own page, as constants mostly are: it can be read without asking the TLB,
 * because whoever may execute a page may read it. */
static bool is_near(const Select *z, const TCGOp *op)
{
    return z->page && op->opc == TCG_ld && op->a == TCG_NONE && op->b == TCG_NONE &&
           (op->memop & (MO_SIZE | MO_USER | MO_BE)) == MO_32 && (op->imm & 3) == 0 &&
           same_page(z, op->imm);
}

/* Where no handler is for an address without a base, that is the scratch temp: of the index,
 * shifted, or of 0. */
static void base_in_scratch(Select *z, const TCGOp *op)
{
    unsigned number = op->b == TCG_NONE ? tci_alu[TCG_mov][FORM_RI]
                      : op->n           ? tci_alu[TCG_shl][FORM_RI]
                                        : tci_alu[TCG_mov][FORM_RR];
    TciSlot *r = emit(z, op, number, 1);
    r->d = SCRATCH;
    r->a = op->b;
    r->imm = op->b == TCG_NONE ? 0 : op->n;
}

/* Whether the access is big-endian, which only the slow handlers can do. Guests with such data are
 * rare, and fast handlers for them would double the number of memory handlers. */
static bool is_swapped(const TCGOp *op)
{
    return (op->memop & MO_BE) && (op->memop & MO_SIZE) != MO_8;
}

/* Returns the last op taken. */
static unsigned select_memory(Select *z, unsigned i, bool fusion)
{
    const TCGContext *s = z->s;
    const TCGOp *op = &s->ops[i];
    const uint16_t *row = (is_swapped(op) ? tci_slow_mem : tci_mem)[mem_kind(op)];
    TCGTemp reg = op->opc == TCG_st ? op->c : op->d, base = op->a, index = op->b;
    bool user = (op->memop & MO_USER) != 0;
    unsigned form, last = i;
    uint32_t imm = op->imm, delta;

    if (fusion && is_near(z, op)) {
        emit(z, op, NUMBER_ld32_near, 2)[1] =
            (TciSlot){ .bytes = z->page + (imm & (BUS_PAGE_SIZE - 1)) };
        return i;
    }
    if (index != TCG_NONE && base != TCG_NONE) {
        assert(imm == 0 && !user);
        form = op->n ? ADDR_SHL : ADDR_REG;
        imm = op->n;
    } else if (index == TCG_NONE && base == TCG_NONE && !user) {
        form = ADDR_ABS;
    } else {
        if (base == TCG_NONE) {
            base_in_scratch(z, op);
        }
        form = user ? ADDR_USER_IMM : ADDR_IMM;
        unsigned n = i + 1;
        if (fusion && reg != base && is_step(s, n, base, &delta)) {
            if (imm == 0) {
                form = user ? ADDR_USER_POST : ADDR_POST;
                imm = delta;
                last = n;
            } else if (imm == delta && !user) {
                form = ADDR_PRE;
                last = n;
            }
        }
    }
    TciSlot *r = emit(z, op, row[form], 1);
    r->d = reg;
    r->a = base;
    r->c = op->memop;
    r->imm = imm;
    return last;
}

/* -- Load and store multiple -- */

/* Whether a load or store multiple is of a double's words, in the host's order. */
static bool is_fp_pair(const TCGContext *s, const TCGOp *op)
{
    TCGTemp low = s->list[op->list], high = s->list[op->list + 1];
    return op->n == 2 && op->a != TCG_NONE && low >= TCG_FP && low < TCG_FP + TCG_FP_WORDS &&
           (low ^ 1) == high && low == tci_fp_word((low & ~1u) - TCG_FP);
}

static bool in_list(const TCGContext *s, const TCGOp *op, TCGTemp t)
{
    for (unsigned i = 0; i < op->n; i++) {
        if (s->list[op->list + i] == t) {
            return true;
        }
    }
    return false;
}

static unsigned select_multiple(Select *z, unsigned i, bool fusion)
{
    const TCGContext *s = z->s;
    const TCGOp *op = &s->ops[i];
    unsigned store = op->opc == TCG_stm, last = i, form = MULTI_IMM, n = i + 1;
    uint32_t delta, bytes = 4u * op->n;
    TCGTemp base = op->a;

    if (base == TCG_NONE) {
        base_in_scratch(z, op);
    }
    if (fusion && (store || !in_list(s, op, base)) && is_step(s, n, base, &delta)) {
        if (op->imm == 0 && delta == bytes) {
            form = MULTI_IA;
            last = n;
        } else if (op->imm == -bytes && delta == -bytes) {
            form = MULTI_DB;
            last = n;
        }
    }
    const uint16_t *row = tci_multi[store][form];
    unsigned number = fusion && op->n <= MULTI_MAX_WORDS && row[op->n] ? row[op->n] : row[0];
    bool fp_pair = fusion && is_fp_pair(s, op);
    if (is_swapped(op)) {
        number = tci_slow_multi[store][form];
        fp_pair = false;
    }
    TciSlot *r = emit(z, op, fp_pair ? tci_fp_pair[store][form] : number, 2);
    if (fp_pair) {
        r->b = s->list[op->list] & ~1u;
    }
    r->d = (uint8_t)op->n;
    r->a = base;
    r->c = op->memop;
    r->imm = op->imm;
    for (unsigned k = 0; k < op->n; k++) {
        r[1].list[k] = s->list[op->list + k];
    }
    return last;
}

/* A call: `mov lr, imm; goto_tb`. */
static unsigned fuse_call(Select *z, unsigned i)
{
    const TCGOp *op = &z->s->ops[i], *go = &z->s->ops[i + 1];
    if (!op->b_imm || op->fset || !is_op(z->s, i + 1, TCG_goto_tb)) {
        return 0;
    }
    TciSlot *r =
        emit(z, op, same_page(z, go->imm) ? NUMBER_movi_goto_tb : NUMBER_movi_goto_tb_cross, 2);
    r->imm = op->imm;
    exit_to(z, r, go);
    return i + 1;
}

/* -- One op -- */

static void select_call(Select *z, const TCGOp *op)
{
    TciSlot *r = emit(z, op, op->memop & TCG_CALL_RAISES ? NUMBER_call_raises : NUMBER_call, 2);
    r->imm = op->imm;
    set_callee(r, &z->s->callees[op->n]);
}

/* Makes slots of op i and perhaps of its followers; returns the last op taken. */
static unsigned select_op(Select *z, unsigned i, bool fusion)
{
    const TCGContext *s = z->s;
    const TCGOp *op = &s->ops[i];
    unsigned taken = 0;
    TciSlot *r;

    switch (op->opc) {
    case TCG_label: place_label(z, op->imm); break;
    case TCG_brflags:
        taken = fusion ? conditional_exit(z, i) : 0;
        if (taken) {
            exit_to(z, emit(z, op, tci_exit_if[op->cond ^ 1], 2), &s->ops[taken]);
        } else {
            branch(z, emit(z, op, tci_skip[op->cond], 1), op->imm, false);
        }
        break;
    case TCG_ld:
    case TCG_st: taken = select_memory(z, i, fusion); break;
    case TCG_ldm:
    case TCG_stm: taken = select_multiple(z, i, fusion); break;
    case TCG_fp: taken = tci_select_fp(z, i, fusion); break;
    case TCG_call: select_call(z, op); break;
    case TCG_goto_tb:
        r = emit(z, op, same_page(z, op->imm) ? NUMBER_goto_tb : NUMBER_goto_tb_cross, 2);
        exit_to(z, r, op);
        break;
    case TCG_exit_tb:
        r = emit(z, op, NUMBER_exit_tb, 2);
        r->c = (uint8_t)(op->insn + 1);
        r[1] = (TciSlot){ .target = NULL };
        r[1].pc = op->imm;
        break;
    case TCG_goto_ptr: emit(z, op, NUMBER_goto_ptr, 1)->c = (uint8_t)(op->insn + 1); break;
    case TCG_goto_ptr_x:
        r = emit(
            z, op,
            (z->tb->mode & z->tb->target->isa_bit) ? NUMBER_goto_ptr_odd : NUMBER_goto_ptr_even, 1);
        r->c = (uint8_t)(op->insn + 1);
        break;
    case TCG_lookup: emit(z, op, NUMBER_lookup, 1)->c = (uint8_t)(op->insn + 1); break;
    case TCG_sub:
    case TCG_and:
        taken = fusion ? fuse_compare(z, i) : 0;
        if (!taken) {
            select_alu(z, op);
        }
        break;
    case TCG_mov:
        taken = fusion ? fuse_call(z, i) : 0;
        if (!taken) {
            taken = select_pure(z, i, fusion);
        }
        break;
    case TCG_setc_bit:
    case TCG_shl:
    case TCG_shr:
    case TCG_sar:
    case TCG_rotr: taken = select_pure(z, i, fusion); break;
    default: select_alu(z, op); break;
    }
    return taken ? taken : i;
}

static unsigned generate(const Tci *t, const TCGContext *s, TciTB *tb, const uint8_t *page,
                         uint8_t *insn_of)
{
    bool fusion = !t->options.no_fusion;
    TciSlot *code = tb->code;
    Select z; /* its lists need not be cleared */
    z.s = s;
    z.tb = tb;
    z.code = code;
    z.page = t->watches && tci_watched_page(t, tb->pc) ? NULL : page; /* the TLB knows */
    z.insn_of = insn_of;
    z.slots = z.fixup_count = z.exit_count = z.record_count = 0;
    z.fast_fp = t->fast_fp;
    z.end_count = z.next_counted = 0;
    for (unsigned i = 0; i < s->count;) {
        unsigned last = t->coverage ? tci_begin_piece(t, &z, i) : s->count - 1;
        for (; i <= last; i++) {
            i = select_op(&z, i, fusion);
        }
        z.ends[z.end_count++] = (uint16_t)z.record_count;
    }
    if (t->coverage) {
        tci_cover(t, &z, fusion);
    } else if (fusion) {
        tci_combine(code, z.records, z.record_count);
    }
    assert(z.fixup_count == 0);
    for (unsigned i = 0; i < z.exit_count; i++) {
        TciSlot *r = &code[z.exits[i]];
        r[1].target = &code[z.slots];
        tci_set_number(&code[z.slots], NUMBER_link);
        code[z.slots].exit = r;
        insn_of[z.slots] = insn_of[z.exits[i]];
        z.slots++;
    }
    return z.slots;
}

static void discard(TciTB *tb)
{
    tci_set_number(&tb->code[0], NUMBER_stale);
}

const TciBackend tci_interpreter = { generate, discard };
