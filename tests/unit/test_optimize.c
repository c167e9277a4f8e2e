/* SPDX-License-Identifier: MIT */
/* The optimiser on small op lists: what must go, and above all what must stay. */
#include "tcg/tcg.h"
#include "tests/unit/tap.h"

static TCGContext s;

/* The ops of a kind that are left. */
static unsigned count(TCGOpcode opc)
{
    unsigned n = 0;
    for (unsigned i = 0; i < s.count; i++) {
        n += s.ops[i].opc == opc;
    }
    return n;
}

static const TCGOp *first(TCGOpcode opc)
{
    for (unsigned i = 0; i < s.count; i++) {
        if (s.ops[i].opc == opc) {
            return &s.ops[i];
        }
    }
    return NULL;
}

static void start(void)
{
    tcg_start(&s);
    tcg_insn_start(&s, 0x1000);
}

static void finish(void)
{
    tcg_goto_tb(&s, 0x2000);
    tcg_optimize(&s);
}

static uint32_t helper(struct TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)env;
    return a + b + imm;
}

static void test_flags(void)
{
    start();
    tcg_op2i(&s, TCG_sub, TCG_NZCV, 0, 0, 1);
    tcg_op2i(&s, TCG_sub, TCG_NZCV, 1, 1, 1);
    finish();
    ok(count(TCG_sub) == 2 && first(TCG_sub)->fset == 0, "flags defined again are dead");

    start();
    tcg_op2i(&s, TCG_sub, TCG_NZCV, 0, 0, 1);
    tcg_ld(&s, 2, 3, TCG_NONE, 0, 0, MO_32);
    tcg_op2i(&s, TCG_sub, TCG_NZCV, 1, 1, 1);
    finish();
    ok(first(TCG_sub)->fset == TCG_NZCV, "an access that may fault shows them all the same");

    start();
    tcg_op2i(&s, TCG_sub, TCG_NZCV, TCG_NONE, 0, 1);
    tcg_op2(&s, TCG_adc, 0, 1, 1, 2);
    tcg_op2i(&s, TCG_sub, TCG_NZCV, 3, 3, 1);
    finish();
    ok(count(TCG_sub) == 2 && first(TCG_sub)->fset == TCG_C, "a carry that is read stays, alone");

    start();
    tcg_op2(&s, TCG_setc_shl, TCG_C, TCG_NONE, 0, 1);
    tcg_op2(&s, TCG_setc_shr, TCG_C, TCG_NONE, 2, 3);
    finish();
    ok(count(TCG_setc_shl) == 1, "a shift by a register may leave the carry of the one before");

    start();
    unsigned label = tcg_new_label(&s);
    tcg_op2i(&s, TCG_sub, TCG_NZCV, TCG_NONE, 0, 1);
    tcg_brflags(&s, TCG_COND_EQ, label);
    tcg_op2i(&s, TCG_sub, TCG_NZCV, TCG_NONE, 1, 1);
    tcg_label(&s, label);
    finish();
    ok(first(TCG_sub)->fset == TCG_NZCV, "flags live on the branch's way stay");
}

static void test_moves(void)
{
    start();
    tcg_op2i(&s, TCG_mov, TCG_NZ, TCG_NONE, TCG_NONE, 0);
    finish();
    ok(count(TCG_mov) == 1 && first(TCG_mov)->fset == TCG_NZ, "a move for its flags alone stays");
}

