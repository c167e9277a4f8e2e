/* SPDX-License-Identifier: MIT */
/* The generator of the differential tests: what its files share.
 *
 * A test is a sequence of a few instructions and some runs of it, each from a state of its own.
 * The generator does not simulate; it knows of each register whether it still holds the value that
 * a run starts with. Such a register can be an address or a branch target: its start value is then
 * chosen to fit. A test ends with the first exception that the test does not handle itself, at the
 * latest in the instructions that follow it.
 *
 * A sequence is made of parts: a stretch of code in one instruction set and one mode. */
#ifndef TESTS_DIFF_GEN_H
#define TESTS_DIFF_GEN_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu/arm.h"
#include "cpu/decode/decode.h"
#include "tests/diff/layout.h"
#include "tests/encoding.h"

#define MAX_RUNS  3
#define MAX_CODE  1024 /* bytes of a sequence */
#define MAX_INSNS 64
#define SLOTS     3
#define END_COUNT 4 /* instructions that end a test, after each part */

/* -- Random numbers -- */

typedef struct Rng {
    uint64_t state;
} Rng;

Rng rng_seed(uint64_t a, uint64_t b);
uint32_t rng32(Rng *r);
uint32_t below(Rng *r, uint32_t n); /* 0..n-1 */
bool chance(Rng *r, unsigned percent);

/* The features of the CPU model that the image is for, and whether it is an ARM1176. */
extern uint32_t cpu_features;
extern bool is_arm1176;

static inline bool has_v6(void)
{
    return (cpu_features & ARM_V6) != 0;
}

/* -- Groups -- */

typedef enum Group {
    ARM_DP,
    ARM_LDST,
    MUL_DSP,
    PSR_MODES,
    THUMB,
    MMU_FAULTS,
    EXCEPTIONS,
    MEDIA, /* ARMv6 */
    SYSTEM,
    MMU_V6, /* its tables without subpages */
    GROUPS
} Group;

extern const char *const group_names[GROUPS];

static inline bool is_mmu(Group group)
{
    return group == MMU_FAULTS || group == MMU_V6;
}

/* -- A test -- */

/* A start state: the words of layout.h's RUN_*. */
typedef struct Run {
    uint32_t w[RUN_SIZE / 4];
    unsigned pokes;
    bool e;               /* CPSR.E at this point, if Seq.e_known */
    uint32_t slot[SLOTS]; /* tests of the MMU: addresses whose mapping is this run's own, or 0 */
} Run;

/* What is known of a word of the start state when an instruction executes. */
typedef enum Known {
    FREE,   /* still the start value, which may still be chosen */
    PINNED, /* still the start value, on which an earlier instruction relies */
    LOST,   /* something else */
} Known;

typedef struct Insn {
    uint16_t offset;
    bool thumb;
    bool glued;          /* makes sense only after the one before */
    bool fixed;          /* always there */
    const ArmInsn *line; /* NULL: an unallocated encoding */
} Insn;

typedef struct Seq {
    Rng rng;
    Group group;
    unsigned id;
    uint32_t va; /* of code[0] */
    uint8_t code[MAX_CODE];
    unsigned size;
    Insn insns[MAX_INSNS];
    unsigned count;
    unsigned first; /* instruction that is not a handler's */
    Run run[MAX_RUNS];
    unsigned runs;
    Known known[RUN_SIZE / 4];
    uint64_t kept;      /* words that nothing may change: the stack pointers of handlers */
    bool spoiled;       /* the instruction just made does */
    bool flags_known;   /* N Z C V are those of the start */
    unsigned exclusive; /* bytes that the monitor is open for; 0: none or unknown */
    bool e_known;
    uint32_t start_mode;
    bool start_thumb;
    uint32_t mode;
    bool thumb;
    bool in_handler;    /* data processing only */
    unsigned slots;     /* bit mask: which of Run.slot[] there are */
    bool other_tables;  /* the targets may be those of TTBR1 */
    unsigned hooks;     /* the vectors with a handler */
    bool big_endian;    /* some runs are; then there is no Thumb code, see rules.c */
    bool part_over;     /* the instruction just made leaves the part */
    uint32_t next_mode; /* then: what comes next */
    bool next_thumb;
    uint32_t branch_to; /* VA up to which earlier branches reach */
    unsigned end;       /* which vector ends the test: 4 undefined, 8 SWI, 12 BKPT */
} Seq;

static inline uint32_t here(const Seq *s)
{
    return s->va + s->size;
}

static inline bool user_mode(const Seq *s)
{
    return s->mode == ARM_USR;
}

static inline bool has_spsr(const Seq *s)
{
    return s->mode != ARM_USR && s->mode != ARM_SYS;
}

/* -- state.c -- */

/* The word of the start state that register n is in mode `mode`; the SPSR's. */
unsigned reg_word(uint32_t mode, unsigned n);
unsigned spsr_word(uint32_t mode);
Known reg_known(const Seq *s, unsigned n);
/* The start value of a register in the current mode. */
uint32_t *reg_start(Seq *s, unsigned run, unsigned n);
void pin_reg(Seq *s, unsigned n);
void lose_reg(Seq *s, unsigned n);
void lose_word(Seq *s, unsigned word);
/* A random FREE register below `limit`, or -1. */
int free_reg(Seq *s, unsigned limit);

