/* SPDX-License-Identifier: MIT */
/* Modes. What a translation depends on besides its bytes is a word of the target's, any combination
 * of 32 bits; a number of a few bits stands for (target, word) wherever the engine looks a block up
 * or keeps one. The numbers are a hash table's slots. A table that is full is emptied along with
 * all translation blocks. */
#include <string.h>

#include "tci/block.h"

_Static_assert(MODES < NO_MODE, "a slot stays free, where every search ends");

static bool is_mode(const TciMode *m, const TciTarget *target, uint32_t word)
{
    return m->word == word && m->target == target;
}

/* A mode's place in the table, or NULL if it has none and the table is full. */
static TciMode *intern(Tci *t, const TciTarget *target, uint32_t word)
{
    unsigned i = (word * UINT32_C(0x9e3779b1) >> 8) % NO_MODE;
    while (t->modes[i].target) {
        if (is_mode(&t->modes[i], target, word)) {
            return &t->modes[i];
        }
        i = (i + 1) % NO_MODE;
    }
    if (t->mode_count == MODES) {
        return NULL;
    }
    t->modes[i] = (TciMode){ target, word, i };
    t->mode_count++;
    return &t->modes[i];
}

void tci_update_key(TciEnv *env)
{
    env->key = (uint64_t)(env->generation << KEY_MODE_BITS | env->mode_number) << 32;
}

static void take_number(TciEnv *env, uint32_t n)
{
    env->mode_number = n | (env->mode_number & MODE_ONE);
    tci_update_key(env);
}

/* The last mode in the instruction set of env->mode; another may have its place by now. */
static TciMode **recent(TciEnv *env)
{
    return &env->cpu->recent[(env->mode & env->target->isa_bit) != 0];
}

static void set_number(TciEnv *env)
{
    TciMode *m = intern(env->tci, env->target, env->mode);
    if (!m) {
        env->tci->flush = true;
        tci_stop(env);
    } else {
        *recent(env) = m;
    }
    take_number(env, m ? m->number : NO_MODE);
}

void tci_set_mode(TciEnv *env, uint32_t mode)
{
    env->mode = mode;
    env->tlb = env->tlbs[(mode & env->target->rights_bit) != 0];
    /* A program that calls between two instruction sets goes back and forth between two modes. */
    const TciMode *m = *recent(env);
    if (is_mode(m, env->target, mode)) {
        take_number(env, m->number);
    } else {
        set_number(env);
    }
}

void tci_forget_modes(Tci *t)
{
    memset(t->modes, 0, sizeof t->modes);
    t->mode_count = 0;
    for (TciEnv *env = t->cpus; env; env = env->next) {
        memset(env->cpu->fetch, 0xff, sizeof env->cpu->fetch); /* its keys have numbers, too */
        set_number(env);
    }
}
