/* SPDX-License-Identifier: MIT */
/* Translates ARMv6's media instructions (ARM ARM DDI 0100I, A3.2 to A3.4, A4.1). */
#include "cpu/translate/translate.h"

#include <stddef.h>

/* Each byte of rd is that of rn or of rm, as GE selects. */
void trans_sel(DisasContext *s, const ArmArgs *a)
{
    TCG_CALL(s->tcg, helper_sel, TCG_CALL_READS, dest_reg(s, a->rd), read_reg(s, a->rn),
             read_reg(s, a->rm), 0);
}
