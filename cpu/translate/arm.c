/* SPDX-License-Identifier: MIT */
/* ARM instructions to TCG ops: data processing, multiplies, status registers, branches and
 * coprocessors. */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Data processing (A4.1, A5.1) -- */

#define RD(insn) bits(insn, 12, 4)
#define RN(insn) bits(insn, 16, 4)
#define RM(insn) bits(insn, 0, 4)
#define RS(insn) bits(insn, 8, 4)

/* The parts of a data-processing instruction that its three operand forms share. */
typedef struct Alu {
    unsigned op;
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

/* False: the instruction is UNDEFINED here (it is UNPREDICTABLE: user mode has no SPSR). */
static bool start_alu(DisasContext *s, uint32_t insn, Alu *alu)
{
    unsigned op = bits(insn, 21, 4);
    alu->op = op;
    alu->set = bit(insn, 20);
    alu->carry = alu->set && alu_is_logical(op);
    alu->to_pc = alu->returns = false;
    alu->d = is_compare(op) ? TCG_NONE : (TCGTemp)RD(insn);
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
        gen_goto_ptr(s, alu->d);
    }
}

static bool reads_rn(unsigned op)
{
    return op != ALU_MOV && op != ALU_MVN;
}

static uint32_t rotated_imm(uint32_t insn)
{
    uint32_t imm = insn & 0xff;
    unsigned rotation = 2 * bits(insn, 8, 4);
    return rotation ? imm >> rotation | imm << (32 - rotation) : imm;
}

void arm_alu_imm(DisasContext *s, uint32_t insn)
{
    Alu alu;
    uint32_t imm = rotated_imm(insn);
    if (!start_alu(s, insn, &alu)) {
        return;
    }
    if (alu.carry && bits(insn, 8, 4)) {
        tcg_setc_bit(s->tcg, gen_const(s, imm), 31);
    }
    if (alu.to_pc && !alu.returns && RN(insn) == 15 && (alu.op == ALU_ADD || alu.op == ALU_SUB)) {
        gen_goto(s, (pc_value(s) + (alu.op == ALU_ADD ? imm : 0 - imm)) & ~UINT32_C(3));
        return;
    }
    if (reads_rn(alu.op)) {
        alu.n = read_reg(s, RN(insn));
    }
    gen_alu_imm(s, alu.op, alu.set, alu.d, alu.n, imm);
    finish_alu(s, &alu);
}

void arm_alu_shift(DisasContext *s, uint32_t insn)
{
    Alu alu;
    unsigned type = bits(insn, 5, 2), amount = bits(insn, 7, 5);
    if (!start_alu(s, insn, &alu)) {
        return;
    }
    TCGTemp m = read_reg(s, RM(insn));
    if (alu.op == ALU_MOV) {
        gen_shift_imm(s, alu.d, alu.set ? TCG_NZ : 0, alu.carry, m, type, amount);
    } else {
        if (reads_rn(alu.op)) {
            alu.n = read_reg(s, RN(insn));
        }
        TCGTemp b = gen_shift_imm(s, TCG_NONE, 0, alu.carry, m, type, amount);
        gen_alu(s, alu.op, alu.set, alu.d, alu.n, b);
    }
    finish_alu(s, &alu);
}

void arm_alu_shift_reg(DisasContext *s, uint32_t insn)
{
    Alu alu;
    unsigned type = bits(insn, 5, 2);
    if (!start_alu(s, insn, &alu)) {
        return;
    }
    TCGTemp m = read_reg_late_pc(s, RM(insn));
    TCGTemp amount = read_reg_late_pc(s, RS(insn));
    if (alu.op == ALU_MOV) {
        gen_shift_reg(s, alu.d, alu.set ? TCG_NZ : 0, alu.carry, m, type, amount);
    } else {
        if (reads_rn(alu.op)) {
            alu.n = read_reg_late_pc(s, RN(insn));
        }
        TCGTemp b = gen_shift_reg(s, TCG_NONE, 0, alu.carry, m, type, amount);
        gen_alu(s, alu.op, alu.set, alu.d, alu.n, b);
    }
    finish_alu(s, &alu);
}

/* -- Multiplies (A4.1, A10). Their rd is where others have rn, and the other way round. C and V
 * stay as they are: MUL and MLA may change C before ARMv5 only. -- */

#define MUL_D(insn) bits(insn, 16, 4)
#define MUL_A(insn) bits(insn, 12, 4)

void arm_mul(DisasContext *s, uint32_t insn)
{
    TCGTemp m = read_reg(s, RM(insn)), r = read_reg(s, RS(insn));
    tcg_op2(s->tcg, TCG_mul, bit(insn, 20) ? TCG_NZ : 0, dest_reg(s, MUL_D(insn)), m, r);
}

void arm_mla(DisasContext *s, uint32_t insn)
{
    TCGTemp m = read_reg(s, RM(insn)), r = read_reg(s, RS(insn)), a = read_reg(s, MUL_A(insn));
    tcg_op3(s->tcg, TCG_mla, bit(insn, 20) ? TCG_NZ : 0, dest_reg(s, MUL_D(insn)), m, r, a);
}

