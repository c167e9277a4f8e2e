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
    case NUMBER_##name: slot = in_switch_tci_op_##name(env, slot, env->tlb); break;
            ALL_HANDLERS
        default: slot = slot->fn(env, slot, env->tlb); break;
        }
    }
}
