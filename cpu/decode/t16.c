/* SPDX-License-Identifier: MIT */
/* The Thumb instruction set (ARM ARM DDI 0100, A6 and A7): see decode.h for how to read it. */
#include "cpu/translate/translate.h"

#include <stddef.h>

static const ArmInsn insns[] = {
    /* clang-format off */

    /* Shift, add, subtract, move, compare (A6.4). */
    { "00000 00000 mmm ddd", ARM_V4T, "movs\t%rd, %rm", thumb_shift_imm, NULL },
    { "00000 iiiii mmm ddd", ARM_V4T, "lsls\t%rd, %rm, #%ui", thumb_shift_imm, NULL },
    { "00001 iiiii mmm ddd", ARM_V4T, "lsrs\t%rd, %rm, %i", thumb_shift_imm, NULL },
    { "00010 iiiii mmm ddd", ARM_V4T, "asrs\t%rd, %rm, %i", thumb_shift_imm, NULL },
    { "0001100 mmm nnn ddd", ARM_V4T, "adds\t%rd, %rn, %rm", thumb_add_reg, NULL },
    { "0001101 mmm nnn ddd", ARM_V4T, "subs\t%rd, %rn, %rm", thumb_add_reg, NULL },
    { "0001110 iii nnn ddd", ARM_V4T, "adds\t%rd, %rn, #%ui", thumb_add_imm3, NULL },
    { "0001111 iii nnn ddd", ARM_V4T, "subs\t%rd, %rn, #%ui", thumb_add_imm3, NULL },
    { "00100 ddd iiiiiiii", ARM_V4T, "movs\t%rd, #%ui", thumb_imm8, NULL },
    { "00101 ddd iiiiiiii", ARM_V4T, "cmp\t%rd, #%ui", thumb_imm8, NULL },
    { "00110 ddd iiiiiiii", ARM_V4T, "adds\t%rd, #%ui", thumb_imm8, NULL },
    { "00111 ddd iiiiiiii", ARM_V4T, "subs\t%rd, #%ui", thumb_imm8, NULL },

    /* Data processing of two low registers (A6.4.4). */
    { "010000 0000 mmm ddd", ARM_V4T, "ands\t%rd, %rm", thumb_alu, NULL },
    { "010000 0001 mmm ddd", ARM_V4T, "eors\t%rd, %rm", thumb_alu, NULL },
    { "010000 0010 mmm ddd", ARM_V4T, "lsls\t%rd, %rm", thumb_alu, NULL },
    { "010000 0011 mmm ddd", ARM_V4T, "lsrs\t%rd, %rm", thumb_alu, NULL },
    { "010000 0100 mmm ddd", ARM_V4T, "asrs\t%rd, %rm", thumb_alu, NULL },
    { "010000 0101 mmm ddd", ARM_V4T, "adcs\t%rd, %rm", thumb_alu, NULL },
    { "010000 0110 mmm ddd", ARM_V4T, "sbcs\t%rd, %rm", thumb_alu, NULL },
    { "010000 0111 mmm ddd", ARM_V4T, "rors\t%rd, %rm", thumb_alu, NULL },
    { "010000 1000 mmm ddd", ARM_V4T, "tst\t%rd, %rm", thumb_alu, NULL },
    { "010000 1001 mmm ddd", ARM_V4T, "negs\t%rd, %rm", thumb_alu, NULL },
    { "010000 1010 mmm ddd", ARM_V4T, "cmp\t%rd, %rm", thumb_alu, NULL },
    { "010000 1011 mmm ddd", ARM_V4T, "cmn\t%rd, %rm", thumb_alu, NULL },
    { "010000 1100 mmm ddd", ARM_V4T, "orrs\t%rd, %rm", thumb_alu, NULL },
    { "010000 1101 mmm ddd", ARM_V4T, "muls\t%rd, %rm", thumb_alu, "d/m" },
    { "010000 1110 mmm ddd", ARM_V4T, "bics\t%rd, %rm", thumb_alu, NULL },
    { "010000 1111 mmm ddd", ARM_V4T, "mvns\t%rd, %rm", thumb_alu, NULL },

    /* High registers, branch and exchange (A6.4.5, A6.3.4). */
    { "01000100 d mmmm ddd", ARM_V4T, "add\t%rd, %rm", thumb_add_high, NULL },
    { "01000101 n mmmm nnn", ARM_V4T, "cmp\t%rn, %rm", thumb_cmp_high, "n" },
    { "01000110 d mmmm ddd", ARM_V4T, "mov\t%rd, %rm", thumb_mov_high, NULL },
    { "01000111 0 mmmm (000)", ARM_V4T, "bx\t%rm", thumb_bx, NULL },
    { "01000111 1 mmmm (000)", ARM_V5T, "blx\t%rm", thumb_blx, "m" },

    /* Loads and stores (A6.5). */
    { "01001 ddd iiiiiiii", ARM_V4T, "ldr\t%rd, [pc, #%4i]", thumb_ldr_literal, NULL },
    { "0101000 mmm nnn ddd", ARM_V4T, "str\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101001 mmm nnn ddd", ARM_V4T, "strh\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101010 mmm nnn ddd", ARM_V4T, "strb\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101011 mmm nnn ddd", ARM_V4T, "ldrsb\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101100 mmm nnn ddd", ARM_V4T, "ldr\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101101 mmm nnn ddd", ARM_V4T, "ldrh\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101110 mmm nnn ddd", ARM_V4T, "ldrb\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "0101111 mmm nnn ddd", ARM_V4T, "ldrsh\t%rd, [%rn, %rm]", thumb_ldst_reg, NULL },
    { "01100 iiiii nnn ddd", ARM_V4T, "str\t%rd, [%rn, #%4i]", thumb_ldst_imm, NULL },
    { "01101 iiiii nnn ddd", ARM_V4T, "ldr\t%rd, [%rn, #%4i]", thumb_ldst_imm, NULL },
    { "01110 iiiii nnn ddd", ARM_V4T, "strb\t%rd, [%rn, #%ui]", thumb_ldst_imm, NULL },
    { "01111 iiiii nnn ddd", ARM_V4T, "ldrb\t%rd, [%rn, #%ui]", thumb_ldst_imm, NULL },
    { "10000 iiiii nnn ddd", ARM_V4T, "strh\t%rd, [%rn, #%2i]", thumb_ldst_imm, NULL },
    { "10001 iiiii nnn ddd", ARM_V4T, "ldrh\t%rd, [%rn, #%2i]", thumb_ldst_imm, NULL },
    { "10010 ddd iiiiiiii", ARM_V4T, "str\t%rd, [sp, #%4i]", thumb_ldst_sp, NULL },
    { "10011 ddd iiiiiiii", ARM_V4T, "ldr\t%rd, [sp, #%4i]", thumb_ldst_sp, NULL },

    /* Addresses and the stack (A6.4.6, A6.6). */
    { "10100 ddd iiiiiiii", ARM_V4T, "add\t%rd, pc, #%4i", thumb_add_pc, NULL },
    { "10101 ddd iiiiiiii", ARM_V4T, "add\t%rd, sp, #%4i", thumb_add_sp, NULL },
    { "10110000 0 iiiiiii", ARM_V4T, "add\tsp, #%4i", thumb_adjust_sp, NULL },
    { "10110000 1 iiiiiii", ARM_V4T, "sub\tsp, #%4i", thumb_adjust_sp, NULL },
    { "1011010 l llllllll", ARM_V4T, "push\t%l", thumb_push, "l" },
    { "1011110 l llllllll", ARM_V4T, "pop\t%l", thumb_pop, "l" },
    { "10111110 iiiiiiii", ARM_V5T, "bkpt\t%Xi", thumb_bkpt, NULL },
    { "11000 nnn llllllll", ARM_V4T, "stmia\t%rn!, %l", thumb_stm, "l l/n" },
    { "11001 nnn llllllll", ARM_V4T, "ldmia\t%rn%w, %l", thumb_ldm, "l" },

    /* Branches (A6.3) and SWI. Condition 1110 is UNDEFINED. */
    { "1101 1111 iiiiiiii", ARM_V4T, "svc\t%ui", thumb_swi, NULL },
    { "1101 0ccc oooooooo", ARM_V4T, "b%c.n\t%b", thumb_b_cond, NULL },
    { "1101 10cc oooooooo", ARM_V4T, "b%c.n\t%b", thumb_b_cond, NULL },
    { "1101 110c oooooooo", ARM_V4T, "b%c.n\t%b", thumb_b_cond, NULL },
    { "11100 ooooooooooo", ARM_V4T, "b.n\t%b", thumb_b, NULL },
    { "11101 oooooooooo 0", ARM_V5T, "blx\tlr+%Xo", thumb_blx_suffix, NULL },
    { "11110 ooooooooooo", ARM_V4T, "bl-prefix\t%Xo", thumb_bl_prefix, NULL },
    { "11111 ooooooooooo", ARM_V4T, "bl\tlr+%Xo", thumb_bl_suffix, NULL },
    /* clang-format on */
};

const ArmTable thumb_table = { insns, sizeof insns / sizeof insns[0], 16 };
