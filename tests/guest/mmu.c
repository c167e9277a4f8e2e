/* SPDX-License-Identifier: MIT */
/* The MMU: table formats, permissions, domains, fault status and address, TLB maintenance, FCSE. */
#include "guest.h"

/* Physical memory of the tests; the tables' megabytes are mapped flat, for privileged modes. */
#define L1      0x00400000u
#define COARSE  0x00404000u
#define FINE    0x00405000u
#define DATA    0x00500000u /* 2 MiB */
#define NOWHERE 0x0f000000u /* no memory, no device */

/* Virtual addresses of the tests: a megabyte each. */
#define VA_SECTION 0x80000000u
#define VA_COARSE  0x80100000u
#define VA_FINE    0x80200000u
#define VA_NONE    0x80300000u
#define VA_OTHER   0x80400000u

#define SECTION(phys, domain, ap) ((phys) | (ap) << 10 | (domain) << 5 | 0x12)
#define SMALL(phys, aps)          ((phys) | (aps) << 4 | 2)
#define LARGE(phys, aps)          ((phys) | (aps) << 4 | 1)
#define TINY(phys, ap)            ((phys) | (ap) << 4 | 3)
#define AP4(ap)                   ((ap)*0x55u)

#define SCTLR_M 1u
#define SCTLR_A 2u
#define SCTLR_S (1u << 8)
#define SCTLR_R (1u << 9)

#define PSR_MODE 0x1fu
#define MODE_USR 0x10u
#define MODE_SVC 0x13u

/* Probes whose faulting instruction's address is known: the label itself. */
uint32_t probe_load(uint32_t at, uint32_t unused);
uint32_t probe_store(uint32_t at, uint32_t value);
uint32_t probe_ldrt(uint32_t at, uint32_t unused);
uint32_t probe_strt(uint32_t at, uint32_t value);
uint32_t probe_swp(uint32_t at, uint32_t value);
uint32_t probe_ldm(uint32_t at, uint32_t unused);
uint32_t probe_ldrh(uint32_t at, uint32_t unused);
uint32_t probe_ldrb(uint32_t at, uint32_t unused);
uint32_t probe_call(uint32_t at, uint32_t unused);
extern uint32_t user_load[], user_store[], user_call[];
__asm__(".text\n"
        ".arm\n"
        "probe_load: ldr r0, [r0]\n bx lr\n"
        "probe_store: str r1, [r0]\n bx lr\n"
        "probe_ldrt: ldrt r2, [r0], #0\n mov r0, r2\n bx lr\n"
        "probe_strt: strt r1, [r0], #0\n bx lr\n"
        "probe_swp: swp r2, r1, [r0]\n mov r0, r2\n bx lr\n"
        "probe_ldm: ldmia r0!, {r1-r3, ip}\n bx lr\n"
        "probe_ldrh: ldrh r0, [r0]\n bx lr\n"
        "probe_ldrb: ldrb r0, [r0]\n bx lr\n"
        "probe_call: bx r0\n"
        "user_load: ldr r0, [r0]\n swi 0x42\n"
        "user_store: str r0, [r0]\n swi 0x42\n"
        "user_call: bx r0\n");

static void invalidate_tlb(void)
{
    MCR15(0, c8, c7, 0, 0);
}

static void invalidate_entry(uint32_t mva)
{
    MCR15(0, c8, c7, 1, mva);
}

static void set_l1(uint32_t va, uint32_t descriptor)
{
    write32(L1 + (va >> 20) * 4, descriptor);
    invalidate_tlb();
}

static void set_coarse(uint32_t va, uint32_t descriptor)
{
    write32(COARSE + (va >> 12 & 0xff) * 4, descriptor);
    invalidate_tlb();
}

static void set_fine(uint32_t va, uint32_t descriptor)
{
    write32(FINE + (va >> 10 & 0x3ff) * 4, descriptor);
    invalidate_tlb();
}

