/* SPDX-License-Identifier: MIT */
/* Blocks: found by physical address, guest address and mode; made, chained, invalidated. A block's
 * bytes are in one page, but for a single instruction that goes on in the next. */
#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "bus/pages.h"
#include "tci/block.h"
#include "tci/ops.h"
#include "util/list.h"
#include "util/log.h"

/* The most that one block can take, and the first of two pages. */
#define BLOCK_MAX                                                                                  \
    (2 * sizeof(CodePage) + sizeof(TciTB) +                                                        \
     (sizeof(TciSlot) + 1) *                                                                       \
         ((size_t)TCG_MAX_OPS * TCI_SLOTS_PER_OP + TCG_MAX_INSNS) + /* see TciBackend */           \
     sizeof(uint16_t) * TCG_MAX_INSNS +                                                            \
     64)

/* The most that an instruction may have in the page after the one that it begins in. */
#define NEXT_BYTES 4u

/* The bits of a jump cache key that are not the generation: mode and pc. */
#define SAME_PLACE (UINT64_MAX >> (32 - KEY_MODE_BITS))

static unsigned hash_of(hwaddr phys, uint32_t mode_number)
{
    uint64_t h = ((phys >> 1) ^ mode_number) * UINT64_C(0x9e3779b97f4a7c15);
    return (unsigned)(h >> (64 - HASH_BITS));
}

static JumpEntry *jump_slot(TciEnv *env, uint32_t pc)
{
    return &env->jumps[pc >> 2 & ((1u << JUMP_BITS) - 1)];
}

/* -- Forgetting -- */

/* The bus's region has no code in this page any more. */
static void forget_page(const CodePage *page)
{
    page->region->code[page->index] = NULL;
    page->region->code_pages--;
}

void tci_flush_code(Tci *t)
{
    while (t->pages) {
        CodePage *page = t->pages;
        t->pages = page->all_next;
        forget_page(page);
    }
    t->free_pages = NULL;
    memset(t->hash, 0, sizeof t->hash);
    for (TciEnv *env = t->cpus; env; env = env->next) {
        memset(env->jumps, 0xff, sizeof env->jumps);
    }
    t->arena_used = 0;
    t->block_count = 0;
    t->flush = false;
    tci_forget_modes(t);
    t->stats.flushes++;
}

/* The records stay where they are until the next flush: a chain may lead there, and the block may
 * be running. */
static void invalidate(Tci *t, TciTB *tb)
{
    LIST_REMOVE(TciTB, t->hash[hash_of(tb->phys, tb->mode_number)], tb, hash_next);
    if (tb->next_page) { /* which may have no block left: it goes with the next write to it */
        LIST_REMOVE(TciTB, tb->next_page->ends, tb, end_next);
    }
    for (TciEnv *env = t->cpus; env; env = env->next) {
        JumpEntry *j = jump_slot(env, tb->pc);
        if (j->code == tb->code) {
            j->key = UINT64_MAX;
        }
    }
    t->backend->discard(tb);
    t->stats.invalidated++;
}

/* Invalidates the blocks that end in this page, having begun in the one before. */
static void invalidate_ends(Tci *t, CodePage *page)
{
    while (page->ends) {
        TciTB *tb = page->ends;
        CodePage *first = tci_code_page(tb->region, tb->phys - tb->region->base);
        LIST_REMOVE(TciTB, first->blocks, tb, page_next);
        invalidate(t, tb);
    }
}

/* Takes the page *p out of the list that it is in. */
static void drop_page(Tci *t, CodePage **p)
{
    CodePage *page = *p;
    *p = page->all_next;
    forget_page(page);
    page->all_next = t->free_pages;
    t->free_pages = page;
}

