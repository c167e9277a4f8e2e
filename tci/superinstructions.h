/* SPDX-License-Identifier: MIT */
/* The list of superinstructions, made by scripts/superinstructions.sh from profiles: do not edit.
 *
 * Xn(weight, kind and name of each of its n parts). The weight is how many of a million dispatches
 * the row saves in the profiles; of a longer row, its last part alone. A kind with _A or _B: the
 * part's operand a or b is the temp that the part before defines. The beginning of a row of three
 * or four parts is in the list, too. PREDICATED is a conditional instruction without a branch. */
#ifndef TCI_SUPERINSTRUCTIONS_H
#define TCI_SUPERINSTRUCTIONS_H

/* clang-format off */
#define SUPERINSTRUCTIONS(X2, X3, X4) \
    X2(7069, MEM, ld32_imm, MEM, ld32_imm) \
    X2(4338, ALU, mov_rr, ALU, add_ri) \
    X2(4067, MEM, st32_imm, MEM, st32_imm) \
    X2(3354, MEM, st32_imm, EXIT, if_NE) \
    X3(3051, ALU, mov_rr, ALU, add_ri, ALU_A, sub_rr_f) \
    X2(2935, MEM, st32_imm, MEM, ld32_imm) \
    X2(2583, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(2379, ALU, mov_rr, MEM, ld32_imm) \
    X2(2173, MEM, ld32_imm, MEM, st32_imm) \
    X2(1933, ALU, add_ri, MEM, st32_imm) \
    X2(1877, MEM, ld32_imm, ALU, mov_rr) \
    X2(1802, MULTI, ldm_ia_4, JUMP, goto_ptr_even) \
    X2(1775, ALU, mov_ri, ALU, mov_ri) \
    X3(1693, MEM, st32_imm, MEM, st32_imm, MEM, st32_imm) \
    X2(1679, ALU, move2, ALU, mov_rr) \
    X3(1662, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f) \
    X2(1653, MEM, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(1630, MEM, ld32_imm, ALU, add_ri) \
    X2(1516, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(1512, NEAR, ld32_near, NEAR, ld32_near) \
    X2(1504, MEM, ld32_imm, ALU, mov_ri) \
    X2(1437, ALU, or_ri, ALU, mov_ri) \
    X2(1365, ALU, adc_rr, SKIPIF, CC) \
    X3(1363, ALU, or_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(1336, MEM, ld32_imm, MEM_A, ld32_imm) \
    X2(1327, MEM, st32_imm, ALU, mov_ri) \
    X2(1324, ALU, mov_ri, MEM, st32_imm) \
    X3(1255, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X2(1175, ALU, mov_rr, ALU, mov_ri) \
    X2(1159, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(1078, ALU, add_rr_rotr, ALU, add_rr_rotr) \
    X2(1066, MEM, ld32_imm, EXIT_A, cmp_ri_NE) \
    X2(1001, ALU, sub_ri_f, MEM, st32_imm) \
    X4(972, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f, SKIPIF, EQ) \
    X2(947, NEAR, ld32_near, MEM_A, ld32_imm) \
    X2(911, MEM, ld8u_imm, MEM, ld8u_imm) \
    X2(888, ALU, mov_ri, ALU_A, st_env_ri) \
    X3(873, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(858, ALU, add_ri, ALU, add_ri) \
    X2(847, MULTI, ldm_ia_6, JUMP, goto_ptr_even) \
    X2(831, MEM, st32_imm, ALU, add_ri) \
    X2(824, NEAR, ld32_near, ALU_A, add_ri) \
    X3(821, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, add_rr) \
    X2(820, MEM, ld32_imm, ALU, sub_ri) \
    X3(815, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri) \
    X2(791, MULTI, ldm_ia_8, ALU, sub_ri_f) \
    X2(788, MEM, ld32_imm, NEAR, ld32_near) \
    X2(782, ALU, shr_ri_c, ALU, rrx_rr) \
    X3(776, ALU, xor_rr_rotr, ALU, xor_rr_rotr, ALU, add_rr_rotr) \
    X2(774, MULTI, ldm_ia_2, JUMP, goto_ptr_even) \
    X2(756, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X4(756, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, add_rr, ALU, add_rr) \
    X3(750, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8) \
    X4(731, ALU, xor_rr_rotr, ALU, xor_rr_rotr, ALU, add_rr_rotr, ALU, add_rr_rotr) \
    X2(727, ALU, mov_rr, MEM, st32_imm) \
    X2(726, ALU, shl_ri, ALU_A, shr_ri) \
    X2(723, ALU, sbc_rr_f, SKIPIF, CC) \
    X2(720, ALU, mov_ri, MEM, ld32_imm) \
    X3(716, ALU, shr_ri_c, ALU, rrx_rr, ALU_B, sub_rr_f) \
    X4(701, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8, EXIT, if_GE) \
    X2(700, MEM, ld8u_post, MEM, ld8u_post) \
    X2(693, ALU, mov_ri, ALU, mov_rr) \
    X2(693, MEM, ld8u_imm, ALU, add_ri) \
    X2(685, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X2(665, ALU, sub_rr_f, ALU, sbc_rr_f) \
    X2(660, NEAR, ld32_near, MEM, ld32_imm) \
    X2(657, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(648, ALU, add_ri, EXIT_A, cmp_rr_CC) \
    X2(644, ALU, xor_rr, ALU, xor_rr) \
    X3(635, MEM, st32_imm, ALU, mov_ri, ALU_A, st_env_ri) \
    X4(634, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X3(630, ALU, mov_rr, MEM, ld32_imm, ALU, add_ri) \
    X2(628, MULTI, ldm_ia_3, JUMP, goto_ptr_even) \
    X3(622, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl) \
    X2(619, MEM, ld32_imm, ALU, shr_ri) \
    X2(612, ALU, sub_ri_f, MEM, ld32_imm) \
    X2(608, MEM, ld8u_imm, ALU_B, or_rr_shl) \
    X2(607, ALU, sub_ri_f, SKIPIF, CC) \
    X2(598, ALU, mov_ri, MEM, ld32_abs) \
    X2(592, MEM, ld32_imm, ALU_A, add_ri) \
    X3(580, MEM, ld32_imm, MEM, ld32_imm, ALU, xor_rr) \
    X2(568, MEM, ld32_imm, ALU_A, sub_ri_f) \
    X2(567, ALU, add_rr_shl, ALU_B, add_rr_shl) \
    X3(556, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2) \
    X4(555, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl, ALU_A, sub_rr_shl_f) \
    X2(545, MEM, ld32_post, JUMP_A, goto_ptr_even) \
    X2(545, MEM, ld32_imm, EXIT_A, cmp_rr_CS) \
    X2(544, ALU, add_ri_f, EXIT, if_EQ) \
    X2(544, MEM, ld32_imm, ALU, move2) \
    X2(543, ALU, add_rr_shl, MEM_A, ld32_imm) \
    X2(539, MEM, ld32_imm, ALU_A, sub_ri) \
    X2(538, ALU, sub_rr, ALU, mov_rr) \
    X2(538, MEM, st32_imm, ALU, mov_rr) \
    X2(535, ALU, shr_ri, ALU_A, and_ri) \
    X2(534, MEM, ld8u_imm, EXIT_A, cmp_ri_EQ) \
    X2(532, MULTI, ldm_ia_8, JUMP, goto_ptr_even) \
    X2(529, MULTI, stm_ia_4, MULTI, stm_ia_4) \
    X2(515, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(505, EXIT, if_EQ, MEM, ld32_imm) \
    X2(496, MEM, ld32_imm, SKIP_A, cmp_ri_NE) \
    X3(495, ALU, move2, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(495, ALU, add_ri, ALU_A, add_rr_shl) \
    X2(485, ALU, mov_ri, ALU, add_ri) \
    X2(468, MEM, ld32_imm, EXIT_A, tst_ri_EQ) \
    X2(466, ALU, or_rr_shr, ALU, shl_ri) \
    X2(463, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, SKIPIF, NE) \
    X2(461, ALU, and_ri_f, EXIT, if_NE) \
    X2(461, MEM, ld32_imm, ALU, and_rr) \
    X3(461, MEM, ld32_imm, MEM, ld32_imm, EXIT_B, cmp_rr_CS) \
    X2(459, ALU, add_rr, MEM, st32_imm) \
    X2(457, ALU, shl_ri_cf, SKIPIF, EQ) \
    X2(449, EXIT, cmp_ri_EQ, ALU, mov_rr) \
    X2(448, ALU, add_ri, ALU, mov_rr) \
    X3(444, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f) \
    X4(443, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f, ALU, mov_ri) \
    X2(438, SKIP, cmp_ri_EQ, ALU, sub_ri_f) \
    X2(437, ALU, mov_ri, JUMP, goto_ptr_even) \
    X2(435, MEM, ld8u_imm, EXIT_A, cmp_ri_NE) \
    X2(429, SKIP, cmp_ri_HI, ALU, shl_ri) \
    X2(427, ALU, ld_env_ri, ALU_A, setflags_rr) \
    X2(426, MEM, ld32_imm, EXIT_A, tst_ri_NE) \
    X3(422, ALU, move2, ALU, mov_rr, ALU, mov_ri) \
    X3(420, MEM, ld32_imm, ALU_A, sub_ri_f, MEM, st32_imm) \
    X2(417, ALU, shl_ri, ALU_A, or_rr_shr) \
    X3(416, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ) \
    X2(413, ALU, add_ri, ALU, and_ri) \
    X2(413, MEM, ld8u_pre, EXIT_A, cmp_ri_NE) \
    X2(411, ALU, sub_ri, ALU, mov_rr) \
    X2(411, MEM, ld32_imm, EXIT_A, cmp_rr_NE) \
    X2(399, ALU, mov_rr, NEAR, ld32_near) \
    X4(396, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) \
    X2(396, ALU, shl_ri, ALU, shl_ri) \
    X3(394, MEM, st32_imm, MEM, st32_imm, EXIT, if_NE) \
    X2(393, NEAR, ld32_near, ALU, add_ri) \
    X2(393, ALU, add_ri, MULTI, ldm_ia_9) \
    X3(390, MEM, ld32_imm, ALU, add_ri, ALU, sub_ri_f) \
    X2(389, ALU, sar_ri_c, ALU_A, not_rr_f) \
    X2(389, ALU, sub_rr_f, ALU, sbc_rr) \
    X2(387, MEM, ld32_imm, ALU_A, and_ri) \
    X3(387, MEM, ld32_imm, ALU, and_rr, ALU_A, shl_ri) \
    X4(386, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri, MEM_A, ld32_reg) \
    X2(385, ALU, add_rr_f, ALU, adc_ri) \
    X2(382, NEAR, ld32_near, ALU, mov_rr) \
    X3(382, ALU, mov_ri, ALU, mov_ri, JUMP_A, goto_ptr) \
    X2(381, ALU, add_rr, MEM_A, ld8u_reg) \
    X3(381, ALU, add_rr, MEM_A, ld8u_reg, MEM, ld32_imm) \
    X4(381, ALU, add_rr, MEM_A, ld8u_reg, MEM, ld32_imm, EXIT_B, cmp_rr_NE) \
    X2(380, MEM, ld32_imm, ALU, sub_rr) \
    X2(379, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X4(377, MEM, ld32_imm, ALU_A, sub_ri_f, MEM, st32_imm, EXIT, if_NE) \
    X2(372, ALU, shr_ri, ALU_A, or_rr_shl) \
    X3(366, ALU, add_ri, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(365, MEM, ld8u_post, EXIT_A, cmp_ri_NE) \
    X2(364, ALU, mov_rr, EXIT, cmp_ri_EQ) \
    X2(362, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X4(361, MEM, ld32_imm, ALU, and_rr, ALU_A, shl_ri, MEM_B, ld16u_reg) \
    X2(355, ALU, sub_ri, MEM, st32_imm) \
    X2(354, MEM, ld32_imm, EXIT_A, cmp_rr_EQ) \
    X3(352, MEM, ld32_imm, EXIT_A, cmp_ri_NE, ALU, mov_ri) \
    X2(350, ALU, shl_ri_cf, MEM, ld32_reg) \
    X3(348, ALU, sub_rr, ALU, mov_rr, ALU, or_rr_shr) \
    X2(347, MEM, ld32_imm, SKIP_A, tst_ri_EQ) \
    X2(347, MEM, ld32_abs, ALU, add_ri) \
    X3(346, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_NE) \
    X2(346, MEM, st32_imm, EXIT, if_EQ) \
    X3(342, ALU, add_ri, MEM, st32_imm, MEM, st32_imm) \
    X2(342, MEM, ld32_abs, ALU_A, add_ri) \
    X2(340, MEM, ld8u_post, MEM, st8_post) \
    X2(339, ALU, sub_ri, ALU, sub_ri) \
    X3(338, MEM, ld8u_post, MEM, st8_post, EXIT, cmp_rr_HI) \
    X2(338, MEM, ld32_imm, ALU, shl_ri) \
    X2(337, ALU, and_ri_f, EXIT, if_EQ) \
    X2(337, MEM, ld32_imm, SKIP_A, cmp_ri_EQ) \
    X3(336, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri) \
    X4(336, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X2(334, MEM, ld8u_imm, ALU, mov_rr) \
    X2(334, ALU, or_rr_shl, ALU_A, or_rr_shl) \
    X2(333, ALU, add_rr_f, ALU, adc_rr) \
    X2(331, ALU, mov_rr, EXIT, cmp_ri_NE) \
    X4(327, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_NE) \
    X3(327, ALU, add_ri, MEM, st32_imm, MEM, ld8u_imm) \
    X2(326, EXIT, cmp_ri_EQ, ALU, mov_ri) \
    X2(326, ALU, shl_ri, MEM, ld32_imm) \
    X2(325, EXIT, if_NE, ALU, add_ri) \
    X2(324, MULTI, stm_db_2, ALU, move2) \
    X2(324, ALU, and_ri_f, ALU_A, rsb_ri) \
    X2(323, MEM, ld8u_post, MEM, st8_imm) \
    X2(320, ALU, and_ri, ALU, and_ri_f) \
    X2(320, EXIT, if_GT, SKIPIF, NE) \
    X3(320, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr) \
    X4(320, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr, EXIT, cmp_ri_LT) \
    X2(318, MEM, ld32_imm, ALU_B, xor_rr) \
    X3(318, ALU, and_ri, ALU, and_ri_f, ALU, mov_rr) \
    X4(318, ALU, and_ri, ALU, and_ri_f, ALU, mov_rr, EXIT, if_NE) \
    X3(317, MULTI, stm_db_2, ALU, move2, SKIP, sub_ri_LT) \
    X2(317, ALU, add_rr, MEM_A, ld8u_imm) \
    X2(317, ALU, mov_rr, ALU, sub_rr) \
    X3(314, ALU, xor_rr_rotr, ALU, xor_rr_rotr, MEM, ld32_imm) \
    X2(314, ALU, sub_rr, ALU, add_ri) \
    X3(313, ALU, sub_rr_f, ALU, sbc_rr_f, EXIT, if_CS) \
    X2(312, MEM, ld32_imm, EXIT_B, cmp_rr_NE) \
    X2(311, SKIP, tst_ri_EQ, MULTI, stm_ia_4) \
    X2(310, ALU, mov_ri, ALU, move2) \
    X2(308, MEM, ld32_imm, SKIPIF, NE) \
    X2(307, ALU, shr_ri_c, ALU_A, and_ri_f) \
    X3(307, ALU, shr_ri_c, ALU_A, and_ri_f, SKIPIF, EQ) \
    X2(305, MULTI, ldm_ia_2, SKIP, tst_ri_EQ) \
    X2(304, MULTI, stm_db_9, ALU, mov_rr) \
    X2(303, ALU, move2, ALU, move2) \
    X2(303, ALU, mov_rr, PREDICATED, SKIPIF_EQ_sub_ri) \
    X3(301, ALU, mov_ri, ALU_A, st_env_ri, ALU, mov_ri) \
    X2(298, ALU, add_ri, ALU, add_rr) \
    X2(298, ALU, mov_rr, ALU, sub_ri) \
    X2(297, ALU, move2, ALU, mov_ri) \
    X2(296, MEM, ld32_imm, ALU, add_rr) \
    X2(293, ALU, add_ri, JUMP_A, goto_ptr) \
    X2(292, ALU, clz_rr, ALU_A, shr_ri) \
    X2(291, EXIT, cmp_ri_HI, JUMP, movi_goto_tb) \
    X2(291, MULTI, stm_ia_2, SKIP, tst_ri_EQ) \
    X3(291, MEM, ld8u_imm, MEM, ld8u_imm, ALU_A, or_rr_shl) \
    X2(290, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri) \
    X3(290, NEAR, ld32_near, MEM_A, ld32_imm, ALU, mov_rr) \
    X4(289, ALU, xor_rr_rotr, ALU, xor_rr_rotr, MEM, ld32_imm, MEM, ld32_imm) \
    X2(289, ALU, or_rr, ALU_B, or_rr_f) \
    X2(289, MEM, ld32_imm, ALU, sub_ri_f) \
    X2(288, ALU, mov_rr, SKIP, cmp_rr_HI) \
    X2(286, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X3(285, MEM, ld32_imm, ALU_B, xor_rr, MEM, ld32_imm) \
    X2(284, MULTI, ldm_ia_5, JUMP, goto_ptr_even) \
    X4(283, ALU, move2, ALU, mov_rr, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X4(283, MEM, ld32_imm, MEM, ld32_imm, ALU, xor_rr, ALU, xor_rr) \
    X2(281, MEM, st32_post, SKIP, tst_ri_EQ) \
    X2(281, MEM, st32_imm, ALU, andc_rr) \
    X3(281, ALU, mov_ri, ALU, mov_ri, ALU, shl_ri) \
    X2(280, ALU, add_ri, MULTI, stm_db_4) \
    X2(280, ALU, shl_ri_c, ALU_B, or_rr_f) \
    X2(280, ALU, and_ri, EXIT_A, cmp_ri_EQ) \
    X3(280, NEAR, ld32_near, NEAR, ld32_near, MEM, ld8u_imm) \
    X2(280, ALU, sub_ri_f, ALU, add_ri) \
    X4(280, NEAR, ld32_near, MEM_A, ld32_imm, ALU, mov_rr, ALU, add_rr_shl) \
    X3(280, ALU, add_ri, MULTI, stm_db_4, ALU, mov_ri) \
    X3(280, ALU, shl_ri, ALU_A, shr_ri, EXIT, if_NE) \
    X2(280, MEM, ld32_imm, ALU_A, and_rr) \
    X3(280, MEM, ld32_imm, MEM, ld32_imm, ALU, mov_rr) \
    X3(279, ALU, shl_ri, ALU_A, or_rr_shr, MEM, st32_imm) \
    X2(279, ALU, or_rr_f, EXIT, if_EQ) \
    X3(275, MEM, ld32_imm, ALU_A, and_rr, EXIT, if_NE) \
    X3(275, MEM, ld32_imm, NEAR, ld32_near, ALU, add_ri_f) \
    X3(274, MEM, st32_imm, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X2(274, ALU, add_rr, ALU, add_rr) \
    X3(273, ALU, or_rr, ALU_B, or_rr_f, ALU, shl_ri) \
    X4(273, ALU, or_rr, ALU_B, or_rr_f, ALU, shl_ri, EXIT, if_NE) \
    X3(272, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, ALU, add_ri) \
    X4(272, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, ALU, add_ri, SKIPIF, EQ) \
    X3(271, ALU, add_ri, ALU, and_ri, ALU, sub_rr_f) \
    X2(271, EXIT, if_EQ, ALU, sub_ri) \
    X3(268, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_EQ) \
    X2(266, ALU, add_ri_f, ALU, mov_rr) \
    X3(265, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr) \
    X3(265, MEM, ld8u_imm, ALU_B, or_rr_shl, ALU_A, xor_rr_rotr) \
    X2(265, ALU, add_ri, ALU_A, mov_rr) \
    X2(264, MEM, ld8s_imm, MEM, ld8s_pre) \
    X2(262, ALU, shr_ri, ALU_A, shl_ri_cf) \
    X2(262, MEM, ld32_abs, MEM_A, ld32_imm) \
    X2(261, ALU, or_rr_f, SKIPIF, EQ) \
    X2(256, ALU, and_ri, ALU_A, sub_ri) \
    X2(255, ALU, mov_ri, ALU, mov_ri_f) \
    X2(254, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X2(251, ALU, sub_rr_f, MEM, ld32_imm) \
    X2(250, NEAR, ld32_near, JUMP, goto_ptr_even) \
    X2(249, ALU, add_ri, MEM, ld32_post) \
    X3(248, ALU, or_rr_f, EXIT, if_EQ, ALU, shl_ri) \
    X2(247, ALU, shl_ri, ALU_B, adc_rr) \
    X2(247, ALU, or_ri, MEM, st32_imm) \
    X2(247, ALU, sub_rr, ALU, add_rr) \
    X2(246, NEAR, ld32_near, ALU, mov_ri) \
    X2(246, ALU, add_rr, MEM_A, ld32_imm) \
    X2(246, MEM, ld32_imm, ALU_A, sub_rr_f) \
    X3(244, ALU, mov_rr, ALU, mov_ri, JUMP, goto_ptr_even) \
    X2(244, MULTI, ldm_ia_7, JUMP, goto_ptr_even) \
    X3(241, NEAR, ld32_near, ALU_A, add_ri, MEM_A, ld32_imm) \
    X3(238, ALU, or_rr_shr, ALU, shl_ri, ALU, shr_ri_cf) \
    X4(238, ALU, or_rr_shr, ALU, shl_ri, ALU, shr_ri_cf, EXIT, if_NE) \
    X4(238, ALU, or_rr_f, EXIT, if_EQ, ALU, shl_ri, ALU_A, or_rr_shr) \
    X3(236, ALU, sub_rr_f, ALU, sbc_rr_f, SKIPIF, CC) \
    X2(233, ALU, sub_ri, ALU, add_ri) \
    X2(231, ALU, and_ri, MEM, st32_imm) \
    X2(231, MEM, ld32_imm, MEM, ld32_abs) \
    X2(230, MEM, st8_pre, EXIT, if_NE) \
    X2(228, ALU, mov_rr, MEM, ld32_post) \
    X2(228, ALU, sub_ri, ALU, sub_ri_f) \
    X2(226, ALU, add_ri, EXIT, cmp_ri_NE) \
    X4(225, ALU, add_ri, MEM, st32_imm, MEM, ld8u_imm, JUMP, goto_ptr_even) \
    X2(225, ALU, add_ri, EXIT_A, cmp_rr_EQ) \
    X2(224, MEM, ld32_imm, ALU, or_rr_shl) \
    X2(223, ALU, add_ri, ALU, move2) \
    X2(223, NEAR, ld32_near, MEM, st32_imm) \
    X2(223, MULTI, stm_db_4, ALU, mov_ri) \
    X2(223, ALU, move2, ALU, add_ri) \
    X2(221, MEM, st32_imm, SKIPIF, EQ) \
    X3(221, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, ld32_imm) \
    X2(221, MEM, ld32_imm, ALU_A, sub_rr) \
    X2(221, MEM, ld32_imm, JUMP, goto_tb) \
    X2(220, ALU, and_ri, ALU, add_ri) \
    X3(220, ALU, shr_ri, ALU_A, or_rr_shl, MEM, st32_imm) \
    X2(220, MEM, ld32_imm, SKIP_A, tst_ri_NE) \
    X2(217, MEM, ld8u_imm, MEM, st8_imm) \
    X2(217, FP, fp_div_d, ALU, sub_ri_f) \
    X3(216, ALU, mov_ri, ALU, mov_ri, ALU, add_ri) \
    X2(216, MEM, ld8u_post, ALU, sub_rr_f) \
    X3(215, ALU, sub_ri, ALU, sub_ri, EXIT, cmp_ri_LS) \
    X2(215, MEM, ld8u_pre, ALU_A, or_ri) \
    X3(215, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_EQ) \
    X2(215, MEM, ld32_reg, ALU, sub_ri) \
    X2(215, ALU, sub_ri, ALU_A, sub_ri_f) \
    X2(214, NEAR, ld32_near, JUMP, movi_goto_tb_cross) \
    X3(214, ALU, mov_ri, ALU, mov_ri_f, MEM, ld8s_imm) \
    X2(213, ALU, add_ri_f, ALU, adc_ri) \
    X2(213, ALU, add_rr_rotr, ALU, xor_rr_rotr) \
    X2(213, MEM, st32_imm, MEM, ld8u_imm) \
    X3(212, MEM, st32_imm, ALU, andc_rr, ALU_A, xor_rr) \
    X2(212, ALU, add_ri, EXIT, cmp_ri_EQ) \
    X2(211, MEM, st32_imm, JUMP, goto_tb) \
    X2(211, MEM, st32_post, EXIT, if_NE) \
    X2(211, ALU, xor_rr, ALU, add_rr) \
    X2(210, PREDICATED, SKIP_cmp_ri_NE_mov_ri, SKIPIF, EQ) \
    X2(210, MEM, ld32_imm, SKIP_A, cmp_rr_CS) \
    X2(209, MEM, ld32_imm, ALU, sub_rr_f) \
    X2(209, ALU, add_rr, ALU, xor_rr) \
    X2(208, MEM, ld32_imm, EXIT_B, cmp_rr_EQ) \
    X3(207, ALU, sub_ri_f, MEM, st32_imm, EXIT, if_NE) \
    X2(207, MEM, ld32_imm, ALU_A, add_rr) \
    X2(206, ALU, mov_rr, JUMP, movi_goto_tb) \
    X2(206, MEM, ld32_imm, ALU, add_rr_shl) \
    X3(205, ALU, shl_ri, MEM, ld32_imm, ALU, or_rr_shr) \
    X2(205, ALU, add_ri, ALU_B, mul_rr) \
    X2(201, EXIT, cmp_rr_NE, ALU, add_rr_f) \
    X2(199, MEM, ld32_shl, EXIT_A, cmp_ri_EQ) \
    X2(198, MEM, ld32_imm, ALU_A, add_ri_f) \
    X3(198, MEM, ld32_abs, ALU, add_ri, MEM_A, ld32_reg) \
    X2(198, SKIP, sub_ri_CC, MULTI, stm_ia_2) \
    X2(197, ALU, add_ri, ALU_B, add_rr_shl) \
    X3(197, ALU, add_ri, ALU, add_ri, ALU, add_ri) \
    X2(197, EXIT, cmp_ri_EQ, EXIT, cmp_ri_EQ) \
    X3(197, ALU, xor_rr, ALU, add_rr, ALU, add_rr) \
    X3(196, ALU, xor_rr, ALU, xor_rr, ALU_B, and_rr) \
    X4(196, ALU, xor_rr, ALU, xor_rr, ALU_B, and_rr, ALU_A, or_rr) \
    X2(196, MEM, ld8u_post, MEM, st8_pre) \
    X3(196, MEM, ld8u_post, MEM, st8_pre, EXIT, cmp_rr_NE) \
    X3(195, EXIT, cmp_ri_EQ, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X3(195, ALU, add_ri, MEM, ld32_post, JUMP, goto_tb) \
    X2(195, ALU, shl_ri, ALU_A, add_ri) \
    X2(194, ALU, sub_rr, ALU_A, clz_rr) \
    X2(194, ALU, sub_ri, MEM_A, ld32_imm) \
    X2(193, MEM, ld32_post, MEM, ld32_post) \
    X2(193, MEM, st32_imm, ALU, sub_ri) \
    X2(193, ALU, sub_rr_f, PREDICATED, SKIPIF_EQ_mov_ri) \
    X2(193, MULTI, stm_ia_4, MULTI, ldm_ia_4) \
    X2(192, ALU, sub_ri_f, MEM, ld8u_imm) \
    X2(192, SKIPIF, EQ, ALU, xor_rr_f) \
    X3(192, ALU, add_ri, MEM, st32_imm, MEM, st8_imm) \
    X2(190, MEM, ld8s_imm, ALU, add_ri) \
    X3(190, ALU, mov_rr, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X4(190, MEM, ld32_imm, ALU_B, xor_rr, MEM, ld32_imm, ALU_B, xor_rr) \
    X3(190, ALU, sar_ri_c, ALU_A, not_rr_f, EXIT, if_EQ) \
    X2(190, ALU, sub_ri_f, MULTI, stm_db_4) \
    X2(189, MEM, st32_imm, MEM, ld32_abs) \
    X2(189, MEM, ld32_pre, ALU, add_ri) \
    X2(188, ALU, add_ri, EXIT_B, cmp_rr_HI) \
    X2(188, MEM, ld32_imm, ALU, and_ri) \
    X2(188, ALU, andc_rr, MEM, ld32_imm) \
    X2(188, ALU, and_ri, ALU, sub_ri_f) \
    X2(187, ALU, mov_ri, ALU_A, sbc_rr_f) \
    X3(187, ALU, andc_rr, MEM, ld32_imm, ALU, xor_rr) \
    X2(186, MEM, ld32_imm, SKIP, cmp_rr_NE) \
    X2(185, MEM, st32_imm, MEM_A, st32_imm) \
    X3(185, ALU, mov_ri, MEM, ld32_abs, MEM_A, ld32_imm) \
    X2(185, MEM, ld8u_imm, ALU, add_rr) \
    X2(184, NEAR, ld32_near, ALU, sub_ri) \
    X2(184, ALU, shr_ri, ALU_A, add_rr_shl) \
    X2(183, ALU, shl_ri_cf, ALU_B, add_rr) \
    X3(183, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post) \
    X3(183, ALU, shr_ri, ALU_A, shl_ri_cf, MEM_A, ld8u_reg) \
    X2(182, ALU, mla_rr, MEM, ld32_imm) \
    X3(182, ALU, shl_ri, ALU, shl_ri, JUMP, goto_tb) \
    X2(182, ALU, add_rr, ALU, add_ri) \
    X2(182, MEM, ld32_imm, MEM_A, ld8u_imm) \
    X2(182, ALU, mov_ri, JUMP_A, goto_ptr_odd) \
    X2(181, MEM, ld32_imm, ALU, xor_rr) \
    X2(179, ALU, mulu2_rr, EXIT, if_CS) \
    X2(179, EXIT, cmp_rr_CS, ALU, rsb_ri_f) \
    X2(179, ALU, mov_ri, ALU, sub_ri) \
    X2(178, ALU, and_ri, EXIT, tst_ri_EQ) \
    X2(176, ALU, and_ri, ALU_A, and_ri) \
    X4(176, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_EQ) \
    X2(175, NEAR, ld32_near, MEM_B, ld32_reg) \
    X3(175, MEM, ld32_abs, ALU_A, add_ri, MEM_A, ld32_imm) \
    X2(175, PREDICATED, SKIPIF_NE_mov_ri, PREDICATED, SKIPIF_EQ_mov_ri) \
    X2(174, ALU, shl_ri, MEM_B, ld16u_reg) \
    X3(174, ALU, and_ri_f, ALU_A, rsb_ri, EXIT, if_EQ) \
    X2(174, ALU, and_ri, MEM_A, ld32_post) \
    X2(174, PREDICATED, SKIPIF_CC_mov_ri, EXIT, if_NE) \
    X2(173, MEM, ld8u_pre, MEM, ld8u_pre) \
    X2(172, ALU, sub_ri, ALU, add_rr) \
    X2(171, ALU, add_ri, SKIPIF, EQ) \
    X2(171, MEM, ld32_imm, ALU, and_ri_f) \
    X4(170, ALU, shr_ri, ALU_A, or_rr_shl, MEM, st32_imm, ALU, shr_ri) \
    X2(169, MEM, st32_imm, JUMP, movi_goto_tb) \
    X2(169, ALU, add_ri, ALU, shr_ri) \
    X2(169, MEM, st32_post, ALU, mov_rr) \
    X3(168, ALU, and_ri, ALU_A, sub_ri, ALU_A, clz_rr) \
    X2(168, ALU, and_ri, ALU_B, shr_rr) \
    X3(168, ALU, mov_rr, MEM, ld32_imm, ALU, and_ri) \
    X2(167, ALU, sub_ri, EXIT_A, cmp_ri_HI) \
    X2(167, MEM, ld32_imm, SKIPIF, EQ) \
    X3(166, MEM, ld8u_post, MEM, ld8u_post, EXIT_B, cmp_rr_NE) \
    X2(164, MULTI, stm_db_3, EXIT, sub_ri_CC) \
    X2(164, ALU, mov_rr, JUMP, goto_tb) \
    X2(163, ALU, and_ri, ALU, move2) \
    X3(163, MEM, ld8s_imm, MEM, ld8s_pre, JUMP, goto_tb) \
    X3(163, ALU, ld_env_ri, ALU_A, setflags_rr, ALU, add_ri) \
    X4(163, ALU, ld_env_ri, ALU_A, setflags_rr, ALU, add_ri, EXIT, if_GT) \
    X2(163, MEM, ld8u_reg, ALU, add_ri) \
    X3(163, ALU, sub_rr, ALU, add_rr, EXIT, cmp_rr_CC) \
    X2(162, ALU, add_ri, EXIT, cmp_ri_LS) \
    X2(161, ALU, and_ri, ALU, add_rr) \
    X2(160, ALU, mov_rr, EXIT, if_EQ) \
    X2(160, ALU, add_rr_shl, ALU, add_rr_shl) \
    X2(160, ALU, sub_ri, ALU, move2) \
    X2(159, MEM, st8_reg, EXIT, if_NE) \
    X3(159, MEM, ld8u_imm, EXIT_A, cmp_ri_EQ, ALU, mov_rr) \
    X2(158, SKIPIF, NE, JUMP, goto_tb_cross) \
    X2(158, ALU, add_rr, ALU_A, shl_ri) \
    X3(158, ALU, sar_ri_c, ALU_A, not_rr_f, SKIPIF, EQ) \
    X4(157, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri, MEM, st32_pre) \
    X2(156, MEM, ld32_imm, SKIP, cmp_ri_only_NE) \
    X2(156, MEM, ld32_reg, MEM_A, ld32_imm) \
    X3(156, SKIPIF, EQ, ALU, xor_rr_f, SKIPIF, NE) \
    X4(156, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_EQ) \
    X2(155, ALU, add_rr_shl, ALU, mov_ri) \
    X3(154, ALU, mov_rr, ALU, sub_rr, EXIT, cmp_rr_CC) \
    X2(152, ALU, add_rr_shl, NEAR, ld32_near) \
    X4(151, ALU, shr_ri_c, ALU_A, and_ri_f, SKIPIF, EQ, ALU, xor_rr_f) \
    X2(151, MEM, ld8u_imm, SKIP_A, cmp_rr_EQ) \
    X3(151, ALU, add_rr_f, ALU, adc_rr, EXIT, sub_ri_NE) \
    X2(151, ALU, shr_ri, ALU_A, or_ri) \
    X2(151, ALU, mov_rr, SKIP, cmp_ri_EQ) \
    X2(150, MEM, ld32_imm, EXIT, cmp_rr_CC) \
    X2(150, MEM, st32_imm, ALU, xor_rr) \
    X2(150, SKIP, tst_ri_EQ, ALU, add_ri) \
    X2(150, SKIP, cmp_rr_CS, ALU, mov_rr) \
    X2(150, ALU, sub_rr, JUMP, goto_ptr_even) \
    X2(150, MEM, st32_post, MEM, st32_post) \
    X2(150, MEM, ld8u_post, ALU_A, sub_ri_f) \
    X3(150, ALU, and_ri_f, ALU_A, rsb_ri, SKIPIF, EQ) \
    X2(149, MEM, ld8u_imm, ALU, sub_ri) \
    X2(149, ALU, mov_rr, MEM, ld32_shl) \
    X3(149, ALU, add_rr_shl, ALU_B, add_rr_shl, EXIT, cmp_rr_NE) \
    X2(149, MEM, ld8u_post, ALU_A, shr_ri) \
    X3(149, MEM, ld8u_post, ALU_A, shr_ri, ALU_A, add_rr_shl) \
    X4(149, MEM, ld8u_post, ALU_A, shr_ri, ALU_A, add_rr_shl, ALU_A, add_rr) \
    X2(147, MEM, st32_imm, EXIT, if_LS) \
    X2(147, ALU, add_ri, MEM_A, ld32_imm) \
    X3(146, ALU, add_rr, ALU_A, shl_ri, ALU_A, add_rr) \
    X4(146, ALU, add_rr, ALU_A, shl_ri, ALU_A, add_rr, ALU_A, shl_ri) \
    X3(146, ALU, sub_rr, ALU, add_ri, EXIT_B, cmp_rr_CC) \
    X2(146, ALU, sbc_rr_f, ALU, mov_rr) \
    X3(146, ALU, add_ri_f, ALU, adc_ri, EXIT, sub_ri_EQ) \
    X3(145, ALU, mov_ri, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(144, EXIT, cmp_rr_EQ, ALU, mov_rr) \
    X2(144, SKIPIF, CC, MEM, st8_post) \
    X2(143, ALU, shl_rr, ALU_B, or_rr) \
    X2(143, MEM, st32_imm, SKIPIF, NE) \
    X2(143, ALU, and_ri_f, SKIPIF, EQ) \
    X2(143, ALU, sub_rr, EXIT_A, cmp_rr_CC) \
    X2(142, ALU, add_ri, ALU, sub_ri) \
    X2(142, ALU, sub_ri, JUMP, movi_goto_tb_cross) \
    X4(141, ALU, and_ri, ALU_A, sub_ri, ALU_A, clz_rr, ALU_A, shr_ri) \
    X2(139, ALU, xor_rr, ALU, andc_rr) \
    X2(139, ALU, sub_rr, ALU, sub_rr) \
    X3(138, ALU, shl_ri_cf, MEM, ld32_reg, EXIT_A, cmp_ri_NE) \
    X3(138, ALU, sub_rr_f, ALU, sbc_rr, ALU_A, rsb_ri_f) \
    X2(138, ALU, mov_ri, ALU, add_rr_shl) \
    X3(138, ALU, xor_rr, ALU, andc_rr, MEM, st32_imm) \
    X2(138, ALU, mov_ri, SKIPIF, PL) \
    X2(137, ALU, shl_ri, ALU_A, shr_ri_cf) \
    X2(137, MEM, ld32_imm, EXIT, if_NE) \
    X3(137, MEM, st32_imm, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(137, ALU, shl_ri, ALU, add_rr_f) \
    X2(137, ALU, shr_ri, ALU_B, add_rr_shl) \
    X2(136, MEM, st32_imm, SKIPIF, HI) \
    X2(136, ALU, mov_ri, ALU, mlau2_rr) \
    X2(136, SKIPIF, EQ, MEM, st8_post) \
    X2(135, ALU, xor_rr, ALU_A, xor_rr) \
    X2(135, MEM, ld8u_post, SKIPIF, CC) \
    X2(135, MEM, ld8u_pre, ALU, add_rr) \
    X2(134, ALU, add_rr_shl, MEM, ld32_imm) \
    X2(134, ALU, add_rr_rotr, ALU_A, add_rr) \
    X2(134, ALU, add_rr, ALU, rotr_ri) \
    X3(134, ALU, add_rr_shl, NEAR, ld32_near, ALU, add_rr_shl) \
    X2(134, MEM, st32_imm, ALU, shr_ri) \
    X3(134, ALU, add_rr_rotr, ALU_A, add_rr, ALU, add_ri) \
    X3(134, ALU, and_ri, ALU, move2, EXIT, if_NE) \
    X2(133, SKIP, cmp_ri_NE, JUMP, goto_tb_cross) \
    X4(132, ALU, mov_ri, ALU, mov_ri_f, MEM, ld8s_imm, MEM, ld8s_pre) \
    X2(132, ALU, add_rr_shl, MEM_A, st32_imm) \
    X2(132, ALU, add_ri_f, JUMP, movi_goto_tb_cross) \
    X2(132, MEM, st8_imm, MEM, st8_imm) \
    X2(132, ALU, mov_rr, EXIT, cmp_rr_NE) \
    X3(132, ALU, mov_rr, MEM, ld32_imm, ALU, sub_ri) \
    X2(131, ALU, or_rr_f, EXIT, if_NE) \
    X2(131, ALU, move2, JUMP, movi_goto_tb) \
    X2(130, MEM, ld32_imm, ALU_B, add_rr) \
    X3(130, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, xor_rr_rotr) \
    X2(129, EXIT, if_HI, EXIT, cmp_ri_EQ) \
    X2(128, ALU, xor_rr_rotr, JUMP, goto_tb) \
    X2(128, MEM, ld32_imm, ALU_A, shr_ri) \
    X2(127, MEM, ld16u_reg, ALU_A, add_ri) \
    X2(127, ALU, xor_rr_rotr, ALU_A, shr_ri) \
    X2(127, MEM, st16_pre, EXIT, if_NE) \
    X3(127, ALU, shl_ri, ALU_A, shr_ri, SKIP, cmp_rr_only_CC) \
    X2(127, MEM, ld16u_imm, MEM, ld8u_pre) \
    X2(127, PREDICATED, SKIPIF_CC_sub_ri, ALU, add_rr) \
    X3(126, ALU, xor_rr_rotr, ALU_A, shr_ri, ALU_A, and_ri) \
    X2(126, NEAR, ld32_near, MULTI, stm_db_4) \
    X3(126, ALU, sub_rr_f, PREDICATED, SKIPIF_EQ_mov_ri, SKIP, cmp_ri_only_NE) \
    X3(126, ALU, mov_rr, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(125, MEM, ld8u_imm, ALU_A, sub_rr) \
    X3(125, MEM, ld8u_imm, ALU_A, sub_rr, ALU_A, sub_ri_f) \
    X2(125, ALU, mov_rr, MEM, ld32_reg) \
    X3(125, NEAR, ld32_near, ALU_A, add_ri, EXIT, sub_ri_EQ) \
    X2(125, MULTI, ldm_imm_2, JUMP, movi_goto_tb_cross) \
    X2(124, ALU, and_ri, EXIT_A, cmp_ri_NE) \
    X4(123, ALU, xor_rr_rotr, ALU_A, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr) \
    X2(123, MEM, st8_imm, ALU, add_ri) \
    X2(123, MEM, ld16u_pre, SKIP, cmp_rr_only_EQ) \
    X2(123, ALU, sub_ri, ALU_A, shl_ri) \
    X3(122, MEM, ld32_imm, MEM, ld32_imm, ALU, and_ri) \
    X2(122, MEM, ld32_imm, MEM, ld8u_imm) \
    X3(122, MEM, ld16u_reg, ALU_A, add_ri, EXIT_A, cmp_rr_LS) \
    X2(122, MEM, ld16u_reg, ALU_B, add_rr_f) \
    X3(121, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X3(121, ALU, shr_ri, ALU_B, add_rr_shl, MEM_A, ld32_imm) \
    X2(121, MEM, ld32_imm, ALU_A, or_ri) \
    X2(121, ALU, mov_rr, ALU, add_rr) \
    X3(121, ALU, shl_ri, ALU_A, shr_ri_cf, MEM, st16_reg) \
    X2(120, ALU, sub_ri_f, EXIT, if_HI) \
    X2(120, MEM, ld32_imm, EXIT_A, cmp_ri_GT) \
    X2(120, ALU, xor_rr, EXIT, if_NE) \
    X2(119, SKIPIF, NE, MEM, st32_imm) \
    X3(119, NEAR, ld32_near, ALU, add_ri, MEM_A, ld32_reg) \
    X2(118, ALU, shl_ri, ALU, mov_ri) \
    X4(118, ALU, mov_ri, ALU, mov_ri, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X4(116, ALU, add_ri, ALU, add_ri, ALU, add_ri, PREDICATED, SKIP_cmp_rr_only_CC_mov_rr) \
    X2(116, MEM, ld32_imm, JUMP, movi_goto_tb) \
    X3(116, ALU, mov_ri, MEM, ld32_imm, EXIT_A, cmp_rr_NE) \
    X2(116, ALU, shr_rr, ALU_A, and_ri) \
    X2(116, ALU, shl_rr, ALU, shr_rr) \
    X2(116, ALU, add_rr, ALU, mov_rr) \
    X3(115, ALU, shr_rr, ALU_A, and_ri, ALU_A, add_ri) \
    X2(115, ALU, add_rr_shr, MEM_A, ld8u_imm) \
    X2(114, ALU, sub_ri, EXIT, if_EQ) \
    X2(114, ALU, xor_ri_f, EXIT, if_NE) \
    X3(114, ALU, shr_ri, ALU_A, add_rr_shl, ALU, mov_rr) \
    X2(114, ALU, mov_rr, JUMP, goto_tb_cross) \
    X4(114, ALU, shr_rr, ALU_A, and_ri, ALU_A, add_ri, ALU_B, add_rr_shl) \
    X2(114, ALU, shr_ri, ALU_A, rsb_rr_shr_f) \
    X3(114, ALU, mov_ri, ALU, move2, JUMP, movi_goto_tb_cross) \
    X3(114, ALU, add_rr_shl, ALU_B, add_rr_shl, EXIT, if_NE) \
    X2(114, ALU, add_rr_f, EXIT, if_CS) \
    X2(113, ALU, add_ri, JUMP, goto_tb) \
    X2(112, ALU, add_ri_f, EXIT, if_NE) \
    X2(112, ALU, sub_ri_f, JUMP, goto_tb) \
    X3(112, MEM, ld32_imm, ALU, shl_ri, ALU_A, or_rr_shr) \
    X2(112, ALU, rsb_rr_shl, ALU, rsb_rr_shl) \
    X2(111, ALU, add_ri, ALU, sub_rr_f) \
    X2(111, MEM, ld32_imm, JUMP_A, goto_ptr_even) \
    X3(110, MEM, ld32_imm, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(110, MEM, ld32_imm, EXIT_A, cmp_ri_LE) \
    X2(110, MEM, ld8u_post, ALU_A, xor_rr_f) \
    X4(110, MEM, ld32_abs, ALU_A, add_ri, MEM_A, ld32_imm, EXIT_A, cmp_ri_NE) \
    X4(109, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, EXIT_B, cmp_rr_HI) \
    X4(109, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(108, ALU, sub_ri, MEM_A, st32_imm) \
    X2(108, ALU, sub_ri_f, ALU, move2) \
    X2(108, MEM, ld32_imm, MEM_A, ld32_shl) \
    X2(107, SKIP, cmp_ri_EQ, JUMP, goto_tb_cross) \
    X2(107, ALU, shr_rr, ALU_B, or_rr) \
    X2(107, MULTI, fp_ldm_imm, MULTI, fp_ldm_imm) \
    X3(107, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_B, add_rr_shl) \
    X2(107, ALU, sub_ri_f, ALU, or_rr_shl) \
    X2(107, ALU, and_ri, ALU_A, or_rr_shl) \
    X2(107, MEM, ld8u_post, ALU_B, xor_rr) \
    X2(107, ALU, and_ri, ALU, mov_ri) \
    X3(106, ALU, add_rr_rotr, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X3(106, ALU, mov_rr, MEM, ld32_shl, EXIT_B, cmp_rr_NE) \
    X3(106, MEM, ld32_imm, MEM, ld32_imm, EXIT_B, cmp_rr_EQ) \
    X2(106, MEM, ld8u_imm, SKIP_A, cmp_ri_EQ) \
    X3(104, ALU, shl_ri_cf, MEM, ld32_reg, EXIT_B, cmp_rr_NE) \
    X3(104, ALU, add_rr_shl, MEM_A, ld32_imm, ALU, mov_rr) \
    X2(104, ALU, mla_rr, ALU_A, shr_ri) \
    X2(104, ALU, mul_rr, ALU_B, sub_rr) \
    X2(104, ALU, mov_rr, EXIT, cmp_ri_CC) \
    X2(103, MEM, ld32_shl, ALU, add_rr_shl) \
    X3(103, ALU, sub_rr, ALU_A, clz_rr, ALU_A, shr_ri) \
    X2(103, ALU, sub_rr, ALU_A, sub_ri) \
    X2(102, ALU, mov_rr_f, JUMP, movi_goto_tb_cross) \
    X2(101, MEM, ld32_imm, EXIT, if_EQ) \
    X2(101, EXIT, tst_rr_EQ, ALU, clz_rr) \
    X3(101, EXIT, if_EQ, ALU, sub_ri, ALU, add_rr) \
    X2(100, ALU, mov_rr, EXIT, sub_ri_LT) \
    X2(100, ALU, shr_ri, SKIPIF, EQ) \
    X2(100, MEM, st8_imm, EXIT, if_NE) \
    X2(100, ALU, sub_rr_f, JUMP, goto_tb) \
    X2(100, ALU, add_ri, EXIT, if_EQ) \
    X2(99, ALU, add_ri, EXIT, sub_ri_HI) \
    X3(99, NEAR, ld32_near, ALU, add_ri, ALU, add_ri) \
    X3(98, ALU, add_rr_shl, ALU, mov_ri, SKIPIF, EQ) \
    X2(98, ALU, clz_rr, ALU_A, sub_rr) \
    X3(98, ALU, clz_rr, ALU_A, sub_rr, ALU_A, rsb_ri_f) \
    X4(98, ALU, clz_rr, ALU_A, sub_rr, ALU_A, rsb_ri_f, SKIPIF, EQ) \
    X2(98, ALU, shr_ri, MEM, ld32_post) \
    X4(98, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f, PREDICATED, SKIPIF_EQ_add_ri) \
    X3(98, ALU, shl_ri, ALU_A, shr_ri, ALU, sub_rr_f) \
    X2(98, MEM, ld32_imm, ALU, or_rr_shr) \
    X3(98, ALU, and_ri, ALU_A, or_rr_shl, ALU_A, or_rr_shl) \
    X4(98, ALU, and_ri, ALU_A, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr) \
    X3(98, ALU, rsb_rr_shl, ALU, rsb_rr_shl, ALU_A, rsb_rr_shl) \
    X4(98, ALU, rsb_rr_shl, ALU, rsb_rr_shl, ALU_A, rsb_rr_shl, ALU_A, add_rr_shl) \
    X2(97, ALU, sub_rr, ALU_B, add_rr_shr) \
    X3(97, ALU, or_rr_shr, ALU, shl_ri, ALU_A, or_rr_shr) \
    X2(96, ALU, shr_ri, ALU, add_rr) \
    X2(96, ALU, move2, EXIT, cmp_ri_EQ) \
    X3(96, ALU, shl_ri, ALU, shl_ri, ALU_B, xor_rr_f) \
    X4(96, ALU, shl_ri, ALU, shl_ri, ALU_B, xor_rr_f, SKIPIF, NE) \
    X2(95, ALU, andc_rr, ALU, andc_rr) \
    X2(95, ALU, shr_ri, ALU, add_ri) \
    X2(95, ALU, add_ri, ALU, rotr_ri) \
    X2(95, ALU, and_ri_f, ALU, move2) \
    X2(94, ALU, and_ri, MEM_A, ld8u_imm) \
    X2(94, ALU, sub_rr, ALU_A, sar_ri) \
    X2(94, ALU, add_ri, SKIP, cmp_rr_CS) \
    X2(93, ALU, andc_rr, ALU_A, xor_rr) \
    X2(93, ALU, sub_rr_f, ALU, xor_rr) \
    X2(93, ALU, or_ri, ALU, or_ri) \
    X3(92, ALU, mla_rr, ALU_A, shr_ri, ALU_A, mov_rr) \
    X2(92, MEM, st16_imm, EXIT, if_NE) \
    X2(92, MEM, ld16u_pre, SKIP_A, cmp_ri_only_CS) \
    X4(91, ALU, or_rr_shr, ALU, shl_ri, ALU_A, or_rr_shr, ALU, shl_ri) \
    X2(91, ALU, add_ri, ALU_A, shl_ri) \
    X2(91, ALU, andc_rr_shl, ALU, andc_rr_shl) \
    X3(91, ALU, or_ri, ALU, or_ri, EXIT, if_EQ) \
    X3(91, ALU, sub_rr, ALU, mov_rr, ALU, or_rr) \
    X2(90, ALU, xor_rr, ALU_A, and_ri) \
    X2(90, ALU, add_rr_shl, ALU, shl_ri) \
    X2(90, ALU, adc_rr_f, ALU_A, and_ri) \
    X2(89, ALU, and_ri, ALU, and_ri) \
    X3(89, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, st32_imm) \
    X2(89, ALU, and_ri, ALU_A, or_rr) \
    X3(89, MEM, st32_imm, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X4(89, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, st32_imm, ALU_B, add_rr) \
    X4(89, ALU, add_rr_rotr, ALU_A, add_rr, ALU, add_ri, JUMP, goto_tb) \
    X2(89, ALU, sub_ri, EXIT, cmp_rr_EQ) \
    X2(89, ALU, xor_rr, ALU_A, shl_ri) \
    X3(89, ALU, move2, ALU, mov_rr, JUMP, movi_goto_tb) \
    X3(87, ALU, clz_rr, ALU_A, shr_ri, SKIP, cmp_ri_only_EQ) \
    X2(87, ALU, rsb_ri_f, EXIT, if_LT) \
    X3(87, ALU, and_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(87, MEM, ld8u_post, MEM, ld8u_imm) \
    X3(86, ALU, add_rr, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(86, ALU, sub_rr_f, ALU, add_rr) \
    X2(86, ALU, mov_rr, ALU, shr_ri) \
    X2(86, ALU, add_ri_f, SKIPIF, EQ) \
    X3(86, ALU, add_ri, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(86, MEM, st32_imm, JUMP, goto_tb_cross) \
    X2(86, ALU, sub_ri, ALU_A, clz_rr) \
    X3(86, ALU, shr_ri, ALU_A, rsb_rr_shr_f, SKIPIF, GE) \
    X2(85, ALU, shl_ri, JUMP, goto_tb) \
    X2(85, ALU, sub_rr, ALU_B, sub_rr_f) \
    X3(85, ALU, mov_rr, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(85, ALU, and_ri, SKIP_A, sub_ri_CC) \
    X2(85, PREDICATED, SKIPIF_LE_sub_ri, SKIPIF, GT) \
    X2(84, ALU, add_ri, ALU_A, sub_rr_f) \
    X3(84, ALU, shr_ri, ALU_A, or_ri, EXIT, if_EQ) \
    X2(83, ALU, shl_ri, ALU_B, or_rr_shr) \
    X2(83, ALU, shl_rr, ALU_B, add_rr_f) \
    X3(83, ALU, add_ri, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X3(83, ALU, shl_rr, ALU_B, add_rr_f, ALU, sar_rr) \
    X3(83, ALU, shl_ri, ALU_B, or_rr_shr, EXIT, if_EQ) \
    X2(83, ALU, mov_ri, PREDICATED, SKIPIF_NE_mov_ri) \
    X3(82, MEM, ld32_imm, MEM_A, ld8u_imm, EXIT_A, cmp_ri_EQ) \
    X2(82, ALU, add_ri, ALU, sub_rr) \
    X2(82, ALU, and_ri, EXIT, if_HI) \
    X2(82, ALU, mov_ri, ALU, add_rr) \
    X3(82, ALU, adc_rr, SKIPIF, CC, ALU, mov_rr) \
    X2(82, ALU, rotr_ri, ALU, rotr_ri) \
    X2(81, ALU, and_ri, SKIP_A, cmp_ri_NE) \
    X3(80, ALU, move2, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(80, ALU, mov_rr, MEM, ld16u_imm) \
    X3(80, ALU, shr_ri, ALU_A, and_ri, ALU_A, not_rr) \
    X3(80, MEM, ld8u_imm, ALU, add_ri, ALU, sub_rr_shl) \
    X3(80, ALU, ld_env_ri, ALU_A, setflags_rr, SKIPIF, GT) \
    X2(80, ALU, rsb_ri_f, ALU_B, adc_rr) \
    X2(80, ALU, and_ri_f, ALU, mov_rr) \
    X2(79, ALU, shl_ri, ALU, add_rr_shl) \
    X3(79, ALU, sub_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(78, MEM, ld32_imm, MEM_B, st32_reg) \
    X2(78, ALU, add_rr_f, ALU, mov_rr) \
    X2(78, MEM, ld32_imm, SKIP_A, cmp_rr_CC) \
    X3(77, ALU, shl_ri, ALU_B, adc_rr, ALU_A, or_rr) \
    X2(77, ALU, mov_ri, MEM, st32_pre) \
    X3(76, ALU, sub_ri, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(76, MEM, ld8u_pre, EXIT_A, cmp_rr_EQ) \
    X2(76, SKIPIF, GT, ALU, shr_ri) \
    X3(76, ALU, ld_env_ri, ALU_A, setflags_rr, PREDICATED, SKIPIF_LE_mov_rr) \
    X2(76, ALU, mov_ri, FP, fp_add_s) \
    X3(76, ALU, mov_ri, ALU, add_rr_shl, MEM_A, ld32_imm) \
    X2(75, ALU, sub_ri, SKIP_A, cmp_ri_HI) \
    X2(75, ALU, sub_rr, PREDICATED, SKIP_cmp_rr_only_CC_mov_rr) \
    X3(75, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_A, and_ri_f) \
    X2(75, ALU, xor_rr_f, SKIPIF, EQ) \
    X3(74, NEAR, ld32_near, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(73, ALU, xor_rr, ALU_A, shr_ri) \
    X2(73, ALU, add_ri, ALU, shl_ri) \
    X3(73, ALU, xor_rr, ALU_A, shr_ri, ALU_A, xor_rr) \
    X2(73, ALU, add_rr_f, ALU_A, shr_ri_c) \
    X2(73, ALU, sar_ri, ALU_B, adc_rr) \
    X2(73, ALU, shr_ri, ALU_A, mov_rr) \
    X3(73, ALU, mov_rr, NEAR, ld32_near, ALU, mov_ri) \
    X2(73, ALU, add_ri, ALU_A, sub_rr) \
    X3(72, ALU, and_ri, ALU_B, shr_rr, EXIT_A, tst_ri_NE) \
    X2(72, ALU, and_ri, ALU, shl_ri) \
    X2(72, ALU, and_ri, ALU_A, add_ri) \
    X2(72, ALU, and_ri, MEM_B, ld8u_reg) \
    X2(71, ALU, and_ri, ALU, add_rr_shl) \
    X2(71, ALU, shl_ri_cf, MEM_A, st32_reg) \
    X3(71, ALU, sub_ri, ALU_A, clz_rr, ALU_A, shr_ri) \
    X2(71, SKIPIF, EQ, JUMP, goto_tb_cross) \
    X2(71, ALU, or_rr, ALU_A, or_rr) \
    X2(70, MEM, ld32_shl, ALU_A, add_rr) \
    X2(69, ALU, add_ri, EXIT_A, cmp_rr_CS) \
    X2(69, ALU, add_ri, ALU_A, and_ri) \
    X4(69, MEM, ld32_imm, ALU, shl_ri, ALU_A, or_rr_shr, ALU_A, xor_rr) \
    X3(68, ALU, mov_rr, ALU, add_ri, EXIT_A, cmp_rr_CS) \
    X2(68, MEM, ld32_shl, ALU_A, xor_rr_shr) \
    X2(68, MEM, ld8u_reg, SKIP_A, cmp_ri_EQ) \
    X2(68, MEM, ld32_imm, ALU, or_ri) \
    X2(68, EXIT, if_GT, ALU, sub_ri) \
    X2(68, ALU, add_rr, JUMP, movi_goto_tb_cross) \
    X2(68, ALU, sub_ri, ALU_B, add_rr_shl) \
    X2(67, ALU, and_ri, ALU, mlau2_rr) \
    X2(67, ALU, sbc_ri, EXIT, if_CS) \
    X2(67, ALU, xor_ri_f, PREDICATED, SKIPIF_EQ_or_ri) \
    X2(67, NEAR, ld32_near, ALU, add_rr_shl) \
    X2(67, ALU, add_rr_shl, ALU_A, add_ri) \
    X2(67, ALU, add_rr, JUMP, goto_tb) \
    X2(67, ALU, sub_ri, SKIP_A, cmp_ri_LS) \
    X3(67, ALU, move2, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X4(67, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl, ALU_A, sub_rr_f) \
    X2(66, ALU, xor_rr_shl, ALU_A, and_rr) \
    X2(66, ALU, or_ri, EXIT_A, cmp_ri_NE) \
    X2(66, MEM, ld8u_pre, ALU, mov_ri) \
    X2(66, ALU, add_rr, EXIT, cmp_ri_NE) \
    X4(65, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, EXIT_A, cmp_ri_LS) \
    X3(65, ALU, add_ri, ALU_A, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(64, MEM, ld8u_imm, SKIP_A, cmp_ri_NE) \
    X3(64, ALU, or_ri, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(64, ALU, and_ri, ALU_B, shl_rr) \
    X2(64, MEM, ld8u_imm, ALU_A, or_ri) \
    X2(64, ALU, rsb_ri, ALU_A, add_ri) \
    X3(64, ALU, or_rr, ALU_A, or_rr, ALU_A, and_ri) \
    X2(63, MEM, st32_post, ALU_A, xor_ri) \
    X2(63, ALU, sub_rr, ALU, mov_ri) \
    X2(63, ALU, mov_ri, ALU_A, and_rr_shr) \
    X2(63, ALU, and_ri, ALU, sub_rr_f) \
    X2(62, ALU, add_ri, JUMP, movi_goto_tb) \
    X2(62, ALU, shr_ri, EXIT, if_HI) \
    X2(62, ALU, xor_rr_f, SKIPIF, MI) \
    X2(61, ALU, shr_ri, ALU, or_rr_shl) \
    X4(61, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, ALU_B, add_rr_f) \
    X2(61, MEM, ld32_shl, ALU_A, or_ri) \
    X2(61, ALU, shl_ri_cf, MEM_A, ld16u_reg) \
    X2(61, ALU, rsb_ri, SKIP_A, cmp_ri_LE) \
    X3(60, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_ri) \
    X2(60, ALU, sub_ri, JUMP, goto_tb) \
    X2(59, ALU, and_rr, ALU_A, sub_ri) \
    X2(59, SKIPIF, EQ, ALU, xor_rr) \
    X2(59, ALU, add_rr_shl, ALU, sub_rr) \
    X2(58, ALU, sar_ri, ALU_A, shl_ri) \
    X2(58, ALU, add_rr, ALU_A, and_ri) \
    X2(58, ALU, shr_ri, ALU_A, shl_ri) \
    X2(58, ALU, mov_rr, EXIT, if_NE) \
    X2(58, ALU, rsb_ri, ALU, shr_rr) \
    X3(58, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_NE) \
    X2(57, ALU, sub_ri, ALU_A, and_ri) \
    X2(57, ALU, shr_ri, SKIP_A, cmp_ri_EQ) \
    X2(57, ALU, add_ri, EXIT, if_NE) \
    X2(57, ALU, and_ri, ALU, shr_ri) \
    X2(57, SKIPIF, LE, ALU, or_rr_shl) \
    X2(57, ALU, add_ri, ALU, add_rr_shl) \
    X2(56, ALU, or_ri, ALU_A, and_ri) \
    X3(56, ALU, or_ri, ALU_A, and_ri, SKIPIF, EQ) \
    X3(56, ALU, move2, ALU, mov_ri, ALU, mov_ri_f) \
    X2(55, ALU, mov_rr_f, MEM, ld32_reg) \
    X2(54, ALU, sub_rr, JUMP, goto_tb) \
    X2(54, ALU, shr_ri, ALU, shr_ri) \
    X2(54, ALU, xor_rr_shl, ALU_A, xor_rr_shr) \
    X2(53, NEAR, ld32_near, ALU_A, and_rr) \
    X2(53, ALU, add_ri, EXIT_A, cmp_rr_LS) \
    X2(53, ALU, shr_ri, ALU, mov_rr) \
    X2(53, ALU, xor_rr, SKIPIF, PL) \
    X2(53, ALU, add_rr, ALU_A, and_rr) \
    X2(52, ALU, sub_ri, ALU, and_ri) \
    X2(52, ALU, mov_rr_f, SKIPIF, PL) \
    X2(52, ALU, shl_ri_c, ALU_A, xor_rr_f) \
    X2(50, ALU, mov_ri, SKIPIF, EQ) \
    X3(50, ALU, sub_rr, ALU, sub_rr, ALU_B, sub_rr_f) \
    X3(50, ALU, add_rr_shr, MEM_A, ld8u_imm, ALU_A, mov_rr_f) \
    X2(50, ALU, move2, ALU, or_ri) \
    X2(50, ALU, move2, JUMP, goto_tb) \
    X2(49, ALU, mov_ri, ALU_A, shl_rr) \
    X2(49, MEM, ld8u_imm, ALU, or_rr_shl) \
    X2(49, ALU, xor_ri_f, SKIPIF, NE) \
    X2(49, ALU, add_ri, MEM_A, st8_reg) \
    X2(48, ALU, add_rr, MEM_A, st8_imm) \
    X2(47, ALU, add_ri, SKIP_A, cmp_ri_HI) \
    X2(47, ALU, add_ri, MEM_A, ld8u_imm) \
    X2(46, ALU, add_rr_shl, ALU_A, xor_rr) \
    X3(46, ALU, add_rr, ALU, add_rr, ALU, xor_rr_rotr) \
    X2(45, ALU, shl_rr, ALU_B, andc_rr) \
    X2(45, ALU, shr_ri_cf, EXIT, if_NE) \
    X2(45, ALU, clz_rr, ALU_A, rsb_ri) \
    X3(45, MEM, ld32_imm, ALU_A, sub_rr, ALU_A, andc_rr_sar) \
    X3(45, ALU, add_ri, ALU, shr_ri, ALU_A, not_rr) \
    X2(45, NEAR, ld32_near, ALU_A, andc_rr_f) \
    X4(45, ALU, add_rr, ALU, add_rr, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(44, ALU, shl_rr, ALU_B, add_rr) \
    X2(44, ALU, shl_ri, ALU, or_rr_shl) \
    X2(44, ALU, add_rr_shl, ALU_A, or_rr) \
    X2(43, ALU, mov_rr, ALU, add_rr_shl) \
    X3(43, ALU, and_ri, ALU_B, shl_rr, ALU_B, or_rr) \
    X2(43, ALU, xor_rr_f, ALU, mov_ri) \
    X2(43, ALU, shl_rr, ALU_B, xor_rr) \
    X2(43, ALU, shl_ri, MEM_B, st16_reg) \
    X2(43, ALU, shl_ri, ALU, and_rr) \
    X2(43, ALU, rsb_ri, ALU_B, shl_rr) \
    X2(43, ALU, add_rr, ALU, sub_rr) \
    X2(43, ALU, rsb_rr_shl, ALU_B, add_rr_shl) \
    X3(42, ALU, sub_ri, ALU_B, add_rr_shl, MEM_A, ld8s_imm) \
    X2(42, ALU, shr_ri_c, ALU_B, andc_rr_f) \
    X3(42, ALU, xor_rr_shl, ALU_A, xor_rr_shr, ALU_A, xor_rr_shl) \
    X2(41, ALU, sub_ri, ALU_A, shr_ri) \
    X2(41, ALU, shr_ri, MEM_B, ld32_shl) \
    X2(40, ALU, setc_bit_ri, ALU, mov_ri_f) \
    X3(40, ALU, mov_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(39, ALU, mul_rr, ALU_B, add_rr) \
    X2(39, ALU, and_rr_shr, ALU, add_ri) \
    X2(38, ALU, shl_ri, ALU, or_rr) \
    X2(38, ALU, or_rr, ALU, xor_rr) \
    X2(38, ALU, mov_ri, ALU_A, rsb_ri) \
    X2(37, ALU, sbc_rr, ALU_A, rsb_ri) \
    X3(37, ALU, mov_rr, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(37, ALU, add_ri, ALU_B, and_rr) \
    X2(36, ALU, shl_rr, ALU_A, not_rr) \
    X3(36, ALU, shl_ri, ALU_A, shr_ri, ALU_A, or_ri) \
    X3(36, ALU, sar_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(35, ALU, and_rr, ALU_B, or_rr) \
    X2(34, ALU, adc_rr, ALU_B, or_rr_shl) \
    X2(33, ALU, add_rr_shl, ALU_A, add_rr) \
    X2(31, ALU, xor_rr_shr, ALU_A, xor_rr_shl) \
    X2(31, ALU, and_ri, ALU_B, or_rr) \
    X2(30, ALU, adc_ri, ALU_A, add_ri) \
    X2(30, ALU, and_rr, ALU_A, xor_rr) \
    X2(30, ALU, or_rr_shr, ALU_A, xor_rr) \
    X2(29, ALU, or_rr, ALU_A, and_rr) \
    X3(29, ALU, shl_rr, ALU_B, xor_rr, ALU_A, sub_rr) \
    X2(28, ALU, or_rr_shr, ALU, xor_rr) \
    X2(28, ALU, or_rr_shl, ALU_A, or_ri) \
    X2(27, ALU, shl_rr, ALU_A, mov_rr_f) \
    X3(26, ALU, mov_rr, ALU, mov_ri, ALU, mov_ri_f) \
    X3(25, ALU, and_ri_f, ALU, mov_rr, EXIT, if_NE) \
    X2(25, MULTI, stm_ia_8, EXIT, if_GE) \
    X2(25, ALU, sar_ri, ALU_A, not_rr) \
    X2(25, NEAR, ld32_near, ALU_A, mul_rr) \
    X2(24, ALU, rsb_ri, ALU_A, add_rr) \
    X2(24, ALU, and_rr, ALU_A, shl_ri) \
    X2(24, ALU, sub_rr_shl, ALU_A, sub_rr_shl_f) \
    X2(24, ALU, and_ri, ALU_A, xor_ri) \
    X3(23, ALU, shl_ri, MEM, ld32_imm, JUMP_A, goto_ptr_even) \
    X2(22, ALU, or_rr_shr, ALU_A, or_rr_shr) \
    X2(22, ALU, and_ri, ALU_B, sar_rr) \
    X2(21, ALU, shr_ri, ALU_B, mul_rr) \
    X3(19, ALU, and_rr, ALU_A, shl_ri, MEM_B, ld16u_reg) \
    X2(10, ALU, adc_rr, ALU_A, rsb_ri) \
    X2(8, MEM, st32_imm, ALU_B, add_rr) \
    X2(7, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) \
    X2(5, MEM, ld32_imm, EXIT, cmp_rr_NE) \
    X3(3, ALU, sub_ri, ALU_A, clz_rr, ALU, shr_ri)

/* clang-format on */

#endif
