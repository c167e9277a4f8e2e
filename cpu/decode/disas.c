/* SPDX-License-Identifier: MIT */
/* The disassembler: prints an instruction as the `text` of its line in the decode table says, in
 * the syntax of GNU objdump.
 *
 * The escapes in a text, X standing for a field's name:
 *   %rX %uX %XX   field X as a register, in decimal, in hexadecimal
 *   %2X %4X       field X times 2 or 4
 *   %c %S         the condition; "s" if the flags are set
 *   %t %i         the name and the amount of a shift by a constant
 *   %I %M         the second operand: a rotated immediate; a register, shifted
 *   %A %P         a memory operand: offset or pre-indexed; post-indexed
 *   %L %w %l      load/store multiple: addressing mode; writeback; register list
 *   %b            a branch target
 *   %R %f         a status register; its fields
 *   %sX %dX       field X as a single, a double VFP register
 *   %zX           the single register after field X
 *   %F %G         a list of single, of double VFP registers
 *   %x %y         "t" or "b": which half of the second, the third operand
 *   %N            "l": a long coprocessor transfer */
#include "cpu/translate/translate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct Disas {
    char *out;
    unsigned size, length;
    const ArmInsn *line;
    uint32_t pc, insn;
    bool thumb;
} Disas;

static void put(Disas *d, const char *fmt, ...)
{
    va_list args;
    if (d->length + 1 >= d->size) {
        return;
    }
    va_start(args, fmt);
    int n = vsnprintf(d->out + d->length, d->size - d->length, fmt, args);
    va_end(args);
    if (n > 0) {
        d->length += (unsigned)n < d->size - d->length ? (unsigned)n : d->size - d->length - 1;
    }
}

static const char *register_name(uint32_t n)
{
    static const char *const names[16] = { "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7",
                                           "r8", "r9", "sl", "fp", "ip", "sp", "lr", "pc" };
    return names[n & 15];
}

static uint32_t field(const Disas *d, char name)
{
    return arm_field(d->line, name, d->insn);
}

static bool has_field(const Disas *d, char name)
{
    return arm_field_mask(d->line, name) != 0;
}

static void put_register(Disas *d, char name)
{
    put(d, "%s", register_name(arm_register_field(d->line, name, d->insn)));
}

/* -- Operands -- */

static const char *const shift_names[4] = { "lsl", "lsr", "asr", "ror" };

static unsigned shift_type(const Disas *d)
{
    return d->thumb ? bits(d->insn, 11, 2) : field(d, 't');
}

/* 0 stands for 32. */
static unsigned shift_amount(const Disas *d)
{
    unsigned amount = field(d, 'i');
    return amount ? amount : 32;
}

static void put_shifted_register(Disas *d)
{
    put_register(d, 'm');
    if (has_field(d, 's')) {
        put(d, ", %s ", shift_names[shift_type(d)]);
        put_register(d, 's');
    } else if (shift_type(d) == SHIFT_ROR && field(d, 'i') == 0) {
        put(d, ", rrx");
    } else if (shift_type(d) != SHIFT_LSL || field(d, 'i') != 0) {
        put(d, ", %s #%u", shift_names[shift_type(d)], shift_amount(d));
    }
}

/* The value; with its rotation if another encoding of the same value rotates less. */
static void put_rotated(Disas *d)
{
    uint32_t imm = field(d, 'i'), rotation = 2 * field(d, 'r');
    uint32_t value = rotation ? imm >> rotation | imm << (32 - rotation) : imm;
    unsigned least = 0;
    while ((least ? value << least | value >> (32 - least) : value) > 0xff) {
        least += 2;
    }
    if (least != rotation) {
        put(d, "#%u, %u", (unsigned)imm, (unsigned)rotation);
    } else if (value >> 31) {
        put(d, "#-%u", (unsigned)(0 - value));
    } else {
        put(d, "#%u", (unsigned)value);
    }
}

static void put_offset(Disas *d)
{
    const char *sign = field(d, 'u') ? "" : "-";
    if (has_field(d, 'm')) {
        put(d, "%s", sign);
        if (has_field(d, 't')) {
            put_shifted_register(d);
        } else {
            put_register(d, 'm');
        }
    } else {
        /* A coprocessor's and the VFP's are in words. */
        put(d, "#%s%u", sign,
            (unsigned)field(d, 'i') * (has_field(d, 'g') || has_field(d, 'D') ? 4 : 1));
    }
}

static void put_memory(Disas *d, bool post)
{
    bool plain = !has_field(d, 'm') && field(d, 'i') == 0 && field(d, 'u');
    put(d, "[%s", register_name(field(d, 'n')));
    if (post) {
        put(d, "], ");
        put_offset(d);
    } else if (field(d, 'w') || !plain) {
        put(d, ", ");
        put_offset(d);
        put(d, field(d, 'w') ? "]!" : "]");
    } else {
        put(d, "]");
    }
}

static void put_list(Disas *d)
{
    uint32_t list = field(d, 'l');
    const char *separator = "";
    if (d->thumb && bits(d->insn, 12, 4) == 11 && list >> 8) { /* PUSH and POP: lr or pc */
        list = (list & 0xff) | (bit(d->insn, 11) ? 0x8000 : 0x4000);
    } else if (!d->thumb) {
        list = d->insn & 0xffff;
    }
    put(d, "{");
    for (unsigned i = 0; i < 16; i++) {
        if (list >> i & 1) {
            put(d, "%s%s", separator, register_name(i));
            separator = ", ";
        }
    }
    put(d, "}");
}

