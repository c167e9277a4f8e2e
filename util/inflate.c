/* SPDX-License-Identifier: MIT */
/* DEFLATE: blocks of Huffman-coded literal bytes and references to earlier output.
 *
 * A code has 1 to 15 bits. Codes of one length are consecutive numbers in the order of their
 * symbols, and left-aligned they are smaller than all longer codes. Comparisons with 15 limits
 * therefore give a code's length, and a subtraction its symbol. Short codes, by far the most
 * frequent, are in a table. */
#include "util/inflate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "util/bytes.h"
#include "util/crc32.h"

#define MAX_BITS     15
#define QUICK_BITS   10
#define LENGTH_CODES 288 /* literals, the end of a block, lengths */
#define DIST_CODES   32
#define END_OF_BLOCK 256
#define MAX_LENGTH   258
#define QUICK_ROOM   (MAX_LENGTH + 8) /* of the output, for quick_part() */
#define FIRST_SIZE   ((size_t)64 << 10)

static const char cut_off[] = "is cut off";
static const char damaged[] = "is damaged";
static const char no_memory[] = "does not fit into the host's memory";
const char inflate_too_large[] = "unpacks to more than there is room for";

const uint8_t deflate_code_order[DEFLATE_CODE_LENGTHS] = { 16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                           11, 4,  12, 3, 13, 2, 14, 1, 15 };

/* An entry of a quick table: the length of the code in bits 3:0 (0: it is longer than QUICK_BITS),
 * the number of extra bits in bits 7:4, a literal byte or the base of a length or distance in bits
 * 31:16, and what it is. */
#define ENTRY_EXTRA(e) ((e) >> 4 & 15)
#define ENTRY_BASE(e)  ((e) >> 16)
#define REFERENCE      UINT32_C(0x100) /* a length or a distance */
#define RARE           UINT32_C(0x200) /* the end of the block, the longest length, no symbol */

typedef struct Huffman {
    uint32_t quick[1u << QUICK_BITS]; /* by the next bits */
    uint32_t limit[MAX_BITS + 1];     /* by length: end of its codes, left-aligned to 15 bits */
    uint16_t first[MAX_BITS + 1];     /* by length: its first code, right-aligned */
    uint16_t index[MAX_BITS + 1];     /* by length: the first code's index in symbol[] */
    uint16_t symbol[LENGTH_CODES];    /* sorted by length, then by number */
} Huffman;

/* What a code is for. */
typedef enum CodeKind {
    CODE_OF_LENGTHS, /* of other codes: it has no quick table */
    CODE_LENGTHS,    /* literals, the end of a block, lengths */
    CODE_DISTANCES,
} CodeKind;

typedef struct Inflater {
    const uint8_t *in;
    size_t n, at;
    uint64_t hold; /* the next bits, the first in bit 0; up to 63 */
    unsigned held; /* their number; the bits above are 0 */
    Inflated *out;
    size_t room, limit; /* of the output: bytes allocated, and allowed, which may be fewer */
    const char *error;  /* the first one, or NULL */
    Huffman lengths, distances;
} Inflater;

static bool failed(Inflater *s, const char *error)
{
    if (!s->error) {
        s->error = error;
    }
    return false;
}

static void refill(Inflater *s)
{
    while (s->held < 56 && s->at < s->n) {
        s->hold |= (uint64_t)s->in[s->at++] << s->held;
        s->held += 8;
    }
}

static void drop(Inflater *s, unsigned count)
{
    if (count > s->held) {
        failed(s, cut_off);
        count = s->held;
    }
    s->hold >>= count;
    s->held -= count;
}

/* Reads `count` bits, up to 16; 0 and an error if there are fewer. */
static uint32_t bits(Inflater *s, unsigned count)
{
    refill(s);
    uint32_t value = (uint32_t)(s->hold & ((UINT64_C(1) << count) - 1));
    drop(s, count);
    return s->error ? 0 : value;
}

