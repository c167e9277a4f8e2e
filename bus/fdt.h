/* SPDX-License-Identifier: MIT */
/* Flattened device trees (Devicetree Specification v0.4, chapter 5): a builder, a strict check of
 * somebody else's blob, and the few edits that a boot loader makes. */
#ifndef BUS_FDT_H
#define BUS_FDT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"

#define FDT_MAGIC    UINT32_C(0xd00dfeed)
#define FDT_MAX_SIZE (2u << 20) /* what Linux takes at most */

/* Why there is no tree. */
typedef enum FdtError {
    FDT_OK,
    FDT_NO_MEMORY, /* on the host */
    FDT_TOO_LARGE, /* more than FDT_MAX_SIZE bytes */
    FDT_CELLS,  /* the address or size of RAM does not fit the root's #address-cells, #size-cells */
    FDT_MISUSE, /* unbalanced nodes, a second root, a property outside of a node */
} FdtError;

/* A growing list of bytes. */
typedef struct FdtBytes {
    uint8_t *bytes;
    size_t len, cap;
} FdtBytes;

/* A tree under construction. The first error is remembered and comes out at fdt_finish(). */
struct Fdt {
    FdtBytes reserved;  /* the memory reservation block without its end */
    FdtBytes structure; /* tokens */
    FdtBytes strings;   /* property names */
    uint32_t boot_cpu;
    unsigned depth; /* nodes that are open */
    FdtError error;
};

#define FDT_RNG_SEED_SIZE 32

/* What a boot loader tells Linux. */
typedef struct FdtBoot {
    uint64_t ram_base, ram_size;
    const char *bootargs;               /* NULL or "": none (an existing one stays) */
    uint64_t initrd_start, initrd_size; /* size 0: none (an existing one stays) */
    const uint8_t *rng_seed; /* FDT_RNG_SEED_SIZE bytes; NULL: none (an existing one stays) */
} FdtBoot;

/* Starts an empty tree; the first node is the root, named "". */
void fdt_init(Fdt *fdt);

/* Opens a node: "name", or "name@unit-address" from an address. Closed by fdt_end_node(). */
void fdt_begin_node(Fdt *fdt, const char *name);
void fdt_begin_node_at(Fdt *fdt, const char *name, hwaddr addr);
void fdt_end_node(Fdt *fdt);

/* Properties of the open node, before its first child: no value; one 32-bit cell; n cells; a
 * string; a list of strings ended by NULL; plain bytes. */
void fdt_prop_empty(Fdt *fdt, const char *name);
void fdt_prop_u32(Fdt *fdt, const char *name, uint32_t cell);
void fdt_prop_u32s(Fdt *fdt, const char *name, const uint32_t *cells, size_t n);
void fdt_prop_string(Fdt *fdt, const char *name, const char *s);
void fdt_prop_strings(Fdt *fdt, const char *name, const char *const *list);
void fdt_prop_bytes(Fdt *fdt, const char *name, const void *bytes, size_t n);

/* "reg" with one address and size cell, and "interrupts-extended" (nothing if irq.intc is 0). */
void fdt_prop_reg(Fdt *fdt, hwaddr base, hwaddr size);
void fdt_prop_irq(Fdt *fdt, FdtIrq irq);

/* The start of a PrimeCell's node, left open: compatible (its own name, then "arm,primecell"),
 * reg (4 KiB), interrupt, and clocks: `clock` under `clock_name` (NULL: none), then the APB's. */
void fdt_begin_primecell(Fdt *fdt, const char *node, const char *compatible, hwaddr base,
                         FdtIrq irq, uint32_t clock, const char *clock_name);

/* The /chosen node with what `boot` says in it, and where the console is (NULL: not said). */
void fdt_chosen(Fdt *fdt, const FdtBoot *boot, const char *stdout_path);

/* The blob (malloc'ed, the caller's), version 17, compatible with 16; *len is its size. NULL if
 * anything failed on the way: fdt->error says what. The builder is empty afterwards; fdt_init()
 * starts it again. */
uint8_t *fdt_finish(Fdt *fdt, size_t *len);

/* Whether `blob` (len bytes, from anywhere) is a well-formed tree: header, bounds and order of its
 * blocks, tokens, nesting, names, padding within bounds. If not, *why says what is wrong. */
bool fdt_check(const uint8_t *blob, size_t len, const char **why);

/* A copy of a tree that has passed fdt_check(), with what `boot` says filled in: reg of /memory
 * (by the root's #address-cells and #size-cells; further memory nodes are left out), and in
 * /chosen bootargs, linux,initrd-start, linux,initrd-end and rng-seed; both nodes are made if
 * absent. Everything else stays. malloc'ed, the caller's, *out_len bytes; NULL: *error says why
 * not. */
uint8_t *fdt_with_boot(const uint8_t *blob, size_t len, const FdtBoot *boot, size_t *out_len,
                       FdtError *error);

/* Where the FDT_RNG_SEED_SIZE bytes of /chosen/rng-seed are, from the start of a tree that was made
 * with boot->rng_seed. */
size_t fdt_rng_seed(const uint8_t *blob);

#endif
