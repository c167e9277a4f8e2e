/* SPDX-License-Identifier: MIT */
/* An output file whose buffer is accessible. The main loop flushes it at each poll, so that the
 * file can be followed during the run; a signal handler, which must not call stdio, can write the
 * rest. */
#ifndef UTIL_OUTPUT_H
#define UTIL_OUTPUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define OUTPUT_SIZE 4096u

/* bytes[done] to bytes[used - 1] are waiting to be written. */
typedef struct OutBuffer {
    volatile size_t done, used;
    uint8_t bytes[OUTPUT_SIZE];
} OutBuffer;

typedef struct Output {
    FILE *file;  /* NULL: not open; output is lost */
    bool failed; /* a write has failed; further output is lost */
    int error;   /* errno of the first failure; may be 0 */
    OutBuffer buffer;
} Output;

/* Creates or empties the file; `mode` is fopen()'s. False (errno set) if that fails. */
bool output_open(Output *o, const char *path, const char *mode);

/* Writes the buffer. False if this write or an earlier one failed. A write interrupted by a signal
 * is not a failure: the program is ending, and the rest is lost. */
bool output_flush(Output *o);

/* Appends a byte, n <= OUTPUT_SIZE bytes, or the output of vprintf(), cut off at OUTPUT_SIZE - 1
 * bytes. */
void output_put(Output *o, uint8_t byte);
void output_write(Output *o, const void *bytes, size_t n);
void output_vprintf(Output *o, const char *fmt, va_list ap);

/* Flushes and closes the file, if it is open. False as for output_flush(). */
bool output_close(Output *o);

/* Describes Output.error, for a message. */
const char *output_error(int error);

#endif
