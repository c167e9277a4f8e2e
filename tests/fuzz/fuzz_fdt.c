/* SPDX-License-Identifier: MIT */
/* Fuzzing of device trees (libFuzzer): the input is one, after a byte that says what is filled in.
 * What passes the check can be filled in, and comes out well-formed; doing it again adds
 * nothing. */
#include <stdlib.h>
#include <string.h>

#include "boot/fdt_boot.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *why = NULL;
    if (size < 1) {
        return 0;
    }
    unsigned flags = data[0];
    /* A copy of its own size, so that a byte too far is seen. */
    uint8_t *blob = malloc(size);
    if (!blob) {
        abort();
    }
    memcpy(blob, data + 1, size - 1);
    if (fdt_check(blob, size - 1, &why)) {
        FdtBoot boot = { .ram_base = flags & 4 ? 0x80000000 : 0,
                         .ram_size = UINT64_C(1) << 20 << (flags & 3) * 6,
                         .bootargs = flags & 8 ? "console=ttyAMA0" : NULL,
                         .initrd_start = flags & 16 ? 0x800000 : 0,
                         .initrd_size = flags & 16 ? 0x100000 : 0 };
        size_t n, again;
        FdtError error;
        uint8_t *filled = fdt_with_boot(blob, size - 1, &boot, &n, &error);
        if (filled) {
            uint8_t *twice =
                fdt_check(filled, n, &why) ? fdt_with_boot(filled, n, &boot, &again, &error) : NULL;
            if (!twice || again != n || !fdt_check(twice, again, &why)) {
                abort();
            }
            free(twice);
            free(filled);
        }
    } else if (!why) {
        abort();
    }
    free(blob);
    return 0;
}
