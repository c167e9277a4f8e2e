/* SPDX-License-Identifier: MIT */
/* Translation of guest code to TCG ops: private to cpu/translate/. */
#ifndef CPU_TRANSLATE_H
#define CPU_TRANSLATE_H

#include "cpu/arm.h"
#include "cpu/decode/decode.h"

/* A block being translated. */
typedef struct DisasContext {
    TCGContext *tcg;
    const ARMCPU *cpu; /* only its model and features, which do not change */
    uint32_t pc;       /* of this instruction */
    uint32_t next_pc;  /* of the one after it */
    uint32_t mode;     /* ARM_TB_* */
    bool conditional;  /* this instruction is skipped when its condition fails */
    bool done;         /* the block has ended */
    unsigned followed; /* unconditional branches within the block so far */
    /* An open skip of conditional instructions: its condition, label, and first op. */
    bool skipping;
    unsigned skip_unless, skip_label, skip_start;
    /* Thumb: a BL prefix in this block has set r14 to bl_base for the instruction at bl_suffix
     * (odd: there was none). */
    uint32_t bl_suffix, bl_base;
} DisasContext;

/* -- Registers -- */

/* The value of r15: the instruction's address + 8 (ARM) or + 4 (Thumb). */
static inline uint32_t pc_value(const DisasContext *s)
{
    return s->pc + (s->mode & ARM_TB_THUMB ? 4 : 8);
}

/* A new temp that holds a constant. */
TCGTemp gen_const(DisasContext *s, uint32_t value);

/* The temp of a register, for reading; r15 is a constant in a new temp. */
static inline TCGTemp read_reg(DisasContext *s, unsigned n)
{
    return n == 15 ? gen_const(s, pc_value(s)) : (TCGTemp)n;
}

/* The same for stores and register-specified shifts, where r15 is 4 more before ARMv6. */
static inline TCGTemp read_reg_late_pc(DisasContext *s, unsigned n)
{
    uint32_t late = (s->cpu->features & ARM_V6) != 0 ? 0 : 4;
    return n == 15 ? gen_const(s, pc_value(s) + late) : (TCGTemp)n;
}

/* The temp of a register, for writing. A write to r15 is lost (it is UNPREDICTABLE here). */
static inline TCGTemp dest_reg(DisasContext *s, unsigned n)
{
    return n == 15 ? tcg_temp(s->tcg) : (TCGTemp)n;
}

/* -- Leaving the block. A conditional instruction leaves it only if its condition holds. -- */

/* Goes to a known address in the same state. An unconditional branch to itself waits for an
 * interrupt.
 */
void gen_goto(DisasContext *s, uint32_t target);
/* The same for a branch instruction: the block may continue at the target. */
void gen_branch(DisasContext *s, uint32_t target);
/* Go to the address in a temp: in the same state; in the state that its bit 0 selects. */
void gen_goto_ptr(DisasContext *s, TCGTemp target);
void gen_bx(DisasContext *s, TCGTemp target);
/* Goes to an address that was loaded into r15: as gen_bx(), unless the CPU is an ARMv4 or cp15's L4
 * selects its behaviour, where loads do not change the state. */
void gen_load_pc(DisasContext *s, TCGTemp value);
/* Goes to env.pc, in the present mode, both set by a helper. */
void gen_lookup(DisasContext *s);
/* Set env.pc: to the next instruction, before a helper that may change the mode; to this one,
 * before one that may fault. */
void gen_set_next_pc(DisasContext *s);
void gen_set_pc(DisasContext *s);
/* Take an exception, through a helper. */
void gen_undef(DisasContext *s);
void gen_swi(DisasContext *s, uint32_t comment);
void gen_bkpt(DisasContext *s);

/* -- Data processing -- */

/* d = m shifted by a constant as encoded (0 means 32 or RRX, A5.1), with the flags `fset`; with
 * `carry` also C = the shifter's carry. Returns d; if that is TCG_NONE, a temp that holds the
 * result. */
TCGTemp gen_shift_imm(DisasContext *s, TCGTemp d, uint8_t fset, bool carry, TCGTemp m,
                      unsigned type, unsigned amount);
/* The same for a shift by the low byte of a register. */
TCGTemp gen_shift_reg(DisasContext *s, TCGTemp d, uint8_t fset, bool carry, TCGTemp m,
                      unsigned type, TCGTemp amount);
/* Whether the opcode sets C to the shifter's carry. */
static inline bool alu_is_logical(unsigned op)
{
    const unsigned logical = 1u << ALU_AND | 1u << ALU_EOR | 1u << ALU_TST | 1u << ALU_TEQ |
                             1u << ALU_ORR | 1u << ALU_MOV | 1u << ALU_BIC | 1u << ALU_MVN;
    return (logical >> op & 1) != 0;
}
/* d = n op b for any of the 16 opcodes; d is a register 0..14 or a temp. Sets flags with `set`, but
 * not the shifter's carry. */
void gen_alu(DisasContext *s, unsigned op, bool set, TCGTemp d, TCGTemp n, TCGTemp b);
void gen_alu_imm(DisasContext *s, unsigned op, bool set, TCGTemp d, TCGTemp n, uint32_t imm);

/* -- Memory -- */

typedef struct Address {
    TCGTemp base, index; /* or TCG_NONE */
    unsigned shift;      /* left shift of the index */
    uint32_t disp;
} Address;

/* Load and store one value. `memop` is size, sign, MO_USER, and MO_ALIGN_FAULT if the address must
 * always be aligned; else alignment, and the byte order, follow from the mode. */
void gen_load(DisasContext *s, TCGTemp d, Address a, unsigned memop);
void gen_store(DisasContext *s, TCGTemp value, Address a, unsigned memop);
/* The memop of load and store multiple. */
unsigned multiple_memop(const DisasContext *s);

/* -- Helpers for the DSP instructions (dsp.c): a + b and a - b, saturated and then setting Q. -- */

TCGHelper helper_qadd, helper_qsub;

/* -- The translate functions in the tables -- */

/* alu.c */
ArmTranslate trans_alu_imm, trans_alu_shift, trans_alu_shift_reg, trans_adr;
ArmTranslate trans_mul, trans_mla, trans_mul_long;
ArmTranslate trans_smul, trans_smla, trans_smulw, trans_smlaw, trans_smlal, trans_qadd, trans_clz;
/* branch.c */
ArmTranslate trans_b, trans_b_cond, trans_bl, trans_blx_imm, trans_bx, trans_blx_reg;
ArmTranslate trans_bl_prefix, trans_bl_suffix, trans_blx_suffix;
ArmTranslate trans_svc, trans_bkpt, trans_nop, trans_undefined;
/* system.c */
ArmTranslate trans_mrs, trans_msr_reg, trans_msr_imm, trans_mrc15, trans_mcr15, trans_mcrr15;
ArmTranslate trans_mrc_jazelle, trans_mcr_jazelle, trans_mrc_debug;
ArmTranslate trans_cps, trans_setend, trans_srs, trans_rfe, trans_wfi;
/* exclusive.c */
ArmTranslate trans_ldrex, trans_ldrexd, trans_strex, trans_strexd, trans_clrex;
/* media.c */
ArmTranslate trans_extend, trans_extend16, trans_pkh, trans_rev, trans_rev16, trans_revsh;
ArmTranslate trans_sel, trans_parallel, trans_ssat, trans_usat, trans_ssat16, trans_usat16;
ArmTranslate trans_usad8, trans_smlad, trans_smlsd, trans_smlald, trans_smmul, trans_umaal;
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
