/* SPDX-License-Identifier: MIT */
/* The soft TLB: filling and flushing it, and every access that misses its fast path. */
#include <string.h>

#include "bus/pages.h"
#include "tci/block.h"

#define PAGE_MASK (~(uint32_t)(BUS_PAGE_SIZE - 1))
#define NO_PAGE   1u /* in TlbExtra.page */

_Static_assert((TLB_MISS & (TLB_MISS - 1)) == 0 && TLB_MISS <= UINT32_C(1) << 31,
               "HIT() tests bits; the other half of all sums are misses");

/* The entry of a page that is not there. */
static TlbEntry no_entry(uint32_t va)
{
    uint32_t e = va < TLB_MISS ? TLB_MISS : 0;
    return (TlbEntry){ e, e };
}

static TlbEntry *entry_of(TciEnv *env, unsigned mode, uint32_t va)
{
    return &env->tlbs[mode][va >> BUS_PAGE_BITS];
}

static TlbExtra *extra_of(TciEnv *env, unsigned mode, uint32_t va)
{
    return &env->cpu->extra[mode][va >> BUS_PAGE_BITS & ((1u << EXTRA_BITS) - 1)];
}

static void clear_entry(TciEnv *env, unsigned mode, uint32_t va)
{
    *entry_of(env, mode, va) = no_entry(va);
    TlbExtra *x = extra_of(env, mode, va);
    if (x->page == (va & PAGE_MASK)) {
        x->page = NO_PAGE;
    }
}

/* Fills the entries of low pages, which are all alike, by copying, because there are many. The
 * other entries stay 0 and take no memory of the host until they are used. */
static void init_table(TlbEntry *table)
{
    const unsigned low = TLB_MISS >> BUS_PAGE_BITS, some = BUS_PAGE_SIZE / sizeof *table;
    for (unsigned i = 0; i < some; i++) {
        table[i] = no_entry(0);
    }
    for (unsigned i = some; i < low; i += some) {
        memcpy(&table[i], table, some * sizeof *table);
    }
}

bool tci_init_tlb(TciEnv *env)
{
    for (unsigned mode = 0; mode < TLB_MODES; mode++) {
        env->tlbs[mode] = bus_alloc(env->tci->bus, TLB_ENTRIES * sizeof(TlbEntry));
        if (!env->tlbs[mode]) {
            return false;
        }
        init_table(env->tlbs[mode]);
        for (unsigned i = 0; i < 1u << EXTRA_BITS; i++) {
            env->cpu->extra[mode][i].page = NO_PAGE;
        }
    }
    return true;
}

/* Guests flush at each context switch, having touched a few dozen pages since the last. */
static void clear_all(TciEnv *env)
{
    TciCpu *c = env->cpu;
    while (c->filled_count > 0) {
        uint32_t filled = c->filled[--c->filled_count];
        clear_entry(env, filled & (TLB_MODES - 1), filled & PAGE_MASK);
    }
}

/* The bit of a page in TciCpu.fetched. */
static uint32_t *fetched_word(TciEnv *env, uint32_t va, uint32_t *bit)
{
    unsigned page = va >> BUS_PAGE_BITS & (FETCHED - 1);
    *bit = UINT32_C(1) << (page % 32);
    return &env->cpu->fetched[page / 32];
}

/* The numbers of generations have been used up: nothing may be left that has an old one. */
static void restart_generations(Tci *t)
{
    t->generation = 0;
    for (TciEnv *env = t->cpus; env; env = env->next) {
        memset(env->jumps, 0xff, sizeof env->jumps);
        memset(env->cpu->fetch, 0xff, sizeof env->cpu->fetch);
        env->generation = ++t->generation;
        tci_update_keys(env);
        tci_stop(env);
    }
    t->flush = true; /* exits have them, too */
}

