/* SPDX-License-Identifier: MIT */
/* The image loader: the plan of what goes where, and its execution at every reset. */
#include "boot/loader_formats.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/atags.h"
#include "boot/fdt_boot.h"
#include "util/log.h"

/* QEMU's places, from the start of RAM. */
#define KERNEL_OFFSET UINT64_C(0x00010000)
#define NOLOAD_OFFSET UINT64_C(0x02000000)
#define INITRD_OFFSET UINT64_C(0x08000000) /* at most */

#define LINUX_COMMAND_LINE 1023 /* bytes: ARM's COMMAND_LINE_SIZE, without the 0 at the end */

/* Linux maps its RAM in pieces of this size and uses no part of one (adjust_lowmem_bounds()): with
 * less it dies before it can say so. */
#define LINUX_LEAST (UINT64_C(2) << 20)

#define UIMAGE_HEADER 64u /* the most that a file has beyond what goes into memory, ELF apart */

/* A `-device loader,data=`: may change any byte of RAM or flash, also of an image. */
typedef struct Patch {
    uint64_t addr;
    uint8_t bytes[8];
    uint8_t count;
} Patch;

struct LoaderPlan {
    LoaderFiles files;
    uint8_t **ihex; /* bytes out of Intel HEX files, one for each device */
    SegmentList segments;
    Patch *patches;
    size_t patch_count;
    uint8_t *atags, *fdt;
    size_t atags_len, fdt_len;
    bool (*random)(uint8_t *bytes, size_t n); /* for a new seed at seed_at; NULL: none wanted */
    uint64_t seed_at;
    LoaderEntry entry;
};

/* What planning knows beyond the plan. */
typedef struct Planner {
    LoaderPlan *plan;
    const LoaderConfig *config;
    const Machine *machine;
    uint64_t ram_base, ram_size, ram_end;
    bool is_linux;          /* the kernel gets Linux's boot state */
    bool takes_fdt;         /* it can do with a device tree in r2 */
    uint64_t kernel_end;    /* RAM below is the kernel's until it has looked at its boot data */
    uint64_t kernel_likely; /* the same, but a guess */
} Planner;

static uint64_t max64(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* No image can be larger. */
static uint64_t memory_size(const Planner *p)
{
    return max64(p->ram_size, p->machine->type->flash_size);
}

static uint64_t page_up(uint64_t n)
{
    return (n + BUS_PAGE_SIZE - 1) & ~(uint64_t)(BUS_PAGE_SIZE - 1);
}

static bool no_memory(const char *name)
{
    error_report("%s: the host has no memory left for it: close other programs", name);
    return false;
}

static void report_outside(const Planner *p, const char *name, const char *what, uint64_t size,
                           uint64_t addr)
{
    const MachineType *type = p->machine->type;
    error_report("%s: %s%" PRIu64 " bytes at 0x%08" PRIx64 " are not in memory (RAM: %" PRIu64
                 " bytes at 0x%08" PRIx64 "; flash: %" PRIu64 " bytes at 0x%08" PRIx64
                 "): use another address or more RAM (-m)",
                 name, what, size, addr, p->ram_size, p->ram_base, type->flash_size,
                 type->flash_base);
}

/* ---- kernels ---- */

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

/* See loader_plan(): whether r2 may be a device tree. */
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

/* A Linux kernel that is not an ELF file, at its place. */
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
    return segment_add(&p->plan->segments,
                       &(Segment){ kernel->name, addr, kernel->size, kernel->bytes, kernel->size });
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

/* Formats that would otherwise be taken for a raw kernel, and run into nowhere: reports one. */
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
    return segment_add(&p->plan->segments,
                       &(Segment){ kernel->name, addr, kernel->size, kernel->bytes, kernel->size });
}

static bool plan_kernel(Planner *p)
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

/* ---- -bios, the built-in program, -device loader ---- */

static bool plan_bios(Planner *p)
{
    const LoaderConfig *config = p->config;
    const MachineType *type = p->machine->type;
    const Image *bios = &p->plan->files.bios;
    if (bios->bytes) {
        if (elf_is(bios)) {
            error_report("%s: is an ELF file, and -bios takes the bytes for the flash: give it to "
                         "-kernel",
                         bios->name);
            return false;
        }
        p->plan->entry.pc = (uint32_t)type->flash_base;
        return segment_add(&p->plan->segments, &(Segment){ bios->name, type->flash_base, bios->size,
                                                           bios->bytes, bios->size });
    }
    if (config->builtin_len && !config->kernel && config->device_count == 0) {
        p->plan->entry.pc = (uint32_t)config->builtin_addr;
        return segment_add(&p->plan->segments,
                           &(Segment){ "built-in program", config->builtin_addr,
                                       config->builtin_len, config->builtin, config->builtin_len });
    }
    return true;
}

