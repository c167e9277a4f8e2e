/* SPDX-License-Identifier: MIT */
/* PL181 and its card: identification, blocks read and written, erased, refused and lost, on a
 * medium that the test keeps. */
#include "machine/device/pl181.h"
#include "tests/unit/fake_block.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

#define KEPT (64u << 10) /* bytes of the medium, which repeat */
#define MIB  (UINT64_C(1) << 20)

/* -- The controller -- */

enum {
    POWER = 0x00,
    CLOCK = 0x04,
    ARGUMENT = 0x08,
    COMMAND = 0x0c,
    RESPONSE_COMMAND = 0x10,
    RESPONSE = 0x14,
    DATA_TIMER = 0x24,
    DATA_LENGTH = 0x28,
    DATA_CONTROL = 0x2c,
    DATA_COUNT = 0x30,
    STATUS = 0x34,
    CLEAR = 0x38,
    MASK0 = 0x3c,
    MASK1 = 0x40,
    SELECT = 0x44,
    FIFO_COUNT = 0x48,
    FIFO = 0x80
};
enum {
    CRC_FAIL = 0x2,
    NO_ANSWER = 0x4,
    TIMEOUT = 0x8,
    ANSWER = 0x40,
    SENT = 0x80,
    END = 0x100,
    FLAGS = 0x7ff,
    TX_ACTIVE = 0x1000,
    RX_ACTIVE = 0x2000,
    RX_HALF = 0x8000,
    RX_DATA = 0x200000
};
enum {
    OUT_OF_RANGE = 31,
    SEQUENCE = 28,
    PARAM = 27,
    PROTECTED = 26,
    ILLEGAL = 22,
    ECC = 21,
    GENERAL = 19,
    RESET = 13
};

static Block medium;
static uint8_t media[KEPT];
static Pl181 mci;
static FakeClock clk;
static FakeLine lines[3];

static uint32_t rd(uint32_t offset)
{
    return reg_read(&mci.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&mci.dev.region, offset, value);
}

/* Executes a command with a short response; returns what MCIStatus has of it. */
static uint32_t command(unsigned n, uint32_t arg)
{
    wr(CLEAR, FLAGS);
    wr(ARGUMENT, arg);
    wr(COMMAND, 0x440 | n);
    return rd(STATUS) & FLAGS;
}

/* The same; returns the response. */
static uint32_t answer(unsigned n, uint32_t arg)
{
    uint32_t status = command(n, arg);
    return status == ANSWER || status == (ANSWER | END | 0x400) ? rd(RESPONSE) : 0xbadbad;
}

static uint32_t app_answer(unsigned n, uint32_t arg)
{
    answer(55, (uint32_t)mci.card.rca << 16);
    return answer(n, arg);
}

static void start(uint64_t size, bool read_only)
{
    medium = (Block){ .size = size,
                      .config = { .option = "-sd", .path = "card", .read_only = read_only },
                      .bytes = media,
                      .kept = KEPT };
    for (unsigned i = 0; i < KEPT; i++) {
        medium.bytes[i] = (uint8_t)(i / 512 + i * 7);
    }
    fake_clock_init(&clk);
    device_start(&mci.dev, (Device){ .type = &pl181_type,
                                     .name = "mci",
                                     .clock = &clk.clock,
                                     .hz = 24000000,
                                     .block = size ? &medium : NULL,
                                     .out = { fake_line(&lines[0]), fake_line(&lines[1]),
                                              fake_line(&lines[2]) } });
    wr(POWER, 3);
    wr(CLOCK, 0x100);
    wr(DATA_TIMER, 1000);
}

/* Brings the card to the transfer state. */
static void select_card(void)
{
    command(0, 0);
    answer(8, 0x1aa);
    app_answer(41, 0x40ff8000);
    command(2, 0);
    answer(3, 0);
    answer(7, 0x45670000);
    is_u32(answer(13, 0x45670000) >> 9 & 0xf, 4, "the card is in the transfer state");
}

static uint32_t card_status(void)
{
    return answer(13, 0x45670000);
}

static void has_error(unsigned bit, const char *name)
{
    uint32_t status = card_status();
    ok(status >> 13 == UINT32_C(1) << (bit - 13), "card status: %s (0x%08x)", name,
       (unsigned)status);
    is_u32(card_status() >> 13, 0, "which has been shown");
}

/* Takes a transfer's data out of the FIFO, as Linux does: by its status. */
static void take(uint8_t *bytes, uint32_t length)
{
    for (uint32_t i = 0; i < length; i += 4) {
        for (unsigned tries = 0; !(rd(STATUS) & RX_DATA) && tries < 3; tries++) {
        }
        uint32_t word = rd(FIFO);
        for (uint32_t k = 0; k < 4 && i + k < length; k++) {
            bytes[i + k] = (uint8_t)(word >> 8 * k);
        }
    }
}

