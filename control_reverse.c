/* SPDX-License-Identifier: MIT */
/* Steps of a run that is recorded or replayed, and a replay that goes back.
 *
 * A replay with a gdb server keeps states of itself (checkpoint.h), more of them where it has just
 * been. To go back to an instruction is to restore the last state before it and to run up to it. To
 * search for the last breakpoint or watchpoint is to run, from one state after another, the newest
 * first, up to where the search has begun there, while points are noted and do not stop. All of
 * that is done by the main loop, turn by turn, so that gdb can stop it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"
#include "run.h"
#include "util/log.h"

#define MOST_STATES 96
#define MOST_BYTES  (UINT64_C(256) << 20)
#define EVERY       (UINT64_C(1) << 22) /* instructions, between two states */
/* On the way to an instruction there is a state so many before it, and others in between: steps
 * back from there need a few instructions each. */
#define NEAR_FIRST  (UINT64_C(1) << 18)
#define NEAR_LAST   (UINT64_C(1) << 6)
#define NEAR_FACTOR 16

typedef enum Goal {
    NO_GOAL,
    STEP,     /* to execute an instruction */
    SEEK,     /* to go to one */
    TO_POINT, /* from there to the point, where an interrupt that is taken first leads */
    SEARCH,   /* to note points up to there */
} Goal;

/* What is kept with a state. */
typedef struct Mark {
    uint64_t insns;
    ReplayPlace *place;
} Mark;

struct Reverse {
    Checkpoints states;
    Mark marks[MOST_STATES + 1]; /* of each */
    uint64_t next_state;         /* where to take one */
    Goal goal;
    uint64_t target;     /* the goal's count of instructions */
    ARMNotedPoint point; /* SEEK: where to stop at the target, if it has a kind */
    bool at_begin;       /* SEEK: that is where the log begins */
    bool looks_for_pair; /* SEEK, STEP: not to end between the halves of a Thumb BL */
    bool is_pair;        /* its first half was at */
    uint32_t pair;       /* this address */
    uint64_t told;       /* the stop was behind a watchpoint at that count of instructions */
    bool has_told;       /* and nothing has run since */
    bool by_user;        /* SEEK: for the monitor's */
    bool has_break;      /* replay_break, at that count of instructions: */
    uint64_t break_at;
    bool over; /* the log is, and the run is to end with */
    int status;
};

static uint64_t insns_of(const Run *r)
{
    return arm_cpu_icount(r->machine->cpu);
}

static bool is_replay(const Run *r)
{
    return r->options.rr == REPLAY_PLAY;
}

/* -- States -- */

static uint64_t bytes_of(const Reverse *v)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < v->states.count; i++) {
        const Checkpoint *c = v->states.list[i];
        bytes += c->state.len + (uint64_t)c->log.count * BUS_PAGE_SIZE;
    }
    return bytes;
}

/* The states but the first and the last: the one without which what is missing is the smallest part
 * of the way back to there. */
static size_t least_needed(const Reverse *v, uint64_t now)
{
    size_t least = 1;
    double least_part = 2;
    for (size_t i = 1; i + 1 < v->states.count; i++) {
        uint64_t from = v->marks[i - 1].insns;
        double part = (double)(v->marks[i + 1].insns - from) / (double)(now - from + 1);
        if (part < least_part) {
            least = i;
            least_part = part;
        }
    }
    return least;
}

static void thin_out(Run *r)
{
    Reverse *v = r->reverse;
    while (v->states.count > 2 && (v->states.count > MOST_STATES || bytes_of(v) > MOST_BYTES)) {
        size_t n = least_needed(v, insns_of(r));
        free(v->marks[n].place);
        checkpoint_remove(r, &v->states, n);
        memmove(v->marks + n, v->marks + n + 1, (v->states.count - n) * sizeof *v->marks);
    }
}

/* Where the next state after this instruction is taken. What a drive has been written to is copied
 * with each: the more that is the fewer there are. */
