/* SPDX-License-Identifier: MIT */
/* Files and nothing as the outside of a serial port. */
#include "serial/chardev_file.h"
#include "tests/unit/tap.h"
#include "util/log.h"

static FileChardev f;
static unsigned reports;

void error_report(const char *fmt, ...)
{
    (void)fmt;
    reports++;
}

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

/* What the file has; compared as a string. */
static const char *content(const char *path)
{
    static char text[2 * OUTPUT_SIZE];
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[n] = '\0';
    if (file) {
        fclose(file);
    }
    return text;
}

static void test_nothing(void)
{
    file_chardev_init(&f, NULL, false);
    ok(file_chardev_open(&f), "nothing: opened");
    put("gone");
    ok(silent(), "nothing: says nothing");
    ok(!f.chr.flush, "nothing: keeps nothing back");
    ok(file_chardev_close(&f), "nothing: closed");
}

static void test_file(const char *path)
{
    for (unsigned i = 0; i < 2; i++) {
        file_chardev_init(&f, path, false);
        put("too early");
        ok(file_chardev_open(&f), "a file: opened");
        is_str(content(path), "", "a file: empty");
        put(i ? "once more\xff" : "Hello, and more than once more\n");
        ok(silent(), "a file: says nothing");
        ok(file_chardev_close(&f), "a file: closed");
    }
    is_str(content(path), "once more\xff", "it has what the second guest has sent");

    file_chardev_init(&f, path, false);
    ok(file_chardev_open(&f), "a file: opened once more");
    put("a");
    ok(f.chr.flush(&f), "flushed");
    is_str(content(path), "a", "what was put before a flush is in the file after it");
    static char many[OUTPUT_SIZE + 1];
    memset(many, 'b', OUTPUT_SIZE);
    put(many);
    put("c");
    ok(strlen(content(path)) == 1 + OUTPUT_SIZE, "a full buffer is written by itself");
    ok(file_chardev_close(&f), "closed");
    ok(strlen(content(path)) == 2 + OUTPUT_SIZE, "and the rest is with the end");
    remove(path);
    file_chardev_init(&f, "/nowhere/at/all", false);
    ok(!file_chardev_open(&f), "a file that cannot be made");
}

/* A disk that is full, where the host has one. */
static void test_full(void)
{
    file_chardev_init(&f, "/dev/full", false);
    if (!file_chardev_open(&f)) {
        return;
    }
    put("a");
    is_u32(reports, 0, "full: nothing is written yet");
    ok(!f.chr.flush(&f), "full: the flush fails");
    is_u32(reports, 1, "full: and says so");
    put("b");
    ok(!f.chr.flush(&f) && !file_chardev_close(&f), "full: so does the rest");
    is_u32(reports, 1, "full: which was said");
}

int main(int argc, char **argv)
{
    char path[1024];
    snprintf(path, sizeof path, "%s.out", argc > 0 ? argv[0] : "test_chardev_file");
    test_nothing();
    test_file(path);
    test_full();
    return done_testing();
}
