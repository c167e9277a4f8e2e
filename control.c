/* SPDX-License-Identifier: MIT */
/* The monitor's and gdb's control of the run: start, stop, step, reset, quit. */
#include "cpu/cpu.h"
#include "host/host.h"
#include "run.h"
#include "util/log.h"

static const char *status_of(void *opaque)
{
    const Run *r = opaque;
    return r->stopped ? r->stopped : "running";
}

void control_stop(Run *r, const char *status, unsigned signal)
{
    bool ran = !r->stopped;
    if (ran) {
        r->stopped_at = clock_now(&r->clock);
    }
    r->stopped = status;
    if (r->reverse) {
        control_reverse_stopped(r);
    }
    if (ran && r->ports.gdb) {
        gdb_stopped(&r->gdb, signal);
    }
}

int64_t control_now(Run *r)
{
    return r->stopped ? r->stopped_at : clock_now(&r->clock);
}

void control_point(Run *r)
{
    control_stop(r, "paused (debug)", GDB_SIGNAL_TRAP);
}

static void stop(void *opaque)
{
    Run *r = opaque;
    if (!r->stopped) {
        control_stop(r, "paused", GDB_SIGNAL_INT);
    }
}

/* Virtual time goes on where it stopped. */
static void start(void *opaque)
{
    Run *r = opaque;
    if (r->reverse && control_reverse_stays(r)) {
        return;
    }
    if (r->stopped) {
        timebase_set(&r->time, r->stopped_at);
    }
    r->stopped = NULL;
}

/* Without timers only counted time passes. */
static void step(void *opaque, bool interrupts, bool timers)
{
    Run *r = opaque;
    start(r);
    if (r->reverse) { /* a log has interrupts and timers where they are */
        control_reverse_step(r);
        return;
    }
    if (timers) {
        clock_run(&r->clock);
        timebase_slice(&r->time, 1);
    }
    r->reading = false;
    arm_cpu_step(r->machine->cpu, interrupts);
    if (r->reset) {
        control_reset(r);
    }
    if (!r->ended) {
        control_point(r);
    }
}

static void quit(void *opaque)
{
    run_end(opaque, 0);
}

static bool describe(void *opaque, unsigned n, char *text, size_t size)
{
    const Run *r = opaque;
    return connect_describe(&r->options, n, text, size);
}

void control_poll(Run *r)
{
    const Console *c = &r->input.console;
    if (r->ports.gdb && !control_reverse_seeks(r)) { /* its next packet would end that */
        gdb_poll(&r->gdb);
        if (r->gdb.attached && r->ports.gdb_on_console && !console_more_input(c)) {
            run_end(r, 0); /* gdb has gone without a word */
        }
    }
    if (!r->ports.monitor) {
        return;
    }
    if (r->ports.monitor_on_console && c->to_monitor != r->monitor_shown) {
        r->monitor_shown = c->to_monitor;
        if (r->monitor_shown) {
            monitor_open(&r->monitor);
        }
    }
    monitor_poll(&r->monitor);
}

void control_reset(Run *r)
{
    if (!r->options.no_reboot) {
        run_reset(r);
    } else if (r->options.no_shutdown) {
        r->reset = false;
        control_stop(r, "paused (shutdown)", GDB_SIGNAL_QUIT);
    } else if (!control_reverse_over(r, 0)) {
        run_end(r, 0);
    }
}

void control_wait(Run *r)
{
    Console *c = &r->input.console;
    run_flush(r);
    if (r->ended || (r->has_console && console_ended(c))) {
        return;
    }
    if (!connect_has_user(&r->ports, c)) {
        error_report(
            r->ports.gdb_on_console
                ? "-gdb: gdb has gone, and nothing can start the CPU: use -gdb tcp::1234"
                : "-S: the CPU is stopped, and no monitor can start it: use -monitor stdio "
                  "or -s");
        run_end(r, 1);
        return;
    }
    if (r->reverse) { /* what has come from gdb while it was not asked */
        control_poll(r);
        if (!r->stopped || r->ended) {
            return;
        }
    }
    bool wants = r->has_console && console_wants_input(c);
    if (wants && console_read_waits(c)) {
        console_read(c);
    } else {
        host_wait(INT64_MAX, (wants ? HOST_INPUT : 0) | HOST_SOCKETS);
    }
    run_poll(r);
    if (r->reset) {
        control_reset(r);
    }
}

static bool describe_drive(void *opaque, unsigned n, char *text, size_t size)
{
    const Run *r = opaque;
    return connect_describe_drive(&r->options, n, text, size);
}

static void reset(void *opaque)
{
    Run *r = opaque;
    if (r->replay) {
        replay_reset(r->replay);
    }
    run_reset_requested(r);
    if (r->stopped) { /* no slice ends, after which it would be done */
        control_reset(r);
    }
}

void control_init(Run *r)
{
    r->control = (MonitorRun){ .opaque = r,
                               .status = status_of,
                               .start = start,
                               .stop = stop,
                               .step = step,
                               .reset = reset,
                               .quit = quit,
                               .chardev = describe,
                               .block = describe_drive,
                               .replay = control_replay };
    control_init_snapshots(r);
}

void control_open(Run *r)
{
    if (r->has_console) {
        connect_keys(&r->ports, &r->options, &r->input.console);
    }
    if (r->ports.monitor) {
        monitor_init(&r->monitor, r->machine, r->ports.monitor, &r->control);
    }
    if (r->ports.gdb) {
        if (r->replay) {
            control_reverse_init(r);
        }
        gdb_init(&r->gdb, r->machine, r->ports.gdb, &r->control);
    }
}

void control_end(Run *r)
{
    if (r->ports.gdb) {
        gdb_ended(&r->gdb, r->status);
    }
}