/* Chained exits to other pages, the jump cache and the fetch cache all hang on the generation. */
static void next_generation(TciEnv *env)
{
    Tci *t = env->tci;
    memset(env->cpu->fetched, 0, sizeof env->cpu->fetched);
    env->generation = ++t->generation;
    tci_update_keys(env);
    if (env->generation == MAX_GENERATION) {
        restart_generations(t);
    }
}

void tci_flush_tlb(TciEnv *env)
{
    clear_all(env);
    next_generation(env);
    env->tci->stats.tlb_flushes++;
}

void tci_flush_tlb_page(TciEnv *env, uint32_t va)
{
    for (unsigned mode = 0; mode < TLB_MODES; mode++) {
        clear_entry(env, mode, va);
    }
    uint32_t bit;
    if (*fetched_word(env, va, &bit) & bit) { /* most are pages of data */
        next_generation(env);
    }
    env->tci->stats.tlb_page_flushes++;
}

/* What to add an address's offset in its page to. Not always a page's start where the answer is for
 * a part of the page, which may lie elsewhere in its own 4 KiB. */
static hwaddr page_start(const TciPage *page, uint32_t va)
{
    return page->partial ? page->addr - (va & ~PAGE_MASK)
                         : page->phys & ~(hwaddr)(BUS_PAGE_SIZE - 1);
}

/* How far a page of memory lies behind a table. */
static uint32_t distance(const TciEnv *env, unsigned mode, const BusRegion *r, hwaddr phys)
{
    return (uint32_t)(r->host + (phys - r->base) - (const uint8_t *)env->tlbs[mode]);
}

static void note_filled(TciEnv *env, unsigned mode, uint32_t va)
{
    TciCpu *c = env->cpu;
    if (c->filled_count == MAX_FILLED) {
        clear_all(env);
    }
    c->filled[c->filled_count++] = (va & PAGE_MASK) | mode;
}

/* Enters a page into the TLB. */
static TlbExtra *fill(TciEnv *env, unsigned mode, uint32_t va, const TciPage *page,
                      TlbExtra *scratch)
{
    Tci *t = env->tci;
    TlbEntry *e = entry_of(env, mode, va);
    TlbExtra *x = page->partial ? scratch : extra_of(env, mode, va);
    BusRegion *r = bus_find(t->bus, page->phys);

    clear_entry(env, mode, va);
    if (!page->partial) {
        note_filled(env, mode, va); /* first: it may forget all, this page among them */
    }
    x->page = va & PAGE_MASK;
    x->readable = page->readable;
    x->writable = page->writable;
    x->region = r;
    x->phys = page_start(page, va);
    if (page->partial) {
        return x;
    }
    t->stats.tlb_fills++;
    if (r && r->direct && !(t->watches && tci_watched_page(t, va))) {
        uint32_t to = distance(env, mode, r, x->phys) - x->page;
        hwaddr offset = x->phys - r->base;
        pages_read(r, offset, 1);
        if (page->readable) {
            e->read = to;
        }
        if (page->writable && r->writable && !tci_code_page(r, offset) && pages_open(r, offset)) {
            e->write = to;
        }
    }
    return x;
}

/* What lies at va for this access, or NULL when it faults (noted by the target). */
static TlbExtra *resolve(TciEnv *env, uint32_t va, TciAccess access, unsigned mode,
                         TlbExtra *scratch)
{
    TlbExtra *x = extra_of(env, mode, va);
    if (x->page == (va & PAGE_MASK) && (access == TCI_STORE ? x->writable : x->readable)) {
        return x;
    }
    TciPage page;
    if (!env->target->translate_address(env, va, access, mode != 0, &page)) {
        return NULL;
    }
    return fill(env, mode, va, &page, scratch);
}

static bool is_device(const TlbExtra *x)
{
    return !x->region || !x->region->host || (!x->region->direct && x->region->read);
}

/* Must the access be alone in its block? Under -icount a device must see the exact time and be able
 * to interrupt right after. And a command to flash may end what the rest of the block relies on:
 * that the code, and constants among it, can be read there. */
