/* SPDX-License-Identifier: MIT */
/* Fuzzing of disks in lockstep with a model of their contents (libFuzzer): a SCSI disk, an SD card
 * and a virtio disk get valid and invalid reads, writes, fills and flushes, in pieces of any size,
 * with save and load in between. What a disk gives must be what it was given, what it refuses must
 * leave it as it was, and at the end its medium must hold the same as the model.
 *
 * A step is 8 bytes: the disk (2 bits) and what is done (6 bits), flags, a sector (2 bytes), how
 * many (1 byte), the size of a piece (2 bytes), a byte to write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/device/sd_card.h"
#include "scsi/scsi.h"
#include "tests/unit/fake_block.h"
#include "tests/unit/fake_clock.h"
#include "virtio/virtio_pci.h"

#define STEP     8
#define SECTOR   512u
#define SECTORS  128u
#define MOST     80u /* sectors of a request */
#define RAM_BASE 0x10000u
#define DATA     0x4000u /* in RAM */
#define RAM_SIZE (0x10000u + DATA)
#define BAR      0x50000000u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef enum Work { READ, WRITE, FILL, DISCARD, FLUSH, SAVE, BREAK, WORKS } Work;

typedef struct Request {
    Work work;
    uint64_t sector;
    size_t n, piece; /* bytes */
    unsigned flags;
    uint8_t byte; /* to fill with */
} Request;

enum { SCSI, SD, VIRTIO, DISKS };

static uint8_t model[DISKS][SECTORS * SECTOR], contents[DISKS][SECTORS * SECTOR];
static uint8_t bytes[MOST * SECTOR];
static Block media[DISKS];

static void failed(const char *what, unsigned disk)
{
    static const char *const names[] = { "SCSI", "SD", "virtio" };
    fprintf(stderr, "%s: %s\n", names[disk], what);
    abort();
}

/* -- SCSI -- */

static ScsiDisk scsi;
static ScsiRequest scsi_request;
typedef struct Started {
    ScsiRequest req;
} Started;
static const VMField scsi_state[] = { SCSI_REQUEST_FIELDS(Started, req), VM_END };

static void save_and_load(const VMField *state, void *object, unsigned disk)
{
    VMWriter w = { 0 };
    vmstate_save(&w, state, object);
    VMReader r = { .bytes = w.bytes, .left = w.len };
    if (!vmstate_load(&r, state, object)) {
        failed("its state cannot be loaded", disk);
    }
    free(w.bytes);
}

/* The command with 10 or 16 bytes. */
static size_t make_cdb(uint8_t *cdb, const Request *r)
{
    static const uint8_t codes[][2] = { [READ] = { 0x28, 0x88 },
                                        [WRITE] = { 0x2a, 0x8a },
                                        [FILL] = { 0x41, 0x93 },
                                        [DISCARD] = { 0x42, 0x42 },
                                        [FLUSH] = { 0x35, 0x91 } };
    bool wide = r->flags & 1;
    memset(cdb, 0, SCSI_CDB);
    cdb[0] = codes[r->work][wide];
    if (r->work == WRITE && (r->flags & 2)) {
        cdb[0] = wide ? 0x8e : 0x2e; /* WRITE AND VERIFY */
    }
    if (r->work == DISCARD) {
        st16_be_p(cdb + 7, 24);
    } else if (wide) {
        st64_be_p(cdb + 2, r->sector);
        st32_be_p(cdb + 10, (uint32_t)(r->n / SECTOR));
    } else {
        st32_be_p(cdb + 2, (uint32_t)r->sector);
        st16_be_p(cdb + 7, (uint32_t)(r->n / SECTOR));
    }
    return wide && r->work != DISCARD ? 16 : 10;
}

