/* SPDX-License-Identifier: MIT */
/* DEFLATE's packer: what it packs, util/inflate.c unpacks to the same bytes. That others unpack it,
 * too, is in tests/snapshot.t. */
#include "util/deflate.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"
#include "util/inflate.h"

#define MOST ((size_t)1 << 20)

static uint8_t bytes[MOST];
static size_t packed; /* the size of the last stream */

static uint32_t next_random(void)
{
    static uint64_t seed = 1;
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 32);
}

/* Whether the first n bytes come back. */
static bool comes_back(size_t n)
{
    VMWriter w = { 0 };
    Inflated out = { 0 };
    deflate(&w, bytes, n);
    packed = w.len;
    const char *error = w.failed ? "no memory" : inflate(w.bytes, w.len, MOST, &out);
    bool same = !error && out.size == n && out.used == w.len &&
                (n == 0 || memcmp(out.bytes, bytes, n) == 0);
    if (error) {
        printf("# %s\n", error);
    }
    free(w.bytes);
    free(out.bytes);
    return same;
}

/* Bytes 0..symbols-1, where each occurs 1.6 times as often as the one after it: the longest codes
 * that there can be. */
static void fill_steep(unsigned symbols)
{
    for (size_t i = 0; i < MOST; i++) {
        unsigned symbol = 0;
        while (symbol < symbols - 1 && next_random() % 1000 < 382) {
            symbol++;
        }
        bytes[i] = (uint8_t)symbol;
    }
}

/* Copies of earlier bytes at any distance, up to farther than a reference reaches. */
static void fill_copies(void)
{
    for (size_t i = 0; i < MOST;) {
        size_t length = 1 + next_random() % 300, back = 1 + next_random() % 40000;
        for (size_t k = 0; k < length && i < MOST; k++, i++) {
            bytes[i] = i < back || length < 20 ? (uint8_t)next_random() : bytes[i - back];
        }
    }
}

int main(void)
{
    ok(comes_back(0) && packed < 20, "nothing");
    memset(bytes, 7, sizeof bytes);
    ok(comes_back(1) && comes_back(2) && comes_back(3) && comes_back(4), "one byte to four");
    ok(comes_back(258) && comes_back(259) && comes_back(260) && comes_back(261),
       "the longest match, and one more");
    ok(comes_back(MOST) && packed < 2000, "a run: the same byte a million times");
    for (size_t i = 0; i < MOST; i++) {
        bytes[i] = (uint8_t)next_random();
    }
    ok(comes_back(MOST) && packed < MOST + MOST / 100, "random bytes: a hundredth more at most");
    fill_steep(40);
    ok(comes_back(MOST) && packed < MOST / 3, "codes that would have more than 15 bits");
    fill_copies();
    ok(comes_back(MOST) && packed < MOST / 4, "copies at any distance");
    bool good = true;
    for (unsigned i = 0; i < 3000 && good; i++) {
        good = comes_back(next_random() % 3000);
    }
    ok(good, "3000 lengths");
    return done_testing();
}
