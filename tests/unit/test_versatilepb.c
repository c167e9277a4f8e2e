/* SPDX-License-Identifier: MIT */
/* The Versatile/PB board around a CPU that only listens: memory map, wires, device tree, and what
 * can wake it. */
#include <stdlib.h>

#include "boot/fdt_boot.h"
#include "machine/device/versatile_pci.h"
#include "machine/versatilepb.h"
#include "tests/unit/bus_access.h"
#include "tests/unit/fake_clock.h"
#include "tests/unit/fdt_find.h"
#include "tests/unit/stub_cpu.h"
#include "tests/unit/tap.h"

static FakeClock clk;
static unsigned resets;
static Machine *m;
static const char *input = ""; /* what is typed at uart0 */

static bool chr_get(void *opaque, uint8_t *byte)
{
    (void)opaque;
    if (!*input) {
        return false;
    }
    *byte = (uint8_t)*input++;
    return true;
}

static bool chr_pending(void *opaque)
{
    (void)opaque;
    return *input != 0;
}

static void chr_put(void *opaque, uint8_t byte)
{
    (void)opaque;
    (void)byte;
}

static Chardev chr = { .get = chr_get, .pending = chr_pending, .put = chr_put };

static void reset_requested(void *opaque)
{
    (void)opaque;
    resets++;
}

static uint32_t rd(uint32_t addr)
{
    return bus_read(&m->bus, addr, 4);
}

static void wr(uint32_t addr, uint32_t value)
{
    bus_write(&m->bus, addr, value, 4);
}

#define VIC 0x10140000u
#define SIC 0x10003000u

static void test_types(void)
{
    ok(machine_find("versatilepb") == &versatilepb_type, "versatilepb is found by name");
    ok(!machine_find("versatile") && !machine_find(""), "others are not");
    ok(machine_types[0] == &versatilepb_type, "it is the default");
    is_u32(versatilepb_type.linux_id, 387, "Linux's number of it");
    const MachineType *ab = machine_find("versatileab");
    ok(ab && ab->devices == versatilepb_type.devices, "versatileab has the same devices");
    is_u32(ab ? ab->linux_id : 0, 606, "and a number of its own");
}

static void test_memory_map(void)
{
    wr(0, 0x12345678);
    wr(0x07fffffc, 0x9abcdef0);
    ok(rd(0) == 0x12345678 && rd(0x07fffffc) == 0x9abcdef0, "RAM from 0 to its size");
    wr(0x08000000, 1);
    ok(rd(0x08000000) == 0 && rd(0) == 0x12345678, "nothing after it, no repetition");
    is_u32(rd(0x10000000), 0x41007004, "system registers");
    is_u32(rd(0x10140fe0), 0x90, "VIC");
    is_u32(rd(0x101e0fe4), 0x18, "system controller");
    is_u32(rd(0x101e2fe0), 0x04, "timers 0 and 1");
    is_u32(rd(0x101e3fe0), 0x04, "timers 2 and 3");
    is_u32(rd(0x101e8000), 1700000000, "RTC, at the time given");
    is_u32(rd(0x101f1fe0), 0x11, "UART0");
    is_u32(rd(0x101f2fe0), 0x11, "UART1");
    is_u32(rd(0x101f3fe0), 0x11, "UART2");
    is_u32(rd(0x10009fe0), 0x11, "UART3");
    ok(bus_host(&m->bus, 0x34000000, 64u << 20) != NULL, "flash, 64 MiB");
    static const uint32_t absent[] = { 0x10002000, 0x10004fe0, 0x10006fe0, 0x10007fe0, 0x10008000,
                                       0x1001000e, 0x10020000, 0x10120fe0, 0x10130fe0, 0x101e1fe0,
                                       0x101e4fe0, 0x101f4fe0, 0x43000000, 0x60000000, 0x80000000 };
    uint32_t all = 0;
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        wr(absent[i] & ~3u, 0xffffffff);
        all |= rd(absent[i] & ~3u);
    }
    is_u32(all, 0, "what is not fitted reads 0");
    is_u32(rd(0x42005800), 0x030010ee, "the PCI bridge, in slot 11");
    is_u32(rd(0x41006000), 0xffffffff, "no device in slot 12");
}

