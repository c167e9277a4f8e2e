/* SPDX-License-Identifier: MIT */
/* The PCI bus: its devices, and accesses to I/O and memory space. */
#include "pci/pci.h"

#include <stdlib.h>
#include <string.h>

#include "bus/dma.h"
#include "pci/config.h"
#include "util/log.h"

/* -- Devices -- */

bool pci_plug(PciBus *bus, PciDevice *d, int slot)
{
    unsigned at = slot >= 0 ? (unsigned)slot : bus->first;
    while (slot < 0 && at < PCI_SLOTS && bus->devices[at]) {
        at++;
    }
    if (at >= PCI_SLOTS) {
        error_report("%s: the PCI bus has no free slot for it: use fewer devices", d->name);
        return false;
    }
    if (bus->devices[at]) {
        error_report("%s: PCI slot %u has a device already, %s: choose another addr=", d->name, at,
                     bus->devices[at]->name);
        return false;
    }
    d->bus = bus;
    d->slot = (uint8_t)at;
    pci_config_init(d);
    bus->devices[at] = d;
    bool good = !d->type->realize || d->type->realize(d);
    memcpy(d->initial, d->config, sizeof d->initial);
    return good;
}

bool pci_add(PciBus *bus, const PciCard *card, Clock *clock)
{
    const char *name = card->name ? card->name : card->type->name;
    PciDevice *d = calloc(1, card->type->struct_size);
    if (!d) {
        error_report("%s: the host has no memory left for it: close other programs", name);
        return false;
    }
    *d = (PciDevice){ .type = card->type,
                      .name = name,
                      .made = true,
                      .clock = clock,
                      .block = card->block,
                      .properties = card->properties };
    if (pci_plug(bus, d, card->slot)) {
        return true;
    }
    if (!d->bus) {
        free(d);
    }
    return false;
}

void pci_free(PciBus *bus)
{
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        PciDevice *d = bus->devices[slot];
        if (d && d->made) {
            if (d->type->free) {
                d->type->free(d);
            }
            free(d);
            bus->devices[slot] = NULL;
        }
    }
}

void pci_reset(PciBus *bus)
{
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        PciDevice *d = bus->devices[slot];
        if (d) {
            pci_config_reset(d);
            d->level = 0;
            d->type->reset(d);
        }
    }
    pci_update_irqs(bus);
}

void pci_poll(PciBus *bus)
{
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        PciDevice *d = bus->devices[slot];
        if (d && d->type->poll) {
            d->type->poll(d);
        }
    }
}

/* -- Interrupts -- */

static bool drives_line(const PciDevice *d)
{
    return d->level && (ld16_p(d->config + PCI_COMMAND) & PCI_COMMAND_INTX_DISABLE) == 0;
}

uint32_t pci_can_raise(const PciBus *bus, bool more_input)
{
    uint32_t raised = 0;
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        const PciDevice *d = bus->devices[slot];
        if (d && (drives_line(d) || (d->type->can_raise && d->type->can_raise(d, more_input)))) {
            raised |= UINT32_C(1) << bus->map_irq(bus->opaque, slot);
        }
    }
    return raised;
}

void pci_update_irqs(PciBus *bus)
{
    bool level[PCI_PINS] = { false };
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        if (bus->devices[slot] && drives_line(bus->devices[slot])) {
            level[bus->map_irq(bus->opaque, slot)] = true;
        }
    }
    for (unsigned n = 0; n < PCI_PINS; n++) {
        bus->set_irq(bus->opaque, n, level[n]);
    }
}

void pci_set_irq(PciDevice *d, bool level)
{
    if (d->level != level) {
        d->level = level;
        pci_update_irqs(d->bus);
    }
}

/* -- I/O and memory space -- */

/* The device that answers at an address, with the BAR and the offset in it; NULL: none. */
static PciDevice *find(const PciBus *bus, PciSpace space, uint32_t addr, unsigned *bar,
                       uint32_t *offset)
{
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        PciDevice *d = bus->devices[slot];
        for (unsigned b = 0; d && b < PCI_BARS; b++) {
            uint32_t base;
            if (d->type->bars[b].space == space && pci_bar_address(d, b, &base) &&
                addr - base < d->type->bars[b].size) {
                *bar = b;
                *offset = addr - base;
                return d;
            }
        }
    }
    return NULL;
}

