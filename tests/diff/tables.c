/* SPDX-License-Identifier: MIT */
/* The page tables of an image. */
#include "tests/diff/gen.h"

#include <assert.h>

/* Descriptors (ARM ARM B4.7). */
#define SECTION(pa, ap) ((uint32_t)(pa) | (uint32_t)(ap) << 10 | 0x12)
#define COARSE(pa)      ((uint32_t)(pa) | 0x11)
#define SMALL(pa, ap)   ((uint32_t)(pa) | (uint32_t)(ap)*0x550 | 2)

enum { NO_USER = 1, USER_READS = 2, ALL = 3, READ_ONLY = 0 };

static uint8_t tables[TABLES_MAX];
static uint32_t used = 0x4000;

static uint8_t *at(uint32_t pa)
{
    return tables + (pa - TABLES_PA);
}

static void set(uint32_t pa, uint32_t descriptor)
{
    for (unsigned i = 0; i < 4; i++) {
        at(pa)[i] = (uint8_t)(descriptor >> (8 * i));
    }
}

static uint32_t get(uint32_t pa)
{
    const uint8_t *p = at(pa);
    return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t first_level(uint32_t va)
{
    return TABLES_PA + (va >> 20) * 4;
}

static void map_section(uint32_t va, uint32_t pa, unsigned ap)
{
    set(first_level(va), SECTION(pa, ap));
}

static void map_page(uint32_t va, uint32_t pa, unsigned ap)
{
    if (get(first_level(va)) == 0) {
        set(first_level(va), COARSE(TABLES_PA + used));
        used += 0x400;
        assert(used <= TABLES_MAX);
    }
    set((get(first_level(va)) & ~UINT32_C(0x3ff)) + (va >> 12 & 0xff) * 4, SMALL(pa, ap));
}

const uint8_t *make_tables(Group group, uint64_t seed, uint32_t payload_size, uint32_t *size)
{
    (void)group;
    (void)seed;
    map_section(RUNTIME_VA, 0, NO_USER);
    map_section(DEVICES_VA, DEVICES_PA, NO_USER);
    for (uint32_t i = 0; i < payload_size; i += 0x100000) {
        map_section(PAYLOAD_VA + i, PAYLOAD_PA + i, READ_ONLY);
    }
    map_page(0, 0, READ_ONLY);
    map_page(VECTORS_VA, 0, READ_ONLY);
    map_page(RUNTIME_PA, RUNTIME_PA, READ_ONLY);
    map_page(BUFFER_VA, BUFFER_PA0, ALL);
    map_page(BUFFER_VA + 0x1000, BUFFER_PA1, ALL);
    map_page(PRIVILEGED_VA, BUFFER_PA0, NO_USER);
    map_page(USER_RO_VA, BUFFER_PA1, USER_READS);
    map_page(READ_ONLY_VA, BUFFER_PA1, READ_ONLY);
    *size = used;
    return tables;
}