static bool must_restart(TciEnv *env, const TlbExtra *x, TciAccess access)
{
    bool device = is_device(x) || (access == TCI_STORE && !x->region->writable);
    bool to_code = device && access == TCI_STORE && x->region && x->region->code_pages > 0;
    return device && (env->io_exact || to_code) && !(tci_mode_number(env->key) & MODE_ONE) &&
           !env->cpu->helper;
}

static unsigned rights(const TciEnv *env, unsigned memop)
{
    return memop & MO_USER ? 0 : env->tlb == env->tlbs[1];
}

static bool watched(TciEnv *env, uint32_t va, uint32_t len, TciAccess access)
{
    return env->tci->watches && tci_watch_hit(env, va, len, access);
}

static uint32_t read_resolved(TciEnv *env, const TlbExtra *x, uint32_t va, unsigned size)
{
    if (is_device(x)) {
        env->tci->stats.mmio_reads++;
    }
    return bus_region_read(x->region, x->phys + (va & ~PAGE_MASK), size);
}

static void write_resolved(TciEnv *env, const TlbExtra *x, uint32_t va, uint32_t value,
                           unsigned size)
{
    hwaddr phys = x->phys + (va & ~PAGE_MASK);
    if (x->region && x->region->writable) {
        hwaddr offset = phys - x->region->base;
        if (tci_code_page(x->region, offset)) {
            env->tci->stats.code_stores++;
            tci_code_written(env->tci, x->region, offset, size);
        }
    } else {
        env->tci->stats.mmio_writes++;
    }
    bus_region_write(x->region, phys, value, size);
}

/* A page that has lost its translations may be written fast again. */
static void reopen(TciEnv *env, const TlbExtra *x, uint32_t va, unsigned mode)
{
    TlbEntry *e = entry_of(env, mode, va);
    const BusRegion *r = x->region;
    if (x->writable && r && r->writable && e->read + va < TLB_MISS &&
        !tci_code_page(r, x->phys - r->base)) {
        e->write = e->read;
    }
}

/* Converts between a value and the little-endian number that its bytes in memory make. */
static uint32_t in_order(uint32_t v, unsigned memop)
{
    switch (memop & (MO_SIZE | MO_BE)) {
    case MO_16 | MO_BE: return bswap16(v);
    case MO_32 | MO_BE: return bswap32(v);
    default: return v;
    }
}

static uint32_t extend(uint32_t v, unsigned memop)
{
    switch (memop & (MO_SIZE | MO_SIGN)) {
    case MO_8: return v & 0xff;
    case MO_16: return v & 0xffff;
    case MO_8 | MO_SIGN: return ((v & 0xff) ^ 0x80) - 0x80;
    case MO_16 | MO_SIGN: return ((v & 0xffff) ^ 0x8000) - 0x8000;
    default: return v;
    }
}

/* Where an access of several bytes leads: translated as a whole before any byte is read or written,
 * so that it is made in full or faults before its first byte, whatever it changes on the way (a
 * descriptor of its own second page, say). What lies past a multiple of TCI_GRANULE may lead
 * elsewhere than the part before. */
typedef struct Span {
    TlbExtra part[2];
    uint32_t second; /* address of the second part, or of the byte past the first */
} Span;

static TciOutcome resolve_span(TciEnv *env, uint32_t va, uint32_t bytes, unsigned memop,
                               TciAccess access, Span *span)
{
    unsigned mode = rights(env, memop);
    uint32_t last = va + bytes - 1;
    bool crosses = ((va ^ last) & ~(uint32_t)(TCI_GRANULE - 1)) != 0;
    uint32_t starts[2] = { va, last & ~(uint32_t)(TCI_GRANULE - 1) };
    span->second = crosses ? starts[1] : va + bytes;
    for (unsigned i = 0; i < 1u + crosses; i++) {
        TlbExtra scratch;
        const TlbExtra *x = resolve(env, starts[i], access, mode, &scratch);
        if (!x) {
            return TCI_FAULT;
        }
        if (must_restart(env, x, access)) {
            return TCI_RESTART;
        }
        span->part[i] = *x; /* the next resolve() may use its place */
    }
    return watched(env, va, bytes, access) ? TCI_WATCHED : TCI_DONE;
}

