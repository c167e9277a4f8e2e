/* SPDX-License-Identifier: MIT */
/* The arithmetic alone: every operation in every rounding mode against the host's IEEE hardware, on
 * all combinations of boundary operands and on random ones. NaN results, tininess before rounding
 * and flushing to zero, which hosts do in their own ways, are worked out here by ARM's rules.
 *
 *   test_softfloat [RANDOM]   rounds of random operands for each operation (default 20000) */
#include "cpu/softfloat.h"

#include <fenv.h>
#include <math.h>
#include <stdlib.h>

#include "tci/ops.h"
#include "tests/unit/tap.h"

typedef enum Op {
    ADD,
    SUB,
    MUL,
    DIV,
    SQRT,
    FMA,
    ROUND,
    CONVERT,
    TO_I32,
    TO_U32,
    TO_I64,
    FROM_I32,
    FROM_U32,
    FROM_I64,
    COMPARE,
    COMPARE_SIGNAL,
    OPS
} Op;

static const char *const op_names[OPS] = {
    "add",         "subtract",           "multiply", "divide",
    "square root", "fused multiply-add", "integral", "convert",
    "to int32",    "to uint32",          "to int64", "from int32",
    "from uint32", "from int64",         "compare",  "compare, signalling"
};
static const unsigned operands[OPS] = { 2, 2, 2, 2, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2 };

static const int host_modes[4] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };

static double d_of(uint64_t a)
{
    double d;
    memcpy(&d, &a, sizeof d);
    return d;
}

static uint64_t of_d(double d)
{
    uint64_t a;
    memcpy(&a, &d, sizeof a);
    return a;
}

static float f_of(uint64_t a)
{
    uint32_t w = (uint32_t)a;
    float d;
    memcpy(&d, &w, sizeof d);
    return d;
}

static uint64_t of_f(float d)
{
    uint32_t w;
    memcpy(&w, &d, sizeof w);
    return w;
}

static unsigned host_flags(void)
{
    int e = fetestexcept(FE_ALL_EXCEPT);
    return (e & FE_INVALID ? FLOAT_INVALID : 0) | (e & FE_DIVBYZERO ? FLOAT_DIVIDE_BY_ZERO : 0) |
           (e & FE_OVERFLOW ? FLOAT_OVERFLOW : 0) | (e & FE_UNDERFLOW ? FLOAT_UNDERFLOW : 0) |
           (e & FE_INEXACT ? FLOAT_INEXACT : 0);
}

/* -- The format under test -- */

static uint64_t infinity_of(FloatFormat f)
{
    return f == FLOAT32 ? 0x7f800000 : UINT64_C(0x7ff0000000000000);
}

static uint64_t smallest_normal(FloatFormat f)
{
    return f == FLOAT32 ? 0x00800000 : UINT64_C(0x0010000000000000);
}

static uint64_t quiet_bit(FloatFormat f)
{
    return f == FLOAT32 ? 0x00400000 : UINT64_C(0x0008000000000000);
}

static uint64_t magnitude(FloatFormat f, uint64_t a)
{
    return a & (float_sign_bit(f) - 1);
}

static bool nan_in(FloatFormat f, uint64_t a)
{
    return magnitude(f, a) > infinity_of(f);
}

static bool signalling(FloatFormat f, uint64_t a)
{
    return nan_in(f, a) && !(a & quiet_bit(f));
}

/* -- The host -- */

/* Zero apart: where the processor has no such instruction a compiler may make -0 of it, rounding
 * down. */
#define OF_INT(type, a) ((a) ? (type)(a) : (type)0)

#define COMPUTE(type, get, put, sqrt_fn, fma_fn, rint_fn)                                          \
    volatile type x = get(a[0]), y = get(a[1]), z = get(a[2]), r = 0;                              \
    switch (op) {                                                                                  \
    case ADD: r = x + y; break;                                                                    \
    case SUB: r = x - y; break;                                                                    \
    case MUL: r = x * y; break;                                                                    \
    case DIV: r = x / y; break;                                                                    \
    case SQRT: r = sqrt_fn(x); break;                                                              \
    case FMA: r = fma_fn(x, y, z); break;                                                          \
    case ROUND: r = rint_fn(x); break;                                                             \
    case FROM_I32: r = OF_INT(type, (int32_t)a[0]); break;                                         \
    case FROM_U32: r = OF_INT(type, (uint32_t)a[0]); break;                                        \
    case FROM_I64: r = OF_INT(type, (int64_t)a[0]); break;                                         \
    default: break;                                                                                \
    }                                                                                              \
    return put(r);

