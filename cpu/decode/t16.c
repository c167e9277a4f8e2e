/* SPDX-License-Identifier: MIT */
/* The T16 (Thumb) instruction set (ARM ARM DDI 0100, A6 and A7). See decode.h for how to read the
 * table. */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats. Instructions on low registers set the flags. -- */

static uint8_t low_d(uint32_t insn)
{
    return (uint8_t)(insn & 7);
}

static uint8_t low_n(uint32_t insn)
{
    return (uint8_t)bits(insn, 3, 3);
}

static uint8_t low_m(uint32_t insn)
{
    return (uint8_t)bits(insn, 6, 3);
}

/* The register of a format with an 8-bit immediate. */
static uint8_t mid_d(uint32_t insn)
{
    return (uint8_t)bits(insn, 8, 3);
}

static void shift_imm(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = low_d(insn);
    a->rm = low_n(insn);
    a->shift = (uint8_t)bits(insn, 11, 2);
    a->amount = (uint8_t)bits(insn, 6, 5);
}

static void rd_rn_rm(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = low_d(insn);
    a->rn = low_n(insn);
    a->rm = low_m(insn);
}

static void rd_rn_imm3(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = low_d(insn);
    a->rn = low_n(insn);
    a->imm = bits(insn, 6, 3);
}

static void rd_imm8(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = a->rn = mid_d(insn);
    a->imm = insn & 0xff;
}

static void rd_rm(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = a->rn = low_d(insn);
    a->rm = low_n(insn);
}

/* The line's op has the shift above the opcode. */
static void shift_reg(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->shift = a->op >> 4;
    a->op &= 15;
    a->rd = a->rm = low_d(insn);
    a->rs = low_n(insn);
}

/* NEG is RSB from 0. */
static void rd_rn_0(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = low_d(insn);
    a->rn = low_n(insn);
}

static void mul(ArmArgs *a, uint32_t insn)
{
    a->set = true;
    a->rd = a->rm = low_d(insn);
    a->rs = low_n(insn);
}

static void rm(ArmArgs *a, uint32_t insn)
{
    a->rm = (uint8_t)bits(insn, 3, 4);
}

/* ADD, CMP and MOV of any registers: only CMP (bit 8) sets the flags. */
static void high(ArmArgs *a, uint32_t insn)
{
    a->set = bit(insn, 8);
    a->rd = a->rn = (uint8_t)(bits(insn, 7, 1) << 3 | (insn & 7));
    rm(a, insn);
}

static void rd_imm8_words(ArmArgs *a, uint32_t insn)
{
    a->rd = mid_d(insn);
    a->imm = (insn & 0xff) << 2;
}

static void rd_sp_imm8(ArmArgs *a, uint32_t insn)
{
    rd_imm8_words(a, insn);
    a->rn = 13;
}

static void sp_imm7(ArmArgs *a, uint32_t insn)
{
    a->rd = a->rn = 13;
    a->imm = (insn & 0x7f) << 2;
}

static void ldr_literal(ArmArgs *a, uint32_t insn)
{
    a->add = a->index = true;
    rd_imm8_words(a, insn);
    a->rn = 15;
}

static void ldst_sp(ArmArgs *a, uint32_t insn)
{
    a->add = a->index = true;
    rd_sp_imm8(a, insn);
}

static void ldst_reg(ArmArgs *a, uint32_t insn)
{
    a->add = a->index = true;
    a->rd = low_d(insn);
    a->rn = low_n(insn);
    a->rm = low_m(insn);
}

/* The offset is in units of the access's size. */
static void ldst_imm5(ArmArgs *a, uint32_t insn)
{
    a->add = a->index = true;
    a->rd = low_d(insn);
    a->rn = low_n(insn);
    a->imm = bits(insn, 6, 5) << (a->op & MO_SIZE);
}

static void push(ArmArgs *a, uint32_t insn)
{
    a->index = a->writeback = true;
    a->rn = 13;
    a->imm = (insn & 0xff) | (uint32_t)bit(insn, 8) << 14;
}

static void pop(ArmArgs *a, uint32_t insn)
{
    a->add = a->writeback = true;
    a->rn = 13;
    a->imm = (insn & 0xff) | (uint32_t)bit(insn, 8) << 15;
}

static void stm(ArmArgs *a, uint32_t insn)
{
    a->add = a->writeback = true;
    a->rn = mid_d(insn);
    a->imm = insn & 0xff;
}

/* A base in the list is loaded, not written back. */
static void ldm(ArmArgs *a, uint32_t insn)
{
    stm(a, insn);
    a->writeback = !bit(insn, a->rn);
}

