/* SPDX-License-Identifier: MIT */
/* Commands of a CD-ROM drive (MMC-5). A disc has one track of data in one session. */
#include <string.h>

#include "scsi/command.h"

/* More blocks than 80 minutes of 75 sectors a second: a DVD. */
#define CD_MAX_BLOCKS UINT64_C(360000) /* of 80 minutes, 75 in a second */

#define LEAD_OUT 0xaau

enum { PROFILE_NONE = 0x0000, PROFILE_CD_ROM = 0x0008, PROFILE_DVD_ROM = 0x0010 };

static uint32_t profile(const ScsiDisk *d)
{
    uint64_t blocks = scsi_blocks(d);
    return !blocks ? PROFILE_NONE : blocks > CD_MAX_BLOCKS ? PROFILE_DVD_ROM : PROFILE_CD_ROM;
}

/* -- READ TOC -- */

/* An address as a block, or as minute, second and frame, which begin two seconds earlier. 3 bytes.
 */
static void put_address(uint8_t *p, uint32_t block, bool msf)
{
    if (msf) {
        block += 150;
        p[0] = (uint8_t)(block / 75 / 60);
        p[1] = (uint8_t)(block / 75 % 60);
        p[2] = (uint8_t)(block % 75);
    } else {
        scsi_put24(p, block);
    }
}

/* A descriptor of 8 bytes; control 4 is data, 1 the current position. */
static uint32_t put_track(uint8_t *p, uint8_t track, uint32_t block, bool msf)
{
    p[1] = track == LEAD_OUT ? 0x16 : 0x14;
    p[2] = track;
    if (msf) {
        put_address(p + 5, block, true);
    } else {
        st32_be_p(p + 4, block);
    }
    return 8;
}

/* A descriptor of 11 bytes: where the disc's parts are, by their `point`. */
static uint32_t put_raw(uint8_t *p, uint8_t point)
{
    p[0] = 1; /* session */
    p[1] = 0x14;
    p[3] = point;
    return 11;
}

static uint32_t put_raw_toc(uint8_t *p, uint32_t blocks, bool msf)
{
    uint32_t n = 0;
    for (uint8_t point = 0xa0; point <= 0xa1; point++) { /* the first track, the last track */
        uint32_t at = n;
        n += put_raw(p + n, point);
        p[at + 8] = 1;
    }
    put_address(p + n + 8, blocks, msf); /* the lead-out */
    n += put_raw(p + n, 0xa2);
    put_address(p + n + 8, 0, msf);
    n += put_raw(p + n, 1);
    return n;
}

void scsi_read_toc(ScsiRequest *r, ScsiDisk *d)
{
    bool msf = r->cdb[1] & 2;
    uint8_t start = r->cdb[6], *b = r->buffer;
    uint64_t size = scsi_blocks(d);
    uint32_t n = 4, blocks = size < UINT32_MAX ? (uint32_t)size : UINT32_MAX;
    b[2] = b[3] = 1; /* the first and the last track, or session */
    switch (r->cdb[2] & 15) {
    case 0: /* TOC */
        if (start > 1 && start != LEAD_OUT) {
            scsi_fail(r, d, SENSE_FIELD);
            return;
        }
        n += start <= 1 ? put_track(b + n, 1, 0, msf) : 0;
        n += put_track(b + n, LEAD_OUT, blocks, msf);
        break;
    case 1: n += 8; break; /* sessions; QEMU leaves out what the track is */
    case 2: n += put_raw_toc(b + n, blocks, msf); break;
    default: scsi_fail(r, d, SENSE_FIELD); return;
    }
    st16_be_p(b, n - 2);
    scsi_reply(r, ld16_be_p(r->cdb + 7));
}

/* -- What the drive and the disc are -- */