static bool on_scsi(const Request *r)
{
    uint8_t cdb[SCSI_CDB], list[24] = { 0, 22, 0, 16 }, block[SECTOR];
    const uint8_t *from = r->work == DISCARD ? list : r->work == FILL ? block : bytes;
    size_t done = 0;
    unsigned saves = r->flags >> 2 & 3;
    st64_be_p(list + 8, r->sector);
    st32_be_p(list + 16, (uint32_t)(r->n / SECTOR));
    memset(block, r->byte, sizeof block);
    scsi.sense = scsi.attention = 0;
    scsi_start(&scsi_request, &scsi, 0, cdb, make_cdb(cdb, r));
    while (scsi_request.direction != SCSI_NO_DATA) {
        size_t n = scsi_request.left < r->piece ? (size_t)scsi_request.left : r->piece;
        if (saves > 0) {
            saves--;
            save_and_load(scsi_state, &scsi_request, SCSI);
            if (!scsi_request_valid(&scsi_request, &scsi)) {
                failed("a state that could not be loaded", SCSI);
            }
        }
        if (done + n > sizeof bytes) {
            failed("too much data", SCSI);
        }
        bool in = scsi_request.direction == SCSI_DATA_IN;
        bool good = in ? scsi_data_in(&scsi_request, &scsi, bytes + done, n)
                       : scsi_data_out(&scsi_request, &scsi, from + done, n);
        done += good ? n : 0;
    }
    return scsi_request.status == SCSI_GOOD;
}

/* -- SD -- */

static SdCard card;
typedef struct Slot {
    SdCard card;
} Slot;
static const VMField sd_state[] = { SD_CARD_STATE(Slot, card), VM_END };

static uint32_t sd_command(unsigned n, uint32_t arg)
{
    uint8_t response[16];
    return sd_card_command(&card, n, arg, response) >= 4 ? ld32_be_p(response) : 0;
}

static void sd_start(void)
{
    sd_card_reset(&card);
    sd_command(0, 0);
    sd_command(55, 0);
    sd_command(41, 0x00ff8000);
    sd_command(2, 0);
    uint32_t rca = sd_command(3, 0) & 0xffff0000;
    sd_command(7, rca);
    sd_command(16, SECTOR);
}

#define SD_ERRORS 0xfdf98008u

/* Moves n bytes; false if the card ends it before. */
static bool sd_move(const Request *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if ((r->flags & 4) && i == r->piece) {
            save_and_load(sd_state, &card, SD);
        }
        bool good = r->work == READ
                        ? sd_card_read(&card, &bytes[i], 1)
                        : sd_card_receiving(&card) && sd_card_write(&card, &bytes[i], 1);
        if (!good) {
            return false;
        }
    }
    return true;
}

static bool on_sd(const Request *r)
{
    uint32_t at = (uint32_t)r->sector * SECTOR, last = at + (uint32_t)r->n - SECTOR;
    uint32_t status = 0;
    bool good = true;
    if (r->n == 0) {
        return true;
    }
    switch (r->work) {
    case READ:
    case WRITE:
        if (r->n == SECTOR && (r->flags & 1)) {
            status = sd_command(r->work == READ ? 17 : 24, at);
            good = sd_move(r, SECTOR);
        } else {
            status = sd_command(r->work == READ ? 18 : 25, at);
            good = sd_move(r, r->n);
            sd_command(12, 0);
        }
        break;
    case FILL: /* an erase */
        status = sd_command(32, at) | sd_command(33, last);
        status |= sd_command(38, 0);
        break;
    default: break;
    }
    status |= sd_command(13, 0x45670000);
    good = good && (status & SD_ERRORS) == 0;
    if (!good) {
        sd_start();
    }
    return good;
}

/* -- virtio -- */

static Bus memory;
static BusRegion ram = { .name = "ram", .base = RAM_BASE, .size = RAM_SIZE, .direct = true };
static PciBus bus;
static FakeClock fake;
static uint16_t avail_idx;

static unsigned map_irq(void *opaque, unsigned slot)
{
    (void)opaque;
    return slot % PCI_PINS;
}

static void set_irq(void *opaque, unsigned input, bool level)
{
    (void)opaque, (void)input, (void)level;
}

static void virtio_write_reg(uint32_t offset, uint32_t value, unsigned size)
{
    pci_write(&bus, PCI_MEMORY, BAR + offset, value, size);
}

