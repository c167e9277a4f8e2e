/* SPDX-License-Identifier: MIT */
/* Exceptions, and the helpers that change the mode or the status registers (ARM ARM A2.5, A2.6). */
#include "cpu/arm.h"
#include "cpu/decode/decode.h"
#include "util/log.h"

/* The IFSR after a BKPT: a debug event (ARM ARM B2.4.1, table B4-1 of ARMv6). */
#define STATUS_DEBUG_EVENT 0x2u

#define HIGH_VECTORS 0xffff0000u

/* By vector. */
static const struct {
    const char *name;
    uint32_t mode;
} exceptions[] = {
    [EXCP_RESET / 4] = { "Reset", ARM_SVC },
    [EXCP_UNDEF / 4] = { "Undefined Instruction", ARM_UND },
    [EXCP_SWI / 4] = { "SWI", ARM_SVC },
    [EXCP_PREFETCH_ABORT / 4] = { "Prefetch Abort", ARM_ABT },
    [EXCP_DATA_ABORT / 4] = { "Data Abort", ARM_ABT },
    [EXCP_IRQ / 4] = { "IRQ", ARM_IRQ },
    [EXCP_FIQ / 4] = { "FIQ", ARM_FIQ },
};

static void log_exception(const ARMCPU *cpu, ARMException e)
{
    log_printf("Taking exception %u [%s] at pc 0x%08x, cpsr 0x%08x\n", (unsigned)e / 4,
               exceptions[e / 4].name, (unsigned)cpu->env.pc, (unsigned)arm_cpsr(cpu));
    if (e == EXCP_DATA_ABORT) {
        log_printf("...with DFSR 0x%x FAR 0x%08x\n", (unsigned)cpu->dfsr, (unsigned)cpu->far);
    } else if (e == EXCP_PREFETCH_ABORT) {
        log_printf("...with IFSR 0x%x\n", (unsigned)cpu->ifsr);
    }
}

void arm_take_exception(ARMCPU *cpu, ARMException e, uint32_t return_address)
{
    if (log_on(LOG_INT)) {
        log_exception(cpu, e);
    }
    uint32_t cpsr = arm_cpsr(cpu);
    uint32_t mask = PSR_I | (e == EXCP_RESET || e == EXCP_FIQ ? PSR_F : 0);
    uint32_t big_endian = 0;
    if ((cpu->features & ARM_V6) != 0) {
        mask |= e == EXCP_UNDEF || e == EXCP_SWI ? 0 : PSR_A;
        big_endian = (cpu->sctlr & SCTLR_EE) != 0 ? PSR_E : 0;
    }
    arm_set_cpsr(cpu, exceptions[e / 4].mode | mask | big_endian,
                 PSR_M | PSR_T | PSR_J | PSR_E | mask);
    cpu->spsr = cpsr;
    cpu->env.r[14] = return_address;
    cpu->env.pc = ((cpu->sctlr & SCTLR_V) != 0 ? HIGH_VECTORS : 0) + (uint32_t)e;
}

void arm_wait_for_interrupt(ARMCPU *cpu)
{
    if (cpu->input == 0) {
        cpu->halt = HALT_WFI;
        tci_stop(&cpu->env);
    }
}

void arm_take_interrupt(ARMCPU *cpu)
{
    unsigned pending = cpu->input & arm_unmasked(cpu);
    if (pending & 1u << ARM_CPU_FIQ) {
        arm_take_exception(cpu, EXCP_FIQ, cpu->env.pc + 4);
    } else if (pending & 1u << ARM_CPU_IRQ) {
        arm_take_exception(cpu, EXCP_IRQ, cpu->env.pc + 4);
    }
}

/* The address of the instruction after the one at pc. */
static uint32_t next_pc(const TciEnv *env, uint32_t pc)
{
    return pc + ((env->mode & ARM_TB_THUMB) != 0 ? 2 : 4);
}

static uint32_t prefetch_abort(ARMCPU *cpu, uint32_t pc, uint32_t status, uint32_t address)
{
    cpu->env.pc = pc;
    cpu->ifsr = status;
    cpu->ifar = address;
    arm_take_exception(cpu, EXCP_PREFETCH_ABORT, pc + 4);
    return 0;
}

