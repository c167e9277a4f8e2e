/* SPDX-License-Identifier: MIT */
/* The CPU: makes, resets and runs it; registers, banks and saved state. */
#include "cpu/cpu.h"

#include <string.h>

#include "cpu/decode/decode.h"
#include "cpu/model.h"
#include "util/log.h"

static const char *const global_names[TCG_GLOBALS] = {
    "r0",  "r1",  "r2",  "r3",  "r4",  "r5",  "r6",  "r7",  "r8",  "r9",  "r10", "r11",
    "r12", "sp",  "lr",  NULL,  "s0",  "s1",  "s2",  "s3",  "s4",  "s5",  "s6",  "s7",
    "s8",  "s9",  "s10", "s11", "s12", "s13", "s14", "s15", "s16", "s17", "s18", "s19",
    "s20", "s21", "s22", "s23", "s24", "s25", "s26", "s27", "s28", "s29", "s30", "s31",
};

/* Prints a block's guest code for `-d in_asm`. */
static void disassemble(TciEnv *env, const uint32_t *pcs, unsigned insns, uint32_t mode,
                        const uint8_t *code)
{
    bool thumb = (mode & ARM_TB_THUMB) != 0;
    log_printf("----------------\nIN: %s\n", thumb ? "(Thumb)" : "");
    if (!code) {
        log_printf("0x%08x:  (not in memory)\n\n", (unsigned)pcs[0]);
        return;
    }
    for (unsigned i = 0; i < insns; i++) {
        char text[96];
        uint32_t insn, pc = pcs[i], at = pc & (BUS_PAGE_SIZE - 1);
        if (thumb) {
            insn = ld16_p(code + arm_lane(mode, at, MO_16));
            if (at + 2 < BUS_PAGE_SIZE) {
                /* For the two halves of BL and BLX. */
                insn |= ld16_p(code + arm_lane(mode, at + 2, MO_16)) << 16;
            }
        } else {
            insn = ld32_p(code + at);
        }
        unsigned length =
            arm_disassemble(text, sizeof text, pc, insn, thumb, arm_of(env)->features);
        if (length == 2) {
            log_printf("0x%08x:  %04x      %s\n", (unsigned)pc, (unsigned)(insn & 0xffff), text);
        } else {
            log_printf("0x%08x:  %08x  %s\n", (unsigned)pc, (unsigned)insn, text);
        }
        i += thumb && length == 4; /* a pair is two instructions */
    }
    log_printf("\n");
}

static void dump(TciEnv *env)
{
    arm_cpu_dump(arm_of(env));
}

static bool translate_address(TciEnv *env, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    ARMCPU *cpu = arm_of(env);
    return cpu->model->mmu->translate_address(cpu, va, access, privileged, page);
}

static void note_alignment(TciEnv *env, uint32_t va, TciAccess access)
{
    ARMCPU *cpu = arm_of(env);
    cpu->model->mmu->note_alignment(cpu, va, access);
}

static const TciTarget target = {
    .translate = arm_translate,
    .translate_address = translate_address,
    .note_alignment = note_alignment,
    .raise_fault = arm_raise_fault,
    .names = global_names,
    .disassemble = disassemble,
    .dump = dump,
    .rights_bit = ARM_TB_PRIV,
    .isa_bit = ARM_TB_THUMB,
};

#define CPU_SIZE (ARM_CPU_MEMORY - TCI_MEMORY)
_Static_assert(sizeof(ARMCPU) <= CPU_SIZE, "a CPU needs more memory than ARM_CPU_MEMORY says");

ARMCPU *arm_cpu_new(Bus *bus, const ARMCPUOptions *options)
{
    const ARMModel *model = arm_model_find(options->model);
    /* At a page boundary, and so at the start of a cache line of the host. */
    ARMCPU *cpu = model ? bus_alloc(bus, CPU_SIZE) : NULL;
    if (!cpu) {
        return NULL;
    }
    cpu->model = model;
    cpu->features = model->features & ~(options->no_vfp ? (uint32_t)ARM_ALL_VFP : 0);
    cpu->psr_bits = arm_psr_bits(cpu->features);
    cpu->options = *options;
    cpu->bus = bus;
    cpu->cpsr = ARM_SVC | PSR_I | PSR_F;
    arm_decode_init();
    TciOptions engine = {
        .singlestep = options->singlestep,
        .exact = options->exact,
        .no_optimise = options->no_optimise,
        .no_fusion = options->no_fusion,
        .no_fast_fp = options->no_fast_fp,
        .coverage = options->coverage,
        .counts = options->counts,
    };
    Tci *shared = tci_of_bus(bus), *t = shared ? shared : tci_new(bus, &engine);
    if (t && tci_cpu_init(&cpu->env, t, &target)) {
        return cpu;
    }
    if (t && !shared) {
        tci_free(t);
    }
    return NULL;
}

