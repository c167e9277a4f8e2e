/* SPDX-License-Identifier: MIT */
/* virtio: queues that are right, queues that are not, and the devices behind them, over PCI. */
#include <stdlib.h>

#include "tests/unit/virtio_driver.h"

#define SIZE    8 /* of the queue */
#define DESC    0x10000u
#define AVAIL   0x11000u
#define USED    0x12000u
#define DATA    0x20000u
#define SECTORS 8192u

static uint16_t avail_idx;
static char path[256];

static bool random_bytes(void *opaque, uint8_t *bytes, size_t n)
{
    (void)opaque;
    memset(bytes, 0x5a, n);
    return true;
}

/* -- The driver -- */

/* Makes the chain that starts at descriptor `head` available, and notifies the queue. */
static void submit(unsigned head)
{
    st16_p(at(AVAIL) + 4 + 2 * (size_t)(avail_idx % SIZE), head);
    st16_p(at(AVAIL) + 2, ++avail_idx);
    wr(0x3000, 0, 2);
}

static unsigned used_idx(void)
{
    return ld16_p(at(USED) + 2);
}

static uint32_t used_len(void)
{
    return ld32_p(at(USED) + 4 + 8 * (size_t)((used_idx() - 1) % SIZE) + 4);
}

/* Resets the device and sets it up, as a driver of version 1 that takes these features. */
static void start(uint32_t features)
{
    memset(ram.host, 0, RAM_SIZE);
    avail_idx = 0;
    wr(0x14, 0, 1);
    wr(0x14, VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER, 1);
    wr(0x08, 0, 4);
    wr(0x0c, features, 4);
    wr(0x08, 1, 4);
    wr(0x0c, 1, 4);
    wr(0x14, VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER | VIRTIO_FEATURES_OK, 1);
    wr(0x16, 0, 2);
    wr(0x18, SIZE, 2);
    wr(0x20, DESC, 4);
    wr(0x28, AVAIL, 4);
    wr(0x30, USED, 4);
    wr(0x1c, 1, 2);
    wr(0x14, VIRTIO_ACKNOWLEDGE | VIRTIO_DRIVER | VIRTIO_FEATURES_OK | VIRTIO_DRIVER_OK, 1);
}

/* -- Random numbers: the rings -- */

static void test_features(void)
{
    wr(0x14, 0, 1);
    is_u32(rd(0x12, 2), 1, "one queue");
    wr(0x00, 0, 4);
    is_u32(rd(0x04, 4), 0x30000000, "INDIRECT_DESC, EVENT_IDX");
    wr(0x00, 1, 4);
    is_u32(rd(0x04, 4), 1, "VERSION_1");
    wr(0x08, 0, 4);
    wr(0x0c, 0x40000000, 4);
    wr(0x14, 3 | VIRTIO_FEATURES_OK, 1);
    is_u32(rd(0x14, 1), 3, "no FEATURES_OK for a feature that is not offered");
    wr(0x0c, 0, 4);
    wr(0x14, 3 | VIRTIO_FEATURES_OK, 1);
    is_u32(rd(0x14, 1), 3, "nor without VERSION_1");
    is_u32(rd(0x18, 2), SIZE, "the queue's largest size");
    wr(0x18, SIZE + 1, 2);
    is_u32(rd(0x18, 2), SIZE, "a larger one is not taken");
    wr(0x16, 1, 2);
    is_u32(rd(0x18, 2), 0, "there is no second queue");
    is_u32(rd(0x2000, 4), 0xffffffff, "no configuration");
}

