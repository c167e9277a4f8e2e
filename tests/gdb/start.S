/* SPDX-License-Identifier: MIT */
/* What tests/gdb.t debugs: vectors, a stack, and main(). */
    .syntax unified
    .arm
    .section .note.GNU-stack, "", %progbits
    .text
    .globl _start
_start:
    adr r0, vectors
    mov r1, #0
    ldmia r0!, {r2-r9}
    stmia r1!, {r2-r9}
    ldmia r0!, {r2-r9}
    stmia r1!, {r2-r9}
    ldr sp, =0x80000
    bl main
stopped:
    b stopped

vectors:
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    ldr pc, [pc, #24]
    .word _start, undefined, service, stopped, data_abort, stopped, interrupt, stopped

    .globl service, undefined, data_abort
service:
    add r0, r0, #1
    movs pc, lr
undefined:
    movs pc, lr
data_abort:
    subs pc, lr, #4

/* Requests an interrupt, whose handler adds 1 to r0, which is even, and adds 2. */
    .globl interrupted, interrupt
interrupted:
    ldr r1, =0x10140000
    mov r2, #1 << 5
    str r2, [r1, #0x10] /* VICINTENABLE */
    msr cpsr_c, #0x53
    str r2, [r1, #0x18] /* VICSOFTINT */
1:  tst r0, #1
    beq 1b
    msr cpsr_c, #0xd3
    add r0, r0, #2
    bx lr
interrupt:
    str r2, [r1, #0x1c] /* VICSOFTINTCLEAR */
    add r0, r0, #1
    subs pc, lr, #4

/* A guest with little to do: ticks, then stays. */
    .globl tick
tick:
    ldr r1, =ticks
    ldr r2, [r1]
tick_add:
    add r2, r2, #1
    str r2, [r1]
    subs r0, r0, #1
    bne tick
    bx lr
    .ltorg
