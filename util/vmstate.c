/* SPDX-License-Identifier: MIT */
/* Walks over declared state. */
#include "util/vmstate.h"

#include <string.h>

static uint64_t fold(uint64_t digest, uint8_t byte)
{
    return (digest ^ byte) * UINT64_C(0x100000001b3);
}

/* The element's value, whatever the host's byte order. */
static uint64_t element(const uint8_t *at, uint8_t size)
{
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

uint64_t vmstate_digest(uint64_t digest, const VMField *fields, const void *state)
{
    for (const VMField *f = fields; f->count; f++) {
        const uint8_t *at = (const uint8_t *)state + f->offset;
        for (uint32_t i = 0; i < f->count; i++, at += f->size) {
            uint64_t v = element(at, f->size);
            for (unsigned b = 0; b < f->size; b++) {
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
