/* SPDX-License-Identifier: MIT */
/* ARM Versatile/AB926EJ-S: the board that QEMU calls versatileab. In QEMU it differs from
 * versatilepb in the number that Linux gets in r1 and in nothing else: the same memory map, the PCI
 * host that the real board lacks included. Here, too. */
#ifndef MACHINE_VERSATILEAB_H
#define MACHINE_VERSATILEAB_H

#include "machine/machine.h"

extern const MachineType versatileab_type;

#endif
