/* SPDX-License-Identifier: MIT */
/* What gdb's packets ask for: registers, memory, breakpoints, running. */
#include <string.h>

#include "cpu/cpu.h"
#include "debug/gdb_private.h"

/* The most that a packet can hold as hexadecimal digits. */
#define MOST_MEMORY (GDB_PACKET_SIZE / 2)

/* -- Registers -- */

static void put_register(Gdb *g, unsigned n, unsigned size)
{
    uint8_t bytes[8];
    uint64_t value = arm_cpu_debug_get(g->machine->cpu, n);
    st32_p(bytes, (uint32_t)value);
    st32_p(bytes + 4, (uint32_t)(value >> 32));
    gdb_reply_hex(&g->out, bytes, size);
}

/* Whether "g" and "G" have register n. */
static bool is_core(const ARMCPU *cpu, unsigned n, ARMDebugReg *reg)
{
    return n <= ARM_DEBUG_CPSR && arm_cpu_debug_reg(cpu, n, reg);
}

static void read_registers(Gdb *g, const char *args)
{
    (void)args;
    ARMDebugReg reg;
    gdb_reply_start(&g->out);
    for (unsigned n = 0; n <= ARM_DEBUG_CPSR; n++) {
        if (is_core(g->machine->cpu, n, &reg)) {
            put_register(g, n, reg.size);
        }
    }
    gdb_send(g);
}

/* Sets a register to the digits at *args. */
static bool take_register(Gdb *g, unsigned n, const char **args, unsigned size)
{
    uint8_t bytes[8] = { 0 };
    bool ok = gdb_bytes(args, bytes, size);
    if (ok) {
        uint64_t value = ld32_p(bytes) | (uint64_t)ld32_p(bytes + 4) << 32;
        arm_cpu_debug_set(g->machine->cpu, n, value);
    }
    return ok;
}

/* CPSR first: it selects the bank of the others. */
static void write_registers(Gdb *g, const char *args)
{
    const size_t core = (size_t)16 * 8;
    ARMCPU *cpu = g->machine->cpu;
    ARMDebugReg reg;
    if (strlen(args) != core + 8) {
        gdb_send_text(g, GDB_INVALID);
        return;
    }
    const char *cpsr = args + core;
    bool ok = take_register(g, ARM_DEBUG_CPSR, &cpsr, 4);
    for (unsigned n = 0; ok && n < ARM_DEBUG_CPSR; n++) {
        ok = !is_core(cpu, n, &reg) || take_register(g, n, &args, reg.size);
    }
    gdb_send_text(g, ok ? "OK" : GDB_INVALID);
}

static void read_register(Gdb *g, const char *args)
{
    ARMDebugReg reg;
    uint64_t n;
    if (!gdb_number(&args, &n) || *args) {
        gdb_send_text(g, GDB_INVALID);
    } else if (n > UINT16_MAX || !arm_cpu_debug_reg(g->machine->cpu, (unsigned)n, &reg)) {
        gdb_send_text(g, GDB_FAULT);
    } else {
        gdb_reply_start(&g->out);
        put_register(g, (unsigned)n, reg.size);
        gdb_send(g);
    }
}

static void write_register(Gdb *g, const char *args)
{
    ARMDebugReg reg;
    uint64_t n;
    if (!gdb_number(&args, &n) || !gdb_char(&args, '=')) {
        gdb_send_text(g, GDB_INVALID);
    } else if (n > UINT16_MAX || !arm_cpu_debug_reg(g->machine->cpu, (unsigned)n, &reg) ||
               !take_register(g, (unsigned)n, &args, reg.size)) {
        gdb_send_text(g, GDB_FAULT);
    } else {
        gdb_send_text(g, "OK");
    }
}

/* -- Memory -- */

/* "ADDRESS,LENGTH" */
static bool parse_range(const char **args, uint32_t *addr, uint32_t *length)
{
    uint64_t at, n;
    bool ok = gdb_number(args, &at) && gdb_char(args, ',') && gdb_number(args, &n);
    *addr = ok ? (uint32_t)at : 0;
    *length = ok ? (uint32_t)n : 0;
    return ok && at <= UINT32_MAX && n <= UINT32_MAX;
}

static void read_memory(Gdb *g, const char *args)
{
    uint8_t bytes[MOST_MEMORY];
    uint32_t addr, n;
    if (!parse_range(&args, &addr, &n) || *args || n > MOST_MEMORY) {
        gdb_send_text(g, GDB_INVALID);
    } else if (!arm_cpu_debug_read(g->machine->cpu, addr, g->physical, bytes, n)) {
        gdb_send_text(g, GDB_FAULT);
    } else {
        gdb_reply_start(&g->out);
        gdb_reply_hex(&g->out, bytes, n);
        gdb_send(g);
    }
}

