/* SPDX-License-Identifier: MIT */
/* Makes the machine that the options describe and runs its main loop:
 *
 *   run timers; run the CPU until the next timer is due; poll the console; if idle: wait.
 *
 * The CPU runs in slices. With host time slices are short, so that the host's clock is read often
 * enough, and the host is polled every millisecond. With -icount a slice ends exactly where the
 * next timer is due, and all decisions depend on counted instructions, so that runs with the same
 * input are equal.
 *
 * The host calls the loop and may have an event loop of its own to return to (host_run()). State
 * that must survive this, a wait in particular, is in Run. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"
#include "cards.h"
#include "firmware/firmware.h"
#include "host/host.h"
#include "rtc.h"
#include "run.h"
#include "util/log.h"

#define HOST_SLICE   20000               /* instructions */
#define ICOUNT_SLICE (1 << 16)           /* instructions */
#define POLL_NS      (NS_PER_SEC / 1000) /* of host time, between two polls */
/* The limit of one wait: 2^31 s overflow a 32-bit time_t, 2^31 ms a browser's timer. */
#define LONGEST_WAIT (86400 * NS_PER_SEC)

uint64_t run_insns(void *opaque)
{
    Run *r = opaque;
    return r->machine ? arm_cpu_icount(r->machine->cpu) : 0;
}

/* A newly armed timer may be due before the present slice ends. */
static void run_earlier(void *opaque)
{
    Run *r = opaque;
    if (r->machine) {
        arm_cpu_kick(r->machine->cpu);
    }
}

void run_reset_requested(void *opaque)
{
    Run *r = opaque;
    r->reset = true;
    arm_cpu_kick(r->machine->cpu);
}

void run_reset(Run *r)
{
    ARMCPU *cpu = r->machine->cpu;
    LoaderEntry entry;
    r->reset = false;
    machine_reset(r->machine);
    loader_apply(r->plan, r->machine, &entry);
    arm_cpu_set_reg(cpu, 0, entry.r0);
    arm_cpu_set_reg(cpu, 1, entry.r1);
    arm_cpu_set_reg(cpu, 2, entry.r2);
    arm_cpu_set_reg(cpu, 15, entry.pc);
}

/* The first multiple of -d digest:N after so many instructions. */
static uint64_t digest_after(const Run *r, uint64_t insns)
{
    uint64_t every = r->options.digest_every;
    return every ? insns - insns % every + every : 0;
}

void run_resume_at(Run *r, int64_t now)
{
    timebase_set(&r->time, now);
    r->start_at = r->stopped_at = r->input.quiet_since = now;
    r->reset = false;
    r->next_digest = digest_after(r, arm_cpu_icount(r->machine->cpu));
}

void run_end(Run *r, int status)
{
    r->ended = true;
    r->status = status;
}

void run_flush(Run *r)
{
    if (!outputs_flush(&r->outputs)) {
        run_end(r, 1);
    }
}

void run_poll(Run *r)
{
    r->polled_at = r->time.last_host;
    run_flush(r);
    if (r->has_console) {
        input_poll(&r->input);
    }
    host_sockets_poll();
    control_replay_phase(r, r->stopped ? REPLAY_IDLE : REPLAY_POLL);
    machine_poll(r->machine);
    if (!r->stopped) {
        control_poll_replay(r);
    }
    control_poll(r);
    control_replay_phase(r, REPLAY_IDLE);
}

/* The CPU waits for an interrupt. Whether one may come, or input for a semihosting call. */
static bool can_wake(const Run *r)
{
    const Console *c = &r->input.console;
    bool more_input = r->ports.any_input || (r->has_console && console_more_input(c));
    if (r->replay) {
        more_input = replay_more_input(r->replay) || (more_input && r->options.rr == REPLAY_RECORD);
    }
    return r->reading || machine_can_wake(r->machine, more_input) ||
           ((r->ports.monitor_asked || r->ports.gdb) && connect_has_user(&r->ports, c));
}

/* Nothing can wake the guest any more. Tells the user if it has written nothing. */
static void stop_for_good(Run *r)
{
    const Options *o = &r->options;
    bool semihosting_output =
        r->semihosting.files.wrote || (r->has_console && r->input.console.sent > 0);
    if (!semihosting_output && !machine_has_output(r->machine) && !cards_have_output(o)) {
        error_report("%s: has stopped for good and has written nothing: check that it is for this "
                     "machine and that -m gives it enough RAM; -d in_asm,int shows what it did",
                     o->kernel ? o->kernel
                     : o->bios ? o->bios
                               : "guest");
    }
    run_end(r, 0);
}

