/* SPDX-License-Identifier: MIT */
/* Code that changes: patched by itself and by others, with every kind of store, copied, seen
 * through two addresses, remapped while it runs. Always with the barriers that the architecture
 * asks for. */
#include "guest.h"

#define L1     0x00400000u
#define COARSE 0x00404000u
#define PAGES  0x00500000u /* of code, mapped flat, and in small pages from VA on */
#define VA     0x80100000u
#define PAGE   0x1000u

#define MOV_R0(imm)   (0xe3a00000u | (imm))
#define ADD_R0(imm)   (0xe2800000u | (imm))
#define NOP           0xe1a00000u
#define BX_LR         0xe12fff1eu
#define T_MOV_R0(imm) (0x2000u | (imm))
#define T_BX_LR       0x4770u

/* ARM, with r4 = 0 for the MCRs: what was written is now what is executed. */
#define BARRIER                                                                                    \
    " mcr p15, 0, r4, c7, c10, 4\n"                                                                \
    " mcr p15, 0, r4, c7, c5, 0\n"                                                                 \
    " b 7f\n"                                                                                      \
    "7:\n"

uint32_t patch_next(uint32_t insn, uint32_t unused);
uint32_t patch_loop(uint32_t turns, uint32_t unused);
uint32_t patch_thumb(uint32_t insn, uint32_t unused);
uint32_t count_beside(uint32_t turns, uint32_t unused);
uint32_t store_word(uint32_t at, uint32_t value);
uint32_t store_bytes(uint32_t at, uint32_t value);
uint32_t store_halves(uint32_t at, uint32_t value);
uint32_t store_double(uint32_t at, uint32_t value);
uint32_t store_many(uint32_t at, uint32_t value);
uint32_t store_down(uint32_t at, uint32_t value);
uint32_t store_swap(uint32_t at, uint32_t value);
uint32_t store_swap_bytes(uint32_t at, uint32_t value);
uint32_t store_unaligned(uint32_t at, uint32_t value);
uint32_t store_thumb(uint32_t at, uint32_t value);
uint32_t store_push(uint32_t at, uint32_t value);
uint32_t store_user(uint32_t at, uint32_t value);
extern const uint32_t hop[], hop_end[], remap_here[], remap_here_end[];
__asm__(".text\n"
        ".arm\n"
        ".balign 32\n"
        /* The instruction after the barrier is the one that is given. */
        "patch_next: stmfd sp!, {r4, lr}\n"
        " mov r4, #0\n"
        " adr r2, 1f\n"
        " str r0, [r2]\n" BARRIER "1: mov r0, #0\n"
        " ldmfd sp!, {r4, pc}\n"
        /* Adds 1, 2, 3... by adding one to the immediate operand in each turn. */
        "patch_loop: stmfd sp!, {r4, r5, lr}\n"
        " mov r4, #0\n"
        " mov r5, r0\n"
        " mov r0, #0\n"
        " adr r2, 1f\n"
        " ldr r3, =0xe2800000\n"
        "2: add r3, r3, #1\n"
        " str r3, [r2]\n" BARRIER "1: add r0, r0, #0\n"
        " subs r5, r5, #1\n"
        " bne 2b\n"
        " ldmfd sp!, {r4, r5, pc}\n"
        " .ltorg\n"
        /* The same in Thumb state, which has no barriers of its own. */
        "imb: mov r4, #0\n" BARRIER " bx lr\n"
        "patch_thumb: stmfd sp!, {r4, lr}\n"
        " adr r2, 1f\n"
        " adr r3, 2f + 1\n"
        " bx r3\n"
        ".thumb\n"
        "2: strh r0, [r2]\n"
        " blx imb\n"
        " .balign 4\n"
        "1: mov r0, #0\n"
        " pop {r4, pc}\n"
        ".arm\n"
        /* A variable in the middle of the code that counts with it. */
        "count_beside: adr r2, 1f\n"
        " mov r3, #0\n"
        " str r3, [r2]\n"
        "2: ldr r3, [r2]\n"
        " add r3, r3, #3\n"
        " str r3, [r2]\n"
        " b 3f\n"
        "1: .word 0\n"
        "3: subs r0, r0, #1\n"
        " bne 2b\n"
        " ldr r0, [r2]\n"
        " bx lr\n"
        "store_word: str r1, [r0]\n bx lr\n"
        "store_bytes: strb r1, [r0], #1\n"
        " mov r1, r1, lsr #8\n strb r1, [r0], #1\n"
        " mov r1, r1, lsr #8\n strb r1, [r0], #1\n"
        " mov r1, r1, lsr #8\n strb r1, [r0]\n bx lr\n"
        "store_halves: strh r1, [r0], #2\n"
        " mov r1, r1, lsr #16\n strh r1, [r0]\n bx lr\n"
        /* With the return after it, which is there already. */
        "store_double: mov r2, r1\n ldr r3, 9f\n strd r2, [r0]\n bx lr\n"
        "store_many: ldr r2, 9f\n stmia r0, {r1, r2}\n bx lr\n"
        "store_down: ldr r2, 9f\n add r0, r0, #8\n stmdb r0!, {r1, r2}\n bx lr\n"
        "9: bx lr\n"
        "store_swap: swp r1, r1, [r0]\n bx lr\n"
        "store_swap_bytes: swpb r2, r1, [r0]\n add r0, r0, #1\n"
        " mov r1, r1, lsr #8\n swpb r2, r1, [r0]\n add r0, r0, #1\n"
        " mov r1, r1, lsr #8\n swpb r2, r1, [r0]\n add r0, r0, #1\n"
        " mov r1, r1, lsr #8\n swpb r2, r1, [r0]\n bx lr\n"
        /* The address is rounded down. */
        "store_unaligned: add r0, r0, #3\n str r1, [r0]\n bx lr\n"
        "store_thumb: adr r2, 1f + 1\n bx r2\n"
        ".thumb\n"
        "1: mov r3, #0\n str r1, [r0, r3]\n bx lr\n"
        ".arm\n"
        "store_push: ldr r2, 9b\n mov ip, sp\n add sp, r0, #8\n adr r3, 1f + 1\n bx r3\n"
        ".thumb\n"
        ".balign 4\n"
        "1: push {r1, r2}\n nop\n bx pc\n nop\n"
        ".arm\n"
        " mov sp, ip\n bx lr\n"
        "store_user: strt r1, [r0], #0\n bx lr\n"
        /* To be copied: from one copy to the next, r0 counting, up to a BX LR. */
        "hop: add r0, r0, #1\n"
        " tst r0, #1\n"
        " addne r0, r0, #2\n"
        "hop_end:\n"
        /* To be copied: r0 is the new descriptor of the page that it runs in, r1 the address of
         * that, r4 = 0; what is returned is in the page. */
        "remap_here: stmfd sp!, {r4, lr}\n"
        " mov r4, #0\n"
        " bic r2, pc, #0xf00\n"
        " bic r2, r2, #0xff\n"
        " str r0, [r1]\n"
        " mcr p15, 0, r4, c7, c10, 4\n"
        " mcr p15, 0, r2, c8, c7, 1\n" BARRIER "remap_here_end:\n");

