/* SPDX-License-Identifier: MIT */
/* Flattened device trees: builder, check, boot edits. */
#include "boot/fdt_boot.h"

#include <stdlib.h>

#include "bus/fdt_format.h"
#include "tests/unit/fdt_find.h"
#include "tests/unit/tap.h"

static FdtError error; /* of the last fdt_with_boot() */

/* Whether a property is there with just these bytes. */
static bool has(const uint8_t *blob, const char *path, const char *name, const void *bytes,
                size_t n)
{
    size_t len;
    const uint8_t *value = fdt_find(blob, path, name, &len);
    return value && len == n && memcmp(value, bytes, n) == 0;
}

static void open_root(Fdt *fdt, uint32_t address_cells, uint32_t size_cells)
{
    fdt_init(fdt);
    fdt_begin_node(fdt, "");
    fdt_prop_u32(fdt, "#address-cells", address_cells);
    fdt_prop_u32(fdt, "#size-cells", size_cells);
}

static void test_builder(void)
{
    static const char *const list[] = { "one", "two", "", "four", NULL };
    static const uint32_t cells[] = { 0x01020304, 0xfffffffe };
    const char *why;
    size_t len = 0;
    Fdt fdt;
    open_root(&fdt, 1, 1);
    fdt_prop_strings(&fdt, "list", list);
    fdt_begin_node_at(&fdt, "dev", 0xabcd1000);
    fdt_prop_empty(&fdt, "empty");
    fdt_prop_u32s(&fdt, "cells", cells, 2);
    fdt_prop_bytes(&fdt, "odd", "abcde", 5);
    fdt_prop_string(&fdt, "list", "x");
    fdt_prop_u32s(&fdt, "reg", (const uint32_t[]){ 0x10000000, 0x1000 }, 2);
    fdt_begin_node(&fdt, "child");
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    uint8_t *blob = fdt_finish(&fdt, &len);
    if (!ok(blob != NULL, "a tree")) {
        return;
    }
    ok(fdt_check(blob, len, &why), "is well formed");
    is_u32(ld32_be_p(blob + FDT_H_VERSION), 17, "version");
    is_u32(ld32_be_p(blob + FDT_H_LAST_COMP), 16, "last compatible version");
    is_u32(ld32_be_p(blob + FDT_H_TOTALSIZE), len, "total size");
    ok(ld32_be_p(blob + FDT_H_OFF_RSVMAP) % 8 == 0 && ld32_be_p(blob + FDT_H_OFF_STRUCT) % 4 == 0,
       "blocks are aligned");
    ok(has(blob, "/", "list", "one\0two\0\0four", 14), "a list of strings");
    ok(has(blob, "/dev@abcd1000", "empty", "", 0), "a property without value");
    ok(has(blob, "/dev@abcd1000", "cells", "\1\2\3\4\xff\xff\xff\xfe", 8), "cells are big-endian");
    ok(has(blob, "/dev@abcd1000", "odd", "abcde", 5), "bytes, no multiple of four");
    ok(has(blob, "/dev@abcd1000", "list", "x", 2), "a string, under a name used before");
    ok(has(blob, "/dev@abcd1000", "reg", "\x10\0\0\0\0\0\x10\0", 8), "reg");
    const char *strings = (const char *)blob + ld32_be_p(blob + FDT_H_OFF_STRINGS);
    unsigned times = 0;
    for (uint32_t i = 0; i + 4 < ld32_be_p(blob + FDT_H_SIZE_STRINGS); i++) {
        times += memcmp(strings + i, "list", 5) == 0;
    }
    is_u32(times, 1, "a name stands once in the strings block");
    free(blob);
}

