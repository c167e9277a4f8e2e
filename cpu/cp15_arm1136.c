/* SPDX-License-Identifier: MIT */
/* Coprocessor 15 of the ARM1136JF-S (TRM DDI 0211, chapter 3) and the ARM1176JZF-S (DDI 0301,
 * chapter 3), without Security Extensions, TCM and DMA. */
#include "cpu/cp15.h"
#include "cpu/mmu.h"
#include "cpu/model.h"

#define SCTLR_KEPT                                                                                 \
    (SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_B | SCTLR_S | SCTLR_R | SCTLR_Z | SCTLR_I | SCTLR_V |     \
     SCTLR_RR | SCTLR_L4 | SCTLR_FI | SCTLR_U | SCTLR_XP | SCTLR_VE | SCTLR_EE)
#define SCTLR_KEPT_V6K (SCTLR_KEPT | SCTLR_TR | SCTLR_FA)
#define SCTLR_SBO      0x00050078u /* bits 18, 16 and 6..3 */
/* A change of one of these changes translations, so it flushes the TLB. */
#define SCTLR_TRANSLATION (SCTLR_M | SCTLR_S | SCTLR_R | SCTLR_XP | SCTLR_EE | SCTLR_FA)

#define CPACR_VFP 0x00f00000u /* cp10 and cp11 */
#define ASID      0xffu       /* of CONTEXTIDR */
#define PAR_FAULT 1u
#define PAR_NS    (1u << 9)

static void write_control(ARMCPU *cpu, uint32_t value)
{
    arm_cp_write_control(cpu, value, SCTLR_KEPT, SCTLR_TRANSLATION);
}

static void write_control_v6k(ARMCPU *cpu, uint32_t value)
{
    arm_cp_write_control(cpu, value, SCTLR_KEPT_V6K, SCTLR_TRANSLATION);
}

static void write_cpacr(ARMCPU *cpu, uint32_t value)
{
    cpu->cpacr = value & CPACR_VFP;
    arm_update_tb_mode(cpu);
}

/* The engine's TLB holds entries of one ASID: a change flushes it. */
static void write_context_id(ARMCPU *cpu, uint32_t value)
{
    bool other = ((cpu->context_id ^ value) & ASID) != 0;
    cpu->context_id = value;
    if (other) {
        arm_flush_tlb(cpu);
    }
}

static void invalidate_asid(ARMCPU *cpu, uint32_t value)
{
    if (((cpu->context_id ^ value) & ASID) == 0) {
        arm_flush_tlb(cpu);
    }
}

/* An external abort on the table walk is a data abort of the MCR. */
static void abort_translation(ARMCPU *cpu)
{
    cpu->env.pc -= 4; /* it was the next instruction's */
    cpu->fault_status &= ~DFSR_WNR;
    arm_raise_fault(&cpu->env, TCI_LOAD);
    tci_raise(&cpu->env);
}

/* Translates an address for an access of this kind. PAR gets the physical address or the fault's
 * status. Without Security Extensions all memory is non-secure. */
static void translate(ARMCPU *cpu, uint32_t va, TciAccess access, bool privileged)
{
    TciPage page;
    if (cpu->model->mmu->translate_address(cpu, va, access, privileged, &page)) {
        cpu->par = ((uint32_t)page.addr & 0xfffff000) | PAR_NS;
        return;
    }
    uint32_t status = cpu->fault_status & 0xf;
    if (status == STATUS_WALK_FIRST || status == STATUS_WALK_SECOND) {
        abort_translation(cpu);
    } else {
        cpu->par = status << 1 | PAR_FAULT;
    }
}

static void write_par(ARMCPU *cpu, uint32_t value)
{
    cpu->par = value & 0xfffff1ff;
}

static void translate_privileged_read(ARMCPU *cpu, uint32_t va)
{
    translate(cpu, va, TCI_LOAD, true);
}

static void translate_privileged_write(ARMCPU *cpu, uint32_t va)
{
    translate(cpu, va, TCI_STORE, true);
}

static void translate_user_read(ARMCPU *cpu, uint32_t va)
{
    translate(cpu, va, TCI_LOAD, false);
}

static void translate_user_write(ARMCPU *cpu, uint32_t va)
{
    translate(cpu, va, TCI_STORE, false);
}

/* Writing 1 to P or C resets counters. */
#define PMNC_P    (1u << 1)
#define PMNC_C    (1u << 2)
#define PMNC_KEPT 0x0ffff879u /* event numbers, X, interrupt enables, D, E */

static void write_pmnc(ARMCPU *cpu, uint32_t value)
{
    cpu->pmnc = value & PMNC_KEPT;
    if ((value & PMNC_P) != 0) {
        cpu->pmn0 = cpu->pmn1 = 0;
    }
    if ((value & PMNC_C) != 0) {
        cpu->ccnt = 0;
    }
}

