/* SPDX-License-Identifier: MIT */
/* When the console's input is read. Most of this is for hosts where reading blocks. */
#include "input.h"

#include "cpu/cpu.h"
#include "host/host.h"
#include "util/vmstate.h"

/* The grace period starts at GRACE_NS. Each line that is there at once (within QUICK_NS, faster
 * than anybody types) makes the next one likely to be there, too, and halves the period. */
#define GRACE_NS     (NS_PER_SEC / 5)
#define GRACE_MIN_NS (NS_PER_SEC / 500)
#define QUICK_NS     (NS_PER_SEC / 1000)

/* A timer due this soon means that work is under way, a tty that drains for example. The full
 * period then applies, except in a long text that the guest does not answer: after UNANSWERED lines
 * the halved one does. */
#define SOON_NS    (NS_PER_SEC / 30)
#define UNANSWERED 8

#define POLLS_ONLY 64 /* a guest with this many empty polls in one slice does nothing else */

/* Counts the polls that find nothing. */
static bool counting_get(void *opaque, uint8_t *byte)
{
    Input *in = opaque;
    bool got = in->get(&in->console, byte);
    in->empty_polls += !got;
    return got;
}

bool input_init(Input *in, const ConsoleEnds *ends)
{
    *in = (Input){ .grace = GRACE_NS };
    bool ok = console_init(&in->console, ends);
    in->get = in->console.chr.get;
    in->console.chr.get = counting_get;
    return ok;
}

void input_poll(Input *in)
{
    if (!console_read_waits(&in->console)) {
        console_poll(&in->console);
    }
}

/* Whether the core registers equal those at the end of a recent slice: the guest is in a loop that
 * waits for an interrupt handler to write a variable. Slices end between translation blocks, so a
 * loop of INPUT_STATES blocks has at most that many different ends. */
static bool state_repeats(Input *in, const ARMCPU *cpu)
{
    uint32_t regs[16];
    for (unsigned n = 0; n < 16; n++) {
        regs[n] = arm_cpu_reg(cpu, n);
    }
    uint64_t state = vmstate_digest_bytes(VM_DIGEST_START, (const uint8_t *)regs, sizeof regs);
    for (unsigned i = 0; i < INPUT_STATES; i++) {
        if (in->states[i] == state) {
            return true;
        }
    }
    in->last_state = (in->last_state + 1) % INPUT_STATES;
    in->states[in->last_state] = state;
    return false;
}

/* Reads a line, which may take any time. */
static void read_line(Input *in, const InputContext *ctx, int64_t now)
{
    int64_t before = host_clock();
    if (!outputs_flush(ctx->outputs)) {
        return;
    }
    Console *c = &in->console;
    bool answered = c->sent > in->echoed;
    size_t had = c->count;
    console_read(c);
    in->unanswered = answered ? 0 : in->unanswered + 1;
    in->echoed = c->sent + (c->count - had) + 1; /* \n is echoed as \r\n */
    int64_t took = host_clock() - before;
    if (!ctx->time->icount) { /* where host time does not count, and a grace period costs none */
        timebase_waited(ctx->time, now, 0);
        if (took >= QUICK_NS) {
            in->grace = GRACE_NS;
        } else if (in->grace > GRACE_MIN_NS) {
            in->grace /= 2;
        }
    }
    in->quiet_since = clock_now(ctx->clock);
    machine_poll(ctx->machine);
}

int64_t input_turn(Input *in, const InputContext *ctx, bool idle)
{
    if (!console_read_waits(&in->console)) {
        return INT64_MAX;
    }
    if (idle) {
        machine_poll(ctx->machine); /* an idle guest polls no port: the ports do it */
    }
    unsigned empty_polls = in->empty_polls;
    in->empty_polls = 0;
    int64_t now = clock_now(ctx->clock);
    if (!idle && empty_polls < POLLS_ONLY && !state_repeats(in, ctx->machine->cpu)) {
        in->quiet_since = now;
    }
    if (empty_polls == 0 || !console_wants_input(&in->console)) {
        return INT64_MAX;
    }
    int64_t deadline = clock_deadline(ctx->clock);
    bool busy =
        deadline - now < SOON_NS && (in->console.sent > in->echoed || in->unanswered < UNANSWERED);
    int64_t until = in->quiet_since + (busy ? GRACE_NS : in->grace);
    bool nothing_else = idle && deadline == TIMER_NEVER;
    if (until > now && !nothing_else) {
        return until - now;
    }
    read_line(in, ctx, now);
    return 0;
}
