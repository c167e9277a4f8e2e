/* SPDX-License-Identifier: MIT */
/* CRC-32 by a table with an entry per byte value, made at the first call. */
#include "util/crc32.h"

uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t n)
{
    static uint32_t table[256];
    if (!table[1]) {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int bit = 0; bit < 8; bit++) {
                c = c & 1 ? c >> 1 ^ UINT32_C(0xedb88320) : c >> 1;
            }
            table[i] = c;
        }
    }
    crc = ~crc;
    for (size_t i = 0; i < n; i++) {
        crc = table[(crc ^ bytes[i]) & 0xff] ^ crc >> 8;
    }
    return ~crc;
}
