/* SPDX-License-Identifier: MIT */
/* Translates ARMv6's media instructions (ARM ARM DDI 0100I, A3.2 to A3.4, A4.1). What compilers
 * use a lot, extensions and reversals, are ops; most of the others are helpers. */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Extension and packing. rn is 15 where nothing is added. -- */

/* d = the byte or halfword of m that `rotation` (0, 8, 16, 24) brings to the bottom, extended;
 * memop is that of a load that would do the same. */
static void gen_extend(DisasContext *s, TCGTemp d, TCGTemp m, unsigned rotation, unsigned memop)
{
    unsigned width = 8u << (memop & MO_SIZE), end = rotation + width;
    TCGContext *t = s->tcg;
    if (end == 32) {
        tcg_op2i(t, (memop & MO_SIGN) != 0 ? TCG_sar : TCG_shr, 0, d, m, rotation);
    } else if ((memop & MO_SIGN) != 0) { /* to the top of the word, and down again */
        tcg_op2i(t, end < 32 ? TCG_shl : TCG_rotr, 0, d, m, end < 32 ? 32 - end : end - 32);
        tcg_op2i(t, TCG_sar, 0, d, d, 32 - width);
    } else {
        if (rotation != 0) {
            tcg_op2i(t, TCG_rotr, 0, d, m, rotation);
            m = d;
        }
        tcg_op2i(t, TCG_and, 0, d, m, (UINT32_C(1) << width) - 1);
    }
}

void trans_extend(DisasContext *s, const ArmArgs *a)
{
    TCGTemp d = dest_reg(s, a->rd), m = read_reg(s, a->rm);
    if (a->rn == 15) {
        gen_extend(s, d, m, a->amount, a->op);
    } else {
        TCGTemp extended = tcg_temp(s->tcg);
        gen_extend(s, extended, m, a->amount, a->op);
        tcg_op2(s->tcg, TCG_add, 0, d, read_reg(s, a->rn), extended);
    }
}

/* Two bytes to two halfwords. */
void trans_extend16(DisasContext *s, const ArmArgs *a)
{
    TCGTemp d = dest_reg(s, a->rd);
    TCGTemp m = gen_shift_imm(s, TCG_NONE, 0, false, read_reg(s, a->rm), a->shift, a->amount);
    if (a->rn == 15 && a->op == 0) {
        tcg_op2i(s->tcg, TCG_and, 0, d, m, UINT32_C(0x00ff00ff));
    } else {
        TCGTemp n = a->rn == 15 ? gen_const(s, 0) : read_reg(s, a->rn);
        TCG_CALL(s->tcg, helper_extend16, TCG_CALL_PURE, d, n, m, a->op);
    }
}

void trans_pkh(DisasContext *s, const ArmArgs *a)
{
    const uint32_t bottom = 0xffff, top = ~bottom;
    bool m_is_bottom = a->shift == SHIFT_ASR;
    TCGTemp m = gen_shift_imm(s, TCG_NONE, 0, false, read_reg(s, a->rm), a->shift, a->amount);
    TCGTemp half_m = tcg_temp(s->tcg), half_n = tcg_temp(s->tcg);
    tcg_op2i(s->tcg, TCG_and, 0, half_m, m, m_is_bottom ? bottom : top);
    tcg_op2i(s->tcg, TCG_and, 0, half_n, read_reg(s, a->rn), m_is_bottom ? top : bottom);
    tcg_op2(s->tcg, TCG_or, 0, dest_reg(s, a->rd), half_n, half_m);
}

/* REV16 and REVSH take their result from that of REV. */
void trans_rev(DisasContext *s, const ArmArgs *a)
{
    tcg_op1(s->tcg, TCG_bswap, 0, dest_reg(s, a->rd), read_reg(s, a->rm));
}

void trans_rev16(DisasContext *s, const ArmArgs *a)
{
    TCGTemp d = dest_reg(s, a->rd);
    tcg_op1(s->tcg, TCG_bswap, 0, d, read_reg(s, a->rm));
    tcg_op2i(s->tcg, TCG_rotr, 0, d, d, 16);
}

void trans_revsh(DisasContext *s, const ArmArgs *a)
{
    TCGTemp d = dest_reg(s, a->rd);
    tcg_op1(s->tcg, TCG_bswap, 0, d, read_reg(s, a->rm));
    tcg_op2i(s->tcg, TCG_sar, 0, d, d, 16);
}

/* -- Parallel arithmetic, saturation -- */

/* Each byte of rd is that of rn or of rm, as GE selects. */
void trans_sel(DisasContext *s, const ArmArgs *a)
{
    TCG_CALL(s->tcg, helper_sel, TCG_CALL_READS, dest_reg(s, a->rd), read_reg(s, a->rn),
             read_reg(s, a->rm), 0);
}

void trans_parallel(DisasContext *s, const ArmArgs *a)
{
    TCG_CALL(s->tcg, helper_parallel, TCG_CALL_WRITES, dest_reg(s, a->rd), read_reg(s, a->rn),
             read_reg(s, a->rm), a->op);
}

void trans_ssat(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = gen_shift_imm(s, TCG_NONE, 0, false, read_reg(s, a->rm), a->shift, a->amount);
    TCG_CALL(s->tcg, helper_ssat, TCG_CALL_WRITES, dest_reg(s, a->rd), m, TCG_NONE, a->imm);
}

