/* SPDX-License-Identifier: MIT */
/* The decode tables: every line can be reached, lines overlap only where one refines another, and
 * what the manual leaves unallocated is UNDEFINED.
 *
 * With arguments it is the source of disas.t: `test_decode arm|thumb CPU SEED COUNT FILE` writes
 * COUNT random encodings of each line that the CPU has to FILE, as memory holds them, and their
 * disassembly to stdout. */
#include <inttypes.h>
#include <stdlib.h>

#include "cpu/model.h"
#include "cpu/translate/translate.h"
#include "tests/encoding.h"
#include "tests/unit/tap.h"

static uint64_t seed = 1;

static uint32_t random32(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 32);
}

/* An instruction set as a CPU with these features has it. */
typedef struct InsnSet {
    const char *name;
    const ArmTable *const *tables;
    unsigned width;
    uint32_t features;
    const ArmInsn *lines[1024];
    unsigned count;
    const ArmInsn *(*decode)(uint32_t insn, uint32_t features);
} InsnSet;

static const ArmInsn *decode(const InsnSet *t, uint32_t insn)
{
    return t->decode(insn, t->features);
}

/* A random encoding of a line that is not UNPREDICTABLE; false if none was found. */
static bool random_insn(const InsnSet *t, const ArmInsn *line, uint32_t *insn)
{
    ArmEncoding e = arm_encoding(line);
    for (unsigned i = 0; i < 10000; i++) {
        uint32_t r = random32() & (t->width == 16 ? 0xffff : UINT32_MAX);
        r = (r & ~(e.mask | e.should)) | e.value | e.should_value;
        if (arm_matches(&e, r) && arm_predictable(line, r) && decode(t, r) == line) {
            *insn = r;
            return true;
        }
    }
    return false;
}

/* -- The tables against themselves -- */

static bool may_overlap(const InsnSet *t, const ArmEncoding *a, const ArmEncoding *b)
{
    uint32_t both = a->mask & b->mask;
    if (a->any_condition != b->any_condition && t->width == 32) {
        return false;
    }
    return (a->value & both) == (b->value & both);
}

static void test_table(const InsnSet *t)
{
    const char *name = t->name;
    unsigned unreachable = 0, clashes = 0, texts = 0;
    for (unsigned i = 0; i < t->count; i++) {
        const ArmInsn *line = t->lines[i];
        ArmEncoding e = arm_encoding(line);
        uint32_t insn;
        char text[96];
        if (!random_insn(t, line, &insn)) {
            printf("# %s: never decoded: %s\n", name, line->bits);
            unreachable++;
            continue;
        }
        arm_disassemble(text, sizeof text, 0, insn, t->width == 16, t->features);
        texts += strchr(text, '%') != NULL || strlen(text) < 2;
        for (unsigned j = 0; j < i; j++) {
            ArmEncoding before = arm_encoding(t->lines[j]);
            /* An earlier line may only take away from this one what it has spelt out further. */
            if (may_overlap(t, &before, &e) && (before.mask & e.mask) != e.mask) {
                printf("# %s: '%s' and '%s' overlap\n", name, t->lines[j]->bits, line->bits);
                clashes++;
            }
        }
    }
    ok(unreachable == 0, "%s: each of the %u lines decodes", name, t->count);
    ok(clashes == 0, "%s: lines overlap only where the earlier refines the later", name);
    ok(texts == 0, "%s: each line has a text", name);
}

/* Looks random encodings up with and without the index. */
static void test_index(const InsnSet *t)
{
    const char *name = t->name;
    unsigned wrong = 0;
    unsigned n = t->width == 16 ? 0x10000 : 300000;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t insn = t->width == 16 ? i : random32();
        const ArmInsn *found = NULL;
        for (unsigned k = 0; k < t->count && !found; k++) {
            const ArmInsn *line = t->lines[k];
            ArmEncoding e = arm_encoding(line);
            found = arm_matches(&e, insn) ? line : NULL;
        }
        wrong += found != decode(t, insn);
    }
    ok(wrong == 0, "%s: the index finds the first line that matches", name);
}

/* -- Formats against the encodings as drawn -- */

