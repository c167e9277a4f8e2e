/* SPDX-License-Identifier: MIT */
/* The runtime of the bare-metal tests: start, exception vectors, and a guarded call that survives
 * any exception.
 *
 * An image is an ELF at 0x10000 with its vectors copied to 0; it runs in SVC mode, interrupts off. */
        .syntax unified
        .arm

#define MODE_USR 0x10
#define MODE_FIQ 0x11
#define MODE_IRQ 0x12
#define MODE_SVC 0x13
#define MODE_ABT 0x17
#define MODE_UND 0x1b
#define MODE_SYS 0x1f
#define PSR_IF   0xc0

        .section .text.start, "ax"
        .global _start
_start:
        msr     cpsr_c, #MODE_FIQ | PSR_IF
        ldr     sp, =exception_stack
        msr     cpsr_c, #MODE_IRQ | PSR_IF
        ldr     sp, =exception_stack
        msr     cpsr_c, #MODE_ABT | PSR_IF
        ldr     sp, =exception_stack
        msr     cpsr_c, #MODE_UND | PSR_IF
        ldr     sp, =exception_stack
        msr     cpsr_c, #MODE_SYS | PSR_IF
        ldr     sp, =user_stack
        msr     cpsr_c, #MODE_SVC | PSR_IF
        ldr     sp, =stack
        ldr     r0, =vectors
        mov     r1, #0
        bl      install_vectors
        ldr     r0, =__bss_start
        ldr     r1, =__bss_end
        mov     r2, #0
1:      cmp     r0, r1
        strlo   r2, [r0], #4
        blo     1b
        bl      main
        bl      guest_exit
        b       .

/* void install_vectors(const void *from, void *to) */
        .text
        .global install_vectors
install_vectors:
        mov     r2, #64
1:      ldr     r3, [r0], #4
        str     r3, [r1], #4
        subs    r2, r2, #4
        bne     1b
        bx      lr

        .global vectors
vectors:
        ldr     pc, 2f
        ldr     pc, 2f + 4
        ldr     pc, 2f + 8
        ldr     pc, 2f + 12
        ldr     pc, 2f + 16
        ldr     pc, 2f + 20
        ldr     pc, 2f + 24
        ldr     pc, 2f + 28
2:      .word   vector_reset, vector_undef, vector_swi, vector_prefetch
        .word   vector_data, vector_reserved, vector_irq, vector_fiq

/* Each vector notes its offset and all registers in `caught`, then comes back out of the guarded
 * call. The mode's own stack is not used: r13 of the mode is only scratch. */
        .macro  vector name, offset
vector_\name:
        ldr     sp, =caught
        stmia   sp, {r0-r12}
        mov     r0, #\offset
        b       catch
        .endm
        vector  reset, 0x00
        vector  undef, 0x04
        vector  swi, 0x08
        vector  prefetch, 0x0c
        vector  data, 0x10
        vector  reserved, 0x14
        vector  irq, 0x18
        vector  fiq, 0x1c
        .ltorg

/* struct caught: r0-r12; then vector, lr, spsr, cpsr, dfsr, ifsr, far, user's sp and lr. A FIQ's
 * r8-r12 are the FIQ mode's. */
catch:
        mov     r1, sp
        add     r2, r1, #52
        mrs     r4, spsr
        mrs     r5, cpsr
        mrc     p15, 0, r6, c5, c0, 0
        mrc     p15, 0, r7, c5, c0, 1
        stmia   r2!, {r0, lr}
        stmia   r2!, {r4-r7}
        mrc     p15, 0, r6, c6, c0, 0
        stmia   r2!, {r6}
        stmia   r2, {sp, lr}^
        nop
        ldr     sp, =exception_stack
        ldr     r2, =resume
        ldr     r3, [r2]
        cmp     r3, #0
        beq     unexpected
        ldmia   r2, {r1, r3}            /* sp, cpsr */
        msr     cpsr_c, r3
        mov     sp, r1
        ldmia   sp!, {r4-r11, lr}
        b       guarded_out

unexpected:
        msr     cpsr_c, #MODE_SVC | PSR_IF
        bl      guest_unexpected
        b       .

/* unsigned guarded(uint32_t (*fn)(uint32_t a, uint32_t b), uint32_t a, uint32_t b): calls fn.
 * Returns the offset of the vector that an exception went to, or 0 and the result in
 * guarded_value. Not nested. */
        .global guarded
guarded:
        stmfd   sp!, {r4-r11, lr}
        ldr     r3, =resume
        mov     r4, sp
        mrs     r5, cpsr
        stmia   r3, {r4, r5}
        mov     ip, r0
        mov     r0, r1
        mov     r1, r2
        mov     lr, pc
        bx      ip
        ldr     r3, =guarded_value
        str     r0, [r3]
        ldmfd   sp!, {r4-r11, lr}
        mov     r0, #0
guarded_out:
        ldr     r3, =resume
        mov     r2, #0
        str     r2, [r3]
        bx      lr

/* void in_user(uint32_t fn, uint32_t a): goes to fn (bit 0: Thumb) in user mode, r0 = a, never to
 * come back but by an exception. */
        .global in_user
in_user:
        tst     r0, #1
        moveq   r2, #MODE_USR
        movne   r2, #MODE_USR | 0x20
        msr     spsr_cxsf, r2
        bic     lr, r0, #1
        mov     r0, r1
        movs    pc, lr

/* uint32_t semihosting(uint32_t operation, const void *parameter) */
        .global semihosting
semihosting:
        swi     0x123456
        bx      lr
        .ltorg

        .section .note.GNU-stack, "", %progbits

        .bss
        .balign 8
        .global caught, guarded_value
caught: .space  88
guarded_value:
        .space  4
resume: .space  8
        .balign 8
        .space  256
exception_stack:
        .space  1024
        .global user_stack
user_stack:
        .space  8192
stack:
