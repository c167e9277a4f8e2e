/* SPDX-License-Identifier: MIT */
/* ARM Versatile/PB926EJ-S: its devices, its wires, its device tree. */
#include "machine/versatilepb.h"

#include <stdio.h>
#include <stdlib.h>

#include "machine/device/flash.h"
#include "machine/device/pl031.h"
#include "machine/device/pl190.h"
#include "machine/device/sic.h"
#include "machine/device/sp804.h"
#include "machine/device/sp810.h"
#include "machine/device/versatile_sysreg.h"
#include "serial/pl011.h"
#include "util/log.h"

#define MIB        (UINT64_C(1) << 20)
#define RAM_MAX    (256 * MIB)
#define FLASH_BASE UINT64_C(0x34000000)
#define FLASH_SIZE (64u << 20)
#define TIMCLK_HZ  1000000u
#define UART_COUNT 4
#define SIC_TO_VIC 31 /* the VIC's input for the SIC's combined output */

/* What the board has and this machine has not: accesses are logged under `-d unimp`, reads give 0.
 * A Linux driver that looks for one of these finds no PrimeCell ID and lets it be. */
static const struct {
    const char *name;
    hwaddr base, size;
} unimplemented[] = {
    { "PCI controller registers", 0x10001000, 0x1000 },
    { "serial bus interface (RTC, memory expansion)", 0x10002000, 0x1000 },
    { "PL041 AACI audio", 0x10004000, 0x1000 },
    { "PL180 MMC 0", 0x10005000, 0x1000 },
    { "PL050 keyboard", 0x10006000, 0x1000 },
    { "PL050 mouse", 0x10007000, 0x1000 },
    { "character LCD", 0x10008000, 0x1000 },
    { "PL131 smart card 1", 0x1000a000, 0x1000 },
    { "PL180 MMC 1", 0x1000b000, 0x1000 },
    { "SMC LAN91C111 Ethernet", 0x10010000, 0x10000 },
    { "USB", 0x10020000, 0x10000 },
    { "PL093 static memory controller", 0x10100000, 0x1000 },
    { "MPMC dynamic memory controller", 0x10110000, 0x1000 },
    { "PL110 CLCD", 0x10120000, 0x1000 },
    { "PL080 DMA", 0x10130000, 0x1000 },
    { "SP805 watchdog", 0x101e1000, 0x1000 },
    { "PL061 GPIO 0", 0x101e4000, 0x1000 },
    { "PL061 GPIO 1", 0x101e5000, 0x1000 },
    { "PL061 GPIO 2", 0x101e6000, 0x1000 },
    { "PL061 GPIO 3", 0x101e7000, 0x1000 },
    { "PL131 smart card 0", 0x101f0000, 0x1000 },
    { "PL022 SSP", 0x101f4000, 0x1000 },
    { "PCI self-configuration", 0x41000000, 0x01000000 },
    { "PCI configuration", 0x42000000, 0x01000000 },
    { "PCI I/O", 0x43000000, 0x01000000 },
    { "PCI memory 0", 0x44000000, 0x0c000000 },
    { "PCI memory 1", 0x50000000, 0x10000000 },
    { "PCI memory 2", 0x60000000, 0x10000000 },
};
#define UNIMPLEMENTED (sizeof unimplemented / sizeof unimplemented[0])

static const struct {
    const char *name;
    hwaddr base;
    FdtIrq irq;
} uarts[UART_COUNT] = {
    { "uart0", 0x101f1000, { FDT_INTC, 12 } },
    { "uart1", 0x101f2000, { FDT_INTC, 13 } },
    { "uart2", 0x101f3000, { FDT_INTC, 14 } },
    { "uart3", 0x10009000, { FDT_INTC2, 6 } },
};

typedef struct VersatilePB {
    Machine machine; /* first: a Machine * is a VersatilePB * */
    BusRegion ram;
    PL190 vic;
    Sic sic;
    SP804 timer[2];
    SP810 sctl;
    VersatileSysreg sysreg;
    PL031 rtc;
    Flash flash;
    PL011 uart[UART_COUNT];
    BusRegion absent[UNIMPLEMENTED];
    void (*reset_requested)(void *opaque);
    void *opaque;
} VersatilePB;

