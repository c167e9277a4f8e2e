/* SPDX-License-Identifier: MIT */
/* A target's requests: which command does what, sense data, and the movement of data. */
#include "scsi/scsi.h"

#include <string.h>

#include "scsi/command.h"

/* -- Replies -- */

static void finish(ScsiRequest *r, uint8_t status)
{
    r->direction = SCSI_NO_DATA;
    r->left = 0;
    r->status = status;
}

void scsi_fail(ScsiRequest *r, ScsiDisk *d, uint32_t sense)
{
    d->sense = sense;
    finish(r, SCSI_CHECK_CONDITION);
}

void scsi_reply(ScsiRequest *r, uint32_t allocation_length)
{
    r->left = allocation_length < SCSI_BUFFER ? allocation_length : SCSI_BUFFER;
    r->direction = r->left ? SCSI_DATA_IN : SCSI_NO_DATA;
}

void scsi_expect(ScsiRequest *r, ScsiDisk *d, uint32_t n)
{
    if (n > SCSI_BUFFER) {
        scsi_fail(r, d, SENSE_LIST_LENGTH);
        return;
    }
    r->left = n;
    r->direction = n ? SCSI_DATA_OUT : SCSI_NO_DATA;
}

/* -- The medium -- */

uint32_t scsi_block_size(const ScsiDisk *d)
{
    return d->cdrom ? 2048 : 512;
}

bool scsi_has_medium(const ScsiDisk *d)
{
    return d->block && !d->open;
}

uint64_t scsi_blocks(const ScsiDisk *d)
{
    return scsi_has_medium(d) ? block_size(d->block) / scsi_block_size(d) : 0;
}

/* -- Commands for any target -- */

static void test_unit_ready(ScsiRequest *r, ScsiDisk *d)
{
    (void)r;
    (void)d; /* the table says that it needs a medium */
}

/* The formats: fixed (SPC-3, 4.5.3), descriptor (4.5.2). */
static void put_sense(ScsiRequest *r, uint32_t sense)
{
    uint8_t *b = r->buffer;
    bool descriptor = r->cdb[1] & 1;
    uint32_t size = descriptor ? 8 : 18;
    if (descriptor) {
        b[0] = 0x72;
        scsi_put24(b + 1, sense);
    } else {
        b[0] = 0x70;
        b[2] = (uint8_t)(sense >> 16);
        b[7] = 10;
        st16_be_p(b + 12, sense & 0xffff);
    }
    scsi_reply(r, r->cdb[4] < size ? r->cdb[4] : size);
}

static void request_sense(ScsiRequest *r, ScsiDisk *d)
{
    uint32_t sense = d->sense ? d->sense : d->attention;
    if (!d->sense) {
        d->attention = 0;
    }
    d->sense = 0;
    put_sense(r, sense);
}

static void report_luns(ScsiRequest *r, ScsiDisk *d)
{
    uint32_t length = ld32_be_p(r->cdb + 6);
    if (length < 16 || r->cdb[2] > 2) {
        scsi_fail(r, d, SENSE_FIELD);
        return;
    }
    st32_be_p(r->buffer, 8); /* one of 8 bytes: LUN 0 */
    scsi_reply(r, 16);
}

/* There is one initiator, so nobody conflicts with it. Bit 0 asks for a part of the unit, and bit 1
 * of the long form for a third party's reservation. */
static void reserve_release(ScsiRequest *r, ScsiDisk *d)
{
    if (r->cdb[1] & (r->cdb[0] & 0x40 ? 3 : 1)) {
        scsi_fail(r, d, SENSE_FIELD);
    }
}

static void start_stop(ScsiRequest *r, ScsiDisk *d)
{
    bool start = r->cdb[4] & 1, load_eject = r->cdb[4] & 2;
    if (!d->cdrom || !load_eject || r->cdb[4] >> 4) {
        return; /* a disk that always turns; a power condition */
    }
    if (!start && !d->open && d->locked) {
        scsi_fail(r, d, d->block ? SENSE_LOCKED : SENSE_NO_MEDIUM_LOCKED);
        return;
    }
    d->open = !start;
}

