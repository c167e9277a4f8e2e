/* SPDX-License-Identifier: MIT */
/* ARM instructions of a test: a line of the decode table, random fields, and start values that
 * make its addresses and branch targets good. */
#include "tests/diff/gen.h"

#include <stddef.h>

#include "cpu/translate/translate.h"

#define RD(insn) bits(insn, 12, 4)
#define RN(insn) bits(insn, 16, 4)
#define RM(insn) bits(insn, 0, 4)
#define RS(insn) bits(insn, 8, 4)

static bool always(uint32_t insn)
{
    return insn >> 28 == 14;
}

/* -- What a line is good for -- */

static bool is_alu(const ArmInsn *line)
{
    return line->translate == trans_alu_imm || line->translate == trans_alu_shift ||
           line->translate == trans_alu_shift_reg;
}

static bool is_one_of(const ArmInsn *line, ArmTranslate *const *all)
{
    while (*all && *all != line->translate) {
        all++;
    }
    return *all != NULL;
}

static bool is_load(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_ldr_imm,    trans_ldr_reg, trans_ldrd_imm,
                                         trans_ldrd_reg,   trans_ldm,     trans_ldm_user,
                                         trans_ldm_return, NULL };
    return is_one_of(line, all);
}

static bool is_double(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_ldrd_imm, trans_ldrd_reg, trans_strd_imm,
                                         trans_strd_reg, NULL };
    return is_one_of(line, all);
}

/* With a register as offset. */
static bool is_single_reg(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_ldr_reg, trans_str_reg, trans_ldrd_reg,
                                         trans_strd_reg, NULL };
    return is_one_of(line, all);
}

static bool is_single(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_ldr_imm, trans_str_imm, trans_ldrd_imm,
                                         trans_strd_imm, NULL };
    return is_one_of(line, all) || is_single_reg(line);
}

static bool is_multiple(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_ldm,      trans_stm,        trans_ldm_user,
                                         trans_stm_user, trans_ldm_return, NULL };
    return is_one_of(line, all);
}

static bool is_multiply(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_mul,   trans_mla,   trans_mul_long,
                                         trans_smul,  trans_smla,  trans_smlal,
                                         trans_smulw, trans_smlaw, trans_qadd,
                                         trans_clz,   NULL };
    return is_one_of(line, all);
}

/* ARMv6's; all write rd and those with two results also ra. */
static bool is_media(const ArmInsn *line)
{
    static ArmTranslate *const all[] = {
        trans_extend, trans_extend16, trans_pkh,      trans_rev,   trans_rev16,
        trans_revsh,  trans_sel,      trans_parallel, trans_ssat,  trans_usat,
        trans_ssat16, trans_usat16,   trans_usad8,    trans_smlad, trans_smlsd,
        trans_smlald, trans_smmul,    trans_umaal,    NULL,
    };
    return is_one_of(line, all);
}

static bool has_two_results(const ArmInsn *line)
{
    static ArmTranslate *const all[] = { trans_mul_long, trans_smlal, trans_smlald, trans_umaal,
                                         NULL };
    return is_one_of(line, all);
}

static bool is_preload(const ArmInsn *line)
{
    return line->translate == trans_nop && arm_field_mask(line, 'u') != 0;
}

static bool is_branch(const ArmInsn *line)
{
    return line->translate == trans_b || line->translate == trans_bl;
}

static bool is_exchange(const ArmInsn *line)
{
    return line->translate == trans_bx || line->translate == trans_blx_reg ||
           line->translate == trans_blx_imm;
}

static bool is_psr(const ArmInsn *line)
{
    return line->translate == trans_mrs || line->translate == trans_msr_reg ||
           line->translate == trans_msr_imm;
}