static void test_dead(void)
{
    start();
    TCGTemp t = tcg_temp(&s);
    tcg_op2i(&s, TCG_add, 0, t, 0, 1);
    finish();
    ok(count(TCG_add) == 0, "an unused temp is removed");

    start();
    tcg_op2i(&s, TCG_add, 0, 1, 0, 1);
    tcg_movi(&s, 1, 7);
    finish();
    ok(count(TCG_add) == 0, "a register that is overwritten unseen goes");

    start();
    tcg_op2i(&s, TCG_add, 0, 1, 0, 1);
    tcg_st(&s, 2, 3, TCG_NONE, 0, 0, MO_32);
    tcg_movi(&s, 1, 7);
    finish();
    ok(count(TCG_add) == 1, "a fault in between sees it");

    start();
    tcg_ld(&s, 1, 3, TCG_NONE, 0, 0, MO_32);
    tcg_movi(&s, 1, 7);
    finish();
    ok(count(TCG_ld) == 1, "a load stays for its fault");

    start();
    tcg_call(&s, helper, "helper", TCG_CALL_PURE, tcg_temp(&s), 0, 1, 0);
    finish();
    ok(count(TCG_call) == 0, "a pure helper with an unused result is removed");

    start();
    tcg_call(&s, helper, "helper", TCG_CALL_WRITES, TCG_NONE, 0, 1, 0);
    finish();
    ok(count(TCG_call) == 1, "one that writes state stays");
}

/* An op may read what it writes. */
static void test_overlap(void)
{
    start();
    tcg_op2i(&s, TCG_add, 0, 2, 0, 1);
    tcg_op3(&s, TCG_mulu2, 0, 7, 6, 2, 2);
    finish();
    ok(count(TCG_add) == 1, "umull r7,r2,r6,r2 reads the r2 that it overwrites");

    start();
    tcg_op2i(&s, TCG_add, 0, 7, 0, 1);
    tcg_op2i(&s, TCG_add, 0, 8, 0, 1);
    tcg_op3(&s, TCG_mlau2, 0, 7, 1, 2, 8);
    finish();
    ok(count(TCG_add) == 2, "umlal reads both accumulators");

    start();
    TCGTemp list[] = { 1, 2 };
    tcg_op2i(&s, TCG_add, 0, 1, 0, 1);
    tcg_stm(&s, 3, 0, list, 2, MO_32);
    tcg_movi(&s, 1, 0);
    finish();
    ok(count(TCG_add) == 1, "a store multiple reads its list");
}

static void test_constants(void)
{
    start();
    TCGTemp t = tcg_temp(&s);
    tcg_movi(&s, t, 0x100);
    tcg_ld(&s, 1, t, TCG_NONE, 0, 4, MO_32);
    finish();
    ok(first(TCG_ld)->a == TCG_NONE && first(TCG_ld)->imm == 0x104,
       "a known base joins the offset");

    start();
    tcg_movi(&s, 1, 40);
    tcg_op2(&s, TCG_shl, 0, 2, 3, 1);
    finish();
    ok(count(TCG_shl) == 0 && first(TCG_mov)->imm == 40, "a shift by 40 shifts all out");

    start();
    tcg_movi(&s, 1, 40);
    tcg_op2(&s, TCG_sar, 0, 2, 3, 1);
    finish();
    is_u32(first(TCG_sar)->imm, 31, "an arithmetic one by 40 is one by 31");

    start();
    tcg_movi(&s, 1, 5);
    tcg_op2(&s, TCG_sub, TCG_NZCV, 2, 1, 3);
    finish();
    ok(first(TCG_rsb) && first(TCG_rsb)->a == 3 && first(TCG_rsb)->imm == 5, "5 - x is rsb x, 5");

    start();
    unsigned label = tcg_new_label(&s);
    tcg_movi(&s, 1, 5);
    tcg_brflags(&s, TCG_COND_EQ, label);
    tcg_movi(&s, 1, 6);
    tcg_label(&s, label);
    tcg_op2(&s, TCG_add, 0, 2, 3, 1);
    finish();
    ok(!first(TCG_add)->b_imm, "what is known ends at a label");
}

