/* SPDX-License-Identifier: MIT */
/* The other end of a serial port. The port pulls its input; bytes that it does not take wait. */
#ifndef BUS_CHARDEV_H
#define BUS_CHARDEV_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Chardev {
    /* Takes the next byte of input; false: there is none now (an empty poll). */
    bool (*get)(void *opaque, uint8_t *byte);
    bool (*pending)(void *opaque);           /* get() would succeed */
    void (*put)(void *opaque, uint8_t byte); /* sends a byte; never fails */
    void *opaque;
    bool (*connected)(void *opaque);  /* whether a peer is there; NULL: always */
    bool (*take_open)(void *opaque);  /* whether a peer has come since then; NULL: it is there */
    bool (*take_break)(void *opaque); /* whether a break came since the last call; NULL: never */
    /* Writes what put() has buffered; NULL: it does not buffer. The main loop calls it at each poll
     * and before it waits. False: some of it could not be written, which was reported once; the run
     * must end. */
    bool (*flush)(void *opaque);
} Chardev;

#endif
