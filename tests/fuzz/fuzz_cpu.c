/* SPDX-License-Identifier: MIT */
/* Fuzzing of the CPU (libFuzzer): the input is a guest's code, its page tables and registers. It
 * runs on two boards, one of which executes instruction by instruction what the other optimises;
 * both must come to the same state. Under the options of host time there is no such second board,
 * and code that changes itself, or its translation tables, may behave in more ways than one (ARM
 * ARM A2.7.4, B2.7: there is no maintenance here).
 *
 * The input: a Header, patches of RAM (an index of a word, 2 bytes, and the word), bytes that wait
 * at the serial port, code. The code lies at CODE and runs in a circle; exceptions come back to it.
 */
#include "cpu/cpreg.h"
#include "tests/encoding.h"
#include "tests/fuzz/board.h"
#include "tci/block.h"

#define INSNS 3000
#define TURNS 20

#define TABLES 0x4000u /* first-level translation table */
#define COARSE 0x3000u /* second level, of the first and the last MiB */
#define FINE   0x2000u /* second level, of the MiB at 0x300000 */
#define CODE   0x8000u
#define HIGH   0xf0000u /* what the tables show at 0xffff0000 */
#define TIMER0 0x101e2000u

#define V6     0x20u /* Header.cpsr: the CPU is an ARM1176 */
#define CP_VFP 0x00f00000u

enum {             /* Header.options */
       CONFIG = 7, /* which of boards[] */
       THUMB = 1 << 3,
       MMU = 1 << 4,
       TIMER = 1 << 5,
       SMALL_PAGES = 1 << 6,
       SEMIHOSTING = 1 << 7,
};

typedef struct Header {
    uint8_t options;
    uint8_t cpsr;       /* mode, I, F; V6 */
    uint8_t control[2]; /* bits for cp15 c1, see control() */
    uint8_t domains[4];
    uint8_t timer;
    uint8_t patches;
    uint8_t serial;
    uint8_t process; /* FCSE */
    uint8_t r[15];   /* see reg_value() */
    uint8_t flags;   /* N Z C V in the high bits; with the MMU on, where to start: starts[] */
} Header;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* The last two configurations are those of host time; there is no reference for them. */
static const ARMCPUOptions configs[] = {
    { .exact = true, .singlestep = true, .no_optimise = true, .no_fusion = true },
    { .exact = true },
    { .exact = true, .no_fusion = true },
    { .exact = true, .no_optimise = true },
    { .exact = true, .singlestep = true },
    { .exact = false },
    { .singlestep = true },
};
#define CONFIGS     (sizeof configs / sizeof configs[0])
#define FIRST_LOOSE 5

static FuzzBoard *board(unsigned config, bool v6)
{
    static FuzzBoard boards[2][CONFIGS];
    FuzzBoard *b = &boards[v6][config];
    if (!b->m) {
        ARMCPUOptions options = configs[config];
        options.model = v6 ? "arm1176" : "arm926";
        fuzz_board_init(b, &options, NULL);
    }
    return b;
}

static void put(FuzzBoard *b, uint32_t at, uint32_t word)
{
    st32_p(b->m->ram + (at & (FUZZ_RAM - 4)), word);
}

/* Exceptions go on after the instruction, those of fetching at the start of the code; interrupts
 * are the timer's, which is silenced. */
static void put_vectors(FuzzBoard *b, uint32_t at)
{
    static const uint32_t words[] = {
        0xe3a0f902,                         /* mov  pc, #CODE */
        0xe1b0f00e,                         /* movs pc, lr */
        0xe1b0f00e, 0xea000006,             /* b 2c */
        0xe25ef004,                         /* subs pc, lr, #4 */
        0xe1b0f00e, 0xea000005,             /* b 34 */
        0xe59f8020,                         /* ldr  r8, 44 */
        0xe5888000,                         /* str  r8, [r8] */
        0xe25ef004, 0xe1a00000, 0xe3a0e902, /* 2c: mov lr, #CODE */
        0xe1b0f00e, 0xe59fd008,             /* 34: ldr sp, 44 */
        0xe58dd000,                         /* str  sp, [sp] */
        0xe25ef004, 0xe1a00000, TIMER0 + 0x0c,
    };
    for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
        put(b, at + 4 * i, words[i]);
    }
}

/* What the page tables map: RAM at 0 and again at 2 MiB, RAM by pages of all sizes at 3 MiB, the
 * devices, the flash, and the high vectors. ARMv6 has no fine tables: it gets pages of 4 KiB and 64
 * KiB at 3 MiB. With `xp` they have no subpages: XN is clear, but for large pages at odd multiples
 * of 32 KiB. */
