/* SPDX-License-Identifier: MIT */
/* Handlers that decide where to go on: branches inside a block, exits to other blocks, helpers. */
#include "tci/block.h"
#include "tci/handlers.h"

/* -- Inside a block: to `imm` slots from here on the flags, c slots on a comparison -- */

#define SKIP(cond, ...)                                                                            \
    HANDLER(tci_op_skip_##cond)                                                                    \
    {                                                                                              \
        if (if_##cond##_taken(env, slot)) {                                                        \
            GO(slot + IMM);                                                                        \
        }                                                                                          \
        GO(slot + 1);                                                                              \
    }
CONDITIONS(SKIP, 0)

#define SKIP_CMP(cond, form)                                                                       \
    HANDLER(tci_op_skip_##form##_##cond)                                                           \
    {                                                                                              \
        if (form##_##cond##_taken(env, slot)) {                                                    \
            GO(slot + slot->c);                                                                    \
        }                                                                                          \
        GO(slot + 1);                                                                              \
    }
COMPARISONS(SKIP_CMP)
COMPARISONS_ONLY(SKIP_CMP)

/* -- Exits to a known pc -- */

HANDLER(tci_op_goto_tb)
{
    TAKE_EXIT();
}

/* A call: d = imm on the way. */
HANDLER(tci_op_movi_goto_tb)
{
    RD = IMM;
    TAKE_EXIT();
}

HANDLER(tci_op_goto_tb_cross)
{
    TAKE_EXIT_CROSS();
}

HANDLER(tci_op_movi_goto_tb_cross)
{
    RD = IMM;
    TAKE_EXIT_CROSS();
}

HANDLER(tci_op_exit_tb)
{
    (void)tlb;
    env->budget -= slot->c;
    env->pc = slot[1].pc;
    return NULL;
}

#define EXIT_IF(cond, ...)                                                                         \
    HANDLER(tci_op_exit_if_##cond)                                                                 \
    {                                                                                              \
        if (if_##cond##_taken(env, slot)) {                                                        \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(slot + 2);                                                                              \
    }
CONDITIONS(EXIT_IF, 0)

#define EXIT_CMP(cond, form)                                                                       \
    HANDLER(tci_op_exit_##form##_##cond)                                                           \
    {                                                                                              \
        if (form##_##cond##_taken(env, slot)) {                                                    \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
        GO(slot + 2);                                                                              \
    }
COMPARISONS(EXIT_CMP)

/* -- Exits to a computed pc -- */

HANDLER(tci_op_goto_ptr)
{
    GOTO_PTR(RA);
}

HANDLER(tci_op_goto_ptr_even)
{
    GOTO_PTR_EVEN(RA);
}

HANDLER(tci_op_goto_ptr_odd)
{
    GOTO_PTR_ODD(RA);
}

HANDLER(tci_op_lookup)
{
    uint32_t pc = env->pc;
    env->budget -= slot->c;
    GO_PC(pc, GO_MODE);
}

/* -- Coverage -- */

HANDLER(tci_op_count)
{
    slot->counted->count++;
    GO(slot + 1);
}

/* -- Helpers -- */

HANDLER(tci_op_call)
{
    RD = slot[1].helper(env, RA, RB, IMM);
    GO(slot + 2);
}

HANDLER(tci_op_call_raises)
{
    uint32_t v = slot[1].helper(env, RA, RB, IMM);
    if (env->raised) {
        SLOW(tci_op_raised);
    }
    RD = v;
    GO_MODE(slot + 2);
}

static TciSlot *leave(TciEnv *env, TciSlot *slot, TlbEntry *tlb)
{
    (void)env, (void)slot, (void)tlb;
    return NULL;
}

TciSlot tci_leave[1] = { { { .fn = leave } } };

/* -- Tables -- */

#define SKIP_ROW(cond, ...)       [TCG_COND_##cond] = NUMBER_skip_##cond,
#define CMP_ROW(cond, form, ...)  [TCG_COND_##cond] = NUMBER_skip_##form##_##cond,
#define EXIT_ROW(cond, ...)       [TCG_COND_##cond] = NUMBER_exit_if_##cond,
#define COND_ROW(cond, form, ...) [TCG_COND_##cond] = NUMBER_exit_##form##_##cond,
const uint16_t tci_skip[TCG_COND_ALWAYS] = { CONDITIONS(SKIP_ROW, 0) };
const uint16_t tci_skip_cmp[CMP_FORMS][TCG_COND_ALWAYS] = {
    { CONDITIONS(CMP_ROW, cmp_rr, 0) },     { CONDITIONS(CMP_ROW, cmp_ri, 0) },
    { CONDITIONS(CMP_ROW, sub_ri, 0) },     { TST_CONDITIONS(CMP_ROW, tst_rr, 0) },
    { TST_CONDITIONS(CMP_ROW, tst_ri, 0) },
};
const uint16_t tci_skip_cmp_only[CMP_FORMS][TCG_COND_ALWAYS] = {
    [CMP_RR] = { CONDITIONS(CMP_ROW, cmp_rr_only, 0) },
    [CMP_RI] = { CONDITIONS(CMP_ROW, cmp_ri_only, 0) },
    [CMP_TST_RR] = { TST_CONDITIONS(CMP_ROW, tst_rr_only, 0) },
    [CMP_TST_RI] = { TST_CONDITIONS(CMP_ROW, tst_ri_only, 0) },
};
const uint16_t tci_exit_if[TCG_COND_ALWAYS] = { CONDITIONS(EXIT_ROW, 0) };
const uint16_t tci_exit_cmp[CMP_FORMS][TCG_COND_ALWAYS] = {
    { CONDITIONS(COND_ROW, cmp_rr, 0) },     { CONDITIONS(COND_ROW, cmp_ri, 0) },
    { CONDITIONS(COND_ROW, sub_ri, 0) },     { TST_CONDITIONS(COND_ROW, tst_rr, 0) },
    { TST_CONDITIONS(COND_ROW, tst_ri, 0) },
};
