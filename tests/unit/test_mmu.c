/* SPDX-License-Identifier: MIT */
/* The MMU's answers, one by one: what a table says, to whom, and with which status it faults. */
#include "cpu/mmu.h"
#include "tests/unit/arm_board.h"

#define L1     0x4000u
#define COARSE 0x8000u
#define FINE   0x9000u

#define VA_SECTION 0x80000000u
#define VA_COARSE  0x80100000u
#define VA_FINE    0x80200000u

#define AP4(ap) ((ap)*0x55u)

static ArmBoard board;
static TciPage page;

static void l1(uint32_t va, uint32_t descriptor)
{
    board_word(&board, L1 + (va >> 20) * 4, descriptor);
    board_mcr(&board, 8, 7, 0, 0);
}

static void coarse(uint32_t va, uint32_t descriptor)
{
    board_word(&board, COARSE + (va >> 12 & 0xff) * 4, descriptor);
    board_mcr(&board, 8, 7, 0, 0);
}

static void fine(uint32_t va, uint32_t descriptor)
{
    board_word(&board, FINE + (va >> 10 & 0x3ff) * 4, descriptor);
    board_mcr(&board, 8, 7, 0, 0);
}

static void control(uint32_t bits)
{
    board_mcr(&board, 1, 0, 0, bits);
}

static void start(void)
{
    board_init(&board);
    board_mcr(&board, 2, 0, 0, L1);
    board_mcr(&board, 3, 0, 0, 0x55555555);
    l1(VA_COARSE, COARSE | 3u << 5 | 0x11);
    l1(VA_FINE, FINE | 4u << 5 | 0x13);
    control(SCTLR_M);
}

/* The status of the fault, or 0 and `page`. */
static unsigned translate(uint32_t va, TciAccess access, bool privileged)
{
    board.cpu->fault_status = board.cpu->fault_address = 0;
    page = (TciPage){ .phys = 1 };
    return arm_mmu_v5.translate_address(board.cpu, va, access, privileged, &page)
               ? 0
               : board.cpu->fault_status;
}

static void test_off(void)
{
    board_init(&board);
    ok(translate(0xabcd1234, TCI_STORE, false) == 0 && page.phys == 0xabcd1000 &&
           page.addr == 0xabcd1234 && page.readable && page.writable && !page.partial,
       "MMU off: addresses are physical, everything is allowed");
    board_mcr(&board, 13, 0, 0, 0x04000000);
    translate(0x1234, TCI_LOAD, true);
    is_u32(page.addr, 0x1234, "MMU off: no FCSE");
    arm_mmu_v5.note_alignment(board.cpu, 0x1235, TCI_LOAD);
    is_u32(board.cpu->fault_status, 1, "alignment: its status");
    is_u32(board.cpu->fault_address, 0x1235, "alignment: its address");
    board_free(&board);
}

/* Of either size, and no address wraps at 4 GiB. */
static void test_descriptors(void)
{
    uint64_t d = 0;
    board_init(&board);
    board_word(&board, L1, 0x89abcdef);
    board_word(&board, L1 + 4, 0x01234567);
    ok(arm_read_descriptor(board.cpu, L1, 4, &d) && d == 0x89abcdef, "a descriptor of 32 bits");
    ok(arm_read_descriptor(board.cpu, L1, 8, &d) && d == UINT64_C(0x0123456789abcdef),
       "and one of 64");
    ok(!arm_read_descriptor(board.cpu, (UINT64_C(1) << 32) + L1, 4, &d) &&
           !arm_read_descriptor(board.cpu, (UINT64_C(0xff) << 32) + L1, 8, &d),
       "above 4 GiB there is nothing");
    board_free(&board);
}