/* How often the group takes the line. */
static unsigned weight(Group group, const ArmInsn *line)
{
    if (!(line->features & cpu_features)) {
        return 0;
    }
    switch (group) {
    case ARM_DP: return is_alu(line) ? 10 : is_branch(line) ? 5 : 0;
    case ARM_LDST:
        return is_single(line) || line->translate == trans_swp || is_preload(line) ? 10
               : is_multiple(line)                                                 ? 30
               : is_alu(line) || is_branch(line)                                   ? 1
                                                                                   : 0;
    case MUL_DSP: return is_multiply(line) ? 10 : is_alu(line) || is_psr(line) ? 1 : 0;
    case PSR_MODES:
        return is_psr(line)                   ? 30
               : is_exchange(line)            ? 10
               : is_multiple(line)            ? 10
               : is_alu(line)                 ? 1
               : is_branch(line)              ? 3
               : line->translate == trans_svc ? 2
                                              : 0;
    case SYSTEM:
        return is_system(line)                                        ? 20
               : is_single(line) || is_multiple(line) || is_psr(line) ? 2
               : is_alu(line) || line->translate == trans_swp         ? 1
                                                                      : 0;
    case MEDIA: return is_media(line) ? 10 : is_psr(line) ? 5 : is_alu(line) ? 1 : 0;
    case EXCEPTIONS:
        return line->translate == trans_svc                                       ? 15
               : line->translate == trans_bkpt                                    ? 10
               : line->translate == trans_undefined || is_exchange(line)          ? 4
               : line->translate == trans_mrc15 || line->translate == trans_mcr15 ? 4
               : is_psr(line) || is_branch(line) || is_multiple(line)             ? 3
               : is_alu(line) || is_single(line) || line->translate == trans_swp  ? 1
                                                                                  : 0;
    case MMU_FAULTS:
    case MMU_V6:
        return is_single(line) || line->translate == trans_swp         ? 5
               : is_multiple(line)                                     ? 15
               : line->translate == trans_msr_reg || is_exchange(line) ? 3
               : is_alu(line)                                          ? 1
                                                                       : 0;
    default: /* THUMB, in ARM state */
        return is_alu(line) || is_single(line) || is_multiple(line) ? 1 : 0;
    }
}

static const ArmInsn *random_line(Seq *s)
{
    static unsigned total[GROUPS];
    Group group = s->in_handler ? ARM_DP : s->group;
    const ArmInsn *line;
    if (total[group] == 0) {
        for (unsigned i = 0; (line = arm_line(arm_a32, i)) != NULL; i++) {
            total[group] += weight(group, line);
        }
    }
    uint32_t n = below(&s->rng, total[group]);
    for (unsigned i = 0;; i++) {
        line = arm_line(arm_a32, i);
        if (n < weight(group, line)) {
            return line;
        }
        n -= weight(group, line);
    }
}

/* -- Data processing -- */

enum { C_UNKNOWN = 2 };

typedef struct Operands {
    uint32_t n, m, s;
    bool c;
} Operands;

static bool is_compare(unsigned op)
{
    return op >= ALU_TST && op <= ALU_CMN;
}

static uint32_t operand2(uint32_t insn, const Operands *in)
{
    unsigned type = bits(insn, 5, 2), amount = bits(insn, 7, 5);
    if (bit(insn, 25)) {
        return shifted(insn & 0xff, 3, 2 * bits(insn, 8, 4), false);
    }
    if (bit(insn, 4)) {
        return shifted(in->m, type, in->s & 0xff, in->c);
    }
    if (amount == 0 && type != 0) {
        return type == 3 ? shifted(in->m, RRX, 1, in->c) : shifted(in->m, type, 32, in->c);
    }
    return shifted(in->m, type, amount, in->c);
}

static uint32_t alu_result(uint32_t insn, const Operands *in)
{
    uint32_t n = in->n, b = operand2(insn, in);
    switch (bits(insn, 21, 4)) {
    case ALU_AND: return n & b;
    case ALU_EOR: return n ^ b;
    case ALU_SUB: return n - b;
    case ALU_RSB: return b - n;
    case ALU_ADD: return n + b;
    case ALU_ADC: return n + b + in->c;
    case ALU_SBC: return n - b - !in->c;
    case ALU_RSC: return b - n - !in->c;
    case ALU_ORR: return n | b;
    case ALU_MOV: return b;
    case ALU_BIC: return n & ~b;
    default: return ~b;
    }
}