#define USER_OPERATION(name, key, type)                                                            \
    ARM_CP_ROW(name, key, 0, ARM_CP_W | ARM_CP_USER_W, type, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL)
#define TLB_OPERATIONS(name, crm)                                                                  \
    ARM_CP_OPERATION(name "IALL", KEY(8, 0, crm, 0), 0, arm_cp_invalidate_tlb),                    \
        ARM_CP_OPERATION(name "IMVA", KEY(8, 0, crm, 1), 0, arm_flush_mva),                        \
        ARM_CP_OPERATION(name "IASID", KEY(8, 0, crm, 2), 0, invalidate_asid),                     \
        ARM_CP_OPERATION(name "IMVAA", KEY(8, 0, crm, 3), 0, arm_flush_mva)

static const ARMCPReg v6[] = {
    /* clang-format off */
    ARM_CP_ID("CTR", 1, 0, arm_cp_ctr),
    ARM_CP_CONSTANT("TCMTR", KEY(0, 0, 0, 2), 0), /* no TCM is fitted */
    ARM_CP_CONSTANT("TLBTR", KEY(0, 0, 0, 3), 0x00000800), /* one TLB, eight entries can be locked */
    ARM_CP_ID("MIDR", 0, 7, arm_cp_midr), /* and every other opcode_2 */
    ARM_CP_RAZ("c0", KEY(0, 0, 2, 6), KEY(0, 0, 0, 1)), /* reserved ID registers */
    ARM_CP_RAZ("c0", KEY(0, 0, 3, 0), KEY(0, 0, 0, 7)),
    ARM_CP_RAZ("c0", KEY(0, 0, 4, 0), KEY(0, 0, 3, 7)),
    ARM_CP_RESET("ACTLR", KEY(1, 0, 0, 1), 0xf000007f, 0x00000007, actlr),
    ARM_CP_SPECIAL("CPACR", KEY(1, 0, 0, 2), CPACR_VFP, 0, cpacr, write_cpacr),
    ARM_CP_REGISTER("TTBR0", KEY(2, 0, 0, 0), 0xffffffff, 0, ttbr),
    ARM_CP_REGISTER("TTBR1", KEY(2, 0, 0, 1), 0xffffffff, 0, ttbr1),
    ARM_CP_REGISTER("TTBCR", KEY(2, 0, 0, 2), 0x7, 0, ttbcr), /* N */
    ARM_CP_SPECIAL("DACR", KEY(3, 0, 0, 0), 0xffffffff, 0, dacr, arm_cp_write_domains),
    ARM_CP_REGISTER("DFSR", KEY(5, 0, 0, 0), 0x1cff, 0, dfsr),
    ARM_CP_REGISTER("IFSR", KEY(5, 0, 0, 1), 0x14ff, 0, ifsr),
    ARM_CP_REGISTER("FAR", KEY(6, 0, 0, 0), 0xffffffff, 0, far),
    ARM_CP_REGISTER("WFAR", KEY(6, 0, 0, 1), 0xffffffff, 0, wfar),
    ARM_CP_REGISTER("IFAR", KEY(6, 0, 0, 2), 0xffffffff, 0, ifar),

    /* Caches. An invalidated instruction cache or prefetch buffer ends the block. */
    ARM_CP_OPERATION("WFI", KEY(7, 0, 0, 4), 0, arm_cp_wfi),
    ARM_CP_OPERATION("ICIALLU", KEY(7, 0, 5, 0), 0, NULL),
    ARM_CP_OPERATION("ICIMVAU", KEY(7, 0, 5, 1), 0, NULL),
    ARM_CP_OPERATION("ICISW", KEY(7, 0, 5, 2), 0, NULL),
    USER_OPERATION("ISB", KEY(7, 0, 5, 4), 0),
    ARM_CP_OPERATION("BPIALL", KEY(7, 0, 5, 6), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("BPIMVA", KEY(7, 0, 5, 7), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCIALL", KEY(7, 0, 6, 0), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCIMVAC", KEY(7, 0, 6, 1), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCISW", KEY(7, 0, 6, 2), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("CIALL", KEY(7, 0, 7, 0), 0, NULL), /* both caches */
    ARM_CP_OPERATION("DCCALL", KEY(7, 0, 10, 0), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCCMVAC", KEY(7, 0, 10, 1), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCCSW", KEY(7, 0, 10, 2), ARM_CP_CACHE_OP, NULL),
    USER_OPERATION("DSB", KEY(7, 0, 10, 4), ARM_CP_CACHE_OP),
    USER_OPERATION("DMB", KEY(7, 0, 10, 5), ARM_CP_CACHE_OP),
    ARM_CP_CONSTANT("CDSR", KEY(7, 0, 10, 6), 0), /* the data cache is never dirty */
    ARM_CP_ROW("BTSR", KEY(7, 0, 12, 4), 0, ARM_CP_R | ARM_CP_USER_R, 0, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL), /* no block transfer is pending */
    USER_OPERATION("STOPPREFETCH", KEY(7, 0, 12, 5), ARM_CP_CACHE_OP),
    ARM_CP_OPERATION("ICPMVA", KEY(7, 0, 13, 1), ARM_CP_CACHE_OP, NULL), /* prefetch ICache line */
    ARM_CP_OPERATION("DCCIALL", KEY(7, 0, 14, 0), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCCIMVAC", KEY(7, 0, 14, 1), ARM_CP_CACHE_OP, NULL),
    ARM_CP_OPERATION("DCCISW", KEY(7, 0, 14, 2), ARM_CP_CACHE_OP, NULL),
    /* Block transfers: operations on a range of addresses, given by two registers. */
    ARM_CP_OPERATION("ICIRANGE", ARM_CP_PAIR_KEY(0, 5), 0, NULL),
    ARM_CP_OPERATION("DCIRANGE", ARM_CP_PAIR_KEY(0, 6), ARM_CP_CACHE_OP, NULL),
    USER_OPERATION("DCCRANGE", ARM_CP_PAIR_KEY(0, 12), ARM_CP_CACHE_OP),
    USER_OPERATION("ICPRANGE", ARM_CP_PAIR_KEY(1, 12), ARM_CP_CACHE_OP),
    USER_OPERATION("DCPRANGE", ARM_CP_PAIR_KEY(2, 12), ARM_CP_CACHE_OP),
    ARM_CP_OPERATION("DCCIRANGE", ARM_CP_PAIR_KEY(0, 14), ARM_CP_CACHE_OP, NULL),

    TLB_OPERATIONS("ITLB", 5), /* one TLB serves instructions and data */
    TLB_OPERATIONS("DTLB", 6),
    TLB_OPERATIONS("TLB", 7),
    ARM_CP_REGISTER("DCLOCK", KEY(9, 0, 0, 0), 0xf, 0xfffffff0, dlock), /* a bit per way */
    ARM_CP_REGISTER("ICLOCK", KEY(9, 0, 0, 1), 0xf, 0xfffffff0, ilock),
    ARM_CP_REGISTER("DTCMR", KEY(9, 0, 1, 0), 0xfffff001, 0, dtcm), /* TCM regions of size 0 */
    ARM_CP_REGISTER("ITCMR", KEY(9, 0, 1, 1), 0xfffff001, 0, itcm),
    ARM_CP_REGISTER("TLBLOCK", KEY(10, 0, 0, 0), 0x1c000001, 0, tlb_lock), /* locks nothing */
    ARM_CP_SPECIAL("FCSEIDR", KEY(13, 0, 0, 0), 0xfe000000, 0, fcse_pid, arm_cp_write_fcse_pid),
    ARM_CP_SPECIAL("CONTEXTIDR", KEY(13, 0, 0, 1), 0xffffffff, 0, context_id, write_context_id),
    ARM_CP_SPECIAL("PMNC", KEY(15, 0, 12, 0), PMNC_KEPT, 0, pmnc, write_pmnc),
    ARM_CP_REGISTER("CCNT", KEY(15, 0, 12, 1), 0xffffffff, 0, ccnt), /* nothing is counted */
    ARM_CP_REGISTER("PMN0", KEY(15, 0, 12, 2), 0xffffffff, 0, pmn0),
    ARM_CP_REGISTER("PMN1", KEY(15, 0, 12, 3), 0xffffffff, 0, pmn1),
    /* What the TRM calls UNPREDICTABLE: does nothing, reads as 0. */
    ARM_CP_UNPREDICTABLES("c7", KEY(7, 0, 0, 0), KEY(0, 0, 15, 7), ARM_CP_W),
    ARM_CP_UNPREDICTABLES("c15", KEY(15, 0, 0, 0), KEY(0, 7, 15, 7), ARM_CP_RW),
    /* clang-format on */
};

static const ARMCPReg control_v6[] = {
    ARM_CP_SPECIAL("SCTLR", KEY(1, 0, 0, 0), SCTLR_KEPT, SCTLR_SBO, sctlr, write_control),
};

/* What ARMv6K added. */
static const ARMCPReg v6k[] = {
    /* clang-format off */
    ARM_CP_SPECIAL("SCTLR", KEY(1, 0, 0, 0), SCTLR_KEPT_V6K, SCTLR_SBO, sctlr, write_control_v6k),
    ARM_CP_RESET("PRRR", KEY(10, 0, 2, 0), 0xffffffff, 0x00098aa4, prrr), /* see mmu_v6.c */
    ARM_CP_RESET("NMRR", KEY(10, 0, 2, 1), 0xffffffff, 0x44e048e0, nmrr),
    ARM_CP_ROW("TPIDRURW", KEY(13, 0, 0, 2), 0, ARM_CP_RW | ARM_CP_USER_R | ARM_CP_USER_W, 0, offsetof(ARMCPU, tpidr_urw), 0, 0xffffffff, 0, NULL, NULL),
    ARM_CP_ROW("TPIDRURO", KEY(13, 0, 0, 3), 0, ARM_CP_RW | ARM_CP_USER_R, 0, offsetof(ARMCPU, tpidr_uro), 0, 0xffffffff, 0, NULL, NULL),
    ARM_CP_REGISTER("TPIDRPRW", KEY(13, 0, 0, 4), 0xffffffff, 0, tpidr_prw),
    /* clang-format on */
};

/* The address translation operations of the ARM1176. Without Security Extensions there is one
 * world: the operations for the other one are UNDEFINED. */
static const ARMCPReg v2p[] = {
    /* clang-format off */
    ARM_CP_SPECIAL("PAR", KEY(7, 0, 4, 0), 0xffffffff, 0, par, write_par),
    ARM_CP_OPERATION("ATS1CPR", KEY(7, 0, 8, 0), 0, translate_privileged_read),
    ARM_CP_OPERATION("ATS1CPW", KEY(7, 0, 8, 1), 0, translate_privileged_write),
    ARM_CP_OPERATION("ATS1CUR", KEY(7, 0, 8, 2), 0, translate_user_read),
    ARM_CP_OPERATION("ATS1CUW", KEY(7, 0, 8, 3), 0, translate_user_write),
    ARM_CP_ROW("ATS12", KEY(7, 0, 8, 4), KEY(0, 0, 0, 3), 0, 0, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL), /* of the other world */
    /* clang-format on */
};

/* The ID registers of the CPUID scheme: CRn is c0, CRm c1 or c2. */
#define ID_REGISTER(name, crm, opc2, value) ARM_CP_CONSTANT(name, KEY(0, 0, crm, opc2), value)
#define ID_REGISTERS(pfr0, pfr1, dfr0, afr0, mmfr0, mmfr1, mmfr2, mmfr3, isar0, isar1, isar2,      \
                     isar3, isar4)                                                                 \
    ID_REGISTER("ID_PFR0", 1, 0, pfr0), ID_REGISTER("ID_PFR1", 1, 1, pfr1),                        \
        ID_REGISTER("ID_DFR0", 1, 2, dfr0), ID_REGISTER("ID_AFR0", 1, 3, afr0),                    \
        ID_REGISTER("ID_MMFR0", 1, 4, mmfr0), ID_REGISTER("ID_MMFR1", 1, 5, mmfr1),                \
        ID_REGISTER("ID_MMFR2", 1, 6, mmfr2), ID_REGISTER("ID_MMFR3", 1, 7, mmfr3),                \
        ID_REGISTER("ID_ISAR0", 2, 0, isar0), ID_REGISTER("ID_ISAR1", 2, 1, isar1),                \
        ID_REGISTER("ID_ISAR2", 2, 2, isar2), ID_REGISTER("ID_ISAR3", 2, 3, isar3),                \
        ID_REGISTER("ID_ISAR4", 2, 4, isar4), ID_REGISTER("ID_ISAR5", 2, 5, 0)

static const ARMCPReg id_arm1136[] = {
    ID_REGISTERS(0x111, 0x1, 0x2, 0x3, 0x01130003, 0x10030302, 0x01222110, 0, 0x00140011,
                 0x12002111, 0x11231111, 0x01102131, 0x141),
};

static const ARMCPReg id_arm1176[] = {
    ID_REGISTERS(0x111, 0x1, 0x3, 0, 0x01130003, 0x10030302, 0x01222100, 0, 0x00140011, 0x12002111,
                 0x11231121, 0x01102131, 0x1141),
};

const ARMCPRegList arm_cp_lists_arm1136_r2[] = {
    ARM_CP_LIST(control_v6),
    ARM_CP_LIST(id_arm1136),
    ARM_CP_LIST(v6),
    { NULL, 0 },
};
const ARMCPRegList arm_cp_lists_arm1136[] = {
    ARM_CP_LIST(v6k),
    ARM_CP_LIST(id_arm1136),
    ARM_CP_LIST(v6),
    { NULL, 0 },
};
const ARMCPRegList arm_cp_lists_arm1176[] = {
    ARM_CP_LIST(v6k), ARM_CP_LIST(v2p), ARM_CP_LIST(id_arm1176), ARM_CP_LIST(v6), { NULL, 0 },
};
