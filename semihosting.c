/* SPDX-License-Identifier: MIT */
/* The host's side of semihosting. As in QEMU, SYS_WRITEC and SYS_WRITE0 write to standard error, or
 * to the character device of -semihosting-config, which SYS_READC reads, too; ":tt" is standard
 * input, output and error in any case. */
#include "semihosting.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/host.h"
#include "run.h"
#include "util/log.h"

/* The words of arg=, or the program and -append, joined by spaces. NULL: no memory. */
static char *make_command_line(const Options *o)
{
    const char *usual[] = { o->kernel ? o->kernel : "", o->append };
    const OptStrings *args = &o->semihosting_args;
    const char *const *words = args->count ? args->list : usual;
    size_t count = args->count ? args->count : o->append && *o->append ? 2 : 1, size = 1;
    for (size_t i = 0; i < count; i++) {
        size += strlen(words[i]) + 1;
    }
    char *line = calloc(size, 1);
    for (size_t i = 0, at = 0; line && i < count; i++) {
        at += (size_t)snprintf(line + at, size - at, "%s%s", i ? " " : "", words[i]);
    }
    return line;
}

static int64_t read_char(Semihosting *s)
{
    uint8_t byte;
    int64_t got;
    if (!s->chr || s->chr == s->files.chr) {
        got = guest_files_read_console(&s->files, &byte, 1);
    } else {
        got = s->chr->get(s->chr->opaque, &byte) ? 1 : s->chr_waits ? SEMIHOSTING_WAIT : 0;
    }
    return got == 1 ? byte : got == 0 ? UINT32_MAX : got;
}

static int64_t write_chars(Semihosting *s, const uint8_t *bytes, size_t n)
{
    if (!s->chr) {
        return guest_files_write_error(&s->files, bytes, n);
    }
    for (size_t i = 0; i < n; i++) {
        s->chr->put(s->chr->opaque, bytes[i]);
    }
    return (int64_t)n;
}

/* A name for each of 256 numbers, as in QEMU. */
static int64_t make_temporary(Semihosting *s, uint32_t number)
{
    unsigned long process = host_pid();
    int len = snprintf(s->temporary, sizeof s->temporary, "%s/tqemu-%lx%02x", host_temp_folder(),
                       process ? process : (unsigned long)(uintptr_t)s, (unsigned)number & 0xff);
    return (size_t)len < sizeof s->temporary ? 0 : -GUEST_ENAMETOOLONG;
}

/* Seconds since 1970: the host's, or under -icount, where no two runs may differ, the RTC's. */
static int64_t time_of_day(const Run *r)
{
    return r->semihosting.start ? r->semihosting.start + clock_now(&r->clock) / NS_PER_SEC
                                : host_wall_clock() / MS_PER_SEC;
}

static int64_t run_command(Run *r, const char *command)
{
    run_flush(r);
    errno = 0;
    int status = system(command);
    if (status == -1) {
        return errno ? guest_error(errno) : -GUEST_ENOSYS;
    }
    return (int64_t)(uint32_t)status;
}

static int64_t end(Run *r, uint32_t status)
{
    run_end(r, (int)status);
    arm_cpu_kick(r->machine->cpu);
    return 0;
}

static int64_t serve(Run *r, SemihostingCall *call)
{
    Semihosting *s = &r->semihosting;
    GuestFiles *files = &s->files;
    switch (call->operation) {
    case SEMI_OPEN: return guest_files_open(files, call->text, call->number);
    case SEMI_CLOSE: return guest_files_close(files, call->handle);
    case SEMI_WRITEC:
    case SEMI_WRITE0: return write_chars(s, call->output, call->size);
    case SEMI_WRITE: return guest_files_write(files, call->handle, call->output, call->size);
    case SEMI_READ: return guest_files_read(files, call->handle, call->bytes, call->size);
    case SEMI_READC: return read_char(s);
    case SEMI_ISTTY: return guest_files_is_tty(files, call->handle);
    case SEMI_SEEK: return guest_files_seek(files, call->handle, call->number);
    case SEMI_FLEN: return guest_files_length(files, call->handle);
    case SEMI_TMPNAM: call->text = s->temporary; return make_temporary(s, call->number);
    case SEMI_REMOVE: return guest_files_remove(call->text);
    case SEMI_RENAME: return guest_files_rename(call->text, call->new_name);
    case SEMI_TIME: return time_of_day(r);
    case SEMI_SYSTEM: return run_command(r, call->text);
    case SEMI_GET_CMDLINE: call->text = s->command_line; return 0;
    case SEMI_HEAPINFO: loader_free_ram(r->plan, &call->heap, &call->limit); return 0;
    case SEMI_EXIT: return end(r, call->number);
    case SEMI_CLOCK:
    case SEMI_ELAPSED: return clock_now(&r->clock);
    default: return -GUEST_ENOSYS; /* the CPU's alone */
    }
}

static void print_by_gdb(void *opaque, uint8_t byte)
{
    gdb_print(opaque, byte);
}

static int64_t call(void *opaque, SemihostingCall *call)
{
    Run *r = opaque;
    int64_t result = serve(r, call);
    r->reading = result == SEMIHOSTING_WAIT;
    return result;
}

bool semihosting_open(Run *r, Chardev *const *serial)
{
    const Options *o = &r->options;
    Semihosting *s = &r->semihosting;
    if (o->semihosting_serial < OPTIONS_SERIAL) {
        SerialKind kind = o->serial[o->semihosting_serial].kind;
        s->chr = serial[o->semihosting_serial];
        s->chr_waits = kind == SERIAL_SOCKET || kind == SERIAL_CHANNEL;
    }
    s->gdb = (Chardev){ .put = print_by_gdb, .opaque = &r->gdb };
    s->files.console = r->ports.gdb_on_console ? NULL : &r->input.console;
    s->files.chr = r->ports.gdb_on_console ? &s->gdb : &r->input.console.chr;
    s->command_line = make_command_line(o);
    if (!s->command_line) {
        error_report("-semihosting: out of memory: close other programs");
        return false;
    }
    s->files.gdb = o->semihosting_target == SEMI_GDB;
    if (s->files.gdb && !r->ports.gdb) {
        error_report("-semihosting-config: target=gdb: there is no gdb server: add -s or -gdb");
        return false;
    }
    bool gdb = r->ports.gdb && o->semihosting_target != SEMI_NATIVE;
    arm_cpu_set_semihosting(r->machine->cpu,
                            &(ARMSemihosting){ call, gdb ? semihosting_redirect : NULL, r });
    return true;
}

void semihosting_close(Semihosting *s)
{
    guest_files_close_all(&s->files);
    free(s->command_line);
}
