/* SPDX-License-Identifier: MIT */
/* What a JavaScript host calls, after main() has returned 0 (anything else: it could not start, and
 * has said why on stderr). The Makefile's list of exports has the same names.
 *
 * There are five ways in and out: way 0 is standard input and output, the console; way 1 + N is the
 * channel of serial port N, if the command line has -serial channel for it. Bytes are copied in and
 * out of the program's memory, which may grow, and so move, in any call: keep no view of it across
 * one. */
#ifndef HOST_JS_H
#define HOST_JS_H

#include <stddef.h>
#include <stdint.h>

/* Runs the machine for about `ms` milliseconds, less if the guest becomes idle. Returns in how many
 * milliseconds to call again (0: at once, infinity: not before there is input), or -1: the run has
 * ended. */
double tqemu_slice(double ms);

/* The exit status of a run that has ended, else -1. */
int tqemu_status(void);

/* Takes n bytes of input for the guest: the caller writes them where this points to, before any
 * other call. NULL: there is no such way, or no memory for them; nothing was taken. */
uint8_t *tqemu_input(unsigned way, size_t n);

/* What the guest has written in the last slice. */
const uint8_t *tqemu_output(unsigned way);
size_t tqemu_output_size(unsigned way);

/* Guest instructions executed since power-on; 0 after the end. */
double tqemu_instructions(void);

#endif