static void write_bytes(Gdb *g, uint32_t addr, uint8_t *bytes, uint32_t n)
{
    bool ok = arm_cpu_debug_write(g->machine->cpu, addr, g->physical, bytes, n);
    gdb_send_text(g, ok ? "OK" : GDB_FAULT);
}

static void write_memory(Gdb *g, const char *args)
{
    uint8_t bytes[MOST_MEMORY];
    uint32_t addr, n;
    if (!parse_range(&args, &addr, &n) || !gdb_char(&args, ':') || n > MOST_MEMORY ||
        !gdb_bytes(&args, bytes, n) || *args) {
        gdb_send_text(g, GDB_INVALID);
    } else {
        write_bytes(g, addr, bytes, n);
    }
}

/* The bytes as they are. */
static void write_binary(Gdb *g, const char *args)
{
    uint32_t addr, n;
    if (!parse_range(&args, &addr, &n) || !gdb_char(&args, ':') ||
        n != (size_t)(g->in.data + g->in.length - args)) {
        gdb_send_text(g, GDB_INVALID);
    } else {
        write_bytes(g, addr, (uint8_t *)g->in.data + (args - g->in.data), n);
    }
}

/* -- Breakpoints and watchpoints -- */

/* "TYPE,ADDRESS,LENGTH", with conditions and the like ignored. */
static void change_point(Gdb *g, const char *args, bool insert)
{
    static const ARMPointKind kinds[] = { ARM_BREAKPOINT, ARM_BREAKPOINT, ARM_WATCH_WRITE,
                                          ARM_WATCH_READ, ARM_WATCH_ACCESS };
    ARMCPU *cpu = g->machine->cpu;
    uint64_t type;
    uint32_t addr, n;
    if (!gdb_number(&args, &type) || !gdb_char(&args, ',') || !parse_range(&args, &addr, &n)) {
        gdb_send_text(g, GDB_INVALID);
        return;
    }
    if (type >= sizeof kinds / sizeof kinds[0]) {
        gdb_send_text(g, "");
        return;
    }
    ARMPointKind kind = kinds[type];
    n = kind == ARM_BREAKPOINT ? 0 : n; /* which says the instruction set */
    bool ok = kind == ARM_BREAKPOINT || n > 0;
    ok = ok && (insert ? arm_cpu_insert_point(cpu, kind, addr, n)
                       : arm_cpu_remove_point(cpu, kind, addr, n));
    gdb_send_text(g, ok ? "OK" : GDB_INVALID);
}

static void insert_point(Gdb *g, const char *args)
{
    change_point(g, args, true);
}

static void remove_point(Gdb *g, const char *args)
{
    change_point(g, args, false);
}

/* -- Running -- */

typedef enum Action { NO_ACTION, RUN, STEP, STAY } Action;

/* "C" and "S" are "c" and "s" with a signal, which no guest has. */
static Action action_of(char letter)
{
    switch (letter) {
    case 'c':
    case 'C': return RUN;
    case 's':
    case 'S': return STEP;
    case 't': return STAY;
    default: return NO_ACTION;
    }
}

static bool has_signal(char letter)
{
    return letter == 'C' || letter == 'S';
}

static void resume(Gdb *g, Action action)
{
    g->resumed = true;
    g->calling = false;
    g->stepping = action == STEP;
    if (g->stepping) {
        g->run->step(g->run->opaque, (g->step & GDB_STEP_NO_IRQ) == 0,
                     (g->step & GDB_STEP_NO_TIMER) == 0);
    } else {
        g->run->start(g->run->opaque);
    }
}

/* "c", "s", "C05" or "S05", and where to: "c10000", "C05;10000". */
static void resume_at(Gdb *g, const char *args)
{
    char letter = args[-1];
    bool signal = has_signal(letter);
    uint64_t n;
    bool ok = !signal || gdb_number(&args, &n);
    bool moves = ok && (signal ? gdb_char(&args, ';') : *args != '\0');
    if (!ok || (moves && !gdb_number(&args, &n)) || *args) {
        gdb_send_text(g, GDB_INVALID);
        return;
    }
    if (moves) {
        arm_cpu_debug_set(g->machine->cpu, ARM_DEBUG_PC, n);
    }
    resume(g, action_of(letter));
}

/* One action of "vCont" at *args: NO_ACTION if it is malformed or another thread's. */
static Action take_action(const char **args)
{
    uint64_t signal;
    char letter = **args;
    Action action = action_of(letter);
    if (action == NO_ACTION) {
        return NO_ACTION;
    }
    ++*args;
    bool ok = (!has_signal(letter) || gdb_number(args, &signal)) &&
              (!gdb_char(args, ':') || gdb_thread(args));
    return ok ? action : NO_ACTION;
}