/* The lowest `count` bits, up to 16, in the opposite order. */
static uint32_t reverse(uint32_t value, unsigned count)
{
    value = (value & 0x5555) << 1 | (value >> 1 & 0x5555);
    value = (value & 0x3333) << 2 | (value >> 2 & 0x3333);
    value = (value & 0x0f0f) << 4 | (value >> 4 & 0x0f0f);
    value = (value & 0x00ff) << 8 | (value >> 8 & 0x00ff);
    return value >> (16 - count);
}

/* The number of extra bits of a length or distance, and its value without them. `symbol` counts
 * from the first: 2 * `same` symbols have none, then there are `same` symbols for each number. */
static unsigned extra_bits(uint32_t symbol, uint32_t same)
{
    return symbol < same ? 0 : symbol / same - 1;
}

static uint32_t base_of(uint32_t symbol, uint32_t same)
{
    return symbol < same ? symbol : (same + symbol % same) << extra_bits(symbol, same);
}

/* What a symbol is in a quick table, but for the length of its code. */
static uint32_t entry_of(uint32_t symbol, CodeKind kind)
{
    if (kind == CODE_DISTANCES) {
        return symbol > 29
                   ? RARE
                   : (base_of(symbol, 2) + 1) << 16 | extra_bits(symbol, 2) << 4 | REFERENCE;
    }
    if (symbol < END_OF_BLOCK) {
        return symbol << 16;
    }
    symbol -= END_OF_BLOCK + 1; /* the end becomes the greatest number */
    return symbol >= 285 - 257
               ? RARE
               : (base_of(symbol, 4) + 3) << 16 | extra_bits(symbol, 4) << 4 | REFERENCE;
}

/* Makes the codes for symbols with these code lengths; 0: no code. They must use all numbers,
 * except that a single code of 1 bit, or no code, is allowed. */
static bool make_codes(Huffman *h, const uint8_t *lengths, unsigned count, CodeKind kind)
{
    unsigned per_length[MAX_BITS + 1] = { 0 };
    for (unsigned i = 0; i < count; i++) {
        per_length[lengths[i]]++;
    }
    per_length[0] = 0;
    uint32_t code = 0, index = 0;
    for (unsigned length = 1; length <= MAX_BITS; length++) {
        h->first[length] = (uint16_t)code;
        h->index[length] = (uint16_t)index;
        code += per_length[length];
        index += per_length[length];
        if (code > UINT32_C(1) << length) {
            return false;
        }
        h->limit[length] = code << (MAX_BITS - length);
        code <<= 1;
    }
    if (h->limit[MAX_BITS] < UINT32_C(1) << MAX_BITS && index > per_length[1]) {
        return false;
    }
    uint16_t next[MAX_BITS + 1];
    memcpy(next, h->index, sizeof next);
    memset(h->quick, 0, sizeof h->quick);
    for (unsigned i = 0; i < count; i++) {
        unsigned length = lengths[i];
        if (length == 0) {
            continue;
        }
        uint32_t number = (uint32_t)(h->first[length] + next[length] - h->index[length]);
        h->symbol[next[length]++] = (uint16_t)i;
        if (kind == CODE_OF_LENGTHS || length > QUICK_BITS) {
            continue;
        }
        uint32_t entry = entry_of(i, kind) | length;
        for (uint32_t at = reverse(number, length); at < 1u << QUICK_BITS; at += 1u << length) {
            h->quick[at] = entry;
        }
    }
    return true;
}

/* Reads a symbol; UINT32_MAX after an error. */
static uint32_t next_symbol(Inflater *s, const Huffman *h)
{
    refill(s);
    uint32_t code = reverse((uint32_t)(s->hold & ((1u << MAX_BITS) - 1)), MAX_BITS);
    for (unsigned length = 1; length <= MAX_BITS; length++) {
        if (code < h->limit[length]) {
            drop(s, length);
            code >>= MAX_BITS - length;
            return s->error ? UINT32_MAX : h->symbol[h->index[length] + code - h->first[length]];
        }
    }
    failed(s, s->held < MAX_BITS && s->at == s->n ? cut_off : damaged);
    return UINT32_MAX;
}