static bool starts_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* What ArmArgs holds for a letter of `bits`; false: no format keeps that field as it is. */
static bool arg_of(const ArmInsn *line, const ArmArgs *a, char letter, uint32_t *value)
{
    bool data = starts_with(line->text, "cdp"),
         ldst = starts_with(line->text, "ldc%N") || starts_with(line->text, "stc%N");
    bool pair = starts_with(line->text, "mcrr") || starts_with(line->text, "mrrc");
    bool move = !pair && (starts_with(line->text, "mcr") || starts_with(line->text, "mrc"));
    bool coprocessor = data || ldst || pair || move;
    switch (letter) {
    case 'd': *value = data || ldst ? a->crd : a->rd; return true;
    case 'n': *value = data || move ? a->crn : a->rn; return true;
    case 'm': *value = coprocessor ? a->crm : a->rm; return true;
    case 's': *value = a->rs; return true;
    case 'a': *value = a->ra; return true;
    case 'S': *value = a->set; return true;
    case 't': *value = a->shift; return true;
    case 'u': *value = a->add; return true;
    case 'p': *value = a->index; return true;
    case 'f': *value = a->fields; return true;
    case 'R': *value = a->spsr; return true;
    case 'x': *value = a->x; return true;
    case 'y': *value = a->y; return true;
    case 'g': *value = a->cp; return true;
    case 'q': *value = a->opc2; return true;
    default: return false;
    }
}

/* The VFP register of a letter, by its first word. */
static bool vfp_arg_of(const ArmArgs *a, char letter, uint32_t *word)
{
    switch (letter) {
    case 'D': *word = a->vd; return true;
    case 'N': *word = a->vn - (a->x ? 1 : 0); return true; /* of a half its double */
    case 'M': *word = a->vm; return true;
    default: return false;
    }
}

static unsigned check_args(const ArmInsn *line, uint32_t insn)
{
    static const char letters[] = "dnmsaStupfRxygqDNM";
    ArmArgs a = arm_args(line, insn);
    for (unsigned i = 0; letters[i]; i++) {
        uint32_t mask = arm_field_mask(line, letters[i]), want, got;
        if (!mask) {
            continue;
        }
        if (vfp_arg_of(&a, letters[i], &got)) {
            bool single = (mask & 0x4000a0) != 0; /* the bit that lies apart */
            want = arm_vfp_field(line, letters[i], insn) << (single ? 0 : 1);
        } else if (arg_of(line, &a, letters[i], &got)) {
            want = arm_register_field(line, letters[i], insn);
        } else {
            continue;
        }
        if (got != want) {
            printf("# '%s' (%s), 0x%08" PRIx32 ": field %c is %" PRIu32
                   ", the format gives %" PRIu32 "\n",
                   line->bits, line->text, insn, letters[i], want, got);
            return 1;
        }
    }
    return 0;
}

/* Each format puts the fields where the line draws them. */
static void test_formats(const InsnSet *t)
{
    unsigned wrong = 0;
    for (unsigned i = 0; i < t->count; i++) {
        const ArmInsn *line = t->lines[i];
        ArmEncoding e = arm_encoding(line);
        for (unsigned k = 0; k < 200; k++) {
            if (check_args(line, (random32() & ~e.mask) | e.value)) {
                wrong++;
                break;
            }
        }
    }
    ok(wrong == 0, "%s: formats and encodings agree on the fields", t->name);
}

/* Lists the lines that a CPU with the set's features has. */
static void list_lines(InsnSet *t)
{
    const ArmInsn *line;
    for (unsigned n = 0; (line = arm_line(t->tables, n)) != NULL; n++) {
        if (line->features & t->features) {
            t->lines[t->count++] = line;
        }
    }
}

static void test_set(InsnSet *t)
{
    list_lines(t);
    test_table(t);
    test_index(t);
    test_formats(t);
}

