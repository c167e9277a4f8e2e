/* SPDX-License-Identifier: MIT */
/* The face of a board to main.c and the image loader: what there is to choose from (-M), and what
 * can be done with the one chosen. */
#ifndef MACHINE_MACHINE_H
#define MACHINE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "cpu/cpu.h"
#include "bus/fdt.h"
#include "bus/chardev.h"
#include "util/timer.h"

#define MACHINE_MAX_SERIAL  4
#define MACHINE_MAX_DEVICES 24

typedef struct Machine Machine;

/* How to make a machine. Pointers must outlive it. */
typedef struct MachineConfig {
    uint64_t ram_size; /* bytes: whole MiB, 1 MiB to the type's ram_max */
    ARMCPUOptions cpu; /* model NULL: the type's default */
    Clock *clock;
    Chardev *serial[MACHINE_MAX_SERIAL]; /* NULL: nothing on the other end of that port */
    /* The real-time clock shows rtc_seconds (since 1970) + what rtc_clock has counted, in ms; NULL:
     * virtual time. */
    int64_t rtc_seconds;
    int64_t (*rtc_clock)(void);
    /* The guest asks for a reset; main.c calls the type's reset() between two slices. */
    void (*reset_requested)(void *opaque);
    void *opaque;
} MachineConfig;

/* A kind of board. */
typedef struct MachineType {
    const char *name;        /* of -M */
    const char *description; /* one line for `-M help` */
    const char *default_cpu; /* of -cpu */
    uint64_t ram_default;    /* bytes, of -m */
    uint64_t ram_max;        /* bytes */
    const char *compatible;  /* first of the root's in a device tree for this board */
    uint32_t linux_id;       /* r1 at a Linux kernel's start */
    uint64_t ram_base;
    uint64_t flash_base, flash_size; /* size 0: none */
    unsigned serial_count;           /* ports that -serial can name */
    /* Powers a machine on, not yet reset. NULL after an error_report(): no memory. */
    Machine *(*create)(const MachineConfig *config);
    void (*destroy)(Machine *m);
    /* Every device and the CPU to their reset state; RAM, flash, and the clock's time stay. */
    void (*reset)(Machine *m);
    /* Lets every serial port take input that waits for it. */
    void (*poll)(Machine *m);
    /* After ARM_RUN_IDLE: whether anything can still wake the CPU: a timer that runs, or a serial
     * port; `more_input` is false when no byte can ever come from outside any more. */
    bool (*can_wake)(const Machine *m, bool more_input);
    /* Whether the guest has ever sent a character on a serial port, attached to anything or not. */
    bool (*has_output)(const Machine *m);
    /* Folds memory that keeps its contents without power into a digest. */
    uint64_t (*digest_memory)(const Machine *m, uint64_t digest);
    /* Appends the properties and nodes of this machine to the open root of a device tree: all but
     * what a boot loader knows (memory, most of /chosen). */
    void (*fdt)(const Machine *m, Fdt *fdt);
} MachineType;

typedef struct MachineDevice {
    const DeviceOps *ops;
    void *dev;
} MachineDevice;

/* A machine that exists; a board's own struct starts with it. */
struct Machine {
    const MachineType *type;
    Bus bus;
    ARMCPU *cpu;
    Clock *clock;
    uint64_t ram_size;
    uint8_t *ram;
    MachineDevice devices[MACHINE_MAX_DEVICES];
    unsigned device_count;
};

/* The kinds of board there are, ended by NULL; the first is the default. */
extern const MachineType *const machine_types[];

/* The type of that name, or NULL. */
const MachineType *machine_find(const char *name);

/* Adds a device to the machine's list, so that it is reset, digested and described. */
void machine_add_device(Machine *m, const DeviceOps *ops, void *dev);

/* Resets every device on the list, in order. */
void machine_reset_devices(Machine *m);

/* A digest of the CPU, RAM and every device: equal for two machines in the same state. */
uint64_t machine_digest(Machine *m);

/* Saves the CPU, RAM and every device, between two slices. Virtual time is the caller's to save;
 * after machine_load() it is set again (timebase_set()). */
void machine_save(Machine *m, VMWriter *w);
/* Loads that into a machine of the same kind and size, which may have run before. False: it is no
 * such state, and the machine must be reset. */
bool machine_load(Machine *m, VMReader *r);

#endif
