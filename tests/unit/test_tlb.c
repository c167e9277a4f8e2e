/* SPDX-License-Identifier: MIT */
/* The soft TLB: which of a guest's accesses take its fast path, and where they lead, over the whole
 * of 4 GiB. A block of one load, one of a store, executed with many an address. */
#include "tci/block.h"
#include "tests/unit/tap.h"

#define LOAD   0x1000u /* blocks: r0 = memory[r7], the same with a user's rights, memory[r7] = r0 */
#define USER   0x1010u
#define STORE  0x1020u
#define FAULT  0x1030u              /* where a fault leads */
#define BYTE   0x1040u              /* r0 = the byte at r7 */
#define LEFT   (BUS_PAGE_SIZE * 1u) /* physical addresses: of two pages of data */
#define RIGHT  (BUS_PAGE_SIZE * 2u)
#define RAM    (BUS_PAGE_SIZE * 3u)
#define OFFSET 0x124u
#define SECOND 0x00405000u /* virtual: the second page of an access that crosses */

static TciEnv env;
static Bus bus;
static BusRegion ram;

/* What the page tables of the guest say of all pages. */
static hwaddr mapped; /* to there; 0: to nothing */
static bool writable;
static unsigned walks, faults;
static bool apart;    /* each answer is for the access asked for alone */
static bool by_table; /* SECOND is RIGHT, as long as the last byte of LEFT is 0; all else is LEFT */

static void translate(TciEnv *e, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns)
{
    (void)e, (void)mode, (void)code, (void)max_insns;
    tcg_insn_start(s, pc);
    if (pc == LOAD || pc == USER) {
        tcg_ld(s, 0, 7, TCG_NONE, 0, 0, MO_32 | (pc == USER ? MO_USER : 0));
    } else if (pc == BYTE) {
        tcg_ld(s, 0, 7, TCG_NONE, 0, 0, MO_8);
    } else if (pc == STORE) {
        tcg_st(s, 0, 7, TCG_NONE, 0, 0, MO_32);
    }
    tcg_exit_tb(s, pc + 4);
}

static bool translate_address(TciEnv *e, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    (void)e;
    bool fetch = access == TCI_FETCH;
    *page = (TciPage){ .phys = fetch ? 0 : mapped + (privileged ? 0 : LEFT), .readable = true };
    page->addr = page->phys + va % BUS_PAGE_SIZE;
    page->writable = writable;
    walks += !fetch;
    if (by_table && !fetch) {
        bool second = va / BUS_PAGE_SIZE == SECOND / BUS_PAGE_SIZE;
        *page = (TciPage){ .phys = second ? RIGHT : LEFT, .readable = true, .writable = true };
        page->addr = page->phys + va % BUS_PAGE_SIZE;
        page->partial = apart;
        return !second || ram.host[LEFT + BUS_PAGE_SIZE - 1] == 0;
    }
    return fetch || (mapped && (access == TCI_LOAD || writable));
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
                                  .rights_bit = 1 };

/* Executes one of the blocks with an address in r7; returns r0. */
static uint32_t run(uint32_t block, uint32_t va)
{
    env.r[7] = va;
    env.pc = block;
    tci_run(&env, 1);
    return env.r[0];
}

static void map(hwaddr phys, bool may_write)
{
    mapped = phys;
    writable = may_write;
    tci_flush_tlb(&env);
}

/* Pages at both ends of what the table's entries differ in, and of the address space. */
static const uint32_t pages[] = { 0,          0x1000,           TLB_MISS - 0x1000,
                                  TLB_MISS,   TLB_MISS * 2u,    0x7ffff000,
                                  0x80000000, -TLB_MISS - 4096, (uint32_t)-TLB_MISS,
                                  0xc0008000, 0xfffff000 };
#define PAGES (sizeof pages / sizeof pages[0])

