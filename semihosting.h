/* SPDX-License-Identifier: MIT */
/* The host's side of semihosting: the console, files, time and the end of the run; or gdb's, which
 * gets the calls that have to do with files. */
#ifndef SEMIHOSTING_H
#define SEMIHOSTING_H

#include <stdbool.h>
#include <stdint.h>

#include "guest_files.h"

/* The call that gdb executes. */
typedef struct SemihostingGdb {
    bool decided;     /* target=auto: the guest has made a call */
    bool reported;    /* the user was told that no gdb is there */
    char request[64]; /* as gdb has got it */
    uint32_t operation, r1, handle, length;
    uint32_t pc; /* where it is made */
} SemihostingGdb;

typedef struct Semihosting {
    GuestFiles files;
    const Chardev
        *chr;       /* of SYS_WRITEC, SYS_WRITE0 and SYS_READC; NULL: standard error and input */
    Chardev gdb;    /* of ":tt" and standard error, if gdb has standard input and output */
    bool chr_waits; /* its input may come at any time, and has no end */
    int64_t start;  /* under -icount SYS_TIME's result at the start of the run, else 0 */
    char *command_line; /* SYS_GET_CMDLINE's */
    char temporary[64]; /* the last name that SYS_TMPNAM has made */
    SemihostingGdb by_gdb;
} Semihosting;

struct Run;

/* Serves the semihosting calls of the run's CPU, with the character devices that the options have
 * for serial ports. False after an error_report(). */
bool semihosting_open(struct Run *r, Chardev *const *serial);

/* semihosting_gdb.c: passes a call on to gdb, if it is for gdb; ARMSemihosting's `redirect`. */
int64_t semihosting_redirect(void *opaque, uint32_t operation, uint32_t r1, const uint32_t args[4]);

/* Closes the guest's files and frees everything. */
void semihosting_close(Semihosting *s);

#endif
