/* SPDX-License-Identifier: MIT */
/* What ARMv6 and ARMv6K added to A32, without media instructions: exclusive accesses, changes of
 * the processor state, hints (ARM ARM DDI 0100I, A4.1). See decode.h for how to read the table. */
#include "cpu/decode/formats.h"
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats -- */

/* RFE and SRS; for the latter imm is the mode. */
static void state_multiple(ArmArgs *a, uint32_t insn)
{
    a->index = bit(insn, 24);
    a->add = bit(insn, 23);
    a->writeback = bit(insn, 21);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->imm = insn & 0x1f;
}

/* The line's op is CPS_ENABLE, CPS_DISABLE or 0 (only the mode changes); imm is the mode. */
static void cps(ArmArgs *a, uint32_t insn)
{
    a->fields = (uint8_t)bits(insn, 6, 3);
    a->x = bit(insn, 17);
    a->imm = insn & 0x1f;
}

static void setend(ArmArgs *a, uint32_t insn)
{
    a->x = bit(insn, 9);
}

static void imm8(ArmArgs *a, uint32_t insn)
{
    a->imm = insn & 0xff;
}

static const ArmInsn insns[] = {
    /* clang-format off */

    /* Exclusive accesses. */
    { "cccc 00011001 nnnn dddd (1111) 1001 (1111)", ARM_V6, MO_32, rd_rn_rm, "ldrex%c\t%rd, [%rn]", trans_ldrex, "d n" },
    { "cccc 00011101 nnnn dddd (1111) 1001 (1111)", ARM_V6K, MO_8, rd_rn_rm, "ldrexb%c\t%rd, [%rn]", trans_ldrex, "d n" },
    { "cccc 00011111 nnnn dddd (1111) 1001 (1111)", ARM_V6K, MO_16, rd_rn_rm, "ldrexh%c\t%rd, [%rn]", trans_ldrex, "d n" },
    { "cccc 00011011 nnnn ddd0 (1111) 1001 (1111)", ARM_V6K, 0, rd_rn_rm, "ldrexd%c\t%rd, [%rn]", trans_ldrexd, "d/14 n" },
    { "cccc 00011000 nnnn dddd (1111) 1001 mmmm", ARM_V6, MO_32, rd_rn_rm, "strex%c\t%rd, %rm, [%rn]", trans_strex, "d m n n/d d/m" },
    { "cccc 00011100 nnnn dddd (1111) 1001 mmmm", ARM_V6K, MO_8, rd_rn_rm, "strexb%c\t%rd, %rm, [%rn]", trans_strex, "d m n n/d d/m" },
    { "cccc 00011110 nnnn dddd (1111) 1001 mmmm", ARM_V6K, MO_16, rd_rn_rm, "strexh%c\t%rd, %rm, [%rn]", trans_strex, "d m n n/d d/m" },
    { "cccc 00011010 nnnn dddd (1111) 1001 mmm0", ARM_V6K, 0, rd_rn_rm, "strexd%c\t%rd, %rm, [%rn]", trans_strexd, "d m/14 n n/d d/m d/m+" },
    { "1111 01010111 (1111) (1111) (0000) 0001 (1111)", ARM_V6K, 0, none, "clrex", trans_clrex, NULL },

    /* Changes of the processor state. */
    { "1111 00010000 0000 (0000 000 000) 0 iiiii", ARM_V6, 0, cps, "cps\t#%ui", trans_nop, NULL },
    { "1111 00010000 0010 (0000 000 000) 0 iiiii", ARM_V6, 0, cps, "cps\t#%ui", trans_cps, NULL },
    { "1111 00010000 1000 (0000 000) fff 0 (00000)", ARM_V6, CPS_ENABLE, cps, "cpsie\t%a", trans_cps, NULL },
    { "1111 00010000 1010 (0000 000) fff 0 iiiii", ARM_V6, CPS_ENABLE, cps, "cpsie\t%a,#%ui", trans_cps, NULL },
    { "1111 00010000 1100 (0000 000) fff 0 (00000)", ARM_V6, CPS_DISABLE, cps, "cpsid\t%a", trans_cps, NULL },
    { "1111 00010000 1110 (0000 000) fff 0 iiiii", ARM_V6, CPS_DISABLE, cps, "cpsid\t%a,#%ui", trans_cps, NULL },
    { "1111 00010000 0001 (0000 00) x (0) 0000 (0000)", ARM_V6, 0, setend, "setend\t%e", trans_setend, NULL },
    { "1111 100pu1w0 (1101 0000 0101 000) iiiii", ARM_V6, 0, state_multiple, "srs%K\tsp%w, #%ui", trans_srs, NULL },
    { "1111 100pu0w1 nnnn (0000 1010 0000 0000)", ARM_V6, 0, state_multiple, "rfe%K\t%rn%w", trans_rfe, "n" },

    /* Hints; unallocated ones are NOPs. */
    { "cccc 00110010 0000 (1111 0000) 0000 0001", ARM_V6K, 0, none, "yield%c", trans_nop, NULL },
    { "cccc 00110010 0000 (1111 0000) 0000 0010", ARM_V6K, 0, none, "wfe%c", trans_nop, NULL },
    { "cccc 00110010 0000 (1111 0000) 0000 0011", ARM_V6K, 0, none, "wfi%c", trans_wfi, NULL },
    { "cccc 00110010 0000 (1111 0000) 0000 0100", ARM_V6K, 0, none, "sev%c", trans_nop, NULL },
    { "cccc 00110010 0000 (1111 0000) iiii iiii", ARM_V6K, 0, imm8, "nop%c\t{%ui}", trans_nop, NULL },
    /* clang-format on */
};

const ArmTable v6_table = { insns, sizeof insns / sizeof insns[0], 32 };