static void imm8(ArmArgs *a, uint32_t insn)
{
    a->imm = insn & 0xff;
}

static void branch_cond(ArmArgs *a, uint32_t insn)
{
    a->cond = (uint8_t)bits(insn, 8, 4);
    a->imm = sign_extend((insn & 0xff) << 1, 9);
}

static void branch(ArmArgs *a, uint32_t insn)
{
    a->imm = sign_extend((insn & 0x7ff) << 1, 12);
}

/* A half of a BL or BLX pair: its 11 bits of the offset, in halfwords. */
static void bl_half(ArmArgs *a, uint32_t insn)
{
    a->imm = insn & 0x7ff;
}

/* Extension and reversal of bytes, which add nothing (rn is 15) and leave the flags. */
static void extend(ArmArgs *a, uint32_t insn)
{
    a->rd = low_d(insn);
    a->rm = low_n(insn);
    a->rn = 15;
}

static void setend(ArmArgs *a, uint32_t insn)
{
    a->x = bit(insn, 3);
}

static void cps(ArmArgs *a, uint32_t insn)
{
    a->fields = (uint8_t)(insn & 7);
}

static const ArmInsn insns[] = {
    /* clang-format off */

    /* Shift, add, subtract, move, compare (A6.4). */
    { "00000 00000 mmm ddd", ARM_V4T, ALU_MOV, shift_imm, "movs\t%rd, %rm", trans_alu_shift, NULL },
    { "00000 iiiii mmm ddd", ARM_V4T, ALU_MOV, shift_imm, "lsls\t%rd, %rm, #%ua", trans_alu_shift, NULL },
    { "00001 iiiii mmm ddd", ARM_V4T, ALU_MOV, shift_imm, "lsrs\t%rd, %rm, %i", trans_alu_shift, NULL },
    { "00010 iiiii mmm ddd", ARM_V4T, ALU_MOV, shift_imm, "asrs\t%rd, %rm, %i", trans_alu_shift, NULL },
    { "0001100 mmm nnn ddd", ARM_V4T, ALU_ADD, rd_rn_rm, "adds\t%rd, %rn, %rm", trans_alu_shift, NULL },
    { "0001101 mmm nnn ddd", ARM_V4T, ALU_SUB, rd_rn_rm, "subs\t%rd, %rn, %rm", trans_alu_shift, NULL },
    { "0001110 iii nnn ddd", ARM_V4T, ALU_ADD, rd_rn_imm3, "adds\t%rd, %rn, #%ui", trans_alu_imm, NULL },
    { "0001111 iii nnn ddd", ARM_V4T, ALU_SUB, rd_rn_imm3, "subs\t%rd, %rn, #%ui", trans_alu_imm, NULL },
    { "00100 ddd iiiiiiii", ARM_V4T, ALU_MOV, rd_imm8, "movs\t%rd, #%ui", trans_alu_imm, NULL },
    { "00101 ddd iiiiiiii", ARM_V4T, ALU_CMP, rd_imm8, "cmp\t%rd, #%ui", trans_alu_imm, NULL },
    { "00110 ddd iiiiiiii", ARM_V4T, ALU_ADD, rd_imm8, "adds\t%rd, #%ui", trans_alu_imm, NULL },
    { "00111 ddd iiiiiiii", ARM_V4T, ALU_SUB, rd_imm8, "subs\t%rd, #%ui", trans_alu_imm, NULL },

    /* Data processing of two low registers (A6.4.4). */
    { "010000 0000 mmm ddd", ARM_V4T, ALU_AND, rd_rm, "ands\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 0001 mmm ddd", ARM_V4T, ALU_EOR, rd_rm, "eors\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 0010 sss ddd", ARM_V4T, ALU_MOV | SHIFT_LSL << 4, shift_reg, "lsls\t%rd, %rs", trans_alu_shift_reg, NULL },
    { "010000 0011 sss ddd", ARM_V4T, ALU_MOV | SHIFT_LSR << 4, shift_reg, "lsrs\t%rd, %rs", trans_alu_shift_reg, NULL },
    { "010000 0100 sss ddd", ARM_V4T, ALU_MOV | SHIFT_ASR << 4, shift_reg, "asrs\t%rd, %rs", trans_alu_shift_reg, NULL },
    { "010000 0101 mmm ddd", ARM_V4T, ALU_ADC, rd_rm, "adcs\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 0110 mmm ddd", ARM_V4T, ALU_SBC, rd_rm, "sbcs\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 0111 sss ddd", ARM_V4T, ALU_MOV | SHIFT_ROR << 4, shift_reg, "rors\t%rd, %rs", trans_alu_shift_reg, NULL },
    { "010000 1000 mmm ddd", ARM_V4T, ALU_TST, rd_rm, "tst\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 1001 nnn ddd", ARM_V4T, ALU_RSB, rd_rn_0, "negs\t%rd, %rn", trans_alu_imm, NULL },
    { "010000 1010 mmm ddd", ARM_V4T, ALU_CMP, rd_rm, "cmp\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 1011 mmm ddd", ARM_V4T, ALU_CMN, rd_rm, "cmn\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 1100 mmm ddd", ARM_V4T, ALU_ORR, rd_rm, "orrs\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 1101 sss ddd", ARM_V4T, 0, mul, "muls\t%rd, %rs", trans_mul, "d/s" },
    { "010000 1110 mmm ddd", ARM_V4T, ALU_BIC, rd_rm, "bics\t%rd, %rm", trans_alu_shift, NULL },
    { "010000 1111 mmm ddd", ARM_V4T, ALU_MVN, rd_rm, "mvns\t%rd, %rm", trans_alu_shift, NULL },

    /* High registers, branch and exchange (A6.4.5, A6.3.4). */
    { "01000100 d mmmm ddd", ARM_V4T, ALU_ADD, high, "add\t%rd, %rm", trans_alu_shift, NULL },
    { "01000101 n mmmm nnn", ARM_V4T, ALU_CMP, high, "cmp\t%rn, %rm", trans_alu_shift, "n" },
    { "01000110 d mmmm ddd", ARM_V4T, ALU_MOV, high, "mov\t%rd, %rm", trans_alu_shift, NULL },
    { "01000111 0 mmmm (000)", ARM_V4T, 0, rm, "bx\t%rm", trans_bx, NULL },
    { "01000111 1 mmmm (000)", ARM_V5T, 0, rm, "blx\t%rm", trans_blx_reg, "m" },

    /* Loads and stores (A6.5). */
    { "01001 ddd iiiiiiii", ARM_V4T, MO_32, ldr_literal, "ldr\t%rd, [pc, #%ui]", trans_ldr_imm, NULL },
    { "0101000 mmm nnn ddd", ARM_V4T, MO_32, ldst_reg, "str\t%rd, [%rn, %rm]", trans_str_reg, NULL },
    { "0101001 mmm nnn ddd", ARM_V4T, MO_16, ldst_reg, "strh\t%rd, [%rn, %rm]", trans_str_reg, NULL },
    { "0101010 mmm nnn ddd", ARM_V4T, MO_8, ldst_reg, "strb\t%rd, [%rn, %rm]", trans_str_reg, NULL },
    { "0101011 mmm nnn ddd", ARM_V4T, MO_8 | MO_SIGN, ldst_reg, "ldrsb\t%rd, [%rn, %rm]", trans_ldr_reg, NULL },
    { "0101100 mmm nnn ddd", ARM_V4T, MO_32, ldst_reg, "ldr\t%rd, [%rn, %rm]", trans_ldr_reg, NULL },
    { "0101101 mmm nnn ddd", ARM_V4T, MO_16, ldst_reg, "ldrh\t%rd, [%rn, %rm]", trans_ldr_reg, NULL },
    { "0101110 mmm nnn ddd", ARM_V4T, MO_8, ldst_reg, "ldrb\t%rd, [%rn, %rm]", trans_ldr_reg, NULL },
    { "0101111 mmm nnn ddd", ARM_V4T, MO_16 | MO_SIGN, ldst_reg, "ldrsh\t%rd, [%rn, %rm]", trans_ldr_reg, NULL },
    { "01100 iiiii nnn ddd", ARM_V4T, MO_32, ldst_imm5, "str\t%rd, [%rn, #%ui]", trans_str_imm, NULL },
    { "01101 iiiii nnn ddd", ARM_V4T, MO_32, ldst_imm5, "ldr\t%rd, [%rn, #%ui]", trans_ldr_imm, NULL },
    { "01110 iiiii nnn ddd", ARM_V4T, MO_8, ldst_imm5, "strb\t%rd, [%rn, #%ui]", trans_str_imm, NULL },
    { "01111 iiiii nnn ddd", ARM_V4T, MO_8, ldst_imm5, "ldrb\t%rd, [%rn, #%ui]", trans_ldr_imm, NULL },
    { "10000 iiiii nnn ddd", ARM_V4T, MO_16, ldst_imm5, "strh\t%rd, [%rn, #%ui]", trans_str_imm, NULL },
    { "10001 iiiii nnn ddd", ARM_V4T, MO_16, ldst_imm5, "ldrh\t%rd, [%rn, #%ui]", trans_ldr_imm, NULL },
    { "10010 ddd iiiiiiii", ARM_V4T, MO_32, ldst_sp, "str\t%rd, [sp, #%ui]", trans_str_imm, NULL },
    { "10011 ddd iiiiiiii", ARM_V4T, MO_32, ldst_sp, "ldr\t%rd, [sp, #%ui]", trans_ldr_imm, NULL },

    /* Addresses and the stack (A6.4.6, A6.6). */
    { "10100 ddd iiiiiiii", ARM_V4T, 0, rd_imm8_words, "add\t%rd, pc, #%ui", trans_adr, NULL },
    { "10101 ddd iiiiiiii", ARM_V4T, ALU_ADD, rd_sp_imm8, "add\t%rd, sp, #%ui", trans_alu_imm, NULL },
    { "10110000 0 iiiiiii", ARM_V4T, ALU_ADD, sp_imm7, "add\tsp, #%ui", trans_alu_imm, NULL },
    { "10110000 1 iiiiiii", ARM_V4T, ALU_SUB, sp_imm7, "sub\tsp, #%ui", trans_alu_imm, NULL },
    { "1011010 l llllllll", ARM_V4T, 0, push, "push\t%l", trans_stm, "l" },
    { "1011110 l llllllll", ARM_V4T, 0, pop, "pop\t%l", trans_ldm, "l" },
    { "10110010 00 mmm ddd", ARM_V6, MO_16 | MO_SIGN, extend, "sxth\t%rd, %rm", trans_extend, NULL },
    { "10110010 01 mmm ddd", ARM_V6, MO_8 | MO_SIGN, extend, "sxtb\t%rd, %rm", trans_extend, NULL },
    { "10110010 10 mmm ddd", ARM_V6, MO_16, extend, "uxth\t%rd, %rm", trans_extend, NULL },
    { "10110010 11 mmm ddd", ARM_V6, MO_8, extend, "uxtb\t%rd, %rm", trans_extend, NULL },
    { "10111010 00 mmm ddd", ARM_V6, 0, extend, "rev\t%rd, %rm", trans_rev, NULL },
    { "10111010 01 mmm ddd", ARM_V6, 0, extend, "rev16\t%rd, %rm", trans_rev16, NULL },
    { "10111010 11 mmm ddd", ARM_V6, 0, extend, "revsh\t%rd, %rm", trans_revsh, NULL },
    { "10110110 010 (1) x (000)", ARM_V6, 0, setend, "setend\t%e", trans_setend, NULL },
    { "10110110 0110 (0) fff", ARM_V6, CPS_ENABLE, cps, "cpsie\t%a", trans_cps, NULL },
    { "10110110 0111 (0) fff", ARM_V6, CPS_DISABLE, cps, "cpsid\t%a", trans_cps, NULL },
    { "10111110 iiiiiiii", ARM_V5T, 0, imm8, "bkpt\t%Xi", trans_bkpt, NULL },
    { "11000 nnn llllllll", ARM_V4T, 0, stm, "stmia\t%rn!, %l", trans_stm, "l l/n" },
    { "11001 nnn llllllll", ARM_V4T, 0, ldm, "ldmia\t%rn%w, %l", trans_ldm, "l" },

    /* Branches (A6.3) and SWI. Condition 1110 is UNDEFINED. */
    { "1101 1111 iiiiiiii", ARM_V4T, 0, imm8, "svc\t%ui", trans_svc, NULL },
    { "1101 0ccc oooooooo", ARM_V4T, 0, branch_cond, "b%c.n\t%b", trans_b_cond, NULL },
    { "1101 10cc oooooooo", ARM_V4T, 0, branch_cond, "b%c.n\t%b", trans_b_cond, NULL },
    { "1101 110c oooooooo", ARM_V4T, 0, branch_cond, "b%c.n\t%b", trans_b_cond, NULL },
    { "11100 ooooooooooo", ARM_V4T, 0, branch, "b.n\t%b", trans_b, NULL },
    { "11101 oooooooooo 0", ARM_V5T, 0, bl_half, "blx\tlr+%Xi", trans_blx_suffix, NULL },
    { "11110 ooooooooooo", ARM_V4T, 0, bl_half, "bl-prefix\t%Xi", trans_bl_prefix, NULL },
    { "11111 ooooooooooo", ARM_V4T, 0, bl_half, "bl\tlr+%Xi", trans_bl_suffix, NULL },
    /* clang-format on */
};

const ArmTable t16_table = { insns, sizeof insns / sizeof insns[0], 16 };