bool pci_read(const PciBus *bus, PciSpace space, uint32_t addr, unsigned size, uint32_t *value)
{
    unsigned bar;
    uint32_t offset;
    PciDevice *d = find(bus, space, addr, &bar, &offset);
    if (d) {
        *value = d->type->read(d, bar, offset, size);
    }
    return d != NULL;
}

bool pci_write(const PciBus *bus, PciSpace space, uint32_t addr, uint32_t value, unsigned size)
{
    unsigned bar;
    uint32_t offset;
    PciDevice *d = find(bus, space, addr, &bar, &offset);
    if (d) {
        d->type->write(d, bar, offset, value, size);
    }
    return d != NULL;
}

bool pci_is_master(const PciDevice *d)
{
    return (ld16_p(d->config + PCI_COMMAND) & PCI_COMMAND_MASTER) != 0;
}

/* The same for an access, which goes into the log if it may not be. */
static bool may_access(const PciDevice *d)
{
    bool master = pci_is_master(d);
    if (!master && log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: access to memory, but the guest has not made it a bus master\n", d->name);
    }
    return master;
}

bool pci_dma_read(PciDevice *d, uint64_t addr, void *bytes, size_t n)
{
    return may_access(d) && dma_read(d->bus->memory, addr, bytes, n);
}

bool pci_dma_write(PciDevice *d, uint64_t addr, const void *bytes, size_t n)
{
    return may_access(d) && dma_write(d->bus->memory, addr, bytes, n);
}

/* -- State -- */

static const VMField state[] = { VM_ARRAY(PciDevice, config), VM_FIELD(PciDevice, level), VM_END };

uint64_t pci_digest(const PciBus *bus, uint64_t digest)
{
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        const PciDevice *d = bus->devices[slot];
        if (d) {
            digest = vmstate_digest(digest, state, d);
            digest = d->type->state ? vmstate_digest(digest, d->type->state, d) : digest;
            digest = d->type->digest ? d->type->digest(d, digest) : digest;
        }
    }
    return digest;
}

static unsigned count_devices(const PciBus *bus)
{
    unsigned n = 0;
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        n += bus->devices[slot] != NULL;
    }
    return n;
}

void pci_save(const PciBus *bus, VMWriter *w)
{
    vmstate_put(w, count_devices(bus), 1);
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        const PciDevice *d = bus->devices[slot];
        if (d) {
            size_t begin = vmstate_begin(w, d->type->name, d->type->state);
            vmstate_put(w, slot, 1);
            vmstate_save(w, state, d);
            if (d->type->state) {
                vmstate_save(w, d->type->state, d);
            }
            if (d->type->save) {
                d->type->save(d, w);
            }
            vmstate_end(w, begin);
        }
    }
}

static bool load_device(PciDevice *d, unsigned slot, VMReader *r)
{
    size_t outside;
    if (!vmstate_enter(r, d->type->name, d->type->state, &outside)) {
        return false;
    }
    unsigned found = (unsigned)vmstate_get(r, 1);
    if (found != slot && !r->failed) {
        return vmstate_fail(r, "%s is in slot %u there, %u here", d->type->name, found, slot);
    }
    bool good = vmstate_load(r, state, d) && pci_config_loaded(d) &&
                (!d->type->state || vmstate_load(r, d->type->state, d)) &&
                (!d->type->load || d->type->load(d, r)) && (!d->type->loaded || d->type->loaded(d));
    return (good || vmstate_fail(r, "%s is invalid", d->type->name)) &&
           vmstate_leave(r, d->type->name, outside);
}

bool pci_load(PciBus *bus, VMReader *r)
{
    unsigned found = (unsigned)vmstate_get(r, 1), here = count_devices(bus);
    bool good = found == here || vmstate_fail(r, "%u PCI devices are there, %u here", found, here);
    for (unsigned slot = 0; good && slot < PCI_SLOTS; slot++) {
        good = !bus->devices[slot] || load_device(bus->devices[slot], slot, r);
    }
    return good;
}
