/* SPDX-License-Identifier: MIT */
/* Disk images: reads and writes against a model in memory, also where `long` is too small for the
 * image, snapshots, formats, what is no image, locks, and failures of the host. */
#define _POSIX_C_SOURCE 200809L
#define BLOCK_SEEK_MAX  9999
#include "block/block.c"

#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/tap.h"

#define SIZE    70000u /* not of whole sectors */
#define ROUNDED 70144u

static char image_path[1024]; /* beside this program */
static char message[512];
static unsigned reports;
static uint8_t model[ROUNDED];

void error_report(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(message, sizeof message, fmt, ap);
    va_end(ap);
    reports++;
}

static uint32_t random_below(uint32_t n)
{
    static uint32_t state = 12345;
    state = state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)n * state >> 32);
}

static void make_file(const void *bytes, size_t n)
{
    FILE *f = fopen(image_path, "wb");
    ok(f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0, "made a file of %u bytes", (unsigned)n);
}

/* Whether the file has exactly these bytes. */
static bool file_is(const uint8_t *bytes, size_t n)
{
    static uint8_t got[ROUNDED + 1];
    FILE *f = fopen(image_path, "rb");
    size_t len = f ? fread(got, 1, sizeof got, f) : 0;
    if (f) {
        fclose(f);
    }
    return len == n && memcmp(got, bytes, n) == 0;
}

static Block *open_as(BlockConfig config)
{
    config.option = "-hda";
    config.path = image_path;
    reports = 0;
    message[0] = '\0';
    return block_open(&config);
}

static void fill_model(void)
{
    memset(model, 0, sizeof model);
    for (unsigned i = 0; i < SIZE; i++) {
        model[i] = (uint8_t)random_below(256);
    }
}

/* Random requests, each compared with the model. Returns how many were wrong. */
static unsigned play(Block *b, unsigned count, bool short_end)
{
    static uint8_t bytes[ROUNDED];
    unsigned wrong = 0;
    for (unsigned i = 0; i < count; i++) {
        uint32_t limit = short_end ? SIZE : ROUNDED;
        uint32_t offset = random_below(limit);
        uint32_t n = random_below(random_below(2) ? 600 : limit);
        n = n < limit - offset ? n : limit - offset;
        if (random_below(2)) {
            for (uint32_t k = 0; k < n; k++) {
                bytes[k] = model[offset + k] = (uint8_t)random_below(256);
            }
            wrong += !block_write(b, offset, bytes, n);
        } else {
            wrong += !block_read(b, offset, bytes, n) || memcmp(bytes, model + offset, n) != 0;
        }
        wrong += random_below(50) == 0 && !block_flush(b);
    }
    return wrong;
}

static void test_model(void)
{
    fill_model();
    make_file(model, SIZE);
    Block *b = open_as((BlockConfig){ 0 });
    ok(b, "an image that ends within a sector opens");
    is_u64(block_size(b), ROUNDED, "it has whole sectors");
    ok(!block_read_only(b), "and can be written");
    is_u32(play(b, 2000, true), 0, "2000 requests are as the model says");
    ok(file_is(model, SIZE), "all is in the file before it is closed, which is as long as before");
    static uint8_t end[512];
    ok(block_read(b, ROUNDED - 512, end, 512) && memcmp(end, model + ROUNDED - 512, 512) == 0,
       "after the file there are zeros");
    model[ROUNDED - 1] = 99;
    ok(block_write(b, ROUNDED - 1, model + ROUNDED - 1, 1), "a byte after its end is written");
    ok(file_is(model, ROUNDED), "with zeros before it");
    is_u32(play(b, 1000, false), 0, "1000 more requests are as the model says");
    ok(block_close(b), "closed");
    ok(file_is(model, ROUNDED), "the file is what was written");
    is_u32(reports, 0, "nothing was reported");
}

static void test_bounds(Block *b, const char *what)
{
    uint8_t byte = 0;
    uint64_t size = block_size(b);
    ok(block_read(b, size, &byte, 0) && !block_read(b, size, &byte, 1) &&
           !block_read(b, size - 1, &byte, 2) && !block_read(b, UINT64_MAX, &byte, 1) &&
           !block_read(b, 1, &byte, SIZE_MAX),
       "%s: no reads beyond the end", what);
    ok(!block_write(b, size, &byte, 1) && !block_write(b, size - 1, &byte, 2) &&
           !block_write(b, UINT64_MAX, &byte, 1) && !block_write(b, 1, &byte, SIZE_MAX),
       "%s: no writes beyond the end", what);
}

