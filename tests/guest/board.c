/* SPDX-License-Identifier: MIT */
/* The Versatile/PB board as a program on it sees it: its clocks against each other, its interrupts
 * from the device to the CPU, the real-time clock, and code in flash that is programmed and erased
 * under way. What the registers of each device do is tests/unit and tests/board. */
#include "guest.h"

#define SYS_100HZ 0x10000024u
#define SYS_FLASH 0x1000004cu
#define SYS_24MHZ 0x1000005cu
#define SIC       0x10003000u
#define UART3     0x10009000u
#define VIC       0x10140000u
#define TIMER0    0x101e2000u
#define TIMER2    0x101e3000u
#define RTC       0x101e8000u
#define FLASH     0x34000000u
#define BLOCK     0x40000u

/* VIC */
#define RAWINTR   (VIC + 0x08)
#define INTSELECT (VIC + 0x0c)
#define INTENABLE (VIC + 0x10)
#define INTENCLR  (VIC + 0x14)
#define SOFTINT   (VIC + 0x18)
#define SOFTCLR   (VIC + 0x1c)
#define VECTADDR  (VIC + 0x30)
#define VECTADDR0 (VIC + 0x100)
#define VECTCNTL0 (VIC + 0x200)

/* SP804: LOAD +0, VALUE +4, CONTROL +8, INTCLR +0xc */
#define ONESHOT  0x01u
#define SIZE32   0x02u
#define INTEN    0x20u
#define PERIODIC 0x40u
#define ENABLE   0x80u

#define MHZ24_PER_MS 24000u

/* Lets interrupts through and waits for one: masks as in CPSR, 0x80 IRQ, 0x40 FIQ. */
static uint32_t wait_for_interrupt(uint32_t mask, uint32_t unused)
{
    uint32_t cpsr;
    (void)unused;
    __asm__ volatile("mrs %0, cpsr" : "=r"(cpsr));
    __asm__ volatile("msr cpsr_c, %0" : : "r"(cpsr & ~mask));
    for (;;) {
        MCR15(0, c7, c0, 4, 0);
    }
    return 0;
}

static uint32_t since(uint32_t start)
{
    return read32(SYS_24MHZ) - start;
}

static void delay_ms(uint32_t ms)
{
    uint32_t start = read32(SYS_24MHZ);
    while (since(start) < ms * MHZ24_PER_MS) {
    }
}

static void vector(unsigned slot, unsigned source, uint32_t value)
{
    write32(VECTADDR0 + 4 * slot, value);
    write32(VECTCNTL0 + 4 * slot, 0x20 | source);
}

/* The 24 MHz counter, read between two reads of each of the others: whatever time goes by between
   the reads, its value lies between theirs. */
typedef struct {
    uint32_t micros[2]; /* 1 MHz timer, down */
    uint32_t hundredths[2];
    uint32_t ticks;
} Clocks;

static Clocks read_clocks(void)
{
    Clocks c;
    c.micros[0] = read32(TIMER2 + 4);
    c.hundredths[0] = read32(SYS_100HZ);
    c.ticks = read32(SYS_24MHZ);
    c.hundredths[1] = read32(SYS_100HZ);
    c.micros[1] = read32(TIMER2 + 4);
    return c;
}

static void test_clocks(void)
{
    write32(TIMER2 + 8, 0);
    write32(TIMER2, 0xffffffff);
    write32(TIMER2 + 8, ENABLE | PERIODIC | SIZE32);
    Clocks a = read_clocks();
    delay_ms(50);
    Clocks b = read_clocks();
    uint32_t ticks = b.ticks - a.ticks;
    ok(ticks / 24 + 1 >= a.micros[1] - b.micros[0] && ticks / 24 <= a.micros[0] - b.micros[1] + 1,
       "24 MHz counter and 1 MHz timer keep step");
    is_not_qemu(ticks / 240000 + 1 >= b.hundredths[0] - a.hundredths[1] &&
                    ticks / 240000 <= b.hundredths[1] - a.hundredths[0] + 1,
                1, "100 Hz counter, too", "it stands still");
    write32(TIMER2 + 8, 0);
}

