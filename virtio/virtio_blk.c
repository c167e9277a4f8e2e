/* SPDX-License-Identifier: MIT */
/* virtio block device (Virtual I/O Device specification 1.1, 5.2). A request is done when its queue
 * is notified. */
#include <string.h>

#include "bus/dma.h"
#include "virtio/virtio.h"

#define QUEUE_SIZE  256
#define SECTOR      512u
#define HEADER_SIZE 16u
#define ID_SIZE     20u
#define RANGE_SIZE  16u       /* of discard and write zeroes */
#define RANGE_MOST  0x3fffffu /* sectors */
#define UNMAP       1u        /* a flag of it */

#define FLUSH_WORK (UINT64_C(1) << 20) /* bytes that a flush counts as */

/* Features (5.2.3). */
enum {
    F_SEG_MAX = 1 << 2,
    F_GEOMETRY = 1 << 4,
    F_RO = 1 << 5,
    F_BLK_SIZE = 1 << 6,
    F_FLUSH = 1 << 9,
    F_TOPOLOGY = 1 << 10,
    F_CONFIG_WCE = 1 << 11,
    F_DISCARD = 1 << 13,
    F_WRITE_ZEROES = 1 << 14,
};

/* Configuration space (5.2.4): offsets, and its size. */
enum {
    C_CAPACITY = 0,
    C_SEG_MAX = 12,
    C_CYLINDERS = 16,
    C_HEADS = 18,
    C_SECTORS = 19,
    C_BLK_SIZE = 20,
    C_WRITEBACK = 32,
    C_NUM_QUEUES = 34,
    C_DISCARD_SECTORS = 36,
    C_DISCARD_SEG = 40,
    C_DISCARD_ALIGNMENT = 44,
    C_ZEROES_SECTORS = 48,
    C_ZEROES_SEG = 52,
    C_ZEROES_MAY_UNMAP = 56,
    C_SIZE = 57,
};

/* Types and results of requests (5.2.6). */
enum { T_IN = 0, T_OUT = 1, T_FLUSH = 4, T_GET_ID = 8, T_DISCARD = 11, T_WRITE_ZEROES = 13 };
enum { S_OK = 0, S_IOERR = 1, S_UNSUPP = 2 };

static uint16_t blk_queue_size(unsigned queue)
{
    (void)queue;
    return QUEUE_SIZE;
}

static void set_config(VirtioDevice *d)
{
    uint8_t *c = d->config;
    uint64_t sectors = block_size(d->card.block) / SECTOR;
    memset(c, 0, sizeof d->config);
    st64_p(c + C_CAPACITY, sectors);
    st32_p(c + C_SEG_MAX, QUEUE_SIZE - 2);
    st16_p(c + C_CYLINDERS, block_cylinders(d->card.block));
    c[C_HEADS] = BLOCK_HEADS;
    c[C_SECTORS] = BLOCK_SECTORS;
    st32_p(c + C_BLK_SIZE, SECTOR);
    c[C_WRITEBACK] = !d->card.properties->write_through;
    st16_p(c + C_NUM_QUEUES, 1);
    st32_p(c + C_DISCARD_SECTORS, RANGE_MOST);
    st32_p(c + C_DISCARD_SEG, 1);
    st32_p(c + C_DISCARD_ALIGNMENT, 1);
    st32_p(c + C_ZEROES_SECTORS, RANGE_MOST);
    st32_p(c + C_ZEROES_SEG, 1);
    c[C_ZEROES_MAY_UNMAP] = 1;
}

static bool blk_realize(VirtioDevice *d)
{
    d->own_features = F_SEG_MAX | F_GEOMETRY | F_BLK_SIZE | F_FLUSH | F_TOPOLOGY | F_CONFIG_WCE |
                      F_DISCARD | F_WRITE_ZEROES | (block_read_only(d->card.block) ? F_RO : 0);
    return true;
}

static void blk_reset(VirtioDevice *d)
{
    set_config(d);
}

/* A driver can write the cache's mode alone. */
static void blk_config_written(VirtioDevice *d, const uint8_t *before)
{
    uint8_t writeback = d->config[C_WRITEBACK] & 1;
    memcpy(d->config, before, sizeof d->config);
    d->config[C_WRITEBACK] = writeback;
}

/* Whether a request may have this range, which then counts as work. */
static bool take_range(VirtioDevice *d, uint64_t sector, uint64_t bytes)
{
    uint64_t size = block_size(d->card.block);
    bool good = bytes <= (uint64_t)RANGE_MOST * SECTOR && sector <= size / SECTOR &&
                bytes <= size - sector * SECTOR;
    virtio_work(d, good ? bytes : 0);
    return good;
}

static bool flush(VirtioDevice *d)
{
    virtio_work(d, FLUSH_WORK);
    return block_flush(d->card.block);
}

