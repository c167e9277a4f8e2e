/* SPDX-License-Identifier: MIT */
/* Translates guest code to TCG ops: blocks, and what ARM and Thumb instructions have in common.
 *
 * A block continues after a conditional branch, which is an exit in its middle. It ends at an
 * unconditional branch, at the end of the page, or when it is full. A branch on the inverse
 * condition skips a conditional instruction. */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Registers -- */

TCGTemp gen_const(DisasContext *s, uint32_t value)
{
    TCGTemp t = tcg_temp(s->tcg);
    tcg_movi(s->tcg, t, value);
    return t;
}

/* -- Leaving the block -- */

/* How many unconditional branches a block may follow; each may translate code once more. */
#define MAX_FOLLOWED 2

static void end_block(DisasContext *s)
{
    if (!s->conditional) {
        s->done = true;
    }
}

void gen_branch(DisasContext *s, uint32_t target)
{
    bool same_page = ((target ^ s->pc) & ~(uint32_t)(BUS_PAGE_SIZE - 1)) == 0;
    if (!s->conditional && same_page && target != s->pc && s->followed < MAX_FOLLOWED) {
        s->followed++;
        s->next_pc = target;
        return;
    }
    gen_goto(s, target);
}

void gen_goto(DisasContext *s, uint32_t target)
{
    if (target == s->pc && !s->conditional) {
        TCG_CALL(s->tcg, helper_spin, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, TCG_NONE,
                 TCG_NONE, s->pc);
        tcg_exit_tb(s->tcg, s->pc);
    } else {
        tcg_goto_tb(s->tcg, target);
    }
    end_block(s);
}

void gen_goto_ptr(DisasContext *s, TCGTemp target)
{
    tcg_goto_ptr(s->tcg, target);
    end_block(s);
}

void gen_bx(DisasContext *s, TCGTemp target)
{
    tcg_goto_ptr_x(s->tcg, target);
    end_block(s);
}

void gen_load_pc(DisasContext *s, TCGTemp value)
{
    if ((s->mode & ARM_TB_L4) || !(s->cpu->features & ARM_V5T)) {
        TCGTemp target = tcg_temp(s->tcg);
        tcg_op2i(s->tcg, TCG_and, 0, target, value, ~(s->mode & ARM_TB_THUMB ? 1u : 3u));
        gen_goto_ptr(s, target);
    } else {
        gen_bx(s, value);
    }
}

void gen_lookup(DisasContext *s)
{
    tcg_lookup(s->tcg);
    end_block(s);
}

void gen_set_next_pc(DisasContext *s)
{
    tcg_st_env(s->tcg, gen_const(s, s->next_pc), offsetof(ARMCPU, env.pc));
}

void gen_set_pc(DisasContext *s)
{
    tcg_st_env(s->tcg, gen_const(s, s->pc), offsetof(ARMCPU, env.pc));
}

/* Exception helpers see and change everything. */
#define EXCEPTION (TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES)

void gen_undef(DisasContext *s)
{
    TCG_CALL(s->tcg, helper_undef, EXCEPTION, TCG_NONE, TCG_NONE, TCG_NONE, s->pc);
    gen_lookup(s);
}

void gen_swi(DisasContext *s, uint32_t comment)
{
    TCG_CALL(s->tcg, helper_swi, EXCEPTION, TCG_NONE, gen_const(s, comment), TCG_NONE, s->pc);
    gen_lookup(s);
}

void gen_bkpt(DisasContext *s)
{
    TCG_CALL(s->tcg, helper_bkpt, EXCEPTION, TCG_NONE, TCG_NONE, TCG_NONE, s->pc);
    gen_lookup(s);
}

/* -- Data processing -- */

TCGTemp gen_shift_imm(DisasContext *s, TCGTemp d, uint8_t fset, bool carry, TCGTemp m,
                      unsigned type, unsigned amount)
{
    static const TCGOpcode ops[] = { TCG_shl, TCG_shr, TCG_sar, TCG_rotr };
    TCGContext *t = s->tcg;
    if (type == SHIFT_LSL && amount == 0) {
        if (d == TCG_NONE) {
            return m;
        }
        tcg_op1(t, TCG_mov, fset, d, m);
        return d;
    }
    if (d == TCG_NONE) {
        d = tcg_temp(t);
    }
    if (type == SHIFT_ROR && amount == 0) { /* RRX: reads the old C */
        TCGTemp result = carry && d == m ? tcg_temp(t) : d;
        tcg_op1(t, TCG_rrx, result == d ? fset : 0, result, m);
        if (carry) {
            tcg_setc_bit(t, m, 0);
        }
        if (result != d) {
            tcg_op1(t, TCG_mov, fset, d, result);
        }
        return d;
    }
    if (amount == 0) {
        amount = 32;
    }
    if (carry) {
        tcg_setc_bit(t, m, type == SHIFT_LSL ? 32 - amount : amount - 1);
    }
    if (amount < 32) {
        tcg_op2i(t, ops[type], fset, d, m, amount);
    } else if (type == SHIFT_LSR) {
        tcg_op2i(t, TCG_mov, fset, d, TCG_NONE, 0);
    } else {
        tcg_op2i(t, TCG_sar, fset, d, m, 31);
    }
    return d;
}