void arm_raise_fault(TciEnv *env, TciAccess access)
{
    ARMCPU *cpu = arm_of(env);
    if (access == TCI_FETCH) {
        prefetch_abort(cpu, env->pc, cpu->fault_status, cpu->fault_address);
    } else {
        cpu->dfsr = cpu->fault_status;
        cpu->far = cpu->fault_address;
        arm_take_exception(cpu, EXCP_DATA_ABORT, env->pc + 8);
    }
}

uint32_t helper_undef(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    env->pc = imm;
    arm_take_exception(arm_of(env), EXCP_UNDEF, next_pc(env, imm));
    tci_raise(env);
    return 0;
}

uint32_t helper_swi(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    ARMCPU *cpu = arm_of(env);
    env->pc = imm;
    bool semihosting = a == ((env->mode & ARM_TB_THUMB) != 0 ? 0xab : 0x123456);
    if (!semihosting || !arm_semihosting_call(cpu)) {
        arm_take_exception(cpu, EXCP_SWI, next_pc(env, imm));
    }
    tci_raise(env);
    return 0;
}

uint32_t helper_bkpt(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    prefetch_abort(arm_of(env), imm, STATUS_DEBUG_EVENT, 0);
    tci_raise(env);
    return 0;
}

static bool has_spsr(const ARMCPU *cpu)
{
    return arm_bank(cpu->cpsr) != BANK_USR;
}

static void return_to(ARMCPU *cpu, uint32_t pc)
{
    cpu->env.pc = pc & ((cpu->env.mode & ARM_TB_THUMB) != 0 ? ~1u : ~3u);
    if (log_on(LOG_INT)) {
        log_printf("Exception return to pc 0x%08x, cpsr 0x%08x\n", (unsigned)cpu->env.pc,
                   (unsigned)arm_cpsr(cpu));
    }
}

/* Jazelle state is not entered. */
static void set_whole_cpsr(ARMCPU *cpu, uint32_t value)
{
    arm_set_cpsr(cpu, value, cpu->psr_bits & ~PSR_J);
}

uint32_t helper_exception_return(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b, (void)imm;
    ARMCPU *cpu = arm_of(env);
    if (has_spsr(cpu)) {
        set_whole_cpsr(cpu, cpu->spsr);
    } else if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("exception return at 0x%08x in a mode without SPSR\n", (unsigned)imm);
    }
    return_to(cpu, a);
    return 0;
}

uint32_t helper_return_from_exception(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)imm;
    set_whole_cpsr(arm_of(env), b);
    return_to(arm_of(env), a);
    return 0;
}

uint32_t helper_write_cpsr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    ARMCPU *cpu = arm_of(env);
    bool privileged = (cpu->cpsr & PSR_M) != ARM_USR;
    arm_set_cpsr(cpu, a, imm & arm_cpsr_writable(cpu, privileged));
    return 0;
}

uint32_t helper_write_spsr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    ARMCPU *cpu = arm_of(env);
    if (has_spsr(cpu)) {
        imm &= cpu->psr_bits;
        cpu->spsr = (cpu->spsr & ~imm) | (a & imm);
    }
    return 0;
}

uint32_t helper_read_cpsr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b, (void)imm;
    return arm_cpsr(arm_of(env));
}

uint32_t helper_read_spsr(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b, (void)imm;
    return arm_of(env)->spsr;
}

uint32_t helper_user_reg(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    return arm_user_reg(arm_of(env), imm);
}

uint32_t helper_set_user_reg(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    arm_set_user_reg(arm_of(env), imm, a);
    return 0;
}

uint32_t helper_banked_r13(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    return *arm_banked_r13(arm_of(env), imm);
}

uint32_t helper_set_banked_r13(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    *arm_banked_r13(arm_of(env), imm) = a;
    return 0;
}

uint32_t helper_wfi(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b, (void)imm;
    arm_wait_for_interrupt(arm_of(env));
    return 0;
}

uint32_t helper_spin(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    env->pc = imm;
    arm_of(env)->halt = HALT_SPIN;
    tci_stop(env);
    return 0;
}
