/* SPDX-License-Identifier: MIT */
/* INQUIRY (SPC-3, 6.4) and the pages of vital product data. */
#include <string.h>

#include "scsi/command.h"

#define DESIGNATOR_MAX 247u /* bytes */
#define SERIAL_MAX     36u

/* A string without its end, at most `max` bytes; returns how many. */
static uint32_t put_string(uint8_t *to, const char *text, size_t max)
{
    size_t n = strlen(text);
    n = n < max ? n : max;
    memcpy(to, text, n);
    return (uint32_t)n;
}

/* Block limits (SBC-3, 6.5.3). The counts are QEMU's. */
static void put_block_limits(uint8_t *b)
{
    b[4] = 1;                      /* WSNZ: WRITE SAME of 0 blocks is an error */
    st32_be_p(b + 8, 0x003fffff);  /* blocks in a transfer, */
    st32_be_p(b + 20, 0x00200000); /* in UNMAP, */
    st32_be_p(b + 24, 255);        /* in how many descriptors; */
    st32_be_p(b + 28, 8);          /* its granularity is 4 KiB; */
    st32_be_p(b + 40, 0x003fffff); /* in WRITE SAME */
}

/* A page of vital product data. Returns its length after the first 4 bytes; -1: no such page. */
static int put_page(const ScsiDisk *d, uint8_t *b)
{
    uint32_t n = 0;
    switch (b[1]) {
    case 0x00: /* which pages there are */
        b[4 + n++] = 0x00;
        if (d->serial) {
            b[4 + n++] = 0x80;
        }
        b[4 + n++] = 0x83;
        if (!d->cdrom) {
            b[4 + n++] = 0xb0;
            b[4 + n++] = 0xb1;
            b[4 + n++] = 0xb2;
        }
        return (int)n;
    case 0x80: return d->serial ? (int)put_string(b + 4, d->serial, SERIAL_MAX) : -1;
    case 0x83: /* device identification: one, by the vendor, in ASCII */
        n = put_string(b + 8, d->serial ? d->serial : d->id, DESIGNATOR_MAX);
        b[4] = 2;
        b[7] = (uint8_t)n;
        return (int)n + 4;
    case 0xb0:
        if (d->cdrom) {
            return -1;
        }
        put_block_limits(b);
        return 0x3c;
    case 0xb1: return 0x3c; /* block device characteristics: nothing is known of the rotation */
    case 0xb2:              /* logical block provisioning */
        b[5] = 0xe0;        /* by UNMAP, WRITE SAME(16) and WRITE SAME(10) */
        b[6] = 2;           /* thin */
        return 4;
    default: return -1;
    }
}

void scsi_inquiry(ScsiRequest *r, ScsiDisk *d)
{
    uint8_t *b = r->buffer;
    uint32_t length = ld16_be_p(r->cdb + 3);
    b[0] = d->cdrom ? 5 : 0;
    if (r->cdb[1] & 1) {
        b[1] = r->cdb[2];
        int n = put_page(d, b);
        if (n < 0) {
            scsi_fail(r, d, SENSE_FIELD);
            return;
        }
        st16_be_p(b + 2, (uint32_t)n);
    } else if (r->cdb[2]) {
        scsi_fail(r, d, SENSE_FIELD);
        return;
    } else {
        b[1] = d->cdrom ? 0x80 : 0; /* removable */
        b[2] = 5;                   /* SPC-3 */
        b[3] = 0x12;                /* HISUP, this format */
        /* QEMU takes the padding for a part of the data. */
        b[4] = (uint8_t)(length <= 36 ? 31 : length - 5 < 255 ? length - 5 : 255);
        b[7] = 0x12; /* SYNC, CMDQUE */
        memcpy(b + 8, "QEMU    ", 8);
        memcpy(b + 16, d->cdrom ? "QEMU CD-ROM     " : "QEMU HARDDISK   ", 16);
        memcpy(b + 32, "2.5+", 4);
    }
    scsi_reply(r, length);
}