void arm_cpu_free(ARMCPU *cpu)
{
    if (cpu && tci_cpu_free(&cpu->env)) {
        tci_free(cpu->env.tci);
    }
}

/* -- Registers and modes -- */

/* The modes, by CPSR.M. */
static const struct {
    const char *name;
    int bank; /* BANK_* + 1; 0: no such mode */
} modes[PSR_M + 1] = {
    [ARM_USR] = { "usr", BANK_USR + 1 }, [ARM_SYS] = { "sys", BANK_USR + 1 },
    [ARM_FIQ] = { "fiq", BANK_FIQ + 1 }, [ARM_IRQ] = { "irq", BANK_IRQ + 1 },
    [ARM_SVC] = { "svc", BANK_SVC + 1 }, [ARM_ABT] = { "abt", BANK_ABT + 1 },
    [ARM_UND] = { "und", BANK_UND + 1 },
};

uint32_t arm_psr_bits(uint32_t features)
{
    return PSR_NZCV | PSR_I | PSR_F | PSR_M | ((features & ARM_V4T) != 0 ? PSR_T : 0) |
           ((features & ARM_V5TE) != 0 ? PSR_Q : 0) | ((features & ARM_V5TEJ) != 0 ? PSR_J : 0) |
           ((features & ARM_V6) != 0 ? PSR_GE | PSR_E | PSR_A : 0);
}

int arm_bank(uint32_t psr)
{
    return modes[psr & PSR_M].bank - 1;
}

/* CPSR never holds an illegal mode. */
static int current_bank(const ARMCPU *cpu)
{
    int bank = arm_bank(cpu->cpsr);
    return bank < 0 ? BANK_USR : bank;
}

/* Copies the current mode's registers to its bank. */
static void save_bank(ARMCPU *cpu)
{
    int bank = current_bank(cpu);
    uint32_t *r = cpu->env.r;
    cpu->bank_r13[bank] = r[13];
    cpu->bank_r14[bank] = r[14];
    cpu->bank_spsr[bank] = cpu->spsr;
    memcpy(bank == BANK_FIQ ? cpu->fiq_r8 : cpu->usr_r8, &r[8], sizeof cpu->usr_r8);
}

static void switch_bank(ARMCPU *cpu, uint32_t mode)
{
    int from = current_bank(cpu), to = arm_bank(mode);
    if (from == to || to < 0) {
        return;
    }
    save_bank(cpu);
    uint32_t *r = cpu->env.r;
    r[13] = cpu->bank_r13[to];
    r[14] = cpu->bank_r14[to];
    cpu->spsr = cpu->bank_spsr[to];
    if (from == BANK_FIQ || to == BANK_FIQ) {
        memcpy(&r[8], to == BANK_FIQ ? cpu->fiq_r8 : cpu->usr_r8, sizeof cpu->usr_r8);
    }
}

/* Whether CPACR lets the current mode access the VFP, with ARMv6 (ARM ARM DDI 0100I, B3.4.3). Of
 * its fields for cp10 and cp11, which must be the same, cp10's counts. */
static bool vfp_accessible(const ARMCPU *cpu)
{
    if ((cpu->features & ARM_V6) == 0) {
        return true;
    }
    unsigned rights = cpu->cpacr >> 20 & 3;
    return rights == 3 || (rights == 1 && (cpu->cpsr & PSR_M) != ARM_USR);
}

static uint32_t vfp_tb_mode(const ARMCPU *cpu)
{
    if (!vfp_accessible(cpu)) {
        return ARM_TB_NO_VFP;
    }
    if ((cpu->fpexc & FPEXC_EN) == 0) {
        return 0;
    }
    return ARM_TB_VFP | ((cpu->fpscr & FPSCR_LEN) != 0 ? ARM_TB_VECTOR : 0);
}

