/* SPDX-License-Identifier: MIT */
/* The Versatile/PB926EJ-S system registers (ARM DUI 0224, chapter 4.2): identification, LEDs,
 * oscillators, flags, counters, reset. */
#ifndef MACHINE_DEVICE_VERSATILE_SYSREG_H
#define MACHINE_DEVICE_VERSATILE_SYSREG_H

#include <stdint.h>

#include "bus/device.h"

#define SYSREG_OSCILLATORS 5

typedef struct VersatileSysreg {
    Device dev;

    uint32_t led;                          /* SYS_LED */
    uint32_t osc[SYSREG_OSCILLATORS];      /* SYS_OSC0-4 */
    uint32_t lock;                         /* the last value written to SYS_LOCK, 16 bits */
    uint32_t cfgdata[2];                   /* SYS_CFGDATA1-2 */
    uint32_t flags;                        /* SYS_FLAGS */
    uint32_t nvflags;                      /* SYS_NVFLAGS: survives a system reset */
    uint32_t resetctl;                     /* SYS_RESETCTL */
    uint32_t flash;                        /* SYS_FLASH */
    uint32_t clcd;                         /* SYS_CLCD */
    uint32_t dmapsr[3];                    /* SYS_DMAPSR0-2 */
    uint32_t oscreset[SYSREG_OSCILLATORS]; /* SYS_OSCRESET0-4 */
    int64_t reset_time;                    /* virtual ns; the counters start here */
    uint32_t mci;                          /* SYS_MCI: its inputs */
} VersatileSysreg;

enum {
    SYSREG_RESET,    /* output: a system reset is requested */
    SYSREG_FLASH_VPP /* output: SYS_FLASH, programming voltage for the NOR flash */
};

/* Inputs 0 and 1: there is a card in the first, the second slot. */
extern const DeviceType versatile_sysreg_type;

#endif