/* Bytes [first, last] of a page change. */
static void page_written(Tci *t, CodePage *page, unsigned first, unsigned last)
{
    bool hit = false;
    for (unsigned w = first / 4; w <= last / 4 && !hit; w++) {
        hit = (page->words[w / 32] >> (w % 32) & 1) != 0;
    }
    if (!hit) {
        return;
    }
    TciTB **p = &page->blocks;
    while (*p) {
        TciTB *tb = *p;
        if (tb->first <= last && tb->last >= first) {
            *p = tb->page_next;
            invalidate(t, tb);
        } else {
            p = &tb->page_next;
        }
    }
    if (first < NEXT_BYTES) {
        invalidate_ends(t, page);
    }
    if (!page->blocks && !page->ends) {
        CodePage **at = &t->pages;
        while (*at != page) {
            at = &(*at)->all_next;
        }
        drop_page(t, at);
    }
}

void tci_code_written(Tci *t, BusRegion *r, hwaddr offset, hwaddr size)
{
    if (!r->code) {
        return;
    }
    while (size > 0) {
        unsigned first = (unsigned)(offset & (BUS_PAGE_SIZE - 1));
        hwaddr n = BUS_PAGE_SIZE - first < size ? BUS_PAGE_SIZE - first : size;
        CodePage *page = tci_code_page(r, offset);
        if (page) {
            page_written(t, page, first, first + (unsigned)n - 1);
        }
        offset += n;
        size -= n;
    }
}

void tci_invalidate_region(Tci *t, const BusRegion *r)
{
    CodePage **at = &t->pages;
    while (r->code_pages > 0) {
        CodePage *page = *at;
        if (page->region != r) {
            at = &page->all_next;
            continue;
        }
        for (TciTB *tb = page->blocks; tb; tb = tb->page_next) {
            invalidate(t, tb);
        }
        page->blocks = NULL;
        invalidate_ends(t, page);
        drop_page(t, at);
    }
}

/* -- Making -- */

/* Of the next `size` bytes of the arena. */
static void *arena_take(Tci *t, size_t size)
{
    void *at = t->arena + t->arena_used;
    t->arena_used += (size + 15) & ~(size_t)15;
    return at;
}

/* The page at `phys`, which is about to get a block. */
static CodePage *code_page(Tci *t, BusRegion *r, hwaddr phys)
{
    uint32_t index = (uint32_t)((phys - r->base) >> BUS_PAGE_BITS);
    CodePage *page = r->code[index];
    if (!page) {
        page = t->free_pages;
        if (page) {
            t->free_pages = page->all_next;
        } else {
            page = arena_take(t, sizeof *page);
        }
        *page = (CodePage){ .region = r, .index = index, .all_next = t->pages };
        t->pages = page;
        r->code[index] = page;
        r->code_pages++;
        tci_protect_code(t, r, phys);
    }
    return page;
}

static void log_block(TciEnv *env, const TciTB *tb, const uint8_t *code, bool before)
{
    const TciTarget *target = env->target;
    if (before && log_on_at(LOG_IN_ASM, tb->pc)) {
        target->disassemble(env, env->tci->tcg.insn_pc, tb->insns, tb->mode, code);
        log_printf("\n");
    }
    if (before && log_on_at(LOG_OP, tb->pc)) {
        log_printf("OP:\n");
        tcg_dump(&env->tci->tcg, target->names);
        log_printf("\n");
    }
    if (!before && log_on_at(LOG_OP_OPT, tb->pc)) {
        log_printf("OP after optimisation:\n");
        tcg_dump(&env->tci->tcg, target->names);
        log_printf("\n");
    }
}

/* How many bytes the last instruction has: to the next one's start it is not known, so as the
 * mode's smallest unit allows: 4 covers all. */
static void set_extent(TciTB *tb, const TCGContext *s)
{
    unsigned first = BUS_PAGE_SIZE, last = 0;
    for (unsigned i = 0; i < s->insns; i++) {
        unsigned offset = s->insn_pc[i] & (BUS_PAGE_SIZE - 1);
        first = offset < first ? offset : first;
        last = offset > last ? offset : last;
        tb->insn_offset[i] = (uint16_t)offset;
    }
    tb->first = (uint16_t)first;
    tb->last = (uint16_t)(last + 3 < BUS_PAGE_SIZE ? last + 3 : BUS_PAGE_SIZE - 1);
}

