/* SPDX-License-Identifier: MIT */
/* NOR flash: CFI, Intel commands. */
#include "machine/device/flash.h"
#include "tests/unit/bus_access.h"
#include "tests/unit/fake_block.h"
#include "tests/unit/regs.h"

#define BASE  0x34000000u
#define SIZE  (64u << 20)
#define BLOCK FLASH_BLOCK_SIZE

enum { READY = 0x80, ERASE_ERROR = 0x20, PROGRAM_ERROR = 0x10, VPP_ERROR = 8, LOCK_ERROR = 2 };

static Bus bus;
static Flash flash;
static unsigned remaps;
static uint64_t changed_from, changed_to;

static void on_changed(void *opaque, BusRegion *r, hwaddr offset, hwaddr size)
{
    (void)opaque;
    (void)r;
    changed_from = offset;
    changed_to = offset + size;
}

static void on_remapped(void *opaque, BusRegion *r)
{
    (void)opaque, (void)r;
    remaps++;
}

static uint32_t rd(uint32_t offset)
{
    return bus_read(&bus, BASE + offset, 4);
}

static void wr(uint32_t offset, uint32_t value)
{
    bus_write(&bus, BASE + offset, value, 4);
}

static void vpp(bool on)
{
    Irq line = device_input(&flash.dev, 0);
    irq_set(&line, on);
}

/* The status of what has just been done, cleared; the flash reads its array again. */
static uint32_t take_status(void)
{
    wr(0, 0x70);
    uint32_t status = bus_read(&bus, BASE, 2);
    wr(0, 0x50);
    wr(0, 0xff);
    return status;
}

static void erase(uint32_t offset)
{
    wr(offset, 0x20);
    wr(offset, 0xd0);
}

static void program(uint32_t offset, uint32_t value)
{
    wr(offset, 0x40);
    wr(offset, value);
}

static void test_identification(void)
{
    static const uint8_t start[] = { 'Q', 'R', 'Y', 1, 0, 0x31, 0 };
    ok(flash.dev.region.direct, "reads its array after reset");
    is_u32(rd(0), 0, "a blank flash reads 0, as QEMU's");
    remaps = 0;
    wr(0x55 * 4, 0x98);
    ok(!flash.dev.region.direct && remaps == 1,
       "a query takes it out of that, and the CPU is told");
    bool good = true;
    for (uint32_t i = 0; i < sizeof start; i++) {
        good &= rd((0x10 + i) * 4) == start[i];
    }
    ok(good, "QRY, Intel's command set, extended table at 0x31");
    is_u32(rd(0x27 * 4), 26, "2^26 bytes");
    is_u32((rd(0x2d * 4) | rd(0x2e * 4) << 8) + 1, 256, "256 blocks");
    is_u32((rd(0x2f * 4) | rd(0x30 * 4) << 8) * 256, BLOCK, "of 256 KiB");
    is_u32(1u << rd(0x2a * 4), FLASH_BUFFER_SIZE, "the buffer's size is the model's");
    is_u32(rd(0x31 * 4) | rd(0x32 * 4) << 8 | rd(0x33 * 4) << 16, 0x495250, "PRI");
    is_u32(rd(0x0f * 4) | rd(0) | rd(4), 0, "nothing below the table");
    wr(0, 0xff);
    ok(flash.dev.region.direct && remaps == 2, "0xff leads back to the array");
    wr(0, 0xff);
    is_u32(remaps, 2, "an unchanged mode does not remap");
    wr(0, 0x90);
    is_u32(rd(0), 0x8918, "identifier, as QEMU's");
    is_u32(rd(4), 0, "second word");
    wr(0, 0x70);
    is_u32(rd(0x1000), 0x00800080, "status, a word: both halves");
    is_u32(bus_read(&bus, BASE + 2, 2), 0x80, "status, a halfword");
    is_u32(bus_read(&bus, BASE + 1, 1), 0x80, "status, a byte");
    wr(0, 0x12);
    ok(flash.dev.region.direct, "an unknown command reads the array");
}

