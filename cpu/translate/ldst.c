/* SPDX-License-Identifier: MIT */
/* Translates loads and stores (A4.1, A5.2 to A5.4, A7.1).
 *
 * The base is written back after the access, so that an abort does not change it (the ARM926EJ-S
 * has the base restored abort model). */
#include "cpu/translate/translate.h"

/* -- Addressing modes -- */

/* The address, and the new base. */
typedef struct Mode {
    Address address;
    bool writeback;
    TCGTemp base_temp;  /* the new base; TCG_NONE: */
    uint32_t base_step; /* it is the old one plus this */
} Mode;

static Mode mode_imm(DisasContext *s, const ArmArgs *a)
{
    Mode m = { .address = { TCG_NONE, TCG_NONE, 0, 0 }, .base_temp = TCG_NONE };
    uint32_t step = a->add ? a->imm : 0 - a->imm;
    m.address.disp = a->index ? step : 0;
    if (a->rn == 15) { /* Thumb ignores bit 1 */
        m.address.disp += pc_value(s) & ~UINT32_C(3);
        return m;
    }
    m.address.base = a->rn;
    m.writeback = a->writeback;
    m.base_step = step;
    return m;
}

/* The offset is rm, shifted. */
static Mode mode_reg(DisasContext *s, const ArmArgs *a)
{
    Mode m = { .address = { TCG_NONE, TCG_NONE, 0, 0 }, .base_temp = TCG_NONE };
    TCGTemp index = read_reg(s, a->rm);
    m.writeback = a->writeback && a->rn != 15;
    if (!m.writeback && a->index && a->add && a->shift == SHIFT_LSL) {
        /* The load and store ops compute this address. */
        if (a->rn == 15) {
            m.address.disp = pc_value(s);
        } else {
            m.address.base = a->rn;
        }
        m.address.index = index;
        m.address.shift = a->amount;
        return m;
    }
    TCGTemp base = read_reg(s, a->rn);
    TCGTemp offset = gen_shift_imm(s, TCG_NONE, 0, false, index, a->shift, a->amount);
    m.base_temp = tcg_temp(s->tcg);
    tcg_op2(s->tcg, a->add ? TCG_add : TCG_sub, 0, m.base_temp, base, offset);
    m.address.base = a->index ? m.base_temp : base;
    return m;
}

static void write_back(DisasContext *s, const Mode *m, unsigned rn)
{
    if (!m->writeback) {
        return;
    }
    if (m->base_temp != TCG_NONE) {
        tcg_mov(s->tcg, (TCGTemp)rn, m->base_temp);
    } else if (m->base_step) {
        tcg_op2i(s->tcg, TCG_add, 0, (TCGTemp)rn, (TCGTemp)rn, m->base_step);
    }
}

/* -- Single registers -- */

/* Loads a->op. A load into the base overrides the writeback (UNPREDICTABLE). */
static void load(DisasContext *s, const ArmArgs *a, const Mode *m)
{
    TCGTemp d = dest_reg(s, a->rd);
    gen_load(s, d, m->address, a->op);
    if (a->rd != a->rn) {
        write_back(s, m, a->rn);
    }
    if (a->rd == 15 && a->op == MO_32) {
        gen_load_pc(s, d);
    }
}

static void store(DisasContext *s, const ArmArgs *a, const Mode *m)
{
    gen_store(s, read_reg_late_pc(s, a->rd), m->address, a->op);
    write_back(s, m, a->rn);
}

void trans_ldr_imm(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_imm(s, a);
    load(s, a, &m);
}

void trans_ldr_reg(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_reg(s, a);
    load(s, a, &m);
}

void trans_str_imm(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_imm(s, a);
    store(s, a, &m);
}

void trans_str_reg(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_reg(s, a);
    store(s, a, &m);
}

/* -- Doublewords -- */

/* LDRD, STRD: two words, each with its own alignment (TRM 3.7.3), transferred by one op. */
static void transfer_double(DisasContext *s, const ArmArgs *a, const Mode *m, bool load)
{
    unsigned rd = a->rd, rn = a->rn;
    if (rd == 14) { /* UNPREDICTABLE: the second register would be r15 */
        gen_undef(s);
        return;
    }
    TCGTemp list[2] = { (TCGTemp)rd, (TCGTemp)(rd + 1) };
    Address at = m->address;
    if (at.base == TCG_NONE || at.index != TCG_NONE) {
        TCGTemp t = tcg_temp(s->tcg);
        if (at.base == TCG_NONE) {
            tcg_movi(s->tcg, t, at.disp);
            at.disp = 0;
            at.base = t;
        }
        if (at.index != TCG_NONE) {
            tcg_op2(s->tcg, TCG_add, 0, t, at.base, at.index);
            at.base = t;
        }
    }
    if (load) {
        tcg_ldm(s->tcg, at.base, at.disp, list, 2, multiple_memop(s));
    } else {
        tcg_stm(s->tcg, at.base, at.disp, list, 2, multiple_memop(s));
    }
    if (!load || (rn != rd && rn != rd + 1)) {
        write_back(s, m, rn);
    }
}

void trans_ldrd_imm(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_imm(s, a);
    transfer_double(s, a, &m, true);
}

void trans_ldrd_reg(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_reg(s, a);
    transfer_double(s, a, &m, true);
}

