/* SPDX-License-Identifier: MIT */
/* The CPU as a debugger sees it: registers as text, memory by virtual address, disassembly,
 * breakpoints, single steps. */
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

/* -- Memory -- */

/* One access within a word. `write`: the value is *bytes', else it goes there. */
static bool access_word(ARMCPU *cpu, hwaddr at, uint8_t *bytes, unsigned size, bool write)
{
    BusRegion *r = bus_find(cpu->bus, at);
    uint8_t *host = bus_host(cpu->bus, at, size);
    if (!r) {
        return false;
    }
    if (!write) {
        stn_p(bytes, size, (uint32_t)bus_region_read(r, at, size));
    } else if (host) { /* RAM or ROM */
        bus_load(cpu->bus, at, bytes, size);
    } else {
        bus_region_write(r, at, ldn_p(bytes, size), size);
    }
    return true;
}

static bool access_memory(ARMCPU *cpu, uint32_t addr, bool physical, uint8_t *bytes, size_t n,
                          bool write)
{
    while (n > 0) {
        uint64_t at = addr;
        unsigned size = n >= 4 && addr % 4 == 0 ? 4 : n >= 2 && addr % 2 == 0 ? 2 : 1;
        if (!physical && !arm_cpu_debug_translate(cpu, addr, &at)) {
            return false;
        }
        if (!access_word(cpu, at, bytes, size, write)) {
            return false;
        }
        addr += size;
        bytes += size;
        n -= size;
    }
    return true;
}

bool arm_cpu_debug_read(ARMCPU *cpu, uint32_t addr, bool physical, uint8_t *bytes, size_t n)
{
    return access_memory(cpu, addr, physical, bytes, n, false);
}

bool arm_cpu_debug_write(ARMCPU *cpu, uint32_t addr, bool physical, const uint8_t *bytes, size_t n)
{
    return access_memory(cpu, addr, physical, (uint8_t *)bytes, n, true); /* it reads them */
}

/* -- Breakpoints and watchpoints -- */

_Static_assert((int)ARM_WATCH_ACCESS == (int)TCI_WATCH_ACCESS, "the kinds are the engine's");

bool arm_cpu_insert_point(ARMCPU *cpu, ARMPointKind kind, uint32_t addr, uint32_t len)
{
    return tci_insert_point(cpu->env.tci, (TciPointKind)kind, addr, len);
}

bool arm_cpu_remove_point(ARMCPU *cpu, ARMPointKind kind, uint32_t addr, uint32_t len)
{
    return tci_remove_point(cpu->env.tci, (TciPointKind)kind, addr, len);
}

void arm_cpu_remove_points(ARMCPU *cpu)
{
    tci_remove_points(cpu->env.tci);
}

ARMPointKind arm_cpu_point(const ARMCPU *cpu, uint32_t *addr)
{
    return (ARMPointKind)tci_hit(&cpu->env, addr);
}

bool arm_cpu_halted(const ARMCPU *cpu)
{
    return cpu->halt != HALT_NONE;
}

void arm_cpu_set_point(ARMCPU *cpu, ARMPointKind kind, uint32_t addr)
{
    tci_set_hit(&cpu->env, (TciPointKind)kind, addr);
}

void arm_cpu_use_points(ARMCPU *cpu, ARMPointUse use)
{
    cpu->notes_points = use == ARM_POINTS_NOTED;
    cpu->noted = (ARMNotedPoint){ 0 };
    tci_ignore_breakpoints(&cpu->env, use == ARM_POINTS_WATCH);
}

ARMNotedPoint arm_cpu_noted_point(const ARMCPU *cpu)
{
    return cpu->noted;
}

void arm_note_point(ARMCPU *cpu)
{
    ARMNotedPoint *n = &cpu->noted;
    n->kind = arm_cpu_point(cpu, &n->addr);
    n->pc = cpu->env.pc;
    n->icount = tci_icount(&cpu->env);
    tci_clear_hit(&cpu->env);
    if (n->kind == ARM_BREAKPOINT) { /* a watchpoint may follow */
        uint32_t addr;
        tci_step(&cpu->env, true);
        if (tci_hit(&cpu->env, &addr) == TCI_NO_POINT) {
            return;
        }
        n->kind = arm_cpu_point(cpu, &n->addr);
        tci_clear_hit(&cpu->env);
    }
    tci_step(&cpu->env, false);
}

/* -- Steps -- */

bool arm_cpu_at_bl_prefix(ARMCPU *cpu)
{
    uint8_t half[2];
    return (cpu->env.mode & ARM_TB_THUMB) != 0 &&
           arm_cpu_debug_read(cpu, cpu->env.pc, false, half, 2) &&
           (ld16_p(half) & 0xf800) == 0xf000;
}

ARMRunResult arm_cpu_step(ARMCPU *cpu, bool interrupts)
{
    cpu->halt = HALT_NONE;
    cpu->kicked = false;
    tci_clear_hit(&cpu->env);
    if (interrupts) {
        arm_take_interrupt(cpu);
    }
    uint32_t pc = cpu->env.pc, addr;
    bool pair = arm_cpu_at_bl_prefix(cpu);
    tci_step(&cpu->env, true);
    if (pair && cpu->env.pc == pc + 2) {
        tci_step(&cpu->env, true);
    }
    return tci_hit(&cpu->env, &addr) != TCI_NO_POINT ? ARM_RUN_POINT : ARM_RUN_SLICE;
}
