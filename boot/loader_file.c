/* SPDX-License-Identifier: MIT */
/* The image loader: reads files of any format. */
#include "boot/loader_formats.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/log.h"

#define FIRST_BUFFER ((size_t)64 << 10)
#define ELF_LIMIT    ((uint64_t)1 << 30) /* bytes: symbols and debug information are not loaded */

static const char *reason(void)
{
    return errno ? strerror(errno) : "unknown reason";
}

static void report_too_large(FILE *f, const char *option, const char *path, uint64_t limit)
{
    long size = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
    if (size > 0 && (uint64_t)size > limit) {
        error_report("%s: is %ld bytes, and there is room for %" PRIu64
                     ": use a smaller file for %s, or more memory (-m)",
                     path, size, limit, option);
    } else {
        error_report("%s: is longer than the %" PRIu64
                     " bytes there is room for: use a smaller file for %s, or more memory (-m)",
                     path, limit, option);
    }
}

/* Reads to the end of the file or one byte past the limit. The buffer grows with what arrives: a
 * pipe has no size, and a device's size means nothing. */
static bool read_all(FILE *f, Image *image, const char *option, const char *path, uint64_t limit)
{
    size_t cap = 0;
    for (;;) {
        if (image->size == cap) {
            size_t more = cap ? 2 * cap : FIRST_BUFFER;
            more = more > limit ? (size_t)limit + 1 : more;
            uint8_t *bytes = realloc(image->bytes, more);
            if (!bytes) {
                error_report("%s: no memory for more than %zu bytes of it: use a smaller file "
                             "for %s",
                             path, cap, option);
                return false;
            }
            image->bytes = bytes;
            cap = more;
        }
        errno = 0;
        size_t n = fread(image->bytes + image->size, 1, cap - image->size, f);
        if (ferror(f)) {
            error_report("%s: cannot be read (%s): give %s a readable file", path, reason(),
                         option);
            return false;
        }
        if (image->size == 0 && elf_is(&(Image){ .bytes = image->bytes, .size = n }) &&
            limit < ELF_LIMIT) {
            limit = ELF_LIMIT;
        }
        image->size += n;
        if (image->size > limit) {
            report_too_large(f, option, path, limit);
            return false;
        }
        if (n == 0) {
            break;
        }
    }
    if (image->size == 0) {
        error_report("%s: is empty: give %s a file with something in it", path, option);
        return false;
    }
    uint8_t *exact = realloc(image->bytes, image->size);
    image->bytes = exact ? exact : image->bytes;
    return true;
}

bool image_read(Image *image, const char *option, const char *path, uint64_t limit)
{
    *image = (Image){ .name = path };
    errno = 0;
    FILE *f = fopen(path, "rb");
    if (!f) {
        error_report("%s: cannot be opened (%s): check %s", path, reason(), option);
        return false;
    }
    bool ok = read_all(f, image, option, path, limit);
    fclose(f);
    if (!ok) {
        free(image->bytes);
        *image = (Image){ 0 };
    }
    return ok;
}

bool segment_add(SegmentList *segments, const Segment *segment)
{
    if (segments->count == segments->cap) {
        size_t cap = segments->cap ? 2 * segments->cap : 8;
        Segment *list = realloc(segments->list, cap * sizeof *list);
        if (!list) {
            error_report("%s: no memory to load it: close other programs", segment->name);
            return false;
        }
        segments->list = list;
        segments->cap = cap;
    }
    segments->list[segments->count++] = *segment;
    return true;
}

bool segment_add_bytes(SegmentList *segments, const char *name, uint64_t addr, const uint8_t *bytes,
                       size_t n)
{
    return segment_add(segments, &(Segment){ name, addr, n, bytes, n });
}
