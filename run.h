/* SPDX-License-Identifier: MIT */
/* The run: what the main loop and control.c share. */
#ifndef RUN_H
#define RUN_H

#include "boot/loader.h"
#include "checkpoint.h"
#include "connect.h"
#include "debug/gdb.h"
#include "debug/monitor.h"
#include "debug/replay.h"
#include "drives.h"
#include "entropy.h"
#include "input.h"
#include "machine/machine.h"
#include "options.h"
#include "outputs.h"
#include "semihosting.h"
#include "util/timebase.h"

typedef struct Reverse Reverse;

struct Run {
    Options options;
    TimeBase time;
    Clock clock;
    Machine *machine;
    MachineDrives drives;
    Entropy entropy;
    LoaderPlan *plan;
    const ConsoleEnds *embedded; /* tqemu.c's: it waits and polls for the run; NULL: the program */
    uint64_t last_insn;          /* no slice goes beyond this count, */
    int64_t last_ns;             /* and neither a slice nor a wait beyond this virtual time */
    bool has_console;
    Connections ports;
    Monitor monitor; /* if ports.monitor is there */
    Gdb gdb;         /* if ports.gdb is */
    MonitorRun control;
    bool monitor_shown;  /* the console's keys are the monitor's */
    const char *stopped; /* the CPU is stopped: in which state, for the monitor; NULL: it runs */
    int64_t stopped_at;  /* virtual time */
    Input input;
    Outputs outputs;
    Semihosting semihosting;
    bool reading; /* a semihosting call waits for input */
    bool reset;   /* the guest has requested a reset */
    bool ended;   /* the run has ended, with `status` */
    int status;
    int64_t polled_at;    /* host clock: the last poll */
    bool waiting;         /* in a wait: */
    int64_t wait_ns;      /* its length */
    int64_t wait_since;   /* virtual time: its start */
    int64_t wait_clock;   /* host clock: its start */
    int64_t wait_until;   /* virtual time: its end, or TIMER_NEVER */
    uint64_t next_digest; /* instruction count */
    int64_t start_at;     /* virtual time at the start: 0, or a snapshot's */
    uint8_t *snapshot;    /* the file that was loaded: memory is unpacked from it; NULL: none */
    Checkpoints kept;     /* a state to go back to: tqemu_fork()'s, or */
    bool kept_loaded;     /* that of the file, which is loaded again and again */
    char **snapshots;     /* the names that savevm and loadvm were given */
    size_t snapshot_count;
    Replay *replay; /* NULL: the run is neither recorded nor replayed */
    ReplayHeader replay_header;
    Reverse *reverse; /* NULL: no gdb is there, or no log */
};

/* -- run.c: the machine and its main loop -- */

/* Does everything before the first instruction, for r->options; the rest of *r is zeros. Reads all
 * input files before it empties output files. False after an error_report(). */
bool run_power_on(Run *r);

/* Then: starts time, and stops the CPU under -S. */
void run_start(Run *r);

/* One turn of the main loop: due timers, a slice, polls and waits. */
void run_turn(Run *r);

/* After the last turn: ends the recording, writes the output. */
void run_stopped(Run *r);

/* Frees everything, also after run_power_on() has failed. False if some output could not be
 * written. */
bool run_power_off(Run *r);

/* Guest instructions executed so far; `opaque` is the Run. */
uint64_t run_insns(void *opaque);

/* Ends the run with that status. */
void run_end(Run *r, int status);

/* Writes all buffered output; a failure ends the run. */
void run_flush(Run *r);

/* Writes output and takes input. */
void run_poll(Run *r);

/* Resets the machine, at power-on or for the guest, and loads the images again. */
void run_reset(Run *r);

/* A reset is requested, by the guest or the monitor; `opaque` is the Run. */
void run_reset_requested(void *opaque);

/* A state has been loaded, between two slices or before the first: time goes on from `now`. */
void run_resume_at(Run *r, int64_t now);

/* -- control_snapshot.c: the monitor's snapshots -- */

/* Sets r->control's functions for them. */
void control_init_snapshots(Run *r);

/* Loads what -loadvm or -incoming names. False after an error_report(). */
bool control_start_snapshot(Run *r);

/* Saves a snapshot; `opaque` is the Run. False after an error_report(). */
bool control_save(void *opaque, const char *path);

/* Frees the list of their names. */
void control_free_snapshots(Run *r);

/* -- control_replay.c: -icount rr= -- */

/* Opens the log, before the machine is made; a replay sets the options that must be as they were.
 * False after an error_report(). */
bool control_open_replay(Run *r);

/* Puts the machine's character devices behind those of the log, and sets the date. */
void control_connect_replay(Run *r, MachineConfig *config, Chardev **serial);

/* The machine is about to run. False as above. */
bool control_start_replay(Run *r);

/* Says what the run does. */
void control_replay_phase(Run *r, ReplayPhase phase);

/* A replay is about to wait: the recording may have ended there, where it had no user. */
void control_replay_idle(Run *r);

/* Does what the monitor and the user did at this moment of the log. */
void control_poll_replay(Run *r);

/* -- control_reverse.c: steps, and ways back, of a run with a log and a gdb server -- */

/* Makes r->reverse, and sets r->control's function. Without memory there is none. */
void control_reverse_init(Run *r);

/* Before each slice, with due timers run. True: the turn is over. */
bool control_reverse_turn(Run *r);

/* The length of the next slice, of at most n instructions. */
int32_t control_reverse_slice(const Run *r, int32_t n);

/* Starts a step. */
void control_reverse_step(Run *r);

/* The run has stopped. */
void control_reverse_stopped(Run *r);

/* The run is to end with that status. True: it is a replay, and gdb may go back from its end. */
bool control_reverse_over(Run *r, int status);

/* The run is to start. True: it is over, and stays so until it goes back. */
bool control_reverse_stays(Run *r);

/* The monitor's commands of replays: MonitorRun.replay. */
void control_replay(void *opaque, MonitorReplay what, uint64_t insns, char *text, size_t size);

/* Whether it goes where replay_seek says. */
bool control_reverse_seeks(const Run *r);

/* r->reverse may be NULL. */
void control_reverse_free(Run *r);

/* -- control.c: the monitor's and gdb's control of the run -- */

/* Prepares r->control. */
void control_init(Run *r);

/* Makes the monitor and the gdb server, if the ports have them, once the machine is there. */
void control_open(Run *r);

/* Stops the CPU and virtual time; `status` is the monitor's word for it, `signal` gdb's. */
void control_stop(Run *r, const char *status, unsigned signal);

/* Virtual time, which stands still while the CPU is stopped. */
int64_t control_now(Run *r);

/* The CPU is at a breakpoint or watchpoint. */
void control_point(Run *r);

/* Lets monitor and gdb take their input. */
void control_poll(Run *r);

/* The run has ended. */
void control_end(Run *r);

/* The CPU is stopped: waits for the next command. */
void control_wait(Run *r);

/* Does what the options want when a reset was requested. */
void control_reset(Run *r);

#endif
