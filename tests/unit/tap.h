/* SPDX-License-Identifier: MIT */
/* Test results in the Test Anything Protocol, for prove(1). */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static unsigned tap_count, tap_failed;

/* One result; the name is printf's. Returns cond. */
static inline bool ok(bool cond, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    printf("%s %u - ", cond ? "ok" : "not ok", ++tap_count);
    vprintf(fmt, ap);
    printf("\n");
    va_end(ap);
    fflush(stdout);
    tap_failed += !cond;
    return cond;
}

/* Compares two values and shows both where they differ. */
static inline bool is_u32(uint32_t got, uint32_t want, const char *name)
{
    if (!ok(got == want, "%s", name)) {
        printf("#   got 0x%08lx, want 0x%08lx\n", (unsigned long)got, (unsigned long)want);
    }
    return got == want;
}

/* The plan, at the end; the exit status of main(). */
static inline int done_testing(void)
{
    printf("1..%u\n", tap_count);
    return tap_failed != 0;
}

#endif
