/* SPDX-License-Identifier: MIT */
/* Steps of 8 bytes each, which read and write registers of all devices and cards, let time pass,
 * type, reset, and let the CPU run some code that takes interrupts, from RAM or from flash in any
 * of its modes. The board is bare, or has a file in the flash, a card in a slot, a SCSI adapter
 * with two disks, a virtio disk and random number generators.
 *
 * A step: what (low 4 bits, see run_step()) and how (high 4 bits), the region, an offset (2 bytes),
 * a value (4 bytes), little-endian. */
#ifndef TESTS_FUZZ_STEPS_H
#define TESTS_FUZZ_STEPS_H

#include "boot/fdt_boot.h"
#include "tests/fuzz/board.h"
#include "tests/unit/fake_block.h"
#include "virtio/virtio_pci.h"

#define STEP       8
#define CARDS      4
#define FIRST_SLOT 12         /* of the cards */
#define CONFIG     0x42000000 /* the PCI host's windows */
#define IO         0x43000000
#define MEMORY     0x50000000
#define CARD_SIZE  0x10000 /* of their ranges there */

/* Interrupts enabled, the guest reads and writes the interrupt controller and the first timer. */
static void put_code(FuzzBoard *b)
{
    static const uint32_t vectors[] = {
        0xea00000e,                         /* b 40 */
        0xe1b0f00e,                         /* movs pc, lr */
        0xe1b0f00e, 0xea00000b,             /* b 40 */
        0xea00000a, 0xe1b0f00e, 0xe59fd038, /* 18: ldr sp, 58 */
        0xe59d8030,                         /* 1c: ldr r8, [sp, #0x30] */
        0xe58d8030,                         /* str  r8, [sp, #0x30] */
        0xe59f802c,                         /* ldr  r8, 58 + 4 */
        0xe588800c,                         /* str  r8, [r8, #0xc] */
        0xe25ef004,                         /* subs pc, lr, #4 */
    };
    static const uint32_t start[] = {
        0xe321f013, /* 40: msr cpsr_c, #0x13 */
        0xe2800001, /* 44: add r0, r0, #1 */
        0xe1a01000, /* mov  r1, r0 */
        0xeafffffc, /* b 44 */
        0xe1a00000, 0xe1a00000, 0x10140000, 0x101e2000,
    };
    for (unsigned i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        st32_p(b->m->ram + 4 * i, vectors[i]);
    }
    for (unsigned i = 0; i < sizeof start / sizeof start[0]; i++) {
        st32_p(b->m->ram + 0x40 + 4 * i, start[i]);
    }
}

/* A whole flash command, so that what comes after one is reached. */
static void flash_command(FuzzBoard *b, unsigned how, uint32_t at, uint32_t value)
{
    static const uint8_t commands[16][2] = {
        { 0x40, 0 },    { 0x10, 0 },    { 0x20, 0xd0 }, { 0x60, 0x01 }, { 0x60, 0xd0 }, { 0xe8, 0 },
        { 0xff, 0x70 }, { 0x50, 0x90 }, { 0x98, 0xff }, { 0x60, 0x03 }, { 0xe8, 1 },    { 0xe8, 0 },
        { 0x40, 0xff }, { 0xc0, 0 },    { 0xb0, 0xd0 }, { 0x90, 0xff },
    };
    Bus *bus = &b->m->bus;
    hwaddr where =
        b->flash->dev.region.base + (at << 8 & (uint32_t)(b->flash->dev.region.size - 4));
    bus_write(bus, 0x1000004c, 1, 4);
    bus_write(bus, where, commands[how][0] * 0x00010001u, 4);
    if (commands[how][0] == 0xe8) {
        unsigned count = value % 24;
        bus_write(bus, where, count * 0x00010001u, 4);
        for (unsigned i = 0; i <= count + commands[how][1]; i++) {
            bus_write(bus, where + 4 * i, value * (i + 1), 4);
        }
        bus_write(bus, where, 0xd0, 4);
    } else {
        bus_write(bus, where, commands[how][1] ? commands[how][1] * 0x00010001u : value, 4);
    }
    (void)bus_read(bus, where, 4);
}

