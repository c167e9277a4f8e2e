/* SPDX-License-Identifier: MIT */
/* LSI 53C895A: registers, interrupts, and scripts that talk to a disk. */
#include <stdlib.h>

#include "tests/unit/lsi_machine.h"
#include "tests/unit/tap.h"

#define SCRIPT 0x1000u
#define DATA   0x4000u

/* Instructions. */
#define SELECT(id)       0x40000000u | (id) << 16
#define SELECT_ATN(id)   0x41000000u | (id) << 16
#define WAIT_DISCONNECT  0x48000000u, 0
#define WAIT_RESELECT(a) 0x50000000u, a
#define SET(what)        0x58000000u | (what), 0
#define CLEAR(what)      0x60000000u | (what), 0
#define MOVE(phase, n)   0x08000000u | (uint32_t)(phase) << 24 | (n)
#define MOVE_FROM(phase) 0x18000000u | (uint32_t)(phase) << 24
#define MOVE_AT(phase)   0x28000000u | (uint32_t)(phase) << 24
#define JUMP(a)          0x80080000u, a
#define JUMP_WHEN(p, a)  0x800b0000u | (uint32_t)(p) << 24, a
#define INT(code)        0x98080000u, code
#define NOP              0x80000000u, 0
#define CARRY            (1u << 10)

static void put_words(uint32_t addr, const uint32_t *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        st32_p(ram + addr + 4 * i, words[i]);
    }
}

/* Runs a script, after what came before is forgotten. */
static void run_words(const uint32_t *words, size_t n)
{
    put_words(SCRIPT, words, n);
    (void)rb(DSTAT);
    (void)rb(SIST0);
    (void)rb(SIST1);
    wl(DSP, SCRIPT);
}

#define RUN(...)                                                                                   \
    run_words((const uint32_t[]){ __VA_ARGS__ },                                                   \
              sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* Ends with the interrupt instruction INT(code). */
static bool ended(uint32_t code)
{
    return (rb(DSTAT) & DSTAT_SIR) && rl(DSPS) == code;
}

/* -- Registers -- */

static void test_registers(void)
{
    static const uint8_t initial[][2] = {
        { SCNTL0, 0xc0 }, { SCNTL1, 0 },  { SCID, 7 },       { GPREG, 0x7f },  { SSTAT2, 2 },
        { DSTAT, 0x80 },  { ISTAT0, 0 },  { CTEST0, 0xff },  { CTEST2, 0x11 }, { DCMD, 0x40 },
        { SIST0, 0 },     { MACNTL, 15 }, { RESPID0, 0x80 }, { STEST4, 0xe0 }, { GPCNTL, 15 },
    };
    static const uint8_t masks[][2] = {
        { SCNTL0, 0xff },  { SCNTL2, 0xf6 },  { SDID, 0x0f },     { CTEST3, 0x0f },
        { CTEST2, 0x08 },  { SSTAT0, 0 },     { SIST0, 0 },       { DCMD, 0 },
        { DSA + 3, 0xff }, { DCNTL, 0xbb },   { CCNTL0, 0xff },   { SCRATCHC + 63, 0xff },
        { SBCL, 0 },       { PMJAD1, 0xff },  { CSBC + 3, 0xff }, { LAST_REGISTER + 1, 0 },
        { SIDL, 0 },       { DSP + 2, 0xff }, { DBC + 2, 0xff },  { SSID, 0 },
    };
    lsi_start();
    for (size_t i = 0; i < sizeof initial / sizeof initial[0]; i++) {
        is_u32(rb(initial[i][0]), initial[i][1], "a register after reset");
    }
    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
        uint8_t reg = masks[i][0], mask = masks[i][1], first = lsi.regs[reg];
        wb(reg, reg == DCNTL ? 0xfb : 0xff);
        is_u32(lsi.regs[reg], mask | (first & (uint8_t)~mask), "the bits that a write sets");
    }
    lsi_start();
    wl(SCRATCHA, 0x12345678);
    is_u32(rl(SCRATCHA), 0x12345678, "four bytes");
    is_u32(lsi53c895a_type.read(&lsi, 1, SCRATCHA + 1, 1), 0x56, "one of them");
    is_u32(lsi53c895a_type.read(&lsi, 0, SCRATCHA, 2), 0x5678, "two, in I/O space");
    is_u32(lsi53c895a_type.read(&lsi, 1, 0x300 + SCRATCHA, 4), 0x12345678, "a mirror");
    lsi53c895a_type.write(&lsi, 2, 0x1ffc, 0xabcdef01, 4);
    is_u32(lsi53c895a_type.read(&lsi, 2, 0x1ffe, 2), 0xabcd, "the RAM");
    wb(ISTAT0, ISTAT0_SIGP | ISTAT0_SEM);
    is_u32(rb(ISTAT0), ISTAT0_SIGP | ISTAT0_SEM, "SIGP and SEM are set");
    is_u32(rb(CTEST2), 0x51, "CTEST2 shows SIGP");
    is_u32(rb(ISTAT0), ISTAT0_SEM, "and clears it");
    wb(ISTAT0, ISTAT0_SRST);
    is_u32(rl(SCRATCHA) | rb(ISTAT0), 0, "a software reset");
}

