/* SPDX-License-Identifier: MIT */
/* The monitor: a user looks at the machine and controls the run, in QEMU's words.
 *
 * It takes its input from a character device, between two slices of the CPU: the console (Ctrl-A
 * c), or a socket of its own. */
#ifndef DEBUG_MONITOR_H
#define DEBUG_MONITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/chardev.h"
#include "machine/machine.h"

#define MONITOR_LINE    256
#define MONITOR_HISTORY 16

/* savevm, with "" for a name that says when it was; loadvm, delvm; migrate, with a URI. */
typedef enum MonitorSnapshot {
    SNAPSHOT_SAVE,
    SNAPSHOT_LOAD,
    SNAPSHOT_DELETE,
    SNAPSHOT_MIGRATE
} MonitorSnapshot;

typedef enum MonitorReplay {
    MONITOR_REPLAY_INFO,
    MONITOR_REPLAY_BREAK,
    MONITOR_REPLAY_DELETE_BREAK,
    MONITOR_REPLAY_SEEK
} MonitorReplay;

/* What the monitor does to the run. */
typedef struct MonitorRun {
    void *opaque;
    const char *(*status)(void *opaque); /* "running", "paused" or the like */
    void (*start)(void *opaque);
    void (*stop)(void *opaque);
    /* For gdb: while stopped, executes one instruction, with due interrupts and timers or without;
     * tells gdb that it has stopped again. `logged`: always with them. */
    bool logged;
    void (*step)(void *opaque, bool interrupts, bool timers);
    /* For gdb: while stopped, goes back by one instruction, or to the last breakpoint or
     * watchpoint; tells gdb that it has stopped again. NULL: it cannot. */
    void (*reverse)(void *opaque, bool step);
    void (*reset)(void *opaque);
    void (*quit)(void *opaque);
    /* The nth character device, from 0, as "serial0: filename=stdio"; false: there is none. */
    bool (*chardev)(void *opaque, unsigned n, char *text, size_t size);
    /* The same for the nth drive. */
    bool (*block)(void *opaque, unsigned n, char *text, size_t size);
    /* Does what a command of snapshots says. False: why not is in the text. */
    bool (*snapshot)(void *opaque, MonitorSnapshot what, const char *name, char *text, size_t size);
    /* Does what a command of replays says, at a count of instructions; the text is for the user. */
    void (*replay)(void *opaque, MonitorReplay what, uint64_t insns, char *text, size_t size);
    /* The nth snapshot, as a line of `info snapshots`; false: there is none. */
    bool (*describe_snapshot)(void *opaque, unsigned n, char *text, size_t size);
} MonitorRun;

typedef struct Monitor {
    Machine *machine;
    Chardev *chr;
    const MonitorRun *run;
    bool open;       /* it has greeted its user */
    bool quit;       /* the run ends: no more prompts */
    bool after_cr;   /* the last byte was a carriage return: a newline after it is no line */
    unsigned escape; /* in an escape sequence of the keyboard's: its length so far */
    char format;     /* of x, xp and print: the last given one */
    unsigned size;   /* the same, of x and xp: bytes */
    size_t used;
    char line[MONITOR_LINE];
    char history[MONITOR_HISTORY][MONITOR_LINE]; /* ring: the last commands */
    unsigned said;                               /* their number so far */
    unsigned back;                               /* how many of them up the user has gone */
} Monitor;

/* Prepares a monitor. All must outlive it. */
void monitor_init(Monitor *m, Machine *machine, Chardev *chr, const MonitorRun *run);

/* Greets the user, at the first call, and prompts. */
void monitor_open(Monitor *m);

/* Executes the command in `line`, which it changes. */
void monitor_execute(Monitor *m, char *line);

/* Greets a peer that has come; takes all input and executes its commands. */
void monitor_poll(Monitor *m);

#endif
