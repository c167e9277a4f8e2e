/* SPDX-License-Identifier: MIT */
/* virtio over PCI (Virtual I/O Device specification 1.1, 4.1): a transitional device with INTA. BAR
 * 0 is the legacy interface in I/O space, BAR 4 that of version 1, which capabilities describe.
 * Their places are as in QEMU. */
#include "virtio/virtio_pci.h"

#include <string.h>

#include "util/log.h"

#define VENDOR_ID         0x1af4
#define VENDOR_CAP        9 /* capability ID */
#define LEGACY_BAR        0
#define MODERN_BAR        4
#define MODERN_SIZE       0x4000u
#define PART_SIZE         0x1000u /* of BAR 4: common, ISR, device, notify */
#define NO_VECTOR         0xffffu /* there is no MSI-X */
#define PAGE_BITS         12      /* of a legacy queue's address */
#define LEGACY_ALIGN      4096u
#define LEGACY_HEADER     20u /* bytes before the device's configuration */
#define NOTIFY_MULTIPLIER 4u

/* Types of the capabilities. */
enum { CAP_COMMON = 1, CAP_NOTIFY, CAP_ISR, CAP_DEVICE, CAP_PCI };

/* The capability for access through configuration space (4.1.4.8), and fields of it. */
#define PCI_CAP_AT 0x84u
enum { CAP_BAR = 4, CAP_OFFSET = 8, CAP_LENGTH = 12, CAP_DATA = 16 };

static const VirtioType *virtio_type(const VirtioPci *s)
{
    return s->pci.type->class_data;
}

static Virtqueue *selected(const VirtioPci *s)
{
    return s->queue_select < s->vdev->queue_count ? &s->vdev->queues[s->queue_select] : NULL;
}

static void update_irq(void *opaque)
{
    VirtioPci *s = opaque;
    pci_set_irq(&s->pci, s->vdev->isr != 0);
}

static bool may_access(void *opaque)
{
    return pci_is_master(&((const VirtioPci *)opaque)->pci);
}

static uint8_t read_isr(VirtioPci *s)
{
    uint8_t isr = s->vdev->isr;
    s->vdev->isr = 0;
    update_irq(s);
    return isr;
}

static void reset_transport(VirtioPci *s)
{
    s->device_feature_select = s->driver_feature_select = 0;
    s->driver_features[0] = s->driver_features[1] = 0;
    s->queue_select = 0;
}

static void set_status(VirtioPci *s, uint8_t status)
{
    virtio_set_status(s->vdev, status);
    if (status == 0) {
        reset_transport(s);
    }
}

/* -- The legacy interface (4.1.4.8 of 0.9.5; 4.1.4.9) -- */

static void set_legacy_queue(Virtqueue *q, uint32_t page)
{
    q->desc = (uint64_t)page << PAGE_BITS;
    q->avail = q->desc + (uint64_t)16 * q->size;
    q->used =
        (q->avail + 4 + (uint64_t)2 * q->size + LEGACY_ALIGN - 1) & ~(uint64_t)(LEGACY_ALIGN - 1);
    q->enabled = page != 0;
}

static uint32_t legacy_read(VirtioPci *s, uint32_t offset, unsigned size)
{
    const Virtqueue *q = selected(s);
    switch (offset) {
    case 0: return (uint32_t)virtio_host_features(s->vdev, true);
    case 4: return (uint32_t)s->vdev->features;
    case 8: return q && q->enabled ? (uint32_t)(q->desc >> PAGE_BITS) : 0;
    case 12: return q ? q->max : 0;
    case 14: return s->queue_select;
    case 18: return s->vdev->status;
    case 19: return read_isr(s);
    default:
        return offset >= LEGACY_HEADER ? virtio_config_read(s->vdev, offset - LEGACY_HEADER, size)
                                       : UINT32_MAX;
    }
}

static void legacy_write(VirtioPci *s, uint32_t offset, uint32_t value, unsigned size)
{
    Virtqueue *q = selected(s);
    switch (offset) {
    case 4:
        s->vdev->features = value & virtio_host_features(s->vdev, true) & ~VIRTIO_BAD_FEATURE;
        break;
    case 8:
        if (value == 0) {
            set_status(s, 0);
        } else if (q) {
            set_legacy_queue(q, value);
        }
        break;
    case 14: s->queue_select = (uint16_t)value; break;
    case 16: virtio_notify(s->vdev, value & 0xffff); break;
    case 18:
        set_status(s, (uint8_t)value);
        /* Linux before 2.6.34 does not make the device a bus master. */
        if ((value & 0xff) == (VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER)) {
            s->pci.config[PCI_COMMAND] |= PCI_COMMAND_MASTER;
        }
        break;
    default:
        if (offset >= LEGACY_HEADER) {
            virtio_config_write(s->vdev, offset - LEGACY_HEADER, value, size);
        }
        break;
    }
}