static void test_interrupts(void)
{
    lsi_start();
    wb(ISTAT0, ISTAT0_ABRT);
    ok(rb(ISTAT0) == (ISTAT0_ABRT | ISTAT0_DIP) && !line, "an abort, masked");
    wb(ISTAT0, 0);
    wb(DIEN, DSTAT_ABRT);
    ok(line, "enabled: the line is high");
    wb(DCNTL, DCNTL_IRQD);
    ok(!line, "IRQD: it is not driven");
    wb(DCNTL, 0);
    is_u32(rb(DSTAT), 0x90, "DSTAT tells");
    ok(!line && rb(DSTAT) == 0x80 && rb(ISTAT0) == 0, "and is clear then");
    wb(SIEN0, SIST0_RST);
    wb(SCNTL1, SCNTL1_RST);
    ok(line && rb(ISTAT0) == ISTAT0_SIP && rb(SSTAT0) == SSTAT0_RST, "a reset of the bus");
    is_u32(lsi.targets.disks[0].attention, 0x62900, "the disk notices");
    wb(DIEN, 0xff);
    wb(ISTAT0, ISTAT0_ABRT);
    wb(ISTAT0, 0);
    is_u32(rb(ISTAT0), ISTAT0_SIP | ISTAT0_DIP, "two interrupts at once");
    is_u32(rb(SIST0), SIST0_RST, "SIST0 tells one");
    ok(line && rb(ISTAT0) == ISTAT0_DIP, "the other remains");
    (void)rb(DSTAT);
    ok(!line, "until it is read");
    wb(SCNTL1, SCNTL1_RST);
    is_u32(rb(SIST0), 0, "a reset that goes on is not another");
    wb(SCNTL1, 0);
    is_u32(rb(SSTAT0), 0, "its end");
    wb(SIEN1, SIST1_GEN);
    wb(STIME1, 3);
    ok(line && rb(SIST1) == SIST1_GEN, "the general purpose timer expires at once");
}

/* -- Transfer control -- */

