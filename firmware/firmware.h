/* SPDX-License-Identifier: MIT */
/* The built-in guest: what runs when the command line names no other. */
#ifndef FIRMWARE_FIRMWARE_H
#define FIRMWARE_FIRMWARE_H

#include <stddef.h>

/* Loaded there and entered at its first byte, in reset state; `qemu-system-arm -M versatilepb
 * -kernel` does the same with the plain bytes. */
#define FIRMWARE_ADDR 0x10000

extern const unsigned char firmware_image[];
extern const size_t firmware_image_size;

#endif
