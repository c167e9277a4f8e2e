/* SPDX-License-Identifier: MIT */
/* Translates data processing and multiplies (ARM ARM A4.1, A5.1, A7.1). */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Data processing -- */

/* The state that all three operand forms of a data-processing instruction share. */
typedef struct Alu {
    bool set;   /* defines flags */
    bool carry; /* C from the shifter */
    bool to_pc; /* a branch; with S it also returns from an exception */
    bool returns;
    TCGTemp d, n;
} Alu;

static bool is_compare(unsigned op)
{
    return op >= ALU_TST && op <= ALU_CMN;
}

/* False: UNDEFINED here (UNPREDICTABLE in the manual: user mode has no SPSR). */
static bool start_alu(DisasContext *s, const ArmArgs *a, Alu *alu)
{
    alu->set = a->set;
    alu->carry = alu->set && alu_is_logical(a->op);
    alu->to_pc = alu->returns = false;
    alu->d = is_compare(a->op) ? TCG_NONE : (TCGTemp)a->rd;
    alu->n = TCG_NONE;
    if (alu->d != 15) {
        return true;
    }
    alu->d = tcg_temp(s->tcg);
    alu->to_pc = true;
    alu->returns = alu->set;
    alu->set = alu->carry = false;
    if (alu->returns && !(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return false;
    }
    return true;
}

static void finish_alu(DisasContext *s, const Alu *alu)
{
    if (alu->returns) {
        TCG_CALL(s->tcg, helper_exception_return, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE,
                 alu->d, TCG_NONE, s->pc);
        gen_lookup(s);
    } else if (alu->to_pc) {
        if (s->mode & ARM_TB_THUMB) { /* bit 0 is ignored */
            tcg_op2i(s->tcg, TCG_and, 0, alu->d, alu->d, ~UINT32_C(1));
        }
        gen_goto_ptr(s, alu->d);
    }
}

static bool reads_rn(unsigned op)
{
    return op != ALU_MOV && op != ALU_MVN;
}

void trans_alu_imm(DisasContext *s, const ArmArgs *a)
{
    Alu alu;
    if (!start_alu(s, a, &alu)) {
        return;
    }
    if (alu.carry && a->amount) {
        tcg_setc_bit(s->tcg, gen_const(s, a->imm), 31);
    }
    if (alu.to_pc && !alu.returns && a->rn == 15 && (a->op == ALU_ADD || a->op == ALU_SUB)) {
        gen_goto(s, (pc_value(s) + (a->op == ALU_ADD ? a->imm : 0 - a->imm)) & ~UINT32_C(3));
        return;
    }
    if (reads_rn(a->op)) {
        alu.n = read_reg(s, a->rn);
    }
    gen_alu_imm(s, a->op, alu.set, alu.d, alu.n, a->imm);
    finish_alu(s, &alu);
}

void trans_alu_shift(DisasContext *s, const ArmArgs *a)
{
    Alu alu;
    if (!start_alu(s, a, &alu)) {
        return;
    }
    TCGTemp m = read_reg(s, a->rm);
    if (a->op == ALU_MOV) {
        gen_shift_imm(s, alu.d, alu.set ? TCG_NZ : 0, alu.carry, m, a->shift, a->amount);
    } else {
        if (reads_rn(a->op)) {
            alu.n = read_reg(s, a->rn);
        }
        TCGTemp b = gen_shift_imm(s, TCG_NONE, 0, alu.carry, m, a->shift, a->amount);
        gen_alu(s, a->op, alu.set, alu.d, alu.n, b);
    }
    finish_alu(s, &alu);
}

void trans_alu_shift_reg(DisasContext *s, const ArmArgs *a)
{
    Alu alu;
    if (!start_alu(s, a, &alu)) {
        return;
    }
    TCGTemp m = read_reg_late_pc(s, a->rm);
    TCGTemp amount = read_reg_late_pc(s, a->rs);
    if (a->op == ALU_MOV) {
        gen_shift_reg(s, alu.d, alu.set ? TCG_NZ : 0, alu.carry, m, a->shift, amount);
    } else {
        if (reads_rn(a->op)) {
            alu.n = read_reg_late_pc(s, a->rn);
        }
        TCGTemp b = gen_shift_reg(s, TCG_NONE, 0, alu.carry, m, a->shift, amount);
        gen_alu(s, a->op, alu.set, alu.d, alu.n, b);
    }
    finish_alu(s, &alu);
}

/* ADD of an immediate to pc, whose bit 1 is ignored (A7.1.5). */
void trans_adr(DisasContext *s, const ArmArgs *a)
{
    tcg_movi(s->tcg, a->rd, (pc_value(s) & ~UINT32_C(3)) + a->imm);
}

/* -- Multiplies (A4.1, A10). C and V are unchanged: MUL, MLA may change C only before ARMv5. -- */

void trans_mul(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = read_reg(s, a->rm), r = read_reg(s, a->rs);
    tcg_op2(s->tcg, TCG_mul, a->set ? TCG_NZ : 0, dest_reg(s, a->rd), m, r);
}

void trans_mla(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = read_reg(s, a->rm), r = read_reg(s, a->rs), sum = read_reg(s, a->ra);
    tcg_op3(s->tcg, TCG_mla, a->set ? TCG_NZ : 0, dest_reg(s, a->rd), m, r, sum);
}

/* a->op is the TCG op. */
void trans_mul_long(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = read_reg(s, a->rm), r = read_reg(s, a->rs);
    TCGTemp low = read_reg(s, a->ra), high = read_reg(s, a->rd);
    tcg_op3(s->tcg, (TCGOpcode)a->op, 0, low, m, r, high);
    if (a->set) {
        tcg_nz64(s->tcg, low, high);
    }
}

/* d = the product of the halves of rm and rs that x and y select. */
static void multiply_halves(DisasContext *s, TCGTemp d, const ArmArgs *a)
{
    tcg_mul16(s->tcg, d, read_reg(s, a->rm), a->x, read_reg(s, a->rs), a->y);
}

/* d = a + b; Q is set if that overflows. */
static void add_setting_q(DisasContext *s, TCGTemp d, TCGTemp a, TCGTemp b)
{
    tcg_add_sticky(s->tcg, d, a, b, offsetof(ARMCPU, cpsr), PSR_Q_BIT);
}

void trans_smul(DisasContext *s, const ArmArgs *a)
{
    multiply_halves(s, dest_reg(s, a->rd), a);
}

void trans_smla(DisasContext *s, const ArmArgs *a)
{
    TCGTemp product = tcg_temp(s->tcg);
    multiply_halves(s, product, a);
    add_setting_q(s, dest_reg(s, a->rd), product, read_reg(s, a->ra));
}

void trans_smlal(DisasContext *s, const ArmArgs *a)
{
    TCGTemp low = read_reg(s, a->ra), high = read_reg(s, a->rd);
    TCGTemp product = tcg_temp(s->tcg);
    multiply_halves(s, product, a);
    tcg_op3(s->tcg, TCG_mlas2, 0, low, product, gen_const(s, 1), high);
}

/* d = bits 47..16 of rm * a half of rs: with that half in the upper half of a word, the high word
 * of the product. */
static void wide_by_half(DisasContext *s, const ArmArgs *a, TCGTemp d)
{
    TCGTemp m = read_reg(s, a->rm), r = read_reg(s, a->rs);
    TCGTemp t = tcg_temp(s->tcg), low = tcg_temp(s->tcg);
    if (a->y) {
        tcg_op2i(s->tcg, TCG_and, 0, t, r, UINT32_C(0xffff0000));
    } else {
        tcg_op2i(s->tcg, TCG_shl, 0, t, r, 16);
    }
    tcg_op3(s->tcg, TCG_muls2, 0, low, m, t, d);
}

void trans_smulw(DisasContext *s, const ArmArgs *a)
{
    wide_by_half(s, a, dest_reg(s, a->rd));
}

void trans_smlaw(DisasContext *s, const ArmArgs *a)
{
    TCGTemp product = tcg_temp(s->tcg);
    wide_by_half(s, a, product);
    add_setting_q(s, dest_reg(s, a->rd), product, read_reg(s, a->ra));
}

void trans_qadd(DisasContext *s, const ArmArgs *a)
{
    TCGTemp m = read_reg(s, a->rm), n = read_reg(s, a->rn);
    if (a->op & SAT_DOUBLE) {
        TCGTemp doubled = tcg_temp(s->tcg);
        TCG_CALL(s->tcg, helper_qadd, TCG_CALL_WRITES, doubled, n, n, 0);
        n = doubled;
    }
    if (a->op & SAT_SUB) {
        TCG_CALL(s->tcg, helper_qsub, TCG_CALL_WRITES, dest_reg(s, a->rd), m, n, 0);
    } else {
        TCG_CALL(s->tcg, helper_qadd, TCG_CALL_WRITES, dest_reg(s, a->rd), m, n, 0);
    }
}

void trans_clz(DisasContext *s, const ArmArgs *a)
{
    tcg_op1(s->tcg, TCG_clz, 0, dest_reg(s, a->rd), read_reg(s, a->rm));
}
