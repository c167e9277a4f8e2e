/* SPDX-License-Identifier: MIT */
/* A machine's state is saved and loaded whole: a machine that goes on from it does what the one
 * that was saved does, from then on. */
#include <inttypes.h>
#include <stdlib.h>

#include "cpu/cpu.h"
#include "firmware/firmware.h"
#include "machine/versatilepb.h"
#include "tests/unit/bus_access.h"
#include "tests/unit/tap.h"
#include "util/timebase.h"

#define RAM_SIZE (UINT64_C(1) << 20) /* little: digests go through all of it */

/* A machine with counted time; what it sends on its first port is kept as a digest. */
typedef struct Rig {
    Machine *m;
    TimeBase time;
    Clock clock;
    Chardev chr;
    uint64_t sent;
    uint64_t typed; /* bytes that have been taken from outside */
    uint8_t *state; /* the last that was loaded */
} Rig;

static uint64_t seed;

static uint32_t random32(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 32);
}

static uint64_t insns(void *opaque)
{
    Rig *r = opaque;
    return r->m ? arm_cpu_icount(r->m->cpu) : 0;
}

static void earlier(void *opaque)
{
    Rig *r = opaque;
    if (r->m) {
        arm_cpu_kick(r->m->cpu);
    }
}

static void put(void *opaque, uint8_t byte)
{
    Rig *r = opaque;
    r->sent = vmstate_digest_bytes(r->sent, &byte, 1);
}

static bool pending(void *opaque)
{
    const Rig *r = opaque;
    return r->typed < 40;
}

static bool get(void *opaque, uint8_t *byte)
{
    Rig *r = opaque;
    if (!pending(r)) {
        return false;
    }
    *byte = (uint8_t)('a' + r->typed++ % 26);
    return true;
}

static void rig_init(Rig *r)
{
    *r = (Rig){ .chr = { .get = get, .pending = pending, .put = put, .opaque = r } };
    timebase_init_icount(&r->time, 0, insns, r);
    r->clock = (Clock){
        .read = timebase_now, .read_opaque = &r->time, .earlier = earlier, .earlier_opaque = r
    };
    MachineConfig config = { .ram_size = RAM_SIZE,
                             .cpu = &(ARMCPUOptions){ .exact = true },
                             .clock = &r->clock,
                             .serial = { &r->chr },
                             .rtc_seconds = 946684800 };
    r->m = machine_new(&versatilepb_type, &config);
    if (!r->m) {
        abort();
    }
    machine_reset(r->m);
}

static void rig_free(Rig *r)
{
    machine_free(r->m);
    free(r->state);
}

/* Runs to that count of instructions, or until nothing will ever happen. */
static void run_to(Rig *r, uint64_t until)
{
    while (arm_cpu_icount(r->m->cpu) < until) {
        clock_run(&r->clock);
        uint64_t left = until - arm_cpu_icount(r->m->cpu);
        int32_t n = timebase_insns_until(&r->time, clock_deadline(&r->clock),
                                         left < 60000 ? (int32_t)left : 60000);
        timebase_slice(&r->time, n);
        if (arm_cpu_run(r->m->cpu, n) == ARM_RUN_IDLE) {
            if (clock_deadline(&r->clock) == TIMER_NEVER) {
                return;
            }
            timebase_skip(&r->time, clock_deadline(&r->clock));
        }
        machine_poll(r->m);
    }
}

#define EXTRA 32u /* bytes at the end of a state, for what is not the machine's */

/* The sections, the packed memory, and what the rig has. */
static VMWriter save(Rig *r)
{
    VMWriter memory = { 0 }, w = { .memory = &memory };
    machine_save(r->m, &w);
    size_t sections = w.len;
    vmstate_put_bytes(&w, memory.bytes, memory.len);
    vmstate_put(&w, sections, 8);
    vmstate_put(&w, r->sent, 8);
    vmstate_put(&w, r->typed, 8);
    vmstate_put(&w, (uint64_t)clock_now(&r->clock), 8);
    free(memory.bytes);
    w.memory = NULL;
    return w;
}

/* The rig keeps a copy: memory is unpacked later. */
static bool load(Rig *r, const uint8_t *bytes, size_t n)
{
    if (n < EXTRA) {
        return false;
    }
    VMReader rest = { .bytes = bytes + n - EXTRA, .left = EXTRA };
    uint64_t sections = vmstate_get(&rest, 8);
    n -= EXTRA;
    if (sections > n) {
        return false;
    }
    uint8_t *copy = malloc(n + 1);
    memcpy(copy, bytes, n);
    VMReader state = { .bytes = copy,
                       .left = (size_t)sections,
                       .memory = copy + sections,
                       .memory_left = n - (size_t)sections };
    bool good = machine_load(r->m, &state);
    if (good) {
        free(r->state);
        r->state = copy;
    } else {
        free(copy);
    }
    r->sent = vmstate_get(&rest, 8);
    r->typed = vmstate_get(&rest, 8);
    timebase_set(&r->time, (int64_t)vmstate_get(&rest, 8));
    return good;
}