static void virtio_start(void)
{
    static const struct {
        uint16_t offset, size;
        uint32_t value;
    } steps[] = { { 0x14, 1, 0 },        { 0x14, 1, 3 },       { 0x08, 4, 0 },
                  { 0x0c, 4, 0x6244 },   { 0x08, 4, 1 },       { 0x0c, 4, 1 },
                  { 0x14, 1, 11 },       { 0x16, 2, 0 },       { 0x18, 2, 128 },
                  { 0x20, 4, RAM_BASE }, { 0x28, 4, 0x11000 }, { 0x30, 4, 0x12000 },
                  { 0x1c, 2, 1 },        { 0x14, 1, 15 } };
    const PciCard blk = { .type = &virtio_blk_pci_type, .slot = 0, .block = &media[VIRTIO] };
    fake_clock_init(&fake);
    bus = (PciBus){ .memory = &memory, .map_irq = map_irq, .set_irq = set_irq };
    memset(ram.host, 0, RAM_SIZE);
    avail_idx = 0;
    if (!pci_add(&bus, &blk, &fake.clock)) {
        abort();
    }
    pci_reset(&bus);
    pci_config_write(&bus, 0, PCI_BAR + 16, BAR, 4);
    pci_config_write(&bus, 0, PCI_COMMAND, 7, 2);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        virtio_write_reg(steps[i].offset, steps[i].value, steps[i].size);
    }
}

static unsigned put_descriptor(unsigned i, uint32_t at, size_t n, bool write, bool more)
{
    uint8_t *d = ram.host + (size_t)16 * i;
    st64_p(d, RAM_BASE + at);
    st32_p(d + 8, (uint32_t)n);
    st16_p(d + 12, (write ? 2 : 0) | more);
    st16_p(d + 14, i + 1);
    return i + 1;
}

static bool is_done(void)
{
    return ld16_p(ram.host + 0x2000 + 2) == avail_idx;
}

static uint8_t status_now(void)
{
    return ram.host[0x3040];
}

static bool on_virtio(const Request *r)
{
    static const uint32_t types[] = {
        [READ] = 0, [WRITE] = 1, [FILL] = 13, [DISCARD] = 11, [FLUSH] = 4
    };
    uint8_t *header = ram.host + 0x3000, *range = header + 128;
    bool data = r->work == READ || r->work == WRITE;
    size_t piece = r->piece > r->n / 100 ? r->piece : r->n / 100 + 1;
    st32_p(header, types[r->work]);
    st64_p(header + 8, r->sector);
    st64_p(range, r->sector);
    st32_p(range + 8, (uint32_t)(r->n / SECTOR));
    st32_p(range + 12, 0);
    header[64] = 0xff;
    memcpy(ram.host + DATA, bytes, r->n);
    unsigned i = put_descriptor(0, 0x3000, 16, false, true);
    for (size_t at = 0; data && at < r->n; at += piece) {
        size_t n = r->n - at < piece ? r->n - at : piece;
        i = put_descriptor(i, (uint32_t)(DATA + at), n, r->work == READ, true);
    }
    if (r->work == FILL || r->work == DISCARD) {
        i = put_descriptor(i, 0x3080, 16, false, true);
    }
    put_descriptor(i, 0x3040, 1, true, false);
    st16_p(ram.host + 0x1000 + 4 + (size_t)2 * (avail_idx % 128), 0);
    st16_p(ram.host + 0x1000 + 2, ++avail_idx);
    virtio_write_reg(0x3000, 0, 2);
    for (unsigned n = 0; !is_done() && n < 2; n++) {
        fake_clock_advance(&fake, NS_PER_MS);
    }
    if (!is_done() || status_now() > 2) {
        failed("a request is not done", VIRTIO);
    }
    memcpy(bytes, ram.host + DATA, r->n);
    return status_now() == 0;
}

static void save_virtio(void)
{
    VMWriter w = { 0 };
    pci_save(&bus, &w);
    VMReader r = { .bytes = w.bytes, .left = w.len };
    if (!pci_load(&bus, &r)) {
        failed("its state cannot be loaded", VIRTIO);
    }
    free(w.bytes);
}

/* -- The model -- */

