/* SPDX-License-Identifier: MIT */
/* Every superinstruction, on random operands and registers, against its records one by one. The
 * table is the engine's own; slow paths are this file's, and end a run. */
#include "tests/unit/tap.h"

#if defined(TCI_DISPATCH_SWITCH)
int main(void)
{
    ok(true, "this engine has no superinstructions");
    return done_testing();
}
#else

#include <stdlib.h>

#include "tci/superinstructions.c"

#define ROUNDS     400
#define MAX_ROUNDS 400000
#define ENOUGH     10 /* runs that end in each possible way */

static uint64_t random_state = 1;

static uint32_t random32(void)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 32);
}

static bool once_in(uint32_t n)
{
    return random32() % n == 0;
}

/* -- Where a run ends -- */

typedef struct End {
    TciFn *fn;
    const TciSlot *slot;
} End;
static End end;
static TciFn arrived; /* the handler of every record outside the superinstruction */

#define STOP(name)                                                                                 \
    TciSlot *name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                                       \
    {                                                                                              \
        (void)env, (void)tlb;                                                                      \
        end = (End){ name, slot };                                                                 \
        return NULL;                                                                               \
    }
#define STOP_FORM(form, table, address, writeback, name, ...) STOP(tci_slow_##name##_##form)
#define STOP_FORMS(name, forms, ...)                          forms(STOP_FORM, name, 0)
LOAD_KINDS(STOP_FORMS)
STORE_KINDS(STOP_FORMS)
MULTI_FORMS_LIST(STOP_FORM, ldm, 0)
MULTI_FORMS_LIST(STOP_FORM, stm, 0)
STOP(tci_op_out_of_budget)
STOP(tci_op_find)
STOP(tci_op_relink)
STOP(tci_op_link)
STOP(tci_op_stale)
STOP(tci_op_covered)
STOP(tci_op_switch_isa)
STOP(tci_op_raised)
STOP(tci_op_fp_helper)
STOP(tci_op_fp_flags_helper)
STOP(arrived)

/* -- The machine -- */

/* Eight registers, eight doubles, and two pages of memory, which the guest sees in reverse order; a
 * read-only page, and an unmapped one. */

#define VA        0x00100000u
#define REGISTERS 8u
#define DOUBLES   8u
#define INDEXES   4u /* from this register on the numbers are mostly small */

static TciEnv env_;
static TciEnv *const env = &env_;
static struct {
    TlbEntry tlb[TLB_ENTRIES];
    uint8_t before[BUS_PAGE_SIZE], bytes[2 * BUS_PAGE_SIZE], after[BUS_PAGE_SIZE];
} memory;
static TlbEntry no_tlb[TLB_ENTRIES]; /* user's */
#define MEMORY    memory.bytes
#define BYTES     (2u * BUS_PAGE_SIZE)

static void map(uint32_t va, const uint8_t *host, bool writable)
{
    uint32_t to = (uint32_t)(host - (const uint8_t *)&memory) - va;
    memory.tlb[va >> BUS_PAGE_BITS] = (TlbEntry){ to, writable ? to : TLB_MISS };
}

static uint32_t random_value(void)
{
    static const uint32_t values[] = { 0, 1, 2, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff };
    return once_in(2) ? random32() : values[random32() % 7];
}

/* Mostly one that can be computed with for long. */
static uint64_t random_double(void)
{
    static const uint32_t high[] = { 0x00000000, 0x80000000, 0x00000001, 0x00100000, 0x1ff00000,
                                     0x20100000, 0x3ff00000, 0x7fefffff, 0x7ff00000, 0x7ff80000 };
    uint32_t top = once_in(4) ? high[random32() % 10]
                              : (random32() & 0x800fffff) | (1013 + random32() % 20) << 20;
    return (uint64_t)top << 32 | (once_in(2) ? 0 : random32());
}

static void power_on(void)
{
    for (unsigned i = 0; i < BYTES; i += 8) {
        store_double(MEMORY + i, once_in(2) ? random_double() : random_value());
    }
    for (unsigned i = 0; i < TLB_MISS >> BUS_PAGE_BITS; i++) {
        memory.tlb[i] = no_tlb[i] = (TlbEntry){ TLB_MISS, TLB_MISS };
    }
    map(VA, MEMORY + BUS_PAGE_SIZE, true);
    map(VA + BUS_PAGE_SIZE, MEMORY, true);
    map(VA + 2 * BUS_PAGE_SIZE, MEMORY, false);
    env->tlb = memory.tlb;
    env->tlbs[0] = no_tlb;
    env->generation = 7;
    env->key = UINT64_C(7) << 40;
}