static void test_kinds(void)
{
    static uint8_t before[ROUNDED];
    fill_model();
    make_file(model, SIZE);
    memcpy(before, model, SIZE);
    Block *b = open_as((BlockConfig){ .read_only = true });
    uint8_t byte = 0;
    ok(b && block_read_only(b), "read-only: is");
    test_bounds(b, "read-only");
    ok(block_read(b, 5, &byte, 1) && byte == before[5], "read-only: can be read");
    ok(!block_write(b, 5, &byte, 1), "read-only: cannot be written");
    ok(block_close(b), "read-only: closed");

    b = open_as((BlockConfig){ .snapshot = true });
    ok(b && !block_read_only(b), "snapshot: can be written");
    test_bounds(b, "snapshot");
    is_u32(play(b, 2000, false), 0, "snapshot: 2000 requests are as the model says");
    ok(block_flush(b) && block_close(b), "snapshot: closed");
    ok(file_is(before, SIZE), "snapshot: the file is as it was");

    memcpy(model, before, SIZE);
    b = open_as((BlockConfig){ .write_through = true, .no_flush = true });
    test_bounds(b, "cache=");
    is_u32(play(b, 100, true), 0, "cache=: requests are as the model says");
    block_discard(b, 0, ROUNDED);
    ok(block_close(b) && file_is(model, SIZE), "cache=: the file is what was written");
    ok(block_close(NULL), "no image: closed");
}

static void test_fill(void)
{
    fill_model();
    make_file(model, SIZE);
    Block *b = open_as((BlockConfig){ 0 });
    ok(block_fill(b, 300, 50000, 0xa5) && block_fill(b, 60000, 0, 0), "filled");
    memset(model + 300, 0xa5, 50000);
    ok(file_is(model, SIZE), "with that byte, and nothing else");
    ok(!block_fill(b, ROUNDED - 1, 2, 0) && !block_fill(b, ROUNDED + 1, 1, 0),
       "nothing beyond the end");
    b->size = 2016 * BLOCK_SECTOR;
    is_u32(block_cylinders(b), 2, "geometry: a small disk has two cylinders");
    b->size = 5000 * UINT64_C(1008) * BLOCK_SECTOR + BLOCK_SECTOR;
    is_u32(block_cylinders(b), 5000, "geometry: a cylinder has 1008 sectors");
    b->size = UINT64_C(1) << 40;
    is_u32(block_cylinders(b), BLOCK_CYLINDERS, "geometry: a large disk has as many as fit");
    ok(block_close(b), "filled: closed");
}

/* A snapshot of many clusters, so that the table of them grows. */
static void test_large_snapshot(void)
{
    enum { CLUSTERS = 3000 };
    FILE *f = fopen(image_path, "wb");
    bool made = f != NULL;
    for (unsigned i = 0; i < CLUSTERS * (OVERLAY_CLUSTER / 512) && made; i++) {
        uint8_t sector[512] = { (uint8_t)(i / 8), (uint8_t)(i / 8 >> 8) };
        made = fwrite(sector, 1, sizeof sector, f) == sizeof sector;
    }
    ok(made && fclose(f) == 0, "a larger file");
    Block *b = open_as((BlockConfig){ .snapshot = true });
    is_u64(block_size(b), CLUSTERS * OVERLAY_CLUSTER, "its size is known");
    bool good = true;
    for (unsigned i = 0; i < CLUSTERS; i += 2) {
        uint8_t mark = (uint8_t)(i * 7);
        good = good && block_write(b, (uint64_t)i * OVERLAY_CLUSTER + 2, &mark, 1);
    }
    for (unsigned i = 0; i < CLUSTERS; i++) {
        uint8_t got[3];
        good = good && block_read(b, (uint64_t)i * OVERLAY_CLUSTER, got, 3) &&
               got[0] == (uint8_t)i && got[1] == (uint8_t)(i >> 8) &&
               got[2] == (i % 2 ? 0 : (uint8_t)(i * 7));
    }
    ok(good, "clusters that were written and others are told apart");
    block_close(b);
}

static void refused(const char *why, BlockConfig config)
{
    Block *b = open_as(config);
    ok(!b && reports == 1 && strstr(message, why), "refused: %s", why);
    if (b || !strstr(message, why)) {
        printf("#   %s\n", message);
    }
    block_close(b);
}

