/* SPDX-License-Identifier: MIT */
/* CRC-32 as in ISO 3309, gzip and U-Boot: polynomial 0x04c11db7, bits reflected. */
#ifndef UTIL_CRC32_H
#define UTIL_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Continues a CRC over n more bytes; `crc` is 0 at first. */
uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t n);

#endif
