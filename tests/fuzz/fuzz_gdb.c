/* SPDX-License-Identifier: MIT */
/* Fuzzing of the gdb server (libFuzzer). The input is a list of lines. A line is the data of a
 * packet, to which frame, escapes and sum are added; or after a tab, bytes as they are. After each
 * the CPU runs a little, unless it is stopped. Answers must be well-formed. */
#include "debug/gdb.h"
#include "tests/fuzz/board.h"

#define INSNS 300

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Side {
    FuzzBoard board;
    Gdb gdb;
    bool stopped;
    uint8_t in[3 * GDB_PACKET_SIZE];
    size_t next, count; /* of in[] */
    enum { OUTSIDE, DATA, HIGH, LOW } state;
    uint8_t sum;
    unsigned length;
} Side;

static bool get(void *opaque, uint8_t *byte)
{
    Side *s = opaque;
    bool is = s->next < s->count;
    *byte = is ? s->in[s->next++] : 0;
    return is;
}

static bool pending(void *opaque)
{
    const Side *s = opaque;
    return s->next < s->count;
}

static void check(const char *what, bool ok, uint8_t byte)
{
    if (!ok) {
        fuzz_failed(what, byte, 0);
    }
}

static void put(void *opaque, uint8_t byte)
{
    Side *s = opaque;
    switch (s->state) {
    case OUTSIDE:
        check("a byte between answers", byte == '$' || byte == '+' || byte == '-', byte);
        s->state = byte == '$' ? DATA : OUTSIDE;
        s->sum = 0;
        s->length = 0;
        break;
    case DATA:
        check("a '$' in an answer", byte != '$', byte);
        s->state = byte == '#' ? HIGH : DATA;
        s->sum = (uint8_t)(s->sum + (byte == '#' ? 0 : byte));
        check("a long answer", ++s->length <= GDB_PACKET_SIZE + 8, 0);
        break;
    case HIGH:
        check("the sum", gdb_digit((char)byte) == s->sum >> 4, byte);
        s->state = LOW;
        break;
    default:
        check("the sum", gdb_digit((char)byte) == (s->sum & 15), byte);
        s->state = OUTSIDE;
        break;
    }
}

static const char *status(void *opaque)
{
    return ((Side *)opaque)->stopped ? "paused" : "running";
}

static void start(void *opaque)
{
    ((Side *)opaque)->stopped = false;
}

static void stop_for(Side *s, unsigned signal)
{
    if (!s->stopped) {
        s->stopped = true;
        gdb_stopped(&s->gdb, signal);
    }
}

static void stop(void *opaque)
{
    stop_for(opaque, GDB_SIGNAL_INT);
}

static void step(void *opaque, bool interrupts, bool timers)
{
    Side *s = opaque;
    s->stopped = false;
    if (timers) {
        clock_run(&s->board.clock);
    }
    arm_cpu_step(s->board.m->cpu, interrupts);
    stop_for(s, GDB_SIGNAL_TRAP);
}

static void reset(void *opaque)
{
    machine_reset(((Side *)opaque)->board.m);
}

static void quit(void *opaque)
{
    gdb_ended(&((Side *)opaque)->gdb, 0);
}

static bool describe(void *opaque, unsigned n, char *text, size_t size)
{
    (void)opaque, (void)n, (void)text, (void)size;
    return false;
}

static bool snapshot(void *opaque, MonitorSnapshot what, const char *name, char *text, size_t size)
{
    (void)opaque, (void)what;
    snprintf(text, size, "%s: none here", name);
    return false;
}

static void add(Side *s, uint8_t byte)
{
    if (s->count < sizeof s->in) {
        s->in[s->count++] = byte;
    }
}

/* Makes a packet of a line. */
static void frame(Side *s, const uint8_t *line, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum = 0;
    add(s, '$');
    for (size_t i = 0; i < n; i++) {
        bool escaped = memchr("#$}", line[i], 3) != NULL;
        uint8_t byte = escaped ? line[i] ^ 0x20 : line[i];
        if (escaped) {
            add(s, '}');
        }
        add(s, byte);
        sum = (uint8_t)(sum + byte + (escaped ? '}' : 0));
    }
    add(s, '#');
    add(s, (uint8_t)digits[sum >> 4]);
    add(s, (uint8_t)digits[sum & 15]);
}

static void take_line(Side *s, const uint8_t *line, size_t n)
{
    s->next = s->count = 0;
    if (n && line[0] == '\t') {
        for (size_t i = 1; i < n; i++) {
            add(s, line[i]);
        }
    } else {
        frame(s, line, n);
    }
    gdb_poll(&s->gdb);
    if (!s->stopped && arm_cpu_run(s->board.m->cpu, INSNS) == ARM_RUN_POINT) {
        stop_for(s, GDB_SIGNAL_TRAP);
    }
    if (s->board.reset) {
        s->board.reset = false;
        machine_reset(s->board.m);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ARMCPUOptions options = { .model = "arm926" };
    static Side s;
    static Chardev chr = { .get = get, .pending = pending, .put = put, .opaque = &s };
    static const MonitorRun run = { .opaque = &s,
                                    .status = status,
                                    .start = start,
                                    .stop = stop,
                                    .step = step,
                                    .reset = reset,
                                    .quit = quit,
                                    .chardev = describe,
                                    .block = describe,
                                    .snapshot = snapshot,
                                    .describe_snapshot = describe };
    if (!s.board.m) {
        fuzz_board_init(&s.board, &options, NULL);
    }
    arm_cpu_remove_points(s.board.m->cpu);
    fuzz_power_on(&s.board);
    gdb_init(&s.gdb, s.board.m, &chr, &run);
    s.stopped = false;
    s.state = OUTSIDE;
    while (size > 0) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t n = end ? (size_t)(end - data) : size;
        take_line(&s, data, n);
        n += end != NULL;
        data += n;
        size -= n;
    }
    return 0;
}
