/* SPDX-License-Identifier: MIT */
/* The monitor's line of input and its table of commands. */
#include "debug/monitor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "debug/monitor_private.h"
#include "util/log.h"
#include "util/optlist.h"
#include "util/version.h"

#define ESC       0x1b
#define BACKSPACE 0x08
#define DELETE    0x7f
#define CTRL_C    0x03
#define CTRL_U    0x15

typedef struct Command {
    const char *name; /* with its other name: "quit|q" */
    const char *args; /* for help; "": none are allowed */
    const char *help;
    /* False: the arguments are wrong, which was reported. */
    bool (*execute)(Monitor *m, const char *args);
} Command;

static const Command *command_table(void);

void monitor_print(Monitor *m, const char *fmt, ...)
{
    char text[1024];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    for (const char *p = text; *p; p++) {
        if (*p == '\n') {
            m->chr->put(m->chr->opaque, '\r');
        }
        m->chr->put(m->chr->opaque, (uint8_t)*p);
    }
}

static const Command *find_command(const char *word, size_t length)
{
    for (const Command *c = command_table(); c->name; c++) {
        if (opt_word(c->name, word, length) >= 0) {
            return c;
        }
    }
    return NULL;
}

static void print_help(Monitor *m, const Command *c)
{
    monitor_print(m, "%s %s -- %s\n", c->name, c->args, c->help);
}

static bool do_help(Monitor *m, const char *args)
{
    const Command *wanted = *args ? find_command(args, strlen(args)) : NULL;
    if (*args && !wanted) {
        monitor_print(m, "unknown command: '%s'\n", args);
    } else if (wanted && strcmp(wanted->name, "info") == 0) {
        monitor_help_info(m);
    } else if (wanted) {
        print_help(m, wanted);
    } else {
        for (const Command *c = command_table(); c->name; c++) {
            print_help(m, c);
        }
    }
    return true;
}

static bool do_info(Monitor *m, const char *args)
{
    monitor_info(m, args);
    return true;
}

static bool do_cont(Monitor *m, const char *args)
{
    (void)args;
    m->run->start(m->run->opaque);
    return true;
}

static bool do_stop(Monitor *m, const char *args)
{
    (void)args;
    m->run->stop(m->run->opaque);
    return true;
}

static bool do_quit(Monitor *m, const char *args)
{
    (void)args;
    m->quit = true;
    m->run->quit(m->run->opaque);
    return true;
}

static bool do_reset(Monitor *m, const char *args)
{
    (void)args;
    m->run->reset(m->run->opaque);
    return true;
}

/* The board has nothing that could tell the guest, as in QEMU. */
static bool do_powerdown(Monitor *m, const char *args)
{
    (void)m, (void)args;
    return true;
}

static bool do_examine(Monitor *m, const char *args)
{
    return monitor_examine(m, args, false);
}

static bool do_examine_physical(Monitor *m, const char *args)
{
    return monitor_examine(m, args, true);
}

static bool do_print(Monitor *m, const char *args)
{
    return monitor_evaluate(m, args);
}

static void print_log_items(Monitor *m)
{
    monitor_print(m, "Log items (comma separated):\n%-15s %s\n", "none", "remove all logs");
    const char *name, *what;
    for (unsigned n = 0; (name = log_item(n, &what)) != NULL; n++) {
        monitor_print(m, "%-15s %s\n", name, what);
    }
}

static bool do_log(Monitor *m, const char *args)
{
    uint32_t before = log_mask;
    log_mask = 0;
    if (strcmp(args, "none") != 0 && (!*args || log_set_items(args))) {
        log_mask = before;
        print_log_items(m);
    }
    return true;
}

static bool do_sendkey(Monitor *m, const char *args)
{
    (void)args;
    monitor_print(m, "sendkey: there is no keyboard\n");
    return true;
}

static const Command commands[] = {
    { "cont|c", "", "resume emulation", do_cont },
    { "delvm", "tag", "delete a VM snapshot from its tag", monitor_delvm },
    { "help|?", "[cmd]", "show the help", do_help },
    { "info", "[subcommand]", "show various information about the system state", do_info },
    { "loadvm", "tag", "restore a VM snapshot from its tag", monitor_loadvm },
    { "log", "item1[,...]", "activate logging of the specified items", do_log },
    { "migrate", "file:path", "stop the VM and save its state to a file, for -incoming",
      monitor_migrate },
    { "print|p", "/fmt expr", "print expression value (use $reg for CPU register access)",
      do_print },
    { "quit|q", "", "quit the emulator", do_quit },
    { "replay_break", "icount", "set breakpoint at the specified instruction count",
      monitor_replay_break },
    { "replay_delete_break", "", "remove replay breakpoint", monitor_replay_delete_break },
    { "replay_seek", "icount", "replay execution to the specified instruction count",
      monitor_replay_seek },
    { "savevm", "[tag]", "save a VM snapshot", monitor_savevm },
    { "sendkey", "keys", "refused: there is no keyboard", do_sendkey },
    { "stop|s", "", "stop emulation", do_stop },
    { "system_powerdown", "", "send system power down event, which this board does not have",
      do_powerdown },
    { "system_reset", "", "reset the system", do_reset },
    { "x", "/fmt addr", "virtual memory dump starting at 'addr'", do_examine },
    { "xp", "/fmt addr", "physical memory dump starting at 'addr'", do_examine_physical },
    { NULL, NULL, NULL, NULL },
};

