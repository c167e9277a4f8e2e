/* SPDX-License-Identifier: MIT */
/* gzip and DEFLATE: streams that gzip's library made, of each kind of block, and hostile ones. What
 * comes out of whole files is compared in tests/inflate.t. */
#include "util/inflate.h"

#include <stdlib.h>

#include "tests/unit/tap.h"

static const uint8_t stored[] = { 0x01, 0x0f, 0x00, 0xf0, 0xff, 0x73, 0x74, 0x6f, 0x72, 0x65,
                                  0x64, 0x20, 0x61, 0x73, 0x20, 0x69, 0x74, 0x20, 0x69, 0x73 };
static const uint8_t fixed[] = { 0x4b, 0x54, 0x28, 0xca, 0x2f, 0x4e, 0x55, 0xc8, 0x2c, 0x56, 0x48,
                                 0xc4, 0xc9, 0xd2, 0x51, 0x48, 0xcc, 0x4b, 0x81, 0x89, 0x26, 0x55,
                                 0x02, 0x79, 0x95, 0x0a, 0xf9, 0x25, 0x19, 0xa9, 0x45, 0x0a, 0x79,
                                 0x89, 0xb9, 0xa9, 0x0a, 0xe5, 0xf9, 0xa5, 0x39, 0x29, 0x0a, 0xc5,
                                 0xb9, 0xa9, 0x39, 0x39, 0x0a, 0x89, 0xc5, 0x0a, 0xc5, 0xe5, 0xa9,
                                 0xa9, 0x25, 0x5c, 0x89, 0x43, 0xcc, 0x5c, 0x00 };
static const uint8_t dynamic[] = {
    0x1d, 0x90, 0x01, 0x0a, 0x04, 0x31, 0x08, 0x03, 0xbf, 0x92, 0xaf, 0x05, 0x1a, 0x50, 0x58,
    0x14, 0xac, 0xfb, 0xff, 0xcb, 0x5e, 0xa1, 0xa0, 0xc5, 0x89, 0x49, 0x57, 0x94, 0x38, 0xc0,
    0xe6, 0x4a, 0xeb, 0x02, 0xbb, 0x85, 0x1b, 0xca, 0x6a, 0xb5, 0xe6, 0xe6, 0x46, 0xc6, 0x6d,
    0x66, 0x6b, 0x21, 0xd5, 0x66, 0xf3, 0x5d, 0x6e, 0x2d, 0xc1, 0x0c, 0x43, 0xc8, 0xa5, 0x47,
    0x2b, 0x0e, 0x8e, 0xf6, 0x80, 0x53, 0x16, 0x69, 0xf1, 0x58, 0x5b, 0xe0, 0xea, 0xf1, 0x35,
    0x2a, 0xf5, 0xbe, 0x6a, 0xf0, 0x6d, 0x13, 0xdc, 0x80, 0x35, 0x7d, 0xae, 0x34, 0xf9, 0x32,
    0x0a, 0xdf, 0xc3, 0x8d, 0x61, 0xa1, 0xd0, 0x55, 0x3b, 0x47, 0xcf, 0x29, 0x85, 0x1e, 0xc3,
    0x95, 0x98, 0xd5, 0xe8, 0x0a, 0xb0, 0xa7, 0x2d, 0x5a, 0xa0, 0xa5, 0xec, 0x9b, 0xa2, 0xd1,
    0x0b, 0x25, 0xbf, 0xd5, 0xc7, 0xc3, 0xd1, 0xed, 0x3e, 0x76, 0x41, 0x18, 0x91, 0x13, 0x04,
    0x64, 0xf7, 0xff, 0x1d, 0xc4, 0x53, 0xe5, 0x68, 0x1d, 0x7b, 0xe1, 0x68, 0x60, 0x7d, 0x5e,
    0x15, 0x4c, 0x57, 0x1c, 0xd5, 0x67, 0xf9, 0xf8, 0x3b, 0x8e, 0xf5, 0x73, 0xf0, 0xa8, 0x7e
};
static const uint8_t several[] = { 0xca, 0xcf, 0x4b, 0x05, 0x00, 0x00, 0x00,
                                   0xff, 0xff, 0x2b, 0x29, 0xcf, 0x07, 0x00 };

