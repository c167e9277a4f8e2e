/* SPDX-License-Identifier: MIT */
/* What is common to all virtio devices (Virtual I/O Device specification 1.1): features, status,
 * configuration space, and split virtqueues. A transport (virtio_pci.c) gives a guest access to it;
 * a device on top (virtio_rng.c, ...) handles requests.
 *
 * A device serves both kinds of drivers: those of version 1, and legacy ones (transitional device).
 * What a driver must not do (a ring outside of RAM, a chain without an end, a buffer of 0 bytes)
 * makes the device stop, "broken", until the driver resets it (2.1.2). */
#ifndef VIRTIO_VIRTIO_H
#define VIRTIO_VIRTIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block/block.h"
#include "bus/bus.h"
#include "bus/chardev.h"
#include "util/timer.h"
#include "util/vmstate.h"

#define VIRTQUEUE_MAX_SIZE 1024u /* descriptors of a queue, and segments of a request */
#define VIRTIO_MAX_PORTS   511u  /* of a serial device */

/* Bits of the device status field (2.1). */
enum {
    VIRTIO_ACKNOWLEDGE = 1,
    VIRTIO_DRIVER = 2,
    VIRTIO_DRIVER_OK = 4,
    VIRTIO_FEATURES_OK = 8,
    VIRTIO_NEEDS_RESET = 64,
};

/* Features of all devices (6), as bits. */
#define VIRTIO_NOTIFY_ON_EMPTY UINT64_C(0x0001000000) /* legacy */
#define VIRTIO_ANY_LAYOUT      UINT64_C(0x0008000000) /* legacy */
#define VIRTIO_INDIRECT_DESC   UINT64_C(0x0010000000)
#define VIRTIO_EVENT_IDX       UINT64_C(0x0020000000)
#define VIRTIO_BAD_FEATURE     UINT64_C(0x0040000000) /* legacy: 1 for drivers that take them all */
#define VIRTIO_VERSION_1       UINT64_C(0x0100000000)

/* Bits of the interrupt status. */
enum { VIRTIO_ISR_QUEUE = 1, VIRTIO_ISR_CONFIG = 2 };

typedef struct VirtioDevice VirtioDevice;

/* A split virtqueue (2.6). */
typedef struct Virtqueue {
    uint16_t max;            /* its largest size */
    uint16_t size;           /* descriptors, as the driver chose */
    uint8_t enabled;         /* the driver has set up the addresses */
    uint64_t desc;           /* guest addresses of its parts */
    uint64_t avail;          /* (driver area) */
    uint64_t used;           /* (device area) */
    uint16_t last_avail;     /* the entry of the available ring to take next */
    uint16_t used_idx;       /* the entry of the used ring to fill next */
    uint16_t signalled_used; /* used_idx at the last interrupt */
    uint8_t signalled_valid; /* there has been one */
} Virtqueue;

/* A piece of guest memory. */
typedef struct VirtioSegment {
    uint64_t addr;
    uint32_t len;
} VirtioSegment;

/* A request: a chain of descriptors. Its segments are RAM. */
typedef struct VirtioRequest {
    uint16_t head;
    unsigned out_count, in_count; /* segments to read from; then those to write to */
    uint64_t out_size, in_size;   /* bytes of each */
    VirtioSegment segments[VIRTQUEUE_MAX_SIZE];
} VirtioRequest;

/* A port of a serial device. */
typedef struct VirtioPort {
    uint32_t nr;      /* less than max_ports */
    bool console;     /* virtconsole; else virtserialport */
    const char *name; /* NULL: none */
    Chardev *chr;     /* NULL: nothing is attached */
    bool has_output;  /* the guest has written to it */
    struct VirtioPort *next;
} VirtioPort;

/* The port of that number; NULL: there is none. */
static inline VirtioPort *virtio_port(VirtioPort *list, uint32_t nr)
{
    while (list && list->nr != nr) {
        list = list->next;
    }
    return list;
}

/* What the user can choose of a device. Each kind reads what concerns it; 0 is the default. */
typedef struct VirtioProperties {
    bool disable_legacy, disable_modern; /* of virtio over PCI */
    /* Random number generator: where the bytes come from, and how many of them it gives in
     * `period` ms; 0: any number. */
    bool (*random)(void *opaque, uint8_t *bytes, size_t n);
    void *random_opaque;
    uint64_t max_bytes, period;
    const char *serial; /* of a disk, at most 20 bytes; NULL: none */
    bool
        write_through; /* a disk's writes are flushed at once, until the driver chooses otherwise */
    uint64_t max_ports; /* of a serial device, 1 to VIRTIO_MAX_PORTS; its ports */
    VirtioPort *ports;
} VirtioProperties;

/* What a device is made of. */
typedef struct VirtioCard {
    const char *name; /* for logs */
    Bus *memory;
    Clock *clock;
    Block *block;
    const VirtioProperties *properties;
} VirtioCard;

