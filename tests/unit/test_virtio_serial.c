/* SPDX-License-Identifier: MIT */
/* The virtio serial device: control messages, input and output of its ports, rings that a driver
 * must not make, its state. tests/board/virtio_serial.regs compares it with QEMU's. */
#include <stdlib.h>

#include "tests/unit/virtio_driver.h"

#define SIZE     8                          /* of all queues but one */
#define DESC(q)  (0x10000u + 0x1000u * (q)) /* where a queue is; its rings follow */
#define AVAIL(q) (DESC(q) + 0x400)
#define USED(q)  (DESC(q) + 0x800)
#define DATA     0x20000u
#define BUFFER   64u /* bytes, of each of a queue's SIZE buffers */

enum { INPUT0, OUTPUT0, CONTROL_IN, CONTROL_OUT, INPUT1, OUTPUT1, INPUT2, OUTPUT2, QUEUES };
enum { MULTIPORT = 2 };
enum { DEVICE_READY = 0, PORT_ADD, PORT_READY = 3, CONSOLE_PORT, PORT_OPEN = 6, PORT_NAME };

static uint16_t avail_idx[QUEUES], seen[QUEUES];

/* -- The other ends -- */

typedef struct End {
    char in[64], out[64];
    size_t taken, sent; /* of both; beyond its size `out` is counted only */
    unsigned empty_polls;
    bool absent;
} End;

static End ends[3];

static bool end_pending(void *opaque)
{
    const End *e = opaque;
    return e->in[e->taken] != '\0';
}

static bool end_get(void *opaque, uint8_t *byte)
{
    End *e = opaque;
    if (!end_pending(e)) {
        e->empty_polls++;
        return false;
    }
    *byte = (uint8_t)e->in[e->taken++];
    return true;
}

static void end_put(void *opaque, uint8_t byte)
{
    End *e = opaque;
    if (e->sent < sizeof e->out - 1) {
        e->out[e->sent] = (char)byte;
    }
    e->sent++;
}

static bool end_connected(void *opaque)
{
    return !((End *)opaque)->absent;
}

#define END(n)                                                                                     \
    {                                                                                              \
        .get = end_get, .pending = end_pending, .put = end_put, .connected = end_connected,        \
        .opaque = &ends[n]                                                                         \
    }

static Chardev chardevs[3] = { END(0), END(1), END(2) };
static VirtioPort ports[] = {
    { .nr = 0, .console = true, .chr = &chardevs[0], .next = &ports[1] },
    { .nr = 1, .name = "org.x", .chr = &chardevs[1], .next = &ports[2] },
    { .nr = 2, .console = true, .next = NULL },
};
static const VirtioProperties properties = { .max_ports = 31, .ports = ports };

/* -- The driver -- */

static void set_up_queue(unsigned q)
{
    wr(0x16, q, 2);
    wr(0x18, SIZE, 2);
    wr(0x20, DESC(q), 4);
    wr(0x28, AVAIL(q), 4);
    wr(0x30, USED(q), 4);
    wr(0x1c, 1, 2);
    for (unsigned i = 0; i < SIZE; i++) {
        descriptor(DESC(q), i, DATA + BUFFER * (SIZE * q + i), BUFFER, q % 2 ? 0 : WRITE, 0);
    }
    avail_idx[q] = seen[q] = 0;
}

static void start(uint32_t features)
{
    memset(ram.host, 0, RAM_SIZE);
    memset(ends, 0, sizeof ends);
    wr(0x14, 0, 1);
    wr(0x14, 3, 1);
    wr(0x08, 0, 4);
    wr(0x0c, features, 4);
    wr(0x08, 1, 4);
    wr(0x0c, 1, 4);
    wr(0x14, 11, 1);
    for (unsigned q = 0; q < QUEUES; q++) {
        set_up_queue(q);
    }
    wr(0x14, 15, 1);
}

static void notify(unsigned q)
{
    wr(0x3000 + 4 * q, q, 2);
}

/* Makes the next buffer of a queue available. */
static void submit(unsigned q)
{
    st16_p(at(AVAIL(q)) + 4 + 2 * (size_t)(avail_idx[q] % SIZE), avail_idx[q] % SIZE);
    st16_p(at(AVAIL(q)) + 2, ++avail_idx[q]);
    notify(q);
}

static void give(unsigned q, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        submit(q);
    }
}

static unsigned used(unsigned q)
{
    return ld16_p(at(USED(q)) + 2);
}

