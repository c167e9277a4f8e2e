/* SPDX-License-Identifier: MIT */
/* Unit tests of the image loader: files that are missing, cut off, damaged, for something else, or
 * made to lead it astray. Each is refused with one line that names it, and nothing is written. */
#define _XOPEN_SOURCE 700
#include <sys/stat.h>

#include "tests/unit/loader_samples.h"

static const SampleSegment program_segment = { 0x8000, 0x8000, 32, "a program's bytes" };

/* ---- files ---- */

static char directory[] = P_tmpdir "/test_loader.XXXXXX";
static char path[sizeof directory + 16];

static const char *file(const char *name, const void *bytes, size_t n)
{
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) {
        abort();
    }
    return path;
}

static bool plans(void)
{
    capture();
    loader_free(plan);
    plan = loader_plan(&config, &stage_machine);
    captured_end();
    if (plan) {
        loader_apply(plan, &stage_machine, &entry);
    }
    return plan != NULL;
}

static void file_refused(const char *what, const char *name)
{
    bool good = !plans() && message_is(what) && message_is(path);
    ok(good, "refused: %s", name);
    if (!good) {
        printf("# message, of which '%s' was expected: %s\n", what, message);
    }
}

static void test_files(void)
{
    if (!mkdtemp(directory)) {
        abort();
    }
    fresh(2 * TEST_MIB);
    snprintf(path, sizeof path, "%s/missing", directory);
    const char **const options[] = { &config.kernel, &config.initrd, &config.dtb, &config.bios };
    static const char *const names[] = { "-kernel", "-initrd", "-dtb", "-bios" };
    file("kernel", "kernel", 6);
    static char kernel[sizeof path];
    memcpy(kernel, path, sizeof path);
    for (size_t i = 0; i < 4; i++) {
        fresh(2 * TEST_MIB);
        config.kernel = i == 3 ? NULL : kernel;
        *options[i] = path;
        snprintf(path, sizeof path, "%s/missing", directory);
        file_refused(names[i], "a missing file");
        ok(message_is("cannot be opened"), "which is said (%s)", names[i]);
        file("empty", "", 0);
        file_refused("is empty", "an empty file");
        snprintf(path, sizeof path, "%s", directory);
        file_refused("irectory", "a directory");
    }
    fresh(2 * TEST_MIB);
    LoaderDevice *d = give_device(0x1000, NULL, 0);
    d->file = path;
    snprintf(path, sizeof path, "%s/missing", directory);
    file_refused("-device loader", "a missing file for -device loader");

    fresh(2 * TEST_MIB);
    config.kernel = path;
    snprintf(path, sizeof path, "/dev/zero");
    file_refused("is longer than the 2097216 bytes", "a kernel that never ends");
    static uint8_t large[3 << 20];
    memset(large, 0xe1, sizeof large);
    file("large", large, sizeof large);
    file_refused("is 3145728 bytes, and there is room for 2097216", "a kernel larger than RAM");
    file("large", large, 2 << 20);
    file_refused("2097152 bytes at 0x00010000 are not in memory", "one that ends past RAM");
    memcpy(large, "arm,versatile-pb", 16);
    file("large", large, (2 << 20) - 0x10000);
    config.append = "";
    file_refused("leaves no room for a device tree of", "one that leaves no room for boot data");
    Bytes elf = sample_elf(&program_segment, 1, 0x8000);
    memcpy(large, elf.b, elf.n);
    file("large", large, sizeof large);
    config.append = NULL;
    ok(plans(), "an ELF file may be larger than RAM: it is not loaded whole");
    config.kernel = kernel;
    config.initrd = path;
    memset(large, 0, elf.n);
    file("initrd", large, sizeof large);
    file_refused("is 3145728 bytes", "an initrd larger than RAM");
    config.initrd = NULL;
    config.dtb = path;
    file_refused("is 3145728 bytes", "a device tree larger than any");
    config.dtb = NULL;

    snprintf(path, sizeof path, "%s/pipe", directory);
    if (mkfifo(path, 0600) != 0) {
        abort();
    }
    fflush(stdout);
    char command[2 * sizeof path];
    snprintf(command, sizeof command, "printf 'from a pipe' > %s", path);
    FILE *writer = popen(command, "w");
    config.kernel = path;
    ok(writer && plans() && memory_is(0x10000, "from a pipe", 11), "a kernel from a pipe");
    pclose(writer);
    loader_free(plan);
    plan = NULL;
    snprintf(command, sizeof command, "rm -r %s", directory);
    ok(system(command) == 0, "clean up");
}

