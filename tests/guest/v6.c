/* SPDX-License-Identifier: MIT */
/* What ARMv6K added for systems: exclusive accesses, changes of the processor state, unaligned and
 * big-endian data (ARM ARM DDI 0100I, A2.7 to A2.9, A4.1). Runs on arm1136 and arm1176. */
#include "guest.h"

#define WHERE  0x00500000u
#define PAGE   0x1000u
#define VALUE  0x89abcdefu
#define OTHER  0x01234567u
#define BEFORE 0x5555aaaau

#define SVC_MASKED 0xd3u
#define PSR_A      0x100u
#define PSR_E      0x200u
#define PSR_GE     0x000f0000u

#define SCTLR_A 0x2u
#define SCTLR_U 0x400000u

/* FUNCTION(name, instructions): a function (a, b) of r0 and r1 that may change r0 to r3 and ip. */
#define FUNCTION(name, text)                                                                       \
    uint32_t name(uint32_t a, uint32_t b);                                                         \
    __asm__(".text\n .arm\n .arch armv6k\n .fpu vfp\n" #name ": " text "\n bx lr\n .ltorg\n")
#define THUMB ".balign 4\n adr r3, 1f + 1\n bx r3\n .thumb\n1:"
#define ARM   "\n .balign 4\n bx pc\n nop\n .arm\n"

static void reset_words(uint32_t first, uint32_t second)
{
    write32(WHERE, first);
    write32(WHERE + 4, second);
}

/* The result of fn, or 0xbadbad00 and the vector if it ends by an exception. */
static uint32_t result(guest_fn *fn, uint32_t a, uint32_t b)
{
    unsigned vector = guarded(fn, a, b);
    return vector == VECTOR_NONE ? guarded_value : 0xbadbad00 + vector;
}

/* -- Exclusive accesses -- */

FUNCTION(ldrex_strex, "ldrex r2, [r0]\n strex r3, r1, [r0]\n add r0, r2, r3, lsl #31");
FUNCTION(ldrexb_strexb, "ldrexb r2, [r0]\n strexb r3, r1, [r0]\n orr r0, r2, r3, lsl #31");
FUNCTION(ldrexh_strexh, "ldrexh r2, [r0]\n strexh r3, r1, [r0]\n orr r0, r2, r3, lsl #31");
FUNCTION(ldrexd_strexd, "push {r4, r5}\n ldrexd r4, [r0]\n mvn r3, r1\n mov r2, r1\n"
                        " strexd ip, r2, [r0]\n eor r0, r4, r5\n add r0, r0, ip\n pop {r4, r5}");
FUNCTION(strex_alone, "clrex\n strex r3, r1, [r0]\n mov r0, r3");
FUNCTION(strex_twice, "ldrex r2, [r0]\n strex r3, r1, [r0]\n strex r3, r2, [r0]\n mov r0, r3");
FUNCTION(strex_cleared, "ldrex r2, [r0]\n clrex\n strex r3, r1, [r0]\n mov r0, r3");
FUNCTION(strex_elsewhere, "ldrex r2, [r0]\n add r2, r0, #4\n strex r3, r1, [r2]\n mov r0, r3");
FUNCTION(strex_changed, "ldrex r2, [r0]\n str r1, [r0]\n strex r3, r2, [r0]\n mov r0, r3");
FUNCTION(strexd_changed, "ldrexd r2, [r0]\n str r1, [r0, #4]\n strexd ip, r2, [r0]\n mov r0, ip");
FUNCTION(ldrex_only, "ldrex r0, [r0]");
FUNCTION(ldrexh_only, "ldrexh r0, [r0]");
FUNCTION(ldrexd_only, "ldrexd r2, [r0]\n mov r0, r3");
FUNCTION(strex_skipped, "ldrex r2, [r0]\n cmp r0, r0\n mov r3, #9\n strexne r3, r1, [r0]\n"
                        " mov r0, r3");
FUNCTION(swp_after, "ldrex r2, [r0]\n mov r2, r0\n swp r0, r1, [r2]");

static void exclusives(void)
{
    reset_words(VALUE, OTHER);
    is(result(ldrex_strex, WHERE, BEFORE), VALUE, "LDREX loads, STREX succeeds");
    is(read32(WHERE), BEFORE, "and stores");
    reset_words(VALUE, OTHER);
    is(result(ldrexb_strexb, WHERE + 2, 0x77), 0xab, "LDREXB, STREXB");
    is(read32(WHERE), 0x8977cdef, "store one byte");
    reset_words(VALUE, OTHER);
    is(result(ldrexh_strexh, WHERE + 2, 0x7766), 0x89ab, "LDREXH, STREXH");
    is(read32(WHERE), 0x7766cdef, "store one halfword");
    reset_words(VALUE, OTHER);
    is(result(ldrexd_strexd, WHERE, BEFORE), VALUE ^ OTHER, "LDREXD, STREXD");
    is(read32(WHERE), BEFORE, "store the first word");
    is(read32(WHERE + 4), ~BEFORE, "and the second");
    reset_words(VALUE, OTHER);
    is(result(strex_alone, WHERE, BEFORE), 1, "STREX without LDREX fails");
    is(read32(WHERE), VALUE, "and stores nothing");
    is(result(strex_twice, WHERE, BEFORE), 1, "a second STREX fails");
    is(read32(WHERE), BEFORE, "after the first one has stored");
    reset_words(VALUE, OTHER);
    is(result(strex_cleared, WHERE, BEFORE), 1, "STREX after CLREX fails");
    is(result(strex_elsewhere, WHERE, BEFORE), 1, "STREX to another address fails");
    is(read32(WHERE + 4), OTHER, "and stores nothing there");
    is(result(strex_changed, WHERE, BEFORE), 1, "STREX fails when memory has changed");
    is(read32(WHERE), BEFORE, "and leaves the change");
    is(result(strexd_changed, WHERE, BEFORE), 1, "STREXD, when its second word has");
    reset_words(VALUE, OTHER);
    is(result(strex_skipped, WHERE, BEFORE), 9, "a STREX that is not executed");
    is(result(swp_after, WHERE, BEFORE), VALUE, "SWP still swaps");
    for (uint32_t i = 1; i < 4; i++) {
        ok(guarded(ldrex_only, WHERE + i, 0) == VECTOR_DATA && (caught.dfsr & 0xf) == 1,
           "LDREX of an unaligned address is an alignment fault");
    }
    ok(guarded(ldrexh_only, WHERE + 1, 0) == VECTOR_DATA, "LDREXH likewise");
    ok(guarded(ldrexd_only, WHERE + 4, 0) == VECTOR_DATA && caught.far == WHERE + 4,
       "LDREXD of an address that is not a multiple of 8");
}

/* -- Changes of the processor state -- */

FUNCTION(read_cpsr, "mrs r0, cpsr");
FUNCTION(write_all, "mrs r2, cpsr\n msr cpsr_fsxc, r0\n mrs r0, cpsr\n msr cpsr_fsxc, r2");
FUNCTION(write_ge_user, "msr cpsr_s, r0\n mrs r0, cpsr\n svc #0");
FUNCTION(write_ge_sel, "msr cpsr_s, r0\n mvn r2, #0\n mov r3, #0\n sel r0, r2, r3");
FUNCTION(cpsie_if, "mrs r2, cpsr\n cpsie if\n mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(cpsie_a, "mrs r2, cpsr\n cpsie a\n mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(cpsid_a, "mrs r2, cpsr\n cpsie aif\n cpsid a\n mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(cpsid_i, "mrs r2, cpsr\n cpsie aif\n cpsid i\n mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(cps_mode, "mrs r2, cpsr\n cps #0x12\n mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(cpsie_mode, "mrs r2, cpsr\n cpsie f, #0x1f\n mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(cps_user, "cpsie aif, #0x13\n mrs r0, cpsr\n svc #0");
FUNCTION(cps_thumb,
         "mrs r2, cpsr\n" THUMB " cpsie i\n cpsid f\n" ARM " mrs r0, cpsr\n msr cpsr_cx, r2");
FUNCTION(hints, "nop\n yield\n sev\n .word 0xe320f0ff\n .word 0xe320f007\n mov r0, r1");
FUNCTION(wfi_pending, "wfi\n mov r0, r1");

#define VIC 0x10140000u

static void state(void)
{
    is(result(read_cpsr, 0, 0) & 0xfff, SVC_MASKED | PSR_A, "CPSR: A is set after reset");
    is(result(write_all, 0xffffffd3, 0) & 0x00ffffff, PSR_GE | PSR_E | PSR_A | SVC_MASKED,
       "MSR writes GE, E, A");
    is(result(write_all, 0xd3, 0) & 0x00ffffff, SVC_MASKED, "and clears them");
    guarded(in_user, (uint32_t)(uintptr_t)write_ge_user, 0x000a0000);
    is(caught.r[0] & PSR_GE, 0x000a0000, "MSR writes GE in user mode, too");
    is(result(write_ge_sel, 0x00050000, 0), 0x00ff00ff, "SEL selects by GE");
    is(result(cpsie_if, 0, 0) & 0xff, 0x13, "CPSIE if");
    is(result(cpsie_a, 0, 0) & 0x1ff, SVC_MASKED, "CPSIE a");
    is(result(cpsid_a, 0, 0) & 0x1ff, PSR_A | 0x13, "CPSID a");
    is(result(cpsid_i, 0, 0) & 0x1ff, 0x93, "CPSID i");
    is(result(cps_mode, 0, 0) & 0xff, 0xd2, "CPS changes the mode");
    is(result(cpsie_mode, 0, 0) & 0xff, 0x9f, "CPSIE with a mode");
    guarded(in_user, (uint32_t)(uintptr_t)cps_user, 0);
    is(caught.r[0] & 0x1f, 0x10, "CPS does nothing in user mode");
    is(result(cps_thumb, 0, 0) & 0xff, 0x53, "CPSIE and CPSID in Thumb state");
    is(result(hints, 0, 55), 55, "hints do nothing");
    write32(VIC + 0x10, 1u << 1);
    write32(VIC + 0x18, 1u << 1); /* software interrupt */
    is(result(wfi_pending, 0, 66), 66, "WFI ends when an interrupt is pending that CPSR masks");
    write32(VIC + 0x1c, 1u << 1);
    write32(VIC + 0x14, 1u << 1);
}

/* -- SRS and RFE -- */

/* In IRQ mode with an SPSR and a link register of its own: SRS to a stack at a. Returns how far its
 * r13 moves. */
#define SRS_FROM_IRQ(store, mode)                                                                  \
    "mrs ip, cpsr\n mov r2, lr\n mov r3, sp\n cps #" mode "\n mov sp, r0\n cps #0x12\n"            \
    " msr spsr_fsxc, r1\n mvn lr, r1\n " store "\n cps #" mode "\n sub r0, sp, r0\n"               \
    " msr cpsr_cx, ip\n mov sp, r3\n mov lr, r2"
FUNCTION(srsia, SRS_FROM_IRQ("srsia sp!, #0x13", "0x13"));
FUNCTION(srsib, SRS_FROM_IRQ("srsib sp!, #0x1f", "0x1f"));
FUNCTION(srsda, SRS_FROM_IRQ("srsda sp, #0x1b", "0x1b"));
FUNCTION(srsdb, SRS_FROM_IRQ("srsdb sp!, #0x12", "0x12"));
FUNCTION(srs_user, "srsia sp!, #0x13\n svc #0");
FUNCTION(rfe_user, "rfeia r0\n svc #0");
FUNCTION(rfe_thumb, "adr r2, 2f\n orr r1, r1, #0x20\n stmia r0, {r1, r2}\n str r2, [r0]\n"
                    " str r1, [r0, #4]\n mov r3, r0\n rfeia r3!\n .balign 4\n .thumb\n"
                    "2: sub r0, r3, r0" ARM);
FUNCTION(rfedb_mode, "mrs ip, cpsr\n adr r2, 2f\n bic r1, ip, #0x1f\n orr r1, r1, #0x12\n"
                     " str r2, [r0, #-8]\n str r1, [r0, #-4]\n rfedb r0\n mov r0, #0\n"
                     "2: mrs r0, cpsr\n msr cpsr_cx, ip");

#define SAVED 0x600001dfu /* an SPSR */

static void returns(void)
{
    for (uint32_t at = WHERE - 32; at < WHERE + 32; at += 4) {
        write32(at, BEFORE);
    }
    is(result(srsia, WHERE, SAVED), 8, "SRSIA moves the stack pointer");
    ok(read32(WHERE) == ~SAVED && read32(WHERE + 4) == SAVED, "and stores LR and SPSR");
    is(result(srsib, WHERE + 8, SAVED), 8, "SRSIB");
    ok(read32(WHERE + 12) == ~SAVED && read32(WHERE + 16) == SAVED, "stores after each step");
    is(result(srsdb, WHERE, SAVED), 0u - 8, "SRSDB to the stack of its own mode");
    ok(read32(WHERE - 8) == ~SAVED && read32(WHERE - 4) == SAVED, "stores below");
    is(result(srsda, WHERE - 16, SAVED), 0, "SRSDA without write-back");
    ok(read32(WHERE - 20) == ~SAVED && read32(WHERE - 16) == SAVED, "stores up to the base");
    ok(guarded(in_user, (uint32_t)(uintptr_t)srs_user, 0) == VECTOR_UNDEF,
       "SRS is UNDEFINED in user mode");
    ok(guarded(in_user, (uint32_t)(uintptr_t)rfe_user, 0) == VECTOR_UNDEF,
       "RFE is UNDEFINED in user mode");
    is(result(rfe_thumb, WHERE, SVC_MASKED), 8, "RFEIA to Thumb state, with write-back");
    is(result(rfedb_mode, WHERE, 0) & 0x1f, 0x12, "RFEDB to another mode");
}

/* -- Unaligned data -- */

FUNCTION(load_word, "ldr r0, [r0]");
FUNCTION(load_post, "mov r2, r0\n ldr r0, [r2], #4");
FUNCTION(load_user, "mov r2, r0\n ldrt r0, [r2], #4");
FUNCTION(load_thumb, THUMB " ldr r0, [r0]" ARM);
FUNCTION(load_half, "ldrh r0, [r0]");
FUNCTION(load_signed, "ldrsh r0, [r0]");
FUNCTION(store_word, "str r1, [r0]\n mov r0, #0");
FUNCTION(store_half, "strh r1, [r0]\n mov r0, #0");
FUNCTION(store_thumb, THUMB " strh r1, [r0]\n str r1, [r0, #4]" ARM " mov r0, #0");
FUNCTION(load_multiple, "ldmia r0, {r0, r1}");
FUNCTION(store_multiple, "stmia r0, {r0, r1}");
FUNCTION(load_double, "ldrd r0, [r0]");
FUNCTION(store_double, "mov r2, #0\n strd r2, [r0]");
FUNCTION(swap_word, "mov r2, r0\n swp r0, r1, [r2]");
FUNCTION(store_pc, "str pc, [r0]\n adr r1, . + 4\n ldr r0, [r0]\n sub r0, r0, r1");
FUNCTION(store_pc_multiple, "stmia r0, {r1, pc}\n adr r1, . + 4\n ldr r0, [r0, #4]\n"
                            " sub r0, r0, r1");

static uint32_t byte_at(uint32_t at)
{
    return *(volatile uint8_t *)at;
}

static uint32_t word_of_bytes(uint32_t at, unsigned bytes)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        value |= byte_at(at + i) << 8 * i;
    }
    return value;
}

static void set_control(uint32_t set, uint32_t clear)
{
    MCR15(0, c1, c0, 0, (MRC15(0, c1, c0, 0) & ~clear) | set);
}

static void unaligned_words(uint32_t base)
{
    uint32_t wrong = 0, wrong_half = 0, wrong_store = 0;
    for (uint32_t i = 0; i < 16; i++) {
        *(volatile uint8_t *)(base + i) = (uint8_t)(0xa1 + 7 * i);
    }
    for (uint32_t at = base; at < base + 8; at++) {
        uint32_t word = word_of_bytes(at, 4), half = word & 0xffff;
        wrong += result(load_word, at, 0) != word || result(load_post, at, 0) != word ||
                 result(load_user, at, 0) != word || result(load_thumb, at, 0) != word;
        wrong_half += result(load_half, at, 0) != half ||
                      result(load_signed, at, 0) != (half ^ 0x8000) - 0x8000;
        wrong_store +=
            result(store_word, at, VALUE + at) != 0 || word_of_bytes(at, 4) != VALUE + at;
        wrong_store += result(store_half, at, OTHER) != 0 ||
                       word_of_bytes(at, 4) != (((VALUE + at) & 0xffff0000) | (OTHER & 0xffff));
        wrong_store += result(store_thumb, at, BEFORE) != 0 || word_of_bytes(at + 4, 4) != BEFORE ||
                       word_of_bytes(at, 2) != 0xaaaa;
    }
    is(wrong, 0, "LDR of unaligned words");
    is(wrong_half, 0, "LDRH and LDRSH");
    is(wrong_store, 0, "STR and STRH");
}

static void unaligned(void)
{
    static guest_fn *const strict[] = { load_multiple, store_multiple, load_double, store_double,
                                        swap_word };
    static guest_fn *const words[] = { load_word, load_half, store_word, store_half };
    set_control(SCTLR_U, SCTLR_A);
    unaligned_words(WHERE);
    unaligned_words(WHERE + PAGE - 4);
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < sizeof strict / sizeof strict[0]; i++) {
        for (uint32_t k = 1; k < 4; k++) {
            wrong += guarded(strict[i], WHERE + k, 0) != VECTOR_DATA || (caught.dfsr & 0xf) != 1 ||
                     caught.far != WHERE + k;
        }
    }
    is(wrong, 0, "LDM, STM, LDRD, STRD, SWP: alignment faults");
    set_control(SCTLR_A, 0);
    wrong = 0;
    for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        wrong += guarded(words[i], WHERE + 1, 0) != VECTOR_DATA;
        wrong += guarded(words[i], WHERE + 4, 0) != VECTOR_NONE;
    }
    is(wrong, 0, "with A set: all are faults");
    set_control(0, SCTLR_A);
    is(result(store_pc, WHERE, 0), 0, "STR of r15 stores its address + 8");
    is(result(store_pc_multiple, WHERE, 0), 0, "STM, too");
}

