/* SPDX-License-Identifier: MIT */
/* The ARM CPU as its board sees it: made, reset, wired, and run a slice at a time. */
#ifndef CPU_CPU_H
#define CPU_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "bus/bus.h"
#include "bus/irq.h"
#include "util/vmstate.h"

typedef struct ARMCPU ARMCPU;

enum { ARM_CPU_IRQ, ARM_CPU_FIQ }; /* the interrupt inputs */

/* How the engine runs; all off by default. */
typedef struct ARMCPUOptions {
    const char *model; /* a name of arm_cpu_model_name() */
    bool singlestep;   /* -singlestep: one guest instruction per block */
    bool exact;       /* -icount: device accesses and interrupts fall on exact instruction counts */
    bool semihosting; /* -semihosting: SWI 0x123456 (ARM), 0xab (Thumb) are host calls */
    bool no_optimise; /* TCG ops are not optimised */
    bool no_fusion;   /* one record per op */
    bool no_fast_fp;  /* floating point is never the host's */
    bool no_vfp;      /* vfp=off: the CPU has no VFP */
} ARMCPUOptions;

/* What SYS_READC finds in place of a byte: none yet, ask again; or none will ever come. */
enum { ARM_SEMIHOSTING_NONE = -1, ARM_SEMIHOSTING_EOF = -2 };

/* What semihosting needs from outside; opaque is handed back. */
typedef struct ARMSemihosting {
    void (*put)(void *opaque, uint8_t byte); /* SYS_WRITEC, SYS_WRITE0 */
    int (*get)(void *opaque);                /* SYS_READC: a byte, or one of the above */
    int64_t (*now)(void *opaque);            /* virtual ns */
    void (*exit)(void *opaque, int status);  /* SYS_EXIT, SYS_EXIT_EXTENDED */
    void *opaque;
    const char *program, *arguments; /* SYS_GET_CMDLINE, with a space in between; NULL: none */
} ARMSemihosting;

/* Why arm_cpu_run() came back. */
typedef enum ARMRunResult {
    ARM_RUN_SLICE, /* the slice is used up, or arm_cpu_kick() ended it */
    ARM_RUN_IDLE,  /* the CPU waits for an interrupt (WFI, or a branch to itself) */
} ARMRunResult;

/* Bytes that a CPU takes of its bus's memory: 16 MiB for the tables of its engine, which have an
 * entry for each page of 4 GiB, and room for itself. */
#define ARM_CPU_MEMORY ((UINT32_C(16) << 20) + (UINT32_C(128) << 10))

/* A CPU on a bus, not yet reset. Returns NULL for an unknown model or no memory. `bus` must outlive
 * it. CPUs on one bus share an engine, which the first one's options are for; they run in turns. */
ARMCPU *arm_cpu_new(Bus *bus, const ARMCPUOptions *options);
void arm_cpu_free(ARMCPU *cpu);

/* The name of the nth model that arm_cpu_new() knows, from 0; NULL: there are no more. */
const char *arm_cpu_model_name(unsigned n);

/* The model's "compatible" in a device tree. */
const char *arm_cpu_compatible(const ARMCPU *cpu);

/* Reset as the manual has it (ARM ARM A2.6.2): SVC mode, interrupts off, MMU off, pc at the reset
 * vector. */
void arm_cpu_reset(ARMCPU *cpu);

/* The interrupt input (ARM_CPU_IRQ or ARM_CPU_FIQ), to hand to an interrupt controller. */
Irq arm_cpu_input(ARMCPU *cpu, unsigned input);

/* A core register of the current mode, n = 0..15; for a loader before the CPU runs, and for tests.
 * Bit 0 of a value for r15 selects Thumb; a CPU that waits goes on there. */
uint32_t arm_cpu_reg(const ARMCPU *cpu, unsigned n);
void arm_cpu_set_reg(ARMCPU *cpu, unsigned n, uint32_t value);

/* Runs up to `insns` (1..2^30) instructions; may stop before. With options.exact it never runs
 * more. */
ARMRunResult arm_cpu_run(ARMCPU *cpu, int32_t insns);

/* Ends the slice under way as soon as possible; harmless outside one. */
void arm_cpu_kick(ARMCPU *cpu);

/* Instructions executed since power-on, exact at any access to a device under options.exact. */
uint64_t arm_cpu_icount(const ARMCPU *cpu);

/* After ARM_RUN_IDLE: which inputs can still end the waiting; a bit mask 1 << ARM_CPU_IRQ | 1 <<
 * ARM_CPU_FIQ. WFI is ended by a masked input too, a branch to itself only by one that CPSR lets
 * through. */
unsigned arm_cpu_wakers(const ARMCPU *cpu);

void arm_cpu_set_semihosting(ARMCPU *cpu, const ARMSemihosting *calls);

/* The declared state, and its digest. */
extern const VMField arm_cpu_state[];
uint64_t arm_cpu_digest(ARMCPU *cpu, uint64_t digest);

/* Saves the state, and loads it into a CPU of the same model, which may have run before. False: the
 * bytes ended too early, or are no state of this CPU; it must be reset then. */
void arm_cpu_save(ARMCPU *cpu, VMWriter *w);
bool arm_cpu_load(ARMCPU *cpu, VMReader *r);

/* Registers as `-d cpu` prints them, to the log. */
void arm_cpu_dump(const ARMCPU *cpu);

/* The counters of `-d stats`, to the log. */
void arm_cpu_print_stats(const ARMCPU *cpu);

#endif
