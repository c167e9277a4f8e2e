/* SPDX-License-Identifier: MIT */
/* Ops to records, where the ARM translator rarely or never leads: each test emits a block of its
 * own, which is executed with the optimiser and fusion on and off. */
#include <stdlib.h>

#include "tci/tci.h"
#include "tests/unit/tap.h"

#define RAM    0x10000u
#define CODE   0x1000u
#define DATA   0x2000u
#define DEVICE 0x20000u

static Tci *engine;
static TciEnv env;
static Bus bus;
static BusRegion ram, device;
static void (*emit)(TCGContext *s);

static void translate(TciEnv *e, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns)
{
    (void)e, (void)mode, (void)code, (void)max_insns;
    tcg_insn_start(s, pc);
    emit(s);
    tcg_exit_tb(s, pc + 4);
}

static bool translate_address(TciEnv *e, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    (void)e, (void)access, (void)privileged;
    *page = (TciPage){
        .phys = va & ~(BUS_PAGE_SIZE - 1), .addr = va, .readable = true, .writable = true
    };
    return true;
}

static const TciTarget target = { .translate = translate, .translate_address = translate_address };

enum { NO_FUSION = 1, NO_OPTIMISE = 2, WAYS = 4 };
static const char *const ways[WAYS] = { "", ", no fusion", ", not optimised", ", plainly" };
static const char *way; /* the one now */

static void start(const TciOptions *options)
{
    memset(&env, 0, sizeof env);
    engine = tci_new(&bus, options);
    if (!engine || !tci_cpu_init(&env, engine, &target)) {
        printf("Bail out! no memory\n");
        exit(1);
    }
}

static uint32_t unit = 0x1111;

/* Runs the block that `what` emits, with DATA in r7 and unit * n in every other r[n]. */
static void run(void (*what)(TCGContext *s), uint32_t flags)
{
    tci_flush_code(engine);
    for (uint32_t i = 0; i < TCG_TEMPS; i++) {
        env.r[i] = i == 7 ? DATA : unit * i;
    }
    tci_set_flags(&env, flags << 28);
    emit = what;
    env.pc = CODE;
    tci_run(&env, 1);
}

/* -- A shift that is another op's operand, and one more's -- */

static void emit_shift_again(TCGContext *s)
{
    TCGTemp t = tcg_temp(s);
    tcg_op2i(s, TCG_shl, 0, t, 1, 4);
    tcg_op2(s, TCG_add, 0, 0, 2, t);
    tcg_op2(s, TCG_xor, 0, 3, 4, t);
}

static void emit_shift_stored(TCGContext *s)
{
    TCGTemp t = tcg_temp(s), list[2] = { 6, t };
    tcg_op2i(s, TCG_shl, 0, t, 1, 4);
    tcg_op2(s, TCG_add, 0, 0, 2, t);
    tcg_stm(s, 7, 0, list, 2, MO_32 | MO_ALIGN_DOWN);
}

static void test_shift_again(void)
{
    run(emit_shift_again, 0);
    ok(env.r[0] == 0x13332 && env.r[3] == (0x4444 ^ 0x11110),
       "a shifted operand that is read again: %" PRIx32 "%s", env.r[3], way);
    memset(ram.host + DATA, 0, 8);
    run(emit_shift_stored, 0);
    ok(env.r[0] == 0x13332 && ld32_p(ram.host + DATA) == 0x6666 &&
           ld32_p(ram.host + DATA + 4) == 0x11110,
       "a shifted operand that is stored: %" PRIx32 "%s", ld32_p(ram.host + DATA + 4), way);
}

/* -- Two branches at a time -- */

static void step(TCGContext *s, TCGTemp r)
{
    tcg_op2i(s, TCG_add, 0, r, r, 1);
}

static void emit_branches(TCGContext *s, bool nested)
{
    unsigned on_z = tcg_new_label(s), on_c = tcg_new_label(s);
    tcg_brflags(s, TCG_COND_EQ, on_z);
    step(s, 1);
    tcg_brflags(s, TCG_COND_CS, on_c);
    step(s, 2);
    tcg_label(s, nested ? on_c : on_z);
    step(s, 3);
    tcg_label(s, nested ? on_z : on_c);
    step(s, 4);
}

