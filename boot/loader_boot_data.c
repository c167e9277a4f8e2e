/* SPDX-License-Identifier: MIT */
/* The image loader: boot data for Linux (initrd, device tree, ATAG list), placed where a starting
 * kernel does not overwrite it. */
#include "boot/loader_plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "boot/atags.h"
#include "boot/fdt_boot.h"
#include "util/log.h"

#define INITRD_OFFSET                                                                              \
    UINT64_C(0x08000000) /* QEMU's, from the start of RAM, or half of RAM if that is less */

static uint64_t page_up(uint64_t n)
{
    return (n + BUS_PAGE_SIZE - 1) & ~(uint64_t)(BUS_PAGE_SIZE - 1);
}

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
        return report_no_memory("device tree");
    }
    error_report("%s: memory and chosen cannot be filled in: %s", dtb->name,
                 error == FDT_TOO_LARGE
                     ? "it would have more than the 2 MiB that Linux takes: make it, or -append, "
                       "shorter"
                     : "RAM does not fit its root's #address-cells and #size-cells: correct them");
    return false;
}

bool plan_dtb(Planner *p)
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
        return dtb->bytes || report_no_memory(dtb->name);
    }
    if (!fdt_check(dtb->bytes, dtb->size, &why)) {
        error_report("%s: cannot be used as a device tree: %s: make it with dtc", dtb->name, why);
        return false;
    }
    return true;
}

/* Finds a place for `need` bytes that a starting kernel does not overwrite. */
static bool place(const Planner *p, uint64_t need, uint64_t *at)
{
    uint64_t half = p->ram_size / 2;
    uint64_t usual = p->ram_base + (half < INITRD_OFFSET ? half : INITRD_OFFSET);
    uint64_t known = page_up(max64(usual, p->kernel_end));
    uint64_t likely = page_up(max64(known, p->kernel_likely));
    /* kernel_likely is a guess, so without it is the second choice. */
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
        error_report("%s: its %zu bytes and a device tree of %zu do not fit after the %" PRIu64
                     " bytes kept for the kernel, in %" PRIu64
                     " bytes of RAM: use a smaller one or more RAM (-m)",
                     initrd->name, initrd->size, p->plan->fdt_len, kernel, p->ram_size);
    } else {
        error_report("%s: leaves no room for a device tree of %zu bytes in %" PRIu64
                     " bytes of RAM: use a smaller kernel or more RAM (-m)",
                     p->config->kernel, p->plan->fdt_len, p->ram_size);
    }
}

/* The initrd without a uImage's header. */
static bool unwrap_initrd(const Planner *p, Image *initrd)
{
    UImage uimage;
    *initrd = p->plan->files.initrd;
    if (!initrd->bytes || !uimage_is(initrd)) {
        return true;
    }
    if (!uimage_parse(initrd, UIMAGE_RAMDISK, 0, &uimage)) {
        return false;
    }
    *initrd = uimage.payload;
    return true;
}

static bool plan_atags(Planner *p, const FdtBoot *boot)
{
    LoaderPlan *plan = p->plan;
    plan->atags = atags_make(boot, &plan->atags_len);
    if (!plan->atags) {
        return report_no_memory("ATAG list");
    }
    if (plan->atags_len > ATAGS_LIMIT - ATAGS_OFFSET) {
        error_report("-append: the command line of %zu bytes leaves no room for the kernel's page "
                     "tables: make it shorter (Linux takes 1024)",
                     strlen(boot->bootargs));
        return false;
    }
    return segment_add_bytes(&plan->segments, "ATAG list", p->ram_base + ATAGS_OFFSET, plan->atags,
                             plan->atags_len);
}

/* Places all boot data, the device tree in the page after the initrd. */
static bool plan_linux_boot_data(Planner *p, FdtBoot *boot, const Image *initrd)
{
    LoaderPlan *plan = p->plan;
    uint64_t gap = page_up(initrd->size);
    uint64_t need = p->takes_fdt ? gap + plan->fdt_len : initrd->size;
    uint64_t at = 0;
    if (need && !place(p, need, &at)) {
        report_no_room(p, initrd);
        return false;
    }
    boot->initrd_start = at;
    if (initrd->bytes &&
        !segment_add_bytes(&plan->segments, initrd->name, at, initrd->bytes, initrd->size)) {
        return false;
    }
    if (!make_fdt(p, boot) || !plan_atags(p, boot)) {
        return false;
    }
    plan->entry.r1 = p->machine->type->linux_id;
    if (!p->takes_fdt) {
        plan->entry.r2 = (uint32_t)(p->ram_base + ATAGS_OFFSET);
        return true;
    }
    plan->entry.r2 = (uint32_t)(at + gap);
    if (plan->random) {
        plan->seed_at = at + gap + fdt_rng_seed(plan->fdt);
    }
    return segment_add_bytes(&plan->segments, "device tree", at + gap, plan->fdt, plan->fdt_len);
}

bool plan_boot_data(Planner *p)
{
    Image initrd;
    if (!unwrap_initrd(p, &initrd)) {
        return false;
    }
    uint8_t seed[FDT_RNG_SEED_SIZE];
    if (p->config->random && p->config->random(p->config->random_opaque, seed, sizeof seed)) {
        p->plan->random = p->config->random;
        p->plan->random_opaque = p->config->random_opaque;
    }
    FdtBoot boot = { .ram_base = p->ram_base,
                     .ram_size = p->ram_size,
                     .bootargs = p->config->append,
                     .initrd_start = p->ram_base,
                     .initrd_size = initrd.size,
                     .rng_seed = p->plan->random ? seed : NULL };
    /* For Linux the tree is made again with the initrd's address; its size stays the same. */
    return make_fdt(p, &boot) && (!p->is_linux || plan_linux_boot_data(p, &boot, &initrd));
}

bool plan_dtb_alone(Planner *p)
{
    LoaderPlan *plan = p->plan;
    if (p->is_linux || !p->config->dtb) {
        return true;
    }
    return segment_add_bytes(&plan->segments, plan->files.dtb.name, p->ram_base, plan->fdt,
                             plan->fdt_len);
}
