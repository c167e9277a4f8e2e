/* SPDX-License-Identifier: MIT */
/* The registers that gdb knows, by its numbers, which are QEMU's: r0 to r15, 25 is CPSR; with a VFP
 * 26 and up are D0 and so on, FPSCR, FPSID and FPEXC; then come the coprocessor registers that can
 * be read, in the order of the model's lists. */
#include <stdio.h>

#include "cpu/cpreg.h"
#include "cpu/decode/decode.h"
#include "cpu/model.h"

#define FIRST_D  26u
#define DOUBLES  16u
#define FPSCR    (FIRST_D + DOUBLES)
#define FPSID    (FPSCR + 1)
#define FPEXC    (FPSCR + 2)
#define VFP_REGS (DOUBLES + 3)

static bool has_vfp(const ARMCPU *cpu)
{
    return (cpu->features & ARM_ALL_VFP) != 0;
}

/* The number of the row of coprocessor register n, from 0; -1: there is none. */
static int row_of(const ARMCPU *cpu, unsigned n)
{
    const ARMCPReg *reg;
    for (int row = 0; (reg = arm_cp_reg(cpu, (unsigned)row)) != NULL; row++) {
        bool shown = reg->name && reg->name[0] < 'a' && (reg->access & ARM_CP_R) != 0 &&
                     (reg->type & ARM_CP_UNPREDICTABLE) == 0;
        if (shown && n-- == 0) {
            return row;
        }
    }
    return -1;
}

static unsigned first_system(const ARMCPU *cpu)
{
    return FIRST_D + (has_vfp(cpu) ? VFP_REGS : 0);
}

static bool describe_vfp(unsigned n, ARMDebugReg *reg)
{
    static const char *const names[] = { "fpscr", "fpsid", "fpexc" };
    *reg = (ARMDebugReg){ .size = n < FPSCR ? 8 : 4,
                          .group = n <= FPSCR ? ARM_REGS_VFP : ARM_REGS_VFP_SYS };
    if (n < FPSCR) {
        snprintf(reg->name, sizeof reg->name, "d%u", n - FIRST_D);
    } else {
        snprintf(reg->name, sizeof reg->name, "%s", names[n - FPSCR]);
    }
    return true;
}

bool arm_cpu_debug_reg(const ARMCPU *cpu, unsigned n, ARMDebugReg *reg)
{
    static const char *const names[] = { "sp", "lr", "pc" };
    if (n >= FIRST_D && n < first_system(cpu)) {
        return describe_vfp(n, reg);
    }
    *reg = (ARMDebugReg){ .size = 4, .group = n < FIRST_D ? ARM_REGS_CORE : ARM_REGS_SYS };
    if (n < 13) {
        snprintf(reg->name, sizeof reg->name, "r%u", n);
    } else if (n < 16 || n == ARM_DEBUG_CPSR) {
        snprintf(reg->name, sizeof reg->name, "%s", n < 16 ? names[n - 13] : "cpsr");
    } else {
        int row = n < FIRST_D ? -1 : row_of(cpu, n - first_system(cpu));
        if (row < 0) {
            return false;
        }
        snprintf(reg->name, sizeof reg->name, "%s", arm_cp_reg(cpu, (unsigned)row)->name);
    }
    return true;
}

uint64_t arm_cpu_debug_get(ARMCPU *cpu, unsigned n)
{
    if (n < 16) {
        return arm_cpu_reg(cpu, n);
    }
    if (n == ARM_DEBUG_CPSR) {
        return arm_cpsr(cpu);
    }
    if (n >= first_system(cpu)) {
        uint32_t row = (uint32_t)row_of(cpu, n - first_system(cpu));
        return helper_cp_read(&cpu->env, 0, row << 16, cpu->env.pc);
    }
    switch (n) {
    case FPSCR: return arm_fpscr(cpu);
    case FPSID: return cpu->model->fpsid;
    case FPEXC: return cpu->fpexc;
    default:
        n = 2 * (n - FIRST_D);
        return (uint64_t)arm_vfp_word(cpu, n + 1) << 32 | arm_vfp_word(cpu, n);
    }
}

void arm_cpu_debug_set(ARMCPU *cpu, unsigned n, uint64_t value)
{
    uint32_t word = (uint32_t)value;
    if (n < ARM_DEBUG_PC) {
        arm_cpu_set_reg(cpu, n, word);
    } else if (n == ARM_DEBUG_PC) {
        cpu->env.pc = word & ((cpu->env.mode & ARM_TB_THUMB) != 0 ? ~1u : ~3u);
        cpu->halt = HALT_NONE;
    } else if (n == ARM_DEBUG_CPSR) {
        arm_set_cpsr(cpu, word, cpu->psr_bits & ~PSR_J);
    } else if (n >= first_system(cpu)) {
        return;
    } else if (n == FPEXC) {
        helper_write_fpexc(&cpu->env, word, 0, 0);
    } else if (n == FPSCR) {
        arm_set_fpscr(cpu, word);
    } else if (n < FPSCR) {
        cpu->env.r[tci_fp_word(2 * (n - FIRST_D))] = word;
        cpu->env.r[tci_fp_word(2 * (n - FIRST_D) + 1)] = (uint32_t)(value >> 32);
    }
}