/* A kind of device. All functions but queue() may be NULL. */
typedef struct VirtioType {
    size_t struct_size;                     /* of a device, which starts with a VirtioDevice */
    uint16_t id;                            /* virtio device ID (5) */
    unsigned queues;                        /* a serial device has two more for each port */
    uint16_t (*queue_size)(unsigned queue); /* the largest */
    unsigned config_size;                   /* bytes of its configuration space */

    /* Once: sets config[] and own_features from the card. False after an error_report(). */
    bool (*realize)(VirtioDevice *d);
    void (*reset)(VirtioDevice *d);
    void (*queue)(VirtioDevice *d, unsigned queue); /* the driver has notified the queue */
    /* The driver has written to config[], which was `before`: takes back what it must not write. */
    void (*config_written)(VirtioDevice *d, const uint8_t *before);
    void (*ready)(VirtioDevice *d); /* the driver has set DRIVER_OK */
    void (*poll)(VirtioDevice *d);  /* takes waiting input */
    bool (*can_raise)(const VirtioDevice *d, bool more_input);
    const VMField *state; /* NULL: none of its own */
    bool (*loaded)(VirtioDevice *d);
} VirtioType;

#define VIRTIO_CONFIG_MAX 64

/* What a device does at once, in bytes, before the guest goes on: see virtio_work(). */
#define VIRTIO_SHARE (UINT64_C(16) << 20)

struct VirtioDevice {
    const VirtioType *type;
    VirtioCard card;
    uint64_t own_features; /* those of its kind that it offers */
    /* The transport's: whether the device may access memory, and what to do when isr changes. */
    bool (*may_access)(void *opaque);
    void (*update_irq)(void *opaque);
    void *opaque;

    uint64_t features; /* what the driver has accepted */
    uint8_t status;
    uint8_t isr;
    uint8_t broken;
    uint8_t config[VIRTIO_CONFIG_MAX];
    unsigned queue_count;
    Virtqueue *queues;
    VirtioRequest request;
    Timer resume;  /* pending: no queue gives a request until then */
    uint64_t work; /* bytes of the present share */
};

/* Makes a device. NULL after an error_report(). */
VirtioDevice *virtio_new(const VirtioType *type, const VirtioCard *card);
void virtio_free(VirtioDevice *d);

void virtio_reset(VirtioDevice *d);

/* All features that the device offers, to drivers of version 1 or to legacy ones. */
uint64_t virtio_host_features(const VirtioDevice *d, bool legacy);
/* The driver sets the status; 0 is a reset. */
void virtio_set_status(VirtioDevice *d, uint8_t status);
/* An access to configuration space, of 1, 2 or 4 bytes; past its end a read gives all ones. */
uint32_t virtio_config_read(const VirtioDevice *d, unsigned offset, unsigned size);
void virtio_config_write(VirtioDevice *d, unsigned offset, uint32_t value, unsigned size);
/* The driver notifies a queue. */
void virtio_notify(VirtioDevice *d, unsigned queue);

/* The device does `n` bytes of work for the driver. After a share all queues wait for a millisecond
 * of the guest's time, so that none stops it for long. */
void virtio_work(VirtioDevice *d, uint64_t n);

/* The device's configuration has changed, or a used ring: interrupts the driver. */
void virtio_config_changed(VirtioDevice *d);
void virtio_queue_changed(VirtioDevice *d);
/* Stops the device, after something that the driver must not do: `what`, for the log. */
void virtio_break(VirtioDevice *d, const char *what);

/* -- Queues (virtqueue.c) -- */

/* Takes the next request off a queue into d->request. False: there is none, the device has become
 * broken, or it has done its share. */
bool virtqueue_pop(VirtioDevice *d, unsigned queue);
/* Gives d->request back, with `written` bytes written to it; virtqueue_interrupt() then tells the
 * driver, if it wants to know. */
void virtqueue_push(VirtioDevice *d, unsigned queue, uint32_t written);
void virtqueue_interrupt(VirtioDevice *d, unsigned queue);
/* Whether the queue has a request. */
bool virtqueue_has_request(VirtioDevice *d, unsigned queue);

/* Copies n bytes out of the request's readable segments from `offset`, or into its writable ones.
 * Returns how many of them there were. */
size_t virtio_read(VirtioDevice *d, uint64_t offset, void *bytes, size_t n);
size_t virtio_write(VirtioDevice *d, uint64_t offset, const void *bytes, size_t n);

/* -- Saved state -- */

uint64_t virtio_digest(const VirtioDevice *d, uint64_t digest);
void virtio_save(const VirtioDevice *d, VMWriter *w);
bool virtio_load(VirtioDevice *d, VMReader *r);

/* -- Devices -- */

extern const VirtioType virtio_rng_type, virtio_blk_type, virtio_serial_type;

#endif
