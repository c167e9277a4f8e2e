/* SPDX-License-Identifier: MIT */
/* The host's files as semihosting gives them to the guest. Streams have no buffer: what the guest
 * writes is in the file when its call returns, as in QEMU. */
#include "guest_files.h"

#include <errno.h>
#include <string.h>

#include "cpu/semihosting.h"
#include "host/host.h"

/* Both extensions: an exit with a status by EXIT_EXTENDED, and ":tt" opened to append. */
static const uint8_t features[5] = { 'S', 'H', 'F', 'B', 3 };

int64_t guest_error(int error)
{
#ifdef ENOENT /* ISO C has no such names; a host that has this one has all of them */
    static const struct {
        int host, guest;
    } errors[] = {
        { EPERM, 1 },    { ENOENT, 2 },        { EINTR, 4 },   { ENXIO, 6 },      { E2BIG, 7 },
        { EBADF, 9 },    { EAGAIN, 11 },       { ENOMEM, 12 }, { EACCES, 13 },    { EBUSY, 16 },
        { EEXIST, 17 },  { EXDEV, 18 },        { ENODEV, 19 }, { ENOTDIR, 20 },   { EISDIR, 21 },
        { EINVAL, 22 },  { ENFILE, 23 },       { EMFILE, 24 }, { ENOTTY, 25 },    { EFBIG, 27 },
        { ENOSPC, 28 },  { ESPIPE, 29 },       { EROFS, 30 },  { EMLINK, 31 },    { EPIPE, 32 },
        { EDEADLK, 35 }, { ENAMETOOLONG, 36 }, { ENOSYS, 38 }, { ENOTEMPTY, 39 }, { ETXTBSY, 26 },
        { ELOOP, 40 },   { EOVERFLOW, 75 },
    };
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        if (errors[i].host == error) {
            return -errors[i].guest;
        }
    }
#endif
    (void)error;
    return -GUEST_EIO;
}

/* The file of a handle; NULL: there is none. */
static GuestFile *find(GuestFiles *g, uint32_t handle)
{
    GuestFile *f = &g->files[(handle - 1) % GUEST_FILES];
    return handle - 1 < GUEST_FILES && f->kind != FILE_CLOSED ? f : NULL;
}

/* Opens a file, whose other members are 0. 0, or an error. */
static int64_t open_file(GuestFile *f, const char *name, uint32_t mode, bool gdb)
{
    static const char modes[][4] = { "r",  "rb",  "r+", "r+b", "w",  "wb",
                                     "w+", "w+b", "a",  "ab",  "a+", "a+b" };
    if (mode >= sizeof modes / sizeof modes[0]) {
        return -GUEST_EINVAL;
    }
    if (strcmp(name, ":tt") == 0) {
        f->kind = gdb ? FILE_GDB : (GuestFileKind)(FILE_STDIN + mode / 4);
        f->at = mode / 4; /* 0 to 2 in gdb, too */
        return 0;
    }
    if (strcmp(name, ":semihosting-features") == 0) {
        f->kind = FILE_FEATURES;
        return mode < 2 ? 0 : -GUEST_EACCES;
    }
    f->kind = FILE_HOST;
    errno = 0;
    f->file = fopen(name, modes[mode | 1]); /* the guest's bytes are those of the file */
    if (!f->file) {
        return guest_error(errno);
    }
    (void)setvbuf(f->file, NULL, _IONBF, 0); /* with a buffer, bytes would only come later */
    return 0;
}

/* The index of a free handle, or GUEST_FILES. */
static uint32_t find_free(const GuestFiles *g)
{
    uint32_t n = 0;
    while (n < GUEST_FILES && g->files[n].kind != FILE_CLOSED) {
        n++;
    }
    return n;
}

int64_t guest_files_open(GuestFiles *g, const char *name, uint32_t mode)
{
    uint32_t n = find_free(g);
    if (n == GUEST_FILES) {
        return -GUEST_EMFILE;
    }
    GuestFile f = { 0 };
    int64_t result = open_file(&f, name, mode, g->gdb);
    if (result < 0) {
        return result;
    }
    g->files[n] = f;
    return n + 1;
}

int64_t guest_files_add_gdb(GuestFiles *g, uint32_t gdb_handle)
{
    uint32_t n = find_free(g);
    if (n == GUEST_FILES) {
        return -GUEST_EMFILE;
    }
    g->files[n] = (GuestFile){ .kind = FILE_GDB, .at = gdb_handle };
    return n + 1;
}

bool guest_files_of_gdb(GuestFiles *g, uint32_t handle, uint32_t *gdb_handle)
{
    const GuestFile *f = find(g, handle);
    *gdb_handle = f ? f->at : 0;
    return f && f->kind == FILE_GDB;
}

int64_t guest_files_close(GuestFiles *g, uint32_t handle)
{
    GuestFile *f = find(g, handle);
    if (!f) {
        return -GUEST_EBADF;
    }
    f->kind = FILE_CLOSED;
    errno = 0;
    return f->file && fclose(f->file) != 0 ? guest_error(errno) : 0;
}

void guest_files_close_all(GuestFiles *g)
{
    for (uint32_t handle = 1; handle <= GUEST_FILES; handle++) {
        guest_files_close(g, handle);
    }
}

/* Between reading and writing ISO C wants a stream positioned. */
static void prepare(GuestFile *f, GuestFileUse next)
{
    if (f->last != FILE_POSITIONED && f->last != next) {
        (void)fseek(f->file, 0, SEEK_CUR); /* of a pipe it fails, which does no harm */
    }
    f->last = next;
    errno = 0;
}