static void send(unsigned q, const char *text)
{
    unsigned i = avail_idx[q] % SIZE;
    memcpy(at(DATA + BUFFER * (SIZE * q + i)), text, strlen(text));
    st32_p(at(DESC(q)) + 16 * (size_t)i + 8, (uint32_t)strlen(text));
    submit(q);
}

static void tell(unsigned port, unsigned event, unsigned value)
{
    uint8_t *message = at(DATA + BUFFER * (SIZE * CONTROL_OUT + avail_idx[CONTROL_OUT] % SIZE));
    st32_p(message, port);
    st16_p(message + 4, event);
    st16_p(message + 6, value);
    submit(CONTROL_OUT);
}

/* The next buffer that the device has filled, and its bytes; NULL: none. */
static const uint8_t *filled(unsigned q, uint32_t *n)
{
    if (seen[q] == used(q)) {
        return NULL;
    }
    const uint8_t *entry = at(USED(q)) + 4 + 8 * (size_t)(seen[q]++ % SIZE);
    *n = ld32_p(entry + 4);
    return at(DATA + BUFFER * (SIZE * q + ld32_p(entry) % SIZE));
}

static bool told(unsigned port, unsigned event, unsigned value)
{
    uint32_t n = 0;
    const uint8_t *message = filled(CONTROL_IN, &n);
    return message && n >= 8 && ld32_p(message) == port && ld16_p(message + 4) == event &&
           ld16_p(message + 6) == value;
}

static bool received(unsigned q, const char *text)
{
    uint32_t n = 0;
    const uint8_t *bytes = filled(q, &n);
    return bytes && n == strlen(text) && memcmp(bytes, text, n) == 0;
}

/* Ports 0 and 1 are open on both sides. */
static void open_ports(void)
{
    start(MULTIPORT);
    give(CONTROL_IN, SIZE);
    tell(0, PORT_READY, 1);
    tell(1, PORT_READY, 1);
    tell(0, PORT_OPEN, 1);
    tell(1, PORT_OPEN, 1);
    seen[CONTROL_IN] = (uint16_t)used(CONTROL_IN);
    give(CONTROL_IN, 4);
    (void)rd(0x1000, 1);
}

/* -- Tests -- */

static void test_messages(void)
{
    start(MULTIPORT);
    is_u32(rd(0x12, 2), 64, "two queues for each port, and two for control");
    is_u32(rd(0x2004, 4), 31, "max_nr_ports");
    tell(0, DEVICE_READY, 1);
    is_u32(used(CONTROL_IN), 0, "messages wait for buffers");
    (void)rd(0x1000, 1);
    ok(pci_can_raise(&bus, false) == 0, "of which the guest will tell");
    give(CONTROL_IN, 2);
    ok(told(0, PORT_ADD, 1) && told(1, PORT_ADD, 1), "the first buffers get the first messages");
    ok(line && rd(0x1000, 1) == VIRTIO_ISR_QUEUE, "with an interrupt");
    tell(1, PORT_READY, 1);
    give(CONTROL_IN, 3);
    ok(told(1, PORT_NAME, 1) && told(1, PORT_OPEN, 1) && told(2, PORT_ADD, 1), "and so on");
    uint32_t n = 0;
    tell(1, PORT_READY, 1);
    give(CONTROL_IN, 2);
    const uint8_t *name = filled(CONTROL_IN, &n);
    ok(name && n == 14 && memcmp(name + 8, "org.x", 6) == 0, "a name");
    ok(told(1, PORT_OPEN, 1), "and that the other end is there");
    tell(2, PORT_READY, 1);
    give(CONTROL_IN, 2);
    ok(told(2, CONSOLE_PORT, 1) && !told(2, PORT_OPEN, 1), "a console without another end");
    tell(0, PORT_READY, 1);
    ok(told(0, CONSOLE_PORT, 1), "one with it");
    give(CONTROL_IN, 1);
    ok(told(0, PORT_OPEN, 1), "is open");

    ends[1].absent = true;
    ends[0].absent = true;
    pci_poll(&bus);
    give(CONTROL_IN, 2);
    ok(told(1, PORT_OPEN, 0) && seen[CONTROL_IN] == used(CONTROL_IN),
       "the guest is told when a peer goes, but not of a console's");
    ends[1].absent = false;
    pci_poll(&bus);
    ok(told(1, PORT_OPEN, 1), "and when one comes");
    is_u32(used(CONTROL_OUT), avail_idx[CONTROL_OUT], "all of the guest's messages are taken");
}

