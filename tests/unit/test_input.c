/* SPDX-License-Identifier: MIT */
/* When input is read: the guest, the host and the machine are the test's. */
#include "input.h"

#include <string.h>

#include "cpu/cpu.h"
#include "host/host.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/tap.h"
#include "util/log.h"

#define FULL   (NS_PER_SEC / 5)    /* the grace period at first */
#define LEAST  (NS_PER_SEC / 640)  /* the shortest: halved until it is below 2 ms */
#define SOON   (NS_PER_SEC / 100)  /* a timer due this soon means work under way */
#define TYPING (NS_PER_SEC / 1000) /* a line that takes this long to come is typed */

static struct {
    bool blocks;  /* reading does */
    int64_t now;  /* the host's clock */
    int64_t took; /* by each read */
    const char *lines;
    unsigned reads, polls;
    bool flushed, broken; /* standard output */
    bool flushed_at_read;
    uint32_t regs;   /* the guest's: all are the same */
    bool polls_port; /* machine_poll() polls the console */
} host;

static FakeClock clk;
static TimeBase base;
static Machine machine;
static Outputs outputs;
static Input in;
static const InputContext ctx = { &machine, &clk.clock, &base, &outputs };

bool host_is_terminal(void)
{
    return false;
}

bool host_read_waits(void)
{
    return host.blocks;
}

/* One line where reading blocks, else all of them. */
int host_read(uint8_t *bytes, size_t n)
{
    const char *end = strchr(host.lines, '\n');
    size_t some = host.blocks && end ? (size_t)(end - host.lines) + 1 : strlen(host.lines);
    some = some < n ? some : n;
    memcpy(bytes, host.lines, some);
    host.lines += some;
    host.reads++;
    host.flushed_at_read = host.flushed;
    host.now += host.took;
    return (int)some;
}

int host_write(const uint8_t *bytes, size_t n, const char **why)
{
    (void)bytes;
    (void)why;
    return (int)n;
}

void host_wait(int64_t ns, unsigned what)
{
    (void)ns;
    (void)what;
}

bool host_interrupted(void)
{
    return false;
}

int64_t host_clock(void)
{
    return host.now;
}

bool outputs_flush(Outputs *out)
{
    (void)out;
    host.flushed = true;
    return !host.broken;
}

uint32_t arm_cpu_reg(const ARMCPU *cpu, unsigned n)
{
    (void)cpu;
    return host.regs + n;
}

static void poll(void)
{
    uint8_t byte;
    in.console.chr.get(in.console.chr.opaque, &byte);
}

void machine_poll(Machine *m)
{
    (void)m;
    host.polls++;
    if (host.polls_port) {
        poll();
    }
}

static int64_t virtual_now(void *opaque)
{
    (void)opaque;
    return timebase_now(&base);
}

static void start(const char *lines)
{
    console_free(&in.console);
    memset(&host, 0, sizeof host);
    host.blocks = true;
    host.lines = lines;
    fake_clock_init(&clk);
    input_init(&in, NULL);
    console_start(&in.console);
    timebase_init_host(&base, host_clock);
    clk.clock.read = virtual_now;
}

/* Lets time pass on the host and in the guest. */
static void pass(int64_t ns)
{
    int64_t since = timebase_now(&base);
    host.now += ns;
    timebase_waited(&base, since, ns);
}

/* A slice with this many empty polls, in which the registers change or not. */
static int64_t slice(unsigned empty_polls, bool changed)
{
    host.regs += changed;
    for (unsigned i = 0; i < empty_polls; i++) {
        poll();
    }
    return input_turn(&in, &ctx, false);
}

/* Takes all that has come. */
static void take(void)
{
    while (in.console.count) {
        poll();
    }
}

static void test_reading_that_does_not_block(void)
{
    start("one\ntwo\n");
    host.blocks = false;
    input_poll(&in);
    is_u32(in.console.count, 8, "input that is there is taken");
    take();
    ok(slice(100, false) == INT64_MAX && host.reads <= 2, "and no slice asks for more");
    start("one\n");
    input_poll(&in);
    is_u32(host.reads, 0, "where reading blocks, it is not read in passing");
}

static void test_grace_period(void)
{
    start("one\ntwo\n");
    ok(slice(0, true) == INT64_MAX && host.reads == 0, "no polls, no read");
    pass(2 * FULL);
    ok(slice(0, false) == INT64_MAX && host.reads == 0, "however long the guest is quiet");
    ok(slice(1, true) == FULL && host.reads == 0, "a poll between work starts the grace period");
    pass(FULL - 1);
    ok(slice(64, true) == 1 && host.reads == 0, "64 polls in a slice are no work");
    pass(1);
    in.console.chr.put(in.console.chr.opaque, '$');
    ok(slice(64, true) == 0 && host.reads == 1, "at its end there is a read");
    ok(host.flushed_at_read, "after what the guest has written");
    ok(in.console.count == 4 && host.polls == 1, "of one line, which the ports are told of");
    ok(slice(64, true) > 0 && host.reads == 1, "the next one is for another period");
    pass(FULL);
    ok(slice(63, true) == FULL / 2 && host.reads == 1,
       "63 polls leave time for work: the period starts again");
    take();
    pass(FULL);
    ok(slice(0, false) == INT64_MAX && host.reads == 1, "polls that find a byte are not empty");
}