static void set_control(uint32_t set, uint32_t clear)
{
    uint32_t control = MRC15(0, c1, c0, 0);
    MCR15(0, c1, c0, 0, (control & ~clear) | set);
}

/* The flat part for the runtime, user mode included, at 0 and again where the FCSE would see it. */
static void map_runtime(uint32_t at)
{
    for (uint32_t mb = 0; mb < 8; mb++) {
        set_l1(at + (mb << 20), SECTION(mb << 20, 0u, mb < 4 ? 3u : 1u));
    }
}

static void start_mmu(void)
{
    for (uint32_t i = 0; i < 4096; i++) {
        write32(L1 + i * 4, 0);
    }
    for (uint32_t i = 0; i < 256; i++) {
        write32(COARSE + i * 4, 0);
    }
    for (uint32_t i = 0; i < 1024; i++) {
        write32(FINE + i * 4, 0);
    }
    for (uint32_t i = 0; i < 0x200000; i += 4) {
        write32(DATA + i, DATA + i); /* each word holds its own address */
    }
    map_runtime(0);
    set_l1(UART0, SECTION(0x10100000u, 0u, 1u));
    set_l1(VA_COARSE, COARSE | 1u << 5 | 0x11);
    set_l1(VA_FINE, FINE | 2u << 5 | 0x13);
    MCR15(0, c2, c0, 0, L1);
    MCR15(0, c3, c0, 0, 0x55555555); /* all domains: clients */
    invalidate_tlb();
    set_control(SCTLR_M, SCTLR_A | SCTLR_S | SCTLR_R);
}

static unsigned load(uint32_t at)
{
    return guarded(probe_load, at, 0);
}

static unsigned store(uint32_t at)
{
    return guarded(probe_store, at, at);
}

/* A user's access that came through ends at its SWI. */
static unsigned user(uint32_t *fn, uint32_t at)
{
    unsigned vector = guarded(in_user, (uint32_t)fn, at);
    return vector == VECTOR_SWI ? VECTOR_NONE : vector;
}

static uint32_t loaded(uint32_t at)
{
    return load(at) == VECTOR_NONE ? guarded_value : 0xbadbad00;
}

/* A data abort: everything that it leaves behind, folded into one test. */
static void is_data_abort(unsigned vector, guest_fn *instruction, uint32_t mode, uint32_t status,
                          uint32_t address, const char *name)
{
    bool all = vector == VECTOR_DATA && caught.dfsr == status && caught.far == address &&
               caught.lr == (uint32_t)instruction + 8 && (caught.spsr & PSR_MODE) == mode &&
               (caught.cpsr & PSR_MODE) == 0x17;
    ok(all, name);
    if (!all) {
        print("# vector ");
        print_hex(vector);
        print(" dfsr ");
        print_hex(caught.dfsr);
        print(" far ");
        print_hex(caught.far);
        print(" lr ");
        print_hex(caught.lr - (uint32_t)instruction);
        print("\n");
    }
}

