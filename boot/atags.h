/* SPDX-License-Identifier: MIT */
/* The ATAG list: how a boot loader talked to Linux on ARM before there were device trees
 * (Documentation/arm/setup.rst, arch/arm/include/uapi/asm/setup.h).
 *
 * A compressed kernel does not show which of the two it takes, so both are put into memory. A
 * kernel without device trees (CONFIG_OF) finds no ATAG_CORE where r2 points (__vet_atags in
 * arch/arm/kernel/head-common.S) and uses its machine record instead, which on the Versatile boards
 * puts the list at 0x100 from the start of RAM (setup_machine_tags() in atags_parse.c). It finds
 * the list although r2 points to a device tree. A kernel that understands device trees, but not
 * this board's, stops. */
#ifndef BOOT_ATAGS_H
#define BOOT_ATAGS_H

#include <stddef.h>
#include <stdint.h>

#include "boot/fdt_boot.h"

#define ATAGS_OFFSET 0x100u  /* from the start of RAM */
#define ATAGS_LIMIT  0x4000u /* from the start of RAM: Linux's first page table */

/* Makes the list for `boot`, with the order and values of QEMU's: core, mem, initrd2 and cmdline if
 * given, none. The caller frees it; *len is its size in bytes. NULL: no memory. */
uint8_t *atags_make(const FdtBoot *boot, size_t *len);

#endif
