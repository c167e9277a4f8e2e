/* SPDX-License-Identifier: MIT */
/* A user-supplied device tree is checked, then copied with the boot loader's values filled in. */
#include "boot/fdt_boot.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bus/fdt_format.h"

#define MAX_DEPTH 64 /* as Linux */

/* A walk over the structure block. */
typedef struct Walk {
    const uint8_t *at, *end;
    uint32_t token;
    const char *name;     /* of FDT_BEGIN_NODE */
    const uint8_t *value; /* of FDT_PROP */
    uint32_t value_len;
    uint32_t name_offset;
} Walk;

static bool between(uint32_t offset, uint32_t size, uint32_t total)
{
    return offset >= FDT_HEADER_SIZE && offset <= total && size <= total - offset;
}

static size_t padded(size_t n)
{
    return (n + 3) & ~(size_t)3;
}

/* Reads the next token; false, with *why set, if it is not well formed. */
static bool walk_next(Walk *w, const char **why)
{
    size_t left = (size_t)(w->end - w->at);
    *why = "structure block ends without an end token";
    if (left < 4) {
        return false;
    }
    w->token = ld32_be_p(w->at);
    w->at += 4;
    left -= 4;
    switch (w->token) {
    case FDT_BEGIN_NODE: {
        const uint8_t *nul = memchr(w->at, 0, left);
        *why = "node name runs past the structure block";
        if (!nul || padded((size_t)(nul - w->at) + 1) > left) {
            return false;
        }
        w->name = (const char *)w->at;
        w->at += padded((size_t)(nul - w->at) + 1);
        return true;
    }
    case FDT_PROP:
        *why = "property runs past the structure block";
        if (left < 8) {
            return false;
        }
        w->value_len = ld32_be_p(w->at);
        w->name_offset = ld32_be_p(w->at + 4);
        w->value = w->at + 8;
        left -= 8;
        if (w->value_len > left || padded(w->value_len) > left) {
            return false;
        }
        w->at = w->value + padded(w->value_len);
        return true;
    case FDT_END_NODE:
    case FDT_NOP:
    case FDT_END: return true;
    default: *why = "unknown token in the structure block"; return false;
    }
}

static Walk walk_start(const uint8_t *blob)
{
    const uint8_t *at = blob + ld32_be_p(blob + FDT_H_OFF_STRUCT);
    size_t size = ld32_be_p(blob + FDT_H_SIZE_STRUCT);
    if (ld32_be_p(blob + FDT_H_VERSION) < 17) {
        /* Version 16 has no size; fdt_check() has found the end token. */
        size = ld32_be_p(blob + FDT_H_TOTALSIZE) - ld32_be_p(blob + FDT_H_OFF_STRUCT);
    }
    return (Walk){ .at = at, .end = at + size };
}

/* Whether the reservation block ends within the blob; *n is its size without the last entry. */
static bool find_reserve_end(const uint8_t *blob, size_t total, size_t *n)
{
    static const uint8_t end[FDT_RESERVE_SIZE];
    size_t start = ld32_be_p(blob + FDT_H_OFF_RSVMAP);
    for (size_t at = start; at <= total && total - at >= sizeof end; at += sizeof end) {
        if (memcmp(blob + at, end, sizeof end) == 0) {
            *n = at - start;
            return true;
        }
    }
    return false;
}

