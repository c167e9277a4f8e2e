/* SPDX-License-Identifier: MIT */
/* The generator of reproducible random bytes. */
#include "util/rand.h"

#include <string.h>

#include "tests/unit/tap.h"

/* From the published reference implementations of SplitMix64 and xoshiro256**. */
static void test_known(void)
{
    Rand r = { { 1, 2, 3, 4 } };
    static const uint64_t want[] = { 11520, 0, 1509978240, UINT64_C(1215971899390074240) };
    for (unsigned i = 0; i < sizeof want / sizeof want[0]; i++) {
        is_u64(rand_next(&r), want[i], "xoshiro256**");
    }
    rand_init(&r, 0);
    is_u64(r.s[0], UINT64_C(0xe220a8397b1dcdaf), "SplitMix64");
    is_u64(r.s[1], UINT64_C(0x6e789e6aa1b965f4), "SplitMix64");
}

static void test_bytes(void)
{
    Rand r, same;
    uint8_t bytes[19], again[19];
    rand_init(&r, 7);
    rand_init(&same, 7);
    rand_bytes(&r, bytes, sizeof bytes);
    for (unsigned i = 0; i < 16; i += 8) {
        uint64_t value = rand_next(&same);
        bool little = true;
        for (unsigned b = 0; b < 8; b++) {
            little = little && bytes[i + b] == (uint8_t)(value >> 8 * b);
        }
        ok(little, "the least significant byte comes first");
    }
    rand_init(&r, 8);
    rand_bytes(&r, again, sizeof again);
    ok(memcmp(bytes, again, sizeof bytes) != 0, "another seed, other bytes");
}

int main(void)
{
    test_known();
    test_bytes();
    return done_testing();
}
