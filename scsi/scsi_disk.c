/* SPDX-License-Identifier: MIT */
/* Commands on the blocks of a medium (SBC-3). */
#include <string.h>

#include "scsi/command.h"

/* What a command costs that waits for the host's disk, in bytes of ScsiRequest.work. */
#define FLUSH_WORK (UINT64_C(1) << 20)

#define MAX_UNMAP      UINT64_C(0x200000) /* blocks: page 0xb0 says so */
#define MAX_WRITE_SAME UINT64_C(0x3fffff)

/* The blocks that a command is for, by the form of its CDB. */
static void get_range(const ScsiRequest *r, uint64_t *lba, uint64_t *count)
{
    const uint8_t *c = r->cdb;
    switch (c[0] >> 5) {
    case 0:
        *lba = scsi_get24(c + 1) & 0x1fffff;
        *count = c[4] ? c[4] : 256;
        break;
    case 4:
        *lba = ld64_be_p(c + 2);
        *count = ld32_be_p(c + 10);
        break;
    case 5:
        *lba = ld32_be_p(c + 2);
        *count = ld32_be_p(c + 6);
        break;
    default: *lba = ld32_be_p(c + 2); *count = ld16_be_p(c + 7);
    }
}

static bool in_range(const ScsiDisk *d, uint64_t lba, uint64_t count)
{
    uint64_t blocks = scsi_blocks(d);
    return lba <= blocks && count <= blocks - lba;
}

/* Whether a long form has one of these bits in byte 1. */
static bool has_flags(const ScsiRequest *r, uint8_t flags)
{
    return r->cdb[0] >> 5 != 0 && (r->cdb[1] & flags);
}

/* -- Data -- */

static void start_transfer(ScsiRequest *r, ScsiDisk *d, ScsiDirection direction)
{
    uint64_t lba, count;
    get_range(r, &lba, &count);
    if (has_flags(r, 0xe0)) { /* RDPROTECT, WRPROTECT */
        scsi_fail(r, d, SENSE_FIELD);
    } else if (!in_range(d, lba, count)) {
        scsi_fail(r, d, SENSE_LBA);
    } else if (count) {
        r->medium = 1;
        r->direction = (uint8_t)direction;
        r->offset = lba * scsi_block_size(d);
        r->left = count * scsi_block_size(d);
    }
}

void scsi_read(ScsiRequest *r, ScsiDisk *d)
{
    start_transfer(r, d, SCSI_DATA_IN);
}

static bool is_protected(ScsiRequest *r, ScsiDisk *d)
{
    if (d->cdrom || block_read_only(d->block)) {
        scsi_fail(r, d, SENSE_WRITE_PROTECTED);
        return true;
    }
    return false;
}

void scsi_write(ScsiRequest *r, ScsiDisk *d)
{
    if (!is_protected(r, d)) {
        start_transfer(r, d, SCSI_DATA_OUT);
    }
}

static void flush(ScsiRequest *r, ScsiDisk *d)
{
    r->work += FLUSH_WORK;
    if (!block_flush(d->block)) {
        scsi_fail(r, d, SENSE_WRITE_ERROR);
    }
}

/* Without a write cache, or with FUA, the data is on the disk when the command is complete. */
void scsi_written(ScsiRequest *r, ScsiDisk *d)
{
    if (!d->write_cache || has_flags(r, 0x08)) {
        flush(r, d);
    }
}

void scsi_synchronize(ScsiRequest *r, ScsiDisk *d)
{
    flush(r, d); /* all of it, whatever the range */
}

/* Nothing is compared with data from the initiator (BYTCHK), as by QEMU. */
void scsi_verify(ScsiRequest *r, ScsiDisk *d)
{
    uint64_t lba, count;
    get_range(r, &lba, &count);
    if (r->cdb[1] & 6) {
        scsi_fail(r, d, SENSE_FIELD);
    } else if (!in_range(d, lba, count)) {
        scsi_fail(r, d, SENSE_LBA);
    }
}

void scsi_seek(ScsiRequest *r, ScsiDisk *d)
{
    uint64_t lba = r->cdb[0] == 0x0b ? scsi_get24(r->cdb + 1) & 0x1fffff : ld32_be_p(r->cdb + 2);
    if (lba >= scsi_blocks(d)) {
        scsi_fail(r, d, SENSE_LBA);
    }
}

/* Formatting changes nothing; a list of defects is taken and ignored. */
void scsi_format(ScsiRequest *r, ScsiDisk *d)
{
    scsi_expect(r, d, r->cdb[1] & 0x10 ? 4 : 0);
}

/* -- Capacity -- */

void scsi_read_capacity(ScsiRequest *r, ScsiDisk *d)
{
    uint64_t blocks = scsi_blocks(d);
    if (!blocks) {
        scsi_fail(r, d, SENSE_NOT_READY);
    } else if (!(r->cdb[8] & 1) && ld32_be_p(r->cdb + 2)) {
        scsi_fail(r, d, SENSE_FIELD); /* an address without PMI */
    } else {
        st32_be_p(r->buffer, blocks - 1 < UINT32_MAX ? (uint32_t)(blocks - 1) : UINT32_MAX);
        st32_be_p(r->buffer + 4, scsi_block_size(d));
        scsi_reply(r, 8);
    }
}