/* ---- truncation ---- */

/* Every length of a kernel below `n` gives a message about a cut-off file or, if the rest is not
 * recognisable any more, is a raw kernel. `raw_below` is the length from which it is known. */
static void every_length(const Bytes *kernel, size_t raw_below, const char *name)
{
    bool good = true;
    for (size_t n = 1; n < kernel->n; n++) {
        Bytes cut = *kernel;
        cut.n = n;
        fresh(2 * TEST_MIB);
        give_kernel(&cut);
        bool planned = boots();
        if (n < raw_below ? !planned : planned || !message_is("kernel.bin: is cut off")) {
            printf("# %s, %zu bytes: %s\n", name, n, planned ? "planned" : message);
            good = false;
        }
    }
    ok(good, "%s of %zu bytes, cut off at every length", name, kernel->n);
}

static void test_truncation(void)
{
    const SampleSegment two[] = { { 0x8000, 0x8000, 100, "a program's bytes" },
                                  { 0x9000, 0x9000, 100, "and its data" } };
    Bytes k = sample_elf(two, 2, 0x8000);
    every_length(&k, 4, "ELF");
    k = sample_zimage(&new_zimage);
    every_length(&k, 0x28, "zImage");
    SampleZImage xip = { .start = (uint32_t)TEST_FLASH_BASE };
    k = sample_zimage(&xip);
    every_length(&k, 0x28, "zImage-xip");
    SampleUImage uimage = { 0x8000, 0x8000, 5, 2, 2, 0 };
    Bytes payload = { .n = 100 };
    k = sample_uimage(&uimage, &payload);
    every_length(&k, 4, "uImage");

    size_t n;
    bool good = true;
    Bytes z = sample_zimage(&new_zimage);
    uint8_t *dtb = sample_dtb(&(FdtBoot){ .bootargs = "x" }, &n);
    for (size_t cut = 1; cut < n; cut++) {
        fresh(8 * TEST_MIB);
        give_kernel(&z);
        give_dtb(dtb, cut);
        good = good && !boots() && message_is("board.dtb: cannot be used as a device tree");
    }
    ok(good, "a device tree of %zu bytes, cut off at every length", n);
    fresh(8 * TEST_MIB);
    give_kernel(&z);
    give_dtb(dtb, n);
    accepted("and whole");
    free(dtb);
}

/* ---- ELF ---- */

/* A valid program with `size` bytes at `offset` replaced. */
static void elf_with(uint32_t offset, uint32_t value, unsigned size, const char *what)
{
    const SampleSegment two[2] = { program_segment, { 0x9000, 0x9000, 100, "and its data" } };
    Bytes e = sample_elf(two, 2, 0x8000);
    size_t n = e.n;
    e.n = offset;
    put_le(&e, value, size);
    e.n = n;
    fresh(2 * TEST_MIB);
    give_kernel(&e);
    char name[64];
    snprintf(name, sizeof name, "ELF with 0x%lx at %lu", (unsigned long)value,
             (unsigned long)offset);
    refused(what, name);
    ok(strstr(message, "kernel.bin") != NULL || strstr(message, "entry point") != NULL,
       "the file is named");
}

