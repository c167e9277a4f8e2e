/* SPDX-License-Identifier: MIT */
/* Handlers that access memory: the TLB probe inline, everything else in a slow twin of the same
 * signature.
 *
 * d = the register loaded or stored, a and b = base and index, c = memop, imm = displacement or
 * shift. */
#include "tci/ops.h"
#include "tci/ops_mem.h"

/* Loads: the value of the host bytes p. */
#define LOAD(form, table, address, writeback, name, size, value)                                   \
    static TciOp *name##_##form(TciEnv *env, TciOp *op, TlbEntry *tlb)                             \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        const TlbEntry *e = PROBE(table, va);                                                      \
        if (!HIT(e->read, va, size)) {                                                             \
            SLOW(tci_slow_##name##_##form);                                                        \
        }                                                                                          \
        const uint8_t *p = HOST(e, va);                                                            \
        writeback;                                                                                 \
        RD = value;                                                                                \
        GO(op + 1);                                                                                \
    }

#define STORE(form, table, address, writeback, name, size, store)                                  \
    static TciOp *name##_##form(TciEnv *env, TciOp *op, TlbEntry *tlb)                             \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        const TlbEntry *e = PROBE(table, va);                                                      \
        if (!HIT(e->write, va, size)) {                                                            \
            SLOW(tci_slow_##name##_##form);                                                        \
        }                                                                                          \
        store(HOST(e, va), RD);                                                                    \
        writeback;                                                                                 \
        GO(op + 1);                                                                                \
    }

#define LOADS(name, size, value)  ADDRESS_FORMS(LOAD, name, size, value)
#define STORES(name, size, store) ADDRESS_FORMS(STORE, name, size, store)
LOAD_KINDS(LOADS)
STORE_KINDS(STORES)

/* Load and store multiple. The fast path needs them aligned and in one page. The usual numbers of
 * words have handlers of their own, without a loop. */
#define MULTI_PROBE(form, table, address, name, tag, n)                                            \
    uint32_t va = address;                                                                         \
    const TlbEntry *e = PROBE(table, va);                                                          \
    const uint8_t *list = op[1].list;                                                              \
    if (!HIT(e->tag, va, 4u) || (va & ~PAGE_MASK) + 4u * (n) > BUS_PAGE_SIZE) {                    \
        SLOW(tci_slow_##name##_##form);                                                            \
    }                                                                                              \
    uint8_t *p = HOST(e, va)

#define MULTIPLE(form, table, address, writeback, name, tag, transfer)                             \
    static TciOp *name##_##form(TciEnv *env, TciOp *op, TlbEntry *tlb)                             \
    {                                                                                              \
        MULTI_PROBE(form, table, address, name, tag, op->d);                                       \
        for (unsigned i = 0; i < op->d; i++) {                                                     \
            transfer(i);                                                                           \
        }                                                                                          \
        writeback;                                                                                 \
        GO(op + 2);                                                                                \
    }

#define MULTIPLE_N(n, form, table, address, writeback, name, tag, transfer)                        \
    static TciOp *name##_##form##_##n(TciEnv *env, TciOp *op, TlbEntry *tlb)                       \
    {                                                                                              \
        MULTI_PROBE(form, table, address, name, tag, n##u);                                        \
        TIMES_##n(transfer);                                                                       \
        writeback;                                                                                 \
        GO(op + 2);                                                                                \
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

/* -- Tables -- */

#define MEM_ROW(name, ...)                                                                         \
    { name##_imm,  name##_reg, name##_shl,      name##_abs,                                        \
      name##_post, name##_pre, name##_user_imm, name##_user_post },
TciFn *const tci_mem[MEM_KINDS][ADDR_FORMS] = { LOAD_KINDS(MEM_ROW) STORE_KINDS(MEM_ROW) };

#define COUNT_ROW(n, name) [n] = name##_##n,
#define MULTI_ROW(form, table, address, writeback, name, ...)                                      \
    { name##_##form, MULTI_COUNTS(COUNT_ROW, name##_##form) },
TciFn *const tci_multi[2][MULTI_FORMS][MULTI_MAX_WORDS + 1] = {
    { MULTI_FORMS_LIST(MULTI_ROW, ldm, 0) },
    { MULTI_FORMS_LIST(MULTI_ROW, stm, 0) },
};

#define N1(handler)                                          { handler, #handler, 1 },
#define N2(handler)                                          { handler, #handler, 2 },
#define MEM_NAMES(name, ...)                                 ADDRESS_FORMS(MEM_NAME, name, 0)
#define MEM_NAME(form, table, address, writeback, name, ...) N1(name##_##form)
#define COUNT_NAME(n, name)                                  N2(name##_##n)
#define MULTI_NAME(form, table, address, writeback, name, ...)                                     \
    N2(name##_##form) MULTI_COUNTS(COUNT_NAME, name##_##form)
const TciHandler tci_mem_handlers[] = {
    LOAD_KINDS(MEM_NAMES) STORE_KINDS(MEM_NAMES) MULTI_FORMS_LIST(MULTI_NAME, ldm, 0)
        MULTI_FORMS_LIST(MULTI_NAME, stm, 0){ 0 },
};
