/* SPDX-License-Identifier: MIT */
/* Foreign text for a terminal: a name may hold anything, and a message must stay one line that
 * changes nothing on the terminal it is shown on. */
#ifndef UTIL_ESCAPE_H
#define UTIL_ESCAPE_H

#include <stddef.h>

#define ESCAPE_SIZE 8 /* bytes of the longest result, with its end */

/* Converts the first character of `text`, which is not empty, to a string in `shown`; returns how
 * many bytes of `text` it has. Printable UTF-8 stays as it is. Control characters (C0, DEL, C1),
 * line and paragraph separators and those that change the direction of text become \n, \r, \t, \x1b
 * or \u202e; a byte that is no UTF-8 becomes \xff. */
size_t escape_next(const char *text, char shown[ESCAPE_SIZE]);

#endif
