/* SPDX-License-Identifier: MIT */
/* A machine is made from a table, its MachineType: rows of devices, what is not implemented, clocks
 * and memory. This is what main.c and boot/ know of it. */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"
#include "bus/fdt.h"

#define MACHINE_MAX_SERIAL  4
#define MACHINE_MAX_DEVICES 24
#define MACHINE_MAX_WIRES   2 /* of a row */

typedef struct ARMCPU ARMCPU;
typedef struct ARMCPUOptions ARMCPUOptions;

/* Wires from the next `count` outputs of the row's device to inputs of the device of that name,
 * which has a later row; or to "cpu" (its inputs are in cpu/cpu.h), or "reset" (the guest asks for
 * a system reset). */
typedef struct MachineWire {
    const char *to;
    unsigned input, count;
} MachineWire;

/* clang-format off */
#define WIRE(to, input)         { to, input, 1 }
#define WIRES(to, input, count) { to, input, count }
/* clang-format on */

/* Row by row devices are made, reset, digested and saved. The nth serial port has the nth Chardev
 * and the alias serial<n>. */
typedef struct MachineDevice {
    const DeviceType *type; /* NULL ends the table */
    const char *name;       /* of this instance: "uart0" */
    hwaddr base;
    MachineWire out[MACHINE_MAX_WIRES]; /* the interrupt first; unused ones last */
    unsigned clock;                     /* its clock input: an index of MachineType.clocks */
    hwaddr size;                        /* bytes; 0: one page */
} MachineDevice;

/* A clock of the device tree. */
typedef struct MachineClock {
    const char *node; /* NULL ends the table */
    uint32_t hz;
} MachineClock;

/* Hardware of the real board that is not implemented: accesses are logged under `-d unimp`, reads
 * give 0. */
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
    uint64_t flash_base, flash_size; /* where -bios goes; size 0: there is none */
    uint32_t linux_id;               /* r1 at a Linux kernel's start */
    unsigned serial_count;           /* ports that -serial can name */
    const MachineDevice *devices;
    const MachineWindow *unimplemented;
    const MachineClock *clocks;    /* the first is the bus's, of every "apb_pclk" */
    const char *model;             /* of the device tree's root */
    const char *const *compatible; /* the same, ended by NULL */
} MachineType;

/* The kinds of board there are, ended by NULL; the first is the default. In a file of its own
 * (boards.c), so that a test program can bring its own. */
extern const MachineType *const machine_types[];

/* The type of that name, or NULL. */
const MachineType *machine_find(const char *name);

/* How to make a machine. Pointers must outlive it, but for `cpu`. */
typedef struct MachineConfig {
    uint64_t ram_size;        /* bytes: whole MiB, 1 MiB to the type's ram_max */
    const ARMCPUOptions *cpu; /* NULL, or its model NULL: the type's default */
    Clock *clock;
    Chardev *serial[MACHINE_MAX_SERIAL]; /* NULL: nothing on the other end of that port */
    int64_t rtc_seconds;                 /* see Device */
    int64_t (*rtc_clock)(void);
    /* The guest asks for a reset; main.c calls machine_reset() between two slices. */
    void (*reset_requested)(void *opaque);
    void *opaque;
} MachineConfig;

/* A machine that exists. */
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
    void (*reset_requested)(void *opaque);
    void *opaque;
} Machine;

/* Powers a machine on, not yet reset. NULL after an error_report(): no memory. */
Machine *machine_new(const MachineType *type, const MachineConfig *config);
void machine_free(Machine *m);

/* Every device and the CPU to their reset state; RAM, flash, and the clock's time stay. */
void machine_reset(Machine *m);

/* Lets every device take input that waits for it. */
void machine_poll(Machine *m);

/* After ARM_RUN_IDLE: whether anything can still wake the CPU, a timer that runs or a serial port;
 * `more_input` is false when no byte can ever come from outside any more. */
bool machine_can_wake(const Machine *m, bool more_input);

/* Whether the guest has ever sent a character on a serial port, attached to anything or not. */
bool machine_has_output(const Machine *m);

/* Appends the properties and nodes of this machine to the open root of a device tree: all but what
 * a boot loader knows (memory, most of /chosen). */
void machine_fdt(const Machine *m, Fdt *fdt);

/* A digest of the CPU, RAM and every device: equal for two machines in the same state. */
uint64_t machine_digest(Machine *m);

/* Saves the CPU, RAM and every device, between two slices. Virtual time is the caller's to save;
 * after machine_load() it is set again (timebase_set()). */
void machine_save(Machine *m, VMWriter *w);
/* Loads that into a machine of the same kind and size, which may have run before. False: it is no
 * such state, and the machine must be reset. */
bool machine_load(Machine *m, VMReader *r);

#endif
