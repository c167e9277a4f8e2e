/* SPDX-License-Identifier: MIT */
/* The image loader: uImage, U-Boot's legacy image format (facts from its include/image.h). */
#include "machine/loader_formats.h"

#include <inttypes.h>

#include "util/log.h"

#define UIMAGE_MAGIC  UINT32_C(0x27051956)
#define UIMAGE_HEADER 64u

enum { IH_OS_LINUX = 5, IH_ARCH_ARM = 2 };
enum { IH_TYPE_KERNEL = 2, IH_TYPE_RAMDISK = 3, IH_TYPE_KERNEL_NOLOAD = 14 };

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static const char *type_name(unsigned type)
{
    static const char *const names[] = { "invalid", "standalone", "kernel",
                                         "ramdisk", "multi-file", "firmware",
                                         "script",  "filesystem", "flat_dt" };
    return type == IH_TYPE_KERNEL_NOLOAD           ? "kernel_noload"
           : type < sizeof names / sizeof names[0] ? names[type]
                                                   : "unknown";
}

static const char *compression_name(unsigned compression)
{
    static const char *const names[] = { "none", "gzip", "bzip2", "lzma", "lzo", "lz4", "zstd" };
    return compression < sizeof names / sizeof names[0] ? names[compression] : "unknown";
}

/* CRC-32 as in ISO 3309: polynomial 0x04c11db7, reflected. */
static uint32_t crc32_update(uint32_t crc, const uint8_t *p, size_t n)
{
    static uint32_t table[256];
    if (!table[1]) {
        for (uint32_t i = 0; i < 256; i++) {
            uint32_t c = i;
            for (int bit = 0; bit < 8; bit++) {
                c = c & 1 ? c >> 1 ^ UINT32_C(0xedb88320) : c >> 1;
            }
            table[i] = c;
        }
    }
    for (size_t i = 0; i < n; i++) {
        crc = table[(crc ^ p[i]) & 0xff] ^ crc >> 8;
    }
    return crc;
}

bool uimage_is(const Image *image)
{
    return image->size >= 4 && be32(image->bytes) == UIMAGE_MAGIC;
}

bool uimage_parse(const Image *image, enum UImageType type, UImage *uimage)
{
    const uint8_t *h = image->bytes;
    if (image->size < UIMAGE_HEADER) {
        error_report("%s: is cut off: a uImage header has %u bytes, the file %zu: copy it again",
                     image->name, UIMAGE_HEADER, image->size);
        return false;
    }
    /* The header's checksum is taken with 0 in its own place. */
    static const uint8_t zeros[4];
    uint32_t crc = crc32_update(UINT32_MAX, h, 4);
    crc = crc32_update(crc, zeros, 4);
    crc = ~crc32_update(crc, h + 8, UIMAGE_HEADER - 8);
    if (crc != be32(h + 4)) {
        error_report("%s: its uImage header is damaged: its checksum is 0x%08x and should be "
                     "0x%08x: copy it again",
                     image->name, (unsigned)crc, (unsigned)be32(h + 4));
        return false;
    }
    uint32_t size = be32(h + 12);
    if (size == 0 || size > image->size - UIMAGE_HEADER) {
        error_report("%s: is cut off: its uImage header says %u bytes, the file has %zu behind "
                     "the header: copy it again",
                     image->name, (unsigned)size, image->size - UIMAGE_HEADER);
        return false;
    }
    crc = ~crc32_update(UINT32_MAX, h + UIMAGE_HEADER, size);
    if (crc != be32(h + 24)) {
        error_report("%s: its data is damaged: the checksum is 0x%08x and should be 0x%08x: copy "
                     "it again",
                     image->name, (unsigned)crc, (unsigned)be32(h + 24));
        return false;
    }
    unsigned arch = h[29], ih_type = h[30], compression = h[31];
    bool kernel = ih_type == IH_TYPE_KERNEL || ih_type == IH_TYPE_KERNEL_NOLOAD;
    if (type == UIMAGE_KERNEL ? !kernel : ih_type != IH_TYPE_RAMDISK) {
        error_report("%s: is a uImage of type %u (%s): a %s is needed here", image->name, ih_type,
                     type_name(ih_type), type == UIMAGE_KERNEL ? "kernel" : "ramdisk");
        return false;
    }
    if (arch != IH_ARCH_ARM) {
        error_report("%s: is a uImage for architecture %u: this machine needs %d, ARM", image->name,
                     arch, IH_ARCH_ARM);
        return false;
    }
    /* A compressed ramdisk is the kernel's to unpack, whatever the header calls it. */
    if (kernel && compression != 0) {
        error_report("%s: its kernel is compressed (%u, %s): unpack it and make a uImage with "
                     "compression none, or use a zImage",
                     image->name, compression, compression_name(compression));
        return false;
    }
    *uimage = (UImage){
        .payload = { image->name, image->bytes + UIMAGE_HEADER, size },
        .load = be32(h + 16),
        .entry = be32(h + 20),
        .is_linux = h[28] == IH_OS_LINUX,
        .noload = ih_type == IH_TYPE_KERNEL_NOLOAD,
    };
    return true;
}
