/* SPDX-License-Identifier: MIT */
/* A machine for tests of the image loader: RAM and flash and a small device tree; of the CPU
 * only its model. */
#ifndef TESTS_LOADER_MACHINE_H
#define TESTS_LOADER_MACHINE_H

#include <stdlib.h>
#include <string.h>

#include "boot/fdt_boot.h"
#include "boot/loader.h"
#include "cpu/model.h"

#define TEST_MIB        UINT64_C(0x100000)
#define TEST_RAM_MAX    (32 * TEST_MIB)
#define TEST_FLASH_BASE UINT64_C(0x34000000)
#define TEST_FLASH_SIZE (1 * TEST_MIB)

static const MachineType test_machine_type = {
    .name = "test",
    .linux_id = 387,
    .ram_base = 0,
    .flash_base = TEST_FLASH_BASE,
    .flash_size = TEST_FLASH_SIZE,
    .devices = (const MachineDevice[]){ { .type = NULL } },
    .clocks = (const MachineClock[]){ { .node = NULL } },
    .model = "test",
    .compatible = DEVICE_LIST("arm,versatile-pb"),
};

static BusRegion test_ram, test_flash;
static ARMCPU test_cpu;

/* Makes the machine with new memory; what was there before is gone. Aborts if there is none. */
static void test_machine_init(Machine *m, uint64_t ram_size)
{
    bus_free(&m->bus);
    test_cpu.model = &arm_models[0];
    *m = (Machine){ .type = &test_machine_type, .cpu = &test_cpu, .ram_size = ram_size };
    test_ram = (BusRegion){ .name = "RAM", .size = ram_size, .direct = true, .writable = true };
    if (!bus_init_arena(&m->bus, (size_t)ram_size + TEST_FLASH_SIZE)) {
        abort();
    }
    test_ram.host = bus_alloc(&m->bus, (size_t)ram_size);
    test_flash = (BusRegion){
        .name = "flash", .base = TEST_FLASH_BASE, .size = TEST_FLASH_SIZE, .direct = true
    };
    test_flash.host = bus_alloc(&m->bus, TEST_FLASH_SIZE);
    if (!bus_map(&m->bus, &test_ram) || !bus_map(&m->bus, &test_flash)) {
        abort();
    }
    m->ram = test_ram.host;
}

#endif
