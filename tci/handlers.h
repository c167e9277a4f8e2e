/* SPDX-License-Identifier: MIT */
/* The handlers of all records that select.c makes, by number and by name. */
#ifndef TCI_HANDLERS_H
#define TCI_HANDLERS_H

#include "tci/ops_alu.h"
#include "tci/ops_flow.h"
#include "tci/ops_fp.h"
#include "tci/ops_mem.h"

/* EACH(name) for tci_op_NAME, EACH_SLOW(name) for tci_slow_NAME; records of one and two slots. */
#define HANDLERS_OF_ONE_SLOT                                                                       \
    EACH_ALU EACH_ACCESS EACH_SLOW_ACCESS EACH_BRANCH EACH(link) EACH(stale) EACH(covered)
#define HANDLERS_OF_TWO_SLOTS                                                                      \
    EACH_MULTI EACH_SLOW_MULTI EACH_LEAVING EACH_FP EACH_FP_FLAGS EACH_FP_PAIR EACH(fp_helper)

#undef EACH
#define EACH(name)      NUMBER_##name,
#define EACH_SLOW(name) NUMBER_slow_##name,
enum { NO_HANDLER, HANDLERS_OF_ONE_SLOT ONE_SLOT_HANDLERS };
enum { BEFORE_TWO_SLOTS = ONE_SLOT_HANDLERS - 1, HANDLERS_OF_TWO_SLOTS HANDLERS };
#undef EACH_SLOW

/* -- dump.c -- */

/* A handler's number; NO_HANDLER for what is no record of a block. */
unsigned tci_handler(TciFn *fn);

/* The name of a number's handler; "?" for NO_HANDLER. */
const char *tci_handler_name(unsigned number);

/* How many slots its records take. */
static inline unsigned tci_handler_slots(unsigned number)
{
    return number < ONE_SLOT_HANDLERS ? 1 : 2;
}

#endif
