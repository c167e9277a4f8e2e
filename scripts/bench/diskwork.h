/* SPDX-License-Identifier: MIT */
/* Work on a whole disk: it is written and read in order, then at random places, and every block
 * that is read is compared with what was written last. The program that includes this reaches the
 * disk; only that is timed. */
#ifndef BENCH_DISKWORK_H
#define BENCH_DISKWORK_H

#include <stdint.h>

#define BLOCK   4096u
#define WORDS   (BLOCK / 4)
#define LONGEST 16u /* blocks of an operation */

/* What the program gives. An error of the disk ends it. */
static void write_disk(uint32_t block, const uint32_t *words, uint32_t n); /* n blocks */
static void read_disk(uint32_t block, uint32_t *words, uint32_t n);
static void flush_disk(void);
static uint64_t microseconds(void); /* of a clock that never goes back */
/* Ends the program: a byte of a block is wrong. */
static void wrong_block(uint32_t byte, uint32_t block, uint32_t generation);
/* A kind of work is done: prints "DISK kind BYTES MICROSECONDS". */
static void done(const char *kind, uint64_t bytes, uint64_t time);

static uint32_t disk_blocks;  /* that are used */
static uint32_t *generations; /* by block; 0: not written yet */
static uint32_t *buffer;      /* LONGEST blocks */
static uint64_t moved, spent; /* by the present kind of work: bytes, microseconds */

static uint32_t random_below(uint32_t n)
{
    static uint64_t state = 1;
    state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (uint32_t)((state >> 32) * n >> 32);
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
            wrong_block(4 * i, block, generations[block]);
        }
    }
}

static void write_blocks(uint32_t block, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        generations[block + i]++;
        fill(buffer + WORDS * i, block + i);
    }
    uint64_t start = microseconds();
    write_disk(block, buffer, n);
    spent += microseconds() - start;
    moved += BLOCK * n;
}

static void read_blocks(uint32_t block, uint32_t n)
{
    uint64_t start = microseconds();
    read_disk(block, buffer, n);
    spent += microseconds() - start;
    moved += BLOCK * n;
    for (uint32_t i = 0; i < n; i++) {
        check(buffer + WORDS * i, block + i);
    }
}

static void flush(void)
{
    uint64_t start = microseconds();
    flush_disk();
    spent += microseconds() - start;
}

static void end_of(const char *kind)
{
    done(kind, moved, spent);
    moved = spent = 0;
}

static void in_order(void (*work)(uint32_t block, uint32_t n))
{
    for (uint32_t block = 0; block < disk_blocks; block += LONGEST) {
        work(block, disk_blocks - block < LONGEST ? disk_blocks - block : LONGEST);
    }
}

static void at_random(void (*work)(uint32_t block, uint32_t n), uint32_t most)
{
    uint32_t n = 1 + random_below(most);
    work(random_below(disk_blocks - n + 1), n);
}

/* All kinds of work. `operations` random reads and as many writes are done, of up to `most` blocks.
 */
static void work_on_disk(uint32_t operations, uint32_t most)
{
    in_order(write_blocks);
    flush();
    end_of("sequential-write");
    in_order(read_blocks);
    end_of("sequential-read");
    for (uint32_t i = 0; i < operations; i++) {
        at_random(write_blocks, most);
        if (i % 32 == 31) {
            flush();
        }
    }
    flush();
    end_of("random-write");
    for (uint32_t i = 0; i < operations; i++) {
        at_random(read_blocks, most);
    }
    end_of("random-read");
    for (uint32_t i = 0; i < operations; i++) {
        at_random(i & 1 ? write_blocks : read_blocks, most);
    }
    flush();
    end_of("random-mixed");
    in_order(read_blocks);
    end_of("verify");
}

#endif
