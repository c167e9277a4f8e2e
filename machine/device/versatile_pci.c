/* SPDX-License-Identifier: MIT */
/* The PCI host bridge of Versatile/PB (DUI 0224, 3.7 and 4.13), as QEMU has it.
 *
 * The CPU sees the bus through windows. Both configuration windows lead to the same registers; the
 * bridge itself is in slot 11, as the first device. Devices read and write memory at the addresses
 * that the CPU uses, whatever PCI_SMAPx says. */
#include "machine/device/versatile_pci.h"

#include "bus/fdt.h"
#include "util/log.h"

#define BRIDGE_SLOT  11
#define BROKEN_LINE  27 /* what a kernel with the broken map writes */
#define BROKEN_SLOTS 2  /* the slots, modulo 4, where both maps agree */

enum { SELF_CONFIG, CONFIG, IO, MEMORY };

/* Which of the bridge's inputs a slot's INTA is wired to. Linux before 3.16 takes it to be input 0
 * in all slots. QEMU tells by what the guest writes to PCI_INTERRUPT_LINE, and so do we. */
typedef enum IrqMap { IRQ_MAP_UNKNOWN, IRQ_MAP_BOARD, IRQ_MAP_BROKEN } IrqMap;

static uint32_t versatile_pci_read(void *dev, uint32_t offset)
{
    const VersatilePci *s = dev;
    switch (offset) {
    case 0x00:
    case 0x04:
    case 0x08: return s->imap[offset / 4]; /* PCI_IMAPx */
    case 0x0c: return s->selfid;           /* PCI_SELFID */
    case 0x10: return s->flags;            /* PCI_FLAGS */
    case 0x14:
    case 0x18:
    case 0x1c: return s->smap[(offset - 0x14) / 4]; /* PCI_SMAPx */
    default: return device_default_read(&s->dev, offset);
    }
}

static void versatile_pci_write(void *dev, uint32_t offset, uint32_t value)
{
    VersatilePci *s = dev;
    switch (offset) {
    case 0x00:
    case 0x04:
    case 0x08: s->imap[offset / 4] = value; break; /* PCI_IMAPx: bits 31:28 of the PCI address */
    case 0x0c: s->selfid = value; break;           /* PCI_SELFID */
    case 0x10: s->flags = value; break;            /* PCI_FLAGS */
    case 0x14:
    case 0x18:
    case 0x1c: s->smap[(offset - 0x14) / 4] = value; break; /* PCI_SMAPx */
    default: device_default_write(&s->dev, offset, value); break;
    }
}

/* -- Windows -- */

/* Splits an offset in a configuration window: bits 23:16 are the bus, 15:8 slot and function. Of
 * the buses there is number 0 alone. */
static bool config_address(uint32_t offset, unsigned *devfn, unsigned *reg)
{
    *devfn = offset >> 8 & 0xff;
    *reg = offset & 0xff;
    return offset >> 16 == 0;
}

static uint32_t config_read(void *opaque, uint32_t offset, unsigned size)
{
    const VersatilePci *s = opaque;
    unsigned devfn, reg;
    return config_address(offset, &devfn, &reg) ? pci_config_read(&s->bus, devfn, reg, size)
                                                : UINT32_MAX;
}

static void config_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    VersatilePci *s = opaque;
    unsigned devfn, reg;
    if (!config_address(offset, &devfn, &reg)) {
        return;
    }
    if (reg == PCI_INTERRUPT_LINE && s->irq_map == IRQ_MAP_UNKNOWN &&
        devfn / 8 % PCI_PINS != BROKEN_SLOTS) {
        s->irq_map = (value & 0xff) == BROKEN_LINE ? IRQ_MAP_BROKEN : IRQ_MAP_BOARD;
        pci_update_irqs(&s->bus);
    }
    pci_config_write(&s->bus, devfn, reg, value, size);
}

static uint32_t space_read(const VersatilePci *s, PciSpace space, uint32_t addr, unsigned size)
{
    uint32_t value = 0;
    if (!pci_read(&s->bus, space, addr, size, &value) && log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: %u-byte read at %s address 0x%08lx: no device answers\n", s->dev.name, size,
                   space == PCI_IO ? "I/O" : "memory", (unsigned long)addr);
    }
    return value;
}

