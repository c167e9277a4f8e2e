/* SPDX-License-Identifier: MIT */
/* The contract between a device and its board.
 *
 * A device's struct starts with a Device. The board sets what it says of this instance (`type` to
 * `rtc_clock`), then calls device_realize() and maps the region. From there on the DeviceType does
 * the rest: the board resets, polls, describes and saves a device without knowing what it is. */
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

/* A kind of device. All functions but reset() may be NULL; `dev` is the device's own struct. */
typedef struct DeviceType {
    size_t struct_size;

    /* Registers are 32 bits wide, at multiples of 4. A narrower access has the register's low bits
     * at the register's own address, and finds no register at the bytes after it; with byte_lanes
     * each byte of a register is at its own address. Whoever has other needs sets the functions of
     * its region in realize(). */
    uint32_t (*read)(void *dev, uint32_t offset);
    void (*write)(void *dev, uint32_t offset, uint32_t value);
    bool byte_lanes;
    bool memory;       /* the region is memory of its own (read mode: region.direct) */
    uint32_t periphid; /* PeriphID0-3 of a PrimeCell: part number in bits 11:0, designer in 19:12,
                        * revision in 23:20, configuration in 31:24; 0: not a PrimeCell */

    void (*realize)(void *dev); /* once, after the board has set up the Device */
    void (*reset)(void *dev);   /* power-on and system reset alike */
    void (*input)(void *dev, unsigned n, bool level); /* input n changes */
    void (*poll)(void *dev);                          /* takes input that waits outside */
    /* Which outputs are high, or may go high without the guest touching a register, when all of
     * `inputs` may: masks. `more_input`: bytes may still come from outside. NULL: none. */
    uint32_t (*can_raise)(const void *dev, uint32_t inputs, bool more_input);

    const VMField *state; /* the table of util/vmstate.h */
    /* The state has been loaded: makes the rest agree with it (how the region answers, say). Lines
     * are not driven: each listener loads its own inputs. False: no device can be in that state. */
    bool (*loaded)(void *dev);
    /* Folds memory of the device's own into a digest. */
    uint64_t (*digest)(const void *dev, uint64_t digest);

    /* The node in the device tree: name and "compatible", a list ended by NULL. */
    const char *node;
    const char *const *compatible;
    /* "clock-names", ended by NULL: "apb_pclk" is the bus's clock, the others are the device's. */
    const char *const *clock_names;
    void (*fdt)(const void *dev, Fdt *fdt); /* appends further properties */
    bool interrupt_controller;
    bool serial; /* a serial port: takes the next Chardev, and an alias */
} DeviceType;

#define DEVICE_LIST(...)                                                                           \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

typedef struct Device {
    const DeviceType *type;
    const char *name;        /* of this instance, in logs and messages */
    BusRegion region;        /* the board sets base, and size if it is not one page */
    Irq out[DEVICE_OUTPUTS]; /* what its outputs drive, the interrupt first */
    Bus *bus;                /* for memory and devices that have some */
    Clock *clock;
    uint32_t hz;  /* of its clock input */
    Chardev *chr; /* of a serial port; NULL: nothing attached */
    /* A real-time clock shows rtc_seconds (since 1970) + what rtc_clock has counted, in ms; NULL:
     * virtual time. */
    int64_t rtc_seconds;
    int64_t (*rtc_clock)(void);

    bool has_output; /* it has sent something since power-on, whether anything is attached or not */
} Device;

/* Makes a device ready, not yet reset: its region can be mapped. False: the bus has no memory left
 * for it. */
bool device_realize(Device *d);

/* The line into input n of a device. */
Irq device_input(Device *d, unsigned n);

/* For read() and write() at an offset where the device has no register: the identification
 * registers of a PrimeCell; otherwise logged under `-d guest_errors`, and a read gives 0. */
uint32_t device_default_read(const Device *d, uint32_t offset);
void device_default_write(const Device *d, uint32_t offset, uint32_t value);

#endif
