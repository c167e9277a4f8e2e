/* SPDX-License-Identifier: MIT */
/* The ATAG list: how a boot loader talked to Linux on ARM before there were device trees
 * (Documentation/arm/setup.rst, arch/arm/include/uapi/asm/setup.h).
 *
 * Which of the two a kernel takes cannot be seen from outside of a compressed one, so both are in
 * memory. A kernel without device trees (CONFIG_OF) looks at what r2 points to, finds no ATAG_CORE
 * there (__vet_atags in arch/arm/kernel/head-common.S) and goes by its machine record, which on
 * the Versatile boards has the list at 0x100 from the start of RAM (setup_machine_tags() in
 * atags_parse.c). So r2 may point to a device tree and the list is found nevertheless. What does
 * not work is a kernel that understands device trees but not this board's: it stops. */
#ifndef BOOT_ATAGS_H
#define BOOT_ATAGS_H

#include <stddef.h>
#include <stdint.h>

#include "boot/fdt_boot.h"

#define ATAGS_OFFSET 0x100u  /* from the start of RAM */
#define ATAGS_LIMIT  0x4000u /* from the start of RAM: there Linux puts its first page table */

/* The list for `boot`: core, mem, initrd2 if there is one, cmdline if there is one, none; in the
 * order and with the values of QEMU's. malloc'ed, the caller's, *len bytes; NULL: no memory. */
uint8_t *atags_make(const FdtBoot *boot, size_t *len);

#endif
