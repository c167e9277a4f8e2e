/* SPDX-License-Identifier: MIT */
/* The boards there are. */
#include "machine/versatilepb.h"

const MachineType *const machine_types[] = { &versatilepb_type, NULL };
