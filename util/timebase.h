/* SPDX-License-Identifier: MIT */
/* The source of virtual time, for a machine's Clock.
 *
 * Host time (the default): virtual time follows the host's clock, from 0 at power-on, with two
 * limits. It advances by at most TIMEBASE_NS_PER_INSN per executed instruction, so that on a very
 * slow host the guest's clock slows down, instead of timer interrupts taking all of the guest's
 * time. And a gap (the program was stopped, the host was suspended or too slow) counts as at most
 * TIMEBASE_MAX_GAP.
 *
 * Instruction time (-icount): virtual time is 2^shift ns per executed instruction, plus the time
 * that an idle guest has skipped. */
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
    uint64_t (*insns)(void *opaque); /* for icount: instructions executed since power-on */
    void *opaque;
    int64_t (*host)(void); /* for host time: the host's clock */
    int64_t skipped;       /* icount: ns, up to CLOCK_END; from -CLOCK_END where a loaded
                            * state's instructions count for more than its time */
    bool ended;            /* virtual time has reached CLOCK_END */
    int64_t origin;        /* host time: the host's clock at virtual time 0 */
    int64_t limit;         /* host time: virtual time cannot pass this now */
    int64_t last;          /* host time: the latest virtual time returned */
    int64_t last_host;     /* host time: the last reading of the host's clock */
} TimeBase;

/* Starts virtual time at 0, from the host's clock. */
void timebase_init_host(TimeBase *t, int64_t (*host)(void));

/* Sets virtual time to insns(opaque) << shift; shift is 0..10. */
void timebase_init_icount(TimeBase *t, unsigned shift, uint64_t (*insns)(void *opaque),
                          void *opaque);

/* Virtual time in ns. It never goes back, and stops at CLOCK_END, with t->ended set. This is a
 * Clock's read function; its opaque is the TimeBase. */
int64_t timebase_now(void *timebase);

/* Call before a slice of up to n instructions. */
void timebase_slice(TimeBase *t, int32_t n);

/* The number of instructions, 1..max, until virtual time reaches `deadline`: exact for icount, for
 * host time an estimate that repeated calls improve. */
int32_t timebase_insns_until(TimeBase *t, int64_t deadline, int32_t max);

/* Call after the host has waited, for `ns` at most, while the guest was idle since virtual time
 * `since`. */
void timebase_waited(TimeBase *t, int64_t since, int64_t ns);

/* Sets virtual time to `now` (0..CLOCK_END), for a loaded state. Under icount load the count of
 * instructions first. */
void timebase_set(TimeBase *t, int64_t now);

/* icount: skips to virtual time `to`, at most CLOCK_END, while the guest is idle. */
void timebase_skip(TimeBase *t, int64_t to);

#endif
