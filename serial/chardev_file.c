/* SPDX-License-Identifier: MIT */
/* A file, or nothing, as the outside of a serial port. */
#include "serial/chardev_file.h"

static bool nothing_pending(void *opaque)
{
    (void)opaque;
    return false;
}

static bool nothing_to_get(void *opaque, uint8_t *byte)
{
    (void)opaque;
    (void)byte;
    return false;
}

static void put(void *opaque, uint8_t byte)
{
    FileChardev *f = opaque;
    if (f->file) {
        putc(byte, f->file); /* an error stays with the file until it is closed */
    }
}

bool file_chardev_open(FileChardev *f, const char *path)
{
    f->chr =
        (Chardev){ .get = nothing_to_get, .pending = nothing_pending, .put = put, .opaque = f };
    f->file = path ? fopen(path, "wb") : NULL;
    return !path || f->file;
}

bool file_chardev_close(FileChardev *f)
{
    bool ok = true;
    if (f->file) {
        ok = !ferror(f->file);
        ok = fclose(f->file) == 0 && ok;
        f->file = NULL;
    }
    return ok;
}
