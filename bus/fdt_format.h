/* SPDX-License-Identifier: MIT */
/* The flattened device tree format (Devicetree Specification v0.4, chapter 5), and private
 * functions of the builder. For bus/fdt.c and boot/fdt_boot.c alone. */
#ifndef BUS_FDT_FORMAT_H
#define BUS_FDT_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "bus/fdt.h"

#define FDT_VERSION   17
#define FDT_LAST_COMP 16

/* Offsets in the header. All numbers are big-endian. */
enum {
    FDT_H_MAGIC = 0,
    FDT_H_TOTALSIZE = 4,
    FDT_H_OFF_STRUCT = 8,
    FDT_H_OFF_STRINGS = 12,
    FDT_H_OFF_RSVMAP = 16,
    FDT_H_VERSION = 20,
    FDT_H_LAST_COMP = 24,
    FDT_H_BOOT_CPU = 28,
    FDT_H_SIZE_STRINGS = 32,
    FDT_H_SIZE_STRUCT = 36,
    FDT_HEADER_SIZE = 40,
};

#define FDT_RESERVE_SIZE 16 /* an entry of the reservation block: address, size */

/* Tokens of the structure block. */
enum { FDT_BEGIN_NODE = 1, FDT_END_NODE = 2, FDT_PROP = 3, FDT_NOP = 4, FDT_END = 9 };

/* Notes an error, if it is the first. */
void fdt_fail(Fdt *fdt, FdtError error);

/* Appends entries of a reservation block, without the last, empty one. */
void fdt_reserve(Fdt *fdt, const uint8_t *entries, size_t n);

/* Starts the strings block with a copy of another tree's, so that its name offsets stay valid. */
void fdt_use_strings(Fdt *fdt, const uint8_t *strings, size_t n);

/* Adds a property whose name is already at that offset in the strings block. */
void fdt_prop_named_at(Fdt *fdt, uint32_t offset, const void *bytes, size_t n);

#endif