/* echo -n 'in an envelope' | gzip -9, with a name. */
static const uint8_t envelope[] = { 0x1f, 0x8b, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff,
                                    0x6e, 0x61, 0x6d, 0x65, 0x00, 0xcb, 0xcc, 0x53, 0x48, 0xcc,
                                    0x53, 0x48, 0xcd, 0x2b, 0x4b, 0xcd, 0xc9, 0x2f, 0x48, 0x05,
                                    0x00, 0x21, 0x5c, 0x26, 0x2c, 0x0e, 0x00, 0x00, 0x00 };

static const char text[] =
    "a rose is a rose is a rose is a rose, and a rose by any other name would smell as sweet\n";
static const char letters[] = "teaeear  titeetr   ttn sheinoeoersithihsoaioet eentioautatnta "
                              "aiheet itaeoenhd detd arn ttoeada"
                              "eee atelateeeneeotueo auotaeath oettttseeriuahn  oetshran n "
                              "onntrdeldnehelneeni rterese  hihtna"
                              "h ooeeiosiea oes eia ttodeenhoos ehtt a eseeoaih etio oetsa "
                              "lnnithohts ioe aneee ehaianearenate"
                              "ed   deioir len";

#define LIMIT ((size_t)1 << 20)

typedef const char *Unpack(const uint8_t *in, size_t n, size_t limit, Inflated *out);

/* The input in memory of its own size, so that a byte too far is seen; what it gives. */
static Inflated result;
static const char *unpack(Unpack *how, const void *in, size_t n, size_t limit)
{
    uint8_t *exact = malloc(n + !n);
    if (n) {
        memcpy(exact, in, n);
    }
    free(result.bytes);
    const char *error = how(exact, n, limit, &result);
    free(exact);
    return error;
}

static bool gives(Unpack *how, const void *in, size_t n, const void *want, size_t size)
{
    return !unpack(how, in, n, LIMIT) && result.size == size && result.used == n &&
           (size == 0 || memcmp(result.bytes, want, size) == 0);
}

/* Cut off anywhere it is refused as such; with any bit wrong it does no harm. */
static void hostile(Unpack *how, const uint8_t *in, size_t n, const char *name)
{
    bool all = true;
    uint8_t copy[400];
    for (size_t cut = 0; cut < n; cut++) {
        all = all && unpack(how, in, cut, LIMIT) && !result.bytes;
    }
    ok(all, "%s: cut off anywhere", name);
    for (size_t bit = 0; bit < 8 * n; bit++) {
        memcpy(copy, in, n);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        const char *error = unpack(how, copy, n, LIMIT);
        all = all && (error ? !result.bytes && !result.size : result.size <= LIMIT);
    }
    ok(all, "%s: with a wrong bit anywhere", name);
}

static void test_blocks(void)
{
    static const char three[] = "abc";
    char thrice[3 * sizeof text];
    snprintf(thrice, sizeof thrice, "%s%s%s", text, text, text);
    ok(gives(inflate, stored, sizeof stored, "stored as it is", 15), "a stored block");
    ok(gives(inflate, fixed, sizeof fixed, thrice, strlen(thrice)), "a block with fixed codes");
    ok(gives(inflate, dynamic, sizeof dynamic, letters, strlen(letters)), "with codes of its own");
    ok(gives(inflate, several, sizeof several, "onetwo", 6), "several blocks, one of them empty");
    ok(gives(inflate, "\x03\0", 2, "", 0), "nothing");
    ok(!unpack(inflate, "\x4b\x4c\x4a\x06\0and more", 13, LIMIT) && result.used == 5 &&
           memcmp(result.bytes, three, 3) == 0,
       "what comes after the end is left alone");
    hostile(inflate, stored, sizeof stored, "stored");
    hostile(inflate, fixed, sizeof fixed, "fixed");
    hostile(inflate, dynamic, sizeof dynamic, "dynamic");
    hostile(inflate, several, sizeof several, "several");
}

