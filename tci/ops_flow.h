/* SPDX-License-Identifier: MIT */
/* What records that compare and branch do: NAME_taken(env, slot) defines the flags and tells
 * whether to branch, inside the block or out of it. ops_flow.c makes handlers of them,
 * superinstructions.c parts of one. */
#ifndef TCI_OPS_FLOW_H
#define TCI_OPS_FLOW_H

#include "tci/flags.h"
#include "tci/ops.h"

/* An exit to a known pc: c = guest instructions executed, second slot: target. */
#define TAKE_EXIT()                                                                                \
    do {                                                                                           \
        env->budget -= slot->c;                                                                    \
        if (env->budget < 0) {                                                                     \
            SLOW(tci_op_out_of_budget);                                                            \
        }                                                                                          \
        GO(slot[1].target);                                                                        \
    } while (0)

/* A target on another page is good as long as no address translation has changed. */
#define TAKE_EXIT_CROSS()                                                                          \
    do {                                                                                           \
        env->budget -= slot->c;                                                                    \
        if (env->budget < 0) {                                                                     \
            SLOW(tci_op_out_of_budget);                                                            \
        }                                                                                          \
        if (slot[1].generation != env->generation) {                                               \
            SLOW(tci_op_relink);                                                                   \
        }                                                                                          \
        GO(slot[1].target);                                                                        \
    } while (0)

/* To a computed pc. `go`: GO where the mode cannot have changed, else GO_MODE. */
#define GO_PC(to, go)                                                                              \
    do {                                                                                           \
        const JumpEntry *e = &env->jumps[(to) >> 2 & ((1u << JUMP_BITS) - 1)];                     \
        if (env->budget < 0) {                                                                     \
            env->pc = (to);                                                                        \
            return NULL;                                                                           \
        }                                                                                          \
        if (e->key != (env->key | (to))) {                                                         \
            env->pc = (to);                                                                        \
            SLOW(tci_op_find);                                                                     \
        }                                                                                          \
        go(e->code);                                                                               \
    } while (0)

/* To the pc in register a, in the same mode. goto_ptr_x (tcg.h) from the instruction set at even
 * addresses and from the one at odd addresses: the usual case is that the set stays the same. */
#define GOTO_PTR(value)                                                                            \
    do {                                                                                           \
        uint32_t pc = value;                                                                       \
        env->budget -= slot->c;                                                                    \
        GO_PC(pc, GO);                                                                             \
    } while (0)
#define GOTO_PTR_EVEN(value)                                                                       \
    do {                                                                                           \
        uint32_t pc = value;                                                                       \
        env->budget -= slot->c;                                                                    \
        if (pc & 3) {                                                                              \
            SLOW(tci_op_switch_isa);                                                               \
        }                                                                                          \
        GO_PC(pc, GO);                                                                             \
    } while (0)
#define GOTO_PTR_ODD(value)                                                                        \
    do {                                                                                           \
        uint32_t pc = value;                                                                       \
        env->budget -= slot->c;                                                                    \
        if (!(pc & 1)) {                                                                           \
            SLOW(tci_op_switch_isa);                                                               \
        }                                                                                          \
        pc &= ~UINT32_C(1);                                                                        \
        GO_PC(pc, GO);                                                                             \
    } while (0)

#define TAKEN(name) static inline bool name##_taken(TciEnv *env, const TciSlot *slot)