static void space_write(const VersatilePci *s, PciSpace space, uint32_t addr, uint32_t value,
                        unsigned size)
{
    if (!pci_write(&s->bus, space, addr, value, size) && log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: %u-byte write at %s address 0x%08lx: no device answers\n", s->dev.name,
                   size, space == PCI_IO ? "I/O" : "memory", (unsigned long)addr);
    }
}

static uint32_t io_read(void *opaque, uint32_t offset, unsigned size)
{
    return space_read(opaque, PCI_IO, offset, size);
}

static void io_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    space_write(opaque, PCI_IO, offset, value, size);
}

/* One pair of functions for each memory window. */
#define MEMORY_WINDOW(n)                                                                           \
    static uint32_t memory##n##_read(void *opaque, uint32_t offset, unsigned size)                 \
    {                                                                                              \
        const VersatilePci *s = opaque;                                                            \
        return space_read(s, PCI_MEMORY, (s->imap[n] << 28) + offset, size);                       \
    }                                                                                              \
    static void memory##n##_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)    \
    {                                                                                              \
        const VersatilePci *s = opaque;                                                            \
        space_write(s, PCI_MEMORY, (s->imap[n] << 28) + offset, value, size);                      \
    }

MEMORY_WINDOW(0)
MEMORY_WINDOW(1)
MEMORY_WINDOW(2)

static const BusRegion windows[VERSATILE_PCI_WINDOWS] = {
    [SELF_CONFIG] = { .name = "PCI self-config", .read = config_read, .write = config_write },
    [CONFIG] = { .name = "PCI configuration", .read = config_read, .write = config_write },
    [IO] = { .name = "PCI I/O", .read = io_read, .write = io_write },
    [MEMORY] = { .name = "PCI memory 0", .read = memory0_read, .write = memory0_write },
    [MEMORY + 1] = { .name = "PCI memory 1", .read = memory1_read, .write = memory1_write },
    [MEMORY + 2] = { .name = "PCI memory 2", .read = memory2_read, .write = memory2_write },
};

/* -- The bridge as a device on the bus -- */

static bool bridge_realize(void *dev)
{
    ((PciDevice *)dev)->config[PCI_LATENCY_TIMER] = 0x10;
    return true;
}

static void bridge_reset(void *dev)
{
    (void)dev;
}

static const PciType bridge_type = {
    .name = "versatile_pci_host",
    .struct_size = sizeof(PciDevice),
    .vendor = 0x10ee, /* Xilinx */
    .device = 0x0300,
    .class_code = 0x0b4000, /* coprocessor */
    .status = 0x0220,       /* 66 MHz, medium speed */
    .subsystem_vendor = 0x1af4,
    .subsystem = 0x1100, /* QEMU's default */
    .realize = bridge_realize,
    .reset = bridge_reset,
};

static unsigned map_irq(void *opaque, unsigned slot)
{
    const VersatilePci *s = opaque;
    return s->irq_map == IRQ_MAP_BROKEN ? 0 : (slot + 2) % PCI_PINS;
}

static void set_irq(void *opaque, unsigned input, bool level)
{
    const VersatilePci *s = opaque;
    irq_set(&s->dev.out[input], level);
}

static bool versatile_pci_realize(void *dev)
{
    VersatilePci *s = dev;
    s->bus = (PciBus){ .first = BRIDGE_SLOT,
                       .memory = s->dev.bus,
                       .map_irq = map_irq,
                       .set_irq = set_irq,
                       .opaque = s };
    s->bridge = (PciDevice){ .type = &bridge_type, .name = bridge_type.name };
    for (unsigned i = 0; i < VERSATILE_PCI_WINDOWS; i++) {
        s->windows[i] = windows[i];
        s->windows[i].base = s->dev.windows[i].base;
        s->windows[i].size = s->dev.windows[i].size;
        s->windows[i].opaque = s;
    }
    s->dev.more = s->windows;
    s->dev.more_count = VERSATILE_PCI_WINDOWS;
    (void)pci_plug(&s->bus, &s->bridge, BRIDGE_SLOT); /* the bus is empty: it has room */
    return true;
}