static void test_elf(void)
{
    elf_with(4, 2, 1, "64-bit");
    elf_with(4, 7, 1, "class 7");
    elf_with(5, 2, 1, "big-endian");
    elf_with(5, 0, 1, "big-endian");
    elf_with(16, 1, 2, "object file");
    elf_with(16, 4, 2, "core dump");
    elf_with(16, 0xfe00, 2, "type 65024");
    elf_with(18, 62, 2, "machine 62 (x86-64)");
    elf_with(18, 183, 2, "machine 183 (AArch64)");
    elf_with(36, UINT32_C(0x05800000), 4, "BE8");
    elf_with(24, 0x10000000, 4, "0x10000000"); /* entry */
    elf_with(28, UINT32_MAX, 4, "cut off");    /* phoff */
    elf_with(28, 0x70000000, 4, "cut off");
    elf_with(42, 31, 2, "31 bytes instead of 32");
    elf_with(42, 0, 2, "0 bytes instead of 32");
    elf_with(44, 0, 2, "nothing to load");
    elf_with(44, 0xffff, 2, "cut off");
    elf_with(ELF_PHDR(0) + 4, UINT32_MAX, 4, "segment 0 ends at byte 4294967312");
    elf_with(ELF_PHDR(0) + 4, UINT32_MAX - 16, 4, "cut off");
    elf_with(ELF_PHDR(0) + 12, UINT32_MAX - 3, 4, "not in memory");
    elf_with(ELF_PHDR(0) + 12, 2 * TEST_MIB - 31, 4, "not in memory");
    elf_with(ELF_PHDR(0) + 12, 0x10000000, 4, "not in memory");
    elf_with(ELF_PHDR(0) + 12, (uint32_t)(TEST_FLASH_BASE + TEST_FLASH_SIZE - 31), 4,
             "not in memory");
    elf_with(ELF_PHDR(0) + 16, UINT32_MAX, 4, "only 32 in memory");
    elf_with(ELF_PHDR(0) + 20, 1, 4, "only 1 in memory");
    elf_with(ELF_PHDR(0) + 20, UINT32_MAX, 4, "4294967295 bytes at 0x00008000");
    elf_with(ELF_PHDR(0) + 20, 0x1001, 4, "overlap");
    elf_with(ELF_PHDR(1) + 12, 0x8010, 4, "overlap");
    elf_with(ELF_PHDR(1) + 12, 0x8000, 4, "overlap");
    elf_with(ELF_PHDR(1) + 12, 0x7fff, 4, "overlap");
    elf_with(ELF_PHDR(1) + 20, UINT32_C(0xfffff000), 4, "not in memory");

    /* Thousands of segments, all over each other. */
    Bytes e = sample_elf(&program_segment, 1, 0x8000);
    const uint32_t count = 65535;
    uint8_t *many = malloc(52 + 32 * (size_t)count);
    if (!many) {
        abort();
    }
    memcpy(many, e.b, 52);
    st16_p(many + 44, count);
    for (uint32_t i = 0; i < count; i++) {
        memcpy(many + ELF_PHDR(i), e.b + ELF_PHDR(0), 32);
        st32_p(many + ELF_PHDR(i) + 4, 0);
        st32_p(many + ELF_PHDR(i) + 12, 16 * ((i * 7919) % count));
        st32_p(many + ELF_PHDR(i) + 16, 16);
        st32_p(many + ELF_PHDR(i) + 20, i == 50000 ? 17 : 16);
    }
    fresh(2 * TEST_MIB);
    config.kernel = "kernel.bin";
    files.kernel = image_of(config.kernel, many, 52 + 32 * (size_t)count);
    refused("overlap", "65535 segments, two of which overlap");
    st32_p(many + ELF_PHDR(50000) + 20, 16);
    files.kernel = image_of(config.kernel, many, 52 + 32 * (size_t)count);
    accepted("65535 segments side by side");
    free(many);

    e = sample_elf(&program_segment, 1, 0x8000);
    fresh(2 * TEST_MIB);
    give_kernel(&e);
    give_initrd("initrd", 6);
    refused("-initrd: kernel.bin is not a Linux kernel", "an ELF program with an initrd");
    fresh(2 * TEST_MIB);
    give_kernel(&e);
    config.append = "console=ttyAMA0";
    warned("-append: kernel.bin is not a Linux kernel", "an ELF program with a command line");
    fresh(2 * TEST_MIB);
    give_kernel(&e);
    config.append = "console=ttyAMA0";
    config.semihosting = true;
    accepted("which it can ask for by semihosting");
    config.semihosting = false;
    fresh(2 * TEST_MIB);
    SampleSegment low = { 0, 0, 32, "vectors" };
    e = sample_elf(&low, 1, 0);
    size_t n;
    uint8_t *dtb = sample_dtb(&(FdtBoot){ .bootargs = "x" }, &n);
    give_kernel(&e);
    give_dtb(dtb, n);
    refused("overlap", "an ELF program where its device tree should go");
    free(dtb);
}

