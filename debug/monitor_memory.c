/* SPDX-License-Identifier: MIT */
/* The monitor's x, xp and print: formats, expressions, memory.
 *
 *   /fmt: a count, a format (x d u o c i) and a size (b h w g), each optional
 *   expr: sum of terms of products, as QEMU has it: + and - bind least, then & | ^, then * / % */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"
#include "debug/monitor_private.h"

/* -- Expressions -- */

typedef struct Parser {
    Monitor *m;
    const char *at;
    const char *error; /* NULL: none yet */
    unsigned depth;    /* of parentheses and signs */
} Parser;

#define MAX_DEPTH 64

static int64_t parse_sum(Parser *p);

static char peek(Parser *p)
{
    p->at += strspn(p->at, " \t");
    return *p->at;
}

static int64_t fail(Parser *p, const char *error)
{
    p->error = p->error ? p->error : error;
    return 0;
}

static int64_t parse_register(Parser *p)
{
    static const char *const names[][2] = { { "sp", "r13" }, { "lr", "r14" }, { "pc", "r15" } };
    const ARMCPU *cpu = p->m->machine->cpu;
    size_t length = strspn(++p->at, "abcdefghijklmnopqrstuvwxyz0123456789");
    for (unsigned n = 0; n < 16; n++) {
        char name[8];
        int full = snprintf(name, sizeof name, "r%u", n);
        if (length == (size_t)full && memcmp(name, p->at, length) == 0) {
            p->at += length;
            return arm_cpu_reg(cpu, n);
        }
    }
    for (unsigned i = 0; i < 3; i++) {
        if (length == 2 && memcmp(names[i][0], p->at, 2) == 0) {
            p->at += length;
            return arm_cpu_reg(cpu, 13 + i);
        }
    }
    return fail(p, "unknown register");
}

static int64_t parse_number(Parser *p)
{
    char *end;
    uint64_t n = strtoull(p->at, &end, 0);
    if (end == p->at) {
        return fail(p, "invalid char in expression");
    }
    p->at = end;
    return (int64_t)n;
}

static int64_t parse_unary(Parser *p)
{
    if (++p->depth > MAX_DEPTH) {
        return fail(p, "expression too deep");
    }
    int64_t n;
    switch (peek(p)) {
    case '+':
        p->at++;
        n = parse_unary(p);
        break;
    case '-':
        p->at++;
        n = (int64_t)(0 - (uint64_t)parse_unary(p));
        break;
    case '~':
        p->at++;
        n = ~parse_unary(p);
        break;
    case '(':
        p->at++;
        n = parse_sum(p);
        if (peek(p) != ')') {
            return fail(p, "')' expected");
        }
        p->at++;
        break;
    case '\'':
        if (!p->at[1] || p->at[2] != '\'') {
            return fail(p, "missing terminating ' character");
        }
        n = (unsigned char)p->at[1];
        p->at += 3;
        break;
    case '$': n = parse_register(p); break;
    case '\0': return fail(p, "unexpected end of expression");
    default: n = parse_number(p); break;
    }
    p->depth--;
    return n;
}

static int64_t parse_product(Parser *p)
{
    uint64_t n = (uint64_t)parse_unary(p);
    for (char op; !p->error && (op = peek(p), op == '*' || op == '/' || op == '%');) {
        p->at++;
        uint64_t by = (uint64_t)parse_unary(p);
        if (op == '*') {
            n *= by;
        } else if (by == 0) {
            return fail(p, "division by zero");
        } else {
            n = op == '/' ? n / by : n % by;
        }
    }
    return (int64_t)n;
}

static int64_t parse_logic(Parser *p)
{
    int64_t n = parse_product(p);
    for (char op; !p->error && (op = peek(p), op == '&' || op == '|' || op == '^');) {
        p->at++;
        int64_t by = parse_product(p);
        n = op == '&' ? n & by : op == '|' ? n | by : n ^ by;
    }
    return n;
}

static int64_t parse_sum(Parser *p)
{
    uint64_t n = (uint64_t)parse_logic(p);
    for (char op; !p->error && (op = peek(p), op == '+' || op == '-');) {
        p->at++;
        uint64_t by = (uint64_t)parse_logic(p);
        n = op == '+' ? n + by : n - by;
    }
    return (int64_t)n;
}

bool monitor_number(Monitor *m, const char *command, const char *text, int64_t *value)
{
    Parser p = { .m = m, .at = text };
    *value = parse_sum(&p);
    if (p.error) {
        monitor_print(m, "%s\n", p.error);
    } else if (peek(&p)) {
        monitor_print(m, "%s: extraneous characters at the end of line\n", command);
        return false;
    }
    return !p.error;
}

/* -- Formats -- */

/* Parses "/4xw " into *count, m->format and m->size. False, after a message: it is none. */
static bool parse_format(Monitor *m, const char **args, unsigned long *count, bool sizes)
{
    const char *p = *args;
    *count = 1;
    if (*p != '/') {
        return true;
    }
    p++;
    if (*p >= '0' && *p <= '9') {
        char *end;
        *count = strtoul(p, &end, 10);
        p = end;
    }
    for (; *p && *p != ' ' && *p != '\t'; p++) {
        if (strchr("xduoci", *p)) {
            m->format = *p;
        } else if (sizes && strchr("bhwg", *p)) {
            m->size = *p == 'b' ? 1 : *p == 'h' ? 2 : *p == 'w' ? 4 : 8;
        } else if (!strchr("bhwg", *p)) {
            monitor_print(m, "invalid char in format: '%c'\n", *p);
            return false;
        }
    }
    *args = p + strspn(p, " \t");
    return true;
}

