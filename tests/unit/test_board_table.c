/* SPDX-License-Identifier: MIT */
/* A board of this test's own, made of a table: a bare-metal guest starts a timer, sleeps, and says
 * "tick" on the serial port when the timer's interrupt has come through the VIC. */
#include <stdlib.h>

#include "boot/fdt_boot.h"
#include "cpu/cpu.h"
#include "machine/device/pl190.h"
#include "machine/device/sp804.h"
#include "machine/machine.h"
#include "serial/pl011.h"
#include "tests/unit/fdt_find.h"
#include "tests/unit/tap.h"
#include "util/timebase.h"

enum { PCLK, TIMCLK };

static const MachineClock clocks[] = {
    [PCLK] = { "apb-pclk", 24000000 },
    [TIMCLK] = { "timclk", 1000000 },
    { NULL, 0 },
};

static const MachineDevice devices[] = {
    { &sp804_type, "timer", 0x10001000, .out = { WIRE("vic", 4) }, .clock = TIMCLK },
    { &pl011_type, "console", 0x10000000, .out = { WIRE("vic", 12) } },
    { &pl190_type, "vic", 0x10002000, .out = { WIRE("cpu", ARM_CPU_IRQ) } },
    { .type = NULL },
};

static const MachineType tiny = {
    .name = "tiny",
    .default_cpu = "arm926",
    .ram_max = 1 << 20,
    .serial_count = 1,
    .devices = devices,
    .unimplemented = (const MachineWindow[]){ { NULL, 0, 0 } },
    .clocks = clocks,
    .model = "Tiny",
    .compatible = DEVICE_LIST("test,tiny"),
};

const MachineType *const machine_types[] = { &tiny, NULL };

static const uint32_t guest[] = {
    0xea000006,                                                 /*     b    start         */
    0xeafffffe, 0xeafffffe, 0xeafffffe, 0xeafffffe, 0xeafffffe, /*     b    .             */
    0xea00000b,                                                 /* 18: b    irq           */
    0xeafffffe,                                                 /*     b    .             */
    0xe59f004c,                                                 /* start: ldr r0, =vic    */
    0xe3a01010,                                                 /*     mov  r1, #1 << 4   */
    0xe5801010,                                                 /*     str  r1, [r0, #16] */
    0xe59f0044,                                                 /*     ldr  r0, =timer    */
    0xe3a01064,                                                 /*     mov  r1, #100      */
    0xe5801000,                                                 /*     str  r1, [r0]      */
    0xe3a010a3,                                                 /*     mov  r1, #0xa3     */
    0xe5801008,                                                 /*     str  r1, [r0, #8]  */
    0xe321f013,                                                 /*     msr  cpsr_c, #0x13 */
    0xee070f90,                                                 /* 44: wait for interrupt */
    0xeafffffd,                                                 /*     b    44            */
    0xe580100c,                                                 /* irq: str r1, [r0, #12] */
    0xe3a03201,                                                 /*     mov  r3, #console  */
    0xe28f2010,                                                 /*     adr  r2, text      */
    0xe4d21001,                                                 /* 58: ldrb r1, [r2], #1  */
    0xe3510000,                                                 /*     cmp  r1, #0        */
    0x15831000,                                                 /*     strne r1, [r3]     */
    0x1afffffb,                                                 /*     bne  58            */
    0xe25ef004,                                                 /*     subs pc, lr, #4    */
    0x6b636974, 0x0000000a,                                     /* text: "tick\n"         */
    0x10002000, 0x10001000,
};

static Machine *m;
static TimeBase timebase;
static Clock clk;
static char sent[32];
static size_t sent_count;

static bool chr_get(void *opaque, uint8_t *byte)
{
    (void)opaque;
    (void)byte;
    return false;
}

static bool chr_pending(void *opaque)
{
    (void)opaque;
    return false;
}

static void chr_put(void *opaque, uint8_t byte)
{
    (void)opaque;
    if (sent_count < sizeof sent - 1) {
        sent[sent_count++] = (char)byte;
    }
}

