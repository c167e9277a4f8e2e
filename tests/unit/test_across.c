/* SPDX-License-Identifier: MIT */
/* An instruction that begins in one page and ends in the next. This target's are halfwords: 0 ends
 * the run; 0x8000 | n is of two, r0 += the second, n being ignored; else r1 += the halfword. */
#include "tci/block.h"
#include "tests/unit/tap.h"

#define PAGE   BUS_PAGE_SIZE
#define RAM    (8u * PAGE)
#define DEVICE (16u * PAGE)
#define FLASH  (32u * PAGE)
#define FIRST  0x00400000u /* virtual: two pages in a row */
#define SECOND (FIRST + PAGE)
#define FAULT  0x00800000u
#define WIDE   0x8000u

static Bus bus;
static BusRegion ram, device, flash;
static Tci *engine;
static TciEnv env;
static hwaddr first = PAGE, second = 3 * PAGE; /* where the pages are; 0: nowhere */
static uint32_t fault_address, fault_pc;
static unsigned faults;

static uint32_t half(TciEnv *e, uint32_t pc, const uint8_t *code)
{
    return code ? ld16_p(code + pc % PAGE) : tci_fetch(e, pc, 2);
}

static void translate(TciEnv *e, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns)
{
    (void)mode;
    uint32_t from = pc;
    for (unsigned n = 0; n < max_insns; n++) {
        uint32_t insn = half(e, pc, code), rest;
        bool wide = (insn & WIDE) != 0, across = wide && pc % PAGE == PAGE - 2;
        if (across && pc != from) {
            break;
        }
        if (across) {
            if (!tci_fetch_next_page(e, pc + 2, 2, &rest)) {
                return;
            }
        } else {
            rest = wide ? half(e, pc + 2, code) : 0;
        }
        tcg_insn_start(s, pc);
        if (insn == 0 || pc == FAULT) {
            tcg_exit_tb(s, pc);
            return;
        }
        tcg_op2i(s, TCG_add, 0, !wide, !wide, wide ? rest : insn);
        pc += wide ? 4 : 2;
        if (pc % PAGE < 4) {
            break;
        }
    }
    tcg_goto_tb(s, pc);
}

static bool translate_address(TciEnv *e, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    (void)e, (void)privileged;
    uint32_t at = va / PAGE * PAGE;
    hwaddr phys = at == FIRST ? first : at == SECOND ? second : at == FAULT ? 7 * PAGE : 0;
    if (!phys) {
        fault_address = va;
    }
    *page = (TciPage){ .phys = phys, .addr = phys + va % PAGE, .readable = true };
    page->writable = access != TCI_FETCH;
    return phys != 0;
}

static void raise_fault(TciEnv *e, TciAccess access)
{
    faults += access == TCI_FETCH;
    fault_pc = e->pc;
    e->pc = FAULT;
}

static const TciTarget target = { .translate = translate,
                                  .translate_address = translate_address,
                                  .raise_fault = raise_fault };

static uint32_t device_read(void *opaque, uint32_t offset, unsigned size)
{
    (void)opaque, (void)size;
    return offset == 0 ? 0x77 : 0;
}

static void put(hwaddr at, uint32_t value)
{
    const uint8_t bytes[2] = { (uint8_t)value, (uint8_t)(value >> 8) };
    bus_load(&bus, at, bytes, 2);
}

/* Executes from ten instructions before the end of the first page to the end; twice, the second
 * time by chains. Returns r0 if both agree. */
static uint32_t run(void)
{
    uint32_t r0[2];
    for (unsigned i = 0; i < 2; i++) {
        memset(env.r, 0, sizeof env.r);
        env.pc = SECOND - 12;
        tci_run(&env, 8);
        r0[i] = env.r[0];
    }
    return r0[0] == r0[1] ? r0[0] : 0xbad;
}

static void start(void)
{
    for (hwaddr at = 2 * PAGE - 12; at < 2 * PAGE - 2; at += 2) {
        put(at, 1);
    }
    put(2 * PAGE - 2, WIDE);
    put(3 * PAGE, 0x10);
    put(5 * PAGE, 0x20);
    put(FLASH, 0x40);
    first = PAGE;
    second = 3 * PAGE;
    tci_flush_tlb(&env);
}

