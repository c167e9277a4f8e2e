/* SPDX-License-Identifier: MIT */
/* Outsides of a serial port other than the console: a file that collects what the guest sends
 * (-serial file:PATH), and one that swallows it (-serial null). Neither ever has input. */
#ifndef SERIAL_CHARDEV_FILE_H
#define SERIAL_CHARDEV_FILE_H

#include <stdbool.h>

#include "bus/chardev.h"
#include "util/output.h"

typedef struct FileChardev {
    Chardev chr;      /* hand this to the port */
    const char *path; /* NULL: bytes are swallowed */
    Output out;
    bool reported; /* that it cannot be written */
} FileChardev;

/* Prepares it; `path`, which must outlive it, NULL: swallow. */
void file_chardev_init(FileChardev *f, const char *path);

/* Makes the file anew; false (errno set) if it cannot be. Before that what is put is lost. */
bool file_chardev_open(FileChardev *f);

/* False, after an error_report(), if the file could not be written in full. */
bool file_chardev_close(FileChardev *f);

#endif
