/* SPDX-License-Identifier: MIT */
/* The engine: fused comparisons, code that changes or moves, what is forgotten when, counting. */
#include "tci/block.h"
#include "tests/unit/arm_board.h"

#define SPIN 0xeafffffeu /* b . */
#define NOP  0xe1a00000u

#define ALWAYS       (14u << 28)
#define MOV_PC_LR    0xe1a0f00eu
#define MOV(rd, v)   (0xe3a00000u | (rd) << 12 | (v))
#define ADD1(rd)     (0xe2800001u | (rd) << 16 | (rd) << 12)
#define B(from, to)  (0xea000000u | (((to) - (from)-8) >> 2 & 0xffffff))
#define BL(from, to) (B(from, to) | 1u << 24)

#define CODE 0x8000u

static ArmBoard board;
static ARMCPU *cpu;

static void start_with(const ARMCPUOptions *options)
{
    board_init_with(&board, options);
    cpu = board.cpu;
    for (uint32_t vector = 0; vector < 0x20; vector += 4) {
        board_word(&board, vector, SPIN);
    }
}

static void start(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926" });
}

static void call(uint32_t at)
{
    arm_cpu_set_reg(cpu, 14, 0x7000);
    board_word(&board, 0x7000, SPIN);
    arm_cpu_set_reg(cpu, 15, at);
    arm_cpu_run(cpu, 1000);
}

/* -- A comparison and what is conditional on it are one record -- */

static const uint32_t values[] = { 0,          1,          2,          0x7f,      0x80,
                                   0x7fffffff, 0x80000000, 0x80000001, 0xffffffff };
#define VALUES (sizeof values / sizeof values[0])

typedef struct Form {
    const char *name;
    uint32_t insn;
    bool imm; /* the second operand is an 8-bit immediate, else r1 */
    bool tst; /* flags of an AND, else of a subtraction */
} Form;

static const Form forms[] = {
    { "cmp r0, r1", 0xe1500001, false, false },    { "cmp r0, #", 0xe3500000, true, false },
    { "subs r3, r0, #", 0xe2503000, true, false }, { "subs r3, r0, r1", 0xe0503001, false, false },
    { "tst r0, r1", 0xe1100001, false, true },     { "tst r0, #", 0xe3100000, true, true },
};

/* ARM ARM A3.2.1, for the flags of x - y, or of x & y where C and V were clear. */
static bool holds(unsigned cond, uint32_t x, uint32_t y, bool tst)
{
    uint32_t r = tst ? x & y : x - y;
    bool n = r >> 31 != 0, z = r == 0, c = !tst && x >= y;
    bool v = !tst && (int64_t)(int32_t)x - (int32_t)y != (int32_t)r;
    switch (cond >> 1) {
    case 0: z = z ^ (cond & 1); return z;
    case 1: return c ^ (cond & 1);
    case 2: return n ^ (cond & 1);
    case 3: return v ^ (cond & 1);
    case 4: return (c && !z) ^ (cond & 1);
    case 5: return (n == v) ^ (cond & 1);
    default: return (!z && n == v) ^ (cond & 1);
    }
}

/* What is conditional on it: a branch; a move; a move, and then the flags are others. */
enum { BRANCH, MOVE, MOVE_ALONE, USES };
static const char *const uses[USES] = { "a branch", "a conditional move",
                                        "a conditional move alone" };

/* Whether it holds for the program: r2. */
static uint32_t executed(const Form *form, unsigned cond, uint32_t x, uint32_t y, unsigned use)
{
    uint32_t insn = form->insn | (form->imm ? y : 0);
    uint32_t conditional = use == BRANCH ? 0x0a000001 : MOV(2u, 1u) - ALWAYS;
    uint32_t flags = use == MOVE_ALONE ? 0xe1540004 : NOP; /* cmp r4, r4 */
    const uint32_t code[] = { MOV(2u, 0u), insn, conditional | cond << 28, flags, SPIN,
                              MOV(2u, 1u), SPIN };
    board_code(&board, CODE, code, sizeof code / 4);
    arm_set_cpsr(cpu, 0, PSR_NZCV);
    arm_cpu_set_reg(cpu, 0, x);
    arm_cpu_set_reg(cpu, 1, y);
    arm_cpu_set_reg(cpu, 15, CODE);
    arm_cpu_run(cpu, 100);
    return arm_cpu_reg(cpu, 2);
}