static void test_queue(void)
{
    start(0);
    descriptor(DESC, 0, DATA, 100, WRITE | NEXT, 3);
    descriptor(DESC, 3, DATA + 0x1000, 28, WRITE, 0);
    submit(0);
    ok(used_idx() == 1 && used_len() == 128, "a request of two buffers");
    ok(*at(DATA + 99) == 0x5a && *at(DATA + 100) == 0 && *at(DATA + 0x101b) == 0x5a &&
           *at(DATA + 0x101c) == 0,
       "all of them is filled, and nothing else");
    ok(line && rd(0x1000, 1) == VIRTIO_ISR_QUEUE, "an interrupt");
    ok(!line && rd(0x1000, 1) == 0, "reading its status ends it");
    st16_p(at(AVAIL), 1);
    submit(3);
    ok(used_idx() == 2 && used_len() == 28 && !line, "no interrupt when the driver wants none");
    for (unsigned i = 0; i < 3 * SIZE; i++) {
        submit(3);
    }
    is_u32(used_idx(), 2 + 3 * SIZE, "the rings go round");

    start(0x30000000);
    descriptor(DESC, 0, DATA, 16, WRITE, 0);
    submit(0);
    is_u32(ld16_p(at(USED) + 4 + 8 * SIZE), 1, "EVENT_IDX: avail_event says when to notify");
    ok(line && rd(0x1000, 1), "the first request interrupts");
    st16_p(at(AVAIL) + 4 + 2 * SIZE, 3); /* used_event */
    submit(0);
    submit(0);
    ok(!line, "the next ones do not, before used_event");
    submit(0);
    ok(line && rd(0x1000, 1), "the one at used_event does");
    descriptor(DESC, 1, 0x13000, 48, INDIRECT, 0);
    descriptor(0x13000, 0, DATA, 5, WRITE | NEXT, 2);
    descriptor(0x13000, 2, DATA + 8, 6, WRITE, 0);
    submit(1);
    ok(used_idx() == 5 && used_len() == 11 && !is_broken(), "an indirect table");
    descriptor(DESC, 2, DATA, 7, WRITE | NEXT, 1);
    submit(2);
    ok(used_idx() == 6 && used_len() == 18 && !is_broken(), "a descriptor, then a table");
}

/* A chain that a driver must not make: the device stops, interrupts, and works after a reset. */
static void breaks(const char *what)
{
    unsigned before = used_idx();
    submit(0);
    ok(is_broken() && used_idx() == before, "%s", what);
    ok(line && rd(0x1000, 1) == VIRTIO_ISR_CONFIG, "%s: the driver is told", what);
    submit(0);
    ok(used_idx() == before, "%s: and nothing more is done", what);
    start(0x30000000);
    descriptor(DESC, 0, DATA, 16, WRITE, 0);
    submit(0);
    ok(!is_broken() && used_idx() == 1, "%s: until a reset", what);
    (void)rd(0x1000, 1);
}

static void test_hostile(void)
{
    start(0x30000000);
    descriptor(DESC, 0, DATA, 16, WRITE | NEXT, 0);
    breaks("a chain that leads to itself");
    descriptor(DESC, 0, DATA, 16, WRITE | NEXT, SIZE);
    descriptor(DESC, SIZE, DATA, 16, WRITE, 0);
    breaks("a next descriptor outside of the table");
    descriptor(DESC, 0, DATA, 0, WRITE, 0);
    breaks("a buffer of 0 bytes");
    descriptor(DESC, 0, RAM_BASE + RAM_SIZE - 8, 16, WRITE, 0);
    breaks("a buffer over the end of RAM");
    descriptor(DESC, 0, 0, 16, WRITE, 0);
    breaks("a buffer outside of RAM");
    descriptor(DESC, 0, UINT64_MAX - 7, 16, WRITE, 0);
    breaks("a buffer over the end of all addresses");
    descriptor(DESC, 0, DATA, 0xffffffff, WRITE, 0);
    breaks("a buffer of 4 GiB");
    descriptor(DESC, 0, BAR, 16, WRITE, 0);
    breaks("a buffer in registers");
    descriptor(DESC, 0, DATA, 16, WRITE | NEXT, 1);
    descriptor(DESC, 1, DATA, 16, 0, 0);
    breaks("a readable buffer after a writable one");
    descriptor(DESC, 0, 0x13000, 40, INDIRECT, 0);
    breaks("an indirect table of half a descriptor");
    descriptor(DESC, 0, 0x13000, 32, INDIRECT, 0);
    descriptor(0x13000, 0, 0x13000, 32, INDIRECT, 0);
    breaks("an indirect table in another");
    descriptor(DESC, 0, 0, 32, INDIRECT, 0);
    breaks("an indirect table outside of RAM");
    st16_p(at(AVAIL) + 4, 0xffff);
    avail_idx = 0;
    st16_p(at(AVAIL) + 2, SIZE + 1);
    wr(0x3000, 0, 2);
    ok(is_broken(), "an index too far ahead");

    start(0);
    descriptor(DESC, SIZE, DATA, 16, WRITE, 0);
    st16_p(at(AVAIL) + 4, SIZE);
    st16_p(at(AVAIL) + 2, 1);
    wr(0x3000, 0, 2);
    ok(is_broken(), "a head outside of the table");
    static const uint32_t fields[] = { 0x20, 0x28, 0x30 };
    for (unsigned i = 0; i < 3; i++) {
        start(0);
        wr(fields[i], BAR, 4);
        descriptor(DESC, 0, DATA, 16, WRITE, 0);
        submit(0);
        ok(is_broken(), "ring part %u in registers", i);
        start(0);
        wr(fields[i] + 4, 0xffffffff, 4);
        submit(0);
        ok(is_broken(), "ring part %u at the end of all addresses", i);
    }
    start(0);
    descriptor(DESC, 0, DATA, 16, WRITE, 0);
    pci_config_write(&bus, slot * 8, PCI_COMMAND, PCI_COMMAND_MEMORY, 2);
    submit(0);
    ok(is_broken() && used_idx() == 0, "no bus master: no access");
    pci_config_write(&bus, slot * 8, PCI_COMMAND, PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER, 2);
    wr(0x14, 0, 1);
    wr(0x3000, 0, 2);
    wr(0x3004, 0, 2);
    wr(0x3ffc, 0, 4);
    ok(!is_broken(), "notifications of a queue that is not set up, and of none");
}