/* Makes room for n more bytes. */
static bool reserve(Inflater *s, size_t n)
{
    Inflated *out = s->out;
    if (n > s->limit - out->size) {
        return failed(s, inflate_too_large);
    }
    if (s->room - out->size >= n) {
        return true;
    }
    size_t most = s->limit < SIZE_MAX - QUICK_ROOM ? s->limit + QUICK_ROOM : s->limit;
    size_t room = s->room > most / 2 ? most : 2 * s->room;
    room = room < FIRST_SIZE ? FIRST_SIZE : room;
    room = room - out->size < n ? out->size + n : room;
    room = room > most ? most : room;
    uint8_t *bytes = realloc(out->bytes, room);
    if (!bytes) {
        return failed(s, no_memory);
    }
    out->bytes = bytes;
    s->room = room;
    return true;
}

static bool stored_block(Inflater *s)
{
    drop(s, s->held % 8);
    uint32_t size = bits(s, 16), complement = bits(s, 16);
    if (s->error || size != (~complement & 0xffff)) {
        return failed(s, damaged);
    }
    /* Gives whole bytes back that were read ahead. */
    s->at -= s->held / 8;
    s->hold = s->held = 0;
    if (size > s->n - s->at) {
        return failed(s, cut_off);
    }
    if (!reserve(s, size)) {
        return false;
    }
    if (size) {
        memcpy(s->out->bytes + s->out->size, s->in + s->at, size);
    }
    s->out->size += size;
    s->at += size;
    return true;
}

/* Repeats `length` bytes from `distance` back, which may overlap the new ones. */
static bool copy(Inflater *s, size_t length, size_t distance)
{
    if (distance > s->out->size) {
        return failed(s, damaged);
    }
    if (!reserve(s, length)) {
        return false;
    }
    uint8_t *to = s->out->bytes + s->out->size;
    for (size_t i = 0; i < length; i++) {
        to[i] = (to - distance)[i];
    }
    s->out->size += length;
    return true;
}

static uint32_t extended(Inflater *s, uint32_t symbol, uint32_t same)
{
    return base_of(symbol, same) + bits(s, extra_bits(symbol, same));
}

/* Where quick_part() is in the streams. */
typedef struct Cursor {
    uint64_t hold; /* the bits above the number held may be set: the next ones */
    unsigned held;
    size_t at;
    uint8_t *to;
} Cursor;

/* At least 56 bits are there then. */
static inline void quick_refill(Cursor *c, const uint8_t *in)
{
    c->hold |= ld64_p(in + c->at) << c->held;
    c->at += (63 - c->held) / 8;
    c->held |= 56;
}

static inline uint32_t quick_bits(Cursor *c, unsigned count)
{
    uint32_t value = (uint32_t)(c->hold & ((UINT64_C(1) << count) - 1));
    c->hold >>= count;
    c->held -= count;
    return value;
}

/* Copies eight bytes at a time, up to seven too many. What repeats within eight does so in a
 * multiple of its distance, too. */
static inline void quick_copy(uint8_t *to, size_t length, size_t distance)
{
    size_t i = 0;
    if (distance < 8) {
        for (; i < 8; i++) {
            to[i] = (to - distance)[i];
        }
        distance *= (7 + distance) / distance;
    }
    for (; i < length; i += 8) {
        memcpy(to + i, to + i - distance, 8);
    }
}

/* A literal whose code is in the quick table. False: it is something else; nothing has changed. */
static inline bool quick_literal(const Inflater *s, Cursor *c)
{
    uint32_t e = s->lengths.quick[c->hold & ((1u << QUICK_BITS) - 1)];
    if (!e || e & (REFERENCE | RARE)) {
        return false;
    }
    (void)quick_bits(c, e & 15);
    *c->to++ = (uint8_t)ENTRY_BASE(e);
    return true;
}

