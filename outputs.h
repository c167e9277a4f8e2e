/* SPDX-License-Identifier: MIT */
/* The files that a run writes: -serial file:PATH, -D and -M dumpdtb=. None of them is emptied
 * before the inputs have been read and all names have been compared. */
#ifndef OUTPUTS_H
#define OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "options.h"
#include "serial/chardev_file.h"
#include "serial/console.h"

typedef struct Outputs {
    const Options *options;
    Console *console;                       /* NULL: standard input and output are not used */
    FileChardev serial[MACHINE_MAX_SERIAL]; /* of SERIAL_FILE and SERIAL_NULL */
} Outputs;

/* Prepares the serial ports' files; nothing is opened. Both pointers must outlive *out. */
void outputs_init(Outputs *out, const Options *options, Console *console);

/* Opens all of them but the device tree's, and has the host write what waits in them if a signal
 * ends the program on the spot. False, after an error_report(), if one cannot be opened, or is an
 * input or another output as well. */
bool outputs_open(Outputs *out);

/* Writes what the guest has sent and what was logged. False if some of it could not be written,
 * which was reported once: the run has to end. */
bool outputs_flush(Outputs *out);

/* Closes all of them; harmless if they are not open. False as above. */
bool outputs_close(Outputs *out);

/* Writes the device tree to the file of -M dumpdtb=. False after an error_report(). */
bool outputs_dump_dtb(const Outputs *out, const uint8_t *dtb, size_t len);

#endif