static void test_everywhere(void)
{
    for (unsigned i = 0; i < PAGES; i++) {
        uint32_t va = pages[i] + OFFSET;
        map(0, false);
        unsigned faulted = faults;
        run(LOAD, va);
        run(STORE, va);
        ok(faults == faulted + 2, "%08" PRIx32 ": nothing there before it is mapped", va);

        map(LEFT, true);
        uint32_t first = run(LOAD, va);
        unsigned slow = (unsigned)(env.tci->stats.slow_loads + env.tci->stats.slow_stores);
        env.r[0] = 0x5ca1ab1e;
        run(STORE, va);
        env.r[0] = 0;
        uint32_t again = run(LOAD, va);
        ok(first == LEFT + OFFSET && again == 0x5ca1ab1e &&
               ld32_p(ram.host + LEFT + OFFSET) == 0x5ca1ab1e &&
               env.tci->stats.slow_loads + env.tci->stats.slow_stores == slow,
           "%08" PRIx32 ": found once, then fast", va);
        st32_p(ram.host + LEFT + OFFSET, LEFT + OFFSET);

        ok(run(USER, va) == RIGHT + OFFSET && run(LOAD, va) == LEFT + OFFSET &&
               run(USER, va) == RIGHT + OFFSET,
           "%08" PRIx32 ": a user's rights have a table of their own", va);

        map(RIGHT, false);
        uint32_t moved = run(LOAD, va);
        faulted = faults;
        run(STORE, va);
        ok(moved == RIGHT + OFFSET && faults == faulted + 1,
           "%08" PRIx32 ": elsewhere after a flush, and not to be written", va);

        mapped = LEFT;
        tci_flush_tlb_page(&env, va ^ 0x1000);
        moved = run(LOAD, va);
        tci_flush_tlb_page(&env, va);
        ok(moved == RIGHT + OFFSET && run(LOAD, va) == LEFT + OFFSET,
           "%08" PRIx32 ": its page alone is flushed", va);
    }
}

/* No address that the guest has not been given may lead anywhere. */
static void test_nowhere(void)
{
    map(0, false);
    unsigned faulted = faults, tried = 0;
    while (tried < 8192) {
        uint32_t va = tried / 2 * (UINT32_MAX / 4096) & ~UINT32_C(3);
        run(LOAD, va);
        run(STORE, va);
        tried += 2;
    }
    ok(faults == faulted + tried, "%u accesses all over, %u faults", tried, faults - faulted);
}

/* More pages than a flush has a list for. */
static void test_many(void)
{
    enum { MANY = MAX_FILLED + MAX_FILLED / 2 };
    map(LEFT, true);
    unsigned wrong = 0, stale = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        wrong += run(LOAD, i * BUS_PAGE_SIZE + OFFSET) != LEFT + OFFSET;
    }
    unsigned walked = walks;
    for (uint32_t i = MAX_FILLED; i < MANY; i++) {
        wrong += run(LOAD, i * BUS_PAGE_SIZE + OFFSET) != LEFT + OFFSET;
    }
    ok(wrong == 0 && walks == walked, "%u pages; the last %u stay in the TLB: %u walks", MANY,
       MANY - MAX_FILLED, walks - walked);
    map(RIGHT, true);
    for (uint32_t i = 0; i < MANY; i++) {
        stale += run(LOAD, i * BUS_PAGE_SIZE + OFFSET) != RIGHT + OFFSET;
    }
    ok(stale == 0, "all are flushed: %u are not", stale);
}

/* A list that is full of the page that comes next. */
static void test_again(void)
{
    unsigned wrong = 0;
    map(LEFT, true);
    for (uint32_t i = 0; i < MAX_FILLED + 2; i++) {
        tci_flush_tlb_page(&env, 0x8000);
        wrong += run(BYTE, 0x8000 + OFFSET) != OFFSET % 256;
        wrong += run(BYTE, 0x8000 + OFFSET) != OFFSET % 256;
    }
    ok(wrong == 0, "one page filled over and over: %u wrong", wrong);
}

/* An access of four bytes, two on each side of a page's end. It is translated before the first byte
 * is stored, which is what says that there is no second page. */
