/* SPDX-License-Identifier: MIT */
/* The ARM CPU as its board sees it: make, reset and connect it, and run it slice by slice. */
#ifndef CPU_CPU_H
#define CPU_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/irq.h"
#include "cpu/semihosting.h"
#include "util/vmstate.h"

typedef struct ARMCPU ARMCPU;

enum { ARM_CPU_IRQ, ARM_CPU_FIQ }; /* the interrupt inputs */

/* How the engine runs; all off by default. */
typedef struct ARMCPUOptions {
    const char *model; /* a name of arm_cpu_model_name() */
    bool singlestep;   /* -singlestep: one guest instruction per block */
    bool exact;       /* -icount: device accesses and interrupts fall on exact instruction counts */
    bool semihosting; /* -semihosting: SWI 0x123456 (ARM), 0xab (Thumb) are host calls */
    bool semihosting_user; /* in user mode, too */
    bool no_optimise;      /* TCG ops are not optimised */
    bool no_fusion;        /* one slot per op */
    bool no_fast_fp;       /* never use the host's floating point */
    bool coverage;         /* -coverage: the engine notes what is executed, */
    bool counts;           /* and how often */
    bool no_vfp;           /* vfp=off: the CPU has no VFP */
} ARMCPUOptions;

/* Why arm_cpu_run() returned. */
typedef enum ARMRunResult {
    ARM_RUN_SLICE, /* the slice is over, or arm_cpu_kick() was called */
    ARM_RUN_IDLE,  /* the CPU waits for an interrupt (WFI, or a branch to itself) */
    ARM_RUN_POINT, /* at a breakpoint or watchpoint: see arm_cpu_point() */
} ARMRunResult;

/* Bytes of the bus's memory that a CPU needs: 16 MiB for its engine's TLBs, which have an entry per
 * page of 4 GiB, and its own state. */
#define ARM_CPU_MEMORY ((UINT32_C(16) << 20) + (UINT32_C(128) << 10))

/* Makes a CPU, which must be reset before it runs. NULL: unknown model, or no memory. `bus` must
 * outlive it. CPUs on one bus share an engine, with the options of the first, and run in turns. */
ARMCPU *arm_cpu_new(Bus *bus, const ARMCPUOptions *options);
void arm_cpu_free(ARMCPU *cpu);

/* The name of model n, from 0; NULL: there is none. */
const char *arm_cpu_model_name(unsigned n);

/* The name of the model that is called `name`, by that name or by the core's full one
 * ("arm926ej-s"); NULL: there is none. */
const char *arm_cpu_model_named(const char *name);

/* The name of a CPU's model. */
const char *arm_cpu_model(const ARMCPU *cpu);

/* The model's "compatible" in a device tree. */
const char *arm_cpu_compatible(const ARMCPU *cpu);

/* Reset as the manual has it (ARM ARM A2.6.2): SVC mode, interrupts off, MMU off, pc at the reset
 * vector. */
void arm_cpu_reset(ARMCPU *cpu);

/* The interrupt input (ARM_CPU_IRQ or ARM_CPU_FIQ), to hand to an interrupt controller. */
Irq arm_cpu_input(ARMCPU *cpu, unsigned input);

/* Core register n = 0..15 of the current mode, for a loader and for tests. Bit 0 of a new r15
 * selects Thumb; a CPU that waits for an interrupt continues there. */
uint32_t arm_cpu_reg(const ARMCPU *cpu, unsigned n);
void arm_cpu_set_reg(ARMCPU *cpu, unsigned n, uint32_t value);

/* Runs about `insns` (1..2^30) instructions, or fewer; with options.exact never more. */
ARMRunResult arm_cpu_run(ARMCPU *cpu, int32_t insns);

/* Ends the present slice, if there is one, as soon as possible. */
void arm_cpu_kick(ARMCPU *cpu);

/* Instructions executed since power-on, exact at any access to a device under options.exact. */
uint64_t arm_cpu_icount(const ARMCPU *cpu);

/* After ARM_RUN_IDLE: the inputs that can end the wait, a mask of 1 << ARM_CPU_IRQ | 1 <<
 * ARM_CPU_FIQ. A masked input ends WFI, but not a branch to itself. */
unsigned arm_cpu_wakers(const ARMCPU *cpu);

/* Who serves semihosting calls; without it they are the guest's own SWIs. */
void arm_cpu_set_semihosting(ARMCPU *cpu, const ARMSemihosting *calls);

/* Ends the call at which the CPU stands, outside of a slice: with r0, or minus a GUEST_* error. */
void arm_cpu_semihosting_return(ARMCPU *cpu, int64_t result);

/* The table of saved state, and its digest. */
extern const VMField arm_cpu_state[];
uint64_t arm_cpu_digest(ARMCPU *cpu, uint64_t digest);

/* Save the state; load it into a CPU of the same model, which may have run. False: the bytes are
 * cut off or invalid; the CPU must be reset. */
void arm_cpu_save(ARMCPU *cpu, VMWriter *w);
bool arm_cpu_load(ARMCPU *cpu, VMReader *r);

/* -- debug.c: for a debugger, between two slices -- */

/* Core registers and CPSR as text of five lines, as QEMU prints them. */
void arm_cpu_format(const ARMCPU *cpu, char *text, size_t size);

/* Gives FPSCR; false: the CPU has no VFP. */
bool arm_cpu_fpscr(const ARMCPU *cpu, uint32_t *value);

/* Translates a virtual address as for a privileged load. False: nothing is mapped there. */
bool arm_cpu_debug_translate(ARMCPU *cpu, uint32_t va, uint64_t *phys);

