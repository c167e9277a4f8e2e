/* SPDX-License-Identifier: MIT */
/* Coprocessor 15, the system control coprocessor of the ARM926EJ-S (TRM chapter 2).
 *
 * What the TRM calls UNPREDICTABLE: unlisted c7 writes and c15 accesses do nothing and read as 0;
 * anything else unlisted is UNDEFINED. */
#include <stddef.h>
#include <string.h>

#include "cpu/arm.h"
#include "util/log.h"

enum { READ = 1, WRITE = 2 };

/* One register or operation. */
typedef struct Cp15Reg {
    uint16_t key; /* KEY() */
    uint8_t access;
    uint32_t mask;                              /* bits that a write sets and a read shows */
    uint32_t fixed;                             /* bits that read as one whatever was written */
    size_t field;                               /* in ARMCPU; NO_FIELD: nothing is kept */
    void (*write)(ARMCPU *cpu, uint32_t value); /* in place of keeping the value, or NULL */
} Cp15Reg;

#define KEY         ARM_CP15_KEY
#define NO_FIELD    SIZE_MAX
#define FIELD(name) offsetof(ARMCPU, name)

#define ID_ARM926 0x41069265u
/* Write-back, lockdown format C, Harvard; 16 KiB each, 4 ways, 8 words a line. */
#define CACHE_TYPE 0x01dd20d2u
#define SCTLR_KEPT                                                                                 \
    (SCTLR_M | SCTLR_A | SCTLR_C | SCTLR_B | SCTLR_S | SCTLR_R | SCTLR_I | SCTLR_V | SCTLR_RR |    \
     SCTLR_L4)
#define SCTLR_SBO       0x00050078u /* bits 18, 16 and 6..3 */
#define TEST_CLEAN_DONE 0x40000000u /* Z of MRC r15: no dirty line is left */

static void write_control(ARMCPU *cpu, uint32_t value)
{
    uint32_t changed = (cpu->sctlr ^ value) & SCTLR_KEPT;
    cpu->sctlr = value & SCTLR_KEPT;
    if ((changed & (SCTLR_M | SCTLR_S | SCTLR_R)) != 0) {
        arm_flush_tlb(cpu);
    }
    arm_update_tb_mode(cpu);
}

/* Access rights are checked at each access, TLB hit or not. Those that the engine has cached may
 * grow behind its back, as what it has not cached it asks for again; they may not shrink. */
static void write_domains(ARMCPU *cpu, uint32_t value)
{
    uint32_t shrunk = 0;
    for (unsigned d = 0; d < 16; d++) {
        unsigned was = cpu->dacr >> (2 * d) & 3, is = value >> (2 * d) & 3;
        if (was != is && was != 0 && was != 2 && is != 3) {
            shrunk |= UINT32_C(1) << d;
        }
    }
    cpu->dacr = value;
    arm_flush_domains(cpu, shrunk);
}

static void wait_for_interrupt(ARMCPU *cpu, uint32_t value)
{
    (void)value;
    if (cpu->input == 0) {
        cpu->halt = HALT_WFI;
        tci_stop(&cpu->env);
    }
}

static void invalidate_tlb(ARMCPU *cpu, uint32_t value)
{
    (void)value;
    arm_flush_tlb(cpu);
}

static void write_fcse_pid(ARMCPU *cpu, uint32_t value)
{
    value &= 0xfe000000;
    if (cpu->fcse_pid != value) {
        cpu->fcse_pid = value;
        arm_flush_tlb(cpu);
    }
}

#define CONSTANT(crn, opc1, crm, opc2, value)                                                      \
    {                                                                                              \
        KEY(crn, opc1, crm, opc2), READ, 0, value, NO_FIELD, NULL                                  \
    }
#define REGISTER(crn, opc1, crm, opc2, mask, fixed, field)                                         \
    {                                                                                              \
        KEY(crn, opc1, crm, opc2), READ | WRITE, mask, fixed, FIELD(field), NULL                   \
    }
