/* SPDX-License-Identifier: MIT */
/* The monitor's commands for a run that is replayed. */
#include "debug/monitor_private.h"

/* Does it, and prints what there is to say. */
static bool execute(Monitor *m, MonitorReplay what, uint64_t insns)
{
    char text[512];
    m->run->replay(m->run->opaque, what, insns, text, sizeof text);
    monitor_print(m, "%s", text);
    return true;
}

bool monitor_replay_break(Monitor *m, const char *args)
{
    int64_t insns;
    return monitor_number(m, "replay_break", args, &insns) &&
           execute(m, MONITOR_REPLAY_BREAK, (uint64_t)insns);
}

bool monitor_replay_delete_break(Monitor *m, const char *args)
{
    (void)args;
    return execute(m, MONITOR_REPLAY_DELETE_BREAK, 0);
}

bool monitor_replay_seek(Monitor *m, const char *args)
{
    int64_t insns;
    return monitor_number(m, "replay_seek", args, &insns) &&
           execute(m, MONITOR_REPLAY_SEEK, (uint64_t)insns);
}

void monitor_info_replay(Monitor *m)
{
    execute(m, MONITOR_REPLAY_INFO, 0);
}
