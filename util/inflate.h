/* SPDX-License-Identifier: MIT */
/* Unpacks gzip: DEFLATE (RFC 1951) in the envelope of RFC 1952. */
#ifndef UTIL_INFLATE_H
#define UTIL_INFLATE_H

#include <stddef.h>
#include <stdint.h>

/* The result. */
typedef struct Inflated {
    uint8_t *bytes; /* the caller frees them; NULL after an error */
    size_t size;
    size_t used; /* bytes of the input that were read */
} Inflated;

extern const char inflate_too_large[];

/* The order in which the header of a block has the lengths of the codes for its code lengths (RFC
 * 1951, 3.2.7). */
#define DEFLATE_CODE_LENGTHS 19
extern const uint8_t deflate_code_order[DEFLATE_CODE_LENGTHS];

/* Unpacks the DEFLATE stream at the start of the n bytes at `in`, to at most `limit` bytes. Returns
 * NULL, or the error for a message: "is cut off", for example, or inflate_too_large. */
const char *inflate(const uint8_t *in, size_t n, size_t limit, Inflated *out);

/* The same for the first member of a gzip file; checks its CRC and size. */
const char *gunzip(const uint8_t *in, size_t n, size_t limit, Inflated *out);

#endif
