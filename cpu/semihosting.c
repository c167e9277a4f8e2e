/* SPDX-License-Identifier: MIT */
/* Semihosting (ARM's "Semihosting for AArch32 and AArch64"): SWI 0x123456 (ARM) or 0xab (Thumb)
 * calls the host, with the operation in r0, its parameter or the address of its parameter block in
 * r1, and the result in r0. Here operands are found in guest memory, and results stored there.
 *
 * Reading from the console blocks, but the emulator must not. While there is no byte, the CPU halts
 * at the instruction (HALT_INPUT), arm_cpu_run() returns ARM_RUN_IDLE, and the next slice executes
 * it again; interrupts are taken in between. At the end of input SYS_READC returns -1, as in
 * OpenOCD; the specification has no end of input, and QEMU 7.2 waits for ever. */
#include "cpu/semihosting.h"

#include <string.h>

#include "bus/dma.h"
#include "cpu/arm.h"
#include "util/bytes.h"
#include "util/log.h"
#include "util/timer.h"

#define ADP_STOPPED_APPLICATION_EXIT 0x20026u

#define MAX_OUTPUT (1u << 20) /* the limits of WRITE0's string, */
#define MAX_TEXT   4096u      /* and of others, with their 0 */
#define PAGE       1024u      /* the smallest page */
#define PIECE      4096u      /* of a file, read or written at once */

/* The words of an operation's parameter block that are its operands. */
static const uint8_t block_words[SEMI_LIMIT] = {
    [SEMI_OPEN] = 3,    [SEMI_CLOSE] = 1,    [SEMI_WRITE] = 3,         [SEMI_READ] = 3,
    [SEMI_ISTTY] = 1,   [SEMI_SEEK] = 2,     [SEMI_FLEN] = 1,          [SEMI_TMPNAM] = 3,
    [SEMI_REMOVE] = 2,  [SEMI_RENAME] = 4,   [SEMI_SYSTEM] = 2,        [SEMI_GET_CMDLINE] = 2,
    [SEMI_ISERROR] = 1, [SEMI_HEAPINFO] = 1, [SEMI_EXIT_EXTENDED] = 2,
};

/* -- Guest memory -- */

/* The host's bytes of the page that `va` is in, with the rights of the guest's present mode; *part
 * of n bytes are before the page's end. NULL: the guest has no such memory. */
static uint8_t *map_page(ARMCPU *cpu, uint32_t va, size_t n, bool write, size_t *part, hwaddr *phys)
{
    TciPage page;
    size_t size, left = PAGE - va % PAGE;
    bool privileged = (cpu->env.mode & ARM_TB_PRIV) != 0;
    *part = n < left ? n : left;
    if (!cpu->env.target->translate_address(&cpu->env, va, write ? TCI_STORE : TCI_LOAD, privileged,
                                            &page)) {
        return NULL;
    }
    *phys = page.addr - va % PAGE;
    return dma_map(cpu->bus, *phys, PAGE, write, &size);
}

/* How many of n bytes the guest can read, or write, before the first that it cannot. */
static size_t reach(ARMCPU *cpu, uint32_t va, size_t n, bool write)
{
    hwaddr phys;
    size_t done = 0;
    for (size_t part; done < n; done += part) {
        if (!map_page(cpu, va + (uint32_t)done, n - done, write, &part, &phys)) {
            break;
        }
    }
    return done;
}

/* Reads n bytes; returns how many it can, as reach(). */
static size_t get_bytes(ARMCPU *cpu, uint32_t va, uint8_t *bytes, size_t n)
{
    uint32_t flip = arm_lane(cpu->env.mode, 0, MO_8);
    hwaddr phys;
    size_t done = 0;
    for (size_t part; done < n; done += part) {
        uint32_t at = va + (uint32_t)done;
        const uint8_t *page = map_page(cpu, at, n - done, false, &part, &phys);
        if (!page) {
            break;
        }
        for (size_t i = 0; i < part; i++) {
            bytes[done + i] = page[(at % PAGE + i) ^ flip];
        }
    }
    return done;
}

