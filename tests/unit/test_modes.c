/* SPDX-License-Identifier: MIT */
/* Mode words: any 32 bits, many more of them than the engine has numbers for. A block of this
 * target puts the mode that it was translated for into r0 and adds it to r2. One in SWITCH's
 * page goes on at r4 ^= r3. */
#include "tci/block.h"
#include "tests/unit/tap.h"

#define CODE   0x1000u
#define FAULT  0x2000u
#define SWITCH 0x4000u
#define RAM    0x10000u
#define PRIV   0x80000000u /* the mode bit */
#define ISA    0x40000000u /* another instruction set */
#define WORDS  (10 * MODES)

static Bus bus;
static BusRegion ram;
static Tci *engine;
static TciEnv env, other;
static unsigned faults, wrong_modes;
static hwaddr moved; /* how far from its address SWITCH's page is in memory */

static uint32_t helper_next_mode(TciEnv *e, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)b;
    e->pc = imm;
    tci_set_mode(e, a);
    return a;
}

static uint32_t helper_check_mode(TciEnv *e, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a, (void)b;
    wrong_modes += e->mode != imm;
    return 0;
}

/* r0 = mode, r2 += mode; then on at the same pc in mode r1 += r3. */
static void translate(TciEnv *e, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns)
{
    (void)e, (void)max_insns;
    tcg_insn_start(s, pc);
    if (pc >= SWITCH) {
        TCG_CALL(s, helper_check_mode, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, TCG_NONE,
                 TCG_NONE, mode);
        tcg_op2i(s, TCG_add, 0, 2, 2, mode + *code);
        tcg_op2(s, TCG_xor, 0, 4, 4, 3);
        tcg_goto_ptr_x(s, 4);
        return;
    }
    tcg_movi(s, 0, mode);
    if (pc == FAULT) {
        tcg_exit_tb(s, pc);
        return;
    }
    tcg_op2(s, TCG_add, 0, 2, 2, 0);
    tcg_op2(s, TCG_add, 0, 1, 1, 3);
    TCG_CALL(s, helper_next_mode, TCG_CALL_READS | TCG_CALL_WRITES, TCG_NONE, 1, TCG_NONE, pc);
    tcg_lookup(s);
}

/* CODE is for privileged modes alone. */
static bool translate_address(TciEnv *e, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    (void)e, (void)access;
    hwaddr phys =
        (va & ~(BUS_PAGE_SIZE - 1)) + (va / BUS_PAGE_SIZE == SWITCH / BUS_PAGE_SIZE ? moved : 0);
    *page = (TciPage){ .phys = phys, .addr = phys + va % BUS_PAGE_SIZE, .readable = true };
    return privileged || va / BUS_PAGE_SIZE == FAULT / BUS_PAGE_SIZE;
}

static void raise_fault(TciEnv *e, TciAccess access)
{
    (void)access;
    e->pc = FAULT;
    faults++;
}

static const TciTarget target = { .translate = translate,
                                  .translate_address = translate_address,
                                  .raise_fault = raise_fault,
                                  .rights_bit = PRIV,
                                  .isa_bit = ISA };

/* One block of a CPU in a mode; returns r0. */
static uint32_t run(TciEnv *e, uint32_t mode)
{
    tci_set_mode(e, mode);
    e->r[1] = mode;
    e->r[3] = 0;
    e->pc = CODE;
    tci_run(e, 1);
    return e->r[0];
}

/* From one run to the next, privileged modes and others by turns. */
static void test_between_runs(void)
{
    unsigned wrong = 0, rights = 0, others = 0;
    uint64_t flushes = engine->stats.flushes;
    for (uint32_t i = 0; i < 2 * WORDS; i++) {
        uint32_t mode = i % WORDS * UINT32_C(0x01000193) & ~PRIV;
        wrong += run(&env, mode | PRIV) != (mode | PRIV);
        unsigned faulted = faults;
        run(&env, mode ^ 0x5555);
        rights += faults != faulted + 1;
        others += run(&other, PRIV | 0x12345) != (PRIV | 0x12345);
    }
    ok(wrong == 0, "%u mode words: each has its own block, %u wrong", WORDS, wrong);
    ok(rights == 0, "and its own rights: %u may execute what they may not", rights);
    ok(others == 0, "another CPU stays in its mode: %u wrong", others);
    flushes = engine->stats.flushes - flushes;
    ok(flushes >= 2 && flushes < 2 * WORDS, "all code was flushed %u times", (unsigned)flushes);
}

/* A number that a privileged mode had goes to one that is not. */
static void test_rights_flushed(void)
{
    unsigned wrong = 0;
    for (uint32_t mode = 1; mode <= 8 * NO_MODE; mode++) {
        run(&env, PRIV);
        tci_set_mode(&env, mode);
        tci_flush_code(engine);
        unsigned faulted = faults;
        run(&env, mode);
        wrong += faults != faulted + 1;
    }
    ok(wrong == 0, "rights are not kept with a number: %u wrong", wrong);
}