/* The part of a span of `bytes` bytes from `va` that an address in it belongs to; addresses wrap.
 */
static const TlbExtra *part_of(const Span *span, uint32_t va, uint32_t at)
{
    return &span->part[at - va >= span->second - va];
}

/* An access that may be unaligned: the host's bytes if the TLB has them in one page, else NULL. */
static uint8_t *probe(const TciEnv *env, uint32_t va, unsigned memop, TciAccess access)
{
    TlbEntry *table = env->tlbs[rights(env, memop)], *e = &table[va >> BUS_PAGE_BITS];
    uint32_t at = va + (access == TCI_STORE ? e->write : e->read);
    bool crosses = (va & ~PAGE_MASK) + (1u << (memop & MO_SIZE)) > BUS_PAGE_SIZE;
    return at >= TLB_MISS || crosses ? NULL : (uint8_t *)table + at;
}

/* The same; NULL if the access is unaligned, too. */
static uint8_t *probe_aligned(const TciEnv *env, uint32_t va, unsigned memop, TciAccess access)
{
    uint32_t low = (1u << (memop & MO_SIZE)) - 1;
    return (va & low) != 0 ? NULL : probe(env, va, memop, access);
}

static uint32_t load_from(const uint8_t *p, unsigned memop)
{
    return extend(in_order(ldn_p(p, 1u << (memop & MO_SIZE)), memop), memop);
}

static void store_to(uint8_t *p, unsigned memop, uint32_t value)
{
    stn_p(p, 1u << (memop & MO_SIZE), in_order(value, memop));
}

static TciOutcome load_unaligned(TciEnv *env, uint32_t va, unsigned memop, uint32_t *value)
{
    uint32_t v = 0, size = 1u << (memop & MO_SIZE);
    const uint8_t *p = probe(env, va, memop, TCI_LOAD);
    if (p) {
        *value = load_from(p, memop);
        return TCI_DONE;
    }
    Span span;
    TciOutcome outcome = resolve_span(env, va, size, memop, TCI_LOAD, &span);
    for (uint32_t i = 0; i < size && outcome == TCI_DONE; i++) {
        v |= (read_resolved(env, part_of(&span, va, va + i), va + i, 1) & 0xff) << (8 * i);
    }
    if (outcome == TCI_DONE) {
        *value = extend(in_order(v, memop), memop);
    }
    return outcome;
}

TciOutcome tci_slow_load(TciEnv *env, uint32_t va, unsigned memop, uint32_t *value)
{
    unsigned size = 1u << (memop & MO_SIZE), mode = rights(env, memop), rotate = 0;
    TlbExtra scratch;
    env->tci->stats.slow_loads++;
    if (va & (size - 1)) {
        env->tci->stats.unaligned++;
        switch (memop & MO_ALIGN) {
        case MO_ALIGN_FAULT: env->target->note_alignment(env, va, TCI_LOAD); return TCI_FAULT;
        case MO_UNALN: return load_unaligned(env, va, memop, value);
        case MO_ALIGN_ROT: rotate = size == 4 ? (va & 3) * 8 : 0; break;
        default: break;
        }
    }
    TlbExtra *x = resolve(env, va, TCI_LOAD, mode, &scratch);
    if (!x) {
        return TCI_FAULT;
    }
    if (watched(env, va & ~(size - 1), size, TCI_LOAD)) {
        return TCI_WATCHED;
    }
    if (must_restart(env, x, TCI_LOAD)) {
        return TCI_RESTART;
    }
    uint32_t v = extend(in_order(read_resolved(env, x, va & ~(size - 1), size), memop), memop);
    *value = rotate ? v >> rotate | v << (32 - rotate) : v;
    return TCI_DONE;
}

