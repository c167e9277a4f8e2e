/* SPDX-License-Identifier: MIT */
/* The self-test: RAM, timer, interrupts, exceptions, MMU and UART, one line of report each. */
#include "board.h"

#define MIB           0x100000u
#define MOST_RAM      256u /* MiB that the board has room for */
#define TICKS_PER_US  24u  /* of the 24 MHz counter */
#define TIMEOUT_TICKS (24000000u / 2)

static volatile uint32_t timer_irqs, timer_fiqs, soft_irqs;
static unsigned failures;

static void report(const char *name, bool good, const char *detail)
{
    print_label(name);
    print(good ? "ok      " : "FAILED  ");
    print(detail);
    print("\n");
    failures += !good;
}

uint32_t ram_mib(void)
{
    uint32_t mib = 1;
    for (; mib < MOST_RAM; mib++) {
        uint32_t at = mib * MIB, before = rd(at), zero = rd(0);
        wr(at, 0x5aa5c33cu + mib);
        bool there = rd(at) == 0x5aa5c33cu + mib;
        there = there && rd(0) == zero; /* and is not the first MiB once more */
        wr(at, before);
        if (!there) {
            break;
        }
    }
    return mib;
}

/* A value that differs in every word, and in most bits from its neighbours. */
static uint32_t pattern(uint32_t at)
{
    return at * 0x9e3779b1u ^ at >> 7;
}

static bool test_words(uint32_t from, uint32_t to, uint32_t step, uint32_t invert)
{
    bool good = true;
    for (uint32_t at = from; at < to; at += step) {
        wr(at, pattern(at) ^ invert);
    }
    for (uint32_t at = from; at < to; at += step) {
        good &= rd(at) == (pattern(at) ^ invert);
    }
    return good;
}

static bool test_lanes(uint32_t at)
{
    volatile uint8_t *bytes = (volatile uint8_t *)at;
    volatile uint16_t *halves = (volatile uint16_t *)at;
    wr(at, 0x11223344);
    bool good = bytes[0] == 0x44 && bytes[3] == 0x11 && halves[0] == 0x3344 && halves[1] == 0x1122;
    bytes[1] = 0xaa;
    good &= rd(at) == 0x1122aa44;
    halves[1] = 0xbbcc;
    good &= rd(at) == 0xbbccaa44;
    for (int bit = 0; bit < 32; bit++) {
        wr(at, 1u << bit);
        good &= rd(at) == 1u << bit;
    }
    return good;
}

static void test_ram(void)
{
    uint32_t end = ram_mib() * MIB;
    bool good = test_lanes(RAM_TEST) && test_words(RAM_TEST, RAM_TEST + MIB / 4, 4, 0) &&
                test_words(RAM_TEST, RAM_TEST + MIB / 4, 4, 0xffffffff) &&
                test_words(MIB, end, MIB, 0) && test_words(MIB + 0xffffc, end, MIB, 0);
    report("ram", good, "256 KiB in full, every MiB at both ends, byte lanes");
}

static uint32_t ticks(void)
{
    return rd(SYSREG + SYS_24MHZ);
}

/* The SP804 against the 24 MHz counter, over 5 ms. The host may stop us at any time between two
 * reads, so one good pass of some is enough. */
static void test_timer(void)
{
    bool good = false;
    wr(TIMER + TIMER_CONTROL, 0);
    wr(TIMER + TIMER_LOAD, 0xffffffff);
    wr(TIMER + TIMER_CONTROL, 0x82); /* enabled, free-running, 32 bits, 1 MHz */
    for (int pass = 0; pass < 20 && !good; pass++) {
        uint32_t start = ticks(), first = rd(TIMER + TIMER_VALUE);
        while (ticks() - start < 5000 * TICKS_PER_US) {
        }
        uint32_t us = first - rd(TIMER + TIMER_VALUE);
        uint32_t by_ticks = divide(ticks() - start, TICKS_PER_US);
        good = us + 100 >= by_ticks && us <= by_ticks + 100;
    }
    wr(TIMER + TIMER_CONTROL, 0);
    report("timer", good, "SP804 and the 24 MHz counter agree on 5 ms");
}

void on_timer(void)
{
    wr(TIMER + TIMER_INTCLR, 0);
    timer_irqs++;
}

