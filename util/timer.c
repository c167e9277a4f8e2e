/* SPDX-License-Identifier: MIT */
/* Timers: a list sorted by deadline. A machine has about a dozen, too few for a heap. */
#include "util/timer.h"

#include <stddef.h>

int64_t clock_now(const Clock *c)
{
    return c->read(c->read_opaque);
}

int64_t clock_deadline(const Clock *c)
{
    return c->first ? c->first->deadline : TIMER_NEVER;
}

void clock_run(Clock *c)
{
    int64_t now = clock_now(c);
    while (c->first && c->first->deadline <= now) {
        Timer *t = c->first;
        timer_del(t);
        t->fn(t->opaque);
    }
}

void timer_init(Timer *t, Clock *c, void (*fn)(void *opaque), void *opaque)
{
    t->clock = c;
    t->fn = fn;
    t->opaque = opaque;
    t->deadline = TIMER_NEVER;
    t->next = NULL;
}

void timer_mod(Timer *t, int64_t deadline)
{
    Clock *c = t->clock;
    timer_del(t);
    if (deadline == TIMER_NEVER) {
        return;
    }
    t->deadline = deadline;
    Timer **p = &c->first;
    while (*p && (*p)->deadline <= deadline) {
        p = &(*p)->next;
    }
    t->next = *p;
    *p = t;
    if (c->first == t && c->earlier) {
        c->earlier(c->earlier_opaque);
    }
}

void timer_del(Timer *t)
{
    for (Timer **p = &t->clock->first; *p; p = &(*p)->next) {
        if (*p == t) {
            *p = t->next;
            break;
        }
    }
    t->deadline = TIMER_NEVER;
    t->next = NULL;
}

uint64_t muldiv64(uint64_t a, uint32_t b, uint32_t c)
{
    uint64_t low = (a & 0xffffffffu) * b;
    uint64_t high = (a >> 32) * b + (low >> 32);
    uint64_t rest = high % c;
    return (high / c) << 32 | ((rest << 32 | (low & 0xffffffffu)) / c);
}
