/* SPDX-License-Identifier: MIT */
/* Test Anything Protocol for unit tests: each program makes its checks and ends with
 * `return done_testing();`. `prove` reads the output. */
#ifndef TESTS_UNIT_TAP_H
#define TESTS_UNIT_TAP_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static unsigned tap_run, tap_failed;

static inline bool tap_ok(bool good, const char *file, int line, const char *fmt, ...)
{
    va_list ap;
    tap_run++;
    printf("%sok %u - ", good ? "" : "not ", tap_run);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    if (!good) {
        tap_failed++;
        printf("#   failed at %s line %d\n", file, line);
    }
    fflush(stdout);
    return good;
}

static inline bool tap_is_u64(uint64_t got, uint64_t want, const char *file, int line,
                              const char *name)
{
    if (!tap_ok(got == want, file, line, "%s", name)) {
        printf("#   got 0x%" PRIx64 ", want 0x%" PRIx64 "\n", got, want);
        return false;
    }
    return true;
}

static inline bool tap_is_str(const char *got, const char *want, const char *file, int line,
                              const char *name)
{
    bool good = got && want ? strcmp(got, want) == 0 : got == want;
    if (!tap_ok(good, file, line, "%s", name)) {
        printf("#   got '%s', want '%s'\n", got ? got : "(null)", want ? want : "(null)");
    }
    return good;
}

/* ok(condition, format, ...): the condition holds. The format says what was tested. */
#define ok(cond, ...) tap_ok((cond), __FILE__, __LINE__, __VA_ARGS__)

/* Two values are equal; both are printed if not. All give whether the check passed. */
#define is_u32(got, want, name)                                                                    \
    tap_is_u64((uint32_t)(got), (uint32_t)(want), __FILE__, __LINE__, name)
#define is_u64(got, want, name)                                                                    \
    tap_is_u64((uint64_t)(got), (uint64_t)(want), __FILE__, __LINE__, name)
#define is_str(got, want, name) tap_is_str(got, want, __FILE__, __LINE__, name)

/* The plan; the exit status of the program: 0 if every check passed. */
static inline int done_testing(void)
{
    printf("1..%u\n", tap_run);
    if (tap_failed) {
        printf("# %u of %u failed\n", tap_failed, tap_run);
    }
    return tap_failed || !tap_run ? 1 : 0;
}

#endif