static void test_jumps(void)
{
    lsi_start();
    RUN(JUMP(SCRIPT + 24), INT(1), INT(2), INT(3));
    ok(ended(3), "a jump");
    RUN(0x80880000, 8, INT(1), INT(2), INT(3));
    ok(ended(2), "a relative jump");
    RUN(0x88080000, SCRIPT + 24, INT(1), INT(2), 0x90080000, 0);
    ok(ended(1) && rl(TEMP) == SCRIPT + 8, "call and return");
    RUN(SET(CARRY), 0x80280000, SCRIPT + 32, INT(1), INT(2), INT(3));
    ok(ended(3), "if carry");
    RUN(CLEAR(CARRY), 0x80280000, SCRIPT + 32, INT(1), INT(2), INT(3));
    ok(ended(1), "it is not");
    RUN(CLEAR(CARRY), 0x80200000, SCRIPT + 32, INT(1), INT(2), INT(3));
    ok(ended(3), "if not carry");
    wb(SFBR, 0x35);
    RUN(0x800c0035, SCRIPT + 24, INT(1), INT(2), INT(3));
    ok(ended(3), "if SFBR is 0x35");
    RUN(0x800cf005, SCRIPT + 24, INT(1), INT(2), INT(3));
    ok(ended(3), "under a mask");
    RUN(0x80040035, SCRIPT + 24, INT(1), INT(2), INT(3));
    ok(ended(1), "if not");
    RUN(0x870e0035, SCRIPT + 24, INT(1), INT(2), INT(3));
    ok(ended(1), "phase and data must both be true");
    wb(DIEN, 0);
    RUN(0x98180000, 7, INT(8));
    ok(line && rb(ISTAT0) == (ISTAT0_INTF | ISTAT0_DIP) && ended(8), "interrupt on the fly");
    wb(ISTAT0, ISTAT0_INTF);
    ok(!line && ended(8) && rb(ISTAT0) == 0, "a 1 clears it, before DSTAT");
    RUN(NOP, INT(9));
    ok(ended(9), "a condition that never is");
    RUN(0xa0080000, 0);
    is_u32(rb(DSTAT), 0x80 | DSTAT_IID, "an opcode that does not exist");
    RUN(0, INT(10));
    ok(ended(10), "a word of zeros is skipped");
    is_u32(rb(ISTAT1), 0, "a script that has stopped");
    is_u32(rl(DSP), SCRIPT + 12, "DSP is past the instruction");
}

static void test_stepping(void)
{
    lsi_start();
    wb(DMODE, DMODE_MAN);
    RUN(JUMP(SCRIPT + 8), NOP, INT(3));
    is_u32(rl(DSP), SCRIPT, "manual mode: writing DSP starts nothing");
    wb(DCNTL, DCNTL_SSM);
    wb(DCNTL, DCNTL_SSM | DCNTL_STD);
    ok(rb(DSTAT) == (0x80 | DSTAT_SSI) && rl(DSP) == SCRIPT + 8, "single step");
    wb(DCNTL, DCNTL_SSM | DCNTL_STD);
    ok(rb(DSTAT) == (0x80 | DSTAT_SSI) && rl(DSP) == SCRIPT + 16, "and another");
    wb(DCNTL, DCNTL_STD);
    ok(ended(3), "at full speed");
}

/* -- Registers in scripts -- */

static void test_register_operations(void)
{
    static const struct {
        uint32_t op;
        uint8_t a, b, carry, result, carry_out;
    } rows[] = {
        { 0, 0x12, 0x34, 1, 0x34, 1 }, { 1, 0x81, 0, 0, 0x02, 1 },    { 1, 0x41, 0, 1, 0x83, 0 },
        { 2, 0x12, 0x34, 0, 0x36, 0 }, { 3, 0x12, 0x34, 1, 0x26, 1 }, { 4, 0x12, 0x34, 0, 0x10, 0 },
        { 5, 0x03, 0, 1, 0x81, 1 },    { 5, 0x02, 0, 0, 0x01, 0 },    { 6, 0xf0, 0x20, 1, 0x10, 1 },
        { 6, 0x10, 0x20, 1, 0x30, 0 }, { 7, 0x10, 0x20, 1, 0x31, 0 }, { 7, 0xff, 0xff, 1, 0xff, 1 },
        { 7, 0xff, 0, 1, 0, 1 },       { 7, 0x7f, 0x80, 0, 0xff, 0 },
    };
    lsi_start();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t carry = rows[i].carry ? 0x58000400 : 0x60000400, b = (uint32_t)rows[i].b << 8;
        uint32_t op = rows[i].op << 24;
        wb(SCRATCHA, rows[i].a);
        RUN(carry, 0, 0x78000000 | op | SCRATCHA << 16 | b, 0, INT(1));
        bool good = ended(1) && rb(SCRATCHA) == rows[i].result && lsi.carry == rows[i].carry_out;
        wb(SCRATCHA, rows[i].a);
        RUN(carry, 0, 0x70000000 | op | SCRATCHA << 16 | b, 0, INT(1));
        good = good && ended(1) && rb(SFBR) == rows[i].result && rb(SCRATCHA) == rows[i].a;
        wb(SFBR, rows[i].a);
        RUN(carry, 0, 0x68000000 | op | SCRATCHA << 16 | b, 0, INT(1));
        good = good && ended(1) && rb(SCRATCHA) == rows[i].result;
        wb(SCRATCHA, rows[i].a);
        wb(SFBR, rows[i].b);
        RUN(carry, 0, 0x78800000 | op | SCRATCHA << 16 | 0xee00, 0, INT(1));
        good = good && ended(1) && rb(SCRATCHA) == rows[i].result;
        ok(good, "operation %u on %02x and %02x, carry %u", rows[i].op, rows[i].a, rows[i].b,
           rows[i].carry);
    }
    RUN(0x78000000 | (PMJAD1 & 0x7f) << 16 | 0x5580, 0, INT(1));
    is_u32(rb(PMJAD1), 0x55, "bit 7 of a register's number");
}