/* Checks the header and the bounds of the blocks. */
static bool check_blocks(const uint8_t *blob, size_t len, const char **why)
{
    *why = "not a device tree blob";
    if (len < FDT_HEADER_SIZE || ld32_be_p(blob + FDT_H_MAGIC) != FDT_MAGIC) {
        return false;
    }
    uint32_t total = ld32_be_p(blob + FDT_H_TOTALSIZE);
    *why = "shorter than its header says";
    if (total < FDT_HEADER_SIZE || total > len) {
        return false;
    }
    *why = "larger than the 2 MiB that Linux takes";
    if (total > FDT_MAX_SIZE) {
        return false;
    }
    uint32_t version = ld32_be_p(blob + FDT_H_VERSION);
    *why = "version is not 16 or 17";
    if (version < 16 || ld32_be_p(blob + FDT_H_LAST_COMP) > 17) {
        return false;
    }
    uint32_t structure = ld32_be_p(blob + FDT_H_OFF_STRUCT);
    *why = "structure block is out of bounds";
    if (structure % 4 != 0 ||
        !between(structure, version < 17 ? 0 : ld32_be_p(blob + FDT_H_SIZE_STRUCT), total)) {
        return false;
    }
    *why = "strings block is out of bounds";
    if (!between(ld32_be_p(blob + FDT_H_OFF_STRINGS), ld32_be_p(blob + FDT_H_SIZE_STRINGS),
                 total)) {
        return false;
    }
    uint32_t reserve = ld32_be_p(blob + FDT_H_OFF_RSVMAP);
    size_t reserved;
    *why = "memory reservation block is out of bounds";
    return reserve % 8 == 0 && between(reserve, 0, total) &&
           find_reserve_end(blob, total, &reserved);
}

/* A walk's position in the tree. */
typedef struct Place {
    unsigned depth;
    bool root_done;
    bool had_child[MAX_DEPTH + 1]; /* the open node at each depth */
} Place;

/* Whether w's token is allowed at `p`; advances `p`. */
static bool check_token(Place *p, const Walk *w, uint32_t names_end, const char **why)
{
    switch (w->token) {
    case FDT_BEGIN_NODE:
        *why = p->depth ? "nodes are nested too deeply" : "more than one root node";
        if (p->depth == MAX_DEPTH || p->root_done) {
            return false;
        }
        *why = "the root node has a name";
        if (p->depth == 0 && w->name[0]) {
            return false;
        }
        p->had_child[p->depth] = true;
        p->had_child[++p->depth] = false;
        return true;
    case FDT_END_NODE:
        *why = "end of a node that was not begun";
        if (p->depth == 0) {
            return false;
        }
        p->root_done = --p->depth == 0;
        return true;
    case FDT_PROP:
        *why = "property outside of a node";
        if (p->depth == 0) {
            return false;
        }
        *why = "property after a child node";
        if (p->had_child[p->depth]) {
            return false;
        }
        *why = "property name is out of bounds";
        return w->name_offset < names_end;
    case FDT_END: *why = "no complete root node"; return p->root_done;
    default: return true;
    }
}

bool fdt_check(const uint8_t *blob, size_t len, const char **why)
{
    if (!check_blocks(blob, len, why)) {
        return false;
    }
    /* Names start before the last NUL of the strings block. */
    const uint8_t *strings = blob + ld32_be_p(blob + FDT_H_OFF_STRINGS);
    uint32_t names_end = ld32_be_p(blob + FDT_H_SIZE_STRINGS);
    while (names_end && strings[names_end - 1] != 0) {
        names_end--;
    }
    Walk w = walk_start(blob);
    Place place = { 0 };
    do {
        if (!walk_next(&w, why) || !check_token(&place, &w, names_end, why)) {
            return false;
        }
    } while (w.token != FDT_END);
    *why = NULL;
    return true;
}

/* What the copy of one tree needs. */
typedef struct Copy {
    Fdt fdt;
    const FdtBoot *boot;
    const char *strings;
    uint32_t address_cells, size_cells; /* the root's */
    bool memory_done, chosen_done;
} Copy;

static const char *prop_name(const Copy *c, const Walk *w)
{
    return c->strings + w->name_offset;
}

/* Whether a node is called `name`, with or without a unit address. */
static bool node_is(const char *node, const char *name)
{
    size_t n = strlen(name);
    return strncmp(node, name, n) == 0 && (node[n] == 0 || node[n] == '@');
}

