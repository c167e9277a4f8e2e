/* SPDX-License-Identifier: MIT */
/* Makes a machine from its table: allocates, connects and maps its devices, and resets, polls,
 * digests, saves and loads all of them. */
#include "machine/machine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "bus/packed.h"
#include "bus/pages.h"
#include "cpu/cpu.h"
#include "machine/scsi.h"
#include "util/bytes.h"
#include "util/log.h"

#define MIB (UINT64_C(1) << 20)

const MachineType *machine_find(const char *name)
{
    for (const MachineType *const *t = machine_types; *t; t++) {
        if (strcmp((*t)->name, name) == 0) {
            return *t;
        }
    }
    return NULL;
}

static bool no_memory(const MachineType *type)
{
    error_report("%s: the host has no memory left for it: close other programs", type->name);
    return false;
}

unsigned machine_find_row(const Machine *m, const char *name)
{
    unsigned i = 0;
    while (i < m->device_count && strcmp(m->type->devices[i].name, name) != 0) {
        i++;
    }
    return i;
}

static void reset_line(void *opaque, unsigned n, bool level)
{
    const Machine *m = opaque;
    (void)n;
    if (level && m->reset_requested) {
        m->reset_requested(m->opaque);
    }
}

/* The line for a wire from row `from`. */
static Irq listener(Machine *m, const char *to, unsigned input, unsigned from)
{
    unsigned row = machine_find_row(m, to);
    if (row < m->device_count) {
        assert(row > from && "a wire leads to a later row: see machine_can_wake()");
        return device_input(m->devices[row], input);
    }
    if (strcmp(to, "cpu") == 0) {
        return arm_cpu_input(m->cpu, input);
    }
    assert(strcmp(to, "reset") == 0 && "a wire's listener exists");
    return (Irq){ reset_line, m, 0 };
}

static void connect_outputs(Machine *m, unsigned i)
{
    Irq *out = m->devices[i]->out;
    for (unsigned w = 0; w < MACHINE_MAX_WIRES; w++) {
        const MachineWire *wire = &m->type->devices[i].out[w];
        for (unsigned n = 0; n < wire->count; n++) {
            assert(out < m->devices[i]->out + DEVICE_OUTPUTS);
            *out++ = listener(m, wire->to, wire->input + n, i);
        }
    }
}

/* The medium of the device of a row: that of the nth drive of its interface if it is the nth such
 * device. */
static Block *next_block(const Machine *m, const MachineDevice *row, MachineDrives *drives)
{
    unsigned index = 0;
    for (const MachineDevice *r = m->type->devices; r < row; r++) {
        index += r->type->drive == row->type->drive;
    }
    const MachineDrive *drive = drives ? machine_drive(drives, row->type->drive, index) : NULL;
    return drive ? drive->block : NULL;
}

static bool make_devices(Machine *m, const MachineConfig *config)
{
    unsigned ports = 0;
    for (const MachineDevice *row = m->type->devices; row->type; row++) {
        assert(m->device_count < MACHINE_MAX_DEVICES);
        Device *d = calloc(1, row->type->struct_size);
        if (!d) {
            return no_memory(m->type);
        }
        m->devices[m->device_count++] = d;
        *d = (Device){ .type = row->type,
                       .name = row->name,
                       .region = { .base = row->base, .size = row->size },
                       .windows = row->windows,
                       .bus = &m->bus,
                       .clock = config->clock,
                       .hz = m->type->clocks[row->clock].hz,
                       .rtc_seconds = config->rtc_seconds,
                       .rtc_clock = config->rtc_clock };
        if (row->type->serial) {
            assert(ports < MACHINE_MAX_SERIAL);
            d->chr = config->serial[ports++];
        }
        if (row->type->drive != DRIVE_NONE) {
            d->block = next_block(m, row, config->drives);
        }
    }
    assert(ports == m->type->serial_count);
    for (unsigned i = 0; i < m->device_count; i++) {
        connect_outputs(m, i);
        Device *d = m->devices[i];
        if (!device_realize(d)) {
            return false;
        }
        m->pci = d->type->pci_bus ? d->type->pci_bus(d) : m->pci;
    }
    return true;
}

