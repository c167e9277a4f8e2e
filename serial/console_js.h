/* SPDX-License-Identifier: MIT */
/* What a JavaScript host calls, after main() has returned 0 (anything else: it could not start, and
 * has said why on stderr). The Makefile's list of exports has the same names.
 *
 * There are two ways in and out: port 0 is standard input and output, the console; port 1 is the
 * channel of -serial channel. What goes through is copied in and out of our memory, which may grow,
 * and so move, in any call: take no view of it across one. */
#ifndef SERIAL_CONSOLE_JS_H
#define SERIAL_CONSOLE_JS_H

#include <stddef.h>
#include <stdint.h>

/* Runs the machine for about `ms` milliseconds, less if the guest becomes idle. Returns in how many
 * milliseconds to call again (0: at once, infinity: not before there is input), or -1: the run has
 * ended. */
double tqemu_slice(double ms);

/* The exit status of a run that has ended, else -1. */
int tqemu_status(void);

/* Takes n bytes of input for the guest at a port: the caller writes them where this points to,
 * before any other call. NULL: there is no memory for them, nothing was taken. */
uint8_t *tqemu_input(unsigned port, size_t n);

/* What the guest has written to a port in the last slice. */
const uint8_t *tqemu_output(unsigned port);
size_t tqemu_output_size(unsigned port);

/* Guest instructions executed since power-on; 0 after the end. */
double tqemu_instructions(void);

#endif
