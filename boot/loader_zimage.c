/* SPDX-License-Identifier: MIT */
/* The image loader: zImage, the Linux kernel's self-extracting image
 * (arch/arm/boot/compressed/head.S and vmlinux.lds.S). */
#include "boot/loader_formats.h"

#include "bus/fdt.h"
#include "util/log.h"

#define ZIMAGE_MAGIC      UINT32_C(0x016f2818)
#define ZIMAGE_MAGIC_BE   UINT32_C(0x18286f01) /* read little-endian */
#define ZIMAGE_BYTE_ORDER UINT32_C(0x04030201)
#define ZIMAGE_TABLE      UINT32_C(0x45454545) /* the offset of a table of tags follows */
#define ZIMAGE_TAG_KERNEL UINT32_C(0x5a534c4b)
#define ZIMAGE_TAG_XIP    UINT32_C(0x5a584950) /* ours: scripts/mkxip */
#define ZIMAGE_HEADER     0x30u

/* The kernel's offset from RAM base, unless the table has another. */
#define TEXT_OFFSET 0x8000u
/* An upper bound of the stack, heap and alignment of the unpacking code. */
#define STACK_MALLOC 0x20000u
/* Guesses for images that do not say, rarely exceeded: the factor by which a kernel expands, and
 * the bytes of data of one that runs from flash. */
#define MAX_EXPANSION 5u
#define XIP_DATA      UINT64_C(0x400000)

static uint32_t word(const Image *image, uint32_t offset)
{
    return offset <= image->size && image->size - offset >= 4 ? ld32_p(image->bytes + offset) : 0;
}

bool zimage_is(const Image *image)
{
    uint32_t magic = word(image, 0x24);
    return magic == ZIMAGE_MAGIC || magic == ZIMAGE_MAGIC_BE;
}

/* Reads the table of tags. Each is its length in words, its number, and its values. */
static void read_table(const Image *image, ZImage *zimage)
{
    uint64_t at = word(image, 0x38);
    for (;;) {
        uint32_t words = at < zimage->size ? word(image, (uint32_t)at) : 0;
        if (words == 0) {
            return;
        }
        switch (word(image, (uint32_t)at + 4)) {
        case ZIMAGE_TAG_KERNEL:
            zimage->inflated = word(image, word(image, (uint32_t)at + 8));
            zimage->bss = word(image, (uint32_t)at + 12);
            if (words >= 6) {
                zimage->text_offset = word(image, (uint32_t)at + 16);
            }
            break;
        case ZIMAGE_TAG_XIP: zimage->xip_data = word(image, (uint32_t)at + 8); break;
        default: break;
        }
        at += (uint64_t)words * 4;
    }
}

bool zimage_parse(const Image *image, ZImage *zimage)
{
    if (image->size < ZIMAGE_HEADER) {
        error_report("%s: is cut off: a zImage header has %u bytes, the file %zu: copy it again",
                     image->name, ZIMAGE_HEADER, image->size);
        return false;
    }
    if (word(image, 0x24) == ZIMAGE_MAGIC_BE || word(image, 0x30) == 0x01020304) {
        error_report("%s: is a big-endian zImage: this machine needs a kernel configured without "
                     "CONFIG_CPU_BIG_ENDIAN",
                     image->name);
        return false;
    }
    uint32_t start = word(image, 0x28), end = word(image, 0x2c);
    if (end < start || end - start < ZIMAGE_HEADER) {
        error_report("%s: its zImage header is wrong: it starts at 0x%08x and ends at 0x%08x: "
                     "build or copy it again",
                     image->name, (unsigned)start, (unsigned)end);
        return false;
    }
    *zimage = (ZImage){ .start = start, .size = end - start, .text_offset = TEXT_OFFSET };
    if (zimage->size > image->size) {
        error_report("%s: is cut off: its zImage header says %u bytes, the file has %zu: copy it "
                     "again",
                     image->name, (unsigned)zimage->size, image->size);
        return false;
    }
    if (start % 4) {
        error_report("%s: its zImage header says that it runs at 0x%08x, which is not a multiple "
                     "of 4: build it again",
                     image->name, (unsigned)start);
        return false;
    }
    zimage->byte_order_word = word(image, 0x30) == ZIMAGE_BYTE_ORDER;
    bool table = zimage->byte_order_word && word(image, 0x34) == ZIMAGE_TABLE;
    if (table) {
        read_table(image, zimage);
    }
    zimage->compressed = start == 0 || (table && zimage->xip_data == 0);
    const uint8_t *after = image->bytes + zimage->size;
    zimage->appended_dtb = image->size - zimage->size >= 4 && ld32_be_p(after) == FDT_MAGIC;
    return true;
}

uint64_t zimage_end(const ZImage *zimage, uint64_t addr, uint64_t ram_base, uint64_t ram_end,
                    bool *guess)
{
    if (!zimage->compressed) {
        *guess = zimage->xip_data == 0;
        return ram_base + (zimage->xip_data ? zimage->xip_data : XIP_DATA);
    }
    *guess = zimage->inflated == 0;
    /* The header does not say where an image in ROM has its stack and heap. */
    bool in_ram = addr >= ram_base && addr < ram_end;
    uint64_t end = in_ram ? addr + zimage->size + STACK_MALLOC : ram_base;
    if (*guess) {
        /* Old images unpack the kernel after themselves and then move it down. */
        return end + zimage->size * (uint64_t)MAX_EXPANSION;
    }
    /* New images first move out of the unpacked kernel's way, to the memory after it. The kernel
     * begins by clearing its bss. */
    uint64_t unpacked = ram_base + zimage->text_offset + zimage->inflated;
    uint64_t moved = unpacked + zimage->size + STACK_MALLOC;
    return max64(max64(end, moved), unpacked + zimage->bss);
}
