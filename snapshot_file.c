/* SPDX-License-Identifier: MIT */
/* A snapshot's file: a header, the sections packed by DEFLATE, the packed memory. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "cpu/cpu.h"
#include "host/host.h"
#include "snapshot.h"
#include "util/bytes.h"
#include "util/deflate.h"
#include "util/inflate.h"

#define SUFFIX  ".snapshot"
#define MAGIC   "tqemu snapshot\n"
#define VERSION 2u

/* The header; numbers are little-endian. */
enum {
    AT_VERSION = 15, /* after the magic: a byte */
    AT_DATE = 16,
    AT_CLOCK = 24,
    AT_ICOUNT = 32,
    AT_SIZE = 40,     /* of the file */
    AT_SECTIONS = 48, /* their size, unpacked */
    AT_CHECKSUM = 56, /* of the header to here, and of what follows it */
    HEADER = 64,
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

/* The checksum of a file of n bytes, at least HEADER. */
static uint64_t checksum(const uint8_t *file, size_t n)
{
    uint64_t sum = vmstate_checksum(VM_DIGEST_START, file, AT_CHECKSUM);
    return vmstate_checksum(sum, file + HEADER, n - HEADER);
}

/* Opens a file and reads its header. NULL: it has none; *e is set. */
static FILE *open_file(const char *path, uint8_t h[HEADER], SnapshotError *e)
{
    errno = 0;
    FILE *f = fopen(path, "rb");
    if (!f) {
        host_failed(e, path);
        return NULL;
    }
    size_t n = fread(h, 1, HEADER, f);
    const char *error = ferror(f) ? output_error(errno) : header_error(h, n);
    if (error) {
        fail(e, path, error);
        fclose(f);
        return NULL;
    }
    return f;
}

bool snapshot_read_info(const char *path, SnapshotInfo *info, SnapshotError *e)
{
    uint8_t h[HEADER];
    FILE *f = open_file(path, h, e);
    if (!f) {
        return false;
    }
    fclose(f);
    *info = (SnapshotInfo){
        .date = (int64_t)ld64_p(h + AT_DATE),
        .clock = (int64_t)ld64_p(h + AT_CLOCK),
        .icount = ld64_p(h + AT_ICOUNT),
        .size = ld64_p(h + AT_SIZE),
    };
    return true;
}

/* -- Saving -- */

void snapshot_make(Run *r, VMWriter *file)
{
    VMWriter memory = { 0 }, sections = { .memory = &memory };
    const uint8_t h[HEADER] = MAGIC;
    vmstate_put_bytes(file, h, sizeof h);
    snapshot_save_state(r, &sections);
    if (!sections.failed) {
        deflate(file, sections.bytes, sections.len);
        vmstate_put_bytes(file, memory.bytes, memory.len);
    }
    file->failed = file->failed || sections.failed;
    if (!file->failed) {
        file->bytes[AT_VERSION] = VERSION;
        st64_p(file->bytes + AT_DATE, (uint64_t)(host_wall_clock() / MS_PER_SEC));
        st64_p(file->bytes + AT_CLOCK, (uint64_t)control_now(r));
        st64_p(file->bytes + AT_ICOUNT, arm_cpu_icount(r->machine->cpu));
        st64_p(file->bytes + AT_SIZE, file->len);
        st64_p(file->bytes + AT_SECTIONS, sections.len);
        st64_p(file->bytes + AT_CHECKSUM, checksum(file->bytes, file->len));
    }
    free(sections.bytes);
    free(memory.bytes);
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
        snapshot_make(r, &file);
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

/* Reads the rest of a file after its header. NULL, or the error. */
static const char *read_rest(FILE *f, const uint8_t *header, VMWriter *w)
{
    uint64_t size = ld64_p(header + AT_SIZE);
    if (size < HEADER || size > SIZE_MAX) {
        return "is damaged";
    }
    w->bytes = malloc((size_t)size);
    if (!w->bytes) {
        return "needs more memory than the host has";
    }
    w->cap = (size_t)size;
    memcpy(w->bytes, header, HEADER);
    w->len = HEADER + fread(w->bytes + HEADER, 1, w->cap - HEADER, f);
    if (ferror(f)) {
        return output_error(errno);
    }
    return w->len < w->cap ? "is cut off" : fgetc(f) != EOF ? "is longer than it should be" : NULL;
}

/* Reads the whole file. */
static bool read_file(const char *path, VMWriter *w, SnapshotError *e)
{
    uint8_t h[HEADER];
    FILE *f = open_file(path, h, e);
    if (!f) {
        return false;
    }
    const char *error = read_rest(f, h, w);
    fclose(f);
    return !error || fail(e, path, error);
}

/* The most bytes that sections may have: what this run's drives can keep, and much more than all
 * the rest needs. */
static uint64_t largest_sections(const Run *r)
{
    uint64_t size = UINT64_C(64) << 20;
    for (size_t i = 0; i < r->drives.count; i++) {
        const Block *b = r->drives.list[i].block;
        size += b ? block_size(b) + block_size(b) / 8 : 0;
    }
    return size;
}

/* Checks a file, and unpacks its sections. NULL, or the error. */
static const char *unpack(const Run *r, const VMWriter *file, Inflated *sections)
{
    const char *error = header_error(file->bytes, file->len);
    if (error) {
        return error;
    }
    if (file->len < ld64_p(file->bytes + AT_SIZE)) {
        return "is cut off";
    }
    if (checksum(file->bytes, file->len) != ld64_p(file->bytes + AT_CHECKSUM)) {
        return "is damaged";
    }
    uint64_t size = ld64_p(file->bytes + AT_SECTIONS);
    if (size > largest_sections(r) || size > SIZE_MAX) {
        return "is of a larger machine or damaged";
    }
    error = inflate(file->bytes + HEADER, file->len - HEADER, (size_t)size, sections);
    return error || sections->size == size ? error : "is damaged";
}

/* Loads the bytes of a file, which the run keeps: memory stays packed there. `name` is for errors.
 */
static bool load_bytes(Run *r, const char *name, VMWriter *file, bool fresh, SnapshotError *e)
{
    Inflated sections = { 0 };
    const char *error = unpack(r, file, &sections);
    bool good = !error || fail(e, name, error);
    if (good) {
        size_t memory = HEADER + sections.used;
        VMReader reader = { .bytes = sections.bytes,
                            .left = sections.size,
                            .memory = file->bytes + memory,
                            .memory_left = file->len - memory,
                            .fresh = fresh };
        good = snapshot_load_state(r, &reader) || fail(e, name, reader.why);
    }
    if (good) {
        free(r->snapshot);
        r->snapshot = file->bytes;
        file->bytes = NULL;
    }
    free(sections.bytes);
    return good;
}

/* Whether a file is the one that was loaded last. */
static bool is_loaded(const Run *r, const char *path)
{
    SnapshotError unused;
    uint8_t h[HEADER];
    FILE *f = r->snapshot ? open_file(path, h, &unused) : NULL;
    bool same = f && memcmp(h, r->snapshot, HEADER) == 0;
    if (f) {
        fclose(f);
    }
    return same;
}

bool snapshot_load(Run *r, const char *path, bool fresh, SnapshotError *e)
{
    VMWriter file = { 0 };
    bool again = is_loaded(r, path);
    if (again && r->kept_loaded && r->kept.count && checkpoint_restore(r, &r->kept, 0)) {
        return true;
    }
    checkpoint_free(r, &r->kept);
    bool good = read_file(path, &file, e) && load_bytes(r, path, &file, fresh, e);
    if (good && again) { /* and will be so again: each time from here on costs what has changed */
        r->kept_loaded = checkpoint_take(r, &r->kept);
    }
    free(file.bytes);
    return good;
}

bool snapshot_load_bytes(Run *r, const uint8_t *bytes, size_t n, SnapshotError *e)
{
    VMWriter file = { 0 };
    vmstate_put_bytes(&file, bytes, n);
    checkpoint_free(r, &r->kept);
    bool good = file.failed ? fail(e, "snapshot", "needs more memory than the host has")
                            : load_bytes(r, "snapshot", &file, false, e);
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