/* The rn that makes the result `want`, if any does. */
static uint32_t solve_n(uint32_t insn, const Operands *in, uint32_t want)
{
    uint32_t b = operand2(insn, in);
    switch (bits(insn, 21, 4)) {
    case ALU_EOR: return want ^ b;
    case ALU_SUB: return want + b;
    case ALU_RSB: return b - want;
    case ALU_ADD: return want - b;
    case ALU_ADC: return want - b - in->c;
    case ALU_SBC: return want + b + !in->c;
    case ALU_RSC: return b - want - !in->c;
    default: return want;
    }
}

/* The rm. */
static uint32_t solve_m(uint32_t insn, const Operands *in, uint32_t want)
{
    uint32_t b, m, n = in->n;
    switch (bits(insn, 21, 4)) {
    case ALU_EOR: b = want ^ n; break;
    case ALU_SUB: b = n - want; break;
    case ALU_RSB: b = want + n; break;
    case ALU_ADD: b = want - n; break;
    case ALU_ADC: b = want - n - in->c; break;
    case ALU_SBC: b = n - want - !in->c; break;
    case ALU_RSC: b = want + n + !in->c; break;
    case ALU_MVN: b = ~want; break;
    case ALU_BIC: b = n & ~want; break;
    default: b = want; break;
    }
    unsigned type = bits(insn, 5, 2), amount = bit(insn, 4) ? in->s & 0xff : bits(insn, 7, 5);
    if (!bit(insn, 4) && amount == 0 && type != 0) {
        amount = 32;
        type = type == 3 ? RRX : type;
    }
    (void)unshifted(b, type, amount, in->c, &m); /* the caller checks */
    return m;
}

/* Finds start values with which the result is target[run]. */
static bool solve(Seq *s, uint32_t insn, const uint32_t *target)
{
    unsigned op = bits(insn, 21, 4);
    bool has_n = op != ALU_MOV && op != ALU_MVN, has_m = !bit(insn, 25),
         has_s = has_m && bit(insn, 4);
    unsigned regs[3] = { has_n ? RN(insn) : 16, has_m ? RM(insn) : 16, has_s ? RS(insn) : 16 };
    uint32_t chosen[MAX_RUNS][3];
    bool free[3];
    bool needs_c = op == ALU_ADC || op == ALU_SBC || op == ALU_RSC ||
                   (has_m && !has_s && bits(insn, 5, 7) == 3);
    if (needs_c && !s->flags_known) {
        return false;
    }
    for (unsigned i = 0; i < 3; i++) {
        free[i] = regs[i] < 15 && reg_known(s, regs[i]) == FREE;
        if (regs[i] < 15 && reg_known(s, regs[i]) == LOST) {
            return false;
        }
    }
    for (unsigned run = 0; run < s->runs; run++) {
        unsigned tries = 0;
        for (;; tries++) {
            uint32_t v[3];
            if (tries == TRIES) {
                return false;
            }
            for (unsigned i = 0; i < 3; i++) {
                v[i] = regs[i] > 15    ? 0
                       : regs[i] == 15 ? here(s) + 8
                       : free[i]       ? interesting(&s->rng)
                                       : *reg_start(s, run, regs[i]);
            }
            if (has_s && free[2] && chance(&s->rng, 70)) {
                v[2] = below(&s->rng, 34);
            }
            Operands in = { v[0], v[1], v[2], (s->run[run].w[RUN_CPSR / 4] & PSR_C) != 0 };
            if (free[0] && (tries & 1)) {
                in.n = v[0] = solve_n(insn, &in, target[run]);
            } else if (free[1]) {
                in.m = v[1] = solve_m(insn, &in, target[run]);
            }
            bool same = true; /* one register, one value */
            for (unsigned i = 0; i < 3; i++) {
                for (unsigned k = 0; k < i; k++) {
                    same = same && (regs[i] != regs[k] || regs[i] > 15 || v[i] == v[k]);
                }
            }
            if (same && alu_result(insn, &in) == target[run]) {
                for (unsigned i = 0; i < 3; i++) {
                    chosen[run][i] = v[i];
                }
                break;
            }
        }
    }
    for (unsigned i = 0; i < 3; i++) {
        for (unsigned run = 0; run < s->runs && free[i]; run++) {
            *reg_start(s, run, regs[i]) = chosen[run][i];
        }
        if (free[i]) {
            pin_reg(s, regs[i]);
        }
    }
    return true;
}