static void test_memory(void)
{
    lsi_start();
    for (unsigned i = 0; i < 100000; i++) {
        ram[DATA + i] = (uint8_t)(i * 7 + i / 256);
    }
    RUN(0xc0000000 | 100000, DATA, DATA + 200000, INT(1));
    ok(ended(1) && memcmp(ram + DATA, ram + DATA + 200000, 100000) == 0 && ram[DATA + 300000] == 0,
       "a memory move");
    RUN(0xc0000000 | 64, DATA + 1, OWN + 64, 0xc0000000 | 4, OWN + 64, REGISTERS + SCRATCHA,
        INT(2));
    ok(ended(2) && memcmp(lsi.ram + 64, ram + DATA + 1, 64) == 0 &&
           rl(SCRATCHA) == ld32_p(ram + DATA + 1),
       "to the adapter's own memory and registers");
    RUN(0xe1000004 | SCRATCHC << 16, DATA + 5, 0xe0000003 | SCRATCHC << 16, DATA - 16, INT(3));
    ok(ended(3) && rl(SCRATCHC) == ld32_p(ram + DATA + 5) &&
           memcmp(ram + DATA - 16, ram + DATA + 5, 3) == 0 && ram[DATA - 13] == 0,
       "load and store");
    wl(DSA, DATA + 100);
    RUN(0xf1000004 | SCRATCHC << 16, 0x00fffffc, INT(4));
    ok(ended(4) && rl(SCRATCHC) == ld32_p(ram + DATA + 96), "load relative to DSA, backwards");
    RUN(0xe1000005 | SCRATCHC << 16, DATA);
    is_u32(rb(DSTAT), 0x80 | DSTAT_IID, "a load of five bytes");
    RUN(0xc0000000 | 64, RAM - 10, DATA, INT(5));
    is_u32(rb(DSTAT), 0x80 | DSTAT_BF, "a move of memory that is not there");
    wl(DSP, RAM);
    is_u32(rb(DSTAT), 0x80 | DSTAT_BF, "a script that is not there");
    memcpy(lsi.ram, (const uint8_t[]){ 0, 0, 8, 0x98, 6, 0, 0, 0 }, 8);
    wl(DSP, OWN);
    ok(ended(6), "a script in the adapter's RAM");
    wl(SFS, 1);
    wl(DSP, SCRIPT);
    is_u32(rb(DSTAT), 0x80 | DSTAT_BF, "a script above 4 GiB");
}

/* -- The bus -- */

/* INQUIRY by a table, as Linux's driver does it, in this many bytes. */
static void put_inquiry(uint8_t n)
{
    static const uint32_t table[] = { 1, DATA, 6, DATA + 16, 0, DATA + 64, 1, DATA + 32 };
    put_words(DATA + 0x200, table, 8);
    ram[DATA] = 0x80;
    memcpy(ram + DATA + 16, (const uint8_t[]){ 0x12, 0, 0, 0, n, 0 }, 6);
    wl(DSA, DATA + 0x200);
}

#define COMMAND_START                                                                              \
    SELECT_ATN(0), SCRIPT, MOVE_FROM(PHASE_MESSAGE_OUT), 0, MOVE_FROM(PHASE_COMMAND), 8
