/* SPDX-License-Identifier: MIT */
/* The VFP9-S: who may access what and when, each kind of instruction, exceptions, short vectors. */
#include "guest.h"

#define FPEXC_EN 0x40000000u

static uint32_t code[4];

/* Executes one instruction with r0 and r1 given and r0 taken; the vector it ends at. */
static unsigned execute(uint32_t insn, uint32_t r0, uint32_t r1, bool user)
{
    code[0] = insn;
    code[1] = user ? 0xef000042 : 0xe12fff1e; /* swi, or bx lr */
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c7, 0, 0);
    return user ? guarded(in_user, (uint32_t)code, r0) : guarded((guest_fn *)code, r0, r1);
}

/* The same for one that must work. */
static uint32_t run(uint32_t insn, uint32_t r0, uint32_t r1)
{
    return execute(insn, r0, r1, false) == VECTOR_NONE ? guarded_value : 0xbadbad00;
}

enum { FPSID = 0, FPSCR = 1, MVFR0 = 7, FPEXC = 8, FPINST = 9, FPINST2 = 10 };
#define FMRX(reg) (0xeef00a10u | (uint32_t)(reg) << 16)
#define FMXR(reg) (0xeee00a10u | (uint32_t)(reg) << 16)
#define FADDS     0xee300a00u /* s0 = s0 + s0 */

static uint32_t read_sys(unsigned reg)
{
    return run(FMRX(reg), 0, 0);
}

static void write_sys(unsigned reg, uint32_t value)
{
    run(FMXR(reg), value, 0);
}

/* Single and double registers. */
static void set_s(unsigned n, uint32_t value)
{
    run(0xee000a10u | n >> 1 << 16 | (n & 1) << 7, value, 0);
}

static uint32_t get_s(unsigned n)
{
    return run(0xee100a10u | n >> 1 << 16 | (n & 1) << 7, 0, 0);
}

static void set_d(unsigned n, uint64_t value)
{
    run(0xec410b10u | n, (uint32_t)value, (uint32_t)(value >> 32));
}

static uint32_t low_d(unsigned n)
{
    return run(0xee100b10u | n << 16, 0, 0);
}

static uint32_t high_d(unsigned n)
{
    return run(0xee300b10u | n << 16, 0, 0);
}

static void is_d(unsigned n, uint64_t want, const char *name)
{
    ok(low_d(n) == (uint32_t)want && high_d(n) == (uint32_t)(want >> 32), name);
}

static void access_rights(void)
{
    is(read_sys(FPSID), 0x41011090, "FPSID while disabled");
    is(read_sys(FPEXC), 0, "FPEXC after reset: disabled");
    is(execute(FADDS, 0, 0, false), VECTOR_UNDEF, "FADDS while disabled");
    is(caught.lr - (uint32_t)code, 4, "r14 is the address of the next instruction");
    is(execute(FMRX(FPSCR), 0, 0, false), VECTOR_UNDEF, "FMRX FPSCR while disabled");
    is(execute(FMXR(FPSCR), 0, 0, false), VECTOR_UNDEF, "FMXR FPSCR while disabled");
    is(execute(FMRX(FPINST), 0, 0, false), VECTOR_UNDEF, "FMRX FPINST while disabled");
    is(execute(0xed900a00, (uint32_t)code, 0, false), VECTOR_UNDEF, "FLDS while disabled");
    is(execute(0xec900a01, (uint32_t)code, 0, false), VECTOR_UNDEF, "FLDMIAS while disabled");
    is(execute(0xee100a10, 0, 0, false), VECTOR_UNDEF, "FMRS while disabled");
    is(execute(0xec510b10, 0, 0, false), VECTOR_UNDEF, "FMRRD while disabled");
    is(execute(0xeef1fa10, 0, 0, false), VECTOR_UNDEF, "FMSTAT while disabled");
    is(execute(FMRX(FPEXC), 0, 0, true), VECTOR_UNDEF, "FMRX FPEXC in user mode");
    is(execute(FMXR(FPEXC), FPEXC_EN, 0, true), VECTOR_UNDEF, "FMXR FPEXC in user mode");
    is_not_qemu(execute(FMRX(FPSID), 0, 0, true), VECTOR_UNDEF,
                "FMRX FPSID in user mode while disabled", "allowed");

    write_sys(FPEXC, FPEXC_EN);
    is(read_sys(FPEXC), FPEXC_EN, "FPEXC.EN can be set");
    is(execute(FADDS, 0, 0, false), VECTOR_NONE, "FADDS while enabled");
    is(execute(FADDS, 0, 0, true), VECTOR_SWI, "FADDS in user mode");
    is(execute(FMRX(FPSCR), 0, 0, true), VECTOR_SWI, "FMRX FPSCR in user mode");
    is(execute(FMRX(FPSID), 0, 0, true), VECTOR_SWI, "FMRX FPSID in user mode");
    is(execute(FMRX(FPEXC), 0, 0, true), VECTOR_UNDEF, "FMRX FPEXC in user mode, enabled");
    is(execute(FMRX(FPINST), 0, 0, true), VECTOR_UNDEF, "FMRX FPINST in user mode");
    write_sys(FPEXC, 0xbfffffff);
    is(read_sys(FPEXC), 0, "FPEXC has no other bits, and can be cleared");
    is(execute(FADDS, 0, 0, false), VECTOR_UNDEF, "FADDS after that");
    write_sys(FPEXC, FPEXC_EN);
    write_sys(FPSID, 0);
    is(read_sys(FPSID), 0x41011090, "FPSID cannot be written");
    is(execute(FMRX(MVFR0), 0, 0, false), VECTOR_UNDEF, "there is no MVFR0");
    write_sys(FPINST, 0x12345678);
    write_sys(FPINST2, 0x9abcdef0);
    is(read_sys(FPINST), 0x12345678, "FPINST can be written");
    is(read_sys(FPINST2), 0x9abcdef0, "FPINST2 can be written");
    write_sys(FPSCR, 0xfbffffff);
    is(read_sys(FPSCR), 0xf3f7009f, "the bits of FPSCR; there are no trap enables");
    write_sys(FPSCR, 0);
    is(read_sys(FPSCR), 0, "FPSCR can be cleared");
}