static void test_formats(void)
{
    start();
    l1(VA_SECTION, 0x12300000 | 3u << 10 | 0x12);
    translate(VA_SECTION + 0xabcde, TCI_LOAD, true);
    ok(page.phys == 0x123ab000 && page.addr == 0x123abcde && !page.partial, "section");
    coarse(VA_COARSE + 0x12000, 0xabcde000 | AP4(3u) << 4 | 2);
    translate(VA_COARSE + 0x12345, TCI_LOAD, true);
    ok(page.phys == 0xabcde000 && page.addr == 0xabcde345 && !page.partial, "small page");
    coarse(VA_COARSE + 0x2d000, 0xabcd0000 | AP4(3u) << 4 | 1);
    translate(VA_COARSE + 0x2d678, TCI_LOAD, true);
    ok(page.phys == 0xabcdd000 && page.addr == 0xabcdd678 && !page.partial, "large page");
    fine(VA_FINE + 0x1800, 0x5000c00 | 3u << 4 | 3);
    translate(VA_FINE + 0x1abc, TCI_LOAD, true);
    ok(page.phys == 0x5000000 && page.addr == 0x5000ebc && page.partial, "tiny page");
    fine(VA_FINE + 0x1400, 0x6000000 | AP4(3u) << 4 | 2);
    translate(VA_FINE + 0x1654, TCI_LOAD, true);
    ok(page.phys == 0x6000000 && page.addr == 0x6000654 && page.partial,
       "small page of a fine table: may have other neighbours");
    fine(VA_FINE + 0x8400, 0x60000000 | AP4(3u) << 4 | 1);
    translate(VA_FINE + 0x8654, TCI_LOAD, true);
    is_u32(page.addr, 0x60008654, "large page of a fine table");
    board_free(&board);
}

static void test_partial(void)
{
    start();
    for (unsigned odd = 0; odd < 4; odd++) {
        coarse(VA_COARSE, (AP4(3u) ^ 1u << (2 * odd)) << 4 | 2);
        translate(VA_COARSE + 0xc00, TCI_LOAD, true);
        ok(page.partial, "small page: quarter %u has other permissions: partial", odd);
    }
    coarse(VA_COARSE, (AP4(3u) ^ 1u) << 4 | 1);
    translate(VA_COARSE, TCI_LOAD, true);
    ok(!page.partial, "large page: a permission covers whole pages");
    board_mcr(&board, 3, 0, 0, 3u << 6);
    coarse(VA_COARSE, (AP4(3u) ^ 1u) << 4 | 2);
    translate(VA_COARSE, TCI_LOAD, true);
    ok(!page.partial, "small page of a managed domain: permissions do not count");
    board_free(&board);
}

/* ARM ARM table B4-1: "-", "r" or "w" (both) for privileged, user; by AP. */
static const struct {
    uint32_t control;
    const char *rights[4];
} rules[] = {
    { 0, { "--", "w-", "wr", "ww" } },
    { SCTLR_S, { "r-", "w-", "wr", "ww" } },
    { SCTLR_R, { "rr", "w-", "wr", "ww" } },
    { SCTLR_S | SCTLR_R, { "--", "w-", "wr", "ww" } }, /* AP 0: UNPREDICTABLE; nothing here */
};

/* The four kinds of mapping, their addresses and what their page faults have in the status. */
static const struct {
    const char *name;
    uint32_t va;
    unsigned domain, page_bit;
} kinds[] = {
    { "section", VA_SECTION, 2, 0 },
    { "small page", VA_COARSE + 0x3c00, 3, 2 },
    { "large page", VA_COARSE + 0x2c000, 3, 2 },
    { "tiny page", VA_FINE + 0x3400, 4, 2 },
};

static void map_kind(unsigned kind, unsigned ap)
{
    switch (kind) {
    case 0: l1(VA_SECTION, ap << 10 | 2u << 5 | 0x12); break;
    case 1: coarse(VA_COARSE + 0x3000, 0x1000 | ap << 10 | (3 - ap) << 8 | 2); break;
    case 2: coarse(VA_COARSE + 0x2c000, ap << 10 | (3 - ap) << 8 | 1); break;
    default: fine(VA_FINE + 0x3400, ap << 4 | 3); break;
    }
}

static char right(bool readable, bool writable)
{
    return writable ? 'w' : readable ? 'r' : '-';
}

/* One mapping in one domain state: all three kinds of access of both kinds of modes. */
static bool check_rights(unsigned kind, unsigned access_bits, const char *rights)
{
    unsigned domain = kinds[kind].domain << 4, page_bit = kinds[kind].page_bit;
    for (unsigned user = 0; user < 2; user++) {
        char want = access_bits == 3 ? 'w' : rights[user];
        for (TciAccess access = TCI_LOAD; access <= TCI_FETCH; access++) {
            bool allowed = want == 'w' || (want == 'r' && access != TCI_STORE);
            unsigned status = translate(kinds[kind].va, access, user == 0);
            unsigned want_status = (access_bits & 1) == 0 ? domain | 0x9 | page_bit
                                   : allowed              ? 0
                                                          : domain | 0xd | page_bit;
            if (status != want_status ||
                (status == 0 && right(page.readable, page.writable) != want)) {
                return false;
            }
            if (status != 0 && board.cpu->fault_address != kinds[kind].va) {
                return false;
            }
        }
    }
    return true;
}