static void versatile_pci_poll(void *dev)
{
    pci_poll(&((VersatilePci *)dev)->bus);
}

static uint32_t versatile_pci_can_raise(const void *dev, uint32_t inputs, bool more_input)
{
    (void)inputs;
    return pci_can_raise(&((const VersatilePci *)dev)->bus, more_input);
}

static void versatile_pci_reset(void *dev)
{
    VersatilePci *s = dev;
    for (unsigned i = 0; i < VERSATILE_PCI_MEMORIES; i++) {
        s->imap[i] = s->smap[i] = 0;
    }
    s->selfid = s->flags = 0;
    s->irq_map = IRQ_MAP_UNKNOWN;
    pci_reset(&s->bus);
}

static PciBus *versatile_pci_bus(void *dev)
{
    return &((VersatilePci *)dev)->bus;
}

static uint64_t versatile_pci_digest(void *dev, uint64_t digest)
{
    return pci_digest(&((const VersatilePci *)dev)->bus, digest);
}

static void versatile_pci_save(const void *dev, VMWriter *w)
{
    pci_save(&((const VersatilePci *)dev)->bus, w);
}

static bool versatile_pci_load(void *dev, VMReader *r)
{
    return pci_load(&((VersatilePci *)dev)->bus, r);
}

static bool versatile_pci_loaded(void *dev)
{
    return ((const VersatilePci *)dev)->irq_map <= IRQ_MAP_BROKEN;
}

/* A range of the bus: its space, and the same address on the bus and for the CPU but for I/O, which
 * starts at 0. */
static void add_range(uint32_t *cells, uint32_t space, const DeviceWindow *w)
{
    const uint32_t range[] = { space,
                               0,
                               space == FDT_PCI_IO ? 0 : (uint32_t)w->base,
                               (uint32_t)w->base,
                               0,
                               (uint32_t)w->size };
    for (unsigned i = 0; i < 6; i++) {
        cells[i] = range[i];
    }
}

/* Memory window 0 is left out, as in Linux's tree for the board. */
static void versatile_pci_fdt(const void *dev, Fdt *fdt)
{
    const VersatilePci *s = dev;
    const DeviceWindow *w = s->dev.windows;
    const DeviceWindow io = { w[IO].base, 0x10000 };
    uint32_t ranges[18];
    add_range(ranges, FDT_PCI_IO, &io);
    add_range(ranges + 6, FDT_PCI_MEMORY, &w[MEMORY + 1]);
    add_range(ranges + 12, FDT_PCI_MEMORY | FDT_PCI_PREFETCHABLE, &w[MEMORY + 2]);
    fdt_prop_u32s(fdt, "ranges", ranges, 18);
}

static const VMField versatile_pci_state[] = {
    VM_ARRAY(VersatilePci, imap),  VM_ARRAY(VersatilePci, smap),    VM_FIELD(VersatilePci, selfid),
    VM_FIELD(VersatilePci, flags), VM_FIELD(VersatilePci, irq_map), VM_END,
};

/* The sizes in Linux's own tree. It must not map whole windows with sections, which it would make
 * read-only. */
static const uint32_t reg_windows[] = { 0x10000, 0x100000, 0 };

const DeviceType versatile_pci_type = {
    .struct_size = sizeof(VersatilePci),
    .read = versatile_pci_read,
    .write = versatile_pci_write,
    .realize = versatile_pci_realize,
    .reset = versatile_pci_reset,
    .poll = versatile_pci_poll,
    .can_raise = versatile_pci_can_raise,
    .pci_bus = versatile_pci_bus,
    .state = versatile_pci_state,
    .digest = versatile_pci_digest,
    .save = versatile_pci_save,
    .load = versatile_pci_load,
    .loaded = versatile_pci_loaded,
    .node = "pci",
    .compatible = DEVICE_LIST("arm,versatile-pci"),
    .reg_windows = reg_windows,
    .fdt = versatile_pci_fdt,
};