/* -- Common configuration (4.1.4.3) -- */

/* Which of the queue's addresses is at the offset, from 0x20 on. */
static uint64_t *queue_address(Virtqueue *q, uint32_t offset)
{
    return offset < 0x28 ? &q->desc : offset < 0x30 ? &q->avail : &q->used;
}

static uint32_t common_read(const VirtioPci *s, uint32_t offset)
{
    const VirtioDevice *d = s->vdev;
    Virtqueue *q = selected(s);
    switch (offset) {
    case 0x00: return s->device_feature_select;
    case 0x04: {
        uint64_t features = virtio_host_features(d, false);
        return s->device_feature_select < 2 ? (uint32_t)(features >> 32 * s->device_feature_select)
                                            : 0;
    }
    case 0x08: return s->driver_feature_select;
    case 0x0c:
        return s->driver_feature_select < 2 ? s->driver_features[s->driver_feature_select] : 0;
    case 0x10: return NO_VECTOR; /* config_msix_vector */
    case 0x12: return d->queue_count;
    case 0x14: return d->status;
    case 0x15: return 0; /* config_generation: nothing changes it while the driver reads */
    case 0x16: return s->queue_select;
    case 0x18: return q ? q->size : 0;
    case 0x1a: return NO_VECTOR; /* queue_msix_vector */
    case 0x1c: return q ? q->enabled : 0;
    case 0x1e: return s->queue_select; /* queue_notify_off */
    case 0x20:
    case 0x28:
    case 0x30: return q ? (uint32_t)*queue_address(q, offset) : 0;
    case 0x24:
    case 0x2c:
    case 0x34: return q ? (uint32_t)(*queue_address(q, offset) >> 32) : 0;
    default: return 0;
    }
}

static void set_driver_features(VirtioPci *s, uint32_t value)
{
    if (s->driver_feature_select < 2) {
        uint32_t *words = s->driver_features;
        words[s->driver_feature_select] = value;
        s->vdev->features =
            (words[0] | (uint64_t)words[1] << 32) & virtio_host_features(s->vdev, false);
    }
}

/* A driver that takes a feature that is not offered, or that is not of version 1, does not get
 * FEATURES_OK (2.2.2, 6.1). */
static void set_modern_status(VirtioPci *s, uint8_t status)
{
    uint64_t taken = s->driver_features[0] | (uint64_t)s->driver_features[1] << 32;
    bool good = taken == s->vdev->features && (taken & VIRTIO_VERSION_1) != 0;
    set_status(s, good ? status : (uint8_t)(status & ~VIRTIO_FEATURES_OK));
}

static void set_queue_address(Virtqueue *q, uint32_t offset, uint32_t value)
{
    uint64_t *address = queue_address(q, offset);
    *address = (offset & 4) != 0 ? (*address & UINT32_MAX) | (uint64_t)value << 32
                                 : (*address & ~(uint64_t)UINT32_MAX) | value;
}

static void write_queue(Virtqueue *q, uint32_t offset, uint32_t value)
{
    switch (offset) {
    case 0x18: /* queue_size */
        if (value > 0 && value <= q->max) {
            q->size = (uint16_t)value;
        }
        break;
    case 0x1c: q->enabled |= value == 1; break; /* queue_enable: a reset disables */
    case 0x20:
    case 0x24:
    case 0x28:
    case 0x2c:
    case 0x30:
    case 0x34: set_queue_address(q, offset, value); break;
    default: break;
    }
}

static void common_write(VirtioPci *s, uint32_t offset, uint32_t value)
{
    Virtqueue *q = selected(s);
    switch (offset) {
    case 0x00: s->device_feature_select = value; break;
    case 0x08: s->driver_feature_select = value; break;
    case 0x0c: set_driver_features(s, value); break;
    case 0x14: set_modern_status(s, (uint8_t)value); break;
    case 0x16: s->queue_select = (uint16_t)value; break;
    default:
        if (q) {
            write_queue(q, offset, value);
        }
        break;
    }
}

