/* SPDX-License-Identifier: MIT */
/* The boards there are, and what all of them do alike. */
#include "machine/machine.h"

#include <assert.h>
#include <string.h>

#include "machine/versatilepb.h"

const MachineType *const machine_types[] = { &versatilepb_type, NULL };

const MachineType *machine_find(const char *name)
{
    for (const MachineType *const *t = machine_types; *t; t++) {
        if (strcmp((*t)->name, name) == 0) {
            return *t;
        }
    }
    return NULL;
}

void machine_add_device(Machine *m, const DeviceOps *ops, void *dev)
{
    assert(m->device_count < MACHINE_MAX_DEVICES);
    m->devices[m->device_count++] = (MachineDevice){ ops, dev };
}

void machine_reset_devices(Machine *m)
{
    for (unsigned i = 0; i < m->device_count; i++) {
        m->devices[i].ops->reset(m->devices[i].dev);
    }
}

uint64_t machine_digest(Machine *m)
{
    uint64_t digest = arm_cpu_digest(m->cpu, VM_DIGEST_START);
    for (unsigned i = 0; i < m->device_count; i++) {
        digest = vmstate_digest(digest, m->devices[i].ops->state, m->devices[i].dev);
    }
    digest = vmstate_digest_bytes(digest, m->ram, (size_t)m->ram_size);
    return m->type->digest_memory(m, digest);
}

void machine_save(Machine *m, VMWriter *w)
{
    arm_cpu_save(m->cpu, w);
    for (unsigned i = 0; i < m->device_count; i++) {
        const MachineDevice *d = &m->devices[i];
        vmstate_save(w, d->ops->state, d->dev);
        if (d->ops->save_memory) {
            d->ops->save_memory(d->dev, w);
        }
    }
    vmstate_save_memory(w, m->ram, (size_t)m->ram_size / BUS_PAGE_SIZE);
}

bool machine_load(Machine *m, VMReader *r)
{
    bool good = arm_cpu_load(m->cpu, r);
    for (unsigned i = 0; good && i < m->device_count; i++) {
        const MachineDevice *d = &m->devices[i];
        good = vmstate_load(r, d->ops->state, d->dev) &&
               (!d->ops->loaded || d->ops->loaded(d->dev)) &&
               (!d->ops->load_memory || d->ops->load_memory(d->dev, r));
    }
    return good && vmstate_load_memory(r, m->ram, (size_t)m->ram_size / BUS_PAGE_SIZE) &&
           r->left == 0;
}
