/* SPDX-License-Identifier: MIT */
/* The VFP9-S: its control registers, and its arithmetic wherever the engine does not do it by
 * itself (ARM ARM part C). Like QEMU's, it computes everything in hardware: no exception is ever
 * trapped, and the trap enable bits of FPSCR do not exist. */
#include "cpu/arm.h"
#include "cpu/softfloat.h"

#define FPSCR_NZCV 0xf0000000u
/* What FPSCR keeps besides its flags. */
#define FPSCR_KEPT   (FPSCR_DN | FPSCR_FZ | FPSCR_RMODE | FPSCR_STRIDE | FPSCR_LEN | FPSCR_EXCEPTIONS)
#define FPINST_RESET 0xee000a00u

/* -- Registers -- */

uint32_t arm_vfp_word(const ARMCPU *cpu, unsigned n)
{
    return cpu->env.r[tci_fp_word(n)];
}

static uint64_t get(const ARMCPU *cpu, bool is_double, unsigned word)
{
    if (is_double) {
        return (uint64_t)arm_vfp_word(cpu, word + 1) << 32 | arm_vfp_word(cpu, word);
    }
    return arm_vfp_word(cpu, word);
}

static void set(ARMCPU *cpu, bool is_double, unsigned word, uint64_t value)
{
    cpu->env.r[tci_fp_word(word)] = (uint32_t)value;
    if (is_double) {
        cpu->env.r[tci_fp_word(word + 1)] = (uint32_t)(value >> 32);
    }
}

/* After FPSCR has changed. The host computes as the guest wants when that rounds to nearest and
 * flushes nothing; what is inexact then leaves no trace if it has been noted before. */
static void update_fast(ARMCPU *cpu)
{
    tci_set_fp_fast(&cpu->env,
                    (cpu->fpscr & (FPSCR_RMODE | FPSCR_FZ | FLOAT_INEXACT)) == FLOAT_INEXACT);
}

uint32_t arm_fpscr(const ARMCPU *cpu)
{
    return cpu->fpscr | cpu->env.fp_flags;
}

void arm_set_fpscr(ARMCPU *cpu, uint32_t value)
{
    cpu->fpscr = value & FPSCR_KEPT;
    cpu->env.fp_flags = value & FPSCR_NZCV;
    update_fast(cpu);
    arm_update_tb_mode(cpu);
}

void arm_vfp_reset(ARMCPU *cpu)
{
    for (unsigned n = 0; n < TCG_FP_WORDS; n++) {
        set(cpu, false, n, 0);
    }
    cpu->fpexc = 0;
    cpu->fpinst = FPINST_RESET;
    cpu->fpinst2 = 0;
    arm_set_fpscr(cpu, 0);
}

uint32_t helper_read_fpscr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a;
    (void)b;
    (void)imm;
    return arm_fpscr(arm_of(env));
}

uint32_t helper_write_fpscr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    (void)imm;
    arm_set_fpscr(arm_of(env), a);
    return 0;
}

/* Only EN can be set: nothing here is ever exceptional. */
uint32_t helper_write_fpexc(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    (void)imm;
    ARMCPU *cpu = arm_of(env);
    cpu->fpexc = a & FPEXC_EN;
    arm_update_tb_mode(cpu);
    return 0;
}

/* -- Data processing (C4) -- */

static FloatStatus start(const ARMCPU *cpu)
{
    return (FloatStatus){
        .rounding = (uint8_t)(cpu->fpscr >> 22 & 3),
        .flush = (cpu->fpscr & FPSCR_FZ) != 0,
        .default_nan = (cpu->fpscr & FPSCR_DN) != 0,
    };
}

static void finish(ARMCPU *cpu, const FloatStatus *s)
{
    if (s->flags & ~cpu->fpscr) {
        cpu->fpscr |= s->flags;
        update_fast(cpu);
    }
}

/* By bits p q r s of the opcode; d is the destination's old value. Multiply and accumulate round
 * the product first; a negation is of the sign alone, a NaN's, too. */
static uint64_t binary(FloatStatus *s, FloatFormat f, unsigned op, uint64_t d, uint64_t n,
                       uint64_t m)
{
    uint64_t sign = float_sign_bit(f);
    switch (op) {
    case 0: return float_add(s, f, d, float_mul(s, f, n, m));
    case 1: return float_add(s, f, d, float_mul(s, f, n, m) ^ sign);
    case 2: return float_add(s, f, d ^ sign, float_mul(s, f, n, m));
    case 3: return float_add(s, f, d ^ sign, float_mul(s, f, n, m) ^ sign);
    case 4: return float_mul(s, f, n, m);
    case 5: return float_mul(s, f, n, m) ^ sign;
    case 6: return float_add(s, f, n, m);
    case 7: return float_sub(s, f, n, m);
    default: return float_div(s, f, n, m);
    }
}

