/* SPDX-License-Identifier: MIT */
/* Breakpoints and watchpoints, by guest address.
 *
 * No block has a breakpoint past its first instruction, and none that begins at one is found: so
 * the hot paths need not know. The TLB has no entries for watched pages: their accesses all take
 * the slow path, which asks tci_watch_hit(). */
#include "tci/block.h"

/* The instruction or access at [addr, addr + len) touches the point. Addresses wrap. */
static bool touches(const TciPoint *p, uint32_t addr, uint32_t len)
{
    return addr - p->addr < p->len || p->addr - addr < len;
}

static TciPoint *find_point(Tci *t, TciPointKind kind, uint32_t addr, uint32_t len)
{
    for (unsigned i = 0; i < t->point_count; i++) {
        TciPoint *p = &t->points[i];
        if (p->kind == kind && p->addr == addr && p->len == len) {
            return p;
        }
    }
    return NULL;
}

static bool any_of(const Tci *t, bool watch)
{
    for (unsigned i = 0; i < t->point_count; i++) {
        if ((t->points[i].kind != TCI_BREAKPOINT) == watch) {
            return true;
        }
    }
    return false;
}

static void update(Tci *t)
{
    t->watches = any_of(t, true);
    for (TciEnv *env = t->cpus; env; env = env->next) {
        env->breaks = any_of(t, false);
    }
}

/* Invalidates the blocks that a point forbids, wherever their addresses lead: those with an
 * instruction at a breakpoint; those in a watched page, whose constants are read without the TLB.
 */
static void invalidate_blocks(Tci *t, const TciPoint *p)
{
    for (unsigned i = 0; i < t->block_count; i++) {
        const TciTB *tb = t->blocks[i];
        uint32_t page = tb->pc & ~(uint32_t)(BUS_PAGE_SIZE - 1);
        hwaddr at = (tb->phys & ~(hwaddr)(BUS_PAGE_SIZE - 1)) - tb->region->base;
        if (p->kind != TCI_BREAKPOINT) {
            if (touches(p, page, BUS_PAGE_SIZE)) {
                tci_code_written(t, tb->region, at, BUS_PAGE_SIZE);
            }
        } else if (p->addr - page >= tb->first && p->addr - page <= tb->last) {
            tci_code_written(t, tb->region, at + (p->addr - page), 1);
        }
    }
}

static void flush_tlbs(Tci *t)
{
    for (TciEnv *env = t->cpus; env; env = env->next) {
        tci_flush_tlb(env);
    }
}

bool tci_insert_point(Tci *t, TciPointKind kind, uint32_t addr, uint32_t len)
{
    TciPoint *p = find_point(t, kind, addr, len);
    if (p) {
        return true;
    }
    if (t->point_count == TCI_POINTS) {
        return false;
    }
    p = &t->points[t->point_count++];
    *p = (TciPoint){ kind, addr, len };
    update(t);
    invalidate_blocks(t, p);
    if (kind != TCI_BREAKPOINT) {
        flush_tlbs(t);
    }
    return true;
}

bool tci_remove_point(Tci *t, TciPointKind kind, uint32_t addr, uint32_t len)
{
    TciPoint *p = find_point(t, kind, addr, len);
    if (!p) {
        return false;
    }
    *p = t->points[--t->point_count];
    update(t);
    if (kind != TCI_BREAKPOINT) {
        flush_tlbs(t);
    }
    return true;
}

void tci_remove_points(Tci *t)
{
    t->point_count = 0;
    update(t);
    for (TciEnv *env = t->cpus; env; env = env->next) {
        tci_clear_hit(env);
    }
    flush_tlbs(t);
}

bool tci_breakpoint_at(const TciEnv *env, uint32_t pc)
{
    const Tci *t = env->tci;
    for (unsigned i = 0; i < t->point_count; i++) {
        if (t->points[i].kind == TCI_BREAKPOINT && t->points[i].addr == pc) {
            return true;
        }
    }
    return false;
}

bool tci_break_hit(TciEnv *env)
{
    if (env->cpu->stepping || !tci_breakpoint_at(env, env->pc)) {
        return false;
    }
    env->cpu->hit = (TciPoint){ TCI_BREAKPOINT, env->pc, 0 };
    tci_stop(env);
    return true;
}

bool tci_watched_page(const Tci *t, uint32_t va)
{
    for (unsigned i = 0; i < t->point_count; i++) {
        if (t->points[i].kind != TCI_BREAKPOINT &&
            touches(&t->points[i], va & ~(uint32_t)(BUS_PAGE_SIZE - 1), BUS_PAGE_SIZE)) {
            return true;
        }
    }
    return false;
}

bool tci_watch_hit(TciEnv *env, uint32_t va, uint32_t len, TciAccess access)
{
    const Tci *t = env->tci;
    if (env->cpu->passing) {
        return false;
    }
    TciPointKind kind = access == TCI_STORE ? TCI_WATCH_WRITE : TCI_WATCH_READ;
    for (unsigned i = 0; i < t->point_count; i++) {
        const TciPoint *p = &t->points[i];
        if ((p->kind == kind || p->kind == TCI_WATCH_ACCESS) && touches(p, va, len)) {
            env->cpu->hit = *p;
            return true;
        }
    }
    return false;
}

TciPointKind tci_hit(const TciEnv *env, uint32_t *addr)
{
    *addr = env->cpu->hit.addr;
    return env->cpu->hit.kind;
}

void tci_clear_hit(TciEnv *env)
{
    env->cpu->hit.kind = TCI_NO_POINT;
}

void tci_set_hit(TciEnv *env, TciPointKind kind, uint32_t addr)
{
    env->cpu->hit = (TciPoint){ kind, addr, 0 };
}

void tci_ignore_breakpoints(TciEnv *env, bool ignore)
{
    env->cpu->stepping = ignore;
}

void tci_step(TciEnv *env, bool watchpoints)
{
    uint64_t start = tci_icount(env);
    env->cpu->stepping = true;
    env->cpu->passing = !watchpoints;
    while (tci_icount(env) == start && env->cpu->hit.kind == TCI_NO_POINT) {
        env->cpu->one = true;
        tci_run(env, 1); /* executes nothing when code had to be flushed */
    }
    env->cpu->stepping = env->cpu->passing = false;
}