/* A request that ends early, where the medium fails or an SD card ends, has changed nothing but the
 * sectors that it names. */
static void take_part(unsigned disk, const Request *r)
{
    uint64_t from = r->sector * SECTOR, to = from + r->n;
    for (size_t i = 0; i < sizeof model[disk]; i++) {
        if (i >= from && i < to) {
            model[disk][i] = contents[disk][i];
        }
    }
}

static void run(unsigned disk, const Request *r)
{
    static bool (*const on[])(const Request *r) = { on_scsi, on_sd, on_virtio };
    bool inside = r->sector <= SECTORS && r->n <= (SECTORS - r->sector) * SECTOR;
    bool broken = media[disk].reads_fail && r->n > 0 && r->work != DISCARD;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = r->work == READ ? 0xee : (uint8_t)(r->byte + i / 512 + i);
    }
    bool good = on[disk](r);
    if (r->work == FLUSH || r->n == 0) {
        return;
    }
    if (good && !inside) {
        failed("a request that goes beyond its end", disk);
    }
    if (!good && inside && !broken) {
        failed("a good request fails", disk);
    }
    uint8_t *at = model[disk] + (inside ? r->sector * SECTOR : 0);
    if (good && r->work == READ && memcmp(at, bytes, r->n) != 0) {
        failed("a read gives what was not written", disk);
    }
    if (!good && r->work != READ && (broken || disk == SD)) {
        take_part(disk, r);
    }
    if (!inside || !good) {
        return;
    }
    if (r->work == WRITE) {
        memcpy(at, bytes, r->n);
    } else if (r->work == FILL) {
        memset(at, disk == SCSI ? r->byte : 0, r->n);
    } else if (r->work == DISCARD) {
        memset(at, 0, r->n); /* as fake_block.h does */
    }
}

static void step(const uint8_t *s)
{
    unsigned disk = s[0] % 4 % DISKS;
    Request r = { .work = (Work)((s[0] >> 2) % WORKS),
                  .flags = s[1],
                  .sector = ld16_p(s + 2) % (SECTORS + 16),
                  .n = s[4] % (MOST + 1) * SECTOR,
                  .piece = 1 + ld16_p(s + 5) % 9000,
                  .byte = s[7] };
    if (s[1] & 0x80) {
        r.n = r.sector < SECTORS ? (SECTORS - r.sector) * SECTOR : 0;
        r.n = r.n < sizeof bytes ? r.n : sizeof bytes;
    }
    if (disk == SCSI && r.work == FILL && r.n == 0) {
        return; /* WRITE SAME up to the end */
    }
    switch (r.work) {
    case SAVE: save_virtio(); break;
    case BREAK: fake_block_break(&media[disk], s[1] & 1); break;
    case DISCARD:
        r.n = disk == SD ? 0 : r.n;
        run(disk, &r);
        break;
    default: run(disk, &r);
    }
}

static void init(void)
{
    if (!bus_init_arena(&memory, RAM_SIZE) || !(ram.host = bus_alloc(&memory, RAM_SIZE))) {
        abort();
    }
    ram.writable = true;
    if (!bus_map(&memory, &ram)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!ram.host) {
        init();
    }
    memset(model, 0, sizeof model);
    memset(contents, 0, sizeof contents);
    for (unsigned i = 0; i < DISKS; i++) {
        media[i] = (Block){ .config = { .option = "-drive", .path = "file" },
                            .size = sizeof contents[i],
                            .bytes = contents[i],
                            .kept = sizeof contents[i] };
    }
    scsi = (ScsiDisk){ .id = "", .block = &media[SCSI] };
    scsi_power_on(&scsi);
    card = (SdCard){ .block = &media[SD], .name = "card" };
    sd_start();
    virtio_start();
    for (const uint8_t *s = data; (size_t)(data + size - s) >= STEP; s += STEP) {
        step(s);
    }
    for (unsigned i = 0; i < DISKS; i++) {
        if (memcmp(model[i], contents[i], sizeof contents[i]) != 0) {
            failed("the medium has not what was written", i);
        }
    }
    pci_free(&bus);
    return 0;
}
