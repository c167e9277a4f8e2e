/* SPDX-License-Identifier: MIT */
/* The engine: executes TCG ops as records, keeps translated blocks, and does the guest's memory
 * accesses.
 *
 * A machine has one Tci, which keeps what all of its CPUs share: the translation blocks and what is
 * known of the pages that they were made from. Each CPU has a TciEnv: registers, TLB, jump cache
 * and the count of its instructions. One CPU runs at a time.
 *
 * The engine knows nothing of the guest's instruction set: a TciTarget tells it how to translate a
 * block, how to translate an address, and what to do about a fault. */
#ifndef TCI_TCI_H
#define TCI_TCI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bus/bus.h"
#include "tcg/tcg.h"

#define TLB_ENTRIES (UINT32_C(1) << (32 - BUS_PAGE_BITS)) /* one for each page */
#define TLB_MODES   2                                     /* 0 = user's rights, 1 = privileged */

typedef struct TciEnv TciEnv; /* a CPU's part of the engine, */
typedef struct Tci Tci;       /* the machine's, */
typedef struct TciCpu TciCpu; /* and what of a CPU only slow paths touch */

/* Memory access kinds, as a page table sees them. */
typedef enum TciAccess { TCI_LOAD, TCI_STORE, TCI_FETCH } TciAccess;

/* A page table's answer for one page of BUS_PAGE_SIZE. */
typedef struct TciPage {
    hwaddr phys; /* physical address of the page that holds the address asked for */
    hwaddr addr; /* of the address asked for; where `partial`, use this: a 1 KiB page may
                  * lie elsewhere in its 4 KiB */
    bool readable, writable; /* with the rights asked for */
    bool
        partial; /* rights differ within the page: this answer is good for the asked access alone */
} TciPage;

/* The guest's side. */
typedef struct TciTarget {
    /* Emits the block at `pc` in `mode` into `s` (tcg_start is done): at most max_insns guest
     * instructions, all within the page of pc, ended by an exit. `code` is the host's pointer to
     * that page's bytes, or NULL if it is no memory: then fetch with tci_fetch(), and max_insns is
     * 1. What may be executed may be read. An instruction that goes on in the next page is a block
     * of its own: the block before it ends, and tci_fetch_next_page() gives the rest of it. */
    void (*translate)(TciEnv *env, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns);
    /* Translates an address. privileged: with a privileged mode's rights. True: *page is filled.
     * False: the access faults; what raise_fault() needs is noted in the env. Must not be called
     * for anything but real accesses when it has side effects (access flags). */
    bool (*translate_address)(TciEnv *env, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page);
    /* An access that MO_ALIGN_FAULT forbids: notes what raise_fault() needs. */
    void (*note_alignment)(TciEnv *env, uint32_t va, TciAccess access);
    /* Takes the exception noted before: env->pc is the faulting instruction's; sets env->pc and the
     * mode to the handler's. */
    void (*raise_fault)(TciEnv *env, TciAccess access);
    /* For dumps: names of the globals, a block's guest code, the CPU's registers, all to the log.
     */
    const char *const *names;
    void (*disassemble)(TciEnv *env, const uint32_t *pcs, unsigned insns, uint32_t mode,
                        const uint8_t *code);
    void (*dump)(TciEnv *env);
    unsigned rights_bit; /* the mode bit (a mask) that means privileged */
    unsigned isa_bit;    /* the mode bit (a mask) that goto_ptr_x sets from bit 0 of an address, and
                          * clears; 0 for a target that does not use that op */
} TciTarget;

/* Translation never differs within aligned TCI_GRANULE bytes: the size of the smallest page. */
#define TCI_GRANULE 1024u

/* One page of the fast path: a word that, added to a guest address (modulo 2^32), gives the
 * distance of its byte from the table that the entry is in. Table and memory being one allocation,
 * no distance reaches TLB_MISS; where the fast path must not be taken the sum does. That makes 0 an
 * entry that misses, except for the lowest pages. */
typedef struct TlbEntry {
    uint32_t read, write;
} TlbEntry;

#define TLB_MISS BUS_MAX_MEMORY /* the sum is this or more: some bit of -TLB_MISS is set */

/* What tci_cpu_init() takes of the bus's memory, in bytes. */
#define TCI_MEMORY (TLB_MODES * TLB_ENTRIES * (uint32_t)sizeof(TlbEntry))

/* A block that an indirect branch may find at once. key = generation and the mode's number in
 * the high word, pc in the low. */
