/* SPDX-License-Identifier: MIT */
/* Runs a function of a guest's firmware many times, each time from the same state with other input,
 * and prints how long that takes:
 *
 *   make lib && cc -O2 -I. -o fork examples/fork.c build/libtqemu.a -lm && ./fork 5000 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tqemu.h"

/* Adds up r0 words at r1, and writes down each sum at r4: 5 instructions a word. */
static const unsigned char sum[] = {
    0x00, 0x20, 0xa0, 0xe3, /*    mov  r2, #0 */
    0x04, 0x30, 0x91, 0xe4, /* 1: ldr  r3, [r1], #4 */
    0x03, 0x20, 0x82, 0xe0, /*    add  r2, r2, r3 */
    0x04, 0x20, 0x84, 0xe4, /*    str  r2, [r4], #4 */
    0x01, 0x00, 0x50, 0xe2, /*    subs r0, r0, #1 */
    0xfa, 0xff, 0xff, 0x1a, /*    bne  1b */
    0xfe, 0xff, 0xff, 0xea, /*    b    . */
};
enum { CODE = 0x8000, DATA = 0x400000, SUMS = 0x500000, WORDS = 10000 };

static double seconds(void)
{
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    char why[200];
    const char *const options[] = { "-S", "-m", "16", "-icount", "shift=0" };
    Tqemu *t = tqemu_new(options, 5, why, sizeof why);
    if (!t) {
        fprintf(stderr, "fork: %s\n", why);
        return 1;
    }
    int cases = argc > 1 ? atoi(argv[1]) : 5000;
    bool good = tqemu_write(t, CODE, true, sum, sizeof sum) && tqemu_set_register(t, "pc", CODE) &&
                tqemu_set_register(t, "r0", WORDS) && tqemu_set_register(t, "r1", DATA) &&
                tqemu_set_register(t, "r4", SUMS) && tqemu_breakpoint(t, CODE + 24, true) &&
                tqemu_fork(t);
    double start = seconds(), rewinding = 0;
    for (int i = 0; good && i < cases; i++) {
        unsigned char word[4] = { (unsigned char)i, (unsigned char)(i >> 8), 0, 0 };
        uint64_t r2;
        good = tqemu_write(t, DATA + 4 * (unsigned)(i % WORDS), true, word, 4) &&
               tqemu_run(t, &(TqemuUntil){ 0 }) == TQEMU_POINT && tqemu_get_register(t, "r2", &r2);
        if (good && r2 != (unsigned)(i & 0xffff)) {
            fprintf(stderr, "fork: case %d gives %llu\n", i, (unsigned long long)r2);
            good = false;
        }
        double before = seconds();
        good = good && tqemu_rewind(t);
        rewinding += seconds() - before;
    }
    double took = seconds() - start;
    printf("%d cases of %d instructions: %.0f a second; %.1f us to go back\n", cases, 5 * WORDS,
           cases / took, 1e6 * rewinding / cases);
    return tqemu_free(t) && good ? 0 : 1;
}
