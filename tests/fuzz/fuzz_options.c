/* SPDX-License-Identifier: MIT */
/* Fuzzing of the command line (libFuzzer): the input is the arguments, one a line. Whatever they
 * are, they come to options within their ranges, or to one message; no file is touched. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "util/log.h"

#define MAX_ARGS 32

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
    if (!good) {
        abort();
    }
}

static void check_options(const Options *o)
{
    unsigned stdio = 0;
    check(o->machine && o->cpu.model);
    check(o->ram_size >= 1u << 20 && o->ram_size <= o->machine->ram_max);
    check(o->icount_shift <= 10 && o->cpu.exact == o->icount);
    for (unsigned i = 0; i < MACHINE_MAX_SERIAL; i++) {
        stdio += o->serial[i].kind == SERIAL_STDIO;
        check((o->serial[i].kind == SERIAL_FILE) == (o->serial[i].path != NULL));
    }
    check(stdio <= 1);
    for (size_t i = 0; i < o->device_count; i++) {
        const LoaderDevice *d = &o->devices[i];
        check(d->data_len <= 8 && (d->file || d->data_len || d->set_pc));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char name[] = "tqemu";
    char *argv[MAX_ARGS + 1] = { name };
    int argc = 1;
    Options o;
    /* Each argument is of its own size, so that a byte too far is seen. */
    for (size_t i = 0; i < size && argc < MAX_ARGS; i++) {
        const uint8_t *end = memchr(data + i, '\n', size - i);
        size_t n = end ? (size_t)(end - data) - i : size - i;
        char *arg = malloc(n + 1);
        check(arg != NULL);
        memcpy(arg, data + i, n);
        arg[n] = 0;
        argv[argc++] = arg;
        i += n;
    }
    char *made[MAX_ARGS];
    memcpy(made, argv, sizeof made);
    OptionsResult result = options_parse(&o, argc, argv);
    check(result == OPTIONS_RUN || result == OPTIONS_DONE || result == OPTIONS_BAD);
    if (result == OPTIONS_RUN) {
        check_options(&o);
    }
    options_free(&o);
    log_mask = 0;
    for (int i = 1; i < argc; i++) {
        free(made[i]);
    }
    return 0;
}
