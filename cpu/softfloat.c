/* SPDX-License-Identifier: MIT */
/* Floating-point arithmetic in integers, for all formats: add, subtract, multiply, divide, square
 * root, fused multiply-add and comparison. Operands are unpacked to 64 bits of significand, at
 * least 11 bits more than the widest format has. The lowest bit of an intermediate result is
 * sticky, and float_pack() does all rounding. */
#include "cpu/softfloat.h"

typedef struct Layout {
    uint8_t fraction, exponent; /* bits */
} Layout;

static const Layout layouts[] = { { 10, 5 }, { 23, 8 }, { 52, 11 } };

static int bias_of(FloatFormat f)
{
    return (1 << (layouts[f].exponent - 1)) - 1;
}

/* -- Packing -- */

unsigned float_fraction_bits(FloatFormat f)
{
    return layouts[f].fraction;
}

uint64_t float_zero(FloatFormat f, bool sign)
{
    return sign ? float_sign_bit(f) : 0;
}

uint64_t float_infinity(FloatFormat f, bool sign)
{
    uint64_t exponent = (UINT64_C(1) << layouts[f].exponent) - 1;
    return float_zero(f, sign) | exponent << layouts[f].fraction;
}

static uint64_t default_nan(FloatFormat f)
{
    return float_infinity(f, false) | UINT64_C(1) << (layouts[f].fraction - 1);
}

static unsigned leading_zeros(uint64_t x)
{
    unsigned n = 0;
    for (unsigned step = 32; step; step /= 2) {
        if (x >> (64 - step) == 0) {
            n += step;
            x <<= step;
        }
    }
    return n;
}

uint64_t float_shift_right(uint64_t sig, unsigned count)
{
    if (count == 0) {
        return sig;
    }
    if (count > 63) {
        return sig != 0;
    }
    return sig >> count | ((sig << (64 - count)) != 0);
}

bool float_rounds_up(unsigned rounding, bool sign, bool odd, uint64_t rest)
{
    switch (rounding) {
    case FLOAT_RN: return rest > UINT64_C(1) << 63 || (rest == UINT64_C(1) << 63 && odd);
    case FLOAT_RP: return !sign && rest != 0;
    case FLOAT_RM: return sign && rest != 0;
    default: return false;
    }
}

uint64_t float_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, uint64_t sig)
{
    unsigned fraction = layouts[f].fraction;
    int bias = bias_of(f);
    int lacking = 1 - bias - exp; /* places below the smallest normal exponent */
    bool tiny = lacking > 0;
    if (tiny) {
        if (s->flush && f != FLOAT16) {
            s->flags |= FLOAT_UNDERFLOW;
            return float_zero(f, sign);
        }
        sig = float_shift_right(sig, (unsigned)lacking);
    }
    uint64_t rest = sig << (fraction + 1), kept = sig >> (63 - fraction);
    kept += float_rounds_up(s->rounding, sign, kept & 1, rest);
    if (rest) {
        s->flags |= FLOAT_INEXACT | (tiny ? FLOAT_UNDERFLOW : 0);
    }
    /* The significand's leading bit adds one to the exponent, a carry out of it another one. */
    int field = tiny ? 0 : exp + bias - 1;
    if (field + (int)(kept >> fraction) > 2 * bias) {
        s->flags |= FLOAT_OVERFLOW | FLOAT_INEXACT;
        bool to_infinity = s->rounding == FLOAT_RN || s->rounding == (sign ? FLOAT_RM : FLOAT_RP);
        return float_infinity(f, sign) - !to_infinity;
    }
    return float_zero(f, sign) | (((uint64_t)field << fraction) + kept);
}

uint64_t float_normalize_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, uint64_t sig)
{
    if (sig == 0) {
        return float_zero(f, sign);
    }
    unsigned shift = leading_zeros(sig);
    return float_pack(s, f, sign, exp - (int)shift, sig << shift);
}

