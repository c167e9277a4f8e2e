/* SPDX-License-Identifier: MIT */
/* cp15 of the ARM926EJ-S: identification, reset values, which bits stay, what is UNDEFINED. */
#include "guest.h"

static uint32_t code[2];

/* Executes one instruction (Rd = r0) in this mode, or in user mode; the vector it ends at. */
static unsigned execute(uint32_t insn, uint32_t r0, bool user)
{
    code[0] = insn;
    code[1] = user ? 0xef000042 : 0xe12fff1e; /* swi, or bx lr */
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c7, 0, 0);
    return user ? guarded(in_user, (uint32_t)code, r0) : guarded((guest_fn *)code, r0, 0);
}

static uint32_t mrc(unsigned opc1, unsigned crn, unsigned crm, unsigned opc2)
{
    return 0xee100f10 | opc1 << 21 | crn << 16 | opc2 << 5 | crm;
}

static uint32_t mcr(unsigned opc1, unsigned crn, unsigned crm, unsigned opc2)
{
    return mrc(opc1, crn, crm, opc2) & ~(1u << 20);
}

static uint32_t read_reg(unsigned opc1, unsigned crn, unsigned crm, unsigned opc2)
{
    if (execute(mrc(opc1, crn, crm, opc2), 0, false) != 0) {
        return 0xbadbad00;
    }
    return guarded_value;
}

/* Coprocessor 14 has Jazelle's registers and the debug communications channel. */
static uint32_t cp14(uint32_t insn)
{
    return insn & ~0x100u;
}

static void jazelle_registers(void)
{
    static const char *const names[] = { "Jazelle identity is 0", "Jazelle control is 0",
                                         "Jazelle configuration is 0" };
    for (unsigned n = 0; n < 3; n++) {
        ok(execute(cp14(mrc(7, n, 0, 0)), 1, false) == 0 && guarded_value == 0, names[n]);
        is(execute(cp14(mrc(7, n, 0, 0)), 1, true), VECTOR_UNDEF, "not for user mode to read");
        is(execute(cp14(mcr(7, n, 0, 0)), 1, true), VECTOR_UNDEF, "not for user mode to write");
    }
    is(execute(cp14(mcr(7, 0, 0, 0)), 1, false), VECTOR_UNDEF, "its identity is read only");
    is(execute(cp14(mcr(7, 1, 0, 0)), 1, false), 0, "its control can be written");
    is(execute(cp14(mcr(7, 2, 0, 0)), 1, false), 0, "its configuration can be written");
    is(execute(cp14(mrc(7, 3, 0, 0)), 1, false), VECTOR_UNDEF, "there is no fourth");
}

/* No debugger: there is nothing to read, and what is written is taken at once. */
static void debug_channel(void)
{
    for (unsigned user = 0; user < 2; user++) {
        unsigned end = user ? VECTOR_SWI : VECTOR_NONE;
        bool read = execute(cp14(mrc(0, 0, 0, 0)), 1, user) == end;
        ok(read && (user ? caught.r[0] : guarded_value) == 0, "debug control reads 0");
        is_not_qemu(execute(cp14(mcr(0, 1, 0, 0)), 1, user), end, "debug data can be written",
                    "UNDEFINED");
        is_not_qemu(execute(cp14(mrc(0, 1, 0, 0)), 1, user), end, "debug data can be read",
                    "UNDEFINED");
    }
    is(execute(cp14(mcr(0, 0, 0, 0)), 1, false), VECTOR_UNDEF, "debug control is read only");
}

static void identification(void)
{
    is(read_reg(0, 0, 0, 0), 0x41069265, "ID code");
    is(read_reg(0, 0, 0, 1), 0x01dd20d2, "cache type");
    is(read_reg(0, 0, 0, 2), 0, "TCM status: none");
    is_not_qemu(read_reg(0, 0, 0, 3), 0x41069265, "c0 with opcode_2 3 is the ID code",
                "a TLB type register of 0");
    is(read_reg(0, 0, 0, 7), 0x41069265, "c0 with opcode_2 7 is the ID code");
}