static bool plug_cards(Machine *m, const MachineConfig *config)
{
    if (config->card_count > 0 && !m->pci) {
        error_report("-device %s: -M %s has no PCI bus: leave it out", config->cards[0].type->name,
                     m->type->name);
        return false;
    }
    if (m->type->default_drive == DRIVE_SCSI &&
        !machine_plug_scsi(m, config->drives, config->clock)) {
        return false;
    }
    for (unsigned i = 0; i < config->card_count; i++) {
        if (!pci_add(m->pci, &config->cards[i], config->clock)) {
            return false;
        }
    }
    return true;
}

static bool map_all(Machine *m)
{
    const MachineWindow *windows = m->type->unimplemented;
    unsigned n = 0;
    bool good = bus_map(&m->bus, &m->ram_region);
    for (unsigned i = 0; i < m->device_count; i++) {
        Device *d = m->devices[i];
        good = good && bus_map(&m->bus, &d->region);
        for (unsigned k = 0; k < d->more_count; k++) {
            good = good && bus_map(&m->bus, &d->more[k]);
        }
    }
    while (windows[n].name) {
        n++;
    }
    m->windows = calloc(n + 1, sizeof *m->windows); /* calloc(0) may return NULL */
    for (unsigned i = 0; good && m->windows && i < n; i++) {
        m->windows[i] = (BusRegion){ .name = windows[i].name,
                                     .base = windows[i].base,
                                     .size = windows[i].size,
                                     .unimplemented = true };
        good = bus_map(&m->bus, &m->windows[i]);
    }
    return good && m->windows;
}

/* The memory that the devices need, in bytes. */
static uint64_t device_memory(const MachineType *type)
{
    uint64_t size = 0;
    for (const MachineDevice *row = type->devices; row->type; row++) {
        size += row->type->memory ? row->size : 0;
    }
    return size;
}

static bool make_machine(Machine *m, const MachineConfig *config)
{
    const MachineType *type = m->type;
    ARMCPUOptions cpu = config->cpu ? *config->cpu : (ARMCPUOptions){ 0 };
    uint64_t of_devices = device_memory(type);
    cpu.model = cpu.model ? cpu.model : type->default_cpu;
    if (m->ram_size > type->ram_max) {
        error_report("%s: %llu MiB of RAM do not fit the memory map: at most %llu do", type->name,
                     (unsigned long long)(m->ram_size / MIB),
                     (unsigned long long)(type->ram_max / MIB));
        return false;
    }
    if (!bus_init_arena(&m->bus, (size_t)(ARM_CPU_MEMORY + m->ram_size + of_devices))) {
        error_report("%s: the host has not enough memory for %llu MiB of RAM and %llu MiB of "
                     "flash: use a smaller -m",
                     type->name, (unsigned long long)(m->ram_size / MIB),
                     (unsigned long long)(of_devices / MIB));
        return false;
    }
    m->cpu = arm_cpu_new(&m->bus, &cpu);
    if (!m->cpu) {
        error_report("-cpu %s: the host has no memory left for it: close other programs",
                     cpu.model);
        return false;
    }
    m->ram = bus_alloc(&m->bus, (size_t)m->ram_size);
    m->ram_region = (BusRegion){ .name = "ram",
                                 .base = type->ram_base,
                                 .size = m->ram_size,
                                 .host = m->ram,
                                 .direct = true,
                                 .writable = true };
    return make_devices(m, config) && (map_all(m) || no_memory(type)) && plug_cards(m, config);
}

Machine *machine_new(const MachineType *type, const MachineConfig *config)
{
    Machine *m = calloc(1, sizeof *m);
    if (!m) {
        no_memory(type);
        return NULL;
    }
    m->type = type;
    m->ram_size = config->ram_size;
    m->reset_requested = config->reset_requested;
    m->opaque = config->opaque;
    if (!make_machine(m, config)) {
        machine_free(m);
        return NULL;
    }
    return m;
}

