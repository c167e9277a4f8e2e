/* SPDX-License-Identifier: MIT */
/* Where the bytes of a serial port come from and go to. The port pulls: what it does not take waits
 * outside. */
#ifndef BUS_CHARDEV_H
#define BUS_CHARDEV_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Chardev {
    /* Takes the next byte from outside; false: none now (an empty poll). */
    bool (*get)(void *opaque, uint8_t *byte);
    bool (*pending)(void *opaque);           /* get() would succeed */
    void (*put)(void *opaque, uint8_t byte); /* a byte for the outside; always taken */
    void *opaque;
    bool (*take_break)(void *opaque); /* a break has come since the last call; NULL: never */
    /* Brings out what put() has kept back; NULL: it keeps nothing. The main loop calls it at each
     * poll and before it waits. False: something could not be written, which was reported once, and
     * the run has to end. */
    bool (*flush)(void *opaque);
} Chardev;

#endif
