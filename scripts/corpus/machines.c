/* SPDX-License-Identifier: MIT */
/* Two machines for the profiles that superinstructions are chosen by: one whose words have an
 * operation and registers, and an 8-bit processor. Compiled as A32 and as Thumb code. Neither is a
 * benchmark, and neither may become one. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* -- Words for registers: op, d, a, b of a byte each -- */

enum { SET, MOVE, ADD, SUB, MUL, AND, XOR, SHIFT, LOAD, STORE, LESS, BRANCH, EXIT };
#define WORD(op, d, a, b) ((uint32_t)(op) << 24 | (d) << 16 | (a) << 8 | ((b)&0xff))

/* The bytes of memory, mixed to a hash. 0: 0, 1: 1, 2: address, 3: hash, 4: end. */
static const uint32_t hash_words[] = {
    WORD(SET, 2, 0, 0),   WORD(SET, 3, 0x15, 5), WORD(SET, 4, 0, 200),    WORD(SET, 7, 0, 251),
    WORD(LESS, 5, 2, 4),  WORD(BRANCH, 5, 0, 9), WORD(LOAD, 6, 2, 0),     WORD(XOR, 3, 3, 6),
    WORD(MUL, 3, 3, 7),   WORD(SHIFT, 6, 3, 13), WORD(XOR, 3, 3, 6),      WORD(ADD, 2, 2, 1),
    WORD(STORE, 3, 2, 0), WORD(MOVE, 8, 3, 0),   WORD(BRANCH, 0, 0, -11), WORD(EXIT, 3, 0, 0),
};

static uint32_t run_registers(const uint32_t *pc, uint8_t *memory)
{
    uint32_t r[16] = { 0, 1 };
    for (;;) {
        uint32_t word = *pc++, *d = &r[word >> 16 & 15], a = r[word >> 8 & 15], b = r[word & 15];
        switch (word >> 24) {
        case SET: *d = word & 0xffff; break;
        case MOVE: *d = a; break;
        case ADD: *d = a + b; break;
        case SUB: *d = a - b; break;
        case MUL: *d = a * b; break;
        case AND: *d = a & b; break;
        case XOR: *d = a ^ b; break;
        case SHIFT: *d = a >> (word & 31); break;
        case LOAD: *d = memory[a & 255]; break;
        case STORE: memory[a & 255] = (uint8_t)*d; break;
        case LESS: *d = a < b; break;
        case BRANCH:
            if (!*d) {
                pc += (int8_t)word;
            }
            break;
        case EXIT: return *d;
        }
    }
}

/* -- An 8-bit processor: accumulator, two index registers, flags -- */

typedef struct Cpu {
    uint8_t a, x, y, zero, negative, carry;
    uint16_t pc;
    unsigned cycles;
    uint8_t ram[1024];
} Cpu;

enum { LDA, LDAX, STAX, LDX, LDY, INX, DEY, ADCI, EORI, LSRA, TAX, TXA, CPX, BNE, BCC, JMP, BRK };

static void set_flags(Cpu *s, uint8_t value)
{
    s->zero = value == 0;
    s->negative = value >> 7;
}

static uint8_t next(Cpu *s)
{
    return s->ram[s->pc++ & 1023];
}

static void branch(Cpu *s, int taken)
{
    int8_t distance = (int8_t)next(s);
    if (taken) {
        s->pc = (uint16_t)(s->pc + distance);
        s->cycles++;
    }
}

static int step(Cpu *s)
{
    static const uint8_t cycles[] = { 2, 4, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 7 };
    uint8_t op = next(s);
    s->cycles += cycles[op % sizeof cycles];
    switch (op) {
    case LDA: set_flags(s, s->a = next(s)); break;
    case LDAX: set_flags(s, s->a = s->ram[512 + (uint8_t)(next(s) + s->x)]); break;
    case STAX: s->ram[512 + (uint8_t)(next(s) + s->x)] = s->a; break;
    case LDX: set_flags(s, s->x = next(s)); break;
    case LDY: set_flags(s, s->y = next(s)); break;
    case INX: set_flags(s, ++s->x); break;
    case DEY: set_flags(s, --s->y); break;
    case ADCI: {
        unsigned sum = s->a + next(s) + s->carry;
        s->carry = (uint8_t)(sum >> 8);
        set_flags(s, s->a = (uint8_t)sum);
        break;
    }
    case EORI: set_flags(s, s->a ^= next(s)); break;
    case LSRA:
        s->carry = s->a & 1;
        set_flags(s, s->a >>= 1);
        break;
    case TAX: set_flags(s, s->x = s->a); break;
    case TXA: set_flags(s, s->a = s->x); break;
    case CPX: {
        uint8_t value = next(s);
        s->carry = s->x >= value;
        set_flags(s, (uint8_t)(s->x - value));
        break;
    }
    case BNE: branch(s, !s->zero); break;
    case BCC: branch(s, !s->carry); break;
    case JMP: s->pc = next(s); break;
    default: return 0;
    }
    return 1;
}

static unsigned run_cpu(void)
{
    static const uint8_t code[] = {
        LDY,
        20, /* twenty times */
        LDX,
        0,
        LDAX,
        0,
        ADCI,
        7,
        EORI,
        0x5a,
        STAX,
        0, /* all bytes are changed */
        LSRA,
        BCC,
        2,
        EORI,
        0xb4,
        INX,
        BNE,
        (uint8_t)-16, /* for each x */
        DEY,
        BNE,
        (uint8_t)-21,
        BRK,
    };
    Cpu s = { 0 };
    memcpy(s.ram, code, sizeof code);
    while (step(&s)) {
    }
    return s.cycles + s.ram[512 + 77] + s.a;
}

int main(void)
{
    static uint8_t memory[256];
    uint32_t sum = 0;
    for (unsigned round = 0; round < 40; round++) {
        for (unsigned i = 0; i < 8; i++) {
            sum = sum * 31 + run_registers(hash_words, memory);
        }
        sum += run_cpu();
    }
    printf("%u\n", (unsigned)sum);
    return 0;
}
