/* SPDX-License-Identifier: MIT */
/* Common to the formats of translation tables: descriptors in memory, the check of domains and
 * rights, faults, and the engine's TLB. */
#include "cpu/mmu.h"

#include <string.h>

#include "cpu/decode/decode.h"
#include "util/log.h"

uint32_t arm_mva(const ARMCPU *cpu, uint32_t va)
{
    return va < 0x02000000 && (cpu->sctlr & SCTLR_M) != 0 ? va | cpu->fcse_pid : va;
}

/* With TTBCR.N > 0, TTBR0's table has the addresses whose upper N bits are 0, and is that much
 * shorter (ARM ARM B4.9.2). */
hwaddr arm_first_level(const ARMCPU *cpu, uint32_t mva)
{
    unsigned n = cpu->ttbcr & 7;
    uint32_t base = cpu->ttbr & ~UINT32_C(0) << (14 - n);
    if (n > 0 && mva >> (32 - n) != 0) {
        base = cpu->ttbr1 & 0xffffc000;
    }
    return base | (mva >> 18 & 0x3ffc);
}

bool arm_read_descriptor(const ARMCPU *cpu, hwaddr addr, unsigned size, uint64_t *descriptor)
{
    BusRegion *r = bus_find(cpu->bus, addr);
    if (!r) {
        return false;
    }
    uint64_t d = bus_region_read(r, addr, size);
    if ((cpu->sctlr & SCTLR_EE) != 0) {
        uint32_t low = bswap32((uint32_t)d), high = bswap32((uint32_t)(d >> 32));
        d = size == 4 ? low : (uint64_t)low << 32 | high;
    }
    *descriptor = d;
    return true;
}

unsigned arm_ap_rights(const ARMCPU *cpu, unsigned ap, bool privileged)
{
    const unsigned read = RIGHT_READ | RIGHT_EXECUTE;
    switch (ap) {
    case 0:
        switch (cpu->sctlr & (SCTLR_S | SCTLR_R)) {
        case SCTLR_S: return privileged ? read : 0;
        case SCTLR_R: return read;
        default: return 0;
        }
    case 1: return privileged ? RIGHT_ALL : 0;
    case 2: return privileged ? RIGHT_ALL : read;
    default: return RIGHT_ALL;
    }
}

static const char *access_name(TciAccess access)
{
    return access == TCI_FETCH ? "fetch" : access == TCI_STORE ? "store" : "load";
}

bool arm_note_fault(ARMCPU *cpu, uint32_t mva, TciAccess access, unsigned status, unsigned domain)
{
    cpu->fault_status = domain << 4 | status;
    if ((cpu->features & ARM_V6) != 0 && access == TCI_STORE) {
        cpu->fault_status |= DFSR_WNR;
    }
    cpu->fault_address = mva;
    if (log_on(LOG_MMU)) {
        log_printf("mmu: %s at MVA %08x faults: status %x, domain %u\n", access_name(access),
                   (unsigned)mva, status, domain);
    }
    return false;
}

void arm_note_alignment(ARMCPU *cpu, uint32_t va, TciAccess access)
{
    arm_note_fault(cpu, arm_mva(cpu, va), access, STATUS_ALIGNMENT, 0);
}

bool arm_map_flat(uint32_t va, TciPage *page)
{
    page->phys = va & ~(BUS_PAGE_SIZE - 1);
    page->addr = va;
    page->readable = page->writable = true;
    page->partial = false;
    return true;
}

/* Notes that the engine's TLB may have an entry of the mapping. */
static void note_mapped(ARMCPU *cpu, uint32_t mva, const ArmMapping *m)
{
    if (m->bits > BUS_PAGE_BITS) {
        uint32_t megabytes =
            m->bits == 24 ? UINT32_C(0xffff) << (mva >> 20 & 16) : UINT32_C(1) << (mva >> 20 & 31);
        cpu->large_mapped[mva >> 25] |= megabytes;
    }
    cpu->domains_used |= UINT32_C(1) << m->domain;
}

bool arm_map(ARMCPU *cpu, uint32_t mva, TciAccess access, const ArmMapping *m, TciPage *page)
{
    unsigned page_status = m->bits >= 20 ? 0 : STATUS_PAGE;
    unsigned rights = m->rights;
    page->partial = m->fine;
    switch (cpu->dacr >> (2 * m->domain) & 3) {
    case 1: /* client */ page->partial |= m->mixed; break;
    case 3: /* manager */ rights = RIGHT_ALL; break;
    default: return arm_note_fault(cpu, mva, access, STATUS_DOMAIN | page_status, m->domain);
    }
    unsigned needed = access == TCI_STORE   ? RIGHT_WRITE
                      : access == TCI_FETCH ? RIGHT_EXECUTE
                                            : RIGHT_READ;
    if ((rights & needed) == 0) {
        return arm_note_fault(cpu, mva, access, STATUS_PERMISSION | page_status, m->domain);
    }
    page->addr = m->phys | (mva & ((UINT32_C(1) << m->bits) - 1));
    page->phys = page->addr & ~(hwaddr)(BUS_PAGE_SIZE - 1);
    page->readable = (rights & RIGHT_READ) != 0;
    page->writable = (rights & RIGHT_WRITE) != 0;
    note_mapped(cpu, mva, m);
    if (log_on(LOG_MMU)) {
        log_printf("mmu: %s at MVA %08x is %08llx %s%s\n", access_name(access), (unsigned)mva,
                   (unsigned long long)page->addr, page->writable ? "rw" : "r",
                   page->partial ? ", in part" : "");
    }
    return true;
}

/* -- Invalidation -- */

void arm_flush_tlb(ARMCPU *cpu)
{
    memset(cpu->large_mapped, 0, sizeof cpu->large_mapped);
    cpu->domains_used = 0;
    tci_flush_tlb(&cpu->env);
}

void arm_flush_domains(ARMCPU *cpu, uint32_t domains)
{
    if ((cpu->domains_used & domains) != 0) {
        arm_flush_tlb(cpu);
    }
}

void arm_flush_mva(ARMCPU *cpu, uint32_t mva)
{
    if ((cpu->large_mapped[mva >> 25] >> (mva >> 20 & 31) & 1) != 0) {
        arm_flush_tlb(cpu);
        return;
    }
    /* The engine's entries have the address before the FCSE: the process's below 32 MiB, the MVA
     * above. */
    if (cpu->fcse_pid != 0 && (mva & 0xfe000000) == cpu->fcse_pid) {
        tci_flush_tlb_page(&cpu->env, mva & 0x01ffffff);
    }
    tci_flush_tlb_page(&cpu->env, mva);
}
