/* SPDX-License-Identifier: MIT */
/* Connects serial ports, the monitor and the gdb server with the character devices that the options
 * name. */
#ifndef CONNECT_H
#define CONNECT_H

#include <stdbool.h>
#include <stddef.h>

#include "input.h"
#include "options.h"
#include "outputs.h"

/* What is connected. */
typedef struct Connections {
    bool console;     /* standard input and output are used, */
    bool raw;         /* also by a serial port or the monitor: keys come one by one */
    bool any_input;   /* a port's input may come at any time: from a channel or socket */
    Chardev *monitor; /* the monitor's; NULL: there is none */
    bool monitor_on_console;
    bool monitor_asked; /* by an option: while it or gdb can give commands, the run goes on */
    Chardev *gdb;       /* the gdb server's; NULL: there is none */
    bool gdb_on_console;
} Connections;

/* Connects the ports: sets serial[i], which may point into *in and *out. Both are initialised
 * later. False after an error_report(). */
bool connect_chardevs(Connections *c, const Options *o, Input *in, Outputs *out, Chardev **serial);

/* Sets the console's keys, after input_init(). */
void connect_keys(const Connections *c, const Options *o, Console *console);

/* Whether the monitor's user or gdb can give another command. */
bool connect_has_user(const Connections *c, const Console *console);

/* Describes character device n, from 0, as "serial0: filename=stdio"; false: there is none. */
bool connect_describe(const Options *o, unsigned n, char *text, size_t size);

/* Describes drive n, from 0, in lines that begin with "sd0 (#block100): card.img (raw)"; false:
 * there is none. */
bool connect_describe_drive(const Options *o, unsigned n, char *text, size_t size);

#endif
