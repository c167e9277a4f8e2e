/* SPDX-License-Identifier: MIT */
/* Pairs: two records that often stand in a row, executed by one handler; and rows of three and
 * four, which are pairs of a shorter row and one more record.
 *
 * All records stay as they are, only the first one's handler is the row's: a branch may still lead
 * to the others, and where one must take its slow path, or cannot be done along with those before
 * it, the records' own handlers take over. What stands in the lists was counted in programs, see
 * `make PROFILE=1`. */
#include "tci/block.h"
#include "tci/ops_alu.h"
#include "tci/ops_flow.h"
#include "tci/ops_fp.h"
#include "tci/ops_mem.h"
#include "tci/superinstructions.h"

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
#define DO_SELECT(name) select_##name##_body(env, slot)
#define DO_SKIPIF(cond) /* on the flags */                                                         \
    do {                                                                                           \
        if (if_##cond##_taken(env, slot)) {                                                        \
            GO(slot + IMM);                                                                        \
        }                                                                                          \
    } while (0)
#define DO_JUMP(name)              DO_##name()
#define DO_goto_tb()               TAKE_EXIT()
#define DO_goto_tb_cross()         TAKE_EXIT_CROSS()
#define DO_goto_ptr()              GOTO_PTR(RA)
#define DO_goto_ptr_arm()          GOTO_PTR_ARM(RA)
#define DO_goto_ptr_thumb()        GOTO_PTR_THUMB(RA)
#define DO_JUMP_A(name)            FROM_PREV_##name()
#define FROM_PREV_goto_ptr()       GOTO_PTR(env->r[prev])
#define FROM_PREV_goto_ptr_arm()   GOTO_PTR_ARM(env->r[prev])
#define FROM_PREV_goto_ptr_thumb() GOTO_PTR_THUMB(env->r[prev])
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

#define OF_ALU(name)       tci_op_##name
#define OF_MEM(name)       tci_op_##name
#define OF_MULTI(name)     tci_op_##name
#define OF_NEAR(name)      tci_op_##name
#define OF_FP(name)        tci_op_##name
#define OF_JUMP(name)      tci_op_##name
#define OF_SKIP(name)      tci_op_skip_##name
#define OF_SKIPIF(name)    tci_op_skip_##name
#define OF_EXIT(name)      tci_op_exit_##name
#define OF_ALU_A(name)     tci_op_##name
#define OF_ALU_B(name)     tci_op_##name
#define OF_MEM_A(name)     tci_op_##name
#define OF_MEM_B(name)     tci_op_##name
#define OF_JUMP_A(name)    tci_op_##name
#define OF_SKIP_A(name)    tci_op_skip_##name
#define OF_EXIT_A(name)    tci_op_exit_##name
#define OF_EXIT_B(name)    tci_op_exit_##name
#define OF_SELECT(name)    select_##name
#define SLOTS_ALU(name)    1
#define SLOTS_MEM(name)    1
#define SLOTS_MULTI(name)  2
#define SLOTS_NEAR(name)   2
#define SLOTS_FP(name)     2
#define SLOTS_SKIP(name)   1
#define SLOTS_SKIPIF(name) 1
#define SLOTS_EXIT(name)   2
#define SLOTS_JUMP(name)   2 /* never got past */
#define SLOTS_ALU_A(name)  1
#define SLOTS_ALU_B(name)  1
#define SLOTS_MEM_A(name)  1
#define SLOTS_MEM_B(name)  1
#define SLOTS_JUMP_A(name) 2
#define SLOTS_SKIP_A(name) 1
#define SLOTS_EXIT_A(name) 2
#define SLOTS_EXIT_B(name) 2
#define SLOTS_SELECT(name) 2

/* clang-format off */
#define SELECTS_OF(X, cond)                                                                        \
    X(SKIPIF, cond, mov_ri) X(SKIPIF, cond, mov_rr) X(SKIPIF, cond, add_ri)                        \
    X(SKIPIF, cond, sub_ri) X(SKIPIF, cond, or_ri)
#define SELECTS_ON(X, name)                                                                        \
    X(SKIP, name, mov_ri) X(SKIP, name, mov_rr) X(SKIP, name, add_ri) X(SKIP, name, xor_ri)
