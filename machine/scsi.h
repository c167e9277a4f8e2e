/* SPDX-License-Identifier: MIT */
/* The drives of -drive if=scsi, on adapters of their own. */
#ifndef MACHINE_SCSI_H
#define MACHINE_SCSI_H

#include "machine/machine.h"

/* How many adapters the drives take: up to the one with the highest index. */
unsigned machine_scsi_adapters(const MachineDrives *drives);

/* Plugs an LSI 53C895A for each seven drives into the PCI bus, in the first free slots, as QEMU's
 * versatilepb does. False after an error_report(). */
bool machine_plug_scsi(const Machine *m, MachineDrives *drives, Clock *clock);

#endif
