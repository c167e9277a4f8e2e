/* SPDX-License-Identifier: MIT */
/* A test as a whole: its parts and their ends. */
#include "tests/diff/gen.h"

#include <assert.h>
#include <string.h>

const char *const group_names[GROUPS] = { "arm-dp", "arm-ldst",   "mul-dsp",    "psr-modes",
                                          "thumb",  "mmu-faults", "exceptions", "media",
                                          "system", "mmu-v6" };

static void append_raw(Seq *s, uint32_t insn)
{
    assert(s->size + 4 <= MAX_CODE);
    for (unsigned i = 0; i < (s->thumb ? 2u : 4u); i++) {
        s->code[s->size++] = (uint8_t)(insn >> (8 * i));
    }
}

void append(Seq *s, const ArmInsn *line, uint32_t insn)
{
    assert(s->count < MAX_INSNS);
    s->insns[s->count++] = (Insn){ (uint16_t)s->size, s->thumb, false, false, line };
    append_raw(s, insn);
}

void glue(Seq *s)
{
    s->insns[s->count - 1].glued = true;
}

void append_word(Seq *s, uint32_t word)
{
    append_raw(s, word);
}

/* -- Parts -- */

/* Where a part begins that follows one which ends `size` bytes from here. */
static unsigned next_start(const Seq *s, unsigned size)
{
    return (s->size + size + END_COUNT * (s->thumb ? 2 : 4) + 3) & ~3u;
}

uint32_t leave_for(Seq *s, unsigned size, bool thumb, uint32_t mode)
{
    s->part_over = true;
    s->next_thumb = thumb;
    s->next_mode = mode;
    return s->va + next_start(s, size);
}

void end_code(Seq *s)
{
    unsigned next = next_start(s, 0);
    while (s->size < next) {
        switch (s->end) {
        case 4: append_raw(s, s->thumb ? 0xde42 : 0xe7f000f0); break;
        case 8: append_raw(s, s->thumb ? 0xdf42 : 0xef000042); break;
        default: append_raw(s, s->thumb ? 0xbe42 : 0xe1200070); break;
        }
    }
}

static void end_part(Seq *s)
{
    end_code(s);
    s->part_over = false;
    s->thumb = s->next_thumb;
    s->mode = s->next_mode;
}

/* -- Sequences -- */

/* The chances in percent that a test starts in Thumb, and that an instruction goes to another
 * part. */
static const struct {
    uint8_t thumb, leave;
} habits[GROUPS] = {
    [ARM_DP] = { 0, 3 },      [ARM_LDST] = { 0, 5 }, [MUL_DSP] = { 0, 3 },
    [PSR_MODES] = { 15, 20 }, [THUMB] = { 85, 12 },  [MMU_FAULTS] = { 0, 5 },
    [EXCEPTIONS] = { 30, 5 }, [MEDIA] = { 20, 5 },   [SYSTEM] = { 15, 10 },
    [MMU_V6] = { 0, 5 },
};

void make_sequence(Seq *s, Group group, uint64_t seed, unsigned id, uint32_t va)
{
    enum { SEEDS = 7 }; /* groups with seeds of their own; the next ones have other ids */
    static const uint8_t ends[] = { 4, 8, 12 };
    memset(s, 0, sizeof *s);
    s->rng = rng_seed(seed * SEEDS + group % SEEDS, id | group / SEEDS << 24);
    s->group = group;
    s->id = id;
    s->va = va;
    s->runs = MAX_RUNS;
    s->end = ends[below(&s->rng, 3)];
    s->mode = is_mmu(group) && chance(&s->rng, 20) ? ARM_USR : random_mode(&s->rng);
    s->big_endian = chance(&s->rng, 10) && !has_v6();
    s->thumb = choose_thumb(s, habits[group].thumb);
    s->start_mode = s->mode;
    s->start_thumb = s->thumb;
    start_states(s);
    if (group == EXCEPTIONS) {
        make_handlers(s);
    }
    if (is_mmu(group) && chance(&s->rng, 80)) {
        make_mmu_handler(s);
    }
    for (unsigned run = 0; run < s->runs; run++) {
        s->run[run].w[RUN_REGS / 4 + 13] = here(s);
    }
    s->first = s->count;
    unsigned wanted = s->count + 4 + below(&s->rng, 5), failed = 0;
    while (s->count < wanted && failed < 20) {
        bool leave = chance(&s->rng, habits[group].leave);
        if (is_mmu(group) && chance(&s->rng, 15) && mmu_change(s)) {
            continue;
        }
        if (is_mmu(group) && chance(&s->rng, 5) && mmu_jump(s)) {
            break;
        }
        if (!(s->thumb ? thumb_emit(s, leave) : arm_emit(s, leave))) {
            failed++;
        }
        if (s->part_over) {
            end_part(s);
        }
    }
    end_code(s);
}
