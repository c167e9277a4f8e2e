/* SPDX-License-Identifier: MIT */
/* ARMv6's media instructions on values worked out by hand from DDI 0100I, A4.1: corner cases of
 * each result, and the flags Q and GE. */
#include "cpu/decode/decode.h"
#include "tests/unit/arm_board.h"

#define SPIN 0xeafffffeu /* b . */
#define Q    PSR_Q
#define GE   16 /* shift of GE's four bits */

static ArmBoard board;

/* The instructions have rd = r0, rn = r1, rm = r2; multiplies rd = r0 (the high word), ra = r3 (the
 * low word), rm = r1, rs = r2. r3 is 0x1000 before. */
static const struct {
    uint32_t insn;
    const char *text; /* for the disassembler, and the test's name */
    uint32_t r1, r2;
    uint32_t flags; /* Q and GE before */
    uint32_t want;  /* r0 after */
    uint32_t want_flags;
} rows[] = {
    /* clang-format off */
    { 0xe6110f12, "sadd16\tr0, r1, r2", 0x7fff8000, 0x00018001, 0, 0x80000001, 12u << GE },
    { 0xe6110f12, "sadd16\tr0, r1, r2", 0xffff0001, 0x0000ffff, Q, 0xffff0000, Q | 3u << GE },
    { 0xe6110f32, "sasx\tr0, r1, r2", 0x00050003, 0x0004fffe, 0, 0x0003ffff, 12u << GE },
    { 0xe6110f52, "ssax\tr0, r1, r2", 0x00050003, 0x0004fffe, 0, 0x00070007, 15u << GE },
    { 0xe6110f72, "ssub16\tr0, r1, r2", 0x80007fff, 0x0001ffff, 0, 0x7fff8000, 3u << GE },
    { 0xe6110f92, "sadd8\tr0, r1, r2", 0x7f80ff01, 0x0180017f, 0, 0x80000080, 11u << GE },
    { 0xe6110ff2, "ssub8\tr0, r1, r2", 0x00800a01, 0x01017f01, 0, 0xff7f8b00, 1u << GE },
    { 0xe6210f12, "qadd16\tr0, r1, r2", 0x7fff8000, 0x0001ffff, 5u << GE, 0x7fff8000, 5u << GE },
    { 0xe6210f32, "qasx\tr0, r1, r2", 0x7ffe8001, 0x00020003, 0, 0x7fff8000, 0 },
    { 0xe6210f52, "qsax\tr0, r1, r2", 0x80017ffe, 0x00040003, 0, 0x80007fff, 0 },
    { 0xe6210f72, "qsub16\tr0, r1, r2", 0x80001234, 0x00010034, 0, 0x80001200, 0 },
    { 0xe6210f92, "qadd8\tr0, r1, r2", 0x7f80c040, 0x01ff8040, 0, 0x7f80807f, 0 },
    { 0xe6210ff2, "qsub8\tr0, r1, r2", 0x807f0010, 0x01ff8020, 0, 0x807f7ff0, 0 },
    { 0xe6310f12, "shadd16\tr0, r1, r2", 0x7fff8000, 0x7fff8000, 0, 0x7fff8000, 0 },
    { 0xe6310f72, "shsub16\tr0, r1, r2", 0x00000000, 0x00018000, 0, 0xffff4000, 0 },
    { 0xe6310f32, "shasx\tr0, r1, r2", 0x00040004, 0x00020006, 0, 0x00050001, 0 },
    { 0xe6310f52, "shsax\tr0, r1, r2", 0x00040004, 0x00020006, 0, 0xffff0003, 0 },
    { 0xe6310f92, "shadd8\tr0, r1, r2", 0x80ff7f01, 0x80007f02, 0, 0x80ff7f01, 0 },
    { 0xe6310ff2, "shsub8\tr0, r1, r2", 0x80000005, 0x7f010002, 0, 0x80ff0001, 0 },
    { 0xe6510f12, "uadd16\tr0, r1, r2", 0xffff8000, 0x00017fff, 15u << GE, 0x0000ffff, 12u << GE },
    { 0xe6510f32, "uasx\tr0, r1, r2", 0xfffe0001, 0x00020001, 0, 0xffffffff, 0 },
    { 0xe6510f52, "usax\tr0, r1, r2", 0x0002fffe, 0x00020002, 0, 0x00000000, 15u << GE },
    { 0xe6510f72, "usub16\tr0, r1, r2", 0x00010001, 0x00010002, 0, 0x0000ffff, 12u << GE },
    { 0xe6510f92, "uadd8\tr0, r1, r2", 0xff80017f, 0x01800180, 0, 0x000002ff, 12u << GE },
    { 0xe6510ff2, "usub8\tr0, r1, r2", 0x00ff8001, 0x01fe8002, 0, 0xff0100ff, 6u << GE },
    { 0xe6610f12, "uqadd16\tr0, r1, r2", 0xffff0001, 0x00010001, 0, 0xffff0002, 0 },
    { 0xe6610f32, "uqasx\tr0, r1, r2", 0xffff0001, 0x00020001, 0, 0xffff0000, 0 },
    { 0xe6610f52, "uqsax\tr0, r1, r2", 0x0001ffff, 0x00020002, 0, 0x0000ffff, 0 },
    { 0xe6610f72, "uqsub16\tr0, r1, r2", 0x00018000, 0x00020001, 0, 0x00007fff, 0 },
    { 0xe6610f92, "uqadd8\tr0, r1, r2", 0xff80017f, 0x01800180, 0, 0xffff02ff, 0 },
    { 0xe6610ff2, "uqsub8\tr0, r1, r2", 0x00ff8001, 0x01fe8002, 0, 0x00010000, 0 },
    { 0xe6710f12, "uhadd16\tr0, r1, r2", 0xffff0001, 0xffff0002, 0, 0xffff0001, 0 },
    { 0xe6710f32, "uhasx\tr0, r1, r2", 0xffff0000, 0x0001ffff, 0, 0xffffffff, 0 },
    { 0xe6710f52, "uhsax\tr0, r1, r2", 0x0000ffff, 0xffff0001, 0, 0xffffffff, 0 },
    { 0xe6710f72, "uhsub16\tr0, r1, r2", 0x0000ffff, 0x00010000, 0, 0xffff7fff, 0 },
    { 0xe6710f92, "uhadd8\tr0, r1, r2", 0xff010000, 0xff000100, 0, 0xff000000, 0 },
    { 0xe6710ff2, "uhsub8\tr0, r1, r2", 0x00ff0105, 0xff000002, 0, 0x807f0001, 0 },

    { 0xe6810fb2, "sel\tr0, r1, r2", 0x11111111, 0x22222222, 5u << GE, 0x22112211, 5u << GE },
    { 0xe6810012, "pkhbt\tr0, r1, r2", 0x11112222, 0x33334444, 0, 0x33332222, 0 },
    { 0xe6810412, "pkhbt\tr0, r1, r2, lsl #8", 0x11112222, 0x33334455, 0, 0x33442222, 0 },
    { 0xe6810052, "pkhtb\tr0, r1, r2, asr #32", 0x11112222, 0x83334444, 0, 0x1111ffff, 0 },
    { 0xe6810852, "pkhtb\tr0, r1, r2, asr #16", 0x11112222, 0x83334444, 0, 0x11118333, 0 },
    { 0xe6a70012, "ssat\tr0, #8, r2", 0, 0x0000007f, 0, 0x0000007f, 0 },
    { 0xe6a70012, "ssat\tr0, #8, r2", 0, 0x00000080, 0, 0x0000007f, Q },
    { 0xe6a70012, "ssat\tr0, #8, r2", 0, 0xffffff7f, 0, 0xffffff80, Q },
    { 0xe6bf0012, "ssat\tr0, #32, r2", 0, 0x80000000, 0, 0x80000000, 0 },
    { 0xe6a00212, "ssat\tr0, #1, r2, lsl #4", 0, 0x10000000, 0, 0x00000000, 0 },
    { 0xe6a00052, "ssat\tr0, #1, r2, asr #32", 0, 0x80000000, 0, 0xffffffff, 0 },
    { 0xe6e80012, "usat\tr0, #8, r2", 0, 0x000000ff, 0, 0x000000ff, 0 },
    { 0xe6e80012, "usat\tr0, #8, r2", 0, 0x00000100, 0, 0x000000ff, Q },
    { 0xe6e80012, "usat\tr0, #8, r2", 0, 0xffffffff, 0, 0x00000000, Q },
    { 0xe6e00012, "usat\tr0, #0, r2", 0, 0x00000000, 0, 0x00000000, 0 },
    { 0xe6ff0012, "usat\tr0, #31, r2", 0, 0x7fffffff, 0, 0x7fffffff, 0 },
    { 0xe6ff0452, "usat\tr0, #31, r2, asr #8", 0, 0x80000000, 0, 0x00000000, Q },
    { 0xe6a30f32, "ssat16\tr0, #4, r2", 0, 0x0007fff8, 0, 0x0007fff8, 0 },
    { 0xe6a30f32, "ssat16\tr0, #4, r2", 0, 0x0008fff8, 0, 0x0007fff8, Q },
    { 0xe6a30f32, "ssat16\tr0, #4, r2", 0, 0x00078000, 0, 0x0007fff8, Q },
    { 0xe6e40f32, "usat16\tr0, #4, r2", 0, 0x000f0000, 0, 0x000f0000, 0 },
    { 0xe6e40f32, "usat16\tr0, #4, r2", 0, 0x0010ffff, 0, 0x000f0000, Q },

    { 0xe6af0072, "sxtb\tr0, r2", 0, 0x12345680, 0, 0xffffff80, 0 },
    { 0xe6af0472, "sxtb\tr0, r2, ror #8", 0, 0x1234807f, 0, 0xffffff80, 0 },
    { 0xe6af0872, "sxtb\tr0, r2, ror #16", 0, 0x127f8080, 0, 0x0000007f, 0 },
    { 0xe6af0c72, "sxtb\tr0, r2, ror #24", 0, 0x80000000, 0, 0xffffff80, 0 },
    { 0xe6bf0072, "sxth\tr0, r2", 0, 0x12348000, 0, 0xffff8000, 0 },
    { 0xe6bf0472, "sxth\tr0, r2, ror #8", 0, 0x128034ff, 0, 0xffff8034, 0 },
    { 0xe6bf0872, "sxth\tr0, r2, ror #16", 0, 0x7fff8000, 0, 0x00007fff, 0 },
    { 0xe6bf0c72, "sxth\tr0, r2, ror #24", 0, 0x34000080, 0, 0xffff8034, 0 },
    { 0xe6ef0072, "uxtb\tr0, r2", 0, 0x12345680, 0, 0x00000080, 0 },
    { 0xe6ef0472, "uxtb\tr0, r2, ror #8", 0, 0x12348056, 0, 0x00000080, 0 },
    { 0xe6ef0c72, "uxtb\tr0, r2, ror #24", 0, 0x80345678, 0, 0x00000080, 0 },
    { 0xe6ff0072, "uxth\tr0, r2", 0, 0x12348001, 0, 0x00008001, 0 },
    { 0xe6ff0872, "uxth\tr0, r2, ror #16", 0, 0x80015678, 0, 0x00008001, 0 },
    { 0xe6ff0c72, "uxth\tr0, r2, ror #24", 0, 0x34000080, 0, 0x00008034, 0 },
    { 0xe68f0072, "sxtb16\tr0, r2", 0, 0x007f0080, 0, 0x007fff80, 0 },
    { 0xe68f0472, "sxtb16\tr0, r2, ror #8", 0, 0x80007f00, 0, 0xff80007f, 0 },
    { 0xe6cf0072, "uxtb16\tr0, r2", 0, 0x12843456, 0, 0x00840056, 0 },
    { 0xe6cf0c72, "uxtb16\tr0, r2, ror #24", 0, 0x34560081, 0, 0x00000034, 0 },
    { 0xe6a10072, "sxtab\tr0, r1, r2", 0x00000100, 0x000000ff, 0, 0x000000ff, 0 },
    { 0xe6b10872, "sxtah\tr0, r1, r2, ror #16", 0x00000001, 0x80000000, 0, 0xffff8001, 0 },
    { 0xe6e10072, "uxtab\tr0, r1, r2", 0x00000100, 0xffffffff, 0, 0x000001ff, 0 },
    { 0xe6f10472, "uxtah\tr0, r1, r2, ror #8", 0xffffffff, 0xff0001ff, 0, 0x00000000, 0 },
    { 0xe6810072, "sxtab16\tr0, r1, r2", 0x00010000, 0x00ff00ff, 0, 0x0000ffff, 0 },
    { 0xe6c10472, "uxtab16\tr0, r1, r2, ror #8", 0x0001ffff, 0x02000100, 0, 0x00030000, 0 },
    { 0xe6bf0f32, "rev\tr0, r2", 0, 0x12345678, 0, 0x78563412, 0 },
    { 0xe6bf0fb2, "rev16\tr0, r2", 0, 0x12345678, 0, 0x34127856, 0 },
    { 0xe6ff0fb2, "revsh\tr0, r2", 0, 0x12345680, 0, 0xffff8056, 0 },

    { 0xe700f211, "smuad\tr0, r1, r2", 0x00020003, 0x00050007, 0, 0x0000001f, 0 },
    { 0xe700f231, "smuadx\tr0, r1, r2", 0x00020003, 0x00050007, 0, 0x0000001d, 0 },
    { 0xe700f211, "smuad\tr0, r1, r2", 0x80008000, 0x80008000, 0, 0x80000000, Q },
    { 0xe7003211, "smlad\tr0, r1, r2, r3", 0xffff0001, 0x00010001, 0, 0x00001000, 0 },
    { 0xe7003211, "smlad\tr0, r1, r2, r3", 0x80008000, 0x80008000, 0, 0x80001000, Q },
    { 0xe700f251, "smusd\tr0, r1, r2", 0x00020003, 0x00050007, 0, 0x0000000b, 0 },
    { 0xe700f271, "smusdx\tr0, r1, r2", 0x00020003, 0x00050007, 0, 0x00000001, 0 },
    { 0xe7003251, "smlsd\tr0, r1, r2, r3", 0x00020003, 0x00050007, 0, 0x0000100b, 0 },
    { 0xe7003251, "smlsd\tr0, r1, r2, r3", 0x80008000, 0x7fff8000, 0, 0x7fff9000, 0 },
    { 0xe750f211, "smmul\tr0, r1, r2", 0x80000000, 0x00000003, 0, 0xfffffffe, 0 },
    { 0xe750f231, "smmulr\tr0, r1, r2", 0x80000000, 0x00000003, 0, 0xffffffff, 0 },
    { 0xe750f231, "smmulr\tr0, r1, r2", 0x00010000, 0x00007fff, 0, 0x00000000, 0 },
    { 0xe7503211, "smmla\tr0, r1, r2, r3", 0x40000000, 0x00000007, 0, 0x00001001, 0 },
    { 0xe7503231, "smmlar\tr0, r1, r2, r3", 0x40000000, 0x00000007, 0, 0x00001002, 0 },
    { 0xe75032d1, "smmls\tr0, r1, r2, r3", 0x40000000, 0x00000007, 0, 0x00000ffe, 0 },
    { 0xe75032f1, "smmlsr\tr0, r1, r2, r3", 0x40000000, 0x00000005, 0, 0x00000fff, 0 },
    { 0xe75032d1, "smmls\tr0, r1, r2, r3", 0x00000000, 0x00000007, 0, 0x00001000, 0 },
    { 0xe780f211, "usad8\tr0, r1, r2", 0xff000110, 0x00ff0211, 0, 0x00000200, 0 },
    { 0xe7803211, "usada8\tr0, r1, r2, r3", 0xff000110, 0x00ff0211, 0, 0x00001200, 0 },
    /* clang-format on */
};

