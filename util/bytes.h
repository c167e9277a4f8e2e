/* SPDX-License-Identifier: MIT */
/* Numbers as bytes, whatever the host's byte order. Compilers make one load or store of each. */
#ifndef UTIL_BYTES_H
#define UTIL_BYTES_H

#include <stdint.h>

/* -- Byte swaps -- */

static inline uint32_t bswap16(uint32_t v)
{
    return (v >> 8 & 0xff) | (v & 0xff) << 8;
}

static inline uint32_t bswap32(uint32_t v)
{
    return v >> 24 | (v >> 8 & 0xff00) | (v & 0xff00) << 8 | v << 24;
}

/* -- Little-endian: guest memory -- */

static inline uint32_t ld8_p(const uint8_t *p)
{
    return p[0];
}

static inline uint32_t ld16_p(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t ld32_p(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t ld64_p(const uint8_t *p)
{
    return ld32_p(p) | (uint64_t)ld32_p(p + 4) << 32;
}

static inline void st8_p(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)v;
}

static inline void st16_p(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
}

static inline void st32_p(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)v;
    p[1] = (uint8_t)(v >> 8);
    p[2] = (uint8_t)(v >> 16);
    p[3] = (uint8_t)(v >> 24);
}

static inline void st64_p(uint8_t *p, uint64_t v)
{
    st32_p(p, (uint32_t)v);
    st32_p(p + 4, (uint32_t)(v >> 32));
}

/* The same for `size` = 1, 2 or 4 bytes. */
static inline uint32_t ldn_p(const uint8_t *p, unsigned size)
{
    return size == 1 ? ld8_p(p) : size == 2 ? ld16_p(p) : ld32_p(p);
}

static inline void stn_p(uint8_t *p, unsigned size, uint32_t v)
{
    if (size == 1) {
        st8_p(p, v);
    } else if (size == 2) {
        st16_p(p, v);
    } else {
        st32_p(p, v);
    }
}

/* -- Big-endian: device trees, uImages, Intel HEX, SCSI, SD cards -- */

static inline uint32_t ld16_be_p(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | (uint32_t)p[1];
}

static inline uint32_t ld32_be_p(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | (uint32_t)p[3];
}

static inline uint64_t ld64_be_p(const uint8_t *p)
{
    return (uint64_t)ld32_be_p(p) << 32 | ld32_be_p(p + 4);
}

static inline void st16_be_p(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static inline void st32_be_p(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)(v >> 24);
    p[1] = (uint8_t)(v >> 16);
    p[2] = (uint8_t)(v >> 8);
    p[3] = (uint8_t)v;
}

static inline void st64_be_p(uint8_t *p, uint64_t v)
{
    st32_be_p(p, (uint32_t)(v >> 32));
    st32_be_p(p + 4, (uint32_t)v);
}

#endif
