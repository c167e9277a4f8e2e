/* SPDX-License-Identifier: MIT */
/* Fuzzing of the image loader (libFuzzer): arbitrary files in every role. Whatever they hold, a
 * plan is either refused or can be applied, twice, within the machine's memory.
 *
 * Built and run by tests/fuzz/run.sh. The input: a byte of flags, a byte for the RAM size (its top
 * bit: checksums of uImages are put right, as no fuzzer finds them), the lengths of initrd, dtb and
 * device file (2 bytes each, little-endian), then these files, then the kernel. */
#include "boot/loader_formats.h"
#include "tests/unit/loader_machine.h"
#include "util/log.h"

enum {
    WITH_KERNEL = 1 << 0,
    WITH_INITRD = 1 << 1,
    WITH_DTB = 1 << 2,
    WITH_DEVICE = 1 << 3,
    FORCE_RAW = 1 << 4,
    SET_PC = 1 << 5,
    WITH_BIOS = 1 << 6, /* instead of a kernel */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t crc32_of(const uint8_t *p, size_t n)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < 8 * n; i++) {
        uint32_t bit = (crc ^ p[i / 8] >> i % 8) & 1;
        crc = crc >> 1 ^ (bit ? UINT32_C(0xedb88320) : 0);
    }
    return ~crc;
}

static void put_be32(uint8_t *p, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++) {
        p[i] = (uint8_t)(value >> (24 - 8 * i));
    }
}

/* Makes the checksums of a uImage right. */
static void repair(const Image *image)
{
    if (image->size > 64 && uimage_is(image)) {
        put_be32(image->bytes + 12, (uint32_t)image->size - 64);
        put_be32(image->bytes + 24, crc32_of(image->bytes + 64, image->size - 64));
        put_be32(image->bytes + 4, 0);
        put_be32(image->bytes + 4, crc32_of(image->bytes, 64));
    }
}

/* A copy of its own size, so that a byte too far is seen. */
static Image take(const char *name, const uint8_t **data, size_t *left, size_t n)
{
    n = n < *left ? n : *left;
    if (n == 0) {
        return (Image){ 0 };
    }
    Image image = { .name = name, .bytes = malloc(n), .size = n };
    if (!image.bytes) {
        abort();
    }
    memcpy(image.bytes, *data, n);
    *data += n;
    *left -= n;
    return image;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Machine machine;
    if (size < 8) {
        return 0;
    }
    unsigned flags = data[0];
    uint64_t ram_size = (1 + data[1] % 32) * TEST_MIB;
    if (machine.ram_size != ram_size) {
        test_machine_init(&machine, ram_size);
    }
    size_t initrd = ld16_p(data + 2), dtb = ld16_p(data + 4), device = ld16_p(data + 6);
    LoaderDevice devices[] = {
        { .addr = ld32_p(data + 2),
          .force_raw = (flags & FORCE_RAW) != 0,
          .set_pc = (flags & SET_PC) != 0 },
        { .addr = ld32_p(data + 4), .data = UINT64_C(0x0123456789abcdef), .data_len = 1 + dtb % 8 },
    };
    LoaderConfig config = { .devices = devices };
    LoaderFiles files = { 0 };
    const uint8_t *p = data + 8;
    size_t left = size - 8;
    if (flags & WITH_INITRD) {
        files.initrd = take("initrd", &p, &left, initrd);
        config.initrd = files.initrd.bytes ? "initrd" : NULL;
    }
    if (flags & WITH_DTB) {
        files.dtb = take("dtb", &p, &left, dtb);
        config.dtb = files.dtb.bytes ? "dtb" : NULL;
    }
    if (flags & WITH_DEVICE) {
        config.device_count = 2;
        files.device_count = 2;
        files.devices = calloc(2, sizeof *files.devices);
        if (!files.devices) {
            abort();
        }
        files.devices[0] = take("device", &p, &left, device);
    }
    if (flags & WITH_BIOS) {
        files.bios = take("bios", &p, &left, left);
        config.bios = files.bios.bytes ? "bios" : NULL;
    } else if (flags & WITH_KERNEL) {
        files.kernel = take("kernel", &p, &left, left);
        config.kernel = files.kernel.bytes ? "kernel" : NULL;
        config.append = flags & WITH_INITRD ? "console=ttyAMA0" : NULL;
    }
    if (data[1] & 0x80) {
        repair(&files.kernel);
        repair(&files.initrd);
        if (files.devices) {
            repair(&files.devices[0]);
        }
    }
    LoaderPlan *plan = loader_plan_files(&config, &files, &machine);
    if (plan) {
        LoaderEntry entry, again;
        size_t fdt_len;
        const char *why;
        loader_apply(plan, &machine, &entry);
        loader_apply(plan, &machine, &again);
        const uint8_t *fdt = loader_dtb(plan, &fdt_len);
        if (entry.pc != again.pc || entry.r2 != again.r2 || !fdt_check(fdt, fdt_len, &why)) {
            abort();
        }
        loader_free(plan);
    }
    return 0;
}
