/* SPDX-License-Identifier: MIT */
/* Thumb instructions of a test; see arm.c. */
#include "tests/diff/gen.h"

#include <stddef.h>

#include "cpu/translate/translate.h"

bool thumb_is_high(const ArmInsn *line)
{
    return line->translate == trans_alu_shift && arm_field_mask(line, 'm') == 0x78;
}

/* Data processing of low registers. */
static bool is_alu(const ArmInsn *line)
{
    bool flags = arm_args(line, 0).set || line->translate == trans_mul;
    return flags && !thumb_is_high(line) &&
           (line->translate == trans_alu_imm || line->translate == trans_alu_shift ||
            line->translate == trans_alu_shift_reg || line->translate == trans_mul);
}

static bool is_multiple(const ArmInsn *line)
{
    return line->translate == trans_ldm || line->translate == trans_stm;
}

static bool is_branch(const ArmInsn *line)
{
    return line->translate == trans_b || line->translate == trans_b_cond ||
           line->translate == trans_bl_prefix;
}

/* Halves that are made together with their prefix. */
static bool is_suffix(const ArmInsn *line)
{
    return line->translate == trans_bl_suffix || line->translate == trans_blx_suffix;
}

static bool is_media(const ArmInsn *line)
{
    return line->translate == trans_extend || line->translate == trans_rev ||
           line->translate == trans_rev16 || line->translate == trans_revsh;
}

/* ARMv6's CPS and SETEND. */
static bool changes_state(const ArmInsn *line)
{
    return line->translate == trans_cps || line->translate == trans_setend;
}

static bool ends_test(const ArmInsn *line)
{
    return line->translate == trans_svc || line->translate == trans_bkpt;
}

static unsigned weight(Group group, const ArmInsn *line)
{
    if (is_suffix(line) || !(line->features & cpu_features)) {
        return 0;
    }
    if (changes_state(line)) {
        return group == SYSTEM ? 30 : 0;
    }
    switch (group) {
    case THUMB:
        return ends_test(line)                                               ? 1
               : thumb_is_high(line) || is_multiple(line) || is_branch(line) ? 30
                                                                             : 10;
    case EXCEPTIONS: return ends_test(line) ? 20 : 2;
    case MEDIA: return is_media(line) ? 30 : ends_test(line) ? 0 : 1;
    default: return ends_test(line) ? 0 : 1;
    }
}

static const ArmInsn *random_line(Seq *s)
{
    static unsigned total[GROUPS];
    const ArmInsn *line;
    if (total[s->group] == 0) {
        for (unsigned i = 0; (line = arm_line(arm_t16, i)) != NULL; i++) {
            total[s->group] += weight(s->group, line);
        }
    }
    uint32_t n = below(&s->rng, total[s->group]);
    for (unsigned i = 0;; i++) {
        line = arm_line(arm_t16, i);
        if (n < weight(s->group, line)) {
            return line;
        }
        n -= weight(s->group, line);
    }
}

/* -- Data processing -- */

/* How far a forward branch may go, in halfwords after the instruction that follows. */
static uint32_t target_ahead(Seq *s, unsigned size)
{
    uint32_t target = here(s) + size + 2 * below(&s->rng, END_COUNT);
    s->branch_to = target > s->branch_to ? target : s->branch_to;
    return target;
}

