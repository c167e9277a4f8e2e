/* SPDX-License-Identifier: MIT */
/* The CPU's state, private to cpu/. Registers and bits have the names of the ARM Architecture
 * Reference Manual (DDI 0100) and the ARM926EJ-S TRM (DDI 0198). */
#ifndef CPU_ARM_H
#define CPU_ARM_H

#include "cpu/cpu.h"
#include "tci/tci.h"

/* CPSR and SPSR bits. */
#define PSR_M     0x1fu /* mode */
#define PSR_T     (1u << 5)
#define PSR_F     (1u << 6)
#define PSR_I     (1u << 7)
#define PSR_A     (1u << 8) /* ARMv6: masks imprecise aborts, of which there are none here */
#define PSR_E     (1u << 9) /* ARMv6: data is big-endian */
#define PSR_GE    (15u << 16)
#define PSR_J     (1u << 24)
#define PSR_Q     (1u << PSR_Q_BIT)
#define PSR_Q_BIT 27
#define PSR_V     (1u << 28)
#define PSR_C     (1u << 29)
#define PSR_Z     (1u << 30)
#define PSR_N     (1u << 31)
#define PSR_NZCV  (PSR_N | PSR_Z | PSR_C | PSR_V)

enum {
    ARM_USR = 0x10,
    ARM_FIQ = 0x11,
    ARM_IRQ = 0x12,
    ARM_SVC = 0x13,
    ARM_ABT = 0x17,
    ARM_UND = 0x1b,
    ARM_SYS = 0x1f
};

/* The register banks, for bank_*[]. */
enum { BANK_USR, BANK_FIQ, BANK_IRQ, BANK_SVC, BANK_ABT, BANK_UND, BANKS };

/* TciEnv.mode bits: the state that a translation depends on. */
#define ARM_TB_THUMB  0x001u /* CPSR.T */
#define ARM_TB_PRIV   0x002u /* not user mode */
#define ARM_TB_BE     0x004u /* cp15 c1 B: word-invariant big-endian data */
#define ARM_TB_ALIGN  0x008u /* cp15 c1 A: alignment faults */
#define ARM_TB_L4     0x010u /* cp15 c1 L4: loads to r15 do not set T (as in ARMv4) */
#define ARM_TB_VFP    0x020u /* FPEXC.EN */
#define ARM_TB_VECTOR 0x040u /* with ARM_TB_VFP: FPSCR.LEN selects short vectors */
#define ARM_TB_E      0x080u /* CPSR.E: byte-invariant big-endian data (BE8) */
#define ARM_TB_U      0x100u /* cp15 c1 U: unaligned words and halfwords */
#define ARM_TB_NO_VFP 0x200u /* CPACR: this mode has no access to the VFP */

/* cp15 c1 control register bits. */
#define SCTLR_M  (1u << 0)
#define SCTLR_A  (1u << 1)
#define SCTLR_C  (1u << 2)
#define SCTLR_B  (1u << 7)
#define SCTLR_S  (1u << 8)
#define SCTLR_R  (1u << 9)
#define SCTLR_Z  (1u << 11) /* branch prediction, where there is any */
#define SCTLR_I  (1u << 12)
#define SCTLR_V  (1u << 13)
#define SCTLR_RR (1u << 14)
#define SCTLR_L4 (1u << 15)
#define SCTLR_FI (1u << 21) /* ARMv6 from here on */
#define SCTLR_U  (1u << 22)
#define SCTLR_XP (1u << 23)
#define SCTLR_VE (1u << 24)
#define SCTLR_EE (1u << 25)
#define SCTLR_TR (1u << 28) /* ARMv6K from here on */
#define SCTLR_FA (1u << 29)

/* Bits of the VFP's FPSCR and FPEXC. FPSCR's exceptions are those of softfloat.h. */
#define FPSCR_EXCEPTIONS 0x0000009fu
#define FPSCR_LEN        (7u << 16)
#define FPSCR_STRIDE     (3u << 20)
#define FPSCR_RMODE      (3u << 22)
#define FPSCR_FZ         (1u << 24)
#define FPSCR_DN         (1u << 25)
#define FPEXC_EN         (1u << 30)

/* Exceptions; the value is the vector's offset. */
typedef enum ARMException {
    EXCP_RESET = 0x00,
    EXCP_UNDEF = 0x04,
    EXCP_SWI = 0x08,
    EXCP_PREFETCH_ABORT = 0x0c,
    EXCP_DATA_ABORT = 0x10,
    EXCP_IRQ = 0x18,
    EXCP_FIQ = 0x1c,
} ARMException;

