/* SPDX-License-Identifier: MIT */
/* Coprocessor 15, the system control coprocessor of the ARM926EJ-S (TRM chapter 2). */
#include "cpu/cpreg.h"
#include "cpu/model.h"

#define KEY ARM_CP_KEY

#define SCTLR_KEPT                                                                                 \
    (SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_B | SCTLR_S | SCTLR_R | SCTLR_I | SCTLR_V | SCTLR_RR |    \
     SCTLR_L4)
#define SCTLR_SBO       0x00050078u /* bits 18, 16 and 6..3 */
#define TEST_CLEAN_DONE 0x40000000u /* Z of MRC r15: no dirty lines */

static void write_control(ARMCPU *cpu, uint32_t value)
{
    uint32_t changed = (cpu->sctlr ^ value) & SCTLR_KEPT;
    cpu->sctlr = value & SCTLR_KEPT;
    if ((changed & (SCTLR_M | SCTLR_S | SCTLR_R)) != 0) {
        arm_flush_tlb(cpu);
    }
    arm_update_tb_mode(cpu);
}

/* Access rights are checked at each access, TLB hit or not. The engine caches them: it looks up
 * again what it has not cached, so rights may grow without a flush, but not shrink. */
static void write_domains(ARMCPU *cpu, uint32_t value)
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

static void wait_for_interrupt(ARMCPU *cpu, uint32_t value)
{
    (void)value;
    arm_wait_for_interrupt(cpu);
}

static void invalidate_tlb(ARMCPU *cpu, uint32_t value)
{
    (void)value;
    arm_flush_tlb(cpu);
}

static void write_fcse_pid(ARMCPU *cpu, uint32_t value)
{
    value &= 0xfe000000;
    if (cpu->fcse_pid != value) {
        cpu->fcse_pid = value;
        arm_flush_tlb(cpu);
    }
}

static uint32_t read_midr(const ARMCPU *cpu)
{
    return cpu->model->midr;
}

static uint32_t read_ctr(const ARMCPU *cpu)
{
    return cpu->model->ctr;
}

#define ID_REGISTER(name, opc2, any, read)                                                         \
    {                                                                                              \
        name, KEY(0, 0, 0, opc2), any, ARM_CP_R, 0, ARM_CP_NO_FIELD, 0, 0, 0, read, NULL           \
    }
#define UNPREDICTABLE(name, key, any, access)                                                      \
    {                                                                                              \
        name, key, any, access, ARM_CP_UNPREDICTABLE, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL         \
    }

