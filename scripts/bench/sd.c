/* SPDX-License-Identifier: MIT */
/* The work of diskwork.h on the SD card in the first slot, without a system: it drives the PL181
 * (DDI 0205) and the card itself, and polls.
 *
 * An ELF for -kernel: SVC mode, MMU off. Compiled with MIB, OPERATIONS and MOST, which are disk.c's
 * arguments. Prints over the first PL011 what disk.c prints, then BENCH DONE. */
#include "diskwork.h"

#define SYS_24MHZ 0x1000005cu
#define UART      0x101f1000u
#define UART_FR   (UART + 0x18)
#define FR_TXFF   0x20u

#define MCI            0x10005000u
#define MCI_POWER      (MCI + 0x00)
#define MCI_CLOCK      (MCI + 0x04)
#define MCI_ARGUMENT   (MCI + 0x08)
#define MCI_COMMAND    (MCI + 0x0c)
#define MCI_RESPONSE   (MCI + 0x14)
#define MCI_DATATIMER  (MCI + 0x24)
#define MCI_DATALENGTH (MCI + 0x28)
#define MCI_DATACTRL   (MCI + 0x2c)
#define MCI_STATUS     (MCI + 0x34)
#define MCI_CLEAR      (MCI + 0x38)
#define MCI_FIFO       (MCI + 0x80)

#define POWER_ON      0x3u
#define CLOCK_ENABLE  0x100u
#define CLOCK_BYPASS  0x400u
#define COMMAND_RUN   0x400u
#define RESPONSE      0x040u
#define LONG_RESPONSE (RESPONSE | 0x080u)

/* MCIDataCtrl: blocks of 512 bytes, to or from the card. */
#define SEND    0x91u
#define RECEIVE 0x93u

#define COMMAND_ENDS  0x0c5u /* CRC failed, time out, response, sent */
#define COMMAND_FAILS 0x004u
#define DATA_FAILS    0x03au
#define DATA_END      0x100u
#define TX_HALF_EMPTY 0x4000u
#define RX_HALF_FULL  0x8000u
#define ALL_STATIC    0x7ffu
#define HALF          8u /* words of the FIFO */
#define OCR_READY     (1u << 31)
#define OCR_HIGH      (1u << 30)
#define STATUS_ERRORS 0xfdf90008u /* of R1, section 4.10.1 of the SD specification */

#define AT_ONCE 8u /* blocks of a command: MCIDataLength has 16 bits */

static uint32_t all_generations[MIB * 256], all_words[WORDS * LONGEST];
static uint32_t address_shift; /* 0: the card is addressed by bytes, 9: by blocks of 512 */

__asm__("        .section .text.start, \"ax\"\n"
        "        .global _start\n"
        "_start: ldr     sp, =stack_top\n"
        "        bl      run\n"
        "1:      b       1b\n"
        "        .ltorg\n"
        "        .bss\n"
        "        .balign 8\n"
        "        .space  4096\n"
        "stack_top:\n"
        "        .text\n");

static uint32_t read32(uint32_t at)
{
    return *(volatile uint32_t *)at;
}

static void write32(uint32_t at, uint32_t value)
{
    *(volatile uint32_t *)at = value;
}

static void print(const char *text)
{
    while (*text) {
        while (read32(UART_FR) & FR_TXFF) {
        }
        write32(UART, (uint8_t)*text++);
    }
}

