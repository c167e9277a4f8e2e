/* SPDX-License-Identifier: MIT */
/* Output files. stdio's own buffer is off, so fwrite() writes at once and returns how much. */
#include "util/output.h"

#include <errno.h>
#include <string.h>

bool output_open(Output *o, const char *path, const char *mode)
{
    o->file = fopen(path, mode);
    o->failed = false;
    o->error = 0;
    o->buffer.done = o->buffer.used = 0;
    if (o->file && setvbuf(o->file, NULL, _IONBF, 0) != 0) {
        fclose(o->file);
        o->file = NULL;
    }
    return o->file != NULL;
}

static void fail(Output *o)
{
    if (!o->failed) {
        o->failed = true;
        o->error = errno;
    }
}

static bool interrupted(const Output *o)
{
#ifdef EINTR /* not ISO C */
    return o->failed && o->error == EINTR;
#else
    (void)o;
    return false;
#endif
}

bool output_flush(Output *o)
{
    OutBuffer *b = &o->buffer;
    while (b->done < b->used && o->file && !o->failed) {
        errno = 0;
        b->done += fwrite(b->bytes + b->done, 1, b->used - b->done, o->file);
        if (b->done < b->used) {
            fail(o);
        }
    }
    b->used = 0; /* first: a signal handler must not write bytes twice */
    b->done = 0;
    return !o->failed || interrupted(o);
}

void output_put(Output *o, uint8_t byte)
{
    OutBuffer *b = &o->buffer;
    if (b->used == OUTPUT_SIZE) {
        output_flush(o);
    }
    b->bytes[b->used] = byte;
    b->used++;
}

void output_write(Output *o, const void *bytes, size_t n)
{
    OutBuffer *b = &o->buffer;
    if (OUTPUT_SIZE - b->used < n) {
        output_flush(o);
    }
    memcpy(b->bytes + b->used, bytes, n);
    b->used += n;
}

void output_vprintf(Output *o, const char *fmt, va_list ap)
{
    OutBuffer *b = &o->buffer;
    va_list again;
    va_copy(again, ap);
    size_t room = OUTPUT_SIZE - b->used;
    int n = vsnprintf((char *)b->bytes + b->used, room, fmt, ap);
    if (n >= 0 && (size_t)n >= room) {
        output_flush(o);
        n = vsnprintf((char *)b->bytes, OUTPUT_SIZE, fmt, again);
        n = n < (int)OUTPUT_SIZE ? n : (int)OUTPUT_SIZE - 1;
    }
    va_end(again);
    if (n > 0) {
        b->used += (size_t)n;
    }
}

bool output_close(Output *o)
{
    bool ok = output_flush(o);
    if (o->file) {
        errno = 0;
        if (fclose(o->file) != 0) {
            fail(o);
            ok = interrupted(o);
        }
        o->file = NULL;
    }
    return ok;
}

const char *output_error(int error)
{
    return error ? strerror(error) : "it cannot be written";
}