static void prevent_allow(ScsiRequest *r, ScsiDisk *d)
{
    d->locked = r->cdb[4] & 1;
}

/* -- Which command does what -- */

enum { MEDIUM = 1, CD = 2 };

typedef struct Command {
    uint8_t opcode;
    uint8_t needs;
    ScsiCommandFn *run;
} Command;

static const Command commands[] = {
    { 0x00, MEDIUM, test_unit_ready },
    { 0x03, 0, request_sense },
    { 0x04, MEDIUM, scsi_format },
    { 0x08, MEDIUM, scsi_read }, /* READ(6) */
    { 0x0a, MEDIUM, scsi_write },
    { 0x0b, MEDIUM, scsi_seek },
    { 0x12, 0, scsi_inquiry },
    { 0x15, MEDIUM, scsi_mode_select },
    { 0x16, 0, reserve_release },
    { 0x17, 0, reserve_release },
    { 0x1a, 0, scsi_mode_sense },
    { 0x1b, 0, start_stop },
    { 0x1e, 0, prevent_allow },
    { 0x25, MEDIUM, scsi_read_capacity },
    { 0x28, MEDIUM, scsi_read }, /* READ(10) */
    { 0x2a, MEDIUM, scsi_write },
    { 0x2b, MEDIUM, scsi_seek },
    { 0x2e, MEDIUM, scsi_write }, /* WRITE AND VERIFY(10) */
    { 0x2f, MEDIUM, scsi_verify },
    { 0x35, MEDIUM, scsi_synchronize },
    { 0x41, MEDIUM, scsi_write_same },
    { 0x42, MEDIUM, scsi_unmap },
    { 0x43, MEDIUM, scsi_read_toc },
    { 0x46, CD, scsi_get_configuration },
    { 0x4a, CD, scsi_get_event_status },
    { 0x51, MEDIUM | CD, scsi_disc_information },
    { 0x55, MEDIUM, scsi_mode_select },
    { 0x56, 0, reserve_release },
    { 0x57, 0, reserve_release },
    { 0x5a, 0, scsi_mode_sense },
    { 0x88, MEDIUM, scsi_read }, /* READ(16) */
    { 0x8a, MEDIUM, scsi_write },
    { 0x8e, MEDIUM, scsi_write },
    { 0x8f, MEDIUM, scsi_verify },
    { 0x91, MEDIUM, scsi_synchronize },
    { 0x93, MEDIUM, scsi_write_same },
    { 0x9e, MEDIUM, scsi_service_action_in },
    { 0xa0, 0, report_luns },
    { 0xa8, MEDIUM, scsi_read }, /* READ(12) */
    { 0xaa, MEDIUM, scsi_write },
    { 0xad, MEDIUM | CD, scsi_dvd_structure },
    { 0xae, MEDIUM, scsi_write },
    { 0xaf, MEDIUM, scsi_verify },
    { 0xbd, CD, scsi_mechanism_status },
};

static const Command *find_command(uint8_t opcode)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (commands[i].opcode == opcode) {
            return &commands[i];
        }
    }
    return NULL;
}

/* The commands that do not report a unit attention condition but are executed (SPC-3, 5.6). GET
 * CONFIGURATION and GET EVENT STATUS NOTIFICATION: MMC-5, 4.1.7. */
static bool ignores_attention(uint8_t opcode)
{
    return opcode == 0x12 || opcode == 0xa0 || opcode == 0x03 || opcode == 0x46 || opcode == 0x4a;
}

/* A logical unit that does not exist. INQUIRY says so, and REPORT LUNS may be sent to it. */
static void start_absent(ScsiRequest *r, ScsiDisk *d)
{
    switch (r->cdb[0]) {
    case 0x03: put_sense(r, SENSE_LUN); break;
    case 0x12:
        if (r->cdb[1] & 1) {
            scsi_fail(r, d, SENSE_FIELD);
        } else {
            r->buffer[0] = 0x7f;
            scsi_reply(r, ld16_be_p(r->cdb + 3) < 36 ? ld16_be_p(r->cdb + 3) : 36);
        }
        break;
    case 0xa0: report_luns(r, d); break;
    default: scsi_fail(r, d, SENSE_LUN);
    }
}

