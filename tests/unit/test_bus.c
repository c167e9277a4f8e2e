/* SPDX-License-Identifier: MIT */
/* The memory of a bus, and which regions it maps. */
#include "bus/bus.h"
#include "tests/unit/tap.h"

#define PAGE BUS_PAGE_SIZE

#if defined(__SANITIZE_ADDRESS__)
int __asan_address_is_poisoned(void const volatile *p);
#define GUARDED(p) (__asan_address_is_poisoned(p) != 0)
#define GUARD      PAGE
#else
#define GUARDED(p) true
#define GUARD      0u
#endif

static void test_memory(void)
{
    Bus bus = { .count = 0 };
    ok(!bus_init_arena(&bus, (size_t)BUS_MAX_MEMORY + 1) && !bus_alloc(&bus, PAGE),
       "too much memory");
    if (!ok(bus_init_arena(&bus, 5 * PAGE), "five pages")) {
        return;
    }
    ok(!bus_alloc(&bus, PAGE / 2), "only whole pages can be taken");
    uint8_t *one = bus_alloc(&bus, PAGE), *three = bus_alloc(&bus, 3 * PAGE);
    if (!ok(one && three == one + PAGE + GUARD && (uintptr_t)one % PAGE == 0, "one, then three")) {
        return;
    }
    ok(GUARDED(one + PAGE) && GUARDED(three + 3 * PAGE), "a sanitizer sees where they end");
    unsigned set = 0;
    for (unsigned i = 0; i < 3 * PAGE; i++) {
        set += (i < PAGE && one[i] != 0) + (three[i] != 0);
        one[i % PAGE] = three[i] = 0xff;
    }
    ok(set == 0, "they are zero: %u bytes are not", set);
    ok(!bus_alloc(&bus, 2 * PAGE) && bus_alloc(&bus, PAGE), "there is one left, and not two");
    ok(!bus_alloc(&bus, PAGE), "now there is none");
    bus_free(&bus);

    unsigned taken = 0;
    ok(bus_init_arena(&bus, (BUS_MAX_PIECES + 1) * PAGE), "a page more than pieces");
    while (bus_alloc(&bus, PAGE)) {
        taken++;
    }
    ok(taken == BUS_MAX_PIECES, "%u pieces", taken);
    bus_free(&bus);
    ok(!bus_alloc(&bus, PAGE), "nothing is left behind");
}

static void test_regions(void)
{
    static uint8_t others[2 * PAGE] = { 0 };
    Bus bus = { .count = 0 };
    if (!ok(bus_init_arena(&bus, 4 * PAGE), "four pages")) {
        return;
    }
    uint8_t *two = bus_alloc(&bus, 2 * PAGE);
    BusRegion r = { .name = "r", .base = 4 * PAGE, .size = 2 * PAGE, .host = others };
    ok(!bus_map(&bus, &r), "memory that is not the bus's");
    r.host = two + PAGE;
    ok(!bus_map(&bus, &r), "an unmapped page can be mapped");
    r.host = two - PAGE;
    ok(!bus_map(&bus, &r), "one page before it");
    r.host = two + 16;
    ok(!bus_map(&bus, &r), "no whole pages");
    r.host = two;
    ok(bus_map(&bus, &r), "the bus's memory");

    BusRegion s = { .name = "s", .base = 3 * PAGE, .size = 2 * PAGE };
    ok(!bus_map(&bus, &s), "its end overlaps");
    s.base = 5 * PAGE;
    ok(!bus_map(&bus, &s), "its beginning overlaps");
    s.base = 6 * PAGE + 4;
    ok(!bus_map(&bus, &s), "it begins within a page");
    s.base = 6 * PAGE;
    s.size = PAGE + 4;
    ok(!bus_map(&bus, &s), "it ends within a page");
    s.size = 0;
    ok(!bus_map(&bus, &s), "it is empty");
    s.size = PAGE;
    ok(bus_map(&bus, &s), "it is next to the other");
    ok(bus_find(&bus, 6 * PAGE - 1) == &r && bus_find(&bus, 6 * PAGE) == &s &&
           !bus_find(&bus, 4 * PAGE - 1) && !bus_find(&bus, 7 * PAGE),
       "both are found where they are, and nowhere else");

    BusRegion more[BUS_MAX_REGIONS - 1];
    unsigned mapped = 0;
    for (unsigned i = 0; i < BUS_MAX_REGIONS - 1; i++) {
        more[i] = (BusRegion){ .name = "more", .base = (8 + i) * PAGE, .size = PAGE };
        mapped += bus_map(&bus, &more[i]);
    }
    ok(mapped == BUS_MAX_REGIONS - 2 && !bus_find(&bus, more[BUS_MAX_REGIONS - 2].base),
       "%u regions, and no more", BUS_MAX_REGIONS);
    bus_free(&bus);
}

