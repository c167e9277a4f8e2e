/* SPDX-License-Identifier: MIT */
/* The list of boards. */
#include "machine/versatileab.h"
#include "machine/versatilepb.h"

const MachineType *const machine_types[] = {
    &versatilepb_type,
    &versatileab_type,
    NULL,
};
