/* SPDX-License-Identifier: MIT */
/* The saved form of memory: pages that are not zero, packed in groups. */
#include "bus/packed.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bus/pages.h"
#include "util/deflate.h"
#include "util/inflate.h"
#include "util/log.h"

#define GROUP 2u /* pages: larger groups would pack better; a guest uses single ones */

struct Packed {
    const char *name; /* of the region */
    size_t count;
    uint32_t *pages;      /* their numbers, ascending */
    const uint8_t **from; /* of each group: its packed bytes, which end where the next begin */
    bool reported;
};

static size_t group_count(size_t pages)
{
    return (pages + GROUP - 1) / GROUP;
}

/* -- Saving -- */

/* Whether all bytes are 0: the first is, and each is the same as the one before it. */
static bool is_zero(const uint8_t *page)
{
    return page[0] == 0 && memcmp(page, page + 1, BUS_PAGE_SIZE - 1) == 0;
}

void packed_save(BusRegion *r, VMWriter *w)
{
    uint8_t group[GROUP * BUS_PAGE_SIZE];
    size_t pages = (size_t)(r->size >> BUS_PAGE_BITS), count = 0, begin = w->memory->len;
    const uint8_t *page = r->host;
    pages_read(r, 0, r->size);
    for (size_t i = 0; i < pages; i++, page += BUS_PAGE_SIZE) {
        if (is_zero(page)) {
            continue;
        }
        vmstate_put(w, i, 4);
        memcpy(group + count++ % GROUP * BUS_PAGE_SIZE, page, BUS_PAGE_SIZE);
        if (count % GROUP == 0) {
            deflate(w->memory, group, sizeof group);
            vmstate_put(w, w->memory->len - begin, 4);
            begin = w->memory->len;
        }
    }
    vmstate_put(w, UINT32_MAX, 4);
    if (count % GROUP) {
        deflate(w->memory, group, count % GROUP * BUS_PAGE_SIZE);
    }
    vmstate_put(w, w->memory->len - begin, 4);
    w->failed = w->failed || w->memory->failed;
}

/* -- Loading -- */

void packed_free(Packed *p)
{
    if (p) {
        free(p->pages);
        free((void *)p->from);
        free(p);
    }
}

static void free_packed(void *p)
{
    packed_free(p);
}

/* The next group is of that length: the reader goes on behind it. */
static void add_group(Packed *p, VMReader *r)
{
    uint64_t length = vmstate_get(r, 4);
    if (length > r->memory_left) {
        (void)vmstate_fail(r, "is damaged");
        return;
    }
    p->from[group_count(p->count) - 1] = r->memory;
    r->memory += length;
    r->memory_left -= (size_t)length;
}

static void load(Packed *p, VMReader *r, size_t pages)
{
    uint64_t next = 0;
    for (uint64_t page; (page = vmstate_get(r, 4)) != UINT32_MAX && !r->failed; next = page + 1) {
        if (page < next || page >= pages) {
            (void)vmstate_fail(r, "is damaged");
            return;
        }
        p->pages[p->count++] = (uint32_t)page;
        if (p->count % GROUP == 0) {
            add_group(p, r);
        }
    }
    if (p->count % GROUP) {
        add_group(p, r);
    } else if (vmstate_get(r, 4) != 0) {
        (void)vmstate_fail(r, "is damaged");
    }
    p->from[group_count(p->count)] = r->memory;
}

Packed *packed_load(VMReader *r, BusRegion *region)
{
    size_t pages = (size_t)(region->size >> BUS_PAGE_BITS);
    Packed *p = calloc(1, sizeof *p);
    if (p) {
        p->name = region->name;
        p->pages = malloc(pages * sizeof *p->pages);
        p->from = malloc((group_count(pages) + 1) * sizeof *p->from);
    }
    if (!p || !p->pages || !p->from || !pages_make(region)) {
        packed_free(p);
        (void)vmstate_fail(r, "needs more memory than the host has");
        return NULL;
    }
    load(p, r, pages);
    if (r->failed) {
        packed_free(p);
        return NULL;
    }
    return p;
}

/* The index of the first page from `page` on. */
static size_t find(const Packed *p, size_t page)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p->pages[mid] < page) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

/* The file's checksum was right: it was made so. */
static void report(Packed *p, const char *why)
{
    if (!p->reported) {
        error_report("snapshot: %s: a part %s, and is zero instead: save it again", p->name, why);
    }
    p->reported = true;
}

static void fetch(void *source, BusRegion *r, size_t page)
{
    Packed *p = source;
    Inflated bytes = { 0 };
    uint8_t *flags = r->pages->flags;
    size_t at = find(p, page), first = at / GROUP * GROUP;
    if (at == p->count || p->pages[at] != page) {
        memset(r->host + page * BUS_PAGE_SIZE, 0, BUS_PAGE_SIZE);
        flags[page] &= (uint8_t)~PAGE_ABSENT;
        return;
    }
    size_t end = first + GROUP < p->count ? first + GROUP : p->count;
    size_t size = (end - first) * BUS_PAGE_SIZE;
    const uint8_t *const *from = p->from + first / GROUP;
    const char *error = inflate(from[0], (size_t)(from[1] - from[0]), size, &bytes);
    if (error || bytes.size != size) {
        report(p, error ? error : "is cut off");
    }
    for (size_t i = first; i < end; i++) {
        uint8_t *to = r->host + (size_t)p->pages[i] * BUS_PAGE_SIZE;
        if (bytes.size == size) {
            memcpy(to, bytes.bytes + (i - first) * BUS_PAGE_SIZE, BUS_PAGE_SIZE);
        } else {
            memset(to, 0, BUS_PAGE_SIZE);
        }
        flags[p->pages[i]] &= (uint8_t)~PAGE_ABSENT;
    }
    free(bytes.bytes);
}

void packed_install(Bus *bus, BusRegion *region, Packed *p, bool zeroed)
{
    assert(!region->pages->log && "no way leads back to before it");
    pages_set_source(region,
                     &(BusPages){ .fetch = fetch, .free_source = free_packed, .source = p });
    uint8_t *flags = region->pages->flags;
    memset(flags, zeroed ? 0 : PAGE_ABSENT, (size_t)(region->size >> BUS_PAGE_BITS));
    for (size_t i = 0; i < p->count; i++) {
        flags[p->pages[i]] = PAGE_ABSENT;
    }
    bus_changed(bus, region, 0, region->size);
    bus_remapped(bus, region);
}
