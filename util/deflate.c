/* SPDX-License-Identifier: MIT */
/* DEFLATE: a hash of three bytes finds earlier occurrences, of which the longest is taken unless
 * the next byte begins a longer one; every TOKENS literals and references are a block with Huffman
 * codes of its own. */
#include "util/deflate.h"

#include <stdlib.h>
#include <string.h>

#include "util/inflate.h"

#define WINDOW       32768u
#define MIN_MATCH    3u
#define MAX_MATCH    258u
#define HASH_BITS    15
#define TRIES        16u   /* earlier occurrences that are looked at */
#define LONG         64u   /* a match that is taken without a look at the next byte */
#define NEAR         4096u /* a match of MIN_MATCH bytes from farther away takes more than literals */
#define TOKENS       32768u
#define END_OF_BLOCK 256u
#define LENGTHS      286 /* literals, the end of a block, lengths */
#define DISTANCES    30
#define MAX_BITS     15

typedef struct Code {
    uint32_t count[LENGTHS]; /* how often each symbol occurs */
    uint8_t bits[LENGTHS];   /* the length of its code; 0: it does not occur */
    uint16_t code[LENGTHS];  /* its bits, the first in bit 0 */
} Code;

typedef struct Deflater {
    VMWriter *w;
    uint64_t hold; /* bits to be written, the first in bit 0 */
    unsigned held;
    uint32_t tokens[TOKENS]; /* a literal, or distance << 16 | length */
    unsigned used;
    Code lengths, distances;
    uint32_t latest[1u << HASH_BITS]; /* of each hash: the latest position + 1 */
    uint32_t before[WINDOW];          /* of each position: the one before it with its hash, + 1 */
} Deflater;

static void put(Deflater *s, uint32_t value, unsigned bits)
{
    s->hold |= (uint64_t)value << s->held;
    s->held += bits;
    while (s->held >= 8) {
        vmstate_put(s->w, s->hold & 0xff, 1);
        s->hold >>= 8;
        s->held -= 8;
    }
}

static void put_symbol(Deflater *s, const Code *c, unsigned symbol)
{
    put(s, c->code[symbol], c->bits[symbol]);
}

/* -- Lengths and distances as symbols (RFC 1951, 3.2.5) -- */

/* The index of the highest bit that is set, of a value from 1 up. */
static unsigned log2_of(unsigned value)
{
    unsigned n = 0;
    while (value >>= 1) {
        n++;
    }
    return n;
}

/* Of a range whose symbols come in groups of 2^`fine`, each group with a further extra bit: the
 * symbol of a value, from 0 up, and the number of its extra bits, which are its lowest. */
static unsigned symbol_of(unsigned value, unsigned fine, unsigned *extra)
{
    unsigned top = log2_of(value | 1u << fine);
    *extra = top - fine;
    return (*extra << fine) + (value >> *extra);
}

static unsigned length_symbol(unsigned length, unsigned *extra)
{
    if (length == MAX_MATCH) {
        *extra = 0;
        return LENGTHS - 1;
    }
    return END_OF_BLOCK + 1 + symbol_of(length - MIN_MATCH, 2, extra);
}

static unsigned distance_symbol(unsigned distance, unsigned *extra)
{
    return symbol_of(distance - 1, 1, extra);
}

/* -- Huffman codes -- */

/* Adds up the two rarest of the n nodes that have no parent yet, until one is left. `parent` is set
 * for all but the last; returns the number of nodes then. */
static unsigned join(uint32_t *count, uint16_t *parent, unsigned n)
{
    unsigned nodes = n;
    for (unsigned left = n; left > 1; left--) {
        unsigned rare[2] = { UINT16_MAX, UINT16_MAX };
        for (unsigned i = 0; i < nodes; i++) {
            if (parent[i]) {
                continue;
            }
            if (rare[0] == UINT16_MAX || count[i] < count[rare[0]]) {
                rare[1] = rare[0];
                rare[0] = i;
            } else if (rare[1] == UINT16_MAX || count[i] < count[rare[1]]) {
                rare[1] = i;
            }
        }
        count[nodes] = count[rare[0]] + count[rare[1]];
        parent[nodes] = 0;
        parent[rare[0]] = parent[rare[1]] = (uint16_t)nodes++;
    }
    return nodes;
}

