/* SPDX-License-Identifier: MIT */
/* VFP instructions to TCG ops (ARM ARM part C). A double is named by its first word: dN is word
 * 2 * N. Scalar arithmetic becomes one op; short vectors are left to the helper. */
#include "cpu/translate/translate.h"

#include <stddef.h>

#define RD(insn)     bits(insn, 12, 4)
#define RN(insn)     bits(insn, 16, 4)
#define IS_D(insn)   bit(insn, 8)
#define FPSCR_FLAGS  offsetof(ARMCPU, env.fp_flags)
#define SYSTEM(insn) RN(insn)

enum { SYS_FPSID = 0, SYS_FPSCR = 1, SYS_FPEXC = 8, SYS_FPINST = 9, SYS_FPINST2 = 10 };

/* The VFP9-S, as QEMU has it: implementer ARM, architecture VFPv2, part 0x10, variant 9, rev. 0. */
#define FPSID 0x41011090u

/* The words that the instruction's operands start at. */
static unsigned d_word(uint32_t insn, bool is_double)
{
    return RD(insn) << 1 | (is_double ? 0 : bit(insn, 22));
}

static unsigned n_word(uint32_t insn, bool is_double)
{
    return RN(insn) << 1 | (is_double ? 0 : bit(insn, 7));
}

static unsigned m_word(uint32_t insn, bool is_double)
{
    return bits(insn, 0, 4) << 1 | (is_double ? 0 : bit(insn, 5));
}

/* The temp that an op on a register of this type names. */
static TCGTemp operand(unsigned word, bool is_double)
{
    return is_double ? (TCGTemp)(TCG_FP + word) : tci_fp_word(word);
}

/* False: there is no VFP, or it is disabled, and the instruction is UNDEFINED. */
static bool enabled(DisasContext *s)
{
    if (s->mode & ARM_TB_VFP) {
        return true;
    }
    gen_undef(s);
    return false;
}

#define GEN_FP(s, kind, d, a, b, insn)                                                             \
    tcg_fp((s)->tcg, (TCGFp)(kind), d, a, b, helper_vfp, "helper_vfp", insn)

/* -- Data processing (C4) -- */

void arm_vfp_binary(DisasContext *s, uint32_t insn)
{
    /* By bits p q r s of the opcode. */
    static const uint8_t kinds[9] = {
        TCG_FP_mac_s,  TCG_FP_nmac_s, TCG_FP_msc_s, TCG_FP_nmsc_s, TCG_FP_mul_s,
        TCG_FP_nmul_s, TCG_FP_add_s,  TCG_FP_sub_s, TCG_FP_div_s,
    };
    unsigned op = bits(insn, 23, 1) << 3 | bits(insn, 20, 2) << 1 | bits(insn, 6, 1);
    bool is_double = IS_D(insn);
    if (!enabled(s)) {
        return;
    }
    unsigned kind = s->mode & ARM_TB_VECTOR ? TCG_FP_HELPER : kinds[op] + is_double;
    GEN_FP(s, kind, operand(d_word(insn, is_double), is_double),
           operand(n_word(insn, is_double), is_double), operand(m_word(insn, is_double), is_double),
           insn);
}

/* FCPY, FABS, FNEG of scalars: bits, no arithmetic. */
static void move_scalar(DisasContext *s, unsigned op, bool is_double, TCGTemp d, TCGTemp m)
{
    static const uint8_t kinds[3] = { TCG_FP_mov_d, TCG_FP_abs_d, TCG_FP_neg_d };
    if (is_double) {
        tcg_fp(s->tcg, (TCGFp)kinds[op], d, m, TCG_NONE, NULL, NULL, 0);
    } else if (op == 0) {
        tcg_mov(s->tcg, d, m);
    } else {
        tcg_op2i(s->tcg, op == 1 ? TCG_and : TCG_xor, 0, d, m, op == 1 ? 0x7fffffff : 0x80000000);
    }
}

/* What an extension instruction (C4.1, bits 19..16 and 7) is. */
typedef struct Unary {
    uint8_t kind;      /* for singles; + 1 for doubles */
    bool d_int, m_int; /* the result, the operand is an integer in a single register */
    bool vector;       /* works on short vectors */
} Unary;