/* The same for a reference; but if false, the cursor has moved. */
static inline bool quick_reference(const Inflater *s, Cursor *c)
{
    uint32_t e = s->lengths.quick[c->hold & ((1u << QUICK_BITS) - 1)];
    if (!(e & REFERENCE)) {
        return false;
    }
    (void)quick_bits(c, e & 15);
    uint32_t length = ENTRY_BASE(e) + quick_bits(c, ENTRY_EXTRA(e));
    e = s->distances.quick[c->hold & ((1u << QUICK_BITS) - 1)];
    if (!(e & REFERENCE)) {
        return false;
    }
    (void)quick_bits(c, e & 15);
    uint32_t distance = ENTRY_BASE(e) + quick_bits(c, ENTRY_EXTRA(e));
    if (distance > (size_t)(c->to - s->out->bytes)) {
        return false;
    }
    quick_copy(c->to, length, distance);
    c->to += length;
    return true;
}

/* Unpacks up to the first symbol that is not of the common kind, or the end of the input or of the
 * room for output is near: compressed_block() goes on there. */
static void quick_part(Inflater *s)
{
    Inflated *out = s->out;
    Cursor c = { s->hold, s->held, s->at, out->bytes + out->size }, before = c;
    const uint8_t *end = out->bytes + s->room;
    bool common = true;
    while (common && s->n - c.at >= 8 && (size_t)(end - c.to) >= QUICK_ROOM) {
        quick_refill(&c, s->in); /* enough for a reference, or for three literals */
        before = c;
        if (!quick_literal(s, &c)) {
            common = quick_reference(s, &c);
        } else if (quick_literal(s, &c)) {
            (void)quick_literal(s, &c);
        }
    }
    c = common ? c : before;
    s->hold = c.hold & ((UINT64_C(1) << c.held) - 1);
    s->held = c.held;
    s->at = c.at;
    out->size = (size_t)(c.to - out->bytes);
}

static bool compressed_block(Inflater *s)
{
    for (;;) {
        if (s->room - s->out->size >= QUICK_ROOM) {
            quick_part(s);
            if (s->out->size > s->limit) {
                return failed(s, inflate_too_large);
            }
        }
        uint32_t symbol = next_symbol(s, &s->lengths);
        if (symbol < END_OF_BLOCK) {
            if (!reserve(s, 1)) {
                return false;
            }
            s->out->bytes[s->out->size++] = (uint8_t)symbol;
            continue;
        }
        if (symbol == END_OF_BLOCK) {
            return true;
        }
        if (symbol > 285) {
            return failed(s, damaged);
        }
        uint32_t length = symbol == 285 ? 258 : 3 + extended(s, symbol - 257, 4);
        symbol = next_symbol(s, &s->distances);
        if (symbol > 29) {
            return failed(s, damaged);
        }
        uint32_t distance = 1 + extended(s, symbol, 2);
        if (s->error || !copy(s, length, distance)) {
            return false;
        }
    }
}

static void fixed_codes(Inflater *s)
{
    uint8_t lengths[LENGTH_CODES];
    memset(lengths, 8, 144);
    memset(lengths + 144, 9, 112);
    memset(lengths + 256, 7, 24);
    memset(lengths + 280, 8, 8);
    make_codes(&s->lengths, lengths, LENGTH_CODES, CODE_LENGTHS);
    memset(lengths, 5, DIST_CODES);
    make_codes(&s->distances, lengths, DIST_CODES, CODE_DISTANCES);
}

/* Reads `count` code lengths, which are themselves coded, by s->lengths. */
static bool read_lengths(Inflater *s, uint8_t *lengths, unsigned count)
{
    for (unsigned i = 0; i < count;) {
        uint32_t symbol = next_symbol(s, &s->lengths);
        uint8_t length = 0;
        unsigned repeat = 1;
        switch (symbol) {
        case 16:
            if (i == 0) {
                return failed(s, damaged);
            }
            length = lengths[i - 1];
            repeat = 3 + bits(s, 2);
            break;
        case 17: repeat = 3 + bits(s, 3); break;
        case 18: repeat = 11 + bits(s, 7); break;
        default: length = (uint8_t)symbol; break;
        }
        if (s->error || repeat > count - i) {
            return failed(s, damaged);
        }
        memset(lengths + i, length, repeat);
        i += repeat;
    }
    return true;
}

