/* SPDX-License-Identifier: MIT */
/* The log: a header and events of 32 bytes, little-endian. */
#include "debug/replay.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "util/bytes.h"
#include "util/log.h"

#define MAGIC     "tqemu replay 1\n"
#define HEADER    48
#define EVENT     32
#define NO_DEVICE 0xff

static const char does_not_fit[] = "does not fit: this run does something else";

typedef enum Kind { BYTE, BREAK, PEER, CONNECTED, RESET, END } Kind;

/* An answer and its moment. */
typedef struct Event {
    Kind kind;
    ReplayPhase phase;
    uint8_t device; /* NO_DEVICE: none's */
    uint32_t value; /* the byte; whether a peer is there; the status */
    uint32_t asked; /* questions to the device since the moment began */
    uint64_t insns;
    int64_t now;
} Event;

/* A character device. */
typedef struct Device {
    Chardev chr; /* ours */
    Chardev *real;
    Replay *replay;
    uint8_t number;
    bool held; /* a byte has come that was not taken: */
    uint8_t byte;
    bool connected;
    Event last;     /* the moment of the last question */
    uint64_t sent;  /* bytes of the machine's, */
    uint64_t shown; /* and so many went to the real device */
} Device;

struct Replay {
    ReplayMode mode;
    const char *path;    /* the log's name */
    Output *log;         /* record: */
    FILE *file;          /* replay: the log, */
    ReplayHeader header; /* and header */
    ReplayMoment *moment;
    void *opaque;
    ReplayPhase phase;
    Device devices[REPLAY_DEVICES];
    unsigned device_count;
    bool has_next; /* replay: */
    Event next;
    uint64_t events;    /* so many were read, */
    uint64_t waited_at; /* and so many at the last replay_wait() */
    bool failed, ended;
};

/* -- The file -- */

static bool fail(Replay *r, const char *why)
{
    if (!r->failed) {
        error_report("-icount: rrfile: %s: %s", r->path, why);
    }
    r->failed = true;
    return false;
}

static void write_event(Replay *r, const Event *e)
{
    uint8_t b[EVENT] = { (uint8_t)e->kind, (uint8_t)e->phase, e->device };
    st32_p(b + 4, e->value);
    st32_p(b + 8, e->asked);
    st64_p(b + 16, e->insns);
    st64_p(b + 24, (uint64_t)e->now);
    output_write(r->log, b, sizeof b);
}

/* A log that was cut off ends with its last whole event. */
static void read_event(Replay *r)
{
    r->events++;
    uint8_t b[EVENT];
    r->has_next = fread(b, 1, sizeof b, r->file) == sizeof b && b[0] <= END &&
                  b[1] <= REPLAY_SLICE && (b[2] < REPLAY_DEVICES || b[0] >= RESET);
    if (r->has_next) {
        r->next = (Event){ .kind = (Kind)b[0],
                           .phase = (ReplayPhase)b[1],
                           .device = b[2],
                           .value = ld32_p(b + 4),
                           .asked = ld32_p(b + 8),
                           .insns = ld64_p(b + 16),
                           .now = (int64_t)ld64_p(b + 24) };
    }
}

static bool read_header(Replay *r)
{
    uint8_t b[HEADER];
    if (fread(b, 1, sizeof b, r->file) != sizeof b || memcmp(b, MAGIC, sizeof MAGIC) != 0) {
        return fail(r, "is no log of -icount rr=record");
    }
    r->header = (ReplayHeader){ .shift = ld64_p(b + 16),
                                .seed = ld64_p(b + 24),
                                .rtc_seconds = (int64_t)ld64_p(b + 32),
                                .machine = ld64_p(b + 40) };
    read_event(r);
    return true;
}

static Replay *make(ReplayMode mode, ReplayMoment *moment, void *opaque)
{
    Replay *r = calloc(1, sizeof *r);
    if (r) {
        *r = (Replay){ .mode = mode, .moment = moment, .opaque = opaque };
    } else {
        error_report("-icount: rr: the host has no memory left for it: close other programs");
    }
    return r;
}

Replay *replay_record(Output *log, const char *path, ReplayMoment *moment, void *opaque)
{
    Replay *r = make(REPLAY_RECORD, moment, opaque);
    if (r) {
        r->log = log;
        r->path = path;
    }
    return r;
}