static uint64_t digest(Rig *r)
{
    int64_t now = clock_now(&r->clock);
    return vmstate_digest_bytes(machine_digest(r->m) ^ r->sent, (const uint8_t *)&now, sizeof now);
}

/* -- Each device -- */

static const struct {
    const char *name;
    uint32_t base, registers; /* offsets below that, and the PrimeCell's of a test mode */
} devices[] = {
    { "PL190", 0x10140000, 0x310 },
    { "SIC", 0x10003000, 0x30 },
    { "SP804", 0x101e2000, 0x40 },
    { "SP804, the second", 0x101e3000, 0x40 },
    { "PL031", 0x101e8000, 0x20 },
    { "PL011", 0x101f1000, 0x50 },
    { "PL011 on the SIC", 0x10009000, 0x50 },
    { "system registers", 0x10000000, 0x100 },
    { "SP810", 0x101e0000, 0x20 },
    { "flash", 0x34000000, 0x1000 },
};

/* One access or a step of time, the same for the same random numbers; folds what is seen. */
static uint64_t drive(Rig *r, uint32_t base, uint32_t registers, uint64_t seen)
{
    static const uint32_t commands[] = { 0x10, 0x40, 0x20, 0xd0, 0x60, 0x01,
                                         0xe8, 0x70, 0x90, 0x98, 0xff, 0x50 };
    uint32_t what = random32(), value = random32(), at = base + random32() % registers / 4 * 4;
    if (what & 0x300 && registers > 0x40) { /* the registers that do most come first */
        at = base + random32() % 0x40 / 4 * 4;
    }
    if (value & 1) {
        value = value >> 8 & 0x3ff; /* control bits, small counts */
    }
    if (base == 0x34000000 && value & 2) {
        value = commands[value % 12] * 0x10001u;
    }
    switch (what % 8) {
    case 0:
    case 1:
    case 2: bus_write(&r->m->bus, at, value, 4); break;
    case 3:
        timebase_skip(&r->time, clock_now(&r->clock) + (value & 0xfffff));
        clock_run(&r->clock);
        break;
    case 4: machine_poll(r->m); break;
    default: {
        uint32_t read = bus_read(&r->m->bus, at, 4);
        seen = vmstate_digest_bytes(seen, (const uint8_t *)&read, sizeof read);
        break;
    }
    }
    return seen;
}

/* Folds all state but memory, the CPU's interrupt inputs with it, into a digest. */
static uint64_t look(Rig *r, uint64_t seen)
{
    seen = arm_cpu_digest(r->m->cpu, seen);
    for (unsigned i = 0; i < r->m->device_count; i++) {
        seen = vmstate_digest(seen, r->m->devices[i]->type->state, r->m->devices[i]);
    }
    return seen;
}

static uint64_t drive_for(Rig *r, unsigned device, unsigned steps, uint64_t from)
{
    uint64_t seen = VM_DIGEST_START;
    seed = from;
    for (unsigned i = 0; i < steps; i++) {
        seen = drive(r, devices[device].base, devices[device].registers, seen);
        seen = look(r, seen);
    }
    return seen;
}

/* Lets time pass without register accesses: the digest shows what the timers do. */
static uint64_t leave_alone(Rig *r)
{
    uint64_t seen = VM_DIGEST_START;
    for (unsigned i = 0; i < 24; i++) {
        timebase_skip(&r->time, clock_now(&r->clock) + (INT64_C(1000) << i));
        clock_run(&r->clock);
        seen = look(r, seen);
    }
    return seen;
}

static void test_device(unsigned device)
{
    unsigned wrong = 0, refused = 0, idle = 0;
    Rig a, b;
    rig_init(&a);
    rig_init(&b);
    for (unsigned round = 0; round < 24; round++) {
        machine_reset(a.m);
        uint64_t untouched = look(&a, 0);
        drive_for(&a, device, 20 + 20 * round, 1000 * device + round);
        idle += look(&a, 0) == untouched;
        VMWriter w = save(&a);
        drive_for(&b, device, 30, 77); /* loading replaces whatever there was */
        refused += w.failed || !load(&b, w.bytes, w.len) || digest(&b) != digest(&a);
        wrong += leave_alone(&a) != leave_alone(&b);
        uint64_t next = 500000 + 1000 * device + round;
        wrong += drive_for(&a, device, 400, next) != drive_for(&b, device, 400, next);
        free(w.bytes);
    }
    rig_free(&a);
    rig_free(&b);
    ok(idle == 0, "%s: the accesses change its state", devices[device].name);
    ok(refused == 0, "%s: the state loads, with the same digest", devices[device].name);
    ok(wrong == 0, "%s: and goes on as the one that was saved", devices[device].name);
}