static bool plan_patch(Planner *p, const LoaderDevice *d)
{
    Patch *patch = &p->plan->patches[p->plan->patch_count++];
    *patch = (Patch){ .addr = d->addr, .count = d->data_len };
    if (!bus_host(&p->machine->bus, d->addr, d->data_len)) {
        report_outside(p, "-device loader", "", d->data_len, d->addr);
        return false;
    }
    for (unsigned i = 0; i < d->data_len; i++) {
        unsigned from = d->data_be ? d->data_len - 1u - i : i;
        patch->bytes[i] = (uint8_t)(d->data >> 8 * from);
    }
    return true;
}

/* Puts a file where it says itself, or else to the device's address; gives its entry point. */
static bool plan_device_file(Planner *p, const LoaderDevice *d, Image *image, uint8_t **ihex,
                             uint32_t *entry)
{
    SegmentList *segments = &p->plan->segments;
    UImage uimage;
    if (d->force_raw || (!elf_is(image) && !uimage_is(image) && !ihex_is(image))) {
        *entry = (uint32_t)d->addr;
        return segment_add(
            segments, &(Segment){ image->name, d->addr, image->size, image->bytes, image->size });
    }
    if (elf_is(image)) {
        return elf_load(image, segments, entry);
    }
    if (ihex_is(image)) {
        return ihex_load(image, ihex, segments, entry);
    }
    if (!uimage_parse(image, UIMAGE_KERNEL, memory_size(p), &uimage)) {
        return false;
    }
    if (uimage.noload) {
        uimage.load = (uint32_t)d->addr;
        uimage.entry += uimage.load;
    }
    *entry = uimage.entry;
    const Image *payload = &uimage.payload;
    return segment_add(segments, &(Segment){ payload->name, uimage.load, payload->size,
                                             payload->bytes, payload->size });
}

static bool plan_devices(Planner *p)
{
    LoaderPlan *plan = p->plan;
    for (size_t i = 0; i < p->config->device_count; i++) {
        const LoaderDevice *d = &p->config->devices[i];
        Image *image = &plan->files.devices[i];
        uint32_t entry = (uint32_t)d->addr;
        if (d->addr > UINT32_MAX) {
            error_report("-device loader: addr=0x%" PRIx64
                         " is beyond the CPU's 32-bit addresses: use another one",
                         d->addr);
            return false;
        }
        if (d->data_len && !plan_patch(p, d)) {
            return false;
        }
        if (image->bytes && !plan_device_file(p, d, image, &plan->ihex[i], &entry)) {
            return false;
        }
        if (d->set_pc) {
            p->plan->entry = (LoaderEntry){ .pc = entry };
        }
    }
    return true;
}

/* ---- boot data ---- */

static bool make_fdt(Planner *p, const FdtBoot *boot)
{
    LoaderPlan *plan = p->plan;
    const Image *dtb = &plan->files.dtb;
    FdtError error;
    free(plan->fdt);
    plan->fdt = fdt_with_boot(dtb->bytes, dtb->size, boot, &plan->fdt_len, &error);
    if (plan->fdt) {
        return true;
    }
    if (error == FDT_NO_MEMORY) {
        return no_memory("device tree");
    }
    error_report("%s: memory and chosen cannot be filled in: %s", dtb->name,
                 error == FDT_TOO_LARGE
                     ? "it would have more than the 2 MiB that Linux takes: make it, or -append, "
                       "shorter"
                     : "RAM does not fit its root's #address-cells and #size-cells: correct them");
    return false;
}

/* The device tree without boot data: the user's, or the machine's own. */
static bool find_dtb(Planner *p)
{
    Image *dtb = &p->plan->files.dtb;
    const char *why = "";
    if (!dtb->bytes) {
        Fdt fdt;
        fdt_init(&fdt);
        fdt_begin_node(&fdt, "");
        machine_fdt(p->machine, &fdt);
        fdt_end_node(&fdt);
        dtb->name = "device tree";
        dtb->bytes = fdt_finish(&fdt, &dtb->size);
        return dtb->bytes || no_memory(dtb->name);
    }
    if (!fdt_check(dtb->bytes, dtb->size, &why)) {
        error_report("%s: cannot be used as a device tree: %s: make it with dtc", dtb->name, why);
        return false;
    }
    return true;
}

