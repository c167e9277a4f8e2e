/* SPDX-License-Identifier: MIT */
/* Superinstructions: one handler for two to four records that often follow each other. One of three
 * or four is a shorter superinstruction and one more record.
 *
 * All records stay as they are; only the first one's handler changes. So a branch may still lead to
 * the others, and a record that must take its slow path goes to its own handler. The list is in
 * superinstructions.h; a few with conditions of their own are built in. */
#include "tci/block.h"
#include "tci/handlers.h"
#include "tci/superinstructions.h"

#if defined(TCI_PROFILE) /* which shows what the list could have */
#undef SUPERINSTRUCTIONS
#define SUPERINSTRUCTIONS(X2, X3, X4)
#endif

/* How to do a record of each kind as a part, the handlers of such records, and the slots they take.
 * `prev` is the temp that the part before has computed or loaded. */

/* A copy of the record, to which nothing else points, and what is `known` of it: that operand a, or
 * b, is `prev`. So a compiler knows where a value comes from and takes it from a register, and a
 * host need not wait for what it has just stored. Where the compiler does not see that, or a
 * sanitizer watches over the copy, the record itself is read. */
#if defined(TCI_NO_COPIES)
#define RECORD(known)                                                                              \
    const TciSlot *const part = slot;                                                              \
    prev = part->d
#else
#define RECORD(known)                                                                              \
    TciSlot copy = { .d = slot->d, .a = slot->a, .b = slot->b, .c = slot->c, .imm = slot->imm };   \
    const TciSlot *const part = &copy;                                                             \
    known;                                                                                         \
    prev = part->d
#endif
#define NOTHING   (void)0
#define A_IS_PREV copy.a = prev
#define B_IS_PREV copy.b = prev
#define ALU_PART(name, known)                                                                      \
    do {                                                                                           \
        RECORD(known);                                                                             \
        name##_body(env, part);                                                                    \
    } while (0)