static void test_output(void)
{
    open_ports();
    send(OUTPUT0, "hello, ");
    ports[0].has_output = false;
    send(OUTPUT0, "world");
    ok(strcmp(ends[0].out, "hello, world") == 0 && used(OUTPUT0) == 2, "output of the console");
    ok(ports[0].has_output && !ports[1].has_output, "which the user is said to have got");
    ok(line && rd(0x1000, 1) == VIRTIO_ISR_QUEUE, "with an interrupt");
    send(OUTPUT1, "x");
    ends[1].absent = true;
    send(OUTPUT1, "y");
    send(OUTPUT2, "z");
    ok(strcmp(ends[1].out, "x") == 0 && used(OUTPUT1) == 2 && used(OUTPUT2) == 1,
       "that for nobody is discarded");
    wr(0x2008, 'e', 4);
    ok(strcmp(ends[0].out, "hello, worlde") == 0, "an emergency write");
    wr(0x2000, 0x12345678, 4);
    ok(rd(0x2000, 4) == 0 && rd(0x2008, 4) == 0 && rd(0x2004, 4) == 31,
       "the configuration is as it was");
    is_u32(rd(0x200c, 4), 0xffffffff, "and ends there");
}

/* 16 MiB in one request: of 256 buffers of 64 KiB, in an indirect table. */
static void large_request(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        descriptor(0x30000, i, DATA, 0x10000, i + 1 < count ? NEXT : 0, i + 1);
    }
    descriptor(DESC(OUTPUT0), avail_idx[OUTPUT0] % SIZE, 0x30000, 16 * count, INDIRECT, 0);
}

static void test_much_output(void)
{
    open_ports();
    large_request(256);
    submit(OUTPUT0);
    send(OUTPUT0, "x");
    ok(used(OUTPUT0) == 1 && ends[0].sent == 0x1000000, "16 MiB are taken at once");
    ok(pci_can_raise(&bus, false) != 0, "the device goes on by itself");
    fake_clock_advance(&fake, NS_PER_MS);
    ok(used(OUTPUT0) == 2 && ends[0].sent == 0x1000001, "a millisecond later");
    (void)rd(0x1000, 1);
    is_u32(pci_can_raise(&bus, false), 0, "then it rests");
    large_request(257);
    submit(OUTPUT0);
    ok(is_broken(), "a larger request breaks it");
}

static void test_input(void)
{
    open_ports();
    strcpy(ends[0].in, "one two");
    pci_poll(&bus);
    ok(ends[0].taken == 0 && used(INPUT0) == 0, "input waits for buffers");
    st32_p(at(DESC(INPUT0)) + 8, 4);
    give(INPUT0, 3);
    ok(received(INPUT0, "one ") && received(INPUT0, "two") && used(INPUT0) == 2,
       "a buffer gets what there is and what it holds");
    ok(line && rd(0x1000, 1) == VIRTIO_ISR_QUEUE, "with an interrupt");
    unsigned polls = ends[0].empty_polls;
    pci_poll(&bus);
    is_u32(ends[0].empty_polls, polls + 1, "it is asked for more while there is a buffer");
    strcpy(ends[1].in, "later");
    tell(1, PORT_OPEN, 0);
    give(INPUT1, 1);
    ok(ends[1].taken == 0, "a port that the guest has closed takes none");
    (void)rd(0x1000, 1);
    ok(pci_can_raise(&bus, true) != 0 && pci_can_raise(&bus, false) == 0,
       "the device may raise its line while there may be input");
    tell(1, PORT_OPEN, 1);
    ok(received(INPUT1, "later"), "until it opens it");
    ends[1].absent = true;
    strcpy(ends[1].in, "later, too");
    give(INPUT1, 1);
    ok(used(INPUT1) == 1, "nor one whose peer has gone");
    wr(0x14, 0, 1);
    ends[1].absent = false;
    pci_poll(&bus);
    ok(ends[1].in[ends[1].taken] == ',' && pci_can_raise(&bus, true) == 0, "nor after a reset");
}

/* A driver that does not know of ports has the first one. */
static void test_single_port(void)
{
    start(0);
    strcpy(ends[0].in, "in");
    give(INPUT0, 1);
    send(OUTPUT0, "out");
    ok(received(INPUT0, "in") && strcmp(ends[0].out, "out") == 0, "without MULTIPORT: port 0");
    strcpy(ends[1].in, "in");
    give(INPUT1, 1);
    is_u32(used(INPUT1), 0, "and no other");
}

