/* SPDX-License-Identifier: MIT */
/* Snapshots: the state of a run, as bytes and in a file.
 *
 * The bytes are sections (util/vmstate.h), the same on every host. The file is a header, the
 * sections packed by DEFLATE, and the memory, whose groups of pages are packed each for itself
 * (bus/packed.h) and unpacked when the guest uses them. It has no pointers and no host's numbers,
 * so any tqemu of the same version with the same machine loads it. */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run.h"

/* An error, as the rest of a sentence: "FILE: No such file or directory". */
typedef struct SnapshotError {
    char text[400];
} SnapshotError;

/* What the header of a file tells. */
typedef struct SnapshotInfo {
    int64_t date;  /* seconds since 1970 */
    int64_t clock; /* virtual ns */
    uint64_t icount;
    uint64_t size; /* bytes of the file */
} SnapshotInfo;

/* The path of savevm's file for a name, which the caller frees. NULL: no memory. */
char *snapshot_path(const char *name);

/* Between two slices: appends the state, with memory if w->memory is there. */
void snapshot_save_state(Run *r, VMWriter *w);

/* Loads it, without memory if reader->memory is NULL; else that must stay where it is. False, with
 * the reason in reader->why: the run is as it was; if the machine is fresh from its first reset
 * (reader->fresh), it is good for nothing. */
bool snapshot_load_state(Run *r, VMReader *reader);

/* Makes the bytes of a file, which the caller frees. w->failed: the host has no memory for it. */
void snapshot_make(Run *r, VMWriter *w);

/* Loads such bytes, of which a copy is kept. False: *e is set, and the run is as it was. */
bool snapshot_load_bytes(Run *r, const uint8_t *bytes, size_t n, SnapshotError *e);

/* The same with a file. A file that is there is replaced only if it is a snapshot, and once the new
 * one is complete. False: *e is set. */
bool snapshot_save(Run *r, const char *path, SnapshotError *e);
bool snapshot_load(Run *r, const char *path, bool fresh, SnapshotError *e);

/* Reads the header of a file. False: there is none, or it is no snapshot; *e is set. */
bool snapshot_read_info(const char *path, SnapshotInfo *info, SnapshotError *e);

/* Removes a file that is a snapshot. False: *e is set. */
bool snapshot_delete(const char *path, SnapshotError *e);

#endif