static const Command *command_table(void)
{
    return commands;
}

void monitor_execute(Monitor *m, char *line)
{
    line += strspn(line, " \t");
    /* As in QEMU a format may follow the name at once: "x/4xw 0". */
    size_t length = strcspn(line, " \t/");
    const char *args = line + length + strspn(line + length, " \t");
    if (!*line) {
        return;
    }
    for (char *end = line + strlen(line); end > line && (end[-1] == ' ' || end[-1] == '\t');) {
        *--end = '\0';
    }
    const Command *c = find_command(line, length);
    if (!c) {
        monitor_print(m, "unknown command: '%.*s'\n", (int)length, line);
        return;
    }
    bool ok = true;
    if (!*c->args && *args) {
        monitor_print(m, "%s: extraneous characters at the end of line\n", c->name);
        ok = false;
    }
    if (!ok || !c->execute(m, args)) {
        monitor_print(m, "Try \"help %.*s\" for more information\n", (int)length, line);
    }
}

static void prompt(Monitor *m)
{
    m->used = 0;
    monitor_print(m, "(qemu) ");
}

static void rub_out(Monitor *m)
{
    if (m->used) {
        m->used--;
        monitor_print(m, "\b \b");
    }
}

static void rub_out_line(Monitor *m)
{
    while (m->used) {
        rub_out(m);
    }
}

/* Remembers the line for the arrow keys, unless it is the last one again. */
static void remember(Monitor *m)
{
    const char *last = m->history[(m->said + MONITOR_HISTORY - 1) % MONITOR_HISTORY];
    if (m->used && (m->said == 0 || strcmp(last, m->line) != 0)) {
        strcpy(m->history[m->said++ % MONITOR_HISTORY], m->line);
    }
    m->back = 0;
}

/* Shows the command that was given `back` ago; 0: an empty line. */
static void recall(Monitor *m, unsigned back)
{
    if (back > m->said || back > MONITOR_HISTORY) {
        return;
    }
    m->back = back;
    rub_out_line(m);
    if (back) {
        strcpy(m->line, m->history[(m->said - back) % MONITOR_HISTORY]);
        m->used = strlen(m->line);
        monitor_print(m, "%s", m->line);
    }
}

/* The keyboard's escape sequences: of them the arrows up and down mean something. */
static bool in_escape(Monitor *m, uint8_t byte)
{
    if (byte == ESC) {
        m->escape = 1;
    } else if (m->escape == 1) {
        m->escape = byte == '[' || byte == 'O' ? 2 : 0;
    } else if (m->escape) {
        m->escape = byte >= '@' && byte <= '~' ? 0 : 2;
        if (byte == 'A') {
            recall(m, m->back + 1);
        } else if (byte == 'B' && m->back) {
            recall(m, m->back - 1);
        }
    } else {
        return false;
    }
    return true;
}

static void take(Monitor *m, uint8_t byte)
{
    bool after_cr = m->after_cr;
    m->after_cr = byte == '\r';
    if (in_escape(m, byte) || (byte == '\n' && after_cr)) {
        return;
    }
    switch (byte) {
    case '\r':
    case '\n':
        m->line[m->used] = '\0';
        remember(m);
        monitor_print(m, "\n");
        monitor_execute(m, m->line);
        if (!m->quit) {
            prompt(m);
        }
        break;
    case BACKSPACE:
    case DELETE: rub_out(m); break;
    case CTRL_C:
    case CTRL_U: rub_out_line(m); break;
    default:
        if (byte >= ' ' && m->used < sizeof m->line - 1) {
            m->line[m->used++] = (char)byte;
            m->chr->put(m->chr->opaque, byte);
        }
        break;
    }
}

void monitor_init(Monitor *m, Machine *machine, Chardev *chr, const MonitorRun *run)
{
    *m = (Monitor){ .machine = machine, .chr = chr, .run = run, .format = 'x', .size = 4 };
}

void monitor_open(Monitor *m)
{
    if (!m->open) {
        monitor_print(m, "QEMU " QEMU_VERSION " monitor (tqemu " TQEMU_VERSION
                         ") - type 'help' for more information\n");
    }
    m->open = true;
    prompt(m);
}

void monitor_poll(Monitor *m)
{
    uint8_t byte;
    if (m->chr->take_open && m->chr->take_open(m->chr->opaque)) {
        m->open = false;
        monitor_open(m);
    }
    while (!m->quit && m->chr->get(m->chr->opaque, &byte)) {
        if (!m->open) {
            monitor_open(m);
        }
        take(m, byte);
    }
}