static TciOutcome store_unaligned(TciEnv *env, uint32_t va, unsigned memop, uint32_t value)
{
    uint32_t size = 1u << (memop & MO_SIZE);
    uint8_t *p = probe(env, va, memop, TCI_STORE);
    if (p) {
        stn_p(p, size, value);
        return TCI_DONE;
    }
    Span span;
    TciOutcome outcome = resolve_span(env, va, size, memop, TCI_STORE, &span);
    for (uint32_t i = 0; i < size && outcome == TCI_DONE; i++) {
        const TlbExtra *x = part_of(&span, va, va + i);
        write_resolved(env, x, va + i, value >> (8 * i), 1);
        reopen(env, x, va + i, rights(env, memop));
    }
    return outcome;
}

TciOutcome tci_slow_store(TciEnv *env, uint32_t va, unsigned memop, uint32_t value)
{
    unsigned size = 1u << (memop & MO_SIZE), mode = rights(env, memop);
    TlbExtra scratch;
    env->tci->stats.slow_stores++;
    value = in_order(value, memop);
    if (va & (size - 1)) {
        env->tci->stats.unaligned++;
        switch (memop & MO_ALIGN) {
        case MO_ALIGN_FAULT: env->target->note_alignment(env, va, TCI_STORE); return TCI_FAULT;
        case MO_UNALN: return store_unaligned(env, va, memop, value);
        default: break;
        }
    }
    TlbExtra *x = resolve(env, va, TCI_STORE, mode, &scratch);
    if (!x) {
        return TCI_FAULT;
    }
    if (watched(env, va & ~(size - 1), size, TCI_STORE)) {
        return TCI_WATCHED;
    }
    if (must_restart(env, x, TCI_STORE)) {
        return TCI_RESTART;
    }
    write_resolved(env, x, va & ~(size - 1), value, size);
    reopen(env, x, va, mode);
    return TCI_DONE;
}

/* The same as resolve_span() for n words at *va, which is rounded down if it may be unaligned. */
static TciOutcome resolve_words(TciEnv *env, uint32_t *va, unsigned memop, unsigned n,
                                TciAccess access, Span *span)
{
    if (*va & 3) {
        env->tci->stats.unaligned++;
        if ((memop & MO_ALIGN) == MO_ALIGN_FAULT) {
            env->target->note_alignment(env, *va, access);
            return TCI_FAULT;
        }
        *va &= ~UINT32_C(3);
    }
    return resolve_span(env, *va, 4 * n, memop, access, span);
}

TciOutcome tci_slow_ldm(TciEnv *env, uint32_t va, unsigned memop, const uint8_t *regs, unsigned n)
{
    Span span;
    TciOutcome outcome = resolve_words(env, &va, memop, n, TCI_LOAD, &span);
    for (unsigned i = 0; i < n && outcome == TCI_DONE; i++) {
        env->tci->stats.slow_loads++;
        uint32_t v = read_resolved(env, part_of(&span, va, va + 4 * i), va + 4 * i, 4);
        env->r[regs[i]] = in_order(v, memop);
    }
    return outcome;
}

TciOutcome tci_slow_stm(TciEnv *env, uint32_t va, unsigned memop, const uint8_t *regs, unsigned n)
{
    Span span;
    TciOutcome outcome = resolve_words(env, &va, memop, n, TCI_STORE, &span);
    for (unsigned i = 0; i < n && outcome == TCI_DONE; i++) {
        const TlbExtra *x = part_of(&span, va, va + 4 * i);
        env->tci->stats.slow_stores++;
        write_resolved(env, x, va + 4 * i, in_order(env->r[regs[i]], memop), 4);
        reopen(env, x, va + 4 * i, rights(env, memop));
    }
    return outcome;
}

/* How a helper's access ended: one that did not succeed has faulted, because what has begun is not
 * restarted; or it is watched, and the instruction will be. */
static bool helper_accessed(TciEnv *env, TciOutcome outcome, TciAccess access)
{
    if (outcome == TCI_DONE) {
        return true;
    }
    if (outcome == TCI_WATCHED) {
        tci_stop(env);
        env->budget++; /* tci_raised() will count the instruction */
    } else {
        env->target->raise_fault(env, access);
    }
    tci_raise(env);
    return false;
}

