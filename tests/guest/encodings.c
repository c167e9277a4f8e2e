/* SPDX-License-Identifier: MIT */
/* Every MRC, MCR, MRRC and MCRR of coprocessors 14 and 15, and every VFP system register, in a
 * privileged mode and in user mode: which are UNDEFINED, and what the registers keep. Prints
 * comments that tests/encodings.t compares between tqemu and QEMU. */
#include "guest.h"

#define VICINTENABLE    0x10140010
#define VICSOFTINT      0x10140018
#define VICSOFTINTCLEAR 0x1014001c

static uint32_t code[2];

enum { READ = 1, WRITE = 2, USER_READ = 4, USER_WRITE = 8 };

/* Executes one instruction on r0 in this mode, or in user mode. False: UNDEFINED. In this mode an
 * interrupt is pending, which is masked, so that WFI does not wait. */
static bool execute(uint32_t insn, uint32_t r0, bool user)
{
    code[0] = insn;
    code[1] = user ? 0xef000042 : 0xe12fff1e; /* swi, or bx lr */
    MCR15(0, c7, c10, 4, 0);
    MCR15(0, c7, c5, 0, 0);
    write32(user ? VICSOFTINTCLEAR : VICSOFTINT, 1);
    unsigned vector =
        user ? guarded(in_user, (uint32_t)code, r0) : guarded((guest_fn *)code, r0, 0);
    if (user && vector == VECTOR_SWI) {
        guarded_value = caught.r[0];
        vector = VECTOR_NONE;
    }
    return vector == VECTOR_NONE;
}

static void hex(char before, uint32_t value)
{
    const char text[2] = { before, 0 };
    print(text);
    print_hex(value);
}

/* The rights to a register, given by how it is read and written. Writes put back what was read. */
static unsigned rights(uint32_t read, uint32_t write)
{
    unsigned found = 0;
    uint32_t value = 0;
    if (execute(read, 0, false)) {
        value = guarded_value;
        found |= READ;
    }
    found |= execute(write, value, false) ? WRITE : 0;
    found |= execute(read, value, true) ? USER_READ : 0;
    found |= execute(write, value, true) ? USER_WRITE : 0;
    return found;
}

static void print_rights(unsigned rights)
{
    print(rights & READ ? " r" : " -");
    print(rights & WRITE ? "w" : "-");
    print(rights & USER_READ ? "r" : "-");
    print(rights & USER_WRITE ? "w" : "-");
}

static uint32_t read_back(uint32_t read, uint32_t write, uint32_t value)
{
    execute(write, value, false);
    execute(read, 0, false);
    return guarded_value;
}

/* Bits to leave out of what is written to a register: those that would end the test. */
static uint32_t dangerous(unsigned opc1, unsigned crn, unsigned crm, unsigned opc2)
{
    if (opc1 == 0 && crn == 1 && crm == 0 && opc2 == 0) {
        return 1u << 0 | 1u << 7 | 1u << 13 | 1u << 25; /* M, B, V, EE */
    }
    return crn == 13 && crm == 0 && opc2 == 0 ? 0xffffffff : 0; /* FCSE PID */
}

static void print_values(uint32_t read, uint32_t write, unsigned rights, uint32_t spared)
{
    if (!(rights & READ)) {
        return;
    }
    execute(read, 0, false);
    uint32_t reset = guarded_value;
    hex(' ', reset);
    if (rights & WRITE) {
        hex(' ', read_back(read, write, (reset & spared) | ~spared));
        hex(' ', read_back(read, write, reset & spared));
        execute(write, reset, false);
    }
}

static void try_register(unsigned cp, unsigned opc1, unsigned crn, unsigned crm, unsigned opc2)
{
    uint32_t read = 0xee100010 | cp << 8 | opc1 << 21 | crn << 16 | opc2 << 5 | crm;
    uint32_t write = read & ~(1u << 20);
    if (cp == 15 && crn == 15 && opc1 == 0 && crm == 8 && opc2 == 0 &&
        MRC15(0, c0, c0, 0) >> 24 == 0x54) {
        return; /* The TI925T's wait for an interrupt, at which QEMU 7.2 aborts. */
    }
    unsigned found = rights(read, write);
    if (found == 0) {
        return;
    }
    print("# cp");
    print_dec(cp);
    print(" ");
    print_dec(opc1);
    print(" c");
    print_dec(crn);
    print(" c");
    print_dec(crm);
    print(" ");
    print_dec(opc2);
    print_rights(found);
    print_values(read, write, found, dangerous(opc1, crn, crm, opc2));
    print("\n");
}

static void try_pair(unsigned cp, unsigned opc1, unsigned crm)
{
    uint32_t read = 0xec510000 | cp << 8 | opc1 << 4 | crm; /* mrrc p15, opc1, r0, r1 */
    unsigned found = rights(read, read & ~(1u << 20));
    if (found != 0) {
        print("# pair ");
        print_dec(cp);
        print(" ");
        print_dec(opc1);
        print(" c");
        print_dec(crm);
        print_rights(found);
        print("\n");
    }
}

static void try_vfp(unsigned number, const char *state)
{
    uint32_t read = 0xeef00a10 | number << 16;
    uint32_t write = read & ~(1u << 20);
    unsigned found = rights(read, write);
    if (found == 0) {
        return;
    }
    print("# vfp ");
    print(state);
    print(" ");
    print_dec(number);
    print_rights(found);
    if (found & READ) {
        execute(read, 0, false);
        hex(' ', guarded_value);
    }
    print("\n");
}

/* FADDS in both modes, and the registers. */
static void try_vfp_state(const char *state)
{
    print("# vfp ");
    print(state);
    print(" fadds");
    print(execute(0xee300a00, 0, false) ? " x" : " -");
    print(execute(0xee300a00, 0, true) ? "x\n" : "-\n");
    for (unsigned number = 0; number < 16; number++) {
        try_vfp(number, state);
    }
}

#define CPACR(rights) ((uint32_t)(rights)*5 << 20)

static void try_vfp_states(void)
{
    uint32_t cpacr = 0xee010f50; /* mcr p15, 0, r0, c1, c0, 2 */
    try_vfp_state("reset");
    if (execute(cpacr, CPACR(3), false)) {
        try_vfp_state("full");
    }
    execute(0xeee80a10, 1u << 30, false); /* fmxr fpexc, r0: EN */
    try_vfp_state("on full");
    if (execute(cpacr, CPACR(1), false)) {
        try_vfp_state("on privileged");
        execute(cpacr, 0, false);
        try_vfp_state("on none");
    }
}

int main(void)
{
    write32(VICINTENABLE, 1);
    unsigned tried = 0;
    for (unsigned cp = 14; cp < 16; cp++) {
        for (unsigned rest = 0; rest < 1u << 14; rest++, tried++) {
            try_register(cp, rest >> 7 & 7, rest >> 10, rest >> 3 & 15, rest & 7);
        }
        for (unsigned rest = 0; rest < 1u << 8; rest++) {
            try_pair(cp, rest >> 4, rest & 15);
        }
    }
    try_vfp_states();
    is(tried, 1u << 15, "all registers tried");
    guest_exit();
    return 0;
}
