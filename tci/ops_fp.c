/* SPDX-License-Identifier: MIT */
/* Handlers of floating point operations: the host's arithmetic where it gives the same bits and
 * flags, else the helper.
 *
 * Why that is so when env->fp_fast, that is when the guest rounds to nearest, flushes nothing to
 * zero and has already noted that something was inexact: an IEEE 754 operation is a function of its
 * operands and the rounding mode, but for what a NaN result looks like. So only flags remain. A
 * result that is neither a NaN nor an infinity comes from no invalid operation, division by zero or
 * overflow. Underflow needs a tiny result: a product, quotient or narrowed value larger than the
 * smallest normal one was not tiny before rounding either; sums that are tiny are exact. Zeros that
 * come from zeros are exact. Denormal operands raise nothing where they are not flushed. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "tci/flags.h"
#include "tci/ops.h"
#include "tci/ops_mem.h"

#define HANDLER(name) static TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)

/* X(suffix, type, root, magnitude, smallest normal, greatest, ...). What equals the smallest normal
 * value may have been rounded up to it. */
#define TYPES(X, ...)                                                                              \
    X(s, float, sqrtf, fabsf, FLT_MIN, FLT_MAX, __VA_ARGS__)                                       \
    X(d, double, sqrt, fabs, DBL_MIN, DBL_MAX, __VA_ARGS__)

#define ACCESSORS(t, type, root, magnitude, smallest, greatest, ...)                               \
    static inline type get_##t(const TciEnv *env, unsigned n)                                      \
    {                                                                                              \
        type v;                                                                                    \
        memcpy(&v, &env->r[n], sizeof v);                                                          \
        return v;                                                                                  \
    }                                                                                              \
    static inline void put_##t(TciEnv *env, unsigned n, type v)                                    \
    {                                                                                              \
        memcpy(&env->r[n], &v, sizeof v);                                                          \
    }                                                                                              \
    static inline bool finite_##t(type v)                                                          \
    {                                                                                              \
        return magnitude(v) <= greatest;                                                           \
    }                                                                                              \
    /* Of a finite value. */                                                                       \
    static inline bool normal_##t(type v)                                                          \
    {                                                                                              \
        return magnitude(v) > smallest;                                                            \
    }
TYPES(ACCESSORS, 0)

