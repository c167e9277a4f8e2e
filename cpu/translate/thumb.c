/* SPDX-License-Identifier: MIT */
/* Thumb instructions to TCG ops (ARM ARM A6, A7). */
#include "cpu/translate/translate.h"

#define LOW_D(insn)  ((TCGTemp)bits(insn, 0, 3))
#define LOW_N(insn)  ((TCGTemp)bits(insn, 3, 3)) /* or rm of two-operand instructions */
#define LOW_M(insn)  ((TCGTemp)bits(insn, 6, 3))
#define MID_D(insn)  ((TCGTemp)bits(insn, 8, 3)) /* with an 8-bit immediate */
#define HIGH_D(insn) (bits(insn, 0, 3) | bits(insn, 7, 1) << 3)
#define HIGH_M(insn) bits(insn, 3, 4)

/* -- Data processing; instructions of low registers define the flags -- */

void thumb_shift_imm(DisasContext *s, uint32_t insn)
{
    gen_shift_imm(s, LOW_D(insn), TCG_NZ, true, LOW_N(insn), bits(insn, 11, 2), bits(insn, 6, 5));
}

void thumb_add_reg(DisasContext *s, uint32_t insn)
{
    gen_alu(s, bit(insn, 9) ? ALU_SUB : ALU_ADD, true, LOW_D(insn), LOW_N(insn), LOW_M(insn));
}

void thumb_add_imm3(DisasContext *s, uint32_t insn)
{
    gen_alu_imm(s, bit(insn, 9) ? ALU_SUB : ALU_ADD, true, LOW_D(insn), LOW_N(insn),
                bits(insn, 6, 3));
}

void thumb_imm8(DisasContext *s, uint32_t insn)
{
    static const uint8_t ops[4] = { ALU_MOV, ALU_CMP, ALU_ADD, ALU_SUB };
    gen_alu_imm(s, ops[bits(insn, 11, 2)], true, MID_D(insn), MID_D(insn), insn & 0xff);
}

void thumb_alu(DisasContext *s, uint32_t insn)
{
    enum { LSL = 2, LSR = 3, ASR = 4, ROR = 7, NEG = 9, MUL = 13 };
    static const uint8_t ops[16] = {
        [0] = ALU_AND,  [1] = ALU_EOR,  [5] = ALU_ADC,  [6] = ALU_SBC,  [8] = ALU_TST,
        [10] = ALU_CMP, [11] = ALU_CMN, [12] = ALU_ORR, [14] = ALU_BIC, [15] = ALU_MVN,
    };
    TCGTemp d = LOW_D(insn), m = LOW_N(insn);
    unsigned op = bits(insn, 6, 4);
    switch (op) {
    case LSL: gen_shift_reg(s, d, TCG_NZ, true, d, SHIFT_LSL, m); break;
    case LSR: gen_shift_reg(s, d, TCG_NZ, true, d, SHIFT_LSR, m); break;
    case ASR: gen_shift_reg(s, d, TCG_NZ, true, d, SHIFT_ASR, m); break;
    case ROR: gen_shift_reg(s, d, TCG_NZ, true, d, SHIFT_ROR, m); break;
    case NEG: gen_alu_imm(s, ALU_RSB, true, d, m, 0); break;
    case MUL: tcg_op2(s->tcg, TCG_mul, TCG_NZ, d, d, m); break;
    default: gen_alu(s, ops[op], true, d, d, m); break;
    }
}

/* A result for r15 is a branch; bit 0 is ignored. */
static void write_high(DisasContext *s, unsigned rd, TCGTemp value)
{
    if (rd == 15) {
        TCGTemp target = tcg_temp(s->tcg);
        tcg_op2i(s->tcg, TCG_and, 0, target, value, ~UINT32_C(1));
        gen_goto_ptr(s, target);
    } else {
        tcg_mov(s->tcg, (TCGTemp)rd, value);
    }
}

void thumb_add_high(DisasContext *s, uint32_t insn)
{
    unsigned rd = HIGH_D(insn);
    TCGTemp d = dest_reg(s, rd);
    gen_alu(s, ALU_ADD, false, d, read_reg(s, rd), read_reg(s, HIGH_M(insn)));
    write_high(s, rd, d);
}

