/* SPDX-License-Identifier: MIT */
/* The instruction sets as tables with a line per encoding, for the translator, the disassembler and
 * the tests' instruction generator.
 *
 * A line's format turns an encoding into operands (ArmArgs); only formats know where an encoding's
 * fields are. Encodings of different sets with the same effect share a translate function. */
/* clang-format off */
/* `bits` is the encoding as the manual draws it, most significant bit first; spaces do not count:
 *
 *   0 1      fixed
 *   (0) (1)  should be 0 or 1 ("SBZ", "SBO"): ignored by the CPU, otherwise UNPREDICTABLE
 *   letter   a bit of the field of that name; a field may be in pieces
 *
 * The fields, with the members of ArmArgs that they set:
 *
 *   c      cond                     d n m s a   rd, rn, rm, rs, ra; in coprocessor lines also
 *   S      set                                  crd, crn, crm
 *   t i r  shift, amount or imm     u w p       add, writeback, index
 *   l      the list, in imm         o h         a branch offset, in imm
 *   f R    fields, spsr             x y         x, y
 *   g k q  cp, opc1, opc2           D N M       vd, vn, vm
 *
 * A condition field (bits 31..28 of A32) excludes 1111, a separate encoding space.
 *
 * `text` is what the disassembler prints; see disas.c for its escapes.
 *
 * `limits` says when an encoding is UNPREDICTABLE, as terms separated by spaces:
 *
 *   d        field d must not be 15              d/14     field d must not be 14
 *   n/d      field n must differ from field d    n/d+     field n must differ from d + 1
 *   l        the list must not be empty          l/n      register n must not be in the list
 *   D+i      i VFP registers from D on: at least one, and none past the last
 *   w?term   only if field w is 1
 *
 * The first line that matches applies. */
/* clang-format on */
#ifndef CPU_DECODE_DECODE_H
#define CPU_DECODE_DECODE_H

#include <stdbool.h>
#include <stdint.h>

/* The data-processing opcodes (ARM ARM A3.4), as A32 numbers them. */
enum {
    ALU_AND,
    ALU_EOR,
    ALU_SUB,
    ALU_RSB,
    ALU_ADD,
    ALU_ADC,
    ALU_SBC,
    ALU_RSC,
    ALU_TST,
    ALU_TEQ,
    ALU_CMP,
    ALU_CMN,
    ALU_ORR,
    ALU_MOV,
    ALU_BIC,
    ALU_MVN
};

enum { SHIFT_LSL, SHIFT_LSR, SHIFT_ASR, SHIFT_ROR };

/* CPS. */
enum { CPS_ENABLE = 1, CPS_DISABLE };

/* QADD and its variants. */
enum { SAT_SUB = 1, SAT_DOUBLE = 2 };

/* ARMv6's parallel additions and subtractions, as A32 numbers them. An op is one of PAR_ADD16 to
 * PAR_SUB8, for the lanes, and one of PAR_S to PAR_UH, for their results: modulo and GE set (S, U),
 * saturated (Q, UQ), or halved (SH, UH). */
enum {
    PAR_ADD16,
    PAR_ASX, /* the halves of rm exchanged; the top ones are added, the bottom ones subtracted */
    PAR_SAX,
    PAR_SUB16,
    PAR_ADD8,
    PAR_SUB8 = 7,
    PAR_LANES = 7,
    PAR_S = 1 << 3,
    PAR_Q = 2 << 3,
    PAR_SH = 3 << 3,
    PAR_U = 5 << 3,
    PAR_UQ = 6 << 3,
    PAR_UH = 7 << 3,
    PAR_RESULT = 7 << 3,
};

/* ARMv6's multiplies: the product (of two, the second) is subtracted; the result is rounded. */
enum { MUL_SUB = 1, MUL_ROUND = 2 };

/* VFP data processing. VFP_DOUBLE: the floating-point operands (for VFP_CVT the source) are
 * doubles. In other instructions: the registers are doubles. */
enum {
    VFP_MLA,
    VFP_MLS,
    VFP_NMLS,
    VFP_NMLA,
    VFP_MUL,
    VFP_NMUL,
    VFP_ADD,
    VFP_SUB,
    VFP_DIV,
    VFP_MOV,
    VFP_ABS,
    VFP_NEG,
    VFP_SQRT,
    VFP_CMP,
    VFP_CMPE, /* a quiet NaN is invalid, too */
    VFP_CMPZ, /* with zero */
    VFP_CMPEZ,
    VFP_CVT,
    VFP_FROM_U32,
    VFP_FROM_S32,
    VFP_TO_U32_ROUND, /* in FPSCR's rounding mode; the others towards zero */
    VFP_TO_U32,
    VFP_TO_S32_ROUND,
    VFP_TO_S32,
    VFP_DOUBLE = 0x80
};

/* VFP system registers (C3.2). */
enum { VFP_FPSID, VFP_FPSCR, VFP_FPEXC, VFP_FPINST, VFP_FPINST2, VFP_MVFR0, VFP_MVFR1 };