/* Writes what disas.t compares. Returns the status. */
static int write_disassembly(InsnSet *t, unsigned count, const char *path)
{
    FILE *f = fopen(path, "wb");
    uint32_t pc = 0;
    list_lines(t);
    for (unsigned i = 0; f && i < t->count * count; i++) {
        const ArmInsn *line = t->lines[i / count];
        uint32_t insn = 0;
        char text[96];
        if (line->translate == trans_bl_suffix || line->translate == trans_blx_suffix ||
            !random_insn(t, line, &insn)) {
            continue; /* a suffix comes after its prefix */
        }
        if (line->translate == trans_bl_prefix) {
            uint32_t suffix = random32();
            insn |= (suffix & 1 ? 0xf800u | (suffix >> 8 & 0x7ff) : 0xe800u | (suffix >> 8 & 0x7fe))
                    << 16;
        }
        unsigned length = arm_disassemble(text, sizeof text, pc, insn, t->width == 16, t->features);
        for (unsigned k = 0; k < length; k++) {
            fputc((int)(insn >> 8 * k & 0xff), f);
        }
        printf("%" PRIx32 "\t%s\n", pc, text);
        pc += length;
    }
    return !f || fclose(f) ? 1 : 0;
}

/* -- The tables against the manual -- */

/* Random encodings with the bits of `mask` as in `value` are all UNDEFINED, whether by having no
 * line or by having that of a coprocessor that is not there. */
static void undefined_space(uint32_t mask, uint32_t value, const char *what)
{
    unsigned defined = 0;
    for (unsigned i = 0; i < 20000; i++) {
        uint32_t insn = (random32() & ~mask) | value;
        if (!(mask >> 28) && insn >> 28 == 15) {
            continue;
        }
        const ArmInsn *line = arm_decode(insn, ARM_ARM926);
        if (line && line->translate != trans_undefined) {
            if (!defined++) {
                printf("# 0x%08" PRIx32 " decodes as '%s'\n", insn, line->bits);
            }
        }
    }
    ok(defined == 0, "UNDEFINED: %s", what);
}

static void decodes(uint32_t insn, bool thumb, const char *want)
{
    char text[96];
    arm_disassemble(text, sizeof text, 0x1000, insn, thumb, ARM_ARM926);
    is_str(text, want, want);
}

