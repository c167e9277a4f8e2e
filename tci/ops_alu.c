/* SPDX-License-Identifier: MIT */
/* Handlers that compute. Bodies are written once as expressions; macros make the forms. */
#include "tci/flags.h"
#include "tci/ops.h"

#define HANDLER(name) static TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)

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
    HANDLER(name##_##suffix)                                                                       \
    {                                                                                              \
        get_c;                                                                                     \
        uint32_t x = RA, y = get_y, r = expr;                                                      \
        flags;                                                                                     \
        RD = r;                                                                                    \
        GO(op + 1);                                                                                \
    }

#define SHIFTED(name, expr, flags, kind)                                                           \
    FORM(name, rr_##kind, expr, , , do_##kind(RB, op->c))                                          \
    FORM(name, rr_##kind##_f, expr, flags, , do_##kind(RB, op->c))

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
    HANDLER(name##_##suffix)                                                                       \
    {                                                                                              \
        uint32_t x = get_x, r = expr;                                                              \
        flags;                                                                                     \
        RD = r;                                                                                    \
        GO(op + 1);                                                                                \
    }
#define MOVE_OPS(X) X(mov, x) X(not, ~x)
#define MOVE(name, expr)                                                                           \
    UNARY_FORM(name, rr, expr, , RA)                                                               \
    UNARY_FORM(name, ri, expr, , IMM)                                                              \
    UNARY_FORM(name, rr_f, expr, flags_nz(env, r), RA)                                             \
    UNARY_FORM(name, ri_f, expr, flags_nz(env, r), IMM)
MOVE_OPS(MOVE)

TciOp *tci_op_move2(TciEnv *env, TciOp *op, TlbEntry *tlb)
{
    RD = RA;
    RC = RB;
    GO(op + 1);
}

static inline uint32_t count_leading_zeros(uint32_t x)
{
    static const uint8_t nibble[16] = { 4, 3, 2, 2, 1, 1, 1, 1 };
    unsigned high = x >> 16 != 0 ? 16 : 0;
    high += x >> high >> 8 != 0 ? 8 : 0;
    high += x >> high >> 4 != 0 ? 4 : 0;
    return 28 - high + nibble[x >> high];
}

/* One register operand; the F form defines N and Z. */
#define UNARY_OPS(X)                                                                               \
    X(rrx, (uint32_t)env->cf << 31 | x >> 1)                                                       \
    X(ext16s, ((x & 0xffff) ^ 0x8000) - 0x8000)                                                    \
    X(clz, count_leading_zeros(x))
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
    HANDLER(name##_rr)                                                                             \
    {                                                                                              \
        uint64_t r = expr;                                                                         \
        RD = (uint32_t)r;                                                                          \
        RC = (uint32_t)(r >> 32);                                                                  \
        GO(op + 1);                                                                                \
    }
WIDE_OPS(WIDE)

/* Flags alone. */
HANDLER(nz64_rr)
{
    uint32_t low = RA, high = RB;
    env->nz = (uint64_t)(high & 0x80000000u) << 32 | ((low | high) != 0);
    GO(op + 1);
}

HANDLER(setc_bit_ri)
{
    env->cf = RA >> (IMM & 31) & 1;
    GO(op + 1);
}

/* The last bit that a shift by n = 1..255 moves out. */
#define SETC_OPS(X)                                                                                \
    X(setc_shl, n > 32 ? 0 : x >> (32 - n) & 1)                                                    \
    X(setc_shr, n > 32 ? 0 : x >> (n - 1) & 1)                                                     \
    X(setc_sar, do_sar(x, n < 32 ? n - 1 : 31) & 1)                                                \
    X(setc_rotr, x >> ((n - 1) & 31) & 1)
#define SETC(name, expr)                                                                           \
    HANDLER(name##_rr)                                                                             \
    {                                                                                              \
        uint32_t x = RA, n = RB & 0xff;                                                            \
        if (n) {                                                                                   \
            env->cf = (uint8_t)(expr);                                                             \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
SETC_OPS(SETC)

HANDLER(setflags_rr)
{
    flags_set_all(env, RA);
    GO(op + 1);
}

/* The CPU's fields behind the env. */
HANDLER(ld_env_ri)
{
    const void *field = (const char *)env + IMM;
    RD = *(const uint32_t *)field;
    GO(op + 1);
}

HANDLER(st_env_ri)
{
    void *field = (char *)env + IMM;
    *(uint32_t *)field = RA;
    GO(op + 1);
}

uint32_t tci_get_flags(const TciEnv *env)
{
    return (flag_n31(env) & 0x80000000u) | (uint32_t)flag_z(env) << 30 | (uint32_t)env->cf << 29 |
           (flag_v31(env) >> 31) << 28;
}

void tci_set_flags(TciEnv *env, uint32_t flags)
{
    flags_set_all(env, flags);
}

/* -- Tables -- */

#define ROW4(name, ...)     [TCG_##name] = { name##_rr, name##_ri, name##_rr_f, name##_ri_f },
#define ROW_F(name, ...)    [TCG_##name] = { [FORM_RR] = name##_rr, [FORM_RR_F] = name##_rr_f },
#define ROW_RR(name, ...)   [TCG_##name] = { [FORM_RR] = name##_rr },
#define ROW_SETC(name, ...) [TCG_##name] = { [FORM_RR_F] = name##_rr },
TciFn *const tci_alu[TCG_NB_OPS][ALU_FORMS] = {
    BINARY_OPS(ROW4) CARRY_OPS(ROW4) SHIFT_OPS(ROW4) MOVE_OPS(ROW4) UNARY_OPS(ROW_F) MUL_OPS(ROW_F)
        WIDE_OPS(ROW_RR) SETC_OPS(ROW_SETC)[TCG_nz64] = { [FORM_RR_F] = nz64_rr },
    [TCG_setc_bit] = { [FORM_RI_F] = setc_bit_ri },
    [TCG_setflags] = { [FORM_RR_F] = setflags_rr },
    [TCG_ld_env] = { [FORM_RR] = ld_env_ri },
    [TCG_st_env] = { [FORM_RR] = st_env_ri },
};

#define SHIFT_ROW(name, ...)                                                                       \
    [TCG_##name] = { { name##_rr_shl, name##_rr_shl_f },                                           \
                     { name##_rr_shr, name##_rr_shr_f },                                           \
                     { name##_rr_sar, name##_rr_sar_f },                                           \
                     { name##_rr_rotr, name##_rr_rotr_f } },
TciFn *const tci_alu_shift[TCG_NB_OPS][SHIFTS][2] = { BINARY_OPS(SHIFT_ROW) };

#define CARRY_ROW(name, ...) { name##_ri_c, name##_ri_cf },
TciFn *const tci_shift_carry[SHIFTS][2] = { SHIFT_OPS(CARRY_ROW) };

#define N1(handler)         { handler, #handler, 1 },
#define NAMES4(name, ...)   N1(name##_rr) N1(name##_ri) N1(name##_rr_f) N1(name##_ri_f)
#define NAMES_F(name, ...)  N1(name##_rr) N1(name##_rr_f)
#define NAMES_RR(name, ...) N1(name##_rr)
#define NAMES_SHIFT(name, ...)                                                                     \
    N1(name##_rr_shl)                                                                              \
    N1(name##_rr_shl_f)                                                                            \
    N1(name##_rr_shr)                                                                              \
    N1(name##_rr_shr_f)                                                                            \
    N1(name##_rr_sar) N1(name##_rr_sar_f) N1(name##_rr_rotr) N1(name##_rr_rotr_f)
#define NAMES_CARRY(name, ...) N1(name##_ri_c) N1(name##_ri_cf)
const TciHandler tci_alu_handlers[] = {
    BINARY_OPS(NAMES4) BINARY_OPS(NAMES_SHIFT) CARRY_OPS(NAMES4) SHIFT_OPS(NAMES4) MOVE_OPS(NAMES4)
        UNARY_OPS(NAMES_F) MUL_OPS(NAMES_F) WIDE_OPS(NAMES_RR) SETC_OPS(NAMES_RR) N1(nz64_rr)
            N1(setc_bit_ri) N1(setflags_rr) N1(ld_env_ri) N1(st_env_ri)
                SHIFT_OPS(NAMES_CARRY){ tci_op_move2, "move2", 1 },
    { 0 },
};
