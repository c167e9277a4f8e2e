/* SPDX-License-Identifier: MIT */
/* The image loader: what is in memory and in the registers when the machine is switched on.
 *
 * A plan is made once: files are read, recognised by their content, checked against the memory map
 * and against each other, and given their places. It is applied after every reset, because a
 * reboot finds fresh images as it does in QEMU. docs of the rules: loader_plan(). */
#ifndef MACHINE_LOADER_H
#define MACHINE_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"

typedef struct FdtBoot FdtBoot; /* machine/fdt.h */

/* One `-device loader,...`: a file or a value put into memory, or a start address for the CPU. */
typedef struct LoaderDevice {
    char *file;    /* NULL: no file */
    uint64_t addr; /* where to load (ignored for ELF and uImage); or the pc if nothing is loaded */
    uint64_t data; /* the value, low data_len bytes */
    uint8_t data_len; /* 1..8 bytes; 0: no value */
    bool data_be;     /* the value is stored big-endian */
    bool force_raw;   /* load the file as it is, even if it looks like ELF or uImage */
    bool set_pc;      /* cpu-num=0 was given: the CPU starts here */
} LoaderDevice;

typedef struct LoaderConfig {
    const char *kernel; /* -kernel FILE, or NULL; so are the next four */
    const char *initrd; /* -initrd FILE */
    const char *append; /* -append STRING */
    const char *dtb;    /* -dtb FILE */
    const char *bios;   /* -bios FILE */
    const LoaderDevice *devices;
    size_t device_count;
    uint32_t machine_id;    /* Linux's number of the board, for r1: 387 for versatilepb */
    const char *compatible; /* the board's "compatible" in device trees: "arm,versatile-pb" */
    uint64_t ram_base, ram_size;
    uint64_t flash_base, flash_size; /* size 0: no flash */
    /* Makes the board's device tree: a malloc'd blob of *len bytes, or NULL when out of memory. */
    uint8_t *(*make_fdt)(void *board, const FdtBoot *boot, size_t *len);
    void *board;
} LoaderConfig;

typedef struct LoaderPlan LoaderPlan;

/* The CPU's registers to start with, after its reset. Bit 0 of pc selects Thumb, as for
 * arm_cpu_set_reg(). */
typedef struct LoaderEntry {
    uint32_t r0, r1, r2, pc;
} LoaderEntry;

/* Parses the value of one -device option: "loader,file=F,addr=A,cpu-num=0,force-raw=on",
 * "loader,data=V,data-len=N,addr=A,data-be=on" or "loader,addr=A,cpu-num=0". Numbers as in QEMU
 * (decimal, 0x, 0), ",," in a file name is one comma. On error reports it and returns false, with
 * nothing to free. */
bool loader_parse_device(const char *option, LoaderDevice *device);
void loader_device_free(LoaderDevice *device);

/* Reads and places everything that `config` names. The bus has all of the board's memory mapped by
 * now; nothing is written to it. Returns NULL after error_report() if anything is wrong. `config`
 * and its strings are not needed afterwards.
 *
 * -kernel is recognised by its content:
 *   zImage       RAM base + 0x10000; if its header says where it is linked to run (zImage-xip),
 * there: in flash it is executed in place uImage       where its header says (kernel_noload: RAM
 * base + 32 MiB); gets the Linux boot state if its operating system is Linux ELF          where its
 * program headers say (physical addresses); a bare-metal program, entered in reset state else RAM
 * base + 0x10000, taken for Linux
 *
 * Linux boot state (Documentation/arm/booting.rst): r0 = 0, r1 = machine_id, r2 = device tree, and
 * always an ATAG list at RAM base + 0x100; see machine/atags.h for the kernels that use it. */
LoaderPlan *loader_plan(const LoaderConfig *config, const Bus *bus);
void loader_free(LoaderPlan *plan);

/* Writes all images of the plan into the memory of the bus it was made for, and gives the registers
 * to start with. For power-on and after every reset. */
void loader_apply(const LoaderPlan *plan, Bus *bus, LoaderEntry *entry);

/* The device tree that the guest gets (or, with nothing to boot, would get), for -M dumpdtb=FILE.
 * Lives as long as the plan. */
const uint8_t *loader_dtb(const LoaderPlan *plan, size_t *len);

#endif
