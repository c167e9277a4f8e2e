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

/* Whether dma_read(), or with `write` dma_write(), would succeed. */
bool dma_check(const Bus *bus, hwaddr addr, uint64_t n, bool write);

/* The host's bytes at `addr`, with in *part how many of n bytes are there in one piece; NULL: that
 * is no RAM (to read: RAM or ROM). Who has written to them calls dma_changed(). */
uint8_t *dma_map(const Bus *bus, hwaddr addr, uint64_t n, bool write, size_t *part);
void dma_changed(Bus *bus, hwaddr addr, size_t n);

#endif
