/* SPDX-License-Identifier: MIT */
/* Branches that are taken always, sometimes, never; loops; functions that nobody calls. */
#include "bare.h"

static volatile int zero, seven = 7;
static int sum;

static int sign(int x)
{
    if (x < 0) {
        return -1;
    }
    if (x > 0) {
        return 1;
    }
    return 0;
}

static void never(void)
{
    sum = 99;
    zero = sum;
}

static int gcd(int a, int b)
{
    while (a != b) {
        if (a > b) {
            a -= b;
        } else {
            b -= a;
        }
    }
    return a;
}

int unused(int x)
{
    return x + seven;
}

int run(void)
{
    for (int i = 0; i < 100; i++) {
        sum += i;
        if (i == 50) {
            sum += 1000;
        } else if (zero) {
            sum = -1;
        }
    }
    if (zero) {
        never();
        return 1;
    }
    do {
        sum--;
    } while (sum > 5900);
    int both = zero && seven;
    int either = seven || zero;
    int chosen = zero ? seven : 3;
    if (sign(seven) != 1 || sign(zero)) {
        return 2;
    }
    if (gcd(84, 36) != 12) {
        return 3;
    }
    if (seven) {
        goto out;
    }
    sum = 5;
out:
    return both || !either || chosen != 3 || sum != 5900;
}
