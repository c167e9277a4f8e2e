/* SPDX-License-Identifier: MIT */
/* The monitor's snapshots. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"
#include "run.h"
#include "snapshot.h"
#include "util/date.h"
#include "util/log.h"

#define MIB (1 << 20)

/* -- Names -- */

static size_t find_name(const Run *r, const char *name)
{
    size_t i = 0;
    while (i < r->snapshot_count && strcmp(r->snapshots[i], name) != 0) {
        i++;
    }
    return i;
}

/* Without memory for it a name is missing in `info snapshots`. */
static void add_name(Run *r, const char *name)
{
    if (find_name(r, name) < r->snapshot_count) {
        return;
    }
    char **list = realloc(r->snapshots, (r->snapshot_count + 1) * sizeof *list);
    if (!list) {
        return;
    }
    r->snapshots = list;
    list[r->snapshot_count] = malloc(strlen(name) + 1);
    if (list[r->snapshot_count]) {
        strcpy(list[r->snapshot_count++], name);
    }
}

static void remove_name(Run *r, const char *name)
{
    size_t i = find_name(r, name);
    if (i < r->snapshot_count) {
        free(r->snapshots[i]);
        r->snapshot_count--;
        memmove(r->snapshots + i, r->snapshots + i + 1,
                (r->snapshot_count - i) * sizeof *r->snapshots);
    }
}

/* "vm-20261130154501": when it was, in local time as in QEMU. */
static void name_now(char *name, size_t size)
{
    Date d = date_of(date_local(host_wall_clock() / MS_PER_SEC));
    snprintf(name, size, "vm-%04d%02d%02d%02d%02d%02d", d.year, d.month, d.day, d.hour, d.minute,
             d.second);
}

/* -- Commands -- */

/* A file that the guest goes on writing is no part of a snapshot. */
static bool all_drives_stay(const Run *r, SnapshotError *e)
{
    for (size_t i = 0; i < r->drives.count; i++) {
        const MachineDrive *d = &r->drives.list[i];
        if (d->block && block_writes_file(block_config(d->block))) {
            snprintf(e->text, sizeof e->text,
                     "Device '%s' is writable but does not support snapshots: start with -snapshot",
                     d->id);
            return false;
        }
    }
    return true;
}

/* A log is of one run from its start on. */
static bool may_load(const Run *r, SnapshotError *e)
{
    if (r->replay) {
        snprintf(e->text, sizeof e->text, "loadvm cannot be used with -icount rr=");
    }
    return !r->replay;
}

static bool migrate(Run *r, const char *uri, SnapshotError *e)
{
    if (strncmp(uri, "file:", 5) != 0 || !uri[5]) {
        snprintf(e->text, sizeof e->text, "%s: only file:PATH is there", uri);
        return false;
    }
    if (!snapshot_save(r, uri + 5, e)) {
        return false;
    }
    control_stop(r, "paused (postmigrate)", GDB_SIGNAL_INT);
    return true;
}

static bool execute(Run *r, MonitorSnapshot what, const char *name, SnapshotError *e)
{
    if (what == SNAPSHOT_MIGRATE) {
        return migrate(r, name, e);
    }
    char *path = snapshot_path(name);
    if (!path) {
        snprintf(e->text, sizeof e->text, "%s: no memory", name);
        return false;
    }
    bool good;
    switch (what) {
    case SNAPSHOT_SAVE: good = all_drives_stay(r, e) && snapshot_save(r, path, e); break;
    case SNAPSHOT_LOAD: good = may_load(r, e) && snapshot_load(r, path, false, e); break;
    default: good = snapshot_delete(path, e); break;
    }
    free(path);
    if (good && what == SNAPSHOT_DELETE) {
        remove_name(r, name);
    } else if (good) {
        add_name(r, name);
    }
    return good;
}

static bool snapshot(void *opaque, MonitorSnapshot what, const char *name, char *text, size_t size)
{
    char now[96];
    SnapshotError e = { "" };
    if (!*name) {
        name_now(now, sizeof now);
        name = now;
    }
    bool good = execute(opaque, what, name, &e);
    snprintf(text, size, "%s", e.text);
    return good;
}

/* A line in QEMU's columns. The ID of a snapshot that is not in an image is "--". */
static bool describe(void *opaque, unsigned n, char *text, size_t size)
{
    const Run *r = opaque;
    if (n >= r->snapshot_count) {
        return false;
    }
    SnapshotError e;
    SnapshotInfo info;
    char *path = snapshot_path(r->snapshots[n]);
    if (!path || !snapshot_read_info(path, &info, &e)) {
        snprintf(text, size, "%-10s%-18s %s", "--", r->snapshots[n], path ? e.text : "no memory");
        free(path);
        return true;
    }
    free(path);
    char icount[24] = "";
    Date d = date_of(date_local(info.date));
    if (r->options.icount) {
        snprintf(icount, sizeof icount, "%llu", (unsigned long long)info.icount);
    }
    unsigned long long ms = (unsigned long long)(info.clock / NS_PER_MS), s = ms / 1000;
    snprintf(text, size,
             "%-10s%-18s%3llu MiB %04d-%02d-%02d %02d:%02d:%02d %02llu:%02llu:%02llu.%03llu%11s",
             "--", r->snapshots[n], (unsigned long long)(info.size / MIB), d.year, d.month, d.day,
             d.hour, d.minute, d.second, s / 3600, s / 60 % 60, s % 60, ms % 1000, icount);
    return true;
}

/* -- For control.c and run.c -- */

void control_init_snapshots(Run *r)
{
    r->control.snapshot = snapshot;
    r->control.describe_snapshot = describe;
}

bool control_start_snapshot(Run *r)
{
    const Options *o = &r->options;
    SnapshotError e = { "no memory" };
    char *path = o->loadvm ? snapshot_path(o->loadvm) : NULL;
    const char *from = o->loadvm ? path : o->incoming;
    bool good = from && snapshot_load(r, from, true, &e);
    free(path);
    if (!good) {
        error_report("%s: %s", o->loadvm ? "-loadvm" : "-incoming", e.text);
    } else if (o->loadvm) {
        add_name(r, o->loadvm);
    }
    return good;
}

bool control_save(void *opaque, const char *path)
{
    SnapshotError e = { "" };
    bool good = snapshot_save(opaque, path, &e);
    if (!good) {
        error_report("%s", e.text);
    }
    return good;
}

void control_free_snapshots(Run *r)
{
    while (r->snapshot_count) {
        free(r->snapshots[--r->snapshot_count]);
    }
    free(r->snapshots);
}
