/* SPDX-License-Identifier: MIT */
/* Switches with and without a table, pointers to functions, recursion, nested loops. */
#include "bare.h"

typedef int Function(int);

static int twice(int x)
{
    return 2 * x;
}

static int square(int x)
{
    return x * x;
}

static int lost(int x)
{
    return x - 1;
}

static Function *volatile functions[] = { twice, square, lost };

static int dense(int x)
{
    switch (x) {
    case 0: return 10;
    case 1: return 21;
    case 2: x += 3; break;
    case 3:
        x += 4;
        /* fall through */
    case 4: x += 5; break;
    case 5: return 60;
    default: return -1;
    }
    return x;
}

static int sparse(int x)
{
    switch (x) {
    case 100: return 1;
    case 2000: return 2;
    case 30000: return 3;
    }
    return 0;
}

static int fibonacci(int n)
{
    if (n < 2) {
        return n;
    }
    return fibonacci(n - 1) + fibonacci(n - 2);
}

int run(void)
{
    int sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += dense(i);
    }
    sum += sparse(100);
    sum += sparse(2000);
    sum += sparse(7);
    for (int i = 0; i < 10; i++) {
        for (int j = 0; j < i; j++) {
            if (j == 5) {
                break;
            }
            if (j & 1) {
                continue;
            }
            sum += functions[j == 4](j);
        }
    }
    if (fibonacci(10) != 55) {
        sum = 0;
    }
    return sum == 0;
}
