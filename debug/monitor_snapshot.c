/* SPDX-License-Identifier: MIT */
/* The monitor's commands for snapshots. */
#include "debug/monitor_private.h"

static bool no_tag(Monitor *m, const char *command, const char *args)
{
    if (!*args) {
        monitor_print(m, "%s: string expected\n", command);
    }
    return !*args;
}

/* Does it; an error is a line. */
static void execute(Monitor *m, MonitorSnapshot what, const char *name)
{
    char text[512];
    if (!m->run->snapshot(m->run->opaque, what, name, text, sizeof text)) {
        monitor_print(m, "Error: %s\n", text);
    }
}

bool monitor_savevm(Monitor *m, const char *args)
{
    execute(m, SNAPSHOT_SAVE, args);
    return true;
}

bool monitor_loadvm(Monitor *m, const char *args)
{
    if (no_tag(m, "loadvm", args)) {
        return false;
    }
    execute(m, SNAPSHOT_LOAD, args);
    return true;
}

bool monitor_delvm(Monitor *m, const char *args)
{
    if (no_tag(m, "delvm", args)) {
        return false;
    }
    execute(m, SNAPSHOT_DELETE, args);
    return true;
}

bool monitor_migrate(Monitor *m, const char *args)
{
    if (no_tag(m, "migrate", args)) {
        return false;
    }
    execute(m, SNAPSHOT_MIGRATE, args);
    return true;
}

void monitor_info_snapshots(Monitor *m)
{
    char text[512];
    unsigned n = 0;
    while (m->run->describe_snapshot(m->run->opaque, n, text, sizeof text)) {
        if (n++ == 0) {
            monitor_print(m, "List of snapshots of this run:\n%-10s%-18s%7s%20s%13s%11s\n", "ID",
                          "TAG", "VM SIZE", "DATE", "VM CLOCK", "ICOUNT");
        }
        monitor_print(m, "%s\n", text);
    }
    if (n == 0) {
        monitor_print(m, "There is no snapshot available.\n");
    }
}