TCGTemp gen_shift_reg(DisasContext *s, TCGTemp d, uint8_t fset, bool carry, TCGTemp m,
                      unsigned type, TCGTemp amount)
{
    static const TCGOpcode ops[] = { TCG_shl, TCG_shr, TCG_sar, TCG_rotr };
    static const TCGOpcode carries[] = { TCG_setc_shl, TCG_setc_shr, TCG_setc_sar, TCG_setc_rotr };
    if (carry) {
        tcg_op2(s->tcg, carries[type], TCG_C, TCG_NONE, m, amount);
    }
    if (d == TCG_NONE) {
        d = tcg_temp(s->tcg);
    }
    tcg_op2(s->tcg, ops[type], fset, d, m, amount);
    return d;
}

typedef struct AluOp {
    TCGOpcode opc;
    bool compare;
} AluOp;

static const AluOp alu_ops[16] = {
    [ALU_AND] = { TCG_and, false }, [ALU_EOR] = { TCG_xor, false }, [ALU_SUB] = { TCG_sub, false },
    [ALU_RSB] = { TCG_rsb, false }, [ALU_ADD] = { TCG_add, false }, [ALU_ADC] = { TCG_adc, false },
    [ALU_SBC] = { TCG_sbc, false }, [ALU_RSC] = { TCG_rsc, false }, [ALU_TST] = { TCG_and, true },
    [ALU_TEQ] = { TCG_xor, true },  [ALU_CMP] = { TCG_sub, true },  [ALU_CMN] = { TCG_add, true },
    [ALU_ORR] = { TCG_or, false },  [ALU_MOV] = { TCG_mov, false }, [ALU_BIC] = { TCG_andc, false },
    [ALU_MVN] = { TCG_not, false },
};

static uint8_t alu_flags(unsigned op, bool set)
{
    return !set ? 0 : alu_is_logical(op) ? TCG_NZ : TCG_NZCV;
}

void gen_alu(DisasContext *s, unsigned op, bool set, TCGTemp d, TCGTemp n, TCGTemp b)
{
    const AluOp *alu = &alu_ops[op];
    if (op == ALU_MOV || op == ALU_MVN) {
        tcg_op1(s->tcg, alu->opc, alu_flags(op, set), d, b);
    } else {
        tcg_op2(s->tcg, alu->opc, alu_flags(op, set), alu->compare ? TCG_NONE : d, n, b);
    }
}

void gen_alu_imm(DisasContext *s, unsigned op, bool set, TCGTemp d, TCGTemp n, uint32_t imm)
{
    const AluOp *alu = &alu_ops[op];
    if (op == ALU_MOV || op == ALU_MVN) {
        tcg_op2i(s->tcg, TCG_mov, alu_flags(op, set), d, TCG_NONE, op == ALU_MVN ? ~imm : imm);
    } else if (op == ALU_BIC) {
        tcg_op2i(s->tcg, TCG_and, alu_flags(op, set), d, n, ~imm);
    } else {
        tcg_op2i(s->tcg, alu->opc, alu_flags(op, set), alu->compare ? TCG_NONE : d, n, imm);
    }
}

/* -- Memory -- */

/* Adds alignment and byte order to a memop (A2.8). Without alignment faults and without ARMv6's
 * unaligned accesses the low address bits of halfwords and stores are ignored, and a loaded word is
 * rotated (for odd halfwords A2.8 specifies nothing). */
static unsigned complete_memop(const DisasContext *s, unsigned memop, bool load)
{
    if ((memop & MO_SIZE) == MO_8) {
        return memop;
    }
    memop |= s->mode & ARM_TB_E ? MO_BE : 0;
    if ((s->mode & ARM_TB_ALIGN) || (memop & MO_ALIGN) == MO_ALIGN_FAULT) {
        return memop | MO_ALIGN_FAULT;
    }
    if (s->mode & ARM_TB_U) {
        return memop | MO_UNALN;
    }
    return memop | (load && (memop & MO_SIZE) == MO_32 ? MO_ALIGN_ROT : MO_ALIGN_DOWN);
}

unsigned multiple_memop(const DisasContext *s)
{
    return MO_32 | (s->mode & ARM_TB_E ? MO_BE : 0) |
           ((s->mode & (ARM_TB_ALIGN | ARM_TB_U)) != 0 ? MO_ALIGN_FAULT : MO_ALIGN_DOWN);
}

/* See arm_lane(). */
static Address in_lane(DisasContext *s, Address a, unsigned memop)
{
    uint32_t lane = arm_lane(s->mode, 0, memop);
    if (lane == 0) {
        return a;
    }
    TCGTemp t = tcg_temp(s->tcg);
    if (a.base == TCG_NONE) {
        tcg_movi(s->tcg, t, a.disp);
    } else {
        tcg_op2i(s->tcg, TCG_add, 0, t, a.base, a.disp);
    }
    if (a.index != TCG_NONE) {
        TCGTemp index = gen_shift_imm(s, TCG_NONE, 0, false, a.index, SHIFT_LSL, a.shift);
        tcg_op2(s->tcg, TCG_add, 0, t, t, index);
    }
    tcg_op2i(s->tcg, TCG_xor, 0, t, t, lane);
    return (Address){ t, TCG_NONE, 0, 0 };
}

