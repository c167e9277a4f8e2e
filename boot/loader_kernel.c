/* SPDX-License-Identifier: MIT */
/* The image loader: recognises a kernel by its content and gives it its place. */
#include "boot/loader_plan.h"

#include <inttypes.h>
#include <string.h>

#include "util/log.h"

/* QEMU's places, from the start of RAM. */
#define KERNEL_OFFSET UINT64_C(0x00010000)
#define NOLOAD_OFFSET UINT64_C(0x02000000)

/* Linux maps its RAM in units of this size (adjust_lowmem_bounds()); with less it dies silently. */
#define LINUX_LEAST (UINT64_C(2) << 20)

static bool contains(const Image *image, const char *string)
{
    size_t n = strlen(string);
    for (size_t at = 0; image->size >= n && at <= image->size - n; at++) {
        const uint8_t *p = memchr(image->bytes + at, string[0], image->size - n - at + 1);
        if (!p) {
            return false;
        }
        at = (size_t)(p - image->bytes);
        if (memcmp(p, string, n) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether r2 may be a device tree: see loader_plan(). */
static bool takes_fdt(const Planner *p, const Image *kernel, const ZImage *zimage)
{
    if (p->config->dtb) {
        return true;
    }
    if (zimage && zimage->appended_dtb) {
        error_report("%s: has a device tree appended, and so gets ATAGs: if it stays silent give "
                     "that tree to -dtb (it was built without CONFIG_ARM_ATAG_DTB_COMPAT)",
                     kernel->name);
        return false;
    }
    if (zimage && zimage->compressed) {
        return zimage->byte_order_word;
    }
    const char *compatible = p->machine->type->compatible[0];
    bool found = contains(kernel, compatible);
    for (size_t i = 0; i < p->plan->files.device_count && !found; i++) {
        found = contains(&p->plan->files.devices[i], compatible);
    }
    return found;
}

/* Places a Linux kernel that is not an ELF file. */
static bool plan_linux(Planner *p, const Image *kernel, uint64_t addr, uint64_t entry,
                       const ZImage *zimage)
{
    p->is_linux = true;
    p->takes_fdt = takes_fdt(p, kernel, zimage);
    if (zimage) {
        bool guess;
        uint64_t end = zimage_end(zimage, addr, p->ram_base, p->ram_end, &guess);
        uint64_t least = max64(end, p->ram_base + LINUX_LEAST);
        if (!guess && least > p->ram_end) {
            error_report("%s: needs %" PRIu64 " bytes of RAM to start, there are %" PRIu64
                         ": give the machine more with -m",
                         kernel->name, least - p->ram_base, p->ram_size);
            return false;
        }
        *(guess ? &p->kernel_likely : &p->kernel_end) = end;
    } else {
        p->kernel_likely = addr + 2 * (uint64_t)kernel->size; /* its bss */
    }
    p->plan->entry.pc = (uint32_t)entry;
    return segment_add_bytes(&p->plan->segments, kernel->name, addr, kernel->bytes, kernel->size);
}

static bool plan_raw_or_zimage(Planner *p, const Image *kernel)
{
    uint64_t addr = p->ram_base + KERNEL_OFFSET;
    ZImage zimage;
    if (!zimage_is(kernel)) {
        return plan_linux(p, kernel, addr, addr, NULL);
    }
    if (!zimage_parse(kernel, &zimage)) {
        return false;
    }
    addr = zimage.start ? zimage.start : addr;
    return plan_linux(p, kernel, addr, addr, &zimage);
}

/* Reports a format that would otherwise be taken for a raw kernel. */
static bool is_wrong_kernel(const Image *kernel)
{
    static const struct {
        size_t offset;
        const char *magic;
        size_t len;
        const char *what;
    } known[] = {
        { 0, "\x1f\x8b\x08", 3, "is compressed with gzip: unpack it (gzip -dc)" },
        { 0,
          "\xfd"
          "7zXZ\0",
          6, "is compressed with xz: unpack it (xz -dc)" },
        { 0, "BZh", 3, "is compressed with bzip2: unpack it (bzip2 -dc)" },
        { 0, "\x28\xb5\x2f\xfd", 4, "is compressed with zstd: unpack it (zstd -dc)" },
        { 0, "\x5d\0\0", 3, "is compressed with lzma: unpack it (lzma -dc)" },
        { 0, "\x02\x21\x4c\x18", 4, "is compressed with lz4: unpack it (lz4 -dc)" },
        { 0, "\x04\x22\x4d\x18", 4, "is compressed with lz4: unpack it (lz4 -dc)" },
        { 0, "\x89LZO", 4, "is compressed with lzo: unpack it (lzop -dc)" },
        { 0, "\xd0\x0d\xfe\xed", 4,
          "is a device tree or a FIT image: give a kernel to -kernel, a device tree to -dtb" },
        { 0x38, "ARM\x64", 4, "is a kernel for 64-bit ARM: this machine needs a 32-bit one" },
        { 0x202, "HdrS", 4, "is a kernel for x86: this machine needs one for ARM" },
        { 0, "070701", 6, "is a cpio archive: give it to -initrd" },
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (kernel->size >= known[i].offset + known[i].len &&
            memcmp(kernel->bytes + known[i].offset, known[i].magic, known[i].len) == 0) {
            error_report("%s: %s", kernel->name, known[i].what);
            return true;
        }
    }
    return false;
}

static bool plan_uimage(Planner *p, Image *image)
{
    UImage uimage;
    ZImage zimage;
    if (!uimage_parse(image, UIMAGE_KERNEL, memory_size(p), &uimage)) {
        return false;
    }
    const Image *kernel = &uimage.payload;
    uint64_t addr = uimage.load, entry = uimage.entry;
    if (uimage.noload) {
        uint64_t offset = NOLOAD_OFFSET + kernel->size + UIMAGE_HEADER <= p->ram_size
                              ? NOLOAD_OFFSET
                              : KERNEL_OFFSET;
        addr = p->ram_base + offset + UIMAGE_HEADER;
        entry = addr + uimage.entry;
    }
    if (entry < addr || entry - addr >= kernel->size) {
        error_report("%s: its entry point 0x%08" PRIx64 " is not in its %zu bytes at 0x%08" PRIx64
                     ": make the uImage again",
                     image->name, entry, kernel->size, addr);
        return false;
    }
    if (uimage.is_linux) {
        bool is_zimage = zimage_is(kernel);
        if (is_zimage ? !zimage_parse(kernel, &zimage) : is_wrong_kernel(kernel)) {
            return false;
        }
        return plan_linux(p, kernel, addr, entry, is_zimage ? &zimage : NULL);
    }
    p->plan->entry.pc = (uint32_t)entry;
    return segment_add_bytes(&p->plan->segments, kernel->name, addr, kernel->bytes, kernel->size);
}

bool plan_kernel(Planner *p)
{
    Image *kernel = &p->plan->files.kernel;
    if (!kernel->bytes) {
        return true;
    }
    if (elf_is(kernel)) {
        return elf_load(kernel, &p->plan->segments, &p->plan->entry.pc);
    }
    if (uimage_is(kernel)) {
        return plan_uimage(p, kernel);
    }
    return (zimage_is(kernel) || !is_wrong_kernel(kernel)) && plan_raw_or_zimage(p, kernel);
}
