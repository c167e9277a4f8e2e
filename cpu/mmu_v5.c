/* SPDX-License-Identifier: MIT */
/* The ARMv5 MMU: translation tables, domains, permissions and the FCSE (ARM ARM B4, B8), and the
 * TLB lockdown of the ARM926EJ-S (TRM chapter 3). */
#include <string.h>

#include "cpu/mmu.h"
#include "cpu/model.h"
#include "util/log.h"

/* Fault status codes, c5 bits 3..0 (TRM table 3-9). STATUS_PAGE turns a section's into a page's. */
enum {
    STATUS_ALIGNMENT = 0x1,
    STATUS_TRANSLATION = 0x5,
    STATUS_DOMAIN = 0x9,
    STATUS_WALK_FIRST = 0xc, /* external abort on the fetch of a descriptor */
    STATUS_PERMISSION = 0xd,
    STATUS_WALK_SECOND = 0xe,
    STATUS_PAGE = 0x2,
};

/* Descriptor types, bits 1..0, first and second level. */
enum { L1_FAULT, L1_COARSE, L1_SECTION, L1_FINE };
enum { L2_FAULT, L2_LARGE, L2_SMALL, L2_TINY };

enum { RIGHT_READ = 1, RIGHT_WRITE = 2 };

#define AP_ALL 0x55u /* times an AP field: four copies of it */

/* A mapping of a block of addresses. */
typedef struct Mapping {
    uint32_t phys;   /* its physical address */
    unsigned bits;   /* log2 of its size: 10, 12, 16 or 20; 14 for a locked subpage */
    unsigned ap;     /* four AP fields, lowest quarter first in bits 1..0 */
    unsigned domain; /* 0..15 */
    bool fine;       /* from a table of 1 KiB pages: neighbours in the same 4 KiB may differ */
} Mapping;

/* The modified virtual address: the FCSE changes addresses while the MMU is on (ARM ARM B8.2). */
static uint32_t modified_address(const ARMCPU *cpu, uint32_t va)
{
    return va < 0x02000000 && (cpu->sctlr & SCTLR_M) != 0 ? va | cpu->fcse_pid : va;
}

static const char *access_name(TciAccess access)
{
    return access == TCI_FETCH ? "fetch" : access == TCI_STORE ? "store" : "load";
}

static bool note_fault(ARMCPU *cpu, uint32_t mva, TciAccess access, unsigned status,
                       unsigned domain)
{
    cpu->fault_status = domain << 4 | status;
    cpu->fault_address = mva;
    if (log_on(LOG_MMU)) {
        log_printf("mmu: %s at MVA %08x faults: status %x, domain %u\n", access_name(access),
                   (unsigned)mva, status, domain);
    }
    return false;
}

static void note_alignment(ARMCPU *cpu, uint32_t va, TciAccess access)
{
    note_fault(cpu, modified_address(cpu, va), access, STATUS_ALIGNMENT, 0);
}

/* The table walk (ARM ARM B4.7). Returns 0 or the status of a fault, for which m->domain is set if
 * known. */
static unsigned walk(ARMCPU *cpu, uint32_t mva, Mapping *m)
{
    uint64_t d;
    m->domain = 0;
    m->fine = false;
    if (!arm_read_descriptor(cpu, (cpu->ttbr & 0xffffc000) | (mva >> 18 & 0x3ffc), 4, &d)) {
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
        second = (d & 0xfffff000) | (mva >> 8 & 0xffc);
        m->fine = true;
        break;
    default: return STATUS_TRANSLATION;
    }
    if (!arm_read_descriptor(cpu, second, 4, &d)) {
        return STATUS_WALK_SECOND;
    }
    switch (d & 3) {
    case L2_LARGE:
        m->phys = d & 0xffff0000;
        m->bits = 16;
        m->ap = d >> 4 & 0xff;
        return 0;
    case L2_SMALL:
        m->phys = d & 0xfffff000;
        m->bits = 12;
        m->ap = d >> 4 & 0xff;
        return 0;
    case L2_TINY:
        if (m->fine) { /* reserved in a coarse table */
            m->phys = d & 0xfffffc00;
            m->bits = 10;
            m->ap = (d >> 4 & 3) * AP_ALL;
            return 0;
        }
        break;
    default: break;
    }
    return STATUS_TRANSLATION | STATUS_PAGE;
}

/* The access rights of an AP field (ARM ARM table B4-1). */
static unsigned ap_rights(const ARMCPU *cpu, unsigned ap, bool privileged)
{
    switch (ap) {
    case 0:
        switch (cpu->sctlr & (SCTLR_S | SCTLR_R)) {
        case SCTLR_S: return privileged ? RIGHT_READ : 0;
        case SCTLR_R: return RIGHT_READ;
        default: return 0;
        }
    case 1: return privileged ? RIGHT_READ | RIGHT_WRITE : 0;
    case 2: return privileged ? RIGHT_READ | RIGHT_WRITE : RIGHT_READ;
    default: return RIGHT_READ | RIGHT_WRITE;
    }
}

