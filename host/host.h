/* SPDX-License-Identifier: MIT */
/* The host, as far as tqemu knows it: standard input and output, a terminal, a clock, and waiting.
 *
 * Three files implement this, one of them is linked: host/posix.c (raw terminal, signals,
 * sleeping), host/iso.c (nothing but the ISO C library), host/js.c (a browser). Only these
 * know the host. */
#ifndef HOST_HOST_H
#define HOST_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "bus/chardev.h"
#include "util/output.h"

/* First thing in main(): notes whether standard input and output are there, and keeps their places
 * taken so that no file opened later lands on them. */
void host_init(void);

/* Whether standard input and output are there to become the guest's; false after an
 * error_report(). A host that cannot tell says true. */
bool host_check_streams(void);

/* Whether both names are known to be of one file, so that writing one of them would spoil the
 * other; the second is a name, or one of stdin and stdout. False for devices, pipes and the like,
 * which have no contents to be spoilt. A host that knows names alone compares those. */
bool host_same_file(const char *path, const char *other);
bool host_same_stream(const char *path, FILE *stream);

/* From now on what waits in *b is written to `file` when a signal ends the program on the spot.
 * Both must outlive the run. A host that cannot do it does nothing. */
void host_rescue(FILE *file, const OutBuffer *b);

/* Gets ready to run. With `console`, standard input and output become the guest's: a terminal is
 * put into raw mode. Returns false after an error_report(). */
bool host_open(bool console);

/* Puts the terminal back; harmless at any time, and done at exit() in any case. */
void host_close(void);

/* Standard input is a terminal in raw mode: its keys come one by one, and Ctrl-A is ours. */
bool host_is_terminal(void);

/* host_read() cannot know whether there is input and waits for it: call it only when the guest has
 * nothing else to do. */
bool host_read_waits(void);

enum { HOST_EOF = -1 };

/* Reads up to n bytes of standard input. Returns their number, 0 if there are none now, or HOST_EOF
 * when there will never be more. */
int host_read(uint8_t *bytes, size_t n);

/* Writes up to n bytes to standard output; returns how many it took, 0 if it takes none now. When
 * it will never take any more (a closed pipe, a full disk) it returns HOST_EOF, with *why saying
 * what happened. */
int host_write(const uint8_t *bytes, size_t n, const char **why);

/* The other end of serial port `port`, 0..3, where the command line has -serial channel for it: a
 * way in and out of its own. NULL: this host has none. */
Chardev *host_channel(unsigned port);

enum { HOST_INPUT = 1, HOST_OUTPUT = 2 };

/* Waits until `ns` have passed (INT64_MAX: for ever), or host_read() has something (if `what` has
 * HOST_INPUT), or host_write() takes something (HOST_OUTPUT), or host_interrupted(). May return
 * early; where host_yield() is true afterwards it has not waited at all: the host waits once it has
 * control again. */
void host_wait(int64_t ns, unsigned what);

/* Nanoseconds on a clock that never goes back; its zero is arbitrary. */
int64_t host_clock(void);

/* The time of day: milliseconds since 1970-01-01 00:00 UTC. It jumps when somebody sets the host's
 * clock, and goes on while the program is stopped or the host sleeps. */
int64_t host_wall_clock(void);

/* Fills in n bytes of the kind that nobody can guess. False: this host has none to give. */
bool host_random(uint8_t *bytes, size_t n);

/* The host asks the program to end (a signal, a closed page). Stays true. */
bool host_interrupted(void);

/* The host has an event loop of its own that is to go on now. */
bool host_yield(void);

/* The program, to the host. */
typedef struct HostProgram {
    bool (*run)(void *opaque);       /* runs until host_yield(), or returns true: it has ended */
    int (*finish)(void *opaque);     /* after that: gives everything back, returns the status */
    uint64_t (*insns)(void *opaque); /* guest instructions executed so far */
    void *opaque;
} HostProgram;

/* The rest of main(): runs the program and finishes it; returns the status. On a host whose own
 * event loop calls us it returns 0 at once, and the program, of which *p is copied, runs from
 * there. */
int host_run(const HostProgram *p);

/* The end of the program: closes, and returns the status to return; if a signal ended the run,
 * the program ends by that signal instead, so that the shell above sees it. */
int host_finish(int status);

#endif