/* -- Big-endian data -- */

FUNCTION(be_word, "setend be\n ldr r0, [r0]\n setend le");
FUNCTION(be_half, "setend be\n ldrh r0, [r0]\n setend le");
FUNCTION(be_signed, "setend be\n ldrsh r0, [r0]\n setend le");
FUNCTION(be_byte, "setend be\n ldrb r0, [r0]\n setend le");
FUNCTION(be_store, "setend be\n str r1, [r0]\n strh r1, [r0, #4]\n setend le\n mov r0, #0");
FUNCTION(be_double, "setend be\n ldrd r2, [r0]\n setend le\n eor r0, r2, r3, lsl #1");
FUNCTION(be_multiple, "setend be\n ldmia r0, {r2, r3}\n setend le\n eor r0, r2, r3, lsl #1");
FUNCTION(be_store_multiple, "mvn r2, r1\n setend be\n stmia r0, {r1, r2}\n setend le\n mov r0, #0");
FUNCTION(be_exclusive, "setend be\n ldrex r2, [r0]\n strex r3, r1, [r0]\n setend le\n"
                       " add r0, r2, r3");
FUNCTION(be_swap, "mov r2, r0\n setend be\n swp r0, r1, [r2]\n setend le");
FUNCTION(be_thumb, THUMB " setend be\n ldr r0, [r0]\n setend le" ARM);
FUNCTION(be_svc, "setend be\n svc #0");
FUNCTION(be_vfp, "setend be\n vldr d0, [r0]\n vldr s2, [r0]\n setend le\n vmov r2, r3, d0\n"
                 " vmov ip, s2\n eor r0, r3, r2, lsl #1\n eor r0, r0, ip, lsl #2");
