/* SPDX-License-Identifier: MIT */
/* A whole board for fuzzing: its clock counts instructions and what a test adds, its first serial
 * port reads bytes of the input, and it can be brought back to its power-on state quickly. */
#ifndef TESTS_FUZZ_BOARD_H
#define TESTS_FUZZ_BOARD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/arm.h"
#include "machine/device/flash.h"
#include "machine/machine.h"
#include "tests/unit/bus_access.h"

#define FUZZ_RAM   (1u << 20)
#define FUZZ_SHIFT 3 /* 2^3 ns of virtual time an instruction */

typedef struct FuzzBoard {
    Machine *m;
    Flash *flash;
    Clock clock;
    int64_t skipped; /* ns of virtual time beside the instructions' */
    uint64_t start;  /* the CPU's instruction count at power-on */
    size_t size_of_state;
    uint8_t *started;                 /* the state just powered on */
    uint8_t *state;                   /* room for another */
    const uint8_t *input, *input_end; /* for the serial port */
    uint64_t output;                  /* a digest of what came out of it */
    bool reset;                       /* the guest asks for one */
    bool ended;                       /* by semihosting */
    Chardev chr;
} FuzzBoard;

/* Something that must not be. */
static inline void fuzz_failed(const char *what, uint64_t got, uint64_t want)
{
    fprintf(stderr, "%s: %llx, not %llx\n", what, (unsigned long long)got,
            (unsigned long long)want);
    abort();
}

static inline uint64_t fuzz_insns(const FuzzBoard *b)
{
    return arm_cpu_icount(b->m->cpu) - b->start;
}

static inline int64_t fuzz_clock(void *opaque)
{
    const FuzzBoard *b = opaque;
    return b->m ? b->skipped + (int64_t)(fuzz_insns(b) << FUZZ_SHIFT) : 0;
}

static inline void fuzz_earlier(void *opaque)
{
    arm_cpu_kick(((FuzzBoard *)opaque)->m->cpu);
}

static inline void fuzz_reset_requested(void *opaque)
{
    FuzzBoard *b = opaque;
    b->reset = true;
    arm_cpu_kick(b->m->cpu);
}

static inline bool fuzz_chr_get(void *opaque, uint8_t *byte)
{
    FuzzBoard *b = opaque;
    if (b->input == b->input_end) {
        return false;
    }
    *byte = *b->input++;
    return true;
}

static inline bool fuzz_chr_pending(void *opaque)
{
    const FuzzBoard *b = opaque;
    return b->input != b->input_end;
}

static inline void fuzz_chr_put(void *opaque, uint8_t byte)
{
    FuzzBoard *b = opaque;
    b->output = vmstate_digest_bytes(b->output, &byte, 1);
}

/* A break for each 0xff that is next. */
static inline bool fuzz_chr_break(void *opaque)
{
    FuzzBoard *b = opaque;
    if (b->input == b->input_end || *b->input != 0xff) {
        return false;
    }
    b->input++;
    return true;
}

/* Every file has what is typed, and takes all that is written. */
static inline int64_t fuzz_semihosting(void *opaque, SemihostingCall *call)
{
    FuzzBoard *b = opaque;
    uint8_t byte;
    switch (call->operation) {
    case SEMI_WRITEC:
    case SEMI_WRITE0:
    case SEMI_WRITE:
        b->output = vmstate_digest_bytes(b->output, call->output, call->size);
        return (int64_t)call->size;
    case SEMI_READ:
        for (size_t i = 0; i < call->size; i++) {
            if (!fuzz_chr_get(opaque, &call->bytes[i])) {
                return i ? (int64_t)i : SEMIHOSTING_WAIT;
            }
        }
        return (int64_t)call->size;
    case SEMI_READC: return fuzz_chr_get(opaque, &byte) ? byte : SEMIHOSTING_WAIT;
    case SEMI_GET_CMDLINE:
    case SEMI_TMPNAM: call->text = "program arguments"; return 0;
    case SEMI_CLOCK:
    case SEMI_ELAPSED: return fuzz_clock(opaque);
    case SEMI_EXIT:
        b->ended = true;
        arm_cpu_kick(b->m->cpu);
        return 0;
    default: return (int64_t)(call->handle % 64) - 32;
    }
}

/* Copies the declared state of all devices to `bytes`, or back; returns its size. NULL: only that.
 */
static inline size_t fuzz_devices(const FuzzBoard *b, uint8_t *bytes, bool restore)
{
    size_t n = 0;
    for (unsigned i = 0; i < b->m->device_count; i++) {
        for (const VMField *f = b->m->devices[i]->type->state; f->count; f++) {
            uint8_t *field = (uint8_t *)b->m->devices[i] + f->offset;
            size_t size = (size_t)f->size * f->count;
            if (bytes) {
                memcpy(restore ? field : bytes + n, restore ? bytes + n : field, size);
            }
            n += size;
        }
    }
    return n;
}