/* ---- uImage, zImage, raw ---- */

static void uimage_refused(const SampleUImage *what, const char *message_part, const char *name)
{
    Bytes payload = { .n = 64 };
    Bytes u = sample_uimage(what, &payload);
    fresh(16 * TEST_MIB);
    give_kernel(&u);
    refused(message_part, name);
}

static void test_uimage(void)
{
    SampleUImage good = { 0x8000, 0x8000, 5, 2, 2, 0 }, bad;
    static const char *const compressions[] = { "bzip2", "lzma", "lzo", "lz4", "zstd" };
    bad = good;
    bad.compression = 1;
    uimage_refused(&bad, "its gzip data has no gzip header", "a uImage that gzip did not pack");
    for (uint8_t c = 2; c <= 6; c++) {
        bad = good;
        bad.compression = c;
        uimage_refused(&bad, compressions[c - 2], "a uImage that another packer has packed");
    }
    bad = good;
    bad.compression = 99;
    uimage_refused(&bad, "99, unknown", "a uImage compressed in an unknown way");
    bad = good;
    bad.arch = 22;
    uimage_refused(&bad, "architecture 22", "a uImage for another architecture");
    bad = good;
    bad.type = 3;
    uimage_refused(&bad, "type 3 (ramdisk)", "a ramdisk for a kernel");
    bad.type = 4;
    uimage_refused(&bad, "type 4 (multi-file)", "a multi-file image");
    bad.type = 200;
    uimage_refused(&bad, "type 200 (unknown)", "a uImage of unknown type");
    bad = good;
    bad.entry = 0x8040;
    uimage_refused(&bad, "entry point", "a uImage whose entry point is past it");
    bad.entry = 0x7fff;
    uimage_refused(&bad, "entry point", "a uImage whose entry point is before it");
    bad = (SampleUImage){ UINT32_MAX - 3, UINT32_MAX - 3, 5, 2, 2, 0 };
    uimage_refused(&bad, "not in memory", "a uImage at the end of the address space");
    bad = (SampleUImage){ 0x1000000, 0x1000000, 17, 2, 2, 0 };
    uimage_refused(&bad, "not in memory", "a uImage beyond RAM");
    bad = (SampleUImage){ 0x110, 0x110, 5, 2, 2, 0 };
    uimage_refused(&bad, "overlap", "a Linux uImage over the ATAG list");
    bad = (SampleUImage){ 0, UINT32_MAX, 5, 2, 14, 0 };
    uimage_refused(&bad, "entry point", "a kernel_noload whose entry point wraps around");

    bool all = true;
    Bytes payload = { .n = 64 };
    Bytes u = sample_uimage(&good, &payload);
    for (size_t bit = 32; bit < 8 * u.n; bit++) {
        Bytes damaged = u;
        damaged.b[bit / 8] ^= (uint8_t)(1u << bit % 8);
        fresh(16 * TEST_MIB);
        give_kernel(&damaged);
        all = all && !boots() && message_is("damaged");
    }
    ok(all, "every single wrong bit of a uImage is found");

    fresh(16 * TEST_MIB);
    give_kernel(&payload);
    give_initrd(u.b, u.n);
    refused("type 2 (kernel)", "a kernel for a ramdisk");
}

