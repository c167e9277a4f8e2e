/* SPDX-License-Identifier: MIT */
/* The console core on a host of the test's making. */
#include "serial/console.h"

#include <string.h>

#include "host/host.h"
#include "tests/unit/tap.h"
#include "util/log.h"

static struct {
    bool terminal, eof, interrupted;
    uint8_t *input; /* what standard input has */
    size_t left;
    size_t takes; /* what standard output takes in one piece */
    size_t room;  /* and all in all */
    bool broken;  /* beyond that: a closed pipe; else it would block */
    uint8_t got[1 << 16];
    size_t got_len;
    unsigned waits_done, reports;
    unsigned what;      /* of the last wait */
    void (*wait)(void); /* what happens while it waits */
} host;

static Console con;

bool host_read_waits(void)
{
    return false;
}

bool host_is_terminal(void)
{
    return host.terminal;
}

int host_read(uint8_t *bytes, size_t n)
{
    if (host.left == 0) {
        return host.eof ? HOST_EOF : 0;
    }
    size_t some = n < host.left ? n : host.left;
    memcpy(bytes, host.input, some);
    host.input += some;
    host.left -= some;
    return (int)some;
}

int host_write(const uint8_t *bytes, size_t n, const char **why)
{
    size_t some = n < host.takes ? n : host.takes;
    some = some < host.room ? some : host.room;
    if (some == 0) {
        *why = "Broken pipe";
        return host.broken ? HOST_EOF : 0;
    }
    memcpy(host.got + host.got_len, bytes, some);
    host.got_len += some;
    host.room -= some;
    return (int)some;
}

void host_wait(int64_t ns, unsigned what)
{
    (void)ns;
    host.what = what;
    host.waits_done++;
    host.wait();
}

bool host_interrupted(void)
{
    return host.interrupted;
}

void error_report(const char *fmt, ...)
{
    (void)fmt;
    host.reports++;
}

static void more_room(void)
{
    host.room = 100;
}

static void start(bool terminal)
{
    console_free(&con);
    memset(&host, 0, sizeof host);
    host.terminal = terminal;
    host.takes = host.room = sizeof host.got;
    host.wait = more_room;
    console_init(&con, NULL);
    console_start(&con);
}

static void type(const void *bytes, size_t n)
{
    static uint8_t copy[1 << 20];
    memcpy(copy, bytes, n);
    host.input = copy;
    host.left = n;
    console_poll(&con);
}

/* All that the guest can read now, as a string. */
static const char *read_all(void)
{
    static char text[64];
    size_t n = 0;
    uint8_t byte;
    while (n < sizeof text - 1 && con.chr.get(con.chr.opaque, &byte)) {
        text[n++] = (char)byte;
    }
    text[n] = '\0';
    return text;
}

static void send(const char *text)
{
    for (; *text; text++) {
        con.chr.put(con.chr.opaque, (uint8_t)*text);
    }
}

static void test_keys(void)
{
    start(true);
    type("abc", 3);
    is_str(read_all(), "abc", "keys arrive");
    type("d\001\001e", 4);
    is_str(read_all(), "d\001e", "Ctrl-A Ctrl-A is one Ctrl-A");
    type("f\001", 2);
    type("qg", 2);
    is_str(read_all(), "fg", "Ctrl-A and an unknown key are nothing, also in two pieces");
    ok(!con.chr.take_break(con.chr.opaque), "no break yet");
    type("\001b", 2);
    ok(con.chr.take_break(con.chr.opaque), "Ctrl-A b is a break");
    ok(!con.chr.take_break(con.chr.opaque), "and only one");
    ok(!console_ended(&con), "it runs");
    type("h\001xi", 4);
    ok(console_ended(&con) && con.quit, "Ctrl-A x ends it");
    start(false);
    type("\001x\001\001", 4);
    is_str(read_all(), "\001x\001\001", "without a terminal all bytes pass");
    ok(!console_ended(&con), "and Ctrl-A x is two of them");
}