static void test_across(void)
{
    const unsigned memop = MO_32 | MO_UNALN;
    uint8_t *end = ram.host + LEFT + BUS_PAGE_SIZE, *next = ram.host + RIGHT;
    by_table = true;
    for (unsigned i = 0; i < 2; i++) {
        const char *how = i ? "pages in parts" : "whole pages";
        uint32_t value = 0;
        apart = i != 0;
        tci_flush_tlb(&env);
        end[-2] = end[-1] = next[0] = next[1] = 0;
        unsigned faulted = faults;
        ok(tci_store(&env, SECOND - 2, memop, 0x44332211) && end[-2] == 0x11 && end[-1] == 0x22 &&
               next[0] == 0x33 && next[1] == 0x44 && faults == faulted,
           "%s: all of a store, though its first half unmaps the second page", how);
        tci_flush_tlb(&env);
        ok(!tci_store(&env, SECOND - 2, memop, 0x88776655) && end[-2] == 0x11 && end[-1] == 0x22 &&
               next[0] == 0x33 && next[1] == 0x44 && faults == faulted + 1,
           "%s: nothing of the next one, which faults", how);
        ok(!tci_load(&env, SECOND - 2, memop, &value) && faults == faulted + 2,
           "%s: as a load does", how);
        env.raised = false;
        end[-1] = 0;
        ok(tci_load(&env, SECOND - 2, memop, &value) && value == 0x44330011 &&
               tci_load(&env, SECOND - 2, MO_16 | MO_UNALN, &value) && value == 0x11 &&
               tci_load(&env, SECOND - 1, MO_16 | MO_UNALN | MO_SIGN, &value) && value == 0x3300,
           "%s: loads of both halves", how);
    }
    by_table = apart = false;
    tci_flush_tlb(&env);
}

/* Inside a page that the TLB has, an address need not be aligned; no table is walked. */
static void test_unaligned(void)
{
    map(LEFT, true);
    run(LOAD, SECOND);
    run(STORE, SECOND);
    unsigned walked = walks, wrong = 0, faulted = faults;
    for (uint32_t offset = 0; offset <= BUS_PAGE_SIZE - 4; offset += offset == 8 ? 4080 : 1) {
        uint32_t va = SECOND + offset, value = 0;
        uint8_t *p = ram.host + LEFT + offset;
        st32_p(p, 0x84838281 + offset);
        wrong += !tci_load(&env, va, MO_32 | MO_UNALN, &value) || value != 0x84838281 + offset;
        wrong += !tci_load(&env, va + 1, MO_16 | MO_SIGN | MO_UNALN, &value) ||
                 value != (0xffff0000 | ((0x84838281 + offset) >> 8 & 0xffff));
        wrong += !tci_store(&env, va, MO_32 | MO_UNALN, 0x12345678) || ld32_p(p) != 0x12345678;
        wrong +=
            !tci_store(&env, va + 1, MO_16 | MO_UNALN | MO_BE, 0xabcd) || ld32_p(p) != 0x12cdab78;
    }
    ok(wrong == 0 && walks == walked, "unaligned in a page: %u wrong, %u walks", wrong,
       walks - walked);
    uint32_t value = 0;
    ok(tci_load(&env, SECOND + BUS_PAGE_SIZE - 2, MO_32 | MO_UNALN, &value) && walks > walked,
       "across pages: the other one is looked up");

    map(LEFT, false);
    run(LOAD, SECOND);
    ok(!tci_store(&env, SECOND + 1, MO_32 | MO_UNALN, 0) && faults == faulted + 1,
       "not to be written: a fault");
    env.raised = false;

    map(RAM, true);
    ok(tci_load(&env, SECOND + 1, MO_32 | MO_UNALN, &value) && value == 0,
       "nothing is there: no byte");
    map(0, false);
}

int main(void)
{
    ram = (BusRegion){ .name = "ram", .size = RAM, .direct = true, .writable = true };
    Tci *t = bus_init_arena(&bus, TCI_MEMORY + RAM) ? tci_new(&bus, &(TciOptions){ 0 }) : NULL;
    if (!t || !tci_cpu_init(&env, t, &target)) {
        printf("Bail out! no memory\n");
        return 1;
    }
    ram.host = bus_alloc(&bus, RAM);
    bus_map(&bus, &ram);
    for (unsigned i = 0; i < RAM; i += 4) {
        st32_p(ram.host + i, i);
    }
    tci_set_mode(&env, target.rights_bit);
    test_everywhere();
    test_nowhere();
    test_many();
    test_again();
    test_across();
    test_unaligned();
    tci_cpu_free(&env);
    tci_free(t);
    bus_free(&bus);
    return done_testing();
}