void machine_free(Machine *m)
{
    if (m->cpu) {
        arm_cpu_free(m->cpu);
    }
    if (m->pci) {
        pci_free(m->pci);
    }
    bus_free(&m->bus);
    for (unsigned i = 0; i < m->device_count; i++) {
        if (m->devices[i]->type->free) {
            m->devices[i]->type->free(m->devices[i]);
        }
        free(m->devices[i]);
    }
    free(m->windows);
    free(m);
}

void machine_reset(Machine *m)
{
    for (unsigned i = 0; i < m->device_count; i++) {
        m->devices[i]->type->reset(m->devices[i]);
    }
    arm_cpu_reset(m->cpu);
}

void machine_poll(Machine *m)
{
    for (unsigned i = 0; i < m->device_count; i++) {
        if (m->devices[i]->type->poll) {
            m->devices[i]->type->poll(m->devices[i]);
        }
    }
}

bool machine_can_wake(const Machine *m, bool more_input)
{
    /* The inputs of each device, and last of the CPU, that may rise. Wires lead to later rows, so a
     * device's are complete when its turn comes. */
    uint32_t raised[MACHINE_MAX_DEVICES + 1] = { 0 };
    for (unsigned i = 0; i < m->device_count; i++) {
        const Device *d = m->devices[i];
        uint32_t out = d->type->can_raise ? d->type->can_raise(d, raised[i], more_input) : 0;
        for (unsigned w = 0; w < MACHINE_MAX_WIRES && out; w++) {
            const MachineWire *wire = &m->type->devices[i].out[w];
            uint32_t mask = (UINT32_C(1) << wire->count) - 1;
            if (out & mask) {
                raised[machine_find_row(m, wire->to)] |= (out & mask) << wire->input;
            }
            out >>= wire->count;
        }
    }
    return (raised[m->device_count] & arm_cpu_wakers(m->cpu)) != 0;
}

bool machine_has_output(const Machine *m)
{
    bool sent = false;
    for (unsigned i = 0; i < m->device_count; i++) {
        sent = sent || m->devices[i]->has_output;
    }
    return sent;
}

static uint64_t digest_of(Machine *m, const uint8_t *ram, size_t ram_size)
{
    uint64_t digest = arm_cpu_digest(m->cpu, VM_DIGEST_START);
    for (unsigned i = 0; i < m->device_count; i++) {
        digest = vmstate_digest(digest, m->devices[i]->type->state, m->devices[i]);
    }
    digest = vmstate_digest_bytes(digest, ram, ram_size);
    for (unsigned i = 0; i < m->device_count; i++) {
        Device *d = m->devices[i];
        digest = d->type->digest ? d->type->digest(d, digest) : digest;
    }
    return digest;
}

uint64_t machine_digest(Machine *m)
{
    pages_read(&m->ram_region, 0, m->ram_size);
    return digest_of(m, m->ram, (size_t)m->ram_size);
}

uint64_t machine_digest_devices(Machine *m)
{
    uint8_t size[8];
    st64_p(size, m->ram_size);
    return digest_of(m, size, sizeof size);
}

/* What a loaded state's machine must be like. */
static void save_kind(const Machine *m, VMWriter *w)
{
    size_t begin = vmstate_begin(w, "machine", NULL);
    vmstate_put_string(w, m->type->name);
    vmstate_put_string(w, arm_cpu_model(m->cpu));
    vmstate_put(w, m->ram_size, 8);
    vmstate_end(w, begin);
}