static void formats(void)
{
    set_l1(VA_SECTION, SECTION(DATA, 0u, 3u));
    is(loaded(VA_SECTION), DATA, "section: its first word");
    is(loaded(VA_SECTION + 0xffffc), DATA + 0xffffc, "section: its last word");
    set_coarse(VA_COARSE + 0x3000, SMALL(DATA + 0x7000, AP4(3u)));
    is(loaded(VA_COARSE + 0x3ffc), DATA + 0x7ffc, "small page");
    for (uint32_t i = 0; i < 16; i++) {
        set_coarse(VA_COARSE + 0x10000 + (i << 12), LARGE(DATA + 0x20000, AP4(3u)));
    }
    is(loaded(VA_COARSE + 0x10000), DATA + 0x20000, "large page: its first word");
    is(loaded(VA_COARSE + 0x1fffc), DATA + 0x2fffc, "large page: its last word");
    set_fine(VA_FINE, TINY(DATA + 0xc00, 3u));
    set_fine(VA_FINE + 0x400, TINY(DATA + 0x1000, 3u));
    set_fine(VA_FINE + 0x800, TINY(DATA + 0x800, 3u));
    is(loaded(VA_FINE + 0x10), DATA + 0xc10, "tiny page: another place in its 4 KiB");
    is(loaded(VA_FINE + 0x7fc), DATA + 0x13fc, "tiny page: its neighbour is elsewhere");
    is(loaded(VA_FINE + 0x804), DATA + 0x804, "tiny page: the same place in its 4 KiB");
    is(load(VA_FINE + 0xc00), VECTOR_DATA, "tiny page: its neighbour is not mapped");
    is(store(VA_FINE + 0x404), VECTOR_NONE, "tiny page: a store");
    is(read32(DATA + 0x1004), VA_FINE + 0x404, "tiny page: the store has arrived");
    write32(DATA + 0x1004, DATA + 0x1004);
    for (uint32_t i = 0; i < 4; i++) {
        set_fine(VA_FINE + 0x1000 + (i << 10), SMALL(DATA + 0x5000, AP4(3u)));
    }
    is(loaded(VA_FINE + 0x1ffc), DATA + 0x5ffc, "small page from a fine table");
    for (uint32_t i = 0; i < 64; i++) {
        set_fine(VA_FINE + 0x10000 + (i << 10), LARGE(DATA + 0x30000, AP4(3u)));
    }
    is(loaded(VA_FINE + 0x1abcc), DATA + 0x3abcc, "large page from a fine table");
}

static void status(void)
{
    is_data_abort(load(VA_NONE + 0x124), probe_load, MODE_SVC, 0x05, VA_NONE + 0x124,
                  "translation fault, section");
    is_data_abort(store(VA_NONE + 0x128), probe_store, MODE_SVC, 0x05, VA_NONE + 0x128,
                  "translation fault, section, by a store");
    is_data_abort(load(VA_COARSE + 0x5004), probe_load, MODE_SVC, 0x17, VA_COARSE + 0x5004,
                  "translation fault, page, coarse table");
    is_data_abort(load(VA_FINE + 0x5004), probe_load, MODE_SVC, 0x27, VA_FINE + 0x5004,
                  "translation fault, page, fine table");
    set_coarse(VA_COARSE + 0x6000, TINY(DATA, 3u));
    is_data_abort(load(VA_COARSE + 0x6000), probe_load, MODE_SVC, 0x17, VA_COARSE + 0x6000,
                  "reserved type in a coarse table is a translation fault");

    set_l1(VA_SECTION, SECTION(DATA, 5u, 0u));
    is_data_abort(load(VA_SECTION + 8), probe_load, MODE_SVC, 0x5d, VA_SECTION + 8,
                  "permission fault, section");
    set_coarse(VA_COARSE + 0x3000, SMALL(DATA, AP4(0u)));
    is_data_abort(store(VA_COARSE + 0x3008), probe_store, MODE_SVC, 0x1f, VA_COARSE + 0x3008,
                  "permission fault, small page");
    set_coarse(VA_COARSE + 0x10000, LARGE(DATA, AP4(0u)));
    is_data_abort(load(VA_COARSE + 0x10008), probe_load, MODE_SVC, 0x1f, VA_COARSE + 0x10008,
                  "permission fault, large page");
    set_fine(VA_FINE, TINY(DATA, 0u));
    is_data_abort(load(VA_FINE + 8), probe_load, MODE_SVC, 0x2f, VA_FINE + 8,
                  "permission fault, tiny page");

    MCR15(0, c3, c0, 0, 0x55555555 & ~(3u << 10) & ~(3u << 2));
    set_l1(VA_SECTION, SECTION(DATA, 5u, 3u));
    is_data_abort(load(VA_SECTION + 8), probe_load, MODE_SVC, 0x59, VA_SECTION + 8,
                  "domain fault, section");
    set_coarse(VA_COARSE + 0x3000, SMALL(DATA, AP4(3u)));
    is_data_abort(load(VA_COARSE + 0x3008), probe_load, MODE_SVC, 0x1b, VA_COARSE + 0x3008,
                  "domain fault, page");
    load(VA_COARSE + 0x5004);
    is_not_qemu(caught.dfsr, 0x17, "a page translation fault goes before a domain fault",
                "checks the domain first");
    MCR15(0, c3, c0, 0, (0x55555555 & ~(3u << 10)) | 2u << 10);
    is_data_abort(load(VA_SECTION + 8), probe_load, MODE_SVC, 0x59, VA_SECTION + 8,
                  "domain access 2, reserved, is no access");
    MCR15(0, c3, c0, 0, 0x55555555 | 3u << 10);
    set_l1(VA_SECTION, SECTION(DATA, 5u, 0u));
    is(loaded(VA_SECTION + 8), DATA + 8, "a manager's loads are not checked");
    is(user(user_store, VA_SECTION + 16), VECTOR_NONE, "a manager's stores are not checked");
    write32(DATA + 16, DATA + 16);
    MCR15(0, c3, c0, 0, 0x55555555);
    is(load(VA_SECTION + 8), VECTOR_DATA, "a client again, without a flush of the TLB");
    MCR15(0, c3, c0, 0, 0x55555555 | 3u << 10);
    is(load(VA_SECTION + 8), VECTOR_NONE, "a manager again");
    MCR15(0, c3, c0, 0, 0x55555555);

    set_l1(VA_OTHER, NOWHERE | 3u << 5 | 0x11);
    is_data_abort(load(VA_OTHER + 0x1234), probe_load, MODE_SVC, 0x3e, VA_OTHER + 0x1234,
                  "external abort on the second descriptor");
}

