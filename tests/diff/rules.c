/* SPDX-License-Identifier: MIT */
/* What is left out of the tests, beside what the decode table's `limits` say. Sections are those of
 * the ARM Architecture Reference Manual (DDI 0100I). */
#include "tests/diff/gen.h"

#include <stddef.h>

#include "cpu/translate/translate.h"

typedef struct Rule {
    const char *section, *what;
    bool (*hit)(const Seq *s, const ArmInsn *line, uint32_t insn);
} Rule;

/* -- UNPREDICTABLE -- */

static bool is_alu_return(const ArmInsn *line, uint32_t insn)
{
    bool alu = line->translate == trans_alu_imm || line->translate == trans_alu_shift ||
               line->translate == trans_alu_shift_reg;
    if (!alu) {
        return false;
    }
    ArmArgs a = arm_args(line, insn);
    return a.set && a.rd == 15 && !(a.op >= ALU_TST && a.op <= ALU_CMN);
}

static bool spsr_in_modes_without(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    bool psr = line->translate == trans_mrs || line->translate == trans_msr_reg ||
               line->translate == trans_msr_imm;
    return !has_spsr(s) && ((psr && arm_args(line, insn).spsr) || is_alu_return(line, insn) ||
                            line->translate == trans_ldm_return);
}

static bool user_registers_of_user_mode(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    (void)insn;
    return !has_spsr(s) && (line->translate == trans_ldm_user || line->translate == trans_stm_user);
}

static bool low_registers_as_high(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    (void)s;
    if (!thumb_is_high(line)) {
        return false;
    }
    ArmArgs a = arm_args(line, insn);
    return a.rd < 8 && a.rm < 8;
}

static bool system_coprocessor_in_privileged_modes(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    (void)insn;
    return !user_mode(s) && (line->translate == trans_mrc15 || line->translate == trans_mcr15);
}

static const Rule unpredictable[] = {
    { "B2.3", "cp15 is not for random values; user mode may not access it",
      system_coprocessor_in_privileged_modes },
    { "A2.5", "the SPSR in user and system mode", spsr_in_modes_without },
    { "A4.1.21, A4.1.98", "LDM and STM with ^ in user and system mode",
      user_registers_of_user_mode },
    { "A7.1.6, A7.1.22, A7.1.38", "two low registers in the high register forms",
      low_registers_as_high },
};

/* -- Where QEMU 7.2 differs from the manuals -- */

/* clang-format off */
/* Differences that are not a matter of single instructions are left out elsewhere:
 *
 *   A2.5   Before ARMv6, bit 8 of the PSRs is reserved. QEMU sets it on exceptions. The runtime
 *          ignores it.
 *   A2.7   Thumb code with big-endian data (control register B): QEMU fetches the wrong halfwords,
 *          or crashes. Seq.big_endian: no Thumb code. ARMv6 has control register B, too; its tests
 *          have big-endian data by CPSR.E alone.
 *   A2.8   Unaligned addresses without alignment faults, in ARMv6 with U clear: QEMU does not rotate
 *          what LDR loads, does not round addresses down, and faults in LDM and STM.
 *          random_address() aligns.
 *   B4.6   With control register FA, an access flag of 0 is found before XN forbids a fetch. QEMU
 *          finds it after. random_ap(): descriptors with XN have the flag.
 *   B8.2   FAR holds the modified virtual address, in QEMU the one before FCSE. The runtime and the
 *          handlers of data aborts modify it if that has not been done.
 *   DDI 0198, 3.5
 *          An invalid second-level descriptor is a translation fault in any domain: the domain is
 *          checked later. In QEMU it is a domain fault. domain_open()
 *   DDI 0301, 3.2
 *          An external abort on the walk of an address translation operation is a data abort. QEMU
 *          may hang. has_tables() */
/* clang-format on */

static bool stores_pc(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    (void)s;
    if (has_v6()) {
        return false; /* + 8 */
    }
    if (line->translate == trans_stm || line->translate == trans_stm_user) {
        return bit(arm_args(line, insn).imm, 15);
    }
    return (line->translate == trans_str_imm || line->translate == trans_str_reg) &&
           arm_args(line, insn).rd == 15;
}

static bool returns_other_than_movs_subs(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    (void)s;
    return is_alu_return(line, insn) && line->op != ALU_SUB && line->op != ALU_MOV;
}

static bool msr_of_nothing(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    (void)s;
    if (line->translate != trans_msr_imm) {
        return false;
    }
    ArmArgs a = arm_args(line, insn);
    return !a.fields && !a.spsr;
}

static bool semihosting(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    return (line->translate == trans_svc &&
            arm_args(line, insn).imm == (s->thumb ? 0xabu : 0x123456u)) ||
           (!line->bits && (s->thumb ? (insn & 0xffff) == 0xbabc : insn == 0xe10f0070)); /* HLT */
}

static bool thumb2_compare_and_branch(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    return s->thumb && !line->bits && ((insn & 0xf500) == 0xb100 || (insn & 0xff00) == 0xbf00);
}

static bool cache_of_user_mode(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    return user_mode(s) && (line->translate == trans_mrc15 || line->translate == trans_mcr15) &&
           arm_args(line, insn).crn == 7;
}

static bool user_msr_of_e(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    if (line->translate != trans_msr_imm && line->translate != trans_msr_reg) {
        return false;
    }
    ArmArgs a = arm_args(line, insn);
    return has_v6() && user_mode(s) && !a.spsr && (a.fields & 2) != 0;
}

static const Rule qemu_differs[] = {
    { "A6.2", "CBZ, CBNZ, IT and hints of later architectures are UNDEFINED; QEMU executes them",
      thumb2_compare_and_branch },
    { "-", "semihosting is on: its SWIs are calls of the host; in QEMU some HLTs, too",
      semihosting },
    { "A4.1.39",
      "MSR of an immediate to no field does nothing; QEMU has ARMv6's WFI and more there",
      msr_of_nothing },
    { "A4.1.2 to A4.1.106",
      "with S and r15 as destination all data processing copies the SPSR; in QEMU MOV and SUB do",
      returns_other_than_movs_subs },
    { "A2.4.3", "before ARMv6, STR and STM of r15 store the address + 12; QEMU stores it + 8",
      stores_pc },
    { "A4.1.39", "MSR in user mode may set CPSR.E; in QEMU it does not", user_msr_of_e },
    { "B2.3", "user mode may not access cp15; in QEMU it may do some operations of c7",
      cache_of_user_mode },
};

bool excluded(const Seq *s, const ArmInsn *line, uint32_t insn)
{
    static const ArmInsn unallocated = { 0 };
    line = line ? line : &unallocated;
    for (size_t i = 0; i < sizeof unpredictable / sizeof unpredictable[0]; i++) {
        if (unpredictable[i].hit(s, line, insn)) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof qemu_differs / sizeof qemu_differs[0]; i++) {
        if (qemu_differs[i].hit(s, line, insn)) {
            return true;
        }
    }
    return false;
}
