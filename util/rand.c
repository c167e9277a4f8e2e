/* SPDX-License-Identifier: MIT */
/* xoshiro256**, seeded by SplitMix64. */
#include "util/rand.h"

static uint64_t rotate_left(uint64_t x, unsigned n)
{
    return x << n | x >> (64 - n);
}

static uint64_t splitmix64(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

void rand_init(Rand *r, uint64_t seed)
{
    for (unsigned i = 0; i < 4; i++) {
        r->s[i] = splitmix64(&seed); /* never all zero: SplitMix64 gives no value twice */
    }
}

uint64_t rand_next(Rand *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotate_left(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate_left(s[3], 45);
    return result;
}

void rand_bytes(Rand *r, uint8_t *bytes, size_t n)
{
    uint64_t value = 0;
    for (size_t i = 0; i < n; i++) {
        value = i % 8 ? value >> 8 : rand_next(r);
        bytes[i] = (uint8_t)value;
    }
}
