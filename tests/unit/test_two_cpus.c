/* SPDX-License-Identifier: MIT */
/* Two CPUs on one bus share an engine: they run the same translation blocks, what one of them
 * writes is new to both, and the rest each has for itself. */
#include "tci/block.h"
#include "tests/unit/arm_board.h"

#define SPIN      0xeafffffeu
#define MOV_PC_LR 0xe1a0f00eu
#define MOV(v)    (0xe3a00000u | (v)) /* mov r0, # */
#define STR       0xe5812000u         /* str r2, [r1] */
#define B(to)     (0xea000000u | (((to)-8) >> 2 & 0xffffff))

#define CODE  0x8000u
#define STORE 0x9000u
#define L1    0x100000u /* the first CPU's table, the second's 16 KiB above it */
#define L2    0x110000u /* theirs, 1 KiB each */

static Bus bus;
static BusRegion ram;
static ARMCPU *cpus[2];
static Tci *engine;

static void word(uint32_t at, uint32_t value)
{
    bus_write(&bus, at, value, 4);
}

static void start(void)
{
    ram = (BusRegion){ .name = "ram", .size = BOARD_RAM, .direct = true, .writable = true };
    if (!bus_init_arena(&bus, 2 * ARM_CPU_MEMORY + TCI_MEMORY + BOARD_RAM)) {
        printf("Bail out! no memory\n");
        exit(1);
    }
    for (unsigned i = 0; i < 2; i++) {
        cpus[i] = arm_cpu_new(&bus, &(ARMCPUOptions){ .model = "arm926" });
        arm_cpu_reset(cpus[i]);
    }
    ram.host = bus_alloc(&bus, BOARD_RAM);
    bus_map(&bus, &ram);
    engine = cpus[0]->env.tci;
    word(CODE, MOV(1u));
    word(CODE + 4, MOV_PC_LR);
    word(STORE, STR);
    word(STORE + 4, MOV_PC_LR);
    word(0x7000, SPIN);
}

static void end(void)
{
    arm_cpu_free(cpus[0]);
    arm_cpu_free(cpus[1]);
    bus_free(&bus);
}

/* Calls the function at `at`; returns r0. */
static uint32_t call(ARMCPU *cpu, uint32_t at)
{
    arm_cpu_set_reg(cpu, 14, 0x7000);
    arm_cpu_set_reg(cpu, 15, at);
    arm_cpu_run(cpu, 1000);
    return arm_cpu_reg(cpu, 0);
}

static void store(ARMCPU *cpu, uint32_t at, uint32_t value)
{
    arm_cpu_set_reg(cpu, 1, at);
    arm_cpu_set_reg(cpu, 2, value);
    call(cpu, STORE);
}

static void test_shared(void)
{
    start();
    ok(engine && cpus[1]->env.tci == engine, "two CPUs on a bus have one engine");
    uint32_t first = call(cpus[0], CODE);
    uint64_t blocks = engine->stats.blocks;
    uint32_t second = call(cpus[1], CODE);
    ok(first == 1 && second == 1 && engine->stats.blocks == blocks,
       "what one has translated the other executes");
    uint64_t before = arm_cpu_icount(cpus[0]);
    call(cpus[1], CODE);
    ok(arm_cpu_icount(cpus[0]) == before && arm_cpu_icount(cpus[1]) == 6,
       "each counts its own instructions");
    end();
}

/* The writer's TLB let it write the page fast before the other's code was in it. */
static void test_written(void)
{
    for (unsigned writer = 0; writer < 2; writer++) {
        start();
        ARMCPU *a = cpus[writer], *b = cpus[!writer];
        store(a, CODE + 0x100, 0); /* its page is in the TLB now */
        call(b, CODE);
        call(b, CODE);
        store(a, CODE, MOV(2u));
        is_u32(call(b, CODE), 2, "code that the other CPU writes");
        is_u32(call(a, CODE), 2, "is new to that one, too");
        store(b, CODE, MOV(3u));
        is_u32(call(a, CODE), 3, "and the other way round");
        const uint8_t dma[4] = { 4, 0, 0xa0, 0xe3 }; /* mov r0, #4 */
        bus_load(&bus, CODE, dma, 4);
        ok(call(a, CODE) == 4 && call(b, CODE) == 4, "a device's write is new to both");
        end();
    }
}

