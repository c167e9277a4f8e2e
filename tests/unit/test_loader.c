/* SPDX-License-Identifier: MIT */
/* Unit tests of the image loader: what is where, and what the CPU starts with. Input that it must
 * refuse is in test_loader_hostile.c. */
#define _POSIX_C_SOURCE 200809L
#include "tests/unit/fdt_find.h"
#include "tests/unit/loader_samples.h"

#define ATAG_CORE    UINT32_C(0x54410001)
#define ATAG_MEM     UINT32_C(0x54410002)
#define ATAG_INITRD2 UINT32_C(0x54420005)
#define ATAG_CMDLINE UINT32_C(0x54410009)

static const Bytes raw_kernel = { .b = "raw kernel for no tree", .n = 23 };
static const Bytes raw_kernel_of = { .b = "raw kernel for arm,versatile-pb\0arm,x", .n = 37 };

/* Where the device tree says that the initrd starts and ends; 0: nowhere. */
static uint32_t chosen_word(const char *name)
{
    size_t n;
    const uint8_t *value = fdt_find(loader_dtb(plan, &n), "/chosen", name, &n);
    return value ? fdt_find_word(value) : 0;
}

static uint32_t initrd_start(void)
{
    return chosen_word("linux,initrd-start");
}

static uint32_t initrd_end(void)
{
    return chosen_word("linux,initrd-end");
}

static void is_linux_entry(uint32_t pc, const char *name)
{
    ok(entry.r0 == 0 && entry.r1 == 387 && entry.pc == pc, "%s: r0, r1 and pc", name);
}

static void test_atags(void)
{
    const uint32_t want[] = { 5,           ATAG_CORE, 1, 4096,         0,       4, ATAG_MEM,
                              16 << 20,    0,         4, ATAG_INITRD2, 8 << 20, 6, 2 + 4,
                              ATAG_CMDLINE };
    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel);
    give_initrd("initrd", 6);
    config.append = "root=/dev/ram";
    accepted("a raw kernel that names no board");
    is_linux_entry(0x10000, "raw kernel");
    ok(memory_is(0x10000, raw_kernel.b, raw_kernel.n), "it is at RAM base + 0x10000");
    is_u32(entry.r2, 0x100, "r2 is the ATAG list");
    bool same = true;
    for (uint32_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        same = same && ram_word(0x100 + 4 * i) == want[i];
    }
    ok(same, "core, mem, initrd2 and cmdline have the right words");
    uint32_t text = 0x100 + (uint32_t)sizeof want;
    ok(memory_is(text, "root=/dev/ram\0\0", 16), "the command line and its padding");
    ok(ram_word(text + 16) == 0 && ram_word(text + 20) == 0, "the list ends");
    ok(memory_is(8 << 20, "initrd", 6), "the initrd is where its tag says");

    static char command_line[20001];
    const size_t lengths[] = { 1, 3, 4, 5, 7, 8, 1023 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        memset(command_line, 'x', lengths[i]);
        command_line[lengths[i]] = 0;
        fresh(16 * TEST_MIB);
        give_kernel(&raw_kernel);
        config.append = command_line;
        uint32_t words = (uint32_t)lengths[i] / 4 + 1;
        ok(boots() && ram_word(0x124) == words + 2 &&
               memory_is(0x12c, command_line, lengths[i] + 1) && ram_word(0x12c + 4 * words) == 0 &&
               ram_word(0x130 + 4 * words) == 0,
           "a command line of %zu bytes", lengths[i]);
    }
    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel);
    accepted("a command line of 1023 bytes, all of which Linux keeps");
    command_line[1023] = 'x';
    command_line[1024] = 0;
    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel);
    config.append = command_line;
    warned("-append: ARM Linux keeps only the first 1023 of 1024 bytes", "one byte more");
    ok(memory_is(0x12c, command_line, 1025), "it is given all of them");
    config.append = "";
    give_kernel(&raw_kernel);
    ok(boots() && ram_word(0x124) == 0 && ram_word(0x128) == 0, "an empty one has no tag");

    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel);
    memset(command_line, 'x', 20000);
    command_line[20000] = 0;
    config.append = command_line;
    refused("-append", "a command line that reaches the page tables");
}

