/* SPDX-License-Identifier: MIT */
/* What records that compute do. Bodies are written once, as expressions; macros make the forms.
 * Each is NAME_body(env, slot), of which ops_alu.c makes a handler and superinstructions.c parts of
 * one. */
#ifndef TCI_OPS_ALU_H
#define TCI_OPS_ALU_H

#include "tci/flags.h"
#include "tci/slot.h"

#define BODY(name) static inline void name##_body(TciEnv *env, const TciSlot *slot)

static inline uint32_t do_shl(uint32_t x, unsigned n)
{
    return x << (n & 31);
}

static inline uint32_t do_shr(uint32_t x, unsigned n)
{
    return x >> (n & 31);
}

static inline uint32_t do_sar(uint32_t x, unsigned n)
{
    return (uint32_t)((int32_t)x >> (n & 31));
}

static inline uint32_t do_rotr(uint32_t x, unsigned n)
{
    return x >> (n & 31) | x << (-n & 31);
}

/* Two operands x and y, result r. X(name, expression, how the F forms define flags) */
#define BINARY_OPS(X)                                                                              \
    X(add, x + y, flags_add(env, x, y, r))                                                         \
    X(sub, x - y, flags_sub(env, x, y, r))                                                         \
    X(rsb, y - x, flags_sub(env, y, x, r))                                                         \
    X(and, x &y, flags_nz(env, r))                                                                 \
    X(or, x | y, flags_nz(env, r))                                                                 \
    X(xor, x ^ y, flags_nz(env, r))                                                                \
    X(andc, x & ~y, flags_nz(env, r))

/* Those with the carry in: c is C, 0 or 1. */
#define CARRY_OPS(X)                                                                               \
    X(adc, x + y + c, flags_adc(env, x, y, c, r))                                                  \
    X(sbc, x + ~y + c, flags_adc(env, x, ~y, c, r))                                                \
    X(rsc, y + ~x + c, flags_adc(env, y, ~x, c, r))

