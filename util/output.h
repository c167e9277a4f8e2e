/* SPDX-License-Identifier: MIT */
/* A file that is written to, with its buffer in the open: the main loop flushes it at each poll, so
 * that the file can be followed while the run goes on, and a host can write the rest from a signal
 * handler, where stdio must not be called. */
#ifndef UTIL_OUTPUT_H
#define UTIL_OUTPUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define OUTPUT_SIZE 4096u

/* bytes[done] to bytes[used - 1] wait to be written. */
typedef struct OutBuffer {
    volatile size_t done, used;
    uint8_t bytes[OUTPUT_SIZE];
} OutBuffer;

typedef struct Output {
    FILE *file;  /* NULL: not open, what is put is lost */
    bool failed; /* a write has failed; from then on what is put is lost */
    int error;   /* the first failure's errno, 0 if the host gave none */
    OutBuffer buffer;
} Output;

/* Makes the file anew; `mode` is fopen()'s. False (errno set) if it cannot be made. */
bool output_open(Output *o, const char *path, const char *mode);

/* Writes what waits. False if that failed, or an earlier write did. A signal that interrupts a
 * write is no failure: the program ends, and what the reader has not taken by then is lost. */
bool output_flush(Output *o);

/* Puts a byte, or what vprintf() would print, of which OUTPUT_SIZE - 1 bytes at most are kept. */
void output_put(Output *o, uint8_t byte);
void output_vprintf(Output *o, const char *fmt, va_list ap);

/* Flushes and closes; harmless if it is not open. False as for output_flush(). */
bool output_close(Output *o);

/* What Output.error means, for a message. */
const char *output_error(int error);

#endif