/* What a mode may do with a word: bit 0 load, bit 1 store. */
static unsigned rights(uint32_t at, bool as_user)
{
    unsigned load_vector = as_user ? user(user_load, at) : load(at);
    unsigned store_vector = as_user ? user(user_store, at) : store(at);
    return (load_vector == VECTOR_NONE ? 1 : 0) | (store_vector == VECTOR_NONE ? 2 : 0);
}

/* By S and R, AP: privileged, user (ARM ARM table B4-1). */
static const struct {
    uint32_t sr;
    uint8_t ap, privileged, user;
    const char *name;
} permissions[] = {
    { 0, 0, 0, 0, "AP 0: no access" },
    { SCTLR_S, 0, 1, 0, "AP 0 with S: privileged read" },
    { SCTLR_R, 0, 1, 1, "AP 0 with R: all read" },
    { 0, 1, 3, 0, "AP 1: privileged" },
    { SCTLR_S, 1, 3, 0, "AP 1 with S: the same" },
    { 0, 2, 3, 1, "AP 2: user reads" },
    { SCTLR_R, 2, 3, 1, "AP 2 with R: the same" },
    { 0, 3, 3, 3, "AP 3: all" },
};

static void all_permissions(void)
{
    for (unsigned i = 0; i < sizeof permissions / sizeof permissions[0]; i++) {
        uint32_t ap = permissions[i].ap;
        set_control(permissions[i].sr, SCTLR_S | SCTLR_R);
        set_l1(VA_SECTION, SECTION(DATA, 0u, ap));
        set_coarse(VA_COARSE + 0x3000, SMALL(DATA, AP4(ap)));
        set_coarse(VA_COARSE + 0x10000, LARGE(DATA, AP4(ap)));
        set_fine(VA_FINE, TINY(DATA, ap));
        static const uint32_t at[] = { VA_SECTION, VA_COARSE + 0x3000, VA_COARSE + 0x10000,
                                       VA_FINE };
        uint32_t got = 0, want = 0;
        for (unsigned n = 0; n < 4; n++) {
            got = got << 8 | rights(at[n], false) << 4 | rights(at[n], true);
            want = want << 8 | (uint32_t)permissions[i].privileged << 4 | permissions[i].user;
        }
        is(got, want, permissions[i].name);
    }
    set_control(0, SCTLR_S | SCTLR_R);
    write32(DATA, DATA);
}

