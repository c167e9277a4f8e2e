/* SPDX-License-Identifier: MIT */
/* The engine's calling convention, on one page.
 *
 * A block is an array of records. A record is one or two units of TciOp: a handler and its
 * operands, extracted once. Every handler, slow paths included, has the signature TciFn: it does
 * its work and goes to the next record.
 *
 *   tail dispatch: it calls the next handler as its last act, which compilers turn into a jump:
 * env, op and tlb stay in argument registers, and a hot handler has no prologue; loop dispatch: it
 * returns the next record, and tci_run() calls it: plain at any optimisation level, under
 *                  sanitizers, and in WebAssembly.
 *
 *   switch dispatch: it does the same, but most handlers are cases of one switch (tci/switch.c),
 * where a compiler, and the one of a JavaScript engine most of all, makes more of them.
 *
 * All are made of the same bodies: only GO() differs. */
#ifndef TCI_RECORD_H
#define TCI_RECORD_H

#include "tci/tci.h"

typedef union TciOp TciOp;
typedef TciOp *TciFn(TciEnv *env, TciOp *op, TlbEntry *tlb);

union TciOp {
    struct {
        TciFn *fn;
        uint8_t d, a, b, c; /* temps, or small numbers where a handler says so */
        uint32_t imm;
#if defined(TCI_DISPATCH_SWITCH)
        uint16_t number; /* the handler's in the switch; 0: it is not there */
#endif
    };
    struct {           /* second unit of an exit to a known pc */
        TciOp *target; /* where to go on: the block, or until that is known a `link` record */
        uint32_t pc;
        uint32_t generation; /* for a target on another page: env->generation when it was found */
    };
    struct { /* second unit of a call */
        TCGHelper *helper;
        const char *helper_name;
    };
    const uint8_t *bytes; /* second unit of a load from the block's own page */
    struct {              /* a `link` record */
        TciFn *link_fn;
        TciOp *exit; /* the exit to be linked */
    };
    uint8_t list[16]; /* second unit of a load or store multiple: temps */
};

/* GO: to a record, an expression without side effects (it is evaluated twice, because gcc makes the
 * better code of that); GO_MODE: the same where the mode may have changed, or where finding the
 * record does something. */
#if defined(TCI_DISPATCH_TAIL)
#define GO(next)                                                                                   \
    do {                                                                                           \
        TciFn *fn_ = (next)->fn;                                                                   \
        (void)op, (void)tlb;                                                                       \
        return fn_(env, (next), tlb);                                                              \
    } while (0)
#define GO_MODE(next)                                                                              \
    do {                                                                                           \
        (void)tlb;                                                                                 \
        op = (next);                                                                               \
        return op->fn(env, op, env->tlb);                                                          \
    } while (0)
#elif defined(TCI_DISPATCH_LOOP) || defined(TCI_DISPATCH_SWITCH)
#define GO(next)                                                                                   \
    do {                                                                                           \
        (void)env, (void)op, (void)tlb;                                                            \
        return (next);                                                                             \
    } while (0)
#define GO_MODE(next) GO(next)
#else
#error "define TCI_DISPATCH_TAIL, TCI_DISPATCH_LOOP or TCI_DISPATCH_SWITCH"
#endif

/* The definition of a handler that is in the lists of its file. With switch dispatch that is a body
 * for the switch, and the handler's address is just what tells it from the others. */
#if defined(TCI_DISPATCH_SWITCH)
#define HANDLER(name) static inline TciOp *in_switch_##name(TciEnv *env, TciOp *op, TlbEntry *tlb)
#else
#define HANDLER(name) TciOp *name(TciEnv *env, TciOp *op, TlbEntry *tlb)
#endif

/* Go to another handler, a slow path, for the same record. */
#define SLOW(handler) return handler(env, op, tlb)

/* Operands. */
#define RD  env->r[op->d]
#define RA  env->r[op->a]
#define RB  env->r[op->b]
#define RC  env->r[op->c]
#define IMM op->imm

/* The record that ends a run: its handler returns NULL. */
extern TciOp tci_leave[1];

/* The handlers, by group; a table row tells the dump its name and units. */
typedef struct TciHandler {
    TciFn *fn;
    const char *name;
    uint8_t units;
} TciHandler;

#endif
