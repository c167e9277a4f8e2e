/* SPDX-License-Identifier: MIT */
/* Reproducible random bytes: equal seeds give equal bytes on every host. Not for secrets. */
#ifndef UTIL_RAND_H
#define UTIL_RAND_H

#include <stddef.h>
#include <stdint.h>

/* The state of xoshiro256** (D. Blackman, S. Vigna). */
typedef struct Rand {
    uint64_t s[4];
} Rand;

/* Starts from a seed, which SplitMix64 spreads over the state. */
void rand_init(Rand *r, uint64_t seed);

/* The next 64 bits. */
uint64_t rand_next(Rand *r);

/* Fills in the next n bytes: rand_next(), least significant byte first. */
void rand_bytes(Rand *r, uint8_t *bytes, size_t n);

#endif