static void test_program_erase(void)
{
    vpp(true);
    erase(BLOCK + 0x1234);
    ok(changed_from == BLOCK && changed_to == 2 * BLOCK, "the CPU is told of the erased block");
    is_u32(take_status(), READY, "erased");
    ok(rd(BLOCK) == 0xffffffff && rd(2 * BLOCK - 4) == 0xffffffff, "from its first to its last");
    ok(rd(BLOCK - 4) == 0 && rd(2 * BLOCK) == 0, "and nothing else");

    program(BLOCK + 8, 0x12345678);
    ok(changed_from == BLOCK + 8 && changed_to == BLOCK + 12, "the CPU is told of the word");
    is_u32(take_status(), READY, "programmed");
    is_u32(rd(BLOCK + 8), 0x12345678, "it reads back");
    ok(rd(BLOCK + 4) == 0xffffffff && rd(BLOCK + 12) == 0xffffffff, "its neighbours do not");
    program(BLOCK + 8, 0xffff0fff);
    take_status();
    is_u32(rd(BLOCK + 8), 0x12340678, "programming can only clear bits");
    wr(BLOCK, 0x10);
    bus_write(&bus, BASE + BLOCK + 0x11, 0x5a, 1);
    take_status();
    is_u32(rd(BLOCK + 0x10), 0xffff5aff, "a byte, by the other program command");
    wr(BLOCK, 0x40);
    bus_write(&bus, BASE + BLOCK + 0x16, 0xbeef, 2);
    take_status();
    is_u32(rd(BLOCK + 0x14), 0xbeefffff, "a halfword");

    program(SIZE - 4, 0);
    take_status();
    erase(SIZE - 1 - 3);
    is_u32(take_status(), READY, "the last block");
    is_u32(rd(SIZE - 4), 0xffffffff, "is there to its end");

    wr(BLOCK, 0x20);
    ok(!flash.dev.region.direct, "an erase not yet confirmed");
    is_u32(rd(BLOCK + 8), 0x00800080, "reads as status");
    wr(BLOCK, 0x55);
    is_u32(take_status(), READY | ERASE_ERROR | PROGRAM_ERROR, "confirmed with nonsense: an error");
    is_u32(rd(BLOCK + 8), 0x12340678, "a refused erase erases nothing");
    wr(BLOCK, 0x20);
    wr(BLOCK, 0xff);
    ok(flash.dev.region.direct && rd(BLOCK + 8) == 0x12340678, "given up by 0xff");
}

static void test_buffer(void)
{
    uint32_t at = 3 * BLOCK;
    erase(at);
    take_status();
    wr(at, 0xe8);
    is_u32(rd(at) & 0x80, 0x80, "the buffer is there");
    wr(at, 3);
    for (uint32_t i = 0; i < 4; i++) {
        wr(at + 0x100 + 4 * i, 0x1000 + i);
    }
    ok(flash.dev.region.host[at + 0x100] == 0xff, "nothing is written before it is confirmed");
    wr(at, 0xd0);
    is_u32(take_status(), READY, "confirmed");
    ok(rd(at + 0x100) == 0x1000 && rd(at + 0x10c) == 0x1003, "four words are there");
    ok(rd(at + 0xfc) == 0xffffffff && rd(at + 0x110) == 0xffffffff,
       "the buffer writes no fifth word");

    wr(at, 0xe8);
    wr(at, 511);
    for (uint32_t i = 0; i < 512; i++) {
        wr(at + 0x800 + 4 * i, ~i);
    }
    wr(at, 0xd0);
    is_u32(take_status(), READY, "a whole buffer");
    ok(rd(at + 0x800) == 0xffffffff && rd(at + 0xffc) == ~511u && rd(at + 0x1000) == 0xffffffff,
       "of 2048 bytes");

    wr(at, 0xe8);
    wr(at, 512);
    is_u32(take_status(), READY | ERASE_ERROR | PROGRAM_ERROR, "more than that is an error");
    wr(at, 0xe8);
    wr(at, 0xffffffff);
    is_u32(take_status(), READY | ERASE_ERROR | PROGRAM_ERROR, "far more, too");
    wr(at, 0xe8);
    wr(at, 1);
    wr(at + 0x17fc, 0);
    wr(at + 0x1800, 0);
    is_u32(take_status(), READY | ERASE_ERROR | PROGRAM_ERROR, "out of the buffer's reach");
    is_u32(rd(at + 0x17fc), 0xffffffff, "nothing of that is written");
    wr(at, 0xe8);
    wr(at, 0);
    wr(at + 0x2000, 0);
    wr(at, 0x70);
    is_u32(take_status(), READY | ERASE_ERROR | PROGRAM_ERROR, "not confirmed: an error");
    is_u32(rd(at + 0x2000), 0xffffffff, "a refused write writes nothing");
}