/* READ CAPACITY(16) is the one service action. */
void scsi_service_action_in(ScsiRequest *r, ScsiDisk *d)
{
    uint64_t blocks = scsi_blocks(d);
    uint32_t length = ld32_be_p(r->cdb + 10);
    if ((r->cdb[1] & 31) != 0x10) {
        scsi_fail(r, d, SENSE_FIELD);
    } else if (!blocks) {
        scsi_fail(r, d, SENSE_NOT_READY);
    } else if (!(r->cdb[14] & 1) && ld64_be_p(r->cdb + 2)) {
        scsi_fail(r, d, SENSE_FIELD);
    } else {
        st64_be_p(r->buffer, blocks - 1);
        st32_be_p(r->buffer + 8, scsi_block_size(d));
        r->buffer[14] = 0x80; /* LBPME: blocks may be unmapped */
        scsi_reply(r, length < 32 ? length : 32);
    }
}

/* -- WRITE SAME and UNMAP -- */

/* NDOB, of the long form: there is no data, the block is all zeros. QEMU does nothing then. */
static bool no_data(const ScsiRequest *r)
{
    return r->cdb[0] == 0x93 && (r->cdb[1] & 1);
}

void scsi_write_same(ScsiRequest *r, ScsiDisk *d)
{
    if (no_data(r)) {
        scsi_write_same_data(r, d);
    } else {
        scsi_expect(r, d, scsi_block_size(d));
    }
}

/* Writes `count` blocks that are all as the first of r->buffer. */
static bool fill(ScsiRequest *r, ScsiDisk *d, uint64_t lba, uint64_t count)
{
    uint32_t size = scsi_block_size(d), in_buffer = SCSI_BUFFER / size;
    uint64_t at = lba * size;
    for (uint32_t i = 1; i < in_buffer; i++) {
        memcpy(r->buffer + (size_t)i * size, r->buffer, size);
    }
    r->work += count * size;
    while (count) {
        uint64_t n = count < in_buffer ? count : in_buffer;
        if (!block_write(d->block, at, r->buffer, (size_t)(n * size))) {
            return false;
        }
        at += n * size;
        count -= n;
    }
    return true;
}

void scsi_write_same_data(ScsiRequest *r, ScsiDisk *d)
{
    uint64_t lba, count;
    get_range(r, &lba, &count);
    bool unmap = r->cdb[1] & 8;
    for (uint32_t i = 0; i < scsi_block_size(d); i++) {
        unmap = unmap && r->buffer[i] == 0;
    }
    /* ANCHOR, and what the formats of other days had there. */
    if (count == 0 || count > MAX_WRITE_SAME || (r->cdb[1] & 0x16)) {
        scsi_fail(r, d, SENSE_FIELD);
    } else if (is_protected(r, d)) {
        return;
    } else if (!in_range(d, lba, count)) {
        scsi_fail(r, d, SENSE_LBA);
    } else if (!fill(r, d, lba, count)) {
        scsi_fail(r, d, SENSE_WRITE_ERROR);
    } else {
        if (unmap) {
            block_discard(d->block, lba * scsi_block_size(d), count * scsi_block_size(d));
        }
        scsi_written(r, d);
    }
}

void scsi_unmap(ScsiRequest *r, ScsiDisk *d)
{
    if (r->cdb[1] & 1) { /* ANCHOR */
        scsi_fail(r, d, SENSE_FIELD);
    } else {
        scsi_expect(r, d, ld16_be_p(r->cdb + 7));
    }
}

void scsi_unmap_data(ScsiRequest *r, ScsiDisk *d)
{
    const uint8_t *list = r->buffer;
    uint32_t length = ld16_be_p(r->cdb + 7), size = scsi_block_size(d);
    if (length < 8 || length < ld16_be_p(list) + 2 || length < ld16_be_p(list + 2) + 8 ||
        ld16_be_p(list + 2) % 16) {
        scsi_fail(r, d, SENSE_LIST_LENGTH);
        return;
    }
    if (is_protected(r, d)) {
        return;
    }
    uint32_t n = ld16_be_p(list + 2) / 16;
    uint64_t total = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t lba = ld64_be_p(list + 8 + (size_t)16 * i),
                 count = ld32_be_p(list + 16 + (size_t)16 * i);
        total += count;
        if (!in_range(d, lba, count) || total > MAX_UNMAP) {
            scsi_fail(r, d, total > MAX_UNMAP ? SENSE_PARAMETER : SENSE_LBA);
            return;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        uint64_t lba = ld64_be_p(list + 8 + (size_t)16 * i),
                 count = ld32_be_p(list + 16 + (size_t)16 * i);
        block_discard(d->block, lba * size, count * size);
    }
    r->work += total * size / 16;
}