#define COMMAND_END                                                                                \
    MOVE_FROM(PHASE_STATUS), 24, MOVE(PHASE_MESSAGE_IN, 1), DATA + 40, CLEAR(SOCL_ACK),            \
        WAIT_DISCONNECT, INT(0x60d)

static void test_command(void)
{
    lsi_start();
    put_inquiry(36);
    st32_p(ram + DATA + 0x210, 36);
    ram[DATA + 32] = ram[DATA + 40] = 0xee;
    RUN(COMMAND_START, MOVE_FROM(PHASE_DATA_IN), 16, COMMAND_END);
    ok(ended(0x60d), "a script selects, sends a command, takes data, status and message");
    ok(memcmp(ram + DATA + 72, "QEMU    QEMU HARDDISK   2.5+", 28) == 0 && ram[DATA + 100] == 0,
       "which is the disk's");
    ok(ram[DATA + 32] == 0 && ram[DATA + 40] == 0, "status good, command complete");
    ok(rl(CSBC) == 36 && (rl(SBC) & 0xffffff) == 1 && rb(SFBR) == 0 && rb(SIDL) == 0,
       "the counters");
    ok(!(rb(SCNTL1) & SCNTL1_CON) && rb(SSTAT2) == SSTAT2_LDSC && rb(SSTAT1) == 0,
       "the bus is free");
    st32_p(ram + DATA + 0x400, DATA + 0x500);
    ram[DATA + 32] = 0xee;
    RUN(COMMAND_START, MOVE_AT(PHASE_DATA_IN) | 36, DATA + 0x400, COMMAND_END);
    ok(ended(0x60d) && memcmp(ram + DATA + 0x508, "QEMU    ", 8) == 0, "an indirect move");
    RUN(COMMAND_START, 0x800b0000 | PHASE_DATA_IN << 24, SCRIPT + 40, INT(1), INT(2));
    ok(ended(2), "a jump on the phase");
    ok(rb(ISTAT0) & ISTAT0_CON && rb(SCNTL1) & SCNTL1_CON && rb(SSTAT1) == PHASE_DATA_IN,
       "connected, in data-in phase");
    is_u32(rb(SBCL), 0xa1, "the lines of the bus");
    RUN(SELECT_ATN(0), SCRIPT + 24, INT(1), INT(2), INT(3));
    ok(ended(3), "SELECT when connected goes to the alternative");
    wb(ISTAT0, ISTAT0_SRST);
    ok(!(rb(ISTAT0) & ISTAT0_CON), "a software reset leaves the bus");
    wl(DSA, DATA + 0x200);
    RUN(SELECT(0), SCRIPT, MOVE_FROM(PHASE_COMMAND), 8, MOVE_FROM(PHASE_DATA_IN), 16, COMMAND_END);
    ok(ended(0x60d), "without ATN the target takes a command at once");
    st32_p(ram + DATA + 0x300, 0x00000000);
    RUN(0x43000000, 0x100, SCRIPT + 16, INT(1));
    ok(rb(ISTAT0) & ISTAT0_CON, "the ID in a table");
}

static void test_timeout(void)
{
    lsi_start();
    wb(SIEN1, SIST1_STO);
    RUN(SELECT_ATN(5), SCRIPT, 0x78000000 | SCRATCHA << 16 | 0x7700, 0, MOVE(PHASE_MESSAGE_OUT, 1),
        DATA, INT(1));
    ok(line && rb(SCRATCHA) == 0x77 && rb(SIST1) == SIST1_STO,
       "no target: a time-out, the script goes on up to the bus");
    ok(rl(DSP) == SCRIPT + 24 && rb(ISTAT1) == 0 && rb(DSTAT) == 0x80, "where it has stopped");
    RUN(SELECT_ATN(9), SCRIPT, JUMP(SCRIPT));
    is_u32(rb(SIST1), SIST1_STO, "nor can there be one with ID 9");
    RUN(MOVE(PHASE_DATA_OUT, 4), DATA);
    is_u32(rb(SIST0), SIST0_UDC, "a move without a target");
}