/* Called through pointers: compilers expand them as if rounding were always to nearest. */
static double (*volatile host_rint)(double) = rint;
static float (*volatile host_rintf)(float) = rintf;

static uint64_t host_single(Op op, const uint64_t *a)
{
    COMPUTE(float, f_of, of_f, sqrtf, fmaf, host_rintf)
}

static uint64_t host_double(Op op, const uint64_t *a)
{
    COMPUTE(double, d_of, of_d, sqrt, fma, host_rint)
}

static uint64_t host_compute(FloatFormat f, Op op, const uint64_t *a)
{
    if (op == CONVERT && f == FLOAT32) {
        volatile float x = f_of(a[0]);
        volatile double r = x;
        return of_d(r);
    }
    if (op == CONVERT) {
        volatile double x = d_of(a[0]);
        volatile float r = (float)x;
        return of_f(r);
    }
    return f == FLOAT32 ? host_single(op, a) : host_double(op, a);
}

static uint64_t run_host(FloatFormat f, Op op, const uint64_t *a, unsigned rounding,
                         unsigned *flags)
{
    fesetround(host_modes[rounding]);
    feclearexcept(FE_ALL_EXCEPT);
    uint64_t r = host_compute(f, op, a);
    *flags = host_flags();
    fesetround(FE_TONEAREST);
    return r;
}

/* Can this be compared with the host? A compiler may compute with more digits; functions of
 * libraries may be wrong: musl 1.2's fmaf() rounds denormals twice, its fma() may add a little to
 * -0 and stay there, and libgcc's conversion on ARM always rounds to nearest. */
static bool host_knows(Op op)
{
    const uint64_t single[3] = { 0x7fffff, 0x33800001, 0x7fffff };
    const uint64_t twice[3] = { 1, 1, float_sign_bit(FLOAT64) };
    const uint64_t most[3] = { INT64_MAX };
    unsigned flags;
    if (!tci_fp_host_is_ieee()) {
        return false;
    }
    switch (op) {
    case FMA:
        return run_host(FLOAT32, FMA, single, FLOAT_RN, &flags) == single[0] &&
               run_host(FLOAT64, FMA, twice, FLOAT_RM, &flags) == 0;
    case FROM_I64: return run_host(FLOAT32, FROM_I64, most, FLOAT_RZ, &flags) == 0x5effffff;
    default: return true;
    }
}

/* -- What is expected -- */

static uint64_t quieted(FloatFormat f, FloatFormat to, uint64_t a)
{
    if (f == to) {
        return a | quiet_bit(f);
    }
    if (f == FLOAT32) {
        return (a & 0x80000000) << 32 | UINT64_C(0x7ff8000000000000) | (a & 0x7fffff) << 29;
    }
    return (a >> 32 & 0x80000000) | 0x7fc00000 | (a >> 29 & 0x7fffff);
}

/* The result that a NaN operand makes; false: none is a NaN. */
static bool nan_result(FloatFormat f, FloatFormat to, Op op, const uint64_t *a, uint64_t *r,
                       unsigned *flags)
{
    static const uint8_t order_fma[3] = { 2, 0, 1 }, order[3] = { 0, 1, 2 };
    const uint8_t *first = op == FMA ? order_fma : order;
    if (op >= FROM_I32 && op <= FROM_I64) {
        return false;
    }
    for (unsigned want = 0; want < 2; want++) {
        for (unsigned i = 0; i < operands[op]; i++) {
            uint64_t x = a[first[i]];
            if (want ? nan_in(f, x) : signalling(f, x)) {
                *r = quieted(f, to, x);
                *flags = want ? 0 : FLOAT_INVALID;
                uint64_t m0 = magnitude(f, a[0]), m1 = magnitude(f, a[1]), inf = infinity_of(f);
                if (op == FMA && want && ((m0 == inf && m1 == 0) || (m0 == 0 && m1 == inf))) {
                    *r = inf | quiet_bit(f);
                    *flags = FLOAT_INVALID;
                }
                return true;
            }
        }
    }
    return false;
}

