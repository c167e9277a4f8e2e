/* SPDX-License-Identifier: MIT */
/* Makes random VFP cases for runtime.c: a state with operands of every class in every mode of
 * FPSCR, and a few instructions of any lines of the decode table. Case N of a seed is always the
 * same.
 *
 *   gen SEED FIRST COUNT FILE [dump]     writes cases FIRST to FIRST + COUNT - 1
 *   gen SEED N                           prints case N's FPSCR and instructions */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/arm.h"
#include "tests/encoding.h"
#include "tests/vfp/cases.h"

static uint64_t rng;

static uint32_t random32(void)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return (uint32_t)(rng * UINT64_C(0x2545f4914f6cdd1d) >> 32);
}

static uint32_t below(uint32_t n)
{
    return random32() % n;
}

/* -- Operands -- */

/* A value of a format with this many bits of fraction and exponent, with every class and the
 * neighbourhood of every boundary likely. */
static uint64_t operand(unsigned fraction, unsigned exponent)
{
    uint64_t one = UINT64_C(1) << fraction, top = (UINT64_C(1) << exponent) - 1, bias = top / 2;
    uint64_t any = (uint64_t)random32() << 32 | random32();
    uint64_t sign = any >> 63 << (fraction + exponent), m = any & (one - 1);
    uint64_t few = m & ~(one / 16 - 1), e;
    switch (below(16)) {
    case 0: return sign;
    case 1: return sign | (m >> below(fraction));
    case 2: return sign | one | (m >> below(fraction)); /* the smallest normals */
    case 3: return sign | (one - below(3));
    case 4: return sign | top << fraction;
    case 5: return sign | (top << fraction) | one / 2 | m;
    case 6: return sign | (top << fraction) | (m >> 1) | 1;
    case 7: return sign | ((top << fraction) - 1 - below(4));
    case 8: return sign | bias << fraction | few;
    case 9: return sign | ((bias + below(34)) << fraction) | m; /* within and beyond integers */
    case 10: return sign | ((bias + 29 + below(5)) << fraction) | few;
    case 11: return sign | ((bias << fraction) - 2 + below(5));
    case 12: /* a product or quotient is near the smallest or largest */
        e = below(2) ? bias / 2 : bias + bias / 2;
        return sign | ((e - 2 + below(5)) << fraction) | (below(2) ? m : few);
    case 13: return sign | ((bias - 4 + below(8)) << fraction) | m;
    case 14: return sign | ((bias - 4 + below(8)) << fraction) | few;
    default: return any >> (63 - fraction - exponent);
    }
}

static uint32_t mode(void)
{
    static const uint32_t plain[4] = { 0, 0x10, 0x10, 0x9f };
    uint32_t fpscr = plain[below(4)] | (below(3) ? 0 : below(4) << 22);
    fpscr |= (below(4) ? 0 : FPSCR_FZ) | (below(4) ? 0 : FPSCR_DN) | below(16) << 28;
    if (below(4) == 0) {
        fpscr |= below(8) << 16 | (below(4) ? 0 : FPSCR_STRIDE);
    }
    return fpscr;
}

/* -- Instructions -- */

/* Puts a value where a field of four adjacent bits is. */
static uint32_t with_register(const ArmInsn *line, char name, uint32_t insn, uint32_t value)
{
    uint32_t mask = arm_field_mask(line, name);
    return (insn & ~mask) | value * (mask & (0 - mask));
}

/* Bank 0 is for scalars. */
static bool in_bank0(const ArmInsn *line, char name, uint32_t insn, bool is_double)
{
    return arm_vfp_field(line, name, insn) < (is_double ? 4 : 8);
}

/* Vectors that the manual leaves UNPREDICTABLE, and those that QEMU 7.2 gets wrong: singles with a
 * stride of 2, which it takes for 4, and doubles of one vector operand, whose results go to
 * registers of the source's bank. */
static bool bad_vector(const ArmInsn *line, uint32_t insn, uint32_t fpscr)
{
    bool is_double = (insn >> 8 & 1) != 0, unary = (insn & 0x00b00000) == 0x00b00000;
    unsigned length = (fpscr >> 16 & 7) + 1;
    bool wide = (fpscr & FPSCR_STRIDE) != 0;
    if (length == 1 || (unary && (insn >> 16 & 15) > 1) || in_bank0(line, 'D', insn, is_double)) {
        return false;
    }
    if (is_double) {
        return length > (wide ? 2 : 4) || (unary && !in_bank0(line, 'M', insn, true));
    }
    return wide;
}

static bool is_move(const ArmInsn *line)
{
    return arm_field_mask(line, 'd') != 0;
}