static void test_made_of_both(void)
{
    start();
    uint64_t blocks = engine->stats.blocks;
    ok(run() == 0x10 && env.r[1] == 5, "half of it on each page");
    ok(engine->stats.blocks - blocks == 3, "a block of its own: %u",
       (unsigned)(engine->stats.blocks - blocks));
    put(3 * PAGE, 0x11);
    is_u32(run(), 0x11, "the second page is written to");
    tci_store(&env, SECOND, MO_16, 0x12);
    is_u32(run(), 0x12, "by the guest");
    tci_store(&env, SECOND, MO_16, 0x13);
    is_u32(run(), 0x13, "again");
    put(3 * PAGE + 0x100, 1);
    blocks = engine->stats.blocks;
    ok(run() == 0x13 && engine->stats.blocks == blocks, "elsewhere: the block stays");
    put(2 * PAGE - 2, 7);
    ok(run() == 0 && env.r[1] == 12 + 0x13, "the first page is written to: another instruction");
    put(3 * PAGE, 0x14);
    put(2 * PAGE - 2, WIDE | 1);
    is_u32(run(), 0x14, "and back");
}

/* No other code lies in the second page, and writes to it take the fast path before. */
static void test_alone(void)
{
    start();
    tci_flush_code(engine);
    engine->options.exact = true; /* so that no more is translated */
    tci_store(&env, SECOND, MO_16, 0x15);
    for (uint32_t i = 0; i < 3; i++) {
        env.r[0] = 0;
        env.pc = SECOND - 2;
        tci_run(&env, 1);
        ok(env.r[0] == 0x15 + i, "the instruction alone, written to %u times", (unsigned)i);
        tci_store(&env, SECOND, MO_16, 0x16 + i);
    }
    engine->options.exact = false;
}

static void test_remapped(void)
{
    start();
    run();
    uint64_t blocks = engine->stats.blocks;
    unsigned wrong = 0;
    for (unsigned i = 0; i < 6; i++) {
        second = i % 2 ? 3 * PAGE : 5 * PAGE;
        tci_flush_tlb_page(&env, SECOND);
        wrong += run() != (i % 2 ? 0x10 : 0x20);
    }
    ok(wrong == 0, "the second page is another one, then the first again: %u wrong", wrong);
    ok(engine->stats.blocks - blocks <= 3, "both blocks are kept");
    put(3 * PAGE, 0x18);
    put(5 * PAGE, 0x28);
    uint32_t there = run();
    second = 5 * PAGE;
    tci_flush_tlb_page(&env, SECOND);
    ok(there == 0x18 && run() == 0x28, "and both are new when written to");
}

static void test_fault(void)
{
    for (unsigned known = 0; known < 2; known++) {
        start();
        tci_flush_code(engine);
        if (known) {
            run();
        }
        second = 0;
        tci_flush_tlb_page(&env, SECOND);
        unsigned before = faults;
        run();
        ok(faults == before + 2 && fault_pc == SECOND - 2 && fault_address == SECOND &&
               env.r[0] == 0 && env.r[1] == 5,
           "no second page%s: pc %" PRIx32 ", address %" PRIx32, known ? " any more" : "", fault_pc,
           fault_address);
        second = 3 * PAGE;
        tci_flush_tlb_page(&env, SECOND);
        is_u32(run(), 0x10, "it is there again");
    }
}

static void test_no_memory(void)
{
    start();
    second = DEVICE;
    tci_flush_tlb_page(&env, SECOND);
    uint64_t blocks = engine->stats.blocks;
    ok(run() == 0x77 && run() == 0x77 && engine->stats.blocks >= blocks + 4,
       "the second page is a device: nothing is kept");
    second = FLASH;
    tci_flush_tlb_page(&env, SECOND);
    ok(run() == 0x40, "it is flash");
    flash.direct = false;
    bus.remapped(engine, &flash);
    is_u32(run(), 0x99, "that leaves its read mode");
    flash.direct = true;
    bus.remapped(engine, &flash);
    is_u32(run(), 0x40, "and returns");
}

static uint32_t flash_read(void *opaque, uint32_t offset, unsigned size)
{
    (void)opaque, (void)size;
    return offset == 0 ? 0x99 : 0;
}

int main(void)
{
    ram = (BusRegion){ .name = "ram", .size = RAM, .direct = true, .writable = true };
    engine =
        bus_init_arena(&bus, TCI_MEMORY + RAM + PAGE) ? tci_new(&bus, &(TciOptions){ 0 }) : NULL;
    if (!engine || !tci_cpu_init(&env, engine, &target)) {
        printf("Bail out! no memory\n");
        return 1;
    }
    ram.host = bus_alloc(&bus, RAM);
    flash = (BusRegion){ .name = "flash", .base = FLASH, .size = PAGE, .direct = true };
    flash.host = bus_alloc(&bus, PAGE);
    flash.read = flash_read;
    device = (BusRegion){ .name = "device", .base = DEVICE, .size = PAGE, .read = device_read };
    bus_map(&bus, &ram);
    bus_map(&bus, &flash);
    bus_map(&bus, &device);
    test_made_of_both();
    test_alone();
    test_remapped();
    test_fault();
    test_no_memory();
    tci_cpu_free(&env);
    tci_free(engine);
    bus_free(&bus);
    return done_testing();
}
