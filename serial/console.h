/* SPDX-License-Identifier: MIT */
/* The console: standard input and output as the outside of one serial port.
 *
 * Input waits in a ring that grows as needed up to a limit, where reading from the host stops.
 * Output is collected and written when the main loop turns or the buffer is full. On a raw terminal
 * Ctrl-A is an escape, recognised as bytes arrive and not when the guest takes them, so that
 * Ctrl-A x works on a guest that never reads:
 *
 *   Ctrl-A x       end the run        Ctrl-A b       send a break
 *   Ctrl-A h, ?    list these keys    Ctrl-A Ctrl-A  send one Ctrl-A
 *
 * Any other key after Ctrl-A does nothing. Without a terminal bytes pass untouched. */
#ifndef SERIAL_CONSOLE_H
#define SERIAL_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/chardev.h"
#include "util/output.h"

#define CONSOLE_RING_START 4096u
#define CONSOLE_RING_PIPE  (64u << 10) /* the limits of the ring, in bytes */
#define CONSOLE_RING_TTY   (16u << 20)

typedef struct Console {
    Chardev chr; /* hand this to the port */
    bool terminal;
    bool eof;    /* standard input has ended; the guest goes on */
    bool quit;   /* Ctrl-A x */
    bool failed; /* standard output is gone; reported */
    bool escape; /* the last key was Ctrl-A */
    bool brk;    /* Ctrl-A b, not yet taken */
    uint8_t *ring;
    size_t ring_size, ring_limit; /* powers of two */
    size_t first, count;
    uint64_t sent; /* by the guest: bytes so far */
    OutBuffer out;
} Console;

/* Prepares a console; it takes output from now on. False if there is no memory. */
bool console_init(Console *c);
/* The host is open (host_open(true)): the rest below may be called. */
void console_start(Console *c);
void console_free(Console *c);

/* One host_read(), if input is wanted. Returns whether more may be there. */
bool console_read(Console *c);

/* Reads what the host has and the ring can hold. */
void console_poll(Console *c);

/* Writes what the guest has sent. While the host takes nothing it waits, and still reads keys, so
 * that Ctrl-A x ends this, too. If the output is gone it says so once and sets c->failed. */
void console_flush(Console *c);

/* The run cannot go on: Ctrl-A x or no more output. */
static inline bool console_ended(const Console *c)
{
    return c->quit || c->failed;
}

/* A byte may still come to the guest one day. */
static inline bool console_more_input(const Console *c)
{
    return c->count != 0 || !c->eof;
}

/* console_poll() would have a use for input: what to wait for in host_wait(). */
bool console_wants_input(const Console *c);

#endif