/* Notes the words that a block was made from. */
static void mark_words(CodePage *page, const TciTB *tb)
{
    unsigned first = tb->first / 4u, last = tb->last / 4u;
    for (unsigned i = first / 32; i <= last / 32; i++) {
        uint32_t bits = UINT32_MAX;
        if (i == first / 32) {
            bits &= UINT32_MAX << (first % 32);
        }
        if (i == last / 32) {
            bits &= UINT32_MAX >> (31 - last % 32);
        }
        page->words[i] |= bits;
    }
}

bool tci_fetch_next_page(TciEnv *env, uint32_t pc, unsigned size, uint32_t *value)
{
    NextPage *next = &env->tci->next;
    bool partial;
    assert(size <= NEXT_BYTES && pc % BUS_PAGE_SIZE == 0);
    next->asked = true;
    next->faults = !tci_fetch_page(env, pc, &next->region, &next->phys, &partial);
    if (next->faults) {
        return false;
    }
    next->direct = next->region && next->region->direct && !partial;
    *value = bus_region_read(next->region, next->phys, size);
    return true;
}

/* Notes that a block goes on in the next page. */
static void add_end(Tci *t, TciTB *tb)
{
    CodePage *page = code_page(t, t->next.region, t->next.phys);
    tb->next_page = page;
    tb->next_phys = t->next.phys;
    tb->end_next = page->ends;
    page->ends = tb;
    page->words[0] |= 1;
}

/* Makes a block one that is found. */
static void keep(Tci *t, TciTB *tb, CodePage *page)
{
    unsigned h = hash_of(tb->phys, tb->mode_number);
    t->blocks[t->block_count++] = tb;
    tb->hash_next = t->hash[h];
    t->hash[h] = tb;
    tb->page_next = page->blocks;
    page->blocks = tb;
    mark_words(page, tb);
    if (t->next.asked) {
        add_end(t, tb);
    }
}

/* The bytes of the page at an offset. */
static const uint8_t *page_of(BusRegion *r, hwaddr offset)
{
    pages_read(r, offset, 1);
    return r->host + (offset & ~(hwaddr)(BUS_PAGE_SIZE - 1));
}

/* NULL: its only instruction goes on in a page that must not be executed, which is noted. */
static TciTB *translate(TciEnv *env, BusRegion *r, hwaddr phys, bool partial)
{
    Tci *t = env->tci;
    TCGContext *s = &t->tcg;
    bool direct = r && r->direct && !partial;
    const uint8_t *code = direct ? page_of(r, phys - r->base) : NULL;
    bool one = t->options.singlestep || !direct || (tci_mode_number(env->key) & MODE_ONE);
    CodePage *page = direct ? code_page(t, r, phys) : NULL;
    TciTB *tb = (TciTB *)(void *)(t->arena + t->arena_used);

    tcg_start(s);
    t->next.asked = t->next.faults = false;
    env->target->translate(env, s, env->pc, env->mode, code, one ? 1 : TCG_MAX_INSNS);
    if (t->next.faults) {
        return NULL;
    }
    assert(!t->next.asked || s->insns == 1);
    tb->pc = env->pc;
    tb->mode = env->mode;
    tb->mode_number = tci_mode_number(env->key);
    tb->target = env->target;
    tb->phys = phys;
    tb->region = r;
    tb->next_page = NULL;
    tb->insns = (uint16_t)s->insns;
    if (log_on(LOG_IN_ASM | LOG_OP)) {
        log_block(env, tb, code, true);
    }
    t->stats.ops += s->count;
    if (!t->options.no_optimise) {
        tcg_optimize(s);
    }
    if (log_on(LOG_OP_OPT)) {
        log_block(env, tb, code, false);
    }
    /* The map of slots to instructions is built past the worst case, then moved up. */
    uint8_t *map = (uint8_t *)(tb->code + (size_t)s->count * TCI_SLOTS_PER_OP + s->insns);
    tb->slots = (uint16_t)t->backend->generate(t, s, tb, code, map);
    tb->insn_of = (uint8_t *)(tb->code + tb->slots);
    memmove(tb->insn_of, map, tb->slots);
    size_t offsets = (sizeof *tb + tb->slots * (sizeof(TciSlot) + 1) + 1) & ~(size_t)1;
    tb->insn_offset = (uint16_t *)(void *)((uint8_t *)tb + offsets);
    set_extent(tb, s);
    if (log_on_at(LOG_OUT_ASM, tb->pc)) {
        tci_dump_slots(t, tb);
    }
    t->stats.blocks++;
    t->stats.insns += s->insns;
    t->stats.slots += tb->slots;
    if (r) {
        r->translated += s->insns;
    }

    size_t size = offsets + sizeof tb->insn_offset[0] * tb->insns;
    if (!page || (t->next.asked && !t->next.direct)) {
        return tb; /* may be different next time: not kept */
    }
    arena_take(t, size);
    keep(t, tb, page);
    return tb;
}