static void plan_next(Reverse *v, uint64_t insns)
{
    size_t n = v->states.count;
    v->next_state = insns + EVERY + EVERY * (n ? v->states.list[n - 1]->state.len >> 20 : 0);
    for (uint64_t near = NEAR_FIRST; v->goal == SEEK && near >= NEAR_LAST; near /= NEAR_FACTOR) {
        if (v->target > insns + near && v->target - near < v->next_state) {
            v->next_state = v->target - near;
        }
    }
}

/* Without memory there are fewer ways back. */
static void take(Run *r)
{
    Reverse *v = r->reverse;
    Mark mark = { insns_of(r), replay_place(r->replay) };
    size_t n = v->states.count;
    plan_next(v, mark.insns);
    if (mark.place && !(n && v->marks[n - 1].insns == mark.insns) &&
        checkpoint_take(r, &v->states)) {
        v->marks[n] = mark;
        thin_out(r);
    } else {
        free(mark.place);
    }
}

/* Goes back to the last state that is before `insns`, or to the first. False: it cannot. */
static bool restore(Run *r, uint64_t insns)
{
    Reverse *v = r->reverse;
    size_t count = v->states.count, n = count;
    while (n > 1 && v->marks[n - 1].insns >= insns) {
        n--;
    }
    bool good = n && checkpoint_restore(r, &v->states, n - 1) &&
                replay_go_back(r->replay, v->marks[n - 1].place);
    for (size_t i = v->states.count; i < count; i++) {
        free(v->marks[i].place);
    }
    r->waiting = r->reading = v->over = false;
    return good;
}

/* -- Stops -- */

void control_reverse_stopped(Run *r)
{
    Reverse *v = r->reverse;
    if (v->goal != NO_GOAL) {
        v->goal = NO_GOAL;
        v->by_user = false;
        arm_cpu_use_points(r->machine->cpu, ARM_POINTS_STOP);
    }
}

/* Tells gdb which end of the log it is at. */
static void stop_at_end(Run *r, const char *which)
{
    r->gdb.log_end = which;
    if (r->stopped) {
        gdb_stopped(&r->gdb, GDB_SIGNAL_TRAP);
    } else {
        control_point(r);
    }
}

/* The run is where it was to go. */
static void arrive(Run *r)
{
    Reverse *v = r->reverse;
    const ARMNotedPoint *p = &v->point;
    arm_cpu_set_point(r->machine->cpu, p->kind, p->addr);
    if (p->kind >= ARM_WATCH_WRITE) {
        v->told = p->icount;
        v->has_told = true;
    }
    if (v->at_begin) {
        stop_at_end(r, "begin");
    } else if (v->by_user) {
        control_stop(r, "paused", GDB_SIGNAL_INT);
    } else {
        control_point(r);
    }
}

bool control_reverse_over(Run *r, int status)
{
    Reverse *v = r->reverse;
    if (!v || !is_replay(r) || !r->gdb.attached) {
        return false;
    }
    v->over = true;
    v->status = status;
    if (v->goal < SEEK || insns_of(r) < v->target) { /* else that is reached now */
        stop_at_end(r, "end");
    }
    return true;
}

bool control_reverse_stays(Run *r)
{
    const Reverse *v = r->reverse;
    if (!v->over) {
        return false;
    }
    if (r->gdb.attached) {
        stop_at_end(r, "end");
    } else {
        run_end(r, v->status);
    }
    return true;
}

/* -- Goals -- */

static void set_goal(Run *r, Goal goal, uint64_t target, ARMPointUse use)
{
    Reverse *v = r->reverse;
    v->goal = goal;
    v->target = target;
    arm_cpu_use_points(r->machine->cpu, use);
}

/* Restores a state for the goal. Without memory for one the run stays where it is. */
static void go_back(Run *r, uint64_t insns)
{
    Reverse *v = r->reverse;
    if (restore(r, insns)) {
        plan_next(v, insns_of(r));
        return;
    }
    error_report("-gdb: the host has no memory left for a way back");
    stop_at_end(r, "begin");
}

