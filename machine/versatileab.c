/* SPDX-License-Identifier: MIT */
/* ARM Versatile/AB926EJ-S: its table, most of which is versatilepb's. */
#include "machine/versatileab.h"

#include "machine/versatilepb.h"

#define MIB (UINT64_C(1) << 20)

const MachineType versatileab_type = {
    .name = "versatileab",
    .description = "ARM Versatile/AB (ARM926EJ-S)",
    .default_cpu = "arm926",
    .ram_default = 128 * MIB,
    .ram_max = 256 * MIB,
    .ram_base = 0,
    .flash_base = VERSATILEPB_FLASH_BASE,
    .flash_size = VERSATILEPB_FLASH_SIZE,
    .linux_id = 0x25e,
    .serial_count = 4,
    .default_drive = DRIVE_SCSI,
    .devices = versatilepb_devices,
    .unimplemented = versatilepb_unimplemented,
    .clocks = versatilepb_clocks,
    .model = "ARM Versatile AB",
    .compatible = DEVICE_LIST("arm,versatile-ab"),
};