Replay *replay_play(const char *path, ReplayHeader *header, ReplayMoment *moment, void *opaque)
{
    Replay *r = make(REPLAY_PLAY, moment, opaque);
    if (!r) {
        return NULL;
    }
    r->path = path;
    errno = 0;
    r->file = fopen(path, "rb");
    if (r->file ? read_header(r) : fail(r, output_error(errno))) {
        *header = r->header;
        return r;
    }
    replay_free(r);
    return NULL;
}

bool replay_start(Replay *r, const ReplayHeader *h)
{
    if (r->mode == REPLAY_RECORD) {
        uint8_t b[HEADER] = MAGIC;
        st64_p(b + 16, h->shift);
        st64_p(b + 24, h->seed);
        st64_p(b + 32, (uint64_t)h->rtc_seconds);
        st64_p(b + 40, h->machine);
        output_write(r->log, b, sizeof b);
        return true;
    }
    if (h->shift != r->header.shift) {
        return fail(r, "was recorded with another shift");
    }
    return h->machine == r->header.machine ||
           fail(r,
                "is of another machine: give it the options and files that it was recorded with");
}

bool replay_failed(const Replay *r)
{
    return r->failed;
}

void replay_free(Replay *r)
{
    if (r && r->file) {
        fclose(r->file);
    }
    free(r);
}

/* -- Moments -- */

void replay_phase(Replay *r, ReplayPhase phase)
{
    r->phase = phase;
}

/* The present moment; `asked` goes on counting if it is that of *last. */
static Event moment_of(Replay *r, const Event *last)
{
    Event e = { .phase = r->phase };
    r->moment(r->opaque, &e.insns, &e.now);
    bool same = last->phase == e.phase && last->insns == e.insns && last->now == e.now;
    e.asked = same ? last->asked + 1 : 0;
    return e;
}

/* Whether the next event is of that kind and device, and its moment has come. */
static bool is_due(const Replay *r, Kind kind, uint8_t device, const Event *e)
{
    const Event *n = &r->next;
    return r->has_next && n->kind == kind && n->device == device && n->phase == e->phase &&
           n->insns == e->insns && n->now == e->now && n->asked == e->asked;
}

/* A question to a device: the answer of the real one, `news`, or of the log. */
static bool answer(Device *d, Kind kind, bool news, uint32_t *value)
{
    Replay *r = d->replay;
    Event e = d->last = moment_of(r, &d->last);
    if (r->mode == REPLAY_PLAY) {
        news = is_due(r, kind, d->number, &e);
        if (news) {
            *value = r->next.value;
            read_event(r);
        }
    } else if (news) {
        e.kind = kind;
        e.device = d->number;
        e.value = *value;
        write_event(r, &e);
    }
    return news;
}

static bool is_frozen(const Device *d)
{
    return d->replay->phase == REPLAY_IDLE;
}

/* -- Our devices -- */

/* Whether there is a byte; holds it then. */
static bool device_pending(void *opaque)
{
    Device *d = opaque;
    if (d->held || is_frozen(d)) {
        return d->held;
    }
    bool news = d->replay->mode == REPLAY_RECORD && d->real->get(d->real->opaque, &d->byte);
    uint32_t value = d->byte;
    d->held = answer(d, BYTE, news, &value);
    d->byte = (uint8_t)value;
    return d->held;
}

static bool device_get(void *opaque, uint8_t *byte)
{
    Device *d = opaque;
    if (!device_pending(d)) {
        return false;
    }
    *byte = d->byte;
    d->held = false;
    return true;
}

static void device_put(void *opaque, uint8_t byte)
{
    Device *d = opaque;
    if (d->sent++ == d->shown) {
        d->shown++;
        d->real->put(d->real->opaque, byte);
    }
}

/* One of the functions that a device need not have, whose result is then `without`. */
static bool ask(const Device *d, bool (*function)(void *opaque), bool without)
{
    if (d->replay->mode == REPLAY_PLAY) {
        return false;
    }
    return function ? function(d->real->opaque) : without;
}

static bool device_connected(void *opaque)
{
    Device *d = opaque;
    if (is_frozen(d)) {
        return d->connected;
    }
    bool recording = d->replay->mode == REPLAY_RECORD, there = ask(d, d->real->connected, true);
    uint32_t value = there;
    if (answer(d, CONNECTED, recording && there != d->connected, &value)) {
        d->connected = value != 0;
    }
    return d->connected;
}

static bool device_take_open(void *opaque)
{
    Device *d = opaque;
    uint32_t value = 0;
    return !is_frozen(d) && answer(d, PEER, ask(d, d->real->take_open, false), &value);
}

static bool device_take_break(void *opaque)
{
    Device *d = opaque;
    uint32_t value = 0;
    return !is_frozen(d) && answer(d, BREAK, ask(d, d->real->take_break, false), &value);
}

