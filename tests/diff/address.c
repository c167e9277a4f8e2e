/* SPDX-License-Identifier: MIT */
/* Addresses for loads and stores. */
#include "tests/diff/gen.h"

#define W(offset) ((offset) / 4)

/* The part of the buffer that is for pokes alone. */
#define POKES_AT   (BUFFER_VA + 0x500)
#define POKES_STEP 0x80

static uint32_t in_buffer(Rng *r, unsigned bytes)
{
    uint32_t middle = BUFFER_VA + BUFFER_SIZE / 2;
    uint32_t end = BUFFER_VA + BUFFER_SIZE - bytes;
    switch (below(r, 8)) {
    case 0: return BUFFER_VA + below(r, 64);
    case 1: return end - below(r, 64);
    case 2: /* anywhere but at the pokes */ return middle + below(r, end - middle + 1);
    case 3: return middle - 64 + below(r, 64);
    default: return middle - bytes + below(r, 2 * bytes);
    }
}

/* Where an access faults, or is allowed to some. */
static uint32_t elsewhere(const Seq *s, Rng *r)
{
    unsigned kind = below(r, 8);
    if (is_mmu(s->group) && (kind == 2 || kind == 3)) {
        return 0x90000000 | (rng32(r) & 0x0fffffff); /* the vectors can be written */
    }
    switch (kind) {
    case 0: return BUFFER_VA + BUFFER_SIZE + below(r, 256);
    case 1: return BUFFER_VA - 512 + below(r, 256);
    case 2: return interesting(r) & 0x1fffff80;
    case 3: return rng32(r);
    case 4: return PRIVILEGED_VA + below(r, 0x3c0);
    case 5: return USER_RO_VA + below(r, 0x3c0);
    default: return READ_ONLY_VA + below(r, 0x3c0);
    }
}

/* Unaligned accesses fault, or, with U, are made or fault; else they are those of old, see rules.c.
 */
static bool unaligned_defined(const Seq *s, unsigned run)
{
    return (s->run[run].w[W(RUN_SCTLR)] & (SCTLR_A | (has_v6() ? SCTLR_U : 0))) != 0;
}

uint32_t random_address(Seq *s, unsigned run, unsigned size, unsigned words, bool must_work)
{
    Rng *r = &s->rng;
    bool defined = unaligned_defined(s, run);
    unsigned align = size > 4 ? 4 : size;
    bool mmu = is_mmu(s->group) && !must_work && chance(r, 80);
    uint32_t address = mmu ? mmu_address(s, run, size * words)
                       : must_work || chance(r, s->group == EXCEPTIONS ? 60 : 90)
                           ? in_buffer(r, size * words)
                           : elsewhere(s, r);
    if (!defined || must_work || chance(r, 75)) {
        return address & ~(size - 1);
    }
    return (address & ~(size - 1)) + below(r, align);
}

uint32_t as_data(const Run *run, uint32_t word)
{
    return run->e ? word >> 24 | (word >> 8 & 0xff00) | (word & 0xff00) << 8 | word << 24 : word;
}

uint32_t poke(Seq *s, unsigned run, unsigned words, uint32_t value)
{
    uint32_t at = POKES_AT + s->run[run].pokes * POKES_STEP + 4 * (uint32_t)below(&s->rng, 16);
    if (!poke_at(s, run, at + 4 * (words - 1), as_data(&s->run[run], value))) {
        /* What lies at 0 are addresses, but not if CPSR.E turns them round. */
        s->spoiled = s->spoiled || has_v6();
        return 0;
    }
    return at;
}

bool poke_at(Seq *s, unsigned run, uint32_t at, uint32_t value)
{
    Run *p = &s->run[run];
    for (unsigned i = 0; i < p->pokes; i++) {
        if (p->w[W(RUN_POKES) + 2 * i] == at) {
            return false; /* what is there already is counted on */
        }
    }
    if (p->pokes == POKES) {
        return false;
    }
    p->w[W(RUN_POKES) + 2 * p->pokes] = at;
    p->w[W(RUN_POKES) + 2 * p->pokes + 1] = value;
    p->pokes++;
    return true;
}

bool aim(Seq *s, unsigned n, const uint32_t *address, const uint32_t *offset)
{
    if (n == 15 || reg_known(s, n) != FREE) {
        return false;
    }
    for (unsigned i = 0; i < s->runs; i++) {
        *reg_start(s, i, n) = address[i] - offset[i];
    }
    pin_reg(s, n);
    return true;
}

bool reusable(Seq *s, unsigned n, const uint32_t *offset, unsigned size, unsigned words)
{
    if (n == 15 || reg_known(s, n) != PINNED) {
        return false;
    }
    for (unsigned run = 0; run < s->runs; run++) {
        if (!good_address(s, run, *reg_start(s, run, n) + offset[run], size, words)) {
            return false;
        }
    }
    return true;
}

bool good_address(const Seq *s, unsigned run, uint32_t address, unsigned size, unsigned words)
{
    if ((address & (size - 1)) != 0 && !unaligned_defined(s, run)) {
        return false;
    }
    return address >= BUFFER_VA + BUFFER_SIZE / 2 &&
           address <= BUFFER_VA + BUFFER_SIZE - size * words;
}
