/* SPDX-License-Identifier: MIT */
/* Handlers of floating point operations: the bodies of ops_fp.h, and the helper where they will not
 * do. */
#include "tci/ops_fp.h"
#include "tci/handlers.h"

#define FP_HANDLER(name, slow)                                                                     \
    TciSlot *tci_op_##name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                              \
    {                                                                                              \
        if (!name##_body(env, slot)) {                                                             \
            SLOW(slow);                                                                            \
        }                                                                                          \
        GO(slot + 2);                                                                              \
    }
#undef EACH
#define EACH(name) FP_HANDLER(name, tci_op_fp_helper)
EACH_FP
#undef EACH
#define EACH(name) FP_HANDLER(name, tci_op_fp_flags_helper)
EACH_FP_FLAGS

#define DOUBLE_HANDLER(form, table, address, writeback, name, ...)                                 \
    TciSlot *tci_op_fp_##name##_##form(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                  \
    {                                                                                              \
        if (!fp_##name##_##form##_body(env, slot, tlb)) {                                          \
            SLOW(tci_slow_##name##_##form);                                                        \
        }                                                                                          \
        GO(slot + 2);                                                                              \
    }
MULTI_FORMS_LIST(DOUBLE_HANDLER, ldm, 0)
MULTI_FORMS_LIST(DOUBLE_HANDLER, stm, 0)

/* -- Tables -- */

#define OP(name)    NUMBER_fp_##name
#define TYPED(name) [TCG_FP_##name##_s] = OP(name##_s), [TCG_FP_##name##_d] = OP(name##_d),
const uint16_t tci_fp[TCG_FP_OPS] = {
    [TCG_FP_HELPER] = OP(helper), TCG_FP_TYPED_LIST(TYPED)[TCG_FP_mov_d] = OP(mov_d),
    [TCG_FP_abs_d] = OP(abs_d),   [TCG_FP_neg_d] = OP(neg_d),
    [TCG_FP_pack_d] = OP(pack_d),
};
const uint16_t tci_fp_cmp_flags[2][2] = { { OP(cmp_flags_s), OP(cmpz_flags_s) },
                                          { OP(cmp_flags_d), OP(cmpz_flags_d) } };
#define DOUBLE_ROW(form, table, address, writeback, name, ...) OP(name##_##form),
const uint16_t tci_fp_pair[2][MULTI_FORMS] = { { MULTI_FORMS_LIST(DOUBLE_ROW, ldm, 0) },
                                               { MULTI_FORMS_LIST(DOUBLE_ROW, stm, 0) } };

void tci_set_fp_fast(TciEnv *env, bool fast)
{
    env->fp_max_d = fast ? DBL_MAX : -1;
    env->fp_max_s = fast ? FLT_MAX : -1;
}

/* -- The host -- */

static uint32_t bits_of_s(float v)
{
    uint32_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static uint64_t bits_of_d(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

/* Formats and evaluation are the compiler's to tell; rounding, denormals and the order of the bits
 * are tried. */
#if FLT_EVAL_METHOD == 0 && FLT_RADIX == 2 && FLT_MANT_DIG == 24 && FLT_MAX_EXP == 128 &&          \
    DBL_MANT_DIG == 53 && DBL_MAX_EXP == 1024
#define FORMATS_ARE_IEEE true
#else
#define FORMATS_ARE_IEEE false
#endif

bool tci_fp_host_is_ieee(void)
{
    volatile float s = 1, small_s = FLT_MIN;
    volatile double d = 1, small_d = DBL_MIN, root = 2;
    s /= 10;
    d /= 10;
    small_s /= 2;
    small_d /= 2;
    root = sqrt(root);
    return FORMATS_ARE_IEEE && sizeof s == sizeof(uint32_t) && sizeof d == sizeof(uint64_t) &&
           small_s > 0 && small_d > 0 && bits_of_s(s) == 0x3dcccccd &&
           bits_of_d(d) == UINT64_C(0x3fb999999999999a) &&
           bits_of_d(root) == UINT64_C(0x3ff6a09e667f3bcd);
}
