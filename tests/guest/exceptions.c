/* SPDX-License-Identifier: MIT */
/* Exceptions: entry from ARM and Thumb state and from user mode, return, banked registers, base
 * registers after aborts, interrupts, waiting for them, high vectors (ARM ARM A2.5, A2.6). */
#include "guest.h"

#define VIC              0x10140000u
#define VIC_INTSELECT    (VIC + 0x0c)
#define VIC_INTENABLE    (VIC + 0x10)
#define VIC_INTENCLEAR   (VIC + 0x14)
#define VIC_SOFTINT      (VIC + 0x18)
#define VIC_SOFTINTCLEAR (VIC + 0x1c)
#define TIMER0           0x101e2000u
#define TIMER0_LINE      4
#define SOFT_LINE        1 /* wired to nothing */
#define OTHER_LINE       3 /* timers are 4 and 5; this one is wired to nothing that acts here */

#define L1      0x00400000u
#define HIGH    0x00700000u /* the physical megabyte at 0xfff00000 */
#define VA_DATA 0x80000000u /* a megabyte of memory; none after it */
#define VA_END  0x80100000u

#define USR 0x10u
#define FIQ 0x11u
#define IRQ 0x12u
#define SVC 0x13u
#define ABT 0x17u
#define UND 0x1bu
#define SYS 0x1fu
#define T   0x20u
#define F   0x40u
#define I   0x80u
#define Q   (1u << 27)

/* QEMU's status registers have bits 8 (A, of ARMv6) and 20 (IL, of ARMv8), which ARMv5's have not.
 */
#define PSR_KNOWN (on_qemu() ? ~0x100100u : ~0u)

extern uint32_t arm_undef[], arm_cp1[], arm_swi[], arm_bkpt[], arm_load[], arm_spin[];
extern uint16_t thumb_undef[], thumb_swi[], thumb_bkpt[], thumb_load[], thumb_spin[], thumb_push[],
    thumb_ldmia[];
extern uint32_t after_unmask_irq[], after_unmask_fiq[];
uint32_t unmask_irq(uint32_t a, uint32_t b);
uint32_t unmask_fiq(uint32_t a, uint32_t b);
uint32_t swap_bank(uint32_t mode, uint32_t sp);
uint32_t fiq_registers(uint32_t a, uint32_t b);
uint32_t user_bank_from_fiq(uint32_t a, uint32_t b);
uint32_t return_movs(uint32_t spsr, uint32_t to);
uint32_t return_subs(uint32_t spsr, uint32_t to);
uint32_t return_ldm(uint32_t spsr, uint32_t to);
uint32_t show_cpsr(uint32_t a, uint32_t b);
extern uint16_t thumb_answer[];
extern uint32_t user_msr[], user_answer[];
uint32_t write_cpsr_t(uint32_t a, uint32_t b);
uint32_t spsr_bits(uint32_t a, uint32_t b);

