/* SPDX-License-Identifier: MIT */
/* A property in a well-formed device tree blob, for tests; independent of boot/fdt_boot.c. */
#ifndef TESTS_UNIT_FDT_FIND_H
#define TESTS_UNIT_FDT_FIND_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static inline uint32_t fdt_find_word(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The value of property `name` of the node at `path` ("/", "/a/b@1"), NULL if there is none. */
static inline const uint8_t *fdt_find(const uint8_t *blob, const char *path, const char *name,
                                      size_t *len)
{
    const uint8_t *p = blob + fdt_find_word(blob + 8);
    const char *strings = (const char *)blob + fdt_find_word(blob + 12);
    char here[256] = "";
    for (;;) {
        uint32_t token = fdt_find_word(p);
        p += 4;
        if (token == 1) {
            size_t used = strlen(here), n = strlen((const char *)p);
            snprintf(here + used, sizeof here - used, "%s%s",
                     used && here[used - 1] == '/' ? "" : "/", (const char *)p);
            p += (n + 4) & ~(size_t)3;
        } else if (token == 2) {
            char *slash = strrchr(here, '/');
            if (slash == here) {
                slash++;
            }
            *slash = 0;
        } else if (token == 3) {
            uint32_t n = fdt_find_word(p);
            if (strcmp(here, path) == 0 && strcmp(strings + fdt_find_word(p + 4), name) == 0) {
                *len = n;
                return p + 8;
            }
            p += 8 + ((n + 3) & ~UINT32_C(3));
        } else if (token == 9) {
            return NULL;
        }
    }
}

#endif
