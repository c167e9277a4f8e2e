/* SPDX-License-Identifier: MIT */
/* Tables without subpages (ARMv6, SCTLR.XP) and what ARMv6 added to those with: each descriptor's
 * address, rights and faults; which table; ASIDs, operations and registers that go with them. */
#include "cpu/mmu.h"
#include "tests/unit/arm_board.h"

#define L1    0x4000u
#define TABLE 0x8000u
#define OTHER 0xc000u /* another first level */

#define VA_SECTION 0x80000000u
#define VA_TABLE   0x80100000u
#define DOMAIN     3u

#define TRANSLATION 0x5u
#define DOMAIN_F    0x9u
#define PERMISSION  0xdu
#define PAGE        0x2u
#define WNR         0x800u

static ArmBoard board;
static TciPage page;

static void l1(uint32_t va, uint32_t descriptor)
{
    board_word(&board, L1 + (va >> 20) * 4, descriptor);
    board_mcr(&board, 8, 7, 0, 0);
}

static void l2(uint32_t va, uint32_t descriptor)
{
    board_word(&board, TABLE + (va >> 12 & 0xff) * 4, descriptor);
    board_mcr(&board, 8, 7, 0, 0);
}

static void start(const char *model, uint32_t control)
{
    ARMCPUOptions options = { .model = model };
    board_init_with(&board, &options);
    board_mcr(&board, 2, 0, 0, L1);
    board_mcr(&board, 3, 0, 0, 0x55555555);
    l1(VA_TABLE, TABLE | DOMAIN << 5 | 1);
    board_mcr(&board, 1, 0, 0, SCTLR_M | control);
}

/* The status of the fault, or 0 and `page`. */
static unsigned translate(uint32_t va, TciAccess access, bool privileged)
{
    page = (TciPage){ .phys = 1 };
    return arm_mmu_v6.translate_address(board.cpu, va, access, privileged, &page)
               ? 0
               : board.cpu->fault_status;
}

static bool leads_to(uint32_t va, hwaddr address)
{
    return translate(va, TCI_LOAD, true) == 0 && page.addr == address && !page.partial;
}

static void test_formats(void)
{
    start("arm1136", SCTLR_XP);
    l1(VA_SECTION, 0x12300000 | 3u << 10 | 2);
    ok(leads_to(VA_SECTION + 0xabcde, 0x123abcde), "section");
    l1(VA_SECTION, 0x12000000 | 1u << 18 | 3u << 10 | 2);
    ok(leads_to(VA_SECTION + 0xabcde, 0x120abcde), "supersection: 16 MiB");
    l1(VA_SECTION, 0x12500000 | 2u << 5 | 1u << 18 | 3u << 10 | 2);
    ok(leads_to(VA_SECTION + 0xabcde, UINT64_C(0x25120abcde)), "its extended base");
    l2(VA_TABLE + 0x12000, 0xabcde000 | 3u << 4 | 2);
    ok(leads_to(VA_TABLE + 0x12345, 0xabcde345), "small page");
    l2(VA_TABLE + 0x13000, 0xabcde000 | 3u << 4 | 3);
    ok(leads_to(VA_TABLE + 0x13345, 0xabcde345), "small page with XN");
    l2(VA_TABLE + 0x2d000, 0xabcd0000 | 3u << 4 | 1);
    ok(leads_to(VA_TABLE + 0x2d678, 0xabcdd678), "large page");
    l2(VA_TABLE + 0x14000, 0xabcde000 | 3u << 4 | 0xdc0 | 2);
    ok(leads_to(VA_TABLE + 0x14345, 0xabcde345), "TEX, S and nG are no permissions of subpages");
    board_free(&board);
}

