/* SPDX-License-Identifier: MIT */
/* The VFP9-S: its control registers, and the arithmetic that the engine leaves to it (ARM ARM part
 * C). As in QEMU, no exception is ever trapped, and FPSCR's trap enable bits do not exist. */
#include "cpu/arm.h"
#include "cpu/decode/decode.h"
#include "cpu/softfloat.h"

#define FPSCR_NZCV 0xf0000000u
/* FPSCR's bits besides its flags. */
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

/* Call after a change of FPSCR. The host's arithmetic is the guest's if FPSCR rounds to nearest,
 * flushes nothing, and has the inexact flag set already. */
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
    (void)a, (void)b, (void)imm;
    return arm_fpscr(arm_of(env));
}

uint32_t helper_write_fpscr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b, (void)imm;
    arm_set_fpscr(arm_of(env), a);
    return 0;
}

/* Only EN can be set: there are no exceptional instructions here. */
uint32_t helper_write_fpexc(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b, (void)imm;
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

/* d is the destination's old value. Multiply-accumulate rounds the product first. Negation changes
 * only the sign, of NaNs as well. */
static uint64_t arithmetic(FloatStatus *s, FloatFormat f, unsigned op, uint64_t d, uint64_t n,
                           uint64_t m)
{
    uint64_t sign = float_sign_bit(f);
    switch (op) {
    case VFP_MLA: return float_add(s, f, d, float_mul(s, f, n, m));
    case VFP_MLS: return float_add(s, f, d, float_mul(s, f, n, m) ^ sign);
    case VFP_NMLS: return float_add(s, f, d ^ sign, float_mul(s, f, n, m));
    case VFP_NMLA: return float_add(s, f, d ^ sign, float_mul(s, f, n, m) ^ sign);
    case VFP_MUL: return float_mul(s, f, n, m);
    case VFP_NMUL: return float_mul(s, f, n, m) ^ sign;
    case VFP_ADD: return float_add(s, f, n, m);
    case VFP_SUB: return float_sub(s, f, n, m);
    case VFP_DIV: return float_div(s, f, n, m);
    case VFP_MOV: return m;
    case VFP_ABS: return m & ~sign;
    case VFP_NEG: return m ^ sign;
    default: return float_sqrt(s, f, m);
    }
}

/* The next element of a vector (C1.5), which wraps within its bank: 8 singles or 4 doubles. */
static unsigned advance(unsigned word, unsigned stride)
{
    return (word & ~7u) | ((word + stride) & 7);
}

/* The operands of helper_vfp(). */
typedef struct Operation {
    unsigned op; /* VFP_* */
    bool is_double;
    unsigned d, n, m; /* words */
} Operation;

/* VFP_MLA to VFP_SQRT, on scalars or short vectors. The destination's bank determines whether it is
 * a vector operation; m's whether m is a scalar. */
static void elements(ARMCPU *cpu, FloatStatus *s, const Operation *o)
{
    FloatFormat f = o->is_double ? FLOAT64 : FLOAT32;
    unsigned d = o->d, n = o->n, m = o->m;
    unsigned length = d < 8 ? 1 : (cpu->fpscr >> 16 & 7) + 1;
    unsigned stride = ((cpu->fpscr & FPSCR_STRIDE) == FPSCR_STRIDE ? 2u : 1u) << o->is_double;
    unsigned m_stride = m < 8 ? 0 : stride;
    for (unsigned i = 0; i < length; i++) {
        uint64_t r = arithmetic(s, f, o->op, get(cpu, o->is_double, d), get(cpu, o->is_double, n),
                                get(cpu, o->is_double, m));
        set(cpu, o->is_double, d, r);
        d = advance(d, stride);
        n = advance(n, stride);
        m = advance(m, m_stride);
    }
}

static uint64_t from_int(FloatStatus *s, FloatFormat f, uint32_t word, bool is_signed)
{
    uint64_t wide = is_signed && word >> 31 ? word | UINT64_C(0xffffffff00000000) : word;
    return float_from_int(s, f, wide, is_signed);
}

static uint32_t to_int(FloatStatus *s, FloatFormat f, uint64_t value, unsigned op)
{
    bool round = op == VFP_TO_U32_ROUND || op == VFP_TO_S32_ROUND;
    FloatRounding rounding = round ? (FloatRounding)s->rounding : FLOAT_RZ;
    return (uint32_t)float_to_int(s, f, value, rounding, op >= VFP_TO_S32_ROUND, 32);
}

/* Comparisons and conversions, always scalar. */
static void compare_or_convert(ARMCPU *cpu, FloatStatus *s, const Operation *o)
{
    bool is_double = o->is_double;
    FloatFormat f = is_double ? FLOAT64 : FLOAT32, other = is_double ? FLOAT32 : FLOAT64;
    bool from = o->op == VFP_FROM_U32 || o->op == VFP_FROM_S32; /* m is a single register */
    uint64_t m = get(cpu, is_double && !from, o->m);
    switch (o->op) {
    case VFP_CMP:
    case VFP_CMPE:
    case VFP_CMPZ:
    case VFP_CMPEZ:
        m = o->op >= VFP_CMPZ ? 0 : m;
        cpu->env.fp_flags = float_compare(s, f, get(cpu, is_double, o->d), m,
                                          o->op == VFP_CMPE || o->op == VFP_CMPEZ)
                            << 28;
        break;
    case VFP_CVT: set(cpu, !is_double, o->d, float_convert(s, other, f, m)); break;
    case VFP_FROM_U32:
    case VFP_FROM_S32:
        set(cpu, is_double, o->d, from_int(s, f, (uint32_t)m, o->op == VFP_FROM_S32));
        break;
    default: set(cpu, false, o->d, to_int(s, f, m, o->op)); break;
    }
}

uint32_t helper_vfp(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    ARMCPU *cpu = arm_of(env);
    FloatStatus s = start(cpu);
    Operation o = { imm >> 24 & ~(unsigned)VFP_DOUBLE, (imm >> 24 & VFP_DOUBLE) != 0,
                    imm >> 16 & 0xff, imm >> 8 & 0xff, imm & 0xff };
    if (o.op <= VFP_SQRT) {
        elements(cpu, &s, &o);
    } else {
        compare_or_convert(cpu, &s, &o);
    }
    finish(cpu, &s);
    return 0;
}
