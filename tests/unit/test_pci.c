/* SPDX-License-Identifier: MIT */
/* The PCI bus: configuration space, BARs, interrupts, bus masters, saved state. */
#include "pci/pci.h"
#include <stdlib.h>

#include "tests/unit/tap.h"

#define RAM_SIZE (4 * BUS_PAGE_SIZE)

typedef struct Card {
    PciDevice pci;
    uint32_t last; /* what was written, with BAR and offset */
    uint32_t kept;
} Card;

static uint32_t card_read(void *dev, unsigned bar, uint32_t offset, unsigned size)
{
    (void)dev;
    return bar << 24 | size << 20 | offset;
}

static void card_write(void *dev, unsigned bar, uint32_t offset, uint32_t value, unsigned size)
{
    ((Card *)dev)->last = bar << 28 | size << 24 | offset << 16 | (value & 0xffff);
}

static bool card_realize(void *dev)
{
    pci_add_capability(dev, 9, 0, 16);
    pci_add_capability(dev, 5, 0, 10);
    return true;
}

static void card_reset(void *dev)
{
    ((Card *)dev)->kept = 7;
}

static const VMField card_state[] = { VM_FIELD(Card, kept), VM_END };

static const PciType card_type = {
    .name = "card",
    .struct_size = sizeof(Card),
    .vendor = 0x1234,
    .device = 0x5678,
    .class_code = 0x010203,
    .revision = 4,
    .subsystem_vendor = 0x9abc,
    .subsystem = 0xdef0,
    .interrupt = true,
    .bars = { { .size = 32, .space = PCI_IO },
              { .size = 4096 },
              { .size = 8192, .prefetchable = true, .wide = true } },
    .read = card_read,
    .write = card_write,
    .realize = card_realize,
    .reset = card_reset,
    .state = card_state,
};

static Bus memory;
static BusRegion ram = { .name = "ram", .base = 0x10000, .size = RAM_SIZE, .direct = true };
static PciBus bus;
static Card *cards[3];
static unsigned lines, changes;
static uint32_t changed_at, changed_size;

static unsigned map_irq(void *opaque, unsigned slot)
{
    (void)opaque;
    return slot % PCI_PINS;
}

static void set_irq(void *opaque, unsigned input, bool level)
{
    (void)opaque;
    lines = (lines & ~(1u << input)) | (unsigned)level << input;
}

static void changed(void *opaque, BusRegion *r, hwaddr offset, hwaddr size)
{
    (void)opaque, (void)r;
    changes++;
    changed_at = (uint32_t)offset;
    changed_size = (uint32_t)size;
}

static uint32_t config(unsigned slot, unsigned reg, unsigned size)
{
    return pci_config_read(&bus, slot * 8, reg, size);
}

static void set_config(unsigned slot, unsigned reg, uint32_t value, unsigned size)
{
    pci_config_write(&bus, slot * 8, reg, value, size);
}

static void test_plug(void)
{
    PciCard card = { .type = &card_type, .slot = -1 };
    ok(pci_add(&bus, &card, NULL) && bus.devices[5], "the first free slot is the bus's first");
    card.slot = 6;
    ok(pci_add(&bus, &card, NULL) && bus.devices[6], "a slot by number");
    ok(!pci_add(&bus, &card, NULL), "not twice");
    card.slot = -1;
    card.name = "third";
    ok(pci_add(&bus, &card, NULL) && bus.devices[7] && strcmp(bus.devices[7]->name, "third") == 0,
       "the next free one");
    for (unsigned i = 0; i < 3; i++) {
        cards[i] = (Card *)bus.devices[5 + i];
    }
    pci_reset(&bus);
    ok(cards[0]->kept == 7 && cards[2]->kept == 7, "a reset reaches all");
}

