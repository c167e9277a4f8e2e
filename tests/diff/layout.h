/* SPDX-License-Identifier: MIT */
/* Where everything lies in an image of the differential tests; read by the generator (C) and by
 * the runtime (assembler), so it holds plain macros only.
 *
 * The guest runs with its MMU on. Nothing is mapped but what is listed here, and the runtime lies
 * at an address that no computation hits by chance: a test may access wild addresses, and all of
 * them fault. */
#ifndef TESTS_DIFF_LAYOUT_H
#define TESTS_DIFF_LAYOUT_H

/* Physical addresses; all loaded from the image except the buffer. */
#define RUNTIME_PA 0x00010000
#define PAYLOAD_PA 0x00100000 /* header, code, runs */
#define TABLES_PA  0x02000000 /* level 1, then level 2 tables */
#define TABLES_MAX 0x00100000
#define TABLE_1    0x4000     /* ARMv6: TTBR1's level 1, from TABLES_PA */
#define BUFFER_PA0 0x03123000 /* the two pages of the buffer lie apart */
#define BUFFER_PA1 0x03045000

/* Virtual addresses. */
#define RUNTIME_VA 0x5a700000 /* the first megabyte, privileged */
#define DEVICES_VA 0x6d100000 /* PA 0x10100000, privileged: VIC at 0x40000, UART0 at 0xf1000 */
#define DEVICES_PA 0x10100000
#define PAYLOAD_VA 0x3c100000 /* read-only */
#define VECTORS_VA 0xffff0000 /* and 0: the page at PA 0, read-only */
/* The buffer crosses a megabyte; the pages around it are not mapped. Some way before lie its pages
 * again, with other rights. */
#define BUFFER_VA     0x4d2ff000
#define BUFFER_SIZE   0x2000
#define PRIVILEGED_VA 0x4d2f8000 /* access permission 1 */
#define USER_RO_VA    0x4d2f9000 /* 2 */
#define READ_ONLY_VA  0x4d2fa000 /* 0, with R */

/* The page tables, privileged; and what only the tests of the MMU have: megabytes of which each is
 * mapped in another way, the last three as the runs say. Under FCSE they are there from 16 MiB. */
#define TABLES_VA  0x7e200000
#define TARGETS_VA 0x61000000
#define TARGETS    16
#define FCSE_PID   0x60000000

/* The control register while the runtime runs: MMU and ROM protection; no alignment faults. The
 * header has it, with XP if the tables are without subpages. */
#define SCTLR_BASE 0x00000201

/* The payload's header: word offsets. */
#define HEADER_RUNS    0x00 /* VA of the first run, */
#define HEADER_RUN_END 0x04 /* and of the end of the last */
#define HEADER_DUMP    0x08 /* runs from this one on print all state, not only a digest */
#define HEADER_PSR     0x0c /* the bits of PSRs that are compared */
#define HEADER_SCTLR   0x10 /* the runtime's control register */
#define HEADER_SIZE    0x40

/* A run: the state to start from. Byte offsets. */
#define RUN_ID     0x00 /* for humans */
#define RUN_ENTRY  0x04 /* CPSR of the mode from which the runtime returns into the test */
#define RUN_CPSR   0x08 /* the test's */
#define RUN_REGS   0x0c /* r0-r12 and pc */
#define RUN_USR    0x44 /* r13, r14 of user and system mode */
#define RUN_FIQ    0x4c /* r8-r14, SPSR */
#define RUN_IRQ    0x6c /* r13, r14, SPSR */
#define RUN_SVC    0x78
#define RUN_ABT    0x84
#define RUN_UND    0x90
#define RUN_FSR    0x9c /* DFSR, IFSR, FAR */
#define RUN_SCTLR  0xa8
#define RUN_DACR   0xac
#define RUN_FCSE   0xb0
#define RUN_VICINT 0xb4 /* software interrupts: 1 is an IRQ, 2 a FIQ */
#define RUN_SEED   0xb8 /* of the buffer's content */
#define RUN_HOOKS  0xbc /* code for each of the eight vectors; 0: the run ends there */
#define RUN_POKES  0xdc /* four pairs of address (0: none) and value, written to memory */
#define RUN_FLUSH                                                                                  \
    0xfc /* of the TLB, after the pokes: 0 nothing, 1 all, else the entry of an MVA                \
          */
#define RUN_SIZE 0x100
#define POKES    4

/* What the runtime keeps of the state at the end, in words. */
#define SAVE_REGS   0  /* r0-r7 */
#define SAVE_VECTOR 8  /* its offset */
#define SAVE_CPSR   9  /* on entry to the vector */
#define SAVE_FIQ    10 /* r8-r14, SPSR */
#define SAVE_IRQ    18 /* r13, r14, SPSR */
#define SAVE_SVC    21
#define SAVE_ABT    24
#define SAVE_UND    27
#define SAVE_USR    30 /* r8-r14 */
#define SAVE_FSR    37 /* DFSR, IFSR, FAR */
#define SAVE_WORDS  40

#endif
