/* SPDX-License-Identifier: MIT */
/* What the tests of the MMU do: accesses all over the random mappings, changes of the MMU's state
 * with the maintenance that the architecture asks for, jumps. */
#include "tests/diff/gen.h"

#include <string.h>

#include "tests/diff/tables.h"

#include "cpu/translate/translate.h"

#define W(offset) ((offset) / 4)

enum { SLOT_COARSE, SLOT_FINE, SLOT_SECTION }; /* of Run.slot[] */

static uint32_t random_dacr(Rng *r)
{
    static const uint8_t kinds[] = { 0, 1, 1, 1, 1, 3 }; /* 2 is reserved */
    uint32_t dacr = 1;
    for (unsigned domain = 1; domain < 16; domain++) {
        uint32_t kind = kinds[below(r, sizeof kinds)];
        dacr |= (kind == 0 && domain_open(domain) ? 1 : kind) << (2 * domain);
    }
    return dacr;
}

/* Bits of SCTLR that change what permissions mean. */
static uint32_t random_rights(Rng *r)
{
    bool flags = without_subpages() && (cpu_features & ARM_V6K) != 0 && chance(r, 25);
    return (rng32(r) & (SCTLR_S | SCTLR_R)) | (flags ? SCTLR_FA : 0);
}

/* -- A run's own mappings -- */

/* Without subpages, for one ASID. */
static uint32_t slot_descriptor(Rng *r, unsigned slot)
{
    uint32_t not_global = !without_subpages() ? 0 : slot == SLOT_SECTION ? 1u << 17 : 1u << 11;
    uint32_t domain = slot == SLOT_COARSE ? domain_of(COARSE_TARGET)
                      : slot == SLOT_FINE ? domain_of(FINE_TARGET)
                                          : 0;
    if (domain_open(domain) && chance(r, 15)) {
        return rng32(r) & ~3u;
    }
    return (slot == SLOT_COARSE ? random_small(r)
            : slot == SLOT_FINE ? random_tiny(r)
                                : random_section(r)) |
           not_global;
}

static uint32_t slot_address(Rng *r, unsigned slot)
{
    switch (slot) {
    case SLOT_COARSE: return COARSE_TARGET + 0x1000 * below(r, 256);
    case SLOT_FINE:
        return FINE_TARGET + (has_v6() ? 0x1000 * below(r, 256) : 0x400 * below(r, 1024));
    default: return SECTION_TARGET;
    }
}

/* An ASID that has not been used for a while: never 0, that of a reset. An ASID written again would
 * end no mapping; QEMU's TLB ends them all when any bit of the register changes. */
static uint32_t next_context_id(Rng *r)
{
    static uint32_t asid;
    return (rng32(r) & 0xffffff00) | (1 + asid++ % 255);
}

void mmu_start(Seq *s, Run *run)
{
    Rng *r = &s->rng;
    unsigned index = (unsigned)(run - s->run);
    run->w[W(RUN_SCTLR)] ^= random_rights(r);
    run->w[W(RUN_DACR)] = random_dacr(r);
    run->w[W(RUN_FCSE)] = chance(r, 30) ? FCSE_PID : 0;
    /* Two slots at most, for the pokes. */
    for (unsigned slot = 0; slot < SLOTS; slot++) {
        run->slot[slot] = 0;
        if (s->slots >> slot & 1) {
            run->slot[slot] = slot_address(r, slot);
            (void)poke_at(s, index, TABLES_VA + descriptor_of(run->slot[slot]) - TABLES_PA,
                          slot_descriptor(r, slot));
            run->w[W(RUN_FLUSH)] =
                run->w[W(RUN_FLUSH)] || slot == SLOT_SECTION || chance(r, 20) ? 1 : run->slot[slot];
        }
    }
}

/* -- Addresses -- */

static bool in_buffer(uint32_t pa)
{
    return (pa & ~0xfffu) == BUFFER_PA0 || (pa & ~0xfffu) == BUFFER_PA1;
}

