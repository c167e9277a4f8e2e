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
    X2(5786, MEM, ld32_imm, MEM, ld32_imm) \
    X2(5671, ALU, mov_rr, ALU, add_ri) \
    X2(4703, MEM, st32_imm, EXIT, if_NE) \
    X3(4284, ALU, mov_rr, ALU, add_ri, ALU_A, sub_rr_f) \
    X2(3793, MEM, st32_imm, MEM, st32_imm) \
    X2(2546, ALU, mov_rr, MEM, ld32_imm) \
    X2(2452, MEM, st32_imm, MEM, ld32_imm) \
    X2(2282, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(1754, MULTI, ldm_ia_4, JUMP, goto_ptr_even) \
    X2(1656, MEM, ld32_imm, ALU, mov_rr) \
    X2(1601, MEM, ld32_imm, MEM, st32_imm) \
    X3(1574, MEM, st32_imm, MEM, st32_imm, MEM, st32_imm) \
    X2(1564, ALU, mov_ri, ALU, mov_ri) \
    X2(1550, MEM, ld32_imm, ALU, add_ri) \
    X2(1543, ALU, add_ri, MEM, st32_imm) \
    X2(1510, ALU, or_ri, ALU, mov_ri) \
    X2(1509, MEM, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X3(1502, ALU, or_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(1470, MEM, ld32_imm, ALU, mov_ri) \
    X2(1429, ALU, move2, ALU, mov_rr) \
    X2(1359, ALU, mov_rr, ALU, mov_ri) \
    X3(1337, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f) \
    X2(1296, MEM, st32_imm, ALU, mov_ri) \
    X2(1279, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(1205, MEM, ld32_imm, MEM_A, ld32_imm) \
    X2(1199, ALU, adc_rr, SKIPIF, CC) \
    X2(1180, ALU, shl_ri, ALU_A, shr_ri) \
    X2(1173, ALU, add_rr, ALU, add_rr) \
    X2(1165, ALU, add_ri, ALU, add_ri) \
    X2(1107, ALU, add_rr_rotr, ALU, add_rr_rotr) \
    X2(1080, ALU, mov_ri, MEM, st32_imm) \
    X3(1048, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X2(1041, MULTI, ldm_ia_8, ALU, sub_ri_f) \
    X3(1017, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8) \
    X2(1005, NEAR, ld32_near, MEM_A, ld32_imm) \
    X2(972, ALU, shl_ri_cf, ALU_B, add_rr) \
    X3(971, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post) \
    X4(971, ALU, shl_ri_cf, ALU_B, add_rr, MEM, ld32_post, JUMP, goto_ptr_odd) \
    X2(970, MEM, st32_pre, ALU, shr_ri) \
    X3(970, MEM, st32_pre, ALU, shr_ri, ALU_A, shl_ri_cf) \
    X4(970, MEM, st32_pre, ALU, shr_ri, ALU_A, shl_ri_cf, MEM_A, ld8u_reg) \
    X2(967, MEM, ld32_imm, EXIT_A, cmp_ri_NE) \
    X4(963, MULTI, ldm_ia_8, ALU, sub_ri_f, MULTI, stm_ia_8, EXIT, if_GE) \
    X2(880, ALU, add_ri, ALU, sub_ri) \
    X3(879, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, xor_rr_rotr) \
    X3(849, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X3(838, ALU, add_rr, ALU, add_rr, ALU, xor_rr_rotr) \
    X2(826, ALU, mov_ri, ALU_A, st_env_ri) \
    X4(811, ALU, add_rr_rotr, ALU, add_rr_rotr, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(800, ALU, mov_ri, ALU, mov_rr) \
    X2(798, NEAR, ld32_near, NEAR, ld32_near) \
    X2(777, ALU, add_ri, ALU_A, add_rr_shl) \
    X2(777, MEM, st32_imm, ALU, add_ri) \
    X4(771, ALU, add_rr, ALU, add_rr, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X2(767, MEM, ld32_imm, NEAR, ld32_near) \
    X2(759, MEM, ld8u_imm, MEM, ld8u_imm) \
    X2(753, ALU, mov_ri, MEM, ld32_imm) \
    X2(750, MULTI, ldm_ia_6, JUMP, goto_ptr_even) \
    X2(722, MEM, ld32_imm, ALU, sub_ri) \
    X2(721, ALU, sub_ri_f, MEM, st32_imm) \
    X2(716, ALU, mov_rr, MEM, st32_imm) \
    X2(709, MULTI, ldm_ia_2, JUMP, goto_ptr_even) \
    X2(701, NEAR, ld32_near, MEM, ld32_imm) \
    X2(688, MEM, ld8u_imm, ALU_B, or_rr_shl) \
    X2(688, ALU, shr_ri_c, ALU, rrx_rr) \
    X2(675, ALU, shl_ri, ALU_A, add_ri) \
    X2(661, ALU, mov_ri, JUMP, goto_ptr_even) \
    X4(661, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f, SKIPIF, EQ) \
    X2(655, ALU, add_ri, EXIT_A, cmp_rr_CC) \
    X3(655, MEM, st32_imm, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(653, ALU, add_rr_shl, ALU_B, add_rr_shl) \
    X2(650, ALU, mov_rr_f, JUMP, movi_goto_tb) \
    X2(643, MEM, ld32_imm, ALU, shr_ri) \
    X2(640, ALU, shr_ri, ALU_A, and_ri) \
    X2(639, ALU, sbc_rr_f, SKIPIF, CC) \
    X2(637, SKIP, cmp_ri_HI, ALU, shl_ri) \
    X3(635, ALU, shr_ri_c, ALU, rrx_rr, ALU_B, sub_rr_f) \
    X2(633, MEM, ld8u_post, MEM, ld8u_post) \
    X2(624, ALU, mov_ri, MEM, ld32_abs) \
    X3(624, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X2(617, MULTI, ldm_ia_3, JUMP, goto_ptr_even) \
    X2(616, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(606, PREDICATED, SKIPIF_NE_mov_ri, PREDICATED, SKIPIF_EQ_mov_ri) \
    X2(603, ALU, move2, JUMP, movi_goto_tb_cross) \
    X2(601, ALU, add_rr, MEM_A, ld8u_imm) \
    X2(595, ALU, add_ri, ALU_A, shl_ri) \
    X2(588, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X2(586, ALU, mov_ri, ALU, add_ri) \
    X3(580, MEM, ld32_imm, MEM, ld32_imm, ALU, add_rr_rotr) \
    X2(572, ALU, add_rr_shl, MEM_A, ld32_imm) \
    X4(566, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm, MEM, ld32_imm) \
    X2(552, NEAR, ld32_near, ALU_A, add_ri) \
    X3(552, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri) \
    X4(552, SKIP, cmp_ri_HI, ALU, shl_ri, ALU_A, add_ri, JUMP_A, goto_ptr) \
    X2(538, MULTI, stm_ia_4, MULTI, stm_ia_4) \
    X2(536, MEM, ld32_imm, ALU_A, add_ri) \
    X2(533, ALU, shl_ri, ALU, shl_ri) \
    X3(531, ALU, move2, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X4(523, MEM, ld32_imm, MEM, ld32_imm, ALU, add_rr_rotr, ALU, add_rr_rotr) \
    X2(522, MEM, ld8u_reg, ALU, add_ri) \
    X2(513, ALU, shl_ri, ALU_A, shr_ri_cf) \
    X2(510, ALU, mov_ri, JUMP_A, goto_ptr_odd) \
    X2(503, NEAR, ld32_near, ALU, add_ri) \
    X3(503, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl) \
    X2(495, MEM, ld32_imm, ALU, add_ri_f) \
    X2(495, ALU, sub_rr, ALU, mov_rr) \
    X2(495, ALU, xor_rr, ALU, xor_rr) \
    X3(492, ALU, add_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(491, MEM, ld32_imm, EXIT_A, tst_ri_EQ) \
    X2(488, ALU, sub_rr_f, ALU, sbc_rr_f) \
    X2(488, ALU, sar_ri_c, ALU_A, not_rr_f) \
    X2(478, SKIP, cmp_ri_EQ, ALU, sub_ri_f) \
    X2(477, ALU, sub_ri, ALU, sub_ri) \
    X2(465, ALU, mov_ri, NEAR, ld32_near) \
    X2(460, MEM, ld32_imm, EXIT_B, cmp_rr_NE) \
    X3(459, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri) \
    X2(457, MEM, ld8u_imm, EXIT_A, cmp_ri_EQ) \
    X2(453, MEM, ld8u_imm, ALU, add_ri) \
    X2(453, MULTI, ldm_ia_8, JUMP, goto_ptr_even) \
    X2(452, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, SKIPIF, NE) \
    X2(450, ALU, add_ri, ALU, mov_rr) \
    X2(448, MEM, ld8u_reg, ALU_A, sub_ri) \
    X2(439, ALU, add_rr, MEM, st32_imm) \
    X2(438, MEM, ld32_post, JUMP_A, goto_ptr_even) \
    X4(438, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl, ALU_A, sub_rr_shl_f) \
    X2(437, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(436, ALU, shl_ri_cf, SKIPIF, EQ) \
    X2(435, EXIT, if_EQ, MEM, ld32_imm) \
    X2(435, ALU, add_rr_f, MEM_A, ld8u_imm) \
    X2(434, MEM, ld32_imm, ALU_A, sub_ri) \
    X2(432, MULTI, ldm_ia_3, ALU, mul_rr) \
    X3(432, MULTI, ldm_ia_3, ALU, mul_rr, ALU_B, sub_rr) \
    X4(432, MULTI, ldm_ia_3, ALU, mul_rr, ALU_B, sub_rr, JUMP, goto_ptr_even) \
    X2(432, ALU, or_rr_shr, ALU, shl_ri) \
    X2(430, EXIT, cmp_ri_EQ, MULTI, stm_db_3) \
    X3(430, EXIT, cmp_ri_EQ, MULTI, stm_db_3, JUMP, movi_goto_tb) \
    X2(427, MEM, ld8u_pre, EXIT_A, cmp_ri_NE) \
    X2(424, ALU, mov_ri, ALU, mov_rr_f) \
    X3(423, MEM, ld8u_reg, ALU_A, sub_ri, EXIT_A, cmp_ri_LS) \
    X2(417, EXIT, if_CC, EXIT, cmp_rr_LS) \
    X3(415, ALU, mov_ri, ALU, mov_rr_f, JUMP, movi_goto_tb_cross) \
    X3(415, MEM, ld32_imm, ALU, add_ri, ALU, sub_ri_f) \
    X2(409, ALU, and_ri_f, EXIT, if_NE) \
    X2(407, MEM, ld32_imm, ALU_A, and_ri) \
    X2(405, ALU, mov_rr, NEAR, ld32_near) \
    X2(405, MEM, ld32_imm, EXIT_A, tst_ri_NE) \
    X2(405, MEM, ld32_imm, ALU, move2) \
    X2(404, ALU, shr_ri, ALU, shr_ri) \
    X2(403, ALU, or_rr_shl, ALU_A, or_rr_shl) \
    X2(399, MULTI, fp_ldm_imm, MULTI, fp_ldm_imm) \
    X2(398, MEM, ld8u_imm, EXIT_A, cmp_ri_NE) \
    X2(391, ALU, sub_ri_f, SKIPIF, CC) \
    X3(389, MEM, st32_imm, MEM, st32_imm, EXIT, if_NE) \
    X2(387, ALU, mov_rr, ALU, sub_ri) \
    X2(386, ALU, add_ri_f, EXIT, if_EQ) \
    X4(383, ALU, add_ri, ALU_A, shl_ri, ALU_A, shr_ri, ALU, add_rr) \
    X3(377, ALU, add_ri, ALU, sub_ri, SKIP_A, cmp_ri_HI) \
    X2(375, MEM, ld32_imm, ALU, add_rr_rotr) \
    X3(373, ALU, mov_ri, NEAR, ld32_near, NEAR, ld32_near) \
    X3(372, ALU, shl_ri, ALU_A, shr_ri, ALU_B, add_rr_f) \
    X2(371, MULTI, stm_db_2, ALU, move2) \
    X2(369, ALU, shl_ri_cf, MEM_A, ld32_reg) \
    X2(369, MEM, ld32_imm, SKIPIF, NE) \
    X2(367, EXIT, if_GT, SKIPIF, NE) \
    X2(366, ALU, and_ri, ALU, and_ri_f) \
    X3(366, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr) \
    X4(366, ALU, or_rr_shl, ALU_A, or_rr_shl, ALU_A, mov_rr, EXIT, cmp_ri_LT) \
    X3(365, ALU, and_ri, ALU, and_ri_f, ALU, mov_rr) \
    X4(365, ALU, and_ri, ALU, and_ri_f, ALU, mov_rr, EXIT, if_NE) \
    X2(364, ALU, sub_ri, ALU, sub_ri_f) \
    X3(363, MULTI, stm_db_2, ALU, move2, SKIP, sub_ri_LT) \
    X2(361, MEM, ld32_imm, ALU_A, and_rr) \
    X3(360, ALU, sub_ri_f, SKIPIF, CC, MULTI, stm_ia_2) \
    X3(360, ALU, add_ri, ALU, sub_ri, EXIT_A, cmp_ri_LS) \
    X2(360, ALU, and_ri_f, EXIT, if_EQ) \
    X2(355, SKIP, tst_ri_EQ, MULTI, stm_ia_4) \
    X3(354, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ) \
    X2(350, ALU, add_rr, ALU_A, shl_ri) \
    X2(349, MULTI, ldm_ia_2, SKIP, tst_ri_EQ) \
    X2(348, ALU, sub_ri, ALU, mov_rr) \
    X2(348, ALU, mov_ri, ALU, move2) \
    X3(348, ALU, mov_rr, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X2(347, ALU, mov_rr, EXIT, cmp_ri_NE) \
    X2(344, ALU, add_ri, MEM, ld32_imm) \
    X2(343, MEM, ld32_imm, ALU_A, sub_ri_f) \
    X4(343, ALU, shl_ri, ALU_A, shr_ri, ALU_B, add_rr_f, MEM_A, ld8u_imm) \
    X2(341, MEM, ld32_imm, SKIP_A, cmp_ri_NE) \
    X2(341, NEAR, ld32_near, ALU, mov_rr) \
    X2(340, MEM, ld32_imm, ALU, xor_rr) \
    X3(338, PREDICATED, SKIPIF_NE_mov_ri, PREDICATED, SKIPIF_EQ_mov_ri, JUMP, goto_ptr_even) \
    X2(338, MEM, ld32_imm, SKIP_A, tst_ri_EQ) \
    X2(337, MULTI, stm_ia_2, SKIP, tst_ri_EQ) \
    X4(335, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_NE) \
    X2(335, ALU, add_rr, MEM_A, ld32_imm) \
    X2(333, ALU, shr_ri_c, ALU_A, and_ri_f) \
    X3(333, ALU, shr_ri_c, ALU_A, and_ri_f, SKIPIF, EQ) \
    X4(333, MEM, ld8u_post, MEM, ld8u_post, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) \
    X2(332, ALU, move2, ALU, move2) \
    X2(331, ALU, mov_rr, SKIP, cmp_rr_HI) \
    X2(327, ALU, or_rr, ALU_B, or_rr_f) \
    X2(326, ALU, add_ri, MULTI, ldm_ia_9) \
    X3(325, NEAR, ld32_near, MEM_A, ld32_imm, ALU, mov_rr) \
    X2(325, ALU, add_ri, MULTI, stm_db_4) \
    X3(325, ALU, mov_ri, ALU, mov_ri, ALU, shl_ri) \
    X4(324, NEAR, ld32_near, MEM_A, ld32_imm, ALU, mov_rr, ALU, add_rr_shl) \
    X3(324, ALU, add_ri, MULTI, stm_db_4, ALU, mov_ri) \
    X4(324, ALU, add_ri, MULTI, stm_db_4, ALU, mov_ri, ALU, move2) \
    X4(324, ALU, mov_ri, NEAR, ld32_near, NEAR, ld32_near, MEM, ld8u_imm) \
    X3(324, ALU, shl_ri, ALU_A, shr_ri, EXIT, if_NE) \
    X2(324, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri) \
    X2(324, MEM, st32_post, SKIP, tst_ri_EQ) \
    X2(323, ALU, sub_ri, MEM, st32_imm) \
    X2(323, ALU, add_ri, ALU_B, add_rr) \
    X3(323, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_NE) \
    X2(322, MEM, ld32_imm, EXIT_A, cmp_rr_CS) \
    X3(317, MEM, ld32_imm, NEAR, ld32_near, ALU, add_ri_f) \
    X3(317, MEM, ld32_imm, ALU_A, and_rr, EXIT, if_NE) \
    X2(316, ALU, and_ri, ALU_A, add_rr_shr) \
    X3(316, MEM, st32_imm, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X2(315, MEM, ld32_imm, JUMP, goto_tb) \
    X3(315, ALU, add_ri, ALU, add_ri, ALU, and_ri) \
    X3(315, ALU, or_rr, ALU_B, or_rr_f, ALU, shl_ri) \
    X4(315, ALU, or_rr, ALU_B, or_rr_f, ALU, shl_ri, EXIT, if_NE) \
    X3(315, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, ALU, add_ri) \
    X4(315, ALU, mov_rr, PREDICATED, SKIP_cmp_ri_EQ_mov_ri, ALU, add_ri, SKIPIF, EQ) \
    X3(314, ALU, sub_rr, ALU, mov_rr, ALU, or_rr_shr) \
    X4(313, ALU, add_ri, ALU, add_ri, ALU, and_ri, ALU, sub_rr_f) \
    X3(312, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr) \
    X3(312, MEM, ld8u_imm, ALU_B, or_rr_shl, ALU_A, xor_rr_rotr) \
    X2(310, ALU, or_rr_f, SKIPIF, EQ) \
    X3(306, ALU, and_ri, ALU_A, add_rr_shr, ALU_B, sub_rr) \
    X4(305, ALU, and_ri, ALU_A, add_rr_shr, ALU_B, sub_rr, ALU_A, and_ri) \
    X2(303, ALU, mov_rr, MEM, ld8u_imm) \
    X2(303, MEM, ld32_imm, ALU, sub_rr) \
    X2(302, ALU, clz_rr, ALU_A, shr_ri) \
    X2(292, MEM, ld32_imm, EXIT_A, cmp_rr_NE) \
    X2(291, ALU, shl_ri_c, ALU_B, or_rr_f) \
    X3(291, ALU, mov_rr, MEM, ld32_imm, ALU, mov_rr) \
    X3(290, ALU, add_ri, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(287, ALU, add_ri, JUMP_A, goto_ptr) \
    X2(287, ALU, sub_ri, ALU, add_ri) \
    X2(286, ALU, shl_ri_cf, MEM_B, ld32_reg) \
    X2(285, MEM, ld32_imm, ALU, shl_ri) \
    X2(284, EXIT, cmp_ri_HI, JUMP, movi_goto_tb) \
    X2(284, MEM, ld8u_imm, ALU, add_rr) \
    X3(282, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f) \
    X2(281, MEM, ld32_imm, SKIP_A, cmp_ri_EQ) \
    X4(281, MEM, ld32_imm, MEM, ld32_imm, ALU_A, xor_rr_f, ALU, mov_ri) \
    X3(280, MEM, ld8u_imm, MEM, ld8u_imm, ALU_A, or_rr_shl) \
    X2(278, MEM, ld32_imm, ALU_A, shr_ri) \
    X2(274, ALU, shl_ri, ALU_B, adc_rr) \
    X2(274, MEM, st32_imm, EXIT, if_EQ) \
    X2(273, ALU, and_ri, ALU, add_ri) \
    X2(270, ALU, mov_rr, ALU, add_rr) \
    X2(268, MULTI, ldm_ia_5, JUMP, goto_ptr_even) \
    X3(267, ALU, mov_rr, ALU, add_ri, MULTI, ldm_ia_9) \
    X2(266, ALU, add_rr_shr, MEM_A, ld8u_imm) \
    X2(264, ALU, add_ri, EXIT, cmp_ri_NE) \
    X2(262, ALU, and_ri, ALU_A, sub_ri) \
    X2(262, ALU, sub_rr_f, ALU, sbc_rr) \
    X4(262, ALU, mov_rr, ALU, add_ri, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(261, ALU, mov_rr, EXIT, cmp_ri_EQ) \
    X3(261, MEM, ld32_imm, MEM, ld32_imm, ALU, xor_rr) \
    X2(260, ALU, sub_ri_f, ALU_A, shl_ri_cf) \
    X2(259, MEM, ld32_imm, ALU, add_rr) \
    X3(259, MEM, ld32_imm, ALU, add_rr_rotr, ALU, add_rr_rotr) \
    X2(258, ALU, and_ri_f, ALU_A, rsb_ri) \
    X3(258, MEM, ld32_imm, MEM, ld32_imm, EXIT_B, cmp_rr_CS) \
    X2(258, ALU, or_ri, MEM, st32_imm) \
    X2(257, MULTI, stm_db_4, ALU, mov_ri) \
    X3(253, ALU, mov_ri, ALU_A, st_env_ri, ALU, mov_ri) \
    X2(253, ALU, or_rr_f, EXIT, if_EQ) \
    X3(252, ALU, add_ri, ALU_B, add_rr, MEM_A, ld8u_imm) \
    X4(252, ALU, add_ri, ALU_B, add_rr, MEM_A, ld8u_imm, ALU_B, mulu2_rr) \
    X2(247, ALU, shr_ri, ALU, add_ri) \
    X3(246, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_EQ) \
    X2(246, ALU, sub_rr, ALU_A, clz_rr) \
    X2(246, ALU, mov_rr, ALU, shr_ri) \
    X2(245, MEM, ld8u_post, EXIT_A, cmp_ri_NE) \
    X2(244, MEM, ld32_imm, ALU_A, add_rr) \
    X2(244, MEM, st32_reg, ALU, mov_rr) \
    X2(243, ALU, shr_ri, ALU_A, or_rr_shl) \
    X3(242, ALU, sub_ri, ALU, sub_ri, EXIT, cmp_ri_LS) \
    X2(242, MEM, ld8u_pre, ALU_A, or_ri) \
    X2(242, ALU, sub_ri_f, ALU, add_ri) \
    X2(242, MEM, ld32_imm, EXIT_A, cmp_rr_EQ) \
    X2(240, NEAR, ld32_near, JUMP, movi_goto_tb_cross) \
    X2(240, ALU, mov_ri, JUMP, movi_goto_tb_cross) \
    X2(239, ALU, and_ri, MEM, st32_imm) \
    X2(238, MEM, ld8u_imm, ALU, mov_rr) \
    X3(237, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, st32_imm) \
    X2(237, ALU, add_ri_f, ALU, mov_rr) \
    X2(236, ALU, and_rr, ALU_A, add_ri) \
    X2(235, ALU, mov_rr, MEM, ld32_reg) \
    X2(235, ALU, add_ri, EXIT, cmp_ri_EQ) \
    X2(234, ALU, add_rr, ALU, xor_rr) \
    X2(232, EXIT, if_NE, ALU, add_ri) \
    X3(232, ALU, sar_ri_c, ALU_A, not_rr_f, EXIT, if_EQ) \
    X3(231, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_EQ) \
    X2(231, ALU, sub_ri, ALU_A, shl_ri) \
    X2(230, ALU, ld_env_ri, ALU_A, setflags_rr) \
    X2(230, MEM, ld32_imm, MEM_A, ld8u_reg) \
    X2(228, ALU, adc_ri, ALU, add_ri) \
    X3(228, ALU, shl_ri, ALU_A, shr_ri_cf, MEM, st16_imm) \
    X4(228, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri, MEM_A, ld32_reg) \
    X2(228, ALU, and_rr, ALU_A, shl_ri) \
    X2(228, EXIT, cmp_ri_EQ, EXIT, cmp_ri_EQ) \
    X3(227, ALU, mov_ri, ALU, mov_ri, ALU, add_ri) \
    X2(227, ALU, add_ri, ALU, move2) \
    X2(225, ALU, xor_rr_rotr, ALU, xor_rr_rotr) \
    X3(223, ALU, add_rr_f, MEM_A, ld8u_imm, JUMP, goto_ptr_odd) \
    X3(223, MEM, st32_reg, ALU, mov_rr, ALU, mov_rr_f) \
    X2(223, MEM, ld32_imm, ALU, sub_ri_f) \
    X2(223, MEM, ld16u_imm, ALU_A, add_ri_f) \
    X2(223, MULTI, ldm_ia_9, JUMP, goto_ptr_even) \
    X2(222, MEM, ld32_abs, MEM_A, ld32_imm) \
    X2(221, ALU, add_ri, ALU_A, mov_rr) \
    X2(221, ALU, add_ri, ALU, sub_rr) \
    X2(220, ALU, shl_ri, ALU_A, or_rr_shr) \
    X3(220, ALU, or_rr_f, EXIT, if_EQ, ALU, shl_ri) \
    X2(219, MEM, st32_imm, MEM_A, st32_imm) \
    X3(218, ALU, mov_ri, ALU, mov_ri, JUMP_A, goto_ptr) \
    X2(217, ALU, shr_ri_cf, MEM, st8_imm) \
    X3(215, ALU, mov_ri, MEM, ld32_abs, MEM_A, ld32_imm) \
    X2(215, MULTI, ldm_ia_7, JUMP, goto_ptr_even) \
    X2(215, ALU, add_rr_f, ALU, adc_ri) \
    X2(214, ALU, mov_ri, ALU, sub_ri) \
    X3(214, ALU, and_ri, ALU_A, sub_ri, ALU_A, clz_rr) \
    X2(214, MEM, ld8s_imm, MEM, ld8s_pre) \
    X2(213, ALU, and_ri, EXIT_A, cmp_ri_EQ) \
    X2(213, ALU, shr_ri, ALU_A, add_rr_shl) \
    X2(213, NEAR, ld32_near, ALU, mov_ri) \
    X2(212, ALU, mov_rr, JUMP, movi_goto_tb) \
    X3(209, ALU, or_rr_shr, ALU, shl_ri, ALU, shr_ri_cf) \
    X4(209, ALU, or_rr_shr, ALU, shl_ri, ALU, shr_ri_cf, EXIT, if_NE) \
    X4(209, ALU, or_rr_f, EXIT, if_EQ, ALU, shl_ri, ALU_A, or_rr_shr) \
    X2(209, NEAR, ld32_near, MEM, st32_imm) \
    X3(208, ALU, sub_rr_f, ALU, sbc_rr_f, SKIPIF, CC) \
    X2(207, ALU, mov_ri, ALU_A, sbc_rr_f) \
    X2(207, ALU, add_rr, ALU, mov_rr) \
    X3(206, ALU, add_rr, MEM_A, ld8u_imm, JUMP, goto_tb) \
    X3(206, ALU, and_rr, ALU_A, add_ri, ALU_B, add_rr) \
    X2(205, ALU, add_rr, MEM_A, ld8u_reg) \
    X3(204, ALU, and_rr, ALU_A, shl_ri, MEM_B, ld16u_reg) \
    X2(204, MEM, ld32_imm, SKIP_A, tst_ri_NE) \
    X2(204, ALU, add_ri, ALU, shl_ri) \
    X3(203, ALU, mov_rr, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X3(203, ALU, sar_ri_c, ALU_A, not_rr_f, SKIPIF, EQ) \
    X2(203, ALU, mla_rr, MEM, ld32_imm) \
    X2(202, MEM, st32_reg, MEM, ld8u_reg) \
    X2(202, ALU, mulu2_rr, EXIT, if_CS) \
    X2(202, EXIT, cmp_rr_CS, ALU, rsb_ri_f) \
    X3(200, ALU, mla_rr, MEM, ld32_imm, ALU, add_rr_f) \
    X2(200, ALU, sub_rr_f, MEM, ld32_imm) \
    X2(200, MEM, ld8u_imm, MEM, st8_imm) \
    X3(200, ALU, adc_ri, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X3(199, ALU, mov_ri, ALU, mov_ri, ALU, mov_ri) \
    X2(197, MEM, ld32_abs, ALU_A, add_ri) \
    X2(197, ALU, mov_rr, ALU, sub_rr) \
    X2(197, ALU, shr_ri, ALU_A, or_ri) \
    X2(196, ALU, add_ri, EXIT_B, cmp_rr_NE) \
    X2(195, ALU, add_ri, ALU, and_ri) \
    X3(194, NEAR, ld32_near, MEM, ld32_imm, ALU, add_ri) \
    X2(193, MEM, ld32_post, MEM, ld32_post) \
    X2(193, ALU, add_ri, ALU_B, add_rr_shl) \
    X3(192, MEM, ld8u_post, MEM, ld8u_post, EXIT_B, cmp_rr_NE) \
    X2(190, ALU, sub_rr, ALU, add_rr) \
    X2(189, MEM, st32_post, EXIT, if_NE) \
    X2(189, MEM, ld32_imm, EXIT, if_NE) \
    X2(188, MEM, st32_imm, ALU, shr_ri) \
    X2(187, MULTI, fp_stm_imm, MULTI, fp_stm_imm) \
    X2(187, ALU, add_ri, MEM, ld32_post) \
    X2(187, MEM, ld32_abs, MEM, ld32_abs) \
    X2(186, ALU, shl_ri, MEM, ld32_imm) \
    X2(184, PREDICATED, SKIP_cmp_ri_NE_mov_ri, SKIPIF, EQ) \
    X2(184, ALU, sub_ri, MEM_A, ld32_imm) \
    X2(183, ALU, add_ri, ALU, shr_ri) \
    X2(183, MEM, st8_pre, EXIT, cmp_rr_NE) \
    X2(183, MEM, ld8u_post, MEM, st8_post) \
    X3(182, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, ld32_imm) \
    X3(182, MEM, ld8u_post, MEM, st8_post, EXIT, cmp_rr_HI) \
    X4(182, ALU, and_ri, ALU_A, sub_ri, ALU_A, clz_rr, ALU_A, shr_ri) \
    X2(181, ALU, shl_ri, ALU, add_ri) \
    X2(181, ALU, rsb_ri_f, ALU_A, adc_rr) \
    X2(181, ALU, and_ri, ALU_B, shr_rr) \
    X2(181, MEM, ld32_imm, ALU_A, sub_rr) \
    X3(180, MEM, ld32_imm, SKIP_A, tst_ri_NE, ALU, mov_rr) \
    X4(180, MEM, ld32_imm, SKIP_A, tst_ri_NE, ALU, mov_rr, PREDICATED, SKIPIF_EQ_sub_ri) \
    X2(179, MEM, ld32_imm, ALU, and_ri) \
    X2(179, ALU, sub_ri, SKIP_A, cmp_ri_HI) \
    X2(179, MULTI, ldm_imm_2, MULTI, stm_imm_2) \
    X2(179, ALU, mov_ri, SKIPIF, EQ) \
    X2(179, ALU, add_rr_f, ALU, adc_rr) \
    X2(178, ALU, sub_ri, ALU, move2) \
    X3(177, ALU, add_ri, MEM, st32_imm, MEM, ld8u_imm) \
    X2(177, MEM, st32_imm, JUMP, goto_tb) \
    X2(177, MEM, st32_post, MEM, st32_post) \
    X2(177, MEM, st32_imm, SKIPIF, EQ) \
    X2(175, MEM, ld32_imm, ALU_B, xor_rr) \
    X2(175, ALU, sub_rr_f, MEM, st8_pre) \
    X2(174, MEM, ld8u_post, MEM, st8_imm) \
    X3(173, ALU, add_rr_shl, ALU_B, add_rr_shl, EXIT, cmp_rr_NE) \
    X3(173, ALU, sub_rr_f, ALU, sbc_rr_f, EXIT, if_CS) \
    X2(173, MEM, ld8u_pre, MEM, ld8u_pre) \
    X2(172, SKIPIF, EQ, ALU, xor_rr_f) \
    X3(172, ALU, mov_rr, ALU, mov_ri, JUMP, goto_ptr_even) \
    X2(170, ALU, add_ri, MEM, ld8u_reg) \
    X2(170, MEM, ld32_imm, ALU_A, sub_rr_f) \
    X2(170, MEM, ld32_imm, EXIT_B, cmp_rr_EQ) \
    X2(170, ALU, mov_ri, MULTI, ldm_imm_2) \
    X3(170, ALU, add_ri, ALU, add_ri, ALU, add_ri) \
    X2(169, MEM, ld32_imm, MEM, ld8u_imm) \
    X2(169, ALU, mov_ri, ALU, mov_ri_f) \
    X2(169, MEM, ld32_imm, ALU, sub_rr_f) \
    X2(167, MEM, ld32_imm, EXIT, if_EQ) \
    X2(167, ALU, sub_rr, MEM, st32_imm) \
    X2(166, ALU, add_ri, ALU, add_rr_f) \
    X2(166, ALU, shl_ri, ALU, mov_ri) \
    X2(165, ALU, mov_rr, MEM, ld32_post) \
    X4(164, ALU, shr_ri_c, ALU_A, and_ri_f, SKIPIF, EQ, ALU, xor_rr_f) \
    X2(164, ALU, mov_ri, ALU, mlau2_rr) \
    X2(164, ALU, shl_ri_cf, MEM, ld32_reg) \
    X3(164, ALU, shl_ri_cf, MEM, ld32_reg, MEM, ld32_reg) \
    X3(163, ALU, add_rr, ALU_A, shl_ri, ALU_A, add_rr) \
    X4(162, ALU, add_rr, ALU_A, shl_ri, ALU_A, add_rr, ALU_A, shl_ri) \
    X2(162, MEM, ld32_imm, ALU_A, add_ri_f) \
    X3(161, ALU, shl_ri, ALU, shl_ri, JUMP, goto_tb) \
    X2(161, MEM, ld32_imm, MEM_A, ld8u_imm) \
    X2(160, ALU, mov_rr, JUMP, goto_tb) \
    X4(160, ALU, and_rr, ALU_A, add_ri, ALU_B, add_rr, MEM_A, ld8u_imm) \
    X2(159, ALU, xor_rr_f, EXIT, if_EQ) \
    X4(159, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_EQ) \
    X4(159, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f) \
    X2(158, ALU, add_ri, MEM_A, ld32_reg) \
    X2(156, ALU, add_ri, EXIT_B, cmp_rr_HI) \
    X2(154, ALU, and_ri, ALU_A, and_ri) \
    X2(153, MULTI, fp_ldm_imm, FP, fp_sub_d) \
    X2(153, NEAR, ld32_near, ALU, sub_ri) \
    X3(153, MEM, ld32_imm, ALU_B, xor_rr, MEM, ld32_imm) \
    X2(153, ALU, shr_ri, ALU_A, rsb_rr_shr_f) \
    X4(152, MEM, ld32_imm, MEM, ld32_imm, ALU, xor_rr, ALU, xor_rr) \
    X2(151, MEM, st32_imm, ALU, andc_rr) \
    X2(150, NEAR, ld32_near, ALU, add_rr_shl) \
    X2(150, MEM, ld8u_post, ALU_A, shr_ri) \
    X2(150, ALU, sub_ri, ALU, add_rr) \
    X2(150, SKIPIF, NE, JUMP, goto_tb_cross) \
    X2(150, ALU, move2, JUMP, movi_goto_tb) \
    X2(150, MEM, st32_imm, JUMP, movi_goto_tb) \
    X2(150, ALU, and_ri, EXIT, if_PL) \
    X2(149, MEM, st32_shl, ALU, mov_ri) \
    X2(148, ALU, add_ri, SKIPIF, EQ) \
    X2(148, ALU, sub_rr, JUMP, goto_ptr_even) \
    X2(147, ALU, shl_ri, ALU, add_rr_f) \
    X3(146, ALU, shl_ri, ALU_A, shr_ri_cf, ALU_A, add_rr) \
    X4(146, ALU, shl_ri, ALU_A, shr_ri_cf, ALU_A, add_rr, MEM_A, ld8u_imm) \
    X2(146, ALU, and_ri, ALU_A, shl_ri) \
    X2(146, NEAR, ld32_near, JUMP, goto_ptr_even) \
    X3(145, ALU, add_ri, ALU, add_rr_f, MEM, st32_imm) \
    X3(145, NEAR, ld32_near, ALU_A, add_ri, MEM_A, ld32_imm) \
    X3(145, ALU, add_ri, ALU_A, add_rr_shl, ALU, add_rr_shl) \
    X3(145, ALU, xor_rr_f, EXIT, if_EQ, ALU, sub_ri) \
    X4(144, MEM, ld32_imm, ALU, mov_ri, ALU_A, setc_bit_ri, EXIT, tst_ri_EQ) \
    X3(144, MEM, ld8u_reg, ALU, add_ri, MEM, ld32_shl) \
    X3(144, MEM, st32_shl, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(143, ALU, shr_rr, ALU_A, and_ri) \
    X3(142, ALU, shr_rr, ALU_A, and_ri, ALU_A, add_ri) \
    X3(142, MEM, ld8u_post, ALU_A, shr_ri, ALU_A, add_rr_shl) \
    X4(142, MEM, ld8u_post, ALU_A, shr_ri, ALU_A, add_rr_shl, ALU_A, add_rr) \
    X4(142, ALU, shr_rr, ALU_A, and_ri, ALU_A, add_ri, ALU_B, add_rr_shl) \
    X3(142, ALU, mov_ri, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X3(142, MEM, ld32_imm, ALU, mov_ri, JUMP, goto_ptr_even) \
    X3(142, ALU, and_ri_f, ALU_A, rsb_ri, SKIPIF, EQ) \
    X2(141, MEM, st32_imm, MEM, ld8u_imm) \
    X3(140, NEAR, ld32_near, ALU, mov_rr, MEM, ld32_imm) \
    X2(140, ALU, add_ri, ALU, xor_rr) \
    X2(140, MEM, ld32_imm, SKIP_A, cmp_rr_CS) \
    X2(139, MEM, st32_imm, MEM, ld8u_reg) \
    X3(139, ALU, sub_ri_f, MEM, st32_imm, EXIT, if_NE) \
    X2(138, MEM, ld32_imm, SKIP, cmp_rr_NE) \
    X2(138, MEM, ld32_imm, SKIPIF, EQ) \
    X2(138, ALU, and_ri, ALU, and_ri) \
    X2(138, ALU, add_rr_f, EXIT, if_CS) \
    X2(137, MEM, ld32_imm, MEM, ld32_abs) \
    X3(136, ALU, shl_ri, ALU_A, or_rr_shr, MEM, st32_imm) \
    X3(136, ALU, xor_rr, ALU, xor_rr, ALU_B, and_rr) \
    X4(136, ALU, xor_rr, ALU, xor_rr, ALU_B, and_rr, ALU_A, or_rr) \
    X3(136, ALU, add_ri, MEM, ld32_post, JUMP, goto_tb) \
    X2(136, ALU, add_ri, ALU, add_rr) \
    X2(136, MEM, ld32_imm, EXIT_A, cmp_ri_GT) \
    X4(135, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, EXIT_B, cmp_rr_HI) \
    X3(134, SKIPIF, EQ, ALU, xor_rr_f, SKIPIF, NE) \
    X2(134, ALU, add_ri, EXIT, cmp_rr_EQ) \
    X2(134, ALU, shl_rr, ALU, shr_rr) \
    X2(133, ALU, mov_rr, EXIT, if_EQ) \
    X2(133, ALU, sub_ri_f, EXIT, if_HI) \
    X2(133, SKIP, tst_ri_NE, JUMP, goto_ptr_even) \
    X2(132, ALU, and_rr, ALU_A, shl_ri_cf) \
    X3(132, MEM, ld32_imm, MEM, ld32_imm, ALU, and_ri) \
    X2(132, MEM, ld32_imm, ALU, or_rr_shl) \
    X2(132, ALU, mov_ri, ALU, add_rr_shl) \
    X2(132, ALU, add_ri, ALU, sub_rr_f) \
    X2(132, MEM, ld32_imm, ALU_A, or_ri) \
    X2(131, ALU, add_rr, ALU, add_ri) \
    X2(131, MEM, ld8u_reg, ALU, mov_rr) \
    X3(131, MEM, st32_imm, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X2(131, ALU, add_rr, ALU, sub_rr) \
    X2(131, ALU, rsb_ri_f, ALU_B, adc_rr_f) \
    X3(131, ALU, and_ri_f, EXIT, if_NE, ALU, sub_ri_f) \
    X2(131, ALU, mov_ri, ALU, sub_ri_f) \
    X2(130, ALU, xor_ri_f, EXIT, if_NE) \
    X2(130, ALU, sub_ri, ALU_A, sub_ri_f) \
    X2(130, SKIP, tst_ri_NE, ALU, mov_rr) \
    X3(129, ALU, shr_ri_cf, MEM, st8_imm, MEM, st8_imm) \
    X3(128, ALU, mov_ri, ALU, move2, JUMP, movi_goto_tb_cross) \
    X3(128, ALU, shr_ri, ALU, shr_ri, ALU_A, and_ri) \
    X4(128, ALU, shr_ri, ALU, shr_ri, ALU_A, and_ri, ALU, and_ri) \
    X2(128, ALU, shl_rr, ALU_B, or_rr) \
    X2(128, MEM, ld32_post, MEM, st32_post) \
    X2(128, MEM, st8_imm, MEM, st32_imm) \
    X2(127, SKIP, sub_ri_CC, MULTI, stm_ia_2) \
    X3(127, ALU, shr_ri, ALU, add_ri, ALU, and_rr) \
    X4(127, ALU, shr_ri, ALU, add_ri, ALU, and_rr, ALU, shr_ri) \
    X3(127, ALU, and_rr, ALU_A, shl_ri_cf, MEM_B, ld32_reg) \
    X3(127, MEM, ld32_imm, ALU_A, shr_ri, ALU_A, and_rr) \
    X2(127, MEM, ld32_reg, ALU, sub_ri) \
    X2(127, ALU, add_ri_f, ALU, mov_rr_f) \
    X2(126, MEM, st32_imm, ALU, move2) \
    X2(126, ALU, add_ri, MEM_B, st32_reg) \
    X3(126, ALU, add_ri, MEM_B, st32_reg, ALU, add_ri) \
    X3(126, MEM, ld32_imm, MEM_A, ld8u_reg, ALU, shl_ri) \
    X2(126, ALU, shl_ri_cf, JUMP, movi_goto_tb) \
    X2(126, ALU, shr_ri, EXIT_A, cmp_ri_HI) \
    X2(125, ALU, mov_ri, ALU, and_ri) \
    X3(124, ALU, shl_ri, ALU, shl_ri, ALU_B, xor_rr_f) \
    X4(124, ALU, shl_ri, ALU, shl_ri, ALU_B, xor_rr_f, SKIPIF, NE) \
    X2(124, MEM, ld8u_post, ALU_A, xor_rr_f) \
    X3(124, MULTI, fp_stm_imm, MULTI, fp_stm_imm, MULTI, fp_stm_imm) \
    X2(124, ALU, add_rr_f, EXIT, if_NE) \
    X2(124, ALU, mov_rr, SKIP, cmp_ri_EQ) \
    X2(123, ALU, sub_ri_f, JUMP, goto_tb) \
    X2(123, ALU, add_ri, EXIT_A, cmp_rr_EQ) \
    X3(123, ALU, or_rr_shr, ALU, shl_ri, ALU_A, or_rr_shr) \
    X3(122, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_B, add_rr_shl) \
    X2(122, ALU, add_ri_f, ALU, adc_ri) \
    X2(122, ALU, and_rr, ALU, shr_ri) \
    X2(122, FP, fp_mul_d, FP, fp_mul_d) \
    X2(122, ALU, add_ri, JUMP, movi_goto_tb) \
    X3(122, ALU, shr_ri, ALU_A, add_rr_shl, ALU, mov_rr) \
    X3(121, ALU, add_rr_shl, ALU_B, add_rr_shl, EXIT, if_NE) \
    X2(121, ALU, xor_rr_rotr, ALU_A, shr_ri) \
    X2(121, MEM, ld8u_pre, ALU, add_rr) \
    X3(121, ALU, xor_rr_rotr, ALU_A, shr_ri, ALU_A, and_ri) \
    X3(121, ALU, adc_rr, SKIPIF, CC, ALU, mov_rr) \
    X3(120, ALU, shl_ri_c, ALU_B, or_rr_f, SKIPIF, EQ) \
    X2(120, MEM, st32_imm, MEM, ld32_abs) \
    X2(120, PREDICATED, SKIPIF_EQ_mov_ri, SKIP, cmp_ri_only_NE) \
    X2(120, SKIPIF, EQ, ALU, add_rr_shl) \
    X2(119, ALU, sub_ri, EXIT, if_EQ) \
    X3(118, ALU, shl_ri, ALU, add_ri, ALU, add_ri_f) \
    X2(118, ALU, clz_rr, ALU_A, sub_rr) \
    X3(118, ALU, clz_rr, ALU_A, sub_rr, ALU_A, rsb_ri_f) \
    X2(118, ALU, sub_ri_f, ALU, or_rr_shl) \
    X3(118, SKIP, tst_ri_NE, ALU, mov_rr, PREDICATED, SKIPIF_EQ_sub_ri) \
    X2(117, ALU, and_ri, ALU_B, sar_rr) \
    X2(117, ALU, sub_ri, EXIT_A, cmp_ri_LS) \
    X4(117, ALU, xor_rr_rotr, ALU_A, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr) \
    X3(117, ALU, sub_rr, ALU_A, clz_rr, ALU_A, shr_ri) \
    X2(116, ALU, shl_ri, MEM_B, ld16u_reg) \
    X2(116, ALU, add_ri, MEM_B, ld32_reg) \
    X2(116, ALU, and_ri, MEM_A, ld32_post) \
    X3(116, ALU, and_ri_f, ALU_A, rsb_ri, EXIT, if_EQ) \
    X2(115, ALU, mov_ri, MEM, st8_imm) \
    X2(115, ALU, add_ri, ALU, add_rr_shl) \
    X2(115, ALU, add_ri, MULTI, stm_imm_2) \
    X2(115, SKIPIF, CC, MEM, st8_post) \
    X2(114, MULTI, ldm_ia_4, JUMP, goto_tb_cross) \
    X2(114, ALU, rsb_ri_f, EXIT, if_LT) \
    X3(114, MEM, st32_imm, ALU, andc_rr, ALU_A, xor_rr) \
    X3(114, ALU, shr_ri, ALU_A, rsb_rr_shr_f, SKIPIF, GE) \
    X2(113, EXIT, tst_rr_EQ, ALU, clz_rr) \
    X2(113, MULTI, ldm_imm_2, JUMP, movi_goto_tb_cross) \
    X2(113, SKIP, cmp_ri_NE, JUMP, goto_tb_cross) \
    X3(113, ALU, sub_rr_f, MEM, st8_pre, EXIT, if_NE) \
    X3(113, ALU, mov_rr, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(113, ALU, add_rr, JUMP, goto_tb) \
    X4(113, MEM, st32_reg, ALU, mov_rr, ALU, mov_rr_f, MEM, ld8u_reg) \
    X2(112, ALU, add_rr, EXIT, cmp_ri_NE) \
    X3(112, ALU, mov_rr, ALU, add_rr, ALU, add_rr) \
    X2(111, SKIPIF, EQ, MEM, st8_post) \
    X3(111, ALU, mov_rr, MEM, st32_imm, JUMP, movi_goto_tb_cross) \
    X3(111, ALU, shl_ri, ALU, shl_ri, EXIT, cmp_rr_NE) \
    X3(111, MEM, ld32_imm, MEM, ld32_imm, EXIT_B, cmp_rr_EQ) \
    X2(111, ALU, add_ri, EXIT_A, cmp_ri_NE) \
    X2(110, MEM, st32_post, EXIT, if_GT) \
    X2(110, MEM, ld8u_post, SKIPIF, CC) \
    X3(110, ALU, shl_ri, MEM, ld32_imm, ALU, or_rr_shr) \
    X2(110, ALU, mov_rr, EXIT, sub_ri_LT) \
    X3(110, ALU, shr_ri, ALU_A, or_ri, EXIT, if_EQ) \
    X2(110, ALU, shl_rr, ALU_B, add_rr_f) \
    X2(110, ALU, sar_rr, ALU_B, adc_rr_f) \
    X2(109, ALU, and_ri, EXIT, tst_ri_EQ) \
    X2(109, ALU, and_ri, ALU, add_rr_shl) \
    X2(109, ALU, shr_ri, MEM, ld32_post) \
    X2(109, MEM, ld32_imm, JUMP_A, goto_ptr_even) \
    X2(108, ALU, or_ri, ALU, or_ri) \
    X2(108, ALU, sar_rr, ALU, mov_rr) \
    X2(108, ALU, and_rr, ALU_B, setc_sar_rr) \
    X2(108, ALU, shr_ri_cf, MEM_B, ld8u_reg) \
    X2(108, ALU, and_ri_f, SKIPIF, EQ) \
    X3(107, ALU, add_ri, ALU, add_ri, EXIT, cmp_ri_NE) \
    X2(107, ALU, sub_ri, EXIT_A, cmp_ri_HI) \
    X2(107, ALU, and_ri, MEM_A, ld8u_imm) \
    X3(107, ALU, add_ri, MEM, st32_imm, MEM, st8_imm) \
    X4(107, ALU, or_rr_shr, ALU, shl_ri, ALU_A, or_rr_shr, ALU, shl_ri) \
    X2(107, ALU, mov_ri, ALU, add_rr) \
    X2(107, ALU, shl_ri, ALU_B, or_rr_shr) \
    X2(106, ALU, andc_rr_shl, ALU, andc_rr_shl) \
    X2(106, EXIT, if_EQ, ALU, sub_ri) \
    X3(106, ALU, shl_ri, ALU_B, or_rr_shr, EXIT, if_EQ) \
    X2(106, ALU, sub_rr, ALU_A, sub_ri) \
    X2(106, ALU, and_ri, ALU, mov_ri) \
    X3(106, MEM, ld32_imm, MEM, ld32_imm, ALU, move2) \
    X2(105, MEM, ld32_imm, EXIT_A, cmp_ri_LE) \
    X2(105, ALU, sub_rr, ALU_A, sar_ri) \
    X3(105, ALU, sub_ri_f, ALU_A, shl_ri_cf, MEM_B, ld32_reg) \
    X2(105, MEM, st8_imm, EXIT, if_NE) \
    X2(105, MEM, ld32_shl, EXIT_A, cmp_ri_EQ) \
    X2(105, MEM, ld32_imm, ALU, add_rr_shl) \
    X2(104, ALU, add_rr, MEM, ld8u_post) \
    X2(104, ALU, add_ri, ALU, and_ri_f) \
    X2(104, ALU, add_rr_shl, MEM_A, st32_imm) \
    X2(104, ALU, or_rr_f, EXIT, if_NE) \
    X3(103, ALU, and_ri, ALU, add_ri, ALU, add_rr_shl) \
    X2(103, ALU, and_ri, ALU, shr_ri) \
    X2(103, ALU, add_rr, ALU_A, and_ri) \
    X2(102, MEM, ld8s_imm, ALU, add_ri) \
    X4(102, MEM, ld32_imm, ALU_B, xor_rr, MEM, ld32_imm, ALU_B, xor_rr) \
    X3(102, ALU, mov_rr, ALU, shr_ri, ALU, mov_rr) \
    X3(102, ALU, add_ri_f, ALU, mov_rr, EXIT, if_HI) \
    X2(102, MEM, st8_imm, MEM, st8_imm) \
    X2(102, ALU, add_rr_shl, ALU, add_rr_shl) \
    X2(101, SKIP, tst_ri_EQ, ALU, add_ri) \
    X2(101, MEM, ld32_imm, JUMP, movi_goto_tb) \
    X2(101, NEAR, ld32_near, MEM_B, ld32_reg) \
    X2(101, ALU, add_rr_shl, ALU_B, sub_rr) \
    X2(101, ALU, shl_ri, ALU, shr_ri) \
    X2(101, ALU, sub_ri_f, MEM, ld8u_imm) \
    X2(101, ALU, shr_rr, ALU_B, or_rr) \
    X2(101, ALU, add_ri, EXIT_A, cmp_rr_LS) \
    X2(100, MEM, st32_imm, SKIPIF, NE) \
    X3(100, ALU, add_rr_shl, MEM_A, ld32_imm, ALU, mov_rr) \
    X2(100, ALU, add_ri, MEM_A, ld32_imm) \
    X2(100, MEM, ld8u_reg, MEM_B, ld8u_reg) \
    X2(99, ALU, sub_ri, EXIT, cmp_ri_EQ) \
    X2(99, ALU, mov_rr, EXIT, cmp_rr_NE) \
    X3(99, MEM, ld32_abs, ALU_A, add_ri, MEM_A, ld32_imm) \
    X2(99, ALU, mov_rr, MEM, ld32_shl) \
    X2(98, ALU, shl_ri, ALU_A, sar_ri) \
    X2(98, MEM, ld16u_imm, ALU_A, and_ri) \
    X3(97, MEM, ld32_imm, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(97, ALU, sub_ri, MEM_A, st32_imm) \
    X2(97, SKIP, cmp_ri_EQ, JUMP, goto_tb_cross) \
    X2(97, PREDICATED, SKIPIF_LE_sub_ri, SKIPIF, GT) \
    X2(97, ALU, mov_rr, ALU, shl_ri) \
    X2(96, ALU, add_ri_f, ALU_A, mov_rr_f) \
    X3(96, ALU, sub_ri, ALU_A, shl_ri, ALU_A, mov_rr) \
    X3(96, ALU, sub_rr, ALU_A, sub_ri, EXIT, cmp_rr_NE) \
    X2(96, MEM, ld8u_imm, SKIP_A, cmp_ri_EQ) \
    X2(95, ALU, sub_ri, ALU_A, clz_rr) \
    X2(95, ALU, add_ri, EXIT, sub_ri_HI) \
    X2(94, ALU, and_ri, ALU, sub_ri_f) \
    X2(94, ALU, add_ri, EXIT, cmp_ri_LS) \
    X2(94, ALU, add_ri, ALU_B, mul_rr) \
    X2(94, ALU, and_ri, EXIT_A, cmp_ri_NE) \
    X2(93, PREDICATED, SKIPIF_CC_mov_ri, EXIT, if_NE) \
    X2(93, ALU, mov_rr, ALU, sub_rr_f) \
    X2(93, MEM, ld8u_post, ALU_A, sub_ri_f) \
    X2(93, ALU, and_ri, ALU_A, sub_ri_f) \
    X2(93, MEM, ld32_imm, ALU, shl_ri_cf) \
    X2(92, ALU, add_ri, JUMP, goto_tb) \
    X2(92, ALU, mov_rr, ALU, mov_rr_f) \
    X2(92, MEM, st32_reg, MEM, ld32_post) \
    X3(92, ALU, sub_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(91, MEM, st8_reg, EXIT, if_NE) \
    X3(91, ALU, mov_rr, MEM, ld32_imm, ALU, and_ri) \
    X2(91, ALU, and_ri_f, ALU, move2) \
    X4(91, ALU, mov_ri, ALU, mov_ri, ALU, add_ri, JUMP, movi_goto_tb_cross) \
    X2(91, ALU, shl_ri_cf, MEM_A, st32_reg) \
    X2(91, ALU, xor_rr, ALU_A, and_ri) \
    X2(90, ALU, and_ri, ALU, move2) \
    X2(90, ALU, xor_rr_f, SKIPIF, EQ) \
    X2(90, ALU, add_rr, ALU_B, add_rr) \
    X2(90, ALU, sub_ri, ALU, shr_ri) \
    X3(90, ALU, and_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(90, MEM, ld8u_imm, ALU_B, xor_rr) \
    X2(89, ALU, shr_ri, ALU, and_ri) \
    X2(89, ALU, add_ri, ALU, add_ri_f) \
    X3(89, ALU, add_ri, ALU, sub_rr, EXIT_A, cmp_rr_LT) \
    X2(89, ALU, sub_rr_f, JUMP, goto_tb) \
    X3(89, ALU, and_ri, ALU_B, sar_rr, ALU_A, and_ri) \
    X4(89, ALU, and_ri, ALU_B, sar_rr, ALU_A, and_ri, ALU_A, or_rr) \
    X3(89, ALU, sub_rr_f, ALU, sbc_rr, ALU_A, rsb_ri_f) \
    X2(89, ALU, add_ri, EXIT, if_GT) \
    X2(89, MEM, ld32_imm, ALU_A, and_ri_f) \
    X2(89, ALU, xor_rr, ALU_A, xor_rr) \
    X2(89, ALU, mov_rr, EXIT, if_NE) \
    X2(88, ALU, shr_ri, ALU_A, rsb_rr_shl) \
    X2(88, ALU, add_ri, MEM_B, ld32_shl) \
    X3(88, MEM, ld8s_imm, MEM, ld8s_pre, JUMP, goto_tb) \
    X2(87, ALU, shl_ri, ALU, add_rr_shl) \
    X2(87, ALU, add_rr_shl, ALU_A, add_ri) \
    X2(86, ALU, mov_rr, ALU, sub_ri_f) \
    X2(86, ALU, add_ri_f, EXIT, if_NE) \
    X2(86, ALU, add_ri, EXIT, if_EQ) \
    X3(86, ALU, shl_ri, ALU_B, adc_rr, ALU_A, or_rr) \
    X2(85, ALU, rotr_ri, ALU, rotr_ri) \
    X2(84, MEM, ld8u_imm, ALU_A, sub_ri) \
    X4(84, NEAR, ld32_near, NEAR, ld32_near, ALU, add_ri, MEM, st32_pre) \
    X2(84, MEM, ld32_imm, SKIP, cmp_ri_only_NE) \
    X3(84, NEAR, ld32_near, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(84, ALU, sub_rr, ALU_B, add_rr_shr) \
    X2(83, MEM, ld8u_imm, MEM, st32_imm) \
    X2(83, ALU, sub_ri, JUMP, movi_goto_tb_cross) \
    X2(83, ALU, and_rr, ALU_B, or_rr_f) \
    X2(83, MEM, ld32_imm, ALU_B, add_rr) \
    X2(83, MEM, ld8u_pre, ALU, mov_ri) \
    X2(83, ALU, mov_ri, SKIPIF, PL) \
    X3(82, ALU, mov_ri, MEM, ld32_imm, JUMP, movi_goto_tb_cross) \
    X2(82, ALU, rsb_ri_f, ALU, rsc_ri) \
    X3(82, MEM, ld32_imm, MEM_A, ld32_imm, EXIT_A, tst_ri_NE) \
    X2(82, ALU, and_ri, ALU, mlau2_rr) \
    X2(82, ALU, xor_ri_f, PREDICATED, SKIPIF_EQ_or_ri) \
    X2(81, ALU, mov_rr, ALU, add_ri_f) \
    X3(81, MEM, ld8u_imm, ALU_B, xor_rr, ALU_A, shl_ri) \
    X2(81, ALU, add_ri, EXIT_B, cmp_rr_CC) \
    X2(81, MEM, st32_imm, ALU, xor_rr) \
    X3(80, ALU, shr_ri, ALU_A, rsb_rr_shl, PREDICATED, SKIPIF_LS_sub_ri) \
    X2(80, ALU, mulu2_rr, PREDICATED, SKIPIF_LS_sub_ri) \
    X3(80, ALU, add_rr, ALU_B, add_rr, NEAR, ld32_near) \
    X4(80, ALU, add_rr, ALU_B, add_rr, NEAR, ld32_near, ALU, sub_rr_f) \
    X2(80, PREDICATED, SKIPIF_EQ_mov_ri, PREDICATED, SKIPIF_NE_mov_ri) \
    X4(80, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, EXIT_A, cmp_ri_LS) \
    X2(79, ALU, shr_ri, ALU, mov_rr) \
    X2(79, MEM, st32_imm, EXIT, if_LS) \
    X2(79, MEM, st32_imm, SKIPIF, HI) \
    X2(79, NEAR, ld32_near, ALU, shr_ri) \
    X2(77, ALU, sub_ri, EXIT, cmp_rr_EQ) \
    X3(77, ALU, add_ri, ALU, shl_ri, ALU, shl_ri) \
    X3(77, ALU, mov_rr, NEAR, ld32_near, ALU, mov_ri) \
    X2(77, ALU, sub_rr, EXIT_A, cmp_rr_CC) \
    X2(76, ALU, add_ri, NEAR, ld32_near) \
    X2(76, MEM, ld32_imm, ALU, or_ri) \
    X3(76, ALU, add_ri, ALU, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(76, ALU, add_ri, ALU_A, sub_rr_f) \
    X3(76, ALU, sub_rr, ALU, mov_rr, ALU, or_rr) \
    X2(75, ALU, xor_rr, ALU, andc_rr) \
    X2(75, ALU, sub_ri_f, ALU, mov_ri) \
    X2(75, MEM, ld32_imm, ALU, and_ri_f) \
    X2(74, MEM, ld32_imm, ALU, add_rr_f) \
    X2(74, SKIPIF, NE, MEM, st32_imm) \
    X3(74, ALU, add_ri, ALU_A, mov_rr, JUMP, movi_goto_tb_cross) \
    X2(74, ALU, mov_rr, JUMP, goto_tb_cross) \
    X2(74, MEM, ld32_imm, MEM_B, st32_reg) \
    X2(74, ALU, mov_rr, MEM, ld32_abs) \
    X3(74, ALU, xor_rr, ALU, andc_rr, MEM, st32_imm) \
    X2(74, ALU, add_rr_rotr, ALU, xor_rr_rotr) \
    X3(74, ALU, sub_ri, ALU_A, clz_rr, ALU_A, shr_ri) \
    X3(73, MEM, ld32_imm, MEM_A, ld32_imm, EXIT_A, cmp_ri_NE) \
    X2(73, ALU, sub_rr_f, SKIPIF, EQ) \
    X2(73, MEM, st16_pre, EXIT, if_NE) \
    X2(73, ALU, xor_rr, ALU, shl_ri) \
    X2(73, ALU, sub_rr, EXIT_A, cmp_rr_GE) \
    X2(73, ALU, sub_ri, ALU, and_rr) \
    X2(73, ALU, and_ri, ALU_A, or_rr) \
    X3(73, ALU, shl_ri, ALU_A, shr_ri, ALU, mov_rr) \
    X3(73, MEM, ld32_imm, MEM_A, ld32_imm, EXIT_A, cmp_rr_EQ) \
    X2(73, ALU, mov_ri, PREDICATED, SKIPIF_NE_mov_ri) \
    X3(73, ALU, move2, ALU, mov_rr, JUMP, movi_goto_tb) \
    X3(73, ALU, and_rr, ALU_B, or_rr_f, MEM, ld16u_imm) \
    X2(72, PREDICATED, SKIPIF_CS_mov_ri, PREDICATED, SKIPIF_CC_mov_ri) \
    X3(72, NEAR, ld32_near, MEM_A, ld32_imm, EXIT_A, cmp_ri_GT) \
    X2(72, ALU, add_rr, ALU, rotr_ri) \
    X2(72, ALU, and_ri, ALU_B, add_rr) \
    X2(72, ALU, add_rr_rotr, ALU_A, add_rr) \
    X2(72, ALU, shr_ri, SKIPIF, EQ) \
    X3(72, ALU, add_rr_rotr, ALU_A, add_rr, ALU, add_ri) \
    X2(72, MEM, st32_imm, MEM, st16_imm) \
    X2(71, ALU, sub_rr, ALU, sub_rr) \
    X2(71, ALU, shr_ri, ALU, or_rr_shl) \
    X4(71, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_rr_rotr, ALU_B, add_rr_f) \
    X2(71, ALU, shr_ri, ALU_A, shl_ri) \
    X2(71, ALU, and_ri, ALU_A, or_rr_shl) \
    X3(71, ALU, add_rr, ALU_A, and_ri, ALU_A, add_ri) \
    X4(71, ALU, add_rr, ALU_A, and_ri, ALU_A, add_ri, ALU, shl_ri) \
    X2(71, ALU, and_ri, ALU, shl_ri) \
    X2(70, ALU, mov_ri, MEM, st32_pre) \
    X2(70, ALU, add_ri, ALU_A, sub_ri_f) \
    X2(70, ALU, add_ri, MEM_A, ld8u_imm) \
    X2(70, ALU, and_ri, ALU, add_rr) \
    X2(70, ALU, mov_ri, ALU_A, and_rr_shr) \
    X3(70, ALU, mov_ri, ALU_A, and_rr_shr, EXIT_A, cmp_ri_EQ) \
    X2(69, MEM, ld8u_imm, ALU_A, or_ri) \
    X2(69, ALU, sar_ri, ALU_B, adc_rr) \
    X2(68, MEM, ld32_imm, ALU_A, add_rr_shl) \
    X2(68, MEM, ld8u_imm, ALU_A, sub_rr) \
    X3(68, ALU, shl_ri, ALU_A, shr_ri, SKIP, cmp_rr_only_CC) \
    X2(68, ALU, add_ri, ALU_A, and_ri) \
    X2(68, ALU, mul_rr, ALU_B, add_rr) \
    X2(68, MEM, ld32_imm, ALU_A, mov_rr) \
    X2(67, MEM, ld16u_imm, ALU_A, and_rr) \
    X3(67, MEM, ld8u_imm, ALU_A, sub_rr, ALU_A, sub_ri_f) \
    X3(67, ALU, mov_rr, ALU, add_ri, ALU, mov_rr) \
    X3(67, ALU, and_ri, ALU_B, shr_rr, EXIT_A, tst_ri_NE) \
    X3(67, ALU, add_rr, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(67, MEM, ld8u_post, ALU_B, xor_rr) \
    X3(66, MEM, ld8u_imm, ALU, add_rr, ALU_B, add_rr) \
    X2(66, ALU, add_rr, ALU_A, add_rr) \
    X2(65, MEM, ld32_reg, ALU_B, sub_rr_f) \
    X2(65, ALU, add_ri, ALU_A, shr_ri) \
    X3(65, EXIT, if_EQ, MEM, ld32_imm, MEM_B, ld32_reg) \
    X3(65, ALU, and_ri, MEM_A, ld8u_imm, ALU, add_ri) \
    X2(65, MEM, ld16u_reg, ALU_B, add_rr_f) \
    X2(65, ALU, mov_rr, MEM, ld16u_imm) \
    X2(65, ALU, mul16_rr, ALU_A, add_sticky_rr) \
    X4(65, ALU, adc_rr, SKIPIF, CC, ALU, sub_rr_shl, ALU_A, sub_rr_f) \
    X2(65, ALU, and_ri, EXIT, if_HI) \
    X2(65, ALU, or_rr_shl, ALU_A, mov_rr) \
    X2(64, ALU, mov_rr, PREDICATED, SKIPIF_CC_mov_rr) \
    X2(64, MEM, ld32_shl, ALU_A, or_ri) \
    X3(64, NEAR, ld32_near, ALU, add_ri, MEM_A, ld32_reg) \
    X3(64, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_ri) \
    X2(63, MEM, st32_pre, JUMP, movi_goto_tb) \
    X2(63, ALU, rsb_ri_f, ALU_B, adc_rr) \
    X2(63, ALU, mul_rr, ALU_A, add_ri) \
    X4(62, ALU, mov_ri, ALU_A, setc_bit_ri, ALU, and_ri_f, PREDICATED, SKIPIF_EQ_add_ri) \
    X3(62, ALU, mov_ri, MEM, ld32_imm, EXIT_A, cmp_rr_NE) \
    X2(62, ALU, add_ri, MEM, st32_shl) \
    X2(62, ALU, or_ri, ALU_A, and_ri) \
    X3(62, ALU, or_ri, ALU_A, and_ri, SKIPIF, EQ) \
    X2(62, ALU, shl_rr, ALU_B, andc_rr) \
    X2(62, ALU, rsb_rr_shl, ALU_A, add_rr_shl) \
    X2(62, ALU, and_ri_f, ALU, mov_rr) \
    X3(62, MEM, ld32_imm, ALU, shr_ri, MEM_B, ld32_shl) \
    X2(62, MEM, ld32_imm, MEM_A, ld32_shl) \
    X2(61, ALU, rsb_ri, SKIP_A, cmp_ri_LE) \
    X2(61, ALU, add_ri, EXIT, if_NE) \
    X2(61, ALU, sub_ri, ALU_A, and_ri) \
    X3(61, ALU, sub_ri, MEM_A, ld32_imm, EXIT_A, cmp_ri_EQ) \
    X2(61, NEAR, ld32_near, MEM_A, ld32_shl) \
    X2(61, ALU, rsb_rr_shl, ALU, rsb_rr_shl) \
    X2(60, ALU, sub_ri, ALU, and_ri) \
    X3(60, ALU, mov_ri, MEM, ld32_imm, ALU, add_rr) \
    X3(60, ALU, mov_ri, ALU, mov_rr, JUMP, movi_goto_tb) \
    X3(60, MEM, ld16u_imm, ALU_A, and_rr, ALU_A, sub_ri) \
    X2(60, ALU, sub_rr, ALU_B, add_rr_shl) \
    X2(59, ALU, shl_rr, ALU_B, xor_rr) \
    X2(59, ALU, move2, ALU, or_ri) \
    X2(59, ALU, add_ri, MEM, ld8u_pre) \
    X2(58, ALU, sub_ri, JUMP, goto_tb_cross) \
    X2(58, ALU, sub_rr, ALU, mov_ri) \
    X3(58, ALU, add_rr_shr, MEM_A, ld8u_imm, ALU_A, mov_rr_f) \
    X3(57, ALU, mov_rr, ALU, mov_ri, ALU, mov_ri_f) \
    X2(57, MEM, ld8u_imm, SKIP_A, cmp_rr_EQ) \
    X2(57, ALU, xor_rr_f, SKIPIF, MI) \
    X2(57, MEM, ld32_imm, EXIT_B, cmp_rr_CC) \
    X2(57, PREDICATED, SKIPIF_HI_mov_ri, PREDICATED, SKIPIF_LS_mov_ri) \
    X3(57, ALU, mov_ri, ALU, add_rr, ALU_A, add_ri_f) \
    X3(57, ALU, and_ri, ALU_A, and_ri, ALU_A, or_ri) \
    X2(56, ALU, and_ri, SKIP_A, sub_ri_CC) \
    X2(56, ALU, rsb_ri, ALU, shr_rr) \
    X2(56, ALU, sub_ri, SKIP_A, cmp_ri_LS) \
    X2(56, ALU, mla_rr, ALU_A, shr_ri) \
    X3(55, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_only_EQ) \
    X2(55, MEM, st32_post, ALU_A, xor_ri) \
    X2(55, ALU, xor_ri_f, SKIPIF, NE) \
    X2(54, ALU, add_rr, ALU, shr_ri) \
    X2(54, ALU, sub_rr, ALU, rsb_ri) \
    X3(54, ALU, shl_ri, ALU_B, adc_rr, SKIPIF, NE) \
    X2(54, SKIPIF, EQ, JUMP, goto_tb_cross) \
    X2(54, ALU, add_rr_shl, ALU_A, or_rr) \
    X3(53, ALU, add_rr, MEM_A, ld8u_imm, ALU_B, mulu2_rr) \
    X2(53, ALU, or_rr_shr, ALU_A, xor_rr) \
    X2(53, ALU, mov_rr, SKIPIF, EQ) \
    X2(53, MEM, ld32_imm, SKIP_A, cmp_rr_CC) \
    X2(53, ALU, sar_ri, ALU_A, shl_ri) \
    X2(52, ALU, shr_ri, ALU_A, mov_rr) \
    X2(52, ALU, andc_rr, ALU, andc_rr) \
    X2(52, ALU, shl_ri, JUMP, goto_tb) \
    X3(52, ALU, mov_ri, ALU_A, setc_bit_ri, SKIP, tst_ri_NE) \
    X2(52, ALU, xor_rr_f, SKIPIF, NE) \
    X2(51, ALU, add_rr, ALU_A, sub_rr) \
    X2(51, MEM, ld8u_post, MEM_B, ld8u_reg) \
    X2(51, ALU, add_ri, ALU, rotr_ri) \
    X2(51, MEM, ld32_imm, SKIP_A, cmp_rr_LT) \
    X2(51, ALU, xor_rr, ALU_A, shl_ri) \
    X2(50, MEM, ld8u_imm, EXIT, if_EQ) \
    X2(50, MEM, ld32_imm, SKIP_A, tst_ri_only_EQ) \
    X2(50, ALU, or_ri, EXIT_A, cmp_ri_NE) \
    X2(50, ALU, shr_ri_cf, EXIT, if_NE) \
    X3(50, ALU, mov_rr, MEM, ld32_post, ALU_B, xor_rr) \
    X2(50, ALU, andc_rr, ALU_A, xor_rr) \
    X2(50, PREDICATED, SKIPIF_NE_add_ri, ALU, sub_ri) \
    X3(49, ALU, mla_rr, ALU_A, shr_ri, ALU_A, mov_rr) \
    X2(49, ALU, add_rr_rotr, JUMP, goto_tb) \
    X2(49, MEM, ld16u_pre, SKIP_A, cmp_ri_only_CS) \
    X2(49, ALU, sub_rr, ALU_B, sub_rr_f) \
    X2(49, ALU, shl_ri, ALU, sub_rr) \
    X2(49, ALU, and_ri, EXIT_B, cmp_rr_NE) \
    X2(49, ALU, mov_ri, PREDICATED, SKIPIF_LS_mov_ri) \
    X2(48, ALU, shr_ri, ALU, add_rr) \
    X2(48, ALU, sub_rr, JUMP, goto_tb) \
    X3(48, MEM, ld32_imm, MEM_A, ld8u_reg, ALU_A, mov_rr_f) \
    X3(48, ALU, mov_ri, ALU, sub_ri, ALU_B, add_rr) \
    X4(48, ALU, add_ri, ALU_A, add_rr_shl, MEM_A, st32_imm, ALU_B, add_rr) \
    X2(47, ALU, shl_ri, ALU_B, add_rr) \
    X2(47, ALU, mov_ri, PREDICATED, SKIPIF_GE_mov_ri) \
    X2(47, ALU, sub_ri, EXIT_A, cmp_ri_NE) \
    X2(47, MEM, ld8u_imm, ALU_A, and_ri) \
    X2(46, ALU, add_ri, ALU_A, add_rr) \
    X2(46, ALU, adc_rr, ALU_B, or_rr_shl) \
    X2(46, ALU, rsb_ri, ALU_B, shl_rr) \
    X3(46, NEAR, ld32_near, MEM_A, ld32_shl, ALU_A, add_rr) \
    X2(46, ALU, xor_rr, ALU_A, shr_ri) \
    X2(46, ALU, shr_ri_c, ALU_B, andc_rr_f) \
    X3(46, ALU, xor_rr, ALU_A, shr_ri, ALU_A, xor_rr) \
    X2(45, NEAR, ld32_near, ALU_A, and_rr) \
    X2(45, ALU, and_ri, MEM, ld32_abs) \
    X2(45, ALU, shl_rr, ALU_B, add_rr) \
    X2(45, ALU, sbc_ri, SKIPIF, CC) \
    X4(45, ALU, and_rr, ALU_A, add_ri, ALU_B, add_rr, ALU_A, sub_ri) \
    X2(45, ALU, xor_rr, SKIPIF, PL) \
    X2(45, MEM, ld16u_imm, EXIT_A, tst_ri_EQ) \
    X2(45, ALU, mov_rr, PREDICATED, SKIPIF_CC_mov_ri) \
    X2(44, ALU, mov_ri, ALU_A, shl_rr) \
    X2(44, ALU, mov_rr_f, SKIPIF, PL) \
    X2(44, ALU, mov_rr, ALU, add_rr_shl) \
    X2(44, ALU, sar_rr, ALU_A, and_ri) \
    X3(43, ALU, shr_ri, ALU_A, and_ri, ALU_A, not_rr) \
    X2(43, ALU, shr_ri, ALU_A, shl_ri_cf) \
    X2(43, ALU, sub_ri, JUMP, goto_tb) \
    X3(43, ALU, mov_ri, ALU, mov_rr, JUMP, goto_tb_cross) \
    X2(43, ALU, or_rr, ALU_A, or_rr) \
    X2(43, ALU, add_ri, EXIT_A, cmp_rr_CS) \
    X2(42, MEM, ld32_abs, ALU_B, sub_rr_f) \
    X3(42, MEM, ld32_imm, ALU, xor_rr, ALU_B, add_rr_rotr) \
    X2(42, ALU, xor_rr_rotr, ALU_B, add_rr_rotr) \
    X2(42, ALU, shl_ri, SKIPIF, EQ) \
    X2(42, ALU, add_rr, ALU_A, shr_ri) \
    X2(41, ALU, sub_rr, SKIP_A, cmp_rr_CC) \
    X2(41, ALU, add_rr, ALU_A, add_ri) \
    X2(41, ALU, and_ri, MEM_B, ld8u_reg) \
    X2(41, ALU, and_ri, ALU_A, add_ri) \
    X2(41, ALU, add_ri, JUMP, goto_tb_cross) \
    X2(41, MEM, ld8u_imm, ALU_B, shr_rr) \
    X2(41, ALU, rsb_rr_shl, ALU_B, add_rr_shl) \
    X2(41, ALU, sub_ri, ALU_A, add_ri) \
    X2(41, ALU, shl_rr, ALU_A, not_rr) \
    X2(41, NEAR, ld32_near, ALU_A, andc_rr_f) \
    X3(41, ALU, add_ri, ALU, shl_ri, ALU_A, sar_ri) \
    X3(40, ALU, mov_rr, ALU, add_ri, ALU_A, add_rr_shl) \
    X3(40, ALU, add_rr_shl, ALU_B, add_rr_shl, ALU_A, and_ri_f) \
    X2(40, ALU, xor_ri, ALU, shl_ri) \
    X2(40, ALU, sar_rr, ALU_B, add_rr_f) \
    X2(39, ALU, xor_rr_shr, ALU_A, xor_rr_shl) \
    X3(39, MEM, ld32_imm, ALU_A, shr_ri, ALU_A, and_ri) \
    X2(39, ALU, or_rr, ALU, xor_rr) \
    X2(38, ALU, sub_ri, ALU_B, add_rr_shl) \
    X2(37, MEM, ld32_shl, ALU_A, xor_rr_shr) \
    X2(36, MEM, ld32_imm, ALU_B, and_rr) \
    X2(36, ALU, xor_rr_shl, ALU_A, and_rr) \
    X2(35, ALU, rsc_ri_f, ALU, rsc_ri) \
    X2(35, ALU, sar_ri, ALU_A, and_ri) \
    X2(35, ALU, shl_ri, JUMP, goto_tb_cross) \
    X3(35, ALU, add_rr, ALU_A, add_rr, ALU_A, and_ri_f) \
    X2(35, ALU, add_ri, ALU, mov_ri_f) \
    X2(35, ALU, xor_ri, ALU_A, and_ri) \
    X2(35, ALU, mul_rr, ALU_A, add_ri_f) \
    X2(34, ALU, add_rr, ALU_A, and_rr) \
    X3(34, ALU, shl_ri, ALU_A, sar_ri, ALU_A, add_rr) \
    X3(34, ALU, mov_ri, ALU, mov_ri, ALU_A, st_env_ri) \
    X2(33, ALU, mov_ri, ALU, and_ri_f) \
    X3(32, ALU, shl_ri, ALU_A, shr_ri, ALU_A, or_ri) \
    X3(32, ALU, add_ri, ALU, sub_rr, ALU_A, sar_ri) \
    X3(32, ALU, sar_ri, ALU_A, shl_ri, ALU_A, shr_ri) \
    X2(32, ALU, rsb_ri, ALU_A, add_rr) \
    X4(32, ALU, shr_ri, ALU_A, and_ri, ALU_A, xor_ri, ALU_A, shl_ri) \
    X2(31, ALU, add_ri, MEM_A, st8_reg) \
    X2(31, ALU, shr_ri, MEM_B, ld32_shl) \
    X3(31, NEAR, ld32_near, ALU_A, add_ri, MEM_A, st32_imm) \
    X2(30, ALU, and_ri, ALU_A, xor_ri) \
    X2(30, ALU, add_ri, MEM, ld32_shl) \
    X2(29, ALU, shr_ri, ALU_A, xor_rr_shr) \
    X3(29, ALU, shr_ri, ALU_A, add_rr_shl, ALU_A, add_rr) \
    X2(29, ALU, or_ri, ALU_A, sub_ri) \
    X2(29, ALU, and_ri, ALU_B, or_rr) \
    X4(28, ALU, add_ri, ALU_A, shl_ri, ALU_A, shr_ri, ALU_A, mov_rr) \
    X2(28, ALU, and_rr, ALU_B, or_rr) \
    X3(28, ALU, mul_rr, ALU_A, add_ri, ALU_A, shr_ri) \
    X2(28, MEM, ld32_imm, ALU_A, and_rr_f) \
    X3(28, ALU, and_ri, ALU, and_ri, ALU_A, sub_rr) \
    X2(27, MEM, ld16s_imm, ALU_A, sar_ri) \
    X2(27, ALU, mov_ri, ALU, or_rr) \
    X2(26, ALU, shr_ri_c, ALU_B, and_rr_f) \
    X3(26, ALU, mov_rr, ALU, mov_ri, ALU_A, setc_bit_ri) \
    X2(25, ALU, sar_ri, ALU_A, not_rr) \
    X2(25, ALU, add_rr_shl, ALU_A, xor_rr) \
    X3(24, ALU, add_ri, ALU, shr_ri, ALU_A, not_rr) \
    X2(23, ALU, sub_rr, ALU_A, sub_rr) \
    X2(23, ALU, and_rr, ALU_A, sub_rr) \
    X2(23, ALU, add_rr, ALU_A, andc_rr) \
    X2(23, ALU, mov_ri, ALU, rsb_ri) \
    X2(23, ALU, rsb_ri, ALU_A, add_ri) \
    X2(22, MEM, ld32_shl, ALU_A, add_rr) \
    X2(20, ALU, sub_rr, ALU_A, rsb_ri_f) \
    X2(20, ALU, sub_rr_shl, ALU_A, sub_rr_shl_f) \
    X2(20, SKIPIF, GE, ALU, rsb_ri) \
    X2(18, ALU, rsb_ri, ALU_B, and_rr) \
    X2(18, ALU, adc_ri, ALU_A, rsb_ri) \
    X2(17, ALU, mul_rr, ALU_A, and_ri_f) \
    X2(17, ALU, shr_ri, ALU_A, and_rr) \
    X2(16, ALU, and_rr, ALU_A, xor_rr) \
    X2(15, MULTI, stm_ia_8, EXIT, if_GE) \
    X3(15, ALU, and_ri_f, ALU, mov_rr, EXIT, if_NE) \
    X2(14, ALU, and_ri, MEM_B, ld32_shl) \
    X2(10, ALU, shr_ri, SKIP, cmp_ri_only_HI) \
    X2(8, ALU, xor_rr, JUMP, goto_tb) \
    X2(7, ALU, mov_ri, ALU, setc_bit_ri) \
    X2(7, ALU, and_rr, ALU_A, sub_ri) \
    X2(6, EXIT, cmp_ri_EQ, EXIT, cmp_rr_EQ) \
    X2(5, ALU, and_rr, ALU_A, or_rr) \
    X2(4, MEM, ld32_imm, EXIT, cmp_rr_NE) \
    X2(3, ALU, sub_rr, ALU_A, and_ri) \
    X2(3, ALU, shl_ri, EXIT, if_NE) \
    X2(2, ALU, mul_rr, ALU_B, sub_rr)

/* clang-format on */

#endif
