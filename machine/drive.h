/* SPDX-License-Identifier: MIT */
/* The drives that a machine is given: who uses one takes it, so that none is left out silently. */
#ifndef MACHINE_DRIVE_H
#define MACHINE_DRIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "block/block.h"
#include "bus/device.h"

typedef struct MachineDrive {
    DriveInterface interface;
    unsigned index; /* among the drives of its interface: for SCSI bus * 7 + target */
    bool cdrom;
    const char *id;
    const char *serial; /* of a SCSI device; NULL: none */
    Block *block;       /* NULL: no medium */
    bool used;
} MachineDrive;

typedef struct MachineDrives {
    MachineDrive *list;
    size_t count;
} MachineDrives;

/* Finds a drive by its interface and index, and marks it used. NULL: there is none. */
MachineDrive *machine_drive(MachineDrives *drives, DriveInterface interface, unsigned index);

/* Finds the drive that a device names (-device X,drive=ID), and marks it used. NULL: there is none,
 * or another device uses it; *why, for a message, then says which. */
MachineDrive *machine_drive_by_id(MachineDrives *drives, const char *id, const char **why);

#endif
