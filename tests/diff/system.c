/* SPDX-License-Identifier: MIT */
/* Tests of ARMv6's system instructions in A32: exclusive accesses, CPS, SETEND, SRS, RFE, hints. */
#include "cpu/translate/translate.h"
#include "tests/diff/gen.h"

static bool is_ldrex(const ArmInsn *line)
{
    return line->translate == trans_ldrex || line->translate == trans_ldrexd;
}

static bool is_strex(const ArmInsn *line)
{
    return line->translate == trans_strex || line->translate == trans_strexd;
}

bool is_system(const ArmInsn *line)
{
    return is_ldrex(line) || is_strex(line) || line->translate == trans_clrex ||
           line->translate == trans_cps || line->translate == trans_setend ||
           line->translate == trans_srs || line->translate == trans_rfe ||
           (line->translate == trans_nop && (line->features & ARM_V5TE) == 0);
}

/* Without it words alone are exclusive, and there is no CLREX. */
static bool has_v6k(void)
{
    return (cpu_features & ARM_V6K) != 0;
}

static bool always(uint32_t insn)
{
    return insn >> 28 >= 14;
}

/* Nothing before may jump over what comes next. */
static bool sure(const Seq *s, uint32_t insn)
{
    return always(insn) && here(s) >= s->branch_to;
}

static unsigned exclusive_size(const ArmInsn *line)
{
    bool pair = line->translate == trans_ldrexd || line->translate == trans_strexd;
    return pair ? 8 : 1u << (line->op & MO_SIZE);
}

/* Aims at the same address in all sizes, so that a store often finds the monitor open for it. */
static bool aim_exclusive(Seq *s, unsigned rn, unsigned size)
{
    const uint32_t offset[MAX_RUNS] = { 0 };
    uint32_t address[MAX_RUNS];
    for (unsigned run = 0; run < s->runs; run++) {
        address[run] = random_address(s, run, size, 1, false);
        if (size == 8 && chance(&s->rng, 90)) {
            address[run] &= ~7u;
        }
    }
    return rn != 15 && (aim(s, rn, address, offset) || reg_known(s, rn) == PINNED);
}

static void append_line(Seq *s, uint32_t insn)
{
    append(s, arm_decode(insn, cpu_features), insn);
}

/* The store that goes with an exclusive load, or nothing if its registers would not do. */
static void append_strex(Seq *s, const ArmInsn *line, uint32_t ldrex)
{
    bool pair = line->translate == trans_ldrexd;
    unsigned rn = ldrex >> 16 & 15, rt = ldrex >> 12 & 15;
    uint32_t insn = (ldrex & 0xffef0000) | 0xf90 | (uint32_t)below(&s->rng, 15) << 12 |
                    (uint32_t)(below(&s->rng, 15) & (pair ? 14u : 15u));
    const ArmInsn *store = arm_decode(insn, cpu_features);
    bool kept = rn != rt && !(pair && rn == rt + 1);
    if (!kept || !store || !arm_predictable(store, insn)) {
        return;
    }
    if ((pair || line->op == MO_32) && chance(&s->rng, 20)) { /* one of its words changes before */
        uint32_t str = (ldrex & 0xf0000000) | 0x05800000 | rn << 16 | below(&s->rng, 13) << 12;
        append_line(s, str | (pair && chance(&s->rng, 50) ? 4 : 0));
    }
    append(s, store, insn);
    lose_reg(s, insn >> 12 & 15);
}