static void test_conditions(void)
{
    start();
    for (unsigned f = 0; f < sizeof forms / sizeof forms[0]; f++) {
        for (unsigned use = 0; use < USES; use++) {
            unsigned wrong = 0;
            for (unsigned i = 0; i < 14 * VALUES * VALUES; i++) {
                unsigned cond = i % 14;
                uint32_t x = values[i / 14 % VALUES], y = values[i / 14 / VALUES];
                if (forms[f].imm && y > 0xff) {
                    continue;
                }
                uint32_t want = holds(cond, x, y, forms[f].tst);
                if (executed(&forms[f], cond, x, y, use) != want) {
                    printf("# condition %u, %" PRIx32 ", %" PRIx32 "\n", cond, x, y);
                    wrong++;
                }
            }
            ok(wrong == 0, "%s and %s", forms[f].name, uses[use]);
        }
    }
    board_free(&board);
}

/* -- Code that is written -- */

static void test_code_written(void)
{
    start();
    /* A block of two instructions; if the second is not executed, it goes on to a second 2. */
    const uint32_t code[] = { MOV(0u, 1u), MOV_PC_LR, MOV(0u, 2u), MOV_PC_LR };
    for (uint32_t byte = 0; byte < 8; byte++) {
        board_code(&board, CODE, code, 4);
        call(CODE);
        is_u32(arm_cpu_reg(cpu, 0), 1, "code, before it is written to");
        uint8_t old = *(board.ram.host + CODE + byte);
        /* Each of them shows: another value, register, operation or condition. */
        static const uint8_t flips[8] = { 2, 0x10, 0x40, 0xe0, 0x0e, 0x10, 0x40, 0xe0 };
        arm_set_cpsr(cpu, 0, PSR_NZCV);
        bus_write(&board.bus, CODE + byte, old ^ flips[byte], 1);
        arm_cpu_set_reg(cpu, 0, 77);
        call(CODE);
        uint32_t r0 = arm_cpu_reg(cpu, 0), pc = arm_cpu_reg(cpu, 15);
        ok(r0 != 1 || pc != 0x7000, "byte %u of the block is written: r0 = %u, pc = 0x%x",
           (unsigned)byte, (unsigned)r0, (unsigned)pc);
    }
    board_free(&board);
}

/* A constant among the code is data: what is stored there is read at once, with no barrier. */
static void test_constant_written(void)
{
    start();
    /* ldr r0, [pc, #12]; str r1, [pc, #8]; ldr r2, [pc, #4]; mov pc, lr; -; the constant */
    const uint32_t code[] = { 0xe59f000c, 0xe58f1008, 0xe59f2004, MOV_PC_LR, 0, 0x11111111 };
    for (uint32_t i = 1; i <= 3; i++) {
        board_code(&board, CODE, code, 6);
        arm_cpu_set_reg(cpu, 1, i);
        call(CODE);
        ok(arm_cpu_reg(cpu, 0) == 0x11111111 && arm_cpu_reg(cpu, 2) == i,
           "a constant that its block writes: %x, then %x", (unsigned)arm_cpu_reg(cpu, 0),
           (unsigned)arm_cpu_reg(cpu, 2));
    }
    board_free(&board);
}

/* What leads to a block that is written to finds the new one. */
static void test_chained_code_written(void)
{
    start();
    const uint32_t code[] = { BL(CODE, CODE + 8), SPIN, MOV(0u, 1u), MOV_PC_LR };
    board_code(&board, CODE, code, 4);
    for (unsigned i = 0; i < 3; i++) {
        call(CODE); /* translates, chains, uses the chain */
    }
    is_u32(arm_cpu_reg(cpu, 0), 1, "a block that leads to another");
    board_word(&board, CODE + 8, MOV(0u, 2u));
    call(CODE);
    is_u32(arm_cpu_reg(cpu, 0), 2, "which is written to");
    board_free(&board);
}