static void long_multiply(DisasContext *s, uint32_t insn, TCGOpcode opc)
{
    TCGTemp m = read_reg(s, RM(insn)), r = read_reg(s, RS(insn));
    TCGTemp low = read_reg(s, MUL_A(insn)), high = read_reg(s, MUL_D(insn));
    tcg_op3(s->tcg, opc, 0, low, m, r, high);
    if (bit(insn, 20)) {
        tcg_nz64(s->tcg, low, high);
    }
}

void arm_mul_long(DisasContext *s, uint32_t insn)
{
    long_multiply(s, insn, bit(insn, 22) ? TCG_muls2 : TCG_mulu2);
}

void arm_mla_long(DisasContext *s, uint32_t insn)
{
    long_multiply(s, insn, bit(insn, 22) ? TCG_mlas2 : TCG_mlau2);
}

/* d = rm * rs, of the halves that bits 5 and 6 name. */
static void multiply_halves(DisasContext *s, TCGTemp d, uint32_t insn)
{
    tcg_mul16(s->tcg, d, read_reg(s, RM(insn)), bit(insn, 5), read_reg(s, RS(insn)), bit(insn, 6));
}

/* d = a + b; Q is set if that overflows. */
static void add_setting_q(DisasContext *s, TCGTemp d, TCGTemp a, TCGTemp b)
{
    tcg_add_sticky(s->tcg, d, a, b, offsetof(ARMCPU, cpsr), PSR_Q_BIT);
}

void arm_smul(DisasContext *s, uint32_t insn)
{
    multiply_halves(s, dest_reg(s, MUL_D(insn)), insn);
}

void arm_smla(DisasContext *s, uint32_t insn)
{
    TCGTemp product = tcg_temp(s->tcg);
    multiply_halves(s, product, insn);
    add_setting_q(s, dest_reg(s, MUL_D(insn)), product, read_reg(s, MUL_A(insn)));
}

void arm_smlal(DisasContext *s, uint32_t insn)
{
    TCGTemp low = read_reg(s, MUL_A(insn)), high = read_reg(s, MUL_D(insn));
    TCGTemp product = tcg_temp(s->tcg);
    multiply_halves(s, product, insn);
    tcg_op3(s->tcg, TCG_mlas2, 0, low, product, gen_const(s, 1), high);
}

/* d = bits 47..16 of rm * a half of rs: the high word of the product with that half in the upper
 * half of a word. */
static void wide_by_half(DisasContext *s, uint32_t insn, TCGTemp d)
{
    TCGTemp m = read_reg(s, RM(insn)), r = read_reg(s, RS(insn));
    TCGTemp t = tcg_temp(s->tcg), low = tcg_temp(s->tcg);
    if (bit(insn, 6)) {
        tcg_op2i(s->tcg, TCG_and, 0, t, r, UINT32_C(0xffff0000));
    } else {
        tcg_op2i(s->tcg, TCG_shl, 0, t, r, 16);
    }
    tcg_op3(s->tcg, TCG_muls2, 0, low, m, t, d);
}

void arm_smulw(DisasContext *s, uint32_t insn)
{
    wide_by_half(s, insn, dest_reg(s, MUL_D(insn)));
}

void arm_smlaw(DisasContext *s, uint32_t insn)
{
    TCGTemp product = tcg_temp(s->tcg);
    wide_by_half(s, insn, product);
    add_setting_q(s, dest_reg(s, MUL_D(insn)), product, read_reg(s, MUL_A(insn)));
}

void arm_qadd(DisasContext *s, uint32_t insn)
{
    TCGTemp m = read_reg(s, RM(insn)), n = read_reg(s, RN(insn));
    if (bit(insn, 22)) { /* QDADD, QDSUB: rn is doubled first */
        TCGTemp doubled = tcg_temp(s->tcg);
        TCG_CALL(s->tcg, helper_qadd, TCG_CALL_WRITES, doubled, n, n, 0);
        n = doubled;
    }
    if (bit(insn, 21)) {
        TCG_CALL(s->tcg, helper_qsub, TCG_CALL_WRITES, dest_reg(s, RD(insn)), m, n, 0);
    } else {
        TCG_CALL(s->tcg, helper_qadd, TCG_CALL_WRITES, dest_reg(s, RD(insn)), m, n, 0);
    }
}

void arm_clz(DisasContext *s, uint32_t insn)
{
    tcg_op1(s->tcg, TCG_clz, 0, dest_reg(s, RD(insn)), read_reg(s, RM(insn)));
}

/* -- Branches -- */

static uint32_t branch_target(const DisasContext *s, uint32_t insn)
{
    uint32_t offset = (insn & 0xffffff) << 2;
    return pc_value(s) + (offset ^ UINT32_C(0x2000000)) - UINT32_C(0x2000000);
}

void arm_b(DisasContext *s, uint32_t insn)
{
    gen_branch(s, branch_target(s, insn));
}

void arm_bl(DisasContext *s, uint32_t insn)
{
    tcg_movi(s->tcg, 14, s->next_pc);
    tcg_goto_tb(s->tcg, branch_target(s, insn));
    s->done = !s->conditional;
}

