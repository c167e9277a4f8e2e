/* SPDX-License-Identifier: MIT */
/* For LD_PRELOAD: a host whose memory runs out. malloc(), calloc() and realloc() fail from call
 * ALLOC_FROM on (counted from 1; for ever, or ALLOC_TIMES times). The number of calls goes to the
 * file descriptor ALLOC_FD when the program ends. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* glibc's own names of them, which need no dlsym() (which allocates). */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static unsigned long calls, from, times;
static int fd = -1;

static unsigned long number(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);
    return value ? strtoul(value, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void start(void)
{
    from = number("ALLOC_FROM", 0);
    times = number("ALLOC_TIMES", -1ul);
    fd = (int)number("ALLOC_FD", -1ul);
    calls = 0;
}

__attribute__((destructor)) static void end(void)
{
    if (fd >= 0) {
        char text[32];
        int n = snprintf(text, sizeof text, "%lu\n", calls);
        if (write(fd, text, (size_t)n) != n) {
            _exit(99);
        }
    }
}

static int fails(void)
{
    calls++;
    if (from && calls >= from && calls - from < times) {
        errno = ENOMEM;
        return 1;
    }
    return 0;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}
