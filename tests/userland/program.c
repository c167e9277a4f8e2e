/* SPDX-License-Identifier: MIT */
/*
 * A program that is compiled and run in the guest, and on the host: prints the same on both. What
 * the language leaves open (size of long, signed char) must not show. NO_FLOATING leaves floating
 * point out, which tcc does with instructions for a VFP.
 */
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint32_t seed = 1;

static uint32_t noise(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static uint64_t noise64(void)
{
    uint64_t high = noise(), low = noise();

    return high << 32 | low;
}

static uint64_t hash(uint64_t h, uint64_t value)
{
    return (h ^ value) * UINT64_C(1099511628211);
}

/* -- Integers: every operation in every width -- */

#define EACH(name, unsigned_type, signed_type, bits)                                               \
    static void name(void)                                                                         \
    {                                                                                              \
        uint64_t h = 0;                                                                            \
                                                                                                   \
        for (int i = 0; i < 20000; i++) {                                                          \
            uint64_t u = noise64(), v = noise64();                                                 \
            unsigned n = noise() % bits, m = noise() % bits, negate = noise() & 1;                 \
            unsigned_type a = (unsigned_type)(u >> n), b = (unsigned_type)(v >> m);                \
            signed_type s = (signed_type)(a >> 1), t = (signed_type)(b >> 1);                      \
                                                                                                   \
            s = (signed_type)(negate ? -s : s);                                                    \
            h = hash(h, (unsigned_type)(a + b) ^ (unsigned_type)(a - b));                          \
            h = hash(h, (unsigned_type)((uint64_t)a * b));                                         \
            h = hash(h, b ? (unsigned_type)(a / b) ^ (unsigned_type)(a % b) : 7);                  \
            h = hash(h, t ? (uint64_t)(int64_t)(s / t) : 8);                                       \
            h = hash(h, t ? (uint64_t)(int64_t)(s % t) : 9);                                       \
            h = hash(h, (unsigned_type)((uint64_t)a << n) ^ (unsigned_type)(b >> n));              \
            h = hash(h, (uint64_t)(int64_t)(s >> n));                                              \
            h = hash(h, (uint64_t)((a < b) + 2 * (s < t) + 4 * (a == b) + 8 * (s >= t)));          \
            h = hash(h, (unsigned_type)(a & ~b) | (unsigned_type)(a ^ b));                         \
        }                                                                                          \
        printf(#name " %016" PRIx64 "\n", h);                                                      \
    }

EACH(bits8, uint8_t, int8_t, 8)
EACH(bits16, uint16_t, int16_t, 16)
EACH(bits32, uint32_t, int32_t, 32)
EACH(bits64, uint64_t, int64_t, 64)

#ifndef NO_FLOATING
/* -- Floating point: bit by bit, but for what the mathematical library may round either way -- */

static uint64_t bits_of(double x)
{
    uint64_t u;

    if (x != x) {
        return 1;
    }
    memcpy(&u, &x, sizeof u);
    return u;
}

static uint32_t bits_of_single(float x)
{
    uint32_t u;

    if (x != x) {
        return 1;
    }
    memcpy(&u, &x, sizeof u);
    return u;
}

static double any_double(void)
{
    uint64_t u = noise64();
    double x;

    if (noise() % 4) {
        /* Not too far from 1, so that sums mean something. */
        u = (u & UINT64_C(0x800fffffffffffff)) | (uint64_t)(1000 + noise() % 46) << 52;
    }
    memcpy(&x, &u, sizeof x);
    return x;
}

static double mean(int n, ...)
{
    va_list list;
    double total = 0;

    va_start(list, n);
    for (int i = 0; i < n; i++) {
        total += va_arg(list, double);
    }
    va_end(list);
    return total / n;
}

static void floating(void)
{
    uint64_t h = 0;
    int order = 0;

    for (int i = 0; i < 20000; i++) {
        double a = any_double(), b = any_double();
        float f = (float)a, g = (float)b;

        h = hash(h, bits_of(a + b));
        h = hash(h, bits_of(a - b));
        h = hash(h, bits_of(a * b));
        h = hash(h, bits_of(a / b));
        h = hash(h, bits_of(sqrt(fabs(a))));
        h = hash(h, bits_of(floor(a)) ^ bits_of(ceil(b)) ^ bits_of(trunc(a)));
        h = hash(h, bits_of(fmod(a, b)));
        h = hash(h, bits_of_single(f + g));
        h = hash(h, bits_of_single(f * g));
        h = hash(h, bits_of_single(f / g));
        h = hash(h, bits_of((double)noise64()));
        h = hash(h, bits_of((double)(int64_t)noise64()));
        h = hash(h, bits_of_single((float)noise64()));
        h = hash(h, bits_of_single((float)(int32_t)noise()));
        if (fabs(a) < 1e9) {
            h = hash(h, (uint64_t)(int64_t)a ^ (uint64_t)(int32_t)(a / 2));
        }
        order += (a < b) + 2 * (a <= b) + 3 * (a == b) + 5 * (a != b) + 7 * (a > b) + (f >= g);
    }
    printf("floating %016" PRIx64 " %d\n", h, order);
    printf("mean %.17g\n", mean(6, 1.5, 2.25, 1e3, -0.1, 1e-9, 4.0));
    printf("functions %.11g %.11g %.11g %.11g %.11g\n", sin(1.5), exp(2.5), log(7.0), pow(3, 4.5),
           atan2(1, 3));
    printf("formats %a %.17g %g %e %.3f\n", 0.1, 1 / 3.0, 1e100, 12345.6789, -0.0005);
    printf("strtod %.17g %.17g %.17g\n", strtod("2.2250738585072011e-308", NULL),
           strtod("0x1.8p-3", NULL), strtod("123456789012345678901234567890", NULL));
}
#endif

/* -- Memory and strings, at all alignments -- */

static void strings(void)
{
    unsigned char from[300], to[300];
    uint64_t h = 0;

    for (int i = 0; i < 3000; i++) {
        unsigned a = noise() % 20, b = noise() % 20, n = noise() % 260;

        for (unsigned k = 0; k < sizeof from; k++) {
            from[k] = (unsigned char)(noise() >> 9);
            to[k] = (unsigned char)k;
        }
        memcpy(to + a, from + b, n);
        memmove(to + b, to + a, n);
        memset(to + n, (int)a, b);
        from[299] = 0;
        for (unsigned k = 0; k < sizeof to; k++) {
            h = hash(h, to[k]);
        }
        h = hash(h, strlen((char *)from + a) + 1000 * (memcmp(to + a, from + b, n) > 0));
        h = hash(h, memchr(from, (int)(n & 255), 290) ? 1 : 2);
    }
    printf("strings %016" PRIx64 "\n", h);
}

/* -- Sorting, lists, recursion -- */

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static int queens(unsigned all, unsigned columns, unsigned left, unsigned right)
{
    int n = 0;

    for (unsigned free = all & ~(columns | left | right); free; free &= free - 1) {
        unsigned bit = free & (~free + 1);

        n += queens(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return columns == all ? 1 : n;
}

static void algorithms(void)
{
    static uint32_t values[20000];
    uint64_t h = 0;

    for (int i = 0; i < 20000; i++) {
        values[i] = noise();
    }
    qsort(values, 20000, sizeof *values, by_value);
    for (int i = 0; i < 20000; i++) {
        h = hash(h, values[i]);
    }
    printf("sorted %016" PRIx64 "\n", h);
    printf("queens %d\n", queens(255, 0, 0, 0));
}

/* -- Calls: many arguments, structures, variable ones, and out of many at once -- */

struct pair {
    int64_t a;
    char b;
    int16_t c;
};

struct fields {
    unsigned x : 3;
    int y : 11;
    uint64_t z : 45;
};

static struct pair swap(struct pair p, int i, int64_t j, char c, int d)
{
    struct pair r = { p.a * i + j, (char)(p.b + c), (int16_t)(p.c - d) };

    return r;
}

static int64_t sum(const char *kinds, ...)
{
    va_list list;
    int64_t total = 0;

    va_start(list, kinds);
    for (; *kinds; kinds++) {
        switch (*kinds) {
        case 'i': total += va_arg(list, int); break;
        case 'l': total += va_arg(list, int64_t); break;
        case 's': total += (int64_t)strlen(va_arg(list, char *)); break;
        }
    }
    va_end(list);
    return total;
}

static jmp_buf out;

static void deep(int n)
{
    volatile char room[100];

    room[0] = (char)n;
    if (n > 0) {
        deep(n - 1);
        room[1] = room[0];
    } else {
        longjmp(out, 42);
    }
}

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught += number == SIGUSR1 ? 1 : 100;
}

static void calls(void)
{
    struct sigaction action;
    struct pair p = { INT64_C(1) << 40, 'a', 25 };
    struct fields f = { 5, -1000, UINT64_C(0x123456789ab) };

    p = swap(p, -3, 17, 2, 2000);
    f.y += 5;
    f.z *= 3;
    printf("structures %" PRId64 " %c %d %u %d %" PRIx64 "\n", p.a, p.b, p.c, (unsigned)f.x,
           (int)f.y, (uint64_t)f.z);
    printf("variable arguments %" PRId64 "\n",
           sum("ilsiiili", 1, INT64_C(1) << 33, "four", 5, 6, 7, INT64_C(-7), 2));
    switch (setjmp(out)) {
    case 0: deep(200); break;
    case 42: printf("out of the deep\n"); break;
    default: printf("wrong way out\n");
    }
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGUSR1, &action, NULL);
    for (int i = 0; i < 100; i++) {
        raise(SIGUSR1);
    }
    printf("signals %d\n", (int)caught);
}

/* -- Threads: they take turns on one counter -- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turned = PTHREAD_COND_INITIALIZER;
static unsigned turn;
static uint64_t turns;

static void *take_turns(void *arg)
{
    unsigned me = *(unsigned *)arg;

    for (int i = 0; i < 200; i++) {
        pthread_mutex_lock(&lock);
        while (turn % 4 != me) {
            pthread_cond_wait(&turned, &lock);
        }
        turns = hash(turns, me);
        turn++;
        pthread_cond_broadcast(&turned);
        pthread_mutex_unlock(&lock);
    }
    return NULL;
}

static void threads(void)
{
    pthread_t thread[4];
    unsigned me[4];

    for (unsigned i = 0; i < 4; i++) {
        me[i] = i;
        if (pthread_create(&thread[i], NULL, take_turns, &me[i]) != 0) {
            printf("no thread\n");
            return;
        }
    }
    for (unsigned i = 0; i < 4; i++) {
        pthread_join(thread[i], NULL);
    }
    printf("threads %u %016" PRIx64 "\n", turn, turns);
}

int main(void)
{
    time_t when = 1686355200;
    char date[40];

    bits8();
    bits16();
    bits32();
    bits64();
#ifndef NO_FLOATING
    floating();
#endif
    strings();
    algorithms();
    calls();
    threads();
    strftime(date, sizeof date, "%Y-%m-%d %H:%M:%S", gmtime(&when));
    printf("date %s\n", date);
    return 0;
}