/* -- Addresses that the translator knows -- */

static void test_known_addresses(void)
{
    start();
    static const struct {
        const char *name;
        uint32_t load, index, want;
    } loads[] = {
        { "ldr [r1]", 0xe5910000, 0, 0x9000 },
        { "ldr [r1, #-4]!", 0xe5310004, 0, 0x8ffc },
        { "ldr [r1, r2]", 0xe7910002, 8, 0x9008 },
        { "ldr [r1, r2, lsl #2]", 0xe7910102, 3, 0x900c },
        { "ldrt [r1], #4", 0xe4b10004, 0, 0x9000 },
        { "ldrt [r1], r2", 0xe6b10002, 12, 0x9000 },
        { "ldmib r1, {r0, r3}", 0xe9910009, 0, 0x9004 },
        { "ldmia r2, {r0, r3}, unaligned", 0xe8920009, 0x900b, 0x9008 },
    };
    for (uint32_t at = 0x8f00; at < 0x9100; at += 4) {
        board_word(&board, at, at);
    }
    for (unsigned i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        const uint32_t code[] = { 0xe3a01a09, loads[i].load, MOV_PC_LR }; /* mov r1, #0x9000 */
        board_code(&board, CODE, code, 3);
        arm_cpu_set_reg(cpu, 2, loads[i].index);
        call(CODE);
        is_u32(arm_cpu_reg(cpu, 0), loads[i].want, loads[i].name);
    }
    board_free(&board);
}

/* Accesses byte by byte where they are, as semihosting makes them. */
static void test_split_accesses(void)
{
    start();
    uint32_t value = 0;
    const unsigned split = MO_UNALN;
    board_word(&board, 0x9ffc, 0x44332211);
    board_word(&board, 0xa000, 0x88f76655);
    ok(tci_load(&cpu->env, 0x9ffe, MO_32 | split, &value) && value == 0x66554433,
       "a word across two pages");
    ok(tci_load(&cpu->env, 0xa001, MO_16 | MO_SIGN | split, &value) && value == 0xfffff766,
       "a signed halfword");
    ok(tci_store(&cpu->env, 0x9ffd, MO_32 | split, 0xddccbbaa) &&
           ld32_p(board.ram.host + 0x9ffc) == 0xccbbaa11 &&
           ld32_p(board.ram.host + 0xa000) == 0x88f766dd,
       "a word stored");
    /* Flat up to 1 MiB, nothing beyond it. */
    board_word(&board, 0x4000, 3u << 10 | 0x12);
    board_mcr(&board, 2, 0, 0, 0x4000);
    board_mcr(&board, 3, 0, 0, 3);
    board_mcr(&board, 1, 0, 0, SCTLR_M);
    board_word(&board, 0xffffc, 0x12345678);
    value = 77;
    ok(!tci_load(&cpu->env, 0xffffe, MO_32 | split, &value) && value == 77 &&
           cpu->far == 0x00100000,
       "a load that faults in its middle");
    ok(!tci_store(&cpu->env, 0xffffe, MO_32 | split, 0) &&
           ld32_p(board.ram.host + 0xffffc) == 0x12345678 && cpu->far == 0x00100000,
       "a store that does writes nothing");
    board_free(&board);
}

/* -- Pages that move under code -- */

#define L1      0x4000u
#define L2      0x6000u
#define VA      0x00100000u /* by small pages; the rest of memory is flat */
#define PAGE(n) (VA + (n)*0x1000u)

static void map(unsigned page, uint32_t phys)
{
    board_word(&board, L2 + 4 * page, phys | 0xff2);
}

static void start_mmu(void)
{
    start();
    board_word(&board, L1, 3u << 10 | 0x12);
    board_word(&board, L1 + 4, L2 | 0x11);
    board_mcr(&board, 2, 0, 0, L1);
    board_mcr(&board, 3, 0, 0, 3);
    board_mcr(&board, 1, 0, 0, SCTLR_M);
}

