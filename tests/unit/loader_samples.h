/* SPDX-License-Identifier: MIT */
/* Kernels and programs made on the spot for the tests of the image loader, and a stage to try them
 * on: a machine, a configuration, and what the loader said and did. */
#ifndef TESTS_LOADER_SAMPLES_H
#define TESTS_LOADER_SAMPLES_H

#include <stdio.h>
#include <unistd.h>

#include "boot/loader_formats.h"
#include "tests/unit/loader_machine.h"
#include "tests/unit/tap.h"

/* ---- images ---- */

typedef struct Bytes {
    uint8_t b[4096];
    size_t n;
} Bytes;

static inline void put_le(Bytes *to, uint32_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        to->b[to->n++] = (uint8_t)(value >> 8 * i);
    }
}

static inline void put_be(Bytes *to, uint32_t value, unsigned size)
{
    for (unsigned i = size; i-- > 0;) {
        to->b[to->n++] = (uint8_t)(value >> 8 * i);
    }
}

static inline void put_text(Bytes *to, const char *text)
{
    memcpy(to->b + to->n, text, strlen(text));
    to->n += strlen(text);
}

static inline uint32_t sample_crc(const uint8_t *p, size_t n)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < 8 * n; i++) {
        uint32_t bit = (crc ^ p[i / 8] >> i % 8) & 1;
        crc = crc >> 1 ^ (bit ? UINT32_C(0xedb88320) : 0);
    }
    return ~crc;
}

typedef struct SampleSegment {
    uint32_t vaddr, paddr, memsz;
    const char *text; /* its bytes in the file */
} SampleSegment;

#define ELF_PHDR(i) (52u + 32u * (i)) /* where program header i is in sample_elf() */

static inline Bytes sample_elf(const SampleSegment *segments, unsigned count, uint32_t entry)
{
    Bytes e = { .n = 0 };
    uint32_t data = ELF_PHDR(count);
    put_text(&e, "\177ELF\1\1\1");
    e.n = 16;
    put_le(&e, 2, 2);  /* ET_EXEC */
    put_le(&e, 40, 2); /* EM_ARM */
    put_le(&e, 1, 4);
    put_le(&e, entry, 4);
    put_le(&e, ELF_PHDR(0), 4);
    put_le(&e, 0, 4);
    put_le(&e, UINT32_C(0x05000200), 4); /* EABI 5, soft float */
    put_le(&e, 52, 2);
    put_le(&e, 32, 2);
    put_le(&e, count, 2);
    put_le(&e, 40, 2);
    put_le(&e, 0, 4);
    for (unsigned i = 0; i < count; i++) {
        uint32_t n = (uint32_t)strlen(segments[i].text);
        const uint32_t header[] = {
            1, data, segments[i].vaddr, segments[i].paddr, n, segments[i].memsz, 5, 4
        };
        for (unsigned j = 0; j < 8; j++) {
            put_le(&e, header[j], 4);
        }
        data += n;
    }
    for (unsigned i = 0; i < count; i++) {
        put_text(&e, segments[i].text);
    }
    return e;
}

typedef struct SampleUImage {
    uint32_t load, entry;
    uint8_t os, arch, type, compression;
} SampleUImage;

static inline Bytes sample_uimage(const SampleUImage *what, const Bytes *payload)
{
    Bytes u = { .n = 0 };
    put_be(&u, UINT32_C(0x27051956), 4);
    put_be(&u, 0, 4);
    put_be(&u, 1234567890, 4);
    put_be(&u, (uint32_t)payload->n, 4);
    put_be(&u, what->load, 4);
    put_be(&u, what->entry, 4);
    put_be(&u, sample_crc(payload->b, payload->n), 4);
    put_be(&u, what->os, 1);
    put_be(&u, what->arch, 1);
    put_be(&u, what->type, 1);
    put_be(&u, what->compression, 1);
    put_text(&u, "sample");
    u.n = 64;
    uint32_t crc = sample_crc(u.b, u.n);
    u.n = 4;
    put_be(&u, crc, 4);
    u.n = 64;
    memcpy(u.b + u.n, payload->b, payload->n);
    u.n += payload->n;
    return u;
}

typedef struct SampleZImage {
    uint32_t start;
    bool byte_order_word, table;
    uint32_t inflated, bss;
    uint32_t xip_data; /* the table has only this */
} SampleZImage;

#define ZIMAGE_SIZE 512u

static inline Bytes sample_zimage(const SampleZImage *what)
{
    Bytes z = { .n = 0 };
    while (z.n < 0x24) {
        put_le(&z, UINT32_C(0xe1a00000), 4);
    }
    put_le(&z, UINT32_C(0x016f2818), 4);
    put_le(&z, what->start, 4);
    put_le(&z, what->start + ZIMAGE_SIZE, 4);
    put_le(&z, what->byte_order_word ? UINT32_C(0x04030201) : 0, 4);
    put_le(&z, what->table ? UINT32_C(0x45454545) : 0, 4);
    put_le(&z, what->table ? 0x80 : 0, 4);
    const uint32_t table[] = { 2, 0x12345678, /* an unknown tag */
                               6, UINT32_C(0x5a534c4b), ZIMAGE_SIZE - 4, what->bss, 0x8000, 0x10000,
                               0 };
    const uint32_t xip_table[] = { 3, UINT32_C(0x5a584950), what->xip_data, 0 };
    z.n = 0x80;
    for (unsigned i = 0; what->table && !what->xip_data && i < sizeof table / sizeof table[0];
         i++) {
        put_le(&z, table[i], 4);
    }
    for (unsigned i = 0;
         what->table && what->xip_data && i < sizeof xip_table / sizeof xip_table[0]; i++) {
        put_le(&z, xip_table[i], 4);
    }
    z.n = ZIMAGE_SIZE - 4;
    put_le(&z, what->inflated, 4);
    return z;
}

