/* SPDX-License-Identifier: MIT */
/* Floating-point conversions: between formats, to and from integers, to integral values. */
#include "cpu/softfloat.h"

uint64_t float_convert(FloatStatus *s, FloatFormat to, FloatFormat from, uint64_t a)
{
    FloatParts x = float_unpack(s, from, a);
    switch (x.kind) {
    case FLOAT_ZERO: return float_zero(to, x.sign);
    case FLOAT_FINITE: return float_pack(s, to, x.sign, x.exp, x.sig);
    case FLOAT_INFINITY: return float_infinity(to, x.sign);
    default: return float_quiet(s, to, x);
    }
}

/* The magnitude of a finite value below 2^64, rounded to an integer; *overflow: it is 2^64. */
static uint64_t to_integer(FloatParts x, FloatRounding rounding, bool *inexact, bool *overflow)
{
    unsigned drop = (unsigned)(63 - x.exp);
    uint64_t value, rest;
    if (drop == 0) {
        value = x.sig;
        rest = 0;
    } else if (drop < 64) {
        value = x.sig >> drop;
        rest = x.sig << (64 - drop);
    } else {
        value = 0;
        rest = float_shift_right(x.sig, drop - 64);
    }
    *inexact = rest != 0;
    bool up = float_rounds_up(rounding, x.sign, value & 1, rest);
    *overflow = up && value == UINT64_MAX;
    return value + up;
}

uint64_t float_round(FloatStatus *s, FloatFormat f, uint64_t a, FloatRounding rounding, bool exact)
{
    FloatParts x = float_unpack(s, f, a);
    if (x.kind == FLOAT_ZERO) {
        return float_zero(f, x.sign);
    }
    if (x.kind >= FLOAT_QNAN) {
        return float_quiet(s, f, x);
    }
    if (x.kind == FLOAT_INFINITY || x.exp >= (int)float_fraction_bits(f)) {
        return a;
    }
    bool inexact, overflow;
    uint64_t value = to_integer(x, rounding, &inexact, &overflow);
    if (inexact && exact) {
        s->flags |= FLOAT_INEXACT;
    }
    return float_normalize_pack(s, f, x.sign, 63, value);
}

uint64_t float_to_int(FloatStatus *s, FloatFormat f, uint64_t a, FloatRounding rounding,
                      bool is_signed, unsigned width)
{
    FloatParts x = float_unpack(s, f, a);
    uint64_t all = UINT64_MAX >> (64 - width);
    uint64_t most = is_signed ? all >> 1 : all;
    uint64_t least = is_signed ? most + 1 : 0; /* magnitude of the smallest value */
    bool inexact = false, overflow = false;
    uint64_t value = 0;
    if (x.kind >= FLOAT_QNAN) {
        s->flags |= FLOAT_INVALID;
        return 0;
    }
    if (x.kind == FLOAT_FINITE && x.exp < 64) {
        value = to_integer(x, rounding, &inexact, &overflow);
    } else if (x.kind != FLOAT_ZERO) {
        overflow = true;
    }
    uint64_t limit = x.sign ? least : most;
    if (overflow || value > limit) {
        s->flags |= FLOAT_INVALID;
        value = limit;
    } else if (inexact) {
        s->flags |= FLOAT_INEXACT;
    }
    return (x.sign ? 0 - value : value) & all;
}

uint64_t float_from_int(FloatStatus *s, FloatFormat f, uint64_t a, bool is_signed)
{
    bool sign = is_signed && a >> 63;
    return float_normalize_pack(s, f, sign, 63, sign ? 0 - a : a);
}
