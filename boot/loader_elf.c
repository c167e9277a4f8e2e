/* SPDX-License-Identifier: MIT */
/* The image loader: ELF executables (System V ABI chapters 4 and 5; ELF for the Arm
 * Architecture). */
#include "boot/loader_formats.h"

#include <inttypes.h>
#include <string.h>

#include "util/log.h"

#define EHDR_SIZE 52u
#define PHDR_SIZE 32u

enum { EI_CLASS = 4, EI_DATA = 5, ELFCLASS32 = 1, ELFCLASS64 = 2, ELFDATA2LSB = 1 };
enum { ET_REL = 1, ET_EXEC = 2, ET_DYN = 3, ET_CORE = 4 };
enum { EM_ARM = 40, PT_LOAD = 1, PF_X = 1 };
#define EF_ARM_BE8 UINT32_C(0x00800000)

static const char *machine_name(uint32_t machine)
{
    switch (machine) {
    case 3: return "Intel 80386";
    case 8: return "MIPS";
    case 20: return "PowerPC";
    case 62: return "x86-64";
    case 183: return "AArch64";
    case 243: return "RISC-V";
    default: return "unknown to tqemu";
    }
}

bool elf_is(const Image *image)
{
    return image->size >= 4 && memcmp(image->bytes, "\177ELF", 4) == 0;
}

static bool check_header(const Image *image)
{
    const uint8_t *e = image->bytes;
    if (image->size < EHDR_SIZE) {
        error_report("%s: is cut off: an ELF header has %u bytes, the file %zu: copy it again",
                     image->name, EHDR_SIZE, image->size);
        return false;
    }
    if (e[EI_CLASS] == ELFCLASS64) {
        error_report("%s: is a 64-bit ELF file (machine %u, %s): this machine needs 32-bit ARM",
                     image->name, (unsigned)ld16_p(e + 18), machine_name(ld16_p(e + 18)));
        return false;
    }
    if (e[EI_CLASS] != ELFCLASS32) {
        error_report("%s: is an ELF file of class %u: this machine needs class 1, 32-bit",
                     image->name, e[EI_CLASS]);
        return false;
    }
    if (e[EI_DATA] != ELFDATA2LSB) {
        error_report("%s: is a big-endian ELF file: this machine needs a little-endian one",
                     image->name);
        return false;
    }
    uint32_t machine = ld16_p(e + 18);
    if (machine != EM_ARM) {
        error_report("%s: is an ELF file for machine %u (%s): this machine needs 40, ARM",
                     image->name, (unsigned)machine, machine_name(machine));
        return false;
    }
    if (ld32_p(e + 36) & EF_ARM_BE8) {
        error_report("%s: is an ELF file with big-endian data (BE8): link it little-endian",
                     image->name);
        return false;
    }
    /* ET_DYN: a program that relocates itself, such as U-Boot, starts like any other. */
    uint32_t type = ld16_p(e + 16);
    if (type != ET_EXEC && type != ET_DYN) {
        error_report("%s: is an ELF file of type %u%s: link it to an executable", image->name,
                     (unsigned)type,
                     type == ET_REL    ? ", an object file"
                     : type == ET_CORE ? ", a core dump"
                                       : "");
        return false;
    }
    return true;
}

bool elf_load(Image *image, SegmentList *segments, uint32_t *entry)
{
    if (!check_header(image)) {
        return false;
    }
    const uint8_t *e = image->bytes;
    uint32_t phoff = ld32_p(e + 28), phentsize = ld16_p(e + 42), phnum = ld16_p(e + 44);
    uint64_t phend = (uint64_t)phoff + (uint64_t)phnum * PHDR_SIZE;
    if (phnum && phentsize != PHDR_SIZE) {
        error_report("%s: its ELF program headers have %u bytes instead of %u: link it again",
                     image->name, (unsigned)phentsize, PHDR_SIZE);
        return false;
    }
    if (phend > image->size) {
        error_report("%s: is cut off: its ELF program headers end at byte %" PRIu64
                     ", the file at %zu: copy it again",
                     image->name, phend, image->size);
        return false;
    }
    *entry = ld32_p(e + 24);
    bool translated = false, loaded = false;
    for (uint32_t i = 0; i < phnum; i++) {
        const uint8_t *ph = e + phoff + (size_t)i * PHDR_SIZE;
        uint32_t offset = ld32_p(ph + 4), vaddr = ld32_p(ph + 8), paddr = ld32_p(ph + 12);
        uint32_t filesz = ld32_p(ph + 16), memsz = ld32_p(ph + 20), flags = ld32_p(ph + 24);
        if (ld32_p(ph) != PT_LOAD || memsz == 0) {
            continue;
        }
        if (filesz > memsz) {
            error_report("%s: ELF segment %u has %u bytes in the file, but only %u in memory: "
                         "link it again",
                         image->name, (unsigned)i, (unsigned)filesz, (unsigned)memsz);
            return false;
        }
        if ((uint64_t)offset + filesz > image->size) {
            error_report("%s: is cut off: ELF segment %u ends at byte %" PRIu64
                         ", the file at %zu: copy it again",
                         image->name, (unsigned)i, (uint64_t)offset + filesz, image->size);
            return false;
        }
        const uint8_t *bytes = filesz ? e + offset : e;
        if (!segment_add(segments, &(Segment){ image->name, paddr, memsz, bytes, filesz })) {
            return false;
        }
        loaded = true;
        /* The entry point is a virtual address; the program starts with its MMU off. */
        uint32_t from_start = ld32_p(e + 24) - vaddr;
        if (!translated && (flags & PF_X) && from_start < filesz) {
            *entry = paddr + from_start;
            translated = true;
        }
    }
    if (!loaded) {
        error_report("%s: is an ELF file with nothing to load: link it to an executable",
                     image->name);
        return false;
    }
    image->is_elf = true;
    return true;
}

void elf_span(const Image *image, uint64_t *start, uint64_t *end)
{
    const uint8_t *ph = image->bytes + ld32_p(image->bytes + 28);
    *start = UINT64_MAX;
    *end = 0;
    for (uint32_t n = ld16_p(image->bytes + 44); n > 0; n--, ph += PHDR_SIZE) {
        uint64_t vaddr = ld32_p(ph + 8), memsz = ld32_p(ph + 20);
        if (ld32_p(ph) == PT_LOAD && memsz > 0) {
            *start = vaddr < *start ? vaddr : *start;
            *end = max64(*end, vaddr + memsz);
        }
    }
}
