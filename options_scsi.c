/* SPDX-License-Identifier: MIT */
/* -device of SCSI disks and CD-ROM drives. */
#include <string.h>

#include "options_table.h"
#include "util/optlist.h"

#define SERIAL_LENGTH 36u

#define S(member) offsetof(ScsiOption, member)

/* What a guest does not see, or in one way only, is taken. */
static const OptProperty properties[] = {
    { "id=ID", OPT_STRING, OPT_NOWHERE, 0 },
    { "bus=ID.0", OPT_STRING, S(bus), 0 },
    { "drive=ID", OPT_STRING, S(drive), 0 },
    { "serial=TEXT", OPT_STRING, S(serial), 0 },
    { "scsi-id=0..6", OPT_NUMBER, S(target), LSI_TARGETS - 1 },
    { "lun=0", OPT_NUMBER, OPT_NOWHERE, 0 },
    { "channel=0", OPT_NUMBER, OPT_NOWHERE, 0 },
    { "bootindex=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { "share-rw=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
    { "removable=off", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "logical_block_size=512", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "physical_block_size=512", OPT_CHOICE, OPT_NOWHERE, 0 },
    { 0 },
};

bool options_parse_scsi(OptionsParser *p, const char *driver, char *arg)
{
    ScsiOption v = { .cdrom = strcmp(driver, "scsi-cd") == 0,
                     .target = LSI_TARGETS,
                     .before = p->o->card_count };
    const char *option = v.cdrom ? "-device scsi-cd" : "-device scsi-hd";
    if (!optlist_parse(option, properties, NULL, arg, &v, NULL) ||
        !options_check_disk(driver, v.cdrom || v.drive, v.serial, SERIAL_LENGTH)) {
        return false;
    }
    Options *o = p->o;
    ScsiOption *scsi = option_grow(p, o->scsi, o->scsi_count, sizeof *scsi);
    if (!scsi) {
        return false;
    }
    o->scsi = scsi;
    scsi[o->scsi_count++] = v;
    return true;
}