static void put_tables(FuzzBoard *b, bool small_pages, bool v6, bool xp)
{
    uint32_t section = xp ? 0xc02 : 0xc12, small = xp ? 0x3e : 0xffe;
    static const uint32_t mib[] = { 0x101, 0x100, 0x340, 0x341 };
    for (unsigned i = 0; i < sizeof mib / sizeof mib[0]; i++) {
        put(b, TABLES + 4 * mib[i], mib[i] << 20 | section);
    }
    put(b, TABLES, small_pages ? COARSE | 0x11 : section | 0xc);
    put(b, TABLES + 4 * 2, section | 0x2c);
    put(b, TABLES + 4 * 3, v6 ? COARSE | 0x51 : FINE | 0x53);
    put(b, TABLES + 4 * 0xfff, COARSE | 0x11);
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t page = i >> 4 == 9 && !xp ? 0xe4e : i >> 4 == 10 ? small ^ 3 : small;
        put(b, COARSE + 4 * i, i << 12 | page);
    }
    for (uint32_t i = 0; i < 1024; i++) {
        put(b, FINE + 4 * i, (i / 64) << 16 | (i % 64) << 10 | (i * 16 & 0x30) | 3);
    }
}

/* A register's value: something to compute with, or an address, a little moved. */
static uint32_t reg_value(uint8_t code)
{
    static const uint32_t values[32] = {
        0,          1,          0xffffffff, 0x80000000, 0x7fffffff, 0x55555555, 0x00ff00ff,
        0x00018000, 0x8000,     0x8ffc,     0x9000,     0xa000,     0x9fff8,    0xfffe0,
        0xffffc,    0x4000,     0x3000,     0x208000,   0x20a000,   0x300800,   0x310000,
        0x101f1000, 0x101e2000, 0x10140000, 0x10003000, 0x10000000, 0x34000000, 0x34040000,
        0xffff0000, 0x20000000, 0x101e8000, 0x100000,
    };
    return values[code >> 3] + (code & 7);
}

static void cp15(FuzzBoard *b, unsigned crn, unsigned opc2, uint32_t value)
{
    uint32_t key = ARM_CP_KEY(crn, 0, 0, opc2);
    uint32_t number = (uint32_t)arm_cp_find(b->m->cpu, key, true, true);
    helper_cp_write(&b->m->cpu->env, value, number << 16 | key, 0);
}

static uint64_t invalidated(const ARMCPU *cpu)
{
    return cpu->env.tci->stats.invalidated;
}

/* The control register. Bits 3 and 4 of the header's are an ARM1176's U and XP. */
static uint32_t control(const Header *h)
{
    uint32_t wanted = ld16_p(h->control);
    uint32_t c =
        wanted & (SCTLR_A | SCTLR_B | SCTLR_S | SCTLR_R | SCTLR_I | SCTLR_V | SCTLR_RR | SCTLR_L4);
    if (h->cpsr & V6) {
        c |= (wanted & 8 ? SCTLR_U : 0) | (wanted & 16 ? SCTLR_XP : 0);
    }
    return c | (h->options & MMU ? SCTLR_M : 0);
}

/* CODE, and where else it is seen: by pages at 3 MiB, and by a section. */
static const uint32_t starts[4] = { CODE, 0x300000 + CODE, 0x200000 + CODE, CODE };

