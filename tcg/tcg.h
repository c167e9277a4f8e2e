/* SPDX-License-Identifier: MIT */
/* The intermediate representation: what a guest's translator emits and the engine executes.
 *
 * It has TCG's shape (temps, ops, labels, goto_tb) with ops as fat as guest instructions: three
 * operands, an immediate form, arithmetic that defines the condition flags, loads and stores with
 * base + shifted index + displacement, load/store multiple. Nothing here knows which guest it
 * serves.
 *
 * Values are 32 bits wide and live in temps. The first TCG_GLOBALS temps are globals: the guest's
 * registers, in memory as TciEnv.r[], valid whenever the guest can look (block exits, anything that
 * can fault). The rest live within one guest instruction; they are 0 nowhere and must be written
 * before they are read.
 *
 * Floating point registers are globals, too: one for a single, a pair that starts at an even one
 * for a double, its words in the order of the host. Other ops may move and change the words.
 *
 * The condition flags N, Z, C, V are a resource of their own, not temps: an op that may define
 * flags does so for those named in its `fset`.
 *
 * Errors are the translator's own and are asserted. */
#ifndef TCG_TCG_H
#define TCG_TCG_H

#include <stdbool.h>
#include <stdint.h>

#define TCG_GLOBALS   48 /* temps 0..47 are guest registers, */
#define TCG_FP        16 /* from here on the floating point registers' words */
#define TCG_FP_WORDS  32
#define TCG_TEMPS     96 /* all temps; a multiple of 16, for the optimiser to go through fast */
#define TCG_NONE      96 /* no temp: no destination, no base, no index; the one behind all temps */
#define TCG_MAX_INSNS 32 /* guest instructions in a block */

/* The most that one guest instruction may take: a load/store multiple of the user bank is the
 * longest. So there is room for a block of any. */
#define TCG_OPS_PER_INSN    48
#define TCG_LABELS_PER_INSN 4
#define TCG_CALLS_PER_INSN  32
#define TCG_LIST_PER_INSN   32 /* temps in the register lists of multiple loads and stores */

#define TCG_MAX_OPS    (TCG_OPS_PER_INSN * TCG_MAX_INSNS)
#define TCG_MAX_LABELS (TCG_LABELS_PER_INSN * TCG_MAX_INSNS)
#define TCG_MAX_CALLS  (TCG_CALLS_PER_INSN * TCG_MAX_INSNS)
#define TCG_MAX_LIST   (TCG_LIST_PER_INSN * TCG_MAX_INSNS)

typedef uint8_t TCGTemp;

/* Flags, for fset masks. */
enum { TCG_N = 8, TCG_Z = 4, TCG_C = 2, TCG_V = 1, TCG_NZ = 12, TCG_NZC = 14, TCG_NZCV = 15 };

/* Conditions on the flags; the numbers are those that most architectures share (even: holds, odd:
 * its inverse), so that `cond ^ 1` inverts. */
typedef enum TCGCond {
    TCG_COND_EQ,
    TCG_COND_NE, /* Z */
    TCG_COND_CS,
    TCG_COND_CC, /* C: unsigned >=, < after a subtraction */
    TCG_COND_MI,
    TCG_COND_PL, /* N */
    TCG_COND_VS,
    TCG_COND_VC, /* V */
    TCG_COND_HI,
    TCG_COND_LS, /* C and not Z: unsigned >, <= */
    TCG_COND_GE,
    TCG_COND_LT, /* N == V */
    TCG_COND_GT,
    TCG_COND_LE, /* not Z and N == V */
    TCG_COND_ALWAYS
} TCGCond;
_Static_assert((TCG_COND_EQ ^ 1) == TCG_COND_NE && (TCG_COND_CS ^ 1) == TCG_COND_CC &&
                   (TCG_COND_MI ^ 1) == TCG_COND_PL && (TCG_COND_VS ^ 1) == TCG_COND_VC &&
                   (TCG_COND_HI ^ 1) == TCG_COND_LS && (TCG_COND_GE ^ 1) == TCG_COND_LT &&
                   (TCG_COND_GT ^ 1) == TCG_COND_LE && TCG_COND_ALWAYS == 14,
               "cond ^ 1 inverts");