static void undefined(void)
{
    is(execute(0xee700b00, 0, 0, false), VECTOR_UNDEF, "FADDD to d16");
    is(execute(0xee300b80, 0, 0, false), VECTOR_UNDEF, "FADDD of d16");
    is(execute(0xee300b20, 0, 0, false), VECTOR_UNDEF, "FADDD with d16");
    is(execute(0xedd00b00, (uint32_t)code, 0, false), VECTOR_UNDEF, "FLDD of d16");
    is(execute(0xec900a00, (uint32_t)code, 0, false), VECTOR_UNDEF, "FLDMIAS of no register");
    is(execute(0xecd0fa02, (uint32_t)code, 0, false), VECTOR_UNDEF, "FLDMIAS beyond s31");
    is(execute(0xec90fb04, (uint32_t)code, 0, false), VECTOR_UNDEF, "FLDMIAD beyond d15");
    is(execute(0xee800a40, 0, 0, false), VECTOR_UNDEF, "opcode 1001");
    is(execute(0xeea00a00, 0, 0, false), VECTOR_UNDEF, "VFMA");
    is(execute(0xeeb20a40, 0, 0, false), VECTOR_UNDEF, "half-precision conversion");
    is(execute(0xeeb00a00, 0, 0, false), VECTOR_UNDEF, "FCONSTS");
}

static uint32_t memory[40];

