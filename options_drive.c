/* SPDX-License-Identifier: MIT */
/* -drive and its short forms.
 *
 * A drive's place is an index among the drives of its interface. It may be given, also as bus and
 * unit, or is the first free one. As the board decides what the default interface is, and -M may
 * follow, places are found when the whole command line is known. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "options_table.h"
#include "util/log.h"
#include "util/optlist.h"

#define SCSI_UNITS 7u /* targets of a bus beside the controller */
#define MAX_INDEX  4095

/* In the order of DriveInterface. */
static const char *const interface_names[] = { "none", "ide", "scsi",   "floppy", "pflash",
                                               "mtd",  "sd",  "virtio", "xen",    "default" };

const char *drive_interface_name(DriveInterface interface)
{
    return interface_names[interface];
}

enum { CACHE_WRITETHROUGH, CACHE_DIRECTSYNC, CACHE_UNSAFE, CACHE_WRITEBACK, CACHE_NONE };

typedef struct Values {
    const char *file, *format, *driver, *id;
    unsigned interface, media, cache;
    uint64_t index, bus, unit;
    bool read_only, snapshot, cached, no_flush;
} Values;

#define VALUE(member) offsetof(Values, member)

/* clang-format off */
static const OptProperty properties[] = {
    { "file=FILE", OPT_STRING, VALUE(file), 0 },
    { "if=none|ide|scsi|floppy|pflash|mtd|sd|virtio|xen", OPT_CHOICE, VALUE(interface), 0 },
    { "index=N", OPT_NUMBER, VALUE(index), MAX_INDEX },
    { "bus=N", OPT_NUMBER, VALUE(bus), MAX_INDEX / SCSI_UNITS },
    { "unit=N", OPT_NUMBER, VALUE(unit), MAX_INDEX },
    { "snapshot=on|off", OPT_BOOL, VALUE(snapshot), 0 },
    { "format=raw", OPT_STRING, VALUE(format), 0 },
    { "driver=raw", OPT_STRING, VALUE(driver), 0 },
    { "media=disk|cdrom", OPT_CHOICE, VALUE(media), 0 },
    { "id=NAME", OPT_STRING, VALUE(id), 0 },
    { "readonly=on|off", OPT_BOOL, VALUE(read_only), 0 },
    { "read-only=on|off", OPT_BOOL, VALUE(read_only), 0 },
    { "cache=writethrough|directsync|unsafe|writeback|none", OPT_CHOICE, VALUE(cache), 0 },
    { "cache.writeback=on|off", OPT_BOOL, VALUE(cached), 0 },
    { "cache.no-flush=on|off", OPT_BOOL, VALUE(no_flush), 0 },
    { "cache.direct=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
    { "aio=threads|native|io_uring", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "discard=ignore|off|unmap|on", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "detect-zeroes=off|on|unmap", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "werror=report|enospc", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "rerror=report", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "copy-on-read=off", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "auto-read-only=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
    { 0 },
};
/* clang-format on */

/* Which were given: bits in the order of the table. */
enum { HAS_INDEX = 1 << 2, HAS_BUS = 1 << 3, HAS_UNIT = 1 << 4, HAS_SNAPSHOT = 1 << 5 };

static DriveOption *add_drive(OptionsParser *p)
{
    Options *o = p->o;
    DriveOption *drives = option_grow(p, o->drives, o->drive_count, sizeof *drives);
    if (!drives) {
        return NULL;
    }
    o->drives = drives;
    DriveOption *d = &drives[o->drive_count++];
    *d = (DriveOption){ .image.option = p->name, .interface = DRIVE_DEFAULT };
    return d;
}

/* A file name, which may begin with the name of QEMU's protocol for files. */
static const char *file_name(const char *name)
{
    return strncmp(name, "file:", 5) == 0 ? name + 5 : name;
}

static bool is_identifier(const char *id)
{
    if (!isalpha((unsigned char)*id)) {
        return false;
    }
    while (isalnum((unsigned char)*id) || (*id && strchr("-._", *id))) {
        id++;
    }
    return !*id;
}

static bool check_values(const OptionsParser *p, const Values *v, unsigned has)
{
    const char *format = v->format ? v->format : v->driver;
    if (format && strcmp(format, "raw") != 0) {
        error_report("%s: unsupported format '%s': convert the image with 'qemu-img convert -O "
                     "raw' and use format=raw",
                     p->name, format);
        return false;
    }
    if (v->id && !is_identifier(v->id)) {
        error_report("%s: invalid value '%s' for 'id': use letters, digits, '-', '.' and '_', a "
                     "letter first",
                     p->name, v->id);
        return false;
    }
    if (has & HAS_INDEX && has & (HAS_BUS | HAS_UNIT)) {
        error_report("%s: both index and bus or unit given: leave one of them out", p->name);
        return false;
    }
    return true;
}

bool parse_drive(OptionsParser *p, char *arg)
{
    Values v = { .interface = DRIVE_DEFAULT, .cache = CACHE_WRITEBACK, .cached = true };
    unsigned has = 0;
    if (!optlist_parse(p->name, properties, NULL, arg, &v, &has) || !check_values(p, &v, has)) {
        return false;
    }
    DriveOption *d = add_drive(p);
    if (!d) {
        return false;
    }
    d->image.path = v.file ? file_name(v.file) : NULL;
    d->image.read_only = v.read_only || v.media == 1;
    d->image.snapshot = v.snapshot;
    d->image.raw = v.format || v.driver;
    d->image.write_through =
        v.cache == CACHE_WRITETHROUGH || v.cache == CACHE_DIRECTSYNC || !v.cached;
    d->image.no_flush = v.cache == CACHE_UNSAFE || v.no_flush;
    d->interface = (DriveInterface)v.interface;
    d->cdrom = v.media == 1;
    d->id = v.id;
    d->index = (unsigned)v.index;
    d->bus = (unsigned)v.bus;
    d->unit = (unsigned)v.unit;
    d->index_given = has & HAS_INDEX;
    d->bus_given = has & HAS_BUS;
    d->unit_given = has & HAS_UNIT;
    d->snapshot_given = has & HAS_SNAPSHOT;
    return true;
}

/* -hda FILE and the like: the file name is not taken apart. */
static DriveOption *add_file(OptionsParser *p, char *file, DriveInterface interface)
{
    if (!*file) {
        error_report("%s: the file name is empty: give one", p->name);
        return NULL;
    }
    DriveOption *d = add_drive(p);
    if (d) {
        d->image.path = file_name(file);
        d->interface = interface;
    }
    return d;
}

static bool add_at(OptionsParser *p, char *file, unsigned index)
{
    DriveOption *d = add_file(p, file, DRIVE_DEFAULT);
    if (d) {
        d->index = index;
        d->index_given = true;
    }
    return d != NULL;
}

bool parse_hd(OptionsParser *p, char *arg)
{
    return add_at(p, arg, (unsigned)(p->option->name[2] - 'a'));
}

bool parse_cdrom(OptionsParser *p, char *arg)
{
    if (!add_at(p, arg, 2)) {
        return false;
    }
    DriveOption *d = &p->o->drives[p->o->drive_count - 1];
    d->cdrom = d->image.read_only = true;
    return true;
}

bool parse_sd(OptionsParser *p, char *arg)
{
    return add_file(p, arg, DRIVE_SD) != NULL;
}

bool parse_pflash(OptionsParser *p, char *arg)
{
    return add_file(p, arg, DRIVE_PFLASH) != NULL;
}

bool parse_mtdblock(OptionsParser *p, char *arg)
{
    return add_file(p, arg, DRIVE_MTD) != NULL;
}

/* -- The whole command line -- */

/* The drive before drive `n` that has its interface and this index; NULL: the index is free. */
static const DriveOption *find_before(const Options *o, size_t n, unsigned index)
{
    for (size_t i = 0; i < n; i++) {
        if (o->drives[i].interface == o->drives[n].interface && o->drives[i].index == index) {
            return &o->drives[i];
        }
    }
    return NULL;
}

/* Finds the place of drive n. */
static bool find_place(const Options *o, size_t n)
{
    DriveOption *d = &o->drives[n];
    const char *name = interface_names[d->interface];
    unsigned units = d->interface == DRIVE_SCSI ? SCSI_UNITS : 0;
    if (d->unit_given && units && d->unit >= units) {
        error_report("%s: unit %u: if=%s has the units 0 to %u", d->image.option, d->unit, name,
                     units - 1);
        return false;
    }
    if (d->bus > 0 && !units) {
        error_report("%s: bus %u: if=%s has one bus, 0", d->image.option, d->bus, name);
        return false;
    }
    if (!d->index_given) {
        d->index = d->bus * units + d->unit;
        while (!d->unit_given && find_before(o, n, d->index)) {
            d->index++;
        }
    }
    d->bus = units ? d->index / units : 0;
    d->unit = units ? d->index % units : d->index;
    const DriveOption *other = find_before(o, n, d->index);
    if (other) {
        error_report("%s: if=%s,index=%u is the drive of %s%s%s: give another index",
                     d->image.option, name, d->index, other->image.option,
                     other->image.path ? " " : "", other->image.path ? other->image.path : "");
        return false;
    }
    return true;
}

/* Names a drive as QEMU does: "scsi0-hd1", "sd0". */
static void name_drive(DriveOption *d)
{
    const char *name = interface_names[d->interface];
    if (d->interface == DRIVE_SCSI || d->interface == DRIVE_IDE) {
        snprintf(d->own_id, sizeof d->own_id, "%s%u-%s%u", name, d->bus, d->cdrom ? "cd" : "hd",
                 d->unit);
    } else {
        snprintf(d->own_id, sizeof d->own_id, "%s%u", name, d->unit);
    }
}

bool options_finish_drives(Options *o)
{
    for (size_t n = 0; n < o->drive_count; n++) {
        DriveOption *d = &o->drives[n];
        if (d->interface == DRIVE_DEFAULT) {
            d->interface = o->machine->default_drive;
        }
        if (o->snapshot && !d->snapshot_given) {
            d->image.snapshot = true;
        }
        if (!find_place(o, n)) {
            return false;
        }
        name_drive(d);
        if (d->interface == DRIVE_PFLASH && o->bios) {
            error_report("-bios: %s: has no effect, as in QEMU: the flash has the contents of %s",
                         o->bios, d->image.option);
            o->bios = NULL;
        }
    }
    for (size_t n = 0; n < o->drive_count; n++) {
        for (size_t i = 0; i < n; i++) {
            if (strcmp(drive_option_id(&o->drives[n]), drive_option_id(&o->drives[i])) == 0) {
                error_report("%s: id=%s is another drive's: give another id",
                             o->drives[n].image.option, drive_option_id(&o->drives[n]));
                return false;
            }
        }
    }
    return true;
}

const char *drive_option_id(const DriveOption *d)
{
    return d->id ? d->id : d->own_id;
}