#define SPECIAL(crn, opc1, crm, opc2, mask, fixed, field, write)                                   \
    {                                                                                              \
        KEY(crn, opc1, crm, opc2), READ | WRITE, mask, fixed, FIELD(field), write                  \
    }
#define OPERATION(crn, opc1, crm, opc2, write)                                                     \
    {                                                                                              \
        KEY(crn, opc1, crm, opc2), WRITE, 0, 0, NO_FIELD, write                                    \
    }

/* In ascending order of key: CRn, opcode_1, CRm, opcode_2. */
static const Cp15Reg regs[] = {
    CONSTANT(0, 0, 0, 0, ID_ARM926),
    CONSTANT(0, 0, 0, 1, CACHE_TYPE),
    CONSTANT(0, 0, 0, 2, 0), /* TCM status: neither is fitted */
    CONSTANT(0, 0, 0, 3, ID_ARM926),
    CONSTANT(0, 0, 0, 4, ID_ARM926),
    CONSTANT(0, 0, 0, 5, ID_ARM926),
    CONSTANT(0, 0, 0, 6, ID_ARM926),
    CONSTANT(0, 0, 0, 7, ID_ARM926),
    SPECIAL(1, 0, 0, 0, SCTLR_KEPT, SCTLR_SBO, sctlr, write_control),
    REGISTER(2, 0, 0, 0, 0xffffc000, 0, ttbr),
    SPECIAL(3, 0, 0, 0, 0xffffffff, 0, dacr, write_domains),
    REGISTER(5, 0, 0, 0, 0xff, 0, dfsr),
    REGISTER(5, 0, 0, 1, 0xff, 0, ifsr),
    REGISTER(6, 0, 0, 0, 0xffffffff, 0, far),
    OPERATION(7, 0, 0, 4, wait_for_interrupt),
    OPERATION(7, 0, 5, 0, NULL),  /* invalidate ICache */
    OPERATION(7, 0, 5, 1, NULL),  /* invalidate ICache line, MVA */
    OPERATION(7, 0, 5, 2, NULL),  /* invalidate ICache line, set and way */
    OPERATION(7, 0, 6, 0, NULL),  /* invalidate DCache */
    OPERATION(7, 0, 6, 1, NULL),  /* invalidate DCache line, MVA */
    OPERATION(7, 0, 6, 2, NULL),  /* invalidate DCache line, set and way */
    OPERATION(7, 0, 7, 0, NULL),  /* invalidate both */
    OPERATION(7, 0, 10, 1, NULL), /* clean DCache line, MVA */
    OPERATION(7, 0, 10, 2, NULL), /* clean DCache line, set and way */
    CONSTANT(7, 0, 10, 3, TEST_CLEAN_DONE),
    OPERATION(7, 0, 10, 4, NULL), /* drain write buffer */
    OPERATION(7, 0, 13, 1, NULL), /* prefetch ICache line, MVA */
    OPERATION(7, 0, 14, 1, NULL), /* clean and invalidate DCache line, MVA */
    OPERATION(7, 0, 14, 2, NULL), /* clean and invalidate DCache line, set and way */
    CONSTANT(7, 0, 14, 3, TEST_CLEAN_DONE),
    OPERATION(8, 0, 5, 0, invalidate_tlb), /* one TLB serves instructions and data */
    OPERATION(8, 0, 5, 1, arm_invalidate_tlb_entry),
    OPERATION(8, 0, 6, 0, invalidate_tlb),
    OPERATION(8, 0, 6, 1, arm_invalidate_tlb_entry),
    OPERATION(8, 0, 7, 0, invalidate_tlb),
    OPERATION(8, 0, 7, 1, arm_invalidate_tlb_entry),
    REGISTER(9, 0, 0, 0, 0xf, 0xfff0, dlock), /* cache lockdown, a bit for each way */
    REGISTER(9, 0, 0, 1, 0xf, 0xfff0, ilock),
    REGISTER(9, 0, 1, 0, 0xfffff001, 0, dtcm), /* TCM regions of size 0 */
    REGISTER(9, 0, 1, 1, 0xfffff001, 0, itcm),
    REGISTER(10, 0, 0, 0, 0x1c000001, 0, tlb_lock),
    SPECIAL(13, 0, 0, 0, 0xfe000000, 0, fcse_pid, write_fcse_pid),
    REGISTER(13, 0, 0, 1, 0xffffffff, 0, context_id),
    REGISTER(15, 0, 0, 0, 0xffffffff, 0, debug_override),
    REGISTER(15, 0, 1, 0, 0xffffffff, 0, debug_address),
    REGISTER(15, 0, 2, 0, 0xffffffff, 0, region_remap),
    REGISTER(15, 1, 1, 0, 0xffffffff, 0, trace_control),
};