enum { BINARY_OPS = 9, EXTENSION = 15 };
enum { EXT_CPY, EXT_ABS, EXT_NEG, EXT_SQRT };

static uint64_t unary(FloatStatus *s, FloatFormat f, unsigned op, uint64_t m)
{
    switch (op) {
    case EXT_CPY: return m;
    case EXT_ABS: return m & ~float_sign_bit(f);
    case EXT_NEG: return m ^ float_sign_bit(f);
    default: return float_sqrt(s, f, m);
    }
}

/* The next element of a vector in its bank (C1.5): 8 singles or 4 doubles, which wrap round. */
static unsigned advance(unsigned word, unsigned stride)
{
    return (word & ~7u) | ((word + stride) & 7);
}

/* What works on scalars and short vectors: FADD to FSQRT. The destination's bank decides whether it
 * is a vector operation, the second operand's whether that is a scalar all along. */
static void elements(ARMCPU *cpu, FloatStatus *s, uint32_t insn, unsigned op, unsigned extension)
{
    bool is_double = (insn >> 8 & 1) != 0;
    FloatFormat f = is_double ? FLOAT64 : FLOAT32;
    unsigned d = (insn >> 12 & 15) << 1, n = (insn >> 16 & 15) << 1, m = (insn & 15) << 1;
    if (!is_double) {
        d |= insn >> 22 & 1;
        n |= insn >> 7 & 1;
        m |= insn >> 5 & 1;
    }
    unsigned length = d < 8 ? 1 : (cpu->fpscr >> 16 & 7) + 1;
    unsigned stride = ((cpu->fpscr & FPSCR_STRIDE) == FPSCR_STRIDE ? 2u : 1u) << is_double;
    unsigned m_stride = m < 8 ? 0 : stride;
    for (unsigned i = 0; i < length; i++) {
        uint64_t y = get(cpu, is_double, m), r;
        if (op == EXTENSION) {
            r = unary(s, f, extension, y);
        } else {
            r = binary(s, f, op, get(cpu, is_double, d), get(cpu, is_double, n), y);
        }
        set(cpu, is_double, d, r);
        d = advance(d, stride);
        n = advance(n, stride);
        m = advance(m, m_stride);
    }
}

/* Comparisons and conversions, scalar always. */
static void compare_or_convert(ARMCPU *cpu, FloatStatus *s, uint32_t insn, unsigned extension)
{
    bool is_double = (insn >> 8 & 1) != 0;
    FloatFormat f = is_double ? FLOAT64 : FLOAT32, other = is_double ? FLOAT32 : FLOAT64;
    unsigned d = (insn >> 12 & 15) << 1, m = (insn & 15) << 1;
    unsigned single_d = d | (insn >> 22 & 1), single_m = m | (insn >> 5 & 1);
    unsigned own_d = is_double ? d : single_d, own_m = is_double ? m : single_m;
    uint64_t y = get(cpu, is_double, own_m);
    bool low = (extension & 1) != 0;
    switch (extension >> 1) {
    case 4: /* FCMP, FCMPE */
    case 5: /* with zero */
        y = extension >> 1 == 5 ? 0 : y;
        cpu->env.fp_flags = float_compare(s, f, get(cpu, is_double, own_d), y, low) << 28;
        break;
    case 7: /* FCVTSD, FCVTDS */
        set(cpu, !is_double, is_double ? single_d : d, float_convert(s, other, f, y));
        break;
    case 8: { /* FUITO, FSITO */
        uint32_t word = arm_vfp_word(cpu, single_m);
        uint64_t wide = low && word >> 31 ? word | UINT64_C(0xffffffff00000000) : word;
        set(cpu, is_double, own_d, float_from_int(s, f, wide, low));
        break;
    }
    default: { /* FTOUI, FTOSI: by FPSCR, or to zero */
        FloatRounding rounding = low ? FLOAT_RZ : (FloatRounding)s->rounding;
        set(cpu, false, single_d, float_to_int(s, f, y, rounding, extension >> 1 == 13, 32));
        break;
    }
    }
}

uint32_t helper_vfp(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a;
    (void)b;
    ARMCPU *cpu = arm_of(env);
    unsigned op = (imm >> 23 & 1) << 3 | (imm >> 20 & 3) << 1 | (imm >> 6 & 1);
    unsigned extension = (imm >> 16 & 15) << 1 | (imm >> 7 & 1);
    FloatStatus s = start(cpu);
    if (op < BINARY_OPS || extension <= EXT_SQRT) {
        elements(cpu, &s, imm, op, extension);
    } else {
        compare_or_convert(cpu, &s, imm, extension);
    }
    finish(cpu, &s);
    return 0;
}