static bool arena_full(const Tci *t)
{
    return t->arena_used + BLOCK_MAX > ARENA_SIZE || t->block_count == MAX_BLOCKS;
}

/* -- Finding -- */

/* False for a block whose place the next translation takes. */
static bool is_kept(const Tci *t, const TciSlot *slot)
{
    return (uintptr_t)slot < (uintptr_t)(t->arena + t->arena_used);
}

static TciTB *block_of_code(TciSlot *code)
{
    return (TciTB *)(void *)((char *)code - offsetof(TciTB, code));
}

/* Whether a block's bytes in the next page are still those that it was made from. */
typedef enum NextIs { NEXT_SAME, NEXT_OTHER, NEXT_FAULTS } NextIs;

static NextIs next_is(TciEnv *env, const TciTB *tb)
{
    BusRegion *r;
    hwaddr phys;
    bool partial;
    if (!tb->next_page) {
        return NEXT_SAME;
    }
    if (!tci_fetch_page(env, (tb->pc | (BUS_PAGE_SIZE - 1)) + 1, &r, &phys, &partial)) {
        return NEXT_FAULTS;
    }
    return phys == tb->next_phys && !partial ? NEXT_SAME : NEXT_OTHER;
}

/* The block at env->pc; NULL: there is no room for it (Tci.flush), or it cannot be fetched, which
 * is noted. guess: one known from before address translation changed, or NULL; mostly it is still
 * the one. */
static TciTB *find_block(TciEnv *env, TciTB *guess)
{
    Tci *t = env->tci;
    BusRegion *r;
    hwaddr phys;
    bool partial;
    if (!tci_fetch_page(env, env->pc, &r, &phys, &partial)) {
        return NULL;
    }
    if (guess && !partial && guess->phys == phys && guess->pc == env->pc &&
        guess->mode_number == tci_mode_number(env->key) && !guess->next_page) {
        return guess;
    }
    TciTB *tb = partial ? NULL : t->hash[hash_of(phys, tci_mode_number(env->key))];
    for (; tb; tb = tb->hash_next) {
        if (tb->phys == phys && tb->pc == env->pc && tb->mode_number == tci_mode_number(env->key)) {
            NextIs next = next_is(env, tb);
            if (next != NEXT_OTHER) {
                return next == NEXT_SAME ? tb : NULL;
            }
        }
    }
    if (t->flush || arena_full(t)) { /* the former: no block is found where a mode has no number */
        t->flush = true;
        return NULL;
    }
    return translate(env, r, phys, partial);
}

