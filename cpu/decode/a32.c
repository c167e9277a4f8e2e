/* SPDX-License-Identifier: MIT */
/* The A32 instruction set without VFP and coprocessors (ARM ARM DDI 0100, A3 and A4). See decode.h
 * for how to read the table. */
#include "cpu/decode/formats.h"
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats -- */

/* An 8-bit value rotated right by an even amount (A5.1.3). */
static void rotated(ArmArgs *a, uint32_t insn)
{
    uint32_t imm = insn & 0xff;
    a->amount = (uint8_t)(2 * bits(insn, 8, 4));
    a->imm = a->amount ? imm >> a->amount | imm << (32 - a->amount) : imm;
}

static void dp(ArmArgs *a, uint32_t insn)
{
    a->set = bit(insn, 20);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->rd = (uint8_t)bits(insn, 12, 4);
}

static void dp_imm(ArmArgs *a, uint32_t insn)
{
    dp(a, insn);
    rotated(a, insn);
}

static void shifted_rm(ArmArgs *a, uint32_t insn)
{
    a->rm = (uint8_t)(insn & 15);
    a->shift = (uint8_t)bits(insn, 5, 2);
    a->amount = (uint8_t)bits(insn, 7, 5);
}

static void dp_shift(ArmArgs *a, uint32_t insn)
{
    dp(a, insn);
    shifted_rm(a, insn);
}

static void dp_shift_reg(ArmArgs *a, uint32_t insn)
{
    dp(a, insn);
    a->rm = (uint8_t)(insn & 15);
    a->shift = (uint8_t)bits(insn, 5, 2);
    a->rs = (uint8_t)bits(insn, 8, 4);
}

/* In multiplies rd is in the bits of rn. */
static void multiply(ArmArgs *a, uint32_t insn)
{
    a->set = bit(insn, 20);
    a->rd = (uint8_t)bits(insn, 16, 4);
    a->ra = (uint8_t)bits(insn, 12, 4);
    a->rs = (uint8_t)bits(insn, 8, 4);
    a->y = bit(insn, 6);
    a->x = bit(insn, 5);
    a->rm = (uint8_t)(insn & 15);
}

static void psr(ArmArgs *a, uint32_t insn)
{
    a->spsr = bit(insn, 22);
    a->fields = (uint8_t)bits(insn, 16, 4);
    rd_rm(a, insn);
}

static void psr_imm(ArmArgs *a, uint32_t insn)
{
    a->spsr = bit(insn, 22);
    a->fields = (uint8_t)bits(insn, 16, 4);
    rotated(a, insn);
}

static void imm16(ArmArgs *a, uint32_t insn)
{
    a->imm = bits(insn, 8, 12) << 4 | (insn & 15);
}

static void imm24(ArmArgs *a, uint32_t insn)
{
    a->imm = insn & 0xffffff;
}

/* U, P and W; post-indexed addressing always writes the base back. */
static void addressing(ArmArgs *a, uint32_t insn)
{
    a->add = bit(insn, 23);
    a->index = bit(insn, 24);
    a->writeback = !a->index || bit(insn, 21);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->rd = (uint8_t)bits(insn, 12, 4);
}

static void ldst_imm12(ArmArgs *a, uint32_t insn)
{
    addressing(a, insn);
    a->imm = insn & 0xfff;
}

static void ldst_reg(ArmArgs *a, uint32_t insn)
{
    addressing(a, insn);
    shifted_rm(a, insn);
}

static void ldst_imm8(ArmArgs *a, uint32_t insn)
{
    addressing(a, insn);
    a->imm = bits(insn, 8, 4) << 4 | (insn & 15);
}

static void ldst_rm(ArmArgs *a, uint32_t insn)
{
    addressing(a, insn);
    a->rm = (uint8_t)(insn & 15);
}

static void multiple(ArmArgs *a, uint32_t insn)
{
    a->add = bit(insn, 23);
    a->index = bit(insn, 24);
    a->writeback = bit(insn, 21);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->imm = insn & 0xffff;
}