/* Transfers `bytes` bytes between the image, from a sector on, and segments, from `skip` on. */
static bool transfer(VirtioDevice *d, bool write, uint64_t sector, uint64_t skip, uint64_t bytes)
{
    const VirtioRequest *r = &d->request;
    const VirtioSegment *s = r->segments + (write ? 0 : r->out_count);
    uint64_t at = sector * SECTOR;
    for (; bytes > 0; s++, skip = 0) {
        while (skip >= s->len) {
            skip -= s->len;
            s++;
        }
        uint64_t left = s->len - skip;
        left = left < bytes ? left : bytes;
        for (uint64_t addr = s->addr + skip; left > 0;) {
            size_t part;
            uint8_t *p = dma_map(d->card.memory, addr, left, !write, &part);
            if (!p || !(write ? block_write(d->card.block, at, p, part)
                              : block_read(d->card.block, at, p, part))) {
                return false;
            }
            if (!write) {
                dma_changed(d->card.memory, addr, part);
            }
            at += part;
            addr += part;
            left -= part;
            bytes -= part;
        }
    }
    return true;
}

static bool flush_if_write_through(VirtioDevice *d)
{
    return d->config[C_WRITEBACK] || flush(d);
}

/* Discard and write zeroes: of one range (5.2.6.2), as the configuration says. */
static uint8_t handle_range(VirtioDevice *d, uint32_t type)
{
    uint8_t range[RANGE_SIZE];
    uint64_t size = d->request.out_size - HEADER_SIZE;
    if (size != sizeof range) {
        return size < sizeof range ? S_IOERR : S_UNSUPP;
    }
    (void)virtio_read(d, HEADER_SIZE, range, sizeof range);
    uint64_t sector = ld64_p(range);
    uint64_t at = sector * SECTOR;
    uint32_t sectors = ld32_p(range + 8), flags = ld32_p(range + 12);
    uint64_t bytes = (uint64_t)sectors * SECTOR;
    if ((flags & ~UNMAP) != 0 || (type == T_DISCARD && flags != 0)) {
        return S_UNSUPP;
    }
    if (block_read_only(d->card.block) || !take_range(d, sector, bytes)) {
        return S_IOERR;
    }
    if (type == T_DISCARD) {
        block_discard(d->card.block, at, bytes);
        return S_OK;
    }
    return block_fill(d->card.block, at, bytes, 0) && flush_if_write_through(d) ? S_OK : S_IOERR;
}

/* Reads or writes sectors. */
static uint8_t handle_data(VirtioDevice *d, bool write, uint64_t sector, uint64_t bytes)
{
    bool good = bytes % SECTOR == 0 && take_range(d, sector, bytes) &&
                !(write && block_read_only(d->card.block)) &&
                transfer(d, write, sector, write ? HEADER_SIZE : 0, bytes) &&
                (!write || flush_if_write_through(d));
    return good ? S_OK : S_IOERR;
}

/* Executes d->request, whose result goes into its last byte. Returns how many bytes were written.
 */
static uint32_t execute(VirtioDevice *d)
{
    uint8_t header[HEADER_SIZE], id[ID_SIZE + 1] = { 0 };
    uint64_t room = d->request.in_size - 1, written = 0;
    (void)virtio_read(d, 0, header, sizeof header);
    uint32_t type = ld32_p(header);
    uint64_t sector = ld64_p(header + 8);
    uint8_t status;
    switch (type) {
    case T_IN:
        status = handle_data(d, false, sector, room);
        written = status == S_OK ? room : 0;
        break;
    case T_OUT: status = handle_data(d, true, sector, d->request.out_size - HEADER_SIZE); break;
    case T_FLUSH: status = flush(d) ? S_OK : S_IOERR; break;
    case T_GET_ID:
        if (d->card.properties->serial) {
            strncpy((char *)id, d->card.properties->serial, ID_SIZE);
        }
        written = virtio_write(d, 0, id, room < ID_SIZE ? (size_t)room : ID_SIZE);
        status = S_OK;
        break;
    case T_DISCARD:
    case T_WRITE_ZEROES: status = handle_range(d, type); break;
    default: status = S_UNSUPP; break;
    }
    (void)virtio_write(d, room, &status, 1);
    return (uint32_t)(written + 1);
}

static void blk_queue(VirtioDevice *d, unsigned queue)
{
    while (virtqueue_pop(d, queue)) {
        if (d->request.out_size < HEADER_SIZE || d->request.in_size == 0) {
            virtio_break(d, "a request without a header or a place for its result");
            return;
        }
        virtqueue_push(d, queue, execute(d));
        virtqueue_interrupt(d, queue);
    }
}

const VirtioType virtio_blk_type = {
    .struct_size = sizeof(VirtioDevice),
    .id = 2,
    .queues = 1,
    .queue_size = blk_queue_size,
    .config_size = C_SIZE,
    .realize = blk_realize,
    .reset = blk_reset,
    .queue = blk_queue,
    .config_written = blk_config_written,
};