static void test_mismatch(void)
{
    lsi_start();
    put_inquiry(36);
    st32_p(ram + DATA + 0x210, 100);
    wb(SIEN0, SIST0_MA);
    RUN(COMMAND_START, MOVE_FROM(PHASE_DATA_IN), 16, COMMAND_END);
    ok(line && rb(SIST0) == SIST0_MA && rb(ISTAT1) == 0, "36 bytes for 100: a phase mismatch");
    ok((rl(DBC) & 0xffffff) == 64 && rl(DNAD) == DATA + 100 && rl(DSP) == SCRIPT + 32,
       "what is left, and where");
    ok(rb(SSTAT1) == PHASE_STATUS, "the target is in status phase");
    RUN(COMMAND_END);
    ok(ended(0x60d) && ram[DATA + 32] == 0, "and finishes");

    wb(CCNTL0, CCNTL0_ENPMJ);
    wl(PMJAD1, SCRIPT + 0x800);
    put_words(SCRIPT + 0x800, (const uint32_t[]){ INT(0x111) }, 2);
    RUN(COMMAND_START, MOVE_FROM(PHASE_DATA_IN), 16, INT(1));
    ok(ended(0x111) && rb(SIST0) == 0, "a jump instead");
    ok(rl(RBC) == 64 && rl(UA) == DATA + 100 && rl(ESA) == DATA + 0x210 && rl(IA) == SCRIPT + 24 &&
           (rl(SBC) & 0xffffff) == 36,
       "RBC, UA, ESA, IA and SBC");
    RUN(COMMAND_END);
    wb(CCNTL0, CCNTL0_ENPMJ | CCNTL0_PMJCTL);
    wl(PMJAD2, SCRIPT + 0x808);
    put_words(SCRIPT + 0x808, (const uint32_t[]){ INT(0x222) }, 2);
    RUN(COMMAND_START, MOVE_FROM(PHASE_DATA_IN), 16, INT(1));
    ok(ended(0x222), "by direction: in");
    RUN(MOVE(PHASE_DATA_OUT, 9), DATA, INT(1));
    ok(ended(0x111) && rl(RBC) == (0x08000000 | 9) && rl(ESA) == SCRIPT && rl(UA) == DATA,
       "out, when the target is not there at all");
    RUN(MOVE(PHASE_COMMAND, 9), DATA, INT(1));
    is_u32(rb(SIST0), SIST0_MA, "not in other phases");
    wb(CCNTL0, CCNTL0_ENPMJ | CCNTL0_PMJCTL | CCNTL0_ENNDJ);
    RUN(MOVE(PHASE_COMMAND, 9), DATA, INT(1));
    ok(ended(0x111), "unless ENNDJ");
}

static void test_messages(void)
{
    static const uint8_t negotiation[] = { 0x80, 0x20, 0x05, 1, 3, 1, 12, 31, 1, 2, 3, 1, 8 };
    lsi_start();
    put_inquiry(36);
    st32_p(ram + DATA + 0x200, sizeof negotiation);
    st32_p(ram + DATA + 0x204, DATA + 0x600);
    st32_p(ram + DATA + 0x210, 36);
    memcpy(ram + DATA + 0x600, negotiation, sizeof negotiation);
    RUN(COMMAND_START, MOVE_FROM(PHASE_DATA_IN), 16, COMMAND_END);
    ok(ended(0x60d), "a tag, SDTR and WDTR: the target goes on");
    ram[DATA + 0x604] = 99;
    RUN(SELECT_ATN(0), SCRIPT, MOVE_FROM(PHASE_MESSAGE_OUT), 0, MOVE(PHASE_MESSAGE_IN, 1),
        DATA + 40, INT(1));
    ok(ended(1) && ram[DATA + 40] == 7 && rb(SSTAT1) == PHASE_COMMAND,
       "an extended message too long: rejected");
    for (unsigned i = 0; i < 4; i++) {
        static const uint8_t messages[4] = { 0x0c, 0x06, 0x0d, 0x0e };
        wb(ISTAT0, ISTAT0_SRST);
        lsi.targets.disks[0].attention = 0;
        ram[DATA + 0x700] = 0x80;
        ram[DATA + 0x701] = messages[i];
        RUN(SELECT_ATN(0), SCRIPT, MOVE(PHASE_MESSAGE_OUT, 2), DATA + 0x700, WAIT_DISCONNECT,
            INT(2));
        ok(ended(2) && !(rb(ISTAT0) & ISTAT0_CON) &&
               lsi.targets.disks[0].attention == (i ? 0 : 0x62900),
           "message %02x: the bus is free", messages[i]);
    }
    memset(ram + DATA + 0x700, 0x80, 100);
    RUN(SELECT_ATN(0), SCRIPT, MOVE(PHASE_MESSAGE_OUT, 100), DATA + 0x700, INT(2));
    is_u32(rb(SIST0), SIST0_MA, "no end of messages");
    ram[DATA] = 0x83;
    wb(ISTAT0, ISTAT0_SRST);
    put_inquiry(36);
    ram[DATA] = 0x83;
    RUN(COMMAND_START, MOVE(PHASE_DATA_IN, 36), DATA + 64, COMMAND_END);
    ok(ended(0x60d) && ram[DATA + 64] == 0x7f, "logical unit 3 is absent");
}