static void test_config(void)
{
    is_u32(config(5, PCI_VENDOR_ID, 4), 0x56781234, "vendor and device");
    is_u32(config(5, PCI_DEVICE_ID, 2), 0x5678, "a halfword");
    is_u32(config(5, PCI_DEVICE_ID + 1, 1), 0x56, "a byte");
    is_u32(config(5, PCI_REVISION, 4), 0x01020304, "class and revision");
    is_u32(config(5, PCI_SUBSYSTEM_VENDOR_ID, 4), 0xdef09abc, "subsystem");
    is_u32(config(5, PCI_INTERRUPT_LINE, 2), 0x0100, "INTA");
    is_u32(config(4, PCI_VENDOR_ID, 4), 0xffffffff, "an empty slot");
    is_u32(pci_config_read(&bus, 5 * 8 + 1, PCI_VENDOR_ID, 4), 0xffffffff, "no second function");
    set_config(5, PCI_VENDOR_ID, 0, 4);
    is_u32(config(5, PCI_VENDOR_ID, 4), 0x56781234, "IDs cannot be written");
    set_config(5, PCI_COMMAND, 0xffffffff, 4);
    is_u32(config(5, PCI_COMMAND, 2), 0x0507, "the command's bits");
    set_config(5, PCI_COMMAND, 0, 2);
    is_u32(config(5, PCI_CAPABILITIES, 1), 0x50, "the last capability comes first");
    is_u32(config(5, 0x50, 2), 0x4005, "its ID, and the other one's place");
    is_u32(config(5, 0x40, 2), 0x0009, "the other one ends the list");
    is_u32(config(5, PCI_STATUS, 2), PCI_STATUS_CAPABILITIES,
           "the status says that there are some");
    set_config(5, PCI_INTERRUPT_LINE, 0x1b, 1);
    is_u32(config(5, PCI_INTERRUPT_LINE, 1), 0x1b, "the line is the guest's to note");
}

static void size_bar(unsigned bar, uint32_t want)
{
    set_config(5, PCI_BAR + 4 * bar, 0xffffffff, 4);
    is_u32(config(5, PCI_BAR + 4 * bar, 4), want, "BAR shows its size");
}

static void test_bars(void)
{
    uint32_t value = 0;
    size_bar(0, 0xffffffe1);
    size_bar(1, 0xfffff000);
    size_bar(2, 0xffffe00c);
    size_bar(3, 0xffffffff);
    size_bar(4, 0);
    set_config(5, PCI_BAR, 0x1000, 4);
    set_config(5, PCI_BAR + 4, 0x50000000, 4);
    set_config(5, PCI_BAR + 8, 0x60000000, 4);
    set_config(5, PCI_BAR + 12, 0, 4);
    ok(!pci_read(&bus, PCI_IO, 0x1000, 4, &value) &&
           !pci_read(&bus, PCI_MEMORY, 0x50000000, 4, &value),
       "nothing answers before the command says so");
    set_config(5, PCI_COMMAND, PCI_COMMAND_IO, 2);
    ok(pci_read(&bus, PCI_IO, 0x101f, 1, &value) && value == 0x0010001f, "I/O space");
    ok(!pci_read(&bus, PCI_IO, 0x1020, 1, &value), "not past its end");
    ok(!pci_read(&bus, PCI_MEMORY, 0x1000, 1, &value), "nor in memory space");
    ok(!pci_read(&bus, PCI_MEMORY, 0x50000000, 4, &value), "memory space needs its own bit");
    set_config(5, PCI_COMMAND, PCI_COMMAND_MEMORY, 2);
    ok(pci_read(&bus, PCI_MEMORY, 0x50000ffc, 4, &value) && value == 0x01400ffc, "memory space");
    ok(pci_write(&bus, PCI_MEMORY, 0x60000010, 0x1234, 2) && cards[0]->last == 0x22101234,
       "a BAR of 64 bits");
    set_config(5, PCI_BAR + 12, 1, 4);
    ok(!pci_write(&bus, PCI_MEMORY, 0x60000010, 0, 2), "not above 4 GiB");
    set_config(5, PCI_BAR + 4, 0, 4);
    ok(!pci_read(&bus, PCI_MEMORY, 0, 4, &value), "address 0 is none");
    set_config(5, PCI_BAR + 4, 0xfffff000, 4);
    ok(!pci_read(&bus, PCI_MEMORY, 0xfffffffc, 4, &value), "nor is the last one");
}

