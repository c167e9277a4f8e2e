/* SPDX-License-Identifier: MIT */
/* Messages: errors for the user on stderr, and the log of `-d`, which costs nothing while it is
 * off. */
#ifndef UTIL_LOG_H
#define UTIL_LOG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "util/output.h"

/* The items of `-d`: constant, QEMU's name, what is logged. */
/* clang-format off */
#define LOG_ITEMS(ITEM) \
    ITEM(LOG_IN_ASM, "in_asm", "guest code of each block as it is translated") \
    ITEM(LOG_OP, "op", "TCG ops of each block as the translator made them") \
    ITEM(LOG_OP_OPT, "op_opt", "TCG ops after optimisation") \
    ITEM(LOG_OUT_ASM, "out_asm", "the slots made from them") \
    ITEM(LOG_EXEC, "exec", "each block as it is executed (slow: blocks are not chained)") \
    ITEM(LOG_CPU, "cpu", "CPU state before each block (slow: blocks are not chained)") \
    ITEM(LOG_INT, "int", "exceptions and interrupts taken") \
    ITEM(LOG_MMU, "mmu", "TLB fills and MMU faults") \
    ITEM(LOG_GUEST_ERRORS, "guest_errors", "the guest does what a manual forbids") \
    ITEM(LOG_UNIMP, "unimp", "the guest uses what is not modelled") \
    ITEM(LOG_NOCHAIN, "nochain", "nothing: blocks are not chained, as under exec") \
    ITEM(LOG_STATS, "stats", "counters of the engine, printed when the run ends")
/* clang-format on */

#define LOG_NUMBER(item, name, what) item##_NUMBER,
#define LOG_BIT(item, name, what)    item = 1u << item##_NUMBER,
enum { LOG_ITEMS(LOG_NUMBER) };
enum { LOG_ITEMS(LOG_BIT) };

extern uint32_t log_mask; /* the items that are on */

static inline bool log_on(uint32_t items)
{
    return (log_mask & items) != 0;
}

/* -dfilter: code at [first, last] is logged by the items that are about blocks, and only code in
 * one of the ranges given. first > last: all code again. False: there are LOG_RANGES already. */
#define LOG_RANGES 16u
bool log_filter(uint64_t first, uint64_t last);

/* Whether one of these items is on for code at `addr`. */
bool log_on_at(uint32_t items, uint32_t addr);

/* Turns on the items of a comma-separated list. Returns NULL, or the start of an unknown item in
 * `list`. The caller handles "help". */
const char *log_set_items(const char *list);

/* Prints the items with their descriptions, one per line. */
void log_print_items(FILE *out);

/* The name and the description of item n, from 0; NULL: there is none. */
const char *log_item(unsigned n, const char **what);

/* Sends the log to a file instead of stderr; `path` must outlive log_close(). False (errno set) if
 * the file cannot be opened. */
bool log_open(const char *path);

/* That file, for host_rescue(). */
Output *log_output(void);

/* Writes the buffered log to the file; log_close() also closes it. False, after one error_report(),
 * if some of the log could not be written (a full disk). */
bool log_flush(void);
bool log_close(void);

/* printf() to the log, after a test with log_on(). */
void log_printf(const char *fmt, ...);

/* From now on the first message goes to text[], without "tqemu: " and the newline, and no other is
 * printed. NULL: they are printed again. */
void error_divert(char *text, size_t size);

/* Prints one message: "tqemu: ", the text and a newline, to stderr. Control characters, which names
 * may contain, are shown as by escape_next(), so that it stays one line. */
void error_report(const char *fmt, ...);

#endif
