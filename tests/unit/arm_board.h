/* SPDX-License-Identifier: MIT */
/* A CPU with 4 MiB of RAM at 0, a page of device registers, and nothing else, for tests of cpu/. */
#ifndef TESTS_UNIT_ARM_BOARD_H
#define TESTS_UNIT_ARM_BOARD_H

#include <assert.h>
#include <stdlib.h>

#include "cpu/cpreg.h"
#include "cpu/model.h"
#include "tests/unit/bus_access.h"
#include "tests/unit/tap.h"

#define BOARD_RAM     0x400000u
#define BOARD_DEVICE  0x10000000u
#define BOARD_NOWHERE 0x20000000u

typedef struct ArmBoard {
    Bus bus;
    BusRegion ram, device;
    ARMCPU *cpu;
    uint32_t device_value;            /* what any register reads as */
    unsigned device_reads;            /* how often one was read */
    void (*device_write)(void *self); /* what a write does, or NULL */
} ArmBoard;

static inline uint32_t board_device_read(void *opaque, uint32_t offset, unsigned size)
{
    ArmBoard *b = opaque;
    (void)offset;
    (void)size;
    b->device_reads++;
    return b->device_value;
}

static inline void board_device_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    ArmBoard *b = opaque;
    (void)offset;
    (void)value;
    (void)size;
    if (b->device_write) {
        b->device_write(b);
    }
}

static inline void board_init_with(ArmBoard *b, const ARMCPUOptions *options)
{
    *b = (ArmBoard){ .device_value = 0 };
    b->ram = (BusRegion){ .name = "ram", .size = BOARD_RAM, .direct = true, .writable = true };
    b->cpu =
        bus_init_arena(&b->bus, ARM_CPU_MEMORY + BOARD_RAM) ? arm_cpu_new(&b->bus, options) : NULL;
    if (!b->cpu) {
        printf("Bail out! no CPU\n");
        exit(1);
    }
    b->ram.host = bus_alloc(&b->bus, BOARD_RAM);
    b->device = (BusRegion){ .name = "device",
                             .base = BOARD_DEVICE,
                             .size = BUS_PAGE_SIZE,
                             .read = board_device_read,
                             .write = board_device_write,
                             .opaque = b };
    bus_map(&b->bus, &b->ram);
    bus_map(&b->bus, &b->device);
    arm_cpu_reset(b->cpu);
}

static inline void board_init(ArmBoard *b)
{
    ARMCPUOptions options = { .model = "arm926" };
    board_init_with(b, &options);
}

static inline void board_free(ArmBoard *b)
{
    arm_cpu_free(b->cpu);
    bus_free(&b->bus);
}

static inline void board_word(ArmBoard *b, uint32_t at, uint32_t value)
{
    bus_write(&b->bus, at, value, 4);
}

/* Puts a program into RAM. */
static inline void board_code(ArmBoard *b, uint32_t at, const uint32_t *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        board_word(b, at + 4 * i, words[i]);
    }
}

/* A register of coprocessor 15 as its helpers name it; it must exist. */
static inline uint32_t board_cp15(const ArmBoard *b, uint32_t key, bool write)
{
    int number = arm_cp_find(b->cpu, key, write, true);
    assert(number >= 0);
    return (uint32_t)number << 16 | key;
}

/* MRC and MCR p15 in a privileged mode. */
static inline uint32_t board_mrc(ArmBoard *b, unsigned crn, unsigned crm, unsigned opc2)
{
    uint32_t reg = board_cp15(b, ARM_CP_KEY(crn, 0, crm, opc2), false);
    return helper_cp_read(&b->cpu->env, 0, reg, 0);
}

static inline void board_mcr(ArmBoard *b, unsigned crn, unsigned crm, unsigned opc2, uint32_t value)
{
    uint32_t reg = board_cp15(b, ARM_CP_KEY(crn, 0, crm, opc2), true);
    helper_cp_write(&b->cpu->env, value, reg, 0);
}

#endif