#define ARM_LOCKED 8 /* entries in the TLB's lockdown part */

/* Why the CPU is not executing. */
typedef enum ARMHalt {
    HALT_NONE,
    HALT_WFI,   /* until an input is asserted, masked or not */
    HALT_SPIN,  /* a branch to itself: until an input is asserted that CPSR does not mask */
    HALT_INPUT, /* a semihosting call waits for input: each slice executes it again */
} ARMHalt;

typedef struct ARMModel ARMModel; /* model.h */

struct ARMCPU {
    TciEnv env; /* first: a TciEnv * is an ARMCPU *. r0-r14 are env.r[0..14] */

    uint32_t cpsr; /* without N Z C V and T, which are in env (arm_cpsr() returns all) */
    uint32_t spsr; /* of the current mode; 0 in usr and sys */
    /* The registers of each bank, valid unless it is the current mode's. */
    uint32_t bank_r13[BANKS], bank_r14[BANKS], bank_spsr[BANKS];
    uint32_t usr_r8[5], fiq_r8[5]; /* r8-r12 */

    /* cp15. */
    uint32_t sctlr;        /* c1: control */
    uint32_t actlr, cpacr; /* c1: auxiliary control, coprocessor access */
    uint32_t ttbr;         /* c2: translation table base, with ARMv6 TTBR0 */
    uint32_t ttbr1, ttbcr;
    uint32_t dacr;                            /* c3: domain access control */
    uint32_t dfsr, ifsr, far;                 /* c5, c6: fault status and address */
    uint32_t wfar, ifar;                      /* c6: of watchpoints, of instructions */
    uint32_t par;                             /* c7: physical address */
    uint32_t dlock, ilock;                    /* c9: cache lockdown */
    uint32_t dtcm, itcm;                      /* c9: TCM regions */
    uint32_t tlb_lock;                        /* c10: TLB lockdown */
    uint32_t fcse_pid;                        /* c13,0 */
    uint32_t context_id;                      /* c13,1; with ARMv6 bits 7..0 are the ASID */
    uint32_t tpidr_urw, tpidr_uro, tpidr_prw; /* c13,2 to 4: thread IDs */
    uint32_t prrr, nmrr;                      /* c10: memory region remap */
    uint32_t pmnc, ccnt, pmn0, pmn1;          /* c15: performance monitor */
    uint32_t ti_config, ti_thread;            /* c15 of the TI925T */
    /* c15: test registers that can be read back. */
    uint32_t debug_override, debug_address, region_remap, trace_control;
    /* The lockdown part of the TLB (c10): entries that invalidation of the whole TLB spares. */
    uint32_t locked_mva[ARM_LOCKED], locked_phys[ARM_LOCKED], locked_attr[ARM_LOCKED];
    uint32_t locked_valid; /* a bit per entry */

    /* The exclusive monitor: whether it is open; the address of the last exclusive load; the value
     * that it loaded, of up to two words. */
    uint32_t exclusive, exclusive_address, exclusive_value[2];

    /* The VFP. Its data registers are env.r[TCG_FP...]; FPSCR's N Z C V are env.fp_flags. */
    uint32_t fpscr, fpexc, fpinst, fpinst2;

    uint32_t input; /* asserted inputs: 1 << ARM_CPU_IRQ | 1 << ARM_CPU_FIQ */
    uint32_t halt;  /* ARMHalt */
    /* Set by the MMU for the exception that follows. */
    uint32_t fault_status, fault_address;
    uint32_t semihosting_errno; /* of the last failed call, for SYS_ERRNO */

    /* Saved state: copies of what env holds in another form. See arm_cpu_digest(). */
    uint32_t saved_cpsr, saved_pc;
    uint32_t saved_fpscr, saved_vfp[TCG_FP_WORDS];

    /* What the engine's TLB may hold, to avoid needless flushes: the megabytes that have entries of
     * mappings larger than a page, and the domains of all entries. */
    uint32_t large_mapped[4096 / 32];
    uint32_t domains_used;
    bool kicked;       /* arm_cpu_kick() has ended the slice */
    bool notes_points; /* ARM_POINTS_NOTED: */
    ARMNotedPoint noted;

    uint64_t semihosting_reported; /* a bit per unsupported operation; bit 63: all from 63 */

    const ARMModel *model;
    uint32_t features; /* the model's, without those that options turn off */
    uint32_t psr_bits; /* arm_psr_bits() of them */
    ARMCPUOptions options;
    ARMSemihosting semihosting;
    Bus *bus;
};

