/* SPDX-License-Identifier: MIT */
/* Raw disk images, by ISO C's streams.
 *
 * A stream has no buffer, so that a write is in the file, or has failed, when fwrite() returns. It
 * is positioned in steps of at most LONG_MAX bytes, as `long` may have 32 bits and images more. */
#include "block/block.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "block/format.h"
#include "block/overlay.h"
#include "host/host.h"
#include "util/crc32.h"
#include "util/log.h"

/* The furthest that one fseek() goes; a test makes it small. */
#if !defined(BLOCK_SEEK_MAX)
#define BLOCK_SEEK_MAX LONG_MAX
#endif

/* What the stream did last: between reading and writing it must be positioned. */
typedef enum Last { POSITIONED, READ, WRITTEN, UNKNOWN } Last;

struct Block {
    BlockConfig config;
    FILE *file;
    uint64_t size;  /* whole sectors */
    uint64_t bytes; /* of the file */
    uint64_t at;    /* the stream's position, unless `last` is UNKNOWN */
    Last last;
    bool written; /* since the last flush */
    bool reported;
    Overlay overlay;
};

/* The error of a request that a signal has ended, and that is made again; ISO C has none. */
#if defined EINTR
#define INTERRUPTED EINTR
#else
#define INTERRUPTED (-1)
#endif

static const char *reason(void)
{
    return errno ? strerror(errno) : "the host gives no reason";
}

/* Positions the stream at `offset`, bytes from the start. */
static bool seek(FILE *file, uint64_t offset)
{
    uint64_t step = offset < BLOCK_SEEK_MAX ? offset : BLOCK_SEEK_MAX;
    errno = 0;
    if (fseek(file, (long)step, SEEK_SET) != 0) {
        return false;
    }
    while ((offset -= step) > 0) {
        step = offset < BLOCK_SEEK_MAX ? offset : BLOCK_SEEK_MAX;
        if (fseek(file, (long)step, SEEK_CUR) != 0) {
            return false;
        }
    }
    return true;
}

/* -- The size of a file -- */

/* Whether the file has a byte at `offset`. */
static bool has_byte(FILE *file, uint64_t offset)
{
    bool has = seek(file, offset) && fgetc(file) != EOF;
    clearerr(file);
    return has;
}

/* The size of a file that is longer than ftell() can tell. */
static uint64_t long_size(FILE *file)
{
    uint64_t has = 0, has_not = BLOCK_SEEK_MAX;
    while (has_not <= INT64_MAX / 2 && has_byte(file, has_not)) {
        has = has_not;
        has_not *= 2;
    }
    while (has_not - has > 1) {
        uint64_t middle = has + (has_not - has) / 2;
        *(has_byte(file, middle) ? &has : &has_not) = middle;
    }
    return has_not;
}

/* Sets *size, in bytes. False, with errno set if the host does so: it cannot be read anywhere (a
 * pipe, a directory). */
static bool find_size(FILE *file, uint64_t *size)
{
    *size = 0;
    if (!seek(file, 0)) {
        return false;
    }
    if (fgetc(file) == EOF) {
        return !ferror(file);
    }
    if (fseek(file, 0, SEEK_END) == 0) {
        long end = ftell(file);
        if (end >= 0 && end < BLOCK_SEEK_MAX) {
            *size = (uint64_t)end;
            return true;
        }
    }
    *size = long_size(file);
    return true;
}

/* -- The file -- */

/* Reports a failure of the host's, the first one only. */
static bool report(Block *b, const char *what)
{
    if (!b->reported) {
        b->reported = true;
        error_report("%s: %s: %s: %s: check the host's disk; the guest gets I/O errors",
                     b->config.option, b->config.path, what, reason());
    }
    b->last = UNKNOWN;
    return false;
}

static bool position(Block *b, uint64_t offset, Last next)
{
    if (b->at == offset && (b->last == next || b->last == POSITIONED)) {
        return true;
    }
    b->at = offset;
    b->last = POSITIONED;
    return seek(b->file, offset);
}

/* Reads from the file; what is beyond its end is 0. */
static bool read_file(Block *b, uint64_t offset, uint8_t *bytes, size_t n)
{
    uint64_t left = offset < b->bytes ? b->bytes - offset : 0;
    size_t part = n < left ? n : (size_t)left;
    memset(bytes + part, 0, n - part);
    while (part > 0) {
        if (!position(b, offset, READ)) {
            return report(b, "cannot be read");
        }
        errno = 0;
        size_t got = fread(bytes, 1, part, b->file);
        bytes += got;
        offset += got;
        part -= got;
        b->at = offset;
        b->last = READ;
        if (part > 0) {
            bool again = ferror(b->file) && errno == INTERRUPTED;
            clearerr(b->file);
            if (!again) {
                return report(b, "cannot be read");
            }
            b->last = UNKNOWN;
        }
    }
    return true;
}