static void print_number(uint32_t value)
{
    char text[12];
    char *s = text + sizeof text - 1;
    *s = 0;
    do {
        *--s = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    print(" ");
    print(s);
}

static void stop(const char *what, uint32_t n)
{
    print("WRONG: ");
    print(what);
    print_number(n);
    print("\n");
    for (;;) {
    }
}

static uint64_t microseconds(void)
{
    static uint32_t last, ticks;
    static uint64_t all;
    uint32_t now = read32(SYS_24MHZ);
    ticks += now - last;
    last = now;
    all += ticks / 24;
    ticks %= 24;
    return all;
}

/* Returns the first word of the response. */
static uint32_t command(uint32_t index, uint32_t argument, uint32_t response)
{
    uint32_t status;
    write32(MCI_CLEAR, ALL_STATIC);
    write32(MCI_ARGUMENT, argument);
    write32(MCI_COMMAND, COMMAND_RUN | response | index);
    do {
        status = read32(MCI_STATUS);
    } while (!(status & COMMAND_ENDS));
    if (status & COMMAND_FAILS) {
        stop("no response to command", index);
    }
    return response ? read32(MCI_RESPONSE) : 0;
}

/* A command whose response is the card's status. */
static void command_r1(uint32_t index, uint32_t argument)
{
    if (command(index, argument, RESPONSE) & STATUS_ERRORS) {
        stop("error after command", index);
    }
}

static void start_card(void)
{
    uint32_t ocr;
    write32(MCI_POWER, POWER_ON);
    write32(MCI_CLOCK, CLOCK_ENABLE | CLOCK_BYPASS);
    write32(MCI_DATATIMER, UINT32_MAX);
    command(0, 0, 0);
    if (command(8, 0x1aa, RESPONSE) != 0x1aa) {
        stop("voltage", 0);
    }
    do {
        command(55, 0, RESPONSE);
        ocr = command(41, OCR_HIGH | 0xff8000, RESPONSE);
    } while (!(ocr & OCR_READY));
    address_shift = (ocr & OCR_HIGH) != 0 ? 9 : 0;
    command(2, 0, LONG_RESPONSE);
    uint32_t rca = command(3, 0, RESPONSE) & 0xffff0000;
    command(7, rca, RESPONSE);
    command_r1(16, 512);
}

/* Polls until the FIFO has room, or words, for half of it. */
static void await(uint32_t flag)
{
    uint32_t status;
    do {
        status = read32(MCI_STATUS);
        if (status & DATA_FAILS) {
            stop("data, status", status);
        }
    } while (!(status & flag));
}

static void write_disk(uint32_t block, const uint32_t *words, uint32_t n)
{
    while (n > 0) {
        uint32_t part = n < AT_ONCE ? n : AT_ONCE;
        const uint32_t *end = words + WORDS * part;
        command_r1(25, block * BLOCK >> address_shift);
        write32(MCI_DATALENGTH, BLOCK * part);
        write32(MCI_DATACTRL, SEND);
        while (words < end) {
            await(TX_HALF_EMPTY);
            for (uint32_t i = 0; i < HALF; i++) {
                write32(MCI_FIFO + 4 * i, *words++);
            }
        }
        await(DATA_END);
        command_r1(12, 0);
        block += part;
        n -= part;
    }
}

static void read_disk(uint32_t block, uint32_t *words, uint32_t n)
{
    while (n > 0) {
        uint32_t part = n < AT_ONCE ? n : AT_ONCE;
        const uint32_t *end = words + WORDS * part;
        write32(MCI_DATALENGTH, BLOCK * part);
        write32(MCI_DATACTRL, RECEIVE);
        command_r1(18, block * BLOCK >> address_shift);
        while (words < end) {
            await(RX_HALF_FULL);
            for (uint32_t i = 0; i < HALF; i++) {
                *words++ = read32(MCI_FIFO + 4 * i);
            }
        }
        await(DATA_END);
        command_r1(12, 0);
        block += part;
        n -= part;
    }
}

/* A card has no command for it: what it has taken, it keeps. */
static void flush_disk(void)
{
}

static void wrong_block(uint32_t byte, uint32_t block, uint32_t generation)
{
    print("generation");
    print_number(generation);
    print(", byte");
    print_number(byte);
    print("\n");
    stop("block", block);
}

static void done(const char *kind, uint64_t bytes, uint64_t time)
{
    print("DISK ");
    print(kind);
    print_number((uint32_t)bytes);
    print_number((uint32_t)time);
    print("\n");
}

void run(void);
void run(void)
{
    disk_blocks = MIB * 256;
    generations = all_generations;
    buffer = all_words;
    start_card();
    work_on_disk(OPERATIONS, MOST / 4);
    print("BENCH DONE\n");
}