__asm__(".text\n"
        ".arm\n"
        "arm_undef: .word 0xe7f000f0\n bx lr\n"
        "arm_cp1: .word 0xee000100\n bx lr\n"
        "arm_swi: swi 0x42\n bx lr\n"
        "arm_bkpt: .word 0xe1200070\n bx lr\n"
        "arm_load: ldr r0, [r0]\n bx lr\n"
        "arm_spin: b arm_spin\n"

        "unmask_irq: mrs r2, cpsr\n bic r2, r2, #0x80\n msr cpsr_c, r2\n"
        "after_unmask_irq: nop\n msr cpsr_c, #0xd3\n bx lr\n"
        "unmask_fiq: mrs r2, cpsr\n bic r2, r2, #0x40\n msr cpsr_c, r2\n"
        "after_unmask_fiq: nop\n msr cpsr_c, #0xd3\n bx lr\n"

        /* r13 of a mode: the old one, and a new one in its place. */
        "swap_bank: mrs r3, cpsr\n orr r0, r0, #0xc0\n msr cpsr_c, r0\n"
        " mov r0, sp\n mov sp, r1\n msr cpsr_c, r3\n bx lr\n"

        /* r8-r12 of FIQ mode are its own: counts those that hold what they should. */
        "fiq_registers: stmfd sp!, {r4-r11, lr}\n mrs r3, cpsr\n mov r0, #0\n"
        " mov r8, #8\n mov r9, #9\n mov r10, #10\n mov r11, #11\n mov r12, #12\n"
        " msr cpsr_c, #0xd1\n"
        " mov r8, #108\n mov r9, #109\n mov r10, #110\n mov r11, #111\n mov r12, #112\n"
        " msr cpsr_c, r3\n"
        " cmp r8, #8\n addeq r0, r0, #1\n cmp r9, #9\n addeq r0, r0, #1\n"
        " cmp r10, #10\n addeq r0, r0, #1\n cmp r11, #11\n addeq r0, r0, #1\n"
        " cmp r12, #12\n addeq r0, r0, #1\n"
        " msr cpsr_c, #0xd1\n"
        " cmp r8, #108\n addeq r0, r0, #1\n cmp r9, #109\n addeq r0, r0, #1\n"
        " cmp r10, #110\n addeq r0, r0, #1\n cmp r11, #111\n addeq r0, r0, #1\n"
        " cmp r12, #112\n addeq r0, r0, #1\n"
        " msr cpsr_c, r3\n ldmfd sp!, {r4-r11, pc}\n"

        /* LDM and STM of the user's registers, from FIQ mode: 21 + 22 + ... in, out again. */
        "user_bank_from_fiq: stmfd sp!, {r4-r12, lr}\n mrs r3, cpsr\n mov r2, sp\n"
        " msr cpsr_c, #0xdf\n mov r1, sp\n mov ip, lr\n msr cpsr_c, r3\n"
        " stmfd sp!, {r1, ip}\n"
        " adr r1, 1f\n msr cpsr_c, #0xd1\n"
        " ldmia r1, {r8-r14}^\n nop\n"
        " mov r8, #0\n mov r9, #0\n mov r10, #0\n mov r11, #0\n mov r12, #0\n"
        " sub r2, r2, #64\n stmia r2, {r8-r14}^\n nop\n"
        " msr cpsr_c, r3\n"
        " mov r0, r8\n add r0, r0, r9\n add r0, r0, r10\n add r0, r0, r11\n add r0, r0, r12\n"
        " ldmia r2, {r4-r10}\n"
        " add r0, r0, r4, lsl #16\n add r0, r0, r5, lsl #16\n add r0, r0, r6, lsl #16\n"
        " add r0, r0, r7, lsl #16\n add r0, r0, r8, lsl #16\n add r0, r0, r9, lsl #16\n"
        " add r0, r0, r10, lsl #16\n"
        " ldmfd sp!, {r1, r2}\n msr cpsr_c, #0xdf\n mov sp, r1\n mov lr, r2\n msr cpsr_c, r3\n"
        " ldmfd sp!, {r4-r12, pc}\n"
        "1: .word 21, 22, 23, 24, 25, 26, 27\n"

        "return_movs: msr spsr_cxsf, r0\n mov r2, lr\n movs pc, r1\n"
        "return_subs: msr spsr_cxsf, r0\n mov r2, lr\n add lr, r1, #4\n subs pc, lr, #4\n"
        "return_ldm: msr spsr_cxsf, r0\n mov r2, lr\n stmfd sp!, {r1}\n ldmfd sp!, {pc}^\n"
        "show_cpsr: mrs r0, cpsr\n msr cpsr_c, #0xd3\n bx r2\n"
        "user_msr: msr cpsr_fsxc, r0\n mrs r0, cpsr\n swi 0x42\n"
        "user_answer: mrs r0, cpsr\n swi 0x42\n"
        "write_cpsr_t: mrs r2, cpsr\n orr r3, r2, #0x20\n msr cpsr_c, r3\n"
        " mrs r0, cpsr\n msr cpsr_c, r2\n bx lr\n"
        "spsr_bits: mrs r2, spsr\n mvn r3, #0\n msr spsr_cxsf, r3\n mrs r0, spsr\n"
        " msr spsr_cxsf, r2\n bx lr\n"

        ".thumb\n"
        "thumb_undef: .hword 0xde00\n bx lr\n"
        "thumb_swi: swi 0x42\n bx lr\n"
        "thumb_bkpt: .hword 0xbe00\n bx lr\n"
        "thumb_load: ldr r0, [r0]\n bx lr\n"
        "thumb_spin: b thumb_spin\n"
        "thumb_push: mov sp, r0\n push {r1, r2, r3}\n swi 0x43\n"
        "thumb_ldmia: ldmia r0!, {r1, r2}\n swi 0x43\n"
        "thumb_answer: mov r0, #0x77\n bx r2\n"
        ".arm\n.balign 4\n");