/* Whether the node that `w` has just entered is memory: by its device_type, or by its name. */
static bool is_memory(const Copy *c, Walk w)
{
    const char *why;
    if (node_is(w.name, "memory")) {
        return true;
    }
    while (walk_next(&w, &why) && (w.token == FDT_PROP || w.token == FDT_NOP)) {
        if (w.token == FDT_PROP && strcmp(prop_name(c, &w), "device_type") == 0) {
            return w.value_len == sizeof "memory" && memcmp(w.value, "memory", w.value_len) == 0;
        }
    }
    return false;
}

/* Writes a number of `cells` cells; false if it does not fit. */
static bool put_cells(uint8_t **at, uint32_t cells, uint64_t value)
{
    if (cells < 1 || cells > 4 || (cells == 1 && value >> 32)) {
        return false;
    }
    for (uint32_t i = cells; i-- > 0; *at += 4) {
        st32_be_p(*at, i == 1 ? (uint32_t)(value >> 32) : i == 0 ? (uint32_t)value : 0);
    }
    return true;
}

static void put_memory_reg(Copy *c)
{
    uint8_t reg[32], *at = reg;
    if (!put_cells(&at, c->address_cells, c->boot->ram_base) ||
        !put_cells(&at, c->size_cells, c->boot->ram_size)) {
        fdt_fail(&c->fdt, FDT_CELLS);
    }
    fdt_prop_bytes(&c->fdt, "reg", reg, (size_t)(at - reg));
}

static bool has_bootargs(const FdtBoot *boot)
{
    return boot->bootargs && boot->bootargs[0];
}

static void put_chosen(Fdt *fdt, const FdtBoot *boot)
{
    if (has_bootargs(boot)) {
        fdt_prop_string(fdt, "bootargs", boot->bootargs);
    }
    if (boot->initrd_size) {
        uint64_t end = boot->initrd_start + boot->initrd_size;
        const uint32_t start64[] = { (uint32_t)(boot->initrd_start >> 32),
                                     (uint32_t)boot->initrd_start };
        const uint32_t end64[] = { (uint32_t)(end >> 32), (uint32_t)end };
        size_t first = end >> 32 ? 0 : 1;
        fdt_prop_u32s(fdt, "linux,initrd-start", start64 + first, 2 - first);
        fdt_prop_u32s(fdt, "linux,initrd-end", end64 + first, 2 - first);
    }
    if (boot->rng_seed) {
        fdt_prop_bytes(fdt, "rng-seed", boot->rng_seed, FDT_RNG_SEED_SIZE);
    }
}

static bool replaced_in_chosen(const FdtBoot *boot, const char *name)
{
    return (has_bootargs(boot) && strcmp(name, "bootargs") == 0) ||
           (boot->initrd_size &&
            (strcmp(name, "linux,initrd-start") == 0 || strcmp(name, "linux,initrd-end") == 0)) ||
           (boot->rng_seed && strcmp(name, "rng-seed") == 0);
}

/* The root's #address-cells and #size-cells; 2 and 1 if it has none. */
static void read_root_cells(Copy *c, Walk w)
{
    const char *why;
    c->address_cells = 2;
    c->size_cells = 1;
    do {
        if (!walk_next(&w, &why)) {
            return;
        }
    } while (w.token != FDT_BEGIN_NODE);
    while (walk_next(&w, &why) && (w.token == FDT_PROP || w.token == FDT_NOP)) {
        if (w.token == FDT_PROP && w.value_len == 4) {
            if (strcmp(prop_name(c, &w), "#address-cells") == 0) {
                c->address_cells = ld32_be_p(w.value);
            } else if (strcmp(prop_name(c, &w), "#size-cells") == 0) {
                c->size_cells = ld32_be_p(w.value);
            }
        }
    }
}

/* Skips the node that `w` has just entered, with its children. */
static void skip_node(Walk *w)
{
    const char *why;
    unsigned depth = 1;
    while (depth && walk_next(w, &why)) {
        depth += w->token == FDT_BEGIN_NODE;
        depth -= w->token == FDT_END_NODE;
    }
}