bool tci_load(TciEnv *env, uint32_t va, unsigned memop, uint32_t *value)
{
    const uint8_t *p = probe_aligned(env, va, memop, TCI_LOAD);
    if (p) {
        *value = load_from(p, memop);
        return true;
    }
    env->cpu->helper = true;
    TciOutcome outcome = tci_slow_load(env, va, memop, value);
    env->cpu->helper = false;
    return helper_accessed(env, outcome, TCI_LOAD);
}

bool tci_store(TciEnv *env, uint32_t va, unsigned memop, uint32_t value)
{
    uint8_t *p = probe_aligned(env, va, memop, TCI_STORE);
    if (p) {
        store_to(p, memop, value);
        return true;
    }
    env->cpu->helper = true;
    TciOutcome outcome = tci_slow_store(env, va, memop, value);
    env->cpu->helper = false;
    return helper_accessed(env, outcome, TCI_STORE);
}

bool tci_cmpxchg(TciEnv *env, uint32_t va, unsigned memop, uint32_t expected, uint32_t value)
{
    uint8_t *p = probe_aligned(env, va, memop, TCI_STORE); /* what is writable is readable, too */
    if (!p) {
        uint32_t found;
        return tci_load(env, va, memop, &found) && found == expected &&
               tci_store(env, va, memop, value);
    }
    if (load_from(p, memop) != expected) {
        return false;
    }
    store_to(p, memop, value);
    return true;
}

bool tci_peek(TciEnv *env, uint32_t va, uint8_t *byte)
{
    TciPage page;
    if (!env->target->translate_address(env, va, TCI_LOAD, true, &page)) {
        return false;
    }
    const uint8_t *p = bus_host(env->tci->bus, page_start(&page, va) + (va & ~PAGE_MASK), 1);
    if (!p) {
        return false;
    }
    *byte = *p;
    return true;
}

bool tci_fetch_page(TciEnv *env, uint32_t pc, BusRegion **region, hwaddr *phys, bool *partial)
{
    FetchEntry *f = &env->cpu->fetch[pc >> BUS_PAGE_BITS & ((1u << FETCH_BITS) - 1)];
    uint64_t key = env->key | (pc & PAGE_MASK);
    if (f->key != key) {
        TciPage page;
        bool privileged = (env->mode & env->target->rights_bit) != 0;
        if (!env->target->translate_address(env, pc, TCI_FETCH, privileged, &page)) {
            return false;
        }
        f->key = page.partial ? UINT64_MAX : key;
        f->phys = page_start(&page, pc);
        f->region = bus_find(env->tci->bus, page.phys);
        uint32_t bit, *word = fetched_word(env, pc, &bit);
        *word |= bit;
    }
    *region = f->region;
    *phys = f->phys + (pc & ~PAGE_MASK);
    *partial = f->key != key;
    return true;
}

uint32_t tci_fetch(TciEnv *env, uint32_t pc, unsigned size)
{
    BusRegion *r;
    hwaddr phys;
    bool partial;
    return tci_fetch_page(env, pc, &r, &phys, &partial) ? bus_region_read(r, phys, size) : 0;
}

void tci_protect_code(Tci *t, const BusRegion *region, hwaddr phys)
{
    if (!region->writable) {
        return;
    }
    phys &= ~(hwaddr)(BUS_PAGE_SIZE - 1);
    for (TciEnv *env = t->cpus; env; env = env->next) {
        for (unsigned i = 0; i < env->cpu->filled_count; i++) {
            unsigned mode = env->cpu->filled[i] & (TLB_MODES - 1);
            uint32_t va = env->cpu->filled[i] & PAGE_MASK;
            TlbEntry *e = entry_of(env, mode, va);
            if (e->write + va == distance(env, mode, region, phys)) {
                e->write = no_entry(va).write;
            }
        }
    }
}