static void test_limit(void)
{
    ok(!unpack(inflate, fixed, sizeof fixed, 3 * strlen(text)), "just as much as there is room");
    is_str(unpack(inflate, fixed, sizeof fixed, 3 * strlen(text) - 1), inflate_too_large,
           "one byte more");
    is_str(unpack(inflate, stored, sizeof stored, 14), inflate_too_large, "in a stored block");
    is_str(unpack(inflate, fixed, sizeof fixed, 0), inflate_too_large, "no room at all");
    ok(!unpack(inflate, "\x03\0", 2, 0), "which nothing fits into");
}

/* Bits in DEFLATE's order, and Huffman codes, which go the other way. */
static struct {
    uint8_t b[600];
    unsigned n;
} s;

static void put(uint32_t value, unsigned count)
{
    for (unsigned i = 0; i < count; i++, s.n++) {
        s.b[s.n / 8] |= (uint8_t)((value >> i & 1) << s.n % 8);
    }
}

static void code(uint32_t value, unsigned count)
{
    for (unsigned i = count; i--;) {
        put(value >> i, 1);
    }
}

static void begin(unsigned type)
{
    memset(&s, 0, sizeof s);
    put(1, 1);
    put(type, 2);
}

static const char *made(void)
{
    return unpack(inflate, s.b, s.n / 8 + 3, LIMIT);
}

/* The lengths of the code that lengths are in: 4 bits for 0..14 each, say. */
static void begin_dynamic(unsigned length_codes, unsigned dist_codes, const char *order_lengths)
{
    begin(2);
    put(length_codes - 257, 5);
    put(dist_codes - 1, 5);
    put((uint32_t)strlen(order_lengths) - 4, 4);
    for (; *order_lengths; order_lengths++) {
        put((uint32_t)(*order_lengths - '0'), 3);
    }
}

static void test_wrong(void)
{
    begin(3);
    is_str(made(), "is damaged", "a block of no type");
    begin(1);
    code(0xc6, 8); /* 286 */
    is_str(made(), "is damaged", "a length that there is not");
    begin(1);
    code(0x30, 8); /* 0 */
    code(1, 7);    /* 257: length 3 */
    code(30, 5);
    is_str(made(), "is damaged", "a distance that there is not");
    begin(1);
    code(0x30, 8);
    code(1, 7);
    code(1, 5); /* distance 2 */
    is_str(made(), "is damaged", "a distance to before the beginning");
    begin(1);
    code(0x30, 8);
    code(1, 7);
    code(0, 5);
    code(0, 7);
    ok(!made() && result.size == 4 && memcmp(result.bytes, "\0\0\0\0", 4) == 0,
       "a reference that overlaps what it makes");
    begin(1);
    code(0x190, 9);
    code(0x1ff, 9);
    code(0, 7);
    ok(!made() && result.size == 2 && memcmp(result.bytes, "\x90\xff", 2) == 0,
       "bytes whose code has 9 bits");
    begin(1);
    code(0x30, 8);
    code(0xc5, 8); /* 285: length 258, no extra bits */
    code(0, 5);
    code(0, 7);
    ok(!made() && result.size == 259, "the longest reference");

    begin(0);
    is_str(unpack(inflate,
                  "\x01\x05\0\xfa\xff"
                  "abcde",
                  10, LIMIT),
           NULL, "a stored block");
    is_str(unpack(inflate,
                  "\x01\x05\0\xfa\xfe"
                  "abcde",
                  10, LIMIT),
           "is damaged", "whose size and its complement differ");
    is_str(unpack(inflate,
                  "\x01\x06\0\xf9\xff"
                  "abcde",
                  10, LIMIT),
           "is cut off", "that is longer than what there is");

    /* The order is 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15. */
    begin_dynamic(288, 1, "0011");
    is_str(made(), "is damaged", "too many length codes");
    begin_dynamic(257, 31, "0011");
    is_str(made(), "is damaged", "too many distance codes");
    begin_dynamic(257, 1, "1111");
    is_str(made(), "is damaged", "more codes than there are numbers");
    begin_dynamic(257, 1, "2222");
    code(1, 2); /* 16 */
    is_str(made(), "is damaged", "four codes of two bits, then a repetition of nothing");
    begin_dynamic(257, 1, "0022");
    is_str(made(), "is damaged", "fewer codes than there are numbers");
    begin_dynamic(257, 1, "0010");
    code(0, 1); /* 18: 138 zeros */
    put(127, 7);
    code(0, 1);
    put(127, 7);
    is_str(made(), "is damaged", "more lengths than were said");
    begin_dynamic(257, 1, "0010");
    code(0, 1);
    put(127, 7);
    code(0, 1);
    put(258 - 138 - 11, 7);
    is_str(made(), "is damaged", "no code for the end of the block");

    /* 0 and 256 have 1 bit, distances have none: then none may be used. */
    static const char one_or_18[] = "001000000000000001"; /* 1: 0, 18: 1 */
    begin_dynamic(257, 1, one_or_18);
    code(1, 1);
    put(127, 7); /* 0..137 */
    code(1, 1);
    put(118 - 11, 7); /* 138..255 */
    code(0, 1);       /* 256 */
    code(0, 1);       /* distance 0: one code of 1 bit */
    code(0, 1);       /* the end */
    ok(!made() && result.size == 0, "single codes of one bit");
    begin_dynamic(257, 1, one_or_18);
    code(1, 1);
    put(127, 7);
    code(1, 1);
    put(118 - 11, 7);
    code(0, 1);
    code(0, 1);
    code(1, 1);
    is_str(made(), "is damaged", "whose other number is used");
}

