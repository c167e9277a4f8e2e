/* SPDX-License-Identifier: MIT */
/* The work of diskwork.h on a disk of the guest's Linux, past the page cache.
 *
 * usage: disk DEVICE MIB OPERATIONS [MOST]
 *
 * MIB of the disk are used; OPERATIONS random reads and as many writes are done, of 4 KiB up to
 * MOST KiB (64). Ends with status 1 at a wrong block or an error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "diskwork.h"

static int fd;

static uint64_t microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000;
}

static void must(int good, const char *what)
{
    if (!good) {
        printf("WRONG: %s: %s\n", what, strerror(errno));
        exit(1);
    }
}

static void wrong_block(uint32_t byte, uint32_t block, uint32_t generation)
{
    printf("WRONG: byte %lu of block %lu is not that of generation %lu\n", (unsigned long)byte,
           (unsigned long)block, (unsigned long)generation);
    exit(1);
}

static void write_disk(uint32_t block, const uint32_t *words, uint32_t n)
{
    ssize_t size = (ssize_t)(BLOCK * n);
    must(pwrite(fd, words, (size_t)size, (off_t)BLOCK * block) == size, "write");
}

static void read_disk(uint32_t block, uint32_t *words, uint32_t n)
{
    ssize_t size = (ssize_t)(BLOCK * n);
    must(pread(fd, words, (size_t)size, (off_t)BLOCK * block) == size, "read");
}

static void flush_disk(void)
{
    must(fsync(fd) == 0, "flush");
}

static void done(const char *kind, uint64_t bytes, uint64_t time)
{
    printf("DISK %s %llu %llu\n", kind, (unsigned long long)bytes, (unsigned long long)time);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        return 1;
    }
    uint32_t operations = (uint32_t)strtoul(argv[3], NULL, 0);
    uint32_t most = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 0) / 4 : LONGEST;
    void *aligned = NULL;
    disk_blocks = (uint32_t)strtoul(argv[2], NULL, 0) * 256;
    generations = calloc(disk_blocks, sizeof *generations);
    must(generations && posix_memalign(&aligned, BLOCK, BLOCK * LONGEST) == 0, "memory");
    buffer = aligned;
    fd = open(argv[1], O_RDWR | O_DIRECT);
    must(fd >= 0, argv[1]);
    work_on_disk(operations, most);
    return 0;
}
