/* SPDX-License-Identifier: MIT */
/* Dates and seconds since 1970-01-01 00:00: Gregorian calendar, no leap seconds. */
#ifndef UTIL_DATE_H
#define UTIL_DATE_H

#include <stdbool.h>
#include <stdint.h>

/* Seconds from 1970 to the given moment; year 1970 and later, month 1..12, day 1..31. */
int64_t date_seconds(int year, int month, int day, int hour, int minute, int second);

typedef struct Date {
    int year, month, day, hour, minute, second; /* month and day from 1 */
} Date;

/* The moment so many seconds after 1970; years 1970 to 9999, or the nearest. */
Date date_of(int64_t seconds);

/* Local time at `seconds` (since 1970, UTC), as seconds since 1970; 0 where there is none. */
int64_t date_local(int64_t seconds);

/* Parses "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM:SS", in the years 1970 to 2105, the range of a 32-bit
 * clock. False if it is no such date. */
bool date_parse(const char *text, int64_t *seconds);

#endif
