/* SPDX-License-Identifier: MIT */
/* The SCRIPTS processor of the 53C895A (the manual's chapter 5).
 *
 * An instruction is two words, or three, in the adapter's RAM or in the machine's memory. A script
 * runs when the CPU starts it, until it stops with an interrupt or waits. One that runs for very
 * long goes on later, as a timer's business: it may wait for the CPU to write something. */
#include "scsi/lsi.h"

/* The share of lsi_run() is bytes moved; an instruction takes as long as so many. */
#define INSTRUCTION_COST 1024
#define PAUSE            NS_PER_MS

/* Fields of an instruction's first word. */
#define INDIRECT     (UINT32_C(1) << 29) /* block move */
#define TABLE        (UINT32_C(1) << 28) /* block move; load and store: relative to DSA */
#define RELATIVE     (UINT32_C(1) << 26) /* I/O: the address is relative */
#define TABLE_SELECT (UINT32_C(1) << 25)
#define WITH_ATN     (UINT32_C(1) << 24)

static uint64_t wide(const Lsi53c895a *s, unsigned high, uint32_t low)
{
    return (uint64_t)lsi_get(s, high) << 32 | low;
}

static uint32_t sign24(uint32_t v)
{
    return ((v & 0xffffff) ^ 0x800000) - 0x800000;
}

/* The next word of the script. */
static bool fetch(Lsi53c895a *s, uint32_t *word)
{
    uint8_t bytes[4];
    if (!lsi_dma_read(s, wide(s, SFS, lsi_get(s, DSP)), bytes, sizeof bytes)) {
        return false;
    }
    *word = ld32_p(bytes);
    lsi_set(s, DSP, lsi_get(s, DSP) + 4);
    return true;
}

/* -- Block move -- */

/* A move that the bus's phase ends, or never begins. */
static void phase_mismatch(Lsi53c895a *s, unsigned expected)
{
    uint8_t control = s->regs[CCNTL0];
    bool is_data = expected == PHASE_DATA_OUT || expected == PHASE_DATA_IN;
    if (!(control & CCNTL0_ENPMJ) || (!is_data && !(control & CCNTL0_ENNDJ))) {
        lsi_scsi_interrupt(s, SIST0_MA, 0);
        return;
    }
    bool second = control & CCNTL0_PMJCTL ? expected & 1 : s->regs[SCNTL2] & SCNTL2_WSR;
    lsi_set(s, DSP, lsi_get(s, second ? PMJAD2 : PMJAD1));
}

/* The upper half of an address, from the upper byte of a table's entry. */
static uint32_t table_high(const Lsi53c895a *s, uint8_t index)
{
    static const uint8_t selectors[6] = { MMRS, MMWS, SFS, DRS, SBMS, DBMS };
    if (!(s->regs[CCNTL1] & CCNTL1_EN64TIBMV)) {
        return 0;
    }
    if (s->regs[CCNTL1] & CCNTL1_64TIMOD) {
        return index;
    }
    index &= 31;
    return index < 16   ? lsi_get(s, SCRATCHC + 4u * index)
           : index < 22 ? lsi_get(s, selectors[index - 16])
                        : 0;
}

/* Finds what a block move moves: its address, and DBC. `at` is the instruction. */
static bool find_data(Lsi53c895a *s, uint32_t insn, uint32_t operand, uint32_t at, uint64_t *addr)
{
    uint8_t entry[8];
    uint32_t low = operand, high = lsi_get(s, SBMS), count = insn;
    lsi_set(s, ESA, at);
    if (insn & TABLE) {
        uint32_t offset = lsi_get(s, DSA) + sign24(operand);
        if (!lsi_dma_read(s, wide(s, DRS, offset), entry, sizeof entry)) {
            return false;
        }
        count = ld32_p(entry);
        low = ld32_p(entry + 4);
        high = table_high(s, entry[3]);
        lsi_set(s, ESA, offset);
    } else if (insn & INDIRECT) {
        if (!lsi_dma_read(s, wide(s, SBMS, operand), entry, 4)) {
            return false;
        }
        low = ld32_p(entry);
    } else if (s->regs[CCNTL1] & CCNTL1_EN64DBMV) {
        if (!fetch(s, &high)) {
            return false;
        }
    }
    lsi_set_count(s, count & 0xffffff);
    lsi_set(s, RBC, count);
    lsi_set(s, DNAD, low);
    lsi_set(s, DNAD64, high);
    *addr = (uint64_t)high << 32 | low;
    return true;
}

