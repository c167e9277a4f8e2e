/* SPDX-License-Identifier: MIT */
/* The console, its terminal, and calls from user mode. Compiled as calls.c is. */
static char buf[300];

static void end(unsigned status)
{
    unsigned block[] = { 0x20026, status };
    semihosting(SYS_EXIT_EXTENDED, block);
}

/* The guest's own handler of SWI. */
static void svc(void)
{
    end(9);
}

void program(void)
{
    unsigned in = OPEN(":tt", 0), out = OPEN(":tt", 4);
    semihosting(SYS_WRITE0, "by WRITE0\n");
    call("write", SYS_WRITE, out, A("by :tt\n"), 7, 0);
    call("istty", SYS_ISTTY, in, 0, 0, 0);
    call("istty", SYS_ISTTY, out, 0, 0, 0);
    call("get_cmdline", SYS_GET_CMDLINE, A(buf), 300, 0, 0);
    for (char *c = buf; *c; c++) {
        put(*c);
    }
    put('\n');
    unsigned left;
    while ((left = call("read", SYS_READ, in, A(buf), 300, 0)) < 300) {
        unsigned block[] = { out, A(buf), 300 - left };
        semihosting(SYS_WRITE, block);
    }
    *(void (*volatile *)(void))0x28 = svc;
    __asm__ volatile("msr cpsr_c, #0xdf\n"
                     "ldr sp, =0x70000\n"
                     "msr cpsr_c, #0x50" ::
                         : "memory");
    end(5);
}
