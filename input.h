/* SPDX-License-Identifier: MIT */
/* The console's input, and when it is read from the host.
 *
 * Most hosts can tell whether input is there; input_poll() takes it. On a host where reading blocks
 * (host_read_waits()) the guest stands still until a line comes. There input_turn() reads a line
 * once the guest wants input and has done nothing else for a grace period. */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/machine.h"
#include "outputs.h"
#include "serial/console.h"
#include "util/timebase.h"

#define INPUT_STATES 8

typedef struct Input {
    Console console;                          /* first: console.chr.opaque points to both */
    bool (*get)(void *opaque, uint8_t *byte); /* the console's own console.chr.get() */
    unsigned empty_polls;          /* since the last turn: the guest polled and found nothing */
    int64_t quiet_since;           /* virtual ns: since then the guest has only polled or waited */
    int64_t grace;                 /* ns: the grace period, shorter while lines come at once */
    uint64_t echoed;               /* console.sent once the guest has echoed the last line */
    unsigned unanswered;           /* lines in a row that the guest did no more than echo */
    uint64_t states[INPUT_STATES]; /* ring: digests of the registers at the ends of slices */
    unsigned last_state;
} Input;

/* What input_turn() works with. */
typedef struct InputContext {
    Machine *machine;
    Clock *clock;
    TimeBase *time; /* the clock's */
    Outputs *outputs;
} InputContext;

/* Prepares the console as console_init() does. False if there is no memory. */
bool input_init(Input *in, const ConsoleEnds *ends);

/* Takes the input that is there; does nothing on a host where reading blocks. */
void input_poll(Input *in);

/* After each slice: where reading blocks, reads a line if the guest has nothing else to do; `idle`
 * says that it waits for an interrupt. Returns how many ns an idle guest may wait at most before
 * the next call: 0 after a read, INT64_MAX where no read is due. */
int64_t input_turn(Input *in, const InputContext *ctx, bool idle);

#endif