/* A place for each run to jump to within the part: the next instructions. */
static void targets_ahead(Seq *s, uint32_t *target)
{
    for (unsigned run = 0; run < s->runs; run++) {
        target[run] = here(s) + 4 * (1 + below(&s->rng, END_COUNT));
        s->branch_to = target[run] > s->branch_to ? target[run] : s->branch_to;
    }
}

/* The SPSR brings mode and instruction set. */
static bool leave_by_spsr(Seq *s, uint32_t *target)
{
    unsigned word = spsr_word(s->mode);
    uint32_t mode = random_mode(&s->rng);
    bool thumb = choose_thumb(s, 30);
    if (!has_spsr(s) || s->known[word] != FREE) {
        return false;
    }
    for (unsigned run = 0; run < s->runs; run++) {
        target[run] = leave_for(s, 4, thumb, mode);
        s->run[run].w[word] = random_psr(&s->rng, mode, thumb);
    }
    s->known[word] = LOST;
    return true;
}

/* CPSR.E after a return that copies the SPSR. */
static void take_e_of_spsr(Seq *s)
{
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].e = (s->run[run].w[spsr_word(s->mode)] & PSR_E) != 0;
    }
    s->e_known = true;
}

static bool make_alu(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    unsigned op = bits(insn, 21, 4);
    uint32_t target[MAX_RUNS];
    if (s->in_handler && RD(insn) >= 14 && !is_compare(op)) {
        return false;
    }
    if (RD(insn) == 15 && !is_compare(op)) {
        if (bit(insn, 20) != leave) {
            return false;
        }
        if (!leave) {
            targets_ahead(s, target);
        } else if (!leave_by_spsr(s, target)) {
            return false;
        }
        if (!solve(s, insn, target)) {
            return false;
        }
        if (leave) {
            take_e_of_spsr(s);
        }
    } else if (leave) {
        return false;
    } else if (!is_compare(op)) {
        lose_reg(s, RD(insn));
    }
    append(s, line, insn);
    if (bit(insn, 20)) {
        s->flags_known = false;
    }
    return true;
}

/* -- Loads and stores -- */

static unsigned access_size(const ArmInsn *line)
{
    return is_double(line) ? 8 : 1u << (line->op & MO_SIZE);
}

/* The offset of each run; false: it is not known. */
static bool offsets(Seq *s, const ArmInsn *line, const ArmArgs *a, uint32_t *offset)
{
    unsigned type = a->shift, amount = a->amount;
    if (!is_single_reg(line)) {
        for (unsigned run = 0; run < s->runs; run++) {
            offset[run] = a->add ? a->imm : 0 - a->imm;
        }
        return true;
    }
    if (a->rm == 15 || reg_known(s, a->rm) == LOST) {
        return false;
    }
    if (type != 0 && amount == 0) {
        if (type == 3 && !s->flags_known) {
            return false;
        }
        type = type == 3 ? RRX : type;
        amount = 32;
    }
    bool free = reg_known(s, a->rm) == FREE;
    for (unsigned run = 0; run < s->runs; run++) {
        uint32_t *m = reg_start(s, run, a->rm);
        if (free) {
            *m = interesting(&s->rng);
        }
        offset[run] = shifted(*m, type, amount, (s->run[run].w[RUN_CPSR / 4] & PSR_C) != 0);
        offset[run] = a->add ? offset[run] : 0 - offset[run];
    }
    pin_reg(s, a->rm);
    return true;
}

