/* SPDX-License-Identifier: MIT */
/* Character devices: -chardev, and what -serial names. */
#include <stdio.h>
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

/* The properties of all character devices; each takes some of them. */
typedef struct Values {
    const char *id, *host, *port, *path;
    bool server, no_wait, telnet, delay, mux, append;
} Values;

/* clang-format off */
static const OptProperty of_all[] = {
    { "id=ID", OPT_STRING, offsetof(Values, id), 0 },
    { "mux=on|off", OPT_BOOL, offsetof(Values, mux), 0 },
    { 0 },
};
static const OptProperty of_stdio[] = {
    { "signal=on|off", OPT_BOOL, OPT_NOWHERE, 0 }, /* as a terminal has it */
    { 0 },
};
static const OptProperty of_file[] = {
    { "path=FILE", OPT_STRING, offsetof(Values, path), 0 },
    { "append=on|off", OPT_BOOL, offsetof(Values, append), 0 },
    { 0 },
};
static const OptProperty of_vc[] = {
    { "width=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { "height=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { "cols=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { "rows=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { 0 },
};
static const OptProperty of_address[] = {
    { "host=HOST", OPT_STRING, offsetof(Values, host), 0 },
    { "port=PORT", OPT_STRING, offsetof(Values, port), 0 },
    { "path=PATH", OPT_STRING, offsetof(Values, path), 0 },
    { 0 },
};
static const OptProperty of_socket[] = {
    { "server=on|off", OPT_BOOL, offsetof(Values, server), 0 },
    { "wait=on|off", OPT_NOT, offsetof(Values, no_wait), 0 },
    { "nowait=on|off", OPT_BOOL, offsetof(Values, no_wait), 0 },
    { "telnet=on|off", OPT_BOOL, offsetof(Values, telnet), 0 },
    { "nodelay=on|off", OPT_NOT, offsetof(Values, delay), 0 },
    { "delay=on|off", OPT_BOOL, offsetof(Values, delay), 0 },
    { "ipv4=on|off", OPT_BOOL, OPT_NOWHERE, 0 }, /* addresses of IPv4 are tried first anyway */
    { "ipv6=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
    { 0 },
};
static const OptProperty of_none[] = { { 0 } };

/* The back ends of -chardev. */
static const struct {
    const char *name;
    SerialKind kind;
    const OptProperty *props, *more;
} backends[] = {
    { "null", SERIAL_NULL, of_none, of_none },
    { "stdio", SERIAL_STDIO, of_stdio, of_none },
    { "file", SERIAL_FILE, of_file, of_none },
    { "vc", SERIAL_VC, of_vc, of_none },
    { "pty", SERIAL_SOCKET, of_none, of_none },
    { "socket", SERIAL_SOCKET, of_address, of_socket },
    { NULL, SERIAL_NONE, NULL, NULL },
};
/* clang-format on */

/* Back ends that QEMU has and tqemu has not. */
static const char others[] = "udp|msmouse|ringbuf|memory|pipe|braille|serial|tty|parallel|parport|"
                             "spicevmc|spiceport|hub|wctablet|testdev|qemu-vdagent|dbus|con|COM";

#define KINDS "stdio, mon:stdio, null, none, file:PATH, tcp:HOST:PORT, unix:PATH or pty"

/* A character device that discards its output, by any of its names. */
static bool is_null_chardev(const char *arg)
{
    return strcmp(arg, "null") == 0 || strcmp(arg, "/dev/null") == 0;
}

bool parse_parallel(OptionsParser *p, char *arg)
{
    return is_null_chardev(arg) || strncmp(arg, "vc", 2) == 0 || option_only(p, arg, "none");
}

static void take_socket(SerialOption *s, const Values *v, const char *option)
{
    s->socket = (HostSocket){ .option = option,
                              .path = v->path,
                              .host = v->host ? v->host : "",
                              .port = v->port,
                              .server = v->server,
                              .wait = v->server && !v->no_wait,
                              .telnet = v->telnet,
                              .nodelay = !v->delay };
}

/* "tcp:HOST:PORT,server,nowait", after the protocol. */
static bool parse_address(OptionsParser *p, SerialOption *s, const char *protocol, char *arg)
{
    static const char form[] = "HOST:PORT[,server=on][,wait=off]";
    Values v = { .telnet = strcmp(protocol, "telnet") == 0 };
    char *value;
    char *address = optlist_next(&arg, &value);
    if (strcmp(protocol, "unix") == 0) {
        v.path = address;
        if (!*address || value) {
            error_report("%s: unix: invalid name of a socket: use unix:PATH[,server=on]", p->name);
            return false;
        }
    } else {
        char *colon = strrchr(address, ':');
        if (!colon || !colon[1] || value) {
            error_report("%s: %s: invalid address '%s': use %s:%s", p->name, protocol, address,
                         protocol, form);
            return false;
        }
        *colon = '\0';
        v.host = address;
        v.port = colon + 1;
        if (*address == '[' && colon[-1] == ']') { /* an address of IPv6 */
            colon[-1] = '\0';
            v.host++;
        }
    }
    const OptTable tables[] = { { of_socket, &v }, { 0 } };
    if (!optlist_parse_tables(p->name, tables, NULL, arg)) {
        return false;
    }
    s->kind = SERIAL_SOCKET;
    take_socket(s, &v, p->name);
    return true;
}

/* What follows "prefix:" in *arg, or NULL. */
static char *after(char *arg, const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(arg, prefix, length) == 0 && arg[length] == ':' ? arg + length + 1 : NULL;
}

static bool parse_protocol(OptionsParser *p, SerialOption *s, char *arg)
{
    static const char *const protocols[] = { "tcp", "telnet", "unix" };
    for (size_t i = 0; i < sizeof protocols / sizeof protocols[0]; i++) {
        char *address = after(arg, protocols[i]);
        if (address) {
            return parse_address(p, s, protocols[i], address);
        }
    }
    size_t length = strcspn(arg, ":,");
    char name[24];
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1),
             arg);
    error_report(option_is_one_of(others, name) || strncmp(arg, "/dev/", 5) == 0
                     ? "%s: tqemu does not have QEMU's '%s': use " KINDS
                     : "%s: unsupported value '%s': use " KINDS,
                 p->name, arg);
    return false;
}

bool options_parse_chardev(OptionsParser *p, char *arg, SerialOption *s)
{
    char *rest = after(arg, "mon");
    *s = (SerialOption){ .mux = rest != NULL };
    arg = rest ? rest : arg;
    if (strcmp(arg, "stdio") == 0) {
        s->kind = SERIAL_STDIO;
    } else if (strcmp(arg, "channel") == 0) {
        s->kind = SERIAL_CHANNEL;
    } else if (is_null_chardev(arg)) {
        s->kind = SERIAL_NULL;
    } else if (strcmp(arg, "none") == 0 && !rest) {
        s->kind = SERIAL_NONE;
    } else if (strcmp(arg, "vc") == 0 || after(arg, "vc")) {
        s->kind = SERIAL_VC;
    } else if (strcmp(arg, "pty") == 0) {
        s->kind = SERIAL_SOCKET;
        s->socket = (HostSocket){ .option = p->name, .pty = true };
    } else if ((rest = after(arg, "file")) && *rest) {
        s->kind = SERIAL_FILE;
        s->path = rest;
    } else if ((rest = after(arg, "chardev"))) {
        s->kind = SERIAL_CHARDEV;
        s->path = rest;
    } else {
        return parse_protocol(p, s, arg);
    }
    return true;
}

bool parse_serial(OptionsParser *p, char *arg)
{
    if (p->serial_count == MACHINE_MAX_SERIAL) {
        error_report("-serial: given more than %u times: no machine has more ports",
                     (unsigned)MACHINE_MAX_SERIAL);
        return false;
    }
    static const char *const labels[MACHINE_MAX_SERIAL] = { "serial0", "serial1", "serial2",
                                                            "serial3" };
    SerialOption *s = &p->o->serial[p->serial_count];
    if (!options_parse_chardev(p, arg, s)) {
        return false;
    }
    s->socket.label = labels[p->serial_count++];
    return true;
}

bool parse_monitor(OptionsParser *p, char *arg)
{
    if (!options_parse_chardev(p, arg, &p->o->monitor)) {
        return false;
    }
    p->o->monitor.socket.label = "compat_monitor0";
    return true;
}

static const char gdb_label[] = "gdb";

/* As in QEMU gdb connects to us, and the guest does not wait for it. */
bool parse_gdb(OptionsParser *p, char *arg)
{
    SerialOption *gdb = &p->o->gdb;
    if (!options_parse_chardev(p, arg, gdb)) {
        return false;
    }
    gdb->socket.label = gdb_label;
    gdb->socket.server = gdb->kind == SERIAL_SOCKET && !gdb->socket.pty;
    gdb->socket.wait = false;
    return true;
}

bool parse_gdb_port(OptionsParser *p, char *arg)
{
    (void)arg;
    p->o->gdb = (SerialOption){ .kind = SERIAL_SOCKET,
                                .socket = { .option = p->name,
                                            .label = gdb_label,
                                            .host = "",
                                            .port = "1234",
                                            .server = true,
                                            .nodelay = true } };
    return true;
}

/* -mon [chardev=]ID[,mode=readline] */
bool parse_mon(OptionsParser *p, char *arg)
{
    typedef struct Values {
        const char *id;
    } Values;
    static const OptProperty properties[] = {
        { "chardev=ID", OPT_STRING, offsetof(Values, id), 0 },
        { "mode=readline", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "pretty=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
        { 0 },
    };
    Values v = { 0 };
    if (!optlist_parse(p->name, properties, "chardev", arg, &v, NULL)) {
        return false;
    }
    if (!v.id) {
        error_report("-mon: no character device: give chardev=ID");
        return false;
    }
    p->o->monitor = (SerialOption){ .kind = SERIAL_CHARDEV, .path = v.id };
    return true;
}

/* -echr: the key's code. */
bool parse_echr(OptionsParser *p, char *arg)
{
    uint64_t code;
    if (!opt_number(arg, 0x7f, &code) || code == 0) {
        error_report("%s: invalid value '%s': use the key's code, 1 for Ctrl-A to 127", p->name,
                     arg);
        return false;
    }
    p->o->echr = (uint8_t)code;
    return true;
}

static const SerialOption *find_chardev(const OptionsParser *p, const char *id)
{
    for (unsigned i = 0; i < p->chardev_count; i++) {
        if (strcmp(p->chardevs[i].id, id) == 0) {
            return &p->chardevs[i].what;
        }
    }
    return NULL;
}

static bool check_chardev(const OptionsParser *p, const char *backend, SerialKind kind,
                          const Values *v)
{
    if (!v->id) {
        error_report("-chardev: %s: no id: give id=NAME", backend);
    } else if (find_chardev(p, v->id)) {
        error_report("-chardev: %s: the id '%s' is given twice: choose another", backend, v->id);
    } else if (kind == SERIAL_FILE && !v->path) {
        error_report("-chardev: file: no path: give path=FILE");
    } else if (strcmp(backend, "socket") == 0 && !v->path == !v->port) {
        error_report("-chardev: socket: no address: give host=HOST,port=PORT or path=PATH");
    } else if (p->chardev_count == OPTIONS_MAX_CHARDEVS) {
        error_report("-chardev: given more than %u times: leave out those that are not used",
                     (unsigned)OPTIONS_MAX_CHARDEVS);
    } else {
        return true;
    }
    return false;
}

bool parse_chardev(OptionsParser *p, char *arg)
{
    const char *name = option_first_item(&arg);
    size_t n = 0;
    if (option_asks_for_help(name)) {
        puts("Available chardev backend types:");
        for (; backends[n].name; n++) {
            printf("  %s\n", backends[n].name);
        }
        p->done = true;
        return true;
    }
    while (backends[n].name && strcmp(backends[n].name, name) != 0) {
        n++;
    }
    if (!backends[n].name) {
        error_report(option_is_one_of(others, name)
                         ? "-chardev: tqemu does not have QEMU's '%s': -chardev help lists its own"
                         : "-chardev: unknown kind '%s': -chardev help lists them",
                     name);
        return false;
    }
    Values v = { 0 };
    const OptTable tables[] = {
        { of_all, &v }, { backends[n].props, &v }, { backends[n].more, &v }, { 0 }
    };
    if (!optlist_parse_tables(p->name, tables, NULL, arg) ||
        !check_chardev(p, name, backends[n].kind, &v)) {
        return false;
    }
    SerialOption *s = &p->chardevs[p->chardev_count].what;
    *s = (SerialOption){ .kind = backends[n].kind, .mux = v.mux, .append = v.append };
    s->path = s->kind == SERIAL_FILE ? v.path : NULL;
    take_socket(s, &v, "-chardev");
    s->socket.pty = strcmp(name, "pty") == 0;
    s->socket.label = v.id;
    p->chardevs[p->chardev_count++].id = v.id;
    return true;
}

/* Puts the character device in the place of its name. */
static bool resolve(const OptionsParser *p, const char *option, SerialOption *s)
{
    const char *id = s->path;
    const SerialOption *found = find_chardev(p, id);
    if (!found) {
        error_report("%s: chardev:%s: there is none of that name: give -chardev ...,id=%s", option,
                     id, id);
        return false;
    }
    *s = *found;
    s->id = id;
    return true;
}

static const char *option_of(unsigned serial)
{
    return serial < MACHINE_MAX_SERIAL     ? "-serial"
           : serial == OPTIONS_SEMIHOSTING ? "-semihosting-config"
                                           : "-device";
}

/* Semihosting shares the character device of a port. */
static void find_semihosting(Options *o)
{
    SerialOption *own = &o->serial[OPTIONS_SEMIHOSTING];
    o->semihosting_serial = own->kind == SERIAL_NONE ? OPTIONS_SERIAL : OPTIONS_SEMIHOSTING;
    for (unsigned i = 0; own->id && i < OPTIONS_SEMIHOSTING; i++) {
        if (o->serial[i].id && strcmp(o->serial[i].id, own->id) == 0) {
            o->semihosting_serial = i;
            *own = (SerialOption){ .kind = SERIAL_NONE };
        }
    }
}

/* A console in a window is standard input and output, there being no windows: for one port. */
static void place_vc(Options *o)
{
    bool stdio = o->gdb.kind == SERIAL_STDIO;
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        stdio = stdio || o->serial[i].kind == SERIAL_STDIO;
    }
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        if (o->serial[i].kind == SERIAL_VC) {
            o->serial[i].kind = stdio ? SERIAL_NULL : SERIAL_STDIO;
            stdio = true;
        }
    }
}