static void test_copies(void)
{
    start();
    TCGTemp t = tcg_temp(&s);
    tcg_mov(&s, t, 1);
    tcg_op2i(&s, TCG_add, 0, 2, t, 3);
    finish();
    ok(first(TCG_add)->a == 1 && count(TCG_mov) == 0, "a copy is read at its source");

    start();
    t = tcg_temp(&s);
    tcg_mov(&s, t, 1);
    tcg_movi(&s, 1, 9);
    tcg_op2i(&s, TCG_add, 0, 2, t, 3);
    finish();
    ok(first(TCG_add)->a == t, "not when the source has changed");

    start();
    t = tcg_temp(&s);
    tcg_mov(&s, t, 1);
    TCGTemp list[] = { 1 };
    tcg_ldm(&s, 4, 0, list, 1, MO_32);
    tcg_op2i(&s, TCG_add, 0, 2, t, 3);
    finish();
    ok(first(TCG_add)->a == t, "not when a load multiple has changed it");

    start();
    t = tcg_temp(&s);
    tcg_mov(&s, t, 1);
    tcg_call(&s, helper, "helper", TCG_CALL_WRITES, TCG_NONE, TCG_NONE, TCG_NONE, 0);
    tcg_op2i(&s, TCG_add, 0, 2, t, 3);
    finish();
    ok(first(TCG_add)->a == t, "not when a helper may have");
}

static void test_adjacent(void)
{
    start();
    tcg_op2i(&s, TCG_add, 0, 0, 0, 0x1000);
    tcg_insn_start(&s, 0x1004);
    tcg_op2i(&s, TCG_sub, 0, 0, 0, 1);
    finish();
    ok(count(TCG_add) + count(TCG_sub) == 1 && first(TCG_sub)->imm == 1 - 0x1000u,
       "two sums with immediates become one");

    start();
    tcg_op2i(&s, TCG_xor, 0, 1, 0, 0xf0);
    tcg_op2i(&s, TCG_xor, 0, 2, 1, 0xff);
    finish();
    ok(count(TCG_xor) == 2 && s.ops[1].a == 0 && s.ops[1].imm == 0x0f,
       "the first stays where its result is wanted");

    start();
    tcg_op2i(&s, TCG_xor, 0, 0, 0, 0xf0);
    tcg_op2i(&s, TCG_xor, 0, 1, 0, 0xff);
    finish();
    ok(count(TCG_xor) == 2 && s.ops[1].a == 0 && s.ops[1].imm == 0xff,
       "nor does the second skip a first that changes its own operand");

    start();
    tcg_op2i(&s, TCG_add, TCG_NZCV, 0, 0, 1);
    tcg_op2i(&s, TCG_add, 0, 0, 0, 2);
    finish();
    ok(count(TCG_add) == 2 && s.ops[1].imm == 2, "nor one that defines flags");

    start();
    tcg_op2i(&s, TCG_or, 0, 0, 0, 1);
    tcg_op2i(&s, TCG_xor, 0, 0, 0, 3);
    finish();
    ok(count(TCG_or) == 1 && count(TCG_xor) == 1, "nor two of different kinds");
}

static void test_flags_after_branches(void)
{
    for (unsigned read = 0; read < 3; read++) {
        start();
        unsigned label = tcg_new_label(&s);
        tcg_op2i(&s, TCG_sub, TCG_NZCV, TCG_NONE, 0, 1);
        tcg_brflags(&s, TCG_COND_EQ, label);
        if (read == 1) {
            tcg_op2(&s, TCG_adc, 0, 1, 1, 2);
        }
        tcg_label(&s, label);
        if (read == 2) {
            tcg_ld(&s, 2, 3, TCG_NONE, 0, 0, MO_32);
        }
        tcg_op2i(&s, TCG_sub, TCG_NZCV, TCG_NONE, 1, 1);
        finish();
        static const unsigned want[] = { 0, TCG_C, TCG_NZCV };
        is_u32(first(TCG_brflags)->n, want[read], "flags that are read after a branch");
    }
}

int main(void)
{
    test_flags();
    test_moves();
    test_dead();
    test_overlap();
    test_constants();
    test_copies();
    test_adjacent();
    test_flags_after_branches();
    return done_testing();
}