/* The wire of an interrupt, as device trees name it. */
static Irq wire(VersatilePB *b, FdtIrq to)
{
    return to.intc == FDT_INTC2 ? sic_input(&b->sic, to.input) : pl190_input(&b->vic, to.input);
}

static void reset_line(void *opaque, unsigned n, bool level)
{
    const VersatilePB *b = opaque;
    (void)n;
    if (level && b->reset_requested) {
        b->reset_requested(b->opaque);
    }
}

static void versatilepb_destroy(Machine *m)
{
    VersatilePB *b = (VersatilePB *)m;
    if (m->cpu) {
        arm_cpu_free(m->cpu);
    }
    bus_free(&m->bus);
    free(b);
}

/* The devices, in reset order: the interrupt controllers' lines settle last. */
static void make_devices(VersatilePB *b, const MachineConfig *config)
{
    Machine *m = &b->machine;
    const Irq reset = { reset_line, b, 0 };
    const FdtIrq timer_irq[2] = { { FDT_INTC, 4 }, { FDT_INTC, 5 } };
    const FdtIrq rtc_irq = { FDT_INTC, 10 }, sic_irq = { FDT_INTC, SIC_TO_VIC };

    pl190_init(&b->vic, 0x10140000, arm_cpu_input(m->cpu, ARM_CPU_IRQ),
               arm_cpu_input(m->cpu, ARM_CPU_FIQ));
    sic_init(&b->sic, 0x10003000, wire(b, sic_irq));
    b->sic.fdt_irq = sic_irq;
    for (unsigned n = 0; n < SIC_INPUTS; n++) {
        if (SIC_PASS_MASK >> n & 1) {
            b->sic.pass[n] = pl190_input(&b->vic, n);
        }
    }
    versatile_sysreg_init(&b->sysreg, 0x10000000, m->clock, reset, flash_vpp_input(&b->flash));
    sp810_init(&b->sctl, 0x101e0000, reset);
    for (unsigned i = 0; i < 2; i++) {
        sp804_init(&b->timer[i], 0x101e2000 + 0x1000 * i, m->clock, TIMCLK_HZ,
                   wire(b, timer_irq[i]));
        b->timer[i].fdt_irq = timer_irq[i];
    }
    pl031_init(&b->rtc, 0x101e8000, m->clock, wire(b, rtc_irq), config->rtc_clock,
               config->rtc_seconds);
    b->rtc.fdt_irq = rtc_irq;
    for (unsigned i = 0; i < UART_COUNT; i++) {
        pl011_init(&b->uart[i], uarts[i].name, uarts[i].base, m->clock, wire(b, uarts[i].irq),
                   config->serial[i]);
    }

    machine_add_device(m, &versatile_sysreg_ops, &b->sysreg);
    machine_add_device(m, &flash_ops, &b->flash);
    machine_add_device(m, &sp810_ops, &b->sctl);
    machine_add_device(m, &sp804_ops, &b->timer[0]);
    machine_add_device(m, &sp804_ops, &b->timer[1]);
    machine_add_device(m, &pl031_ops, &b->rtc);
    for (unsigned i = 0; i < UART_COUNT; i++) {
        machine_add_device(m, &pl011_ops, &b->uart[i]);
    }
    machine_add_device(m, &sic_ops, &b->sic);
    machine_add_device(m, &pl190_ops, &b->vic);
}

