/* SPDX-License-Identifier: MIT */
/* ARM loads and stores to TCG ops (A4.1, A5.2 to A5.4).
 *
 * The base is written back after the access, so that an abort leaves it as it was (the ARM926EJ-S
 * has the base restored abort model). */
#include "cpu/translate/translate.h"

#define RD(insn)         bits(insn, 12, 4)
#define RN(insn)         bits(insn, 16, 4)
#define RM(insn)         bits(insn, 0, 4)
#define IS_LOAD(insn)    bit(insn, 20)
#define WRITE(insn)      bit(insn, 21)
#define ADD_OFFSET(insn) bit(insn, 23)
#define PRE_INDEX(insn)  bit(insn, 24)

/* -- Addressing modes -- */

/* Where to access, and what becomes of the base. */
typedef struct Mode {
    Address address;
    bool writeback;
    TCGTemp base_temp;  /* the new base, or */
    uint32_t base_step; /* (no base_temp) what is added to the old one */
} Mode;

static Mode mode_imm(DisasContext *s, uint32_t insn, uint32_t offset)
{
    Mode m = { .address = { TCG_NONE, TCG_NONE, 0, 0 }, .base_temp = TCG_NONE };
    unsigned rn = RN(insn);
    uint32_t step = ADD_OFFSET(insn) ? offset : 0 - offset;
    m.address.disp = PRE_INDEX(insn) ? step : 0;
    if (rn == 15) {
        m.address.disp += pc_value(s);
        return m;
    }
    m.address.base = (TCGTemp)rn;
    m.writeback = !PRE_INDEX(insn) || WRITE(insn);
    m.base_step = step;
    return m;
}

