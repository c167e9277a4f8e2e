/* SPDX-License-Identifier: MIT */
/* The image loader: Intel HEX (Intel Hexadecimal Object File Format Specification, revision A). A
 * line is ":LLAAAATT", LL bytes, and a checksum that makes all its bytes add up to 0. */
#include "boot/loader_formats.h"

#include <stdlib.h>
#include <string.h>

#include "util/log.h"

enum {
    IHEX_DATA,
    IHEX_END,
    IHEX_SEGMENT_BASE,  /* bits 19..4 of the base of the addresses that follow */
    IHEX_SEGMENT_START, /* CS:IP, which GNU objcopy uses for entry points below 1 MiB */
    IHEX_LINEAR_BASE,   /* bits 31..16 of that base */
    IHEX_LINEAR_START,
};

#define RECORD_MAX (5 + 255) /* bytes: length, address (2), type, data, checksum */

static int hex_digit(uint8_t c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* Decodes and checks the record at `p`. Returns the number of its bytes, 0 if it is no record. */
static size_t read_record(const uint8_t *p, size_t n, uint8_t *record)
{
    size_t count = 0, wanted = 5;
    uint8_t sum = 0;
    if (n == 0 || p[0] != ':') {
        return 0;
    }
    for (size_t i = 1; count < wanted; i += 2) {
        int high = i + 1 < n ? hex_digit(p[i]) : -1;
        int low = i + 1 < n ? hex_digit(p[i + 1]) : -1;
        if (high < 0 || low < 0) {
            return 0;
        }
        record[count] = (uint8_t)(high << 4 | low);
        sum = (uint8_t)(sum + record[count]);
        if (count++ == 0) {
            wanted += record[0];
        }
    }
    return sum == 0 ? count : 0;
}

bool ihex_is(const Image *image)
{
    uint8_t record[RECORD_MAX];
    return read_record(image->bytes, image->size, record) != 0;
}

static bool is_line_end(uint8_t c)
{
    return c == '\r' || c == '\n';
}

/* A file while it is loaded. */
typedef struct Ihex {
    const Image *image;
    uint8_t *data; /* the bytes of all records so far */
    size_t used;
    SegmentList *segments;
    bool join;     /* the last segment is from this file */
    uint32_t base; /* added to the addresses that follow */
    uint32_t entry;
    bool ended;
} Ihex;

/* Makes a segment of each run of data without a gap. */
static bool add_data(Ihex *h, uint64_t addr, const uint8_t *bytes, size_t n)
{
    uint8_t *to = h->data + h->used;
    memcpy(to, bytes, n);
    h->used += n;
    Segment *last = h->join ? &h->segments->list[h->segments->count - 1] : NULL;
    if (last && last->addr + last->size == addr) {
        last->size += n;
        last->count += n;
        return true;
    }
    h->join = true;
    return segment_add_bytes(h->segments, h->image->name, addr, to, n);
}

/* Does what a record says. */
static bool take_record(Ihex *h, const uint8_t *record, unsigned line)
{
    static const uint8_t length_of[] = { 0, 0, 2, 4, 2, 4 };
    uint32_t n = record[0], type = record[3];
    const uint8_t *d = record + 4;
    if (type > IHEX_LINEAR_START || (type != IHEX_DATA && n != length_of[type])) {
        error_report("%s: line %u has %u bytes of type %u, which Intel HEX does not have: make the "
                     "file again",
                     h->image->name, line, (unsigned)n, (unsigned)type);
        return false;
    }
    switch (type) {
    case IHEX_DATA: return n == 0 || add_data(h, (uint64_t)h->base + ld16_be_p(record + 1), d, n);
    case IHEX_END: h->ended = true; break;
    case IHEX_SEGMENT_BASE: h->base = ld16_be_p(d) << 4; break;
    case IHEX_LINEAR_BASE: h->base = ld16_be_p(d) << 16; break;
    case IHEX_SEGMENT_START: h->entry = (ld16_be_p(d) << 4) + ld16_be_p(d + 2); break;
    case IHEX_LINEAR_START: h->entry = ld32_be_p(d); break;
    }
    return true;
}

bool ihex_load(const Image *image, uint8_t **data, SegmentList *segments, uint32_t *entry)
{
    *data = malloc(image->size); /* enough: a byte is two digits there */
    if (!*data) {
        error_report("%s: no memory to load it: close other programs", image->name);
        return false;
    }
    Ihex h = { .image = image, .data = *data, .segments = segments };
    const uint8_t *p = image->bytes, *end = p + image->size;
    unsigned line = 1;
    while (p < end && !h.ended) {
        if (is_line_end(*p)) {
            line += *p++ == '\n';
            continue;
        }
        uint8_t record[RECORD_MAX];
        size_t bytes = read_record(p, (size_t)(end - p), record);
        if (bytes == 0 || (p + 1 + 2 * bytes < end && !is_line_end(p[1 + 2 * bytes]))) {
            error_report("%s: line %u is damaged (Intel HEX): copy it again", image->name, line);
            return false;
        }
        p += 1 + 2 * bytes;
        if (!take_record(&h, record, line)) {
            return false;
        }
    }
    if (!h.ended || h.used == 0) {
        error_report("%s: %s (Intel HEX): copy it again", image->name,
                     h.ended ? "has no data" : "is cut off: its last line is missing");
        return false;
    }
    *entry = h.entry;
    return true;
}
