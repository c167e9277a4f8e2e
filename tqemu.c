/* SPDX-License-Identifier: MIT */
/* The library: a run whose console is in memory, and whose main loop the embedding program calls.
 */
#include "tqemu.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"
#include "host/host.h"
#include "run.h"
#include "snapshot.h"
#include "util/log.h"

#define POLL_NS (100 * NS_PER_MS) /* of host time, between two polls of sockets in a wait */

/* bytes[first] to bytes[end - 1] are waiting. */
typedef struct Bytes {
    uint8_t *bytes;
    size_t first, end, size;
} Bytes;

struct Tqemu {
    Run run;
    ConsoleEnds ends;
    Bytes in, out;
    size_t looked; /* tqemu_run(): no text begins in so many bytes of `out` */
    char *options; /* copies, which the run's options point into */
    char **argv;
    bool started;
    bool at_point;
};

/* -- The console -- */

static bool append(Bytes *b, const void *bytes, size_t n)
{
    if (b->first == b->end) {
        b->first = b->end = 0;
    }
    if (n > b->size - b->end) {
        size_t kept = b->end - b->first, size = 2 * kept + n + 256;
        uint8_t *more = malloc(size);
        if (!more) {
            return false;
        }
        if (kept) {
            memcpy(more, b->bytes + b->first, kept);
        }
        free(b->bytes);
        b->bytes = more;
        b->first = 0;
        b->end = kept;
        b->size = size;
    }
    if (n) {
        memcpy(b->bytes + b->end, bytes, n);
    }
    b->end += n;
    return true;
}

static size_t take(Bytes *b, void *bytes, size_t n)
{
    size_t most = b->end - b->first;
    n = n < most ? n : most;
    if (n) {
        memcpy(bytes, b->bytes + b->first, n);
    }
    b->first += n;
    return n;
}

static int console_in(void *opaque, uint8_t *bytes, size_t n)
{
    Tqemu *t = opaque;
    return (int)take(&t->in, bytes, n);
}

static int console_out(void *opaque, const uint8_t *bytes, size_t n, const char **why)
{
    Tqemu *t = opaque;
    *why = "the host has no memory for the output";
    return append(&t->out, bytes, n) ? (int)n : HOST_EOF;
}

bool tqemu_send(Tqemu *t, const void *bytes, size_t n)
{
    return append(&t->in, bytes, n);
}

size_t tqemu_receive(Tqemu *t, void *bytes, size_t n)
{
    return take(&t->out, bytes, n);
}

/* Whether the output has the text; what was looked at before is not looked at again. */
static bool has_text(Tqemu *t, const char *text)
{
    size_t n = strlen(text), there = t->out.end - t->out.first;
    for (; n > 0 && there - t->looked >= n; t->looked++) {
        if (memcmp(t->out.bytes + t->out.first + t->looked, text, n) == 0) {
            return true;
        }
    }
    return n == 0;
}

/* -- Its life -- */

static bool copy_options(Tqemu *t, const char *const *options, int n)
{
    size_t size = sizeof "tqemu";
    for (int i = 0; i < n; i++) {
        size += strlen(options[i]) + 1;
    }
    t->options = malloc(size);
    t->argv = calloc((size_t)n + 2, sizeof *t->argv);
    if (!t->options || !t->argv) {
        return false;
    }
    char *at = t->options;
    for (int i = -1; i < n; i++) {
        const char *option = i < 0 ? "tqemu" : options[i];
        t->argv[i + 1] = strcpy(at, option);
        at += strlen(option) + 1;
    }
    return true;
}

static bool power_on(Tqemu *t, int n)
{
    switch (options_parse(&t->run.options, n + 1, t->argv)) {
    case OPTIONS_BAD: return false;
    case OPTIONS_DONE: error_report("the options make no machine"); return false;
    default: break;
    }
    t->ends = (ConsoleEnds){ console_in, console_out, t };
    t->run.embedded = &t->ends;
    if (!run_power_on(&t->run)) {
        return false;
    }
    if (!t->run.ended) {
        run_start(&t->run);
        t->started = true;
    }
    return true;
}

Tqemu *tqemu_new(const char *const *options, int n, char *why, size_t size)
{
    Tqemu *t = calloc(1, sizeof *t);
    if (!t || !copy_options(t, options, n)) {
        snprintf(why, size, "the host has no memory for a machine");
        tqemu_free(t);
        return NULL;
    }
    error_divert(why, size);
    bool good = power_on(t, n);
    error_divert(NULL, 0);
    if (!good) {
        tqemu_free(t);
        return NULL;
    }
    return t;
}

bool tqemu_free(Tqemu *t)
{
    if (!t) {
        return true;
    }
    if (t->started) {
        run_stopped(&t->run);
    }
    bool good = run_power_off(&t->run);
    free(t->in.bytes);
    free(t->out.bytes);
    free(t->argv);
    free(t->options);
    free(t);
    return good;
}

int tqemu_status(const Tqemu *t)
{
    return t->run.status;
}

uint64_t tqemu_instructions(Tqemu *t)
{
    return run_insns(&t->run);
}

int64_t tqemu_time(Tqemu *t)
{
    return control_now(&t->run);
}

/* -- Running -- */