static void test_ring(void)
{
    static uint8_t bytes[1 << 20];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(i * 7 + (i >> 8) + 2);
        bytes[i] = bytes[i] == 1 ? 2 : bytes[i];
    }
    start(false);
    type(bytes, 200000);
    ok(con.count == CONSOLE_RING_PIPE && host.left == 200000 - CONSOLE_RING_PIPE,
       "a full ring stops reading");
    ok(!console_wants_input(&con), "and does not wait for input");
    size_t n = 0, wrong = 0;
    uint8_t byte;
    while (con.chr.get(con.chr.opaque, &byte)) {
        wrong += byte != bytes[n++];
        if (n % 1000 == 0) {
            console_poll(&con);
        }
    }
    ok(n == 200000 && wrong == 0, "everything arrives in order while it is read");
    start(false);
    type(bytes, 3000);
    for (n = 0; n < 2000; n++) {
        con.chr.get(con.chr.opaque, &byte);
    }
    type(bytes + 3000, 60000);
    for (wrong = 0; con.chr.get(con.chr.opaque, &byte); n++) {
        wrong += byte != bytes[n];
    }
    ok(n == 63000 && wrong == 0, "also when it grows while it is wrapped");
    start(true);
    type(bytes, sizeof bytes);
    type("\001x", 2);
    ok(con.count == sizeof bytes && con.quit, "Ctrl-A x after a megabyte of unread input");
}

static void test_eof(void)
{
    start(false);
    host.eof = true;
    type("ab", 2);
    ok(!con.eof && console_more_input(&con), "input before its end");
    console_poll(&con);
    ok(con.eof && console_more_input(&con), "the end is known, bytes are left");
    is_str(read_all(), "ab", "they arrive");
    ok(!console_more_input(&con) && !console_ended(&con), "nothing more will; the run goes on");
    ok(!console_wants_input(&con), "nothing to wait for");
}

static void press_ctrl_a_x(void)
{
    static uint8_t keys[] = "\001x";
    host.input = keys;
    host.left = 2;
}

static void interrupt(void)
{
    host.interrupted = true;
}

static void test_output(void)
{
    start(false);
    send("hello");
    ok(host.got_len == 0, "output is buffered");
    console_flush(&con);
    ok(host.got_len == 5 && memcmp(host.got, "hello", 5) == 0, "and flushed");
    for (unsigned i = 0; i < OUTPUT_SIZE + 1; i++) {
        send("x");
    }
    ok(host.got_len == 5 + OUTPUT_SIZE, "a full buffer is written by itself");
    start(false);
    host.takes = 3;
    send("0123456789");
    console_flush(&con);
    ok(host.got_len == 10 && memcmp(host.got, "0123456789", 10) == 0, "short writes go on");
    start(false);
    host.room = 4;
    send("0123456789");
    console_flush(&con);
    ok(host.got_len == 10 && host.waits_done == 1, "a full pipe is waited for");
    is_u32(host.what, HOST_OUTPUT | HOST_INPUT, "while keys are heard");
    start(true);
    host.room = 4;
    host.wait = press_ctrl_a_x;
    send("0123456789");
    console_flush(&con);
    ok(con.quit && host.got_len == 4, "Ctrl-A x works while the terminal takes nothing");
    start(false);
    host.room = 4;
    host.wait = interrupt;
    send("0123456789");
    console_flush(&con);
    ok(host.waits_done == 1 && !con.failed, "so does a signal");
    start(false);
    host.room = 4;
    host.broken = true;
    send("0123456789");
    console_flush(&con);
    ok(con.failed && console_ended(&con) && host.reports == 1, "a closed pipe ends the run");
    send("more");
    console_flush(&con);
    ok(host.reports == 1, "and is reported once");
}

int main(void)
{
    test_keys();
    test_ring();
    test_eof();
    test_output();
    console_free(&con);
    return done_testing();
}