static bool make_single(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    ArmArgs a = arm_args(line, insn);
    unsigned size = access_size(line);
    bool load = is_load(line);
    uint32_t offset[MAX_RUNS], address[MAX_RUNS], next = 0;
    unsigned rn = a.rn, rd = a.rd;
    if (leave != (load && rd == 15)) {
        return false;
    }
    if (rn == 15) {
        /* A literal: all that is near is code, read-only unless the MMU is tested. */
        if (leave || is_single_reg(line) || ((here(s) + a.imm) & (size - 1)) ||
            (!load && (is_mmu(s->group) || chance(&s->rng, 80)))) {
            return false;
        }
    } else if (is_single_reg(line) && rn == a.rm) {
        /* [rn, rn]: half the address. */
        if (leave || !a.add || a.shift || a.amount || reg_known(s, rn) != FREE) {
            return false;
        }
        for (unsigned run = 0; run < s->runs; run++) {
            uint32_t at = random_address(s, run, size, 1, true);
            *reg_start(s, run, rn) = (at & ~1u) / 2;
        }
        pin_reg(s, rn);
    } else {
        bool known = rn == 15 || reg_known(s, rn) != LOST;
        if (!known || !offsets(s, line, &a, offset)) {
            return false;
        }
        for (unsigned run = 0; run < s->runs && !a.index; run++) {
            offset[run] = 0;
        }
        if (leave) {
            bool thumb = choose_thumb(s, 50);
            if (reg_known(s, rn) != FREE || !s->e_known) {
                return false;
            }
            next = leave_for(s, 4, thumb, s->mode) | (thumb ? 1 : 0);
        }
        for (unsigned run = 0; run < s->runs; run++) {
            address[run] = leave ? poke(s, run, 1, next) : random_address(s, run, size, 1, false);
        }
        if (!aim(s, rn, address, offset) && !reusable(s, rn, offset, size, 1)) {
            return false;
        }
    }
    append(s, line, insn);
    if (load) {
        lose_reg(s, rd);
        if (size == 8) {
            lose_reg(s, rd + 1);
        }
    }
    if (a.writeback) {
        lose_reg(s, rn);
    }
    return true;
}

static bool make_swap(Seq *s, const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = arm_args(line, insn);
    unsigned size = 1u << a.op;
    uint32_t address[MAX_RUNS];
    const uint32_t offset[MAX_RUNS] = { 0 };
    for (unsigned run = 0; run < s->runs; run++) {
        address[run] = random_address(s, run, size, 1, false);
    }
    if (!aim(s, a.rn, address, offset) && !reusable(s, a.rn, offset, size, 1)) {
        return false;
    }
    append(s, line, insn);
    lose_reg(s, a.rd);
    return true;
}

static bool make_multiple(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    bool load = is_load(line),
         user = line->translate == trans_ldm_user || line->translate == trans_stm_user;
    unsigned words = 0;
    uint32_t offset[MAX_RUNS], address[MAX_RUNS], next = 0;
    if (chance(&s->rng, 50)) { /* shorter lists */
        insn &= ~(rng32(&s->rng) & 0x7fff);
    }
    ArmArgs a = arm_args(line, insn);
    unsigned rn = a.rn;
    if (!a.imm || arm_decode(insn, cpu_features) != line || leave != (load && bit(a.imm, 15))) {
        return false;
    }
    for (unsigned i = 0; i < 16; i++) {
        words += bit(a.imm, i);
    }
    if (leave) {
        uint32_t target[MAX_RUNS];
        if (reg_known(s, rn) != FREE || !s->e_known) {
            return false;
        }
        if (line->translate == trans_ldm_return) {
            if (!leave_by_spsr(s, target)) {
                return false;
            }
            next = target[0];
            s->flags_known = false;
        } else {
            bool thumb = choose_thumb(s, 50);
            next = leave_for(s, 4, thumb, s->mode) | (thumb ? 1 : 0);
        }
    }
    for (unsigned run = 0; run < s->runs; run++) {
        uint32_t below_base = a.add ? 0 : 4 * words;
        offset[run] = (a.index == a.add ? 4 : 0) - below_base;
        address[run] = leave ? poke(s, run, words, next) : random_address(s, run, 4, words, false);
    }
    if (!aim(s, rn, address, offset) && !reusable(s, rn, offset, 4, words)) {
        return false;
    }
    append(s, line, insn);
    if (line->translate == trans_ldm_return) {
        take_e_of_spsr(s);
    }
    for (unsigned i = 0; i < 15 && load; i++) {
        if (bit(a.imm, i)) {
            lose_word(s, reg_word(user ? ARM_USR : s->mode, i));
        }
    }
    if (a.writeback) {
        lose_reg(s, rn);
    }
    if (user && load) {
        append(s, arm_decode(0xe1a00000, cpu_features),
               0xe1a00000); /* A4.1.21: no banked register */
    }
    return true;
}

