/* SPDX-License-Identifier: MIT */
/* The ARMv6 MMU (ARM ARM DDI 0100I, B4): tables without subpages. With SCTLR.XP clear the tables
 * have subpages, and mmu_v5.c walks them.
 *
 * The caching attributes TEX, C, B and S are ignored: they have no visible effect. nG is ignored,
 * too: the engine's TLB holds entries of one ASID, and a change of the ASID flushes it
 * (cp15_arm1136.c). */
#include "cpu/decode/decode.h"
#include "cpu/mmu.h"
#include "cpu/model.h"

/* Descriptor types, bits 1..0, first and second level. A small page's bit 0 is XN. */
enum { L1_FAULT, L1_TABLE, L1_SECTION };
enum { L2_FAULT, L2_LARGE };

#define L1_SUPERSECTION (1u << 18)

/* ArmMapping.ap: APX and AP, and XN. */
#define AP(low, apx) ((unsigned)((low)&3) | (unsigned)((apx)&1) << 2)
#define AP_XN        (1u << 3)

static unsigned section(uint32_t d, ArmMapping *m)
{
    m->ap = AP(d >> 10, d >> 15) | ((d >> 4 & 1) != 0 ? AP_XN : 0);
    if ((d & L1_SUPERSECTION) != 0) {
        m->phys = (d & 0xff000000) | (hwaddr)(d >> 20 & 0xf) << 32 | (hwaddr)(d >> 5 & 0xf) << 36;
        m->bits = 24;
        m->domain = 0;
    } else {
        m->phys = d & 0xfff00000;
        m->bits = 20;
    }
    return 0;
}

static unsigned page(uint32_t d, ArmMapping *m)
{
    unsigned xn;
    switch (d & 3) {
    case L2_FAULT: return STATUS_TRANSLATION | STATUS_PAGE;
    case L2_LARGE:
        m->phys = d & 0xffff0000;
        m->bits = 16;
        xn = d >> 15 & 1;
        break;
    default:
        m->phys = d & 0xfffff000;
        m->bits = 12;
        xn = d & 1;
        break;
    }
    m->ap = AP(d >> 4, d >> 9) | (xn != 0 ? AP_XN : 0);
    return 0;
}

/* The table walk. Returns 0 or the status of a fault, for which m->domain is set if known. */
static unsigned walk(const ARMCPU *cpu, uint32_t mva, ArmMapping *m)
{
    uint64_t d;
    m->domain = 0;
    if (!arm_read_descriptor(cpu, arm_first_level(cpu, mva), 4, &d)) {
        return STATUS_WALK_FIRST;
    }
    switch (d & 3) {
    case L1_TABLE: break;
    case L1_SECTION: m->domain = d >> 5 & 0xf; return section((uint32_t)d, m);
    default: return STATUS_TRANSLATION;
    }
    m->domain = d >> 5 & 0xf;
    if (!arm_read_descriptor(cpu, (d & 0xfffffc00) | (mva >> 10 & 0x3fc), 4, &d)) {
        return STATUS_WALK_SECOND;
    }
    return page((uint32_t)d, m);
}

/* The rights that APX and AP give (ARM ARM table B4-1), without XN. */
static unsigned ap_rights(const ARMCPU *cpu, unsigned ap, bool privileged)
{
    const unsigned read = RIGHT_READ | RIGHT_EXECUTE;
    switch (ap) {
    case AP(1, 1): return privileged ? read : 0;
    case AP(2, 1): return read;
    case AP(3, 1): return (cpu->features & ARM_V6K) != 0 ? read : 0; /* reserved in ARMv6 */
    case AP(0, 1): return 0;                                         /* reserved */
    default: return arm_ap_rights(cpu, ap, privileged);
    }
}

/* The same with SCTLR.FA set: AP[0] is the access flag. */
static unsigned flag_ap_rights(unsigned ap, bool privileged)
{
    unsigned rights = (ap & AP(0, 1)) != 0 ? RIGHT_READ | RIGHT_EXECUTE : RIGHT_ALL;
    return privileged || (ap & AP(2, 0)) != 0 ? rights : 0;
}

static bool is_client(const ARMCPU *cpu, unsigned domain)
{
    return (cpu->dacr >> (2 * domain) & 3) == 1;
}

static bool translate_address(ARMCPU *cpu, uint32_t va, TciAccess access, bool privileged,
                              TciPage *out)
{
    if ((cpu->sctlr & SCTLR_M) == 0 || (cpu->sctlr & SCTLR_XP) == 0) {
        return arm_mmu_v5.translate_address(cpu, va, access, privileged, out);
    }
    uint32_t mva = arm_mva(cpu, va);
    ArmMapping m = { .fine = false };
    unsigned status = walk(cpu, mva, &m);
    if (status != 0) {
        return arm_note_fault(cpu, mva, access, status, m.domain);
    }
    bool flag = (cpu->sctlr & SCTLR_FA) != 0;
    m.rights = flag ? flag_ap_rights(m.ap, privileged) : ap_rights(cpu, m.ap & ~AP_XN, privileged);
    if ((m.ap & AP_XN) != 0) {
        m.rights &= ~(unsigned)RIGHT_EXECUTE;
    }
    if (flag && (m.ap & 1) == 0 && is_client(cpu, m.domain)) {
        status = m.bits >= 20 ? STATUS_ACCESS_FLAG : STATUS_ACCESS_FLAG_PAGE;
        return arm_note_fault(cpu, mva, access, status, m.domain);
    }
    return arm_map(cpu, mva, access, &m, out);
}

const ARMMmu arm_mmu_v6 = { translate_address, arm_note_alignment };
