/* SPDX-License-Identifier: MIT */
/* `bench`: four small loads, each for a good part of a second. */
#include "board.h"

#define KIB 1024u

static uint32_t now(void)
{
    return rd(SYSREG + SYS_24MHZ);
}

static void run_spin(void)
{
    spin(20000);
}

/* The standard CRC-32, bit by bit, over 4 KiB. */
static void run_crc(void)
{
    static volatile uint32_t result;
    uint32_t crc = 0xffffffff;
    for (uint32_t i = 0; i < 4 * KIB; i++) {
        crc ^= *(volatile uint8_t *)(RAM_TEST + i);
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
        }
    }
    result = ~crc;
    (void)result;
}

/* Shell sort of 4096 words that come in no order. */
static void run_sort(void)
{
    uint32_t *a = (uint32_t *)RAM_TEST;
    enum { N = 4096 };
    for (uint32_t i = 0; i < N; i++) {
        a[i] = i * 0x9e3779b1u;
    }
    for (uint32_t gap = N / 2; gap; gap /= 2) {
        for (uint32_t i = gap; i < N; i++) {
            uint32_t v = a[i], j = i;
            for (; j >= gap && a[j - gap] > v; j -= gap) {
                a[j] = a[j - gap];
            }
            a[j] = v;
        }
    }
}

/* 64 KiB from here to there, by load and store multiple. */
static void run_copy(void)
{
    uint32_t from = RAM_TEST, to = RAM_TEST + 64 * KIB, end = to;
    __asm__ volatile("1:\n\t"
                     "ldmia %0!, {r4-r11}\n\t"
                     "stmia %1!, {r4-r11}\n\t"
                     "cmp %0, %2\n\t"
                     "blo 1b"
                     : "+&r"(from), "+&r"(to)
                     : "r"(end)
                     : "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "cc", "memory");
}

static const struct {
    const char *name;
    void (*run)(void);
    uint32_t per_run; /* units of work in one run */
    const char *unit; /* thousands of which are done in a second */
} loads[] = {
    { "arithmetic", run_spin, 200000, "000 instructions/s" },
    { "crc32", run_crc, 4 * KIB, "000 bytes/s" },
    { "sort", run_sort, 4096, "000 words/s" },
    { "copy", run_copy, 64 * KIB, "000 bytes/s" },
};

void bench(void)
{
    for (uint32_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        uint32_t runs = 0, start = now(), took;
        do {
            loads[i].run();
            runs++;
            took = now() - start;
        } while (took < 24000000 / 2);
        uint64_t units = (uint64_t)loads[i].per_run * runs;
        print_label(loads[i].name);
        print_dec(divide(units * 24000, took), 8); /* 24 million ticks a second */
        print(loads[i].unit);
        print("\n");
    }
}