/* Integers by way of the host's rounding to an integral value, in double. */
static uint64_t expect_int(FloatFormat f, Op op, uint64_t a, unsigned rounding, unsigned *flags)
{
    volatile double x = f == FLOAT32 ? (double)f_of(a) : d_of(a);
    fesetround(host_modes[rounding]);
    volatile double r = host_rint(x);
    fesetround(FE_TONEAREST);
    double low = op == TO_I32 ? -0x1p31 : op == TO_U32 ? 0 : -0x1p63;
    double high = op == TO_I32 ? 0x1p31 : op == TO_U32 ? 0x1p32 : 0x1p63;
    uint64_t all = op == TO_I64 ? UINT64_MAX : UINT32_MAX;
    *flags = FLOAT_INVALID;
    if (nan_in(f, a)) {
        return 0;
    }
    if (r < low) {
        return op == TO_U32 ? 0 : all / 2 + 1;
    }
    if (r >= high) {
        return op == TO_U32 ? all : all / 2;
    }
    *flags = r != x ? FLOAT_INEXACT : 0;
    return (uint64_t)(int64_t)r & all;
}

static uint64_t expect_order(FloatFormat f, Op op, const uint64_t *a, unsigned *flags)
{
    double x = f == FLOAT32 ? (double)f_of(a[0]) : d_of(a[0]);
    double y = f == FLOAT32 ? (double)f_of(a[1]) : d_of(a[1]);
    *flags = 0;
    if (nan_in(f, a[0]) || nan_in(f, a[1])) {
        bool bad = op == COMPARE_SIGNAL || signalling(f, a[0]) || signalling(f, a[1]);
        *flags = bad ? FLOAT_INVALID : 0;
        return 3;
    }
    return x < y ? 8 : x > y ? 2 : 6;
}

/* Without flushing. */
static uint64_t expect(FloatFormat f, Op op, const uint64_t *a, unsigned rounding, unsigned *flags)
{
    FloatFormat to = op != CONVERT ? f : f == FLOAT32 ? FLOAT64 : FLOAT32;
    uint64_t r;
    if (op >= TO_I32 && op <= TO_I64) {
        return expect_int(f, op, a[0], rounding, flags);
    }
    if (op >= COMPARE) {
        return expect_order(f, op, a, flags);
    }
    if (nan_result(f, to, op, a, &r, flags)) {
        return r;
    }
    r = run_host(f, op, a, rounding, flags);
    if (nan_in(to, r)) {
        *flags = FLOAT_INVALID;
        return infinity_of(to) | quiet_bit(to);
    }
    /* Hosts differ in when they find a result tiny that was rounded to the smallest normal. */
    if ((*flags & FLOAT_INEXACT) && op != ROUND && magnitude(to, r) <= smallest_normal(to)) {
        unsigned ignored;
        uint64_t cut = run_host(f, op, a, FLOAT_RZ, &ignored);
        *flags |= magnitude(to, cut) < smallest_normal(to) ? FLOAT_UNDERFLOW : 0;
    }
    return r;
}

static uint64_t flushed(FloatFormat f, uint64_t a, unsigned *flags)
{
    uint64_t m = magnitude(f, a);
    if (m != 0 && m < smallest_normal(f)) {
        *flags |= FLOAT_INPUT_DENORMAL;
        return a & float_sign_bit(f);
    }
    return a;
}

static uint64_t expect_flushed(FloatFormat f, Op op, const uint64_t *a, unsigned rounding,
                               unsigned *flags)
{
    FloatFormat to = op != CONVERT ? f : f == FLOAT32 ? FLOAT64 : FLOAT32;
    uint64_t b[3] = { a[0], a[1], a[2] };
    unsigned denormal = 0;
    for (unsigned i = 0; (op < FROM_I32 || op > FROM_I64) && i < operands[op]; i++) {
        b[i] = flushed(f, a[i], &denormal);
    }
    uint64_t r = expect(f, op, b, rounding, flags);
    bool is_float = op < TO_I32;
    uint64_t m = magnitude(to, r);
    if (is_float && ((*flags & FLOAT_UNDERFLOW) || (m != 0 && m < smallest_normal(to)))) {
        r &= float_sign_bit(to);
        *flags = FLOAT_UNDERFLOW;
    }
    *flags |= denormal;
    return r;
}

/* -- Ours -- */