/* A page of the targets: in the buffer, or not mapped. */
static uint32_t random_page(Rng *r)
{
    uint32_t va, pa;
    unsigned tries = 0;
    do {
        va = TARGETS_VA + 0x100000 * below(r, TARGETS - 3) + 0x1000 * below(r, 256);
        pa = physical(va);
        if (descriptor_of(va) - TABLES_PA < 0x4000 && pa != NOWHERE) { /* a section */
            uint32_t in = pa >> 20 == BUFFER_PA0 >> 20 ? BUFFER_PA0 : BUFFER_PA1;
            return (va & 0xfff00000) | (in & 0x000ff000);
        }
    } while (pa != NOWHERE && !in_buffer(pa) && tries++ < 20);
    return va;
}

uint32_t mmu_address(Seq *s, unsigned run, unsigned bytes)
{
    Rng *r = &s->rng;
    uint32_t va = random_page(r);
    unsigned slot = below(r, SLOTS);
    if (s->run[run].slot[slot] && chance(r, 50)) {
        va = s->run[run].slot[slot];
        if (slot == SLOT_SECTION) {
            va |= (chance(r, 50) ? BUFFER_PA0 : BUFFER_PA1) & 0x000ff000;
        }
    }
    if (slot != SLOT_FINE || va != s->run[run].slot[slot]) {
        va += 0x400 * below(r, 4);
    }
    /* Within a subpage, away from the pokes. */
    uint32_t limit = slot == SLOT_FINE || (physical(va) & 0xc00) == 0x400 ? 0x100 : 0x400;
    va += below(r, limit - bytes - 4);
    bool low = s->run[run].w[W(RUN_FCSE)] ? chance(r, 50) : chance(r, 3);
    return low ? va - FCSE_PID : va;
}

/* -- The handler of data aborts -- */

static void emit(Seq *s, uint32_t insn)
{
    append(s, arm_decode(insn, cpu_features), insn);
}

void make_mmu_handler(Seq *s)
{
    bool thumb = s->thumb;
    s->thumb = false;
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].w[W(RUN_HOOKS) + 4] = here(s);
    }
    emit(s, 0xee152f10); /* mrc p15, 0, r2, c5, c0, 0 */
    emit(s, 0xe08202e0); /* add r0, r2, r0, ror #5 */
    emit(s, 0xee162f10); /* mrc p15, 0, r2, c6, c0, 0 */
    emit(s, 0xe3520402); /* cmp r2, #0x02000000: see rules.c, FAR */
    emit(s, 0x3e1d1f10); /* mrclo p15, 0, r1, c13, c0, 0 */
    emit(s, 0x31822001); /* orrlo r2, r2, r1 */
    emit(s, 0xee062f10); /* mcr p15, 0, r2, c6, c0, 0 */
    emit(s, 0xe08204e0); /* add r0, r2, r0, ror #9 */
    emit(s, 0xe14f1000); /* mrs r1, spsr */
    emit(s, 0xe3110020); /* tst r1, #PSR_T */
    emit(s, 0x125ef006); /* subsne pc, lr, #6 */
    emit(s, 0xe25ef004); /* subs pc, lr, #4 */
    end_code(s);
    s->hooks |= 1u << 4;
    for (unsigned i = 0; i < s->count; i++) {
        s->insns[i].fixed = true;
    }
    for (unsigned n = 0; n < 3; n++) {
        lose_word(s, reg_word(ARM_USR, n));
    }
    lose_word(s, reg_word(ARM_ABT, 14));
    lose_word(s, spsr_word(ARM_ABT));
    s->thumb = thumb;
}

/* -- Changes -- */

#define MCR(crn, crm, opc2, reg)                                                                   \
    (0xee000f10u | (uint32_t)(crn) << 16 | (uint32_t)(reg) << 12 | (uint32_t)(opc2) << 5 |         \
     (uint32_t)(crm))

/* A register with a value for each run. */
static int register_of(Seq *s, const uint32_t *value)
{
    int n = free_reg(s, 13);
    if (n >= 0) {
        for (unsigned run = 0; run < s->runs; run++) {
            *reg_start(s, run, (unsigned)n) = value[run];
        }
        pin_reg(s, (unsigned)n);
    }
    return n;
}

static bool write_register(Seq *s, unsigned crn, unsigned crm, unsigned opc2, const uint32_t *value)
{
    int n = register_of(s, value);
    if (n < 0) {
        return false;
    }
    emit(s, MCR(crn, crm, opc2, n));
    return true;
}

