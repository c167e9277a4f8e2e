/* SPDX-License-Identifier: MIT */
/* The media instructions of ARMv6 in A32 (ARM ARM DDI 0100I, A3.2 to A3.4 and A4). See decode.h for
 * how to read the table. */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats -- */

static void rd_rn_rm(ArmArgs *a, uint32_t insn)
{
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->rd = (uint8_t)bits(insn, 12, 4);
    a->rm = (uint8_t)(insn & 15);
}

static const ArmInsn insns[] = {
    /* clang-format off */
    /* Selection of bytes by GE (A4.1.64). */
    { "cccc 01101000 nnnn dddd (1111) 1011 mmmm", ARM_V6, rd_rn_rm, 0, "sel%c\t%rd, %rn, %rm", trans_sel, "d n m" },
    /* clang-format on */
};

const ArmTable media_table = { insns, sizeof insns / sizeof insns[0], 32 };
