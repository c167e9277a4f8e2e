/* SPDX-License-Identifier: MIT */
/* A device's configuration space; private to pci/. */
#ifndef PCI_CONFIG_H
#define PCI_CONFIG_H

#include "pci/pci.h"

/* Sets up configuration space from the device's type. */
void pci_config_init(PciDevice *d);
/* Gives what a guest can write its initial values. */
void pci_config_reset(PciDevice *d);
/* Whether a loaded configuration space is one that this device can have. */
bool pci_config_loaded(const PciDevice *d);

/* The address that a BAR has. False: it is none, or the guest has not enabled it. */
bool pci_bar_address(const PciDevice *d, unsigned bar, uint32_t *addr);

#endif