/* An instruction that the runtime can execute; `bases` counts the base registers used up. */
static uint32_t random_insn(uint32_t fpscr, unsigned *bases)
{
    for (;;) {
        const ArmInsn *line = &vfp_table.insns[below(vfp_table.count)];
        ArmEncoding e = arm_encoding(line);
        uint32_t insn = (random32() & ~(e.mask | e.should)) | e.value | e.should_value;
        insn = (insn & 0x0fffffff) | (below(5) ? 14 : below(15)) << 28;
        bool load = (insn >> 20 & 1) != 0, memory = arm_field_mask(line, 'i') != 0;
        if (memory) {
            bool writeback = (insn >> 21 & 1) != 0; /* also of no offset form */
            if (writeback && *bases == 3) {
                continue;
            }
            insn = with_register(line, 'n', insn, writeback ? ++*bases : 0);
        } else if (is_move(line)) {
            uint32_t rd = 4 + below(load ? 3 : 4);
            if ((insn & 0x0fff0f00) == 0x0ee10a00) {
                rd = 7; /* FPSCR */
            } else if ((insn & 0x0fff0f00) == 0x0ee80a00) {
                continue; /* FPEXC: the VFP stays on */
            }
            insn = with_register(line, 'd', insn, rd);
            if (arm_field_mask(line, 'n')) {
                insn = with_register(line, 'n', insn, 4 + (rd - 3) % 3);
            }
        } else if (line->translate == NULL || bad_vector(line, insn, fpscr)) {
            continue;
        }
        if (arm_matches(&e, insn) && arm_predictable(line, insn) &&
            arm_decode(insn, ARM_ARM926) == line) {
            return insn;
        }
        if (memory && (insn >> 21 & 1)) {
            --*bases;
        }
    }
}

static void make_case(uint64_t seed, uint32_t n, uint32_t *c)
{
    unsigned bases = 0;
    rng = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) + n * UINT64_C(0xd1342543de82ef95) + 1;
    for (unsigned i = 0; i < 8; i++) {
        random32();
    }
    c[CASE_FPSCR] = mode();
    c[CASE_CPSR] = below(16) << 28;
    c[CASE_SEED] = random32();
    for (unsigned i = 0; i < 3; i++) {
        c[CASE_REGS + i] = below(3) ? (uint32_t)operand(23, 8) : random32() >> below(32);
    }
    uint32_t vector = FPSCR_LEN | FPSCR_STRIDE;
    c[CASE_REGS + 3] = (mode() & ~vector) | (c[CASE_FPSCR] & vector);
    for (unsigned i = 0; i < 32; i++) {
        if (i % 2 == 0 && below(2)) {
            uint64_t d = operand(52, 11);
            c[CASE_SINGLE + i++] = (uint32_t)d;
            c[CASE_SINGLE + i] = (uint32_t)(d >> 32);
        } else {
            c[CASE_SINGLE + i] = (uint32_t)operand(23, 8);
        }
    }
    for (unsigned i = 0; i < CASE_INSNS; i++) {
        c[CASE_CODE + i] = random_insn(c[CASE_FPSCR], &bases);
    }
    c[CASE_CODE + CASE_INSNS] = 0xe12fff1e; /* bx lr */
}

static void put_word(FILE *f, uint32_t w)
{
    for (unsigned i = 0; i < 4; i++) {
        fputc((int)(w >> 8 * i & 0xff), f);
    }
}

int main(int argc, char **argv)
{
    uint32_t c[CASE_WORDS];
    arm_decode_init();
    if (argc < 3) {
        fprintf(stderr, "gen: no seed: say SEED FIRST COUNT FILE [dump], or SEED N\n");
        return 1;
    }
    uint64_t seed = strtoull(argv[1], NULL, 10);
    uint32_t first = (uint32_t)strtoul(argv[2], NULL, 10);
    if (argc < 5) {
        make_case(seed, first, c);
        printf("seed %" PRIu64 ", case %" PRIu32 ": FPSCR %08" PRIx32 "\n", seed, first,
               c[CASE_FPSCR]);
        for (unsigned i = 0; i < CASE_INSNS; i++) {
            char text[96];
            arm_disassemble(text, sizeof text, 0, c[CASE_CODE + i], false, ARM_ARM926);
            printf("    %08" PRIx32 "  %s\n", c[CASE_CODE + i], text);
        }
        return 0;
    }
    uint32_t count = (uint32_t)strtoul(argv[3], NULL, 10);
    FILE *f = fopen(argv[4], "wb");
    if (!f || count > CASES_MAX) {
        fprintf(stderr, "gen: %s: cannot be written, or more than %d cases\n", argv[4], CASES_MAX);
        return 1;
    }
    put_word(f, count);
    put_word(f, argc > 5);
    for (uint32_t n = first; n < first + count; n++) {
        make_case(seed, n, c);
        for (unsigned i = 0; i < CASE_WORDS; i++) {
            put_word(f, c[i]);
        }
    }
    return fclose(f) ? 1 : 0;
}