static void set_tb_mode(ARMCPU *cpu, bool thumb)
{
    tci_set_mode(&cpu->env, (thumb ? ARM_TB_THUMB : 0) |
                                ((cpu->cpsr & PSR_M) != ARM_USR ? ARM_TB_PRIV : 0) |
                                ((cpu->sctlr & SCTLR_B) != 0 ? ARM_TB_BE : 0) |
                                ((cpu->sctlr & SCTLR_A) != 0 ? ARM_TB_ALIGN : 0) |
                                ((cpu->sctlr & SCTLR_L4) != 0 ? ARM_TB_L4 : 0) |
                                ((cpu->cpsr & PSR_E) != 0 ? ARM_TB_E : 0) |
                                ((cpu->sctlr & SCTLR_U) != 0 ? ARM_TB_U : 0) | vfp_tb_mode(cpu));
}

void arm_update_tb_mode(ARMCPU *cpu)
{
    set_tb_mode(cpu, (cpu->env.mode & ARM_TB_THUMB) != 0);
}

uint32_t arm_cpsr(const ARMCPU *cpu)
{
    return cpu->cpsr | tci_get_flags(&cpu->env) | ((cpu->env.mode & ARM_TB_THUMB) != 0 ? PSR_T : 0);
}

void arm_set_cpsr(ARMCPU *cpu, uint32_t value, uint32_t mask)
{
    if ((mask & PSR_M) != 0 && arm_bank(value) < 0) {
        if (log_on(LOG_GUEST_ERRORS)) {
            log_printf("illegal mode 0x%02x for CPSR at pc 0x%08x\n", (unsigned)(value & PSR_M),
                       (unsigned)cpu->env.pc);
        }
        mask &= ~PSR_M;
    }
    if ((mask & PSR_NZCV) != 0) {
        uint32_t kept = (mask & PSR_NZCV) != PSR_NZCV ? tci_get_flags(&cpu->env) & ~mask : 0;
        tci_set_flags(&cpu->env, kept | (value & mask & PSR_NZCV));
    }
    uint32_t thumb = (cpu->env.mode & ARM_TB_THUMB) != 0 ? PSR_T : 0;
    uint32_t old = cpu->cpsr | thumb;
    value = (old & ~mask) | (value & mask & ~PSR_NZCV);
    if (((value ^ old) & (PSR_M | PSR_T | PSR_E)) != 0) {
        switch_bank(cpu, value & PSR_M);
        cpu->cpsr = value & ~PSR_T;
        set_tb_mode(cpu, (value & PSR_T) != 0);
    } else {
        cpu->cpsr = value & ~PSR_T;
    }
    if ((cpu->input & arm_unmasked(cpu)) != 0) {
        tci_stop(&cpu->env);
    }
}

uint32_t *arm_banked_r13(ARMCPU *cpu, uint32_t mode)
{
    int bank = arm_bank(mode);
    return bank == current_bank(cpu) ? &cpu->env.r[13] : &cpu->bank_r13[bank];
}

uint32_t arm_user_reg(const ARMCPU *cpu, unsigned n)
{
    int bank = current_bank(cpu);
    if (n >= 13 && bank != BANK_USR) {
        return n == 13 ? cpu->bank_r13[BANK_USR] : cpu->bank_r14[BANK_USR];
    }
    if (n >= 8 && n < 13 && bank == BANK_FIQ) {
        return cpu->usr_r8[n - 8];
    }
    return cpu->env.r[n];
}

void arm_set_user_reg(ARMCPU *cpu, unsigned n, uint32_t value)
{
    int bank = current_bank(cpu);
    if (n >= 13 && bank != BANK_USR) {
        *(n == 13 ? &cpu->bank_r13[BANK_USR] : &cpu->bank_r14[BANK_USR]) = value;
    } else if (n >= 8 && n < 13 && bank == BANK_FIQ) {
        cpu->usr_r8[n - 8] = value;
    } else {
        cpu->env.r[n] = value;
    }
}

uint32_t arm_cpu_reg(const ARMCPU *cpu, unsigned n)
{
    return n == 15 ? cpu->env.pc : cpu->env.r[n];
}

