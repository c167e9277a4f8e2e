/* SPDX-License-Identifier: MIT */
/* The media instructions of ARMv6 in A32 (ARM ARM DDI 0100I, A3.2 to A3.4 and A4). See decode.h for
 * how to read the table. */
#include "cpu/decode/formats.h"
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats -- */

/* PKHBT and PKHTB: the line's op is the kind of the shift. */
static void pack(ArmArgs *a, uint32_t insn)
{
    rd_rn_rm(a, insn);
    a->shift = a->op;
    a->amount = (uint8_t)bits(insn, 7, 5);
}

/* Saturation: imm is the width in bits. */
static void usat(ArmArgs *a, uint32_t insn)
{
    rd_rm(a, insn);
    a->shift = a->op;
    a->amount = (uint8_t)bits(insn, 7, 5);
    a->imm = bits(insn, 16, 5);
}

static void ssat(ArmArgs *a, uint32_t insn)
{
    usat(a, insn);
    a->imm++;
}

static void usat16(ArmArgs *a, uint32_t insn)
{
    rd_rm(a, insn);
    a->imm = bits(insn, 16, 4);
}

static void ssat16(ArmArgs *a, uint32_t insn)
{
    usat16(a, insn);
    a->imm++;
}

static void extend(ArmArgs *a, uint32_t insn)
{
    rd_rn_rm(a, insn);
    a->amount = (uint8_t)(8 * bits(insn, 10, 2));
    a->shift = a->amount ? SHIFT_ROR : SHIFT_LSL; /* ROR by 0 would be RRX */
}

/* rd is in the bits of rn. */
static void multiply(ArmArgs *a, uint32_t insn)
{
    a->rd = (uint8_t)bits(insn, 16, 4);
    a->ra = (uint8_t)bits(insn, 12, 4);
    a->rs = (uint8_t)bits(insn, 8, 4);
    a->x = bit(insn, 5);
    a->rm = (uint8_t)(insn & 15);
}

