/* SPDX-License-Identifier: MIT */
/* Every semihosting operation, on bare metal: prints the results on the serial port. Its errors are
 * printed where the operation fails; QEMU does not set any for SYS_READ and SYS_WRITE. Compiled
 * after tests/lib.py's runtime and semihosting.t's definitions. */
static char buf[300];

static void console(void)
{
    unsigned in = OPEN(":tt", 0), out = OPEN(":tt", 4), err = OPEN(":tt", 8);
    semihosting(SYS_WRITEC, "C");
    semihosting(SYS_WRITE0, "WRITE0\n");
    call("write out", SYS_WRITE, out, A(":tt w\n"), 6, 0);
    call("write err", SYS_WRITE, err, A(":tt a\n"), 6, 0);
    call("write in", SYS_WRITE, in, A("no\n"), 3, 0);
    call("write out, nothing", SYS_WRITE, out, A("no\n"), 0, 0);
    call("read nothing", SYS_READ, in, A(buf), 0, 0);
    call("read in", SYS_READ, in, A(buf), 4, 0);
    show(buf, 4);
    call("read in", SYS_READ, in, A(buf), 300, 0);
    show(buf, 6);
    call("read in, at the end", SYS_READ, in, A(buf), 300, 0);
    call("read in, at the end", SYS_READ, in, A(buf), 300, 0);
    for (unsigned handle = in; handle <= err; handle++) {
        call("istty", SYS_ISTTY, handle, 0, 0, 0);
        call("flen", SYS_FLEN, handle, 0, 0, 0);
        call("seek", SYS_SEEK, handle, 0, 0, 0);
    }
    call("close", SYS_CLOSE, out, 0, 0, 0);
    call("close", SYS_CLOSE, out, 0, 0, 0);
    OPEN(":tt", 11);
    OPEN(":tt", 12);
    OPEN(":tt", 3);
    OPEN(":tt", 7);
    for (unsigned handle = 1; handle < 8; handle++) {
        call("close", SYS_CLOSE, handle, 0, 0, 0);
    }
}