/* -- The lockdown part of the TLB --
 *
 * An entry is a Mapping in two words, and its MVA. The engine's TLB is the other part: only a miss
 * there can lock an entry. */

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

static void get_locked(const ARMCPU *cpu, unsigned i, Mapping *m)
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
static void lock(ARMCPU *cpu, uint32_t mva, Mapping *m)
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
    cpu->locked_phys[i] = m->phys;
    cpu->locked_attr[i] = (uint32_t)m->domain << 16 | (uint32_t)m->ap << 8 |
                          (m->fine ? 1u << 5 : 0) | (uint32_t)m->bits;
    cpu->locked_valid |= 1u << i;
    cpu->tlb_lock = (cpu->tlb_lock & TLB_LOCK_P) | (uint32_t)((i + 1) & (ARM_LOCKED - 1))
                                                       << TLB_VICTIM;
}

/* Finds the mapping in the lockdown part or the tables. Returns 0 or the status of a fault. */
static unsigned look_up(ARMCPU *cpu, uint32_t mva, Mapping *m)
{
    unsigned i;
    if (find_locked(cpu, mva, &i)) {
        get_locked(cpu, i, m);
        return 0;
    }
    unsigned status = walk(cpu, mva, m);
    if (status == 0 && (cpu->tlb_lock & TLB_LOCK_P) != 0) {
        lock(cpu, mva, m);
    }
    return status;
}

static bool translate_address(ARMCPU *cpu, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    uint32_t mva = modified_address(cpu, va);
    page->partial = false;
    if ((cpu->sctlr & SCTLR_M) == 0) {
        page->phys = mva & ~(BUS_PAGE_SIZE - 1);
        page->addr = mva;
        page->readable = page->writable = true;
        return true;
    }
    Mapping m;
    unsigned status = look_up(cpu, mva, &m);
    if (status != 0) {
        return note_fault(cpu, mva, access, status, m.domain);
    }
    unsigned page_status = m.bits == 20 ? 0 : STATUS_PAGE;
    unsigned rights;
    switch (cpu->dacr >> (2 * m.domain) & 3) {
    case 1: /* client */
        rights = ap_rights(cpu, m.ap >> (2 * (mva >> (m.bits - 2) & 3)) & 3, privileged);
        if (m.bits == 12) {
            page->partial = m.ap != (m.ap & 3) * AP_ALL;
        }
        break;
    case 3: /* manager */ rights = RIGHT_READ | RIGHT_WRITE; break;
    default: return note_fault(cpu, mva, access, STATUS_DOMAIN | page_status, m.domain);
    }
    if ((rights & (access == TCI_STORE ? RIGHT_WRITE : RIGHT_READ)) == 0) {
        return note_fault(cpu, mva, access, STATUS_PERMISSION | page_status, m.domain);
    }
    uint32_t addr = m.phys | (mva & ((UINT32_C(1) << m.bits) - 1));
    page->phys = addr & ~(BUS_PAGE_SIZE - 1);
    page->addr = addr;
    page->readable = (rights & RIGHT_READ) != 0;
    page->writable = (rights & RIGHT_WRITE) != 0;
    if (m.fine) {
        page->partial = true;
    }
    if (m.bits > BUS_PAGE_BITS) {
        cpu->large_mapped[mva >> 25] |= UINT32_C(1) << (mva >> 20 & 31);
    }
    cpu->domains_used |= UINT32_C(1) << m.domain;
    if (log_on(LOG_MMU)) {
        log_printf("mmu: %s at MVA %08x is %08x %s%s\n", access_name(access), (unsigned)mva,
                   (unsigned)addr, page->writable ? "rw" : "r", page->partial ? ", in part" : "");
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

void arm_invalidate_tlb_entry(ARMCPU *cpu, uint32_t mva)
{
    unsigned i;
    if (find_locked(cpu, mva, &i)) {
        cpu->locked_valid &= ~(1u << i);
    }
    if ((cpu->large_mapped[mva >> 25] >> (mva >> 20 & 31) & 1) != 0) {
        arm_flush_tlb(cpu);
        return;
    }
    /* The engine's entries have the address before the FCSE: the process's below 32 MiB, the MVA
     * above.
     */
    if (cpu->fcse_pid != 0 && (mva & 0xfe000000) == cpu->fcse_pid) {
        tci_flush_tlb_page(&cpu->env, mva & 0x01ffffff);
    }
    tci_flush_tlb_page(&cpu->env, mva);
}

static void reset(ARMCPU *cpu)
{
    cpu->locked_valid = 0;
    arm_flush_tlb(cpu);
}

const ARMMmu arm_mmu_v5 = { translate_address, note_alignment, reset };
