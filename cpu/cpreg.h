/* SPDX-License-Identifier: MIT */
/* Coprocessor registers as tables. A model has lists of them; which encodings exist, what MRC and
 * MCR do, reset and saved state follow from a register's row. */
#ifndef CPU_CPREG_H
#define CPU_CPREG_H

#include <stddef.h>

#include "cpu/arm.h"

/* Rights, in privileged modes; user mode has none. */
enum { ARM_CP_R = 1, ARM_CP_W = 2, ARM_CP_RW = 3 };

enum {
    ARM_CP_CACHE_OP = 1,      /* data cache or write buffer maintenance: software sees no effect */
    ARM_CP_UNPREDICTABLE = 2, /* an access is the guest's error: it is logged */
};

#define ARM_CP_NO_FIELD SIZE_MAX

typedef struct ARMCPReg {
    const char *name;
    uint16_t key;   /* ARM_CP_KEY() */
    uint16_t any;   /* bits of the key that are don't-care */
    uint8_t access; /* ARM_CP_R, ARM_CP_W */
    uint8_t type;   /* ARM_CP_CACHE_OP, ARM_CP_UNPREDICTABLE */
    size_t field;   /* offset in ARMCPU of the uint32_t that holds it, or ARM_CP_NO_FIELD */
    uint32_t reset; /* of the field */
    uint32_t mask;  /* bits of the field that a write sets and a read shows */
    uint32_t fixed; /* bits that read as one whatever was written */
    uint32_t (*read)(const ARMCPU *cpu);        /* in place of the field, or NULL */
    void (*write)(ARMCPU *cpu, uint32_t value); /* in place of setting the field, or NULL */
} ARMCPReg;

/* Forms of a row: a value that is read only; a register that keeps what is written; one whose
 * writes do more; an operation, made by a write. */
#define ARM_CP_CONSTANT(name, key, value)                                                          \
    {                                                                                              \
        name, key, 0, ARM_CP_R, 0, ARM_CP_NO_FIELD, 0, 0, value, NULL, NULL                        \
    }
#define ARM_CP_REGISTER(name, key, mask, fixed, field)                                             \
    {                                                                                              \
        name, key, 0, ARM_CP_RW, 0, offsetof(ARMCPU, field), 0, mask, fixed, NULL, NULL            \
    }
#define ARM_CP_SPECIAL(name, key, mask, fixed, field, write)                                       \
    {                                                                                              \
        name, key, 0, ARM_CP_RW, 0, offsetof(ARMCPU, field), 0, mask, fixed, NULL, write           \
    }
#define ARM_CP_OPERATION(name, key, type, write)                                                   \
    {                                                                                              \
        name, key, 0, ARM_CP_W, type, ARM_CP_NO_FIELD, 0, 0, 0, NULL, write                        \
    }

/* The row that an access of the key finds, as a number for arm_cp_reg(), or -1: the instruction is
 * UNDEFINED. The first row that matches counts. */
int arm_cp_find(const ARMCPU *cpu, uint32_t key, bool write, bool privileged);
const ARMCPReg *arm_cp_reg(const ARMCPU *cpu, unsigned number);

/* MRC gives, MCR sets the register with key b & 0xffff and number b >> 16; a = the value written,
 * imm = the instruction's address. A write may change translation or mode, or stop the CPU (WFI): a
 * block ends after it with tcg_lookup(), env.pc having been set to the next instruction before. */
TCGHelper helper_cp_read, helper_cp_write;

void arm_cp_reset(ARMCPU *cpu);
/* Digests, saves and loads all fields (util/vmstate.h). */
uint64_t arm_cp_digest(const ARMCPU *cpu, uint64_t digest);
void arm_cp_save(const ARMCPU *cpu, VMWriter *w);
void arm_cp_load(ARMCPU *cpu, VMReader *r);

#endif
