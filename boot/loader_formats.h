/* SPDX-License-Identifier: MIT */
/* What the image loader's files share: images as they were read, the pieces of memory they fill,
 * and one reader for each format. For boot/loader*.c and their tests.
 *
 * Every function here that returns bool returns false after it has reported an error, but for the
 * questions (`..._is()`). */
#ifndef BOOT_LOADER_FORMATS_H
#define BOOT_LOADER_FORMATS_H

#include "boot/loader.h"

static inline uint64_t max64(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* The bytes of a file, or a part of it. */
typedef struct Image {
    const char *name; /* for messages */
    uint8_t *bytes;   /* NULL: there is none */
    size_t size;
} Image;

/* Bytes that go to an address, and zeros behind them. */
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

/* Reads a whole file, of at most `limit` bytes (an ELF file of at most 1 GiB: it may carry more
 * than goes into memory). An empty one is an error. */
bool image_read(Image *image, const char *option, const char *path, uint64_t limit);

bool segment_add(SegmentList *segments, const Segment *segment);
/* The same for `n` bytes without zeros after them. */
bool segment_add_bytes(SegmentList *segments, const char *name, uint64_t addr, const uint8_t *bytes,
                       size_t n);

/* ELF (System V ABI, ELF for the Arm architecture): a segment for each loadable program header, at
 * its physical address, and the entry point as a physical address. */
bool elf_is(const Image *image);
bool elf_load(const Image *image, SegmentList *segments, uint32_t *entry);

/* Intel HEX: `data` (to be freed by the caller, also on error) holds the bytes that the segments
 * refer to; the entry point is 0 if the file has none. */
bool ihex_is(const Image *image);
bool ihex_load(const Image *image, uint8_t **data, SegmentList *segments, uint32_t *entry);

/* U-Boot's legacy image: a 64-byte header with two checksums. Both are checked. A kernel that is
 * compressed with gzip is unpacked, to `limit` bytes at most, and then is all that the image
 * holds. */
typedef struct UImage {
    Image payload; /* within the image */
    uint32_t load, entry;
    bool is_linux; /* its operating system is Linux */
    bool noload;   /* a kernel_noload: it may be anywhere, `entry` is relative to the payload */
} UImage;

enum UImageType { UIMAGE_KERNEL, UIMAGE_RAMDISK };

bool uimage_is(const Image *image);
bool uimage_parse(Image *image, enum UImageType type, uint64_t limit, UImage *uimage);

/* The header that the Linux kernel's self-extracting image starts with. */
typedef struct ZImage {
    uint32_t start;       /* absolute address that it is linked for; 0: it runs anywhere */
    uint32_t size;        /* bytes from its header, without what is appended */
    bool byte_order_word; /* the header goes on behind the end address, as newer kernels' do */
    bool appended_dtb;    /* a device tree follows */
    bool compressed;      /* it unpacks a kernel to RAM base + text_offset */
    /* What the table of newer kernels tells; 0: unknown. */
    uint32_t inflated; /* bytes of the kernel once unpacked */
    uint32_t bss;      /* bytes that it clears behind them */
    uint32_t text_offset;
    uint32_t xip_data; /* bytes from the start of RAM for the data of a kernel that runs in flash */
} ZImage;

bool zimage_is(const Image *image);
bool zimage_parse(const Image *image, ZImage *zimage);

/* The address behind the last byte of RAM that a zImage at `addr` writes to before the kernel
 * proper looks at its boot data. *guess: true if the image does not say. */
uint64_t zimage_end(const ZImage *zimage, uint64_t addr, uint64_t ram_base, uint64_t ram_end,
                    bool *guess);

/* loader_plan() with files that are there already; `files` is taken over, whatever comes out. */
LoaderPlan *loader_plan_files(const LoaderConfig *config, LoaderFiles *files,
                              const Machine *machine);
void loader_files_free(LoaderFiles *files);

#endif
