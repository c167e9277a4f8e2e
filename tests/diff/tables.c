/* SPDX-License-Identifier: MIT */
/* The page tables of an image (ARM ARM B4.7). */
#include "tests/diff/gen.h"
#include "tests/diff/tables.h"

#include <assert.h>
#include <string.h>

/* Access permissions; the last ones with APX, and the last with access flags, too. */
enum { NO_USER = 1, USER_READS = 2, ALL = 3, READ_ONLY = 0, ALL_READ = 6, ALL_READ_V6K = 7 };

static uint8_t tables[TABLES_MAX];
static uint32_t used = 0x4000;
static bool v6; /* without subpages */

bool without_subpages(void)
{
    return v6;
}

static uint8_t *at(uint32_t pa)
{
    assert(pa - TABLES_PA < TABLES_MAX);
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
    return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint32_t first_level(uint32_t va)
{
    return TABLES_PA + (va >> 20) * 4;
}

static uint32_t new_table(uint32_t size)
{
    used = (used + size - 1) & ~(size - 1);
    used += size;
    assert(used <= TABLES_MAX);
    return TABLES_PA + used - size;
}

static void map_section(uint32_t va, uint32_t pa, unsigned ap)
{
    set(first_level(va), v6 ? SECTION_V6(pa, ap, 0) : SECTION(pa, ap, 0));
}

static uint32_t table_descriptor(uint32_t pa, uint32_t domain)
{
    return v6 ? TABLE_V6(pa, domain) : COARSE(pa, domain);
}

static void map_page(uint32_t va, uint32_t pa, unsigned ap)
{
    if (get(first_level(va)) == 0) {
        set(first_level(va), table_descriptor(new_table(0x400), 0));
    }
    set((get(first_level(va)) & ~UINT32_C(0x3ff)) + (va >> 12 & 0xff) * 4,
        v6 ? SMALL_V6(pa, ap) : SMALL(pa, ap * 0x55));
}

/* -- Random ones. All pages that can be written lie in the buffer, except parts of large pages and
 * sections. -- */

/* Permissions, with XN of a descriptor that has it in this bit. See rules.c for access flags. */
static uint32_t random_ap(Rng *r, uint32_t xn_bit, uint32_t *xn)
{
    uint32_t ap = below(r, 8);
    *xn = chance(r, 30) ? xn_bit : 0;
    return *xn ? ap | 1 : ap;
}

static uint32_t random_section_v6(Rng *r, uint32_t pa)
{
    uint32_t xn, ap = random_ap(r, 1u << 4, &xn);
    uint32_t attributes = xn | (rng32(r) & 0x3700c); /* nG, S, TEX, C, B */
    if (chance(r, 70)) {
        return SECTION_V6(pa & 0xfff00000, ap, below(r, 16)) | attributes;
    }
    uint32_t beyond = chance(r, 10) ? rng32(r) & 0xf001e0 : 0; /* 4 GiB: nothing is there */
    return SECTION_V6(pa & 0xff000000, ap, 0) | 1u << 18 | beyond | attributes;
}

uint32_t random_section(Rng *r)
{
    uint32_t pa = chance(r, 50) ? BUFFER_PA0 : BUFFER_PA1;
    if (v6) {
        return random_section_v6(r, pa);
    }
    return SECTION(pa & 0xfff00000, below(r, 4), below(r, 16)) | (rng32(r) & 0xc);
}

uint32_t random_large(Rng *r)
{
    uint32_t pa = chance(r, 50) ? BUFFER_PA0 : BUFFER_PA1;
    if (v6) {
        uint32_t xn, ap = random_ap(r, 1u << 15, &xn);
        return LARGE_V6(pa & 0xffff0000, ap) | xn | (rng32(r) & 0x7c0c);
    }
    return LARGE(pa & 0xffff0000, rng32(r) & 0xff) | (rng32(r) & 0xc);
}

uint32_t random_small(Rng *r)
{
    uint32_t pa = chance(r, 50) ? BUFFER_PA0 : BUFFER_PA1;
    if (v6) {
        uint32_t xn, ap = random_ap(r, 1, &xn);
        return SMALL_V6(pa, ap) | xn | (rng32(r) & 0xdcc);
    }
    return SMALL(pa, chance(r, 50) ? below(r, 4) * 0x55 : rng32(r) & 0xff) | (rng32(r) & 0xc);
}

uint32_t random_tiny(Rng *r)
{
    if (v6) {
        return random_small(r);
    }
    if (has_v6()) { /* an extended small page, with TEX */
        return TINY(chance(r, 50) ? BUFFER_PA0 : BUFFER_PA1, below(r, 4)) | (rng32(r) & 0x1cc);
    }
    uint32_t pa = (chance(r, 50) ? BUFFER_PA0 : BUFFER_PA1) + 0x400 * below(r, 4);
    return TINY(pa, below(r, 4)) | (rng32(r) & 0xc);
}

static uint32_t random_coarse_table(Rng *r, bool open)
{
    uint32_t table = new_table(0x400);
    for (unsigned i = 0; i < 256; i += 16) {
        uint32_t large = chance(r, 30) ? random_large(r) : 0;
        for (unsigned k = i; k < i + 16; k++) {
            bool extended = !large && has_v6() && chance(r, 40);
            set(table + 4 * k, large                    ? large
                               : extended               ? random_tiny(r)
                               : !open || chance(r, 80) ? random_small(r)
                                                        : rng32(r) & ~3u);
        }
    }
    return table;
}

static uint32_t random_fine_table(Rng *r, bool open)
{
    uint32_t table = new_table(0x1000);
    for (unsigned i = 0; i < 1024; i += 64) {
        uint32_t large = chance(r, 20) ? random_large(r) : 0;
        for (unsigned k = i; k < i + 64; k += 4) {
            uint32_t small = large ? large : chance(r, 30) ? random_small(r) : 0;
            for (unsigned n = k; n < k + 4; n++) {
                set(table + 4 * n, small                    ? small
                                   : !open || chance(r, 80) ? random_tiny(r)
                                                            : rng32(r) & ~3u);
            }
        }
    }
    return table;
}

/* ARMv6 has none: a coarse one. */
static uint32_t random_fine(Rng *r, uint32_t domain)
{
    bool open = domain_open(domain);
    return has_v6() ? table_descriptor(random_coarse_table(r, open), domain)
                    : FINE(random_fine_table(r, open), domain);
}

static void random_targets(Rng *r)
{
    for (unsigned i = 0; i < TARGETS - 3; i++) {
        uint32_t d, domain = below(r, 16);
        switch (below(r, 8)) {
        case 0:
            d = rng32(r) & 0xfffffe1c; /* nothing */
            d |= v6 && chance(r, 50) ? 3 : 0;
            break;
        case 1:
        case 2:
        case 3: d = random_section(r); break;
        case 4:
        case 5: d = table_descriptor(random_coarse_table(r, domain_open(domain)), domain); break;
        case 6: d = random_fine(r, domain); break;
        default: /* a table where there is no memory */
            domain |= 8;
            d = chance(r, 50) || has_v6() ? table_descriptor(NO_MEMORY, domain)
                                          : FINE(NO_MEMORY, domain);
            break;
        }
        set(first_level(TARGETS_VA) + 4 * i, d);
    }
    set(first_level(COARSE_TARGET), table_descriptor(new_table(0x400), below(r, 16)));
    if (has_v6()) {
        set(first_level(FINE_TARGET), table_descriptor(new_table(0x400), below(r, 16)));
    } else {
        set(first_level(FINE_TARGET), FINE(new_table(0x1000), below(r, 16)));
    }
}

uint32_t descriptor_of(uint32_t va)
{
    uint32_t d = get(first_level(va));
    switch (d & 3) {
    case 1: return (d & 0xfffffc00) + (va >> 10 & 0x3fc);
    case 3: return v6 ? first_level(va) : (d & 0xfffff000) + (va >> 8 & 0xffc);
    default: return first_level(va);
    }
}

uint32_t domain_of(uint32_t va)
{
    return get(first_level(va)) >> 5 & 15;
}

bool maps_beyond(uint32_t va)
{
    uint32_t d = get(first_level(va));
    return v6 && (d & 0x40003) == 0x40002 && (d & 0xf001e0) != 0;
}

uint32_t physical(uint32_t va)
{
    bool in_coarse = (get(first_level(va)) & 3) == 1;
    uint32_t entry = descriptor_of(va), d;
    if (entry - TABLES_PA >= TABLES_MAX || maps_beyond(va)) {
        return NOWHERE;
    }
    d = get(entry);
    if (entry - TABLES_PA < 0x4000) {
        if (v6 && (d & 3) == 2 && (d >> 18 & 1) != 0) {
            return (d & 0xff000000) | (va & 0x00ffffff);
        }
        return (d & 3) == 2 ? (d & 0xfff00000) | (va & 0x000fffff) : NOWHERE;
    }
    switch (d & 3) {
    case 1: return (d & 0xffff0000) | (va & 0xffff);
    case 2: return (d & 0xfffff000) | (va & 0xfff);
    case 3: return in_coarse ? (d & 0xfffff000) | (va & 0xfff) : (d & 0xfffffc00) | (va & 0x3ff);
    default: return NOWHERE;
    }
}

/* TTBR1's table: the same, with another order of the random targets. */
static void make_second(void)
{
    memcpy(tables + TABLE_1, tables, 0x4000);
    for (uint32_t i = 0; i < TARGETS - 3; i++) {
        uint32_t from = TARGETS_VA + 0x100000 * ((i + 5) % (TARGETS - 3));
        set(first_level(TARGETS_VA) + 4 * i + TABLE_1, get(first_level(from)));
    }
}

uint32_t sctlr_base(Group group)
{
    return SCTLR_BASE | (group == MMU_V6 ? SCTLR_XP : 0);
}

void make_tables(Group group, uint64_t seed)
{
    v6 = group == MMU_V6;
    used = v6 ? TABLE_1 + 0x4000 : 0x4000;
    /* The tests of the MMU change what permission 0 means, and with ARMv6K what the others do. */
    unsigned code = !is_mmu(group)                  ? READ_ONLY
                    : !v6                           ? USER_READS
                    : (cpu_features & ARM_V6K) != 0 ? ALL_READ_V6K
                                                    : ALL_READ;
    map_section(RUNTIME_VA, 0, NO_USER);
    map_section(DEVICES_VA, DEVICES_PA, NO_USER);
    map_section(TABLES_VA, TABLES_PA, NO_USER);
    for (uint32_t pa = PAYLOAD_PA; pa < TABLES_PA; pa += 0x100000) {
        map_section(PAYLOAD_VA + pa - PAYLOAD_PA, pa, code);
    }
    map_page(0, 0, code);
    map_page(VECTORS_VA, 0, code);
    map_page(RUNTIME_PA, RUNTIME_PA, code);
    map_page(BUFFER_VA, BUFFER_PA0, ALL);
    map_page(BUFFER_VA + 0x1000, BUFFER_PA1, ALL);
    map_page(PRIVILEGED_VA, BUFFER_PA0, NO_USER);
    map_page(USER_RO_VA, BUFFER_PA1, USER_READS);
    map_page(READ_ONLY_VA, BUFFER_PA1, READ_ONLY);
    if (is_mmu(group)) {
        Rng r = rng_seed(seed, UINT32_MAX);
        map_page(FCSE_PID, 0, code); /* the low vectors */
        random_targets(&r);
    }
    if (v6) {
        make_second();
    }
}

const uint8_t *get_tables(uint32_t *size)
{
    *size = used;
    return tables;
}
