/* SPDX-License-Identifier: MIT */
/* Semihosting calls that gdb executes: requests of its File-I/O protocol, as QEMU makes them, and
 * what its answers are to the guest. gdb reads and writes guest memory itself.
 *
 * Meanwhile the CPU is stopped at the call. Whatever else starts it, the monitor for example, makes
 * it execute the call again: then a gdb that has gone makes it fail. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "cpu/cpu.h"
#include "run.h"
#include "util/bytes.h"
#include "util/log.h"

#define MAX_TEXT   4096u      /* the limits of strings, with their 0, */
#define MAX_OUTPUT (1u << 20) /* and of WRITE0's */

/* Where gdb puts its results, below the stack, as QEMU has it: a byte, a "struct stat". */
#define BYTE_BELOW_SP 1u
#define STAT_BELOW_SP 64u
#define STAT_SIZE     28u /* the offset of st_size, of 64 bits, big-endian */

/* gdb's numbers of errors: those below are GUEST_*. */
#define GDB_ENAMETOOLONG 91u

/* 0, after a result of -1, is EIO; what gdb has no number for is EINVAL, as in QEMU. */
static int64_t error_of(uint64_t error)
{
    return error == 0                  ? -GUEST_EIO
           : error < GDB_ENAMETOOLONG  ? -(int64_t)error
           : error == GDB_ENAMETOOLONG ? -GUEST_ENAMETOOLONG
                                       : -GUEST_EINVAL;
}

/* The size of the string with its 0, or an error. len UINT32_MAX: up to its 0. */
static int64_t text_size(ARMCPU *cpu, uint32_t va, uint32_t len, uint32_t most)
{
    bool counted = len != UINT32_MAX;
    uint8_t byte = 1;
    for (uint32_t n = counted ? len : 0; n < most; n++) {
        if (!arm_cpu_debug_read(cpu, va + n, false, &byte, 1)) {
            return -GUEST_EFAULT;
        }
        if (byte == 0) {
            return n + 1;
        }
        if (counted) {
            return -GUEST_EINVAL;
        }
    }
    return -GUEST_ENAMETOOLONG;
}

/* "open": one string; "rename": two. */
static int64_t ask_with_text(Run *r, const char *name, const uint32_t *text, size_t count,
                             const char *more)
{
    SemihostingGdb *s = &r->semihosting.by_gdb;
    int used = snprintf(s->request, sizeof s->request, "%s", name);
    for (size_t i = 0; i < count; i++) {
        int64_t size = text_size(r->machine->cpu, text[2 * i], text[2 * i + 1], MAX_TEXT);
        if (size < 0) {
            return size;
        }
        used += snprintf(s->request + used, sizeof s->request - (size_t)used, ",%08" PRIx32 "/%x",
                         text[2 * i], (unsigned)size);
    }
    snprintf(s->request + used, sizeof s->request - (size_t)used, "%s", more);
    return SEMIHOSTING_LATER;
}

/* Names that begin with a colon are not those of gdb's files. */
static int64_t ask_open(Run *r, const uint32_t *args)
{
    /* RDONLY, RDWR, and with CREAT and TRUNC, or APPEND, WRONLY, RDWR; of the mode 0644. */
    static const uint16_t flags[6] = { 0, 2, 0x601, 0x602, 0x209, 0x20a };
    const uint32_t name[2] = { args[0], args[2] };
    char more[32];
    uint8_t first;
    if (args[1] >= 12 ||
        (arm_cpu_debug_read(r->machine->cpu, name[0], false, &first, 1) && first == ':')) {
        return SEMIHOSTING_HERE;
    }
    snprintf(more, sizeof more, ",%08x,000001a4", flags[args[1] / 2]);
    return ask_with_text(r, "open", name, 1, more);
}

static int64_t ask(Run *r, const char *name, uint32_t a, uint32_t b, uint32_t c)
{
    SemihostingGdb *s = &r->semihosting.by_gdb;
    snprintf(s->request, sizeof s->request, "%s,%08" PRIx32 ",%08" PRIx32 ",%08" PRIx32, name, a, b,
             c);
    return SEMIHOSTING_LATER;
}

static int64_t ask_of_file(Run *r, uint32_t operation, const uint32_t *args)
{
    SemihostingGdb *s = &r->semihosting.by_gdb;
    uint32_t file, sp = arm_cpu_reg(r->machine->cpu, 13);
    if (!guest_files_of_gdb(&r->semihosting.files, args[0], &file)) {
        return SEMIHOSTING_HERE;
    }
    switch (operation) {
    case SEMI_READ: return ask(r, "read", file, args[1], args[2]);
    case SEMI_WRITE: return ask(r, "write", file, args[1], args[2]);
    case SEMI_SEEK:
        snprintf(s->request, sizeof s->request, "lseek,%08" PRIx32 ",%" PRIx32 ",00000000", file,
                 args[1]);
        break;
    case SEMI_FLEN:
        snprintf(s->request, sizeof s->request, "fstat,%08" PRIx32 ",%08" PRIx32, file,
                 sp - STAT_BELOW_SP);
        break;
    default:
        snprintf(s->request, sizeof s->request, "%s,%08" PRIx32,
                 operation == SEMI_CLOSE ? "close" : "isatty", file);
        break;
    }
    return SEMIHOSTING_LATER;
}