static bool make_exclusive(Seq *s, const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = arm_args(line, insn);
    if (!aim_exclusive(s, a.rn, exclusive_size(line))) {
        return false;
    }
    if (is_strex(line) && s->exclusive != exclusive_size(line) && has_v6k()) {
        append_line(
            s, 0xf57ff01f); /* clrex: a store of another size than the load's is UNPREDICTABLE */
        append(s, line, insn);
        glue(s);
        s->exclusive = 0;
    } else {
        append(s, line, insn);
    }
    lose_reg(s, a.rd);
    if (line->translate == trans_ldrexd) {
        lose_reg(s, a.rd + 1);
    }
    if (is_ldrex(line)) {
        s->exclusive = sure(s, insn) ? exclusive_size(line) : 0;
    }
    if (is_ldrex(line) && chance(&s->rng, 70)) {
        if (has_v6k() && chance(&s->rng, 15)) {
            append_line(s, 0xf57ff01f); /* clrex */
        }
        append_strex(s, line, insn);
    }
    return true;
}

/* A mode only where it is sure to be executed. */
static bool make_cps(Seq *s, const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = arm_args(line, insn);
    uint32_t mode = s->mode;
    if (a.x) {
        mode = sure(s, insn) ? random_mode(&s->rng) : s->mode;
        insn = (insn & ~0x1fu) | mode;
    }
    append(s, line, insn);
    if (!user_mode(s)) {
        s->mode = mode;
    }
    return true;
}

void set_byte_order(Seq *s, bool big_endian)
{
    s->e_known = here(s) >= s->branch_to;
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].e = big_endian;
    }
}

static bool make_setend(Seq *s, const ArmInsn *line, uint32_t insn)
{
    set_byte_order(s, bit(insn, 9));
    append(s, line, insn);
    return true;
}

/* The distance from the base to the lower word of two. */
static uint32_t lower_word(const ArmArgs *a)
{
    return (a->add ? 0u : 0u - 8) + (a->index == a->add ? 4 : 0);
}

static bool make_srs(Seq *s, const ArmInsn *line, uint32_t insn)
{
    insn = (insn & ~0x1fu) | random_mode(&s->rng);
    ArmArgs a = arm_args(line, insn);
    unsigned word = reg_word(a.imm, 13);
    if (!has_spsr(s) || s->known[word] != FREE) {
        return false;
    }
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].w[word] = random_address(s, run, 4, 2, false) - lower_word(&a);
    }
    s->known[word] = PINNED;
    append(s, line, insn);
    if (a.writeback) {
        lose_word(s, word);
    }
    return true;
}

/* Goes to the next part, in any mode, with any flags. */
static bool make_rfe(Seq *s, const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = arm_args(line, insn);
    uint32_t address[MAX_RUNS], offset[MAX_RUNS], psr[MAX_RUNS];
    if (user_mode(s) || a.rn == 15 || reg_known(s, a.rn) != FREE || !s->e_known) {
        return false;
    }
    uint32_t mode = random_mode(&s->rng);
    bool thumb = choose_thumb(s, 50);
    uint32_t next = leave_for(s, 4, thumb, mode);
    for (unsigned run = 0; run < s->runs; run++) {
        psr[run] = random_psr(&s->rng, mode, thumb);
        address[run] = poke(s, run, 2, psr[run]);
        offset[run] = lower_word(&a);
        if (!address[run] || !poke_at(s, run, address[run], as_data(&s->run[run], next))) {
            return false;
        }
    }
    if (!aim(s, a.rn, address, offset)) {
        return false;
    }
    append(s, line, insn);
    if (a.writeback) {
        lose_reg(s, a.rn);
    }
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].e = (psr[run] & PSR_E) != 0;
    }
    s->flags_known = false;
    return true;
}

bool make_system(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    if (leave != (line->translate == trans_rfe)) {
        return false;
    }
    if (leave) {
        return make_rfe(s, line, insn);
    }
    if (is_ldrex(line) || is_strex(line)) {
        return make_exclusive(s, line, insn);
    }
    if (line->translate == trans_cps) {
        return make_cps(s, line, insn);
    }
    if (line->translate == trans_setend) {
        return make_setend(s, line, insn);
    }
    if (line->translate == trans_srs) {
        return make_srs(s, line, insn);
    }
    append(s, line, insn);
    return true;
}