void arm_cpu_set_reg(ARMCPU *cpu, unsigned n, uint32_t value)
{
    if (n == 15) {
        bool thumb = (value & 1) != 0;
        cpu->env.pc = value & (thumb ? ~1u : ~3u);
        set_tb_mode(cpu, thumb);
        cpu->halt = HALT_NONE;
    } else {
        cpu->env.r[n] = value;
    }
}

/* -- Reset, inputs, running -- */

void arm_cpu_reset(ARMCPU *cpu)
{
    for (const VMField *f = arm_cpu_state; f->count; f++) {
        if (f->offset != offsetof(ARMCPU, input)) { /* what devices drive stays as it is */
            memset((char *)cpu + f->offset, 0, (size_t)f->size * f->count);
        }
    }
    arm_cp_reset(cpu);
    arm_vfp_reset(cpu);
    cpu->cpsr = ARM_SVC | PSR_I | PSR_F | ((cpu->features & ARM_V6) != 0 ? PSR_A : 0);
    tci_set_flags(&cpu->env, 0);
    set_tb_mode(cpu, false);
    cpu->fault_status = cpu->fault_address = 0;
    cpu->env.pc = EXCP_RESET;
    tci_stop(&cpu->env);
}

unsigned arm_unmasked(const ARMCPU *cpu)
{
    return ((cpu->cpsr & PSR_I) == 0 ? 1u << ARM_CPU_IRQ : 0) |
           ((cpu->cpsr & PSR_F) == 0 ? 1u << ARM_CPU_FIQ : 0);
}

static void set_input(void *opaque, unsigned n, bool level)
{
    ARMCPU *cpu = opaque;
    if (!level) {
        cpu->input &= ~(1u << n);
        return;
    }
    cpu->input |= 1u << n;
    if ((arm_unmasked(cpu) & 1u << n) != 0) {
        tci_stop(&cpu->env);
    }
}

Irq arm_cpu_input(ARMCPU *cpu, unsigned input)
{
    return (Irq){ set_input, cpu, input };
}

unsigned arm_cpu_wakers(const ARMCPU *cpu)
{
    return cpu->halt == HALT_SPIN ? arm_unmasked(cpu) : 1u << ARM_CPU_IRQ | 1u << ARM_CPU_FIQ;
}

ARMRunResult arm_cpu_run(ARMCPU *cpu, int32_t insns)
{
    uint64_t start = tci_icount(&cpu->env);
    cpu->kicked = false;
    tci_clear_hit(&cpu->env);
    if (cpu->halt == HALT_INPUT) {
        cpu->halt = HALT_NONE;
    }
    for (;;) {
        if (cpu->halt != HALT_NONE) {
            if (cpu->halt == HALT_INPUT || (cpu->input & arm_cpu_wakers(cpu)) == 0) {
                return ARM_RUN_IDLE;
            }
            cpu->halt = HALT_NONE;
        }
        uint32_t addr;
        if (tci_hit(&cpu->env, &addr) != TCI_NO_POINT) {
            if (!cpu->notes_points) {
                return ARM_RUN_POINT;
            }
            arm_note_point(cpu);
            continue;
        }
        uint64_t done = tci_icount(&cpu->env) - start;
        if (cpu->kicked || done >= (uint64_t)insns) {
            return ARM_RUN_SLICE;
        }
        arm_take_interrupt(cpu);
        tci_run(&cpu->env, insns - (int32_t)done);
    }
}

void arm_cpu_kick(ARMCPU *cpu)
{
    cpu->kicked = true;
    tci_stop(&cpu->env);
}

uint64_t arm_cpu_icount(const ARMCPU *cpu)
{
    return tci_icount(&cpu->env);
}

void arm_cpu_set_semihosting(ARMCPU *cpu, const ARMSemihosting *calls)
{
    cpu->semihosting = *calls;
}

/* -- State -- */

