/* SPDX-License-Identifier: MIT */
/* PL190 vectored interrupt controller. */
#include "machine/device/pl190.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/regs.h"

enum {
    IRQSTATUS = 0x000,
    FIQSTATUS = 0x004,
    RAWINTR = 0x008,
    INTSELECT = 0x00c,
    INTENABLE = 0x010,
    INTENCLEAR = 0x014,
    SOFTINT = 0x018,
    SOFTINTCLEAR = 0x01c,
    PROTECTION = 0x020,
    VECTADDR = 0x030,
    DEFVECTADDR = 0x034,
    VECTADDR0 = 0x100,
    VECTCNTL0 = 0x200,
    ITCR = 0x300,
};

#define BIT(n) (UINT32_C(1) << (n))

static PL190 vic;
static FakeLine irq, fiq;

static uint32_t rd(uint32_t offset)
{
    return reg_read(&vic.dev.region, offset);
}

static void wr(uint32_t offset, uint32_t value)
{
    reg_write(&vic.dev.region, offset, value);
}

static void input(unsigned n, bool level)
{
    Irq line = device_input(&vic.dev, n);
    irq_set(&line, level);
}

/* A fresh controller, all inputs low. */
static void start(void)
{
    device_start(&vic.dev, (Device){ .type = &pl190_type,
                                     .name = "vic",
                                     .out = { fake_line(&irq), fake_line(&fiq) } });
}

static void vector(unsigned slot, unsigned source, uint32_t addr)
{
    wr(VECTADDR0 + 4 * slot, addr);
    wr(VECTCNTL0 + 4 * slot, 0x20 | source);
}

static void test_registers(void)
{
    start();
    is_primecell(&vic.dev.region, 0x00041190);
    uint32_t all = 0;
    for (uint32_t offset = 0; offset < 0x240; offset += 4) {
        all |= rd(offset);
    }
    is_u32(all, 0, "every register is 0 after reset");

    wr(INTENABLE, 0x00000011);
    wr(INTENABLE, 0x80000010);
    is_u32(rd(INTENABLE), 0x80000011, "INTENABLE: ones are added");
    wr(INTENCLEAR, 0x00000010);
    is_u32(rd(INTENABLE), 0x80000001, "INTENCLEAR: ones are taken away");
    is_u32(rd(INTENCLEAR), 0, "INTENCLEAR reads 0");
    wr(SOFTINT, 0x30);
    wr(SOFTINT, 0x0c);
    wr(SOFTINTCLEAR, 0x24);
    is_u32(rd(SOFTINT), 0x18, "SOFTINT is set and cleared bit by bit");
    wr(INTSELECT, 0xdeadbeef);
    is_u32(rd(INTSELECT), 0xdeadbeef, "INTSELECT keeps what is written");
    wr(PROTECTION, 0xffffffff);
    is_u32(rd(PROTECTION), 1, "PROTECTION has one bit");
    wr(DEFVECTADDR, 0x12345678);
    is_u32(rd(DEFVECTADDR), 0x12345678, "DEFVECTADDR keeps what is written");
    wr(VECTADDR0 + 4 * 15, 0x87654321);
    is_u32(rd(VECTADDR0 + 4 * 15), 0x87654321, "VECTADDR15 keeps what is written");
    wr(VECTCNTL0 + 4 * 15, 0xffffffff);
    is_u32(rd(VECTCNTL0 + 4 * 15), 0x3f, "VECTCNTL15 has six bits");
    wr(ITCR, 0xffffffff);
    is_u32(rd(ITCR), 1, "ITCR has one bit");
    wr(IRQSTATUS, 0xffffffff);
    wr(RAWINTR, 0xffffffff);
    is_u32(rd(RAWINTR), 0x18, "status registers are read only");

    input(7, true);
    pl190_type.reset(&vic);
    is_u32(rd(RAWINTR), BIT(7), "a reset leaves the inputs to the devices");
    is_u32(rd(VECTADDR0 + 4 * 15) | rd(DEFVECTADDR) | rd(INTSELECT) | rd(SOFTINT), 0,
           "a reset clears the rest");
}