/* Goes to an instruction; `point`: the one there, or NULL. */
static void seek(Run *r, uint64_t target, const ARMNotedPoint *point)
{
    Reverse *v = r->reverse;
    v->point = point ? *point : (ARMNotedPoint){ 0 };
    v->at_begin = v->looks_for_pair = v->is_pair = v->by_user = false;
    set_goal(r, SEEK, target, ARM_POINTS_NOTED);
    if (target < insns_of(r)) {
        go_back(r, target + 1);
    } else {
        plan_next(v, insns_of(r));
    }
}

/* Looks for points before an instruction, from the last state before it on. */
static void search(Run *r, uint64_t end)
{
    set_goal(r, SEARCH, end, ARM_POINTS_NOTED);
    go_back(r, end);
}

static void found(Run *r)
{
    Reverse *v = r->reverse;
    ARMNotedPoint p = arm_cpu_noted_point(r->machine->cpu);
    uint64_t begin = v->marks[v->states.count - 1].insns;
    if (p.kind != ARM_NO_POINT) {
        /* gdb steps back once, over the access: its value is then the one from before. */
        seek(r, p.icount + (p.kind != ARM_BREAKPOINT), &p);
    } else if (v->states.count > 1) {
        search(r, begin);
    } else {
        seek(r, begin, NULL);
        v->at_begin = true;
    }
}

/* Whether the CPU is between the halves of a Thumb BL. */
static bool in_pair(const Run *r)
{
    const Reverse *v = r->reverse;
    return v->is_pair && arm_cpu_reg(r->machine->cpu, 15) == v->pair + 2;
}

static void look_for_pair(Run *r)
{
    Reverse *v = r->reverse;
    v->looks_for_pair = false;
    v->is_pair = arm_cpu_at_bl_prefix(r->machine->cpu);
    v->pair = arm_cpu_reg(r->machine->cpu, 15);
}

/* The target of SEEK is reached. False: the run goes on. */
static bool sought(Run *r)
{
    Reverse *v = r->reverse;
    if (v->looks_for_pair) {
        look_for_pair(r);
        v->target++;
        return false;
    }
    if (in_pair(r)) {
        seek(r, v->target - 1, NULL);
        return true;
    }
    if (v->point.kind == ARM_BREAKPOINT && arm_cpu_reg(r->machine->cpu, 15) != v->point.pc) {
        set_goal(r, TO_POINT, v->target + 1, ARM_POINTS_STOP);
        return false;
    }
    arrive(r);
    return true;
}

static bool reached(Run *r)
{
    Reverse *v = r->reverse;
    switch (v->goal) {
    case STEP:
        if (in_pair(r)) {
            v->is_pair = false;
            v->target++;
            return false;
        }
        control_point(r);
        return true;
    case SEEK: return sought(r);
    case SEARCH: found(r); return true;
    default: control_point(r); return true;
    }
}

/* -- For gdb and the monitor -- */

void control_reverse_step(Run *r)
{
    look_for_pair(r);
    set_goal(r, STEP, insns_of(r) + 1, ARM_POINTS_WATCH);
}

static void reverse(void *opaque, bool step)
{
    Run *r = opaque;
    Reverse *v = r->reverse;
    uint64_t now = insns_of(r), first = v->states.count ? v->marks[0].insns : now;
    uint64_t end = v->has_told && v->told + 1 == now ? v->told : now;
    if (now <= first) {
        stop_at_end(r, "begin");
        return;
    }
    v->over = false;
    r->control.start(r);
    if (!step) {
        search(r, end);
    } else if (now - 1 == first) {
        seek(r, first, NULL);
    } else {
        seek(r, now - 2, NULL);
        v->looks_for_pair = true;
    }
}

