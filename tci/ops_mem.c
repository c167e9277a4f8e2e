/* SPDX-License-Identifier: MIT */
/* Handlers that access memory: the TLB probe inline, everything else in a slow twin of the same
 * signature.
 *
 * d = the register loaded or stored, a and b = base and index, c = memop, imm = displacement or
 * shift. */
#include "tci/ops.h"
#include "tci/ops_mem.h"

#define HANDLER(form, table, address, writeback, name, ...)                                        \
    TciOp *tci_op_##name##_##form(TciEnv *env, TciOp *op, TlbEntry *tlb)                           \
    {                                                                                              \
        if (!name##_##form##_body(env, op, tlb)) {                                                 \
            SLOW(tci_slow_##name##_##form);                                                        \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
#define HANDLERS(name, ...) ADDRESS_FORMS(HANDLER, name, 0)
LOAD_KINDS(HANDLERS)
STORE_KINDS(HANDLERS)

TciOp *tci_op_ld32_near(TciEnv *env, TciOp *op, TlbEntry *tlb)
{
    ld32_near_body(env, op);
    GO(op + 2);
}

#define MULTI_HANDLER(op_name, slow)                                                               \
    TciOp *tci_op_##op_name(TciEnv *env, TciOp *op, TlbEntry *tlb)                                 \
    {                                                                                              \
        if (!op_name##_body(env, op, tlb)) {                                                       \
            SLOW(slow);                                                                            \
        }                                                                                          \
        GO(op + 2);                                                                                \
    }
#define MULTI_HANDLER_N(n, form, name) MULTI_HANDLER(name##_##form##_##n, tci_slow_##name##_##form)
#define MULTI_HANDLERS(form, table, address, writeback, name, ...)                                 \
    MULTI_HANDLER(name##_##form, tci_slow_##name##_##form)                                         \
    MULTI_COUNTS(MULTI_HANDLER_N, form, name)
MULTI_FORMS_LIST(MULTI_HANDLERS, ldm, 0)
MULTI_FORMS_LIST(MULTI_HANDLERS, stm, 0)

/* -- Tables -- */

#define OP(name) tci_op_##name
#define MEM_ROW(name, ...)                                                                         \
    { OP(name##_imm),  OP(name##_reg), OP(name##_shl),      OP(name##_abs),                        \
      OP(name##_post), OP(name##_pre), OP(name##_user_imm), OP(name##_user_post) },
TciFn *const tci_mem[MEM_KINDS][ADDR_FORMS] = { LOAD_KINDS(MEM_ROW) STORE_KINDS(MEM_ROW) };

#define COUNT_ROW(n, name) [n] = OP(name##_##n),
#define MULTI_ROW(form, table, address, writeback, name, ...)                                      \
    { OP(name##_##form), MULTI_COUNTS(COUNT_ROW, name##_##form) },
TciFn *const tci_multi[2][MULTI_FORMS][MULTI_MAX_WORDS + 1] = {
    { MULTI_FORMS_LIST(MULTI_ROW, ldm, 0) },
    { MULTI_FORMS_LIST(MULTI_ROW, stm, 0) },
};

#define N1(name)                                             { OP(name), #name, 1 },
#define N2(name)                                             { OP(name), #name, 2 },
#define MEM_NAMES(name, ...)                                 ADDRESS_FORMS(MEM_NAME, name, 0)
#define MEM_NAME(form, table, address, writeback, name, ...) N1(name##_##form)
#define COUNT_NAME(n, name)                                  N2(name##_##n)
#define MULTI_NAME(form, table, address, writeback, name, ...)                                     \
    N2(name##_##form) MULTI_COUNTS(COUNT_NAME, name##_##form)
const TciHandler tci_mem_handlers[] = {
    N2(ld32_near) LOAD_KINDS(MEM_NAMES) STORE_KINDS(MEM_NAMES) MULTI_FORMS_LIST(MULTI_NAME, ldm, 0)
        MULTI_FORMS_LIST(MULTI_NAME, stm, 0){ 0 },
};
