/* SPDX-License-Identifier: MIT */
/* What the formats of translation tables share. */
#ifndef CPU_MMU_H
#define CPU_MMU_H

#include "cpu/arm.h"

/* A descriptor of `size` bytes, 4 or 8, at a physical address that is a multiple of that, little
 * endian. False: nothing is there, the walk ends in an external abort. */
bool arm_read_descriptor(const ARMCPU *cpu, hwaddr addr, unsigned size, uint64_t *descriptor);

#endif