#define MEM_PART(name, known)                                                                      \
    do {                                                                                           \
        RECORD(known);                                                                             \
        if (!name##_body(env, part, tlb)) {                                                        \
            SLOW(tci_op_##name);                                                                   \
        }                                                                                          \
    } while (0)
#define SKIP_PART(name, make, record) /* on a comparison */                                        \
    do {                                                                                           \
        make;                                                                                      \
        if (name##_taken(env, record)) {                                                           \
            GO(slot + slot->c);                                                                    \
        }                                                                                          \
    } while (0)
#define EXIT_PART(name, make, record)                                                              \
    do {                                                                                           \
        make;                                                                                      \
        if (name##_taken(env, record)) {                                                           \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
    } while (0)
#define DO_ALU(name)    ALU_PART(name, NOTHING)
#define DO_ALU_A(name)  ALU_PART(name, A_IS_PREV)
#define DO_ALU_B(name)  ALU_PART(name, B_IS_PREV)
#define DO_MEM(name)    MEM_PART(name, NOTHING)
#define DO_MEM_A(name)  MEM_PART(name, A_IS_PREV)
#define DO_MEM_B(name)  MEM_PART(name, B_IS_PREV)
#define DO_SKIP(name)   SKIP_PART(name, NOTHING, slot)
#define DO_SKIP_A(name) SKIP_PART(name, RECORD(A_IS_PREV), part)
#define DO_EXIT(name)   EXIT_PART(name, NOTHING, slot)
#define DO_EXIT_A(name) EXIT_PART(name, RECORD(A_IS_PREV), part)
#define DO_EXIT_B(name) EXIT_PART(name, RECORD(B_IS_PREV), part)

#define DO_MULTI(name)                                                                             \
    do {                                                                                           \
        if (!name##_body(env, slot, tlb)) {                                                        \
            SLOW(tci_op_##name);                                                                   \
        }                                                                                          \
    } while (0)
#define DO_NEAR(name) (prev = slot->d, name##_body(env, slot))
#define DO_FP(name)                                                                                \
    do {                                                                                           \
        if (!name##_body(env, slot)) {                                                             \
            SLOW(tci_op_##name);                                                                   \
        }                                                                                          \
    } while (0)
#define DO_PREDICATED(name) predicated_##name##_body(env, slot)
#define DO_SKIPIF(cond)     /* on the flags */                                                     \
    do {                                                                                           \
        if (if_##cond##_taken(env, slot)) {                                                        \
            GO(slot + IMM);                                                                        \
        }                                                                                          \
    } while (0)
#define DO_JUMP(name)             DO_##name()
#define DO_goto_tb()              TAKE_EXIT()
#define DO_goto_tb_cross()        TAKE_EXIT_CROSS()
#define DO_goto_ptr()             GOTO_PTR(RA)
#define DO_goto_ptr_even()        GOTO_PTR_EVEN(RA)
#define DO_goto_ptr_odd()         GOTO_PTR_ODD(RA)
#define DO_JUMP_A(name)           FROM_PREV_##name()
#define FROM_PREV_goto_ptr()      GOTO_PTR(env->r[prev])
#define FROM_PREV_goto_ptr_even() GOTO_PTR_EVEN(env->r[prev])
#define FROM_PREV_goto_ptr_odd()  GOTO_PTR_ODD(env->r[prev])
#define DO_movi_goto_tb()                                                                          \
    do {                                                                                           \
        RD = IMM;                                                                                  \
        TAKE_EXIT();                                                                               \
    } while (0)
#define DO_movi_goto_tb_cross()                                                                    \
    do {                                                                                           \
        RD = IMM;                                                                                  \
        TAKE_EXIT_CROSS();                                                                         \
    } while (0)

#define OF_ALU(name)           NUMBER_##name
#define OF_MEM(name)           NUMBER_##name
#define OF_MULTI(name)         NUMBER_##name
#define OF_NEAR(name)          NUMBER_##name
#define OF_FP(name)            NUMBER_##name
#define OF_JUMP(name)          NUMBER_##name
#define OF_SKIP(name)          NUMBER_skip_##name
#define OF_SKIPIF(name)        NUMBER_skip_##name
#define OF_EXIT(name)          NUMBER_exit_##name
#define OF_ALU_A(name)         NUMBER_##name
#define OF_ALU_B(name)         NUMBER_##name
#define OF_MEM_A(name)         NUMBER_##name
#define OF_MEM_B(name)         NUMBER_##name
#define OF_JUMP_A(name)        NUMBER_##name
#define OF_SKIP_A(name)        NUMBER_skip_##name
#define OF_EXIT_A(name)        NUMBER_exit_##name
#define OF_EXIT_B(name)        NUMBER_exit_##name
#define OF_PREDICATED(name)    NUMBER_predicated_##name
#define SLOTS_ALU(name)        1
#define SLOTS_MEM(name)        1
#define SLOTS_MULTI(name)      2
#define SLOTS_NEAR(name)       2
#define SLOTS_FP(name)         2
#define SLOTS_SKIP(name)       1
#define SLOTS_SKIPIF(name)     1
#define SLOTS_EXIT(name)       2
#define SLOTS_JUMP(name)       2 /* never got past */
#define SLOTS_ALU_A(name)      1
#define SLOTS_ALU_B(name)      1
#define SLOTS_MEM_A(name)      1
#define SLOTS_MEM_B(name)      1
#define SLOTS_JUMP_A(name)     2
#define SLOTS_SKIP_A(name)     1
#define SLOTS_EXIT_A(name)     2
#define SLOTS_EXIT_B(name)     2
#define SLOTS_PREDICATED(name) 2

/* clang-format off */
#define PREDICATED_OF(X, cond)                                                                     \
    X(SKIPIF, cond, mov_ri) X(SKIPIF, cond, mov_rr) X(SKIPIF, cond, add_ri)                        \
    X(SKIPIF, cond, sub_ri) X(SKIPIF, cond, or_ri)
#define PREDICATED_ON(X, name)                                                                     \
    X(SKIP, name, mov_ri) X(SKIP, name, mov_rr) X(SKIP, name, add_ri) X(SKIP, name, xor_ri)
#define PREDICATED_IF(X)                                                                           \
    PREDICATED_OF(X, EQ) PREDICATED_OF(X, NE) PREDICATED_OF(X, CS) PREDICATED_OF(X, CC)            \
    PREDICATED_OF(X, MI) PREDICATED_OF(X, PL) PREDICATED_OF(X, HI) PREDICATED_OF(X, LS)            \
    PREDICATED_OF(X, GE) PREDICATED_OF(X, LT) PREDICATED_OF(X, GT) PREDICATED_OF(X, LE)
#define PREDICATED_CMP(X)                                                                          \
    PREDICATED_ON(X, cmp_ri_EQ) PREDICATED_ON(X, cmp_ri_NE) PREDICATED_ON(X, cmp_ri_only_EQ)       \
    PREDICATED_ON(X, cmp_ri_only_NE) PREDICATED_ON(X, cmp_rr_only_CC)                              \
    PREDICATED_ON(X, cmp_rr_only_CS) PREDICATED_ON(X, cmp_rr_only_HI)                              \
    PREDICATED_ON(X, cmp_rr_only_LS) PREDICATED_ON(X, tst_ri_only_EQ)                              \
    PREDICATED_ON(X, tst_ri_only_NE) PREDICATED_ON(X, cmp_rr_only_GE)                              \
    PREDICATED_ON(X, cmp_rr_only_LE)
/* clang-format on */

/* A conditional instruction of one record without a branch, which hosts would often mispredict. */
#define PREDICATED(kind, cond, name)                                                               \
    static inline void predicated_##kind##_##cond##_##name##_body(TciEnv *env, TciSlot *slot)      \
    {                                                                                              \
        bool skipped = IS_##kind(cond);                                                            \
        uint32_t *d = &env->r[slot[1].d], old = *d;                                                \
        name##_body(env, slot + 1);                                                                \
        *d = skipped ? old : *d;                                                                   \
    }                                                                                              \
    static TciSlot *predicated_##kind##_##cond##_##name(TciEnv *env, TciSlot *slot, TlbEntry *tlb) \
    {                                                                                              \
        DO_PREDICATED(kind##_##cond##_##name);                                                     \
        GO(slot + SLOTS_PREDICATED(name));                                                         \
    }
#define IS_SKIPIF(cond) if_##cond##_taken(env, slot)
#define IS_SKIP(name)   name##_taken(env, slot)
PREDICATED_IF(PREDICATED)
PREDICATED_CMP(PREDICATED)

/* The parts of a superinstruction in their order, in its handler. */
#define PART(kind, name)                                                                           \
    DO_##kind(name);                                                                               \
    slot += SLOTS_##kind(name);
#define LAST(kind, name)                                                                           \
    DO_##kind(name);                                                                               \
    (void)prev;                                                                                    \
    GO(slot + SLOTS_##kind(name));
#define SUPERINSTRUCTION(name, parts)                                                              \
    static TciSlot *name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                                \
    {                                                                                              \
        uint8_t prev = 0;                                                                          \
        parts                                                                                      \
    }
#define DEFINE2(weight, kind, name, kind2, name2)                                                  \
    SUPERINSTRUCTION(super_##kind##_##name##_##kind2##_##name2, PART(kind, name) LAST(kind2, name2))
#define DEFINE3(weight, kind, name, kind2, name2, kind3, name3)                                    \
    SUPERINSTRUCTION(super_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3,                \
                     PART(kind, name) PART(kind2, name2) LAST(kind3, name3))
#define DEFINE4(weight, kind, name, kind2, name2, kind3, name3, kind4, name4)                      \
    SUPERINSTRUCTION(                                                                              \
        super_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3##_##kind4##_##name4,         \
        PART(kind, name) PART(kind2, name2) PART(kind3, name3) LAST(kind4, name4))
SUPERINSTRUCTIONS(DEFINE2, DEFINE3, DEFINE4)

/* A product that is summed up, and another that comes to the same sum: it need not go through
 * memory, and that it is finite in between is seen at the end. */
#define TERM(t, type, n)                                                                           \
    type x##n = get_##t(env, slot[(n) + (n)].a), y##n = get_##t(env, slot[(n) + (n)].b),           \
         p##n = x##n * y##n
#define NORMAL_TERM(t, n) NORMAL_PRODUCT(t, p##n, x##n, y##n)
#define SUM2(first, t, type, sum)                                                                  \
    static TciSlot *sum2_##first##_##t(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                  \
    {                                                                                              \
        TERM(t, type, 0);                                                                          \
        TERM(t, type, 1);                                                                          \
        type d = get_##t(env, slot->d), between = sum, r = between + p1;                           \
        (void)d;                                                                                   \
        if (!good_##t(env, r) || !NORMAL_TERM(t, 0) || !NORMAL_TERM(t, 1)) {                       \
            SLOW(tci_op_fp_##first##_##t);                                                         \
        }                                                                                          \
        put_##t(env, slot->d, r);                                                                  \
        GO(slot + 4);                                                                              \
    }
#define SUM3(first, t, type, sum)                                                                  \
    static TciSlot *sum3_##first##_##t(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                  \
    {                                                                                              \
        TERM(t, type, 0);                                                                          \
        TERM(t, type, 1);                                                                          \
        TERM(t, type, 2);                                                                          \
        type d = get_##t(env, slot->d), between = sum, between2 = between + p1, r = between2 + p2; \
        (void)d;                                                                                   \
        if (!good_##t(env, r) || !NORMAL_TERM(t, 0) || !NORMAL_TERM(t, 1) || !NORMAL_TERM(t, 2)) { \
            SLOW(tci_op_fp_##first##_##t);                                                         \
        }                                                                                          \
        put_##t(env, slot->d, r);                                                                  \
        GO(slot + 6);                                                                              \
    }
#define SUMS(X)                                                                                    \
    X(mul, s, float, p0) X(mul, d, double, p0) X(mac, s, float, d + p0) X(mac, d, double, d + p0)
SUMS(SUM2)
SUMS(SUM3)

/* A result, and its product with something else. */
#define PRODUCT_OF(first)                                                                          \
    static TciSlot *product_##first(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                     \
    {                                                                                              \
        unsigned d = slot->d;                                                                      \
        DO_FP(first);                                                                              \
        double x = get_d(env, d), y = get_d(env, slot[2].a ^ slot[2].b ^ d), r = x * y, p = r;     \
        slot += 2;                                                                                 \
        if (!(GOOD_PRODUCT(d))) {                                                                  \
            SLOW(tci_op_fp_mul_d);                                                                 \
        }                                                                                          \
        put_d(env, slot->d, r);                                                                    \
        GO(slot + 2);                                                                              \
    }
#define PRODUCTS(X) X(fp_add_d) X(fp_sub_d) X(fp_mul_d) X(fp_div_d) X(fp_sqrt_d)
PRODUCTS(PRODUCT_OF)

/* -- Finding them -- */

typedef struct Superinstruction {
    TciFn *first, *second, *combined;
} Superinstruction;

/* The rows, the built-in ones first: ROW(handler, the numbers of the two handlers that it stands
 * for); the first of the two may be another row's. */
#define ROW_OF_2(weight, kind, name, kind2, name2)                                                 \
    ROW(super_##kind##_##name##_##kind2##_##name2, OF_##kind(name), OF_##kind2(name2))
#define ROW_OF_3(weight, kind, name, kind2, name2, kind3, name3)                                   \
    ROW(super_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3,                             \
        NUMBER_super_##kind##_##name##_##kind2##_##name2, OF_##kind3(name3))
#define ROW_OF_4(weight, kind, name, kind2, name2, kind3, name3, kind4, name4)                     \
    ROW(super_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3##_##kind4##_##name4,         \
        NUMBER_super_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3, OF_##kind4(name4))
#define ROW_OF_PREDICATED(kind, cond, name)                                                        \
    ROW(predicated_##kind##_##cond##_##name, OF_##kind(cond), NUMBER_##name)
#define ROW_OF_SUM2(first, t, ...)                                                                 \
    ROW(sum2_##first##_##t, NUMBER_fp_##first##_##t, NUMBER_fp_mac_##t)
#define ROW_OF_SUM3(first, t, ...)                                                                 \
    ROW(sum3_##first##_##t, NUMBER_sum2_##first##_##t, NUMBER_fp_mac_##t)
#define ROW_OF_PRODUCT(first) ROW(product_##first, NUMBER_##first, NUMBER_fp_mul_d)
#define ROWS                                                                                       \
    PREDICATED_IF(ROW_OF_PREDICATED)                                                               \
    PREDICATED_CMP(ROW_OF_PREDICATED)                                                              \
    SUMS(ROW_OF_SUM2)                                                                              \
    SUMS(ROW_OF_SUM3)                                                                              \
    PRODUCTS(ROW_OF_PRODUCT)                                                                       \
    SUPERINSTRUCTIONS(ROW_OF_2, ROW_OF_3, ROW_OF_4)

/* Their handlers' numbers follow those of the records' handlers. */
#define ROW(name, ...) NUMBER_##name,
enum { BEFORE_ROWS = HANDLERS - 1, ROWS NUMBERS };
#define COUNT (NUMBERS - HANDLERS)

/* The rows as the program's file has them: numbers take a quarter of the bytes of addresses. */
#undef ROW
#define ROW(name, first, second) name,
static TciFn *const row_handler[] = { ROWS };
#undef ROW
#define ROW(name, first, second) { first, second },
static const uint16_t row_parts[][2] = { ROWS };

/* Where the groups of the rows end that have a condition of their own: see fits(). */
#define COUNT_ROW(...) +1
enum {
    IF_END = PREDICATED_IF(COUNT_ROW),
    CMP_END = IF_END PREDICATED_CMP(COUNT_ROW),
    SUM_END = CMP_END SUMS(COUNT_ROW) SUMS(COUNT_ROW),
    BUILTIN_END = SUM_END PRODUCTS(COUNT_ROW)
};

/* The rows as addresses, from tci_init_superinstructions() on. */
static Superinstruction table[COUNT];

/* For each row of the list: which operand of the second record the record before it defines. */
enum { FROM_NONE, FROM_A, FROM_B };
#define FROM_ALU                                                            FROM_NONE
#define FROM_MEM                                                            FROM_NONE
#define FROM_MULTI                                                          FROM_NONE
#define FROM_NEAR                                                           FROM_NONE
#define FROM_FP                                                             FROM_NONE
#define FROM_JUMP                                                           FROM_NONE
#define FROM_SKIP                                                           FROM_NONE
#define FROM_SKIPIF                                                         FROM_NONE
#define FROM_EXIT                                                           FROM_NONE
#define FROM_PREDICATED                                                     FROM_NONE
#define FROM_ALU_A                                                          FROM_A
#define FROM_ALU_B                                                          FROM_B
#define FROM_MEM_A                                                          FROM_A
#define FROM_MEM_B                                                          FROM_B
#define FROM_JUMP_A                                                         FROM_A
#define FROM_SKIP_A                                                         FROM_A
#define FROM_EXIT_A                                                         FROM_A
#define FROM_EXIT_B                                                         FROM_B
#define FROM2(weight, kind, name, kind2, name2)                             FROM_##kind2,
#define FROM3(weight, kind, name, kind2, name2, kind3, name3)               FROM_##kind3,
#define FROM4(weight, kind, name, kind2, name2, kind3, name3, kind4, name4) FROM_##kind4,
/* The last element keeps the array from being empty. */
static const uint8_t from[] = { SUPERINSTRUCTIONS(FROM2, FROM3, FROM4) FROM_NONE };

#define SLOTS_BITS 14 /* so that most searches end at the first bucket */
#define BUCKETS    (1u << SLOTS_BITS)

static uint16_t buckets[BUCKETS]; /* row of the table + 1, hashed by its two handlers */
static bool builtin_first[256];   /* by starts_builtin() */

static unsigned bucket_of(TciFn *first, TciFn *second)
{
    uint64_t h = (uint64_t)(uintptr_t)first * 3 + (uintptr_t)second;
    return (unsigned)(h * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOTS_BITS));
}

static bool *starts_builtin(TciFn *first)
{
    return &builtin_first[(uintptr_t)first >> 4 & 255];
}

static bool is_builtin(unsigned i)
{
    return i < BUILTIN_END;
}

static TciFn *handler(unsigned number)
{
    return number < HANDLERS ? tci_handlers[number] : row_handler[number - HANDLERS];
}

static void enter(unsigned i)
{
    unsigned at = bucket_of(table[i].first, table[i].second);
    while (buckets[at]) {
        at = (at + 1) % BUCKETS;
    }
    buckets[at] = (uint16_t)(i + 1);
    *starts_builtin(table[i].first) |= is_builtin(i);
}

void tci_init_superinstructions(void)
{
    _Static_assert(COUNT < BUCKETS / 2, "the search must come to an empty bucket");
    if (table[0].combined) {
        return;
    }
    for (unsigned i = 0; i < COUNT; i++) {
        table[i] = (Superinstruction){ handler(row_parts[i][0]), handler(row_parts[i][1]),
                                       row_handler[i] };
    }
    /* Of two with the same handlers, the one that knows where an operand comes from is found
     * first. */
    for (unsigned i = 0; i < COUNT; i++) {
        if (is_builtin(i) || from[i - BUILTIN_END] != FROM_NONE) {
            enter(i);
        }
    }
    for (unsigned i = BUILTIN_END; i < COUNT; i++) {
        if (from[i - BUILTIN_END] == FROM_NONE) {
            enter(i);
        }
    }
}

/* Whether two records meet the condition of row i, a built-in one. */
static bool fits_builtin(unsigned i, const TciSlot *first, const TciSlot *second)
{
    if (i < CMP_END) { /* the second alone is skipped */
        return first + (i < IF_END ? first->imm : first->c) == second + 1;
    }
    if (i < SUM_END) { /* one sum */
        return first->d == second->d && second->a != first->d && second->b != first->d;
    }
    /* it is one of two factors */
    return (second->a == first->d) != (second->b == first->d);
}

/* The same for a row of the list; `prev` is the record before the second. */
static bool fits(unsigned i, const TciSlot *prev, const TciSlot *second)
{
    switch (from[i - BUILTIN_END]) {
    case FROM_A: return second->a == prev->d;
    case FROM_B: return second->b == prev->d;
    default: return true;
    }
}

/* The first row with these two handlers from bucket *at on, which is moved past it; COUNT: none. */
static inline unsigned next_candidate(unsigned *at, TciFn *first, TciFn *second)
{
    while (buckets[*at]) {
        unsigned i = buckets[*at] - 1u;
        *at = (*at + 1) % BUCKETS;
        if (table[i].first == first && table[i].second == second) {
            return i;
        }
    }
    return COUNT;
}

/* Makes `first` the superinstruction of what it does already and of the second record, if there is
 * one. `prev` is the record before the second. */
static inline bool join(TciSlot *first, const TciSlot *prev, const TciSlot *second, bool builtin)
{
    unsigned at = bucket_of(first->fn, second->fn), i;
    while ((i = next_candidate(&at, first->fn, second->fn)) < COUNT) {
        if (is_builtin(i) == builtin &&
            (builtin ? fits_builtin(i, first, second) : fits(i, prev, second))) {
            first->fn = table[i].combined;
            return true;
        }
    }
    return false;
}

void tci_combine(TciSlot *code, const uint16_t *records, unsigned count)
{
    /* Each record joins those before it while it can. A built-in superinstruction saves more than a
     * dispatch, so a record first takes what follows it into one. */
    const uint16_t *r = records, *last = records + count;
    TciSlot *first = NULL, *prev = NULL;
    while (r < last) {
        TciSlot *slot = &code[*r++];
        while (*starts_builtin(slot->fn) && r < last && join(slot, slot, &code[*r], true)) {
            r++;
        }
        if (!first || !join(first, prev, slot, false)) {
            first = slot;
        }
        prev = slot;
    }
#if defined(TCI_PROFILE)
    tci_profile_block(code, records, count);
#endif
}

bool tci_parts(TciFn *combined, TciFn **first, TciFn **second)
{
    for (unsigned i = 0; i < COUNT; i++) {
        if (table[i].combined == combined) {
            *first = table[i].first;
            *second = table[i].second;
            return true;
        }
    }
    return false;
}