typedef struct JumpEntry {
    _Alignas(16) uint64_t key;
    union TciSlot *code;
} JumpEntry;

#define JUMP_BITS 12

/* What executing code touches: first in the CPU's own struct, so that a TciEnv * is the CPU. */
struct TciEnv {
    uint32_t r[TCG_TEMPS + 1]; /* globals and temps; the last takes results nobody wants */
    uint64_t nz;               /* Z: low word is 0; N: bit 31 or bit 63 */
    uint32_t va, vb;           /* V: va - vb overflows, signed */
    uint8_t cf;                /* C: 0 or 1 */
    uint32_t pc;               /* valid outside of blocks, and for `lookup` */
    uint32_t mode;             /* what translation depends on: the target's own bits */
    int32_t budget; /* instructions left in this slice, less a margin; negative: leave at the next
                       exit */
    uint32_t generation; /* steps when address translation changes */
    uint64_t key;        /* of the jump cache: generation and the mode's number in the high word,
                            0 in the low */
    uint64_t other_key;  /* the same for the mode that differs in target->isa_bit alone */
    TlbEntry *tlb;       /* the current mode's: tlbs[privileged] */
    uint32_t fp_flags;   /* N Z C V of the last floating point comparison, in bits 31..28 */
    double fp_max_d; /* results of larger magnitude need the helper: the greatest finite ones, */
    float fp_max_s;  /* or -1, see tci_set_fp_fast() */
    bool raised;     /* tci_raise(): the helper has moved pc elsewhere */
    bool io_exact;   /* device accesses are made in blocks of one instruction (-icount) */
    bool stop;       /* tci_stop(): the run ends at the next exit */
    bool breaks;     /* there are breakpoints: ask tci_breakpoint_at() */
    Tci *tci;
    TciCpu *cpu;
    const TciTarget *target;
    TciEnv *next;              /* CPU of the machine */
    TlbEntry *tlbs[TLB_MODES]; /* [TLB_ENTRIES] */
    JumpEntry jumps[1u << JUMP_BITS];
};

typedef struct TciOptions {
    bool singlestep, exact, no_optimise, no_fusion, no_fast_fp;
    bool coverage; /* for tci_coverage() */
    bool counts;   /* the same, and how often: only with `coverage` */
} TciOptions;

/* The engine of a machine, without CPUs; it becomes the bus's listener. NULL: no memory. */
Tci *tci_new(Bus *bus, const TciOptions *options);
/* The engine that listens to a bus, or NULL. */
Tci *tci_of_bus(const Bus *bus);
/* Frees an engine whose CPUs are freed. */
void tci_free(Tci *t);

/* Makes `env`, which is zeroed, a CPU of the engine. False: no memory, or less than TCI_MEMORY of
 * the bus's. */
bool tci_cpu_init(TciEnv *env, Tci *t, const TciTarget *target);
/* Takes it away again; tells whether it was the last. */
bool tci_cpu_free(TciEnv *env);

/* Executes from env->pc in env->mode for up to `insns` guest instructions (fewer when stopped);
 * under options.exact never more. Returns at an instruction boundary with env->pc and all state up
 * to date. */
void tci_run(TciEnv *env, int32_t insns);

/* Guest instructions that the CPU has executed. Inside a block exact only at device accesses under
 * options.exact. */
uint64_t tci_icount(const TciEnv *env);

/* Between runs: counts on from `count`, for a state that has been loaded. */
void tci_set_icount(TciEnv *env, uint64_t count);

/* Ends the run at the next block exit; from a helper or a device access. */
void tci_stop(TciEnv *env);

/* The helper that calls this (TCG_CALL_RAISES) has taken an exception: env->pc and env->mode are
 * the handler's. Execution goes on there after the helper returns. */
void tci_raise(TciEnv *env);

/* The pc of the guest instruction that a TCG_CALL_RAISES helper (or a device access) belongs to is
 * the caller's to know: pass it as `imm`. */

/* Sets the mode, any word; use this, not the field: it switches the TLB. A word that the engine has
 * no room for ends the run at the next exit, to flush all code. */
void tci_set_mode(TciEnv *env, uint32_t mode);

/* Forgets address translations: all, or the page of one address. */
void tci_flush_tlb(TciEnv *env);
void tci_flush_tlb_page(TciEnv *env, uint32_t va);

/* Invalidates all translation blocks; only between runs. */
void tci_flush_code(Tci *t);

