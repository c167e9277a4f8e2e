/* SPDX-License-Identifier: MIT */
/* The engine's inside: blocks, where they are kept, and what its files share. */
#ifndef TCI_BLOCK_H
#define TCI_BLOCK_H

#include "tci/slot.h"

/* A translated block; its records follow it at once, then a byte per slot (which guest
 * instruction), then a 16-bit page offset per guest instruction. */
typedef struct TciTB TciTB;
typedef struct CodePage CodePage;
struct TciTB {
    hwaddr phys; /* of the first guest byte */
    uint32_t pc, mode;
    uint32_t mode_number;
    const TciTarget *target; /* who translated it, and whose mode that is */
    TciTB *hash_next, *page_next;
    uint16_t first, last; /* the guest bytes it was made from: offsets in the page, inclusive */
    uint16_t slots, insns;
    BusRegion *region;
    /* Of an instruction that goes on in the next page, else NULL: that page, where it is (which the
     * same addresses may not lead to any more), and the next of the blocks that end there. */
    CodePage *next_page;
    hwaddr next_phys;
    TciTB *end_next;
    uint8_t *insn_of;      /* [slots] */
    uint16_t *insn_offset; /* [insns] */
    TciSlot code[];
};

/* What is known about one page with translated code. It lies in the arena, so that translation
 * needs no memory that the host might not have. */
struct CodePage {
    TciTB *blocks; /* that begin here */
    TciTB *ends;   /* that begin in another page, before this one */
    BusRegion *region;
    uint32_t index;                         /* the page's number in the region */
    CodePage *all_next;                     /* in Tci.pages, or in Tci.free_pages */
    uint32_t words[BUS_PAGE_SIZE / 4 / 32]; /* a bit for each word that a block was made from */
};

/* What the slow path knows about a page. */
typedef struct TlbExtra {
    uint32_t page; /* guest address, or 1: none */
    bool readable, writable;
    BusRegion *region; /* NULL: nothing is mapped there */
    hwaddr phys;
} TlbExtra;

/* The page that code was last fetched from. */
typedef struct FetchEntry {
    uint64_t key; /* as TciEnv.key, with the page */
    BusRegion *region;
    hwaddr phys;
} FetchEntry;

#define FETCH_BITS     6
#define FETCHED        4096u /* bits */
#define EXTRA_BITS     8
#define MODE_BITS      7
#define NO_MODE        ((1u << MODE_BITS) - 1) /* the number of a mode that has none */
#define MODES          96u                     /* that have one; one more flushes all code */
#define MODE_ONE       (1u << MODE_BITS) /* with a number: blocks of one instruction, not chained */
#define KEY_MODE_BITS  (MODE_BITS + 1)
#define MAX_GENERATION (UINT32_MAX >> KEY_MODE_BITS)
#define MAX_FILLED     65536u /* pages in the TLB; one more empties it */
#define HASH_BITS      14
#define ARENA_SIZE     (16u << 20)
#define MAX_BLOCKS     65536u

/* A target's mode word that has a number: its place in Tci.modes[]. */
typedef struct TciMode {
    const TciTarget *target; /* NULL: the number is free */
    uint32_t word, number;
    uint32_t other; /* the number of the same mode in the other instruction set, or NO_MODE */
} TciMode;

typedef struct TciStats {
    uint64_t blocks, insns, ops, slots; /* translated */
    uint64_t searches, links, cross_links,
        stale; /* block lookups past the jump cache; exits linked */
    uint64_t flushes, invalidated, code_stores;
    uint64_t tlb_fills, tlb_flushes, tlb_page_flushes;
    uint64_t slow_loads, slow_stores, unaligned, mmio_reads, mmio_writes, io_restarts;
    uint64_t faults, runs;
} TciStats;

/* A breakpoint or watchpoint. */
typedef struct TciPoint {
    TciPointKind kind;
    uint32_t addr, len;
} TciPoint;