/* A source that is made to interrupt by writing to its own registers. */
static void test_wires(void)
{
    static const struct {
        const char *name;
        uint32_t on[3][2]; /* address, value */
        uint32_t off[2];
        unsigned vic;
    } sources[] = {
        { "timers 0 and 1: 4", { { 0x101e2000, 0 }, { 0x101e2008, 0xe2 } }, { 0x101e2008, 0 }, 4 },
        { "timers 2 and 3: 5", { { 0x101e3020, 0 }, { 0x101e3028, 0xe2 } }, { 0x101e3028, 0 }, 5 },
        { "RTC: 10",
          { { 0x101e8010, 1 }, { 0x101e8008, 5 }, { 0x101e8004, 5 } },
          { 0x101e801c, 1 },
          10 },
        { "UART0: 12",
          { { 0x101f1030, 0x381 }, { 0x101f1038, 0x20 }, { 0x101f1000, 120 } },
          { 0x101f1038, 0 },
          12 },
        { "UART1: 13",
          { { 0x101f2030, 0x381 }, { 0x101f2038, 0x20 }, { 0x101f2000, 120 } },
          { 0x101f2038, 0 },
          13 },
        { "UART2: 14",
          { { 0x101f3030, 0x381 }, { 0x101f3038, 0x20 }, { 0x101f3000, 120 } },
          { 0x101f3038, 0 },
          14 },
        { "SIC's software interrupt: 31",
          { { SIC + 0x08, 1 }, { SIC + 0x10, 1 } },
          { SIC + 0x14, 1 },
          31 },
    };
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        uint32_t before = rd(VIC + 8);
        for (unsigned k = 0; k < 3; k++) {
            if (sources[i].on[k][0]) {
                wr(sources[i].on[k][0], sources[i].on[k][1]);
                fake_clock_advance(&clk, 2000);
            }
        }
        bool on = before == 0 && rd(VIC + 8) == UINT32_C(1) << sources[i].vic;
        wr(sources[i].off[0], sources[i].off[1]);
        ok(on && rd(VIC + 8) == 0, "%s", sources[i].name);
        if (!on) {
            printf("#   VICRAWINTR was 0x%lx\n", (unsigned long)rd(VIC + 8));
        }
        machine_reset(m);
    }

    wr(0x10009030, 0x381);
    wr(0x10009038, 0x20);
    wr(0x10009000, 'x');
    is_u32(rd(SIC + 4), 1u << 6, "UART3: 6 of the SIC");
    is_u32(rd(VIC + 8), 0, "a SIC input does not reach the VIC while disabled there");
    wr(SIC + 8, 1u << 6);
    is_u32(rd(VIC + 8), UINT32_C(1) << 31, "an enabled SIC input reaches the VIC as 31");
    wr(VIC + 0x10, UINT32_C(1) << 31);
    ok(the_cpu.input[ARM_CPU_IRQ] && !the_cpu.input[ARM_CPU_FIQ], "from there to the CPU's IRQ");
    wr(VIC + 0x0c, UINT32_C(1) << 31);
    ok(!the_cpu.input[ARM_CPU_IRQ] && the_cpu.input[ARM_CPU_FIQ], "or its FIQ");
    machine_reset(m);
    ok(!the_cpu.input[ARM_CPU_IRQ] && !the_cpu.input[ARM_CPU_FIQ] && rd(SIC + 4) == 0,
       "a reset silences all");
}

