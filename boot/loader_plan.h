/* SPDX-License-Identifier: MIT */
/* The loader's plan and the planner's working data, for the files that make a plan: boot/loader*.c
 * alone. A function that returns bool returns false after an error_report(). */
#ifndef BOOT_LOADER_PLAN_H
#define BOOT_LOADER_PLAN_H

#include "boot/loader_formats.h"

#define UIMAGE_HEADER 64u /* bytes of a file (not ELF) that do not go into memory: at most this */

/* A `-device loader,data=`: changes bytes of RAM or flash, in images as well. */
typedef struct Patch {
    uint64_t addr;
    uint8_t bytes[8];
    uint8_t count;
} Patch;

struct LoaderPlan {
    LoaderFiles files;
    uint8_t **ihex; /* the bytes of Intel HEX files; one per device */
    SegmentList segments;
    Patch *patches;
    size_t patch_count;
    uint8_t *atags, *fdt;
    size_t atags_len, fdt_len;
    bool (*random)(void *opaque, uint8_t *bytes,
                   size_t n); /* makes a new seed for seed_at; NULL: no seed */
    void *random_opaque;
    uint64_t seed_at;
    LoaderEntry entry;
    uint32_t free_base, free_end; /* loader_free_ram() */
};

/* The planner's working data. */
typedef struct Planner {
    LoaderPlan *plan;
    const LoaderConfig *config;
    const Machine *machine;
    uint64_t ram_base, ram_size, ram_end;
    bool is_linux;          /* the kernel gets Linux's boot state */
    bool takes_fdt;         /* it accepts a device tree in r2 */
    uint64_t kernel_end;    /* RAM below belongs to the kernel until it has read its boot data */
    uint64_t kernel_likely; /* the same, but a guess */
} Planner;

/* The size limit of an image. */
static inline uint64_t memory_size(const Planner *p)
{
    return max64(p->ram_size, p->machine->type->flash_size);
}

/* Reports that the host has no memory for `name`. Returns false. */
bool report_no_memory(const char *name);

/* Reports "NAME: WHAT<size> bytes at <addr> are not in memory". */
void report_outside(const Planner *p, const char *name, const char *what, uint64_t size,
                    uint64_t addr);

/* loader_kernel.c: places the kernel and finds out whether it is Linux. */
bool plan_kernel(Planner *p);

/* loader_boot_data.c */

/* Reads the user's device tree, or makes the machine's; without boot data. */
bool plan_dtb(Planner *p);
/* Places initrd, device tree and ATAG list for Linux. */
bool plan_boot_data(Planner *p);
/* Places a -dtb at the start of RAM for a program that is no Linux kernel, as QEMU does. */
bool plan_dtb_alone(Planner *p);

/* loader_check.c */

/* Whether the options go together. */
bool check_options(const LoaderConfig *config, const MachineType *type);
/* Whether the kernel gets the options for it: a bare-metal program ignores some. */
bool check_boot_options(const Planner *p);
/* Whether all segments are in memory, none overlaps another, and the entry point is in memory. */
bool check_in_memory(const Planner *p);
bool check_overlap(Planner *p);
bool check_entry(const Planner *p);
/* Warns of a command line that Linux cuts off. */
void warn_of_long_append(const Planner *p);

#endif
