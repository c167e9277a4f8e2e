/* SPDX-License-Identifier: MIT */
/* Work on a whole disk in the guest: it is written and read in order, then at random places, past
 * the page cache, and every block that is read is compared with what was written last.
 *
 * usage: disk DEVICE MIB OPERATIONS [MOST]
 *
 * MIB of the disk are used; OPERATIONS random reads and as many writes are done, of 4 KiB up to
 * MOST KiB (64). Says of each kind "DISK kind BYTES MICROSECONDS", where only reading, writing and
 * flushing are timed; ends with status 1 at a wrong block or an error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BLOCK   4096u
#define WORDS   (BLOCK / 4)
#define LONGEST 16u /* blocks of an operation */

static int fd;
static uint32_t blocks;
static uint32_t *generations; /* by block; 0: not written yet */
static uint32_t *buffer;
static uint64_t bytes, nanoseconds; /* of the present kind of work */

static uint32_t random_number(void)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* The words of a block follow from its number and generation. */
static uint32_t first_word(uint32_t block)
{
    return (block * 2654435761u) ^ (generations[block] * 40503u);
}

static void fill(uint32_t *words, uint32_t block)
{
    uint32_t w = first_word(block);
    for (unsigned i = 0; i < WORDS; i++, w = w * 1664525u + 1013904223u) {
        words[i] = w;
    }
}

static void check(const uint32_t *words, uint32_t block)
{
    uint32_t w = first_word(block);
    for (unsigned i = 0; i < WORDS; i++, w = w * 1664525u + 1013904223u) {
        if (words[i] != w) {
            printf("WRONG: byte %u of block %lu is not that of generation %lu\n", 4 * i,
                   (unsigned long)block, (unsigned long)generations[block]);
            exit(1);
        }
    }
}

static void must(int good, const char *what)
{
    if (!good) {
        printf("WRONG: %s: %s\n", what, strerror(errno));
        exit(1);
    }
}

static void write_blocks(uint32_t block, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        generations[block + i]++;
        fill(buffer + WORDS * i, block + i);
    }
    size_t size = (size_t)BLOCK * n;
    uint64_t start = now();
    must(pwrite(fd, buffer, size, (off_t)BLOCK * block) == (ssize_t)size, "write");
    nanoseconds += now() - start;
    bytes += size;
}

static void read_blocks(uint32_t block, uint32_t n)
{
    size_t size = (size_t)BLOCK * n;
    uint64_t start = now();
    must(pread(fd, buffer, size, (off_t)BLOCK * block) == (ssize_t)size, "read");
    nanoseconds += now() - start;
    bytes += size;
    for (uint32_t i = 0; i < n; i++) {
        check(buffer + WORDS * i, block + i);
    }
}

static void flush(void)
{
    uint64_t start = now();
    must(fsync(fd) == 0, "flush");
    nanoseconds += now() - start;
}

static void end_of(const char *kind)
{
    printf("DISK %s %llu %llu\n", kind, (unsigned long long)bytes,
           (unsigned long long)nanoseconds / 1000);
    fflush(stdout);
    bytes = nanoseconds = 0;
}

static void in_order(void (*work)(uint32_t block, uint32_t n))
{
    for (uint32_t block = 0; block < blocks; block += LONGEST) {
        work(block, blocks - block < LONGEST ? blocks - block : LONGEST);
    }
}

static void at_random(void (*work)(uint32_t block, uint32_t n), uint32_t most)
{
    uint32_t n = 1 + random_number() % most;
    work(random_number() % (blocks - n + 1), n);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        return 1;
    }
    unsigned long operations = strtoul(argv[3], NULL, 0);
    uint32_t most = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 0) / 4 : LONGEST;
    void *aligned = NULL;
    blocks = (uint32_t)strtoul(argv[2], NULL, 0) * 256;
    generations = calloc(blocks, sizeof *generations);
    must(generations && posix_memalign(&aligned, BLOCK, BLOCK * LONGEST) == 0, "memory");
    buffer = aligned;
    fd = open(argv[1], O_RDWR | O_DIRECT);
    must(fd >= 0, argv[1]);

    in_order(write_blocks);
    flush();
    end_of("sequential-write");
    in_order(read_blocks);
    end_of("sequential-read");
    for (unsigned long i = 0; i < operations; i++) {
        at_random(write_blocks, most);
        if (i % 32 == 31) {
            flush();
        }
    }
    flush();
    end_of("random-write");
    for (unsigned long i = 0; i < operations; i++) {
        at_random(read_blocks, most);
    }
    end_of("random-read");
    for (unsigned long i = 0; i < operations; i++) {
        at_random(i & 1 ? write_blocks : read_blocks, most);
    }
    flush();
    end_of("random-mixed");
    in_order(read_blocks);
    end_of("verify");
    return 0;
}
