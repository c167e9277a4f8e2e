/* SPDX-License-Identifier: MIT */
/* A PCI bus and the contract of a device on it (PCI Local Bus Specification 3.0).
 *
 * A device's struct starts with a PciDevice. Its PciType says what is in its configuration space
 * and which address ranges (BARs) it has. The bus handles configuration space, finds the device of
 * an access to I/O or memory space, and joins the interrupt lines; a host bridge, which is a Device
 * of the board, gives the CPU windows on these spaces. */
#ifndef PCI_PCI_H
#define PCI_PCI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block/block.h"
#include "bus/bus.h"
#include "util/timer.h"
#include "util/vmstate.h"

#define PCI_SLOTS 32u
#define PCI_PINS  4u
#define PCI_BARS  6u

/* Registers of configuration space. */
enum {
    PCI_VENDOR_ID = 0x00,
    PCI_DEVICE_ID = 0x02,
    PCI_COMMAND = 0x04,
    PCI_STATUS = 0x06,
    PCI_REVISION = 0x08,
    PCI_CLASS_PROG = 0x09, /* 3 bytes: programming interface, subclass, class */
    PCI_CACHE_LINE_SIZE = 0x0c,
    PCI_LATENCY_TIMER = 0x0d,
    PCI_HEADER_TYPE = 0x0e,
    PCI_BAR = 0x10,
    PCI_SUBSYSTEM_VENDOR_ID = 0x2c,
    PCI_SUBSYSTEM_ID = 0x2e,
    PCI_CAPABILITIES = 0x34,
    PCI_INTERRUPT_LINE = 0x3c,
    PCI_INTERRUPT_PIN = 0x3d,
    PCI_MIN_GNT = 0x3e,
    PCI_MAX_LAT = 0x3f,
    PCI_CONFIG_SIZE = 0x100,
};

/* Bits of PCI_COMMAND and PCI_STATUS. */
enum {
    PCI_COMMAND_IO = 1 << 0,
    PCI_COMMAND_MEMORY = 1 << 1,
    PCI_COMMAND_MASTER = 1 << 2,
    PCI_COMMAND_SERR = 1 << 8,
    PCI_COMMAND_INTX_DISABLE = 1 << 10,
    PCI_STATUS_INTERRUPT = 1 << 3,
    PCI_STATUS_CAPABILITIES = 1 << 4,
};

typedef enum PciSpace { PCI_MEMORY, PCI_IO } PciSpace;

typedef struct PciBar {
    uint32_t size; /* bytes, a power of two; 0: there is no such BAR */
    PciSpace space;
    bool prefetchable;
    bool wide; /* 64 bits: takes the next BAR, too; addresses stay below 4 GiB */
} PciBar;

/* A kind of device. All functions but reset() may be NULL; `dev` is the device's own struct. */
typedef struct PciType {
    const char *name; /* of -device */
    size_t struct_size;
    uint16_t vendor, device;
    uint32_t class_code; /* 24 bits: class, subclass, programming interface */
    uint8_t revision;
    uint16_t status; /* PCI_STATUS, without the bits of capabilities and the interrupt */
    uint16_t subsystem_vendor, subsystem;
    bool interrupt; /* it drives INTA */
    PciBar bars[PCI_BARS];

    /* An access of 1, 2 or 4 bytes to a BAR; `offset` is aligned to `size`. */
    uint32_t (*read)(void *dev, unsigned bar, uint32_t offset, unsigned size);
    void (*write)(void *dev, unsigned bar, uint32_t offset, uint32_t value, unsigned size);
    /* Before a read of configuration space, and after a write: for a capability that acts. */
    void (*config_read)(void *dev, unsigned reg, unsigned size);
    void (*config_written)(void *dev, unsigned reg, unsigned size);

    /* Once, when configuration space is set up: adds capabilities. False after an error_report().
     */
    bool (*realize)(void *dev);
    void (*free)(void *dev); /* what realize() has allocated; may be called without it */
    void (*reset)(void *dev);
    void (*poll)(void *dev); /* takes waiting input */
    /* Whether it may raise its line without an access by the guest. */
    bool (*can_raise)(const void *dev, bool more_input);

    const void *class_data; /* of types that share functions */

    /* The state beside configuration space, which the bus saves: a table, or NULL; and what no
     * table describes. */
    const VMField *state;
    uint64_t (*digest)(const void *dev, uint64_t digest);
    void (*save)(const void *dev, VMWriter *w);
    bool (*load)(void *dev, VMReader *r);
    /* Called once the state is loaded. False: the state is invalid. */
    bool (*loaded)(void *dev);
} PciType;

