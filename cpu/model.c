/* SPDX-License-Identifier: MIT */
/* The table of CPU models. */
#include "cpu/model.h"

#include <string.h>

#include "cpu/decode/decode.h"

const ARMModel arm_models[] = {
    {
        .name = "arm926",
        .compatible = "arm,arm926ej-s",
        .features = ARM_ARM926,
        .midr = 0x41069265, /* ARM926EJ-S r0p5 (TRM table 2-4) */
        /* Write-back, lockdown format C, Harvard; 16 KiB each, 4 ways, 8 words a line. */
        .ctr = 0x01dd20d2,
        /* The VFP9-S, as QEMU has it: ARM, VFPv2, part 0x10, variant 9, revision 0. */
        .fpsid = 0x41011090,
        .cp_lists = arm_cp_lists_arm926,
        .mmu = &arm_mmu_v5,
    },
    { 0 },
};

const ARMModel *arm_model_find(const char *name)
{
    const ARMModel *model = arm_models;
    while (model->name && strcmp(model->name, name) != 0) {
        model++;
    }
    return model->name ? model : NULL;
}

const char *arm_cpu_compatible(const ARMCPU *cpu)
{
    return cpu->model->compatible;
}

const char *arm_cpu_model_name(unsigned n)
{
    return n < sizeof arm_models / sizeof arm_models[0] ? arm_models[n].name : NULL;
}