struct TciCpu {
    uint64_t icount; /* up to the start of the current slice */
    int32_t slice;   /* env->budget at the start of the slice */
    bool one;        /* the next block must be of one instruction */
    bool helper;     /* a helper's access is under way, which cannot be restarted */
    bool stepping;   /* breakpoints do not count, */
    bool passing;    /* nor do watchpoints */
    TciPoint hit;    /* what tci_hit() tells */
    TlbExtra extra[TLB_MODES][1u << EXTRA_BITS];
    uint32_t filled[MAX_FILLED]; /* since the last flush: guest address of a page | mode */
    unsigned filled_count;
    FetchEntry fetch[1u << FETCH_BITS];
    uint32_t fetched[FETCHED / 32]; /* a bit for the pages that code was fetched from in this
                                       generation */
};

typedef struct TciBackend TciBackend;
typedef struct Coverage Coverage;

/* What tci_fetch_next_page() has found for the block that is being translated. */
typedef struct NextPage {
    bool asked, faults;
    bool direct; /* memory, all of the page */
    BusRegion *region;
    hwaddr phys;
} NextPage;

struct Tci {
    Bus *bus;
    const TciBackend *backend;
    TciEnv *cpus; /* linked by `next` */
    TciOptions options;
    bool fast_fp;        /* floating point may be the host's */
    bool flush;          /* arena or modes are full: flush before the next run */
    bool watches;        /* there are watchpoints */
    uint32_t generation; /* the last one given to a CPU; no two have the same, because their
                          * translations of addresses differ and they share exits */
    TciMode modes[NO_MODE];
    unsigned mode_count;
    TciTB *hash[1u << HASH_BITS];
    uint8_t *arena;
    size_t arena_used;
    TciTB **blocks; /* in the order of their addresses */
    unsigned block_count;
    CodePage *pages, *free_pages;
    TciStats stats;
    NextPage next;
    TciPoint points[TCI_POINTS];
    unsigned point_count;
    Coverage *coverage; /* NULL: off */
    TCGContext tcg;
};

/* How a slow memory access ended. */
typedef enum TciOutcome {
    TCI_DONE,
    TCI_FAULT,   /* noted by the target */
    TCI_RESTART, /* a device access that must be made in a block of one instruction */
    TCI_WATCHED, /* a watchpoint forbids it */
} TciOutcome;

/* -- tlb.c -- */
TciOutcome tci_slow_load(TciEnv *env, uint32_t va, unsigned memop, uint32_t *value);
TciOutcome tci_slow_store(TciEnv *env, uint32_t va, unsigned memop, uint32_t value);
/* n words at va; `regs` are temps of env. */
TciOutcome tci_slow_ldm(TciEnv *env, uint32_t va, unsigned memop, const uint8_t *regs, unsigned n);
TciOutcome tci_slow_stm(TciEnv *env, uint32_t va, unsigned memop, const uint8_t *regs, unsigned n);
/* Where code at `pc` comes from: false if the fetch faults (noted). `partial`: the answer is for
 * this address alone, so that a block of one instruction must do, which is not kept. */
bool tci_fetch_page(TciEnv *env, uint32_t pc, BusRegion **region, hwaddr *phys, bool *partial);
/* The page at `phys` holds translated code from now on: stores to it take the slow path. */
void tci_protect_code(Tci *t, const BusRegion *region, hwaddr phys);
bool tci_init_tlb(TciEnv *env); /* false: the bus has not the memory */

/* -- cache.c -- */
/* The block at env->pc in the CPU's mode, translated if need be, or tci_leave if the run must end
 * first.
 */
TciSlot *tci_find(TciEnv *env);
/* The same for another pc and mode, unless the budget is used up. */
TciSlot *tci_go(TciEnv *env, uint32_t pc, uint32_t mode);
/* Links an exit to its target and returns where to go on. */
TciSlot *tci_link(TciEnv *env, TciSlot *exit);
/* The block that a record belongs to, and the guest instruction's pc and index. */
TciTB *tci_block_of(const Tci *t, const TciSlot *slot);
/* A memory access of the record at `slot` did not succeed: takes the exception or arranges the
 * restart; returns where to go on. */
