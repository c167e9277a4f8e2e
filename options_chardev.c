/* SPDX-License-Identifier: MIT */
/* Options of serial ports. */
#include <string.h>

#include "options_table.h"
#include "util/log.h"

/* A character device that discards its output, by any of its names. */
static bool is_null_chardev(const char *arg)
{
    return strcmp(arg, "null") == 0 || strcmp(arg, "/dev/null") == 0;
}

bool parse_none_or_null(OptionsParser *p, char *arg)
{
    return is_null_chardev(arg) || strncmp(arg, "vc", 2) == 0 || option_only(p, arg, "none");
}

bool parse_serial(OptionsParser *p, char *arg)
{
    if (p->serial_count == MACHINE_MAX_SERIAL) {
        error_report("-serial: given more than %u times: no machine has more ports",
                     (unsigned)MACHINE_MAX_SERIAL);
        return false;
    }
    SerialOption *s = &p->o->serial[p->serial_count];
    if (strcmp(arg, "stdio") == 0 || strcmp(arg, "mon:stdio") == 0) {
        s->kind = SERIAL_STDIO;
    } else if (strcmp(arg, "channel") == 0) {
        s->kind = SERIAL_CHANNEL;
    } else if (is_null_chardev(arg)) {
        s->kind = SERIAL_NULL;
    } else if (strcmp(arg, "none") == 0) {
        s->kind = SERIAL_NONE;
    } else if (strncmp(arg, "file:", 5) == 0 && arg[5]) {
        s->kind = SERIAL_FILE;
        s->path = arg + 5;
    } else {
        error_report("-serial: unsupported value '%s': use stdio, mon:stdio, null, none or "
                     "file:PATH",
                     arg);
        return false;
    }
    for (unsigned i = 0; i < p->serial_count; i++) {
        if (p->o->serial[i].kind == s->kind && s->kind == SERIAL_STDIO) {
            error_report("-serial: two ports on %s: give the second null or file:PATH", arg);
            return false;
        }
    }
    p->serial_count++;
    return true;
}
