/* SPDX-License-Identifier: MIT */
/* The console: standard input and output as the other end of one serial port.
 *
 * Input waits in a ring that grows up to a limit, at which reading from the host stops. Output is
 * buffered and written when the main loop polls or the buffer is full. On a raw terminal Ctrl-A is
 * an escape key. It is recognised when bytes arrive, not when the guest reads them, so that Ctrl-A
 * x works even if the guest never reads:
 *
 *   Ctrl-A x       end the run        Ctrl-A b       send a break
 *   Ctrl-A h, ?    list these keys    Ctrl-A Ctrl-A  send one Ctrl-A
 *   Ctrl-A c       switch between the serial port and the monitor
 *
 * Any other key after Ctrl-A does nothing. Without a terminal no byte is special, unless `keys` is
 * set. -echr chooses another key than Ctrl-A.
 *
 * The monitor has a character device of its own here: it shares the output, and gets the input
 * while it has the focus. */
#ifndef SERIAL_CONSOLE_H
#define SERIAL_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/chardev.h"
#include "util/output.h"

#define CONSOLE_RING_START 4096u
#define CONSOLE_RING_PIPE  (64u << 10) /* limits of the ring, in bytes */
#define CONSOLE_RING_TTY   (16u << 20)

/* Where the console's bytes come from and go to. */
typedef struct ConsoleEnds {
    int (*read)(void *opaque, uint8_t *bytes, size_t n); /* as host_read() */
    int (*write)(void *opaque, const uint8_t *bytes, size_t n, const char **why);
    void *opaque;
} ConsoleEnds;

typedef struct Console {
    Chardev chr;             /* hand this to the port */
    const ConsoleEnds *ends; /* NULL: standard input and output */
    Chardev monitor;         /* and this to the monitor */
    bool terminal;
    bool keys;         /* Ctrl-A is special also without a terminal */
    bool has_monitor;  /* Ctrl-A c switches to it */
    bool to_monitor;   /* it has the focus */
    uint8_t echr;      /* Ctrl-A, or another key in its place */
    bool bytewise;     /* reading waits for more than a message has: ask for single bytes */
    uint8_t typed[64]; /* for the monitor, from typed_first on */
    size_t typed_first, typed_count;
    bool eof;    /* standard input has ended; the guest runs on */
    bool quit;   /* Ctrl-A x */
    bool failed; /* standard output cannot be written; reported */
    bool escape; /* the last key was Ctrl-A */
    bool brk;    /* Ctrl-A b, not yet taken */
    uint8_t *ring;
    size_t ring_size, ring_limit; /* powers of two */
    size_t first, count;
    uint64_t sent; /* bytes that the guest has sent */
    OutBuffer out;
} Console;

/* Prepares a console with these ends, which accepts output from now on. False if there is no
 * memory. */
bool console_init(Console *c, const ConsoleEnds *ends);
/* After host_open(): lets the functions below be called. */
void console_start(Console *c);
void console_free(Console *c);

/* Whether reading waits until there is input, as host_read_waits(). */
bool console_read_waits(const Console *c);

/* Reads once, if input is wanted. Returns whether there may be more input. */
bool console_read(Console *c);

/* Reads all input that the host has and the ring can hold. */
void console_poll(Console *c);

/* Writes the buffered output. Waits while the host accepts none, and meanwhile reads keys, so that
 * Ctrl-A x works. If the output fails, reports that once and sets c->failed. */
void console_flush(Console *c);

/* Whether the run must end: Ctrl-A x, or the output has failed. */
static inline bool console_ended(const Console *c)
{
    return c->quit || c->failed;
}

/* Whether the guest may ever receive another byte. */
static inline bool console_more_input(const Console *c)
{
    return c->count != 0 || !c->eof;
}

/* Whether console_poll() would read: wait for input in host_wait(). */
bool console_wants_input(const Console *c);

#endif