static void barrier(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c10, 4\n mcr p15, 0, %0, c7, c5, 0"
                     :
                     : "r"(0)
                     : "memory");
}

static void put(uint32_t at, uint32_t insn)
{
    write32(at, insn);
    barrier();
}

static uint32_t called(uint32_t at)
{
    return guarded((guest_fn *)at, 0, 0) == VECTOR_NONE ? guarded_value : 0xbadbad00;
}

static void patched(void)
{
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < 200; i++) {
        wrong += patch_next(i % 2 ? MOV_R0(i) : 0xe3e00000 | i, 0) != (i % 2 ? i : ~i);
    }
    is(wrong, 0, "the next instruction is patched, 200 times");
    is(patch_loop(255, 0), 255 * 256 / 2, "a loop patches what it executes in each turn");
    is(patch_loop(100, 0), 100 * 101 / 2, "a loop that patches itself, again from the start");
    for (uint32_t i = 0; i < 200; i++) {
        wrong += patch_thumb(T_MOV_R0(i), 0) != i;
    }
    is(wrong, 0, "the next instruction is patched in Thumb state");
    is(count_beside(20000, 0), 60000, "a variable among the code of a loop");
}

static void stores(void)
{
    static const struct {
        guest_fn *fn;
        const char *name;
    } kinds[] = {
        { store_word, "code is written by STR" },
        { store_bytes, "code is written by STRB" },
        { store_halves, "code is written by STRH" },
        { store_double, "code is written by STRD" },
        { store_many, "code is written by STMIA" },
        { store_down, "code is written by STMDB" },
        { store_swap, "code is written by SWP" },
        { store_swap_bytes, "code is written by SWPB" },
        { store_unaligned, "code is written by STR to an address inside its word" },
        { store_thumb, "code is written by STR in Thumb state" },
        { store_push, "code is written by PUSH in Thumb state" },
        { store_user, "code is written by STRT" },
    };
    for (uint32_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (kinds[k].fn == store_unaligned && on_qemu()) {
            continue; /* QEMU does not round the address down */
        }
        uint32_t at = PAGES + 0x100, wrong = 0;
        write32(at + 4, BX_LR);
        put(at, MOV_R0(0));
        called(at);
        for (uint32_t i = 1; i < 20; i++) {
            kinds[k].fn(at, 0xe3a00000 | (i % 3) << 8 | i); /* another byte differs, too */
            barrier();
            uint32_t shift = 2 * (i % 3);
            wrong += called(at) != (shift ? i >> shift | i << (32 - shift) : i);
        }
        is(wrong, 0, kinds[k].name);
    }
    /* Only the second of two pages has code. */
    uint32_t end = PAGES + 2 * PAGE, wrong = 0;
    put(end + 4, BX_LR);
    for (uint32_t i = 1; i < 20; i++) {
        put(end, MOV_R0(0));
        wrong += called(end) != 0;
        register uint32_t before __asm__("r2") = NOP;
        register uint32_t insn __asm__("r3") = MOV_R0(i);
        __asm__ volatile("stmia %0, {r2, r3}" : : "r"(end - 4), "r"(before), "r"(insn) : "memory");
        barrier();
        wrong += called(end) != i;
        wrong += called(end - 4) != i; /* from page to page */
    }
    is(wrong, 0, "an STM that ends in a page with code");
}

static uint32_t copy(uint32_t to, const uint32_t *from, const uint32_t *end)
{
    while (from < end) {
        write32(to, *from++);
        to += 4;
    }
    return to;
}

static void copied(void)
{
    /* hop() adds 1 to an even number, then 2; to an odd one 1. */
    uint32_t wrong = 0;
    for (uint32_t round = 0; round < 3; round++) {
        uint32_t at = PAGES, want = 0;
        for (uint32_t i = 0; i < 2000; i++) { /* over several pages, each instruction anywhere */
            at = copy(at, hop, hop_end);
            want = want + 1;
            want += want & 1 ? 2 : 0;
            if (i % 50 == 49) {
                write32(at, BX_LR);
                barrier();
                wrong += called(PAGES) != want;
            }
        }
        for (uint32_t i = PAGES; i < at; i += 4) {
            write32(i, ADD_R0(0));
        }
        put(at, BX_LR);
        wrong += called(PAGES) != 0;
    }
    is(wrong, 0, "code is copied after itself, run, and overwritten by other code");

    /* Two programs in one place, by turns. */
    for (uint32_t i = 0; i < 100; i++) {
        for (uint32_t j = 0; j < 8; j++) {
            write32(PAGES + 4 * j, i % 2 ? ADD_R0(j) : MOV_R0(i + j));
        }
        put(PAGES + 32, BX_LR);
        wrong += called(PAGES) != (i % 2 ? 28 : i + 7);
    }
    is(wrong, 0, "two programs by turns in one place");

    /* The same bytes in both states: MOV r0, #1; BX lr in Thumb; as ARM code a TEQ and a return. */
    write32(PAGES, T_BX_LR << 16 | T_MOV_R0(1));
    put(PAGES + 4, BX_LR);
    is(called(PAGES | 1), 1, "executed as Thumb code");
    put(PAGES, MOV_R0(2));
    is(called(PAGES), 2, "the place has ARM code now");
    put(PAGES, T_BX_LR << 16 | T_MOV_R0(3));
    is(called(PAGES | 1), 3, "Thumb code again at the same address");
}

