/* SPDX-License-Identifier: MIT */
/* What the real-time clock shows: the option -rtc. */
#ifndef RTC_H
#define RTC_H

#include "machine/machine.h"
#include "options.h"

/* Sets the real-time clock's source and the time that it shows now. */
void rtc_set(const Options *o, MachineConfig *config);

#endif
