/* SPDX-License-Identifier: MIT */
/* The functions that a JavaScript host calls once main() has returned 0 (another status: it could
 * not start, and has said why on stderr). The Makefile exports them by name.
 *
 * There are six streams in each direction: way 0 is standard input and output, the console; way
 * 1 + N is the channel of serial port N, if the command line has -serial channel for it; way 5 is
 * gdb's, if it has -gdb channel. The host copies bytes into and out of the program's memory. Any
 * call may grow and so move that memory: keep no view of it across a call. */
#ifndef HOST_JS_H
#define HOST_JS_H

#include <stddef.h>
#include <stdint.h>

/* Runs the machine for about `ms` milliseconds, less if the guest becomes idle. Returns the number
 * of milliseconds until the next call (0: at once; infinity: when there is input), or -1: the run
 * has ended. */
double tqemu_slice(double ms);

/* The exit status of a run that has ended, else -1. */
int tqemu_status(void);

/* Makes room for n bytes of input, which the caller writes there before any other call. NULL: there
 * is no such way, or no memory. */
uint8_t *tqemu_input(unsigned way, size_t n);

/* What the guest has written in the last slice. */
const uint8_t *tqemu_output(unsigned way);
size_t tqemu_output_size(unsigned way);

/* Saves a snapshot to a file of the program's, for -incoming file:PATH. 0: it could not, and has
 * said why on stderr. */
int tqemu_save(const char *path);

/* Guest instructions executed since power-on; 0 after the end. */
double tqemu_instructions(void);

#endif