static uint32_t begin_read(unsigned n, uint32_t arg, uint32_t length)
{
    wr(DATA_LENGTH, length);
    wr(DATA_CONTROL, 0x93);
    return answer(n, arg);
}

static void give(uint32_t first, uint32_t words)
{
    for (uint32_t i = 0; i < words; i++) {
        wr(FIFO, first + i);
    }
}

static uint32_t begin_write(unsigned n, uint32_t arg, uint32_t length)
{
    uint32_t response = answer(n, arg);
    wr(DATA_LENGTH, length);
    wr(DATA_CONTROL, 0x91);
    return response;
}

/* -- Tests -- */

static void test_no_card(void)
{
    start(0, false);
    is_primecell(&mci.dev.region, 0x00041181);
    ok(!lines[2].level, "no card: its line is low");
    is_u32(command(8, 0x1aa), NO_ANSWER, "no card: no answer");
    wr(MASK1, NO_ANSWER);
    ok(!lines[0].level && lines[1].level && !device_pending(&mci.dev), "the second interrupt");
    wr(MASK0, NO_ANSWER);
    ok(lines[0].level && device_pending(&mci.dev), "and the first");
    wr(CLEAR, NO_ANSWER);
    ok(!lines[0].level && !lines[1].level, "until it is cleared");
    wr(COMMAND, 0x400);
    is_u32(rd(STATUS), SENT, "a command without a response is sent");
    is_u32(rd(COMMAND), 0, "and the register can take the next one");
    wr(SELECT, 0xff);
    is_u32(rd(SELECT), 0xf, "MCISelect");
}

static void test_identification(void)
{
    start(64 * MIB, false);
    ok(lines[2].level, "a card: its line is high");
    is_u32(command(2, 0), NO_ANSWER, "no CMD2 in the idle state");
    is_u32(answer(55, 0), 0x00400120, "the next response tells of it");
    is_u32(answer(41, 0), 0x00ffff00, "ACMD41 that asks");
    is_u32(app_answer(41, 0x40ff8000), 0x80ffff00, "ACMD41 that starts the card");
    is_u32(command(2, 0), NO_ANSWER, "a long response to who wants a short one");
    is_u32(answer(3, 0), 0x45670500, "the address, and the state before");
    is_u32(rd(RESPONSE_COMMAND), 3, "the index in the response");
    wr(ARGUMENT, 0x45670000);
    wr(COMMAND, 0x4c9);
    is_u32(rd(RESPONSE), 0x00260032, "CSD: version 1");
    is_u32(rd(RESPONSE + 4) & 0x3ff, 0x3f, "CSD: C_SIZE is 255,");
    is_u32(rd(RESPONSE + 8) >> 30, 3, "in two words");
    is_u32(rd(RESPONSE_COMMAND), 0x3f, "a long response has no index");
    is_u32(command(7, 0x12340000), NO_ANSWER, "another card is selected");
    is_u32(answer(7, 0x45670000), 0x00000700, "this one is");
    is_u32(command(9, 0x45670000), NO_ANSWER, "no CMD9 in the transfer state");
    is_u32(card_status(), 0x00400900, "which is an illegal command");
    is_u32(answer(15, 0x11110000) == 0xbadbad, 1, "CMD15 for another card");
    is_u32(card_status(), 0x900, "does nothing");
    begin_read(18, 0, 512);
    command(15, 0x45670000);
    ok(!sd_card_sending(&mci.card) && pl181_type.loaded(&mci), "CMD15: nothing more is sent");
    is_u32(command(13, 0x45670000), NO_ANSWER, "CMD15: the card is gone");
}

