/* SPDX-License-Identifier: MIT */
/* Record and replay of a run. */
#include "cpu/cpu.h"
#include "run.h"
#include "util/log.h"

static void moment(void *opaque, uint64_t *insns, int64_t *now)
{
    Run *r = opaque;
    *insns = arm_cpu_icount(r->machine->cpu);
    *now = clock_now(&r->clock);
}

/* What a log does not have: what else comes from outside. */
static const char *excluded(const Options *o)
{
    for (size_t i = 0; i < o->drive_count; i++) {
        if (o->drives[i].image.path && block_writes_file(&o->drives[i].image)) {
            return "a drive that is written: add -snapshot";
        }
    }
    return o->rtc_clock != RTC_CLOCK_VM ? "-rtc clock=host or rt"
           : o->icount_sleep            ? "sleep=on"
           : o->cpu.semihosting         ? "-semihosting"
           : o->loadvm                  ? "-loadvm"
           : o->incoming                ? "-incoming"
                                        : NULL;
}

bool control_open_replay(Run *r)
{
    Options *o = &r->options;
    if (o->rr == REPLAY_OFF) {
        return true;
    }
    const char *with = excluded(o);
    if (with) {
        error_report("-icount: rr: cannot be used with %s", with);
        return false;
    }
    r->replay_header.seed = o->seed;
    r->replay = o->rr == REPLAY_RECORD ? replay_record(&r->outputs.recording, o->rrfile, moment, r)
                                       : replay_play(o->rrfile, &r->replay_header, moment, r);
    o->seed = r->replay_header.seed;
    return r->replay != NULL;
}

void control_connect_replay(Run *r, MachineConfig *config, Chardev **serial)
{
    _Static_assert(OPTIONS_SERIAL <= REPLAY_DEVICES, "each has a place");
    if (!r->replay) {
        return;
    }
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        serial[i] = serial[i] ? replay_chardev(r->replay, serial[i]) : NULL;
    }
    if (r->options.rr == REPLAY_PLAY) {
        config->rtc_seconds = r->replay_header.rtc_seconds;
    }
    r->replay_header.rtc_seconds = config->rtc_seconds;
}

bool control_start_replay(Run *r)
{
    if (!r->replay) {
        return true;
    }
    r->replay_header.shift = r->options.icount_shift;
    /* Of the machine and of what it runs; a digest of its memory would take as long as a boot. */
    r->replay_header.machine = loader_checksum(r->plan, machine_digest_devices(r->machine));
    return replay_start(r->replay, &r->replay_header);
}

void control_replay_phase(Run *r, ReplayPhase phase)
{
    if (r->replay) {
        replay_phase(r->replay, phase);
    }
}

/* Ends the run where its log does. */
static void take_end(Run *r)
{
    int status;
    bool over = replay_take_end(r->replay, &status);
    if (replay_failed(r->replay)) {
        over = true;
        status = 1;
    }
    if (over && !control_reverse_over(r, status)) {
        run_end(r, status);
    }
}

void control_replay_idle(Run *r)
{
    replay_phase(r->replay, REPLAY_POLL);
    take_end(r);
    replay_phase(r->replay, REPLAY_IDLE);
}

void control_poll_replay(Run *r)
{
    if (!r->replay) {
        return;
    }
    if (replay_take_reset(r->replay)) {
        run_reset_requested(r);
    }
    take_end(r);
}