static void test_device_tree_or_atags(void)
{
    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel_of);
    accepted("a raw kernel that names the board");
    is_u32(entry.r2, 8 << 20, "r2 is where the initrd would be");
    ok(is_fdt_at(entry.r2), "there is a device tree");
    is_u32(ram_word(0x104), ATAG_CORE, "an ATAG list is at 0x100 all the same");

    fresh(16 * TEST_MIB);
    Bytes z = sample_zimage(&new_zimage);
    give_kernel(&z);
    accepted("a zImage with a byte-order word");
    ok(is_fdt_at(entry.r2), "gets a device tree");
    is_linux_entry(0x10000, "zImage");
    ok(memory_is(0x10000, z.b, z.n), "it is at RAM base + 0x10000");

    fresh(16 * TEST_MIB);
    z = sample_zimage(&old_zimage);
    give_kernel(&z);
    accepted("a zImage without");
    is_u32(entry.r2, 0x100, "gets the ATAG list");

    fresh(16 * TEST_MIB);
    z = sample_zimage(&new_zimage);
    put_be(&z, FDT_MAGIC, 4);
    give_kernel(&z);
    warned("has a device tree appended", "a zImage with a tree of its own");
    is_u32(entry.r2, 0x100, "gets the ATAG list, to fill that in");
    ok(memory_is(0x10000, z.b, z.n), "the appended tree is loaded, too");

    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel);
    give_device(0x200000, raw_kernel_of.b, raw_kernel_of.n);
    accepted("a raw loader, and a kernel that names the board from -device loader");
    ok(is_fdt_at(entry.r2), "get a device tree");

    size_t n;
    fresh(16 * TEST_MIB);
    uint8_t *dtb = sample_dtb(&(FdtBoot){ .ram_size = 12345 }, &n);
    z = sample_zimage(&old_zimage);
    give_kernel(&z);
    give_dtb(dtb, n);
    config.append = "from the command line";
    accepted("-dtb with an old zImage");
    ok(is_fdt_at(entry.r2), "r2 is a device tree");
    size_t len;
    const uint8_t *fdt = loader_dtb(plan, &len);
    FdtBoot boot = { .ram_size = 16 * TEST_MIB, .bootargs = config.append };
    size_t want_len;
    uint8_t *want = fdt_with_boot(dtb, n, &boot, &want_len, &(FdtError){ FDT_OK });
    ok(want && len == want_len && memcmp(fdt, want, len) == 0,
       "it is the file with memory and chosen filled in");
    free(want);

    fresh(16 * TEST_MIB);
    Bytes elf = sample_elf(&(SampleSegment){ 0x8000, 0x8000, 8, "program!" }, 1, 0x8000);
    give_kernel(&elf);
    give_dtb(dtb, n);
    accepted("-dtb with a bare-metal program");
    ok(is_fdt_at(0) && entry.r2 == 0, "the tree is at the start of RAM, r2 is 0");
    free(dtb);
}

/* Random bytes for the test: all the same, other ones at each call, until there are no more. */
static unsigned draws_left, drawn;
static bool draw(void *opaque, uint8_t *bytes, size_t n)
{
    (void)opaque;
    if (!draws_left) {
        return false;
    }
    draws_left--;
    memset(bytes, (int)++drawn, n);
    return true;
}

static const uint8_t *seed_in_ram(void)
{
    size_t n;
    const uint8_t *seed =
        fdt_find(bus_host(&stage_machine.bus, entry.r2, 4), "/chosen", "rng-seed", &n);
    return seed && n == FDT_RNG_SEED_SIZE && memcmp(seed, seed + 1, n - 1) == 0 ? seed : NULL;
}

static void test_seed(void)
{
    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel_of);
    config.random = draw;
    draws_left = 3;
    accepted("a source of random bytes");
    const uint8_t *seed = seed_in_ram();
    ok(seed && *seed == drawn, "a seed in the tree");
    loader_apply(plan, &stage_machine, &entry);
    seed = seed_in_ram();
    ok(seed && *seed == 3 && drawn == 3, "another one after a reset");
    loader_apply(plan, &stage_machine, &entry);
    ok(seed_in_ram() && draws_left == 0, "an old one if there are no more");

    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel_of);
    config.random = draw;
    accepted("a source that has nothing");
    ok(is_fdt_at(entry.r2) && !seed_in_ram(), "a tree without a seed");
}