/* Makes the request. SEMIHOSTING_LATER: it is there; SEMIHOSTING_HERE: gdb has no such call. */
static int64_t make_request(Run *r, uint32_t operation, uint32_t r1, const uint32_t *args)
{
    ARMCPU *cpu = r->machine->cpu;
    switch (operation) {
    case SEMI_OPEN: return ask_open(r, args);
    case SEMI_CLOSE:
    case SEMI_READ:
    case SEMI_WRITE:
    case SEMI_ISTTY:
    case SEMI_SEEK:
    case SEMI_FLEN: return ask_of_file(r, operation, args);
    case SEMI_WRITEC: return ask(r, "write", 2, r1, 1);
    case SEMI_WRITE0: {
        int64_t size = text_size(cpu, r1, UINT32_MAX, MAX_OUTPUT);
        return size < 0 ? SEMIHOSTING_CORRUPTED : ask(r, "write", 2, r1, (uint32_t)size - 1);
    }
    case SEMI_READC: return ask(r, "read", 0, arm_cpu_reg(cpu, 13) - BYTE_BELOW_SP, 1);
    case SEMI_REMOVE: return ask_with_text(r, "unlink", args, 1, "");
    case SEMI_RENAME: return ask_with_text(r, "rename", args, 2, "");
    case SEMI_SYSTEM: return ask_with_text(r, "system", args, 1, "");
    default: return SEMIHOSTING_HERE;
    }
}

/* SYS_READC's result: the byte that gdb has read. */
static int64_t byte_read(ARMCPU *cpu, int64_t count)
{
    uint8_t byte;
    uint32_t at = arm_cpu_reg(cpu, 13) - BYTE_BELOW_SP;
    return count > 0 && arm_cpu_debug_read(cpu, at, false, &byte, 1) ? byte : UINT32_MAX;
}

/* SYS_FLEN's: of the "struct stat". */
static int64_t stat_size(ARMCPU *cpu)
{
    uint8_t size[8];
    uint32_t at = arm_cpu_reg(cpu, 13) - STAT_BELOW_SP + STAT_SIZE;
    if (!arm_cpu_debug_read(cpu, at, false, size, 8)) {
        return -GUEST_EFAULT;
    }
    return ld32_be_p(size) == 0 && ld32_be_p(size + 4) < UINT32_MAX ? (int64_t)ld32_be_p(size + 4)
                                                                    : -GUEST_EOVERFLOW;
}

/* The call's result; `result` is gdb's, or minus a GUEST_* error. */
static int64_t result_of(Run *r, int64_t result)
{
    const SemihostingGdb *s = &r->semihosting.by_gdb;
    GuestFiles *files = &r->semihosting.files;
    switch (s->operation) {
    case SEMI_WRITEC:
    case SEMI_WRITE0: return SEMIHOSTING_CORRUPTED;
    case SEMI_READ:
    case SEMI_WRITE: return result <= 0 ? s->length : result < s->length ? s->length - result : 0;
    case SEMI_READC: return byte_read(r->machine->cpu, result);
    case SEMI_CLOSE: guest_files_close(files, s->handle); break;
    case SEMI_FLEN: result = result < 0 ? result : stat_size(r->machine->cpu); break;
    case SEMI_OPEN:
        result = result < 0 ? result : guest_files_add_gdb(files, (uint32_t)result);
        break;
    default: break;
    }
    bool returns = s->operation == SEMI_OPEN || s->operation == SEMI_FLEN ||
                   s->operation == SEMI_SYSTEM || s->operation == SEMI_ISTTY;
    return returns || result < 0 ? result : 0;
}

/* gdb's answer. The CPU may have gone on in the meantime, or have been reset. */
static void returned(void *opaque, int64_t result, uint64_t error)
{
    Run *r = opaque;
    ARMCPU *cpu = r->machine->cpu;
    const SemihostingGdb *s = &r->semihosting.by_gdb;
    if (arm_cpu_reg(cpu, 15) == s->pc && arm_cpu_reg(cpu, 0) == s->operation &&
        arm_cpu_reg(cpu, 1) == s->r1) {
        bool failed = result == -1 || error;
        arm_cpu_semihosting_return(cpu, result_of(r, failed ? error_of(error) : (uint32_t)result));
    }
}

/* target=auto: the first call decides. */
static bool is_for_gdb(Run *r)
{
    Semihosting *s = &r->semihosting;
    if (!s->by_gdb.decided) {
        s->by_gdb.decided = true;
        s->files.gdb = s->files.gdb || gdb_can_call(&r->gdb);
    }
    return s->files.gdb;
}

int64_t semihosting_redirect(void *opaque, uint32_t operation, uint32_t r1, const uint32_t args[4])
{
    Run *r = opaque;
    SemihostingGdb *s = &r->semihosting.by_gdb;
    ARMCPU *cpu = r->machine->cpu;
    if (!is_for_gdb(r)) {
        return SEMIHOSTING_HERE;
    }
    char last[sizeof s->request];
    memcpy(last, s->request, sizeof last);
    int64_t result = make_request(r, operation, r1, args);
    if (result != SEMIHOSTING_LATER) {
        return result;
    }
    s->operation = operation;
    s->handle = args[0];
    s->length = args[2];
    s->r1 = r1;
    s->pc = arm_cpu_reg(cpu, 15);
    if (!gdb_can_call(&r->gdb) || (r->gdb.calling && strcmp(last, s->request) != 0)) {
        if (!s->reported) {
            error_report("semihosting: target=gdb: no gdb waits for the guest: the call fails");
        }
        s->reported = true;
        return result_of(r, -GUEST_EIO);
    }
    gdb_call(&r->gdb, s->request, returned, r);
    return SEMIHOSTING_LATER;
}