static void test_lines(void)
{
    start();
    input(4, true);
    is_u32(rd(RAWINTR), BIT(4), "an input shows in RAWINTR");
    is_u32(rd(IRQSTATUS), 0, "a disabled input is not in IRQSTATUS");
    ok(!irq.level && !fiq.level, "a disabled input does not reach the outputs");
    wr(INTENABLE, BIT(4));
    is_u32(rd(IRQSTATUS), BIT(4), "enabled: IRQSTATUS");
    ok(irq.level && !fiq.level, "enabled: the IRQ output");
    wr(INTSELECT, BIT(4));
    is_u32(rd(IRQSTATUS), 0, "as FIQ: not in IRQSTATUS");
    is_u32(rd(FIQSTATUS), BIT(4), "as FIQ: FIQSTATUS");
    ok(!irq.level && fiq.level, "as FIQ: the FIQ output");
    wr(INTENCLEAR, BIT(4));
    is_u32(rd(FIQSTATUS), 0, "INTENABLE masks FIQs, too");
    ok(!fiq.level, "INTENABLE masks the FIQ output");
    wr(INTENABLE, BIT(4));
    input(4, false);
    ok(!fiq.level && rd(RAWINTR) == 0, "level sensitive: gone with its input");
    wr(INTSELECT, 0);
    wr(SOFTINT, BIT(4));
    ok(irq.level && rd(RAWINTR) == BIT(4), "a software interrupt is like an input");
    input(4, true);
    input(4, false);
    ok(irq.level, "a software interrupt stays when the input falls");
    wr(SOFTINTCLEAR, BIT(4));
    ok(!irq.level, "until it is cleared");
    input(31, true);
    wr(INTENABLE, BIT(31));
    ok(irq.level, "input 31 counts");
}

static void test_vectors(void)
{
    start();
    wr(DEFVECTADDR, 0xdef);
    vector(0, 9, 0x100);
    vector(5, 4, 0x105);
    wr(INTENABLE, BIT(9) | BIT(4) | BIT(12));

    is_u32(rd(VECTADDR), 0xdef, "nothing pends: the default address");
    ok(!vic.nested, "reading the default address services nothing");

    input(12, true);
    is_u32(rd(VECTADDR), 0xdef, "a source without vector: the default address");
    ok(!irq.level, "read: being serviced, the output falls");
    is_u32(rd(IRQSTATUS), BIT(12), "IRQSTATUS does not care");
    input(4, true);
    ok(irq.level, "a vectored one interrupts it");
    is_u32(rd(VECTADDR), 0x105, "its address");
    ok(!irq.level, "the output falls again");
    input(9, true);
    ok(irq.level, "slot 0 interrupts slot 5");
    is_u32(rd(VECTADDR), 0x100, "its address");
    is_u32(rd(VECTADDR), 0x100, "reading again services nothing new");
    input(9, false);
    wr(VECTADDR, 0);
    ok(!irq.level, "end of slot 0: slot 5 is still being serviced");
    is_u32(rd(VECTADDR), 0x105, "the address of slot 5 is read again");
    input(9, true);
    ok(irq.level, "slot 0 may interrupt again");
    input(9, false);
    wr(VECTADDR, 0);
    ok(irq.level, "end of slot 5 with its input still high: it interrupts the default one again");
    input(4, false);
    ok(!irq.level, "its input falls: only the default one is left, being serviced");
    wr(VECTADDR, 0);
    ok(irq.level, "end of that with its input still high: interrupts again");
    input(12, false);
    wr(VECTADDR, 0);
    wr(VECTADDR, 0);
    ok(!irq.level && !vic.nested, "one end too many does no harm");

    wr(VECTCNTL0 + 4 * 5, 4); /* without the enable bit */
    input(4, true);
    is_u32(rd(VECTADDR), 0xdef, "a slot that is not enabled has no say");
    wr(VECTADDR, 0);
    wr(VECTCNTL0 + 4 * 5, 0x24);
    input(9, true);
    wr(INTENCLEAR, BIT(9));
    is_u32(rd(VECTADDR), 0x105, "a disabled source of higher priority has no say");
    wr(VECTADDR, 0);
    wr(INTENABLE, BIT(9));
    wr(INTSELECT, BIT(9));
    is_u32(rd(VECTADDR), 0x105, "a FIQ of higher priority has no say");
    wr(VECTADDR, 0);

    /* The same source in two slots: the first counts. */
    wr(INTSELECT, 0);
    input(4, false);
    vector(3, 9, 0x103);
    is_u32(rd(VECTADDR), 0x100, "of two slots for one source the first counts");
    wr(VECTADDR, 0);
    wr(VECTCNTL0, 0);
    is_u32(rd(VECTADDR), 0x103, "without the first slot the second counts");
    wr(INTENABLE, BIT(11));
    input(11, true);
    ok(!irq.level, "a pending source without vector has to wait");
    vector(1, 11, 0x101);
    ok(irq.level, "given a vector of higher priority it interrupts");
    wr(VECTCNTL0 + 4, 0);
    ok(!irq.level, "without its vector it no longer interrupts");
    wr(VECTADDR, 0);
}

