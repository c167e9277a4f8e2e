/* SPDX-License-Identifier: MIT */
/* The models of -cpu: which instructions each has, and where generations differ in the same one. */
#include "cpu/model.h"
#include "cpu/translate/translate.h"
#include "tests/unit/arm_board.h"

#define CODE 0x1000u
#define DATA 0x2000u

/* One instruction each that came with a feature. */
static const struct {
    uint32_t insn, feature;
    const char *name;
} newcomers[] = {
    { 0xe16f0f11, ARM_V5T, "clz r0, r1" },
    { 0xe12fff31, ARM_V5T, "blx r1" },
    { 0xe1010050, ARM_V5TE, "qadd r0, r0, r1" },
    { 0xe1c200d0, ARM_V5TE, "ldrd r0, [r2]" },
    { 0xe12fff21, ARM_V5TEJ, "bxj r1" },
    { 0xee300a20, ARM_VFP2, "vadd.f32 s0, s0, s1" },
    { 0xf10c0080, ARM_V6, "cpsid i" },
    { 0xf1010200, ARM_V6, "setend be" },
    { 0xf8bd0a00, ARM_V6, "rfeia sp!" },
    { 0xe1910f9f, ARM_V6, "ldrex r0, [r1]" },
    { 0xe68100b2, ARM_V6, "sel r0, r1, r2" },
    { 0xe1d10f9f, ARM_V6K, "ldrexb r0, [r1]" },
    { 0xe1b10f9f, ARM_V6K, "ldrexd r0, r1, [r1]" },
    { 0xf57ff01f, ARM_V6K, "clrex" },
};

static void test_features(void)
{
    for (unsigned n = 0; arm_models[n].name; n++) {
        uint32_t features = arm_models[n].features;
        unsigned wrong = 0;
        for (unsigned i = 0; i < sizeof newcomers / sizeof newcomers[0]; i++) {
            const ArmInsn *line = arm_decode(newcomers[i].insn, features);
            bool has = line && line->translate != trans_undefined;
            if (has != ((features & newcomers[i].feature) != 0)) {
                printf("# %s: %s\n", arm_models[n].name, newcomers[i].name);
                wrong++;
            }
        }
        ok(wrong == 0, "%s has the instructions of its features alone", arm_models[n].name);
    }
}

/* Executes one instruction on a model with r0 = DATA, r1 = a. */
static void execute(ArmBoard *b, const char *model, uint32_t insn, uint32_t a)
{
    ARMCPUOptions options = { .model = model, .exact = true };
    board_init_with(b, &options);
    board_word(b, CODE, insn);
    arm_cpu_set_reg(b->cpu, 15, CODE);
    arm_cpu_set_reg(b->cpu, 0, DATA);
    arm_cpu_set_reg(b->cpu, 1, a);
    board_word(b, DATA, a);
    arm_cpu_run(b->cpu, 1);
}

static void test_load_pc(void)
{
    static const struct {
        const char *model;
        bool thumb;
    } expected[] = { { "ti925t", false }, { "arm926", true }, { "arm1136", true } };
    for (unsigned i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ArmBoard b;
        execute(&b, expected[i].model, 0xe590f000, 0x3001); /* ldr pc, [r0] */
        ok((arm_cpsr(b.cpu) & PSR_T) == (expected[i].thumb ? PSR_T : 0) &&
               arm_cpu_reg(b.cpu, 15) == 0x3000,
           "%s: a load of r15 %s", expected[i].model,
           expected[i].thumb ? "selects the state" : "keeps the state");
        board_free(&b);
    }
}

static void test_psr(void)
{
    static const struct {
        const char *model;
        uint32_t bits;
    } expected[] = { { "ti925t", 0xf00000df },
                     { "arm926", 0xf80000df },
                     { "arm1136-r2", 0xf80f03df },
                     { "arm1176", 0xf80f03df } };
    for (unsigned i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ArmBoard b;
        execute(&b, expected[i].model, 0xe12ff001, 0xffffffdf); /* msr cpsr_fsxc, r1 */
        is_u32(arm_cpsr(b.cpu), expected[i].bits, "the CPSR that MSR leaves");
        board_free(&b);
    }
}

static void test_store_pc(void)
{
    ArmBoard b;
    execute(&b, "arm926", 0xe580f000, 0); /* str pc, [r0] */
    is_u32(bus_read(&b.bus, DATA, 4), CODE + 12, "arm926 stores r15 as its address + 12");
    board_free(&b);
    execute(&b, "arm1176", 0xe580f000, 0);
    is_u32(bus_read(&b.bus, DATA, 4), CODE + 8, "arm1176 as its address + 8");
    board_free(&b);
}

/* ARMv6 alone has no hints: their encodings are an MSR of no field. */
static void test_wfi(void)
{
    ArmBoard b;
    execute(&b, "arm1136-r2", 0xe320f003, 0);
    ok(b.cpu->halt == HALT_NONE && arm_cpu_reg(b.cpu, 15) == CODE + 4, "arm1136-r2: WFI is a NOP");
    board_free(&b);
    execute(&b, "arm1136", 0xe320f003, 0);
    ok(b.cpu->halt == HALT_WFI, "arm1136: WFI waits");
    board_free(&b);
}

int main(void)
{
    arm_decode_init();
    test_features();
    test_load_pc();
    test_psr();
    test_store_pc();
    test_wfi();
    return done_testing();
}
