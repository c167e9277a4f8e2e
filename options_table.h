/* SPDX-License-Identifier: MIT */
/* The inside of the command line: the table of options, and what its files share. */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include "options.h"

/* A parse under way. */
typedef struct OptionsParser {
    Options *o;
    bool done;                   /* something like -help was printed */
    bool ram_given;              /* -m */
    unsigned serial_count;       /* times that -serial was given */
    const char *cpu_model;       /* -cpu */
    const char *name;            /* the option that is being parsed, with its dash, */
    const struct Option *option; /* and its row */
} OptionsParser;

typedef struct Option {
    const char *name;
    const char *arg; /* what -help calls its argument; NULL: it has none */
    /* Parses the argument. False after an error_report(). */
    bool (*parse)(OptionsParser *p, char *arg);
    const char *help; /* NULL: another name of the row before */
    size_t offset;    /* in Options, for parsers that serve several rows */
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