/* "vCont;s:1;c": the first action is the one for our only thread. */
static void resume_threads(Gdb *g, const char *args)
{
    Action first = NO_ACTION;
    args--; /* the first semicolon */
    do {
        Action action = gdb_char(&args, ';') ? take_action(&args) : NO_ACTION;
        if (action == NO_ACTION) {
            gdb_send_text(g, GDB_INVALID);
            return;
        }
        first = first == NO_ACTION ? action : first;
    } while (*args);
    if (first == STAY) { /* it stands still already */
        gdb_send_stop(g, GDB_SIGNAL_INT);
    } else {
        resume(g, first);
    }
}

/* The end of a call that gdb executes: "F" and the result, the error and "C" for Ctrl-C after
 * commas. What else may follow belongs to a call. */
static void end_call(Gdb *g, const char *args)
{
    uint64_t result, error = 0;
    bool negative = gdb_char(&args, '-');
    bool ok = gdb_number(&args, &result) && result <= INT64_MAX &&
              (!gdb_char(&args, ',') || gdb_number(&args, &error));
    bool interrupted = ok && gdb_char(&args, ',');
    if (!ok || (interrupted && !gdb_char(&args, 'C')) || (*args && *args != ';') || !g->calling) {
        gdb_send_text(g, GDB_INVALID);
        return;
    }
    g->calling = false;
    g->returned(g->returned_opaque, negative ? -(int64_t)result : (int64_t)result, error);
    if (interrupted || g->interrupted) {
        gdb_send_stop(g, GDB_SIGNAL_INT);
    } else if (g->stepping) {
        gdb_send_stop(g, GDB_SIGNAL_TRAP);
    } else {
        resume(g, RUN);
    }
}

static void reverse(Gdb *g, bool step)
{
    if (g->run->reverse) {
        g->resumed = true;
        g->run->reverse(g->run->opaque, step);
    } else {
        gdb_send_text(g, GDB_INVALID);
    }
}

static void reverse_step(Gdb *g, const char *args)
{
    (void)args;
    reverse(g, true);
}

static void reverse_continue(Gdb *g, const char *args)
{
    (void)args;
    reverse(g, false);
}

static void tell_stop(Gdb *g, const char *args)
{
    (void)args;
    arm_cpu_remove_points(g->machine->cpu); /* a gdb that has just come has none */
    gdb_send_stop(g, GDB_SIGNAL_TRAP);
}

static void detach(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "OK");
    gdb_detach(g);
    g->run->start(g->run->opaque);
}

static void kill_run(Gdb *g, const char *args)
{
    (void)args;
    gdb_detach(g);
    g->run->quit(g->run->opaque);
}

static void kill_process(Gdb *g, const char *args)
{
    gdb_send_text(g, "OK");
    kill_run(g, args);
}

static void restart(Gdb *g, const char *args)
{
    (void)args;
    g->run->reset(g->run->opaque);
}

/* -- The table -- */

static void say_ok(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "OK");
}

static void list_actions(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "vCont;c;C;s;S;t");
}

static void check_thread(Gdb *g, const char *args)
{
    gdb_send_text(g, gdb_thread(&args) && !*args ? "OK" : GDB_INVALID);
}

/* For which operations does not matter: there is one thread. */
static void select_thread(Gdb *g, const char *args)
{
    bool ok = (*args == 'g' || *args == 'c') && (args++, gdb_thread(&args)) && !*args;
    gdb_send_text(g, ok ? "OK" : GDB_INVALID);
}

bool gdb_dispatch(Gdb *g, const GdbCommand *list, const char *packet)
{
    for (const GdbCommand *c = list; c->name; c++) {
        size_t n = strlen(c->name);
        if (strncmp(packet, c->name, n) == 0 && !(c->whole && packet[n])) {
            c->execute(g, packet + n);
            return true;
        }
    }
    return false;
}

static const GdbCommand commands[] = {
    { "!", true, say_ok },
    { "?", true, tell_stop },
    { "bc", true, reverse_continue },
    { "bs", true, reverse_step },
    { "c", false, resume_at },
    { "C", false, resume_at },
    { "D", false, detach },
    { "F", false, end_call },
    { "g", true, read_registers },
    { "G", false, write_registers },
    { "H", false, select_thread },
    { "k", true, kill_run },
    { "m", false, read_memory },
    { "M", false, write_memory },
    { "p", false, read_register },
    { "P", false, write_register },
    { "R", false, restart },
    { "s", false, resume_at },
    { "S", false, resume_at },
    { "T", false, check_thread },
    { "vCont?", true, list_actions },
    { "vCont;", false, resume_threads },
    { "vKill;", false, kill_process },
    { "X", false, write_binary },
    { "Z", false, insert_point },
    { "z", false, remove_point },
    { NULL, false, NULL },
};

void gdb_execute(Gdb *g, const char *packet)
{
    if (!gdb_dispatch(g, commands, packet)) {
        gdb_query(g, packet);
    }
}
