/* SPDX-License-Identifier: MIT */
/* Handlers that compute: the bodies of ops_alu.h, one to a record. */
#include "tci/ops_alu.h"
#include "tci/handlers.h"

#undef EACH
#define EACH(name)                                                                                 \
    HANDLER(tci_op_##name)                                                                         \
    {                                                                                              \
        name##_body(env, slot);                                                                    \
        GO(slot + 1);                                                                              \
    }
EACH_ALU

uint32_t tci_get_flags(const TciEnv *env)
{
    return (flag_n31(env) & 0x80000000u) | (uint32_t)flag_z(env) << 30 | (uint32_t)env->cf << 29 |
           (flag_v31(env) >> 31) << 28;
}

void tci_set_flags(TciEnv *env, uint32_t flags)
{
    flags_set_all(env, flags);
}

/* -- Tables -- */

#undef OP
#define OP(name) NUMBER_##name

#define ROW4(name, ...)                                                                            \
    [TCG_##name] = { OP(name##_rr), OP(name##_ri), OP(name##_rr_f), OP(name##_ri_f) },
#define ROW_F(name, ...)                                                                           \
    [TCG_##name] = { [FORM_RR] = OP(name##_rr), [FORM_RR_F] = OP(name##_rr_f) },
#define ROW_RR(name, ...)   [TCG_##name] = { [FORM_RR] = OP(name##_rr) },
#define ROW_SETC(name, ...) [TCG_##name] = { [FORM_RR_F] = OP(name##_rr) },
const uint16_t tci_alu[TCG_NB_OPS][ALU_FORMS] = {
    BINARY_OPS(ROW4) CARRY_OPS(ROW4) SHIFT_OPS(ROW4) ROW4(mov, 0) ROW_RR(clz, 0) ROW_RR(bswap, 0)
        UNARY_OPS(ROW_F) MUL_OPS(ROW_F) WIDE_OPS(ROW_RR)
            SETC_OPS(ROW_SETC)[TCG_nz64] = { [FORM_RR_F] = OP(nz64_rr) },
    [TCG_mul16] = { [FORM_RR] = OP(mul16_rr) },
    [TCG_add_sticky] = { [FORM_RR] = OP(add_sticky_rr) },
    [TCG_setc_bit] = { [FORM_RI_F] = OP(setc_bit_ri) },
    [TCG_setflags] = { [FORM_RR_F] = OP(setflags_rr) },
    [TCG_ld_env] = { [FORM_RR] = OP(ld_env_ri) },
    [TCG_st_env] = { [FORM_RR] = OP(st_env_ri) },
};

#define SHIFT_ROW(name, ...)                                                                       \
    [TCG_##name] = { { OP(name##_rr_shl), OP(name##_rr_shl_f) },                                   \
                     { OP(name##_rr_shr), OP(name##_rr_shr_f) },                                   \
                     { OP(name##_rr_sar), OP(name##_rr_sar_f) },                                   \
                     { OP(name##_rr_rotr), OP(name##_rr_rotr_f) } },
const uint16_t tci_alu_shift[TCG_SHIFT_FIRST][SHIFTS][2] = { BINARY_OPS(SHIFT_ROW) };

#define CARRY_ROW(name, ...) { OP(name##_ri_c), OP(name##_ri_cf) },
const uint16_t tci_shift_carry[SHIFTS][2] = { SHIFT_OPS(CARRY_ROW) };