static void test_remapped(void)
{
    static const char *const how[] = { "all of the TLB", "its entry" };
    for (unsigned entry = 0; entry < 2; entry++) {
        start_mmu();
        map(0, 0x00010000);
        map(1, 0x00020000);
        /* The first page leads into the second at its end, by a branch. */
        board_word(&board, 0x10ffc, B(PAGE(1) - 4, PAGE(1) + 0x10));
        const uint32_t one[] = { MOV(0u, 1u), MOV_PC_LR }, two[] = { MOV(0u, 2u), MOV_PC_LR };
        board_code(&board, 0x20010, one, 2);
        board_code(&board, 0x30010, two, 2);
        for (unsigned i = 0; i < 3; i++) {
            call(PAGE(1) - 4); /* translates, chains, uses the chain */
        }
        is_u32(arm_cpu_reg(cpu, 0), 1, "from page to page");
        map(1, 0x00030000);
        board_mcr(&board, 8, 7, entry, PAGE(1));
        call(PAGE(1) - 4);
        ok(arm_cpu_reg(cpu, 0) == 2, "the second page is another one, %s is flushed", how[entry]);
        board_free(&board);
    }
}

/* What was chained so long ago that the numbers of address translations have come round. */
static void test_generations(void)
{
    start_mmu();
    map(0, 0x00010000);
    map(1, 0x00020000);
    board_word(&board, 0x10ffc, B(PAGE(1) - 4, PAGE(1)));
    const uint32_t one[] = { MOV(0u, 1u), MOV_PC_LR }, two[] = { MOV(0u, 2u), MOV_PC_LR };
    board_code(&board, 0x20000, one, 2);
    board_code(&board, 0x30000, two, 2);
    for (unsigned i = 0; i < 3; i++) {
        call(PAGE(1) - 4);
    }
    uint32_t then = cpu->env.generation;
    map(1, 0x00030000);
    cpu->env.tci->generation = MAX_GENERATION - 1;
    do {
        board_mcr(&board, 8, 7, 0, 0);
    } while (cpu->env.generation != then);
    call(PAGE(1) - 4);
    is_u32(arm_cpu_reg(cpu, 0), 2, "16 million TLB flushes later the second page is another one");
    board_free(&board);
}

/* -- More code than the engine keeps -- */

#define BLOCKS 70000u
#define STUB   (CODE + 0x1004u) /* no other block has its place in the jump cache */
#define FIRST  (CODE + 0x1008u)

static void test_code_flush(void)
{
    start();
    board_word(&board, STUB, BL(STUB, FIRST));
    for (uint32_t i = 0; i < BLOCKS; i++) {
        uint32_t at = FIRST + 8 * i;
        board_word(&board, at, ADD1(0u));
        board_word(&board, at + 4, BL(at + 4, at + 8)); /* B would not end the block */
    }
    /* Once more, by way of r4. */
    const uint32_t end[] = { 0xe2511001, 0x11a0f004, SPIN }; /* subs r1, r1, #1; movne pc, r4 */
    board_code(&board, FIRST + 8 * BLOCKS, end, 3);
    arm_cpu_set_reg(cpu, 0, 0);
    arm_cpu_set_reg(cpu, 1, 3);
    arm_cpu_set_reg(cpu, 4, STUB);
    arm_cpu_set_reg(cpu, 15, STUB);
    is_u32(arm_cpu_run(cpu, 10000000), ARM_RUN_IDLE, "more blocks than are kept: to the end");
    is_u32(arm_cpu_reg(cpu, 0), 3 * BLOCKS, "each was executed three times");
    board_free(&board);
}

/* -- Counting -- */

static void test_counting(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926", .exact = true });
    /* Seven instructions a turn; the load aborts, its handler returns after it. */
    const uint32_t loop[] = { NOP, NOP, 0xe5923000, NOP, B(CODE + 16, CODE) }; /* ldr r3, [r2] */
    board_code(&board, CODE, loop, 5);
    const uint32_t handler[] = { ADD1(0u), 0xe25ef004 }; /* subs pc, lr, #4 */
    board_code(&board, EXCP_DATA_ABORT, handler, 2);
    board_word(&board, L1, 3u << 10 | 0x12);
    board_mcr(&board, 2, 0, 0, L1);
    board_mcr(&board, 3, 0, 0, 3);
    board_mcr(&board, 1, 0, 0, SCTLR_M);
    arm_cpu_set_reg(cpu, 2, BOARD_NOWHERE);
    arm_cpu_set_reg(cpu, 0, 0);
    arm_cpu_set_reg(cpu, 15, CODE);
    arm_cpu_run(cpu, 7000);
    is_u32(arm_cpu_reg(cpu, 0), 1000, "an instruction that aborts counts as one");
    is_u32(arm_cpu_reg(cpu, 15), CODE, "and the turns come out even");
    board_free(&board);
}