static void test_loop(void)
{
    start("one\n");
    unsigned slices;
    for (slices = 0; slices < 100 && host.reads == 0; slices++) {
        host.regs = slices % 8;
        slice(1, false);
        pass(FULL / 20);
    }
    ok(host.reads == 1 && slices > 20, "a loop of 8 blocks that changes nothing is no work");
    start("one\n");
    for (slices = 0; slices < 100; slices++) {
        host.regs = slices % 9;
        slice(1, false);
        pass(FULL / 20);
    }
    is_u32(host.reads, 0, "a longer one may be");
}

static void test_idle(void)
{
    start("one\ntwo\n");
    pass(2 * FULL);
    ok(input_turn(&in, &ctx, true) == INT64_MAX, "idle and no port that listens: no read");
    is_u32(host.polls, 1, "the ports were asked");
    host.polls_port = true;
    ok(input_turn(&in, &ctx, true) == 0 && host.reads == 1, "idle without a timer: a read at once");
    take();
    Timer timer;
    timer_init(&timer, &clk.clock, NULL, NULL);
    timer_mod(&timer, timebase_now(&base) + 10 * NS_PER_SEC);
    ok(input_turn(&in, &ctx, true) == FULL / 2 && host.reads == 1,
       "with one it waits, as long as the grace period has left");
    pass(FULL / 2);
    ok(input_turn(&in, &ctx, true) == 0 && host.reads == 2, "and then reads");
}

/* Waits for the current grace period and reads the next line; returns the period, or -1: there was
 * no read. */
static int64_t next_period(void)
{
    take();
    int64_t ns = slice(64, true);
    pass(ns);
    unsigned reads = host.reads;
    slice(64, true);
    return host.reads == reads + 1 ? ns : -1;
}

static const char *const text = "a\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\n"
                                "a\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\n";

static void test_halving(void)
{
    start(text);
    ok(next_period() == FULL && next_period() == FULL / 2 && next_period() == FULL / 4,
       "lines that are there at once halve the grace period");
    for (unsigned i = 0; i < 9; i++) {
        next_period();
    }
    is_u64(next_period(), LEAST, "down to a least one");
    host.took = TYPING;
    next_period();
    is_u64(next_period(), FULL, "one that is typed makes it whole again");
    start(text);
    next_period();
    host.took = 5 * NS_PER_SEC;
    int64_t before = timebase_now(&base);
    next_period();
    ok(timebase_now(&base) - before < 2 * NS_PER_SEC,
       "the guest does not see how long a read took");
}

static void test_work_under_way(void)
{
    start(text);
    Timer timer;
    timer_init(&timer, &clk.clock, NULL, NULL);
    unsigned full = 0;
    for (unsigned i = 0; i < 12; i++) {
        timer_mod(&timer, timebase_now(&base) + FULL + SOON);
        take();
        pass(FULL - 1);
        unsigned reads = host.reads;
        slice(64, true);
        full += host.reads == reads;
        pass(1);
        slice(64, true);
    }
    is_u32(full, 8,
           "a timer that is due soon keeps the period whole, for 8 lines without an answer");
    timer_mod(&timer, timebase_now(&base) + FULL + SOON);
    for (unsigned i = 0; i < 10; i++) {
        in.console.chr.put(in.console.chr.opaque, 'x');
    }
    take();
    pass(FULL - 1);
    unsigned reads = host.reads;
    slice(64, true);
    is_u32(host.reads, reads, "and for one with an answer");
}

static uint64_t no_insns(void *opaque)
{
    (void)opaque;
    return 0;
}

static void test_icount(void)
{
    start(text);
    timebase_init_icount(&base, 0, no_insns, NULL);
    host.polls_port = true;
    for (unsigned i = 0; i < 3; i++) {
        input_turn(&in, &ctx, true);
        take();
    }
    ok(host.reads == 3 && timebase_now(&base) == 0, "counted time stands still during reads");
    Timer timer;
    timer_init(&timer, &clk.clock, NULL, NULL);
    timer_mod(&timer, 10 * NS_PER_SEC);
    ok(input_turn(&in, &ctx, true) == FULL, "and the host's changes no period");
}

static void test_end(void)
{
    start("one\n");
    host.broken = true;
    host.polls_port = true;
    ok(input_turn(&in, &ctx, true) == 0 && host.reads == 0,
       "output that cannot be written: nobody would see what to answer");
}

int main(void)
{
    test_reading_that_does_not_block();
    test_grace_period();
    test_loop();
    test_idle();
    test_halving();
    test_work_under_way();
    test_icount();
    test_end();
    console_free(&in.console);
    return done_testing();
}
