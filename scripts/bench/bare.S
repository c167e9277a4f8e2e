/* SPDX-License-Identifier: MIT */
/* The benchmark's loops without a system: each does one thing only, over and over.
 *
 * An ELF for -kernel, linked for RAM and entered in reset state: SVC mode, MMU off. Prints over the
 * first PL011, for each loop
 *   BEGIN bare NAME
 *   FAILED bare NAME RESULT      if the result is not the right one
 *   END bare NAME COUNT UNIT     the count in hexadecimal
 * and BENCH DONE. A loop is assembled if its symbol run_... is defined. */
        .syntax unified
        .arm
        .arch   armv5te

#define MODE_USR 0xd0

#define SYSTEM     0x10000000
#define SYS_24MHZ  0x5c
#define UART       0x101f1000
#define UART_FR    0x18
#define FR_TXFF    0x20
#define FR_FIFOS   0xf8    /* without the modem's lines */

#define BUFFER_SIZE 8192

#define SECTIONS_AT 0x00400000  /* the first level table; */
#define PAGES_AT    0x00404000  /* those of the second level, one behind the other; */
#define MEMORY_AT   0x01000000  /* what they map to */
#define MAPPED      0x80000000
#define TABLES      5
#define TOUCHED     1024
#define NUMBERS     (TOUCHED * (TOUCHED - 1) / 2) /* the sum of what is read of them */
#define STEP        (4096 + 64) /* not the same cache lines of each page */

        .text
        .global _start
_start:
        ldr     sp, =stack
        adr     r0, vectors
        mov     r1, #0
        mov     r2, #16
1:      ldr     r3, [r0], #4
        str     r3, [r1], #4
        subs    r2, r2, #1
        bne     1b
        ldr     r10, =loops
