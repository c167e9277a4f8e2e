/* SPDX-License-Identifier: MIT */
/* Unaligned addresses while alignment faults are off, as ARMv5 has them: a word that is loaded is
 * rotated, one that is stored goes to the address rounded down, multiples leave the low bits out.
 * QEMU has the later architecture, which accesses the bytes where they are. */
#include "guest.h"

#define WHERE  0x00500000u
#define PAGE   0x1000u
#define VALUE  0x89abcdefu
#define OTHER  0x01234567u
#define BEFORE 0x5555aaaau

uint32_t ldr_offset(uint32_t at, uint32_t b);
uint32_t ldr_register(uint32_t at, uint32_t b);
uint32_t ldr_before(uint32_t at, uint32_t b);
uint32_t ldr_after(uint32_t at, uint32_t b);
uint32_t ldrt_after(uint32_t at, uint32_t b);
uint32_t ldr_thumb(uint32_t at, uint32_t b);
uint32_t ldr_thumb_register(uint32_t at, uint32_t b);
uint32_t ldr_thumb_sp(uint32_t at, uint32_t b);
uint32_t ldr_literal(uint32_t offset, uint32_t b);
uint32_t swp_load(uint32_t at, uint32_t b);
uint32_t ldm_first(uint32_t at, uint32_t b);
uint32_t ldm_second(uint32_t at, uint32_t b);
uint32_t ldm_base(uint32_t at, uint32_t b);
uint32_t ldm_thumb(uint32_t at, uint32_t b);
uint32_t pop_thumb(uint32_t at, uint32_t b);
uint32_t str_offset(uint32_t at, uint32_t b);
uint32_t str_register(uint32_t at, uint32_t b);
uint32_t str_after(uint32_t at, uint32_t b);
uint32_t strt_after(uint32_t at, uint32_t b);
uint32_t str_thumb(uint32_t at, uint32_t b);
uint32_t str_thumb_register(uint32_t at, uint32_t b);
uint32_t swp_store(uint32_t at, uint32_t b);
uint32_t stm_up(uint32_t at, uint32_t b);
uint32_t stm_down(uint32_t at, uint32_t b);
uint32_t stm_thumb(uint32_t at, uint32_t b);
uint32_t push_thumb(uint32_t at, uint32_t b);
#define THUMB ".balign 4\n adr r3, 1f + 1\n bx r3\n .thumb\n1:"
#define ARM   " bx lr\n .arm\n .balign 4\n"
__asm__(".text\n"
        ".arm\n"
        "ldr_offset: sub r0, r0, #4\n ldr r0, [r0, #4]\n bx lr\n"
        "ldr_register: mov r2, #1\n sub r0, r0, #4\n ldr r0, [r0, r2, lsl #2]\n bx lr\n"
        "ldr_before: sub r2, r0, #8\n ldr r0, [r2, #8]!\n bx lr\n"
        "ldr_after: ldr r2, [r0], #3\n mov r0, r2\n bx lr\n"
        "ldrt_after: ldrt r2, [r0], #1\n mov r0, r2\n bx lr\n"
        "ldr_thumb: " THUMB " ldr r0, [r0]\n" ARM "ldr_thumb_register: " THUMB
        " mov r2, #0\n ldr r0, [r0, r2]\n" ARM "ldr_thumb_sp: mov r2, sp\n mov sp, r0\n" THUMB
        " ldr r0, [sp]\n mov sp, r2\n" ARM "swp_load: mov r2, r0\n swp r0, r1, [r2]\n bx lr\n"
        "ldm_first: ldmia r0, {r1, r2}\n mov r0, r1\n bx lr\n"
        "ldm_second: ldmia r0, {r1, r2}\n mov r0, r2\n bx lr\n"
        "ldm_base: mov r3, r0\n ldmia r0!, {r1, r2}\n sub r0, r0, r3\n bx lr\n"
        "ldm_thumb: " THUMB " ldmia r0!, {r1, r2}\n mov r0, r2\n" ARM
        "pop_thumb: mov ip, sp\n mov sp, r0\n" THUMB " pop {r0, r1}\n mov sp, ip\n" ARM
        "str_offset: str r1, [r0]\n bx lr\n"
        "str_register: mov r2, #1\n sub r0, r0, #4\n str r1, [r0, r2, lsl #2]\n bx lr\n"
        "str_after: str r1, [r0], #3\n bx lr\n"
        "strt_after: strt r1, [r0], #1\n bx lr\n"
        "str_thumb: " THUMB " str r1, [r0]\n" ARM "str_thumb_register: " THUMB
        " mov r2, #0\n str r1, [r0, r2]\n" ARM "swp_store: swp r2, r1, [r0]\n bx lr\n"
        "stm_up: mvn r2, r1\n stmia r0, {r1, r2}\n bx lr\n"
        "stm_down: mvn r2, r1\n add r0, r0, #8\n stmdb r0!, {r1, r2}\n bx lr\n"
        "stm_thumb: mvn r2, r1\n" THUMB " stmia r0!, {r1, r2}\n" ARM
        "push_thumb: mvn r2, r1\n mov ip, sp\n add sp, r0, #8\n" THUMB
        " push {r1, r2}\n mov sp, ip\n" ARM
        /* The address is known when the code is translated. */
        "ldr_literal: add pc, pc, r0, lsl #3\n nop\n"
        " ldr r0, literals\n bx lr\n ldr r0, literals + 1\n bx lr\n"
        " ldr r0, literals + 2\n bx lr\n ldr r0, literals + 3\n bx lr\n"
        "literals: .word 0x89abcdef, 0x01234567\n");

