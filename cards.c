/* SPDX-License-Identifier: MIT */
/* The PCI devices that the options name: by -device, and the disks of -drive if=virtio. */
#include "cards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entropy.h"
#include "machine/scsi.h"
#include "util/log.h"
#include "virtio/virtio_pci.h"

/* Finds the medium of a device. */
static bool find_block(MachineDrives *drives, const CardOption *card, Block **block)
{
    const char *why = NULL;
    const MachineDrive *drive = machine_drive_by_id(drives, card->drive, &why);
    if (!drive) {
        error_report("-device %s: drive=%s: %s", card->type->name, card->drive, why);
    } else if (!drive->block) {
        error_report("-device %s: drive=%s: has no medium: give its -drive file=", card->type->name,
                     card->drive);
    } else {
        *block = drive->block;
        return true;
    }
    return false;
}

/* Whether a bus is that of a card: by the card's id, with or without ".0", or as `kind`.n. */
static bool is_bus(const char *bus, const CardOption *card, const char *kind, unsigned n)
{
    char name[32];
    size_t length = card->id ? strlen(card->id) : 0;
    snprintf(name, sizeof name, "%s.%u", kind, n);
    return !bus || (!card->id && strcmp(bus, name) == 0) ||
           (card->id && strncmp(bus, card->id, length) == 0 &&
            (!bus[length] || strcmp(bus + length, ".0") == 0));
}

/* The card of a type for a device: that with the bus, or if it names none the last of those that
 * the options have before it, as in QEMU. `n` buses of that kind are the board's. NULL: there is
 * none. */
static CardOption *find_card(Options *o, const PciType *type, const char *kind, unsigned n,
                             const char *bus, size_t before)
{
    CardOption *found = NULL;
    for (size_t i = 0; i < o->card_count; i++) {
        CardOption *card = &o->cards[i];
        if (card->type == type) {
            found = (bus ? is_bus(bus, card, kind, n) : i < before) ? card : found;
            n += !card->id;
        }
    }
    return found;
}

/* Where a SCSI device goes: to an adapter of -device, or to one that -drive has made. */
typedef struct ScsiPlace {
    CardOption *card; /* or else */
    unsigned adapter;
    unsigned target;
} ScsiPlace;

static bool find_adapter(MachineDrives *drives, Options *o, const ScsiOption *scsi, ScsiPlace *p)
{
    unsigned count = machine_scsi_adapters(drives);
    char name[32];
    p->card = find_card(o, &lsi53c895a_type, "scsi", count, scsi->bus, scsi->before);
    for (p->adapter = count; !p->card && p->adapter-- > 0;) {
        snprintf(name, sizeof name, "scsi.%u", p->adapter);
        if (!scsi->bus || strcmp(scsi->bus, name) == 0) {
            return true;
        }
    }
    return p->card != NULL;
}

static bool is_taken(MachineDrives *drives, const ScsiPlace *p)
{
    return p->card
               ? p->card->targets.present[p->target]
               : machine_drive(drives, DRIVE_SCSI, p->adapter * LSI_TARGETS + p->target) != NULL;
}

/* Attaches a SCSI disk or CD-ROM drive to its adapter. */
static bool attach(MachineDrives *drives, Options *o, const ScsiOption *scsi)
{
    const char *driver = scsi->cdrom ? "scsi-cd" : "scsi-hd", *why = NULL;
    ScsiPlace p = { .target = scsi->target < LSI_TARGETS ? (unsigned)scsi->target : 0 };
    if (!find_adapter(drives, o, scsi, &p)) {
        error_report("-device %s: there is no SCSI adapter%s%s: give -device lsi53c895a,id=ID "
                     "and bus=ID.0",
                     driver, scsi->bus ? " with bus " : "", scsi->bus ? scsi->bus : "");
        return false;
    }
    while (scsi->target == LSI_TARGETS && p.target < LSI_TARGETS - 1 && is_taken(drives, &p)) {
        p.target++;
    }
    if (is_taken(drives, &p)) {
        error_report("-device %s: scsi-id=%u is taken: choose another one, or add an adapter",
                     driver, p.target);
        return false;
    }
    MachineDrive *drive = scsi->drive ? machine_drive_by_id(drives, scsi->drive, &why) : NULL;
    if (drive && !scsi->cdrom && !drive->block) {
        why = "it has no medium";
    }
    if (why) {
        error_report("-device %s: drive=%s: %s: give -drive if=none,id=%s,file=FILE", driver,
                     scsi->drive, why, scsi->drive);
        return false;
    }
    const char *id = drive ? drive->id : "";
    Block *block = drive ? drive->block : NULL;
    if (p.card) {
        p.card->targets.present[p.target] = true;
        p.card->targets.disks[p.target] =
            (ScsiDisk){ .cdrom = scsi->cdrom, .id = id, .serial = scsi->serial, .block = block };
    } else { /* the board makes it of a drive */
        drive = drive ? drive : &drives->list[drives->count++];
        *drive = (MachineDrive){ .interface = DRIVE_SCSI,
                                 .index = p.adapter * LSI_TARGETS + p.target,
                                 .cdrom = scsi->cdrom,
                                 .id = id,
                                 .serial = scsi->serial,
                                 .block = block,
                                 .used = true };
    }
    return true;
}

