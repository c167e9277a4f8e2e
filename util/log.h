/* SPDX-License-Identifier: MIT */
/* Messages: errors for the user on stderr, and the trace log of `-d`, free when its item is off. */
#ifndef UTIL_LOG_H
#define UTIL_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "util/output.h"

/* The items of `-d`, by QEMU's names. */
enum {
    LOG_IN_ASM = 1u << 0,       /* guest code of each block as it is translated */
    LOG_OP = 1u << 1,           /* TCG ops as the translator made them */
    LOG_OP_OPT = 1u << 2,       /* TCG ops after optimisation */
    LOG_OUT_ASM = 1u << 3,      /* the interpreter's records */
    LOG_EXEC = 1u << 4,         /* each block as it is executed (blocks are not chained) */
    LOG_CPU = 1u << 5,          /* CPU state before each block (blocks are not chained) */
    LOG_INT = 1u << 6,          /* exceptions and interrupts taken */
    LOG_MMU = 1u << 7,          /* translation faults and TLB fills */
    LOG_GUEST_ERRORS = 1u << 8, /* the guest does what a manual forbids */
    LOG_UNIMP = 1u << 9,        /* the guest uses what is not modelled */
    LOG_STATS = 1u << 10,       /* counters, printed when the run ends */
};

extern uint32_t log_mask; /* the items that are on */

static inline bool log_on(uint32_t items)
{
    return (log_mask & items) != 0;
}

/* Turns on the items of a comma-separated list; on an unknown one returns its start in `list`
 * (up to the next comma or end), else NULL. "help" is the caller's. */
const char *log_set_items(const char *list);

/* Prints the items and what they show, one a line. */
void log_print_items(FILE *out);

/* Sends the log to a file instead of stderr; `path` must stay until log_close(). Returns false
 * (errno set) if it cannot be opened. */
bool log_open(const char *path);

/* That file, for host_rescue(). */
Output *log_output(void);

/* Brings what was logged to the file; log_close() also closes it. False, after one error_report(),
 * if some of the log could not be written (a full disk). */
bool log_flush(void);
bool log_close(void);

/* printf to the log; call only where log_on(). A line of the guest's doing should name its pc. */
void log_printf(const char *fmt, ...);

/* One message of our own: "tqemu: " + text + newline to stderr. Control characters, of which names
 * in it may have any, are shown as by escape_next(): it stays one line. */
void error_report(const char *fmt, ...);

#endif