static bool device_flush(void *opaque)
{
    Device *d = opaque;
    return d->real->flush(d->real->opaque);
}

Chardev *replay_chardev(Replay *r, Chardev *real)
{
    assert(r->device_count < REPLAY_DEVICES);
    Device *d = &r->devices[r->device_count];
    *d = (Device){ .real = real, .replay = r, .number = (uint8_t)r->device_count++ };
    d->chr = (Chardev){
        .get = device_get,
        .pending = device_pending,
        .put = device_put,
        .opaque = d,
        .connected = device_connected,
        .take_open = device_take_open,
        .take_break = device_take_break,
        .flush = real->flush ? device_flush : NULL,
    };
    return &d->chr;
}

/* Until something comes one poll is like another: questions are counted from the last wait. */
void replay_wait(Replay *r)
{
    for (unsigned i = 0; i < r->device_count; i++) {
        r->devices[i].last.phase = REPLAY_IDLE;
    }
    if (r->mode == REPLAY_PLAY && r->waited_at == r->events) {
        fail(r, does_not_fit);
    }
    r->waited_at = r->events;
}

bool replay_more_input(const Replay *r)
{
    for (unsigned i = 0; i < r->device_count; i++) {
        const Device *d = &r->devices[i];
        if (d->held || (r->mode == REPLAY_RECORD && d->real->pending(d->real->opaque))) {
            return true;
        }
    }
    return r->mode == REPLAY_PLAY && r->has_next;
}

/* -- The run -- */

int32_t replay_slice(Replay *r, int32_t insns)
{
    uint64_t now_insns;
    int64_t now;
    if (r->mode != REPLAY_PLAY || !r->has_next) {
        return insns;
    }
    r->moment(r->opaque, &now_insns, &now);
    uint64_t next = r->next.insns, left = next - now_insns;
    if (next < now_insns || (next == now_insns && r->next.now < now)) {
        fail(r, does_not_fit);
    }
    bool inside = r->next.phase == REPLAY_SLICE; /* the machine itself asks at the right moment */
    return !inside && next > now_insns && left < (uint64_t)insns ? (int32_t)left : insns;
}

/* What is not a device's comes at a moment, however often that is asked for. */
static Event of_run(Replay *r)
{
    const Event none = { .phase = REPLAY_IDLE, .now = -1 };
    return moment_of(r, &none);
}

static void log_run(Replay *r, Kind kind, int status)
{
    Event e = of_run(r);
    e.kind = kind;
    e.device = NO_DEVICE;
    e.value = (uint32_t)status;
    e.phase = REPLAY_POLL;
    write_event(r, &e);
}

static bool take_run(Replay *r, Kind kind, int *status)
{
    Event e = of_run(r);
    if (r->mode != REPLAY_PLAY || !is_due(r, kind, NO_DEVICE, &e)) {
        return false;
    }
    *status = (int)r->next.value;
    read_event(r);
    return true;
}

void replay_reset(Replay *r)
{
    if (r->mode == REPLAY_RECORD) {
        log_run(r, RESET, 0);
    }
}

bool replay_take_reset(Replay *r)
{
    int unused;
    return take_run(r, RESET, &unused);
}

void replay_end(Replay *r, int status)
{
    if (r->mode == REPLAY_RECORD && !r->ended) {
        log_run(r, END, status);
    }
    r->ended = true;
}

bool replay_take_end(Replay *r, int *status)
{
    if (take_run(r, END, status)) {
        r->ended = true;
        return true;
    }
    if (r->mode == REPLAY_PLAY && !r->has_next && !r->ended) {
        fail(r, "ends here, where the recording was cut off");
    }
    return false;
}

/* -- Back -- */

struct ReplayPlace {
    Replay state;
};

ReplayPlace *replay_place(const Replay *r)
{
    ReplayPlace *place = malloc(sizeof *place);
    if (place) {
        place->state = *r;
    }
    return place;
}

bool replay_go_back(Replay *r, const ReplayPlace *place)
{
    const Replay now = *r;
    *r = place->state;
    for (unsigned i = 0; i < r->device_count; i++) {
        r->devices[i].shown = now.devices[i].shown;
    }
    uint64_t at = HEADER + r->events * EVENT;
    return (at <= LONG_MAX && fseek(r->file, (long)at, SEEK_SET) == 0) ||
           fail(r, "cannot be read again");
}

const char *replay_path(const Replay *r)
{
    return r->path;
}