static void test_faults(void)
{
    start("arm1136", SCTLR_XP);
    is_u32(translate(VA_SECTION, TCI_LOAD, true), TRANSLATION, "no section");
    l1(VA_SECTION, 0x12300013);
    is_u32(translate(VA_SECTION, TCI_LOAD, true), TRANSLATION, "type 3 is reserved");
    is_u32(translate(VA_TABLE, TCI_LOAD, true), DOMAIN << 4 | TRANSLATION | PAGE, "no page");
    is_u32(translate(VA_TABLE, TCI_STORE, true), WNR | DOMAIN << 4 | TRANSLATION | PAGE,
           "a store is one in the status");
    l2(VA_TABLE, 0xabcde000 | 3u << 4 | 2);
    board_mcr(&board, 3, 0, 0, ~(3u << 2 * DOMAIN));
    is_u32(translate(VA_TABLE, TCI_LOAD, true), DOMAIN << 4 | DOMAIN_F | PAGE, "no access, page");
    l1(VA_SECTION, 0x12300000 | DOMAIN << 5 | 3u << 10 | 2);
    is_u32(translate(VA_SECTION, TCI_LOAD, true), DOMAIN << 4 | DOMAIN_F, "no access, section");
    l1(VA_SECTION, 0x12300000 | DOMAIN << 5 | 1u << 18 | 3u << 10 | 2);
    is_u32(translate(VA_SECTION, TCI_LOAD, true), 0, "a supersection is in domain 0");
    l1(VA_TABLE, BOARD_NOWHERE | DOMAIN << 5 | 1);
    is_u32(translate(VA_TABLE, TCI_LOAD, true), DOMAIN << 4 | STATUS_WALK_SECOND,
           "no second table");
    board_mcr(&board, 2, 0, 0, BOARD_NOWHERE);
    is_u32(translate(VA_TABLE, TCI_LOAD, true), STATUS_WALK_FIRST, "no first table");
    arm_mmu_v6.note_alignment(board.cpu, 0x1235, TCI_STORE);
    is_u32(board.cpu->fault_status, WNR | 1, "alignment of a store");
    board_free(&board);
}

/* What APX and AP allow: bits for a privileged load, store, fetch, and user's. */
enum { PR = 1, PW = 2, PX = 4, UR = 8, UW = 16, UX = 32 };

static unsigned rights(uint32_t va, unsigned status)
{
    unsigned found = 0;
    for (unsigned i = 0; i < 6; i++) {
        static const TciAccess access[] = { TCI_LOAD, TCI_STORE, TCI_FETCH };
        unsigned fault = translate(va, access[i % 3], i < 3);
        found |= fault == 0 ? 1u << i : (fault & ~WNR) == status ? 0 : 1u << 8;
    }
    return found;
}

static void test_rights(void)
{
    static const struct {
        unsigned ap, k, other; /* on ARMv6K; on ARMv6 */
    } table[] = {
        { 0, 0, 0 },
        { 1, PR | PW | PX, PR | PW | PX },
        { 2, PR | PW | PX | UR | UX, PR | PW | PX | UR | UX },
        { 3, PR | PW | PX | UR | UW | UX, PR | PW | PX | UR | UW | UX },
        { 4, 0, 0 },
        { 5, PR | PX, PR | PX },
        { 6, PR | PX | UR | UX, PR | PX | UR | UX },
        { 7, PR | PX | UR | UX, 0 },
    };
    static const char *const models[] = { "arm1136", "arm1136-r2" };
    for (unsigned m = 0; m < 2; m++) {
        start(models[m], SCTLR_XP);
        for (unsigned i = 0; i < 8; i++) {
            unsigned ap = table[i].ap, want = m == 0 ? table[i].k : table[i].other;
            l2(VA_TABLE, 0xabcde000 | (ap & 3) << 4 | ap >> 2 << 9 | 2);
            l2(VA_TABLE + 0x10000, 0xabcd0000 | (ap & 3) << 4 | ap >> 2 << 9 | 1u << 15 | 1);
            l1(VA_SECTION, 0x12300000 | DOMAIN << 5 | (ap & 3) << 10 | ap >> 2 << 15 | 2);
            ok(rights(VA_TABLE, DOMAIN << 4 | PERMISSION | PAGE) == want &&
                   rights(VA_SECTION, DOMAIN << 4 | PERMISSION) == want,
               "%s: APX and AP %u", models[m], ap);
            is_u32(rights(VA_TABLE + 0x10000, DOMAIN << 4 | PERMISSION | PAGE),
                   want & ~((unsigned)PX | UX), "with XN nothing is executed");
        }
        l2(VA_TABLE, 0xabcde000 | 3);
        board_mcr(&board, 3, 0, 0, 3u << 2 * DOMAIN);
        is_u32(rights(VA_TABLE, 0), 63, "a manager may do all, also with XN");
        board_free(&board);
    }
}

