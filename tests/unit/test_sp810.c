/* SPDX-License-Identifier: MIT */
/* SP810 system controller. */
#include "machine/device/sp810.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    SCCTRL = 0x000,
    SCSYSSTAT = 0x004,
    SCIMCTRL = 0x008,
    SCIMSTAT = 0x00c,
    SCXTALCTRL = 0x010,
    SCPLLCTRL = 0x014,
    SCPLLFCTRL = 0x018,
    SCPERCTRL0 = 0x01c,
    SCPERCTRL1 = 0x020,
    SCPEREN = 0x024,
    SCPERDIS = 0x028,
    SCPERCLKEN = 0x02c,
    SCPERSTAT = 0x030,
};

static SP810 sctl;
static FakeLine reset;

static uint32_t rd(uint32_t offset)
{
    return reg_read(&sctl.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&sctl.dev.region, offset, value);
}

int main(void)
{
    device_start(&sctl.dev,
                 (Device){ .type = &sp810_type, .name = "sctl", .out = { fake_line(&reset) } });
    is_primecell(&sctl.dev.region, 0x00041810);
    is_u32(rd(SCCTRL), 0x9, "SCCTRL after reset: DOZE asked for and reached");
    uint32_t all = 0;
    for (uint32_t offset = SCSYSSTAT; offset <= SCPERSTAT; offset += 4) {
        all |= rd(offset);
    }
    is_u32(all, 0, "the rest after reset");

    /* What Linux does: all four timers on TIMCLK. */
    wr(SCCTRL, rd(SCCTRL) | 1u << 15 | 1u << 17 | 1u << 19 | 1u << 21);
    is_u32(rd(SCCTRL), 0x2a8009, "timer enables are kept");
    wr(SCCTRL, 4);
    is_u32(rd(SCCTRL), 0x24, "NORMAL is reached at once");
    wr(SCCTRL, 2);
    is_u32(rd(SCCTRL), 0x12, "SLOW is reached at once");
    wr(SCCTRL, 0xffffffff);
    is_u32(rd(SCCTRL), 0xfff127, "what is reserved or status cannot be written");
    wr(SCIMCTRL, 0xffffffff);
    is_u32(rd(SCIMCTRL), 0x8f, "SCIMCTRL");
    wr(SCIMSTAT, 0xffffffff);
    is_u32(rd(SCIMSTAT), 1, "SCIMSTAT");
    wr(SCXTALCTRL, 0xfffffffd);
    is_u32(rd(SCXTALCTRL), 0x7fff9, "SCXTALCTRL: disabled, not stable");
    wr(SCXTALCTRL, 2);
    is_u32(rd(SCXTALCTRL), 6, "enabled: stable at once");
    wr(SCPLLCTRL, 0xffffffff);
    is_u32(rd(SCPLLCTRL), 0xfffffff, "SCPLLCTRL the same");
    wr(SCPLLFCTRL, 0x12345678);
    wr(SCPERCTRL0, 0x11);
    wr(SCPERCTRL1, 0x22);
    ok(rd(SCPLLFCTRL) == 0x12345678 && rd(SCPERCTRL0) == 0x11 && rd(SCPERCTRL1) == 0x22,
       "plain registers");
    wr(SCPEREN, 0xf0);
    wr(SCPEREN, 0x0f);
    wr(SCPERDIS, 0x81);
    is_u32(rd(SCPERCLKEN), 0x7e, "peripheral clocks: enabled and disabled bit by bit");
    is_u32(rd(SCPERSTAT), 0x7e, "status follows");

    ok(!reset.level, "no reset so far");
    wr(SCSYSSTAT, 0);
    ok(reset.level, "writing SCSYSSTAT asks for one");
    sp810_type.reset(&sctl);
    ok(rd(SCCTRL) == 9 && rd(SCPERCLKEN) == 0 && rd(SCPLLFCTRL) == 0,
       "after the reset the registers have their reset values");
    return done_testing();
}
