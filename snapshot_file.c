/* SPDX-License-Identifier: MIT */
/* A snapshot's file: a header, and the state packed by DEFLATE. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"
#include "host/host.h"
#include "snapshot.h"
#include "util/bytes.h"
#include "util/deflate.h"
#include "util/inflate.h"

#define SUFFIX  ".snapshot"
#define MAGIC   "tqemu snapshot\n"
#define VERSION 1u

/* The header; numbers are little-endian. */
enum {
    AT_VERSION = 15, /* after the magic: a byte */
    AT_DATE = 16,
    AT_CLOCK = 24,
    AT_ICOUNT = 32,
    AT_SIZE = 40,
    AT_CHECKSUM = 48, /* of the header to here, and of the state */
    HEADER = 56,
};

char *snapshot_path(const char *name)
{
    size_t size = strlen(name) + sizeof SUFFIX;
    char *path = malloc(size);
    if (path) {
        snprintf(path, size, "%s" SUFFIX, name);
    }
    return path;
}

static bool fail(SnapshotError *e, const char *path, const char *why)
{
    snprintf(e->text, sizeof e->text, "%s: %s", path, why);
    return false;
}

/* The same with the reason that the host gives. */
static bool host_failed(SnapshotError *e, const char *path)
{
    return fail(e, path, output_error(errno));
}

/* Looks at a header of n bytes. NULL, or the error. */
static const char *header_error(const uint8_t *h, size_t n)
{
    if (n < AT_VERSION || memcmp(h, MAGIC, AT_VERSION) != 0) {
        return "is no snapshot of tqemu's";
    }
    if (n < HEADER) {
        return "is cut off";
    }
    return h[AT_VERSION] == VERSION ? NULL : "is a snapshot of another version of tqemu";
}

static uint64_t checksum(const uint8_t *header, const uint8_t *state, size_t n)
{
    return vmstate_checksum(vmstate_checksum(VM_DIGEST_START, header, AT_CHECKSUM), state, n);
}

bool snapshot_read_info(const char *path, SnapshotInfo *info, SnapshotError *e)
{
    uint8_t h[HEADER];
    errno = 0;
    FILE *f = fopen(path, "rb");
    if (!f) {
        return host_failed(e, path);
    }
    size_t n = fread(h, 1, sizeof h, f);
    fclose(f);
    const char *error = header_error(h, n);
    if (error) {
        return fail(e, path, error);
    }
    *info = (SnapshotInfo){
        .date = (int64_t)ld64_p(h + AT_DATE),
        .clock = (int64_t)ld64_p(h + AT_CLOCK),
        .icount = ld64_p(h + AT_ICOUNT),
        .size = ld64_p(h + AT_SIZE),
    };
    return true;
}

/* -- Saving -- */

/* Makes the bytes of a file. */
static void make_file(Run *r, VMWriter *file)
{
    VMWriter state = { 0 };
    uint8_t h[HEADER] = MAGIC;
    snapshot_save_state(r, &state);
    h[AT_VERSION] = VERSION;
    st64_p(h + AT_DATE, (uint64_t)(host_wall_clock() / MS_PER_SEC));
    st64_p(h + AT_CLOCK, (uint64_t)control_now(r));
    st64_p(h + AT_ICOUNT, arm_cpu_icount(r->machine->cpu));
    st64_p(h + AT_SIZE, state.len);
    st64_p(h + AT_CHECKSUM, checksum(h, state.bytes, state.len));
    vmstate_put_bytes(file, h, sizeof h);
    if (!state.failed) {
        deflate(file, state.bytes, state.len);
    }
    file->failed = file->failed || state.failed;
    free(state.bytes);
}

/* On the disk before it gets its name: a power cut must not leave half of it there. */
static bool write_file(const char *path, const VMWriter *w, SnapshotError *e)
{
    if (outputs_write_file(path, w->bytes, w->len, true)) {
        return true;
    }
    host_failed(e, path);
    remove(path);
    return false;
}