static void emit_nested(TCGContext *s)
{
    emit_branches(s, true);
}

static void emit_crossed(TCGContext *s)
{
    emit_branches(s, false);
}

static void test_branches(void)
{
    for (unsigned i = 0; i < 8; i++) {
        bool z = i & 1, c = i & 2, nested = i & 4;
        run(nested ? emit_nested : emit_crossed, (z ? TCG_Z : 0) | (c ? TCG_C : 0));
        ok(env.r[1] == 0x1111u + !z && env.r[2] == 0x2222u + (!z && !c) &&
               env.r[3] == 0x3333u + (nested ? !z : z || !c) && env.r[4] == 0x4445,
           "branches, %s, Z %d C %d%s", nested ? "nested" : "crossed", z, c, way);
    }
}

/* -- Addresses that are not aligned -- */

static unsigned alignment;

static void emit_load(TCGContext *s)
{
    TCGTemp t = tcg_temp(s);
    tcg_movi(s, t, DATA + 1);
    tcg_ld(s, 0, t, TCG_NONE, 0, 0, MO_32 | alignment);
}

static void test_alignment(void)
{
    static const struct {
        const char *name;
        unsigned alignment;
        uint32_t value;
    } loads[] = { { "rotated", MO_ALIGN_ROT, 0x11443322 },
                  { "rounded down", MO_ALIGN_DOWN, 0x44332211 },
                  { "byte by byte", MO_UNALN, 0x55443322 } };
    st32_p(ram.host + DATA, 0x44332211);
    st32_p(ram.host + DATA + 4, 0x88776655);
    for (unsigned i = 0; i < 3; i++) {
        alignment = loads[i].alignment;
        run(emit_load, 0);
        ok(env.r[0] == loads[i].value, "a load, %s: %" PRIx32 "%s", loads[i].name, env.r[0], way);
    }
}

/* -- Big-endian data -- */

static unsigned order; /* 0 or MO_BE */

#define R4 (4u * 0x1234567)

static void emit_loads(TCGContext *s)
{
    TCGTemp list[3] = { 10, 11, 12 }, words[2] = { TCG_FP, TCG_FP + 1 };
    tcg_ld(s, 0, 7, TCG_NONE, 0, 0, MO_32 | order);
    tcg_ld(s, 1, 7, TCG_NONE, 0, 6, MO_16 | MO_SIGN | order);
    tcg_ld(s, 2, 7, TCG_NONE, 0, 1, MO_8 | order);
    tcg_ld(s, 3, 7, TCG_NONE, 0, 2, MO_16 | MO_UNALN | order);
    tcg_ld(s, 4, 7, TCG_NONE, 0, 1, MO_32 | MO_UNALN | order);
    tcg_ld(s, 5, 7, TCG_NONE, 0, 1, MO_32 | MO_ALIGN_ROT | order);
    tcg_ldm(s, 7, 0, list, 3, MO_32 | order);
    tcg_ldm(s, 7, 0, words, 2, MO_32 | order);
    tcg_ld(s, 6, 7, TCG_NONE, 0, 0, MO_32 | order); /* with its base's step */
    tcg_op2i(s, TCG_add, 0, 7, 7, 4);
}

static void emit_stores(TCGContext *s)
{
    TCGTemp list[3] = { 1, 2, 3 };
    tcg_st(s, 4, 7, TCG_NONE, 0, 0, MO_32 | order);
    tcg_st(s, 4, 7, TCG_NONE, 0, 4, MO_16 | order);
    tcg_st(s, 4, 7, TCG_NONE, 0, 6, MO_8 | order);
    tcg_st(s, 4, 7, TCG_NONE, 0, 9, MO_32 | MO_UNALN | order);
    tcg_st(s, 4, 7, TCG_NONE, 0, 15, MO_16 | MO_UNALN | order);
    tcg_stm(s, 7, 20, list, 3, MO_32 | order);
}

