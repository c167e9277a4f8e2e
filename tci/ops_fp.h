/* SPDX-License-Identifier: MIT */
/* What records of floating point do: the host's arithmetic where it gives the same bits and flags.
 * NAME_body(env, slot) returns NULL where it does not, and nothing is done.
 *
 * Why that is so when env->fp_max_d is not -1, that is when the guest rounds to nearest, flushes
 * nothing to zero and has already noted that something was inexact: an IEEE 754 operation is a
 * function of its operands and the rounding mode, but for what a NaN result looks like. So only
 * flags remain. A result that is neither a NaN nor an infinity comes from no invalid operation,
 * division by zero or overflow. Underflow needs a tiny result: a product, quotient or narrowed
 * value larger than the smallest normal one was not tiny before rounding either; sums that are tiny
 * are exact. Zeros that come from zeros are exact. Denormal operands raise nothing where they are
 * not flushed. */
#ifndef TCI_OPS_FP_H
#define TCI_OPS_FP_H

#include <float.h>
#include <math.h>
#include <string.h>

#include "tci/flags.h"
#include "tci/ops_mem.h"

#define FP_BODY(name) static inline const void *name##_body(TciEnv *env, const TciSlot *slot)

/* X(suffix, type, root, magnitude, smallest normal, ...). What equals the smallest normal value may
 * have been rounded up to it. */
#define TYPES(X, ...)                                                                              \
    X(s, float, sqrtf, fabsf, FLT_MIN, __VA_ARGS__)                                                \
    X(d, double, sqrt, fabs, DBL_MIN, __VA_ARGS__)

#define ACCESSORS(t, type, root, magnitude, smallest, ...)                                         \
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
    /* Finite, and fp_fast. */                                                                     \
    static inline bool good_##t(const TciEnv *env, type v)                                         \
    {                                                                                              \
        return magnitude(v) <= env->fp_max_##t;                                                    \
    }                                                                                              \
    /* Of a finite value. */                                                                       \
    static inline bool normal_##t(type v)                                                          \
    {                                                                                              \
        return magnitude(v) > smallest;                                                            \
    }
TYPES(ACCESSORS, 0)

