/* SPDX-License-Identifier: MIT */
/* What tests/gdb.t debugs: functions of both instruction sets, exceptions, an MMU that maps code
 * twice, code that is written anew. */
#include <stdint.h>

struct point {
    int x, y;
};

void tick(unsigned n);

volatile unsigned ticks, guarded[4];
volatile uint8_t bytes[16];
volatile uint64_t wide;
struct point origin = { 3, 4 };
static uint32_t table[4096] __attribute__((aligned(16384)));
static uint32_t code[4];

__attribute__((target("arm"), noinline)) int factorial(int n)
{
    return n <= 1 ? 1 : n * factorial(n - 1);
}

__attribute__((target("thumb"), noinline)) int thumb_twice(int n)
{
    int twice = n + n;
    return twice;
}

__attribute__((target("thumb"), noinline)) int thumb_sum(int n)
{
    int sum = 0;
    for (int i = 1; i <= n; i++) {
        sum += thumb_twice(i);
    }
    return sum;
}

__attribute__((noinline)) int move(struct point *p, int by)
{
    p->x += by;
    p->y -= by;
    return p->x * p->y;
}

__attribute__((noinline)) void stores(void)
{
    guarded[0] = 1;
    guarded[1] = 2;
    bytes[5] = 0x55;
    *(volatile uint16_t *)&bytes[8] = 0x1234;
    wide = UINT64_C(0x0102030405060708);
    guarded[2] = guarded[1] + guarded[0];
    __asm__ volatile("stmia %0, {r4-r7}" : : "r"(guarded) : "memory");
}

__attribute__((noinline)) int calls(int n)
{
    register int r0 __asm__("r0") = n;
    __asm__ volatile("svc #1" : "+r"(r0) : : "lr", "memory");
    __asm__ volatile(".inst 0xe7f000f0" : : : "lr", "memory"); /* UNDEFINED */
    return r0;
}

/* Everything is mapped to itself, but the first megabyte is at 0x40000000, too, and nothing at
 * 0x50000000. */
__attribute__((noinline)) void map(void)
{
    for (uint32_t i = 0; i < 4096; i++) {
        table[i] = i == 0x500 ? 0 : (i == 0x400 ? 0 : i << 20) | 0xc12;
    }
    __asm__ volatile("mcr p15, 0, %0, c2, c0, 0\n"
                     "mcr p15, 0, %1, c3, c0, 0\n"
                     "mcr p15, 0, %2, c8, c7, 0\n"
                     "mrc p15, 0, %2, c1, c0, 0\n"
                     "orr %2, %2, #1\n"
                     "mcr p15, 0, %2, c1, c0, 0\n"
                     :
                     : "r"(table), "r"(3), "r"(0)
                     : "memory");
}

typedef int function(int n);

__attribute__((noinline)) int run_code(int n)
{
    return ((function *)code)(n);
}

__attribute__((noinline)) int rewrite(void)
{
    code[0] = 0xe2800001; /* add r0, r0, #1 */
    code[1] = 0xe12fff1e; /* bx lr */
    int first = run_code(10);
    code[0] = 0xe2800005; /* add r0, r0, #5 */
    return first * 100 + run_code(10);
}

__attribute__((noinline)) int aliased(int n)
{
    return ((function *)((uint32_t)factorial + 0x40000000))(n);
}

__attribute__((noinline)) void finished(int result)
{
    ticks = (unsigned)result;
}

int main(void)
{
    int result = factorial(5);
    result += thumb_sum(4);
    result += move(&origin, 2);
    stores();
    result += calls(6);
    tick(3);
    result += rewrite();
    map();
    result += aliased(3);
    result += *(volatile int *)0x50000000 != 0;
    finished(result);
    for (;;) {
        tick(1000);
    }
}
