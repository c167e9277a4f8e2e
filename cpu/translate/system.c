/* SPDX-License-Identifier: MIT */
/* Translates accesses to status registers and to the system control coprocessor. */
#include "cpu/cpreg.h"
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Status registers (A4.1.38, A4.1.39). Without an SPSR, in user mode, UNDEFINED. -- */

void trans_mrs(DisasContext *s, const ArmArgs *a)
{
    if (!a->spsr) {
        TCG_CALL(s->tcg, helper_read_cpsr, TCG_CALL_READS, dest_reg(s, a->rd), TCG_NONE, TCG_NONE,
                 0);
    } else if (s->mode & ARM_TB_PRIV) {
        TCG_CALL(s->tcg, helper_read_spsr, TCG_CALL_READS, dest_reg(s, a->rd), TCG_NONE, TCG_NONE,
                 0);
    } else {
        gen_undef(s);
    }
}

/* Writes N Z C V and Q: no translation depends on them, so the block continues. */
static void write_flags(DisasContext *s, TCGTemp value)
{
    TCGTemp q = tcg_temp(s->tcg), rest = tcg_temp(s->tcg);
    tcg_setflags(s->tcg, value);
    tcg_ld_env(s->tcg, rest, offsetof(ARMCPU, cpsr));
    tcg_op2i(s->tcg, TCG_and, 0, rest, rest, ~PSR_Q);
    tcg_op2i(s->tcg, TCG_and, 0, q, value, PSR_Q);
    tcg_op2(s->tcg, TCG_or, 0, rest, rest, q);
    tcg_st_env(s->tcg, rest, offsetof(ARMCPU, cpsr));
}

/* Writes bits on which the translation of what follows may depend. */
static void write_cpsr(DisasContext *s, TCGTemp value, uint32_t mask)
{
    gen_set_next_pc(s);
    TCG_CALL(s->tcg, helper_write_cpsr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value, TCG_NONE,
             mask);
    gen_lookup(s);
}

static void write_psr(DisasContext *s, const ArmArgs *a, TCGTemp value)
{
    static const uint32_t fields[4] = { 0xff, 0xff00, 0xff0000, 0xff000000 };
    uint32_t mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        mask |= bit(a->fields, i) ? fields[i] : 0;
    }
    mask &= s->cpu->psr_bits;
    if (a->spsr) {
        if (!(s->mode & ARM_TB_PRIV)) {
            gen_undef(s);
        } else if (mask) {
            TCG_CALL(s->tcg, helper_write_spsr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                     TCG_NONE, mask);
        }
        return;
    }
    mask &= arm_cpsr_writable(s->cpu, (s->mode & ARM_TB_PRIV) != 0);
    if (mask == (PSR_NZCV | PSR_Q)) {
        write_flags(s, value);
    } else if (mask) {
        write_cpsr(s, value, mask);
    }
}

void trans_msr_reg(DisasContext *s, const ArmArgs *a)
{
    write_psr(s, a, read_reg(s, a->rm));
}

void trans_msr_imm(DisasContext *s, const ArmArgs *a)
{
    write_psr(s, a, gen_const(s, a->imm));
}

/* -- Changes of the processor state (ARMv6) -- */

/* In user mode CPS does nothing. */
void trans_cps(DisasContext *s, const ArmArgs *a)
{
    uint32_t mask = (bit(a->fields, 2) ? PSR_A : 0) | (bit(a->fields, 1) ? PSR_I : 0) |
                    (bit(a->fields, 0) ? PSR_F : 0);
    uint32_t value = a->op == CPS_DISABLE ? mask : 0;
    if (a->x) {
        mask |= PSR_M;
        value |= a->imm;
    }
    if ((s->mode & ARM_TB_PRIV) && mask) {
        write_cpsr(s, gen_const(s, value), mask);
    }
}

void trans_setend(DisasContext *s, const ArmArgs *a)
{
    write_cpsr(s, gen_const(s, a->x ? PSR_E : 0), PSR_E);
}

/* The distance from the base of a pair of words to the first (A5.4). */
static uint32_t first_of_pair(const ArmArgs *a)
{
    return a->add ? (a->index ? 4 : 0) : 0u - (a->index ? 8 : 4);
}

/* UNPREDICTABLE in user mode. */
void trans_srs(DisasContext *s, const ArmArgs *a)
{
    if (!(s->mode & ARM_TB_PRIV) || arm_bank(a->imm) < 0) {
        gen_undef(s);
        return;
    }
    TCGTemp base = tcg_temp(s->tcg), spsr = tcg_temp(s->tcg), list[2] = { 14, spsr };
    TCG_CALL(s->tcg, helper_banked_r13, TCG_CALL_READS, base, TCG_NONE, TCG_NONE, a->imm);
    TCG_CALL(s->tcg, helper_read_spsr, TCG_CALL_READS, spsr, TCG_NONE, TCG_NONE, 0);
    tcg_stm(s->tcg, base, first_of_pair(a), list, 2, multiple_memop(s));
    if (a->writeback) {
        tcg_op2i(s->tcg, TCG_add, 0, base, base, a->add ? 8 : 0u - 8);
        TCG_CALL(s->tcg, helper_set_banked_r13, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, base,
                 TCG_NONE, a->imm);
    }
}

