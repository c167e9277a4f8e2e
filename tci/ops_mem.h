/* SPDX-License-Identifier: MIT */
/* The forms that memory handlers come in, fast (ops_mem.c) and slow (ops_slow.c) alike.
 *
 * d = the register loaded or stored, or the number of words; a and b = base and index, c = memop,
 * imm = displacement or shift. */
#ifndef TCI_OPS_MEM_H
#define TCI_OPS_MEM_H

#include "tci/slot.h"

/* Where an address leads, to read or to write; whether that is an aligned address in memory; the
 * host's bytes there. */
#define WHERE(table, tag, va) ((va) + (table)[(va) >> BUS_PAGE_BITS].tag)
#define HIT(at, size)         (((at) & (-TLB_MISS | ((size)-1))) == 0)
#define HOST(table, at)       ((uint8_t *)(table) + (at))

/* X(form, TLB, address, the base's new value once the access has succeeded, ...); signed values and
 * halfwords have some of the forms only. */
#define SOME_FORMS(X, ...)                                                                         \
    X(imm, tlb, RA + IMM, (void)0, __VA_ARGS__)                                                    \
    X(reg, tlb, RA + RB, (void)0, __VA_ARGS__)                                                     \
    X(abs, tlb, IMM, (void)0, __VA_ARGS__)                                                         \
    X(post, tlb, RA, RA = va + IMM, __VA_ARGS__)                                                   \
    X(pre, tlb, RA + IMM, RA = va, __VA_ARGS__)
#define ALL_FORMS(X, ...)                                                                          \
    SOME_FORMS(X, __VA_ARGS__)                                                                     \
    X(shl, tlb, RA + (RB << (IMM & 31)), (void)0, __VA_ARGS__)                                     \
    X(user_imm, env->tlbs[0], RA + IMM, (void)0, __VA_ARGS__)                                      \
    X(user_post, env->tlbs[0], RA, RA = va + IMM, __VA_ARGS__)

/* The same for `words` words, by a constant where that is known: see MULTI_PROBE. */
#define MULTI_FORMS_LIST(X, ...)                                                                   \
    X(imm, tlb, RA + IMM, (void)0, __VA_ARGS__)                                                    \
    X(ia, tlb, RA, RA = va + 4 * words, __VA_ARGS__)                                               \
    X(db, tlb, RA - 4 * words, RA = va, __VA_ARGS__)

/* X(name, its forms, bytes, value of the host bytes p / how to store) */
#define LOAD_KINDS(X)                                                                              \
    X(ld8u, ALL_FORMS, 1, ld8_p(p))                                                                \
    X(ld8s, SOME_FORMS, 1, (ld8_p(p) ^ 0x80) - 0x80)                                               \
    X(ld16u, SOME_FORMS, 2, ld16_p(p))                                                             \
    X(ld16s, SOME_FORMS, 2, (ld16_p(p) ^ 0x8000) - 0x8000)                                         \
    X(ld32, ALL_FORMS, 4, ld32_p(p))
#define STORE_KINDS(X)                                                                             \
    X(st8, ALL_FORMS, 1, st8_p)                                                                    \
    X(st16, SOME_FORMS, 2, st16_p)                                                                 \
    X(st32, ALL_FORMS, 4, st32_p)

/* Loads and stores of one value: NAME_FORM_body(env, slot, tlb) returns where its bytes are; or
 * NULL if the TLB does not have them, and nothing is done. (Compilers expect NULL to be rare.) */
#define LOAD_BODY(form, table, address, writeback, name, size, value)                              \
    static inline const void *name##_##form##_body(TciEnv *env, const TciSlot *slot,               \
                                                   TlbEntry *tlb)                                  \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        uint32_t at = WHERE(table, read, va);                                                      \
        (void)tlb;                                                                                 \
        if (!HIT(at, size)) {                                                                      \
            return NULL;                                                                           \
        }                                                                                          \
        const uint8_t *p = HOST(table, at);                                                        \
        writeback;                                                                                 \
        RD = value;                                                                                \
        return p;                                                                                  \
    }

