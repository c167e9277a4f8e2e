/* SPDX-License-Identifier: MIT */
/* ARM Versatile/PB926EJ-S (ARM DUI 0224): the board that QEMU calls versatilepb.
 *
 * The memory map (interrupts: those of the primary controller, or "sic" for the secondary one):
 *
 *   0x00000000  RAM, up to 256 MiB         0x101e0000  SP810 system controller
 *   0x10000000  system registers           0x101e2000  SP804 timers 0, 1   irq 4
 *   0x10003000  SIC              irq 31    0x101e3000  SP804 timers 2, 3   irq 5
 *   0x10009000  PL011 UART3      sic 6     0x101e8000  PL031 RTC           irq 10
 *   0x10140000  PL190 VIC                  0x101f1000  PL011 UART0         irq 12
 *   0x34000000  NOR flash, 64 MiB          0x101f2000  PL011 UART1         irq 13
 *                                          0x101f3000  PL011 UART2         irq 14
 *
 * Sources 21-30 of the SIC can be passed on to the same inputs of the VIC. The board's other
 * PrimeCells are unimplemented: see the table in versatilepb.c. Memory is mapped as the boot
 * monitor leaves it, and as in QEMU: RAM at 0, without flash or boot ROM there, and without the
 * repetitions that the real memory controller makes of a smaller RAM. */
#ifndef MACHINE_VERSATILEPB_H
#define MACHINE_VERSATILEPB_H

#include "machine/machine.h"

#define VERSATILEPB_FLASH_BASE UINT64_C(0x34000000)
#define VERSATILEPB_FLASH_SIZE (UINT64_C(64) << 20)

extern const MachineType versatilepb_type;

/* What its sister board has, too (versatileab.h). */
extern const MachineDevice versatilepb_devices[];
extern const MachineWindow versatilepb_unimplemented[];
extern const MachineClock versatilepb_clocks[];

#endif
