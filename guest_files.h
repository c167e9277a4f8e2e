/* SPDX-License-Identifier: MIT */
/* The host's files as semihosting gives them to the guest: handles, by ISO C's streams.
 *
 * ":tt" is the console's input and output, and standard error; ":semihosting-features" is a file of
 * five bytes that says so. Functions return what SemihostingCall's result is (cpu/semihosting.h):
 * minus a GUEST_* error if they fail. */
#ifndef GUEST_FILES_H
#define GUEST_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "serial/console.h"

#define GUEST_FILES 128

typedef enum GuestFileKind {
    FILE_CLOSED,
    FILE_STDIN,
    FILE_STDOUT,
    FILE_STDERR,
    FILE_FEATURES,
    FILE_HOST,
    FILE_GDB
} GuestFileKind;

/* What a stream did last. */
typedef enum GuestFileUse { FILE_POSITIONED, FILE_READ, FILE_WRITTEN } GuestFileUse;

typedef struct GuestFile {
    GuestFileKind kind;
    GuestFileUse last; /* of FILE_HOST, */
    FILE *file;        /* and its stream */
    uint32_t at;       /* of FILE_FEATURES: the position; of FILE_GDB: gdb's handle */
} GuestFile;

typedef struct GuestFiles {
    Console *console;             /* of ":tt"; NULL: gdb has it, */
    const Chardev *chr;           /* and prints here what goes to ":tt"; else the console's */
    bool wrote;                   /* to standard error */
    bool gdb;                     /* ":tt" is gdb's */
    GuestFile files[GUEST_FILES]; /* handle n is files[n - 1] */
} GuestFiles;

/* Opens a file in a mode of the specification, 0 ("r") to 11 ("a+b"). Returns the handle. */
int64_t guest_files_open(GuestFiles *g, const char *name, uint32_t mode);
int64_t guest_files_close(GuestFiles *g, uint32_t handle);

/* Makes a handle for a file that gdb has opened; the functions below are not for it. */
int64_t guest_files_add_gdb(GuestFiles *g, uint32_t gdb_handle);
/* gdb's handle of such a file. False: it is another, or none. */
bool guest_files_of_gdb(GuestFiles *g, uint32_t handle, uint32_t *gdb_handle);

/* Closes all; once no guest runs. */
void guest_files_close_all(GuestFiles *g);

/* Return the number of bytes. Reading from the console gives what is there, or SEMIHOSTING_WAIT. */
int64_t guest_files_read(GuestFiles *g, uint32_t handle, uint8_t *bytes, size_t n);
int64_t guest_files_write(GuestFiles *g, uint32_t handle, const uint8_t *bytes, size_t n);

/* The console's input, as guest_files_read(); a read of 0 bytes does not wait. */
int64_t guest_files_read_console(GuestFiles *g, uint8_t *bytes, size_t n);

int64_t guest_files_seek(GuestFiles *g, uint32_t handle, uint32_t to);
int64_t guest_files_length(GuestFiles *g, uint32_t handle);
/* 1, or minus GUEST_ENOTTY. */
int64_t guest_files_is_tty(GuestFiles *g, uint32_t handle);
int64_t guest_files_remove(const char *name);
int64_t guest_files_rename(const char *name, const char *new_name);

/* Minus the guest's number for the host's `error`, an errno; for 0 minus GUEST_EIO. */
int64_t guest_error(int error);

/* Writes to standard error, after what the console has; where the host has none, to the console.
 * Returns the number of bytes. */
int64_t guest_files_write_error(GuestFiles *g, const uint8_t *bytes, size_t n);

#endif