#define SELECTS_IF(X)                                                                              \
    SELECTS_OF(X, EQ) SELECTS_OF(X, NE) SELECTS_OF(X, CS) SELECTS_OF(X, CC) SELECTS_OF(X, MI)      \
    SELECTS_OF(X, PL) SELECTS_OF(X, HI) SELECTS_OF(X, LS) SELECTS_OF(X, GE) SELECTS_OF(X, LT)      \
    SELECTS_OF(X, GT) SELECTS_OF(X, LE)
#define SELECTS_CMP(X)                                                                             \
    SELECTS_ON(X, cmp_ri_EQ) SELECTS_ON(X, cmp_ri_NE) SELECTS_ON(X, cmp_ri_only_EQ)                \
    SELECTS_ON(X, cmp_ri_only_NE) SELECTS_ON(X, cmp_rr_only_CC) SELECTS_ON(X, cmp_rr_only_CS)      \
    SELECTS_ON(X, cmp_rr_only_HI) SELECTS_ON(X, cmp_rr_only_LS) SELECTS_ON(X, tst_ri_only_EQ)      \
    SELECTS_ON(X, tst_ri_only_NE) SELECTS_ON(X, cmp_rr_only_GE) SELECTS_ON(X, cmp_rr_only_LE)
/* clang-format on */