static const ARMCPReg regs[] = {
    /* clang-format off */
    ID_REGISTER("CTR", 1, 0, read_ctr),
    ARM_CP_CONSTANT("TCMTR", KEY(0, 0, 0, 2), 0), /* no TCM is fitted */
    ID_REGISTER("MIDR", 0, 7, read_midr), /* and every other opcode_2 */
    ARM_CP_SPECIAL("SCTLR", KEY(1, 0, 0, 0), SCTLR_KEPT, SCTLR_SBO, sctlr, write_control),
    ARM_CP_REGISTER("TTBR", KEY(2, 0, 0, 0), 0xffffc000, 0, ttbr),
    ARM_CP_SPECIAL("DACR", KEY(3, 0, 0, 0), 0xffffffff, 0, dacr, write_domains),
    ARM_CP_REGISTER("DFSR", KEY(5, 0, 0, 0), 0xff, 0, dfsr),
    ARM_CP_REGISTER("IFSR", KEY(5, 0, 0, 1), 0xff, 0, ifsr),
    ARM_CP_REGISTER("FAR", KEY(6, 0, 0, 0), 0xffffffff, 0, far),
    ARM_CP_OPERATION("WFI", KEY(7, 0, 0, 4), 0, wait_for_interrupt),
    ARM_CP_OPERATION("ICIALLU", KEY(7, 0, 5, 0), 0, NULL), /* invalidate ICache */
    ARM_CP_OPERATION("ICIMVA", KEY(7, 0, 5, 1), 0, NULL), /* invalidate ICache line, MVA */
    ARM_CP_OPERATION("ICISW", KEY(7, 0, 5, 2), 0, NULL), /* invalidate ICache line, set and way */
    ARM_CP_OPERATION("DCIALL", KEY(7, 0, 6, 0), ARM_CP_CACHE_OP, NULL), /* invalidate DCache */
    ARM_CP_OPERATION("DCIMVA", KEY(7, 0, 6, 1), ARM_CP_CACHE_OP, NULL), /* invalidate DCache line, MVA */
    ARM_CP_OPERATION("DCISW", KEY(7, 0, 6, 2), ARM_CP_CACHE_OP, NULL), /* invalidate DCache line, set and way */
    ARM_CP_OPERATION("CIALL", KEY(7, 0, 7, 0), 0, NULL), /* invalidate both */
    ARM_CP_OPERATION("DCCMVA", KEY(7, 0, 10, 1), ARM_CP_CACHE_OP, NULL), /* clean DCache line, MVA */
    ARM_CP_OPERATION("DCCSW", KEY(7, 0, 10, 2), ARM_CP_CACHE_OP, NULL), /* clean DCache line, set and way */
    ARM_CP_CONSTANT("DCTC", KEY(7, 0, 10, 3), TEST_CLEAN_DONE),
    ARM_CP_OPERATION("DWB", KEY(7, 0, 10, 4), ARM_CP_CACHE_OP, NULL), /* drain write buffer */
    ARM_CP_OPERATION("ICPMVA", KEY(7, 0, 13, 1), 0, NULL), /* prefetch ICache line, MVA */
    ARM_CP_OPERATION("DCCIMVA", KEY(7, 0, 14, 1), ARM_CP_CACHE_OP, NULL), /* clean and invalidate DCache line, MVA */
    ARM_CP_OPERATION("DCCISW", KEY(7, 0, 14, 2), ARM_CP_CACHE_OP, NULL), /* clean and invalidate DCache line, set and way */
    ARM_CP_CONSTANT("DCTCI", KEY(7, 0, 14, 3), TEST_CLEAN_DONE),
    ARM_CP_OPERATION("ITLBIALL", KEY(8, 0, 5, 0), 0, invalidate_tlb), /* one TLB serves instructions and data */
    ARM_CP_OPERATION("ITLBIMVA", KEY(8, 0, 5, 1), 0, arm_invalidate_tlb_entry),
    ARM_CP_OPERATION("DTLBIALL", KEY(8, 0, 6, 0), 0, invalidate_tlb),
    ARM_CP_OPERATION("DTLBIMVA", KEY(8, 0, 6, 1), 0, arm_invalidate_tlb_entry),
    ARM_CP_OPERATION("TLBIALL", KEY(8, 0, 7, 0), 0, invalidate_tlb),
    ARM_CP_OPERATION("TLBIMVA", KEY(8, 0, 7, 1), 0, arm_invalidate_tlb_entry),
    ARM_CP_REGISTER("DCLOCK", KEY(9, 0, 0, 0), 0xf, 0xfff0, dlock), /* cache lockdown, a bit per way */
    ARM_CP_REGISTER("ICLOCK", KEY(9, 0, 0, 1), 0xf, 0xfff0, ilock),
    ARM_CP_REGISTER("DTCMR", KEY(9, 0, 1, 0), 0xfffff001, 0, dtcm), /* TCM regions of size 0 */
    ARM_CP_REGISTER("ITCMR", KEY(9, 0, 1, 1), 0xfffff001, 0, itcm),
    ARM_CP_REGISTER("TLBLOCK", KEY(10, 0, 0, 0), 0x1c000001, 0, tlb_lock),
    ARM_CP_SPECIAL("FCSEIDR", KEY(13, 0, 0, 0), 0xfe000000, 0, fcse_pid, write_fcse_pid),
    ARM_CP_REGISTER("CONTEXTIDR", KEY(13, 0, 0, 1), 0xffffffff, 0, context_id),
    ARM_CP_REGISTER("DOVRR", KEY(15, 0, 0, 0), 0xffffffff, 0, debug_override),
    ARM_CP_REGISTER("DADDR", KEY(15, 0, 1, 0), 0xffffffff, 0, debug_address),
    ARM_CP_REGISTER("MRGN", KEY(15, 0, 2, 0), 0xffffffff, 0, region_remap),
    ARM_CP_REGISTER("TRACECTL", KEY(15, 1, 1, 0), 0xffffffff, 0, trace_control),
    /* What the TRM calls UNPREDICTABLE: does nothing, reads as 0. */
    UNPREDICTABLE("c7", KEY(7, 0, 0, 0), KEY(0, 0, 15, 7), ARM_CP_W),
    UNPREDICTABLE("c15", KEY(15, 0, 0, 0), KEY(0, 7, 15, 7), ARM_CP_RW),
    /* clang-format on */
};

const ARMCPRegList arm_cp_lists_arm926[] = {
    { regs, sizeof regs / sizeof regs[0] },
    { NULL, 0 },
};
