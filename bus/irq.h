/* SPDX-License-Identifier: MIT */
/* An interrupt line: an output that a device drives and somebody else listens to. */
#ifndef BUS_IRQ_H
#define BUS_IRQ_H

#include <stdbool.h>

typedef struct Irq {
    void (*set)(void *opaque, unsigned n, bool level); /* NULL: not connected */
    void *opaque;
    unsigned n; /* which input of the listener */
} Irq;

/* Drives the line; the listener gets every call, also those that change nothing. */
static inline void irq_set(const Irq *irq, bool level)
{
    if (irq->set) {
        irq->set(irq->opaque, irq->n, level);
    }
}

#endif
