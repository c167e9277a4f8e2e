/* SPDX-License-Identifier: MIT */
/* Register banks, status registers, exception entry and return. */
#include "tests/unit/arm_board.h"

static ArmBoard board;
static ARMCPU *cpu;

static void start(void)
{
    board_init(&board);
    cpu = board.cpu;
}

static void set_mode(uint32_t mode)
{
    arm_set_cpsr(cpu, mode, PSR_M);
}

static const struct {
    uint32_t mode;
    int bank;
    const char *name;
} modes[] = {
    { ARM_USR, BANK_USR, "usr" }, { ARM_FIQ, BANK_FIQ, "fiq" }, { ARM_IRQ, BANK_IRQ, "irq" },
    { ARM_SVC, BANK_SVC, "svc" }, { ARM_ABT, BANK_ABT, "abt" }, { ARM_UND, BANK_UND, "und" },
    { ARM_SYS, BANK_USR, "sys" },
};
#define MODES (sizeof modes / sizeof modes[0])

/* What register n of a mode is filled with: r0-r7 are everybody's, r8-r12 FIQ's or everybody's. */
static uint32_t pattern(int bank, unsigned n)
{
    int owner = n < 8 ? 0 : n < 13 ? (bank == BANK_FIQ ? 1 : 0) : bank;
    return 0x1000u * (unsigned)(owner + 1) + n;
}

static void test_banks(void)
{
    start();
    for (unsigned i = 0; i < MODES; i++) {
        set_mode(modes[i].mode);
        for (unsigned n = 0; n < 15; n++) {
            arm_cpu_set_reg(cpu, n, pattern(modes[i].bank, n));
        }
        cpu->spsr = 0;
        helper_write_spsr(&cpu->env, 0xf0000000u | modes[i].mode, 0, 0xffffffff);
    }
    for (unsigned from = 0; from < MODES; from++) {
        unsigned wrong = 0;
        for (unsigned to = 0; to < MODES; to++) {
            set_mode(modes[from].mode);
            set_mode(modes[to].mode);
            for (unsigned n = 0; n < 15; n++) {
                wrong += arm_cpu_reg(cpu, n) != pattern(modes[to].bank, n);
                wrong += arm_user_reg(cpu, n) != pattern(BANK_USR, n);
                wrong += helper_user_reg(&cpu->env, 0, 0, n) != pattern(BANK_USR, n);
            }
            uint32_t spsr = modes[to].bank == BANK_USR ? 0 : 0xf0000000u | modes[to].mode;
            wrong += helper_read_spsr(&cpu->env, 0, 0, 0) != spsr;
        }
        ok(wrong == 0, "from %s to every mode: its registers, SPSR, and the user's",
           modes[from].name);
    }
    for (unsigned i = 0; i < MODES; i++) {
        unsigned wrong = 0;
        set_mode(modes[i].mode);
        for (unsigned n = 8; n < 15; n++) {
            helper_set_user_reg(&cpu->env, 0xabc00u + n + i, 0, n);
            wrong += arm_user_reg(cpu, n) != 0xabc00u + n + i;
        }
        set_mode(ARM_SYS);
        for (unsigned n = 8; n < 15; n++) {
            wrong += arm_cpu_reg(cpu, n) != 0xabc00u + n + i;
        }
        ok(wrong == 0, "the user's registers written from %s", modes[i].name);
    }
    for (uint32_t m = 0; m < 32; m++) {
        bool legal =
            m == 0x10 || m == 0x11 || m == 0x12 || m == 0x13 || m == 0x17 || m == 0x1b || m == 0x1f;
        set_mode(ARM_ABT);
        arm_set_cpsr(cpu, m | PSR_N, PSR_M | PSR_N);
        uint32_t want = (legal ? m : ARM_ABT) | PSR_N;
        ok((arm_cpsr(cpu) & (PSR_M | PSR_N)) == want && (arm_bank(m) >= 0) == legal,
           "mode number 0x%02x is %s", (unsigned)m, legal ? "a mode" : "ignored");
    }
    board_free(&board);
}