/* Time goes on by `ns`; timers run at their deadlines, or all of them late. */
static void pass_time(FuzzBoard *b, int64_t ns, bool late)
{
    int64_t end = clock_now(&b->clock) + ns;
    for (unsigned i = 0; i < 200 && !late && clock_deadline(&b->clock) <= end; i++) {
        int64_t now = clock_now(&b->clock);
        if (clock_deadline(&b->clock) > now) {
            b->skipped += clock_deadline(&b->clock) - now;
        }
        clock_run(&b->clock);
    }
    b->skipped += end > clock_now(&b->clock) ? end - clock_now(&b->clock) : 0;
    clock_run(&b->clock);
    if (clock_deadline(&b->clock) <= clock_now(&b->clock)) {
        fuzz_failed("a deadline that clock_run() has left", (uint64_t)clock_deadline(&b->clock),
                    (uint64_t)clock_now(&b->clock));
    }
}

/* The media of the fitted board. They repeat, so that they are soon empty again. */
enum { FLASH_MEDIUM, SD_MEDIUM, SCSI_MEDIUM, CD_MEDIUM, VIRTIO_MEDIUM, MEDIA };
static uint8_t contents[MEDIA][32 << 10];
static Block media[MEDIA];

static bool random_bytes(void *opaque, uint8_t *bytes, size_t n)
{
    (void)opaque;
    memset(bytes, 0x77, n);
    return true;
}

static void fit(FuzzBoard *b, const ARMCPUOptions *options)
{
    static MachineDrive list[] = {
        { .interface = DRIVE_PFLASH, .id = "pflash0", .block = &media[FLASH_MEDIUM] },
        { .interface = DRIVE_SD, .id = "sd0", .block = &media[SD_MEDIUM] },
        { .interface = DRIVE_SCSI, .id = "scsi0", .block = &media[SCSI_MEDIUM] },
        { .interface = DRIVE_SCSI,
          .index = 1,
          .cdrom = true,
          .id = "",
          .block = &media[CD_MEDIUM] },
    };
    static MachineDrives drives = { list, sizeof list / sizeof list[0] };
    static const VirtioProperties properties = { .random = random_bytes,
                                                 .max_bytes = 9999,
                                                 .period = 7 };
    static const PciCard cards[CARDS - 1] = {
        { .type = &virtio_blk_pci_type, .slot = -1, .block = &media[VIRTIO_MEDIUM] },
        { .type = &virtio_rng_pci_type, .slot = -1, .properties = &properties },
        { .type = &virtio_rng_pci_type, .slot = -1, .properties = &properties },
    };
    for (unsigned i = 0; i < MEDIA; i++) {
        media[i] =
            (Block){ .config = { .option = "-drive", .path = "file" },
                     .size = i == FLASH_MEDIUM ? FLASH_MAX_BLOCKS * FLASH_BLOCK_SIZE : 1 << 20,
                     .bytes = contents[i],
                     .kept = sizeof contents[i] };
    }
    fuzz_board_init(b, options,
                    &(MachineConfig){ .drives = &drives, .cards = cards, .card_count = CARDS - 1 });
}

/* Maps all ranges of a card, which becomes a bus master, as the guest's system does; and tells the
 * host bridge where its windows lead. */
static void map_card(FuzzBoard *b, unsigned n)
{
    Bus *bus = &b->m->bus;
    hwaddr config = CONFIG + (FIRST_SLOT + n) * 0x800;
    for (unsigned i = 0; i < 6; i++) {
        bool io = (bus_read(bus, config + 0x10 + 4 * i, 4) & 1) != 0;
        bus_write(bus, config + 0x10 + 4 * i,
                  io ? CARD_SIZE / 2 + 0x100 * n : MEMORY + CARD_SIZE * (8 * n + i), 4);
    }
    bus_write(bus, config + 0x04, 7, 2);
    bus_write(bus, 0x10001004, MEMORY >> 28, 4); /* PCI_IMAP1 */
}

/* Accesses a card's range, in I/O or in memory. */
static void card_access(FuzzBoard *b, const uint8_t *step, uint32_t value)
{
    unsigned n = step[1] % CARDS, size = 1u << (step[1] >> 2) % 3;
    uint32_t offset = ld16_p(step + 2) & ~(size - 1);
    hwaddr addr = step[1] & 0x80 ? IO + CARD_SIZE / 2 + 0x100 * n + (offset & 0xff)
                                 : MEMORY + CARD_SIZE * (8 * n + (step[1] >> 4) % 6) + offset;
    if (step[1] & 0x40) {
        (void)bus_read(&b->m->bus, addr, size);
    } else {
        bus_write(&b->m->bus, addr, value, size);
    }
}