/* Where `need` bytes go that the kernel must find untouched. */
static bool place(const Planner *p, uint64_t need, uint64_t *at)
{
    uint64_t half = p->ram_size / 2;
    uint64_t usual = p->ram_base + (half < INITRD_OFFSET ? half : INITRD_OFFSET);
    uint64_t known = page_up(max64(usual, p->kernel_end));
    uint64_t likely = page_up(max64(known, p->kernel_likely));
    /* A guess must not forbid what may well work: the usual place is the second choice. */
    uint64_t places[] = { likely, known };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i] <= p->ram_end && need <= p->ram_end - places[i]) {
            *at = places[i];
            return true;
        }
    }
    uint64_t lowest = page_up(max64(p->kernel_end, p->kernel_likely));
    if (lowest <= p->ram_end && need <= p->ram_end - lowest) {
        *at = (p->ram_end - need) & ~(uint64_t)(BUS_PAGE_SIZE - 1);
        return true;
    }
    return false;
}

static void report_no_room(const Planner *p, const Image *initrd)
{
    if (initrd->bytes) {
        uint64_t kernel = page_up(max64(p->kernel_end, p->kernel_likely)) - p->ram_base;
        error_report("%s: its %zu bytes and a device tree of %zu do not fit behind the %" PRIu64
                     " bytes kept for the kernel, in %" PRIu64
                     " bytes of RAM: use a smaller one or more RAM (-m)",
                     initrd->name, initrd->size, p->plan->fdt_len, kernel, p->ram_size);
    } else {
        error_report("%s: leaves no room for a device tree of %zu bytes in %" PRIu64
                     " bytes of RAM: use a smaller kernel or more RAM (-m)",
                     p->config->kernel, p->plan->fdt_len, p->ram_size);
    }
}

static bool plan_boot_data(Planner *p)
{
    LoaderPlan *plan = p->plan;
    const MachineType *type = p->machine->type;
    Image initrd = plan->files.initrd;
    UImage uimage;
    if (initrd.bytes && uimage_is(&initrd)) {
        if (!uimage_parse(&initrd, UIMAGE_RAMDISK, 0, &uimage)) {
            return false;
        }
        initrd = uimage.payload;
    }
    uint8_t seed[FDT_RNG_SEED_SIZE];
    if (p->config->random && p->config->random(seed, sizeof seed)) {
        plan->random = p->config->random;
    }
    FdtBoot boot = { .ram_base = p->ram_base,
                     .ram_size = p->ram_size,
                     .bootargs = p->config->append,
                     .initrd_start = p->ram_base,
                     .initrd_size = initrd.size,
                     .rng_seed = plan->random ? seed : NULL };
    /* The tree's size does not depend on the numbers in it. */
    if (!make_fdt(p, &boot)) {
        return false;
    }
    if (!p->is_linux) {
        return true;
    }
    uint64_t gap = page_up(initrd.size);
    uint64_t need = p->takes_fdt ? gap + plan->fdt_len : initrd.size;
    uint64_t at = 0;
    if (need && !place(p, need, &at)) {
        report_no_room(p, &initrd);
        return false;
    }
    boot.initrd_start = at;
    if (initrd.bytes && !segment_add(&plan->segments, &(Segment){ initrd.name, at, initrd.size,
                                                                  initrd.bytes, initrd.size })) {
        return false;
    }
    if (!make_fdt(p, &boot)) {
        return false;
    }
    plan->atags = atags_make(&boot, &plan->atags_len);
    if (!plan->atags) {
        return no_memory("ATAG list");
    }
    if (plan->atags_len > ATAGS_LIMIT - ATAGS_OFFSET) {
        error_report("-append: the command line of %zu bytes leaves no room for the kernel's page "
                     "tables: make it shorter (Linux takes 1024)",
                     strlen(p->config->append));
        return false;
    }
    plan->entry = (LoaderEntry){
        .r1 = type->linux_id,
        .r2 = (uint32_t)(p->takes_fdt ? at + gap : p->ram_base + ATAGS_OFFSET),
        .pc = plan->entry.pc,
    };
    if (p->takes_fdt && plan->random) {
        plan->seed_at = at + gap + fdt_rng_seed(plan->fdt);
    }
    return segment_add(&plan->segments,
                       &(Segment){ "ATAG list", p->ram_base + ATAGS_OFFSET, plan->atags_len,
                                   plan->atags, plan->atags_len }) &&
           (!p->takes_fdt ||
            segment_add(&plan->segments, &(Segment){ "device tree", at + gap, plan->fdt_len,
                                                     plan->fdt, plan->fdt_len }));
}

