/* SPDX-License-Identifier: MIT */
/* Handlers that access memory: the TLB probe inline, everything else in a slow twin of the same
 * signature.
 *
 * d = the register loaded or stored, a and b = base and index, c = memop, imm = displacement or
 * shift. */
#include "tci/handlers.h"
#include "tci/ops_mem.h"

#define ACCESS(form, table, address, writeback, name, ...)                                         \
    HANDLER(tci_op_##name##_##form)                                                                \
    {                                                                                              \
        if (!name##_##form##_body(env, slot, tlb)) {                                               \
            SLOW(tci_slow_##name##_##form);                                                        \
        }                                                                                          \
        GO(slot + 1);                                                                              \
    }
#define ACCESSES(name, forms, ...) forms(ACCESS, name, 0)
LOAD_KINDS(ACCESSES)
STORE_KINDS(ACCESSES)

HANDLER(tci_op_ld32_near)
{
    ld32_near_body(env, slot);
    GO(slot + 2);
}

#define MULTI_HANDLER(op_name, slow)                                                               \
    HANDLER(tci_op_##op_name)                                                                      \
    {                                                                                              \
        if (!op_name##_body(env, slot, tlb)) {                                                     \
            SLOW(slow);                                                                            \
        }                                                                                          \
        GO(slot + 2);                                                                              \
    }
#define MULTI_HANDLER_N(n, form, name) MULTI_HANDLER(name##_##form##_##n, tci_slow_##name##_##form)
#define MULTI_HANDLERS(form, table, address, writeback, name, ...)                                 \
    MULTI_HANDLER(name##_##form, tci_slow_##name##_##form)                                         \
    MULTI_COUNTS(MULTI_HANDLER_N, form, name)
MULTI_FORMS_LIST(MULTI_HANDLERS, ldm, 0)
MULTI_FORMS_LIST(MULTI_HANDLERS, stm, 0)

/* -- Tables -- */

#undef OP
#define OP(name)                                             NUMBER_##name
#define MEM_CELL(form, table, address, writeback, name, ...) OP(name##_##form),
#define MEM_ROW(name, forms, ...)                            { forms(MEM_CELL, name, 0) },
const uint16_t tci_mem[MEM_KINDS][ADDR_FORMS] = { LOAD_KINDS(MEM_ROW) STORE_KINDS(MEM_ROW) };

#define COUNT_ROW(n, name) [n] = OP(name##_##n),
#define MULTI_ROW(form, table, address, writeback, name, ...)                                      \
    { OP(name##_##form), MULTI_COUNTS(COUNT_ROW, name##_##form) },
const uint16_t tci_multi[2][MULTI_FORMS][MULTI_MAX_WORDS + 1] = {
    { MULTI_FORMS_LIST(MULTI_ROW, ldm, 0) },
    { MULTI_FORMS_LIST(MULTI_ROW, stm, 0) },
};

#define SLOW_CELL(form, table, address, writeback, name, ...) NUMBER_slow_##name##_##form,
#define SLOW_ROW(name, forms, ...)                            { forms(SLOW_CELL, name, 0) },
const uint16_t tci_slow_mem[MEM_KINDS][ADDR_FORMS] = { LOAD_KINDS(SLOW_ROW) STORE_KINDS(SLOW_ROW) };
const uint16_t tci_slow_multi[2][MULTI_FORMS] = {
    { MULTI_FORMS_LIST(SLOW_CELL, ldm, 0) },
    { MULTI_FORMS_LIST(SLOW_CELL, stm, 0) },
};
