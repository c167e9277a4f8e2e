/* SPDX-License-Identifier: MIT */
/* virtio console device (Virtual I/O Device specification 1.1, 5.3): ports, each with a queue for
 * its input and one for its output, and two queues of control messages.
 *
 * A port pulls its input: a byte waits in the character device until the guest has a buffer for it.
 * A message to the guest is a flag of its port until the guest has a buffer for it, so that none is
 * lost, as it may be in QEMU. */
#include <string.h>

#include "util/log.h"
#include "virtio/virtio.h"

#define CONTROL_IN   2u /* queues; odd ones are the guest's output */
#define CONTROL_OUT  3u
#define QUEUE_SIZE   128
#define CONTROL_SIZE 32 /* of a queue of control messages */
#define MESSAGE_SIZE 8u /* a message's fields: port, event, value */

/* Features (5.3.3). */
enum { F_MULTIPORT = 1 << 1, F_EMERG_WRITE = 1 << 2 };

/* Configuration space (5.3.4): columns and rows are 0. */
enum { C_MAX_NR_PORTS = 4, C_EMERG_WR = 8, C_SIZE = 12 };

/* Control messages (5.3.6.2). */
enum {
    DEVICE_READY = 0,
    PORT_ADD = 1,
    PORT_READY = 3,
    CONSOLE_PORT = 4,
    PORT_OPEN = 6,
    PORT_NAME = 7,
};

/* Flags of a port. */
enum {
    SEND_ADD = 1 << 0, /* messages to be sent */
    SEND_CONSOLE = 1 << 1,
    SEND_NAME = 1 << 2,
    SEND_OPEN = 1 << 3,
    HOST_OPEN = 1 << 4,  /* what SEND_OPEN says or has said */
    GUEST_OPEN = 1 << 5, /* the guest takes input */
    READY = 1 << 6,      /* the guest knows the port */
};

typedef struct VirtioSerial {
    VirtioDevice vdev;
    uint8_t flags[VIRTIO_MAX_PORTS]; /* by the port's number */
} VirtioSerial;

static uint16_t serial_queue_size(unsigned queue)
{
    return queue == CONTROL_IN || queue == CONTROL_OUT ? CONTROL_SIZE : QUEUE_SIZE;
}

static VirtioPort *find_port(const VirtioDevice *d, uint32_t nr)
{
    return virtio_port(d->card.properties->ports, nr);
}

static uint8_t *flags_of(VirtioDevice *d, const VirtioPort *p)
{
    return &((VirtioSerial *)d)->flags[p->nr];
}

/* Whether there is another end. That of a console is not asked. */
static bool is_connected(const VirtioPort *p)
{
    return p->chr && (p->console || !p->chr->connected || p->chr->connected(p->chr->opaque));
}

static void put(VirtioPort *p, uint8_t byte)
{
    p->chr->put(p->chr->opaque, byte);
    p->has_output = true;
}

/* -- Control messages -- */

/* False: the guest has no buffer for it. */
static bool send_message(VirtioDevice *d, const VirtioPort *p, unsigned event, bool value)
{
    uint8_t message[MESSAGE_SIZE];
    if (!virtqueue_pop(d, CONTROL_IN)) {
        return false;
    }
    st32_p(message, p->nr);
    st16_p(message + 4, event);
    st16_p(message + 6, value);
    size_t n = virtio_write(d, 0, message, sizeof message);
    if (event == PORT_NAME && p->name) {
        n += virtio_write(d, sizeof message, p->name, strlen(p->name) + 1);
    }
    virtqueue_push(d, CONTROL_IN, (uint32_t)n);
    virtqueue_interrupt(d, CONTROL_IN);
    return true;
}

static void send_messages(VirtioDevice *d)
{
    static const uint8_t events[] = { PORT_ADD, CONSOLE_PORT, PORT_NAME, PORT_OPEN };
    for (const VirtioPort *p = d->card.properties->ports; p; p = p->next) {
        uint8_t *flags = flags_of(d, p);
        for (unsigned i = 0; i < sizeof events; i++) {
            bool value = events[i] != PORT_OPEN || (*flags & HOST_OPEN) != 0;
            if ((*flags & 1u << i) != 0) {
                if (!send_message(d, p, events[i], value)) {
                    return;
                }
                *flags &= (uint8_t) ~(1u << i);
            }
        }
    }
}

static void set_flag(uint8_t *flags, uint8_t flag, bool on)
{
    *flags = (uint8_t)(on ? *flags | flag : *flags & ~flag);
}

/* Handles a message of the guest's; with value 0 most report that it has failed. */
static void handle_message(VirtioDevice *d, const uint8_t *message)
{
    uint32_t nr = ld32_p(message), event = ld16_p(message + 4);
    bool value = ld16_p(message + 6) != 0;
    if (event == DEVICE_READY && value) {
        for (const VirtioPort *p = d->card.properties->ports; p; p = p->next) {
            *flags_of(d, p) |= SEND_ADD;
        }
        return;
    }
    const VirtioPort *p = find_port(d, nr);
    if (p && event == PORT_OPEN) {
        set_flag(flags_of(d, p), GUEST_OPEN, value);
    } else if (p && event == PORT_READY && value) {
        bool open = is_connected(p);
        set_flag(flags_of(d, p), HOST_OPEN, open);
        *flags_of(d, p) |= READY | (p->console ? SEND_CONSOLE : 0) | (p->name ? SEND_NAME : 0) |
                           (open ? SEND_OPEN : 0);
    } else if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: port %u: the guest reports event %u, value %u\n", d->card.name,
                   (unsigned)nr, (unsigned)event, value);
    }
}

