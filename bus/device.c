/* SPDX-License-Identifier: MIT */
/* What the register files of all devices share. */
#include "bus/device.h"

#include "util/log.h"

#define PRIMECELL_CELL_ID UINT32_C(0xb105f00d)

uint32_t primecell_id(uint32_t periphid, uint32_t offset)
{
    uint32_t id = offset & 0x10 ? PRIMECELL_CELL_ID : periphid;
    return id >> (offset & 0xc) * 2 & 0xff;
}

uint32_t device_bad_read(const char *device, uint32_t offset)
{
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: read at 0x%03x: no register there\n", device, (unsigned)offset);
    }
    return 0;
}

void device_bad_write(const char *device, uint32_t offset, uint32_t value)
{
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: write of 0x%08lx at 0x%03x: no register that can be written\n", device,
                   (unsigned long)value, (unsigned)offset);
    }
}
