/* SPDX-License-Identifier: MIT */
/* Fuzzing of disk images (libFuzzer), in lockstep with a model in memory: an image whose head, tail
 * and size the input chooses is opened, read, written, flushed and opened again in any mode. What
 * is read must be what was written, also through a snapshot, which leaves the file as it was.
 *
 * Input: a byte for flags, the image's size (2 bytes), the length of its head (1 byte) and the
 * head, then steps of 6 bytes: what, how much (2 bytes), where (2 bytes), a byte to write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "block/block.h"
#include "util/bytes.h"

#define STEP 6
#define MOST (132u << 10)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];
static size_t length;         /* of the file */
static uint8_t file[MOST];    /* its bytes, by the model */
static uint8_t overlay[MOST]; /* those of the disk: with what was written to the snapshot */
static uint8_t bytes[MOST];

static void failed(const char *what, size_t where)
{
    fprintf(stderr, "%s: at %zu\n", what, where);
    abort();
}

static void compare(const uint8_t *want, size_t offset, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != want[offset + i]) {
            failed(what, offset + i);
        }
    }
}

static void make_file(void)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(file, 1, length, f) != length || fclose(f) != 0) {
        failed("the host cannot write", 0);
    }
}

/* The file has what the model has, and after it zeros, if at all. */
static void check_file(void)
{
    FILE *f = fopen(path, "rb");
    memset(bytes, 0, sizeof bytes);
    if (!f || fread(bytes, 1, sizeof bytes, f) < length || fclose(f) != 0) {
        failed("the file is shorter", length);
    }
    compare(file, 0, sizeof bytes, "the file");
}

static Block *open_image(unsigned how)
{
    BlockConfig config = { .option = "-drive",
                           .path = path,
                           .read_only = how & 1,
                           .snapshot = how >> 1 & 1,
                           .raw = how >> 2 & 1,
                           .write_through = how >> 3 & 1,
                           .no_flush = how >> 4 & 1 };
    memcpy(overlay, file, sizeof overlay);
    Block *b = block_open(&config);
    if (b && block_size(b) != (length + BLOCK_SECTOR - 1) / BLOCK_SECTOR * BLOCK_SECTOR) {
        failed("its size", length);
    }
    if (!b && config.raw && length > 0) {
        failed("a raw image is refused", length);
    }
    return b;
}

static void access_image(Block *b, unsigned what, uint64_t offset, size_t n, uint8_t byte)
{
    const BlockConfig *config = block_config(b);
    bool inside = offset <= block_size(b) && n <= block_size(b) - offset, good;
    uint8_t *disk = config->snapshot ? overlay : file;
    if (what == 0) {
        memset(bytes, 0xa5, n);
        good = block_read(b, offset, bytes, n);
        if (good) {
            compare(disk, offset, n, "the disk");
        }
    } else {
        for (size_t i = 0; i < n; i++) {
            bytes[i] = (uint8_t)(what == 1 ? byte + i * 7 : byte);
        }
        inside = inside && !(config->read_only && (what == 1 || n > 0));
        good = what == 1 ? block_write(b, offset, bytes, n) : block_fill(b, offset, n, byte);
        if (good) {
            memcpy(disk + offset, bytes, n);
        }
        if (good && n > 0 && !config->snapshot) {
            length = offset + n > length ? offset + n : length;
        }
    }
    if (good != inside) {
        failed("taken, or not", (size_t)offset);
    }
}

static Block *step(Block *b, const uint8_t *s)
{
    size_t n = ld16_p(s + 1);
    uint64_t offset = (uint64_t)ld16_p(s + 3) << (s[0] >> 4) % 5;
    switch (s[0] & 7) {
    case 0:
    case 1: access_image(b, 0, offset, n, 0); break;
    case 2:
    case 3: access_image(b, 1, offset, n, s[5]); break;
    case 4: access_image(b, 2, offset, n, s[5]); break;
    case 5: access_image(b, n & 1, UINT64_MAX - offset, n, s[5]); break;
    case 6:
        if (!block_flush(b)) {
            failed("flush", 0);
        }
        break;
    default:
        if (!block_close(b)) {
            failed("close", 0);
        }
        check_file();
        b = open_image(s[5]);
    }
    return b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4) {
        return 0;
    }
    snprintf(path, sizeof path, "/tmp/tqemu-fuzz-block-%p", (void *)&path);
    const uint8_t *end = data + size, *at = data + 4;
    size_t head = data[3] < size - 4 ? data[3] : size - 4;
    length = (size_t)ld16_p(data + 1) << 1;
    memset(file, 0, sizeof file);
    for (size_t i = 0; i < length; i++) {
        file[i] = (uint8_t)(i >> 8);
    }
    /* The head's bytes come again at the image's end. */
    head = head < length ? head : length;
    memcpy(file, at, head);
    memcpy(file + length - head, at, head);
    at += head;
    make_file();
    Block *b = open_image(data[0]);
    for (; b && end - at >= STEP; at += STEP) {
        b = step(b, at);
    }
    if (!block_close(b)) {
        failed("close", 0);
    }
    check_file();
    remove(path);
    return 0;
}