/* -- Status registers -- */

static uint32_t psr_mask(uint32_t insn)
{
    uint32_t mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        mask |= bit(insn, 16 + i) ? UINT32_C(0xff) << (8 * i) : 0;
    }
    return mask;
}

/* A value is one that MSR may write here: the mode is one, T and J stay. */
static bool psr_allowed(const Seq *s, uint32_t insn, uint32_t value, uint32_t mode)
{
    uint32_t mask = psr_mask(insn);
    if ((value & mask & ~(arm_psr_bits(cpu_features) & ~PSR_J)) != 0) {
        return false; /* bits that are reserved, or Jazelle's (A2.5) */
    }
    if (bit(insn, 22)) {
        return !(mask & PSR_M) || arm_bank(value & PSR_M) >= 0;
    }
    return user_mode(s) || !(mask & PSR_M) || (value & (PSR_M | PSR_T)) == mode;
}

static bool make_msr(Seq *s, const ArmInsn *line, uint32_t insn)
{
    bool spsr = bit(insn, 22), to_mode = !spsr && !user_mode(s) && bit(insn, 16);
    uint32_t mode = s->mode;
    if (to_mode && always(insn) && here(s) >= s->branch_to && chance(&s->rng, 80)) {
        mode = random_mode(&s->rng);
    }
    if (bit(insn, 25)) {
        uint32_t value = operand2(insn, &(Operands){ 0 });
        for (unsigned tries = 0; !psr_allowed(s, insn, value, mode); tries++) {
            if (tries == 4 * TRIES) {
                return false;
            }
            insn = (insn & ~0xfffu) | (rng32(&s->rng) & 0xfff);
            if (bit(insn, 16) && chance(&s->rng, 80)) { /* the control byte */
                insn = (insn & ~0xfffu) | (rng32(&s->rng) & 0xc0) | mode;
            }
            value = operand2(insn, &(Operands){ 0 });
        }
    } else {
        if (reg_known(s, RM(insn)) != FREE) {
            return false;
        }
        for (unsigned run = 0; run < s->runs; run++) {
            uint32_t any = spsr ? random_mode(&s->rng) : mode;
            *reg_start(s, run, RM(insn)) = random_psr(&s->rng, any, spsr && chance(&s->rng, 20));
        }
        pin_reg(s, RM(insn));
    }
    append(s, line, insn);
    if (has_v6() && !spsr && (psr_mask(insn) & PSR_E)) {
        s->e_known = s->e_known && always(insn) && here(s) >= s->branch_to;
        for (unsigned run = 0; run < s->runs; run++) {
            uint32_t value =
                bit(insn, 25) ? operand2(insn, &(Operands){ 0 }) : *reg_start(s, run, RM(insn));
            s->run[run].e = (value & PSR_E) != 0;
        }
    }
    if (spsr) {
        s->known[spsr_word(s->mode)] = LOST;
    } else {
        s->flags_known = false;
        s->mode = mode;
    }
    return true;
}

/* -- Branches -- */

