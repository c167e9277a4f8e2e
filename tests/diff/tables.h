/* SPDX-License-Identifier: MIT */
/* Page table descriptors (ARM ARM B4.7), and the random ones of an image. */
#ifndef TESTS_DIFF_TABLES_H
#define TESTS_DIFF_TABLES_H

#include "tests/diff/gen.h"

/* ap is 0..3 for sections and tiny pages, four of them for the others. */
#define SECTION(pa, ap, domain)                                                                    \
    ((uint32_t)(pa) | (uint32_t)(ap) << 10 | (uint32_t)(domain) << 5 | 0x12)
#define COARSE(pa, domain) ((uint32_t)(pa) | (uint32_t)(domain) << 5 | 0x11)
#define FINE(pa, domain)   ((uint32_t)(pa) | (uint32_t)(domain) << 5 | 0x13)
#define LARGE(pa, ap)      ((uint32_t)(pa) | (uint32_t)(ap) << 4 | 1)
#define SMALL(pa, ap)      ((uint32_t)(pa) | (uint32_t)(ap) << 4 | 2)
#define TINY(pa, ap)       ((uint32_t)(pa) | (uint32_t)(ap) << 4 | 3)

/* Those without subpages; ap is 0..7, with APX. */
#define APX_AP(ap, at, apx) (((uint32_t)(ap)&3) << (at) | ((uint32_t)(ap) >> 2) << (apx))
#define SECTION_V6(pa, ap, domain)                                                                 \
    ((uint32_t)(pa) | APX_AP(ap, 10, 15) | (uint32_t)(domain) << 5 | 2)
#define TABLE_V6(pa, domain) ((uint32_t)(pa) | (uint32_t)(domain) << 5 | 1)
#define LARGE_V6(pa, ap)     ((uint32_t)(pa) | APX_AP(ap, 4, 9) | 1)
#define SMALL_V6(pa, ap)     ((uint32_t)(pa) | APX_AP(ap, 4, 9) | 2)

#define NO_MEMORY UINT32_C(0x0c000000) /* a physical address with nothing there */
#define NOWHERE   UINT32_MAX

/* The megabytes whose mapping is each run's own: a coarse table, a fine table (with ARMv6 another
 * coarse one, of extended small pages), a section. */
#define COARSE_TARGET  (TARGETS_VA + 0x100000 * (TARGETS - 3))
#define FINE_TARGET    (TARGETS_VA + 0x100000 * (TARGETS - 2))
#define SECTION_TARGET (TARGETS_VA + 0x100000 * (TARGETS - 1))

/* Whether the tables of this image are those without subpages. */
bool without_subpages(void);

uint32_t random_section(Rng *r);
uint32_t random_large(Rng *r);
uint32_t random_small(Rng *r);
uint32_t random_tiny(Rng *r);

/* Whether tables of this domain may have invalid entries, see rules.c; the others may be without
 * access. */
static inline bool domain_open(uint32_t domain)
{
    return domain == 0 || domain >= 8;
}
uint32_t domain_of(uint32_t va);

/* The physical address, in TTBR0's tables, of the descriptor that maps an address; and what the
 * tables of the image map there, or NOWHERE. */
uint32_t descriptor_of(uint32_t va);
uint32_t physical(uint32_t va);
/* Whether that is a supersection above 4 GiB: nothing is there, but an access does not fault. */
bool maps_beyond(uint32_t va);

#endif