static const ArmInsn insns[] = {
    /* clang-format off */

    /* Parallel additions and subtractions. */
    { "cccc 01100001 nnnn dddd (1111) 0001 mmmm", ARM_V6, PAR_S | PAR_ADD16, rd_rn_rm, "sadd16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100001 nnnn dddd (1111) 0011 mmmm", ARM_V6, PAR_S | PAR_ASX, rd_rn_rm, "sasx%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100001 nnnn dddd (1111) 0101 mmmm", ARM_V6, PAR_S | PAR_SAX, rd_rn_rm, "ssax%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100001 nnnn dddd (1111) 0111 mmmm", ARM_V6, PAR_S | PAR_SUB16, rd_rn_rm, "ssub16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100001 nnnn dddd (1111) 1001 mmmm", ARM_V6, PAR_S | PAR_ADD8, rd_rn_rm, "sadd8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100001 nnnn dddd (1111) 1111 mmmm", ARM_V6, PAR_S | PAR_SUB8, rd_rn_rm, "ssub8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100010 nnnn dddd (1111) 0001 mmmm", ARM_V6, PAR_Q | PAR_ADD16, rd_rn_rm, "qadd16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100010 nnnn dddd (1111) 0011 mmmm", ARM_V6, PAR_Q | PAR_ASX, rd_rn_rm, "qasx%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100010 nnnn dddd (1111) 0101 mmmm", ARM_V6, PAR_Q | PAR_SAX, rd_rn_rm, "qsax%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100010 nnnn dddd (1111) 0111 mmmm", ARM_V6, PAR_Q | PAR_SUB16, rd_rn_rm, "qsub16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100010 nnnn dddd (1111) 1001 mmmm", ARM_V6, PAR_Q | PAR_ADD8, rd_rn_rm, "qadd8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100010 nnnn dddd (1111) 1111 mmmm", ARM_V6, PAR_Q | PAR_SUB8, rd_rn_rm, "qsub8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100011 nnnn dddd (1111) 0001 mmmm", ARM_V6, PAR_SH | PAR_ADD16, rd_rn_rm, "shadd16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100011 nnnn dddd (1111) 0011 mmmm", ARM_V6, PAR_SH | PAR_ASX, rd_rn_rm, "shasx%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100011 nnnn dddd (1111) 0101 mmmm", ARM_V6, PAR_SH | PAR_SAX, rd_rn_rm, "shsax%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100011 nnnn dddd (1111) 0111 mmmm", ARM_V6, PAR_SH | PAR_SUB16, rd_rn_rm, "shsub16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100011 nnnn dddd (1111) 1001 mmmm", ARM_V6, PAR_SH | PAR_ADD8, rd_rn_rm, "shadd8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100011 nnnn dddd (1111) 1111 mmmm", ARM_V6, PAR_SH | PAR_SUB8, rd_rn_rm, "shsub8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100101 nnnn dddd (1111) 0001 mmmm", ARM_V6, PAR_U | PAR_ADD16, rd_rn_rm, "uadd16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100101 nnnn dddd (1111) 0011 mmmm", ARM_V6, PAR_U | PAR_ASX, rd_rn_rm, "uasx%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100101 nnnn dddd (1111) 0101 mmmm", ARM_V6, PAR_U | PAR_SAX, rd_rn_rm, "usax%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100101 nnnn dddd (1111) 0111 mmmm", ARM_V6, PAR_U | PAR_SUB16, rd_rn_rm, "usub16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100101 nnnn dddd (1111) 1001 mmmm", ARM_V6, PAR_U | PAR_ADD8, rd_rn_rm, "uadd8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100101 nnnn dddd (1111) 1111 mmmm", ARM_V6, PAR_U | PAR_SUB8, rd_rn_rm, "usub8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100110 nnnn dddd (1111) 0001 mmmm", ARM_V6, PAR_UQ | PAR_ADD16, rd_rn_rm, "uqadd16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100110 nnnn dddd (1111) 0011 mmmm", ARM_V6, PAR_UQ | PAR_ASX, rd_rn_rm, "uqasx%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100110 nnnn dddd (1111) 0101 mmmm", ARM_V6, PAR_UQ | PAR_SAX, rd_rn_rm, "uqsax%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100110 nnnn dddd (1111) 0111 mmmm", ARM_V6, PAR_UQ | PAR_SUB16, rd_rn_rm, "uqsub16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100110 nnnn dddd (1111) 1001 mmmm", ARM_V6, PAR_UQ | PAR_ADD8, rd_rn_rm, "uqadd8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100110 nnnn dddd (1111) 1111 mmmm", ARM_V6, PAR_UQ | PAR_SUB8, rd_rn_rm, "uqsub8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100111 nnnn dddd (1111) 0001 mmmm", ARM_V6, PAR_UH | PAR_ADD16, rd_rn_rm, "uhadd16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100111 nnnn dddd (1111) 0011 mmmm", ARM_V6, PAR_UH | PAR_ASX, rd_rn_rm, "uhasx%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100111 nnnn dddd (1111) 0101 mmmm", ARM_V6, PAR_UH | PAR_SAX, rd_rn_rm, "uhsax%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100111 nnnn dddd (1111) 0111 mmmm", ARM_V6, PAR_UH | PAR_SUB16, rd_rn_rm, "uhsub16%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100111 nnnn dddd (1111) 1001 mmmm", ARM_V6, PAR_UH | PAR_ADD8, rd_rn_rm, "uhadd8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },
    { "cccc 01100111 nnnn dddd (1111) 1111 mmmm", ARM_V6, PAR_UH | PAR_SUB8, rd_rn_rm, "uhsub8%c\t%rd, %rn, %rm", trans_parallel, "d n m" },

    /* Packing, selection by GE, saturation. */
    { "cccc 01101000 nnnn dddd iiiii 001 mmmm", ARM_V6, SHIFT_LSL, pack, "pkhbt%c\t%rd, %rn, %M", trans_pkh, "d n m" },
    { "cccc 01101000 nnnn dddd iiiii 101 mmmm", ARM_V6, SHIFT_ASR, pack, "pkhtb%c\t%rd, %rn, %M", trans_pkh, "d n m" },
    { "cccc 01101000 nnnn dddd (1111) 1011 mmmm", ARM_V6, 0, rd_rn_rm, "sel%c\t%rd, %rn, %rm", trans_sel, "d n m" },
    { "cccc 0110101 iiiii dddd iiiii 001 mmmm", ARM_V6, SHIFT_LSL, ssat, "ssat%c\t%rd, #%ui, %M", trans_ssat, "d m" },
    { "cccc 0110101 iiiii dddd iiiii 101 mmmm", ARM_V6, SHIFT_ASR, ssat, "ssat%c\t%rd, #%ui, %M", trans_ssat, "d m" },
    { "cccc 0110111 iiiii dddd iiiii 001 mmmm", ARM_V6, SHIFT_LSL, usat, "usat%c\t%rd, #%ui, %M", trans_usat, "d m" },
    { "cccc 0110111 iiiii dddd iiiii 101 mmmm", ARM_V6, SHIFT_ASR, usat, "usat%c\t%rd, #%ui, %M", trans_usat, "d m" },
    { "cccc 01101010 iiii dddd (1111) 0011 mmmm", ARM_V6, 0, ssat16, "ssat16%c\t%rd, #%ui, %rm", trans_ssat16, "d m" },
    { "cccc 01101110 iiii dddd (1111) 0011 mmmm", ARM_V6, 0, usat16, "usat16%c\t%rd, #%ui, %rm", trans_usat16, "d m" },

    /* Extension of bytes and halfwords; if n is 1111, nothing is added. Reversal of bytes. */
    { "cccc 01101000 1111 dddd rr (00) 0111 mmmm", ARM_V6, MO_SIGN, extend, "sxtb16%c\t%rd, %M", trans_extend16, "d m" },
    { "cccc 01101000 nnnn dddd rr (00) 0111 mmmm", ARM_V6, MO_SIGN, extend, "sxtab16%c\t%rd, %rn, %M", trans_extend16, "d m" },
    { "cccc 01101010 1111 dddd rr (00) 0111 mmmm", ARM_V6, MO_8 | MO_SIGN, extend, "sxtb%c\t%rd, %M", trans_extend, "d m" },
    { "cccc 01101010 nnnn dddd rr (00) 0111 mmmm", ARM_V6, MO_8 | MO_SIGN, extend, "sxtab%c\t%rd, %rn, %M", trans_extend, "d m" },
    { "cccc 01101011 1111 dddd rr (00) 0111 mmmm", ARM_V6, MO_16 | MO_SIGN, extend, "sxth%c\t%rd, %M", trans_extend, "d m" },
    { "cccc 01101011 nnnn dddd rr (00) 0111 mmmm", ARM_V6, MO_16 | MO_SIGN, extend, "sxtah%c\t%rd, %rn, %M", trans_extend, "d m" },
    { "cccc 01101100 1111 dddd rr (00) 0111 mmmm", ARM_V6, 0, extend, "uxtb16%c\t%rd, %M", trans_extend16, "d m" },
    { "cccc 01101100 nnnn dddd rr (00) 0111 mmmm", ARM_V6, 0, extend, "uxtab16%c\t%rd, %rn, %M", trans_extend16, "d m" },
    { "cccc 01101110 1111 dddd rr (00) 0111 mmmm", ARM_V6, MO_8, extend, "uxtb%c\t%rd, %M", trans_extend, "d m" },
    { "cccc 01101110 nnnn dddd rr (00) 0111 mmmm", ARM_V6, MO_8, extend, "uxtab%c\t%rd, %rn, %M", trans_extend, "d m" },
    { "cccc 01101111 1111 dddd rr (00) 0111 mmmm", ARM_V6, MO_16, extend, "uxth%c\t%rd, %M", trans_extend, "d m" },
    { "cccc 01101111 nnnn dddd rr (00) 0111 mmmm", ARM_V6, MO_16, extend, "uxtah%c\t%rd, %rn, %M", trans_extend, "d m" },
    { "cccc 01101011 (1111) dddd (1111) 0011 mmmm", ARM_V6, 0, rd_rm, "rev%c\t%rd, %rm", trans_rev, "d m" },
    { "cccc 01101011 (1111) dddd (1111) 1011 mmmm", ARM_V6, 0, rd_rm, "rev16%c\t%rd, %rm", trans_rev16, "d m" },
    { "cccc 01101111 (1111) dddd (1111) 1011 mmmm", ARM_V6, 0, rd_rm, "revsh%c\t%rd, %rm", trans_revsh, "d m" },

    /* Signed multiplies: of both pairs of halfwords; of words, for the high word of the product. If a
     * is 1111, nothing is added. */
    { "cccc 01110000 dddd 1111 ssss 00x1 mmmm", ARM_V6, 0, multiply, "smuad%h%c\t%rd, %rm, %rs", trans_smlad, "d s m" },
    { "cccc 01110000 dddd aaaa ssss 00x1 mmmm", ARM_V6, 0, multiply, "smlad%h%c\t%rd, %rm, %rs, %ra", trans_smlad, "d s m" },
    { "cccc 01110000 dddd 1111 ssss 01x1 mmmm", ARM_V6, 0, multiply, "smusd%h%c\t%rd, %rm, %rs", trans_smlsd, "d s m" },
    { "cccc 01110000 dddd aaaa ssss 01x1 mmmm", ARM_V6, 0, multiply, "smlsd%h%c\t%rd, %rm, %rs, %ra", trans_smlsd, "d s m" },
    { "cccc 01110100 dddd aaaa ssss 00x1 mmmm", ARM_V6, 0, multiply, "smlald%h%c\t%ra, %rd, %rm, %rs", trans_smlald, "d a s m d/a" },
    { "cccc 01110100 dddd aaaa ssss 01x1 mmmm", ARM_V6, MUL_SUB, multiply, "smlsld%h%c\t%ra, %rd, %rm, %rs", trans_smlald, "d a s m d/a" },
    { "cccc 01110101 dddd 1111 ssss 00x1 mmmm", ARM_V6, 0, multiply, "smmul%o%c\t%rd, %rm, %rs", trans_smmul, "d s m" },
    { "cccc 01110101 dddd aaaa ssss 00x1 mmmm", ARM_V6, 0, multiply, "smmla%o%c\t%rd, %rm, %rs, %ra", trans_smmul, "d s m" },
    { "cccc 01110101 dddd aaaa ssss 11x1 mmmm", ARM_V6, MUL_SUB, multiply, "smmls%o%c\t%rd, %rm, %rs, %ra", trans_smmul, "d a s m" },

    /* Sums of differences; a long multiply with two additions. */
    { "cccc 01111000 dddd 1111 ssss 0001 mmmm", ARM_V6, 0, multiply, "usad8%c\t%rd, %rm, %rs", trans_usad8, "d s m" },
    { "cccc 01111000 dddd aaaa ssss 0001 mmmm", ARM_V6, 0, multiply, "usada8%c\t%rd, %rm, %rs, %ra", trans_usad8, "d s m" },
    { "cccc 00000100 dddd aaaa ssss 1001 mmmm", ARM_V6, 0, multiply, "umaal%c\t%ra, %rd, %rm, %rs", trans_umaal, "d a s m d/a" },
    /* clang-format on */
};

const ArmTable media_table = { insns, sizeof insns / sizeof insns[0], 32 };
