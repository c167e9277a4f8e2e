/* SPDX-License-Identifier: MIT */
/* Thumb instructions of a test; see arm.c. */
#include "tests/diff/gen.h"

#include <stddef.h>

#include "cpu/translate/translate.h"

#define D(insn)      bits(insn, 0, 3)
#define N(insn)      bits(insn, 3, 3)
#define M(insn)      bits(insn, 6, 3)
#define MID(insn)    bits(insn, 8, 3)
#define HIGH_D(insn) (bits(insn, 0, 3) | bits(insn, 7, 1) << 3)
#define HIGH_M(insn) bits(insn, 3, 4)

static bool is_alu(const ArmInsn *line)
{
    return line->translate == thumb_shift_imm || line->translate == thumb_add_reg ||
           line->translate == thumb_add_imm3 || line->translate == thumb_imm8 ||
           line->translate == thumb_alu;
}

static bool is_high(const ArmInsn *line)
{
    return line->translate == thumb_add_high || line->translate == thumb_cmp_high ||
           line->translate == thumb_mov_high;
}

static bool is_multiple(const ArmInsn *line)
{
    return line->translate == thumb_push || line->translate == thumb_pop ||
           line->translate == thumb_ldm || line->translate == thumb_stm;
}

static bool is_branch(const ArmInsn *line)
{
    return line->translate == thumb_b || line->translate == thumb_b_cond ||
           line->translate == thumb_bl_prefix;
}

/* Halves that are made together with their prefix. */
static bool is_suffix(const ArmInsn *line)
{
    return line->translate == thumb_bl_suffix || line->translate == thumb_blx_suffix;
}

static bool ends_test(const ArmInsn *line)
{
    return line->translate == thumb_swi || line->translate == thumb_bkpt;
}

static unsigned weight(Group group, const ArmInsn *line)
{
    if (is_suffix(line)) {
        return 0;
    }
    switch (group) {
    case THUMB:
        return ends_test(line)                                         ? 1
               : is_high(line) || is_multiple(line) || is_branch(line) ? 30
                                                                       : 10;
    case EXCEPTIONS: return ends_test(line) ? 20 : 2;
    default: return ends_test(line) ? 0 : 1;
    }
}

static const ArmInsn *random_line(Seq *s)
{
    static unsigned total[GROUPS];
    if (total[s->group] == 0) {
        for (unsigned i = 0; i < thumb_table.count; i++) {
            total[s->group] += weight(s->group, &thumb_table.insns[i]);
        }
    }
    uint32_t n = below(&s->rng, total[s->group]);
    const ArmInsn *line = thumb_table.insns;
    for (; n >= weight(s->group, line); line++) {
        n -= weight(s->group, line);
    }
    return line;
}

/* -- Data processing -- */

/* How far a forward branch may go, in halfwords behind the instruction that follows. */
static uint32_t target_ahead(Seq *s, unsigned size)
{
    uint32_t target = here(s) + size + 2 * below(&s->rng, END_COUNT);
    s->branch_to = target > s->branch_to ? target : s->branch_to;
    return target;
}

static bool make_high(Seq *s, const ArmInsn *line, uint32_t insn)
{
    unsigned rd = HIGH_D(insn), rm = HIGH_M(insn);
    if (line->translate == thumb_cmp_high) {
        append(s, line, insn);
        s->flags_known = false;
        return true;
    }
    if (rd == 15) {
        bool add = line->translate == thumb_add_high;
        if (rm == 15 || reg_known(s, rm) != FREE) {
            return false;
        }
        for (unsigned run = 0; run < s->runs; run++) {
            *reg_start(s, run, rm) = target_ahead(s, 2) - (add ? here(s) + 4 : 0);
        }
        pin_reg(s, rm);
    }
    append(s, line, insn);
    lose_reg(s, rd);
    return true;
}

/* -- Loads and stores -- */

static unsigned access_size(const ArmInsn *line, uint32_t insn)
{
    static const uint8_t by_reg[8] = { 4, 2, 1, 1, 4, 2, 1, 2 };
    static const uint8_t by_imm[3] = { 4, 1, 2 };
    if (line->translate == thumb_ldst_reg) {
        return by_reg[bits(insn, 9, 3)];
    }
    return line->translate == thumb_ldst_imm ? by_imm[bits(insn, 12, 4) - 6] : 4;
}

