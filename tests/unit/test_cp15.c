/* SPDX-License-Identifier: MIT */
/* cp15: which encodings exist, what its registers keep, what a write does besides. */
#include "tests/unit/arm_board.h"

static ArmBoard board;

/* The encodings that are not UNDEFINED, written down apart from cpu/cp15_arm926.c: TRM tables 2-3
 * to 2-21, and the two spaces that are UNPREDICTABLE and allowed. */
static bool exists(unsigned opc1, unsigned crn, unsigned crm, unsigned opc2, bool read)
{
    if (crn == 15) {
        return true;
    }
    if (opc1 != 0) {
        return false;
    }
    switch (crn) {
    case 0: return read && crm == 0;
    case 1:
    case 2:
    case 3:
    case 6:
    case 10: return crm == 0 && opc2 == 0;
    case 5:
    case 13: return crm == 0 && opc2 < 2;
    case 7:
        return read ? (crm == 10 || crm == 14) && opc2 == 3
                    : !((crm == 10 || crm == 14) && opc2 == 3);
    case 8: return !read && crm >= 5 && crm <= 7 && opc2 < 2;
    case 9: return crm < 2 && opc2 < 2;
    default: return false;
    }
}

static void test_encodings(void)
{
    board_init(&board);
    for (unsigned crn = 0; crn < 16; crn++) {
        unsigned wrong = 0, user = 0;
        for (unsigned rest = 0; rest < 1u << 11; rest++) {
            unsigned opc1 = rest & 7, opc2 = rest >> 3 & 7, crm = rest >> 6 & 15;
            bool read = (rest >> 10) != 0;
            uint32_t key = ARM_CP_KEY(crn, opc1, crm, opc2);
            if ((arm_cp_find(board.cpu, key, !read, true) >= 0) !=
                exists(opc1, crn, crm, opc2, read)) {
                printf("# %s opcode_1 %u, c%u, c%u, opcode_2 %u\n", read ? "read" : "write", opc1,
                       crn, crm, opc2);
                wrong++;
            }
            user += arm_cp_find(board.cpu, key, !read, false) >= 0;
        }
        ok(wrong == 0, "c%u: the encodings that exist", crn);
        ok(user == 0, "c%u: none in user mode", crn);
    }
    board_free(&board);
}

static void test_reset(void)
{
    board_init(&board);
    is_u32(board_mrc(&board, 0, 0, 0), 0x41069265, "ID code");
    is_u32(board_mrc(&board, 0, 0, 1), 0x01dd20d2, "cache type");
    is_u32(board_mrc(&board, 0, 0, 2), 0, "TCM status");
    is_u32(board_mrc(&board, 0, 0, 5), 0x41069265, "an unused c0 number: the ID code");
    is_u32(board_mrc(&board, 7, 10, 3), 0x40000000, "test and clean: nothing is dirty");
    is_u32(board_mrc(&board, 7, 14, 3), 0x40000000, "test, clean, invalidate: nothing is dirty");
    board_free(&board);
}

/* Registers that keep what is written: value after reset, after all ones, after all zeros. */
static const struct {
    uint8_t opc1, crn, crm, opc2;
    uint32_t reset, ones, zeros;
    const char *name;
} kept[] = {
    { 0, 1, 0, 0, 0x00050078, 0x0005f3ff, 0x00050078, "control" },
    { 0, 2, 0, 0, 0, 0xffffc000, 0, "TTBR" },
    { 0, 3, 0, 0, 0, 0xffffffff, 0, "DACR" },
    { 0, 5, 0, 0, 0, 0xff, 0, "DFSR" },
    { 0, 5, 0, 1, 0, 0xff, 0, "IFSR" },
    { 0, 6, 0, 0, 0, 0xffffffff, 0, "FAR" },
    { 0, 9, 0, 0, 0xfff0, 0xffff, 0xfff0, "DCache lockdown" },
    { 0, 9, 0, 1, 0xfff0, 0xffff, 0xfff0, "ICache lockdown" },
    { 0, 9, 1, 0, 0, 0xfffff001, 0, "DTCM region" },
    { 0, 9, 1, 1, 0, 0xfffff001, 0, "ITCM region" },
    { 0, 10, 0, 0, 0, 0x1c000001, 0, "TLB lockdown" },
    { 0, 13, 0, 0, 0, 0xfe000000, 0, "FCSE PID" },
    { 0, 13, 0, 1, 0, 0xffffffff, 0, "context ID" },
    { 0, 15, 0, 0, 0, 0xffffffff, 0, "debug override" },
    { 0, 15, 1, 0, 0, 0xffffffff, 0, "debug and test address" },
    { 0, 15, 2, 0, 0, 0xffffffff, 0, "memory region remap" },
    { 1, 15, 1, 0, 0, 0xffffffff, 0, "trace control" },
    { 3, 15, 4, 2, 0, 0, 0, "an unlisted c15: nothing is kept" },
};

static void test_kept(void)
{
    board_init(&board);
    TciEnv *env = &board.cpu->env;
    for (unsigned i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        uint32_t key = ARM_CP_KEY(kept[i].crn, kept[i].opc1, kept[i].crm, kept[i].opc2);
        uint32_t reg = board_cp15(&board, key, false);
        uint32_t reset = helper_cp_read(env, 0, reg, 0);
        helper_cp_write(env, 0xffffffff, reg, 0);
        uint32_t ones = helper_cp_read(env, 0, reg, 0);
        helper_cp_write(env, 0, reg, 0);
        uint32_t zeros = helper_cp_read(env, 0, reg, 0);
        ok(reset == kept[i].reset && ones == kept[i].ones && zeros == kept[i].zeros,
           "%s: %08x, %08x, %08x", kept[i].name, (unsigned)reset, (unsigned)ones, (unsigned)zeros);
        helper_cp_write(env, 0xffffffff, reg, 0);
    }
    arm_cpu_reset(board.cpu);
    unsigned wrong = 0;
    for (unsigned i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        uint32_t key = ARM_CP_KEY(kept[i].crn, kept[i].opc1, kept[i].crm, kept[i].opc2);
        uint32_t reg = board_cp15(&board, key, false);
        wrong += helper_cp_read(env, 0, reg, 0) != kept[i].reset;
    }
    is_u32(wrong, 0, "a reset brings all of them back");
    board_free(&board);
}

static void test_modes(void)
{
    static const struct {
        uint32_t bit, mode;
        const char *name;
    } bits[] = {
        { SCTLR_B, ARM_TB_BE, "B: big-endian data" },
        { SCTLR_A, ARM_TB_ALIGN, "A: alignment faults" },
        { SCTLR_L4, ARM_TB_L4, "L4: loads to r15 as in ARMv4" },
        { SCTLR_RR, 0, "RR: nothing" },
    };
    board_init(&board);
    is_u32(board.cpu->env.mode, ARM_TB_PRIV, "after reset: ARM state, privileged");
    for (unsigned i = 0; i < sizeof bits / sizeof bits[0]; i++) {
        board_mcr(&board, 1, 0, 0, bits[i].bit);
        is_u32(board.cpu->env.mode, ARM_TB_PRIV | bits[i].mode, bits[i].name);
    }
    arm_cpu_set_reg(board.cpu, 15, 0x101);
    board_mcr(&board, 1, 0, 0, SCTLR_B);
    is_u32(board.cpu->env.mode, ARM_TB_PRIV | ARM_TB_BE | ARM_TB_THUMB, "T stays as it is");
    board_free(&board);
}

static void test_wfi(void)
{
    board_init(&board);
    Irq irq = arm_cpu_input(board.cpu, ARM_CPU_IRQ);
    board_mcr(&board, 7, 0, 4, 0);
    is_u32(board.cpu->halt, HALT_WFI, "WFI waits");
    board.cpu->halt = HALT_NONE;
    irq_set(&irq, true);
    board_mcr(&board, 7, 0, 4, 0);
    is_u32(board.cpu->halt, HALT_NONE, "not with an asserted input, masked as it is");
    board_free(&board);
}

int main(void)
{
    test_encodings();
    test_reset();
    test_kept();
    test_modes();
    test_wfi();
    return done_testing();
}