static void test_builder_errors(void)
{
    Fdt fdt;
    size_t len;
    open_root(&fdt, 1, 1);
    ok(!fdt_finish(&fdt, &len) && fdt.error == FDT_MISUSE, "an open node");
    open_root(&fdt, 1, 1);
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    ok(!fdt_finish(&fdt, &len) && fdt.error == FDT_MISUSE, "a node ended twice");
    open_root(&fdt, 1, 1);
    fdt_end_node(&fdt);
    fdt_prop_u32(&fdt, "x", 1);
    ok(!fdt_finish(&fdt, &len) && fdt.error == FDT_MISUSE, "a property outside");
    open_root(&fdt, 1, 1);
    fdt_end_node(&fdt);
    fdt_begin_node(&fdt, "");
    fdt_end_node(&fdt);
    ok(!fdt_finish(&fdt, &len) && fdt.error == FDT_MISUSE, "a second root");
    open_root(&fdt, 1, 1);
    fdt_begin_node_at(&fdt, "a-name-that-is-longer-than-any-name-of-ours-will-ever-be", 0);
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    ok(!fdt_finish(&fdt, &len) && fdt.error == FDT_MISUSE, "a name too long for its buffer");
    static uint8_t large[1 << 20];
    open_root(&fdt, 1, 1);
    fdt_prop_bytes(&fdt, "a", large, sizeof large);
    fdt_prop_bytes(&fdt, "b", large, sizeof large);
    fdt_end_node(&fdt);
    ok(!fdt_finish(&fdt, &len) && fdt.error == FDT_TOO_LARGE, "more than 2 MiB");
    open_root(&fdt, 1, 1);
    fdt_end_node(&fdt);
    uint8_t *blob = fdt_finish(&fdt, &len);
    ok(blob != NULL, "the builder is as new after an error");
    free(blob);
}

/* A user-supplied tree, with everything that the edits must handle. */
static uint8_t *foreign(size_t *len)
{
    Fdt fdt;
    open_root(&fdt, 2, 2);
    fdt_prop_string(&fdt, "model", "foreign");
    fdt_begin_node(&fdt, "chosen");
    fdt_prop_string(&fdt, "bootargs", "old");
    fdt_prop_string(&fdt, "stdout-path", "serial0");
    fdt_prop_u32(&fdt, "linux,initrd-start", 1);
    fdt_prop_u32(&fdt, "linux,initrd-end", 2);
    fdt_end_node(&fdt);
    fdt_begin_node(&fdt, "soc");
    fdt_begin_node(&fdt, "chosen");
    fdt_prop_string(&fdt, "bootargs", "inner");
    fdt_end_node(&fdt);
    fdt_begin_node(&fdt, "memory");
    fdt_prop_u32(&fdt, "reg", 7);
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    fdt_begin_node(&fdt, "memory-controller");
    fdt_prop_u32(&fdt, "reg", 8);
    fdt_end_node(&fdt);
    fdt_begin_node(&fdt, "ram");
    fdt_prop_u32(&fdt, "x", 9);
    fdt_prop_string(&fdt, "device_type", "memory");
    fdt_prop_u32(&fdt, "reg", 9);
    fdt_prop_u32(&fdt, "y", 10);
    fdt_end_node(&fdt);
    fdt_begin_node_at(&fdt, "memory", 0x80000000);
    fdt_prop_u32(&fdt, "reg", 11);
    fdt_begin_node(&fdt, "inner");
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    fdt_begin_node(&fdt, "last");
    fdt_prop_u32(&fdt, "reg", 12);
    fdt_begin_node(&fdt, "memory");
    fdt_prop_u32(&fdt, "reg", 13);
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    fdt_end_node(&fdt);
    return fdt_finish(&fdt, len);
}

