/* SPDX-License-Identifier: MIT */
/* Semihosting (ARM's specification): SWI 0x123456 (ARM) or 0xab (Thumb) calls the host, with the
 * operation in r0, its parameter or the address of its parameter block in r1, and the result in r0.
 *
 * SYS_READC blocks, but the emulator must not. While there is no byte, the CPU halts at the
 * instruction (HALT_READC), arm_cpu_run() returns ARM_RUN_IDLE, and the next slice executes it
 * again; interrupts are taken in between. At the end of input it returns -1, as in OpenOCD; the
 * specification has no end of input, and QEMU 7.2 waits for ever. */
#include "cpu/arm.h"

#include <string.h>

#include "util/log.h"
#include "util/timer.h"

enum {
    SYS_WRITEC = 0x03,
    SYS_WRITE0 = 0x04,
    SYS_READC = 0x07,
    SYS_CLOCK = 0x10,
    SYS_ERRNO = 0x13,
    SYS_GET_CMDLINE = 0x15,
    SYS_EXIT = 0x18,
    SYS_EXIT_EXTENDED = 0x20,
    SYS_ELAPSED = 0x30,
    SYS_TICKFREQ = 0x31,
};

#define ADP_STOPPED_APPLICATION_EXIT 0x20026u
#define FAILED                       UINT32_MAX
#define ERRNO_2BIG                   7
#define ERRNO_FAULT                  14
#define ERRNO_NOSYS                  38
#define MAX_STRING                   (1u << 20) /* the limit of a string without an end */

/* Reads a word of a parameter block; false: it is not readable. */
static bool peek_word(TciEnv *env, uint32_t at, uint32_t *word)
{
    *word = 0;
    for (unsigned i = 0; i < 4; i++) {
        uint8_t byte;
        if (!tci_peek(env, at + i, &byte)) {
            return false;
        }
        *word |= (uint32_t)byte << (8 * i);
    }
    return true;
}

static uint32_t fail(ARMCPU *cpu, uint32_t error)
{
    cpu->semihosting_errno = error;
    return FAILED;
}

static void write_string(ARMCPU *cpu, uint32_t at)
{
    uint8_t byte;
    for (unsigned i = 0; i < MAX_STRING && tci_peek(&cpu->env, at + i, &byte) && byte; i++) {
        cpu->semihosting.put(cpu->semihosting.opaque, byte);
    }
}

/* SYS_GET_CMDLINE: writes the command line to the buffer in the block, and its length. False: a
 * store caused an exception. */
static bool get_command_line(ARMCPU *cpu, uint32_t block, uint32_t *result)
{
    TciEnv *env = &cpu->env;
    const char *program = cpu->semihosting.program ? cpu->semihosting.program : "";
    const char *arguments = cpu->semihosting.arguments ? cpu->semihosting.arguments : "";
    uint32_t space = (uint32_t)strlen(program), len = space, buffer, size;
    if (*arguments) {
        len += 1 + (uint32_t)strlen(arguments);
    }
    if (!peek_word(env, block, &buffer) || !peek_word(env, block + 4, &size)) {
        *result = fail(cpu, ERRNO_FAULT);
        return true;
    }
    if (len >= size) {
        *result = fail(cpu, ERRNO_2BIG);
        return true;
    }
    for (uint32_t i = 0; i <= len; i++) {
        uint8_t c = 0;
        if (i < space) {
            c = (uint8_t)program[i];
        } else if (i < len) {
            c = i == space ? ' ' : (uint8_t)arguments[i - space - 1];
        }
        if (!tci_store(env, buffer + i, MO_8, c)) {
            return false;
        }
    }
    if (!tci_store(env, block + 4, MO_32 | MO_UNALN, len)) {
        return false;
    }
    *result = 0;
    return true;
}

/* SYS_ELAPSED: virtual ns, in two words. False: a store caused an exception. */
static bool get_elapsed(ARMCPU *cpu, uint32_t at, uint32_t *result)
{
    uint64_t now = (uint64_t)cpu->semihosting.now(cpu->semihosting.opaque);
    unsigned memop = MO_32 | MO_UNALN;
    if (!tci_store(&cpu->env, at, memop, (uint32_t)now) ||
        !tci_store(&cpu->env, at + 4, memop, (uint32_t)(now >> 32))) {
        return false;
    }
    *result = 0;
    return true;
}

/* Reports each operation once to the user, and each call to the log. */
static void report_unserved(ARMCPU *cpu, uint32_t operation)
{
    unsigned pc = (unsigned)cpu->env.pc;
    uint64_t bit = UINT64_C(1) << (operation < 63 ? operation : 63);
    if (!(cpu->semihosting_reported & bit)) {
        cpu->semihosting_reported |= bit;
        error_report("semihosting: operation 0x%x at 0x%08x is not supported and returns -1: see "
                     "each call with -d unimp",
                     (unsigned)operation, pc);
    }
    if (log_on(LOG_UNIMP)) {
        log_printf("semihosting: operation 0x%x at 0x%08x\n", (unsigned)operation, pc);
    }
}

static void end_machine(ARMCPU *cpu, int status)
{
    cpu->semihosting.exit(cpu->semihosting.opaque, status);
    arm_cpu_kick(cpu);
}

bool arm_semihosting_call(ARMCPU *cpu)
{
    const ARMSemihosting *host = &cpu->semihosting;
    if (!cpu->options.semihosting || !host->exit) {
        return false;
    }
    TciEnv *env = &cpu->env;
    uint32_t next = env->pc + ((env->mode & ARM_TB_THUMB) != 0 ? 2 : 4);
    uint32_t operation = env->r[0], parameter = env->r[1];
    uint32_t *result = &env->r[0];
    switch (operation) {
    case SYS_WRITEC: {
        uint8_t byte;
        if (tci_peek(env, parameter, &byte)) {
            host->put(host->opaque, byte);
        } else {
            *result = fail(cpu, ERRNO_FAULT);
        }
        break;
    }
    case SYS_WRITE0: write_string(cpu, parameter); break;
    case SYS_READC: {
        int byte = host->get(host->opaque);
        if (byte == ARM_SEMIHOSTING_NONE) {
            cpu->halt = HALT_READC;
            tci_stop(env);
            return true;
        }
        *result = byte == ARM_SEMIHOSTING_EOF ? FAILED : (uint32_t)byte;
        break;
    }
    case SYS_CLOCK: *result = (uint32_t)(host->now(host->opaque) / (NS_PER_SEC / 100)); break;
    case SYS_ERRNO: *result = cpu->semihosting_errno; break;
    case SYS_GET_CMDLINE:
        if (!get_command_line(cpu, parameter, result)) {
            return true;
        }
        break;
    case SYS_EXIT: end_machine(cpu, parameter == ADP_STOPPED_APPLICATION_EXIT ? 0 : 1); break;
    case SYS_EXIT_EXTENDED: {
        uint32_t reason, code;
        bool known = peek_word(env, parameter, &reason) && peek_word(env, parameter + 4, &code);
        end_machine(cpu, known && reason == ADP_STOPPED_APPLICATION_EXIT ? (int)(code & 0xff) : 1);
        break;
    }
    case SYS_ELAPSED:
        if (!get_elapsed(cpu, parameter, result)) {
            return true;
        }
        break;
    case SYS_TICKFREQ: *result = (uint32_t)NS_PER_SEC; break;
    default:
        report_unserved(cpu, operation);
        *result = fail(cpu, ERRNO_NOSYS);
        break;
    }
    env->pc = next;
    return true;
}