void on_soft(void)
{
    wr(VIC + VIC_SOFTINTCLEAR, 1u << IRQ_SOFT);
    soft_irqs++;
}

void on_fiq(void)
{
    wr(TIMER + TIMER_INTCLR, 0);
    timer_fiqs++;
}

/* Sleeps until *count has come to `want`; false once half a second has passed without an interrupt.
 * Where the host has stopped us for so long, one comes as soon as we go on. */
static bool await(const volatile uint32_t *count, uint32_t want)
{
    uint32_t start = ticks();
    irq_off();
    while (*count < want && ticks() - start < TIMEOUT_TICKS) {
        uint32_t seen = *count;
        wait_for_interrupt();
        irq_on();
        irq_off();
        if (*count != seen) {
            start = ticks();
        }
    }
    irq_on();
    return *count >= want;
}

static bool test_interval(volatile uint32_t *count)
{
    *count = 0;
    uint32_t start = ticks();
    wr(TIMER + TIMER_LOAD, 1000);
    wr(TIMER + TIMER_CONTROL, 0xe2); /* enabled, periodic, interrupt, 32 bits */
    bool good = await(count, 5);
    wr(TIMER + TIMER_CONTROL, 0);
    wr(TIMER + TIMER_INTCLR, 0);
    /* More than five if the host has stopped us, but no more than there was time for. */
    return good && *count * 1000 <= divide(ticks() - start, TICKS_PER_US) + 100;
}

static void test_interrupts(void)
{
    uint32_t timer = 1u << IRQ_TIMER, soft = 1u << IRQ_SOFT;
    bool good = true;
    soft_irqs = 0;
    wr(VIC + VIC_SOFTINT, soft);
    good &= soft_irqs == 0; /* not enabled */
    wr(VIC + VIC_INTENABLE, soft);
    good &= await(&soft_irqs, 1) && soft_irqs == 1;
    wr(VIC + VIC_INTENCLEAR, soft);

    wr(VIC + VIC_INTENABLE, timer);
    good &= test_interval(&timer_irqs);
    uint32_t irqs = timer_irqs;
    wr(VIC + VIC_INTSELECT, timer);
    good &= test_interval(&timer_fiqs) && timer_irqs == irqs;
    wr(VIC + VIC_INTSELECT, 0);
    wr(VIC + VIC_INTENCLEAR, timer);
    report("interrupts", good, "software interrupt, 5 timer IRQs, 5 timer FIQs, WFI");
}

static void test_exceptions(void)
{
    uint32_t undefined = exceptions[EXC_UNDEFINED], swi = exceptions[EXC_SWI];
    irq_off(); /* SWI returns with the flags it had */
    call_undefined();
    bool good = call_swi() == 0xffffffff;
    irq_on();
    good &= exceptions[EXC_UNDEFINED] == undefined + 1 && exceptions[EXC_SWI] == swi + 1;
    report("exceptions", good, "undefined instruction, SWI");
}

static void flush_tlb(void)
{
    __asm__ volatile("mcr p15, 0, %0, c8, c7, 0" : : "r"(0) : "memory");
}

/* One access that shall fault with this status (DFSR), and the fault's address is right. */
static bool faults(uint32_t at, uint32_t status)
{
    uint32_t before = exceptions[EXC_DATA];
    fault_address = 0;
    (void)rd(at);
    return exceptions[EXC_DATA] == before + 1 && fault_address == at &&
           (fault_status & 0xff) == status;
}

static bool prefetch_faults(uint32_t at, uint32_t status)
{
    uint32_t before = exceptions[EXC_PREFETCH];
    ((void (*)(void))at)();
    return exceptions[EXC_PREFETCH] == before + 1 && fault_address == at &&
           (fault_status & 0xf) == status;
}

#define WINDOW 0x80000000u

/* All of memory is mapped 1:1 by sections, but for three MiB from WINDOW: small pages, nothing, and
 * a section in domain 1, which has no access; domain 0 is a client. */
