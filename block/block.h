/* SPDX-License-Identifier: MIT */
/* A disk image: a raw file of the host's, as the medium of a disk, a card or a flash.
 *
 * Requests are synchronous. What was written is in the file when block_write() returns; it survives
 * the end of tqemu, however it ends, and block_flush() asks the host to keep it should the host
 * lose power. */
#ifndef BLOCK_BLOCK_H
#define BLOCK_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "util/vmstate.h"

#define BLOCK_SECTOR 512u /* bytes */

/* The geometry that PC firmware assumes of a disk: see block_cylinders(). */
#define BLOCK_HEADS     16u
#define BLOCK_SECTORS   63u
#define BLOCK_CYLINDERS 16383u /* at most */

typedef struct Block Block;

typedef struct BlockConfig {
    const char *option; /* for messages: "-hda" */
    const char *path;
    bool read_only;     /* the file is opened for reading, and writes fail */
    bool snapshot;      /* the file is opened for reading, and writes are kept in memory */
    bool raw;           /* format=raw: the image is raw, whatever its first bytes look like */
    bool write_through; /* cache=writethrough, directsync: every write is flushed */
    bool no_flush;      /* cache=unsafe: block_flush() does nothing */
} BlockConfig;

/* Whether what the guest writes goes to the file. */
static inline bool block_writes_file(const BlockConfig *config)
{
    return !config->read_only && !config->snapshot;
}

/* Opens an image, whose strings must outlive it. NULL after an error_report(): there is no such
 * file, it is empty or in another format (qcow2, ...), another tqemu or QEMU uses it and one of the
 * two would write, or the host has no memory. */
Block *block_open(const BlockConfig *config);

/* Flushes and closes; NULL is fine. False after an error_report() if something was lost. */
bool block_close(Block *b);

/* Bytes: a multiple of BLOCK_SECTOR. A file that ends within a sector is read as if zeros followed,
 * as in QEMU; a write there makes it longer. */
uint64_t block_size(const Block *b);
/* As QEMU: at least 2, at most BLOCK_CYLINDERS, of BLOCK_HEADS * BLOCK_SECTORS sectors each. */
static inline uint16_t block_cylinders(const Block *b)
{
    uint64_t n = block_size(b) / (BLOCK_HEADS * BLOCK_SECTORS * BLOCK_SECTOR);
    return (uint16_t)(n < 2 ? 2 : n > BLOCK_CYLINDERS ? BLOCK_CYLINDERS : n);
}
/* Whether writes fail: read_only was set. */
bool block_read_only(const Block *b);
/* How it was opened. */
const BlockConfig *block_config(const Block *b);

/* Reads or writes n bytes at an offset. False: [offset, offset + n) is not within the image, it is
 * read-only, or the host failed, which is reported on stderr once per image. */
bool block_read(Block *b, uint64_t offset, void *bytes, size_t n);
bool block_write(Block *b, uint64_t offset, const void *bytes, size_t n);

/* Writes n times the same byte. False as with block_write(); if the host fails, a part is written.
 */
bool block_fill(Block *b, uint64_t offset, uint64_t n, uint8_t byte);

/* Returns when all that was written is on the host's disk, as far as the host can tell. False: it
 * may not be. */
bool block_flush(Block *b);

/* Save which image it is, and what snapshot=on keeps in memory. Loading fails for another image, or
 * one that has changed since. */
void block_save(Block *b, VMWriter *w);
bool block_load(Block *b, VMReader *r);

/* The guest does not need these bytes any more; they may be kept, or read as 0. */
void block_discard(Block *b, uint64_t offset, uint64_t n);

#endif
