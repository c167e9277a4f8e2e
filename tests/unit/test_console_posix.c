/* SPDX-License-Identifier: MIT */
/* The POSIX host: what waits in buffers when a signal ends the program on the spot, and which names
 * are of one file. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "host/host.h"
#include "tests/unit/tap.h"

static char path[1024], other[1024]; /* beside this program */
static Output out;

/* A child writes to the file and dies of so many of these signals; false if it does otherwise. */
static bool dies(int sig, int times, const char *written, const char *waiting)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        for (; *written; written++) {
            output_put(&out, (uint8_t)*written);
        }
        output_flush(&out);
        for (; *waiting; waiting++) {
            output_put(&out, (uint8_t)*waiting);
        }
        host_rescue(out.file, &out.buffer);
        host_open(false, false);
        for (int i = 0; i < times; i++) {
            raise(sig);
        }
        _Exit(3);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == sig;
}

static const char *content(void)
{
    static char text[64];
    FILE *file = fopen(path, "rb");
    size_t n = file ? fread(text, 1, sizeof text - 1, file) : 0;
    text[n] = '\0';
    if (file) {
        fclose(file);
    }
    return text;
}

static void test_rescue(void)
{
    const struct {
        int sig, times;
        const char *name;
    } ways[] = { { SIGABRT, 1, "SIGABRT" },       { SIGSYS, 1, "SIGSYS" },
                 { SIGTRAP, 1, "SIGTRAP" },       { SIGTERM, 2, "SIGTERM twice" },
                 { SIGXCPU, 2, "SIGXCPU twice" }, { SIGRTMIN + 1, 2, "SIGRTMIN + 1 twice" } };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ok(output_open(&out, path, "wb"), "a file");
        ok(dies(ways[i].sig, ways[i].times, "written, ", "waiting"), ways[i].name);
        output_close(&out);
        is_str(content(), "written, waiting", "what waits in a buffer is in the file, once");
    }
}

/* Nobody reads a pipe that is full: the program must die all the same. */
static void test_full_pipe(void)
{
    int ends[2];
    if (!ok(pipe(ends) == 0, "a pipe")) {
        return;
    }
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while (write(ends[1], path, sizeof path) > 0 || write(ends[1], path, 1) > 0) {
    }
    fcntl(ends[1], F_SETFL, 0);
    out = (Output){ .file = fdopen(ends[1], "wb") };
    ok(dies(SIGABRT, 1, "", "waiting"), "SIGABRT with a full pipe");
    fclose(out.file);
    close(ends[0]);
}

static void test_same_file(void)
{
    char long_name[1100];
    snprintf(long_name, sizeof long_name, "%.*s/./%s", (int)(strrchr(path, '/') - path), path,
             strrchr(path, '/') + 1);
    remove(other);
    ok(host_same_file(other, other), "one name of no file");
    ok(!host_same_file(path, other) && !host_same_file(other, path), "a file and none");
    ok(host_same_file(path, path), "one name of a file");
    ok(host_same_file(path, long_name), "two names of a file");
    FILE *file = fopen(other, "wb");
    ok(file && !host_same_file(path, other), "two files");
    ok(file && host_same_stream(other, file) && !host_same_stream(path, file), "a stream's file");
    if (file) {
        fclose(file);
    }
    remove(other);
    ok(link(path, other) == 0 && host_same_file(path, other), "a hard link");
    remove(other);
    ok(symlink(strrchr(path, '/') + 1, other) == 0 && host_same_file(path, other),
       "a symbolic link");
    remove(other);
    ok(!host_same_file("/dev/null", "/dev/null"), "a device may be named twice");
}

int main(int argc, char **argv)
{
    const char *program = argc > 0 && strchr(argv[0], '/') ? argv[0] : "./test_console_posix";
    snprintf(path, sizeof path, "%s.out", program);
    snprintf(other, sizeof other, "%s.other", program);
    test_rescue();
    test_full_pipe();
    test_same_file();
    remove(path);
    return done_testing();
}
