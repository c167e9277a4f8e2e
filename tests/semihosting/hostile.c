/* SPDX-License-Identifier: MIT */
/* Operands that no program means, where QEMU and tqemu differ: prints the results on the serial
 * port. Compiled as calls.c is. */
static char buf[300];

static void append(unsigned mode)
{
    unsigned f = OPEN("added", mode);
    call("write", SYS_WRITE, f, A("abc"), 3, 0);
    call("seek", SYS_SEEK, f, 1, 0, 0);
    call("read", SYS_READ, f, A(buf), 300, 0);
    call("write", SYS_WRITE, f, A("de"), 2, 0);
    call("close", SYS_CLOSE, f, 0, 0, 0);
}

void program(void)
{
    append(8);
    append(11);
    unsigned f = OPEN("file", 6);
    call("write", SYS_WRITE, f, A("12345"), 5, 0);
    call("seek", SYS_SEEK, f, 0, 0, 0);
    /* A buffer that cannot be written takes nothing out of the file. */
    call("read", SYS_READ, f, A(NOWHERE), 5, 0);
    call("read", SYS_READ, f, 0x07fffffe, 5, 0);
    call("read", SYS_READ, f, A(buf), 5, 0);
    show(buf, 3);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("seek", SYS_SEEK, f, 0xffffffff, 0, 0);
    call("write", SYS_WRITE, f, A("12"), 2, 0);
    call("flen", SYS_FLEN, f, 0, 0, 0);
    call("heapinfo", SYS_HEAPINFO, A(NOWHERE), 0, 0, 0);
    call("tmpnam", SYS_TMPNAM, A(NOWHERE), 0, 300, 0);
    call("get_cmdline", SYS_GET_CMDLINE, A(NOWHERE), 300, 0, 0);
    result("elapsed", SYS_ELAPSED, semihosting(SYS_ELAPSED, NOWHERE));
    /* A name without an end. */
    for (char *c = (char *)0x100000; c < (char *)0x200000; c++) {
        *c = 'x';
    }
    call("open", SYS_OPEN, 0x100000, 0, 0xffffffff, 0);
    call("open", SYS_OPEN, 0x100000, 0, 0xfffffffe, 0);
    call("open", SYS_OPEN, 0x100000, 0, 0x7fffffff, 0);
    call("open", SYS_OPEN, 0x100000, 0, 4096, 0);
    call("open", SYS_OPEN, 0x100000, 0, 4095, 0);
    call("system", SYS_SYSTEM, 0x100000, 0xffffffff, 0, 0);
    for (unsigned i = 0; i < 130; i++) {
        OPEN("file", 0);
    }
    unsigned byte = semihosting(SYS_READC, 0);
    result("readc", SYS_READC, byte);
    result("readc", SYS_READC, semihosting(SYS_READC, 0));
    result("unknown", 0, semihosting(0x32, NOWHERE));
    result("unknown", 0, semihosting(0xffffffff, NOWHERE));
    semihosting(SYS_WRITEC, NOWHERE);
    semihosting(SYS_WRITE0, NOWHERE);
    semihosting(SYS_WRITE0, (void *)0x07ffffff);
    semihosting(SYS_EXIT_EXTENDED, NOWHERE);
}