/* Memory operand: size, sign, what happens at an address that is not a multiple of the size, whose
 * rights, and the order of bytes. */
enum {
    MO_8 = 0,
    MO_16 = 1,
    MO_32 = 2,
    MO_SIZE = 3,
    MO_SIGN = 4,            /* loads of 8 and 16 bits: sign-extend */
    MO_ALIGN_ROT = 0 << 3,  /* the access is made at the address rounded down; a 32-bit load is then
                             * rotated right  by 8 * (address & 3) */
    MO_ALIGN_DOWN = 1 << 3, /* the access is made at the address rounded down */
    MO_ALIGN_FAULT = 2 << 3, /* an alignment fault */
    MO_UNALN = 3 << 3, /* the access is made at the address itself, completely or not at all; byte
                        * by byte, as devices see, unless the TLB has it within one page */
    MO_ALIGN = 3 << 3,
    MO_USER = 1 << 5, /* with the rights of user mode, whatever the mode */
    MO_BE = 1 << 6,   /* the most significant byte comes first; else the least significant one */
};

/* What the opcode alone tells about an op; a call's memop and a condition tell more. */
enum {
    TCG_INFO_PURE = 1 << 0,       /* only computes: may go when nobody wants the result */
    TCG_INFO_FAULTS = 1 << 1,     /* may fault: the guest may see all its state here */
    TCG_INFO_EXIT = 1 << 2,       /* ends the block's execution */
    TCG_INFO_LIST = 1 << 3,       /* has a list of temps */
    TCG_INFO_READS_C = 1 << 4,    /* reads operand c */
    TCG_INFO_WRITES_C = 1 << 5,   /* c is written, too */
    TCG_INFO_READS_D = 1 << 6,    /* d is read, too */
    TCG_INFO_FP = 1 << 7,         /* reads and writes floating point registers */
    TCG_INFO_WRITES_ENV = 1 << 8, /* changes a field of the env: stays, wanted or not */
    TCG_INFO_BRANCH = 1 << 9,     /* a branch inside the block, or where one leads */
    TCG_INFO_CALL = 1 << 10,      /* its TCG_CALL_* flags tell */

    TCG_INFO_ACCUMULATES = TCG_INFO_PURE | TCG_INFO_READS_C | TCG_INFO_WRITES_C | TCG_INFO_READS_D,
};

/* Ops, each with its description: X(name, TCG_INFO_*, flags that it reads whatever its operands).
 *
 * Operands: d is written; a, b, c are read. In the register forms b is a temp, in the immediate
 * forms (op.b_imm) `imm`. Flags: "nz" = may define N, Z from the result; "nzcv" = all four; by
 * fset.
 *
 * The order counts: TCG_*_FIRST and _LAST below name the ranges that code relies on. */