static void print_char(Monitor *m, unsigned c)
{
    static const char escapes[] = "\n\\n\r\\r\t\\t\'\\\'\\\\\\";
    for (const char *e = escapes; *e; e += 3) {
        if ((unsigned char)*e == c) {
            monitor_print(m, "'%.2s'", e + 1);
            return;
        }
    }
    monitor_print(m, c >= ' ' && c < 0x7f ? "'%c'" : "'\\x%02x'", c);
}

/* A value of `size` bytes, in columns of one width. */
static void print_value(Monitor *m, uint64_t v, unsigned size)
{
    unsigned bits = size * 8;
    switch (m->format) {
    case 'o': monitor_print(m, "%#*" PRIo64, (int)((bits + 2) / 3), v); break;
    case 'u': monitor_print(m, "%*" PRIu64, (int)((bits * 10 + 32) / 33), v); break;
    case 'd': monitor_print(m, "%*" PRId64, (int)((bits * 10 + 32) / 33), (int64_t)v); break;
    case 'c': print_char(m, (unsigned)(v & 0xff)); break;
    default: monitor_print(m, "0x%0*" PRIx64, (int)(bits / 4), v); break;
    }
}

bool monitor_evaluate(Monitor *m, const char *args)
{
    unsigned long count;
    int64_t value;
    if (!parse_format(m, &args, &count, false) || !monitor_number(m, "print|p", args, &value)) {
        return false;
    }
    switch (m->format) {
    case 'o': monitor_print(m, "%#" PRIo64, value); break;
    case 'u': monitor_print(m, "%" PRIu64, value); break;
    case 'x': monitor_print(m, "%#" PRIx64, value); break;
    case 'c': print_char(m, (unsigned)value); break;
    default: monitor_print(m, "%" PRId64, value); break;
    }
    monitor_print(m, "\n");
    return true;
}

/* -- Memory -- */

/* The region with a byte, and its physical address; NULL: nothing is there. */
static BusRegion *find(Monitor *m, uint64_t addr, bool physical, uint64_t *phys)
{
    Machine *machine = m->machine;
    *phys = addr;
    if (!physical && !arm_cpu_debug_translate(machine->cpu, (uint32_t)addr, phys)) {
        return NULL;
    }
    return bus_find(&machine->bus, *phys);
}

/* Reads up to 8 bytes, little-endian: registers in one access, if they are aligned. */
static bool read_value(Monitor *m, uint64_t addr, bool physical, unsigned size, uint64_t *value)
{
    bool whole = addr % size == 0 && size <= 4;
    unsigned step = whole ? size : 1;
    *value = 0;
    for (unsigned i = 0; i < size; i += step) {
        uint64_t phys;
        BusRegion *r = find(m, addr + i, physical, &phys);
        if (!r) {
            return false;
        }
        *value |= (bus_region_read(r, phys, step) & (UINT64_MAX >> (64 - 8 * step))) << 8 * i;
    }
    return true;
}

static void disassemble(Monitor *m, uint64_t addr, unsigned long count, bool physical)
{
    for (; count > 0; count--) {
        char text[96];
        uint64_t insn;
        if (!read_value(m, addr, physical, 4, &insn)) {
            monitor_print(m, "Cannot access memory\n");
            return;
        }
        unsigned length =
            arm_cpu_disassemble(m->machine->cpu, text, sizeof text, (uint32_t)addr, (uint32_t)insn);
        char *tab = strchr(text, '\t');
        if (tab) {
            *tab = '\0';
        }
        monitor_print(m, "0x%08" PRIx64 ":  %0*" PRIx64 "%s  %-8s%s%s\n", addr, (int)length * 2,
                      length == 2 ? insn & 0xffff : insn, length == 2 ? "    " : "", text,
                      tab ? " " : "", tab ? tab + 1 : "");
        addr += length;
    }
}

static void dump(Monitor *m, uint64_t addr, unsigned long count, bool physical)
{
    unsigned size = m->format == 'c' ? 1 : m->size;
    unsigned in_line = (m->size == 1 ? 8 : 16) / size;
    uint64_t left = m->format == 'c' ? (uint64_t)count * m->size : count;
    while (left > 0) {
        monitor_print(m, physical ? "%016" PRIx64 ":" : "%08" PRIx64 ":",
                      physical ? addr : addr & 0xffffffff);
        for (unsigned i = 0; i < in_line && left > 0; i++, left--) {
            uint64_t value;
            if (!read_value(m, addr, physical, size, &value)) {
                monitor_print(m, " Cannot access memory\n");
                return;
            }
            monitor_print(m, " ");
            print_value(m, value, size);
            addr += size;
        }
        monitor_print(m, "\n");
    }
}

bool monitor_examine(Monitor *m, const char *args, bool physical)
{
    unsigned long count;
    int64_t addr;
    if (!parse_format(m, &args, &count, true) ||
        !monitor_number(m, physical ? "xp" : "x", args, &addr)) {
        return false;
    }
    if (count > 1u << 20) {
        count = 1u << 20; /* more than anybody reads */
    }
    if (m->format == 'i') {
        disassemble(m, (uint64_t)addr, count, physical);
    } else {
        dump(m, (uint64_t)addr, count, physical);
    }
    return true;
}
