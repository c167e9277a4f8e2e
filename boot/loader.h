/* SPDX-License-Identifier: MIT */
/* The image loader: fills memory and registers when the machine is switched on.
 *
 * A plan is made once: it reads the files, recognises them by their content, places them, and
 * checks them against the memory map and each other. It is applied after every reset, so that a
 * reboot finds fresh images, as in QEMU. */
#ifndef BOOT_LOADER_H
#define BOOT_LOADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine/machine.h"

/* One `-device loader,...`: a file or a value for memory, or a start address for the CPU. */
typedef struct LoaderDevice {
    const char *file; /* NULL: no file */
    uint64_t addr;    /* the load address (ELF and uImage have their own); without a file the pc */
    uint64_t data;    /* the value: its low data_len bytes */
    uint8_t data_len; /* 1..8 bytes; 0: no value */
    bool data_be;     /* the value is stored big-endian */
    bool force_raw;   /* load the file unchanged, even if it looks like ELF or uImage */
    bool set_pc;      /* cpu-num=0 was given: the CPU starts here */
} LoaderDevice;

/* The options; NULL where not given. Only the bytes of `builtin` must outlive loader_plan(). */
typedef struct LoaderConfig {
    const char *kernel; /* -kernel FILE */
    const char *initrd; /* -initrd FILE */
    const char *append; /* -append STRING */
    bool semihosting;   /* lets a bare-metal program read `append` */
    const char *dtb;    /* -dtb FILE */
    const char *bios;   /* -bios FILE */
    const LoaderDevice *devices;
    size_t device_count;
    /* The built-in program (firmware/), started like a bare-metal one at its load address if there
     * is no kernel, bios or device above. */
    const uint8_t *builtin;
    size_t builtin_len; /* 0: none */
    uint64_t builtin_addr;
    /* Fills in n random bytes, for a new /chosen/rng-seed at every boot; false: there are none.
     * NULL, or false when planning: the device tree gets no seed. */
    bool (*random)(void *opaque, uint8_t *bytes, size_t n);
    void *random_opaque;
} LoaderConfig;

typedef struct LoaderPlan LoaderPlan;

/* The registers that the CPU starts with, for arm_cpu_set_reg() after its reset. Bit 0 of pc
 * selects Thumb. */
typedef struct LoaderEntry {
    uint32_t r0, r1, r2, pc;
} LoaderEntry;

/* Reads and places everything that `config` names, without writing to the machine. Returns NULL
 * after an error_report() if anything is wrong.
 *
 * -kernel is recognised by its content:
 *   zImage  goes to RAM base + 0x10000, or to the address in its header (zImage-xip: it executes in
 *           place in flash)
 *   uImage  goes to the address in its header (kernel_noload: RAM base + 32 MiB), unpacked if it is
 *           compressed with gzip; gets Linux boot state if its operating system is Linux
 *   ELF     goes to the physical addresses of its program headers and is entered in reset state, as
 *           a bare-metal program
 *   else    goes to RAM base + 0x10000 and is taken for Linux
 * -initrd goes where QEMU puts it (half of RAM, at most 128 MiB, above RAM base), higher if the
 * kernel needs that memory while it starts, or as high as possible if it would not fit otherwise.
 * The device tree starts in the next page. -bios goes to the start of flash and is entered there in
 * reset state.
 *
 * Linux boot state (Documentation/arm/booting.rst): r0 = 0, r1 = the board's number, and always an
 * ATAG list at RAM base + 0x100. r2 = the device tree: the board's own, or -dtb with memory and
 * /chosen filled in. A kernel without CONFIG_OF ignores it and finds the ATAG list. r2 = the ATAG
 * list if there is no -dtb and the kernel would stop at a device tree: its zImage predates the
 * byte-order word in the header or has a tree appended, or it is not compressed and does not
 * contain the board's "compatible" string. */
LoaderPlan *loader_plan(const LoaderConfig *config, const Machine *machine);
void loader_free(LoaderPlan *plan);

/* Writes all images of the plan into the memory of the machine it was made for and fills in the
 * registers to start with. For power-on and after every reset. */
void loader_apply(const LoaderPlan *plan, Machine *machine, LoaderEntry *entry);

/* Continues a vmstate_checksum() over what loader_apply() writes and where, but for a new seed. */
uint64_t loader_checksum(const LoaderPlan *plan, uint64_t sum);

/* The largest part of RAM that no image is in, as QEMU finds it: a device tree that is not the
 * user's does not count, as a program without a system does not keep it. Its end is exclusive. */
void loader_free_ram(const LoaderPlan *plan, uint32_t *base, uint32_t *end);

/* Program n, from 0: -kernel's file, if it is an ELF file, and those of -device loader. Its name,
 * and the addresses that it is linked for, without *end. False: there are no more. */
bool loader_program(const LoaderPlan *plan, unsigned n, const char **name, uint64_t *start,
                    uint64_t *end);

/* The device tree that the guest gets (without a kernel: would get), for -M dumpdtb=FILE. It lives
 * as long as the plan. */
const uint8_t *loader_dtb(const LoaderPlan *plan, size_t *len);

#endif
