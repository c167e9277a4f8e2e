/* SPDX-License-Identifier: MIT */
/* The files of -coverage: what the guest has executed, for tools that read DynamoRIO's drcov. */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "boot/loader.h"
#include "machine/machine.h"
#include "options.h"
#include "util/output.h"

/* Writes drcov's file to `drcov`, and to `counts`, unless it is NULL, a line for each piece of
 * code: address and bytes in hexadecimal, executions. An Output remembers what fails. */
void coverage_write(Output *drcov, Output *counts, const Options *options, const LoaderPlan *plan,
                    Machine *machine);

#endif
