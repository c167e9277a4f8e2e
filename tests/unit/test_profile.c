/* SPDX-License-Identifier: MIT */
/* What `make PROFILE=1` counts: the records of each block, and those executed in order. */
#include "tests/unit/tap.h"

#if !defined(TCI_PROFILE)
#define TCI_PROFILE
#endif
#include "tci/profile.c"

static char text[16384];

void log_printf(const char *fmt, ...)
{
    va_list ap;
    size_t length = strlen(text);
    va_start(ap, fmt);
    vsnprintf(text + length, sizeof text - length, fmt, ap);
    va_end(ap);
}

/* Three handlers with a name, and one that executes a `skip` and an `add`. */
#define HANDLER_OF(name)                                                                           \
    static TciSlot *name(TciEnv *env, TciSlot *slot, TlbEntry *tlb)                                \
    {                                                                                              \
        (void)env, (void)tlb;                                                                      \
        return slot + 1;                                                                           \
    }
HANDLER_OF(add)
HANDLER_OF(load)
HANDLER_OF(skip)
HANDLER_OF(skip_add)

unsigned tci_handler(TciFn *fn)
{
    return fn == add ? 1 : fn == load ? 2 : fn == skip ? 3 : NO_HANDLER;
}

const char *tci_handler_name(unsigned number)
{
    static const char *const names[] = { "?", "add", "load", "skip" };
    return names[number];
}

#if !defined(TCI_DISPATCH_SWITCH)
bool tci_parts(TciFn *combined, TciFn **first, TciFn **second)
{
    *first = skip;
    *second = add;
    return combined == skip_add;
}
#endif

static void execute(const TciSlot *code, unsigned from, unsigned to, unsigned times)
{
    for (unsigned i = 0; i < times; i++) {
        for (unsigned k = from; k < to; k++) {
            tci_profile_record(&code[k]);
        }
    }
}

static void test_counts(void)
{
    /* r1 = [r2]; r3 = r4 + r1; r5 = r3 + r3; r6 = [r7]; r6 = [r7] */
    TciSlot code[] = {
        { { .fn = load, .d = 1, .a = 2, .b = 90 } }, { { .fn = add, .d = 3, .a = 4, .b = 1 } },
        { { .fn = add, .d = 5, .a = 3, .b = 3 } },   { { .fn = load, .d = 6, .a = 7, .b = 90 } },
        { { .fn = load, .d = 6, .a = 7, .b = 90 } },
    };
    const uint16_t records[] = { 0, 1, 2, 3, 4 };
    TciSlot again[5];
    memcpy(again, code, sizeof code);
    tci_profile_block(code, records, 5);
    tci_profile_block(again, records, 5);
    execute(code, 0, 5, 10);
    execute(code, 2, 5, 3); /* as after a branch into it */
    execute(again, 0, 2, 100);
    *text = 0;
    tci_profile_print();
    ok(strstr(text, "records executed: 259, not counted: 0\nprofile of blocks:\n") != NULL,
       "records");
    ok(strstr(text, "\nload - 110 0 0 0\n"
                    "add b 110 110 0 0\n"
                    "add a 13 10 10 0\n"
                    "load - 13 13 10 10\n"
                    "load - 13 13 13 10\n\n") != NULL,
       "a block: operands that the record before defines, records in order before each");
    ok(code[0].unit == again[0].unit, "two blocks of the same records are one");
}

/* Of a record that no block has. */
static void test_not_counted(void)
{
    TciSlot other = { { .fn = load } };
    tci_profile_record(&other);
    *text = 0;
    tci_profile_print();
    ok(strstr(text, ", not counted: 1\n") != NULL, "a record of no block");
}

#if !defined(TCI_DISPATCH_SWITCH)
static void test_built_in(void)
{
    TciSlot code[] = {
        { { .fn = skip_add, .d = TCG_NONE, .a = 1, .b = 90 } },
        { { .fn = add, .d = 2, .a = 2, .b = 90 } },
        { { .fn = add, .d = 3, .a = TCG_NONE, .b = 90 } },
    };
    const uint16_t records[] = { 0, 1, 2 };
    tci_profile_block(code, records, 3);
    tci_profile_record(&code[0]);
    tci_profile_record(&code[2]);
    *text = 0;
    tci_profile_print();
    ok(strstr(text, "\nskip+add - 1 0 0 0\nadd - 1 1 0 0\n\n") != NULL,
       "a built-in superinstruction is one record; no temp is no operand");
}
#endif

int main(void)
{
    test_counts();
    test_not_counted();
#if !defined(TCI_DISPATCH_SWITCH)
    test_built_in();
#endif
    return done_testing();
}