static uint64_t ours(FloatStatus *s, FloatFormat f, Op op, const uint64_t *a)
{
    FloatRounding rounding = (FloatRounding)s->rounding;
    switch (op) {
    case ADD: return float_add(s, f, a[0], a[1]);
    case SUB: return float_sub(s, f, a[0], a[1]);
    case MUL: return float_mul(s, f, a[0], a[1]);
    case DIV: return float_div(s, f, a[0], a[1]);
    case SQRT: return float_sqrt(s, f, a[0]);
    case FMA: return float_fma(s, f, a[0], a[1], a[2]);
    case ROUND: return float_round(s, f, a[0], rounding, true);
    case CONVERT: return float_convert(s, f == FLOAT32 ? FLOAT64 : FLOAT32, f, a[0]);
    case TO_I32: return float_to_int(s, f, a[0], rounding, true, 32);
    case TO_U32: return float_to_int(s, f, a[0], rounding, false, 32);
    case TO_I64: return float_to_int(s, f, a[0], rounding, true, 64);
    case FROM_I32: return float_from_int(s, f, (uint64_t)(int64_t)(int32_t)a[0], true);
    case FROM_U32: return float_from_int(s, f, (uint32_t)a[0], false);
    case FROM_I64: return float_from_int(s, f, a[0], true);
    case COMPARE: return float_compare(s, f, a[0], a[1], false);
    default: return float_compare(s, f, a[0], a[1], true);
    }
}

static unsigned wrong;
static uint64_t done;

static void check(FloatFormat f, Op op, const uint64_t *a, unsigned rounding, bool flush)
{
    FloatStatus s = { .rounding = (uint8_t)rounding, .flush = flush };
    unsigned flags = 0;
    uint64_t want =
        flush ? expect_flushed(f, op, a, rounding, &flags) : expect(f, op, a, rounding, &flags);
    uint64_t got = ours(&s, f, op, a);
    done++;
    if ((got != want || s.flags != flags) && wrong++ < 10) {
        printf("# %s%d rounding %u flush %d: %" PRIx64 " %" PRIx64 " %" PRIx64 ": got %" PRIx64
               " flags %x, want %" PRIx64 " flags %x\n",
               op_names[op], f == FLOAT32 ? 32 : 64, rounding, flush, a[0], a[1], a[2], got,
               s.flags, want, flags);
    }
}

static void check_all_modes(FloatFormat f, Op op, const uint64_t *a)
{
    for (unsigned mode = 0; mode < 8; mode++) {
        check(f, op, a, mode & 3, mode >> 2);
    }
}

/* -- Operands -- */

/* Both signs of values around every boundary. */
#define MAX_BOUNDARY 128
static unsigned boundary(FloatFormat f, uint64_t *list)
{
    unsigned n = 0, fraction = f == FLOAT32 ? 23 : 52;
    uint64_t bias = f == FLOAT32 ? 127 : 1023, inf = infinity_of(f), one = bias << fraction;
    const uint64_t seeds[] = {
        0,
        1,
        2,
        quiet_bit(f),
        smallest_normal(f) - 1,
        smallest_normal(f),
        smallest_normal(f) + 1,
        2 * smallest_normal(f) - 1,
        2 * smallest_normal(f),
        (bias - 40) << fraction,
        ((bias - fraction - 1) << fraction) + 1,
        (bias - fraction) << fraction,
        (bias - 1) << fraction,
        one - 1,
        one,
        one + 1,
        one | quiet_bit(f),
        (bias + 1) << fraction,
        (bias + fraction) << fraction,
        ((bias + fraction + 1) << fraction) - 1,
        ((bias + 31) << fraction) - 1,
        (bias + 31) << fraction,
        (bias + 32) << fraction,
        ((bias + 32) << fraction) - 1,
        (bias + 63) << fraction,
        ((bias + 63) << fraction) - 1,
        ((bias + bias / 2) << fraction) + 12345,
        ((bias - bias / 2) << fraction) + 54321,
        inf - smallest_normal(f),
        inf - 1,
        inf,
        inf + 1,
        inf + quiet_bit(f) - 1,
        inf + quiet_bit(f),
        inf + quiet_bit(f) + 7,
    };
    for (unsigned i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        list[n++] = seeds[i];
        list[n++] = seeds[i] | float_sign_bit(f);
    }
    return n;
}

static uint64_t rng = UINT64_C(0x9e3779b97f4a7c15);

static uint64_t random64(void)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return rng * UINT64_C(0x2545f4914f6cdd1d);
}

