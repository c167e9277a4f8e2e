/* SPDX-License-Identifier: MIT */
/* The PCI devices that the options name. */
#ifndef CARDS_H
#define CARDS_H

#include <stdbool.h>

#include "entropy.h"
#include "machine/machine.h"
#include "options.h"

/* Makes config->cards, with the drives that they use of config->drives, the source of random bytes
 * and the character devices of Options.serial; cards_free() frees them. All of these must outlive
 * them. False after an
 * error_report(). */
bool cards_make(MachineConfig *config, Options *o, Entropy *entropy, Chardev *const *serial);
void cards_free(MachineConfig *config);
/* Whether the guest has written to a port of theirs. */
bool cards_have_output(const Options *o);

#endif