static void test_rate(void)
{
    static const VirtioProperties slow = { .random = random_bytes, .max_bytes = 40, .period = 10 };
    plug(&virtio_rng_pci_type, NULL, &slow);
    start(0);
    descriptor(DESC, 0, DATA, 30, WRITE, 0);
    submit(0);
    submit(0);
    submit(0);
    ok(used_idx() == 2 && used_len() == 10, "40 bytes in a period");
    fake_clock_advance(&fake, 10 * NS_PER_MS);
    ok(used_idx() == 3 && used_len() == 30, "the next period gives more");
    unplug();
}

/* -- The disk -- */

static Block *open_image(bool read_only)
{
    BlockConfig config = { .option = "-drive", .path = path, .raw = true, .read_only = read_only };
    return block_open(&config);
}

/* Submits a request of `type` with n bytes at DATA. Returns its status. */
static unsigned request(uint32_t type, uint64_t sector, uint32_t n, bool write)
{
    uint8_t *header = at(0x14000);
    st32_p(header, type);
    st32_p(header + 8, (uint32_t)sector);
    st32_p(header + 12, (uint32_t)(sector >> 32));
    *at(0x14100) = 0xff;
    descriptor(DESC, 0, 0x14000, 16, NEXT, n ? 1 : 2);
    descriptor(DESC, 1, DATA, n, (write ? WRITE : 0) | NEXT, 2);
    descriptor(DESC, 2, 0x14100, 1, WRITE, 0);
    submit(0);
    return *at(0x14100);
}