/* Any bits; or few of them; or an exponent near that of `near`, for cancellation and rounding. */
static uint64_t random_operand(FloatFormat f, uint64_t near)
{
    static uint64_t list[2][MAX_BOUNDARY];
    static unsigned count[2];
    unsigned fraction = f == FLOAT32 ? 23 : 52, which = f == FLOAT64;
    uint64_t all = f == FLOAT32 ? UINT32_MAX : UINT64_MAX, r = random64();
    if (!count[which]) {
        count[which] = boundary(f, list[which]);
    }
    switch (random64() % 6) {
    case 0: return r & all;
    case 1: return r & random64() & random64() & all;
    case 2: return list[which][r % count[which]];
    case 3: return (list[which][r % count[which]] + (random64() % 7) - 3) & all;
    case 4: return (near + ((random64() % 5 - 2) << fraction) + (r & 3)) & all;
    default:
        r &= UINT64_MAX << random64() % 53;
        return ((r & (float_sign_bit(f) | ((UINT64_C(1) << fraction) - 1))) |
                (near & ~((UINT64_C(1) << fraction) - 1))) &
               all;
    }
}

static void boundaries(FloatFormat f, Op op)
{
    uint64_t list[MAX_BOUNDARY], a[3] = { 0 };
    unsigned n = boundary(f, list);
    unsigned nb = operands[op] > 1 ? n : 1, nc = operands[op] > 2 ? n : 1;
    for (unsigned i = 0; i < n; i++) {
        for (unsigned j = 0; j < nb; j++) {
            for (unsigned k = 0; k < nc; k += op == FMA ? 3 : 1) {
                a[0] = list[i];
                a[1] = list[j];
                a[2] = list[(k + i) % n];
                check_all_modes(f, op, a);
            }
        }
    }
}

static void random_operands(FloatFormat f, Op op, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t a[3];
        a[0] = random_operand(f, random64());
        a[1] = random_operand(f, a[0]);
        a[2] = random_operand(f, i & 1 ? a[0] : random64());
        if (op == FMA && i & 2) { /* near the product */
            a[2] = random_operand(f, host_compute(f, MUL, a));
        }
        unsigned mode = random64() & 7;
        check(f, op, a, mode & 3, mode >> 2);
    }
}

/* -- Half precision: every value, by way of single -- */

static uint32_t single_of_half(uint32_t h)
{
    uint32_t sign = (h & 0x8000) << 16, e = h >> 10 & 31, m = h & 0x3ff;
    if (e == 31) {
        return sign | 0x7f800000 | m << 13 | (m ? 0x400000 : 0);
    }
    if (e == 0) {
        return sign | (uint32_t)of_f((float)m * 0x1p-24f);
    }
    return sign | (e + 112) << 23 | m << 13;
}

static void halves(void)
{
    unsigned bad = 0;
    for (uint32_t h = 0; h < 0x10000; h++) {
        FloatStatus s = { 0 };
        bool snan = (h & 0x7fff) > 0x7c00 && !(h & 0x200);
        uint64_t w = float_convert(&s, FLOAT32, FLOAT16, h);
        bad += w != single_of_half(h) || s.flags != (snan ? FLOAT_INVALID : 0);
        bad +=
            float_convert(&s, FLOAT64, FLOAT16, h) !=
            (snan || (h & 0x7fff) > 0x7c00 ? quieted(FLOAT32, FLOAT64, w) : of_d((double)f_of(w)));
        s.flags = 0;
        bad += float_convert(&s, FLOAT16, FLOAT32, w) != (h | (snan ? 0x200 : 0)) || s.flags;
    }
    ok(bad == 0, "every half converts to single and double and back");

    bad = 0;
    for (uint32_t h = 0; h < 0x7c00; h++) { /* between each two neighbours, in each mode */
        float low = f_of(single_of_half(h));
        float high = h == 0x7bff ? 65536.0f : f_of(single_of_half(h + 1));
        float middle = low + (high - low) / 2;
        const float points[] = { f_of(of_f(middle) - 1), middle, f_of(of_f(middle) + 1) };
        for (unsigned i = 0; i < 12; i++) {
            unsigned mode = i & 3, sign = i / 4 & 1;
            for (unsigned k = 0; k < 3; k++) {
                FloatStatus s = { .rounding = (uint8_t)mode, .flush = true };
                bool up = mode == FLOAT_RN   ? k == 2 || (k == 1 && (h & 1))
                          : mode == FLOAT_RZ ? false
                                             : sign == (mode == FLOAT_RM);
                unsigned want = h + up, flags = FLOAT_INEXACT;
                flags |= h < 0x400 ? FLOAT_UNDERFLOW : 0;
                flags |= want == 0x7c00 ? FLOAT_OVERFLOW : 0;
                uint64_t r =
                    float_convert(&s, FLOAT16, FLOAT32, of_f(points[k]) | (sign ? 0x80000000 : 0));
                bad += r != (want | sign << 15) || s.flags != flags;
            }
        }
    }
    ok(bad == 0, "what lies between two halves rounds to one of them, in each mode");
}