/* Gives the file its name. Where rename() wants no file of that name, the old one goes first. */
static bool rename_file(const char *from, const char *to, SnapshotError *e)
{
    errno = 0;
    if (rename(from, to) == 0 || (remove(to) == 0 && rename(from, to) == 0)) {
        return true;
    }
    host_failed(e, to);
    remove(from);
    return false;
}

/* Whether the name is free, or of a snapshot that may be replaced. */
static bool may_replace(const char *path, SnapshotError *e)
{
    SnapshotInfo unused;
    FILE *f = fopen(path, "rb");
    if (!f) {
        return true;
    }
    bool empty = fgetc(f) == EOF;
    fclose(f);
    return empty || snapshot_read_info(path, &unused, e);
}

bool snapshot_save(Run *r, const char *path, SnapshotError *e)
{
    VMWriter file = { 0 };
    if (!may_replace(path, e)) {
        return false;
    }
    size_t size = strlen(path) + sizeof ".part";
    char *part = malloc(size);
    bool good = part != NULL;
    if (good) {
        make_file(r, &file);
        good = !file.failed;
    }
    if (good) {
        snprintf(part, size, "%s.part", path);
        good = write_file(part, &file, e) && rename_file(part, path, e);
    } else {
        fail(e, path, "needs more memory than the host has");
    }
    free(file.bytes);
    free(part);
    return good;
}

/* -- Loading -- */

/* Reads the whole file. */
static bool read_file(const char *path, VMWriter *w, SnapshotError *e)
{
    uint8_t bytes[BUFSIZ];
    errno = 0;
    FILE *f = fopen(path, "rb");
    if (!f) {
        return host_failed(e, path);
    }
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, f)) > 0;) {
        vmstate_put_bytes(w, bytes, n);
    }
    bool good = !ferror(f) || host_failed(e, path);
    fclose(f);
    return good && (!w->failed || fail(e, path, "needs more memory than the host has"));
}

/* The most that a state of this run can have: the machine's memory, which is saved with its pages'
 * numbers, and what drives keep. */
static uint64_t largest_state(const Run *r)
{
    uint64_t memory = r->machine->ram_size;
    for (unsigned i = 0; i < r->machine->device_count; i++) {
        const Device *d = r->machine->devices[i];
        memory += d->type->memory ? d->region.size : 0;
    }
    for (size_t i = 0; i < r->drives.count; i++) {
        const Block *b = r->drives.list[i].block;
        memory += b ? block_size(b) : 0;
    }
    return memory + memory / 128 + (UINT64_C(1) << 20);
}

static const char *unpack(const Run *r, const VMWriter *file, Inflated *state)
{
    const char *error = header_error(file->bytes, file->len);
    if (error) {
        return error;
    }
    uint64_t size = ld64_p(file->bytes + AT_SIZE);
    if (size > largest_state(r) || size > SIZE_MAX) {
        return "is of a larger machine or damaged";
    }
    error = inflate(file->bytes + HEADER, file->len - HEADER, (size_t)size, state);
    if (error) {
        return error;
    }
    uint64_t sum = ld64_p(file->bytes + AT_CHECKSUM);
    bool same = state->size == size && state->used == file->len - HEADER &&
                checksum(file->bytes, state->bytes, state->size) == sum;
    return same ? NULL : "is damaged";
}

bool snapshot_load(Run *r, const char *path, bool fresh, SnapshotError *e)
{
    VMWriter file = { 0 };
    Inflated state = { 0 };
    bool good = read_file(path, &file, e);
    if (good) {
        const char *error = unpack(r, &file, &state);
        good = !error || fail(e, path, error);
    }
    if (good) {
        VMReader reader = { .bytes = state.bytes, .left = state.size, .fresh = fresh };
        good = snapshot_load_state(r, &reader) || fail(e, path, reader.why);
    }
    free(state.bytes);
    free(file.bytes);
    return good;
}

bool snapshot_delete(const char *path, SnapshotError *e)
{
    SnapshotInfo unused;
    if (!snapshot_read_info(path, &unused, e)) {
        return false;
    }
    errno = 0;
    return remove(path) == 0 || host_failed(e, path);
}
