/* SPDX-License-Identifier: MIT */
/* Configuration space (PCI Local Bus Specification 3.0, chapter 6). A register is bytes with an
 * initial value and a mask of the bits that a guest can write. */
#include "pci/config.h"

#include <assert.h>
#include <string.h>

#include "util/bytes.h"

#define HEADER_SIZE  0x40u
#define BAR_IO       1u
#define BAR_WIDE     4u
#define BAR_PREFETCH 8u
#define CAP_NEXT     1u

/* The bits of a BAR that say what it is. */
static uint32_t bar_kind(const PciBar *bar)
{
    return bar->space == PCI_IO
               ? BAR_IO
               : (bar->prefetchable ? BAR_PREFETCH : 0) | (bar->wide ? BAR_WIDE : 0);
}

static void init_bars(PciDevice *d)
{
    for (unsigned i = 0; i < PCI_BARS; i++) {
        const PciBar *bar = &d->type->bars[i];
        if (bar->size) {
            assert((bar->size & (bar->size - 1)) == 0 &&
                   bar->size >= (bar->space == PCI_IO ? 4 : 16));
            st32_p(d->config + PCI_BAR + (size_t)4 * i, bar_kind(bar));
            st32_p(d->mask + PCI_BAR + (size_t)4 * i, ~(bar->size - 1));
            if (bar->wide) {
                st32_p(d->mask + PCI_BAR + (size_t)4 * i + 4, UINT32_MAX);
            }
        }
    }
}

void pci_config_init(PciDevice *d)
{
    const PciType *type = d->type;
    memset(d->config, 0, sizeof d->config);
    memset(d->mask, 0, sizeof d->mask);
    st16_p(d->config + PCI_VENDOR_ID, type->vendor);
    st16_p(d->config + PCI_DEVICE_ID, type->device);
    st16_p(d->config + PCI_STATUS, type->status);
    st32_p(d->config + PCI_REVISION, type->class_code << 8 | type->revision);
    st16_p(d->config + PCI_SUBSYSTEM_VENDOR_ID, type->subsystem_vendor);
    st16_p(d->config + PCI_SUBSYSTEM_ID, type->subsystem);
    d->config[PCI_INTERRUPT_PIN] = type->interrupt;
    st16_p(d->mask + PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER |
                                      PCI_COMMAND_SERR | PCI_COMMAND_INTX_DISABLE);
    d->mask[PCI_CACHE_LINE_SIZE] = 0xff;
    d->mask[PCI_INTERRUPT_LINE] = 0xff;
    init_bars(d);
    d->next_capability = HEADER_SIZE;
}

void pci_config_reset(PciDevice *d)
{
    memcpy(d->config, d->initial, sizeof d->config);
}

bool pci_config_loaded(const PciDevice *d)
{
    for (unsigned i = 0; i < PCI_CONFIG_SIZE; i++) {
        if (((d->config[i] ^ d->initial[i]) & ~d->mask[i]) != 0) {
            return false;
        }
    }
    return d->level <= 1;
}

unsigned pci_add_capability(PciDevice *d, uint8_t id, unsigned at, unsigned size)
{
    at = at ? at : d->next_capability;
    assert(at >= HEADER_SIZE && at % 4 == 0 && at + size <= PCI_CONFIG_SIZE);
    d->config[at] = id;
    d->config[at + CAP_NEXT] = d->config[PCI_CAPABILITIES];
    d->config[PCI_CAPABILITIES] = (uint8_t)at;
    d->config[PCI_STATUS] |= PCI_STATUS_CAPABILITIES;
    if (at + size > d->next_capability) {
        d->next_capability = (uint8_t)((at + size + 3) & ~3u);
    }
    return at;
}

bool pci_bar_address(const PciDevice *d, unsigned n, uint32_t *addr)
{
    const PciBar *bar = &d->type->bars[n];
    unsigned command = bar->space == PCI_IO ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
    if (!bar->size || (ld16_p(d->config + PCI_COMMAND) & command) == 0) {
        return false;
    }
    /* As in QEMU, 0 and the last address of a space are no addresses: some guest is still sizing
     * the BAR. */
    *addr = ld32_p(d->config + PCI_BAR + (size_t)4 * n) & ~(bar->size - 1);
    bool low = !bar->wide || ld32_p(d->config + PCI_BAR + (size_t)4 * n + 4) == 0;
    return low && *addr != 0 && *addr + (bar->size - 1) != UINT32_MAX;
}

/* Whether `devfn` is a device's, which is left in *d. */
static bool find(const PciBus *bus, unsigned devfn, PciDevice **d)
{
    *d = devfn % 8 == 0 && devfn / 8 < PCI_SLOTS ? bus->devices[devfn / 8] : NULL;
    return *d != NULL;
}

uint32_t pci_config_read(const PciBus *bus, unsigned devfn, unsigned reg, unsigned size)
{
    PciDevice *d;
    if (!find(bus, devfn, &d) || reg + size > PCI_CONFIG_SIZE) {
        return UINT32_MAX;
    }
    if (d->type->config_read) {
        d->type->config_read(d, reg, size);
    }
    uint32_t value = ldn_p(d->config + reg, size);
    bool status = reg <= PCI_STATUS && reg + size > PCI_STATUS;
    return status && d->level ? value | PCI_STATUS_INTERRUPT << 8 * (PCI_STATUS - reg) : value;
}

void pci_config_write(PciBus *bus, unsigned devfn, unsigned reg, uint32_t value, unsigned size)
{
    PciDevice *d;
    if (!find(bus, devfn, &d) || reg + size > PCI_CONFIG_SIZE) {
        return;
    }
    for (unsigned i = 0; i < size; i++, value >>= 8) {
        uint8_t mask = d->mask[reg + i];
        d->config[reg + i] = (uint8_t)((d->config[reg + i] & ~mask) | (value & mask));
    }
    if (reg < PCI_STATUS && reg + size > PCI_COMMAND) {
        pci_update_irqs(bus);
    }
    if (d->type->config_written) {
        d->type->config_written(d, reg, size);
    }
}
