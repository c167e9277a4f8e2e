/* SPDX-License-Identifier: MIT */
/* Untrusted text for a terminal. */
#include "util/escape.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Decodes the UTF-8 character at the start of `text` (The Unicode Standard, table 3-7). Returns its
 * length in bytes, 0 if it is not UTF-8. */
static size_t decode(const char *text, uint32_t *character)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 }; /* by length */
    uint8_t first = (uint8_t)text[0];
    size_t length = first < 0x80   ? 1
                    : first < 0xc2 ? 0
                    : first < 0xe0 ? 2
                    : first < 0xf0 ? 3
                    : first < 0xf5 ? 4
                                   : 0;
    uint32_t c = length > 1 ? first & (0x7fu >> length) : first;
    for (size_t i = 1; i < length; i++) {
        uint8_t next = (uint8_t)text[i]; /* a NUL is no continuation byte, either */
        if ((next & 0xc0) != 0x80) {
            return 0;
        }
        c = c << 6 | (next & 0x3f);
    }
    if (length && (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))) {
        return 0;
    }
    *character = c;
    return length;
}

static bool printable(uint32_t c)
{
    return c >= 0x20 && !(c >= 0x7f && c <= 0x9f) && c != 0x61c && c != 0x200e && c != 0x200f &&
           !(c >= 0x2028 && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
}

size_t escape_next(const char *text, char shown[ESCAPE_SIZE])
{
    static const char simple[] = "\nn\rr\tt"; /* each character with its letter */
    uint32_t c = 0;
    size_t length = decode(text, &c);
    const char *letter = length == 1 && c ? strchr(simple, (int)c) : NULL;
    if (length && printable(c)) {
        memcpy(shown, text, length);
        shown[length] = '\0';
    } else if (letter) {
        snprintf(shown, ESCAPE_SIZE, "\\%c", letter[1]);
    } else if (length > 1) {
        snprintf(shown, ESCAPE_SIZE, "\\u%04x", (unsigned)(c & 0xffff));
    } else {
        snprintf(shown, ESCAPE_SIZE, "\\x%02x", (unsigned)(uint8_t)text[0]);
    }
    return length ? length : 1;
}