static void branch(ArmArgs *a, uint32_t insn)
{
    a->imm = sign_extend((insn & 0xffffff) << 2, 26);
}

static void branch_h(ArmArgs *a, uint32_t insn)
{
    a->imm = sign_extend((insn & 0xffffff) << 2 | (uint32_t)bit(insn, 24) << 1, 26);
}

static const ArmInsn insns[] = {
    /* clang-format off */

    /* Data processing, immediate (A5.1.3). */
    { "cccc 0010000S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_AND, dp_imm, "and%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010001S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_EOR, dp_imm, "eor%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010010S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_SUB, dp_imm, "sub%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010011S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_RSB, dp_imm, "rsb%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010100S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_ADD, dp_imm, "add%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010101S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_ADC, dp_imm, "adc%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010110S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_SBC, dp_imm, "sbc%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0010111S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_RSC, dp_imm, "rsc%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 00110001 nnnn (0000) rrrr iiiiiiii", ARM_V4T, ALU_TST, dp_imm, "tst%c\t%rn, %I", trans_alu_imm, NULL },
    { "cccc 00110011 nnnn (0000) rrrr iiiiiiii", ARM_V4T, ALU_TEQ, dp_imm, "teq%c\t%rn, %I", trans_alu_imm, NULL },
    { "cccc 00110101 nnnn (0000) rrrr iiiiiiii", ARM_V4T, ALU_CMP, dp_imm, "cmp%c\t%rn, %I", trans_alu_imm, NULL },
    { "cccc 00110111 nnnn (0000) rrrr iiiiiiii", ARM_V4T, ALU_CMN, dp_imm, "cmn%c\t%rn, %I", trans_alu_imm, NULL },
    { "cccc 0011100S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_ORR, dp_imm, "orr%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0011101S (0000) dddd rrrr iiiiiiii", ARM_V4T, ALU_MOV, dp_imm, "mov%S%c\t%rd, %I", trans_alu_imm, NULL },
    { "cccc 0011110S nnnn dddd rrrr iiiiiiii", ARM_V4T, ALU_BIC, dp_imm, "bic%S%c\t%rd, %rn, %I", trans_alu_imm, NULL },
    { "cccc 0011111S (0000) dddd rrrr iiiiiiii", ARM_V4T, ALU_MVN, dp_imm, "mvn%S%c\t%rd, %I", trans_alu_imm, NULL },

    /* Data processing, register shifted by a constant (A5.1.4 to A5.1.13). */
    { "cccc 0000000S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_AND, dp_shift, "and%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000001S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_EOR, dp_shift, "eor%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000010S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_SUB, dp_shift, "sub%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000011S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_RSB, dp_shift, "rsb%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000100S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_ADD, dp_shift, "add%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000101S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_ADC, dp_shift, "adc%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000110S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_SBC, dp_shift, "sbc%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0000111S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_RSC, dp_shift, "rsc%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 00010001 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, ALU_TST, dp_shift, "tst%c\t%rn, %M", trans_alu_shift, NULL },
    { "cccc 00010011 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, ALU_TEQ, dp_shift, "teq%c\t%rn, %M", trans_alu_shift, NULL },
    { "cccc 00010101 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, ALU_CMP, dp_shift, "cmp%c\t%rn, %M", trans_alu_shift, NULL },
    { "cccc 00010111 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, ALU_CMN, dp_shift, "cmn%c\t%rn, %M", trans_alu_shift, NULL },
    { "cccc 0001100S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_ORR, dp_shift, "orr%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0001101S (0000) dddd 00000 000 mmmm", ARM_V4T, ALU_MOV, dp_shift, "mov%S%c\t%rd, %rm", trans_alu_shift, NULL },
    { "cccc 0001101S (0000) dddd 00000 110 mmmm", ARM_V4T, ALU_MOV, dp_shift, "rrx%S%c\t%rd, %rm", trans_alu_shift, NULL },
    { "cccc 0001101S (0000) dddd iiiii tt0 mmmm", ARM_V4T, ALU_MOV, dp_shift, "%t%S%c\t%rd, %rm, %i", trans_alu_shift, NULL },
    { "cccc 0001110S nnnn dddd iiiii tt0 mmmm", ARM_V4T, ALU_BIC, dp_shift, "bic%S%c\t%rd, %rn, %M", trans_alu_shift, NULL },
    { "cccc 0001111S (0000) dddd iiiii tt0 mmmm", ARM_V4T, ALU_MVN, dp_shift, "mvn%S%c\t%rd, %M", trans_alu_shift, NULL },

    /* Data processing, register shifted by a register. */
    { "cccc 0000000S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_AND, dp_shift_reg, "and%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000001S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_EOR, dp_shift_reg, "eor%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000010S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_SUB, dp_shift_reg, "sub%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000011S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_RSB, dp_shift_reg, "rsb%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000100S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_ADD, dp_shift_reg, "add%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000101S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_ADC, dp_shift_reg, "adc%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000110S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_SBC, dp_shift_reg, "sbc%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0000111S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_RSC, dp_shift_reg, "rsc%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 00010001 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, ALU_TST, dp_shift_reg, "tst%c\t%rn, %Q", trans_alu_shift_reg, "n s m" },
    { "cccc 00010011 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, ALU_TEQ, dp_shift_reg, "teq%c\t%rn, %Q", trans_alu_shift_reg, "n s m" },
    { "cccc 00010101 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, ALU_CMP, dp_shift_reg, "cmp%c\t%rn, %Q", trans_alu_shift_reg, "n s m" },
    { "cccc 00010111 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, ALU_CMN, dp_shift_reg, "cmn%c\t%rn, %Q", trans_alu_shift_reg, "n s m" },
    { "cccc 0001100S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_ORR, dp_shift_reg, "orr%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0001101S (0000) dddd ssss 0tt1 mmmm", ARM_V4T, ALU_MOV, dp_shift_reg, "%t%S%c\t%rd, %rm, %rs", trans_alu_shift_reg, "d s m" },
    { "cccc 0001110S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, ALU_BIC, dp_shift_reg, "bic%S%c\t%rd, %rn, %Q", trans_alu_shift_reg, "d n s m" },
    { "cccc 0001111S (0000) dddd ssss 0tt1 mmmm", ARM_V4T, ALU_MVN, dp_shift_reg, "mvn%S%c\t%rd, %Q", trans_alu_shift_reg, "d s m" },

    /* Multiplies (A3.5). */
    { "cccc 0000000S dddd (0000) ssss 1001 mmmm", ARM_V4T, 0, multiply, "mul%S%c\t%rd, %rm, %rs", trans_mul, "d s m d/m" },
    { "cccc 0000001S dddd aaaa ssss 1001 mmmm", ARM_V4T, 0, multiply, "mla%S%c\t%rd, %rm, %rs, %ra", trans_mla, "d a s m d/m" },
    { "cccc 0000100S dddd aaaa ssss 1001 mmmm", ARM_V4T, TCG_mulu2, multiply, "umull%S%c\t%ra, %rd, %rm, %rs", trans_mul_long, "d a s m d/a d/m a/m" },
    { "cccc 0000101S dddd aaaa ssss 1001 mmmm", ARM_V4T, TCG_mlau2, multiply, "umlal%S%c\t%ra, %rd, %rm, %rs", trans_mul_long, "d a s m d/a d/m a/m" },
    { "cccc 0000110S dddd aaaa ssss 1001 mmmm", ARM_V4T, TCG_muls2, multiply, "smull%S%c\t%ra, %rd, %rm, %rs", trans_mul_long, "d a s m d/a d/m a/m" },
    { "cccc 0000111S dddd aaaa ssss 1001 mmmm", ARM_V4T, TCG_mlas2, multiply, "smlal%S%c\t%ra, %rd, %rm, %rs", trans_mul_long, "d a s m d/a d/m a/m" },

    /* Enhanced DSP (A10). */
    { "cccc 00010000 dddd aaaa ssss 1yx0 mmmm", ARM_V5TE, 0, multiply, "smla%x%y%c\t%rd, %rm, %rs, %ra", trans_smla, "d a s m" },
    { "cccc 00010010 dddd aaaa ssss 1y00 mmmm", ARM_V5TE, 0, multiply, "smlaw%y%c\t%rd, %rm, %rs, %ra", trans_smlaw, "d a s m" },
    { "cccc 00010010 dddd (0000) ssss 1y10 mmmm", ARM_V5TE, 0, multiply, "smulw%y%c\t%rd, %rm, %rs", trans_smulw, "d s m" },
    { "cccc 00010100 dddd aaaa ssss 1yx0 mmmm", ARM_V5TE, 0, multiply, "smlal%x%y%c\t%ra, %rd, %rm, %rs", trans_smlal, "d a s m d/a" },
    { "cccc 00010110 dddd (0000) ssss 1yx0 mmmm", ARM_V5TE, 0, multiply, "smul%x%y%c\t%rd, %rm, %rs", trans_smul, "d s m" },
    { "cccc 00010000 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, 0, rd_rn_rm, "qadd%c\t%rd, %rm, %rn", trans_qadd, "d n m" },
    { "cccc 00010010 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, SAT_SUB, rd_rn_rm, "qsub%c\t%rd, %rm, %rn", trans_qadd, "d n m" },
    { "cccc 00010100 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, SAT_DOUBLE, rd_rn_rm, "qdadd%c\t%rd, %rm, %rn", trans_qadd, "d n m" },
    { "cccc 00010110 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, SAT_SUB | SAT_DOUBLE, rd_rn_rm, "qdsub%c\t%rd, %rm, %rn", trans_qadd, "d n m" },

    /* Miscellaneous (figure A3-4). */
    { "cccc 00010R00 (1111) dddd (0000) 0000 (0000)", ARM_V4T, 0, psr, "mrs%c\t%rd, %R", trans_mrs, "d" },
    { "cccc 00010R10 ffff (1111) (0000) 0000 mmmm", ARM_V4T, 0, psr, "msr%c\t%R_%f, %rm", trans_msr_reg, "m" },
    { "cccc 00110R10 ffff (1111) rrrr iiiiiiii", ARM_V4T, 0, psr_imm, "msr%c\t%R_%f, %I", trans_msr_imm, NULL },
    { "cccc 00010010 (1111 1111 1111) 0001 mmmm", ARM_V4T, 0, rd_rm, "bx%c\t%rm", trans_bx, NULL },
    { "cccc 00010010 (1111 1111 1111) 0010 mmmm", ARM_V5TEJ, 0, rd_rm, "bxj%c\t%rm", trans_bx, "m" },
    { "cccc 00010010 (1111 1111 1111) 0011 mmmm", ARM_V5T, 0, rd_rm, "blx%c\t%rm", trans_blx_reg, "m" },
    { "cccc 00010110 (1111) dddd (1111) 0001 mmmm", ARM_V5T, 0, rd_rm, "clz%c\t%rd, %rm", trans_clz, "d m" },
    { "(1110) 00010010 iiiiiiiiiiii 0111 iiii", ARM_V5T, 0, imm16, "bkpt\t%Xi", trans_bkpt, NULL },

    /* Swap (A4.1.108). */
    { "cccc 00010000 nnnn dddd (0000) 1001 mmmm", ARM_V4T, MO_32, rd_rn_rm, "swp%c\t%rd, %rm, [%rn]", trans_swp, "d n m n/d n/m" },
    { "cccc 00010100 nnnn dddd (0000) 1001 mmmm", ARM_V4T, MO_8, rd_rn_rm, "swpb%c\t%rd, %rm, [%rn]", trans_swp, "d n m n/d n/m" },

    /* Halfwords, signed bytes, doublewords (A5.3): offset and pre-indexed, then post-indexed. */
    { "cccc 0001u1w0 nnnn dddd iiii 1011 iiii", ARM_V4T, MO_16, ldst_imm8, "strh%c\t%rd, %A", trans_str_imm, "d w?n w?n/d" },
    { "cccc 0001u1w1 nnnn dddd iiii 1011 iiii", ARM_V4T, MO_16, ldst_imm8, "ldrh%c\t%rd, %A", trans_ldr_imm, "d w?n w?n/d" },
    { "cccc 0001u1w1 nnnn dddd iiii 1101 iiii", ARM_V4T, MO_8 | MO_SIGN, ldst_imm8, "ldrsb%c\t%rd, %A", trans_ldr_imm, "d w?n w?n/d" },
    { "cccc 0001u1w1 nnnn dddd iiii 1111 iiii", ARM_V4T, MO_16 | MO_SIGN, ldst_imm8, "ldrsh%c\t%rd, %A", trans_ldr_imm, "d w?n w?n/d" },
    { "cccc 0001u1w0 nnnn ddd0 iiii 1101 iiii", ARM_V5TE, 0, ldst_imm8, "ldrd%c\t%rd, %A", trans_ldrd_imm, "d/14 w?n w?n/d w?n/d+" },
    { "cccc 0001u1w0 nnnn ddd0 iiii 1111 iiii", ARM_V5TE, 0, ldst_imm8, "strd%c\t%rd, %A", trans_strd_imm, "d/14 w?n w?n/d w?n/d+" },
    { "cccc 0000u1(0)0 nnnn dddd iiii 1011 iiii", ARM_V4T, MO_16, ldst_imm8, "strh%c\t%rd, %A", trans_str_imm, "d n n/d" },
    { "cccc 0000u1(0)1 nnnn dddd iiii 1011 iiii", ARM_V4T, MO_16, ldst_imm8, "ldrh%c\t%rd, %A", trans_ldr_imm, "d n n/d" },
    { "cccc 0000u1(0)1 nnnn dddd iiii 1101 iiii", ARM_V4T, MO_8 | MO_SIGN, ldst_imm8, "ldrsb%c\t%rd, %A", trans_ldr_imm, "d n n/d" },
    { "cccc 0000u1(0)1 nnnn dddd iiii 1111 iiii", ARM_V4T, MO_16 | MO_SIGN, ldst_imm8, "ldrsh%c\t%rd, %A", trans_ldr_imm, "d n n/d" },
    { "cccc 0000u1(0)0 nnnn ddd0 iiii 1101 iiii", ARM_V5TE, 0, ldst_imm8, "ldrd%c\t%rd, %A", trans_ldrd_imm, "d/14 n n/d n/d+" },
    { "cccc 0000u1(0)0 nnnn ddd0 iiii 1111 iiii", ARM_V5TE, 0, ldst_imm8, "strd%c\t%rd, %A", trans_strd_imm, "d/14 n n/d n/d+" },
    { "cccc 0001u0w0 nnnn dddd (0000) 1011 mmmm", ARM_V4T, MO_16, ldst_rm, "strh%c\t%rd, %B", trans_str_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w1 nnnn dddd (0000) 1011 mmmm", ARM_V4T, MO_16, ldst_rm, "ldrh%c\t%rd, %B", trans_ldr_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w1 nnnn dddd (0000) 1101 mmmm", ARM_V4T, MO_8 | MO_SIGN, ldst_rm, "ldrsb%c\t%rd, %B", trans_ldr_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w1 nnnn dddd (0000) 1111 mmmm", ARM_V4T, MO_16 | MO_SIGN, ldst_rm, "ldrsh%c\t%rd, %B", trans_ldr_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w0 nnnn ddd0 (0000) 1101 mmmm", ARM_V5TE, 0, ldst_rm, "ldrd%c\t%rd, %B", trans_ldrd_reg, "d/14 m m/d m/d+ w?n w?n/d w?n/d+ w?n/m" },
    { "cccc 0001u0w0 nnnn ddd0 (0000) 1111 mmmm", ARM_V5TE, 0, ldst_rm, "strd%c\t%rd, %B", trans_strd_reg, "d/14 m w?n w?n/d w?n/d+ w?n/m" },
    { "cccc 0000u0(0)0 nnnn dddd (0000) 1011 mmmm", ARM_V4T, MO_16, ldst_rm, "strh%c\t%rd, %B", trans_str_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)1 nnnn dddd (0000) 1011 mmmm", ARM_V4T, MO_16, ldst_rm, "ldrh%c\t%rd, %B", trans_ldr_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)1 nnnn dddd (0000) 1101 mmmm", ARM_V4T, MO_8 | MO_SIGN, ldst_rm, "ldrsb%c\t%rd, %B", trans_ldr_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)1 nnnn dddd (0000) 1111 mmmm", ARM_V4T, MO_16 | MO_SIGN, ldst_rm, "ldrsh%c\t%rd, %B", trans_ldr_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)0 nnnn ddd0 (0000) 1101 mmmm", ARM_V5TE, 0, ldst_rm, "ldrd%c\t%rd, %B", trans_ldrd_reg, "d/14 m m/d m/d+ n n/d n/d+ n/m" },
    { "cccc 0000u0(0)0 nnnn ddd0 (0000) 1111 mmmm", ARM_V5TE, 0, ldst_rm, "strd%c\t%rd, %B", trans_strd_reg, "d/14 m n n/d n/d+ n/m" },

    /* Words and bytes (A5.2): offset and pre-indexed, post-indexed, post-indexed as user. */
    { "cccc 0101u0w0 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_32, ldst_imm12, "str%c\t%rd, %A", trans_str_imm, "w?n w?n/d" },
    { "cccc 0101u0w1 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_32, ldst_imm12, "ldr%c\t%rd, %A", trans_ldr_imm, "w?n w?n/d" },
    { "cccc 0101u1w0 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_8, ldst_imm12, "strb%c\t%rd, %A", trans_str_imm, "d w?n w?n/d" },
    { "cccc 0101u1w1 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_8, ldst_imm12, "ldrb%c\t%rd, %A", trans_ldr_imm, "d w?n w?n/d" },
    { "cccc 0100u000 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_32, ldst_imm12, "str%c\t%rd, %A", trans_str_imm, "n n/d" },
    { "cccc 0100u001 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_32, ldst_imm12, "ldr%c\t%rd, %A", trans_ldr_imm, "n n/d" },
    { "cccc 0100u100 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_8, ldst_imm12, "strb%c\t%rd, %A", trans_str_imm, "d n n/d" },
    { "cccc 0100u101 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_8, ldst_imm12, "ldrb%c\t%rd, %A", trans_ldr_imm, "d n n/d" },
    { "cccc 0100u010 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_32 | MO_USER, ldst_imm12, "strt%c\t%rd, %A", trans_str_imm, "d n n/d" },
    { "cccc 0100u011 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_32 | MO_USER, ldst_imm12, "ldrt%c\t%rd, %A", trans_ldr_imm, "d n n/d" },
    { "cccc 0100u110 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_8 | MO_USER, ldst_imm12, "strbt%c\t%rd, %A", trans_str_imm, "d n n/d" },
    { "cccc 0100u111 nnnn dddd iiiiiiiiiiii", ARM_V4T, MO_8 | MO_USER, ldst_imm12, "ldrbt%c\t%rd, %A", trans_ldr_imm, "d n n/d" },
    { "cccc 0111u0w0 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_32, ldst_reg, "str%c\t%rd, %B", trans_str_reg, "m w?n w?n/d w?n/m" },
    { "cccc 0111u0w1 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_32, ldst_reg, "ldr%c\t%rd, %B", trans_ldr_reg, "m w?n w?n/d w?n/m" },
    { "cccc 0111u1w0 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_8, ldst_reg, "strb%c\t%rd, %B", trans_str_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0111u1w1 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_8, ldst_reg, "ldrb%c\t%rd, %B", trans_ldr_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0110u000 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_32, ldst_reg, "str%c\t%rd, %B", trans_str_reg, "m n n/d n/m" },
    { "cccc 0110u001 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_32, ldst_reg, "ldr%c\t%rd, %B", trans_ldr_reg, "m n n/d n/m" },
    { "cccc 0110u100 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_8, ldst_reg, "strb%c\t%rd, %B", trans_str_reg, "d m n n/d n/m" },
    { "cccc 0110u101 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_8, ldst_reg, "ldrb%c\t%rd, %B", trans_ldr_reg, "d m n n/d n/m" },
    { "cccc 0110u010 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_32 | MO_USER, ldst_reg, "strt%c\t%rd, %B", trans_str_reg, "d m n n/d n/m" },
    { "cccc 0110u011 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_32 | MO_USER, ldst_reg, "ldrt%c\t%rd, %B", trans_ldr_reg, "d m n n/d n/m" },
    { "cccc 0110u110 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_8 | MO_USER, ldst_reg, "strbt%c\t%rd, %B", trans_str_reg, "d m n n/d n/m" },
    { "cccc 0110u111 nnnn dddd iiiii tt0 mmmm", ARM_V4T, MO_8 | MO_USER, ldst_reg, "ldrbt%c\t%rd, %B", trans_ldr_reg, "d m n n/d n/m" },

    /* Multiple registers (A5.4). */
    { "cccc 10010010 1101 llllllllllllllll", ARM_V4T, 0, multiple, "push%c\t%l", trans_stm, "l" },
    { "cccc 10001011 1101 llllllllllllllll", ARM_V4T, 0, multiple, "pop%c\t%l", trans_ldm, "l l/13" },
    { "cccc 100pu0w0 nnnn llllllllllllllll", ARM_V4T, 0, multiple, "stm%L%c\t%rn%w, %l", trans_stm, "n l w?l/n" },
    { "cccc 100pu0w1 nnnn llllllllllllllll", ARM_V4T, 0, multiple, "ldm%L%c\t%rn%w, %l", trans_ldm, "n l w?l/n" },
    { "cccc 100pu1(0)0 nnnn llllllllllllllll", ARM_V4T, 0, multiple, "stm%L%c\t%rn, %l^", trans_stm_user, "n l" },
    { "cccc 100pu1(0)1 nnnn 0lllllllllllllll", ARM_V4T, 0, multiple, "ldm%L%c\t%rn, %l^", trans_ldm_user, "n l" },
    { "cccc 100pu1w1 nnnn 1lllllllllllllll", ARM_V4T, 0, multiple, "ldm%L%c\t%rn%w, %l^", trans_ldm_return, "n w?l/n" },

    /* Branches and SWI. */
    { "cccc 1010 oooooooooooooooooooooooo", ARM_V4T, 0, branch, "b%c\t%b", trans_b, NULL },
    { "cccc 1011 oooooooooooooooooooooooo", ARM_V4T, 0, branch, "bl%c\t%b", trans_bl, NULL },
    { "cccc 1111 iiiiiiiiiiiiiiiiiiiiiiii", ARM_V4T, 0, imm24, "svc%c\t%Xi", trans_svc, NULL },
    { "1111 101h oooooooooooooooooooooooo", ARM_V5T, 0, branch_h, "blx\t%b", trans_blx_imm, NULL },

    /* The cache preload hint (A4.1.45). */
    { "1111 0101u101 nnnn (1111) iiiiiiiiiiii", ARM_V5TE, 0, ldst_imm12, "pld\t%A", trans_nop, NULL },
    { "1111 0111u101 nnnn (1111) iiiii tt0 mmmm", ARM_V5TE, 0, ldst_reg, "pld\t%B", trans_nop, "m" },
    /* clang-format on */
};

const ArmTable a32_table = { insns, sizeof insns / sizeof insns[0], 32 };
