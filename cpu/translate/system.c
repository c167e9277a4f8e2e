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

static void write_psr(DisasContext *s, const ArmArgs *a, TCGTemp value)
{
    static const uint32_t fields[4] = { 0xff, 0xff00, 0xff0000, 0xff000000 };
    uint32_t mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        mask |= bit(a->fields, i) ? fields[i] : 0;
    }
    mask &= PSR_NZCV | PSR_Q | PSR_J | PSR_I | PSR_F | PSR_T | PSR_M;
    if (a->spsr) {
        if (!(s->mode & ARM_TB_PRIV)) {
            gen_undef(s);
        } else if (mask) {
            TCG_CALL(s->tcg, helper_write_spsr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                     TCG_NONE, mask);
        }
        return;
    }
    /* MSR cannot change the execution state, and in user mode only flags. */
    mask &= ~(PSR_J | PSR_T);
    if (!(s->mode & ARM_TB_PRIV)) {
        mask &= PSR_NZCV | PSR_Q;
    }
    if (mask == (PSR_NZCV | PSR_Q)) {
        write_flags(s, value);
    } else if (mask) {
        gen_set_next_pc(s);
        TCG_CALL(s->tcg, helper_write_cpsr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                 TCG_NONE, mask);
        gen_lookup(s);
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

/* -- The system control coprocessor -- */

/* Finds the register of an MRC or MCR, for its helper. False: the instruction is UNDEFINED. */
static bool find_register(DisasContext *s, const ArmArgs *a, bool write, uint32_t *reg)
{
    uint32_t key = (uint32_t)ARM_CP_KEY(a->crn, a->opc1, a->crm, a->opc2);
    int number = arm_cp_find(s->cpu, key, write, (s->mode & ARM_TB_PRIV) != 0);
    if (number < 0) {
        gen_undef(s);
        return false;
    }
    *reg = (uint32_t)number << 16 | key;
    return true;
}

void trans_mrc15(DisasContext *s, const ArmArgs *a)
{
    uint32_t reg;
    if (!find_register(s, a, false, &reg)) {
        return;
    }
    TCGTemp d = dest_reg(s, a->rd);
    TCG_CALL(s->tcg, helper_cp_read, TCG_CALL_READS, d, TCG_NONE, gen_const(s, reg), s->pc);
    if (a->rd == 15) {
        tcg_setflags(s->tcg, d);
    }
}

void trans_mcr15(DisasContext *s, const ArmArgs *a)
{
    uint32_t reg;
    if (!find_register(s, a, true, &reg) || arm_cp_reg(s->cpu, reg >> 16)->type & ARM_CP_CACHE_OP) {
        return;
    }
    TCGTemp value = read_reg(s, a->rd);
    gen_set_next_pc(s);
    TCG_CALL(s->tcg, helper_cp_write, TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES, TCG_NONE,
             value, gen_const(s, reg), s->pc);
    gen_lookup(s);
}

/* Jazelle's registers (identity, operating system control, main configuration) in the trivial
 * implementation: in privileged modes they read as zero and ignore writes. */
void trans_mrc_jazelle(DisasContext *s, const ArmArgs *a)
{
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    TCGTemp d = dest_reg(s, a->rd);
    tcg_movi(s->tcg, d, 0);
    if (a->rd == 15) {
        tcg_setflags(s->tcg, d);
    }
}

void trans_mcr_jazelle(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
    }
}