const VMField arm_cpu_state[] = {
    { offsetof(ARMCPU, env.r), 15, sizeof(uint32_t) },
    VM_FIELD(ARMCPU, saved_pc),
    VM_FIELD(ARMCPU, saved_cpsr),
    VM_FIELD(ARMCPU, spsr),
    VM_ARRAY(ARMCPU, bank_r13),
    VM_ARRAY(ARMCPU, bank_r14),
    VM_ARRAY(ARMCPU, bank_spsr),
    VM_ARRAY(ARMCPU, usr_r8),
    VM_ARRAY(ARMCPU, fiq_r8),
    VM_ARRAY(ARMCPU, locked_mva),
    VM_ARRAY(ARMCPU, locked_phys),
    VM_ARRAY(ARMCPU, locked_attr),
    VM_FIELD(ARMCPU, locked_valid),
    VM_FIELD(ARMCPU, exclusive),
    VM_FIELD(ARMCPU, exclusive_address),
    VM_ARRAY(ARMCPU, exclusive_value),
    VM_ARRAY(ARMCPU, saved_vfp),
    VM_FIELD(ARMCPU, saved_fpscr),
    VM_FIELD(ARMCPU, fpexc),
    VM_FIELD(ARMCPU, fpinst),
    VM_FIELD(ARMCPU, fpinst2),
    VM_FIELD(ARMCPU, input),
    VM_FIELD(ARMCPU, halt),
    VM_FIELD(ARMCPU, semihosting_errno),
    VM_END,
};

/* Copies the current bank, and state that env holds in another form, to the saved fields. */
static void copy_to_saved(ARMCPU *cpu)
{
    cpu->saved_cpsr = arm_cpsr(cpu);
    cpu->saved_pc = cpu->env.pc;
    cpu->saved_fpscr = arm_fpscr(cpu);
    for (unsigned n = 0; n < TCG_FP_WORDS; n++) {
        cpu->saved_vfp[n] = arm_vfp_word(cpu, n);
    }
    save_bank(cpu);
}

/* Copies it back, without PSR bits that the model does not have. False: the state is invalid. */
static bool copy_from_saved(ARMCPU *cpu)
{
    if (arm_bank(cpu->saved_cpsr) < 0 || cpu->halt > HALT_INPUT) {
        return false;
    }
    cpu->cpsr = cpu->saved_cpsr & cpu->psr_bits & ~(PSR_NZCV | PSR_T);
    cpu->spsr &= cpu->psr_bits;
    for (unsigned bank = 0; bank < BANKS; bank++) {
        cpu->bank_spsr[bank] &= cpu->psr_bits;
    }
    tci_set_flags(&cpu->env, cpu->saved_cpsr & PSR_NZCV);
    cpu->env.pc = cpu->saved_pc;
    set_tb_mode(cpu, (cpu->saved_cpsr & PSR_T) != 0);
    for (unsigned n = 0; n < TCG_FP_WORDS; n++) {
        cpu->env.r[tci_fp_word(n)] = cpu->saved_vfp[n];
    }
    arm_set_fpscr(cpu, cpu->saved_fpscr);
    return true;
}

uint64_t arm_cpu_digest(ARMCPU *cpu, uint64_t digest)
{
    copy_to_saved(cpu);
    return arm_cp_digest(cpu, vmstate_digest(digest, arm_cpu_state, cpu));
}

void arm_cpu_save(ARMCPU *cpu, VMWriter *w)
{
    copy_to_saved(cpu);
    vmstate_save(w, arm_cpu_state, cpu);
    arm_cp_save(cpu, w);
    vmstate_put(w, arm_cpu_icount(cpu), 8);
}

bool arm_cpu_load(ARMCPU *cpu, VMReader *r)
{
    vmstate_load(r, arm_cpu_state, cpu);
    arm_cp_load(cpu, r);
    uint64_t icount = vmstate_get(r, 8);
    if (r->failed || !copy_from_saved(cpu)) {
        return false;
    }
    tci_set_icount(&cpu->env, icount);
    if (r->memory) { /* the engine is told of single pages that change */
        tci_flush_code(cpu->env.tci);
    }
    arm_flush_tlb(cpu);
    return true;
}

const char *arm_mode_name(uint32_t psr)
{
    return modes[psr & PSR_M].name;
}

void arm_cpu_dump(const ARMCPU *cpu)
{
    char text[512];
    arm_cpu_format(cpu, text, sizeof text);
    log_printf("%s", text);
}

void arm_cpu_print_stats(const ARMCPU *cpu)
{
    tci_print_stats(cpu->env.tci);
}

size_t arm_cpu_coverage(ARMCPU *cpu, bool *lost)
{
    return tci_coverage(cpu->env.tci, lost);
}

void arm_cpu_covered(const ARMCPU *cpu, size_t i, ARMCovered *piece)
{
    const TciCovered *p = tci_covered(cpu->env.tci, i);
    *piece = (ARMCovered){ p->addr, p->size, p->count };
}
