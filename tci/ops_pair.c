/* SPDX-License-Identifier: MIT */
/* Pairs: two records that often stand in a row, executed by one handler; and rows of three and
 * four, which are pairs of a shorter row and one more record.
 *
 * All records stay as they are, only the first one's handler is the row's: a branch may still lead
 * to the others, and where one must take its slow path, or cannot be done along with those before
 * it, the records' own handlers take over. What stands in the lists was counted in programs, see
 * `make PROFILE=1`. */
#include "tci/block.h"
#include "tci/ops_alu.h"
#include "tci/ops_flow.h"
#include "tci/ops_fp.h"
#include "tci/ops_mem.h"

/* How to do a record of each kind as a part, the handlers of such records, and the units they take.
 */
#define DO_ALU(name) name##_body(env, op)
#define DO_MEM(name)                                                                               \
    do {                                                                                           \
        if (!name##_body(env, op, tlb)) {                                                          \
            SLOW(tci_op_##name);                                                                   \
        }                                                                                          \
    } while (0)
#define DO_MULTI(name) DO_MEM(name)
#define DO_NEAR(name)  DO_ALU(name)
#define DO_FP(name)                                                                                \
    do {                                                                                           \
        if (!name##_body(env, op)) {                                                               \
            SLOW(tci_op_##name);                                                                   \
        }                                                                                          \
    } while (0)
#define DO_SELECT(name) select_##name##_body(env, op)
#define DO_TWO(name)    /* see SAME_PAGE */                                                        \
    do {                                                                                           \
        unsigned done = same_page_##name(env, op, tlb);                                            \
        if (!done) {                                                                               \
            SLOW(tci_op_##name);                                                                   \
        }                                                                                          \
        if (done == 1) {                                                                           \
            GO(op + UNITS_TWO_##name / 2);                                                         \
        }                                                                                          \
    } while (0)
#define DO_SKIP(name) /* on a comparison */                                                        \
    do {                                                                                           \
        if (name##_taken(env, op)) {                                                               \
            GO(op + op->c);                                                                        \
        }                                                                                          \
    } while (0)
#define DO_SKIPIF(cond) /* on the flags */                                                         \
    do {                                                                                           \
        if (if_##cond##_taken(env, op)) {                                                          \
            GO(op + IMM);                                                                          \
        }                                                                                          \
    } while (0)
#define DO_EXIT(name)                                                                              \
    do {                                                                                           \
        if (name##_taken(env, op)) {                                                               \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
    } while (0)
#define DO_JUMP(name)       DO_##name()
#define DO_goto_tb()        TAKE_EXIT()
#define DO_goto_tb_cross()  TAKE_EXIT_CROSS()
#define DO_goto_ptr()       GOTO_PTR()
#define DO_goto_ptr_arm()   GOTO_PTR_ARM()
#define DO_goto_ptr_thumb() GOTO_PTR_THUMB()
#define DO_movi_goto_tb()                                                                          \
    do {                                                                                           \
        RD = IMM;                                                                                  \
        TAKE_EXIT();                                                                               \
    } while (0)
#define DO_movi_goto_tb_cross()                                                                    \
    do {                                                                                           \
        RD = IMM;                                                                                  \
        TAKE_EXIT_CROSS();                                                                         \
    } while (0)

#define OF_ALU(name)       tci_op_##name
#define OF_MEM(name)       tci_op_##name
#define OF_MULTI(name)     tci_op_##name
#define OF_NEAR(name)      tci_op_##name
#define OF_FP(name)        tci_op_##name
#define OF_JUMP(name)      tci_op_##name
#define OF_SKIP(name)      tci_op_skip_##name
#define OF_SKIPIF(name)    tci_op_skip_##name
#define OF_EXIT(name)      tci_op_exit_##name
#define OF_SELECT(name)    select_##name
#define OF_TWO(name)       pair_##name##_##name
#define UNITS_ALU(name)    1
#define UNITS_MEM(name)    1
#define UNITS_MULTI(name)  2
#define UNITS_NEAR(name)   2
#define UNITS_FP(name)     2
#define UNITS_SKIP(name)   1
#define UNITS_SKIPIF(name) 1
#define UNITS_EXIT(name)   2
#define UNITS_JUMP(name)   2 /* never got past */
#define UNITS_SELECT(name) 2
#define UNITS_TWO(name)    UNITS_TWO_##name

/* clang-format off */
/* X(kind and name of the first, kind and name of the second) */
#define WITH_SIMPLE(X, kind, name)                                                                 \
    X(kind, name, ALU, mov_rr) X(kind, name, ALU, mov_ri) X(kind, name, ALU, add_ri)               \
    X(kind, name, ALU, add_rr) X(kind, name, ALU, sub_ri) X(kind, name, ALU, and_ri)               \
    X(kind, name, ALU, add_rr_shl)
#define WITH_MEMORY(X, kind, name)                                                                 \
    X(kind, name, MEM, ld32_imm) X(kind, name, MEM, st32_imm) X(kind, name, MEM, ld8u_imm)
#define WITH_EXITS(X, kind, name)                                                                  \
    X(kind, name, EXIT, cmp_ri_EQ) X(kind, name, EXIT, cmp_ri_NE)                                  \
    X(kind, name, EXIT, cmp_rr_EQ) X(kind, name, EXIT, cmp_rr_NE)                                  \
    X(kind, name, EXIT, if_EQ) X(kind, name, EXIT, if_NE)
#define WITH_JUMPS(X, kind, name)                                                                  \
    X(kind, name, JUMP, goto_tb) X(kind, name, JUMP, movi_goto_tb_cross)                           \
    X(kind, name, JUMP, goto_ptr_arm)
#define WITH_ALL(X, kind, name)                                                                    \
    WITH_SIMPLE(X, kind, name) WITH_MEMORY(X, kind, name) WITH_EXITS(X, kind, name)                \
    WITH_JUMPS(X, kind, name)
/* Function beginnings and ends. More registers would not fit the host's. */
#define WITH_STACK(X, n)                                                                           \
    X(MULTI, ldm_ia_##n, JUMP, goto_ptr_arm) X(MULTI, stm_db_##n, ALU, mov_rr)                     \
    X(MULTI, stm_db_##n, ALU, sub_ri) X(MULTI, stm_db_##n, MEM, ld32_imm)

#define SELECTS_OF(X, cond)                                                                        \
    X(SKIPIF, cond, mov_ri) X(SKIPIF, cond, mov_rr) X(SKIPIF, cond, add_ri)                        \
    X(SKIPIF, cond, sub_ri) X(SKIPIF, cond, or_ri)
#define SELECTS_ON(X, name)                                                                        \
    X(SKIP, name, mov_ri) X(SKIP, name, mov_rr) X(SKIP, name, add_ri) X(SKIP, name, xor_ri)
#define SELECTS_IF(X)                                                                              \
    SELECTS_OF(X, EQ) SELECTS_OF(X, NE) SELECTS_OF(X, CS) SELECTS_OF(X, CC) SELECTS_OF(X, MI)      \
    SELECTS_OF(X, PL) SELECTS_OF(X, HI) SELECTS_OF(X, LS) SELECTS_OF(X, GE) SELECTS_OF(X, LT)      \
    SELECTS_OF(X, GT) SELECTS_OF(X, LE)
#define SELECTS_CMP(X)                                                                             \
    SELECTS_ON(X, cmp_ri_EQ) SELECTS_ON(X, cmp_ri_NE) SELECTS_ON(X, cmp_ri_only_EQ)                \
    SELECTS_ON(X, cmp_ri_only_NE) SELECTS_ON(X, cmp_rr_only_CC) SELECTS_ON(X, cmp_rr_only_CS)      \
    SELECTS_ON(X, cmp_rr_only_HI) SELECTS_ON(X, cmp_rr_only_LS) SELECTS_ON(X, tst_ri_only_EQ)      \
    SELECTS_ON(X, tst_ri_only_NE) SELECTS_ON(X, cmp_rr_only_GE) SELECTS_ON(X, cmp_rr_only_LE)

#define PAIRS(X)                                                                                   \
    WITH_ALL(X, ALU, mov_rr) WITH_ALL(X, ALU, mov_ri) WITH_ALL(X, ALU, add_ri)                     \
    WITH_ALL(X, ALU, add_rr) WITH_ALL(X, ALU, sub_ri) WITH_ALL(X, ALU, and_ri)                     \
    WITH_ALL(X, ALU, move2) WITH_ALL(X, MEM, ld8u_imm)                                             \
    WITH_SIMPLE(X, MEM, ld32_imm) WITH_EXITS(X, MEM, ld32_imm) WITH_JUMPS(X, MEM, ld32_imm)        \
    WITH_SIMPLE(X, MEM, st32_imm) WITH_EXITS(X, MEM, st32_imm) WITH_JUMPS(X, MEM, st32_imm)        \
    X(MEM, ld32_imm, MEM, st32_imm) X(MEM, st32_imm, MEM, ld32_imm)                                \
    X(MEM, ld32_imm, MEM, ld8u_imm) X(MEM, st32_imm, MEM, ld8u_imm)                                \
    WITH_SIMPLE(X, NEAR, ld32_near) WITH_MEMORY(X, NEAR, ld32_near)                                \
    X(NEAR, ld32_near, NEAR, ld32_near) X(MEM, st32_imm, NEAR, ld32_near)                          \
    X(MEM, ld32_imm, NEAR, ld32_near) X(ALU, mov_rr, NEAR, ld32_near)                              \
    X(ALU, move2, NEAR, ld32_near)                                                                 \
    X(MULTI, stm_db_3, NEAR, ld32_near) X(MULTI, stm_db_4, NEAR, ld32_near)                        \
    WITH_SIMPLE(X, MEM, ld32_abs) WITH_MEMORY(X, MEM, ld32_abs) X(MEM, ld32_abs, MEM, ld32_abs)    \
    WITH_SIMPLE(X, ALU, add_rr_shl) WITH_MEMORY(X, ALU, add_rr_shl)                                \
    WITH_SIMPLE(X, ALU, shl_ri) WITH_SIMPLE(X, ALU, shr_ri) WITH_SIMPLE(X, ALU, sub_rr)            \
    WITH_MEMORY(X, ALU, sub_rr) WITH_EXITS(X, ALU, sub_rr) WITH_SIMPLE(X, ALU, or_ri)              \
    WITH_MEMORY(X, ALU, sub_ri_f) WITH_MEMORY(X, ALU, sub_rr_f) WITH_SIMPLE(X, ALU, sub_ri_f)      \
    WITH_STACK(X, 2) WITH_STACK(X, 3) WITH_STACK(X, 4) WITH_STACK(X, 5)                            \
    X(MULTI, ldm_ia_6, JUMP, goto_ptr_arm) X(ALU, add_ri, MULTI, ldm_ia_2)                         \
    X(ALU, add_ri, MULTI, ldm_ia_3) X(ALU, add_ri, MULTI, ldm_ia_4)                                \
    /* conditional instructions */                                                                 \
    X(SKIPIF, EQ, ALU, mov_ri) X(SKIPIF, NE, ALU, mov_ri) X(SKIPIF, EQ, ALU, mov_rr)               \
    X(SKIPIF, NE, ALU, mov_rr) X(SKIPIF, CC, ALU, sub_rr) X(SKIPIF, LE, MEM, ld32_post)            \
    X(SKIPIF, GT, ALU, mov_ri) X(SKIPIF, LE, ALU, mov_ri) X(SKIPIF, HI, ALU, mov_ri)               \
    X(SKIPIF, LS, ALU, mov_ri) X(SKIPIF, CC, ALU, mov_ri) X(SKIPIF, CS, ALU, mov_ri)               \
    X(SKIPIF, CC, MULTI, stm_ia_2) X(ALU, sub_ri_f, SKIPIF, CC) X(ALU, sub_rr_f, SKIPIF, CC)       \
    X(ALU, shr_ri, SKIP, cmp_ri_EQ) X(ALU, add_ri, SKIP, cmp_ri_HI)                                \
    X(SKIP, cmp_ri_EQ, ALU, xor_ri)                                                                \
    X(SKIP, cmp_ri_EQ, MEM, ld32_imm) X(SKIP, cmp_ri_NE, MEM, ld32_imm)                            \
    X(SKIP, cmp_ri_EQ, ALU, mov_rr) X(SKIP, cmp_ri_NE, ALU, mov_rr)                                \
    X(SKIP, cmp_ri_EQ, ALU, mov_ri) X(SKIP, cmp_ri_NE, ALU, mov_ri)                                \
    X(SKIP, cmp_ri_HI, ALU, shl_ri)                                                                \
    /* loops */                                                                                    \
    X(MEM, ld8u_post, MEM, ld8u_post) X(MEM, ld8u_post, MEM, st8_post)                             \
    WITH_EXITS(X, MEM, ld8u_post)                                                                  \
    X(MEM, ld8u_pre, ALU, add_ri) X(MEM, ld8u_pre, EXIT, cmp_ri_NE)                                \
    X(MEM, ld8u_pre, EXIT, cmp_ri_EQ)                                                              \
    WITH_SIMPLE(X, MEM, ld32_post) WITH_EXITS(X, MEM, ld32_post)                                   \
    X(ALU, add_rr_shl, EXIT, sub_ri_NE) X(MEM, st32_post, EXIT, sub_ri_NE)                         \
    X(MEM, st8_post, EXIT, sub_ri_NE) X(MEM, st8_post, EXIT, if_NE)                                \
    X(MEM, st8_post, EXIT, cmp_rr_NE)                                                              \
    X(MEM, ld32_post, MEM, st32_post) X(MEM, st32_post, EXIT, if_NE)                               \
    X(MEM, st32_post, EXIT, cmp_rr_NE)                                                             \
    X(ALU, and_rr, EXIT, sub_ri_NE) X(ALU, xor_ri, EXIT, sub_ri_NE)                                \
    X(ALU, add_ri, EXIT, sub_ri_NE)                                                                \
    X(ALU, add_rr, EXIT, sub_ri_NE) X(MULTI, ldm_ia_8, ALU, sub_ri_f)                              \
    X(ALU, sub_ri_f, MULTI, stm_ia_8) X(MULTI, stm_ia_2, ALU, sub_ri_f)                            \
    X(EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) X(EXIT, cmp_ri_EQ, MEM, ld32_imm)                          \
    X(EXIT, cmp_ri_NE, MEM, ld32_imm) X(EXIT, if_NE, MEM, ld32_imm) X(EXIT, if_EQ, MEM, ld32_imm)  \
    X(EXIT, cmp_ri_EQ, ALU, mov_rr) X(EXIT, cmp_ri_NE, ALU, mov_rr)                                \
    /* computing */                                                                                \
    X(MEM, ld32_imm, MEM, ld32_shl) X(MEM, ld32_shl, ALU, add_rr) X(MEM, ld32_shl, MEM, ld32_imm)  \
    X(MEM, ld8u_reg, MEM, ld8u_reg) X(MEM, ld8u_reg, EXIT, cmp_rr_NE)                              \
    X(MEM, ld8u_reg, EXIT, cmp_rr_EQ)                                                              \
    X(MEM, ld16u_reg, EXIT, cmp_rr_CS) X(ALU, and_rr, MEM, ld16u_reg)                              \
    X(ALU, shl_ri, MEM, ld16u_reg)                                                                 \
    X(MEM, ld8u_reg, MEM, ld32_imm) X(MEM, ld32_imm, MEM, ld8u_reg)                                \
    X(ALU, add_rr, MEM, ld8u_reg)                                                                  \
    X(ALU, add_rr, ALU, xor_rr_rotr) X(ALU, rotr_ri, ALU, xor_rr) X(ALU, xor_rr, MEM, ld32_imm)   \
    X(MEM, st32_reg, ALU, sub_ri) X(MEM, ld32_reg, ALU, add_rr) X(ALU, shl_ri_cf, MEM, ld32_reg) \
    X(ALU, shl_ri_cf, MEM, st32_reg) X(ALU, shl_ri, MEM, ld32_reg) X(ALU, shl_ri, MEM, st32_reg)  \
    X(MEM, ld32_reg, MEM, ld32_imm) X(ALU, add_rr, ALU, and_rr) X(ALU, and_rr, ALU, shr_ri)        \
    X(ALU, move2, ALU, move2) X(ALU, mov_ri, ALU, move2) X(ALU, mov_rr, ALU, move2)                \
    X(ALU, xor_ri, ALU, xor_ri) X(ALU, and_ri, ALU, shr_ri) X(ALU, and_ri, ALU, sub_rr)            \
    X(ALU, xor_rr, ALU, xor_rr_rotr) X(ALU, xor_rr_rotr, ALU, xor_rr_rotr)                         \
    X(ALU, xor_rr_rotr, ALU, add_rr) X(ALU, rotr_ri, ALU, xor_rr_rotr) X(ALU, xor_rr, ALU, add_rr) \
    X(ALU, xor_rr, ALU, and_rr) X(ALU, and_rr, ALU, xor_rr) X(ALU, xor_rr_rotr, ALU, add_rr_rotr)  \
    X(ALU, add_rr, ALU, add_rr_rotr) X(ALU, add_rr_rotr, ALU, add_rr)                              \
 \
    X(ALU, sbc_rr_f, SKIPIF, CC) X(ALU, shr_ri_c, ALU, rrx_rr) X(ALU, or_rr_shr, ALU, shl_ri)      \
    X(ALU, shl_ri, ALU, or_rr_shr) X(ALU, mov_rr, ALU, or_rr_shr) X(ALU, rrx_rr, ALU, sub_rr_f)    \
    X(ALU, shl_ri, ALU, shl_ri) X(ALU, or_rr_f, EXIT, if_EQ) X(ALU, and_ri_f, EXIT, if_NE)         \
    X(ALU, mul16_rr, ALU, add_sticky_rr)  \
    X(ALU, shl_ri_cf, ALU, add_rr) X(MEM, ld8u_reg, ALU, shl_ri_cf)                                \
    X(ALU, shl_ri_cf, MEM, ld8u_reg)                                                               \
    X(ALU, shr_ri, ALU, shl_ri_cf) X(ALU, mov_ri, ALU, st_env_ri)                                  \
    /* floating point */                                                                           \
    X(FP, fp_mac_d, FP, fp_mac_d) X(FP, fp_mul_d, FP, fp_mac_d) X(FP, fp_mul_d, FP, fp_mul_d)      \
    X(FP, fp_nmac_d, FP, fp_nmac_d) X(FP, fp_mul_d, FP, fp_nmac_d) X(FP, fp_mul_d, FP, fp_add_d)   \
    X(FP, fp_mul_d, FP, fp_sub_d) X(FP, fp_sub_d, FP, fp_mul_d) X(FP, fp_add_d, FP, fp_mul_d)      \
    X(FP, fp_add_d, FP, fp_add_d) X(FP, fp_sub_d, FP, fp_add_d) X(FP, fp_sub_d, FP, fp_sub_d)      \
    X(MULTI, fp_ldm_imm, FP, fp_mac_d) X(MULTI, fp_ldm_imm, FP, fp_nmac_d)                         \
    X(MULTI, fp_ldm_imm, FP, fp_mul_d) X(MULTI, fp_ldm_imm, FP, fp_add_d)                          \
    X(MULTI, fp_ldm_imm, FP, fp_sub_d) X(FP, fp_mac_d, MULTI, fp_stm_imm)                          \
    X(FP, fp_nmac_d, MULTI, fp_stm_imm) X(FP, fp_add_d, MULTI, fp_stm_imm)                         \
    X(FP, fp_mul_d, MULTI, fp_stm_imm) X(MULTI, fp_ldm_ia, FP, fp_mac_d)                           \
    X(MULTI, fp_ldm_ia, MULTI, fp_ldm_ia)  X(FP, fp_div_d, FP, fp_mul_d)                           \
    X(FP, fp_sqrt_d, FP, fp_mul_d)                                                                 \
    X(FP, fp_mul_d, MULTI, fp_ldm_imm) X(MULTI, fp_ldm_imm, ALU, add_ri)                           \
    X(MULTI, fp_stm_imm, EXIT, if_NE)                                                              \
    X(FP, fp_cmp_flags_d, EXIT, if_MI) X(FP, fp_cmpz_flags_d, EXIT, if_MI) \
    /* in longer rows */                                                                           \
    X(SELECT, SKIP_cmp_ri_only_EQ_xor_ri, EXIT, sub_ri_NE) X(MEM, ld32_imm, ALU, sub_ri_f)         \
    X(TWO, ld32_imm, EXIT, cmp_rr_CC) X(ALU, sub_ri, SELECT, SKIPIF_LE_sub_ri)                     \
    X(MEM, ld32_imm, EXIT, cmp_rr_CS) X(MEM, ld32_imm, ALU, and_rr)                                \
    X(MEM, ld16u_pre, MEM, ld16u_post) X(ALU, add_ri, ALU, sub_ri_f)                               \
    X(MEM, st32_pre, ALU, shr_ri) X(NEAR, ld32_near, ALU, xor_rr) X(ALU, mul_rr, ALU, add_ri)      \
    X(ALU, mov_ri_f, MEM, ld16s_imm) X(ALU, xor_rr, ALU, mov_ri) X(TWO, ld32_imm, ALU, add_rr)     \
    X(ALU, shr_ri_cf, EXIT, if_NE) X(MEM, st32_reg, ALU, mov_rr_f)                                 \
    X(ALU, rsb_ri_f, JUMP, goto_ptr_thumb) X(ALU, and_rr, ALU, xor_rr_rotr)                        \
    X(MULTI, stm_db_3, EXIT, sub_ri_CC) X(ALU, shl_ri_cf, SKIPIF, EQ)                              \
    X(ALU, add_rr, EXIT, cmp_ri_HI) X(ALU, sub_ri, ALU, shl_ri)                                    \
    X(ALU, sub_rr, JUMP, goto_ptr_arm) X(FP, fp_add_d, FP, fp_sub_d)                               \
    X(FP, fp_add_d, FP, fp_mov_d) X(ALU, mov_rr, EXIT, cmp_ri_CC)                                  \
    X(TWO, fp_ldm_imm, MULTI, fp_ldm_imm) X(ALU, and_ri_f, ALU, rsb_ri)

/* Rows whose beginnings are pairs, and rows whose beginnings are those. */
#define ROWS3(X)                                                                                    \
    X(MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ)                                             \
    X(ALU, shr_ri_c, ALU, rrx_rr, ALU, sub_rr_f) X(MEM, ld8u_reg, ALU, shl_ri_cf, ALU, add_rr)     \
    X(MEM, ld8u_imm, ALU, mov_rr, ALU, add_ri) X(SKIP, cmp_ri_HI, ALU, shl_ri, ALU, add_ri)        \
    X(MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8)                                             \
    X(ALU, and_rr, ALU, shr_ri, EXIT, cmp_ri_EQ) X(MULTI, stm_ia_2, ALU, sub_ri_f, SKIPIF, CC)     \
    X(ALU, sub_ri, SELECT, SKIPIF_LE_sub_ri, SKIPIF, GT)                                           \
    X(SKIPIF, LE, MEM, ld32_post, SKIP, cmp_ri_EQ) X(ALU, sub_rr_f, MEM, st32_imm, EXIT, if_NE)    \
    X(ALU, mul16_rr, ALU, add_sticky_rr, EXIT, if_NE) X(ALU, sbc_rr_f, SKIPIF, CC, ALU, sub_rr)    \
    X(MEM, ld16u_pre, MEM, ld16u_post, ALU, sub_rr_f)                                              \
    X(MEM, st32_pre, ALU, shr_ri, ALU, shl_ri_cf) X(ALU, shl_ri, ALU, add_ri, JUMP, goto_ptr)      \
    X(ALU, and_ri, ALU, shr_ri, SELECT, SKIP_cmp_ri_only_EQ_xor_ri)                                \
    X(ALU, mov_ri_f, MEM, ld16s_imm, ALU, mov_ri_f)                                                \
    X(ALU, shl_ri_cf, MEM, st32_reg, ALU, add_ri_f)                                                \
    X(MEM, ld32_imm, ALU, mov_rr, SKIP, cmp_ri_NE) X(ALU, move2, ALU, mov_rr, ALU, mov_ri)         \
    X(MEM, ld8u_imm, MEM, st32_imm, ALU, add_ri) X(ALU, shl_ri, MEM, ld16u_reg, MEM, ld32_imm)     \
    X(ALU, shl_ri, ALU, shl_ri, JUMP, goto_tb) X(MEM, ld32_imm, ALU, sub_ri_f, MEM, st32_imm)      \
    X(ALU, add_rr, MEM, ld8u_reg, MEM, ld32_imm) X(ALU, sub_rr, MEM, st32_imm, ALU, add_ri)        \
    X(FP, fp_add_d, FP, fp_sub_d, FP, fp_mov_d) X(ALU, add_ri, ALU, sub_ri_f, FP, fp_mac_d)        \
    X(FP, fp_mul_d, FP, fp_mul_d, EXIT, if_EQ) X(ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2)       \
    X(ALU, move2, ALU, move2, ALU, move2) X(ALU, add_rr_shl, MEM, ld32_imm, ALU, mov_rr)           \
    X(ALU, sub_ri, MEM, ld8u_imm, ALU, mov_rr)                                                     \
    X(TWO, fp_ldm_imm, MULTI, fp_ldm_imm, MULTI, fp_ldm_imm)                                       \
    X(MULTI, fp_ldm_imm, ALU, add_ri, ALU, sub_rr_f)                                               \
    X(TWO, fp_ldm_imm, MULTI, fp_ldm_imm, FP, fp_mac_d)                                            \
    X(NEAR, ld32_near, ALU, xor_rr, ALU, sub_ri)                                                   \
    X(ALU, rotr_ri, ALU, xor_rr_rotr, ALU, xor_rr_shr)                                             \
    X(ALU, and_ri_f, EXIT, if_NE, ALU, sub_ri_f) X(ALU, mul_rr, ALU, add_ri, ALU, add_rr)

#define ROWS4(X)                                                                                    \
    X(MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ)                            \
    X(MEM, ld8u_reg, ALU, shl_ri_cf, ALU, add_rr, MEM, ld32_post)                                  \
    X(SKIP, cmp_ri_HI, ALU, shl_ri, ALU, add_ri, JUMP, goto_ptr)                                   \
    X(MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8, EXIT, if_CS)                                \
    X(MEM, ld8u_imm, ALU, mov_rr, ALU, add_ri, EXIT, cmp_ri_LS)                                    \
    X(SKIPIF, LE, MEM, ld32_post, SKIP, cmp_ri_EQ, ALU, sub_ri_f)                                  \
    X(MULTI, stm_ia_2, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2)                                 \
    X(ALU, and_ri, ALU, shr_ri, SELECT, SKIP_cmp_ri_only_EQ_xor_ri, EXIT, sub_ri_NE)               \
    X(ALU, mov_ri_f, MEM, ld16s_imm, ALU, mov_ri_f, MEM, ld16s_post)                               \
    X(ALU, sub_ri, SELECT, SKIPIF_LE_sub_ri, SKIPIF, GT, MEM, ld32_post)                           \
    X(ALU, move2, ALU, mov_rr, ALU, mov_ri, JUMP, goto_ptr_arm)                                    \
    X(ALU, shl_ri, MEM, ld16u_reg, MEM, ld32_imm, EXIT, cmp_rr_CS)                                 \
    X(MEM, ld32_imm, ALU, sub_ri_f, MEM, st32_imm, EXIT, if_NE)                                    \
    X(ALU, add_rr, MEM, ld8u_reg, MEM, ld32_imm, EXIT, cmp_rr_NE)                                  \
    X(FP, fp_mul_d, FP, fp_mul_d, EXIT, if_EQ, FP, fp_add_d)                                       \
    X(ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2, JUMP, goto_tb)                                   \
    X(ALU, add_rr_shl, MEM, ld32_imm, ALU, mov_rr, MEM, ld32_imm)                                  \
    X(ALU, sub_ri, MEM, ld8u_imm, ALU, mov_rr, ALU, sub_ri)                                        \
    X(NEAR, ld32_near, ALU, xor_rr, ALU, sub_ri, EXIT, cmp_ri_NE)                                  \
    X(ALU, and_ri_f, EXIT, if_NE, ALU, sub_ri_f, MULTI, stm_db_4)                                  \
    X(ALU, mul_rr, ALU, add_ri, ALU, add_rr, EXIT, cmp_rr_NE)
/* clang-format on */

/* Two loads or stores by one base register, mostly of one page: it is looked up once. Returns how
 * many were done: none if the first cannot be, one if the second is not on the first one's page. */
#define SAME_PAGE(name, tag, size, units, transfer)                                                \
    enum { UNITS_TWO_##name = 2 * (units) };                                                       \
    static inline unsigned same_page_##name(TciEnv *env, const TciOp *op, TlbEntry *tlb)           \
    {                                                                                              \
        uint32_t va = RA + IMM;                                                                    \
        const TlbEntry *e = probe(tlb, va);                                                        \
        if (!HIT(e->tag, va, size)) {                                                              \
            return 0;                                                                              \
        }                                                                                          \
        transfer;                                                                                  \
        op += units;                                                                               \
        va = RA + IMM;                                                                             \
        if (!HIT(e->tag, va, size)) {                                                              \
            return 1;                                                                              \
        }                                                                                          \
        transfer;                                                                                  \
        return 2;                                                                                  \
    }                                                                                              \
    static TciOp *pair_##name##_##name(TciEnv *env, TciOp *op, TlbEntry *tlb)                      \
    {                                                                                              \
        DO_TWO(name);                                                                              \
        GO(op + UNITS_TWO_##name);                                                                 \
    }
SAME_PAGE(ld32_imm, read, 4u, 1, RD = ld32_p(HOST(e, va)))
SAME_PAGE(st32_imm, write, 4u, 1, st32_p(HOST(e, va), RD))
SAME_PAGE(fp_ldm_imm, read, 8u, 2, put_double(env, op->b, load_double(HOST(e, va))))
SAME_PAGE(fp_stm_imm, write, 8u, 2, store_double(HOST(e, va), get_double(env, op->b)))

/* A conditional instruction of one record without a branch, which hosts would often mispredict. */
#define SELECT(kind, cond, name)                                                                   \
    static inline void select_##kind##_##cond##_##name##_body(TciEnv *env, TciOp *op)              \
    {                                                                                              \
        bool skipped = IS_##kind(cond);                                                            \
        uint32_t *d = &env->r[op[1].d], old = *d;                                                  \
        name##_body(env, op + 1);                                                                  \
        *d = skipped ? old : *d;                                                                   \
    }                                                                                              \
    static TciOp *select_##kind##_##cond##_##name(TciEnv *env, TciOp *op, TlbEntry *tlb)           \
    {                                                                                              \
        DO_SELECT(kind##_##cond##_##name);                                                         \
        GO(op + UNITS_SELECT(name));                                                               \
    }
#define IS_SKIPIF(cond) if_##cond##_taken(env, op)
#define IS_SKIP(name)   name##_taken(env, op)
SELECTS_IF(SELECT)
SELECTS_CMP(SELECT)

#define PAIR(kind, name, kind2, name2)                                                             \
    static TciOp *pair_##kind##_##name##_##kind2##_##name2(TciEnv *env, TciOp *op, TlbEntry *tlb)  \
    {                                                                                              \
        DO_##kind(name);                                                                           \
        op += UNITS_##kind(name);                                                                  \
        DO_##kind2(name2);                                                                         \
        GO(op + UNITS_##kind2(name2));                                                             \
    }
PAIRS(PAIR)

#define ROW3(kind, name, kind2, name2, kind3, name3)                                               \
    static TciOp *row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3(                     \
        TciEnv *env, TciOp *op, TlbEntry *tlb)                                                     \
    {                                                                                              \
        DO_##kind(name);                                                                           \
        op += UNITS_##kind(name);                                                                  \
        DO_##kind2(name2);                                                                         \
        op += UNITS_##kind2(name2);                                                                \
        DO_##kind3(name3);                                                                         \
        GO(op + UNITS_##kind3(name3));                                                             \
    }
ROWS3(ROW3)

#define ROW4(kind, name, kind2, name2, kind3, name3, kind4, name4)                                 \
    static TciOp *row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3##_##kind4##_##name4( \
        TciEnv *env, TciOp *op, TlbEntry *tlb)                                                     \
    {                                                                                              \
        DO_##kind(name);                                                                           \
        op += UNITS_##kind(name);                                                                  \
        DO_##kind2(name2);                                                                         \
        op += UNITS_##kind2(name2);                                                                \
        DO_##kind3(name3);                                                                         \
        op += UNITS_##kind3(name3);                                                                \
        DO_##kind4(name4);                                                                         \
        GO(op + UNITS_##kind4(name4));                                                             \
    }
ROWS4(ROW4)

/* A product that is summed up, and another that comes to the same sum: it need not go through
 * memory, and that it is finite in between is seen at the end. */
#define CHAIN(first, t, type, sum)                                                                 \
    static TciOp *chain_##first##_##t(TciEnv *env, TciOp *op, TlbEntry *tlb)                       \
    {                                                                                              \
        type x = get_##t(env, op->a), y = get_##t(env, op->b), d = get_##t(env, op->d), p = x * y; \
        type x2 = get_##t(env, op[2].a), y2 = get_##t(env, op[2].b), p2 = x2 * y2;                 \
        type between = sum, r = between + p2;                                                      \
        (void)d;                                                                                   \
        if (!good_##t(env, r) || !NORMAL_PRODUCT(t, p, x, y) || !NORMAL_PRODUCT(t, p2, x2, y2)) {  \
            SLOW(tci_op_fp_##first##_##t);                                                         \
        }                                                                                          \
        put_##t(env, op->d, r);                                                                    \
        GO(op + 4);                                                                                \
    }
#define CHAINS(X)                                                                                  \
    X(mul, s, float, p) X(mul, d, double, p) X(mac, s, float, d + p) X(mac, d, double, d + p)
CHAINS(CHAIN)
#define CHAIN3(first, t, type, sum)                                                                \
    static TciOp *chain3_##first##_##t(TciEnv *env, TciOp *op, TlbEntry *tlb)                      \
    {                                                                                              \
        type x = get_##t(env, op->a), y = get_##t(env, op->b), d = get_##t(env, op->d), p = x * y; \
        type x2 = get_##t(env, op[2].a), y2 = get_##t(env, op[2].b), p2 = x2 * y2;                 \
        type x3 = get_##t(env, op[4].a), y3 = get_##t(env, op[4].b), p3 = x3 * y3;                 \
        type between = sum, between2 = between + p2, r = between2 + p3;                            \
        (void)d;                                                                                   \
        if (!good_##t(env, r) || !NORMAL_PRODUCT(t, p, x, y) || !NORMAL_PRODUCT(t, p2, x2, y2) ||  \
            !NORMAL_PRODUCT(t, p3, x3, y3)) {                                                      \
            SLOW(tci_op_fp_##first##_##t);                                                         \
        }                                                                                          \
        put_##t(env, op->d, r);                                                                    \
        GO(op + 6);                                                                                \
    }
CHAINS(CHAIN3)

/* A result, and its product with something else. */
#define FACTOR(first)                                                                              \
    static TciOp *factor_##first(TciEnv *env, TciOp *op, TlbEntry *tlb)                            \
    {                                                                                              \
        unsigned d = op->d;                                                                        \
        DO_FP(first);                                                                              \
        double x = get_d(env, d), y = get_d(env, op[2].a ^ op[2].b ^ d), r = x * y, p = r;         \
        op += 2;                                                                                   \
        if (!(GOOD_PRODUCT(d))) {                                                                  \
            SLOW(tci_op_fp_mul_d);                                                                 \
        }                                                                                          \
        put_d(env, op->d, r);                                                                      \
        GO(op + 2);                                                                                \
    }
#define FACTORS(X) X(fp_add_d) X(fp_sub_d) X(fp_mul_d) X(fp_div_d) X(fp_sqrt_d)
FACTORS(FACTOR)

/* -- Finding them -- */

typedef struct Pair {
    TciFn *first, *second, *both;
} Pair;

#define ROW(kind, name, kind2, name2)                                                              \
    { OF_##kind(name), OF_##kind2(name2), pair_##kind##_##name##_##kind2##_##name2 },
#define ROW3_ROW(kind, name, kind2, name2, kind3, name3)                                           \
    { pair_##kind##_##name##_##kind2##_##name2, OF_##kind3(name3),                                 \
      row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3 },
#define ROW4_ROW(kind, name, kind2, name2, kind3, name3, kind4, name4)                             \
    { row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3, OF_##kind4(name4),              \
      row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3##_##kind4##_##name4 },
#define SAME_PAGE_ROW(name) { tci_op_##name, tci_op_##name, pair_##name##_##name },
#define SELECT_ROW(kind, cond, name)                                                               \
    { OF_##kind(cond), tci_op_##name, select_##kind##_##cond##_##name },
#define CHAIN_ROW(first, t, ...)                                                                   \
    { tci_op_fp_##first##_##t, tci_op_fp_mac_##t, chain_##first##_##t },
#define CHAIN3_ROW(first, t, ...) { chain_##first##_##t, tci_op_fp_mac_##t, chain3_##first##_##t },
#define FACTOR_ROW(first)         { tci_op_##first, tci_op_fp_mul_d, factor_##first },
#define COUNT_ROW(...)            +1
/* Where the groups of the table end that have a condition of their own: see fits(). */
enum {
    SAME_PAGE_PAIRS = 4,
    IF_PAIRS = SAME_PAGE_PAIRS SELECTS_IF(COUNT_ROW),
    CMP_PAIRS = IF_PAIRS SELECTS_CMP(COUNT_ROW),
    CHAIN_PAIRS = CMP_PAIRS CHAINS(COUNT_ROW) CHAINS(COUNT_ROW),
    FACTOR_PAIRS = CHAIN_PAIRS FACTORS(COUNT_ROW)
};
static const Pair pairs[] = { SAME_PAGE_ROW(ld32_imm) SAME_PAGE_ROW(st32_imm)
                                  SAME_PAGE_ROW(fp_ldm_imm) SAME_PAGE_ROW(fp_stm_imm)
                                      SELECTS_IF(SELECT_ROW) SELECTS_CMP(SELECT_ROW)
                                          CHAINS(CHAIN_ROW) CHAINS(CHAIN3_ROW) FACTORS(FACTOR_ROW)
                                              PAIRS(ROW) ROWS3(ROW3_ROW) ROWS4(ROW4_ROW) };

#define COUNT      (sizeof pairs / sizeof pairs[0])
#define SLOTS_BITS 12
#define SLOTS      (1u << SLOTS_BITS)

static uint16_t slots[SLOTS];   /* number of a pair + 1, hashed by its two handlers */
static bool special_first[256]; /* by starts_special() */

static unsigned slot_of(TciFn *first, TciFn *second)
{
    uint64_t h = (uint64_t)(uintptr_t)first * 3 + (uintptr_t)second;
    return (unsigned)(h * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOTS_BITS));
}

static bool *starts_special(TciFn *first)
{
    return &special_first[(uintptr_t)first >> 4 & 255];
}

static bool is_special(unsigned i)
{
    return i >= SAME_PAGE_PAIRS && i < FACTOR_PAIRS;
}

void tci_init_pairs(void)
{
    _Static_assert(COUNT < SLOTS / 2, "the search must come to an empty slot");
    if (slots[slot_of(pairs[0].first, pairs[0].second)]) {
        return;
    }
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned at = slot_of(pairs[i].first, pairs[i].second);
        while (slots[at]) {
            at = (at + 1) % SLOTS;
        }
        slots[at] = (uint16_t)(i + 1);
        *starts_special(pairs[i].first) |= is_special(i);
    }
}

/* Whether what pair i asks for besides its two records is so. */
static bool fits(unsigned i, const TciOp *first, const TciOp *second)
{
    if (i < SAME_PAGE_PAIRS) { /* one base, which the first leaves alone */
        return first->a == second->a && !(first->fn == tci_op_ld32_imm && first->a == first->d);
    }
    if (i < CMP_PAIRS) { /* the second alone is skipped */
        return first + (i < IF_PAIRS ? first->imm : first->c) == second + 1;
    }
    if (i < CHAIN_PAIRS) { /* one sum */
        return first->d == second->d && second->a != first->d && second->b != first->d;
    }
    if (i < FACTOR_PAIRS) { /* it is one of two factors */
        return (second->a == first->d) != (second->b == first->d);
    }
    return true;
}

/* If there is a pair of what the first one's handler executes and the second record, the first one
 * gets its handler. Returns whether it has. */
static bool join(TciOp *first, const TciOp *second, bool special)
{
    for (unsigned at = slot_of(first->fn, second->fn); slots[at]; at = (at + 1) % SLOTS) {
        unsigned i = slots[at] - 1u;
        if (pairs[i].first == first->fn && pairs[i].second == second->fn &&
            is_special(i) == special && fits(i, first, second)) {
            first->fn = pairs[i].both;
            return true;
        }
    }
    return false;
}

/* One pass: joins each record to those before it while it can. Returns how many are left. */
static unsigned join_all(TciOp *code, uint16_t *records, unsigned count, bool special)
{
    unsigned last = 0;
    for (unsigned i = 1; i < count; i++) {
        TciOp *first = &code[records[last]];
        if ((special && !*starts_special(first->fn)) || !join(first, &code[records[i]], special)) {
            records[++last] = records[i];
        }
    }
    return last + 1;
}

void tci_pair(TciOp *code, uint16_t *records, unsigned count)
{
    /* First those that save more than the way from one record to the next. */
    count = join_all(code, records, count, true);
    (void)join_all(code, records, count, false);
}

bool tci_unpair(TciFn *both, TciFn **first, TciFn **second)
{
    for (unsigned i = 0; i < COUNT; i++) {
        if (pairs[i].both == both) {
            *first = pairs[i].first;
            *second = pairs[i].second;
            return true;
        }
    }
    return false;
}
