/* SPDX-License-Identifier: MIT */
/* The monitor's commands for snapshots. */
#include "debug/monitor_private.h"

/* Does it; an error is a line. */
static bool execute(Monitor *m, MonitorSnapshot what, const char *name)
{
    char text[512];
    if (!m->run->snapshot(m->run->opaque, what, name, text, sizeof text)) {
        monitor_print(m, "Error: %s\n", text);
    }
    return true;
}

/* The same for a command that wants a name. */
static bool execute_on(Monitor *m, const char *command, MonitorSnapshot what, const char *name)
{
    if (!*name) {
        monitor_print(m, "%s: string expected\n", command);
    }
    return *name && execute(m, what, name);
}

bool monitor_savevm(Monitor *m, const char *args)
{
    return execute(m, SNAPSHOT_SAVE, args);
}

bool monitor_loadvm(Monitor *m, const char *args)
{
    return execute_on(m, "loadvm", SNAPSHOT_LOAD, args);
}

bool monitor_delvm(Monitor *m, const char *args)
{
    return execute_on(m, "delvm", SNAPSHOT_DELETE, args);
}

bool monitor_migrate(Monitor *m, const char *args)
{
    return execute_on(m, "migrate", SNAPSHOT_MIGRATE, args);
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