/* Half-precision arithmetic is exact in double but for its last rounding. */
static void half_arithmetic(uint64_t count)
{
    static const Op ops[] = { ADD, SUB, MUL };
    unsigned bad = 0;
    for (uint64_t i = 0; i < count; i++) {
        uint64_t a[2] = { random64() & 0xffff, random64() & 0xffff };
        if ((a[0] & 0x7c00) == 0x7c00 || (a[1] & 0x7c00) == 0x7c00) {
            continue;
        }
        unsigned mode = i & 3;
        Op op = ops[i / 4 % 3];
        FloatStatus s = { .rounding = (uint8_t)mode }, t = s, exact = s;
        uint64_t x = float_convert(&t, FLOAT64, FLOAT16, a[0]);
        uint64_t y = float_convert(&t, FLOAT64, FLOAT16, a[1]);
        const uint64_t b[3] = { x, y, 0 };
        uint64_t want = float_convert(&t, FLOAT16, FLOAT64, ours(&exact, FLOAT64, op, b));
        uint64_t got = ours(&s, FLOAT16, op, a);
        bad += got != want || s.flags != t.flags || exact.flags;
    }
    ok(bad == 0, "half-precision add, subtract and multiply against double");
}

static void default_nans(void)
{
    FloatStatus s = { .default_nan = true };
    is_u64(float_add(&s, FLOAT32, 0xffc12345, 0), 0x7fc00000,
           "default NaN in place of a quiet one");
    is_u32(s.flags, 0, "which is no exception");
    is_u64(float_mul(&s, FLOAT64, 0, UINT64_C(0xfff0000000000001)), UINT64_C(0x7ff8000000000000),
           "default NaN in place of a signalling one");
    is_u32(s.flags, FLOAT_INVALID, "which is invalid");
    is_u64(float_convert(&s, FLOAT32, FLOAT64, UINT64_C(0xfff8123456789abc)), 0x7fc00000,
           "default NaN from a conversion");
    is_u64(float_sqrt(&s, FLOAT16, 0xfe01), 0x7e00, "default NaN in half precision");
}

static void narrow_integers(void)
{
    FloatStatus s = { .rounding = FLOAT_RZ };
    is_u64(float_to_int(&s, FLOAT32, of_f(-129.0f), FLOAT_RZ, true, 8), 0x80, "-129 to 8 bits");
    is_u64(float_to_int(&s, FLOAT32, of_f(40000.0f), FLOAT_RZ, true, 16), 0x7fff, "40000 to 16");
    is_u64(float_to_int(&s, FLOAT64, of_d(0x1p64), FLOAT_RZ, false, 64), UINT64_MAX, "2^64 to 64");
    is_u32(s.flags, FLOAT_INVALID, "all of them invalid");
    is_u64(float_to_int(&s, FLOAT64, of_d(0x1.fffffffffffffp63), FLOAT_RZ, false, 64),
           UINT64_C(0xfffffffffffff800), "the largest double below 2^64");
    is_u64(float_from_int(&s, FLOAT64, UINT64_MAX, false), of_d(0x1.fffffffffffffp63),
           "2^64 - 1 rounded to zero");
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 20000;
    for (unsigned f = FLOAT32; f <= FLOAT64; f++) {
        for (unsigned op = 0; op < OPS; op++) {
            if (!host_knows((Op)op)) {
                ok(true, "%s # SKIP the host computes in another way", op_names[op]);
                continue;
            }
            wrong = 0;
            done = 0;
            boundaries((FloatFormat)f, (Op)op);
            random_operands((FloatFormat)f, (Op)op, count);
            ok(wrong == 0, "%s, %s: %" PRIu64 " cases", f == FLOAT32 ? "single" : "double",
               op_names[op], done);
        }
    }
    halves();
    half_arithmetic(count);
    default_nans();
    narrow_integers();
    return done_testing();
}