static void test_access_flag(void)
{
    start("arm1176", SCTLR_XP | SCTLR_FA);
    l2(VA_TABLE, 0xabcde000 | 2u << 4 | 2);
    is_u32(translate(VA_TABLE, TCI_LOAD, true), DOMAIN << 4 | 6, "a page without its flag");
    l1(VA_SECTION, 0x12300000 | DOMAIN << 5 | 2u << 10 | 2);
    is_u32(translate(VA_SECTION, TCI_LOAD, true), DOMAIN << 4 | 3, "a section without");
    static const unsigned want[] = { PR | PW | PX, 63, PR | PX, PR | PX | UR | UX };
    for (unsigned i = 0; i < 4; i++) {
        l2(VA_TABLE, 0xabcde000 | 1u << 4 | (i & 1) << 5 | i >> 1 << 9 | 2);
        is_u32(rights(VA_TABLE, DOMAIN << 4 | PERMISSION | PAGE), want[i], "rights with the flag");
    }
    l2(VA_TABLE, 0xabcde000 | 2);
    board_mcr(&board, 3, 0, 0, 3u << 2 * DOMAIN);
    is_u32(translate(VA_TABLE, TCI_LOAD, true), 0, "a manager needs no flag");
    board_free(&board);
}

static void test_two_tables(void)
{
    start("arm1136", SCTLR_XP);
    board_mcr(&board, 2, 0, 1, OTHER);
    board_word(&board, OTHER + (0x80000000u >> 20) * 4, 0x45600000 | 3u << 10 | 2);
    board_word(&board, L1 + (0x80000000u >> 20) * 4, 0x12300000 | 3u << 10 | 2);
    board_word(&board, L1 + (0x7ff00000u >> 20) * 4, 0x78900000 | 3u << 10 | 2);
    ok(leads_to(0x80000000, 0x12300000), "TTBCR.N = 0: TTBR0 has all addresses");
    board_mcr(&board, 2, 0, 2, 1);
    ok(leads_to(0x80000000, 0x45600000), "N = 1: TTBR1 has the upper half,");
    ok(leads_to(0x7ff00000, 0x78900000), "TTBR0 the lower");
    board_mcr(&board, 2, 0, 2, 7);
    board_mcr(&board, 2, 0, 0, 0x3f80);
    board_word(&board, 0x3f80 + (0x01f00000u >> 20) * 4, 0x99900000 | 3u << 10 | 2);
    ok(leads_to(0x01f00000, 0x99900000), "N = 7: a table of 128 bytes");
    board_free(&board);
}

static void test_subpages(void)
{
    start("arm1136", 0);
    l2(VA_TABLE, 0xabcde000 | 3u << 4 | 3);
    ok(leads_to(VA_TABLE + 0xc00, 0xabcdec00), "XP clear: an extended small page");
    l1(VA_SECTION, TABLE | 3);
    is_u32(translate(VA_SECTION, TCI_LOAD, true) & 15, TRANSLATION, "no fine tables");
    l2(VA_TABLE, 0xabcde000 | 0xe4u << 4 | 2);
    ok(translate(VA_TABLE + 0xc00, TCI_STORE, false) == 0 && page.partial, "subpages");
    board_free(&board);
}

/* A load in a privileged mode through the engine's TLB. */
static uint32_t load(uint32_t va)
{
    uint32_t value = 0xbad;
    return tci_load(&board.cpu->env, va, MO_32, &value) ? value : 0xbad;
}

static void map_small(uint32_t pa)
{
    board_word(&board, TABLE, pa | 1u << 11 | 3u << 4 | 2);
}

static void test_tlb(void)
{
    start("arm1136", SCTLR_XP);
    l1(0, 3u << 10 | 2); /* the vectors */
    board_word(&board, 0x10000, 0x111);
    board_word(&board, 0x11000, 0x222);
    map_small(0x10000);
    is_u32(load(VA_TABLE), 0x111, "a page of an ASID");
    map_small(0x11000);
    is_u32(load(VA_TABLE), 0x111, "it stays in the TLB,");
    board_mcr(&board, 13, 0, 1, 0x100);
    is_u32(load(VA_TABLE), 0x111, "with another process ID, too,");
    board_mcr(&board, 13, 0, 1, 0x101);
    is_u32(load(VA_TABLE), 0x222, "until the ASID changes");
    map_small(0x10000);
    board_mcr(&board, 8, 7, 2, 0x02);
    is_u32(load(VA_TABLE), 0x222, "invalidation of another ASID");
    board_mcr(&board, 8, 7, 2, 0x01);
    is_u32(load(VA_TABLE), 0x111, "of this one");
    map_small(0x11000);
    board_mcr(&board, 8, 6, 1, VA_TABLE | 1);
    is_u32(load(VA_TABLE), 0x222, "of an address and its ASID");
    map_small(0x10000);
    board_mcr(&board, 8, 6, 3, VA_TABLE);
    is_u32(load(VA_TABLE), 0x111, "of an address in all ASIDs");
    for (unsigned i = 0; i < 16; i++) {
        board_word(&board, L1 + (VA_SECTION >> 20) * 4 + 4 * i + 0x400, 1u << 18 | 3u << 10 | 2);
    }
    is_u32(load(VA_SECTION + 0x10000000 + 0x10000), 0x111, "a supersection");
    for (unsigned i = 0; i < 16; i++) {
        board_word(&board, L1 + (VA_SECTION >> 20) * 4 + 4 * i + 0x400, 0);
    }
    board_mcr(&board, 8, 7, 1, VA_SECTION + 0x10000000 + 0xf00000);
    is_u32(load(VA_SECTION + 0x10000000 + 0x10000), 0xbad, "all of it is one entry");
    board_free(&board);
}

