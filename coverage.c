/* SPDX-License-Identifier: MIT */
/* drcov's format, version 2: a text with a table of modules, then 8 bytes for each piece of code,
 * whose address is relative to its module.
 *
 * A module is a program of -kernel or -device loader that is an ELF file, at the addresses that it
 * is linked for; the last one is the whole address space, for all other code. */
#include "coverage.h"

#include <inttypes.h>

#include "cpu/cpu.h"
#include "util/bytes.h"
#include "util/escape.h"
#include "util/log.h"

#define MAX_MODULES   64u
#define ADDRESS_SPACE (UINT64_C(1) << 32)

typedef struct Module {
    const char *name;
    uint64_t start, end;
} Module;

static void print(Output *o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    output_vprintf(o, fmt, ap);
    va_end(ap);
}

static unsigned list_modules(Module *modules, const Options *options, const LoaderPlan *plan)
{
    unsigned n = 0;
    Module *m = modules;
    while (n < MAX_MODULES - 1 && loader_program(plan, n, &m->name, &m->start, &m->end)) {
        m = &modules[++n];
    }
    *m = (Module){ "other", 0, ADDRESS_SPACE };
    if (n == 0) {
        m->name = options->kernel ? options->kernel : options->bios ? options->bios : "guest";
    }
    return n + 1;
}

static void print_modules(Output *o, const Module *modules, unsigned n)
{
    print(o, "DRCOV VERSION: 2\nDRCOV FLAVOR: drcov\nModule Table: version 2, count %u\n", n);
    print(o, "Columns: id, base, end, entry, path\n");
    for (unsigned i = 0; i < n; i++) {
        const Module *m = &modules[i];
        print(o, "%u, 0x%08" PRIx64 ", 0x%08" PRIx64 ", 0x%08" PRIx64 ", ", i, m->start, m->end,
              m->start);
        for (const char *c = m->name; *c;) {
            char shown[ESCAPE_SIZE];
            c += escape_next(c, shown);
            print(o, "%s", shown);
        }
        print(o, "\n");
    }
}

static void put_piece(Output *o, const Module *modules, const ARMCovered *piece)
{
    unsigned id = 0;
    while (piece->addr < modules[id].start || piece->addr >= modules[id].end) {
        id++; /* the last one has all */
    }
    uint8_t entry[8];
    st32_p(entry, (uint32_t)(piece->addr - modules[id].start));
    st16_p(entry + 4, (uint16_t)piece->size);
    st16_p(entry + 6, (uint16_t)id);
    output_write(o, entry, sizeof entry);
}

void coverage_write(Output *drcov, Output *counts, const Options *options, const LoaderPlan *plan,
                    Machine *machine)
{
    Module modules[MAX_MODULES];
    bool lost;
    size_t n = arm_cpu_coverage(machine->cpu, &lost);
    if (lost) {
        error_report("-coverage: the host has no memory left: some code is not in the file");
    }
    print_modules(drcov, modules, list_modules(modules, options, plan));
    print(drcov, "BB Table: %zu bbs\n", n);
    for (size_t i = 0; i < n; i++) {
        ARMCovered piece;
        arm_cpu_covered(machine->cpu, i, &piece);
        put_piece(drcov, modules, &piece);
        if (counts) {
            print(counts, "%08" PRIx32 " %x %" PRIu64 "\n", piece.addr, piece.size, piece.count);
        }
    }
}