/* Sets the bits of n symbols by their counts, of which at least two are not 0. Returns the most. */
static unsigned set_bits(Code *c, unsigned n, unsigned shift)
{
    uint32_t count[2 * LENGTHS];
    uint16_t parent[2 * LENGTHS] = { 0 }, symbol[LENGTHS];
    uint8_t depth[2 * LENGTHS] = { 0 };
    unsigned used = 0, most = 0;
    for (unsigned i = 0; i < n; i++) {
        c->bits[i] = 0;
        if (c->count[i]) {
            symbol[used] = (uint16_t)i;
            count[used++] = (c->count[i] >> shift) + (shift != 0);
        }
    }
    for (unsigned i = join(count, parent, used) - 1; i-- > 0;) {
        depth[i] = (uint8_t)(depth[parent[i]] + 1);
        if (i < used) {
            c->bits[symbol[i]] = depth[i];
            most = depth[i] > most ? depth[i] : most;
        }
    }
    return most;
}

/* Makes a code of at most `max` bits: counts that differ too much are levelled. */
static void make_code(Code *c, unsigned n, unsigned max)
{
    unsigned symbols = 0;
    for (unsigned i = 0; i < n; i++) {
        symbols += c->count[i] != 0;
    }
    for (unsigned i = 0; symbols < 2; i++) { /* a code has two symbols */
        symbols += c->count[i] == 0;
        c->count[i] += c->count[i] == 0;
    }
    for (unsigned shift = 0; set_bits(c, n, shift) > max;) {
        shift++;
    }
    unsigned code = 0;
    for (unsigned bits = 1; bits <= max; bits++, code <<= 1) {
        for (unsigned i = 0; i < n; i++) {
            if (c->bits[i] != bits) {
                continue;
            }
            c->code[i] = 0;
            for (unsigned b = 0; b < bits; b++) {
                c->code[i] |= (uint16_t)((code >> b & 1) << (bits - 1 - b));
            }
            code++;
        }
    }
}

/* -- Blocks -- */

/* The header of a block: the lengths of its codes, themselves coded, without run lengths but for
 * zeros. */
static void put_codes(Deflater *s)
{
    uint8_t bits[LENGTHS + DISTANCES], symbol[LENGTHS + DISTANCES], zeros[LENGTHS + DISTANCES];
    unsigned used = 0;
    Code c = { { 0 }, { 0 }, { 0 } };
    memcpy(bits, s->lengths.bits, LENGTHS);
    memcpy(bits + LENGTHS, s->distances.bits, DISTANCES);
    for (unsigned i = 0, run; i < sizeof bits; i += run) {
        for (run = 1; !bits[i] && i + run < sizeof bits && run < 138 && !bits[i + run]; run++) {
        }
        run = !bits[i] && run >= 3 ? run : 1;
        symbol[used] = run == 1 ? bits[i] : run < 11 ? 17 : 18;
        zeros[used] = (uint8_t)run;
        c.count[symbol[used++]]++;
    }
    make_code(&c, DEFLATE_CODE_LENGTHS, 7);
    put(s, LENGTHS - 257, 5);
    put(s, DISTANCES - 1, 5);
    put(s, DEFLATE_CODE_LENGTHS - 4, 4);
    for (unsigned i = 0; i < DEFLATE_CODE_LENGTHS; i++) {
        put(s, c.bits[deflate_code_order[i]], 3);
    }
    for (unsigned i = 0; i < used; i++) {
        put_symbol(s, &c, symbol[i]);
        if (symbol[i] == 17) {
            put(s, zeros[i] - 3u, 3);
        } else if (symbol[i] == 18) {
            put(s, zeros[i] - 11u, 7);
        }
    }
}

static void put_token(Deflater *s, uint32_t token)
{
    unsigned length = token & 0xffff, distance = token >> 16, extra;
    if (!distance) {
        put_symbol(s, &s->lengths, length);
        return;
    }
    put_symbol(s, &s->lengths, length_symbol(length, &extra));
    put(s, (length - MIN_MATCH) & ((1u << extra) - 1), extra);
    put_symbol(s, &s->distances, distance_symbol(distance, &extra));
    put(s, (distance - 1) & ((1u << extra) - 1), extra);
}

