/* SPDX-License-Identifier: MIT */
/* -device of PCI devices, and the -object that some of them name. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options_table.h"
#include "scsi/lsi53c895a.h"
#include "util/log.h"
#include "util/optlist.h"
#include "virtio/virtio_pci.h"

#define SERIAL_LENGTH 20 /* of a virtio disk */
#define DEFAULT_PORTS 31 /* of a virtio serial device */

/* In the order of the words of the syntaxes below. */
enum { SWITCH_ON, SWITCH_OFF, SWITCH_AUTO };

typedef struct Values {
    CardOption card;
    const char *bus, *addr;
    unsigned disable_legacy, write_cache;
} Values;

#define V(member) offsetof(Values, member)

static const OptProperty of_all[] = {
    { "id=ID", OPT_STRING, V(card.id), 0 },
    { "bus=pci.0", OPT_STRING, V(bus), 0 },
    { "addr=SLOT", OPT_STRING, V(addr), 0 },
    { "multifunction=off", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "romfile=FILE", OPT_STRING, OPT_NOWHERE, 0 },
    { "rombar=0..1", OPT_NUMBER, OPT_NOWHERE, 1 },
    { "bootindex=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { 0 },
};

static const OptProperty of_virtio[] = {
    { "disable-legacy=on|off|auto", OPT_CHOICE, V(disable_legacy), 0 },
    { "disable-modern=on|off", OPT_BOOL, V(card.virtio.disable_modern), 0 },
    /* There is no MSI-X on this board, and notifications need no file descriptors. */
    { "vectors=N", OPT_NUMBER, OPT_NOWHERE, UINT32_MAX },
    { "ioeventfd=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
    { "packed=off", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "iommu_platform=off", OPT_CHOICE, OPT_NOWHERE, 0 },
    { 0 },
};

static const OptProperty of_rng[] = {
    { "rng=ID", OPT_STRING, V(card.rng), 0 },
    { "max-bytes=N", OPT_NUMBER, V(card.virtio.max_bytes), UINT64_MAX },
    { "period=MS", OPT_NUMBER, V(card.virtio.period), UINT32_MAX },
    { 0 },
};

static const OptProperty of_blk[] = {
    { "drive=ID", OPT_STRING, V(card.drive), 0 },
    { "serial=TEXT", OPT_STRING, V(card.virtio.serial), 0 },
    { "write-cache=on|off|auto", OPT_CHOICE, V(write_cache), 0 },
    { "num-queues=1", OPT_NUMBER, OPT_NOWHERE, 1 },
    { "scsi=off", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "share-rw=on|off", OPT_BOOL, OPT_NOWHERE, 0 },
    { "logical_block_size=512", OPT_CHOICE, OPT_NOWHERE, 0 },
    { "physical_block_size=512", OPT_CHOICE, OPT_NOWHERE, 0 },
    { 0 },
};

static const OptProperty of_serial[] = {
    { "max_ports=1..511", OPT_NUMBER, V(card.virtio.max_ports), VIRTIO_MAX_PORTS },
    { 0 },
};

/* The properties of a driver beside those of all: its own, and those of its family. */
static const struct {
    const char *name;
    const PciType *type;
    const OptProperty *own, *family;
    bool no_legacy; /* the name says disable-legacy=on */
} drivers[] = {
    { "virtio-rng-pci", &virtio_rng_pci_type, of_rng, of_virtio, false },
    { "virtio-rng-pci-transitional", &virtio_rng_pci_type, of_rng, of_virtio, false },
    { "virtio-rng-pci-non-transitional", &virtio_rng_pci_type, of_rng, of_virtio, true },
    { "virtio-blk-pci", &virtio_blk_pci_type, of_blk, of_virtio, false },
    { "virtio-blk-pci-transitional", &virtio_blk_pci_type, of_blk, of_virtio, false },
    { "virtio-blk-pci-non-transitional", &virtio_blk_pci_type, of_blk, of_virtio, true },
    { "virtio-serial-pci", &virtio_serial_pci_type, of_serial, of_virtio, false },
    { "virtio-serial", &virtio_serial_pci_type, of_serial, of_virtio, false },
    { "virtio-serial-pci-transitional", &virtio_serial_pci_type, of_serial, of_virtio, false },
    { "virtio-serial-pci-non-transitional", &virtio_serial_pci_type, of_serial, of_virtio, true },
    { "lsi53c895a", &lsi53c895a_type, NULL, NULL, false },
    { "lsi", &lsi53c895a_type, NULL, NULL, false },
};

#define DRIVERS (sizeof drivers / sizeof drivers[0])

static unsigned find_driver(const char *name)
{
    unsigned n = 0;
    while (n < DRIVERS && strcmp(drivers[n].name, name) != 0) {
        n++;
    }
    return n;
}

void options_print_drivers(void)
{
    puts("Available devices:\n  loader\n  scsi-cd\n  scsi-hd\n  virtconsole\n  virtserialport");
    for (unsigned n = 0; n < DRIVERS; n++) {
        printf("  %s\n", drivers[n].name);
    }
}

bool options_is_card(const char *driver)
{
    return find_driver(driver) < DRIVERS;
}

bool options_check_disk(const char *driver, bool has_drive, const char *serial, size_t longest)
{
    if (!has_drive) {
        error_report("-device %s: no drive: give drive=ID, and -drive if=none,id=ID,file=FILE",
                     driver);
        return false;
    }
    if (serial && strlen(serial) > longest) {
        error_report("-device %s: the serial number '%s' is longer than %u bytes: shorten it",
                     driver, serial, (unsigned)longest);
        return false;
    }
    return true;
}

/* Parses addr=: the slot in hexadecimal, and ".0" as the function. */
static bool parse_slot(const char *addr, int *slot)
{
    char *end;
    unsigned long n = strtoul(addr, &end, 16);
    bool good = end != addr && *addr != '-' && *addr != '+' && n < PCI_SLOTS &&
                (!*end || strcmp(end, ".0") == 0 || strcmp(end, ".00") == 0);
    *slot = (int)n;
    return good;
}

static bool finish_card(const char *driver, Values *v, bool no_legacy)
{
    CardOption *c = &v->card;
    c->slot = -1;
    c->virtio.disable_legacy = no_legacy || v->disable_legacy == SWITCH_ON;
    c->virtio.write_through = v->write_cache == SWITCH_OFF;
    if (v->addr && !parse_slot(v->addr, &c->slot)) {
        error_report("-device %s: invalid value '%s' for 'addr': use a slot, 0 to 1f", driver,
                     v->addr);
    } else if (v->bus && strcmp(v->bus, "pci.0") != 0 && strcmp(v->bus, "pci") != 0) {
        error_report("-device %s: there is no bus '%s': use bus=pci.0, or leave it out", driver,
                     v->bus);
    } else if (c->virtio.disable_legacy && c->virtio.disable_modern) {
        error_report("-device %s: neither legacy nor modern drivers can use it: leave out one "
                     "disable-",
                     driver);
    } else if (c->type == &virtio_serial_pci_type && c->virtio.max_ports == 0) {
        error_report("-device %s: invalid value '0' for 'max_ports': use 1..511", driver);
    } else {
        return c->type != &virtio_blk_pci_type ||
               options_check_disk(driver, c->drive, c->virtio.serial, SERIAL_LENGTH);
    }
    return false;
}

bool options_parse_card(OptionsParser *p, const char *driver, char *arg)
{
    unsigned n = find_driver(driver);
    Values v = { .card = { .type = drivers[n].type, .virtio = { .period = 65536 } },
                 .disable_legacy = SWITCH_AUTO,
                 .write_cache = SWITCH_AUTO };
    bool serial = v.card.type == &virtio_serial_pci_type;
    v.card.virtio.max_ports = serial ? DEFAULT_PORTS : 0;
    const OptTable tables[] = {
        { of_all, &v }, { drivers[n].family, &v }, { drivers[n].own, &v }, { 0 }
    };
    char option[64] = "-device ";
    strncat(option, driver, sizeof option - strlen(option) - 1);
    if (!optlist_parse_tables(option, tables, NULL, arg) ||
        !finish_card(driver, &v, drivers[n].no_legacy)) {
        return false;
    }
    Options *o = p->o;
    CardOption *cards = option_grow(p, o->cards, o->card_count, sizeof *cards);
    if (!cards) {
        return false;
    }
    o->cards = cards;
    cards[o->card_count++] = v.card;
    return true;
}

/* -- Objects -- */

bool parse_object(OptionsParser *p, char *arg)
{
    typedef struct Object {
        const char *id;
    } Object;
    static const OptProperty properties[] = {
        { "id=ID", OPT_STRING, offsetof(Object, id), 0 },
        { "filename=FILE", OPT_STRING, OPT_NOWHERE, 0 }, /* bytes come from the host anyway */
        { 0 },
    };
    const char *kind = option_first_item(&arg);
    Object object = { NULL };
    if (strcmp(kind, "rng-random") != 0 && strcmp(kind, "rng-builtin") != 0) {
        error_report("-object: unsupported kind '%s': use rng-random or rng-builtin", kind);
        return false;
    }
    if (!optlist_parse(p->name, properties, NULL, arg, &object, NULL)) {
        return false;
    }
    if (!object.id) {
        error_report("-object: %s: no id: give id=ID", kind);
        return false;
    }
    if (p->object_count == OPTIONS_MAX_OBJECTS) {
        error_report("-object: given more than %u times: leave out those that are not used",
                     (unsigned)OPTIONS_MAX_OBJECTS);
        return false;
    }
    p->objects[p->object_count++] = object.id;
    return true;
}

bool options_check_cards(const OptionsParser *p)
{
    const Options *o = p->o;
    for (size_t i = 0; i < o->card_count; i++) {
        const char *rng = o->cards[i].rng;
        unsigned n = 0;
        while (rng && n < p->object_count && strcmp(p->objects[n], rng) != 0) {
            n++;
        }
        if (rng && n == p->object_count) {
            error_report("-device %s: there is no object '%s': give -object rng-random,id=%s",
                         o->cards[i].type->name, rng, rng);
            return false;
        }
    }
    return true;
}