static void test_formats(void)
{
    const struct {
        const char *magic;
        size_t length;
        unsigned offset;
        const char *name;
    } formats[] = { { "QFI\xfb\0\0\0\3", 8, 0, "a qcow2 image" },
                    { "QFI\xfb\0\0\0\1", 8, 0, "a qcow image" },
                    { "KDMV", 4, 0, "a vmdk image" },
                    { "\x7f\x10\xda\xbe", 4, 64, "a vdi image" },
                    { "vhdxfile", 8, 0, "a vhdx image" },
                    { "conectix", 8, 0, "a vpc image" },
                    { "QED", 4, 0, "a qed image" },
                    { "LUKS\xba\xbe", 6, 0, "a luks image" },
                    { "WithouFreSpacExt", 16, 0, "a parallels image" },
                    { "Bochs Virtual HD Image", 22, 0, "a bochs image" },
                    { "koly", 4, 4096 - 512, "a dmg image" } };
    for (unsigned i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        static uint8_t bytes[4096];
        memset(bytes, 0, sizeof bytes);
        memcpy(bytes + formats[i].offset, formats[i].magic, formats[i].length);
        make_file(bytes, sizeof bytes);
        refused(formats[i].name, (BlockConfig){ 0 });
        Block *b = open_as((BlockConfig){ .raw = true });
        ok(b && !reports, "%s: format=raw takes it", formats[i].name);
        block_close(b);
        memmove(bytes + 1, bytes, sizeof bytes - 1);
        make_file(bytes, sizeof bytes);
        b = open_as((BlockConfig){ 0 });
        ok(b && !reports, "%s: elsewhere its magic means nothing", formats[i].name);
        block_close(b);
    }
    make_file("QF", 2);
    Block *b = open_as((BlockConfig){ 0 });
    is_u64(b ? block_size(b) : 0, 512, "a file of two bytes is one sector");
    block_close(b);
}

static void test_no_image(void)
{
    make_file("", 0);
    refused("is empty", (BlockConfig){ 0 });
    remove(image_path);
    refused("No such file", (BlockConfig){ 0 });
    refused("No such file", (BlockConfig){ .snapshot = true });
    BlockConfig config = { .option = "-hda", .path = "/", .read_only = true };
    for (int i = 0; i < 2; i++) {
        reports = 0;
        ok(!block_open(&config) && reports == 1 && strstr(message, "directory"),
           "a directory is refused");
        config.read_only = false;
    }
}

/* Whether another process can open the image. */
static bool another_opens(BlockConfig config)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        Block *b = open_as(config);
        _Exit(b ? 0 : strstr(message, "another program uses it") ? 1 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void test_locks(void)
{
    const BlockConfig writes = { 0 }, reads = { .read_only = true }, keeps = { .snapshot = true };
    make_file(model, SIZE);
    Block *b = open_as(writes);
    ok(!another_opens(writes) && !another_opens(reads) && !another_opens(keeps),
       "written by one program it is for no other");
    block_close(b);
    ok(another_opens(writes), "later it is");
    b = open_as(reads);
    ok(another_opens(reads) && another_opens(keeps), "several programs may read");
    ok(!another_opens(writes), "but then none may write");
    block_close(b);
    b = open_as(keeps);
    ok(another_opens(reads) && !another_opens(writes), "a snapshot only reads");
    block_close(b);
}

/* The host refuses to write beyond the first 10000 bytes. */
static void test_failure(void)
{
    static uint8_t bytes[4096];
    fill_model();
    make_file(model, 8192);
    Block *b = open_as((BlockConfig){ 0 });
    b->size = 65536; /* as if the disk were full, not the file too short */
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit, was;
    getrlimit(RLIMIT_FSIZE, &was);
    limit = was;
    limit.rlim_cur = 10000;
    setrlimit(RLIMIT_FSIZE, &limit);
    memset(bytes, 0x55, sizeof bytes);
    ok(block_write(b, 0, bytes, 4096), "there is room for the first write");
    ok(!block_write(b, 8192, bytes, 4096), "there is none for the next");
    ok(!block_write(b, 9000, bytes, 4096), "nor for one more");
    is_u32(reports, 1, "one of them is reported");
    ok(strstr(message, "-hda: ") && strstr(message, "cannot be written: File too large"),
       "with the reason");
    ok(block_read(b, 100, bytes, 100) && bytes[99] == 0x55, "reads go on");
    ok(block_write(b, 200, bytes, 100), "and so do writes where there is room");
    setrlimit(RLIMIT_FSIZE, &was);
    ok(block_write(b, 20000, bytes, 100) && block_flush(b), "later there is room");
    ok(block_close(b), "and nothing more to report when it is closed");
}

int main(int argc, char **argv)
{
    (void)argc;
    snprintf(image_path, sizeof image_path, "%s.image", argv[0]);
    test_model();
    test_kinds();
    test_fill();
    test_large_snapshot();
    test_formats();
    test_no_image();
    test_locks();
    test_failure();
    remove(image_path);
    return done_testing();
}
