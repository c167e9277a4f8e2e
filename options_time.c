/* SPDX-License-Identifier: MIT */
/* Options of time and chance. */
#include <string.h>

#include "options_table.h"
#include "util/date.h"
#include "util/log.h"
#include "util/optlist.h"

#define MAX_SHIFT 10

/* -icount auto: QEMU starts with 8 ns an instruction and then adapts that to the host's clock. Here
 * it stays, so that runs are equal; idle time passes on the host, as QEMU has it. */
#define AUTO_SHIFT 3

static bool parse_shift(Options *o, const char *shift)
{
    if (strcmp(shift, "auto") == 0) {
        o->icount_shift = AUTO_SHIFT;
        o->icount_sleep = true;
        return true;
    }
    if (!opt_number(shift, MAX_SHIFT, &o->icount_shift)) {
        error_report("-icount: invalid value '%s' for 'shift': use auto or a number up to %u",
                     shift, (unsigned)MAX_SHIFT);
        return false;
    }
    return true;
}

bool parse_icount(OptionsParser *p, char *arg)
{
    typedef struct Values {
        const char *shift;
        bool sleep;
        unsigned rr;
        const char *rrfile;
    } Values;
    static const OptProperty properties[] = {
        { "shift=0..10|auto", OPT_STRING, offsetof(Values, shift), 0 },
        { "sleep=on|off", OPT_BOOL, offsetof(Values, sleep), 0 },
        { "align=off", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "rr=off|record|replay", OPT_CHOICE, offsetof(Values, rr), 0 }, /* as ReplayMode */
        { "rrfile=FILE", OPT_STRING, offsetof(Values, rrfile), 0 },
        { 0 },
    };
    enum { HAS_SLEEP = 1 << 1 };
    Values v = { 0 };
    unsigned given = 0;
    if (!optlist_parse(p->name, properties, "shift", arg, &v, &given)) {
        return false;
    }
    if (!v.shift) {
        error_report("-icount: no shift: use shift=0 to shift=10, for 2^N ns per instruction");
        return false;
    }
    if (given & HAS_SLEEP && !v.sleep && strcmp(v.shift, "auto") == 0) {
        error_report("-icount: shift=auto and sleep=off contradict each other: use shift=3");
        return false;
    }
    if (!parse_shift(p->o, v.shift)) {
        return false;
    }
    if (v.rr != REPLAY_OFF && !v.rrfile) {
        error_report("-icount: rr: has no file: add rrfile=FILE");
        return false;
    }
    p->o->rr = (ReplayMode)v.rr;
    p->o->rrfile = v.rrfile;
    if (given & HAS_SLEEP) {
        p->o->icount_sleep = v.sleep;
    }
    p->o->icount = true;
    return true;
}

bool parse_rtc(OptionsParser *p, char *arg)
{
    typedef struct Values {
        const char *base;
        unsigned clock;
    } Values;
    static const OptProperty properties[] = {
        { "base=utc|localtime|DATE", OPT_STRING, offsetof(Values, base), 0 },
        { "clock=host|rt|vm", OPT_CHOICE, offsetof(Values, clock), 0 },
        /* No effect: the PL031 has no periodic interrupt. */
        { "driftfix=none|slew", OPT_CHOICE, OPT_NOWHERE, 0 },
        { 0 },
    };
    Options *o = p->o;
    Values v = { NULL, o->rtc_clock };
    if (!optlist_parse(p->name, properties, NULL, arg, &v, NULL)) {
        return false;
    }
    o->rtc_clock = (RtcClock)v.clock;
    const char *base = v.base;
    if (base && strcmp(base, "utc") == 0) {
        o->rtc = RTC_UTC;
    } else if (base && strcmp(base, "localtime") == 0) {
        o->rtc = RTC_LOCALTIME;
    } else if (base && date_parse(base, &o->rtc_date)) {
        o->rtc = RTC_DATE;
    } else if (base) {
        error_report("-rtc: invalid value '%s' for 'base': use utc, localtime, or a date like "
                     "2024-02-29T12:00:00",
                     base);
        return false;
    }
    return true;
}

bool parse_seed(OptionsParser *p, char *arg)
{
    if (!opt_number(arg, UINT64_MAX, &p->o->seed)) {
        error_report("%s: invalid value '%s': use a number", p->name, arg);
        return false;
    }
    p->o->seed_given = true;
    return true;
}