void thumb_cmp_high(DisasContext *s, uint32_t insn)
{
    gen_alu(s, ALU_CMP, true, TCG_NONE, read_reg(s, HIGH_D(insn)), read_reg(s, HIGH_M(insn)));
}

void thumb_mov_high(DisasContext *s, uint32_t insn)
{
    write_high(s, HIGH_D(insn), read_reg(s, HIGH_M(insn)));
}

void thumb_add_pc(DisasContext *s, uint32_t insn)
{
    tcg_movi(s->tcg, MID_D(insn), (pc_value(s) & ~UINT32_C(3)) + (insn & 0xff) * 4);
}

void thumb_add_sp(DisasContext *s, uint32_t insn)
{
    gen_alu_imm(s, ALU_ADD, false, MID_D(insn), 13, (insn & 0xff) * 4);
}

void thumb_adjust_sp(DisasContext *s, uint32_t insn)
{
    gen_alu_imm(s, bit(insn, 7) ? ALU_SUB : ALU_ADD, false, 13, 13, (insn & 0x7f) * 4);
}

/* -- Loads and stores -- */

static void transfer(DisasContext *s, TCGTemp d, Address a, bool load, unsigned memop)
{
    if (load) {
        gen_load(s, d, a, memop);
    } else {
        gen_store(s, d, a, memop);
    }
}

void thumb_ldr_literal(DisasContext *s, uint32_t insn)
{
    Address a = { TCG_NONE, TCG_NONE, 0, (pc_value(s) & ~UINT32_C(3)) + (insn & 0xff) * 4 };
    gen_load(s, MID_D(insn), a, MO_32);
}

void thumb_ldst_reg(DisasContext *s, uint32_t insn)
{
    static const uint8_t memops[8] = { MO_32, MO_16, MO_8, MO_8 | MO_SIGN,
                                       MO_32, MO_16, MO_8, MO_16 | MO_SIGN };
    unsigned op = bits(insn, 9, 3);
    Address a = { LOW_N(insn), LOW_M(insn), 0, 0 };
    transfer(s, LOW_D(insn), a, op >= 3, memops[op]);
}

void thumb_ldst_imm(DisasContext *s, uint32_t insn)
{
    static const uint8_t memops[3] = { MO_32, MO_8, MO_16 };
    unsigned memop = memops[bits(insn, 12, 4) - 6];
    Address a = { LOW_N(insn), TCG_NONE, 0, bits(insn, 6, 5) << (memop & MO_SIZE) };
    transfer(s, LOW_D(insn), a, bit(insn, 11), memop);
}

void thumb_ldst_sp(DisasContext *s, uint32_t insn)
{
    Address a = { 13, TCG_NONE, 0, (insn & 0xff) * 4 };
    transfer(s, MID_D(insn), a, bit(insn, 11), MO_32);
}

/* The low registers of a list; returns how many. */
static unsigned low_list(uint32_t insn, TCGTemp *list)
{
    unsigned n = 0;
    for (unsigned i = 0; i < 8; i++) {
        if (bit(insn, i)) {
            list[n++] = (TCGTemp)i;
        }
    }
    return n;
}

/* What the base moves by; an empty list (UNPREDICTABLE) moves it by 16 words. */
static uint32_t list_size(unsigned n)
{
    return n ? 4 * n : 64;
}

void thumb_push(DisasContext *s, uint32_t insn)
{
    TCGTemp list[9];
    unsigned n = low_list(insn, list);
    if (bit(insn, 8)) {
        list[n++] = 14;
    }
    if (n) {
        tcg_stm(s->tcg, 13, 0 - list_size(n), list, n, multiple_memop(s));
    }
    tcg_op2i(s->tcg, TCG_add, 0, 13, 13, 0 - list_size(n));
}

void thumb_pop(DisasContext *s, uint32_t insn)
{
    TCGTemp list[9], pc = TCG_NONE;
    unsigned n = low_list(insn, list);
    if (bit(insn, 8)) {
        pc = list[n++] = tcg_temp(s->tcg);
    }
    if (n) {
        tcg_ldm(s->tcg, 13, 0, list, n, multiple_memop(s));
    }
    tcg_op2i(s->tcg, TCG_add, 0, 13, 13, list_size(n));
    if (pc != TCG_NONE) {
        gen_load_pc(s, pc);
    }
}

