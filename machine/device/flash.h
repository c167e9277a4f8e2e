/* SPDX-License-Identifier: MIT */
/* NOR flash with the Common Flash Interface and Intel's command set (StrataFlash J3), as QEMU's
 * versatilepb has it: one 32-bit-wide device of 64 MiB in 256 KiB blocks. */
#ifndef MACHINE_DEVICE_FLASH_H
#define MACHINE_DEVICE_FLASH_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/device.h"
#include "bus/irq.h"

#define FLASH_BLOCK_SIZE  (256u << 10)
#define FLASH_MAX_BLOCKS  256
#define FLASH_BUFFER_SIZE 2048u /* bytes that one buffered program writes at most */

/* Where a command sequence is. */
typedef enum FlashStep {
    FLASH_IDLE,    /* the next write is a command */
    FLASH_PROGRAM, /* 0x10, 0x40: the next write is the data */
    FLASH_ERASE,   /* 0x20: the next write confirms */
    FLASH_LOCK,    /* 0x60: the next write says what */
    FLASH_COUNT,   /* 0xe8: the next write is the count */
    FLASH_BUFFER,  /* 0xe8: data for the buffer */
    FLASH_CONFIRM, /* 0xe8: the next write confirms */
} FlashStep;

/* What a read gives. */
typedef enum FlashMode {
    FLASH_READ_ARRAY,
    FLASH_READ_STATUS,
    FLASH_READ_ID,
    FLASH_READ_QUERY
} FlashMode;

typedef struct Flash {
    BusRegion region; /* region.host is the array of cells */
    Bus *bus;

    uint8_t vpp;    /* programming voltage */
    uint8_t mode;   /* FlashMode */
    uint8_t step;   /* FlashStep */
    uint8_t status; /* the status register, SR */
    uint32_t count; /* FLASH_BUFFER: writes still to come */
    uint32_t at;    /* FLASH_BUFFER: the cell that buffer[0] is for; after FLASH_COUNT not known */
    uint8_t at_known;
    uint8_t buffer[FLASH_BUFFER_SIZE];
    uint8_t locked[FLASH_MAX_BLOCKS];
    uint8_t changed[FLASH_MAX_BLOCKS]; /* the guest has programmed or erased there */
} Flash;

extern const DeviceOps flash_ops;

/* Prepares a flash of `size` bytes (whole blocks, at most FLASH_MAX_BLOCKS) at `base` of `bus`;
 * to be reset before use. Its cells are of the bus's memory. False: there is not enough of it. */
bool flash_init(Flash *s, Bus *bus, hwaddr base, uint32_t size);

/* The programming voltage, a line: without it programming and erasing fail. */
Irq flash_vpp_input(Flash *s);

/* Folds the blocks that the guest has changed into a digest. */
uint64_t flash_digest(const Flash *s, uint64_t digest);

#endif