static void test_deepest_nesting(void)
{
    start();
    wr(INTENABLE, 0xffffffff);
    for (unsigned slot = 0; slot < 16; slot++) {
        vector(slot, slot, 0x1000 + slot);
    }
    wr(DEFVECTADDR, 0xdef);
    bool good = true;
    input(20, true);
    good &= rd(VECTADDR) == 0xdef;
    for (unsigned slot = 16; slot-- > 0;) {
        input(slot, true);
        good &= irq.level && rd(VECTADDR) == 0x1000 + slot && !irq.level;
    }
    ok(good, "17 interrupts nest, each of higher priority than the one before");
    rd(VECTADDR);
    is_u32(vic.nested, 17, "no more than 17 nest");
    for (unsigned slot = 0; slot < 16; slot++) {
        good &= rd(VECTADDR) == 0x1000 + slot;
        input(slot, false);
        wr(VECTADDR, 0);
    }
    input(20, false);
    wr(VECTADDR, 0);
    ok(good && !irq.level && !vic.nested, "nested interrupts end in order");
}

static void test_can_raise(void)
{
    start();
    is_u32(pl190_type.can_raise(&vic, 0xffffffff, false), 0, "all disabled: nothing can be raised");
    wr(INTENABLE, BIT(4) | BIT(5));
    wr(INTSELECT, BIT(5));
    is_u32(pl190_type.can_raise(&vic, 0, false), 0, "enabled, but no source alive");
    is_u32(pl190_type.can_raise(&vic, BIT(4), false), 1 << PL190_IRQ, "an IRQ source alive");
    is_u32(pl190_type.can_raise(&vic, BIT(5), false), 1 << PL190_FIQ, "a FIQ source alive");
    is_u32(pl190_type.can_raise(&vic, BIT(12), false), 0, "only a disabled source alive");
    input(4, true);
    is_u32(pl190_type.can_raise(&vic, 0, false), 1 << PL190_IRQ, "an IRQ asserted already");
    rd(VECTADDR);
    is_u32(pl190_type.can_raise(&vic, BIT(4), false), 0,
           "being serviced, and nothing of higher priority");
    vector(0, 6, 0);
    wr(INTENABLE, BIT(6));
    is_u32(pl190_type.can_raise(&vic, BIT(6), false), 1 << PL190_IRQ,
           "something of higher priority");
}

int main(void)
{
    test_registers();
    test_lines();
    test_vectors();
    test_deepest_nesting();
    test_can_raise();
    return done_testing();
}