static unsigned call(const void *fn, uint32_t a)
{
    return guarded((guest_fn *)fn, a, 0);
}

static unsigned user(const void *fn, uint32_t a)
{
    return guarded(in_user, (uint32_t)fn, a);
}

static unsigned user_thumb(const uint16_t *fn, uint32_t a)
{
    return guarded(in_user, (uint32_t)fn | 1, a);
}

static void section(uint32_t va, uint32_t phys)
{
    write32(L1 + (va >> 20) * 4, phys | 3u << 10 | 0x12);
}

static void start_mmu(void)
{
    for (uint32_t i = 0; i < 4096; i++) {
        write32(L1 + i * 4, 0);
    }
    for (uint32_t mb = 0; mb < 8; mb++) {
        section(mb << 20, mb << 20);
    }
    section(UART0, 0x10100000);
    section(VA_DATA, 0x00500000);
    section(0xfff00000, HIGH);
    MCR15(0, c2, c0, 0, L1);
    MCR15(0, c3, c0, 0, 1);
    MCR15(0, c8, c7, 0, 0);
    MCR15(0, c1, c0, 0, MRC15(0, c1, c0, 0) | 1);
}

/* Vector, LR as an offset from the instruction, the mode taken from and to, T, I and F of both. */
static void is_entry(unsigned vector, unsigned want, const void *at, uint32_t lr, uint32_t spsr,
                     uint32_t cpsr, const char *name)
{
    uint32_t offset = caught.lr - (uint32_t)at;
    bool all = vector == want && offset == lr && (caught.spsr & 0xff) == spsr &&
               (caught.cpsr & 0xff) == cpsr;
    ok(all, name);
    if (!all) {
        print("# vector ");
        print_hex(vector);
        print(" lr + ");
        print_hex(offset);
        print(" spsr ");
        print_hex(caught.spsr);
        print(" cpsr ");
        print_hex(caught.cpsr);
        print("\n");
    }
}

static void entries(void)
{
    const uint32_t svc = SVC | I | F;
    is_entry(call(arm_undef, 0), VECTOR_UNDEF, arm_undef, 4, svc, UND | I | F,
             "undefined, from ARM state");
    is_entry(call(arm_cp1, 0), VECTOR_UNDEF, arm_cp1, 4, svc, UND | I | F,
             "undefined, a coprocessor that is not there");
    is_entry(call(arm_swi, 0), VECTOR_SWI, arm_swi, 4, svc, SVC | I | F, "SWI, from ARM state");
    is_entry(call(arm_bkpt, 0), VECTOR_PREFETCH, arm_bkpt, 4, svc, ABT | I | F,
             "BKPT, from ARM state");
    is(caught.ifsr & 0xf, 2, "BKPT: IFSR says debug event");
    is_entry(call(arm_load, VA_END), VECTOR_DATA, arm_load, 8, svc, ABT | I | F,
             "data abort, from ARM state");
    is_entry(call((const void *)VA_END, 0), VECTOR_PREFETCH, (const void *)VA_END, 4, svc,
             ABT | I | F, "prefetch abort, from ARM state");

    is_entry(user(arm_undef, 0), VECTOR_UNDEF, arm_undef, 4, USR, UND | I,
             "undefined, from user mode: I is set, F stays");
    is_entry(user(arm_swi, 0), VECTOR_SWI, arm_swi, 4, USR, SVC | I, "SWI, from user mode");
    is_entry(user(arm_load, VA_END), VECTOR_DATA, arm_load, 8, USR, ABT | I,
             "data abort, from user mode");
    is_entry(user((const void *)VA_END, 0), VECTOR_PREFETCH, (const void *)VA_END, 4, USR, ABT | I,
             "prefetch abort, from user mode");

    is_entry(user_thumb(thumb_undef, 0), VECTOR_UNDEF, thumb_undef, 2, USR | T, UND | I,
             "undefined, from Thumb state");
    is_entry(user_thumb(thumb_swi, 0), VECTOR_SWI, thumb_swi, 2, USR | T, SVC | I,
             "SWI, from Thumb state");
    is_entry(user_thumb(thumb_bkpt, 0), VECTOR_PREFETCH, thumb_bkpt, 4, USR | T, ABT | I,
             "BKPT, from Thumb state");
    is_entry(user_thumb(thumb_load, VA_END), VECTOR_DATA, thumb_load, 8, USR | T, ABT | I,
             "data abort, from Thumb state");
    is_entry(user_thumb((const uint16_t *)(VA_END + 2), 0), VECTOR_PREFETCH,
             (const void *)(VA_END + 2), 4, USR | T, ABT | I, "prefetch abort, from Thumb state");
}

