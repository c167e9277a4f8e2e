/* SPDX-License-Identifier: MIT */
/* The list of boards. */
#include "machine/versatilepb.h"

const MachineType *const machine_types[] = { &versatilepb_type, NULL };