/* clang-format off */
#define TCG_OP_LIST(X) \
    X(label,      TCG_INFO_BRANCH,     0)         /* imm = label number; branches only go forwards */ \
    X(brflags,    TCG_INFO_BRANCH,     0)         /* to label imm if cond holds, which tells the flags read */ \
    X(mov,        TCG_INFO_PURE,       0)         /* d = a, nz; immediate form d = imm, nz */ \
    X(not,        TCG_INFO_PURE,       0)         /* d = ~a, nz */ \
    X(add,        TCG_INFO_PURE,       0)         /* d = a + b, nzcv */ \
    X(sub,        TCG_INFO_PURE,       0)         /* d = a - b, nzcv (C = no borrow) */ \
    X(rsb,        TCG_INFO_PURE,       0)         /* d = b - a, nzcv */ \
    X(adc,        TCG_INFO_PURE,       TCG_C)     /* d = a + b + C, nzcv */ \
    X(sbc,        TCG_INFO_PURE,       TCG_C)     /* d = a - b - !C, nzcv */ \
    X(rsc,        TCG_INFO_PURE,       TCG_C)     /* d = b - a - !C, nzcv */ \
    X(and,        TCG_INFO_PURE,       0)         /* d = a & b, nz */ \
    X(or,         TCG_INFO_PURE,       0)         /* d = a | b, nz */ \
    X(xor,        TCG_INFO_PURE,       0)         /* d = a ^ b, nz */ \
    X(andc,       TCG_INFO_PURE,       0)         /* d = a & ~b, nz */ \
    X(shl,        TCG_INFO_PURE,       0)         /* shifts by imm 0..31, or by the low byte of b, where */ \
    X(shr,        TCG_INFO_PURE,       0)         /* counts >= 32 give 0; logical */ \
    X(sar,        TCG_INFO_PURE,       0)         /* arithmetic: counts >= 32 give the sign */ \
    X(rotr,       TCG_INFO_PURE,       0)         /* rotate right, modulo 32 */ \
    X(rrx,        TCG_INFO_PURE,       TCG_C)     /* d = C << 31 | a >> 1, nz */ \
    X(setc_bit,   TCG_INFO_PURE,       0)         /* C = bit imm of a */ \
    X(setc_shl,   TCG_INFO_PURE,       TCG_C)     /* C = last bit that shl d,a,b (register form) shifts out; */ \
    X(setc_shr,   TCG_INFO_PURE,       TCG_C)     /* reads C, because a shift by 0 leaves it unchanged */ \
    X(setc_sar,   TCG_INFO_PURE,       TCG_C) \
    X(setc_rotr,  TCG_INFO_PURE,       TCG_C) \
    X(add_sticky, TCG_INFO_WRITES_ENV, 0)         /* d = a + b; if that overflows, signed, bit n is set in the */ \
                                                  /* env's field at imm */ \
    X(clz,        TCG_INFO_PURE,       0)         /* d = leading zeros of a, 32 for 0 */ \
    X(bswap,      TCG_INFO_PURE,       0)         /* d = the bytes of a in the other order */ \
    X(mul,        TCG_INFO_PURE,       0)         /* d = a * b, nz */ \
    X(mul16,      TCG_INFO_PURE,       0)         /* d = halves of a and b multiplied, signed; imm: bit 0, 1 = */ \
                                                  /* the top one of a, b */ \
    X(mla,        TCG_INFO_PURE | TCG_INFO_READS_C, 0)  /* d = a * b + c, nz */ \
    X(mulu2,      TCG_INFO_PURE | TCG_INFO_WRITES_C, 0) /* c:d = a * b, 64 bits, unsigned (c: the high word) */ \
    X(muls2,      TCG_INFO_PURE | TCG_INFO_WRITES_C, 0) /* signed */ \
    X(mlau2,      TCG_INFO_ACCUMULATES, 0)        /* c:d += a * b (c and d are read and written) */ \
    X(mlas2,      TCG_INFO_ACCUMULATES, 0) \
    X(nz64,       TCG_INFO_PURE,       0)         /* N, Z from the 64-bit value b:a */ \
    X(setflags,   TCG_INFO_PURE,       0)         /* N Z C V = bits 31..28 of a */ \
    X(ld_env,     TCG_INFO_PURE,       0)         /* d = the 32-bit field of the env at byte offset imm */ \
    X(st_env,     TCG_INFO_WRITES_ENV, 0)         /* the field = a */ \
    X(ld,         TCG_INFO_FAULTS,     TCG_NZCV)  /* d = memory[a + (b << n) + imm]; a, b may be TCG_NONE, see */ \
                                                  /* tcg_ld(); memop */ \
    X(st,         TCG_INFO_FAULTS | TCG_INFO_READS_C, TCG_NZCV) /* memory[a + (b << n) + imm] = c */ \
    X(ldm,        TCG_INFO_FAULTS | TCG_INFO_LIST, TCG_NZCV)    /* n words from a + imm upwards into */ \
                                                  /* list[list .. list + n); address rounded down to 4 */ \
    X(stm,        TCG_INFO_FAULTS | TCG_INFO_LIST, TCG_NZCV)    /* n words from list[] */ \
    X(call,       TCG_INFO_CALL,       0)         /* d = helper(env, a, b, imm); d, a, b may be TCG_NONE */ \
    X(fp,         TCG_INFO_FP,         0)         /* d = a OP b on floating point registers, or a helper(env, -, */ \
                                                  /* -, imm) that does it; OP is a TCGFp in `cond` */ \
    X(exit_tb,    TCG_INFO_EXIT,       TCG_NZCV)  /* stop this run: env->pc = imm */ \
    X(goto_tb,    TCG_INFO_EXIT,       TCG_NZCV)  /* go to the block at pc imm in the same mode (chained) */ \
    X(goto_ptr,   TCG_INFO_EXIT,       TCG_NZCV)  /* go to the block at pc a in the same mode */ \
    X(goto_ptr_x, TCG_INFO_EXIT,       TCG_NZCV)  /* to the instruction set that bit 0 of a names, see below */ \
    X(lookup,     TCG_INFO_EXIT,       TCG_NZCV)  /* go on at env->pc in whatever mode the env is now in */
