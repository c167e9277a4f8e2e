/* SPDX-License-Identifier: MIT */
/* The VFPv2 instructions (ARM ARM DDI 0100, part C). See decode.h for how to read the table. */
#include "cpu/decode/formats.h"
#include "cpu/translate/translate.h"

#include <stddef.h>

/* -- Formats. A register is named by its first word: sN is word N, dN word 2 * N. Of a single's
 * number, the separate bit is the lowest. -- */

static uint8_t single(uint32_t insn, unsigned low, unsigned apart)
{
    return (uint8_t)(bits(insn, low, 4) << 1 | bits(insn, apart, 1));
}

static uint8_t double_(uint32_t insn, unsigned low)
{
    return (uint8_t)(bits(insn, low, 4) << 1);
}

static void vfp_2s(ArmArgs *a, uint32_t insn)
{
    a->vd = single(insn, 12, 22);
    a->vm = single(insn, 0, 5);
}

static void vfp_2d(ArmArgs *a, uint32_t insn)
{
    a->vd = double_(insn, 12);
    a->vm = double_(insn, 0);
}

static void vfp_2ds(ArmArgs *a, uint32_t insn)
{
    a->vd = double_(insn, 12);
    a->vm = single(insn, 0, 5);
}

static void vfp_2sd(ArmArgs *a, uint32_t insn)
{
    a->vd = single(insn, 12, 22);
    a->vm = double_(insn, 0);
}

static void vfp_3s(ArmArgs *a, uint32_t insn)
{
    vfp_2s(a, insn);
    a->vn = single(insn, 16, 7);
}

static void vfp_3d(ArmArgs *a, uint32_t insn)
{
    vfp_2d(a, insn);
    a->vn = double_(insn, 16);
}

static void rd(ArmArgs *a, uint32_t insn)
{
    a->rd = (uint8_t)bits(insn, 12, 4);
}

static void vfp_single_rd(ArmArgs *a, uint32_t insn)
{
    rd(a, insn);
    a->vn = single(insn, 16, 7);
}

static void vfp_half_rd(ArmArgs *a, uint32_t insn)
{
    rd(a, insn);
    a->x = bit(insn, 21);
    a->vn = (uint8_t)(double_(insn, 16) + a->x);
}

static void vfp_single_pair(ArmArgs *a, uint32_t insn)
{
    rd(a, insn);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->vm = single(insn, 0, 5);
}

static void vfp_double_pair(ArmArgs *a, uint32_t insn)
{
    rd(a, insn);
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->vm = double_(insn, 0);
}

/* An offset in words for one register, or the number of words for several. */
static void vfp_ldst(ArmArgs *a, uint32_t insn, uint8_t vd, uint32_t imm)
{
    a->add = bit(insn, 23);
    a->index = true;
    a->rn = (uint8_t)bits(insn, 16, 4);
    a->vd = vd;
    a->imm = imm;
}

static void vfp_ldst_s(ArmArgs *a, uint32_t insn)
{
    vfp_ldst(a, insn, single(insn, 12, 22), (insn & 0xff) << 2);
}

static void vfp_ldst_d(ArmArgs *a, uint32_t insn)
{
    vfp_ldst(a, insn, double_(insn, 12), (insn & 0xff) << 2);
}

static void vfp_multiple_s(ArmArgs *a, uint32_t insn)
{
    vfp_ldst(a, insn, single(insn, 12, 22), insn & 0xff);
    a->writeback = bit(insn, 21);
}

static void vfp_multiple_d(ArmArgs *a, uint32_t insn)
{
    vfp_ldst(a, insn, double_(insn, 12), insn & 0xff);
    a->writeback = bit(insn, 21);
}