FloatParts float_unpack(FloatStatus *s, FloatFormat f, uint64_t a)
{
    unsigned fraction = layouts[f].fraction;
    uint64_t sig = a << (63 - fraction) & ~(UINT64_C(1) << 63);
    uint64_t field = a >> fraction & ((UINT64_C(1) << layouts[f].exponent) - 1);
    FloatParts p = { .sign = (a & float_sign_bit(f)) != 0, .sig = sig };
    if (field == (UINT64_C(1) << layouts[f].exponent) - 1) {
        p.kind = sig == 0 ? FLOAT_INFINITY : sig >> 62 ? FLOAT_QNAN : FLOAT_SNAN;
    } else if (field) {
        p.kind = FLOAT_FINITE;
        p.exp = (int)field - bias_of(f);
        p.sig |= UINT64_C(1) << 63;
    } else if (sig) {
        unsigned shift = leading_zeros(sig);
        p.kind = FLOAT_FINITE;
        p.exp = 1 - bias_of(f) - (int)shift;
        p.sig <<= shift;
        if (s->flush && f != FLOAT16) {
            s->flags |= FLOAT_INPUT_DENORMAL;
            p.kind = FLOAT_ZERO;
        }
    }
    return p;
}

/* -- NaNs -- */

static bool is_nan(FloatParts a)
{
    return a.kind >= FLOAT_QNAN;
}

uint64_t float_quiet(FloatStatus *s, FloatFormat f, FloatParts a)
{
    if (a.kind == FLOAT_SNAN) {
        s->flags |= FLOAT_INVALID;
    }
    if (s->default_nan) {
        return default_nan(f);
    }
    return float_zero(f, a.sign) | default_nan(f) | a.sig >> (63 - layouts[f].fraction);
}

static uint64_t invalid(FloatStatus *s, FloatFormat f)
{
    s->flags |= FLOAT_INVALID;
    return default_nan(f);
}

/* The result of an operation with a NaN among its operands. */
static uint64_t choose_nan(FloatStatus *s, FloatFormat f, FloatParts a, FloatParts b)
{
    bool first = a.kind == FLOAT_SNAN || (b.kind != FLOAT_SNAN && a.kind == FLOAT_QNAN);
    return float_quiet(s, f, first ? a : b);
}

/* -- 128 bits -- */

typedef struct Wide {
    uint64_t high, low;
} Wide;

static Wide wide_multiply(uint64_t a, uint64_t b)
{
    uint64_t al = a & 0xffffffff, ah = a >> 32, bl = b & 0xffffffff, bh = b >> 32;
    uint64_t low = al * bl, middle = ah * bl + (low >> 32), other = al * bh + (middle & 0xffffffff);
    return (Wide){ ah * bh + (middle >> 32) + (other >> 32), other << 32 | (low & 0xffffffff) };
}

static Wide wide_add(Wide a, Wide b)
{
    uint64_t low = a.low + b.low;
    return (Wide){ a.high + b.high + (low < a.low), low };
}

static Wide wide_negate(Wide a)
{
    return wide_add((Wide){ ~a.high, ~a.low }, (Wide){ 0, 1 });
}

static Wide wide_shift_right(Wide a, unsigned count)
{
    if (count == 0) {
        return a;
    }
    if (count > 63) {
        return (Wide){ 0, float_shift_right(a.high | (a.low != 0), count - 64) };
    }
    Wide r = { a.high >> count, a.high << (64 - count) | a.low >> count };
    r.low |= (a.low << (64 - count)) != 0;
    return r;
}

/* Packs sig / 2^127 * 2^exp. */
static uint64_t wide_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, Wide sig)
{
    if (sig.high == 0) {
        sig = (Wide){ sig.low, 0 };
        exp -= 64;
    }
    unsigned shift = sig.high ? leading_zeros(sig.high) : 0;
    if (shift) {
        sig = (Wide){ sig.high << shift | sig.low >> (64 - shift), sig.low << shift };
    }
    return float_pack(s, f, sign, exp - (int)shift, sig.high | (sig.low != 0));
}

/* -- Arithmetic -- */

