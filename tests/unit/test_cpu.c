/* SPDX-License-Identifier: MIT */
/* The CPU as its board sees it: running in slices, interrupts, waiting, state, semihosting. */
#include "tests/unit/arm_board.h"
#include "util/log.h"

#define SPIN 0xeafffffeu /* b . */
#define WFI  0xee070f90u /* mcr p15, 0, r0, c7, c0, 4 */
#define NOP  0xe1a00000u

static ArmBoard board;
static ARMCPU *cpu;
static Irq irq, fiq;

static void start_with(const ARMCPUOptions *options)
{
    board_init_with(&board, options);
    cpu = board.cpu;
    irq = arm_cpu_input(cpu, ARM_CPU_IRQ);
    fiq = arm_cpu_input(cpu, ARM_CPU_FIQ);
    for (uint32_t vector = 0; vector < 0x20; vector += 4) {
        board_word(&board, vector, SPIN);
    }
}

static void start(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926" });
}

/* A program at 0x8000, to be run from its first word. */
static void program(const uint32_t *words, unsigned n)
{
    board_code(&board, 0x8000, words, n);
    arm_cpu_set_reg(cpu, 15, 0x8000);
}
#define PROGRAM(...)                                                                               \
    program((const uint32_t[]){ __VA_ARGS__ },                                                     \
            sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static void unmask(uint32_t bits)
{
    arm_set_cpsr(cpu, 0, bits);
}

static void test_making(void)
{
    start();
    ARMCPUOptions unknown = { .model = "arm9" };
    ok(arm_cpu_new(&board.bus, &unknown) == NULL, "an unknown model is refused");
    is_str(arm_cpu_model_name(0), "arm926", "the first one that is known");
    unsigned n = 0;
    while (arm_cpu_model_name(n)) {
        n++;
    }
    ok(n == 6, "there are six");
    board_free(&board);
}

static void test_registers(void)
{
    start();
    for (unsigned n = 0; n < 15; n++) {
        arm_cpu_set_reg(cpu, n, 100 + n);
    }
    arm_cpu_set_reg(cpu, 15, 0x1237);
    ok(arm_cpu_reg(cpu, 15) == 0x1236 && (arm_cpsr(cpu) & PSR_T), "r15 with bit 0: Thumb state");
    arm_cpu_set_reg(cpu, 15, 0x1236);
    ok(arm_cpu_reg(cpu, 15) == 0x1234 && !(arm_cpsr(cpu) & PSR_T), "without: ARM state");
    unsigned wrong = 0;
    for (unsigned n = 0; n < 15; n++) {
        wrong += arm_cpu_reg(cpu, n) != 100 + n;
    }
    is_u32(wrong, 0, "the others keep what they are given");
    arm_set_cpsr(cpu, ARM_FIQ | PSR_T, ~0u);
    arm_cpu_reset(cpu);
    is_u32(arm_cpsr(cpu), ARM_SVC | PSR_I | PSR_F, "a reset: SVC mode, ARM state, masked");
    is_u32(arm_cpu_reg(cpu, 15), 0, "a reset: the vector at 0");
    board_free(&board);
}

static void kick(void *self)
{
    (void)self;
    arm_cpu_kick(cpu);
}

static void raise_irq(void *self)
{
    (void)self;
    irq_set(&irq, true);
}

static void test_slices(void)
{
    for (unsigned exact = 0; exact < 2; exact++) {
        const char *how = exact ? "exact" : "not exact";
        start_with(&(ARMCPUOptions){ .model = "arm926", .exact = exact });
        PROGRAM(0xe2800001, 0xe2811001, 0xeafffffc); /* add r0, #1; add r1, #1; b to the start */
        is_u32(arm_cpu_run(cpu, 1000), ARM_RUN_SLICE, "a loop uses its slice up");
        uint64_t done = arm_cpu_icount(cpu);
        ok(exact ? done == 1000 : done >= 900 && done < 1100, "%s: 1000 instructions", how);
        ok(arm_cpu_reg(cpu, 0) == (done + 2) / 3 && arm_cpu_reg(cpu, 1) == (done + 1) / 3,
           "%s: and no more than were counted", how);
        unsigned wrong = 0;
        for (int32_t n = 1; n < 70; n++) {
            done = arm_cpu_icount(cpu);
            arm_cpu_run(cpu, n);
            wrong += exact && arm_cpu_icount(cpu) - done != (uint64_t)n;
        }
        ok(wrong == 0, "%s: short slices", how);
        ok(arm_cpu_reg(cpu, 0) == (arm_cpu_icount(cpu) + 2) / 3, "%s: their sum", how);

        PROGRAM(0xe3a00201, 0xe5800000, 0xe2822001, 0xeafffffd); /* str to 0x10000000, then count */
        board.device_write = kick;
        uint64_t before = arm_cpu_icount(cpu);
        is_u32(arm_cpu_run(cpu, 1000000), ARM_RUN_SLICE, "a device kicks the CPU");
        ok(arm_cpu_icount(cpu) - before < 100, "%s: the slice ends soon", how);
        board_free(&board);
    }
}

/* Code in device registers is fetched anew each time; the first block after a flush, too. */
static void test_device_code(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926", .exact = true });
    PROGRAM(0xe2811001); /* add r1, r1, #1 */
    arm_cpu_run(cpu, 1);
    tci_flush_code(cpu->env.tci);
    board.device_value = 0xe2800001; /* add r0, r0, #1 */
    for (unsigned i = 0; i < 4; i++) {
        arm_cpu_set_reg(cpu, 15, i & 1 ? 0x8000 : BOARD_DEVICE + 0x40);
        arm_cpu_run(cpu, 1);
    }
    is_u32(arm_cpu_reg(cpu, 0), 2, "twice the device's instruction");
    is_u32(arm_cpu_reg(cpu, 1), 3, "thrice that in RAM");
    board_free(&board);
}

static void test_interrupts(void)
{
    start();
    PROGRAM(NOP, NOP, SPIN);
    irq_set(&irq, true);
    is_u32(arm_cpu_run(cpu, 100), ARM_RUN_IDLE, "masked inputs wake no branch to itself");
    is_u32(arm_cpu_wakers(cpu), 0, "nothing does");
    is_u32(arm_cpu_reg(cpu, 15), 0x8008, "it is there");
    unmask(PSR_I);
    is_u32(arm_cpu_wakers(cpu), 1u << ARM_CPU_IRQ, "an IRQ could");
    is_u32(arm_cpu_run(cpu, 100), ARM_RUN_IDLE, "the IRQ is taken, and its vector spins");
    is_u32(arm_cpu_reg(cpu, 15), EXCP_IRQ, "the IRQ vector");
    is_u32(arm_cpu_reg(cpu, 14), 0x800c, "r14: to go on at the branch");
    is_u32(arm_cpu_wakers(cpu), 0, "in IRQ mode with F: nothing wakes it");
    unmask(PSR_F);
    is_u32(arm_cpu_wakers(cpu), 1u << ARM_CPU_FIQ, "a FIQ could");
    irq_set(&fiq, true);
    arm_cpu_run(cpu, 100);
    is_u32(arm_cpu_reg(cpu, 15), EXCP_FIQ, "the FIQ vector");

    PROGRAM(SPIN);
    unmask(PSR_I | PSR_F);
    arm_cpu_run(cpu, 100);
    is_u32(arm_cpu_reg(cpu, 15), EXCP_FIQ, "FIQ goes before IRQ");
    irq_set(&fiq, false);
    PROGRAM(SPIN);
    unmask(PSR_I | PSR_F);
    arm_cpu_run(cpu, 100);
    is_u32(arm_cpu_reg(cpu, 15), EXCP_IRQ, "then IRQ");
    irq_set(&irq, false);
    PROGRAM(SPIN);
    unmask(PSR_I | PSR_F);
    arm_cpu_run(cpu, 100);
    is_u32(arm_cpu_reg(cpu, 15), 0x8000, "a line that has gone is not taken");
    board_free(&board);

    for (unsigned exact = 0; exact < 2; exact++) {
        start_with(&(ARMCPUOptions){ .model = "arm926", .exact = exact });
        board.device_write = raise_irq;
        /* mov r0, #0x10000000; str r0, [r0]; add r2, #1; add r2, #1; b . */
        PROGRAM(0xe3a00201, 0xe5800000, 0xe2822001, 0xe2822001, SPIN);
        unmask(PSR_I);
        arm_cpu_run(cpu, 100);
        ok(arm_cpu_reg(cpu, 15) == EXCP_IRQ && (!exact || arm_cpu_reg(cpu, 14) == 0x800c),
           "an interrupt raised by a store, %s", exact ? "taken right after it" : "taken");
        board_free(&board);
    }
}

static void test_unmasking(void)
{
    start();
    irq_set(&irq, true);
    /* mrs r0, cpsr; bic r0, #0x80; msr cpsr_c, r0; add r1, #1; b . */
    PROGRAM(0xe10f0000, 0xe3c00080, 0xe121f000, 0xe2811001, SPIN);
    arm_cpu_run(cpu, 100);
    ok(arm_cpu_reg(cpu, 1) == 0 && arm_cpu_reg(cpu, 14) == 0x8010,
       "MSR that lets an interrupt through: it comes before the next instruction");
    arm_set_cpsr(cpu, ARM_SVC | PSR_I, 0xff);
    cpu->spsr = ARM_SYS;
    PROGRAM(0xe3a0ea09, 0xe1b0f00e); /* mov lr, #0x9000; movs pc, lr */
    arm_cpu_run(cpu, 100);
    ok(arm_cpu_reg(cpu, 14) == 0x9004 && cpu->spsr == ARM_SYS,
       "a return from an exception that lets one through: before the first instruction");
    board_free(&board);
}

static void test_wfi(void)
{
    start();
    PROGRAM(WFI, 0xe2811001, SPIN);
    is_u32(arm_cpu_run(cpu, 100), ARM_RUN_IDLE, "WFI waits");
    is_u32(arm_cpu_wakers(cpu), 3, "either input ends it, masked as they are");
    is_u32(arm_cpu_run(cpu, 100), ARM_RUN_IDLE, "and waits");
    is_u32(arm_cpu_reg(cpu, 1), 0, "nothing has been executed");
    irq_set(&irq, true);
    arm_cpu_run(cpu, 100);
    is_u32(arm_cpu_reg(cpu, 1), 1, "a masked interrupt ends it");
    is_u32(arm_cpu_reg(cpu, 15), 0x8008, "without being taken");
    PROGRAM(WFI, 0xe2811001, SPIN);
    arm_cpu_run(cpu, 100);
    is_u32(arm_cpu_reg(cpu, 1), 2, "one that is there already lets it pass");
    board_free(&board);
}

static void set_r5(void)
{
    arm_cpu_set_reg(cpu, 5, 5);
}

/* Whether arm_cpu_digest() itself makes this element of saved state, as a copy. */
static bool is_copy(size_t offset, uint32_t i)
{
    switch (offset) {
    case offsetof(ARMCPU, saved_pc):
    case offsetof(ARMCPU, saved_cpsr):
    case offsetof(ARMCPU, saved_vfp):
    case offsetof(ARMCPU, saved_fpscr):
    case offsetof(ARMCPU, usr_r8): return true;
    case offsetof(ARMCPU, bank_r13):
    case offsetof(ARMCPU, bank_r14):
    case offsetof(ARMCPU, bank_spsr): return i == BANK_SVC;
    default: return false;
    }
}

static void test_digest(void)
{
    start();
    uint64_t fresh = arm_cpu_digest(cpu, VM_DIGEST_START);
    ok(fresh == arm_cpu_digest(cpu, VM_DIGEST_START), "a digest can be taken twice");
    arm_set_cpsr(cpu, ARM_FIQ, PSR_M);
    arm_set_cpsr(cpu, ARM_UND, PSR_M);
    arm_set_cpsr(cpu, ARM_SVC, PSR_M);
    ok(fresh == arm_cpu_digest(cpu, VM_DIGEST_START), "a tour of the modes changes nothing");
    /* The same flags in two ways: subs r4, r5, r5; then MSR of the same. */
    PROGRAM(0xe0554005, SPIN);
    set_r5();
    arm_cpu_run(cpu, 10);
    uint64_t computed = arm_cpu_digest(cpu, VM_DIGEST_START);
    arm_set_cpsr(cpu, PSR_N, PSR_NZCV);
    ok(computed != arm_cpu_digest(cpu, VM_DIGEST_START), "other flags, another digest");
    arm_set_cpsr(cpu, PSR_Z | PSR_C, PSR_NZCV);
    ok(computed == arm_cpu_digest(cpu, VM_DIGEST_START), "flags count, not how they came about");

    unsigned wrong = 0;
    for (const VMField *f = arm_cpu_state; f->count; f++) {
        for (uint32_t i = 0; i < f->count; i++) {
            uint64_t before = arm_cpu_digest(cpu, VM_DIGEST_START);
            unsigned char *at = (unsigned char *)cpu + f->offset + i * f->size;
            at[0] ^= 1;
            wrong += !is_copy(f->offset, i) && before == arm_cpu_digest(cpu, VM_DIGEST_START);
            at[0] ^= 1;
        }
    }
    is_u32(wrong, 0, "every saved element counts");
    board_free(&board);
}

static char log_path[1024]; /* beside this program */

/* What f() logs. */
static const char *logged(void (*f)(void))
{
    static char text[4096];
    size_t n = 0;
    if (log_open(log_path)) {
        f();
        log_close();
        FILE *file = fopen(log_path, "r");
        n = file ? fread(text, 1, sizeof text - 1, file) : 0;
        if (file) {
            fclose(file);
        }
        remove(log_path);
    }
    text[n] = '\0';
    return text;
}

static void dump(void)
{
    arm_cpu_dump(cpu);
}

static void test_dump(void)
{
    start();
    for (unsigned n = 0; n < 15; n++) {
        arm_cpu_set_reg(cpu, n, 0x11111111u * n);
    }
    arm_cpu_set_reg(cpu, 15, 0x8001);
    arm_set_cpsr(cpu, PSR_N | PSR_C | ARM_USR, PSR_NZCV | PSR_M | PSR_I | PSR_F);
    is_str(logged(dump),
           "R00=00000000 R01=11111111 R02=22222222 R03=33333333\n"
           "R04=44444444 R05=55555555 R06=66666666 R07=77777777\n"
           "R08=88888888 R09=99999999 R10=aaaaaaaa R11=bbbbbbbb\n"
           "R12=cccccccc R13=00000000 R14=00000000 R15=00008000\n"
           "PSR=a0000030 N-C- T usr32\n",
           "registers as QEMU prints them");
    board_free(&board);
}

/* -- Semihosting -- */

static char out[64];
static unsigned out_len;
static int64_t input_byte, result;
static SemihostingCall last; /* the last call, and copies of what it points to */
static char last_text[16], last_new_name[16];
static unsigned calls, exits;

static int64_t serve(void *opaque, SemihostingCall *c)
{
    (void)opaque;
    last = *c;
    calls++;
    switch (c->operation) {
    case SEMI_WRITEC:
    case SEMI_WRITE0:
    case SEMI_WRITE:
        for (size_t i = 0; i < c->size; i++, out_len++) {
            out[out_len < sizeof out - 1 ? out_len : sizeof out - 1] = (char)c->output[i];
        }
        out[sizeof out - 1] = '\0';
        return result ? result : (int64_t)c->size;
    case SEMI_READ: memset(c->bytes, 'r', c->size); return result ? result : (int64_t)c->size;
    case SEMI_READC: return input_byte;
    case SEMI_GET_CMDLINE: c->text = "program and more"; return 0;
    case SEMI_TMPNAM: c->text = "/tmp/x"; return 0;
    case SEMI_HEAPINFO:
        c->heap = 0x12345;
        c->limit = 0x800000;
        return 0;
    case SEMI_CLOCK:
    case SEMI_ELAPSED: return INT64_C(0x123456789abc);
    case SEMI_EXIT: exits++; return 0;
    case SEMI_RENAME: snprintf(last_new_name, sizeof last_new_name, "%s", c->new_name); break;
    default: break;
    }
    snprintf(last_text, sizeof last_text, "%s", c->text ? c->text : "");
    return result;
}

static void start_semihosting(void)
{
    start_with(&(ARMCPUOptions){ .model = "arm926", .semihosting = true });
    arm_cpu_set_semihosting(cpu, &(ARMSemihosting){ .call = serve });
    out_len = exits = calls = 0;
    result = 0;
    memset(out, 0, sizeof out);
}

/* One call; r0 afterwards. */
static uint32_t call(uint32_t operation, uint32_t parameter)
{
    PROGRAM(0xef123456, SPIN);
    arm_cpu_set_reg(cpu, 0, operation);
    arm_cpu_set_reg(cpu, 1, parameter);
    arm_cpu_run(cpu, 10);
    return arm_cpu_reg(cpu, 0);
}

static void put_string(uint32_t at, const char *text)
{
    bus_load(&board.bus, at, text, strlen(text) + 1);
}

static void test_semihosting(void)
{
    start_semihosting();
    put_string(0x9000, "hello");
    call(0x03, 0x9001);
    is_str(out, "e", "SYS_WRITEC");
    is_u32(arm_cpu_reg(cpu, 15), 0x8004, "and on");
    call(0x04, 0x9000);
    is_str(out, "ehello", "SYS_WRITE0");
    put_string(0x9001, "i");
    arm_cpu_set_reg(cpu, 15, 0xa001);
    bus_write(&board.bus, 0xa000, 0xe7fedfab, 4); /* swi 0xab; b . */
    arm_cpu_set_reg(cpu, 0, 0x04);
    arm_cpu_set_reg(cpu, 1, 0x9000);
    arm_cpu_run(cpu, 10);
    is_str(out, "ehellohi", "SYS_WRITE0 in Thumb state");
    is_u32(arm_cpu_reg(cpu, 15), 0xa002, "and on");
    is_u32(call(0x10, 0), (uint32_t)(INT64_C(0x123456789abc) / 10000000), "SYS_CLOCK: 1/100 s");
    is_u32(call(0x31, 0), 1000000000, "SYS_TICKFREQ");
    is_u32(call(0x30, 0x9102), 0, "SYS_ELAPSED");
    ok(ld32_p(board.ram.host + 0x9102) == 0x56789abc && ld32_p(board.ram.host + 0x9106) == 0x1234,
       "SYS_ELAPSED: the double word, wherever it is");
    board_word(&board, 0x9200, 0x9301);
    board_word(&board, 0x9204, 17);
    is_u32(call(0x15, 0x9200), 0, "SYS_GET_CMDLINE");
    ok(memcmp(board.ram.host + 0x9301, "program and more", 17) == 0, "program and arguments");
    is_u32(ld32_p(board.ram.host + 0x9204), 16, "and their length");
    is_u32(call(0x15, 0x9200), 0xffffffff, "SYS_GET_CMDLINE: no room for the 0");
    is_u32(call(0x13, 0), 7, "SYS_ERRNO: too much");
    is_u32(call(0x15, BOARD_NOWHERE), 0xffffffff, "SYS_GET_CMDLINE: no block");
    is_u32(call(0x13, 0), 14, "SYS_ERRNO: bad address");
    is_u32(call(0x77, 0x9000), 0xffffffff, "an unknown operation is not served");
    is_u32(call(0x13, 0), 38, "SYS_ERRNO: no such call");
    out_len = 0;
    call(0x03, BOARD_DEVICE);
    ok(out_len == 0 && call(0x13, 0) == 14, "SYS_WRITEC of a device: nothing, bad address");

    memset(board.ram.host + 0x100000, 'x', BOARD_RAM - 0x100000);
    out_len = 0;
    call(0x04, 0x100000);
    is_u32(out_len, 1 << 20, "a string without an end ends");

    call(0x18, 0x20026);
    ok(exits == 1 && last.number == 0, "SYS_EXIT: application exit");
    call(0x18, 0x20024);
    ok(exits == 2 && last.number == 1, "SYS_EXIT: anything else");
    board_word(&board, 0x9200, 0x20026);
    board_word(&board, 0x9204, 42);
    call(0x20, 0x9200);
    ok(exits == 3 && last.number == 42, "SYS_EXIT_EXTENDED: with a code");
    board_word(&board, 0x9200, 0x20023);
    call(0x20, 0x9200);
    ok(exits == 4 && last.number == 1, "SYS_EXIT_EXTENDED: another reason");
    call(0x20, BOARD_NOWHERE);
    ok(exits == 5 && last.number == 1, "SYS_EXIT_EXTENDED: no block");

    PROGRAM(0xef000042);
    arm_cpu_run(cpu, 10);
    is_u32(arm_cpu_reg(cpu, 15), EXCP_SWI, "another SWI is the guest's own");
    board_free(&board);

    start();
    PROGRAM(0xef123456);
    arm_cpu_run(cpu, 10);
    is_u32(arm_cpu_reg(cpu, 15), EXCP_SWI, "without -semihosting all are");
    board_free(&board);
}

static void test_readc(void)
{
    start_semihosting();
    PROGRAM(0xef123456, SPIN);
    arm_cpu_set_reg(cpu, 0, 0x07);
    input_byte = SEMIHOSTING_WAIT;
    is_u32(arm_cpu_run(cpu, 10), ARM_RUN_IDLE, "SYS_READC: no byte: idle");
    ok(arm_cpu_reg(cpu, 15) == 0x8000 && arm_cpu_reg(cpu, 0) == 7, "the call is not over");
    is_u32(arm_cpu_run(cpu, 10), ARM_RUN_IDLE, "it asks again");
    unmask(PSR_I);
    irq_set(&irq, true);
    arm_cpu_run(cpu, 10);
    ok(arm_cpu_reg(cpu, 15) == EXCP_IRQ && arm_cpu_reg(cpu, 14) == 0x8004,
       "an interrupt meanwhile returns to the call");
    irq_set(&irq, false);
    arm_set_cpsr(cpu, ARM_SVC | PSR_I, 0xff);
    arm_cpu_set_reg(cpu, 15, 0x8000);
    input_byte = 'y';
    arm_cpu_run(cpu, 10);
    ok(arm_cpu_reg(cpu, 15) == 0x8004 && arm_cpu_reg(cpu, 0) == 'y', "then a byte comes");
    arm_cpu_set_reg(cpu, 0, 0x07);
    arm_cpu_set_reg(cpu, 15, 0x8000);
    input_byte = UINT32_MAX;
    arm_cpu_run(cpu, 10);
    ok(arm_cpu_reg(cpu, 15) == 0x8004 && arm_cpu_reg(cpu, 0) == 0xffffffff, "then the end");
    board_free(&board);
}

/* A call with a block of words at 0x9200; r0 afterwards. */
static uint32_t call_block(uint32_t operation, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    const uint32_t words[4] = { a, b, c, d };
    for (unsigned i = 0; i < 4; i++) {
        board_word(&board, 0x9200 + 4 * i, words[i]);
    }
    return call(operation, 0x9200);
}

static bool failed(uint32_t r0, uint32_t error)
{
    return r0 == UINT32_MAX && call(0x13, 0) == error;
}

static void test_file_calls(void)
{
    start_semihosting();
    put_string(0x9000, "one");
    put_string(0x9010, "two");
    result = 5;
    is_u32(call_block(0x01, 0x9000, 6, 3, 0), 5, "SYS_OPEN");
    ok(last.number == 6 && strcmp(last_text, "one") == 0, "its mode and name");
    result = 0;
    is_u32(call_block(0x0f, 0x9000, 3, 0x9010, 3), 0, "SYS_RENAME");
    ok(strcmp(last_text, "one") == 0 && strcmp(last_new_name, "two") == 0, "both names");
    calls = 0;
    ok(failed(call_block(0x01, 0x9000, 0, 2, 0), 22), "a name that is longer than its length");
    ok(failed(call_block(0x0e, 0x9000, 4096, 0, 0), 36), "a name of 4096 bytes");
    ok(failed(call_block(0x0e, BOARD_NOWHERE, 3, 0, 0), 14), "a name that cannot be read");
    ok(failed(call_block(0x0e, BOARD_RAM - 2, 3, 0, 0), 14), "one that cannot be to its end");
    is_u32(calls, 0, "none of these comes to the host");
    is_u32(call_block(0x0e, 0x9000, UINT32_MAX, 0, 0), 0, "a length of 0xffffffff: up to the 0");
    result = -2;
    ok(failed(call_block(0x0a, 3, 77, 0, 0), 2), "the host's error is the guest's");
    ok(last.handle == 3 && last.number == 77, "SYS_SEEK: handle and position");
    result = -25;
    ok(call_block(0x09, 3, 0, 0, 0) == 0 && call(0x13, 0) == 25, "SYS_ISTTY: no, and ENOTTY");
    is_u32(call_block(0x08, 0x80000000, 0, 0, 0), 1, "SYS_ISERROR: yes");
    is_u32(call_block(0x08, 0x7fffffff, 0, 0, 0), 0, "SYS_ISERROR: no");
    is_u32(call_block(0x0d, 0x9100, 1, 7, 0), 0, "SYS_TMPNAM");
    ok(memcmp(board.ram.host + 0x9100, "/tmp/x", 7) == 0, "the name and its 0");
    ok(failed(call_block(0x0d, 0x9100, 1, 6, 0), 22), "SYS_TMPNAM: no room for the 0");
    is_u32(call_block(0x16, 0x9100, 0, 0, 0), 0, "SYS_HEAPINFO");
    ok(ld32_p(board.ram.host + 0x9100) == 0x12345 && ld32_p(board.ram.host + 0x9104) == 0x800000 &&
           ld32_p(board.ram.host + 0x9108) == 0x800000 &&
           ld32_p(board.ram.host + 0x910c) == 0x12345,
       "the heap grows up, the stack down");
    ok(failed(call_block(0x16, BOARD_DEVICE, 0, 0, 0), 14), "SYS_HEAPINFO to a device");
    board_free(&board);
}

static void test_transfers(void)
{
    start_semihosting();
    memset(board.ram.host + 0x10000, 'w', 9000);
    out_len = 0;
    is_u32(call_block(0x05, 7, 0x10001, 9000, 0), 0, "SYS_WRITE: all are written");
    ok(out_len == 9000 && last.handle == 7, "9000 bytes of handle 7");
    result = 100;
    is_u32(call_block(0x05, 7, 0x10001, 9000, 0), 8900, "SYS_WRITE: the host writes some");
    result = -9;
    is_u32(call_block(0x05, 7, 0x10001, 9000, 0), 9000, "SYS_WRITE: it writes none");
    is_u32(call(0x13, 0), 9, "SYS_ERRNO says why");
    result = out_len = 0;
    is_u32(call_block(0x05, 7, BOARD_RAM - 10, 20, 0), 20, "SYS_WRITE beyond RAM: nothing");
    is_u32(call_block(0x05, 7, 0x10000, UINT32_MAX, 0), UINT32_MAX, "SYS_WRITE of all memory");
    is_u32(out_len, 0, "the host writes nothing");
    is_u32(call_block(0x06, 7, 0x10001, 9000, 0), 0, "SYS_READ: all are read");
    const uint8_t *ram = board.ram.host;
    ok(ram[0x10000] == 'w' && ram[0x10001] == 'r' && ram[0x10001 + 8999] == 'r' &&
           ram[0x10001 + 9000] != 'r',
       "9000 bytes, where they belong");
    result = 100;
    is_u32(call_block(0x06, 7, 0x10001, UINT32_MAX, 0), UINT32_MAX - 100, "SYS_READ: a short file");
    result = -5;
    is_u32(call_block(0x06, 7, 0x10001, 9000, 0), 9000, "SYS_READ: an error");
    result = calls = 0;
    is_u32(call_block(0x06, 7, BOARD_NOWHERE, 20, 0), 20, "SYS_READ to nowhere");
    ok(calls == 0 && call(0x13, 0) == 14, "it takes nothing from the file");
    is_u32(call_block(0x06, 7, BOARD_RAM - 10, 30, 0), 20, "SYS_READ beyond RAM: what fits");
    result = SEMIHOSTING_WAIT;
    is_u32(call_block(0x06, 7, 0x10001, 5, 0), 6, "SYS_READ that must wait is not over");
    ok(arm_cpu_reg(cpu, 15) == 0x8000 && cpu->halt == HALT_INPUT, "the CPU halts there");
    result = 3;
    arm_cpu_run(cpu, 10);
    is_u32(arm_cpu_reg(cpu, 0), 2, "then three bytes come");

    /* Code that is read over code that was executed. */
    PROGRAM(0xef123456, 0xe3a00001, SPIN);
    arm_cpu_set_reg(cpu, 0, 0x13);
    arm_cpu_run(cpu, 10);
    is_u32(arm_cpu_reg(cpu, 0), 1, "an instruction after the call");
    result = 0;
    arm_cpu_set_reg(cpu, 15, 0x8000);
    arm_cpu_set_reg(cpu, 0, 0x06);
    arm_cpu_set_reg(cpu, 1, 0x9200);
    board_word(&board, 0x9204, 0x8004);
    board_word(&board, 0x9208, 4);
    arm_cpu_run(cpu, 2);
    is_u32(ld32_p(ram + 0x8004), 0x72727272, "SYS_READ over it");
    ok(arm_cpu_reg(cpu, 0) != 1, "is what is executed next");
    board_free(&board);
}

/* Words in the order of the guest's data: with BE8 (CPSR.E), and with control register B. */
static void test_big_endian(void)
{
    start_semihosting();
    board_mcr(&board, 1, 0, 0, SCTLR_B);
    memcpy(board.ram.host + 0x9000, "\0eno", 4); /* words as they are, bytes at address ^ 3 */
    board_word(&board, 0x9200, 0x9000);
    board_word(&board, 0x9204, 1);
    board_word(&board, 0x9208, 3);
    result = 9;
    is_u32(call(0x01, 0x9200), 9, "BE32: SYS_OPEN");
    ok(strcmp(last_text, "one") == 0 && last.number == 1, "its operands");
    is_u32(call(0x30, 0x9100), 0, "BE32: SYS_ELAPSED");
    is_u32(ld32_p(board.ram.host + 0x9100), 0x56789abc, "a word");
    result = 1;
    board_word(&board, 0x9204, 0x9102);
    board_word(&board, 0x9208, 1);
    call(0x06, 0x9200);
    is_u32(board.ram.host[0x9101], 'r', "BE32: SYS_READ of a byte");
    board_free(&board);

    start_with(&(ARMCPUOptions){ .model = "arm1136", .semihosting = true });
    arm_cpu_set_semihosting(cpu, &(ARMSemihosting){ .call = serve });
    PROGRAM(0xf1010200, 0xef123456, SPIN); /* setend be */
    put_string(0x9000, "one");
    st32_be_p(board.ram.host + 0x9200, 0x9000);
    st32_be_p(board.ram.host + 0x9204, 1);
    st32_be_p(board.ram.host + 0x9208, 3);
    arm_cpu_set_reg(cpu, 0, 0x01);
    arm_cpu_set_reg(cpu, 1, 0x9200);
    result = 8;
    arm_cpu_run(cpu, 10);
    ok(arm_cpu_reg(cpu, 0) == 8 && strcmp(last_text, "one") == 0 && last.number == 1,
       "BE8: SYS_OPEN and its operands");
    board_free(&board);
}

/* The guest's own rights count, and a fault is an error, not an abort. */
static void test_rights(void)
{
    start_semihosting();
    board_word(&board, 0x4000, 2u << 10 | 0x12);              /* a flat megabyte: user: read */
    board_word(&board, 0x4004, 0x00100000 | 1u << 10 | 0x12); /* another: privileged */
    board_mcr(&board, 2, 0, 0, 0x4000);
    board_mcr(&board, 3, 0, 0, 1);
    board_mcr(&board, 1, 0, 0, SCTLR_M);
    ok(failed(call(0x30, 0x00200000), 14), "SYS_ELAPSED to an unmapped block");
    is_u32(call_block(0x05, 7, 0x001ffffe, 4, 0), 4, "SYS_WRITE into an unmapped page");
    ok(call_block(0x05, 7, 0x001ffffe, 2, 0) == 0 && call_block(0x06, 7, 0x001ffffe, 2, 0) == 0,
       "up to it");
    board_free(&board);
}

int main(int argc, char **argv)
{
    snprintf(log_path, sizeof log_path, "%s.log", argc > 0 ? argv[0] : "test_cpu");
    test_making();
    test_registers();
    test_slices();
    test_device_code();
    test_interrupts();
    test_unmasking();
    test_wfi();
    test_digest();
    test_dump();
    test_semihosting();
    test_readc();
    test_file_calls();
    test_transfers();
    test_big_endian();
    test_rights();
    return done_testing();
}