/* Guest memory access from a helper with the current mode's rights or user's. On a
 * fault takes the exception (env->pc must hold the instruction's address), calls tci_raise() and
 * returns false. memop: MO_*. */
bool tci_load(TciEnv *env, uint32_t va, unsigned memop, uint32_t *value);
bool tci_store(TciEnv *env, uint32_t va, unsigned memop, uint32_t value);
/* The same: stores `value` if `expected` is in memory. False: it is not, or there was a fault. */
bool tci_cmpxchg(TciEnv *env, uint32_t va, unsigned memop, uint32_t expected, uint32_t value);

/* Memory for looking (semihosting strings, dumps, disassembly): no fault is taken; false: not
 * readable. */
bool tci_peek(TciEnv *env, uint32_t va, uint8_t *byte);

/* -- debug.c: for a debugger; between runs, unless stated otherwise -- */

#define TCI_POINTS 256 /* breakpoints and watchpoints, at most */

typedef enum TciPointKind {
    TCI_NO_POINT,
    TCI_BREAKPOINT,
    TCI_WATCH_WRITE,
    TCI_WATCH_READ,
    TCI_WATCH_ACCESS,
} TciPointKind;

/* Adds a breakpoint at `addr` (len is for tci_remove_point() to compare), or a watchpoint on len >=
 * 1 bytes from there. False: there are TCI_POINTS. */
bool tci_insert_point(Tci *t, TciPointKind kind, uint32_t addr, uint32_t len);
/* Takes it away. False: there is none. */
bool tci_remove_point(Tci *t, TciPointKind kind, uint32_t addr, uint32_t len);
void tci_remove_points(Tci *t);

/* For translate(), if env->breaks: whether the instruction at `pc` must begin a block. */
bool tci_breakpoint_at(const TciEnv *env, uint32_t pc);

/* The point that ended the run before its instruction, at env->pc, was executed; or TCI_NO_POINT.
 * *addr is the point's. Also in a helper, after a failed access. */
TciPointKind tci_hit(const TciEnv *env, uint32_t *addr);
void tci_clear_hit(TciEnv *env);

/* Executes one instruction, also at a breakpoint; watchpoints end it if they count. */
void tci_step(TciEnv *env, bool watchpoints);

/* Breakpoints do not count from now on, or do again. */
void tci_ignore_breakpoints(TciEnv *env, bool ignore);

/* Sets what tci_hit() tells. */
void tci_set_hit(TciEnv *env, TciPointKind kind, uint32_t addr);

/* -- coverage.c -- */

/* Guest code that was executed from its first byte to its last. */
typedef struct TciCovered TciCovered;
struct TciCovered {
    uint32_t addr; /* the guest's, and how many bytes */
    uint16_t size;
    bool odd;       /* in the instruction set of odd addresses */
    uint64_t count; /* how often, under TciOptions.counts; else 1 */
    TciCovered *next;
};

/* Between runs, under TciOptions.coverage: gathers what was executed so far. Returns how many
 * pieces there are; they may overlap. *lost: the host had no memory for some of it. */
size_t tci_coverage(Tci *t, bool *lost);
/* The piece of that number, from 0, as tci_coverage() gathered them; under `counts` they are in the
 * order of their addresses. */
const TciCovered *tci_covered(const Tci *t, size_t i);

/* One instruction fetch of 2 or 4 bytes for translate() where code is NULL. */
uint32_t tci_fetch(TciEnv *env, uint32_t pc, unsigned size);

/* For translate(): 2 or 4 bytes at `pc`, the start of the page after the one that the block's only
 * instruction begins in. False: the fetch faults, which is noted; translate() returns then, and
 * the instruction takes a TCI_FETCH fault whenever it is to be executed. */
bool tci_fetch_next_page(TciEnv *env, uint32_t pc, unsigned size, uint32_t *value);

/* The temp that is word n = 0..31 of the floating point registers; a double has its low word at an
 * even n. */
static inline TCGTemp tci_fp_word(unsigned n)
{
    const uint16_t low_first = 1;
    return (TCGTemp)(TCG_FP + (*(const uint8_t *)&low_first ? n : n ^ 1));
}

/* Whether the guest rounds to nearest, flushes nothing, and has noted that something was inexact.
 */
void tci_set_fp_fast(TciEnv *env, bool fast);

/* The flags, N Z C V in bits 31..28. */
uint32_t tci_get_flags(const TciEnv *env);
void tci_set_flags(TciEnv *env, uint32_t flags);

/* The counters of `-d stats`, to the log. */
void tci_print_stats(const Tci *t);

#endif
