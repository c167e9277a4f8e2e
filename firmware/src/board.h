/* SPDX-License-Identifier: MIT */
/* What the firmware's parts know of the Versatile/PB and of each other. */
#ifndef FIRMWARE_BOARD_H
#define FIRMWARE_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYSREG 0x10000000u
#define VIC    0x10140000u
#define TIMER  0x101e2000u
#define RTC    0x101e8000u
#define UART0  0x101f1000u
#define UART1  0x101f2000u

/* Register offsets. */
enum {
    SYS_ID = 0x00,
    SYS_LOCK = 0x20,
    SYS_RESETCTL = 0x40,
    SYS_24MHZ = 0x5c,
    SYS_PROCID = 0x84,
    VIC_IRQSTATUS = 0x00,
    VIC_FIQSTATUS = 0x04,
    VIC_INTSELECT = 0x0c,
    VIC_INTENABLE = 0x10,
    VIC_INTENCLEAR = 0x14,
    VIC_SOFTINT = 0x18,
    VIC_SOFTINTCLEAR = 0x1c,
    TIMER_LOAD = 0x00,
    TIMER_VALUE = 0x04,
    TIMER_CONTROL = 0x08,
    TIMER_INTCLR = 0x0c,
    UART_DR = 0x00,
    UART_FR = 0x18,
    UART_IBRD = 0x24,
    UART_FBRD = 0x28,
    UART_LCR_H = 0x2c,
    UART_CR = 0x30,
    UART_IFLS = 0x34,
    UART_IMSC = 0x38,
    UART_RIS = 0x3c,
    UART_ICR = 0x44,
    PRIMECELL_ID = 0xfe0,
};

enum { IRQ_SOFT = 1, IRQ_TIMER = 4, IRQ_UART0 = 12 }; /* inputs of the VIC */
enum {
    UART_RXFE = 1 << 4,
    UART_TXFF = 1 << 5,
    UART_RX = 1 << 4,
    UART_TX = 1 << 5,
    UART_RT = 1 << 6
};
enum { PAGE_TABLE = 0x4000, RAM_TEST = 0x80000 };

static inline uint32_t rd(uint32_t at)
{
    return *(volatile uint32_t *)at;
}

static inline void wr(uint32_t at, uint32_t value)
{
    *(volatile uint32_t *)at = value;
}

/* start.S */
enum { EXC_UNDEFINED, EXC_SWI, EXC_PREFETCH, EXC_DATA, EXC_COUNT };
extern volatile uint32_t exceptions[EXC_COUNT]; /* how many there were */
extern volatile uint32_t fault_address, fault_status;
uint32_t semihosting(uint32_t operation, uint32_t parameter);
uint32_t call_swi(void);
void call_undefined(void);
void spin(uint32_t n);

/* console.c: the first serial port; output by polling, input by interrupt. */
void console_init(void);
void console_irq(void);
void print(const char *text);
void print_char(char c);
void print_dec(uint32_t value, int width); /* at least `width` wide, filled with blanks */
void print_hex(uint32_t value, int digits);
void print_label(const char *text); /* padded to a column */
/* Waits for a line and echoes it; without its end, cut at size - 1. */
void read_line(char *line, size_t size);

/* selftest.c */
uint32_t ram_mib(void);   /* finds the end of RAM */
unsigned self_test(void); /* prints a report; how many tests have failed */
void on_timer(void);      /* a timer interrupt */
void on_soft(void);       /* a software interrupt */

/* bench.c */
void bench(void);

/* Interrupts of the CPU on or off; wait for one. */
static inline void irq_on(void)
{
    uint32_t cpsr;
    __asm__ volatile("mrs %0, cpsr\n\tbic %0, %0, #0xc0\n\tmsr cpsr_c, %0"
                     : "=r"(cpsr)
                     :
                     : "memory");
}

static inline void irq_off(void)
{
    uint32_t cpsr;
    __asm__ volatile("mrs %0, cpsr\n\torr %0, %0, #0xc0\n\tmsr cpsr_c, %0"
                     : "=r"(cpsr)
                     :
                     : "memory");
}

/* Comes back for a masked interrupt, too, so that a test of its condition with interrupts off is
 * not overtaken. */
static inline void wait_for_interrupt(void)
{
    __asm__ volatile("mcr p15, 0, %0, c7, c0, 4" : : "r"(0) : "memory");
}

/* Division for a CPU that has none; den > 0, and the result fits. */
static inline uint32_t divide(uint64_t num, uint32_t den)
{
    uint32_t result = 0;
    uint64_t rest = 0;
    for (int bit = 63; bit >= 0; bit--) {
        rest = rest << 1 | (uint32_t)(num >> bit & 1);
        result <<= 1;
        if (rest >= den) {
            rest -= den;
            result |= 1;
        }
    }
    return result;
}

#endif
