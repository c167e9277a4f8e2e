/* SPDX-License-Identifier: MIT */
/* usage: gen -r RUNTIME -g GROUP -s SEED -n SEQUENCES [-m CPU] [-k N,N...] [-1 RUN] [-x N,N...]
 *            [-d] [-l LISTING] [-c COVERAGE] -o IMAGE
 *
 * Makes an image of random tests for a CPU model (-m, arm926 if not given): an ELF file of the
 * runtime, the tests and their page tables.
 * The same arguments make the same image on every host. To look into one test: -k
 * names the tests that run, -1 leaves out all runs but one of the last of them, -x replaces
 * instructions of it by others that do nothing, -d makes the runtime print all state after it
 * instead of a digest; the addresses stay the same. -l lists the tests, -c what they cover. */
#include "tests/diff/gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/model.h"

#define CODE_AT     0x2000 /* in the payload */
#define PAYLOAD_MAX (TABLES_PA - PAYLOAD_PA)

typedef struct Args {
    const char *runtime, *listing, *coverage, *output;
    Group group;
    uint64_t seed;
    unsigned sequences, last;
    bool some;    /* only the tests in kept[] */
    int only_run; /* -1: all */
    uint64_t left_out;
    bool dump;
} Args;

static Args args = { .only_run = -1, .last = UINT32_MAX, .sequences = 1000, .group = GROUPS };
static bool kept[1u << 16];

uint32_t cpu_features = ARM_ARM926;
bool is_arm1176;

static uint8_t payload[PAYLOAD_MAX];
static uint32_t payload_size = CODE_AT;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "gen: %s: %s\n", what, why);
    exit(1);
}

static void put32(uint8_t *p, uint32_t v)
{
    for (unsigned i = 0; i < 4; i++) {
        p[i] = (uint8_t)(v >> (8 * i));
    }
}

/* -- Coverage: how many instructions of each line, and under each condition; without those of
 * handlers -- */

#define MAX_LINES 1024

/* The last one counts unallocated encodings. */
static uint64_t line_count[2][MAX_LINES + 1], condition_count[15];

static unsigned line_number(bool thumb, const ArmInsn *line)
{
    unsigned n = 0;
    while (n < MAX_LINES && arm_line(thumb ? arm_t16 : arm_a32, n) != line) {
        n++;
    }
    return line ? n : MAX_LINES;
}

static void count_insns(const Seq *s)
{
    for (unsigned i = s->first; i < s->count; i++) {
        const Insn *insn = &s->insns[i];
        line_count[insn->thumb][line_number(insn->thumb, insn->line)]++;
        if (!insn->thumb && s->code[insn->offset + 3] >> 4 < 15) {
            condition_count[s->code[insn->offset + 3] >> 4]++;
        }
    }
}

static void write_coverage(void)
{
    FILE *f = fopen(args.coverage, "w");
    if (!f) {
        fail(args.coverage, "cannot be written");
    }
    for (unsigned thumb = 0; thumb < 2; thumb++) {
        for (unsigned i = 0; i <= MAX_LINES; i++) {
            const ArmInsn *line = arm_line(thumb ? arm_t16 : arm_a32, i);
            bool there = line && (line->features & cpu_features);
            if (there || line_count[thumb][i]) {
                fprintf(f, "%s\t%s\t%llu\n", thumb ? "thumb" : "arm",
                        line ? line->bits : "unallocated",
                        (unsigned long long)line_count[thumb][i]);
            }
        }
    }
    for (unsigned i = 0; i < 15; i++) {
        fprintf(f, "condition\t%u\t%llu\n", i, (unsigned long long)condition_count[i]);
    }
    fclose(f);
}

/* -- Listing -- */

