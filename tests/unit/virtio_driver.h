/* SPDX-License-Identifier: MIT */
/* A machine for virtio over PCI: memory, a bus, an interrupt line, a device in a slot, and a
 * driver's accesses to it. */
#ifndef TESTS_UNIT_VIRTIO_DRIVER_H
#define TESTS_UNIT_VIRTIO_DRIVER_H

#include "tests/unit/fake_clock.h"
#include "tests/unit/tap.h"
#include "virtio/virtio_pci.h"

#define RAM_BASE 0x10000u
#define RAM_SIZE (64 * BUS_PAGE_SIZE)
#define BAR      0x50000000u

enum { NEXT = 1, WRITE = 2, INDIRECT = 4 };

static Bus memory;
static BusRegion ram = { .name = "ram", .base = RAM_BASE, .size = RAM_SIZE, .direct = true };
static PciBus bus;
static FakeClock fake;
static bool line;
static unsigned slot;

static inline unsigned map_irq(void *opaque, unsigned n)
{
    (void)opaque, (void)n;
    return 0;
}

static inline void set_irq(void *opaque, unsigned input, bool level)
{
    (void)opaque;
    if (input == 0) {
        line = level;
    }
}

static inline uint32_t rd(uint32_t offset, unsigned size)
{
    uint32_t value = 0xdeadbeef;
    pci_read(&bus, PCI_MEMORY, BAR + offset, size, &value);
    return value;
}

static inline void wr(uint32_t offset, uint32_t value, unsigned size)
{
    pci_write(&bus, PCI_MEMORY, BAR + offset, value, size);
}

static inline uint8_t *at(uint32_t addr)
{
    return ram.host + (addr - RAM_BASE);
}

static inline void descriptor(uint32_t table, unsigned i, uint64_t addr, uint32_t len,
                              unsigned flags, unsigned next)
{
    uint8_t *d = at(table) + 16 * (size_t)i;
    st32_p(d, (uint32_t)addr);
    st32_p(d + 4, (uint32_t)(addr >> 32));
    st32_p(d + 8, len);
    st16_p(d + 12, flags);
    st16_p(d + 14, next);
}

static inline bool is_broken(void)
{
    return (rd(0x14, 1) & VIRTIO_NEEDS_RESET) != 0;
}

static inline void plug(const PciType *type, Block *block, const VirtioProperties *properties)
{
    PciCard card = { .type = type, .slot = -1, .block = block, .properties = properties };
    ok(pci_add(&bus, &card, &fake.clock), "%s", type->name);
    while (!bus.devices[slot]) {
        slot++;
    }
    pci_reset(&bus);
    pci_config_write(&bus, slot * 8, PCI_BAR + 16, BAR, 4);
    pci_config_write(&bus, slot * 8, PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 2);
}

static inline void unplug(void)
{
    pci_reset(&bus);
    pci_free(&bus);
}

/* Makes memory and bus. */
static inline bool driver_init(void)
{
    if (!bus_init_arena(&memory, RAM_SIZE) || !(ram.host = bus_alloc(&memory, RAM_SIZE))) {
        return false;
    }
    ram.writable = true;
    fake_clock_init(&fake);
    bus = (PciBus){ .first = 3, .memory = &memory, .map_irq = map_irq, .set_irq = set_irq };
    return bus_map(&memory, &ram);
}

#endif
