/* SPDX-License-Identifier: MIT */
/* The runtime of the differential tests.
 *
 * For each run of the payload: fills the buffer, sets every register of every mode, returns into
 * the test, waits for the exception that ends it, and prints a line with a digest of all
 * registers, the fault registers and the buffer. The end of an image is a semihosting exit.
 *
 * Loaded at RUNTIME_PA and started there with the MMU off; linked for RUNTIME_VA. */
#include "layout.h"

        .syntax unified
        .arm

#define MODE_FIQ 0xd1
#define MODE_IRQ 0xd2
#define MODE_SVC 0xd3
#define MODE_ABT 0xd7
#define MODE_UND 0xdb
#define MODE_SYS 0xdf

#define PSR_A    0x100

#define VIC  (DEVICES_VA + 0x40000)
#define UART (DEVICES_VA + 0xf1000)
#define VIC_INTSELECT    0x0c
#define VIC_INTENABLE    0x10
#define VIC_SOFTINT      0x18
#define VIC_SOFTINTCLEAR 0x1c
#define SCTLR_XP (1 << 23)
#define UART_FR 0x18
#define FR_TXFF 0x20

        .section .text, "ax"
        .global _start
_start:
        ldr     r0, =TABLES_PA
        mcr     p15, 0, r0, c2, c0, 0
        mov     r0, #1
        mcr     p15, 0, r0, c3, c0, 0
        mov     r0, #0
        mcr     p15, 0, r0, c8, c7, 0
        mcr     p15, 0, r0, c7, c7, 0
        ldr     r1, =PAYLOAD_PA
        ldr     r1, [r1, #HEADER_SCTLR]
        tst     r1, #SCTLR_XP
        ldrne   r0, =TABLES_PA + TABLE_1
        mcrne   p15, 0, r0, c2, c0, 1
        mcr     p15, 0, r1, c1, c0, 0
        ldr     pc, =start_mapped
        .ltorg

start_mapped:
        ldr     r0, =vectors
        ldr     r1, =RUNTIME_VA
        ldmia   r0!, {r2-r9}
        stmia   r1!, {r2-r9}
        ldmia   r0!, {r2-r9}
        stmia   r1!, {r2-r9}
        ldr     r0, =VIC
        mov     r1, #2
        str     r1, [r0, #VIC_INTSELECT]
        mov     r1, #3
        str     r1, [r0, #VIC_INTENABLE]
        ldr     r0, =PAYLOAD_VA
        ldr     r1, [r0, #HEADER_RUNS]
        str     r1, current
        b       next_run

vectors:
        .rept   8
        ldr     pc, [pc, #24]
        .endr
        .word   vector_0, vector_1, vector_2, vector_3, vector_4, vector_5, vector_6, vector_7

/* -- Starting a run -- */

next_run:
        ldr     r4, current
        ldr     r0, =PAYLOAD_VA
        ldr     r0, [r0, #HEADER_RUN_END]
        cmp     r4, r0
        beq     finish

        /* The buffer: a linear congruential generator. */
        ldr     r0, =BUFFER_VA
        ldr     r1, [r4, #RUN_SEED]
        ldr     r2, =1664525
        ldr     r3, =1013904223
        add     r12, r0, #BUFFER_SIZE
1:      mla     r5, r1, r2, r3
        mla     r6, r5, r2, r3
        mla     r7, r6, r2, r3
        mla     r8, r7, r2, r3
        mla     r9, r8, r2, r3
        mla     r10, r9, r2, r3
        mla     r11, r10, r2, r3
        mla     r1, r11, r2, r3
        stmia   r0!, {r1, r5-r11}
        cmp     r0, r12
        bne     1b

        add     r0, r4, #RUN_POKES
        mov     r3, #POKES
2:      ldmia   r0!, {r1, r2}
        cmp     r1, #0
        strne   r2, [r1]
        subs    r3, r3, #1
        bne     2b
        mov     r0, #0
        mcr     p15, 0, r0, c7, c10, 4  /* a poke may be code, */
        mcr     p15, 0, r0, c7, c5, 0
        ldr     r0, [r4, #RUN_FLUSH]    /* or a descriptor */
        cmp     r0, #1
        mcreq   p15, 0, r0, c8, c7, 0
        mcrhi   p15, 0, r0, c8, c7, 1

        add     r0, r4, #RUN_HOOKS
        ldr     r1, =hooks
        ldr     r2, =ends
        mov     r3, #8
3:      ldr     r5, [r0], #4
        ldr     r6, [r2], #4
        cmp     r5, #0
        moveq   r5, r6
        str     r5, [r1], #4
        subs    r3, r3, #1
        bne     3b

        /* ARMv6: an exclusive store to nowhere closes the monitor. */
        ldr     r0, =PAYLOAD_VA
        ldr     r0, [r0, #HEADER_PSR]
        tst     r0, #PSR_A
        ldr     r0, =saved_r13
        .inst   0x11801f90              /* strexne r1, r0, [r0] */

        ldr     r0, =VIC
        ldr     r1, [r4, #RUN_VICINT]
        str     r1, [r0, #VIC_SOFTINT]

        ldr     r0, [r4, #RUN_FCSE]
        mcr     p15, 0, r0, c13, c0, 0
        ldr     r0, [r4, #RUN_DACR]
        mcr     p15, 0, r0, c3, c0, 0
        ldr     r0, [r4, #RUN_SCTLR]
        mcr     p15, 0, r0, c1, c0, 0
        add     r0, r4, #RUN_FSR
        ldmia   r0, {r1-r3}
        mcr     p15, 0, r1, c5, c0, 0
        mcr     p15, 0, r2, c5, c0, 1
        mcr     p15, 0, r3, c6, c0, 0

        msr     cpsr_c, #MODE_FIQ
        add     r0, r4, #RUN_FIQ
        ldmia   r0, {r8-r14}
        ldr     r1, [r0, #28]
        msr     spsr_cxsf, r1
        .macro  set_bank mode, at
        msr     cpsr_c, #\mode
        add     r0, r4, #\at
        ldmia   r0, {r13, r14}
        ldr     r1, [r0, #8]
        msr     spsr_cxsf, r1
        .endm
        set_bank MODE_IRQ, RUN_IRQ
        set_bank MODE_SVC, RUN_SVC
        set_bank MODE_ABT, RUN_ABT
        set_bank MODE_UND, RUN_UND
        msr     cpsr_c, #MODE_SYS
        add     r0, r4, #RUN_USR
        ldmia   r0, {r13, r14}
        ldr     r0, [r4, #RUN_ENTRY]
        msr     cpsr_c, r0
        ldr     r0, [r4, #RUN_CPSR]
        msr     spsr_cxsf, r0
        add     r14, r4, #RUN_REGS
        ldmia   r14, {r0-r12, pc}^
        .ltorg

/* -- Exceptions: to the test's own code, or to the end of the run -- */

        .macro  vector n
vector_\n:
        ldr     pc, hooks + 4 * \n
        .endm
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        vector  \n
        .endr

        .macro  end_of_run n
end_\n:
        str     r13, saved_r13
        ldr     r13, =save
        stmia   r13, {r0-r7}
        mov     r0, #4 * \n
        b       end_common
        .endm
        .irp    n, 0, 1, 2, 3, 4, 5, 6, 7
        end_of_run \n
        .endr
ends:   .word   end_0, end_1, end_2, end_3, end_4, end_5, end_6, end_7

end_common:
        str     r0, [r13, #4 * SAVE_VECTOR]
        ldr     r7, =PAYLOAD_VA
        ldr     r7, [r7, #HEADER_PSR]
        mrs     r1, cpsr
        and     r1, r1, r7
        str     r1, [r13, #4 * SAVE_CPSR]
        mov     r0, r13
        ldr     r13, saved_r13
        add     r2, r0, #4 * SAVE_FIQ
        msr     cpsr_c, #MODE_FIQ
        stmia   r2!, {r8-r14}
        mrs     r3, spsr
        and     r3, r3, r7
        str     r3, [r2], #4
        .macro  get_bank mode
        msr     cpsr_c, #\mode
        stmia   r2!, {r13, r14}
        mrs     r3, spsr
        and     r3, r3, r7
        str     r3, [r2], #4
        .endm
        get_bank MODE_IRQ
        get_bank MODE_SVC
        get_bank MODE_ABT
        get_bank MODE_UND
        msr     cpsr_c, #MODE_SYS
        stmia   r2!, {r8-r14}
        mrc     p15, 0, r3, c5, c0, 0
        mrc     p15, 0, r4, c5, c0, 1
        mrc     p15, 0, r5, c6, c0, 0
        cmp     r5, #0x02000000         /* see rules.c, FAR */
        mrclo   p15, 0, r6, c13, c0, 0
        orrlo   r5, r5, r6
        stmia   r2!, {r3-r5}

        /* Back to the runtime's own world. */
        ldr     r1, =PAYLOAD_VA
        ldr     r1, [r1, #HEADER_SCTLR]
        mcr     p15, 0, r1, c1, c0, 0
        tst     r1, #SCTLR_XP
        mov     r1, #1
        mcr     p15, 0, r1, c3, c0, 0
        mov     r1, #0
        mcr     p15, 0, r1, c13, c0, 0
        beq     1f
        mrc     p15, 0, r2, c2, c0, 2   /* TTBCR */
        cmp     r2, #0
        mcrne   p15, 0, r1, c2, c0, 2
        mcrne   p15, 0, r1, c8, c7, 0
1:
        msr     cpsr_c, #MODE_SVC
        ldr     r1, =VIC
        mvn     r2, #0
        str     r2, [r1, #VIC_SOFTINTCLEAR]

        ldr     r12, =PAYLOAD_VA
        ldr     r12, [r12, #HEADER_DUMP]
        ldr     r1, =current
        ldr     r1, [r1]
        cmp     r1, r12
        bhs     dump

        mov     r3, #0
        ldr     r12, =2654435761
        add     r1, r0, #4 * SAVE_WORDS
        bl      digest
        ldr     r0, =BUFFER_VA
        add     r1, r0, #BUFFER_SIZE
        bl      digest
        mov     r0, r3
        bl      print_word
        bl      print_newline
        b       end_of_line

/* All words, eight to a line, after the run's number. */
dump:   ldr     r1, current
        mov     r6, r0
        ldr     r0, [r1, #RUN_ID]
        bl      print_word
        bl      print_newline
        add     r7, r6, #4 * SAVE_WORDS
        bl      dump_words
        ldr     r6, =BUFFER_VA
        add     r7, r6, #BUFFER_SIZE
        bl      dump_words

end_of_line:
        ldr     r1, current
        add     r1, r1, #RUN_SIZE
        str     r1, current
        b       next_run

/* r3 = digest of r3 and the words from r0 up to r1, a multiple of eight; r12 = an odd constant. */
digest: ldmia   r0!, {r4-r11}
        eor     r3, r4, r3, ror #27
        eor     r3, r5, r3, ror #27
        mul     r3, r12, r3
        eor     r3, r6, r3, ror #27
        eor     r3, r7, r3, ror #27
        eor     r3, r8, r3, ror #27
        mul     r3, r12, r3
        eor     r3, r9, r3, ror #27
        eor     r3, r10, r3, ror #27
        eor     r3, r11, r3, ror #27
        mul     r3, r12, r3
        cmp     r0, r1
        bne     digest
        bx      lr

dump_words:
        mov     r8, lr
1:      ldr     r0, [r6], #4
        bl      print_word
        tst     r6, #31
        bleq    print_newline
        cmp     r6, r7
        bne     1b
        mov     lr, r8
        bx      lr

/* r0 in hexadecimal; changes r0-r5. */
print_word:
        ldr     r1, =UART
        mov     r2, #8
1:      ldr     r4, [r1, #UART_FR]
        tst     r4, #FR_TXFF
        bne     1b
        mov     r0, r0, ror #28
        and     r5, r0, #15
        cmp     r5, #10
        addlo   r5, r5, #'0'
        addhs   r5, r5, #'a' - 10
        str     r5, [r1]
        subs    r2, r2, #1
        bne     1b
        bx      lr

print_newline:
        ldr     r1, =UART
1:      ldr     r4, [r1, #UART_FR]
        tst     r4, #FR_TXFF
        bne     1b
        mov     r5, #'\n'
        str     r5, [r1]
        bx      lr

/* SYS_EXIT_EXTENDED: the application has stopped, status 0. */
finish: mov     r0, #0x20
        adr     r1, 1f
        swi     0x123456
1:      .word   0x20026, 0

        .ltorg

/* What is written lies in a page without code. */
        .balign 4096
hooks:  .word   0, 0, 0, 0, 0, 0, 0, 0
current:
        .word   0
saved_r13:
        .word   0
        .balign 32
save:   .space  4 * SAVE_WORDS
        .section .note.GNU-stack, "", %progbits
