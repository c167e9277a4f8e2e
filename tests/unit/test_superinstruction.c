/* SPDX-License-Identifier: MIT */
/* Superinstructions: where one of the two records cannot be done with the other. */
#include "tests/unit/arm_board.h"

#define SPIN   0xeafffffeu /* b . */
#define CODE   0x8000u
#define L1     0x4000u
#define COARSE 0x3000u
#define VA     0x00100000u /* two pages, in reverse order of their physical ones */
#define LOW    0x20000u    /* of VA + 0x1000 */
#define HIGH   0x21000u    /* of VA */

static ArmBoard board;
static ARMCPU *cpu;

/* The machine with MMU; the second page is not mapped if `hole`. */
static void start(bool hole)
{
    board_init(&board);
    cpu = board.cpu;
    board_word(&board, L1, 3u << 10 | 0x12);
    board_word(&board, L1 + (VA >> 20) * 4, COARSE | 0x11);
    board_word(&board, COARSE, HIGH | 0xff2);
    board_word(&board, COARSE + 4, hole ? 0 : LOW | 0xff2);
    board_mcr(&board, 2, 0, 0, L1);
    board_mcr(&board, 3, 0, 0, 3);
    board_mcr(&board, 1, 0, 0, SCTLR_M);
    board_word(&board, 0x10, SPIN);
}

static void run(uint32_t pc)
{
    arm_cpu_set_reg(cpu, 15, pc);
    arm_cpu_run(cpu, 100);
}

static void program(uint32_t first, uint32_t second)
{
    const uint32_t code[] = { first, second, SPIN };
    board_code(&board, CODE, code, 3);
}

#define LDR(rd, rn, imm) (0xe5900000u | (rn) << 16 | (rd) << 12 | (imm))
#define STR(rd, rn, imm) (0xe5800000u | (rn) << 16 | (rd) << 12 | (imm))

static void test_across_pages(void)
{
    start(false);
    board_word(&board, HIGH + 0xffc, 0x11111111);
    board_word(&board, LOW, 0x22222222);
    board_word(&board, HIGH + 0x1000, 0x33333333); /* what follows the first page's memory */
    program(LDR(2u, 1u, 0u), LDR(3u, 1u, 4u));
    for (unsigned i = 0; i < 3; i++) { /* the TLB knows more each time */
        arm_cpu_set_reg(cpu, 1, VA + 0xffc);
        run(CODE);
        ok(arm_cpu_reg(cpu, 2) == 0x11111111 && arm_cpu_reg(cpu, 3) == 0x22222222,
           "loads from two pages: %x, %x", (unsigned)arm_cpu_reg(cpu, 2),
           (unsigned)arm_cpu_reg(cpu, 3));
    }
    program(STR(2u, 1u, 0u), STR(3u, 1u, 4u));
    for (uint32_t i = 1; i <= 3; i++) {
        arm_cpu_set_reg(cpu, 2, i);
        arm_cpu_set_reg(cpu, 3, i + 100);
        run(CODE);
        ok(bus_read(&board.bus, HIGH + 0xffc, 4) == i && bus_read(&board.bus, LOW, 4) == i + 100 &&
               bus_read(&board.bus, HIGH + 0x1000, 4) == 0x33333333,
           "stores to two pages, %u", (unsigned)i);
    }
    board_free(&board);
}

static void test_second_faults(void)
{
    start(true);
    board_word(&board, HIGH + 0xffc, 0x11111111);
    program(LDR(2u, 1u, 0u), LDR(3u, 1u, 4u));
    for (unsigned i = 0; i < 2; i++) {
        arm_cpu_set_reg(cpu, 1, VA + 0xffc);
        arm_cpu_set_reg(cpu, 2, 0);
        arm_cpu_set_reg(cpu, 3, 77);
        run(CODE);
        ok(arm_cpu_reg(cpu, 2) == 0x11111111 && arm_cpu_reg(cpu, 3) == 77 &&
               arm_cpu_reg(cpu, 14) == CODE + 4 + 8 && arm_cpu_reg(cpu, 15) == 0x10,
           "the second load aborts, the first is done: r14 = %x", (unsigned)arm_cpu_reg(cpu, 14));
        arm_set_cpsr(cpu, ARM_SVC, PSR_M);
    }
    program(STR(2u, 1u, 0u), STR(3u, 1u, 4u));
    arm_cpu_set_reg(cpu, 2, 5);
    run(CODE);
    ok(bus_read(&board.bus, HIGH + 0xffc, 4) == 5 && arm_cpu_reg(cpu, 14) == CODE + 4 + 8,
       "the second store aborts, the first is done: r14 = %x", (unsigned)arm_cpu_reg(cpu, 14));
    board_free(&board);
}

