/* SPDX-License-Identifier: MIT */
/* An interrupt line, from an output of a device to its listener. */
#ifndef BUS_IRQ_H
#define BUS_IRQ_H

#include <stdbool.h>

typedef struct Irq {
    void (*set)(void *opaque, unsigned n, bool level); /* NULL: not connected */
    void *opaque;
    unsigned n; /* the input of the listener */
} Irq;

/* Drives the line. Every call reaches the listener, even without a change. */
static inline void irq_set(const Irq *irq, bool level)
{
    if (irq->set) {
        irq->set(irq->opaque, irq->n, level);
    }
}

#endif
