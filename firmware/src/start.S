/* SPDX-License-Identifier: MIT */
/* Start and exception entry of the built-in firmware.
 *
 * Loaded at 0x10000 and entered there in SVC mode, MMU off; copies its vectors to 0. Interrupts
 * call C. Undefined instructions, SWIs and aborts leave a note and go on after the instruction, so
 * that the self-test can provoke them. */
        .syntax unified
        .arm

#define MODE_FIQ 0x11
#define MODE_IRQ 0x12
#define MODE_SVC 0x13
#define MODE_ABT 0x17
#define MODE_UND 0x1b
#define PSR_IF   0xc0

        .section .text.start, "ax"
        .global _start
_start:
        msr     cpsr_c, #MODE_FIQ | PSR_IF
        ldr     sp, =fiq_stack
        msr     cpsr_c, #MODE_IRQ | PSR_IF
        ldr     sp, =irq_stack
        msr     cpsr_c, #MODE_ABT | PSR_IF
        ldr     sp, =fault_stack
        msr     cpsr_c, #MODE_UND | PSR_IF
        ldr     sp, =fault_stack
        msr     cpsr_c, #MODE_SVC | PSR_IF
        ldr     sp, =stack

        ldr     r0, =vectors
        mov     r1, #0
        ldmia   r0!, {r2-r9}
        stmia   r1!, {r2-r9}
        ldmia   r0!, {r2-r9}
        stmia   r1!, {r2-r9}

        ldr     r0, =__bss_start
        ldr     r1, =__bss_end
        mov     r2, #0
1:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     1b

        bl      main
        b       .

        .text
vectors:
        ldr     pc, 1f
        ldr     pc, 1f + 4
        ldr     pc, 1f + 8
        ldr     pc, 1f + 12
        ldr     pc, 1f + 16
        ldr     pc, 1f + 20
        ldr     pc, 1f + 24
        ldr     pc, 1f + 28
1:      .word   _start, vector_undefined, vector_swi, vector_prefetch
        .word   vector_data, _start, vector_irq, vector_fiq

/* Counts one more of exception `n`. */
        .macro  count n
        push    {r0, r1}
        ldr     r0, =exceptions
        ldr     r1, [r0, #4 * \n]
        add     r1, r1, #1
        str     r1, [r0, #4 * \n]
        pop     {r0, r1}
        .endm

vector_undefined:
        count   0
        movs    pc, lr

/* The instruction's number would be at lr - 4; every SWI is the same to us. r0 tells the caller of
 * a semihosting call that nobody has answered it. */
vector_swi:
        count   1
        mvn     r0, #0
        movs    pc, lr

/* There is nothing to go on with at the address: back to who called it. */
vector_prefetch:
        count   2
        push    {r0, r1}
        ldr     r0, =fault_address
        sub     r1, lr, #4
        str     r1, [r0]
        mrc     p15, 0, r1, c5, c0, 1
        ldr     r0, =fault_status
        str     r1, [r0]
        pop     {r0, r1}
        msr     cpsr_c, #MODE_SVC | PSR_IF
        bx      lr

vector_data:
        count   3
        push    {r0, r1}
        mrc     p15, 0, r1, c6, c0, 0
        ldr     r0, =fault_address
        str     r1, [r0]
        mrc     p15, 0, r1, c5, c0, 0
        ldr     r0, =fault_status
        str     r1, [r0]
        pop     {r0, r1}
        subs    pc, lr, #4

vector_irq:
        sub     lr, lr, #4
        push    {r0-r3, ip, lr}
        bl      on_irq
        ldmfd   sp!, {r0-r3, ip, pc}^

vector_fiq:
        sub     lr, lr, #4
        push    {r0-r3, ip, lr}
        bl      on_fiq
        ldmfd   sp!, {r0-r3, ip, pc}^

/* uint32_t semihosting(uint32_t operation, uint32_t parameter): 0xffffffff if nobody answers. The
 * SWI's own lr is that of the mode it comes from. */
        .global semihosting
semihosting:
        push    {r4, lr}
        swi     0x123456
        pop     {r4, pc}

/* uint32_t call_swi(void) and uint32_t call_undefined(void): one each of these exceptions. */
        .global call_swi
call_swi:
        push    {r4, lr}
        swi     0
        pop     {r4, pc}

        .global call_undefined
call_undefined:
        .word   0xe7f000f0
        bx      lr

/* void spin(uint32_t n): n times ten instructions, for the benchmark. */
        .global spin
spin:
        mov     r1, #1
        mov     r2, #3
        mov     r3, #7
1:      add     r1, r1, r2
        eor     r2, r2, r3, lsl #3
        sub     r3, r3, r1
        orr     r1, r1, r2, lsr #5
        and     r2, r2, r1
        add     r3, r3, r2, ror #7
        bic     r1, r1, r3
        rsb     r2, r2, r3
        subs    r0, r0, #1
        bne     1b
        bx      lr

        .section .note.GNU-stack, "", %progbits

        .bss
        .balign 8
        .space  512
fiq_stack:
        .space  512
irq_stack:
        .space  256
fault_stack:
        .space  4096
stack:
