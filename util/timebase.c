/* SPDX-License-Identifier: MIT */
/* Virtual time from the host's clock or from counted instructions. */
#include "util/timebase.h"

/* For host time: the shortest slice, and the assumed time of an instruction, a little too short, so
 * that a slice ends before a deadline rather than after it. */
#define MIN_INSNS 1000
#define INSN_NS   8

void timebase_init_host(TimeBase *t, int64_t (*host)(void))
{
    *t = (TimeBase){ .host = host, .origin = host() };
    t->last_host = t->origin;
}

void timebase_init_icount(TimeBase *t, unsigned shift, uint64_t (*insns)(void *opaque),
                          void *opaque)
{
    *t = (TimeBase){ .icount = true, .shift = shift, .insns = insns, .opaque = opaque };
}

/* The time of the instructions plus that skipped, up to CLOCK_END. */
static int64_t icount_now(TimeBase *t)
{
    uint64_t insns = t->insns(t->opaque);
    uint64_t skipped = (uint64_t)t->skipped, left = (uint64_t)CLOCK_END - skipped; /* modulo 2^64 */
    return insns < left >> t->shift ? (int64_t)((insns << t->shift) + skipped) : CLOCK_END;
}

/* Virtual time without the limits. */
static int64_t host_now(TimeBase *t)
{
    t->last_host = t->host();
    return t->last_host - t->origin;
}

int64_t timebase_now(void *timebase)
{
    TimeBase *t = timebase;
    if (t->icount) {
        int64_t now = icount_now(t);
        t->ended = now == CLOCK_END;
        return now;
    }
    int64_t now = host_now(t);
    if (now > t->limit) {
        now = t->limit;
    }
    if (now > t->last) {
        t->ended = now >= CLOCK_END;
        t->last = t->ended ? CLOCK_END : now;
    }
    return t->last;
}

void timebase_slice(TimeBase *t, int32_t n)
{
    if (t->icount) {
        return;
    }
    int64_t now = timebase_now(t);
    int64_t behind = t->last_host - t->origin - now;
    if (behind > TIMEBASE_MAX_GAP) {
        t->origin += behind - TIMEBASE_MAX_GAP;
    }
    t->limit = now + (int64_t)n * TIMEBASE_NS_PER_INSN;
}

int32_t timebase_insns_until(TimeBase *t, int64_t deadline, int32_t max)
{
    if (deadline == TIMER_NEVER) {
        return max;
    }
    int64_t now = timebase_now(t);
    int32_t min = t->icount ? 1 : MIN_INSNS;
    if (deadline <= now) {
        return min;
    }
    int64_t ns = deadline - now;
    int64_t n = t->icount ? ((ns - 1) >> t->shift) + 1 : ns / INSN_NS;
    return n < min ? min : n > max ? max : (int32_t)n;
}

void timebase_waited(TimeBase *t, int64_t since, int64_t ns)
{
    int64_t now = host_now(t);
    int64_t gap = now - since;
    /* A gap beyond ns + TIMEBASE_MAX_GAP means that the program was stopped. */
    if (ns < INT64_MAX - TIMEBASE_MAX_GAP && gap > ns + TIMEBASE_MAX_GAP) {
        gap -= ns + TIMEBASE_MAX_GAP;
        t->origin += gap;
        now -= gap;
    }
    if (now > t->limit) {
        t->limit = now;
    }
}

void timebase_skip(TimeBase *t, int64_t to)
{
    int64_t now = timebase_now(t);
    if (to > CLOCK_END) {
        to = CLOCK_END;
    }
    if (to > now) {
        t->skipped += to - now;
    }
}

void timebase_set(TimeBase *t, int64_t now)
{
    if (t->icount) {
        t->skipped = 0;
        t->skipped = now - icount_now(t);
    } else {
        t->last_host = t->host();
        t->origin = t->last_host - now;
        t->limit = t->last = now;
    }
    t->ended = now >= CLOCK_END;
}
