/* SPDX-License-Identifier: MIT */
/* Outsides of a serial port other than the console: a file that collects what the guest sends
 * (-serial file:PATH), and one that swallows it (-serial null). Neither ever has input. */
#ifndef SERIAL_CHARDEV_FILE_H
#define SERIAL_CHARDEV_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "serial/chardev.h"

typedef struct FileChardev {
    Chardev chr; /* hand this to the port */
    FILE *file;  /* NULL: bytes are swallowed */
} FileChardev;

/* `path` NULL: swallow. Otherwise the file is made anew; false (errno set) if it cannot be. */
bool file_chardev_open(FileChardev *f, const char *path);

/* False if the file could not be written in full. */
bool file_chardev_close(FileChardev *f);

#endif