/* A program that is no Linux kernel finds a -dtb at the start of RAM, as it does under QEMU. */
static bool plan_dtb_alone(Planner *p)
{
    LoaderPlan *plan = p->plan;
    if (p->is_linux || !p->config->dtb) {
        return true;
    }
    return segment_add(&plan->segments, &(Segment){ plan->files.dtb.name, p->ram_base,
                                                    plan->fdt_len, plan->fdt, plan->fdt_len });
}

/* ---- checks ---- */

static int by_address(const void *a, const void *b)
{
    const Segment *s = a, *t = b;
    return s->addr < t->addr ? -1 : s->addr > t->addr;
}

static bool check_in_memory(Planner *p)
{
    const SegmentList *segments = &p->plan->segments;
    for (size_t i = 0; i < segments->count; i++) {
        const Segment *s = &segments->list[i];
        if (s->size > SIZE_MAX || !bus_host(&p->machine->bus, s->addr, (size_t)s->size)) {
            report_outside(p, s->name, "its ", s->size, s->addr);
            return false;
        }
    }
    return true;
}

static bool check_overlap(Planner *p)
{
    SegmentList *segments = &p->plan->segments;
    if (segments->count) {
        qsort(segments->list, segments->count, sizeof segments->list[0], by_address);
    }
    for (size_t i = 1; i < segments->count; i++) {
        const Segment *s = &segments->list[i - 1], *t = s + 1;
        if (s->addr + s->size > t->addr) {
            error_report("%s: its %" PRIu64 " bytes at 0x%08" PRIx64 " overlap the %" PRIu64
                         " bytes at 0x%08" PRIx64 " of %s: give one of them another address",
                         t->name, t->size, t->addr, s->size, s->addr, s->name);
            return false;
        }
    }
    return true;
}

static bool check_entry(Planner *p)
{
    uint32_t pc = p->plan->entry.pc & ~UINT32_C(1);
    if (!bus_host(&p->machine->bus, pc, 4)) {
        report_outside(p, "entry point", "the first ", 4, pc);
        return false;
    }
    return true;
}

static bool check_options(const LoaderConfig *config, const MachineType *type)
{
    const char *const needs_kernel[][2] = { { config->initrd, "-initrd" },
                                            { config->append, "-append" } };
    for (size_t i = 0; i < 2; i++) {
        if (needs_kernel[i][0] && !config->kernel) {
            error_report("%s: is for a kernel, and there is none: give -kernel",
                         needs_kernel[i][1]);
            return false;
        }
    }
    if (config->bios && config->kernel) {
        error_report("-bios: there is a -kernel to start already: leave one of them out");
        return false;
    }
    if (config->bios && type->flash_size == 0) {
        error_report("-bios: this machine has no flash to put it into: use -kernel");
        return false;
    }
    return true;
}

/* Options that a bare-metal program never sees. */
static bool check_boot_options(const Planner *p)
{
    const LoaderConfig *config = p->config;
    if (!config->kernel || p->is_linux) {
        return true;
    }
    if (config->initrd) {
        error_report("-initrd: %s is not a Linux kernel and cannot be told of it: leave it out, or "
                     "use a zImage",
                     config->kernel);
        return false;
    }
    if (config->append && *config->append && !config->dtb && !config->semihosting) {
        error_report("-append: %s is not a Linux kernel and does not see it: give -semihosting, by "
                     "which a program can ask for it",
                     config->kernel);
    }
    return true;
}

/* What goes well, but not as the user may think. */
static void warn(const Planner *p)
{
    size_t len = p->config->append ? strlen(p->config->append) : 0;
    if (p->is_linux && len > LINUX_COMMAND_LINE) {
        error_report("-append: ARM Linux keeps only the first %d of %zu bytes: make it shorter",
                     LINUX_COMMAND_LINE, len);
    }
}