static bool check_ports(const SerialOption *serial)
{
    for (unsigned i = 0; i < OPTIONS_SEMIHOSTING; i++) {
        for (unsigned k = 0; k < i; k++) {
            if (serial[i].kind == SERIAL_STDIO && serial[k].kind == SERIAL_STDIO) {
                error_report("-serial: two ports on stdio: give the second null or file:PATH");
                return false;
            }
            if (serial[i].id && serial[k].id && strcmp(serial[i].id, serial[k].id) == 0) {
                error_report("-serial: two ports on chardev '%s': give the second one its own",
                             serial[i].id);
                return false;
            }
        }
    }
    return true;
}

/* The monitor shares the console with a serial port, and nothing else. */
static bool check_monitor(Options *o)
{
    SerialOption *monitor = &o->monitor;
    switch (monitor->kind) {
    case SERIAL_NULL: monitor->kind = SERIAL_NONE; return true;
    case SERIAL_FILE:
    case SERIAL_CHANNEL:
        error_report("-monitor: it needs input: use stdio, tcp:HOST:PORT, unix:PATH, pty or none");
        return false;
    default: break;
    }
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        const SerialOption *s = &o->serial[i];
        o->keys = o->keys || (s->kind == SERIAL_STDIO && s->mux);
        if (s->kind == SERIAL_SOCKET &&
            (s->mux || (s->id && monitor->id && strcmp(s->id, monitor->id) == 0))) {
            error_report("-serial: a monitor shares stdio alone: give it a socket by -monitor");
            return false;
        }
    }
    return true;
}