static void subpages(void)
{
    /* AP 3, 0, 1, 2 from the lowest quarter up. */
    set_coarse(VA_COARSE + 0x3000, SMALL(DATA, 2u << 6 | 1u << 4 | 0u << 2 | 3u));
    uint32_t got = 0;
    for (uint32_t n = 0; n < 4; n++) {
        uint32_t at = VA_COARSE + 0x3000 + n * 0x400 + 0x20;
        got = got << 8 | rights(at, false) << 4 | rights(at, true);
    }
    is(got, 0x33003031, "small page: a permission for each 1 KiB");
    for (uint32_t i = 0; i < 16; i++) {
        set_coarse(VA_COARSE + 0x10000 + (i << 12), LARGE(DATA, 2u << 6 | 1u << 4 | 0u << 2 | 3u));
    }
    got = 0;
    for (uint32_t n = 0; n < 4; n++) {
        uint32_t at = VA_COARSE + 0x10000 + n * 0x4000 + 0x2020;
        got = got << 8 | rights(at, false) << 4 | rights(at, true);
    }
    is(got, 0x33003031, "large page: a permission for each 16 KiB");

    is_data_abort(guarded(probe_ldm, VA_COARSE + 0x33f8, 0), probe_ldm, MODE_SVC, 0x1f,
                  VA_COARSE + 0x3400, "LDM into a forbidden subpage: FAR is its first address");
    is(caught.r[0], VA_COARSE + 0x33f8, "LDM into a forbidden subpage: base restored");
    is(guarded(probe_ldm, VA_COARSE + 0x3bf8, 0), VECTOR_NONE, "LDM across allowed subpages");
    for (uint32_t i = 0; i < 0x4000; i += 4) {
        write32(DATA + i, DATA + i);
    }
}

static void translated_accesses(void)
{
    set_l1(VA_SECTION, SECTION(DATA, 0u, 1u));
    is(guarded(probe_ldrt, VA_SECTION, 0), VECTOR_DATA, "LDRT has the user's rights");
    is(guarded(probe_strt, VA_SECTION, 0), VECTOR_DATA, "STRT has the user's rights");
    is_data_abort(guarded(probe_ldrt, VA_SECTION + 4, 0), probe_ldrt, MODE_SVC, 0x0d,
                  VA_SECTION + 4, "LDRT: a permission fault");
    set_l1(VA_SECTION, SECTION(DATA, 0u, 2u));
    is(guarded(probe_ldrt, VA_SECTION, 0), VECTOR_NONE, "LDRT of what the user may read");
    is(guarded(probe_strt, VA_SECTION, 0), VECTOR_DATA, "STRT of what the user may read");
    is(user(user_load, VA_SECTION), VECTOR_NONE, "a user reads it");
    unsigned vector = user(user_store, VA_SECTION + 12);
    is_data_abort(vector, (guest_fn *)user_store, MODE_USR, 0x0d, VA_SECTION + 12,
                  "a user's store: abort from user mode");
    set_control(SCTLR_R, 0);
    set_l1(VA_SECTION, SECTION(DATA, 0u, 0u));
    is_data_abort(guarded(probe_swp, VA_SECTION, 1), probe_swp, MODE_SVC, 0x0d, VA_SECTION,
                  "SWP of what is read-only");
    set_control(0, SCTLR_R);
}