static void list_sequence(FILE *f, const Seq *s)
{
    fprintf(f, "sequence %u at %08x: mode %02x, %s\n", s->id, (unsigned)s->va,
            (unsigned)s->start_mode, s->start_thumb ? "Thumb" : "ARM");
    for (unsigned i = 0; i < s->count; i++) {
        const Insn *insn = &s->insns[i];
        const uint8_t *p = s->code + insn->offset;
        uint32_t pc = s->va + insn->offset, code = 0;
        char text[96];
        for (unsigned k = 0; k < 4 && insn->offset + k < s->size; k++) {
            code |= (uint32_t)p[k] << (8 * k);
        }
        (void)arm_disassemble(text, sizeof text, pc, code, insn->thumb, cpu_features);
        fprintf(f, "insn %u\t%08x\t%s\t%0*x\t%s\n", i, (unsigned)pc, insn->thumb ? "thumb" : "arm",
                insn->thumb ? 4 : 8, (unsigned)(insn->thumb ? code & 0xffff : code), text);
    }
    for (unsigned run = 0; run < s->runs; run++) {
        if (args.only_run < 0 || run == (unsigned)args.only_run) {
            fprintf(f, "run %u", run);
            for (unsigned i = 0; i < RUN_SIZE / 4; i++) {
                fprintf(f, " %08x", (unsigned)s->run[run].w[i]);
            }
            fprintf(f, "\n");
        }
    }
}

/* -- The payload -- */

/* All bits of PSRs but A on CPUs that do not have it, see rules.c. */
static uint32_t compared_psr(void)
{
    return ~((arm_psr_bits(cpu_features) & PSR_A) != 0 ? 0 : PSR_A);
}

static void leave_out_insns(Seq *s)
{
    for (unsigned i = 0; i < s->count; i++) {
        bool left_out = args.left_out >> i & 1;
        for (unsigned k = i; s->insns[k].glued; k--) {
            left_out = args.left_out >> (k - 1) & 1;
        }
        if (left_out && !s->insns[i].fixed) {
            uint8_t *p = s->code + s->insns[i].offset;
            if (s->insns[i].thumb) {
                p[0] = 0xc0, p[1] = 0x46; /* mov r8, r8 */
            } else {
                put32(p, 0xe1a00000); /* mov r0, r0 */
            }
        }
    }
}

static void make_payload(void)
{
    static uint8_t runs[PAYLOAD_MAX];
    static Seq s;
    uint32_t runs_size = 0, last_runs = 0;
    FILE *listing = args.listing ? fopen(args.listing, "w") : NULL;
    if (args.listing && !listing) {
        fail(args.listing, "cannot be written");
    }
    for (unsigned id = 0; id < args.sequences; id++) {
        make_sequence(&s, args.group, args.seed, id, PAYLOAD_VA + payload_size);
        if (id == args.last) {
            leave_out_insns(&s);
        }
        if (payload_size + runs_size + sizeof s.run + MAX_CODE + 0x2000 > PAYLOAD_MAX) {
            fail("-n", "too many sequences for one image");
        }
        memcpy(payload + payload_size, s.code, s.size);
        payload_size += s.size;
        if (args.some && !(id <= 0xffff && kept[id])) {
            continue;
        }
        if (id == args.last) {
            last_runs = runs_size;
        }
        count_insns(&s);
        if (listing) {
            list_sequence(listing, &s);
        }
        for (unsigned run = 0; run < s.runs; run++) {
            for (unsigned i = 0;
                 i < RUN_SIZE / 4 && (args.only_run < 0 || run == (unsigned)args.only_run); i++) {
                put32(runs + runs_size, s.run[run].w[i]);
                runs_size += 4;
            }
        }
    }
    payload_size = (payload_size + 0xfff) & ~UINT32_C(0xfff);
    put32(payload + HEADER_RUNS, PAYLOAD_VA + payload_size);
    put32(payload + HEADER_RUN_END, PAYLOAD_VA + payload_size + runs_size);
    put32(payload + HEADER_SCTLR, sctlr_base(args.group));
    put32(payload + HEADER_DUMP, args.dump ? PAYLOAD_VA + payload_size + last_runs : UINT32_MAX);
    put32(payload + HEADER_PSR, compared_psr());
    memcpy(payload + payload_size, runs, runs_size);
    payload_size += runs_size;
    if (listing) {
        fclose(listing);
    }
}

/* -- The image -- */

