/* SPDX-License-Identifier: MIT */
/* Option lists, "key=value,key=value", as QEMU's options have them. A table of properties says
 * which keys there are and where their values go; ",," stands for a comma in a value. */
#ifndef UTIL_OPTLIST_H
#define UTIL_OPTLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a property's value is, and the type of the member that takes it. */
typedef enum OptKind {
    OPT_BOOL,   /* on, yes, true or off, no, false; no value means on: bool */
    OPT_NOT,    /* the same, stored inverted */
    OPT_CHOICE, /* one of the words in the syntax: unsigned, its place there from 0 */
    OPT_NUMBER, /* decimal, 0x hexadecimal or 0 octal, at most `max`: uint64_t */
    OPT_SIZE,   /* decimal, in MiB or with a suffix B, K, M, G or T: uint64_t, bytes */
    OPT_STRING, /* anything but "": const char *, into the list */
} OptKind;

typedef struct OptProperty {
    const char *syntax; /* "key=on|off": the key, and what its values look like */
    OptKind kind;
    size_t offset; /* of the member in the target; OPT_NOWHERE: the value is only checked */
    uint64_t max;  /* of OPT_NUMBER */
} OptProperty;

#define OPT_NOWHERE SIZE_MAX

/* Cuts the next item off *list, which is changed, and sets *value to what follows its '=' (NULL
 * without one). Returns the item, or NULL at the end. */
char *optlist_next(char **list, char **value);

/* Parses what is left of `list` into *target by the table `props` (ended by a NULL syntax). A first
 * item without '=' is the value of the property whose key is `implied` (NULL: of none). Bit n of
 * *given (NULL: not wanted) is set where props[n] was given. False after an error_report() that
 * names `option`. */
bool optlist_parse(const char *option, const OptProperty *props, const char *implied, char *list,
                   void *target, unsigned *given);

/* A whole number, written as for OPT_NUMBER; false if it is anything else or more than `max`. */
bool opt_number(const char *text, uint64_t max, uint64_t *n);

#endif
