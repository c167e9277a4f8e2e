/* SPDX-License-Identifier: MIT */
/* The target's description: its registers, as XML, made anew for each part that gdb asks for. */
#include <stdio.h>

#include "cpu/cpu.h"
#include "debug/gdb_private.h"

/* The description goes by; gdb gets what lies in [from, to). */
typedef struct Window {
    GdbReply *out;
    uint64_t at, from, to;
} Window;

static void write_text(Window *w, const char *text)
{
    for (; *text; text++, w->at++) {
        if (w->at >= w->from && w->at < w->to) {
            gdb_reply_put(w->out, (uint8_t)*text);
        }
    }
}

static const char *type_of(const ARMDebugReg *reg)
{
    if (reg->group == ARM_REGS_CORE) {
        return reg->name[0] == 's'   ? " type=\"data_ptr\""
               : reg->name[0] == 'p' ? " type=\"code_ptr\""
                                     : "";
    }
    return reg->size == 8               ? " type=\"ieee_double\""
           : reg->group == ARM_REGS_SYS ? " group=\"cp_regs\""
                                        : " group=\"float\"";
}

static void write_registers(Window *w, const ARMCPU *cpu)
{
    static const char *const features[] = {
        [ARM_REGS_CORE] = "org.gnu.gdb.arm.core",
        [ARM_REGS_VFP] = "org.gnu.gdb.arm.vfp",
        [ARM_REGS_VFP_SYS] = "org.qemu.gdb.arm.vfp-sysregs",
        [ARM_REGS_SYS] = "org.qemu.gdb.arm.sys.regs",
    };
    char text[112];
    ARMDebugReg reg;
    int group = -1;
    for (unsigned n = 0; arm_cpu_debug_reg(cpu, n, &reg) || n <= ARM_DEBUG_CPSR; n++) {
        if (!reg.name[0]) {
            continue; /* a number that gdb gave to a coprocessor of old */
        }
        if ((int)reg.group != group) {
            group = (int)reg.group;
            snprintf(text, sizeof text, "%s<feature name=\"%s\">\n", n ? "</feature>\n" : "",
                     features[group]);
            write_text(w, text);
        }
        snprintf(text, sizeof text, "<reg name=\"%s\" bitsize=\"%d\" regnum=\"%u\"%s/>\n", reg.name,
                 reg.size * 8, n, type_of(&reg));
        write_text(w, text);
    }
    write_text(w, "</feature>\n");
}

void gdb_send_description(Gdb *g, uint64_t offset, uint64_t length)
{
    const uint64_t most = GDB_PACKET_SIZE / 2 - 1; /* each byte may need an escape */
    length = length < most ? length : most;
    Window w = { .out = &g->out, .from = offset, .to = offset + length };
    gdb_reply_start(&g->out);
    gdb_reply_put(&g->out, 'm');
    write_text(&w, "<?xml version=\"1.0\"?>\n"
                   "<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
                   "<target>\n<architecture>arm</architecture>\n");
    write_registers(&w, g->machine->cpu);
    write_text(&w, "</target>\n");
    if (w.at <= w.to) { /* "l": the last part; bytes[1] is the 'm' */
        g->out.sum = (uint8_t)(g->out.sum + 'l' - 'm');
        g->out.bytes[1] = 'l';
    }
    gdb_send(g);
}