void trans_strd_imm(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_imm(s, a);
    transfer_double(s, a, &m, false);
}

void trans_strd_reg(DisasContext *s, const ArmArgs *a)
{
    Mode m = mode_reg(s, a);
    transfer_double(s, a, &m, false);
}

void trans_swp(DisasContext *s, const ArmArgs *a)
{
    Address at = { read_reg(s, a->rn), TCG_NONE, 0, 0 };
    TCGTemp m = read_reg(s, a->rm), old = tcg_temp(s->tcg);
    unsigned memop = a->op | (s->mode & ARM_TB_U ? MO_ALIGN_FAULT : 0);
    gen_load(s, old, at, memop);
    gen_store(s, m, at, memop);
    tcg_mov(s->tcg, dest_reg(s, a->rd), old);
}

/* -- Multiple registers (A5.4) -- */

typedef struct Multiple {
    TCGTemp list[16]; /* in the order of their addresses */
    unsigned n;
    TCGTemp base;
    uint32_t first; /* the lowest address - the base */
    uint32_t step;  /* the new base - the old one */
} Multiple;

/* Sets up *m, except its list. False: the list is empty; ARMv5 cores then transfer nothing and move
 * the base by 16 words (UNPREDICTABLE). */
static bool start_multiple(DisasContext *s, const ArmArgs *a, Multiple *m)
{
    unsigned n = 0;
    for (unsigned i = 0; i < 16; i++) {
        n += bit(a->imm, i);
    }
    uint32_t size = n ? 4 * n : 64;
    m->n = 0;
    m->base = read_reg(s, a->rn);
    m->step = a->add ? size : 0 - size;
    m->first = a->add ? 0 : 0 - size;
    if (a->index == a->add) {
        m->first += 4;
    }
    return n != 0;
}

static void finish_multiple(DisasContext *s, const ArmArgs *a, const Multiple *m, bool base_loaded)
{
    if (a->writeback && !base_loaded && a->rn != 15) {
        tcg_op2i(s->tcg, TCG_add, 0, a->rn, a->rn, m->step);
    }
}

/* Loads registers of the current mode. Returns the temp that holds r15, or TCG_NONE. */
static TCGTemp load_multiple(DisasContext *s, const ArmArgs *a)
{
    Multiple m;
    TCGTemp pc = TCG_NONE;
    if (start_multiple(s, a, &m)) {
        for (unsigned i = 0; i < 15; i++) {
            if (bit(a->imm, i)) {
                m.list[m.n++] = (TCGTemp)i;
            }
        }
        if (bit(a->imm, 15)) {
            pc = m.list[m.n++] = tcg_temp(s->tcg);
        }
        tcg_ldm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, a, &m, bit(a->imm, a->rn));
    return pc;
}

void trans_ldm(DisasContext *s, const ArmArgs *a)
{
    TCGTemp pc = load_multiple(s, a);
    if (pc != TCG_NONE) {
        gen_load_pc(s, pc);
    }
}

/* LDM with ^ and r15: returns from an exception. */
void trans_ldm_return(DisasContext *s, const ArmArgs *a)
{
    if (!(s->mode & ARM_TB_PRIV)) { /* UNPREDICTABLE: no SPSR */
        gen_undef(s);
        return;
    }
    TCGTemp pc = load_multiple(s, a);
    TCG_CALL(s->tcg, helper_exception_return, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, pc,
             TCG_NONE, s->pc);
    gen_lookup(s);
}

/* A base in the list is stored with its old value, even if it is not the first. */
void trans_stm(DisasContext *s, const ArmArgs *a)
{
    Multiple m;
    if (start_multiple(s, a, &m)) {
        for (unsigned i = 0; i < 16; i++) {
            if (bit(a->imm, i)) {
                m.list[m.n++] = read_reg_late_pc(s, i);
            }
        }
        tcg_stm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, a, &m, false);
}

/* LDM and STM with ^: r8 to r14 of user mode, through temps. UNPREDICTABLE in user mode. */
void trans_ldm_user(DisasContext *s, const ArmArgs *a)
{
    Multiple m;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    if (start_multiple(s, a, &m)) {
        for (unsigned i = 0; i < 15; i++) {
            if (bit(a->imm, i)) {
                m.list[m.n++] = i < 8 ? (TCGTemp)i : tcg_temp(s->tcg);
            }
        }
        tcg_ldm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, a, &m, a->rn < 8 && bit(a->imm, a->rn));
    for (unsigned i = 0, k = 0; i < 15; i++) {
        if (bit(a->imm, i) && i >= 8) {
            TCG_CALL(s->tcg, helper_set_user_reg, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE,
                     m.list[k], TCG_NONE, i);
        }
        k += bit(a->imm, i);
    }
}

void trans_stm_user(DisasContext *s, const ArmArgs *a)
{
    Multiple m;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    if (start_multiple(s, a, &m)) {
        for (unsigned i = 0; i < 16; i++) {
            if (!bit(a->imm, i)) {
                continue;
            }
            if (i >= 8 && i <= 14) {
                TCGTemp t = m.list[m.n++] = tcg_temp(s->tcg);
                TCG_CALL(s->tcg, helper_user_reg, TCG_CALL_READS, t, TCG_NONE, TCG_NONE, i);
            } else {
                m.list[m.n++] = read_reg_late_pc(s, i);
            }
        }
        tcg_stm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, a, &m, false);
}