/* The state of CPU, devices, PCI cards and flash, in as many bytes as the board's size_of_state
 * says; a digest of it all would take long here. */
static inline void fuzz_state(FuzzBoard *b, uint8_t *bytes)
{
    uint64_t digest = flash_type.digest(b->flash, pci_digest(b->m->pci, VM_DIGEST_START));
    digest = arm_cpu_digest(b->m->cpu, digest);
    memcpy(bytes, &digest, sizeof digest);
    fuzz_devices(b, bytes + sizeof digest, false);
}

/* Everything as at the board's first power-on, virtual time 0; RAM is all zero. */
static inline void fuzz_power_on(FuzzBoard *b)
{
    Machine *m = b->m;
    machine_reset(m);
    for (uint32_t i = 0; i < FLASH_MAX_BLOCKS; i++) {
        if (b->flash->changed[i]) {
            memset(b->flash->dev.region.host + i * FLASH_BLOCK_SIZE, 0, FLASH_BLOCK_SIZE);
        }
    }
    b->skipped = 0;
    b->start = arm_cpu_icount(m->cpu);
    b->input = b->input_end = NULL;
    b->output = VM_DIGEST_START;
    fuzz_devices(b, b->started + sizeof(uint64_t), true);
    machine_reset(m);
    b->reset = b->ended = false;
    memset(m->ram, 0, FUZZ_RAM);
    tci_flush_code(m->cpu->env.tci);
    fuzz_state(b, b->state);
    if (memcmp(b->state, b->started, b->size_of_state) != 0) {
        fuzz_failed("a reset leaves something as it was", 1, 0);
    }
}

/* `fitted`: the drives and cards of the board, or NULL. */
static inline void fuzz_board_init(FuzzBoard *b, const ARMCPUOptions *options,
                                   const MachineConfig *fitted)
{
    *b = (FuzzBoard){ .chr = { .get = fuzz_chr_get,
                               .pending = fuzz_chr_pending,
                               .put = fuzz_chr_put,
                               .take_break = fuzz_chr_break,
                               .opaque = b } };
    b->clock = (Clock){
        .read = fuzz_clock, .read_opaque = b, .earlier = fuzz_earlier, .earlier_opaque = b
    };
    MachineConfig config = { .ram_size = FUZZ_RAM,
                             .cpu = options,
                             .clock = &b->clock,
                             .serial = { &b->chr },
                             .rtc_seconds = 1700000000,
                             .reset_requested = fuzz_reset_requested,
                             .opaque = b };
    if (fitted) {
        config.drives = fitted->drives;
        config.cards = fitted->cards;
        config.card_count = fitted->card_count;
    }
    b->m = machine_new(machine_find("versatilepb"), &config);
    if (!b->m) {
        abort();
    }
    for (unsigned i = 0; i < b->m->device_count; i++) {
        if (b->m->devices[i]->type == &flash_type) {
            b->flash = (Flash *)b->m->devices[i];
        }
    }
    arm_cpu_set_semihosting(b->m->cpu, &(ARMSemihosting){ .call = fuzz_semihosting, .opaque = b });
    machine_reset(b->m);
    b->size_of_state = sizeof(uint64_t) + fuzz_devices(b, NULL, false);
    b->started = malloc(b->size_of_state);
    b->state = malloc(b->size_of_state);
    if (!b->started || !b->state) {
        abort();
    }
    fuzz_state(b, b->started);
}

/* Runs about `insns` instructions (exactly, with options.exact), with timers and interrupts, as the
 * main loop does. An idle CPU skips to its next timer, up to `turns` times; one that nothing can
 * wake ends the run. */
static inline void fuzz_run(FuzzBoard *b, uint64_t insns, unsigned turns)
{
    Machine *m = b->m;
    uint64_t end = fuzz_insns(b) + insns;
    while (fuzz_insns(b) < end && !b->ended) {
        clock_run(&b->clock);
        int64_t now = clock_now(&b->clock), deadline = clock_deadline(&b->clock);
        uint64_t n = end - fuzz_insns(b);
        if (deadline <= now) {
            fuzz_failed("a deadline that clock_run() has left", (uint64_t)deadline, (uint64_t)now);
        }
        uint64_t until = (uint64_t)(deadline - now - 1) >> FUZZ_SHIFT;
        n = until < n ? until + 1 : n;
        bool idle = arm_cpu_run(m->cpu, (int32_t)n) == ARM_RUN_IDLE;
        if (b->reset) {
            b->reset = idle = false;
            machine_reset(m);
        }
        if (idle) {
            deadline = clock_deadline(&b->clock);
            now = clock_now(&b->clock);
            if (!machine_can_wake(m, b->input != b->input_end) || deadline == TIMER_NEVER ||
                turns-- == 0) {
                return;
            }
            b->skipped += deadline > now ? deadline - now : 0;
        }
        machine_poll(m);
    }
}

#endif
