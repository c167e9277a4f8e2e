/* SPDX-License-Identifier: MIT */
/* Helpers of ARMv6's media instructions (ARM ARM DDI 0100I, A4.1): arithmetic on the halfwords or
 * bytes of a word, saturation, and what sets GE or Q. */
#include "cpu/arm.h"
#include "cpu/decode/decode.h"

#define GE_BIT 16 /* of the CPSR: the lowest of four */

uint32_t helper_sel(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)imm;
    uint32_t ge = arm_of(env)->cpsr >> GE_BIT, mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        mask |= (ge >> i & 1) != 0 ? UINT32_C(0xff) << (8 * i) : 0;
    }
    return (a & mask) | (b & ~mask);
}

/* -- Lanes: the halfwords or bytes of a word -- */

static int32_t lane(uint32_t word, unsigned low, unsigned width, bool is_signed)
{
    uint32_t value = bits(word, low, width);
    return is_signed && value >> (width - 1) ? (int32_t)value - (1 << width) : (int32_t)value;
}

/* Clamps to the range of a number of `width` bits, signed or unsigned. */
static int32_t clamp(int32_t value, unsigned width, bool is_signed)
{
    int32_t max = (int32_t)((UINT32_C(1) << (is_signed ? width - 1 : width)) - 1);
    int32_t min = is_signed ? -max - 1 : 0;
    return value < min ? min : value > max ? max : value;
}

/* A mask of the lanes that `op` subtracts; bit 0 is the lowest lane. */
static unsigned subtracting(unsigned op)
{
    switch (op & PAR_LANES) {
    case PAR_ASX: return 1;
    case PAR_SAX: return 2;
    case PAR_SUB16: return 3;
    case PAR_SUB8: return 15;
    default: return 0;
    }
}

/* Saturates or halves a lane's sum or difference, if `op` does. The caller truncates the result to
 * the lane. */
static int32_t finish(unsigned op, int32_t result, unsigned width)
{
    switch (op & PAR_RESULT) {
    case PAR_Q: return clamp(result, width, true);
    case PAR_UQ: return clamp(result, width, false);
    case PAR_SH:
    case PAR_UH: return (result - (result & 1)) / 2;
    default: return result;
    }
}

uint32_t helper_parallel(TciEnv *env, uint32_t a, uint32_t b, uint32_t op)
{
    unsigned width = (op & PAR_LANES) >= PAR_ADD8 ? 8 : 16;
    bool is_signed = (op & PAR_RESULT) < PAR_U;
    bool sets_ge = (op & PAR_RESULT) == PAR_S || (op & PAR_RESULT) == PAR_U;
    unsigned minus = subtracting(op);
    uint32_t result = 0, ge = 0, ge_of_lane = width == 8 ? 1 : 3;
    if ((op & PAR_LANES) == PAR_ASX || (op & PAR_LANES) == PAR_SAX) {
        b = b >> 16 | b << 16;
    }
    for (unsigned low = 0; low < 32; low += width, minus >>= 1) {
        int32_t x = lane(a, low, width, is_signed), y = lane(b, low, width, is_signed);
        int32_t r = (minus & 1) != 0 ? x - y : x + y;
        /* GE is the carry of an unsigned sum; otherwise it says that the result is not negative. */
        bool at_least = is_signed || (minus & 1) != 0 ? r >= 0 : r >> width != 0;
        ge |= at_least ? ge_of_lane << (low / 8) : 0;
        result |= bits((uint32_t)finish(op, r, width), 0, width) << low;
    }
    if (sets_ge) {
        ARMCPU *cpu = arm_of(env);
        cpu->cpsr = (cpu->cpsr & ~PSR_GE) | ge << GE_BIT;
    }
    return result;
}

uint32_t helper_extend16(TciEnv *env, uint32_t a, uint32_t b, uint32_t is_signed)
{
    (void)env;
    uint32_t low = (uint32_t)lane(b, 0, 8, is_signed != 0);
    uint32_t high = (uint32_t)lane(b, 16, 8, is_signed != 0);
    return ((a + low) & 0xffff) | ((a & UINT32_C(0xffff0000)) + (high << 16));
}

/* -- Saturation -- */

static uint32_t saturate(TciEnv *env, int32_t value, unsigned width, bool is_signed)
{
    int32_t result = clamp(value, width, is_signed);
    if (result != value) {
        arm_of(env)->cpsr |= PSR_Q;
    }
    return (uint32_t)result;
}

uint32_t helper_ssat(TciEnv *env, uint32_t a, uint32_t b, uint32_t width)
{
    (void)b;
    return saturate(env, (int32_t)a, width, true);
}

uint32_t helper_usat(TciEnv *env, uint32_t a, uint32_t b, uint32_t width)
{
    (void)b;
    return saturate(env, (int32_t)a, width, false);
}

static uint32_t saturate16(TciEnv *env, uint32_t a, unsigned width, bool is_signed)
{
    uint32_t low = saturate(env, lane(a, 0, 16, true), width, is_signed);
    uint32_t high = saturate(env, lane(a, 16, 16, true), width, is_signed);
    return (low & 0xffff) | high << 16;
}

uint32_t helper_ssat16(TciEnv *env, uint32_t a, uint32_t b, uint32_t width)
{
    (void)b;
    return saturate16(env, a, width, true);
}

uint32_t helper_usat16(TciEnv *env, uint32_t a, uint32_t b, uint32_t width)
{
    (void)b;
    return saturate16(env, a, width, false);
}

/* -- Multiplies and sums -- */

uint32_t helper_smlad(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)imm;
    /* A sum of two products may be 2^31 (if all operands are -2^15), but never -2^31: so 0x80000000
     * is positive. */
    int64_t products = a == UINT32_C(0x80000000) ? (int64_t)a : (int32_t)a;
    int64_t sum = products + (int32_t)b;
    if (sum < INT32_MIN || sum > INT32_MAX) {
        arm_of(env)->cpsr |= PSR_Q;
    }
    return (uint32_t)sum;
}

uint32_t helper_smmul(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)env;
    uint64_t product = (uint64_t)((int64_t)(int32_t)a * (int32_t)b);
    product = (imm & MUL_SUB) != 0 ? 0 - product : product;
    product += (imm & MUL_ROUND) != 0 ? UINT32_C(0x80000000) : 0;
    return (uint32_t)(product >> 32);
}

uint32_t helper_usad8(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)env, (void)imm;
    uint32_t sum = 0;
    for (unsigned i = 0; i < 32; i += 8) {
        uint32_t x = bits(a, i, 8), y = bits(b, i, 8);
        sum += x > y ? x - y : y - x;
    }
    return sum;
}
