/* SPDX-License-Identifier: MIT */
/* Private to debug/monitor*.c. */
#ifndef DEBUG_MONITOR_PRIVATE_H
#define DEBUG_MONITOR_PRIVATE_H

#include "debug/monitor.h"

/* printf() to the user; a newline becomes \r\n. */
void monitor_print(Monitor *m, const char *fmt, ...);

/* monitor_info.c: the command info, with its argument, and its help. */
void monitor_info(Monitor *m, const char *item);
void monitor_help_info(Monitor *m);

/* monitor_pci.c: info pci, and the part of info qtree below the host bridge: the last device first,
 * as in QEMU. */
void monitor_info_pci(Monitor *m);
void monitor_print_pci_tree(Monitor *m, const PciBus *bus);

/* monitor_snapshot.c: savevm, loadvm, delvm and migrate, with their arguments, and info snapshots.
 * False, after a message: the arguments are wrong. */
bool monitor_savevm(Monitor *m, const char *args);
bool monitor_loadvm(Monitor *m, const char *args);
bool monitor_delvm(Monitor *m, const char *args);
bool monitor_migrate(Monitor *m, const char *args);
void monitor_info_snapshots(Monitor *m);

/* monitor_replay.c: replay_break and the like, with their arguments, and info replay. False as
 * above. */
bool monitor_replay_break(Monitor *m, const char *args);
bool monitor_replay_delete_break(Monitor *m, const char *args);
bool monitor_replay_seek(Monitor *m, const char *args);
void monitor_info_replay(Monitor *m);

/* monitor_memory.c: the value of a whole argument. False as above. */
bool monitor_number(Monitor *m, const char *command, const char *text, int64_t *value);

/* monitor_memory.c: x, xp and print, with their arguments. False, after a message: they are wrong.
 */
bool monitor_examine(Monitor *m, const char *args, bool physical);
bool monitor_evaluate(Monitor *m, const char *args);

#endif
