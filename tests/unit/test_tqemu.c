/* SPDX-License-Identifier: MIT */
/* The library: machines with small programs in their RAM. */
#include "tqemu.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/tap.h"
#include "util/bytes.h"

#define AT    0x8000u
#define COUNT 0x20000u /* where the program counts */

/* Counts in r0, and at COUNT. */
static const uint32_t counter[] = {
    0xe3a01802, /* mov r1, #COUNT */
    0xe2800001, /* 1: add r0, r0, #1 */
    0xe5810000, /* str r0, [r1] */
    0xe2800000, /* add r0, r0, #0 */
    0xeafffffb, /* b 1b */
};

/* Sends back what comes in on the first serial port, with every bit 5 set. */
static const uint32_t echo[] = {
    0xe59f1018, /* ldr r1, =0x101f1000 */
    0xe5912018, /* 1: ldr r2, [r1, #0x18] */
    0xe3120010, /* tst r2, #0x10 */
    0x1afffffc, /* bne 1b */
    0xe5910000, /* ldr r0, [r1] */
    0xe3800020, /* orr r0, r0, #0x20 */
    0xe5810000, /* str r0, [r1] */
    0xeafffff8, /* b 1b */
    0x101f1000,
};

/* The same when an interrupt comes, for which it waits. */
static const uint32_t sleeper[] = {
    0xe59f1020, /* ldr r1, =0x101f1000 */
    0xe3a00010, /* mov r0, #0x10 */
    0xe5810038, /* str r0, [r1, #0x38] */
    0xe59f2018, /* ldr r2, =0x10140000 */
    0xe3a00a01, /* mov r0, #0x1000 */
    0xe5820010, /* str r0, [r2, #0x10] */
    0xee070f90, /* 1: mcr p15, 0, r0, c7, c0, 4 */
    0xe5910000, /* ldr r0, [r1] */
    0xe5810000, /* str r0, [r1] */
    0xeafffffb, /* b 1b */
    0x101f1000, 0x10140000,
};

static char why[200];

/* A machine that stands before a program; `more` is an option, or NULL. */
static Tqemu *start(const uint32_t *program, size_t words, const char *more)
{
    const char *const options[] = { "-S", "-m", "1", "-icount", "shift=0", more };
    Tqemu *t = tqemu_new(options, more ? 6 : 5, why, sizeof why);
    if (!ok(t != NULL, "a machine")) {
        printf("# %s\n", why);
        exit(1);
    }
    uint8_t bytes[64];
    for (size_t i = 0; i < words; i++) {
        st32_p(bytes + 4 * i, program[i]);
    }
    ok(tqemu_write(t, AT, false, bytes, 4 * words) && tqemu_set_register(t, "pc", AT) &&
           tqemu_set_register(t, "r0", 0),
       "with a program");
    return t;
}
#define START(program, more) start(program, sizeof(program) / sizeof(program)[0], more)

static uint32_t reg(Tqemu *t, const char *name)
{
    uint64_t value = UINT64_MAX;
    return tqemu_get_register(t, name, &value) ? (uint32_t)value : UINT32_MAX;
}

static uint32_t word(Tqemu *t, uint32_t addr)
{
    uint8_t bytes[4] = { 0 };
    return tqemu_read(t, addr, true, bytes, 4) ? ld32_p(bytes) : UINT32_MAX;
}

static TqemuStop run(Tqemu *t, uint64_t instructions)
{
    return tqemu_run(t, &(TqemuUntil){ .instructions = instructions });
}

static void test_options(void)
{
    const char *const bad[] = { "-m", "never" }, *const help[] = { "-version" },
                      *const missing[] = { "-kernel", "/no/such" };
    ok(!tqemu_new(bad, 2, why, sizeof why) && strstr(why, "never"), "a bad option: %s", why);
    ok(!tqemu_new(missing, 2, why, sizeof why) && strstr(why, "/no/such"), "no kernel: %s", why);
    ok(!tqemu_new(missing, 2, why, 5) && strlen(why) == 4, "the reason is cut off: %s", why);
    fflush(stdout);
    ok(!tqemu_new(help, 1, why, sizeof why) && *why, "-version is no machine: %s", why);
    ok(tqemu_free(NULL), "nothing is freed");
}

