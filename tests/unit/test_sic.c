/* SPDX-License-Identifier: MIT */
/* Versatile secondary interrupt controller. */
#include "machine/device/sic.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    STATUS = 0x00,
    RAWSTAT = 0x04,
    ENSET = 0x08,
    ENCLR = 0x0c,
    SOFTINTSET = 0x10,
    SOFTINTCLR = 0x14,
    PICENSET = 0x20,
    PICENCLR = 0x24,
};

static Sic sic;
static FakeLine combined, direct[32];

static uint32_t rd(uint32_t offset)
{
    return reg_read(&sic.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&sic.dev.region, offset, value);
}

static void input(unsigned n, bool level)
{
    Irq line = device_input(&sic.dev, n);
    irq_set(&line, level);
}

int main(void)
{
    Device dev = { .type = &sic_type, .name = "sic", .out = { fake_line(&combined) } };
    for (unsigned n = 0; n < SIC_PASSES; n++) {
        dev.out[1 + n] = fake_line(&direct[SIC_PASS + n]);
    }
    device_start(&sic.dev, dev);

    is_u32(rd(STATUS) | rd(RAWSTAT) | rd(ENSET) | rd(SOFTINTSET) | rd(PICENSET), 0,
           "everything is 0 after reset");
    wr(ENSET, 0x48);
    wr(ENSET, 0x80);
    wr(ENCLR, 0x08);
    is_u32(rd(ENSET), 0xc0, "SIC_ENABLE is set and cleared bit by bit");
    is_u32(rd(ENCLR), 0, "SIC_ENCLR reads 0");

    input(3, true);
    is_u32(rd(RAWSTAT), 0x08, "an input shows in RAWSTAT");
    ok(rd(STATUS) == 0 && !combined.level, "a disabled input goes nowhere");
    input(6, true);
    ok(rd(STATUS) == 0x40 && combined.level, "an enabled one: STATUS and the output");
    input(7, true);
    input(6, false);
    ok(rd(STATUS) == 0x80 && combined.level, "one of two gone: the output stays");
    input(7, false);
    ok(rd(STATUS) == 0 && !combined.level, "both gone: it falls");

    wr(SOFTINTSET, 0xffffffff);
    is_u32(rd(SOFTINTSET), 1, "the software interrupt is one bit");
    is_u32(rd(RAWSTAT), 0x09, "the software interrupt is input 0");
    ok(!combined.level, "masked like the others");
    wr(ENSET, 1);
    ok(combined.level, "enabled, it raises the output");
    is_u32(rd(ENSET), 0xc1, "SIC_ENABLE is not changed by it");
    wr(SOFTINTCLR, 0xfffffffe);
    ok(combined.level, "clearing other bits does nothing");
    wr(SOFTINTCLR, 1);
    ok(!combined.level && rd(RAWSTAT) == 0x08, "clearing it does");

    wr(PICENSET, 0xffffffff);
    is_u32(rd(PICENSET), 0x7fe00000, "inputs 21-30 can be passed on");
    wr(PICENCLR, 0x00200000);
    is_u32(rd(PICENSET), 0x7fc00000, "SIC_PICENCLR takes bits away");
    input(22, true);
    ok(direct[22].level && !combined.level, "22 is passed on, and not in the combined output");
    input(21, true);
    ok(!direct[21].level, "21 is not");
    wr(PICENSET, 0x00200000);
    ok(direct[21].level, "until it is enabled, though its input was there before");
    wr(PICENCLR, 0x00400000);
    ok(!direct[22].level && direct[21].level, "taken away again");
    wr(ENSET, 0x00400000);
    ok(combined.level, "the two ways are independent");
    input(30, true);
    input(31, true);
    ok(direct[30].level && !direct[31].level, "30 has the direct way, 31 has not");

    sic_type.reset(&sic);
    ok(!combined.level && !direct[21].level && !direct[30].level, "a reset lets all outputs fall");
    is_u32(rd(RAWSTAT), 0xc0600008, "a reset leaves the inputs to the devices");
    return done_testing();
}
