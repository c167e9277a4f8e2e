/* SPDX-License-Identifier: MIT */
/* The image loader: uImage, U-Boot's legacy image format (its include/image.h). */
#include "boot/loader_formats.h"

#include <inttypes.h>
#include <stdlib.h>

#include "util/crc32.h"
#include "util/inflate.h"
#include "util/log.h"

#define UIMAGE_MAGIC  UINT32_C(0x27051956)
#define UIMAGE_HEADER 64u

enum { IH_OS_LINUX = 5, IH_ARCH_ARM = 2 };
enum { IH_COMP_NONE = 0, IH_COMP_GZIP = 1 };
enum { IH_TYPE_KERNEL = 2, IH_TYPE_RAMDISK = 3, IH_TYPE_KERNEL_NOLOAD = 14 };

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

bool uimage_is(const Image *image)
{
    return image->size >= 4 && ld32_be_p(image->bytes) == UIMAGE_MAGIC;
}

/* Checks both checksums and the size; *size is that of the data. */
static bool check_sums(const Image *image, uint32_t *size)
{
    const uint8_t *h = image->bytes;
    if (image->size < UIMAGE_HEADER) {
        error_report("%s: is cut off: a uImage header has %u bytes, the file %zu: copy it again",
                     image->name, UIMAGE_HEADER, image->size);
        return false;
    }
    /* The header's checksum counts its own four bytes as 0. */
    static const uint8_t zeros[4];
    uint32_t crc = crc32(0, h, 4);
    crc = crc32(crc, zeros, 4);
    crc = crc32(crc, h + 8, UIMAGE_HEADER - 8);
    if (crc != ld32_be_p(h + 4)) {
        error_report("%s: its uImage header is damaged: its checksum is 0x%08x and should be "
                     "0x%08x: copy it again",
                     image->name, (unsigned)crc, (unsigned)ld32_be_p(h + 4));
        return false;
    }
    *size = ld32_be_p(h + 12);
    if (*size == 0 || *size > image->size - UIMAGE_HEADER) {
        error_report("%s: is cut off: its uImage header says %u bytes, the file has %zu after the "
                     "header: copy it again",
                     image->name, (unsigned)*size, image->size - UIMAGE_HEADER);
        return false;
    }
    crc = crc32(0, h + UIMAGE_HEADER, *size);
    if (crc != ld32_be_p(h + 24)) {
        error_report("%s: its data is damaged: the checksum is 0x%08x and should be 0x%08x: copy "
                     "it again",
                     image->name, (unsigned)crc, (unsigned)ld32_be_p(h + 24));
        return false;
    }
    return true;
}

/* Replaces the image by its unpacked data. */
static bool unpack(Image *image, uint32_t size, uint64_t limit)
{
    Inflated out;
    const char *error = gunzip(image->bytes + UIMAGE_HEADER, size,
                               limit < SIZE_MAX ? (size_t)limit : SIZE_MAX, &out);
    if (error == inflate_too_large) {
        error_report("%s: its kernel unpacks to more than the %" PRIu64
                     " bytes of memory: use a smaller one, or more memory (-m)",
                     image->name, limit);
        return false;
    }
    if (!error && out.size == 0) {
        error = "is empty";
    }
    if (error) {
        error_report("%s: its gzip data %s: make the uImage again", image->name, error);
        free(out.bytes);
        return false;
    }
    free(image->bytes);
    image->bytes = out.bytes;
    image->size = out.size;
    return true;
}

bool uimage_parse(Image *image, enum UImageType type, uint64_t limit, UImage *uimage)
{
    uint32_t size;
    if (!check_sums(image, &size)) {
        return false;
    }
    const uint8_t *h = image->bytes;
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
    if (kernel && compression != IH_COMP_NONE && compression != IH_COMP_GZIP) {
        error_report("%s: its kernel is compressed (%u, %s): make a uImage with compression none "
                     "or gzip, or use a zImage",
                     image->name, compression, compression_name(compression));
        return false;
    }
    *uimage = (UImage){
        .load = ld32_be_p(h + 16),
        .entry = ld32_be_p(h + 20),
        .is_linux = h[28] == IH_OS_LINUX,
        .noload = ih_type == IH_TYPE_KERNEL_NOLOAD,
    };
    /* The kernel unpacks a compressed ramdisk itself. */
    if (kernel && compression == IH_COMP_GZIP) {
        if (!unpack(image, size, limit)) {
            return false;
        }
        uimage->payload = *image;
    } else {
        uimage->payload =
            (Image){ .name = image->name, .bytes = image->bytes + UIMAGE_HEADER, .size = size };
    }
    return true;
}
