/* SPDX-License-Identifier: MIT */
/* LDREXD and the exclusive stores (ARM ARM DDI 0100I, A2.9, A4.1), as helpers of translated code.
 * See translate/exclusive.c for the monitor. */
#include "cpu/arm.h"

/* The memop bit for the byte order of data (CPSR.E). */
static unsigned byte_order(const ARMCPU *cpu)
{
    return (cpu->cpsr & PSR_E) != 0 ? MO_BE : 0;
}

/* Notes an alignment fault and takes it. */
static uint32_t unaligned(ARMCPU *cpu, uint32_t address, TciAccess access)
{
    cpu->env.target->note_alignment(&cpu->env, address, access);
    arm_raise_fault(&cpu->env, access);
    tci_raise(&cpu->env);
    return 0;
}

static bool load_pair(ARMCPU *cpu, uint32_t address, uint32_t value[2])
{
    unsigned memop = MO_32 | byte_order(cpu);
    return tci_load(&cpu->env, address, memop, &value[0]) &&
           tci_load(&cpu->env, address + 4, memop, &value[1]);
}

uint32_t helper_ldrexd(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    ARMCPU *cpu = arm_of(env);
    uint32_t value[2];
    if ((a & 7) != 0) {
        return unaligned(cpu, a, TCI_LOAD);
    }
    if (load_pair(cpu, a, value)) {
        cpu->exclusive = 1;
        cpu->exclusive_address = a;
        for (unsigned i = 0; i < 2; i++) {
            env->r[imm + i] = cpu->exclusive_value[i] = value[i];
        }
    }
    return 0;
}

/* Closes the monitor. True: it was open, for this address. */
static bool close_monitor(ARMCPU *cpu, uint32_t address)
{
    bool open = cpu->exclusive != 0 && cpu->exclusive_address == address;
    cpu->exclusive = 0;
    return open;
}

/* A store was not made. Where a watchpoint forbids it, the instruction will be executed again. */
static uint32_t failed(ARMCPU *cpu)
{
    uint32_t addr;
    cpu->exclusive = tci_hit(&cpu->env, &addr) != TCI_NO_POINT;
    return 1;
}

uint32_t helper_strex(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    ARMCPU *cpu = arm_of(env);
    unsigned memop = imm | MO_ALIGN_FAULT | byte_order(cpu);
    uint32_t at = arm_lane(env->mode, a, imm), expected = cpu->exclusive_value[0];
    bool done = close_monitor(cpu, a) && tci_cmpxchg(env, at, memop, expected, b);
    return done ? 0 : failed(cpu);
}

uint32_t helper_strexd(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    ARMCPU *cpu = arm_of(env);
    unsigned memop = MO_32 | byte_order(cpu);
    uint32_t value[2];
    bool same = close_monitor(cpu, a) && load_pair(cpu, a, value) &&
                value[0] == cpu->exclusive_value[0] && value[1] == cpu->exclusive_value[1];
    bool done = same && tci_store(env, a, memop, env->r[imm]) &&
                tci_store(env, a + 4, memop, env->r[imm + 1]);
    return done ? 0 : failed(cpu);
}