/* An instruction's operands. A format sets those of its encodings; the others are 0. */
typedef struct ArmArgs {
    uint8_t op; /* the operation: ALU_*, MO_*, VFP_*, ... */
    uint8_t rd, rn, rm;
    uint8_t rs;             /* a shift's amount or a multiplier */
    uint8_t ra;             /* an accumulator or the low result */
    uint8_t vd, vn, vm;     /* VFP registers: their first words, 0..31 */
    uint8_t shift;          /* SHIFT_* of rm */
    uint8_t amount;         /* of the shift, as encoded (0 may mean 32 or RRX); imm's rotation */
    uint8_t cond;           /* of a conditional Thumb branch */
    uint8_t fields;         /* of a PSR: bit 0 control, 1 extension, 2 status, 3 flags */
    uint8_t cp, opc1, opc2; /* coprocessor */
    uint8_t crd, crn, crm;
    bool set;                   /* defines the flags */
    bool add, index, writeback; /* add the offset; before the access; update the base */
    bool spsr;                  /* SPSR instead of CPSR */
    bool x, y;                  /* top half of rm, of rs; x also of vn's double */
    uint32_t imm;               /* immediate, offset, register list or number of words */
} ArmArgs;

struct DisasContext;

/* Fills in a's operands; a->op is the line's. */
typedef void ArmFormat(ArmArgs *a, uint32_t insn);

/* Emits the ops of one instruction, without its condition. */
typedef void ArmTranslate(struct DisasContext *s, const ArmArgs *a);

/* Features, a bit each. A CPU has a line if it has at least one of the line's features. */
enum {
    ARM_V4T = 1 << 0,
    ARM_V5T = 1 << 1,
    ARM_V5TE = 1 << 2,
    ARM_V5TEJ = 1 << 3,
    ARM_VFP2 = 1 << 4,
    ARM_V6 = 1 << 5,
    ARM_V6K = 1 << 6,
    ARM_MVFR = 1 << 7, /* the VFP has media and VFP feature registers */
    ARM_DCC = 1 << 8,  /* the debug communications channel of ARM9 cores */
    ARM_ARM1026 = ARM_V4T | ARM_V5T | ARM_V5TE | ARM_V5TEJ | ARM_VFP2,
    ARM_ARM926 = ARM_ARM1026 | ARM_DCC,
    ARM_ARM1136_R2 = ARM_ARM1026 | ARM_V6,
    ARM_ARM1136 = ARM_ARM1136_R2 | ARM_V6K | ARM_MVFR,
    ARM_ALL_VFP = ARM_VFP2 | ARM_MVFR, /* what vfp=off takes away */
};

typedef struct ArmInsn {
    const char *bits;
    uint32_t features; /* any of them */
    uint8_t op;        /* ArmArgs.op */
    ArmFormat *format;
    const char *text;
    ArmTranslate *translate;
    const char *limits; /* NULL: none */
} ArmInsn;

/* A line's parsed `bits`. */
typedef struct ArmEncoding {
    uint32_t mask, value;          /* insn matches if (insn & mask) == value */
    uint32_t should, should_value; /* the should-be bits */
    bool any_condition;            /* bits 31..28 are a condition, not 1111 */
} ArmEncoding;

typedef struct ArmTable {
    const ArmInsn *insns;
    unsigned count;
    unsigned width; /* bits in an encoding: 32 or 16 */
} ArmTable;

extern const ArmTable a32_table, v6_table, media_table, vfp_table, coprocessor_table, t16_table;

/* An instruction set: tables in the order of the search, ended by NULL. */
typedef const ArmTable *const ArmSet[];
extern ArmSet arm_a32, arm_t16;

/* Line n of a set, over all its tables; NULL: there is none. */
const ArmInsn *arm_line(ArmSet set, unsigned n);

/* Builds the index for the next two functions, at the first call. */
void arm_decode_init(void);

/* The line of an instruction (16 bits in Thumb) on a CPU with these features, at least one; NULL:
 * UNDEFINED. */
const ArmInsn *arm_decode(uint32_t insn, uint32_t features);
const ArmInsn *thumb_decode(uint32_t insn, uint32_t features);

/* The operands of an instruction that matches the line. */
static inline ArmArgs arm_args(const ArmInsn *line, uint32_t insn)
{
    ArmArgs a = { .op = line->op };
    line->format(&a, insn);
    return a;
}

/* Parses a line's bits. */
ArmEncoding arm_encoding(const ArmInsn *line);

/* -- For formats -- */

/* `width` bits of an instruction from `low` up. */
static inline uint32_t bits(uint32_t insn, unsigned low, unsigned width)
{
    return insn >> low & ((1u << width) - 1);
}

static inline bool bit(uint32_t insn, unsigned n)
{
    return insn >> n & 1;
}

/* The low `width` bits of a value, with the highest of them as its sign. */
static inline uint32_t sign_extend(uint32_t value, unsigned width)
{
    uint32_t sign = UINT32_C(1) << (width - 1);
    return (value ^ sign) - sign;
}

#endif