/* -- BARs -- */

static uint32_t modern_read(VirtioPci *s, uint32_t offset, unsigned size)
{
    uint32_t in_part = offset % PART_SIZE;
    switch (offset / PART_SIZE) {
    case 0: return common_read(s, in_part);
    case 1: return in_part == 0 ? read_isr(s) : 0;
    case 2: return virtio_config_read(s->vdev, in_part, size);
    default: return 0;
    }
}

static void modern_write(VirtioPci *s, uint32_t offset, uint32_t value, unsigned size)
{
    uint32_t in_part = offset % PART_SIZE;
    switch (offset / PART_SIZE) {
    case 0: common_write(s, in_part, value); break;
    case 2: virtio_config_write(s->vdev, in_part, value, size); break;
    case 3: virtio_notify(s->vdev, in_part / NOTIFY_MULTIPLIER); break;
    default: break;
    }
}

static uint32_t bar_read(void *dev, unsigned bar, uint32_t offset, unsigned size)
{
    return bar == LEGACY_BAR ? legacy_read(dev, offset, size) : modern_read(dev, offset, size);
}

static void bar_write(void *dev, unsigned bar, uint32_t offset, uint32_t value, unsigned size)
{
    if (bar == LEGACY_BAR) {
        legacy_write(dev, offset, value & UINT32_MAX >> (32 - 8 * size), size);
    } else {
        modern_write(dev, offset, value & UINT32_MAX >> (32 - 8 * size), size);
    }
}

/* -- Access through configuration space (4.1.4.8) -- */

/* Whether an access to configuration space touches the data field, and the fields before it name
 * something that can be accessed. */
static bool is_window_access(const VirtioPci *s, unsigned reg, unsigned size, uint32_t *offset,
                             uint32_t *length)
{
    const uint8_t *cap = s->pci.config + PCI_CAP_AT;
    bool there = cap[0] == VENDOR_CAP && reg < PCI_CAP_AT + CAP_DATA + 4 &&
                 reg + size > PCI_CAP_AT + CAP_DATA;
    *offset = ld32_p(cap + CAP_OFFSET);
    *length = ld32_p(cap + CAP_LENGTH);
    return there && cap[CAP_BAR] == MODERN_BAR && (*length == 1 || *length == 2 || *length == 4) &&
           *offset % *length == 0 && *offset < MODERN_SIZE;
}

static void config_read(void *dev, unsigned reg, unsigned size)
{
    VirtioPci *s = dev;
    uint32_t offset, length;
    if (is_window_access(s, reg, size, &offset, &length)) {
        stn_p(s->pci.config + PCI_CAP_AT + CAP_DATA, length, modern_read(s, offset, length));
    }
}

static void config_written(void *dev, unsigned reg, unsigned size)
{
    VirtioPci *s = dev;
    uint32_t offset, length;
    if (is_window_access(s, reg, size, &offset, &length)) {
        modern_write(s, offset, ldn_p(s->pci.config + PCI_CAP_AT + CAP_DATA, length), length);
    }
}

/* -- The device -- */

static void add_capability(PciDevice *d, unsigned type, unsigned at, unsigned part, unsigned extra)
{
    unsigned size = CAP_DATA + extra;
    uint8_t *cap = d->config + pci_add_capability(d, VENDOR_CAP, at, size);
    cap[2] = (uint8_t)size;
    cap[3] = (uint8_t)type;
    if (type != CAP_PCI) {
        cap[CAP_BAR] = MODERN_BAR;
        st32_p(cap + CAP_OFFSET, part * PART_SIZE);
        st32_p(cap + CAP_LENGTH, PART_SIZE);
    }
}

static void add_capabilities(PciDevice *d)
{
    add_capability(d, CAP_COMMON, 0x40, 0, 0);
    add_capability(d, CAP_ISR, 0x50, 1, 0);
    add_capability(d, CAP_DEVICE, 0x60, 2, 0);
    add_capability(d, CAP_NOTIFY, 0x70, 3, 4);
    st32_p(d->config + 0x70 + CAP_DATA, NOTIFY_MULTIPLIER);
    add_capability(d, CAP_PCI, PCI_CAP_AT, 0, 4);
    d->mask[PCI_CAP_AT + CAP_BAR] = 0xff;
    memset(d->mask + PCI_CAP_AT + CAP_OFFSET, 0xff, 12);
}

