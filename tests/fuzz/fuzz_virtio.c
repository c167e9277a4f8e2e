/* SPDX-License-Identifier: MIT */
/* Fuzz target: a guest that drives a virtio disk, a random number generator and serial ports over
 * PCI: their registers, their configuration spaces, and rings that the input makes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/fake_clock.h"
#include "virtio/virtio_pci.h"

#define RAM_BASE 0x10000u
#define RAM_SIZE (32 * BUS_PAGE_SIZE)
#define BAR      0x50000000u
#define IO       0x1000u
#define SECTORS  64u
#define DEVICES  3u
#define QUEUES   6u /* that are set up, of those that there are */

typedef struct Input {
    const uint8_t *at, *end;
} Input;

static Bus memory;
static BusRegion ram = { .name = "ram", .base = RAM_BASE, .size = RAM_SIZE, .direct = true };
static PciBus bus;
static FakeClock fake;

static uint32_t take(Input *in, unsigned n)
{
    uint32_t value = 0;
    for (; n > 0 && in->at < in->end; n--) {
        value = value << 8 | *in->at++;
    }
    return value;
}

static unsigned map_irq(void *opaque, unsigned slot)
{
    (void)opaque;
    return slot % PCI_PINS;
}

static void set_irq(void *opaque, unsigned input, bool level)
{
    (void)opaque, (void)input, (void)level;
}

static bool random_bytes(void *opaque, uint8_t *bytes, size_t n)
{
    (void)opaque;
    memset(bytes, 0x77, n);
    return true;
}

/* A file of SECTORS sectors, whose contents are never written. */
static Block *open_image(void)
{
    static char path[64];
    FILE *f;
    snprintf(path, sizeof path, "/tmp/tqemu-fuzz-virtio-%p", (void *)&path);
    f = fopen(path, "wb");
    if (!f || fseek(f, SECTORS * 512 - 1, SEEK_SET) || fputc(0, f) == EOF || fclose(f)) {
        abort();
    }
    BlockConfig config = { .option = "-drive", .path = path, .snapshot = true, .raw = true };
    Block *b = block_open(&config);
    remove(path);
    return b;
}

/* -- The other end of a port: it has ten bytes of input after each step, and comes and goes. -- */

static unsigned waiting;
static bool connected;

static bool end_pending(void *opaque)
{
    (void)opaque;
    return waiting > 0;
}

static bool end_get(void *opaque, uint8_t *byte)
{
    (void)opaque;
    if (waiting == 0) {
        return false;
    }
    *byte = (uint8_t)waiting--;
    return true;
}

static void end_put(void *opaque, uint8_t byte)
{
    (void)opaque, (void)byte;
}

static bool end_connected(void *opaque)
{
    (void)opaque;
    return connected;
}

static Chardev peer = {
    .get = end_get, .pending = end_pending, .put = end_put, .connected = end_connected
};
static VirtioPort ports[] = { { .nr = 0, .console = true, .chr = &peer, .next = &ports[1] },
                              { .nr = 1, .name = "port", .chr = &peer } };

static void start(Block *block)
{
    static const VirtioProperties properties = { .random = random_bytes,
                                                 .max_bytes = 9999,
                                                 .period = 7 };
    static const VirtioProperties serial = { .max_ports = 2, .ports = ports };
    const PciCard cards[DEVICES] = {
        { .type = &virtio_blk_pci_type, .slot = 0, .block = block, .properties = &properties },
        { .type = &virtio_rng_pci_type, .slot = 1, .properties = &properties },
        { .type = &virtio_serial_pci_type, .slot = 2, .properties = &serial },
    };
    fake_clock_init(&fake);
    bus = (PciBus){ .memory = &memory, .map_irq = map_irq, .set_irq = set_irq };
    memset(ram.host, 0, RAM_SIZE);
    for (unsigned i = 0; i < DEVICES; i++) {
        if (!pci_add(&bus, &cards[i], &fake.clock)) {
            abort();
        }
    }
    pci_reset(&bus);
    for (unsigned i = 0; i < DEVICES; i++) {
        pci_config_write(&bus, 8 * i, PCI_BAR, IO + 0x100 * i, 4);
        pci_config_write(&bus, 8 * i, PCI_BAR + 16, BAR + 0x10000 * i, 4);
        pci_config_write(&bus, 8 * i, PCI_COMMAND, 7, 2);
    }
}

