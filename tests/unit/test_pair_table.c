/* SPDX-License-Identifier: MIT */
/* Every pair of records that one handler executes, on random operands and registers, against its
 * two records one by one. The table is the engine's own; slow paths are this file's, and end a run.
 */
#include "tests/unit/tap.h"

#if defined(TCI_DISPATCH_SWITCH) || defined(TCI_PROFILE)
int main(void)
{
    ok(true, "this engine has no pairs");
    return done_testing();
}
#else

#include <stdlib.h>

#include "tci/ops_pair.c"

#define ROUNDS     400
#define MAX_ROUNDS 10000
#define ENOUGH     10 /* of them, that end in a way that a pair can end in */

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
    const TciOp *op;
} End;
static End end;
static TciFn arrived; /* what every record but the two is */

#define STOP(name)                                                                                 \
    TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)                                             \
    {                                                                                              \
        (void)env, (void)tlb;                                                                      \
        end = (End){ name, op };                                                                   \
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
STOP(tci_op_switch_mode)
STOP(tci_op_raised)
STOP(tci_op_fp_helper)
STOP(tci_op_fp_flags_helper)
STOP(arrived)

/* -- The machine -- */

/* Eight registers, eight doubles, and memory of two pages, the first of which the guest has behind
 * the second; a page that can only be read, and one that is not there. */

#define VA        0x00100000u
#define REGISTERS 8u
#define DOUBLES   8u
#define NO_TAG    0x800u /* a bit that no address has when it is compared */
#define INDEXES   4u     /* from this register on the numbers are mostly small */

static TciEnv env_;
static TciEnv *const env = &env_;
static uint8_t memory[4 * BUS_PAGE_SIZE]; /* a page of nothing before and behind */
#define MEMORY    (memory + BUS_PAGE_SIZE)
#define BYTES     (2u * BUS_PAGE_SIZE)

static void map(uint32_t va, const uint8_t *host, bool writable)
{
    TlbEntry *e = &env->tlbs[1][va >> BUS_PAGE_BITS & (TLB_ENTRIES - 1)];
    e->read = va;
    e->write = writable ? va : NO_TAG;
    e->addend = (uintptr_t)host - va;
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
    for (unsigned i = 0; i < TLB_ENTRIES; i++) {
        env->tlbs[0][i].read = env->tlbs[0][i].write = NO_TAG;
        env->tlbs[1][i] = env->tlbs[0][i];
    }
    map(VA, MEMORY + BUS_PAGE_SIZE, true);
    map(VA + BUS_PAGE_SIZE, MEMORY, true);
    map(VA + 2 * BUS_PAGE_SIZE, MEMORY, false);
    env->tlb = env->tlbs[1];
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

#define MAX_UNITS 32u
static TciOp code[MAX_UNITS];

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

/* near, far: how many units away the next record is, and the one behind that. */
static void random_record(TciOp *op, const TciHandler *h, unsigned near, unsigned far)
{
    const char *name = h->name;
    bool fp = starts(name, "fp_"), multi = strstr(name, "ldm_") || strstr(name, "stm_");
    bool fp_operands = fp && !multi;
    *op = (TciOp){ { .fn = h->fn, .imm = random_value() } };
    op->d = random_register(fp_operands);
    op->a = random_register(fp_operands);
    op->b = random_register(fp);
    op->c = (uint8_t)(fp_operands ? random_register(true) : random32() % 32);
    if (h->units == 2) {
        op[1] = (TciOp){ .target = &code[MAX_UNITS - 1 - random32() % 8] };
        op[1].pc = random_address();
        op[1].generation = env->generation - once_in(4);
    }
    if (strstr(name, "env") || starts(name, "add_sticky")) {
        op->imm = offsetof(TciEnv, fp_flags);
    } else if (starts(name, "sh") || starts(name, "sar") || starts(name, "rot")) {
        op->imm = 1 + random32() % 31;
    } else if (strcmp(name, "ld32_near") == 0) {
        op[1] = (TciOp){ .bytes = MEMORY + random32() % (BUS_PAGE_SIZE / 4) * 4 };
    } else if (multi) {
        op->d = (uint8_t)(fp ? 2 : atoi(strrchr(name, '_') + 1));
        op->imm = random_displacement(name);
        for (unsigned i = 0; i < op->d; i++) {
            op[1].list[i] = random_register(false);
        }
    } else if (starts(name, "ld") || starts(name, "st")) {
        op->a = (uint8_t)(once_in(4) ? op->a : op->a % INDEXES);
        op->b = (uint8_t)(once_in(4) ? op->b : op->b % INDEXES + INDEXES);
        op->imm = random_displacement(name);
    } else if (starts(name, "exit_") || starts(name, "skip_")) {
        uint32_t equal = env->r[op->a];
        op->imm = once_in(2) ? equal : op->imm;
        unsigned distance = once_in(4) ? far + random32() % 8 : once_in(4) ? near : far;
        if (strstr(name, "skip_cmp") || strstr(name, "skip_tst") || strstr(name, "skip_sub")) {
            op->c = (uint8_t)distance;
        } else if (starts(name, "skip_")) {
            op->imm = distance;
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

static void execute(TciOp *op)
{
    while (op) {
        op = op->fn(env, op, env->tlb);
    }
}

/* How a run of the two ended. */
enum {
    SLOW_PATH,
    SKIPPED,   /* the first one branched, past the second */
    BEHIND,    /* both were done, */
    ELSEWHERE, /* and the second one branched */
    WAYS
};

static unsigned execute_plainly(TciOp *first, TciOp *second, const TciOp *behind)
{
    TciFn *fn = second->fn;
    second->fn = arrived;
    execute(first);
    second->fn = fn;
    bool reached = end.op == second;
    if (reached) {
        execute(second);
    }
    if (end.fn != arrived && end.fn != tci_op_find) {
        return SLOW_PATH;
    }
    return !reached ? SKIPPED : end.op == behind ? BEHIND : ELSEWHERE;
}

static void print_record(const TciOp *op, const char *name)
{
    printf("# %s d=%u a=%u b=%u c=%u imm=0x%" PRIx32 "\n", name, op->d, op->a, op->b, op->c,
           op->imm);
}

/* Makes two records for a row of the table and executes them one by one and together. Whether that
 * comes to the same; how it ended is counted, if the row is for these operands. */
static bool compare(const Pair *row, const TciHandler *h, const TciHandler *h2, unsigned *ended)
{
    static State before, after;
    TciOp *first = code, *second = first + h->units, *behind = second + h2->units;

    random_machine();
    for (unsigned i = 0; i < MAX_UNITS; i++) {
        code[i] = (TciOp){ { .fn = arrived } };
    }
    random_record(first, h, h->units, h->units + h2->units);
    random_record(second, h2, h2->units, h2->units + 1u);
    second->a = once_in(2) ? first->a : second->a;
    second->d = once_in(2) && !strstr(h2->name, "m_") ? first->d : second->d;
    if (tci_pair(first, second) != 2 || first->fn != row->both) {
        return true;
    }

    save(&before);
    first->fn = row->first;
    unsigned way = execute_plainly(first, second, behind);
    if (end.fn == tci_op_find && once_in(2)) { /* next time it finds it */
        JumpEntry *e = &env->jumps[env->pc >> 2 & ((1u << JUMP_BITS) - 1)];
        e->key = env->key | env->pc;
        e->code = &code[MAX_UNITS - 1];
        restore(&before);
        way = execute_plainly(first, second, behind);
    }
    ended[way]++;
    save(&after);
    End plainly = end;

    restore(&before);
    first->fn = row->both;
    execute(first);
    if (end.fn == plainly.fn && end.op == plainly.op &&
        memcmp(after.env, env, sizeof after.env) == 0 && memcmp(after.memory, MEMORY, BYTES) == 0) {
        return true;
    }
    print_record(first, h->name);
    print_record(second, h2->name);
    printf("# ended at %d, should at %d\n", (int)(end.op - code), (int)(plainly.op - code));
    return false;
}

static bool branches(const TciHandler *h)
{
    return starts(h->name, "skip_") || starts(h->name, "exit_");
}

/* Whether the two have ended often enough in each way that they can end in. */
static bool is_enough(const TciHandler *h, const TciHandler *h2, const unsigned *ended)
{
    bool jump = strstr(h2->name, "goto") != NULL,
         fp = starts(h->name, "fp") || starts(h2->name, "fp");
    return (fp && !tci_fp_host_is_ieee()) ||
           ((jump || ended[BEHIND] >= ENOUGH) && (!branches(h) || ended[SKIPPED] >= ENOUGH) &&
            (!(jump || branches(h2)) || ended[ELSEWHERE] >= ENOUGH));
}

int main(void)
{
    power_on();
    tci_init_pairs();
    for (const Pair *row = pairs; row < pairs + COUNT; row++) {
        const TciHandler *h = tci_handler(row->first), *h2 = tci_handler(row->second);
        unsigned ended[WAYS] = { 0 };
        bool same = true, enough = false;
        for (unsigned i = 0; same && (i < ROUNDS || (!enough && i < MAX_ROUNDS)); i++) {
            same = compare(row, h, h2, ended);
            enough = is_enough(h, h2, ended);
        }
        ok(same, "%s, %s", h->name, h2->name);
        ok(enough || !same, "%s, %s: %u times both, %u and a branch, %u times skipped, %u slowly",
           h->name, h2->name, ended[BEHIND], ended[ELSEWHERE], ended[SKIPPED], ended[SLOW_PATH]);
    }
    return done_testing();
}
#endif
