/* SPDX-License-Identifier: MIT */
/* Floating point as programs use it: `doubles CHECK` prints a digest, which must be the same on
 * every machine that computes as IEEE 754 says.
 *
 *   text     100,000 doubles to text and back
 *   signals  a computation with a timer's signals in its middle, whose handler computes, too, in
 *            another rounding mode
 *   switch   four processes that compute in turns of their own making, each in a rounding mode of
 *            its own */
#define _XOPEN_SOURCE 700
#include <fenv.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sched.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static const int roundings[4] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO };

static uint64_t fold(uint64_t digest, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    while (n--) {
        digest = (digest ^ *p++) * UINT64_C(0x100000001b3);
    }
    return digest;
}

static uint64_t rng = 88172645463325252;

static uint64_t random64(void)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return rng;
}

static uint64_t text(void)
{
    uint64_t digest = 0;
    for (int i = 0; i < 100000; i++) {
        char buffer[64];
        uint64_t bits = random64();
        double d;
        if (i % 4 == 0) {
            bits >>= 12 + i / 4 % 51; /* denormals */
        }
        memcpy(&d, &bits, sizeof d);
        if (!isfinite(d)) {
            continue;
        }
        int n = snprintf(buffer, sizeof buffer, i & 1 ? "%.17g" : "%.16e", d);
        double back = strtod(buffer, NULL);
        if (memcmp(&back, &d, sizeof d) != 0) {
            printf("%s does not come back\n", buffer);
        }
        digest = fold(digest, buffer, (size_t)n);
    }
    return digest;
}

/* Many registers' worth of values that depend on each other and on the rounding mode. */
static double compute(unsigned rounds, double start)
{
    double a = start, b = 1.5, c = 0.3, d = 2.25, e = -0.7, f = 3.1;
    for (unsigned i = 0; i < rounds; i++) {
        a = a * 0.999 + b / 3;
        b = b - c * 0.01 + sqrt(fabs(d)) * 1e-3;
        c = c * b / (1 + a * a);
        d = d + e * f * 1e-2;
        e = (e * 7 + a) / 8.1;
        f = f * 0.9 + (float)c * 0.1f;
    }
    return a + b + c + d + e + f;
}

static volatile sig_atomic_t signals;
static volatile int wrong;
static double handlers_value;

static void handler(int number)
{
    (void)number;
    signals++;
    fesetround(FE_UPWARD);
    if (compute(50, signals % 2) != (signals % 2 ? handlers_value : compute(50, 0))) {
        wrong = 1;
    }
}

static uint64_t with_signals(void)
{
    uint64_t digest = 0;
    struct sigaction action = { .sa_handler = handler };
    struct itimerval every = { { 0, 3000 }, { 0, 3000 } }, never = { { 0, 0 }, { 0, 0 } };
    fesetround(FE_UPWARD);
    handlers_value = compute(50, 1);
    fesetround(FE_DOWNWARD);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
    for (int i = 0; i < 2000 || signals < 20; i++) {
        double d = compute(100, i % 2000);
        if (i < 2000) {
            digest = fold(digest, &d, sizeof d);
        }
        wrong |= fegetround() != FE_DOWNWARD;
    }
    setitimer(ITIMER_REAL, &never, NULL); /* writing is not to be interrupted */
    return wrong ? 0 : digest;
}

static uint64_t switching(void)
{
    int pipes[2];
    uint64_t all = 0, one;
    if (pipe(pipes) != 0) {
        return 0;
    }
    for (int i = 0; i < 4; i++) {
        if (fork() == 0) {
            uint64_t digest = 0;
            fesetround(roundings[i]);
            for (int k = 0; k < 300; k++) {
                double d = compute(60, i + k);
                digest = fold(digest, &d, sizeof d);
                sched_yield();
            }
            _exit(write(pipes[1], &digest, sizeof digest) != sizeof digest);
        }
    }
    for (int i = 0; i < 4; i++) {
        if (read(pipes[0], &one, sizeof one) == sizeof one) {
            all += one; /* in whatever order they end */
        }
        wait(NULL);
    }
    return all;
}

int main(int argc, char **argv)
{
    const char *check = argc > 1 ? argv[1] : "";
    uint64_t digest = strcmp(check, "text") == 0      ? text()
                      : strcmp(check, "signals") == 0 ? with_signals()
                                                      : switching();
    printf("%s %08x%08x\n", check, (unsigned)(digest >> 32), (unsigned)digest);
    return 0;
}
