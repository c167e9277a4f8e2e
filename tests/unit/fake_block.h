/* SPDX-License-Identifier: MIT */
/* A medium in memory, which fails when a test says so: another side of block/block.h. */
#ifndef TESTS_UNIT_FAKE_BLOCK_H
#define TESTS_UNIT_FAKE_BLOCK_H

#include <string.h>

#include "block/block.h"

#define FAKE_BLOCK_SIZE (1u << 20) /* bytes */

struct Block {
    BlockConfig config;
    uint64_t size;
    bool reads_fail, writes_fail;
    unsigned flushes, discards;
    uint8_t *bytes;
    size_t kept; /* of bytes[], which repeat if the medium is larger */
};

/* A blank medium of FAKE_BLOCK_SIZE bytes. There is memory for one. */
static inline void fake_block_init(Block *b)
{
    static uint8_t blank[FAKE_BLOCK_SIZE];
    memset(blank, 0, sizeof blank);
    *b = (Block){ .size = sizeof blank, .bytes = blank, .kept = sizeof blank };
}

/* From now on requests fail, or no longer do. */
static inline void fake_block_break(Block *b, bool broken)
{
    b->reads_fail = b->writes_fail = broken;
}

/* The bytes at an offset; *n becomes how many of them there are before they repeat. */
static inline uint8_t *fake_block_piece(const Block *b, uint64_t offset, size_t *n)
{
    size_t at = (size_t)(offset % b->kept);
    *n = *n < b->kept - at ? *n : b->kept - at;
    return b->bytes + at;
}

static inline bool fake_block_has(const Block *b, uint64_t offset, uint64_t n)
{
    return offset <= b->size && n <= b->size - offset;
}

uint64_t block_size(const Block *b)
{
    return b->size;
}

bool block_read_only(const Block *b)
{
    return b->config.read_only;
}

const BlockConfig *block_config(const Block *b)
{
    return &b->config;
}

bool block_read(Block *b, uint64_t offset, void *bytes, size_t n)
{
    if (b->reads_fail || !fake_block_has(b, offset, n)) {
        return false;
    }
    for (size_t done = 0, part; done < n; done += part) {
        part = n - done;
        const uint8_t *from = fake_block_piece(b, offset + done, &part);
        memcpy((uint8_t *)bytes + done, from, part);
    }
    return true;
}

bool block_write(Block *b, uint64_t offset, const void *bytes, size_t n)
{
    if (b->writes_fail || b->config.read_only || !fake_block_has(b, offset, n)) {
        return false;
    }
    for (size_t done = 0, part; done < n; done += part) {
        part = n - done;
        uint8_t *to = fake_block_piece(b, offset + done, &part);
        memcpy(to, (const uint8_t *)bytes + done, part);
    }
    return true;
}

bool block_flush(Block *b)
{
    b->flushes++;
    return !b->writes_fail;
}

/* What is discarded reads as 0. */
void block_discard(Block *b, uint64_t offset, uint64_t n)
{
    b->discards++;
    for (size_t part; n > 0; offset += part, n -= part) {
        part = n < b->kept ? (size_t)n : b->kept;
        memset(fake_block_piece(b, offset, &part), 0, part);
    }
}

#endif
