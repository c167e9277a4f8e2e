/* SPDX-License-Identifier: MIT */
/* The disassembler: prints an instruction by the `text` of its line, in GNU objdump's syntax. */
/* clang-format off */
/* The escapes in a text:
 *
 *   %rX           register X: d, n, m, s, a (rd, rn, ...)
 *   %uX %XX       a number in decimal, in hexadecimal: i (imm), w (imm in words), a (amount), h (x),
 *                 g k q (cp, opc1, opc2), d n m (crd, crn, crm)
 *   %c %S         the condition; "s" if it sets the flags
 *   %t %i         the name and the amount of a shift by a constant
 *   %I            an immediate that is rotated
 *   %M %Q         rm shifted by a constant, by a register
 *   %A %B         a memory operand with an offset: imm, rm shifted
 *   %L %w %l      load/store multiple: addressing mode; writeback; register list
 *   %K            the addressing mode, also if it is the default
 *   %b            a branch target
 *   %R %f         a status register; its fields
 *   %a %e         CPS's interrupt flags; "be" or "le"
 *   %sX %dX       VFP register X (D, N, M) as a single, a double
 *   %zX           the single register after X
 *   %F %G         a list of single, of double VFP registers
 *   %x %y         "t" or "b": which half of the second, the third operand
 *   %h %o         "x" if halves are exchanged, "r" if the result is rounded (both by x)
 *   %N            "l": a long coprocessor transfer */
/* clang-format on */
#include "cpu/translate/translate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct Disas {
    char *out;
    unsigned size, length;
    ArmArgs a;
    uint32_t pc; /* value of r15 */
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

static void put_register(Disas *d, char name)
{
    const ArmArgs *a = &d->a;
    uint8_t n = name == 'd'   ? a->rd
                : name == 'n' ? a->rn
                : name == 'm' ? a->rm
                : name == 's' ? a->rs
                              : a->ra;
    put(d, "%s", register_name(n));
}

static uint32_t number(const Disas *d, char name)
{
    const ArmArgs *a = &d->a;
    switch (name) {
    case 'w': return a->imm / 4;
    case 'a': return a->amount;
    case 'h': return a->x;
    case 'g': return a->cp;
    case 'k': return a->opc1;
    case 'q': return a->opc2;
    case 'd': return a->crd;
    case 'n': return a->crn;
    case 'm': return a->crm;
    default: return a->imm;
    }
}

/* -- Operands -- */

static const char *const shift_names[4] = { "lsl", "lsr", "asr", "ror" };

static void put_shift_amount(Disas *d)
{
    put(d, "#%u", d->a.amount ? d->a.amount : 32u); /* 0 means 32 */
}

static void put_shifted_register(Disas *d)
{
    const ArmArgs *a = &d->a;
    put_register(d, 'm');
    if (a->shift == SHIFT_ROR && a->amount == 0) {
        put(d, ", rrx");
    } else if (a->shift != SHIFT_LSL || a->amount != 0) {
        put(d, ", %s ", shift_names[a->shift]);
        put_shift_amount(d);
    }
}