static void zimage_with(size_t offset, uint32_t value, const char *what, const char *name)
{
    Bytes z = sample_zimage(&new_zimage);
    z.n = offset;
    put_le(&z, value, 4);
    z.n = ZIMAGE_SIZE;
    fresh(8 * TEST_MIB);
    give_kernel(&z);
    refused(what, name);
}

static void test_zimage(void)
{
    zimage_with(0x24, UINT32_C(0x18286f01), "big-endian", "a big-endian zImage");
    zimage_with(0x30, UINT32_C(0x01020304), "big-endian", "a zImage with the other byte order");
    zimage_with(0x28, 0x200, "header is wrong", "a zImage that ends where it starts");
    zimage_with(0x28, UINT32_MAX, "header is wrong", "a zImage that ends before it starts");
    zimage_with(0x2c, 0x20, "header is wrong", "a zImage smaller than its header");
    zimage_with(0x2c, UINT32_MAX, "cut off", "a zImage of 4 GiB");
    zimage_with(0x28, 0x101, "multiple of 4", "a zImage at an odd place");
    zimage_with(0x2c, ZIMAGE_SIZE + 4, "cut off", "a zImage larger than its file");
    zimage_with(0x94, UINT32_C(0xfffff000), "of RAM to start", "a zImage whose bss is 4 GiB");
    zimage_with(ZIMAGE_SIZE - 4, UINT32_MAX, "of RAM to start", "a zImage that unpacks to 4 GiB");

    /* Tables that lead out of the file or in circles are no reason to refuse a kernel. */
    static const uint32_t tables[][2] = {
        { 0x38, 0 },      { 0x38, UINT32_MAX }, { 0x38, ZIMAGE_SIZE }, { 0x38, ZIMAGE_SIZE - 1 },
        { 0x80, 0 },      { 0x80, UINT32_MAX }, { 0x80, 1 },           { 0x80, 0x40000000 },
        { 0x90, 0x1000 }, { 0x90, UINT32_MAX }, { 0x88, 1 },
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        Bytes z = sample_zimage(&new_zimage);
        z.n = tables[i][0];
        put_le(&z, tables[i][1], 4);
        z.n = ZIMAGE_SIZE;
        fresh(8 * TEST_MIB);
        give_kernel(&z);
        ok(boots(), "a zImage whose table has 0x%lx at 0x%lx", (unsigned long)tables[i][1],
           (unsigned long)tables[i][0]);
    }
}