static uint32_t random_address(void)
{
    uint32_t page = once_in(8) ? random32() % 4 : random32() % 2;
    uint32_t in_page = once_in(4) ? 0xfe0 + random32() % 32 : random32() % BUS_PAGE_SIZE;
    return VA + page * BUS_PAGE_SIZE + (in_page & (once_in(16) ? ~0u : ~7u));
}

static void random_machine(void)
{
    static const uint64_t nz[] = { 0, 1, 0x80000000, UINT64_C(1) << 63 };
    for (unsigned i = 0; i < REGISTERS; i++) {
        env->r[i] = once_in(4) ? random_value() : i >= INDEXES ? random32() % 32 : random_address();
    }
    for (unsigned i = 0; i < DOUBLES; i++) {
        put_double(env, TCG_FP + 2 * i, random_double());
    }
    env->nz = once_in(4) ? random32() : nz[random32() % 4];
    env->va = random_value();
    env->vb = random_value();
    env->cf = random32() & 1;
    env->budget = (int32_t)(once_in(4) ? random32() % 40 : 1000);
    env->fp_flags = random32() & 0xf0000000;
    env->pc = 0;
    tci_set_fp_fast(env, tci_fp_host_is_ieee() && !once_in(8));
}

/* -- Two records with operands for their handlers -- */

#define MAX_SLOTS 32u
static TciSlot code[MAX_SLOTS];

