/* SPDX-License-Identifier: MIT */
/* The CPU models of -cpu: a row has everything in which a core differs from others. */
#ifndef CPU_MODEL_H
#define CPU_MODEL_H

#include "cpu/arm.h"
#include "cpu/cpreg.h"

/* A format of translation tables: its walks and faults. */
typedef struct ARMMmu {
    /* See TciTarget. */
    bool (*translate_address)(ARMCPU *cpu, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page);
    void (*note_alignment)(ARMCPU *cpu, uint32_t va, TciAccess access);
} ARMMmu;

typedef struct ARMCPRegList {
    const ARMCPReg *regs; /* NULL ends an array of lists */
    unsigned count;
} ARMCPRegList;

struct ARMModel {
    const char *name;
    const char *compatible; /* in a device tree */
    uint32_t features;      /* ARM_* of decode/decode.h */
    uint32_t midr;          /* main ID register */
    uint32_t ctr;           /* cache type register */
    uint32_t fpsid, mvfr0, mvfr1;
    const ARMCPRegList *cp_lists;
    const ARMMmu *mmu;
};

extern const ARMModel arm_models[]; /* ended by a row without a name */

/* The model of that name, or NULL. */
const ARMModel *arm_model_find(const char *name);

extern const ARMMmu arm_mmu_v5, arm_mmu_v6;
/* cp15_arm926.c, cp15_arm1136.c, cp15_ti925t.c */
extern const ARMCPRegList arm_cp_lists_arm926[], arm_cp_lists_arm1026[], arm_cp_lists_arm1136_r2[],
    arm_cp_lists_arm1136[], arm_cp_lists_arm1176[], arm_cp_lists_ti925t[];

#endif