static void returns(void)
{
    uint32_t flags = 0xa0000000 | Q;
    is((uint32_t)guarded(return_movs, SVC | I | F | flags, (uint32_t)show_cpsr), 0,
       "MOVS pc: goes there");
    is(guarded_value & PSR_KNOWN, SVC | I | F | flags, "MOVS pc: CPSR is the SPSR");
    guarded(return_subs, SYS | F | 0x50000000, (uint32_t)show_cpsr);
    is(guarded_value & PSR_KNOWN, SYS | F | 0x50000000, "SUBS pc: to system mode");
    guarded(return_ldm, SVC | F | 0x60000000, (uint32_t)show_cpsr);
    is(guarded_value & PSR_KNOWN, SVC | F | 0x60000000, "LDM with pc and ^");
    guarded(return_movs, SVC | I | F | T, (uint32_t)thumb_answer);
    is(guarded_value, 0x77, "MOVS pc: to Thumb state");
    guarded(return_ldm, SVC | I | F | T, (uint32_t)thumb_answer);
    is(guarded_value, 0x77, "LDM with pc and ^: to Thumb state");
    is((uint32_t)guarded(return_ldm, USR | I | 0xf0000000, (uint32_t)user_answer), VECTOR_SWI,
       "LDM with pc and ^: to user mode");
    is(caught.r[0] & PSR_KNOWN, USR | I | 0xf0000000, "what user mode reads of CPSR");
}

static void status_registers(void)
{
    user(user_msr, 0xf80000ff);
    is(caught.r[0] & PSR_KNOWN, 0xf8000000 | USR, "MSR in user mode: the flags alone");
    user(user_msr, 0x00000013);
    is(caught.r[0] & PSR_KNOWN, USR, "MSR in user mode: the flags to 0");
    guarded(write_cpsr_t, 0, 0);
    is(guarded_value & 0xff, SVC | I | F, "MSR does not set T");
    guarded(spsr_bits, 0, 0);
    is(guarded_value & PSR_KNOWN, 0xf90000ff, "the bits that SPSR has");

    static const uint32_t modes[] = { FIQ, IRQ, ABT, UND, SYS };
    uint32_t old[5];
    for (unsigned i = 0; i < 5; i++) {
        old[i] = swap_bank(modes[i], 0x1000 + i);
    }
    bool all = true;
    for (unsigned i = 0; i < 5; i++) {
        all = all && swap_bank(modes[i], old[i]) == 0x1000 + i;
    }
    ok(all, "each mode has its r13");
    guarded(fiq_registers, 0, 0);
    is(guarded_value, 10, "FIQ mode has its r8-r12");
    guarded(user_bank_from_fiq, 0, 0);
    is(guarded_value, (21 + 22 + 23 + 24 + 25 + 26 + 27) << 16 | (21 + 22 + 23 + 24 + 25),
       "LDM and STM with ^ in FIQ mode: the user's r8-r14");
}

/* The base after an abort is what it was (the ARM926EJ-S restores it), and so is what was to be
 * loaded. The instruction is in r0-r3's terms: base r0. */
