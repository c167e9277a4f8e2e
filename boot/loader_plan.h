/* SPDX-License-Identifier: MIT */
/* What the files of the image loader that make a plan share: the plan, and what they know while
 * they make it. Private to boot/loader*.c. Every function here that returns bool returns false
 * after an error_report(). */
#ifndef BOOT_LOADER_PLAN_H
#define BOOT_LOADER_PLAN_H

#include "boot/loader_formats.h"

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

/* No image can be larger. */
static inline uint64_t memory_size(const Planner *p)
{
    return max64(p->ram_size, p->machine->type->flash_size);
}

/* Reports that the host has no memory for what `name` says. False. */
bool report_no_memory(const char *name);

/* Reports that `size` bytes at `addr` are not in the machine's memory: "NAME: WHAT 4 bytes at..."
 */
void report_outside(const Planner *p, const char *name, const char *what, uint64_t size,
                    uint64_t addr);

/* Places the kernel and finds out whether it is Linux (loader_kernel.c). */
bool plan_kernel(Planner *p);

/* The device tree without boot data: the user's, or the machine's own (loader_boot_data.c). */
bool plan_dtb(Planner *p);
/* The initrd, the device tree and the ATAG list for Linux. */
bool plan_boot_data(Planner *p);
/* A program that is no Linux kernel finds a -dtb at the start of RAM, as it does under QEMU. */
bool plan_dtb_alone(Planner *p);

/* Whether the options go together (loader_check.c). */
bool check_options(const LoaderConfig *config, const MachineType *type);
/* Options that a bare-metal program never sees. */
bool check_boot_options(const Planner *p);
/* All segments are in memory; none overlaps another; so is the entry point. */
bool check_in_memory(const Planner *p);
bool check_overlap(Planner *p);
bool check_entry(const Planner *p);
/* Warns of a command line that Linux would cut off. */
void warn_of_long_append(const Planner *p);

#endif