int main(int argc, char **argv)
{
    static InsnSet sets[] = {
        { "A32", arm_a32, 32, ARM_ARM926, { NULL }, 0, arm_decode },
        { "T16", arm_t16, 16, ARM_ARM926, { NULL }, 0, thumb_decode },
        { "ARMv6 A32", arm_a32, 32, ARM_ARM1136, { NULL }, 0, arm_decode },
        { "ARMv6 T16", arm_t16, 16, ARM_ARM1136, { NULL }, 0, thumb_decode },
    };
    arm_decode_init();
    if (argc == 6) {
        InsnSet *t = &sets[strcmp(argv[1], "thumb") == 0];
        const ARMModel *model = arm_model_find(argv[2]);
        t->features = model ? model->features : 0;
        seed = strtoul(argv[3], NULL, 10);
        return write_disassembly(t, (unsigned)strtoul(argv[4], NULL, 10), argv[5]);
    }

    for (unsigned i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        test_set(&sets[i]);
    }

    undefined_space(0x0e000010, 0x06000010, "the media space of ARMv6 (bits 27:25 011, bit 4)");
    undefined_space(0x0fb00000, 0x03000000, "MSR immediate with bit 21 clear");
    undefined_space(0x0f9000f0, 0x01000040, "miscellaneous, bits 7:4 0100");
    undefined_space(0x0f9000f0, 0x01000060, "miscellaneous, bits 7:4 0110");
    undefined_space(0x0fb000f0, 0x01000010, "miscellaneous, bits 7:4 0001 without bit 21");
    undefined_space(0x0fd000f0, 0x01400020, "miscellaneous, bits 7:4 0010 of opcode 1x");
    undefined_space(0x0fb000f0, 0x01000070, "miscellaneous, bits 7:4 0111 without bit 21");
    undefined_space(0x0ff000f0, 0x01600070, "SMC");
    undefined_space(0x0fc000f0, 0x00400090, "UMAAL, MLS");
    undefined_space(0x0f8000f0, 0x01800090, "LDREX and its kin");
    undefined_space(0x0fb000f0, 0x01200090, "the swap space with bit 21");
    undefined_space(0x0e1010d0, 0x000010d0, "LDRD, STRD of an odd register");
    undefined_space(0x0f000f10, 0x0e000710, "MRC, MCR of coprocessor 7");
    undefined_space(0x0f400f00, 0x0d400b00, "loads and stores of d16 to d31");
    undefined_space(0x0fa00e00, 0x0c200a00, "VFP load and store multiple, descending after");
    undefined_space(0x0fa00e00, 0x0da00a00, "and ascending before");
    undefined_space(0x0f800f90, 0x0e000b80, "FADDD and others of d16 to d31");
    undefined_space(0x0fb00e50, 0x0e800a40, "VFP data, opcode 1001");
    undefined_space(0x0fb00e10, 0x0e900a00, "VFP data, opcode 1010, 1011: fused multiply-add");
    undefined_space(0x0fb00e10, 0x0ea00a00, "VFP data, opcode 1100, 1101");
    undefined_space(0x0fb00e50, 0x0eb00a00, "VFP immediates");
    undefined_space(0x0fbe0e50, 0x0eb20a40, "VFP half precision");
    undefined_space(0x0fbf0e50, 0x0eb60a40, "VFP rounding to integral");
    undefined_space(0x0fbf0ed0, 0x0eb70a40, "VFP extension 01110");
    undefined_space(0x0fba0e50, 0x0eba0a40, "VFP fixed point");
    undefined_space(0x0fef0f10, 0x0ee70a10, "MVFR0");
    undefined_space(0x0f800f10, 0x0e800b10, "VFP transfers beyond the halves of a double");
    undefined_space(0x0fe00c00, 0x0c400000, "MCRR, MRRC");
    undefined_space(0x0fe00e00, 0x0c400c00, "MCRR, MRRC, coprocessors 12 and 13");
    undefined_space(0x0fe00000, 0x0c000000, "LDC, STC with P, U and W clear");
    undefined_space(0x0f000810, 0x0e000000, "CDP, coprocessors 0 to 7");
    undefined_space(0x0f000c10, 0x0e000c00, "CDP, coprocessors 12 to 15");
    undefined_space(0xfc000000, 0xf0000000, "unconditional: SETEND, CPS, NEON data processing");
    undefined_space(0xff100000, 0xf4000000, "unconditional: NEON stores");
    undefined_space(0xfe000000, 0xf8000000, "unconditional: SRS, RFE");
    undefined_space(0xfe000000, 0xfc000000, "unconditional: LDC2, STC2, MCRR2, MRRC2");
    undefined_space(0xfe000000, 0xfe000000, "unconditional: MCR2, MRC2, CDP2 and beyond");
    undefined_space(0xfd700000, 0xf5100000, "unconditional: PLDW");
    undefined_space(0xff100000, 0xf4100000, "unconditional: post-indexed hints");
    unsigned defined = 0;
    static const struct {
        uint16_t first, last;
    } unallocated[] = {
        { 0xb100, 0xb3ff }, { 0xb600, 0xbbff }, { 0xbf00, 0xbfff }, { 0xde00, 0xdeff }
    };
    for (unsigned i = 0; i < sizeof unallocated / sizeof unallocated[0]; i++) {
        for (uint32_t insn = unallocated[i].first; insn <= unallocated[i].last; insn++) {
            defined += thumb_decode(insn, ARM_ARM926) != NULL;
        }
    }
    for (uint32_t insn = 0xe801; insn <= 0xefff; insn += 2) {
        defined += thumb_decode(insn, ARM_ARM926) != NULL;
    }
    ok(defined == 0, "UNDEFINED: Thumb's unallocated encodings");

    decodes(0xe0810102, false, "add\tr0, r1, r2, lsl #2");
    decodes(0x01b00061, false, "rrxseq\tr0, r1");
    decodes(0xe59f1008, false, "ldr\tr1, [pc, #8]");
    decodes(0xe8bd8010, false, "pop\t{r4, pc}");
    decodes(0xeafffffe, false, "b\t0x1000");
    decodes(0xe7f000f0, false, ".word\t0xe7f000f0");
    decodes(0xfffef7ff, true, "bl\t0x1000");
    decodes(0xbd10, true, "pop\t{r4, pc}");
    decodes(0xde00, true, ".short\t0xde00");
    return done_testing();
}
