/* SPDX-License-Identifier: MIT */
/* Digests, saves and loads state by its table of fields. */
#include "util/vmstate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/bytes.h"
#include "util/timer.h"

#define FNV_PRIME UINT64_C(0x100000001b3)

static uint64_t fold(uint64_t digest, uint8_t byte)
{
    return (digest ^ byte) * FNV_PRIME;
}

/* The value of an element; a timer's is its deadline. */
static uint64_t element(const uint8_t *at, uint8_t size)
{
    if (size == 0) {
        return (uint64_t)((const Timer *)(const void *)at)->deadline;
    }
    uint8_t v8;
    uint16_t v16;
    uint32_t v32;
    uint64_t v64;
    switch (size) {
    case 1: memcpy(&v8, at, 1); return v8;
    case 2: memcpy(&v16, at, 2); return v16;
    case 4: memcpy(&v32, at, 4); return v32;
    default: memcpy(&v64, at, 8); return v64;
    }
}

/* The size of an element in saved state, in bytes. */
static unsigned saved_size(const VMField *f)
{
    return f->size ? f->size : 8;
}

uint64_t vmstate_digest(uint64_t digest, const VMField *fields, const void *state)
{
    for (const VMField *f = fields; f->count; f++) {
        const uint8_t *at = (const uint8_t *)state + f->offset;
        for (uint32_t i = 0; i < f->count; i++, at += f->size) {
            uint64_t v = element(at, f->size);
            for (unsigned b = 0; b < saved_size(f); b++) {
                digest = fold(digest, (uint8_t)(v >> (8 * b)));
            }
        }
    }
    return digest;
}

uint64_t vmstate_digest_bytes(uint64_t digest, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        digest = fold(digest, bytes[i]);
    }
    return digest;
}

static uint64_t fold_word(uint64_t sum, uint64_t word)
{
    sum = (sum ^ word) * FNV_PRIME;
    return sum ^ sum >> 32;
}

uint64_t vmstate_checksum(uint64_t sum, const uint8_t *bytes, size_t n)
{
    uint64_t a = sum, b = sum + 1, c = sum + 2, d = sum + 3;
    size_t part = n / 32 * 32;
    for (size_t i = 0; i < part; i += 32) { /* the host works at all four at a time */
        a = fold_word(a, ld64_p(bytes + i));
        b = fold_word(b, ld64_p(bytes + i + 8));
        c = fold_word(c, ld64_p(bytes + i + 16));
        d = fold_word(d, ld64_p(bytes + i + 24));
    }
    sum = fold_word(fold_word(fold_word(a, b), c), d);
    return vmstate_digest_bytes(sum, bytes + part, n - part);
}

/* -- Saving -- */

void vmstate_put_bytes(VMWriter *w, const uint8_t *bytes, size_t n)
{
    if (w->failed || n == 0) {
        return;
    }
    if (n > w->cap - w->len) {
        size_t cap = w->cap + n + (w->cap + n) / 2 + 256;
        uint8_t *more = realloc(w->bytes, cap);
        if (!more) {
            w->failed = true;
            return;
        }
        w->bytes = more;
        w->cap = cap;
    }
    memcpy(w->bytes + w->len, bytes, n);
    w->len += n;
}

void vmstate_put(VMWriter *w, uint64_t value, unsigned size)
{
    uint8_t bytes[8];
    for (unsigned i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(value >> (8 * i));
    }
    vmstate_put_bytes(w, bytes, size);
}

void vmstate_save(VMWriter *w, const VMField *fields, const void *state)
{
    for (const VMField *f = fields; f->count; f++) {
        const uint8_t *at = (const uint8_t *)state + f->offset;
        for (uint32_t i = 0; i < f->count; i++, at += f->size) {
            vmstate_put(w, element(at, f->size), saved_size(f));
        }
    }
}

void vmstate_put_string(VMWriter *w, const char *string)
{
    size_t n = strlen(string);
    vmstate_put(w, n, 2);
    vmstate_put_bytes(w, (const uint8_t *)string, n);
}

/* A number for the sizes and counts of a table: another program may have another table. */
static uint32_t layout_of(const VMField *fields)
{
    uint64_t digest = VM_DIGEST_START;
    for (const VMField *f = fields; f && f->count; f++) {
        digest = fold(digest, f->size);
        for (unsigned shift = 0; shift < 32; shift += 8) {
            digest = fold(digest, (uint8_t)(f->count >> shift));
        }
    }
    return (uint32_t)(digest ^ digest >> 32);
}