/* The CPU waits for an interrupt: lets time pass until a timer or input, at most `most` ns. */
static void wait_idle(Run *r, int64_t most)
{
    int64_t now = clock_now(&r->clock);
    int64_t deadline = clock_deadline(&r->clock);
    if (deadline <= now) {
        return;
    }
    int64_t ns = deadline != TIMER_NEVER ? deadline - now : INT64_MAX;
    if (ns > most) {
        ns = most;
        deadline = now + most;
    }
    if (r->time.icount && deadline != TIMER_NEVER && !r->options.icount_sleep) {
        timebase_skip(&r->time, deadline);
        return;
    }
    run_flush(r);
    if (r->ended || (r->has_console && console_ended(&r->input.console))) {
        return;
    }
    bool wants = r->has_console && console_wants_input(&r->input.console);
    r->waiting = true;
    r->wait_ns = ns;
    r->wait_since = now;
    r->wait_until = deadline;
    r->wait_clock = host_clock();
    if (r->replay) {
        replay_wait(r->replay);
    }
    if (r->options.rr == REPLAY_PLAY || r->embedded) {
        return; /* what wakes the guest is in the log; tqemu.c waits */
    }
    host_wait(deadline != TIMER_NEVER && ns > LONGEST_WAIT ? LONGEST_WAIT : ns,
              (wants ? HOST_INPUT : 0) | HOST_SOCKETS);
}

/* Advances virtual time after the wait that wait_idle() began. */
static void account_wait(Run *r)
{
    r->waiting = false;
    if (!r->time.icount) {
        timebase_waited(&r->time, r->wait_since, r->wait_ns);
    } else if (r->wait_until != TIMER_NEVER) {
        int64_t took = host_clock() - r->wait_clock;
        timebase_skip(&r->time, took < r->wait_ns ? r->wait_since + took : r->wait_until);
    }
}

static void print_digest(Run *r)
{
    uint64_t insns = arm_cpu_icount(r->machine->cpu);
    if (insns >= r->next_digest) {
        log_printf("digest %llu %016llx\n", (unsigned long long)insns,
                   (unsigned long long)machine_digest(r->machine));
        r->next_digest = digest_after(r, insns);
    }
}

/* The number of instructions of the next slice. */
static int32_t slice_length(Run *r)
{
    int64_t deadline = clock_deadline(&r->clock);
    int32_t n = timebase_insns_until(&r->time, deadline < r->last_ns ? deadline : r->last_ns,
                                     r->time.icount ? ICOUNT_SLICE : HOST_SLICE);
    uint64_t insns = arm_cpu_icount(r->machine->cpu);
    if (r->last_insn - insns < (uint64_t)n) {
        n = (int32_t)(r->last_insn - insns);
    }
    if (r->options.digest_every) {
        uint64_t left = r->next_digest - insns;
        if (left < (uint64_t)n) {
            n = (int32_t)left;
        }
    }
    n = r->reverse ? control_reverse_slice(r, n) : n;
    return r->replay ? replay_slice(r->replay, n) : n;
}

void run_turn(Run *r)
{
    if (r->waiting) {
        account_wait(r);
        run_poll(r);
    }
    if (r->stopped) {
        control_wait(r);
        return;
    }
    if (r->reset) { /* since the last slice, by the monitor or a replay */
        control_reset(r);
        return;
    }
    control_replay_phase(r, REPLAY_TIMERS);
    clock_run(&r->clock);
    control_replay_phase(r, REPLAY_IDLE);
    if (r->reverse && control_reverse_turn(r)) {
        return;
    }
    if (r->time.ended) {
        error_report("virtual time: has reached its limit, 291 years: the run ends here: use a "
                     "smaller -icount shift");
        run_end(r, 1);
        return;
    }
    int32_t n = slice_length(r);
    timebase_slice(&r->time, n);
    r->reading = false;
    control_replay_phase(r, REPLAY_SLICE);
    ARMRunResult result = arm_cpu_run(r->machine->cpu, n);
    bool idle = result == ARM_RUN_IDLE;
    control_replay_phase(r, REPLAY_IDLE);
    if (r->options.digest_every) {
        print_digest(r);
    }
    if (r->ended) {
        return;
    }
    if (r->reset) {
        control_reset(r);
        if (r->ended || r->stopped) {
            return;
        }
        idle = false;
    }
    if (result == ARM_RUN_POINT) {
        control_point(r);
        return;
    }
    if (idle && !r->options.no_shutdown && !can_wake(r)) {
        stop_for_good(r);
        return;
    }
    int64_t most = r->last_ns != TIMER_NEVER ? r->last_ns - clock_now(&r->clock) : INT64_MAX;
    if (r->has_console && r->options.rr != REPLAY_PLAY) {
        InputContext ctx = { r->machine, &r->clock, &r->time, &r->outputs };
        int64_t turn = input_turn(&r->input, &ctx, idle);
        most = turn < most ? turn : most;
    }
    if (idle && r->options.rr == REPLAY_PLAY) {
        control_replay_idle(r);
        if (r->ended || r->stopped) {
            return;
        }
    }
    if (idle && most > 0) {
        wait_idle(r, most);
    }
    bool due = idle || r->time.icount || r->time.last_host - r->polled_at >= POLL_NS;
    if (due && !r->waiting) {
        run_poll(r);
    }
}