static void transfers(void)
{
    uint32_t at = (uint32_t)memory;
    for (unsigned i = 0; i < 32; i++) {
        set_s(i, 0x1000 + i);
    }
    unsigned wrong = 0;
    for (unsigned i = 0; i < 32; i++) {
        wrong += get_s(i) != 0x1000 + i;
    }
    is(wrong, 0, "FMSR, FMRS: 32 single registers");
    is(low_d(5), 0x100a, "a double's low word is the even single");
    is(high_d(5), 0x100b, "its high word the odd one");
    run(0xee250b10, 0x55aa, 0); /* fmdhr d5, r0 */
    is(get_s(11), 0x55aa, "FMDHR");
    run(0xee050b10, 0xaa55, 0);
    is(get_s(10), 0xaa55, "FMDLR");
    set_d(3, UINT64_C(0x123456789abcdef0));
    is(get_s(6), 0x9abcdef0, "FMDRR: low word");
    is(get_s(7), 0x12345678, "FMDRR: high word");
    run(0xec410a34, 0x777, 0x888); /* fmsrr {s9, s10}, r0, r1 */
    is(get_s(9), 0x777, "FMSRR: first");
    is(get_s(10), 0x888, "FMSRR: second");
    is(run(0xec510a34, 0, 0), 0x777, "FMRRS: first");
    is(run(0xec501a34, 0, 0), 0x888, "FMRRS: second");
    is(run(0xec501b13, 0, 0), 0x12345678, "FMRRD: high word");

    for (unsigned i = 0; i < 40; i++) {
        memory[i] = 0x2000 + i;
    }
    run(0xed900a02, at, 0); /* flds s0, [r0, #8] */
    is(get_s(0), 0x2002, "FLDS");
    run(0xed500a01, at + 20, 0); /* flds s1, [r0, #-4] */
    is(get_s(1), 0x2004, "FLDS, offset subtracted");
    run(0xed901b04, at, 0); /* fldd d1, [r0, #16] */
    is(get_s(2), 0x2004, "FLDD: low word");
    is(get_s(3), 0x2005, "FLDD: high word");
    run(0xed800a00, at, 0);
    is(memory[0], 0x2002, "FSTS");
    run(0xed801b02, at, 0);
    is(memory[2], 0x2004, "FSTD: low word");
    is(memory[3], 0x2005, "FSTD: high word");
    is(run(0xecb02a04, at + 16, 0), at + 32, "FLDMIAS with writeback"); /* s4-s7 */
    is(get_s(4), 0x2004, "its first register");
    is(get_s(7), 0x2007, "its last");
    is(run(0xed302b04, at + 64, 0), at + 48, "FLDMDBD with writeback"); /* d2-d3 */
    is(get_s(4), 0x200c, "its first word");
    is(get_s(7), 0x200f, "its last");
    is(run(0xecb02b05, at + 16, 0), at + 36, "FLDMIAX moves the base by a word more");
    is(get_s(4), 0x2004, "FLDMIAX loads the same");
    run(0xec900a20, at, 0);
    wrong = 0;
    for (unsigned i = 4; i < 32; i++) {
        wrong += get_s(i) != 0x2000 + i;
    }
    is(wrong, 0, "FLDMIAS of all registers");
    is(run(0xed200b20, at + 32 * 4 + 8, 0), at + 8, "FSTMDBD of all registers");
    wrong = 0;
    for (unsigned i = 4; i < 32; i++) {
        wrong += memory[2 + i] != 0x2000 + i;
    }
    is(wrong, 0, "what it stored");
    is(run(0xeca00b05, at, 0), at + 20, "FSTMIAX moves the base by a word more");
}

#define ONE   0x3f800000u
#define TWO   0x40000000u
#define THREE 0x40400000u
#define ONE_D UINT64_C(0x3ff0000000000000)
#define TWO_D UINT64_C(0x4000000000000000)

/* s2 = s0 op s1 (s2 was `d`), and the exceptions. */
static void single(uint32_t insn, uint32_t d, uint32_t n, uint32_t m, uint32_t want, uint32_t flags,
                   const char *name)
{
    uint32_t mode = read_sys(FPSCR) & 0x03f70000;
    set_s(0, n);
    set_s(1, m);
    set_s(2, d);
    write_sys(FPSCR, mode);
    run(insn, 0, 0);
    uint32_t got = get_s(2), fpscr = read_sys(FPSCR);
    ok(got == want && (fpscr & 0x9f) == flags, name);
    if (got != want || (fpscr & 0x9f) != flags) {
        print("# got ");
        print_hex(got);
        print(" and FPSCR ");
        print_hex(fpscr);
        print("\n");
    }
}

