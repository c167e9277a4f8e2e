/* SPDX-License-Identifier: MIT */
/* The instruction set as a table: one line per instruction, read by the translator, the
 * disassembler and the tests' instruction generator.
 *
 * A line's `bits` is the encoding as the manual draws it, most significant bit first; spaces are
 * for the eye:
 *   0 1      fixed
 *   (0) (1)  should be so: ignored by the CPU, UNPREDICTABLE otherwise ("SBZ", "SBO")
 *   letter   a bit of the field of that name; a field may lie in pieces
 * The field names, everywhere the same:
 *   c  condition             S  sets the flags
 *   d n m s a                registers (d destination, n first operand or base, m second operand,
 *                            s shift amount or multiplier, a accumulator or low result)
 *   t i r                    shift type, immediate, its rotation
 *   u w p                    offset is added, base is written back, pre-indexed
 *   l                        register list
 *   o                        branch offset or opcode
 *   f R                      PSR fields, SPSR instead of CPSR
 *   x y                      top half of m, of s
 *   g k q                    coprocessor: number, opcode 1, opcode 2
 *   D N M                    VFP registers: destination, first and second operand; for a single,
 * the bit that lies apart is the lowest of its number A condition field excludes 1111, which is a
 * space of its own.
 *
 * `text` is what the disassembler prints; see disas.c for its escapes.
 *
 * `limits` says when an encoding is UNPREDICTABLE, as terms between spaces:
 *   d        field d must not be 15              d/14     field d must not be 14
 *   n/d      field n must differ from field d    n/d+     field n must differ from d + 1
 *   l        the list must not be empty          l/n      register n must not be in the list
 *   D+i      VFP registers from D on, i of them: at least one, and none beyond the last
 *   w?term   only if field w is 1
 *
 * The first line that matches counts. */
#ifndef CPU_DECODE_H
#define CPU_DECODE_H

#include <stdbool.h>
#include <stdint.h>

struct DisasContext;

/* Emits one instruction; its condition has been dealt with. */
typedef void ArmTranslate(struct DisasContext *s, uint32_t insn);

/* The architecture that a line belongs to; a CPU has a set of them. */
enum {
    ARM_V4T = 1 << 0,
    ARM_V5T = 1 << 1,
    ARM_V5TE = 1 << 2,
    ARM_V5TEJ = 1 << 3,
    ARM_VFP2 = 1 << 4,
    ARM_ARM926 = ARM_V4T | ARM_V5T | ARM_V5TE | ARM_V5TEJ | ARM_VFP2,
};

typedef struct ArmInsn {
    const char *bits;
    uint8_t arch;
    const char *text;
    ArmTranslate *translate;
    const char *limits; /* NULL: none */
} ArmInsn;

/* What a line's `bits` comes to. */
typedef struct ArmEncoding {
    uint32_t mask, value;          /* an instruction is this one if (insn & mask) == value */
    uint32_t should, should_value; /* the should-be bits */
    bool any_condition;            /* bits 31..28 hold a condition: not 1111 */
} ArmEncoding;

typedef struct ArmTable {
    const ArmInsn *insns;
    unsigned count;
    unsigned width; /* bits in an encoding: 32 or 16 */
} ArmTable;

extern const ArmTable arm_table, thumb_table;

/* Builds the index that the next two search, which find nothing before; once is enough, more do no
 * harm. */
void arm_decode_init(void);

/* The line of an instruction (16 bits for Thumb) on a CPU with these ARM_V* bits, or NULL:
 * UNDEFINED. */
const ArmInsn *arm_decode(uint32_t insn, unsigned arch);
const ArmInsn *thumb_decode(uint32_t insn, unsigned arch);

/* Parses a line's bits. */
ArmEncoding arm_encoding(const ArmInsn *line);
/* True if this encoding is the line's. */
bool arm_matches(const ArmEncoding *e, uint32_t insn);

/* The bits that belong to field `name` (0: the line has none), and a field's value, its pieces put
 * together. */
uint32_t arm_field_mask(const ArmInsn *line, char name);
uint32_t arm_field(const ArmInsn *line, char name, uint32_t insn);
/* The same for a field that names a register: the even ones of doublewords lack their last bit. */
uint32_t arm_register_field(const ArmInsn *line, char name, uint32_t insn);

/* The number of a VFP register: of a single if the field has five bits, else of a double. */
uint32_t arm_vfp_field(const ArmInsn *line, char name, uint32_t insn);

/* False if the line's limits or should-be bits make this encoding UNPREDICTABLE. */
bool arm_predictable(const ArmInsn *line, uint32_t insn);

#endif
