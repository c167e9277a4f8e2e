/* SPDX-License-Identifier: MIT */
/* The engine's calling convention, on one page.
 *
 * A block is an array of slots of 16 bytes. A record is one slot or two: a handler and its
 * operands, extracted once. Every handler, slow paths included, has the signature TciFn. It does
 * its work and goes to the next record; how it does that is the dispatch, one of three. The bodies
 * are the same: only GO() differs. */
/* clang-format off */
/*
 *   tail    The handler calls the next one as its last act, which compilers turn into a jump. env,
 *           slot and tlb stay in argument registers, and a hot handler has no prologue.
 *   loop    The handler returns the next record, and tci_run() calls that one's. Works at any
 *           optimisation level, under sanitizers, and in WebAssembly.
 *   switch  As loop, but most handlers are cases of one switch (tci/switch.c): the form that
 *           JavaScript engines compile best.
 */
/* clang-format on */
#ifndef TCI_SLOT_H
#define TCI_SLOT_H

#include "tci/tci.h"

typedef union TciSlot TciSlot;
typedef TciSlot *TciFn(TciEnv *env, TciSlot *slot, TlbEntry *tlb);

union TciSlot {
    struct {
        TciFn *fn;
        uint8_t d, a, b, c; /* temps, or small numbers where a handler says so */
        uint32_t imm;
#if defined(TCI_DISPATCH_SWITCH)
        uint16_t number; /* the handler's (handlers.h); 0: it has none */
#endif
#if defined(TCI_PROFILE)
        uint32_t unit; /* where profile.c counts it */
#endif
    };
    struct {             /* second slot of an exit to a known pc */
        TciSlot *target; /* where to go on: the block, or until that is known a `link` record */
        uint32_t pc;
        uint32_t generation; /* for a target on another page: env->generation when it was found */
    };
    struct { /* second slot of a call */
        TCGHelper *helper;
        const char *helper_name;
    };
    const uint8_t *bytes; /* second slot of a load from the block's own page */
    struct {              /* a `link` record */
        TciFn *link_fn;
        TciSlot *exit; /* the exit to be linked */
    };
    struct { /* a `count` record */
        TciFn *count_fn;
        TciCovered *counted;
    };
    uint8_t list[16]; /* second slot of a load or store multiple: temps */
};

/* GO: to a record, an expression without side effects (it is evaluated twice, because gcc makes the
 * better code of that); GO_MODE: the same where the mode may have changed, or where finding the
 * record does something. */
#if defined(TCI_DISPATCH_TAIL)
#define GO(next)                                                                                   \
    do {                                                                                           \
        TciFn *fn_ = (next)->fn;                                                                   \
        (void)slot, (void)tlb;                                                                     \
        return fn_(env, (next), tlb);                                                              \
    } while (0)
#define GO_MODE(next)                                                                              \
    do {                                                                                           \
        (void)tlb;                                                                                 \
        slot = (next);                                                                             \
        return slot->fn(env, slot, env->tlb);                                                      \
    } while (0)
#elif defined(TCI_DISPATCH_LOOP) || defined(TCI_DISPATCH_SWITCH)
#define GO(next)                                                                                   \
    do {                                                                                           \
        (void)env, (void)slot, (void)tlb;                                                          \
        return (next);                                                                             \
    } while (0)
#define GO_MODE(next) GO(next)
#else
#error "define TCI_DISPATCH_TAIL, TCI_DISPATCH_LOOP or TCI_DISPATCH_SWITCH"
#endif

/* The definition of a handler that is in the lists of its file. With switch dispatch that is a body
 * for the switch, and the handler's address is just what tells it from the others. */
#if defined(TCI_DISPATCH_SWITCH)
#define HANDLER(name)                                                                              \
    static inline TciSlot *in_switch_##name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)
#else
#define HANDLER(name) TciSlot *name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)
#endif

/* Go to another handler, a slow path, for the same record. */
#define SLOW(handler) return handler(env, slot, tlb)

/* Operands. */
#define RD  env->r[slot->d]
#define RA  env->r[slot->a]
#define RB  env->r[slot->b]
#define RC  env->r[slot->c]
#define IMM slot->imm

/* The record that ends a run: its handler returns NULL. */
extern TciSlot tci_leave[1];

#endif
