/* SPDX-License-Identifier: MIT */
/* Handlers that decide where to go on: branches inside a block, exits to other blocks, helpers. */
#include "tci/block.h"
#include "tci/ops_flow.h"

#define HANDLER(name)        static TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)
#define PUBLIC_HANDLER(name) TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)

/* -- Inside a block: to `imm` units from here on the flags, c units on a comparison -- */

#define SKIP(cond, ...)                                                                            \
    PUBLIC_HANDLER(tci_op_skip_##cond)                                                             \
    {                                                                                              \
        if (if_##cond##_taken(env, op)) {                                                          \
            GO(op + IMM);                                                                          \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
CONDITIONS(SKIP, 0)

#define SKIP_CMP(cond, form)                                                                       \
    PUBLIC_HANDLER(tci_op_skip_##form##_##cond)                                                    \
    {                                                                                              \
        if (form##_##cond##_taken(env, op)) {                                                      \
            GO(op + op->c);                                                                        \
        }                                                                                          \
        GO(op + 1);                                                                                \
    }
COMPARISONS(SKIP_CMP)
COMPARISONS_ONLY(SKIP_CMP)

/* -- Exits to a known pc -- */

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
    PUBLIC_HANDLER(tci_op_exit_if_##cond)                                                          \
    {                                                                                              \
        if (if_##cond##_taken(env, op)) {                                                          \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(op + 2);                                                                                \
    }
CONDITIONS(EXIT_IF, 0)

#define EXIT_CMP(cond, form)                                                                       \
    PUBLIC_HANDLER(tci_op_exit_##form##_##cond)                                                    \
    {                                                                                              \
        if (form##_##cond##_taken(env, op)) {                                                      \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(op + 2);                                                                                \
    }
COMPARISONS(EXIT_CMP)

/* -- Exits to a computed pc -- */

PUBLIC_HANDLER(tci_op_goto_ptr)
{
    GOTO_PTR();
}

PUBLIC_HANDLER(tci_op_goto_ptr_arm)
{
    GOTO_PTR_ARM();
}

PUBLIC_HANDLER(tci_op_goto_ptr_thumb)
{
    GOTO_PTR_THUMB();
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

#define SKIP_ROW(cond, ...)       [TCG_COND_##cond] = tci_op_skip_##cond,
#define CMP_ROW(cond, form, ...)  [TCG_COND_##cond] = tci_op_skip_##form##_##cond,
#define EXIT_ROW(cond, ...)       [TCG_COND_##cond] = tci_op_exit_if_##cond,
#define COND_ROW(cond, form, ...) [TCG_COND_##cond] = tci_op_exit_##form##_##cond,
TciFn *const tci_skip[TCG_COND_ALWAYS] = { CONDITIONS(SKIP_ROW, 0) };
TciFn *const tci_skip_cmp[CMP_FORMS][TCG_COND_ALWAYS] = {
    { CONDITIONS(CMP_ROW, cmp_rr, 0) },     { CONDITIONS(CMP_ROW, cmp_ri, 0) },
    { CONDITIONS(CMP_ROW, sub_ri, 0) },     { TST_CONDITIONS(CMP_ROW, tst_rr, 0) },
    { TST_CONDITIONS(CMP_ROW, tst_ri, 0) },
};
TciFn *const tci_skip_cmp_only[CMP_FORMS][TCG_COND_ALWAYS] = {
    [CMP_RR] = { CONDITIONS(CMP_ROW, cmp_rr_only, 0) },
    [CMP_RI] = { CONDITIONS(CMP_ROW, cmp_ri_only, 0) },
    [CMP_TST_RR] = { TST_CONDITIONS(CMP_ROW, tst_rr_only, 0) },
    [CMP_TST_RI] = { TST_CONDITIONS(CMP_ROW, tst_ri_only, 0) },
};
TciFn *const tci_exit_if[TCG_COND_ALWAYS] = { CONDITIONS(EXIT_ROW, 0) };
TciFn *const tci_exit_cmp[CMP_FORMS][TCG_COND_ALWAYS] = {
    { CONDITIONS(COND_ROW, cmp_rr, 0) },     { CONDITIONS(COND_ROW, cmp_ri, 0) },
    { CONDITIONS(COND_ROW, sub_ri, 0) },     { TST_CONDITIONS(COND_ROW, tst_rr, 0) },
    { TST_CONDITIONS(COND_ROW, tst_ri, 0) },
};

#define SKIP_NAME(cond, ...)  { tci_op_skip_##cond, "skip_" #cond, 1 },
#define CMP_NAME(cond, form)  { tci_op_skip_##form##_##cond, "skip_" #form "_" #cond, 1 },
#define EXIT_NAME(cond, ...)  { tci_op_exit_if_##cond, "exit_if_" #cond, 2 },
#define COND_NAME(cond, form) { tci_op_exit_##form##_##cond, "exit_" #form "_" #cond, 2 },
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
    CONDITIONS(SKIP_NAME, 0) CONDITIONS(EXIT_NAME, 0) COMPARISONS(CMP_NAME)
        COMPARISONS_ONLY(CMP_NAME) COMPARISONS(COND_NAME){ 0 },
};