static void test_blk(Block *b)
{
    uint8_t sector[512];
    start(0x6e54);
    is_u32(rd(0x2000, 4), SECTORS, "capacity");
    is_u32(rd(0x2014, 4), 512, "block size");
    is_u32(rd(0x200c, 4), 0xfe, "segments of a request");
    is_u32(rd(0x2010, 4), 0x3f100008, "geometry");
    is_u32(rd(0x2038, 1), 1, "the last byte of the configuration");
    is_u32(rd(0x2038, 4), 0xffffffff, "nothing after it");
    memset(at(DATA), 0x11, 1024);
    is_u32(request(1, 7, 1024, false), 0, "write");
    is_u32(used_len(), 1, "which gives one byte back");
    ok(block_read(b, 8 * 512, sector, 512) && sector[0] == 0x11 && sector[511] == 0x11, "is there");
    memset(at(DATA), 0, 1024);
    is_u32(request(0, 8, 512, true), 0, "read");
    ok(*at(DATA) == 0x11 && *at(DATA + 511) == 0x11 && *at(DATA + 512) == 0 && used_len() == 513,
       "one sector and the status");
    is_u32(request(4, 0, 0, false), 0, "flush");
    is_u32(request(8, 0, 20, true), 0, "get ID");
    ok(memcmp(at(DATA), "serial-1", 9) == 0, "the serial number");
    is_u32(request(0, SECTORS - 1, 1024, true), 1, "a read over the end fails");
    is_u32(request(0, UINT64_MAX, 512, true), 1, "and one far away");
    is_u32(request(1, UINT64_MAX / 512, 512, false), 1, "a write whose offset overflows");
    is_u32(request(1, 0, 100, false), 1, "half a sector");
    is_u32(request(99, 0, 512, true), 2, "an unknown request");
    st32_p(at(DATA), 7);
    st32_p(at(DATA) + 4, 0);
    st32_p(at(DATA) + 8, 2);
    st32_p(at(DATA) + 12, 0);
    is_u32(request(13, 0, 16, false), 0, "write zeroes");
    ok(block_read(b, 8 * 512, sector, 512) && sector[0] == 0 && sector[511] == 0, "they are there");
    is_u32(request(11, 0, 16, false), 0, "discard");
    st32_p(at(DATA) + 12, 2);
    is_u32(request(13, 0, 16, false), 2, "an unknown flag");
    st32_p(at(DATA), SECTORS - 1);
    st32_p(at(DATA) + 12, 0);
    is_u32(request(13, 0, 16, false), 1, "zeroes over the end");
    is_u32(request(11, 0, 16, false), 1, "a discard over the end");
    wr(0x2000, 1, 4);
    is_u32(rd(0x2000, 4), SECTORS, "the driver cannot write the capacity");
    wr(0x2020, 0, 1);
    is_u32(rd(0x2020, 1), 0, "but the cache's mode");
    descriptor(DESC, 0, DATA, 8, NEXT, 2);
    submit(0);
    ok(is_broken(), "a request without a whole header breaks it");
    start(0);
    descriptor(DESC, 0, DATA, 16, 0, 0);
    submit(0);
    ok(is_broken(), "and one without a place for the status");
}

/* The state is saved in the middle, and loaded into a device that has been used. */
/* A queue that asks for much does not stop the guest. */
static void test_share(void)
{
    enum { T_WRITE_ZEROES = 13 };
    start(0x6e54);
    st32_p(at(DATA + 8), SECTORS); /* from sector 0 on */
    is_u32(request(T_WRITE_ZEROES, 0, 16, false), 0, "4 MiB of zeroes");
    for (unsigned i = 0; i < 5; i++, avail_idx++) {
        st16_p(at(AVAIL) + 4 + 2 * (size_t)(avail_idx % SIZE), 0);
    }
    st16_p(at(AVAIL) + 2, avail_idx);
    wr(0x3000, 0, 2);
    is_u32(used_idx(), 5, "of 20 MiB, 16 are done at once");
    wr(0x3000, 0, 2);
    is_u32(used_idx(), 5, "another notification does not go on");
    ok(pci_can_raise(&bus, false) != 0, "the device goes on by itself");
    fake_clock_advance(&fake, NS_PER_MS);
    ok(used_idx() == 6 && pci_can_raise(&bus, false) != 0, "the rest is done a millisecond later");
    (void)rd(0x1000, 1);
    is_u32(pci_can_raise(&bus, false), 0, "then it rests");
}

static void test_state(void)
{
    VMWriter w = { 0 };
    start(0x30000000);
    request(0, 0, 512, true);
    request(0, 1, 512, true);
    uint64_t digest = pci_digest(&bus, VM_DIGEST_START);
    pci_save(&bus, &w);
    uint8_t *copy = malloc(RAM_SIZE);
    memcpy(copy, ram.host, RAM_SIZE);
    start(0);
    ok(pci_digest(&bus, VM_DIGEST_START) != digest, "another state");
    memcpy(ram.host, copy, RAM_SIZE);
    VMReader r = { .bytes = w.bytes, .left = w.len };
    ok(pci_load(&bus, &r) && r.left == 0 && pci_digest(&bus, VM_DIGEST_START) == digest, "loaded");
    avail_idx = 2;
    ok(request(0, 2, 512, true) == 0 && used_idx() == 3, "it goes on where it was");
    for (size_t n = 0; n < w.len; n += 7) {
        uint8_t *damaged = malloc(w.len);
        memcpy(damaged, w.bytes, w.len);
        damaged[n] ^= 0xff;
        r = (VMReader){ .bytes = damaged, .left = w.len };
        (void)pci_load(&bus, &r); /* whatever it holds, the device survives it */
        wr(0x3000, 0, 2);
        free(damaged);
    }
    start(0);
    ok(request(0, 2, 512, true) == 0, "a reset helps after damaged states");
    free(copy);
    free(w.bytes);
}