typedef struct Kind {
    guest_fn *fn;
    const char *name;
} Kind;

static uint32_t rotated(uint32_t value, uint32_t bytes)
{
    return bytes ? value >> 8 * bytes | value << (32 - 8 * bytes) : value;
}

/* The result of fn; at first for an address that is not in the TLB. */
static uint32_t result(guest_fn *fn, uint32_t at, uint32_t b)
{
    return guarded(fn, at, b) == VECTOR_NONE ? guarded_value : 0xbadbad00;
}

static void judge(const Kind *kind, uint32_t wrong)
{
    is_not_qemu(wrong, 0, kind->name, "ARMv6's unaligned accesses");
}

static const uint32_t places[] = { WHERE, WHERE + 4, WHERE + 0x234, WHERE + PAGE - 4,
                                   WHERE + 2 * PAGE - 8 };
#define PLACES (sizeof places / sizeof places[0])

static void loads(void)
{
    static const Kind kinds[] = {
        { ldr_offset, "LDR with an offset rotates" },
        { ldr_register, "LDR with a scaled register rotates" },
        { ldr_before, "LDR with write-back before rotates" },
        { ldr_after, "LDR with write-back after rotates" },
        { ldrt_after, "LDRT rotates" },
        { ldr_thumb, "LDR in Thumb state rotates" },
        { ldr_thumb_register, "LDR with a register in Thumb state rotates" },
        { ldr_thumb_sp, "LDR from the stack in Thumb state rotates" },
        { swp_load, "SWP rotates what it loads" },
    };
    for (uint32_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        uint32_t wrong = 0;
        for (uint32_t i = 0; i < PLACES * 8; i++) {
            uint32_t at = places[i / 8], bytes = i % 4;
            write32(at, VALUE + i);
            write32(at + 4, OTHER);
            if (i % 8 < 4) {
                MCR15(0, c8, c7, 0, 0);
            }
            wrong += result(kinds[k].fn, at + bytes, 77) != rotated(VALUE + i, bytes);
            wrong += read32(at + 4) != OTHER;
        }
        judge(&kinds[k], wrong);
    }
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < 8; i++) {
        wrong += result(ldr_literal, i % 4, 0) != rotated(VALUE, i % 4);
    }
    is_not_qemu(wrong, 0, "LDR of a literal rotates", "ARMv6's unaligned accesses");
}

static void multiples(void)
{
    static const Kind kinds[] = {
        { ldm_first, "LDM, first word" },
        { ldm_second, "LDM, second word" },
        { ldm_base, "LDM, how far the base moves" },
        { ldm_thumb, "LDM in Thumb state" },
        { pop_thumb, "POP in Thumb state" },
    };
    const uint32_t want[] = { VALUE, OTHER, 8, OTHER, VALUE };
    for (uint32_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        uint32_t wrong = 0;
        for (uint32_t i = 0; i < PLACES * 8; i++) {
            uint32_t at = places[i / 8];
            write32(at, VALUE);
            write32(at + 4, OTHER);
            write32(at + 8, BEFORE);
            if (i % 8 < 4) {
                MCR15(0, c8, c7, 0, 0);
            }
            wrong += result(kinds[k].fn, at + i % 4, 0) != want[k];
        }
        judge(&kinds[k], wrong);
    }
}

static void stores(void)
{
    static const Kind kinds[] = {
        { str_offset, "STR rounds down" },
        { str_register, "STR with a scaled register rounds down" },
        { str_after, "STR with write-back rounds down" },
        { strt_after, "STRT rounds down" },
        { str_thumb, "STR in Thumb state rounds down" },
        { str_thumb_register, "STR with a register in Thumb state rounds down" },
        { swp_store, "SWP rounds down" },
        { stm_up, "STMIA rounds down" },
        { stm_down, "STMDB rounds down" },
        { stm_thumb, "STMIA in Thumb state rounds down" },
        { push_thumb, "PUSH in Thumb state rounds down" },
    };
    for (uint32_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        uint32_t wrong = 0;
        for (uint32_t i = 0; i < PLACES * 8; i++) {
            uint32_t at = places[i / 8], value = VALUE + i;
            bool two = k >= 7;
            for (uint32_t j = 0; j < 4; j++) {
                write32(at - 4 + 4 * j, BEFORE + j);
            }
            if (i % 8 < 4) {
                MCR15(0, c8, c7, 0, 0);
            }
            wrong += guarded(kinds[k].fn, at + i % 4, value) != VECTOR_NONE;
            wrong += read32(at - 4) != BEFORE || read32(at) != value ||
                     read32(at + 4) != (two ? ~value : BEFORE + 2) || read32(at + 8) != BEFORE + 3;
        }
        judge(&kinds[k], wrong);
    }
}

static void all(void)
{
    loads();
    multiples();
    stores();
}

/* The same through the MMU: flat, in sections. */
static void start_mmu(void)
{
    const uint32_t l1 = 0x00400000;
    for (uint32_t mb = 0; mb < 4096; mb++) {
        write32(l1 + mb * 4, mb << 20 | 3u << 10 | 0x12);
    }
    MCR15(0, c2, c0, 0, l1);
    MCR15(0, c3, c0, 0, 1);
    MCR15(0, c8, c7, 0, 0);
    MCR15(0, c1, c0, 0, (MRC15(0, c1, c0, 0) & ~2u) | 1);
}

int main(void)
{
    all();
    start_mmu();
    all();
    return 0;
}
