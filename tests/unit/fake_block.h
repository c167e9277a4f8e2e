/* SPDX-License-Identifier: MIT */
/* A medium in memory, which fails when a test says so: another side of block/block.h. */
#ifndef TESTS_UNIT_FAKE_BLOCK_H
#define TESTS_UNIT_FAKE_BLOCK_H

#include <string.h>

#include "block/block.h"

struct Block {
    BlockConfig config;
    uint64_t size;
    bool reads_fail, writes_fail;
    uint8_t *bytes;
    size_t kept; /* of bytes[], which repeat if the medium is larger */
};

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
    for (size_t i = 0; i < n && !b->reads_fail; i++) {
        ((uint8_t *)bytes)[i] = b->bytes[(size_t)((offset + i) % b->kept)];
    }
    return !b->reads_fail && offset + n <= b->size;
}

bool block_write(Block *b, uint64_t offset, const void *bytes, size_t n)
{
    if (b->writes_fail || b->config.read_only || offset + n > b->size) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        b->bytes[(size_t)((offset + i) % b->kept)] = ((const uint8_t *)bytes)[i];
    }
    return true;
}

#endif