void thumb_stm(DisasContext *s, uint32_t insn)
{
    TCGTemp list[8];
    unsigned n = low_list(insn, list);
    if (n) {
        tcg_stm(s->tcg, MID_D(insn), 0, list, n, multiple_memop(s));
    }
    tcg_op2i(s->tcg, TCG_add, 0, MID_D(insn), MID_D(insn), list_size(n));
}

/* A base that is in the list is loaded, not written back. */
void thumb_ldm(DisasContext *s, uint32_t insn)
{
    TCGTemp list[8];
    unsigned n = low_list(insn, list);
    if (n) {
        tcg_ldm(s->tcg, MID_D(insn), 0, list, n, multiple_memop(s));
    }
    if (!bit(insn, MID_D(insn))) {
        tcg_op2i(s->tcg, TCG_add, 0, MID_D(insn), MID_D(insn), list_size(n));
    }
}

/* -- Branches -- */

static uint32_t sign_extend(uint32_t value, unsigned width)
{
    uint32_t sign = UINT32_C(1) << (width - 1);
    return (value ^ sign) - sign;
}

void thumb_b_cond(DisasContext *s, uint32_t insn)
{
    unsigned skip = tcg_new_label(s->tcg);
    s->conditional = true;
    tcg_brflags(s->tcg, (TCGCond)(bits(insn, 8, 4) ^ 1), skip);
    gen_goto(s, pc_value(s) + sign_extend((insn & 0xff) << 1, 9));
    tcg_label(s->tcg, skip);
}

void thumb_b(DisasContext *s, uint32_t insn)
{
    gen_branch(s, pc_value(s) + sign_extend((insn & 0x7ff) << 1, 12));
}

void thumb_bx(DisasContext *s, uint32_t insn)
{
    gen_bx(s, read_reg(s, HIGH_M(insn)));
}

void thumb_blx(DisasContext *s, uint32_t insn)
{
    TCGTemp target = tcg_temp(s->tcg);
    tcg_op1(s->tcg, TCG_mov, 0, target, read_reg(s, HIGH_M(insn)));
    tcg_movi(s->tcg, 14, s->next_pc | 1);
    gen_bx(s, target);
}

/* BL and BLX are pairs (A7.1.15): the prefix leaves the upper part of the target in r14, the suffix
 * adds the lower part and branches. Each half is an instruction of its own. */

void thumb_bl_prefix(DisasContext *s, uint32_t insn)
{
    s->bl_base = pc_value(s) + sign_extend((insn & 0x7ff) << 12, 23);
    s->bl_suffix = s->next_pc;
    tcg_movi(s->tcg, 14, s->bl_base);
}

void thumb_bl_suffix(DisasContext *s, uint32_t insn)
{
    uint32_t offset = (insn & 0x7ff) << 1;
    if (s->bl_suffix == s->pc) {
        tcg_movi(s->tcg, 14, s->next_pc | 1);
        tcg_goto_tb(s->tcg, (s->bl_base + offset) & ~UINT32_C(1));
        s->done = true;
        return;
    }
    TCGTemp target = tcg_temp(s->tcg);
    tcg_op2i(s->tcg, TCG_add, 0, target, 14, offset);
    tcg_op2i(s->tcg, TCG_and, 0, target, target, ~UINT32_C(1));
    tcg_movi(s->tcg, 14, s->next_pc | 1);
    gen_goto_ptr(s, target);
}

void thumb_blx_suffix(DisasContext *s, uint32_t insn)
{
    TCGTemp target = tcg_temp(s->tcg);
    uint32_t offset = (insn & 0x7ff) << 1;
    if (s->bl_suffix == s->pc) {
        tcg_movi(s->tcg, target, (s->bl_base + offset) & ~UINT32_C(3));
    } else {
        tcg_op2i(s->tcg, TCG_add, 0, target, 14, offset);
        tcg_op2i(s->tcg, TCG_and, 0, target, target, ~UINT32_C(3));
    }
    tcg_movi(s->tcg, 14, s->next_pc | 1);
    gen_bx(s, target);
}

void thumb_swi(DisasContext *s, uint32_t insn)
{
    gen_swi(s, insn & 0xff);
}

void thumb_bkpt(DisasContext *s, uint32_t insn)
{
    (void)insn;
    gen_bkpt(s);
}