static void test_blocks(void)
{
    static uint8_t bytes[4096];
    start(64 * MIB, false);
    select_card();
    is_u32(begin_read(17, 1024, 512), 0x900, "CMD17");
    is_u32(rd(STATUS) & (RX_ACTIVE | RX_HALF | RX_DATA), RX_ACTIVE | RX_HALF | RX_DATA,
           "data is in the FIFO");
    is_u32(rd(FIFO_COUNT), 112, "16 words of it");
    take(bytes, 512);
    ok(memcmp(bytes, medium.bytes + 1024, 512) == 0, "the block at byte 1024");
    is_u32(rd(STATUS) & (RX_ACTIVE | END), END, "then the transfer is over");
    is_u32(card_status(), 0x900, "and the card in the transfer state");
    begin_read(18, 512, 4096);
    take(bytes, 4096);
    ok(memcmp(bytes, medium.bytes + 512, 4096) == 0, "CMD18: eight blocks");
    is_u32(answer(12, 0), 0xb00, "until CMD12");
    begin_read(18, 64 * MIB - 1024, 1024);
    take(bytes, 1024);
    is_u32(answer(12, 0), 0xb00, "to the end of the card is no error");

    is_u32(begin_write(24, 2048, 512), 0x900, "CMD24");
    is_u32(rd(STATUS) & TX_ACTIVE, TX_ACTIVE, "the card waits for data");
    give(0x04030201, 128);
    ok(medium.bytes[2048] == 1 && medium.bytes[2051] == 4 && medium.bytes[2048 + 508] == 128,
       "a block is written");
    is_u32(rd(STATUS) & (TX_ACTIVE | END), END, "the transfer is over");
    begin_write(25, 4096, 1536);
    give(0x11000000, 384);
    ok(medium.bytes[4096 + 3] == 0x11 && medium.bytes[4096 + 1532] == 0x7f, "CMD25: three blocks");
    is_u32(answer(12, 0), 0xd00, "until CMD12");
    wr(DATA_LENGTH, 4);
    wr(DATA_CONTROL, 0x23);
    app_answer(22, 0);
    is_u32(rd(FIFO), 0x03000000, "ACMD22: three were written");

    is_u32(answer(16, 513) >> 29 & 1, 1, "CMD16: no blocks of 513 bytes");
    answer(16, 7);
    begin_read(17, 1021, 7);
    take(bytes, 7);
    ok(memcmp(bytes, medium.bytes + 1021, 7) == 0, "a block of 7 bytes, anywhere");
    is_u32(rd(FIFO), 0, "an empty FIFO reads 0");
    wr(FIFO, 1);
    is_u32(rd(STATUS) & TX_ACTIVE, 0, "and a word for nobody is lost");
}

/* Blocks whose end is within a word. */
static void test_odd_blocks(void)
{
    uint8_t bytes[84];
    start(64 * MIB, false);
    select_card();
    answer(16, 7);
    begin_read(18, 1021, 84);
    take(bytes, 84);
    ok(memcmp(bytes, medium.bytes + 1021, 84) == 0, "CMD18: twelve blocks of 7 bytes");
    is_u32(answer(12, 0), 0xb00, "until CMD12");
    begin_write(25, 1021, 28);
    give(0x04030201, 7);
    ok(medium.bytes[1021] == 1 && medium.bytes[1028] == 4 && medium.bytes[1045] == 7 &&
           medium.bytes[1048] == 4,
       "CMD25: four blocks of 7 bytes");
    is_u32(answer(12, 0), 0xd00, "until CMD12");
}

static void test_high_capacity(void)
{
    uint8_t bytes[512];
    start(4096 * MIB, false);
    select_card();
    answer(7, 0);
    wr(ARGUMENT, 0x45670000);
    wr(COMMAND, 0x4c9);
    is_u32(rd(RESPONSE), 0x400e0032, "CSD: version 2");
    is_u32(rd(RESPONSE + 8) >> 16, 0x1fff, "CSD: 8192 times 512 KiB");
    command(0, 0);
    is_u32(app_answer(41, 0x40ff8000), 0xc0ffff00, "OCR: high capacity");
    select_card();
    answer(16, 7);
    begin_read(17, 8388607, 512);
    take(bytes, 512);
    ok(memcmp(bytes, medium.bytes + KEPT - 512, 512) == 0,
       "addresses are those of blocks, which have 512 bytes");
    is_u32(begin_read(17, 8388608, 512), 0x80000900, "the next one is out of range");
}

static void test_failures(void)
{
    uint8_t before = 0;
    start(64 * MIB, true);
    select_card();
    before = medium.bytes[512];
    begin_write(24, 512, 512);
    give(0x99999999, 128);
    is_u32(rd(STATUS) & FLAGS, ANSWER | CRC_FAIL, "read-only: the card does not take the block");
    has_error(PROTECTED, "WP_VIOLATION");
    is_u32(medium.bytes[512], before, "and it is as it was");

    start(64 * MIB, false);
    select_card();
    medium.writes_fail = true;
    begin_write(25, 512, 1024);
    wr(MASK0, CRC_FAIL);
    give(0, 256);
    is_u32(rd(STATUS) & FLAGS, ANSWER | CRC_FAIL, "the host fails: so does the transfer");
    ok(lines[0].level, "with an interrupt");
    is_u32(answer(12, 0), 0x00080d00, "the card says ERROR");
    medium.writes_fail = false;
    medium.reads_fail = true;
    begin_read(17, 0, 512);
    is_u32(rd(STATUS) & (RX_ACTIVE | TIMEOUT), RX_ACTIVE, "a block that cannot be read");
    wr(MASK0, TIMEOUT);
    ok(device_pending(&mci.dev), "the controller waits");
    fake_clock_advance(&clk, 83332);
    ok(!lines[0].level, "for 1000 cycles of 12 MHz,");
    fake_clock_advance(&clk, 2);
    is_u32(rd(STATUS) & (RX_ACTIVE | TIMEOUT), TIMEOUT, "then it gives up");
    ok(lines[0].level, "with an interrupt");
    is_u32(answer(12, 0) >> ECC & 1, 1, "the card says CARD_ECC_FAILED");
    medium.reads_fail = false;
    wr(DATA_LENGTH, 512);
    wr(DATA_CONTROL, 0x91);
    give(0, 20);
    fake_clock_advance(&clk, 1000000);
    is_u32(rd(STATUS) & TIMEOUT, TIMEOUT, "data for a card that wants none");
    is_u32(answer(24, 64 * MIB), 0x80000900, "CMD24 out of range");
    is_u32(card_status(), 0x900, "leaves the transfer state alone");
}

