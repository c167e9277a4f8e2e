/* SPDX-License-Identifier: MIT */
/* Helpers of ARMv6's media instructions (ARM ARM DDI 0100I, A4.1). */
#include "cpu/arm.h"

#define GE_BIT 16 /* of the CPSR: the lowest of four */

uint32_t helper_sel(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)imm;
    uint32_t ge = arm_of(env)->cpsr >> GE_BIT, mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        mask |= (ge >> i & 1) != 0 ? UINT32_C(0xff) << (8 * i) : 0;
    }
    return (a & mask) | (b & ~mask);
}