/* Those that have the low word of their result in r3; before, r0 is 1 and r3 0xfffff000. */
static const struct {
    uint32_t insn;
    const char *text;
    uint32_t r1, r2, want_low, want_high;
} long_rows[] = {
    /* clang-format off */
    { 0xe7403211, "smlald\tr3, r0, r1, r2", 0x00200010, 0x00800001, 0x00000010, 2 },
    { 0xe7403211, "smlald\tr3, r0, r1, r2", 0x80008000, 0x80008000, 0x7ffff000, 2 },
    { 0xe7403231, "smlaldx\tr3, r0, r1, r2", 0x00200010, 0x00800001, 0xfffff820, 1 },
    { 0xe7403251, "smlsld\tr3, r0, r1, r2", 0x00200010, 0x00800001, 0xffffe010, 1 },
    { 0xe7403271, "smlsldx\tr3, r0, r1, r2", 0x00200010, 0x00800001, 0xfffff7e0, 1 },
    { 0xe7403251, "smlsld\tr3, r0, r1, r2", 0xffff0000, 0x7fff0000, 0x00006fff, 2 },
    { 0xe0403291, "umaal\tr3, r0, r1, r2", 0xffffffff, 0xffffffff, 0xfffff002, 0xfffffffe },
    { 0xe0403291, "umaal\tr3, r0, r1, r2", 0x00001000, 0x00000001, 0x00000001, 1 },
    { 0xe0403291, "umaal\tr3, r0, r1, r2", 0, 0, 0xfffff001, 0 },
    /* clang-format on */
};