static void test_protection(void)
{
    uint32_t at = 5 * BLOCK;
    erase(at);
    erase(at + BLOCK);
    take_status();
    vpp(false);
    program(at, 0);
    is_u32(take_status(), READY | PROGRAM_ERROR | VPP_ERROR, "no voltage: not programmed");
    erase(at);
    is_u32(take_status(), READY | ERASE_ERROR | VPP_ERROR, "not erased");
    wr(at, 0x60);
    wr(at, 0x01);
    is_u32(take_status(), READY | PROGRAM_ERROR | VPP_ERROR, "not locked");
    is_u32(rd(at), 0xffffffff, "nothing has changed");
    vpp(true);

    wr(at, 0x60);
    wr(at, 0x01);
    is_u32(take_status(), READY, "locked");
    wr(0, 0x90);
    ok(rd(at + 8) == 1 && rd(at + BLOCK + 8) == 0, "that block alone, says its identifier");
    wr(0, 0xff);
    program(at, 0);
    is_u32(take_status(), READY | PROGRAM_ERROR | LOCK_ERROR, "it cannot be programmed");
    erase(at);
    is_u32(take_status(), READY | ERASE_ERROR | LOCK_ERROR, "a locked block is not erased");
    wr(at, 0xe8);
    wr(at, 0);
    wr(at, 0);
    wr(at, 0xd0);
    is_u32(take_status(), READY | PROGRAM_ERROR | LOCK_ERROR,
           "a locked block is not programmed by buffer");
    is_u32(rd(at), 0xffffffff, "it is what it was");
    program(at + BLOCK, 0);
    is_u32(take_status(), READY, "its neighbour can");
    flash_type.reset(&flash);
    program(at, 0);
    is_u32(take_status(), READY | PROGRAM_ERROR | LOCK_ERROR, "a lock outlives a reset");
    wr(0, 0x60);
    wr(0, 0xd0);
    is_u32(take_status(), READY, "unlocked, all blocks together");
    program(at, 0);
    is_u32(take_status(), READY, "it can be programmed again");
    is_u32(rd(at), 0, "an unlocked block is programmed");
    wr(at, 0x60);
    wr(at, 0x77);
    is_u32(take_status(), READY | ERASE_ERROR | PROGRAM_ERROR, "no such lock command");
    wr(at, 0x60);
    wr(at, 0xff);
    ok(flash.dev.region.direct, "a lock command given up");

    program(at, 0);
    program(at + BLOCK, 0);
    wr(at, 0x60);
    wr(at, 0x77);
    program(at, 0);
    wr(0, 0x70);
    is_u32(bus_read(&bus, BASE, 2), READY | ERASE_ERROR | PROGRAM_ERROR,
           "errors stay until they are cleared");
    wr(0, 0x50);
    ok(flash.dev.region.direct, "clearing the status leads back to the array");
    is_u32(take_status(), READY, "clearing the status leaves it ready");
}

static void test_reset_and_digest(void)
{
    wr(0, 0xe8);
    wr(0, 1);
    flash_type.reset(&flash);
    ok(flash.dev.region.direct, "a reset ends any sequence");
    is_u32(rd(6 * BLOCK), 0, "a reset keeps the contents");
    wr(0, 0x70);
    is_u32(rd(0), 0x00800080, "the next write is a command again");
    wr(0, 0xff);
    uint64_t before = flash_type.digest(&flash, VM_DIGEST_START);
    program(5 * BLOCK + 0x100, 0xfffffffe);
    take_status();
    ok(flash_type.digest(&flash, VM_DIGEST_START) != before, "the digest sees a bit change");
    static const uint8_t image[4] = { 1, 2, 3, 4 };
    before = flash_type.digest(&flash, VM_DIGEST_START);
    ok(bus_load(&bus, BASE, image, 4) && rd(0) == 0x04030201, "an image can be loaded into it");
    ok(flash_type.digest(&flash, VM_DIGEST_START) == before,
       "a loaded image does not change the digest");
}

