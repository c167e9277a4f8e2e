/* SPDX-License-Identifier: MIT */
/* What the files of the SCSI target share: a command's replies, and the commands themselves. */
#ifndef SCSI_COMMAND_H
#define SCSI_COMMAND_H

#include "scsi/scsi.h"
#include "util/bytes.h"

enum {
    SENSE_NOT_READY = SCSI_SENSE(0x2, 0x04, 0x00),
    SENSE_NO_MEDIUM = SCSI_SENSE(0x2, 0x3a, 0x00),
    SENSE_NO_MEDIUM_LOCKED = SCSI_SENSE(0x2, 0x53, 0x02),
    SENSE_WRITE_ERROR = SCSI_SENSE(0x3, 0x0c, 0x00),
    SENSE_READ_ERROR = SCSI_SENSE(0x3, 0x11, 0x00),
    SENSE_LIST_LENGTH = SCSI_SENSE(0x5, 0x1a, 0x00),
    SENSE_OPCODE = SCSI_SENSE(0x5, 0x20, 0x00),
    SENSE_LBA = SCSI_SENSE(0x5, 0x21, 0x00),
    SENSE_FIELD = SCSI_SENSE(0x5, 0x24, 0x00), /* invalid field in CDB */
    SENSE_LUN = SCSI_SENSE(0x5, 0x25, 0x00),
    SENSE_PARAMETER = SCSI_SENSE(0x5, 0x26, 0x00), /* invalid field in parameter list */
    SENSE_FORMAT = SCSI_SENSE(0x5, 0x30, 0x00),    /* the medium has another format */
    SENSE_NOT_SAVED = SCSI_SENSE(0x5, 0x39, 0x00), /* saving parameters is not supported */
    SENSE_LOCKED = SCSI_SENSE(0x5, 0x53, 0x02),
    SENSE_RESET = SCSI_SENSE(0x6, 0x29, 0x00),
    SENSE_WRITE_PROTECTED = SCSI_SENSE(0x7, 0x27, 0x00),
};

typedef void ScsiCommandFn(ScsiRequest *r, ScsiDisk *d);

/* Ends the command with CHECK CONDITION. */
void scsi_fail(ScsiRequest *r, ScsiDisk *d, uint32_t sense);
/* The reply is r->buffer, padded with zeros to the allocation length, as by QEMU. */
void scsi_reply(ScsiRequest *r, uint32_t allocation_length);
/* The command takes a parameter list of n bytes, up to SCSI_BUFFER, into r->buffer. */
void scsi_expect(ScsiRequest *r, ScsiDisk *d, uint32_t n);

/* 24-bit numbers in a CDB or a buffer; util/bytes.h has the others. */
static inline uint32_t scsi_get24(const uint8_t *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static inline void scsi_put24(uint8_t *p, uint32_t v)
{
    p[0] = (uint8_t)(v >> 16);
    st16_be_p(p + 1, v);
}

/* The medium. */
uint32_t scsi_block_size(const ScsiDisk *d); /* bytes */
uint64_t scsi_blocks(const ScsiDisk *d);     /* 0: no medium */
bool scsi_has_medium(const ScsiDisk *d);     /* there is one, and the tray is closed */

/* scsi_disk.c */
ScsiCommandFn scsi_read, scsi_write, scsi_verify, scsi_seek, scsi_synchronize, scsi_read_capacity;
ScsiCommandFn scsi_service_action_in, scsi_write_same, scsi_unmap, scsi_format;
/* Their parameter lists are in r->buffer, r->offset bytes. */
ScsiCommandFn scsi_write_same_data, scsi_unmap_data;
void scsi_written(ScsiRequest *r, ScsiDisk *d); /* a write command has got all of its data */

/* scsi_mode.c */
ScsiCommandFn scsi_mode_sense, scsi_mode_select, scsi_mode_select_data;

/* scsi_inquiry.c */
ScsiCommandFn scsi_inquiry;

/* scsi_cd.c */
ScsiCommandFn scsi_read_toc, scsi_get_configuration, scsi_get_event_status, scsi_disc_information;
ScsiCommandFn scsi_mechanism_status, scsi_dvd_structure;

#endif