static void reset_values(void)
{
    is_not_qemu(read_reg(0, 1, 0, 0), 0x00050078, "control register after reset",
                "bit 19 in place of bit 18");
    is(read_reg(0, 2, 0, 0), 0, "TTBR after reset");
    is(read_reg(0, 3, 0, 0), 0, "DACR after reset");
    is(read_reg(0, 5, 0, 0), 0, "DFSR after reset");
    is(read_reg(0, 5, 0, 1), 0, "IFSR after reset");
    is(read_reg(0, 6, 0, 0), 0, "FAR after reset");
    is_not_qemu(read_reg(0, 9, 0, 0), 0xfff0, "DCache lockdown after reset", "0");
    is_not_qemu(read_reg(0, 9, 0, 1), 0xfff0, "ICache lockdown after reset", "0");
    is_not_qemu(read_reg(0, 9, 1, 0), 0, "DTCM region: size 0", "UNDEFINED");
    is_not_qemu(read_reg(0, 9, 1, 1), 0, "ITCM region: size 0", "UNDEFINED");
    is(read_reg(0, 10, 0, 0), 0, "TLB lockdown after reset");
    is(read_reg(0, 13, 0, 0), 0, "FCSE PID after reset");
    is(read_reg(0, 13, 0, 1), 0, "context ID after reset");
}

/* Writes a value, reads it back, puts the old one back. */
static uint32_t written(unsigned crn, unsigned opc2, uint32_t value)
{
    uint32_t old = read_reg(0, crn, 0, opc2);
    execute(mcr(0, crn, 0, opc2), value, false);
    uint32_t got = read_reg(0, crn, 0, opc2);
    execute(mcr(0, crn, 0, opc2), old, false);
    return got;
}

static void kept_bits(void)
{
    is_not_qemu(written(1, 0, 0xffff7f78 & ~0x80u), 0x00057378, "control: bits that stay",
                "keeps them all");
    is_not_qemu(written(1, 0, 0), 0x00050078, "control: bits that are always one", "keeps none");
    is_not_qemu(written(2, 0, 0xffffffff), 0xffffc000, "TTBR: bits 31..14", "keeps them all");
    is(written(3, 0, 0x55aa1234), 0x55aa1234, "DACR: 32 bits");
    is_not_qemu(written(5, 0, 0xffffffff), 0xff, "DFSR: domain and status", "keeps them all");
    is_not_qemu(written(5, 1, 0xffffffff), 0xff, "IFSR: domain and status", "keeps them all");
    is(written(5, 0, 0x57), 0x57, "DFSR can be written");
    is(written(5, 1, 0xa8), 0xa8, "IFSR can be written");
    is(written(6, 0, 0x12345678), 0x12345678, "FAR can be written");
    is_not_qemu(written(9, 0, 0x5), 0xfff5, "DCache lockdown: four ways", "keeps what is written");
    is_not_qemu(written(9, 1, 0xa), 0xfffa, "ICache lockdown: four ways", "keeps what is written");
    is_not_qemu(written(10, 0, 0xfffffffe), 0x1c000000, "TLB lockdown: the victim",
                "keeps nothing");
    is(written(13, 1, 0xcafe1234), 0xcafe1234, "context ID: 32 bits");
}

static void operations(void)
{
    static const uint8_t writes[][3] = {
        /* CRn, CRm, opcode_2 */
        { 7, 5, 0 },  { 7, 5, 1 },  { 7, 5, 2 },  { 7, 6, 0 },  { 7, 6, 1 },
        { 7, 6, 2 },  { 7, 7, 0 },  { 7, 10, 1 }, { 7, 10, 2 }, { 7, 10, 4 },
        { 7, 13, 1 }, { 7, 14, 1 }, { 7, 14, 2 }, { 8, 5, 0 },  { 8, 5, 1 },
        { 8, 6, 0 },  { 8, 6, 1 },  { 8, 7, 0 },  { 8, 7, 1 },
    };
    bool all = true;
    for (unsigned i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        all = all &&
              execute(mcr(0, writes[i][0], writes[i][1], writes[i][2]), 0x1000, false) == 0 &&
              guarded_value == 0x1000;
    }
    ok(all, "cache and TLB operations execute and leave Rd alone");
    is(read_reg(0, 7, 10, 3), 0x40000000, "test and clean: bit 30");
    is(read_reg(0, 7, 14, 3), 0x40000000, "test, clean and invalidate: bit 30");

    uint32_t flags;
    __asm__ volatile("movs %0, #1\n\tmrc p15, 0, r15, c7, c10, 3\n\tmrs %0, cpsr"
                     : "=r"(flags)
                     :
                     : "cc");
    is(flags >> 28, 4, "MRC r15 of test and clean sets Z alone");
    __asm__ volatile("mrc p15, 0, r15, c0, c0, 0\n\tmrs %0, cpsr" : "=r"(flags) : : "cc");
    is(flags >> 28, 4, "MRC r15 takes NZCV from bits 31..28");
}