void gen_load(DisasContext *s, TCGTemp d, Address a, unsigned memop)
{
    a = in_lane(s, a, memop);
    tcg_ld(s->tcg, d, a.base, a.index, a.shift, a.disp, complete_memop(s, memop, true));
}

void gen_store(DisasContext *s, TCGTemp value, Address a, unsigned memop)
{
    a = in_lane(s, a, memop);
    tcg_st(s->tcg, value, a.base, a.index, a.shift, a.disp, complete_memop(s, memop, false));
}

/* -- The block -- */

static uint32_t fetch_arm(TciEnv *env, const DisasContext *s, const uint8_t *code)
{
    return code ? ld32_p(code + (s->pc & (BUS_PAGE_SIZE - 1))) : tci_fetch(env, s->pc, 4);
}

static uint32_t fetch_thumb(TciEnv *env, const DisasContext *s, const uint8_t *code)
{
    uint32_t pc = arm_lane(s->mode, s->pc, MO_16);
    return code ? ld16_p(code + (pc & (BUS_PAGE_SIZE - 1))) : tci_fetch(env, pc, 2);
}

/* The maximum number of ops under one skip. */
#define MAX_SKIPPED_OPS 60

static void close_conditional(DisasContext *s)
{
    if (s->skipping) {
        tcg_label(s->tcg, s->skip_label);
        s->skipping = false;
    }
}

/* Whether the ops from `first` on neither change the flags nor leave the block. */
static bool keeps_condition(const TCGContext *t, unsigned first)
{
    for (unsigned i = first; i < t->count; i++) {
        const TCGOp *op = &t->ops[i];
        if (op->fset || (tcg_op_info[op->opc].info & TCG_INFO_EXIT) ||
            (op->opc == TCG_call && (op->memop & ~(unsigned)TCG_CALL_READS))) {
            return false;
        }
    }
    return true;
}

static inline void translate_line(DisasContext *s, const ArmInsn *line, uint32_t insn)
{
    if (line) {
        ArmArgs a = { .op = line->op }; /* in place: arm_args() would copy it */
        line->format(&a, insn);
        line->translate(s, &a);
    } else {
        gen_undef(s);
    }
}

/* One branch skips consecutive instructions with the same condition; only the last may change the
 * flags. */
static void translate_arm(DisasContext *s, uint32_t insn)
{
    const ArmInsn *line = arm_decode(insn, s->cpu->features);
    unsigned cond = insn >> 28;
    bool conditional = cond < TCG_COND_ALWAYS;
    if (s->skipping &&
        (cond != s->skip_unless || s->tcg->count - s->skip_start > MAX_SKIPPED_OPS)) {
        close_conditional(s);
    }
    s->conditional = conditional;
    if (conditional && !s->skipping) {
        s->skipping = true;
        s->skip_unless = cond;
        s->skip_label = tcg_new_label(s->tcg);
        s->skip_start = s->tcg->count;
        tcg_brflags(s->tcg, (TCGCond)(cond ^ 1), s->skip_label);
    }
    unsigned first = s->tcg->count;
    translate_line(s, line, insn);
    if (conditional && !keeps_condition(s->tcg, first)) {
        close_conditional(s);
    }
}

static void translate_thumb(DisasContext *s, uint32_t insn)
{
    s->conditional = false;
    translate_line(s, thumb_decode(insn, s->cpu->features), insn);
}

void arm_translate(TciEnv *env, TCGContext *tcg, uint32_t pc, uint32_t mode, const uint8_t *code,
                   unsigned max_insns)
{
    bool thumb = (mode & ARM_TB_THUMB) != 0;
    DisasContext s = { .tcg = tcg, .cpu = arm_of(env), .mode = mode, .bl_suffix = 1 };
    /* Low bits set in the address, by BX or a write to r15, are UNPREDICTABLE. */
    s.next_pc = pc & (thumb ? ~UINT32_C(1) : ~UINT32_C(3));
    do {
        s.pc = s.next_pc;
        tcg_insn_start(tcg, s.pc);
        if (thumb) {
            s.next_pc = s.pc + 2;
            translate_thumb(&s, fetch_thumb(env, &s, code));
        } else {
            s.next_pc = s.pc + 4;
            translate_arm(&s, fetch_arm(env, &s, code));
        }
    } while (!s.done && tcg->insns < max_insns && (s.next_pc & (BUS_PAGE_SIZE - 1)) &&
             !(env->breaks && tci_breakpoint_at(env, s.next_pc)));
    close_conditional(&s);
    if (!s.done) {
        tcg_goto_tb(tcg, s.next_pc);
    }
}