static void test_xip(void)
{
    SampleZImage xip = { .start = (uint32_t)TEST_FLASH_BASE, .byte_order_word = true };
    fresh(16 * TEST_MIB);
    Bytes z = sample_zimage(&xip);
    memcpy(z.b + 0x100, "arm,versatile-pb", 16);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("zImage-xip");
    ok(memory_is(TEST_FLASH_BASE, z.b, z.n), "it is in flash");
    is_linux_entry((uint32_t)TEST_FLASH_BASE, "zImage-xip");
    ok(is_fdt_at(entry.r2) && initrd_start() == 8 << 20, "boot data is in RAM");

    xip.start += 0x1000;
    z = sample_zimage(&xip);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("one that names no board, and starts higher up");
    is_linux_entry((uint32_t)TEST_FLASH_BASE + 0x1000, "it");
    is_u32(entry.r2, 0x100, "gets the ATAG list");

    xip = (SampleZImage){ .start = (uint32_t)TEST_FLASH_BASE,
                          .byte_order_word = true,
                          .table = true,
                          .xip_data = 0x300000 };
    z = sample_zimage(&xip);
    memcpy(z.b + 0x100, "arm,versatile-pb", 16);
    fresh(4 * TEST_MIB);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("one that says how much RAM its data takes");
    ok(initrd_start() == 0x300000 && is_fdt_at(entry.r2) && entry.r2 > 0x300000,
       "boot data is past that");
    fresh(2 * TEST_MIB);
    give_kernel(&z);
    refused("kernel.bin: needs 3145728 bytes of RAM to start, there are 2097152",
            "the same where there is less");
    fresh(3 * TEST_MIB);
    give_kernel(&z);
    refused("kernel.bin: leaves no room for a device tree of ", "or just as much");
    xip.xip_data = 0xad800;
    z = sample_zimage(&xip);
    fresh(1 * TEST_MIB);
    give_kernel(&z);
    refused("kernel.bin: needs 2097152 bytes of RAM to start, there are 1048576",
            "or less than Linux maps at a time");
    fresh(2 * TEST_MIB);
    give_kernel(&z);
    accepted("just that much");
    xip.xip_data = 0x300000;
    z = sample_zimage(&xip);
    static uint8_t initrd[2 << 20];
    fresh(4 * TEST_MIB);
    give_kernel(&z);
    give_initrd(initrd, sizeof initrd);
    refused("initrd.bin: its 2097152 bytes and a device tree of ", "or too little for the initrd");
    fresh(16 * TEST_MIB);

    xip = new_zimage;
    xip.start = (uint32_t)TEST_FLASH_BASE;
    z = sample_zimage(&xip);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("a self-extracting zImage linked for flash");
    ok(is_fdt_at(entry.r2) && initrd_start() == 8 << 20, "gets a device tree");

    xip.start = 0x100000;
    z = sample_zimage(&xip);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("a zImage linked for an address in RAM");
    is_linux_entry(0x100000, "it");

    xip.start = 0x20000000;
    z = sample_zimage(&xip);
    give_kernel(&z);
    refused("0x20000000", "a zImage linked for nowhere");
}

