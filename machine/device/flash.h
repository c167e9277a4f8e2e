/* SPDX-License-Identifier: MIT */
/* NOR flash with the Common Flash Interface and Intel's command set (StrataFlash J3), as QEMU's
 * versatilepb has it: one 32-bit-wide device of 64 MiB in 256 KiB blocks. */
#ifndef MACHINE_DEVICE_FLASH_H
#define MACHINE_DEVICE_FLASH_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/device.h"

#define FLASH_BLOCK_SIZE  (256u << 10)
#define FLASH_MAX_BLOCKS  256
#define FLASH_BUFFER_SIZE 2048u /* bytes that a buffered program writes at most */

/* The state of a command sequence. */
typedef enum FlashStep {
    FLASH_IDLE,    /* the next write is a command */
    FLASH_PROGRAM, /* 0x10, 0x40: the next write is the data */
    FLASH_ERASE,   /* 0x20: the next write confirms */
    FLASH_LOCK,    /* 0x60: the next write selects the operation */
    FLASH_COUNT,   /* 0xe8: the next write is the count */
    FLASH_BUFFER,  /* 0xe8: data for the buffer */
    FLASH_CONFIRM, /* 0xe8: the next write confirms */
} FlashStep;

/* What a read returns. */
typedef enum FlashMode {
    FLASH_READ_ARRAY,
    FLASH_READ_STATUS,
    FLASH_READ_ID,
    FLASH_READ_QUERY
} FlashMode;

typedef struct Flash {
    Device dev;

    uint8_t vpp;    /* programming voltage */
    uint8_t mode;   /* FlashMode */
    uint8_t step;   /* FlashStep */
    uint8_t status; /* the status register, SR */
    uint32_t count; /* FLASH_BUFFER: writes still to come */
    uint32_t at;    /* FLASH_BUFFER: the offset of buffer[0], once at_known */
    uint8_t at_known;
    uint8_t buffer[FLASH_BUFFER_SIZE];
    uint8_t locked[FLASH_MAX_BLOCKS];
    uint8_t changed[FLASH_MAX_BLOCKS]; /* the guest has programmed or erased the block */
} Flash;

/* The region's host memory is the array of cells: whole blocks, at most FLASH_MAX_BLOCKS, and the
 * contents of the drive's image, which must have the same size. Input 0
 * is the programming voltage: without it programming and erasing fail. */
extern const DeviceType flash_type;

#endif