/* Whatever is written, nothing outside the array is touched: for the sanitizers. */
static void test_random_writes(void)
{
    uint32_t x = 1;
    static const uint8_t likely[] = { 0x10, 0x20, 0x40, 0x50, 0x60, 0x70, 0x90,
                                      0x98, 0xd0, 0xe8, 0xff, 0x01, 0x00, 0x05 };
    for (int i = 0; i < 300000; i++) {
        x = x * 1664525 + 1013904223;
        unsigned size = 1u << (x >> 28) % 3;
        uint32_t offset = (x >> 3) % SIZE & ~(size - 1);
        if (x >> 27 & 1) {
            offset |= 63u << 20;
        }
        uint32_t value = x >> 26 & 1 ? x * 2654435761u : likely[(x >> 8) % sizeof likely];
        bus_write(&bus, BASE + offset, value, size);
        (void)bus_read(&bus, BASE + offset, size);
    }
    ok(true, "300000 random writes");
}

/* -pflash: the array and the file are the same, whatever happens. */
static void test_file(void)
{
    static uint8_t file[SIZE];
    static uint8_t before[BLOCK];
    Block block = {
        .size = SIZE, .bytes = file, .kept = SIZE, .config = { .option = "-pflash", .path = "f" }
    };
    for (unsigned i = 0; i < sizeof file; i += 4093) {
        file[i] = (uint8_t)(i >> 8);
    }
    memset(flash.dev.region.host, 0, SIZE); /* as at the start */
    flash.dev.block = &block;
    ok(flash_type.realize(&flash), "a file of the flash's size");
    ok(memcmp(flash.dev.region.host, file, SIZE) == 0, "the array has its contents");
    flash_type.reset(&flash);
    vpp(true);
    wr(BLOCK, 0x60); /* no lock bits */
    wr(BLOCK, 0xd0);
    erase(BLOCK);
    is_u32(take_status(), READY, "a block is erased");
    ok(file[BLOCK] == 0xff && file[2 * BLOCK - 1] == 0xff && file[BLOCK - 1] == 0, "in the file");
    wr(BLOCK + 8, 0x40);
    wr(BLOCK + 8, 0x12345678);
    is_u32(take_status(), READY, "a word is programmed");
    ok(memcmp(flash.dev.region.host, file, SIZE) == 0 && file[BLOCK + 8] == 0x78, "in the file");
    block.writes_fail = true;
    memcpy(before, file + BLOCK, BLOCK);
    wr(BLOCK + 16, 0x40);
    wr(BLOCK + 16, 0);
    is_u32(take_status(), READY | PROGRAM_ERROR, "the host fails: a programming error");
    erase(BLOCK);
    is_u32(take_status(), READY | ERASE_ERROR, "the host fails: an erase error");
    ok(memcmp(flash.dev.region.host + BLOCK, before, BLOCK) == 0, "the array stays as it was");
    block.writes_fail = false;
    block.config.read_only = true;
    wr(BLOCK + 16, 0x40);
    wr(BLOCK + 16, 0);
    is_u32(take_status(), READY | PROGRAM_ERROR | LOCK_ERROR, "read-only: cannot be programmed");
    erase(BLOCK);
    is_u32(take_status(), READY | ERASE_ERROR | LOCK_ERROR, "read-only: cannot be erased");
    ok(memcmp(flash.dev.region.host, file, SIZE) == 0, "nothing has changed");
    block.config.read_only = false;
    wr(0, 0xe8); /* a buffer */
    wr(0, 0);
    wr(4, 0);
    wr(0, 0xd0);
    (void)take_status();
    ok(memcmp(flash.dev.region.host, file, SIZE) == 0, "a buffer is in the file, too");
    block.size = SIZE / 2;
    ok(!flash_type.realize(&flash), "a file of another size is refused");
    flash.dev.block = NULL;
}

int main(void)
{
    bus.changed = on_changed;
    bus.remapped = on_remapped;
    flash.dev = (Device){
        .type = &flash_type, .name = "flash", .region = { .base = BASE, .size = SIZE }, .bus = &bus
    };
    if (!ok(bus_init_arena(&bus, SIZE) && device_realize(&flash.dev) &&
                bus_map(&bus, &flash.dev.region),
            "made")) {
        return done_testing();
    }
    flash_type.reset(&flash);
    test_identification();
    test_program_erase();
    test_buffer();
    test_protection();
    test_reset_and_digest();
    test_random_writes();
    test_file();
    bus_free(&bus);
    return done_testing();
}