static bool map_all(VersatilePB *b)
{
    Bus *bus = &b->machine.bus;
    BusRegion *const regions[] = { &b->ram,
                                   &b->vic.region,
                                   &b->sic.region,
                                   &b->timer[0].region,
                                   &b->timer[1].region,
                                   &b->sctl.region,
                                   &b->sysreg.region,
                                   &b->rtc.region,
                                   &b->flash.region,
                                   &b->uart[0].region,
                                   &b->uart[1].region,
                                   &b->uart[2].region,
                                   &b->uart[3].region };
    for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++) {
        if (!bus_map(bus, regions[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < UNIMPLEMENTED; i++) {
        b->absent[i] = (BusRegion){ .name = unimplemented[i].name,
                                    .base = unimplemented[i].base,
                                    .size = unimplemented[i].size,
                                    .unimplemented = true };
        if (!bus_map(bus, &b->absent[i])) {
            return false;
        }
    }
    return true;
}

static Machine *versatilepb_create(const MachineConfig *config)
{
    if (config->ram_size > RAM_MAX) {
        error_report("versatilepb: %llu MiB of RAM do not fit the memory map: at most %llu do",
                     (unsigned long long)(config->ram_size / MIB),
                     (unsigned long long)(RAM_MAX / MIB));
        return NULL;
    }
    VersatilePB *b = calloc(1, sizeof *b);
    if (!b) {
        error_report("versatilepb: the host has no memory left for it: close other programs");
        return NULL;
    }
    Machine *m = &b->machine;
    m->type = &versatilepb_type;
    m->clock = config->clock;
    m->ram_size = config->ram_size;
    b->reset_requested = config->reset_requested;
    b->opaque = config->opaque;

    size_t ram_size = (size_t)config->ram_size;
    if (!bus_init_arena(&m->bus, ARM_CPU_MEMORY + ram_size + FLASH_SIZE)) {
        error_report(
            "versatilepb: the host has not enough memory for %llu MiB of RAM and 64 MiB of "
            "flash: use a smaller -m",
            (unsigned long long)(config->ram_size / MIB));
        versatilepb_destroy(m);
        return NULL;
    }
    ARMCPUOptions cpu = config->cpu;
    if (!cpu.model) {
        cpu.model = versatilepb_type.default_cpu;
    }
    m->cpu = arm_cpu_new(&m->bus, &cpu);
    if (!m->cpu) {
        error_report("-cpu %s: the host has no memory left for it: close other programs",
                     cpu.model);
        versatilepb_destroy(m);
        return NULL;
    }
    m->ram = bus_alloc(&m->bus, ram_size);
    b->ram = (BusRegion){ .name = "ram",
                          .base = versatilepb_type.ram_base,
                          .size = config->ram_size,
                          .host = m->ram,
                          .direct = true,
                          .writable = true };
    bool fits = flash_init(&b->flash, &m->bus, FLASH_BASE, FLASH_SIZE);
    make_devices(b, config);
    if (!fits || !map_all(b)) {
        error_report("versatilepb: the host has no memory left for its map: close other programs");
        versatilepb_destroy(m);
        return NULL;
    }
    return m;
}

static void versatilepb_reset(Machine *m)
{
    machine_reset_devices(m);
    arm_cpu_reset(m->cpu);
}

static void versatilepb_poll(Machine *m)
{
    VersatilePB *b = (VersatilePB *)m;
    for (unsigned i = 0; i < UART_COUNT; i++) {
        pl011_poll(&b->uart[i]);
    }
}

static bool versatilepb_can_wake(const Machine *m, bool more_input)
{
    const VersatilePB *b = (const VersatilePB *)m;
    uint32_t sources = 0, secondary = 0;
    for (unsigned i = 0; i < UART_COUNT; i++) {
        if (more_input || timer_pending(&b->uart[i].timeout) || timer_pending(&b->uart[i].pull)) {
            *(uarts[i].irq.intc == FDT_INTC2 ? &secondary : &sources) |= UINT32_C(1)
                                                                         << uarts[i].irq.input;
        }
    }
    for (unsigned i = 0; i < 2; i++) {
        if (sp804_pending(&b->timer[i])) {
            sources |= UINT32_C(1) << b->timer[i].fdt_irq.input;
        }
    }
    if (pl031_pending(&b->rtc)) {
        sources |= UINT32_C(1) << b->rtc.fdt_irq.input;
    }
    if (secondary & b->sic.enable) {
        sources |= UINT32_C(1) << SIC_TO_VIC;
    }
    unsigned lines = pl190_can_raise(&b->vic, sources);
    unsigned wakers = arm_cpu_wakers(m->cpu);
    return ((lines >> PL190_IRQ & 1) && (wakers >> ARM_CPU_IRQ & 1)) ||
           ((lines >> PL190_FIQ & 1) && (wakers >> ARM_CPU_FIQ & 1));
}

static bool versatilepb_has_output(const Machine *m)
{
    const VersatilePB *b = (const VersatilePB *)m;
    bool sent = false;
    for (unsigned i = 0; i < UART_COUNT; i++) {
        sent = sent || b->uart[i].sent;
    }
    return sent;
}

static uint64_t versatilepb_digest_memory(const Machine *m, uint64_t digest)
{
    return flash_digest(&((const VersatilePB *)m)->flash, digest);
}

static void fixed_clock(Fdt *fdt, const char *name, uint32_t phandle, uint32_t hz)
{
    fdt_begin_node(fdt, name);
    fdt_prop_string(fdt, "compatible", "fixed-clock");
    fdt_prop_u32(fdt, "#clock-cells", 0);
    fdt_prop_u32(fdt, "clock-frequency", hz);
    fdt_prop_u32(fdt, "phandle", phandle);
    fdt_end_node(fdt);
}

static void versatilepb_fdt(const Machine *m, Fdt *fdt)
{
    const char *const compatible[] = { versatilepb_type.compatible, "arm,versatile-ab", NULL };
    fdt_prop_string(fdt, "model", "ARM Versatile PB");
    fdt_prop_strings(fdt, "compatible", compatible);
    fdt_prop_u32(fdt, "#address-cells", 1);
    fdt_prop_u32(fdt, "#size-cells", 1);
    fdt_prop_u32(fdt, "interrupt-parent", FDT_INTC);

    fdt_begin_node(fdt, "chosen");
    fdt_prop_string(fdt, "stdout-path", "serial0:115200n8");
    fdt_end_node(fdt);

    fdt_begin_node(fdt, "aliases");
    for (unsigned i = 0; i < UART_COUNT; i++) {
        char alias[] = "serial0", path[32];
        alias[sizeof alias - 2] = (char)('0' + i);
        snprintf(path, sizeof path, "/uart@%lx", (unsigned long)uarts[i].base);
        fdt_prop_string(fdt, alias, path);
    }
    fdt_end_node(fdt);

    fdt_begin_node(fdt, "cpus");
    fdt_prop_u32(fdt, "#address-cells", 1);
    fdt_prop_u32(fdt, "#size-cells", 0);
    fdt_begin_node_at(fdt, "cpu", 0);
    fdt_prop_string(fdt, "device_type", "cpu");
    fdt_prop_string(fdt, "compatible", "arm,arm926ej-s");
    fdt_prop_u32(fdt, "reg", 0);
    fdt_end_node(fdt);
    fdt_end_node(fdt);

    fixed_clock(fdt, "clock-24000000", FDT_XTAL24M, 24000000);
    fixed_clock(fdt, "clock-1000000", FDT_TIMCLK, TIMCLK_HZ);
    fixed_clock(fdt, "apb-pclk", FDT_PCLK, 24000000);

    for (unsigned i = 0; i < m->device_count; i++) {
        if (m->devices[i].ops->fdt) {
            m->devices[i].ops->fdt(m->devices[i].dev, fdt);
        }
    }
    for (unsigned i = 0; i < UART_COUNT; i++) {
        fdt_begin_primecell(fdt, "uart", "arm,pl011", uarts[i].base, uarts[i].irq, FDT_XTAL24M,
                            "uartclk");
        fdt_end_node(fdt);
    }
}

const MachineType versatilepb_type = {
    .name = "versatilepb",
    .description = "ARM Versatile/PB (ARM926EJ-S)",
    .default_cpu = "arm926",
    .ram_default = 128 * MIB,
    .ram_max = RAM_MAX,
    .compatible = "arm,versatile-pb",
    .linux_id = 387,
    .ram_base = 0,
    .flash_base = FLASH_BASE,
    .flash_size = FLASH_SIZE,
    .serial_count = UART_COUNT,
    .create = versatilepb_create,
    .destroy = versatilepb_destroy,
    .reset = versatilepb_reset,
    .poll = versatilepb_poll,
    .can_wake = versatilepb_can_wake,
    .has_output = versatilepb_has_output,
    .digest_memory = versatilepb_digest_memory,
    .fdt = versatilepb_fdt,
};
