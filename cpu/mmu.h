/* SPDX-License-Identifier: MIT */
/* Common to the formats of translation tables: what a walk leaves, and what becomes of it. */
#ifndef CPU_MMU_H
#define CPU_MMU_H

#include "cpu/arm.h"

/* Fault status codes, bits 3..0 of DFSR and IFSR (ARM ARM B4.6). A first-level status with
 * STATUS_PAGE is the second level's. */
enum {
    STATUS_ALIGNMENT = 0x1,
    STATUS_ACCESS_FLAG = 0x3,
    STATUS_TRANSLATION = 0x5,
    STATUS_ACCESS_FLAG_PAGE = 0x6,
    STATUS_DOMAIN = 0x9,
    STATUS_WALK_FIRST = 0xc, /* external abort on the fetch of a descriptor */
    STATUS_PERMISSION = 0xd,
    STATUS_WALK_SECOND = 0xe,
    STATUS_PAGE = 0x2,
};

#define DFSR_WNR (1u << 11) /* ARMv6: the access was a write */

enum { RIGHT_READ = 1, RIGHT_WRITE = 2, RIGHT_EXECUTE = 4 };
#define RIGHT_ALL ((unsigned)RIGHT_READ | RIGHT_WRITE | RIGHT_EXECUTE)

/* A mapping of a block of addresses. */
typedef struct ArmMapping {
    hwaddr phys;     /* its physical address */
    unsigned bits;   /* log2 of its size: 10, 12, 16, 20 or 24; 14 for a locked subpage */
    unsigned ap;     /* access permissions, in the format's own form */
    unsigned rights; /* RIGHT_* of a client of the domain to the address asked for */
    unsigned domain; /* 0..15 */
    bool fine;       /* from a table of 1 KiB pages: neighbours in the same 4 KiB may differ */
    bool mixed;      /* rights of a client differ within the page */
} ArmMapping;

/* The modified virtual address: the FCSE changes addresses while the MMU is on (ARM ARM B8.2). */
uint32_t arm_mva(const ARMCPU *cpu, uint32_t va);

/* The address of the first-level descriptor of an MVA. */
hwaddr arm_first_level(const ARMCPU *cpu, uint32_t mva);

/* Reads a descriptor of `size` bytes, 4 or 8, at an aligned physical address; big-endian if
 * SCTLR.EE is set. False: nothing is mapped there, an external abort. */
bool arm_read_descriptor(const ARMCPU *cpu, hwaddr addr, unsigned size, uint64_t *descriptor);

/* The rights of an AP field in tables with subpages, or with APX clear (ARM ARM table B4-1). */
unsigned arm_ap_rights(const ARMCPU *cpu, unsigned ap, bool privileged);

/* Notes a fault for arm_raise_fault(); returns false. */
bool arm_note_fault(ARMCPU *cpu, uint32_t mva, TciAccess access, unsigned status, unsigned domain);

/* ARMMmu.note_alignment of all formats. */
void arm_note_alignment(ARMCPU *cpu, uint32_t va, TciAccess access);

/* Answers for a CPU whose MMU is off. */
bool arm_map_flat(uint32_t va, TciPage *page);

/* Checks the domain and the rights of a mapping, and answers. */
bool arm_map(ARMCPU *cpu, uint32_t mva, TciAccess access, const ArmMapping *m, TciPage *page);

#endif
