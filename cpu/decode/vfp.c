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
    { "cccc 1110 0D00 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, VFP_MLA, vfp_3s, "vmla%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0000 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, VFP_MLA | VFP_DOUBLE, vfp_3d, "vmla%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D00 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, VFP_MLS, vfp_3s, "vmls%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0000 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, VFP_MLS | VFP_DOUBLE, vfp_3d, "vmls%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D01 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, VFP_NMLS, vfp_3s, "vnmls%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0001 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, VFP_NMLS | VFP_DOUBLE, vfp_3d, "vnmls%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D01 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, VFP_NMLA, vfp_3s, "vnmla%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0001 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, VFP_NMLA | VFP_DOUBLE, vfp_3d, "vnmla%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D10 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, VFP_MUL, vfp_3s, "vmul%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0010 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, VFP_MUL | VFP_DOUBLE, vfp_3d, "vmul%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D10 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, VFP_NMUL, vfp_3s, "vnmul%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0010 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, VFP_NMUL | VFP_DOUBLE, vfp_3d, "vnmul%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D11 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, VFP_ADD, vfp_3s, "vadd%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0011 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, VFP_ADD | VFP_DOUBLE, vfp_3d, "vadd%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 0D11 NNNN DDDD 1010 N1M0 MMMM", ARM_VFP2, VFP_SUB, vfp_3s, "vsub%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 0011 NNNN DDDD 1011 0100 MMMM", ARM_VFP2, VFP_SUB | VFP_DOUBLE, vfp_3d, "vsub%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 1D00 NNNN DDDD 1010 N0M0 MMMM", ARM_VFP2, VFP_DIV, vfp_3s, "vdiv%c.f32\t%sD, %sN, %sM", trans_vfp_binary, NULL },
    { "cccc 1110 1000 NNNN DDDD 1011 0000 MMMM", ARM_VFP2, VFP_DIV | VFP_DOUBLE, vfp_3d, "vdiv%c.f64\t%dD, %dN, %dM", trans_vfp_binary, NULL },
    { "cccc 1110 1D11 0000 DDDD 1010 01M0 MMMM", ARM_VFP2, VFP_MOV, vfp_2s, "vmov%c.f32\t%sD, %sM", trans_vfp_move, NULL },
    { "cccc 1110 1011 0000 DDDD 1011 0100 MMMM", ARM_VFP2, VFP_MOV | VFP_DOUBLE, vfp_2d, "vmov%c.f64\t%dD, %dM", trans_vfp_move, NULL },
    { "cccc 1110 1D11 0000 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_ABS, vfp_2s, "vabs%c.f32\t%sD, %sM", trans_vfp_move, NULL },
    { "cccc 1110 1011 0000 DDDD 1011 1100 MMMM", ARM_VFP2, VFP_ABS | VFP_DOUBLE, vfp_2d, "vabs%c.f64\t%dD, %dM", trans_vfp_move, NULL },
    { "cccc 1110 1D11 0001 DDDD 1010 01M0 MMMM", ARM_VFP2, VFP_NEG, vfp_2s, "vneg%c.f32\t%sD, %sM", trans_vfp_move, NULL },
    { "cccc 1110 1011 0001 DDDD 1011 0100 MMMM", ARM_VFP2, VFP_NEG | VFP_DOUBLE, vfp_2d, "vneg%c.f64\t%dD, %dM", trans_vfp_move, NULL },
    { "cccc 1110 1D11 0001 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_SQRT, vfp_2s, "vsqrt%c.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1011 0001 DDDD 1011 1100 MMMM", ARM_VFP2, VFP_SQRT | VFP_DOUBLE, vfp_2d, "vsqrt%c.f64\t%dD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 0100 DDDD 1010 01M0 MMMM", ARM_VFP2, VFP_CMP, vfp_2s, "vcmp%c.f32\t%sD, %sM", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0100 DDDD 1011 0100 MMMM", ARM_VFP2, VFP_CMP | VFP_DOUBLE, vfp_2d, "vcmp%c.f64\t%dD, %dM", trans_vfp_compare, NULL },
    { "cccc 1110 1D11 0100 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_CMPE, vfp_2s, "vcmpe%c.f32\t%sD, %sM", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0100 DDDD 1011 1100 MMMM", ARM_VFP2, VFP_CMPE | VFP_DOUBLE, vfp_2d, "vcmpe%c.f64\t%dD, %dM", trans_vfp_compare, NULL },
    { "cccc 1110 1D11 0101 DDDD 1010 01(0)0 (0000)", ARM_VFP2, VFP_CMPZ, vfp_2s, "vcmp%c.f32\t%sD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0101 DDDD 1011 01(0)0 (0000)", ARM_VFP2, VFP_CMPZ | VFP_DOUBLE, vfp_2d, "vcmp%c.f64\t%dD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1D11 0101 DDDD 1010 11(0)0 (0000)", ARM_VFP2, VFP_CMPEZ, vfp_2s, "vcmpe%c.f32\t%sD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0101 DDDD 1011 11(0)0 (0000)", ARM_VFP2, VFP_CMPEZ | VFP_DOUBLE, vfp_2d, "vcmpe%c.f64\t%dD, #0.0", trans_vfp_compare, NULL },
    { "cccc 1110 1011 0111 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_CVT, vfp_2ds, "vcvt%c.f64.f32\t%dD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 0111 DDDD 1011 1100 MMMM", ARM_VFP2, VFP_CVT | VFP_DOUBLE, vfp_2sd, "vcvt%c.f32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1000 DDDD 1010 01M0 MMMM", ARM_VFP2, VFP_FROM_U32, vfp_2s, "vcvt%c.f32.u32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1011 1000 DDDD 1011 01M0 MMMM", ARM_VFP2, VFP_FROM_U32 | VFP_DOUBLE, vfp_2ds, "vcvt%c.f64.u32\t%dD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1000 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_FROM_S32, vfp_2s, "vcvt%c.f32.s32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1011 1000 DDDD 1011 11M0 MMMM", ARM_VFP2, VFP_FROM_S32 | VFP_DOUBLE, vfp_2ds, "vcvt%c.f64.s32\t%dD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1010 01M0 MMMM", ARM_VFP2, VFP_TO_U32_ROUND, vfp_2s, "vcvtr%c.u32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1011 0100 MMMM", ARM_VFP2, VFP_TO_U32_ROUND | VFP_DOUBLE, vfp_2sd, "vcvtr%c.u32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_TO_U32, vfp_2s, "vcvt%c.u32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1100 DDDD 1011 1100 MMMM", ARM_VFP2, VFP_TO_U32 | VFP_DOUBLE, vfp_2sd, "vcvt%c.u32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1010 01M0 MMMM", ARM_VFP2, VFP_TO_S32_ROUND, vfp_2s, "vcvtr%c.s32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1011 0100 MMMM", ARM_VFP2, VFP_TO_S32_ROUND | VFP_DOUBLE, vfp_2sd, "vcvtr%c.s32.f64\t%sD, %dM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1010 11M0 MMMM", ARM_VFP2, VFP_TO_S32, vfp_2s, "vcvt%c.s32.f32\t%sD, %sM", trans_vfp_unary, NULL },
    { "cccc 1110 1D11 1101 DDDD 1011 1100 MMMM", ARM_VFP2, VFP_TO_S32 | VFP_DOUBLE, vfp_2sd, "vcvt%c.s32.f64\t%sD, %dM", trans_vfp_unary, NULL },

    /* Transfers to and from ARM registers. */
    { "cccc 1110 0000 NNNN dddd 1010 N(00)1 (0000)", ARM_VFP2, 0, vfp_single_rd, "vmov%c\t%sN, %rd", trans_vmov_from_core, "d" },
    { "cccc 1110 0001 NNNN dddd 1010 N(00)1 (0000)", ARM_VFP2, 0, vfp_single_rd, "vmov%c\t%rd, %sN", trans_vmov_to_core, "d" },
    { "cccc 1110 00h0 NNNN dddd 1011 0(00)1 (0000)", ARM_VFP2, 0, vfp_half_rd, "vmov%c.32\t%dN[%uh], %rd", trans_vmov_from_core, "d" },
    { "cccc 1110 00h1 NNNN dddd 1011 0(00)1 (0000)", ARM_VFP2, 0, vfp_half_rd, "vmov%c.32\t%rd, %dN[%uh]", trans_vmov_to_core, "d" },
    { "cccc 1110 1111 0001 1111 1010 (000)1 (0000)", ARM_VFP2, 0, none, "vmrs%c\tAPSR_nzcv, fpscr", trans_vmrs_flags, NULL },
    { "cccc 1110 1111 0000 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPSID, rd, "vmrs%c\t%rd, fpsid", trans_vmrs, "d" },
    { "cccc 1110 1110 0000 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPSID, rd, "vmsr%c\tfpsid, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 0001 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPSCR, rd, "vmrs%c\t%rd, fpscr", trans_vmrs, "d" },
    { "cccc 1110 1110 0001 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPSCR, rd, "vmsr%c\tfpscr, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 0111 dddd 1010 (000)1 (0000)", ARM_MVFR, VFP_MVFR0, rd, "vmrs%c\t%rd, mvfr0", trans_vmrs, "d" },
    { "cccc 1110 1111 0110 dddd 1010 (000)1 (0000)", ARM_MVFR, VFP_MVFR1, rd, "vmrs%c\t%rd, mvfr1", trans_vmrs, "d" },
    { "cccc 1110 1111 1000 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPEXC, rd, "vmrs%c\t%rd, fpexc", trans_vmrs, "d" },
    { "cccc 1110 1110 1000 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPEXC, rd, "vmsr%c\tfpexc, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 1001 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPINST, rd, "vmrs%c\t%rd, fpinst", trans_vmrs, "d" },
    { "cccc 1110 1110 1001 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPINST, rd, "vmsr%c\tfpinst, %rd", trans_vmsr, "d" },
    { "cccc 1110 1111 1010 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPINST2, rd, "vmrs%c\t%rd, fpinst2", trans_vmrs, "d" },
    { "cccc 1110 1110 1010 dddd 1010 (000)1 (0000)", ARM_VFP2, VFP_FPINST2, rd, "vmsr%c\tfpinst2, %rd", trans_vmsr, "d" },
    { "cccc 1100 0100 nnnn dddd 1010 00M1 MMMM", ARM_VFP2, 0, vfp_single_pair, "vmov%c\t%sM, %zM, %rd, %rn", trans_vmov_pair_from_core, "d n M/31" },
    { "cccc 1100 0101 nnnn dddd 1010 00M1 MMMM", ARM_VFP2, 0, vfp_single_pair, "vmov%c\t%rd, %rn, %sM, %zM", trans_vmov_pair_to_core, "d n n/d M/31" },
    { "cccc 1100 0100 nnnn dddd 1011 0001 MMMM", ARM_VFP2, VFP_DOUBLE, vfp_double_pair, "vmov%c\t%dM, %rd, %rn", trans_vmov_pair_from_core, "d n" },
    { "cccc 1100 0101 nnnn dddd 1011 0001 MMMM", ARM_VFP2, VFP_DOUBLE, vfp_double_pair, "vmov%c\t%rd, %rn, %dM", trans_vmov_pair_to_core, "d n n/d" },

    /* Loads and stores (C5). */
    { "cccc 1101 uD00 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_ldst_s, "vstr%c\t%sD, %A", trans_vstr, NULL },
    { "cccc 1101 u000 nnnn DDDD 1011 iiiiiiii", ARM_VFP2, VFP_DOUBLE, vfp_ldst_d, "vstr%c\t%dD, %A", trans_vstr, NULL },
    { "cccc 1101 uD01 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_ldst_s, "vldr%c\t%sD, %A", trans_vldr, NULL },
    { "cccc 1101 u001 nnnn DDDD 1011 iiiiiiii", ARM_VFP2, VFP_DOUBLE, vfp_ldst_d, "vldr%c\t%dD, %A", trans_vldr, NULL },
    { "cccc 1100 1D00 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_multiple_s, "vstmia%c\t%rn, %F", trans_vstm, "D+i" },
    { "cccc 1100 1D10 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_multiple_s, "vstmia%c\t%rn!, %F", trans_vstm, "n D+i" },
    { "cccc 1100 1000 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "vstmia%c\t%rn, %G", trans_vstm, "D+i" },
    { "cccc 1100 1010 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "vstmia%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1100 1000 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "fstmiax%c\t%rn, %G", trans_vstm, "D+i" },
    { "cccc 1100 1010 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "fstmiax%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1101 0D10 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_multiple_s, "vstmdb%c\t%rn!, %F", trans_vstm, "n D+i" },
    { "cccc 1101 0010 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "vstmdb%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1101 0010 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "fstmdbx%c\t%rn!, %G", trans_vstm, "n D+i" },
    { "cccc 1100 1D01 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_multiple_s, "vldmia%c\t%rn, %F", trans_vldm, "D+i" },
    { "cccc 1100 1D11 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_multiple_s, "vldmia%c\t%rn!, %F", trans_vldm, "n D+i" },
    { "cccc 1100 1001 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "vldmia%c\t%rn, %G", trans_vldm, "D+i" },
    { "cccc 1100 1011 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "vldmia%c\t%rn!, %G", trans_vldm, "n D+i" },
    { "cccc 1100 1001 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "fldmiax%c\t%rn, %G", trans_vldm, "D+i" },
    { "cccc 1100 1011 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "fldmiax%c\t%rn!, %G", trans_vldm, "n D+i" },
    { "cccc 1101 0D11 nnnn DDDD 1010 iiiiiiii", ARM_VFP2, 0, vfp_multiple_s, "vldmdb%c\t%rn!, %F", trans_vldm, "n D+i" },
    { "cccc 1101 0011 nnnn DDDD 1011 iiiiiii0", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "vldmdb%c\t%rn!, %G", trans_vldm, "n D+i" },
    { "cccc 1101 0011 nnnn DDDD 1011 iiiiiii1", ARM_VFP2, VFP_DOUBLE, vfp_multiple_d, "fldmdbx%c\t%rn!, %G", trans_vldm, "n D+i" },
    /* clang-format on */
};

const ArmTable vfp_table = { insns, sizeof insns / sizeof insns[0], 32 };