/* The number of a mode in one instruction set goes, with all code, to one in the other. */
static void test_other_set(void)
{
    unsigned wrong = 0;
    for (uint32_t i = 0; i < 8; i++) {
        run(&env, PRIV | ISA);
        tci_set_mode(&env, PRIV | i);
        tci_flush_code(engine);
        for (uint32_t mode = 1; mode < MODES - 4; mode++) {
            run(&env, PRIV | (100 * i + mode));
        }
        wrong += run(&env, PRIV | ISA) != (PRIV | ISA);
    }
    ok(wrong == 0, "a number is forgotten in both instruction sets: %u wrong", wrong);
}

/* As many words as there are numbers keep them. */
static void test_few(void)
{
    const uint32_t few = MODES - 2; /* both CPUs have a mode before */
    tci_flush_code(engine);
    uint64_t flushes = engine->stats.flushes, blocks = engine->stats.blocks;
    for (uint32_t i = 0; i < 4 * WORDS; i++) {
        run(&env, PRIV | i % few);
    }
    ok(engine->stats.flushes == flushes && engine->stats.blocks - blocks == few,
       "%u words: %u blocks, no flush", (unsigned)few, (unsigned)(engine->stats.blocks - blocks));
}

/* Within a run. What has been executed is counted, whatever was flushed. */
static void test_within_run(void)
{
    const uint32_t first = PRIV | 1000, step = 3;
    uint64_t count = tci_icount(&env);
    uint32_t sum = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        sum += first + i * step;
    }
    env.r[2] = 0;
    env.r[1] = first;
    env.r[3] = step;
    env.pc = CODE;
    tci_set_mode(&env, first);
    while (tci_icount(&env) - count < WORDS) {
        tci_run(&env, (int32_t)(WORDS - (tci_icount(&env) - count)));
    }
    ok(tci_icount(&env) - count == WORDS && env.r[2] == sum && env.mode == first + WORDS * step,
       "a new mode after each block: %u instructions, sum %" PRIx32 ", mode %" PRIx32,
       (unsigned)(tci_icount(&env) - count), env.r[2], env.mode);
}

/* Two blocks by turns: the first in `mode`, the second where r3 leads, in the other instruction set
 * if it is odd. */
static void test_switch(uint32_t mode, uint32_t step, uint8_t byte, const char *when)
{
    const int32_t pairs = 201;
    env.r[2] = 0;
    env.r[3] = step;
    env.r[4] = env.pc = SWITCH;
    if (env.mode != mode) {
        tci_set_mode(&env, mode);
    }
    wrong_modes = 0;
    tci_run(&env, 2 * pairs - 1); /* ends after one more */
    uint32_t sum = (uint32_t)pairs * (2 * (mode + byte) + (step & 1 ? ISA : 0));
    ok(wrong_modes == 0 && env.r[2] == sum && env.mode == mode && env.pc == SWITCH,
       "%s: sum %" PRIx32 " of modes and bytes, %" PRIx32
       " expected; the mode differs from the block's %u times",
       when, env.r[2], sum, wrong_modes);
}

static void test_switches(void)
{
    engine->options.exact = false; /* whose last blocks would be others */
    ram.host[SWITCH] = 1;
    ram.host[SWITCH + BUS_PAGE_SIZE] = 2;
    test_switch(PRIV | 7, 5, 1, "to and fro between instruction sets");
    test_switch(PRIV | 8, 5, 1, "in other modes");
    test_switch(PRIV | 7, 5, 1, "in the first ones");
    test_switch(PRIV | 7, 6, 1, "an even address is rounded down");
    test_switch(PRIV | 7, 5, 1, "to and fro again");
    moved = BUS_PAGE_SIZE;
    tci_flush_tlb(&env);
    test_switch(PRIV | 7, 5, 2, "after address translation has changed");
    tci_flush_code(engine);
    test_switch(PRIV | 7, 5, 2, "after a flush of all code");
}

int main(void)
{
    const TciOptions options = { .exact = true };
    ram = (BusRegion){ .name = "ram", .size = RAM, .direct = true, .writable = true };
    engine = bus_init_arena(&bus, 2 * TCI_MEMORY + RAM) ? tci_new(&bus, &options) : NULL;
    if (!engine || !tci_cpu_init(&env, engine, &target) || !tci_cpu_init(&other, engine, &target)) {
        printf("Bail out! no memory\n");
        return 1;
    }
    ram.host = bus_alloc(&bus, RAM);
    bus_map(&bus, &ram);
    test_between_runs();
    test_rights_flushed();
    test_other_set();
    test_few();
    test_within_run();
    test_switches();
    tci_cpu_free(&env);
    tci_cpu_free(&other);
    tci_free(engine);
    bus_free(&bus);
    return done_testing();
}
