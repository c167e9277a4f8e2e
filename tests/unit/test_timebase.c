/* SPDX-License-Identifier: MIT */
/* Virtual time from a host clock and from counted instructions; and dates. */
#include "util/timebase.h"

#include "tests/unit/tap.h"
#include "util/date.h"

#define MS INT64_C(1000000)

static int64_t host_ns;
static uint64_t insns;

static int64_t host(void)
{
    return host_ns;
}

static uint64_t count(void *opaque)
{
    return *(uint64_t *)opaque;
}

static TimeBase t;

static void start_host(void)
{
    host_ns = 12345678;
    timebase_init_host(&t, host);
}

static void test_host(void)
{
    start_host();
    host_ns += 500 * MS;
    is_u64(timebase_now(&t), 0, "time stands until the first slice");
    start_host();
    timebase_slice(&t, 20000);
    host_ns += 1 * MS;
    is_u64(timebase_now(&t), 1 * MS, "within a slice it is the host's");
    host_ns -= MS / 2;
    is_u64(timebase_now(&t), 1 * MS, "it never goes back");
    host_ns += 20 * MS;
    is_u64(timebase_now(&t), 10 * MS, "20000 instructions are 10 ms at most");
    timebase_slice(&t, 20000);
    is_u64(timebase_now(&t), 20 * MS, "but the guest catches up");
    timebase_slice(&t, 20000);
    is_u64(timebase_now(&t), 20 * MS + MS / 2, "until it is there");
    int64_t now = timebase_now(&t);
    timebase_slice(&t, 20000);
    host_ns += 3600 * NS_PER_SEC;
    is_u64(timebase_now(&t), now + 10 * MS, "a stop of an hour");
    unsigned slices = 0;
    int64_t before;
    do {
        before = timebase_now(&t);
        timebase_slice(&t, 20000);
        slices++;
    } while (timebase_now(&t) > before && slices < 1000);
    is_u64(before, now + 10 * MS + NS_PER_SEC, "counts as one second");
}

static void test_host_idle(void)
{
    start_host();
    timebase_slice(&t, 20000);
    host_ns += 2000 * MS;
    timebase_waited(&t, 0, 2000 * MS);
    is_u64(timebase_now(&t), 2000 * MS, "idle time is the host's in full");
    int64_t now = timebase_now(&t);
    host_ns += 900 * MS;
    timebase_waited(&t, now, 500 * MS);
    is_u64(timebase_now(&t), now + 900 * MS, "a host that oversleeps a little is believed");
    now = timebase_now(&t);
    host_ns += 3600 * NS_PER_SEC;
    timebase_waited(&t, now, 500 * MS);
    is_u64(timebase_now(&t), now + 1500 * MS, "a stopped one counts as one second more");
    now = timebase_now(&t);
    host_ns += 3600 * NS_PER_SEC;
    timebase_waited(&t, now, INT64_MAX);
    is_u64(timebase_now(&t), now + 3600 * NS_PER_SEC, "waiting without a limit has none");
}

static void test_host_slices(void)
{
    start_host();
    is_u32((uint32_t)timebase_insns_until(&t, TIMER_NEVER, 20000), 20000, "no deadline");
    is_u32((uint32_t)timebase_insns_until(&t, 1000 * MS, 20000), 20000, "a far one");
    is_u32((uint32_t)timebase_insns_until(&t, 80000, 20000), 10000, "one in 80 us");
    is_u32((uint32_t)timebase_insns_until(&t, 1, 20000), 1000, "a near one");
    is_u32((uint32_t)timebase_insns_until(&t, -5, 20000), 1000, "one that has passed");
}

static void test_icount(void)
{
    insns = 0;
    timebase_init_icount(&t, 3, count, &insns);
    is_u64(timebase_now(&t), 0, "icount starts at 0");
    insns = 1000;
    is_u64(timebase_now(&t), 8000, "8 ns per instruction");
    is_u32((uint32_t)timebase_insns_until(&t, 8800, 65536), 100, "exactly to the deadline");
    is_u32((uint32_t)timebase_insns_until(&t, 8801, 65536), 101, "or the first past it");
    is_u32((uint32_t)timebase_insns_until(&t, 8001, 65536), 1, "one at least");
    is_u32((uint32_t)timebase_insns_until(&t, 8000, 65536), 1, "even if it is due");
    is_u32((uint32_t)timebase_insns_until(&t, NS_PER_SEC, 65536), 65536, "the most");
    timebase_skip(&t, 50001);
    is_u64(timebase_now(&t), 50001, "an idle guest skips");
    timebase_skip(&t, 40000);
    is_u64(timebase_now(&t), 50001, "never back");
    insns = 1001;
    is_u64(timebase_now(&t), 50009, "and counts on");
}

/* All that virtual time is made of: it saturates, and nothing overflows on the way (which a build
 * with sanitizers checks). */
