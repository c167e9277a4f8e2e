/* SPDX-License-Identifier: MIT */
/* Other ends of a serial port: a file that stores what the guest sends (-serial file:PATH), or
 * nothing, which discards it (-serial null). Neither has input. */
#ifndef SERIAL_CHARDEV_FILE_H
#define SERIAL_CHARDEV_FILE_H

#include <stdbool.h>

#include "bus/chardev.h"
#include "util/output.h"

typedef struct FileChardev {
    Chardev chr;      /* hand this to the port */
    const char *path; /* NULL: bytes are discarded */
    bool append;      /* to what the file has already */
    Output out;
    bool reported; /* a failed write */
} FileChardev;

/* Prepares *f. `path` must outlive it; NULL: discard all bytes. */
void file_chardev_init(FileChardev *f, const char *path, bool append);

/* Creates or, unless it appends, empties the file; false (errno set) if that fails. Bytes sent
 * before are lost. */
bool file_chardev_open(FileChardev *f);

/* Closes the file. False, after an error_report(), if not all could be written. */
bool file_chardev_close(FileChardev *f);

#endif