static void test_status(void)
{
    start();
    TciEnv *env = &cpu->env;
    is_u32(arm_cpsr(cpu), ARM_SVC | PSR_I | PSR_F, "CPSR after reset");
    helper_write_cpsr(env, 0xffffffff, 0, 0xffffff00);
    is_u32(arm_cpsr(cpu), PSR_NZCV | PSR_Q | ARM_SVC | PSR_I | PSR_F,
           "CPSR: what exists of f, s, x");
    helper_write_cpsr(env, ARM_SYS | PSR_T, 0, 0xff);
    is_u32(arm_cpsr(cpu), PSR_NZCV | PSR_Q | ARM_SYS, "CPSR: c, but not T");
    helper_write_cpsr(env, ARM_USR, 0, 0xff);
    ok((env->mode & ARM_TB_PRIV) == 0 && env->tlb == env->tlbs[0], "user mode has no rights");
    helper_write_cpsr(env, ARM_SVC | PSR_C, 0, 0xffffffff);
    is_u32(helper_read_cpsr(env, 0, 0, 0), PSR_C | ARM_USR, "in user mode: the flags alone");
    helper_write_spsr(env, 0xffffffff, 0, 0xffffffff);
    is_u32(helper_read_spsr(env, 0, 0, 0), 0, "user mode has no SPSR");
    set_mode(ARM_IRQ);
    ok((env->mode & ARM_TB_PRIV) != 0 && env->tlb == env->tlbs[1], "IRQ mode has rights");
    helper_write_spsr(env, 0xffffffff, 0, 0xffffffff);
    is_u32(helper_read_spsr(env, 0, 0, 0), 0xf90000ff, "SPSR: what exists");
    helper_write_spsr(env, 0, 0, 0xff000000);
    is_u32(helper_read_spsr(env, 0, 0, 0), 0x000000ff, "SPSR: a field at a time");
    for (uint32_t flags = 0; flags < 16; flags++) {
        arm_set_cpsr(cpu, flags << 28, PSR_NZCV);
        if (arm_cpsr(cpu) >> 28 != flags) {
            ok(false, "flags %x", (unsigned)flags);
        }
    }
    arm_set_cpsr(cpu, PSR_Z, PSR_Z | PSR_C);
    is_u32(arm_cpsr(cpu) >> 28, 0xd, "flags one by one");
    board_free(&board);
}

/* ARM ARM A2.6 and table A2-4 on the way in. */
static const struct {
    ARMException e;
    uint32_t mode, masks;
    const char *name;
} entries[] = {
    { EXCP_RESET, ARM_SVC, PSR_I | PSR_F, "reset" },
    { EXCP_UNDEF, ARM_UND, PSR_I, "undefined" },
    { EXCP_SWI, ARM_SVC, PSR_I, "SWI" },
    { EXCP_PREFETCH_ABORT, ARM_ABT, PSR_I, "prefetch abort" },
    { EXCP_DATA_ABORT, ARM_ABT, PSR_I, "data abort" },
    { EXCP_IRQ, ARM_IRQ, PSR_I, "IRQ" },
    { EXCP_FIQ, ARM_FIQ, PSR_I | PSR_F, "FIQ" },
};

static void test_entries(void)
{
    for (unsigned i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        for (unsigned variant = 0; variant < 4; variant++) {
            bool thumb = variant & 1, high = variant & 2;
            start();
            board_mcr(&board, 1, 0, 0, high ? SCTLR_V : 0);
            uint32_t before = PSR_N | PSR_C | PSR_Q | (thumb ? PSR_T : 0) | ARM_USR;
            arm_set_cpsr(cpu, before, ~0u);
            arm_take_exception(cpu, entries[i].e, 0x12345678);
            ok(cpu->env.pc == (high ? 0xffff0000u : 0) + entries[i].e &&
                   arm_cpsr(cpu) == (PSR_N | PSR_C | PSR_Q | entries[i].mode | entries[i].masks) &&
                   cpu->spsr == before && arm_cpu_reg(cpu, 14) == 0x12345678 &&
                   (cpu->env.mode & ARM_TB_THUMB) == 0,
               "%s from %s state, %s vectors", entries[i].name, thumb ? "Thumb" : "ARM",
               high ? "high" : "low");
            board_free(&board);
        }
    }
}

typedef uint32_t Helper(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm);