/* clang-format on */

typedef enum TCGOpcode {
#define X(name, info, flags) TCG_##name,
    TCG_OP_LIST(X)
#undef X
        TCG_NB_OPS
} TCGOpcode;

/* Ranges of opcodes, in the order of the list: ops that define flags and may do so without their
 * result; shifts. */
#define TCG_DATA_FIRST  TCG_mov
#define TCG_DATA_LAST   TCG_andc
#define TCG_SHIFT_FIRST TCG_shl
#define TCG_SHIFT_LAST  TCG_rotr
_Static_assert(TCG_DATA_LAST - TCG_DATA_FIRST == 11 && TCG_SHIFT_FIRST == TCG_DATA_LAST + 1,
               "mov to andc: 12 ops that define flags, then the shifts");
_Static_assert(TCG_shr == TCG_shl + 1 && TCG_sar == TCG_shl + 2 && TCG_rotr == TCG_shl + 3,
               "TCG_SHIFT_FIRST to _LAST are the four shifts");

/* The exits are the last of the list. */
_Static_assert(TCG_NB_OPS == TCG_exit_tb + 5 && TCG_lookup == TCG_NB_OPS - 1,
               "exit_tb to lookup are the five exits");

static inline bool tcg_is_exit(unsigned opc)
{
    return opc >= TCG_exit_tb;
}

static inline bool tcg_is_data(unsigned opc)
{
    return opc >= TCG_DATA_FIRST && opc <= TCG_DATA_LAST;
}

static inline bool tcg_is_shift(unsigned opc)
{
    return opc >= TCG_SHIFT_FIRST && opc <= TCG_SHIFT_LAST;
}

struct TciEnv;
/* A helper: gets the env and the op's operands, returns d's value. */
typedef uint32_t TCGHelper(struct TciEnv *env, uint32_t a, uint32_t b, uint32_t imm);

/* What a helper does besides computing. */
enum {
    TCG_CALL_PURE = 0,       /* reads and writes nothing of the guest's state */
    TCG_CALL_READS = 1 << 0, /* reads globals or flags */
    TCG_CALL_WRITES =
        1 << 1, /* writes globals or flags (then what it has not written must be up to date) */
    TCG_CALL_RAISES =
        1 << 2, /* may call tci_raise(): state must be precise, the block may end here */
};

/* Floating point operations, of singles and doubles: what the engine may do by itself, when the
 * guest's rounding mode and exception flags allow it (TciEnv.fp_fast) and the operands are not
 * special. */
#define TCG_FP_TYPED_LIST(X)                                                                       \
    X(add)  /* d = a + b */                                                                        \
    X(sub)  /* d = a - b */                                                                        \
    X(mul)  /* d = a * b */                                                                        \
    X(nmul) /* d = -(a * b) */                                                                     \
    X(div)  /* d = a / b */                                                                        \
    X(mac)  /* d = d + a * b, the product rounded first */                                         \
    X(nmac) /* d = d - a * b */                                                                    \
    X(msc)  /* d = a * b - d */                                                                    \
    X(nmsc) /* d = -d - a * b */                                                                   \
    X(sqrt) /* d = root of a */                                                                    \
    X(cmp)  /* the floating point flags = a compared with b */                                     \
    X(cmpz) /* with 0 */                                                                           \
    X(cvt)  /* d = a, a value of the other type */                                                 \
    X(sito) /* d = a, an integer in a single register, signed */                                   \
    X(uito) /* unsigned */                                                                         \
    X(tosi) /* d = a rounded to zero, an integer in a single register */                           \
    X(toui)