static bool write_bytes(Block *b, uint64_t offset, const uint8_t *bytes, size_t n)
{
    b->written = true;
    while (n > 0) {
        if (!position(b, offset, WRITTEN)) {
            return false;
        }
        errno = 0;
        size_t put = fwrite(bytes, 1, n, b->file);
        bytes += put;
        offset += put;
        n -= put;
        b->at = offset;
        b->last = WRITTEN;
        b->bytes = offset > b->bytes ? offset : b->bytes;
        if (n > 0) {
            clearerr(b->file);
            if (errno != INTERRUPTED) {
                return false;
            }
            b->last = UNKNOWN;
        }
    }
    return true;
}

/* ISO C does not say what is between the end of a file and a byte written beyond it. */
static bool write_file(Block *b, uint64_t offset, const uint8_t *bytes, size_t n)
{
    const uint8_t zeros[BLOCK_SECTOR] = { 0 };
    bool ok = true;
    while (ok && offset > b->bytes) {
        uint64_t gap = offset - b->bytes;
        ok = write_bytes(b, b->bytes, zeros, gap < sizeof zeros ? (size_t)gap : sizeof zeros);
    }
    if (!ok || !write_bytes(b, offset, bytes, n)) {
        return report(b, "cannot be written");
    }
    return !b->config.write_through || block_flush(b);
}

/* -- snapshot=on -- */

/* The bytes of [offset, offset + n) that are in one cluster. */
static size_t in_cluster(uint64_t offset, size_t n)
{
    size_t left = OVERLAY_CLUSTER - (size_t)(offset % OVERLAY_CLUSTER);
    return n < left ? n : left;
}

static bool read_overlay(Block *b, uint64_t offset, uint8_t *bytes, size_t n)
{
    while (n > 0) {
        size_t part = in_cluster(offset, n);
        const uint8_t *cluster = overlay_find(&b->overlay, offset / OVERLAY_CLUSTER);
        if (cluster) {
            memcpy(bytes, cluster + offset % OVERLAY_CLUSTER, part);
        } else {
            while (part < n && !overlay_find(&b->overlay, (offset + part) / OVERLAY_CLUSTER)) {
                part += in_cluster(offset + part, n - part);
            }
            if (!read_file(b, offset, bytes, part)) {
                return false;
            }
        }
        offset += part;
        bytes += part;
        n -= part;
    }
    return true;
}

static bool write_overlay(Block *b, uint64_t offset, const uint8_t *bytes, size_t n)
{
    while (n > 0) {
        size_t part = in_cluster(offset, n);
        uint64_t number = offset / OVERLAY_CLUSTER;
        uint8_t *cluster = overlay_find(&b->overlay, number);
        if (!cluster) {
            /* Read first: a cluster that could not be filled must not be added. */
            uint8_t old[OVERLAY_CLUSTER];
            if (part < OVERLAY_CLUSTER &&
                !read_file(b, number * OVERLAY_CLUSTER, old, OVERLAY_CLUSTER)) {
                return false;
            }
            cluster = overlay_add(&b->overlay, number);
            if (!cluster) {
                errno = 0;
                return report(b, "the host has no memory for what is written to the snapshot");
            }
            if (part < OVERLAY_CLUSTER) {
                memcpy(cluster, old, OVERLAY_CLUSTER);
            }
        }
        memcpy(cluster + offset % OVERLAY_CLUSTER, bytes, part);
        offset += part;
        bytes += part;
        n -= part;
    }
    return true;
}

/* -- Opening and closing -- */

/* Whether the image is of a format that is not raw, which is reported. */
static bool is_foreign(Block *b)
{
    uint8_t head[FORMAT_HEAD], tail[FORMAT_TAIL];
    size_t head_len = b->bytes < sizeof head ? (size_t)b->bytes : sizeof head;
    size_t tail_len = b->bytes < sizeof tail ? (size_t)b->bytes : sizeof tail;
    if (!read_file(b, 0, head, head_len) || !read_file(b, b->bytes - tail_len, tail, tail_len)) {
        return true;
    }
    const char *path = b->config.path;
    const char *name = b->config.raw ? NULL : format_name(head, head_len, tail, tail_len);
    if (name) {
        error_report("%s: %s: is a %s image: convert it with 'qemu-img convert -O raw', or say "
                     "-drive file=%s,format=raw if the guest is to see the file as it is",
                     b->config.option, path, name, path);
    }
    return name != NULL;
}

/* Looks at the file that was opened. False after an error_report(). */
static bool examine(Block *b)
{
    const char *option = b->config.option, *path = b->config.path;
    bool writes = block_writes_file(&b->config);
    if (!find_size(b->file, &b->bytes)) {
        error_report("%s: %s: is no disk image: %s: name a file", option, path, reason());
        return false;
    }
    if (b->bytes == 0) {
        error_report("%s: %s: is empty: give it the size that the disk is to have", option, path);
        return false;
    }
    if (!host_lock_file(b->file, writes)) {
        error_report("%s: %s: another program uses it%s: end that program first", option, path,
                     writes ? ", and this one would write to it" : " and writes to it");
        return false;
    }
    b->size = (b->bytes + BLOCK_SECTOR - 1) / BLOCK_SECTOR * BLOCK_SECTOR;
    b->last = UNKNOWN;
    return !is_foreign(b);
}