static void set_mmu(unsigned n, uint32_t page)
{
    uint32_t l1 = L1 + 0x4000 * n, l2 = L2 + 0x400 * n;
    word(l1, 3u << 10 | 0x12); /* the first MiB is flat, the second by small pages */
    word(l1 + 4, l2 | 0x11);
    word(l2, 0x20ff2);
    word(l2 + 4, page | 0xff2);
    cpus[n]->ttbr = l1;
    cpus[n]->dacr = 3;
    cpus[n]->sctlr |= SCTLR_M;
    arm_flush_tlb(cpus[n]);
}

/* An exit to another page, which is another one for the other CPU. */
static void test_translation(void)
{
    start();
    word(0x20ffc, B(4u)); /* to the next page: 1 here, 2 there */
    word(0x30000, MOV(1u));
    word(0x30004, MOV_PC_LR);
    word(0x40000, MOV(2u));
    word(0x40004, MOV_PC_LR);
    set_mmu(0, 0x30000);
    set_mmu(1, 0x40000);
    unsigned wrong = 0;
    for (unsigned i = 0; i < 4; i++) {
        wrong += call(cpus[0], 0x100ffc) != 1 || call(cpus[0], 0x100ffc) != 1;
        wrong += call(cpus[1], 0x100ffc) != 2 || call(cpus[1], 0x100ffc) != 2;
        if (i == 1) { /* the numbers of translations come round */
            engine->generation = MAX_GENERATION - 1;
            arm_flush_tlb(cpus[0]);
        }
    }
    ok(wrong == 0, "one address, two pages: each CPU gets to its own, %u wrong", wrong);
    end();
}

/* -- A CPU of another kind -- */

/* Whatever its code is, an instruction is r0 = 7. */
static void translate_other(TciEnv *env, TCGContext *s, uint32_t pc, uint32_t mode,
                            const uint8_t *code, unsigned max_insns)
{
    (void)env, (void)mode, (void)code, (void)max_insns;
    tcg_insn_start(s, pc);
    tcg_movi(s, 0, 7);
    tcg_exit_tb(s, pc + 4);
}

static bool translate_address_other(TciEnv *env, uint32_t va, TciAccess access, bool privileged,
                                    TciPage *page)
{
    (void)env, (void)access, (void)privileged;
    *page = (TciPage){ .phys = va & ~(BUS_PAGE_SIZE - 1), .addr = va, .readable = true };
    return true;
}

static const TciTarget other_target = { .translate = translate_other,
                                        .translate_address = translate_address_other };

static void test_other_target(void)
{
    static TciEnv other;
    memset(&other, 0, sizeof other);
    start();
    /* Both know the same address in the same mode. */
    if (!tci_cpu_init(&other, engine, &other_target)) {
        printf("Bail out! no memory\n");
        exit(1);
    }
    tci_set_mode(&other, cpus[0]->env.mode);
    unsigned wrong = 0;
    for (unsigned i = 0; i < 3; i++) {
        wrong += call(cpus[0], CODE) != 1;
        other.pc = CODE;
        other.r[0] = 0;
        tci_run(&other, 1);
        wrong += other.r[0] != 7 || call(cpus[1], CODE) != 1;
    }
    ok(wrong == 0, "a CPU of another target has blocks of its own: %u wrong", wrong);
    store(cpus[0], CODE, MOV(2u));
    ok(call(cpus[1], CODE) == 2, "and shares the memory");
    tci_cpu_free(&other);
    end();
}

static void test_freed(void)
{
    for (unsigned first = 0; first < 2; first++) {
        start();
        call(cpus[0], CODE);
        call(cpus[1], CODE);
        arm_cpu_free(cpus[first]);
        ARMCPU *left = cpus[!first];
        store(left, CODE, MOV(5u));
        uint32_t r0 = call(left, CODE);
        tci_flush_code(left->env.tci);
        ok(r0 == 5 && call(left, CODE) == 5, "CPU %u goes on when CPU %u is freed", !first, first);
        arm_cpu_free(left);
        ok(!tci_of_bus(&bus), "the last one takes the engine with it");
        bus_free(&bus);
    }
}

int main(void)
{
    test_shared();
    test_written();
    test_translation();
    test_other_target();
    test_freed();
    return done_testing();
}