static void test_reset(void)
{
    unsigned before = the_cpu.resets;
    wr(0x10000030, 1);
    wr(0x101e2000, 99);
    wr(VIC + 0x10, 1);
    wr(0x1000, 0x55);
    machine_reset(m);
    ok(the_cpu.resets == before + 1, "reset reaches the CPU");
    ok(rd(0x10000030) == 0 && rd(0x101e2000) == 0 && rd(VIC + 0x10) == 0,
       "a reset resets the devices");
    is_u32(rd(0x1000), 0x55, "RAM stays");
    resets = 0;
    wr(0x10000040, 0x105);
    is_u32(resets, 0, "SYS_RESETCTL is locked");
    wr(0x10000020, 0xa05f);
    wr(0x10000040, 0x105);
    is_u32(resets, 1, "unlocked, it asks for a reset");
    wr(0x101e0004, 0);
    is_u32(resets, 2, "the system controller asks for a reset, too");
    machine_reset(m);

    wr(0x34000000, 0x20);
    wr(0x34000000, 0xd0);
    wr(0x34000000, 0xff);
    is_u32(rd(0x34000000), 0, "the flash is not erased without voltage");
    wr(0x1000004c, 1);
    wr(0x34000000, 0x50);
    wr(0x34000000, 0x20);
    wr(0x34000000, 0xd0);
    wr(0x34000000, 0xff);
    is_u32(rd(0x34000000), 0xffffffff, "SYS_FLASH gives it");
}

static void test_can_wake(void)
{
    machine_reset(m);
    the_cpu.wakers = 0;
    ok(!machine_can_wake(m, true), "a CPU that takes no interrupt sleeps for ever");
    the_cpu.wakers = 1u << ARM_CPU_IRQ | 1u << ARM_CPU_FIQ;
    ok(!machine_can_wake(m, true), "all interrupts are disabled: for ever, too");
    wr(VIC + 0x10, 1u << 4);
    ok(!machine_can_wake(m, true), "the timer's is enabled, but it does not run");
    wr(0x101e2000, 1000);
    wr(0x101e2008, 0xe2);
    ok(machine_can_wake(m, false), "it runs");
    the_cpu.wakers = 1u << ARM_CPU_FIQ;
    ok(!machine_can_wake(m, false), "no wake-up by an IRQ while the CPU waits for a FIQ");
    wr(VIC + 0x0c, 1u << 4);
    ok(machine_can_wake(m, false), "the timer can be a FIQ");
    the_cpu.wakers = 1u << ARM_CPU_IRQ;
    ok(!machine_can_wake(m, false), "a FIQ is no IRQ");
    wr(0x101e2008, 0);

    wr(VIC + 0x0c, 0);
    wr(VIC + 0x10, 1u << 12);
    ok(machine_can_wake(m, true), "uart0 is enabled, input may come");
    ok(!machine_can_wake(m, false), "no more input");
    wr(VIC + 0x14, 1u << 12);
    wr(VIC + 0x10, UINT32_C(1) << 31);
    ok(!machine_can_wake(m, true), "the SIC is enabled, but nothing in it");
    wr(SIC + 8, 1u << 6);
    ok(machine_can_wake(m, true), "uart3");
    wr(VIC + 0x10, 1u << 10);
    wr(0x101e8010, 1);
    ok(machine_can_wake(m, false), "the RTC's alarm, some day");
    machine_reset(m);
}

static void test_serial(void)
{
    wr(0x101f1030, 0x301);
    wr(0x101f1038, 0x50);
    wr(VIC + 0x10, 1u << 12);
    machine_poll(m);
    ok(!the_cpu.input[ARM_CPU_IRQ], "nothing typed");
    fake_clock_advance(&clk, 100000); /* the port has been set up just now */
    input = "A";
    machine_poll(m);
    ok(the_cpu.input[ARM_CPU_IRQ], "a key interrupts");
    is_u32(rd(0x101f1000), 'A', "the byte is received");
    machine_reset(m);
}

/* A cell of a property; 0: there is none. */
static uint32_t node_word(const uint8_t *blob, const char *path, const char *name, size_t word)
{
    size_t n;
    const uint8_t *value = fdt_find(blob, path, name, &n);
    return value && n >= 4 * word + 4 ? fdt_find_word(value + 4 * word) : 0;
}