static void segment(uint8_t *header, uint32_t offset, uint32_t addr, uint32_t size)
{
    const uint32_t words[8] = { 1, offset, addr, addr, size, size, 7, 4 };
    for (unsigned i = 0; i < 8; i++) {
        put32(header + 4 * i, words[i]);
    }
}

static void write_image(void)
{
    static uint8_t runtime[0x8000];
    uint8_t head[52 + 3 * 32] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 };
    uint32_t tables_size;
    const uint8_t *tables = get_tables(&tables_size);
    FILE *f = fopen(args.runtime, "rb");
    size_t runtime_size = f ? fread(runtime, 1, sizeof runtime, f) : 0;
    if (!f || runtime_size == 0) {
        fail(args.runtime, "cannot be read");
    }
    fclose(f);
    put32(head + 16, 2 | 40 << 16); /* an executable for ARM */
    put32(head + 20, 1);
    put32(head + 24, RUNTIME_PA);
    put32(head + 28, 52);
    put32(head + 36, 0x05000000);
    put32(head + 40, 52 | 32 << 16);
    put32(head + 44, 3);
    uint32_t at = sizeof head;
    segment(head + 52, at, RUNTIME_PA, (uint32_t)runtime_size);
    at += (uint32_t)runtime_size;
    segment(head + 84, at, PAYLOAD_PA, payload_size);
    at += payload_size;
    segment(head + 116, at, TABLES_PA, tables_size);
    f = fopen(args.output, "wb");
    if (!f || fwrite(head, sizeof head, 1, f) != 1 || fwrite(runtime, runtime_size, 1, f) != 1 ||
        fwrite(payload, payload_size, 1, f) != 1 || fwrite(tables, tables_size, 1, f) != 1 ||
        fclose(f) != 0) {
        fail(args.output, "cannot be written");
    }
}

/* -- Arguments -- */

static uint64_t number(const char *option, const char *text)
{
    char *end;
    uint64_t n = strtoull(text, &end, 0);
    if (!*text || *end) {
        fail(option, "needs a number");
    }
    return n;
}

static void set_model(const char *name)
{
    const ARMModel *model = arm_model_find(name);
    if (!model) {
        fail(name, "is no CPU model");
    }
    cpu_features = model->features;
    is_arm1176 = strcmp(model->name, "arm1176") == 0;
}

static void parse(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *option = argv[i];
        if (strcmp(option, "-d") == 0) {
            args.dump = true;
            continue;
        }
        if (option[0] != '-' || !option[1] || option[2] || ++i == argc) {
            fail(option, "is no option, or lacks its argument");
        }
        char *value = argv[i];
        switch (option[1]) {
        case 'r': args.runtime = value; break;
        case 'l': args.listing = value; break;
        case 'c': args.coverage = value; break;
        case 'o': args.output = value; break;
        case 's': args.seed = number(option, value); break;
        case 'n': args.sequences = (unsigned)number(option, value); break;
        case 'k':
            args.some = true;
            for (char *p = strtok(value, ","); p; p = strtok(NULL, ",")) {
                args.last = (unsigned)number(option, p) & 0xffff;
                kept[args.last] = true;
            }
            break;
        case '1': args.only_run = (int)number(option, value); break;
        case 'x':
            for (char *p = strtok(value, ","); p; p = strtok(NULL, ",")) {
                args.left_out |= UINT64_C(1) << (number(option, p) & 63);
            }
            break;
        case 'm': set_model(value); break;
        case 'g':
            for (unsigned g = 0; g < GROUPS; g++) {
                args.group = strcmp(value, group_names[g]) == 0 ? (Group)g : args.group;
            }
            break;
        default: fail(option, "is no option");
        }
    }
    if (!args.runtime || !args.output || args.group == GROUPS) {
        fail("arguments", "-r, -g and -o must be given; a group is one of arm-dp, arm-ldst, "
                          "mul-dsp, psr-modes, thumb, mmu-faults, exceptions, media, system");
    }
}

int main(int argc, char **argv)
{
    parse(argc, argv);
    arm_decode_init();
    make_tables(args.group, args.seed);
    make_payload();
    write_image();
    if (args.coverage) {
        write_coverage();
    }
    return 0;
}