static bool make_machine(Run *r)
{
    Options *o = &r->options;
    MachineConfig config = {
        .ram_size = o->ram_size,
        .cpu = &o->cpu,
        .clock = &r->clock,
        .drives = &r->drives,
        .reset_requested = run_reset_requested,
        .opaque = r,
    };
    rtc_set(o, &config);
    Chardev *serial[OPTIONS_SERIAL];
    if (!connect_chardevs(&r->ports, o, &r->input, &r->outputs, serial)) {
        return false;
    }
    control_connect_replay(r, &config, serial);
    memcpy(config.serial, serial, sizeof config.serial);
    r->has_console = r->ports.console;
    outputs_init(&r->outputs, o, r->has_console ? &r->input.console : NULL);
    if (r->has_console && !input_init(&r->input, r->embedded)) {
        error_report("console: the host has no memory left for it: close other programs");
        return false;
    }
    if (!drives_open(&r->drives, o)) {
        return false;
    }
    r->machine =
        cards_make(&config, o, &r->entropy, serial) ? machine_new(o->machine, &config) : NULL;
    cards_free(&config);
    if (!r->machine || !drives_check(&r->drives, o)) {
        return false;
    }
    control_open(r);
    r->semihosting.start = o->icount && o->rtc_clock == RTC_CLOCK_VM ? config.rtc_seconds : 0;
    return !o->cpu.semihosting || semihosting_open(r, serial);
}

static bool plan_images(Run *r)
{
    const Options *o = &r->options;
    bool builtin = !o->kernel && !o->bios && !o->device_count;
    LoaderConfig config = {
        .kernel = o->kernel,
        .initrd = o->initrd,
        .append = o->append,
        .semihosting = o->cpu.semihosting,
        .dtb = o->dtb,
        .bios = o->bios,
        .devices = o->devices,
        .device_count = o->device_count,
        .builtin = firmware_image,
        .builtin_len = builtin ? firmware_image_size : 0,
        .builtin_addr = o->machine->ram_base + FIRMWARE_ADDR,
        /* A dumped tree may be used more than once. */
        .random = o->dumpdtb ? NULL : entropy_bytes,
        .random_opaque = (void *)&r->entropy,
    };
    r->plan = loader_plan(&config, r->machine);
    return r->plan != NULL;
}

/* Starts virtual time. */
static void start_time(Run *r)
{
    if (r->options.icount) {
        timebase_init_icount(&r->time, (unsigned)r->options.icount_shift, run_insns, r);
    } else {
        timebase_init_host(&r->time, host_clock);
    }
}

bool run_power_on(Run *r)
{
    const Options *o = &r->options;
    control_init(r);
    start_time(r);
    if (!control_open_replay(r)) {
        return false;
    }
    entropy_init(&r->entropy, o);
    r->clock = (Clock){
        .read = timebase_now, .read_opaque = &r->time, .earlier = run_earlier, .earlier_opaque = r
    };
    if (!make_machine(r) || !plan_images(r)) {
        return false;
    }
    if (o->dumpdtb) {
        size_t len;
        const uint8_t *dtb = loader_dtb(r->plan, &len);
        r->ended = true;
        return outputs_dump_dtb(&r->outputs, dtb, len);
    }
    if ((r->has_console && !r->embedded && !host_check_streams()) || !outputs_open(&r->outputs) ||
        !outputs_write_pid(&r->outputs) || !host_sockets_open()) {
        return false;
    }
    if (o->loadvm || o->incoming) {
        machine_reset(r->machine);
        if (!control_start_snapshot(r)) {
            return false;
        }
    } else {
        run_reset(r);
        r->next_digest = digest_after(r, 0);
    }
    if (!control_start_replay(r)) {
        return false;
    }
    /* Last, so that no message above is printed on a terminal in raw mode. */
    if (!r->embedded && !host_open(r->has_console, r->ports.raw)) {
        return false;
    }
    if (!r->embedded && o->monitor.kind == SERIAL_STDIO && host_read_waits()) {
        error_report("-monitor: stdio: this host cannot look for input while the guest runs: use "
                     "-monitor none");
        return false;
    }
    return true;
}

void run_start(Run *r)
{
    r->last_insn = UINT64_MAX;
    r->last_ns = TIMER_NEVER;
    if (r->has_console) {
        console_start(&r->input.console);
    }
    start_time(r);
    timebase_set(&r->time, r->start_at);
    if (r->options.stopped) {
        control_stop(r, "paused (prelaunch)", 0);
    }
    control_poll(r);
}

void run_stopped(Run *r)
{
    control_end(r);
    if (r->replay) {
        replay_end(r->replay, r->status);
    }
    run_flush(r);
    outputs_write_coverage(&r->outputs, r->plan, r->machine);
    if (log_on(LOG_STATS)) {
        arm_cpu_print_stats(r->machine->cpu);
    }
}

bool run_power_off(Run *r)
{
    semihosting_close(&r->semihosting);
    bool ok = outputs_close(&r->outputs);
    replay_free(r->replay);
    control_reverse_free(r);
    console_free(&r->input.console);
    loader_free(r->plan);
    if (r->machine) {
        checkpoint_free(r, &r->kept);
        machine_free(r->machine);
    }
    free(r->snapshot);
    ok = drives_close(&r->drives) && ok;
    control_free_snapshots(r);
    options_free(&r->options);
    return ok;
}