static void test_fault_registers(void)
{
    start("arm1136", SCTLR_XP);
    l1(0, 3u << 10 | 2);
    load(VA_SECTION + 0x124);
    is_u32(board_mrc(&board, 5, 0, 0), TRANSLATION, "DFSR");
    is_u32(board_mrc(&board, 6, 0, 0), VA_SECTION + 0x124, "FAR");
    ok(!tci_store(&board.cpu->env, VA_SECTION + 0x128, MO_32, 1), "a store");
    is_u32(board_mrc(&board, 5, 0, 0), WNR | TRANSLATION, "DFSR says so");
    arm_cpu_set_reg(board.cpu, 15, VA_SECTION + 0x100);
    tci_run(&board.cpu->env, 1);
    is_u32(board_mrc(&board, 5, 0, 1), TRANSLATION, "IFSR");
    is_u32(board_mrc(&board, 6, 0, 2), VA_SECTION + 0x100, "IFAR");
    is_u32(board_mrc(&board, 6, 0, 0), VA_SECTION + 0x128, "FAR is of data alone");
    board_free(&board);
}

static void test_big_endian_tables(void)
{
    start("arm1136", SCTLR_XP);
    l1(VA_SECTION, 0x020c3012); /* the bytes of 0x12300c02 */
    board_mcr(&board, 1, 0, 0, SCTLR_M | SCTLR_XP | SCTLR_EE);
    ok(leads_to(VA_SECTION + 4, 0x12300004), "EE: descriptors are big-endian");
    board_free(&board);
}

static void test_address_operations(void)
{
    start("arm1176", SCTLR_XP);
    l2(VA_TABLE, 0xabcde000 | 2u << 4 | 2);
    board_mcr(&board, 7, 8, 0, VA_TABLE + 0x123);
    is_u32(board_mrc(&board, 7, 4, 0), 0xabcde200, "privileged read: the page, non-secure");
    board_mcr(&board, 7, 8, 1, VA_TABLE);
    is_u32(board_mrc(&board, 7, 4, 0), 0xabcde200, "privileged write");
    board_mcr(&board, 7, 8, 2, VA_TABLE);
    is_u32(board_mrc(&board, 7, 4, 0), 0xabcde200, "user's read");
    board_mcr(&board, 7, 8, 3, VA_TABLE);
    is_u32(board_mrc(&board, 7, 4, 0), 0xf << 1 | 1, "user's write: a permission fault");
    board_mcr(&board, 7, 8, 0, VA_TABLE + 0x1000);
    is_u32(board_mrc(&board, 7, 4, 0), 7 << 1 | 1, "a translation fault");
    is_u32(board_mrc(&board, 5, 0, 0), 0, "DFSR stays");
    l1(VA_SECTION, BOARD_NOWHERE | 1);
    arm_cpu_set_reg(board.cpu, 15, 0x1000);
    board_mcr(&board, 7, 8, 1, VA_SECTION);
    is_u32(board_mrc(&board, 5, 0, 0), STATUS_WALK_SECOND, "an external abort is taken,");
    is_u32(arm_cpu_reg(board.cpu, 14), 0x1004, "for the operation");
    board_free(&board);
}

int main(void)
{
    test_formats();
    test_faults();
    test_rights();
    test_access_flag();
    test_two_tables();
    test_subpages();
    test_tlb();
    test_fault_registers();
    test_big_endian_tables();
    test_address_operations();
    return done_testing();
}
