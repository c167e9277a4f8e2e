/* SPDX-License-Identifier: MIT */
/* Records as text, for `-d out_asm`. */
#include <string.h>

#include "tci/block.h"
#include "tci/handlers.h"
#include "util/log.h"

#define ALL_HANDLERS HANDLERS_OF_ONE_SLOT HANDLERS_OF_TWO_SLOTS
#undef EACH
#define EACH(name)      tci_op_##name,
#define EACH_SLOW(name) tci_slow_##name,
TciFn *const tci_handlers[] = { NULL, ALL_HANDLERS };

/* The names, one after the other, each with its end: an address for each would take 4 KB more. */
#undef EACH
#undef EACH_SLOW
#define EACH(name)      char name[sizeof #name];
#define EACH_SLOW(name) char slow_##name[sizeof "slow_" #name];
static const struct {
    char none[sizeof "?"];
    ALL_HANDLERS
#undef EACH
#undef EACH_SLOW
#define EACH(name)      #name,
#define EACH_SLOW(name) "slow_" #name,
} names = { "?", ALL_HANDLERS };

unsigned tci_handler(TciFn *fn)
{
    unsigned n = HANDLERS - 1;
    while (n != NO_HANDLER && tci_handlers[n] != fn) {
        n--;
    }
    return n;
}

const char *tci_handler_name(unsigned number)
{
    const char *name = (const char *)&names;
    while (number--) {
        name += strlen(name) + 1;
    }
    return name;
}

void tci_dump_slots(const Tci *t, const TciTB *tb)
{
    log_printf("OUT: [%u slots for %u instructions]\n", tb->slots, tb->insns);
    for (unsigned i = 0; i < tb->slots;) {
        const TciSlot *slot = &tb->code[i];
        TciFn *fn = tci_handler_of(t, slot), *second;
        bool combined = false;
        while (tci_parts(fn, &fn, &second)) {
            combined = true;
        }
        unsigned number = tci_handler(fn);
        const char *name = tci_handler_name(number);
        if (slot->fn == tci_op_link) {
            log_printf(" %3u: link           exit at %d\n", i, (int)(slot->exit - tb->code));
            i++;
            continue;
        }
        if (slot->fn == tci_op_count) {
            log_printf(" %3u: count          %u bytes at 0x%08x\n", i++, slot->counted->size,
                       (unsigned)slot->counted->addr);
            continue;
        }
        log_printf("%c%3u: %-14s d=%u a=%u b=%u c=%u imm=0x%x", combined ? '+' : ' ', i, name,
                   slot->d, slot->a, slot->b, slot->c, (unsigned)slot->imm);
        if (tci_handler_slots(number) == 2) {
            if (fn == tci_op_call || fn == tci_op_call_raises) {
                log_printf(" %s", slot[1].helper_name);
            } else if (fn == tci_op_ld32_near) {
                log_printf(" %02x%02x%02x%02x", slot[1].bytes[3], slot[1].bytes[2],
                           slot[1].bytes[1], slot[1].bytes[0]);
            } else if (strstr(name, "ldm_") || strstr(name, "stm_")) {
                for (unsigned k = 0; k < slot->d; k++) {
                    log_printf("%c%u", k ? ',' : ' ', slot[1].list[k]);
                }
            } else if (name[0] == 'f') { /* floating point */
                log_printf(" %s", slot[1].helper_name ? slot[1].helper_name : "");
            } else {
                log_printf(" pc=0x%08x", (unsigned)slot[1].pc);
            }
        }
        log_printf("\n");
        i += tci_handler_slots(number);
    }
    log_printf("\n");
}
