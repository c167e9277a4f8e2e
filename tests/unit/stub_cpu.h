/* SPDX-License-Identifier: MIT */
/* A CPU that only listens, in place of cpu/, for a test of a board: include it in one file. */
#ifndef TESTS_UNIT_STUB_CPU_H
#define TESTS_UNIT_STUB_CPU_H

#include <string.h>

#include "cpu/cpu.h"

struct ARMCPU {
    bool input[2];   /* ARM_CPU_IRQ, ARM_CPU_FIQ */
    unsigned wakers; /* what arm_cpu_wakers() says */
    unsigned resets;
};
static struct ARMCPU the_cpu; /* there is one at a time */

static void stub_cpu_input(void *opaque, unsigned n, bool level)
{
    ((struct ARMCPU *)opaque)->input[n] = level;
}

ARMCPU *arm_cpu_new(Bus *bus, const ARMCPUOptions *options)
{
    (void)bus;
    the_cpu = (struct ARMCPU){ .wakers = 0 };
    return strcmp(options->model, "arm926") == 0 ? &the_cpu : NULL;
}

void arm_cpu_free(ARMCPU *cpu)
{
    (void)cpu;
}

void arm_cpu_reset(ARMCPU *cpu)
{
    cpu->resets++;
}

const char *arm_cpu_model(const ARMCPU *cpu)
{
    (void)cpu;
    return "stub";
}

const VMField arm_cpu_state[] = { VM_END };

const char *arm_cpu_compatible(const ARMCPU *cpu)
{
    (void)cpu;
    return "test,cpu";
}

Irq arm_cpu_input(ARMCPU *cpu, unsigned input)
{
    return (Irq){ stub_cpu_input, cpu, input };
}

unsigned arm_cpu_wakers(const ARMCPU *cpu)
{
    return cpu->wakers;
}

uint64_t arm_cpu_digest(ARMCPU *cpu, uint64_t digest)
{
    (void)cpu;
    return digest;
}

void arm_cpu_save(ARMCPU *cpu, VMWriter *w)
{
    (void)cpu;
    (void)w;
}

bool arm_cpu_load(ARMCPU *cpu, VMReader *r)
{
    (void)cpu;
    return !r->failed;
}

#endif