/* Writes n bytes, all or nothing: 0, or an error. */
static int64_t put_bytes(ARMCPU *cpu, uint32_t va, const void *bytes, size_t n)
{
    uint32_t flip = arm_lane(cpu->env.mode, 0, MO_8);
    const uint8_t *from = bytes;
    hwaddr phys;
    if (reach(cpu, va, n, true) < n) {
        return -GUEST_EFAULT;
    }
    for (size_t part, done = 0; done < n; done += part) {
        uint32_t at = va + (uint32_t)done, first = at % PAGE & ~flip;
        uint8_t *page = map_page(cpu, at, n - done, true, &part, &phys);
        if (!page) {
            return -GUEST_EFAULT;
        }
        for (size_t i = 0; i < part; i++) {
            page[(at % PAGE + i) ^ flip] = from[done + i];
        }
        dma_changed(cpu->bus, phys + first, ((at % PAGE + part - 1) | flip) + 1 - first);
    }
    return 0;
}

static bool big_endian(const ARMCPU *cpu)
{
    return (cpu->env.mode & (ARM_TB_BE | ARM_TB_E)) != 0;
}

/* Reads up to four words. */
static bool get_words(ARMCPU *cpu, uint32_t va, uint32_t *words, size_t count)
{
    uint8_t bytes[4 * 4];
    if (get_bytes(cpu, va, bytes, 4 * count) < 4 * count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        words[i] = big_endian(cpu) ? ld32_be_p(bytes + 4 * i) : ld32_p(bytes + 4 * i);
    }
    return true;
}

/* Writes up to four words: 0, or an error. */
static int64_t put_words(ARMCPU *cpu, uint32_t va, const uint32_t *words, size_t count)
{
    uint8_t bytes[4 * 4];
    for (size_t i = 0; i < count; i++) {
        (big_endian(cpu) ? st32_be_p : st32_p)(bytes + 4 * i, words[i]);
    }
    return put_bytes(cpu, va, bytes, 4 * count);
}

/* Reads a string of `len` bytes and a 0, MAX_TEXT in all; len UINT32_MAX: up to its 0, as in QEMU.
 * 0, or an error. */
static int64_t get_text(ARMCPU *cpu, uint32_t va, uint32_t len, char *text)
{
    bool counted = len != UINT32_MAX;
    if (counted && len >= MAX_TEXT) {
        return -GUEST_ENAMETOOLONG;
    }
    size_t size = counted ? len + 1 : MAX_TEXT;
    size_t got = get_bytes(cpu, va, (uint8_t *)text, size);
    if (!counted && memchr(text, 0, got)) {
        return 0;
    }
    if (got < size) {
        return -GUEST_EFAULT;
    }
    return !counted ? -GUEST_ENAMETOOLONG : text[len] ? -GUEST_EINVAL : 0;
}

/* -- Operations -- */

static int64_t call_host(ARMCPU *cpu, SemihostingCall *call)
{
    return cpu->semihosting.call(cpu->semihosting.opaque, call);
}

/* Reports each operation once to the user, and each call to the log. */
static int64_t report_unserved(ARMCPU *cpu, uint32_t operation)
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
    return -GUEST_ENOSYS;
}

/* WRITEC, WRITE0: writes `most` bytes, or those before a 0. The guest cannot see a failure except
 * by ERRNO. */
static int64_t write_console(ARMCPU *cpu, SemihostingCall *call, uint32_t at, size_t most)
{
    uint8_t bytes[PAGE];
    for (size_t done = 0; done < most; done += call->size) {
        size_t left = PAGE - (at + done) % PAGE, more = most - done;
        size_t n = get_bytes(cpu, at + (uint32_t)done, bytes, left < more ? left : more);
        const uint8_t *end = call->operation == SEMI_WRITE0 ? memchr(bytes, 0, n) : NULL;
        call->output = bytes;
        call->size = end ? (size_t)(end - bytes) : n;
        call_host(cpu, call);
        if (end || n == 0) {
            cpu->semihosting_errno = end ? cpu->semihosting_errno : GUEST_EFAULT;
            break;
        }
    }
    return SEMIHOSTING_CORRUPTED;
}

/* READ and WRITE do not fail: they return the number of bytes that are left. */
static int64_t bytes_left(ARMCPU *cpu, uint32_t left, int64_t result)
{
    if (result < 0 && result != SEMIHOSTING_WAIT) {
        cpu->semihosting_errno = (uint32_t)-result;
    }
    return left;
}

