/* SPDX-License-Identifier: MIT */
/* Switch dispatch: the handlers, but for floating point, which would make the program too large for
 * a page, in one translation unit as the cases of one switch.
 *
 * The compiler of a JavaScript engine optimises within functions and calls none through a table
 * cheaply: in one it keeps its state in registers from case to case. */
#include <stdlib.h>

#include "tci/handlers.h"
#include "tci/ops_alu.c"
#include "tci/ops_flow.c"
#include "tci/ops_mem.c"

#define ALL_HANDLERS EACH_ALU EACH_ACCESS EACH_MULTI EACH_BRANCH EACH_LEAVING

/* What the addresses are of; no record without a number has them. */
#undef EACH
#define EACH(name)                                                                                 \
    TciSlot *tci_op_##name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                              \
    {                                                                                              \
        (void)env, (void)slot, (void)tlb;                                                          \
        abort();                                                                                   \
    }
ALL_HANDLERS

void tci_execute(TciEnv *env, TciSlot *slot)
{
    while (slot) {
        switch (slot->number) {
#undef EACH
#define EACH(name)                                                                                 \
    case NUMBER_##name + 1: slot = in_switch_tci_op_##name(env, slot, env->tlb); break;
            ALL_HANDLERS
        default: slot = slot->fn(env, slot, env->tlb); break;
        }
    }
}

/* A hash table of TciSlot.number by handler, filled when it is first asked. */
#define BUCKETS 2048u

static unsigned bucket_of(TciFn *fn)
{
    return (unsigned)(((uintptr_t)fn * 0x9e3779b1u >> 8) % BUCKETS);
}

uint16_t tci_number(TciFn *fn)
{
    static uint16_t numbers[BUCKETS];
    static bool filled;
    if (!filled) {
        filled = true;
        for (unsigned n = 1; n <= HANDLERS; n++) {
            unsigned i = bucket_of(tci_handlers[n - 1]);
            while (numbers[i]) {
                i = (i + 1) % BUCKETS;
            }
            numbers[i] = (uint16_t)n;
        }
    }
    unsigned i = bucket_of(fn);
    while (numbers[i] && tci_handlers[numbers[i] - 1] != fn) {
        i = (i + 1) % BUCKETS;
    }
    return numbers[i];
}