static void test_interrupts(void)
{
    pci_set_irq(&cards[0]->pci, true);
    is_u32(lines, 1u << 1, "slot 5 drives input 1");
    is_u32(config(5, PCI_STATUS, 2) & PCI_STATUS_INTERRUPT, PCI_STATUS_INTERRUPT,
           "the status shows it");
    is_u32(config(5, PCI_COMMAND, 4) >> 16 & PCI_STATUS_INTERRUPT, PCI_STATUS_INTERRUPT,
           "in a word, too");
    is_u32(pci_can_raise(&bus, false), 1u << 1, "and is counted as raised");
    set_config(5, PCI_COMMAND, PCI_COMMAND_INTX_DISABLE, 2);
    is_u32(lines, 0, "the command disables it");
    pci_set_irq(&cards[2]->pci, true);
    is_u32(lines, 1u << 3, "slot 7 drives input 3");
    set_config(5, PCI_COMMAND, 0, 2);
    is_u32(lines, 1u << 3 | 1u << 1, "both");
    pci_set_irq(&cards[0]->pci, false);
    pci_set_irq(&cards[2]->pci, false);
    is_u32(lines, 0, "neither");
}

static void test_dma(void)
{
    uint8_t bytes[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, back[8];
    PciDevice *d = &cards[1]->pci;
    ok(!pci_dma_write(d, 0x10ffc, bytes, 8) && changes == 0, "no access before it is a bus master");
    set_config(6, PCI_COMMAND, PCI_COMMAND_MASTER, 2);
    ok(pci_dma_write(d, 0x10ffc, bytes, 8) && memcmp(ram.host + 0xffc, bytes, 8) == 0,
       "writes across a page");
    ok(changes == 1 && changed_at == 0xffc && changed_size == 8, "the engine is told which bytes");
    ok(pci_dma_read(d, 0x10ffc, back, 8) && memcmp(back, bytes, 8) == 0, "reads");
    ok(!pci_dma_read(d, 0x10000 + RAM_SIZE - 4, back, 8), "not past the end of RAM");
    ok(!pci_dma_write(d, 0xfffc, bytes, 8), "nor before its start");
    ok(!pci_dma_read(d, UINT64_MAX - 3, back, 8), "nor at the end of all addresses");
    ram.writable = false;
    ok(!pci_dma_write(d, 0x10000, bytes, 8), "ROM cannot be written");
    ram.writable = true;
}

static void test_state(void)
{
    VMWriter w = { 0 };
    set_config(5, PCI_BAR, 0x2000, 4);
    set_config(5, PCI_COMMAND, PCI_COMMAND_IO, 2);
    pci_set_irq(&cards[0]->pci, true);
    cards[0]->kept = 99;
    uint64_t digest = pci_digest(&bus, VM_DIGEST_START);
    pci_save(&bus, &w);
    pci_reset(&bus);
    ok(digest != pci_digest(&bus, VM_DIGEST_START) && cards[0]->kept == 7 && lines == 0, "a reset");
    VMReader r = { .bytes = w.bytes, .left = w.len };
    uint32_t value;
    ok(pci_load(&bus, &r) && r.left == 0 && digest == pci_digest(&bus, VM_DIGEST_START),
       "the state is back");
    ok(pci_read(&bus, PCI_IO, 0x2000, 4, &value) && cards[0]->kept == 99 && lines == 0,
       "with its addresses, and drives no line");
    pci_update_irqs(&bus);
    is_u32(lines, 1u << 1, "until it is told to");
    w.bytes[PCI_DEVICE_ID] ^= 1; /* of the first device: a bit that no guest can change */
    r = (VMReader){ .bytes = w.bytes, .left = w.len };
    ok(!pci_load(&bus, &r), "no state with other IDs");
    w.bytes[PCI_DEVICE_ID] ^= 1;
    w.bytes[PCI_CAPABILITIES] = 0xfe;
    r = (VMReader){ .bytes = w.bytes, .left = w.len };
    ok(!pci_load(&bus, &r), "nor with another list of capabilities");
    free(w.bytes);
}

int main(void)
{
    if (!bus_init_arena(&memory, RAM_SIZE) || !(ram.host = bus_alloc(&memory, RAM_SIZE))) {
        return 1;
    }
    ram.writable = true;
    memory.changed = changed;
    bus = (PciBus){ .first = 5, .memory = &memory, .map_irq = map_irq, .set_irq = set_irq };
    ok(bus_map(&memory, &ram), "RAM");
    test_plug();
    test_config();
    test_bars();
    test_interrupts();
    test_dma();
    test_state();
    pci_free(&bus);
    ok(!bus.devices[5] && !bus.devices[7], "all are freed");
    bus_free(&memory);
    return done_testing();
}
