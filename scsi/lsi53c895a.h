/* SPDX-License-Identifier: MIT */
/* LSI 53C895A, a PCI to SCSI host adapter with seven targets.
 *
 * The owner clears the struct, sets the PciDevice's part as for any device, calls
 * lsi53c895a_attach() for each target, then pci_plug(). */
#ifndef SCSI_LSI53C895A_H
#define SCSI_LSI53C895A_H

#include "pci/pci.h"
#include "scsi/scsi.h"

#define LSI_TARGETS 7u /* IDs 0 to 6; the adapter's own is 7 */
#define LSI_RAM     8192u
#define LSI_BOUNCE  65536u

typedef struct Lsi53c895a {
    PciDevice pci;
    ScsiDisk disks[LSI_TARGETS];
    bool present[LSI_TARGETS];

    uint8_t regs[256]; /* by their addresses; see scsi/lsi.h */
    uint8_t ram[LSI_RAM];
    uint8_t carry;
    uint8_t waiting; /* the script waits for a reselection or SIGP */
    uint8_t target;  /* connected to: its ID, or LSI_NOBODY */
    uint8_t lun;
    uint8_t busy;    /* the target executes `request` */
    uint8_t message; /* that the target sends, in message-in phase */
    uint8_t leaves;  /* the target disconnects after that */
    ScsiRequest request;
    Timer resume; /* the script goes on */

    bool running;   /* within lsi_run() */
    int64_t budget; /* of lsi_run(), in bytes */
    uint8_t bounce[LSI_BOUNCE];
} Lsi53c895a;

extern const PciType lsi53c895a_type;

/* Attaches a target, whose `cdrom`, `id`, `serial` and `block` are set in `disk`. False: the ID is
 * taken, or more than 6. */
bool lsi53c895a_attach(Lsi53c895a *s, unsigned id, const ScsiDisk *disk);

#endif
