/* SPDX-License-Identifier: MIT */
/* Fills a part of a disk image with a byte. */
#include <string.h>

#include "block/block.h"

bool block_fill(Block *b, uint64_t offset, uint64_t n, uint8_t byte)
{
    uint8_t bytes[8192];
    uint64_t size = block_size(b);
    if (offset > size || n > size - offset) {
        return false;
    }
    memset(bytes, byte, sizeof bytes);
    while (n > 0) {
        size_t part = n < sizeof bytes ? (size_t)n : sizeof bytes;
        if (!block_write(b, offset, bytes, part)) {
            return false;
        }
        offset += part;
        n -= part;
    }
    return true;
}
