/* SPDX-License-Identifier: MIT */
/* Slow paths. They are handlers like any other, in a file of their own so that no compiler pulls
 * one into a fast path, which then would need a stack frame. */
#include "tci/block.h"
#include "tci/flags.h"
#include "tci/ops.h"
#include "tci/ops_mem.h"

#define SINGLE_HANDLER(name) TciSlot *name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)

/* -- Memory: TLB miss, device, unaligned, store to code -- */

#define SLOW_LOAD(form, table, address, writeback, name, ...)                                      \
    SINGLE_HANDLER(tci_slow_##name##_##form)                                                       \
    {                                                                                              \
        uint32_t va = address, v;                                                                  \
        TciOutcome outcome = tci_slow_load(env, va, slot->c, &v);                                  \
        if (outcome != TCI_DONE) {                                                                 \
            GO_MODE(tci_access_failed(env, slot, outcome, TCI_LOAD));                              \
        }                                                                                          \
        writeback;                                                                                 \
        RD = v;                                                                                    \
        GO(slot + 1);                                                                              \
    }

#define SLOW_STORE(form, table, address, writeback, name, ...)                                     \
    SINGLE_HANDLER(tci_slow_##name##_##form)                                                       \
    {                                                                                              \
        uint32_t va = address;                                                                     \
        TciOutcome outcome = tci_slow_store(env, va, slot->c, RD);                                 \
        if (outcome != TCI_DONE) {                                                                 \
            GO_MODE(tci_access_failed(env, slot, outcome, TCI_STORE));                             \
        }                                                                                          \
        writeback;                                                                                 \
        GO(slot + 1);                                                                              \
    }

#define SLOW_LOADS(name, forms, ...)  forms(SLOW_LOAD, name, 0)
#define SLOW_STORES(name, forms, ...) forms(SLOW_STORE, name, 0)
LOAD_KINDS(SLOW_LOADS)
STORE_KINDS(SLOW_STORES)

#define SLOW_MULTIPLE(form, table, address, writeback, name, access)                               \
    SINGLE_HANDLER(tci_slow_##name##_##form)                                                       \
    {                                                                                              \
        const uint32_t words = slot->d;                                                            \
        uint32_t va = address;                                                                     \
        TciOutcome outcome = tci_slow_##name(env, va, slot->c, slot[1].list, words);               \
        if (outcome != TCI_DONE) {                                                                 \
            GO_MODE(tci_access_failed(env, slot, outcome, access));                                \
        }                                                                                          \
        writeback;                                                                                 \
        GO(slot + 2);                                                                              \
    }
MULTI_FORMS_LIST(SLOW_MULTIPLE, ldm, TCI_LOAD)
MULTI_FORMS_LIST(SLOW_MULTIPLE, stm, TCI_STORE)

/* -- Flow -- */

/* The slice is used up at an exit: state is in order at the target's pc. */
SINGLE_HANDLER(tci_op_out_of_budget)
{
    (void)tlb;
    env->pc = slot[1].pc;
    return NULL;
}

/* The block at env->pc is not in the jump cache. */
SINGLE_HANDLER(tci_op_find)
{
    GO_MODE(tci_find(env));
}

/* A chained exit to another page, after address translation has changed. */
SINGLE_HANDLER(tci_op_relink)
{
    GO_MODE(tci_link(env, slot));
}

/* The first time an exit is taken it leads here. */
SINGLE_HANDLER(tci_op_link)
{
    GO_MODE(tci_link(env, slot->exit));
}

/* The first record of a block that is no more: a chain still led here. */
SINGLE_HANDLER(tci_op_stale)
{
    env->pc = tci_block_of(env->tci, slot)->pc;
    env->tci->stats.stale++;
    GO_MODE(tci_find(env));
}

/* An exit under coverage, the first time. */
SINGLE_HANDLER(tci_op_covered)
{
    GO_MODE(tci_exit_covered(env, slot));
}

/* goto_ptr_x to the other instruction set, or to an address that is rounded down. */
SINGLE_HANDLER(tci_op_switch_isa)
{
    uint32_t to = RA, isa_bit = env->target->isa_bit;
    uint32_t pc = to & (to & 1 ? ~UINT32_C(1) : ~UINT32_C(3));
    uint32_t mode = to & 1 ? env->mode | isa_bit : env->mode & ~isa_bit;
    const JumpEntry *e = &env->jumps[pc >> 2 & ((1u << JUMP_BITS) - 1)];
    uint64_t key = env->other_key;
    if (e->key != (key | pc) || mode == env->mode || env->budget < 0) {
        GO_MODE(tci_go(env, pc, mode));
    }
    env->mode = mode;
    env->other_key = env->key;
    env->key = key;
    GO(e->code);
}

/* A floating point operation that is not the host's to do. */
SINGLE_HANDLER(tci_op_fp_helper)
{
    slot[1].helper(env, 0, 0, IMM);
    GO(slot + 2);
}

/* A floating point comparison whose result goes to the flags, too. */
SINGLE_HANDLER(tci_op_fp_flags_helper)
{
    slot[1].helper(env, 0, 0, IMM);
    flags_set_all(env, env->fp_flags);
    GO(slot + 2);
}

SINGLE_HANDLER(tci_op_raised)
{
    GO_MODE(tci_raised(env, slot));
}