static void test_rights(void)
{
    start();
    for (unsigned rule = 0; rule < 4; rule++) {
        control(SCTLR_M | rules[rule].control);
        for (unsigned kind = 0; kind < 4; kind++) {
            for (unsigned ap = 0; ap < 4; ap++) {
                map_kind(kind, ap);
                for (unsigned d = 0; d < 4; d++) {
                    board_mcr(&board, 3, 0, 0, d * 0x55555555u);
                    ok(check_rights(kind, d, rules[rule].rights[ap]),
                       "%s, S %u, R %u, AP %u, domain access %u", kinds[kind].name, rule & 1,
                       rule >> 1, ap, d);
                }
            }
        }
    }
    board_free(&board);
}

/* Each of the sixteen domains has its own two bits. */
static void test_domains(void)
{
    start();
    for (unsigned d = 0; d < 16; d++) {
        unsigned wrong = 0;
        l1(VA_SECTION, 0x00100000 | 3u << 10 | d << 5 | 0x12);
        for (unsigned open = 0; open < 16; open++) {
            board_mcr(&board, 3, 0, 0, UINT32_C(1) << (2 * open));
            wrong += translate(VA_SECTION, TCI_LOAD, false) != (open == d ? 0 : d << 4 | 9);
        }
        ok(wrong == 0, "domain %u: open when it is, and not with another", d);
    }
    board_free(&board);
}

static void test_status(void)
{
    start();
    is_u32(translate(0x70000000, TCI_LOAD, true), 0x05, "no first-level descriptor");
    l1(0x70000000, 0xc << 5);
    is_u32(translate(0x70000000, TCI_LOAD, true) & 0xf, 0x05, "type 0, whatever the rest");
    is_u32(translate(VA_COARSE, TCI_STORE, true), 0x37, "no second-level descriptor");
    is_u32(board.cpu->fault_address, VA_COARSE, "its address");
    is_u32(translate(VA_FINE, TCI_FETCH, true), 0x47, "none in a fine table");
    coarse(VA_COARSE, AP4(3u) << 4 | 3);
    is_u32(translate(VA_COARSE, TCI_LOAD, true), 0x37, "a tiny page in a coarse table");
    board_mcr(&board, 3, 0, 0, 0);
    is_u32(translate(VA_COARSE + 0x1000, TCI_LOAD, true), 0x37,
           "a translation fault goes before a domain fault");
    l1(0x70000000, BOARD_NOWHERE | 7u << 5 | 0x11);
    is_u32(translate(0x70000000, TCI_LOAD, true), 0x7e, "second-level table in no memory");
    board_mcr(&board, 2, 0, 0, BOARD_NOWHERE);
    is_u32(translate(VA_COARSE, TCI_LOAD, true), 0x0c, "first-level table in no memory");
    board_mcr(&board, 2, 0, 0, BOARD_DEVICE);
    board.device_value = 0x00100000 | 3u << 10 | 0x12;
    board_mcr(&board, 3, 0, 0, 1);
    is_u32(translate(0x00012340, TCI_LOAD, true), 0, "tables in device registers");
    is_u32(page.addr, 0x00112340, "are read there");
    ok(board.device_reads > 0, "by the device");
    board_free(&board);
}

static void test_fcse(void)
{
    start();
    board_mcr(&board, 13, 0, 0, 0x06000fff);
    is_u32(board_mrc(&board, 13, 0, 0), 0x06000000, "FCSE PID: seven bits");
    l1(0x07f00000, 0x00200000 | 3u << 10 | 0x12);
    translate(0x01f00004, TCI_LOAD, true);
    is_u32(page.addr, 0x00200004, "below 32 MiB: the process's");
    l1(0x02000000, 0x00300000 | 3u << 10 | 0x12);
    translate(0x02000004, TCI_LOAD, true);
    is_u32(page.addr, 0x00300004, "from 32 MiB up: as it is");
    translate(0x00100000, TCI_LOAD, true);
    is_u32(board.cpu->fault_address, 0x06100000, "a fault's address is the modified one");
    arm_mmu_v5.note_alignment(board.cpu, 3, TCI_STORE);
    is_u32(board.cpu->fault_address, 0x06000003, "an alignment fault's, too");
    board_free(&board);
}