/* The base is used before, and still good. */
static bool reusable(Seq *s, unsigned n, const uint32_t *offset, unsigned size, unsigned words)
{
    if (reg_known(s, n) != PINNED) {
        return false;
    }
    for (unsigned run = 0; run < s->runs; run++) {
        if (!good_address(s, run, *reg_start(s, run, n) + offset[run], size, words)) {
            return false;
        }
    }
    return true;
}

static bool make_single(Seq *s, const ArmInsn *line, uint32_t insn)
{
    unsigned size = access_size(line, insn), base = N(insn), rd = D(insn);
    bool load = bit(insn, 11);
    uint32_t offset[MAX_RUNS], address[MAX_RUNS];
    if (line->translate == thumb_ldst_reg) {
        unsigned m = M(insn);
        load = bits(insn, 9, 3) >= 3;
        if (m == base || reg_known(s, m) == LOST) {
            return false;
        }
        for (unsigned run = 0; run < s->runs; run++) {
            if (reg_known(s, m) == FREE) {
                *reg_start(s, run, m) = interesting(&s->rng);
            }
            offset[run] = *reg_start(s, run, m);
        }
        pin_reg(s, m);
    } else {
        uint32_t imm = bits(insn, 6, 5) * size;
        if (line->translate == thumb_ldst_sp) {
            base = 13;
            rd = MID(insn);
            imm = (insn & 0xff) * 4;
        }
        for (unsigned run = 0; run < s->runs; run++) {
            offset[run] = imm;
        }
    }
    for (unsigned run = 0; run < s->runs; run++) {
        address[run] = random_address(s, run, size, 1, false);
    }
    if (!aim(s, base, address, offset) && !reusable(s, base, offset, size, 1)) {
        return false;
    }
    append(s, line, insn);
    if (load) {
        lose_reg(s, rd);
    }
    return true;
}

static bool make_multiple(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    bool stack = line->translate == thumb_push || line->translate == thumb_pop;
    bool load = line->translate == thumb_pop || line->translate == thumb_ldm;
    bool down = line->translate == thumb_push;
    unsigned base = stack ? 13 : MID(insn), words = 0;
    uint32_t list = stack ? insn & 0x1ff : insn & 0xff, offset[MAX_RUNS], address[MAX_RUNS],
             next = 0;
    if (leave != (load && stack && bit(insn, 8))) {
        return false;
    }
    for (unsigned i = 0; i < 9; i++) {
        words += list >> i & 1;
    }
    if (leave) {
        bool thumb = chance(&s->rng, 50);
        if (reg_known(s, 13) != FREE) {
            return false;
        }
        next = leave_for(s, 2, thumb, s->mode) | (thumb ? 1 : 0);
    }
    for (unsigned run = 0; run < s->runs; run++) {
        offset[run] = down ? 0 - 4 * words : 0;
        address[run] = leave ? poke(s, run, words, next) : random_address(s, run, 4, words, false);
    }
    if (!aim(s, base, address, offset) && !reusable(s, base, offset, 4, words)) {
        return false;
    }
    append(s, line, insn);
    for (unsigned i = 0; i < 8 && load; i++) {
        if (list >> i & 1) {
            lose_reg(s, i);
        }
    }
    lose_reg(s, base);
    return true;
}

/* -- Branches -- */

/* A BL pair within the part, or a BLX pair to the next one. */
static bool make_pair(Seq *s, const ArmInsn *line, bool leave)
{
    if (here(s) < s->branch_to) {
        return false; /* a branch could fall between the two */
    }
    uint32_t target = leave ? leave_for(s, 4, false, s->mode) : target_ahead(s, 4);
    uint32_t offset = target - ((here(s) + 4) & (leave ? ~3u : ~1u));
    if (leave && (here(s) & 2)) {
        offset = target - (here(s) + 4); /* rounded down by the CPU */
        offset += 2;
    }
    uint32_t suffix = (leave ? 0xe800u : 0xf800u) | (offset >> 1 & 0x7ff);
    if (leave) {
        suffix &= ~1u;
    }
    append(s, line, 0xf000 | (offset >> 12 & 0x7ff));
    append(s, thumb_decode(suffix, ARM_ARM926), suffix);
    lose_reg(s, 14);
    return true;
}

