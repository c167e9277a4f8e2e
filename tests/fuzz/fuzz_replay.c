/* SPDX-License-Identifier: MIT */
/* Fuzzing of logs that are replayed (libFuzzer): a run of the built-in program with keys is
 * recorded, events of its log are changed, moved and left out, and the result is replayed. It is
 * refused, or the machine runs to some end, and where no event was changed to the same one.
 *
 * The input: steps of 8 bytes, each a change of an event (4 bytes of place and kind, 4 of value).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tqemu.h"
#include "util/bytes.h"

#define HEADER 48u
#define EVENT  32u
#define MOST   400u /* events */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[64];
static uint8_t recorded[HEADER + MOST * EVENT];
static size_t length;

/* A machine that records or replays. */
static Tqemu *start(const char *mode)
{
    char icount[128], why[200];
    snprintf(icount, sizeof icount, "shift=3,rr=%s,rrfile=%s", mode, path);
    const char *const options[] = { "-m", "1", "-icount", icount };
    return tqemu_new(options, 4, why, sizeof why);
}

/* Makes the log that is changed. */
static void record(void)
{
    static const char keys[] = "help\rinfo\rreset\r0123456789";
    snprintf(path, sizeof path, "/tmp/tqemu-fuzz-replay-%p", (void *)&path);
    Tqemu *t = start("record");
    for (unsigned i = 0; t && i < sizeof keys - 1; i++) {
        tqemu_send(t, &keys[i], 1);
        tqemu_run(t, &(TqemuUntil){ .instructions = 20000 });
    }
    FILE *f = tqemu_free(t) ? fopen(path, "rb") : NULL;
    length = f ? fread(recorded, 1, sizeof recorded, f) : 0;
    if (length < HEADER + 4 * EVENT || fclose(f)) {
        abort();
    }
}

/* Changes the log by a step. */
static void change(uint8_t *log, size_t *n, uint32_t place, uint32_t value)
{
    size_t events = (*n - HEADER) / EVENT;
    if (events == 0) {
        return;
    }
    uint8_t *at = log + HEADER + (place & 0xfff) % events * EVENT;
    size_t rest = (size_t)(log + *n - at);
    switch (place >> 28) {
    case 0: /* it is left out */
        memmove(at, at + EVENT, rest - EVENT);
        *n -= EVENT;
        break;
    case 1: /* it is there twice */
        if (*n + EVENT <= sizeof recorded) {
            memmove(at + EVENT, at, rest);
            *n += EVENT;
        }
        break;
    case 2: *n -= (value & 0xff) % rest; break;              /* cut off */
    case 3: st64_p(at + 16, ld64_p(at + 16) + value); break; /* later */
    case 4: st64_p(at + 24, ld64_p(at + 24) + value); break;
    case 5: st32_p(log + (value % HEADER & ~3u), value); break; /* the header */
    default:
        at[(place >> 12) % EVENT] = (uint8_t)(value ^ at[(place >> 12) % EVENT]); /* any byte */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t log[sizeof recorded];
    if (!length) {
        record();
    }
    size_t n = length;
    memcpy(log, recorded, length);
    for (; size >= 8; size -= 8, data += 8) {
        change(log, &n, ld32_p(data), ld32_p(data + 4));
    }
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(log, 1, n, f) != n || fclose(f)) {
        abort();
    }
    Tqemu *t = start("replay");
    if (t) {
        TqemuStop stop = tqemu_run(t, &(TqemuUntil){ .instructions = 1500000 });
        bool same = n == length && memcmp(log, recorded, n) == 0;
        if (same && (stop != TQEMU_ENDED || tqemu_status(t) != 0)) {
            abort(); /* the log that was recorded ends the run as it did */
        }
        tqemu_free(t);
    }
    remove(path);
    return 0;
}
