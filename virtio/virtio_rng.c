/* SPDX-License-Identifier: MIT */
/* virtio entropy device (Virtual I/O Device specification 1.1, 5.4). */
#include "virtio/virtio.h"

#define QUEUE_SIZE 8
#define MOST       65536u /* bytes given for one request */

typedef struct VirtioRng {
    VirtioDevice vdev;
    uint64_t left; /* bytes that it may give before `refill`, with max_bytes */
    Timer refill;
} VirtioRng;

static uint16_t rng_queue_size(unsigned queue)
{
    (void)queue;
    return QUEUE_SIZE;
}

/* Gives up to `most` bytes for the request; 0 if the host has none. */
static uint32_t give(VirtioDevice *d, uint32_t most)
{
    uint8_t bytes[256];
    uint32_t done = 0;
    while (done < most) {
        uint32_t part = most - done < sizeof bytes ? most - done : (uint32_t)sizeof bytes;
        if (!d->card.properties->random ||
            !d->card.properties->random(d->card.properties->random_opaque, bytes, part)) {
            break;
        }
        done += (uint32_t)virtio_write(d, done, bytes, part);
    }
    return done;
}

static void rng_queue(VirtioDevice *d, unsigned queue)
{
    VirtioRng *s = (VirtioRng *)d;
    const VirtioProperties *p = d->card.properties;
    while ((!p->max_bytes || s->left > 0) && virtqueue_pop(d, queue)) {
        uint64_t quota = p->max_bytes ? s->left : MOST;
        uint64_t most = d->request.in_size < MOST ? d->request.in_size : MOST;
        uint32_t given = give(d, (uint32_t)(most < quota ? most : quota));
        s->left -= p->max_bytes ? given : 0;
        virtqueue_push(d, queue, given);
        virtqueue_interrupt(d, queue);
    }
}

/* A new period begins. */
static void refill(void *opaque)
{
    VirtioRng *s = opaque;
    const VirtioProperties *p = s->vdev.card.properties;
    s->left = p->max_bytes;
    timer_mod(&s->refill, clock_now(s->vdev.card.clock) + (int64_t)p->period * NS_PER_MS);
    virtio_notify(&s->vdev, 0);
}

static bool rng_realize(VirtioDevice *d)
{
    VirtioRng *s = (VirtioRng *)d;
    timer_init(&s->refill, d->card.clock, refill, s);
    return true;
}

static void rng_reset(VirtioDevice *d)
{
    VirtioRng *s = (VirtioRng *)d;
    const VirtioProperties *p = d->card.properties;
    s->left = p->max_bytes;
    timer_del(&s->refill);
}

static void rng_ready(VirtioDevice *d)
{
    VirtioRng *s = (VirtioRng *)d;
    if (d->card.properties->max_bytes) {
        refill(s);
    }
}

static bool rng_can_raise(const VirtioDevice *d, bool more_input)
{
    (void)more_input;
    return timer_pending(&((const VirtioRng *)d)->refill);
}

static const VMField rng_state[] = { VM_FIELD(VirtioRng, left), VM_TIMER(VirtioRng, refill),
                                     VM_END };

const VirtioType virtio_rng_type = {
    .struct_size = sizeof(VirtioRng),
    .id = 4,
    .queues = 1,
    .queue_size = rng_queue_size,
    .realize = rng_realize,
    .reset = rng_reset,
    .queue = rng_queue,
    .ready = rng_ready,
    .can_raise = rng_can_raise,
    .state = rng_state,
};