static void put_vfp_list(Disas *d, char type)
{
    uint32_t first = arm_vfp_field(d->line, 'D', d->insn), n = field(d, 'i');
    put(d, "{%c%u", type, (unsigned)first);
    if (n > 1) {
        put(d, "-%c%u", type, (unsigned)(first + n - 1));
    }
    put(d, "}");
}

/* Thumb's LDMIA writes a base back that it does not load. */
static bool writes_back(const Disas *d)
{
    return d->thumb ? !(field(d, 'l') >> field(d, 'n') & 1) : field(d, 'w') != 0;
}

static uint32_t branch_target(const Disas *d)
{
    uint32_t mask = arm_field_mask(d->line, 'o');
    uint32_t sign = (mask >> 1) + 1;
    uint32_t offset = (field(d, 'o') ^ sign) - sign;
    if (d->thumb) {
        return d->pc + 4 + offset * 2;
    }
    return d->pc + 8 + offset * 4 + (field(d, 'h') ? 2 : 0);
}

static void put_condition(Disas *d)
{
    static const char *const names[16] = { "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc",
                                           "hi", "ls", "ge", "lt", "gt", "le", "",   "" };
    put(d, "%s", names[d->thumb ? bits(d->insn, 8, 4) : d->insn >> 28]);
}

static void put_psr_fields(Disas *d)
{
    static const char names[4] = { 'c', 'x', 's', 'f' };
    uint32_t fields = field(d, 'f');
    for (unsigned i = 4; i-- > 0;) {
        if (fields >> i & 1) {
            put(d, "%c", names[i]);
        }
    }
}

/* One escape at `p`; returns the first character after it. */
static const char *put_escape(Disas *d, const char *p)
{
    static const char *const modes[4] = { "da", "", "db", "ib" }; /* ia goes without saying */
    switch (*p) {
    case 'r': put_register(d, *++p); break;
    case 'u': put(d, "%u", (unsigned)field(d, *++p)); break;
    case 'X': put(d, "0x%x", (unsigned)field(d, *++p)); break;
    case '2': put(d, "%u", (unsigned)field(d, *++p) * 2); break;
    case '4': put(d, "%u", (unsigned)field(d, *++p) * 4); break;
    case 'c': put_condition(d); break;
    case 'S': put(d, "%s", field(d, 'S') ? "s" : ""); break;
    case 't': put(d, "%s", shift_names[shift_type(d)]); break;
    case 'i': put(d, "#%u", shift_amount(d)); break;
    case 'I': put_rotated(d); break;
    case 'M': put_shifted_register(d); break;
    case 'A': put_memory(d, false); break;
    case 'P': put_memory(d, true); break;
    case 'L': put(d, "%s", modes[field(d, 'p') * 2 + field(d, 'u')]); break;
    case 'w': put(d, "%s", writes_back(d) ? "!" : ""); break;
    case 'l': put_list(d); break;
    case 'b': put(d, "0x%x", (unsigned)branch_target(d)); break;
    case 'R': put(d, "%s", field(d, 'R') ? "SPSR" : "CPSR"); break;
    case 'f': put_psr_fields(d); break;
    case 'x': put(d, "%c", field(d, 'x') ? 't' : 'b'); break;
    case 'y': put(d, "%c", field(d, 'y') ? 't' : 'b'); break;
    case 's':
    case 'd':
        put(d, "%c%u", *p, (unsigned)arm_vfp_field(d->line, p[1], d->insn));
        p++;
        break;
    case 'z': put(d, "s%u", (unsigned)arm_vfp_field(d->line, *++p, d->insn) + 1); break;
    case 'F': put_vfp_list(d, 's'); break;
    case 'G': put_vfp_list(d, 'd'); break;
    case 'N': put(d, "%s", field(d, 'k') ? "l" : ""); break;
    default: break;
    }
    return p + 1;
}

/* Both halves of a Thumb BL or BLX; false if this is no such pair. */
static bool put_thumb_pair(Disas *d, uint32_t second)
{
    uint32_t high = bits(d->insn, 0, 11), low = bits(second, 0, 11) << 1;
    uint32_t target = d->pc + 4 + (((high << 12) ^ UINT32_C(0x400000)) - UINT32_C(0x400000)) + low;
    const ArmInsn *line = thumb_decode(second, ARM_ARM926);
    if (d->line->translate != thumb_bl_prefix || !line) {
        return false;
    }
    if (line->translate == thumb_bl_suffix) {
        put(d, "bl\t0x%x", (unsigned)target);
    } else if (line->translate == thumb_blx_suffix) {
        put(d, "blx\t0x%x", (unsigned)(target & ~UINT32_C(3)));
    } else {
        return false;
    }
    return true;
}

unsigned arm_disassemble(char *out, unsigned size, uint32_t pc, uint32_t insn, bool thumb)
{
    uint32_t first = thumb ? insn & 0xffff : insn;
    Disas d = { out, size, 0, NULL, pc, first, thumb };
    d.line = thumb ? thumb_decode(first, ARM_ARM926) : arm_decode(first, ARM_ARM926);
    out[0] = '\0';
    if (!d.line) {
        put(&d, thumb ? ".short\t0x%04x" : ".word\t0x%08x", (unsigned)first);
        return thumb ? 2 : 4;
    }
    if (thumb && put_thumb_pair(&d, insn >> 16)) {
        return 4;
    }
    for (const char *p = d.line->text; *p;) {
        if (*p == '%') {
            p = put_escape(&d, p + 1);
        } else {
            put(&d, "%c", *p++);
        }
    }
    return thumb ? 2 : 4;
}