static inline ARMCPU *arm_of(TciEnv *env)
{
    return (ARMCPU *)(void *)env;
}

/* -- cpu.c -- */

/* Reads the whole CPSR; writes its bits in `mask`. A write switches banks and the TB mode as
 * needed, and stops the engine if a pending input is no longer masked. It ignores an illegal mode
 * (logged as a guest error). */
uint32_t arm_cpsr(const ARMCPU *cpu);
void arm_set_cpsr(ARMCPU *cpu, uint32_t value, uint32_t mask);

/* The bits that the PSRs of a CPU with these features have. */
uint32_t arm_psr_bits(uint32_t features);

/* The bits of CPSR that an instruction may write: not the execution state (J, T); in user mode only
 * those that are not privileged. */
static inline uint32_t arm_cpsr_writable(const ARMCPU *cpu, bool privileged)
{
    uint32_t writable = cpu->psr_bits & ~(PSR_J | PSR_T);
    return privileged ? writable : writable & (PSR_NZCV | PSR_Q | PSR_GE | PSR_E);
}

/* The name of the mode in PSR bits 4..0. */
const char *arm_mode_name(uint32_t psr);

/* The bank of the mode in PSR bits 4..0; -1: no such mode. */
int arm_bank(uint32_t psr);

/* Recomputes env.mode from CPSR and cp15 after a change. */
void arm_update_tb_mode(ARMCPU *cpu);

/* r13 of a legal mode. */
uint32_t *arm_banked_r13(ARMCPU *cpu, uint32_t mode);

/* A user-mode register, r8-r14, from any mode (LDM/STM with ^). */
uint32_t arm_user_reg(const ARMCPU *cpu, unsigned n);
void arm_set_user_reg(ARMCPU *cpu, unsigned n, uint32_t value);

/* Where data is whose size is memop's: word-invariant big-endian memory (ARM_TB_BE in `mode`) has a
 * byte at its address ^ 3 and a halfword at its address ^ 2 (ARM ARM A2.7). */
static inline uint32_t arm_lane(uint32_t mode, uint32_t address, unsigned memop)
{
    static const uint8_t flip[MO_SIZE + 1] = { [MO_8] = 3, [MO_16] = 2 };
    return (mode & ARM_TB_BE) != 0 ? address ^ flip[memop & MO_SIZE] : address;
}

/* -- exception.c -- */

/* Takes an exception (ARM ARM A2.6): banks, SPSR, LR, CPSR, and the vector (high or low) in env.pc.
 * `return_address` is the new mode's r14. */
void arm_take_exception(ARMCPU *cpu, ARMException e, uint32_t return_address);

/* Stops the CPU until an input is asserted, if none is. */
void arm_wait_for_interrupt(ARMCPU *cpu);

/* The inputs that CPSR does not mask, asserted or not: 1 << ARM_CPU_IRQ | 1 << ARM_CPU_FIQ. */
unsigned arm_unmasked(const ARMCPU *cpu);

/* Takes a pending interrupt that CPSR does not mask; env.pc is the next instruction. */
void arm_take_interrupt(ARMCPU *cpu);

/* debug.c: the CPU is at a point: notes it, and executes the instruction. */
void arm_note_point(ARMCPU *cpu);

/* TciTarget.raise_fault: takes the data or prefetch abort that the MMU has noted, for the
 * instruction at env->pc. */
void arm_raise_fault(TciEnv *env, TciAccess access);

/* Helpers for translated code. These take an exception and raise it; imm is the instruction's
 * address. A SWI's comment field is in a; BKPT is a prefetch abort. */
TCGHelper helper_undef, helper_swi, helper_bkpt;
/* MOVS pc, SUBS pc, LDM ^ with pc: CPSR = SPSR, branch to a. The mode may change: follow with
 * tcg_lookup(). */
TCGHelper helper_exception_return;
/* MSR sets the bits `imm` of CPSR or SPSR to those of a; MRS reads them. */
TCGHelper helper_write_cpsr, helper_write_spsr, helper_read_cpsr, helper_read_spsr;
/* Register imm of user mode, read or set to a. */
TCGHelper helper_user_reg, helper_set_user_reg;
/* RFE: CPSR = b, branch to a; follow with tcg_lookup(). */
TCGHelper helper_return_from_exception;
/* r13 of mode imm, read or set to a (SRS). */
TCGHelper helper_banked_r13, helper_set_banked_r13;
/* Waits for an interrupt; follow with tcg_lookup(). */
TCGHelper helper_wfi;
/* An unconditional branch to itself at imm, which only an interrupt can end: stops the run. */
TCGHelper helper_spin;

