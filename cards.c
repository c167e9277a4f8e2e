/* SPDX-License-Identifier: MIT */
/* The PCI devices that the options name: by -device, and the disks of -drive if=virtio. */
#include "cards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entropy.h"
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

/* Whether a bus is that of the nth SCSI adapter: by the adapter's id, with or without ".0", or as
 * "scsi.n". */
static bool is_bus(const char *bus, const CardOption *card, unsigned n)
{
    char name[32];
    size_t length = card->id ? strlen(card->id) : 0;
    snprintf(name, sizeof name, "scsi.%u", n);
    return !bus || (!card->id && strcmp(bus, name) == 0) ||
           (card->id && strncmp(bus, card->id, length) == 0 &&
            (!bus[length] || strcmp(bus + length, ".0") == 0));
}

/* The adapter for a target; NULL: there is none. */
static CardOption *find_adapter(Options *o, const char *bus)
{
    unsigned n = 0;
    for (size_t i = 0; i < o->card_count; i++) {
        if (o->cards[i].type == &lsi53c895a_type && is_bus(bus, &o->cards[i], n++)) {
            return &o->cards[i];
        }
    }
    return NULL;
}

/* Attaches a SCSI disk or CD-ROM drive to its adapter. */
static bool attach(MachineDrives *drives, Options *o, const ScsiOption *scsi)
{
    const char *driver = scsi->cdrom ? "scsi-cd" : "scsi-hd", *why = "it has no medium";
    CardOption *card = find_adapter(o, scsi->bus);
    if (!card) {
        error_report("-device %s: there is no SCSI adapter%s%s: give -device lsi53c895a,id=ID "
                     "and bus=ID.0",
                     driver, scsi->bus ? " with bus " : "", scsi->bus ? scsi->bus : "");
        return false;
    }
    bool any = scsi->target == LSI_TARGETS;
    uint64_t id = any ? 0 : scsi->target;
    while (any && id < LSI_TARGETS && card->targets.present[id]) {
        id++;
    }
    if (id == LSI_TARGETS || card->targets.present[id]) {
        error_report("-device %s: scsi-id=%u is taken: choose another one, or add an adapter",
                     driver, (unsigned)(id < LSI_TARGETS ? id : id - 1));
        return false;
    }
    const MachineDrive *drive =
        scsi->drive && drives ? machine_drive_by_id(drives, scsi->drive, &why) : NULL;
    if (scsi->drive && (!drive || (!scsi->cdrom && !drive->block))) {
        error_report("-device %s: drive=%s: %s: give -drive if=none,id=%s,file=FILE", driver,
                     scsi->drive, drives ? why : "there is no such drive", scsi->drive);
        return false;
    }
    card->targets.present[id] = true;
    card->targets.disks[id] = (ScsiDisk){ .cdrom = scsi->cdrom,
                                          .id = drive ? drive->id : "",
                                          .serial = scsi->serial,
                                          .block = drive ? drive->block : NULL };
    return true;
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

bool cards_make(MachineConfig *config, Options *o)
{
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
