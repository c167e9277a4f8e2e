/* SPDX-License-Identifier: MIT */
/* Names in messages: what changes a line or a terminal is escaped, the rest is not. */
#include "util/escape.h"

#include <stdint.h>

#include "tests/unit/tap.h"

static const char *escaped(const char *text)
{
    static char all[256];
    size_t used = 0;
    while (*text) {
        char shown[ESCAPE_SIZE];
        text += escape_next(text, shown);
        used += (size_t)snprintf(all + used, sizeof all - used, "%s", shown);
    }
    all[used] = '\0';
    return all;
}

static void test_ascii(void)
{
    char all[96], controls[128];
    for (int c = 0x20; c < 0x7f; c++) {
        all[c - 0x20] = (char)c;
    }
    all[0x7f - 0x20] = '\0';
    is_str(escaped(all), all, "ASCII that can be printed");
    for (int c = 1; c < 0x20; c++) {
        controls[c - 1] = (char)c;
    }
    strcpy(controls + 0x1f, "\x7f");
    is_str(escaped(controls),
           "\\x01\\x02\\x03\\x04\\x05\\x06\\x07\\x08\\t\\n\\x0b\\x0c\\r\\x0e\\x0f\\x10\\x11\\x12"
           "\\x13\\x14\\x15\\x16\\x17\\x18\\x19\\x1a\\x1b\\x1c\\x1d\\x1e\\x1f\\x7f",
           "control characters");
}

static void test_utf8(void)
{
    static const char good[] = "\xc2\xa0 \xc3\xa4 \xdf\xbf \xe0\xa0\x80 \xe2\x82\xac \xed\x9f\xbf "
                               "\xee\x80\x80 \xef\xbf\xbf \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf";
    is_str(escaped(good), good, "UTF-8 of two, three and four bytes, first and last");
    is_str(escaped("\xc2\x80 \xc2\x9b[2J \xc2\x9f"), "\\u0080 \\u009b[2J \\u009f", "C1");
    is_str(escaped("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae\xe2\x81\xa6\xd8\x9c\xe2\x80\x8f"),
           "\\u2028\\u2029\\u202e\\u2066\\u061c\\u200f", "separators, and changes of direction");
}

static void test_no_utf8(void)
{
    is_str(escaped("\x80 \xbf \xc0\x80 \xc1\xbf"), "\\x80 \\xbf \\xc0\\x80 \\xc1\\xbf",
           "no first byte, or a longer form than needed");
    is_str(escaped("\xe0\x9f\xbf"), "\\xe0\\x9f\\xbf", "three bytes where two will do");
    is_str(escaped("\xf0\x8f\xbf\xbf"), "\\xf0\\x8f\\xbf\\xbf", "four bytes where three will do");
    is_str(escaped("\xed\xa0\x80"), "\\xed\\xa0\\x80", "half of a surrogate pair");
    is_str(escaped("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80", "beyond the last character");
    is_str(escaped("\xf5\x80\x80\x80"), "\\xf5\\x80\\x80\\x80", "far beyond");
    is_str(escaped("\xf8\x90\x80\x80\xff\xfe"), "\\xf8\\x90\\x80\\x80\\xff\\xfe", "never used");
    is_str(escaped("\xc3"), "\\xc3", "cut off after one byte of two");
    is_str(escaped("\xf0\x90\x80"), "\\xf0\\x90\\x80", "after three of four");
    is_str(escaped("\xc3\x1b\xc3\xc3\xa4"), "\\xc3\\x1b\\xc3\xc3\xa4",
           "the next character is found again");
}

int main(void)
{
    test_ascii();
    test_utf8();
    test_no_utf8();
    return done_testing();
}
