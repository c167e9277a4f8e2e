/* SPDX-License-Identifier: MIT */
#ifndef MACHINE_DEVICE_VERSATILE_PCI_H
#define MACHINE_DEVICE_VERSATILE_PCI_H

#include "bus/device.h"
#include "pci/pci.h"

#define VERSATILE_PCI_MEMORIES 3
#define VERSATILE_PCI_WINDOWS  6

typedef struct VersatilePci {
    Device dev;
    PciBus bus;
    PciDevice bridge;
    BusRegion windows[VERSATILE_PCI_WINDOWS];
    uint32_t imap[VERSATILE_PCI_MEMORIES], smap[VERSATILE_PCI_MEMORIES];
    uint32_t selfid, flags;
    uint8_t irq_map; /* IrqMap */
} VersatilePci;

/* The board gives its six windows in this order: self-configuration, configuration, I/O, and memory
 * 0 to 2. Outputs 0 to 3 are the interrupts that the baseboard calls 27 to 30. */
extern const DeviceType versatile_pci_type;

#endif
