/* SPDX-License-Identifier: MIT */
/* The image loader: the plan of what goes where, and its execution at every reset. */
#include "boot/loader_plan.h"

#include <inttypes.h>
#include <stdlib.h>

#include "boot/fdt_boot.h"
#include "util/log.h"

bool report_no_memory(const char *name)
{
    error_report("%s: the host has no memory left for it: close other programs", name);
    return false;
}

static bool plan_bios(Planner *p)
{
    const LoaderConfig *config = p->config;
    const MachineType *type = p->machine->type;
    const Image *bios = &p->plan->files.bios;
    if (bios->bytes) {
        if (elf_is(bios)) {
            error_report(
                "%s: is an ELF file, but -bios takes the contents of the flash: give it to "
                "-kernel",
                bios->name);
            return false;
        }
        p->plan->entry.pc = (uint32_t)type->flash_base;
        return segment_add_bytes(&p->plan->segments, bios->name, type->flash_base, bios->bytes,
                                 bios->size);
    }
    if (config->builtin_len && !config->kernel && config->device_count == 0) {
        p->plan->entry.pc = (uint32_t)config->builtin_addr;
        return segment_add_bytes(&p->plan->segments, "built-in program", config->builtin_addr,
                                 config->builtin, config->builtin_len);
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

/* Places a file at its own address, or else at the device's; *entry is its entry point. */
static bool plan_device_file(Planner *p, const LoaderDevice *d, Image *image, uint8_t **ihex,
                             uint32_t *entry)
{
    SegmentList *segments = &p->plan->segments;
    UImage uimage;
    if (d->force_raw || (!elf_is(image) && !uimage_is(image) && !ihex_is(image))) {
        *entry = (uint32_t)d->addr;
        return segment_add_bytes(segments, image->name, d->addr, image->bytes, image->size);
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
    return segment_add_bytes(segments, payload->name, uimage.load, payload->bytes, payload->size);
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

/* After check_overlap(), which sorts the segments. */
static void find_free_ram(Planner *p)
{
    LoaderPlan *plan = p->plan;
    uint64_t from = p->ram_base, most = 0;
    for (size_t i = 0; i <= plan->segments.count; i++) {
        const Segment *s = i < plan->segments.count ? &plan->segments.list[i] : NULL;
        if (s && (s->bytes == plan->atags || (s->bytes == plan->fdt && !p->config->dtb))) {
            continue;
        }
        uint64_t to = s && s->addr < p->ram_end ? s->addr : p->ram_end;
        if (to > from && to - from > most) {
            most = to - from;
            plan->free_base = (uint32_t)from;
            plan->free_end = (uint32_t)to;
        }
        from = s ? max64(from, s->addr + s->size) : from;
    }
}

LoaderPlan *loader_plan_files(const LoaderConfig *config, LoaderFiles *files,
                              const Machine *machine)
{
    LoaderPlan *plan = calloc(1, sizeof *plan);
    if (!plan) {
        report_no_memory("images");
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
    size_t n = config->device_count + 1; /* calloc(0) may return NULL */
    plan->patches = calloc(n, sizeof *plan->patches);
    plan->ihex = calloc(n, sizeof *plan->ihex);
    bool ok = (plan->patches && plan->ihex) || report_no_memory("images");
    ok = ok && check_options(config, type) && plan_dtb(&p) && plan_kernel(&p) &&
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
    find_free_ram(&p);
    warn_of_long_append(&p);
    return plan;
}

static bool read_files(const LoaderConfig *config, const Machine *machine, LoaderFiles *files)
{
    const MachineType *type = machine->type;
    uint64_t any = max64(machine->ram_size, type->flash_size) + UIMAGE_HEADER;
    if (config->device_count) {
        files->devices = calloc(config->device_count, sizeof *files->devices);
        if (!files->devices) {
            return report_no_memory("images");
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
    const uint8_t zeros[BUS_PAGE_SIZE] = { 0 };
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
    if (plan->seed_at && plan->random(plan->random_opaque, seed, sizeof seed)) {
        bus_load(&machine->bus, plan->seed_at, seed, sizeof seed);
    }
    *entry = plan->entry;
}

uint64_t loader_checksum(const LoaderPlan *plan, uint64_t sum)
{
    for (size_t i = 0; i < plan->segments.count; i++) {
        const Segment *s = &plan->segments.list[i];
        sum = vmstate_checksum(sum ^ s->addr, s->bytes, (size_t)s->count);
    }
    for (size_t i = 0; i < plan->patch_count; i++) {
        const Patch *p = &plan->patches[i];
        sum = vmstate_checksum(sum ^ p->addr, p->bytes, p->count);
    }
    return sum;
}

void loader_free_ram(const LoaderPlan *plan, uint32_t *base, uint32_t *end)
{
    *base = plan->free_base;
    *end = plan->free_end;
}

bool loader_program(const LoaderPlan *plan, unsigned n, const char **name, uint64_t *start,
                    uint64_t *end)
{
    const LoaderFiles *files = &plan->files;
    for (size_t i = 0; i <= files->device_count; i++) {
        const Image *image = i == 0 ? &files->kernel : &files->devices[i - 1];
        if (image->bytes && image->is_elf && n-- == 0) {
            *name = image->name;
            elf_span(image, start, end);
            return true;
        }
    }
    return false;
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
