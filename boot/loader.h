/* SPDX-License-Identifier: MIT */
/* The image loader: what is in memory and in the registers when the machine is switched on.
 *
 * A plan is made once: files are read, recognised by their content, checked against the memory map
 * and against each other, and given their places. It is applied after every reset, because a
 * reboot finds fresh images, as it does in QEMU. */
#ifndef BOOT_LOADER_H
#define BOOT_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/machine.h"

/* One `-device loader,...`: a file or a value put into memory, or a start address for the CPU. */
typedef struct LoaderDevice {
    const char *file; /* NULL: no file */
    uint64_t addr;    /* where to load (ELF and uImage know it themselves); or the pc alone */
    uint64_t data;    /* the value, its low data_len bytes */
    uint8_t data_len; /* 1..8 bytes; 0: no value */
    bool data_be;     /* the value is stored big-endian */
    bool force_raw;   /* load the file as it is, even if it looks like ELF or uImage */
    bool set_pc;      /* cpu-num=0 was given: the CPU starts here */
} LoaderDevice;

/* The options, NULL where not given. Nothing of this is needed once the plan is made, but for the
 * bytes of `builtin`. */
typedef struct LoaderConfig {
    const char *kernel; /* -kernel FILE */
    const char *initrd; /* -initrd FILE */
    const char *append; /* -append STRING */
    bool semihosting;   /* by which a bare-metal program can ask for it */
    const char *dtb;    /* -dtb FILE */
    const char *bios;   /* -bios FILE */
    const LoaderDevice *devices;
    size_t device_count;
    /* A program within tqemu (firmware/), started like a bare-metal one at the address it is loaded
     * to; for the case that there is no kernel, bios or device above. */
    const uint8_t *builtin;
    size_t builtin_len; /* 0: none */
    uint64_t builtin_addr;
    /* For /chosen/rng-seed of the device tree, anew for every boot: fills in n random bytes, or
     * returns false: there are none. NULL, or no bytes when planning: the tree gets no seed. */
    bool (*random)(uint8_t *bytes, size_t n);
} LoaderConfig;

typedef struct LoaderPlan LoaderPlan;

/* The CPU's registers to start with, after its reset; for arm_cpu_set_reg(). Bit 0 of pc selects
 * Thumb. */
typedef struct LoaderEntry {
    uint32_t r0, r1, r2, pc;
} LoaderEntry;

/* Reads and places everything that `config` names; nothing is written to the machine yet. Returns
 * NULL after error_report() if anything is wrong.
 *
 * -kernel is recognised by its content:
 *   zImage  to RAM base + 0x10000; if its header says where it is linked to run (zImage-xip),
 *           there: in flash it is executed in place
 *   uImage  where its header says (kernel_noload: RAM base + 32 MiB), unpacked if it is compressed
 *           with gzip; Linux boot state if its operating system is Linux
 *   ELF     where its program headers say (physical addresses); a bare-metal program, entered in
 *           reset state
 *   else    to RAM base + 0x10000, taken for Linux
 * -initrd goes where QEMU puts it (half of RAM, at most 128 MiB, above RAM base), or higher if the
 * kernel needs that room while it starts, or as high as possible if it would not fit otherwise.
 * The device tree follows it in the next page. -bios goes to the start of flash and is entered
 * there in reset state.
 *
 * Linux boot state (Documentation/arm/booting.rst): r0 = 0, r1 = the board's number, and an ATAG
 * list at RAM base + 0x100, always. r2 = the device tree (the board's own, or -dtb with memory and
 * chosen filled in), which kernels without CONFIG_OF pass over for the ATAG list at that place. It
 * is the ATAG list if no -dtb is given and the kernel is one that would stop at a device tree: its
 * zImage is older than the byte-order word in its header, or has a tree of its own appended; or
 * it is not compressed and does not contain the board's "compatible" string. */
LoaderPlan *loader_plan(const LoaderConfig *config, const Machine *machine);
void loader_free(LoaderPlan *plan);

/* Writes all images of the plan into the memory of the machine it was made for, and gives the
 * registers to start with. For power-on and after every reset. */
void loader_apply(const LoaderPlan *plan, Machine *machine, LoaderEntry *entry);

/* The device tree that the guest gets (or, with nothing to boot, would get), for -M dumpdtb=FILE.
 * Lives as long as the plan. */
const uint8_t *loader_dtb(const LoaderPlan *plan, size_t *len);

#endif
