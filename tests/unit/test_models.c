/* SPDX-License-Identifier: MIT */
/* The models of -cpu: which instructions each has, where generations differ in the same one, and
 * what a reset and a saved state do to each. */
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
    { 0xee101e10, ARM_V4T, "mrc p14, 0, r1, c0, c0, 0" },
    { 0xee111e10, ARM_DCC, "mrc p14, 0, r1, c1, c0, 0" },
    { 0xee011e10, ARM_DCC, "mcr p14, 0, r1, c1, c0, 0" },
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

/* -- State: reset and loading -- */

/* Sets all bits of all state that the CPU has, besides its inputs, which belong to devices. */
static void fill_state(ARMCPU *cpu)
{
    for (const VMField *f = arm_cpu_state; f->count; f++) {
        if (f->offset != offsetof(ARMCPU, input)) {
            memset((char *)cpu + f->offset, 0xff, (size_t)f->size * f->count);
        }
    }
    cpu->halt = HALT_WFI;
    for (unsigned n = 0; n < TCG_FP_WORDS; n++) {
        cpu->env.r[tci_fp_word(n)] = 0xffffffff;
    }
    arm_set_fpscr(cpu, 0xffffffff);
    arm_set_cpsr(cpu, (cpu->psr_bits & ~PSR_M) | ARM_FIQ, cpu->psr_bits);
    const ARMCPReg *reg;
    for (unsigned n = 0; (reg = arm_cp_reg(cpu, n)) != NULL; n++) {
        if (reg->field != ARM_CP_NO_FIELD) {
            memset((char *)cpu + reg->field, 0xff, sizeof(uint32_t));
        }
    }
}

static void test_reset(const char *model)
{
    ARMCPUOptions options = { .model = model };
    ArmBoard b;
    board_init_with(&b, &options);
    uint64_t fresh = arm_cpu_digest(b.cpu, VM_DIGEST_START);
    fill_state(b.cpu);
    ok(arm_cpu_digest(b.cpu, VM_DIGEST_START) != fresh, "%s: its state is changed", model);
    arm_cpu_reset(b.cpu);
    ok(arm_cpu_digest(b.cpu, VM_DIGEST_START) == fresh, "%s: a reset restores all of it", model);
    board_free(&b);
}

/* Sets all bits but the mode's in element `index` of the field of saved state at `offset`. */
static void set_saved_psr(VMWriter *w, size_t offset, unsigned index)
{
    size_t at = 0;
    const VMField *f = arm_cpu_state;
    for (; f->offset != offset; f++) {
        at += (size_t)f->size * f->count;
    }
    uint8_t *psr = w->bytes + at + 4 * index;
    psr[0] |= 0xc0;
    psr[1] = psr[2] = psr[3] = 0xff;
}

static void test_load_psr(const char *model)
{
    ARMCPUOptions options = { .model = model };
    ArmBoard b;
    board_init_with(&b, &options);
    VMWriter w = { .bytes = NULL };
    arm_cpu_save(b.cpu, &w);
    set_saved_psr(&w, offsetof(ARMCPU, saved_cpsr), 0);
    set_saved_psr(&w, offsetof(ARMCPU, spsr), 0);
    set_saved_psr(&w, offsetof(ARMCPU, bank_spsr), BANK_IRQ);
    VMReader r = { .bytes = w.bytes, .left = w.len };
    bool loaded = arm_cpu_load(b.cpu, &r);
    uint32_t kept = b.cpu->psr_bits & ~(PSR_M | PSR_T);
    ok(loaded && arm_cpsr(b.cpu) == (kept | ARM_SVC), "%s: loads the CPSR's bits that it has",
       model);
    ok(b.cpu->spsr == kept && b.cpu->bank_spsr[BANK_IRQ] == kept, "%s: and those of SPSRs", model);
    free(w.bytes);
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
    for (unsigned n = 0; arm_models[n].name; n++) {
        test_reset(arm_models[n].name);
        test_load_psr(arm_models[n].name);
    }
    return done_testing();
}