#define STORE_BODY(form, table, address, writeback, name, size, store)                             \
    static inline const void *name##_##form##_body(TciEnv *env, const TciSlot *slot,               \
                                                   TlbEntry *tlb)                                  \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        uint32_t at = WHERE(table, write, va);                                                     \
        (void)tlb;                                                                                 \
        if (!HIT(at, size)) {                                                                      \
            return NULL;                                                                           \
        }                                                                                          \
        uint8_t *p = HOST(table, at);                                                              \
        store(p, RD);                                                                              \
        writeback;                                                                                 \
        return p;                                                                                  \
    }

#define LOAD_BODIES(name, forms, size, value)  forms(LOAD_BODY, name, size, value)
#define STORE_BODIES(name, forms, size, store) forms(STORE_BODY, name, size, store)
LOAD_KINDS(LOAD_BODIES)
STORE_KINDS(STORE_BODIES)
/* clang-format off */
/* One of them, for example (`make show HANDLER=ld32_post`):
 *
 *   static inline const void *ld32_post_body(TciEnv *env, const TciSlot *slot, TlbEntry *tlb)
 *   {
 *       uint32_t va = RA;
 *       uint32_t at = WHERE(tlb, read, va);
 *       if (!HIT(at, 4)) {
 *           return NULL;
 *       }
 *       const uint8_t *p = HOST(tlb, at);
 *       RA = va + IMM;
 *       RD = ld32_p(p);
 *       return p;
 *   }
 */
/* clang-format on */

/* A word of the page that the block itself is in, which can be read as long as it can be executed.
 */
static inline void ld32_near_body(TciEnv *env, const TciSlot *slot)
{
    RD = ld32_p(slot[1].bytes);
}

/* Load and store multiple, in the same way. The fast path needs them aligned and in one page. The
 * usual numbers of words have handlers of their own, without a loop. */
#define MULTI_PROBE(form, table, address, name, tag, n)                                            \
    const uint32_t words = n;                                                                      \
    uint32_t va = address;                                                                         \
    uint32_t at = WHERE(table, tag, va);                                                           \
    const uint8_t *list = slot[1].list;                                                            \
    if (!HIT(at, 4u) || at % BUS_PAGE_SIZE + 4 * words > BUS_PAGE_SIZE) {                          \
        return NULL;                                                                               \
    }                                                                                              \
    uint8_t *p = HOST(table, at)

#define MULTIPLE(form, table, address, writeback, name, tag, transfer)                             \
    static inline const void *name##_##form##_body(TciEnv *env, const TciSlot *slot,               \
                                                   TlbEntry *tlb)                                  \
    {                                                                                              \
        MULTI_PROBE(form, table, address, name, tag, slot->d);                                     \
        for (unsigned i = 0; i < words; i++) {                                                     \
            transfer(i);                                                                           \
        }                                                                                          \
        writeback;                                                                                 \
        return p;                                                                                  \
    }