static uint32_t load(uint32_t va)
{
    uint32_t value = 0xbadbad00;
    return tci_load(&board.cpu->env, va, MO_32, &value) ? value : 0xbadbad00;
}

/* The engine's TLB is the TLB: what it holds stays until it is invalidated. */
static void test_invalidation(void)
{
    start();
    for (uint32_t i = 0; i < 0x100000; i += 0x1000) {
        board_word(&board, 0x100000 + i, i);
        board_word(&board, 0x200000 + i, 0x80000000 | i);
    }
    l1(VA_SECTION, 0x00100000 | 3u << 10 | 0x12);
    load(VA_SECTION + 0x3000);
    load(VA_SECTION + 0x7000);
    board_word(&board, L1 + (VA_SECTION >> 20) * 4, 0x00200000 | 3u << 10 | 0x12);
    board_mcr(&board, 8, 7, 1, VA_SECTION + 0x5000);
    is_u32(load(VA_SECTION + 0x3000), 0x80003000, "one address of a section is all of it");
    is_u32(load(VA_SECTION + 0x7000), 0x80007000, "all of it");

    coarse(VA_COARSE + 0x1000, 0x00101000 | AP4(3u) << 4 | 2);
    coarse(VA_COARSE + 0x2000, 0x00102000 | AP4(3u) << 4 | 2);
    load(VA_COARSE + 0x1000);
    load(VA_COARSE + 0x2000);
    board_word(&board, COARSE + 4, 0x00201000 | AP4(3u) << 4 | 2);
    board_word(&board, COARSE + 8, 0x00202000 | AP4(3u) << 4 | 2);
    board_mcr(&board, 8, 6, 1, VA_COARSE + 0x1000);
    is_u32(load(VA_COARSE + 0x1000), 0x80001000, "a small page is itself");
    is_u32(load(VA_COARSE + 0x2000), 0x2000, "and not its neighbour, which is still cached");
    board_mcr(&board, 8, 5, 0, 0);
    is_u32(load(VA_COARSE + 0x2000), 0x80002000, "until all are invalidated");

    board_mcr(&board, 13, 0, 0, 0x02000000);
    l1(0x02100000, COARSE | 3u << 5 | 0x11);
    is_u32(load(0x00101000), 0x80001000, "a process's small page");
    board_word(&board, COARSE + 4, 0x00103000 | AP4(3u) << 4 | 2);
    board_mcr(&board, 8, 7, 1, 0x02101000);
    is_u32(load(0x00101000), 0x3000, "is invalidated by its modified address");
    board_free(&board);
}

static bool flushes(unsigned crn, uint32_t value)
{
    uint32_t before = board.cpu->env.generation;
    board_mcr(&board, crn, 0, 0, value);
    return board.cpu->env.generation != before;
}

static void test_flushes(void)
{
    start();
    l1(VA_SECTION, 0x00100000 | 2u << 5 | 0x12); /* domain 2, no rights for a client */
    ok(!flushes(3, 0x55555555 | 3u << 4), "a domain gets rights: nothing is cached that denies");
    is_u32(load(VA_SECTION), 0, "a manager's access");
    ok(!flushes(3, 0x15555555 | 3u << 4), "another, unused domain loses its rights");
    ok(!flushes(3, 0x55555555 | 3u << 4), "and gets them back");
    ok(flushes(3, 0x55555555), "a domain in use loses rights");
    is_u32(load(VA_SECTION), 0xbadbad00, "and the access faults");
    board_mcr(&board, 3, 0, 0, 0x55555555);
    l1(VA_SECTION, 0x00100000 | 3u << 10 | 2u << 5 | 0x12);
    load(VA_SECTION);
    ok(flushes(3, 0x55555555 & ~(3u << 4)), "a client domain is closed");
    is_u32(load(VA_SECTION), 0xbadbad00, "and the access faults");
    ok(flushes(1, SCTLR_M | SCTLR_S), "S changes");
    ok(flushes(1, SCTLR_M | SCTLR_R), "R changes");
    ok(!flushes(1, SCTLR_M | SCTLR_R | SCTLR_I | SCTLR_C), "caches are turned on");
    ok(flushes(1, SCTLR_R), "the MMU is turned off");
    ok(flushes(13, 0x02000000), "another process");
    ok(!flushes(13, 0x02000000), "the same process");
    ok(!flushes(2, 0x8000), "another table: the guest invalidates, as on hardware");
    board_free(&board);
}