static void test_running(void)
{
    Tqemu *a = START(counter, NULL), *b = START(counter, NULL);
    is_u32(run(a, 4001), TQEMU_INSTRUCTIONS, "a runs");
    is_u32((uint32_t)tqemu_instructions(a), 4001, "so many instructions");
    is_u32(reg(a, "r0"), 1000, "and has counted");
    is_u32(reg(b, "r0"), 0, "b has not");
    run(b, 401);
    is_u32(reg(b, "r0"), 100, "b has counted, too");
    is_u32(word(a, COUNT), 1000, "a's memory");
    is_u32(word(b, COUNT), 100, "b's memory");
    run(a, 1);
    is_u32(reg(a, "pc"), AT + 8, "one instruction more");
    int64_t now = tqemu_time(a);
    is_u32(tqemu_run(a, &(TqemuUntil){ .ns = 5000000 }), TQEMU_TIME, "for some time");
    ok(tqemu_time(a) == now + 5000000, "exactly");
    is_u32(word(a, 0x70000000), UINT32_MAX, "no memory is there");
    ok(!tqemu_set_register(a, "r16", 0), "there is no r16");
    is_u32(reg(a, "cpsr") & 0xff, 0xd3, "CPSR");

    ok(tqemu_breakpoint(a, AT + 12, true), "a breakpoint");
    for (unsigned i = 0; i < 3; i++) {
        uint32_t count = reg(a, "r0");
        is_u32(run(a, 0), TQEMU_POINT, "it is hit");
        is_u32(reg(a, "pc"), AT + 12, "there");
        is_u32(reg(a, "r0") - count, i || reg(a, "r0") != count, "once a round");
    }
    ok(tqemu_breakpoint(a, AT + 12, false) && !tqemu_breakpoint(a, AT + 12, false), "removed");
    is_u32(run(a, 100), TQEMU_INSTRUCTIONS, "and no longer there");
    tqemu_free(a);
    is_u32(run(b, 4), TQEMU_INSTRUCTIONS, "b goes on without a");
    is_u32(reg(b, "r0"), 101, "and counts");
    tqemu_free(b);
}

static void test_console(void)
{
    char out[64];
    Tqemu *t = START(echo, NULL);
    ok(tqemu_send(t, "ABC", 3), "input");
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "bc" }), TQEMU_TEXT, "is answered");
    is_u32((uint32_t)tqemu_receive(t, out, 2), 2, "two bytes of it");
    ok(memcmp(out, "ab", 2) == 0, "which are right");
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "bc", .instructions = 200000 }), TQEMU_INSTRUCTIONS,
           "what was taken is not found again");
    is_u32((uint32_t)tqemu_receive(t, out, sizeof out), 1, "the third");
    tqemu_send(t, "ABCDEF", 6);
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "ef" }), TQEMU_TEXT, "a text at the end");
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "abc" }), TQEMU_TEXT, "then one before it");
    is_u32((uint32_t)tqemu_receive(t, out, sizeof out), 6, "are both there");
    char *much = malloc(3000);
    memset(much, 'X', 3000);
    memcpy(much + 2990, "THE END", 7);
    ok(tqemu_send(t, much, 2997), "much input");
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "the end" }), TQEMU_TEXT, "comes back");
    is_u32((uint32_t)tqemu_receive(t, much, 3000), 2997, "all of it");
    free(much);
    tqemu_free(t);
    t = tqemu_new(NULL, 0, why, sizeof why); /* the built-in program */
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "ARM926" }), TQEMU_TEXT, "the firmware speaks");
    tqemu_free(t);
    t = START(sleeper, NULL);
    is_u32(tqemu_run(t, &(TqemuUntil){ 0 }), TQEMU_WAITING, "nothing but input can wake it");
    tqemu_send(t, "x", 1);
    is_u32(tqemu_run(t, &(TqemuUntil){ .text = "x" }), TQEMU_TEXT, "which does");
    tqemu_free(t);
    static const uint32_t halt[] = { 0xee070f90, 0xeafffffe }; /* it waits for ever */
    t = START(halt, NULL);
    is_u32(tqemu_run(t, &(TqemuUntil){ 0 }), TQEMU_ENDED, "nothing can wake it: it has ended");
    is_u32((uint32_t)tqemu_status(t), 0, "with a status");
    is_u32(tqemu_run(t, &(TqemuUntil){ 0 }), TQEMU_ENDED, "and does not go on");
    tqemu_free(t);
}