#define MULTIPLE_N(n, form, table, address, writeback, name, tag, transfer)                        \
    static inline const void *name##_##form##_##n##_body(TciEnv *env, const TciSlot *slot,         \
                                                         TlbEntry *tlb)                            \
    {                                                                                              \
        MULTI_PROBE(form, table, address, name, tag, n##u);                                        \
        TIMES_##n(transfer);                                                                       \
        writeback;                                                                                 \
        return p;                                                                                  \
    }
#define TIMES_2(x)  x(0), x(1)
#define TIMES_3(x)  TIMES_2(x), x(2)
#define TIMES_4(x)  TIMES_3(x), x(3)
#define TIMES_5(x)  TIMES_4(x), x(4)
#define TIMES_6(x)  TIMES_5(x), x(5)
#define TIMES_7(x)  TIMES_6(x), x(6)
#define TIMES_8(x)  TIMES_7(x), x(7)
#define TIMES_9(x)  TIMES_8(x), x(8)
#define TIMES_10(x) TIMES_9(x), x(9)

/* All of a form: X(words, form, ...), with a row for the loop at last. */
/* clang-format off */
#define MULTI_COUNTS(X, ...)                                                                       \
    X(2, __VA_ARGS__) X(3, __VA_ARGS__) X(4, __VA_ARGS__) X(5, __VA_ARGS__) X(6, __VA_ARGS__)      \
    X(7, __VA_ARGS__) X(8, __VA_ARGS__) X(9, __VA_ARGS__) X(10, __VA_ARGS__)
/* clang-format on */
#define MULTI_FORM(form, table, address, writeback, name, tag, transfer)                           \
    MULTIPLE(form, table, address, writeback, name, tag, transfer)                                 \
    MULTI_COUNTS(MULTIPLE_N, form, table, address, writeback, name, tag, transfer)

#define LDM_WORD(i) (env->r[list[i]] = ld32_p(p + (size_t)4 * (i)))
#define STM_WORD(i) st32_p(p + (size_t)4 * (i), env->r[list[i]])
MULTI_FORMS_LIST(MULTI_FORM, ldm, read, LDM_WORD)
MULTI_FORMS_LIST(MULTI_FORM, stm, write, STM_WORD)
/* clang-format off */
/* One of them, for example (`make show HANDLER=stm_db_2`):
 *
 *   static inline const void *stm_db_2_body(TciEnv *env, const TciSlot *slot, TlbEntry *tlb)
 *   {
 *       uint32_t va = RA - 4 * 2;
 *       uint32_t at = WHERE(tlb, write, va);
 *       const uint8_t *list = slot[1].list;
 *       if (!HIT(at, 4u) || at % BUS_PAGE_SIZE + 4 * 2 > BUS_PAGE_SIZE) {
 *           return NULL;
 *       }
 *       uint8_t *p = HOST(tlb, at);
 *       st32_p(p, env->r[list[0]]), st32_p(p + 4, env->r[list[1]]);
 *       RA = va;
 *       return p;
 *   }
 */
/* clang-format on */

TciFn tci_op_ld32_near;
#define DECLARE_N(n, name) TciFn tci_op_##name##_##n;
#define DECLARE_MULTI(form, table, address, writeback, name, ...)                                  \
    TciFn tci_op_##name##_##form, tci_slow_##name##_##form;                                        \
    MULTI_COUNTS(DECLARE_N, name##_##form)
MULTI_FORMS_LIST(DECLARE_MULTI, ldm, 0)
MULTI_FORMS_LIST(DECLARE_MULTI, stm, 0)

#define DECLARE_ONE(form, table, address, writeback, name, ...) TciFn tci_op_##name##_##form;
#define DECLARE_OPS(name, forms, ...)                           forms(DECLARE_ONE, name, 0)
LOAD_KINDS(DECLARE_OPS)
STORE_KINDS(DECLARE_OPS)

#define DECLARE_FORM(form, table, address, writeback, name, ...) TciFn tci_slow_##name##_##form;
#define DECLARE_KIND(name, forms, ...)                           forms(DECLARE_FORM, name, 0)
LOAD_KINDS(DECLARE_KIND)
STORE_KINDS(DECLARE_KIND)

/* EACH(name) for those of one slot, and of two; EACH_SLOW(name) for their slow paths. */
#define EACH_FORM(form, table, address, writeback, name, ...) EACH(name##_##form)
#define EACH_KIND(name, forms, ...)                           forms(EACH_FORM, name, 0)
#define EACH_ACCESS                                           LOAD_KINDS(EACH_KIND) STORE_KINDS(EACH_KIND)
#define EACH_COUNT(n, name)                                   EACH(name##_##n)
#define EACH_LENGTH(form, table, address, writeback, name, ...)                                    \
    EACH(name##_##form) MULTI_COUNTS(EACH_COUNT, name##_##form)
#define EACH_MULTI                                                                                 \
    EACH(ld32_near) MULTI_FORMS_LIST(EACH_LENGTH, ldm, 0) MULTI_FORMS_LIST(EACH_LENGTH, stm, 0)
#define SLOW_FORM(form, table, address, writeback, name, ...) EACH_SLOW(name##_##form)
#define SLOW_KIND(name, forms, ...)                           forms(SLOW_FORM, name, 0)
#define EACH_SLOW_ACCESS                                      LOAD_KINDS(SLOW_KIND) STORE_KINDS(SLOW_KIND)
#define EACH_SLOW_MULTI                                       MULTI_FORMS_LIST(SLOW_FORM, ldm, 0) MULTI_FORMS_LIST(SLOW_FORM, stm, 0)

#endif