static void test_data(void)
{
    lsi_start();
    for (unsigned i = 0; i < FAKE_BLOCK_SIZE; i++) {
        block.bytes[i] = (uint8_t)(i * 7 + i / 256);
    }
    put_inquiry(0);
    /* READ(10) of 400 blocks from 3 on, in three moves */
    memcpy(ram + DATA + 16, (const uint8_t[]){ 0x28, 0, 0, 0, 0, 3, 0, 1, 0x90, 0 }, 10);
    st32_p(ram + DATA + 0x208, 10);
    RUN(COMMAND_START, MOVE(PHASE_DATA_IN, 1000), 0x10000, MOVE(PHASE_DATA_IN, 200000),
        0x10000 + 1000, MOVE(PHASE_DATA_IN, 3800), 0x10000 + 201000, COMMAND_END);
    ok(ended(0x60d) && memcmp(ram + 0x10000, block.bytes + 1536, 204800) == 0 &&
           ram[0x10000 + 204800] == 0,
       "reads 400 blocks");
    ram[DATA + 16] = 0x2a;
    ram[DATA + 21] = 0;
    RUN(COMMAND_START, MOVE(PHASE_DATA_OUT, 204799), 0x10001, MOVE(PHASE_DATA_OUT, 1), 0x10000,
        COMMAND_END);
    ok(ended(0x60d) && memcmp(ram + 0x10001, block.bytes, 204799) == 0 &&
           block.bytes[204799] == ram[0x10000],
       "writes 400 blocks");
    fake_block_break(&block, true);
    RUN(COMMAND_START, MOVE(PHASE_DATA_OUT, 204799), 0x10001, INT(1));
    is_u32(rb(SIST0), SIST0_MA, "a write that fails ends the data");
    RUN(COMMAND_END);
    ok(ended(0x60d) && ram[DATA + 32] == 2, "with CHECK CONDITION");
    fake_block_break(&block, false);
    RUN(COMMAND_START, MOVE(PHASE_DATA_OUT, 1000), RAM - 999, INT(1));
    is_u32(rb(DSTAT), 0x80 | DSTAT_BF, "data from where no memory is");
}

/* -- Waiting, and no end -- */

