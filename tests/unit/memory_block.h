/* SPDX-License-Identifier: MIT */
/* A disk image in memory, in place of block/block.c, that can be made to fail. */
#ifndef TESTS_UNIT_MEMORY_BLOCK_H
#define TESTS_UNIT_MEMORY_BLOCK_H

#include <string.h>

#include "block/block.h"

#define BLOCK_SIZE (1u << 20) /* bytes */

struct Block {
    uint8_t bytes[BLOCK_SIZE];
    bool read_only;
    bool broken; /* requests fail */
    unsigned flushes, discards;
};

uint64_t block_size(const Block *b)
{
    (void)b;
    return BLOCK_SIZE;
}

bool block_read_only(const Block *b)
{
    return b->read_only;
}

bool block_read(Block *b, uint64_t offset, void *bytes, size_t n)
{
    if (b->broken || offset > BLOCK_SIZE || n > BLOCK_SIZE - offset) {
        return false;
    }
    memcpy(bytes, b->bytes + offset, n);
    return true;
}

bool block_write(Block *b, uint64_t offset, const void *bytes, size_t n)
{
    if (b->broken || b->read_only || offset > BLOCK_SIZE || n > BLOCK_SIZE - offset) {
        return false;
    }
    memcpy(b->bytes + offset, bytes, n);
    return true;
}

bool block_flush(Block *b)
{
    b->flushes++;
    return !b->broken;
}

void block_discard(Block *b, uint64_t offset, uint64_t n)
{
    b->discards++;
    memset(b->bytes + offset, 0, (size_t)n);
}

#endif