next:   ldr     r0, =loops_end
        cmp     r10, r0
        beq     finish
        adr     r0, begin
        bl      print
        ldr     r0, [r10]
        bl      print
        bl      print_newline
        ldr     r0, [r10, #12]
        ldr     r1, [r10, #8]
        push    {r10, r11}
        blx     r1
        pop     {r10, r11}
        mov     r9, r0
        ldr     r0, [r10, #20]
        cmp     r0, r9
        beq     right
        adr     r0, failed
        bl      print
        ldr     r0, [r10]
        bl      print
        mov     r0, r9
        bl      print_hex
        bl      print_newline
right:  adr     r0, end
        bl      print
        ldr     r0, [r10]
        bl      print
        ldr     r0, [r10, #16]
        bl      print_hex
        ldr     r0, [r10, #4]
        bl      print
        bl      print_newline
        add     r10, r10, #24
        b       next
finish: adr     r0, all
        bl      print
        b       .

vectors:
        b       .
        b       .
        ldr     pc, [pc, #16]
        b       .
        b       .
        b       .
        b       .
        b       .
        .word   swi_taken
        .space  28

begin:  .asciz  "BEGIN bare "
end:    .asciz  "END bare "
failed: .asciz  "FAILED bare "
all:    .asciz  "BENCH DONE\n"
        .balign 4

/* r0: the text. */
print:  mov     r3, r0
        mov     r4, lr
1:      ldrb    r0, [r3], #1
        cmp     r0, #0
        bxeq    r4
        bl      put
        b       1b

/* r0: the number, a space before and behind it. */
print_hex:
        mov     r3, r0
        mov     r4, lr
        mov     r5, #8
        mov     r0, #' '
        bl      put
1:      mov     r3, r3, ror #28
        and     r0, r3, #15
        cmp     r0, #10
        addlo   r0, r0, #'0'
        addhs   r0, r0, #'a' - 10
        bl      put
        subs    r5, r5, #1
        bne     1b
        mov     r0, #' '
        mov     lr, r4
        b       put

print_newline:
        mov     r0, #'\n'
put:    ldr     r1, =UART
1:      ldr     r2, [r1, #UART_FR]
        tst     r2, #FR_TXFF
        bne     1b
        str     r0, [r1]
        bx      lr
        .ltorg

/* Fills the buffer that the loops on memory begin with. Changes r1-r4. */
fill:   ldr     r1, =buffer
        ldr     r2, =0x9e3779b1
        mov     r3, r2
        add     r4, r1, #BUFFER_SIZE
1:      str     r3, [r1], #4
        add     r3, r2, r3, ror #3
        cmp     r1, r4
        bne     1b
        bx      lr

/* r0 = the sum of the words of the buffer at r1. Changes r1-r3. */
sum:    add     r2, r1, #BUFFER_SIZE
        mov     r0, #0
1:      ldr     r3, [r1], #4
        add     r0, r3, r0, ror #5
        cmp     r1, r2
        bne     1b
        bx      lr

/* The table of the loops: code_NAME is called with its number of rounds in r0, may change every
 * register but sp, and returns its result in r0. Of the unit it does `each` a round. */
        .macro  loop code, name, rounds, each, unit, result
        .ifdef  run_\code
        .pushsection .rodata.strings, "a"
8:      .asciz  "\name"
9:      .asciz  "\unit"
        .popsection
        .pushsection .rodata.loops, "a"
        .word   8b, 9b, code_\code, \rounds, \rounds * \each, \result
        .popsection
        .endif
        .endm

        .section .rodata.loops, "a"
        .balign 4
loops:
        .text

/* -- Data processing: a chain of instructions that depend on each other, then others -- */

        loop    alu, "alu", 12000000, 20, "instructions", 0x3bba969e
code_alu:
        mov     r1, #1
        mov     r2, #2
        mov     r3, #3
        mov     r4, #4
        mov     r5, #5
        mov     r6, #6
        mov     r7, #7
        mov     r8, #8
        mov     r9, #9
        mov     r11, #11
        mov     r12, #12
1:      add     r1, r1, r0
        eor     r1, r1, r1, lsl #13
        eor     r1, r1, r1, lsr #17
        eor     r1, r1, r1, lsl #5
        sub     r1, r1, r2
        bic     r1, r1, #0x300
        rsb     r1, r1, r1, ror #9
        mvn     r1, r1
        add     r2, r2, #3
        eor     r3, r3, r0
        rsb     r4, r4, r0
        orr     r5, r0, r5, lsr #1
        add     r6, r6, r0, ror #7
        sub     r7, r7, #0x1000
        and     r8, r0, #0xff
        eor     r9, r9, r0, lsl #3
        adds    r11, r11, r1
        adc     r12, r12, r0
        subs    r0, r0, #1
        bne     1b
        eor     r0, r1, r2, ror #3
        eor     r0, r0, r3, ror #5
        eor     r0, r0, r4, ror #7
        eor     r0, r0, r5, ror #11
        eor     r0, r0, r6, ror #13
        eor     r0, r0, r7, ror #17
        eor     r0, r0, r8, ror #19
        eor     r0, r0, r9, ror #23
        eor     r0, r0, r11, ror #29
        eor     r0, r0, r12, ror #31
        bx      lr

/* -- Products: of 32 and 64 bits, added and not, and of halfwords -- */

        loop    mul, "mul", 12000000, 8, "products", 0x198d2b7a
code_mul:
        ldr     r1, =0x9e3779b1
        ldr     r2, =1664525
        mov     r12, lr
1:      mul     r3, r1, r2
        mla     r4, r3, r1, r0
        umull   r5, r6, r4, r2
        umlal   r5, r6, r3, r4
        smull   r7, r8, r5, r1
        smlal   r7, r8, r6, r4
        smulbb  r9, r7, r8
        smlatb  r11, r5, r9, r0
        eor     r1, r1, r8
        add     r2, r2, r11
        subs    r0, r0, #1
        bne     1b
        eor     r0, r1, r2, ror #3
        bx      r12

/* -- Loads of words, halfwords and bytes, with and without write-back; a round is 32 bytes -- */

        loop    loads, "loads", 9000000, 8, "loads", 0xe23f418c
code_loads:
        mov     r12, lr
        bl      fill
        ldr     r1, =buffer
        add     r2, r1, #BUFFER_SIZE
        mov     r3, #0
        mov     r11, #20
1:      ldr     r4, [r1]
        add     r3, r3, r4
        ldr     r5, [r1, #4]!
        eor     r3, r3, r5
        ldrb    r6, [r1, #5]
        add     r3, r3, r6
        ldrh    r7, [r1, #10]
        eor     r3, r3, r7
        ldrsb   r8, [r1, #15]
        add     r3, r3, r8
        ldrsh   r9, [r1, #16]
        eor     r3, r3, r9
        ldr     r4, [r1, r11]
        add     r3, r3, r4
        ldr     r5, [r1], #28
        eor     r3, r3, r5, ror #7
        cmp     r1, r2
        subeq   r1, r1, #BUFFER_SIZE
        subs    r0, r0, #1
        bne     1b
        mov     r0, r3
        bx      r12

/* -- Stores, the same -- */

        loop    stores, "stores", 10000000, 8, "stores", 0x35fcf16a
code_stores:
        mov     r12, lr
        bl      fill
        ldr     r1, =buffer
        add     r2, r1, #BUFFER_SIZE
        mov     r11, #20
1:      str     r0, [r1]
        str     r2, [r1, #4]!
        strb    r0, [r1, #5]
        strh    r0, [r1, #10]
        strb    r1, [r1, #15]
        strh    r1, [r1, #16]
        str     r0, [r1, r11]
        str     r0, [r1], #28
        cmp     r1, r2
        subeq   r1, r1, #BUFFER_SIZE
        subs    r0, r0, #1
        bne     1b
        ldr     r1, =buffer
        mov     lr, r12
        b       sum

/* -- Doublewords: a copy, 32 bytes a round -- */

        loop    ldrd, "ldrd", 12000000, 8, "doublewords", 0x05096b7b
code_ldrd:
        push    {lr}
        bl      fill
        ldr     r1, =buffer
        ldr     r2, =copy
        add     r12, r1, #BUFFER_SIZE
        mov     r11, #24
1:      ldrd    r4, [r1]
        ldrd    r6, [r1, #8]
        strd    r4, [r2]
        strd    r6, [r2, #8]
        ldrd    r8, [r1, r11]
        ldrd    r6, [r1, #16]!
        strd    r8, [r2, r11]
        strd    r6, [r2, #16]
        add     r1, r1, #16
        add     r2, r2, #32
        cmp     r1, r12
        subeq   r1, r1, #BUFFER_SIZE
        subeq   r2, r2, #BUFFER_SIZE
        subs    r0, r0, #1
        bne     1b
        ldr     r1, =copy
        pop     {lr}
        b       sum

/* -- A mixture: bytes, a table, products, a condition -- */

        loop    mixed, "mixed", 12000000, 13, "instructions", 0x85690765
code_mixed:
        push    {lr}
        bl      fill
        ldr     r1, =buffer
        mov     r2, r1
        ldr     r9, =copy
        add     r12, r1, #BUFFER_SIZE
        ldr     r8, =1664525
        mov     r3, #0
        mov     r11, #0
1:      ldrb    r4, [r1], #1
        eor     r5, r4, r3
        and     r5, r5, #0xff
        ldr     r6, [r2, r5, lsl #2]
        eor     r3, r6, r3, lsr #8
        mul     r7, r3, r8
        str     r7, [r9, r5, lsl #2]
        tst     r7, #0x8000
        addne   r11, r11, r7, lsr #3
        cmp     r1, r12
        subeq   r1, r1, #BUFFER_SIZE
        subs    r0, r0, #1
        bne     1b
        eor     r0, r3, r11
        pop     {pc}

/* -- Branches: taken by a pattern of 32, every other time, never, always, three times in four, at
 * random -- */

        loop    branches, "branches", 12000000, 7, "branches", 0x068ceead
code_branches:
        mov     r1, #0
        ldr     r2, =0x9e3779b1
        ldr     r3, =1664525
        mov     r4, #1
1:      movs    r2, r2, ror #1
        bcs     2f
        add     r1, r1, #1
2:      tst     r0, #1
        beq     3f
        add     r1, r1, #2
3:      cmp     r0, #0
        blt     4f
        add     r1, r1, #3
4:      b       5f
        mov     r1, #0
5:      tst     r0, #6
        bne     6f
        add     r1, r1, #5
6:      mul     r5, r3, r4
        adds    r4, r5, #1
        bmi     7f
        add     r1, r1, #7
7:      subs    r0, r0, #1
        bne     1b
        mov     r0, r1
        bx      lr

/* -- Calls: of a function, of one that calls another twice, by a pointer -- */

        loop    calls, "calls", 4000000, 5, "calls", 4 * 4000000
code_calls:
        mov     r12, lr
        mov     r1, #0
        adr     r2, leaf
1:      bl      leaf
        bl      outer
        blx     r2
        subs    r0, r0, #1
        bne     1b
        mov     r0, r1
        bx      r12
outer:  mov     r11, lr
        bl      leaf
        bl      leaf
        bx      r11
leaf:   add     r1, r1, #1
        bx      lr

/* -- LDM and STM: a copy, and a push and pop as of a function; 32 words a round -- */

        loop    ldm_stm, "ldm-stm", 8000000, 32, "words", 0x05096b7b
code_ldm_stm:
        push    {lr}
        bl      fill
        ldr     r1, =buffer
        ldr     r2, =copy
        add     r12, r1, #BUFFER_SIZE
1:      ldmia   r1!, {r3-r9, r11}
        stmia   r2!, {r3-r9, r11}
        push    {r4-r9, r11, lr}
        pop     {r4-r9, r11, lr}
        cmp     r1, r12
        subeq   r1, r1, #BUFFER_SIZE
        subeq   r2, r2, #BUFFER_SIZE
        subs    r0, r0, #1
        bne     1b
        ldr     r1, =copy
        pop     {lr}
        b       sum

/* -- Registers of devices: the counter, which must not go back, and the UART's flags:
 * both FIFOs are empty -- */

        loop    mmio_poll, "mmio-poll", 2000000, 2, "reads", 0x90
code_mmio_poll:
        ldr     r1, =SYSTEM
        ldr     r2, =UART
        mov     r6, #0
        mov     r8, #0
        ldr     r4, [r1, #SYS_24MHZ]
1:      ldr     r3, [r1, #SYS_24MHZ]
        sub     r5, r3, r4
        orr     r6, r6, r5
        mov     r4, r3
        ldr     r7, [r2, #UART_FR]
        orr     r8, r8, r7
        subs    r0, r0, #1
        bne     1b
        and     r8, r8, #FR_FIFOS
        orr     r0, r8, r6, lsr #31
        bx      lr

/* -- Exceptions: SWI in user mode, and the return to it -- */

        loop    exceptions, "exceptions", 2000000, 1, "exceptions", 2000000
code_exceptions:
        mov     r12, lr
        mov     r1, #0
        msr     cpsr_c, #MODE_USR
1:      swi     0
        b       1b
swi_taken:
        add     r1, r1, #1
        subs    r0, r0, #1
        movsne  pc, lr
        mov     r0, r1
        bx      r12

/* -- Code that changes: an instruction in a page of its own, with what the ARM926EJ-S needs to see
 * it: its line cleaned and invalidated, the write buffer drained -- */

        loop    self_modifying, "self-modifying", 256 * 250, 1, "changes", 250 * 32640
code_self_modifying:
        mov     r12, lr
        mov     r1, #0
        ldr     r2, =changed
        ldr     r3, [r2]
        mov     r4, #0
1:      and     r5, r0, #0xff
        orr     r5, r5, r3
        str     r5, [r2]
        mcr     p15, 0, r2, c7, c10, 1
        mcr     p15, 0, r4, c7, c10, 4
        mcr     p15, 0, r2, c7, c5, 1
        blx     r2
        subs    r0, r0, #1
        bne     1b
        str     r3, [r2]
        mov     r0, r1
        bx      r12

/* -- TLB misses: a word in each of many small pages, and the TLB emptied -- */

        loop    tlb_misses, "tlb-misses", 4000, TOUCHED, "misses", 4000 * NUMBERS
code_tlb_misses:
        ldr     r1, =SECTIONS_AT        /* all flat */
        ldr     r2, =0xc12
1:      str     r2, [r1], #4
        adds    r2, r2, #0x00100000
        bcc     1b
        ldr     r1, =SECTIONS_AT + (MAPPED >> 18)
        ldr     r2, =PAGES_AT + 0x11
        mov     r3, #TABLES
2:      str     r2, [r1], #4
        add     r2, r2, #0x400
        subs    r3, r3, #1
        bne     2b
        ldr     r1, =PAGES_AT
        ldr     r2, =MEMORY_AT + 0xff2
        ldr     r3, =TABLES * 256
3:      str     r2, [r1], #4
        add     r2, r2, #0x1000
        subs    r3, r3, #1
        bne     3b
        ldr     r1, =MEMORY_AT
        ldr     r2, =STEP
        mov     r3, #0
4:      str     r3, [r1], r2
        add     r3, r3, #1
        cmp     r3, #TOUCHED
        bne     4b
        ldr     r1, =SECTIONS_AT
        mcr     p15, 0, r1, c2, c0, 0
        mov     r1, #1
        mcr     p15, 0, r1, c3, c0, 0
        mrc     p15, 0, r12, c1, c0, 0
        orr     r1, r12, #1
        mcr     p15, 0, r1, c1, c0, 0
        mov     r3, #0
        mov     r6, #0
5:      mcr     p15, 0, r6, c8, c7, 0
        ldr     r1, =MAPPED
        mov     r4, #TOUCHED
6:      ldr     r5, [r1], r2
        add     r3, r3, r5
        subs    r4, r4, #1
        bne     6b
        subs    r0, r0, #1
        bne     5b
        mcr     p15, 0, r12, c1, c0, 0
        mcr     p15, 0, r6, c8, c7, 0
        mov     r0, r3
        bx      lr
        .ltorg

        .section .rodata.loops, "a"
loops_end:

        .section .text.changed, "ax"
        .balign 4096
changed:
        add     r1, r1, #0
        bx      lr
        .balign 4096

        .bss
        .balign 4096
buffer: .space  BUFFER_SIZE
copy:   .space  BUFFER_SIZE
        .space  4096
stack:
        .section .note.GNU-stack, "", %progbits
