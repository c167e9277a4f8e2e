/* SPDX-License-Identifier: MIT */
/* Recognises images that are not raw. */
#ifndef BLOCK_FORMAT_H
#define BLOCK_FORMAT_H

#include <stddef.h>
#include <stdint.h>

/* How much of an image's start and end format_name() wants. */
#define FORMAT_HEAD 512u
#define FORMAT_TAIL 512u

/* The name that qemu-img has for the format of an image with these first and last bytes; NULL: it
 * is raw. Each has up to 512 bytes, less if the image is smaller. */
const char *format_name(const uint8_t *head, size_t head_len, const uint8_t *tail, size_t tail_len);

#endif
