/* SPDX-License-Identifier: MIT */
/* The PCI devices in the monitor: info pci, and their part of info qtree. */
#include "debug/monitor_private.h"
#include "pci/config.h"
#include "scsi/lsi53c895a.h"
#include "util/bytes.h"

static const char *id_of(const PciDevice *d)
{
    return d->name == d->type->name ? "" : d->name;
}

static unsigned field(const PciDevice *d, unsigned reg)
{
    return ld16_p(d->config + reg);
}

/* As QEMU, which knows the names of more classes than this bus has. */
static void print_class(Monitor *m, const PciDevice *d, const char *unknown)
{
    unsigned class = field(d, PCI_CLASS_PROG + 1);
    monitor_print(m, class == 0x100 ? "SCSI controller" : unknown, class);
}

/* `tree`: in the form of info qtree. As in QEMU a BAR that is not mapped is at all ones. */
static void print_bars(Monitor *m, const PciDevice *d, bool tree)
{
    for (unsigned n = 0; n < PCI_BARS; n++) {
        const PciBar *bar = &d->type->bars[n];
        bool io = bar->space == PCI_IO;
        uint32_t address = 0;
        if (!bar->size || !d->mask[PCI_BAR + 4 * n + 3]) {
            continue; /* there is none */
        }
        unsigned long long at = pci_bar_address(d, n, &address) ? address : UINT64_MAX;
        unsigned long long last = at + bar->size - 1;
        if (tree) {
            monitor_print(m, "        bar %u: %s at 0x%llx [0x%llx]\n", n, io ? "i/o" : "mem", at,
                          last);
        } else if (io) {
            monitor_print(m, "      BAR%u: I/O at 0x%04llx [0x%04llx].\n", n, at, last);
        } else {
            monitor_print(m, "      BAR%u: %u bit%s memory at 0x%08llx [0x%08llx].\n", n,
                          bar->wide ? 64u : 32u, bar->prefetchable ? " prefetchable" : "", at,
                          last);
        }
    }
}

void monitor_info_pci(Monitor *m)
{
    const PciBus *bus = m->machine->pci;
    for (unsigned slot = 0; bus && slot < PCI_SLOTS; slot++) {
        const PciDevice *d = bus->devices[slot];
        if (!d) {
            continue;
        }
        monitor_print(m, "  Bus  0, device %3u, function 0:\n    ", slot);
        print_class(m, d, "Class %04u");
        monitor_print(m, ": PCI device %04x:%04x\n      PCI subsystem %04x:%04x\n",
                      field(d, PCI_VENDOR_ID), field(d, PCI_DEVICE_ID),
                      field(d, PCI_SUBSYSTEM_VENDOR_ID), field(d, PCI_SUBSYSTEM_ID));
        if (d->config[PCI_INTERRUPT_PIN]) {
            monitor_print(m, "      IRQ %u, pin A\n", (unsigned)d->config[PCI_INTERRUPT_LINE]);
        }
        print_bars(m, d, false);
        monitor_print(m, "      id \"%s\"\n", id_of(d));
    }
}

/* The targets of an adapter; `n` others without an id come before it. */
static void print_targets(Monitor *m, const Lsi53c895a *lsi, unsigned n)
{
    const char *id = id_of(&lsi->pci);
    monitor_print(m, "        bus: %s.%u\n          type SCSI\n", *id ? id : "scsi", *id ? 0 : n);
    for (unsigned target = LSI_TARGETS; target-- > 0;) {
        const ScsiDisk *disk = &lsi->targets.disks[target];
        if (lsi->targets.present[target]) {
            monitor_print(m,
                          "          dev: scsi-%s, id \"\"\n            drive = \"%s\"\n"
                          "            scsi-id = %u (0x%x)\n",
                          disk->cdrom ? "cd" : "hd", disk->id, target, target);
        }
    }
}

static bool is_unnamed_adapter(const PciDevice *d)
{
    return d && d->type == &lsi53c895a_type && !*id_of(d);
}

void monitor_print_pci_tree(Monitor *m, const PciBus *bus)
{
    unsigned adapters = 0;
    for (unsigned slot = 0; slot < PCI_SLOTS; slot++) {
        adapters += is_unnamed_adapter(bus->devices[slot]);
    }
    monitor_print(m, "    bus: pci\n      type PCI\n");
    for (unsigned slot = PCI_SLOTS; slot-- > 0;) {
        const PciDevice *d = bus->devices[slot];
        if (!d) {
            continue;
        }
        monitor_print(m, "      dev: %s, id \"%s\"\n        addr = %02x.0\n        class ",
                      d->type->name, id_of(d), slot);
        print_class(m, d, "Class %04x");
        monitor_print(m, ", addr 00:%02x.0, pci id %04x:%04x (sub %04x:%04x)\n", slot,
                      field(d, PCI_VENDOR_ID), field(d, PCI_DEVICE_ID),
                      field(d, PCI_SUBSYSTEM_VENDOR_ID), field(d, PCI_SUBSYSTEM_ID));
        print_bars(m, d, true);
        adapters -= is_unnamed_adapter(d);
        if (d->type == &lsi53c895a_type) {
            print_targets(m, (const Lsi53c895a *)d, adapters);
        }
    }
}