uint32_t interesting(Rng *r);
/* Any state that a program may be in; flags, Q, I and F random. */
uint32_t random_psr(Rng *r, uint32_t mode, bool thumb);
uint32_t random_mode(Rng *r);

/* Whether the next part is in Thumb; `percent` of them are. */
bool choose_thumb(Seq *s, unsigned percent);

/* All start states, with what the group asks for. */
void start_states(Seq *s);

/* -- address.c -- */

/* An address for `words` times `size` bytes, aligned to `size` unless the run has alignment faults.
 * `must_work`: aligned, mapped and allowed to any mode. */
uint32_t random_address(Seq *s, unsigned run, unsigned size, unsigned words, bool must_work);
/* True if the buffer or its surroundings can be accessed there without a known difference. */
bool good_address(const Seq *s, unsigned run, uint32_t address, unsigned size, unsigned words);
/* A base that was used before may do again. */
bool reusable(Seq *s, unsigned n, const uint32_t *offset, unsigned size, unsigned words);
/* A word as loads and stores have it that CPSR.E makes big-endian, if it does. */
uint32_t as_data(const Run *run, uint32_t word);
/* A place in the buffer that nothing else writes to, `words` long, the last one holding
 * `value` as a load then gets it, which CPSR.E decides. 0: there is none left. */
uint32_t poke(Seq *s, unsigned run, unsigned words, uint32_t value);
/* A word that is written anywhere; false: there is none left, or something is there already. */
bool poke_at(Seq *s, unsigned run, uint32_t at, uint32_t value);
/* Makes register n such that n + offset[run] is address[run]. False: it is not free. */
bool aim(Seq *s, unsigned n, const uint32_t *address, const uint32_t *offset);

/* -- fields.c -- */

/* The instruction with another value in a field of its line. */
uint32_t with_field(const ArmInsn *line, char name, uint32_t insn, uint32_t value);
/* An instruction of this line with random fields. */
uint32_t random_insn(Seq *s, const ArmInsn *line);
/* What a shifter operand comes to (A5.1): `amount` is 0..255; an immediate amount of 0 must have
 * been brought to 32 or RRX. */
enum { RRX = 4 };
uint32_t shifted(uint32_t m, unsigned type, unsigned amount, bool c);
/* A value that the same shift turns into `want`, if there is one. */
bool unshifted(uint32_t want, unsigned type, unsigned amount, bool c, uint32_t *m);

/* -- arm.c, thumb.c -- */

#define TRIES 40

/* Appends one instruction (or a few that belong together) for the sequence's group. `leave`: one
 * that goes to another part, which it chooses. False: nothing was found that fits. */
bool arm_emit(Seq *s, bool leave);
bool thumb_emit(Seq *s, bool leave);

/* An operation on any registers in T16, which takes high ones. */
bool thumb_is_high(const ArmInsn *line);

/* -- seq.c -- */

/* One instruction of the sequence; the line is NULL for an unallocated encoding. */
void append(Seq *s, const ArmInsn *line, uint32_t insn);
/* The last instruction makes sense only after the one before it. */
void glue(Seq *s);
/* A literal. */
void append_word(Seq *s, uint32_t word);
/* The instructions that end a test, up to a multiple of 4. */
void end_code(Seq *s);
/* Decides that the next instruction, of `size` bytes, leaves the part for one in this instruction
 * set and mode; returns where that will be. */
uint32_t leave_for(Seq *s, unsigned size, bool thumb, uint32_t mode);
void make_sequence(Seq *s, Group group, uint64_t seed, unsigned id, uint32_t va);

/* -- handlers.c -- */

/* Handlers for some of the vectors but the one that ends the test. */
void make_handlers(Seq *s);

/* -- tables.c -- */

/* Builds the page tables of the image; random ones for the tests of the MMU. */
void make_tables(Group group, uint64_t seed);
/* The control register that such tables need. */
uint32_t sctlr_base(Group group);
/* What to load at TABLES_PA. */
const uint8_t *get_tables(uint32_t *size);

/* -- mmu.c -- */

/* An address in the megabytes of the MMU's tests, for `bytes` within a subpage; most lie in the
 * buffer's pages, if they lie anywhere. */
uint32_t mmu_address(Seq *s, unsigned run, unsigned bytes);
/* The handler of data aborts. */
void make_mmu_handler(Seq *s);
/* Start values that concern the MMU. */
void mmu_start(Seq *s, Run *run);
/* A change of the MMU's state by privileged code, with the maintenance that it needs; or a jump to
 * where it decides what happens, which ends the test. */
bool mmu_change(Seq *s);
bool mmu_jump(Seq *s);

/* -- system.c -- */

/* Exclusive accesses and the changes of the state that ARMv6 has; appends one, see arm_emit(). */
bool is_system(const ArmInsn *line);
bool make_system(Seq *s, const ArmInsn *line, uint32_t insn, bool leave);
/* SETEND. */
void set_byte_order(Seq *s, bool big_endian);

/* -- rules.c -- */

/* True if an instruction of the table is not for this test in the sequence's current state:
 * UNPREDICTABLE, or a known difference. */
bool excluded(const Seq *s, const ArmInsn *line, uint32_t insn);

#endif
