/* SPDX-License-Identifier: MIT */
/* As much RAM as the engine's bound allows: the fast path reaches its first and its last byte, at
 * guest addresses all over. */
#include "tci/block.h"
#include "tests/unit/tap.h"

#define STORE 0x1000u /* memory[r7] = r0; r1 = memory[r7] */
/* Room for the flash of a board, and the guards between allocations. */
#define REST   ((128u << 20) + (1u << 20))
#define RAM    (BUS_MAX_MEMORY - TCI_MEMORY - REST)
#define TRIED  64u
#define VA(n)  ((n) * (UINT32_MAX / TRIED) & ~(BUS_PAGE_SIZE - 1))
#define ENOUGH (BUS_MEMORY_BITS < 31 || RAM >= 1792u << 20)
_Static_assert(ENOUGH, "1792 MiB fit in a bound of 2 GiB");

static Bus bus;
static BusRegion ram;
static TciEnv env;
static hwaddr mapped;

static void translate(TciEnv *e, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns)
{
    (void)e, (void)mode, (void)code, (void)max_insns;
    tcg_insn_start(s, pc);
    tcg_st(s, 0, 7, TCG_NONE, 0, 0, MO_32);
    tcg_ld(s, 1, 7, TCG_NONE, 0, 0, MO_32);
    tcg_exit_tb(s, pc);
}

static bool translate_address(TciEnv *e, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    (void)e, (void)privileged;
    hwaddr phys = access == TCI_FETCH ? 0 : mapped;
    *page = (TciPage){ .phys = phys, .addr = phys + va % BUS_PAGE_SIZE, .readable = true };
    page->writable = true;
    return true;
}

static const TciTarget target = { .translate = translate, .translate_address = translate_address };

int main(void)
{
    Tci *t = bus_init_arena(&bus, TCI_MEMORY + RAM) ? tci_new(&bus, &(TciOptions){ 0 }) : NULL;
    if (!t) {
        ok(true, "the host has not %u MiB # SKIP", (unsigned)(RAM >> 20));
        return done_testing();
    }
    ok(!bus_init_arena(&(Bus){ 0 }, BUS_MAX_MEMORY + 1u), "more than %u MiB are refused",
       (unsigned)(BUS_MAX_MEMORY >> 20));
    ram = (BusRegion){ .name = "ram", .size = RAM, .direct = true, .writable = true };
    if (!tci_cpu_init(&env, t, &target) || !(ram.host = bus_alloc(&bus, RAM)) ||
        !bus_map(&bus, &ram)) {
        printf("Bail out! no memory\n");
        return 1;
    }
    unsigned wrong = 0;
    for (uint32_t n = 0; n < 2 * TRIED; n++) {
        uint32_t va = VA(n / 2) + (n % 2 ? BUS_PAGE_SIZE - 4 : 0);
        mapped = n % 2 ? RAM - BUS_PAGE_SIZE : BUS_PAGE_SIZE;
        tci_flush_tlb(&env);
        uint64_t slow = t->stats.slow_loads + t->stats.slow_stores;
        for (uint32_t i = 0; i < 2; i++) { /* the second time fast */
            env.r[0] = 0x12340000 + 2 * n + i;
            env.r[1] = 0;
            env.r[7] = va;
            env.pc = STORE;
            tci_run(&env, 1);
            wrong +=
                env.r[1] != env.r[0] || ld32_p(ram.host + mapped + va % BUS_PAGE_SIZE) != env.r[0];
        }
        wrong += t->stats.slow_loads + t->stats.slow_stores != slow + 1;
    }
    ok(wrong == 0, "%u MiB of RAM, both ends of it: %u wrong", (unsigned)(RAM >> 20), wrong);
    tci_cpu_free(&env);
    tci_free(t);
    bus_free(&bus);
    return done_testing();
}
