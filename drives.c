/* SPDX-License-Identifier: MIT */
/* Opens the images of drives. */
#include "drives.h"

#include <stdlib.h>

#include "host/host.h"
#include "util/log.h"

/* Two drives may share a file that neither writes. A lock would not keep them apart: both are
 * ours. */
static bool check_shared(const Options *o, size_t n)
{
    const BlockConfig *image = &o->drives[n].image;
    for (size_t i = 0; i < n; i++) {
        const BlockConfig *other = &o->drives[i].image;
        if (other->path && (block_writes_file(image) || block_writes_file(other)) &&
            host_same_file(image->path, other->path)) {
            error_report("%s: %s: is the same file as %s %s: name another one", image->option,
                         image->path, other->option, other->path);
            return false;
        }
    }
    return true;
}

bool drives_open(MachineDrives *drives, const Options *o)
{
    if (o->drive_count == 0) {
        return true;
    }
    /* -device scsi-cd without a drive may add one. */
    drives->list = calloc(o->drive_count + o->scsi_count, sizeof *drives->list);
    if (!drives->list) {
        error_report("-drive: the host has no memory left for it: close other programs");
        return false;
    }
    for (size_t i = 0; i < o->drive_count; i++) {
        const DriveOption *d = &o->drives[i];
        MachineDrive *m = &drives->list[drives->count++];
        *m = (MachineDrive){
            .interface = d->interface,
            .index = d->index,
            .cdrom = d->cdrom,
            .id = drive_option_id(d),
        };
        if (d->image.path) {
            m->block = check_shared(o, i) ? block_open(&d->image) : NULL;
            if (!m->block) {
                return false;
            }
        }
    }
    return true;
}

bool drives_check(const MachineDrives *drives, const Options *o)
{
    for (size_t i = 0; i < drives->count; i++) {
        const MachineDrive *d = &drives->list[i];
        if (!d->used && d->interface != DRIVE_NONE) {
            error_report(
                "%s: %s has no device for if=%s,index=%u: use if=scsi, or if=virtio, sd or "
                "pflash with another index",
                o->drives[i].image.option, o->machine->name, drive_interface_name(d->interface),
                d->index);
            return false;
        }
    }
    return true;
}

bool drives_close(MachineDrives *drives)
{
    bool ok = true;
    for (size_t i = 0; i < drives->count; i++) {
        ok = block_close(drives->list[i].block) && ok;
    }
    free(drives->list);
    *drives = (MachineDrives){ 0 };
    return ok;
}