/* L4: loads to r15 leave the state as it is. Each way in ends in ARM state, r0 = 0x11, or in Thumb
 * state, r0 = 0x22. */
uint32_t load_pc(uint32_t a, uint32_t b);
uint32_t ldm_pc(uint32_t a, uint32_t b);
uint32_t pop_pc(uint32_t a, uint32_t b);
extern uint32_t arm_end[];
extern uint16_t thumb_end[];
__asm__(".text\n.arm\n"
        "load_pc: stmfd sp!, {r0}\n ldr pc, [sp], #4\n"
        "ldm_pc: stmfd sp!, {r0}\n ldmfd sp!, {pc}\n"
        "pop_pc: stmfd sp!, {r0}\n adr r1, 1f + 1\n bx r1\n"
        ".thumb\n1: pop {pc}\n"
        "thumb_end: mov r0, #0x22\n bx lr\n"
        ".arm\n.balign 4\n"
        "arm_end: mov r0, #0x11\n bx lr\n");

static uint32_t end_of(guest_fn *fn, uint32_t target)
{
    return guarded(fn, target, 0) == VECTOR_NONE ? guarded_value : 0xbadbad00;
}

static void loads_to_pc(void)
{
    uint32_t arm = (uint32_t)arm_end, thumb = (uint32_t)thumb_end;
    is(end_of(load_pc, thumb | 1) + end_of(ldm_pc, thumb | 1) + end_of(pop_pc, thumb | 1), 0x66,
       "loads to r15 go to Thumb state");
    is(end_of(load_pc, arm) + end_of(ldm_pc, arm) + end_of(pop_pc, arm), 0x33,
       "loads to r15 go to ARM state");
    if (!on_qemu()) { /* which has no L4 and would execute one state's code in the other */
        uint32_t control = MRC15(0, c1, c0, 0);
        MCR15(0, c1, c0, 0, control | 1u << 15);
        is(end_of(load_pc, arm | 1) + end_of(ldm_pc, arm | 1), 0x22, "L4: they stay in ARM state");
        is(end_of(pop_pc, thumb), 0x22, "L4: they stay in Thumb state");
        MCR15(0, c1, c0, 0, control);
    }
}

static void undefined(void)
{
    is(execute(mrc(0, 7, 5, 0), 0, false), VECTOR_UNDEF, "reading a cache operation is UNDEFINED");
    is(execute(mrc(0, 4, 0, 0), 0, false), VECTOR_UNDEF, "reading c4 is UNDEFINED");
    is(execute(mcr(0, 4, 0, 0), 0, false), VECTOR_UNDEF, "writing c4 is UNDEFINED");
    is(execute(mrc(0, 11, 0, 0), 0, false), VECTOR_UNDEF, "reading c11 is UNDEFINED");
    is(execute(mcr(0, 12, 0, 0), 0, false), VECTOR_UNDEF, "writing c12 is UNDEFINED");
    is(execute(mcr(0, 0, 0, 0), 0, false), VECTOR_UNDEF, "writing the ID code is UNDEFINED");
    is(execute(0xee000f00, 0, false), VECTOR_UNDEF, "CDP p15 is UNDEFINED");
    is(execute(0xed900f00, (uint32_t)code, false), VECTOR_UNDEF, "LDC p15 is UNDEFINED");
    is(execute(0xed800f00, (uint32_t)code, false), VECTOR_UNDEF, "STC p15 is UNDEFINED");
    is(execute(0xec400f00, 0, false), VECTOR_UNDEF, "MCRR p15 is UNDEFINED");

    bool all = true;
    for (unsigned crn = 0; crn < 16; crn++) {
        all = all && execute(mrc(0, crn, 0, 0), 0, true) == VECTOR_UNDEF &&
              execute(mcr(0, crn, 0, 0), 0, true) == VECTOR_UNDEF;
    }
    ok(all, "everything is UNDEFINED in user mode");
    is(execute(mcr(0, 7, 10, 4), 0, true), VECTOR_UNDEF,
       "drain write buffer is UNDEFINED in user mode");
    is_not_qemu(execute(mrc(0, 7, 10, 3), 0, true), VECTOR_UNDEF,
                "test and clean is UNDEFINED in user mode", "allows it");
}

int main(void)
{
    identification();
    jazelle_registers();
    debug_channel();
    reset_values();
    kept_bits();
    operations();
    loads_to_pc();
    undefined();
    return 0;
}
