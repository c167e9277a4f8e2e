/* SPDX-License-Identifier: MIT */
/* Private to options*.c: the table of options and the parser's state. */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include "options.h"

/* The parser's state. */
typedef struct OptionsParser {
    Options *o;
    bool done;                   /* -help or the like was printed */
    bool ram_given;              /* -m */
    unsigned serial_count;       /* -serial options so far */
    const char *cpu_model;       /* -cpu */
    const char *name;            /* the present option, with its dash, */
    const struct Option *option; /* and its row */
} OptionsParser;

typedef struct Option {
    const char *name;
    const char *arg; /* its argument in -help; NULL: it has none */
    /* Parses the argument. False after an error_report(). */
    bool (*parse)(OptionsParser *p, char *arg);
    const char *help; /* NULL: another name for the row before */
    size_t offset;    /* in Options, for parsers of several rows */
} Option;

/* All options, ended by a NULL name. */
extern const Option option_table[];

/* The options that QEMU has and tqemu does not, ended by NULL. */
extern const char *const options_of_qemu[];

/* Parses the argument of -device: "loader,file=F,addr=A,cpu-num=0,force-raw=on",
 * "loader,data=V,data-len=N,addr=A,data-be=on" or "loader,addr=A,cpu-num=0" (QEMU's generic
 * loader), which is changed and must outlive *device. False after an error_report(). */
bool options_parse_device(char *arg, LoaderDevice *device);

#endif
