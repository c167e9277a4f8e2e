/* SPDX-License-Identifier: MIT */
/* Translates VFP instructions (ARM ARM part C). A double is named by its first word: dN is word 2 *
 * N. Scalar arithmetic becomes one op; the helper executes short vectors. */
#include "cpu/model.h"
#include "cpu/translate/translate.h"

#include <stddef.h>

#include <stddef.h>

#define FPSCR_FLAGS offsetof(ARMCPU, env.fp_flags)

/* The temp of a register of this type. */
static TCGTemp operand(unsigned word, bool is_double)
{
    return is_double ? (TCGTemp)(TCG_FP + word) : tci_fp_word(word);
}

/* False: the VFP is disabled, and the instruction is UNDEFINED. */
static bool enabled(DisasContext *s)
{
    if (s->mode & ARM_TB_VFP) {
        return true;
    }
    gen_undef(s);
    return false;
}

/* Emits an op with these operands and its equivalent helper; for TCG_FP_HELPER only the helper. */
static void gen_fp(DisasContext *s, const ArmArgs *a, unsigned kind, TCGTemp d, TCGTemp n,
                   TCGTemp m)
{
    tcg_fp(s->tcg, (TCGFp)kind, d, n, m, helper_vfp, "helper_vfp",
           ARM_VFP_OPERANDS(a->op, a->vd, a->vn, a->vm));
}

/* -- Data processing (C4) -- */

void trans_vfp_binary(DisasContext *s, const ArmArgs *a)
{
    static const uint8_t kinds[] = {
        [VFP_MLA] = TCG_FP_mac_s,   [VFP_MLS] = TCG_FP_nmac_s, [VFP_NMLS] = TCG_FP_msc_s,
        [VFP_NMLA] = TCG_FP_nmsc_s, [VFP_MUL] = TCG_FP_mul_s,  [VFP_NMUL] = TCG_FP_nmul_s,
        [VFP_ADD] = TCG_FP_add_s,   [VFP_SUB] = TCG_FP_sub_s,  [VFP_DIV] = TCG_FP_div_s,
    };
    bool is_double = (a->op & VFP_DOUBLE) != 0;
    if (!enabled(s)) {
        return;
    }
    unsigned kind =
        s->mode & ARM_TB_VECTOR ? TCG_FP_HELPER : kinds[a->op & ~VFP_DOUBLE] + is_double;
    gen_fp(s, a, kind, operand(a->vd, is_double), operand(a->vn, is_double),
           operand(a->vm, is_double));
}

/* FCPY, FABS, FNEG: on scalars they move bits, without arithmetic. */
void trans_vfp_move(DisasContext *s, const ArmArgs *a)
{
    static const uint8_t kinds[3] = { TCG_FP_mov_d, TCG_FP_abs_d, TCG_FP_neg_d };
    bool is_double = (a->op & VFP_DOUBLE) != 0;
    unsigned op = (a->op & ~VFP_DOUBLE) - VFP_MOV;
    TCGTemp d = operand(a->vd, is_double), m = operand(a->vm, is_double);
    if (!enabled(s)) {
        return;
    }
    if (s->mode & ARM_TB_VECTOR) {
        gen_fp(s, a, TCG_FP_HELPER, d, m, TCG_NONE);
    } else if (is_double) {
        tcg_fp(s->tcg, (TCGFp)kinds[op], d, m, TCG_NONE, NULL, NULL, 0);
    } else if (op == 0) {
        tcg_mov(s->tcg, d, m);
    } else {
        tcg_op2i(s->tcg, op == 1 ? TCG_and : TCG_xor, 0, d, m, op == 1 ? 0x7fffffff : 0x80000000);
    }
}

/* Comparisons write no register. */
void trans_vfp_compare(DisasContext *s, const ArmArgs *a)
{
    bool is_double = (a->op & VFP_DOUBLE) != 0;
    bool with_zero = (a->op & ~VFP_DOUBLE) >= VFP_CMPZ;
    if (!enabled(s)) {
        return;
    }
    gen_fp(s, a, (with_zero ? TCG_FP_cmpz_s : TCG_FP_cmp_s) + is_double, TCG_NONE,
           operand(a->vd, is_double), with_zero ? TCG_NONE : operand(a->vm, is_double));
}

