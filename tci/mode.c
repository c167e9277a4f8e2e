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

/* A mode's place in the table, or the free one where it would be. */
static TciMode *find_mode(Tci *t, const TciTarget *target, uint32_t word)
{
    unsigned i = (word * UINT32_C(0x9e3779b1) >> 8) % NO_MODE;
    while (t->modes[i].target && !is_mode(&t->modes[i], target, word)) {
        i = (i + 1) % NO_MODE;
    }
    return &t->modes[i];
}

/* A mode's place in the table, or NULL if it has none and the table is full. */
static TciMode *intern(Tci *t, const TciTarget *target, uint32_t word)
{
    TciMode *m = find_mode(t, target, word);
    if (m->target) {
        return m;
    }
    if (t->mode_count == MODES) {
        return NULL;
    }
    *m = (TciMode){ target, word, (uint32_t)(m - t->modes), NO_MODE };
    t->mode_count++;
    TciMode *other = find_mode(t, target, word ^ target->isa_bit);
    if (other->target) {
        m->other = other->number;
        other->other = m->number;
    }
    return m;
}

static uint64_t make_key(const TciEnv *env, uint32_t number)
{
    return (uint64_t)(env->generation << KEY_MODE_BITS | number) << 32;
}

void tci_update_keys(TciEnv *env)
{
    env->key = make_key(env, tci_mode_number(env->key));
    env->other_key = make_key(env, tci_mode_number(env->other_key));
}

void tci_set_one(TciEnv *env, bool one)
{
    uint64_t bit = (uint64_t)MODE_ONE << 32;
    env->key = (env->key & ~bit) | (one ? bit : 0);
    env->other_key = (env->other_key & ~bit) | (one ? bit : 0);
}

void tci_set_mode(TciEnv *env, uint32_t mode)
{
    const TciMode *m = intern(env->tci, env->target, mode);
    uint32_t one = tci_mode_number(env->key) & MODE_ONE;
    env->mode = mode;
    env->tlb = env->tlbs[(mode & env->target->rights_bit) != 0];
    if (!m) {
        env->tci->flush = true;
        tci_stop(env);
    }
    env->key = make_key(env, (m ? m->number : NO_MODE) | one);
    env->other_key = make_key(env, (m ? m->other : NO_MODE) | one);
}

void tci_forget_modes(Tci *t)
{
    memset(t->modes, 0, sizeof t->modes);
    t->mode_count = 0;
    for (TciEnv *env = t->cpus; env; env = env->next) {
        memset(env->cpu->fetch, 0xff, sizeof env->cpu->fetch); /* its keys have numbers, too */
        tci_set_mode(env, env->mode);
    }
}
