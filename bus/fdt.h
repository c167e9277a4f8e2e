/* SPDX-License-Identifier: MIT */
/* A builder of flattened device trees (Devicetree Specification v0.4, chapter 5). */
#ifndef BUS_FDT_H
#define BUS_FDT_H

#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"

#define FDT_MAGIC    UINT32_C(0xd00dfeed)
#define FDT_MAX_SIZE (2u << 20) /* the limit of Linux */

/* Bits of the first cell of a PCI address. */
#define FDT_PCI_IO           UINT32_C(0x01000000)
#define FDT_PCI_MEMORY       UINT32_C(0x02000000)
#define FDT_PCI_PREFETCHABLE UINT32_C(0x40000000)

/* Why fdt_finish() failed. */
typedef enum FdtError {
    FDT_OK,
    FDT_NO_MEMORY, /* on the host */
    FDT_TOO_LARGE, /* more than FDT_MAX_SIZE bytes */
    FDT_CELLS,     /* RAM does not fit the root's #address-cells and #size-cells */
    FDT_MISUSE,    /* unbalanced nodes, a second root, a property outside of a node */
} FdtError;

/* A growing list of bytes. */
typedef struct FdtBytes {
    uint8_t *bytes;
    size_t len, cap;
} FdtBytes;

/* A tree under construction. fdt_finish() reports the first error. */
typedef struct Fdt {
    FdtBytes reserved;  /* the memory reservation block without its last entry */
    FdtBytes structure; /* tokens */
    FdtBytes strings;   /* property names */
    uint32_t boot_cpu;
    unsigned depth; /* number of open nodes */
    FdtError error;
} Fdt;

/* Starts an empty tree; the first node is the root, named "". */
void fdt_init(Fdt *fdt);

/* Opens a node called "name" or "name@unit-address"; closes it. */
void fdt_begin_node(Fdt *fdt, const char *name);
void fdt_begin_node_at(Fdt *fdt, const char *name, hwaddr addr);
void fdt_end_node(Fdt *fdt);

/* Adds a property to the open node, which has no child yet. The value: none, one 32-bit cell, n
 * cells, a string, a list of strings ended by NULL, or n bytes. */
void fdt_prop_empty(Fdt *fdt, const char *name);
void fdt_prop_u32(Fdt *fdt, const char *name, uint32_t cell);
void fdt_prop_u32s(Fdt *fdt, const char *name, const uint32_t *cells, size_t n);
void fdt_prop_string(Fdt *fdt, const char *name, const char *s);
void fdt_prop_strings(Fdt *fdt, const char *name, const char *const *list);
void fdt_prop_bytes(Fdt *fdt, const char *name, const void *bytes, size_t n);

/* Returns the blob, of *len bytes and version 17 (compatible with 16), which the caller frees. NULL
 * if anything failed; fdt->error says what. *fdt is empty afterwards. */
uint8_t *fdt_finish(Fdt *fdt, size_t *len);

#endif
