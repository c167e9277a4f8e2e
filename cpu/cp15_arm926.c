/* SPDX-License-Identifier: MIT */
/* Coprocessor 15, the system control coprocessor, of the ARM926EJ-S (TRM chapter 2) and of the
 * ARM1026EJ-S. */
#include "cpu/cp15.h"
#include "cpu/model.h"

#define SCTLR_KEPT                                                                                 \
    (SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_B | SCTLR_S | SCTLR_R | SCTLR_I | SCTLR_V | SCTLR_RR |    \
     SCTLR_L4)
#define SCTLR_SBO       0x00050078u /* bits 18, 16 and 6..3 */
#define TEST_CLEAN_DONE 0x40000000u /* Z of MRC r15: no dirty lines */

static void write_control(ARMCPU *cpu, uint32_t value)
{
    arm_cp_write_control(cpu, value, SCTLR_KEPT, SCTLR_M | SCTLR_S | SCTLR_R);
}

static void write_control_1026(ARMCPU *cpu, uint32_t value)
{
    arm_cp_write_control(cpu, value, SCTLR_KEPT | SCTLR_Z, SCTLR_M | SCTLR_S | SCTLR_R);
}

static const ARMCPReg arm926[] = {
    ARM_CP_SPECIAL("SCTLR", KEY(1, 0, 0, 0), SCTLR_KEPT, SCTLR_SBO, sctlr, write_control),
};

static const ARMCPReg arm1026[] = {
    ARM_CP_SPECIAL("SCTLR", KEY(1, 0, 0, 0), SCTLR_KEPT | SCTLR_Z, SCTLR_SBO, sctlr,
                   write_control_1026),
    ARM_CP_ROW("ACTLR", KEY(1, 0, 0, 1), 0, ARM_CP_RW, 0, ARM_CP_NO_FIELD, 0, 0, 0x1, NULL, NULL),
    ARM_CP_REGISTER("IFAR", KEY(6, 0, 0, 1), 0xffffffff, 0, ifar),
};

static const ARMCPReg common[] = {
    /* clang-format off */
    ARM_CP_ID("CTR", 1, 0, arm_cp_ctr),
    ARM_CP_CONSTANT("TCMTR", KEY(0, 0, 0, 2), 0), /* no TCM is fitted */
    ARM_CP_ID("MIDR", 0, 7, arm_cp_midr), /* and every other opcode_2 */
    ARM_CP_REGISTER("TTBR", KEY(2, 0, 0, 0), 0xffffc000, 0, ttbr),
    ARM_CP_SPECIAL("DACR", KEY(3, 0, 0, 0), 0xffffffff, 0, dacr, arm_cp_write_domains),
    ARM_CP_REGISTER("DFSR", KEY(5, 0, 0, 0), 0xff, 0, dfsr),
    ARM_CP_REGISTER("IFSR", KEY(5, 0, 0, 1), 0xff, 0, ifsr),
    ARM_CP_REGISTER("FAR", KEY(6, 0, 0, 0), 0xffffffff, 0, far),
    ARM_CP_OPERATION("WFI", KEY(7, 0, 0, 4), 0, arm_cp_wfi),
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
    ARM_CP_OPERATION("ITLBIALL", KEY(8, 0, 5, 0), 0, arm_cp_invalidate_tlb), /* one TLB serves instructions and data */
    ARM_CP_OPERATION("ITLBIMVA", KEY(8, 0, 5, 1), 0, arm_invalidate_tlb_entry),
    ARM_CP_OPERATION("DTLBIALL", KEY(8, 0, 6, 0), 0, arm_cp_invalidate_tlb),
    ARM_CP_OPERATION("DTLBIMVA", KEY(8, 0, 6, 1), 0, arm_invalidate_tlb_entry),
    ARM_CP_OPERATION("TLBIALL", KEY(8, 0, 7, 0), 0, arm_cp_invalidate_tlb),
    ARM_CP_OPERATION("TLBIMVA", KEY(8, 0, 7, 1), 0, arm_invalidate_tlb_entry),
    ARM_CP_REGISTER("DCLOCK", KEY(9, 0, 0, 0), 0xf, 0xfff0, dlock), /* cache lockdown, a bit per way */
    ARM_CP_REGISTER("ICLOCK", KEY(9, 0, 0, 1), 0xf, 0xfff0, ilock),
    ARM_CP_REGISTER("DTCMR", KEY(9, 0, 1, 0), 0xfffff001, 0, dtcm), /* TCM regions of size 0 */
    ARM_CP_REGISTER("ITCMR", KEY(9, 0, 1, 1), 0xfffff001, 0, itcm),
    ARM_CP_REGISTER("TLBLOCK", KEY(10, 0, 0, 0), 0x1c000001, 0, tlb_lock),
    ARM_CP_SPECIAL("FCSEIDR", KEY(13, 0, 0, 0), 0xfe000000, 0, fcse_pid, arm_cp_write_fcse_pid),
    ARM_CP_REGISTER("CONTEXTIDR", KEY(13, 0, 0, 1), 0xffffffff, 0, context_id),
    ARM_CP_REGISTER("DOVRR", KEY(15, 0, 0, 0), 0xffffffff, 0, debug_override),
    ARM_CP_REGISTER("DADDR", KEY(15, 0, 1, 0), 0xffffffff, 0, debug_address),
    ARM_CP_REGISTER("MRGN", KEY(15, 0, 2, 0), 0xffffffff, 0, region_remap),
    ARM_CP_REGISTER("TRACECTL", KEY(15, 1, 1, 0), 0xffffffff, 0, trace_control),
    /* What the TRM calls UNPREDICTABLE: does nothing, reads as 0. */
    ARM_CP_UNPREDICTABLES("c7", KEY(7, 0, 0, 0), KEY(0, 0, 15, 7), ARM_CP_W),
    ARM_CP_UNPREDICTABLES("c15", KEY(15, 0, 0, 0), KEY(0, 7, 15, 7), ARM_CP_RW),
    /* clang-format on */
};

const ARMCPRegList arm_cp_lists_arm926[] = { ARM_CP_LIST(arm926),
                                             ARM_CP_LIST(common),
                                             { NULL, 0 } };
const ARMCPRegList arm_cp_lists_arm1026[] = { ARM_CP_LIST(arm1026),
                                              ARM_CP_LIST(common),
                                              { NULL, 0 } };