/* On the flags. */
#define IF_TAKEN(cond, ...)                                                                        \
    TAKEN(if_##cond)                                                                               \
    {                                                                                              \
        (void)slot;                                                                                \
        return FLAG_##cond;                                                                        \
    }
CONDITIONS(IF_TAKEN, 0)

/* On a comparison, whose flags are defined, too. */
#define CMP_TAKEN(cond, form, get_y, define)                                                       \
    TAKEN(form##_##cond)                                                                           \
    {                                                                                              \
        uint32_t x = RA, y = get_y;                                                                \
        define;                                                                                    \
        return CMP_##cond(x, y);                                                                   \
    }
CONDITIONS(CMP_TAKEN, cmp_rr, RB, flags_sub(env, x, y, x - y))
CONDITIONS(CMP_TAKEN, cmp_ri, IMM, flags_sub(env, x, y, x - y))
CONDITIONS(CMP_TAKEN, sub_ri, IMM, flags_sub(env, x, y, RD = x - y))
/* Without the flags. */
CONDITIONS(CMP_TAKEN, cmp_rr_only, RB, (void)0)
CONDITIONS(CMP_TAKEN, cmp_ri_only, IMM, (void)0)
/* clang-format off */
/* One of them, for example (`make show HANDLER=exit_sub_ri_NE`):
 *
 *   static inline bool sub_ri_NE_taken(TciEnv *env, const TciSlot *slot)
 *   {
 *       uint32_t x = RA, y = IMM;
 *       flags_sub(env, x, y, RD = x - y);
 *       return x != y;
 *   }
 */
/* clang-format on */

#define TST_EQ(r) ((r) == 0)
#define TST_NE(r) ((r) != 0)
#define TST_MI(r) ((r) >> 31 != 0)
#define TST_PL(r) ((r) >> 31 == 0)
#define TST_CONDITIONS(X, ...)                                                                     \
    X(EQ, __VA_ARGS__) X(NE, __VA_ARGS__) X(MI, __VA_ARGS__) X(PL, __VA_ARGS__)
#define TST_TAKEN(cond, form, get_y, define)                                                       \
    TAKEN(form##_##cond)                                                                           \
    {                                                                                              \
        uint32_t r = RA & get_y;                                                                   \
        define;                                                                                    \
        return TST_##cond(r);                                                                      \
    }
TST_CONDITIONS(TST_TAKEN, tst_rr, RB, flags_nz(env, r))
TST_CONDITIONS(TST_TAKEN, tst_ri, IMM, flags_nz(env, r))
TST_CONDITIONS(TST_TAKEN, tst_rr_only, RB, (void)0)
TST_CONDITIONS(TST_TAKEN, tst_ri_only, IMM, (void)0)

/* X(condition, form) for all comparisons, and for those that define no flags. */
#define COMPARISONS(X)                                                                             \
    CONDITIONS(X, cmp_rr)                                                                          \
    CONDITIONS(X, cmp_ri)                                                                          \
    CONDITIONS(X, sub_ri)                                                                          \
    TST_CONDITIONS(X, tst_rr)                                                                      \
    TST_CONDITIONS(X, tst_ri)

#define COMPARISONS_ONLY(X)                                                                        \
    CONDITIONS(X, cmp_rr_only)                                                                     \
    CONDITIONS(X, cmp_ri_only)                                                                     \
    TST_CONDITIONS(X, tst_rr_only)                                                                 \
    TST_CONDITIONS(X, tst_ri_only)

#define DECLARE_IF(cond, ...)   TciFn tci_op_skip_##cond, tci_op_exit_if_##cond;
#define DECLARE_CMP(cond, form) TciFn tci_op_skip_##form##_##cond, tci_op_exit_##form##_##cond;
CONDITIONS(DECLARE_IF, 0)
COMPARISONS(DECLARE_CMP)
#define DECLARE_ONLY(cond, form) TciFn tci_op_skip_##form##_##cond;
COMPARISONS_ONLY(DECLARE_ONLY)

/* EACH(name) for those of one slot, and of two. */
#define EACH_SKIP(cond, ...)      EACH(skip_##cond)
#define EACH_SKIP_CMP(cond, form) EACH(skip_##form##_##cond)
#define EACH_EXIT(cond, ...)      EACH(exit_if_##cond)
#define EACH_EXIT_CMP(cond, form) EACH(exit_##form##_##cond)
#define EACH_BRANCH                                                                                \
    EACH(goto_ptr)                                                                                 \
    EACH(goto_ptr_even)                                                                            \
    EACH(goto_ptr_odd)                                                                             \
    EACH(lookup)                                                                                   \
    EACH(count)                                                                                    \
    CONDITIONS(EACH_SKIP, 0) COMPARISONS(EACH_SKIP_CMP) COMPARISONS_ONLY(EACH_SKIP_CMP)
#define EACH_LEAVING                                                                               \
    EACH(goto_tb)                                                                                  \
    EACH(goto_tb_cross)                                                                            \
    EACH(movi_goto_tb)                                                                             \
    EACH(movi_goto_tb_cross)                                                                       \
    EACH(exit_tb)                                                                                  \
    EACH(call) EACH(call_raises) CONDITIONS(EACH_EXIT, 0) COMPARISONS(EACH_EXIT_CMP)

#endif
