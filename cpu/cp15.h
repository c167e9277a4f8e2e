/* SPDX-License-Identifier: MIT */
/* What the lists of coprocessor 15's registers have in common: functions of their rows. */
#ifndef CPU_CP15_H
#define CPU_CP15_H

#include "cpu/cpreg.h"

#define KEY ARM_CP_KEY

/* Rows of a list: an ID register of the model, and accesses that the TRM calls UNPREDICTABLE, which
 * do nothing and read as 0. */
#define ARM_CP_ID(name, opc2, any, read)                                                           \
    ARM_CP_ROW(name, KEY(0, 0, 0, opc2), any, ARM_CP_R, 0, ARM_CP_NO_FIELD, 0, 0, 0, read, NULL)
#define ARM_CP_UNPREDICTABLES(name, key, any, access)                                              \
    ARM_CP_ROW(name, key, any, access, ARM_CP_UNPREDICTABLE, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL)

/* Registers without a meaning yet that read as 0. */
#define ARM_CP_RAZ(name, key, any)                                                                 \
    ARM_CP_ROW(name, key, any, ARM_CP_R, 0, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL)

#define ARM_CP_LIST(array)                                                                         \
    {                                                                                              \
        array, sizeof array / sizeof array[0]                                                      \
    }

/* Functions of rows, see ARMCPReg. */
uint32_t arm_cp_midr(const ARMCPU *cpu);
uint32_t arm_cp_ctr(const ARMCPU *cpu);
void arm_cp_write_domains(ARMCPU *cpu, uint32_t value);
void arm_cp_write_fcse_pid(ARMCPU *cpu, uint32_t value);
void arm_cp_invalidate_tlb(ARMCPU *cpu, uint32_t value);
void arm_cp_wfi(ARMCPU *cpu, uint32_t value);

/* Writes SCTLR's bits in `kept`; a change of those in `translation` flushes the TLB. */
void arm_cp_write_control(ARMCPU *cpu, uint32_t value, uint32_t kept, uint32_t translation);

#endif