/* A device that notes what it is asked. */
typedef struct Note {
    uint32_t offset, value;
    unsigned size, calls;
} Note;

static uint32_t note_read(void *opaque, uint32_t offset, unsigned size)
{
    *(Note *)opaque = (Note){ offset, 0, size, ((Note *)opaque)->calls + 1 };
    return 0x100 + offset;
}

static void note_write(void *opaque, uint32_t offset, uint32_t value, unsigned size)
{
    *(Note *)opaque = (Note){ offset, value, size, ((Note *)opaque)->calls + 1 };
}

static uint64_t rd(Bus *bus, hwaddr addr, unsigned size)
{
    return bus_region_read(bus_find(bus, addr), addr, size);
}

static void wr(Bus *bus, hwaddr addr, uint64_t value, unsigned size)
{
    bus_region_write(bus_find(bus, addr), addr, value, size);
}

static void test_windows(void)
{
    Bus bus = { .count = 0 };
    Note notes[3] = { { .size = 0 } };
    BusRegion w[3], odd;
    for (unsigned i = 0; i < 3; i++) {
        w[i] = (BusRegion){ .name = "window",
                            .base = 8 * PAGE + (2 - i) * 0x200,
                            .size = 0x200,
                            .read = note_read,
                            .write = note_write,
                            .opaque = &notes[i] };
    }
    w[2].base = 8 * PAGE + 0xe00;
    ok(bus_map(&bus, &w[0]) && bus_map(&bus, &w[1]) && bus_map(&bus, &w[2]) && bus.count == 1,
       "three windows in a page");
    odd = w[0];
    ok(!bus_map(&bus, &odd), "another at the place of one");
    odd.base += 0x1fc;
    ok(!bus_map(&bus, &odd), "one that overlaps by a register");
    odd.base = 8 * PAGE + 0xf00;
    ok(!bus_map(&bus, &odd), "one that leads out of the page");
    odd = (BusRegion){ .name = "page", .base = 8 * PAGE, .size = PAGE };
    ok(!bus_map(&bus, &odd), "a whole page over them");
    odd.base = 9 * PAGE;
    BusRegion within = { .name = "within", .base = 9 * PAGE + 0x100, .size = 0x100 };
    ok(bus_map(&bus, &odd) && !bus_map(&bus, &within), "a window in a page that is taken");

    ok(rd(&bus, 8 * PAGE + 0x404, 4) == 0x104 && notes[0].calls == 1, "one is read");
    wr(&bus, 8 * PAGE + 0x202, 7, 2);
    ok(notes[1].offset == 2 && notes[1].value == 7 && notes[1].size == 2, "the next is written");
    wr(&bus, 8 * PAGE + 0xfff, 9, 1);
    ok(notes[2].offset == 0x1ff && notes[2].size == 1, "the last, to its last byte");
    ok(rd(&bus, 8 * PAGE, 4) == 0 && rd(&bus, 8 * PAGE + 0x600, 4) == 0 &&
           notes[0].calls + notes[1].calls + notes[2].calls == 3,
       "between them is nothing");
    bus_free(&bus);
}

static void test_doublewords(void)
{
    Bus bus = { .count = 0 };
    Note note = { .size = 0 };
    BusRegion ram = { .name = "ram", .size = PAGE, .direct = true, .writable = true };
    BusRegion dev = { .name = "dev",
                      .base = PAGE,
                      .size = PAGE,
                      .read = note_read,
                      .write = note_write,
                      .opaque = &note };
    bool good = bus_init_arena(&bus, PAGE);
    ram.host = bus_alloc(&bus, PAGE);
    ok(good && bus_map(&bus, &ram) && bus_map(&bus, &dev), "RAM and a device");
    wr(&bus, 0x14, UINT64_C(0x1122334455667788), 8);
    ok(rd(&bus, 0x14, 8) == UINT64_C(0x1122334455667788) && rd(&bus, 0x14, 4) == 0x55667788 &&
           rd(&bus, 0x1b, 1) == 0x11,
       "8 bytes of RAM");
    ok(rd(&bus, PAGE + 8, 8) == UINT64_C(0x0000010c00000108) && note.calls == 2 &&
           note.offset == 12 && note.size == 4,
       "8 bytes of registers are two words, the lower first");
    wr(&bus, PAGE, UINT64_C(0x1122334455667788), 8);
    ok(note.calls == 4 && note.offset == 4 && note.value == 0x11223344,
       "8 bytes written to registers are two words, the lower first");
    ok(rd(&bus, 5 * PAGE, 8) == 0, "8 bytes of nothing");
    bus_free(&bus);
}

int main(void)
{
    test_memory();
    test_regions();
    test_windows();
    test_doublewords();
    return done_testing();
}