static void map(uint32_t page, uint32_t phys)
{
    write32(COARSE + 4 * page, phys | 0x55 << 4 | 2);
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c8, c7, 1, VA + page * PAGE);
}

static void start_mmu(void)
{
    for (uint32_t i = 0; i < 4096; i++) {
        write32(L1 + i * 4, 0);
    }
    for (uint32_t mb = 0; mb < 8; mb++) {
        write32(L1 + mb * 4, mb << 20 | 3u << 10 | 0x12);
    }
    write32(L1 + (UART0 >> 20) * 4, (UART0 & 0xfff00000) | 1u << 10 | 0x12);
    write32(L1 + (VA >> 20) * 4, COARSE | 0x11);
    MCR15(0, c2, c0, 0, L1);
    MCR15(0, c3, c0, 0, 1);
    for (uint32_t page = 0; page < 16; page++) {
        map(page, PAGES + page * PAGE);
    }
    MCR15(0, c8, c7, 0, 0);
    MCR15(0, c1, c0, 0, MRC15(0, c1, c0, 0) | 1);
}

static void aliases(void)
{
    uint32_t alias[3] = { PAGES + 0x40, VA + 0x40, VA + PAGE + 0x40 }, wrong = 0;
    map(0, PAGES);
    map(1, PAGES);
    write32(PAGES + 0x44, BX_LR);
    put(PAGES + 0x40, MOV_R0(0));
    for (uint32_t i = 0; i < 90; i++) {
        put(alias[i / 3 % 3], MOV_R0(i)); /* through each of them */
        for (uint32_t j = 0; j < 3; j++) {
            wrong += called(alias[(i + j) % 3]) != i;
        }
    }
    is(wrong, 0, "code is written and executed through three addresses of one page");

    /* A loop that patches itself by another address than its own. */
    copy(VA + 0x100, hop, hop_end);
    put(VA + 0x10c, BX_LR);
    is(called(VA + 0x100), 3, "a function by its first address");
    write32(VA + PAGE + 0x100, ADD_R0(4));
    put(VA + PAGE + 0x108, 0x02800020); /* addeq r0, r0, #32 */
    is(called(VA + 0x100), 36, "patched in two places by its second");
    map(1, PAGES + PAGE);
}

static void remapped(void)
{
    /* Two physical pages with the same way in, and what they return. */
    uint32_t wrong = 0;
    for (uint32_t page = 2; page < 4; page++) {
        uint32_t at = copy(PAGES + page * PAGE + 0x80, remap_here, remap_here_end);
        write32(at, MOV_R0(page));
        put(at + 4, 0xe8bd8010); /* ldmfd sp!, {r4, pc} */
    }
    for (uint32_t i = 0; i < 100; i++) {
        uint32_t page = 2 + i % 2;
        map(4, PAGES + (5 - page) * PAGE);
        uint32_t vector = guarded((guest_fn *)(VA + 4 * PAGE + 0x80),
                                  (PAGES + page * PAGE) | 0x55 << 4 | 2, COARSE + 4 * 4);
        wrong += vector != VECTOR_NONE || guarded_value != page;
    }
    is(wrong, 0, "a page is remapped by the code that runs in it");

    /* From the end of a page into the next one, which is by turns two pages. */
    put(VA + 6 * PAGE - 4, NOP);
    for (uint32_t i = 0; i < 100; i++) {
        uint32_t page = 6 + i % 2;
        write32(PAGES + page * PAGE, MOV_R0(page + i));
        put(PAGES + page * PAGE + 4, BX_LR);
        map(6, PAGES + page * PAGE);
        wrong += called(VA + 6 * PAGE - 4) != page + i;
    }
    is(wrong, 0, "code runs on into a page that is remapped and written by turns");
    write32(COARSE + 6 * 4, 0);
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c8, c7, 1, VA + 6 * PAGE);
    is(guarded((guest_fn *)(VA + 6 * PAGE - 4), 0, 0), VECTOR_PREFETCH, "an unmapped page aborts");
    is(caught.lr, VA + 6 * PAGE + 4, "at its first instruction");
}

int main(void)
{
    patched();
    stores();
    copied();
    start_mmu();
    patched();
    stores();
    copied();
    aliases();
    remapped();
    return 0;
}
