/* SPDX-License-Identifier: MIT */
/* Translates exclusive accesses (ARM ARM DDI 0100I, A2.9, A4.1).
 *
 * The monitor is the address and the value of the last exclusive load. A store succeeds at this
 * address while memory has this value. A write of the same value in between, by another CPU or a
 * device, goes unnoticed. */
#include "cpu/translate/translate.h"

#include <stddef.h>

static void open_monitor(DisasContext *s, TCGTemp address, TCGTemp value)
{
    tcg_st_env(s->tcg, address, offsetof(ARMCPU, exclusive_address));
    tcg_st_env(s->tcg, value, offsetof(ARMCPU, exclusive_value[0]));
    tcg_st_env(s->tcg, gen_const(s, 1), offsetof(ARMCPU, exclusive));
}

void trans_ldrex(DisasContext *s, const ArmArgs *a)
{
    TCGTemp base = read_reg(s, a->rn), value = tcg_temp(s->tcg);
    gen_load(s, value, (Address){ base, TCG_NONE, 0, 0 }, a->op | MO_ALIGN_FAULT);
    open_monitor(s, base, value);
    tcg_mov(s->tcg, dest_reg(s, a->rd), value);
}

void trans_ldrexd(DisasContext *s, const ArmArgs *a)
{
    if (a->rd == 14) { /* UNPREDICTABLE: the second register would be r15 */
        gen_undef(s);
        return;
    }
    gen_set_pc(s);
    TCG_CALL(s->tcg, helper_ldrexd, TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES, TCG_NONE,
             read_reg(s, a->rn), TCG_NONE, a->rd);
}

void trans_strex(DisasContext *s, const ArmArgs *a)
{
    gen_set_pc(s);
    TCG_CALL(s->tcg, helper_strex, TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES,
             dest_reg(s, a->rd), read_reg(s, a->rn), read_reg(s, a->rm), a->op);
}

void trans_strexd(DisasContext *s, const ArmArgs *a)
{
    if (a->rm == 14) { /* UNPREDICTABLE: the second register would be r15 */
        gen_undef(s);
        return;
    }
    gen_set_pc(s);
    TCG_CALL(s->tcg, helper_strexd, TCG_CALL_READS | TCG_CALL_WRITES | TCG_CALL_RAISES,
             dest_reg(s, a->rd), read_reg(s, a->rn), TCG_NONE, a->rm);
}

void trans_clrex(DisasContext *s, const ArmArgs *a)
{
    (void)a;
    tcg_st_env(s->tcg, gen_const(s, 0), offsetof(ARMCPU, exclusive));
}
