/* SPDX-License-Identifier: MIT */
/* Versatile/PB system registers. */
#include "machine/device/versatile_sysreg.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    ID = 0x00,
    SW = 0x04,
    LED = 0x08,
    OSC0 = 0x0c,
    OSC4 = 0x1c,
    LOCK = 0x20,
    HZ100 = 0x24,
    CFGDATA1 = 0x28,
    CFGDATA2 = 0x2c,
    FLAGS = 0x30,
    FLAGSCLR = 0x34,
    NVFLAGS = 0x38,
    NVFLAGSCLR = 0x3c,
    RESETCTL = 0x40,
    PCICTL = 0x44,
    FLASH = 0x4c,
    CLCD = 0x50,
    MHZ24 = 0x5c,
    DMAPSR0 = 0x64,
    PROCID0 = 0x84,
    PROCID1 = 0x88,
    OSCRESET0 = 0x8c,
};

static VersatileSysreg sys;
static FakeLine reset, vpp;
static FakeClock clk;

static uint32_t rd(uint32_t offset)
{
    return reg_read(&sys.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&sys.dev.region, offset, value);
}

static void test_identification(void)
{
    is_u32(rd(ID), 0x41007004, "SYS_ID");
    is_u32(rd(PROCID0), 0x02000000, "SYS_PROCID0");
    is_u32(rd(PROCID1), 0xff000000, "SYS_PROCID1");
    is_u32(rd(CLCD), 0x1f00, "SYS_CLCD: no display");
    is_u32(rd(PCICTL), 1, "SYS_PCICTL: in a backplane");
    wr(ID, 0);
    wr(PROCID0, 0);
    ok(rd(ID) == 0x41007004 && rd(PROCID0) == 0x02000000, "read only");
}

static void test_lock(void)
{
    is_u32(rd(LOCK), 0x10000, "locked after reset");
    wr(OSC0, 0x12345);
    wr(OSC4, 0x54321);
    is_u32(rd(OSC0) | rd(OSC4), 0, "locked: oscillators do not change");
    wr(RESETCTL, 0x105);
    ok(!reset.level && rd(RESETCTL) == 0, "locked: no reset");
    wr(LOCK, 0xa05f);
    is_u32(rd(LOCK), 0xa05f, "0xa05f unlocks");
    wr(OSC0, 0xffffffff);
    wr(OSC4, 0x12c5c);
    is_u32(rd(OSC0), 0x7ffff, "an oscillator has 19 bits");
    is_u32(rd(OSC4), 0x12c5c, "and keeps them");
    wr(RESETCTL, 0x005);
    ok(!reset.level && rd(RESETCTL) == 5, "a reset level alone resets nothing");
    wr(LOCK, 0);
    is_u32(rd(LOCK), 0x10000, "any other value locks");
    wr(RESETCTL, 0x105);
    ok(!reset.level && rd(RESETCTL) == 5, "again nothing happens");
    wr(LOCK, 0x1a05f);
    wr(RESETCTL, 0x105);
    ok(reset.level, "unlocked, bit 8 asks for the reset");
}

static void test_counters(void)
{
    versatile_sysreg_type.reset(&sys);
    ok(rd(HZ100) == 0 && rd(MHZ24) == 0, "counters start at 0");
    fake_clock_advance(&clk, 9999999);
    is_u32(rd(HZ100), 0, "10 ms less a ns");
    is_u32(rd(MHZ24), 239999, "in 24 MHz");
    fake_clock_advance(&clk, 1);
    is_u32(rd(HZ100), 1, "10 ms");
    is_u32(rd(MHZ24), 240000, "in 24 MHz");
    fake_clock_advance(&clk, 3600 * NS_PER_SEC - 10000000);
    is_u32(rd(HZ100), 360000, "an hour at 100 Hz");
    is_u32(rd(MHZ24), (uint32_t)(UINT64_C(3600) * 24000000), "an hour at 24 MHz, modulo 2^32");
    fake_clock_advance(&clk, INT64_C(1) << 60);
    is_u32(rd(MHZ24),
           (uint32_t)((((UINT64_C(1) << 60) + UINT64_C(3600000000000)) / 125) * 3 +
                      (((UINT64_C(1) << 60) + UINT64_C(3600000000000)) % 125) * 3 / 125),
           "after decades");
    versatile_sysreg_type.reset(&sys);
    clk.now = 0;
    versatile_sysreg_type.reset(&sys);
    clk.now = CLOCK_END;
    is_u32(rd(MHZ24), (uint32_t)(UINT64_C(9200000000) * 24000000), "after all of virtual time");
    versatile_sysreg_type.reset(&sys);
    ok(rd(HZ100) == 0 && rd(MHZ24) == 0, "a reset starts them again");
}

static void test_storage(void)
{
    wr(LED, 0xffffffa5);
    is_u32(rd(LED), 0xa5, "SYS_LED has eight bits");
    wr(CFGDATA1, 0x11111111);
    wr(CFGDATA2, 0x22222222);
    ok(rd(CFGDATA1) == 0x11111111 && rd(CFGDATA2) == 0x22222222, "SYS_CFGDATA1 and 2");
    wr(FLAGS, 0x0f);
    wr(FLAGS, 0xf0);
    wr(FLAGSCLR, 0x18);
    is_u32(rd(FLAGS), 0xe7, "SYS_FLAGS: set and cleared bit by bit");
    wr(NVFLAGS, 0x1234);
    wr(NVFLAGSCLR, 0x0004);
    is_u32(rd(NVFLAGS), 0x1230, "SYS_NVFLAGS the same");
    wr(CLCD, 0xffffffff);
    is_u32(rd(CLCD), 0xffffdfff, "SYS_CLCD: the display's ID is read only");
    wr(DMAPSR0 + 8, 0xffffffff);
    is_u32(rd(DMAPSR0 + 8), 0x9f, "SYS_DMAPSR2");
    wr(FLASH, 0xfffffffe);
    ok(rd(FLASH) == 0 && !vpp.level, "SYS_FLASH: bits above 0 are nothing");
    wr(FLASH, 1);
    ok(rd(FLASH) == 1 && vpp.level, "bit 0 is the programming voltage");
    wr(OSCRESET0, 0x777);
    is_u32(rd(OSCRESET0), 0, "SYS_OSCRESET0 is locked");
    wr(LOCK, 0xa05f);
    wr(OSCRESET0, 0x777);
    is_u32(rd(OSCRESET0), 0x777, "and can be unlocked");

    versatile_sysreg_type.reset(&sys);
    is_u32(rd(LED) | rd(FLAGS) | rd(CFGDATA1) | rd(CFGDATA2) | rd(FLASH) | rd(DMAPSR0 + 8), 0,
           "a reset clears");
    is_u32(rd(NVFLAGS), 0x1230, "but not SYS_NVFLAGS");
    is_u32(rd(OSC0), 0x777, "and oscillators take their reset setting");
    is_u32(rd(CLCD), 0x1f00, "SYS_CLCD is back");
    ok(!vpp.level, "the programming voltage is off");
    is_u32(rd(LOCK), 0x10000, "and everything is locked");
}

int main(void)
{
    fake_clock_init(&clk);
    device_start(&sys.dev, (Device){ .type = &versatile_sysreg_type,
                                     .name = "sys",
                                     .clock = &clk.clock,
                                     .out = { fake_line(&reset), fake_line(&vpp) } });
    test_identification();
    test_lock();
    test_counters();
    test_storage();
    return done_testing();
}
