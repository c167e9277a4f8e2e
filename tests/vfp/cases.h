/* SPDX-License-Identifier: MIT */
/* What the generator of random VFP cases (gen.c) and the guest that executes them (runtime.c)
 * agree on. */
#ifndef TESTS_VFP_CASES_H
#define TESTS_VFP_CASES_H

#define CASES_AT   0x01000000 /* physical address of the file of cases */
#define CASES_MAX  4096
#define CASE_INSNS 12

#define BUFFER_WORDS 1024 /* memory for loads and stores; r0-r3 point to its middle */

/* The file: a header, then the cases; little-endian words. */
#define HEADER_COUNT 0 /* cases */
#define HEADER_DUMP  1 /* not 0: print all state after each case, not only a digest of several */
#define HEADER_WORDS 2

/* A case, in words. */
#define CASE_FPSCR  0
#define CASE_CPSR   1 /* N Z C V */
#define CASE_SEED   2 /* of the buffer's content */
#define CASE_REGS   3 /* r4-r7; r7 is an FPSCR that may be written */
#define CASE_SINGLE 7 /* s0-s31 */
#define CASE_CODE   39
#define CASE_WORDS  (CASE_CODE + CASE_INSNS + 1)

#define CASES_PER_DIGEST 16

#endif