static void test_boot_edits(void)
{
    FdtBoot boot = { .ram_base = 0x100000000,
                     .ram_size = 0x8000000,
                     .bootargs = "console=ttyAMA0",
                     .initrd_start = 0x4000000,
                     .initrd_size = 0x1234 };
    const char *why;
    size_t len, out_len, n;
    uint8_t *blob = foreign(&len);
    ok(blob && fdt_check(blob, len, &why), "a user-supplied tree");
    uint8_t *out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    if (!ok(out && fdt_check(out, out_len, &why), "with the boot loader's facts")) {
        return;
    }
    ok(has(out, "/ram", "reg", "\0\0\0\1\0\0\0\0\0\0\0\0\x08\0\0\0", 16), "memory, in 2 + 2 cells");
    ok(has(out, "/ram", "x", "\0\0\0\x09", 4) && has(out, "/ram", "y", "\0\0\0\x0a", 4),
       "its other properties stay");
    ok(!fdt_find(out, "/memory@80000000", "reg", &n), "a second memory node is left out");
    ok(has(out, "/soc/memory", "reg", "\0\0\0\7", 4) &&
           has(out, "/memory-controller", "reg", "\0\0\0\x08", 4),
       "what is only called like it stays");
    ok(has(out, "/last", "reg", "\0\0\0\x0c", 4) &&
           has(out, "/last/memory", "reg", "\0\0\0\x0d", 4),
       "what comes after stays");
    ok(has(out, "/chosen", "bootargs", "console=ttyAMA0", 16), "bootargs");
    ok(has(out, "/soc/chosen", "bootargs", "inner", 6), "of /chosen, not of another node");
    ok(has(out, "/chosen", "stdout-path", "serial0", 8), "what else is in there stays");
    ok(has(out, "/chosen", "linux,initrd-start", "\x04\0\0\0", 4), "start of the initrd");
    ok(has(out, "/chosen", "linux,initrd-end", "\x04\0\x12\x34", 4), "end of the initrd");
    ok(!fdt_find(out, "/chosen", "rng-seed", &n), "no seed");
    free(out);

    static const uint8_t seed[FDT_RNG_SEED_SIZE] = "01234567890123456789012345678901";
    boot.rng_seed = seed;
    out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    ok(out && has(out, "/chosen", "rng-seed", (const char *)seed, sizeof seed), "a seed");
    ok(out && out + fdt_rng_seed(out) == fdt_find(out, "/chosen", "rng-seed", &n), "is found");
    boot.rng_seed = (const uint8_t *)"the next one, of thirty-two bytes";
    uint8_t *next = fdt_with_boot(out, out_len, &boot, &len, &error);
    ok(next && has(next, "/chosen", "rng-seed", (const char *)boot.rng_seed, FDT_RNG_SEED_SIZE) &&
           len == out_len,
       "a new seed replaces the old one");
    free(next);
    free(out);

    boot.bootargs = "";
    boot.initrd_size = 0;
    out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    ok(out && has(out, "/chosen", "bootargs", "old", 4) &&
           has(out, "/chosen", "linux,initrd-start", "\0\0\0\1", 4),
       "without -append and -initrd the tree's own stay");
    free(out);
    boot.initrd_size = 1;
    boot.initrd_start = 0xffffffff;
    out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    ok(out && has(out, "/chosen", "linux,initrd-end", "\0\0\0\1\0\0\0\0", 8),
       "an initrd that ends beyond 4 GiB has 64-bit properties");
    free(out);
    free(blob);

    Fdt fdt;
    boot = (FdtBoot){ .ram_base = 0x20000000, .ram_size = 0x1000000, .bootargs = "a b" };
    open_root(&fdt, 1, 1);
    fdt_end_node(&fdt);
    blob = fdt_finish(&fdt, &len);
    out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    ok(out && has(out, "/chosen", "bootargs", "a b", 4), "/chosen is made if absent");
    ok(out && has(out, "/memory@20000000", "reg", "\x20\0\0\0\x01\0\0\0", 8) &&
           has(out, "/memory@20000000", "device_type", "memory", 7),
       "/memory is made if absent");
    free(out);
    boot.ram_size = 0x100000000;
    ok(!fdt_with_boot(blob, len, &boot, &out_len, &error) && error == FDT_CELLS,
       "RAM that does not fit one cell");
    free(blob);
    static uint8_t large[FDT_MAX_SIZE - 200];
    boot.ram_size = 1;
    open_root(&fdt, 1, 1);
    fdt_prop_bytes(&fdt, "large", large, sizeof large);
    fdt_end_node(&fdt);
    blob = fdt_finish(&fdt, &len);
    ok(blob && !fdt_with_boot(blob, len, &boot, &out_len, &error) && error == FDT_TOO_LARGE,
       "a tree that would grow beyond 2 MiB");
    free(blob);
    open_root(&fdt, 1, 0);
    fdt_end_node(&fdt);
    blob = fdt_finish(&fdt, &len);
    ok(!fdt_with_boot(blob, len, &boot, &out_len, &error) && error == FDT_CELLS,
       "a tree without sizes");
    free(blob);

    open_root(&fdt, 1, 1);
    fdt_reserve(&fdt, (const uint8_t *)"\0\0\0\0\0\0\x10\0\0\0\0\0\0\0\x20\0", 16);
    fdt.boot_cpu = 3;
    fdt_end_node(&fdt);
    blob = fdt_finish(&fdt, &len);
    out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    ok(out &&
           memcmp(out + ld32_be_p(out + FDT_H_OFF_RSVMAP),
                  "\0\0\0\0\0\0\x10\0\0\0\0\0\0\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 32) == 0,
       "memory reservations are kept");
    ok(out && ld32_be_p(out + FDT_H_BOOT_CPU) == 3, "the boot CPU is kept");
    free(out);
    free(blob);

    fdt_init(&fdt);
    fdt_begin_node(&fdt, "");
    fdt_end_node(&fdt);
    blob = fdt_finish(&fdt, &len);
    boot.ram_size = 0x1000;
    out = fdt_with_boot(blob, len, &boot, &out_len, &error);
    ok(out && has(out, "/memory@20000000", "reg", "\0\0\0\0\x20\0\0\0\0\0\x10\0", 12),
       "a root that says nothing has 2 address cells and 1 size cell");
    free(out);
    free(blob);
}

/* Puts a word into a copy and expects the check to refuse it for the right reason. */
static void refused(const uint8_t *blob, size_t len, uint32_t at, uint32_t word, const char *reason)
{
    const char *why = NULL;
    uint8_t *copy = malloc(len);
    memcpy(copy, blob, len);
    st32_be_p(copy + at, word);
    bool good = fdt_check(copy, len, &why);
    if (!ok(!good && why && strstr(why, reason), "refused: %s", reason)) {
        printf("#   got %s\n", good ? "no refusal" : why);
    }
    free(copy);
}

static void test_check(void)
{
    size_t len;
    uint8_t *blob = foreign(&len);
    uint32_t s = ld32_be_p(blob + FDT_H_OFF_STRUCT);
    uint32_t s_size = ld32_be_p(blob + FDT_H_SIZE_STRUCT);
    refused(blob, len, FDT_H_MAGIC, 0xd00dfeee, "not a device tree");
    refused(blob, len, FDT_H_TOTALSIZE, (uint32_t)len + 1, "shorter than");
    refused(blob, len, FDT_H_TOTALSIZE, 39, "shorter than");
    refused(blob, len, FDT_H_VERSION, 15, "version");
    refused(blob, len, FDT_H_LAST_COMP, 18, "version");
    refused(blob, len, FDT_H_OFF_STRUCT, s + 2, "structure block");
    refused(blob, len, FDT_H_OFF_STRUCT, 0xfffffffc, "structure block");
    refused(blob, len, FDT_H_OFF_STRUCT, 0, "structure block");
    refused(blob, len, FDT_H_SIZE_STRUCT, 0xffffffff, "structure block");
    refused(blob, len, FDT_H_SIZE_STRUCT, s_size - 4, "without an end");
    refused(blob, len, FDT_H_SIZE_STRUCT, 0, "without an end");
    refused(blob, len, FDT_H_OFF_STRINGS, (uint32_t)len, "strings block");
    refused(blob, len, FDT_H_SIZE_STRINGS, 0xffffffff, "strings block");
    refused(blob, len, FDT_H_SIZE_STRINGS, 3, "property name");
    refused(blob, len, FDT_H_OFF_RSVMAP, 44, "reservation");
    refused(blob, len, FDT_H_OFF_RSVMAP, (uint32_t)len & ~UINT32_C(7), "reservation");
    refused(blob, len, s, 5, "unknown token");
    refused(blob, len, s, FDT_END, "no complete root");
    refused(blob, len, s, FDT_END_NODE, "not begun");
    refused(blob, len, s, FDT_PROP, "outside of a node");
    refused(blob, len, s + 4, 0x61000000, "root node has a name");
    refused(blob, len, s + 12, 0x7fffffff, "runs past"); /* length of the first property */
    refused(blob, len, s + 12, 0xffffffff, "runs past");
    refused(blob, len, s + 16, 0xffffffff, "property name"); /* its name */
    refused(blob, len, s + 16, ld32_be_p(blob + FDT_H_SIZE_STRINGS), "property name");
    refused(blob, len, s + s_size - 8, FDT_NOP, "no complete root");

    const char *why;
    uint8_t *copy = malloc(len);
    memcpy(copy, blob, len);
    st32_be_p(copy + FDT_H_VERSION, 16);
    st32_be_p(copy + FDT_H_SIZE_STRUCT, 0);
    FdtBoot boot = { .ram_size = 0x1000 };
    size_t out_len, n;
    uint8_t *out =
        fdt_check(copy, len, &why) ? fdt_with_boot(copy, len, &boot, &out_len, &error) : NULL;
    ok(out && fdt_find(out, "/last", "reg", &n), "version 16 has no size of the structure block");
    free(out);

    /* Every cut, and every bit, of a valid tree: never a crash, and what passes can be edited. */
    bool cut_refused = true, edited = true;
    for (size_t cut = 0; cut < len; cut++) {
        uint8_t *part = malloc(cut ? cut : 1); /* its own allocation, for the sanitizer */
        memcpy(part, blob, cut);
        cut_refused &= !fdt_check(part, cut, &why);
        free(part);
    }
    ok(cut_refused, "no cut of the tree is taken for one");
    unsigned passed = 0;
    for (size_t bit = 0; bit < len * 8; bit++) {
        memcpy(copy, blob, len);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        if (fdt_check(copy, len, &why)) {
            passed++;
            out = fdt_with_boot(copy, len, &boot, &out_len, &error);
            edited &= !out || fdt_check(out, out_len, &why);
            free(out);
        }
    }
    ok(edited && passed, "of all one-bit errors, %u pass and are edited into good trees", passed);
    free(copy);
    free(blob);

    /* Nesting. */
    Fdt fdt;
    for (unsigned depth = 64; depth <= 65; depth++) {
        fdt_init(&fdt);
        for (unsigned i = 0; i < depth; i++) {
            fdt_begin_node(&fdt, i ? "n" : "");
        }
        for (unsigned i = 0; i < depth; i++) {
            fdt_end_node(&fdt);
        }
        blob = fdt_finish(&fdt, &len);
        ok(blob && fdt_check(blob, len, &why) == (depth == 64), "%u nested nodes", depth);
        free(blob);
    }
    fdt_init(&fdt);
    fdt_begin_node(&fdt, "");
    fdt_begin_node(&fdt, "child");
    fdt_end_node(&fdt);
    fdt_prop_u32(&fdt, "late", 1);
    fdt_end_node(&fdt);
    blob = fdt_finish(&fdt, &len);
    ok(blob && !fdt_check(blob, len, &why) && strstr(why, "after a child"),
       "a property after a child is refused");
    free(blob);
}

int main(void)
{
    test_builder();
    test_builder_errors();
    test_boot_edits();
    test_check();
    return done_testing();
}