static void block_move(Lsi53c895a *s, uint32_t insn, uint32_t operand)
{
    uint32_t at = lsi_get(s, DSP) - 8;
    unsigned expected = insn >> 24 & 7;
    uint64_t addr;
    if (s->regs[SIST1] & SIST1_STO) {
        lsi_stop_script(s); /* the selection that it waits for has failed */
        return;
    }
    lsi_set(s, IA, at);
    lsi_set(s, SBC, 0);
    if (!find_data(s, insn, operand, at, &addr)) {
        return;
    }
    if (!lsi_connected(s)) {
        lsi_scsi_interrupt(s, SIST0_UDC, 0);
        return;
    }
    bool same = lsi_phase(s) == expected;
    if (same && !lsi_move(s, addr)) {
        return;
    }
    uint32_t left = lsi_count(s), done = lsi_get(s, SBC);
    lsi_set(s, DNAD, (uint32_t)(addr + done));
    lsi_set(s, UA, (uint32_t)(addr + done));
    lsi_set(s, RBC, (lsi_get(s, RBC) & 0xff000000u) | left);
    s->regs[DFIFO] = (uint8_t)left;
    s->regs[CTEST5] = (uint8_t)((s->regs[CTEST5] & 0xfc) | (left >> 8 & 3));
    if (!same || left) {
        phase_mismatch(s, expected);
    }
}

/* -- I/O -- */

static void wait_reselect(Lsi53c895a *s)
{
    if (s->regs[ISTAT0] & ISTAT0_SIGP) {
        lsi_set(s, DSP, lsi_get(s, DNAD));
    } else {
        s->waiting = 1;
    }
}

/* SET and CLEAR: ATN, ACK, carry. */
static void set_signals(Lsi53c895a *s, uint32_t insn, bool on)
{
    uint8_t lines = (uint8_t)(insn & (SOCL_ATN | SOCL_ACK));
    s->regs[SOCL] = (uint8_t)(on ? s->regs[SOCL] | lines : s->regs[SOCL] & ~lines);
    if (on && (lines & SOCL_ATN)) {
        lsi_attention(s);
    }
    if (insn & 1u << 10) {
        s->carry = on;
    }
}

static void io_instruction(Lsi53c895a *s, uint32_t insn, uint32_t operand)
{
    uint32_t id = insn;
    if (insn & TABLE_SELECT) {
        uint8_t entry[4];
        if (!lsi_dma_read(s, wide(s, DRS, lsi_get(s, DSA) + sign24(insn)), entry, sizeof entry)) {
            return;
        }
        id = ld32_p(entry);
    }
    lsi_set(s, DNAD, (insn & RELATIVE) ? lsi_get(s, DSP) + sign24(operand) : operand);
    switch (insn >> 27 & 7) {
    case 0: /* SELECT; when connected already, go to the alternative */
        if (lsi_connected(s)) {
            lsi_set(s, DSP, lsi_get(s, DNAD));
        } else {
            lsi_select(s, id >> 16 & 15, insn & WITH_ATN);
        }
        break;
    case 1: lsi_disconnect(s); break; /* WAIT DISCONNECT */
    case 2: wait_reselect(s); break;
    case 3: set_signals(s, insn, true); break;
    default: set_signals(s, insn, false); break;
    }
}

/* -- Read-modify-write -- */

static uint8_t alu(Lsi53c895a *s, unsigned op, uint8_t a, uint8_t b)
{
    unsigned carry = s->carry, sum;
    switch (op) {
    case 0: return b;
    case 1: s->carry = a >> 7; return (uint8_t)(a << 1 | carry);
    case 2: return a | b;
    case 3: return a ^ b;
    case 4: return a & b;
    case 5: s->carry = a & 1; return (uint8_t)(a >> 1 | carry << 7);
    default:
        sum = (unsigned)a + b + (op == 7 ? carry : 0);
        s->carry = sum > 0xff;
        return (uint8_t)sum;
    }
}

/* Opcode 5: SFBR to a register, 6: a register to SFBR, 7: a register to itself. */
static void register_instruction(Lsi53c895a *s, uint32_t insn)
{
    unsigned reg = (insn >> 16 & 0x7f) | (insn & 0x80), op = insn >> 24 & 7;
    unsigned opcode = insn >> 27 & 7;
    uint8_t a = opcode == 5 ? s->regs[SFBR] : op != 0 ? lsi_read_register(s, reg) : 0;
    uint8_t b = opcode == 7 && (insn & 1u << 23) ? s->regs[SFBR] : (uint8_t)(insn >> 8);
    uint8_t result = alu(s, op, a, b);
    if (opcode == 6) {
        s->regs[SFBR] = result;
    } else {
        lsi_write_register(s, reg, result);
    }
}

/* -- Transfer control -- */

/* Whether the conditions hold: each that is asked for must be as the instruction has it. */
static bool conditions(const Lsi53c895a *s, uint32_t insn)
{
    bool want = insn & 1u << 19;
    if (insn & 1u << 21 && (s->carry != 0) != want) {
        return false;
    }
    if (insn & 1u << 17 && (lsi_phase(s) == (insn >> 24 & 7)) != want) {
        return false;
    }
    if (insn & 1u << 18) {
        uint8_t mask = (uint8_t)(~insn >> 8);
        return ((s->regs[SFBR] & mask) == (insn & mask)) == want;
    }
    return true;
}