/* True if translated code or a page table was written to. */
static bool run(FuzzBoard *b, const Header *h, const uint8_t *data, size_t size)
{
    ARMCPU *cpu = b->m->cpu;
    fuzz_power_on(b);
    cpu->options.semihosting = (h->options & SEMIHOSTING) != 0;
    put_vectors(b, 0);
    put_vectors(b, HIGH);
    bool v6 = (h->cpsr & V6) != 0;
    put_tables(b, (h->options & SMALL_PAGES) != 0, v6, (control(h) & SCTLR_XP) != 0);
    for (unsigned i = h->patches % 16; i && size >= 6; i--) {
        put(b, ld16_p(data) * 4, ld32_p(data + 2));
        data += 6;
        size -= 6;
    }
    size_t serial = h->serial < size ? h->serial : size;
    b->input = data;
    b->input_end = data + serial;
    data += serial;
    size -= serial;
    size = (size < 0x4000 ? size : 0x4000) & ~(size_t)3;
    if (size) {
        memcpy(b->m->ram + CODE, data, size);
    }
    /* Branches to CODE. */
    if (h->options & THUMB) {
        put(b, CODE + (uint32_t)size, 0xe000u | ((0x800u - (uint32_t)size / 2 - 2) & 0x7ff));
    } else {
        put(b, CODE + (uint32_t)size, 0xea000000u | ((0u - (uint32_t)size / 4 - 2) & 0xffffff));
    }
    if (h->options & TIMER) {
        bus_write(&b->m->bus, 0x10140010, 1u << 4, 4);
        bus_write(&b->m->bus, TIMER0, h->timer % 16, 4);
        bus_write(&b->m->bus, TIMER0 + 8, 0xe2, 4);
    }
    cp15(b, 2, 0, TABLES);
    cp15(b, 3, 0, ld32_p(h->domains));
    cp15(b, 13, 0, (uint32_t)h->process << 25);
    cp15(b, 1, 0, control(h));
    if (v6) {
        cp15(b, 1, 2, CP_VFP);
    }
    arm_set_cpsr(cpu, h->cpsr, PSR_M | PSR_I | PSR_F);
    tci_set_flags(&cpu->env, (uint32_t)h->flags << 24);
    for (unsigned i = 0; i < 15; i++) {
        arm_cpu_set_reg(cpu, i, reg_value(h->r[i]));
    }
    uint32_t start = h->options & MMU ? starts[h->flags & 3] : CODE;
    arm_cpu_set_reg(cpu, 15, start | (h->options & THUMB ? 1 : 0));
    static uint8_t tables[TABLES + 0x4000 - FINE];
    memcpy(tables, b->m->ram + FINE, sizeof tables);
    uint64_t before = invalidated(cpu);
    fuzz_run(b, INSNS, TURNS);
    return invalidated(cpu) != before || memcmp(tables, b->m->ram + FINE, sizeof tables) != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Header h;
    if (size < sizeof h) {
        return 0;
    }
    memcpy(&h, data, sizeof h);
    data += sizeof h;
    size -= sizeof h;
    unsigned config = 1 + (h.options & CONFIG) % (CONFIGS - 1);
    bool v6 = (h.cpsr & V6) != 0;
    FuzzBoard *b = board(config, v6);
    bool changed = run(b, &h, data, size);
    if (config >= FIRST_LOOSE) {
        return 0;
    }
    FuzzBoard *reference = board(0, v6);
    if (run(reference, &h, data, size) || changed) {
        return 0;
    }
    if (fuzz_insns(b) != fuzz_insns(reference)) {
        fuzz_failed("instructions", fuzz_insns(b), fuzz_insns(reference));
    }
    for (unsigned i = 0; i < 16; i++) {
        if (arm_cpu_reg(b->m->cpu, i) != arm_cpu_reg(reference->m->cpu, i)) {
            fuzz_failed("a register", arm_cpu_reg(b->m->cpu, i), arm_cpu_reg(reference->m->cpu, i));
        }
    }
    if (arm_cpsr(b->m->cpu) != arm_cpsr(reference->m->cpu)) {
        fuzz_failed("CPSR", arm_cpsr(b->m->cpu), arm_cpsr(reference->m->cpu));
    }
    fuzz_state(b, b->state);
    fuzz_state(reference, reference->state);
    if (memcmp(b->state, reference->state, b->size_of_state) != 0) {
        fuzz_failed("the state of CPU or devices", 1, 0);
    }
    if (b->output != reference->output) {
        fuzz_failed("output", b->output, reference->output);
    }
    if (memcmp(b->m->ram, reference->m->ram, FUZZ_RAM) != 0) {
        uint32_t at = 0;
        while (b->m->ram[at] == reference->m->ram[at]) {
            at++;
        }
        fprintf(stderr, "RAM at %08lx: ", (unsigned long)at);
        fuzz_failed("a byte", b->m->ram[at], reference->m->ram[at]);
    }
    return 0;
}

/* -- Mutation: instructions of the decode tables -- */

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* A valid instruction; branches are short. */
static uint32_t random_insn(bool thumb, uint32_t *seed)
{
    static unsigned lines[2];
    const ArmTable *const *set = thumb ? arm_t16 : arm_a32;
    while (arm_line(set, lines[thumb])) {
        lines[thumb]++;
    }
    const ArmInsn *line = arm_line(set, next_random(seed) % lines[thumb]);
    ArmEncoding e = arm_encoding(line);
    uint32_t insn = next_random(seed);
    uint32_t offset = arm_field_mask(line, 'o');
    if (e.any_condition && next_random(seed) % 4) {
        insn = (insn & 0x0fffffff) | 0xe0000000;
    }
    if (offset & (offset >> 7)) { /* of 8 bits or more */
        uint32_t near = next_random(seed) % 16;
        insn = (insn & ~offset) | ((next_random(seed) % 4 ? near : ~near) & offset);
    }
    return (insn & ~e.mask & ~e.should) | e.value | e.should_value;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    uint32_t random = seed | 1;
    if (size < sizeof(Header) + 16 || max_size < size + 8 || next_random(&random) % 3 == 0) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    bool thumb = (data[0] & THUMB) != 0;
    if (next_random(&random) % 16 == 0) {
        thumb = !thumb; /* for when the code changes state */
    }
    size_t length = thumb ? 2 : 4;
    for (unsigned n = 1 + next_random(&random) % 4; n; n--) {
        uint32_t insn = random_insn(thumb, &random);
        uint8_t bytes[4];
        st32_p(bytes, insn);
        /* Aligned to the end of the input: what is before the code varies in length. */
        size_t words = (size - sizeof(Header)) / length;
        size_t at = size - length * (1 + next_random(&random) % words);
        if (next_random(&random) % 4 == 0 && size + length <= max_size) {
            memmove(data + at + length, data + at, size - at);
            size += length;
        }
        memcpy(data + at, bytes, length);
    }
    return size;
}