FUNCTION(enable_vfp, "mov r0, #0xf00000\n mcr p15, 0, r0, c1, c0, 2\n mov r0, #0\n"
                     " mcr p15, 0, r0, c7, c5, 4\n mov r0, #0x40000000\n vmsr fpexc, r0");

static uint32_t swapped(uint32_t v)
{
    return v >> 24 | (v >> 8 & 0xff00) | (v & 0xff00) << 8 | v << 24;
}

static void big_endian(void)
{
    const uint32_t first = swapped(VALUE), second = swapped(OTHER);
    reset_words(VALUE, OTHER);
    is(result(be_word, WHERE, 0), first, "LDR of big-endian data");
    is(result(be_word, WHERE + 1, 0), swapped(VALUE >> 8 | OTHER << 24), "also unaligned");
    is(result(be_half, WHERE, 0), 0xefcd, "LDRH");
    is(result(be_signed, WHERE, 0), 0xffffefcd, "LDRSH");
    is(result(be_byte, WHERE, 0), 0xef, "LDRB is the same");
    is(result(be_thumb, WHERE, 0), first, "SETEND in Thumb state");
    is(result(be_double, WHERE, 0), first ^ second << 1, "LDRD: each word for itself");
    is(result(be_multiple, WHERE, 0), first ^ second << 1, "LDM");
    result(enable_vfp, 0, 0);
    is(result(be_vfp, WHERE, 0), first ^ second << 1 ^ first << 2,
       "VLDR of a double: the high word is first");
    result(be_store, WHERE, BEFORE);
    is(read32(WHERE), swapped(BEFORE), "STR");
    is(read32(WHERE + 4), (OTHER & 0xffff0000) | 0xaaaa, "STRH");
    result(be_store_multiple, WHERE, OTHER);
    ok(read32(WHERE) == swapped(OTHER) && read32(WHERE + 4) == swapped(~OTHER), "STM");
    reset_words(VALUE, OTHER);
    is(result(be_exclusive, WHERE, BEFORE), first, "LDREX and STREX");
    is(read32(WHERE), swapped(BEFORE), "store big-endian data");
    is(result(be_swap, WHERE, OTHER), BEFORE, "SWP");
    is(read32(WHERE), swapped(OTHER), "stores it");
    guarded(be_svc, 0, 0);
    ok((caught.spsr & PSR_E) != 0 && (caught.cpsr & PSR_E) == 0,
       "an exception clears E, which SPSR has");
}

int main(void)
{
    exclusives();
    state();
    returns();
    unaligned();
    big_endian();
    return 0;
}
