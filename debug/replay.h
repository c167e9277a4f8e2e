/* SPDX-License-Identifier: MIT */
/* Record and replay: a log of what came from outside of a machine with counted time.
 *
 * A character device of the machine's is put behind one of ours. That asks the real one, and logs
 * what it answers if that is news (a byte, a break, a peer), with the moment: the count of
 * instructions, virtual time, what the run was doing, and how often it had asked since the moment
 * began. The same machine asks the same questions, so that a replay gives the same answers at the
 * same moments, whatever the host does. */
#ifndef DEBUG_REPLAY_H
#define DEBUG_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/chardev.h"
#include "util/output.h"

#define REPLAY_DEVICES 24 /* character devices, at most */

typedef enum ReplayMode { REPLAY_OFF, REPLAY_RECORD, REPLAY_PLAY } ReplayMode;

/* What the run does. While it is REPLAY_IDLE nothing new comes. */
typedef enum ReplayPhase { REPLAY_IDLE, REPLAY_POLL, REPLAY_TIMERS, REPLAY_SLICE } ReplayPhase;

/* What must be the same, in the log's header. */
typedef struct ReplayHeader {
    uint64_t shift;      /* of -icount */
    uint64_t seed;       /* of the guest's random bytes */
    int64_t rtc_seconds; /* the date at the start */
    uint64_t machine;    /* a number for it and what it runs */
} ReplayHeader;

typedef struct Replay Replay;

/* Tells the count of instructions and virtual time. */
typedef void ReplayMoment(void *opaque, uint64_t *insns, int64_t *now);

/* Records to `log`, named `path`, which is open from replay_start() on; whoever flushes it reports
 * what fails. NULL after an error_report(). */
Replay *replay_record(Output *log, const char *path, ReplayMoment *moment, void *opaque);

/* Replays a log, whose header is read into *header. NULL after an error_report(): the file cannot
 * be read, or is no log. */
Replay *replay_play(const char *path, ReplayHeader *header, ReplayMoment *moment, void *opaque);

/* The device to give to the machine in place of `real`, until replay_free(). */
Chardev *replay_chardev(Replay *r, Chardev *real);

/* The machine is there. Writes the header, or compares the machine with that of the log; false
 * after an error_report(). */
bool replay_start(Replay *r, const ReplayHeader *header);

/* Says what the run does from now on. */
void replay_phase(Replay *r, ReplayPhase phase);

/* Replay: the length of the next slice, at most `insns` instructions and at most to the next answer
 * outside of a slice. If that one's moment is over the replay has failed. */
int32_t replay_slice(Replay *r, int32_t insns);

/* The machine sleeps, and no timer will wake it. A replay whose log does not wake it has failed. */
void replay_wait(Replay *r);

/* Whether a byte may still come: from the real devices, or from the log. */
bool replay_more_input(const Replay *r);

/* The monitor has reset the machine: in phase REPLAY_POLL. */
void replay_reset(Replay *r);
/* Replay, in phase REPLAY_POLL: whether it has now. */
bool replay_take_reset(Replay *r);

/* The run ends here with that status: by the user, or by itself. */
void replay_end(Replay *r, int status);
/* Replay, in phase REPLAY_POLL: whether it has ended now. */
bool replay_take_end(Replay *r, int *status);

/* Where a replay is, between two slices. */
typedef struct ReplayPlace ReplayPlace;

/* Copies it, for the caller to free() once it is not needed. NULL: the host has no memory. */
ReplayPlace *replay_place(const Replay *r);

/* The run has gone back to where it was then. What it sends again is not sent. False after an
 * error_report(): the log cannot be read. */
bool replay_go_back(Replay *r, const ReplayPlace *place);

/* The log's name. */
const char *replay_path(const Replay *r);

/* Whether a replay does something else than its log says, which was reported: the run must end. */
bool replay_failed(const Replay *r);

/* NULL is fine. */
void replay_free(Replay *r);

#endif
