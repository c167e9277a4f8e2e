/* SPDX-License-Identifier: MIT */
/* Mode pages (SPC-3, 7.4; SBC-3, 6.4; SCSI-2, 9.3.3): error recovery, geometry, caching, and those
 * of a CD-ROM drive. The guest can change one bit, that of the write cache. */
#include <string.h>

#include "scsi/command.h"

enum { CURRENT = 0, CHANGEABLE = 1, DEFAULT = 2, SAVED = 3 };

#define PAGES_MAX 128u /* bytes of all pages together */
#define RPM       5400u

typedef struct ModePage {
    uint8_t code, length; /* without these two bytes */
    bool disk, cdrom;     /* which of them has it */
} ModePage;

static const ModePage pages[] = {
    { 0x01, 10, true, true },  /* read-write error recovery */
    { 0x04, 22, true, false }, /* rigid disk geometry */
    { 0x05, 30, true, false }, /* flexible disk */
    { 0x08, 18, true, true },  /* caching */
    { 0x0e, 14, false, true }, /* CD-ROM audio control */
    { 0x2a, 20, false, true }, /* CD-ROM capabilities */
};

static void put_rigid_disk(const ScsiDisk *d, uint8_t *p)
{
    uint16_t cylinders = block_cylinders(d->block);
    scsi_put24(p, cylinders);
    p[3] = BLOCK_HEADS;
    scsi_put24(p + 4, cylinders); /* write precompensation starts there: nowhere */
    scsi_put24(p + 7, cylinders); /* nor is the write current reduced */
    st16_be_p(p + 10, 200);       /* step rate in 100 ns */
    scsi_put24(p + 12, 0xffffff); /* landing zone */
    st16_be_p(p + 18, RPM);
}

static void put_flexible_disk(const ScsiDisk *d, uint8_t *p)
{
    uint16_t cylinders = block_cylinders(d->block);
    st16_be_p(p, 5000); /* kbit/s */
    p[2] = BLOCK_HEADS;
    p[3] = BLOCK_SECTORS;
    st16_be_p(p + 4, scsi_block_size(d));
    st16_be_p(p + 6, cylinders);
    st16_be_p(p + 8, cylinders);
    st16_be_p(p + 10, cylinders);
    st16_be_p(p + 12, 1); /* step rate in 100 us, the pulse's width in us, settling in 100 us */
    p[14] = 1;
    st16_be_p(p + 15, 1);
    p[17] = 1; /* motor on after, and off after */
    p[18] = 1;
    st16_be_p(p + 26, RPM);
}

static void put_capabilities(const ScsiDisk *d, uint8_t *p)
{
    static const uint8_t fixed[20] = {
        0x3b, 0x00, /* reads CD-R, CD-RW, DVD-ROM; writes none */
        0x7f, 0xff, /* audio, both sectors of mode 2, sessions; CD-DA, ISRC, UPC, bar code */
        0x2d, 0x00, /* tray, eject, prevent jumper, lockable */
        0x22, 0x60, /* 50 times the speed of 176 KB/s */
        0x00, 0x02, /* levels of volume */
        0x08, 0x00, /* a buffer of 2 MB */
        0x0b, 0x00, /* 16 times that speed now */
        0x00, 0x00, 0x0b, 0x00, 0x0b, 0x00,
    };
    memcpy(p, fixed, sizeof fixed);
    p[4] |= d->locked ? 2 : 0;
}

/* The values of a page, without its first two bytes. What can be changed is given as a mask. */
static void put_values(const ScsiDisk *d, const ModePage *page, unsigned control, uint8_t *p)
{
    memset(p, 0, page->length);
    if (page->code == 0x08) {
        p[0] = control == CURRENT ? d->write_cache << 2 : 4; /* WCE */
    } else if (page->code == 0x01) {
        /* AWRE, and a drive's retries; QEMU has the first in the mask of a drive, too. */
        p[0] = control != CHANGEABLE || d->cdrom ? 0x80 : 0;
        p[1] = control != CHANGEABLE && d->cdrom ? 0x20 : 0;
    } else if (control != CHANGEABLE) {
        switch (page->code) {
        case 0x04: put_rigid_disk(d, p); break;
        case 0x05: put_flexible_disk(d, p); break;
        case 0x2a: put_capabilities(d, p); break;
        default: break;
        }
    }
}

static const ModePage *find_page(const ScsiDisk *d, uint8_t code)
{
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (pages[i].code == code && (d->cdrom ? pages[i].cdrom : pages[i].disk)) {
            return &pages[i];
        }
    }
    return NULL;
}

