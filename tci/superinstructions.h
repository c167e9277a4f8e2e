/* SPDX-License-Identifier: MIT */
/* The list of superinstructions.
 *
 * Xn(weight, kind and name of each of its n records). The weight is for a program that makes the
 * list from profiles; 0: chosen by hand. A kind with _A or _B: the record's operand a
 * or b is the temp that the record before it defines. The beginning of one of three or four records
 * is in the list, too. PREDICATED is a conditional instruction without a branch. */
#ifndef TCI_SUPERINSTRUCTIONS_H
#define TCI_SUPERINSTRUCTIONS_H

/* clang-format off */
#define SUPERINSTRUCTIONS(X2, X3, X4) \
    X2(0, ALU, add_ri, ALU_A, add_ri) \
    X2(0, ALU, add_ri, ALU_A, add_ri_f) \
    X2(0, ALU, add_ri, ALU_A, add_rr_shl) \
    X2(0, ALU, add_ri, EXIT_A, cmp_rr_CC) \
    X2(0, ALU, add_ri, MEM_A, ld32_reg) \
    X2(0, ALU, add_ri, ALU_A, mov_rr) \
    X2(0, ALU, add_ri, ALU_A, mulu2_rr) \
    X2(0, ALU, add_ri, MEM_A, st32_imm) \
    X2(0, ALU, add_ri, ALU_A, sub_ri_f) \
    X2(0, ALU, add_ri_f, MEM_A, ld8u_imm) \
    X2(0, ALU, add_rr, ALU_B, add_rr) \
    X2(0, ALU, add_rr, MEM_A, ld8u_imm) \
    X2(0, ALU, add_rr, MEM_A, ld8u_reg) \
    X2(0, ALU, add_rr_shl, ALU_B, add_rr_shl) \
    X2(0, ALU, add_rr_shl, MEM_A, ld32_imm) \
    X2(0, ALU, add_rr_shl, MEM_A, st32_imm) \
    X2(0, ALU, add_rr_shr, ALU_A, xor_rr_rotr) \
    X2(0, ALU, and_ri, ALU_A, add_rr) \
    X2(0, ALU, and_ri, ALU_A, or_rr_shl) \
    X2(0, ALU, and_ri, SKIP_A, sub_ri_CC) \
    X2(0, ALU, and_ri, ALU_B, sub_rr) \
    X2(0, ALU, and_ri_f, ALU_A, rsb_ri) \
    X2(0, ALU, and_rr, ALU_A, shl_ri) \
    X2(0, ALU, andc_rr, ALU_A, xor_rr) \
    X2(0, MEM, ld16s_post, ALU_A, mul_rr) \
    X2(0, MEM, ld16u_pre, SKIP_A, cmp_ri_only_CS) \
    X2(0, MEM, ld32_imm, EXIT_A, cmp_rr_CS) \
    X2(0, MEM, ld32_imm, EXIT_B, cmp_rr_NE) \
    X2(0, MEM, ld32_imm, ALU_A, sub_ri) \
    X2(0, MEM, ld32_imm, ALU_A, sub_ri_f) \
    X2(0, MEM, ld32_imm, ALU_A, sub_rr_f) \
    X2(0, MEM, ld32_imm, ALU_B, sub_rr_f) \
    X2(0, MEM, ld32_imm, SKIP_A, tst_ri_EQ) \
    X2(0, NEAR, ld32_near, ALU_B, xor_rr) \
    X2(0, MEM, ld32_post, JUMP_A, goto_ptr_even) \
    X2(0, MEM, ld8u_imm, ALU_B, xor_rr) \
    X2(0, MEM, ld8u_post, EXIT_A, cmp_ri_NE) \
    X2(0, MEM, ld8u_post, ALU_A, sub_ri_f) \
    X2(0, MEM, ld8u_post, ALU_B, xor_rr) \
    X2(0, MEM, ld8u_reg, SKIP_A, cmp_ri_EQ) \
    X2(0, ALU, mla_rr, ALU_A, rotr_ri) \
    X2(0, ALU, mov_ri, ALU_A, rsb_ri) \
    X2(0, ALU, mov_ri, ALU_A, rsb_ri_f) \
    X2(0, ALU, mov_ri, ALU_A, sub_ri) \
    X2(0, ALU, mul16_rr, ALU_A, add_sticky_rr) \
    X2(0, ALU, mul_rr, ALU_B, sub_rr) \
    X2(0, ALU, or_rr, ALU_A, add_ri_f) \
    X2(0, ALU, or_rr_shl, ALU_A, or_rr_shl) \
    X2(0, ALU, or_rr_shl, ALU_A, or_rr_shr) \
    X2(0, ALU, rotr_ri, ALU_A, xor_rr_rotr) \
    X2(0, ALU, rsb_rr_sar, ALU_A, add_rr_shl) \
    X2(0, ALU, sar_ri, ALU_A, rsb_rr_sar) \
    X2(0, ALU, sar_ri_c, ALU_A, not_rr_f) \
    X2(0, ALU, sbc_rr, ALU_A, rsb_ri_f) \
    X2(0, ALU, shl_ri, ALU_B, adc_rr) \
    X2(0, ALU, shl_ri, ALU_A, or_rr_shr) \
    X2(0, ALU, shl_ri_c, ALU_B, or_rr_f) \
    X2(0, ALU, shl_ri_cf, ALU_B, add_rr) \
    X2(0, ALU, shl_ri_cf, MEM_B, st32_reg) \
    X2(0, ALU, shr_ri, ALU_A, or_ri) \
    X2(0, ALU, shr_ri, ALU_A, shl_ri_cf) \
    X2(0, ALU, shr_ri_c, ALU_A, and_ri_f) \
    X2(0, ALU, sub_ri, ALU_A, and_ri) \
    X2(0, ALU, sub_ri, EXIT_A, cmp_ri_NE) \
    X2(0, ALU, sub_ri, MEM_A, ld8u_pre) \
    X2(0, ALU, sub_ri, ALU_A, shl_ri) \
    X2(0, ALU, sub_ri, ALU_A, sub_ri_f) \
    X2(0, ALU, sub_ri_f, ALU_A, shl_ri) \
    X2(0, ALU, sub_ri_f, ALU_A, shl_ri_cf) \
    X2(0, ALU, sub_rr_shl, ALU_B, add_rr) \
    X2(0, ALU, xor_rr, ALU_B, add_rr) \
    X2(0, SKIPIF, EQ, ALU, mov_ri) \
    X2(0, SKIPIF, LE, MEM, ld32_post) \
    X2(0, PREDICATED, SKIPIF_EQ_mov_ri, JUMP, goto_ptr_even) \
    X2(0, PREDICATED, SKIPIF_LS_mov_ri, SKIPIF, HI) \
    X2(0, PREDICATED, SKIP_cmp_ri_only_EQ_xor_ri, EXIT, sub_ri_NE) \
    X2(0, ALU, add_ri, ALU, add_ri) \
    X2(0, ALU, add_ri, ALU, add_rr) \
    X2(0, ALU, add_ri, ALU, add_rr_shl) \
    X2(0, ALU, add_ri, ALU, and_ri) \
    X2(0, ALU, add_ri, EXIT, cmp_ri_EQ) \
    X2(0, ALU, add_ri, SKIP, cmp_ri_HI) \
    X2(0, ALU, add_ri, EXIT, cmp_ri_NE) \
    X2(0, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X2(0, ALU, add_ri, EXIT, cmp_rr_NE) \
    X2(0, ALU, add_ri, JUMP, goto_tb) \
    X2(0, ALU, add_ri, EXIT, if_EQ) \
    X2(0, ALU, add_ri, EXIT, if_NE) \
    X2(0, ALU, add_ri, MEM, ld32_imm) \
    X2(0, ALU, add_ri, MEM, ld8u_imm) \
    X2(0, ALU, add_ri, MULTI, ldm_ia_2) \
    X2(0, ALU, add_ri, MULTI, ldm_ia_4) \
    X2(0, ALU, add_ri, ALU, mov_ri) \
    X2(0, ALU, add_ri, ALU, mov_rr) \
    X2(0, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(0, ALU, add_ri, MEM, st32_imm) \
    X2(0, ALU, add_ri, ALU, sub_ri) \
    X2(0, ALU, add_rr, ALU, add_ri) \
    X2(0, ALU, add_rr, ALU, add_rr) \
    X2(0, ALU, add_rr, ALU, add_rr_shl) \
    X2(0, ALU, add_rr, EXIT, if_HI) \
    X2(0, ALU, add_rr, MEM, ld32_imm) \
    X2(0, ALU, add_rr, MEM, ld8u_imm) \
    X2(0, ALU, add_rr, MEM, ld8u_reg) \
    X2(0, ALU, add_rr, ALU, mov_rr) \
    X2(0, ALU, add_rr, MEM, st32_imm) \
    X2(0, ALU, add_rr_shl, ALU, add_ri) \
    X2(0, ALU, add_rr_shl, MEM, ld32_imm) \
    X2(0, ALU, add_rr_shl, ALU, mov_ri) \
    X2(0, ALU, add_rr_shl, MEM, st32_imm) \
    X2(0, ALU, and_ri, ALU, add_ri) \
    X2(0, ALU, and_ri, ALU, add_rr) \
    X2(0, ALU, and_ri, ALU, and_ri) \
    X2(0, ALU, and_ri, EXIT, cmp_ri_EQ) \
    X2(0, ALU, and_ri, EXIT, cmp_rr_EQ) \
    X2(0, ALU, and_ri, EXIT, cmp_rr_NE) \
    X2(0, ALU, and_ri, JUMP, goto_tb) \
    X2(0, ALU, and_ri, EXIT, if_EQ) \
    X2(0, ALU, and_ri, MEM, ld32_imm) \
    X2(0, ALU, and_ri, ALU, mov_ri) \
    X2(0, ALU, and_ri, ALU, shr_ri) \
    X2(0, ALU, and_ri, MEM, st32_imm) \
    X2(0, ALU, and_ri, ALU, sub_ri) \
    X2(0, ALU, and_ri_f, EXIT, if_NE) \
    X2(0, ALU, and_rr, MEM, ld16u_reg) \
    X2(0, ALU, and_rr, ALU, shr_ri) \
    X2(0, ALU, and_rr, MEM, st32_shl) \
    X2(0, ALU, and_rr, EXIT, sub_ri_NE) \
    X2(0, ALU, and_rr, ALU, xor_rr_rotr) \
    X2(0, EXIT, cmp_ri_EQ, MEM, ld32_imm) \
    X2(0, SKIP, cmp_ri_EQ, MEM, ld32_imm) \
    X2(0, SKIP, cmp_ri_EQ, ALU, mov_ri) \
    X2(0, EXIT, cmp_ri_EQ, ALU, mov_rr) \
    X2(0, SKIP, cmp_ri_EQ, ALU, mov_rr) \
    X2(0, SKIP, cmp_ri_HI, ALU, shl_ri) \
    X2(0, EXIT, cmp_ri_NE, MEM, ld32_imm) \
    X2(0, SKIP, cmp_ri_NE, MEM, ld32_imm) \
    X2(0, EXIT, cmp_ri_NE, ALU, mov_rr) \
    X2(0, FP, fp_cmp_flags_d, EXIT, if_MI) \
    X2(0, FP, fp_cmpz_flags_d, EXIT, if_MI) \
    X2(0, MULTI, fp_ldm_imm, ALU, add_ri) \
    X2(0, MULTI, fp_ldm_imm, MULTI, fp_ldm_imm) \
    X2(0, MULTI, fp_stm_imm, MULTI, fp_stm_imm) \
    X2(0, MULTI, fp_ldm_imm, FP, fp_mac_d) \
    X2(0, MULTI, fp_ldm_imm, FP, fp_sub_d) \
    X2(0, FP, fp_mac_d, FP, fp_mac_d) \
    X2(0, FP, fp_mul_d, FP, fp_mul_d) \
    X2(0, FP, fp_mul_d, FP, fp_nmac_d) \
    X2(0, FP, fp_nmac_d, FP, fp_nmac_d) \
    X2(0, MULTI, fp_stm_imm, EXIT, if_NE) \
    X2(0, FP, fp_sub_d, FP, fp_add_d) \
    X2(0, FP, fp_sub_d, FP, fp_mul_d) \
    X2(0, EXIT, if_CC, EXIT, cmp_rr_LS) \
    X2(0, EXIT, if_EQ, MEM, ld32_imm) \
    X2(0, EXIT, if_NE, MEM, ld32_imm) \
    X2(0, MEM, ld16s_imm, ALU, mov_ri_f) \
    X2(0, MEM, ld16u_post, ALU, sub_rr_f) \
    X2(0, MEM, ld16u_pre, MEM, ld16u_post) \
    X2(0, MEM, ld32_abs, ALU, add_ri) \
    X2(0, MEM, ld32_abs, MEM, ld32_abs) \
    X2(0, MEM, ld32_abs, MEM, ld32_imm) \
    X2(0, MEM, ld32_abs, ALU, mov_rr) \
    X2(0, MEM, ld32_abs, MEM, st32_imm) \
    X2(0, MEM, ld32_abs, ALU, sub_ri) \
    X2(0, MEM, ld32_imm, ALU, add_ri) \
    X2(0, MEM, ld32_imm, ALU, add_rr) \
    X2(0, MEM, ld32_imm, ALU, and_ri) \
    X2(0, MEM, ld32_imm, ALU, and_rr) \
    X2(0, MEM, ld32_imm, EXIT, cmp_ri_EQ) \
    X2(0, MEM, ld32_imm, EXIT, cmp_ri_NE) \
    X2(0, MEM, ld32_imm, EXIT, cmp_rr_EQ) \
    X2(0, MEM, ld32_imm, EXIT, cmp_rr_NE) \
    X2(0, MEM, ld32_imm, JUMP, goto_tb) \
    X2(0, MEM, ld32_imm, EXIT, if_EQ) \
    X2(0, MEM, ld32_imm, MEM, ld32_imm) \
    X2(0, MEM, ld32_imm, NEAR, ld32_near) \
    X2(0, MEM, ld32_imm, MEM, ld8u_imm) \
    X2(0, MEM, ld32_imm, ALU, mov_ri) \
    X2(0, MEM, ld32_imm, ALU, mov_rr) \
    X2(0, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X2(0, MEM, ld32_imm, MEM, st32_imm) \
    X2(0, MEM, ld32_imm, ALU, sub_ri) \
    X2(0, NEAR, ld32_near, ALU, add_ri) \
    X2(0, NEAR, ld32_near, ALU, add_rr) \
    X2(0, NEAR, ld32_near, ALU, add_rr_shl) \
    X2(0, NEAR, ld32_near, ALU, and_ri) \
    X2(0, NEAR, ld32_near, MEM, ld32_imm) \
    X2(0, NEAR, ld32_near, NEAR, ld32_near) \
    X2(0, NEAR, ld32_near, ALU, mov_ri) \
    X2(0, NEAR, ld32_near, ALU, mov_rr) \
    X2(0, NEAR, ld32_near, MEM, st32_imm) \
    X2(0, NEAR, ld32_near, ALU, sub_ri) \
    X2(0, MEM, ld32_post, ALU, add_ri) \
    X2(0, MEM, ld32_post, ALU, and_ri) \
    X2(0, MEM, ld32_post, EXIT, cmp_ri_EQ) \
    X2(0, MEM, ld32_post, JUMP, goto_ptr_odd) \
    X2(0, MEM, ld32_reg, ALU, add_rr) \
    X2(0, MEM, ld32_reg, MEM, ld32_imm) \
    X2(0, MEM, ld32_reg, MEM, ld32_reg) \
    X2(0, MEM, ld32_shl, ALU, add_rr) \
    X2(0, MEM, ld32_shl, MEM, ld32_imm) \
    X2(0, MEM, ld8u_imm, ALU, add_ri) \
    X2(0, MEM, ld8u_imm, ALU, add_rr_shl) \
    X2(0, MEM, ld8u_imm, EXIT, cmp_ri_EQ) \
    X2(0, MEM, ld8u_imm, EXIT, cmp_ri_NE) \
    X2(0, MEM, ld8u_imm, EXIT, cmp_rr_EQ) \
    X2(0, MEM, ld8u_imm, EXIT, cmp_rr_NE) \
    X2(0, MEM, ld8u_imm, JUMP, goto_ptr_even) \
    X2(0, MEM, ld8u_imm, JUMP, goto_tb) \
    X2(0, MEM, ld8u_imm, MEM, ld32_imm) \
    X2(0, MEM, ld8u_imm, MEM, ld8u_imm) \
    X2(0, MEM, ld8u_imm, ALU, mov_ri) \
    X2(0, MEM, ld8u_imm, ALU, mov_rr) \
    X2(0, MEM, ld8u_imm, MEM, st32_imm) \
    X2(0, MEM, ld8u_imm, ALU, sub_ri) \
    X2(0, MEM, ld8u_post, EXIT, cmp_ri_EQ) \
    X2(0, MEM, ld8u_post, EXIT, cmp_rr_EQ) \
    X2(0, MEM, ld8u_post, MEM, ld8u_post) \
    X2(0, MEM, ld8u_pre, ALU, add_ri) \
    X2(0, MEM, ld8u_pre, EXIT, cmp_ri_EQ) \
    X2(0, MEM, ld8u_pre, EXIT, cmp_ri_NE) \
    X2(0, MEM, ld8u_reg, MEM, ld32_imm) \
    X2(0, MEM, ld8u_reg, MEM, ld8u_reg) \
    X2(0, MULTI, ldm_ia_2, JUMP, goto_ptr_even) \
    X2(0, MULTI, ldm_ia_3, JUMP, goto_ptr_even) \
    X2(0, MULTI, ldm_ia_4, JUMP, goto_ptr_even) \
    X2(0, MULTI, ldm_ia_4, MULTI, stm_ia_4) \
    X2(0, MULTI, ldm_ia_5, JUMP, goto_ptr_even) \
    X2(0, MULTI, ldm_ia_6, JUMP, goto_ptr_even) \
    X2(0, MULTI, ldm_ia_8, ALU, sub_ri_f) \
    X2(0, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(0, ALU, mov_ri, ALU, add_ri) \
    X2(0, ALU, mov_ri, ALU, add_rr) \
    X2(0, ALU, mov_ri, ALU, and_ri) \
    X2(0, ALU, mov_ri, EXIT, cmp_ri_EQ) \
    X2(0, ALU, mov_ri, EXIT, cmp_ri_NE) \
    X2(0, ALU, mov_ri, EXIT, cmp_rr_EQ) \
    X2(0, ALU, mov_ri, JUMP, goto_ptr_even) \
    X2(0, ALU, mov_ri, JUMP, goto_tb) \
    X2(0, ALU, mov_ri, EXIT, if_EQ) \
    X2(0, ALU, mov_ri, EXIT, if_NE) \
    X2(0, ALU, mov_ri, MEM, ld32_imm) \
    X2(0, ALU, mov_ri, ALU, mov_ri) \
    X2(0, ALU, mov_ri, ALU, mov_rr) \
    X2(0, ALU, mov_ri, ALU, move2) \
    X2(0, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X2(0, ALU, mov_ri, ALU, setc_bit_ri) \
    X2(0, ALU, mov_ri, MEM, st32_imm) \
    X2(0, ALU, mov_ri, ALU, st_env_ri) \
    X2(0, ALU, mov_ri, ALU, sub_ri) \
    X2(0, ALU, mov_rr, ALU, add_ri) \
    X2(0, ALU, mov_rr, ALU, add_rr) \
    X2(0, ALU, mov_rr, ALU, add_rr_shl) \
    X2(0, ALU, mov_rr, ALU, and_ri) \
    X2(0, ALU, mov_rr, EXIT, cmp_ri_CC) \
    X2(0, ALU, mov_rr, EXIT, cmp_ri_EQ) \
    X2(0, ALU, mov_rr, EXIT, cmp_ri_NE) \
    X2(0, ALU, mov_rr, EXIT, cmp_rr_NE) \
    X2(0, ALU, mov_rr, JUMP, goto_tb) \
    X2(0, ALU, mov_rr, EXIT, if_NE) \
    X2(0, ALU, mov_rr, MEM, ld32_imm) \
    X2(0, ALU, mov_rr, NEAR, ld32_near) \
    X2(0, ALU, mov_rr, MEM, ld8u_imm) \
    X2(0, ALU, mov_rr, ALU, mov_ri) \
    X2(0, ALU, mov_rr, ALU, mov_rr) \
    X2(0, ALU, mov_rr, ALU, move2) \
    X2(0, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(0, ALU, mov_rr, ALU, or_rr_shr) \
    X2(0, ALU, mov_rr, MEM, st32_imm) \
    X2(0, ALU, mov_rr, ALU, sub_ri) \
    X2(0, ALU, mov_rr, SKIP, tst_ri_NE) \
    X2(0, ALU, mov_rr_f, MEM, ld32_imm) \
    X2(0, ALU, move2, ALU, add_ri) \
    X2(0, ALU, move2, ALU, add_rr) \
    X2(0, ALU, move2, EXIT, cmp_ri_EQ) \
    X2(0, ALU, move2, EXIT, cmp_rr_NE) \
    X2(0, ALU, move2, MEM, ld32_imm) \
    X2(0, ALU, move2, MEM, ld8u_imm) \
    X2(0, ALU, move2, ALU, mov_ri) \
    X2(0, ALU, move2, ALU, mov_rr) \
    X2(0, ALU, move2, ALU, move2) \
    X2(0, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(0, ALU, move2, MEM, st32_imm) \
    X2(0, ALU, move2, ALU, sub_ri) \
    X2(0, ALU, or_ri, ALU, mov_ri) \
    X2(0, ALU, or_ri, ALU, sub_ri) \
    X2(0, ALU, or_rr_f, EXIT, if_EQ) \
    X2(0, ALU, or_rr_shr, ALU, shl_ri) \
    X2(0, ALU, sbc_rr_f, SKIPIF, CC) \
    X2(0, ALU, shl_ri, ALU, add_ri) \
    X2(0, ALU, shl_ri, ALU, add_rr_shl) \
    X2(0, ALU, shl_ri, ALU, and_ri) \
    X2(0, ALU, shl_ri, MEM, ld16u_reg) \
    X2(0, ALU, shl_ri, ALU, mov_ri) \
    X2(0, ALU, shl_ri, ALU, mov_rr) \
    X2(0, ALU, shl_ri, ALU, or_rr_shr) \
    X2(0, ALU, shl_ri, ALU, shl_ri) \
    X2(0, ALU, shl_ri_cf, SKIPIF, EQ) \
    X2(0, ALU, shl_ri_cf, MEM, ld32_reg) \
    X2(0, ALU, shr_ri, ALU, add_rr) \
    X2(0, ALU, shr_ri, ALU, add_rr_shl) \
    X2(0, ALU, shr_ri, ALU, and_ri) \
    X2(0, ALU, shr_ri, SKIP, cmp_ri_EQ) \
    X2(0, ALU, shr_ri, ALU, mov_rr) \
    X2(0, ALU, shr_ri_c, ALU, rrx_rr) \
    X2(0, ALU, shr_ri_cf, EXIT, if_NE) \
    X2(0, MEM, st32_imm, ALU, add_ri) \
    X2(0, MEM, st32_imm, ALU, add_rr) \
    X2(0, MEM, st32_imm, EXIT, cmp_ri_EQ) \
    X2(0, MEM, st32_imm, EXIT, cmp_ri_NE) \
    X2(0, MEM, st32_imm, JUMP, goto_ptr_even) \
    X2(0, MEM, st32_imm, JUMP, goto_tb) \
    X2(0, MEM, st32_imm, EXIT, if_EQ) \
    X2(0, MEM, st32_imm, EXIT, if_NE) \
    X2(0, MEM, st32_imm, MEM, ld32_imm) \
    X2(0, MEM, st32_imm, NEAR, ld32_near) \
    X2(0, MEM, st32_imm, MEM, ld8u_imm) \
    X2(0, MEM, st32_imm, ALU, mov_ri) \
    X2(0, MEM, st32_imm, ALU, mov_rr) \
    X2(0, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(0, MEM, st32_imm, MEM, st32_imm) \
    X2(0, MEM, st32_imm, ALU, sub_ri) \
    X2(0, MEM, st32_post, EXIT, cmp_rr_NE) \
    X2(0, MEM, st32_post, EXIT, if_NE) \
    X2(0, MEM, st32_pre, ALU, shr_ri) \
    X2(0, MEM, st32_reg, ALU, mov_rr_f) \
    X2(0, MEM, st8_post, EXIT, cmp_rr_NE) \
    X2(0, MEM, st8_reg, EXIT, if_NE) \
    X2(0, MULTI, stm_db_2, MEM, ld32_imm) \
    X2(0, MULTI, stm_db_2, ALU, mov_rr) \
    X2(0, MULTI, stm_db_3, JUMP, movi_goto_tb) \
    X2(0, MULTI, stm_db_3, EXIT, sub_ri_CC) \
    X2(0, MULTI, stm_db_4, MEM, ld32_imm) \
    X2(0, MULTI, stm_db_4, NEAR, ld32_near) \
    X2(0, MULTI, stm_db_4, ALU, mov_rr) \
    X2(0, MULTI, stm_db_4, ALU, sub_ri) \
    X2(0, MULTI, stm_db_5, ALU, mov_rr) \
    X2(0, MULTI, stm_ia_2, MEM, st16_post) \
    X2(0, MULTI, stm_ia_2, ALU, sub_ri_f) \
    X2(0, MULTI, stm_imm_4, ALU, add_ri) \
    X2(0, ALU, sub_ri, PREDICATED, SKIPIF_LE_sub_ri) \
    X2(0, ALU, sub_ri, ALU, add_ri) \
    X2(0, ALU, sub_ri, ALU, add_rr) \
    X2(0, ALU, sub_ri, ALU, and_ri) \
    X2(0, ALU, sub_ri, EXIT, cmp_ri_EQ) \
    X2(0, ALU, sub_ri, EXIT, cmp_ri_NE) \
    X2(0, ALU, sub_ri, EXIT, cmp_rr_EQ) \
    X2(0, ALU, sub_ri, EXIT, cmp_rr_NE) \
    X2(0, ALU, sub_ri, JUMP, goto_tb) \
    X2(0, ALU, sub_ri, EXIT, if_EQ) \
    X2(0, ALU, sub_ri, EXIT, if_NE) \
    X2(0, ALU, sub_ri, MEM, ld32_imm) \
    X2(0, ALU, sub_ri, MEM, ld8u_imm) \
    X2(0, ALU, sub_ri, ALU, mov_ri) \
    X2(0, ALU, sub_ri, ALU, mov_rr) \
    X2(0, ALU, sub_ri, JUMP, movi_goto_tb_cross) \
    X2(0, ALU, sub_ri, MEM, st32_imm) \
    X2(0, ALU, sub_ri, ALU, sub_ri) \
    X2(0, SKIP, sub_ri_CC, MULTI, stm_ia_2) \
    X2(0, ALU, sub_ri_f, SKIPIF, CC) \
    X2(0, ALU, sub_ri_f, ALU, add_ri) \
    X2(0, ALU, sub_ri_f, ALU, add_rr_shl) \
    X2(0, ALU, sub_ri_f, ALU, and_ri) \
    X2(0, ALU, sub_ri_f, MEM, ld32_imm) \
    X2(0, ALU, sub_ri_f, MEM, ld8u_imm) \
    X2(0, ALU, sub_ri_f, ALU, mov_rr) \
    X2(0, ALU, sub_ri_f, MEM, st32_imm) \
    X2(0, ALU, sub_ri_f, MULTI, stm_db_4) \
    X2(0, ALU, sub_ri_f, MULTI, stm_ia_8) \
    X2(0, ALU, sub_rr, ALU, add_ri) \
    X2(0, ALU, sub_rr, ALU, add_rr) \
    X2(0, ALU, sub_rr, ALU, and_ri) \
    X2(0, ALU, sub_rr, EXIT, cmp_ri_EQ) \
    X2(0, ALU, sub_rr, EXIT, cmp_ri_NE) \
    X2(0, ALU, sub_rr, EXIT, cmp_rr_NE) \
    X2(0, ALU, sub_rr, MEM, ld32_imm) \
    X2(0, ALU, sub_rr, ALU, mov_ri) \
    X2(0, ALU, sub_rr, ALU, mov_rr) \
    X2(0, ALU, sub_rr, MEM, st32_imm) \
    X2(0, ALU, sub_rr, ALU, sub_ri) \
    X2(0, ALU, sub_rr_f, MEM, st32_imm) \
    X2(0, ALU, xor_rr, ALU, add_rr) \
    X2(0, ALU, xor_rr, ALU, and_rr) \
    X2(0, ALU, xor_rr, JUMP, movi_goto_tb_cross) \
    X2(0, ALU, xor_rr, ALU, rotr_ri) \
    X2(0, ALU, xor_rr_f, SKIPIF, NE) \
    X3(0, MEM, ld32_imm, MEM, ld32_imm, EXIT_B, cmp_rr_CC) \
    X3(0, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f) \
    X3(0, MEM, ld32_imm, MEM, ld32_imm, ALU, add_rr) \
    X3(0, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X3(0, MEM, st32_imm, MEM, st32_imm, MEM, st32_imm) \
    X3(0, ALU, add_ri, ALU, add_rr, ALU_A, add_rr) \
    X3(0, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, st32_imm) \
    X3(0, ALU, add_ri, MEM, ld8u_imm, EXIT_A, cmp_ri_EQ) \
    X3(0, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_A, and_rr) \
    X3(0, ALU, and_ri, ALU_A, or_rr_shl, ALU_A, or_rr_shl) \
    X3(0, ALU, and_rr, ALU_A, shl_ri, MEM_B, ld16u_reg) \
    X3(0, EXIT, cmp_ri_EQ, MEM, ld32_imm, EXIT_B, cmp_rr_HI) \
    X3(0, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri) \
    X3(0, MULTI, fp_ldm_imm, ALU, add_ri, ALU_B, sub_rr_f) \
    X3(0, MEM, ld32_imm, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X3(0, MEM, ld32_imm, ALU, and_ri, ALU_A, add_rr_shr) \
    X3(0, MEM, ld32_imm, ALU, and_rr, ALU_A, shl_ri) \
    X3(0, MEM, ld32_imm, NEAR, ld32_near, ALU_B, muls2_rr) \
    X3(0, MEM, ld32_post, ALU, add_ri, JUMP_A, goto_ptr) \
    X3(0, MEM, ld32_reg, MEM, ld32_reg, ALU_B, sub_rr_f) \
    X3(0, MEM, ld32_reg, MEM, ld32_reg, ALU_B, xor_rr_f) \
    X3(0, MEM, ld32_shl, ALU, add_rr, ALU_A, and_ri) \
    X3(0, MEM, ld8u_imm, MEM, ld8u_imm, EXIT_B, cmp_rr_NE) \
    X3(0, ALU, mov_ri, ALU, mov_ri, JUMP_A, goto_ptr) \
    X3(0, ALU, mov_rr, ALU, add_ri, ALU_A, sub_rr_f) \
    X3(0, ALU, mov_rr, ALU, and_ri, ALU_A, add_rr_shr) \
    X3(0, ALU, mov_rr, MEM, ld32_imm, ALU_A, add_rr) \
    X3(0, ALU, mov_rr, MEM, ld32_imm, ALU_B, mul_rr) \
    X3(0, ALU, mov_rr, MEM, ld32_imm, ALU_A, sub_rr) \
    X3(0, ALU, mov_rr, MEM, ld32_imm, ALU_A, xor_rr) \
    X3(0, ALU, move2, ALU, add_rr, ALU_B, add_rr) \
    X3(0, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr) \
    X3(0, ALU, rotr_ri, ALU_A, xor_rr_rotr, ALU_A, xor_rr_rotr) \
    X3(0, ALU, rotr_ri, ALU_A, xor_rr_rotr, ALU_A, xor_rr_shr) \
    X3(0, ALU, sar_ri, ALU_A, rsb_rr_sar, ALU_A, add_rr_shl) \
    X3(0, ALU, shr_ri, ALU_A, shl_ri_cf, MEM_A, ld8u_reg) \
    X3(0, ALU, shr_ri_c, ALU, rrx_rr, ALU_B, sub_rr_f) \
    X3(0, MEM, st32_pre, ALU, shr_ri, ALU_A, shl_ri_cf) \
    X3(0, ALU, sub_ri, ALU_A, and_ri, ALU_B, sub_rr) \
    X3(0, ALU, sub_ri, ALU_A, shl_ri, ALU_B, add_rr) \
    X3(0, ALU, sub_ri, ALU_A, shl_ri, ALU_B, add_rr_f) \
    X3(0, ALU, sub_ri, ALU_A, shl_ri, ALU_A, mov_rr) \
    X3(0, ALU, sub_ri, ALU, sub_ri, ALU_A, and_ri) \
    X3(0, ALU, sub_ri_f, ALU_A, shl_ri_cf, MEM_B, ld16u_reg) \
    X3(0, ALU, sub_ri_f, ALU_A, shl_ri_cf, MEM_B, ld32_reg) \
    X3(0, SKIPIF, LE, MEM, ld32_post, SKIP, cmp_ri_EQ) \
    X3(0, ALU, add_ri, ALU, add_ri, EXIT, cmp_ri_LS) \
    X3(0, ALU, add_ri, ALU, add_rr, EXIT, cmp_ri_NE) \
    X3(0, ALU, add_ri, ALU, add_rr, EXIT, cmp_rr_NE) \
    X3(0, ALU, add_ri, MEM, ld32_imm, MULTI, stm_ia_4) \
    X3(0, ALU, add_rr, MEM_A, ld8u_reg, MEM, ld32_imm) \
    X3(0, ALU, add_rr_shr, ALU_A, xor_rr_rotr, EXIT, if_NE) \
    X3(0, ALU, and_ri, ALU, shr_ri, PREDICATED, SKIP_cmp_ri_only_EQ_xor_ri) \
    X3(0, ALU, and_rr, ALU, shr_ri, EXIT, cmp_ri_EQ) \
    X3(0, ALU, and_rr, MEM, st32_shl, MEM, st32_shl) \
    X3(0, MEM, ld16s_imm, ALU, mov_ri_f, MEM, ld16s_post) \
    X3(0, MEM, ld16u_pre, MEM, ld16u_post, ALU, sub_rr_f) \
    X3(0, MEM, ld32_imm, ALU, add_ri, MEM, ld32_shl) \
    X3(0, MEM, ld32_imm, ALU, mov_rr, SKIP, cmp_ri_NE) \
    X3(0, MEM, ld32_imm, MEM, st32_imm, ALU, add_rr_shl) \
    X3(0, MEM, ld32_imm, ALU_A, sub_ri_f, MEM, st32_imm) \
    X3(0, NEAR, ld32_near, ALU, mov_rr, ALU, sub_rr_f) \
    X3(0, NEAR, ld32_near, ALU_B, xor_rr, ALU, sub_ri) \
    X3(0, MEM, ld32_shl, MEM, ld32_imm, MEM, st32_shl) \
    X3(0, MEM, ld8u_imm, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X3(0, MEM, ld8u_imm, ALU, mov_rr, ALU, add_ri) \
    X3(0, MEM, ld8u_imm, MEM, st32_imm, ALU, add_ri) \
    X3(0, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ) \
    X3(0, MEM, ld8u_post, ALU_B, xor_rr, ALU, mov_ri) \
    X3(0, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8) \
    X3(0, ALU, mov_rr, EXIT, cmp_ri_CC, SKIP, tst_ri_EQ) \
    X3(0, ALU, mov_rr, MEM, st32_imm, SKIPIF, EQ) \
    X3(0, ALU, mov_rr, ALU, sub_ri, ALU, add_ri) \
    X3(0, ALU, move2, ALU, add_rr, JUMP, movi_goto_tb_cross) \
    X3(0, ALU, move2, ALU, mov_rr, ALU, mov_ri) \
    X3(0, ALU, move2, ALU, move2, ALU, move2) \
    X3(0, ALU, mul16_rr, ALU_A, add_sticky_rr, EXIT, if_NE) \
    X3(0, ALU, mul_rr, ALU_B, sub_rr, JUMP, goto_ptr_even) \
    X3(0, ALU, sbc_rr_f, SKIPIF, CC, ALU, sub_rr) \
    X3(0, ALU, shl_ri, ALU, shl_ri, JUMP, goto_tb) \
    X3(0, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post) \
    X3(0, MEM, st32_imm, ALU, sub_ri, EXIT, cmp_rr_EQ) \
    X3(0, MULTI, stm_ia_2, MEM, st16_post, ALU, shr_ri) \
    X3(0, MULTI, stm_ia_2, ALU, sub_ri_f, SKIPIF, CC) \
    X3(0, MULTI, stm_imm_4, ALU, add_ri, MULTI, ldm_imm_3) \
    X3(0, ALU, sub_ri, PREDICATED, SKIPIF_LE_sub_ri, SKIPIF, GT) \
    X3(0, ALU, sub_ri, ALU, sub_ri, ALU, add_rr_shl) \
    X3(0, SKIP, sub_ri_CC, MULTI, stm_ia_2, ALU, sub_ri_f) \
    X3(0, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2) \
    X3(0, ALU, sub_ri_f, MEM, st32_imm, EXIT, if_NE) \
    X3(0, ALU, sub_ri_f, MULTI, stm_db_4, EXIT, if_CC) \
    X3(0, ALU, xor_rr, ALU_B, add_rr, MEM, ld32_imm) \
    X4(0, ALU, add_ri, ALU, add_rr, ALU_A, add_rr, ALU_A, add_rr) \
    X4(0, ALU, add_rr, MEM_A, ld8u_reg, MEM, ld32_imm, EXIT_B, cmp_rr_NE) \
    X4(0, ALU, and_ri, ALU_A, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr) \
    X4(0, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X4(0, MEM, ld16s_imm, ALU, mov_ri_f, MEM, ld16s_post, ALU_A, mul_rr) \
    X4(0, MEM, ld32_imm, ALU, and_rr, ALU_A, shl_ri, MEM_B, ld16u_reg) \
    X4(0, NEAR, ld32_near, ALU_B, xor_rr, ALU, sub_ri, EXIT_A, cmp_ri_NE) \
    X4(0, MEM, ld32_shl, ALU, add_rr, ALU_A, and_ri, ALU_A, add_rr) \
    X4(0, ALU, mov_rr, ALU, and_ri, ALU_A, add_rr_shr, ALU_B, sub_rr) \
    X4(0, ALU, mov_rr, ALU, sub_ri, ALU, add_ri, ALU_A, add_rr_shl) \
    X4(0, MEM, st32_pre, ALU, shr_ri, ALU_A, shl_ri_cf, MEM_A, ld8u_reg) \
    X4(0, ALU, sub_ri, ALU_A, and_ri, ALU_B, sub_rr, ALU_A, mov_rr) \
    X4(0, ALU, sub_ri, ALU, sub_ri, ALU_A, and_ri, ALU_B, sub_rr) \
    X4(0, SKIPIF, LE, MEM, ld32_post, SKIP, cmp_ri_EQ, ALU, sub_ri_f) \
    X4(0, ALU, add_ri, MEM, ld32_imm, MULTI, stm_ia_4, JUMP, goto_tb) \
    X4(0, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_A, and_rr, MEM, ld32_imm) \
    X4(0, ALU, and_ri, ALU, shr_ri, PREDICATED, SKIP_cmp_ri_only_EQ_xor_ri, EXIT, sub_ri_NE) \
    X4(0, MEM, ld32_imm, MEM, st32_imm, ALU, add_rr_shl, MULTI, ldm_imm_4) \
    X4(0, MEM, ld32_imm, ALU_A, sub_ri_f, MEM, st32_imm, EXIT, if_NE) \
    X4(0, MEM, ld8u_imm, ALU, mov_rr, ALU, add_ri, EXIT, cmp_ri_LS) \
    X4(0, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) \
    X4(0, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8, EXIT, if_CS) \
    X4(0, ALU, mov_rr, MEM, st32_imm, SKIPIF, EQ, JUMP, goto_tb_cross) \
    X4(0, ALU, move2, ALU, mov_rr, ALU, mov_ri, JUMP, goto_ptr_even) \
    X4(0, ALU, move2, ALU, move2, ALU, move2, JUMP, goto_tb_cross) \
    X4(0, ALU, rotr_ri, ALU_A, xor_rr_rotr, ALU_A, xor_rr_rotr, MEM, st32_imm) \
    X4(0, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post, JUMP, goto_ptr_odd) \
    X4(0, MULTI, stm_ia_2, MEM, st16_post, ALU, shr_ri, MEM, st8_imm) \
    X4(0, MULTI, stm_ia_2, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2) \
    X4(0, MULTI, stm_imm_4, ALU, add_ri, MULTI, ldm_imm_3, NEAR, ld32_near) \
    X4(0, ALU, sub_ri, PREDICATED, SKIPIF_LE_sub_ri, SKIPIF, GT, MEM, ld32_post) \
    X4(0, SKIP, sub_ri_CC, MULTI, stm_ia_2, ALU, sub_ri_f, SKIPIF, CC) \
    X4(0, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2, JUMP, goto_tb) \
    X4(0, ALU, xor_rr, ALU_B, add_rr, MEM, ld32_imm, ALU, sub_ri_f)
/* clang-format on */

#endif