/* -- exclusive.c: helpers. env->pc is the instruction's address; they may raise. -- */

/* Loads the doubleword at a into registers imm and imm + 1 (LDREXD). */
TCGHelper helper_ldrexd;
/* STREX stores b at a, with memop imm; STREXD stores registers imm and imm + 1 at a. Return 0, or 1
 * if the monitor does not allow the store. */
TCGHelper helper_strex, helper_strexd;

/* -- media.c: helpers -- */

/* SEL: bytes of a where GE is set, of b where it is not. */
TCGHelper helper_sel;
/* Parallel additions and subtractions a op b; imm is PAR_* of decode.h. */
TCGHelper helper_parallel;
/* The halfwords of a plus bytes 0 and 2 of b: sign-extended if imm is not 0, else zero-extended. */
TCGHelper helper_extend16;
/* a, or each of its halfwords, saturated to imm bits, signed or unsigned; sets Q if that changes
 * it. */
TCGHelper helper_ssat, helper_usat, helper_ssat16, helper_usat16;
/* The sum of the absolute differences of the four bytes of a and b. */
TCGHelper helper_usad8;
/* The sum a of two products of halfwords, plus b; sets Q if it overflows. */
TCGHelper helper_smlad;
/* The high word of a * b; imm is MUL_* of decode.h. */
TCGHelper helper_smmul;

/* -- Coprocessor registers (cpreg.h) -- */

/* A coprocessor register by its encoding in MRC and MCR; in MRRC and MCRR. */
#define ARM_CP_KEY(crn, opc1, crm, opc2) ((crn) << 10 | (opc1) << 7 | (crm) << 3 | (opc2))
#define ARM_CP_PAIR_KEY(opc1, crm)       (1 << 14 | (opc1) << 7 | (crm) << 3)

/* -- vfp.c -- */

/* Word n = 0..31 of the registers: sN is word N, dN's low word is 2 * N. */
uint32_t arm_vfp_word(const ARMCPU *cpu, unsigned n);
/* FPSCR. A write sets its existing bits and updates the TB mode. */
uint32_t arm_fpscr(const ARMCPU *cpu);
void arm_set_fpscr(ARMCPU *cpu, uint32_t value);
void arm_vfp_reset(ARMCPU *cpu);
/* A VFP data-processing instruction as a word: VFP_* of decode.h, the registers' first words. */
#define ARM_VFP_OPERANDS(op, d, n, m)                                                              \
    ((uint32_t)(op) << 24 | (uint32_t)(d) << 16 | (uint32_t)(n) << 8 | (uint32_t)(m))
/* Executes ARM_VFP_OPERANDS() imm: on scalars, or on vectors if FPSCR selects them. */
TCGHelper helper_vfp;
/* Read FPSCR; write a to FPSCR or FPEXC: follow with tcg_lookup(). */
TCGHelper helper_read_fpscr, helper_write_fpscr, helper_write_fpexc;

/* -- mmu.c -- */

/* Flush the engine's TLB: always; if an entry belongs to one of `domains` (a mask of 16); the entry
 * that an MVA belongs to. Locked entries of the guest's TLB stay. */
void arm_flush_tlb(ARMCPU *cpu);
void arm_flush_domains(ARMCPU *cpu, uint32_t domains);
void arm_flush_mva(ARMCPU *cpu, uint32_t mva);

/* -- mmu_v5.c -- */

/* Invalidates the TLB entry that an MVA belongs to, locked or not (c8). */
void arm_invalidate_tlb_entry(ARMCPU *cpu, uint32_t mva);

/* -- semihosting.c -- */

/* Executes the semihosting call in r0 and r1, for the SWI at env.pc. False: semihosting is off, and
 * the SWI is the guest's own. True: r0 is the result, and env.pc is the next instruction, the same
 * one if the call must wait. */
bool arm_semihosting_call(ARMCPU *cpu);

/* -- translate/translate.c -- */
void arm_translate(TciEnv *env, TCGContext *s, uint32_t pc, uint32_t mode, const uint8_t *code,
                   unsigned max_insns);

/* -- decode/disas.c -- */

/* Disassembles one instruction ("add\tr0, r1, #4") for a CPU with these features; returns its
 * length in bytes (2 or 4). In Thumb the high half of `insn` is the next halfword: a BL or BLX pair
 * is one instruction. */
unsigned arm_disassemble(char *out, unsigned size, uint32_t pc, uint32_t insn, bool thumb,
                         uint32_t features);

#endif
