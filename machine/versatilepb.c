/* SPDX-License-Identifier: MIT */
/* ARM Versatile/PB926EJ-S: its table. */
#include "machine/versatilepb.h"

#include "cpu/cpu.h"
#include "machine/device/flash.h"
#include "machine/device/pl031.h"
#include "machine/device/pl181.h"
#include "machine/device/pl190.h"
#include "machine/device/sic.h"
#include "machine/device/sp804.h"
#include "machine/device/sp810.h"
#include "machine/device/versatile_pci.h"
#include "machine/device/versatile_sysreg.h"
#include "serial/pl011.h"

#define MIB        (UINT64_C(1) << 20)
#define FLASH_BASE VERSATILEPB_FLASH_BASE
#define FLASH_SIZE VERSATILEPB_FLASH_SIZE

enum { PCLK, XTAL24M, TIMCLK };

const MachineClock versatilepb_clocks[] = {
    [PCLK] = { "apb-pclk", 24000000 },
    [XTAL24M] = { "clock-24000000", 24000000 },
    [TIMCLK] = { "clock-1000000", 1000000 },
    { NULL, 0 },
};

static const DeviceWindow pci_windows[VERSATILE_PCI_WINDOWS] = {
    { 0x41000000, 0x01000000 }, /* self-configuration */
    { 0x42000000, 0x01000000 }, /* configuration */
    { 0x43000000, 0x01000000 }, /* I/O */
    { 0x44000000, 0x0c000000 }, /* memory 0 to 2 */
    { 0x50000000, 0x10000000 }, { 0x60000000, 0x10000000 },
};

const MachineDevice versatilepb_devices[] = {
    { &pl181_type, "mmc0", 0x10005000, .clock = XTAL24M,
      .out = { WIRE("sic", 22), WIRE("sic", 1), WIRE("sysreg", 0) } },
    { &pl181_type, "mmc1", 0x1000b000, .clock = XTAL24M,
      .out = { WIRE("sic", 23), WIRE("sic", 2), WIRE("sysreg", 1) } },
    { &versatile_sysreg_type, "sysreg", 0x10000000, .out = { WIRE("reset", 0), WIRE("flash", 0) } },
    { &flash_type, "flash", FLASH_BASE, .size = FLASH_SIZE },
    { &sp810_type, "sctl", 0x101e0000, .out = { WIRE("reset", 0) } },
    { &sp804_type, "timer0", 0x101e2000, .out = { WIRE("vic", 4) }, .clock = TIMCLK },
    { &sp804_type, "timer1", 0x101e3000, .out = { WIRE("vic", 5) }, .clock = TIMCLK },
    { &pl031_type, "rtc", 0x101e8000, .out = { WIRE("vic", 10) } },
    { &pl011_type, "uart0", 0x101f1000, .out = { WIRE("vic", 12) }, .clock = XTAL24M },
    { &pl011_type, "uart1", 0x101f2000, .out = { WIRE("vic", 13) }, .clock = XTAL24M },
    { &pl011_type, "uart2", 0x101f3000, .out = { WIRE("vic", 14) }, .clock = XTAL24M },
    { &pl011_type, "uart3", 0x10009000, .out = { WIRE("sic", 6) }, .clock = XTAL24M },
    { &versatile_pci_type, "pci", 0x10001000, .out = { WIRES("sic", 27, PCI_PINS) },
      .windows = pci_windows },
    { &sic_type, "sic", 0x10003000,
      .out = { WIRE("vic", 31), WIRES("vic", SIC_PASS, SIC_PASSES) } },
    { &pl190_type, "vic", 0x10140000,
      .out = { WIRE("cpu", ARM_CPU_IRQ), WIRE("cpu", ARM_CPU_FIQ) } },
    { .type = NULL },
};

/* Linux's drivers for these find no PrimeCell ID and give up. */
const MachineWindow versatilepb_unimplemented[] = {
    { "serial bus interface (RTC, memory expansion)", 0x10002000, 0x1000 },
    { "PL041 AACI audio", 0x10004000, 0x1000 },
    { "PL050 keyboard", 0x10006000, 0x1000 },
    { "PL050 mouse", 0x10007000, 0x1000 },
    { "character LCD", 0x10008000, 0x1000 },
    { "PL131 smart card 1", 0x1000a000, 0x1000 },
    { "SMC LAN91C111 Ethernet", 0x10010000, 0x10000 },
    { "USB", 0x10020000, 0x10000 },
    { "PL093 static memory controller", 0x10100000, 0x1000 },
    { "MPMC dynamic memory controller", 0x10110000, 0x1000 },
    { "PL110 CLCD", 0x10120000, 0x1000 },
    { "PL080 DMA", 0x10130000, 0x1000 },
    { "SP805 watchdog", 0x101e1000, 0x1000 },
    { "PL061 GPIO 0", 0x101e4000, 0x1000 },
    { "PL061 GPIO 1", 0x101e5000, 0x1000 },
    { "PL061 GPIO 2", 0x101e6000, 0x1000 },
    { "PL061 GPIO 3", 0x101e7000, 0x1000 },
    { "PL131 smart card 0", 0x101f0000, 0x1000 },
    { "PL022 SSP", 0x101f4000, 0x1000 },
    { NULL, 0, 0 },
};

const MachineType versatilepb_type = {
    .name = "versatilepb",
    .description = "ARM Versatile/PB (ARM926EJ-S)",
    .default_cpu = "arm926",
    .ram_default = 128 * MIB,
    .ram_max = 256 * MIB,
    .ram_base = 0,
    .flash_base = FLASH_BASE,
    .flash_size = FLASH_SIZE,
    .linux_id = 387,
    .serial_count = 4,
    .default_drive = DRIVE_SCSI,
    .devices = versatilepb_devices,
    .unimplemented = versatilepb_unimplemented,
    .clocks = versatilepb_clocks,
    .model = "ARM Versatile PB",
    .compatible = DEVICE_LIST("arm,versatile-pb", "arm,versatile-ab"),
};
