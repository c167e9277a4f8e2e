/* SPDX-License-Identifier: MIT */
/* Options for debugging, and for what happens at the end of a run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

bool parse_semihosting_config(OptionsParser *p, char *arg)
{
    typedef struct Values {
        unsigned target;
        const char *chardev;
    } Values;
    static const OptProperty of_options[] = {
        { "enable=on|off", OPT_BOOL, offsetof(Options, cpu.semihosting), 0 },
        { "userspace=on|off", OPT_BOOL, offsetof(Options, cpu.semihosting_user), 0 },
        { "arg=TEXT", OPT_EACH, offsetof(Options, semihosting_args), 0 },
        { 0 },
    };
    static const OptProperty of_values[] = {
        { "target=native|auto|gdb", OPT_CHOICE, offsetof(Values, target), 0 },
        { "chardev=ID", OPT_STRING, offsetof(Values, chardev), 0 },
        { 0 },
    };
    Values v = { p->o->semihosting_target, NULL };
    const OptTable tables[] = { { of_options, p->o }, { of_values, &v }, { 0 } };
    p->o->cpu.semihosting = true;
    if (!optlist_parse_tables(p->name, tables, "enable", arg)) {
        return false;
    }
    p->o->semihosting_target = (SemihostingTarget)v.target;
    if (v.chardev) {
        p->o->serial[OPTIONS_SEMIHOSTING] =
            (SerialOption){ .kind = SERIAL_CHARDEV, .path = v.chardev };
    }
    return true;
}

bool parse_log_items(OptionsParser *p, char *arg)
{
    static const char digest[] = "digest:";
    char *value;
    for (char *item; (item = optlist_next(&arg, &value));) {
        if (option_asks_for_help(item)) {
            puts("Items of -d, comma separated:");
            log_print_items(stdout);
            printf("  %-13s %s\n", "digest:N",
                   "a digest of CPU, devices and RAM every N instructions (exact with -icount)");
            p->done = true;
        } else if (strncmp(item, digest, sizeof digest - 1) == 0) {
            if (!opt_number(item + sizeof digest - 1, UINT64_MAX, &p->o->digest_every) ||
                p->o->digest_every == 0) {
                error_report("-d: invalid item '%s': use digest:N, for one every N instructions",
                             item);
                return false;
            }
        } else if (value || !*item || log_set_items(item)) {
            error_report("-d: unknown item '%s': -d help lists them", item);
            return false;
        }
    }
    return true;
}

/* -action: what a guest's reset and its end come to; QEMU's other events do not happen here. */
bool parse_action(OptionsParser *p, char *arg)
{
    enum { RESET, SHUTDOWN }; /* values of reboot=, in the order of its words */
    enum { POWEROFF, PAUSE }; /* of shutdown= */
    typedef struct Values {
        unsigned reboot, shutdown;
    } Values;
    static const OptProperty properties[] = {
        { "reboot=reset|shutdown", OPT_CHOICE, offsetof(Values, reboot), 0 },
        { "shutdown=poweroff|pause", OPT_CHOICE, offsetof(Values, shutdown), 0 },
        { "panic=pause|shutdown|exit-failure|none", OPT_CHOICE, OPT_NOWHERE, 0 },
        { "watchdog=reset|shutdown|poweroff|inject-nmi|pause|debug|none", OPT_CHOICE, OPT_NOWHERE,
          0 },
        { 0 },
    };
    Options *o = p->o;
    Values v = { o->no_reboot ? SHUTDOWN : RESET, o->no_shutdown ? PAUSE : POWEROFF };
    if (!optlist_parse(p->name, properties, NULL, arg, &v, NULL)) {
        return false;
    }
    o->no_reboot = v.reboot == SHUTDOWN;
    o->no_shutdown = v.shutdown == PAUSE;
    return true;
}

bool parse_incoming(OptionsParser *p, char *arg)
{
    if (strncmp(arg, "file:", 5) != 0 || !arg[5]) {
        error_report("-incoming: %s: only a file can be given: use file:PATH", arg);
        return false;
    }
    p->o->incoming = arg + 5;
    return true;
}

bool parse_coverage(OptionsParser *p, char *arg)
{
    static const OptProperty properties[] = {
        { "file=FILE", OPT_STRING, offsetof(Options, coverage), 0 },
        { "counts=on|off", OPT_BOOL, offsetof(Options, cpu.counts), 0 },
        { 0 },
    };
    static const char suffix[] = ".counts";
    Options *o = p->o;
    o->coverage = NULL;
    o->cpu.counts = false;
    if (!optlist_parse(p->name, properties, "file", arg, o, NULL)) {
        return false;
    }
    if (!o->coverage) {
        error_report("%s: no file: give -coverage FILE", p->name);
        return false;
    }
    o->cpu.coverage = true;
    free(o->counts);
    o->counts = NULL;
    if (o->cpu.counts) {
        size_t n = strlen(o->coverage);
        o->counts = option_grow(p, NULL, n + sizeof suffix, 1);
        if (!o->counts) {
            return false;
        }
        memcpy(o->counts, o->coverage, n);
        memcpy(o->counts + n, suffix, sizeof suffix);
    }
    return true;
}

/* One range, START+SIZE, START-SIZE or START..END, whose text is changed. */
static bool parse_range(char *range)
{
    char *op = range + strcspn(range, "+-.");
    char kind = *op;
    uint64_t start, n;
    if (!kind || (kind == '.' && op[1] != '.')) {
        return false;
    }
    *op = '\0';
    if (!opt_number(range, UINT64_MAX, &start) ||
        !opt_number(op + (kind == '.' ? 2 : 1), UINT64_MAX, &n)) {
        return false;
    }
    if (kind == '.') {
        return n >= start && log_filter(start, n);
    }
    if (n == 0 || (kind == '+' ? n - 1 > UINT64_MAX - start : n - 1 > start)) {
        return false;
    }
    return kind == '+' ? log_filter(start, start + (n - 1)) : log_filter(start - (n - 1), start);
}

bool parse_dfilter(OptionsParser *p, char *arg)
{
    char *value;
    log_filter(1, 0);
    for (char *item; (item = optlist_next(&arg, &value));) {
        char text[64];
        snprintf(text, sizeof text, "%s", item);
        if (value || !parse_range(item)) {
            error_report(
                "%s: invalid range '%s': use START+SIZE, START-SIZE or START..END, at most "
                "%u of them",
                p->name, text, LOG_RANGES);
            return false;
        }
    }
    return true;
}
