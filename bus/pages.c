/* SPDX-License-Identifier: MIT */
/* Pages of memory that are absent, or whose bytes are kept before they change. */
#include "bus/pages.h"

#include <stdlib.h>
#include <string.h>

static size_t page_count(const BusRegion *r)
{
    return (size_t)(r->size >> BUS_PAGE_BITS);
}

static uint8_t *bytes_of(const BusRegion *r, size_t page)
{
    return r->host + (page << BUS_PAGE_BITS);
}

bool pages_make(BusRegion *r)
{
    if (r->pages) {
        return true;
    }
    BusPages *p = calloc(1, sizeof *p);
    uint8_t *flags = calloc(page_count(r), 1);
    if (!p || !flags) {
        free(p);
        free(flags);
        return false;
    }
    p->flags = flags;
    r->pages = p;
    return true;
}

static void free_source(BusPages *p)
{
    if (p->source) {
        p->free_source(p->source);
    }
    p->source = NULL;
}

void pages_set_source(BusRegion *r, const BusPages *from)
{
    BusPages *p = r->pages;
    free_source(p);
    p->fetch = from->fetch;
    p->free_source = from->free_source;
    p->source = from->source;
}

void pages_free(BusRegion *r)
{
    if (r->pages) {
        free_source(r->pages);
        free(r->pages->flags);
        free(r->pages);
        r->pages = NULL;
    }
}

/* -- The log -- */

/* Adds a page to a log. Without memory for it the log has failed, and the bytes are freed. */
static void add(PageLog *log, const LoggedPage *page)
{
    if (log->count == log->size) {
        size_t size = 2 * log->size + 64;
        LoggedPage *list = realloc(log->list, size * sizeof *list);
        if (!list) {
            log->failed = true;
            free(page->bytes);
            return;
        }
        log->list = list;
        log->size = size;
    }
    log->list[log->count++] = *page;
}

/* The log gets a page as it is. Without memory for that the guest goes on. */
static void keep(BusRegion *r, size_t page)
{
    PageLog *log = r->pages->log;
    r->pages->flags[page] &= (uint8_t)~PAGE_CLEAN;
    uint8_t *bytes = malloc(BUS_PAGE_SIZE);
    if (!bytes) {
        log->failed = true;
        return;
    }
    memcpy(bytes, bytes_of(r, page), BUS_PAGE_SIZE);
    add(log, &(LoggedPage){ r, page, bytes });
}

void pages_prepare(BusRegion *r, hwaddr offset, hwaddr n, bool write)
{
    const BusPages *p = r->pages;
    size_t last = n ? (size_t)((offset + n - 1) >> BUS_PAGE_BITS) : 0;
    for (size_t i = (size_t)(offset >> BUS_PAGE_BITS); n && i <= last; i++) {
        if (p->flags[i] & PAGE_ABSENT) {
            p->fetch(p->source, r, i);
        }
        if (write && p->flags[i] & PAGE_CLEAN) {
            keep(r, i);
        }
    }
}

static void set_all_clean(Bus *bus, bool clean)
{
    for (unsigned i = 0; i < bus->count; i++) {
        const BusRegion *r = bus->regions[i];
        for (size_t k = 0; r->pages && k < page_count(r); k++) {
            uint8_t *flags = &r->pages->flags[k];
            *flags = (uint8_t)((*flags & ~PAGE_CLEAN) | (clean ? PAGE_CLEAN : 0));
        }
    }
}

/* The pages of a log are clean for the log that goes on. */
static void set_clean(const PageLog *log)
{
    for (size_t i = 0; i < log->count; i++) {
        log->list[i].region->pages->flags[log->list[i].page] |= PAGE_CLEAN;
    }
}

static void set_log(Bus *bus, PageLog *log)
{
    for (unsigned i = 0; i < bus->count; i++) {
        BusPages *p = bus->regions[i]->pages;
        if (p) {
            p->log = log;
        }
    }
    bus_remapped(bus, bus->regions[0]); /* the fast path has been open for writes */
}

bool pages_log(Bus *bus, PageLog *log)
{
    const PageLog *before = NULL;
    for (unsigned i = 0; i < bus->count; i++) {
        BusRegion *r = bus->regions[i];
        if (log && r->host && !pages_make(r)) {
            return false;
        }
        before = r->pages && r->pages->log ? r->pages->log : before;
    }
    if (log && before && !before->failed) {
        set_clean(before);
    } else {
        set_all_clean(bus, log != NULL);
    }
    set_log(bus, log);
    return true;
}

void pages_undo(Bus *bus, PageLog *log)
{
    for (size_t i = log->count; i-- > 0;) { /* a page may be there again, after pages_join() */
        const LoggedPage *p = &log->list[i];
        memcpy(bytes_of(p->region, p->page), p->bytes, BUS_PAGE_SIZE);
        bus_changed(bus, p->region, (hwaddr)p->page << BUS_PAGE_BITS, BUS_PAGE_SIZE);
    }
    set_clean(log);
    pages_forget(log);
    set_log(bus, log);
}

static void mark(const PageLog *log, bool marked)
{
    for (size_t i = 0; i < log->count; i++) {
        uint8_t *flags = &log->list[i].region->pages->flags[log->list[i].page];
        *flags = (uint8_t)((*flags & ~PAGE_MARKED) | (marked ? PAGE_MARKED : 0));
    }
}

void pages_join(Bus *bus, PageLog *log, PageLog *next)
{
    mark(log, true);
    for (size_t i = 0; i < next->count; i++) {
        const LoggedPage *p = &next->list[i];
        if (p->region->pages->flags[p->page] & PAGE_MARKED) {
            free(p->bytes);
        } else {
            add(log, p);
        }
    }
    mark(log, false);
    log->failed = log->failed || next->failed;
    next->count = 0;
    for (unsigned i = 0; i < bus->count; i++) {
        BusPages *p = bus->regions[i]->pages;
        if (p && p->log == next) {
            p->log = log;
        }
    }
}

void pages_forget(PageLog *log)
{
    for (size_t i = 0; i < log->count; i++) {
        free(log->list[i].bytes);
    }
    free(log->list);
    *log = (PageLog){ 0 };
}