Block *block_open(const BlockConfig *config)
{
    bool writes = block_writes_file(config);
    Block *b = calloc(1, sizeof *b);
    if (!b) {
        error_report("%s: %s: the host has no memory left for it: close other programs",
                     config->option, config->path);
        return NULL;
    }
    b->config = *config;
    errno = 0;
    b->file = fopen(config->path, writes ? "r+b" : "rb");
    if (!b->file || setvbuf(b->file, NULL, _IONBF, 0) != 0) {
        error_report("%s: %s: %s: name a disk image that can be %s", config->option, config->path,
                     reason(), writes ? "written, or say readonly=on or -snapshot" : "read");
    } else if (examine(b)) {
        return b;
    }
    if (b->file) {
        fclose(b->file);
    }
    free(b);
    return NULL;
}

bool block_close(Block *b)
{
    if (!b) {
        return true;
    }
    bool ok = block_flush(b);
    errno = 0;
    if (fclose(b->file) != 0) {
        ok = report(b, "cannot be written");
    }
    overlay_free(&b->overlay);
    free(b);
    return ok;
}

/* -- Requests -- */

uint64_t block_size(const Block *b)
{
    return b->size;
}

bool block_read_only(const Block *b)
{
    return b->config.read_only;
}

const BlockConfig *block_config(const Block *b)
{
    return &b->config;
}

static bool within(const Block *b, uint64_t offset, size_t n)
{
    return offset <= b->size && n <= b->size - offset;
}

bool block_read(Block *b, uint64_t offset, void *bytes, size_t n)
{
    if (!within(b, offset, n)) {
        return false;
    }
    return b->overlay.count ? read_overlay(b, offset, bytes, n) : read_file(b, offset, bytes, n);
}

bool block_write(Block *b, uint64_t offset, const void *bytes, size_t n)
{
    if (!within(b, offset, n) || b->config.read_only) {
        return false;
    }
    return b->config.snapshot ? write_overlay(b, offset, bytes, n)
                              : write_file(b, offset, bytes, n);
}

bool block_flush(Block *b)
{
    if (!b->written || b->config.no_flush) {
        return true;
    }
    errno = 0;
    if (fflush(b->file) != 0 || !host_sync(b->file)) {
        return report(b, "cannot be written");
    }
    b->written = false;
    return true;
}

void block_discard(Block *b, uint64_t offset, uint64_t n)
{
    (void)b, (void)offset, (void)n; /* ISO C cannot make a hole in a file */
}

/* -- Saved state -- */

#define SAMPLES 256u

/* A checksum of SAMPLES clusters of the file, from the first to the last: all if it is small. */
static uint32_t checksum(Block *b)
{
    uint64_t last = (b->bytes - 1) / OVERLAY_CLUSTER;
    uint32_t crc = 0;
    for (unsigned i = 0; i < SAMPLES; i++) {
        uint8_t bytes[OVERLAY_CLUSTER];
        if (read_file(b, last * i / (SAMPLES - 1) * OVERLAY_CLUSTER, bytes, sizeof bytes)) {
            crc = crc32(crc, bytes, sizeof bytes);
        }
    }
    return crc;
}

void block_save(Block *b, VMWriter *w)
{
    const Overlay *o = &b->overlay;
    vmstate_put(w, b->bytes, 8);
    vmstate_put(w, checksum(b), 4);
    vmstate_put(w, o->count, 8);
    for (size_t i = 0; i < o->size; i++) {
        for (const OverlayCluster *c = o->buckets[i]; c; c = c->next) {
            vmstate_put(w, c->number, 8);
            vmstate_put_bytes(w, c->bytes, OVERLAY_CLUSTER);
        }
    }
}

bool block_load(Block *b, VMReader *r)
{
    const char *path = b->config.path;
    uint64_t bytes = vmstate_get(r, 8);
    uint32_t crc = (uint32_t)vmstate_get(r, 4);
    uint64_t count = vmstate_get(r, 8);
    if (r->failed) {
        return false;
    }
    if (bytes != b->bytes || crc != checksum(b)) {
        return vmstate_fail(r, "%s is another image or has been written since", path);
    }
    if (count && !b->config.snapshot) {
        return vmstate_fail(r, "%s was used with snapshot=on", path);
    }
    overlay_free(&b->overlay);
    for (; count && !r->failed; count--) {
        uint64_t number = vmstate_get(r, 8);
        if (number >= (b->size + OVERLAY_CLUSTER - 1) / OVERLAY_CLUSTER ||
            overlay_find(&b->overlay, number)) {
            return vmstate_fail(r, "is damaged");
        }
        uint8_t *cluster = r->left >= OVERLAY_CLUSTER ? overlay_add(&b->overlay, number) : NULL;
        if (!cluster) {
            return vmstate_fail(r, r->left < OVERLAY_CLUSTER
                                       ? "is cut off"
                                       : "needs more memory than the host has");
        }
        (void)vmstate_get_bytes(r, cluster, OVERLAY_CLUSTER);
    }
    return !r->failed;
}