static bool dynamic_codes(Inflater *s)
{
    uint8_t lengths[286 + 30] = { 0 };
    unsigned length_count = 257 + bits(s, 5);
    unsigned dist_count = 1 + bits(s, 5);
    unsigned order_count = 4 + bits(s, 4);
    if (length_count > 286 || dist_count > 30) {
        return failed(s, damaged);
    }
    for (unsigned i = 0; i < order_count; i++) {
        lengths[deflate_code_order[i]] = (uint8_t)bits(s, 3);
    }
    if (s->error || !make_codes(&s->lengths, lengths, DEFLATE_CODE_LENGTHS, CODE_OF_LENGTHS)) {
        return failed(s, damaged);
    }
    if (!read_lengths(s, lengths, length_count + dist_count)) {
        return false;
    }
    if (lengths[END_OF_BLOCK] == 0 ||
        !make_codes(&s->lengths, lengths, length_count, CODE_LENGTHS) ||
        !make_codes(&s->distances, lengths + length_count, dist_count, CODE_DISTANCES)) {
        return failed(s, damaged);
    }
    return true;
}

static bool block(Inflater *s, uint32_t type)
{
    switch (type) {
    case 0: return stored_block(s);
    case 1: fixed_codes(s); return compressed_block(s);
    case 2: return dynamic_codes(s) && compressed_block(s);
    default: return failed(s, damaged);
    }
}

const char *inflate(const uint8_t *in, size_t n, size_t limit, Inflated *out)
{
    *out = (Inflated){ 0 };
    Inflater *s = calloc(1, sizeof *s);
    if (!s) {
        return no_memory;
    }
    s->in = in;
    s->n = n;
    s->out = out;
    s->limit = limit;
    bool last;
    do {
        last = bits(s, 1);
    } while (!s->error && block(s, bits(s, 2)) && !last);
    const char *error = s->error;
    out->used = s->at - s->held / 8;
    free(s);
    if (error) {
        free(out->bytes);
        *out = (Inflated){ 0 };
    } else if (out->size) {
        uint8_t *exact = realloc(out->bytes, out->size);
        out->bytes = exact ? exact : out->bytes;
    }
    return error;
}

/* The size of a gzip header; 0: there is none, or it is cut off. */
static size_t header_size(const uint8_t *in, size_t n)
{
    enum { FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, RESERVED = 0xe0 };
    if (n < 10 || in[0] != 0x1f || in[1] != 0x8b || in[2] != 8 || in[3] & RESERVED) {
        return 0;
    }
    unsigned flags = in[3];
    size_t at = 10;
    if (flags & FEXTRA) {
        if (n - at < 2) {
            return 0;
        }
        size_t extra = ld16_p(in + at);
        if (n - at - 2 < extra) {
            return 0;
        }
        at += 2 + extra;
    }
    for (unsigned text = FNAME; text <= FCOMMENT; text <<= 1) {
        if (flags & text) {
            const uint8_t *end = memchr(in + at, 0, n - at);
            if (!end) {
                return 0;
            }
            at = (size_t)(end - in) + 1;
        }
    }
    size_t crc = flags & FHCRC ? 2 : 0;
    return n - at < crc ? 0 : at + crc;
}

const char *gunzip(const uint8_t *in, size_t n, size_t limit, Inflated *out)
{
    *out = (Inflated){ 0 };
    size_t header = header_size(in, n);
    if (header == 0) {
        return "has no gzip header";
    }
    const char *error = inflate(in + header, n - header, limit, out);
    if (error) {
        return error;
    }
    const uint8_t *end = in + header + out->used;
    if (n - header - out->used < 8) {
        error = cut_off;
    } else if (ld32_p(end) != crc32(0, out->bytes, out->size) ||
               ld32_p(end + 4) != (uint32_t)out->size) {
        error = damaged;
    }
    out->used += header + 8;
    if (error) {
        free(out->bytes);
        *out = (Inflated){ 0 };
    }
    return error;
}
