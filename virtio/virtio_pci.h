/* SPDX-License-Identifier: MIT */
/* virtio over PCI. */
#ifndef VIRTIO_VIRTIO_PCI_H
#define VIRTIO_VIRTIO_PCI_H

#include "pci/pci.h"
#include "virtio/virtio.h"

typedef struct VirtioPci {
    PciDevice pci;
    VirtioDevice *vdev;
    uint32_t device_feature_select, driver_feature_select;
    uint32_t driver_features[2]; /* as a driver of version 1 has written them */
    uint16_t queue_select;
} VirtioPci;

/* A card's properties are VirtioProperties. */
extern const PciType virtio_rng_pci_type, virtio_blk_pci_type, virtio_serial_pci_type;

#endif
