/* SPDX-License-Identifier: MIT */
/* What the translators of ARM and Thumb code share. */
#ifndef CPU_TRANSLATE_H
#define CPU_TRANSLATE_H

#include "cpu/arm.h"
#include "cpu/decode/decode.h"

/* A block being translated. */
typedef struct DisasContext {
    TCGContext *tcg;
    const ARMCPU *cpu; /* what does not change: its model and features */
    uint32_t pc;       /* of this instruction */
    uint32_t next_pc;  /* of the one after it */
    uint32_t mode;     /* ARM_TB_* */
    bool conditional;  /* this instruction is skipped when its condition fails */
    bool done;         /* the block has ended */
    unsigned followed; /* unconditional branches that the block went on behind */
    /* A skip of conditional instructions is open: its label, condition, and first op. */
    bool skipping;
    unsigned skip_unless, skip_label, skip_start;
    /* Thumb: a BL prefix in this block left bl_base in r14 for the instruction at bl_suffix (odd:
     * none did). */
    uint32_t bl_suffix, bl_base;
} DisasContext;

/* -- Registers -- */

/* What r15 reads as: the instruction's address + 8 (ARM) or + 4 (Thumb). */
static inline uint32_t pc_value(const DisasContext *s)
{
    return s->pc + (s->mode & ARM_TB_THUMB ? 4 : 8);
}

/* A new temp with a constant. */
TCGTemp gen_const(DisasContext *s, uint32_t value);

/* The temp of a register; r15 is a constant in a new one. */
static inline TCGTemp read_reg(DisasContext *s, unsigned n)
{
    return n == 15 ? gen_const(s, pc_value(s)) : (TCGTemp)n;
}

/* The same with r15 as stores and register-specified shifts see it: 4 more. */
static inline TCGTemp read_reg_late_pc(DisasContext *s, unsigned n)
{
    return n == 15 ? gen_const(s, pc_value(s) + 4) : (TCGTemp)n;
}

/* Where to write a register: r15 goes nowhere (for instructions where that is UNPREDICTABLE). */
static inline TCGTemp dest_reg(DisasContext *s, unsigned n)
{
    return n == 15 ? tcg_temp(s->tcg) : (TCGTemp)n;
}

/* -- Leaving the block. A conditional instruction only leaves if it executes. -- */

/* To a known address in the same state; an unconditional branch to itself waits for an interrupt.
 */
void gen_goto(DisasContext *s, uint32_t target);
/* The same for a branch instruction: the block may go on at the target. */
void gen_branch(DisasContext *s, uint32_t target);
/* To the address in a temp, in the same state; or in the state that its bit 0 selects. */
void gen_goto_ptr(DisasContext *s, TCGTemp target);
void gen_bx(DisasContext *s, TCGTemp target);
/* What a load gives r15: as gen_bx(), unless cp15's L4 asks for ARMv4's loads, which do not change
 * the state. */
void gen_load_pc(DisasContext *s, TCGTemp value);
/* To wherever a helper has left env.pc and the mode. */
void gen_lookup(DisasContext *s);
/* The next instruction, for a helper that may change the mode: env.pc = its address. */
void gen_set_next_pc(DisasContext *s);
/* Takes an exception through a helper that gets `a`. */
void gen_undef(DisasContext *s);
void gen_swi(DisasContext *s, uint32_t comment);
void gen_bkpt(DisasContext *s);

/* -- Data processing -- */

/* m shifted by a constant as encoded (0 stands for 32 or RRX, A5.1), into d with `fset`, and if
 * `carry` the shifter's carry to C. d may be TCG_NONE: the result's temp is chosen and returned. */
TCGTemp gen_shift_imm(DisasContext *s, TCGTemp d, uint8_t fset, bool carry, TCGTemp m,
                      unsigned type, unsigned amount);
/* The same by the low byte of a register. */
TCGTemp gen_shift_reg(DisasContext *s, TCGTemp d, uint8_t fset, bool carry, TCGTemp m,
                      unsigned type, TCGTemp amount);
/* True for the opcodes whose C is the shifter's carry. */
static inline bool alu_is_logical(unsigned op)
{
    const unsigned logical = 1u << ALU_AND | 1u << ALU_EOR | 1u << ALU_TST | 1u << ALU_TEQ |
                             1u << ALU_ORR | 1u << ALU_MOV | 1u << ALU_BIC | 1u << ALU_MVN;
    return (logical >> op & 1) != 0;
}
/* rd = rn op b for any of the 16 opcodes, rd 0..14 or a temp; the carry has been dealt with. */
void gen_alu(DisasContext *s, unsigned op, bool set, TCGTemp d, TCGTemp n, TCGTemp b);
void gen_alu_imm(DisasContext *s, unsigned op, bool set, TCGTemp d, TCGTemp n, uint32_t imm);

/* -- Memory -- */

typedef struct Address {
    TCGTemp base, index; /* or TCG_NONE */
    unsigned shift;      /* of the index, to the left */
    uint32_t disp;
} Address;

/* Loads and stores of one value: `memop` is size, sign and MO_USER; alignment and byte order are
 * the mode's. */
void gen_load(DisasContext *s, TCGTemp d, Address a, unsigned memop);
void gen_store(DisasContext *s, TCGTemp value, Address a, unsigned memop);
/* How load and store multiple treat their address. */
unsigned multiple_memop(const DisasContext *s);

/* -- Helpers for the DSP instructions (dsp.c): a + b and a - b that saturate and then set Q. -- */

TCGHelper helper_qadd, helper_qsub;

/* -- What the tables name -- */

/* alu.c */
ArmTranslate trans_alu_imm, trans_alu_shift, trans_alu_shift_reg, trans_adr;
ArmTranslate trans_mul, trans_mla, trans_mul_long;
ArmTranslate trans_smul, trans_smla, trans_smulw, trans_smlaw, trans_smlal, trans_qadd, trans_clz;
/* branch.c */
ArmTranslate trans_b, trans_b_cond, trans_bl, trans_blx_imm, trans_bx, trans_blx_reg;
ArmTranslate trans_bl_prefix, trans_bl_suffix, trans_blx_suffix;
ArmTranslate trans_svc, trans_bkpt, trans_nop, trans_undefined;
/* system.c */
ArmTranslate trans_mrs, trans_msr_reg, trans_msr_imm, trans_mrc15, trans_mcr15;
ArmTranslate trans_mrc_jazelle, trans_mcr_jazelle;
/* ldst.c */
ArmTranslate trans_ldr_imm, trans_ldr_reg, trans_str_imm, trans_str_reg, trans_swp;
ArmTranslate trans_ldrd_imm, trans_ldrd_reg, trans_strd_imm, trans_strd_reg;
ArmTranslate trans_ldm, trans_stm, trans_ldm_user, trans_stm_user, trans_ldm_return;
/* vfp.c */
ArmTranslate trans_vfp_binary, trans_vfp_unary, trans_vfp_move, trans_vfp_compare;
ArmTranslate trans_vmov_to_core, trans_vmov_from_core;
ArmTranslate trans_vmov_pair_to_core, trans_vmov_pair_from_core;
ArmTranslate trans_vmrs_flags, trans_vmrs, trans_vmsr, trans_vldr, trans_vstr, trans_vldm,
    trans_vstm;

#endif