static const struct {
    uint32_t insn, base;
    const char *name;
} aborting[] = {
    { 0xe5b01004, VA_END, "LDR pre-indexed" },
    { 0xe4901004, VA_END, "LDR post-indexed" },
    { 0xe5a01004, VA_END, "STR pre-indexed" },
    { 0xe4801004, VA_END, "STR post-indexed" },
    { 0xe6901002, VA_END, "LDR post-indexed by a register" },
    { 0xe4b01004, VA_END, "LDRT" },
    { 0xe0d010b4, VA_END, "LDRH post-indexed" },
    { 0xe1f010d4, VA_END, "LDRSB pre-indexed" },
    { 0xe0c020d8, VA_END, "LDRD post-indexed" },
    { 0xe1e020f8, VA_END, "STRD pre-indexed" },
    { 0xe8b0000e, VA_END, "LDMIA with write-back" },
    { 0xe8b0000e, VA_END - 8, "LDMIA with write-back, its last word abroad" },
    { 0xe930000e, VA_END + 16, "LDMDB with write-back" },
    { 0xe890000f, VA_END - 8, "LDMIA with the base in the list" },
    { 0xe890000b, VA_END - 4, "LDMIA with the base loaded before the abort" },
    { 0xe8a0000e, VA_END - 8, "STMIA with write-back, its last word abroad" },
    { 0xe920000e, VA_END + 16, "STMDB with write-back" },
    { 0xe1001092, VA_END, "SWP" },
};

static uint32_t code[4];
uint32_t run_code(uint32_t base, uint32_t fn);
__asm__(".text\n.arm\n"
        "run_code: stmfd sp!, {r4, lr}\n mov ip, r1\n"
        " ldr r1, =0x11111111\n ldr r2, =0x22222222\n ldr r3, =0x33333333\n"
        " mov lr, pc\n bx ip\n ldmfd sp!, {r4, pc}\n .ltorg\n");

static void base_registers(void)
{
    for (unsigned i = 0; i < sizeof aborting / sizeof aborting[0]; i++) {
        code[0] = aborting[i].insn;
        code[1] = 0xe12fff1e;
        MCR15(0, c7, c10, 4, 0);
        MCR15(0, c7, c5, 0, 0);
        unsigned vector = guarded(run_code, aborting[i].base, (uint32_t)code);
        bool all = vector == VECTOR_DATA && caught.r[0] == aborting[i].base &&
                   caught.lr == (uint32_t)code + 8;
        /* A load that aborts in a later word may have loaded the earlier ones. */
        if (aborting[i].base >= VA_END) {
            all = all && caught.r[1] == 0x11111111 && caught.r[2] == 0x22222222 &&
                  caught.r[3] == 0x33333333;
        }
        ok(all, aborting[i].name);
    }
    is(user_thumb(thumb_push, VA_END + 4), VECTOR_DATA, "Thumb PUSH");
    is(caught.user_sp, VA_END + 4, "Thumb PUSH: sp restored");
    is(user_thumb(thumb_ldmia, VA_END - 4), VECTOR_DATA, "Thumb LDMIA");
    is(caught.r[0], VA_END - 4, "Thumb LDMIA: base restored");
}

static void raise_irq(unsigned line)
{
    write32(VIC_INTENABLE, 1u << line);
    write32(VIC_SOFTINT, 1u << line);
}

static void lower_all(void)
{
    write32(VIC_SOFTINTCLEAR, ~0u);
    write32(VIC_INTENCLEAR, ~0u);
    write32(VIC_INTSELECT, 0);
}

