/* SPDX-License-Identifier: MIT */
/* How the condition flags are kept, and what defines them.
 *
 * N and Z come from one word, so that one store defines both; V is kept as the operands of a
 * subtraction that overflows or does not, because hardly anybody reads it. */
#ifndef TCI_FLAGS_H
#define TCI_FLAGS_H

#include "tci/tci.h"

static inline void flags_nz(TciEnv *env, uint32_t r)
{
    env->nz = r;
}

static inline void flags_sub(TciEnv *env, uint32_t x, uint32_t y, uint32_t r)
{
    env->nz = r;
    env->va = x;
    env->vb = y;
    env->cf = x >= y;
}

/* x + y = r overflows as r - y does. */
static inline void flags_add(TciEnv *env, uint32_t x, uint32_t y, uint32_t r)
{
    (void)x;
    env->nz = r;
    env->va = r;
    env->vb = y;
    env->cf = r < y;
}

static inline void flags_set_v(TciEnv *env, bool v)
{
    env->va = (uint32_t)v << 31;
    env->vb = v;
}

/* r = x + y + c, with carry in c. */
static inline void flags_adc(TciEnv *env, uint32_t x, uint32_t y, uint32_t c, uint32_t r)
{
    env->nz = r;
    flags_set_v(env, ((x ^ r) & (y ^ r)) >> 31);
    env->cf = c ? r <= x : r < x;
}

/* Bit 31 of these is the flag. */
static inline uint32_t flag_n31(const TciEnv *env)
{
    return (uint32_t)env->nz | (uint32_t)(env->nz >> 32);
}

static inline uint32_t flag_v31(const TciEnv *env)
{
    return (env->va ^ env->vb) & (env->va ^ (env->va - env->vb));
}

static inline bool flag_z(const TciEnv *env)
{
    return (uint32_t)env->nz == 0;
}

/* N and Z may both be set, by a write to the whole register. */
static inline void flags_set_all(TciEnv *env, uint32_t flags)
{
    env->nz = (uint64_t)(flags & 0x80000000u) << 32 | (flags & 0x40000000u ? 0 : 1);
    env->cf = flags >> 29 & 1;
    flags_set_v(env, flags >> 28 & 1);
}

/* Conditions on the flags, and on the operands of a subtraction x - y. */
#define FLAG_EQ flag_z(env)
#define FLAG_NE !flag_z(env)
#define FLAG_CS (env->cf != 0)
#define FLAG_CC (env->cf == 0)
#define FLAG_MI ((flag_n31(env) & 0x80000000u) != 0)
#define FLAG_PL ((flag_n31(env) & 0x80000000u) == 0)
#define FLAG_VS ((flag_v31(env) & 0x80000000u) != 0)
#define FLAG_VC ((flag_v31(env) & 0x80000000u) == 0)
#define FLAG_HI (env->cf != 0 && !flag_z(env))
#define FLAG_LS (env->cf == 0 || flag_z(env))
#define FLAG_GE (((flag_n31(env) ^ flag_v31(env)) & 0x80000000u) == 0)
#define FLAG_LT (((flag_n31(env) ^ flag_v31(env)) & 0x80000000u) != 0)
#define FLAG_GT (!flag_z(env) && FLAG_GE)
#define FLAG_LE (flag_z(env) || FLAG_LT)

#define CMP_V(x, y)  ((((x) ^ (y)) & ((x) ^ ((x) - (y)))) >> 31)
#define CMP_EQ(x, y) ((x) == (y))
#define CMP_NE(x, y) ((x) != (y))
#define CMP_CS(x, y) ((x) >= (y))
#define CMP_CC(x, y) ((x) < (y))
#define CMP_MI(x, y) ((((x) - (y)) >> 31) != 0)
#define CMP_PL(x, y) ((((x) - (y)) >> 31) == 0)
#define CMP_VS(x, y) (CMP_V(x, y) != 0)
#define CMP_VC(x, y) (CMP_V(x, y) == 0)
#define CMP_HI(x, y) ((x) > (y))
#define CMP_LS(x, y) ((x) <= (y))
#define CMP_GE(x, y) ((int32_t)(x) >= (int32_t)(y))
#define CMP_LT(x, y) ((int32_t)(x) < (int32_t)(y))
#define CMP_GT(x, y) ((int32_t)(x) > (int32_t)(y))
#define CMP_LE(x, y) ((int32_t)(x) <= (int32_t)(y))

/* All conditions, for tables: X(number's name, suffix). */
/* clang-format off */
#define CONDITIONS(X, ...)                                                                         \
    X(EQ, __VA_ARGS__) X(NE, __VA_ARGS__) X(CS, __VA_ARGS__) X(CC, __VA_ARGS__)                    \
    X(MI, __VA_ARGS__) X(PL, __VA_ARGS__) X(VS, __VA_ARGS__) X(VC, __VA_ARGS__)                    \
    X(HI, __VA_ARGS__) X(LS, __VA_ARGS__) X(GE, __VA_ARGS__) X(LT, __VA_ARGS__)                    \
    X(GT, __VA_ARGS__) X(LE, __VA_ARGS__)
/* clang-format on */

#endif
