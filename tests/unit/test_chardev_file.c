/* SPDX-License-Identifier: MIT */
/* Files and nothing as the outside of a serial port. */
#include "serial/chardev_file.h"
#include "tests/unit/tap.h"

static FileChardev f;

static void put(const char *text)
{
    for (; *text; text++) {
        f.chr.put(f.chr.opaque, (uint8_t)*text);
    }
}

static bool silent(void)
{
    uint8_t byte = 0;
    return !f.chr.pending(f.chr.opaque) && !f.chr.get(f.chr.opaque, &byte) &&
           !(f.chr.take_break && f.chr.take_break(f.chr.opaque));
}

int main(int argc, char **argv)
{
    char path[1024], text[64] = "";
    snprintf(path, sizeof path, "%s.out", argc > 0 ? argv[0] : "test_chardev_file");

    ok(file_chardev_open(&f, NULL), "nothing: opened");
    put("gone");
    ok(silent(), "nothing: says nothing");
    ok(file_chardev_close(&f), "nothing: closed");

    for (unsigned i = 0; i < 2; i++) {
        ok(file_chardev_open(&f, path), "a file: opened");
        put(i ? "once more\xff" : "Hello, and more than once more\n");
        ok(silent(), "a file: says nothing");
        ok(file_chardev_close(&f), "a file: closed");
    }
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    ok(n == 10 && strcmp(text, "once more\xff") == 0, "it has what the second guest has sent");
    if (file) {
        fclose(file);
    }
    remove(path);
    ok(!file_chardev_open(&f, "/nowhere/at/all"), "a file that cannot be made");
    return done_testing();
}