TciSlot *tci_access_failed(TciEnv *env, TciSlot *slot, TciOutcome outcome, TciAccess access);
/* After a helper raised: accounts for the instructions executed and returns where to go on. */
TciSlot *tci_raised(TciEnv *env, TciSlot *slot);
/* Guest bytes of a page with code change. */
void tci_code_written(Tci *t, BusRegion *r, hwaddr offset, hwaddr size);
/* A region is no memory any more: its blocks are invalidated. */
void tci_invalidate_region(Tci *t, const BusRegion *r);
static inline CodePage *tci_code_page(const BusRegion *r, hwaddr offset)
{
    return r->code ? r->code[offset >> BUS_PAGE_BITS] : NULL;
}

/* -- debug.c -- */

/* Whether there is a breakpoint at env->pc; notes it, and stops. */
bool tci_break_hit(TciEnv *env);
/* Whether a watchpoint touches the page. */
bool tci_watched_page(const Tci *t, uint32_t va);
/* Whether one forbids the access of `len` bytes; notes it. */
bool tci_watch_hit(TciEnv *env, uint32_t va, uint32_t len, TciAccess access);

/* -- mode.c -- */

/* The number in a key, which stands for a mode in lookups; with MODE_ONE. */
static inline uint32_t tci_mode_number(uint64_t key)
{
    return (uint32_t)(key >> 32) & ((1u << KEY_MODE_BITS) - 1);
}

/* Puts env->generation into the keys. */
void tci_update_keys(TciEnv *env);

/* Sets or clears MODE_ONE, in whichever mode the CPU is. */
void tci_set_one(TciEnv *env, bool one);

/* Gives all numbers back but those of the CPUs' modes now. No block may be left. */
void tci_forget_modes(Tci *t);

/* -- The backend: makes what is executed of a block's ops --
 *
 * Whatever it makes, a block is entered by its first slot: the handler there has the signature of
 * all others (slot.h). It may be a function that does the work of the whole block and goes to one
 * of the block's exits, or to any slot between, for the rest to be interpreted. The slow path of a
 * slot, the first among them, is a handler of ops_slow.c, which goes on at the next slot.
 *
 * The interpreter is the only backend. One that compiles what is hot can have the interpreter make
 * the slots first, and put its own handler into the first one later. */
struct TciBackend {
    /* Makes slots of the ops, after optimisation, at tb->code: at most TCI_SLOTS_PER_OP an op;
     * and one more a guest instruction; returns how many. tb is filled in up to `insns`; its place
     * is kept until the next flush, unless it is of a page that is no memory. page: the guest
     * page's bytes, or NULL. insn_of[] gets the guest instruction of each slot. */
    unsigned (*generate)(const Tci *t, const TCGContext *ops, TciTB *tb, const uint8_t *page,
                         uint8_t *insn_of);
    /* The guest has written to the block's bytes: whoever enters it from now on, by a chained exit,
     * must be led to tci_op_stale. It may be running. */
    void (*discard)(TciTB *tb);
};
#define TCI_SLOTS_PER_OP 3

/* -- select.c -- */

extern const TciBackend tci_interpreter;

/* -- coverage.c -- */
Coverage *tci_coverage_new(const Tci *t); /* NULL: no memory */
void tci_coverage_free(Coverage *c);
/* The exit at `slot` is about to be executed for the first time. Returns the slot. */
TciSlot *tci_exit_covered(TciEnv *env, TciSlot *slot);
/* A block is left at `slot`, which is no exit, after its first `insns` guest instructions. */
void tci_left_inside(Tci *t, const TciTB *tb, const TciSlot *slot, unsigned insns);
/* The handler of the record at `slot`, which may be an exit not yet executed. */
TciFn *tci_handler_of(const Tci *t, const TciSlot *slot);

/* -- dump.c -- */
void tci_dump_slots(const Tci *t, const TciTB *tb);

/* -- profile.c, for `make PROFILE=1` -- */
/* Makes the records of a block known, before each that is executed is reported. */
void tci_profile_block(TciSlot *code, const uint16_t *records, unsigned count);
void tci_profile_record(const TciSlot *slot);
/* All that was counted, to the log. */
void tci_profile_print(void);

#endif