/* A kernel of today, and one of the days before device trees. */
static const SampleZImage new_zimage = {
    .byte_order_word = true, .table = true, .inflated = 3 << 20, .bss = 1 << 18
};
static const SampleZImage old_zimage = { .start = 0 };

/* A small device tree (malloc'ed) with those values in it. */
static inline uint8_t *sample_dtb(const FdtBoot *boot, size_t *len)
{
    FdtError error;
    size_t bare_len;
    Fdt fdt;
    fdt_init(&fdt);
    fdt_begin_node(&fdt, "");
    fdt_prop_u32(&fdt, "#address-cells", 1);
    fdt_prop_u32(&fdt, "#size-cells", 1);
    fdt_prop_string(&fdt, "compatible", "arm,versatile-pb");
    fdt_end_node(&fdt);
    uint8_t *bare = fdt_finish(&fdt, &bare_len);
    uint8_t *blob = bare ? fdt_with_boot(bare, bare_len, boot, len, &error) : NULL;
    free(bare);
    return blob;
}

/* ---- the stage ---- */

static Machine stage_machine;
static LoaderConfig config;
static LoaderFiles files;
static LoaderDevice devices[4];
static LoaderPlan *plan;
static LoaderEntry entry;
static char message[4096]; /* what went to stderr */

/* An empty stage with that much RAM. */
static inline void fresh(uint64_t ram_size)
{
    loader_free(plan);
    plan = NULL;
    loader_files_free(&files);
    config = (LoaderConfig){ .devices = devices };
    memset(devices, 0, sizeof devices);
    test_machine_init(&stage_machine, ram_size);
}

static inline Image image_of(const char *name, const void *bytes, size_t n)
{
    Image image = { .name = name, .bytes = malloc(n ? n : 1), .size = n };
    if (!image.bytes) {
        abort();
    }
    memcpy(image.bytes, bytes, n);
    return image;
}

static inline void give_kernel(const Bytes *kernel)
{
    free(files.kernel.bytes);
    config.kernel = "kernel.bin";
    files.kernel = image_of(config.kernel, kernel->b, kernel->n);
}

static inline void give_initrd(const void *bytes, size_t n)
{
    free(files.initrd.bytes);
    config.initrd = "initrd.bin";
    files.initrd = image_of(config.initrd, bytes, n);
}

static inline void give_dtb(const void *bytes, size_t n)
{
    free(files.dtb.bytes);
    config.dtb = "board.dtb";
    files.dtb = image_of(config.dtb, bytes, n);
}

/* The next device, with a file if `bytes` is not NULL. */
static inline LoaderDevice *give_device(uint64_t addr, const void *bytes, size_t n)
{
    size_t i = config.device_count++;
    if (!files.devices) {
        files.devices = calloc(sizeof devices / sizeof devices[0], sizeof *files.devices);
        if (!files.devices) {
            abort();
        }
    }
    files.device_count = config.device_count;
    if (bytes) {
        files.devices[i] = image_of("device.bin", bytes, n);
    }
    devices[i].addr = addr;
    return &devices[i];
}

/* stderr goes to a file between these two; the second fills `message`. */
static int saved_stderr;
static FILE *captured;

static inline void capture(void)
{
    fflush(stderr);
    captured = tmpfile();
    saved_stderr = dup(2);
    if (!captured || saved_stderr < 0 || dup2(fileno(captured), 2) < 0) {
        abort();
    }
}

static inline void captured_end(void)
{
    fflush(stderr);
    dup2(saved_stderr, 2);
    close(saved_stderr);
    rewind(captured);
    message[fread(message, 1, sizeof message - 1, captured)] = 0;
    fclose(captured);
}

/* Plans what is on stage, and applies it. */
static inline bool boots(void)
{
    capture();
    loader_free(plan);
    plan = loader_plan_files(&config, &files, &stage_machine);
    captured_end();
    if (plan) {
        loader_apply(plan, &stage_machine, &entry);
    }
    return plan != NULL;
}

/* One line, ours, and naming `what`. */
static inline bool message_is(const char *what)
{
    const char *end = strchr(message, '\n');
    return strncmp(message, "tqemu: ", 7) == 0 && end && end[1] == 0 && strstr(message, what);
}

static inline bool refused(const char *what, const char *name)
{
    bool good = !boots() && message_is(what);
    ok(good, "refused: %s", name);
    if (!good) {
        printf("# message, of which '%s' was expected: %s\n", what, message);
    }
    return good;
}

static inline bool accepted(const char *name)
{
    bool good = boots() && message[0] == 0;
    ok(good, "%s", name);
    if (!good) {
        printf("# %s\n", message);
    }
    return good;
}

/* Accepted, with a message. */
static inline bool warned(const char *what, const char *name)
{
    bool good = boots() && message_is(what);
    ok(good, "said, and goes on: %s", name);
    if (!good) {
        printf("# message, of which '%s' was expected: %s\n", what, message);
    }
    return good;
}

static inline uint32_t ram_word(uint64_t addr)
{
    const uint8_t *p = bus_host(&stage_machine.bus, addr, 4);
    return p ? ld32_p(p) : UINT32_C(0xdeadbeef);
}

static inline bool memory_is(uint64_t addr, const void *bytes, size_t n)
{
    const uint8_t *p = bus_host(&stage_machine.bus, addr, n);
    return p && memcmp(p, bytes, n) == 0;
}

static inline bool is_fdt_at(uint64_t addr)
{
    const char *why;
    size_t n;
    const uint8_t *fdt = loader_dtb(plan, &n);
    return memory_is(addr, fdt, n) && fdt_check(fdt, n, &why);
}

#endif
