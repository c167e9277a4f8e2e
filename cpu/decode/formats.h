/* SPDX-License-Identifier: MIT */
/* The formats that several tables of A32 use. See decode.h for what a format is. */
#ifndef CPU_DECODE_FORMATS_H
#define CPU_DECODE_FORMATS_H

#include "cpu/decode/decode.h"

static inline void none(ArmArgs *a, uint32_t insn)
{
    (void)a, (void)insn;
}

static inline void rd_rm(ArmArgs *a, uint32_t insn)
{
    a->rd = (uint8_t)bits(insn, 12, 4);
    a->rm = (uint8_t)(insn & 15);
}

static inline void rd_rn_rm(ArmArgs *a, uint32_t insn)
{
    rd_rm(a, insn);
    a->rn = (uint8_t)bits(insn, 16, 4);
}

#endif
