/* SPDX-License-Identifier: MIT */
/* Pages of memory that are absent, or whose bytes are kept before they change.
 *
 * A snapshot's memory stays packed until it is used: a page is absent until then. And a log keeps
 * the bytes of each page from before its first write, so that memory can go back to what it was
 * where the log begins. The engine's fast path is open for no absent page, and for writes to no
 * page that the log has not got. */
#ifndef BUS_PAGES_H
#define BUS_PAGES_H

#include "bus/bus.h"

/* Flags of a page. */
enum {
    PAGE_ABSENT = 1, /* its bytes are still to be fetched */
    PAGE_CLEAN = 2,  /* it has not been written since the log began */
    PAGE_MARKED = 4, /* within pages.c */
};

typedef struct LoggedPage {
    BusRegion *region;
    size_t page;
    uint8_t *bytes; /* those from before */
} LoggedPage;

typedef struct PageLog {
    LoggedPage *list; /* in the order of the writes */
    size_t count, size;
    bool failed; /* the host had no memory for a page: there is no way back */
} PageLog;

/* Of a region whose pages are not all there and free to be written. */
struct BusPages {
    uint8_t *flags; /* of each page */
    PageLog *log;   /* NULL: none, and no page is clean */
    /* Fetches an absent page and may fetch others with it; clears PAGE_ABSENT. */
    void (*fetch)(void *source, BusRegion *r, size_t page);
    void (*free_source)(void *source);
    void *source; /* NULL: no page is absent */
};

void pages_prepare(BusRegion *r, hwaddr offset, hwaddr n, bool write);

/* Whether an access to n bytes may need pages_prepare(); those of up to 8 bytes are in one page. */
static inline bool pages_need(const BusRegion *r, hwaddr offset, hwaddr n, uint8_t flags)
{
    return r->pages && (n > 8 || r->pages->flags[offset >> BUS_PAGE_BITS] & flags);
}

/* Before bytes of BusRegion.host are read or written, but by the engine's fast path: n bytes from
 * `offset`. */
static inline void pages_read(BusRegion *r, hwaddr offset, hwaddr n)
{
    if (pages_need(r, offset, n, PAGE_ABSENT)) {
        pages_prepare(r, offset, n, false);
    }
}

static inline void pages_write(BusRegion *r, hwaddr offset, hwaddr n)
{
    if (pages_need(r, offset, n, PAGE_ABSENT | PAGE_CLEAN)) {
        pages_prepare(r, offset, n, true);
    }
}

/* Whether a page may be written without pages_write(). */
static inline bool pages_open(const BusRegion *r, hwaddr offset)
{
    return !r->pages || !(r->pages->flags[offset >> BUS_PAGE_BITS] & PAGE_CLEAN);
}

/* Makes r->pages if it is not there yet. False: the host has no memory. */
bool pages_make(BusRegion *r);

/* From now on absent pages of a region, which pages_make() has seen, come from this source; the one
 * before is freed. The caller then sets their flags. */
void pages_set_source(BusRegion *r, const BusPages *from);

/* Frees r->pages. */
void pages_free(BusRegion *r);

/* Begins a log of all memory that is mapped; the one before it, which is not freed, gets nothing
 * any more. NULL: none begins. False: the host has no memory; nothing has changed. */
bool pages_log(Bus *bus, PageLog *log);

/* Puts memory back to where a log began that has not failed; it goes on from there, empty. It is
 * the present one, or the one before it if nothing has changed since that one's pages_undo(). */
void pages_undo(Bus *bus, PageLog *log);

/* A log that ends where the next begins gets what that one has, and takes its place. */
void pages_join(Bus *bus, PageLog *log, PageLog *next);

/* Frees what a log has. It is not the present one, or pages_undo() for one before it follows. */
void pages_forget(PageLog *log);

#endif