void arm_blx_imm(DisasContext *s, uint32_t insn)
{
    tcg_movi(s->tcg, 14, s->next_pc);
    gen_bx(s, gen_const(s, (branch_target(s, insn) + (bit(insn, 24) ? 2 : 0)) | 1));
}

/* BXJ as well: without a Jazelle machine it is BX (A2.10). */
void arm_bx(DisasContext *s, uint32_t insn)
{
    gen_bx(s, read_reg(s, RM(insn)));
}

void arm_blx(DisasContext *s, uint32_t insn)
{
    TCGTemp target = tcg_temp(s->tcg);
    tcg_op1(s->tcg, TCG_mov, 0, target, read_reg(s, RM(insn)));
    tcg_movi(s->tcg, 14, s->next_pc);
    gen_bx(s, target);
}

void arm_swi(DisasContext *s, uint32_t insn)
{
    gen_swi(s, insn & 0xffffff);
}

void arm_bkpt(DisasContext *s, uint32_t insn)
{
    (void)insn;
    gen_bkpt(s);
}

void arm_nop(DisasContext *s, uint32_t insn)
{
    (void)s;
    (void)insn;
}

void arm_undefined(DisasContext *s, uint32_t insn)
{
    (void)insn;
    gen_undef(s);
}

/* -- Status registers (A4.1.38, A4.1.39). User mode has no SPSR: UNPREDICTABLE there, we take it as
 * UNDEFINED. -- */

void arm_mrs(DisasContext *s, uint32_t insn)
{
    if (!bit(insn, 22)) {
        TCG_CALL(s->tcg, helper_read_cpsr, TCG_CALL_READS, dest_reg(s, RD(insn)), TCG_NONE,
                 TCG_NONE, 0);
    } else if (s->mode & ARM_TB_PRIV) {
        TCG_CALL(s->tcg, helper_read_spsr, TCG_CALL_READS, dest_reg(s, RD(insn)), TCG_NONE,
                 TCG_NONE, 0);
    } else {
        gen_undef(s);
    }
}

/* N Z C V and Q alone: nothing that a translation depends on, so the block goes on. */
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

static void write_psr(DisasContext *s, uint32_t insn, TCGTemp value)
{
    static const uint32_t fields[4] = { 0xff, 0xff00, 0xff0000, 0xff000000 };
    uint32_t mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        mask |= bit(insn, 16 + i) ? fields[i] : 0;
    }
    mask &= PSR_NZCV | PSR_Q | PSR_J | PSR_I | PSR_F | PSR_T | PSR_M;
    if (bit(insn, 22)) {
        if (!(s->mode & ARM_TB_PRIV)) {
            gen_undef(s);
        } else if (mask) {
            TCG_CALL(s->tcg, helper_write_spsr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                     TCG_NONE, mask);
        }
        return;
    }
    /* The execution state is not MSR's to change, nor anything but the flags user mode's. */
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

void arm_msr_reg(DisasContext *s, uint32_t insn)
{
    write_psr(s, insn, read_reg(s, RM(insn)));
}

void arm_msr_imm(DisasContext *s, uint32_t insn)
{
    write_psr(s, insn, gen_const(s, rotated_imm(insn)));
}

/* -- The system control coprocessor -- */

void arm_mrc15(DisasContext *s, uint32_t insn)
{
    if (!arm_cp15_valid(insn, (s->mode & ARM_TB_PRIV) != 0)) {
        gen_undef(s);
        return;
    }
    TCGTemp d = dest_reg(s, RD(insn));
    TCG_CALL(s->tcg, helper_cp15_read, TCG_CALL_READS, d, TCG_NONE, gen_const(s, insn), s->pc);
    if (RD(insn) == 15) {
        tcg_setflags(s->tcg, d);
    }
}

void arm_mcr15(DisasContext *s, uint32_t insn)
{
    if (!arm_cp15_valid(insn, (s->mode & ARM_TB_PRIV) != 0)) {
        gen_undef(s);
        return;
    }
    if (arm_cp15_is_data_cache_op(insn)) {
        return;
    }
    TCGTemp value = read_reg(s, RD(insn));
    gen_set_next_pc(s);
    TCG_CALL(s->tcg, helper_cp15_write, TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES,
             TCG_NONE, value, gen_const(s, insn), s->pc);
    gen_lookup(s);
}

/* Jazelle's registers (identity, operating system control, main configuration) of a trivial
 * implementation: they read as zero and ignore writes, in privileged modes. */
void arm_mrc_jazelle(DisasContext *s, uint32_t insn)
{
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
        return;
    }
    TCGTemp d = dest_reg(s, RD(insn));
    tcg_movi(s->tcg, d, 0);
    if (RD(insn) == 15) {
        tcg_setflags(s->tcg, d);
    }
}

void arm_mcr_jazelle(DisasContext *s, uint32_t insn)
{
    (void)insn;
    if (!(s->mode & ARM_TB_PRIV)) {
        gen_undef(s);
    }
}
