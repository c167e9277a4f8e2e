/* SPDX-License-Identifier: MIT */
/* A boot loader's work on a flattened device tree: checks it, fills in memory and /chosen. */
#ifndef BOOT_FDT_BOOT_H
#define BOOT_FDT_BOOT_H

#include <stdbool.h>

#include "bus/fdt.h"

#define FDT_RNG_SEED_SIZE 32

/* What a boot loader tells Linux. */
typedef struct FdtBoot {
    uint64_t ram_base, ram_size;
    const char *bootargs;               /* NULL or "": none (an existing one stays) */
    uint64_t initrd_start, initrd_size; /* size 0: none (an existing one stays) */
    const uint8_t *rng_seed; /* FDT_RNG_SEED_SIZE bytes; NULL: none (an existing one stays) */
} FdtBoot;

/* Whether `blob` (len untrusted bytes) is a well-formed tree: its header, the bounds and order of
 * its blocks, tokens, nesting, names and padding. If not, *why says what is wrong. */
bool fdt_check(const uint8_t *blob, size_t len, const char **why);

/* Copies a tree that has passed fdt_check() and fills in what `boot` says: reg of /memory (in the
 * root's #address-cells and #size-cells; further memory nodes are dropped), and bootargs,
 * linux,initrd-start, linux,initrd-end and rng-seed of /chosen. A missing node is added; everything
 * else stays. The caller frees the copy of *out_len bytes. NULL: *error says why. */
uint8_t *fdt_with_boot(const uint8_t *blob, size_t len, const FdtBoot *boot, size_t *out_len,
                       FdtError *error);

/* The offset of the bytes of /chosen/rng-seed in a tree made with boot->rng_seed. */
size_t fdt_rng_seed(const uint8_t *blob);

#endif