static void test_base_changes(void)
{
    start(false);
    board_word(&board, HIGH + 0x10, VA + 0x1020);
    board_word(&board, LOW + 0x24, 0x44444444);
    program(LDR(1u, 1u, 0x10u), LDR(2u, 1u, 4u));
    for (unsigned i = 0; i < 3; i++) {
        arm_cpu_set_reg(cpu, 1, VA);
        run(CODE);
        is_u32(arm_cpu_reg(cpu, 2), 0x44444444, "a load by what the one before has loaded");
    }
    board_free(&board);
}

/* A branch inside the block goes to the second of two. */
static void test_into_the_middle(void)
{
    start(false);
    const uint32_t code[] = {
        0xe3500000, /* cmp r0, #0 */
        0x12811001, /* addne r1, r1, #1 */
        0x12822001, /* addne r2, r2, #1 */
        0xe2833001, /* add r3, r3, #1 */
        0xe0844003, /* add r4, r4, r3 */
        SPIN,
    };
    board_code(&board, CODE, code, 6);
    for (uint32_t r0 = 0; r0 < 2; r0++) {
        for (unsigned r = 0; r < 5; r++) {
            arm_cpu_set_reg(cpu, r, r == 0 ? r0 : 10 * r);
        }
        run(CODE);
        ok(arm_cpu_reg(cpu, 1) == 10 + r0 && arm_cpu_reg(cpu, 2) == 20 + r0 &&
               arm_cpu_reg(cpu, 3) == 31 && arm_cpu_reg(cpu, 4) == 71,
           "two conditional instructions, %s", r0 ? "executed" : "skipped");
    }
    board_free(&board);
}

/* FMULD d0, d1, d2; FMACD d0, d3, d4: a sum that does not go through d0 in between. Once as the
 * host computes, which is when inexact is noted already, once as the helper does. */
static void test_sums(void)
{
    static const struct {
        const char *name;
        uint32_t operands[4], sum, flags; /* high words of doubles, whose low ones are 0 */
    } cases[] = {
        { "2 * 3 + 1 * 4", { 0x40000000, 0x40080000, 0x3ff00000, 0x40100000 }, 0x40240000, 0 },
        { "0 * 2 + 1 * 2", { 0x00000000, 0x40000000, 0x3ff00000, 0x40000000 }, 0x40000000, 0 },
        { "a denormal", { 0x00100000, 0x3fe00000, 0x3ff00000, 0x00100000 }, 0x00180000, 0 },
        { "overflow", { 0x7fe00000, 0x40000000, 0x3ff00000, 0x3ff00000 }, 0x7ff00000, 0x14 },
        { "invalid", { 0x7ff00000, 0x00000000, 0x3ff00000, 0x3ff00000 }, 0x7ff80000, 0x01 },
        { "underflow at last",
          { 0x40000000, 0x40080000, 0x00100000, 0x00100000 },
          0x40180000,
          0x18 },
        { "underflow at first",
          { 0x00100000, 0x00100000, 0x40000000, 0x40080000 },
          0x40180000,
          0x18 },
    };
    const uint32_t code[] = {
        0xeee80a10, /* fmxr fpexc, r0 */
        0xeee11a10, /* fmxr fpscr, r1 */
        0xec427b11, /* fmdrr d1, r7, r2 */
        0xec437b12, /* fmdrr d2, r7, r3 */
        0xec447b13, /* fmdrr d3, r7, r4 */
        0xec457b14, /* fmdrr d4, r7, r5 */
        0xee210b02, /* fmuld d0, d1, d2 */
        0xee030b04, /* fmacd d0, d3, d4 */
        0xec568b10, /* fmrrd r8, r6, d0 */
        0xeef19a10, /* fmrx r9, fpscr */
        SPIN,
    };
    start(false);
    board_code(&board, CODE, code, 11);
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (uint32_t noted = 0; noted <= 0x10; noted += 0x10) {
            arm_cpu_set_reg(cpu, 0, UINT32_C(1) << 30);
            arm_cpu_set_reg(cpu, 1, noted);
            arm_cpu_set_reg(cpu, 7, 0);
            for (unsigned k = 0; k < 4; k++) {
                arm_cpu_set_reg(cpu, 2 + k, cases[i].operands[k]);
            }
            run(CODE);
            uint32_t high = arm_cpu_reg(cpu, 6), fpscr = arm_cpu_reg(cpu, 9);
            ok(high == cases[i].sum && arm_cpu_reg(cpu, 8) == 0 &&
                   (fpscr & 0x9f) == (cases[i].flags | noted),
               "%s%s: %x, FPSCR %x", cases[i].name, noted ? ", by the host" : "", (unsigned)high,
               (unsigned)fpscr);
        }
    }
    board_free(&board);
}

int main(void)
{
    test_across_pages();
    test_second_faults();
    test_base_changes();
    test_into_the_middle();
    test_sums();
    return done_testing();
}
