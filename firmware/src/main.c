/* SPDX-License-Identifier: MIT */
/* The built-in firmware: says what machine this is, tests it, and takes commands.
 *
 * It runs on tqemu and on `qemu-system-arm -M versatilepb -kernel` alike. */
#include "board.h"

volatile uint32_t exceptions[EXC_COUNT];
volatile uint32_t fault_address, fault_status;

void on_irq(void);
void on_fiq(void);
int main(void);

void on_irq(void)
{
    uint32_t status = rd(VIC + VIC_IRQSTATUS);
    if (status >> IRQ_UART0 & 1) {
        console_irq();
    }
    if (status >> IRQ_TIMER & 1) {
        on_timer();
    }
    if (status >> IRQ_SOFT & 1) {
        on_soft();
    }
}

static bool same(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static void identify_cpu(void)
{
    uint32_t id, cache;
    __asm__("mrc p15, 0, %0, c0, c0, 0" : "=r"(id));
    __asm__("mrc p15, 0, %0, c0, c0, 1" : "=r"(cache));
    print_label("cpu");
    print((id & 0xff0ffff0) == 0x41069260 ? "ARM926EJ-S r" : "not an ARM926EJ-S, r");
    print_dec(id >> 20 & 15, 1);
    print("p");
    print_dec(id & 15, 1);
    print(", ");
    print_dec(1u << (cache >> 6 & 15) >> 1, 1); /* bytes of a cache: 512 << size */
    print(" KiB instruction and ");
    print_dec(1u << (cache >> 18 & 15) >> 1, 1);
    print(" KiB data cache\n");
}

static void identify_board(void)
{
    uint32_t id = rd(SYSREG + SYS_ID);
    print_label("board");
    print((id >> 24) == 0x41 ? "ARM Versatile" : "unknown");
    print(", ID ");
    print_hex(id, 8);
    print(", core module ");
    print_hex(rd(SYSREG + SYS_PROCID), 8);
    print("\n");
}

static void print_time(void)
{
    static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    uint32_t now = rd(RTC), minutes = divide(now, 60), hours = divide(minutes, 60);
    uint32_t day = divide(hours, 24), year = 1970, month = 0;
    hours -= day * 24;
    minutes -= (day * 24 + hours) * 60;
    for (;;) {
        uint32_t length = 365 + ((year & 3) == 0 && year != 2100);
        if (day < length) {
            break;
        }
        day -= length;
        year++;
    }
    for (;; month++) {
        uint32_t length = days[month] + (month == 1 && (year & 3) == 0 && year != 2100);
        if (day < length) {
            break;
        }
        day -= length;
    }
    print_label("rtc");
    print_dec(year, 1);
    print(month < 9 ? "-0" : "-");
    print_dec(month + 1, 1);
    print(day < 9 ? "-0" : "-");
    print_dec(day + 1, 1);
    print(hours < 10 ? " 0" : " ");
    print_dec(hours, 1);
    print(minutes < 10 ? ":0" : ":");
    print_dec(minutes, 1);
    print(" UTC\n");
}

static void identify(void)
{
    print("\ntqemu's built-in firmware\n\n");
    identify_cpu();
    identify_board();
    print_label("memory");
    print_dec(ram_mib(), 1);
    print(" MiB at 00000000\n");
    print_time();
}

/* A hexadecimal number, with or without 0x, and blanks before it; *text moves past it. */
static bool parse_hex(const char **text, uint32_t *value)
{
    const char *at = *text;
    while (*at == ' ') {
        at++;
    }
    if (at[0] == '0' && at[1] == 'x') {
        at += 2;
    }
    const char *start = at;
    for (*value = 0;; at++) {
        uint32_t digit;
        if (*at >= '0' && *at <= '9') {
            digit = (uint32_t)(*at - '0');
        } else if ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'f') {
            digit = (uint32_t)((*at | 0x20) - 'a') + 10;
        } else {
            break;
        }
        *value = *value << 4 | digit;
    }
    *text = at;
    return at > start && at - start <= 8 && (*at == ' ' || *at == '\0');
}

static void command_mem(const char *args)
{
    uint32_t at, words = 16;
    if (!parse_hex(&args, &at) || (*args && !parse_hex(&args, &words)) || *args) {
        print("mem ADDRESS [WORDS], both in hexadecimal\n");
        return;
    }
    at &= ~3u;
    for (uint32_t i = 0; i < words; i++, at += 4) {
        if (i % 4 == 0) {
            print(i ? "\n" : "");
            print_hex(at, 8);
            print(":");
        }
        print(" ");
        print_hex(rd(at), 8);
    }
    print("\n");
}

static void command_reboot(void)
{
    print("reset\n");
    wr(SYSREG + SYS_LOCK, 0xa05f);
    wr(SYSREG + SYS_RESETCTL, 0x105);
    for (;;) {
    }
}

/* By semihosting if somebody answers that; else a machine that waits, and that nothing can wake:
 * the end of it on tqemu. On QEMU without -semihosting it hangs, as any switched-off board there.
 */
static void command_quit(void)
{
    enum { SYS_EXIT = 0x18, ADP_STOPPED_APPLICATION_EXIT = 0x20026 };
    irq_off();
    semihosting(SYS_EXIT, ADP_STOPPED_APPLICATION_EXIT);
    wr(VIC + VIC_INTENCLEAR, 0xffffffff);
    for (;;) {
        wait_for_interrupt();
    }
}

static void command_help(void)
{
    print("help                  this list\n"
          "test                  the self-test again\n"
          "bench                 how fast this machine is\n"
          "mem ADDRESS [WORDS]   memory, in hexadecimal\n"
          "reboot                reset the machine\n"
          "quit                  switch it off\n");
}

static void command(const char *line)
{
    if (same(line, "help")) {
        command_help();
    } else if (same(line, "test")) {
        self_test();
    } else if (same(line, "bench")) {
        bench();
    } else if (line[0] == 'm' && line[1] == 'e' && line[2] == 'm' &&
               (line[3] == ' ' || line[3] == '\0')) {
        command_mem(line + 3);
    } else if (same(line, "reboot")) {
        command_reboot();
    } else if (same(line, "quit")) {
        command_quit();
    } else if (*line) {
        print("no such command; help lists them\n");
    }
}

int main(void)
{
    wr(VIC + VIC_INTENCLEAR, 0xffffffff);
    wr(VIC + VIC_INTSELECT, 0);
    console_init();
    identify();
    irq_on();
    unsigned failed = self_test();
    print(failed ? "\nThis machine is broken. " : "\nAll is well. ");
    print("help lists the commands.\n");
    for (;;) {
        char line[80];
        print("> ");
        read_line(line, sizeof line);
        command(line);
    }
}