typedef enum TCGFp {
    TCG_FP_HELPER, /* the helper alone */
#define X(name) TCG_FP_##name##_s, TCG_FP_##name##_d,
    TCG_FP_TYPED_LIST(X)
#undef X
    /* Bits, without a helper. */
    TCG_FP_mov_d,
    TCG_FP_abs_d,
    TCG_FP_neg_d,
    TCG_FP_pack_d, /* d = b:a, words of any kind */
    TCG_FP_OPS
} TCGFp;
_Static_assert(TCG_FP_HELPER == 0 && TCG_FP_add_d == TCG_FP_add_s + 1,
               "an operation's double form follows its single one");
_Static_assert(TCG_FP_cmpz_s == TCG_FP_cmp_s + 2 && TCG_FP_cmpz_d == TCG_FP_cmp_s + 3,
               "cmp_s to cmpz_d: bit 0 of the distance says double, bit 1 with zero");

typedef struct TCGOp {
    uint8_t opc;   /* TCGOpcode */
    uint8_t cond;  /* TCGCond; fp: TCGFp */
    uint8_t fset;  /* flags defined */
    uint8_t memop; /* ld, st, ldm, stm: MO_*; call: TCG_CALL_* */
    TCGTemp d, a, b, c;
    bool b_imm;   /* the immediate form */
    uint8_t insn; /* which guest instruction of the block */
    uint16_t n; /* ld/st: shift of b; add_sticky: bit; ldm/stm: words; call, fp: place in callees[];
                 * brflags: flags that may be read later, on either way */
    uint16_t list; /* ldm/stm: first entry in the context's list[] */
    uint32_t imm;
} TCGOp;

/* A call's helper and the name that dumps show. */
typedef struct TCGCallee {
    TCGHelper *helper;
    const char *name;
} TCGCallee;

typedef struct TCGContext {
    TCGOp ops[TCG_MAX_OPS];
    unsigned count;
    uint32_t insn_pc[TCG_MAX_INSNS];
    unsigned insns; /* guest instructions so far */
    unsigned temps; /* next free temp */
    unsigned labels;
    unsigned list_count;
    TCGTemp list[TCG_MAX_LIST];
    TCGCallee callees[TCG_MAX_CALLS];
    unsigned callee_count;
    TCGOp blank; /* what a new op of this guest instruction starts as */
} TCGContext;

/* -- Building. Ops are appended in order. -- */

/* Empties the context for a new block. */
void tcg_start(TCGContext *s);

/* A guest instruction at `pc` starts; temps of the one before are free again. It has no op of its
 * own: each op knows its instruction (TCGOp.insn). */
void tcg_insn_start(TCGContext *s, uint32_t pc);

/* A temp that lives to the end of this guest instruction. */
TCGTemp tcg_temp(TCGContext *s);

/* A label number, to be placed later with tcg_label(). */
unsigned tcg_new_label(TCGContext *s);
void tcg_label(TCGContext *s, unsigned label);
void tcg_brflags(TCGContext *s, TCGCond cond, unsigned label);

/* Data ops: d may be TCG_NONE when only flags are wanted. */
void tcg_movi(TCGContext *s, TCGTemp d, uint32_t imm);
void tcg_mov(TCGContext *s, TCGTemp d, TCGTemp a);
void tcg_op1(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a);
void tcg_op2(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a, TCGTemp b);
void tcg_op2i(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a, uint32_t imm);
/* mla, mulu2, muls2, mlau2, mlas2. */
/* Halves: the top one of a, of b, or the bottom ones. */
void tcg_mul16(TCGContext *s, TCGTemp d, TCGTemp a, bool a_top, TCGTemp b, bool b_top);
void tcg_op3(TCGContext *s, TCGOpcode opc, uint8_t fset, TCGTemp d, TCGTemp a, TCGTemp b,
             TCGTemp c);
