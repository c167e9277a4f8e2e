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
    ok(!bus_map(&bus, &r), "one page that nobody has taken");
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

int main(void)
{
    test_memory();
    test_regions();
    return done_testing();
}
