/* SPDX-License-Identifier: MIT */
/* What the translators of ARM and Thumb code share. */
#ifndef CPU_TRANSLATE_H
#define CPU_TRANSLATE_H

#include "cpu/arm.h"
#include "cpu/decode/decode.h"

/* A block being translated. */
typedef struct DisasContext {
    TCGContext *tcg;
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

/* The data-processing opcodes (ARM ARM A3.4). */
enum {
    ALU_AND,
    ALU_EOR,
    ALU_SUB,
    ALU_RSB,
    ALU_ADD,
    ALU_ADC,
    ALU_SBC,
    ALU_RSC,
    ALU_TST,
    ALU_TEQ,
    ALU_CMP,
    ALU_CMN,
    ALU_ORR,
    ALU_MOV,
    ALU_BIC,
    ALU_MVN
};

enum { SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, SHIFT_ROR };

/* A field of the instruction. */
static inline uint32_t bits(uint32_t insn, unsigned low, unsigned width)
{
    return insn >> low & ((1u << width) - 1);
}

static inline bool bit(uint32_t insn, unsigned n)
{
    return (insn >> n & 1) != 0;
}

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

/* -- The handlers that the tables name -- */

ArmTranslate arm_alu_imm, arm_alu_shift, arm_alu_shift_reg;
ArmTranslate arm_mul, arm_mla, arm_mul_long, arm_mla_long;
ArmTranslate arm_smul, arm_smla, arm_smulw, arm_smlaw, arm_smlal, arm_qadd, arm_clz;
ArmTranslate arm_b, arm_bl, arm_blx_imm, arm_bx, arm_blx, arm_swi, arm_bkpt;
ArmTranslate arm_mrs, arm_msr_reg, arm_msr_imm, arm_mrc15, arm_mcr15;
ArmTranslate arm_mrc_jazelle, arm_mcr_jazelle;
ArmTranslate arm_ldst_imm, arm_ldst_reg, arm_ldst_extra_imm, arm_ldst_extra_reg, arm_swp;
ArmTranslate arm_ldm, arm_stm, arm_ldm_user, arm_stm_user, arm_ldm_return;
ArmTranslate arm_vfp_binary, arm_vfp_unary, arm_vfp_move, arm_vfp_move_half, arm_vfp_move_pair;
ArmTranslate arm_vfp_fmstat, arm_vfp_system, arm_vfp_ldst, arm_vfp_multiple;
ArmTranslate arm_nop, arm_undefined;

ArmTranslate thumb_shift_imm, thumb_add_reg, thumb_add_imm3, thumb_imm8, thumb_alu;
ArmTranslate thumb_add_high, thumb_cmp_high, thumb_mov_high, thumb_bx, thumb_blx;
ArmTranslate thumb_ldr_literal, thumb_ldst_reg, thumb_ldst_imm, thumb_ldst_sp;
ArmTranslate thumb_add_pc, thumb_add_sp, thumb_adjust_sp, thumb_push, thumb_pop, thumb_stm;
ArmTranslate thumb_ldm, thumb_b_cond, thumb_b, thumb_bl_prefix, thumb_bl_suffix;
ArmTranslate thumb_blx_suffix, thumb_swi, thumb_bkpt;

#endif