/* What stands for the unlisted. */
static const Cp15Reg no_effect = { 0, READ | WRITE, 0, 0, NO_FIELD, NULL };

/* The register, or NULL if the access is UNDEFINED. */
static const Cp15Reg *find(uint32_t key, unsigned access)
{
    size_t low = 0, high = sizeof regs / sizeof regs[0];
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (key < regs[mid].key) {
            high = mid;
        } else if (key > regs[mid].key) {
            low = mid + 1;
        } else {
            return (regs[mid].access & access) != 0 ? &regs[mid] : NULL;
        }
    }
    if (key >= KEY(15, 0, 0, 0) ||
        (access == WRITE && key >= KEY(7, 0, 0, 0) && key < KEY(7, 1, 0, 0))) {
        return &no_effect;
    }
    return NULL;
}

bool arm_cp15_valid(uint32_t key, bool write, bool privileged)
{
    return privileged && find(key, write ? WRITE : READ) != NULL;
}

bool arm_cp15_is_data_cache_op(uint32_t key)
{
    const Cp15Reg *reg = find(key, WRITE);
    unsigned crm = key >> 3 & 15;
    return reg != NULL && reg != &no_effect && reg->key >> 10 == 7 && reg->write == NULL &&
           reg->field == NO_FIELD && crm != 5 && crm != 7 && crm != 13;
}

static void log_unlisted(uint32_t key, uint32_t pc)
{
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("cp15: unpredictable access at 0x%08x: opcode_1 %u, c%u, c%u, opcode_2 %u\n",
                   (unsigned)pc, (unsigned)(key >> 7 & 7), (unsigned)(key >> 10),
                   (unsigned)(key >> 3 & 15), (unsigned)(key & 7));
    }
}

uint32_t helper_cp15_write(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    ARMCPU *cpu = arm_of(env);
    const Cp15Reg *reg = find(b, WRITE);
    if (reg == NULL) {
        return 0; /* the translator has asked arm_cp15_valid() */
    }
    if (reg == &no_effect) {
        log_unlisted(b, imm);
    }
    if (reg->write) {
        reg->write(cpu, a);
    } else if (reg->field != NO_FIELD) {
        a &= reg->mask;
        memcpy((char *)cpu + reg->field, &a, sizeof a);
    }
    return 0;
}

uint32_t helper_cp15_read(TciEnv *env, uint32_t a, uint32_t b, uint32_t imm)
{
    (void)a;
    const Cp15Reg *reg = find(b, READ);
    if (reg == NULL) {
        return 0;
    }
    if (reg == &no_effect) {
        log_unlisted(b, imm);
    }
    uint32_t value = 0;
    if (reg->field != NO_FIELD) {
        memcpy(&value, (const char *)arm_of(env) + reg->field, sizeof value);
    }
    return (value & reg->mask) | reg->fixed;
}

void arm_cp15_reset(ARMCPU *cpu)
{
    cpu->sctlr = 0;
    cpu->ttbr = cpu->dacr = 0;
    cpu->dfsr = cpu->ifsr = cpu->far = 0;
    cpu->dlock = cpu->ilock = cpu->dtcm = cpu->itcm = 0;
    cpu->tlb_lock = 0;
    cpu->locked_valid = 0;
    cpu->fcse_pid = cpu->context_id = 0;
    cpu->debug_override = cpu->debug_address = cpu->region_remap = cpu->trace_control = 0;
    arm_flush_tlb(cpu);
}