static void arithmetic(void)
{
    single(0xee301a20, 0, ONE, TWO, THREE, 0, "FADDS");
    single(0xee301a60, 0, THREE, ONE, TWO, 0, "FSUBS");
    single(0xee201a20, 0, THREE, TWO, 0x40c00000, 0, "FMULS");
    single(0xee201a60, 0, THREE, TWO, 0xc0c00000, 0, "FNMULS");
    single(0xee801a20, 0, ONE, THREE, 0x3eaaaaab, 0x10, "FDIVS, inexact");
    single(0xee001a20, ONE, ONE, TWO, THREE, 0, "FMACS");
    single(0xee001a60, THREE, ONE, TWO, ONE, 0, "FNMACS");
    single(0xee101a20, THREE, ONE, TWO, 0xbf800000, 0, "FMSCS");
    single(0xee101a60, THREE, ONE, TWO, 0xc0a00000, 0, "FNMSCS");
    single(0xeeb11ae0, 0, 0, 0x40800000, TWO, 0, "FSQRTS");
    single(0xeeb11ae0, 0, 0, 0xc0800000, 0x7fc00000, 0x01, "FSQRTS of a negative: invalid");
    single(0xeeb01ae0, 0, 0, 0xffa00001, 0x7fa00001, 0, "FABSS of a signalling NaN: no exception");
    single(0xeeb11a60, 0, 0, ONE, 0xbf800000, 0, "FNEGS");
    single(0xeeb01a60, 0, 0, TWO, TWO, 0, "FCPYS");
    single(0xee801a20, 0, ONE, 0, 0x7f800000, 0x02, "FDIVS by zero");
    single(0xee201a20, 0, 0x7f7fffff, TWO, 0x7f800000, 0x14, "overflow");
    single(0xee201a20, 0, 0x00800001, 0x3f000000, 0x00400000, 0x18, "underflow");
    single(0xee201a20, 0, 0x00800000, 0x3f7fffff, 0x00800000, 0x18,
           "underflow: tiny before rounding");
    single(0xee301a20, 0, 0x7f800001, 0x7fc00002, 0x7fc00001, 0x01, "a signalling NaN goes first");
    single(0xee301a20, 0, 0x7fc00003, 0x7f800002, 0x7fc00002, 0x01,
           "a signalling NaN goes before a quiet one");
    single(0xee001a20, 0x7fc00009, 0x7fc00003, ONE, 0x7fc00009, 0, "FMACS: the accumulator first");
    single(0xee001a60, ONE, 0x7fc00003, ONE, 0xffc00003, 0, "FNMACS negates a NaN product");
    single(0xeeb81ae0, 0, 0, 0xfffffff9, 0xc0e00000, 0, "FSITOS");
    single(0xeeb81a60, 0, 0, 0xfffffff9, 0x4f800000, 0x10, "FUITOS");
    single(0xeebd1ae0, 0, 0, 0xc0600000, 0xfffffffd, 0x10, "FTOSIZS of -3.5");
    single(0xeebd1a60, 0, 0, 0xc0600000, 0xfffffffc, 0x10, "FTOSIS of -3.5: to even");
    single(0xeebc1ae0, 0, 0, 0xc0600000, 0, 0x01, "FTOUIZS of -3.5: invalid");
    single(0xeebd1ae0, 0, 0, 0x4f000000, 0x7fffffff, 0x01, "FTOSIZS of 2^31: invalid");
    write_sys(FPSCR, 1u << 22);
    single(0xee801a20, 0, ONE, THREE, 0x3eaaaaab, 0x10, "FDIVS rounding up");
    write_sys(FPSCR, 2u << 22);
    single(0xee801a20, 0, ONE, THREE, 0x3eaaaaaa, 0x10, "FDIVS rounding down");
    single(0xee301a60, 0, ONE, ONE, 0x80000000, 0, "1 - 1 is -0 rounding down");
    write_sys(FPSCR, 3u << 22);
    single(0xee801a20, 0, TWO, THREE, 0x3f2aaaaa, 0x10, "FDIVS rounding to zero");
    write_sys(FPSCR, 1u << 24);
    single(0xee301a20, 0, 0x00000001, ONE, ONE, 0x80, "flush to zero: an input denormal");
    single(0xee201a20, 0, 0x00800001, 0x3f000000, 0, 0x08, "flush to zero: a tiny result");
    write_sys(FPSCR, 1u << 25);
    single(0xee301a20, 0, 0xffc12345, ONE, 0x7fc00000, 0, "default NaN");
    write_sys(FPSCR, 0);

    set_d(1, ONE_D);
    set_d(2, TWO_D);
    run(0xee310b02, 0, 0); /* faddd d0, d1, d2 */
    is_d(0, UINT64_C(0x4008000000000000), "FADDD");
    run(0xee810b00, 0, 0); /* fdivd d0, d1, d0 */
    is_d(0, UINT64_C(0x3fd5555555555555), "FDIVD");
    is(read_sys(FPSCR), 0x10, "inexact");
    run(0xeef71bc0, 0, 0); /* fcvtsd s3, d0 */
    is(get_s(3), 0x3eaaaaab, "FCVTSD");
    run(0xeeb72ae1, 0, 0); /* fcvtds d2, s3 */
    is_d(2, UINT64_C(0x3fd5555560000000), "FCVTDS");
    set_s(5, 0xfffffffe);
    run(0xeeb80be2, 0, 0); /* fsitod d0, s5 */
    is_d(0, UINT64_C(0xc000000000000000), "FSITOD");
    run(0xeefd2bc0, 0, 0); /* ftosizd s5, d0 */
    is(get_s(5), 0xfffffffe, "FTOSIZD");
}

