/* SPDX-License-Identifier: MIT */
/* The ATAG list. */
#include "boot/atags.h"

#include <stdlib.h>
#include <string.h>

#include "bus/bus.h"

#define ATAG_NONE    UINT32_C(0x00000000)
#define ATAG_CORE    UINT32_C(0x54410001)
#define ATAG_MEM     UINT32_C(0x54410002)
#define ATAG_INITRD2 UINT32_C(0x54420005)
#define ATAG_CMDLINE UINT32_C(0x54410009)

#define TAG_HEADER   2u /* words: the length in words, these two included, and the tag */
#define CORE_FLAG_RO 1u /* the root file system is mounted read-only */

static uint8_t *put_words(uint8_t *p, const uint32_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++, p += 4) {
        st32_p(p, words[i]);
    }
    return p;
}

uint8_t *atags_make(const FdtBoot *boot, size_t *len)
{
    const char *cmdline = boot->bootargs ? boot->bootargs : "";
    size_t cmdline_words = *cmdline ? strlen(cmdline) / 4 + 1 : 0; /* with its final 0 */
    const uint32_t core[] = { TAG_HEADER + 3, ATAG_CORE, CORE_FLAG_RO, BUS_PAGE_SIZE, 0 };
    const uint32_t mem[] = { TAG_HEADER + 2, ATAG_MEM, (uint32_t)boot->ram_size,
                             (uint32_t)boot->ram_base };
    const uint32_t initrd[] = { TAG_HEADER + 2, ATAG_INITRD2, (uint32_t)boot->initrd_start,
                                (uint32_t)boot->initrd_size };
    const uint32_t cmdline_header[] = { (uint32_t)(TAG_HEADER + cmdline_words), ATAG_CMDLINE };
    const uint32_t none[] = { 0, ATAG_NONE };
    uint8_t *list = calloc(1, sizeof core + sizeof mem + sizeof initrd + sizeof cmdline_header +
                                  4 * cmdline_words + sizeof none);
    if (!list) {
        return NULL;
    }
    uint8_t *p = put_words(list, core, sizeof core / 4);
    p = put_words(p, mem, sizeof mem / 4);
    if (boot->initrd_size) {
        p = put_words(p, initrd, sizeof initrd / 4);
    }
    if (cmdline_words) {
        p = put_words(p, cmdline_header, TAG_HEADER);
        memcpy(p, cmdline, strlen(cmdline));
        p += 4 * cmdline_words;
    }
    p = put_words(p, none, sizeof none / 4);
    *len = (size_t)(p - list);
    return list;
}
