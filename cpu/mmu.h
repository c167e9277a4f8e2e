/* SPDX-License-Identifier: MIT */
/* Common to the formats of translation tables. */
#ifndef CPU_MMU_H
#define CPU_MMU_H

#include "cpu/arm.h"

/* Reads a little-endian descriptor of `size` bytes, 4 or 8, at an aligned physical address. False:
 * nothing is mapped there, an external abort. */
bool arm_read_descriptor(const ARMCPU *cpu, hwaddr addr, unsigned size, uint64_t *descriptor);

#endif
