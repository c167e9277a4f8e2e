/* SPDX-License-Identifier: MIT */
/* The real-time clock's start and source. */
#include "rtc.h"

#include "host/host.h"
#include "util/date.h"
#include "util/timer.h"

/* The real-time clock under -icount, where no two runs may differ: 2000-01-01. */
#define ICOUNT_RTC 946684800

static int64_t monotonic_ms(void)
{
    return host_clock() / NS_PER_MS;
}

void rtc_set(const Options *o, MachineConfig *config)
{
    int64_t utc = host_wall_clock() / MS_PER_SEC;
    int64_t counted = 0; /* rtc_clock now, in seconds */
    bool equal_runs = o->icount && o->rtc_clock == RTC_CLOCK_VM;
    if (o->rtc_clock == RTC_CLOCK_HOST) {
        config->rtc_clock = host_wall_clock;
        counted = utc;
    } else if (o->rtc_clock == RTC_CLOCK_RT) {
        config->rtc_clock = monotonic_ms;
        counted = monotonic_ms() / MS_PER_SEC;
    }
    switch (o->rtc) {
    case RTC_DATE: config->rtc_seconds = o->rtc_date; break;
    case RTC_LOCALTIME: config->rtc_seconds = date_local(utc); break;
    case RTC_UTC: config->rtc_seconds = utc; break;
    default: config->rtc_seconds = equal_runs ? ICOUNT_RTC : utc; break;
    }
    config->rtc_seconds -= counted;
}