/* All features, whichever are asked for, as by QEMU. */
void scsi_get_configuration(ScsiRequest *r, ScsiDisk *d)
{
    static const uint8_t features[32] = {
        0x00, 0x00, 0x03, 0x08,                         /* profiles: persistent, current */
        0x00, 0x10, 0x00, 0x00,                         /* DVD-ROM */
        0x00, 0x08, 0x00, 0x00,                         /* CD-ROM */
        0x00, 0x01, 0x0b, 0x08,                         /* core */
        0x00, 0x00, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00, /* SCSI; DBE */
        0x00, 0x03, 0x0b, 0x04, 0x39, 0x00, 0x00, 0x00, /* removable medium: tray, eject, lock */
    };
    uint32_t current = profile(d);
    uint8_t *b = r->buffer;
    st32_be_p(b, 4 + sizeof features);
    st16_be_p(b + 6, current);
    memcpy(b + 8, features, sizeof features);
    b[8 + 6] = current == PROFILE_DVD_ROM;
    b[8 + 10] = current == PROFILE_CD_ROM;
    scsi_reply(r, ld16_be_p(r->cdb + 7));
}

/* The class of media events, in which there never is one. */
void scsi_get_event_status(ScsiRequest *r, ScsiDisk *d)
{
    uint8_t *b = r->buffer;
    if (!(r->cdb[1] & 1)) { /* IMMED, or else one is to be waited for */
        scsi_fail(r, d, SENSE_FIELD);
        return;
    }
    b[3] = 0x10; /* supported classes */
    if (r->cdb[4] & 0x10) {
        b[1] = 4;
        b[2] = 4; /* the class of media */
        b[5] = (uint8_t)((d->open ? 1 : 0) | (scsi_has_medium(d) ? 2 : 0));
    } else {
        b[2] = 0x80; /* NEA */
    }
    scsi_reply(r, ld16_be_p(r->cdb + 7));
}

void scsi_disc_information(ScsiRequest *r, ScsiDisk *d)
{
    static const uint8_t information[8] = { 0, 32, 0x0e, 1, 1, 1, 1, 0x20 };
    if (r->cdb[1] & 7) {
        scsi_fail(r, d, SENSE_FIELD);
        return;
    }
    memcpy(r->buffer, information, sizeof information);
    scsi_reply(r, ld16_be_p(r->cdb + 7));
}

/* It does not change discs. */
void scsi_mechanism_status(ScsiRequest *r, ScsiDisk *d)
{
    (void)d;
    r->buffer[5] = 1; /* slots, as by QEMU */
    scsi_reply(r, ld16_be_p(r->cdb + 8));
}

/* READ DVD STRUCTURE, of the formats that a DVD-ROM without protection has. */
void scsi_dvd_structure(ScsiRequest *r, ScsiDisk *d)
{
    static const uint8_t list[16] = { 0x00, 0x40, 0x08, 0x04, 0x01, 0x40, 0x00, 0x08,
                                      0x03, 0x40, 0x00, 0xc0, 0x04, 0x40, 0x08, 0x04 };
    uint8_t *b = r->buffer, format = r->cdb[7];
    uint32_t n = 4;
    if (r->cdb[1] & 15 || (format != 0xff && r->cdb[6])) { /* Blu-ray; another layer */
        scsi_fail(r, d, SENSE_FIELD);
        return;
    }
    if (format != 0xff && profile(d) != PROFILE_DVD_ROM) {
        scsi_fail(r, d, SENSE_FORMAT);
        return;
    }
    switch (format) {
    case 0x00:     /* physical format */
        b[4] = 1;  /* DVD-ROM, version 1 */
        b[5] = 15; /* 120 mm */
        b[6] = 1;  /* one layer, read-only */
        st32_be_p(b + 12, (uint32_t)scsi_blocks(d) - 1);
        st32_be_p(b + 16, (uint32_t)scsi_blocks(d) - 1);
        n += 2048;
        break;
    case 0x01: n += 4; break;    /* copyright: none */
    case 0x04: n += 2048; break; /* manufacturing information */
    case 0xff:
        memcpy(b + 4, list, sizeof list);
        n += sizeof list;
        break;
    default: scsi_fail(r, d, SENSE_FIELD); return;
    }
    st16_be_p(b, n - 2);
    scsi_reply(r, ld16_be_p(r->cdb + 8));
}