static void test_hostile(void)
{
    static const struct {
        unsigned queue, offset;
    } rings[] = { { INPUT0, 0x28 },      { INPUT0, 0x30 },     { OUTPUT0, 0x20 },
                  { OUTPUT1, 0x28 },     { CONTROL_IN, 0x20 }, { CONTROL_IN, 0x30 },
                  { CONTROL_OUT, 0x28 }, { CONTROL_OUT, 0x30 } };
    for (size_t i = 0; i < sizeof rings / sizeof rings[0]; i++) {
        open_ports();
        strcpy(ends[0].in, "in");
        ends[1].absent = true; /* a message for the guest */
        wr(0x16, rings[i].queue, 2);
        wr(rings[i].offset, BAR, 4);
        submit(rings[i].queue);
        ok(is_broken(), "ring %x of queue %u in registers", rings[i].offset, rings[i].queue);
        pci_poll(&bus);
        give(INPUT0, 1);
        send(OUTPUT0, "x");
        ok(ends[0].sent == 0, "and nothing more is done");
    }
    open_ports();
    strcpy(ends[0].in, "in");
    descriptor(DESC(INPUT0), 0, DATA, 4, 0, 0);
    descriptor(DESC(INPUT0), 1, DATA, 4, WRITE, 0);
    give(INPUT0, 2);
    ok(!is_broken() && used(INPUT0) == 2 && ends[0].taken == 2,
       "a buffer of input that cannot be written gets none");
    descriptor(DESC(CONTROL_OUT), avail_idx[CONTROL_OUT] % SIZE, DATA, 7, 0, 0);
    submit(CONTROL_OUT);
    tell(30, PORT_READY, 1);
    tell(0xffffffff, PORT_OPEN, 1);
    tell(0, 99, 1);
    ok(!is_broken() && used(CONTROL_OUT) == avail_idx[CONTROL_OUT], "messages of no sense");
    start(MULTIPORT);
    descriptor(DESC(CONTROL_IN), 0, DATA, 3, WRITE, 0);
    tell(1, PORT_READY, 1);
    give(CONTROL_IN, 1);
    uint32_t n = 0;
    ok(filled(CONTROL_IN, &n) && n == 3, "a buffer too small for a message");
}

/* Saved with messages that wait, and loaded into a device that was reset. */
static void test_state(void)
{
    VMWriter w = { 0 };
    start(MULTIPORT);
    tell(1, PORT_READY, 1);
    tell(1, PORT_OPEN, 1);
    uint64_t digest = pci_digest(&bus, VM_DIGEST_START);
    pci_save(&bus, &w);
    pci_reset(&bus);
    ok(pci_digest(&bus, VM_DIGEST_START) != digest, "another state");
    VMReader r = { .bytes = w.bytes, .left = w.len };
    ok(pci_load(&bus, &r) && r.left == 0 && pci_digest(&bus, VM_DIGEST_START) == digest, "loaded");
    strcpy(ends[1].in, "in");
    give(INPUT1, 1);
    give(CONTROL_IN, 2);
    ok(told(1, PORT_NAME, 1) && told(1, PORT_OPEN, 1) && received(INPUT1, "in"),
       "it goes on where it was");
    give(CONTROL_IN, SIZE - 2);
    for (size_t n = 0; n < w.len; n++) {
        uint8_t *damaged = malloc(w.len);
        memcpy(damaged, w.bytes, w.len);
        damaged[n] ^= 0xff;
        r = (VMReader){ .bytes = damaged, .left = w.len };
        (void)pci_load(&bus, &r); /* whatever it holds, the device survives it */
        for (unsigned q = 0; q < QUEUES; q++) {
            notify(q);
        }
        pci_poll(&bus);
        free(damaged);
    }
    free(w.bytes);
}

int main(void)
{
    if (!driver_init()) {
        printf("Bail out! no memory\n");
        return 1;
    }
    plug(&virtio_serial_pci_type, NULL, &properties);
    test_messages();
    test_output();
    test_much_output();
    test_input();
    test_single_port();
    test_hostile();
    test_state();
    unplug();
    static const VirtioProperties single = { .max_ports = 1 };
    plug(&virtio_serial_pci_type, NULL, &single);
    wr(0x00, 0, 4);
    ok(rd(0x12, 2) == 4 && (rd(0x04, 4) & MULTIPORT) == 0, "max_ports=1: no MULTIPORT");
    unplug();
    bus_free(&memory);
    return done_testing();
}
