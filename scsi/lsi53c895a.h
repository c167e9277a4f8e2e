/* SPDX-License-Identifier: MIT */
/* LSI 53C895A, a PCI to SCSI host adapter with seven targets. */
#ifndef SCSI_LSI53C895A_H
#define SCSI_LSI53C895A_H

#include "pci/pci.h"
#include "scsi/scsi.h"

#define LSI_TARGETS 7u /* IDs 0 to 6; the adapter's own is 7 */
#define LSI_RAM     8192u
#define LSI_BOUNCE  65536u

/* The adapter's PciCard.properties: what is attached to it. */
typedef struct LsiTargets {
    bool present[LSI_TARGETS];
    ScsiDisk disks[LSI_TARGETS]; /* `cdrom`, `id`, `serial` and `block` count */
} LsiTargets;

typedef struct Lsi53c895a {
    PciDevice pci;
    LsiTargets targets;

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
    int64_t share;  /* of lsi_run(), in bytes: see lsi_scripts.c */
    int64_t budget; /* what is left of it */
    uint8_t bounce[LSI_BOUNCE];
} Lsi53c895a;

extern const PciType lsi53c895a_type;

#endif
