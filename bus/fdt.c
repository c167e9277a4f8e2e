/* SPDX-License-Identifier: MIT */
/* The builder of flattened device trees. */
#include "bus/fdt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bus/fdt_format.h"

void fdt_fail(Fdt *fdt, FdtError error)
{
    if (fdt->error == FDT_OK) {
        fdt->error = error;
    }
}

/* Adds n bytes and returns their address; NULL: no room. */
static uint8_t *extend(Fdt *fdt, FdtBytes *b, size_t n)
{
    if (n > FDT_MAX_SIZE || b->len > FDT_MAX_SIZE) {
        fdt_fail(fdt, FDT_TOO_LARGE);
        return NULL;
    }
    if (b->cap - b->len < n) {
        size_t cap = b->cap ? b->cap * 2 : 1024;
        while (cap - b->len < n) {
            cap *= 2;
        }
        uint8_t *bytes = realloc(b->bytes, cap);
        if (!bytes) {
            fdt_fail(fdt, FDT_NO_MEMORY);
            return NULL;
        }
        b->bytes = bytes;
        b->cap = cap;
    }
    uint8_t *at = b->bytes + b->len;
    b->len += n;
    return at;
}

static void put(Fdt *fdt, FdtBytes *b, const void *bytes, size_t n)
{
    if (n == 0) {
        return;
    }
    uint8_t *at = extend(fdt, b, n);
    if (at) {
        memcpy(at, bytes, n);
    }
}

static void put_u32(Fdt *fdt, FdtBytes *b, uint32_t v)
{
    uint8_t bytes[4];
    st32_be_p(bytes, v);
    put(fdt, b, bytes, 4);
}

/* Appends bytes to the structure block, padded to the next token. */
static void put_padded(Fdt *fdt, const void *bytes, size_t n)
{
    put(fdt, &fdt->structure, bytes, n);
    put(fdt, &fdt->structure, "\0\0\0", (4 - n % 4) % 4);
}

void fdt_init(Fdt *fdt)
{
    *fdt = (Fdt){ .depth = 0 };
}

void fdt_reserve(Fdt *fdt, const uint8_t *entries, size_t n)
{
    put(fdt, &fdt->reserved, entries, n);
}

void fdt_use_strings(Fdt *fdt, const uint8_t *strings, size_t n)
{
    put(fdt, &fdt->strings, strings, n);
}

void fdt_begin_node(Fdt *fdt, const char *name)
{
    if (fdt->depth == 0 && fdt->structure.len) {
        fdt_fail(fdt, FDT_MISUSE); /* a second root */
    }
    put_u32(fdt, &fdt->structure, FDT_BEGIN_NODE);
    put_padded(fdt, name, strlen(name) + 1);
    fdt->depth++;
}

void fdt_begin_node_at(Fdt *fdt, const char *name, hwaddr addr)
{
    char unit[48];
    int n = snprintf(unit, sizeof unit, "%s@%llx", name, (unsigned long long)addr);
    if (n < 0 || (size_t)n >= sizeof unit) {
        fdt_fail(fdt, FDT_MISUSE);
    }
    fdt_begin_node(fdt, unit);
}

void fdt_end_node(Fdt *fdt)
{
    if (fdt->depth == 0) {
        fdt_fail(fdt, FDT_MISUSE);
        return;
    }
    put_u32(fdt, &fdt->structure, FDT_END_NODE);
    fdt->depth--;
}

/* The offset of a property's name in the strings block, which has each name once. */
static uint32_t name_offset(Fdt *fdt, const char *name)
{
    size_t len = strlen(name) + 1;
    const FdtBytes *s = &fdt->strings;
    for (size_t i = 0; i + len <= s->len; i++) {
        if (memcmp(s->bytes + i, name, len) == 0) {
            return (uint32_t)i;
        }
    }
    uint32_t offset = (uint32_t)s->len;
    put(fdt, &fdt->strings, name, len);
    return offset;
}

