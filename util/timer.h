/* SPDX-License-Identifier: MIT */
/* The one clock of a machine and the timers on it.
 *
 * Virtual time is nanoseconds since power-on, 0..CLOCK_END. The main loop chooses its source: the
 * host's clock, or the count of executed guest instructions (-icount). Nothing else reads a clock.
 */
#ifndef UTIL_TIMER_H
#define UTIL_TIMER_H

#include <stdbool.h>
#include <stdint.h>

#define NS_PER_SEC  INT64_C(1000000000)
#define NS_PER_MS   INT64_C(1000000)
#define MS_PER_SEC  INT64_C(1000)
#define TIMER_NEVER INT64_MAX

/* Virtual time stops here, after 291 years, and the main loop ends the run. A timer with a later
 * deadline is armed but never fires. */
#define CLOCK_END (INT64_C(9200000000) * NS_PER_SEC)

typedef struct Timer Timer;
typedef struct Clock Clock;

struct Timer {
    Clock *clock;
    void (*fn)(void *opaque); /* called by clock_run() once the deadline has passed */
    void *opaque;
    int64_t deadline; /* ns, TIMER_NEVER when not armed */
    Timer *next;      /* in the clock's list, earliest first */
};

struct Clock {
    int64_t (*read)(void *opaque); /* virtual ns since power-on; never goes back */
    void *read_opaque;
    void (*earlier)(void *opaque); /* the first deadline is earlier now: end the slice; or NULL */
    void *earlier_opaque;
    Timer *first;
};

/* Virtual time now, in ns. */
int64_t clock_now(const Clock *c);

/* The earliest deadline in ns, or TIMER_NEVER. */
int64_t clock_deadline(const Clock *c);

/* Calls every timer whose deadline has come. Each is disarmed first, so that it can arm itself
 * again. */
void clock_run(Clock *c);

/* Prepares a timer, not armed. */
void timer_init(Timer *t, Clock *c, void (*fn)(void *opaque), void *opaque);

/* Arms (or moves) a timer; a deadline in the past fires at the next clock_run(). */
void timer_mod(Timer *t, int64_t deadline);

/* Disarms a timer, if it is armed. */
void timer_del(Timer *t);

static inline bool timer_pending(const Timer *t)
{
    return t->deadline != TIMER_NEVER;
}

/* Whether a time from a loaded state is a valid virtual time, or -1, for none. */
static inline bool clock_moment_valid(int64_t ns)
{
    return ns >= -1 && ns <= CLOCK_END;
}

/* The deadline `ns` after virtual time `now` (both 0 or more), at most TIMER_NEVER - 1. */
static inline int64_t deadline_after(int64_t now, int64_t ns)
{
    return ns < TIMER_NEVER - 1 - now ? now + ns : TIMER_NEVER - 1;
}

/* a * b / c, for c > 0 and a result below 2^64; the product may have 96 bits. Converts between
 * ticks and ns. */
uint64_t muldiv64(uint64_t a, uint32_t b, uint32_t c);

#endif