/* Another mapping for one of the run's own addresses. The old one ends with a maintenance
 * operation; or, not being global, with another ASID. */
static bool change_slot(Seq *s, unsigned slot)
{
    uint32_t at[MAX_RUNS], descriptor[MAX_RUNS], mva[MAX_RUNS];
    bool all = slot == SLOT_SECTION || chance(&s->rng, 30);
    bool other_asid = without_subpages() && chance(&s->rng, 40);
    if (!s->e_known) {
        return false;
    }
    for (unsigned run = 0; run < s->runs; run++) {
        uint32_t va = s->run[run].slot[slot];
        at[run] = TABLES_VA + descriptor_of(va) - TABLES_PA;
        descriptor[run] = as_data(&s->run[run], slot_descriptor(&s->rng, slot));
        mva[run] = other_asid ? next_context_id(&s->rng) : all ? 0 : va;
    }
    int rt = register_of(s, at), rd = register_of(s, descriptor), rm = register_of(s, mva);
    if (rt < 0 || rd < 0 || rm < 0) {
        return false;
    }
    emit(s, 0xe5800000 | (uint32_t)rt << 16 | (uint32_t)rd << 12); /* str rd, [rt] */
    if (other_asid) {
        emit(s, MCR(13, 0, 1, rm));
    } else {
        bool all_asids = has_v6() && chance(&s->rng, 50);
        emit(s, MCR(8, chance(&s->rng, 50) ? 7 : 6, all ? 0 : all_asids ? 3 : 1, rm));
    }
    glue(s);
    return true;
}

/* Another division of the addresses between TTBR0 and TTBR1: 32 bits of TTBCR. */
static bool change_tables(Seq *s)
{
    uint32_t n[MAX_RUNS];
    for (unsigned run = 0; run < s->runs; run++) {
        n[run] = below(&s->rng, 8);
    }
    int rt = register_of(s, n);
    if (rt < 0) {
        return false;
    }
    emit(s, MCR(2, 0, 2, rt));
    emit(s, MCR(8, 7, 0, rt));
    glue(s);
    s->other_tables = true;
    return true;
}

/* Whether walks find all of their descriptors in memory. */
static bool has_tables(const Seq *s, uint32_t va)
{
    uint32_t mva = va < 0x02000000 ? va | FCSE_PID : va;
    return !s->other_tables && descriptor_of(mva) - TABLES_PA < TABLES_MAX;
}

/* The ARM1176 translates an address, whose result another register gets. */
static bool translate(Seq *s, const uint32_t *va)
{
    for (unsigned run = 0; run < s->runs; run++) {
        if (!has_tables(s, va[run])) {
            return false; /* see rules.c */
        }
    }
    int rt = register_of(s, va), rd = free_reg(s, 13);
    if (rt < 0 || rd < 0) {
        return false;
    }
    emit(s, MCR(7, 8, below(&s->rng, 4), rt));
    emit(s, MCR(7, 4, 0, rd) | 1u << 20);
    glue(s);
    lose_reg(s, (unsigned)rd);
    return true;
}

static bool change_v6(Seq *s)
{
    uint32_t value[MAX_RUNS];
    unsigned kind = below(&s->rng, 3);
    for (unsigned run = 0; run < s->runs; run++) {
        value[run] = kind == 0 ? next_context_id(&s->rng) : mmu_address(s, run, 4);
    }
    switch (kind) {
    case 0: return write_register(s, 13, 0, 1, value);
    case 1: return is_arm1176 && translate(s, value);
    default: return change_tables(s);
    }
}