/* Appends a page, or with code 0x3f all pages. Returns the bytes; 0: there is no such page. */
static uint32_t put_pages(const ScsiDisk *d, uint8_t code, unsigned control, uint8_t *p)
{
    uint32_t n = 0;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        const ModePage *page = &pages[i];
        if ((d->cdrom ? page->cdrom : page->disk) && (code == page->code || code == 0x3f)) {
            p[n] = page->code;
            p[n + 1] = page->length;
            put_values(d, page, control, p + n + 2);
            n += 2u + page->length;
        }
    }
    return n;
}

void scsi_mode_sense(ScsiRequest *r, ScsiDisk *d)
{
    bool ten = r->cdb[0] == 0x5a;
    unsigned control = r->cdb[2] >> 6;
    uint32_t header = ten ? 8 : 4, n = header;
    uint8_t *b = r->buffer;
    if (control == SAVED) {
        scsi_fail(r, d, SENSE_NOT_SAVED);
        return;
    }
    b[ten ? 3 : 2] = !d->cdrom && block_read_only(d->block) ? 0x80 : 0; /* WP */
    if (!d->cdrom && !(r->cdb[1] & 8)) { /* not DBD: a block descriptor */
        uint64_t blocks = scsi_blocks(d);
        b[header - 1] = 8;
        scsi_put24(b + n + 1, blocks <= 0xffffff ? (uint32_t)blocks : 0);
        scsi_put24(b + n + 5, scsi_block_size(d));
        n += 8;
    }
    uint32_t size = put_pages(d, r->cdb[2] & 0x3f, control, b + n);
    if (!size) {
        scsi_fail(r, d, SENSE_FIELD);
        return;
    }
    n += size;
    if (ten) {
        st16_be_p(b, n - 2);
    } else {
        b[0] = (uint8_t)(n - 1);
    }
    scsi_reply(r, ten ? ld16_be_p(r->cdb + 7) : r->cdb[4]);
}

void scsi_mode_select(ScsiRequest *r, ScsiDisk *d)
{
    uint32_t length = r->cdb[0] == 0x55 ? ld16_be_p(r->cdb + 7) : r->cdb[4];
    if ((r->cdb[1] & 0x11) != 0x10) { /* PF, SP: pages, which are not saved */
        scsi_fail(r, d, SENSE_FIELD);
    } else {
        scsi_expect(r, d, length);
    }
}

/* Whether a page of the list is what the target has, but for what can be changed. */
static uint32_t check_page(const ScsiDisk *d, const uint8_t *p, uint32_t n)
{
    uint8_t current[PAGES_MAX], mask[PAGES_MAX];
    const ModePage *page = n >= 2 ? find_page(d, p[0] & 0x3f) : NULL;
    if (n < 2) {
        return SENSE_LIST_LENGTH;
    }
    if (!page || p[0] & 0x40 || p[1] != page->length) {
        return SENSE_PARAMETER;
    }
    if (n < 2u + page->length) {
        return SENSE_LIST_LENGTH;
    }
    put_values(d, page, CURRENT, current);
    put_values(d, page, CHANGEABLE, mask);
    for (unsigned i = 0; i < page->length; i++) {
        /* QEMU's masks have a bit that does not change. */
        uint8_t fixed = page->code == 0x08 ? (uint8_t)~mask[i] : 0xff;
        if ((p[2 + i] ^ current[i]) & fixed) {
            return SENSE_PARAMETER;
        }
    }
    return 0;
}

/* Nothing changes unless the whole list is good. */
void scsi_mode_select_data(ScsiRequest *r, ScsiDisk *d)
{
    bool ten = r->cdb[0] == 0x55;
    uint32_t length = (uint32_t)r->offset, at = ten ? 8 : 4;
    const uint8_t *b = r->buffer;
    if (length < at) {
        scsi_fail(r, d, SENSE_LIST_LENGTH);
        return;
    }
    uint32_t descriptor = ten ? ld16_be_p(b + 6) : b[3];
    if (descriptor != 0 && descriptor != 8) {
        scsi_fail(r, d, SENSE_PARAMETER);
        return;
    }
    if (descriptor > length - at) {
        scsi_fail(r, d, SENSE_LIST_LENGTH);
        return;
    }
    if (descriptor) {
        uint32_t size = scsi_get24(b + at + 5);
        if (size != 0 && size != scsi_block_size(d)) {
            scsi_fail(r, d, SENSE_PARAMETER);
            return;
        }
        at += descriptor;
    }
    uint8_t write_cache = d->write_cache;
    while (at < length) {
        uint32_t sense = check_page(d, b + at, length - at);
        if (sense) {
            scsi_fail(r, d, sense);
            return;
        }
        if ((b[at] & 0x3f) == 0x08) {
            write_cache = b[at + 2] >> 2 & 1;
        }
        at += 2u + b[at + 1];
    }
    if (d->write_cache && !write_cache && scsi_has_medium(d) && !block_flush(d->block)) {
        scsi_fail(r, d, SENSE_WRITE_ERROR);
        return;
    }
    d->write_cache = write_cache;
}