/* The result of reading or writing n bytes of a stream. A stream at its end can go on later. */
static int64_t transferred(GuestFile *f, size_t n)
{
    int64_t result = n == 0 && ferror(f->file) ? guest_error(errno) : (int64_t)n;
    clearerr(f->file);
    return result;
}

int64_t guest_files_read_console(GuestFiles *g, uint8_t *bytes, size_t n)
{
    size_t got = 0;
    if (!g->console) {
        return 0;
    }
    while (got < n && g->chr->get(g->chr->opaque, &bytes[got])) {
        got++;
    }
    return got == 0 && n != 0 && console_more_input(g->console) ? SEMIHOSTING_WAIT : (int64_t)got;
}

static int64_t read_features(GuestFile *f, uint8_t *bytes, size_t n)
{
    size_t left = sizeof features - f->at;
    n = n < left ? n : left;
    memcpy(bytes, features + f->at, n);
    f->at += (uint32_t)n;
    return (int64_t)n;
}

int64_t guest_files_read(GuestFiles *g, uint32_t handle, uint8_t *bytes, size_t n)
{
    GuestFile *f = find(g, handle);
    switch (f ? f->kind : FILE_CLOSED) {
    case FILE_STDIN: return guest_files_read_console(g, bytes, n);
    case FILE_FEATURES: return read_features(f, bytes, n);
    case FILE_HOST: prepare(f, FILE_READ); return transferred(f, fread(bytes, 1, n, f->file));
    default: return -GUEST_EBADF;
    }
}

static int64_t write_console(GuestFiles *g, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        g->chr->put(g->chr->opaque, bytes[i]);
    }
    return (int64_t)n;
}

int64_t guest_files_write_error(GuestFiles *g, const uint8_t *bytes, size_t n)
{
    if (!g->console) {
        return write_console(g, bytes, n);
    }
    console_flush(g->console);
    g->wrote = true;
    errno = 0;
    int put = host_write_error(bytes, n);
    return put == HOST_EOF ? write_console(g, bytes, n) : put;
}

int64_t guest_files_write(GuestFiles *g, uint32_t handle, const uint8_t *bytes, size_t n)
{
    GuestFile *f = find(g, handle);
    switch (f ? f->kind : FILE_CLOSED) {
    case FILE_STDOUT: return write_console(g, bytes, n);
    case FILE_STDERR: return guest_files_write_error(g, bytes, n);
    case FILE_HOST: prepare(f, FILE_WRITTEN); return transferred(f, fwrite(bytes, 1, n, f->file));
    default: return -GUEST_EBADF;
    }
}

int64_t guest_files_seek(GuestFiles *g, uint32_t handle, uint32_t to)
{
    GuestFile *f = find(g, handle);
    if (!f) {
        return -GUEST_EBADF;
    }
    if (f->kind == FILE_FEATURES) {
        f->at = to <= sizeof features ? to : f->at;
        return to <= sizeof features ? 0 : -GUEST_EINVAL;
    }
    if (f->kind != FILE_HOST) {
        return -GUEST_ESPIPE;
    }
    const long third = (long)(to / 3); /* `long` may have 32 bits */
    f->last = FILE_POSITIONED;
    errno = 0;
    bool ok = fseek(f->file, third, SEEK_SET) == 0 && fseek(f->file, third, SEEK_CUR) == 0 &&
              fseek(f->file, (long)(to - to / 3 * 2), SEEK_CUR) == 0;
    return ok ? 0 : guest_error(errno);
}

int64_t guest_files_length(GuestFiles *g, uint32_t handle)
{
    GuestFile *f = find(g, handle);
    if (!f) {
        return -GUEST_EBADF;
    }
    if (f->kind != FILE_HOST) {
        return f->kind == FILE_FEATURES ? (int64_t)sizeof features : 0;
    }
    f->last = FILE_POSITIONED;
    errno = 0;
    long at = ftell(f->file);
    bool ok = at >= 0 && fseek(f->file, 0, SEEK_END) == 0;
    long end = ok ? ftell(f->file) : -1;
    ok = end >= 0 && fseek(f->file, at, SEEK_SET) == 0;
    if (!ok) {
        int64_t error = guest_error(errno);
        return error == -GUEST_ESPIPE ? 0 : error; /* a pipe's, in QEMU */
    }
    return (unsigned long)end < UINT32_MAX ? end : -GUEST_EOVERFLOW;
}

int64_t guest_files_is_tty(GuestFiles *g, uint32_t handle)
{
    const GuestFile *f = find(g, handle);
    if (!f) {
        return -GUEST_EBADF;
    }
    FILE *const streams[] = {
        [FILE_STDIN] = stdin,   [FILE_STDOUT] = stdout, [FILE_STDERR] = stderr,
        [FILE_FEATURES] = NULL, [FILE_HOST] = f->file,  [FILE_GDB] = NULL
    };
    return streams[f->kind] && host_is_tty(streams[f->kind]) ? 1 : -GUEST_ENOTTY;
}

int64_t guest_files_remove(const char *name)
{
    errno = 0;
    return remove(name) == 0 ? 0 : guest_error(errno);
}

int64_t guest_files_rename(const char *name, const char *new_name)
{
    errno = 0;
    return rename(name, new_name) == 0 ? 0 : guest_error(errno);
}
