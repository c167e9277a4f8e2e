/* SPDX-License-Identifier: MIT */
/* The firmware's terminal: UART0. */
#include "board.h"

#define REPORT_COLUMN 14

static volatile char ring[256];
static volatile uint32_t head, tail; /* bytes ever put in and taken out */

void console_init(void)
{
    wr(UART0 + UART_CR, 0);
    wr(UART0 + UART_IBRD, 13); /* 115200 baud from 24 MHz */
    wr(UART0 + UART_FBRD, 1);
    wr(UART0 + UART_LCR_H, 0x70); /* 8 bits, FIFOs */
    wr(UART0 + UART_CR, 0x301);
    wr(UART0 + UART_IMSC, UART_RX | UART_RT);
    wr(VIC + VIC_INTENABLE, 1u << IRQ_UART0);
}

void console_irq(void)
{
    while (!(rd(UART0 + UART_FR) & UART_RXFE) && head - tail < sizeof ring) {
        ring[head % sizeof ring] = (char)rd(UART0 + UART_DR);
        head++;
    }
    if (head - tail == sizeof ring) {
        wr(UART0 + UART_IMSC, 0); /* until read_char() makes room: what comes then waits outside */
    }
}

static char read_char(void)
{
    irq_off();
    while (head == tail) {
        wait_for_interrupt();
        irq_on();
        irq_off();
    }
    char c = ring[tail % sizeof ring];
    tail++;
    wr(UART0 + UART_IMSC, UART_RX | UART_RT);
    irq_on();
    return c;
}

void print_char(char c)
{
    if (c == '\n') {
        print_char('\r');
    }
    while (rd(UART0 + UART_FR) & UART_TXFF) {
    }
    wr(UART0 + UART_DR, (uint8_t)c);
}

void print(const char *text)
{
    while (*text) {
        print_char(*text++);
    }
}

void print_label(const char *text)
{
    int column = 0;
    for (; text[column]; column++) {
        print_char(text[column]);
    }
    for (; column < REPORT_COLUMN; column++) {
        print_char(' ');
    }
}

void print_dec(uint32_t value, int width)
{
    char digits[10];
    int n = 0;
    do {
        uint32_t tenth = divide(value, 10);
        digits[n++] = (char)('0' + (value - tenth * 10));
        value = tenth;
    } while (value);
    for (int i = n; i < width; i++) {
        print_char(' ');
    }
    while (n) {
        print_char(digits[--n]);
    }
}

void print_hex(uint32_t value, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
        print_char("0123456789abcdef"[value >> shift & 15]);
    }
}

void read_line(char *line, size_t size)
{
    size_t n = 0;
    for (;;) {
        char c = read_char();
        if (c == '\r' || c == '\n') {
            print("\n");
            line[n] = '\0';
            return;
        }
        if ((c == '\b' || c == 0x7f) && n > 0) {
            n--;
            print("\b \b");
        } else if (c >= ' ' && c < 0x7f && n < size - 1) {
            line[n++] = c;
            print_char(c);
        }
    }
}
