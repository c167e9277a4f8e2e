/* SPDX-License-Identifier: MIT */
/* Coprocessor 15 of the TI925T, the ARM9TDMI of OMAP processors (TI SPRU671, chapter 2). */
#include "cpu/cp15.h"
#include "cpu/model.h"

#define SCTLR_W (1u << 3) /* write buffer */
#define SCTLR_KEPT                                                                                 \
    (SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_W | SCTLR_B | SCTLR_S | SCTLR_R | SCTLR_I | SCTLR_V)
#define SCTLR_SBO 0x00000070u

#define CONFIG_KEPT 0xe7u
#define CONFIG_OS   (1u << 5) /* the main ID is that of a TI915T */
#define MIDR_TI915T 0x54029152u

static void write_control(ARMCPU *cpu, uint32_t value)
{
    arm_cp_write_control(cpu, value, SCTLR_KEPT, SCTLR_M | SCTLR_S | SCTLR_R);
}

static uint32_t read_midr(const ARMCPU *cpu)
{
    return (cpu->ti_config & CONFIG_OS) != 0 ? MIDR_TI915T : cpu->model->midr;
}

static const ARMCPReg regs[] = {
    /* clang-format off */
    /* Writes to c0 do nothing. */
    ARM_CP_ROW("CTR", KEY(0, 0, 0, 1), 0, ARM_CP_RW, 0, ARM_CP_NO_FIELD, 0, 0, 0, arm_cp_ctr, NULL),
    ARM_CP_ROW("MIDR", KEY(0, 0, 0, 0), 7, ARM_CP_RW, 0, ARM_CP_NO_FIELD, 0, 0, 0, read_midr, NULL),
    ARM_CP_UNPREDICTABLES("c0", KEY(0, 0, 0, 0), KEY(0, 7, 15, 7), ARM_CP_W),
    ARM_CP_SPECIAL("SCTLR", KEY(1, 0, 0, 0), SCTLR_KEPT, SCTLR_SBO, sctlr, write_control),
    ARM_CP_REGISTER("TTBR", KEY(2, 0, 0, 0), 0xffffc000, 0, ttbr),
    ARM_CP_SPECIAL("DACR", KEY(3, 0, 0, 0), 0xffffffff, 0, dacr, arm_cp_write_domains),
    ARM_CP_REGISTER("DFSR", KEY(5, 0, 0, 0), 0xff, 0, dfsr),
    ARM_CP_REGISTER("IFSR", KEY(5, 0, 0, 1), 0xff, 0, ifsr),
    ARM_CP_REGISTER("FAR", KEY(6, 0, 0, 0), 0xffffffff, 0, far),
    ARM_CP_OPERATION("WFI", KEY(7, 0, 0, 4), 0, arm_cp_wfi),
    ARM_CP_OPERATION("DWB", KEY(7, 0, 10, 4), ARM_CP_CACHE_OP, NULL), /* drain write buffer */
    ARM_CP_ROW("c7", KEY(7, 0, 0, 0), KEY(0, 0, 15, 7), ARM_CP_W, 0, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL), /* caches */
    ARM_CP_OPERATION("ITLBIALL", KEY(8, 0, 5, 0), 0, arm_cp_invalidate_tlb),
    ARM_CP_OPERATION("ITLBIMVA", KEY(8, 0, 5, 1), 0, arm_flush_mva),
    ARM_CP_OPERATION("DTLBIALL", KEY(8, 0, 6, 0), 0, arm_cp_invalidate_tlb),
    ARM_CP_OPERATION("DTLBIMVA", KEY(8, 0, 6, 1), 0, arm_flush_mva),
    ARM_CP_OPERATION("TLBIALL", KEY(8, 0, 7, 0), 0, arm_cp_invalidate_tlb),
    ARM_CP_OPERATION("TLBIMVA", KEY(8, 0, 7, 1), 0, arm_flush_mva),
    ARM_CP_UNPREDICTABLES("c9", KEY(9, 0, 0, 0), KEY(0, 7, 15, 7), ARM_CP_RW),
    ARM_CP_UNPREDICTABLES("TLBLOCK", KEY(10, 0, 0, 0), 0, ARM_CP_RW),
    ARM_CP_SPECIAL("FCSEIDR", KEY(13, 0, 0, 0), 0xfe000000, 0, fcse_pid, arm_cp_write_fcse_pid),
    ARM_CP_UNPREDICTABLES("c15", KEY(15, 0, 0, 0), 0, ARM_CP_RW),
    ARM_CP_REGISTER("TICONFIG", KEY(15, 0, 1, 0), CONFIG_KEPT, 0, ti_config),
    ARM_CP_ROW("IMAX", KEY(15, 0, 2, 0), 0, ARM_CP_RW, 0, ARM_CP_NO_FIELD, 0, 0, 0, NULL, NULL),
    ARM_CP_ROW("IMIN", KEY(15, 0, 3, 0), 0, ARM_CP_RW, 0, ARM_CP_NO_FIELD, 0, 0, 0xff0, NULL, NULL),
    ARM_CP_REGISTER("TIPID", KEY(15, 0, 4, 0), 0xffff, 0, ti_thread),
    ARM_CP_OPERATION("TIWFI", KEY(15, 0, 8, 0), 0, arm_cp_wfi),
    /* clang-format on */
};

const ARMCPRegList arm_cp_lists_ti925t[] = { ARM_CP_LIST(regs), { NULL, 0 } };