static void test_envelope(void)
{
    uint8_t g[sizeof envelope + 40];
    ok(gives(gunzip, envelope, sizeof envelope, "in an envelope", 14), "a gzip file with a name");
    hostile(gunzip, envelope, sizeof envelope, "gzip");
    is_str(unpack(gunzip, "not gzip at all", 15, LIMIT), "has no gzip header", "no gzip file");
    is_str(unpack(gunzip, "", 0, LIMIT), "has no gzip header", "an empty one");
    size_t body = 15, rest = sizeof envelope - body;
    struct {
        uint8_t flags;
        const char *fields;
        size_t n;
        const char *name;
    } good[] = {
        { 0, "", 0, "no fields" },
        { 1, "", 0, "a text" },
        { 2, "ab", 2, "a header's checksum" },
        { 4, "\x05\0extra", 7, "an extra field" },
        { 4, "\0\0", 2, "an empty one" },
        { 16, "comment", 8, "a comment" },
        { 31, "\x01\0xname\0comment\0ab", 18, "all of them" },
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        memcpy(g, envelope, 10);
        g[3] = good[i].flags;
        memcpy(g + 10, good[i].fields, good[i].n);
        memcpy(g + 10 + good[i].n, envelope + body, rest);
        size_t n = 10 + good[i].n + rest;
        ok(gives(gunzip, g, n, "in an envelope", 14), "%s", good[i].name);
        bool all = true;
        for (size_t cut = 0; cut < n; cut++) {
            all = all && unpack(gunzip, g, cut, LIMIT);
        }
        ok(all, "%s: cut off anywhere", good[i].name);
    }
    memcpy(g, envelope, sizeof envelope);
    g[3] = 0x28;
    is_str(unpack(gunzip, g, sizeof envelope, LIMIT), "has no gzip header", "a reserved flag");
    for (size_t i = sizeof envelope - 8; i < sizeof envelope; i++) {
        memcpy(g, envelope, sizeof envelope);
        g[i]++;
        is_str(unpack(gunzip, g, sizeof envelope, LIMIT), "is damaged", "a wrong sum or size");
    }
    memcpy(g, envelope, sizeof envelope);
    memcpy(g + sizeof envelope, envelope, 20);
    ok(!unpack(gunzip, g, sizeof envelope + 20, LIMIT) && result.used == sizeof envelope &&
           result.size == 14,
       "only the first member is unpacked");
}

int main(void)
{
    test_blocks();
    test_limit();
    test_wrong();
    test_envelope();
    free(result.bytes);
    return done_testing();
}
