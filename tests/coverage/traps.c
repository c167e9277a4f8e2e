/* SPDX-License-Identifier: MIT */
/* An exception, its handler, and what follows it. */
#include "bare.h"

static volatile int traps, late;

void trapped(void)
{
    traps++;
    if (traps > 3) {
        late++;
    }
    if (traps > 100) {
        late = -1;
    }
}

static int until(int n)
{
    int tries = 0;
    while (traps < n) {
        tries++;
        TRAP();
    }
    return tries;
}

static void panic(void)
{
    traps = 0;
    TRAP();
}

int run(void)
{
    if (until(5) != 5) {
        panic();
    }
    if (late != 2) {
        panic();
        return 1;
    }
    return 0;
}