/* Reads or writes n bytes of memory, ROM, or devices' registers, which notice it: words where
 * address and length allow it. Addresses are virtual, with a privileged mode's rights, unless
 * `physical`. False: nothing is there, or not at all of them; some may have been accessed. */
bool arm_cpu_debug_read(ARMCPU *cpu, uint32_t addr, bool physical, uint8_t *bytes, size_t n);
bool arm_cpu_debug_write(ARMCPU *cpu, uint32_t addr, bool physical, const uint8_t *bytes, size_t n);

/* -- debug_regs.c: the registers that gdb knows -- */

/* Groups of registers: r0 to r15 and CPSR; D0 and so on and FPSCR; FPSID and FPEXC; those of the
 * system coprocessor. The second and third exist if the CPU has a VFP. */
typedef enum ARMRegGroup {
    ARM_REGS_CORE,
    ARM_REGS_VFP,
    ARM_REGS_VFP_SYS,
    ARM_REGS_SYS
} ARMRegGroup;

typedef struct ARMDebugReg {
    char name[12];
    uint8_t size; /* bytes: 4 or 8 */
    ARMRegGroup group;
} ARMDebugReg;

enum { ARM_DEBUG_PC = 15, ARM_DEBUG_CPSR = 25 }; /* numbers, as in QEMU */

/* Describes register n. False: there is none; past ARM_DEBUG_CPSR, none after it either. */
bool arm_cpu_debug_reg(const ARMCPU *cpu, unsigned n, ARMDebugReg *reg);
/* The value of a register that there is. A write to the pc keeps the instruction set; one to FPSID
 * or a system register has no effect, as in QEMU: gdb restores all of them after a call. */
uint64_t arm_cpu_debug_get(ARMCPU *cpu, unsigned n);
void arm_cpu_debug_set(ARMCPU *cpu, unsigned n, uint64_t value);

/* -- debug.c again -- */

/* Breakpoints and watchpoints, as TciPointKind. len: of a watchpoint, bytes. */
typedef enum ARMPointKind {
    ARM_NO_POINT,
    ARM_BREAKPOINT,
    ARM_WATCH_WRITE,
    ARM_WATCH_READ,
    ARM_WATCH_ACCESS,
} ARMPointKind;

/* False: there are too many; there is none such. */
bool arm_cpu_insert_point(ARMCPU *cpu, ARMPointKind kind, uint32_t addr, uint32_t len);
bool arm_cpu_remove_point(ARMCPU *cpu, ARMPointKind kind, uint32_t addr, uint32_t len);
void arm_cpu_remove_points(ARMCPU *cpu);

/* After ARM_RUN_POINT: where the CPU is. Nothing of the instruction at r15 has been executed; for a
 * watchpoint *addr is the point's. */
ARMPointKind arm_cpu_point(const ARMCPU *cpu, uint32_t *addr);

/* Sets what arm_cpu_point() tells. */
void arm_cpu_set_point(ARMCPU *cpu, ARMPointKind kind, uint32_t addr);

/* What points do while the CPU runs: they end arm_cpu_run(), the default; only watchpoints do; or
 * the run goes on, and the last one is noted. */
typedef enum ARMPointUse { ARM_POINTS_STOP, ARM_POINTS_WATCH, ARM_POINTS_NOTED } ARMPointUse;

/* Where the CPU was at a point, before an instruction. */
typedef struct ARMNotedPoint {
    ARMPointKind kind; /* ARM_NO_POINT: nothing is noted */
    uint32_t addr;     /* the point's */
    uint32_t pc;
    uint64_t icount;
} ARMNotedPoint;

/* Sets that, and forgets what is noted. */
void arm_cpu_use_points(ARMCPU *cpu, ARMPointUse use);
ARMNotedPoint arm_cpu_noted_point(const ARMCPU *cpu);

/* Whether the first half of a Thumb BL or BLX is at r15. */
bool arm_cpu_at_bl_prefix(ARMCPU *cpu);

/* Executes one instruction (a Thumb BL is one), at a breakpoint, too. `interrupts`: a pending
 * interrupt is taken first. A CPU that waits for an interrupt goes on. Returns ARM_RUN_POINT at a
 * watchpoint, else ARM_RUN_SLICE. */
ARMRunResult arm_cpu_step(ARMCPU *cpu, bool interrupts);

/* Whether the CPU waits for an interrupt. */
bool arm_cpu_halted(const ARMCPU *cpu);

/* Disassembles one instruction ("add\tr0, r1, #4") for the CPU's present instruction set; returns
 * its length in bytes. In Thumb the high half of `insn` is the next halfword. */
unsigned arm_cpu_disassemble(const ARMCPU *cpu, char *text, size_t size, uint32_t pc,
                             uint32_t insn);

/* Registers as `-d cpu` prints them, to the log. */
void arm_cpu_dump(const ARMCPU *cpu);

/* A piece of code that was executed from its first byte to its last. */
typedef struct ARMCovered {
    uint32_t addr;  /* the guest's, */
    unsigned size;  /* bytes, */
    uint64_t count; /* how often, under ARMCPUOptions.counts; else 1 */
} ARMCovered;

/* Under ARMCPUOptions.coverage: gathers what was executed so far, and returns the number of pieces,
 * which may overlap; then piece i of them, from 0. *lost: the host had no memory for some. */
size_t arm_cpu_coverage(ARMCPU *cpu, bool *lost);
void arm_cpu_covered(const ARMCPU *cpu, size_t i, ARMCovered *piece);

/* The counters of `-d stats`, to the log. */
void arm_cpu_print_stats(const ARMCPU *cpu);

#endif