static void interrupts(void)
{
    lower_all();
    raise_irq(SOFT_LINE);
    is(call(spsr_bits, 0), VECTOR_NONE, "a masked interrupt waits");
    is_entry(guarded(unmask_irq, 0, 0), VECTOR_IRQ, after_unmask_irq, 4, SVC | F, IRQ | I | F,
             "IRQ, right after MSR lets it through");
    is_entry(user(arm_swi, 0), VECTOR_IRQ, arm_swi, 4, USR, IRQ | I,
             "IRQ, before the first instruction after an exception return");
    is_entry(user_thumb(thumb_swi, 0), VECTOR_IRQ, thumb_swi, 4, USR | T, IRQ | I,
             "IRQ, in Thumb state");
    is(guarded(unmask_fiq, 0, 0), VECTOR_NONE, "an IRQ is not masked by F");
    lower_all();
    is(guarded(unmask_irq, 0, 0), VECTOR_NONE, "the interrupt has gone");

    write32(VIC_INTSELECT, 1u << SOFT_LINE);
    raise_irq(SOFT_LINE);
    is(guarded(unmask_irq, 0, 0), VECTOR_NONE, "a FIQ is not masked by I");
    is_entry(guarded(unmask_fiq, 0, 0), VECTOR_FIQ, after_unmask_fiq, 4, SVC | I, FIQ | I | F,
             "FIQ, right after MSR lets it through");
    is_entry(user(arm_swi, 0), VECTOR_FIQ, arm_swi, 4, USR, FIQ | I | F, "FIQ masks I and F");
    raise_irq(OTHER_LINE);
    is(user(arm_swi, 0), VECTOR_FIQ, "FIQ goes before IRQ");
    write32(VIC_SOFTINTCLEAR, 1u << SOFT_LINE);
    is(user(arm_swi, 0), VECTOR_IRQ, "the IRQ is still there");
    lower_all();
}

/* One interrupt of timer 0 in so many microseconds. */
static void start_timer(uint32_t us)
{
    write32(TIMER0 + 0x08, 0);
    write32(TIMER0 + 0x0c, 0);
    write32(TIMER0 + 0x00, us);
    write32(TIMER0 + 0x08, 0x80 | 0x20 | 0x02 | 0x01);
    write32(VIC_INTENABLE, 1u << TIMER0_LINE);
}

static void stop_timer(void)
{
    write32(TIMER0 + 0x08, 0);
    write32(TIMER0 + 0x0c, 0);
    lower_all();
}

static void waiting(void)
{
    start_timer(2000);
    MCR15(0, c7, c0, 4, 0);
    ok((read32(VIC + 0x08) & 1u << TIMER0_LINE) != 0, "WFI is ended by a masked interrupt");
    MCR15(0, c7, c0, 4, 0);
    ok(true, "WFI does not wait while one is asserted");
    stop_timer();
    start_timer(2000);
    is_entry(user(arm_spin, 0), VECTOR_IRQ, arm_spin, 4, USR, IRQ | I,
             "an interrupt ends a branch to itself");
    stop_timer();
    start_timer(2000);
    is_entry(user_thumb(thumb_spin, 0), VECTOR_IRQ, thumb_spin, 4, USR | T, IRQ | I,
             "an interrupt ends a branch to itself, Thumb");
    stop_timer();
}

static void high_vectors(void)
{
    install_vectors(vectors, (void *)(HIGH + 0xf0000));
    uint32_t undefined = read32(0x24);
    write32(0x24, read32(0x28)); /* the low vector of undefined is SWI's now */
    is(call(arm_undef, 0), VECTOR_SWI, "low vectors");
    MCR15(0, c1, c0, 0, MRC15(0, c1, c0, 0) | 1u << 13);
    is(call(arm_undef, 0), VECTOR_UNDEF, "high vectors: undefined");
    is(call(arm_swi, 0), VECTOR_SWI, "high vectors: SWI");
    is(call(arm_load, VA_END), VECTOR_DATA, "high vectors: data abort");
    is(call(arm_bkpt, 0), VECTOR_PREFETCH, "high vectors: prefetch abort");
    raise_irq(SOFT_LINE);
    is(user(arm_swi, 0), VECTOR_IRQ, "high vectors: IRQ");
    write32(VIC_INTSELECT, 1u << SOFT_LINE);
    is(user(arm_swi, 0), VECTOR_FIQ, "high vectors: FIQ");
    lower_all();
    MCR15(0, c1, c0, 0, MRC15(0, c1, c0, 0) & ~(1u << 13));
    is(call(arm_undef, 0), VECTOR_SWI, "low vectors again");
    write32(0x24, undefined);
}

int main(void)
{
    start_mmu();
    entries();
    returns();
    status_registers();
    base_registers();
    interrupts();
    waiting();
    high_vectors();
    return 0;
}