static void emit_near(TCGContext *s)
{
    TCGTemp t = tcg_temp(s);
    tcg_movi(s, t, CODE + 8);
    tcg_ld(s, 0, t, TCG_NONE, 0, 0, MO_32 | order);
}

static void test_big_endian(void)
{
    static const uint32_t loaded[2][13] = {
        { 0x44332211, 0xffff8877, 0x22, 0x4433, 0x55443322, 0x11443322, 0x44332211, DATA + 4, 0, 0,
          0x44332211, 0x88776655, 0xccbbaa99 },
        { 0x11223344, 0x7788, 0x22, 0x3344, 0x22334455, 0x44112233, 0x11223344, DATA + 4, 0, 0,
          0x11223344, 0x55667788, 0x99aabbcc },
    };
    for (unsigned be = 0; be < 2; be++) {
        const char *name = be ? "big-endian" : "little-endian";
        order = be ? MO_BE : 0;
        for (unsigned i = 0; i < 32; i++) {
            ram.host[DATA + i] = (uint8_t)(0x11 * (i % 15 + 1));
        }
        run(emit_loads, 0);
        unsigned wrong = env.r[TCG_FP] != loaded[be][10] || env.r[TCG_FP + 1] != loaded[be][11];
        for (unsigned i = 0; i < 13; i++) {
            wrong += i != 8 && i != 9 && env.r[i] != loaded[be][i];
        }
        ok(wrong == 0, "loads, %s: %u wrong%s", name, wrong, way);

        memset(ram.host + DATA, 0, 32);
        unit = 0x1234567;
        run(emit_stores, 0);
        unit = 0x1111;
        uint8_t want[32] = { 0 };
        const struct {
            uint32_t at, size, value;
        } stores[] = { { 0, 4, R4 },         { 4, 2, R4 },        { 6, 1, R4 },
                       { 9, 4, R4 },         { 15, 2, R4 },       { 20, 4, 0x1234567 },
                       { 24, 4, 0x2468ace }, { 28, 4, 0x369d035 } };
        for (unsigned k = 0; k < sizeof stores / sizeof stores[0]; k++) {
            for (unsigned i = 0; i < stores[k].size; i++) {
                unsigned byte = be ? stores[k].size - 1 - i : i;
                want[stores[k].at + i] = (uint8_t)(stores[k].value >> (8 * byte));
            }
        }
        ok(memcmp(want, ram.host + DATA, 32) == 0, "stores, %s%s", name, way);

        st32_p(ram.host + CODE + 8, 0x44332211);
        run(emit_near, 0);
        ok(env.r[0] == loaded[be][0], "a word near the code, %s%s", name, way);
    }
}

/* -- A device where every access is alone in its block -- */

static unsigned device_writes;

static void device_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    (void)opaque, (void)value;
    device_writes += size == 1 && offset >= 1 && offset < 5;
}

static void emit_device_store(TCGContext *s)
{
    TCGTemp t = tcg_temp(s);
    tcg_movi(s, t, DEVICE + 1);
    tcg_st(s, 1, t, TCG_NONE, 0, 0, MO_32 | MO_UNALN);
}

static void test_device(void)
{
    start(&(TciOptions){ .exact = true });
    emit = emit_device_store;
    env.pc = CODE;
    tci_run(&env, 100);
    ok(device_writes == 400 && tci_icount(&env) == 100,
       "a hundred words to a device, byte by byte: %u bytes", device_writes);
    tci_cpu_free(&env);
    tci_free(engine);
}

/* -- Arithmetic with a shifted operand, and shifts, with flags and without -- */

static const struct {
    const char *name;
    TCGOpcode opc;
    uint8_t flags;
} ops[] = { { "add", TCG_add, TCG_NZCV }, { "sub", TCG_sub, TCG_NZCV },
            { "rsb", TCG_rsb, TCG_NZCV }, { "and", TCG_and, TCG_NZ },
            { "or", TCG_or, TCG_NZ },     { "xor", TCG_xor, TCG_NZ },
            { "andc", TCG_andc, TCG_NZ }, { "shift", 0, TCG_NZ } };