void scsi_start(ScsiRequest *r, ScsiDisk *d, unsigned lun, const uint8_t *cdb, size_t n)
{
    memset(r->cdb, 0, sizeof r->cdb);
    memcpy(r->cdb, cdb, n < sizeof r->cdb ? n : sizeof r->cdb);
    memset(r->buffer, 0, sizeof r->buffer);
    r->medium = 0;
    r->offset = 0;
    finish(r, SCSI_GOOD);
    if (r->cdb[0] != 0x03) {
        d->sense = 0; /* it is that of the last command */
    }
    const Command *c = find_command(r->cdb[0]);
    if (lun != 0) {
        start_absent(r, d);
    } else if (d->attention && !ignores_attention(r->cdb[0])) {
        scsi_fail(r, d, d->attention);
        d->attention = 0;
    } else if (r->cdb[0] >> 5 == 3 || r->cdb[0] >> 5 >= 6) {
        scsi_fail(r, d, SENSE_OPCODE); /* the vendor's, or reserved */
    } else if ((!c || c->needs & MEDIUM) && !scsi_has_medium(d)) {
        scsi_fail(r, d, SENSE_NO_MEDIUM);
    } else if (!c) {
        scsi_fail(r, d, SENSE_OPCODE);
    } else if (c->needs & CD && !d->cdrom) {
        scsi_fail(r, d, SENSE_FIELD); /* as by QEMU */
    } else {
        c->run(r, d);
    }
}

/* -- Data -- */

bool scsi_data_in(ScsiRequest *r, ScsiDisk *d, uint8_t *bytes, size_t n)
{
    if (!r->medium) {
        memcpy(bytes, r->buffer + r->offset, n);
    } else if (!block_read(d->block, r->offset, bytes, n)) {
        scsi_fail(r, d, SENSE_READ_ERROR);
        return false;
    }
    r->offset += n;
    r->left -= n;
    if (!r->left) {
        finish(r, SCSI_GOOD);
    }
    return true;
}

/* The command has got all of its data. */
static void complete_out(ScsiRequest *r, ScsiDisk *d)
{
    finish(r, SCSI_GOOD);
    switch (r->cdb[0]) {
    case 0x15:
    case 0x55: scsi_mode_select_data(r, d); break;
    case 0x41:
    case 0x93: scsi_write_same_data(r, d); break;
    case 0x42: scsi_unmap_data(r, d); break;
    default:
        if (r->medium) {
            scsi_written(r, d);
        }
    }
}

bool scsi_data_out(ScsiRequest *r, ScsiDisk *d, const uint8_t *bytes, size_t n)
{
    if (!r->medium) {
        memcpy(r->buffer + r->offset, bytes, n);
    } else if (!block_write(d->block, r->offset, bytes, n)) {
        scsi_fail(r, d, SENSE_WRITE_ERROR);
        return false;
    }
    r->offset += n;
    r->left -= n;
    if (!r->left) {
        complete_out(r, d);
    }
    return true;
}

/* -- State -- */

void scsi_reset(ScsiDisk *d)
{
    d->sense = 0;
    d->attention = SENSE_RESET;
    d->locked = 0;
}

void scsi_power_on(ScsiDisk *d)
{
    scsi_reset(d);
    d->write_cache = 1;
    d->open = 0;
}

bool scsi_disk_valid(const ScsiDisk *d)
{
    return d->sense < SCSI_SENSE(0x10, 0, 0) && d->attention < SCSI_SENSE(0x10, 0, 0) &&
           d->write_cache <= 1 && d->locked <= 1 && d->open <= (d->cdrom ? 1 : 0);
}

bool scsi_request_valid(const ScsiRequest *r, const ScsiDisk *d)
{
    if (r->direction == SCSI_NO_DATA) {
        return r->left == 0;
    }
    if (r->direction > SCSI_DATA_OUT || r->medium > 1 || r->left == 0 || !d) {
        return false;
    }
    uint64_t size = !r->medium ? SCSI_BUFFER : scsi_has_medium(d) ? block_size(d->block) : 0;
    return r->offset <= size && r->left <= size - r->offset &&
           (!r->medium || r->direction == SCSI_DATA_IN || !block_read_only(d->block));
}
