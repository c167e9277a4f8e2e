/* SPDX-License-Identifier: MIT */
/* Random fields of instructions, and the model of the shifter. */
#include "tests/diff/gen.h"

uint32_t with_field(const ArmInsn *line, char name, uint32_t insn, uint32_t value)
{
    uint32_t mask = arm_field_mask(line, name);
    insn &= ~mask;
    for (unsigned i = 0; i < 32; i++) {
        if (mask >> i & 1) {
            insn |= (value & 1) << i;
            value >>= 1;
        }
    }
    return insn;
}

uint32_t random_insn(Seq *s, const ArmInsn *line)
{
    static const char registers[] = "dnmsa";
    Rng *r = &s->rng;
    ArmEncoding e = arm_encoding(line);
    uint32_t insn = (rng32(r) & ~(e.mask | e.should)) | e.value | e.should_value;
    if (e.any_condition) {
        insn = with_field(line, 'c', insn, chance(r, 40) ? 14 : below(r, 15));
    }
    /* Registers of one instruction are the same more often than chance has it. */
    if (chance(r, 25)) {
        char to = registers[below(r, 5)], from = registers[below(r, 5)];
        insn = with_field(line, to, insn, arm_field(line, from, insn));
    }
    return insn & (e.any_condition || line->bits[0] == '(' || (e.mask >> 28) ? UINT32_MAX : 0xffff);
}

uint32_t shifted(uint32_t m, unsigned type, unsigned amount, bool c)
{
    if (type == RRX) {
        return (uint32_t)c << 31 | m >> 1;
    }
    if (type == 3) {
        amount &= 31;
        return amount ? m >> amount | m << (32 - amount) : m;
    }
    if (amount >= 32) {
        return type == 2 && m >> 31 ? UINT32_MAX : 0;
    }
    switch (type) {
    case 0: return m << amount;
    case 1: return m >> amount;
    default: return m >> 31 ? ~(~m >> amount) : m >> amount;
    }
}

bool unshifted(uint32_t want, unsigned type, unsigned amount, bool c, uint32_t *m)
{
    if (type == RRX || type == 1 || type == 2) {
        *m = type == RRX ? want << 1 : amount < 32 ? want << amount : want;
    } else if (type == 3) {
        *m = shifted(want, 3, 32 - (amount & 31), c);
    } else {
        *m = amount < 32 ? want >> amount : 0;
    }
    return shifted(*m, type, amount, c) == want;
}