void arm_vfp_unary(DisasContext *s, uint32_t insn)
{
    static const Unary table[32] = {
        [0] = { TCG_FP_HELPER, false, false, true },
        [1] = { TCG_FP_HELPER, false, false, true },
        [2] = { TCG_FP_HELPER, false, false, true },
        [3] = { TCG_FP_sqrt_s, false, false, true },
        [8] = { TCG_FP_cmp_s, false, false, false },
        [9] = { TCG_FP_cmp_s, false, false, false },
        [10] = { TCG_FP_cmpz_s, false, false, false },
        [11] = { TCG_FP_cmpz_s, false, false, false },
        [15] = { TCG_FP_cvt_s, false, false, false },
        [16] = { TCG_FP_uito_s, false, true, false },
        [17] = { TCG_FP_sito_s, false, true, false },
        [24] = { TCG_FP_HELPER, true, false, false },
        [25] = { TCG_FP_toui_s, true, false, false },
        [26] = { TCG_FP_HELPER, true, false, false },
        [27] = { TCG_FP_tosi_s, true, false, false },
    };
    unsigned op = RN(insn) << 1 | bit(insn, 7);
    const Unary *u = &table[op];
    bool d_double = IS_D(insn) && !u->d_int, m_double = IS_D(insn) && !u->m_int;
    if (!enabled(s)) {
        return;
    }
    if (op == 15) {
        d_double = !m_double;
    }
    TCGTemp d = operand(d_word(insn, d_double), d_double);
    TCGTemp m = operand(m_word(insn, m_double), m_double);
    if (u->vector && s->mode & ARM_TB_VECTOR) {
        GEN_FP(s, TCG_FP_HELPER, d, m, TCG_NONE, insn);
    } else if (op <= 2) {
        move_scalar(s, op, IS_D(insn), d, m);
    } else if (op >= 8 && op <= 11) { /* comparisons write no register */
        GEN_FP(s, u->kind + IS_D(insn), TCG_NONE, d, op <= 9 ? m : TCG_NONE, insn);
    } else {
        unsigned kind = u->kind == TCG_FP_HELPER ? u->kind : (unsigned)u->kind + IS_D(insn);
        GEN_FP(s, kind, d, m, TCG_NONE, insn);
    }
}

/* -- Transfers (C4, C5) -- */

static void move_word(DisasContext *s, unsigned word, unsigned r, bool to_arm)
{
    if (to_arm) {
        tcg_mov(s->tcg, dest_reg(s, r), tci_fp_word(word));
    } else {
        tcg_mov(s->tcg, tci_fp_word(word), read_reg(s, r));
    }
}

void arm_vfp_move(DisasContext *s, uint32_t insn)
{
    if (enabled(s)) {
        move_word(s, n_word(insn, false), RD(insn), bit(insn, 20));
    }
}

void arm_vfp_move_half(DisasContext *s, uint32_t insn)
{
    if (enabled(s)) {
        move_word(s, n_word(insn, true) + bit(insn, 21), RD(insn), bit(insn, 20));
    }
}

void arm_vfp_move_pair(DisasContext *s, uint32_t insn)
{
    unsigned word = m_word(insn, IS_D(insn));
    if (!enabled(s)) {
        return;
    }
    if (word == 31) { /* UNPREDICTABLE: there is no s32 */
        gen_undef(s);
    } else if (IS_D(insn) && !bit(insn, 20)) {
        TCGTemp low = read_reg(s, RD(insn)), high = read_reg(s, RN(insn));
        tcg_fp(s->tcg, TCG_FP_pack_d, operand(word, true), low, high, NULL, NULL, 0);
    } else {
        move_word(s, word, RD(insn), bit(insn, 20));
        move_word(s, word + 1, RN(insn), bit(insn, 20));
    }
}

void arm_vfp_fmstat(DisasContext *s, uint32_t insn)
{
    (void)insn;
    if (enabled(s)) {
        TCGTemp flags = tcg_temp(s->tcg);
        tcg_ld_env(s->tcg, flags, FPSCR_FLAGS);
        tcg_setflags(s->tcg, flags);
    }
}

/* FMRX, FMXR. While the VFP is disabled, privileged modes reach FPSID and FPEXC; user mode reaches
 * FPSCR and FPSID alone, and only while it is enabled (C2.7). */
static bool system_valid(const DisasContext *s, unsigned reg)
{
    bool on = (s->mode & ARM_TB_VFP) != 0, there = on || !(s->mode & ARM_TB_VECTOR);
    bool privileged = (s->mode & ARM_TB_PRIV) != 0;
    switch (reg) {
    case SYS_FPSCR: return on;
    case SYS_FPSID: return on || (there && privileged);
    case SYS_FPEXC: return there && privileged;
    default: return on && privileged;
    }
}

static void read_system(DisasContext *s, unsigned reg, TCGTemp d)
{
    switch (reg) {
    case SYS_FPSID: tcg_movi(s->tcg, d, FPSID); break;
    case SYS_FPSCR:
        TCG_CALL(s->tcg, helper_read_fpscr, TCG_CALL_READS, d, TCG_NONE, TCG_NONE, 0);
        break;
    case SYS_FPEXC: tcg_ld_env(s->tcg, d, offsetof(ARMCPU, fpexc)); break;
    case SYS_FPINST: tcg_ld_env(s->tcg, d, offsetof(ARMCPU, fpinst)); break;
    default: tcg_ld_env(s->tcg, d, offsetof(ARMCPU, fpinst2)); break;
    }
}