static bool starts(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

static uint8_t random_register(bool fp)
{
    return (uint8_t)(fp ? TCG_FP + 2 * (random32() % DOUBLES) : random32() % REGISTERS);
}

/* The displacement, shift or address of a load or store. */
static uint32_t random_displacement(const char *name)
{
    if (strstr(name, "_abs")) {
        return random_address();
    }
    return strstr(name, "_shl") ? random32() % 4 : (random32() % 9 - 4) * (once_in(2) ? 4 : 8);
}

/* near, far, past: how many slots away the next record is, the one after that, and the first one
 * after the superinstruction. */
static void random_record(TciSlot *slot, unsigned h, unsigned near, unsigned far, unsigned past)
{
    const char *name = tci_handler_name(h);
    bool fp = starts(name, "fp_"), multi = strstr(name, "ldm_") || strstr(name, "stm_");
    bool fp_operands = fp && !multi;
    *slot = (TciSlot){ { .fn = tci_handlers[h], .imm = random_value() } };
    slot->d = random_register(fp_operands);
    slot->a = random_register(fp_operands);
    slot->b = random_register(fp);
    slot->c = (uint8_t)(fp_operands ? random_register(true) : random32() % 32);
    if (tci_handler_slots(h) == 2) {
        slot[1] = (TciSlot){ .target = &code[MAX_SLOTS - 1 - random32() % 8] };
        slot[1].pc = random_address();
        slot[1].generation = env->generation - once_in(4);
    }
    if (strstr(name, "env") || starts(name, "add_sticky")) {
        slot->imm = offsetof(TciEnv, fp_flags);
    } else if (starts(name, "sh") || starts(name, "sar") || starts(name, "rot")) {
        slot->imm = 1 + random32() % 31;
    } else if (strcmp(name, "ld32_near") == 0) {
        slot[1] = (TciSlot){ .bytes = MEMORY + random32() % (BUS_PAGE_SIZE / 4) * 4 };
    } else if (multi) {
        slot->d = (uint8_t)(fp ? 2 : atoi(strrchr(name, '_') + 1));
        slot->imm = random_displacement(name);
        for (unsigned i = 0; i < slot->d; i++) {
            slot[1].list[i] = random_register(false);
        }
    } else if (starts(name, "ld") || starts(name, "st")) {
        slot->a = (uint8_t)(once_in(4) ? slot->a : slot->a % INDEXES);
        slot->b = (uint8_t)(once_in(4) ? slot->b : slot->b % INDEXES + INDEXES);
        slot->imm = random_displacement(name);
    } else if (starts(name, "exit_") || starts(name, "skip_")) {
        uint32_t equal = env->r[slot->a];
        slot->imm = once_in(2) ? equal : slot->imm;
        unsigned distance = once_in(4) ? past + random32() % 8 : once_in(4) ? near : far;
        if (strstr(name, "skip_cmp") || strstr(name, "skip_tst") || strstr(name, "skip_sub")) {
            slot->c = (uint8_t)distance;
        } else if (starts(name, "skip_")) {
            slot->imm = distance;
        }
    }
}

/* -- Both ways to execute them -- */

typedef struct State {
    uint8_t env[offsetof(TciEnv, tlb)], memory[BYTES];
} State;

static void save(State *s)
{
    memcpy(s->env, env, sizeof s->env);
    memcpy(s->memory, MEMORY, BYTES);
}

static void restore(const State *s)
{
    memcpy(env, s->env, sizeof s->env);
    memcpy(MEMORY, s->memory, BYTES);
}

static void execute(TciSlot *slot)
{
    while (slot) {
        slot = slot->fn(env, slot, env->tlb);
    }
}

/* -- Superinstructions -- */

#define MOST 8u /* records */

typedef struct Parts {
    unsigned count;
    unsigned h[MOST];   /* their handlers' numbers */
    uint8_t from[MOST]; /* FROM_A, FROM_B: that operand is what the record before defines */
    bool alone[MOST];   /* the record skips just the next one, if it skips */
    bool sum[MOST];     /* it adds to what the record before has computed */
    TciFn *combined;
} Parts;

static const Superinstruction *superinstruction_of(TciFn *combined)
{
    const Superinstruction *p = table;
    while (p < table + COUNT && p->combined != combined) {
        p++;
    }
    return p < table + COUNT ? p : NULL;
}

/* Appends the records that a handler executes. */
static void append(Parts *parts, TciFn *fn)
{
    const Superinstruction *p = superinstruction_of(fn);
    if (!p) {
        parts->h[parts->count++] = tci_handler(fn);
        return;
    }
    unsigned i = (unsigned)(p - table);
    append(parts, p->first);
    unsigned at = parts->count;
    append(parts, p->second);
    parts->from[at] = i >= BUILTIN_END ? from[i - BUILTIN_END] : FROM_NONE;
    parts->sum[at] = i >= CMP_END && i < SUM_END;
    parts->alone[at - 1] |= i < CMP_END;
    if (i >= SUM_END && i < BUILTIN_END) {
        parts->from[at] = once_in(2) ? FROM_A : FROM_B;
    }
}

static TciSlot *record_at(const Parts *parts, unsigned n)
{
    TciSlot *slot = code;
    for (unsigned i = 0; i < n; i++) {
        slot += tci_handler_slots(parts->h[i]);
    }
    return slot;
}

/* Random records, which most of the time can be combined. */
static void random_parts(const Parts *parts)
{
    for (unsigned i = 0; i < MAX_SLOTS; i++) {
        code[i] = (TciSlot){ { .fn = arrived } };
    }
    for (unsigned i = 0; i < parts->count; i++) {
        TciSlot *slot = record_at(parts, i), *before = i ? record_at(parts, i - 1) : slot;
        const char *name = tci_handler_name(parts->h[i]);
        unsigned near = tci_handler_slots(parts->h[i]);
        unsigned far = near + (i + 1 < parts->count ? tci_handler_slots(parts->h[i + 1]) : 1);
        random_record(slot, parts->h[i], near, far,
                      (unsigned)(record_at(parts, parts->count) - slot));
        slot->a = once_in(2) && strstr(name, "_imm") ? before->a : slot->a;
        slot->d = (parts->sum[i] || once_in(2)) && !strstr(name, "m_") ? before->d : slot->d;
        if (parts->from[i] == FROM_A && !once_in(8)) {
            slot->a = before->d;
        } else if (parts->from[i] == FROM_B && !once_in(8)) {
            slot->b = before->d;
        }
        if (parts->alone[i] && !once_in(8)) {
            if (strstr(name, "skip_cmp") || strstr(name, "skip_tst") || strstr(name, "skip_sub")) {
                slot->c = (uint8_t)far;
            } else {
                slot->imm = far;
            }
        }
    }
}

/* How a run ended. */
enum {
    SLOW_PATH,
    PAST,      /* after the last record */
    ELSEWHERE, /* it branched */
    WAYS
};

/* Each record by its own handler, the others being places to arrive at. */
static unsigned execute_plainly(const Parts *parts)
{
    static TciSlot whole[MAX_SLOTS];
    memcpy(whole, code, sizeof code);
    for (unsigned i = 0; i < parts->count; i++) {
        record_at(parts, i)->fn = arrived;
    }
    end = (End){ arrived, code };
    for (unsigned i = 0; i < parts->count && end.fn == arrived; i++) {
        TciSlot *slot = record_at(parts, i);
        if (end.slot == slot) {
            slot->fn = whole[slot - code].fn;
            execute(slot);
            slot->fn = arrived;
        }
    }
    memcpy(code, whole, sizeof code);
    if (end.fn != arrived && end.fn != tci_op_find) {
        return SLOW_PATH;
    }
    return end.slot == record_at(parts, parts->count) ? PAST : ELSEWHERE;
}

static void print_parts(const Parts *parts)
{
    for (unsigned i = 0; i < parts->count; i++) {
        const TciSlot *slot = record_at(parts, i);
        printf("# %s d=%u a=%u b=%u c=%u imm=0x%" PRIx32 "\n", tci_handler_name(parts->h[i]),
               slot->d, slot->a, slot->b, slot->c, slot->imm);
    }
}

/* Makes random records and, if tci_combine() makes them this superinstruction, executes them one by
 * one and together. Returns whether both do the same, and counts how the run ended. */
static bool compare(const Parts *parts, unsigned *ended)
{
    static State before, after;
    static TciSlot plain[MAX_SLOTS], joined[MAX_SLOTS];
    uint16_t records[MOST] = { 0 };

    random_machine();
    random_parts(parts);
    memcpy(plain, code, sizeof code);
    for (unsigned i = 0; i < parts->count; i++) {
        records[i] = (uint16_t)(record_at(parts, i) - code);
    }
    tci_combine(code, records, parts->count);
    if (code->fn != parts->combined) {
        return true;
    }
    memcpy(joined, code, sizeof code);
    memcpy(code, plain, sizeof code);

    save(&before);
    unsigned way = execute_plainly(parts);
    if (end.fn == tci_op_find && once_in(2)) { /* next time it finds it */
        JumpEntry *e = &env->jumps[env->pc >> 2 & ((1u << JUMP_BITS) - 1)];
        e->key = env->key | env->pc;
        e->code = &code[MAX_SLOTS - 1];
        restore(&before);
        way = execute_plainly(parts);
    }
    ended[way]++;
    save(&after);
    End plainly = end;

    restore(&before);
    memcpy(code, joined, sizeof code);
    /* What it does not do itself, the records' own handlers do: from where it has gone on. */
    execute(code);
    memcpy(code, plain, sizeof code);
    if (end.fn == plainly.fn && end.slot == plainly.slot &&
        memcmp(after.env, env, sizeof after.env) == 0 && memcmp(after.memory, MEMORY, BYTES) == 0) {
        return true;
    }
    print_parts(parts);
    printf("# ended at %d, should at %d\n", (int)(end.slot - code), (int)(plainly.slot - code));
    return false;
}

static void print_names(const Parts *parts, char *names, size_t size)
{
    size_t used = 0;
    for (unsigned i = 0; i < parts->count; i++) {
        used +=
            (size_t)snprintf(names + used, size - used, "%s%s%s", i ? ", " : "",
                             tci_handler_name(parts->h[i]), &"\0\0\0 a\0 b"[3 * parts->from[i]]);
    }
}

/* Whether it has ended often enough in each way that it can. */
static bool is_enough(const Parts *parts, const unsigned *ended)
{
    bool jump = false, branch = false;
    for (unsigned i = 0; i < parts->count; i++) {
        const char *name = tci_handler_name(parts->h[i]);
        if (starts(name, "fp") && !tci_fp_host_is_ieee()) {
            return true;
        }
        jump |= strstr(name, "goto") != NULL;
        branch |= starts(name, "exit_") || (starts(name, "skip_") && i + 1 == parts->count);
    }
    return (jump || ended[PAST] >= ENOUGH) && (!(jump || branch) || ended[ELSEWHERE] >= ENOUGH);
}

int main(void)
{
    power_on();
    tci_init_superinstructions();
    for (const Superinstruction *p = table; p < table + COUNT; p++) {
        Parts parts = { .combined = p->combined };
        append(&parts, p->combined);
        unsigned ended[WAYS] = { 0 };
        char names[200];
        bool same = true, enough = false;
        for (unsigned i = 0; same && (i < ROUNDS || (!enough && i < MAX_ROUNDS)); i++) {
            same = compare(&parts, ended);
            enough = is_enough(&parts, ended);
        }
        print_names(&parts, names, sizeof names);
        ok(same, "%s", names);
        ok(enough || !same, "%s: %u times to its end, %u and a branch, %u slowly", names,
           ended[PAST], ended[ELSEWHERE], ended[SLOW_PATH]);
    }
    return done_testing();
}
#endif