static void test_text(uint32_t insn, bool thumb, const char *want)
{
    char text[64];
    (void)arm_disassemble(text, sizeof text, 0, insn, thumb, ARM_ARM1136);
    is_str(text, want, want);
}

/* Executes one instruction with these registers. */
static void execute(uint32_t insn, const uint32_t r[4], uint32_t flags)
{
    ARMCPU *cpu = board.cpu;
    const uint32_t code[] = { insn, SPIN };
    board_code(&board, 0x8000, code, 2);
    for (unsigned i = 0; i < 4; i++) {
        arm_cpu_set_reg(cpu, i, r[i]);
    }
    arm_set_cpsr(cpu, flags, PSR_Q | PSR_GE);
    arm_cpu_set_reg(cpu, 15, 0x8000);
    (void)arm_cpu_run(cpu, 10);
}

static void test_rows(void)
{
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t before[4] = { 0xdeadbeef, rows[i].r1, rows[i].r2, 0x1000 };
        test_text(rows[i].insn, false, rows[i].text);
        execute(rows[i].insn, before, rows[i].flags);
        is_u32(arm_cpu_reg(board.cpu, 0), rows[i].want, "the result");
        is_u32(arm_cpsr(board.cpu) & (PSR_Q | PSR_GE), rows[i].want_flags, "Q and GE");
    }
    for (unsigned i = 0; i < sizeof long_rows / sizeof long_rows[0]; i++) {
        uint32_t before[4] = { 1, long_rows[i].r1, long_rows[i].r2, 0xfffff000 };
        test_text(long_rows[i].insn, false, long_rows[i].text);
        execute(long_rows[i].insn, before, 0);
        is_u32(arm_cpu_reg(board.cpu, 3), long_rows[i].want_low, "the low word");
        is_u32(arm_cpu_reg(board.cpu, 0), long_rows[i].want_high, "the high word");
        is_u32(arm_cpsr(board.cpu) & (PSR_Q | PSR_GE), 0, "neither Q nor GE");
    }
}

