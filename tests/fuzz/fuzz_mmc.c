/* SPDX-License-Identifier: MIT */
/* Fuzzing of the card slot and its card (libFuzzer): the first byte chooses the card, then come
 * steps of 8 bytes, which access registers, send commands, move data, let time pass, save and load
 * state.
 *
 * A step: what (low 4 bits, see run_step()) and how (high 4 bits), a byte, a length (2 bytes), a
 * value (4 bytes), little-endian. */
#include <stdio.h>
#include <stdlib.h>

#include "machine/device/pl181.h"
#include "tests/unit/fake_block.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

#define STEP 8
#define KEPT (64u << 10)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t bytes[KEPT];
static Block medium;
static Pl181 mci;
static FakeClock clk;
static FakeLine lines[3];

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&mci.dev.region, offset, value);
}

static void send_command(unsigned n, uint32_t arg, unsigned how)
{
    wr(0x08, arg);
    wr(0x0c, 0x400 | (how & 1 ? 0 : 0x40) | (how & 2 ? 0x80 : 0) | n);
}

/* Brings the card to the transfer state. */
static void select_card(void)
{
    static const struct {
        uint8_t command;
        uint32_t arg;
    } steps[] = { { 0, 0 }, { 8, 0x1aa }, { 55, 0 },        { 41, 0x40ff8000 },
                  { 2, 0 }, { 3, 0 },     { 7, 0x45670000 } };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        send_command(steps[i].command, steps[i].arg, 0);
    }
}

/* A command with data, and some of the data. */
static void transfer(const uint8_t *step, uint32_t length, uint32_t value)
{
    static const uint8_t commands[] = { 6, 13, 17, 18, 22, 24, 25, 27, 51, 12 };
    unsigned n = commands[step[1] % sizeof commands];
    bool out = n >= 24 && n <= 27;
    uint32_t words = (length & 0xfff) / 4 + (step[0] >> 4);
    wr(0x28, length & 0x1fff);
    if (n == 13 || n == 22 || n == 51) {
        send_command(55, 0x45670000, 0);
    }
    if (!out) {
        wr(0x2c, 0x93);
    }
    send_command(n, value, 0);
    if (out) {
        wr(0x2c, 0x91);
    }
    for (uint32_t i = 0; i < words; i++) {
        if (out) {
            wr(0x80, value + i);
        } else {
            (void)reg_read(&mci.dev.region, i % 5 ? 0x80 : 0x34);
        }
    }
}

/* The state survives a save and a load. A state with a byte changed may be refused. */
static void save_and_load(bool changed, uint32_t where, uint8_t what)
{
    VMWriter w = { 0 };
    vmstate_save(&w, pl181_type.state, &mci);
    if (w.failed) {
        abort();
    }
    if (changed) {
        w.bytes[where % w.len] ^= what;
    }
    VMReader r = { .bytes = w.bytes, .left = w.len };
    uint64_t digest = vmstate_digest(VM_DIGEST_START, pl181_type.state, &mci);
    bool good = vmstate_load(&r, pl181_type.state, &mci) && pl181_type.loaded(&mci);
    if (!changed && (!good || digest != vmstate_digest(VM_DIGEST_START, pl181_type.state, &mci))) {
        fprintf(stderr, "a state is not what was saved\n");
        abort();
    }
    if (!good) {
        pl181_type.reset(&mci);
    }
    free(w.bytes);
}

static void run_step(const uint8_t *step)
{
    unsigned how = step[0] >> 4;
    uint32_t length = ld16_p(step + 2), value = ld32_p(step + 4);
    switch (step[0] & 15) {
    case 0:
    case 1: wr(length & 0xfc, value); break;
    case 2: (void)reg_read(&mci.dev.region, length & 0xffc); break;
    case 3:
    case 4:
    case 5: send_command(step[1] & 0x3f, how & 8 ? 0x45670000 : value, how); break;
    case 6: select_card(); break;
    case 7: fake_clock_advance(&clk, how & 1 ? NS_PER_SEC : value & 0xffff); break;
    case 8: save_and_load(how & 1, value, step[1]); break;
    case 9:
        medium.reads_fail = how & 1;
        medium.writes_fail = how & 2;
        break;
    case 10:
        if (step[1] == 0) {
            pl181_type.reset(&mci);
        }
        break;
    default: transfer(step, length, value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint64_t sizes[] = { 64 << 20, UINT64_C(4) << 30, 2048, UINT64_C(2) << 30 };
    if (size == 0) {
        return 0;
    }
    memset(bytes, 0, sizeof bytes);
    medium = (Block){ .size = sizes[data[0] & 3],
                      .config = { .option = "-sd", .path = "card", .read_only = data[0] & 4 },
                      .bytes = bytes,
                      .kept = KEPT };
    fake_clock_init(&clk);
    device_start(&mci.dev, (Device){ .type = &pl181_type,
                                     .name = "mci",
                                     .clock = &clk.clock,
                                     .hz = 24000000,
                                     .block = data[0] & 8 ? NULL : &medium,
                                     .out = { fake_line(&lines[0]), fake_line(&lines[1]),
                                              fake_line(&lines[2]) } });
    wr(0x04, 0x100);
    wr(0x24, 1000);
    for (size_t i = 1; size - i >= STEP; i += STEP) {
        run_step(data + i);
        if (!pl181_type.loaded(&mci)) {
            fprintf(stderr, "a state that could not be loaded\n");
            abort();
        }
    }
    return 0;
}
