/* SPDX-License-Identifier: MIT */
/* Helpers of the enhanced DSP instructions: arithmetic that sets the Q flag (ARM ARM A2.5.1). */
#include "cpu/translate/translate.h"

/* Bit 31: whether a + b = sum overflows; for a - b pass ~b. */
static uint32_t overflow(uint32_t a, uint32_t b, uint32_t sum)
{
    return ~(a ^ b) & (a ^ sum) & UINT32_C(0x80000000);
}

static uint32_t saturate(TciEnv *env, uint32_t a, uint32_t b, uint32_t sum)
{
    if (!overflow(a, b, sum)) {
        return sum;
    }
    arm_of(env)->cpsr |= PSR_Q;
    return a >> 31 ? UINT32_C(0x80000000) : UINT32_C(0x7fffffff);
}

uint32_t helper_qadd(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)imm;
    return saturate(env, a, b, a + b);
}

uint32_t helper_qsub(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)imm;
    return saturate(env, a, ~b, a - b);
}
