/* SPDX-License-Identifier: MIT */
/* A file, or nothing, as the other end of a serial port. */
#include "serial/chardev_file.h"

#include "util/log.h"

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
    if (f->path) {
        output_put(&f->out, byte);
    }
}

/* Reports the first failure. */
static bool check(FileChardev *f, bool written)
{
    if (!written && !f->reported) {
        f->reported = true;
        error_report("-serial: file:%s: %s: the run ends here", f->path,
                     output_error(f->out.error));
    }
    return written;
}

static bool flush(void *opaque)
{
    FileChardev *f = opaque;
    return check(f, output_flush(&f->out));
}

void file_chardev_init(FileChardev *f, const char *path, bool append)
{
    *f = (FileChardev){
        .chr = { .get = nothing_to_get,
                 .pending = nothing_pending,
                 .put = put,
                 .connected = path ? NULL : nothing_pending, /* nobody is, as in QEMU */
                 .opaque = f,
                 .flush = path ? flush : NULL },
        .path = path,
        .append = append,
    };
}

bool file_chardev_open(FileChardev *f)
{
    return !f->path || output_open(&f->out, f->path, f->append ? "ab" : "wb");
}

bool file_chardev_close(FileChardev *f)
{
    return check(f, output_close(&f->out));
}
