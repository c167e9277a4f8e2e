/* SPDX-License-Identifier: MIT */
/* Unpacks gzip: DEFLATE (RFC 1951) in the envelope of RFC 1952. */
#ifndef UTIL_INFLATE_H
#define UTIL_INFLATE_H

#include <stddef.h>
#include <stdint.h>

/* What comes out. */
typedef struct Inflated {
    uint8_t *bytes; /* for free(); NULL after an error */
    size_t size;
    size_t used; /* bytes of the input, which may go on */
} Inflated;

extern const char inflate_too_large[];

/* Unpacks the DEFLATE stream that the n bytes at `in` begin with, to `limit` bytes at most. Returns
 * NULL, or what is wrong, for a message: it "is cut off", say, or inflate_too_large. */
const char *inflate(const uint8_t *in, size_t n, size_t limit, Inflated *out);

/* The same for a gzip file, of which only the first member is unpacked; checks its sum and size. */
const char *gunzip(const uint8_t *in, size_t n, size_t limit, Inflated *out);

#endif