static const char *const shifts[] = { "shl", "shr", "sar", "rotr" };
#define OPS    (sizeof ops / sizeof ops[0])
#define SHIFT  ((unsigned)TCG_shl + kind)
#define AMOUNT 9u

static unsigned row, kind; /* of ops[] and shifts[] */
static bool with_flags;

static void emit_shifted(TCGContext *s)
{
    uint8_t fset = with_flags ? ops[row].flags : 0;
    if (ops[row].opc == 0) {
        tcg_op2i(s, SHIFT, fset, 0, 1, AMOUNT);
        return;
    }
    TCGTemp t = tcg_temp(s);
    tcg_op2i(s, SHIFT, 0, t, 1, AMOUNT);
    tcg_op2(s, ops[row].opc, fset, 0, 2, t);
}

/* What comes of x OP (y shifted), and its flags where V and C were set. */
static uint32_t compute(uint32_t x, uint32_t y, uint32_t *flags)
{
    const uint32_t shifted[] = { y << AMOUNT, y >> AMOUNT, (uint32_t)((int32_t)y >> AMOUNT),
                                 y >> AMOUNT | y << (32 - AMOUNT) };
    uint32_t v = shifted[kind];
    const uint32_t results[] = { x + v, x - v, v - x, x & v, x | v, x ^ v, x & ~v, v };
    uint32_t r = results[row];
    const bool carries[] = { r < x, x >= v, v >= x };
    const uint32_t overflows[] = { (x ^ r) & (v ^ r), (x ^ v) & (x ^ r), (x ^ v) & (v ^ r) };
    *flags = (r >> 31 ? TCG_N : 0) | (r == 0 ? TCG_Z : 0) | TCG_C | TCG_V;
    if (row < 3) {
        *flags =
            (*flags & TCG_NZ) | (carries[row] ? TCG_C : 0) | (overflows[row] >> 31 ? TCG_V : 0);
    }
    return r;
}

static void test_shifted(void)
{
    static const uint32_t units[] = { 0, 0x1111, 0x20000001, 0x7fffffff, 0x80000001, 0xf1234567 };
    for (unsigned i = 0; i < OPS * 4 * 2; i++) {
        row = i % OPS;
        kind = i / OPS % 4;
        with_flags = i / OPS / 4;
        unsigned wrong = 0;
        for (unsigned k = 0; k < 6; k++) {
            unit = units[k];
            run(emit_shifted, TCG_C | TCG_V);
            uint32_t flags, r = compute(2 * unit, unit, &flags);
            flags = with_flags ? flags : TCG_C | TCG_V;
            wrong += env.r[0] != r || tci_get_flags(&env) >> 28 != flags;
        }
        ok(wrong == 0, "%s and %s%s: %u wrong%s", shifts[kind], ops[row].name,
           with_flags ? ", flags" : "", wrong, way);
    }
    unit = 0x1111;
}

int main(void)
{
    ram = (BusRegion){ .name = "ram", .size = RAM, .direct = true, .writable = true };
    if (!bus_init_arena(&bus, RAM + (WAYS + 1) * TCI_MEMORY)) {
        printf("Bail out! no memory\n");
        return 1;
    }
    ram.host = bus_alloc(&bus, RAM);
    device = (BusRegion){ .name = "device", .base = DEVICE, .size = BUS_PAGE_SIZE };
    device.write = device_write;
    bus_map(&bus, &ram);
    bus_map(&bus, &device);
    for (unsigned i = 0; i < WAYS; i++) {
        way = ways[i];
        start(&(TciOptions){ .no_fusion = i & NO_FUSION, .no_optimise = i & NO_OPTIMISE });
        test_shift_again();
        test_branches();
        test_alignment();
        test_big_endian();
        test_shifted();
        tci_cpu_free(&env);
        tci_free(engine);
    }
    test_device();
    bus_free(&bus);
    return done_testing();
}
