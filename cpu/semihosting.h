/* SPDX-License-Identifier: MIT */
/* Semihosting between the CPU and whoever serves it: cpu/semihosting.c finds a call's operands in
 * guest memory, and this is how it passes them on. */
#ifndef CPU_SEMIHOSTING_H
#define CPU_SEMIHOSTING_H

#include <stddef.h>
#include <stdint.h>

/* The operations, by their numbers in "Semihosting for AArch32 and AArch64", SYS_OPEN and so on: a
 * host's headers may have these names. */
typedef enum SemihostingOperation {
    SEMI_OPEN = 0x01,
    SEMI_CLOSE = 0x02,
    SEMI_WRITEC = 0x03,
    SEMI_WRITE0 = 0x04,
    SEMI_WRITE = 0x05,
    SEMI_READ = 0x06,
    SEMI_READC = 0x07,
    SEMI_ISERROR = 0x08,
    SEMI_ISTTY = 0x09,
    SEMI_SEEK = 0x0a,
    SEMI_FLEN = 0x0c,
    SEMI_TMPNAM = 0x0d,
    SEMI_REMOVE = 0x0e,
    SEMI_RENAME = 0x0f,
    SEMI_CLOCK = 0x10,
    SEMI_TIME = 0x11,
    SEMI_SYSTEM = 0x12,
    SEMI_ERRNO = 0x13,
    SEMI_GET_CMDLINE = 0x15,
    SEMI_HEAPINFO = 0x16,
    SEMI_EXIT = 0x18,
    SEMI_EXIT_EXTENDED = 0x20,
    SEMI_ELAPSED = 0x30,
    SEMI_TICKFREQ = 0x31,
    SEMI_LIMIT
} SemihostingOperation;

/* The errors of guests: Linux's numbers, whatever the host's are. */
enum {
    GUEST_ENOENT = 2,
    GUEST_EIO = 5,
    GUEST_E2BIG = 7,
    GUEST_EBADF = 9,
    GUEST_EACCES = 13,
    GUEST_EFAULT = 14,
    GUEST_EINVAL = 22,
    GUEST_EMFILE = 24,
    GUEST_ENOTTY = 25,
    GUEST_ESPIPE = 29,
    GUEST_ENAMETOOLONG = 36,
    GUEST_ENOSYS = 38,
    GUEST_EOVERFLOW = 75,
};

/* The operands, of which each operation has some; each string ends with a 0. */
typedef struct SemihostingCall {
    SemihostingOperation operation;
    uint32_t handle;       /* a file */
    uint32_t number;       /* OPEN: the mode; SEEK: where to; TMPNAM: which; EXIT: the status */
    const char *text;      /* OPEN, REMOVE, RENAME: a file's name; SYSTEM: a command. Set by TMPNAM
                            * and GET_CMDLINE */
    const char *new_name;  /* RENAME */
    uint8_t *bytes;        /* READ fills in, */
    const uint8_t *output; /* and WRITE, WRITEC and WRITE0 write, */
    size_t size;           /* so many bytes */
    uint32_t heap, limit;  /* set by HEAPINFO: free memory, and its end */
} SemihostingCall;

/* No input yet: the CPU is to make the call again. */
#define SEMIHOSTING_WAIT INT64_MIN

/* Of `redirect` alone: `call` is to serve the call; the CPU stands still at the call until
 * arm_cpu_semihosting_return(). */
#define SEMIHOSTING_HERE  (INT64_MIN + 1)
#define SEMIHOSTING_LATER (INT64_MIN + 2)

/* r0 after WRITEC and WRITE0, as in QEMU. */
#define SEMIHOSTING_CORRUPTED UINT32_C(0xdeadbeef)

/* Serves calls. The result is not negative, or it is minus a GUEST_* error:
 *   OPEN           a handle, not 0
 *   READ, WRITE    the number of bytes that were read (0: at the end of the file) or written
 *   READC          a byte, or UINT32_MAX at the end of input
 *   ISTTY          1; minus GUEST_ENOTTY: no
 *   FLEN, SYSTEM   the length; what system() returns
 *   CLOCK, ELAPSED virtual ns
 *   TIME           seconds since 1970
 *   others         0
 * EXIT ends the run. ISERROR, ERRNO, EXIT_EXTENDED and TICKFREQ do not come here.
 *
 * `redirect`, which may be NULL, is asked before: with the operation, r1 and the words of its
 * block. Any other result than the two above is r0, or minus a GUEST_* error. */
typedef struct ARMSemihosting {
    int64_t (*call)(void *opaque, SemihostingCall *call);
    int64_t (*redirect)(void *opaque, uint32_t operation, uint32_t r1, const uint32_t args[4]);
    void *opaque;
} ARMSemihosting;

#endif
