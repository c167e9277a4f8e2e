/* SPDX-License-Identifier: MIT */
/* Packs bytes: DEFLATE (RFC 1951), which util/inflate.h unpacks. */
#ifndef UTIL_DEFLATE_H
#define UTIL_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "util/vmstate.h"

/* Appends a DEFLATE stream of the n bytes at `in`. w->failed is set if the host has no memory. */
void deflate(VMWriter *w, const uint8_t *in, size_t n);

#endif