static void transfer_control(Lsi53c895a *s, uint32_t insn, uint32_t operand)
{
    uint32_t to = (insn & 1u << 23) ? lsi_get(s, DSP) + sign24(operand) : operand;
    if ((insn & 0x002e0000) == 0) {
        return; /* never: the form of NOP */
    }
    if (s->regs[SIST1] & SIST1_STO) {
        lsi_stop_script(s);
        return;
    }
    if (!conditions(s, insn)) {
        return;
    }
    switch (insn >> 27 & 7) {
    case 0: lsi_set(s, DSP, to); break; /* JUMP */
    case 1:                             /* CALL */
        lsi_set(s, TEMP, lsi_get(s, DSP));
        lsi_set(s, DSP, to);
        break;
    case 2: lsi_set(s, DSP, lsi_get(s, TEMP)); break; /* RETURN */
    case 3:
        if (insn & 1u << 20) { /* INTFLY */
            s->regs[ISTAT0] |= ISTAT0_INTF;
            lsi_update_irq(s);
        } else {
            lsi_dma_interrupt(s, DSTAT_SIR);
        }
        break;
    default: lsi_dma_interrupt(s, DSTAT_IID);
    }
}

/* -- Memory move, load and store -- */

static void memory_move(Lsi53c895a *s, uint32_t insn, uint32_t from)
{
    uint32_t to, left = insn & 0xffffff;
    if (!fetch(s, &to)) {
        return;
    }
    while (left) {
        uint32_t n = left < LSI_BOUNCE ? left : LSI_BOUNCE;
        if (!lsi_dma_read(s, wide(s, MMRS, from), s->bounce, n) ||
            !lsi_dma_write(s, wide(s, MMWS, to), s->bounce, n)) {
            return;
        }
        s->budget -= n;
        from += n;
        to += n;
        left -= n;
    }
}

static void load_store(Lsi53c895a *s, uint32_t insn, uint32_t operand)
{
    uint8_t bytes[4];
    unsigned n = insn & 7, reg = insn >> 16 & 0xff;
    uint32_t addr = (insn & TABLE) ? lsi_get(s, DSA) + sign24(operand) : operand;
    unsigned high = (insn & TABLE) ? DRS : (insn & 1u << 24) ? MMRS : MMWS;
    if (n < 1 || n > 4 || reg + n > 256) {
        lsi_dma_interrupt(s, DSTAT_IID);
        return;
    }
    if (insn & 1u << 24) { /* LOAD */
        if (!lsi_dma_read(s, wide(s, high, addr), bytes, n)) {
            return;
        }
        for (unsigned i = 0; i < n; i++) {
            lsi_write_register(s, reg + i, bytes[i]);
        }
    } else {
        for (unsigned i = 0; i < n; i++) {
            bytes[i] = lsi_read_register(s, reg + i);
        }
        (void)lsi_dma_write(s, wide(s, high, addr), bytes, n);
    }
}

/* -- The processor -- */

static void step(Lsi53c895a *s)
{
    uint32_t insn, operand;
    if (!fetch(s, &insn)) {
        return;
    }
    if (insn == 0) {
        return; /* a word to skip, as by QEMU */
    }
    if (!fetch(s, &operand)) {
        return;
    }
    lsi_set(s, DBC, insn); /* and DCMD */
    lsi_set(s, DSPS, operand);
    switch (insn >> 30) {
    case 0: block_move(s, insn, operand); break;
    case 1:
        if ((insn >> 27 & 7) < 5) {
            io_instruction(s, insn, operand);
        } else {
            register_instruction(s, insn);
        }
        break;
    case 2: transfer_control(s, insn, operand); break;
    default:
        if (insn & 1u << 29) {
            load_store(s, insn, operand);
        } else {
            memory_move(s, insn, operand);
        }
    }
}

static bool is_active(const Lsi53c895a *s)
{
    return (s->regs[ISTAT1] & ISTAT1_SRUN) && !s->waiting;
}

void lsi_stop_script(Lsi53c895a *s)
{
    s->regs[ISTAT1] &= (uint8_t)~ISTAT1_SRUN;
    s->waiting = 0;
    timer_del(&s->resume);
}

void lsi_start_script(Lsi53c895a *s)
{
    s->regs[ISTAT1] |= ISTAT1_SRUN;
    s->waiting = 0;
    lsi_run(s);
}

void lsi_run(Lsi53c895a *s)
{
    if (s->running) {
        return; /* a script has written to a register that starts it */
    }
    s->running = true;
    s->budget = s->share;
    while (is_active(s)) {
        if (s->budget <= 0) {
            timer_mod(&s->resume, deadline_after(clock_now(s->pci.clock), PAUSE));
            break;
        }
        s->budget -= INSTRUCTION_COST;
        step(s);
        if (is_active(s) && (s->regs[DCNTL] & DCNTL_SSM)) {
            lsi_dma_interrupt(s, DSTAT_SSI);
        }
    }
    s->running = false;
}
