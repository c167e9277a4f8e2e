/* SPDX-License-Identifier: MIT */
/* The coprocessor instructions without VFP (ARM ARM DDI 0100, A3.13). See decode.h for how to read
 * the table. */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats -- */

/* MRC and MCR. */
static void cp_move(ArmArgs *a, uint32_t insn)
{
    a->opc1 = (uint8_t)bits(insn, 21, 3);
    a->crn = (uint8_t)bits(insn, 16, 4);
    a->rd = (uint8_t)bits(insn, 12, 4);
    a->cp = (uint8_t)bits(insn, 8, 4);
    a->opc2 = (uint8_t)bits(insn, 5, 3);
    a->crm = (uint8_t)(insn & 15);
}

static void cp_data(ArmArgs *a, uint32_t insn)
{
    cp_move(a, insn);
    a->opc1 = (uint8_t)bits(insn, 20, 4);
    a->crd = a->rd;
}

/* MRRC and MCRR. */
static void cp_move2(ArmArgs *a, uint32_t insn)
{
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->rd = (uint8_t)bits(insn, 12, 4);
    a->cp = (uint8_t)bits(insn, 8, 4);
    a->opc1 = (uint8_t)bits(insn, 4, 4);
    a->crm = (uint8_t)(insn & 15);
}

static void cp_ldst(ArmArgs *a, uint32_t insn)
{
    a->index = bit(insn, 24);
    a->add = bit(insn, 23);
    a->x = bit(insn, 22);
    a->writeback = !a->index || bit(insn, 21);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->crd = (uint8_t)bits(insn, 12, 4);
    a->cp = (uint8_t)bits(insn, 8, 4);
    a->imm = (insn & 0xff) << 2;
}

static const ArmInsn insns[] = {
    /* clang-format off */
    /* Coprocessor 14: Jazelle's registers, c0 to c2; the debug ID; the debug communications channel.
     * Coprocessor 15: system control. There are no other coprocessors. */
    { "cccc 1110 1111 000n dddd 1110 0001 0000", ARM_V5TEJ, 0, cp_move, "mrc%c\t14, 7, %rd, cr%un, cr0, {0}", trans_mrc_jazelle, NULL },
    { "cccc 1110 1111 0010 dddd 1110 0001 0000", ARM_V5TEJ, 0, cp_move, "mrc%c\t14, 7, %rd, cr2, cr0, {0}", trans_mrc_jazelle, NULL },
    { "cccc 1110 1110 0001 dddd 1110 0001 0000", ARM_V5TEJ, 0, cp_move, "mcr%c\t14, 7, %rd, cr1, cr0, {0}", trans_mcr_jazelle, "d" },
    { "cccc 1110 1110 0010 dddd 1110 0001 0000", ARM_V5TEJ, 0, cp_move, "mcr%c\t14, 7, %rd, cr2, cr0, {0}", trans_mcr_jazelle, "d" },
    { "cccc 1110 0001 0000 dddd 1110 0001 0000", ARM_V4T, 0, cp_move, "mrc%c\t14, 0, %rd, cr0, cr0, {0}", trans_mrc_debug, NULL },
    { "cccc 1110 0001 0001 dddd 1110 0001 0000", ARM_DCC, 0, cp_move, "mrc%c\t14, 0, %rd, cr1, cr0, {0}", trans_mrc_debug, NULL },
    { "cccc 1110 0000 0001 dddd 1110 0001 0000", ARM_DCC, 0, cp_move, "mcr%c\t14, 0, %rd, cr1, cr0, {0}", trans_nop, "d" },
    { "cccc 1110 kkk1 nnnn dddd 1111 qqq1 mmmm", ARM_V4T, 0, cp_move, "mrc%c\t15, %uk, %rd, cr%un, cr%um, {%uq}", trans_mrc15, NULL },
    { "cccc 1110 kkk0 nnnn dddd 1111 qqq1 mmmm", ARM_V4T, 0, cp_move, "mcr%c\t15, %uk, %rd, cr%un, cr%um, {%uq}", trans_mcr15, "d" },
    { "cccc 1110 kkk1 nnnn dddd gggg qqq1 mmmm", ARM_V4T, 0, cp_move, "mrc%c\t%ug, %uk, %rd, cr%un, cr%um, {%uq}", trans_undefined, NULL },
    { "cccc 1110 kkk0 nnnn dddd gggg qqq1 mmmm", ARM_V4T, 0, cp_move, "mcr%c\t%ug, %uk, %rd, cr%un, cr%um, {%uq}", trans_undefined, "d" },
    { "cccc 1110 kkkk nnnn dddd gggg qqq0 mmmm", ARM_V4T, 0, cp_data, "cdp%c\t%ug, %uk, cr%ud, cr%un, cr%um, {%uq}", trans_undefined, NULL },
    { "cccc 11000100 nnnn dddd 1111 kkkk mmmm", ARM_V6, 0, cp_move2, "mcrr%c\t15, %uk, %rd, %rn, cr%um", trans_mcrr15, "d n" },
    { "cccc 11000100 nnnn dddd gggg kkkk mmmm", ARM_V5TE, 0, cp_move2, "mcrr%c\t%ug, %uk, %rd, %rn, cr%um", trans_undefined, "d n" },
    { "cccc 11000101 nnnn dddd gggg kkkk mmmm", ARM_V5TE, 0, cp_move2, "mrrc%c\t%ug, %uk, %rd, %rn, cr%um", trans_undefined, "d n n/d" },
    { "cccc 1101ukw0 nnnn dddd gggg iiiiiiii", ARM_V4T, 0, cp_ldst, "stc%N%c\t%ug, cr%ud, %A", trans_undefined, "w?n" },
    { "cccc 1101ukw1 nnnn dddd gggg iiiiiiii", ARM_V4T, 0, cp_ldst, "ldc%N%c\t%ug, cr%ud, %A", trans_undefined, "w?n" },
    { "cccc 1100uk10 nnnn dddd gggg iiiiiiii", ARM_V4T, 0, cp_ldst, "stc%N%c\t%ug, cr%ud, %A", trans_undefined, "n" },
    { "cccc 1100uk11 nnnn dddd gggg iiiiiiii", ARM_V4T, 0, cp_ldst, "ldc%N%c\t%ug, cr%ud, %A", trans_undefined, "n" },
    { "cccc 11001k00 nnnn dddd gggg iiiiiiii", ARM_V4T, 0, cp_ldst, "stc%N%c\t%ug, cr%ud, [%rn], {%uw}", trans_undefined, NULL },
    { "cccc 11001k01 nnnn dddd gggg iiiiiiii", ARM_V4T, 0, cp_ldst, "ldc%N%c\t%ug, cr%ud, [%rn], {%uw}", trans_undefined, NULL },
    /* clang-format on */
};

const ArmTable coprocessor_table = { insns, sizeof insns / sizeof insns[0], 32 };
