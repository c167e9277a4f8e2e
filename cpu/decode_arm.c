/* SPDX-License-Identifier: MIT */
/* The ARM instruction set (ARM ARM DDI 0100, A3 and A4): see decode.h for how to read it. */
#include "cpu/translate.h"

#include <stddef.h>

static const ArmInsn insns[] = {
    /* clang-format off */

    /* Data processing, immediate (A5.1.3). */
    { "cccc 0010000S nnnn dddd rrrr iiiiiiii", ARM_V4T, "and%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010001S nnnn dddd rrrr iiiiiiii", ARM_V4T, "eor%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010010S nnnn dddd rrrr iiiiiiii", ARM_V4T, "sub%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010011S nnnn dddd rrrr iiiiiiii", ARM_V4T, "rsb%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010100S nnnn dddd rrrr iiiiiiii", ARM_V4T, "add%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010101S nnnn dddd rrrr iiiiiiii", ARM_V4T, "adc%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010110S nnnn dddd rrrr iiiiiiii", ARM_V4T, "sbc%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0010111S nnnn dddd rrrr iiiiiiii", ARM_V4T, "rsc%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 00110001 nnnn (0000) rrrr iiiiiiii", ARM_V4T, "tst%c\t%rn, %I", arm_alu_imm, NULL },
    { "cccc 00110011 nnnn (0000) rrrr iiiiiiii", ARM_V4T, "teq%c\t%rn, %I", arm_alu_imm, NULL },
    { "cccc 00110101 nnnn (0000) rrrr iiiiiiii", ARM_V4T, "cmp%c\t%rn, %I", arm_alu_imm, NULL },
    { "cccc 00110111 nnnn (0000) rrrr iiiiiiii", ARM_V4T, "cmn%c\t%rn, %I", arm_alu_imm, NULL },
    { "cccc 0011100S nnnn dddd rrrr iiiiiiii", ARM_V4T, "orr%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0011101S (0000) dddd rrrr iiiiiiii", ARM_V4T, "mov%S%c\t%rd, %I", arm_alu_imm, NULL },
    { "cccc 0011110S nnnn dddd rrrr iiiiiiii", ARM_V4T, "bic%S%c\t%rd, %rn, %I", arm_alu_imm, NULL },
    { "cccc 0011111S (0000) dddd rrrr iiiiiiii", ARM_V4T, "mvn%S%c\t%rd, %I", arm_alu_imm, NULL },

    /* Data processing, register shifted by a constant (A5.1.4 to A5.1.13). */
    { "cccc 0000000S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "and%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000001S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "eor%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000010S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "sub%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000011S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "rsb%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000100S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "add%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000101S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "adc%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000110S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "sbc%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0000111S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "rsc%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 00010001 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, "tst%c\t%rn, %M", arm_alu_shift, NULL },
    { "cccc 00010011 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, "teq%c\t%rn, %M", arm_alu_shift, NULL },
    { "cccc 00010101 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, "cmp%c\t%rn, %M", arm_alu_shift, NULL },
    { "cccc 00010111 nnnn (0000) iiiii tt0 mmmm", ARM_V4T, "cmn%c\t%rn, %M", arm_alu_shift, NULL },
    { "cccc 0001100S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "orr%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0001101S (0000) dddd 00000 000 mmmm", ARM_V4T, "mov%S%c\t%rd, %rm", arm_alu_shift, NULL },
    { "cccc 0001101S (0000) dddd 00000 110 mmmm", ARM_V4T, "rrx%S%c\t%rd, %rm", arm_alu_shift, NULL },
    { "cccc 0001101S (0000) dddd iiiii tt0 mmmm", ARM_V4T, "%t%S%c\t%rd, %rm, %i", arm_alu_shift, NULL },
    { "cccc 0001110S nnnn dddd iiiii tt0 mmmm", ARM_V4T, "bic%S%c\t%rd, %rn, %M", arm_alu_shift, NULL },
    { "cccc 0001111S (0000) dddd iiiii tt0 mmmm", ARM_V4T, "mvn%S%c\t%rd, %M", arm_alu_shift, NULL },

    /* Data processing, register shifted by a register. */
    { "cccc 0000000S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "and%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000001S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "eor%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000010S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "sub%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000011S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "rsb%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000100S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "add%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000101S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "adc%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000110S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "sbc%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0000111S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "rsc%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 00010001 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, "tst%c\t%rn, %M", arm_alu_shift_reg, "n s m" },
    { "cccc 00010011 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, "teq%c\t%rn, %M", arm_alu_shift_reg, "n s m" },
    { "cccc 00010101 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, "cmp%c\t%rn, %M", arm_alu_shift_reg, "n s m" },
    { "cccc 00010111 nnnn (0000) ssss 0tt1 mmmm", ARM_V4T, "cmn%c\t%rn, %M", arm_alu_shift_reg, "n s m" },
    { "cccc 0001100S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "orr%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0001101S (0000) dddd ssss 0tt1 mmmm", ARM_V4T, "%t%S%c\t%rd, %rm, %rs", arm_alu_shift_reg, "d s m" },
    { "cccc 0001110S nnnn dddd ssss 0tt1 mmmm", ARM_V4T, "bic%S%c\t%rd, %rn, %M", arm_alu_shift_reg, "d n s m" },
    { "cccc 0001111S (0000) dddd ssss 0tt1 mmmm", ARM_V4T, "mvn%S%c\t%rd, %M", arm_alu_shift_reg, "d s m" },

    /* Multiplies (A3.5). */
    { "cccc 0000000S dddd (0000) ssss 1001 mmmm", ARM_V4T, "mul%S%c\t%rd, %rm, %rs", arm_mul, "d s m d/m" },
    { "cccc 0000001S dddd nnnn ssss 1001 mmmm", ARM_V4T, "mla%S%c\t%rd, %rm, %rs, %rn", arm_mla, "d n s m d/m" },
    { "cccc 0000100S dddd aaaa ssss 1001 mmmm", ARM_V4T, "umull%S%c\t%ra, %rd, %rm, %rs", arm_mul_long, "d a s m d/a d/m a/m" },
    { "cccc 0000101S dddd aaaa ssss 1001 mmmm", ARM_V4T, "umlal%S%c\t%ra, %rd, %rm, %rs", arm_mla_long, "d a s m d/a d/m a/m" },
    { "cccc 0000110S dddd aaaa ssss 1001 mmmm", ARM_V4T, "smull%S%c\t%ra, %rd, %rm, %rs", arm_mul_long, "d a s m d/a d/m a/m" },
    { "cccc 0000111S dddd aaaa ssss 1001 mmmm", ARM_V4T, "smlal%S%c\t%ra, %rd, %rm, %rs", arm_mla_long, "d a s m d/a d/m a/m" },

    /* Enhanced DSP (A10). */
    { "cccc 00010000 dddd nnnn ssss 1yx0 mmmm", ARM_V5TE, "smla%x%y%c\t%rd, %rm, %rs, %rn", arm_smla, "d n s m" },
    { "cccc 00010010 dddd nnnn ssss 1y00 mmmm", ARM_V5TE, "smlaw%y%c\t%rd, %rm, %rs, %rn", arm_smlaw, "d n s m" },
    { "cccc 00010010 dddd (0000) ssss 1y10 mmmm", ARM_V5TE, "smulw%y%c\t%rd, %rm, %rs", arm_smulw, "d s m" },
    { "cccc 00010100 dddd aaaa ssss 1yx0 mmmm", ARM_V5TE, "smlal%x%y%c\t%ra, %rd, %rm, %rs", arm_smlal, "d a s m d/a" },
    { "cccc 00010110 dddd (0000) ssss 1yx0 mmmm", ARM_V5TE, "smul%x%y%c\t%rd, %rm, %rs", arm_smul, "d s m" },
    { "cccc 00010000 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, "qadd%c\t%rd, %rm, %rn", arm_qadd, "d n m" },
    { "cccc 00010010 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, "qsub%c\t%rd, %rm, %rn", arm_qadd, "d n m" },
    { "cccc 00010100 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, "qdadd%c\t%rd, %rm, %rn", arm_qadd, "d n m" },
    { "cccc 00010110 nnnn dddd (0000) 0101 mmmm", ARM_V5TE, "qdsub%c\t%rd, %rm, %rn", arm_qadd, "d n m" },

    /* Miscellaneous (figure A3-4). */
    { "cccc 00010R00 (1111) dddd (0000) 0000 (0000)", ARM_V4T, "mrs%c\t%rd, %R", arm_mrs, "d" },
    { "cccc 00010R10 ffff (1111) (0000) 0000 mmmm", ARM_V4T, "msr%c\t%R_%f, %rm", arm_msr_reg, "m" },
    { "cccc 00110R10 ffff (1111) rrrr iiiiiiii", ARM_V4T, "msr%c\t%R_%f, %I", arm_msr_imm, NULL },
    { "cccc 00010010 (1111 1111 1111) 0001 mmmm", ARM_V4T, "bx%c\t%rm", arm_bx, NULL },
    { "cccc 00010010 (1111 1111 1111) 0010 mmmm", ARM_V5TEJ, "bxj%c\t%rm", arm_bx, "m" },
    { "cccc 00010010 (1111 1111 1111) 0011 mmmm", ARM_V5T, "blx%c\t%rm", arm_blx, "m" },
    { "cccc 00010110 (1111) dddd (1111) 0001 mmmm", ARM_V5T, "clz%c\t%rd, %rm", arm_clz, "d m" },
    { "(1110) 00010010 iiiiiiiiiiii 0111 iiii", ARM_V5T, "bkpt\t%Xi", arm_bkpt, NULL },

    /* Swap (A4.1.108). */
    { "cccc 00010000 nnnn dddd (0000) 1001 mmmm", ARM_V4T, "swp%c\t%rd, %rm, [%rn]", arm_swp, "d n m n/d n/m" },
    { "cccc 00010100 nnnn dddd (0000) 1001 mmmm", ARM_V4T, "swpb%c\t%rd, %rm, [%rn]", arm_swp, "d n m n/d n/m" },

    /* Halfwords, signed bytes, doublewords (A5.3): offset and pre-indexed, then post-indexed. */
    { "cccc 0001u1w0 nnnn dddd iiii 1011 iiii", ARM_V4T, "strh%c\t%rd, %A", arm_ldst_extra_imm, "d w?n w?n/d" },
    { "cccc 0001u1w1 nnnn dddd iiii 1011 iiii", ARM_V4T, "ldrh%c\t%rd, %A", arm_ldst_extra_imm, "d w?n w?n/d" },
    { "cccc 0001u1w1 nnnn dddd iiii 1101 iiii", ARM_V4T, "ldrsb%c\t%rd, %A", arm_ldst_extra_imm, "d w?n w?n/d" },
    { "cccc 0001u1w1 nnnn dddd iiii 1111 iiii", ARM_V4T, "ldrsh%c\t%rd, %A", arm_ldst_extra_imm, "d w?n w?n/d" },
    { "cccc 0001u1w0 nnnn ddd0 iiii 1101 iiii", ARM_V5TE, "ldrd%c\t%rd, %A", arm_ldst_extra_imm, "d/14 w?n w?n/d w?n/d+" },
    { "cccc 0001u1w0 nnnn ddd0 iiii 1111 iiii", ARM_V5TE, "strd%c\t%rd, %A", arm_ldst_extra_imm, "d/14 w?n w?n/d w?n/d+" },
    { "cccc 0000u1(0)0 nnnn dddd iiii 1011 iiii", ARM_V4T, "strh%c\t%rd, %P", arm_ldst_extra_imm, "d n n/d" },
    { "cccc 0000u1(0)1 nnnn dddd iiii 1011 iiii", ARM_V4T, "ldrh%c\t%rd, %P", arm_ldst_extra_imm, "d n n/d" },
    { "cccc 0000u1(0)1 nnnn dddd iiii 1101 iiii", ARM_V4T, "ldrsb%c\t%rd, %P", arm_ldst_extra_imm, "d n n/d" },
    { "cccc 0000u1(0)1 nnnn dddd iiii 1111 iiii", ARM_V4T, "ldrsh%c\t%rd, %P", arm_ldst_extra_imm, "d n n/d" },
    { "cccc 0000u1(0)0 nnnn ddd0 iiii 1101 iiii", ARM_V5TE, "ldrd%c\t%rd, %P", arm_ldst_extra_imm, "d/14 n n/d n/d+" },
    { "cccc 0000u1(0)0 nnnn ddd0 iiii 1111 iiii", ARM_V5TE, "strd%c\t%rd, %P", arm_ldst_extra_imm, "d/14 n n/d n/d+" },
    { "cccc 0001u0w0 nnnn dddd (0000) 1011 mmmm", ARM_V4T, "strh%c\t%rd, %A", arm_ldst_extra_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w1 nnnn dddd (0000) 1011 mmmm", ARM_V4T, "ldrh%c\t%rd, %A", arm_ldst_extra_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w1 nnnn dddd (0000) 1101 mmmm", ARM_V4T, "ldrsb%c\t%rd, %A", arm_ldst_extra_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w1 nnnn dddd (0000) 1111 mmmm", ARM_V4T, "ldrsh%c\t%rd, %A", arm_ldst_extra_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0001u0w0 nnnn ddd0 (0000) 1101 mmmm", ARM_V5TE, "ldrd%c\t%rd, %A", arm_ldst_extra_reg, "d/14 m m/d m/d+ w?n w?n/d w?n/d+ w?n/m" },
    { "cccc 0001u0w0 nnnn ddd0 (0000) 1111 mmmm", ARM_V5TE, "strd%c\t%rd, %A", arm_ldst_extra_reg, "d/14 m w?n w?n/d w?n/d+ w?n/m" },
    { "cccc 0000u0(0)0 nnnn dddd (0000) 1011 mmmm", ARM_V4T, "strh%c\t%rd, %P", arm_ldst_extra_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)1 nnnn dddd (0000) 1011 mmmm", ARM_V4T, "ldrh%c\t%rd, %P", arm_ldst_extra_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)1 nnnn dddd (0000) 1101 mmmm", ARM_V4T, "ldrsb%c\t%rd, %P", arm_ldst_extra_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)1 nnnn dddd (0000) 1111 mmmm", ARM_V4T, "ldrsh%c\t%rd, %P", arm_ldst_extra_reg, "d m n n/d n/m" },
    { "cccc 0000u0(0)0 nnnn ddd0 (0000) 1101 mmmm", ARM_V5TE, "ldrd%c\t%rd, %P", arm_ldst_extra_reg, "d/14 m m/d m/d+ n n/d n/d+ n/m" },
    { "cccc 0000u0(0)0 nnnn ddd0 (0000) 1111 mmmm", ARM_V5TE, "strd%c\t%rd, %P", arm_ldst_extra_reg, "d/14 m n n/d n/d+ n/m" },

    /* Words and bytes (A5.2): offset and pre-indexed, post-indexed, post-indexed as user. */
    { "cccc 0101u0w0 nnnn dddd iiiiiiiiiiii", ARM_V4T, "str%c\t%rd, %A", arm_ldst_imm, "w?n w?n/d" },
    { "cccc 0101u0w1 nnnn dddd iiiiiiiiiiii", ARM_V4T, "ldr%c\t%rd, %A", arm_ldst_imm, "w?n w?n/d" },
    { "cccc 0101u1w0 nnnn dddd iiiiiiiiiiii", ARM_V4T, "strb%c\t%rd, %A", arm_ldst_imm, "d w?n w?n/d" },
    { "cccc 0101u1w1 nnnn dddd iiiiiiiiiiii", ARM_V4T, "ldrb%c\t%rd, %A", arm_ldst_imm, "d w?n w?n/d" },
    { "cccc 0100u000 nnnn dddd iiiiiiiiiiii", ARM_V4T, "str%c\t%rd, %P", arm_ldst_imm, "n n/d" },
    { "cccc 0100u001 nnnn dddd iiiiiiiiiiii", ARM_V4T, "ldr%c\t%rd, %P", arm_ldst_imm, "n n/d" },
    { "cccc 0100u100 nnnn dddd iiiiiiiiiiii", ARM_V4T, "strb%c\t%rd, %P", arm_ldst_imm, "d n n/d" },
    { "cccc 0100u101 nnnn dddd iiiiiiiiiiii", ARM_V4T, "ldrb%c\t%rd, %P", arm_ldst_imm, "d n n/d" },
    { "cccc 0100u010 nnnn dddd iiiiiiiiiiii", ARM_V4T, "strt%c\t%rd, %P", arm_ldst_imm, "d n n/d" },
    { "cccc 0100u011 nnnn dddd iiiiiiiiiiii", ARM_V4T, "ldrt%c\t%rd, %P", arm_ldst_imm, "d n n/d" },
    { "cccc 0100u110 nnnn dddd iiiiiiiiiiii", ARM_V4T, "strbt%c\t%rd, %P", arm_ldst_imm, "d n n/d" },
    { "cccc 0100u111 nnnn dddd iiiiiiiiiiii", ARM_V4T, "ldrbt%c\t%rd, %P", arm_ldst_imm, "d n n/d" },
    { "cccc 0111u0w0 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "str%c\t%rd, %A", arm_ldst_reg, "m w?n w?n/d w?n/m" },
    { "cccc 0111u0w1 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "ldr%c\t%rd, %A", arm_ldst_reg, "m w?n w?n/d w?n/m" },
    { "cccc 0111u1w0 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "strb%c\t%rd, %A", arm_ldst_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0111u1w1 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "ldrb%c\t%rd, %A", arm_ldst_reg, "d m w?n w?n/d w?n/m" },
    { "cccc 0110u000 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "str%c\t%rd, %P", arm_ldst_reg, "m n n/d n/m" },
    { "cccc 0110u001 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "ldr%c\t%rd, %P", arm_ldst_reg, "m n n/d n/m" },
    { "cccc 0110u100 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "strb%c\t%rd, %P", arm_ldst_reg, "d m n n/d n/m" },
    { "cccc 0110u101 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "ldrb%c\t%rd, %P", arm_ldst_reg, "d m n n/d n/m" },
    { "cccc 0110u010 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "strt%c\t%rd, %P", arm_ldst_reg, "d m n n/d n/m" },
    { "cccc 0110u011 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "ldrt%c\t%rd, %P", arm_ldst_reg, "d m n n/d n/m" },
    { "cccc 0110u110 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "strbt%c\t%rd, %P", arm_ldst_reg, "d m n n/d n/m" },
    { "cccc 0110u111 nnnn dddd iiiii tt0 mmmm", ARM_V4T, "ldrbt%c\t%rd, %P", arm_ldst_reg, "d m n n/d n/m" },

    /* Multiple registers (A5.4). */
    { "cccc 10010010 1101 llllllllllllllll", ARM_V4T, "push%c\t%l", arm_stm, "l" },
    { "cccc 10001011 1101 llllllllllllllll", ARM_V4T, "pop%c\t%l", arm_ldm, "l l/13" },
    { "cccc 100pu0w0 nnnn llllllllllllllll", ARM_V4T, "stm%L%c\t%rn%w, %l", arm_stm, "n l w?l/n" },
    { "cccc 100pu0w1 nnnn llllllllllllllll", ARM_V4T, "ldm%L%c\t%rn%w, %l", arm_ldm, "n l w?l/n" },
    { "cccc 100pu1(0)0 nnnn llllllllllllllll", ARM_V4T, "stm%L%c\t%rn, %l^", arm_stm_user, "n l" },
    { "cccc 100pu1(0)1 nnnn 0lllllllllllllll", ARM_V4T, "ldm%L%c\t%rn, %l^", arm_ldm_user, "n l" },
    { "cccc 100pu1w1 nnnn 1lllllllllllllll", ARM_V4T, "ldm%L%c\t%rn%w, %l^", arm_ldm_return, "n w?l/n" },

    /* Branches and SWI. */
    { "cccc 1010 oooooooooooooooooooooooo", ARM_V4T, "b%c\t%b", arm_b, NULL },
    { "cccc 1011 oooooooooooooooooooooooo", ARM_V4T, "bl%c\t%b", arm_bl, NULL },
    { "cccc 1111 iiiiiiiiiiiiiiiiiiiiiiii", ARM_V4T, "svc%c\t%Xi", arm_swi, NULL },
    { "1111 101h oooooooooooooooooooooooo", ARM_V5T, "blx\t%b", arm_blx_imm, NULL },

    /* Coprocessors (A3.13). This CPU has the system control coprocessor, which answers to MRC and
     * MCR alone. */
    { "cccc 1110 kkk1 nnnn dddd 1111 qqq1 mmmm", ARM_V4T, "mrc%c\t15, %uk, %rd, cr%un, cr%um, {%uq}", arm_mrc15, NULL },
    { "cccc 1110 kkk0 nnnn dddd 1111 qqq1 mmmm", ARM_V4T, "mcr%c\t15, %uk, %rd, cr%un, cr%um, {%uq}", arm_mcr15, "d" },
    { "cccc 1110 kkk1 nnnn dddd gggg qqq1 mmmm", ARM_V4T, "mrc%c\t%ug, %uk, %rd, cr%un, cr%um, {%uq}", arm_undefined, NULL },
    { "cccc 1110 kkk0 nnnn dddd gggg qqq1 mmmm", ARM_V4T, "mcr%c\t%ug, %uk, %rd, cr%un, cr%um, {%uq}", arm_undefined, "d" },
    { "cccc 1110 kkkk nnnn dddd gggg qqq0 mmmm", ARM_V4T, "cdp%c\t%ug, %uk, cr%ud, cr%un, cr%um, {%uq}", arm_undefined, NULL },
    { "cccc 11000100 nnnn dddd gggg kkkk mmmm", ARM_V5TE, "mcrr%c\t%ug, %uk, %rd, %rn, cr%um", arm_undefined, "d n" },
    { "cccc 11000101 nnnn dddd gggg kkkk mmmm", ARM_V5TE, "mrrc%c\t%ug, %uk, %rd, %rn, cr%um", arm_undefined, "d n n/d" },
    { "cccc 1101ukw0 nnnn dddd gggg iiiiiiii", ARM_V4T, "stc%N%c\t%ug, cr%ud, %A", arm_undefined, "w?n" },
    { "cccc 1101ukw1 nnnn dddd gggg iiiiiiii", ARM_V4T, "ldc%N%c\t%ug, cr%ud, %A", arm_undefined, "w?n" },
    { "cccc 1100uk10 nnnn dddd gggg iiiiiiii", ARM_V4T, "stc%N%c\t%ug, cr%ud, %P", arm_undefined, "n" },
    { "cccc 1100uk11 nnnn dddd gggg iiiiiiii", ARM_V4T, "ldc%N%c\t%ug, cr%ud, %P", arm_undefined, "n" },
    { "cccc 11001k00 nnnn dddd gggg iiiiiiii", ARM_V4T, "stc%N%c\t%ug, cr%ud, [%rn], {%ui}", arm_undefined, NULL },
    { "cccc 11001k01 nnnn dddd gggg iiiiiiii", ARM_V4T, "ldc%N%c\t%ug, cr%ud, [%rn], {%ui}", arm_undefined, NULL },

    /* The cache preload hint (A4.1.45). */
    { "1111 0101u101 nnnn (1111) iiiiiiiiiiii", ARM_V5TE, "pld\t%A", arm_nop, NULL },
    { "1111 0111u101 nnnn (1111) iiiii tt0 mmmm", ARM_V5TE, "pld\t%A", arm_nop, "m" },
    /* clang-format on */
};

const ArmTable arm_table = { insns, sizeof insns / sizeof insns[0], 32 };