static bool make_branch(Seq *s, const ArmInsn *line, uint32_t insn)
{
    uint32_t ahead = 1 + below(&s->rng, END_COUNT);
    uint32_t target = here(s) + 4 * ahead;
    s->branch_to = target > s->branch_to ? target : s->branch_to;
    insn = (insn & 0xff000000) | ((ahead - 2) & 0xffffff);
    append(s, line, insn);
    if (line->translate == trans_bl) {
        lose_reg(s, 14);
    }
    return true;
}

/* BX, BLX to the next part. */
static bool make_exchange(Seq *s, const ArmInsn *line, uint32_t insn)
{
    bool by_reg = line->translate != trans_blx_imm, thumb = !by_reg || choose_thumb(s, 70);
    if (!by_reg && s->big_endian) {
        return false;
    }
    if (by_reg && (RM(insn) == 15 || reg_known(s, RM(insn)) != FREE)) {
        return false;
    }
    uint32_t target = leave_for(s, 4, thumb, s->mode);
    if (by_reg) {
        for (unsigned run = 0; run < s->runs; run++) {
            *reg_start(s, run, RM(insn)) = target | (thumb ? 1 : 0);
        }
        pin_reg(s, RM(insn));
    } else {
        insn = (insn & 0xfe000000) | (((target - here(s) - 8) / 4) & 0xffffff);
    }
    append(s, line, insn);
    if (line->translate != trans_bx) {
        lose_reg(s, 14);
    }
    return true;
}

/* -- All -- */

static bool predictable(const ArmInsn *line, uint32_t insn)
{
    /* A4.1.97: the base is stored as it was if it is the lowest register of the list. */
    if (line->translate == trans_stm && bit(insn, 21) && bit(insn, RN(insn)) &&
        (insn & ((1u << RN(insn)) - 1)) == 0) {
        insn &= ~(1u << 21);
    }
    return arm_predictable(line, insn);
}

static bool make_one(Seq *s, const ArmInsn *line, uint32_t insn, bool leave)
{
    if (is_alu(line)) {
        return make_alu(s, line, insn, leave);
    }
    if (is_single(line)) {
        return make_single(s, line, insn, leave);
    }
    if (is_multiple(line)) {
        return make_multiple(s, line, insn, leave);
    }
    if (is_exchange(line)) {
        return leave && make_exchange(s, line, insn);
    }
    if (is_system(line)) {
        return make_system(s, line, insn, leave);
    }
    if (leave) {
        return false;
    }
    if (is_branch(line)) {
        return !s->in_handler && make_branch(s, line, insn);
    }
    if (line->translate == trans_swp) {
        return make_swap(s, line, insn);
    }
    if (line->translate == trans_msr_imm || line->translate == trans_msr_reg) {
        return make_msr(s, line, insn);
    }
    append(s, line, insn);
    if (is_multiply(line) || is_media(line) || line->translate == trans_mrs) {
        ArmArgs a = arm_args(line, insn);
        lose_reg(s, a.rd);
        if (has_two_results(line)) {
            lose_reg(s, a.ra);
        }
        s->flags_known = s->flags_known && !a.set;
    }
    return true;
}

/* An unallocated encoding. */
static bool make_unallocated(Seq *s)
{
    for (unsigned tries = 0; tries < 100 * TRIES; tries++) {
        uint32_t insn = rng32(&s->rng) | (chance(&s->rng, 30) ? 0xf0000000 : 0);
        if (!arm_decode(insn, cpu_features) && !excluded(s, NULL, insn)) {
            append(s, NULL, insn);
            return true;
        }
    }
    return false;
}

bool arm_emit(Seq *s, bool leave)
{
    if (s->group == EXCEPTIONS && !leave && !s->in_handler && chance(&s->rng, 8)) {
        return make_unallocated(s);
    }
    for (unsigned lines = 0; lines < TRIES; lines++) {
        const ArmInsn *line = random_line(s);
        for (unsigned tries = 0; tries < TRIES; tries++) {
            uint32_t insn = random_insn(s, line);
            if (arm_decode(insn, cpu_features) != line || !predictable(line, insn) ||
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
