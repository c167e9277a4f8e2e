/* SPDX-License-Identifier: MIT */
/* The monitor's command info. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"
#include "debug/monitor_private.h"
#include "util/version.h"

static void info_block(Monitor *m)
{
    char text[1024];
    for (unsigned n = 0; m->run->block(m->run->opaque, n, text, sizeof text); n++) {
        monitor_print(m, "%s%s\n", n ? "\n" : "", text);
    }
}

static void info_chardev(Monitor *m)
{
    char text[512];
    for (unsigned n = 0; m->run->chardev(m->run->opaque, n, text, sizeof text); n++) {
        monitor_print(m, "%s\n", text);
    }
}

/* A device by its part's name, as QEMU has it: "pl011", from "arm,pl011". */
static const char *part(const Device *d)
{
    const char *compatible = d->type->compatible ? d->type->compatible[0] : NULL;
    const char *comma = compatible ? strchr(compatible, ',') : NULL;
    return comma && strcmp(comma, ",primecell") != 0 ? comma + 1 : d->name;
}

/* A line of info mtree. */
typedef struct Row {
    uint64_t base, size;
    const char *kind, *name;
    int priority;
} Row;

static int by_base(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    return x->base < y->base ? -1 : x->base > y->base;
}

static void info_mtree(Monitor *m)
{
    const Machine *machine = m->machine;
    size_t n = 0, most = 1;
    for (unsigned i = 0; i < machine->device_count; i++) {
        most += 1 + machine->devices[i]->more_count;
    }
    for (const MachineWindow *w = machine->type->unimplemented; w->name; w++) {
        most++;
    }
    Row *rows = calloc(most, sizeof *rows);
    if (!rows) {
        return;
    }
    rows[n++] = (Row){ machine->type->ram_base, machine->ram_size, "ram", "ram", 0 };
    for (unsigned i = 0; i < machine->device_count; i++) {
        const Device *d = machine->devices[i];
        rows[n++] = (Row){ d->region.base, d->region.size, d->region.host ? "romd" : "i/o",
                           d->region.host ? d->name : part(d), 0 };
        for (unsigned k = 0; k < d->more_count; k++) {
            rows[n++] = (Row){ d->more[k].base, d->more[k].size, "i/o", d->more[k].name, 0 };
        }
    }
    for (const MachineWindow *w = machine->type->unimplemented; w->name; w++) {
        rows[n++] = (Row){ w->base, w->size, "i/o", w->name, -1000 };
    }
    qsort(rows, n, sizeof *rows, by_base);
    monitor_print(m, "address-space: cpu-memory-0\naddress-space: memory\n"
                     "  0000000000000000-ffffffffffffffff (prio 0, i/o): system\n");
    for (size_t i = 0; i < n; i++) {
        monitor_print(m, "    %016llx-%016llx (prio %d, %s): %s\n",
                      (unsigned long long)rows[i].base,
                      (unsigned long long)(rows[i].base + rows[i].size - 1), rows[i].priority,
                      rows[i].kind, rows[i].name);
    }
    free(rows);
    monitor_print(m, "\n");
}

static void info_qtree(Monitor *m)
{
    monitor_print(m, "bus: main-system-bus\n  type System\n");
    for (unsigned i = 0; i < m->machine->device_count; i++) {
        const Device *d = m->machine->devices[i];
        monitor_print(m, "  dev: %s, id \"\"\n    mmio %016llx/%016llx\n", part(d),
                      (unsigned long long)d->region.base, (unsigned long long)d->region.size);
        for (unsigned k = 0; k < d->more_count; k++) {
            monitor_print(m, "    mmio %016llx/%016llx\n", (unsigned long long)d->more[k].base,
                          (unsigned long long)d->more[k].size);
        }
        if (d->type->pci_bus) {
            monitor_print_pci_tree(m, m->machine->pci);
        }
    }
}

static void info_registers(Monitor *m)
{
    char text[512];
    uint32_t fpscr;
    arm_cpu_format(m->machine->cpu, text, sizeof text);
    monitor_print(m, "\nCPU#0\n%s", text);
    if (arm_cpu_fpscr(m->machine->cpu, &fpscr)) {
        monitor_print(m, "FPSCR: %08x\n", (unsigned)fpscr);
    }
}

static void info_status(Monitor *m)
{
    monitor_print(m, "VM status: %s\n", m->run->status(m->run->opaque));
}

static void info_version(Monitor *m)
{
    monitor_print(m, QEMU_VERSION " (tqemu " TQEMU_VERSION ")\n");
}

static const struct {
    const char *name, *help;
    void (*print)(Monitor *m);
} items[] = {
    { "block", "show info of all block devices", info_block },
    { "chardev", "show the character devices", info_chardev },
    { "mtree", "show memory tree", info_mtree },
    { "pci", "show PCI info", monitor_info_pci },
    { "qtree", "show device tree", info_qtree },
    { "registers", "show the cpu registers", info_registers },
    { "replay", "show record/replay information", monitor_info_replay },
    { "snapshots", "show the currently saved VM snapshots", monitor_info_snapshots },
    { "status", "show the current VM status (running|paused)", info_status },
    { "version", "show the version of QEMU", info_version },
};

void monitor_help_info(Monitor *m)
{
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        monitor_print(m, "info %s  -- %s\n", items[i].name, items[i].help);
    }
}

void monitor_info(Monitor *m, const char *item)
{
    size_t length = strcspn(item, " \t");
    if (length == 0) {
        monitor_help_info(m);
        return;
    }
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        if (strlen(items[i].name) == length && memcmp(items[i].name, item, length) == 0) {
            items[i].print(m);
            return;
        }
    }
    monitor_print(m, "unknown command: 'info %s'\n", item);
}
