/* SPDX-License-Identifier: MIT */
/* Handlers that decide where to go on: branches inside a block, exits to other blocks, helpers. */
#include "tci/block.h"
#include "tci/flags.h"
#include "tci/ops.h"

#define HANDLER(name)        static TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)
#define PUBLIC_HANDLER(name) TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)

/* -- Inside a block -- */

#define SKIP(cond, ...)                                                                            \
    HANDLER(skip_##cond)                                                                           \
    {                                                                                              \
        if (FLAG_##cond) {                                                                         \
            GO(op + IMM);                                                                          \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
CONDITIONS(SKIP, 0)

#define SKIP_CMP(cond, form, get_y, flags)                                                         \
    HANDLER(skip_##form##_##cond)                                                                  \
    {                                                                                              \
        uint32_t x = RA, y = get_y;                                                                \
        flags;                                                                                     \
        if (CMP_##cond(x, y)) {                                                                    \
            GO(op + op->c);                                                                        \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
CONDITIONS(SKIP_CMP, cmp_rr_f, RB, flags_sub(env, x, y, x - y))
CONDITIONS(SKIP_CMP, cmp_ri_f, IMM, flags_sub(env, x, y, x - y))
CONDITIONS(SKIP_CMP, sub_ri_f, IMM, flags_sub(env, x, y, RD = x - y))

#define TST_EQ(r) ((r) == 0)
#define TST_NE(r) ((r) != 0)
#define TST_MI(r) ((r) >> 31 != 0)
#define TST_PL(r) ((r) >> 31 == 0)
#define TST_CONDITIONS(X, ...)                                                                     \
    X(EQ, __VA_ARGS__) X(NE, __VA_ARGS__) X(MI, __VA_ARGS__) X(PL, __VA_ARGS__)
#define SKIP_TST(cond, form, get_y)                                                                \
    HANDLER(skip_##form##_##cond)                                                                  \
    {                                                                                              \
        uint32_t r = RA & get_y;                                                                   \
        flags_nz(env, r);                                                                          \
        if (TST_##cond(r)) {                                                                       \
            GO(op + op->c);                                                                        \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
TST_CONDITIONS(SKIP_TST, tst_rr, RB)
TST_CONDITIONS(SKIP_TST, tst_ri, IMM)

/* -- Exits to a known pc: c = guest instructions executed, second unit: target -- */

/* The slice is used up: state is in order at the target's pc. */
HANDLER(out_of_budget)
{
    (void)tlb;
    env->pc = op[1].pc;
    return NULL;
}

#define TAKE_EXIT()                                                                                \
    do {                                                                                           \
        env->budget -= op->c;                                                                      \
        if (env->budget < 0) {                                                                     \
            SLOW(out_of_budget);                                                                   \
        }                                                                                          \
        GO(op[1].target);                                                                          \
    } while (0)

PUBLIC_HANDLER(tci_op_goto_tb)
{
    TAKE_EXIT();
}

/* A call: d = imm on the way. */
PUBLIC_HANDLER(tci_op_movi_goto_tb)
{
    RD = IMM;
    TAKE_EXIT();
}

/* A target on another page is good as long as no address translation has changed. */
#define TAKE_EXIT_CROSS()                                                                          \
    do {                                                                                           \
        env->budget -= op->c;                                                                      \
        if (env->budget < 0) {                                                                     \
            SLOW(out_of_budget);                                                                   \
        }                                                                                          \
        if (op[1].generation != env->generation) {                                                 \
            SLOW(tci_op_relink);                                                                   \
        }                                                                                          \
        GO(op[1].target);                                                                          \
    } while (0)

PUBLIC_HANDLER(tci_op_goto_tb_cross)
{
    TAKE_EXIT_CROSS();
}

PUBLIC_HANDLER(tci_op_movi_goto_tb_cross)
{
    RD = IMM;
    TAKE_EXIT_CROSS();
}

PUBLIC_HANDLER(tci_op_exit_tb)
{
    (void)tlb;
    env->budget -= op->c;
    env->pc = op[1].pc;
    return NULL;
}

#define EXIT_IF(cond, ...)                                                                         \
    HANDLER(exit_if_##cond)                                                                        \
    {                                                                                              \
        if (FLAG_##cond) {                                                                         \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(op + 2);                                                                                \
    }
CONDITIONS(EXIT_IF, 0)

#define EXIT_CMP(cond, form, get_y, define)                                                        \
    HANDLER(exit_##form##_##cond)                                                                  \
    {                                                                                              \
        uint32_t x = RA, y = get_y;                                                                \
        define;                                                                                    \
        if (CMP_##cond(x, y)) {                                                                    \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(op + 2);                                                                                \
    }
CONDITIONS(EXIT_CMP, cmp_rr, RB, flags_sub(env, x, y, x - y))
CONDITIONS(EXIT_CMP, cmp_ri, IMM, flags_sub(env, x, y, x - y))
CONDITIONS(EXIT_CMP, sub_ri, IMM, flags_sub(env, x, y, RD = x - y))

#define EXIT_TST(cond, form, get_y)                                                                \
    HANDLER(exit_##form##_##cond)                                                                  \
    {                                                                                              \
        uint32_t r = RA & get_y;                                                                   \
        flags_nz(env, r);                                                                          \
        if (TST_##cond(r)) {                                                                       \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(op + 2);                                                                                \
    }
TST_CONDITIONS(EXIT_TST, tst_rr, RB)
TST_CONDITIONS(EXIT_TST, tst_ri, IMM)

/* -- Exits to a computed pc -- */

/* `go`: GO where the mode cannot have changed, else GO_MODE. */
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

PUBLIC_HANDLER(tci_op_goto_ptr)
{
    uint32_t pc = RA;
    env->budget -= op->c;
    GO_PC(pc, GO);
}

PUBLIC_HANDLER(tci_op_goto_ptr_arm)
{
    uint32_t pc = RA;
    env->budget -= op->c;
    if (pc & 3) {
        SLOW(tci_op_switch_mode);
    }
    GO_PC(pc, GO);
}

PUBLIC_HANDLER(tci_op_goto_ptr_thumb)
{
    uint32_t pc = RA;
    env->budget -= op->c;
    if (!(pc & 1)) {
        SLOW(tci_op_switch_mode);
    }
    pc &= ~UINT32_C(1);
    GO_PC(pc, GO);
}

PUBLIC_HANDLER(tci_op_lookup)
{
    uint32_t pc = env->pc;
    env->budget -= op->c;
    GO_PC(pc, GO_MODE);
}

/* -- Helpers -- */

PUBLIC_HANDLER(tci_op_call)
{
    RD = op[1].helper(env, RA, RB, IMM);
    GO(op + 2);
}

PUBLIC_HANDLER(tci_op_call_raises)
{
    uint32_t v = op[1].helper(env, RA, RB, IMM);
    if (env->raised) {
        SLOW(tci_op_raised);
    }
    RD = v;
    GO_MODE(op + 2);
}

HANDLER(leave)
{
    (void)env, (void)op, (void)tlb;
    return NULL;
}

TciOp tci_leave[1] = { { { leave, 0, 0, 0, 0, 0 } } };

/* -- Tables -- */

#define SKIP_ROW(cond, ...)       [TCG_COND_##cond] = skip_##cond,
#define CMP_ROW(cond, form, ...)  [TCG_COND_##cond] = skip_##form##_##cond,
#define EXIT_ROW(cond, ...)       [TCG_COND_##cond] = exit_if_##cond,
#define COND_ROW(cond, form, ...) [TCG_COND_##cond] = exit_##form##_##cond,
TciFn *const tci_skip[TCG_COND_ALWAYS] = { CONDITIONS(SKIP_ROW, 0) };
TciFn *const tci_skip_cmp[CMP_FORMS][TCG_COND_ALWAYS] = {
    { CONDITIONS(CMP_ROW, cmp_rr_f, 0) },   { CONDITIONS(CMP_ROW, cmp_ri_f, 0) },
    { CONDITIONS(CMP_ROW, sub_ri_f, 0) },   { TST_CONDITIONS(CMP_ROW, tst_rr, 0) },
    { TST_CONDITIONS(CMP_ROW, tst_ri, 0) },
};
TciFn *const tci_exit_if[TCG_COND_ALWAYS] = { CONDITIONS(EXIT_ROW, 0) };
TciFn *const tci_exit_cmp[CMP_FORMS][TCG_COND_ALWAYS] = {
    { CONDITIONS(COND_ROW, cmp_rr, 0) },     { CONDITIONS(COND_ROW, cmp_ri, 0) },
    { CONDITIONS(COND_ROW, sub_ri, 0) },     { TST_CONDITIONS(COND_ROW, tst_rr, 0) },
    { TST_CONDITIONS(COND_ROW, tst_ri, 0) },
};

#define SKIP_NAME(cond, ...)       { skip_##cond, "skip_" #cond, 1 },
#define CMP_NAME(cond, form, ...)  { skip_##form##_##cond, "skip_" #form "_" #cond, 1 },
#define EXIT_NAME(cond, ...)       { exit_if_##cond, "exit_if_" #cond, 2 },
#define COND_NAME(cond, form, ...) { exit_##form##_##cond, "exit_" #form "_" #cond, 2 },
const TciHandler tci_flow_handlers[] = {
    { tci_op_goto_tb, "goto_tb", 2 },
    { tci_op_goto_tb_cross, "goto_tb_cross", 2 },
    { tci_op_movi_goto_tb, "movi_goto_tb", 2 },
    { tci_op_movi_goto_tb_cross, "movi_goto_tb_cross", 2 },
    { tci_op_exit_tb, "exit_tb", 2 },
    { tci_op_link, "link", 1 },
    { tci_op_stale, "stale", 1 },
    { tci_op_goto_ptr, "goto_ptr", 1 },
    { tci_op_goto_ptr_arm, "goto_ptr_arm", 1 },
    { tci_op_goto_ptr_thumb, "goto_ptr_thumb", 1 },
    { tci_op_lookup, "lookup", 1 },
    { tci_op_call, "call", 2 },
    { tci_op_call_raises, "call_raises", 2 },
    CONDITIONS(SKIP_NAME, 0) CONDITIONS(CMP_NAME, cmp_rr_f, 0) CONDITIONS(CMP_NAME, cmp_ri_f, 0)
        CONDITIONS(CMP_NAME, sub_ri_f, 0) TST_CONDITIONS(CMP_NAME, tst_rr, 0)
            TST_CONDITIONS(CMP_NAME, tst_ri, 0) CONDITIONS(EXIT_NAME, 0)
                CONDITIONS(COND_NAME, cmp_rr, 0) CONDITIONS(COND_NAME, cmp_ri, 0)
                    CONDITIONS(COND_NAME, sub_ri, 0) TST_CONDITIONS(COND_NAME, tst_rr, 0)
                        TST_CONDITIONS(COND_NAME, tst_ri, 0){ 0 },
};
