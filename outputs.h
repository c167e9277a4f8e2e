/* SPDX-License-Identifier: MIT */
/* The files that a run writes: -serial file:PATH, -D, -coverage, -icount rr=record, -pidfile and -M
 * dumpdtb=. All names are compared before any of them is emptied, and all inputs are read, but for
 * a snapshot and a log that is replayed. */
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
    Console *console;                   /* NULL: standard input and output are not used */
    FileChardev serial[OPTIONS_SERIAL]; /* for SERIAL_FILE and SERIAL_NULL */
    Output coverage, counts;            /* of -coverage */
    Output recording;                   /* of -icount rr=record */
    bool recording_reported;            /* that it could not be written */
    bool has_pidfile;                   /* the file of -pidfile is there */
} Outputs;

/* Prepares the serial ports' files without opening them. Both pointers must outlive *out. */
void outputs_init(Outputs *out, const Options *options, Console *console);

/* Opens all files except the device tree, and registers their buffers with host_rescue(). False,
 * after an error_report(), if one cannot be opened, or is also an input or another output. */
bool outputs_open(Outputs *out);

/* Writes the buffered output of the guest and the log. False if some could not be written, which
 * was reported once: the run must end. */
bool outputs_flush(Outputs *out);

/* Writes the file of -pidfile, if there is one. False after an error_report(). */
bool outputs_write_pid(Outputs *out);

/* At the end of a run: writes the files of -coverage, if they are open. What fails, outputs_close()
 * reports. */
void outputs_write_coverage(Outputs *out, const LoaderPlan *plan, Machine *machine);

/* Closes all files that are open, and removes that of -pidfile. False as for outputs_flush(). */
bool outputs_close(Outputs *out);

/* Writes a whole file; `sync`: on the disk. False with errno set: it may be there in part. */
bool outputs_write_file(const char *path, const void *bytes, size_t len, bool sync);

/* Writes the device tree to the file of -M dumpdtb=. False after an error_report(). */
bool outputs_dump_dtb(const Outputs *out, const uint8_t *dtb, size_t len);

#endif