static void test_end(void)
{
    static const unsigned shifts[] = { 0, 3, 10 };
    for (unsigned i = 0; i < 3; i++) {
        unsigned shift = shifts[i];
        insns = 0;
        timebase_init_icount(&t, shift, count, &insns);
        timebase_skip(&t, CLOCK_END - 5000);
        ok(timebase_now(&t) == CLOCK_END - 5000, "shift %u: a skip to 5 us before the end", shift);
        insns = 1;
        is_u64(timebase_now(&t), CLOCK_END - 5000 + (1 << shift), "one instruction more");
        ok(!t.ended, "which is not the end");
        is_u32((uint32_t)timebase_insns_until(&t, TIMER_NEVER - 1, 65536), 65536,
               "the last of all deadlines is far");
        is_u32((uint32_t)timebase_insns_until(&t, CLOCK_END - 4999 + (1 << shift), 65536), 1,
               "one in 1 ns is not");
        insns = 5000;
        is_u64(timebase_now(&t), CLOCK_END, "then virtual time stands still");
        ok(t.ended, "and says so");
        insns = UINT64_MAX;
        is_u64(timebase_now(&t), CLOCK_END, "however many instructions come");
        timebase_skip(&t, TIMER_NEVER - 1);
        is_u64(timebase_now(&t), CLOCK_END, "or are skipped");
        is_u32((uint32_t)timebase_insns_until(&t, TIMER_NEVER - 1, 65536), 65536,
               "and the guest can go on");

        insns = UINT64_MAX >> 12;
        timebase_set(&t, 1000);
        is_u64(timebase_now(&t), 1000, "a loaded time that is less than was counted");
        insns += 3;
        is_u64(timebase_now(&t), 1000 + (3 << shift), "goes on from there");

        insns = 0;
        timebase_init_icount(&t, shift, count, &insns);
        is_u32((uint32_t)timebase_insns_until(&t, TIMER_NEVER - 1, 65536), 65536,
               "the last deadline, at the start");
        timebase_skip(&t, TIMER_NEVER - 1);
        ok(timebase_now(&t) == CLOCK_END && t.ended, "a skip to it ends at the end");
    }
    start_host();
    timebase_slice(&t, INT32_MAX);
    host_ns = INT64_MAX;
    timebase_waited(&t, 0, INT64_MAX);
    ok(timebase_now(&t) == CLOCK_END && t.ended, "a host that waited for 292 years: the end, too");
    timebase_slice(&t, INT32_MAX);
    is_u64(timebase_now(&t), CLOCK_END, "which stays");
    is_u64(deadline_after(0, 5), 5, "a deadline");
    is_u64(deadline_after(CLOCK_END, INT64_MAX), TIMER_NEVER - 1, "one past all that fits is kept");
    is_u64(deadline_after(TIMER_NEVER - 6, 5), TIMER_NEVER - 1, "at its edge");
    is_u64(deadline_after(TIMER_NEVER - 6, 4), TIMER_NEVER - 2, "and just before that");
}

static void test_dates(void)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } good[] = {
        { "1970-01-01", 0 },
        { "2000-01-01", 946684800 },
        { "2000-02-29T12:34:56", 951827696 },
        { "2000-03-01", 951868800 },
        { "2024-12-31T23:59:59", 1735689599 },
        { "2100-03-01", INT64_C(4107542400) },
        { "2105-12-31", INT64_C(4291660800) },
    };
    static const char *const bad[] = {
        "",
        "2000",
        "2000-13-01",
        "2000-00-01",
        "2000-02-30",
        "2100-02-29",
        "1969-12-31",
        "2106-01-01",
        "2000-01-01T24:00:00",
        "2000-01-01T00:60:00",
        "2000-01-01x",
        "2000-01-01T",
        "2000-01-01T01:02:03Z",
        "2000-01-01 01:02:03",
    };
    int64_t seconds;
    for (unsigned i = 0; i < sizeof good / sizeof good[0]; i++) {
        seconds = -1;
        date_parse(good[i].text, &seconds);
        is_u64(seconds, good[i].seconds, good[i].text);
    }
    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ok(!date_parse(bad[i], &seconds), "'%s' is no date", bad[i]);
    }
}

static void test_date_of(void)
{
    bool same = true;
    for (int64_t day = 0; day < 400 * 365 && same; day++) {
        int64_t seconds = day * 86400 + day * 7919 % 86400;
        Date d = date_of(seconds);
        same = seconds == date_seconds(d.year, d.month, d.day, d.hour, d.minute, d.second) &&
               d.month <= 12 && d.day <= 31 && d.hour < 24 && d.minute < 60 && d.second < 60;
    }
    ok(same, "each day of four centuries as a date, and back");
    Date leap = date_of(date_seconds(2024, 2, 29, 23, 59, 59)), last = date_of(INT64_MAX);
    ok(leap.month == 2 && leap.day == 29 && leap.second == 59, "29 February 2024");
    ok(last.year == 9999 && last.day == 31, "what is later is the end of 9999");
}

int main(void)
{
    test_date_of();
    test_host();
    test_host_idle();
    test_host_slices();
    test_icount();
    test_end();
    test_dates();
    return done_testing();
}
