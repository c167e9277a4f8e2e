/* SPDX-License-Identifier: MIT */
/* A virtio device: features, status, configuration space, saved state. */
#include "virtio/virtio.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "util/log.h"

#define PAUSE NS_PER_MS /* between two shares of work */

static void run_queue(VirtioDevice *d, unsigned queue)
{
    if (d->queues[queue].enabled && !d->broken) {
        d->type->queue(d, queue);
    }
}

static void next_share(void *opaque)
{
    VirtioDevice *d = opaque;
    d->work = 0;
    for (unsigned i = 0; i < d->queue_count; i++) {
        run_queue(d, i);
    }
}

VirtioDevice *virtio_new(const VirtioType *type, const VirtioCard *card)
{
    assert(type->config_size <= VIRTIO_CONFIG_MAX);
    VirtioDevice *d = calloc(1, type->struct_size);
    unsigned queue_count = type->queues + 2 * (unsigned)card->properties->max_ports;
    Virtqueue *queues = calloc(queue_count, sizeof *queues);
    if (!d || !queues) {
        error_report("%s: the host has no memory left for it: close other programs", card->name);
        free(d);
        free(queues);
        return NULL;
    }
    d->type = type;
    d->card = *card;
    d->queues = queues;
    d->queue_count = queue_count;
    timer_init(&d->resume, card->clock, next_share, d);
    for (unsigned i = 0; i < queue_count; i++) {
        queues[i].max = type->queue_size(i);
    }
    if (type->realize && !type->realize(d)) {
        virtio_free(d);
        return NULL;
    }
    return d;
}

void virtio_free(VirtioDevice *d)
{
    if (d) {
        free(d->queues);
        free(d);
    }
}

void virtio_reset(VirtioDevice *d)
{
    for (unsigned i = 0; i < d->queue_count; i++) {
        d->queues[i] = (Virtqueue){ .max = d->queues[i].max, .size = d->queues[i].max };
    }
    timer_del(&d->resume);
    d->features = 0;
    d->status = d->isr = d->broken = 0;
    if (d->type->reset) {
        d->type->reset(d);
    }
    d->update_irq(d->opaque);
}

uint64_t virtio_host_features(const VirtioDevice *d, bool legacy)
{
    uint64_t rings = VIRTIO_INDIRECT_DESC | VIRTIO_EVENT_IDX;
    uint64_t old = VIRTIO_NOTIFY_ON_EMPTY | VIRTIO_ANY_LAYOUT | VIRTIO_BAD_FEATURE;
    return d->own_features | rings | (legacy ? old : VIRTIO_VERSION_1);
}

void virtio_set_status(VirtioDevice *d, uint8_t status)
{
    uint8_t before = d->status;
    if (status == 0) {
        virtio_reset(d);
        return;
    }
    d->status = (uint8_t)(status | (before & VIRTIO_NEEDS_RESET));
    if ((status & ~before & VIRTIO_DRIVER_OK) != 0 && d->type->ready) {
        d->type->ready(d);
    }
}

static bool has_config(const VirtioDevice *d, unsigned offset, unsigned size)
{
    return size <= d->type->config_size && offset <= d->type->config_size - size;
}

uint32_t virtio_config_read(const VirtioDevice *d, unsigned offset, unsigned size)
{
    return has_config(d, offset, size) ? ldn_p(d->config + offset, size) : UINT32_MAX;
}

void virtio_config_write(VirtioDevice *d, unsigned offset, uint32_t value, unsigned size)
{
    if (has_config(d, offset, size) && d->type->config_written) {
        uint8_t before[VIRTIO_CONFIG_MAX];
        memcpy(before, d->config, sizeof before);
        stn_p(d->config + offset, size, value);
        d->type->config_written(d, before);
    }
}

void virtio_notify(VirtioDevice *d, unsigned queue)
{
    /* A legacy driver may use its queues before it sets DRIVER_OK (2.6.0 of Linux did). */
    if (queue < d->queue_count) {
        d->work = 0;
        run_queue(d, queue);
    }
}

void virtio_work(VirtioDevice *d, uint64_t n)
{
    d->work += n;
    if (d->work >= VIRTIO_SHARE && !timer_pending(&d->resume)) {
        timer_mod(&d->resume, deadline_after(clock_now(d->card.clock), PAUSE));
    }
}

static void raise_isr(VirtioDevice *d, uint8_t bits)
{
    d->isr |= bits;
    d->update_irq(d->opaque);
}

void virtio_config_changed(VirtioDevice *d)
{
    if ((d->status & VIRTIO_DRIVER_OK) != 0) {
        raise_isr(d, VIRTIO_ISR_CONFIG);
    }
}

void virtio_queue_changed(VirtioDevice *d)
{
    raise_isr(d, VIRTIO_ISR_QUEUE);
}

void virtio_break(VirtioDevice *d, const char *what)
{
    if (log_on(LOG_GUEST_ERRORS)) {
        log_printf("%s: %s: stops until it is reset\n", d->card.name, what);
    }
    d->broken = 1;
    if ((d->features & VIRTIO_VERSION_1) != 0) {
        d->status |= VIRTIO_NEEDS_RESET;
        virtio_config_changed(d);
    }
}

/* -- Saved state -- */

static const VMField device_state[] = {
    VM_FIELD(VirtioDevice, features),
    VM_FIELD(VirtioDevice, status),
    VM_FIELD(VirtioDevice, isr),
    VM_FIELD(VirtioDevice, broken),
    VM_ARRAY(VirtioDevice, config),
    VM_TIMER(VirtioDevice, resume),
    VM_END,
};

static const VMField queue_state[] = {
    VM_FIELD(Virtqueue, size),
    VM_FIELD(Virtqueue, enabled),
    VM_FIELD(Virtqueue, desc),
    VM_FIELD(Virtqueue, avail),
    VM_FIELD(Virtqueue, used),
    VM_FIELD(Virtqueue, last_avail),
    VM_FIELD(Virtqueue, used_idx),
    VM_FIELD(Virtqueue, signalled_used),
    VM_FIELD(Virtqueue, signalled_valid),
    VM_END,
};

uint64_t virtio_digest(const VirtioDevice *d, uint64_t digest)
{
    digest = vmstate_digest(digest, device_state, d);
    for (unsigned i = 0; i < d->queue_count; i++) {
        digest = vmstate_digest(digest, queue_state, &d->queues[i]);
    }
    return d->type->state ? vmstate_digest(digest, d->type->state, d) : digest;
}

void virtio_save(const VirtioDevice *d, VMWriter *w)
{
    vmstate_save(w, device_state, d);
    for (unsigned i = 0; i < d->queue_count; i++) {
        vmstate_save(w, queue_state, &d->queues[i]);
    }
    if (d->type->state) {
        vmstate_save(w, d->type->state, d);
    }
}

static bool load_queue(Virtqueue *q, VMReader *r)
{
    return vmstate_load(r, queue_state, q) && q->size > 0 && q->size <= q->max && q->enabled <= 1 &&
           q->signalled_valid <= 1;
}

bool virtio_load(VirtioDevice *d, VMReader *r)
{
    bool good = vmstate_load(r, device_state, d) && d->broken <= 1 &&
                d->isr <= (VIRTIO_ISR_QUEUE | VIRTIO_ISR_CONFIG);
    for (unsigned i = 0; good && i < d->queue_count; i++) {
        good = load_queue(&d->queues[i], r);
    }
    return good && (!d->type->state || vmstate_load(r, d->type->state, d)) &&
           (!d->type->loaded || d->type->loaded(d));
}
