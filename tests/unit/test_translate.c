/* SPDX-License-Identifier: MIT */
/* What the engine takes for granted about translated blocks, checked on random instructions of
 * every kind in every mode: the rules of tcg/tcg.h. */
#include <stdlib.h>

#include "cpu/model.h"
#include "cpu/translate/translate.h"
#include "tests/unit/tap.h"

#define MODES 128 /* combinations of ARM_TB_* */

static ARMCPU cpu; /* its model is all that translation asks for */

static uint64_t seed = 1;

static uint32_t random32(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 32);
}

/* The first rule that a block breaks; NULL: none. */
typedef struct Check {
    const TCGContext *s;
    bool written[TCG_TEMPS]; /* temps, within the instruction */
    bool placed[TCG_MAX_LABELS], wanted[TCG_MAX_LABELS];
    bool changed;                      /* the instruction has written a global or flags */
    unsigned ops, labels, calls, list; /* of the instruction */
    const char *broken;
} Check;

static void reads(Check *c, TCGTemp t)
{
    if (t != TCG_NONE && (t >= TCG_TEMPS || (t >= TCG_GLOBALS && !c->written[t]))) {
        c->broken = "a temp is read before it is written";
    } else if (t != TCG_NONE && t == 15) {
        c->broken = "a global that is no register is read";
    }
}

static void writes(Check *c, TCGTemp t)
{
    if (t == TCG_NONE) {
        return;
    }
    if (t >= TCG_TEMPS) {
        c->broken = "a temp that is none is written";
    } else if (t >= TCG_GLOBALS) {
        c->written[t] = true;
    } else if (t == 15) {
        c->broken = "a global that is no register is written";
    } else {
        c->changed = true;
    }
}

static void check_operands(Check *c, const TCGOp *op)
{
    unsigned info = tcg_op_info[op->opc].info;
    bool raises = op->opc == TCG_call && (op->memop & TCG_CALL_RAISES);
    reads(c, op->a);
    if (!op->b_imm) {
        reads(c, op->b);
    }
    if (info & TCG_INFO_READS_C) {
        reads(c, op->c);
    }
    if (info & TCG_INFO_READS_D) {
        reads(c, op->d);
    }
    if ((raises || (info & TCG_INFO_FAULTS)) && c->changed) {
        c->broken = "a global or flag is written before an op that may fault";
    }
    for (unsigned i = 0; (info & TCG_INFO_LIST) && i < op->n; i++) {
        if (op->opc == TCG_ldm) {
            writes(c, c->s->list[op->list + i]);
        } else {
            reads(c, c->s->list[op->list + i]);
        }
    }
    writes(c, op->d);
    if (info & TCG_INFO_WRITES_C) {
        writes(c, op->c);
    }
    c->changed |= op->fset != 0;
}

static void check_label(Check *c, const TCGOp *op)
{
    uint32_t label = op->imm;
    if (label >= c->s->labels || c->placed[label]) {
        c->broken = "a branch goes backwards, or a label is placed twice";
        return;
    }
    if (op->opc == TCG_label) {
        c->placed[label] = true;
    } else {
        c->wanted[label] = true;
    }
}

static const char *check_block(const TCGContext *s, uint32_t pc, unsigned max_insns)
{
    static Check c;
    c = (Check){ .s = s };
    if (s->count == 0 || !(tcg_op_info[s->ops[s->count - 1].opc].info & TCG_INFO_EXIT)) {
        return "the last op is no exit";
    }
    if (s->insns == 0 || s->insns > max_insns || s->insn_pc[0] != pc ||
        ((s->insn_pc[s->insns - 1] ^ pc) & ~(BUS_PAGE_SIZE - 1))) {
        return "too many instructions, or not all of this page";
    }
    for (unsigned i = 0; i < s->count && !c.broken; i++) {
        const TCGOp *op = &s->ops[i];
        if (i > 0 && op->insn != s->ops[i - 1].insn) {
            memset(c.written, 0, sizeof c.written);
            c.changed = false;
            c.ops = c.labels = c.calls = c.list = 0;
        }
        c.ops++;
        switch (op->opc) {
        case TCG_label:
        case TCG_brflags: check_label(&c, op); break;
        default: check_operands(&c, op); break;
        }
        c.labels += op->opc == TCG_label;
        c.calls += op->opc == TCG_call || op->opc == TCG_fp;
        c.list += op->opc == TCG_ldm || op->opc == TCG_stm ? op->n : 0;
        if (c.ops > TCG_OPS_PER_INSN || c.labels > TCG_LABELS_PER_INSN ||
            c.calls > TCG_CALLS_PER_INSN || c.list > TCG_LIST_PER_INSN) {
            c.broken = "an instruction takes more than there is room for";
        }
    }
    for (unsigned i = 0; i < s->labels && !c.broken; i++) {
        if (c.wanted[i] && !c.placed[i]) {
            c.broken = "a label is not placed";
        }
    }
    return c.broken;
}

static void store_insn(uint8_t *p, uint32_t insn, unsigned size)
{
    for (unsigned i = 0; i < size; i++) {
        p[i] = (uint8_t)(insn >> 8 * i);
    }
}