/* As QEMU numbers them: port 0 is for the first console, the others follow from 1 on. */
static uint32_t free_port(VirtioPort *list, bool console)
{
    uint32_t nr = !console || virtio_port(list, 0);
    while (nr > 0 && virtio_port(list, nr)) {
        nr++;
    }
    return nr;
}

/* Attaches a port to its virtio serial device. */
static bool attach_port(Options *o, PortOption *port, Chardev *chr)
{
    VirtioPort *p = &port->port;
    const char *driver = p->console ? "virtconsole" : "virtserialport";
    CardOption *card =
        find_card(o, &virtio_serial_pci_type, "virtio-serial-bus", 0, port->bus, port->before);
    if (!card) {
        error_report("-device %s: there is no virtio serial device%s%s: give -device "
                     "virtio-serial-pci,id=ID and bus=ID.0",
                     driver, port->bus ? " with bus " : "", port->bus ? port->bus : "");
        return false;
    }
    VirtioPort **end = &card->virtio.ports;
    p->nr = port->nr_given ? p->nr : free_port(*end, p->console);
    p->chr = chr;
    const char *wrong = p->nr >= card->virtio.max_ports ? "is not less than max_ports"
                        : virtio_port(*end, p->nr)      ? "is taken"
                        : p->nr == 0 && !p->console     ? "is for a virtconsole"
                                                        : NULL;
    if (wrong) {
        error_report("-device %s: nr=%u %s: choose another one", driver, (unsigned)p->nr, wrong);
        return false;
    }
    while (*end) {
        end = &(*end)->next;
    }
    *end = p;
    return true;
}

bool cards_have_output(const Options *o)
{
    bool has = false;
    for (size_t i = 0; i < o->port_count; i++) {
        has = has || o->ports[i].port.has_output;
    }
    return has;
}

/* -drive if=virtio: each is a disk of its own. */
static bool add_disks(MachineConfig *config, PciCard *cards)
{
    for (unsigned n = 0; n < config->drives->count; n++) {
        MachineDrive *d = &config->drives->list[n];
        if (d->interface != DRIVE_VIRTIO || d->used) {
            continue;
        }
        if (!d->block) {
            error_report("-drive id=%s: a disk has a medium: add file=", d->id);
            return false;
        }
        d->used = true;
        cards[config->card_count++] =
            (PciCard){ .type = &virtio_blk_pci_type, .slot = -1, .block = d->block };
    }
    return true;
}

bool cards_make(MachineConfig *config, Options *o, Entropy *entropy, Chardev *const *serial)
{
    for (size_t i = 0; i < o->port_count; i++) {
        PortOption *port = &o->ports[i];
        if (!attach_port(o, port, port->serial ? serial[port->serial] : NULL)) {
            return false;
        }
    }
    for (size_t i = 0; i < o->scsi_count; i++) {
        if (!attach(config->drives, o, &o->scsi[i])) {
            return false;
        }
    }
    size_t most = o->card_count + config->drives->count;
    if (most == 0) {
        return true;
    }
    PciCard *cards = calloc(most, sizeof *cards);
    if (!cards) {
        error_report("-device: out of memory: close other programs");
        return false;
    }
    config->cards = cards;
    for (size_t i = 0; i < o->card_count; i++) {
        CardOption *card = &o->cards[i];
        card->virtio.random = entropy_bytes;
        card->virtio.random_opaque = entropy;
        cards[i] = (PciCard){
            .type = card->type, .name = card->id, .slot = card->slot, .properties = &card->virtio
        };
        if (card->type == &lsi53c895a_type) {
            cards[i].properties = &card->targets;
        }
        if (card->drive && !find_block(config->drives, card, &cards[i].block)) {
            return false;
        }
        config->card_count++;
    }
    return add_disks(config, cards);
}

void cards_free(MachineConfig *config)
{
    free((void *)config->cards);
    config->cards = NULL;
    config->card_count = 0;
}
