/* SPDX-License-Identifier: MIT */
/* Pages whose bytes come later, and logs of what they were: random writes against whole copies of
 * memory. */
#include "bus/pages.h"

#include <stdlib.h>
#include <string.h>

#include "bus/dma.h"
#include "bus/packed.h"
#include "tests/unit/tap.h"

#define PAGES 300u
#define SIZE  (PAGES * BUS_PAGE_SIZE)
#define BASE  0x10000000u

static Bus bus;
static BusRegion ram, rom;

static uint32_t next_random(void)
{
    static uint64_t seed = 1;
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 32);
}

static bool start(void)
{
    bus = (Bus){ .count = 0 };
    if (!ok(bus_init_arena(&bus, 2 * SIZE), "memory")) {
        return false;
    }
    ram = (BusRegion){ .name = "ram", .base = 0, .size = SIZE, .direct = true, .writable = true };
    rom = (BusRegion){ .name = "rom", .base = BASE, .size = SIZE, .direct = true };
    ram.host = bus_alloc(&bus, SIZE);
    rom.host = bus_alloc(&bus, SIZE);
    return ok(bus_map(&bus, &ram) && bus_map(&bus, &rom), "RAM and ROM");
}

/* Writes in all the ways that there are but the engine's. */
static void write_some(unsigned count)
{
    uint8_t bytes[3 * BUS_PAGE_SIZE];
    for (; count > 0; count--) {
        uint32_t at = next_random() % SIZE, n = next_random() % sizeof bytes;
        memset(bytes, (int)next_random() & 0xff, sizeof bytes);
        n = n < SIZE - at ? n : SIZE - at;
        switch (next_random() % 4) {
        case 0: bus_region_write(&ram, at & ~UINT32_C(3), next_random(), 4); break;
        case 1: (void)dma_write(&bus, at, bytes, n); break;
        case 2: (void)bus_load(&bus, BASE + at, bytes, n); break;
        default: bus_region_write(&ram, at & ~UINT32_C(7), 0, 8); break;
        }
    }
}

typedef struct Copy {
    uint8_t ram[SIZE], rom[SIZE];
} Copy;

/* A copy of what is there; the caller frees it. */
static Copy *copy(void)
{
    Copy *c = malloc(sizeof *c);
    pages_read(&ram, 0, SIZE);
    pages_read(&rom, 0, SIZE);
    memcpy(c->ram, ram.host, SIZE);
    memcpy(c->rom, rom.host, SIZE);
    return c;
}

static bool is_copy(const Copy *c)
{
    pages_read(&ram, 0, SIZE);
    pages_read(&rom, 0, SIZE);
    return memcmp(c->ram, ram.host, SIZE) == 0 && memcmp(c->rom, rom.host, SIZE) == 0;
}

/* -- Logs -- */

static void test_logs(void)
{
    enum { LOGS = 6 };
    PageLog logs[LOGS] = { { 0 } };
    Copy *copies[LOGS];
    if (!start()) {
        return;
    }
    write_some(50);
    ok(pages_open(&ram, 0) && !ram.pages, "without a log nothing is kept");
    for (unsigned i = 0; i < LOGS; i++) {
        copies[i] = copy();
        ok(pages_log(&bus, &logs[i]), "log %u begins", i);
        ok(!pages_open(&ram, 0) && !pages_open(&rom, SIZE - 1), "and all pages are clean");
        write_some(20);
        ok(logs[i].count > 10 && logs[i].count < 150, "it has the pages that were written: %u",
           (unsigned)logs[i].count);
    }
    for (unsigned i = 0; i < 3; i++) {
        pages_undo(&bus, &logs[LOGS - 1]);
        ok(is_copy(copies[LOGS - 1]) && logs[LOGS - 1].count == 0, "back to the last, %u", i);
        write_some(30);
    }
    pages_join(&bus, &logs[LOGS - 2], &logs[LOGS - 1]);
    write_some(30);
    pages_undo(&bus, &logs[LOGS - 2]);
    ok(is_copy(copies[LOGS - 2]), "two joined, then more writes: back to the first of both");
    pages_join(&bus, &logs[1], &logs[2]);
    write_some(10);
    for (unsigned i = LOGS - 2; i < LOGS; i--) { /* down to 0 */
        if (i != 2) {
            pages_undo(&bus, &logs[i]);
            ok(is_copy(copies[i]), "back to log %u", i);
        }
    }
    write_some(10);
    ok(pages_log(&bus, NULL) && pages_open(&ram, 0) && pages_open(&rom, 0), "without a log again");
    write_some(10);
    for (unsigned i = 0; i < LOGS; i++) {
        pages_forget(&logs[i]);
        free(copies[i]);
    }
    bus_free(&bus);
}

/* -- Packed memory -- */

/* Saves both regions. */
static void save(VMWriter *w, VMWriter *memory)
{
    *memory = (VMWriter){ 0 };
    *w = (VMWriter){ .memory = memory };
    packed_save(&ram, w);
    packed_save(&rom, w);
}

