/* SPDX-License-Identifier: MIT */
/* The CPU as a debugger sees it: registers as text, memory by virtual address, disassembly. Nothing
 * here changes the guest's state. */
#include <stdio.h>

#include "cpu/arm.h"
#include "cpu/cpu.h"
#include "cpu/decode/decode.h"
#include "cpu/model.h"

void arm_cpu_format(const ARMCPU *cpu, char *text, size_t size)
{
    size_t used = 0;
    for (unsigned n = 0; n < 16 && used < size; n++) {
        used += (size_t)snprintf(text + used, size - used, "R%02u=%08x%c", n,
                                 (unsigned)arm_cpu_reg(cpu, n), n % 4 == 3 ? '\n' : ' ');
    }
    uint32_t psr = arm_cpsr(cpu);
    if (used < size) {
        snprintf(text + used, size - used, "PSR=%08x %c%c%c%c %c %s32\n", (unsigned)psr,
                 psr & PSR_N ? 'N' : '-', psr & PSR_Z ? 'Z' : '-', psr & PSR_C ? 'C' : '-',
                 psr & PSR_V ? 'V' : '-', psr & PSR_T ? 'T' : 'A', arm_mode_name(psr));
    }
}

bool arm_cpu_fpscr(const ARMCPU *cpu, uint32_t *value)
{
    *value = arm_fpscr(cpu);
    return (cpu->features & ARM_ALL_VFP) != 0;
}

bool arm_cpu_debug_translate(ARMCPU *cpu, uint32_t va, uint64_t *phys)
{
    /* A walk notes a fault, and may lock an entry of the TLB. */
    uint32_t status = cpu->fault_status, address = cpu->fault_address, lock = cpu->tlb_lock;
    TciPage page;
    cpu->tlb_lock = 0;
    bool ok = cpu->model->mmu->translate_address(cpu, va, TCI_LOAD, true, &page);
    cpu->tlb_lock = lock;
    cpu->fault_status = status;
    cpu->fault_address = address;
    *phys = ok ? page.addr : 0;
    return ok;
}

unsigned arm_cpu_disassemble(const ARMCPU *cpu, char *text, size_t size, uint32_t pc, uint32_t insn)
{
    bool thumb = (arm_cpsr(cpu) & PSR_T) != 0;
    return arm_disassemble(text, (unsigned)size, pc, insn, thumb, cpu->features);
}