static void test_places(void)
{
    static uint8_t initrd[6 << 20];
    memset(initrd, 0x5a, sizeof initrd);
    fresh(32 * TEST_MIB);
    Bytes z = sample_zimage(&new_zimage);
    give_kernel(&z);
    give_initrd(initrd, sizeof initrd);
    accepted("32 MiB of RAM");
    is_u32(initrd_start(), 16 << 20, "the initrd is in the middle");
    is_u32(entry.r2, 22 << 20, "the device tree follows in the next page");

    give_kernel(&z);
    give_initrd(initrd, (5 << 20) + 1);
    accepted("the same with an odd size");
    is_u32(entry.r2, (21 << 20) + 4096, "the device tree starts a page of its own");

    fresh(12 * TEST_MIB);
    give_kernel(&z);
    give_initrd(initrd, sizeof initrd);
    accepted("12 MiB of RAM and 6 of initrd");
    uint64_t start = initrd_start();
    ok(start < 6 << 20 && start > 4 << 20, "it is below the middle, but above the kernel (0x%x)",
       (unsigned)start);
    ok(is_fdt_at(entry.r2), "the initrd leaves room for the device tree");

    fresh(8 * TEST_MIB);
    SampleZImage large = new_zimage;
    large.inflated = 5 << 20;
    z = sample_zimage(&large);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("8 MiB of RAM, a kernel that unpacks to 5");
    start = initrd_start();
    ok(start >= (5 << 20) + 0x8000 + ZIMAGE_SIZE && start < 6 << 20,
       "the initrd is above its unpacked end (0x%x)", (unsigned)start);

    large.bss = 2 << 20;
    z = sample_zimage(&large);
    give_kernel(&z);
    give_initrd("initrd", 6);
    accepted("the same with 2 MiB of bss");
    ok(initrd_start() >= (7 << 20) + 0x8000, "the initrd is above that, too");

    give_kernel(&z);
    give_initrd(initrd, sizeof initrd);
    refused("initrd.bin: its 6291456 bytes", "an initrd that does not fit above");

    large.inflated = 9 << 20;
    z = sample_zimage(&large);
    fresh(8 * TEST_MIB);
    give_kernel(&z);
    refused("kernel.bin: needs 11567104 bytes of RAM to start, there are 8388608",
            "a kernel that unpacks to more than RAM");

    fresh(8 * TEST_MIB);
    give_kernel(&raw_kernel);
    give_initrd(initrd, sizeof initrd);
    accepted("an initrd of 6 of 8 MiB above a small kernel");
    fresh(5 * TEST_MIB);
    give_kernel(&raw_kernel);
    give_initrd(initrd, sizeof initrd);
    refused("initrd.bin", "an initrd larger than RAM");
}

static void test_elf(void)
{
    const SampleSegment two[] = { { 0x8000, 0x8000, 8192, "first segment" },
                                  { 0x20000, 0x30001, 3, "odd" } };
    fresh(4 * TEST_MIB);
    memset(stage_machine.ram, 0xff, 0x40000);
    Bytes e = sample_elf(two, 2, 0x8004);
    give_kernel(&e);
    accepted("an ELF program");
    ok(entry.r0 == 0 && entry.r1 == 0 && entry.r2 == 0 && entry.pc == 0x8004,
       "starts in reset state at its entry point");
    ok(memory_is(0x8000, "first segment\0\0\0", 16), "its bytes are there");
    bool clear = true;
    for (uint32_t a = 0x8000 + 16; a < 0xa000; a += 4) {
        clear = clear && ram_word(a) == 0;
    }
    ok(clear, "zeros follow to its size in memory");
    ok(ram_word(0xa000) == UINT32_MAX && ram_word(0x7ffc) == UINT32_MAX, "and nothing else");
    ok(memory_is(0x30000, "\377odd\377", 5), "a segment goes to its physical address");
    ok(ram_word(0x100) == UINT32_MAX, "there is no ATAG list");

    memset(stage_machine.ram, 0xee, 0x40000);
    loader_apply(plan, &stage_machine, &entry);
    ok(memory_is(0x8000, "first segment\0\0\0", 16) && ram_word(0x9ffc) == 0 &&
           memory_is(0x30001, "odd", 3),
       "a reset loads it anew");

    const SampleSegment high = { UINT32_C(0xc0008000), 0x8000, 64, "linked high" };
    e = sample_elf(&high, 1, UINT32_C(0xc0008005));
    give_kernel(&e);
    accepted("one whose virtual addresses differ");
    is_u32(entry.pc, 0x8005, "its entry point becomes physical, Thumb stays");

    e.b[16] = 3;
    give_kernel(&e);
    accepted("a position-independent one (ET_DYN)");

    const SampleSegment flash = { 0x34000000, 0x34000000, 5, "rom" };
    e = sample_elf(&flash, 1, 0x34000000);
    give_kernel(&e);
    accepted("one in flash");
    ok(memory_is(0x34000000, "rom\0\0", 5), "is there");

    const SampleSegment bss[] = { { 0x8000, 0x8000, 4, "code" }, { 0x9000, 0x9000, 16, "" } };
    e = sample_elf(bss, 2, 0x8000);
    give_kernel(&e);
    memset(stage_machine.ram + 0x9000, 0xff, 16);
    accepted("one with a segment of zeros alone");
    is_u32(ram_word(0x900c), 0, "a segment of zeros is cleared");
}