static bool make_branch(Seq *s, const ArmInsn *line, uint32_t insn)
{
    uint32_t offset = (target_ahead(s, 2) - here(s) - 4) >> 1;
    if (line->translate == thumb_b_cond) {
        insn = (insn & 0xff00) | (offset & 0xff);
    } else {
        insn = 0xe000 | (offset & 0x7ff);
    }
    append(s, line, insn);
    return true;
}

static bool make_exchange(Seq *s, const ArmInsn *line, uint32_t insn)
{
    unsigned rm = HIGH_M(insn);
    bool thumb = chance(&s->rng, 40);
    if (rm == 15 || reg_known(s, rm) != FREE) {
        return false;
    }
    uint32_t target = leave_for(s, 2, thumb, s->mode);
    for (unsigned run = 0; run < s->runs; run++) {
        *reg_start(s, run, rm) = target | (thumb ? 1 : 0);
    }
    pin_reg(s, rm);
    append(s, line, insn);
    if (line->translate == thumb_blx) {
        lose_reg(s, 14);
    }
    return true;
}

/* -- All -- */

static bool predictable(const ArmInsn *line, uint32_t insn)
{
    /* A7.1.57: the base is stored as it was if it is the lowest register of the list. */
    if (line->translate == thumb_stm && bit(insn, MID(insn)) &&
        (insn & ((1u << MID(insn)) - 1)) == 0) {
        return true;
    }
    return arm_predictable(line, insn);
}

static bool make_one(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    if (is_multiple(line)) {
        return make_multiple(s, line, insn, leave);
    }
    if (line->translate == thumb_bx || line->translate == thumb_blx) {
        return leave && make_exchange(s, line, insn);
    }
    if (line->translate == thumb_bl_prefix) {
        return make_pair(s, line, leave);
    }
    if (leave) {
        return false;
    }
    if (is_branch(line)) {
        return make_branch(s, line, insn);
    }
    if (is_high(line)) {
        return make_high(s, line, insn);
    }
    if (line->translate == thumb_ldst_reg || line->translate == thumb_ldst_imm ||
        line->translate == thumb_ldst_sp) {
        return make_single(s, line, insn);
    }
    append(s, line, insn);
    if (is_alu(line)) {
        lose_reg(s, line->translate == thumb_imm8 ? MID(insn) : D(insn));
        s->flags_known = false;
    } else if (line->translate == thumb_adjust_sp) {
        lose_reg(s, 13);
    } else {
        lose_reg(s, MID(insn));
    }
    return true;
}

/* An encoding that is nobody's. */
static bool make_unallocated(Seq *s)
{
    for (unsigned tries = 0; tries < 100 * TRIES; tries++) {
        uint32_t insn = 0xb000 | (rng32(&s->rng) & 0x6fff);
        if (!thumb_decode(insn, ARM_ARM926) && !excluded(s, NULL, insn)) {
            append(s, NULL, insn);
            return true;
        }
    }
    return false;
}

bool thumb_emit(Seq *s, bool leave)
{
    if (s->group == EXCEPTIONS && !leave && chance(&s->rng, 8)) {
        return make_unallocated(s);
    }
    for (unsigned lines = 0; lines < TRIES; lines++) {
        const ArmInsn *line = random_line(s);
        for (unsigned tries = 0; tries < TRIES; tries++) {
            uint32_t insn = random_insn(s, line);
            if (thumb_decode(insn, ARM_ARM926) != line || !predictable(line, insn) ||
                excluded(s, line, insn)) {
                continue;
            }
            Seq before = *s;
            s->spoiled = false;
            if (make_one(s, line, insn, leave) && !s->spoiled) {
                return true;
            }
            before.rng = s->rng;
            *s = before;
        }
    }
    return false;
}
