/* SPDX-License-Identifier: MIT */
/* Accesses of several words that cross from one page, or one part of a page with rights of its own,
 * to the next: stores that change the second one's descriptor on the way, and faults. */
#include "guest.h"

#define L1     0x00400000u
#define TABLE  0x00406c00u /* coarse: its last descriptor ends its page */
#define DATA   0x00500000u
#define VA     0x80500000u
#define TABLES (VA + 0xfe000u) /* the page that TABLE is in */
#define SECOND (VA + 0xff000u) /* the page that its last descriptor maps, to DATA */
#define LAST   (TABLE + 0x3fcu)
#define CROSS  (SECOND - 4)

#define SMALL(phys, aps) ((phys) | (aps) << 4 | 2)
#define SAME             0x55u /* the rights of the four quarters of a page: all the same */
#define VARIED           0xd5u /* the last one is the user's, too */
#define NOT_LAST         0x15u /* the last one is unused */

uint32_t store_stm(uint32_t at, uint32_t descriptor);
uint32_t store_stmdb(uint32_t at, uint32_t descriptor);
uint32_t store_strd(uint32_t at, uint32_t descriptor);
uint32_t store_push(uint32_t at, uint32_t descriptor);
uint32_t load_ldm(uint32_t at, uint32_t unused);
uint32_t load_ldrd(uint32_t at, uint32_t unused);
__asm__(".text\n.arm\n.balign 4\n"
        "store_stm: ldr r2, =0x5ec0d5ec\n stmia r0, {r1, r2}\n bx lr\n"
        "store_stmdb: ldr r2, =0x5ec0d5ec\n add r0, r0, #8\n stmdb r0!, {r1, r2}\n bx lr\n"
        "store_strd: ldr r3, =0x5ec0d5ec\n mov r2, r1\n strd r2, [r0]\n bx lr\n"
        "store_push: ldr r2, =0x5ec0d5ec\n mov ip, sp\n add sp, r0, #8\n adr r3, 1f + 1\n bx r3\n"
        ".thumb\n.balign 4\n"
        "1: push {r1, r2}\n nop\n bx pc\n nop\n"
        ".arm\n mov sp, ip\n bx lr\n"
        "load_ldm: ldmia r0, {r1, r2}\n sub r0, r2, r1\n bx lr\n"
        "load_ldrd: ldrd r2, [r0]\n sub r0, r3, r2\n bx lr\n"
        ".ltorg\n");

#define VALUE 0x5ec0d5ecu

static void invalidate(void)
{
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c8, c7, 0, 0);
}

static void start_mmu(void)
{
    for (uint32_t i = 0; i < 4096; i++) {
        write32(L1 + i * 4, 0);
    }
    for (uint32_t i = 0; i < 256; i++) {
        write32(TABLE + i * 4, 0);
    }
    for (uint32_t mb = 0; mb < 8; mb++) {
        write32(L1 + mb * 4, mb << 20 | 1u << 10 | 0x12);
    }
    write32(L1 + (UART0 >> 20) * 4, (UART0 & 0xfff00000) | 1u << 10 | 0x12);
    write32(L1 + (VA >> 20) * 4, TABLE | 0x11);
    MCR15(0, c2, c0, 0, L1);
    MCR15(0, c3, c0, 0, 1);
    invalidate();
    MCR15(0, c1, c0, 0, MRC15(0, c1, c0, 0) | 1);
}

static void map(uint32_t aps)
{
    write32(TABLE + 0x3f8, SMALL(TABLE & ~0xfffu, aps));
    write32(LAST, SMALL(DATA, aps));
    invalidate();
}

/* The first word that is stored is the second page's descriptor, which is none. Until the TLB is
 * invalidated the old one may be used (ARM ARM B3.3): here it is, the page has been written to. */
static void descriptors(void)
{
    static const struct {
        guest_fn *fn;
        const char *name[2];
    } kinds[] = {
        { store_stm, { "STM", "STM, quarters with rights of their own" } },
        { store_stmdb, { "STMDB", "STMDB, quarters with rights of their own" } },
        { store_strd, { "STRD", "STRD, quarters with rights of their own" } },
        { store_push, { "PUSH, Thumb", "PUSH, Thumb, quarters with rights of their own" } },
    };
    for (uint32_t k = 0; k < 2 * (sizeof kinds / sizeof kinds[0]); k++) {
        map(k % 2 ? VARIED : SAME);
        write32(SECOND, 0);
        (void)read32(TABLES);
        unsigned vector = guarded(kinds[k / 2].fn, CROSS, 0);
        ok(vector == VECTOR_NONE && read32(LAST) == 0 && read32(DATA) == VALUE,
           kinds[k / 2].name[k % 2]);
        invalidate();
        is(guarded(kinds[k / 2].fn, SECOND, 0), VECTOR_DATA, "the descriptor counts from then on");
    }
}

/* Where the second part may not be accessed the base stays, and the fault is its. */
static void faults(void)
{
    map(NOT_LAST);
    uint32_t at = SECOND + 0xbfc;
    write32(DATA + 0xbfc, 1000);
    write32(DATA + 0xc00, 1042);
    is(guarded(load_ldm, at, 0), VECTOR_DATA, "LDM into a part without rights");
    is(caught.far, at + 4, "faults there");
    is(caught.r[0], at, "with its base as it was");
    is(guarded(load_ldrd, at, 0), VECTOR_DATA, "LDRD");
    is(caught.far, at + 4, "faults there");
    is(guarded(store_stm, at, 0), VECTOR_DATA, "STM");
    is(caught.far, at + 4, "faults there");
    is(guarded(store_stmdb, at, 0), VECTOR_DATA, "STMDB");
    is(caught.far, at + 4, "faults there");
    is(caught.r[0], at + 8, "with its base as it was");
    is(guarded(store_strd, at, 0), VECTOR_DATA, "STRD");
    is(caught.far, at + 4, "faults there");
    is(read32(DATA + 0xc00), 1042, "STRD that faults stores nothing there");
    map(VARIED);
    write32(DATA + 0xbfc, 1000);
    is(guarded(load_ldm, at, 0), VECTOR_NONE, "LDM into a part with other rights");
    is(guarded_value, 42, "loads both words");
    is(guarded(load_ldrd, at, 0), VECTOR_NONE, "LDRD");
    is(guarded_value, 42, "loads both words");
    is(guarded(store_stm, at, 7), VECTOR_NONE, "STM");
    ok(read32(DATA + 0xbfc) == 7 && read32(DATA + 0xc00) == VALUE, "stores both");
}

int main(void)
{
    start_mmu();
    descriptors();
    faults();
    return 0;
}