static bool load(const VMWriter *w, const VMWriter *memory, bool zeroed)
{
    VMReader r = {
        .bytes = w->bytes, .left = w->len, .memory = memory->bytes, .memory_left = memory->len
    };
    Packed *of_ram = packed_load(&r, &ram), *of_rom = packed_load(&r, &rom);
    if (!of_ram || !of_rom || r.left || r.memory_left) {
        packed_free(of_ram);
        packed_free(of_rom);
        return false;
    }
    packed_install(&bus, &ram, of_ram, zeroed);
    packed_install(&bus, &rom, of_rom, zeroed);
    return true;
}

static void test_packed(void)
{
    VMWriter w, memory, w2, memory2;
    if (!start()) {
        return;
    }
    write_some(40);
    Copy *c = copy();
    save(&w, &memory);
    ok(!w.failed && memory.len < SIZE, "memory is packed into %u bytes", (unsigned)memory.len);
    write_some(40);
    ok(load(&w, &memory, false), "it is loaded");
    is_u32((uint32_t)bus_region_read(&ram, 0x1230, 4), ld32_p(c->ram + 0x1230), "a word of it");
    unsigned absent = 0;
    for (unsigned i = 0; i < PAGES; i++) {
        absent += ram.pages->flags[i] & PAGE_ABSENT;
    }
    ok(absent >= PAGES - 2, "most of it is still to come: %u pages", absent);
    for (unsigned i = 0; i < 20; i++) { /* by DMA, with other pages of the group around */
        uint8_t bytes[5000];
        uint32_t at = next_random() % (SIZE - sizeof bytes);
        (void)dma_read(&bus, at, bytes, sizeof bytes);
        if (memcmp(bytes, c->ram + at, sizeof bytes) != 0) {
            ok(false, "DMA from %x", (unsigned)at);
        }
    }
    save(&w2, &memory2);
    ok(w2.len == w.len && memcmp(w2.bytes, w.bytes, w.len) == 0 && memory2.len == memory.len &&
           memcmp(memory2.bytes, memory.bytes, memory.len) == 0,
       "saved again, it is the same");
    ok(is_copy(c), "and all of it is as it was");
    ok(load(&w, &memory, false), "loaded again");
    bus_region_write(&ram, 0x2000, 0x12345678, 4);
    st32_p(c->ram + 0x2000, 0x12345678);
    ok(is_copy(c), "a page that was written first is fetched before");
    bus_free(&bus);
    if (start()) {
        st32_p(c->ram + 0x2000, ld32_p(c->ram + 0x2000));
        ok(load(&w2, &memory2, true), "into memory that has only zeros");
        pages_read(&ram, 0, SIZE);
        st32_p(ram.host + 0x2000, 0x12345678);
        ok(is_copy(c), "it is the same");
        bus_free(&bus);
    }
    free(w.bytes);
    free(memory.bytes);
    free(w2.bytes);
    free(memory2.bytes);
    free(c);
}

/* A log of memory that is still packed. */
static void test_both(void)
{
    VMWriter w, memory;
    PageLog log = { 0 };
    if (!start()) {
        return;
    }
    write_some(40);
    Copy *c = copy();
    save(&w, &memory);
    ok(load(&w, &memory, false) && pages_log(&bus, &log), "a log of what is packed");
    for (unsigned i = 0; i < 3; i++) {
        write_some(15);
        pages_undo(&bus, &log);
    }
    ok(is_copy(c), "leads back to what was packed");
    (void)pages_log(&bus, NULL);
    pages_forget(&log);
    bus_free(&bus);
    free(w.bytes);
    free(memory.bytes);
    free(c);
}

/* Lists that are wrong are refused; packed bytes that are, read as zeros. */
static void test_damaged(void)
{
    VMWriter w, memory;
    if (!start()) {
        return;
    }
    write_some(40);
    save(&w, &memory);
    unsigned refused = 0, loaded = 0;
    for (unsigned i = 0; i < 500; i++) {
        size_t at = next_random() % w.len;
        uint8_t was = w.bytes[at];
        w.bytes[at] ^= (uint8_t)(1u << next_random() % 8);
        if (load(&w, &memory, false)) { /* of another page, or at another place */
            loaded++;
            pages_read(&ram, 0, SIZE);
            pages_read(&rom, 0, SIZE);
        } else {
            refused++;
        }
        w.bytes[at] = was;
    }
    ok(refused > 100 && refused + loaded == 500, "wrong bits in the lists: %u are refused",
       refused);
    uint32_t first = ld32_p(w.bytes);
    st32_p(w.bytes, ld32_p(w.bytes + 4));
    ok(!load(&w, &memory, false), "a page that is twice in the list");
    st32_p(w.bytes, first);
    ok(load(&w, &memory, false), "as it was");
    w.len--;
    ok(!load(&w, &memory, false), "a list that is cut off");
    w.len++;
    memory.len--;
    ok(!load(&w, &memory, false), "memory that is cut off");
    memory.len++;
    memset(memory.bytes, 0xff, memory.len);
    ok(load(&w, &memory, false), "what is no DEFLATE is loaded");
    pages_read(&ram, 0, SIZE);
    unsigned set = 0;
    for (unsigned i = 0; i < SIZE; i++) {
        set += ram.host[i] != 0;
    }
    is_u32(set, 0, "and is zero");
    bus_free(&bus);
    free(w.bytes);
    free(memory.bytes);
}

int main(void)
{
    test_logs();
    test_packed();
    test_both();
    test_damaged();
    return done_testing();
}