/* The offset is rm, shifted as the low bits of the instruction say if `shifted`. */
static Mode mode_reg(DisasContext *s, uint32_t insn, bool shifted)
{
    Mode m = { .address = { TCG_NONE, TCG_NONE, 0, 0 }, .base_temp = TCG_NONE };
    unsigned type = shifted ? bits(insn, 5, 2) : SHIFT_LSL;
    unsigned amount = shifted ? bits(insn, 7, 5) : 0;
    TCGTemp index = read_reg(s, RM(insn));
    m.writeback = (!PRE_INDEX(insn) || WRITE(insn)) && RN(insn) != 15;
    if (!m.writeback && PRE_INDEX(insn) && ADD_OFFSET(insn) && type == SHIFT_LSL) {
        /* What the load and store ops can do by themselves. */
        if (RN(insn) == 15) {
            m.address.disp = pc_value(s);
        } else {
            m.address.base = (TCGTemp)RN(insn);
        }
        m.address.index = index;
        m.address.shift = amount;
        return m;
    }
    TCGTemp base = read_reg(s, RN(insn));
    TCGTemp offset = gen_shift_imm(s, TCG_NONE, 0, false, index, type, amount);
    m.base_temp = tcg_temp(s->tcg);
    tcg_op2(s->tcg, ADD_OFFSET(insn) ? TCG_add : TCG_sub, 0, m.base_temp, base, offset);
    m.address.base = PRE_INDEX(insn) ? m.base_temp : base;
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

/* One transfer of `memop`. A load into the base wins over the writeback (UNPREDICTABLE). */
static void transfer(DisasContext *s, uint32_t insn, const Mode *m, bool load, unsigned memop)
{
    unsigned rd = RD(insn), rn = RN(insn);
    if (!load) {
        gen_store(s, read_reg_late_pc(s, rd), m->address, memop);
        write_back(s, m, rn);
        return;
    }
    TCGTemp d = dest_reg(s, rd);
    gen_load(s, d, m->address, memop);
    if (rd != rn) {
        write_back(s, m, rn);
    }
    if (rd == 15 && memop == MO_32) {
        gen_load_pc(s, d);
    }
}

static unsigned word_or_byte(uint32_t insn)
{
    bool as_user = !PRE_INDEX(insn) && WRITE(insn);
    return (bit(insn, 22) ? MO_8 : MO_32) | (as_user ? MO_USER : 0);
}

void arm_ldst_imm(DisasContext *s, uint32_t insn)
{
    Mode m = mode_imm(s, insn, insn & 0xfff);
    transfer(s, insn, &m, IS_LOAD(insn), word_or_byte(insn));
}

void arm_ldst_reg(DisasContext *s, uint32_t insn)
{
    Mode m = mode_reg(s, insn, true);
    transfer(s, insn, &m, IS_LOAD(insn), word_or_byte(insn));
}

/* -- Halfwords, signed bytes and doublewords -- */

/* LDRD, STRD: two words, checked for the alignment of each (TRM 3.7.3), transferred together. */
static void transfer_double(DisasContext *s, uint32_t insn, Mode m, bool load)
{
    unsigned rd = RD(insn), rn = RN(insn);
    if (rd == 14) { /* UNPREDICTABLE: the second register would be r15 */
        gen_undef(s);
        return;
    }
    TCGTemp list[2] = { (TCGTemp)rd, (TCGTemp)(rd + 1) };
    Address a = m.address;
    if (a.base == TCG_NONE || a.index != TCG_NONE) {
        TCGTemp t = tcg_temp(s->tcg);
        if (a.base == TCG_NONE) {
            tcg_movi(s->tcg, t, a.disp);
            a.disp = 0;
            a.base = t;
        }
        if (a.index != TCG_NONE) {
            tcg_op2(s->tcg, TCG_add, 0, t, a.base, a.index);
            a.base = t;
        }
    }
    if (load) {
        tcg_ldm(s->tcg, a.base, a.disp, list, 2, multiple_memop(s));
    } else {
        tcg_stm(s->tcg, a.base, a.disp, list, 2, multiple_memop(s));
    }
    if (!load || (rn != rd && rn != rd + 1)) {
        write_back(s, &m, rn);
    }
}

static void transfer_extra(DisasContext *s, uint32_t insn, Mode m)
{
    static const unsigned loads[4] = { 0, MO_16, MO_8 | MO_SIGN, MO_16 | MO_SIGN };
    unsigned kind = bits(insn, 5, 2);
    if (IS_LOAD(insn)) {
        transfer(s, insn, &m, true, loads[kind]);
    } else if (kind == 1) {
        transfer(s, insn, &m, false, MO_16);
    } else {
        transfer_double(s, insn, m, kind == 2);
    }
}

void arm_ldst_extra_imm(DisasContext *s, uint32_t insn)
{
    transfer_extra(s, insn, mode_imm(s, insn, bits(insn, 8, 4) << 4 | bits(insn, 0, 4)));
}

void arm_ldst_extra_reg(DisasContext *s, uint32_t insn)
{
    transfer_extra(s, insn, mode_reg(s, insn, false));
}

void arm_swp(DisasContext *s, uint32_t insn)
{
    unsigned memop = bit(insn, 22) ? MO_8 : MO_32;
    Address a = { read_reg(s, RN(insn)), TCG_NONE, 0, 0 };
    TCGTemp m = read_reg(s, RM(insn)), old = tcg_temp(s->tcg);
    gen_load(s, old, a, memop);
    gen_store(s, m, a, memop);
    tcg_mov(s->tcg, dest_reg(s, RD(insn)), old);
}

/* -- Multiple registers (A5.4) -- */

typedef struct Multiple {
    TCGTemp list[16]; /* in the order of their addresses */
    unsigned n;
    TCGTemp base;
    uint32_t first; /* the lowest address, from the base */
    uint32_t step;  /* what writeback adds */
} Multiple;

/* Reads everything but the list. False: the list is empty; ARMv5 cores then transfer nothing and
 * move the base by 16 words (UNPREDICTABLE). */
static bool start_multiple(DisasContext *s, uint32_t insn, Multiple *m)
{
    unsigned n = 0;
    for (unsigned i = 0; i < 16; i++) {
        n += bit(insn, i);
    }
    uint32_t size = n ? 4 * n : 64;
    m->n = 0;
    m->base = read_reg(s, RN(insn));
    m->step = ADD_OFFSET(insn) ? size : 0 - size;
    m->first = ADD_OFFSET(insn) ? 0 : 0 - size;
    if (PRE_INDEX(insn) == ADD_OFFSET(insn)) {
        m->first += 4;
    }
    return n != 0;
}

static void finish_multiple(DisasContext *s, uint32_t insn, const Multiple *m, bool base_loaded)
{
    if (WRITE(insn) && !base_loaded && RN(insn) != 15) {
        tcg_op2i(s->tcg, TCG_add, 0, (TCGTemp)RN(insn), (TCGTemp)RN(insn), m->step);
    }
}

/* Loads the registers of the current mode; returns the temp that holds r15, or TCG_NONE. */
static TCGTemp load_multiple(DisasContext *s, uint32_t insn)
{
    Multiple m;
    TCGTemp pc = TCG_NONE;
    if (start_multiple(s, insn, &m)) {
        for (unsigned i = 0; i < 15; i++) {
            if (bit(insn, i)) {
                m.list[m.n++] = (TCGTemp)i;
            }
        }
        if (bit(insn, 15)) {
            pc = m.list[m.n++] = tcg_temp(s->tcg);
        }
        tcg_ldm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, insn, &m, bit(insn, RN(insn)));
    return pc;
}

void arm_ldm(DisasContext *s, uint32_t insn)
{
    TCGTemp pc = load_multiple(s, insn);
    if (pc != TCG_NONE) {
        gen_load_pc(s, pc);
    }
}

/* LDM with ^ and r15: returns from an exception. */
void arm_ldm_return(DisasContext *s, uint32_t insn)
{
    if (!(s->mode & ARM_TB_PRIV)) { /* UNPREDICTABLE: no SPSR */
        gen_undef(s);
        return;
    }
    TCGTemp pc = load_multiple(s, insn);
    TCG_CALL(s->tcg, helper_exception_return, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, pc,
             TCG_NONE, s->pc);
    gen_lookup(s);
}

/* The base in the list is stored as it was, first in the list or not. */
void arm_stm(DisasContext *s, uint32_t insn)
{
    Multiple m;
    if (start_multiple(s, insn, &m)) {
        for (unsigned i = 0; i < 16; i++) {
            if (bit(insn, i)) {
                m.list[m.n++] = read_reg_late_pc(s, i);
            }
        }
        tcg_stm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, insn, &m, false);
}

/* LDM and STM with ^: r8 to r14 of user mode, through temps. In user mode UNPREDICTABLE. */
void arm_ldm_user(DisasContext *s, uint32_t insn)
{
    Multiple m;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    if (start_multiple(s, insn, &m)) {
        for (unsigned i = 0; i < 15; i++) {
            if (bit(insn, i)) {
                m.list[m.n++] = i < 8 ? (TCGTemp)i : tcg_temp(s->tcg);
            }
        }
        tcg_ldm(s->tcg, m.base, m.first, m.list, m.n, multiple_memop(s));
    }
    finish_multiple(s, insn, &m, RN(insn) < 8 && bit(insn, RN(insn)));
    for (unsigned i = 0, k = 0; i < 15; i++) {
        if (bit(insn, i) && i >= 8) {
            TCG_CALL(s->tcg, helper_set_user_reg, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE,
                     m.list[k], TCG_NONE, i);
        }
        k += bit(insn, i);
    }
}

void arm_stm_user(DisasContext *s, uint32_t insn)
{
    Multiple m;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    if (start_multiple(s, insn, &m)) {
        for (unsigned i = 0; i < 16; i++) {
            if (!bit(insn, i)) {
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
    finish_multiple(s, insn, &m, false);
}