/* What may be asked of a machine at any time. */
static void look(FuzzBoard *b, const uint8_t *step)
{
    Machine *m = b->m;
    const char *why;
    size_t n;
    Fdt fdt;
    switch (step[2] % 8) {
    case 0: machine_reset(m); break;
    case 1: {
        fdt_init(&fdt);
        fdt_begin_node(&fdt, "");
        machine_fdt(m, &fdt);
        fdt_end_node(&fdt);
        uint8_t *blob = fdt_finish(&fdt, &n);
        if (!blob || !fdt_check(blob, n, &why)) {
            fuzz_failed("the device tree", blob ? n : 0, 0);
        }
        free(blob);
        break;
    }
    case 2:
    case 3: (void)machine_can_wake(m, step[3] & 1); break;
    case 4:
    case 5: map_card(b, step[3] % CARDS); break;
    default: machine_poll(m);
    }
}

static void run_step(FuzzBoard *b, const uint8_t *step, const uint8_t *end)
{
    static const uint32_t starts[4] = { 0x40, 0x34000000, 0x34000001, 0x101e0000 };
    Machine *m = b->m;
    unsigned how = step[0] >> 4;
    /* Flash is 32 bits wide and its commands come at any address; elsewhere registers come first.
     */
    const BusRegion *r = m->bus.regions[step[1] % m->bus.count];
    uint32_t offset = ld16_p(step + 2), value = ld32_p(step + 4);
    unsigned size = how % 4 == 3 ? 1 : how % 4 == 2 ? 2 : 4;
    hwaddr addr = r->base + (offset & (r->size - 1) & ~(hwaddr)(size - 1));
    switch (step[0] & 15) {
    case 0:
    case 1:
    case 2: bus_write(&m->bus, addr, value, size); break;
    case 3: card_access(b, step, value); break;
    case 4: bus_write(&m->bus, addr, UINT32_C(1) << (value & 31), size); break;
    case 5:
    case 6: (void)bus_read(&m->bus, addr, size); break;
    case 7:
        for (unsigned i = 0; i < 1 + value % 40; i++) {
            (void)bus_read(&m->bus, addr, size);
        }
        break;
    case 8:
        for (unsigned i = 0; i < 1 + value % 40; i++) {
            bus_write(&m->bus, addr, value >> 8, size);
        }
        break;
    case 9: pass_time(b, value & 0xfffff, how & 1); break;
    case 10: pass_time(b, (int64_t)value << (offset % 24), how & 1); break;
    case 11:
        b->input = step + STEP;
        b->input_end = (size_t)(end - b->input) < offset % 64 ? end : b->input + offset % 64;
        machine_poll(m);
        break;
    case 12:
    case 13: flash_command(b, how, offset, value); break;
    case 14: look(b, step); break;
    default: arm_cpu_set_reg(m->cpu, 15, starts[how % 4]); fuzz_run(b, 1 + value % 400, 8);
    }
    if (b->reset) {
        b->reset = false;
        machine_reset(m);
    }
}

/* The board of an input whose first byte is `kind`, just powered on. */
static FuzzBoard *board_of(uint8_t kind)
{
    static FuzzBoard boards[4];
    FuzzBoard *b = &boards[kind & 3];
    if (!b->m) {
        ARMCPUOptions options = { .model = "arm926", .exact = kind & 1 };
        if (kind & 2) {
            fit(b, &options);
        } else {
            fuzz_board_init(b, &options, NULL);
        }
    }
    memset(contents, 0, sizeof contents);
    fuzz_power_on(b);
    put_code(b);
    return b;
}

/* Runs the steps of an input after its first byte, at most `most`; returns what follows them. */
static const uint8_t *run_steps(FuzzBoard *b, const uint8_t *data, const uint8_t *end, size_t most)
{
    for (; most && end - data >= STEP; most--, data += STEP) {
        run_step(b, data, end);
    }
    return data;
}

#endif