static void test_timer_interrupts(void)
{
    vector(2, 4, 0x11112222);
    write32(INTENABLE, 1u << 4);
    uint32_t start = read32(SYS_24MHZ);
    write32(TIMER0, 5000);
    write32(TIMER0 + 8, ENABLE | ONESHOT | SIZE32 | INTEN);
    is(guarded(wait_for_interrupt, 0x80, 0), VECTOR_IRQ, "one-shot timer: an IRQ");
    ok(since(start) >= 5 * MHZ24_PER_MS, "not before its time");
    is(read32(VECTADDR), 0x11112222, "its vector");
    is(read32(TIMER0 + 4), 0, "its counter stands at 0");
    write32(TIMER0 + 0xc, 1);
    write32(VECTADDR, 0);
    is(read32(RAWINTR), 0, "cleared");

    start = read32(SYS_24MHZ);
    write32(TIMER0, 1000);
    write32(TIMER0 + 8, ENABLE | PERIODIC | SIZE32 | INTEN);
    unsigned interrupts = 0;
    while (interrupts < 20 && guarded(wait_for_interrupt, 0x80, 0) == VECTOR_IRQ) {
        interrupts += read32(VECTADDR) == 0x11112222;
        write32(TIMER0 + 0xc, 1);
        write32(VECTADDR, 0);
    }
    is(interrupts, 20, "periodic timer: twenty IRQs");
    ok(since(start) >= 20 * MHZ24_PER_MS, "a millisecond each");

    write32(TIMER0, 1);
    for (interrupts = 0; interrupts < 200; interrupts++) {
        if (guarded(wait_for_interrupt, 0x80, 0) != VECTOR_IRQ) {
            break;
        }
        write32(TIMER0 + 0xc, 1);
    }
    is(interrupts, 200, "a period of one microsecond is survived");

    write32(TIMER0, 1000);
    write32(INTSELECT, 1u << 4);
    is(guarded(wait_for_interrupt, 0xc0, 0), VECTOR_FIQ, "the same as a FIQ");
    write32(TIMER0 + 8, 0);
    write32(TIMER0 + 0xc, 1);
    write32(INTSELECT, 0);
    write32(INTENCLR, ~0u);
}

static void test_nesting(void)
{
    vector(0, 1, 0xa0);
    vector(1, 2, 0xa1);
    vector(2, 3, 0xa2);
    write32(INTENABLE, 0x0e);
    write32(SOFTINT, 1u << 2);
    is(guarded(wait_for_interrupt, 0x80, 0), VECTOR_IRQ, "a vectored IRQ");
    is(read32(VECTADDR), 0xa1, "its vector: in service");
    write32(SOFTINT, 1u << 3);
    /* Nothing may come through now: a spell with IRQs allowed, ended by a FIQ of the timer. */
    write32(INTSELECT, 1u << 4);
    write32(INTENABLE, 1u << 4);
    write32(TIMER0, 2000);
    write32(TIMER0 + 8, ENABLE | ONESHOT | SIZE32 | INTEN);
    is(guarded(wait_for_interrupt, 0xc0, 0), VECTOR_FIQ, "one of lower priority has to wait");
    write32(TIMER0 + 0xc, 1);
    write32(INTENCLR, 1u << 4);
    write32(INTSELECT, 0);
    write32(SOFTINT, 1u << 1);
    is(guarded(wait_for_interrupt, 0x80, 0), VECTOR_IRQ, "one of higher priority comes through");
    is(read32(VECTADDR), 0xa0, "its vector");
    write32(SOFTCLR, 1u << 1);
    write32(VECTADDR, 0);
    write32(SOFTCLR, 1u << 2);
    write32(VECTADDR, 0);
    is(guarded(wait_for_interrupt, 0x80, 0), VECTOR_IRQ,
       "after it comes the interrupt that waited");
    is(read32(VECTADDR), 0xa2, "its vector");
    write32(SOFTCLR, ~0u);
    write32(VECTADDR, 0);
    write32(INTENCLR, ~0u);
}

