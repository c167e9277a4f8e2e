/* SPDX-License-Identifier: MIT */
/* SCSI targets: a hard disk (scsi-hd) or a CD-ROM drive (scsi-cd) as logical unit 0 (SPC-3, SBC-3,
 * MMC-5). Commands, pages and sense codes are those of QEMU 7.2's devices of these names.
 *
 * A host adapter starts a command and moves its data in pieces of any size. A command waits for
 * nothing but its data: its status is there when the last byte has moved. */
#ifndef SCSI_SCSI_H
#define SCSI_SCSI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block/block.h"
#include "util/vmstate.h"

#define SCSI_BUFFER 4096u /* bytes: the longest parameter list or reply */
#define SCSI_CDB    16u

enum { SCSI_GOOD = 0x00, SCSI_CHECK_CONDITION = 0x02 };

/* Sense key, additional sense code, qualifier. */
#define SCSI_SENSE(key, asc, ascq) ((uint32_t)(key) << 16 | (asc) << 8 | (ascq))

/* A target. The adapter's owner sets what is above the state, and calls scsi_power_on(). */
typedef struct ScsiDisk {
    bool cdrom;
    const char *id;     /* of the drive: the guest sees it in VPD page 0x83 */
    const char *serial; /* VPD page 0x80; NULL: none */
    Block *block;       /* NULL: the target is a CD-ROM drive without a disc */

    uint32_t sense;     /* SCSI_SENSE() of the last command, for REQUEST SENSE; 0: none */
    uint32_t attention; /* SCSI_SENSE() of a pending unit attention condition; 0: none */
    uint8_t write_cache;
    uint8_t locked; /* PREVENT ALLOW MEDIUM REMOVAL */
    uint8_t open;   /* the drive's tray */
} ScsiDisk;

typedef enum ScsiDirection { SCSI_NO_DATA, SCSI_DATA_IN, SCSI_DATA_OUT } ScsiDirection;

/* A command that is being executed. */
typedef struct ScsiRequest {
    uint8_t cdb[SCSI_CDB];
    uint8_t direction; /* of the data that is left; SCSI_NO_DATA: `status` is valid */
    uint8_t status;
    uint8_t medium;  /* the data is the medium's, at `offset`; 0: it is buffer's */
    uint64_t offset; /* bytes */
    uint64_t left;   /* bytes */
    uint8_t buffer[SCSI_BUFFER];

    uint64_t work; /* bytes that commands have moved by themselves, for the adapter to reset */
} ScsiRequest;

/* clang-format off */
/* The fields of saved state, for the adapter's table. */
#define SCSI_DISK_FIELDS(type, disk)                                                               \
    VM_FIELD(type, disk.sense), VM_FIELD(type, disk.attention), VM_FIELD(type, disk.write_cache),  \
    VM_FIELD(type, disk.locked), VM_FIELD(type, disk.open)
#define SCSI_REQUEST_FIELDS(type, req)                                                             \
    VM_ARRAY(type, req.cdb), VM_FIELD(type, req.direction), VM_FIELD(type, req.status),            \
    VM_FIELD(type, req.medium), VM_FIELD(type, req.offset), VM_FIELD(type, req.left),              \
    VM_ARRAY(type, req.buffer)
/* clang-format on */

/* Whether a loaded state is a possible one. `d` is the disk that the request is for, NULL for none.
 */
bool scsi_disk_valid(const ScsiDisk *d);
bool scsi_request_valid(const ScsiRequest *r, const ScsiDisk *d);

/* Power on: all state has its initial values. */
void scsi_power_on(ScsiDisk *d);
/* A reset of the bus or of the target: the next command reports a unit attention condition. */
void scsi_reset(ScsiDisk *d);

/* Starts a command for logical unit `lun` with a CDB of n bytes. */
void scsi_start(ScsiRequest *r, ScsiDisk *d, unsigned lun, const uint8_t *cdb, size_t n);

/* Moves the next n bytes, 0 < n <= r->left, of SCSI_DATA_IN or SCSI_DATA_OUT. False: the host
 * failed, and the command has ended. */
bool scsi_data_in(ScsiRequest *r, ScsiDisk *d, uint8_t *bytes, size_t n);
bool scsi_data_out(ScsiRequest *r, ScsiDisk *d, const uint8_t *bytes, size_t n);

#endif