static void remove_bar(PciDevice *d, unsigned bar, unsigned words)
{
    memset(d->config + PCI_BAR + (size_t)4 * bar, 0, 4 * (size_t)words);
    memset(d->mask + PCI_BAR + (size_t)4 * bar, 0, 4 * (size_t)words);
}

static bool realize(void *dev)
{
    VirtioPci *s = dev;
    PciDevice *d = &s->pci;
    static const VirtioProperties defaults;
    const VirtioProperties *p = d->properties ? d->properties : &defaults;
    const VirtioCard card = { d->name, d->bus->memory, d->clock, d->block, p };
    if (p->disable_modern) {
        remove_bar(d, MODERN_BAR, 2);
    } else {
        add_capabilities(d);
    }
    if (p->disable_legacy) {
        remove_bar(d, LEGACY_BAR, 1);
        st16_p(d->config + PCI_DEVICE_ID, 0x1040u + virtio_type(s)->id);
        st16_p(d->config + PCI_SUBSYSTEM_ID, 0x1100);
        d->config[PCI_REVISION] = 1;
    }
    s->vdev = virtio_new(virtio_type(s), &card);
    if (s->vdev) {
        s->vdev->may_access = may_access;
        s->vdev->update_irq = update_irq;
        s->vdev->opaque = s;
    }
    return s->vdev != NULL;
}

static void virtio_pci_free(void *dev)
{
    virtio_free(((VirtioPci *)dev)->vdev);
}

static void reset(void *dev)
{
    VirtioPci *s = dev;
    virtio_reset(s->vdev);
    reset_transport(s);
}

static void poll(void *dev)
{
    const VirtioPci *s = dev;
    if (virtio_type(s)->poll) {
        virtio_type(s)->poll(s->vdev);
    }
}

static bool can_raise(const void *dev, bool more_input)
{
    const VirtioPci *s = dev;
    const VirtioType *type = virtio_type(s);
    return timer_pending(&s->vdev->resume) ||
           (type->can_raise && type->can_raise(s->vdev, more_input));
}

static const VMField state[] = {
    VM_FIELD(VirtioPci, device_feature_select),
    VM_FIELD(VirtioPci, driver_feature_select),
    VM_ARRAY(VirtioPci, driver_features),
    VM_FIELD(VirtioPci, queue_select),
    VM_END,
};

static uint64_t digest(const void *dev, uint64_t value)
{
    return virtio_digest(((const VirtioPci *)dev)->vdev, value);
}

static void save(const void *dev, VMWriter *w)
{
    virtio_save(((const VirtioPci *)dev)->vdev, w);
}

static bool load(void *dev, VMReader *r)
{
    return virtio_load(((VirtioPci *)dev)->vdev, r);
}

/* A type: the IDs of a transitional device, its class, and the size of the legacy BAR. */
#define VIRTIO_PCI_TYPE(type_name, device_type, device_id, virtio_id, class, legacy_size)          \
    {                                                                                              \
        .name = type_name, .struct_size = sizeof(VirtioPci), .vendor = VENDOR_ID,                  \
        .device = device_id, .class_code = class, .subsystem_vendor = VENDOR_ID,                   \
        .subsystem = virtio_id, .interrupt = true,                                                 \
        .bars = { [LEGACY_BAR] = { .size = legacy_size, .space = PCI_IO },                         \
                  [MODERN_BAR] = { .size = MODERN_SIZE, .prefetchable = true, .wide = true } },    \
        .read = bar_read, .write = bar_write, .config_read = config_read,                          \
        .config_written = config_written, .realize = realize, .free = virtio_pci_free,             \
        .reset = reset, .poll = poll, .can_raise = can_raise, .class_data = device_type,           \
        .state = state, .digest = digest, .save = save, .load = load                               \
    }

const PciType virtio_rng_pci_type =
    VIRTIO_PCI_TYPE("virtio-rng-pci", &virtio_rng_type, 0x1005, 4, 0x00ff00, 32);
const PciType virtio_blk_pci_type =
    VIRTIO_PCI_TYPE("virtio-blk-pci", &virtio_blk_type, 0x1001, 2, 0x010000, 128);
const PciType virtio_serial_pci_type =
    VIRTIO_PCI_TYPE("virtio-serial-pci", &virtio_serial_type, 0x1003, 3, 0x078000, 32);