/* d = r, if `good`. */
#define COMPUTE(name, t, result, good)                                                             \
    HANDLER(fp_##name##_##t)                                                                       \
    {                                                                                              \
        result;                                                                                    \
        if (!env->fp_fast || !(good)) {                                                            \
            SLOW(tci_op_fp_helper);                                                                \
        }                                                                                          \
        put_##t(env, op->d, r);                                                                    \
        GO(op + 2);                                                                                \
    }

/* A product p of x and y is stored before it is used, so that no compiler fuses it with a sum. That
 * the result r is finite tells that p is. */
#define GOOD_PRODUCT(t) (finite_##t(r) && (normal_##t(p) || (p == 0 && (x == 0 || y == 0))))
#define OPERANDS(t, type)                                                                          \
    type x = get_##t(env, op->a);                                                                  \
    type y = get_##t(env, op->b)
#define PRODUCT(t, type)                                                                           \
    OPERANDS(t, type);                                                                             \
    type p = x * y
#define ACCUMULATE(name, t, type, sum)                                                             \
    COMPUTE(name, t, PRODUCT(t, type); type d = get_##t(env, op->d); type r = sum, GOOD_PRODUCT(t))

/* Integers fit where the value, without its fraction, does; a NaN does nowhere. */
#define TO_INTEGER(name, t, type, low, high, integer)                                              \
    HANDLER(fp_##name##_##t)                                                                       \
    {                                                                                              \
        double x = get_##t(env, op->a);                                                            \
        if (!env->fp_fast || !(x > low && x < high)) {                                             \
            SLOW(tci_op_fp_helper);                                                                \
        }                                                                                          \
        RD = (uint32_t)(integer)x;                                                                 \
        GO(op + 2);                                                                                \
    }

#define COMPARE(name, t, type, get_y, set, slow)                                                   \
    HANDLER(fp_##name##_##t)                                                                       \
    {                                                                                              \
        type x = get_##t(env, op->a), y = get_y;                                                   \
        bool less = x<y, more = x> y;                                                              \
        if (!env->fp_fast || !(less || more || x == y)) {                                          \
            SLOW(slow);                                                                            \
        }                                                                                          \
        env->fp_flags = less ? 0x80000000u : more ? 0x20000000u : 0x60000000u;                     \
        set;                                                                                       \
        GO(op + 2);                                                                                \
    }
#define SET_FLAGS                                                                                  \
    env->nz = less ? (uint64_t)1 << 63 | 1 : more;                                                 \
    env->cf = !less;                                                                               \
    env->va = env->vb = 0

#define HANDLERS(t, type, root, ...)                                                               \
    COMPUTE(add, t, OPERANDS(t, type); type r = x + y, finite_##t(r))                              \
    COMPUTE(sub, t, OPERANDS(t, type); type r = x - y, finite_##t(r))                              \
    COMPUTE(mul, t, PRODUCT(t, type); type r = p, GOOD_PRODUCT(t))                                 \
    COMPUTE(nmul, t, PRODUCT(t, type); type r = -p, GOOD_PRODUCT(t))                               \
    COMPUTE(div, t, OPERANDS(t, type);                                                             \
            type r = x / y, finite_##t(r) && (normal_##t(r) || (r == 0 && x == 0)))                \
    ACCUMULATE(mac, t, type, d + p)                                                                \
    ACCUMULATE(nmac, t, type, d - p)                                                               \
    ACCUMULATE(msc, t, type, p - d)                                                                \
    ACCUMULATE(nmsc, t, type, -d - p)                                                              \
    COMPUTE(sqrt, t, type x = get_##t(env, op->a); type r = root(x), x > 0)                        \
    COMPARE(cmp, t, type, get_##t(env, op->b), , tci_op_fp_helper)                                 \
    COMPARE(cmpz, t, type, 0, , tci_op_fp_helper)                                                  \
    COMPARE(cmp_flags, t, type, get_##t(env, op->b), SET_FLAGS, tci_op_fp_flags_helper)            \
    COMPARE(cmpz_flags, t, type, 0, SET_FLAGS, tci_op_fp_flags_helper)                             \
    COMPUTE(sito, t, type r = (type)(int32_t)RA, true)                                             \
    COMPUTE(uito, t, type r = (type)RA, true)                                                      \
    TO_INTEGER(tosi, t, type, -2147483649.0, 2147483648.0, int32_t)                                \
    TO_INTEGER(toui, t, type, -1.0, 4294967296.0, uint32_t)
TYPES(HANDLERS, 0)

/* Named for the operand's type. */
HANDLER(fp_cvt_s)
{
    float x = get_s(env, op->a);
    if (!env->fp_fast || !finite_s(x)) {
        SLOW(tci_op_fp_helper);
    }
    put_d(env, op->d, x);
    GO(op + 2);
}

HANDLER(fp_cvt_d)
{
    double x = get_d(env, op->a);
    float r = (float)x;
    if (!env->fp_fast || !(finite_s(r) && (normal_s(r) || x == 0))) {
        SLOW(tci_op_fp_helper);
    }
    put_s(env, op->d, r);
    GO(op + 2);
}

/* -- Bits -- */

#define MOVE(name, value)                                                                          \
    HANDLER(fp_##name##_d)                                                                         \
    {                                                                                              \
        uint64_t x, sign = UINT64_C(1) << 63;                                                      \
        memcpy(&x, &env->r[op->a], sizeof x);                                                      \
        x = value;                                                                                 \
        (void)sign;                                                                                \
        memcpy(&env->r[op->d], &x, sizeof x);                                                      \
        GO(op + 2);                                                                                \
    }
MOVE(mov, x)
MOVE(abs, x & ~sign)
MOVE(neg, x ^ sign)

HANDLER(fp_pack_d)
{
    uint64_t x = (uint64_t)RB << 32 | RA;
    memcpy(&env->r[op->d], &x, sizeof x);
    GO(op + 2);
}

static inline uint64_t load_double(const uint8_t *p)
{
    return (uint64_t)ld32_p(p + 4) << 32 | ld32_p(p);
}

static inline void store_double(uint8_t *p, uint64_t x)
{
    st32_p(p, (uint32_t)x);
    st32_p(p + 4, (uint32_t)(x >> 32));
}

/* A multiple of two words, in all its forms: b = the double. Where its address is not a multiple of
 * 8 the multiple's own handler takes it. */
#define PAIR_imm         MULTI_IMM
#define PAIR_ia          MULTI_IA
#define PAIR_db          MULTI_DB
#define PAIR_STORE_read  0
#define PAIR_STORE_write 1
#define PAIR(form, table, address, writeback, name, tag, transfer)                                 \
    HANDLER(fp_##name##_##form)                                                                    \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        const TlbEntry *e = PROBE(table, va);                                                      \
        if (!HIT(e->tag, va, 8u)) {                                                                \
            SLOW(tci_multi[PAIR_STORE_##tag][PAIR_##form][2]);                                     \
        }                                                                                          \
        uint8_t *p = HOST(e, va);                                                                  \
        uint32_t *d = &env->r[op->b];                                                              \
        uint64_t x;                                                                                \
        transfer;                                                                                  \
        writeback;                                                                                 \
        GO(op + 2);                                                                                \
    }
MULTI_FORMS_LIST(PAIR, ldm, read, (x = load_double(p), memcpy(d, &x, sizeof x)))
MULTI_FORMS_LIST(PAIR, stm, write, (memcpy(&x, d, sizeof x), store_double(p, x)))

/* -- Tables -- */

#define TYPED(name) [TCG_FP_##name##_s] = fp_##name##_s, [TCG_FP_##name##_d] = fp_##name##_d,
TciFn *const tci_fp[TCG_FP_OPS] = {
    [TCG_FP_HELPER] = tci_op_fp_helper, TCG_FP_TYPED_LIST(TYPED)[TCG_FP_mov_d] = fp_mov_d,
    [TCG_FP_abs_d] = fp_abs_d,          [TCG_FP_neg_d] = fp_neg_d,
    [TCG_FP_pack_d] = fp_pack_d,
};
TciFn *const tci_fp_cmp_flags[2][2] = { { fp_cmp_flags_s, fp_cmpz_flags_s },
                                        { fp_cmp_flags_d, fp_cmpz_flags_d } };
#define PAIR_ROW(form, table, address, writeback, name, ...) fp_##name##_##form,
TciFn *const tci_fp_pair[2][MULTI_FORMS] = { { MULTI_FORMS_LIST(PAIR_ROW, ldm, 0) },
                                             { MULTI_FORMS_LIST(PAIR_ROW, stm, 0) } };

#define N2(handler)                                           { handler, #handler, 2 },
#define PAIR_NAME(form, table, address, writeback, name, ...) N2(fp_##name##_##form)
#define TYPED_NAMES(name)                                     N2(fp_##name##_s) N2(fp_##name##_d)
const TciHandler tci_fp_handlers[] = {
    TCG_FP_TYPED_LIST(TYPED_NAMES) TYPED_NAMES(cmp_flags) TYPED_NAMES(cmpz_flags) N2(fp_mov_d)
        N2(fp_abs_d) N2(fp_neg_d) N2(fp_pack_d) MULTI_FORMS_LIST(PAIR_NAME, ldm, 0)
            MULTI_FORMS_LIST(PAIR_NAME, stm, 0){ tci_op_fp_helper, "fp_helper", 2 },
    { 0 },
};

/* -- The host -- */

static uint32_t bits_of_s(float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static uint64_t bits_of_d(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

/* Formats and evaluation are the compiler's to tell; rounding, denormals and the order of the bits
 * are tried. */
bool tci_fp_host_is_ieee(void)
{
#if FLT_EVAL_METHOD == 0 && FLT_RADIX == 2 && FLT_MANT_DIG == 24 && FLT_MAX_EXP == 128 &&          \
    DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024
    volatile float s = 1, small_s = FLT_MIN;
    volatile double d = 1, small_d = DBL_MIN, root = 2;
    s /= 10;
    d /= 10;
    small_s /= 2;
    small_d /= 2;
    root = sqrt(root);
    return sizeof s == sizeof(uint32_t) && sizeof d == sizeof(uint64_t) && small_s > 0 &&
           small_d > 0 && bits_of_s(s) == 0x3dcccccd &&
           bits_of_d(d) == UINT64_C(0x3fb999999999999a) &&
           bits_of_d(root) == UINT64_C(0x3ff6a09e667f3bcd);
#else
    return false;
#endif
}