bool mmu_change(Seq *s)
{
    static const uint8_t readable[][3] = {
        { 2, 0, 0 }, { 3, 0, 0 }, { 5, 0, 0 }, { 5, 0, 1 }, { 13, 0, 0 }
    };
    Rng *r = &s->rng;
    uint32_t value[MAX_RUNS];
    if (user_mode(s) || s->thumb) {
        return false;
    }
    if (without_subpages() && chance(r, 30)) {
        return change_v6(s);
    }
    unsigned kind = below(r, 8);
    for (unsigned run = 0; run < s->runs; run++) {
        switch (kind) {
        case 0: value[run] = random_dacr(r); break;
        case 1: value[run] = s->run[run].w[W(RUN_SCTLR)] ^ random_rights(r); break;
        case 2: value[run] = chance(r, 50) ? FCSE_PID : 0; break;
        default: value[run] = mmu_address(s, run, 4) & ~0x3ffu; break;
        }
    }
    switch (kind) {
    case 0: return write_register(s, 3, 0, 0, value);
    case 1: return write_register(s, 1, 0, 0, value);
    case 2: return write_register(s, 13, 0, 0, value);
    case 3: return write_register(s, 8, 5 + below(r, 3), 1, value);
    case 4: {
        const uint8_t *reg = readable[below(r, sizeof readable / sizeof readable[0])];
        int n = free_reg(s, 13);
        if (n < 0) {
            return false;
        }
        emit(s, MCR(reg[0], reg[1], reg[2], n) | 1u << 20);
        lose_reg(s, (unsigned)n);
        return true;
    }
    default: {
        unsigned slot = below(r, SLOTS);
        return (s->slots >> slot & 1) && change_slot(s, slot);
    }
    }
}

/* -- Jumps -- */

/* Whether the test has stores: they may go to the end of the buffer. */
static bool has_stores(const Seq *s)
{
    static const char *const names[] = { "st", "push", "sw", "srs", "vst", "fst" };
    for (unsigned i = 0; i < s->count; i++) {
        const char *text = s->insns[i].line ? s->insns[i].line->text : "";
        for (unsigned k = 0; k < sizeof names / sizeof names[0]; k++) {
            if (strncmp(text, names[k], strlen(names[k])) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* BX to somewhere, with code there if it is the buffer; the last instruction of a test. */
bool mmu_jump(Seq *s)
{
    Rng *r = &s->rng;
    bool thumb = choose_thumb(s, 30);
    uint32_t end[] = { [4] = 0xe7f000f0, [8] = 0xef000042, [12] = 0xe1200070 };
    uint32_t value[MAX_RUNS];
    if (s->thumb || here(s) < s->branch_to || s->other_tables) {
        return false;
    }
    for (unsigned run = 0; run < s->runs; run++) {
        uint32_t va = mmu_address(s, run, 8), pa = NOWHERE;
        /* Code lies where no test stores. */
        va = (va & ~0xfffu) + 0x180 + 4 * below(r, 0x90);
        for (unsigned i = 0; i < 4 && (pa & 0xc00) != 0x400; i++, va += 0x400) {
            pa = physical(va | FCSE_PID);
        }
        va -= 0x400;
        uint32_t code = BUFFER_VA + (pa >> 12 == BUFFER_PA1 >> 12 ? 0x1000 : 0) + (pa & 0xfff);
        bool off_the_end = chance(r, 20) && !has_stores(s);
        bool own = (va | FCSE_PID) - COARSE_TARGET < 0x300000;
        if (off_the_end) { /* the next page is not mapped */
            va = code = BUFFER_VA + BUFFER_SIZE - 4;
        } else if (pa == NOWHERE && !own && !maps_beyond(va | FCSE_PID)) {
            code = 0;
        } else if (s->run[run].pokes + 2 > POKES || !in_buffer(pa) || (pa & 0xc00) != 0x400 ||
                   own) {
            va = BUFFER_VA + BUFFER_SIZE + 4 * below(r, 0x400);
            code = 0;
        }
        if (code) {
            uint32_t last = thumb ? s->end == 4   ? 0xde42de42
                                    : s->end == 8 ? 0xdf42df42
                                                  : 0xbe42be42
                                  : end[s->end];
            /* Thumb: adds r1, r2, r3; subs r4, r5, r6 */
            uint32_t first = thumb ? 0x1bac18d1 : 0xe0800000 | (rng32(r) & 0x00170007) | 0x5000;
            if (!poke_at(s, run, code, first) ||
                (!off_the_end && !poke_at(s, run, code + 4, last))) {
                return false;
            }
        }
        value[run] = va | thumb;
    }
    int n = register_of(s, value);
    if (n < 0) {
        return false;
    }
    emit(s, 0xe12fff10 | (uint32_t)n);
    return true;
}
