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
    {
        .name = "arm1026",
        .compatible = "arm,arm1026ej-s",
        .features = ARM_ARM1026,
        .midr = 0x4106a262, /* ARM1026EJ-S r0p2 */
        .ctr = 0x01dd20d2,
        .fpsid = 0x410110a0,
        .cp_lists = arm_cp_lists_arm1026,
        .mmu = &arm_mmu_v5,
    },
    {
        .name = "arm1136-r2",
        .compatible = "arm,arm1136",
        .features = ARM_ARM1136_R2,
        .midr = 0x4107b362, /* ARM1136JF-S r0p2 */
        .ctr = 0x01dd20d2,
        .fpsid = 0x410120b4, /* the VFP11 */
        .cp_lists = arm_cp_lists_arm1136_r2,
        .mmu = &arm_mmu_v6,
    },
    {
        .name = "arm1136",
        .compatible = "arm,arm1136",
        .features = ARM_ARM1136,
        .midr = 0x4117b363, /* ARM1136JF-S r1p3 */
        .ctr = 0x01dd20d2,
        .fpsid = 0x410120b4,
        .mvfr0 = 0x11111111,
        .cp_lists = arm_cp_lists_arm1136,
        .mmu = &arm_mmu_v6,
    },
    {
        .name = "arm1176",
        .compatible = "arm,arm1176jzf-s",
        .features = ARM_ARM1136,
        .midr = 0x410fb767, /* ARM1176JZF-S r0p7 */
        .ctr = 0x01dd20d2,
        .fpsid = 0x410120b5,
        .mvfr0 = 0x11111111,
        .cp_lists = arm_cp_lists_arm1176,
        .mmu = &arm_mmu_v6,
    },
    {
        .name = "ti925t",
        .compatible = "ti,ti925t",
        .features = ARM_V4T | ARM_DCC,
        .midr = 0x54029252,
        .ctr = 0x05109149,
        .cp_lists = arm_cp_lists_ti925t,
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

const char *arm_cpu_model(const ARMCPU *cpu)
{
    return cpu->model->name;
}

const char *arm_cpu_compatible(const ARMCPU *cpu)
{
    return cpu->model->compatible;
}

const char *arm_cpu_model_name(unsigned n)
{
    return n < sizeof arm_models / sizeof arm_models[0] ? arm_models[n].name : NULL;
}

const char *arm_cpu_model_named(const char *name)
{
    const ARMModel *model = arm_model_find(name);
    for (const ARMModel *m = arm_models; !model && m->name; m++) {
        model = strcmp(strchr(m->compatible, ',') + 1, name) == 0 ? m : NULL;
    }
    return model ? model->name : NULL;
}
