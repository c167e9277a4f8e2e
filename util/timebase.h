/* SPDX-License-Identifier: MIT */
/* Where virtual time comes from: the source behind a machine's Clock.
 *
 * Host time (the default): virtual time follows the host's clock from 0 at power-on, with two
 * limits that a guest is better off with. It advances by at most TIMEBASE_NS_PER_INSN for each
 * instruction executed, so that on a very slow host the guest's clock runs slower rather than its
 * timer interrupts eating all of its time. And a gap (the program was stopped, the host suspended,
 * or too slow for too long) counts TIMEBASE_MAX_GAP at most: what lies beyond is time in which the
 * machine did not exist.
 *
 * Instruction time (-icount): virtual time is 2^shift ns for each executed instruction, plus what
 * an idle guest has skipped. */
#ifndef UTIL_TIMEBASE_H
#define UTIL_TIMEBASE_H

#include <stdbool.h>
#include <stdint.h>

#include "util/timer.h"

#define TIMEBASE_NS_PER_INSN 500
#define TIMEBASE_MAX_GAP     NS_PER_SEC

typedef struct TimeBase {
    bool icount;
    unsigned shift;
    uint64_t (*insns)(void *opaque); /* instructions executed since power-on, for icount */
    void *opaque;
    int64_t (*host)(void); /* the host's clock, for host time */
    int64_t skipped;       /* icount: ns, to CLOCK_END; negative where a loaded state has
                            * counted more than its time, from -CLOCK_END */
    bool ended;            /* virtual time has been found at CLOCK_END */
    int64_t origin;        /* host time: the host's clock at virtual time 0 */
    int64_t limit;         /* host time: virtual time cannot be later than this now */
    int64_t last;          /* host time: the latest that anybody has been told */
    int64_t last_host;     /* host time: the host's clock when it was last read */
} TimeBase;

/* Virtual time is the host's from now on. */
void timebase_init_host(TimeBase *t, int64_t (*host)(void));

/* Virtual time is insns(opaque) << shift from now on; shift is 0..10. */
void timebase_init_icount(TimeBase *t, unsigned shift, uint64_t (*insns)(void *opaque),
                          void *opaque);

/* Virtual time in ns; never goes back, and stops at CLOCK_END (then t->ended is set). For a Clock's
 * read function, with the TimeBase as opaque. */
int64_t timebase_now(void *timebase);

/* A slice of up to n instructions is about to run. */
void timebase_slice(TimeBase *t, int32_t n);

/* How many instructions, 1..max, to run before virtual time reaches `deadline`. Exact for icount,
 * an estimate that comes nearer and nearer for host time. */
int32_t timebase_insns_until(TimeBase *t, int64_t deadline, int32_t max);

/* The guest was idle since virtual time `since` and the host has waited, for `ns` at most as far
 * as it was asked to. */
void timebase_waited(TimeBase *t, int64_t since, int64_t ns);

/* Virtual time is `now` (0..CLOCK_END), for a state that has been loaded; under icount the count of
 * instructions has been loaded before. */
void timebase_set(TimeBase *t, int64_t now);

/* icount: an idle guest skips to virtual time `to`, at most to CLOCK_END. */
void timebase_skip(TimeBase *t, int64_t to);

#endif
