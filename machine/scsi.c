/* SPDX-License-Identifier: MIT */
/* The drives of -drive if=scsi, on adapters of their own. */
#include "machine/scsi.h"

#include "scsi/lsi53c895a.h"
#include "util/log.h"

/* Makes a target of a drive. False after an error_report(): a disk without a medium. */
static bool init_target(ScsiDisk *disk, const MachineDrive *drive)
{
    *disk = (ScsiDisk){
        .cdrom = drive->cdrom, .id = drive->id, .serial = drive->serial, .block = drive->block
    };
    if (!drive->cdrom && !drive->block) {
        error_report("-drive id=%s: a disk has a medium: add file=, or media=cdrom", drive->id);
        return false;
    }
    return true;
}

unsigned machine_scsi_adapters(const MachineDrives *drives)
{
    unsigned n = 0;
    for (size_t i = 0; i < drives->count; i++) {
        const MachineDrive *d = &drives->list[i];
        if (d->interface == DRIVE_SCSI && d->index / LSI_TARGETS >= n) {
            n = d->index / LSI_TARGETS + 1;
        }
    }
    return n;
}

bool machine_plug_scsi(const Machine *m, MachineDrives *drives, Clock *clock)
{
    unsigned count = drives ? machine_scsi_adapters(drives) : 0;
    for (unsigned n = 0; n < count; n++) {
        LsiTargets targets = { .present = { false } };
        for (unsigned id = 0; id < LSI_TARGETS; id++) {
            const MachineDrive *drive = machine_drive(drives, DRIVE_SCSI, n * LSI_TARGETS + id);
            targets.present[id] = drive != NULL;
            if (drive && !init_target(&targets.disks[id], drive)) {
                return false;
            }
        }
        const PciCard card = { .type = &lsi53c895a_type, .slot = -1, .properties = &targets };
        if (!pci_add(m->pci, &card, clock)) {
            return false;
        }
    }
    return true;
}