static void test_lockdown(void)
{
    start();
    coarse(VA_COARSE, 0x00101000 | AP4(3u) << 4 | 2);
    board_mcr(&board, 10, 0, 0, 7u << 26 | 1);
    translate(VA_COARSE, TCI_LOAD, true);
    is_u32(board_mrc(&board, 10, 0, 0), 1, "a walk locks the victim, 7; the next is 0");
    translate(VA_COARSE + 0x10, TCI_STORE, true);
    is_u32(board_mrc(&board, 10, 0, 0), 1, "a hit locks nothing");
    board_mcr(&board, 10, 0, 0, 0);
    coarse(VA_COARSE, 0);
    translate(VA_COARSE + 0x123, TCI_LOAD, true);
    is_u32(page.addr, 0x00101123, "a locked entry needs no table");
    board_mcr(&board, 3, 0, 0, 0);
    is_u32(translate(VA_COARSE, TCI_LOAD, true), 0x3b, "its domain is still checked");
    board_mcr(&board, 3, 0, 0, 0x55555555);
    board_mcr(&board, 8, 7, 1, VA_COARSE + 0x800);
    is_u32(translate(VA_COARSE, TCI_LOAD, true), 0x37, "invalidated by its address it is gone");

    coarse(VA_COARSE, 0x00101000 | (AP4(3u) ^ 1u << 4) << 4 | 2);
    board_mcr(&board, 10, 0, 0, 2u << 26 | 1);
    translate(VA_COARSE + 0x800, TCI_LOAD, true);
    board_mcr(&board, 10, 0, 0, 0);
    coarse(VA_COARSE, 0);
    translate(VA_COARSE + 0x8f0, TCI_LOAD, false);
    ok(page.addr == 0x001018f0 && page.partial && page.readable && !page.writable,
       "with mixed permissions the subpage alone is locked");
    is_u32(translate(VA_COARSE + 0x400, TCI_LOAD, true), 0x37, "not its neighbour");

    coarse(VA_COARSE + 0x10000, 0x00110000 | (AP4(3u) ^ 2u << 6) << 4 | 1);
    board_mcr(&board, 10, 0, 0, 3u << 26 | 1);
    translate(VA_COARSE + 0x10000, TCI_LOAD, true);
    board_mcr(&board, 10, 0, 0, 0);
    coarse(VA_COARSE + 0x10000, 0);
    translate(VA_COARSE + 0x13004, TCI_LOAD, true);
    ok(page.addr == 0x00113004 && !page.partial, "16 KiB of a large page");
    is_u32(translate(VA_COARSE + 0x14000, TCI_LOAD, true), 0x37, "and no more");

    l1(VA_SECTION, 0x00200000 | 3u << 10 | 0x12);
    board_mcr(&board, 10, 0, 0, 3u << 26 | 1);
    translate(VA_SECTION, TCI_LOAD, true);
    board_mcr(&board, 10, 0, 0, 0);
    l1(VA_SECTION, 0);
    is_u32(translate(VA_SECTION + 0xfffff, TCI_LOAD, true), 0, "a section is locked whole");
    is_u32(translate(VA_COARSE + 0x13004, TCI_LOAD, true), 0x37, "a victim is replaced");
    arm_cpu_reset(board.cpu);
    board_mcr(&board, 2, 0, 0, L1);
    control(SCTLR_M);
    is_u32(translate(VA_SECTION, TCI_LOAD, true), 0x05, "a reset unlocks all");
    board_free(&board);
}

int main(void)
{
    test_off();
    test_descriptors();
    test_formats();
    test_partial();
    test_rights();
    test_domains();
    test_status();
    test_fcse();
    test_invalidation();
    test_flushes();
    test_lockdown();
    return done_testing();
}
