/* SPDX-License-Identifier: MIT */
/* What `make PROFILE=1` counts: records, and those that stand and are executed in a row. */
#include <stdlib.h>

#include "tests/unit/tap.h"
#include "tci/profile.c"

static char text[16384];

void log_printf(const char *fmt, ...)
{
    va_list ap;
    size_t used = strlen(text);
    va_start(ap, fmt);
    vsnprintf(text + used, sizeof text - used, fmt, ap);
    va_end(ap);
}

/* Two kinds of records with a name, the second of two slots. */
static TciSlot *add(TciEnv *env, TciSlot *slot, TlbEntry *tlb)
{
    (void)env, (void)tlb;
    return slot + 1;
}

static TciSlot *load(TciEnv *env, TciSlot *slot, TlbEntry *tlb)
{
    (void)env, (void)tlb;
    return slot + 2;
}

const TciHandler *tci_handler(TciFn *fn)
{
    static const TciHandler handlers[] = { { add, "add", 1 }, { load, "load", 2 } };
    return fn == add ? &handlers[0] : fn == load ? &handlers[1] : NULL;
}

#define TURNS  30000u
#define OTHERS 20000u /* more kinds than there is room for */

int main(void)
{
    TciSlot code[] = { { { .fn = add } }, { { .fn = load } }, { { 0 } }, { { .fn = add } } };
    for (unsigned i = 0; i < TURNS; i++) {
        tci_profile_record(&code[0]);
        tci_profile_record(&code[1]);
        tci_profile_record(&code[3]);
    }
    for (uintptr_t i = 1; i <= OTHERS; i++) {
        code[0].fn = (TciFn *)(i * 16);
        tci_profile_record(&code[0]);
    }
    tci_profile_print();

    ok(strstr(text, "records executed: 110000\n"), "all records are counted");
    const char *one = strstr(text, "\n1 in a row:\n 54.55 % add\n 27.27 % load\n  0.00 % ?\n");
    ok(one, "by themselves, the most frequent first, a handler without a name, too");
    const char *two = strstr(text, "\n2 in a row:\n 27.27 % "),
               *three = strstr(text, "\n3 in a row");
    ok(two && strstr(two, " 27.27 % add load\n") && strstr(two, " 27.27 % load add\n"), "two");
    ok(!strstr(text, "add add"), "but not across a jump");
    ok(three && strstr(three, "\n3 in a row:\n 27.27 % add load add\nnot counted: "), "and three");
    const char *more = strstr(text, "not counted: ");
    unsigned long n = more ? strtoul(more + strlen("not counted: "), NULL, 10) : 0;
    ok(n >= OTHERS + 2 - 16384 && n < OTHERS, "what there was no room for: %lu", n);
    return done_testing();
}
