/* SPDX-License-Identifier: MIT */
/* Accesses to guest memory by a device. */
#ifndef BUS_DMA_H
#define BUS_DMA_H

#include <stdbool.h>

#include "bus/bus.h"

/* Reads n bytes from RAM or ROM. False: a part of [addr, addr + n) is something else; the bytes
 * before it were read. */
bool dma_read(Bus *bus, hwaddr addr, void *bytes, size_t n);

/* Writes n bytes to RAM, and tells the CPU's engine that they have changed. False: a part of
 * [addr, addr + n) is not RAM; the bytes before it were written. */
bool dma_write(Bus *bus, hwaddr addr, const void *bytes, size_t n);

#endif
