/* SPDX-License-Identifier: MIT */
/* Fuzzing of snapshots (libFuzzer): a machine that has worked is saved, words of its state are
 * changed, and what is left of it is loaded. It is refused, or the machine goes on with it.
 *
 * The input: the kind of the board, the number of steps before (3 bits), changes (3 bits) and cut
 * (the highest bit: the state ends early), the steps, the changes (see below), further steps. */
#include "tests/fuzz/steps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct State {
    VMWriter sections, memory;
} State;

static void save(FuzzBoard *b, State *s)
{
    s->sections.memory = &s->memory;
    machine_save(b->m, &s->sections);
}

static VMReader reader_of(const State *s)
{
    return (VMReader){ .bytes = s->sections.bytes,
                       .left = s->sections.len,
                       .memory = s->memory.bytes,
                       .memory_left = s->memory.len };
}

/* A change: 4 bytes of place, whose highest bits tell whether it counts from the end, where the
 * lists of pages are, and whether it is in the packed memory; and 4 of what is XORed there. */
static const uint8_t *change(State *s, const uint8_t *data, const uint8_t *end, unsigned changes)
{
    for (; changes && end - data >= STEP; changes--, data += STEP) {
        uint32_t place = ld32_p(data), value = ld32_p(data + 4);
        VMWriter *w = place >> 30 & 1 ? &s->memory : &s->sections;
        if (w->len > 4) {
            size_t near = (place & 0xffff) % (w->len - 4);
            uint8_t *at = w->bytes + (place >> 31 ? w->len - 4 - near : near);
            st32_p(at, ld32_p(at) ^ value);
        }
    }
    return data;
}

/* Saves the board as it is after power-on; or loads that again, for the next input. */
static void keep(FuzzBoard *b, uint8_t kind, bool load)
{
    static State kept[4];
    State *s = &kept[kind & 3];
    if (!s->sections.bytes) {
        save(b, s);
    }
    VMReader r = reader_of(s);
    if (load && !machine_load(b->m, &r)) {
        fuzz_failed(r.why, 0, 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size;
    if (size < 2) {
        return 0;
    }
    FuzzBoard *b = board_of(data[0]);
    State s = { { 0 }, { 0 } };
    uint8_t kind = data[0];
    unsigned how = data[1];
    keep(b, kind, false);
    data = run_steps(b, data + 2, end, how & 7);
    save(b, &s);
    data = change(&s, data, end, how >> 3 & 7);
    VMReader r = reader_of(&s);
    r.left -= how & 0x80 ? r.left / 3 : 0;
    if (machine_load(b->m, &r)) {
        run_steps(b, data, end, SIZE_MAX);
    } else if (!*r.why) {
        fuzz_failed("a state is refused without a reason", 0, 1);
    } else {
        machine_reset(b->m);
        run_steps(b, data, end, SIZE_MAX);
    }
    keep(b, kind, true); /* before what it had is freed */
    free(s.sections.bytes);
    free(s.memory.bytes);
    return 0;
}