/* Copies the structure block. */
static void copy_nodes(Copy *c, Walk w)
{
    enum { OTHER, MEMORY, CHOSEN } here = OTHER; /* which child of the root this is */
    unsigned depth = 0;
    const char *why;
    while (walk_next(&w, &why) && w.token != FDT_END) {
        switch (w.token) {
        case FDT_BEGIN_NODE:
            if (depth == 1 && is_memory(c, w)) {
                if (c->memory_done) {
                    skip_node(&w);
                    break;
                }
                here = MEMORY;
            } else if (depth == 1 && !c->chosen_done && strcmp(w.name, "chosen") == 0) {
                here = CHOSEN;
            }
            fdt_begin_node(&c->fdt, w.name);
            if (depth++ == 1 && here == MEMORY) {
                put_memory_reg(c);
                c->memory_done = true;
            } else if (depth == 2 && here == CHOSEN) {
                put_chosen(&c->fdt, c->boot);
                c->chosen_done = true;
            }
            break;
        case FDT_PROP:
            if (depth == 2 && ((here == MEMORY && strcmp(prop_name(c, &w), "reg") == 0) ||
                               (here == CHOSEN && replaced_in_chosen(c->boot, prop_name(c, &w))))) {
                break;
            }
            fdt_prop_named_at(&c->fdt, w.name_offset, w.value, w.value_len);
            break;
        case FDT_END_NODE:
            if (depth == 2) {
                here = OTHER;
            } else if (depth == 1) { /* the root's end: adds the missing nodes */
                if (!c->chosen_done) {
                    fdt_begin_node(&c->fdt, "chosen");
                    put_chosen(&c->fdt, c->boot);
                    fdt_end_node(&c->fdt);
                }
                if (!c->memory_done) {
                    fdt_begin_node_at(&c->fdt, "memory", c->boot->ram_base);
                    fdt_prop_string(&c->fdt, "device_type", "memory");
                    put_memory_reg(c);
                    fdt_end_node(&c->fdt);
                }
            }
            fdt_end_node(&c->fdt);
            depth--;
            break;
        default: break;
        }
    }
}

uint8_t *fdt_with_boot(const uint8_t *blob, size_t len, const FdtBoot *boot, size_t *out_len,
                       FdtError *error)
{
    Copy c = { .boot = boot, .strings = (const char *)blob + ld32_be_p(blob + FDT_H_OFF_STRINGS) };
    size_t reserved = 0;
    (void)find_reserve_end(blob, len, &reserved);
    fdt_init(&c.fdt);
    c.fdt.boot_cpu = ld32_be_p(blob + FDT_H_BOOT_CPU);
    fdt_reserve(&c.fdt, blob + ld32_be_p(blob + FDT_H_OFF_RSVMAP), reserved);
    fdt_use_strings(&c.fdt, (const uint8_t *)c.strings, ld32_be_p(blob + FDT_H_SIZE_STRINGS));
    Walk w = walk_start(blob);
    read_root_cells(&c, w);
    copy_nodes(&c, w);
    uint8_t *out = fdt_finish(&c.fdt, out_len);
    *error = c.fdt.error;
    return out;
}

size_t fdt_rng_seed(const uint8_t *blob)
{
    const char *strings = (const char *)blob + ld32_be_p(blob + FDT_H_OFF_STRINGS);
    const char *why;
    unsigned depth = 0;
    bool chosen = false;
    for (Walk w = walk_start(blob); walk_next(&w, &why) && w.token != FDT_END;) {
        if (w.token == FDT_BEGIN_NODE) {
            chosen = depth++ == 1 && strcmp(w.name, "chosen") == 0;
        } else if (w.token == FDT_END_NODE) {
            depth--;
            chosen = false;
        } else if (w.token == FDT_PROP && chosen && w.value_len == FDT_RNG_SEED_SIZE &&
                   strcmp(strings + w.name_offset, "rng-seed") == 0) {
            return (size_t)(w.value - blob);
        }
    }
    assert(!"a tree made with room for a seed has it");
    return 0;
}