/* Thumb has the extensions and reversals of low registers, without flags. */
static void test_thumb(void)
{
    static const struct {
        uint16_t insn;
        const char *text;
        uint32_t r2, want;
    } thumb[] = {
        { 0xb210, "sxth\tr0, r2", 0x12348000, 0xffff8000 },
        { 0xb250, "sxtb\tr0, r2", 0x12345680, 0xffffff80 },
        { 0xb290, "uxth\tr0, r2", 0x12348000, 0x00008000 },
        { 0xb2d0, "uxtb\tr0, r2", 0x12345680, 0x00000080 },
        { 0xba10, "rev\tr0, r2", 0x12345678, 0x78563412 },
        { 0xba50, "rev16\tr0, r2", 0x12345678, 0x34127856 },
        { 0xbad0, "revsh\tr0, r2", 0x12345680, 0xffff8056 },
    };
    for (unsigned i = 0; i < sizeof thumb / sizeof thumb[0]; i++) {
        ARMCPU *cpu = board.cpu;
        test_text(thumb[i].insn, true, thumb[i].text);
        board_word(&board, 0x8000, thumb[i].insn | 0xe7fe0000); /* b . */
        arm_cpu_set_reg(cpu, 2, thumb[i].r2);
        arm_set_cpsr(cpu, PSR_NZCV, PSR_NZCV);
        arm_cpu_set_reg(cpu, 15, 0x8001);
        (void)arm_cpu_run(cpu, 10);
        is_u32(arm_cpu_reg(cpu, 0), thumb[i].want, "the result");
        is_u32(arm_cpsr(cpu) & PSR_NZCV, PSR_NZCV, "the flags stay");
    }
}