static void test_device_tree(void)
{
    FdtBoot boot = { .ram_size = m->ram_size, .bootargs = "console=ttyAMA0 x=\"y z\"" };
    const char *why;
    size_t len, n;
    FdtError error;
    Fdt fdt;
    fdt_init(&fdt);
    fdt_begin_node(&fdt, "");
    machine_fdt(m, &fdt);
    fdt_end_node(&fdt);
    uint8_t *bare = fdt_finish(&fdt, &len);
    if (!ok(bare && fdt_check(bare, len, &why), "a well-formed tree")) {
        return;
    }
    uint8_t *blob = fdt_with_boot(bare, len, &boot, &len, &error);
    free(bare);
    const uint8_t *value = fdt_find(blob, "/", "compatible", &n);
    ok(value && strcmp((const char *)value, versatilepb_type.compatible[0]) == 0, "compatible");
    value = fdt_find(blob, "/memory@0", "reg", &n);
    ok(value && n == 8 && fdt_find_word(value) == 0 && fdt_find_word(value + 4) == m->ram_size,
       "memory");
    value = fdt_find(blob, "/chosen", "bootargs", &n);
    ok(value && strcmp((const char *)value, boot.bootargs) == 0, "bootargs");

    /* Every region of registers or flash is described once at its address, or not fitted. */
    static const struct {
        uint32_t base;
        const char *node;
    } nodes[] = {
        { 0x10000000, "/core-module@10000000" }, { 0x10003000, "/interrupt-controller@10003000" },
        { 0x10009000, "/uart@10009000" },        { 0x10140000, "/interrupt-controller@10140000" },
        { 0x101e0000, "/sctl@101e0000" },        { 0x101e2000, "/timer@101e2000" },
        { 0x101e3000, "/timer@101e3000" },       { 0x101e8000, "/rtc@101e8000" },
        { 0x101f1000, "/uart@101f1000" },        { 0x101f2000, "/uart@101f2000" },
        { 0x101f3000, "/uart@101f3000" },        { 0x34000000, "/flash@34000000" },
        { 0x10001000, "/pci@10001000" },         { 0x10005000, "/mmc@10005000" },
        { 0x1000b000, "/mmc@1000b000" },
    };
    const size_t count = sizeof nodes / sizeof nodes[0];
    unsigned described = 0;
    for (unsigned i = 0; i < m->bus.count; i++) {
        const BusRegion *r = m->bus.regions[i];
        if (r->unimplemented || r->base == 0) {
            continue;
        }
        for (size_t k = 0; k < count; k++) {
            value = nodes[k].base == r->base ? fdt_find(blob, nodes[k].node, "reg", &n) : NULL;
            described +=
                value && fdt_find_word(value) == r->base && fdt_find_word(value + 4) == r->size;
        }
    }
    is_u32(described, count, "every device has its node");
    unsigned fitted = 0;
    for (unsigned i = 0; i < m->bus.count; i++) {
        fitted += !m->bus.regions[i]->unimplemented;
    }
    is_u32(fitted, count + 1 + VERSATILE_PCI_WINDOWS, "every node has its device");
    uint32_t sic = node_word(blob, "/interrupt-controller@10003000", "phandle", 0);
    uint32_t vic = node_word(blob, "/interrupt-controller@10140000", "phandle", 0);
    uint32_t pclk = node_word(blob, "/apb-pclk", "phandle", 0);
    uint32_t xtal = node_word(blob, "/clock-24000000", "phandle", 0);
    ok(sic && vic && pclk && xtal && sic != vic && pclk != xtal, "phandles");
    is_u32(node_word(blob, "/", "interrupt-parent", 0), vic, "the VIC is the CPU's");
    ok(node_word(blob, "/uart@10009000", "interrupts-extended", 0) == sic &&
           node_word(blob, "/uart@10009000", "interrupts-extended", 1) == 6,
       "uart3's interrupt is the SIC's 6");
    ok(node_word(blob, "/mmc@1000b000", "interrupts-extended", 1) == 23 &&
           node_word(blob, "/mmc@1000b000", "interrupts-extended", 2) == sic &&
           node_word(blob, "/mmc@1000b000", "interrupts-extended", 3) == 2,
       "mmc1's are two of the SIC's");
    ok(node_word(blob, "/interrupt-controller@10003000", "interrupts-extended", 0) == vic &&
           node_word(blob, "/interrupt-controller@10003000", "interrupts-extended", 1) == 31,
       "the SIC's is the VIC's 31");
    ok(!fdt_find(blob, "/core-module@10000000", "interrupts-extended", &n) &&
           !fdt_find(blob, "/interrupt-controller@10140000", "interrupts-extended", &n),
       "other wires are no interrupts");
    value = fdt_find(blob, "/uart@101f1000", "clock-names", &n);
    ok(value && n == 17 && memcmp(value, "uartclk\0apb_pclk", n) == 0 &&
           node_word(blob, "/uart@101f1000", "clocks", 0) == xtal &&
           node_word(blob, "/uart@101f1000", "clocks", 1) == pclk,
       "a UART has two clocks, its own and the bus's");
    value = fdt_find(blob, "/aliases", "serial3", &n);
    ok(value && strcmp((const char *)value, "/uart@10009000") == 0, "serial3 is uart3");
    value = fdt_find(blob, "/chosen", "stdout-path", &n);
    ok(value && strcmp((const char *)value, "serial0:115200n8") == 0, "serial0 is the console");
    free(blob);
}

