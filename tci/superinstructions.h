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
    X2(4964, MEM, ld32_imm, MEM, ld32_imm) \
    X2(3607, ALU, mov_rr, ALU, add_ri) \
    X2(3578, MEM, st32_imm, MEM, st32_imm) \
    X2(2645, ALU, mov_rr, MEM, ld32_imm) \
    X2(2585, MEM, st32_imm, EXIT, if_NE) \
    X2(2314, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X3(2163, ALU, mov_rr, ALU, add_ri, ALU_A, sub_rr_f) \
    X2(2090, MEM, st32_imm, MEM, ld32_imm) \
    X2(1841, MULTI, ldm_ia_4, JUMP, goto_ptr_even) \
    X2(1657, MEM, ld32_imm, ALU, add_ri) \
    X2(1646, MEM, ld32_imm, ALU, mov_rr) \
    X2(1629, ALU, mov_ri, ALU, mov_ri) \
    X2(1568, MEM, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(1551, ALU, move2, ALU, mov_rr) \
    X2(1550, MEM, ld32_imm, MEM, st32_imm) \
    X2(1513, ALU, add_ri, MEM, st32_imm) \
    X2(1440, ALU, mov_rr, ALU, mov_ri) \
    X2(1401, ALU, or_ri, ALU, mov_ri) \
    X3(1396, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f) \
    X3(1392, ALU, or_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(1383, MEM, ld32_imm, ALU, mov_ri) \
    X3(1346, MEM, st32_imm, MEM, st32_imm, MEM, st32_imm) \
    X2(1305, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(1296, ALU, shl_ri, ALU_A, shr_ri) \
    X2(1287, ALU, adc_rr, SKIPIF, CC) \
    X2(1267, ALU, add_ri, ALU, add_ri) \
    X2(1218, MEM, ld32_imm, MEM_A, ld32_imm) \
    X2(1180, MEM, st32_imm, ALU, mov_ri) \
    X2(1128, ALU, shl_ri_cf, ALU_B, add_rr) \
    X3(1127, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post) \
    X4(1127, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post, JUMP, goto_ptr_odd) \
    X2(1126, MEM, st32_pre, ALU, shr_ri) \
    X3(1126, MEM, st32_pre, ALU, shr_ri, ALU_A, shl_ri_cf) \
    X4(1126, MEM, st32_pre, ALU, shr_ri, ALU_A, shl_ri_cf, MEM_A, ld8u_reg) \
    X2(1080, ALU, mov_ri, MEM, st32_imm) \
    X2(1063, MEM, ld32_imm, EXIT_A, cmp_ri_NE) \
    X2(1044, ALU, add_ri, ALU, sub_ri) \
    X2(1007, NEAR, ld32_near, MEM_A, ld32_imm) \
    X2(885, ALU, add_ri, ALU_A, add_rr_shl) \
    X2(870, MEM, ld8u_imm, ALU_B, or_rr_shl) \
    X2(838, MEM, ld32_imm, NEAR, ld32_near) \
    X2(832, MEM, st32_imm, ALU, add_ri) \
    X2(824, MEM, ld8u_imm, MEM, ld8u_imm) \
    X2(824, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(802, ALU, shl_ri, ALU_A, add_ri) \
    X2(802, ALU, mov_ri, ALU, mov_rr) \
    X2(793, NEAR, ld32_near, NEAR, ld32_near) \
    X3(780, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(777, MULTI, ldm_ia_6, JUMP, goto_ptr_even) \
    X3(747, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X2(737, ALU, mov_rr_f, JUMP, movi_goto_tb) \
    X2(732, ALU, sub_ri_f, MEM, st32_imm) \
    X2(730, ALU, mov_rr, MEM, st32_imm) \
    X2(728, ALU, add_ri, EXIT_A, cmp_rr_CC) \
    X3(727, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X2(725, MEM, ld8u_post, MEM, ld8u_post) \
    X2(722, ALU, shr_ri, ALU_A, and_ri) \
    X2(720, SKIP, cmp_ri_HI, ALU, shl_ri) \
    X2(716, ALU, shr_ri_c, ALU, rrx_rr) \
    X4(706, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f, SKIPIF, EQ) \
    X2(706, ALU, mov_ri, JUMP, goto_ptr_even) \
    X2(702, MULTI, ldm_ia_2, JUMP, goto_ptr_even) \
    X2(693, MEM, ld32_imm, ALU, shr_ri) \
    X2(692, MEM, ld32_imm, ALU, sub_ri) \
    X2(687, ALU, add_rr_shl, ALU_B, add_rr_shl) \
    X2(685, MULTI, ldm_ia_3, JUMP, goto_ptr_even) \
    X2(682, NEAR, ld32_near, MEM, ld32_imm) \
    X2(680, ALU, mov_ri, MEM, ld32_imm) \
    X2(679, PREDICATED, SKIPIF_NE_mov_ri, PREDICATED, SKIPIF_EQ_mov_ri) \
    X2(676, ALU, add_ri, ALU_A, shl_ri) \
    X2(674, ALU, add_rr, MEM_A, ld8u_imm) \
    X2(665, ALU, sbc_rr_f, SKIPIF, CC) \
    X3(660, ALU, shr_ri_c, ALU, rrx_rr, ALU_B, sub_rr_f) \
    X2(651, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(632, MEM, ld8u_reg, ALU, add_ri) \
    X2(631, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X2(627, ALU, mov_ri, MEM, ld32_abs) \
    X3(620, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri) \
    X4(620, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X2(615, MULTI, ldm_ia_8, ALU, sub_ri_f) \
    X2(594, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X3(591, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8) \
    X3(590, ALU, move2, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(584, ALU, add_rr_shl, MEM_A, ld32_imm) \
    X2(584, NEAR, ld32_near, ALU_A, add_ri) \
    X2(582, MEM, ld32_imm, ALU, add_ri_f) \
    X2(581, ALU, mov_ri, ALU, add_ri) \
    X2(574, ALU, shl_ri, ALU_A, shr_ri_cf) \
    X3(573, MEM, st32_imm, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(570, MULTI, stm_ia_4, MULTI, stm_ia_4) \
    X2(567, ALU, mov_ri, JUMP_A, goto_ptr_odd) \
    X2(566, ALU, shl_ri, ALU, shl_ri) \
    X3(563, ALU, add_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(554, MEM, ld32_imm, ALU_A, add_ri) \
    X2(552, NEAR, ld32_near, ALU, add_ri) \
    X2(543, MEM, ld8u_reg, ALU_A, sub_ri) \
    X3(538, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl) \
    X4(531, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8, EXIT, if_GE) \
    X2(524, SKIP, cmp_ri_EQ, ALU, sub_ri_f) \
    X2(523, ALU, mov_ri, NEAR, ld32_near) \
    X3(517, MEM, ld8u_reg, ALU_A, sub_ri, EXIT_A, cmp_ri_LS) \
    X2(516, ALU, sub_ri, ALU, sub_ri) \
    X2(509, ALU, sar_ri_c, ALU_A, not_rr_f) \
    X2(504, ALU, sub_rr, ALU, mov_rr) \
    X2(499, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, SKIPIF, NE) \
    X2(497, MEM, ld8u_imm, EXIT_A, cmp_ri_EQ) \
    X2(493, MEM, ld8u_pre, EXIT_A, cmp_ri_NE) \
    X2(493, MULTI, ldm_ia_8, JUMP, goto_ptr_even) \
    X2(492, ALU, sub_rr_f, ALU, sbc_rr_f) \
    X2(491, ALU, add_rr_f, MEM_A, ld8u_imm) \
    X2(489, ALU, add_ri, ALU, mov_rr) \
    X2(483, MULTI, ldm_ia_3, ALU, mul_rr) \
    X3(483, MULTI, ldm_ia_3, ALU, mul_rr, ALU_B, sub_rr) \
    X4(483, MULTI, ldm_ia_3, ALU, mul_rr, ALU_B, sub_rr, JUMP, goto_ptr_even) \
    X2(480, EXIT, cmp_ri_EQ, MULTI, stm_db_3) \
    X3(480, EXIT, cmp_ri_EQ, MULTI, stm_db_3, JUMP, movi_goto_tb) \
    X2(478, ALU, mov_ri, ALU, mov_rr_f) \
    X3(475, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri) \
    X2(475, MEM, ld32_post, JUMP_A, goto_ptr_even) \
    X2(471, MEM, ld32_imm, EXIT_A, tst_ri_EQ) \
    X2(467, MEM, ld32_imm, EXIT_B, cmp_rr_NE) \
    X3(467, ALU, mov_ri, ALU, mov_rr_f, JUMP, movi_goto_tb_cross) \
    X2(467, EXIT, if_CC, EXIT, cmp_rr_LS) \
    X4(467, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl, ALU_A, sub_rr_shl_f) \
    X3(463, ALU, add_ri, ALU, sub_ri, SKIP_A, cmp_ri_HI) \
    X3(462, MEM, ld32_imm, ALU, add_ri, ALU, sub_ri_f) \
    X2(462, MEM, ld8u_imm, ALU, add_ri) \
    X2(460, MULTI, fp_ldm_imm, MULTI, fp_ldm_imm) \
    X2(454, ALU, shl_ri_cf, SKIPIF, EQ) \
    X2(451, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(451, MEM, ld32_imm, ALU_A, sub_ri) \
    X2(450, ALU, or_rr_shr, ALU, shl_ri) \
    X2(446, EXIT, if_EQ, MEM, ld32_imm) \
    X2(439, ALU, or_rr_shl, ALU_A, or_rr_shl) \
    X3(438, MEM, st32_imm, MEM, st32_imm, EXIT, if_NE) \
    X4(438, ALU, add_ri, ALU_A, shl_ri, ALU_A, shr_ri, ALU, add_rr) \
    X2(438, ALU, shr_ri, ALU, shr_ri) \
    X2(437, MEM, ld8u_imm, EXIT_A, cmp_ri_NE) \
    X2(434, ALU, mov_rr, NEAR, ld32_near) \
    X2(427, ALU, shl_ri_cf, MEM_A, ld32_reg) \
    X3(426, ALU, add_ri, ALU, sub_ri, EXIT_A, cmp_ri_LS) \
    X3(421, ALU, shl_ri, ALU_A, shr_ri, ALU_B, add_rr_f) \
    X3(417, ALU, mov_ri, NEAR, ld32_near, NEAR, ld32_near) \
    X2(416, MEM, ld32_imm, EXIT_A, tst_ri_NE) \
    X2(414, MEM, ld32_imm, SKIPIF, NE) \
    X2(413, ALU, sub_ri_f, SKIPIF, CC) \
    X2(408, ALU, sub_ri, ALU, sub_ri_f) \
    X2(407, MEM, ld32_imm, ALU, move2) \
    X2(403, ALU, add_rr, ALU, add_rr) \
    X2(403, ALU, xor_rr, ALU, xor_rr) \
    X2(401, MULTI, stm_db_2, ALU, move2) \
    X2(400, ALU, mov_rr, ALU, sub_ri) \
    X2(399, ALU, and_ri_f, EXIT, if_NE) \
    X2(397, EXIT, if_GT, SKIPIF, NE) \
    X2(396, ALU, and_ri, ALU, and_ri_f) \
    X3(395, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr) \
    X3(395, MEM, ld8u_imm, ALU_B, or_rr_shl, ALU_A, xor_rr_rotr) \
    X3(395, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr) \
    X4(395, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr, EXIT, cmp_ri_LT) \
    X3(394, ALU, and_ri, ALU, and_ri_f, ALU, mov_rr) \
    X4(394, ALU, and_ri, ALU, and_ri_f, ALU, mov_rr, EXIT, if_NE) \
    X2(394, ALU, add_ri_f, EXIT, if_EQ) \
    X3(393, MULTI, stm_db_2, ALU, move2, SKIP, sub_ri_LT) \
    X2(392, ALU, add_rr, ALU_A, shl_ri) \
    X3(389, ALU, mov_rr, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X2(389, SKIP, tst_ri_EQ, MULTI, stm_ia_4) \
    X4(388, ALU, shl_ri, ALU_A, shr_ri, ALU_B, add_rr_f, MEM_A, ld8u_imm) \
    X2(388, ALU, mov_rr, EXIT, cmp_ri_NE) \
    X2(386, MULTI, ldm_ia_2, SKIP, tst_ri_EQ) \
    X3(384, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ) \
    X3(381, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2) \
    X3(381, PREDICATED, SKIPIF_NE_mov_ri, PREDICATED, SKIPIF_EQ_mov_ri, JUMP, goto_ptr_even) \
    X2(377, MULTI, stm_ia_2, SKIP, tst_ri_EQ) \
    X2(374, ALU, mov_ri, ALU, move2) \
    X2(372, ALU, add_ri, ALU_B, add_rr) \
    X2(372, ALU, sub_ri, ALU, mov_rr) \
    X2(372, MEM, ld32_imm, ALU_A, and_rr) \
    X2(372, ALU, or_rr, ALU_B, or_rr_f) \
    X2(370, ALU, mov_rr, SKIP, cmp_rr_HI) \
    X2(369, ALU, add_ri, MEM, ld32_imm) \
    X2(368, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri) \
    X2(366, ALU, and_ri, ALU_A, add_rr_shr) \
    X2(364, MEM, st32_post, SKIP, tst_ri_EQ) \
    X3(364, NEAR, ld32_near, MEM_A, ld32_imm, ALU, mov_rr) \
    X2(364, ALU, add_ri, MULTI, stm_db_4) \
    X3(364, ALU, mov_ri, ALU, mov_ri, ALU, shl_ri) \
    X4(363, ALU, mov_ri, NEAR, ld32_near, NEAR, ld32_near, MEM, ld8u_imm) \
    X3(363, ALU, shl_ri, ALU_A, shr_ri, EXIT, if_NE) \
    X4(363, NEAR, ld32_near, MEM_A, ld32_imm, ALU, mov_rr, ALU, add_rr_shl) \
    X3(363, ALU, add_ri, MULTI, stm_db_4, ALU, mov_ri) \
    X4(363, ALU, add_ri, MULTI, stm_db_4, ALU, mov_ri, ALU, move2) \
    X3(361, MEM, ld32_imm, NEAR, ld32_near, ALU, add_ri_f) \
    X4(361, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) \
    X3(361, MEM, ld32_imm, ALU_A, and_rr, EXIT, if_NE) \
    X2(360, MEM, ld32_imm, ALU_A, sub_ri_f) \
    X3(360, MEM, st32_imm, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X3(359, ALU, or_rr, ALU_B, or_rr_f, ALU, shl_ri) \
    X4(359, ALU, or_rr, ALU_B, or_rr_f, ALU, shl_ri, EXIT, if_NE) \
    X3(359, ALU, add_ri, ALU, add_ri, ALU, and_ri) \
    X3(359, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, ALU, add_ri) \
    X4(359, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, ALU, add_ri, SKIPIF, EQ) \
    X2(357, MEM, ld32_imm, ALU_A, and_ri) \
    X4(356, ALU, add_ri, ALU, add_ri, ALU, and_ri, ALU, sub_rr_f) \
    X3(354, ALU, and_ri, ALU_A, add_rr_shr, ALU_B, sub_rr) \
    X2(354, NEAR, ld32_near, ALU, mov_rr) \
    X2(354, ALU, move2, ALU, move2) \
    X4(353, ALU, and_ri, ALU_A, add_rr_shr, ALU_B, sub_rr, ALU_A, and_ri) \
    X2(351, ALU, add_rr, MEM, st32_imm) \
    X2(351, MEM, ld32_imm, SKIP_A, cmp_ri_NE) \
    X2(347, ALU, shr_ri_c, ALU_A, and_ri_f) \
    X3(347, ALU, shr_ri_c, ALU_A, and_ri_f, SKIPIF, EQ) \
    X3(347, MEM, ld8u_imm, MEM, ld8u_imm, ALU_A, or_rr_shl) \
    X2(341, MEM, ld32_imm, ALU, xor_rr) \
    X2(338, MEM, ld32_imm, EXIT_A, cmp_rr_CS) \
    X2(335, ALU, add_ri, MULTI, ldm_ia_9) \
    X2(333, ALU, add_rr, MEM_A, ld32_imm) \
    X2(332, ALU, mov_rr, MEM, ld8u_imm) \
    X2(330, ALU, and_ri_f, EXIT, if_EQ) \
    X3(328, ALU, mov_rr, MEM, ld32_imm, ALU, mov_rr) \
    X3(326, ALU, sub_rr, ALU, mov_rr, ALU, or_rr_shr) \
    X2(326, ALU, or_rr_f, SKIPIF, EQ) \
    X3(322, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_NE) \
    X2(320, ALU, shl_ri_cf, MEM_B, ld32_reg) \
    X2(315, MEM, ld32_imm, EXIT_A, cmp_rr_NE) \
    X2(315, ALU, clz_rr, ALU_A, shr_ri) \
    X2(311, ALU, sub_ri_f, ALU_A, shl_ri_cf) \
    X4(311, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_NE) \
    X2(310, EXIT, cmp_ri_HI, JUMP, movi_goto_tb) \
    X2(310, MEM, ld32_imm, SKIP_A, cmp_ri_EQ) \
    X2(309, ALU, and_ri, ALU, add_ri) \
    X2(309, ALU, add_ri, JUMP_A, goto_ptr) \
    X2(303, ALU, shl_ri_c, ALU_B, or_rr_f) \
    X2(301, MEM, ld32_imm, JUMP, goto_tb) \
    X2(299, ALU, mov_rr, ALU, add_rr) \
    X2(299, ALU, add_ri, EXIT, cmp_ri_NE) \
    X2(299, ALU, add_rr_shr, MEM_A, ld8u_imm) \
    X4(298, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X2(297, ALU, sub_ri, ALU, add_ri) \
    X3(295, ALU, add_ri, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(295, MEM, ld32_imm, ALU, sub_rr) \
    X3(293, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f) \
    X4(292, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f, ALU, mov_ri) \
    X3(292, ALU, add_ri, ALU_B, add_rr, MEM_A, ld8u_imm) \
    X4(291, ALU, add_ri, ALU_B, add_rr, MEM_A, ld8u_imm, ALU_B, mulu2_rr) \
    X2(290, MEM, st32_reg, ALU, mov_rr) \
    X2(288, MEM, ld32_imm, SKIP_A, tst_ri_EQ) \
    X2(287, MEM, ld32_imm, ALU, shl_ri) \
    X2(286, MEM, ld8u_imm, ALU, add_rr) \
    X2(285, ALU, shl_ri, ALU_B, adc_rr) \
    X2(285, MEM, st32_imm, EXIT, if_EQ) \
    X2(284, ALU, sub_ri, MEM, st32_imm) \
    X2(281, ALU, sub_rr, ALU_A, clz_rr) \
    X2(280, MEM, ld32_imm, MEM_A, ld8u_reg) \
    X3(280, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, st32_imm) \
    X3(279, ALU, mov_ri, ALU_A, st_env_ri, ALU, mov_ri) \
    X2(277, ALU, shr_ri, ALU, add_ri) \
    X3(277, MEM, ld32_imm, MEM, ld32_imm, ALU, xor_rr) \
    X2(274, ALU, sub_rr_f, ALU, sbc_rr) \
    X2(273, ALU, mov_rr, MEM, ld32_reg) \
    X2(273, ALU, mov_rr, ALU, shr_ri) \
    X2(272, MULTI, ldm_ia_5, JUMP, goto_ptr_even) \
    X3(270, MEM, ld32_imm, MEM, ld32_imm, EXIT_B, cmp_rr_CS) \
    X2(270, ALU, and_rr, ALU_A, add_ri) \
    X2(270, ALU, and_ri_f, ALU_A, rsb_ri) \
    X3(268, MEM, st32_reg, ALU, mov_rr, ALU, mov_rr_f) \
    X2(267, ALU, mov_rr, EXIT, cmp_ri_EQ) \
    X2(264, MEM, ld8u_post, EXIT_A, cmp_ri_NE) \
    X2(262, ALU, sub_ri, ALU_A, shl_ri) \
    X2(261, MEM, ld32_imm, EXIT_A, cmp_rr_EQ) \
    X2(260, ALU, shr_ri, ALU_A, or_rr_shl) \
    X3(260, ALU, sub_ri, ALU, sub_ri, EXIT, cmp_ri_LS) \
    X2(260, MEM, ld8u_pre, ALU_A, or_ri) \
    X3(259, ALU, shl_ri, ALU_A, shr_ri_cf, MEM, st16_imm) \
    X2(258, ALU, add_ri_f, ALU, mov_rr) \
    X3(254, ALU, add_rr_f, MEM_A, ld8u_imm, JUMP, goto_ptr_odd) \
    X2(254, MEM, ld16u_imm, ALU_A, add_ri_f) \
    X2(253, ALU, add_ri, EXIT, cmp_ri_EQ) \
    X2(252, MEM, ld32_imm, ALU, add_rr) \
    X2(251, ALU, sub_ri_f, ALU, add_ri) \
    X2(251, ALU, or_rr_f, EXIT, if_EQ) \
    X2(251, NEAR, ld32_near, JUMP, movi_goto_tb_cross) \
    X2(249, ALU, ld_env_ri, ALU_A, setflags_rr) \
    X2(247, EXIT, if_NE, ALU, add_ri) \
    X2(247, MEM, ld8u_imm, ALU, mov_rr) \
    X2(246, ALU, shr_ri_cf, MEM, st8_imm) \
    X3(245, ALU, mov_rr, ALU, add_ri, MULTI, ldm_ia_9) \
    X2(244, ALU, adc_ri, ALU, add_ri) \
    X3(243, MEM, ld8u_post, MEM, ld8u_post, EXIT_B, cmp_rr_NE) \
    X2(243, ALU, add_ri, ALU, move2) \
    X3(242, ALU, sar_ri_c, ALU_A, not_rr_f, EXIT, if_EQ) \
    X4(240, ALU, mov_rr, ALU, add_ri, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(240, EXIT, cmp_ri_EQ, EXIT, cmp_ri_EQ) \
    X2(240, ALU, add_ri, ALU_A, mov_rr) \
    X2(239, MEM, ld32_imm, ALU_A, shr_ri) \
    X2(239, MEM, st32_reg, MEM, ld8u_reg) \
    X3(238, ALU, add_rr, MEM_A, ld8u_imm, JUMP, goto_tb) \
    X3(238, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_EQ) \
    X3(238, ALU, and_rr, ALU_A, add_ri, ALU_B, add_rr) \
    X4(237, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri, MEM_A, ld32_reg) \
    X3(236, ALU, mov_ri, ALU, mov_ri, ALU, add_ri) \
    X2(236, MULTI, stm_db_4, ALU, mov_ri) \
    X2(236, MULTI, ldm_ia_7, JUMP, goto_ptr_even) \
    X2(234, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X2(234, ALU, and_rr, ALU_A, shl_ri) \
    X2(233, ALU, shl_ri, ALU_A, or_rr_shr) \
    X2(232, ALU, add_ri, ALU, shl_ri) \
    X3(229, ALU, or_rr_f, EXIT, if_EQ, ALU, shl_ri) \
    X2(228, ALU, mov_ri, ALU, sub_ri) \
    X2(227, MEM, ld8s_imm, MEM, ld8s_pre) \
    X3(227, ALU, mov_ri, ALU, mov_ri, JUMP_A, goto_ptr) \
    X2(226, NEAR, ld32_near, ALU, mov_ri) \
    X2(222, ALU, mov_ri, ALU_A, sbc_rr_f) \
    X2(222, MEM, ld8u_imm, MEM, st8_imm) \
    X2(220, ALU, shr_ri, ALU_A, add_rr_shl) \
    X2(219, ALU, and_ri, MEM, st32_imm) \
    X2(219, ALU, and_ri, EXIT_A, cmp_ri_EQ) \
    X2(218, ALU, mla_rr, MEM, ld32_imm) \
    X2(218, ALU, or_ri, MEM, st32_imm) \
    X3(218, ALU, or_rr_shr, ALU, shl_ri, ALU, shr_ri_cf) \
    X4(218, ALU, or_rr_shr, ALU, shl_ri, ALU, shr_ri_cf, EXIT, if_NE) \
    X4(218, ALU, or_rr_f, EXIT, if_EQ, ALU, shl_ri, ALU_A, or_rr_shr) \
    X2(217, ALU, add_rr_f, ALU, adc_ri) \
    X3(217, ALU, sub_rr_f, ALU, sbc_rr_f, SKIPIF, CC) \
    X2(217, ALU, mulu2_rr, EXIT, if_CS) \
    X2(217, EXIT, cmp_rr_CS, ALU, rsb_ri_f) \
    X3(216, NEAR, ld32_near, MEM, ld32_imm, ALU, add_ri) \
    X2(216, MULTI, fp_stm_imm, MULTI, fp_stm_imm) \
    X3(215, ALU, mla_rr, MEM, ld32_imm, ALU, add_rr_f) \
    X3(215, ALU, adc_ri, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X3(215, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_EQ) \
    X2(214, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X2(213, MEM, ld32_post, MEM, ld32_post) \
    X2(212, ALU, sub_ri, SKIP_A, cmp_ri_HI) \
    X3(212, ALU, sar_ri_c, ALU_A, not_rr_f, SKIPIF, EQ) \
    X2(211, ALU, mov_rr, ALU, sub_rr) \
    X2(210, ALU, add_rr, MEM_A, ld8u_reg) \
    X2(210, ALU, add_ri, ALU, sub_rr) \
    X3(209, ALU, and_rr, ALU_A, shl_ri, MEM_B, ld16u_reg) \
    X3(208, ALU, mov_rr, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X2(208, ALU, shr_ri, ALU_A, or_ri) \
    X2(207, MEM, ld32_imm, ALU, sub_ri_f) \
    X2(207, ALU, shl_ri, ALU, add_ri) \
    X2(207, ALU, add_rr, ALU, xor_rr) \
    X2(207, ALU, add_ri, ALU, shr_ri) \
    X2(206, MEM, st32_post, EXIT, if_NE) \
    X2(206, ALU, add_ri, MEM, ld8u_reg) \
    X3(205, ALU, mov_ri, MEM, ld32_abs, MEM_A, ld32_imm) \
    X2(205, ALU, mov_rr, JUMP, movi_goto_tb) \
    X2(205, MEM, ld32_abs, ALU_A, add_ri) \
    X2(203, ALU, rsb_ri_f, ALU_A, adc_rr) \
    X3(202, ALU, mov_ri, ALU, mov_ri, ALU, mov_ri) \
    X2(202, ALU, add_ri, MEM, ld32_post) \
    X2(201, ALU, add_ri, ALU, and_ri) \
    X3(200, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, ld32_imm) \
    X2(199, MEM, ld8u_post, MEM, st8_post) \
    X3(199, ALU, add_rr_shl, ALU_B, add_rr_shl, EXIT, cmp_rr_NE) \
    X3(199, MEM, ld8u_post, MEM, st8_post, EXIT, cmp_rr_HI) \
    X2(198, PREDICATED, SKIP_cmp_ri_NE_mov_ri, SKIPIF, EQ) \
    X2(198, MEM, ld32_imm, ALU_A, sub_rr) \
    X2(198, ALU, shl_ri, MEM, ld32_imm) \
    X2(196, MEM, st32_post, MEM, st32_post) \
    X2(195, MULTI, ldm_imm_2, MULTI, stm_imm_2) \
    X2(195, MEM, st8_pre, EXIT, cmp_rr_NE) \
    X2(195, MEM, ld32_imm, SKIP_A, tst_ri_NE) \
    X2(195, MEM, ld32_abs, MEM, ld32_abs) \
    X2(193, ALU, sub_rr, ALU, add_rr) \
    X2(192, ALU, sub_rr_f, MEM, st8_pre) \
    X3(192, ALU, mov_rr, ALU, mov_ri, JUMP, goto_ptr_even) \
    X2(189, MEM, ld8u_post, MEM, st8_imm) \
    X2(189, MEM, ld8u_pre, MEM, ld8u_pre) \
    X2(189, ALU, shl_ri_cf, MEM, ld32_reg) \
    X3(189, ALU, shl_ri_cf, MEM, ld32_reg, MEM, ld32_reg) \
    X2(188, ALU, and_ri, ALU_B, shr_rr) \
    X2(188, ALU, add_ri, ALU, add_rr_f) \
    X2(188, ALU, sub_ri, MEM_A, ld32_imm) \
    X2(187, MEM, st32_imm, ALU, shr_ri) \
    X2(186, ALU, add_ri, ALU_B, add_rr_shl) \
    X2(186, ALU, sub_rr_f, MEM, ld32_imm) \
    X2(185, MEM, ld32_imm, ALU_B, xor_rr) \
    X2(185, ALU, sub_ri, ALU, move2) \
    X4(185, ALU, and_rr, ALU_A, add_ri, ALU_B, add_rr, MEM_A, ld8u_imm) \
    X3(185, ALU, add_ri, MEM, st32_imm, MEM, ld8u_imm) \
    X2(184, ALU, add_rr_f, ALU, adc_rr) \
    X2(183, ALU, and_ri, ALU_A, sub_ri) \
    X2(183, MEM, ld32_abs, MEM_A, ld32_imm) \
    X2(183, ALU, add_rr, ALU, mov_rr) \
    X2(183, ALU, mov_ri, MULTI, ldm_imm_2) \
    X2(182, MEM, ld32_imm, ALU_A, sub_rr_f) \
    X3(182, ALU, add_ri, ALU, add_ri, ALU, add_ri) \
    X2(181, ALU, mov_ri, ALU, mov_ri_f) \
    X2(180, ALU, mov_rr, MEM, ld32_post) \
    X3(180, ALU, add_rr, ALU_A, shl_ri, ALU_A, add_rr) \
    X4(179, ALU, add_rr, ALU_A, shl_ri, ALU_A, add_rr, ALU_A, shl_ri) \
    X2(179, MEM, ld32_imm, EXIT, if_NE) \
    X2(179, SKIPIF, EQ, ALU, xor_rr_f) \
    X3(179, ALU, sub_rr_f, ALU, sbc_rr_f, EXIT, if_CS) \
    X2(179, MULTI, fp_ldm_imm, FP, fp_sub_d) \
    X2(178, MEM, ld32_imm, ALU, and_ri) \
    X3(177, MEM, ld8u_reg, ALU, add_ri, MEM, ld32_shl) \
    X3(176, ALU, add_ri, ALU_A, add_rr_shl, ALU, add_rr_shl) \
    X2(176, MEM, st32_imm, MEM_A, st32_imm) \
    X2(175, MEM, st32_imm, SKIPIF, EQ) \
    X2(175, ALU, add_rr_f, EXIT, if_CS) \
    X2(175, ALU, shl_ri, ALU, mov_ri) \
    X4(172, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, EXIT_B, cmp_rr_HI) \
    X2(172, MEM, ld8u_post, ALU_A, shr_ri) \
    X2(171, ALU, mov_ri, ALU, mlau2_rr) \
    X4(171, ALU, shr_ri_c, ALU_A, and_ri_f, SKIPIF, EQ, ALU, xor_rr_f) \
    X2(171, MEM, ld32_imm, MEM_A, ld8u_imm) \
    X2(171, ALU, move2, JUMP, movi_goto_tb) \
    X2(170, MEM, st32_imm, MEM, ld8u_reg) \
    X3(170, MEM, ld32_imm, SKIP_A, tst_ri_NE, ALU, mov_rr) \
    X4(170, MEM, ld32_imm, SKIP_A, tst_ri_NE, ALU, mov_rr, PREDICATED, SKIPIF_EQ_sub_ri) \
    X2(170, ALU, add_ri, EXIT_B, cmp_rr_HI) \
    X2(170, MEM, ld32_imm, EXIT, if_EQ) \
    X2(169, MEM, ld32_imm, ALU_A, add_rr) \
    X3(168, ALU, shl_ri, ALU, shl_ri, JUMP, goto_tb) \
    X2(168, ALU, mov_ri, SKIPIF, EQ) \
    X2(167, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(167, ALU, add_ri, MEM_A, ld32_reg) \
    X2(166, ALU, mov_rr, JUMP, goto_tb) \
    X2(166, ALU, xor_rr_f, EXIT, if_EQ) \
    X2(165, ALU, and_ri, ALU_A, shl_ri) \
    X3(165, ALU, add_ri, ALU, add_rr_f, MEM, st32_imm) \
    X2(165, ALU, sub_ri, ALU, add_rr) \
    X2(165, ALU, sub_rr, JUMP, goto_ptr_even) \
    X3(165, ALU, shl_ri, ALU_A, shr_ri_cf, ALU_A, add_rr) \
    X4(165, ALU, shl_ri, ALU_A, shr_ri_cf, ALU_A, add_rr, MEM_A, ld8u_imm) \
    X2(165, ALU, and_ri, ALU, and_ri) \
    X2(165, NEAR, ld32_near, MEM, st32_imm) \
    X3(163, MEM, ld8u_post, ALU_A, shr_ri, ALU_A, add_rr_shl) \
    X4(163, MEM, ld8u_post, ALU_A, shr_ri, ALU_A, add_rr_shl, ALU_A, add_rr) \
    X3(163, MEM, ld32_imm, ALU_B, xor_rr, MEM, ld32_imm) \
    X2(162, ALU, add_ri, SKIPIF, EQ) \
    X4(161, MEM, ld32_imm, MEM, ld32_imm, ALU, xor_rr, ALU, xor_rr) \
    X2(161, MEM, st32_imm, ALU, andc_rr) \
    X2(160, ALU, shr_ri, ALU_A, rsb_rr_shr_f) \
    X2(160, MEM, ld32_imm, ALU_A, add_ri_f) \
    X2(159, MEM, ld32_imm, MEM, ld8u_imm) \
    X3(158, ALU, mov_ri, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(157, ALU, shl_ri, ALU, add_rr_f) \
    X2(156, ALU, and_ri, EXIT, if_PL) \
    X2(155, ALU, add_ri_f, ALU, mov_rr_f) \
    X2(155, ALU, and_ri, ALU_A, and_ri) \
    X2(155, MEM, ld8u_reg, ALU, mov_rr) \
    X2(154, ALU, add_ri, MEM_B, st32_reg) \
    X3(154, ALU, add_ri, MEM_B, st32_reg, ALU, add_ri) \
    X3(154, MEM, ld32_imm, MEM_A, ld8u_reg, ALU, shl_ri) \
    X3(153, NEAR, ld32_near, ALU_A, add_ri, MEM_A, ld32_imm) \
    X2(152, MEM, ld32_imm, ALU, sub_rr_f) \
    X2(152, NEAR, ld32_near, JUMP, goto_ptr_even) \
    X2(152, MEM, ld32_imm, EXIT_B, cmp_rr_EQ) \
    X2(151, ALU, xor_rr_rotr, ALU_A, shr_ri) \
    X3(151, ALU, xor_rr_rotr, ALU_A, shr_ri, ALU_A, and_ri) \
    X2(151, ALU, xor_ri_f, EXIT, if_NE) \
    X3(151, ALU, xor_rr_f, EXIT, if_EQ, ALU, sub_ri) \
    X3(151, ALU, sub_ri_f, MEM, st32_imm, EXIT, if_NE) \
    X2(150, ALU, add_ri, ALU, xor_rr) \
    X2(150, MEM, ld32_imm, SKIP, cmp_rr_NE) \
    X2(150, MEM, ld8u_post, ALU_A, xor_rr_f) \
    X2(149, MEM, st32_imm, MEM, ld8u_imm) \
    X2(149, ALU, rsb_ri_f, ALU_B, adc_rr_f) \
    X2(149, ALU, and_rr, ALU_A, shl_ri_cf) \
    X2(149, SKIPIF, NE, JUMP, goto_tb_cross) \
    X2(148, MEM, st32_imm, JUMP, movi_goto_tb) \
    X3(147, ALU, shr_ri_cf, MEM, st8_imm, MEM, st8_imm) \
    X2(147, NEAR, ld32_near, ALU, add_rr_shl) \
    X2(147, MEM, ld32_post, MEM, st32_post) \
    X2(147, NEAR, ld32_near, ALU, sub_ri) \
    X3(146, ALU, add_ri, MEM, ld32_post, JUMP, goto_tb) \
    X3(146, ALU, shr_ri, ALU, shr_ri, ALU_A, and_ri) \
    X4(146, ALU, shr_ri, ALU, shr_ri, ALU_A, and_ri, ALU, and_ri) \
    X4(146, ALU, xor_rr_rotr, ALU_A, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr) \
    X4(146, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_EQ) \
    X3(146, ALU, and_ri_f, ALU_A, rsb_ri, SKIPIF, EQ) \
    X3(145, ALU, shl_ri, ALU_A, or_rr_shr, MEM, st32_imm) \
    X3(145, MULTI, fp_stm_imm, MULTI, fp_stm_imm, MULTI, fp_stm_imm) \
    X3(145, ALU, xor_rr, ALU, xor_rr, ALU_B, and_rr) \
    X4(145, ALU, xor_rr, ALU, xor_rr, ALU_B, and_rr, ALU_A, or_rr) \
    X2(144, MEM, ld32_imm, ALU, or_rr_shl) \
    X2(144, MEM, ld32_imm, MEM, ld32_abs) \
    X2(144, ALU, add_ri, ALU, sub_rr_f) \
    X2(144, ALU, add_rr_rotr, ALU, add_rr_rotr) \
    X2(144, ALU, shl_ri_cf, JUMP, movi_goto_tb) \
    X2(144, ALU, shr_ri, EXIT_A, cmp_ri_HI) \
    X3(144, ALU, shr_ri, ALU, add_ri, ALU, and_rr) \
    X4(143, ALU, shr_ri, ALU, add_ri, ALU, and_rr, ALU, shr_ri) \
    X3(143, ALU, and_rr, ALU_A, shl_ri_cf, MEM_B, ld32_reg) \
    X3(143, MEM, ld32_imm, ALU_A, shr_ri, ALU_A, and_rr) \
    X3(142, NEAR, ld32_near, ALU, mov_rr, MEM, ld32_imm) \
    X2(141, ALU, add_ri, JUMP, movi_goto_tb) \
    X2(141, ALU, add_rr, ALU, sub_rr) \
    X2(141, ALU, add_ri, MEM_B, ld32_reg) \
    X3(140, ALU, shl_ri, ALU, add_ri, ALU, add_ri_f) \
    X2(140, ALU, mov_ri, ALU, and_ri) \
    X3(140, SKIPIF, EQ, ALU, xor_rr_f, SKIPIF, NE) \
    X2(139, ALU, shl_rr, ALU, shr_rr) \
    X2(139, ALU, sub_ri_f, EXIT, if_HI) \
    X2(138, ALU, and_rr, ALU, shr_ri) \
    X2(138, MEM, st32_imm, ALU, move2) \
    X4(138, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_EQ) \
    X3(137, ALU, sub_rr, ALU_A, clz_rr, ALU_A, shr_ri) \
    X3(136, MEM, st32_imm, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(136, ALU, sub_ri, ALU_A, sub_ri_f) \
    X2(135, ALU, shl_rr, ALU_B, or_rr) \
    X2(135, ALU, and_ri, ALU, shr_ri) \
    X2(135, SKIP, sub_ri_CC, MULTI, stm_ia_2) \
    X2(134, ALU, sub_ri, EXIT, if_EQ) \
    X2(134, ALU, add_rr_f, EXIT, if_NE) \
    X2(134, ALU, add_rr, ALU, add_ri) \
    X2(134, MEM, ld32_imm, SKIP_A, cmp_rr_CS) \
    X2(133, SKIP, tst_ri_NE, JUMP, goto_ptr_even) \
    X2(133, ALU, add_ri, ALU, add_rr) \
    X4(133, MEM, st32_reg, ALU, mov_rr, ALU, mov_rr_f, MEM, ld8u_reg) \
    X2(133, ALU, sub_ri_f, JUMP, goto_tb) \
    X2(133, MEM, ld32_reg, ALU, sub_ri) \
    X2(132, ALU, sub_ri, EXIT_A, cmp_ri_LS) \
    X3(132, ALU, and_ri, ALU_A, sub_ri, ALU_A, clz_rr) \
    X3(132, ALU, shr_ri, ALU_A, add_rr_shl, ALU, mov_rr) \
    X2(132, ALU, mov_rr, SKIP, cmp_ri_EQ) \
    X3(131, ALU, add_rr_shl, ALU_B, add_rr_shl, EXIT, if_NE) \
    X3(131, ALU, adc_rr, SKIPIF, CC, ALU, mov_rr) \
    X2(131, ALU, sub_ri_f, ALU, or_rr_shl) \
    X2(131, MEM, ld8u_pre, ALU, add_rr) \
    X2(131, MEM, st32_imm, JUMP, goto_tb) \
    X2(130, SKIPIF, EQ, ALU, add_rr_shl) \
    X2(130, ALU, mov_rr, EXIT, if_EQ) \
    X2(130, ALU, mov_ri, MEM, st8_imm) \
    X3(130, ALU, shl_ri, ALU, shl_ri, ALU_B, xor_rr_f) \
    X4(130, ALU, shl_ri, ALU, shl_ri, ALU_B, xor_rr_f, SKIPIF, NE) \
    X4(130, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f) \
    X2(129, ALU, add_ri, EXIT_A, cmp_rr_EQ) \
    X2(129, ALU, clz_rr, ALU_A, sub_rr) \
    X3(129, ALU, clz_rr, ALU_A, sub_rr, ALU_A, rsb_ri_f) \
    X3(129, ALU, or_rr_shr, ALU, shl_ri, ALU_A, or_rr_shr) \
    X3(129, ALU, mov_ri, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(128, MEM, st32_shl, ALU, mov_ri) \
    X2(127, MEM, st8_imm, MEM, st32_imm) \
    X2(127, ALU, add_ri, MULTI, stm_imm_2) \
    X2(126, ALU, add_ri_f, ALU, adc_ri) \
    X2(126, PREDICATED, SKIPIF_EQ_mov_ri, SKIP, cmp_ri_only_NE) \
    X2(126, ALU, add_ri, ALU, and_ri_f) \
    X3(125, ALU, shl_ri_c, ALU_B, or_rr_f, SKIPIF, EQ) \
    X3(125, ALU, and_ri_f, EXIT, if_NE, ALU, sub_ri_f) \
    X2(125, SKIPIF, CC, MEM, st8_post) \
    X3(125, ALU, sub_ri_f, ALU_A, shl_ri_cf, MEM_B, ld32_reg) \
    X2(124, MEM, ld32_imm, EXIT_A, cmp_ri_GT) \
    X3(124, ALU, mov_rr, ALU, add_rr, ALU, add_rr) \
    X2(124, ALU, add_rr, EXIT, cmp_ri_NE) \
    X3(124, ALU, shl_ri, ALU, shl_ri, EXIT, cmp_rr_NE) \
    X3(124, ALU, sub_rr_f, MEM, st8_pre, EXIT, if_NE) \
    X2(123, ALU, and_ri, MEM_A, ld32_post) \
    X3(123, ALU, and_ri_f, ALU_A, rsb_ri, EXIT, if_EQ) \
    X2(123, EXIT, tst_rr_EQ, ALU, clz_rr) \
    X3(123, MEM, st32_shl, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(122, MEM, ld32_imm, SKIPIF, EQ) \
    X2(122, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X3(122, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_B, add_rr_shl) \
    X2(122, ALU, shl_ri, MEM_B, ld16u_reg) \
    X2(122, ALU, add_ri, EXIT_A, cmp_ri_NE) \
    X3(121, MEM, st32_imm, ALU, andc_rr, ALU_A, xor_rr) \
    X2(121, MEM, st32_post, EXIT, if_GT) \
    X2(121, SKIPIF, EQ, MEM, st8_post) \
    X2(121, ALU, and_ri, MEM_A, ld8u_imm) \
    X2(121, MEM, ld8u_reg, MEM_B, ld8u_reg) \
    X3(120, ALU, and_ri, ALU, add_ri, ALU, add_rr_shl) \
    X2(120, MEM, ld8u_post, SKIPIF, CC) \
    X2(120, ALU, shr_rr, ALU_A, and_ri) \
    X2(120, ALU, shr_ri, MEM, ld32_post) \
    X3(119, ALU, shr_rr, ALU_A, and_ri, ALU_A, add_ri) \
    X2(119, ALU, rsb_ri_f, EXIT, if_LT) \
    X4(119, ALU, shr_rr, ALU_A, and_ri, ALU_A, add_ri, ALU_B, add_rr_shl) \
    X2(119, ALU, and_rr, ALU_B, setc_sar_rr) \
    X2(119, ALU, sar_rr, ALU, mov_rr) \
    X3(118, ALU, shr_ri, ALU_A, rsb_rr_shr_f, SKIPIF, GE) \
    X2(118, ALU, shr_ri_cf, MEM_B, ld8u_reg) \
    X2(118, ALU, add_rr_shl, ALU, add_rr_shl) \
    X2(118, ALU, sub_rr, MEM, st32_imm) \
    X2(118, ALU, and_ri, ALU_B, sar_rr) \
    X3(117, ALU, shl_ri, MEM, ld32_imm, ALU, or_rr_shr) \
    X2(117, ALU, add_ri_f, ALU_A, mov_rr_f) \
    X2(117, ALU, add_ri, ALU, add_rr_shl) \
    X2(117, MEM, ld32_imm, ALU_A, or_ri) \
    X2(116, MULTI, ldm_ia_4, JUMP, goto_tb_cross) \
    X3(116, ALU, sub_ri, ALU_A, shl_ri, ALU_A, mov_rr) \
    X2(116, ALU, sub_rr, ALU_A, sub_ri) \
    X2(116, ALU, add_rr, ALU_A, and_ri) \
    X2(115, ALU, add_rr, MEM, ld8u_post) \
    X2(115, ALU, add_ri, MEM_A, ld32_imm) \
    X2(115, SKIP, tst_ri_NE, ALU, mov_rr) \
    X3(115, MEM, ld32_imm, MEM, ld32_imm, ALU, move2) \
    X2(115, ALU, and_ri, EXIT, tst_ri_EQ) \
    X3(115, MEM, ld32_imm, MEM, ld32_imm, ALU, and_ri) \
    X3(115, ALU, mov_rr, ALU, shr_ri, ALU, mov_rr) \
    X2(114, ALU, shl_rr, ALU_B, add_rr_f) \
    X3(114, ALU, shr_ri, ALU_A, or_ri, EXIT, if_EQ) \
    X2(114, ALU, sar_rr, ALU_B, adc_rr_f) \
    X2(114, MEM, ld32_imm, ALU, add_rr_shl) \
    X2(114, MEM, st32_imm, MEM, ld32_abs) \
    X2(113, ALU, xor_rr, ALU_A, xor_rr) \
    X2(113, ALU, sub_ri, EXIT_A, cmp_ri_HI) \
    X2(113, ALU, or_ri, ALU, or_ri) \
    X2(113, ALU, add_rr_shl, ALU_B, sub_rr) \
    X3(112, ALU, add_ri_f, ALU, mov_rr, EXIT, if_HI) \
    X3(112, ALU, add_ri, MEM, st32_imm, MEM, st8_imm) \
    X2(112, ALU, shl_ri, ALU_A, sar_ri) \
    X2(112, ALU, mov_ri, ALU, add_rr) \
    X4(111, ALU, or_rr_shr, ALU, shl_ri, ALU_A, or_rr_shr, ALU, shl_ri) \
    X2(111, ALU, sub_ri, EXIT, cmp_ri_EQ) \
    X2(111, ALU, shl_ri, ALU_B, or_rr_shr) \
    X4(111, ALU, and_ri, ALU_A, sub_ri, ALU_A, clz_rr, ALU_A, shr_ri) \
    X2(111, ALU, andc_rr_shl, ALU, andc_rr_shl) \
    X3(111, ALU, shl_ri, ALU_B, or_rr_shr, EXIT, if_EQ) \
    X3(111, ALU, add_rr_shl, MEM_A, ld32_imm, ALU, mov_rr) \
    X2(111, MEM, ld32_imm, JUMP, movi_goto_tb) \
    X2(110, ALU, shl_ri, ALU, shr_ri) \
    X2(109, ALU, sub_ri_f, MEM, ld8u_imm) \
    X2(109, ALU, sub_ri, MEM_A, st32_imm) \
    X2(109, MEM, ld8s_imm, ALU, add_ri) \
    X2(109, MEM, ld32_shl, EXIT_A, cmp_ri_EQ) \
    X2(109, ALU, mov_ri, ALU, add_rr_shl) \
    X4(109, MEM, ld32_imm, ALU_B, xor_rr, MEM, ld32_imm, ALU_B, xor_rr) \
    X3(108, ALU, add_ri, ALU, add_ri, EXIT, cmp_ri_NE) \
    X2(108, SKIP, tst_ri_EQ, ALU, add_ri) \
    X2(108, ALU, mov_rr, ALU, shl_ri) \
    X2(107, SKIP, cmp_ri_NE, JUMP, goto_tb_cross) \
    X2(107, ALU, shr_rr, ALU_B, or_rr) \
    X2(106, ALU, xor_rr, ALU_A, and_ri) \
    X2(106, PREDICATED, SKIPIF_LE_sub_ri, SKIPIF, GT) \
    X3(106, ALU, mov_rr, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(106, NEAR, ld32_near, MEM_B, ld32_reg) \
    X2(106, MEM, ld32_imm, ALU, shl_ri_cf) \
    X2(105, MEM, ld16u_imm, ALU_A, and_ri) \
    X2(105, ALU, add_ri, EXIT, sub_ri_HI) \
    X2(105, ALU, and_ri, ALU, add_rr_shl) \
    X3(105, ALU, sub_rr, ALU_A, sub_ri, EXIT, cmp_rr_NE) \
    X2(105, ALU, shl_ri_cf, MEM_A, st32_reg) \
    X2(105, ALU, mov_rr, MEM, ld32_shl) \
    X2(105, MEM, st32_reg, MEM, ld32_post) \
    X2(104, ALU, and_ri, EXIT_A, cmp_ri_NE) \
    X2(103, ALU, add_ri, EXIT_A, cmp_rr_LS) \
    X2(103, ALU, mov_rr, EXIT, sub_ri_LT) \
    X2(103, ALU, shr_ri, ALU, and_ri) \
    X2(103, MEM, ld8u_imm, SKIP_A, cmp_ri_EQ) \
    X2(103, ALU, and_ri, ALU, sub_ri_f) \
    X3(102, SKIP, tst_ri_NE, ALU, mov_rr, PREDICATED, SKIPIF_EQ_sub_ri) \
    X3(102, MEM, ld32_abs, ALU_A, add_ri, MEM_A, ld32_imm) \
    X2(102, ALU, sub_rr, ALU_A, sar_ri) \
    X2(102, ALU, add_rr, ALU_B, add_rr) \
    X2(102, ALU, and_ri, ALU_A, sub_ri_f) \
    X2(101, ALU, add_ri, EXIT, cmp_ri_LS) \
    X2(101, ALU, add_ri, ALU_B, mul_rr) \
    X2(101, ALU, and_ri_f, ALU, move2) \
    X2(101, ALU, mov_ri, ALU, sub_ri_f) \
    X2(101, EXIT, if_EQ, ALU, sub_ri) \
    X2(101, ALU, and_ri_f, SKIPIF, EQ) \
    X2(100, ALU, mov_rr, ALU, mov_rr_f) \
    X2(100, ALU, add_ri, ALU, add_ri_f) \
    X3(100, ALU, add_ri, ALU, sub_rr, EXIT_A, cmp_rr_LT) \
    X3(100, ALU, and_ri, ALU_B, sar_rr, ALU_A, and_ri) \
    X4(100, ALU, and_ri, ALU_B, sar_rr, ALU_A, and_ri, ALU_A, or_rr) \
    X2(100, ALU, sub_ri, ALU, shr_ri) \
    X3(99, ALU, sub_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(99, ALU, mov_rr, ALU, sub_rr_f) \
    X2(99, MEM, ld8u_imm, ALU_B, xor_rr) \
    X2(99, ALU, shr_ri, ALU_A, rsb_rr_shl) \
    X2(99, ALU, mov_rr, EXIT, if_NE) \
    X2(98, MEM, ld8u_post, ALU_A, sub_ri_f) \
    X4(97, ALU, mov_ri, ALU, mov_ri, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X3(97, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, xor_rr_rotr) \
    X2(96, ALU, and_ri, ALU, mov_ri) \
    X3(96, ALU, mov_rr, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(96, MEM, ld32_imm, ALU_A, and_ri_f) \
    X2(96, ALU, and_ri, ALU, move2) \
    X2(96, MEM, ld8u_pre, ALU, mov_ri) \
    X2(96, PREDICATED, SKIPIF_CC_mov_ri, EXIT, if_NE) \
    X3(96, ALU, mov_rr, MEM, ld32_imm, ALU, and_ri) \
    X2(96, ALU, add_ri, EXIT, if_GT) \
    X2(95, MEM, st8_reg, EXIT, if_NE) \
    X2(95, ALU, xor_rr_f, SKIPIF, EQ) \
    X2(93, ALU, add_ri, EXIT, if_EQ) \
    X2(93, ALU, mov_rr, ALU, add_ri_f) \
    X2(93, MEM, ld8u_imm, MEM, st32_imm) \
    X2(92, ALU, sub_rr, ALU_B, add_rr_shr) \
    X2(92, ALU, and_rr, ALU_B, or_rr_f) \
    X2(91, ALU, add_ri, JUMP, goto_tb) \
    X2(91, ALU, shr_ri, ALU, or_rr_shl) \
    X4(91, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, ALU_B, add_rr_f) \
    X3(90, ALU, shr_ri, ALU_A, rsb_rr_shl, PREDICATED, SKIPIF_LS_sub_ri) \
    X2(90, ALU, add_rr_shl, MEM_A, st32_imm) \
    X2(90, ALU, mulu2_rr, PREDICATED, SKIPIF_LS_sub_ri) \
    X2(90, ALU, mov_rr, EXIT, cmp_rr_NE) \
    X3(90, ALU, add_rr, ALU_B, add_rr, NEAR, ld32_near) \
    X4(90, ALU, add_rr, ALU_B, add_rr, NEAR, ld32_near, ALU, sub_rr_f) \
    X3(89, MEM, ld8u_imm, ALU_B, xor_rr, ALU_A, shl_ri) \
    X3(89, ALU, shl_ri, ALU_B, adc_rr, ALU_A, or_rr) \
    X2(89, ALU, sub_rr_f, JUMP, goto_tb) \
    X2(88, PREDICATED, SKIPIF_EQ_mov_ri, PREDICATED, SKIPIF_NE_mov_ri) \
    X4(88, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri, MEM, st32_pre) \
    X2(88, ALU, sub_ri, JUMP, movi_goto_tb_cross) \
    X2(88, ALU, add_ri, EXIT_B, cmp_rr_CC) \
    X2(88, MEM, ld32_imm, ALU_B, add_rr) \
    X2(88, MEM, ld32_imm, SKIP, cmp_ri_only_NE) \
    X2(88, MEM, st32_imm, SKIPIF, NE) \
    X2(87, ALU, shr_ri, ALU, mov_rr) \
    X3(87, ALU, add_rr, ALU, add_rr, ALU, xor_rr_rotr) \
    X2(86, MEM, st32_imm, ALU, xor_rr) \
    X3(86, ALU, add_ri, ALU, shl_ri, ALU, shl_ri) \
    X2(86, ALU, mov_ri, SKIPIF, PL) \
    X2(86, ALU, rsb_ri_f, ALU, rsc_ri) \
    X2(85, MEM, ld32_imm, ALU, or_ri) \
    X2(85, ALU, sub_ri_f, ALU, mov_ri) \
    X2(85, ALU, and_ri, ALU, mlau2_rr) \
    X2(85, ALU, xor_ri_f, PREDICATED, SKIPIF_EQ_or_ri) \
    X3(84, ALU, shl_ri, ALU_A, shr_ri, ALU, mov_rr) \
    X2(84, ALU, add_ri, NEAR, ld32_near) \
    X2(84, ALU, sub_rr, EXIT_A, cmp_rr_CC) \
    X2(83, MEM, ld32_imm, MEM_B, st32_reg) \
    X2(83, ALU, sub_ri, ALU, and_rr) \
    X2(82, ALU, xor_rr, ALU, shl_ri) \
    X3(82, ALU, move2, ALU, mov_rr, JUMP, movi_goto_tb) \
    X2(82, MEM, ld32_imm, ALU, and_ri_f) \
    X3(82, ALU, add_rr, ALU_A, and_ri, ALU_A, add_ri) \
    X4(82, ALU, add_rr, ALU_A, and_ri, ALU_A, add_ri, ALU, shl_ri) \
    X2(82, MEM, st32_imm, EXIT, if_LS) \
    X3(82, ALU, add_ri, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(82, ALU, sub_rr_f, SKIPIF, EQ) \
    X2(82, MEM, st32_imm, SKIPIF, HI) \
    X3(81, ALU, add_ri, ALU_A, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(80, ALU, sub_rr, EXIT_A, cmp_rr_GE) \
    X2(80, ALU, add_ri, ALU_A, sub_rr_f) \
    X2(80, MEM, st8_imm, EXIT, if_NE) \
    X3(80, ALU, and_rr, ALU_B, or_rr_f, MEM, ld16u_imm) \
    X2(80, ALU, mov_ri, PREDICATED, SKIPIF_NE_mov_ri) \
    X4(80, ALU, add_rr, ALU, add_rr, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(80, ALU, mov_rr, JUMP, goto_tb_cross) \
    X2(80, ALU, add_ri, ALU_A, and_ri) \
    X2(79, ALU, xor_rr, ALU, andc_rr) \
    X2(79, ALU, or_rr_f, EXIT, if_NE) \
    X3(79, ALU, and_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X3(79, ALU, sub_rr, ALU, mov_rr, ALU, or_rr) \
    X2(79, ALU, and_ri, ALU_B, add_rr) \
    X2(79, ALU, mov_rr, ALU, sub_ri_f) \
    X3(79, ALU, xor_rr, ALU, andc_rr, MEM, st32_imm) \
    X2(78, SKIPIF, NE, MEM, st32_imm) \
    X2(78, MEM, ld32_imm, ALU, add_rr_rotr) \
    X2(78, ALU, add_ri, ALU_A, sub_ri_f) \
    X2(78, ALU, add_ri, MEM_A, ld8u_imm) \
    X2(78, ALU, mov_ri, ALU_A, and_rr_shr) \
    X2(78, MEM, ld8u_imm, ALU_A, sub_ri) \
    X2(78, ALU, and_ri, ALU, shl_ri) \
    X2(77, ALU, mov_rr, MEM, ld32_abs) \
    X2(77, ALU, and_ri, ALU_A, or_rr) \
    X2(77, ALU, add_rr, ALU, rotr_ri) \
    X2(77, MEM, ld16u_imm, ALU_A, and_rr) \
    X2(77, ALU, add_rr_rotr, ALU_A, add_rr) \
    X2(77, ALU, add_ri, MEM, st32_shl) \
    X2(76, MEM, ld8u_imm, ALU_A, or_ri) \
    X3(76, ALU, add_rr_rotr, ALU_A, add_rr, ALU, add_ri) \
    X2(76, MEM, ld32_imm, ALU_A, mov_rr) \
    X2(76, ALU, mul_rr, ALU_B, add_rr) \
    X2(76, ALU, add_rr, ALU_A, add_rr) \
    X2(75, ALU, and_ri, ALU, add_rr) \
    X3(75, ALU, add_rr, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(75, ALU, and_ri, ALU_A, or_rr_shl) \
    X2(75, ALU, mul16_rr, ALU_A, add_sticky_rr) \
    X3(75, ALU, mov_rr, NEAR, ld32_near, ALU, mov_ri) \
    X2(75, ALU, sub_rr, ALU, sub_rr) \
    X3(74, ALU, mov_rr, ALU, add_ri, ALU, mov_rr) \
    X3(74, ALU, and_ri, MEM_A, ld8u_imm, ALU, add_ri) \
    X2(73, ALU, mov_ri, MEM, st32_pre) \
    X2(73, ALU, shl_ri, ALU, add_rr_shl) \
    X2(73, NEAR, ld32_near, ALU, shr_ri) \
    X3(72, MEM, ld8u_imm, ALU, add_rr, ALU_B, add_rr) \
    X2(71, ALU, mov_rr, MEM, ld16u_imm) \
    X2(71, MEM, ld8u_post, ALU_B, xor_rr) \
    X2(71, ALU, and_ri, EXIT, if_HI) \
    X2(71, ALU, add_ri, ALU_A, shr_ri) \
    X2(71, ALU, shl_rr, ALU_B, andc_rr) \
    X2(70, MEM, ld8u_imm, ALU_A, sub_rr) \
    X3(70, ALU, shl_ri, ALU_A, shr_ri, SKIP, cmp_rr_only_CC) \
    X2(69, ALU, mul_rr, ALU_A, add_ri) \
    X2(69, ALU, sub_ri, ALU_A, and_ri) \
    X2(69, ALU, add_ri, MEM_B, ld32_shl) \
    X2(68, ALU, or_rr_shl, ALU_A, mov_rr) \
    X3(68, MEM, ld16u_imm, ALU_A, and_rr, ALU_A, sub_ri) \
    X2(66, ALU, sub_ri, ALU, and_ri) \
    X3(66, NEAR, ld32_near, ALU, add_ri, MEM_A, ld32_reg) \
    X2(66, ALU, rsb_rr_shl, ALU_A, add_rr_shl) \
    X4(66, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f, PREDICATED, SKIPIF_EQ_add_ri) \
    X2(66, ALU, add_ri, MEM, ld8u_pre) \
    X2(65, ALU, or_ri, ALU_A, and_ri) \
    X3(65, ALU, or_ri, ALU_A, and_ri, SKIPIF, EQ) \
    X2(65, ALU, rsb_rr_shl, ALU, rsb_rr_shl) \
    X2(64, ALU, and_ri_f, ALU, mov_rr) \
    X2(64, ALU, shr_ri, SKIPIF, EQ) \
    X2(64, ALU, sub_rr, ALU, mov_ri) \
    X2(64, ALU, sub_ri, JUMP, goto_tb_cross) \
    X2(64, MEM, ld32_imm, ALU_A, add_rr_shl) \
    X2(63, PREDICATED, SKIPIF_HI_mov_ri, PREDICATED, SKIPIF_LS_mov_ri) \
    X2(63, PREDICATED, SKIPIF_CS_mov_ri, PREDICATED, SKIPIF_CC_mov_ri) \
    X2(63, ALU, add_rr_shl, ALU_A, add_ri) \
    X3(62, ALU, and_ri, ALU_A, and_ri, ALU_A, or_ri) \
    X3(61, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_only_EQ) \
    X2(61, ALU, add_rr, ALU, shr_ri) \
    X3(61, ALU, mov_rr, ALU, mov_ri, ALU, mov_ri_f) \
    X2(60, ALU, mla_rr, ALU_A, shr_ri) \
    X2(60, ALU, sub_rr, ALU, rsb_ri) \
    X2(59, ALU, rsb_ri, ALU, shr_rr) \
    X2(59, ALU, xor_rr_f, SKIPIF, MI) \
    X2(59, ALU, add_rr, ALU_A, sub_rr) \
    X2(58, ALU, sar_ri, ALU_A, shl_ri) \
    X2(58, MEM, ld32_shl, ALU_A, or_ri) \
    X2(58, ALU, xor_ri_f, SKIPIF, NE) \
    X2(57, ALU, shr_ri, ALU_A, mov_rr) \
    X2(57, ALU, xor_rr, ALU_A, shl_ri) \
    X2(56, ALU, or_rr_shr, ALU_A, xor_rr) \
    X3(56, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_ri) \
    X2(56, SKIPIF, EQ, JUMP, goto_tb_cross) \
    X2(56, ALU, add_rr_shl, ALU_A, or_rr) \
    X2(55, ALU, andc_rr, ALU, andc_rr) \
    X2(55, ALU, add_rr, JUMP, goto_tb) \
    X2(55, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(55, ALU, shl_ri, JUMP, goto_tb) \
    X2(55, ALU, shl_ri, ALU, sub_rr) \
    X2(54, ALU, mov_rr, PREDICATED, SKIPIF_CC_mov_rr) \
    X2(54, ALU, add_ri, ALU, rotr_ri) \
    X2(54, ALU, xor_rr_f, SKIPIF, NE) \
    X2(54, ALU, mov_ri, PREDICATED, SKIPIF_GE_mov_ri) \
    X3(53, ALU, mla_rr, ALU_A, shr_ri, ALU_A, mov_rr) \
    X2(53, ALU, andc_rr, ALU_A, xor_rr) \
    X2(53, ALU, shr_ri, ALU, add_rr) \
    X2(53, MEM, ld8u_imm, ALU_A, and_ri) \
    X2(52, ALU, shl_ri, ALU_B, add_rr) \
    X4(52, ALU, and_rr, ALU_A, add_ri, ALU_B, add_rr, ALU_A, sub_ri) \
    X2(52, PREDICATED, SKIPIF_NE_add_ri, ALU, sub_ri) \
    X2(52, ALU, move2, ALU, or_ri) \
    X2(51, ALU, add_ri, ALU_A, add_rr) \
    X2(51, ALU, shr_ri, ALU_A, shl_ri) \
    X2(50, NEAR, ld32_near, ALU_A, and_rr) \
    X2(50, ALU, rsb_ri, ALU_B, shl_rr) \
    X2(49, ALU, sar_rr, ALU_A, and_ri) \
    X2(49, ALU, xor_rr, SKIPIF, PL) \
    X2(49, ALU, mov_rr_f, SKIPIF, PL) \
    X2(48, ALU, adc_rr, ALU_B, or_rr_shl) \
    X2(47, ALU, xor_rr, ALU_A, shr_ri) \
    X2(47, ALU, sbc_ri, SKIPIF, CC) \
    X3(47, ALU, xor_rr, ALU_A, shr_ri, ALU_A, xor_rr) \
    X3(47, ALU, shr_ri, ALU_A, and_ri, ALU_A, not_rr) \
    X2(46, ALU, sub_ri, JUMP, goto_tb) \
    X3(46, ALU, mov_ri, ALU, mov_rr, JUMP, goto_tb_cross) \
    X2(46, ALU, sar_ri, ALU_B, adc_rr) \
    X2(46, ALU, xor_ri, ALU, shl_ri) \
    X3(45, ALU, mov_ri, ALU, sub_ri, ALU_B, add_rr) \
    X2(45, ALU, and_ri, ALU_A, add_ri) \
    X3(45, ALU, add_ri, ALU, shl_ri, ALU_A, sar_ri) \
    X2(45, ALU, or_rr, ALU_A, or_rr) \
    X2(45, ALU, add_rr, ALU_A, add_ri) \
    X2(45, NEAR, ld32_near, ALU_A, andc_rr_f) \
    X2(45, ALU, shl_rr, ALU_A, not_rr) \
    X2(44, ALU, shl_ri, SKIPIF, EQ) \
    X2(43, ALU, mov_rr, SKIPIF, EQ) \
    X3(41, ALU, add_rr, ALU_A, add_rr, ALU_A, and_ri_f) \
    X2(40, ALU, or_rr, ALU, xor_rr) \
    X2(40, ALU, sub_ri, ALU_B, add_rr_shl) \
    X2(40, ALU, sub_ri, ALU_A, add_ri) \
    X2(39, ALU, shl_ri, JUMP, goto_tb_cross) \
    X2(39, ALU, add_ri, ALU, mov_ri_f) \
    X2(37, ALU, sar_ri, ALU_A, and_ri) \
    X3(37, ALU, mov_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(37, ALU, mov_ri, ALU, and_ri_f) \
    X2(37, ALU, rsc_ri_f, ALU, rsc_ri) \
    X2(37, ALU, add_rr, ALU_A, and_rr) \
    X2(35, ALU, rsb_ri, ALU_A, add_rr) \
    X2(31, ALU, or_ri, ALU_A, sub_ri) \
    X2(31, ALU, and_ri, ALU_B, or_rr) \
    X2(31, ALU, and_rr, ALU_B, or_rr)

/* clang-format on */

#endif