static void take_messages(VirtioDevice *d)
{
    uint8_t message[MESSAGE_SIZE];
    while (virtqueue_pop(d, CONTROL_OUT)) {
        if (virtio_read(d, 0, message, sizeof message) == sizeof message) {
            handle_message(d, message);
        }
        virtqueue_push(d, CONTROL_OUT, 0);
        virtqueue_interrupt(d, CONTROL_OUT);
    }
}

/* -- Data -- */

static unsigned input_queue(const VirtioPort *p)
{
    return p->nr ? 2 * p->nr + 2 : 0;
}

static void put_request(VirtioDevice *d, VirtioPort *p)
{
    uint8_t bytes[256];
    size_t n;
    for (uint64_t at = 0; (n = virtio_read(d, at, bytes, sizeof bytes)) > 0; at += n) {
        for (size_t i = 0; i < n; i++) {
            put(p, bytes[i]);
        }
    }
}

/* Takes a share of the output. What it discards counts, too. */
static void take_output(VirtioDevice *d, unsigned queue)
{
    VirtioPort *p = find_port(d, queue < CONTROL_IN ? 0 : queue / 2 - 1);
    bool connected = p && is_connected(p);
    while (virtqueue_pop(d, queue)) {
        virtio_work(d, d->request.out_size);
        if (d->request.out_size > VIRTIO_SHARE) { /* which no driver sends */
            virtio_break(d, "more than 16 MiB of output in a request");
        } else if (connected) {
            put_request(d, p);
        }
        virtqueue_push(d, queue, 0);
        virtqueue_interrupt(d, queue);
    }
}

/* Fills a request with what input there is. */
static uint32_t give_input(VirtioDevice *d, const Chardev *chr)
{
    uint8_t bytes[256];
    size_t n, done = 0;
    do {
        n = 0;
        while (n < sizeof bytes && done + n < d->request.in_size &&
               chr->get(chr->opaque, &bytes[n])) {
            n++;
        }
        done += virtio_write(d, done, bytes, n);
    } while (n == sizeof bytes);
    return (uint32_t)done;
}

static void take_input(VirtioDevice *d, const VirtioPort *p)
{
    unsigned queue = input_queue(p);
    const Chardev *chr = p->chr;
    while (virtqueue_has_request(d, queue)) {
        if (!chr->pending(chr->opaque)) {
            uint8_t byte;
            (void)chr->get(chr->opaque, &byte); /* an empty poll: the guest listens */
            return;
        }
        if (!virtqueue_pop(d, queue)) {
            return;
        }
        virtqueue_push(d, queue, give_input(d, chr));
        virtqueue_interrupt(d, queue);
    }
}

static void serial_poll(VirtioDevice *d)
{
    for (const VirtioPort *p = d->card.properties->ports; p; p = p->next) {
        uint8_t *flags = flags_of(d, p);
        bool open = is_connected(p);
        if ((*flags & READY) != 0 && open != ((*flags & HOST_OPEN) != 0)) {
            *flags = (*flags ^ HOST_OPEN) | SEND_OPEN;
        }
        if (open && (*flags & GUEST_OPEN) != 0 && (d->status & VIRTIO_DRIVER_OK) != 0) {
            take_input(d, p);
        }
    }
    send_messages(d);
}

static void serial_queue(VirtioDevice *d, unsigned queue)
{
    if (queue == CONTROL_OUT) {
        take_messages(d);
    } else if (queue % 2 != 0) {
        take_output(d, queue);
    }
    serial_poll(d);
}

/* -- The device -- */

static bool serial_realize(VirtioDevice *d)
{
    d->own_features = F_EMERG_WRITE | (d->card.properties->max_ports > 1 ? F_MULTIPORT : 0);
    return true;
}

static void serial_reset(VirtioDevice *d)
{
    VirtioSerial *s = (VirtioSerial *)d;
    memset(s->flags, 0, sizeof s->flags);
    memset(d->config, 0, sizeof d->config);
    st32_p(d->config + C_MAX_NR_PORTS, (uint32_t)d->card.properties->max_ports);
}

/* A driver can write emerg_wr alone: a byte for the first console (5.3.5). */
static void serial_config_written(VirtioDevice *d, const uint8_t *before)
{
    uint32_t value = ld32_p(d->config + C_EMERG_WR);
    memcpy(d->config, before, sizeof d->config);
    for (VirtioPort *p = d->card.properties->ports; p && value; p = p->next) {
        if (p->console && p->chr) {
            put(p, (uint8_t)value);
            return;
        }
    }
}

/* A driver without F_MULTIPORT knows port 0 alone, which is open. */
static void serial_ready(VirtioDevice *d)
{
    if ((d->features & F_MULTIPORT) == 0) {
        ((VirtioSerial *)d)->flags[0] |= GUEST_OPEN;
    }
}

static bool serial_can_raise(const VirtioDevice *d, bool more_input)
{
    return more_input && (d->status & VIRTIO_DRIVER_OK) != 0 && d->card.properties->ports;
}

static const VMField serial_state[] = { VM_ARRAY(VirtioSerial, flags), VM_END };

const VirtioType virtio_serial_type = {
    .struct_size = sizeof(VirtioSerial),
    .id = 3,
    .queues = 2,
    .queue_size = serial_queue_size,
    .config_size = C_SIZE,
    .realize = serial_realize,
    .reset = serial_reset,
    .queue = serial_queue,
    .config_written = serial_config_written,
    .ready = serial_ready,
    .poll = serial_poll,
    .can_raise = serial_can_raise,
    .state = serial_state,
};
