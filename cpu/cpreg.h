/* SPDX-License-Identifier: MIT */
/* Coprocessor registers as tables, of which a model has a list. A register's row determines its
 * encodings, what MRC and MCR do, its reset value and its saved state. */
#ifndef CPU_CPREG_H
#define CPU_CPREG_H

#include <stddef.h>

#include "cpu/arm.h"

/* Access rights in privileged modes, and those of user mode. */
enum { ARM_CP_R = 1, ARM_CP_W = 2, ARM_CP_RW = 3, ARM_CP_USER_R = 4, ARM_CP_USER_W = 8 };

enum {
    ARM_CP_CACHE_OP = 1,      /* data cache or write buffer maintenance: no visible effect */
    ARM_CP_UNPREDICTABLE = 2, /* an access is logged as a guest error */
};

#define ARM_CP_NO_FIELD UINT32_MAX

typedef struct ARMCPReg {
    uint16_t key;                        /* ARM_CP_KEY(), ARM_CP_PAIR_KEY() */
    uint16_t any;                        /* don't-care bits of the key */
    uint8_t access;                      /* ARM_CP_R, ARM_CP_W, ARM_CP_USER_* */
    uint8_t type;                        /* ARM_CP_CACHE_OP, ARM_CP_UNPREDICTABLE */
    uint32_t field;                      /* offset in ARMCPU of its uint32_t, or ARM_CP_NO_FIELD */
    uint32_t reset;                      /* value of the field */
    uint32_t mask;                       /* bits of the field that can be written and read */
    uint32_t fixed;                      /* bits that always read as one */
    uint32_t (*read)(const ARMCPU *cpu); /* instead of reading the field, or NULL */
    void (*write)(ARMCPU *cpu, uint32_t value); /* instead of setting the field, or NULL */
    const char *name; /* the manual's, for debuggers; NULL or in small letters: no register */
} ARMCPReg;

/* A row. */
#define ARM_CP_ROW(name, ...)                                                                      \
    {                                                                                              \
        __VA_ARGS__, name                                                                          \
    }
/* Forms of a row: a read-only constant; a register; one that is not 0 after a reset; a register
 * with a write function; an operation, which is a write. For example ARM_CP_REGISTER("DFSR", KEY(5,
 * 0, 0, 0), 0xff, 0, dfsr) becomes { KEY(5, 0, 0, 0), 0, ARM_CP_RW, 0, offsetof(ARMCPU, dfsr), 0,
 * 0xff, 0, NULL, NULL, "DFSR" }. */
#define ARM_CP_CONSTANT(name, key, value)                                                          \
    ARM_CP_ROW(name, key, 0, ARM_CP_R, 0, ARM_CP_NO_FIELD, 0, 0, value, NULL, NULL)
#define ARM_CP_REGISTER(name, key, mask, fixed, field)                                             \
    ARM_CP_ROW(name, key, 0, ARM_CP_RW, 0, offsetof(ARMCPU, field), 0, mask, fixed, NULL, NULL)
#define ARM_CP_RESET(name, key, mask, reset, field)                                                \
    ARM_CP_ROW(name, key, 0, ARM_CP_RW, 0, offsetof(ARMCPU, field), reset, mask, 0, NULL, NULL)
#define ARM_CP_SPECIAL(name, key, mask, fixed, field, write)                                       \
    ARM_CP_ROW(name, key, 0, ARM_CP_RW, 0, offsetof(ARMCPU, field), 0, mask, fixed, NULL, write)
#define ARM_CP_OPERATION(name, key, type, write)                                                   \
    ARM_CP_ROW(NULL, key, 0, ARM_CP_W, type, ARM_CP_NO_FIELD, 0, 0, 0, NULL, write)

/* Row n of all lists of the CPU's model; NULL: there is none. */
const ARMCPReg *arm_cp_reg(const ARMCPU *cpu, unsigned n);
/* The number of the first row that matches the key. -1: the access is UNDEFINED. */
int arm_cp_find(const ARMCPU *cpu, uint32_t key, bool write, bool privileged);

/* MRC reads, MCR writes a to, the register with key b & 0xffff and number b >> 16; imm is the
 * instruction's address. A write may change address translation or the mode, or stop the CPU (WFI):
 * first set env.pc to the next instruction, then end the block with tcg_lookup(). */
TCGHelper helper_cp_read, helper_cp_write;

void arm_cp_reset(ARMCPU *cpu);
/* Digests, saves and loads all fields (util/vmstate.h). */
uint64_t arm_cp_digest(const ARMCPU *cpu, uint64_t digest);
void arm_cp_save(const ARMCPU *cpu, VMWriter *w);
void arm_cp_load(ARMCPU *cpu, VMReader *r);

#endif
