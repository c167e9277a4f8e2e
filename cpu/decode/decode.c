/* SPDX-License-Identifier: MIT */
/* Looks instructions up in the decode tables. */
#include "cpu/decode/decode.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

/* An index: from some bits of an instruction to the lines that may match, in the table's order. */
#define ARM_SLOTS   8192 /* "bits 31..28 are 1111", bits 27..20, bits 7..4 */
#define THUMB_SLOTS 1024 /* bits 15..6 */
#define MAX_LINES   1024
#define MAX_ENTRIES 32768

typedef struct Line {
    uint32_t mask, value, features;
    const ArmInsn *insn;
} Line;

typedef struct Index {
    Line lines[MAX_LINES];         /* of the set; after its last one, a line that always matches */
    uint16_t first[ARM_SLOTS + 1]; /* of each slot, in entries[] */
    uint16_t entries[MAX_ENTRIES]; /* numbers of lines; each slot's last is the one above */
} Index;

static Index a32_index, t16_index;

ArmSet arm_a32 = { &v6_table, &media_table, &a32_table, &vfp_table, &coprocessor_table, NULL };
ArmSet arm_t16 = { &t16_table, NULL };

const ArmInsn *arm_line(ArmSet set, unsigned n)
{
    for (const ArmTable *const *t = set; *t; t++) {
        if (n < (*t)->count) {
            return &(*t)->insns[n];
        }
        n -= (*t)->count;
    }
    return NULL;
}

/* The bits in a line's encoding: 32 or 16. */
static unsigned width_of(const ArmInsn *line)
{
    unsigned n = 0;
    for (const char *p = line->bits; *p; p++) {
        n += *p != ' ' && *p != '(' && *p != ')';
    }
    return n;
}

ArmEncoding arm_encoding(const ArmInsn *line)
{
    unsigned width = width_of(line);
    ArmEncoding e = { 0 };
    bool should = false;
    unsigned n = 0;
    assert(width == 32 || width == 16);
    e.any_condition = width == 32 && (line->bits[0] == 'c' || line->bits[0] == '(');
    for (const char *p = line->bits; *p; p++) {
        if (*p == ' ') {
            continue;
        }
        if (*p == '(' || *p == ')') {
            should = *p == '(';
            continue;
        }
        uint32_t one = UINT32_C(1) << (width - 1 - n);
        if ((*p == '0' || *p == '1') && should) {
            e.should |= one;
            e.should_value |= *p == '1' ? one : 0;
        } else if (*p == '0' || *p == '1') {
            e.mask |= one;
            e.value |= *p == '1' ? one : 0;
        }
        n++;
    }
    return e;
}

/* -- The index -- */

/* The slot of an instruction. */
static unsigned slot_of(unsigned width, uint32_t insn)
{
    if (width == 16) {
        return insn >> 6 & 0x3ff;
    }
    unsigned unconditional = ((insn >> 28) + 1) & 16; /* 1111 alone carries */
    return unconditional << 8 | (insn >> 16 & 0xff0) | (insn >> 4 & 0xf);
}

/* Visits each slot that a line's instructions may have: counts the line, or enters it (`next`). */
static void visit_slots(Index *index, unsigned width, unsigned line, uint16_t *next)
{
    const Line *e = &index->lines[line];
    unsigned all = width == 16 ? 0x3ff : 0xfff; /* ARM's top bit is never open */
    unsigned open = all & ~slot_of(width, e->mask & 0x0fffffff);
    unsigned fixed = slot_of(width, e->value);
    unsigned sub = 0;
    do {
        if (next) {
            index->entries[next[fixed | sub]++] = (uint16_t)line;
        } else {
            index->first[(fixed | sub) + 1]++;
        }
        sub = (sub - open) & open;
    } while (sub);
}

static void build(Index *index, ArmSet set)
{
    unsigned width = set[0]->width, slots = width == 16 ? THUMB_SLOTS : ARM_SLOTS, count = 0;
    uint16_t next[ARM_SLOTS];
    for (const ArmInsn *line; (line = arm_line(set, count)) != NULL; count++) {
        assert(count < MAX_LINES);
        ArmEncoding e = arm_encoding(line);
        index->lines[count] = (Line){ e.mask, e.value, line->features, line };
        visit_slots(index, width, count, NULL);
    }
    assert(count < MAX_LINES);
    index->lines[count] = (Line){ 0, 0, UINT32_MAX, NULL };
    for (unsigned slot = 0; slot < slots; slot++) {
        unsigned end = index->first[slot] + index->first[slot + 1];
        assert(end < MAX_ENTRIES);
        index->entries[end] = (uint16_t)count;
        index->first[slot + 1] = (uint16_t)(end + 1);
    }
    memcpy(next, index->first, sizeof next);
    for (unsigned i = 0; i < count; i++) {
        visit_slots(index, width, i, next);
    }
}

void arm_decode_init(void)
{
    if (a32_index.first[ARM_SLOTS] == 0) {
        build(&a32_index, arm_a32);
        build(&t16_index, arm_t16);
    }
}

static inline const ArmInsn *look_up(const Index *index, unsigned slot, uint32_t insn,
                                     uint32_t features)
{
    for (const uint16_t *entry = &index->entries[index->first[slot]];; entry++) {
        const Line *line = &index->lines[*entry]; /* slots separate conditions from 1111 */
        if ((insn & line->mask) == line->value && (line->features & features)) {
            return line->insn;
        }
    }
}

const ArmInsn *arm_decode(uint32_t insn, uint32_t features)
{
    return look_up(&a32_index, slot_of(32, insn), insn, features);
}

const ArmInsn *thumb_decode(uint32_t insn, uint32_t features)
{
    return look_up(&t16_index, slot_of(16, insn), insn, features);
}