/* Square roots and conversions. */
void trans_vfp_unary(DisasContext *s, const ArmArgs *a)
{
    /* The op for singles (that for doubles is the next), and which operands are integers. */
    static const struct {
        uint8_t kind;
        bool d_int, m_int;
    } table[] = {
        [VFP_SQRT] = { TCG_FP_sqrt_s, false, false },
        [VFP_CVT] = { TCG_FP_cvt_s, false, false },
        [VFP_FROM_U32] = { TCG_FP_uito_s, false, true },
        [VFP_FROM_S32] = { TCG_FP_sito_s, false, true },
        [VFP_TO_U32_ROUND] = { TCG_FP_HELPER, true, false },
        [VFP_TO_U32] = { TCG_FP_toui_s, true, false },
        [VFP_TO_S32_ROUND] = { TCG_FP_HELPER, true, false },
        [VFP_TO_S32] = { TCG_FP_tosi_s, true, false },
    };
    unsigned op = a->op & ~(unsigned)VFP_DOUBLE;
    bool is_double = (a->op & VFP_DOUBLE) != 0;
    bool d_double = is_double && !table[op].d_int, m_double = is_double && !table[op].m_int;
    if (!enabled(s)) {
        return;
    }
    if (op == VFP_CVT) {
        d_double = !m_double;
    }
    unsigned kind = table[op].kind;
    if (kind != TCG_FP_HELPER) {
        kind = op == VFP_SQRT && s->mode & ARM_TB_VECTOR ? TCG_FP_HELPER : kind + is_double;
    }
    gen_fp(s, a, kind, operand(a->vd, d_double), operand(a->vm, m_double), TCG_NONE);
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

void trans_vmov_to_core(DisasContext *s, const ArmArgs *a)
{
    if (enabled(s)) {
        move_word(s, a->vn, a->rd, true);
    }
}

void trans_vmov_from_core(DisasContext *s, const ArmArgs *a)
{
    if (enabled(s)) {
        move_word(s, a->vn, a->rd, false);
    }
}

/* False: UNDEFINED here. s31 has no successor (UNPREDICTABLE). */
static bool pair_valid(DisasContext *s, const ArmArgs *a)
{
    if (!enabled(s)) {
        return false;
    }
    if (a->vm == 31) {
        gen_undef(s);
        return false;
    }
    return true;
}

void trans_vmov_pair_to_core(DisasContext *s, const ArmArgs *a)
{
    if (pair_valid(s, a)) {
        move_word(s, a->vm, a->rd, true);
        move_word(s, a->vm + 1u, a->rn, true);
    }
}

void trans_vmov_pair_from_core(DisasContext *s, const ArmArgs *a)
{
    if (!pair_valid(s, a)) {
        return;
    }
    if (a->op & VFP_DOUBLE) {
        TCGTemp low = read_reg(s, a->rd), high = read_reg(s, a->rn);
        tcg_fp(s->tcg, TCG_FP_pack_d, operand(a->vm, true), low, high, NULL, NULL, 0);
    } else {
        move_word(s, a->vm, a->rd, false);
        move_word(s, a->vm + 1u, a->rn, false);
    }
}

void trans_vmrs_flags(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    if (enabled(s)) {
        TCGTemp flags = tcg_temp(s->tcg);
        tcg_ld_env(s->tcg, flags, FPSCR_FLAGS);
        tcg_setflags(s->tcg, flags);
    }
}

/* FMRX, FMXR (C2.7). While the VFP is disabled, privileged modes may access FPSID, FPEXC and MVFR.
 * User mode may access FPSCR and FPSID, while the VFP is enabled. */
static bool system_valid(const DisasContext *s, unsigned reg)
{
    bool on = (s->mode & ARM_TB_VFP) != 0;
    bool privileged = (s->mode & ARM_TB_PRIV) != 0;
    if (s->mode & ARM_TB_NO_VFP) {
        return false;
    }
    switch (reg) {
    case VFP_FPSCR: return on;
    case VFP_FPSID: return on || privileged;
    case VFP_MVFR0:
    case VFP_MVFR1:
    case VFP_FPEXC: return privileged;
    default: return on && privileged;
    }
}

static void read_system(DisasContext *s, unsigned reg, TCGTemp d)
{
    switch (reg) {
    case VFP_FPSID: tcg_movi(s->tcg, d, s->cpu->model->fpsid); break;
    case VFP_MVFR0: tcg_movi(s->tcg, d, s->cpu->model->mvfr0); break;
    case VFP_MVFR1: tcg_movi(s->tcg, d, s->cpu->model->mvfr1); break;
    case VFP_FPSCR:
        TCG_CALL(s->tcg, helper_read_fpscr, TCG_CALL_READS, d, TCG_NONE, TCG_NONE, 0);
        break;
    case VFP_FPEXC: tcg_ld_env(s->tcg, d, offsetof(ARMCPU, fpexc)); break;
    case VFP_FPINST: tcg_ld_env(s->tcg, d, offsetof(ARMCPU, fpinst)); break;
    default: tcg_ld_env(s->tcg, d, offsetof(ARMCPU, fpinst2)); break;
    }
}

/* Writes to FPSID are ignored. */
static void write_system(DisasContext *s, unsigned reg, TCGTemp value)
{
    switch (reg) {
    case VFP_FPSID: break;
    case VFP_FPSCR:
        gen_set_next_pc(s);
        TCG_CALL(s->tcg, helper_write_fpscr, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                 TCG_NONE, 0);
        gen_lookup(s);
        break;
    case VFP_FPEXC:
        gen_set_next_pc(s);
        TCG_CALL(s->tcg, helper_write_fpexc, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, value,
                 TCG_NONE, 0);
        gen_lookup(s);
        break;
    case VFP_FPINST: tcg_st_env(s->tcg, value, offsetof(ARMCPU, fpinst)); break;
    default: tcg_st_env(s->tcg, value, offsetof(ARMCPU, fpinst2)); break;
    }
}

void trans_vmrs(DisasContext *s, const ArmArgs *a)
{
    if (system_valid(s, a->op)) {
        read_system(s, a->op, dest_reg(s, a->rd));
    } else {
        gen_undef(s);
    }
}

void trans_vmsr(DisasContext *s, const ArmArgs *a)
{
    if (system_valid(s, a->op)) {
        write_system(s, a->op, read_reg(s, a->rd));
    } else {
        gen_undef(s);
    }
}

/* -- Loads and stores (C5) -- */

/* Lists the temps of the words in the order of their addresses. The low word of a double is first,
 * or last if data is big-endian. */
static void words_in_order(const DisasContext *s, TCGTemp *list, unsigned word, unsigned n,
                           bool is_double)
{
    unsigned swap = is_double && (s->mode & (ARM_TB_BE | ARM_TB_E)) ? 1 : 0;
    for (unsigned i = 0; i < n; i++) {
        list[i] = tci_fp_word((word + i) ^ swap);
    }
}

static void transfer(DisasContext *s, const ArmArgs *a, bool load)
{
    bool is_double = (a->op & VFP_DOUBLE) != 0;
    uint32_t disp = a->add ? a->imm : 0 - a->imm;
    TCGTemp base = read_reg(s, a->rn), list[2];
    if (!enabled(s)) {
        return;
    }
    words_in_order(s, list, a->vd, is_double ? 2 : 1, is_double);
    if (is_double && load) {
        tcg_ldm(s->tcg, base, disp, list, 2, multiple_memop(s));
    } else if (is_double) {
        tcg_stm(s->tcg, base, disp, list, 2, multiple_memop(s));
    } else if (load) {
        tcg_ld(s->tcg, list[0], base, TCG_NONE, 0, disp, multiple_memop(s));
    } else {
        tcg_st(s->tcg, list[0], base, TCG_NONE, 0, disp, multiple_memop(s));
    }
}

void trans_vldr(DisasContext *s, const ArmArgs *a)
{
    transfer(s, a, true);
}

void trans_vstr(DisasContext *s, const ArmArgs *a)
{
    transfer(s, a, false);
}

/* The maximum number of words of an op. */
#define MAX_WORDS 16

/* Loads n words, with two ops if necessary. The first then loads temps: an abort of the second must
 * not change a register. */
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

static void store_words(DisasContext *s, TCGTemp base, uint32_t first, const TCGTemp *list,
                        unsigned n)
{
    unsigned early = n > MAX_WORDS ? n - MAX_WORDS : 0;
    if (early) {
        tcg_stm(s->tcg, base, first, list, early, multiple_memop(s));
    }
    tcg_stm(s->tcg, base, first + 4 * early, list + early, n - early, multiple_memop(s));
}

/* FLDMX and FSTMX have one more word, which they need not transfer. */
static void transfer_multiple(DisasContext *s, const ArmArgs *a, bool load)
{
    bool is_double = (a->op & VFP_DOUBLE) != 0;
    unsigned n = is_double ? a->imm & ~1u : a->imm;
    uint32_t size = 4 * a->imm, first = a->add ? 0 : 0 - size;
    if (!enabled(s)) {
        return;
    }
    if (n == 0 || a->vd + n > TCG_FP_WORDS || (a->writeback && a->rn == 15)) { /* UNPREDICTABLE */
        gen_undef(s);
        return;
    }
    TCGTemp base = read_reg(s, a->rn), list[TCG_FP_WORDS];
    words_in_order(s, list, a->vd, n, is_double);
    if (load) {
        load_words(s, base, first, list, n);
    } else {
        store_words(s, base, first, list, n);
    }
    if (a->writeback) {
        tcg_op2i(s->tcg, TCG_add, 0, a->rn, a->rn, a->add ? size : 0 - size);
    }
}

void trans_vldm(DisasContext *s, const ArmArgs *a)
{
    transfer_multiple(s, a, true);
}

void trans_vstm(DisasContext *s, const ArmArgs *a)
{
    transfer_multiple(s, a, false);
}