static const ArmInsn insns[] = {
    /* clang-format off */
    /* Data processing, single and double (C4.1). */
    { "cccc 1110 0D00 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, vfp_3s, VFP_MLA, "vmla%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0000 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, vfp_3d, VFP_MLA | VFP_DOUBLE, "vmla%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D00 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, vfp_3s, VFP_MLS, "vmls%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0000 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, vfp_3d, VFP_MLS | VFP_DOUBLE, "vmls%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D01 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, vfp_3s, VFP_NMLS, "vnmls%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0001 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, vfp_3d, VFP_NMLS | VFP_DOUBLE, "vnmls%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D01 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, vfp_3s, VFP_NMLA, "vnmla%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0001 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, vfp_3d, VFP_NMLA | VFP_DOUBLE, "vnmla%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D10 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, vfp_3s, VFP_MUL, "vmul%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0010 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, vfp_3d, VFP_MUL | VFP_DOUBLE, "vmul%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D10 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, vfp_3s, VFP_NMUL, "vnmul%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0010 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, vfp_3d, VFP_NMUL | VFP_DOUBLE, "vnmul%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D11 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, vfp_3s, VFP_ADD, "vadd%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0011 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, vfp_3d, VFP_ADD | VFP_DOUBLE, "vadd%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D11 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, vfp_3s, VFP_SUB, "vsub%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0011 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, vfp_3d, VFP_SUB | VFP_DOUBLE, "vsub%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 1D00 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, vfp_3s, VFP_DIV, "vdiv%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 1000 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, vfp_3d, VFP_DIV | VFP_DOUBLE, "vdiv%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 1D11 0000 DDDD 1010 01M0 MMMM", ARM_VFP2, vfp_2s, VFP_MOV, "vmov%c.f32\t%sD, %sM", trans_vfp_move, NULL },
    { "cccc 1110 1011 0000 DDDD 1011 0100 MMMM", ARM_VFP2, vfp_2d, VFP_MOV | VFP_DOUBLE, "vmov%c.f64\t%dD, %dM", trans_vfp_move, NULL },
    { "cccc 1110 1D11 0000 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2s, VFP_ABS, "vabs%c.f32\t%sD, %sM", trans_vfp_move, NULL },
    { "cccc 1110 1011 0000 DDDD 1011 1100 MMMM", ARM_VFP2, vfp_2d, VFP_ABS | VFP_DOUBLE, "vabs%c.f64\t%dD, %dM", trans_vfp_move, NULL },
    { "cccc 1110 1D11 0001 DDDD 1010 01M0 MMMM", ARM_VFP2, vfp_2s, VFP_NEG, "vneg%c.f32\t%sD, %sM", trans_vfp_move, NULL },
    { "cccc 1110 1011 0001 DDDD 1011 0100 MMMM", ARM_VFP2, vfp_2d, VFP_NEG | VFP_DOUBLE, "vneg%c.f64\t%dD, %dM", trans_vfp_move, NULL },
    { "cccc 1110 1D11 0001 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2s, VFP_SQRT, "vsqrt%c.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1011 0001 DDDD 1011 1100 MMMM", ARM_VFP2, vfp_2d, VFP_SQRT | VFP_DOUBLE, "vsqrt%c.f64\t%dD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 0100 DDDD 1010 01M0 MMMM", ARM_VFP2, vfp_2s, VFP_CMP, "vcmp%c.f32\t%sD, %sM", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0100 DDDD 1011 0100 MMMM", ARM_VFP2, vfp_2d, VFP_CMP | VFP_DOUBLE, "vcmp%c.f64\t%dD, %dM", trans_vfp_compare, NULL },
    { "cccc 1110 1D11 0100 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2s, VFP_CMPE, "vcmpe%c.f32\t%sD, %sM", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0100 DDDD 1011 1100 MMMM", ARM_VFP2, vfp_2d, VFP_CMPE | VFP_DOUBLE, "vcmpe%c.f64\t%dD, %dM", trans_vfp_compare, NULL },
    { "cccc 1110 1D11 0101 DDDD 1010 01(0)0 (0000)", ARM_VFP2, vfp_2s, VFP_CMPZ, "vcmp%c.f32\t%sD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0101 DDDD 1011 01(0)0 (0000)", ARM_VFP2, vfp_2d, VFP_CMPZ | VFP_DOUBLE, "vcmp%c.f64\t%dD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1D11 0101 DDDD 1010 11(0)0 (0000)", ARM_VFP2, vfp_2s, VFP_CMPEZ, "vcmpe%c.f32\t%sD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0101 DDDD 1011 11(0)0 (0000)", ARM_VFP2, vfp_2d, VFP_CMPEZ | VFP_DOUBLE, "vcmpe%c.f64\t%dD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0111 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2ds, VFP_CVT, "vcvt%c.f64.f32\t%dD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 0111 DDDD 1011 1100 MMMM", ARM_VFP2, vfp_2sd, VFP_CVT | VFP_DOUBLE, "vcvt%c.f32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1000 DDDD 1010 01M0 MMMM", ARM_VFP2, vfp_2s, VFP_FROM_U32, "vcvt%c.f32.u32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1011 1000 DDDD 1011 01M0 MMMM", ARM_VFP2, vfp_2ds, VFP_FROM_U32 | VFP_DOUBLE, "vcvt%c.f64.u32\t%dD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1000 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2s, VFP_FROM_S32, "vcvt%c.f32.s32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1011 1000 DDDD 1011 11M0 MMMM", ARM_VFP2, vfp_2ds, VFP_FROM_S32 | VFP_DOUBLE, "vcvt%c.f64.s32\t%dD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1010 01M0 MMMM", ARM_VFP2, vfp_2s, VFP_TO_U32_ROUND, "vcvtr%c.u32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1011 0100 MMMM", ARM_VFP2, vfp_2sd, VFP_TO_U32_ROUND | VFP_DOUBLE, "vcvtr%c.u32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2s, VFP_TO_U32, "vcvt%c.u32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1011 1100 MMMM", ARM_VFP2, vfp_2sd, VFP_TO_U32 | VFP_DOUBLE, "vcvt%c.u32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1010 01M0 MMMM", ARM_VFP2, vfp_2s, VFP_TO_S32_ROUND, "vcvtr%c.s32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1011 0100 MMMM", ARM_VFP2, vfp_2sd, VFP_TO_S32_ROUND | VFP_DOUBLE, "vcvtr%c.s32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1010 11M0 MMMM", ARM_VFP2, vfp_2s, VFP_TO_S32, "vcvt%c.s32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1011 1100 MMMM", ARM_VFP2, vfp_2sd, VFP_TO_S32 | VFP_DOUBLE, "vcvt%c.s32.f64\t%sD, %dM", trans_vfp_unary, NULL },

    /* Transfers to and from ARM registers. */
    { "cccc 1110 0000 NNNN dddd 1010 N(00)1 (0000)", ARM_VFP2, vfp_single_rd, 0, "vmov%c\t%sN, %rd", trans_vmov_from_core, "d" },
    { "cccc 1110 0001 NNNN dddd 1010 N(00)1 (0000)", ARM_VFP2, vfp_single_rd, 0, "vmov%c\t%rd, %sN", trans_vmov_to_core, "d" },
    { "cccc 1110 00h0 NNNN dddd 1011 0(00)1 (0000)", ARM_VFP2, vfp_half_rd, 0, "vmov%c.32\t%dN[%uh], %rd", trans_vmov_from_core, "d" },
    { "cccc 1110 00h1 NNNN dddd 1011 0(00)1 (0000)", ARM_VFP2, vfp_half_rd, 0, "vmov%c.32\t%rd, %dN[%uh]", trans_vmov_to_core, "d" },
    { "cccc 1110 1111 0001 1111 1010 (000)1 (0000)", ARM_VFP2, none, 0, "vmrs%c\tAPSR_nzcv, fpscr", trans_vmrs_flags, NULL },
    { "cccc 1110 1111 0000 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPSID, "vmrs%c\t%rd, fpsid", trans_vmrs, "d" },
    { "cccc 1110 1110 0000 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPSID, "vmsr%c\tfpsid, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 0001 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPSCR, "vmrs%c\t%rd, fpscr", trans_vmrs, "d" },
    { "cccc 1110 1110 0001 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPSCR, "vmsr%c\tfpscr, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 0111 dddd 1010 (000)1 (0000)", ARM_MVFR, rd, VFP_MVFR0, "vmrs%c\t%rd, mvfr0", trans_vmrs, "d" },
    { "cccc 1110 1111 0110 dddd 1010 (000)1 (0000)", ARM_MVFR, rd, VFP_MVFR1, "vmrs%c\t%rd, mvfr1", trans_vmrs, "d" },
    { "cccc 1110 1111 1000 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPEXC, "vmrs%c\t%rd, fpexc", trans_vmrs, "d" },
    { "cccc 1110 1110 1000 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPEXC, "vmsr%c\tfpexc, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 1001 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPINST, "vmrs%c\t%rd, fpinst", trans_vmrs, "d" },
    { "cccc 1110 1110 1001 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPINST, "vmsr%c\tfpinst, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 1010 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPINST2, "vmrs%c\t%rd, fpinst2", trans_vmrs, "d" },
    { "cccc 1110 1110 1010 dddd 1010 (000)1 (0000)", ARM_VFP2, rd, VFP_FPINST2, "vmsr%c\tfpinst2, %rd", trans_vmsr, "d" },
    { "cccc 1100 0100 nnnn dddd 1010 00M1 MMMM", ARM_VFP2, vfp_single_pair, 0, "vmov%c\t%sM, %zM, %rd, %rn", trans_vmov_pair_from_core, "d n M/31" },
    { "cccc 1100 0101 nnnn dddd 1010 00M1 MMMM", ARM_VFP2, vfp_single_pair, 0, "vmov%c\t%rd, %rn, %sM, %zM", trans_vmov_pair_to_core, "d n n/d M/31" },
    { "cccc 1100 0100 nnnn dddd 1011 0001 MMMM", ARM_VFP2, vfp_double_pair, VFP_DOUBLE, "vmov%c\t%dM, %rd, %rn", trans_vmov_pair_from_core, "d n" },
    { "cccc 1100 0101 nnnn dddd 1011 0001 MMMM", ARM_VFP2, vfp_double_pair, VFP_DOUBLE, "vmov%c\t%rd, %rn, %dM", trans_vmov_pair_to_core, "d n n/d" },

    /* Loads and stores (C5). */
    { "cccc 1101 uD00 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_ldst_s, 0, "vstr%c\t%sD, %A", trans_vstr, NULL },
    { "cccc 1101 u000 nnnn DDDD 1011 iiiiiiii", ARM_VFP2, vfp_ldst_d, VFP_DOUBLE, "vstr%c\t%dD, %A", trans_vstr, NULL },
    { "cccc 1101 uD01 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_ldst_s, 0, "vldr%c\t%sD, %A", trans_vldr, NULL },
    { "cccc 1101 u001 nnnn DDDD 1011 iiiiiiii", ARM_VFP2, vfp_ldst_d, VFP_DOUBLE, "vldr%c\t%dD, %A", trans_vldr, NULL },
    { "cccc 1100 1D00 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_multiple_s, 0, "vstmia%c\t%rn, %F", trans_vstm, "D+i" },
    { "cccc 1100 1D10 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_multiple_s, 0, "vstmia%c\t%rn!, %F", trans_vstm, "n D+i" },
    { "cccc 1100 1000 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "vstmia%c\t%rn, %G", trans_vstm, "D+i" },
    { "cccc 1100 1010 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "vstmia%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1100 1000 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "fstmiax%c\t%rn, %G", trans_vstm, "D+i" },
    { "cccc 1100 1010 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "fstmiax%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1101 0D10 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_multiple_s, 0, "vstmdb%c\t%rn!, %F", trans_vstm, "n D+i" },
    { "cccc 1101 0010 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "vstmdb%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1101 0010 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "fstmdbx%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1100 1D01 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_multiple_s, 0, "vldmia%c\t%rn, %F", trans_vldm, "D+i" },
    { "cccc 1100 1D11 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_multiple_s, 0, "vldmia%c\t%rn!, %F", trans_vldm, "n D+i" },
    { "cccc 1100 1001 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "vldmia%c\t%rn, %G", trans_vldm, "D+i" },
    { "cccc 1100 1011 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "vldmia%c\t%rn!, %G", trans_vldm, "n D+i" },
    { "cccc 1100 1001 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "fldmiax%c\t%rn, %G", trans_vldm, "D+i" },
    { "cccc 1100 1011 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "fldmiax%c\t%rn!, %G", trans_vldm, "n D+i" },
    { "cccc 1101 0D11 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, vfp_multiple_s, 0, "vldmdb%c\t%rn!, %F", trans_vldm, "n D+i" },
    { "cccc 1101 0011 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "vldmdb%c\t%rn!, %G", trans_vldm, "n D+i" },
    { "cccc 1101 0011 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, vfp_multiple_d, VFP_DOUBLE, "fldmdbx%c\t%rn!, %G", trans_vldm, "n D+i" },
    /* clang-format on */
};

const ArmTable vfp_table = { insns, sizeof insns / sizeof insns[0], 32 };