void fdt_prop_named_at(Fdt *fdt, uint32_t offset, const void *bytes, size_t n)
{
    if (fdt->depth == 0) {
        fdt_fail(fdt, FDT_MISUSE);
        return;
    }
    put_u32(fdt, &fdt->structure, FDT_PROP);
    put_u32(fdt, &fdt->structure, (uint32_t)n);
    put_u32(fdt, &fdt->structure, offset);
    put_padded(fdt, bytes, n);
}

void fdt_prop_bytes(Fdt *fdt, const char *name, const void *bytes, size_t n)
{
    fdt_prop_named_at(fdt, name_offset(fdt, name), bytes, n);
}

void fdt_prop_empty(Fdt *fdt, const char *name)
{
    fdt_prop_bytes(fdt, name, "", 0);
}

void fdt_prop_u32(Fdt *fdt, const char *name, uint32_t cell)
{
    fdt_prop_u32s(fdt, name, &cell, 1);
}

void fdt_prop_u32s(Fdt *fdt, const char *name, const uint32_t *cells, size_t n)
{
    FdtBytes value = { NULL, 0, 0 };
    for (size_t i = 0; i < n; i++) {
        put_u32(fdt, &value, cells[i]);
    }
    fdt_prop_bytes(fdt, name, value.bytes, value.len);
    free(value.bytes);
}

void fdt_prop_string(Fdt *fdt, const char *name, const char *s)
{
    fdt_prop_bytes(fdt, name, s, strlen(s) + 1);
}

void fdt_prop_strings(Fdt *fdt, const char *name, const char *const *list)
{
    FdtBytes value = { NULL, 0, 0 };
    for (; *list; list++) {
        put(fdt, &value, *list, strlen(*list) + 1);
    }
    fdt_prop_bytes(fdt, name, value.bytes, value.len);
    free(value.bytes);
}

uint8_t *fdt_finish(Fdt *fdt, size_t *len)
{
    static const uint8_t no_more[FDT_RESERVE_SIZE];
    if (fdt->depth) {
        fdt_fail(fdt, FDT_MISUSE);
    }
    put_u32(fdt, &fdt->structure, FDT_END);
    put(fdt, &fdt->reserved, no_more, sizeof no_more);

    size_t reserved = FDT_HEADER_SIZE, structure = reserved + fdt->reserved.len;
    size_t strings = structure + fdt->structure.len, total = strings + fdt->strings.len;
    total = (total + 7) & ~(size_t)7;
    if (total > FDT_MAX_SIZE) {
        fdt_fail(fdt, FDT_TOO_LARGE);
    }
    uint8_t *blob = fdt->error == FDT_OK ? calloc(1, total) : NULL;
    if (!blob) {
        fdt_fail(fdt, FDT_NO_MEMORY);
    } else {
        st32_be_p(blob + FDT_H_MAGIC, FDT_MAGIC);
        st32_be_p(blob + FDT_H_TOTALSIZE, (uint32_t)total);
        st32_be_p(blob + FDT_H_OFF_STRUCT, (uint32_t)structure);
        st32_be_p(blob + FDT_H_OFF_STRINGS, (uint32_t)strings);
        st32_be_p(blob + FDT_H_OFF_RSVMAP, (uint32_t)reserved);
        st32_be_p(blob + FDT_H_VERSION, FDT_VERSION);
        st32_be_p(blob + FDT_H_LAST_COMP, FDT_LAST_COMP);
        st32_be_p(blob + FDT_H_BOOT_CPU, fdt->boot_cpu);
        st32_be_p(blob + FDT_H_SIZE_STRINGS, (uint32_t)fdt->strings.len);
        st32_be_p(blob + FDT_H_SIZE_STRUCT, (uint32_t)fdt->structure.len);
        memcpy(blob + reserved, fdt->reserved.bytes, fdt->reserved.len);
        memcpy(blob + structure, fdt->structure.bytes, fdt->structure.len);
        if (fdt->strings.len) {
            memcpy(blob + strings, fdt->strings.bytes, fdt->strings.len);
        }
        *len = total;
    }
    free(fdt->reserved.bytes);
    free(fdt->structure.bytes);
    free(fdt->strings.bytes);
    *fdt = (Fdt){ .error = fdt->error };
    return blob;
}