static uint32_t compare(uint32_t insn, uint32_t d, uint32_t m)
{
    set_s(0, d);
    set_s(1, m);
    write_sys(FPSCR, 0);
    run(insn, 0, 0);
    return read_sys(FPSCR);
}

static void comparisons(void)
{
    is(compare(0xeeb40a60, ONE, TWO), 0x80000000, "FCMPS: less");
    is(compare(0xeeb40a60, TWO, ONE), 0x20000000, "FCMPS: greater");
    is(compare(0xeeb40a60, 0x80000000, 0), 0x60000000, "FCMPS: -0 equals 0");
    is(compare(0xeeb40a60, ONE, 0x7fc00000), 0x30000000, "FCMPS: unordered");
    is(compare(0xeeb40a60, ONE, 0x7f800001), 0x30000001, "FCMPS: a signalling NaN is invalid");
    is(compare(0xeeb40ae0, ONE, 0x7fc00000), 0x30000001, "FCMPES: any NaN is invalid");
    is(compare(0xeeb50a40, 0xbf800000, 0), 0x80000000, "FCMPZS");
    is(compare(0xeeb50ac0, 0, 0), 0x60000000, "FCMPEZS");
    write_sys(FPSCR, 0x90000000);
    code[0] = 0xeef1fa10; /* fmstat; mrs r0, cpsr; bx lr */
    code[1] = 0xe10f0000;
    code[2] = 0xe12fff1e;
    MCR15(0, c7, c7, 0, 0);
    guarded((guest_fn *)code, 0, 0);
    is(guarded_value >> 28, 9, "FMSTAT");
}

static void vectors_of(uint32_t fpscr, uint32_t insn)
{
    write_sys(FPSCR, 0);
    for (unsigned i = 0; i < 32; i++) { /* 1.0 + i / 2^23 */
        set_s(i, ONE + i);
    }
    write_sys(FPSCR, fpscr);
    run(insn, 0, 0);
}

static void short_vectors(void)
{
    unsigned wrong = 0;
    vectors_of(3u << 16, 0xeeb04a68); /* fcpys s8, s17: length 4 */
    for (unsigned i = 0; i < 32; i++) {
        wrong += get_s(i) != ONE + (i >= 8 && i < 12 ? i + 9 : i);
    }
    is(wrong, 0, "FCPYS of a vector of four");
    wrong = 0;
    vectors_of(3u << 16, 0xeef04a60); /* fcpys s9, s1: a scalar to each */
    for (unsigned i = 0; i < 32; i++) {
        wrong += get_s(i) != ONE + (i >= 9 && i < 13 ? 1 : i);
    }
    is(wrong, 0, "FCPYS of a scalar to a vector");
    wrong = 0;
    vectors_of(3u << 16, 0xeef06a6a); /* fcpys s13, s21: wraps round in its bank */
    for (unsigned i = 0; i < 32; i++) {
        unsigned from = i == 8 ? 16 : i >= 13 && i < 16 ? i + 8 : i;
        wrong += get_s(i) != ONE + from;
    }
    is(wrong, 0, "FCPYS wraps round in the bank");
    vectors_of(3u << 16, 0xeef01a6a); /* fcpys s3, s21 */
    is(get_s(3), ONE + 21, "a destination in bank 0 makes a scalar operation");
    is(get_s(4), ONE + 4, "of one element");
    vectors_of(1u << 16, 0xee744a80); /* fadds s9, s9, s0 */
    is(get_s(9), TWO + 4, "FADDS of a vector and a scalar: first");
    is(get_s(10), TWO + 5, "second");
    is(get_s(11), ONE + 11, "no third register is written");

    vectors_of(1u << 16 | 3u << 20, 0xeeb04b48); /* fcpyd d4, d8, length 2, stride 2 */
    is(get_s(8), ONE + 16, "FCPYD with stride 2: first");
    is(get_s(10), ONE + 10, "not the next");
    is_not_qemu(get_s(12), ONE + 20, "but the one after it", "writes into the operand's bank");
    vectors_of(1u << 16 | 3u << 20, 0xeeb04a68); /* fcpys s8, s17, length 2, stride 2 */
    is_not_qemu(get_s(10), ONE + 19, "FCPYS with stride 2", "takes a stride of 4");
    write_sys(FPSCR, 0);
}

int main(void)
{
    access_rights();
    undefined();
    transfers();
    arithmetic();
    comparisons();
    short_vectors();
    return 0;
}