static uint64_t insns(void *opaque)
{
    (void)opaque;
    return m ? arm_cpu_icount(m->cpu) : 0;
}

static void earlier(void *opaque)
{
    (void)opaque;
    arm_cpu_kick(m->cpu);
}

/* Runs until the CPU waits for an interrupt. */
static bool run_until_idle(void)
{
    for (unsigned i = 0; i < 100; i++) {
        clock_run(&clk);
        int32_t n = timebase_insns_until(&timebase, clock_deadline(&clk), 1000);
        timebase_slice(&timebase, n);
        if (arm_cpu_run(m->cpu, n) == ARM_RUN_IDLE) {
            return true;
        }
    }
    return false;
}

static void test_guest(void)
{
    for (size_t i = 0; i < sizeof guest / sizeof guest[0]; i++) {
        st32_p(m->ram + 4 * i, guest[i]);
    }
    ok(run_until_idle() && sent_count == 0, "the guest sleeps, and has said nothing");
    ok(!machine_has_output(m), "not even into nowhere");
    ok(machine_can_wake(m, false), "the timer can wake it");
    timebase_skip(&timebase, clock_deadline(&clk));
    ok(run_until_idle() && strcmp(sent, "tick\n") == 0, "the timer has");
    ok(clock_now(&clk) >= 100000 && clock_now(&clk) < 120000, "after 100 us, by the timer's clock");
    ok(machine_has_output(m), "that was output");
    ok(!machine_can_wake(m, true), "nothing can wake it any more: the port's input is disabled");
    machine_reset(m);
    ok(run_until_idle() && machine_can_wake(m, false), "a reset starts it again");
}

static void test_device_tree(void)
{
    size_t len, n;
    const char *why;
    Fdt fdt;
    fdt_init(&fdt);
    fdt_begin_node(&fdt, "");
    machine_fdt(m, &fdt);
    fdt_end_node(&fdt);
    uint8_t *blob = fdt_finish(&fdt, &len);
    if (!ok(blob && fdt_check(blob, len, &why), "a well-formed tree")) {
        return;
    }
    const uint8_t *value = fdt_find(blob, "/", "compatible", &n);
    ok(value && strcmp((const char *)value, "test,tiny") == 0, "the board's name");
    const uint8_t *vic = fdt_find(blob, "/interrupt-controller@10002000", "phandle", &n);
    value = fdt_find(blob, "/timer@10001000", "interrupts-extended", &n);
    ok(value && vic && n == 8 && memcmp(value, vic, 4) == 0 && fdt_find_word(value + 4) == 4,
       "the timer's interrupt");
    const uint8_t *clock = fdt_find(blob, "/timclk", "phandle", &n);
    value = fdt_find(blob, "/timer@10001000", "clocks", &n);
    ok(value && clock && n == 12 && memcmp(value, clock, 4) == 0, "and its clock");
    value = fdt_find(blob, "/aliases", "serial0", &n);
    ok(value && strcmp((const char *)value, "/uart@10000000") == 0, "the serial port");
    free(blob);
}

int main(void)
{
    Chardev chr = { .get = chr_get, .pending = chr_pending, .put = chr_put };
    timebase_init_icount(&timebase, 0, insns, NULL);
    clk = (Clock){ .read = timebase_now, .read_opaque = &timebase, .earlier = earlier };
    const PciType card_type = { .name = "card" };
    const PciCard card = { .type = &card_type };
    MachineConfig config = { .ram_size = 1 << 20,
                             .cpu = &(ARMCPUOptions){ .exact = true },
                             .clock = &clk,
                             .serial = { &chr } };
    const MachineType *type = machine_find("tiny");
    ok(type == &tiny && !machine_find("versatilepb"), "this program knows its own board alone");
    config.cards = &card;
    config.card_count = 1;
    ok(type && !machine_new(type, &config), "a PCI device on a board without the bus is refused");
    config.card_count = 0;
    m = type ? machine_new(type, &config) : NULL;
    if (!ok(m != NULL, "made")) {
        return done_testing();
    }
    machine_reset(m);
    test_guest();
    test_device_tree();
    machine_free(m);
    return done_testing();
}