static void alignment(void)
{
    set_l1(VA_SECTION, SECTION(DATA, 0u, 1u));
    is(load(VA_SECTION + 2), VECTOR_NONE, "an unaligned load goes through while A is 0");
    set_control(SCTLR_A, 0);
    is_data_abort(load(VA_SECTION + 2), probe_load, MODE_SVC, 0x01, VA_SECTION + 2,
                  "alignment fault, word");
    is_data_abort(store(VA_SECTION + 1), probe_store, MODE_SVC, 0x01, VA_SECTION + 1,
                  "alignment fault, store");
    is_data_abort(guarded(probe_ldrh, VA_SECTION + 3, 0), probe_ldrh, MODE_SVC, 0x01,
                  VA_SECTION + 3, "alignment fault, halfword");
    is(guarded(probe_ldrh, VA_SECTION + 2, 0), VECTOR_NONE, "an aligned halfword");
    is(guarded(probe_ldrb, VA_SECTION + 3, 0), VECTOR_NONE, "a byte is always aligned");
    is_data_abort(guarded(probe_ldm, VA_SECTION + 2, 0), probe_ldm, MODE_SVC, 0x01, VA_SECTION + 2,
                  "alignment fault, LDM");
    is_data_abort(load(VA_NONE + 2), probe_load, MODE_SVC, 0x01, VA_NONE + 2,
                  "an alignment fault goes before a translation fault");
    set_control(0, SCTLR_A);
}

/* Puts "mov r0, #value; bx lr" at a physical address. */
static void put_code(uint32_t at, uint32_t value)
{
    write32(at, 0xe3a00000 | value);
    write32(at + 4, 0xe12fff1e);
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c7, 0, 0);
}

static uint32_t called(uint32_t at)
{
    return guarded(probe_call, at, 0) == VECTOR_NONE ? guarded_value : 0xbadbad00;
}

static void is_prefetch_abort(unsigned vector, uint32_t at, uint32_t mode, uint32_t status,
                              const char *name)
{
    bool all = vector == VECTOR_PREFETCH && caught.ifsr == status && caught.lr == at + 4 &&
               (caught.spsr & PSR_MODE) == mode && caught.far == 0x11112222 && caught.dfsr == 0x33;
    ok(all, name);
    if (!all) {
        print("# vector ");
        print_hex(vector);
        print(" ifsr ");
        print_hex(caught.ifsr);
        print(" lr ");
        print_hex(caught.lr);
        print(" far ");
        print_hex(caught.far);
        print(" dfsr ");
        print_hex(caught.dfsr);
        print("\n");
    }
}

