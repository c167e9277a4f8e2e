/* SPDX-License-Identifier: MIT */
/* Modes. What a translation depends on besides its bytes is a word of the target's, any combination
 * of 32 bits; a number of a few bits stands for (target, word) wherever the engine looks a block up
 * or keeps one. The numbers are a hash table's slots. A table that is full is emptied along with
 * all translation blocks. */
#include <string.h>

#include "tci/block.h"

_Static_assert(MODES < NO_MODE, "a slot stays free, where every search ends");

/* The number of a mode, or NO_MODE if it has none and there is no more. */
static unsigned intern(Tci *t, const TciTarget *target, uint32_t word)
{
    unsigned i = (word * UINT32_C(0x9e3779b1) >> 8) % NO_MODE;
    while (t->modes[i].target) {
        if (t->modes[i].word == word && t->modes[i].target == target) {
            return i;
        }
        i = (i + 1) % NO_MODE;
    }
    if (t->mode_count == MODES) {
        return NO_MODE;
    }
    t->modes[i] = (TciMode){ target, word };
    t->mode_count++;
    return i;
}

void tci_update_key(TciEnv *env)
{
    env->key = (uint64_t)(env->generation << KEY_MODE_BITS | env->mode_number) << 32;
}

static inline void take_number(TciEnv *env, uint32_t n)
{
    env->mode_number = n | (env->mode_number & MODE_ONE);
    tci_update_key(env);
}

static void set_number(TciEnv *env)
{
    uint32_t n = intern(env->tci, env->target, env->mode);
    TciRecentMode *recent = &env->cpu->recent[(env->mode & env->target->isa_bit) != 0];
    *recent = (TciRecentMode){ n != NO_MODE, env->mode, n };
    if (n == NO_MODE) {
        env->tci->flush = true;
        tci_stop(env);
    }
    take_number(env, n);
}

void tci_set_mode(TciEnv *env, uint32_t mode)
{
    env->mode = mode;
    env->tlb = env->tlbs[(mode & env->target->rights_bit) != 0];
    /* A program that calls between two instruction sets goes back and forth between two modes. */
    const TciRecentMode *recent = &env->cpu->recent[(mode & env->target->isa_bit) != 0];
    if (!recent->known || recent->word != mode) {
        set_number(env);
        return;
    }
    take_number(env, recent->number);
}

void tci_forget_modes(Tci *t)
{
    memset(t->modes, 0, sizeof t->modes);
    t->mode_count = 0;
    for (TciEnv *env = t->cpus; env; env = env->next) {
        memset(env->cpu->fetch, 0xff, sizeof env->cpu->fetch); /* its keys have numbers, too */
        memset(env->cpu->recent, 0, sizeof env->cpu->recent);
        set_number(env);
    }
}