/* UNPREDICTABLE in user mode. */
void trans_rfe(DisasContext *s, const ArmArgs *a)
{
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    TCGTemp pc = tcg_temp(s->tcg), cpsr = tcg_temp(s->tcg), list[2] = { pc, cpsr };
    tcg_ldm(s->tcg, read_reg(s, a->rn), first_of_pair(a), list, 2, multiple_memop(s));
    if (a->writeback && a->rn != 15) {
        tcg_op2i(s->tcg, TCG_add, 0, a->rn, a->rn, a->add ? 8 : 0u - 8);
    }
    TCG_CALL(s->tcg, helper_return_from_exception, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, pc,
             cpsr, s->pc);
    gen_lookup(s);
}

void trans_wfi(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    gen_set_next_pc(s);
    TCG_CALL(s->tcg, helper_wfi, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, TCG_NONE, TCG_NONE, 0);
    gen_lookup(s);
}

/* -- The system control coprocessor -- */

static uint32_t register_key(const ArmArgs *a)
{
    return (uint32_t)ARM_CP_KEY(a->crn, a->opc1, a->crm, a->opc2);
}

/* Finds a register, for its helper. False: the instruction is UNDEFINED. */
static bool find_register(DisasContext *s, uint32_t key, bool write, uint32_t *reg)
{
    int number = arm_cp_find(s->cpu, key, write, (s->mode & ARM_TB_PRIV) != 0);
    if (number < 0) {
        gen_undef(s);
        return false;
    }
    *reg = (uint32_t)number << 16 | key;
    return true;
}

/* Reads what needs no helper: a constant, or a field that is kept whole. */
static bool read_directly(DisasContext *s, const ARMCPReg *reg, TCGTemp d)
{
    if (reg->read || reg->type & ARM_CP_UNPREDICTABLE) {
        return false;
    }
    if (reg->field == ARM_CP_NO_FIELD) {
        tcg_movi(s->tcg, d, reg->fixed);
    } else if (reg->mask == UINT32_MAX) {
        tcg_ld_env(s->tcg, d, reg->field);
    } else {
        return false;
    }
    return true;
}

void trans_mrc15(DisasContext *s, const ArmArgs *a)
{
    uint32_t reg;
    if (!find_register(s, register_key(a), false, &reg)) {
        return;
    }
    TCGTemp d = dest_reg(s, a->rd);
    if (!read_directly(s, arm_cp_reg(s->cpu, reg >> 16), d)) {
        TCG_CALL(s->tcg, helper_cp_read, TCG_CALL_READS, d, TCG_NONE, gen_const(s, reg), s->pc);
    }
    if (a->rd == 15) {
        tcg_setflags(s->tcg, d);
    }
}

static void write_register(DisasContext *s, uint32_t reg, TCGTemp value)
{
    if (arm_cp_reg(s->cpu, reg >> 16)->type & ARM_CP_CACHE_OP) {
        return;
    }
    gen_set_next_pc(s);
    TCG_CALL(s->tcg, helper_cp_write, TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES, TCG_NONE,
             value, gen_const(s, reg), s->pc);
    gen_lookup(s);
}

void trans_mcr15(DisasContext *s, const ArmArgs *a)
{
    uint32_t reg;
    if (find_register(s, register_key(a), true, &reg)) {
        write_register(s, reg, read_reg(s, a->rd));
    }
}

/* Block transfers of ARMv6: the second register and the value are of no account. */
void trans_mcrr15(DisasContext *s, const ArmArgs *a)
{
    uint32_t reg;
    if (find_register(s, (uint32_t)ARM_CP_PAIR_KEY(a->opc1, a->crm), true, &reg)) {
        write_register(s, reg, gen_const(s, 0));
    }
}

static void read_zero(DisasContext *s, const ArmArgs *a)
{
    TCGTemp d = dest_reg(s, a->rd);
    tcg_movi(s->tcg, d, 0);
    if (a->rd == 15) {
        tcg_setflags(s->tcg, d);
    }
}

/* Jazelle's registers (identity, operating system control, main configuration) in the trivial
 * implementation: in privileged modes they read as zero and ignore writes. */
void trans_mrc_jazelle(DisasContext *s, const ArmArgs *a)
{
    if (s->mode & ARM_TB_PRIV) {
        read_zero(s, a);
    } else {
        gen_undef(s);
    }
}

void trans_mcr_jazelle(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
    }
}

/* Debug registers, for all modes. There is no debug logic: c0 is 0 in all models, as in QEMU. In
 * the ARM1026 and ARMv6 it is the debug ID. In ARM9 cores (DDI 0145, 5.16) it is the control
 * register of the debug communications channel, in which 0 means that the data register c1 has
 * nothing to read and may be written. Programs that find it so write c1, so writes do nothing, as
 * if a debugger read the values at once, and it reads as 0. In QEMU c1 is UNDEFINED. */
void trans_mrc_debug(DisasContext *s, const ArmArgs *a)
{
    read_zero(s, a);
}
