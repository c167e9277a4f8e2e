/* SPDX-License-Identifier: MIT */
/* Access, reset and saved state of coprocessor registers, from their tables. */
#include "cpu/cpreg.h"

#include <string.h>

#include "cpu/model.h"
#include "util/log.h"
#include "util/vmstate.h"

const ARMCPReg *arm_cp_reg(const ARMCPU *cpu, unsigned n)
{
    for (const ARMCPRegList *list = cpu->model->cp_lists; list->regs; list++) {
        if (n < list->count) {
            return &list->regs[n];
        }
        n -= list->count;
    }
    return NULL;
}

int arm_cp_find(const ARMCPU *cpu, uint32_t key, bool write, bool privileged)
{
    unsigned right = (write ? ARM_CP_W : ARM_CP_R) * (privileged ? 1 : ARM_CP_USER_R);
    const ARMCPReg *reg;
    for (unsigned n = 0; (reg = arm_cp_reg(cpu, n)) != NULL; n++) {
        if (((key ^ reg->key) & ~(uint32_t)reg->any) == 0) {
            return (reg->access & right) != 0 ? (int)n : -1;
        }
    }
    return -1;
}

static const ARMCPReg *access(const ARMCPU *cpu, uint32_t b, uint32_t pc)
{
    const ARMCPReg *reg = arm_cp_reg(cpu, b >> 16);
    if (reg->type & ARM_CP_UNPREDICTABLE && log_on(LOG_GUEST_ERRORS)) {
        log_printf("cp15: unpredictable access at 0x%08x: opcode_1 %u, c%u, c%u, opcode_2 %u\n",
                   (unsigned)pc, (unsigned)(b >> 7 & 7), (unsigned)(b >> 10 & 15),
                   (unsigned)(b >> 3 & 15), (unsigned)(b & 7));
    }
    return reg;
}

static uint32_t *field_of(ARMCPU *cpu, const ARMCPReg *reg)
{
    return (uint32_t *)(void *)((char *)cpu + reg->field);
}

uint32_t helper_cp_write(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    ARMCPU *cpu = arm_of(env);
    const ARMCPReg *reg = access(cpu, b, imm);
    if (reg->write) {
        reg->write(cpu, a);
    } else if (reg->field != ARM_CP_NO_FIELD) {
        *field_of(cpu, reg) = a & reg->mask;
    }
    return 0;
}

uint32_t helper_cp_read(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a;
    ARMCPU *cpu = arm_of(env);
    const ARMCPReg *reg = access(cpu, b, imm);
    if (reg->read) {
        return reg->read(cpu);
    }
    uint32_t value = reg->field != ARM_CP_NO_FIELD ? *field_of(cpu, reg) : 0;
    return (value & reg->mask) | reg->fixed;
}

void arm_cp_reset(ARMCPU *cpu)
{
    const ARMCPReg *reg;
    for (unsigned n = 0; (reg = arm_cp_reg(cpu, n)) != NULL; n++) {
        if (reg->field != ARM_CP_NO_FIELD) {
            *field_of(cpu, reg) = reg->reset;
        }
    }
    arm_flush_tlb(cpu);
}

/* The next register with a field, from row *n on, as saved state. False: there is none. */
static bool next_field(const ARMCPU *cpu, unsigned *n, VMField field[2])
{
    const ARMCPReg *reg;
    while ((reg = arm_cp_reg(cpu, (*n)++)) != NULL) {
        if (reg->field != ARM_CP_NO_FIELD) {
            field[0] = (VMField){ reg->field, 1, sizeof(uint32_t) };
            field[1] = (VMField)VM_END;
            return true;
        }
    }
    return false;
}

uint64_t arm_cp_digest(const ARMCPU *cpu, uint64_t digest)
{
    VMField field[2];
    for (unsigned n = 0; next_field(cpu, &n, field);) {
        digest = vmstate_digest(digest, field, cpu);
    }
    return digest;
}

void arm_cp_save(const ARMCPU *cpu, VMWriter *w)
{
    VMField field[2];
    for (unsigned n = 0; next_field(cpu, &n, field);) {
        vmstate_save(w, field, cpu);
    }
}

void arm_cp_load(ARMCPU *cpu, VMReader *r)
{
    VMField field[2];
    for (unsigned n = 0; next_field(cpu, &n, field);) {
        vmstate_load(r, field, cpu);
    }
}
