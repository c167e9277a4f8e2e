/* SPDX-License-Identifier: MIT */
/* Finds drives. */
#include "machine/drive.h"

#include <string.h>

MachineDrive *machine_drive(MachineDrives *drives, DriveInterface interface, unsigned index)
{
    for (size_t i = 0; i < drives->count; i++) {
        MachineDrive *d = &drives->list[i];
        if (d->interface == interface && d->index == index) {
            d->used = true;
            return d;
        }
    }
    return NULL;
}

MachineDrive *machine_drive_by_id(MachineDrives *drives, const char *id, const char **why)
{
    for (size_t i = 0; i < drives->count; i++) {
        MachineDrive *d = &drives->list[i];
        if (strcmp(d->id, id) == 0) {
            bool free = d->interface == DRIVE_NONE || d->interface == DRIVE_VIRTIO;
            *why = d->used || !free ? "another device uses that drive" : NULL;
            d->used = true;
            return *why ? NULL : d;
        }
    }
    *why = "there is no such drive";
    return NULL;
}