static void test_erase(void)
{
    static const uint8_t zeros[1024];
    start(64 * MIB, false);
    select_card();
    answer(32, 1024);
    answer(33, 1536);
    answer(38, 0);
    ok(memcmp(medium.bytes + 1024, zeros, 1024) == 0 && medium.bytes[1023] && medium.bytes[2050],
       "two blocks are erased");
    is_u32(card_status(), 0x900, "without an error");
    is_u32(answer(38, 0) >> SEQUENCE & 1, 1, "none is left to erase");
    answer(32, 1024);
    answer(16, 512);
    is_u32(answer(33, 2048) >> RESET & 1, 0, "another command resets the sequence");
    is_u32(answer(38, 0) >> SEQUENCE & 1, 1, "so it is incomplete");
    answer(32, 4096);
    answer(33, 1024);
    is_u32(answer(38, 0) >> PARAM & 1, 1, "backwards");
    answer(32, 4096);
    answer(33, 64 * MIB);
    is_u32(answer(38, 0) >> OUT_OF_RANGE & 1, 1, "beyond the end");
}

static void test_switch(void)
{
    uint8_t bytes[64];
    start(64 * MIB, false);
    select_card();
    begin_read(6, 0x80fffff1, 64);
    take(bytes, 64);
    ok(bytes[13] == 3 && bytes[16] == 0x01, "CMD6: high speed");
    begin_read(6, 0x00fffffe, 64);
    take(bytes, 64);
    is_u32(bytes[16], 0x0f, "CMD6: a function that is not there");
    begin_read(6, 0x00ffffff, 64);
    take(bytes, 64);
    is_u32(bytes[16], 0x01, "CMD6: high speed it still is");
    wr(DATA_LENGTH, 16);
    command(27, 0);
    wr(DATA_CONTROL, 0x41);
    give(0, 4);
    is_u32(rd(STATUS) & END, END, "CMD27: a CSD is taken");
    is_u32(card_status(), 0x900, "and changes nothing");
}

/* States that a file may have and the device never. */
static void test_loaded(void)
{
    start(64 * MIB, false);
    select_card();
    ok(pl181_type.loaded(&mci), "its own state is valid");
    Pl181 good = mci;
#define REFUSES(member, value)                                                                     \
    mci = good;                                                                                    \
    mci.member = (value);                                                                          \
    ok(!pl181_type.loaded(&mci), "refused: " #member " = " #value)
    REFUSES(path, 3);
    REFUSES(fifo_first, PL181_FIFO_LENGTH);
    REFUSES(fifo_used, PL181_FIFO_LENGTH + 1);
    REFUSES(data_count, 0x10000);
    REFUSES(card.state, SD_INACTIVE + 1);
    REFUSES(card.state, SD_RECEIVING);
    REFUSES(card.data, SD_DATA_BLOCK);
    REFUSES(card.filled, SD_BLOCK + 1);
    REFUSES(card.sent, 1);
    REFUSES(card.block_length, 0);
    REFUSES(card.block_length, SD_BLOCK + 1);
    mci = good;
    mci.card.state = SD_RECEIVING;
    mci.card.data = SD_DATA_BLOCK;
    mci.card.filled = 511;
    ok(pl181_type.loaded(&mci), "a block of which one byte is missing");
    mci.card.filled = 512;
    ok(!pl181_type.loaded(&mci), "one with none missing is none");
    mci = good;
}

int main(void)
{
    test_no_card();
    test_identification();
    test_blocks();
    test_odd_blocks();
    test_high_capacity();
    test_failures();
    test_erase();
    test_switch();
    test_loaded();
    return done_testing();
}
