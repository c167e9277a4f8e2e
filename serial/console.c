/* SPDX-License-Identifier: MIT */
/* The console: ring, output buffer, Ctrl-A keys. */
#include "serial/console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"
#include "util/log.h"

#define CTRL_A 1

static bool ring_full(const Console *c)
{
    return c->count == c->ring_limit;
}

/* Makes room for one more byte. */
static bool ring_grow(Console *c)
{
    if (c->count < c->ring_size) {
        return true;
    }
    uint8_t *ring = malloc(c->ring_size * 2);
    if (!ring) {
        return false;
    }
    size_t tail = c->ring_size - c->first;
    memcpy(ring, c->ring + c->first, tail);
    memcpy(ring + tail, c->ring, c->first);
    free(c->ring);
    c->ring = ring;
    c->ring_size *= 2;
    c->first = 0;
    return true;
}

static void ring_put(Console *c, uint8_t byte)
{
    c->ring[(c->first + c->count) & (c->ring_size - 1)] = byte;
    c->count++;
}

static void print_keys(void)
{
    fputs("\n"
          "Ctrl-A x       end the run\n"
          "Ctrl-A b       send a break\n"
          "Ctrl-A h       this list\n"
          "Ctrl-A Ctrl-A  send one Ctrl-A\n",
          stderr);
}

/* Handles a byte from the host; the ring has room for it. */
static void key(Console *c, uint8_t byte)
{
    if (!c->terminal) {
        ring_put(c, byte);
        return;
    }
    if (!c->escape) {
        if (byte == CTRL_A) {
            c->escape = true;
        } else {
            ring_put(c, byte);
        }
        return;
    }
    c->escape = false;
    switch (byte) {
    case CTRL_A: ring_put(c, CTRL_A); break;
    case 'x': c->quit = true; break;
    case 'b': c->brk = true; break;
    case 'h':
    case '?': print_keys(); break;
    default: break;
    }
}

bool console_wants_input(const Console *c)
{
    return !c->eof && !ring_full(c) && !console_ended(c);
}

bool console_read(Console *c)
{
    if (!console_wants_input(c)) {
        return false;
    }
    /* A ring that has grown has room for at least one more byte: it doubles. */
    if (!ring_grow(c)) {
        c->ring_limit = c->ring_size;
        return false;
    }
    uint8_t bytes[CONSOLE_RING_START];
    size_t room = c->ring_size - c->count;
    size_t want = room < sizeof bytes ? room : sizeof bytes;
    int n = host_read(bytes, want);
    if (n == HOST_EOF) {
        c->eof = true;
        return false;
    }
    for (int i = 0; i < n; i++) {
        key(c, bytes[i]);
    }
    return (size_t)n == want;
}

void console_poll(Console *c)
{
    while (console_read(c)) {
    }
}

void console_flush(Console *c)
{
    OutBuffer *out = &c->out;
    while (out->done < out->used && !console_ended(c)) {
        const char *why;
        int n = host_write(out->bytes + out->done, out->used - out->done, &why);
        if (n == HOST_EOF) {
            c->failed = true;
            error_report("stdout: %s: the run ends here", why);
        } else if (n > 0) {
            out->done += (size_t)n;
        } else if (host_interrupted()) {
            break;
        } else if (!console_wants_input(c)) {
            host_wait(INT64_MAX, HOST_OUTPUT);
        } else {
            host_wait(INT64_MAX, HOST_OUTPUT | HOST_INPUT);
            console_poll(c);
        }
    }
    out->used = 0; /* first, as in output_flush() */
    out->done = 0;
}

static bool flush(void *opaque)
{
    Console *c = opaque;
    console_flush(c);
    return !c->failed;
}

static bool console_pending(void *opaque)
{
    const Console *c = opaque;
    return c->count != 0;
}

static bool console_get(void *opaque, uint8_t *byte)
{
    Console *c = opaque;
    if (c->count == 0) {
        return false;
    }
    *byte = c->ring[c->first];
    c->first = (c->first + 1) & (c->ring_size - 1);
    c->count--;
    return true;
}

static void console_put(void *opaque, uint8_t byte)
{
    Console *c = opaque;
    if (c->out.used == OUTPUT_SIZE) {
        console_flush(c);
    }
    c->out.bytes[c->out.used] = byte;
    c->out.used++;
    c->sent++;
}

static bool console_take_break(void *opaque)
{
    Console *c = opaque;
    bool brk = c->brk;
    c->brk = false;
    return brk;
}

bool console_init(Console *c)
{
    *c = (Console){
        .chr = { .get = console_get,
                 .pending = console_pending,
                 .put = console_put,
                 .take_break = console_take_break,
                 .flush = flush,
                 .opaque = c },
        .ring = malloc(CONSOLE_RING_START),
        .ring_size = CONSOLE_RING_START,
    };
    return c->ring != NULL;
}

void console_start(Console *c)
{
    c->terminal = host_is_terminal();
    c->ring_limit = c->terminal ? CONSOLE_RING_TTY : CONSOLE_RING_PIPE;
}

void console_free(Console *c)
{
    free(c->ring);
    c->ring = NULL;
}
