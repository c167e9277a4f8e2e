/* SPDX-License-Identifier: MIT */
/* What the text of a line of the decode tables says about an encoding: its fields, and whether it
 * is UNPREDICTABLE. For the tests and their generators; cpu/decode/decode.h describes the text. */
#ifndef TESTS_ENCODING_H
#define TESTS_ENCODING_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/decode/decode.h"

/* True if this encoding is the line's. */
static inline bool arm_matches(const ArmEncoding *e, uint32_t insn)
{
    return (insn & e->mask) == e->value && !(e->any_condition && insn >> 28 == 15);
}

/* The bits in a line's encoding: 32 or 16. */
static inline unsigned line_width(const ArmInsn *line)
{
    unsigned n = 0;
    for (const char *p = line->bits; *p; p++) {
        n += *p != ' ' && *p != '(' && *p != ')';
    }
    return n;
}

/* The bits that belong to field `name`; 0: the line has no such field. */
static inline uint32_t arm_field_mask(const ArmInsn *line, char name)
{
    uint32_t mask = 0;
    unsigned n = line_width(line);
    for (const char *p = line->bits; *p; p++) {
        if (*p != ' ' && *p != '(' && *p != ')') {
            n--;
            mask |= *p == name ? UINT32_C(1) << n : 0;
        }
    }
    return mask;
}

/* A field's value, its pieces put together. */
static inline uint32_t arm_field(const ArmInsn *line, char name, uint32_t insn)
{
    uint32_t mask = arm_field_mask(line, name);
    uint32_t value = 0;
    for (unsigned i = 32; i-- > 0;) {
        if (mask >> i & 1) {
            value = value << 1 | (insn >> i & 1);
        }
    }
    return value;
}

/* The same for a field that names a register: that of a doubleword's even one lacks its last bit.
 */
static inline uint32_t arm_register_field(const ArmInsn *line, char name, uint32_t insn)
{
    uint32_t mask = arm_field_mask(line, name);
    uint32_t value = arm_field(line, name, insn);
    bool even = line_width(line) == 32 && (mask == 0xe000 || mask == 0xe);
    return even ? value << 1 : value;
}

/* The number of a VFP register: of a single if the field has five bits, else of a double. */
static inline uint32_t arm_vfp_field(const ArmInsn *line, char name, uint32_t insn)
{
    uint32_t mask = arm_field_mask(line, name), value = arm_field(line, name, insn);
    bool lowest_is_first = (mask & 0x400020) != 0; /* D and M, but not N */
    return lowest_is_first ? (value & 15) << 1 | value >> 4 : value;
}

/* One term of a line's limits. */
static inline bool term_holds(const ArmInsn *line, const char *term, uint32_t insn)
{
    if (term[1] == '?') {
        return arm_field(line, term[0], insn) == 0 || term_holds(line, term + 2, insn);
    }
    if (term[0] == 'D') {
        uint32_t n = arm_field(line, 'i', insn), end = arm_vfp_field(line, 'D', insn) + n;
        return n != 0 && end <= ((arm_field_mask(line, 'D') & 0x400000) != 0 ? 32u : 16u);
    }
    const char *other = term[1] == '/' ? term + 2 : NULL;
    uint32_t n = 15;
    if (other && isdigit((unsigned char)*other)) {
        n = (uint32_t)strtoul(other, NULL, 10);
    } else if (other) {
        n = arm_register_field(line, other[0], insn) + (other[1] == '+');
    }
    if (term[0] == 'l') {
        uint32_t list = arm_field(line, 'l', insn);
        return other ? !(list >> n & 1) : list != 0;
    }
    return arm_register_field(line, term[0], insn) != n;
}

/* False if the line's limits or should-be bits make this encoding UNPREDICTABLE. */
static inline bool arm_predictable(const ArmInsn *line, uint32_t insn)
{
    ArmEncoding e = arm_encoding(line);
    if ((insn & e.should) != e.should_value) {
        return false;
    }
    for (const char *p = line->limits; p && *p;) {
        if (!term_holds(line, p, insn)) {
            return false;
        }
        p += strcspn(p, " ");
        p += strspn(p, " ");
    }
    return true;
}

#endif
