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

static void print_keys(const Console *c)
{
    char name[16];
    snprintf(name, sizeof name, c->echr < ' ' ? "Ctrl-%c" : "%c",
             c->echr < ' ' ? c->echr + '@' : c->echr);
    fprintf(stderr,
            "\n"
            "%s x       end the run\n"
            "%s b       send a break\n"
            "%s",
            name, name, c->has_monitor ? name : "");
    fprintf(stderr,
            "%s"
            "%s h       this list\n"
            "%s %s  send one %s\n",
            c->has_monitor ? " c       switch between console and monitor\n" : "", name, name, name,
            name);
}

static bool typed_full(const Console *c)
{
    return c->typed_count == sizeof c->typed;
}

/* Gives a byte to whoever has the focus and has room for it. */
static void deliver(Console *c, uint8_t byte)
{
    if (!c->to_monitor) {
        ring_put(c, byte);
    } else if (!typed_full(c)) {
        c->typed[(c->typed_first + c->typed_count++) % sizeof c->typed] = byte;
    }
}

/* Handles a byte from the host, for which there is room. */
static void key(Console *c, uint8_t byte)
{
    if (!c->terminal && !c->keys) {
        deliver(c, byte);
        return;
    }
    if (!c->escape) {
        if (byte == c->echr) {
            c->escape = true;
        } else {
            deliver(c, byte);
        }
        return;
    }
    c->escape = false;
    if (byte == c->echr) {
        deliver(c, byte);
        return;
    }
    switch (byte) {
    case 'c': c->to_monitor = c->to_monitor != c->has_monitor; break;
    case 'x': c->quit = true; break;
    case 'b': c->brk = true; break;
    case 'h':
    case '?': print_keys(c); break;
    default: break;
    }
}

bool console_wants_input(const Console *c)
{
    return !c->eof && !(c->to_monitor ? typed_full(c) : ring_full(c)) && !console_ended(c);
}

bool console_read(Console *c)
{
    if (!console_wants_input(c)) {
        return false;
    }
    /* A ring that has grown has room for at least one more byte: it doubles. */
    if (!c->to_monitor && !ring_grow(c)) {
        c->ring_limit = c->ring_size;
        return false;
    }
    uint8_t bytes[CONSOLE_RING_START];
    size_t room = c->ring_size - c->count;
    size_t want = c->bytewise ? 1 : room < sizeof bytes ? room : sizeof bytes;
    if (c->has_monitor && (c->terminal || c->keys)) {
        /* The focus may change in between: so many bytes that either has room for all. */
        size_t typed = sizeof c->typed - c->typed_count;
        size_t other = c->to_monitor ? want : typed;
        want = c->to_monitor ? typed : want;
        want = want < other ? want : other ? other : 1;
    } else if (c->to_monitor) {
        want = sizeof c->typed - c->typed_count;
    }
    int n = c->ends ? c->ends->read(c->ends->opaque, bytes, want) : host_read(bytes, want);
    if (n == HOST_EOF) {
        c->eof = true;
        return false;
    }
    for (int i = 0; i < n; i++) {
        key(c, bytes[i]);
    }
    return (size_t)n == want;
}

bool console_read_waits(const Console *c)
{
    return !c->ends && host_read_waits();
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
        const uint8_t *bytes = out->bytes + out->done;
        size_t left = out->used - out->done;
        int n = c->ends ? c->ends->write(c->ends->opaque, bytes, left, &why)
                        : host_write(bytes, left, &why);
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

static bool typed_pending(void *opaque)
{
    const Console *c = opaque;
    return c->typed_count != 0;
}

static bool typed_get(void *opaque, uint8_t *byte)
{
    Console *c = opaque;
    if (c->typed_count == 0) {
        return false;
    }
    *byte = c->typed[c->typed_first];
    c->typed_first = (c->typed_first + 1) % sizeof c->typed;
    c->typed_count--;
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

/* The monitor's output is not the guest's. */
static void monitor_put(void *opaque, uint8_t byte)
{
    Console *c = opaque;
    console_put(c, byte);
    c->sent--;
}

static bool console_take_break(void *opaque)
{
    Console *c = opaque;
    bool brk = c->brk;
    c->brk = false;
    return brk;
}

bool console_init(Console *c, const ConsoleEnds *ends)
{
    *c = (Console){
        .chr = { .get = console_get,
                 .pending = console_pending,
                 .put = console_put,
                 .take_break = console_take_break,
                 .flush = flush,
                 .opaque = c },
        .monitor = { .get = typed_get,
                     .pending = typed_pending,
                     .put = monitor_put,
                     .flush = flush,
                     .opaque = c },
        .ends = ends,
        .echr = CTRL_A,
        .ring = malloc(CONSOLE_RING_START),
        .ring_size = CONSOLE_RING_START,
    };
    return c->ring != NULL;
}

void console_start(Console *c)
{
    c->terminal = !c->ends && host_is_terminal();
    c->ring_limit = c->terminal ? CONSOLE_RING_TTY : CONSOLE_RING_PIPE;
}

void console_free(Console *c)
{
    free(c->ring);
    c->ring = NULL;
}
