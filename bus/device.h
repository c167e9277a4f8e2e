/* SPDX-License-Identifier: MIT */
/* The contract between a device and its board.
 *
 * A device's struct starts with a Device. The board fills in its instance data (`type` to
 * `rtc_clock`), calls device_realize() and maps the region. Everything else goes through the
 * DeviceType: the board resets, polls, describes and saves a device without knowing what it is. */
#ifndef BUS_DEVICE_H
#define BUS_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/chardev.h"
#include "bus/irq.h"
#include "util/timer.h"
#include "util/vmstate.h"

#define DEVICE_OUTPUTS 12

typedef struct Fdt Fdt;
typedef struct PciBus PciBus;
typedef struct Block Block; /* block/block.h */

/* What a drive is attached to: -drive if=, in the order of its words there. */
typedef enum DriveInterface {
    DRIVE_NONE, /* a -device names it */
    DRIVE_IDE,
    DRIVE_SCSI,
    DRIVE_FLOPPY,
    DRIVE_PFLASH,
    DRIVE_MTD,
    DRIVE_SD,
    DRIVE_VIRTIO,
    DRIVE_XEN,
    DRIVE_DEFAULT, /* not given: the board's */
} DriveInterface;

/* A kind of device. All functions but reset() may be NULL; `dev` is the device's own struct. */
typedef struct DeviceType {
    size_t struct_size;

    /* Registers have 32 bits, at multiples of 4. A narrower access at a register's address gets its
     * low bits, and there is no register at the three bytes after it; with byte_lanes they are the
     * register's other bytes. A device with other needs sets the functions of its region in
     * realize().
     */
    uint32_t (*read)(void *dev, uint32_t offset);
    void (*write)(void *dev, uint32_t offset, uint32_t value);
    bool byte_lanes;
    bool memory;       /* the region is memory of the device (read mode: region.direct) */
    uint32_t periphid; /* PeriphID0-3 of a PrimeCell: part number in bits 11:0, designer in 19:12,
                        * revision in 23:20, configuration in 31:24; 0: not a PrimeCell */

    /* Once, after the board has set up the Device. False after an error_report(). */
    bool (*realize)(void *dev);
    void (*free)(void *dev);  /* what realize() has allocated; may be called without it */
    void (*reset)(void *dev); /* power-on and system reset alike */
    void (*input)(void *dev, unsigned n, bool level); /* input n changes */
    void (*poll)(void *dev);                          /* takes waiting input */
    /* A mask of the outputs that are high, or may rise without an access by the guest if the inputs
     * in the mask `inputs` may. `more_input`: bytes of input may still come. NULL: none. */
    uint32_t (*can_raise)(const void *dev, uint32_t inputs, bool more_input);

    const VMField *state; /* the table of util/vmstate.h */
    /* Called once the state is loaded: derives the rest from it (region.direct, say), but drives no
     * lines, as each listener loads its own inputs. False: the state is invalid. */
    bool (*loaded)(void *dev);
    /* State that no table describes: folds it into a digest, saves it, and loads it before loaded()
     * is called. */
    uint64_t (*digest)(void *dev, uint64_t digest);
    void (*save)(const void *dev, VMWriter *w);
    bool (*load)(void *dev, VMReader *r);

    /* The device tree node: its name, and "compatible", ended by NULL. */
    const char *node;
    const char *const *compatible;
    /* "clock-names", ended by NULL: "apb_pclk" is the bus's clock, the others are the device's. */
    const char *const *clock_names;
    void (*fdt)(const void *dev, Fdt *fdt); /* appends further properties */
    bool interrupt_controller;
    const uint32_t
        *reg_windows; /* the first windows' sizes in "reg", after the region; ends by 0 */
    /* A PCI host bridge: its bus. Its first four outputs are the bus's interrupts. */
    PciBus *(*pci_bus)(void *dev);
    bool serial;          /* a serial port: gets the next Chardev, and an alias */
    DriveInterface drive; /* gets the next drive of this interface; DRIVE_NONE: none */
} DeviceType;

#define DEVICE_LIST(...)                                                                           \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

/* A range of addresses. */
typedef struct DeviceWindow {
    hwaddr base, size;
} DeviceWindow;

typedef struct Device {
    const DeviceType *type;
    const char *name;            /* of this instance, for logs and messages */
    BusRegion region;            /* the board sets base, and size unless it is one page */
    const DeviceWindow *windows; /* where the board puts its further regions, */
    BusRegion *more;             /* which realize() makes */
    unsigned more_count;
    Irq out[DEVICE_OUTPUTS]; /* the lines that its outputs drive, the interrupt first */
    Bus *bus;                /* its bus */
    Clock *clock;
    uint32_t hz;  /* the frequency of its clock input */
    Chardev *chr; /* of a serial port; NULL: nothing is attached */
    Block *block; /* the medium of a device with drives; NULL: none */
    /* A real-time clock shows rtc_seconds (since 1970) + rtc_clock(), which is in ms; NULL: +
     * virtual time. */
    int64_t rtc_seconds;
    int64_t (*rtc_clock)(void);

    bool has_output; /* it has sent a character since power-on */
} Device;

/* Prepares a device: its region can be mapped, and it must be reset. False, after an
 * error_report(), if realize() failed or the host has no memory left for it. */
bool device_realize(Device *d);

/* The line into input n of a device. */
Irq device_input(Device *d, unsigned n);

/* For accesses at an offset without a register: handles the identification registers of a
 * PrimeCell, logs others under `-d guest_errors`. A read returns 0. */
uint32_t device_default_read(const Device *d, uint32_t offset);
void device_default_write(const Device *d, uint32_t offset, uint32_t value);

#endif