static void test_states(void)
{
    size_t n;
    Tqemu *a = START(counter, NULL), *b = START(echo, NULL);
    run(a, 4001);
    uint8_t *state = tqemu_save(a, &n);
    ok(state && n > 1000, "a snapshot");
    run(a, 4000);
    ok(tqemu_restore(b, state, n, why, sizeof why), "in another machine");
    is_u32(word(b, COUNT), 1000, "it has a's memory");
    is_u32((uint32_t)tqemu_instructions(b), 4001, "and a's count");
    run(b, 4000);
    is_u32(reg(b, "r0"), 2000, "it goes on as a did");
    state[n / 2] ^= 1;
    ok(!tqemu_restore(b, state, n, why, sizeof why) && strstr(why, "damaged"), "refused: %s", why);
    run(b, 4);
    is_u32(reg(b, "r0"), 2001, "and nothing has changed");
    free(state);

    ok(!tqemu_rewind(a), "there is no way back");
    ok(tqemu_fork(a), "a fork");
    unsigned wrong = 0;
    for (unsigned i = 1; i <= 1000; i++) {
        run(a, 4 * i);
        wrong += reg(a, "r0") != 2000 + i || word(a, COUNT) != 2000 + i;
        wrong += !tqemu_rewind(a) || reg(a, "r0") != 2000 || word(a, COUNT) != 2000 ||
                 tqemu_instructions(a) != 8001;
    }
    is_u32(wrong, 0, "a thousand ways from there and back");
    static const uint8_t nop[4] = { 0, 0, 0xa0, 0xe1 }, step[4] = { 2, 0, 0x80, 0xe2 };
    ok(tqemu_write(a, AT + 4, false, step, 4), "other code"); /* add r0, r0, #2 */
    run(a, 400);
    is_u32(reg(a, "r0"), 2200, "is executed");
    ok(tqemu_rewind(a), "back");
    run(a, 400);
    is_u32(reg(a, "r0"), 2100, "the code is what it was");
    ok(tqemu_write(a, AT + 8, false, nop, 4) && tqemu_fork(a), "a later fork");
    run(a, 400);
    ok(tqemu_rewind(a), "back to it");
    is_u32(reg(a, "r0"), 2100, "and not to the first");
    run(a, 400);
    is_u32(word(a, COUNT), 2100, "with the code that it had");
    tqemu_free(a);
    tqemu_free(b);
}

/* Gives the monitor a command, and waits for its next prompt. */
static void command(Tqemu *t, const char *name, const char *argument)
{
    char out[2000];
    tqemu_run(t, &(TqemuUntil){ .text = "(qemu) " });
    while (tqemu_receive(t, out, sizeof out) > 0) {
    }
    snprintf(out, sizeof out, "%s %s\n", name, argument);
    tqemu_send(t, out, strlen(out));
}

/* The monitor loads snapshots of a machine that was forked. */
static void test_fork_and_loadvm(void)
{
    char path[80], name[64];
    const char *const options[] = { "-m", "1", "-monitor", "stdio", "-serial", "null" };
    snprintf(name, sizeof name, "/tmp/tqemu-test-%p", (void *)&path);
    snprintf(path, sizeof path, "%s.snapshot", name);
    Tqemu *t = tqemu_new(options, 6, why, sizeof why);
    command(t, "savevm", name);
    for (unsigned i = 0; i < 4; i++) {
        ok(tqemu_fork(t) && tqemu_rewind(t), "a fork");
        command(t, "loadvm", name);
        tqemu_run(t, &(TqemuUntil){ .text = "(qemu) " });
        ok(!tqemu_rewind(t), "loadvm ends it");
    }
    tqemu_free(t);
    remove(path);
}

int main(void)
{
    test_options();
    test_running();
    test_console();
    test_states();
    test_fork_and_loadvm();
    return done_testing();
}