/* A conditional instruction of one record without a branch, which hosts would often mispredict. */
#define SELECT(kind, cond, name)                                                                   \
    static inline void select_##kind##_##cond##_##name##_body(TciEnv *env, TciSlot *slot)          \
    {                                                                                              \
        bool skipped = IS_##kind(cond);                                                            \
        uint32_t *d = &env->r[slot[1].d], old = *d;                                                \
        name##_body(env, slot + 1);                                                                \
        *d = skipped ? old : *d;                                                                   \
    }                                                                                              \
    static TciSlot *select_##kind##_##cond##_##name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)     \
    {                                                                                              \
        DO_SELECT(kind##_##cond##_##name);                                                         \
        GO(slot + SLOTS_SELECT(name));                                                             \
    }
#define IS_SKIPIF(cond) if_##cond##_taken(env, slot)
#define IS_SKIP(name)   name##_taken(env, slot)
SELECTS_IF(SELECT)
SELECTS_CMP(SELECT)

/* A row's parts in their order, in its handler. */
#define PART(kind, name)                                                                           \
    DO_##kind(name);                                                                               \
    slot += SLOTS_##kind(name);
#define LAST(kind, name)                                                                           \
    DO_##kind(name);                                                                               \
    (void)prev;                                                                                    \
    GO(slot + SLOTS_##kind(name));
#define ROW(name, parts)                                                                           \
    static TciSlot *name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                                \
    {                                                                                              \
        uint8_t prev = 0;                                                                          \
        parts                                                                                      \
    }
#define PAIR(kind, name, kind2, name2)                                                             \
    ROW(pair_##kind##_##name##_##kind2##_##name2, PART(kind, name) LAST(kind2, name2))
PAIRS_FROM(PAIR)
PAIRS(PAIR)

#define ROW3(kind, name, kind2, name2, kind3, name3)                                               \
    ROW(row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3,                               \
        PART(kind, name) PART(kind2, name2) LAST(kind3, name3))
ROWS3(ROW3)

#define ROW4(kind, name, kind2, name2, kind3, name3, kind4, name4)                                 \
    ROW(row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3##_##kind4##_##name4,           \
        PART(kind, name) PART(kind2, name2) PART(kind3, name3) LAST(kind4, name4))
ROWS4(ROW4)

/* A product that is summed up, and another that comes to the same sum: it need not go through
 * memory, and that it is finite in between is seen at the end. */
#define TERM(t, type, n)                                                                           \
    type x##n = get_##t(env, slot[(n) + (n)].a), y##n = get_##t(env, slot[(n) + (n)].b),           \
         p##n = x##n * y##n
#define NORMAL_TERM(t, n) NORMAL_PRODUCT(t, p##n, x##n, y##n)
#define CHAIN(first, t, type, sum)                                                                 \
    static TciSlot *chain_##first##_##t(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                 \
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
#define CHAIN3(first, t, type, sum)                                                                \
    static TciSlot *chain3_##first##_##t(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                \
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
#define CHAINS(X)                                                                                  \
    X(mul, s, float, p0) X(mul, d, double, p0) X(mac, s, float, d + p0) X(mac, d, double, d + p0)
CHAINS(CHAIN)
CHAINS(CHAIN3)

/* A result, and its product with something else. */
#define FACTOR(first)                                                                              \
    static TciSlot *factor_##first(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                      \
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
#define FACTORS(X) X(fp_add_d) X(fp_sub_d) X(fp_mul_d) X(fp_div_d) X(fp_sqrt_d)
FACTORS(FACTOR)

/* -- Finding them -- */

typedef struct Pair {
    TciFn *first, *second, *both;
} Pair;

#define PAIR_ROW(kind, name, kind2, name2)                                                         \
    { OF_##kind(name), OF_##kind2(name2), pair_##kind##_##name##_##kind2##_##name2 },
#define ROW3_ROW(kind, name, kind2, name2, kind3, name3)                                           \
    { pair_##kind##_##name##_##kind2##_##name2, OF_##kind3(name3),                                 \
      row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3 },
#define ROW4_ROW(kind, name, kind2, name2, kind3, name3, kind4, name4)                             \
    { row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3, OF_##kind4(name4),              \
      row_##kind##_##name##_##kind2##_##name2##_##kind3##_##name3##_##kind4##_##name4 },
#define SELECT_ROW(kind, cond, name)                                                               \
    { OF_##kind(cond), tci_op_##name, select_##kind##_##cond##_##name },
#define CHAIN_ROW(first, t, ...)                                                                   \
    { tci_op_fp_##first##_##t, tci_op_fp_mac_##t, chain_##first##_##t },
#define CHAIN3_ROW(first, t, ...) { chain_##first##_##t, tci_op_fp_mac_##t, chain3_##first##_##t },
#define FACTOR_ROW(first)         { tci_op_##first, tci_op_fp_mul_d, factor_##first },
#define COUNT_ROW(...)            +1
/* Where the groups of the table end that have a condition of their own: see fits(). */
enum {
    IF_PAIRS = SELECTS_IF(COUNT_ROW),
    CMP_PAIRS = IF_PAIRS SELECTS_CMP(COUNT_ROW),
    CHAIN_PAIRS = CMP_PAIRS CHAINS(COUNT_ROW) CHAINS(COUNT_ROW),
    FACTOR_PAIRS = CHAIN_PAIRS FACTORS(COUNT_ROW)
};
static const Pair pairs[] = { SELECTS_IF(SELECT_ROW) SELECTS_CMP(SELECT_ROW) CHAINS(CHAIN_ROW)
                                  CHAINS(CHAIN3_ROW) FACTORS(FACTOR_ROW) PAIRS_FROM(PAIR_ROW)
                                      PAIRS(PAIR_ROW) ROWS3(ROW3_ROW) ROWS4(ROW4_ROW) };

/* For each pair behind FACTOR_PAIRS: which operand of the second record the one before it gives. */
enum { FROM_NONE, FROM_A, FROM_B };
#define FROM_ALU                                                    FROM_NONE
#define FROM_MEM                                                    FROM_NONE
#define FROM_MULTI                                                  FROM_NONE
#define FROM_NEAR                                                   FROM_NONE
#define FROM_FP                                                     FROM_NONE
#define FROM_JUMP                                                   FROM_NONE
#define FROM_SKIP                                                   FROM_NONE
#define FROM_SKIPIF                                                 FROM_NONE
#define FROM_EXIT                                                   FROM_NONE
#define FROM_SELECT                                                 FROM_NONE
#define FROM_ALU_A                                                  FROM_A
#define FROM_ALU_B                                                  FROM_B
#define FROM_MEM_A                                                  FROM_A
#define FROM_MEM_B                                                  FROM_B
#define FROM_JUMP_A                                                 FROM_A
#define FROM_SKIP_A                                                 FROM_A
#define FROM_EXIT_A                                                 FROM_A
#define FROM_EXIT_B                                                 FROM_B
#define FROM(kind, name, kind2, name2)                              FROM_##kind2,
#define FROM3(kind, name, kind2, name2, kind3, name3)               FROM_##kind3,
#define FROM4(kind, name, kind2, name2, kind3, name3, kind4, name4) FROM_##kind4,
static const uint8_t from[] = { PAIRS_FROM(FROM) PAIRS(FROM) ROWS3(FROM3) ROWS4(FROM4) };

#define COUNT      (sizeof pairs / sizeof pairs[0])
#define SLOTS_BITS 12
#define BUCKETS    (1u << SLOTS_BITS)

static uint16_t buckets[BUCKETS]; /* number of a pair + 1, hashed by its two handlers */
static bool special_first[256];   /* by starts_special() */

static unsigned bucket_of(TciFn *first, TciFn *second)
{
    uint64_t h = (uint64_t)(uintptr_t)first * 3 + (uintptr_t)second;
    return (unsigned)(h * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOTS_BITS));
}

static bool *starts_special(TciFn *first)
{
    return &special_first[(uintptr_t)first >> 4 & 255];
}

static bool is_special(unsigned i)
{
    return i < FACTOR_PAIRS;
}

void tci_init_pairs(void)
{
    _Static_assert(COUNT < BUCKETS / 2, "the search must come to an empty bucket");
    if (buckets[bucket_of(pairs[0].first, pairs[0].second)]) {
        return;
    }
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned at = bucket_of(pairs[i].first, pairs[i].second);
        while (buckets[at]) {
            at = (at + 1) % BUCKETS;
        }
        buckets[at] = (uint16_t)(i + 1);
        *starts_special(pairs[i].first) |= is_special(i);
    }
}

/* Whether what pair i, a special one, asks for besides its two records is so. */
static bool fits_special(unsigned i, const TciSlot *first, const TciSlot *second)
{
    if (i < CMP_PAIRS) { /* the second alone is skipped */
        return first + (i < IF_PAIRS ? first->imm : first->c) == second + 1;
    }
    if (i < CHAIN_PAIRS) { /* one sum */
        return first->d == second->d && second->a != first->d && second->b != first->d;
    }
    /* it is one of two factors */
    return (second->a == first->d) != (second->b == first->d);
}

/* The same for the others; `prev` stands before the second. */
static bool fits(unsigned i, const TciSlot *prev, const TciSlot *second)
{
    switch (from[i - FACTOR_PAIRS]) {
    case FROM_A: return second->a == prev->d;
    case FROM_B: return second->b == prev->d;
    default: return true;
    }
}

/* The first pair of two handlers from bucket *at on, which is stepped behind it; COUNT: none. */
static inline unsigned next_pair(unsigned *at, TciFn *first, TciFn *second)
{
    while (buckets[*at]) {
        unsigned i = buckets[*at] - 1u;
        *at = (*at + 1) % BUCKETS;
        if (pairs[i].first == first && pairs[i].second == second) {
            return i;
        }
    }
    return COUNT;
}

/* If there is a pair, special or not, of what the first one's handler executes and the second
 * record, the first one gets its handler. `prev` stands before the second. Returns whether it has.
 */
static inline bool join(TciSlot *first, const TciSlot *prev, const TciSlot *second, bool special)
{
    unsigned at = bucket_of(first->fn, second->fn), i;
    while ((i = next_pair(&at, first->fn, second->fn)) < COUNT) {
        if (is_special(i) == special &&
            (special ? fits_special(i, first, second) : fits(i, prev, second))) {
            first->fn = pairs[i].both;
            return true;
        }
    }
    return false;
}

void tci_pair(TciSlot *code, const uint16_t *records, unsigned count)
{
    /* Each record is joined to those before it while it can. Before that it gets those behind it
     * with which it saves more than the way from one record to the next; what they take up is no
     * record any more. */
    const uint16_t *r = records, *behind = records + count;
    TciSlot *first = NULL, *prev = NULL;
    while (r < behind) {
        TciSlot *slot = &code[*r++];
        while (*starts_special(slot->fn) && r < behind && join(slot, slot, &code[*r], true)) {
            r++;
        }
        if (!first || !join(first, prev, slot, false)) {
            first = slot;
        }
        prev = slot;
    }
}

bool tci_unpair(TciFn *both, TciFn **first, TciFn **second)
{
    for (unsigned i = 0; i < COUNT; i++) {
        if (pairs[i].both == both) {
            *first = pairs[i].first;
            *second = pairs[i].second;
            return true;
        }
    }
    return false;
}
