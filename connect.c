/* SPDX-License-Identifier: MIT */
/* Serial ports, the monitor, the gdb server, and their character devices. */
#include "connect.h"

#include <stdio.h>

#include "host/host.h"
#include "util/log.h"

/* `instead`: what works on a host without. */
static Chardev *open_socket(const HostSocket *s, const char *instead)
{
    Chardev *chr = host_socket(s);
    if (!chr) {
        error_report("%s: this host has no sockets: use %s", s->option, instead);
    }
    return chr;
}

static Chardev *open_channel(const char *option, unsigned port, const char *instead)
{
    Chardev *chr = host_channel(port);
    if (!chr) {
        error_report("%s: channel: needs a page or node as the host: use %s", option, instead);
    }
    return chr;
}

static bool connect_port(Connections *c, const SerialOption *s, unsigned port, Chardev *console,
                         Chardev *file, Chardev **chr)
{
    switch (s->kind) {
    case SERIAL_NONE: *chr = NULL; return true;
    case SERIAL_STDIO:
        c->console = true;
        *chr = console;
        return true;
    case SERIAL_CHANNEL:
        c->any_input = true;
        *chr = open_channel("-serial", port, "null or file:PATH");
        return *chr != NULL;
    case SERIAL_SOCKET:
        c->any_input = true;
        *chr = open_socket(&s->socket, "file:PATH or null");
        return *chr != NULL;
    default: *chr = file; return true; /* SERIAL_FILE, SERIAL_NULL */
    }
}

bool connect_chardevs(Connections *c, const Options *o, Input *in, Outputs *out, Chardev **serial)
{
    *c = (Connections){ .monitor_asked =
                            o->monitor.kind == SERIAL_STDIO || o->monitor.kind == SERIAL_SOCKET,
                        .gdb_on_console = o->gdb.kind == SERIAL_STDIO };
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        if (!connect_port(c, &o->serial[i], i, &in->console.chr, &out->serial[i].chr, &serial[i])) {
            return false;
        }
    }
    c->raw = c->console || c->gdb_on_console || o->monitor.kind == SERIAL_STDIO ||
             o->monitor.kind == SERIAL_VC;
    /* Semihosting uses the console whatever is attached to the serial ports. */
    c->console =
        c->console || o->cpu.semihosting || o->monitor.kind == SERIAL_STDIO || c->gdb_on_console;
    if (o->gdb.kind != SERIAL_NONE) {
        c->gdb = c->gdb_on_console               ? &in->console.chr
                 : o->gdb.kind == SERIAL_CHANNEL ? open_channel("-gdb", HOST_CHANNEL_GDB, "stdio")
                                                 : open_socket(&o->gdb.socket, "stdio");
        if (!c->gdb) {
            return false;
        }
    }
    if (o->monitor.kind == SERIAL_SOCKET) {
        c->monitor = open_socket(&o->monitor.socket, "stdio");
        return c->monitor != NULL;
    }
    c->monitor_on_console = c->console && !c->gdb_on_console && o->monitor.kind != SERIAL_NONE;
    c->monitor = c->monitor_on_console ? &in->console.monitor : NULL;
    return true;
}

void connect_keys(const Connections *c, const Options *o, Console *console)
{
    console->has_monitor = c->monitor_on_console;
    console->to_monitor = c->monitor_on_console && c->monitor_asked;
    console->keys = o->keys;
    console->echr = o->echr ? o->echr : console->echr;
    console->bytewise = c->gdb_on_console && console_read_waits(console);
}

bool connect_has_user(const Connections *c, const Console *console)
{
    if (c->gdb && !(c->gdb_on_console && console->eof)) {
        return true;
    }
    if (!c->monitor_on_console) {
        return c->monitor != NULL;
    }
    return !console->eof && (console->terminal || console->keys || console->to_monitor);
}

bool connect_describe(const Options *o, unsigned n, char *text, size_t size)
{
    static const char *const kinds[] = {
        [SERIAL_NONE] = "none", [SERIAL_NULL] = "null",       [SERIAL_STDIO] = "stdio",
        [SERIAL_FILE] = "file", [SERIAL_CHANNEL] = "channel", [SERIAL_VC] = "mux",
    };
    if (n > OPTIONS_SERIAL || (n > MACHINE_MAX_SERIAL && !o->serial[n - 1].id)) {
        return false;
    }
    const SerialOption *s = n == 0 ? &o->monitor : &o->serial[n - 1];
    char label[16];
    snprintf(label, sizeof label, n == 0 ? "compat_monitor0" : "serial%u", n - 1);
    const char *id = s->id ? s->id : label;
    const HostSocket *socket = &s->socket;
    if (s->kind != SERIAL_SOCKET) {
        snprintf(text, size, "%s: filename=%s%s%s", id, kinds[s->kind],
                 s->kind == SERIAL_FILE ? ":" : "", s->kind == SERIAL_FILE ? s->path : "");
    } else if (socket->pty || socket->path) {
        snprintf(text, size, "%s: filename=%s%s", id,
                 socket->pty ? "pty" : "unix:", socket->pty ? "" : socket->path);
    } else {
        snprintf(text, size, "%s: filename=%s:%s:%s", id, socket->telnet ? "telnet" : "tcp",
                 socket->host, socket->port);
    }
    return true;
}

bool connect_describe_drive(const Options *o, unsigned n, char *text, size_t size)
{
    if (n >= o->drive_count) {
        return false;
    }
    const DriveOption *d = &o->drives[n];
    const BlockConfig *image = &d->image;
    const char *removable = d->cdrom ? "\n    Removable device: not locked, tray closed" : "";
    if (!image->path) {
        snprintf(text, size, "%s: [not inserted]%s", drive_option_id(d), removable);
        return true;
    }
    snprintf(text, size, "%s (#block%u): %s (raw%s)%s\n    Cache mode:       %s%s",
             drive_option_id(d), 100 + n, image->path, image->read_only ? ", read-only" : "",
             removable, image->write_through ? "writethrough" : "writeback",
             image->no_flush ? ", ignore flushes" : "");
    return true;
}
