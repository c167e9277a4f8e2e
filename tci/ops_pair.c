/* SPDX-License-Identifier: MIT */
/* Pairs: two records that often stand in a row, executed by one handler.
 *
 * Both records stay as they are, only the first one's handler is the pair's: a branch may still
 * lead to the second, and where the first must take its slow path, or the second cannot be done
 * along with it, the records' own handlers take over. What stands in the list was counted in
 * programs, see `make PROFILE=1`. */
#include "tci/block.h"
#include "tci/ops_alu.h"
#include "tci/ops_flow.h"
#include "tci/ops_mem.h"

/* How to do a record of each kind as a part; units are what it takes up. */
#define DO_ALU(name) name##_body(env, op)
#define DO_MEM(name)                                                                               \
    do {                                                                                           \
        if (!name##_body(env, op, tlb)) {                                                          \
            SLOW(tci_slow_##name);                                                                 \
        }                                                                                          \
    } while (0)
#define DO_SKIP(name)                                                                              \
    do {                                                                                           \
        if (name##_taken(env, op)) {                                                               \
            GO(op + op->c);                                                                        \
        }                                                                                          \
    } while (0)
#define DO_SKIPIF(name)                                                                            \
    do {                                                                                           \
        if (if_##name##_taken(env, op)) {                                                          \
            GO(op + IMM);                                                                          \
        }                                                                                          \
    } while (0)
#define DO_EXIT(name)                                                                              \
    do {                                                                                           \
        if (name##_taken(env, op)) {                                                               \
            TAKE_EXIT();                                                                           \
        }                                                                                          \
    } while (0)
#define OF_ALU(name)    tci_op_##name
#define OF_MEM(name)    tci_op_##name
#define OF_SKIP(name)   tci_op_skip_##name
#define OF_SKIPIF(name) tci_op_skip_##name
#define OF_EXIT(name)   tci_op_exit_##name
enum { UNITS_ALU = 1, UNITS_MEM = 1, UNITS_SKIP = 1, UNITS_SKIPIF = 1, UNITS_EXIT = 2 };

/* clang-format off */
/* X(kind and name of the first, kind and name of the second) */
#define WITH_EXITS(X, kind, name)                                                                  \
    X(kind, name, EXIT, cmp_ri_EQ) X(kind, name, EXIT, cmp_ri_NE)                                  \
    X(kind, name, EXIT, cmp_rr_EQ) X(kind, name, EXIT, cmp_rr_NE)                                  \
    X(kind, name, EXIT, if_EQ) X(kind, name, EXIT, if_NE)
#define WITH_SIMPLE(X, kind, name)                                                                 \
    X(kind, name, ALU, mov_rr) X(kind, name, ALU, mov_ri) X(kind, name, ALU, add_ri)               \
    X(kind, name, ALU, add_rr) X(kind, name, ALU, sub_ri) X(kind, name, ALU, and_ri)
#define WITH_MEMORY(X, kind, name)                                                                 \
    X(kind, name, MEM, ld32_imm) X(kind, name, MEM, st32_imm) X(kind, name, MEM, ld8u_imm)
#define PAIRS(X)                                                                                   \
    WITH_SIMPLE(X, ALU, mov_rr) WITH_MEMORY(X, ALU, mov_rr) WITH_EXITS(X, ALU, mov_rr)             \
    WITH_SIMPLE(X, ALU, mov_ri) WITH_MEMORY(X, ALU, mov_ri)                                        \
    WITH_SIMPLE(X, ALU, add_ri) WITH_MEMORY(X, ALU, add_ri) WITH_EXITS(X, ALU, add_ri)             \
    WITH_SIMPLE(X, ALU, add_rr) WITH_MEMORY(X, ALU, add_rr) WITH_EXITS(X, ALU, add_rr)             \
    WITH_SIMPLE(X, ALU, sub_ri) WITH_MEMORY(X, ALU, sub_ri) WITH_EXITS(X, ALU, sub_ri)             \
    WITH_SIMPLE(X, ALU, and_ri) WITH_EXITS(X, ALU, and_ri)                                         \
    WITH_SIMPLE(X, ALU, add_rr_shl) WITH_MEMORY(X, ALU, add_rr_shl)                                \
    WITH_SIMPLE(X, ALU, move2)                                                                     \
    WITH_SIMPLE(X, MEM, ld32_imm) WITH_EXITS(X, MEM, ld32_imm)                                     \
    WITH_SIMPLE(X, MEM, st32_imm) WITH_EXITS(X, MEM, st32_imm)                                     \
    WITH_SIMPLE(X, MEM, ld8u_imm) WITH_EXITS(X, MEM, ld8u_imm)                                     \
    WITH_EXITS(X, MEM, ld8u_post)                                                                  \
    X(MEM, ld8u_post, MEM, ld8u_post)                                                              \
    X(MEM, ld32_imm, MEM, ld32_shl) X(MEM, ld32_imm, MEM, st32_imm)                                \
    X(MEM, st32_imm, MEM, ld32_imm) X(MEM, ld32_shl, ALU, add_rr)                                  \
    X(ALU, and_rr, EXIT, sub_ri_NE) X(ALU, xor_ri, EXIT, sub_ri_NE) X(ALU, xor_ri, ALU, xor_ri)    \
    X(ALU, move2, ALU, move2) X(ALU, shl_ri, ALU, add_ri) X(ALU, and_ri, ALU, shr_ri)              \
    X(ALU, add_rr, ALU, and_rr) X(ALU, add_ri, ALU, add_rr_shl) X(ALU, add_rr_shl, ALU, add_rr_shl) \
    X(ALU, sub_ri_f, SKIPIF, CC) X(ALU, shr_ri, SKIP, cmp_ri_EQ) X(ALU, add_ri, SKIP, cmp_ri_HI)    \
    X(ALU, sub_rr_f, ALU, sbc_rr_f) X(ALU, sbc_rr_f, SKIPIF, CC) X(ALU, shr_ri_c, ALU, rrx_rr)     \
    X(ALU, or_rr_shr, ALU, shl_ri) X(ALU, sub_rr, ALU, mov_rr) X(ALU, shl_ri, ALU, or_rr_shr)      \
    X(ALU, ext16s_rr, ALU, ext16s_rr) X(ALU, ext16s_rr, ALU, mul_rr)                               \
    X(ALU, and_ri, ALU, sub_rr) X(ALU, sub_rr, MEM, st32_imm)
/* clang-format on */

#define PAIR(kind, name, kind2, name2)                                                             \
    static TciOp *pair_##name##_##kind2##_##name2(TciEnv *env, TciOp *op, TlbEntry *tlb)           \
    {                                                                                              \
        DO_##kind(name);                                                                           \
        op += UNITS_##kind;                                                                        \
        DO_##kind2(name2);                                                                         \
        GO(op + UNITS_##kind2);                                                                    \
    }
PAIRS(PAIR)

/* Two loads or stores by one base register, mostly of one page: it is looked up once. If the second
 * is not on the first one's page, it goes alone. */
#define SAME_PAGE(name, tag, size, units, transfer)                                                \
    static TciOp *pair_##name##_##name(TciEnv *env, TciOp *op, TlbEntry *tlb)                      \
    {                                                                                              \
        uint32_t va = RA + IMM;                                                                    \
        const TlbEntry *e = PROBE(tlb, va);                                                        \
        if (!HIT(e->tag, va, size)) {                                                              \
            SLOW(tci_slow_##name);                                                                 \
        }                                                                                          \
        transfer;                                                                                  \
        op += units;                                                                               \
        va = RA + IMM;                                                                             \
        if (!HIT(e->tag, va, size)) {                                                              \
            GO(op);                                                                                \
        }                                                                                          \
        transfer;                                                                                  \
        GO(op + units);                                                                            \
    }
SAME_PAGE(ld32_imm, read, 4u, 1, RD = ld32_p(HOST(e, va)))
SAME_PAGE(st32_imm, write, 4u, 1, st32_p(HOST(e, va), RD))

/* -- Finding them -- */

typedef struct Pair {
    TciFn *first, *second, *both;
} Pair;

#define ROW(kind, name, kind2, name2)                                                              \
    { OF_##kind(name), OF_##kind2(name2), pair_##name##_##kind2##_##name2 },
#define SAME_PAGE_ROW(name) { tci_op_##name, tci_op_##name, pair_##name##_##name },
static const Pair pairs[] = { SAME_PAGE_ROW(ld32_imm)
                                  SAME_PAGE_ROW(st32_imm) /* of one base: see tci_pair() */
                              PAIRS(ROW) };
#define SAME_PAGE_PAIRS 2

#define COUNT      (sizeof pairs / sizeof pairs[0])
#define SLOTS_BITS 10
#define SLOTS      (1u << SLOTS_BITS)

static uint16_t slots[SLOTS]; /* number of a pair + 1, hashed by its two handlers */

static unsigned slot_of(TciFn *first, TciFn *second)
{
    uint64_t h = (uint64_t)(uintptr_t)first * 3 + (uintptr_t)second;
    return (unsigned)(h * UINT64_C(0x9e3779b97f4a7c15) >> (64 - SLOTS_BITS));
}

void tci_init_pairs(void)
{
    _Static_assert(COUNT < SLOTS / 2, "the search must come to an empty slot");
    if (slots[slot_of(pairs[0].first, pairs[0].second)]) {
        return;
    }
    for (unsigned i = 0; i < COUNT; i++) {
        unsigned at = slot_of(pairs[i].first, pairs[i].second);
        while (slots[at]) {
            at = (at + 1) % SLOTS;
        }
        slots[at] = (uint16_t)(i + 1);
    }
}

void tci_pair(TciOp *first, const TciOp *second)
{
    for (unsigned at = slot_of(first->fn, second->fn); slots[at]; at = (at + 1) % SLOTS) {
        const Pair *p = &pairs[slots[at] - 1];
        if (p->first == first->fn && p->second == second->fn) {
            if (p >= pairs + SAME_PAGE_PAIRS || (first->a == second->a && first->a != first->d)) {
                first->fn = p->both;
            }
            return;
        }
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
