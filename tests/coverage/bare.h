/* SPDX-License-Identifier: MIT */
/* What the programs of coverage-file.t need on bare metal, and natively, where gcov tells the lines
 * that they execute. */
#ifndef TESTS_COVERAGE_BARE_H
#define TESTS_COVERAGE_BARE_H

int run(void);      /* the program; 0: it did what it should */
void trapped(void); /* in traps.c: what trap() comes to */

#ifdef __arm__
#define TRAP() __asm__ volatile("svc #7" ::: "lr", "memory")
#else
#define TRAP() trapped()
#endif

#ifdef MAIN
#ifdef __arm__
__attribute__((weak)) void trapped(void)
{
}

__asm__(".syntax unified\n"
        ".arm\n"
        ".section .init, \"ax\"\n"
        ".globl _start\n"
        "_start: ldr r0, =vector\n"
        "        ldr r0, [r0]\n"
        "        mov r1, #8\n"
        "        str r0, [r1]\n"
        "        ldr r0, =entry\n"
        "        str r0, [r1, #0x20]\n"
        "        ldr sp, =0x90000\n"
        "        ldr r0, =run\n"
        "        mov lr, pc\n"
        "        bx r0\n"
        "        mov r1, r0\n"
        "        ldr r2, =0x20026\n"
        "        cmp r0, #0\n"
        "        moveq r1, r2\n"
        "        mov r0, #0x18\n"
        "        svc #0x123456\n"
        "vector: ldr pc, [pc, #24]\n"
        "entry:  push {r0-r3, r12, lr}\n"
        "        ldr r0, =trapped\n"
        "        mov lr, pc\n"
        "        bx r0\n"
        "        ldm sp!, {r0-r3, r12, pc}^\n"
        ".text\n");
#else
int main(void)
{
    return run();
}
#endif
#endif
#endif
