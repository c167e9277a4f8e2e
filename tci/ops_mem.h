/* SPDX-License-Identifier: MIT */
/* The forms that memory handlers come in, fast (ops_mem.c) and slow (ops_slow.c) alike.
 *
 * d = the register loaded or stored, or the number of words; a and b = base and index, c = memop,
 * imm = displacement or shift. */
#ifndef TCI_OPS_MEM_H
#define TCI_OPS_MEM_H

#include "tci/record.h"

#define PAGE_MASK (~(uint32_t)(BUS_PAGE_SIZE - 1))

/* The probe: which entry, and does its tag match the page of an aligned address? */
#define PROBE(table, va)   (&(table)[(va) >> BUS_PAGE_BITS & (TLB_ENTRIES - 1)])
#define HIT(tag, va, size) (((va) & (PAGE_MASK | ((size)-1))) == (tag))
#define HOST(e, va)        ((uint8_t *)((e)->addend + (va)))

/* X(form, TLB, address, the base's new value once the access has succeeded, ...) */
#define ADDRESS_FORMS(X, ...)                                                                      \
    X(imm, tlb, RA + IMM, (void)0, __VA_ARGS__)                                                    \
    X(reg, tlb, RA + RB, (void)0, __VA_ARGS__)                                                     \
    X(shl, tlb, RA + (RB << (IMM & 31)), (void)0, __VA_ARGS__)                                     \
    X(abs, tlb, IMM, (void)0, __VA_ARGS__)                                                         \
    X(post, tlb, RA, RA = va + IMM, __VA_ARGS__)                                                   \
    X(pre, tlb, RA + IMM, RA = va, __VA_ARGS__)                                                    \
    X(user_imm, env->tlbs[0], RA + IMM, (void)0, __VA_ARGS__)                                      \
    X(user_post, env->tlbs[0], RA, RA = va + IMM, __VA_ARGS__)
#define MULTI_FORMS_LIST(X, ...)                                                                   \
    X(imm, tlb, RA + IMM, (void)0, __VA_ARGS__)                                                    \
    X(ia, tlb, RA, RA = va + 4u * op->d, __VA_ARGS__)                                              \
    X(db, tlb, RA - 4u * op->d, RA = va, __VA_ARGS__)

/* X(name, bytes, value of the host bytes p / how to store) */
#define LOAD_KINDS(X)                                                                              \
    X(ld8u, 1, ld8_p(p))                                                                           \
    X(ld8s, 1, (ld8_p(p) ^ 0x80) - 0x80)                                                           \
    X(ld16u, 2, ld16_p(p))                                                                         \
    X(ld16s, 2, (ld16_p(p) ^ 0x8000) - 0x8000)                                                     \
    X(ld32, 4, ld32_p(p))
#define STORE_KINDS(X)                                                                             \
    X(st8, 1, st8_p)                                                                               \
    X(st16, 2, st16_p)                                                                             \
    X(st32, 4, st32_p)

#define DECLARE_FORM(form, table, address, writeback, name, ...) TciFn tci_slow_##name##_##form;
#define DECLARE_KIND(name, ...)                                  ADDRESS_FORMS(DECLARE_FORM, name, 0)
LOAD_KINDS(DECLARE_KIND)
STORE_KINDS(DECLARE_KIND)
MULTI_FORMS_LIST(DECLARE_FORM, ldm, 0)
MULTI_FORMS_LIST(DECLARE_FORM, stm, 0)

#endif