/* Blocks that start with an instruction of each line, then random words: `count` times in a mode.
 */
static void test_mode(uint32_t mode, unsigned count)
{
    static uint8_t page[BUS_PAGE_SIZE];
    static TCGContext s;
    bool thumb = (mode & ARM_TB_THUMB) != 0;
    const ArmTable *const *set = thumb ? arm_t16 : arm_a32;
    unsigned size = thumb ? 2 : 4, wrong = 0, lines = 0;
    while (arm_line(set, lines)) {
        lines++;
    }
    for (unsigned n = 0; n < count * lines; n++) {
        const ArmInsn *line = arm_line(set, n % lines);
        ArmEncoding e = arm_encoding(line);
        uint32_t at = random32() & (BUS_PAGE_SIZE - 1) & ~(size - 1);
        uint32_t pc = 0x8000 + at;
        unsigned max_insns = n % 3 ? TCG_MAX_INSNS : 1;
        for (unsigned i = 0; i < BUS_PAGE_SIZE; i += 4) {
            /* Mostly "always", so that blocks end. */
            store_insn(page + i, random32() | (i & 4 ? UINT32_C(0xe0000000) : 0), 4);
        }
        store_insn(page + (mode & ARM_TB_BE && thumb ? at ^ 2 : at),
                   (random32() & ~e.mask) | e.value, size);
        tcg_start(&s);
        arm_translate(&cpu.env, &s, pc, mode, page, max_insns);
        const char *broken = check_block(&s, pc, max_insns);
        if (broken && wrong++ < 5) {
            printf("# %s: %s\n", line->bits, broken);
        }
    }
    ok(wrong == 0, "mode 0x%x: blocks keep the rules of the IR", (unsigned)mode);
}

/* The ops of one instruction, without the exit after it. */
static unsigned ops_of(uint32_t insn, uint32_t mode, const TCGOp **ops)
{
    static uint8_t page[BUS_PAGE_SIZE];
    static TCGContext s;
    store_insn(page, insn, mode & ARM_TB_THUMB ? 2 : 4);
    tcg_start(&s);
    arm_translate(&cpu.env, &s, 0x8000, mode, page, 1);
    *ops = s.ops;
    return s.count - 1;
}

/* The instructions that programs are made of take no more ops than they should. */
static void test_length(void)
{
    static const struct {
        uint32_t insn;
        bool thumb;
        unsigned ops;
        const char *name;
    } cases[] = {
        { 0xe0810002, false, 1, "add r0, r1, r2" },
        { 0xe0810182, false, 2, "add r0, r1, r2, lsl #3" },
        { 0xe3500000, false, 1, "cmp r0, #0" },
        { 0xe1b00101, false, 2, "lsls r0, r1, #2" },
        { 0xe5910004, false, 1, "ldr r0, [r1, #4]" },
        { 0xe59f0004, false, 1, "ldr r0, [pc, #4]" },
        { 0xe7910102, false, 1, "ldr r0, [r1, r2, lsl #2]" },
        { 0xe4910004, false, 2, "ldr r0, [r1], #4" },
        { 0xe5a10004, false, 2, "str r0, [r1, #4]!" },
        { 0xe92d4010, false, 2, "push {r4, lr}" },
        { 0xe8bd8010, false, 2, "pop {r4, pc} before its exit" },
        { 0x03a00001, false, 3, "moveq r0, #1" },
        { 0x1840, true, 1, "adds r0, r0, r1 (Thumb)" },
        { 0x0048, true, 2, "lsls r0, r1, #1 (Thumb)" },
        { 0x6848, true, 1, "ldr r0, [r1, #4] (Thumb)" },
    };
    for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const TCGOp *ops;
        is_u32(ops_of(cases[i].insn, ARM_TB_PRIV | (cases[i].thumb ? ARM_TB_THUMB : 0), &ops),
               cases[i].ops, cases[i].name);
    }
}

/* A block goes on after a conditional branch, and ends at what leaves it for good. */
static void test_end(void)
{
    static uint8_t page[BUS_PAGE_SIZE];
    static TCGContext s;
    store_insn(page, 0x0a000010, 4);     /* beq */
    store_insn(page + 4, 0xe12fff1e, 4); /* bx lr */
    tcg_start(&s);
    arm_translate(&cpu.env, &s, 0x8000, ARM_TB_PRIV, page, TCG_MAX_INSNS);
    is_u32(s.insns, 2, "a block ends at bx lr after beq");
    store_insn(page, 0xd010, 2);     /* beq */
    store_insn(page + 2, 0x4770, 2); /* bx lr */
    tcg_start(&s);
    arm_translate(&cpu.env, &s, 0x8000, ARM_TB_PRIV | ARM_TB_THUMB, page, TCG_MAX_INSNS);
    is_u32(s.insns, 2, "a block ends at bx lr after beq (Thumb)");
}

int main(void)
{
    arm_decode_init();
    cpu.model = arm_model_find("arm926");
    cpu.features = cpu.model->features;
    cpu.psr_bits = arm_psr_bits(cpu.features);
    for (uint32_t mode = 0; mode < MODES; mode++) {
        test_mode(mode, 4);
    }
    test_length();
    test_end();
    return done_testing();
}
