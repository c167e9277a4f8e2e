/* SPDX-License-Identifier: MIT */
/* Records as text, for `-d out_asm`. */
#include <string.h>

#include "tci/block.h"
#include "tci/handlers.h"
#include "util/log.h"

#undef EACH
#define EACH(name)      { tci_op_##name, #name },
#define EACH_SLOW(name) { tci_slow_##name, "slow_" #name },
const TciHandler tci_handlers[HANDLERS] = { HANDLERS_OF_ONE_SLOT HANDLERS_OF_TWO_SLOTS };

const TciHandler *tci_handler(TciFn *fn)
{
    for (unsigned i = 0; i < HANDLERS; i++) {
        if (tci_handlers[i].fn == fn) {
            return &tci_handlers[i];
        }
    }
    return NULL;
}

void tci_dump_slots(const TciTB *tb)
{
    log_printf("OUT: [%u slots for %u instructions]\n", tb->slots, tb->insns);
    for (unsigned i = 0; i < tb->slots;) {
        const TciSlot *slot = &tb->code[i];
        TciFn *fn = slot->fn, *second;
        bool combined = false;
        while (tci_parts(fn, &fn, &second)) {
            combined = true;
        }
        const TciHandler *h = tci_handler(fn);
        if (slot->fn == tci_op_link) {
            log_printf(" %3u: link           exit at %d\n", i, (int)(slot->exit - tb->code));
            i++;
            continue;
        }
        log_printf("%c%3u: %-14s d=%u a=%u b=%u c=%u imm=0x%x", combined ? '+' : ' ', i,
                   h ? h->name : "?", slot->d, slot->a, slot->b, slot->c, (unsigned)slot->imm);
        if (h && tci_handler_slots(h) == 2) {
            if (slot->fn == tci_op_call || slot->fn == tci_op_call_raises) {
                log_printf(" %s", slot[1].helper_name);
            } else if (fn == tci_op_ld32_near) {
                log_printf(" %02x%02x%02x%02x", slot[1].bytes[3], slot[1].bytes[2],
                           slot[1].bytes[1], slot[1].bytes[0]);
            } else if (strstr(h->name, "ldm_") || strstr(h->name, "stm_")) {
                for (unsigned k = 0; k < slot->d; k++) {
                    log_printf("%c%u", k ? ',' : ' ', slot[1].list[k]);
                }
            } else if (h->name[0] == 'f') { /* floating point */
                log_printf(" %s", slot[1].helper_name ? slot[1].helper_name : "");
            } else {
                log_printf(" pc=0x%08x", (unsigned)slot[1].pc);
            }
        }
        log_printf("\n");
        i += h ? tci_handler_slots(h) : 1;
    }
    log_printf("\n");
}
