/* SPDX-License-Identifier: MIT */
/* Translation tables with subpages: those of ARMv5, and of ARMv6 with SCTLR.XP clear (ARM ARM B4),
 * and the TLB lockdown of the ARM926EJ-S (TRM chapter 3). */
#include "cpu/decode/decode.h"
#include "cpu/mmu.h"
#include "cpu/model.h"

/* Descriptor types, bits 1..0, first and second level. */
enum { L1_FAULT, L1_COARSE, L1_SECTION, L1_FINE }; /* L1_FINE is reserved in ARMv6 */
enum { L2_FAULT, L2_LARGE, L2_SMALL, L2_TINY };    /* L2_TINY: in a coarse table of ARMv6 */
                                                   /* a small page without subpages */

#define AP_ALL 0x55u /* times an AP field: four copies of it */

/* The second-level descriptor of a page, as walk(). */
static unsigned page(const ARMCPU *cpu, uint32_t d, ArmMapping *m)
{
    m->ap = d >> 4 & 0xff;
    switch (d & 3) {
    case L2_LARGE:
        m->phys = d & 0xffff0000;
        m->bits = 16;
        return 0;
    case L2_SMALL:
        m->phys = d & 0xfffff000;
        m->bits = 12;
        return 0;
    case L2_TINY:
        m->ap = (d >> 4 & 3) * AP_ALL;
        if (m->fine) {
            m->phys = d & 0xfffffc00;
            m->bits = 10;
            return 0;
        }
        if ((cpu->features & ARM_V6) != 0) {
            m->phys = d & 0xfffff000;
            m->bits = 12;
            return 0;
        }
        break;
    default: break;
    }
    return STATUS_TRANSLATION | STATUS_PAGE;
}

/* The table walk (ARM ARM B4.7). Returns 0 or the status of a fault, for which m->domain is set if
 * known. */
static unsigned walk(const ARMCPU *cpu, uint32_t mva, ArmMapping *m)
{
    uint64_t d;
    m->domain = 0;
    m->fine = false;
    if (!arm_read_descriptor(cpu, arm_first_level(cpu, mva), 4, &d)) {
        return STATUS_WALK_FIRST;
    }
    m->domain = d >> 5 & 0xf;
    uint32_t second;
    switch (d & 3) {
    case L1_SECTION:
        m->phys = d & 0xfff00000;
        m->bits = 20;
        m->ap = (d >> 10 & 3) * AP_ALL;
        return 0;
    case L1_COARSE: second = (d & 0xfffffc00) | (mva >> 10 & 0x3fc); break;
    case L1_FINE:
        if ((cpu->features & ARM_V6) != 0) {
            return STATUS_TRANSLATION;
        }
        second = (d & 0xfffff000) | (mva >> 8 & 0xffc);
        m->fine = true;
        break;
    default: return STATUS_TRANSLATION;
    }
    if (!arm_read_descriptor(cpu, second, 4, &d)) {
        return STATUS_WALK_SECOND;
    }
    return page(cpu, (uint32_t)d, m);
}

/* -- The lockdown part of the TLB --
 *
 * An entry is an ArmMapping in two words, and its MVA. The engine's TLB is the other part: only a
 * miss there can lock an entry. */

#define TLB_LOCK_P 1u /* c10: walks fill lockdown entries */
#define TLB_VICTIM 26 /* c10: the next entry to fill, bits 28..26 */

static bool find_locked(const ARMCPU *cpu, uint32_t mva, unsigned *index)
{
    if (cpu->locked_valid == 0) {
        return false;
    }
    for (unsigned i = 0; i < ARM_LOCKED; i++) {
        if ((cpu->locked_valid >> i & 1) != 0 &&
            (mva ^ cpu->locked_mva[i]) >> (cpu->locked_attr[i] & 0x1f) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

static void get_locked(const ARMCPU *cpu, unsigned i, ArmMapping *m)
{
    uint32_t attr = cpu->locked_attr[i];
    m->phys = cpu->locked_phys[i];
    m->bits = attr & 0x1f;
    m->fine = (attr >> 5 & 1) != 0;
    m->ap = attr >> 8 & 0xff;
    m->domain = attr >> 16 & 0xf;
}

/* Locks a whole page if its subpages have the same permissions, otherwise the subpage of `mva` (TRM
 * 2.3.12). */
static void lock(ARMCPU *cpu, uint32_t mva, ArmMapping *m)
{
    unsigned quarter = mva >> (m->bits - 2) & 3, ap = m->ap >> (2 * quarter) & 3;
    if (m->ap != ap * AP_ALL) {
        m->bits -= 2;
        m->phys += (uint32_t)quarter << m->bits;
        m->ap = ap * AP_ALL;
        m->fine = m->bits < BUS_PAGE_BITS;
    }
    unsigned i = cpu->tlb_lock >> TLB_VICTIM & (ARM_LOCKED - 1);
    cpu->locked_mva[i] = mva;
    cpu->locked_phys[i] = (uint32_t)m->phys;
    cpu->locked_attr[i] = (uint32_t)m->domain << 16 | (uint32_t)m->ap << 8 |
                          (m->fine ? 1u << 5 : 0) | (uint32_t)m->bits;
    cpu->locked_valid |= 1u << i;
    cpu->tlb_lock = (cpu->tlb_lock & TLB_LOCK_P) | (uint32_t)((i + 1) & (ARM_LOCKED - 1))
                                                       << TLB_VICTIM;
}

/* Finds the mapping in the lockdown part or the tables. Returns 0 or the status of a fault. */
static unsigned look_up(ARMCPU *cpu, uint32_t mva, ArmMapping *m)
{
    unsigned i;
    if (find_locked(cpu, mva, &i)) {
        get_locked(cpu, i, m);
        return 0;
    }
    unsigned status = walk(cpu, mva, m);
    if (status == 0 && (cpu->tlb_lock & TLB_LOCK_P) != 0 && (cpu->features & ARM_V6) == 0) {
        lock(cpu, mva, m);
    }
    return status;
}

static bool translate_address(ARMCPU *cpu, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    if ((cpu->sctlr & SCTLR_M) == 0) {
        return arm_map_flat(va, page);
    }
    uint32_t mva = arm_mva(cpu, va);
    ArmMapping m;
    unsigned status = look_up(cpu, mva, &m);
    if (status != 0) {
        return arm_note_fault(cpu, mva, access, status, m.domain);
    }
    unsigned ap = m.ap >> (2 * (mva >> (m.bits - 2) & 3)) & 3;
    m.rights = arm_ap_rights(cpu, ap, privileged);
    m.mixed = m.bits == 12 && m.ap != ap * AP_ALL;
    return arm_map(cpu, mva, access, &m, page);
}

void arm_invalidate_tlb_entry(ARMCPU *cpu, uint32_t mva)
{
    unsigned i;
    if (find_locked(cpu, mva, &i)) {
        cpu->locked_valid &= ~(1u << i);
    }
    arm_flush_mva(cpu, mva);
}

const ARMMmu arm_mmu_v5 = { translate_address, arm_note_alignment };