#define FORM(name, suffix, expr, flags, get_c, get_y)                                              \
    BODY(name##_##suffix)                                                                          \
    {                                                                                              \
        get_c;                                                                                     \
        uint32_t x = RA, y = get_y, r = expr;                                                      \
        RD = r;                                                                                    \
        flags;                                                                                     \
    }

#define SHIFTED(name, expr, flags, kind)                                                           \
    FORM(name, rr_##kind, expr, , , do_##kind(RB, slot->c))                                        \
    FORM(name, rr_##kind##_f, expr, flags, , do_##kind(RB, slot->c))

#define BINARY(name, expr, flags)                                                                  \
    FORM(name, rr, expr, , , RB)                                                                   \
    FORM(name, ri, expr, , , IMM)                                                                  \
    FORM(name, rr_f, expr, flags, , RB)                                                            \
    FORM(name, ri_f, expr, flags, , IMM)                                                           \
    SHIFTED(name, expr, flags, shl)                                                                \
    SHIFTED(name, expr, flags, shr)                                                                \
    SHIFTED(name, expr, flags, sar)                                                                \
    SHIFTED(name, expr, flags, rotr)
BINARY_OPS(BINARY)
/* clang-format off */
/* One of them, for example (`make show HANDLER=add_rr_shl_f` prints it with its handler):
 *
 *   static inline void add_rr_shl_f_body(TciEnv *env, const TciSlot *slot)
 *   {
 *       uint32_t x = RA, y = do_shl(RB, slot->c), r = x + y;
 *       RD = r;
 *       flags_add(env, x, y, r);
 *   }
 */
/* clang-format on */

#define GET_C uint32_t c = env->cf
#define CARRY(name, expr, flags)                                                                   \
    FORM(name, rr, expr, , GET_C, RB)                                                              \
    FORM(name, ri, expr, , GET_C, IMM)                                                             \
    FORM(name, rr_f, expr, flags, GET_C, RB)                                                       \
    FORM(name, ri_f, expr, flags, GET_C, IMM)
CARRY_OPS(CARRY)

/* Shifts: by an immediate 0..31; by a register's low byte. */
static inline uint32_t var_shl(uint32_t x, uint32_t n)
{
    return n < 32 ? x << n : 0;
}

static inline uint32_t var_shr(uint32_t x, uint32_t n)
{
    return n < 32 ? x >> n : 0;
}

static inline uint32_t var_sar(uint32_t x, uint32_t n)
{
    return do_sar(x, n < 32 ? n : 31);
}

static inline uint32_t var_rotr(uint32_t x, uint32_t n)
{
    return do_rotr(x, n);
}

#define SHIFT_OPS(X) X(shl, var_shl) X(shr, var_shr) X(sar, var_sar) X(rotr, var_rotr)
#define SHIFT(name, by_register)                                                                   \
    FORM(name, rr, by_register(x, y & 0xff), , , RB)                                               \
    FORM(name, ri, do_##name(x, y), , , IMM)                                                       \
    FORM(name, rr_f, by_register(x, y & 0xff), flags_nz(env, r), , RB)                             \
    FORM(name, ri_f, do_##name(x, y), flags_nz(env, r), , IMM)
SHIFT_OPS(SHIFT)

/* Immediate shifts by 1..31 with the bit that they move out last. */
#define CARRY_OF_shl(x, n)  ((x) >> (32 - (n)) & 1)
#define CARRY_OF_shr(x, n)  ((x) >> ((n)-1) & 1)
#define CARRY_OF_sar(x, n)  ((x) >> ((n)-1) & 1)
#define CARRY_OF_rotr(x, n) ((x) >> ((n)-1) & 1)
#define SHIFT_CARRY(name, ...)                                                                     \
    FORM(name, ri_c, do_##name(x, y), env->cf = (uint8_t)CARRY_OF_##name(x, y), , IMM)             \
    FORM(name, ri_cf, do_##name(x, y),                                                             \
         (env->cf = (uint8_t)CARRY_OF_##name(x, y), flags_nz(env, r)), , IMM)
SHIFT_OPS(SHIFT_CARRY)

/* One operand x, or an immediate. */
#define UNARY_FORM(name, suffix, expr, flags, get_x)                                               \
    BODY(name##_##suffix)                                                                          \
    {                                                                                              \
        uint32_t x = get_x, r = expr;                                                              \
        RD = r;                                                                                    \
        flags;                                                                                     \
    }
UNARY_FORM(mov, rr, x, , RA)
UNARY_FORM(mov, ri, x, , IMM)
UNARY_FORM(mov, rr_f, x, flags_nz(env, r), RA)
UNARY_FORM(mov, ri_f, x, flags_nz(env, r), IMM)

/* d = a, then c = b. */
BODY(move2)
{
    RD = RA;
    RC = RB;
}

static inline uint32_t count_leading_zeros(uint32_t x)
{
    static const uint8_t nibble[16] = { 4, 3, 2, 2, 1, 1, 1, 1 };
    unsigned high = x >> 16 != 0 ? 16 : 0;
    high += x >> high >> 8 != 0 ? 8 : 0;
    high += x >> high >> 4 != 0 ? 4 : 0;
    return 28 - high + nibble[x >> high];
}

UNARY_FORM(clz, rr, count_leading_zeros(x), , RA)
UNARY_FORM(bswap, rr, bswap32(x), , RA)

/* One register operand; the F form defines N and Z. */
#define UNARY_OPS(X)                                                                               \
    X(not, ~x)                                                                                     \
    X(rrx, (uint32_t)env->cf << 31 | x >> 1)
#define UNARY(name, expr)                                                                          \
    UNARY_FORM(name, rr, expr, , RA)                                                               \
    UNARY_FORM(name, rr_f, expr, flags_nz(env, r), RA)
UNARY_OPS(UNARY)

/* Multiplications. */
#define MUL_OPS(X) X(mul, x *y) X(mla, x *y + RC)
#define MUL(name, expr)                                                                            \
    FORM(name, rr, expr, , , RB)                                                                   \
    FORM(name, rr_f, expr, flags_nz(env, r), , RB)
MUL_OPS(MUL)

static inline int32_t signed_half(uint32_t x)
{
    return (int32_t)((x & 0xffff) ^ 0x8000) - 0x8000;
}

/* c, imm: how far down the halves are, 0 or 16. */
BODY(mul16_rr)
{
    RD = (uint32_t)(signed_half(RA >> (slot->c & 16)) * signed_half(RB >> (IMM & 16)));
}

/* c: the bit. */
BODY(add_sticky_rr)
{
    uint32_t x = RA, y = RB, r = x + y;
    if ((~(x ^ y) & (x ^ r)) >> 31) {
        void *field = (char *)env + IMM;
        *(uint32_t *)field |= UINT32_C(1) << (slot->c & 31);
    }
    RD = r;
}

static inline uint64_t mul_signed(uint32_t x, uint32_t y)
{
    return (uint64_t)((int64_t)(int32_t)x * (int32_t)y);
}

#define WIDE_OPS(X)                                                                                \
    X(mulu2, (uint64_t)RA *RB)                                                                     \
    X(muls2, mul_signed(RA, RB))                                                                   \
    X(mlau2, (uint64_t)RA *RB + ((uint64_t)RC << 32 | RD))                                         \
    X(mlas2, mul_signed(RA, RB) + ((uint64_t)RC << 32 | RD))
#define WIDE(name, expr)                                                                           \
    BODY(name##_rr)                                                                                \
    {                                                                                              \
        uint64_t r = expr;                                                                         \
        RD = (uint32_t)r;                                                                          \
        RC = (uint32_t)(r >> 32);                                                                  \
    }
WIDE_OPS(WIDE)

/* Flags alone. */
BODY(nz64_rr)
{
    uint32_t low = RA, high = RB;
    env->nz = (uint64_t)(high & 0x80000000u) << 32 | ((low | high) != 0);
}

BODY(setc_bit_ri)
{
    env->cf = RA >> (IMM & 31) & 1;
}

/* The last bit that a shift by n = 1..255 moves out. */
#define SETC_OPS(X)                                                                                \
    X(setc_shl, n > 32 ? 0 : x >> (32 - n) & 1)                                                    \
    X(setc_shr, n > 32 ? 0 : x >> (n - 1) & 1)                                                     \
    X(setc_sar, do_sar(x, n < 32 ? n - 1 : 31) & 1)                                                \
    X(setc_rotr, x >> ((n - 1) & 31) & 1)
#define SETC(name, expr)                                                                           \
    BODY(name##_rr)                                                                                \
    {                                                                                              \
        uint32_t x = RA, n = RB & 0xff;                                                            \
        if (n) {                                                                                   \
            env->cf = (uint8_t)(expr);                                                             \
        }                                                                                          \
    }
SETC_OPS(SETC)

BODY(setflags_rr)
{
    flags_set_all(env, RA);
}

/* The CPU's fields behind the env. */
BODY(ld_env_ri)
{
    const void *field = (const char *)env + IMM;
    RD = *(const uint32_t *)field;
}

BODY(st_env_ri)
{
    void *field = (char *)env + IMM;
    *(uint32_t *)field = RA;
}

/* All of the above: EACH(name). */
#define EACH_RR(name, ...)    EACH(name##_rr)
#define EACH_F(name, ...)     EACH(name##_rr) EACH(name##_rr_f)
#define EACH4(name, ...)      EACH(name##_rr) EACH(name##_ri) EACH(name##_rr_f) EACH(name##_ri_f)
#define EACH_CARRY(name, ...) EACH(name##_ri_c) EACH(name##_ri_cf)
#define EACH_SHIFTED(name, ...)                                                                    \
    EACH(name##_rr_shl)                                                                            \
    EACH(name##_rr_shr)                                                                            \
    EACH(name##_rr_sar)                                                                            \
    EACH(name##_rr_rotr)                                                                           \
    EACH(name##_rr_shl_f)                                                                          \
    EACH(name##_rr_shr_f)                                                                          \
    EACH(name##_rr_sar_f)                                                                          \
    EACH(name##_rr_rotr_f)
#define EACH_ALU                                                                                   \
    BINARY_OPS(EACH4)                                                                              \
    BINARY_OPS(EACH_SHIFTED)                                                                       \
    CARRY_OPS(EACH4)                                                                               \
    SHIFT_OPS(EACH4)                                                                               \
    SHIFT_OPS(EACH_CARRY)                                                                          \
    EACH4(mov, 0)                                                                                  \
    EACH(clz_rr)                                                                                   \
    EACH(bswap_rr)                                                                                 \
    UNARY_OPS(EACH_F)                                                                              \
    MUL_OPS(EACH_F)                                                                                \
    WIDE_OPS(EACH_RR)                                                                              \
    SETC_OPS(EACH_RR)                                                                              \
    EACH(move2)                                                                                    \
    EACH(mul16_rr)                                                                                 \
    EACH(add_sticky_rr)                                                                            \
    EACH(nz64_rr) EACH(setc_bit_ri) EACH(setflags_rr) EACH(ld_env_ri) EACH(st_env_ri)

#define EACH(name) TciFn tci_op_##name;
EACH_ALU

#endif