static void features(void)
{
    unsigned f = OPEN(":semihosting-features", 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("istty", SYS_ISTTY, f, 0, 0, 0);
    call("read", SYS_READ, f, A(buf), 3, 0);
    call("read", SYS_READ, f, A(buf + 3), 9, 0);
    show(buf, 5);
    call("read", SYS_READ, f, A(buf), 9, 0);
    call("seek", SYS_SEEK, f, 4, 0, 0);
    call("seek", SYS_SEEK, f, 6, 0, 0);
    call("read", SYS_READ, f, A(buf), 9, 0);
    call("seek", SYS_SEEK, f, 5, 0, 0);
    call("read", SYS_READ, f, A(buf), 9, 0);
    call("write", SYS_WRITE, f, A(buf), 1, 0);
    call("close", SYS_CLOSE, f, 0, 0, 0);
    for (unsigned mode = 1; mode < 13; mode++) {
        call("close", SYS_CLOSE, OPEN(":semihosting-features", mode), 0, 0, 0);
    }
}

/* What each mode allows, on a file that is not there, and on one that is. QEMU does not append. */
static void modes(void)
{
    for (unsigned mode = 0; mode < 13; mode = mode == 7 ? 12 : mode + 1) {
        for (unsigned there = 0; there < 2; there++) {
            unsigned f = OPEN("file", mode);
            call("write", SYS_WRITE, f, A("hello"), 5, 0);
            call("flen", SYS_FLEN, f, 0, 0, 0);
            call("seek", SYS_SEEK, f, 1, 0, 0);
            call("read", SYS_READ, f, A(buf), 300, 0);
            call("write", SYS_WRITE, f, A("ab"), 2, 0);
            call("seek", SYS_SEEK, f, 2, 0, 0);
            call("read", SYS_READ, f, A(buf), 1, 0);
            call("write", SYS_WRITE, f, A("c"), 1, 0);
            call("read", SYS_READ, f, A(buf + 1), 20, 0);
            call("istty", SYS_ISTTY, f, 0, 0, 0);
            call("close", SYS_CLOSE, f, 0, 0, 0);
            f = OPEN("file", 0);
            for (unsigned i = 0; i < 20; i++) {
                buf[i] = '.';
            }
            call("read", SYS_READ, f, A(buf), 20, 0);
            show(buf, 20);
            call("close", SYS_CLOSE, f, 0, 0, 0);
            if (!there) {
                f = OPEN("file", 4);
                call("write", SYS_WRITE, f, A("1234567"), 7, 0);
                call("close", SYS_CLOSE, f, 0, 0, 0);
            }
        }
        call("remove", SYS_REMOVE, A("file"), 4, 0, 0);
    }
}

static void files(void)
{
    unsigned f = OPEN("f", 6), g;
    call("write", SYS_WRITE, f, A("12345"), 5, 0);
    g = OPEN("f", 0);
    call("read what another handle has written", SYS_READ, g, A(buf), 9, 0);
    call("write", SYS_WRITE, f, A("678"), 3, 0);
    call("read on", SYS_READ, g, A(buf + 5), 9, 0);
    show(buf, 8);
    call("seek beyond the end", SYS_SEEK, f, 100000, 0, 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("read", SYS_READ, f, A(buf), 9, 0);
    call("write", SYS_WRITE, f, A("x"), 1, 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("read", SYS_READ, g, 0x200000, 0xffffffff, 0);
    show((char *)0x200000 + 100000 - 8, 1);
    call("seek", SYS_SEEK, f, 0x7fffffff, 0, 0);
    call("write", SYS_WRITE, f, A("x"), 1, 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("seek", SYS_SEEK, f, 0xfffffff0, 0, 0);
    call("write", SYS_WRITE, f, A("x"), 1, 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("remove", SYS_REMOVE, A("f"), 1, 0, 0);
    call("rename", SYS_RENAME, A("f"), 1, A("g"), 1);
    call("write to a removed file", SYS_WRITE, f, A("x"), 1, 0);
    call("close", SYS_CLOSE, f, 0, 0, 0);
    call("close", SYS_CLOSE, g, 0, 0, 0);
    call("close", SYS_CLOSE, OPEN("one", 5), 0, 0, 0);
    call("rename", SYS_RENAME, A("one"), 3, A("two"), 3);
    call("rename", SYS_RENAME, A("one"), 3, A("two"), 3);
    call("rename", SYS_RENAME, A("two"), 3, A("no/where"), 8);
    call("remove", SYS_REMOVE, A("two"), 3, 0, 0);
    call("remove", SYS_REMOVE, A("two"), 3, 0, 0);
    call("remove", SYS_REMOVE, A("two/three"), 9, 0, 0);
    OPEN("two/three", 0);
    OPEN("/", 4);
    OPEN("", 0);
    for (unsigned mode = 12; mode; mode <<= 8) {
        OPEN("two", mode);
    }
    for (unsigned i = 0; i < 20; i++) {
        f = OPEN("many", 4);
    }
    for (; f > 0; f--) {
        call("close", SYS_CLOSE, f, 0, 0, 0);
    }
}

static void others(void)
{
    static const unsigned values[] = { 0, 1, 0x7fffffff, 0x80000000, 0xffffffff };
    for (unsigned i = 0; i < sizeof values / sizeof values[0]; i++) {
        call("iserror", SYS_ISERROR, values[i], 0, 0, 0);
    }
    call("tmpnam", SYS_TMPNAM, A(buf), 0x103, 300, 0);
    call("tmpnam", SYS_TMPNAM, A(buf), 3, 5, 0);
    call("system", SYS_SYSTEM, A("echo from the shell > shell"), 27, 0, 0);
    call("system", SYS_SYSTEM, A("exit 3"), 6, 0, 0);
    call("system", SYS_SYSTEM, A("kill -9 $$"), 10, 0, 0);
    result("tickfreq", SYS_TICKFREQ, semihosting(SYS_TICKFREQ, 0));
    result("write0", SYS_WRITE0, semihosting(SYS_WRITE0, "\n"));
    result("writec", SYS_WRITEC, semihosting(SYS_WRITEC, "\n"));
    call("heapinfo", SYS_HEAPINFO, A(buf), 0, 0, 0);
    const unsigned *info = (const unsigned *)(const void *)buf;
    for (unsigned i = 0; i < 4; i++) {
        result("", 0, info[i]);
    }
}

/* Operands that are wrong, but which QEMU checks. */
static void mistakes(void)
{
    static const unsigned handles[] = { 0, 50, 129, 0x7fffffff, 0x80000000, 0xffffffff };
    for (unsigned i = 0; i < sizeof handles / sizeof handles[0]; i++) {
        call("close", SYS_CLOSE, handles[i], 0, 0, 0);
        call("istty", SYS_ISTTY, handles[i], 0, 0, 0);
        call("flen", SYS_FLEN, handles[i], 0, 0, 0);
        call("seek", SYS_SEEK, handles[i], 0, 0, 0);
        call("read", SYS_READ, handles[i], A(buf), 7, 0);
        call("write", SYS_WRITE, handles[i], A(buf), 7, 0);
    }
    static const unsigned operations[] = { SYS_OPEN,        SYS_CLOSE,   SYS_WRITE,  SYS_READ,
                                           SYS_ISERROR,     SYS_ISTTY,   SYS_SEEK,   SYS_FLEN,
                                           SYS_TMPNAM,      SYS_REMOVE,  SYS_RENAME, SYS_SYSTEM,
                                           SYS_GET_CMDLINE, SYS_HEAPINFO };
    for (unsigned i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        result("no block", operations[i], semihosting(operations[i], NOWHERE));
    }
    unsigned f = OPEN("file", 6);
    call("write", SYS_WRITE, f, A(NOWHERE), 1, 0);
    call("write", SYS_WRITE, f, A(NOWHERE), 0, 0);
    call("write", SYS_WRITE, f, 0x07fffff0, 32, 0);
    call("write", SYS_WRITE, f, A(buf), 0xffffffff, 0);
    call("write", SYS_WRITE, f, A(buf), 0x7fffffff, 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("write", SYS_WRITE, f, A("12345"), 5, 0);
    call("seek", SYS_SEEK, f, 0, 0, 0);
    call("read", SYS_READ, f, A(buf), 0xffffffff, 0);
    show(buf, 5);
    call("close", SYS_CLOSE, f, 0, 0, 0);
    call("open", SYS_OPEN, A("file\0"), 0, 3, 0);
    call("open", SYS_OPEN, A("file\0"), 0, 0, 0);
    call("close", SYS_CLOSE, call("open", SYS_OPEN, A("file\0"), 0, 5, 0), 0, 0, 0);
    call("close", SYS_CLOSE, call("open", SYS_OPEN, A("file"), 0, 0xffffffff, 0), 0, 0, 0);
    call("open", SYS_OPEN, A(NOWHERE), 0, 4, 0);
    call("remove", SYS_REMOVE, A("file"), 3, 0, 0);
    call("remove", SYS_REMOVE, A(NOWHERE), 3, 0, 0);
    call("rename", SYS_RENAME, A("file"), 4, A("there"), 4);
    call("rename", SYS_RENAME, A("file"), 3, A("there"), 5);
    call("rename", SYS_RENAME, A(NOWHERE), 4, A("there"), 5);
    call("rename", SYS_RENAME, A("file"), 4, A(NOWHERE), 5);
    call("system", SYS_SYSTEM, A("true"), 3, 0, 0);
    call("system", SYS_SYSTEM, A(NOWHERE), 4, 0, 0);
    call("get_cmdline", SYS_GET_CMDLINE, A(buf), 0, 0, 0);
    call("get_cmdline", SYS_GET_CMDLINE, A(buf), 3, 0, 0);
}

void program(void)
{
    console();
    features();
    modes();
    files();
    others();
    mistakes();
    static const unsigned exit[] = { 0x20026, 42 };
    semihosting(SYS_EXIT_EXTENDED, exit);
}