/* Sets up the queues as a driver does, all with the same rings, where the input says. */
static void set_up(Input *in, uint32_t bar)
{
    static const struct {
        uint8_t offset, size;
        uint16_t value;
    } steps[] = { { 0x14, 1, 0 }, { 0x14, 1, 3 }, { 0x08, 4, 1 },
                  { 0x0c, 4, 1 }, { 0x08, 4, 0 }, { 0x14, 1, 11 } };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        pci_write(&bus, PCI_MEMORY, bar + steps[i].offset, steps[i].value, steps[i].size);
    }
    pci_write(&bus, PCI_MEMORY, bar + 0x0c, take(in, 4), 4);
    uint32_t size = take(in, 1), used = RAM_BASE + 0x2000 + take(in, 1) * 0x800;
    for (unsigned q = 0; q < QUEUES; q++) {
        pci_write(&bus, PCI_MEMORY, bar + 0x16, q, 2);
        pci_write(&bus, PCI_MEMORY, bar + 0x18, size, 2);
        pci_write(&bus, PCI_MEMORY, bar + 0x20, RAM_BASE, 4);
        pci_write(&bus, PCI_MEMORY, bar + 0x28, RAM_BASE + 0x1000, 4);
        pci_write(&bus, PCI_MEMORY, bar + 0x30, used, 4);
        pci_write(&bus, PCI_MEMORY, bar + 0x1c, 1, 2);
    }
    pci_write(&bus, PCI_MEMORY, bar + 0x14, 15, 1);
}

static void put_descriptor(Input *in)
{
    uint8_t *d = ram.host + take(in, 1) % 64 * 16;
    st32_p(d, RAM_BASE + take(in, 2) * 2);
    st32_p(d + 4, take(in, 1) == 0xff);
    st32_p(d + 8, take(in, 2));
    st16_p(d + 12, take(in, 1) & 7);
    st16_p(d + 14, take(in, 1) % 64);
}

static void submit(Input *in, uint32_t bar, unsigned queue)
{
    uint8_t *avail = ram.host + 0x1000;
    uint32_t idx = ld16_p(avail + 2);
    st16_p(avail + 4 + 2 * (idx % (1 + take(in, 1))), take(in, 1) % 64);
    st16_p(avail + 2, idx + 1);
    pci_write(&bus, PCI_MEMORY, bar + 0x3000 + 4 * queue, 0, 2);
}

static void save_and_load(Input *in)
{
    VMWriter w = { 0 };
    pci_save(&bus, &w);
    if (w.len > 0 && take(in, 1) == 0) {
        w.bytes[take(in, 2) % w.len] = (uint8_t)take(in, 1);
    }
    VMReader r = { .bytes = w.bytes, .left = w.len };
    if (!pci_load(&bus, &r)) {
        pci_reset(&bus);
    }
    free(w.bytes);
}

static void step(Input *in)
{
    unsigned what = take(in, 1), size = 1u << (what >> 5) % 3;
    unsigned device = what < 0x80 ? what >> 4 & 1 : 2;
    uint32_t bar = BAR + 0x10000 * device, value = 0;
    switch (what & 15) {
    case 0: set_up(in, bar); break;
    case 1:
    case 2:
    case 3: put_descriptor(in); break;
    case 4:
    case 5: submit(in, bar, device == 2 ? (what >> 4) % QUEUES : 0); break;
    case 6:
        pci_write(&bus, PCI_MEMORY, bar + (take(in, 2) % 0x4000 & ~(size - 1)), take(in, 4), size);
        break;
    case 7:
        pci_read(&bus, PCI_MEMORY, bar + (take(in, 2) % 0x4000 & ~(size - 1)), size, &value);
        break;
    case 8:
        pci_write(&bus, PCI_IO, IO + 0x100 * device + (take(in, 1) % 128 & ~(size - 1)),
                  take(in, 4), size);
        break;
    case 9:
        pci_read(&bus, PCI_IO, IO + 0x100 * device + (take(in, 1) % 128 & ~(size - 1)), size,
                 &value);
        break;
    case 10:
        pci_config_write(&bus, 8 * device, take(in, 1) & ~(size - 1), take(in, 4), size);
        break;
    case 11: (void)pci_config_read(&bus, 8 * device, take(in, 1) & ~(size - 1), size); break;
    case 12: ram.host[take(in, 3) % RAM_SIZE] = (uint8_t)take(in, 1); break;
    case 13: st32_p(ram.host + take(in, 3) % (RAM_SIZE - 4), take(in, 4)); break;
    case 14: fake_clock_advance(&fake, (int64_t)take(in, 1) * NS_PER_MS); break;
    default: save_and_load(in); break;
    }
    waiting = 10;
    connected = size < 4;
    pci_poll(&bus);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    if (!ready) {
        ready =
            bus_init_arena(&memory, RAM_SIZE) && (ram.host = bus_alloc(&memory, RAM_SIZE)) != NULL;
        ram.writable = true;
        if (!ready || !bus_map(&memory, &ram)) {
            abort();
        }
    }
    Block *block = open_image();
    start(block);
    for (Input in = { data, data + size }; in.at < in.end;) {
        step(&in);
    }
    pci_free(&bus);
    if (!block_close(block)) {
        abort();
    }
    return 0;
}