static void test_wrong_files(void)
{
    static const struct {
        size_t offset;
        const char *magic;
        size_t n;
        const char *what;
    } wrong[] = {
        { 0, "\x1f\x8b\x08", 3, "gzip" }, { 0, "\xfd\x37zXZ\0", 6, "xz" },
        { 0, "BZh9", 4, "bzip2" },        { 0, "\x28\xb5\x2f\xfd", 4, "zstd" },
        { 0x38, "ARM\x64", 4, "64-bit" }, { 0x202, "HdrS", 4, "x86" },
        { 0, "070701", 6, "cpio" },       { 0, "\xd0\x0d\xfe\xed", 4, "device tree" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Bytes k = { .n = 1024 };
        memcpy(k.b + wrong[i].offset, wrong[i].magic, wrong[i].n);
        fresh(8 * TEST_MIB);
        give_kernel(&k);
        refused(wrong[i].what, "something else for a kernel");
    }
}

/* ---- what does not go together ---- */

static void test_options(void)
{
    const Bytes raw = { .b = "raw", .n = 4 };
    fresh(8 * TEST_MIB);
    give_initrd("initrd", 6);
    refused("-initrd", "an initrd without a kernel");
    fresh(8 * TEST_MIB);
    config.append = "quiet";
    refused("-append", "a command line without a kernel");
    fresh(8 * TEST_MIB);
    give_kernel(&raw);
    config.bios = "flash.bin";
    files.bios = image_of(config.bios, "bios", 4);
    refused("-bios", "-bios with -kernel");
    fresh(8 * TEST_MIB);
    Bytes e = sample_elf(&program_segment, 1, 0x8000);
    config.bios = "flash.bin";
    files.bios = image_of(config.bios, e.b, e.n);
    refused("flash.bin: is an ELF file", "an ELF file for -bios");

    fresh(8 * TEST_MIB);
    give_kernel(&raw);
    give_device(0x10002, "device", 6);
    refused("overlap", "-device loader over a kernel");
    fresh(8 * TEST_MIB);
    give_kernel(&raw);
    give_initrd("initrd", 6);
    give_device(4 << 20, "device", 6);
    refused("overlap", "-device loader over an initrd");
    fresh(8 * TEST_MIB);
    give_device(0x10000, "device", 6);
    give_device(0x10005, "device", 6);
    refused("overlap", "-device loader over another");

    static const uint64_t nowhere[] = { 8 * TEST_MIB - 5, 0x20000000, TEST_FLASH_BASE - 1,
                                        TEST_FLASH_BASE + TEST_FLASH_SIZE - 5, UINT32_MAX };
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) {
        fresh(8 * TEST_MIB);
        give_device(nowhere[i], "device", 6);
        refused("device.bin: its 6 bytes", "-device loader with a file for nowhere");
        fresh(8 * TEST_MIB);
        LoaderDevice *d = give_device(nowhere[i], NULL, 0);
        d->data_len = 6;
        refused("-device loader: 6 bytes", "-device loader with data for nowhere");
    }
    fresh(8 * TEST_MIB);
    give_device(UINT64_C(0x100000000), "device", 6);
    refused("beyond", "-device loader beyond 4 GiB");
    fresh(8 * TEST_MIB);
    give_device(UINT64_MAX, NULL, 0)->data_len = 8;
    refused("beyond", "-device loader at the very end");
    fresh(8 * TEST_MIB);
    give_device(0x20000000, NULL, 0)->set_pc = true;
    refused("entry point", "-device loader that starts the CPU nowhere");
    fresh(8 * TEST_MIB);
    give_device(0x100000, e.b, 60);
    refused("device.bin: is cut off", "-device loader with half an ELF file");

    static const char *const hex[][2] = {
        { ":00000001FF\n", "has no data" },
        { ":0100000041BE\n", "its last line is missing" },
        { ":02000004FFFFFC\n:02FFFF0041417E\n:00000001FF\n", "not in memory" },
        { ":0100000041BE\n:0100000710E8\n:00000001FF\n", "line 2 has 1 bytes of type 7" },
        { ":0100000041BE\n:0100000410EB\n:00000001FF\n", "line 2 has 1 bytes of type 4" },
        { ":0100000041BE\n:01000100\n:00000001FF\n", "line 2 is damaged" },
        { ":0100000041BE\n:0100010041BF\n:00000001FF\n", "line 2 is damaged" },
        { ":0100000041BE\n:0100010041BD0\n:00000001FF\n", "line 2 is damaged" },
        { ":0100000041BE:0100010041BD\n:00000001FF\n", "line 1 is damaged" },
        { ":0100000041BE\n:0100000042BD\n:00000001FF\n", "overlap" },
    };
    for (size_t i = 0; i < sizeof hex / sizeof hex[0]; i++) {
        fresh(8 * TEST_MIB);
        give_device(0, hex[i][0], strlen(hex[i][0]));
        refused(hex[i][1], "-device loader with faulty Intel HEX");
    }
}

int main(void)
{
    test_files();
    test_truncation();
    test_elf();
    test_uimage();
    test_zimage();
    test_wrong_files();
    test_options();
    fresh(TEST_MIB);
    bus_free(&stage_machine.bus);
    return done_testing();
}
