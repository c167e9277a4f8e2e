/* SPDX-License-Identifier: MIT */
/* A machine's device tree, from its table. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "cpu/cpu.h"
#include "machine/machine.h"

#define MAX_REG_WINDOWS 2

/* Phandles: row i of the devices has i + 1; the clocks follow. */
static uint32_t clock_phandle(const Machine *m, unsigned clock)
{
    return m->device_count + 1 + clock;
}

static void describe_clocks(const Machine *m, Fdt *fdt)
{
    for (unsigned i = 0; m->type->clocks[i].node; i++) {
        fdt_begin_node(fdt, m->type->clocks[i].node);
        fdt_prop_string(fdt, "compatible", "fixed-clock");
        fdt_prop_u32(fdt, "#clock-cells", 0);
        fdt_prop_u32(fdt, "clock-frequency", m->type->clocks[i].hz);
        fdt_prop_u32(fdt, "phandle", clock_phandle(m, i));
        fdt_end_node(fdt);
    }
}

/* The INTA to INTD of the slots, of which the bus sees the number modulo 4 alone, are inputs of the
 * controller with that phandle, from `input` on. */
static void describe_interrupt_map(const PciBus *bus, uint32_t phandle, unsigned input, Fdt *fdt)
{
    uint32_t map[PCI_PINS * PCI_PINS * 6];
    uint32_t *entry = map;
    for (unsigned slot = 0; slot < PCI_PINS; slot++) {
        for (unsigned pin = 0; pin < PCI_PINS; pin++, entry += 6) {
            entry[0] = slot << 11;
            entry[1] = entry[2] = 0;
            entry[3] = pin + 1;
            entry[4] = phandle;
            entry[5] = input + (bus->map_irq(bus->opaque, slot) + pin) % PCI_PINS;
        }
    }
    fdt_prop_string(fdt, "device_type", "pci");
    fdt_prop_u32s(fdt, "bus-range", (const uint32_t[]){ 0, 0xff }, 2);
    fdt_prop_u32(fdt, "#address-cells", 3);
    fdt_prop_u32(fdt, "#size-cells", 2);
    fdt_prop_u32(fdt, "#interrupt-cells", 1);
    fdt_prop_u32s(fdt, "interrupt-map-mask",
                  (const uint32_t[]){ (PCI_PINS - 1) << 11, 0, 0, 2 * PCI_PINS - 1 }, 4);
    fdt_prop_u32s(fdt, "interrupt-map", map, (size_t)(entry - map));
}

static void describe_reg(const Device *d, Fdt *fdt)
{
    uint32_t cells[2 * (1 + MAX_REG_WINDOWS)] = { (uint32_t)d->region.base,
                                                  (uint32_t)d->region.size };
    const uint32_t *size = d->type->reg_windows;
    size_t n = 2;
    for (unsigned i = 0; size && size[i]; i++) {
        assert(i < MAX_REG_WINDOWS);
        cells[n++] = (uint32_t)d->windows[i].base;
        cells[n++] = size[i];
    }
    fdt_prop_u32s(fdt, "reg", cells, n);
}

/* The wires of a device to interrupt controllers, except bundles. */
static void describe_interrupts(const Machine *m, const MachineDevice *row, Fdt *fdt)
{
    uint32_t cells[2 * MACHINE_MAX_WIRES];
    size_t n = 0;
    for (unsigned w = 0; w < MACHINE_MAX_WIRES && row->out[w].to; w++) {
        unsigned to = machine_find_row(m, row->out[w].to);
        if (row->out[w].count == 1 && to < m->device_count &&
            m->type->devices[to].type->interrupt_controller) {
            cells[n++] = to + 1;
            cells[n++] = row->out[w].input;
        }
    }
    if (n) {
        fdt_prop_u32s(fdt, "interrupts-extended", cells, n);
    }
}

static void describe_device(const Machine *m, unsigned i, Fdt *fdt)
{
    const MachineDevice *row = &m->type->devices[i];
    const DeviceType *type = row->type;
    unsigned to = row->out[0].to ? machine_find_row(m, row->out[0].to) : m->device_count;
    fdt_begin_node_at(fdt, type->node, row->base);
    fdt_prop_strings(fdt, "compatible", type->compatible);
    describe_reg(m->devices[i], fdt);
    if (type->pci_bus) {
        describe_interrupt_map(type->pci_bus(m->devices[i]), to + 1, row->out[0].input, fdt);
    } else {
        describe_interrupts(m, row, fdt);
    }
    if (type->interrupt_controller) {
        fdt_prop_empty(fdt, "interrupt-controller");
        fdt_prop_u32(fdt, "#interrupt-cells", 1);
        fdt_prop_u32(fdt, "#address-cells", 0);
        fdt_prop_u32(fdt, "phandle", i + 1);
    }
    if (type->clock_names) {
        uint32_t clocks[4];
        size_t n = 0;
        for (; type->clock_names[n]; n++) {
            bool of_bus = strcmp(type->clock_names[n], "apb_pclk") == 0;
            clocks[n] = clock_phandle(m, of_bus ? 0 : row->clock);
        }
        fdt_prop_u32s(fdt, "clocks", clocks, n);
        fdt_prop_strings(fdt, "clock-names", type->clock_names);
    }
    if (type->fdt) {
        type->fdt(m->devices[i], fdt);
    }
    fdt_end_node(fdt);
}

/* Describes the serial ports; the first is the console. */
static void describe_serial(const Machine *m, Fdt *fdt)
{
    unsigned ports = 0;
    fdt_begin_node(fdt, "aliases");
    for (const MachineDevice *row = m->type->devices; row->type; row++) {
        if (row->type->serial) {
            char alias[24], path[48];
            snprintf(alias, sizeof alias, "serial%u", ports++);
            snprintf(path, sizeof path, "/%s@%llx", row->type->node, (unsigned long long)row->base);
            fdt_prop_string(fdt, alias, path);
        }
    }
    fdt_end_node(fdt);
    fdt_begin_node(fdt, "chosen");
    if (ports) {
        fdt_prop_string(fdt, "stdout-path", "serial0:115200n8");
    }
    fdt_end_node(fdt);
}

void machine_fdt(const Machine *m, Fdt *fdt)
{
    fdt_prop_string(fdt, "model", m->type->model);
    fdt_prop_strings(fdt, "compatible", m->type->compatible);
    fdt_prop_u32(fdt, "#address-cells", 1);
    fdt_prop_u32(fdt, "#size-cells", 1);
    for (unsigned i = 0; i < m->device_count; i++) {
        const char *to = m->type->devices[i].out[0].to;
        if (to && strcmp(to, "cpu") == 0) {
            fdt_prop_u32(fdt, "interrupt-parent", i + 1);
        }
    }
    describe_serial(m, fdt);
    fdt_begin_node(fdt, "cpus");
    fdt_prop_u32(fdt, "#address-cells", 1);
    fdt_prop_u32(fdt, "#size-cells", 0);
    fdt_begin_node_at(fdt, "cpu", 0);
    fdt_prop_string(fdt, "device_type", "cpu");
    fdt_prop_string(fdt, "compatible", arm_cpu_compatible(m->cpu));
    fdt_prop_u32(fdt, "reg", 0);
    fdt_end_node(fdt);
    fdt_end_node(fdt);
    describe_clocks(m, fdt);
    for (unsigned i = 0; i < m->device_count; i++) {
        describe_device(m, i, fdt);
    }
}