LoaderPlan *loader_plan_files(const LoaderConfig *config, LoaderFiles *files,
                              const Machine *machine)
{
    LoaderPlan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        no_memory("images");
        loader_files_free(files);
        return NULL;
    }
    const MachineType *type = machine->type;
    Planner p = { .plan = plan, .config = config, .machine = machine };
    p.ram_base = type->ram_base;
    p.ram_size = machine->ram_size;
    p.ram_end = p.ram_base + p.ram_size;
    plan->files = *files;
    *files = (LoaderFiles){ 0 };
    size_t n = config->device_count + 1; /* calloc of nothing may give NULL */
    plan->patches = calloc(n, sizeof *plan->patches);
    plan->ihex = calloc(n, sizeof *plan->ihex);
    bool ok = (plan->patches && plan->ihex) || no_memory("images");
    ok = ok && check_options(config, type) && find_dtb(&p) && plan_kernel(&p) &&
         check_boot_options(&p);
    ok = ok && check_in_memory(&p);
    for (size_t i = 0; ok && i < plan->segments.count; i++) {
        const Segment *s = &plan->segments.list[i];
        if (s->addr < p.ram_end) {
            p.kernel_end = max64(p.kernel_end, s->addr + s->size);
        }
    }
    ok = ok && plan_bios(&p) && plan_boot_data(&p) && plan_devices(&p) && plan_dtb_alone(&p) &&
         check_in_memory(&p) && check_overlap(&p) && check_entry(&p);
    if (!ok) {
        loader_free(plan);
        return NULL;
    }
    warn(&p);
    return plan;
}

static bool read_files(const LoaderConfig *config, const Machine *machine, LoaderFiles *files)
{
    const MachineType *type = machine->type;
    uint64_t any = max64(machine->ram_size, type->flash_size) + UIMAGE_HEADER;
    if (config->device_count) {
        files->devices = calloc(config->device_count, sizeof *files->devices);
        if (!files->devices) {
            return no_memory("images");
        }
        files->device_count = config->device_count;
    }
    for (size_t i = 0; i < config->device_count; i++) {
        const char *file = config->devices[i].file;
        if (file && !image_read(&files->devices[i], "-device loader", file, any)) {
            return false;
        }
    }
    return (!config->kernel || image_read(&files->kernel, "-kernel", config->kernel, any)) &&
           (!config->initrd || image_read(&files->initrd, "-initrd", config->initrd,
                                          machine->ram_size + UIMAGE_HEADER)) &&
           (!config->dtb || image_read(&files->dtb, "-dtb", config->dtb, FDT_MAX_SIZE)) &&
           (!config->bios || image_read(&files->bios, "-bios", config->bios, type->flash_size));
}

LoaderPlan *loader_plan(const LoaderConfig *config, const Machine *machine)
{
    LoaderFiles files = { 0 };
    if (!check_options(config, machine->type) || !read_files(config, machine, &files)) {
        loader_files_free(&files);
        return NULL;
    }
    return loader_plan_files(config, &files, machine);
}

void loader_apply(const LoaderPlan *plan, Machine *machine, LoaderEntry *entry)
{
    static const uint8_t zeros[BUS_PAGE_SIZE];
    for (size_t i = 0; i < plan->segments.count; i++) {
        const Segment *s = &plan->segments.list[i];
        bus_load(&machine->bus, s->addr, s->bytes, s->count);
        for (uint64_t done = s->count; done < s->size;) {
            uint64_t n = s->size - done < sizeof zeros ? s->size - done : sizeof zeros;
            bus_load(&machine->bus, s->addr + done, zeros, (size_t)n);
            done += n;
        }
    }
    for (size_t i = 0; i < plan->patch_count; i++) {
        bus_load(&machine->bus, plan->patches[i].addr, plan->patches[i].bytes,
                 plan->patches[i].count);
    }
    uint8_t seed[FDT_RNG_SEED_SIZE];
    if (plan->seed_at && plan->random(seed, sizeof seed)) {
        bus_load(&machine->bus, plan->seed_at, seed, sizeof seed);
    }
    *entry = plan->entry;
}

const uint8_t *loader_dtb(const LoaderPlan *plan, size_t *len)
{
    *len = plan->fdt_len;
    return plan->fdt;
}

void loader_files_free(LoaderFiles *files)
{
    free(files->kernel.bytes);
    free(files->initrd.bytes);
    free(files->dtb.bytes);
    free(files->bios.bytes);
    for (size_t i = 0; i < files->device_count; i++) {
        free(files->devices[i].bytes);
    }
    free(files->devices);
    *files = (LoaderFiles){ 0 };
}

void loader_free(LoaderPlan *plan)
{
    if (!plan) {
        return;
    }
    for (size_t i = 0; plan->ihex && i < plan->files.device_count; i++) {
        free(plan->ihex[i]);
    }
    loader_files_free(&plan->files);
    free(plan->ihex);
    free(plan->segments.list);
    free(plan->patches);
    free(plan->atags);
    free(plan->fdt);
    free(plan);
}
