/* SPDX-License-Identifier: MIT */
/* A machine, made from a table: its MachineType has rows of devices, unimplemented hardware,
 * clocks, and the memory. This is the interface for run.c and boot/. */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"
#include "bus/fdt.h"
#include "machine/drive.h"
#include "pci/pci.h"

#define MACHINE_MAX_SERIAL  4
#define MACHINE_MAX_DEVICES 24
#define MACHINE_MAX_WIRES   3 /* per row */

typedef struct ARMCPU ARMCPU;
typedef struct ARMCPUOptions ARMCPUOptions;

/* Connects the next `count` outputs of the row's device to inputs, from `input` on, of the device
 * called `to`, which has a later row; or of "cpu" (inputs: cpu/cpu.h) or "reset" (requests a system
 * reset). */
typedef struct MachineWire {
    const char *to;
    unsigned input, count;
} MachineWire;

/* clang-format off */
#define WIRE(to, input)         { to, input, 1 }
#define WIRES(to, input, count) { to, input, count }
/* clang-format on */

/* A device. They are made, reset, digested and saved in the order of the rows. The nth serial port
 * gets the nth Chardev and the alias serial<n>; the nth device of a drive interface gets the medium
 * of drive n. */
typedef struct MachineDevice {
    const DeviceType *type; /* NULL ends the table */
    const char *name;       /* of this instance: "uart0" */
    hwaddr base;
    MachineWire out[MACHINE_MAX_WIRES]; /* the interrupt first */
    unsigned clock;                     /* its clock: an index into MachineType.clocks */
    hwaddr size;                        /* bytes; 0: one page */
    const DeviceWindow *windows;        /* for its further regions */
} MachineDevice;

/* A clock of the device tree. */
typedef struct MachineClock {
    const char *node; /* NULL ends the table */
    uint32_t hz;
} MachineClock;

/* Unimplemented hardware of the board: accesses are logged under `-d unimp`, reads return 0. */
typedef struct MachineWindow {
    const char *name; /* NULL ends the table */
    hwaddr base, size;
} MachineWindow;

/* A kind of board. */
typedef struct MachineType {
    const char *name;        /* of -M */
    const char *description; /* one line for `-M help` */
    const char *default_cpu; /* of -cpu */
    uint64_t ram_default;    /* bytes, of -m */
    uint64_t ram_max;        /* bytes */
    uint64_t ram_base;
    uint64_t flash_base, flash_size; /* for -bios; size 0: no flash */
    uint32_t linux_id;               /* the board's number, in r1 when Linux starts */
    unsigned serial_count;           /* number of serial ports */
    DriveInterface default_drive;    /* of -drive without if= */
    const MachineDevice *devices;
    const MachineWindow *unimplemented;
    const MachineClock *clocks;    /* the first is the bus's: every "apb_pclk" */
    const char *model;             /* of the device tree's root */
    const char *const *compatible; /* the same, ended by NULL */
} MachineType;

/* All kinds of board, ended by NULL; the first is the default. boards.c has nothing else, so that a
 * test program can replace it. */
extern const MachineType *const machine_types[];

/* The type of that name, or NULL. */
const MachineType *machine_find(const char *name);

/* How to make a machine. Pointers, except `cpu`, must outlive it. */
typedef struct MachineConfig {
    uint64_t ram_size;        /* bytes: whole MiB, 1 MiB to the type's ram_max */
    const ARMCPUOptions *cpu; /* NULL, or its model NULL: the type's default */
    Clock *clock;
    Chardev *serial[MACHINE_MAX_SERIAL]; /* NULL: nothing is attached to that port */
    MachineDrives *drives;               /* NULL: none */
    const PciCard *cards;                /* PCI devices */
    unsigned card_count;
    int64_t rtc_seconds; /* see Device */
    int64_t (*rtc_clock)(void);
    /* The guest requests a reset; run.c calls machine_reset() between two slices. */
    void (*reset_requested)(void *opaque);
    void *opaque;
} MachineConfig;

/* A machine. */
typedef struct Machine {
    const MachineType *type;
    Bus bus;
    ARMCPU *cpu;
    uint64_t ram_size;
    uint8_t *ram;
    BusRegion ram_region;
    BusRegion *windows;                   /* those of type->unimplemented */
    Device *devices[MACHINE_MAX_DEVICES]; /* those of type->devices */
    unsigned device_count;
    PciBus *pci; /* NULL: the board has none */
    void (*reset_requested)(void *opaque);
    void *opaque;
} Machine;

/* Makes a machine, which must be reset before it runs. NULL after an error_report(): no memory, or
 * a medium that does not fit its device. Marks the drives that its devices use. */
Machine *machine_new(const MachineType *type, const MachineConfig *config);
void machine_free(Machine *m);

/* Resets every device and the CPU; RAM, flash and the time stay. */
void machine_reset(Machine *m);

/* Lets every device take waiting input. */
void machine_poll(Machine *m);

/* After ARM_RUN_IDLE: whether anything can still wake the CPU, a running timer or a serial port.
 * `more_input` is false when no byte of input can ever come. */
bool machine_can_wake(const Machine *m, bool more_input);

/* Whether the guest has ever sent a character on a serial port, even if nothing is attached. */
bool machine_has_output(const Machine *m);

/* For machine/: the index of the device's row of that name; device_count for "cpu" and "reset". */
unsigned machine_find_row(const Machine *m, const char *name);

/* machine_fdt.c: appends the machine's properties and nodes to the open root of a device tree,
 * except those that a boot loader adds (memory, most of /chosen). */
void machine_fdt(const Machine *m, Fdt *fdt);

/* A digest of CPU, RAM and every device, equal for machines in the same state. */
uint64_t machine_digest(Machine *m);

/* The same for the size of RAM instead of what is in it: quick, for machines that have not run. */
uint64_t machine_digest_devices(Machine *m);

/* Saves CPU, every device and, if w->memory is there, memory, between two slices. The caller saves
 * virtual time, and sets it again after machine_load() (timebase_set()). */
void machine_save(Machine *m, VMWriter *w);
/* Loads that state, with which the bytes end, into a machine of the same type and size, which may
 * have run. Memory is unpacked as it is used: what r->memory was must stay where it is. False: the
 * bytes are no such state; memory is as it was, the machine must be reset. */
bool machine_load(Machine *m, VMReader *r);

#endif
