/* SPDX-License-Identifier: MIT */
/* Option lists, "key=value,key=value", as in QEMU's options. A table of properties says which keys
 * exist and where their values are stored. ",," is a comma in a value. */
#ifndef UTIL_OPTLIST_H
#define UTIL_OPTLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kind of a property's value, and the type of the member that stores it. */
typedef enum OptKind {
    OPT_BOOL,   /* on, yes, true or off, no, false; no value means on: bool */
    OPT_NOT,    /* the same, stored inverted */
    OPT_CHOICE, /* one of the words in the syntax: unsigned, its index there */
    OPT_NUMBER, /* decimal, 0x hexadecimal or 0 octal, at most `max`: uint64_t */
    OPT_SIZE,   /* decimal, in MiB or with a suffix B, K, M, G or T: uint64_t, bytes */
    OPT_STRING, /* any text except "": const char *, pointing into the list */
    OPT_EACH,   /* any text, each time that it is given: OptStrings */
} OptKind;

typedef struct OptProperty {
    const char *syntax; /* "key=on|off": the key, and the form of its values */
    OptKind kind;
    size_t offset; /* of the member in the target; OPT_NOWHERE: only check the value */
    uint64_t max;  /* of OPT_NUMBER */
} OptProperty;

#define OPT_NOWHERE SIZE_MAX

typedef struct OptStrings {
    const char **list; /* from malloc(): the strings point into the options' lists */
    size_t count;
} OptStrings;

/* Cuts the next item off *list, whose text it changes, and sets *value to the text after its '='
 * (NULL: there is none). Returns the item, or NULL at the end. */
char *optlist_next(char **list, char **value);

/* Parses the rest of `list` into *target by the table `props` (ended by a NULL syntax). If the
 * first item has no '=', it is the value of the key `implied` (NULL: of none). Bit n of *given
 * (NULL: not wanted) is set if props[n] was given. False after an error_report() that names
 * `option`. */
bool optlist_parse(const char *option, const OptProperty *props, const char *implied, char *list,
                   void *target, unsigned *given);

/* A table of properties, and the struct with their members. */
typedef struct OptTable {
    const OptProperty *props; /* NULL ends an array of tables */
    void *target;
} OptTable;

/* The same by several tables: a key belongs to the first table that has it. */
bool optlist_parse_tables(const char *option, const OptTable *tables, const char *implied,
                          char *list);

/* The index of the word of `length` bytes among those of "a|b|c", or -1. */
int opt_word(const char *words, const char *word, size_t length);

/* Parses a whole number, as for OPT_NUMBER; false if it is anything else or more than `max`. */
bool opt_number(const char *text, uint64_t max, uint64_t *n);

#endif