void trans_usat(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = gen_shift_imm(s, TCG_NONE, 0, false, read_reg(s, a->rm), a->shift, a->amount);
    TCG_CALL(s->tcg, helper_usat, TCG_CALL_WRITES, dest_reg(s, a->rd), m, TCG_NONE, a->imm);
}

void trans_ssat16(DisasContext *s, const ArmArgs *a)
{
    TCG_CALL(s->tcg, helper_ssat16, TCG_CALL_WRITES, dest_reg(s, a->rd), read_reg(s, a->rm),
             TCG_NONE, a->imm);
}

void trans_usat16(DisasContext *s, const ArmArgs *a)
{
    TCG_CALL(s->tcg, helper_usat16, TCG_CALL_WRITES, dest_reg(s, a->rd), read_reg(s, a->rm),
             TCG_NONE, a->imm);
}

void trans_usad8(DisasContext *s, const ArmArgs *a)
{
    TCGTemp d = dest_reg(s, a->rd), sum = a->ra == 15 ? d : tcg_temp(s->tcg);
    TCG_CALL(s->tcg, helper_usad8, TCG_CALL_PURE, sum, read_reg(s, a->rm), read_reg(s, a->rs), 0);
    if (a->ra != 15) {
        tcg_op2(s->tcg, TCG_add, 0, d, read_reg(s, a->ra), sum);
    }
}

/* -- Multiplies. ra is 15 where nothing is added. -- */

/* The products of the bottom and of the top half of rm; with x the halves of rs are exchanged. */
static void multiply_both_halves(DisasContext *s, const ArmArgs *a, TCGTemp bottom, TCGTemp top)
{
    TCGTemp m = read_reg(s, a->rm), r = read_reg(s, a->rs);
    tcg_mul16(s->tcg, bottom, m, false, r, a->x);
    tcg_mul16(s->tcg, top, m, true, r, !a->x);
}

/* SMUAD and SMLAD: Q is set if the whole sum overflows. */
void trans_smlad(DisasContext *s, const ArmArgs *a)
{
    TCGTemp bottom = tcg_temp(s->tcg), top = tcg_temp(s->tcg);
    multiply_both_halves(s, a, bottom, top);
    tcg_op2(s->tcg, TCG_add, 0, bottom, bottom, top);
    TCGTemp sum = a->ra == 15 ? gen_const(s, 0) : read_reg(s, a->ra);
    TCG_CALL(s->tcg, helper_smlad, TCG_CALL_WRITES, dest_reg(s, a->rd), bottom, sum, 0);
}

/* SMUSD and SMLSD: the difference of the products does not overflow. */
void trans_smlsd(DisasContext *s, const ArmArgs *a)
{
    TCGTemp bottom = tcg_temp(s->tcg), top = tcg_temp(s->tcg), d = dest_reg(s, a->rd);
    multiply_both_halves(s, a, bottom, top);
    if (a->ra == 15) {
        tcg_op2(s->tcg, TCG_sub, 0, d, bottom, top);
    } else {
        tcg_op2(s->tcg, TCG_sub, 0, bottom, bottom, top);
        tcg_add_sticky(s->tcg, d, bottom, read_reg(s, a->ra), offsetof(ARMCPU, cpsr), PSR_Q_BIT);
    }
}

/* SMLALD, SMLSLD. */
void trans_smlald(DisasContext *s, const ArmArgs *a)
{
    TCGTemp bottom = tcg_temp(s->tcg), top = tcg_temp(s->tcg);
    TCGTemp low = read_reg(s, a->ra), high = read_reg(s, a->rd);
    multiply_both_halves(s, a, bottom, top);
    tcg_op3(s->tcg, TCG_mlas2, 0, low, bottom, gen_const(s, 1), high);
    tcg_op3(s->tcg, TCG_mlas2, 0, low, top, gen_const(s, a->op == MUL_SUB ? UINT32_MAX : 1), high);
}

/* SMMUL, SMMLA, SMMLS: the high word of a product that is rounded or negated first. */
void trans_smmul(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = read_reg(s, a->rm), r = read_reg(s, a->rs), d = dest_reg(s, a->rd);
    TCGTemp high = a->ra == 15 ? d : tcg_temp(s->tcg);
    unsigned how = a->op | (a->x ? MUL_ROUND : 0u);
    if (how == 0) {
        tcg_op3(s->tcg, TCG_muls2, 0, tcg_temp(s->tcg), m, r, high);
    } else {
        TCG_CALL(s->tcg, helper_smmul, TCG_CALL_PURE, high, m, r, how);
    }
    if (a->ra != 15) {
        tcg_op2(s->tcg, TCG_add, 0, d, read_reg(s, a->ra), high);
    }
}

/* rd:ra = rm * rs + rd + ra, which fits. */
void trans_umaal(DisasContext *s, const ArmArgs *a)
{
    TCGTemp low = read_reg(s, a->ra), high = read_reg(s, a->rd);
    TCGTemp sum = tcg_temp(s->tcg), carry = gen_const(s, 0);
    tcg_mov(s->tcg, sum, low);
    tcg_op3(s->tcg, TCG_mlau2, 0, sum, read_reg(s, a->rm), read_reg(s, a->rs), carry);
    tcg_op3(s->tcg, TCG_mlau2, 0, sum, high, gen_const(s, 1), carry);
    tcg_mov(s->tcg, low, sum);
    tcg_mov(s->tcg, high, carry);
}