void tcg_setc_bit(TCGContext *s, TCGTemp a, unsigned bit);
void tcg_nz64(TCGContext *s, TCGTemp low, TCGTemp high);
void tcg_setflags(TCGContext *s, TCGTemp a);

/* 32-bit fields of the env (offsetof from the start of TciEnv's owner). */
void tcg_add_sticky(TCGContext *s, TCGTemp d, TCGTemp a, TCGTemp b, uint32_t offset, unsigned bit);
void tcg_ld_env(TCGContext *s, TCGTemp d, uint32_t offset);
void tcg_st_env(TCGContext *s, TCGTemp a, uint32_t offset);

/* Memory: address = base + (index << shift), or one of these + disp. Only words and unsigned bytes
 * have a shift, or MO_USER, which goes without an index. A fault leaves every global as it was at
 * the start of the guest instruction only if the translator wrote none before: it loads into a
 * temp, or writes back after the access. */
void tcg_ld(TCGContext *s, TCGTemp d, TCGTemp base, TCGTemp index, unsigned shift, uint32_t disp,
            unsigned memop);
void tcg_st(TCGContext *s, TCGTemp value, TCGTemp base, TCGTemp index, unsigned shift,
            uint32_t disp, unsigned memop);
/* n = 1..16 words at base + disp, ascending. All pages are checked before anything is transferred.
 * memop: MO_32 and its alignment (DOWN or FAULT). */
void tcg_ldm(TCGContext *s, TCGTemp base, uint32_t disp, const TCGTemp *list, unsigned n,
             unsigned memop);
void tcg_stm(TCGContext *s, TCGTemp base, uint32_t disp, const TCGTemp *list, unsigned n,
             unsigned memop);

/* d = helper(env, a, b, imm); `name` is what dumps show. `flags` are TCG_CALL_*. */
void tcg_call(TCGContext *s, TCGHelper *helper, const char *name, unsigned flags, TCGTemp d,
              TCGTemp a, TCGTemp b, uint32_t imm);
#define TCG_CALL(s, helper, flags, d, a, b, imm) tcg_call(s, helper, #helper, flags, d, a, b, imm)

/* d = a OP b for floating point registers; `helper`, which gets `imm`, reads and writes those and
 * the env's fields alone. NULL for the operations that need none. */
void tcg_fp(TCGContext *s, TCGFp kind, TCGTemp d, TCGTemp a, TCGTemp b, TCGHelper *helper,
            const char *name, uint32_t imm);

/* Exits; each counts the guest instructions started so far as executed. A conditional exit is a
 * branch round one: brflags(inverse, L); goto_tb(pc); label(L). The last op of a block is an exit.
 */
void tcg_exit_tb(TCGContext *s, uint32_t pc);
void tcg_goto_tb(TCGContext *s, uint32_t pc);
void tcg_goto_ptr(TCGContext *s, TCGTemp pc);
/* For targets that have two instruction sets and tell them apart by bit 0 of an address: it goes to
 * the mode's bit for that (TciTarget.isa_bit). The set of even addresses has instructions at
 * multiples of 4, to which bit 1 is rounded down; the other one at multiples of 2. */
void tcg_goto_ptr_x(TCGContext *s, TCGTemp pc);
void tcg_lookup(TCGContext *s);

/* -- What an op touches: for the optimiser, the dump and the engine's selection. -- */

extern const char *const tcg_op_names[TCG_NB_OPS];
extern const char *const tcg_cond_names[];
extern const char *const tcg_fp_names[TCG_FP_OPS];

typedef struct TCGOpInfo {
    uint16_t info;      /* TCG_INFO_* */
    uint8_t flags_read; /* always; TCG_NZCV for what may fault or leaves */
} TCGOpInfo;
extern const TCGOpInfo tcg_op_info[TCG_NB_OPS];

/* The flags that a condition looks at. */
uint8_t tcg_cond_flags(TCGCond cond);

/* Optimises in place (tcg/optimize.c): constants and copies forward, dead flags, temps and globals
 * backward. */
void tcg_optimize(TCGContext *s);

/* The ops as text, to the log. `names` are the globals' names (TCG_GLOBALS of them, or NULL). */
void tcg_dump(const TCGContext *s, const char *const *names);

#endif
