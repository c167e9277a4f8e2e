/* SPDX-License-Identifier: MIT */
/* The engine's life and its outer loop: slices, exactness, tracing, counters. */
#include <stdlib.h>
#include <string.h>

#include "tci/block.h"
#include "tci/ops.h"
#include "util/list.h"
#include "util/log.h"

static void bus_bytes_changed(void *opaque, BusRegion *r, hwaddr offset, hwaddr size)
{
    tci_code_written(opaque, r, offset, size);
}

static void bus_map_changed(void *opaque, BusRegion *r)
{
    Tci *t = opaque;
    if (!r->direct) {
        tci_invalidate_region(t, r);
    }
    for (TciEnv *env = t->cpus; env; env = env->next) {
        tci_flush_tlb(env);
    }
}

Tci *tci_new(Bus *bus, const TciOptions *options)
{
    Tci *t = calloc(1, sizeof *t);
    if (!t) {
        return NULL;
    }
    t->bus = bus;
    t->backend = &tci_interpreter;
    t->options = *options;
    t->fast_fp = !options->no_fast_fp && tci_fp_host_is_ieee();
    t->arena = malloc(ARENA_SIZE);
    t->blocks = malloc(MAX_BLOCKS * sizeof *t->blocks);
    t->coverage = options->coverage ? tci_coverage_new(t) : NULL;
    tci_init_superinstructions();
    bus->changed = bus_bytes_changed;
    bus->remapped = bus_map_changed;
    bus->listener = t;
    if (!t->arena || !t->blocks || (options->coverage && !t->coverage)) {
        tci_free(t);
        return NULL;
    }
    return t;
}

Tci *tci_of_bus(const Bus *bus)
{
    return bus->listener;
}

void tci_free(Tci *t)
{
    tci_flush_code(t);
    t->bus->changed = NULL;
    t->bus->remapped = NULL;
    t->bus->listener = NULL;
    tci_coverage_free(t->coverage);
    free(t->arena);
    free(t->blocks);
    free(t);
}

bool tci_cpu_init(TciEnv *env, Tci *t, const TciTarget *target)
{
    env->tci = t;
    env->target = target;
    env->cpu = calloc(1, sizeof *env->cpu);
    if (!env->cpu || !tci_init_tlb(env)) {
        free(env->cpu);
        return false;
    }
    env->io_exact = t->options.exact;
    memset(env->jumps, 0xff, sizeof env->jumps);
    memset(env->cpu->fetch, 0xff, sizeof env->cpu->fetch);
    tci_set_fp_fast(env, false);
    tci_set_mode(env, 0);
    env->next = t->cpus;
    t->cpus = env;
    tci_flush_tlb(env); /* gives it a generation of its own */
    return true;
}

bool tci_cpu_free(TciEnv *env)
{
    Tci *t = env->tci;
    LIST_REMOVE(TciEnv, t->cpus, env, next);
    free(env->cpu);
    env->cpu = NULL;
    return !t->cpus;
}

uint64_t tci_icount(const TciEnv *env)
{
    const TciCpu *c = env->cpu;
    return c->icount + (uint64_t)((int64_t)c->slice - env->budget);
}

void tci_set_icount(TciEnv *env, uint64_t count)
{
    TciCpu *c = env->cpu;
    c->icount = count - (uint64_t)((int64_t)c->slice - env->budget);
}

static void set_budget(TciEnv *env, int32_t budget)
{
    TciCpu *c = env->cpu;
    c->icount = tci_icount(env);
    c->slice = env->budget = budget;
}

void tci_stop(TciEnv *env)
{
    env->stop = true;
    set_budget(env, -1);
}

void tci_raise(TciEnv *env)
{
    env->raised = true;
}

static void execute(TciEnv *env, TciSlot *slot)
{
#if defined(TCI_DISPATCH_TAIL)
    slot->fn(env, slot, env->tlb);
#elif defined(TCI_DISPATCH_SWITCH)
    tci_execute(env, slot);
#else
    while (slot) {
#if defined(TCI_PROFILE)
        tci_profile_record(slot);
#endif
        slot = slot->fn(env, slot, env->tlb);
    }
#endif
}