static bool load_kind(const Machine *m, VMReader *r)
{
    size_t outside;
    if (!vmstate_enter(r, "machine", NULL, &outside) ||
        !vmstate_expect_string(r, "-M", m->type->name) ||
        !vmstate_expect_string(r, "-cpu", arm_cpu_model(m->cpu))) {
        return false;
    }
    uint64_t ram_size = vmstate_get(r, 8);
    if (ram_size != m->ram_size) {
        return vmstate_fail(r, "-m is %llu MiB there, %llu here",
                            (unsigned long long)(ram_size >> 20),
                            (unsigned long long)(m->ram_size >> 20));
    }
    return vmstate_leave(r, "machine", outside);
}

static void save_device(const Device *d, VMWriter *w)
{
    size_t begin = vmstate_begin(w, d->name, d->type->state);
    vmstate_put(w, d->has_output, 1);
    vmstate_save(w, d->type->state, d);
    if (d->type->save) {
        d->type->save(d, w);
    }
    vmstate_end(w, begin);
}

static bool load_device(Device *d, VMReader *r)
{
    size_t outside;
    if (!vmstate_enter(r, d->name, d->type->state, &outside)) {
        return false;
    }
    d->has_output = vmstate_get(r, 1) != 0;
    bool good = vmstate_load(r, d->type->state, d) && (!d->type->load || d->type->load(d, r)) &&
                (!d->type->loaded || d->type->loaded(d));
    if (!good) {
        return vmstate_fail(r, "%s is invalid", d->name);
    }
    return vmstate_leave(r, d->name, outside);
}

static bool load_cpu(ARMCPU *cpu, VMReader *r)
{
    size_t outside;
    return vmstate_enter(r, "cpu", arm_cpu_state, &outside) &&
           (arm_cpu_load(cpu, r) || vmstate_fail(r, "the CPU is invalid")) &&
           vmstate_leave(r, "cpu", outside);
}

/* The nth region of memory: RAM, or a device's. NULL: there are fewer. */
static BusRegion *memory_region(Machine *m, unsigned n)
{
    if (n == 0) {
        return &m->ram_region;
    }
    for (unsigned i = 0; i < m->device_count; i++) {
        if (m->devices[i]->type->memory && --n == 0) {
            return &m->devices[i]->region;
        }
    }
    return NULL;
}

static void save_memory(Machine *m, VMWriter *w)
{
    BusRegion *region;
    for (unsigned n = 0; (region = memory_region(m, n)) != NULL; n++) {
        size_t begin = vmstate_begin(w, region->name, NULL);
        packed_save(region, w);
        vmstate_end(w, begin);
    }
}

void machine_save(Machine *m, VMWriter *w)
{
    save_kind(m, w);
    size_t begin = vmstate_begin(w, "cpu", arm_cpu_state);
    arm_cpu_save(m->cpu, w);
    vmstate_end(w, begin);
    for (unsigned i = 0; i < m->device_count; i++) {
        save_device(m->devices[i], w);
    }
    if (w->memory) {
        save_memory(m, w);
    }
}

/* Nothing but memory is left to be read. */
static bool load_memory(Machine *m, VMReader *r)
{
    Packed *packed[MACHINE_MAX_DEVICES + 1] = { NULL };
    BusRegion *region;
    size_t outside;
    unsigned n = 0;
    for (; !r->failed && (region = memory_region(m, n)) != NULL; n++) {
        if (vmstate_enter(r, region->name, NULL, &outside)) {
            packed[n] = packed_load(r, region);
            (void)vmstate_leave(r, region->name, outside);
        }
    }
    if (r->left || r->memory_left) {
        (void)vmstate_fail(r, "is longer than it should be");
    }
    while (n-- > 0) {
        region = memory_region(m, n);
        if (r->failed) {
            packed_free(packed[n]);
        } else {
            packed_install(&m->bus, region, packed[n], r->fresh && n == 0);
        }
    }
    return !r->failed;
}

bool machine_load(Machine *m, VMReader *r)
{
    bool good = load_kind(m, r) && load_cpu(m->cpu, r);
    for (unsigned i = 0; good && i < m->device_count; i++) {
        good = load_device(m->devices[i], r);
    }
    return good && (!r->memory || load_memory(m, r));
}