static void test_secondary(void)
{
    write32(SIC + 0x08, 1u << 6);
    write32(INTENABLE, 1u << 31);
    write32(UART3 + 0x30, 0x301);
    write32(UART3 + 0x38, 0x20); /* UARTIMSC: transmit */
    write32(UART3, 'x');
    is(guarded(wait_for_interrupt, 0x80, 0), VECTOR_IRQ, "UART3 through both controllers");
    is(read32(RAWINTR), 1u << 31, "as 31 of the first");
    is(read32(SIC), 1u << 6, "input 6 of the second controller");
    write32(UART3 + 0x38, 0);
    is(read32(RAWINTR), 0, "masked in the UART, gone in both");
    write32(SIC + 0x0c, ~0u);
    write32(INTENCLR, ~0u);
}

/* Lets the alarm ring at the next second; whether it did so in time. */
static bool rtc_alarm(void)
{
    uint32_t before, start;
    do { /* again if the second went by before the match was set: it would come after all others */
        before = read32(RTC);
        start = read32(SYS_24MHZ);
        write32(RTC + 0x1c, 1);
        write32(RTC + 0x04, before + 1);
    } while (read32(RTC) != before);
    write32(RTC + 0x10, 1);
    write32(INTENABLE, 1u << 10);
    is(guarded(wait_for_interrupt, 0x80, 0), VECTOR_IRQ, "the alarm of the real-time clock");
    bool in_time = read32(RTC) - before <= 2 && since(start) < 2100 * MHZ24_PER_MS;
    write32(RTC + 0x10, 0);
    write32(RTC + 0x1c, 1);
    write32(INTENCLR, ~0u);
    return in_time;
}

static void test_rtc(void)
{
    /* A host that stands still for a moment makes it late. */
    ok(rtc_alarm() || rtc_alarm() || rtc_alarm(), "within its second");
}

static void flash_erase(uint32_t at)
{
    write32(at, 0x20);
    write32(at, 0xd0);
    write32(at, 0xff);
}

static void flash_program(uint32_t at, uint32_t word)
{
    write32(at, 0x40);
    write32(at, word);
    write32(at, 0xff);
}

#define MOV_R0(n) (0xe3a00000u | (n))
#define BX_LR     0xe12fff1eu

static void test_flash(void)
{
    uint32_t at = FLASH + 5 * BLOCK + 0x100;
    guest_fn *code = (guest_fn *)at;
    write32(SYS_FLASH, 1);
    flash_erase(at);
    is(read32(at), 0xffffffff, "an erased block");
    write32(at, 0x70);
    is(read32(at), 0x00800080, "its status, at the same address");
    write32(at, 0xff);
    is(read32(at), 0xffffffff, "the read array command gives its contents again");
    flash_program(at, MOV_R0(3));
    flash_program(at + 4, BX_LR);
    is(code(0, 0), 3, "code runs in flash");
    flash_program(at, MOV_R0(1));
    is_not_qemu(code(0, 0), 1, "and is programmed over", "it keeps its translation");
    write32(at, 0x90);
    write32(at, 0xff);
    is_not_qemu(code(0, 0), 1, "it is still there after a look at the identifier",
                "it keeps its translation");
    flash_erase(at);
    flash_program(at + 4, BX_LR);
    flash_program(at, MOV_R0(7));
    is_not_qemu(code(0, 0), 7, "erased, and programmed anew", "it keeps its translation");
    write32(SYS_FLASH, 0);
    flash_erase(at);
    is_not_qemu(read32(at), MOV_R0(7), "without voltage it is not erased",
                "it does not model SYS_FLASH");
}

static void test_absent(void)
{
    is_not_qemu(read32(0x10006fe0), 0, "the keyboard controller is not fitted", "it has one");
    is(read32(0x80000000), 0, "nothing is at 0x80000000");
    write32(0x80000000, 1);
    is(read32(0x80000000), 0, "a write to nothing changes nothing");
    is(read32(0x0f000000), 0, "there is no RAM beyond its end");
}

int main(void)
{
    test_clocks();
    test_timer_interrupts();
    test_nesting();
    test_secondary();
    test_rtc();
    test_flash();
    test_absent();
    return 0;
}