static int64_t read_file(ARMCPU *cpu, SemihostingCall *call, uint32_t at, uint32_t len)
{
    uint8_t bytes[PIECE];
    uint32_t left = len;
    int64_t got;
    call->bytes = bytes;
    do {
        call->size = reach(cpu, at, left < PIECE ? left : PIECE, true);
        got = left && !call->size ? -GUEST_EFAULT : call_host(cpu, call);
        if (got == SEMIHOSTING_WAIT && left == len) {
            return got;
        }
        if (got > 0) {
            put_bytes(cpu, at, bytes, (size_t)got);
            at += (uint32_t)got;
            left -= (uint32_t)got;
        }
    } while (left && got == (int64_t)call->size);
    return bytes_left(cpu, left, got);
}

/* Nothing is written if the guest cannot read all of it. */
static int64_t write_file(ARMCPU *cpu, SemihostingCall *call, uint32_t at, uint32_t len)
{
    uint8_t bytes[PIECE];
    uint32_t left = len;
    int64_t put;
    if (reach(cpu, at, len, false) < len) {
        return bytes_left(cpu, len, -GUEST_EFAULT);
    }
    call->output = bytes;
    do {
        call->size = get_bytes(cpu, at, bytes, left < PIECE ? left : PIECE);
        put = call_host(cpu, call);
        if (put > 0) {
            at += (uint32_t)put;
            left -= (uint32_t)put;
        }
    } while (left && put == (int64_t)call->size);
    return bytes_left(cpu, left, put);
}

/* OPEN, REMOVE, RENAME, SYSTEM: calls with one string, or two, at text[0] and text[2], their
 * lengths after them. */
static int64_t call_with_text(ARMCPU *cpu, SemihostingCall *call, const uint32_t *text)
{
    char name[MAX_TEXT], new_name[MAX_TEXT];
    call->text = name;
    call->new_name = new_name;
    int64_t result = get_text(cpu, text[0], text[1], name);
    if (result == 0 && call->operation == SEMI_RENAME) {
        result = get_text(cpu, text[2], text[3], new_name);
    }
    return result < 0 ? result : call_host(cpu, call);
}

/* TMPNAM and GET_CMDLINE: stores the string that the host gives in a buffer of `size` bytes. */
static int64_t return_text(ARMCPU *cpu, SemihostingCall *call, uint32_t at, uint32_t size)
{
    int64_t result = call_host(cpu, call);
    size_t need = result < 0 ? 0 : strlen(call->text) + 1;
    if (need > size) {
        return call->operation == SEMI_TMPNAM ? -GUEST_EINVAL : -GUEST_E2BIG;
    }
    return result < 0 ? result : put_bytes(cpu, at, call->text, need);
}

static int64_t get_command_line(ARMCPU *cpu, SemihostingCall *call, uint32_t block,
                                const uint32_t *args)
{
    int64_t result = return_text(cpu, call, args[0], args[1]);
    uint32_t len = result < 0 ? 0 : (uint32_t)strlen(call->text);
    return result < 0 ? result : put_words(cpu, block + 4, &len, 1);
}

/* Heap and stack share what is free, the stack from its end. */
static int64_t get_heap_info(ARMCPU *cpu, SemihostingCall *call, uint32_t at)
{
    call_host(cpu, call);
    const uint32_t info[4] = { call->heap, call->limit, call->limit, call->heap };
    return put_words(cpu, at, info, 4);
}

static int64_t get_elapsed(ARMCPU *cpu, SemihostingCall *call, uint32_t at)
{
    uint64_t now = (uint64_t)call_host(cpu, call);
    const uint32_t words[2] = { (uint32_t)now, (uint32_t)(now >> 32) };
    return put_words(cpu, at, words, 2);
}

static int64_t end_run(ARMCPU *cpu, SemihostingCall *call, uint32_t reason, uint32_t status)
{
    call->operation = SEMI_EXIT;
    call->number = reason == ADP_STOPPED_APPLICATION_EXIT ? status & 0xff : 1;
    call_host(cpu, call);
    arm_cpu_kick(cpu);
    return (int64_t)cpu->env.r[0];
}