static void test_uimage(void)
{
    SampleUImage linux_kernel = { 0x8000, 0x8040, 5, 2, 2, 0 };
    fresh(16 * TEST_MIB);
    Bytes payload = { .n = 0x100 };
    Bytes u = sample_uimage(&linux_kernel, &payload);
    put_text(&u, "trailing bytes");
    give_kernel(&u);
    accepted("a uImage");
    is_linux_entry(0x8040, "uImage");
    is_u32(entry.r2, 0x100, "it names no board: ATAGs");
    is_u32(ram_word(0x8100), 0, "only its data is loaded");

    SampleUImage program = { 0x100000, 0x100000, 17, 2, 2, 0 };
    put_text(&payload, "U-Boot or so");
    u = sample_uimage(&program, &payload);
    give_kernel(&u);
    accepted("a uImage of another operating system");
    ok(entry.r1 == 0 && entry.r2 == 0 && entry.pc == 0x100000, "starts in reset state");
    ok(memory_is(0x100000, payload.b, payload.n), "at its load address");

    Bytes z = sample_zimage(&new_zimage);
    u = sample_uimage(&linux_kernel, &z);
    give_kernel(&u);
    accepted("a zImage in a uImage");
    ok(is_fdt_at(entry.r2) && memory_is(0x8000, z.b, z.n), "gets a device tree");

    SampleUImage noload = { 0, 0x20, 5, 2, 14, 0 };
    u = sample_uimage(&noload, &z);
    give_kernel(&u);
    accepted("a kernel_noload in 16 MiB");
    is_linux_entry(0x10060, "it is low, as 32 MiB are not there:");

    fresh(64 * TEST_MIB);
    give_kernel(&u);
    give_initrd("initrd", 6);
    accepted("a kernel_noload in 64 MiB");
    is_linux_entry(0x2000060, "it is at 32 MiB:");
    ok(initrd_start() >= 0x2000040 + ZIMAGE_SIZE + 0x11000,
       "the initrd is above the stack and heap (64 KiB) that the zImage has after itself");

    SampleUImage ramdisk = { 0, 0, 5, 2, 3, 1 };
    Bytes rd = { .n = 0 };
    put_text(&rd, "ramdisk");
    rd = sample_uimage(&ramdisk, &rd);
    give_kernel(&raw_kernel);
    give_initrd(rd.b, rd.n);
    accepted("a ramdisk in a uImage");
    ok(initrd_end() - initrd_start() == 7 && memory_is(initrd_start(), "ramdisk", 7),
       "goes without its header");
}