/* The value, and its rotation unless it is the smallest for that value. */
static void put_rotated(Disas *d)
{
    uint32_t value = d->a.imm, rotation = d->a.amount;
    uint32_t imm = rotation ? value << rotation | value >> (32 - rotation) : value;
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

static void put_offset(Disas *d, bool by_register)
{
    const char *sign = d->a.add ? "" : "-";
    if (by_register) {
        put(d, "%s", sign);
        put_shifted_register(d);
    } else {
        put(d, "#%s%u", sign, (unsigned)d->a.imm);
    }
}

static void put_memory(Disas *d, bool by_register)
{
    const ArmArgs *a = &d->a;
    bool plain = !by_register && a->imm == 0 && a->add;
    put(d, "[%s", register_name(a->rn));
    if (!a->index) {
        put(d, "], ");
        put_offset(d, by_register);
    } else if (a->writeback || !plain) {
        put(d, ", ");
        put_offset(d, by_register);
        put(d, a->writeback ? "]!" : "]");
    } else {
        put(d, "]");
    }
}

static void put_list(Disas *d)
{
    const char *separator = "";
    put(d, "{");
    for (unsigned i = 0; i < 16; i++) {
        if (d->a.imm >> i & 1) {
            put(d, "%s%s", separator, register_name(i));
            separator = ", ";
        }
    }
    put(d, "}");
}

static void put_vfp_list(Disas *d, char type)
{
    unsigned shift = type == 'd', first = d->a.vd >> shift, n = d->a.imm >> shift;
    put(d, "{%c%u", type, first);
    if (n > 1) {
        put(d, "-%c%u", type, first + n - 1);
    }
    put(d, "}");
}

static unsigned vfp_word(const Disas *d, char name)
{
    return name == 'D' ? d->a.vd : name == 'N' ? d->a.vn : d->a.vm;
}

static void put_condition(Disas *d)
{
    static const char *const names[16] = { "eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc",
                                           "hi", "ls", "ge", "lt", "gt", "le", "",   "" };
    put(d, "%s", names[d->a.cond]);
}

static void put_psr_fields(Disas *d)
{
    static const char names[4] = { 'c', 'x', 's', 'f' };
    for (unsigned i = 4; i-- > 0;) {
        if (d->a.fields >> i & 1) {
            put(d, "%c", names[i]);
        }
    }
}

static void put_interrupts(Disas *d)
{
    for (unsigned i = 3; i-- > 0;) {
        put(d, "%s", d->a.fields >> i & 1 ? (const char *[]){ "f", "i", "a" }[i] : "");
    }
}

/* Prints the escape at `p`; returns the character after it. */
static const char *put_escape(Disas *d, const char *p)
{
    static const char *const modes[4] = { "da", "ia", "db", "ib" };
    const ArmArgs *a = &d->a;
    switch (*p) {
    case 'r': put_register(d, *++p); break;
    case 'u': put(d, "%u", (unsigned)number(d, *++p)); break;
    case 'X': put(d, "0x%x", (unsigned)number(d, *++p)); break;
    case 'c': put_condition(d); break;
    case 'S': put(d, "%s", a->set ? "s" : ""); break;
    case 't': put(d, "%s", shift_names[a->shift]); break;
    case 'i': put_shift_amount(d); break;
    case 'I': put_rotated(d); break;
    case 'M': put_shifted_register(d); break;
    case 'Q':
        put_register(d, 'm');
        put(d, ", %s ", shift_names[a->shift]);
        put_register(d, 's');
        break;
    case 'A': put_memory(d, false); break;
    case 'B': put_memory(d, true); break;
    case 'L': put(d, "%s", a->add && !a->index ? "" : modes[a->index * 2 + a->add]); break;
    case 'K': put(d, "%s", modes[a->index * 2 + a->add]); break;
    case 'w': put(d, "%s", a->writeback ? "!" : ""); break;
    case 'l': put_list(d); break;
    case 'b': put(d, "0x%x", (unsigned)(d->pc + a->imm)); break;
    case 'R': put(d, "%s", a->spsr ? "SPSR" : "CPSR"); break;
    case 'f': put_psr_fields(d); break;
    case 'a': put_interrupts(d); break;
    case 'e': put(d, "%s", a->x ? "be" : "le"); break;
    case 'x': put(d, "%c", a->x ? 't' : 'b'); break;
    case 'y': put(d, "%c", a->y ? 't' : 'b'); break;
    case 'h': put(d, "%s", a->x ? "x" : ""); break;
    case 'o': put(d, "%s", a->x ? "r" : ""); break;
    case 's': put(d, "s%u", vfp_word(d, *++p)); break;
    case 'd': put(d, "d%u", vfp_word(d, *++p) / 2); break;
    case 'z': put(d, "s%u", vfp_word(d, *++p) + 1); break;
    case 'F': put_vfp_list(d, 's'); break;
    case 'G': put_vfp_list(d, 'd'); break;
    case 'N': put(d, "%s", a->x ? "l" : ""); break;
    default: break;
    }
    return p + 1;
}

/* Prints both halves of a Thumb BL or BLX; false if this is no such pair. */
static bool put_thumb_pair(Disas *d, const ArmInsn *first, uint32_t insn, uint32_t features)
{
    const ArmInsn *line = thumb_decode(insn, features);
    if (first->translate != trans_bl_prefix || !line) {
        return false;
    }
    uint32_t target = d->pc + sign_extend(d->a.imm << 12, 23) + (arm_args(line, insn).imm << 1);
    if (line->translate == trans_bl_suffix) {
        put(d, "bl\t0x%x", (unsigned)target);
    } else if (line->translate == trans_blx_suffix) {
        put(d, "blx\t0x%x", (unsigned)(target & ~UINT32_C(3)));
    } else {
        return false;
    }
    return true;
}

unsigned arm_disassemble(char *out, unsigned size, uint32_t pc, uint32_t insn, bool thumb,
                         uint32_t features)
{
    uint32_t first = thumb ? insn & 0xffff : insn;
    Disas d = { .out = out, .size = size, .pc = pc + (thumb ? 4 : 8) };
    const ArmInsn *line = thumb ? thumb_decode(first, features) : arm_decode(first, features);
    out[0] = '\0';
    if (!line) {
        put(&d, thumb ? ".short\t0x%04x" : ".word\t0x%08x", (unsigned)first);
        return thumb ? 2 : 4;
    }
    d.a = arm_args(line, first);
    if (!thumb) {
        d.a.cond = (uint8_t)(first >> 28);
    }
    if (thumb && put_thumb_pair(&d, line, insn >> 16, features)) {
        return 4;
    }
    for (const char *p = line->text; *p;) {
        if (*p == '%') {
            p = put_escape(&d, p + 1);
        } else {
            put(&d, "%c", *p++);
        }
    }
    return thumb ? 2 : 4;
}
