/* SPDX-License-Identifier: MIT */
/* Coprocessor 15: what a write does besides, for the registers that all models have. */
#include "cpu/cp15.h"

#include "cpu/model.h"

uint32_t arm_cp_midr(const ARMCPU *cpu)
{
    return cpu->model->midr;
}

uint32_t arm_cp_ctr(const ARMCPU *cpu)
{
    return cpu->model->ctr;
}

void arm_cp_write_control(ARMCPU *cpu, uint32_t value, uint32_t kept, uint32_t translation)
{
    uint32_t changed = (cpu->sctlr ^ value) & kept;
    cpu->sctlr = value & kept;
    if ((changed & translation) != 0) {
        arm_flush_tlb(cpu);
    }
    arm_update_tb_mode(cpu);
}

/* Access rights are checked at each access, TLB hit or not. The engine caches them: it looks up
 * again what it has not cached, so rights may grow without a flush, but not shrink. */
void arm_cp_write_domains(ARMCPU *cpu, uint32_t value)
{
    uint32_t shrunk = 0;
    for (unsigned d = 0; d < 16; d++) {
        unsigned was = cpu->dacr >> (2 * d) & 3, is = value >> (2 * d) & 3;
        if (was != is && was != 0 && was != 2 && is != 3) {
            shrunk |= UINT32_C(1) << d;
        }
    }
    cpu->dacr = value;
    arm_flush_domains(cpu, shrunk);
}

void arm_cp_write_fcse_pid(ARMCPU *cpu, uint32_t value)
{
    value &= 0xfe000000;
    if (cpu->fcse_pid != value) {
        cpu->fcse_pid = value;
        arm_flush_tlb(cpu);
    }
}

void arm_cp_invalidate_tlb(ARMCPU *cpu, uint32_t value)
{
    (void)value;
    arm_flush_tlb(cpu);
}

void arm_cp_wfi(ARMCPU *cpu, uint32_t value)
{
    (void)value;
    arm_wait_for_interrupt(cpu);
}
