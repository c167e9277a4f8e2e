/* SPDX-License-Identifier: MIT */
/* The PCI devices that the options name. */
#include "cards.h"

#include <stdlib.h>

#include "entropy.h"
#include "util/log.h"

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

bool cards_make(MachineConfig *config, Options *o)
{
    if (o->card_count == 0) {
        return true;
    }
    PciCard *cards = calloc(o->card_count, sizeof *cards);
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
        if (card->drive && !find_block(config->drives, card, &cards[i].block)) {
            return false;
        }
        config->card_count++;
    }
    return true;
}

void cards_free(MachineConfig *config)
{
    free((void *)config->cards);
    config->cards = NULL;
    config->card_count = 0;
}
