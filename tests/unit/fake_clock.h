/* SPDX-License-Identifier: MIT */
/* A clock that stands until a test moves it, and an interrupt line that remembers its level. */
#ifndef TESTS_UNIT_FAKE_CLOCK_H
#define TESTS_UNIT_FAKE_CLOCK_H

#include "bus/irq.h"
#include "util/timer.h"

typedef struct FakeClock {
    Clock clock;    /* for the device under test */
    int64_t now;    /* ns */
    unsigned fired; /* deadlines that fake_clock_advance() has met */
} FakeClock;

static inline int64_t fake_clock_read(void *opaque)
{
    return ((FakeClock *)opaque)->now;
}

static inline void fake_clock_init(FakeClock *f)
{
    *f = (FakeClock){ .now = 0 };
    f->clock.read = fake_clock_read;
    f->clock.read_opaque = f;
}

/* Moves time on by `ns`, running every timer at its own deadline on the way. */
static inline void fake_clock_advance(FakeClock *f, int64_t ns)
{
    int64_t end = f->now + ns;
    while (clock_deadline(&f->clock) <= end) {
        if (clock_deadline(&f->clock) > f->now) {
            f->now = clock_deadline(&f->clock);
        }
        f->fired++;
        clock_run(&f->clock);
    }
    f->now = end;
}

/* The same, but late: timers run only once all the time has gone by. */
static inline void fake_clock_jump(FakeClock *f, int64_t ns)
{
    f->now += ns;
    clock_run(&f->clock);
}

typedef struct FakeLine {
    bool level;
    unsigned rises;
} FakeLine;

static inline void fake_line_set(void *opaque, unsigned n, bool level)
{
    FakeLine *self = opaque;
    (void)n;
    self->rises += level && !self->level;
    self->level = level;
}

static inline Irq fake_line(FakeLine *line)
{
    *line = (FakeLine){ .level = false };
    return (Irq){ fake_line_set, line, 0 };
}

#endif