static void put_block(Deflater *s, bool last)
{
    s->lengths.count[END_OF_BLOCK]++;
    make_code(&s->lengths, LENGTHS, MAX_BITS);
    make_code(&s->distances, DISTANCES, MAX_BITS);
    put(s, last, 1);
    put(s, 2, 2); /* with codes of its own */
    put_codes(s);
    for (unsigned i = 0; i < s->used; i++) {
        put_token(s, s->tokens[i]);
    }
    put_symbol(s, &s->lengths, END_OF_BLOCK);
    memset(&s->lengths, 0, sizeof s->lengths);
    memset(&s->distances, 0, sizeof s->distances);
    s->used = 0;
}

static void add_token(Deflater *s, unsigned length, unsigned distance)
{
    unsigned extra;
    if (s->used == TOKENS) {
        put_block(s, false);
    }
    s->tokens[s->used++] = (uint32_t)distance << 16 | length;
    if (distance) {
        s->lengths.count[length_symbol(length, &extra)]++;
        s->distances.count[distance_symbol(distance, &extra)]++;
    } else {
        s->lengths.count[length]++;
    }
}

/* -- Matches -- */

static unsigned match_length(const uint8_t *a, const uint8_t *b, size_t max)
{
    unsigned n = 0;
    while (n < max && a[n] == b[n]) {
        n++;
    }
    return n;
}

/* The latest position with the hash of the three bytes at `p`. */
static uint32_t *latest_with(Deflater *s, const uint8_t *p)
{
    uint32_t three = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
    return &s->latest[three * UINT32_C(0x9e3779b1) >> (32 - HASH_BITS)];
}

static void remember(Deflater *s, const uint8_t *in, size_t at, size_t n)
{
    if (n - at >= MIN_MATCH) {
        uint32_t *latest = latest_with(s, in + at);
        s->before[at % WINDOW] = *latest;
        *latest = (uint32_t)at + 1;
    }
}

/* Finds the longest match at `at`, of n bytes in all. Returns its length; 0: there is none. */
static unsigned find_match(Deflater *s, const uint8_t *in, size_t at, size_t n, unsigned *distance)
{
    size_t max = n - at < MAX_MATCH ? n - at : MAX_MATCH;
    unsigned best = MIN_MATCH - 1;
    if (at >= n || max < MIN_MATCH) {
        return 0;
    }
    uint32_t seen = *latest_with(s, in + at);
    for (unsigned i = 0; i < TRIES && seen && at + 1 - seen <= WINDOW; i++) {
        const uint8_t *from = in + seen - 1;
        uint32_t back = (uint32_t)at + 1 - seen;
        if (from[best] == in[at + best]) {
            unsigned length = match_length(from, in + at, max);
            if (length > best && (length > MIN_MATCH || back <= NEAR)) {
                best = length;
                *distance = back;
            }
        }
        if (best == max || s->before[(seen - 1) % WINDOW] >= seen) {
            break;
        }
        seen = s->before[(seen - 1) % WINDOW];
    }
    return best < MIN_MATCH ? 0 : best;
}

/* Packs the next n bytes, fewer than 2^32. */
static void pack(Deflater *s, const uint8_t *in, size_t n)
{
    unsigned distance = 0, length = 0;
    memset(s->latest, 0, sizeof s->latest);
    for (size_t at = 0; at < n;) {
        unsigned next_distance = 0, next = 0;
        remember(s, in, at, n);
        if (length < LONG) {
            next = find_match(s, in, at + 1, n, &next_distance);
        }
        if (!length || next > length) {
            add_token(s, in[at++], 0);
            length = next;
            distance = next_distance;
            continue;
        }
        add_token(s, length, distance);
        for (size_t end = at++ + length; at < end; at++) {
            remember(s, in, at, n);
        }
        length = find_match(s, in, at, n, &distance);
    }
}

void deflate(VMWriter *w, const uint8_t *in, size_t n)
{
    const size_t most = (size_t)1 << 30;
    Deflater *s = calloc(1, sizeof *s);
    if (!s) {
        w->failed = true;
        return;
    }
    s->w = w;
    for (size_t at = 0; at < n; at += most) {
        pack(s, in + at, n - at < most ? n - at : most);
    }
    put_block(s, true);
    put(s, 0, 7); /* the rest of the last byte */
    free(s);
}
