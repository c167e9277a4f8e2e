/* SPDX-License-Identifier: MIT */
/* An SD memory card on an image, as its host sees it: commands, responses, blocks of data (SD
 * Physical Layer Simplified Specification 2.00). It knows no host controller. */
#ifndef MACHINE_DEVICE_SD_CARD_H
#define MACHINE_DEVICE_SD_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "block/block.h"
#include "util/vmstate.h"

#define SD_BLOCK 512u /* bytes */

/* The states of section 4.8, numbered as in the card status. */
typedef enum SdState {
    SD_IDLE,
    SD_READY,
    SD_IDENTIFICATION,
    SD_STANDBY,
    SD_TRANSFER,
    SD_SENDING,
    SD_RECEIVING,
    SD_PROGRAMMING, /* takes no time: never seen */
    SD_DISCONNECTED,
    SD_INACTIVE,
} SdState;

/* What a card is sending or receiving. */
typedef enum SdData {
    SD_DATA_NONE,
    SD_DATA_REGISTER, /* one block that the card has made */
    SD_DATA_BLOCK,    /* one block of the image */
    SD_DATA_BLOCKS,   /* blocks of the image until CMD12 */
    SD_DATA_IGNORED,  /* a received block, which the card does not keep */
    SD_DATA_FAILED,   /* nothing more: it could not be read */
} SdData;

typedef struct SdCard {
    Block *block;     /* NULL: no card, which never answers */
    const char *name; /* for logs */

    uint8_t state;       /* SdState */
    uint8_t data;        /* SdData */
    uint8_t app_command; /* CMD55: the next one is an ACMD */
    uint8_t powered_up;  /* ACMD41 has started the card */
    uint8_t bus_width;   /* ACMD6: 0 or 2 */
    uint8_t functions;   /* CMD6: the function of group 1 */
    uint16_t rca;
    uint32_t status; /* error bits of the card status */
    uint32_t block_length;
    uint32_t written;                 /* ACMD22: blocks that the last write has written */
    uint64_t at;                      /* of the next block in the image, bytes */
    uint64_t erase_first, erase_last; /* bytes; ERASE_NONE: not set */
    uint32_t filled, sent;            /* of buffer[]: bytes that are there, that were sent */
    uint8_t buffer[SD_BLOCK];
} SdCard;

#define SD_ERASE_NONE UINT64_MAX

/* For the state table of a host controller's struct `type` with a card in its field `card`. */
#define SD_CARD_STATE(type, card)                                                                  \
    VM_FIELD(type, card.state), VM_FIELD(type, card.data), VM_FIELD(type, card.app_command),       \
        VM_FIELD(type, card.powered_up), VM_FIELD(type, card.bus_width),                           \
        VM_FIELD(type, card.functions), VM_FIELD(type, card.rca), VM_FIELD(type, card.status),     \
        VM_FIELD(type, card.block_length), VM_FIELD(type, card.written), VM_FIELD(type, card.at),  \
        VM_FIELD(type, card.erase_first), VM_FIELD(type, card.erase_last),                         \
        VM_FIELD(type, card.filled), VM_FIELD(type, card.sent), VM_ARRAY(type, card.buffer)

/* Whether an image can be a card; false after an error_report(). */
bool sd_card_check(Block *block);

/* Power-on. */
void sd_card_reset(SdCard *s);

/* Whether a loaded state is valid. */
bool sd_card_loaded(const SdCard *s);

/* Executes a command. Returns the length of the response, 0 (none), 4 or 16 bytes, the most
 * significant first, without index and CRC. */
unsigned sd_card_command(SdCard *s, unsigned index, uint32_t arg, uint8_t response[16]);

/* Whether the card has data for the host, or takes data from it. */
bool sd_card_sending(const SdCard *s);
bool sd_card_receiving(const SdCard *s);

/* Reads the next n bytes from the card. Returns how many there were: fewer if it is not, or not any
 * more, sending. */
size_t sd_card_read(SdCard *s, uint8_t *bytes, size_t n);
/* Writes n bytes to the card, which ignores those after the end of its data. False: they completed
 * a block that it could not keep (the CRC status of section 4.3.4 is negative). */
bool sd_card_write(SdCard *s, const uint8_t *bytes, size_t n);

#endif