/* gdb shares its device with nobody. */
static bool check_gdb(Options *o)
{
    SerialOption *gdb = &o->gdb;
    switch (gdb->kind) {
    case SERIAL_NULL: gdb->kind = SERIAL_NONE; return true;
    case SERIAL_NONE: return true;
    case SERIAL_STDIO:
    case SERIAL_CHANNEL:
    case SERIAL_SOCKET: break;
    default:
        error_report("-gdb: it needs input: use tcp::1234, unix:PATH, pty, stdio or none");
        return false;
    }
    for (unsigned i = 0; i <= OPTIONS_SERIAL; i++) {
        const SerialOption *s = i < OPTIONS_SERIAL ? &o->serial[i] : &o->monitor;
        const char *option = i < OPTIONS_SERIAL ? "-serial" : "-monitor";
        if (s->kind == SERIAL_STDIO && gdb->kind == SERIAL_STDIO) {
            error_report("%s: stdio is gdb's (-gdb stdio): give it tcp:HOST:PORT, unix:PATH or "
                         "file:PATH, or use -gdb tcp::1234",
                         option);
            return false;
        }
        if (s->id && gdb->id && strcmp(s->id, gdb->id) == 0) {
            error_report("%s: chardev '%s' is gdb's: give it another", option, s->id);
            return false;
        }
    }
    return true;
}

bool options_finish_chardevs(OptionsParser *p)
{
    Options *o = p->o;
    for (unsigned i = 0; i < OPTIONS_SERIAL; i++) {
        if (o->serial[i].kind == SERIAL_CHARDEV && !resolve(p, option_of(i), &o->serial[i])) {
            return false;
        }
    }
    if (o->monitor.kind == SERIAL_CHARDEV && !resolve(p, "-monitor", &o->monitor)) {
        return false;
    }
    if (o->gdb.kind == SERIAL_CHARDEV && !resolve(p, "-gdb", &o->gdb)) {
        return false;
    }
    find_semihosting(o);
    place_vc(o);
    return check_ports(o->serial) && check_monitor(o) && check_gdb(o);
}
