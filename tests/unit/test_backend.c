/* SPDX-License-Identifier: MIT */
/* A second backend, on the interpreter's shoulders: it sees the ops of each block, and a C function
 * takes the place of one block's beginning, as compiled code would. */
#include "tci/block.h"
#include "tci/ops.h"
#include "tci/ops_mem.h"
#include "tests/unit/bus_access.h"
#include "tests/unit/tap.h"

#define LOOP  0x1000u /* r0 += 1; r1 = memory[r7]; on to NEXT */
#define NEXT  0x1100u /* r2 += 1; on to LOOP, or out of the run if that makes it 0 */
#define DATA  0x3000u
#define FAULT 0x2000u
#define RAM   0x10000u

static Bus bus;
static BusRegion ram;
static Tci *engine;
static TciEnv cpu;
static uint32_t increment; /* what LOOP adds: "the guest's code" */

static void translate(TciEnv *e, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                      unsigned max_insns)
{
    (void)e, (void)mode, (void)code, (void)max_insns;
    tcg_insn_start(s, pc);
    if (pc == LOOP) {
        tcg_ld(s, 1, 7, TCG_NONE, 0, 0, MO_32);
        tcg_op2i(s, TCG_add, 0, 0, 0, increment);
        tcg_goto_tb(s, NEXT);
    } else if (pc == NEXT) {
        unsigned label = tcg_new_label(s);
        tcg_op2i(s, TCG_add, TCG_NZ, 2, 2, 1);
        tcg_brflags(s, TCG_COND_NE, label);
        tcg_exit_tb(s, pc + 4);
        tcg_label(s, label);
        tcg_goto_tb(s, LOOP);
    } else {
        tcg_exit_tb(s, pc);
    }
}

static bool translate_address(TciEnv *e, uint32_t va, TciAccess access, bool privileged,
                              TciPage *page)
{
    (void)e, (void)access, (void)privileged;
    *page = (TciPage){
        .phys = va & ~(BUS_PAGE_SIZE - 1), .addr = va, .readable = true, .writable = true
    };
    return va < RAM;
}

static void raise_fault(TciEnv *e, TciAccess access)
{
    (void)access;
    e->pc = FAULT;
}

static const TciTarget target = { .translate = translate,
                                  .translate_address = translate_address,
                                  .raise_fault = raise_fault };

/* -- The backend -- */

static unsigned generated, ops_seen, discarded, calls;
static TciTB *compiled;

/* All of LOOP but its slow path, which is the first slot's, and its exit. */
static TciSlot *compiled_loop(TciEnv *env, TciSlot *slot, TlbEntry *tlb)
{
    calls++;
    if (env->r[7] >= RAM) {
        SLOW(tci_slow_ld32_imm);
    }
    env->r[1] = ld32_p(ram.host + env->r[7]);
    env->r[0] += increment;
    GO(slot + compiled->slots - 3); /* the exit is two slots, then comes its link */
}

static unsigned generate(const Tci *t, const TCGContext *ops, TciTB *tb, const uint8_t *page,
                         uint8_t *insn_of)
{
    unsigned slots = tci_interpreter.generate(t, ops, tb, page, insn_of);
    generated++;
    ops_seen += ops->count;
    if (tb->pc == LOOP) {
        compiled = tb;
        tci_set_handler(&tb->code[0], compiled_loop);
    }
    return slots;
}

static void discard(TciTB *tb)
{
    discarded += tb == compiled;
    tci_interpreter.discard(tb);
}

static const TciBackend backend = { generate, discard };

static void run(uint32_t turns, uint32_t r7)
{
    cpu.r[0] = 0;
    cpu.r[2] = 0 - turns;
    cpu.r[7] = r7;
    cpu.pc = LOOP;
    tci_run(&cpu, (int32_t)(2 * turns)); /* a block has one instruction */
}

int main(void)
{
    ram = (BusRegion){ .name = "ram", .size = RAM, .direct = true, .writable = true };
    engine = bus_init_arena(&bus, TCI_MEMORY + RAM) ? tci_new(&bus, &(TciOptions){ 0 }) : NULL;
    if (!engine || !tci_cpu_init(&cpu, engine, &target)) {
        printf("Bail out! no memory\n");
        return 1;
    }
    engine->backend = &backend;
    ram.host = bus_alloc(&bus, RAM);
    bus_map(&bus, &ram);
    st32_p(ram.host + DATA, 0x12345678);
    increment = 5;
    run(100, DATA);
    is_u32(cpu.r[0], 500, "a C function in the place of a block");
    ok(cpu.r[1] == 0x12345678 && calls == 100, "each turn came to it: %u", calls);
    ok(generated == 2 && ops_seen >= 7, "it has seen %u ops of %u blocks", ops_seen, generated);

    run(100, RAM + 4);
    ok(cpu.pc == FAULT && cpu.r[0] == 0 && calls == 101, "a fault in an op that it leaves alone");

    increment = 7;
    bus_write(&bus, LOOP, 0, 4);
    is_u32(discarded, 1, "the guest writes to the block");
    run(100, DATA);
    is_u32(cpu.r[0], 700, "which is made again, by the same backend");
    ok(calls == 201 && generated == 4, "%u calls, %u blocks", calls, generated);

    tci_cpu_free(&cpu);
    tci_free(engine);
    bus_free(&bus);
    return done_testing();
}
