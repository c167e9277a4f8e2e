/* SPDX-License-Identifier: MIT */
/* Formats of disk images by their magic numbers. */
#include "block/format.h"

#include <stdbool.h>
#include <string.h>

typedef struct Format {
    const char *name;
    const char *magic;
    uint8_t length;
    uint16_t offset;
    bool at_end; /* from the start of the last 512 bytes */
} Format;

/* clang-format off */
static const Format formats[] = {
    { "qcow",      "QFI\xfb\0\0\0\1", 8, 0, false },
    { "qcow2",     "QFI\xfb", 4, 0, false },
    { "qed",       "QED\0", 4, 0, false },
    { "vmdk",      "KDMV", 4, 0, false },
    { "vmdk",      "COWD", 4, 0, false },
    { "vmdk",      "# Disk DescriptorFile", 21, 0, false },
    { "vdi",       "\x7f\x10\xda\xbe", 4, 0x40, false },
    { "vhdx",      "vhdxfile", 8, 0, false },
    { "vpc",       "conectix", 8, 0, false },
    { "luks",      "LUKS\xba\xbe", 6, 0, false },
    { "parallels", "WithoutFreeSpace", 16, 0, false },
    { "parallels", "WithouFreSpacExt", 16, 0, false },
    { "bochs",     "Bochs Virtual HD Image", 22, 0, false },
    { "cloop",     "#!/bin/sh\n#V2.0 Format\n", 23, 0, false },
    { "dmg",       "koly", 4, 0, true },
};
/* clang-format on */

const char *format_name(const uint8_t *head, size_t head_len, const uint8_t *tail, size_t tail_len)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const Format *f = &formats[i];
        const uint8_t *bytes = f->at_end ? tail : head;
        size_t len = f->at_end ? tail_len : head_len;
        if ((size_t)f->offset + f->length <= len &&
            memcmp(bytes + f->offset, f->magic, f->length) == 0) {
            return f->name;
        }
    }
    return NULL;
}
