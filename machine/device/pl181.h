/* SPDX-License-Identifier: MIT */
/* PrimeCell Multimedia Card Interface (PL181, DDI 0205) with an SD card. */
#ifndef MACHINE_DEVICE_PL181_H
#define MACHINE_DEVICE_PL181_H

#include <stdint.h>

#include "bus/device.h"
#include "machine/device/sd_card.h"

#define PL181_FIFO_LENGTH 16u /* words */

/* What the data path does. */
typedef enum Pl181Path { PL181_IDLE, PL181_SENDING, PL181_RECEIVING } Pl181Path;

typedef struct Pl181 {
    Device dev;

    uint32_t power, clock, argument, command, response_command, response[4];
    uint32_t data_timer, data_length, data_control;
    uint32_t data_count; /* bytes between the FIFO and the card */
    uint32_t status;     /* the static flags, bits 10 to 0 */
    uint32_t mask[2];
    uint32_t select;
    uint8_t path;       /* Pl181Path */
    uint8_t fifo_first; /* of fifo[] */
    uint8_t fifo_used;  /* words */
    uint8_t fifo_read;  /* since the status was read; the FIFO is not filled again */
    uint32_t fifo[PL181_FIFO_LENGTH];
    Timer timeout; /* the card has sent, or taken, no data */
    SdCard card;
} Pl181;

/* Output 0 is the interrupt of MCIMask0, output 1 that of MCIMask1, output 2 says that there is a
 * card: the image of its drive. */
extern const DeviceType pl181_type;

#endif