static void fetches(void)
{
    MCR15(0, c6, c0, 0, 0x11112222);
    MCR15(0, c5, c0, 0, 0x33);
    is_prefetch_abort(guarded(probe_call, VA_NONE + 0x40, 0), VA_NONE + 0x40, MODE_SVC, 0x05,
                      "prefetch abort: translation, section; FAR and DFSR stay");
    is_prefetch_abort(guarded(probe_call, VA_COARSE + 0x5ffc, 0), VA_COARSE + 0x5ffc, MODE_SVC,
                      0x17, "prefetch abort: translation, page");
    set_l1(VA_SECTION, SECTION(DATA, 0u, 1u));
    is_prefetch_abort(guarded(in_user, VA_SECTION, 0), VA_SECTION, MODE_USR, 0x0d,
                      "prefetch abort: permission, in user mode");
    is_prefetch_abort(guarded(in_user, VA_NONE + 2 + 1, 0), VA_NONE + 2, MODE_USR, 0x05,
                      "prefetch abort: in Thumb state");
    MCR15(0, c3, c0, 0, 0x55555555 & ~(3u << 12));
    set_l1(VA_SECTION, SECTION(DATA, 6u, 3u));
    is_prefetch_abort(guarded(probe_call, VA_SECTION, 0), VA_SECTION, MODE_SVC, 0x69,
                      "prefetch abort: domain");
    MCR15(0, c3, c0, 0, 0x55555555);

    put_code(DATA + 0x8040, 1);
    put_code(DATA + 0x9040, 2);
    set_coarse(VA_COARSE + 0x8000, SMALL(DATA + 0x8000, AP4(1u)));
    set_coarse(VA_COARSE + 0x9000, SMALL(DATA + 0x8000, AP4(1u)));
    is(called(VA_COARSE + 0x8040), 1, "a function in a small page");
    is(called(VA_COARSE + 0x9040), 1, "the same through another address");
    write32(COARSE + 8 * 4, SMALL(DATA + 0x9000, AP4(1u)));
    MCR15(0, c7, c7, 0, 0);
    invalidate_entry(VA_COARSE + 0x8000);
    is(called(VA_COARSE + 0x8040), 2, "the page is remapped: another function");
    is(called(VA_COARSE + 0x9040), 1, "the other address still sees the first");
    write32(VA_COARSE + 0x9040, 0xe3a00007);
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c5, 0, 0);
    is(called(VA_COARSE + 0x9040), 7, "code is changed through its own address");
    write32(DATA + 0x8040, 0xe3a00008);
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c5, 0, 0);
    is(called(VA_COARSE + 0x9040), 8, "code is changed through an alias");
    put_code(DATA + 0xc00, 9);
    set_fine(VA_FINE + 0x400, TINY(DATA + 0xc00, 1u));
    set_fine(VA_FINE + 0x800, TINY(DATA + 0xc00, 1u));
    is(called(VA_FINE + 0x400), 9, "a function in a tiny page");
    write32(DATA + 0xc00, 0xe3a0000a);
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c5, 0, 0);
    is(called(VA_FINE + 0x800), 10, "changed, and called through another tiny page");
    for (uint32_t i = 0; i < 0x10000; i += 4) {
        write32(DATA + i, DATA + i);
    }
}

static void maintenance(void)
{
    set_l1(VA_SECTION, SECTION(DATA, 0u, 1u));
    loaded(VA_SECTION + 0x2000);
    loaded(VA_SECTION + 0x5000);
    write32(L1 + (VA_SECTION >> 20) * 4, SECTION(DATA + 0x100000, 0u, 1u));
    invalidate_entry(VA_SECTION + 0x3000);
    is(loaded(VA_SECTION + 0x2000), DATA + 0x102000,
       "invalidation by any address of a section is for all of it");
    is(loaded(VA_SECTION + 0x5000), DATA + 0x105000, "all of it");
    for (uint32_t i = 0; i < 16; i++) {
        set_coarse(VA_COARSE + 0x10000 + (i << 12), LARGE(DATA, AP4(1u)));
    }
    loaded(VA_COARSE + 0x12000);
    for (uint32_t i = 0; i < 16; i++) {
        write32(COARSE + (0x10 + i) * 4, LARGE(DATA + 0x50000, AP4(1u)));
    }
    MCR15(0, c8, c6, 1, VA_COARSE + 0x1f000);
    is(loaded(VA_COARSE + 0x12000), DATA + 0x52000, "the same for a large page");
    set_coarse(VA_COARSE, SMALL(DATA, AP4(1u)));
    loaded(VA_COARSE);
    write32(COARSE, SMALL(DATA + 0x4000, AP4(1u)));
    MCR15(0, c8, c5, 1, VA_COARSE);
    is(loaded(VA_COARSE), DATA + 0x4000, "the instruction-side operation acts on the one TLB");
    write32(COARSE, SMALL(DATA + 0x5000, AP4(1u)));
    MCR15(0, c8, c6, 0, 0);
    is(loaded(VA_COARSE), DATA + 0x5000, "the data-side operation does so, too");
    write32(COARSE, 0);
    MCR15(0, c8, c7, 0, 0);
    is(load(VA_COARSE), VECTOR_DATA, "what is unmapped is gone");
}

