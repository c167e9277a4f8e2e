/* SPDX-License-Identifier: MIT */
/* Random numbers, and the states that runs start from. */
#include "tests/diff/gen.h"

#include <string.h>

#define W(offset) ((offset) / 4)

Rng rng_seed(uint64_t a, uint64_t b)
{
    Rng r = { a * UINT64_C(0x9e3779b97f4a7c15) ^ (b + 1) * UINT64_C(0xd1342543de82ef95) };
    for (unsigned i = 0; i < 4; i++) {
        (void)rng32(&r);
    }
    return r;
}

uint32_t rng32(Rng *r)
{
    r->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = r->state;
    z = (z ^ z >> 32) * UINT64_C(0xd6e8feb86659fd93);
    z = (z ^ z >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return (uint32_t)(z >> 32);
}

uint32_t below(Rng *r, uint32_t n)
{
    return (uint32_t)((uint64_t)rng32(r) * n >> 32);
}

bool chance(Rng *r, unsigned percent)
{
    return below(r, 100) < percent;
}

uint32_t interesting(Rng *r)
{
    static const uint32_t values[] = {
        0,          1,          2,          UINT32_MAX, UINT32_MAX - 1,
        0x7fffffff, 0x80000000, 0x80000001, 0x7ffffffe, 31,
        32,         33,         0x1f00001f, 255,        256,
        0x8000,     0x7fff,     0xffff,     0xffff8000, 0x00010000,
        0x80008000, 0x7fff7fff, 0x80007fff, 0x55555555, 0xaaaaaaaa,
        0xff,       0x80,       0xffffff80,
    };
    switch (below(r, 8)) {
    case 0:
    case 1:
    case 2: return rng32(r);
    case 3: return UINT32_C(1) << below(r, 32);
    case 4: return ~(UINT32_C(1) << below(r, 32));
    case 5: return below(r, 72);
    default: return values[below(r, sizeof values / sizeof values[0])];
    }
}

/* A word of four of them. */
static uint32_t interesting_bytes(Rng *r)
{
    static const uint8_t bytes[] = { 0, 1, 2, 0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff };
    uint32_t word = 0;
    for (unsigned i = 0; i < 4; i++) {
        word = word << 8 | bytes[below(r, sizeof bytes)];
    }
    return word;
}

uint32_t random_mode(Rng *r)
{
    static const uint8_t modes[] = { ARM_USR, ARM_USR, ARM_USR, ARM_FIQ, ARM_IRQ,
                                     ARM_SVC, ARM_ABT, ARM_UND, ARM_SYS };
    return modes[below(r, sizeof modes)];
}

uint32_t random_psr(Rng *r, uint32_t mode, bool thumb)
{
    uint32_t psr = rng32(r) & arm_psr_bits(cpu_features) & ~(PSR_M | PSR_T | PSR_J | PSR_E);
    if (has_v6() && chance(r, 30)) {
        psr |= PSR_E;
    }
    return psr | mode | (thumb ? PSR_T : 0);
}

/* -- Which word is which register -- */

static unsigned bank(uint32_t mode)
{
    switch (mode) {
    case ARM_FIQ: return W(RUN_FIQ) + 5;
    case ARM_IRQ: return W(RUN_IRQ);
    case ARM_SVC: return W(RUN_SVC);
    case ARM_ABT: return W(RUN_ABT);
    case ARM_UND: return W(RUN_UND);
    default: return W(RUN_USR);
    }
}

unsigned reg_word(uint32_t mode, unsigned n)
{
    if (n >= 13) {
        return bank(mode) + n - 13;
    }
    return n >= 8 && mode == ARM_FIQ ? W(RUN_FIQ) + n - 8 : W(RUN_REGS) + n;
}

unsigned spsr_word(uint32_t mode)
{
    return bank(mode) + 2;
}

Known reg_known(const Seq *s, unsigned n)
{
    return s->known[reg_word(s->mode, n)];
}

uint32_t *reg_start(Seq *s, unsigned run, unsigned n)
{
    return &s->run[run].w[reg_word(s->mode, n)];
}

void pin_reg(Seq *s, unsigned n)
{
    Known *k = &s->known[reg_word(s->mode, n)];
    *k = *k == FREE ? PINNED : *k;
}

void lose_word(Seq *s, unsigned word)
{
    s->known[word] = LOST;
    s->spoiled = s->spoiled || (s->kept >> word & 1);
}

void lose_reg(Seq *s, unsigned n)
{
    if (n < 15) {
        lose_word(s, reg_word(s->mode, n));
    }
}

int free_reg(Seq *s, unsigned limit)
{
    unsigned first = below(&s->rng, limit);
    for (unsigned i = 0; i < limit; i++) {
        unsigned n = (first + i) % limit;
        if (reg_known(s, n) == FREE) {
            return (int)n;
        }
    }
    return -1;
}

bool choose_thumb(Seq *s, unsigned percent)
{
    return chance(&s->rng, percent) && !s->big_endian;
}

/* -- Start -- */

static void start_state(Seq *s, Run *run)
{
    static const uint32_t banked[] = { ARM_FIQ, ARM_IRQ, ARM_SVC, ARM_ABT, ARM_UND };
    Rng *r = &s->rng;
    for (unsigned i = W(RUN_REGS); i < W(RUN_FSR); i++) {
        run->w[i] = s->group == MEDIA && chance(r, 50) ? interesting_bytes(r) : interesting(r);
    }
    for (unsigned i = 0; i < sizeof banked / sizeof banked[0]; i++) {
        run->w[spsr_word(banked[i])] = random_psr(r, random_mode(r), chance(r, 20));
    }
    run->w[W(RUN_ID)] = s->id;
    run->w[W(RUN_CPSR)] = random_psr(r, s->mode, s->thumb);
    run->e = (run->w[W(RUN_CPSR)] & PSR_E) != 0;
    run->w[W(RUN_FSR)] = rng32(r) & 0xff;
    run->w[W(RUN_FSR) + 1] = rng32(r) & 0xff;
    run->w[W(RUN_FSR) + 2] = interesting(r);
    run->w[W(RUN_SCTLR)] = sctlr_base(s->group) | (chance(r, 25) ? SCTLR_V : 0);
    run->w[W(RUN_DACR)] = 1;
    run->w[W(RUN_SEED)] = rng32(r);
    if (s->group == PSR_MODES && chance(r, 15)) {
        run->w[W(RUN_VICINT)] = below(r, 4);
    }
    if (is_mmu(s->group)) {
        mmu_start(s, run);
    }
    if (s->group == ARM_LDST || s->group == THUMB || s->group == EXCEPTIONS || is_mmu(s->group)) {
        run->w[W(RUN_SCTLR)] |=
            (chance(r, 20) ? SCTLR_A : 0) | (s->big_endian && chance(r, 70) ? SCTLR_B : 0);
    }
    if (has_v6() && chance(r, 70)) {
        run->w[W(RUN_SCTLR)] |= SCTLR_U;
    }
}

void start_states(Seq *s)
{
    static const uint32_t entries[] = { ARM_SVC, ARM_UND, ARM_ABT, ARM_IRQ };
    uint32_t entry;
    do {
        entry = entries[below(&s->rng, sizeof entries / sizeof entries[0])];
    } while (entry == s->mode);
    memset(s->run, 0, sizeof s->run);
    memset(s->known, FREE, sizeof s->known);
    do {
        s->slots = below(&s->rng, 1u << SLOTS);
    } while (s->slots == (1u << SLOTS) - 1);
    for (unsigned i = 0; i < s->runs; i++) {
        start_state(s, &s->run[i]);
        s->run[i].w[W(RUN_ENTRY)] = entry | PSR_I | PSR_F;
    }
    /* What the way into the test uses up. */
    s->known[reg_word(entry, 14)] = LOST;
    s->known[spsr_word(entry)] = LOST;
    s->flags_known = true;
    s->e_known = true;
}