TciSlot *tci_find(TciEnv *env)
{
    Tci *t = env->tci;
    JumpEntry *j = jump_slot(env, env->pc);
    uint64_t differs = j->key ^ (env->key | env->pc);
    if (differs == 0) {
        return j->code;
    }
    TciTB *guess = (differs & SAME_PLACE) != 0 ? NULL : block_of_code(j->code);
    t->stats.searches++;
    for (;;) {
        if (env->breaks && tci_break_hit(env)) {
            return tci_leave;
        }
        TciTB *tb = find_block(env, guess);
        if (tb && is_kept(t, tb->code)) {
            j = jump_slot(env, env->pc);
            j->key = env->key | env->pc;
            j->code = tb->code;
        }
        if (tb) {
            return tb->code;
        }
        if (t->flush) {
            tci_stop(env);
            return tci_leave;
        }
        t->stats.faults++;
        env->target->raise_fault(env, TCI_FETCH);
        if (--env->budget < 0) { /* the handler may not be fetchable either */
            return tci_leave;
        }
    }
}

TciSlot *tci_go(TciEnv *env, uint32_t pc, uint32_t mode)
{
    tci_set_mode(env, mode);
    env->pc = pc;
    return env->budget < 0 ? tci_leave : tci_find(env);
}

TciTB *tci_block_of(const Tci *t, const TciSlot *slot)
{
    unsigned low = 0, high = t->block_count;
    while (high - low > 1) {
        unsigned mid = (low + high) / 2;
        if ((uintptr_t)t->blocks[mid]->code <= (uintptr_t)slot) {
            low = mid;
        } else {
            high = mid;
        }
    }
    /* A block that is not kept lies behind the last one. */
    TciTB *transient = (TciTB *)(void *)(t->arena + t->arena_used);
    return (uintptr_t)slot >= (uintptr_t)transient ? transient : t->blocks[low];
}

TciSlot *tci_link(TciEnv *env, TciSlot *exit)
{
    Tci *t = env->tci;
    uint32_t to = exit[1].pc;
    bool crosses = exit->fn == tci_op_goto_tb_cross || exit->fn == tci_op_movi_goto_tb_cross;
    bool kept = is_kept(t, exit); /* else the next translation takes its place */
    env->pc = to;
    TciSlot *code = tci_find(env);
    /* A fault on the way has led elsewhere; a block that is not kept must not be chained. */
    if (code == tci_leave || env->pc != to || !kept || !is_kept(t, code) ||
        log_on(LOG_EXEC | LOG_CPU | LOG_NOCHAIN)) {
        return code;
    }
    /* Only exits to other pages are looked after when translations of addresses change. */
    if (!crosses && block_of_code(code)->next_page) {
        return code;
    }
    if (crosses) {
        t->stats.cross_links++;
    } else {
        t->stats.links++;
    }
    exit[1].target = code;
    exit[1].generation = env->generation;
    return code;
}

/* -- Leaving a block in the middle -- */

TciSlot *tci_access_failed(TciEnv *env, TciSlot *slot, TciOutcome outcome, TciAccess access)
{
    Tci *t = env->tci;
    const TciTB *tb = tci_block_of(t, slot);
    unsigned insn = tb->insn_of[slot - tb->code];
    env->pc = (tb->pc & ~(uint32_t)(BUS_PAGE_SIZE - 1)) | tb->insn_offset[insn];
    if (t->coverage) {
        tci_left_inside(t, tb, slot, outcome == TCI_FAULT ? insn + 1 : insn);
    }
    if (outcome == TCI_WATCHED) {
        env->budget -= (int32_t)insn;
        tci_stop(env);
        return tci_leave;
    }
    if (outcome == TCI_RESTART) {
        env->budget -= (int32_t)insn;
        env->cpu->one = true;
        t->stats.io_restarts++;
        return tci_leave;
    }
    env->budget -= (int32_t)insn + 1;
    t->stats.faults++;
    env->target->raise_fault(env, access);
    return env->budget < 0 ? tci_leave : tci_find(env);
}

TciSlot *tci_raised(TciEnv *env, TciSlot *slot)
{
    Tci *t = env->tci;
    const TciTB *tb = tci_block_of(t, slot);
    unsigned insns = tb->insn_of[slot - tb->code] + 1u;
    if (t->coverage) {
        tci_left_inside(t, tb, slot, insns);
    }
    env->raised = false;
    env->budget -= (int32_t)insns;
    return env->budget < 0 ? tci_leave : tci_find(env);
}
