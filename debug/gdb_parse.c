/* SPDX-License-Identifier: MIT */
/* The parts that packets of the remote serial protocol are made of. */
#include "debug/gdb_private.h"

bool gdb_number(const char **p, uint64_t *value)
{
    const char *start = *p;
    *value = 0;
    for (int digit; (digit = gdb_digit(**p)) >= 0; ++*p) {
        if (*value >> 60) {
            return false;
        }
        *value = *value << 4 | (unsigned)digit;
    }
    return *p != start;
}

bool gdb_char(const char **p, char c)
{
    bool is = **p == c;
    *p += is;
    return is;
}

bool gdb_bytes(const char **p, uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++, *p += 2) {
        int high = gdb_digit((*p)[0]), low = high < 0 ? -1 : gdb_digit((*p)[1]);
        if (low < 0) {
            return false;
        }
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* -1: all; 0: any; or the number of the only one, 1. */
static bool is_ours(const char **p)
{
    uint64_t n;
    bool all = gdb_char(p, '-'), ok = gdb_number(p, &n);
    return ok && (all ? n == 1 : n <= 1);
}

bool gdb_thread(const char **p)
{
    if (gdb_char(p, 'p') && (!is_ours(p) || !gdb_char(p, '.'))) {
        return false;
    }
    return is_ours(p);
}
