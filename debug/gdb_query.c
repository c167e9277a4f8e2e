/* SPDX-License-Identifier: MIT */
/* gdb's queries and settings, QEMU's own among them. */
#include <stdio.h>
#include <string.h>

#include "cpu/cpu.h"
#include "debug/gdb_private.h"

#define FEATURES "PacketSize=%x;qXfer:features:read+;vContSupported+;QStartNoAckMode+;multiprocess+"

/* gdb tells what it can: "multiprocess+" says how to write threads. */
static void supported(Gdb *g, const char *args)
{
    char text[128];
    g->multiprocess = strstr(args, "multiprocess+") != NULL;
    snprintf(text, sizeof text, FEATURES "%s", GDB_PACKET_SIZE,
             g->run->reverse ? ";ReverseStep+;ReverseContinue+" : "");
    gdb_send_text(g, text);
}

static void read_description(Gdb *g, const char *args)
{
    static const char name[] = "target.xml:";
    uint64_t offset, length;
    bool known = strncmp(args, name, sizeof name - 1) == 0;
    args += known ? sizeof name - 1 : 0;
    if (!known || !gdb_number(&args, &offset) || !gdb_char(&args, ',') ||
        !gdb_number(&args, &length) || *args || offset > UINT32_MAX) {
        gdb_send_text(g, "E00");
    } else {
        gdb_send_description(g, offset, length);
    }
}

static void send_with_thread(Gdb *g, const char *before)
{
    char text[16];
    snprintf(text, sizeof text, "%s%s", before, g->multiprocess ? "p01.01" : "01");
    gdb_send_text(g, text);
}

static void current_thread(Gdb *g, const char *args)
{
    (void)args;
    send_with_thread(g, "QC");
}

static void first_thread(Gdb *g, const char *args)
{
    (void)args;
    send_with_thread(g, "m");
}

static void no_more_threads(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "l");
}

static void describe_thread(Gdb *g, const char *args)
{
    if (!gdb_thread(&args) || *args) {
        gdb_send_text(g, GDB_INVALID);
        return;
    }
    bool halted = arm_cpu_halted(g->machine->cpu);
    const char *text = halted ? "CPU#0 [halted ]" : "CPU#0 [running]";
    gdb_reply_start(&g->out);
    gdb_reply_hex(&g->out, text, strlen(text));
    gdb_send(g);
}

static void attached(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "1");
}

/* The monitor's command, in hexadecimal digits; what it prints goes back first. */
static void execute_monitor(Gdb *g, const char *args)
{
    char line[MONITOR_LINE];
    size_t n = strlen(args) / 2;
    if (n == 0 || n >= sizeof line || !gdb_bytes(&args, (uint8_t *)line, n) || *args) {
        gdb_send_text(g, GDB_INVALID);
        return;
    }
    line[n] = '\0';
    monitor_execute(&g->monitor, line);
    gdb_flush_text(g);
    gdb_send_text(g, "OK");
}

static void no_ack_mode(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "OK");
    g->no_ack = true;
}

/* -- QEMU's own -- */

static void memory_mode(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, g->physical ? "1" : "0");
}

static void set_memory_mode(Gdb *g, const char *args)
{
    uint64_t n;
    bool ok = gdb_number(&args, &n) && !*args;
    g->physical = ok ? n != 0 : g->physical;
    gdb_send_text(g, ok ? "OK" : GDB_INVALID);
}

static void step_bits(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, g->run->logged ? "ENABLE=1" : "ENABLE=1,NOIRQ=2,NOTIMER=4");
}

static void step_mode(Gdb *g, const char *args)
{
    (void)args;
    char text[8];
    snprintf(text, sizeof text, "0x%x", g->step);
    gdb_send_text(g, text);
}

static void set_step_mode(Gdb *g, const char *args)
{
    uint64_t n;
    args += strncmp(args, "0x", 2) == 0 ? 2 : 0; /* as the answer to "qqemu.sstep" has it */
    bool ok = gdb_number(&args, &n) && !*args && (n & ~(uint64_t)gdb_step_bits(g)) == 0;
    g->step = ok ? (unsigned)n : g->step;
    gdb_send_text(g, ok ? "OK" : GDB_INVALID);
}

static void qemu_supported(Gdb *g, const char *args)
{
    (void)args;
    gdb_send_text(g, "sstepbits;sstep;PhyMemMode");
}

static const GdbCommand queries[] = {
    { "qAttached", false, attached },
    { "qC", true, current_thread },
    { "qfThreadInfo", true, first_thread },
    { "qsThreadInfo", true, no_more_threads },
    { "qThreadExtraInfo,", false, describe_thread },
    { "qRcmd,", false, execute_monitor },
    { "qSupported", false, supported },
    { "qXfer:features:read:", false, read_description },
    { "QStartNoAckMode", true, no_ack_mode },
    { "qqemu.PhyMemMode", true, memory_mode },
    { "Qqemu.PhyMemMode:", false, set_memory_mode },
    { "qqemu.sstepbits", true, step_bits },
    { "qqemu.sstep", true, step_mode },
    { "Qqemu.sstep=", false, set_step_mode },
    { "qqemu.Supported", true, qemu_supported },
    { NULL, false, NULL },
};

void gdb_query(Gdb *g, const char *packet)
{
    if (!gdb_dispatch(g, queries, packet)) {
        gdb_send_text(g, ""); /* not known */
    }
}