static bool make_high(Seq *s, const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = arm_args(line, insn);
    unsigned rd = a.rd, rm = a.rm;
    if (a.op == ALU_CMP) {
        append(s, line, insn);
        s->flags_known = false;
        return true;
    }
    if (rd == 15) {
        bool add = a.op == ALU_ADD;
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

static bool make_single(Seq *s, const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = arm_args(line, insn);
    unsigned size = 1u << (a.op & MO_SIZE), base = a.rn;
    bool load = line->translate == trans_ldr_imm || line->translate == trans_ldr_reg;
    uint32_t offset[MAX_RUNS], address[MAX_RUNS];
    if (line->translate == trans_ldr_reg || line->translate == trans_str_reg) {
        if (a.rm == base || reg_known(s, a.rm) == LOST) {
            return false;
        }
        for (unsigned run = 0; run < s->runs; run++) {
            if (reg_known(s, a.rm) == FREE) {
                *reg_start(s, run, a.rm) = interesting(&s->rng);
            }
            offset[run] = *reg_start(s, run, a.rm);
        }
        pin_reg(s, a.rm);
    } else {
        for (unsigned run = 0; run < s->runs; run++) {
            offset[run] = a.imm;
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
        lose_reg(s, a.rd);
    }
    return true;
}

static bool make_multiple(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    ArmArgs a = arm_args(line, insn);
    bool load = line->translate == trans_ldm;
    unsigned base = a.rn, words = 0;
    uint32_t offset[MAX_RUNS], address[MAX_RUNS], next = 0;
    if (leave != (load && bit(a.imm, 15))) {
        return false;
    }
    for (unsigned i = 0; i < 16; i++) {
        words += bit(a.imm, i);
    }
    if (leave) {
        bool thumb = chance(&s->rng, 50);
        if (reg_known(s, base) != FREE || !s->e_known) {
            return false;
        }
        next = leave_for(s, 2, thumb, s->mode) | (thumb ? 1 : 0);
    }
    for (unsigned run = 0; run < s->runs; run++) {
        offset[run] = a.add ? 0 : 0 - 4 * words;
        address[run] = leave ? poke(s, run, words, next) : random_address(s, run, 4, words, false);
    }
    if (!aim(s, base, address, offset) && !reusable(s, base, offset, 4, words)) {
        return false;
    }
    append(s, line, insn);
    for (unsigned i = 0; i < 8 && load; i++) {
        if (bit(a.imm, i)) {
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
    append(s, thumb_decode(suffix, cpu_features), suffix);
    lose_reg(s, 14);
    return true;
}

static bool make_branch(Seq *s, const ArmInsn *line, uint32_t insn)
{
    uint32_t offset = (target_ahead(s, 2) - here(s) - 4) >> 1;
    if (line->translate == trans_b_cond) {
        insn = (insn & 0xff00) | (offset & 0xff);
    } else {
        insn = 0xe000 | (offset & 0x7ff);
    }
    append(s, line, insn);
    return true;
}

static bool make_exchange(Seq *s, const ArmInsn *line, uint32_t insn)
{
    unsigned rm = arm_args(line, insn).rm;
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
    if (line->translate == trans_blx_reg) {
        lose_reg(s, 14);
    }
    return true;
}

/* -- All -- */

static bool predictable(const ArmInsn *line, uint32_t insn)
{
    /* A7.1.57: the base is stored as it was if it is the lowest register of the list. */
    if (line->translate == trans_stm) {
        ArmArgs a = arm_args(line, insn);
        if (bit(a.imm, a.rn) && (a.imm & ((1u << a.rn) - 1)) == 0) {
            return true;
        }
    }
    return arm_predictable(line, insn);
}

static bool make_one(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    if (is_multiple(line)) {
        return make_multiple(s, line, insn, leave);
    }
    if (line->translate == trans_bx || line->translate == trans_blx_reg) {
        return leave && make_exchange(s, line, insn);
    }
    if (line->translate == trans_bl_prefix) {
        return make_pair(s, line, leave);
    }
    if (leave) {
        return false;
    }
    if (is_branch(line)) {
        return make_branch(s, line, insn);
    }
    if (thumb_is_high(line)) {
        return make_high(s, line, insn);
    }
    ArmArgs a = arm_args(line, insn);
    if (a.index && a.rn != 15) { /* a load or store, but of a literal: there is nothing to choose */
        return make_single(s, line, insn);
    }
    if (line->translate == trans_setend) {
        set_byte_order(s, a.x);
    }
    append(s, line, insn);
    if (!ends_test(line) && !changes_state(line)) {
        lose_reg(s, a.rd);
    }
    s->flags_known = s->flags_known && !is_alu(line);
    return true;
}

/* An unallocated encoding. */
static bool make_unallocated(Seq *s)
{
    for (unsigned tries = 0; tries < 100 * TRIES; tries++) {
        uint32_t insn = 0xb000 | (rng32(&s->rng) & 0x6fff);
        if (!thumb_decode(insn, cpu_features) && !excluded(s, NULL, insn)) {
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
            if (thumb_decode(insn, cpu_features) != line || !predictable(line, insn) ||
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