static void test_waiting(void)
{
    lsi_start();
    RUN(WAIT_RESELECT(SCRIPT + 16), INT(1), INT(2));
    ok(rb(ISTAT1) == ISTAT1_SRUN && !lsi53c895a_type.can_raise(&lsi, false),
       "a script waits for a reselection that never comes");
    wb(ISTAT0, ISTAT0_SIGP);
    ok(ended(2), "SIGP ends it");
    wb(ISTAT0, ISTAT0_SIGP);
    RUN(WAIT_RESELECT(SCRIPT + 16), INT(1), INT(2));
    ok(ended(2), "also when it was there before");
    (void)rb(CTEST2);
    RUN(JUMP(SCRIPT));
    ok(rb(ISTAT1) == ISTAT1_SRUN && lsi53c895a_type.can_raise(&lsi, false),
       "a script without an end returns");
    put_words(SCRIPT, (const uint32_t[]){ INT(5) }, 2);
    fake_clock_advance(&clk, NS_PER_SEC);
    ok(ended(5) && !lsi53c895a_type.can_raise(&lsi, false), "and goes on with time");
    RUN(JUMP(SCRIPT));
    wb(ISTAT0, ISTAT0_ABRT);
    wb(ISTAT0, 0);
    ok(rb(ISTAT1) == 0 && rb(DSTAT) == 0x90 && !lsi53c895a_type.can_raise(&lsi, false),
       "an abort stops it");
    RUN(0xc0ffffff, 0, 0, JUMP(SCRIPT));
    is_u32(rb(DSTAT), 0x80 | DSTAT_BF, "the longest of memory moves");
    wb(CCNTL0, CCNTL0_ENPMJ);
    wl(PMJAD1, SCRIPT + 8);
    RUN(SELECT_ATN(0), SCRIPT, MOVE(PHASE_DATA_IN, 1), DATA);
    is_u32(rb(ISTAT1), ISTAT1_SRUN, "a mismatch that jumps to itself");
    RUN(INT(1));
    wb(ISTAT0, ISTAT0_SRST);
    ok(!lsi53c895a_type.can_raise(&lsi, false), "a reset stops it");
}

/* -- Saved state -- */

static bool loads(const VMWriter *w)
{
    VMReader r = { .bytes = w->bytes, .left = w->len };
    return vmstate_load(&r, lsi53c895a_type.state, &lsi) && lsi53c895a_type.loaded(&lsi);
}

static void test_state(void)
{
    VMWriter w = { 0 };
    lsi_start();
    put_inquiry(36);
    RUN(COMMAND_START, MOVE(PHASE_DATA_IN, 12), DATA + 64, INT(1));
    vmstate_save(&w, lsi53c895a_type.state, &lsi);
    RUN(MOVE(PHASE_DATA_IN, 24), DATA + 76, INT(2));
    lsi53c895a_type.reset(&lsi);
    ok(loads(&w), "a state in the middle of a command loads");
    RUN(MOVE(PHASE_DATA_IN, 24), DATA + 76, COMMAND_END);
    ok(ended(0x60d) && memcmp(ram + DATA + 72, "QEMU    QEMU HARDDISK   2.5+", 28) == 0,
       "and the command goes on");
    static const struct {
        size_t offset;
        uint8_t value;
        const char *what;
    } bad[] = {
        { offsetof(Lsi53c895a, target), 3, "a target that is not there" },
        { offsetof(Lsi53c895a, target), 9, "nor can be" },
        { offsetof(Lsi53c895a, target), LSI_NOBODY, "data without a target" },
        { offsetof(Lsi53c895a, busy), 0, "data without a command" },
        { offsetof(Lsi53c895a, regs) + SSTAT1, PHASE_DATA_OUT, "data in the other direction" },
        { offsetof(Lsi53c895a, regs) + SSTAT1, 4, "a phase that does not exist" },
        { offsetof(Lsi53c895a, request) + offsetof(ScsiRequest, medium), 1, "too much data" },
        { offsetof(Lsi53c895a, targets.disks) + offsetof(ScsiDisk, open), 1, "a disk with a tray" },
        { offsetof(Lsi53c895a, carry), 2, "a carry of two" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        loads(&w);
        if (i == 6) {
            lsi.request.left = FAKE_BLOCK_SIZE + 1;
        }
        ((uint8_t *)&lsi)[bad[i].offset] = bad[i].value;
        ok(!lsi53c895a_type.loaded(&lsi), "not loaded: %s", bad[i].what);
    }
    free(w.bytes);
}

int main(void)
{
    test_registers();
    test_interrupts();
    test_jumps();
    test_stepping();
    test_register_operations();
    test_memory();
    test_command();
    test_timeout();
    test_mismatch();
    test_messages();
    test_data();
    test_waiting();
    test_state();
    return done_testing();
}
