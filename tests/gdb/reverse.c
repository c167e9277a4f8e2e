/* SPDX-License-Identifier: MIT */
/* What tests/gdb-reverse.t records and goes back in: rounds with a call of Thumb code and one of
 * the system, a timer's interrupts meanwhile, keys that change what is printed, and one wild store.
 */
#include <stdint.h>

#define REG(address)  (*(volatile uint32_t *)(address))
#define UART(offset)  REG(0x101f1000 + (offset))
#define TIMER(offset) REG(0x101e2000 + (offset))
#define ROUNDS        400

__asm__(".syntax unified\n"
        ".arm\n"
        ".globl _start, svc_entry, irq_entry\n"
        "_start: adr r0, vectors\n"
        "        mov r1, #0\n"
        "        ldmia r0!, {r2-r9}\n"
        "        stmia r1!, {r2-r9}\n"
        "        ldmia r0!, {r2-r9}\n"
        "        stmia r1!, {r2-r9}\n"
        "        msr cpsr_c, #0xd2\n"
        "        mov sp, #0x80000\n"
        "        msr cpsr_c, #0xd3\n"
        "        mov sp, #0x90000\n"
        "        msr cpsr_c, #0xdf\n"
        "        mov sp, #0xa0000\n"
        "        bl main\n"
        "end:    mcr p15, 0, r0, c7, c0, 4\n"
        "        b end\n"
        "vectors: .rept 8\n"
        "        ldr pc, [pc, #24]\n"
        "        .endr\n"
        "        .word end, end, svc_entry, end, end, end, irq_entry, end\n"
        "svc_entry:\n"
        "        add r0, r0, #100\n"
        "        movs pc, lr\n"
        "irq_entry:\n"
        "        sub lr, lr, #4\n"
        "        push {r0-r3, r12, lr}\n"
        "        bl irq\n"
        "        ldm sp!, {r0-r3, r12, pc}^\n");

volatile unsigned irqs, rounds, keys, sum, victim = 7;

void irq(void)
{
    irqs++;
    TIMER(12) = 0;
}

static void put(unsigned c)
{
    UART(0) = c;
}

__attribute__((noinline)) void print(unsigned value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        put("0123456789abcdef"[value >> shift & 15]);
    }
    put('\n');
}

__attribute__((target("thumb"), noinline)) unsigned twice(unsigned n)
{
    return n + n;
}

__attribute__((target("thumb"), noinline)) unsigned thumb(unsigned n)
{
    unsigned two = twice(n);
    return two + 1;
}

__attribute__((noinline)) unsigned service(unsigned n)
{
    register unsigned r0 __asm__("r0") = n;
    __asm__ volatile("svc #1" : "+r"(r0) : : "lr", "memory");
    return r0;
}

__attribute__((noinline)) void wild(volatile unsigned *p)
{
    *p = 0xbad;
}

__attribute__((noinline)) void one(unsigned n)
{
    rounds = n;
    sum += thumb(n);
    sum += service(n);
    for (volatile int i = 0; i < 10000; i++) {
    }
    if (n == 123) {
        wild(&victim);
    }
    if (!(UART(0x18) & 0x10)) {
        keys = keys * 31 + UART(0);
    }
    if (n % 16 == 0) {
        print(sum ^ irqs << 16 ^ keys);
    }
}

__attribute__((noinline)) void finished(void)
{
    print(victim);
}

int main(void)
{
    UART(0x30) = 0x301;
    TIMER(0) = 30;
    TIMER(8) = 0xe2; /* periodic, 32 bits, interrupts */
    REG(0x10140010) = 1 << 4;
    __asm__ volatile("msr cpsr_c, #0x5f");
    for (unsigned n = 1; n <= ROUNDS; n++) {
        one(n);
    }
    __asm__ volatile("msr cpsr_c, #0xdf");
    TIMER(8) = 0;
    finished();
    return 0;
}
