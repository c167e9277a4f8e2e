/* SPDX-License-Identifier: MIT */
/* The C half of the bare-metal tests' runtime. */
#include "guest.h"

#define SYS_EXIT_EXTENDED            0x20
#define ADP_STOPPED_APPLICATION_EXIT 0x20026

static unsigned tests, failures;

static void put(char c)
{
    while (read32(UART0 + 0x18) & 1u << 5) { /* FR.TXFF */
    }
    write32(UART0, (uint8_t)c);
}

void print(const char *text)
{
    while (*text) {
        put(*text++);
    }
}

void print_hex(uint32_t value)
{
    for (int shift = 28; shift >= 0; shift -= 4) {
        put("0123456789abcdef"[value >> shift & 15]);
    }
}

void print_dec(uint32_t value)
{
    if (value >= 10) {
        print_dec(value / 10);
    }
    put((char)('0' + value % 10));
}

static void report(bool holds, const char *name)
{
    print(holds ? "ok " : "not ok ");
    print_dec(++tests);
    print(" - ");
    print(name);
}

static void values(uint32_t got, uint32_t want)
{
    print("# got ");
    print_hex(got);
    print(", want ");
    print_hex(want);
    print("\n");
}

void is(uint32_t got, uint32_t want, const char *name)
{
    ok(got == want, name);
    if (got != want) {
        values(got, want);
    }
}

void ok(bool holds, const char *name)
{
    failures += !holds;
    report(holds, name);
    print("\n");
}

void is_not_qemu(uint32_t got, uint32_t want, const char *name, const char *reason)
{
    if (!on_qemu()) {
        is(got, want, name);
        return;
    }
    report(got == want, name);
    print(" # TODO QEMU: ");
    print(reason);
    print("\n");
    if (got != want) {
        values(got, want);
    }
}

bool on_qemu(void)
{
    return (MRC15(0, c1, c0, 0) & 1u << 18) == 0;
}

void guest_exit(void)
{
    print("1..");
    print_dec(tests);
    print("\n");
    const uint32_t block[2] = { ADP_STOPPED_APPLICATION_EXIT, failures != 0 };
    semihosting(SYS_EXIT_EXTENDED, block);
}

void guest_unexpected(void);
void guest_unexpected(void)
{
    print("Bail out! exception to ");
    print_hex(caught.vector);
    print(" with lr ");
    print_hex(caught.lr);
    print(", spsr ");
    print_hex(caught.spsr);
    print(", dfsr ");
    print_hex(caught.dfsr);
    print(", ifsr ");
    print_hex(caught.ifsr);
    print(", far ");
    print_hex(caught.far);
    print("\n");
    failures++;
    guest_exit();
}