/* FPSID is read-only, and a write to it is ignored. */
static void write_system(DisasContext *s, unsigned reg, TCGTemp value)
{
    switch (reg) {
    case SYS_FPSID: break;
    case SYS_FPSCR:
        gen_set_next_pc(s);
        TCG_CALL(s->tcg, helper_write_fpscr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                 TCG_NONE, 0);
        gen_lookup(s);
        break;
    case SYS_FPEXC:
        gen_set_next_pc(s);
        TCG_CALL(s->tcg, helper_write_fpexc, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                 TCG_NONE, 0);
        gen_lookup(s);
        break;
    case SYS_FPINST: tcg_st_env(s->tcg, value, offsetof(ARMCPU, fpinst)); break;
    default: tcg_st_env(s->tcg, value, offsetof(ARMCPU, fpinst2)); break;
    }
}

void arm_vfp_system(DisasContext *s, uint32_t insn)
{
    if (!system_valid(s, SYSTEM(insn))) {
        gen_undef(s);
    } else if (bit(insn, 20)) {
        read_system(s, SYSTEM(insn), dest_reg(s, RD(insn)));
    } else {
        write_system(s, SYSTEM(insn), read_reg(s, RD(insn)));
    }
}

/* -- Loads and stores (C5) -- */

/* The temps of the words in the order of their addresses: of a double, the low word comes first, or
 * last when data is big-endian. */
static void words_in_order(const DisasContext *s, TCGTemp *list, unsigned word, unsigned n,
                           bool is_double)
{
    unsigned swap = is_double && (s->mode & ARM_TB_BE) ? 1 : 0;
    for (unsigned i = 0; i < n; i++) {
        list[i] = tci_fp_word((word + i) ^ swap);
    }
}

void arm_vfp_ldst(DisasContext *s, uint32_t insn)
{
    bool is_double = IS_D(insn);
    uint32_t offset = (insn & 0xff) << 2, disp = bit(insn, 23) ? offset : 0 - offset;
    TCGTemp base = read_reg(s, RN(insn)), list[2];
    if (!enabled(s)) {
        return;
    }
    words_in_order(s, list, d_word(insn, is_double), is_double ? 2 : 1, is_double);
    if (is_double && bit(insn, 20)) {
        tcg_ldm(s->tcg, base, disp, list, 2, multiple_memop(s));
    } else if (is_double) {
        tcg_stm(s->tcg, base, disp, list, 2, multiple_memop(s));
    } else if (bit(insn, 20)) {
        tcg_ld(s->tcg, list[0], base, TCG_NONE, 0, disp, multiple_memop(s));
    } else {
        tcg_st(s->tcg, list[0], base, TCG_NONE, 0, disp, multiple_memop(s));
    }
}

/* The most words that one op transfers. */
#define MAX_WORDS 16

/* Loads in two ops if it must be, the first into temps: nothing changes before both have succeeded.
 */
static void load_words(DisasContext *s, TCGTemp base, uint32_t first, const TCGTemp *list,
                       unsigned n)
{
    TCGTemp temps[MAX_WORDS];
    unsigned early = n > MAX_WORDS ? n - MAX_WORDS : 0;
    for (unsigned i = 0; i < early; i++) {
        temps[i] = tcg_temp(s->tcg);
    }
    if (early) {
        tcg_ldm(s->tcg, base, first, temps, early, multiple_memop(s));
    }
    tcg_ldm(s->tcg, base, first + 4 * early, list + early, n - early, multiple_memop(s));
    for (unsigned i = 0; i < early; i++) {
        tcg_mov(s->tcg, list[i], temps[i]);
    }
}

void arm_vfp_multiple(DisasContext *s, uint32_t insn)
{
    bool is_double = IS_D(insn), write = bit(insn, 21), up = bit(insn, 23);
    unsigned word = d_word(insn, is_double), rn = RN(insn);
    unsigned size = insn & 0xff, n = is_double ? size & ~1u : size;
    if (!enabled(s)) {
        return;
    }
    if (n == 0 || word + n > TCG_FP_WORDS || (write && rn == 15)) { /* UNPREDICTABLE */
        gen_undef(s);
        return;
    }
    /* FLDMX and FSTMX have a word more in their size, which they need not transfer. */
    TCGTemp base = read_reg(s, rn), list[TCG_FP_WORDS];
    uint32_t first = up ? 0 : 0 - 4 * size;
    words_in_order(s, list, word, n, is_double);
    if (bit(insn, 20)) {
        load_words(s, base, first, list, n);
    } else {
        unsigned early = n > MAX_WORDS ? n - MAX_WORDS : 0;
        if (early) {
            tcg_stm(s->tcg, base, first, list, early, multiple_memop(s));
        }
        tcg_stm(s->tcg, base, first + 4 * early, list + early, n - early, multiple_memop(s));
    }
    if (write) {
        tcg_op2i(s->tcg, TCG_add, 0, (TCGTemp)rn, (TCGTemp)rn, up ? 4 * size : 0 - 4 * size);
    }
}
