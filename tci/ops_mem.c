/* SPDX-License-Identifier: MIT */
/* Handlers that access memory: the TLB probe inline, everything else in a slow twin of the same
 * signature.
 *
 * d = the register loaded or stored, a and b = base and index, c = memop, imm = displacement or
 * shift. */
#include "tci/ops.h"
#include "tci/ops_mem.h"

#define PAGE_MASK (~(uint32_t)(BUS_PAGE_SIZE - 1))

/* The probe: which entry, and does its tag match the page of an aligned address? */
#define PROBE(table, va)   (&(table)[(va) >> BUS_PAGE_BITS & (TLB_ENTRIES - 1)])
#define HIT(tag, va, size) (((va) & (PAGE_MASK | ((size)-1))) == (tag))
#define HOST(e, va)        ((uint8_t *)((e)->addend + (va)))

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

/* Load and store multiple: d words at a + imm. The fast path needs them aligned and in one page. */
#define MULTIPLE(form, table, address, writeback, name, tag, transfer)                             \
    static TciOp *name##_##form(TciEnv *env, TciOp *op, TlbEntry *tlb)                             \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        const TlbEntry *e = PROBE(table, va);                                                      \
        unsigned n = op->d;                                                                        \
        if (!HIT(e->tag, va, 4u) || (va & ~PAGE_MASK) + 4 * n > BUS_PAGE_SIZE) {                   \
            SLOW(tci_slow_##name##_##form);                                                        \
        }                                                                                          \
        uint8_t *p = HOST(e, va);                                                                  \
        const uint8_t *reg = op[1].list, *end = reg + n;                                           \
        do {                                                                                       \
            transfer;                                                                              \
            p += 4;                                                                                \
        } while (++reg != end);                                                                    \
        writeback;                                                                                 \
        GO(op + 2);                                                                                \
    }
MULTI_FORMS_LIST(MULTIPLE, ldm, read, env->r[*reg] = ld32_p(p))
MULTI_FORMS_LIST(MULTIPLE, stm, write, st32_p(p, env->r[*reg]))

/* -- Tables -- */

#define MEM_ROW(name, ...)                                                                         \
    { name##_imm,  name##_reg, name##_shl,      name##_abs,                                        \
      name##_post, name##_pre, name##_user_imm, name##_user_post },
TciFn *const tci_mem[MEM_KINDS][ADDR_FORMS] = { LOAD_KINDS(MEM_ROW) STORE_KINDS(MEM_ROW) };

TciFn *const tci_multi[2][MULTI_FORMS] = {
    { ldm_imm, ldm_ia, ldm_db, ldm_user },
    { stm_imm, stm_ia, stm_db, stm_user },
};

#define N1(handler)                                          { handler, #handler, 1 },
#define N2(handler)                                          { handler, #handler, 2 },
#define MEM_NAMES(name, ...)                                 ADDRESS_FORMS(MEM_NAME, name, 0)
#define MEM_NAME(form, table, address, writeback, name, ...) N1(name##_##form)
const TciHandler tci_mem_handlers[] = {
    LOAD_KINDS(MEM_NAMES) STORE_KINDS(MEM_NAMES) N2(ldm_imm) N2(ldm_ia) N2(ldm_db) N2(ldm_user)
        N2(stm_imm) N2(stm_ia) N2(stm_db) N2(stm_user){ 0 },
};