/* -- The whole machine, running -- */

#define CHECK_EVERY 200000
#define CHECKS      8

static void start_firmware(Rig *r)
{
    rig_init(r);
    if (!bus_load(&r->m->bus, FIRMWARE_ADDR, firmware_image, firmware_image_size)) {
        abort();
    }
    arm_cpu_set_reg(r->m->cpu, 15, FIRMWARE_ADDR);
}

static void go_on(Rig *r, uint64_t *digests)
{
    uint64_t from = arm_cpu_icount(r->m->cpu);
    for (unsigned i = 0; i < CHECKS; i++) {
        run_to(r, from + (i + 1) * CHECK_EVERY);
        digests[i] = digest(r);
    }
}

static void print(const uint64_t *digests)
{
    for (unsigned i = 0; i < CHECKS; i++) {
        printf("%016" PRIx64 "\n", digests[i]);
    }
}

/* Saves after so many instructions to a file, and prints the digests on the way from there. */
static int save_to(const char *path, uint64_t at)
{
    Rig r;
    uint64_t digests[CHECKS];
    start_firmware(&r);
    run_to(&r, at);
    VMWriter w = save(&r);
    FILE *f = fopen(path, "wb");
    bool good = f && !w.failed && fwrite(w.bytes, 1, w.len, f) == w.len;
    good = f && fclose(f) == 0 && good;
    go_on(&r, digests);
    print(digests);
    free(w.bytes);
    rig_free(&r);
    return good ? 0 : 1;
}

/* Loads it and does the same. */
static int resume_from(const char *path)
{
    Rig r;
    uint64_t digests[CHECKS];
    size_t size = (size_t)RAM_SIZE * 2;
    uint8_t *bytes = malloc(size);
    FILE *f = fopen(path, "rb");
    size_t n = f && bytes ? fread(bytes, 1, size, f) : 0;
    rig_init(&r);
    bool good = load(&r, bytes, n);
    if (good) {
        go_on(&r, digests);
        print(digests);
    }
    if (f) {
        fclose(f);
    }
    free(bytes);
    rig_free(&r);
    return good ? 0 : 1;
}

static void test_running(void)
{
    unsigned spoke = 0, wrong = 0;
    for (unsigned round = 0; round < 6; round++) {
        Rig a, b;
        uint64_t want[CHECKS], got[CHECKS] = { 0 };
        start_firmware(&a);
        seed = 31 + round;
        run_to(&a, random32() % 3000000);
        VMWriter w = save(&a);
        rig_init(&b);
        if (!w.failed && load(&b, w.bytes, w.len)) {
            spoke += machine_has_output(a.m);
            wrong += machine_has_output(b.m) != machine_has_output(a.m);
            go_on(&b, got);
        }
        go_on(&a, want);
        ok(memcmp(want, got, sizeof want) == 0, "round %u: the digests of both stay equal", round);
        free(w.bytes);
        rig_free(&a);
        rig_free(&b);
    }
    ok(spoke > 0 && wrong == 0, "whether the guest has sent anything is saved, too");
}

/* -- Bytes that are no state -- */

static void test_hostile(void)
{
    Rig a;
    start_firmware(&a);
    run_to(&a, 500000);
    VMWriter w = save(&a);
    unsigned loaded = 0;
    for (size_t n = EXTRA; n < w.len; n += n < 4000 ? 97 : 30011) {
        loaded += load(&a, w.bytes, n);
    }
    is_u32(loaded, 0, "a state that ends too early is refused");
    seed = 5;
    for (unsigned i = 0; i < 300; i++) { /* the run-time checkers watch what becomes of it */
        uint8_t *bytes = malloc(w.len);
        memcpy(bytes, w.bytes, w.len);
        for (unsigned k = 0; k < 20; k++) {
            bytes[random32() % (random32() & 1 ? 3000 : w.len)] = (uint8_t)random32();
        }
        if (load(&a, bytes, w.len)) {
            a.time.skipped = 0;
            run_to(&a, arm_cpu_icount(a.m->cpu) + 2000);
        }
        machine_reset(a.m);
        free(bytes);
    }
    ok(load(&a, w.bytes, w.len), "300 broken states do no harm: the good one still loads");
    free(w.bytes);
    rig_free(&a);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "save") == 0) {
        return save_to(argv[2], strtoul(argv[3], NULL, 10));
    }
    if (argc == 3 && strcmp(argv[1], "resume") == 0) {
        return resume_from(argv[2]);
    }
    for (unsigned i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        test_device(i);
    }
    test_running();
    test_hostile();
    return done_testing();
}