/* The guest sleeps. Waits for its timer, for sockets, or until the virtual time at which the run
 * stops. False: neither a timer nor input will come. */
static bool wait(Tqemu *t)
{
    Run *r = &t->run;
    if (t->in.first < t->in.end) {
        return true;
    }
    if (r->wait_until == TIMER_NEVER && !r->ports.any_input) {
        return false;
    }
    int64_t left = r->wait_ns - (host_clock() - r->wait_clock);
    while (left > 0) {
        host_wait(left < POLL_NS ? left : POLL_NS, HOST_SOCKETS);
        if (r->ports.any_input) {
            break;
        }
        left = r->wait_ns - (host_clock() - r->wait_clock);
    }
    return true;
}

/* Goes on where a breakpoint, the monitor or -S has stopped the machine. */
static void go_on(Tqemu *t)
{
    Run *r = &t->run;
    if (t->at_point) {
        t->at_point = false;
        r->control.step(r, true, true);
    }
    if (r->stopped && !r->ended) {
        r->control.start(r);
    }
}

TqemuStop tqemu_run(Tqemu *t, const TqemuUntil *until)
{
    Run *r = &t->run;
    uint64_t from = run_insns(r);
    t->looked = 0;
    r->last_insn = until->instructions ? from + until->instructions : UINT64_MAX;
    r->last_ns = until->ns > 0 ? deadline_after(control_now(r), until->ns) : TIMER_NEVER;
    if (!r->ended) {
        go_on(t);
    }
    while (!r->ended) {
        if (until->text && has_text(t, until->text)) {
            return TQEMU_TEXT;
        }
        if (r->stopped) {
            uint32_t addr;
            t->at_point = arm_cpu_point(r->machine->cpu, &addr) != ARM_NO_POINT;
            return t->at_point ? TQEMU_POINT : TQEMU_STOPPED;
        }
        if (run_insns(r) >= r->last_insn) {
            return TQEMU_INSTRUCTIONS;
        }
        if (r->last_ns != TIMER_NEVER && clock_now(&r->clock) >= r->last_ns) {
            return TQEMU_TIME;
        }
        if (r->waiting && !wait(t)) {
            return TQEMU_WAITING;
        }
        run_turn(r);
    }
    return TQEMU_ENDED;
}

/* -- Looking -- */

/* The number of a register; -1: there is none of that name. */
static int register_number(const Tqemu *t, const char *name)
{
    ARMDebugReg reg;
    const ARMCPU *cpu = t->run.machine->cpu;
    for (unsigned n = 0; arm_cpu_debug_reg(cpu, n, &reg) || n < ARM_DEBUG_CPSR; n++) {
        if (arm_cpu_debug_reg(cpu, n, &reg) && strcmp(reg.name, name) == 0) {
            return (int)n;
        }
    }
    return -1;
}

bool tqemu_get_register(Tqemu *t, const char *name, uint64_t *value)
{
    int n = register_number(t, name);
    if (n >= 0) {
        *value = arm_cpu_debug_get(t->run.machine->cpu, (unsigned)n);
    }
    return n >= 0;
}

bool tqemu_set_register(Tqemu *t, const char *name, uint64_t value)
{
    int n = register_number(t, name);
    if (n >= 0) {
        arm_cpu_debug_set(t->run.machine->cpu, (unsigned)n, value);
    }
    return n >= 0;
}

bool tqemu_read(Tqemu *t, uint32_t addr, bool physical, void *bytes, size_t n)
{
    return arm_cpu_debug_read(t->run.machine->cpu, addr, physical, bytes, n);
}

bool tqemu_write(Tqemu *t, uint32_t addr, bool physical, const void *bytes, size_t n)
{
    return arm_cpu_debug_write(t->run.machine->cpu, addr, physical, bytes, n);
}

bool tqemu_breakpoint(Tqemu *t, uint32_t addr, bool set)
{
    ARMCPU *cpu = t->run.machine->cpu;
    return set ? arm_cpu_insert_point(cpu, ARM_BREAKPOINT, addr, 0)
               : arm_cpu_remove_point(cpu, ARM_BREAKPOINT, addr, 0);
}

/* -- States -- */

uint8_t *tqemu_save(Tqemu *t, size_t *n)
{
    VMWriter w = { 0 };
    snapshot_make(&t->run, &w);
    if (w.failed) {
        free(w.bytes);
        return NULL;
    }
    *n = w.len;
    return w.bytes;
}

bool tqemu_restore(Tqemu *t, const uint8_t *snapshot, size_t n, char *why, size_t size)
{
    SnapshotError e = { "" };
    bool good = snapshot_load_bytes(&t->run, snapshot, n, &e);
    if (!good) {
        snprintf(why, size, "%s", e.text);
    }
    t->at_point = t->at_point && !good;
    return good;
}

bool tqemu_fork(Tqemu *t)
{
    Run *r = &t->run;
    checkpoint_free(r, &r->kept);
    r->kept_loaded = false;
    return checkpoint_take(r, &r->kept);
}

bool tqemu_rewind(Tqemu *t)
{
    Run *r = &t->run;
    bool good = r->kept.count > 0 && !r->kept_loaded && checkpoint_restore(r, &r->kept, 0);
    t->at_point = t->at_point && !good;
    return good;
}