/* Executes a call with r1 and the words of its block. Returns r0, an error, or SEMIHOSTING_WAIT. */
static int64_t execute(ARMCPU *cpu, uint32_t r1, const uint32_t *args)
{
    SemihostingCall call = { .operation = cpu->env.r[0], .handle = args[0], .number = args[1] };
    int64_t result;
    switch (call.operation) {
    case SEMI_WRITEC: return write_console(cpu, &call, r1, 1);
    case SEMI_WRITE0: return write_console(cpu, &call, r1, MAX_OUTPUT);
    case SEMI_OPEN: {
        const uint32_t name[2] = { args[0], args[2] };
        return call_with_text(cpu, &call, name);
    }
    case SEMI_REMOVE:
    case SEMI_RENAME:
    case SEMI_SYSTEM: return call_with_text(cpu, &call, args);
    case SEMI_READ: return read_file(cpu, &call, args[1], args[2]);
    case SEMI_WRITE: return write_file(cpu, &call, args[1], args[2]);
    case SEMI_CLOSE:
    case SEMI_SEEK:
    case SEMI_FLEN:
    case SEMI_TIME:
    case SEMI_READC: return call_host(cpu, &call);
    case SEMI_ISTTY:
        result = call_host(cpu, &call);
        cpu->semihosting_errno = result == -GUEST_ENOTTY ? GUEST_ENOTTY : cpu->semihosting_errno;
        return result == -GUEST_ENOTTY ? 0 : result;
    case SEMI_ISERROR: return args[0] >> 31;
    case SEMI_TMPNAM: return return_text(cpu, &call, args[0], args[2]);
    case SEMI_GET_CMDLINE: return get_command_line(cpu, &call, r1, args);
    case SEMI_HEAPINFO: return get_heap_info(cpu, &call, args[0]);
    case SEMI_CLOCK: return call_host(cpu, &call) / (NS_PER_SEC / 100);
    case SEMI_ELAPSED: return get_elapsed(cpu, &call, r1);
    case SEMI_TICKFREQ: return NS_PER_SEC;
    case SEMI_ERRNO: return cpu->semihosting_errno;
    case SEMI_EXIT: return end_run(cpu, &call, r1, 0);
    case SEMI_EXIT_EXTENDED: return end_run(cpu, &call, args[0], args[1]);
    default: return report_unserved(cpu, cpu->env.r[0]);
    }
}

void arm_cpu_semihosting_return(ARMCPU *cpu, int64_t result)
{
    if (result < 0) {
        cpu->semihosting_errno = (uint32_t)-result;
        result = -1;
    }
    cpu->env.r[0] = (uint32_t)result;
    cpu->env.pc += (cpu->env.mode & ARM_TB_THUMB) != 0 ? 2 : 4;
}

bool arm_semihosting_call(ARMCPU *cpu)
{
    TciEnv *env = &cpu->env;
    if (!cpu->options.semihosting || !cpu->semihosting.call ||
        !((env->mode & ARM_TB_PRIV) != 0 || cpu->options.semihosting_user)) {
        return false;
    }
    const ARMSemihosting *calls = &cpu->semihosting;
    uint32_t operation = env->r[0], r1 = env->r[1], args[4] = { 0 };
    unsigned words = operation < SEMI_LIMIT ? block_words[operation] : 0;
    /* A program that wants to end does so, with a block that cannot be read, too. */
    bool ok = get_words(cpu, r1, args, words) || operation == SEMI_EXIT_EXTENDED;
    int64_t result = !ok               ? -GUEST_EFAULT
                     : calls->redirect ? calls->redirect(calls->opaque, operation, r1, args)
                                       : SEMIHOSTING_HERE;
    if (result == SEMIHOSTING_HERE) {
        result = execute(cpu, r1, args);
    }
    if (result == SEMIHOSTING_LATER) {
        arm_cpu_kick(cpu);
    } else if (result == SEMIHOSTING_WAIT) {
        cpu->halt = HALT_INPUT;
        tci_stop(env);
    } else {
        arm_cpu_semihosting_return(cpu, result);
    }
    return true;
}
