/* SPDX-License-Identifier: MIT */
/* Split virtqueues (Virtual I/O Device specification 1.1, 2.6). */
#include <string.h>

#include "bus/dma.h"
#include "virtio/virtio.h"

/* A descriptor. */
#define DESC_SIZE  16u
#define F_NEXT     1u
#define F_WRITE    2u
#define F_INDIRECT 4u

/* The available ring: flags, index, entries, used_event. */
#define AVAIL_IDX      2u
#define AVAIL_RING     4u
#define F_NO_INTERRUPT 1u
/* The used ring: flags, index, entries of 8 bytes, avail_event. */
#define USED_IDX        2u
#define USED_RING       4u
#define USED_ENTRY_SIZE 8u

typedef struct Descriptor {
    uint64_t addr;
    uint32_t len;
    uint16_t flags, next;
} Descriptor;

/* A table of descriptors: the queue's, or an indirect one. */
typedef struct Table {
    uint64_t addr;
    uint32_t size;
    bool indirect;
} Table;

/* -- Access to the rings; false: the device has become broken -- */

static bool read_ring(VirtioDevice *d, uint64_t addr, void *bytes, size_t n)
{
    if (d->may_access(d->opaque) && dma_read(d->card.memory, addr, bytes, n)) {
        return true;
    }
    virtio_break(d, "a ring is not in memory that it may read");
    return false;
}

static bool write_ring(VirtioDevice *d, uint64_t addr, const void *bytes, size_t n)
{
    if (d->may_access(d->opaque) && dma_write(d->card.memory, addr, bytes, n)) {
        return true;
    }
    virtio_break(d, "a ring is not in memory that it may write");
    return false;
}

static bool read16(VirtioDevice *d, uint64_t addr, uint16_t *value)
{
    uint8_t bytes[2];
    if (!read_ring(d, addr, bytes, sizeof bytes)) {
        return false;
    }
    *value = (uint16_t)ld16_p(bytes);
    return true;
}

static bool write16(VirtioDevice *d, uint64_t addr, uint16_t value)
{
    uint8_t bytes[2];
    st16_p(bytes, value);
    return write_ring(d, addr, bytes, sizeof bytes);
}

static bool read_descriptor(VirtioDevice *d, const Table *table, uint32_t i, Descriptor *desc)
{
    uint8_t bytes[DESC_SIZE];
    if (i >= table->size) {
        virtio_break(d, "a descriptor is not in its table");
        return false;
    }
    if (!read_ring(d, table->addr + (uint64_t)DESC_SIZE * i, bytes, sizeof bytes)) {
        return false;
    }
    *desc = (Descriptor){ .addr = ld64_p(bytes),
                          .len = ld32_p(bytes + 8),
                          .flags = (uint16_t)ld16_p(bytes + 12),
                          .next = (uint16_t)ld16_p(bytes + 14) };
    return true;
}

static bool has_feature(const VirtioDevice *d, uint64_t feature)
{
    return (d->features & feature) != 0;
}

/* -- Requests -- */

static bool add_segment(VirtioDevice *d, const Descriptor *desc)
{
    VirtioRequest *r = &d->request;
    bool write = (desc->flags & F_WRITE) != 0;
    unsigned count = r->out_count + r->in_count;
    const char *wrong = count == VIRTQUEUE_MAX_SIZE  ? "a chain has too many descriptors"
                        : desc->len == 0             ? "a buffer has 0 bytes"
                        : !write && r->in_count != 0 ? "a readable buffer follows a writable one"
                        : !dma_check(d->card.memory, desc->addr, desc->len, write)
                            ? "a buffer is not in memory"
                            : NULL;
    if (wrong) {
        virtio_break(d, wrong);
        return false;
    }
    r->segments[count] = (VirtioSegment){ desc->addr, desc->len };
    if (write) {
        r->in_count++;
        r->in_size += desc->len;
    } else {
        r->out_count++;
        r->out_size += desc->len;
    }
    return true;
}

/* Enters an indirect table, where the chain goes on to its end (2.6.5.3). */
static bool enter_indirect(VirtioDevice *d, Table *table, const Descriptor *desc)
{
    if (table->indirect || desc->len == 0 || desc->len % DESC_SIZE != 0) {
        virtio_break(d, "an indirect table within another, or of a wrong size");
        return false;
    }
    *table = (Table){ desc->addr, desc->len / DESC_SIZE, true };
    return true;
}

static bool read_chain(VirtioDevice *d, const Virtqueue *q, uint16_t head)
{
    Table table = { q->desc, q->size, false };
    Descriptor desc;
    uint16_t i = head;
    do { /* add_segment() ends a chain without an end */
        if (!read_descriptor(d, &table, i, &desc)) {
            return false;
        }
        if ((desc.flags & F_INDIRECT) != 0) {
            if (!enter_indirect(d, &table, &desc)) {
                return false;
            }
            i = 0;
            desc.flags = F_NEXT;
            continue;
        }
        if (!add_segment(d, &desc)) {
            return false;
        }
        i = desc.next;
    } while ((desc.flags & F_NEXT) != 0);
    return true;
}

