/* SPDX-License-Identifier: MIT */
/* Dates and seconds. */
#include "util/date.h"

#include <stdio.h>
#include <time.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && is_leap(year));
}

int64_t date_seconds(int year, int month, int day, int hour, int minute, int second)
{
    int before = year - 1;
    int64_t days = (int64_t)365 * (year - 1970) + (before / 4 - before / 100 + before / 400) -
                   (1969 / 4 - 1969 / 100 + 1969 / 400);
    for (int m = 1; m < month; m++) {
        days += month_length(year, m);
    }
    days += day - 1;
    return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

Date date_of(int64_t seconds)
{
    const int64_t last = date_seconds(9999, 12, 31, 23, 59, 59);
    seconds = seconds < 0 ? 0 : seconds > last ? last : seconds;
    int64_t days = seconds / 86400, left = seconds % 86400;
    Date d = { 1970, 1, 1, (int)(left / 3600), (int)(left / 60 % 60), (int)(left % 60) };
    for (; days >= 365 + is_leap(d.year); d.year++) {
        days -= 365 + is_leap(d.year);
    }
    for (; days >= month_length(d.year, d.month); d.month++) {
        days -= month_length(d.year, d.month);
    }
    d.day += (int)days;
    return d;
}

int64_t date_local(int64_t seconds)
{
    time_t t = (time_t)seconds;
    const struct tm *tm = localtime(&t);
    return tm ? date_seconds(tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday, tm->tm_hour,
                             tm->tm_min, tm->tm_sec)
              : 0;
}

bool date_parse(const char *text, int64_t *seconds)
{
    int year, month, day, hour = 0, minute = 0, second = 0, end = 0;
    if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3) {
        return false;
    }
    if (text[end] == 'T') {
        int rest = 0;
        text += end;
        if (sscanf(text, "T%2d:%2d:%2d%n", &hour, &minute, &second, &rest) != 3) {
            return false;
        }
        end = rest;
    }
    if (text[end] != '\0' || year < 1970 || year > 2105 || month < 1 || month > 12 || day < 1 ||
        day > month_length(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 59) {
        return false;
    }
    *seconds = date_seconds(year, month, day, hour, minute, second);
    return true;
}
