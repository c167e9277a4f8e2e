/* SPDX-License-Identifier: MIT */
/* IEEE 754 binary arithmetic in integers, with ARM's choices where IEEE 754-2008 allows several
 * (ARM ARM DDI 0100 part C, DDI 0406 A2.7): tininess is detected before rounding; a NaN result is
 * the first signalling, or else the first quiet operand, made quiet.
 *
 * A value is a bit pattern in the low bits of a uint64_t; its format is a parameter. No function
 * fails; exceptions are accumulated in the status. */
#ifndef CPU_SOFTFLOAT_H
#define CPU_SOFTFLOAT_H

#include <stdbool.h>
#include <stdint.h>

typedef enum FloatFormat { FLOAT16, FLOAT32, FLOAT64 } FloatFormat;

/* Rounding: to nearest even, up, down, to zero; the numbers of FPSCR.RMODE. */
typedef enum FloatRounding { FLOAT_RN, FLOAT_RP, FLOAT_RM, FLOAT_RZ } FloatRounding;

/* Exceptions, accumulated in FloatStatus.flags; the bits of FPSCR. */
enum {
    FLOAT_INVALID = 1 << 0,
    FLOAT_DIVIDE_BY_ZERO = 1 << 1,
    FLOAT_OVERFLOW = 1 << 2,
    FLOAT_UNDERFLOW = 1 << 3,
    FLOAT_INEXACT = 1 << 4,
    FLOAT_INPUT_DENORMAL = 1 << 7,
};

typedef struct FloatStatus {
    uint8_t rounding; /* FloatRounding */
    bool flush;       /* flush denormal operands and results to zero, except FLOAT16 */
    bool default_nan; /* every NaN result is the default NaN */
    uint8_t flags;    /* FLOAT_INVALID...; never cleared here */
} FloatStatus;

/* The results of a comparison: N Z C V of FPSCR, in bits 3..0. */
enum { FLOAT_LESS = 8, FLOAT_EQUAL = 6, FLOAT_GREATER = 2, FLOAT_UNORDERED = 3 };

uint64_t float_add(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_sub(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_mul(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_div(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_sqrt(FloatStatus *s, FloatFormat f, uint64_t a);
/* a * b + c, rounded once. Of several NaNs c goes first; infinity times zero is invalid whatever c
 * is. */
uint64_t float_fma(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b, uint64_t c);
/* Returns FLOAT_LESS etc. A signalling NaN is invalid; with `signal` a quiet one is, too. */
unsigned float_compare(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b, bool signal);

static inline uint64_t float_sign_bit(FloatFormat f)
{
    return UINT64_C(0x8000) << (f == FLOAT16 ? 0 : f == FLOAT32 ? 16 : 48);
}

/* -- softfloat_convert.c -- */

uint64_t float_convert(FloatStatus *s, FloatFormat to, FloatFormat from, uint64_t a);
/* Rounds to an integer, in the same format; raises inexact only with `exact`. */
uint64_t float_round(FloatStatus *s, FloatFormat f, uint64_t a, FloatRounding rounding, bool exact);
/* Converts to an integer of `width` bits (1..64), two's complement if `is_signed`, in the low bits
 * of the result. A value out of range is invalid and saturates; a NaN is invalid and becomes 0. */
uint64_t float_to_int(FloatStatus *s, FloatFormat f, uint64_t a, FloatRounding rounding,
                      bool is_signed, unsigned width);
/* Converts from a 64-bit integer. */
uint64_t float_from_int(FloatStatus *s, FloatFormat f, uint64_t a, bool is_signed);

/* -- Private to the two files -- */

enum { FLOAT_ZERO, FLOAT_FINITE, FLOAT_INFINITY, FLOAT_QNAN, FLOAT_SNAN };

/* A finite value is sig / 2^63 * 2^exp, with bit 63 of sig set. A NaN's fraction is in bits 62..0
 * of sig, so bit 62 is its quiet bit. */
typedef struct FloatParts {
    uint8_t kind;
    bool sign;
    int exp;
    uint64_t sig;
} FloatParts;

/* The number of bits in the fraction. */
unsigned float_fraction_bits(FloatFormat f);
FloatParts float_unpack(FloatStatus *s, FloatFormat f, uint64_t a);
/* Rounds and packs a finite value other than 0. Bit 0 of sig is sticky: the OR of all bits below
 * it. */
uint64_t float_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, uint64_t sig);
/* The same for any sig, which is normalised first; 0 is a zero. */
uint64_t float_normalize_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, uint64_t sig);
uint64_t float_zero(FloatFormat f, bool sign);
uint64_t float_infinity(FloatFormat f, bool sign);
/* A NaN operand as a quiet NaN; a signalling one is invalid. */
uint64_t float_quiet(FloatStatus *s, FloatFormat f, FloatParts a);
/* Whether to round away from zero: `odd` is the last bit kept, `rest` the dropped bits, from bit 63
 * down.
 */
bool float_rounds_up(unsigned rounding, bool sign, bool odd, uint64_t rest);
/* sig shifted right; bit 0 is sticky. */
uint64_t float_shift_right(uint64_t sig, unsigned count);

#endif
