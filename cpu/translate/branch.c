/* SPDX-License-Identifier: MIT */
/* Translates branches and exceptions (ARM ARM A4.1, A7.1). */
#include "cpu/translate/translate.h"

/* The return address for r14; bit 0 is the state to return to. */
static uint32_t return_address(const DisasContext *s)
{
    return s->next_pc | (s->mode & ARM_TB_THUMB ? 1 : 0);
}

void trans_b(DisasContext *s, const ArmArgs *a)
{
    gen_branch(s, pc_value(s) + a->imm);
}

void trans_b_cond(DisasContext *s, const ArmArgs *a)
{
    unsigned skip = tcg_new_label(s->tcg);
    s->conditional = true;
    tcg_brflags(s->tcg, (TCGCond)(a->cond ^ 1), skip);
    gen_goto(s, pc_value(s) + a->imm);
    tcg_label(s->tcg, skip);
}

void trans_bl(DisasContext *s, const ArmArgs *a)
{
    tcg_movi(s->tcg, 14, s->next_pc);
    tcg_goto_tb(s->tcg, pc_value(s) + a->imm);
    s->done = !s->conditional;
}

/* From A32 to Thumb. */
void trans_blx_imm(DisasContext *s, const ArmArgs *a)
{
    tcg_movi(s->tcg, 14, s->next_pc);
    gen_bx(s, gen_const(s, (pc_value(s) + a->imm) | 1));
}

/* Also BXJ, which is BX without Jazelle (A2.10). */
void trans_bx(DisasContext *s, const ArmArgs *a)
{
    gen_bx(s, read_reg(s, a->rm));
}

void trans_blx_reg(DisasContext *s, const ArmArgs *a)
{
    TCGTemp target = tcg_temp(s->tcg);
    tcg_op1(s->tcg, TCG_mov, 0, target, read_reg(s, a->rm));
    tcg_movi(s->tcg, 14, return_address(s));
    gen_bx(s, target);
}

/* BL and BLX are pairs in Thumb (A7.1.15): the prefix sets r14 to the upper part of the target, the
 * suffix adds the lower part and branches. Each half is an instruction. */

void trans_bl_prefix(DisasContext *s, const ArmArgs *a)
{
    s->bl_base = pc_value(s) + sign_extend(a->imm << 12, 23);
    s->bl_suffix = s->next_pc;
    tcg_movi(s->tcg, 14, s->bl_base);
}

void trans_bl_suffix(DisasContext *s, const ArmArgs *a)
{
    uint32_t offset = a->imm << 1;
    if (s->bl_suffix == s->pc) {
        tcg_movi(s->tcg, 14, return_address(s));
        tcg_goto_tb(s->tcg, (s->bl_base + offset) & ~UINT32_C(1));
        s->done = true;
        return;
    }
    TCGTemp target = tcg_temp(s->tcg);
    tcg_op2i(s->tcg, TCG_add, 0, target, 14, offset);
    tcg_op2i(s->tcg, TCG_and, 0, target, target, ~UINT32_C(1));
    tcg_movi(s->tcg, 14, return_address(s));
    gen_goto_ptr(s, target);
}

void trans_blx_suffix(DisasContext *s, const ArmArgs *a)
{
    TCGTemp target = tcg_temp(s->tcg);
    uint32_t offset = a->imm << 1;
    if (s->bl_suffix == s->pc) {
        tcg_movi(s->tcg, target, (s->bl_base + offset) & ~UINT32_C(3));
    } else {
        tcg_op2i(s->tcg, TCG_add, 0, target, 14, offset);
        tcg_op2i(s->tcg, TCG_and, 0, target, target, ~UINT32_C(3));
    }
    tcg_movi(s->tcg, 14, return_address(s));
    gen_bx(s, target);
}

void trans_svc(DisasContext *s, const ArmArgs *a)
{
    gen_swi(s, a->imm);
}

void trans_bkpt(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    gen_bkpt(s);
}

void trans_nop(DisasContext *s, const ArmArgs *a)
{
    (void)s, (void)a;
}

void trans_undefined(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    gen_undef(s);
}