/* What later architectures put between them. */
static void test_undefined(void)
{
    static const struct {
        uint32_t insn;
        const char *name;
    } later[] = {
        { 0xe7c7001f, "BFC" },         { 0xe7c70011, "BFI" },       { 0xe7a70051, "SBFX" },
        { 0xe7e70051, "UBFX" },        { 0xe6ff0f31, "RBIT" },      { 0xe0603291, "MLS" },
        { 0xe710f211, "SDIV" },        { 0xe730f211, "UDIV" },      { 0xe7f000f0, "UDF" },
        { 0xe3000001, "MOVW" },        { 0xe3400001, "MOVT" },      { 0xe6010f12, "group 000" },
        { 0xe6410f12, "group 100" },   { 0xe6110fb2, "lanes 101" }, { 0xe6110fd2, "lanes 110" },
        { 0xe7503251, "multiply 01" },
    };
    for (unsigned i = 0; i < sizeof later / sizeof later[0]; i++) {
        ok(!arm_decode(later[i].insn, ARM_ARM1136), "UNDEFINED: %s", later[i].name);
    }
    ok(!thumb_decode(0xba90, ARM_ARM1136), "UNDEFINED: Thumb's fourth reversal");
    unsigned defined = 0;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        defined += arm_decode(rows[i].insn, ARM_ARM926) != NULL;
    }
    ok(defined == 0, "the ARM926 has none of them");
}

int main(void)
{
    ARMCPUOptions options = { .model = "arm1136" };
    board_init_with(&board, &options);
    test_rows();
    test_thumb();
    test_undefined();
    board_free(&board);
    return done_testing();
}
