/* SPDX-License-Identifier: MIT */
/* IEEE 754 binary arithmetic in integers, with the choices that IEEE 754-2008 leaves open made as
 * ARM's floating point makes them (ARM ARM DDI 0100 part C, DDI 0406 A2.7): tininess is detected
 * before rounding, a NaN result is the first signalling else the first quiet operand, made quiet.
 *
 * Values are bit patterns in the low bits of a uint64_t, of a format that each function is told. No
 * function fails; exceptions are noted in the status. */
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
    bool flush;       /* denormal operands and results become zeros; not for FLOAT16 */
    bool default_nan; /* every NaN result is the default NaN */
    uint8_t flags;    /* FLOAT_INVALID...; only ever set here */
} FloatStatus;

/* What a comparison finds: N Z C V of the ARM's FPSCR, in bits 3..0. */
enum { FLOAT_LESS = 8, FLOAT_EQUAL = 6, FLOAT_GREATER = 2, FLOAT_UNORDERED = 3 };

uint64_t float_add(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_sub(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_mul(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_div(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b);
uint64_t float_sqrt(FloatStatus *s, FloatFormat f, uint64_t a);
/* a * b + c, rounded once. Of several NaNs c goes first; infinity times zero is invalid whatever c
 * is. */
uint64_t float_fma(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b, uint64_t c);
/* FLOAT_LESS and so on. A signalling NaN is invalid; with `signal` a quiet one is, too. */
unsigned float_compare(FloatStatus *s, FloatFormat f, uint64_t a, uint64_t b, bool signal);

static inline uint64_t float_sign_bit(FloatFormat f)
{
    return UINT64_C(0x8000) << (f == FLOAT16 ? 0 : f == FLOAT32 ? 16 : 48);
}

/* -- softfloat_convert.c -- */

uint64_t float_convert(FloatStatus *s, FloatFormat to, FloatFormat from, uint64_t a);
/* To the nearest integer in the sense of `rounding`, as a value of the same format; inexact is
 * noted if `exact`. */
uint64_t float_round(FloatStatus *s, FloatFormat f, uint64_t a, FloatRounding rounding, bool exact);
/* To an integer of `width` bits (1..64), two's complement if `is_signed`, in the low bits of the
 * result. What does not fit is invalid and becomes the nearest that does; a NaN becomes 0. */
uint64_t float_to_int(FloatStatus *s, FloatFormat f, uint64_t a, FloatRounding rounding,
                      bool is_signed, unsigned width);
/* From a 64-bit integer. */
uint64_t float_from_int(FloatStatus *s, FloatFormat f, uint64_t a, bool is_signed);

/* -- What the two files share -- */

enum { FLOAT_ZERO, FLOAT_FINITE, FLOAT_INFINITY, FLOAT_QNAN, FLOAT_SNAN };

/* A finite value is sig / 2^63 * 2^exp with bit 63 of sig set; a NaN has its fraction in bits 62..0
 * of sig, so that bit 62 is its quiet bit. */
typedef struct FloatParts {
    uint8_t kind;
    bool sign;
    int exp;
    uint64_t sig;
} FloatParts;

/* Bits of the fraction and of the exponent. */
unsigned float_fraction_bits(FloatFormat f);
FloatParts float_unpack(FloatStatus *s, FloatFormat f, uint64_t a);
/* Rounds a finite value other than 0; bit 0 of sig stands for all below it, too. */
uint64_t float_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, uint64_t sig);
/* Makes bit 63 of sig the first one set; 0 gives a zero. */
uint64_t float_normalize_pack(FloatStatus *s, FloatFormat f, bool sign, int exp, uint64_t sig);
uint64_t float_zero(FloatFormat f, bool sign);
uint64_t float_infinity(FloatFormat f, bool sign);
/* The quiet NaN that a NaN operand becomes; a signalling one is invalid. */
uint64_t float_quiet(FloatStatus *s, FloatFormat f, FloatParts a);
/* Whether rounding goes away from zero: `odd` is the last bit kept, `rest` the bits dropped, the
 * first of them in bit 63. */
bool float_rounds_up(unsigned rounding, bool sign, bool odd, uint64_t rest);
/* sig shifted right; ones that are lost stay visible in bit 0. */
uint64_t float_shift_right(uint64_t sig, unsigned count);

#endif
