/* SPDX-License-Identifier: MIT */
/* Common to all devices: accesses to registers, and PrimeCell IDs. */
#include "bus/device.h"

#include "util/log.h"

#define PRIMECELL_ID_FIRST 0xfe0u /* PeriphID0-3, then PCellID0-3 */
#define PRIMECELL_CELL_ID  UINT32_C(0xb105f00d)

uint32_t device_default_read(const Device *d, uint32_t offset)
{
    if (d->type->periphid && offset >= PRIMECELL_ID_FIRST && offset % 4 == 0) {
        uint32_t id = offset & 0x10 ? PRIMECELL_CELL_ID : d->type->periphid;
        return id >> (offset & 0xc) * 2 & 0xff;
    }
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: read at 0x%03x: no register there\n", d->name, (unsigned)offset);
    }
    return 0;
}

void device_default_write(const Device *d, uint32_t offset, uint32_t value)
{
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: write of 0x%08lx at 0x%03x: no register that can be written\n", d->name,
                   (unsigned long)value, (unsigned)offset);
    }
}

/* Every access to registers goes through these two, whatever its width. */
static uint32_t device_read(void *opaque, uint32_t offset, unsigned size)
{
    Device *d = opaque;
    uint32_t lane = offset % 4;
    (void)size;
    if (lane && !d->type->byte_lanes) {
        return device_default_read(d, offset);
    }
    return d->type->read(d, offset - lane) >> 8 * lane;
}

static void device_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    Device *d = opaque;
    uint32_t lane = offset % 4;
    (void)size;
    if (lane && !d->type->byte_lanes) {
        device_default_write(d, offset, value);
    } else {
        d->type->write(d, offset - lane, value << 8 * lane);
    }
}

bool device_realize(Device *d)
{
    BusRegion *r = &d->region;
    r->name = d->name;
    r->size = r->size ? r->size : BUS_PAGE_SIZE;
    r->read = device_read;
    r->write = device_write;
    r->opaque = d;
    if (d->type->memory) {
        r->host = bus_alloc(d->bus, (size_t)r->size);
        r->direct = true;
    }
    if (d->type->memory && !r->host) {
        error_report("%s: the host has no memory left for it: close other programs", d->name);
        return false;
    }
    return !d->type->realize || d->type->realize(d);
}

Irq device_input(Device *d, unsigned n)
{
    return (Irq){ d->type->input, d, n };
}