/* d = r, if `good`. */
#define COMPUTE(name, t, result, good)                                                             \
    FP_BODY(fp_##name##_##t)                                                                       \
    {                                                                                              \
        result;                                                                                    \
        if (!(good)) {                                                                             \
            return NULL;                                                                           \
        }                                                                                          \
        put_##t(env, slot->d, r);                                                                  \
        return slot;                                                                               \
    }

/* A product p of x and y is stored before it is used, so that no compiler fuses it with a sum. That
 * the result r is finite tells that p is. */
#define NORMAL_PRODUCT(t, p, x, y) (normal_##t(p) || ((p) == 0 && ((x) == 0 || (y) == 0)))
#define GOOD_PRODUCT(t)            (good_##t(env, r) && NORMAL_PRODUCT(t, p, x, y))
#define OPERANDS(t, type)                                                                          \
    type x = get_##t(env, slot->a);                                                                \
    type y = get_##t(env, slot->b)
#define PRODUCT(t, type)                                                                           \
    OPERANDS(t, type);                                                                             \
    type p = x * y
#define ACCUMULATE(name, t, type, sum)                                                             \
    COMPUTE(name, t, PRODUCT(t, type); type d = get_##t(env, slot->d);                             \
            type r = sum, GOOD_PRODUCT(t))

/* Integers fit where the value, without its fraction, does; a NaN does nowhere. */
#define TO_INTEGER(name, t, type, low, high, integer)                                              \
    FP_BODY(fp_##name##_##t)                                                                       \
    {                                                                                              \
        double x = get_##t(env, slot->a);                                                          \
        if (!(env->fp_max_d > 0) || !(x > low && x < high)) {                                      \
            return NULL;                                                                           \
        }                                                                                          \
        RD = (uint32_t)(integer)x;                                                                 \
        return slot;                                                                               \
    }

#define COMPARE(name, t, type, get_y, set)                                                         \
    FP_BODY(fp_##name##_##t)                                                                       \
    {                                                                                              \
        type x = get_##t(env, slot->a), y = get_y;                                                 \
        bool less = x<y, more = x> y;                                                              \
        if (!(env->fp_max_d > 0) || !(less || more || x == y)) {                                   \
            return NULL;                                                                           \
        }                                                                                          \
        env->fp_flags = less ? 0x80000000u : more ? 0x20000000u : 0x60000000u;                     \
        set;                                                                                       \
        return slot;                                                                               \
    }
#define SET_FLAGS                                                                                  \
    env->nz = less ? (uint64_t)1 << 63 | 1 : more;                                                 \
    env->cf = !less;                                                                               \
    env->va = env->vb = 0

#define HANDLERS(t, type, root, ...)                                                               \
    COMPUTE(add, t, OPERANDS(t, type); type r = x + y, good_##t(env, r))                           \
    COMPUTE(sub, t, OPERANDS(t, type); type r = x - y, good_##t(env, r))                           \
    COMPUTE(mul, t, PRODUCT(t, type); type r = p, GOOD_PRODUCT(t))                                 \
    COMPUTE(nmul, t, PRODUCT(t, type); type r = -p, GOOD_PRODUCT(t))                               \
    COMPUTE(div, t, OPERANDS(t, type);                                                             \
            type r = x / y, good_##t(env, r) && (normal_##t(r) || (r == 0 && x == 0)))             \
    ACCUMULATE(mac, t, type, d + p)                                                                \
    ACCUMULATE(nmac, t, type, d - p)                                                               \
    ACCUMULATE(msc, t, type, p - d)                                                                \
    ACCUMULATE(nmsc, t, type, -d - p)                                                              \
    COMPUTE(sqrt, t, type x = get_##t(env, slot->a); type r = root(x), x > 0 && good_##t(env, r))  \
    COMPARE(cmp, t, type, get_##t(env, slot->b), )                                                 \
    COMPARE(cmpz, t, type, 0, )                                                                    \
    COMPARE(cmp_flags, t, type, get_##t(env, slot->b), SET_FLAGS)                                  \
    COMPARE(cmpz_flags, t, type, 0, SET_FLAGS)                                                     \
    COMPUTE(sito, t, type r = (type)(int32_t)RA, good_##t(env, r))                                 \
    COMPUTE(uito, t, type r = (type)RA, good_##t(env, r))                                          \
    TO_INTEGER(tosi, t, type, -2147483649.0, 2147483648.0, int32_t)                                \
    TO_INTEGER(toui, t, type, -1.0, 4294967296.0, uint32_t)
TYPES(HANDLERS, 0)
/* clang-format off */
/* One of them, for example (`make show HANDLER=fp_add_s`):
 *
 *   static inline const void *fp_add_s_body(TciEnv *env, const TciSlot *slot)
 *   {
 *       float x = get_s(env, slot->a);
 *       float y = get_s(env, slot->b);
 *       float r = x + y;
 *       if (!good_s(env, r)) {
 *           return NULL;
 *       }
 *       put_s(env, slot->d, r);
 *       return slot;
 *   }
 */
/* clang-format on */

/* Named for the operand's type. */
FP_BODY(fp_cvt_s)
{
    float x = get_s(env, slot->a);
    if (!good_s(env, x)) {
        return NULL;
    }
    put_d(env, slot->d, x);
    return slot;
}

FP_BODY(fp_cvt_d)
{
    double x = get_d(env, slot->a);
    float r = (float)x;
    if (!(good_s(env, r) && (normal_s(r) || x == 0))) {
        return NULL;
    }
    put_s(env, slot->d, r);
    return slot;
}

/* -- Bits -- */

static inline uint64_t get_double(const TciEnv *env, unsigned n)
{
    uint64_t x;
    memcpy(&x, &env->r[n], sizeof x);
    return x;
}

static inline void put_double(TciEnv *env, unsigned n, uint64_t x)
{
    memcpy(&env->r[n], &x, sizeof x);
}

#define BITS(name, value)                                                                          \
    FP_BODY(fp_##name##_d)                                                                         \
    {                                                                                              \
        const uint64_t x = get_double(env, slot->a), sign = UINT64_C(1) << 63;                     \
        (void)sign;                                                                                \
        put_double(env, slot->d, value);                                                           \
        return slot;                                                                               \
    }
BITS(mov, x)
BITS(abs, x & ~sign)
BITS(neg, x ^ sign)

FP_BODY(fp_pack_d)
{
    put_double(env, slot->d, (uint64_t)RB << 32 | RA);
    return slot;
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

/* A multiple of two words, in all its forms: b = the double. NULL, too,
 * where its address is not a multiple of 8. */
#define DOUBLE(form, table, address, writeback, name, tag, transfer)                               \
    static inline const void *fp_##name##_##form##_body(TciEnv *env, const TciSlot *slot,          \
                                                        TlbEntry *tlb)                             \
    {                                                                                              \
        const uint32_t words = 2;                                                                  \
        uint32_t va = address;                                                                     \
        (void)words;                                                                               \
        uint32_t at = WHERE(table, tag, va);                                                       \
        if (!HIT(at, 8u)) {                                                                        \
            return NULL;                                                                           \
        }                                                                                          \
        uint8_t *p = HOST(table, at);                                                              \
        transfer;                                                                                  \
        writeback;                                                                                 \
        return slot;                                                                               \
    }
MULTI_FORMS_LIST(DOUBLE, ldm, read, put_double(env, slot->b, load_double(p)))
MULTI_FORMS_LIST(DOUBLE, stm, write, store_double(p, get_double(env, slot->b)))

/* EACH(name) for all that compute, the comparisons that set the CPU's flags apart. */
#define EACH_TYPE(name) EACH(fp_##name##_s) EACH(fp_##name##_d)
#define EACH_FP                                                                                    \
    TCG_FP_TYPED_LIST(EACH_TYPE)                                                                   \
    EACH(fp_mov_d) EACH(fp_abs_d) EACH(fp_neg_d) EACH(fp_pack_d)
#define EACH_FP_FLAGS                                           EACH_TYPE(cmp_flags) EACH_TYPE(cmpz_flags)
#define DOUBLE_FORM(form, table, address, writeback, name, ...) EACH(fp_##name##_##form)
#define EACH_FP_PAIR                                            MULTI_FORMS_LIST(DOUBLE_FORM, ldm, 0) MULTI_FORMS_LIST(DOUBLE_FORM, stm, 0)

#define EACH(name) TciFn tci_op_##name;
EACH_FP EACH_FP_FLAGS EACH_FP_PAIR

#endif