static void test_mmu(void)
{
    enum { TABLE2 = PAGE_TABLE + 0x4000, SECTION = 0xc12, SMALL = 0xff2 };
    uint32_t target = RAM_TEST;
    for (uint32_t mib = 0; mib < 4096; mib++) {
        wr(PAGE_TABLE + 4 * mib, mib << 20 | SECTION);
    }
    for (uint32_t page = 0; page < 256; page++) {
        wr(TABLE2 + 4 * page, 0);
    }
    wr(TABLE2, target | SMALL);
    wr(TABLE2 + 4, (target + 0x1000) | 0x002); /* nobody may use it: AP = 0, S = R = 0 */
    wr(PAGE_TABLE + 4 * (WINDOW >> 20), TABLE2 | 0x11);
    wr(PAGE_TABLE + 4 * ((WINDOW >> 20) + 1), 0);
    wr(PAGE_TABLE + 4 * ((WINDOW >> 20) + 2), target | SECTION | 1 << 5);
    wr(target, 0x12345678);

    irq_off();
    __asm__ volatile("mcr p15, 0, %0, c2, c0, 0" : : "r"(PAGE_TABLE));
    __asm__ volatile("mcr p15, 0, %0, c3, c0, 0" : : "r"(1));
    flush_tlb();
    uint32_t control;
    __asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(control));
    __asm__ volatile("mcr p15, 0, %0, c1, c0, 0" : : "r"(control | 1) : "memory");

    bool good = rd(WINDOW) == 0x12345678;
    wr(WINDOW + 4, 0x9abcdef0);
    good &= rd(target + 4) == 0x9abcdef0;
    good &= faults(WINDOW + 0x1008, 0x0f);           /* page permission */
    good &= faults(WINDOW + 0x2010, 0x07);           /* page translation */
    good &= faults(WINDOW + 0x100020, 0x05);         /* section translation */
    good &= faults(WINDOW + 0x200040, 0x19);         /* section domain, domain 1 */
    good &= prefetch_faults(WINDOW + 0x100080, 0x5); /* the same for instructions */
    wr(TABLE2, (target + 0x2000) | SMALL);
    wr(target + 0x2000, 0x0badcafe);
    flush_tlb();
    good &= rd(WINDOW) == 0x0badcafe;

    __asm__ volatile("mcr p15, 0, %0, c1, c0, 0" : : "r"(control) : "memory");
    flush_tlb();
    irq_on();
    report("mmu", good, "sections, small pages, five kinds of faults, remapping");
}

static void test_uart(void)
{
    static const uint8_t id[8] = { 0x11, 0x10, 0x14, 0x00, 0x0d, 0xf0, 0x05, 0xb1 };
    bool good = true;
    for (uint32_t i = 0; i < 8; i++) {
        good &= rd(UART1 + PRIMECELL_ID + 4 * i) == id[i];
    }
    wr(UART1 + UART_IBRD, 13);
    wr(UART1 + UART_FBRD, 1);
    wr(UART1 + UART_LCR_H, 0x70);
    wr(UART1 + UART_IFLS, 0x12);
    good &= rd(UART1 + UART_IBRD) == 13 && rd(UART1 + UART_FBRD) == 1;
    wr(UART1 + UART_CR, 0x381); /* enabled, loopback */
    wr(UART1 + UART_ICR, 0x7ff);
    for (uint32_t i = 0; i < 8; i++) {
        wr(UART1 + UART_DR, 'a' + i);
    }
    good &= (rd(UART1 + UART_RIS) & UART_TX) != 0;
    bool loopback = !(rd(UART1 + UART_FR) & UART_RXFE);
    if (loopback) {
        good &= (rd(UART1 + UART_RIS) & UART_RX) != 0;
        for (uint32_t i = 0; i < 8; i++) {
            good &= rd(UART1 + UART_DR) == 'a' + i;
        }
        good &= (rd(UART1 + UART_FR) & UART_RXFE) != 0 && (rd(UART1 + UART_RIS) & UART_RX) == 0;
    }
    wr(UART1 + UART_ICR, 0x7ff);
    good &= (rd(UART1 + UART_RIS) & UART_TX) == 0;
    wr(UART1 + UART_CR, 0x300);
    report("uart", good,
           loopback ? "ID, baud rate, loopback, interrupts"
                    : "ID, baud rate, interrupts (it has no loopback)");
}

unsigned self_test(void)
{
    failures = 0;
    test_ram();
    test_timer();
    test_interrupts();
    test_exceptions();
    test_mmu();
    test_uart();
    return failures;
}