typedef struct PciBus PciBus;

typedef struct PciDevice {
    const PciType *type;
    const char *name; /* of this instance, for logs and messages */
    PciBus *bus;
    uint8_t slot;
    uint8_t config[PCI_CONFIG_SIZE];
    uint8_t initial[PCI_CONFIG_SIZE]; /* after a reset */
    uint8_t mask[PCI_CONFIG_SIZE];    /* the bits that a guest can write */
    uint8_t next_capability;          /* where realize() may put the next one */
    uint8_t level;                    /* what it drives INTA to */
    bool made;                        /* by pci_add() */
    Clock *clock;
    Block *block;           /* of a disk; NULL: none */
    const void *properties; /* of -device, as the type defines them; NULL: none */
} PciDevice;

/* A device to be made and plugged. */
typedef struct PciCard {
    const PciType *type;
    const char *name; /* of -device id=, or NULL: the type's */
    int slot;         /* -1: the first free one */
    Block *block;
    const void *properties;
} PciCard;

struct PciBus {
    PciDevice *devices[PCI_SLOTS]; /* by slot; function 0 alone */
    unsigned first;                /* the first slot for a device that names none */
    Bus *memory;                   /* what devices read and write as bus masters */
    /* The host bridge's input for a slot's INTA, 0 to 3, and its line. */
    unsigned (*map_irq)(void *opaque, unsigned slot);
    void (*set_irq)(void *opaque, unsigned input, bool level);
    void *opaque;
};

/* Puts a device on the bus, in `slot` or, if that is negative, in the first free one. The caller
 * has set `type`, `name`, `clock` and what is attached. False after an error_report(): the slot is
 * taken, there is none, or realize() failed. */
bool pci_plug(PciBus *bus, PciDevice *d, int slot);

/* Makes and plugs a device, which pci_free() frees. */
bool pci_add(PciBus *bus, const PciCard *card, Clock *clock);
/* Frees all devices that pci_add() has made. Their timers may still be armed: the clock must not
 * run any more, unless pci_reset() came first. */
void pci_free(PciBus *bus);

/* Resets all devices; their configuration spaces have the initial values. */
void pci_reset(PciBus *bus);
/* Lets all devices take waiting input. */
void pci_poll(PciBus *bus);
/* The host bridge's inputs, as a mask, that are high or may rise without an access by the guest. */
uint32_t pci_can_raise(const PciBus *bus, bool more_input);

/* The state of all devices. pci_load() returns false if it is invalid, and drives no lines. */
uint64_t pci_digest(const PciBus *bus, uint64_t digest);
void pci_save(const PciBus *bus, VMWriter *w);
bool pci_load(PciBus *bus, VMReader *r);

/* An access of 1, 2 or 4 bytes, aligned, to configuration space. `devfn` is slot * 8 + function.
 * Where there is no device, a read gives all ones. */
uint32_t pci_config_read(const PciBus *bus, unsigned devfn, unsigned reg, unsigned size);
void pci_config_write(PciBus *bus, unsigned devfn, unsigned reg, uint32_t value, unsigned size);

/* An access of 1, 2 or 4 bytes, aligned, to I/O or memory space. False: no device has that address,
 * or it may not answer; a read then leaves *value. */
bool pci_read(const PciBus *bus, PciSpace space, uint32_t addr, unsigned size, uint32_t *value);
bool pci_write(const PciBus *bus, PciSpace space, uint32_t addr, uint32_t value, unsigned size);

/* Drives INTA. */
void pci_set_irq(PciDevice *d, bool level);
/* Computes the host bridge's lines again, after a change of map_irq() or a loaded state. */
void pci_update_irqs(PciBus *bus);

/* Adds a capability of `size` bytes, its first two included, at `at`, or if that is 0 at the next
 * free place. Returns where it is. */
unsigned pci_add_capability(PciDevice *d, uint8_t id, unsigned at, unsigned size);

/* Whether the guest has made the device a bus master: it may access memory. */
bool pci_is_master(const PciDevice *d);
/* Reads or writes guest memory as a bus master. False: a part is not RAM, or the guest has not made
 * the device a bus master; some bytes may have been transferred. */
bool pci_dma_read(PciDevice *d, uint64_t addr, void *bytes, size_t n);
bool pci_dma_write(PciDevice *d, uint64_t addr, const void *bytes, size_t n);

#endif