/* How many requests wait; 0 if the device has become broken. */
static unsigned waiting(VirtioDevice *d, const Virtqueue *q)
{
    uint16_t idx;
    if (d->broken || !q->enabled || !read16(d, q->avail + AVAIL_IDX, &idx)) {
        return 0;
    }
    unsigned n = (uint16_t)(idx - q->last_avail);
    if (n > q->size) {
        virtio_break(d, "the available ring's index is too far ahead");
        return 0;
    }
    return n;
}

/* Tells the driver at which entry to notify the device again (2.6.10). */
static bool set_avail_event(VirtioDevice *d, const Virtqueue *q)
{
    return !has_feature(d, VIRTIO_EVENT_IDX) ||
           write16(d, q->used + USED_RING + (uint64_t)USED_ENTRY_SIZE * q->size, q->last_avail);
}

bool virtqueue_has_request(VirtioDevice *d, unsigned queue)
{
    return waiting(d, &d->queues[queue]) != 0;
}

bool virtqueue_pop(VirtioDevice *d, unsigned queue)
{
    Virtqueue *q = &d->queues[queue];
    VirtioRequest *r = &d->request;
    if (timer_pending(&d->resume) || waiting(d, q) == 0) {
        return false;
    }
    r->out_count = r->in_count = 0;
    r->out_size = r->in_size = 0;
    if (!read16(d, q->avail + AVAIL_RING + (uint64_t)2 * (q->last_avail % q->size), &r->head)) {
        return false;
    }
    if (!read_chain(d, q, r->head)) {
        return false;
    }
    q->last_avail++;
    return set_avail_event(d, q);
}

void virtqueue_push(VirtioDevice *d, unsigned queue, uint32_t written)
{
    Virtqueue *q = &d->queues[queue];
    uint8_t entry[USED_ENTRY_SIZE];
    st32_p(entry, d->request.head);
    st32_p(entry + 4, written);
    uint64_t at = q->used + USED_RING + (uint64_t)USED_ENTRY_SIZE * (q->used_idx % q->size);
    if (!d->broken && write_ring(d, at, entry, sizeof entry)) {
        q->used_idx++;
        (void)write16(d, q->used + USED_IDX, q->used_idx);
    }
}

/* Whether the driver wants an interrupt for what was used since the last one (2.6.7). */
static bool wants_interrupt(VirtioDevice *d, Virtqueue *q)
{
    uint16_t value, before = q->signalled_used;
    bool valid = q->signalled_valid;
    if (has_feature(d, VIRTIO_NOTIFY_ON_EMPTY) && waiting(d, q) == 0) {
        return true;
    }
    if (!has_feature(d, VIRTIO_EVENT_IDX)) {
        return read16(d, q->avail, &value) && (value & F_NO_INTERRUPT) == 0;
    }
    q->signalled_used = q->used_idx;
    q->signalled_valid = 1;
    /* used_event; as many entries were used since the last interrupt as there are from `before`. */
    return read16(d, q->avail + AVAIL_RING + (uint64_t)2 * q->size, &value) &&
           (!valid || (uint16_t)(q->used_idx - value - 1) < (uint16_t)(q->used_idx - before));
}

void virtqueue_interrupt(VirtioDevice *d, unsigned queue)
{
    if (!d->broken && wants_interrupt(d, &d->queues[queue])) {
        virtio_queue_changed(d);
    }
}

/* -- Their bytes -- */

/* Copies between n bytes and `count` segments, from `offset` bytes after the first one's start. */
static size_t copy(VirtioDevice *d, const VirtioSegment *s, unsigned count, uint64_t offset,
                   uint8_t *to, const uint8_t *from, size_t n)
{
    size_t done = 0;
    for (; count > 0 && done < n; s++, count--) {
        if (offset >= s->len) {
            offset -= s->len;
            continue;
        }
        size_t part = s->len - (size_t)offset;
        part = part < n - done ? part : n - done;
        if (!(to ? dma_read(d->card.memory, s->addr + offset, to + done, part)
                 : dma_write(d->card.memory, s->addr + offset, from + done, part))) {
            break;
        }
        offset = 0;
        done += part;
    }
    return done;
}

size_t virtio_read(VirtioDevice *d, uint64_t offset, void *bytes, size_t n)
{
    return copy(d, d->request.segments, d->request.out_count, offset, bytes, NULL, n);
}

size_t virtio_write(VirtioDevice *d, uint64_t offset, const void *bytes, size_t n)
{
    const VirtioRequest *r = &d->request;
    return copy(d, r->segments + r->out_count, r->in_count, offset, NULL, bytes, n);
}