static const char *set_break(Run *r, uint64_t insns)
{
    Reverse *v = r->reverse;
    if (insns < insns_of(r)) {
        return "cannot set breakpoint at the instruction in the past\n";
    }
    v->has_break = true;
    v->break_at = insns;
    return "";
}

static const char *seek_for_user(Run *r, uint64_t insns)
{
    Reverse *v = r->reverse;
    if (insns < insns_of(r) && !(v->states.count && v->marks[0].insns <= insns)) {
        return "cannot seek to the specified instruction count\n";
    }
    v->over = v->over && insns >= insns_of(r);
    r->control.start(r);
    if (!r->stopped) {
        seek(r, insns, NULL);
        v->by_user = true;
    }
    return "";
}

/* What a replay is asked for. */
static const char *ask(Run *r, MonitorReplay what, uint64_t insns)
{
    bool good = is_replay(r);
    if (good && !r->reverse) {
        control_reverse_init(r);
    }
    good = good && r->reverse;
    switch (what) {
    case MONITOR_REPLAY_BREAK:
        return good ? set_break(r, insns) : "setting the breakpoint is allowed only in play mode\n";
    case MONITOR_REPLAY_SEEK:
        return good ? seek_for_user(r, insns) : "replay must be enabled to seek\n";
    default:
        if (good) {
            r->reverse->has_break = false;
        }
        return good ? "" : "replay breakpoints are allowed only in play mode\n";
    }
}

void control_replay(void *opaque, MonitorReplay what, uint64_t insns, char *text, size_t size)
{
    Run *r = opaque;
    if (what != MONITOR_REPLAY_INFO) {
        snprintf(text, size, "%s", ask(r, what, insns));
    } else if (r->replay) {
        snprintf(text, size, "%s execution '%s': instruction count = %llu\n",
                 is_replay(r) ? "Replaying" : "Recording", replay_path(r->replay),
                 (unsigned long long)insns_of(r));
    } else {
        snprintf(text, size, "Record/replay is not active\n");
    }
}

/* -- For the main loop -- */

void control_reverse_init(Run *r)
{
    r->reverse = calloc(1, sizeof *r->reverse);
    r->control.logged = r->reverse != NULL;
    r->control.reverse = r->reverse && is_replay(r) ? reverse : NULL;
}

bool control_reverse_turn(Run *r)
{
    Reverse *v = r->reverse;
    uint64_t insns = insns_of(r);
    v->has_told = false;
    if (v->goal != NO_GOAL && !v->by_user && !r->gdb.attached) {
        control_reverse_stopped(r);
    }
    if (is_replay(r) && r->ports.gdb && v->goal != SEARCH && insns >= v->next_state) {
        take(r);
    }
    if (v->has_break && v->goal == NO_GOAL && insns >= v->break_at) {
        v->has_break = false;
        control_stop(r, "paused", GDB_SIGNAL_INT);
        return true;
    }
    return v->goal != NO_GOAL && insns >= v->target && reached(r);
}

int32_t control_reverse_slice(const Run *r, int32_t n)
{
    const Reverse *v = r->reverse;
    uint64_t end = UINT64_MAX, insns = insns_of(r);
    if (v->goal != NO_GOAL) {
        bool near = v->goal == SEEK && v->next_state > insns && v->next_state < v->target;
        end = near ? v->next_state : v->target;
    }
    if (v->has_break && v->break_at > insns && v->break_at < end) {
        end = v->break_at;
    }
    return end - insns < (uint64_t)n ? (int32_t)(end - insns) : n;
}

bool control_reverse_seeks(const Run *r)
{
    return r->reverse && r->reverse->by_user;
}

void control_reverse_free(Run *r)
{
    Reverse *v = r->reverse;
    for (size_t i = 0; v && i < v->states.count; i++) {
        free(v->marks[i].place);
    }
    if (v && r->machine) {
        checkpoint_free(r, &v->states);
    }
    free(v);
}