size_t vmstate_begin(VMWriter *w, const char *name, const VMField *fields)
{
    vmstate_put_string(w, name);
    vmstate_put(w, layout_of(fields), 4);
    vmstate_put(w, 0, 8); /* the length, at vmstate_end() */
    return w->len;
}

void vmstate_end(VMWriter *w, size_t begin)
{
    size_t end = w->len;
    if (!w->failed) {
        w->len = begin - 8;
        vmstate_put(w, end - begin, 8);
        w->len = end;
    }
}

/* -- Loading -- */

bool vmstate_fail(VMReader *r, const char *why, ...)
{
    if (!r->failed) {
        va_list args;
        va_start(args, why);
        vsnprintf(r->why, sizeof r->why, why, args);
        va_end(args);
        r->failed = true;
    }
    return false;
}

bool vmstate_get_bytes(VMReader *r, uint8_t *bytes, size_t n)
{
    if (r->failed || n > r->left) {
        memset(bytes, 0, n);
        return vmstate_fail(r, "is cut off");
    }
    memcpy(bytes, r->bytes, n);
    r->bytes += n;
    r->left -= n;
    return true;
}

uint64_t vmstate_get(VMReader *r, unsigned size)
{
    uint64_t value = 0;
    if (r->failed || size > r->left) {
        (void)vmstate_fail(r, "is cut off");
        return 0;
    }
    for (unsigned i = 0; i < size; i++) {
        value |= (uint64_t)r->bytes[i] << (8 * i);
    }
    r->bytes += size;
    r->left -= size;
    return value;
}

static void set_element(uint8_t *at, uint8_t size, uint64_t v)
{
    uint8_t v8 = (uint8_t)v;
    uint16_t v16 = (uint16_t)v;
    uint32_t v32 = (uint32_t)v;
    switch (size) {
    case 0: timer_mod((Timer *)(void *)at, v <= INT64_MAX ? (int64_t)v : TIMER_NEVER); break;
    case 1: memcpy(at, &v8, 1); break;
    case 2: memcpy(at, &v16, 2); break;
    case 4: memcpy(at, &v32, 4); break;
    default: memcpy(at, &v, 8); break;
    }
}

bool vmstate_load(VMReader *r, const VMField *fields, void *state)
{
    for (const VMField *f = fields; f->count; f++) {
        uint8_t *at = (uint8_t *)state + f->offset;
        if (f->size == 1) {
            (void)vmstate_get_bytes(r, at, f->count);
            continue;
        }
        for (uint32_t i = 0; i < f->count; i++, at += f->size) {
            set_element(at, f->size, vmstate_get(r, saved_size(f)));
        }
    }
    return !r->failed;
}

/* Reads a string of fewer than `size` bytes. */
static void get_string(VMReader *r, char *string, size_t size)
{
    size_t n = (size_t)vmstate_get(r, 2);
    if (n >= size) {
        n = 0;
        (void)vmstate_fail(r, "is damaged");
    }
    (void)vmstate_get_bytes(r, (uint8_t *)string, n);
    string[n] = '\0';
}

bool vmstate_expect_string(VMReader *r, const char *what, const char *string)
{
    char found[64];
    get_string(r, found, sizeof found);
    return !r->failed && (strcmp(found, string) == 0 ||
                          vmstate_fail(r, "%s is %s there, %s here", what, found, string));
}

bool vmstate_enter(VMReader *r, const char *name, const VMField *fields, size_t *outside)
{
    char found[64];
    get_string(r, found, sizeof found);
    bool same_layout = vmstate_get(r, 4) == layout_of(fields);
    uint64_t length = vmstate_get(r, 8);
    *outside = 0;
    if (r->failed) {
        return false;
    }
    if (strcmp(found, name) != 0) {
        return vmstate_fail(r, "%s is there, %s here", found, name);
    }
    if (!same_layout) {
        return vmstate_fail(r, "%s is of another version of tqemu", name);
    }
    if (length > r->left) {
        return vmstate_fail(r, "is cut off");
    }
    *outside = r->left - (size_t)length;
    r->left = (size_t)length;
    return true;
}

bool vmstate_leave(VMReader *r, const char *name, size_t outside)
{
    if (!r->failed && r->left) {
        (void)vmstate_fail(r, "%s is longer than here", name);
    }
    r->left = outside;
    return !r->failed;
}