static void test_devices(void)
{
    LoaderDevice *d;
    fresh(16 * TEST_MIB);
    give_device(0x2000, "raw bytes", 9);
    d = give_device(0x2004, NULL, 0);
    d->data = UINT64_C(0x1122334455667788);
    d->data_len = 3;
    d = give_device(0x34000002, NULL, 0);
    *d = (LoaderDevice){ .addr = 0x34000002, .data = 0xabcd, .data_len = 4, .data_be = true };
    accepted("-device loader with a raw file and data");
    ok(memory_is(0x2000,
                 "raw \x88\x77\x66"
                 "es",
                 9),
       "data is little-endian and may change a file's bytes");
    ok(memory_is(0x34000000, "\0\0\0\0\xab\xcd\0", 7), "or big-endian, also in flash");
    is_u32(entry.pc, 0, "the CPU starts at its reset vector");

    fresh(16 * TEST_MIB);
    give_kernel(&raw_kernel);
    give_device(0x300000, "program", 7)->set_pc = true;
    accepted("-device loader with cpu-num, and a kernel");
    ok(entry.pc == 0x300000 && entry.r1 == 0 && entry.r2 == 0, "the CPU starts at the file");

    fresh(16 * TEST_MIB);
    give_device(0x34000100, NULL, 0)->set_pc = true;
    accepted("-device loader with an address alone");
    is_u32(entry.pc, 0x34000100, "the CPU starts there");

    const SampleSegment segment = { 0x5000, 0x5000, 16, "elf program" };
    Bytes e = sample_elf(&segment, 1, 0x5001);
    fresh(16 * TEST_MIB);
    give_device(0x1000, e.b, e.n)->set_pc = true;
    accepted("-device loader with an ELF file");
    ok(entry.pc == 0x5001 && memory_is(0x5000, "elf program\0", 12), "it knows its place");

    fresh(16 * TEST_MIB);
    d = give_device(0x1000, e.b, e.n);
    d->set_pc = d->force_raw = true;
    accepted("the same with force-raw");
    ok(entry.pc == 0x1000 && memory_is(0x1000, e.b, e.n), "goes to the address given");

    Bytes payload = { .n = 0 };
    put_text(&payload, "uimage program");
    SampleUImage program = { 0x7000, 0x7004, 5, 2, 2, 0 };
    Bytes u = sample_uimage(&program, &payload);
    fresh(16 * TEST_MIB);
    give_device(0x1000, u.b, u.n)->set_pc = true;
    accepted("-device loader with a uImage");
    ok(entry.pc == 0x7004 && entry.r1 == 0 && memory_is(0x7000, payload.b, payload.n),
       "it knows its place");

    const char *hex = ":020000040012E8\r\n"
                      ":048000000102030472\n"
                      ":0280040005066F\n\n"
                      ":01900000AAC5\r\n"
                      ":020000021000EC\r\n"
                      ":01000000FF00\r\n"
                      ":0400000500128005 60\r\n";
    fresh(16 * TEST_MIB);
    give_device(0, hex, strlen(hex));
    refused("line 8", "Intel HEX with a damaged line");
    hex = ":020000040012E8\r\n"
          ":048000000102030472\n"
          ":0280040005066F\n\n"
          ":01900000AAC5\r\n"
          ":020000021000EC\r\n"
          ":01000000FF00\r\n"
          ":040000050012800560\r\n"
          ":00000001FF\r\n"
          "whatever follows";
    fresh(16 * TEST_MIB);
    give_device(0, hex, strlen(hex))->set_pc = true;
    accepted("Intel HEX");
    ok(memory_is(0x128000, "\1\2\3\4\5\6\0", 7) && memory_is(0x129000, "\xaa", 1) &&
           memory_is(0x10000, "\xff", 1),
       "its bytes are there");
    is_u32(entry.pc, 0x128005, "Intel HEX: the entry point is known");
    hex = ":0100000041BE\n:0400000312348001 32\n:00000001FF\n";
    fresh(16 * TEST_MIB);
    give_device(0, hex, strlen(hex))->set_pc = true;
    refused("line 2", "Intel HEX with a blank in a record");
    hex = ":0100000041BE\n:040000031234800132\n:00000001FF\n";
    fresh(16 * TEST_MIB);
    give_device(0, hex, strlen(hex))->set_pc = true;
    accepted("Intel HEX with a segmented entry point");
    is_u32(entry.pc, 0x1a341, "Intel HEX: the entry point is 16 * CS + IP");
}

static void test_bios(void)
{
    fresh(4 * TEST_MIB);
    config.bios = "flash.bin";
    files.bios = image_of(config.bios, "boot code", 9);
    accepted("-bios");
    ok(memory_is(TEST_FLASH_BASE, "boot code", 9), "is at the start of flash");
    ok(entry.pc == TEST_FLASH_BASE && entry.r1 == 0, "-bios starts in flash in reset state");

    static const uint8_t program[] = "built-in";
    fresh(4 * TEST_MIB);
    config.builtin = program;
    config.builtin_len = sizeof program;
    config.builtin_addr = 0x8000;
    accepted("the built-in program");
    ok(entry.pc == 0x8000 && memory_is(0x8000, program, sizeof program), "is at its place");
    give_kernel(&raw_kernel);
    accepted("the built-in program and a kernel");
    is_u32(entry.pc, 0x10000, "the kernel is what starts");

    fresh(4 * TEST_MIB);
    size_t n;
    ok(boots() && loader_dtb(plan, &n) && n > 40, "nothing at all has a device tree");
}

int main(void)
{
    test_atags();
    test_device_tree_or_atags();
    test_seed();
    test_xip();
    test_places();
    test_elf();
    test_uimage();
    test_devices();
    test_bios();
    fresh(TEST_MIB);
    bus_free(&stage_machine.bus);
    return done_testing();
}