static void test_read_only(void)
{
    Block *b = open_image(true);
    plug(&virtio_blk_pci_type, b, NULL);
    wr(0x00, 0, 4);
    is_u32(rd(0x04, 4) & 0x20, 0x20, "read-only: the feature");
    start(0x20);
    is_u32(request(1, 0, 512, false), 1, "a write fails");
    is_u32(request(0, 0, 512, true), 0, "a read does not");
    unplug();
    block_close(b);
}

static void test_legacy(void)
{
    uint32_t value = 0;
    Block *b = open_image(false);
    plug(&virtio_blk_pci_type, b, NULL);
    pci_config_write(&bus, slot * 8, PCI_BAR, 0x1000, 4);
    pci_config_write(&bus, slot * 8, PCI_COMMAND, PCI_COMMAND_IO, 2);
    memset(ram.host, 0, RAM_SIZE);
    ok(pci_read(&bus, PCI_IO, 0x1000, 4, &value), "the legacy interface");
    is_u32(value, 0x79006e54, "its features");
    pci_write(&bus, PCI_IO, 0x1012, 0, 1);
    pci_write(&bus, PCI_IO, 0x1012, 3, 1);
    is_u32(pci_config_read(&bus, slot * 8, PCI_COMMAND, 2), PCI_COMMAND_IO | PCI_COMMAND_MASTER,
           "an old driver becomes a bus master");
    pci_read(&bus, PCI_IO, 0x100c, 2, &value);
    is_u32(value, 256, "the queue's size");
    pci_write(&bus, PCI_IO, 0x1008, RAM_BASE >> 12, 4);
    pci_write(&bus, PCI_IO, 0x1012, 7, 1);
    st32_p(at(0x14000), 0);
    descriptor(RAM_BASE, 0, 0x14000, 16, NEXT, 1);
    descriptor(RAM_BASE, 1, DATA, 513, WRITE, 0);
    st16_p(at(RAM_BASE) + 16 * 256 + 2, 1);
    pci_write(&bus, PCI_IO, 0x1010, 0, 2);
    is_u32(ld16_p(at(RAM_BASE + 0x2000) + 2), 1, "a request, with any layout");
    pci_read(&bus, PCI_IO, 0x1013, 1, &value);
    is_u32(value, 1, "the interrupt's status");
    pci_read(&bus, PCI_IO, 0x1014, 4, &value);
    is_u32(value, SECTORS, "the configuration follows the header");
    pci_write(&bus, PCI_IO, 0x1008, 0, 4);
    pci_read(&bus, PCI_IO, 0x1012, 1, &value);
    is_u32(value, 0, "queue address 0 resets the device");
    unplug();
    block_close(b);
}

int main(void)
{
    static const VirtioProperties plain = { .random = random_bytes, .serial = "serial-1" };
    const char *tmp = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/tqemu-test-virtio-%p", tmp ? tmp : "/tmp", (void *)&path);
    FILE *f = fopen(path, "wb");
    if (!f || fseek(f, SECTORS * 512 - 1, SEEK_SET) || fputc(0, f) || fclose(f) || !driver_init()) {
        printf("Bail out! no image or memory\n");
        return 1;
    }
    plug(&virtio_rng_pci_type, NULL, &plain);
    test_features();
    test_queue();
    test_hostile();
    unplug();
    test_rate();
    Block *b = open_image(false);
    plug(&virtio_blk_pci_type, b, &plain);
    test_blk(b);
    test_share();
    test_state();
    unplug();
    block_close(b);
    test_read_only();
    test_legacy();
    bus_free(&memory);
    remove(path);
    return done_testing();
}
