/* SPDX-License-Identifier: MIT */
/* The image loader: checks that the options go together, and that everything planned is in memory
 * and does not overlap. */
#include "boot/loader_plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "util/log.h"

#define LINUX_COMMAND_LINE 1023 /* bytes: ARM's COMMAND_LINE_SIZE, without the 0 at the end */

void report_outside(const Planner *p, const char *name, const char *what, uint64_t size,
                    uint64_t addr)
{
    const MachineType *type = p->machine->type;
    error_report("%s: %s%" PRIu64 " bytes at 0x%08" PRIx64 " are not in memory (RAM: %" PRIu64
                 " bytes at 0x%08" PRIx64 "; flash: %" PRIu64 " bytes at 0x%08" PRIx64
                 "): use another address or more RAM (-m)",
                 name, what, size, addr, p->ram_size, p->ram_base, type->flash_size,
                 type->flash_base);
}

static int by_address(const void *a, const void *b)
{
    const Segment *s = a, *t = b;
    return s->addr < t->addr ? -1 : s->addr > t->addr;
}

bool check_in_memory(const Planner *p)
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

bool check_overlap(Planner *p)
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

bool check_entry(const Planner *p)
{
    uint32_t pc = p->plan->entry.pc & ~UINT32_C(1);
    if (!bus_host(&p->machine->bus, pc, 4)) {
        report_outside(p, "entry point", "the first ", 4, pc);
        return false;
    }
    return true;
}

bool check_options(const LoaderConfig *config, const MachineType *type)
{
    const char *const needs_kernel[][2] = { { config->initrd, "-initrd" },
                                            { config->append, "-append" } };
    for (size_t i = 0; i < 2; i++) {
        if (needs_kernel[i][0] && !config->kernel) {
            error_report("%s: needs a kernel: give -kernel", needs_kernel[i][1]);
            return false;
        }
    }
    if (config->bios && config->kernel) {
        error_report("-bios: conflicts with -kernel: leave one of them out");
        return false;
    }
    if (config->bios && type->flash_size == 0) {
        error_report("-bios: this machine has no flash to put it into: use -kernel");
        return false;
    }
    return true;
}

bool check_boot_options(const Planner *p)
{
    const LoaderConfig *config = p->config;
    if (!config->kernel || p->is_linux) {
        return true;
    }
    if (config->initrd) {
        error_report(
            "-initrd: %s is not a Linux kernel and does not use it: leave it out, or use a "
            "zImage",
            config->kernel);
        return false;
    }
    if (config->append && *config->append && !config->dtb && !config->semihosting) {
        error_report(
            "-append: %s is not a Linux kernel and does not see it: give -semihosting, with "
            "which a program can read it",
            config->kernel);
    }
    return true;
}

void warn_of_long_append(const Planner *p)
{
    size_t len = p->config->append ? strlen(p->config->append) : 0;
    if (p->is_linux && len > LINUX_COMMAND_LINE) {
        error_report("-append: ARM Linux keeps only the first %d of %zu bytes: make it shorter",
                     LINUX_COMMAND_LINE, len);
    }
}
