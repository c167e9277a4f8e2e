/* SPDX-License-Identifier: MIT */
/* The images of the drives that the options name. */
#ifndef DRIVES_H
#define DRIVES_H

#include <stdbool.h>

#include "machine/drive.h"
#include "options.h"

/* Opens all images for MachineConfig.drives; the options must outlive them. False after an
 * error_report(); drives_close() is due in any case. */
bool drives_open(MachineDrives *drives, const Options *o);

/* Whether each drive has its device now that the machine is made, except those for a -device that
 * nobody names; false after an error_report(). */
bool drives_check(const MachineDrives *drives, const Options *o);

/* Flushes and closes all images. False after an error_report() if something was lost. */
bool drives_close(MachineDrives *drives);

#endif