/* The sum of two finite values. */
static uint64_t add_wide(FloatStatus *s, FloatFormat f, bool sign, int exp, Wide a, bool b_sign,
                         int b_exp, Wide b)
{
    /* Aligns both, with a free bit for the carry. */
    if (exp < b_exp) {
        a = wide_shift_right(a, (unsigned)(b_exp - exp));
        exp = b_exp;
    } else {
        b = wide_shift_right(b, (unsigned)(exp - b_exp));
    }
    a = wide_shift_right(a, 1);
    b = wide_shift_right(b, 1);
    Wide sum = wide_add(a, sign == b_sign ? b : wide_negate(b));
    if (sign != b_sign && sum.high >> 63) {
        sum = wide_negate(sum);
        sign = b_sign;
    }
    if ((sum.high | sum.low) == 0) {
        return float_zero(f, s->rounding == FLOAT_RM);
    }
    return wide_pack(s, f, sign, exp + 1, sum);
}

static uint64_t add_parts(FloatStatus *s, FloatFormat f, FloatParts a, FloatParts b)
{
    if (is_nan(a) || is_nan(b)) {
        return choose_nan(s, f, a, b);
    }
    if (a.kind == FLOAT_INFINITY || b.kind == FLOAT_INFINITY) {
        if (a.kind == b.kind && a.sign != b.sign) {
            return invalid(s, f);
        }
        return float_infinity(f, a.kind == FLOAT_INFINITY ? a.sign : b.sign);
    }
    if (a.kind == FLOAT_ZERO && b.kind == FLOAT_ZERO) {
        return float_zero(f, a.sign == b.sign ? a.sign : s->rounding == FLOAT_RM);
    }
    if (a.kind == FLOAT_ZERO) {
        return float_pack(s, f, b.sign, b.exp, b.sig);
    }
    if (b.kind == FLOAT_ZERO) {
        return float_pack(s, f, a.sign, a.exp, a.sig);
    }
    return add_wide(s, f, a.sign, a.exp, (Wide){ a.sig, 0 }, b.sign, b.exp, (Wide){ b.sig, 0 });
}

uint64_t float_add(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b)
{
    FloatParts x = float_unpack(s, f, a), y = float_unpack(s, f, b);
    return add_parts(s, f, x, y);
}

uint64_t float_sub(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b)
{
    FloatParts x = float_unpack(s, f, a), y = float_unpack(s, f, b);
    y.sign ^= !is_nan(y);
    return add_parts(s, f, x, y);
}

uint64_t float_mul(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b)
{
    FloatParts x = float_unpack(s, f, a), y = float_unpack(s, f, b);
    bool sign = x.sign != y.sign;
    if (is_nan(x) || is_nan(y)) {
        return choose_nan(s, f, x, y);
    }
    if (x.kind == FLOAT_INFINITY || y.kind == FLOAT_INFINITY) {
        bool zero = x.kind == FLOAT_ZERO || y.kind == FLOAT_ZERO;
        return zero ? invalid(s, f) : float_infinity(f, sign);
    }
    if (x.kind == FLOAT_ZERO || y.kind == FLOAT_ZERO) {
        return float_zero(f, sign);
    }
    return wide_pack(s, f, sign, x.exp + y.exp + 1, wide_multiply(x.sig, y.sig));
}

uint64_t float_fma(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b, uint64_t c)
{
    FloatParts x = float_unpack(s, f, a), y = float_unpack(s, f, b), z = float_unpack(s, f, c);
    bool sign = x.sign != y.sign;
    bool bad = (x.kind == FLOAT_INFINITY && y.kind == FLOAT_ZERO) ||
               (x.kind == FLOAT_ZERO && y.kind == FLOAT_INFINITY);
    if (bad && z.kind < FLOAT_SNAN) {
        return invalid(s, f);
    }
    if (is_nan(x) || is_nan(y) || is_nan(z)) {
        bool third = z.kind == FLOAT_SNAN ||
                     (z.kind == FLOAT_QNAN && x.kind != FLOAT_SNAN && y.kind != FLOAT_SNAN);
        return third ? float_quiet(s, f, z) : choose_nan(s, f, x, y);
    }
    if (x.kind == FLOAT_INFINITY || y.kind == FLOAT_INFINITY || x.kind == FLOAT_ZERO ||
        y.kind == FLOAT_ZERO || z.kind == FLOAT_INFINITY) {
        /* The product is an exact infinity or zero, or c is an infinity. */
        FloatParts p = { .sign = sign };
        p.kind = x.kind == FLOAT_INFINITY || y.kind == FLOAT_INFINITY ? FLOAT_INFINITY : FLOAT_ZERO;
        return add_parts(s, f, p, z);
    }
    Wide product = wide_multiply(x.sig, y.sig);
    int exp = x.exp + y.exp + 1;
    if (z.kind == FLOAT_ZERO) {
        return wide_pack(s, f, sign, exp, product);
    }
    return add_wide(s, f, sign, exp, product, z.sign, z.exp, (Wide){ z.sig, 0 });
}