static void trace(TciEnv *env)
{
    if (log_on_at(LOG_EXEC, env->pc)) {
        log_printf("Trace %llu: %08x mode %02x\n", (unsigned long long)tci_icount(env),
                   (unsigned)env->pc, (unsigned)env->mode);
    }
    if (log_on_at(LOG_CPU, env->pc)) {
        env->target->dump(env);
    }
}

void tci_run(TciEnv *env, int32_t insns)
{
    Tci *t = env->tci;
    uint64_t end = tci_icount(env) + (uint64_t)insns;
    bool tracing = log_on(LOG_EXEC | LOG_CPU);

    env->stop = false;
    t->stats.runs++;
    while (!env->stop) {
        int64_t left = (int64_t)(end - tci_icount(env));
        if (left <= 0) {
            break;
        }
        if (t->flush) {
            tci_flush_code(t);
        }
        /* tci_find() does not look where the jump cache has a block that was stepped through. */
        if (env->breaks && tci_break_hit(env)) {
            break;
        }
        /* Blocks are entered while the budget is not negative: it is short of what is left by one
         * block, and the rest goes in blocks of one instruction. */
        bool one = env->cpu->one || (t->options.exact && left <= TCG_MAX_INSNS);
        env->cpu->one = false;
        if (one || tracing) {
            set_budget(env, 0);
        } else {
            set_budget(env, (int32_t)left - (t->options.exact ? TCG_MAX_INSNS : 0));
        }
        if (one) {
            tci_set_one(env, true);
        }
        TciSlot *slot = tci_find(env);
        if (tracing && slot != tci_leave) {
            trace(env);
        }
        execute(env, slot);
        if (one) {
            tci_set_one(env, false);
        }
    }
    if (t->flush) {
        tci_flush_code(t);
    }
    set_budget(env, -1);
}

void tci_print_stats(const Tci *t)
{
    const TciStats *s = &t->stats;
    uint64_t executed = 0;
    for (const TciEnv *env = t->cpus; env; env = env->next) {
        executed += tci_icount(env);
    }
    const struct {
        const char *name;
        uint64_t value;
    } rows[] = {
        { "instructions executed", executed },
        { "slices", s->runs },
        { "blocks translated", s->blocks },
        { "guest instructions translated", s->insns },
        { "ops made of them", s->ops },
        { "record slots made of them", s->slots },
        { "arena bytes in use", t->arena_used },
        { "block searches (jump cache missed)", s->searches },
        { "exits chained in a page", s->links },
        { "exits chained across pages", s->cross_links },
        { "chains to forgotten blocks followed", s->stale },
        { "blocks forgotten (code written)", s->invalidated },
        { "stores to pages with code", s->code_stores },
        { "code flushes", s->flushes },
        { "modes since the last one", t->mode_count },
        { "TLB fills", s->tlb_fills },
        { "TLB flushes", s->tlb_flushes },
        { "TLB flushes of a page", s->tlb_page_flushes },
        { "slow loads", s->slow_loads },
        { "slow stores", s->slow_stores },
        { "unaligned accesses", s->unaligned },
        { "device reads", s->mmio_reads },
        { "device writes", s->mmio_writes },
        { "restarts for exact device accesses", s->io_restarts },
        { "aborts", s->faults },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        log_printf("%-40s %12llu\n", rows[i].name, (unsigned long long)rows[i].value);
    }
    for (unsigned i = 0; i < t->bus->count; i++) {
        const BusRegion *r = t->bus->regions[i];
        if (r->translated) {
            log_printf("translated from %-24s %12llu\n", r->name,
                       (unsigned long long)r->translated);
        }
    }
#if defined(TCI_PROFILE)
    tci_profile_print();
#endif
}
