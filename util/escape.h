/* SPDX-License-Identifier: MIT */
/* Untrusted text for a terminal: a name may contain any bytes, but a message must stay one line and
 * must not control the terminal. */
#ifndef UTIL_ESCAPE_H
#define UTIL_ESCAPE_H

#include <stddef.h>

#define ESCAPE_SIZE 8 /* bytes of the longest result, with its NUL */

/* Converts the first character of `text`, which is not empty, to a string in `shown`. Returns the
 * length of that character in bytes. Printable UTF-8 stays unchanged. Control characters (C0, DEL,
 * C1), line and paragraph separators and characters that change the direction of text become \n,
 * \r, \t, \x1b or \u202e; a byte that is not UTF-8 becomes \xff. */
size_t escape_next(const char *text, char shown[ESCAPE_SIZE]);

#endif