/* r14 and what else an exception that an instruction causes leaves, from both states. */
static void test_instructions(void)
{
    static const struct {
        Helper *helper;
        uint32_t vector, arm, thumb, ifsr;
        const char *name;
    } helpers[] = {
        { helper_undef, EXCP_UNDEF, 4, 2, 0, "undefined" },
        { helper_swi, EXCP_SWI, 4, 2, 0, "SWI" },
        { helper_bkpt, EXCP_PREFETCH_ABORT, 4, 4, 2, "BKPT" },
    };
    for (unsigned i = 0; i < sizeof helpers / sizeof helpers[0]; i++) {
        for (unsigned thumb = 0; thumb < 2; thumb++) {
            start();
            arm_cpu_set_reg(cpu, 15, 0x100 | thumb);
            cpu->fault_status = 0x5d;
            helpers[i].helper(&cpu->env, 0, 0, 0x8000);
            ok(cpu->env.pc == helpers[i].vector && cpu->env.raised &&
                   arm_cpu_reg(cpu, 14) == 0x8000 + (thumb ? helpers[i].thumb : helpers[i].arm) &&
                   cpu->ifsr == helpers[i].ifsr && cpu->dfsr == 0 && cpu->far == 0,
               "%s in %s state", helpers[i].name, thumb ? "Thumb" : "ARM");
            board_free(&board);
        }
    }
    for (unsigned thumb = 0; thumb < 2; thumb++) {
        start();
        arm_cpu_set_reg(cpu, 15, 0x8000 | thumb);
        cpu->fault_status = 0x5d;
        cpu->fault_address = 0xfeed0;
        arm_raise_fault(&cpu->env, thumb ? TCI_STORE : TCI_LOAD);
        ok(cpu->env.pc == EXCP_DATA_ABORT && arm_cpu_reg(cpu, 14) == 0x8008 && cpu->dfsr == 0x5d &&
               cpu->far == 0xfeed0 && cpu->ifsr == 0,
           "data abort in %s state", thumb ? "Thumb" : "ARM");
        arm_cpu_set_reg(cpu, 15, 0x9000 | thumb);
        cpu->fault_status = 0x17;
        cpu->fault_address = 0x9000;
        arm_raise_fault(&cpu->env, TCI_FETCH);
        ok(cpu->env.pc == EXCP_PREFETCH_ABORT && arm_cpu_reg(cpu, 14) == 0x9004 &&
               cpu->ifsr == 0x17 && cpu->dfsr == 0x5d && cpu->far == 0xfeed0,
           "prefetch abort in %s state: FAR and DFSR stay", thumb ? "Thumb" : "ARM");
        board_free(&board);
    }
}

static void test_return(void)
{
    start();
    TciEnv *env = &cpu->env;
    cpu->spsr = PSR_Z | PSR_Q | PSR_T | ARM_USR;
    helper_exception_return(env, 0x8003, 0, 0);
    ok(env->pc == 0x8002 && arm_cpsr(cpu) == (PSR_Z | PSR_Q | PSR_T | ARM_USR),
       "to user mode, Thumb state");
    helper_exception_return(env, 0x9001, 0, 0);
    ok(env->pc == 0x9000 && arm_cpsr(cpu) == (PSR_Z | PSR_Q | PSR_T | ARM_USR),
       "in user mode: a branch, as there is no SPSR");
    arm_set_cpsr(cpu, ARM_IRQ, PSR_M | PSR_T);
    cpu->spsr = PSR_C | PSR_I | ARM_SYS;
    helper_exception_return(env, 0x8003, 0, 0);
    ok(env->pc == 0x8000 && arm_cpsr(cpu) == (PSR_C | PSR_I | ARM_SYS), "to ARM state");
    set_mode(ARM_SVC);
    cpu->spsr = PSR_N | PSR_F | 0x1a;
    helper_exception_return(env, 0x8000, 0, 0);
    is_u32(arm_cpsr(cpu), PSR_N | PSR_F | ARM_SVC, "an illegal mode in the SPSR: the mode stays");
    board_free(&board);
}

int main(void)
{
    test_banks();
    test_status();
    test_entries();
    test_instructions();
    test_return();
    return done_testing();
}