/* The lockdown part of the TLB, by the manual's own sequence. */
static void lockdown(void)
{
    set_coarse(VA_COARSE + 0x3000, SMALL(DATA + 0x3000, AP4(1u)));
    invalidate_entry(VA_COARSE + 0x3000);
    MCR15(0, c10, c0, 0, 5u << 26 | 1);
    loaded(VA_COARSE + 0x3000);
    uint32_t lock = MRC15(0, c10, c0, 0);
    MCR15(0, c10, c0, 0, lock & ~1u);
    set_coarse(VA_COARSE + 0x3000, SMALL(DATA + 0x6000, AP4(1u)));
    is_not_qemu(loaded(VA_COARSE + 0x3000), DATA + 0x3000,
                "a locked TLB entry survives invalidation of the TLB", "locks nothing");
    is_not_qemu((lock & 1) != 0 && (lock >> 26 & 7) != 5, 1, "the victim has moved on",
                "locks nothing");
    invalidate_entry(VA_COARSE + 0x3000);
    is(loaded(VA_COARSE + 0x3000), DATA + 0x6000, "its own invalidation ends it");
    for (uint32_t i = 0; i < 8; i++) { /* whatever else was locked meanwhile */
        MCR15(0, c10, c0, 0, i << 26 | 1);
        write32(COARSE + (0x20 + i) * 4, SMALL(DATA, AP4(1u)));
        loaded(VA_COARSE + 0x20000 + (i << 12));
        MCR15(0, c10, c0, 0, 0);
    }
    for (uint32_t i = 0; i < 8; i++) {
        invalidate_entry(VA_COARSE + 0x20000 + (i << 12));
    }
}

static void fcse(void)
{
    map_runtime(0x02000000); /* process 1 sees the runtime as well */
    set_l1(0x00900000, SECTION(DATA, 0u, 1u));
    set_l1(0x02900000, SECTION(DATA + 0x100000, 7u, 1u));
    is(loaded(0x00900010), DATA + 0x10, "FCSE PID 0: addresses as they are");
    MCR15(0, c13, c0, 0, 0x02000000);
    is(MRC15(0, c13, c0, 0), 0x02000000, "FCSE PID 1");
    is(loaded(0x00900010), DATA + 0x100010, "process 1's memory");
    is(loaded(0x02900010), DATA + 0x100010, "the same by its modified address");
    is(loaded(VA_SECTION), DATA + 0x100000, "above 32 MiB nothing changes");
    set_l1(0x02900000, SECTION(DATA + 0x100000, 7u, 0u));
    unsigned vector = load(0x00900024);
    is(vector == VECTOR_DATA ? caught.dfsr : 0, 0x7d, "an abort in process 1");
    is_not_qemu(caught.far, 0x02900024, "FAR is the modified virtual address",
                "the virtual address");
    write32(L1 + (0x029u) * 4, SECTION(DATA, 7u, 1u));
    invalidate_entry(0x02900000);
    is(loaded(0x00900010), DATA + 0x10, "TLB invalidation is by modified address");
    MCR15(0, c13, c0, 0, 0);
    is(loaded(0x00900010), DATA + 0x10, "process 0 again");
    if (!on_qemu()) { /* which would go on at 0x02000000 and more, where nothing is */
        MCR15(0, c13, c0, 0, 0x02000000);
        set_control(0, SCTLR_M);
        set_control(SCTLR_A, 0);
        load(0x00900022);
        set_control(0, SCTLR_A);
        is(caught.far, 0x00900022, "no FCSE while the MMU is off");
        set_control(SCTLR_M, 0);
        MCR15(0, c13, c0, 0, 0);
    }
}

int main(void)
{
    start_mmu();
    ok(MRC15(0, c1, c0, 0) & 1, "the MMU is on");
    formats();
    status();
    all_permissions();
    subpages();
    translated_accesses();
    alignment();
    fetches();
    maintenance();
    lockdown();
    fcse();
    set_control(0, SCTLR_M);
    is(loaded(DATA + 0x20000), DATA + 0x20000, "the MMU is off again");
    return 0;
}
