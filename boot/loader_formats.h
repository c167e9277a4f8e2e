/* SPDX-License-Identifier: MIT */
/* What the image loader's files share: images as read from files, the segments of memory that they
 * fill, and a reader for each format. For boot/loader*.c and their tests.
 *
 * A function that returns bool returns false after an error_report(), except for ..._is(), which
 * only recognises a format. */
#ifndef BOOT_LOADER_FORMATS_H
#define BOOT_LOADER_FORMATS_H

#include "boot/loader.h"

static inline uint64_t max64(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* The bytes of a file or of a part of it. */
typedef struct Image {
    const char *name; /* for messages */
    uint8_t *bytes;   /* NULL: no file */
    size_t size;
    bool is_elf; /* elf_load() has taken it */
} Image;

/* Bytes for an address, and zeros after them. */
typedef struct Segment {
    const char *name; /* for messages */
    uint64_t addr;
    uint64_t size;        /* bytes of memory it fills */
    const uint8_t *bytes; /* the first `count` of them; the rest is zeros */
    size_t count;
} Segment;

typedef struct SegmentList {
    Segment *list;
    size_t count, cap;
} SegmentList;

/* The files that a LoaderConfig names. */
typedef struct LoaderFiles {
    Image kernel, initrd, dtb, bios;
    Image *devices; /* one for each LoaderDevice */
    size_t device_count;
} LoaderFiles;

/* Reads a whole file of at most `limit` bytes (an ELF file: 1 GiB, as it may hold more than goes
 * into memory). An empty file is an error. */
bool image_read(Image *image, const char *option, const char *path, uint64_t limit);

bool segment_add(SegmentList *segments, const Segment *segment);
/* The same for `n` bytes without zeros after them. */
bool segment_add_bytes(SegmentList *segments, const char *name, uint64_t addr, const uint8_t *bytes,
                       size_t n);

/* ELF (System V ABI, ELF for the Arm architecture): adds a segment for each loadable program header
 * at its physical address; *entry is a physical address, too. */
bool elf_is(const Image *image);
bool elf_load(Image *image, SegmentList *segments, uint32_t *entry);
/* The virtual addresses of an image that elf_load() has taken: from *start up to, and without,
 * *end. */
void elf_span(const Image *image, uint64_t *start, uint64_t *end);

/* Intel HEX: *data holds the bytes that the segments refer to; the caller frees it, after an error
 * as well. *entry is 0 if the file has no entry point. */
bool ihex_is(const Image *image);
bool ihex_load(const Image *image, uint8_t **data, SegmentList *segments, uint32_t *entry);

/* U-Boot's legacy image: a 64-byte header with two checksums, which are checked. A kernel
 * compressed with gzip is unpacked to at most `limit` bytes, which replace the image's. */
typedef struct UImage {
    Image payload; /* within the image */
    uint32_t load, entry;
    bool is_linux; /* its operating system is Linux */
    bool noload;   /* a kernel_noload: runs anywhere; `entry` is relative to the payload */
} UImage;

enum UImageType { UIMAGE_KERNEL, UIMAGE_RAMDISK };

bool uimage_is(const Image *image);
bool uimage_parse(Image *image, enum UImageType type, uint64_t limit, UImage *uimage);

/* The header of the Linux kernel's self-extracting image. */
typedef struct ZImage {
    uint32_t start;       /* the address it is linked for; 0: it runs anywhere */
    uint32_t size;        /* bytes, by its header, without anything appended */
    bool byte_order_word; /* the header of newer kernels has one after the end address */
    bool appended_dtb;    /* a device tree follows */
    bool compressed;      /* unpacks a kernel to RAM base + text_offset */
    /* From the table of newer kernels; 0: unknown. */
    uint32_t inflated; /* bytes of the kernel once unpacked */
    uint32_t bss;      /* bytes that the kernel clears after them */
    uint32_t text_offset;
    uint32_t xip_data; /* bytes at the start of RAM for the data of a kernel in flash */
} ZImage;

bool zimage_is(const Image *image);
bool zimage_parse(const Image *image, ZImage *zimage);

/* The end of the RAM that a zImage at `addr` writes to before its kernel reads its boot data.
 * *guess is set if the image does not say. */
uint64_t zimage_end(const ZImage *zimage, uint64_t addr, uint64_t ram_base, uint64_t ram_end,
                    bool *guess);

/* loader_plan() for files that were read before; takes ownership of `files`, after an error as
 * well.
 */
LoaderPlan *loader_plan_files(const LoaderConfig *config, LoaderFiles *files,
                              const Machine *machine);
void loader_files_free(LoaderFiles *files);

#endif