static void test_digest(void)
{
    uint64_t start = machine_digest(m);
    wr(0x07fffffc, rd(0x07fffffc) ^ 1);
    uint64_t ram = machine_digest(m);
    wr(0x07fffffc, rd(0x07fffffc) ^ 1);
    ok(ram != start && machine_digest(m) == start, "the digest sees the last bit of RAM");
    wr(0x101f3024, 1);
    ok(machine_digest(m) != start, "the digest depends on the last device's register");
}

/* A hostile guest: whatever it writes to registers, the board stays up. For the sanitizers. */
static void test_madness(void)
{
    uint32_t x = 12345;
    for (int i = 0; i < 400000; i++) {
        x = x * 1664525 + 1013904223;
        BusRegion *r = m->bus.regions[(x >> 20) % m->bus.count];
        x = x * 1664525 + 1013904223;
        unsigned size = 1u << (x >> 28) % 3;
        uint32_t offset = x >> 27 & 1 ? (x >> 8 & 0xff) * 4 : x >> 8 & 0xfff;
        hwaddr addr = r->base + (offset & ~(size - 1));
        x = x * 1664525 + 1013904223;
        if (x >> 31) {
            bus_write(&m->bus, addr, x >> 30 & 1 ? x : UINT32_C(1) << (x >> 8 & 31), size);
        } else {
            (void)bus_read(&m->bus, addr, size);
        }
        if ((x >> 16 & 0xff) == 0) {
            fake_clock_jump(&clk, (int64_t)(x & 0xfff) << (x >> 27));
            input = "a few keys";
            machine_poll(m);
            (void)machine_can_wake(m, true);
        }
    }
    machine_reset(m);
    ok(rd(0x10000000) == 0x41007004 && rd(VIC + 0x10) == 0, "400000 random accesses, then a reset");
}

static Machine *create(uint64_t ram_size, const char *cpu)
{
    MachineConfig config = { .ram_size = ram_size,
                             .cpu = &(ARMCPUOptions){ .model = cpu },
                             .clock = &clk.clock,
                             .serial = { &chr },
                             .rtc_seconds = 1700000000,
                             .reset_requested = reset_requested };
    return machine_new(&versatilepb_type, &config);
}

int main(void)
{
    fake_clock_init(&clk);
    test_types();
    m = create(UINT64_C(128) << 20, NULL);
    if (!ok(m != NULL, "made")) {
        return done_testing();
    }
    machine_reset(m);
    test_memory_map();
    test_wires();
    test_reset();
    test_can_wake();
    test_serial();
    test_device_tree();
    test_digest();
    test_madness();
    machine_free(m);

    m = create(UINT64_C(256) << 20, NULL);
    ok(m && (wr(0x0ffffffc, 7), rd(0x0ffffffc)) == 7, "256 MiB of RAM reach up to the registers");
    if (m) {
        machine_free(m);
    }
    ok(!create(UINT64_C(512) << 20, NULL), "512 MiB would overlap them");
    ok(!create(UINT64_C(16) << 20, "cray-1"), "no such CPU");
    return done_testing();
}