/* Under -icount a device is asked at the right instruction. */
static void test_exact_devices(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926", .exact = true });
    /* mov r1, #0x10000000; add r0, #1; ldm r1, {r2, r3}; str r0, [r1]; b to the add */
    const uint32_t code[] = { 0xe3a01201, ADD1(0u), 0xe891000c, 0xe5810000,
                              B(CODE + 16, CODE + 4) };
    board_code(&board, CODE, code, 5);
    board.device_value = 0x12345678;
    arm_cpu_set_reg(cpu, 0, 0);
    arm_cpu_set_reg(cpu, 15, CODE);
    arm_cpu_run(cpu, 1 + 4 * 100);
    ok(arm_cpu_reg(cpu, 0) == 100 && board.device_reads == 200 && arm_cpu_reg(cpu, 3) == 0x12345678,
       "a load multiple from a device: %u turns, %u reads", (unsigned)arm_cpu_reg(cpu, 0),
       board.device_reads);
    board_free(&board);
}

/* A helper's accesses are made, though under -icount those of instructions may start again. */
static void test_devices_by_helpers(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926", .exact = true });
    uint32_t value = 0, pc = arm_cpu_reg(cpu, 15);
    board.device_value = 0x12345678;
    ok(tci_load(&cpu->env, BOARD_DEVICE, MO_32, &value) && value == 0x12345678 &&
           tci_store(&cpu->env, BOARD_DEVICE, MO_32, 1) && arm_cpu_reg(cpu, 15) == pc,
       "a helper reads and writes a device");
    board_free(&board);
}

/* A turn of three instructions, the second of which leaves its block for the third. */
static void test_exits_counted(void)
{
    static const struct {
        const char *name;
        uint32_t code[3], target;
    } loops[] = {
        { "mov pc, r4", { ADD1(0u), 0xe1a0f004, B(CODE + 8, CODE) }, CODE + 8 },
        { "bx r4", { ADD1(0u), 0xe12fff14, B(CODE + 8, CODE) }, CODE + 8 },
        { "bx r4, Thumb", { 0x47203001, 0x0000e7fc, 0 }, CODE + 5 },
        { "msr cpsr_c, r5", { ADD1(0u), 0xe121f005, B(CODE + 8, CODE) }, 0 },
        { "b", { ADD1(0u), B(CODE + 4, CODE + 8), B(CODE + 8, CODE) }, 0 },
    };
    for (unsigned i = 0; i < sizeof loops / sizeof loops[0]; i++) {
        start_with(&(ARMCPUOptions){ .model = "arm926", .exact = true });
        board_code(&board, CODE, loops[i].code, 3);
        arm_cpu_set_reg(cpu, 4, loops[i].target);
        arm_cpu_set_reg(cpu, 5, ARM_SVC | PSR_I | PSR_F);
        arm_cpu_set_reg(cpu, 15, CODE | (loops[i].target & 1));
        arm_cpu_run(cpu, 3000);
        ok(arm_cpu_reg(cpu, 0) == 1000, "%s counts: %u turns of 1000", loops[i].name,
           (unsigned)arm_cpu_reg(cpu, 0));
        board_free(&board);
    }
}

int main(void)
{
    test_conditions();
    test_code_written();
    test_constant_written();
    test_chained_code_written();
    test_known_addresses();
    test_split_accesses();
    test_remapped();
    test_generations();
    test_code_flush();
    test_counting();
    test_exits_counted();
    test_exact_devices();
    test_devices_by_helpers();
    return done_testing();
}
