/* SPDX-License-Identifier: MIT */
/* The gdb server's session: packets in and out, who is there, and when the run stops. */
#include "debug/gdb.h"

#include <stdio.h>

#include "cpu/cpu.h"
#include "debug/gdb_private.h"

/* -- Out -- */

static void send_bytes(Gdb *g, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g->chr->put(g->chr->opaque, bytes[i]);
    }
}

void gdb_send(Gdb *g)
{
    gdb_reply_end(&g->out);
    send_bytes(g, g->out.bytes, g->out.used);
}

void gdb_send_text(Gdb *g, const char *text)
{
    gdb_reply_start(&g->out);
    gdb_reply_text(&g->out, text);
    gdb_send(g);
}

void gdb_flush_text(Gdb *g)
{
    if (g->text_used) {
        gdb_reply_start(&g->out);
        gdb_reply_text(&g->out, "O");
        gdb_reply_hex(&g->out, g->text, g->text_used);
        gdb_send(g);
    }
    g->text_used = 0;
}

static void put_text(void *opaque, uint8_t byte)
{
    Gdb *g = opaque;
    g->text[g->text_used++] = byte;
    if (g->text_used == GDB_TEXT) {
        gdb_flush_text(g);
    }
}

void gdb_print(Gdb *g, uint8_t byte)
{
    if (g->attached) {
        put_text(g, byte);
        if (byte == '\n') {
            gdb_flush_text(g);
        }
    }
}

void gdb_send_stop(Gdb *g, unsigned signal)
{
    static const char *const watches[] = {
        [ARM_WATCH_WRITE] = "watch", [ARM_WATCH_READ] = "rwatch", [ARM_WATCH_ACCESS] = "awatch"
    };
    uint32_t addr;
    ARMPointKind kind = arm_cpu_point(g->machine->cpu, &addr);
    char text[96];
    int used = snprintf(text, sizeof text, "T%02xthread:%s;", signal & 0xff,
                        g->multiprocess ? "p01.01" : "01");
    if (signal == GDB_SIGNAL_TRAP && kind >= ARM_WATCH_WRITE) {
        snprintf(text + used, sizeof text - (size_t)used, "%s:%08x;", watches[kind],
                 (unsigned)addr);
    } else if (g->log_end) {
        snprintf(text + used, sizeof text - (size_t)used, "replaylog:%s;", g->log_end);
    }
    g->log_end = NULL;
    gdb_send_text(g, text);
}

void gdb_stopped(Gdb *g, unsigned signal)
{
    if (g->attached && g->resumed) {
        gdb_flush_text(g);
        gdb_send_stop(g, signal);
    }
    g->resumed = false;
    g->log_end = NULL;
}

void gdb_ended(Gdb *g, int status)
{
    if (g->attached) {
        char text[8];
        gdb_flush_text(g);
        snprintf(text, sizeof text, "W%02x", (unsigned)status & 0xff);
        gdb_send_text(g, text);
    }
    g->attached = false;
}

/* -- Calls of the guest that gdb executes -- */

bool gdb_can_call(const Gdb *g)
{
    return g->attached && (g->resumed || g->calling);
}

void gdb_call(Gdb *g, const char *request, GdbReturned *returned, void *opaque)
{
    if (!g->calling) {
        gdb_flush_text(g);
        gdb_reply_start(&g->out);
        gdb_reply_text(&g->out, "F");
        gdb_reply_text(&g->out, request);
        gdb_send(g);
        g->calling = true;
        g->resumed = g->interrupted = false;
    }
    g->returned = returned;
    g->returned_opaque = opaque;
    g->run->stop(g->run->opaque);
}

/* -- Sessions -- */

void gdb_detach(Gdb *g)
{
    arm_cpu_remove_points(g->machine->cpu);
    g->attached = g->resumed = g->calling = false;
}

unsigned gdb_step_bits(const Gdb *g)
{
    return g->run->logged ? GDB_STEP_ENABLE : GDB_STEP_ENABLE | GDB_STEP_NO_IRQ | GDB_STEP_NO_TIMER;
}

/* A gdb has come: it finds the CPU stopped. */
static void attach(Gdb *g)
{
    g->attached = true;
    g->resumed = g->calling = g->no_ack = g->multiprocess = g->physical = false;
    g->step = gdb_step_bits(g);
    g->text_used = 0;
    g->run->stop(g->run->opaque);
}

static void ack(Gdb *g, uint8_t byte)
{
    if (!g->no_ack) {
        send_bytes(g, &byte, 1);
    }
}

static void handle(Gdb *g, GdbEvent event)
{
    if (event == GDB_NOTHING || event == GDB_ACK) {
        return;
    }
    if (event == GDB_NAK) {
        if (g->attached && !g->no_ack) {
            send_bytes(g, g->out.bytes, g->out.used); /* the last packet again */
        }
        return;
    }
    if (!g->attached) {
        attach(g);
    }
    g->run->stop(g->run->opaque); /* if it runs, gdb_stopped() answers */
    switch (event) {
    case GDB_PACKET:
        ack(g, '+');
        gdb_execute(g, g->in.data);
        break;
    case GDB_DAMAGED: ack(g, '-'); break;
    case GDB_TOO_LONG:
        ack(g, '+');
        gdb_send_text(g, GDB_INVALID);
        break;
    default: g->interrupted = g->calling; break;
    }
}

static bool no_input(void *opaque, uint8_t *byte)
{
    (void)opaque, (void)byte;
    return false;
}

void gdb_init(Gdb *g, Machine *machine, Chardev *chr, const MonitorRun *run)
{
    *g = (Gdb){ .machine = machine, .chr = chr, .run = run };
    g->capture = (Chardev){ .get = no_input, .put = put_text, .opaque = g };
    monitor_init(&g->monitor, machine, &g->capture, run);
}

void gdb_poll(Gdb *g)
{
    Chardev *chr = g->chr;
    uint8_t byte;
    if (chr->take_open && chr->take_open(chr->opaque)) {
        g->in.state = GDB_OUTSIDE;
        gdb_detach(g);
        attach(g);
    }
    while (chr->pending(chr->opaque) && chr->get(chr->opaque, &byte)) {
        handle(g, gdb_packet_take(&g->in, byte));
    }
    if (g->attached && chr->connected && !chr->connected(chr->opaque)) {
        bool calling = g->calling;
        gdb_detach(g);
        if (calling) {
            g->run->start(g->run->opaque);
        }
    }
    if (chr->flush) {
        chr->flush(chr->opaque);
    }
}