uint64_t float_div(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b)
{
    FloatParts x = float_unpack(s, f, a), y = float_unpack(s, f, b);
    bool sign = x.sign != y.sign;
    if (is_nan(x) || is_nan(y)) {
        return choose_nan(s, f, x, y);
    }
    if (x.kind == y.kind && x.kind != FLOAT_FINITE) {
        return invalid(s, f);
    }
    if (x.kind == FLOAT_INFINITY || y.kind == FLOAT_ZERO) {
        if (x.kind != FLOAT_INFINITY) {
            s->flags |= FLOAT_DIVIDE_BY_ZERO;
        }
        return float_infinity(f, sign);
    }
    if (x.kind == FLOAT_ZERO || y.kind == FLOAT_INFINITY) {
        return float_zero(f, sign);
    }
    /* The quotient of the significands is between 1/2 and 2: one bit before the point, and enough
     * after it to round. */
    uint64_t quotient = 0, rest = x.sig >> 1, divisor = y.sig >> 1;
    unsigned steps = layouts[f].fraction + 4;
    for (unsigned i = 0; i < steps; i++) {
        quotient <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
        rest <<= 1;
    }
    quotient <<= 64 - steps;
    return float_normalize_pack(s, f, sign, x.exp - y.exp, quotient | (rest != 0));
}

uint64_t float_sqrt(FloatStatus *s, FloatFormat f, uint64_t a)
{
    FloatParts x = float_unpack(s, f, a);
    if (is_nan(x)) {
        return float_quiet(s, f, x);
    }
    if (x.kind == FLOAT_ZERO) {
        return float_zero(f, x.sign);
    }
    if (x.sign) {
        return invalid(s, f);
    }
    if (x.kind == FLOAT_INFINITY) {
        return float_infinity(f, false);
    }
    /* The radicand's bits in pairs, the first before the point; each gives a bit of the root. */
    unsigned odd = (unsigned)x.exp & 1;
    uint64_t pairs = odd ? x.sig : x.sig >> 1, root = 0, rest = 0;
    unsigned steps = layouts[f].fraction + 4;
    for (unsigned i = 0; i < steps; i++) {
        rest = rest << 2 | pairs >> 62;
        pairs <<= 2;
        uint64_t trial = root << 2 | 1;
        root <<= 1;
        if (rest >= trial) {
            rest -= trial;
            root |= 1;
        }
    }
    root <<= 64 - steps;
    int exp = (x.exp - (int)odd) / 2;
    return float_pack(s, f, false, exp, root | (rest != 0));
}

unsigned float_compare(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b, bool signal)
{
    FloatParts x = float_unpack(s, f, a), y = float_unpack(s, f, b);
    if (is_nan(x) || is_nan(y)) {
        if (signal || x.kind == FLOAT_SNAN || y.kind == FLOAT_SNAN) {
            s->flags |= FLOAT_INVALID;
        }
        return FLOAT_UNORDERED;
    }
    uint64_t sign = float_sign_bit(f);
    a = x.kind == FLOAT_ZERO ? 0 : a;
    b = y.kind == FLOAT_ZERO ? 0 : b;
    if (a == b) {
        return FLOAT_EQUAL;
    }
    bool less = (a & sign) != (b & sign) ? (a & sign) != 0 : (a < b) != ((a & sign) != 0);
    return less ? FLOAT_LESS : FLOAT_GREATER;
}
