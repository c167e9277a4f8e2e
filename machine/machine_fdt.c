/* SPDX-License-Identifier: MIT */
/* A machine's device tree, from its table. */
#include <stdio.h>
#include <string.h>

#include "cpu/cpu.h"
#include "machine/machine.h"

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

static void describe_device(const Machine *m, unsigned i, Fdt *fdt)
{
    const MachineDevice *row = &m->type->devices[i];
    const DeviceType *type = row->type;
    unsigned to = row->out[0].to ? machine_find_row(m, row->out[0].to) : m->device_count;
    fdt_begin_node_at(fdt, type->node, row->base);
    fdt_prop_strings(fdt, "compatible", type->compatible);
    fdt_prop_reg(fdt, row->base, m->devices[i]->region.size);
    if (to < m->device_count && m->type->devices[to].type->interrupt_controller) {
        fdt_prop_u32s(fdt, "interrupts-extended", (const uint32_t[]){ to + 1, row->out[0].input },
                      2);
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
